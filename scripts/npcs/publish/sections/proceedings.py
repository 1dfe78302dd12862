"""Data-sharing agreements and waivers: on what terms members share, and what is accepted."""

from collections.abc import Iterator

from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import by_letter, listing
from npcs.publish.page import Block, Callout, Page
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, days, joined, sentence
from npcs.records.charter import Agreement, Decision, Waiver
from npcs.rules.registry import rule_named
from npcs.rules.waivers import faults, in_force


def pages(site: Site) -> Iterator[Page | Later]:
    """The lists and pages of the two kinds."""
    yield from _agreements(site)
    for one in site.hub.all(Waiver).values():
        yield later(_waiver, one)


# Agreements

_AGREED = (("Members", "members/index"), ("Agreements", "agreements/index"))


def _agreements(site: Site) -> Iterator[Page | Later]:
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
        text = "No member has signed an agreement yet. Each will have a page with its terms."
        yield Page(
            page.address,
            page.title,
            (nothing_yet(site, "agreement", text),),
            path=page.path,
            lead=page.lead,
        )
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
        yield later(_agreement, one)


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
    decision = site.hub.get(Decision, one.decision)
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[waived(site, one), sentence("until ", day(one.until))],
        path=(("Rules", "rules/index"),),
        without=[it.path for it in (decision,) if it],
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
