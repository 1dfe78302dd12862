"""Safety notices and what members answered (ACT-4)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from npcs.governance.answers import tells_totals
from npcs.governance.leave import Lack, unapproved
from npcs.governance.notices import (
    AMENDED,
    CLOSED,
    DRAFT,
    ENDURING,
    IN_REVIEW,
    ISSUED,
    OPEN,
    SUPERSEDED,
    WITHDRAWN,
    Version,
    review_due,
    superseded_by,
    version_on,
    versions,
)
from npcs.governance.notices import state as standing
from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import Row, listing
from npcs.publish.page import Block, Callout, Facts, Items, Page, Table, Text
from npcs.publish.sections.answers import BOARD, on_notice
from npcs.publish.site import Site
from npcs.publish.subscribing import subscribe
from npcs.publish.text import Md, capital, chip, day, joined, link, number, outside, sentence
from npcs.records.notices import Affected, Notice
from npcs.records.record import Source

HERE = (("Notices", "notices/index"),)
KINDS = {
    "warning": "Warning",
    "resource": "Resource",
    "recommended-practice": "Recommended practice",
}
TONES = {
    DRAFT: "warn", IN_REVIEW: "warn", ISSUED: "good", AMENDED: "good", CLOSED: "past",
    ENDURING: "good", SUPERSEDED: "past", WITHDRAWN: "bad",
}  # fmt: skip
SHARED = {
    "CLEAR": "with everybody (TLP:CLEAR)",
    "GREEN": "within the community, not in public (TLP:GREEN)",
    "AMBER": "within the organization and with those it serves, who need to know (TLP:AMBER)",
    "AMBER+STRICT": "within the organization, with those who need to know (TLP:AMBER+STRICT)",
}
ADVICE = (
    "A notice is advice and sets no standard of care. Each member decides; a measure of its own "
)
ADVICE += "with the same effect is an answer as good."


def pages(site: Site) -> Iterator[Page | Later]:
    """All notices, the newest first, and a page for each with its answers."""
    notices = sorted(
        site.hub.all(Notice).values(),
        key=lambda one: (one.issued or date.max, one.key),
        reverse=True,
    )
    page = Page(
        "notices/index",
        "Safety notices",
        (subscribe(("Notices as a feed", "notices/feed.xml")),),
        lead="What one member learned that others should know. A notice is advice, and never "
        "about a case.",
    )
    if not notices:
        text = (
            "No notice has been issued yet. Each will have a page with what was seen, what to do, "
            "and how many members have answered."
        )
        yield replace(page, blocks=(nothing_yet(site, "notice", text), *page.blocks))
        return
    rows = [
        Row(
            str(one.issued.year) if one.issued else one.key.split("-")[2],
            (
                site.to(one, one.key),
                site.to(one, one.title),
                KINDS[one.kind_],
                site.day(site.come(one.issued)) or "not yet",
                state(site, one),
            ),
        )
        for one in notices
    ]
    open_ = [one for one in site.boards.values() if one.live]
    late = sum(one.late > 0 and tells_totals(site.hub, one, site.as_of) for one in open_)
    said = f"{capital(number(len(open_), 'notice'))} {'is' if len(open_) == 1 else 'are'} open"
    said += f"; for {late or 'none'} of them answers are overdue. " if open_ else ". "
    board = Text(sentence(said, link("Answers at a glance", BOARD), "."))
    page = replace(page, blocks=(board, *page.blocks))
    columns = ("Number", "Notice", "Kind", "Issued", "State")
    yield from listing(page, columns, rows, ("notice", "notices"))
    for one in notices:
        yield later(_notice, one)


def state(site: Site, notice: Notice) -> Md:
    """Where a notice stands on the day of the site, told by what was done."""
    found = standing(site.hub, notice, site.as_of)
    lacking = _lacking(site, notice, found)
    if lacking:
        return chip(f"{found}, but {lacking.short}", "warn")
    return chip(found, TONES[found])


def _lacking(site: Site, notice: Notice, state: str) -> Lack | None:
    """Why no decision lets out what members would follow; None where one does."""
    if state not in (*OPEN, CLOSED, ENDURING):
        return None
    return unapproved(site.hub, notice, site.as_of)


def _remark(site: Site, one: Notice) -> Block | None:
    found = standing(site.hub, one, site.as_of)
    if found == WITHDRAWN and one.withdrawn:
        reason = Md(site.text(one.withdrawn.reason).rstrip("."))
        said = sentence("On ", day(one.withdrawn.on), ": ", reason, ".")
        return Callout("Withdrawn", said, "danger")
    if found == SUPERSEDED:
        newer = site.any(superseded_by(site.hub)[one.key].key)
        return Callout("Superseded", sentence("Read ", newer, " instead."), "warning")
    if found in (DRAFT, IN_REVIEW):
        return Callout(f"A {found}" if found == DRAFT else "In review",
                       Md("This notice has not been issued."), "warning")  # fmt: skip
    if found == ENDURING and one.enduring:
        reason = Md(site.text(one.enduring.reason).rstrip("."))
        return Callout("An enduring standard", sentence("Since ", day(one.enduring.on), ": ",
                                                        reason, "."))  # fmt: skip
    return None


def _not_approved(site: Site, one: Notice) -> Block | None:
    """A warning on a notice that the committee has not let out."""
    lacking = _lacking(site, one, standing(site.hub, one, site.as_of))
    if lacking is None:
        return None
    said = sentence(capital(site.text(lacking.words)), ". So it is not in force.")
    return Callout("The committee has not let this notice out", Md(said), "warning")


def _notice(site: Site, one: Notice) -> Page:
    affected = one.affected or Affected()
    version = version_on(one, site.as_of)
    facts = site.facts(
        ("Hazard", one.hazard),
        ("Ages", [joined(map(site.text, affected.ages))] if affected.ages else None),
        ("Settings", [joined(map(site.text, affected.settings))] if affected.settings else None),
        ("Stage of practice", [joined(map(site.text, affected.stages))]
         if affected.stages else None),
        ("Answer by", version.respond_by if version else one.respond_by),
        ("To be looked at again by", review_due(site.hub, one, site.as_of)
         if standing(site.hub, one, site.as_of) in OPEN else None),
        ("Closed", site.come(one.closed)),
        ("May be shared", SHARED[one.tlp]),
        ("Takes the place of", site.any(one.supersedes) if one.supersedes else None),
        ("Related", [site.any(key) for key in one.related]),
    )  # fmt: skip
    blocks: list[Block | None] = [
        _not_approved(site, one),
        _remark(site, one),
        facts,
        *site.body(one),
        *site.section("What was seen", _prose(site, one.pattern, one), anchor="pattern"),
        *site.section("What to do", *_actions(site, one), anchor="actions"),
        *site.section("Evidence", _prose(site, one.evidence, one), _sources(site, one.sources),
                      anchor="evidence"),
        *site.section("Help", _sources(site, one.resources), anchor="resources"),
        *site.section("Recalled products", _recalls(one), anchor="recalls"),
        *site.section("Answers of members", *on_notice(site, one.key), anchor="answers"),
        *site.section("How it came about", _course(site, one), _versions(site, one),
                      anchor="course"),
    ]  # fmt: skip
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[
            Md(one.key),
            state(site, one),
            chip(f"TLP:{one.tlp}"),
            *([_version(version)] if version else []),
        ],
        path=HERE,
        kind=f"Safety notice: {KINDS[one.kind_].lower()}",
        without=("answer", *_decided(site, one)),
    )


def _version(version: Version) -> Md:
    """A version and its day, never broken over two lines."""
    return sentence("version\N{NO-BREAK SPACE}", version.number, "\N{NO-BREAK SPACE}of"
                    "\N{NO-BREAK SPACE}", day(version.on))  # fmt: skip


def _prose(site: Site, text: str | None, one: Notice) -> Text | None:
    return Text(site.prose(text, one, 3)) if text else None


def _sources(site: Site, sources: tuple[Source, ...]) -> Items | None:
    return Items(tuple(site.source(one) for one in sources)) if sources else None


def _actions(site: Site, one: Notice) -> list[Block]:
    if not one.actions:
        return []
    rows = tuple(
        (site.text(act.text), site.text(act.owner), capital(act.strength), site.day(act.due),
         site.text(act.measure))
        for act in one.actions
    )  # fmt: skip
    care = [
        sentence(site.text(act.text), ": ", site.text(said))
        for act in one.actions
        for said in (act.harm, act.equity)
        if said
    ]
    columns = ("Action", "Owner", "Strength", "By", "Measure")
    blocks: list[Block] = [Table(columns, rows, stacks=True)]
    if care:
        blocks += [Text(Md("Mind when doing so:")), Items(tuple(care))]
    return [*blocks, Text(Md(ADVICE))]


def _recalls(one: Notice) -> Items | None:
    found = tuple(
        sentence(outside(it.number, it.address or ""), ": ", it.product) for it in one.recalls
    )
    return Items(found) if found else None


def _course(site: Site, one: Notice) -> Facts | None:
    """Who wrote it and who looked. An author gives a jurisdiction away, which must have agreed."""
    consent = one.source_consent
    agreed = None
    if consent:
        who = [site.member(consent.member), ", "] if consent.member else []
        agreed = sentence(*who, site.text(consent.by), ", ", day(consent.on))
    review = one.privacy_review
    return site.facts(
        ("Written by", site.person(one.author) if consent and consent.member else None),
        ("Privacy looked at by", sentence(site.person(review.by), ", ", day(review.on))
         if review else None),
        ("Consent of the source", agreed),
        ("Looked at again", [sentence(day(it.on), ": ", site.text(it.found))
                             for it in site.past(one.reviews)]),
    )  # fmt: skip


def _versions(site: Site, one: Notice) -> Table | None:
    rows = tuple(
        (it.number, day(it.on), site.text(it.what), site.any(it.decision) if it.decision else "")
        for it in versions(one)
        if it.on <= site.as_of
    )
    columns = ("Version", "Day", "What changed", "Decision")
    return Table(columns, rows, stacks=True) if rows else None


def _decided(site: Site, notice: Notice) -> list[str]:
    """The files of the decisions that the page names itself."""
    known = site.hub.by_kind["decision"]
    keys = [one.decision or "" for one in versions(notice)]
    return [known[key].path for key in keys if key in known]
