"""The kinds of record: which file holds which kind, and the model that gives its fields.

A new kind is one model and one line here. Models are imported only when a record of their kind is
read, so that a command that needs none starts at once.
"""

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from npcs.records.record import Record

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
DAY = r"\d{4}-\d{2}-\d{2}"

FOLDERS = ("charter", "definitions", "notices", "practices", "workplan")
"""The folders at the top of the repository that hold records."""


class Kind(NamedTuple):
    """One kind of record: its name, its model, and the files it stands in.

    ``pattern`` matches paths from the root; its group ``id`` is the record's id. ``example`` is a
    path that fits, for messages.
    """

    name: str
    plural: str
    model_name: str
    pattern: str
    example: str

    @property
    def one(self) -> str:
        """The name with its article: a meeting, an agreement."""
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name.replace('-', ' ')}"

    @property
    def folder(self) -> str:
        """The folder the kind stands in."""
        return self.example.rpartition("/")[0]

    @property
    def form(self) -> Literal["markdown", "yaml"]:
        """Whether a file is Markdown with front matter, or YAML alone."""
        return "markdown" if self.example.endswith(".md") else "yaml"

    @property
    def model(self) -> "type[Record]":
        """The typed model of the kind."""
        return _model(self.model_name)


@cache
def _model(name: str) -> "type[Record]":
    module, _, attribute = name.partition(":")
    model: type[Record] = getattr(import_module(f"npcs.records.{module}"), attribute)
    return model


def _kind(name: str, model: str, path: str, example: str, plural: str = "") -> Kind:
    pattern = (
        path.replace(".", r"\.")
        .replace("SLUG", rf"(?P<id>{SLUG})")
        .replace("DATED", rf"(?P<id>{DAY}-{SLUG})")
    )
    return Kind(name, plural or name + "s", model, pattern, example)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("charter", "charters", "charter:Charter", r"charter/(?P<id>charter)\.md",
             "charter/charter.md"),
        Kind("parameters", "parameters", "charter:Parameters",
             r"charter/(?P<id>parameters)\.yml", "charter/parameters.yml"),
        Kind("coverage", "tables of coverage", "coverage:Coverage",
             r"charter/(?P<id>coverage)\.yml", "charter/coverage.yml"),
        _kind("member", "charter:Member", "charter/members/SLUG.yml",
              "charter/members/new-york.yml"),
        _kind("person", "charter:Person", "charter/people/SLUG.yml",
              "charter/people/first-last.yml", "people"),
        _kind("term", "charter:Term", "charter/terms/DATED.yml",
              "charter/terms/2027-03-01-first-last-member.yml"),
        _kind("group", "charter:Group", "charter/groups/SLUG.md",
              "charter/groups/data-workgroup.md"),
        _kind("meeting", "charter:Meeting", "charter/meetings/DATED.md",
              "charter/meetings/2027-03-04-executive-committee.md"),
        Kind("decision", "decisions", "charter:Decision",
             r"charter/decisions/(?P<id>D-\d{4}-\d{3,4})\.md",
             "charter/decisions/D-2027-001.md"),
        Kind("recommendation", "recommendations", "followup:Recommendation",
             r"charter/recommendations/(?P<id>R-\d{4}-\d{3,4})\.md",
             "charter/recommendations/R-2027-001.md"),
        _kind("agreement", "charter:Agreement", "charter/agreements/SLUG.yml",
              "charter/agreements/new-york-2027.yml"),
        _kind("waiver", "charter:Waiver", "charter/waivers/SLUG.yml",
              "charter/waivers/late-minutes-2027.yml"),
        _kind("activity", "workplan:Activity", "workplan/activities/SLUG.md",
              "workplan/activities/safety-notices.md", "activities"),
        _kind("priority", "workplan:Priority", "workplan/priorities/SLUG.md",
              "workplan/priorities/safe-sleep.md", "priorities"),
        _kind("opportunity", "followup:Opportunity", "workplan/opportunities/SLUG.md",
              "workplan/opportunities/handovers.md", "opportunities"),
        _kind("measure", "workplan:Measure", "workplan/measures/SLUG.yml",
              "workplan/measures/repeat-maltreatment.yml"),
        _kind("definition", "definitions:Definition", "definitions/terms/SLUG.md",
              "definitions/terms/near-fatality.md"),
        Kind("data-package", "data packages", "datapackage:DataPackage",
             r"definitions/(?P<id>core-data-set)/datapackage\.yaml",
             "definitions/core-data-set/datapackage.yaml"),
        _kind("instrument", "definitions:Instrument", "definitions/instruments/SLUG.yml",
              "definitions/instruments/culture-survey.yml"),
        Kind("notice", "notices", "notices:Notice",
             r"notices/(?P<year>\d{4})/(?P<id>NPCS-SN-(?P=year)-\d{3,4})\.md",
             "notices/2027/NPCS-SN-2027-001.md"),
        Kind("answer", "answers", "notices:Answer",
             rf"notices/(?P<year>\d{{4}})/(?P<id>NPCS-SN-(?P=year)-\d{{3,4}}/{SLUG})\.yml",
             "notices/2027/NPCS-SN-2027-001/new-york.yml"),
        _kind("practice", "practices:Practice", "practices/library/SLUG.md",
              "practices/library/systems-review.md"),
        _kind("bundle", "practices:Bundle", "practices/bundles/SLUG.md",
              "practices/bundles/zero-to-three.md"),
        _kind("curriculum", "practices:Curriculum", "practices/curricula/SLUG.yml",
              "practices/curricula/candid-talk.yml", "curricula"),
    )
}  # fmt: skip
"""Every kind of record by its name."""

