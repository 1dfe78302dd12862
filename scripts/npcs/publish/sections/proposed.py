"""The proposed charter: what it changes, and what it takes to approve it."""

from collections.abc import Iterator

from npcs.charter.texts import parted
from npcs.governance import parameters
from npcs.governance.forms import QuorumShare, round_up, share_in_words
from npcs.governance.terms import in_office, represents
from npcs.publish.approvals import place
from npcs.publish.changes import between, named
from npcs.publish.charter_text import charter_text
from npcs.publish.empty import nothing_yet
from npcs.publish.page import Block, Callout, Heading, Items, Page, Table, Text
from npcs.publish.printed import proposal
from npcs.publish.sections.revisions import ABOVE, CHANGES
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, link, sentence

_APPROVING = (
    "The project coordinator approves the text: `npcs charter approve`, with the number of the "
    "decision, signs and keeps it."
)
NOBODY_SAYS = "Nobody has said yet whether it is major, annual or editorial."


def pages(site: Site) -> Iterator[Page]:
    """A page on the text that stands among the records, or that none but the approved one does."""
    yield _proposed(site) if site.approvals.is_proposed else _nothing(site)


def _nothing(site: Site) -> Page:
    text = (
        "No change of the charter is proposed now. Whoever wants to propose one changes the text, "
        "and what it takes to approve it will stand here."
    )
    ways = Items((link("The charter", "charter/index"), link("All revisions", "charter/history"),
                  link("How to propose a change", "about/propose")))  # fmt: skip
    return Page(
        "charter/proposed",
        "Charter, proposed text",
        (site.empty(text), ways),
        path=ABOVE,
        searchable=False,
    )


def _proposed(site: Site) -> Page:
    approvals = site.approvals
    charter = approvals.charter
    assert charter
    document = site.hub.documents[charter.path]
    latest, decision = approvals.latest, approvals.deciding
    blocks: list[Block | None] = [_why_proposed(site)]
    made = proposal(site, "charter/charter-proposed.pdf")
    change = CHANGES[decision.charter.change] if decision and decision.charter else None
    blocks.append(
        site.facts(
            ("Change", capital(change) if change else NOBODY_SAYS),
            ("Decision", site.any(decision.key) if decision else "None on these words yet."),
            ("Adopted, not signed" if latest and latest.state == "not signed" else "Approved now",
             link(f"version {latest.version}", place(latest)) if latest else None),
            ("To print", made.link),
        )
    )  # fmt: skip
    blocks += _needed(site)
    files = dict(made.files)
    if latest and (old := named(site, latest)):
        changes = between(site, old, parted(document.source, "the proposed text"))
        file = "charter/proposed/redline.html"
        files[file] = changes.page
        blocks += [Heading(changes.title, "changes"), *changes.summary(site)]
        blocks += [Heading("The text with its changes marked", "marked"), *changes.embedded(file)]
        blocks += [Heading("The proposed text", "text"), Text(charter_text(site, document, 3))]
    return Page(
        "charter/proposed",
        "Charter, proposed text",
        tuple(one for one in blocks if one),
        kind="A proposal",
        path=ABOVE,
        chips=(Md(f"Version {charter.version}"), chip("proposed, not approved", "warn")),
        searchable=False,
        files=files,
    )


def _why_proposed(site: Site) -> Callout:
    """Why the text that stands among the records is not the approved one."""
    approvals = site.approvals
    decision = approvals.deciding
    if decision is None:
        words = Md("No decision of the Executive Committee is on record on these words.")
    elif site.standing(decision).holds:
        words = sentence(
            site.any(decision.key), " adopted these words. The project coordinator's approval of "
            "them is not on record here yet.",
        )  # fmt: skip
    else:
        words = sentence("These words were brought before the committee: ",
                         site.any(decision.key), ".")  # fmt: skip
    return Callout("This text is not approved", words, "warning")


def _needed(site: Site) -> Iterator[Block]:
    """What it takes to approve a text today: who must agree, by the readings in force."""
    decision = site.approvals.deciding
    if decision and site.standing(decision).holds:
        yield Heading("What is left to do", "needed")
        yield Text(sentence("The committee has decided. ", Md(_APPROVING)))
        return
    terms = in_office(site.hub, site.as_of)
    people = sorted({one.person for one in terms}, key=site.title_of_person)
    yield Heading("What it takes to approve it", "needed")
    if not people:
        yield nothing_yet(
            site,
            "term",
            "Nobody is on the Executive Committee, so nobody can decide on it yet. Once members "
            "are appointed (EXC-1), how many of them must agree will stand here.",
        )
        return
    share = parameters.value(site.hub, "vote-share", site.as_of)
    asked: QuorumShare = parameters.value(site.hub, "quorum", site.as_of)
    office = len(people)
    need = round_up(share * office)
    base = parameters.value(site.hub, "vote-base", site.as_of)
    votes = (
        f"{need} of the {office} in office must agree"
        if base == "in-office"
        else f"{share_in_words(share)} of those {'present' if base == 'present' else 'voting'} "
        f"must agree: {need} if all {office} are there"
    )
    yield Items(
        (
            sentence("First the committee seeks consensus (", site.provision("DEC-1"), ")."),
            sentence(f"Where it cannot be reached, {votes} (", site.provision("DEC-2"), ")."),
            f"At least {asked.needed(office)} of the {office} take part, or it does not count.",
            Md(f"Then {_APPROVING[0].lower()}{_APPROVING[1:]}"),
        )
    )
    seats = {one.person: represents(site.hub, one) for one in terms}
    yield Table(
        ("Seat", "Held by"),
        tuple((site.member(seats[who]) or "–", site.person(who)) for who in people),
    )
