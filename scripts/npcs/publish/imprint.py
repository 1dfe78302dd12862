"""What every page says of itself: what it is, its state, who is responsible, how to cite it.

And how to change it, and its history. It is HTML in the front matter of a staged page, in one line.
The theme puts it at the end of the text, and the last pass over the HTML below the title. It rests
on the page's own record alone, so that a change elsewhere leaves it as it is.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from npcs.governance.dates import day_in_words
from npcs.governance.notices import state, steps
from npcs.governance.tally import decision_day
from npcs.history.dates import FileHistory
from npcs.publish.addresses import CONTACT, address_of, page_address
from npcs.publish.forge import edit_file, history_of_file
from npcs.publish.names import body_shown, person_name
from npcs.publish.page import Page
from npcs.publish.site import Site
from npcs.publish.text import capital, said
from npcs.publish.told import COMMITTEE, COORDINATOR, TOLD
from npcs.records.charter import Agreement, Charter, Decision, Group, Meeting, Member, Person
from npcs.records.definitions import Definition
from npcs.records.followup import Opportunity, Recommendation
from npcs.records.notices import Notice
from npcs.records.practices import Bundle, Practice
from npcs.records.record import Record
from npcs.records.workplan import Activity

HUB = "NPCS hub"
CITE = "Cite as"
_CITED = ' class="npcs-cite"'
_TITLED = ("parameters", "coverage")
"""Kinds whose pages say under their title what they are."""

_DAY = re.compile(r"\d{4}$")
_ITS_DAY = re.compile(r", (?=(?:on|for) \d)")
_MARK = '<details class="npcs-about">'
_BLOCK = re.compile(rf"\s*{_MARK}.*?</details>", re.DOTALL)
_HEAD = re.compile(
    r"\A.*?</h1>(?:\s*<p class=\"npcs-state\">.*?</p>)?(?:\s*<p class=\"npcs-lead\">.*?</p>)?",
    re.DOTALL,
)


class _To(NamedTuple):
    """A text that leads to a page or file of the site, or to an address elsewhere."""

    text: str
    address: str


_Part = str | _To


def imprint(page: Page, site: Site) -> str:
    """The block about a page as HTML in one line."""
    up = "../" * page_address(page.address).count("/")
    rows = "".join(
        f"<dt{_CITED if name == CITE else ''}>{name}</dt>"
        f"<dd{_CITED if name == CITE else ''}>{''.join(_html(part, up) for part in parts)}</dd>"
        for name, parts in _rows(page, site)
    )
    block = (
        f"{_MARK}<summary>About this page <span>who is responsible, how to cite or change it, its "
        f"history</span></summary><dl>{rows}</dl></details>"
    )
    return " ".join(block.split())  # a line of a contributor's text would end the front matter


def _html(part: _Part, up: str) -> str:
    if isinstance(part, str):
        return escape(part)
    if part.address.startswith(("https://", "http://")):
        return f'<a href="{escape(part.address)}">{escape(part.text)}</a>'
    place, mark, anchor = part.address.partition("#")
    file = place if "." in place.rpartition("/")[2] else page_address(place)
    return f'<a href="{up}{file}{mark}{anchor}">{escape(part.text)}</a>'


def _rows(page: Page, site: Site) -> Iterator[tuple[str, list[_Part]]]:
    record = site.hub.record(page.source) if page.source else None
    if record is None:
        yield from _own_rows(page, site)
        return
    known = site.recorded(record.path)
    told = TOLD[record.kind]
    kind = "" if record.kind in _TITLED else f"{page.kind or capital(record.kind)}. "
    yield "What it is", [f"{kind}{told.what}"]
    yield "State", [_state(page, site, record, known)]
    if told.responsible == COORDINATOR:
        yield "Responsible", [*_keeper(True), "."]
    else:
        yield "Responsible", [*_responsible(site, record), ". Kept by ", *_keeper(), "."]
    yield CITE, [citation(page, site)]
    yield "Change", _change(site, record.path)
    yield "History", _history(site, record, known)
    if data := site.data(record):
        yield "Data", [_To("As data (JSON)", data)]


def _own_rows(page: Page, site: Site) -> Iterator[tuple[str, list[_Part]]]:
    """Of a page that shows no record of its own."""
    guidance = page.address.startswith(("about/", "start/"))
    kind = f"{page.kind}. " if page.kind else ""
    made = "Guidance on the hub" if guidance else "A page that the hub makes from its records"
    yield "What it is", [f"{kind}{made}."]
    now = f"as of {day_in_words(site.as_of)}"
    yield "State", [f"{capital(_listed([*_labels(page), now]))}."]
    keeps = "" if guidance else " keeps the records it is made from"
    yield "Responsible", [*_keeper(True), f"{keeps}."]
    yield CITE, [citation(page, site)]
    tell: list[_Part] = ["Change the records: see "]
    if guidance:
        tell = ["Tell ", _To(COORDINATOR, CONTACT), ", or see "]
    yield "Change", [*tell, _To(*_PROPOSE), "."]


_PROPOSE = "how to propose a change", "about/propose"


def _keeper(first: bool = False) -> list[_Part]:
    return [_To(capital(COORDINATOR) if first else COORDINATOR, CONTACT)]


def citation(page: Page, site: Site) -> str:
    """How to cite a page: who, what, its state, which revision of which day, and where it is."""
    record = site.hub.record(page.source) if page.source else None
    known = site.recorded(record.path) if record else None
    numbered = f" {page.number}" if page.number else ""
    about = _listed([f"{page.kind}{numbered}", *_labels(page)])
    latest = site.approvals.latest if isinstance(record, Charter) else None
    if latest:
        made = f"{HUB}, {latest.tag} of {day_in_words(latest.tagged)}"
    elif known:
        made = f"{HUB}, revision {known.last.commit[:10]} of {day_in_words(known.last.on)}"
    else:
        made = HUB if record else f"{HUB}, as of {day_in_words(site.as_of)}"
    where = page_address(page.address)
    if site.settings.address:
        where = site.settings.address + where
    elif where:
        where = f"Page {where}"
    parts = [site.settings.name, page.title.rstrip("."), about, made]
    return f"{'. '.join(dict.fromkeys(filter(None, parts)))}. {where}".rstrip()


# Of a record


def _state(page: Page, site: Site, record: Record, known: FileHistory | None) -> str:
    labels = _labels(page)
    since = _since(site, record)
    if since and not any(since.partition(" ")[2] in one for one in labels):
        labels.append(since)
    elif not since and known and not any(map(_DAY.search, labels)):
        labels.append(f"on record since {day_in_words(known.first.on)}")
    return f"{capital(_listed(labels) or 'on record')}."


def _labels(page: Page) -> list[str]:
    return [one for one in map(said, page.chips) if one != page.number]


def _listed(labels: Iterable[str]) -> str:
    """Labels in one line, in which a state and its day belong together: “adopted on 4 March”."""
    return _ITS_DAY.sub(" ", ", ".join(filter(None, labels)))


def _since(site: Site, record: Record) -> str:
    """Since when a record is in its state, where it tells: “since”, “on” or “for”, and a day."""
    word, on = "since", None
    match record:
        case Charter() if site.approvals.latest:
            on = site.approvals.latest.effective
        case Notice():
            now = state(site.hub, record, site.as_of)
            days = [one.on for one in steps(site.hub, record) if one.state == now]
            on = max((one for one in days if one <= site.as_of), default=None)
        case Definition() if record.status == "approved":
            deciding = site.decisions_about.get(record.key, ())
            days = [decision_day(one) for one in deciding if site.standing(one).holds]
            on = max(days, default=None)
        case Decision():
            word, on = "on", record.date
        case Meeting():
            word, on = "for" if record.status == "scheduled" else "on", record.date
    return f"{word} {day_in_words(on)}" if on else ""


def _responsible(site: Site, record: Record) -> list[_Part]:
    """Who answers for what a record says."""
    hub = site.hub
    match record:
        case Group():
            return [f"{record.name_shown}, led by ", _person(site, record.lead)]
        case Meeting():
            minutes = record.minutes
            by: list[_Part] = [", minutes by ", _person(site, minutes.by)] if minutes else []
            return [capital(body_shown(hub, record.body_)), *by]
        case Recommendation():
            group = _record(site, "group", record.from_)
            return [group, " for what it says; ", *_committee(), " for the answer"]
        case Activity():
            return [_owner(site, record.lead), " leads it; ", *_committee(), " follows it"]
        case Opportunity():
            return [_owner(site, record.owner)]
        case Bundle() if record.owner:
            return [_owner(site, record.owner)]
        case Agreement():
            return [_record(site, "member", record.member)]
        case Practice() if record.members:
            many = [_record(site, "member", key) for key in record.members[:3]]
            more = len(record.members) - len(many)
            parts: list[_Part] = [many[0]]
            for one in many[1:]:
                parts += [", ", one]
            return [*parts, *([f" and {more} more"] if more else [])]
        case Person() if record.member:
            return ["The team of ", _record(site, "member", record.member)]
        case Member():
            leaders = [one.person for one in record.team if one.role == "child-welfare-leader"]
            return ["Its team", *([", led by ", _person(site, leaders[0])] if leaders else [])]
    responsible = TOLD[record.kind].responsible
    return _committee(True) if responsible == COMMITTEE else [capital(responsible)]


def _committee(first: bool = False) -> list[_Part]:
    return [_To(capital(COMMITTEE) if first else COMMITTEE, "committee/index")]


def _person(site: Site, key: str) -> _Part:
    return _record(site, "person", key, person_name(site.hub, key))


def _owner(site: Site, key: str) -> _Part:
    """A group, a person or an office: whatever a record calls its lead or owner."""
    for kind in ("group", "person", "member"):
        if key in site.hub.by_kind[kind]:
            return _record(site, kind, key)
    return capital(key.replace("-", " "))


def _record(site: Site, kind: str, key: str, text: str = "") -> _Part:
    document = site.hub.by_kind[kind].get(key)
    if document is None:
        return text or key
    return _To(text or site.title(document), address_of(document))


def _change(site: Site, path: str) -> list[_Part]:
    propose = _To(*_PROPOSE)
    edit = edit_file(site.settings.edit, path)
    if edit:
        return [_To("Edit the file", edit), f" {path}, or see ", propose, "."]
    return [f"The file in the repository is {path}. See ", propose, "."]


def _history(site: Site, record: Record, known: FileHistory | None) -> list[_Part]:
    parts: list[_Part] = []
    if known is None:
        parts.append("Git does not tell when it was entered.")
    elif known.first == known.last:
        parts.append(f"Entered {day_in_words(known.first.on)}, not changed since.")
    else:
        again = {0: "last changed on", 2: "changed once, on"}.get(
            known.changes, f"changed {known.changes - 1:,} times, last on"
        )
        entered, last = day_in_words(known.first.on), day_in_words(known.last.on)
        parts.append(f"Entered {entered}, {again} {last}.")
    every = history_of_file(site.settings.edit, record.path)
    if record.kind in ("charter", "parameters"):
        parts += [" ", _To("Versions of the charter", "charter/history"), "."]
    if every:
        parts += [" ", _To("All changes", every), "."]
    return parts


# In the finished page


def taken(text: str) -> tuple[str, str]:
    """The HTML of a page's article without the block, and the block."""
    found = _BLOCK.search(text)
    return (text[: found.start()] + text[found.end() :], found[0].strip()) if found else (text, "")


def put(text: str, block: str, last: bool = False) -> str:
    """The HTML of a page's article with the block below its title, state and lead; or ``last``."""
    head = _HEAD.match(text) if block and not last else None
    return f"{head[0]}\n{block}{text[head.end() :]}" if head else text + block
