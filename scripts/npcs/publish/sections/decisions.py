"""Decisions: what was decided, how, by whom, and the arithmetic in a sentence."""

from collections.abc import Iterator
from dataclasses import replace

from npcs.governance import parameters
from npcs.governance.sittings import sitting_on
from npcs.governance.tally import decision_day, quorum, taking_part, tally, upheld
from npcs.governance.terms import committee, represents, term_on
from npcs.publish import readings
from npcs.publish.addresses import address_of
from npcs.publish.approvals import place
from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import Row, listing
from npcs.publish.page import Block, Callout, Facts, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.standing import standing as standing_of
from npcs.publish.subscribing import subscribe
from npcs.publish.text import Md, capital, chip, day, joined, link, number, sentence
from npcs.records.charter import Consensus, Decision, Meeting
from npcs.records.hub import Hub
from npcs.rules.registry import rule_named

HERE = (("Decisions", "decisions/index"),)
MINUTES = "minutes"
"""The anchor of the minutes on the page of a meeting."""

_RULES = {
    "vote": ("two-thirds", "quorum", "consensus-first"),
    "consensus": ("consensus", "quorum"),
}
"""The rules that judge the outcome, by how it was decided."""


def pages(site: Site) -> Iterator[Page | Later]:
    """All decisions, the newest first, and a page for each."""
    decisions = sorted(
        site.hub.all(Decision).values(), key=lambda one: (one.date, one.key), reverse=True
    )
    page = Page(
        "decisions/index",
        "Decisions",
        (subscribe(("Decisions as a feed", "decisions/feed.xml")),),
        lead=sentence(
            "What the Executive Committee decided, with its reasons. It seeks consensus first (",
            site.provision("DEC-1"), "); where it cannot be reached, two-thirds must agree (",
            site.provision("DEC-2"), ").",
        ),
    )  # fmt: skip
    if not decisions:
        text = (
            "Nothing has been decided yet. Each decision will have a page that shows how it "
            "was made."
        )
        yield replace(page, blocks=(nothing_yet(site, "decision", text), *page.blocks))
        return
    rows = [
        Row(
            str(one.date.year),
            (
                site.to(one, one.key),
                titled(site, one),
                day(one.date),
                capital(one.subject),
                state(site, one),
            ),
        )
        for one in decisions
    ]
    columns = ("Number", "Decision", "Date", "About", "Outcome")
    yield from listing(page, columns, rows, ("decision", "decisions"))
    for one in decisions:
        yield later(_decision, one)


def titled(site: Site, decision: Decision) -> Md:
    """A decision's title for a list, and whom or what it is about: many have the same title."""
    concerned = site.concerned(decision)
    parts = [": ", concerned] if concerned else []
    return sentence(site.to(decision, decision.title), *parts)


def state(site: Site, decision: Decision) -> Md:
    """What became of a decision; where the record does not bear that out, it says so."""
    return site.standing(decision).state


def _shown(site: Site, decision: Decision) -> tuple[str, ...]:
    """The paths of records the page of a decision names as its own: they need no second line."""
    meeting = site.hub.by_kind["meeting"].get(decision.meeting or "")
    return (*((meeting.path,) if meeting else ()), *map(site.path_of, decision.about))


_TOOK_PART = {"vote": "Who could vote, and who did", "consensus": "Who took part"}


def _decision(site: Site, decision: Decision) -> Page:
    ballot = decision.ballot
    facts = site.facts(
        ("Date", decision.date),
        ("About", [capital(decision.subject), *map(site.any, decision.about)]),
        ("Meeting", _met(site, decision)),
        ("Ballot", [sentence(day(ballot.opened), " to ", day(ballot.closed))] if ballot else None),
        ("Ballot announced", ballot.notice if ballot else None),
        ("In effect from", decision.effective),
        ("Charter version", _version(site, decision)),
        ("What changed", _changes(site, decision)),
        ("Told to members", [
            sentence(day(one.on), " to ", site.text(one.to), " by ", site.person(one.by))
            for one in site.past(decision.communicated)
        ]),
        ("Shared outside", [
            sentence(day(one.on), " with ", site.text(one.with_))
            for one in site.past(decision.shared_outside)
        ]),
    )  # fmt: skip
    blocks: list[Block | None] = [
        outcome(site, decision),
        facts,
        *site.body(decision, "Reasons"),
        *(_count(site, decision) if decision_day(decision) <= site.as_of else ()),
        *site.section("Corrections", site.corrections(decision.corrections), anchor="corrections"),
    ]
    return site.page(
        decision,
        [one for one in blocks if one],
        chips=[Md(decision.key), state(site, decision), sentence("on ", day(decision.date))],
        path=HERE,
        without=_shown(site, decision),
    )


def _count(site: Site, decision: Decision) -> Iterator[Block]:
    """Who took part and how it was counted."""
    consensus = _consensus(site, decision.consensus)
    yield from site.section("Consensus", *consensus, anchor="consensus")
    voters = _voters(site, decision)
    yield from site.section(_TOOK_PART[decision.method], *voters, anchor="votes")
    yield from site.section("How it was counted", _judged_by(site, decision), anchor="counted")


