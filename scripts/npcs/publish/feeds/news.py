"""What is news: every record that went out, was decided, approved or added, on its day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from npcs.charter.revisions import Revision
from npcs.governance.dates import day_in_words
from npcs.governance.leave import lack
from npcs.governance.notices import (
    AMENDED,
    CLOSED,
    ENDURING,
    IN_REVIEW,
    ISSUED,
    SUPERSEDED,
    WITHDRAWN,
    steps,
    versions,
)
from npcs.governance.notices import state as standing
from npcs.governance.tally import decision_day, tally
from npcs.publish.addresses import address_of
from npcs.publish.feeds.entry import Entry
from npcs.publish.names import kind_shown
from npcs.publish.site import Site
from npcs.publish.text import capital, said
from npcs.records.charter import Decision, Meeting
from npcs.records.followup import Recommendation
from npcs.records.notices import Notice
from npcs.records.record import Record

_STEPS = {
    ISSUED: "Safety notice",
    AMENDED: "Safety notice amended",
    CLOSED: "Safety notice closed",
    ENDURING: "Safety notice made an enduring standard",
    SUPERSEDED: "Safety notice superseded",
    WITHDRAWN: "Safety notice withdrawn",
}
_ADDED: Mapping[str, str] = {
    "practice": "problem",
    "bundle": "population",
    "curriculum": "audience",
    "definition": "definition",
    "instrument": "",
    "activity": "",
    "priority": "aim",
    "measure": "definition",
}
"""The kinds of record that have no day of their own, and the field that says what they are about.

