"""From the records to a site that is whole, or not there at all."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from npcs.governance.measures import figures, formula, tables
from npcs.governance.notices import HELD_BY, audience
from npcs.governance.small_cells import shown
from npcs.history.dates import History, history
from npcs.history.keys import Key
from npcs.publish import swap, zensical
from npcs.publish.again import ahead, make
from npcs.publish.before import Memory, Records, pieces_of
from npcs.publish.errors import BuildFailed
from npcs.publish.finish import finish, pages_in
from npcs.publish.generator import read_settings, settings_file
from npcs.publish.glossary import glossary
from npcs.publish.known import as_known
from npcs.publish.links import refuse_broken
from npcs.publish.past import Past
from npcs.publish.site import Settings, Site
from npcs.publish.stage import Staged, stage
from npcs.records.charter import Decision, Meeting, Parameters
from npcs.records.demo_mark import demo_date, demo_notice
from npcs.records.findings import Finding
from npcs.records.hub import Hub
from npcs.records.notices import Answer, Notice
from npcs.records.personal import is_role
from npcs.records.watched import WatchedHub
from npcs.records.workplan import Measure

DEMO = "Example Partnership (fictional)"
Say = Callable[[str], None]
Engine = Literal["material", "zensical"]


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site: where it is, how many pages it has, and the day it shows."""

    out: Path
    pages: int
    as_of: date


def build(
    root: Path,
    out: Path | None = None,
    as_of: date | None = None,
    say: Say | None = None,
    root_keys: Sequence[Key] = (),
    engine: Engine = "material",
    anew: bool = False,
) -> Built:
    """Build the site of the records below ``root`` into ``out`` (``ROOT/build/site``).

    ``as_of`` is the day the site shows; without it the day of the last commit, else of the newest
    record, so that one commit always gives the same bytes. ``say`` is told what is being done.
    With ``root_keys`` the approvals of the charter are verified from there on. ``engine`` makes
    HTML of the staged pages. Pages that cannot be other than they were are taken over from the site
    that stands in ``out``, unless all is wanted ``anew``.
    Raises ``BuildFailed``; a site that was in ``out`` is then still there, untouched.
    """
    tell: Say = say or (lambda _: None)
    root = root.resolve()
    out = (out or root / "build" / "site").absolute()
    swap.check(out, root)
    docs = root / "build" / "docs"
    with swap.alone(docs), swap.alone(out):
        swap.clean(out, spared=True)
        tell("Reading the records")
        records = Records(root, anew)
        hub = records.hub()
        site, epoch = prepared(root, as_of, hub, root_keys, None if anew else Past(root))
        refuse_identifying(records.identifying)
        memory = Memory(root, out)
        with site.asking():
            if not anew:
                memory.read()
            tell("Writing the pages")
            worth = records.changed and engine == "material"
            with ahead(out, memory.before, worth, records.keep):
                staged = stage(site, docs, pieces_of(memory.before, docs))
        if engine == "zensical":
            return _with_zensical(root, out, site, staged, tell)
        made = make(root, docs, out, site, staged, epoch, memory, tell)
    return Built(out, sum(name.endswith(".html") for name in made.files), site.as_of)


def _with_zensical(root: Path, out: Path, site: Site, staged: Staged, tell: Say) -> Built:
    """Build all staged pages with the other generator, and put the site in place."""
    fresh, docs = swap.building(out), root / "build" / "docs"
    swap.clean(out)
    tell(f"Building {len(staged.sources):,} pages")
    zensical.generate(root, docs, fresh, site.settings, staged.sources)
    tell("Going over the pages")
    names = pages_in(fresh)
    finish(fresh, names, docs, glossary(site.hub))
    refuse_broken(fresh, names, urlsplit(site.settings.address).path or "/")
    with swap.put(out):
        return Built(out, len(names), site.as_of)


def prepared(
    root: Path,
    as_of: date | None,
    hub: Hub | None = None,
    root_keys: Sequence[Key] = (),
    past: Past | None = None,
) -> tuple[Site, int]:
    """All that the pages are made of, and the moment the site was made, in seconds since 1970.

    ``past`` knows the history of the root's files from before.
    """
    if not root.is_dir():
        raise BuildFailed(f"{root} is no folder.")
    hub = hub or Hub.read(root)
    refuse_unfit(hub)
    known = past.history() if past else history(root)
    epoch = _epoch(hub, known)
    newest_day = datetime.fromtimestamp(epoch, UTC).date()
    day = as_of or demo_date(root) or newest_day
    refuse_marked(hub, day)
    refuse_figures(hub)
    looks_back = day < newest_day
    if looks_back:
        hub, known = as_known(root, hub, day, known, root_keys)
        epoch = _epoch(hub, known)
    made = Site(WatchedHub(hub), day, settings(root), known, root, root_keys, looks_back)
    return made, epoch


