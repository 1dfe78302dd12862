"""The history of the charter: its approved revisions, what each changed, what held when."""

from collections.abc import Iterator

from npcs.charter.revisions import Handover, Revision
from npcs.publish.approvals import STATES, UNSIGNED, place
from npcs.publish.changes import Changes, between, named
from npcs.publish.charter_text import charter_text
from npcs.publish.page import Block, Callout, Heading, Page, Table, Text
from npcs.publish.printed import printed
from npcs.publish.sections.decisions import outcome
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, link, number, sentence
from npcs.records.charter import Decision

ABOVE = (("Charter", "charter/index"),)
HISTORY = (*ABOVE, ("History", "charter/history"))
CHANGES = {
    "major": "a review of the whole, after a major change of structure or function (REV-3)",
    "annual": "the yearly review (REV-2)",
    "editorial": "editorial: a correction that changes nothing anybody is held to",
}
"""What kind of change a decision on the charter says it is."""


def pages(site: Site) -> Iterator[Page]:
    """The history, and a page for each revision."""
    yield _history(site)
    for revision in site.approvals.known.revisions:
        yield from _revision(site, revision)


# One revision


def _revision(site: Site, revision: Revision) -> Iterator[Page]:
    approvals = site.approvals
    text = approvals.text_of(revision)
    adopted = approvals.adopted(revision)
    changes = _since_before(site, revision)
    made = printed(site, revision, f"charter/charter-v{revision.version}.pdf")
    blocks: list[Block | None] = [
        _approval(revision),
        _outcome(site, revision),
        site.facts(
            ("Decision", site.any(revision.decision)),
            ("Change", capital(CHANGES.get(revision.change, revision.change))),
            ("Adopted", revision.adopted if adopted else None),
            ("In effect from", revision.effective if adopted else None),
            ("Approval recorded", revision.tagged),
            ("Mark of the approval in Git", Md(f"`{revision.tag}`")),
            ("Digest", Md(f"`{revision.digest}`")),
            ("To print", made.link if made else None),
            ("Permanent address", link(f"charter/v{revision.version}/", place(revision))),
        ),
    ]
    if changes:
        address = place(revision).replace("/index", "/changes")
        blocks += [
            Heading(changes.title, "changes"),
            *changes.summary(site),
            Text(link("The whole text with these changes marked", address)),
        ]
        yield _changes_page(site, revision, changes, address)
    blocks.append(Heading("The text", "text"))
    blocks.append(
        Text(charter_text(site, text, 3))
        if text
        else site.empty("Git does not have the text here; a complete clone has it.")
    )
    yield Page(
        place(revision),
        f"Charter, version {revision.version}",
        tuple(one for one in blocks if one),
        kind="A revision of the charter",
        path=HISTORY,
        chips=(STATES[revision.state], *_standing(site, revision)),
        searchable=False,
        files=made.files if made else {},
    )


def _changes_page(site: Site, revision: Revision, changes: Changes, address: str) -> Page:
    file = place(revision).replace("/index", "/redline.html")
    return Page(
        address,
        f"Charter {revision.version}: what changed",
        (*changes.summary(site), *changes.embedded(file)),
        kind=changes.title,
        path=(*HISTORY, (f"Version {revision.version}", place(revision))),
        searchable=False,
        files={file: changes.page},
    )


def _standing(site: Site, revision: Revision) -> Iterator[Md]:
    """Whether a revision is the one in force, still to come, or past."""
    if not revision.sound:
        return
    if revision.effective > site.as_of:
        yield chip("not yet in effect", "warn")
        return
    now = site.approvals.of_the_day
    if now and now.revision is None and revision == site.approvals.latest:
        yield chip("whether it is in force cannot be told", "warn")
    elif now is None or revision != now.revision:
        yield chip("superseded", "past")
    else:
        yield chip("in force", "good" if revision.state == "verified" else "")


def _approval(approval: Revision) -> Callout:
    """How far an approval was verified, in words."""
    said = sentence(capital(approval.sentence.rstrip(".")), ".")
    if approval.state == "verified":
        return Callout("The approval is verified", said, "success")
    if approval.state == "no root key":
        more = (
            " The first key of the chain was not confirmed when this site was built: "
            "`npcs charter verify --root-key` does so."
        )
        return Callout("The signature holds; the first key is not confirmed",
                       Md(said + more), "note")  # fmt: skip
    if approval.state == "not signed":
        return Callout(capital(UNSIGNED), said, "warning")
    return Callout("This approval could not be verified", said, "warning")


def _outcome(site: Site, revision: Revision) -> Callout | None:
    """How the text was decided on, by the records that were approved; whether they say so still."""
    then = site.approvals.then(revision)
    decision = then.get(Decision, revision.decision)
    if decision is None:
        return None
    found = outcome(site, decision, then)
    today = site.hub.get(Decision, revision.decision)
    if today and outcome(site, today) == found:
        return found
    said = sentence(found.text, " The record was changed since this was approved: ",
                    site.any(revision.decision), ".")  # fmt: skip
    return Callout(found.title, said, found.tone)


def _since_before(site: Site, revision: Revision) -> Changes | None:
    """What a revision changed; None for the first one."""
    before = site.approvals.before(revision)
    old = named(site, before) if before else None
    new = named(site, revision)
    return between(site, old, new) if old and new else None