Their day is that on which they came into the repository.
"""


def every_news(site: Site) -> Iterator[Entry]:
    """All news, that of the other feeds included."""
    yield from notice_news(site)
    yield from decision_news(site)
    yield from charter_news(site)
    for give in (_meetings, _recommendations, _added):
        yield from _told(site, give)


def notice_news(site: Site) -> Iterator[Entry]:
    """Each step in the life of a notice that has gone out, from the first issue on."""
    return _told(site, _notices)


def decision_news(site: Site) -> Iterator[Entry]:
    """Each decision, and each correction made to one afterwards."""
    return _told(site, _decisions)


def charter_news(site: Site) -> Iterator[Entry]:
    """Each revision of the charter that was approved, and that nothing speaks against."""
    return (_revision(one) for one in site.approvals.known.revisions if one.sound)


def _told(site: Site, give: Callable[[Site], Iterator[Entry]]) -> Iterator[Entry]:
    """News that is kept as long as no record changes that it tells of."""
    name = f"{give.__module__}.{give.__qualname__}"
    return map(Entry.of, site.kept(name, lambda: [one.plain() for one in give(site)]))


def _notices(site: Site) -> Iterator[Entry]:
    for notice in site.hub.all(Notice).values():
        if notice.issued is None or notice.issued > site.as_of:
            continue  # what never went out cannot be called back
        numbers = {one.path: one for one in versions(notice)}
        address = address_of(site.hub.documents[notice.path])
        every = steps(site.hub, notice)
        # Each entry says where the notice stands now, so each is another once that changes.
        last = max(step.on for step in every if step.on <= site.as_of)
        for step in every:
            if step.state == IN_REVIEW:
                continue
            path = step.path[:2] if step.state == AMENDED else ()
            version = numbers.get(path) if step.state in (ISSUED, AMENDED) else None
            now = standing(site.hub, notice, site.as_of)
            text = [f"Now {now}." if now != step.state else "", f"Hazard: {_full(notice.hazard)}"]
            name = f"notice {notice.key} {step.state}"
            if version and step.state == AMENDED:
                name += f" {version.number}"
                text.append(f"Version {version.number}: {_full(version.what)}")
            if version and (against := lack(site.hub, notice, version, site.as_of)):
                text.insert(1, f"Not approved: {against.short}.")
            if version and version.respond_by:
                text.append(f"Members answer by {day_in_words(version.respond_by)}.")
            if step.state == WITHDRAWN and notice.withdrawn:
                text.append(_full(notice.withdrawn.reason))
            if step.state == SUPERSEDED:
                text.append(f"Read {step.record.key}, {step.record.title}, instead.")
            title = f"{_STEPS[step.state]} {notice.key}: {notice.title}"
            yield Entry(name, title, address, step.on, _joined(text), "notice",
                        _entered(site, notice), last, notice.path)  # fmt: skip


def _decisions(site: Site) -> Iterator[Entry]:
    for one in site.hub.all(Decision).values():
        address = address_of(site.hub.documents[one.path])
        title = f"{one.key} {one.title}"
        state = capital(said(site.standing(one).state))
        text = [f"{state}, by {one.method}."]
        if one.method == "vote" and one.votes:
            text.append(f"{capital(tally(site.hub, one).sentence)}.")
        last = max((it.on for it in one.corrections if it.on <= site.as_of), default=None)
        day = decision_day(one)
        yield Entry(f"decision {one.key}", title, address, day, _joined(text), "decision",
                    _entered(site, one), last, one.path)  # fmt: skip
        for number, it in enumerate(one.corrections, start=1):
            name = f"decision {one.key} correction {number}"
            text = [_full(it.what), _full(it.why)]
            yield Entry(name, f"Corrected: {title}", address, it.on, _joined(text), "decision")


def _revision(one: Revision) -> Entry:
    held = f", in effect from {day_in_words(one.effective)}" if one.effective != one.adopted else ""
    on = day_in_words(one.tagged)
    confirmed = (
        f"approval recorded on {on}, not signed: nobody confirms it."
        if one.state == "not signed"
        else f"approved on {on}."
    )
    return Entry(
        f"{one.tag} {one.id}",
        f"Charter, version {one.version}",
        f"charter/v{one.version}/index",
        one.tagged,
        f"Adopted on {day_in_words(one.adopted)} by {one.decision}{held}; {confirmed}",
        "charter",
    )


def _meetings(site: Site) -> Iterator[Entry]:
    for one in site.hub.all(Meeting).values():
        if one.status == "held":
            document = site.hub.documents[one.path]
            agenda = "; ".join(item.title for item in one.agenda)
            text = f"Held. Agenda: {agenda}." if agenda else "Held."
            last = max((it.on for it in one.corrections if it.on <= site.as_of), default=None)
            yield Entry(f"meeting {one.key}", site.title(document), address_of(document),
                        one.date, text, "meeting", _entered(site, one), last, one.path)  # fmt: skip


def _recommendations(site: Site) -> Iterator[Entry]:
    for one in site.hub.all(Recommendation).values():
        address = address_of(site.hub.documents[one.path])
        title = f"Recommendation {one.key}: {one.title}"
        text = f"Proposed to the Executive Committee on {day_in_words(one.proposed)}."
        yield Entry(f"recommendation {one.key}", title, address, one.proposed, text,
                    "recommendation", _entered(site, one))  # fmt: skip


def _added(site: Site) -> Iterator[Entry]:
    for kind, field in _ADDED.items():
        for document in site.hub.by_kind[kind].values():
            known = site.history.files.get(document.path)
            if known is None:
                continue
            record = site.hub.record(document.path)
            title = f"{kind_shown(kind)}: {site.title(document)}"
            text = said(str(getattr(record, field, ""))) if field else ""
            yield Entry(f"{kind} {document.id}", title, address_of(document), known.first.on,
                        text or f"{kind_shown(kind)} added.", kind, known.first.on,
                        min(known.last.on, site.as_of))  # fmt: skip


def _entered(site: Site, record: Record) -> date | None:
    """The day on which a record came into the repository; None where Git does not say."""
    known = site.history.files.get(record.path)
    return known.first.on if known else None


def _full(text: str) -> str:
    return f"{text.strip().rstrip('.')}."


def _joined(parts: list[str]) -> str:
    return " ".join(part.strip() for part in parts if part)
