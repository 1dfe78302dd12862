"""The charter: its text with an anchor for each provision, and how its silences are read."""

from collections.abc import Iterator

from npcs.charter.coverage import in_text
from npcs.charter.revisions import Revision
from npcs.governance import parameters
from npcs.governance.dates import day_in_words
from npcs.publish import readings
from npcs.publish.addresses import reading_anchor
from npcs.publish.approvals import STATES, UNSIGNED, place
from npcs.publish.charter_text import charter_text
from npcs.publish.empty import nothing_yet
from npcs.publish.page import Block, Callout, Heading, Page, Text
from npcs.publish.sections import revisions
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, joined, link, number, sentence, words
from npcs.records.charter import Charter, Parameter, Parameters

ADOPTED_BY_NOBODY = "proposed, not approved"


def pages(site: Site) -> Iterator[Page]:
    """The charter and its readings; each says so where there is none."""
    yield _text(site)
    yield _readings(site)


# The text


def _text(site: Site) -> Page:
    charter = site.hub.get(Charter, "charter")
    if charter is None:
        return Page(
            "charter/index",
            "Charter",
            (
                nothing_yet(
                    site,
                    "charter",
                    "The text of the charter will stand here, provision by provision.",
                ),
            ),
        )
    approvals = site.approvals
    latest, text = approvals.latest, approvals.text
    if latest is None or text is None:
        return site.page(
            charter,
            [
                one
                for one in (
                    revisions.against(site),
                    _not_approved(site),
                    _about_held(),
                    Text(charter_text(site, site.hub.documents[charter.path], held=True)),
                )
                if one
            ],
            chips=[Md(f"Version {charter.version}"), chip(proposed_state(site), "warn")],
            referring=False,
        )
    blocks: list[Block | None] = [
        revisions.against(site),
        _approved(site, latest),
        _change_proposed(site),
        _about_held(),
        Text(charter_text(site, text, held=True)),
    ]
    return site.page(
        charter,
        [one for one in blocks if one],
        title=str(text.content().data.get("title") or "") if approvals.is_proposed else "",
        chips=[Md(f"Version {latest.version}"), STATES[latest.state]],
        referring=False,
    )


def _approved(site: Site, latest: Revision) -> Callout:
    """Who approved the text that is shown, when, and since when it holds."""
    decision = site.any(latest.decision)
    said = sentence(
        "Adopted on ", day(latest.adopted), " by ", decision,
        *([", in effect from ", day(latest.effective)]
          if latest.effective != latest.adopted else []),
        ".", Md("\n\n"), link("How it was approved, and what changed", place(latest)), " · ",
        link("All revisions", "charter/history"), Md("\n{: .npcs-screen }"),
    )  # fmt: skip
    later = latest.effective > site.as_of
    since = f", in effect from {day_in_words(latest.effective)}" if later else ""
    if latest.state == "not signed":
        return Callout(f"{capital(UNSIGNED)}{since}", said, "warning")
    if latest.state == "no root key":
        return Callout(f"The approved text{since}, the first key not confirmed", said)
    return Callout(f"The approved text{since}", said, "note" if later else "success")


def _change_proposed(site: Site) -> Callout | None:
    if not site.approvals.is_proposed:
        return None
    said = sentence(
        "Other words stand among the records, and are not approved. ",
        link("What is proposed, and what it takes to approve it", "charter/proposed"),
    )
    return Callout("A change is proposed", said, "warning")


def _not_approved(site: Site) -> Callout:
    """Why the text that is shown is not known to be approved."""
    known, deciding = site.approvals.known, site.approvals.deciding
    if deciding and site.standing(deciding).holds:
        why = known.obstacle or "no approval of the project coordinator is on record"
        said = sentence(site.any(deciding.key), " adopted these words; that they are approved "
                        "cannot be told here: ", f"{why}. ",
                        link("What is left to do", "charter/proposed#needed"))  # fmt: skip
        return Callout("An adopted text, its approval not verified", said, "warning")
    said = sentence("No decision of the Executive Committee has adopted these words as they stand "
                    "here. ",
                    link("What it takes to approve it", "charter/proposed#needed"))  # fmt: skip
    return Callout("A proposed text", said, "warning")


