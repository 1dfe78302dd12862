"""Safety notices and what members answered (ACT-4)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from npcs.publish.listing import Row, listing
from npcs.publish.names import member_name
from npcs.publish.page import Block, Callout, Fact, Facts, Page, Table, Text
from npcs.publish.sections.members import current
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, listed, number, sentence, words
from npcs.records.document import Document
from npcs.records.notices import Answer, Notice

HERE = (("Notices", "notices/index"),)
KINDS = {
    "warning": "Warning",
    "resource": "Resource",
    "recommended-practice": "Recommended practice",
}


def pages(site: Site) -> Iterator[Page]:
    """All notices, the newest first, and a page for each with its answers."""
    notices = sorted(
        site.hub.all(Notice).values(),
        key=lambda one: (one.issued or date.max, one.key),
        reverse=True,
    )
    page = Page(
        "notices/index",
        "Safety notices",
        (),
        lead="What one member learned that others should know. A notice is advice, and never "
        "about a case.",
    )
    if not notices:
        text = (
            "No notice has been issued yet. Any member may propose one; the Executive "
            "Committee decides."
        )
        yield Page(page.address, page.title, (site.empty(text),), lead=page.lead)
        return
    rows = [
        Row(
            str(one.issued.year) if one.issued else one.key.split("-")[2],
            (
                site.to(one, one.key),
                site.to(one, one.title),
                KINDS[one.kind_],
                site.day(one.issued) or "not yet",
                state(site, one),
            ),
        )
        for one in notices
    ]
    columns = ("Number", "Notice", "Kind", "Issued", "State")
    yield from listing(page, columns, rows, ("notice", "notices"))
    for one in notices:
        yield _notice(site, one)


def state(site: Site, notice: Notice) -> Md:
    """Where a notice stands on the day of the site."""
    if notice.withdrawn and notice.withdrawn.on <= site.as_of:
        return chip("withdrawn", "bad")
    if notice.key in site.superseded:
        return chip("superseded", "past")
    if notice.issued is None or notice.issued > site.as_of:
        return chip("draft", "warn")
    if not site.holds(notice.decision):
        return chip("issued, but its decision does not hold", "warn")
    if notice.closed and notice.closed <= site.as_of:
        return chip("closed", "past")
    return chip("open", "good")


def _notice(site: Site, one: Notice) -> Page:
    remark: Block | None = None
    if one.withdrawn and one.withdrawn.on <= site.as_of:
        reason = Md(site.text(one.withdrawn.reason).rstrip("."))
        said = sentence("On ", day(one.withdrawn.on), ": ", reason, ".")
        remark = Callout("Withdrawn", said, "danger")
    elif one.key in site.superseded:
        newer = site.any(site.superseded[one.key])
        remark = Callout("Superseded", sentence("Read ", newer, " instead."), "warning")
    elif one.issued is None or one.issued > site.as_of:
        remark = Callout("A draft", Md("This notice has not been issued."), "warning")
    else:
        remark = site.unfounded(one.decision)
    actions = tuple(
        (site.text(act.text), site.text(act.owner), capital(act.strength), site.day(act.due),
         site.text(act.measure))
        for act in one.actions
    )  # fmt: skip
    revisions = tuple((it.version, day(it.on), site.text(it.what)) for it in one.revisions)
    blocks: list[Block | None] = [
        remark,
        site.facts(
            ("Hazard", one.hazard),
            ("Who is affected", one.affected),
            ("Issued", one.issued),
            ("Answer by", one.respond_by),
            ("To be reviewed by", one.review_by),
            ("Closed", one.closed),
            ("Version", one.version),
            ("May be shared", "with everybody (TLP:CLEAR)"),
            ("Decision", site.any(one.decision) if one.decision else None),
            ("Takes the place of", site.any(one.supersedes) if one.supersedes else None),
            ("Related", [site.any(key) for key in one.related]),
        ),
        *site.body(one),
        *site.section("Evidence", Text(site.prose(one.evidence, one, 3)) if one.evidence else None,
                      anchor="evidence"),
        *site.section(
            "What to do",
            Table(("Action", "Owner", "Strength", "By", "Measure"), actions) if actions else None,
            anchor="actions",
        ),
        *site.section("Answers of members", *_answers(site, one), anchor="answers"),
        *site.section("Versions", Table(("Version", "Day", "What changed"), revisions)
                      if revisions else None, anchor="versions"),
    ]  # fmt: skip
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[
            Md(one.key),
            state(site, one),
            *([sentence("issued ", day(one.issued))] if one.issued else []),
        ],
        path=HERE,
        kind=f"Safety notice: {KINDS[one.kind_].lower()}",
        without=("answer", *([document.path] if (document := _decided(site, one)) else [])),
    )


def _decided(site: Site, notice: Notice) -> Document | None:
    return site.hub.by_kind["decision"].get(notice.decision or "")


def _answers(site: Site, notice: Notice) -> list[Block]:
    answers = site.answers_to.get(notice.key, ())
    if not answers:
        if notice.issued is None:
            return []
        return [site.empty("No member has answered yet.")]
    counts = Counter(one.status for one in answers)
    said = ", ".join(f"{count} {words(status)}" for status, count in sorted(counts.items()))
    ordered = sorted(answers, key=lambda one: member_name(site.hub, one.member))
    rows = tuple(Fact(*_answer(site, one)) for one in ordered)
    blocks: list[Block] = [
        Text(sentence(f"{capital(number(len(answers), 'answer'))}: {said}.")),
        Facts(rows),
    ]
    missing = _unanswered(site, notice, {one.member for one in answers})
    return [*blocks, *missing]


def _unanswered(site: Site, notice: Notice, answered: set[str]) -> list[Block]:
    """Who takes part, did so when an open notice was issued, and has not answered."""
    issued = notice.issued
    if issued is None or (notice.closed and notice.closed <= site.as_of):
        return []
    if notice.withdrawn and notice.withdrawn.on <= site.as_of:
        return []
    missing = [
        site.to(one, one.name)
        for one in sorted(current(site), key=lambda one: one.name)
        if one.key not in answered and (one.joined is None or one.joined <= issued)
    ]
    return [Text(sentence("No answer yet from ", listed(missing), "."))] if missing else []


def _answer(site: Site, one: Answer) -> tuple[Md, tuple[Md, ...]]:
    """A member's answer as a field: the member, then what it said, and its file."""
    anchor = Md(f"{{ #answer-{one.key.partition('/')[2]} }}")
    said = [
        chip(words(one.status)),
        sentence(" ", day(one.on), ", to version ", site.text(one.version)),
        *([sentence(". Lead: ", site.text(one.lead))] if one.lead else []),
    ]
    values = [sentence(*said), site.line(one.reason, one), Md(f"*File* `{one.path}`")]
    return sentence(site.member(one.member), anchor), tuple(one for one in values if one)