# The history

MOST_AGAINST = 12
"""How many things that speak against the tags a page says before it counts the rest."""


def against(site: Site) -> Callout | None:
    """What speaks against tags and decisions of the charter, as verifying them tells."""
    known = site.approvals.known
    if known.obstacle:
        return None
    told = {one.tag for one in known.faults}
    found = [capital(one.message) for one in known.faults]
    found += [f"{one} approves nothing" for one in known.others if one not in told]
    if not found:
        return None
    more = len(found) - MOST_AGAINST
    said = sentence(" ".join(f"{one.rstrip('.')}." for one in found[:MOST_AGAINST]),
                    f" And {more:,} more." if more > 0 else "",
                    Md(" `npcs charter verify` says more."))  # fmt: skip
    return Callout("Something speaks against the approvals of the charter", said, "warning")


def _history(site: Site) -> Page:
    known = site.approvals.known
    blocks: list[Block | None] = []
    if known.obstacle:
        more = f" {capital(known.remedy)}." if known.remedy else ""
        blocks.append(
            Callout(
                "What is approved cannot be told here",
                sentence(f"{capital(known.obstacle)}.", more),
                "warning",
            )
        )
    blocks.append(against(site))
    revisions = tuple(reversed(known.revisions))
    if revisions:
        blocks.append(_revisions(site, revisions))
        blocks += site.section("The text on a given day", _periods(site), anchor="on-a-day")
        blocks += site.section("Who may approve", _handovers(site), anchor="handovers")
        blocks.append(Text(sentence("News of the charter as a feed: ",
                                    link("Atom", "charter/feed.xml"), ", ",
                                    link("JSON", "charter/feed.json"), ".")))  # fmt: skip
    elif not known.obstacle:
        blocks.append(site.empty(_none_approved(site)))
    blocks += _undone(site)
    return Page(
        "charter/history",
        "History of the charter",
        tuple(one for one in blocks if one),
        path=ABOVE,
        lead="Every text that was approved, who decided on it and how, and what held on which day.",
    )


def _none_approved(site: Site) -> str:
    """What stands in the place of the revisions where there is none."""
    adopted = [one for one in site.approvals.untagged if site.standing(one).holds]
    if not adopted:
        return (
            "No text has been approved yet. Each approved revision will stand here, with the "
            "decision behind it and all that changed. The Executive Committee decides on a text "
            "(REV-2); the project coordinator then approves it with a signature."
        )
    texts = number(len(adopted), "text")
    they = "it stands" if len(adopted) == 1 else "they stand"
    return (
        f"The committee adopted {texts}: {they} below. The project coordinator's approval of "
        f"{'it' if len(adopted) == 1 else 'them'} is not on record here, so nothing shows which "
        "words were meant."
    )


def _revisions(site: Site, revisions: tuple[Revision, ...]) -> Table:
    columns = ("Version", "Change", "Adopted", "In effect from", "Approval", "Decision", "State")
    return Table(
        columns,
        tuple(
            (
                link(one.version, place(one)),
                capital(one.change),
                day(one.adopted) if site.approvals.adopted(one) else "not adopted",
                day(one.effective) if site.approvals.adopted(one) else "–",
                day(one.tagged),
                site.ref("decision", one.decision, one.decision),
                STATES[one.state],
            )
            for one in revisions
        ),
    )


def _periods(site: Site) -> Table | None:
    """From when to when each text was in force."""
    rows = tuple(
        (
            day(one.since),
            day(one.until) if one.until else "today" if one.since <= site.as_of else "–",
            link(f"version {one.version}", place(one.revision))
            if one.revision
            else sentence(
                chip("cannot be told", "warn"),
                " ",
                site.any(one.decision),
                f" adopted version {one.version}, and no approval that holds stands behind it",
            ),
        )
        for one in reversed(site.approvals.periods)
    )
    return Table(("From", "Until (not included)", "The text"), rows, stacks=True) if rows else None


_UNSIGNED_HANDOVER = chip("not signed: nobody confirms it", "warn")


def _handovers(site: Site) -> Table | None:
    found = [one for one in site.approvals.known.approvals if isinstance(one, Handover)]
    rows = tuple(
        (
            day(one.tagged),
            site.person(one.signer) or "–",
            Md(f"`{one.tag}`"),
            _UNSIGNED_HANDOVER if one.state == "not signed" else STATES[one.state],
        )
        for one in reversed(found)
    )
    columns = ("Day", "Handed over by", "Mark in Git", "State")
    return Table(columns, rows) if rows else None


def _undone(site: Site) -> list[Block]:
    """Decisions on the charter that led to no approved text, so that none is lost."""
    rows = tuple(
        (
            one.charter.version,
            capital(one.charter.change),
            day(one.date),
            site.to(one, f"{one.key} {one.title}"),
            site.standing(one).state,
        )
        for one in site.approvals.untagged
        if one.charter
    )
    columns = ("Version", "Change", "Decided", "Decision", "Outcome")
    table = Table(columns, rows) if rows else None
    return site.section("Decided on, with no approval on record here", table, anchor="not-tagged")