def proposed_state(site: Site) -> str:
    """The state of the text among the records where none is known to be approved."""
    deciding = site.approvals.deciding
    if deciding and site.standing(deciding).holds:
        return "adopted, approval not verified"
    return ADOPTED_BY_NOBODY


def _about_held() -> Text:
    return Text(
        sentence(
            "The small print below a provision says what holds it: the rules that check it, the "
            "readings of what it leaves open, and the records it touches. ",
            link("All of it in one table", "charter/coverage"), ".",
            Md("\n{: .npcs-screen }"),
        )
    )  # fmt: skip


def quoted(site: Site, key: str) -> list[Block]:
    """The words of a provision, for a page that rests on it."""
    charter = site.hub.get(Charter, "charter")
    one = in_text(site.hub).get(key)
    if one is None or charter is None:
        return []
    return [Text(sentence(Md("> "), site.provision(key), " ", site.line(one.text, charter)))]


# The readings


def _readings(site: Site) -> Page:
    record = site.hub.get(Parameters, "parameters")
    if record is None:
        return Page(
            "charter/parameters",
            "Readings of the charter",
            (
                nothing_yet(
                    site,
                    "parameters",
                    "How the questions the charter leaves open are read will stand here.",
                ),
            ),
            path=(("Charter", "charter/index"),),
        )
    blocks: list[Block] = []
    provisional = 0
    for name, parameter in record.parameters.items():
        known = parameters.in_force(site.hub, name, site.as_of)
        provisional += known.unsettled
        blocks += _reading(site, record, name, parameter, known)
    about = Text(
        sentence(
            "The charter leaves some questions open, and fixes others in a number. Here is how "
            "each is "
            "read, so that everybody counts in the same way. "
            f"Of {number(len(record.parameters), 'answer')}, {provisional or 'none'} "
            f"{'is' if provisional == 1 else 'are'} provisional: used for now, adopted by nobody. "
            "The Executive Committee may adopt or change any of them by a decision. A change holds "
            "from its day on: what happened before is judged by the reading of its own day."
        )
    )
    return site.page(
        record,
        [about, *blocks],
        title="Readings of the charter",
        kind="How its questions are answered",
        path=(("Charter", "charter/index"),),
        referring=False,
    )


def _reading(
    site: Site, record: Parameters, name: str, parameter: Parameter, known: parameters.Reading
) -> Iterator[Block]:
    yield Heading(parameter.question or name, reading_anchor(name), short=capital(words(name)))
    states = [readings.state(site, known)]
    if parameter.silent:
        states.append(chip("the charter is silent"))
    yield Text(
        sentence(joined(states, " "), " ", Md(f"`{name}`"), ", on ",
                 site.provision(parameter.provision))
    )  # fmt: skip
    yield Text(site.prose(parameter.reading, record, 3))
    facts = site.facts(
        ("In force", readings.value_shown(known.text)),
        ("Since", known.since),
        ("Adopted by", site.any(known.decision) if known.decision else None),
        ("Over time", _history(site, parameter)),
        ("It could also be", [site.text(one) for one in parameter.alternatives]),
        ("Rules that use it", [joined(_users(name))] if _users(name) else []),
    )
    if facts:
        yield facts


def _history(site: Site, parameter: Parameter) -> list[Md]:
    """Each value of a reading from its first day, where there was more than one."""
    if len(parameter.history) < 2:
        return []
    return [
        sentence(
            "From ", day(one.from_), ": ", readings.value_shown(one.value),
            sentence(", by ", site.any(one.decision)) if one.decision else ", provisional",
        )
        for one in parameter.history
    ]  # fmt: skip


def _users(name: str) -> list[Md]:
    from npcs.rules.registry import RULES

    return [link(one.name, f"rules/{one.name}") for one in RULES if name in one.readings]