FILE = Kind("file", "files", "record:Loose", r"(?!)", "charter/README.md")
"""What a file is that may stand among the records without being one."""

_TABLES = re.compile(
    rf"workplan/measures/{SLUG}\.csv|definitions/core-data-set/(?:{SLUG}/)*{SLUG}\.(?:csv|json|ya?ml)",
    re.ASCII,
)
_NOTICE_FOLDER = re.compile(r"notices/\d{4}(?:/NPCS-SN-\d{4}-\d{3,4})?", re.ASCII)


@cache
def _by_folder() -> dict[str, tuple[tuple[Kind, re.Pattern[str]], ...]]:
    table: dict[str, list[tuple[Kind, re.Pattern[str]]]] = {}
    for kind in KINDS.values():
        parts = kind.example.split("/")
        top = "/".join(parts[:2]) if parts[0] != "notices" and len(parts) > 2 else parts[0]
        table.setdefault(top, []).append((kind, re.compile(kind.pattern, re.ASCII)))
    return {top: tuple(kinds) for top, kinds in table.items()}


@lru_cache(maxsize=1 << 15)  # asked in walking through the files, and again in reading each
def kind_of(path: str) -> tuple[Kind, str] | None:
    """The kind of record a path stands for and the record's id, or None where it is no record."""
    parts = path.split("/", 2)
    table = _by_folder()
    candidates = table.get("/".join(parts[:2])) if len(parts) > 2 else None
    for kind, pattern in candidates or table.get(parts[0], ()):
        match = pattern.fullmatch(path)
        if match:
            return kind, match["id"]
    return None


def kind_named(name: str) -> Kind:
    """The kind of a name, that of a loose file included. Raises ``KeyError``."""
    return FILE if name == FILE.name else KINDS[name]


@cache
def _folders() -> frozenset[str]:
    """Every folder that a kind of record stands in, or that holds such a folder."""
    folders = {kind.folder for kind in KINDS.values()}
    return frozenset(folders | {folder.partition("/")[0] for folder in folders})


def is_companion(path: str) -> bool:
    """Whether a file may stand among the records without being one: a table, a folder's README."""
    folder, _, name = path.rpartition("/")
    if name in ("README.md", ".gitkeep"):
        return folder in _folders() or bool(_NOTICE_FOLDER.fullmatch(folder))
    return bool(_TABLES.fullmatch(path))
