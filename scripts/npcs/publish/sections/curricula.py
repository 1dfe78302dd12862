"""Spaced education: curricula to practise on, to print and to take along (ACT-3)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from npcs.publish.later import Later, later
from npcs.publish.learning import calendar, course, deck, sheet
from npcs.publish.page import Block, Heading, Items, Option, Options, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, chip, day, link, listed, md, outside, sentence
from npcs.records.practices import Curriculum, Item, Sending

HERE = (("Practices", "practices/index"),)


def pages(site: Site) -> Iterator[Page | Later]:
    """Two pages for each curriculum: one to practise on, one to print."""
    for one in site.hub.all(Curriculum).values():
        yield later(_practice, one)
        yield later(_guide, one)


def _address(one: Curriculum) -> str:
    return f"practices/curricula/{one.key}"


def _file(one: Curriculum, ending: str) -> str:
    return f"{_address(one)}/{one.key}.{ending}"


def _practice(site: Site, one: Curriculum) -> Page:
    blocks: list[Block | None] = [
        site.facts(
            ("For", one.audience),
            ("Objectives", list(one.objectives)),
            ("Questions", Md(f"{len(one.items)}, {_rhythm(one)}")),
            ("Grew out of", [site.any(key) for key in one.related]),
        ),
        Heading("Practise", "practise"),
        Text(
            Md(
                "Each answer opens to what it says back. With scripts allowed you can choose and "
                "check instead, and this page remembers your answers: on this device only, and "
                "nobody else sees them.\n{: .npcs-practise }"
            )
        ),
    ]
    for count, item in enumerate(one.items, start=1):
        blocks += _item(site, one, count, item)
    blocks += [
        Heading("To talk about together", "discussion"),
        Text(site.prose(one.discussion_guide, one, 3)),
        Heading("To take along", "files"),
        Items(tuple(_offers(one))),
        Heading("Days of sending", "sending"),
        *_sending(one),
    ]
    page = site.page(one, [it for it in blocks if it], path=HERE)
    return replace(page, files=_files(site, one))


def _files(site: Site, one: Curriculum) -> dict[str, bytes]:
    """The deck, the table and the calendar of a curriculum."""
    told = course(site, one)
    files = {_file(one, "apkg"): deck(told), _file(one, "csv"): sheet(told)}
    return files | ({_file(one, "ics"): calendar(told, one.starts)} if one.starts else {})


def _rhythm(one: Curriculum) -> str:
    days = one.spacing.every
    said = "a new one each day" if days == 1 else f"a new one every {days} days"
    again = one.spacing.again
    if again:
        many = "day" if again == (1,) else "days"
        said += f", each again after {listed(map(str, again))} {many}"
    return said


def _item(site: Site, one: Curriculum, count: int, item: Item) -> Iterator[Block]:
    yield Heading(f"Question {count}", f"question-{item.id}", 3)
    yield Text(site.prose(item.stem, one, 4))
    yield Options(
        tuple(
            Option(
                letter,
                site.text(option.text),
                sentence(*_verdict(option.correct), site.line(option.feedback, one)),
            )
            for letter, option in item.lettered
        )
    )
    if item.reference:
        yield Text(Md(f"Source: {site.source(item.reference)}\n{{: .npcs-source }}"))


def _verdict(is_right: bool) -> tuple[Md, ...]:
    return (chip("right", "good"), Md(" ")) if is_right else ()


def _offers(one: Curriculum) -> Iterator[Md]:
    yield sentence(
        link("Guide to print", f"{_address(one)}/guide"), ", with the answers at the end"
    )
    yield sentence(
        link("Deck for Anki", _file(one, "apkg")),
        " (.apkg). A later version updates the cards you have and keeps what you have learned",
    )
    yield sentence(link("Table of the questions", _file(one, "csv")), " (CSV), for sending them")
    if one.starts:
        yield sentence(
            link("Calendar of the sending days", _file(one, "ics")),
            " (iCalendar), from ", day(one.starts),
        )  # fmt: skip


def _sending(one: Curriculum) -> Iterator[Block]:
    if not one.starts:
        yield Text(
            Md(
                "No first day has been set. Whoever sends the questions counts from a day of "
                "their own.\n{: .npcs-starts }"
            )
        )
    rows = []
    for after, those in groupby(one.sendings, key=lambda sending: sending.day):
        when = day(one.starts + timedelta(days=after)) if one.starts else Md(f"Day {after + 1}")
        rows.append((when, Md("; ".join(_sent(sending) for sending in those))))
    yield Table(("Day", "Question"), tuple(rows))


def _sent(sending: Sending) -> str:
    again = " again" if sending.time > 1 else ""
    return f"[Question {sending.number}](#question-{sending.item.id}){again}"


def _guide(site: Site, one: Curriculum) -> Page:
    blocks: list[Block | None] = [
        site.facts(
            ("For", one.audience),
            ("Objectives", list(one.objectives)),
            ("Questions", Md(f"{len(one.items)}, {_rhythm(one)}")),
        ),
        Heading("Questions", "questions"),
    ]
    for count, item in enumerate(one.items, start=1):
        options = Items(tuple(Md(f"**{it}** {md(text.text)}") for it, text in item.lettered))
        blocks += [Heading(f"Question {count}", f"question-{item.id}", 3)]
        blocks += [Text(site.prose(item.stem, one, 4)), options]
    blocks += [
        Heading("To talk about together", "discussion"),
        Text(site.prose(one.discussion_guide, one, 3)),
        Heading("Answers", "answers"),
    ]
    for count, item in enumerate(one.items, start=1):
        blocks += [Heading(f"Answer {count}: {', '.join(item.right)}", f"answer-{item.id}", 3)]
        blocks += [
            Items(
                tuple(
                    Md(f"**{letter}** {site.line(option.feedback, one)}")
                    for letter, option in item.lettered
                )
            ),
            Text(sentence("Source: ", _printed(item))) if item.reference else None,
        ]
    return Page(
        f"{_address(one)}/guide",
        f"{one.title}: guide to print",
        tuple(it for it in blocks if it),
        path=(*HERE, (one.title, _address(one))),
        searchable=False,
        foot=site.foot(one.path),
    )


def _printed(item: Item) -> Md:
    source = item.reference
    assert source
    return sentence(outside(source.title, source.address or ""), f" ({source.address})")
