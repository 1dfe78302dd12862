"""Applying every rule to records, and turning its notes into findings."""

import marshal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

from npcs.history.earlier import NO_PAST, Past
from npcs.records.document import Document
from npcs.records.findings import Finding
from npcs.records.hub import Hub, document, typed
from npcs.records.kinds import kind_named
from npcs.rules.beside import beside, sharing
from npcs.rules.entry import all_unpacked, packed
from npcs.rules.gather import Gathered
from npcs.rules.registry import RULES
from npcs.rules.report import Crash, crash
from npcs.rules.rule import Check, Rule, Scene
from npcs.rules.unchanged import States, Verdict, Verdicts

if TYPE_CHECKING:
    from npcs.charter.approved import Approved, Released
    from npcs.rules.cache import Store

Read = tuple[dict[str, Document], list[Crash]]
"""Files as they were read, by path, and rules that broke off."""


@contextmanager
def read_documents(
    gathered: Gathered, store: "Store | None"
) -> Iterator[tuple[list[Document], tuple[Crash, ...]]]:
    """The documents of all files, each with the findings of the rules that look at it alone.

    Both depend on the bytes of the file only, so both come from the store where it knows them. What
    is new is kept there for the next time while the caller goes on, until the block ends.
    """
    known = store.documents() if store else {}
    same: dict[str, Document] = {}
    new: list[str] = []
    for path in gathered.files:
        one = known.get(path)
        if one and one.digest == gathered.digests[path]:
            same[path] = one
        else:
            new.append(path)
    read, crashes = _read(new, gathered)
    every = same | read
    documents = [every[path] for path in gathered.files]
    stale = len(new) + len(known.keys() - gathered.files.keys())
    if store and not crashes and stale > _WORTH_KEEPING:
        with beside(partial(store.keep_documents, documents)):
            yield documents, ()
    else:
        yield documents, tuple(crashes)


_WORTH_KEEPING = 50
"""From how many changed files on the cache is written anew: a few are sooner read than that."""


_WORTH_TWO = 500
"""From how many files on a second process pays: it costs about 20 milliseconds to start."""


def _read(paths: list[str], gathered: Gathered) -> Read:
    """Read files, on two processor cores where there are two and enough to do.

    The first files in the order of paths are read in this process: they hold the charter's records,
    which the rules look at most, and which stay here as they were made.
    """
    here = partial(_read_here, gathered)
    two = len(paths) >= _WORTH_TWO
    with sharing(paths, partial(_packed, here), two) as (mine, theirs):
        documents, crashes = here(mine())
        if answered := theirs():
            found, broken = marshal.loads(answered)
            others = all_unpacked(found)
            more = [Crash(*one) for one in broken]
        else:
            others, more = here(mine())
    return others | documents, [*dict.fromkeys(crashes + more)]


def _packed(here: Callable[[Iterable[str]], Read], paths: Iterable[str]) -> bytes:
    """What is read in files, in a form that another process can open."""
    documents, crashes = here(paths)
    plain = {path: packed(one) for path, one in documents.items()}
    return marshal.dumps((plain, [_broken(one) for one in crashes]))


def _read_here(gathered: Gathered, paths: Iterable[str]) -> Read:
    documents: dict[str, Document] = {}
    crashes: list[Crash] = []
    for path in paths:
        one = documents[path] = document(path, gathered.files[path], gathered.digests[path])
        crashes += _look(one)
    return documents, crashes


_OVER_FILES = tuple((one, one.check) for one in RULES if one.over is Document)


@cache
def _over_records(kind: str) -> tuple[tuple[Rule, Check], ...]:
    """What rules judge in a record of a kind by itself."""
    model = kind_named(kind).model
    whole = [(one, one.check) for one in RULES if one.alone and one.over is model]
    return (*whole, *((one, one.first) for one in RULES if one.first and one.over is model))


def _look(one: Document) -> list[Crash]:
    """Let the rules over single files look at one, for the last time at its bytes."""
    findings: list[Finding] = []
    crashes: list[Crash] = []

    def ask(rules: Iterable[tuple[Rule, Check]], seen: object) -> None:
        for rule, check in rules:
            try:
                for note in check(seen):
                    findings.append(Finding.of(note, rule.name, rule.provision))  # noqa: PERF401 - keeps what came first
            except Exception as error:  # noqa: BLE001 - a broken rule must not hide the others
                crashes.append(crash(rule.name, one.path, error))

    ask(_OVER_FILES, one)
    if one.valid and (rules := _over_records(one.kind.name)):
        ask(rules, typed(one.kind.model, one))
    one.findings, one.source = tuple(findings), b""
    return crashes