def outcome(site: Site, decision: Decision, then: Hub | None = None) -> Callout:
    """The arithmetic of the decision: whether enough took part, and whether it carried.

    ``then`` are the records it is counted by, where these are not those of now.
    """
    hub = then or site.hub
    doubt = standing_of(hub, decision, site.as_of).doubt
    if decision_day(decision) > site.as_of:
        return Callout(doubt, Md("Who voted how is told from that day on."), "warning")
    sentences = [quorum(hub, decision).sentence]
    if decision.method == "vote":
        sentences.insert(0, tally(hub, decision).sentence)
    elif decision.consensus:
        standing = len(upheld(hub, decision))
        sentences.insert(
            0,
            f"{number(standing, 'objection', 'objections' if standing else 'objection')} "
            f"{'stand' if standing > 1 else 'stands'}",
        )
    said = " ".join(f"{capital(one.rstrip('.'))}." for one in sentences)
    if doubt:
        return Callout(doubt, sentence(said), "warning")
    tone = {"adopted": "success", "rejected": "failure", "deferred": "note"}[decision.outcome]
    parted = decision.method == "consensus" and upheld(hub, decision)
    how = ": no consensus" if parted else f" by {decision.method}"
    title = f"{capital(decision.outcome)}{how}"
    return Callout(title, sentence(said), tone)


def _judged_by(site: Site, decision: Decision) -> Facts | None:
    """What the outcome rests on: the charter's words, the rules, and how it was read that day."""
    on = decision_day(decision)
    rules = [*_RULES[decision.method], *(["decided-where"] if decision.ballot else [])]
    found = [one for one in map(rule_named, rules) if one]
    known = [
        parameters.in_force(site.hub, name, on)
        for name in dict.fromkeys(name for one in found for name in one.readings)
    ]
    return site.facts(
        ("Counted by", [joined(map(site.provision, sorted({one.provision for one in found})))]),
        ("Rules", [joined(site.rule(one.name) for one in found)]),
        ("As it was read", [
            sentence(readings.shown(site, one), " ", capital(readings.value_shown(one.text)), " ",
                     readings.doubt(site, one))
            for one in known
        ]),
    )  # fmt: skip


def _missing(site: Site, decision: Decision) -> list[str]:
    """Those in office on the day who took no part, by name."""
    missing = committee(site.hub, decision_day(decision)) - taking_part(site.hub, decision)
    return sorted(missing, key=site.title_of_person)


def _met(site: Site, decision: Decision) -> list[Md]:
    """The meeting a decision was made at, and its minutes."""
    meeting = site.hub.get(Meeting, decision.meeting)
    if meeting is None:
        return [site.ref("meeting", decision.meeting)]
    shown = [site.to(meeting)]
    if meeting.body.strip():
        address = address_of(site.hub.documents[meeting.path])
        shown.append(link("Its minutes", f"{address}#{MINUTES}"))
    return shown


def _version(site: Site, decision: Decision) -> Md | str | None:
    """The version of the charter that was decided on, with its page where it was approved."""
    if decision.charter is None:
        return None
    version = decision.charter.version
    approved = next(
        (one for one in site.approvals.known.revisions if one.decision == decision.key), None
    )
    return link(version, place(approved)) if approved else version


def _changes(site: Site, decision: Decision) -> Md | None:
    """A link to the charter with what was decided marked in its text."""
    if decision.charter is None:
        return None
    address = site.approvals.changes(decision)
    return link("The charter's text with the changes marked", address) if address else None


def _voters(site: Site, decision: Decision) -> list[Block]:
    """Who was in office on the day, for whom, and what they said or whether they were there."""
    on = decision_day(decision)
    shown = _votes(site, decision)
    if not shown:
        return []
    blocks: list[Block] = []
    sitting = sitting_on(site.hub, on)
    if sitting and sitting.first <= site.as_of:
        office = number(len(committee(site.hub, on)), "person was", "people were")
        that_day = link("the committee that day", f"committee/days/{sitting.first}")
        rest = [", each with one vote (", site.provision("DEC-2"), ")."]
        blocks.append(Text(sentence(f"{capital(office)} on ", that_day, *rest)))
    rows = []
    for key, said in shown.items():
        term = term_on(site.hub, key, on)
        rows.append(
            (site.person(key), site.member(represents(site.hub, term) if term else None), said)
        )
    last = "Vote" if decision.votes else "Took part"
    return [*blocks, Table(("Name", "For", last), tuple(rows), stacks=True)]


def _votes(site: Site, decision: Decision) -> dict[str, Md]:
    """The votes as they were cast; then those in office of whom there is no vote."""
    on = decision_day(decision)
    why = dict(tally(site.hub, decision).not_counted)
    meeting = None if decision.ballot else site.hub.get(Meeting, decision.meeting)
    marked = meeting.attendance if meeting else {}
    shown: dict[str, Md] = {}
    for key, vote in decision.votes.items():
        remark = ""
        if key in why:
            remark = f", not counted: {why[key]}"
        elif marked.get(key, "present") != "present":
            remark = f", though marked {marked[key]} at the meeting"
        shown[key] = sentence(capital(vote), remark)
    there = taking_part(site.hub, decision)
    office = committee(site.hub, on)
    silent = sorted((there - shown.keys()) & office, key=site.title_of_person)
    said = Md("Present, no vote on record" if decision.votes else "Present")
    shown |= dict.fromkeys(silent, said)
    for key in sorted(office - there, key=site.title_of_person):
        shown[key] = Md("Excused" if marked.get(key) == "excused" else "Absent")
    return shown


def _consensus(site: Site, consensus: Consensus | None) -> list[Block]:
    if consensus is None:
        return []
    said: list[Block] = [Text(sentence("Sought on ", day(consensus.sought_on), "."))]
    rows = tuple(
        (
            site.person(one.by),
            site.text(one.text),
            chip("resolved", "good") if one.resolved else chip("stands", "warn"),
        )
        for one in consensus.objections
    )
    return [*said, Table(("Raised by", "Objection", "State"), rows, stacks=True)] if rows else said
