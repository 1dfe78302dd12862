"""Recommendations, data-sharing agreements and waivers: what the committee acts on or accepts."""

from collections.abc import Iterator

from npcs.publish.listing import Row, by_letter, listing
from npcs.publish.page import Block, Callout, Heading, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, days, joined, sentence
from npcs.records.charter import Agreement, Decision, Recommendation, Waiver
from npcs.rules.registry import rule_named
from npcs.rules.waivers import faults, in_force


def pages(site: Site) -> Iterator[Page]:
    """The lists and pages of the three kinds."""
    yield from _recommendations(site)
    yield from _agreements(site)
    for one in site.hub.all(Waiver).values():
        yield _waiver(site, one)


# Recommendations

_RECOMMENDED = (("Decisions", "decisions/index"), ("Recommendations", "recommendations/index"))


def _recommendations(site: Site) -> Iterator[Page]:
    found = sorted(
        site.hub.all(Recommendation).values(),
        key=lambda one: (one.proposed, one.key),
        reverse=True,
    )
    page = Page(
        "recommendations/index",
        "Recommendations",
        (),
        path=_RECOMMENDED[:1],
        lead=site.text(
            "What subcommittees and workgroups recommend, and what became of it (EXC-6, EXC-7)."
        ),
    )
    if not found:
        text = "No group has recommended anything yet."
        yield Page(page.address, page.title, (site.empty(text),), path=page.path, lead=page.lead)
        return
    rows = [
        Row(
            str(one.proposed.year),
            (
                site.to(one, one.key),
                site.to(one, one.title),
                site.ref("group", one.from_),
                day(one.proposed),
                _answered(site, one),
            ),
        )
        for one in found
    ]
    columns = ("Number", "Recommendation", "From", "Proposed", "State")
    yield from listing(page, columns, rows, ("recommendation", "recommendations"))
    for one in found:
        yield _recommendation(site, one)


def _deciding(site: Site, recommendation: Recommendation) -> Decision | None:
    found = [
        decision
        for decision in site.decisions_about.get(recommendation.key, ())
        if decision.date <= site.as_of
    ]
    return max(found, key=lambda one: (one.date, one.key), default=None)


def _answered(site: Site, recommendation: Recommendation) -> Md:
    """Where a recommendation stands: derived from its decision and what was done."""
    decision = _deciding(site, recommendation)
    if decision is None:
        return chip("under review", "warn") if recommendation.feedback else chip("waiting", "warn")
    if not site.standing(decision).holds:
        return site.standing(decision).state
    if recommendation.actions and all(one.done for one in recommendation.actions):
        return chip("adopted and done", "good")
    return chip("adopted", "good")


def _recommendation(site: Site, one: Recommendation) -> Page:
    decision = _deciding(site, one)
    facts = site.facts(
        ("From", site.ref("group", one.from_)),
        ("Proposed", one.proposed),
        ("Decision", site.any(decision.key) if decision else None),
    )
    feedback: list[Block] = []
    for said in one.feedback:
        feedback += [Heading(day(said.on), level=3), Text(site.prose(said.text, one, 4))]
    actions = tuple(
        (
            site.text(act.text),
            site.text(act.owner),
            capital(act.strength),
            day(act.due),
            sentence(day(act.done.on), ": ", site.text(act.done.evidence)) if act.done else "open",
        )
        for act in one.actions
    )
    columns = ("Action", "Owner", "Strength", "Due", "Done")
    blocks: list[Block | None] = [
        facts,
        *site.body(one),
        *site.section("What the committee said", *feedback, anchor="feedback"),
        *site.section("Actions", Table(columns, actions) if actions else None, anchor="actions"),
    ]
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[Md(one.key), _answered(site, one), sentence("proposed ", day(one.proposed))],
        path=_RECOMMENDED,
        without=[decision.path] if decision else (),
    )


# Agreements

_AGREED = (("Members", "members/index"), ("Agreements", "agreements/index"))


def _agreements(site: Site) -> Iterator[Page]:
    found = site.hub.all(Agreement).values()
    page = Page(
        "agreements/index",
        "Data-sharing agreements",
        (),
        path=_AGREED[:1],
        lead=site.text(
            "On what terms members share data. Each stays the owner of its data (DAT-4, DAT-5)."
        ),
    )
    if not found:
        text = "No member has signed a data-sharing agreement yet."
        yield Page(page.address, page.title, (site.empty(text),), path=page.path, lead=page.lead)
        return
    rows = by_letter(
        (
            site.title(site.hub.documents[one.path]),
            (
                site.to(one),
                days(one.from_, one.until),
                capital(one.sharing),
                _valid(site, one),
            ),
        )
        for one in found
    )
    columns = ("Agreement", "Days", "Sharing", "State")
    yield from listing(page, columns, rows, ("agreement", "agreements"))
    for one in found:
        yield _agreement(site, one)


def _valid(site: Site, agreement: Agreement) -> Md:
    if agreement.until < site.as_of:
        return chip("ended", "past")
    return chip("in force", "good") if agreement.from_ <= site.as_of else chip("to come")


def _agreement(site: Site, one: Agreement) -> Page:
    facts = site.facts(
        ("Member", site.member(one.member)),
        ("Signed", one.signed),
        ("For", list(one.purposes)),
        ("Sharing", capital(one.sharing)),
        ("Fields that may be shared", [joined(one.fields_allowed)] if one.fields_allowed else None),
        ("Fields that may not", [joined(one.fields_denied)] if one.fields_denied else None),
        ("Use for something else", one.reuse),
        ("Ownership", capital(one.ownership)),
        ("How to withdraw", one.withdrawal),
        ("Contact", one.contact),
    )
    return site.page(
        one,
        [facts] if facts else [],
        chips=[_valid(site, one), days(one.from_, one.until)],
        path=_AGREED,
    )


# Waivers


def _waiver(site: Site, one: Waiver) -> Page:
    rule = rule_named(one.rule)
    facts = site.facts(
        ("Rule", [site.rule(one.rule), Md(rule.summary)] if rule else one.rule),
        ("For", [site.any(key) for key in one.records]),
        ("Decision", site.any(one.decision)),
        ("Reason", one.reason),
        ("Needed until", one.ended),
    )
    blocks: list[Block | None] = [_without_effect(site, one), facts]
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[waived(site, one), sentence("until ", day(one.until))],
        path=(("Rules", "rules/index"),),
    )


def _without_effect(site: Site, one: Waiver) -> Callout | None:
    """Why a waiver covers nothing, whatever the day it was to end."""
    against = [site.text(f"{capital(it.message)}.") for it in faults(one, site.hub, site.as_of)]
    return (
        Callout("This waiver has no effect", joined(against, " "), "warning") if against else None
    )


def waived(site: Site, waiver: Waiver) -> Md:
    """Whether a waiver is in force: its decision holds, and its rule can be waived."""
    if min(waiver.until, waiver.ended or waiver.until) < site.as_of:
        return chip("over", "past")
    if not in_force(waiver, site.hub, site.as_of):
        return chip("not in force", "warn")
    return chip("in force", "good")