def run(
    hub: Hub,
    as_of: date,
    approved: "Approved | None",
    released: "Released | None" = None,
    past: Past = NO_PAST,
    before: Verdicts | None = None,
) -> tuple[list[Finding], tuple[Crash, ...], Verdicts]:
    """The findings of all rules, those over single files as their documents hold them.

    ``before`` is what rules found in an earlier check that had the same day and the same tags; what
    they found now comes back, for a later one. None where nothing is kept, before and after.
    """
    every = (*hub.documents.values(), *hub.companions.values())
    findings = [found for one in every for found in one.findings]
    scene = Scene(hub, as_of, approved, findings, released, past)
    states = States(hub) if before is not None else None
    known = {
        name: one
        for name, one in (before or {}).items()
        if states and states.of(one.looked) == one.state
    }
    asked: list[Asked] = []
    crashes: list[Crash] = []

    def take(more: list[Asked], broken: list[Crash]) -> None:
        asked.extend(more)
        crashes.extend(broken)

    over_more = [one for one in RULES if not one.alone]
    wanted = [one for one in over_more if one.name not in known and one.subject != "waivers"]
    wanted.sort(key=_in_row)
    two = len(hub.documents) >= _WORTH_TWO
    with sharing(wanted, partial(_plainly, scene), two) as (mine, theirs):
        take(*_apply(mine(), scene))
        if answered := theirs():
            found, broken = marshal.loads(answered)
            take(
                [(name, looked, [Finding(*one) for one in its]) for name, looked, its in found],
                [Crash(*one) for one in broken],
            )
        else:
            take(*_apply(mine(), scene))
    for name, looked, its in asked:
        known[name] = Verdict(looked, states.of(looked) if states else b"", tuple(its))
    findings += [one for verdict in known.values() for one in verdict.findings]
    last = [one for one in over_more if one.subject == "waivers"]  # they look at all the others say
    more, broken = _apply(last, scene)
    findings += [one for _, _, its in more for one in its]
    return findings, (*dict.fromkeys(crashes), *broken), known


_ROW = (
    "workplan", "decisions", "meetings", "terms", "members", "charter", "*",
    "records", "definitions", "notices",
)  # fmt: skip
"""The subjects in the order in which rules are asked; the star stands for all others.

Two processes take rules from the two ends, so those that look at the same records stand together:
what one has brought into its type, or the votes it has counted, the other need not do again.
"""


def _in_row(rule: Rule) -> int:
    return _ROW.index(rule.subject if rule.subject in _ROW else "*")


Asked = tuple[str, tuple[str, ...], list[Finding]]
"""The name of a rule that was asked, the kinds of record it looked at, and what it found."""


def _apply(rules: Iterable[Rule], scene: Scene) -> tuple[list[Asked], list[Crash]]:
    asked: list[Asked] = []
    crashes: list[Crash] = []
    for rule in rules:
        (findings, broken), looked = scene.hub.watched(partial(_ask, rule, scene))
        asked.append((rule.name, tuple(sorted(looked)), findings))
        crashes += broken
    return asked, crashes


def _ask(rule: Rule, scene: Scene) -> tuple[list[Finding], list[Crash]]:
    findings: list[Finding] = []
    crashes: list[Crash] = []
    for path, seen in _calls(rule, scene):
        try:
            findings += [Finding.of(note, rule.name, rule.provision) for note in rule.check(*seen)]
        except Exception as error:  # noqa: BLE001 - a broken rule must not hide the others
            crashes.append(crash(rule.name, path, error))
    return findings, crashes


def _plainly(scene: Scene, rules: Iterable[Rule]) -> bytes:
    """What rules find, in a form that another process can open."""
    asked, crashes = _apply(rules, scene)
    return marshal.dumps(
        (
            [(name, looked, [tuple(one) for one in its]) for name, looked, its in asked],
            [_broken(one) for one in crashes],
        )
    )


def _broken(one: Crash) -> tuple[str, str, str, str]:
    return one.rule, one.path, one.error, one.trace


def _calls(rule: Rule, scene: Scene) -> Iterator[tuple[str, tuple[object, ...]]]:
    """What a rule is called with, each time, and the path it then looks at."""
    if rule.over is None:
        yield "", (scene,)
    else:
        for record in scene.hub.all(rule.over).values():  # type: ignore[type-var]
            yield record.path, (record, scene)