def refuse_unfit(hub: Hub) -> None:
    """Raise ``BuildFailed`` where a record does not fit: a site without it would mislead."""
    lines = []
    unfit = [one for one in hub.documents.values() if not one.valid]
    for one in (*unfit, *(table for table in hub.companions.values() if not table.readable)):
        remark = next((it for it in one.remarks if it.severity == "error"), None)
        said = f":{remark.line}:{remark.column}: {remark.message}" if remark else ": cannot be read"
        lines.append(f"{one.path}{said}")
    lines += [f"{one.path}: {one.message}" for one in hub.strays if one.rule == "unreadable-file"]
    if lines:
        raise BuildFailed(
            _first(lines) + "\nThe site shows every record or none. `npcs check` says more."
        )
    if not hub.documents:
        raise BuildFailed("There are no records here. Choose their folder with --root.")


def refuse_marked(hub: Hub, day: date) -> None:
    """Raise ``BuildFailed`` where a notice is marked for fewer people than can read the hub."""
    held = HELD_BY[audience(hub, day)]
    lines = [
        f"{one.path}: this notice is marked TLP:{one.tlp}"
        for one in hub.all(Notice).values()
        if one.tlp not in held
    ]
    if lines:
        may = " and ".join(f"TLP:{one}" for one in held)
        raise BuildFailed(
            "\n".join(lines) + f"\nThis hub may hold {may} only, and no page shows anything else. "
            "`npcs explain notice-marking` says what to do."
        )


def refuse_identifying(found: Sequence[Finding]) -> None:
    """Raise ``BuildFailed`` where a record names a person: what is published cannot be taken back.

    ``found`` is what the rule ``identifier`` found.
    """
    if found:
        raise BuildFailed(
            _first([f"{one.path}:{one.line}:{one.column}: {one.message}" for one in found])
            + "\nNo page shows such a thing. `npcs explain identifier` says what to do."
        )


def _first(lines: list[str]) -> str:
    """The first twenty lines, and how many more there are."""
    more = [f"and {len(lines) - 20} more"] if len(lines) > 20 else []
    return "\n".join([*lines[:20], *more])


def refuse_figures(hub: Hub) -> None:
    """Raise ``BuildFailed`` where figures cannot be read, or show a small number or give one away.

    What earlier revisions show is in Git whatever the site does; that is for the check to tell.
    """
    lines = []
    for path, table in tables(hub).items():
        lines += [f"{path}:{one.line}:{one.column}: {one.message}" for one in table.faults]
    for measure in hub.all(Measure).values():
        path, table = measure.table, figures(hub, measure)
        for leak in shown(table, formula(measure)):
            lines.append(f"{path}:{leak.line}:{leak.column}: {leak.how}")
    if lines:
        raise BuildFailed(
            _first(lines) + "\nNo page shows such figures. "
            "`npcs explain small-cell` and `npcs explain measure-figures` say what to do."
        )


def settings(root: Path) -> Settings:
    """What the site is called, and what a demonstration tells on each page."""
    path = settings_file(root)
    said = read_settings(path)
    extra = said.get("extra") or {}
    notice = demo_notice(root)
    if notice is not None:
        return Settings(name=DEMO, banner=notice)
    own = path.parent == root
    return Settings(
        name=str((own and said.get("site_name")) or "Partnership"),
        edit=str(extra.get("edit") or "") if own else "",
        address=_address(said.get("site_url")) if own else "",
        contact=_contact(extra.get("contact")) if own else "",
    )


def _address(given: object) -> str:
    """Where the site stands on the web, a slash at its end. Raises ``BuildFailed``."""
    if not given:
        return ""
    address = str(given)
    if not re.fullmatch(r"https?://[\w.-]+(:\d+)?(/[\w./~-]*)?", address, re.ASCII):
        raise BuildFailed(
            f"mkdocs.yml: “{address}” under `site_url` is no address of a site. Write it as in "
            "https://example.org/partnership/"
        )
    return address.rstrip("/") + "/"


def _contact(given: object) -> str:
    """How the project coordinator is reached: a role mailbox or a page. Raises ``BuildFailed``."""
    contact = str(given or "").strip()
    is_page = re.fullmatch(r"https://[\w.-]+(:\d+)?(/[\w./~?=%-]*)?", contact, re.ASCII)
    is_mailbox = re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", contact, re.ASCII)
    if contact and not (is_page or (is_mailbox and is_role(contact))):
        raise BuildFailed(
            f"mkdocs.yml: “{contact}” under `contact` is neither the address of a page, as in "
            "https://example.org/contact , nor the mailbox of an office, as in "
            "coordinator@example.org. A mailbox named after a person does not stand here: the "
            "office passes on."
        )
    return contact


def _epoch(hub: Hub, known: History) -> int:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    if known.newest is not None:
        return known.newest
    day = newest(hub)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def newest(hub: Hub) -> date:
    """The latest day on which the records say that something happened."""
    days = [one.date for one in hub.all(Decision).values()]
    days += [one.date for one in hub.all(Meeting).values() if one.status == "held"]
    days += [one.issued for one in hub.all(Notice).values() if one.issued]
    days += [one.on for one in hub.all(Answer).values()]
    record = hub.get(Parameters, "parameters")
    if record and not days:
        days += [it.from_ for one in record.parameters.values() for it in one.history]
    return max(days, default=date(2000, 1, 1))
