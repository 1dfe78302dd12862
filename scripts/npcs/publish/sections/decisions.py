"""Decisions: what was decided, how, by whom, and the arithmetic in a sentence."""

from collections.abc import Iterator

from npcs.governance.tally import quorum, tally
from npcs.publish.listing import Row, listing
from npcs.publish.page import Block, Callout, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, sentence
from npcs.records.charter import Consensus, Decision

HERE = (("Decisions", "decisions/index"),)
TONES = {"adopted": "good", "rejected": "bad", "deferred": "warn"}


def pages(site: Site) -> Iterator[Page]:
    """All decisions, the newest first, and a page for each."""
    decisions = sorted(
        site.hub.all(Decision).values(), key=lambda one: (one.date, one.key), reverse=True
    )
    page = Page(
        "decisions/index",
        "Decisions",
        (),
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
        yield Page(page.address, page.title, (site.empty(text),), lead=page.lead)
        return
    rows = [
        Row(
            str(one.date.year),
            (
                site.to(one, one.key),
                site.to(one, one.title),
                day(one.date),
                capital(one.subject),
                chip(one.outcome, TONES[one.outcome]),
            ),
        )
        for one in decisions
    ]
    columns = ("Number", "Decision", "Date", "About", "Outcome")
    yield from listing(page, columns, rows, ("decision", "decisions"))
    for one in decisions:
        yield _decision(site, one)


def _decision(site: Site, decision: Decision) -> Page:
    ballot = decision.ballot
    facts = site.facts(
        ("Number", Md(decision.key)),
        ("Date", decision.date),
        ("About", [capital(decision.subject), *map(site.any, decision.about)]),
        ("Meeting", site.ref("meeting", decision.meeting)),
        ("Ballot", [sentence(day(ballot.opened), " to ", day(ballot.closed))] if ballot else None),
        ("Ballot announced", ballot.notice if ballot else None),
        ("Made by", capital(decision.method)),
        ("In effect from", decision.effective),
        ("Charter version", decision.charter.version if decision.charter else None),
        ("Told to members", [
            sentence(day(one.on), " to ", site.text(one.to), " by ", site.person(one.by))
            for one in decision.communicated
        ]),
        ("Shared outside", [
            sentence(day(one.on), " with ", site.text(one.with_)) for one in decision.shared_outside
        ]),
    )  # fmt: skip
    votes = tuple((site.person(key), capital(vote)) for key, vote in decision.votes.items())
    blocks: list[Block | None] = [
        _outcome(site, decision),
        facts,
        *site.section("Consensus", *_consensus(site, decision.consensus), anchor="consensus"),
        *site.section("Votes", Table(("Name", "Vote"), votes) if votes else None, anchor="votes"),
        *site.body(decision, "Reasons"),
        *site.section("Corrections", site.corrections(decision.corrections), anchor="corrections"),
    ]
    return site.page(
        decision,
        [one for one in blocks if one],
        chips=[chip(decision.outcome, TONES[decision.outcome])],
        path=HERE,
    )


def _outcome(site: Site, decision: Decision) -> Callout:
    """The arithmetic of the decision: whether enough took part, and whether it carried."""
    sentences = [quorum(site.hub, decision).sentence]
    if decision.method == "vote":
        sentences.insert(0, tally(site.hub, decision).sentence)
    elif decision.consensus:
        standing = sum(not one.resolved for one in decision.consensus.objections)
        sentences.insert(
            0, "No objection stands" if not standing else f"{standing} objections stand"
        )
    said = " ".join(f"{capital(one.rstrip('.'))}." for one in sentences)
    tone = {"adopted": "success", "rejected": "failure", "deferred": "note"}[decision.outcome]
    title = f"{capital(decision.outcome)} by {decision.method}"
    return Callout(title, sentence(said), tone)


def _consensus(site: Site, consensus: Consensus | None) -> list[Block]:
    if consensus is None:
        return []
    said: list[Block] = [Text(sentence("Sought on ", day(consensus.sought_on), "."))]
    rows = tuple(
        (site.person(one.by), site.text(one.text), "resolved" if one.resolved else "stands")
        for one in consensus.objections
    )
    return [*said, Table(("Raised by", "Objection", "State"), rows)] if rows else said
