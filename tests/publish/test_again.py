"""A site built again is the one built anew, to the byte, whatever was done in between."""

import re
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.publish.conftest import AS_OF, commit, git
from tests.publish.test_build import contents

from npcs.publish import BuildFailed, before, build, swap
from npcs.publish.generator import settings_file
from npcs.rules import cache

DECISION = "charter/decisions/D-2027-001.md"
NOTICE = "notices/2027/NPCS-SN-2027-001.md"
ANSWER = "notices/2027/NPCS-SN-2027-001/state-of-p01.yml"
PARAMETERS = "charter/parameters.yml"
PRACTICE = """\
---
title: {title}
problem: Beds are not looked at.
tried: Looking.
worked: Looking again.
did_not_work: A leaflet.
evidence: {{level: promising, sources: [{{title: The members}}]}}
members: [state-of-p01]
---
See [the vote](../../charter/decisions/D-2027-001.md).
"""
GIVEN = """\
member: state-of-p01
notice: NPCS-SN-2027-001
version: "1.0"
status: complete
on: 2027-04-20
"""
TERM = """\
---
term: {term}
version: "1.0"
status: provisional
definition: {definition}
source: {{title: The members}}
---
"""


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def reworded(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Put one text in the place of another, and back the next time."""

    def edit(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        put(root, path, text.replace(new, old) if new in text else text.replace(old, new))

    return edit


def come_and_gone(path: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        if (root / path).exists():
            (root / path).unlink()
        else:
            put(root, path, text)

    return edit


def renamed(one: str, other: str, text: str) -> Callable[[Path], None]:
    """A record under one name or under another."""

    def edit(root: Path) -> None:
        old, new = (other, one) if (root / other).exists() else (one, other)
        (root / old).unlink(missing_ok=True)
        put(root, new, text)

    return edit


def own_settings(root: Path) -> None:
    """Settings of one's own, under another name each time."""
    path = root / "mkdocs.yml"
    text = settings_file(root).read_text("utf-8")
    theme = f"custom_dir: {settings_file(root / 'none').parent}/scripts/npcs/publish/theme"
    text = text.replace("custom_dir: scripts/npcs/publish/theme", theme)
    path.write_text(text.replace("site_name: ", "site_name: New ", 1), "utf-8")


def own_theme(root: Path) -> None:
    """A theme of one's own, which says something else each time."""
    own_settings(root)
    text = (root / "mkdocs.yml").read_text("utf-8")
    lines = [
        "  custom_dir: theme" if line.startswith("  custom_dir: ") else line
        for line in text.split("\n")
    ]
    (root / "mkdocs.yml").write_text("\n".join(lines), "utf-8")
    ours = settings_file(root / "none").parent / "scripts/npcs/publish/theme"
    before = (root / "theme/404.html").read_text() if (root / "theme").exists() else ""
    shutil.copytree(ours, root / "theme", dirs_exist_ok=True)
    with (root / "theme/main.html").open("a") as file:
        file.write("{# again #}" * (before.count("again") + 1))


def spoilt(root: Path) -> None:
    """Somebody else writes into the site."""
    page = root / "build/site/decisions/index.html"
    if page.exists():
        page.write_text(page.read_text("utf-8") + "<!-- more -->", "utf-8")
        (root / "build/site/rules/index.html").unlink()


def strange(root: Path) -> None:
    """Somebody else puts a file into the site."""
    put(root, "build/site/rules/more.html", "more")


def committed(root: Path) -> None:
    """A commit of all there is, and of something that no page shows."""
    with (root / "README.md").open("a") as file:
        file.write("More.\n")
    commit(root, "2027-05-09")


def moved(root: Path) -> None:
    """An address that is left for another."""
    path = root / "addresses.txt"
    path.write_text("" if path.exists() and path.read_text() else "old/place/ -> rules/\n")


EDITS: Mapping[str, Callable[[Path], None]] = {
    "decision": reworded(DECISION, "Meet in the morning", "Meet at noon"),
    "prose": reworded(DECISION, "Because D-2027-002 failed.", "Because [it](D-2027-002.md) did."),
    "notice": reworded(NOTICE, "Cribs in hotels", "Cots in inns"),
    "withdrawn": reworded(NOTICE, "hazard:", "withdrawn: {on: 2027-05-02, reason: Old}\nhazard:"),
    "answer": come_and_gone(ANSWER, GIVEN),
    "person": come_and_gone("charter/people/zoe.yml", "name: Zoe Vale\nleadership: true\n"),
    "member": reworded("charter/members/state-of-p01.yml", "name: ", "name: New "),
    "practice": renamed(
        "practices/library/a.md", "practices/library/b.md", PRACTICE.format(title="Sleep")
    ),
    "glossary": come_and_gone(
        "definitions/terms/bed.md", TERM.format(term="Committee", definition="Some people.")
    ),
    "parameters": reworded(PARAMETERS, "2/3", "3/4"),
    "charter": reworded("charter/charter.md", "Why we are here.", "Why we meet."),
    "commit": committed,
    "settings": own_settings,
    "theme": own_theme,
    "spoilt": spoilt,
    "strange": strange,
    "moved": moved,
}


def anew(root: Path) -> dict[str, bytes]:
    return contents(build(root, root.parent / "anew", AS_OF, anew=True).out)


@pytest.fixture(scope="module")
def lasting(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small partnership that one test after the other changes, and builds again."""
    folder = tmp_path_factory.mktemp("lasting") / "hub"
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("build"))
    return folder


TOGETHER = (
    ("decision", "notice", "person"), ("prose", "answer", "practice"),
    ("withdrawn", "member", "parameters"), ("charter", "commit", "moved"), ("glossary",),
    ("settings",), ("theme",), ("spoilt",), ("strange",),
)  # fmt: skip
"""All edits. What leads to a whole build stands by itself: it would mend what was wrong before."""


@pytest.mark.parametrize("names", TOGETHER)
def test_after_any_edit_the_site_is_the_one_built_anew(
    lasting: Path, names: tuple[str, ...]
) -> None:
    build(lasting, as_of=AS_OF)
    for name in names:
        EDITS[name](lasting)
        build(lasting, as_of=AS_OF)
    assert contents(lasting / "build/site") == anew(lasting)


def test_a_tag_that_is_moved_is_seen(copy: Path) -> None:
    version = "definitions/core-data-set/datapackage.yaml"
    shutil.copytree(
        Path(__file__).parents[2] / "definitions", copy / "definitions", dirs_exist_ok=True
    )
    committed(copy)
    on = {"GIT_COMMITTER_DATE": "2027-05-10T12:00:00Z"}
    git(copy, "tag", "-a", "-m", "First", "one", **on)
    text = (copy / version).read_text("utf-8")
    put(copy, version, re.sub(r"(?m)^version: .*$", 'version: "9.9"', text))
    commit(copy, "2027-05-10")
    git(copy, "tag", "-a", "-m", "Second", "two", **on)
    build(copy, as_of=AS_OF)
    git(copy, "tag", "-f", "-a", "-m", "Second", "two", "HEAD~1", **on)
    build(copy, as_of=AS_OF)
    assert contents(copy / "build/site") == anew(copy)


def test_each_edit_is_among_them() -> None:
    assert sorted(one for names in TOGETHER for one in names) == sorted(EDITS)


def kept_files() -> list[Path]:
    return [one for one in cache.folder().iterdir() if ".site" in one.name or ".temp" in one.name]


@pytest.mark.parametrize("harm", [b"", b"torn", None])
def test_what_is_kept_changes_no_result_when_it_is_torn(lasting: Path, harm: bytes | None) -> None:
    build(lasting, as_of=AS_OF)
    EDITS["decision"](lasting)
    for file in kept_files():
        raw = file.read_bytes()
        file.write_bytes(raw[: len(raw) // 2] if harm is None else harm)
    assert contents(build(lasting, as_of=AS_OF).out) == anew(lasting)


@pytest.mark.parametrize(
    ("lost", "little"),
    [("site", 0), ("site-pieces", 0), ("site-since", 1), ("site-past", 1), ("site-records", 1)],
)
def test_a_part_of_what_is_kept_may_be_of_an_earlier_build(
    copy: Path, lost: str, little: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(before, "_LITTLE", little)
    for file in kept_files():
        file.unlink()
    earlier: dict[Path, bytes] = {}
    for name in ("practice", "decision", "commit", "notice"):
        earlier = {one: one.read_bytes() for one in kept_files() if one.suffix == f".{lost}"}
        EDITS[name](copy)
        build(copy, as_of=AS_OF)
    assert earlier
    for file, raw in earlier.items():
        file.write_bytes(raw)
    EDITS["decision"](copy)
    assert contents(build(copy, as_of=AS_OF).out) == anew(copy)


def test_what_another_program_kept_is_not_believed(
    lasting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "code", lambda *_: b"another program.")
    build(lasting, as_of=AS_OF)
    monkeypatch.undo()
    said: list[str] = []
    build(lasting, as_of=AS_OF, say=said.append)
    assert "Going over the pages" in said


def test_where_no_site_stands_none_is_known(copy: Path) -> None:
    out = build(copy, as_of=AS_OF).out
    memory = before.Memory(copy, out)
    memory.read()
    assert memory.before is not None
    shutil.rmtree(out)
    memory = before.Memory(copy, out)
    memory.read()
    assert memory.before is None


def test_only_pages_that_can_differ_are_built(copy: Path) -> None:
    out = build(copy, as_of=AS_OF).out
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    said: list[str] = []
    build(copy, as_of=AS_OF, say=said.append)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    EDITS["practice"](copy)
    build(copy, as_of=AS_OF)
    EDITS["practice"](copy)
    build(copy, as_of=AS_OF, say=said.append)
    after = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    same = {path for path in after if before.get(path) == after[path]}
    assert len(same) > 0.8 * len(after)
    assert out / "rules/index.html" in same
    assert not any(line.startswith("Going over") for line in said)


def test_the_staged_files_may_be_spoilt_or_gone(lasting: Path) -> None:
    build(lasting, as_of=AS_OF)
    page = lasting / "build/docs/decisions/D-2027-001.md"
    page.write_text(page.read_text() + "Spoilt.\n")
    (lasting / "build/docs/rules/index.md").unlink()
    assert contents(build(lasting, as_of=AS_OF).out) == anew(lasting)
    shutil.rmtree(lasting / "build/docs")
    EDITS["decision"](lasting)
    assert contents(build(lasting, as_of=AS_OF).out) == anew(lasting)


def test_sites_of_one_hub_in_several_places_do_not_meet(copy: Path, tmp_path: Path) -> None:
    places = [copy / "build/site", tmp_path / "other"]
    for name in ("decision", "practice", "answer"):
        for place in places:
            build(copy, place, AS_OF)
        EDITS[name](copy)
    for place in places:
        assert contents(build(copy, place, AS_OF).out) == anew(copy)


def test_a_day_later_it_is_the_site_of_that_day(copy: Path) -> None:
    build(copy, as_of=AS_OF)
    later = AS_OF + timedelta(40)
    new = build(copy, copy.parent / "later", later, anew=True).out
    assert contents(build(copy, as_of=later).out) == contents(new)


def test_a_broken_link_is_told_as_by_a_whole_build(lasting: Path) -> None:
    build(lasting, as_of=AS_OF)
    record = lasting / DECISION
    record.write_text(record.read_text() + "\n[there](#nowhere)\n")
    with pytest.raises(BuildFailed) as told:
        build(lasting, as_of=AS_OF)
    with pytest.raises(BuildFailed) as whole:
        build(lasting, as_of=AS_OF, anew=True)
    assert str(told.value) == str(whole.value)
    record.write_text(record.read_text().replace("\n[there](#nowhere)\n", ""))
    assert contents(build(lasting, as_of=AS_OF).out) == anew(lasting)


@pytest.mark.parametrize("name", ["decision", "spoilt", "settings"])
def test_a_site_of_many_files_has_its_second_tree_ahead(
    copy: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "MANY", 0)
    build(copy, as_of=AS_OF)
    for one in (name, "practice"):
        EDITS[one](copy)
        build(copy, as_of=AS_OF)
    assert contents(copy / "build/site") == anew(copy)
    assert {path.name for path in (copy / "build").iterdir()} == {"docs", "site", ".site.building"}
    record = copy / DECISION
    record.write_text(record.read_text() + "\n[there](gone.md)\n")
    with pytest.raises(BuildFailed, match=r"gone\.md"):
        build(copy, as_of=AS_OF)


def test_the_second_tree_may_be_spoilt(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "MANY", 0)
    build(copy, as_of=AS_OF)
    EDITS["practice"](copy)
    build(copy, as_of=AS_OF)
    other = swap.building(copy / "build/site")
    (other / "rules/index.html").unlink()
    (other / "rules/index.html").write_text("Spoilt.")
    (other / "decisions/index.html").unlink()
    shutil.rmtree(other / "notices")
    (other / "notices").write_text("no folder")
    (other / "more/of/it").mkdir(parents=True)
    (other / "more/of/it/page.html").symlink_to(copy / DECISION)
    before = contents(copy / "build/site")
    EDITS["decision"](copy)
    assert contents(build(copy, as_of=AS_OF).out) == anew(copy)
    assert contents(other) == before


def test_a_half_made_tree_is_not_built_on(copy: Path, tmp_path: Path) -> None:
    half = swap.building(copy / "build/site")
    half.mkdir(parents=True)
    (half / "page.html").write_text("half")
    build(copy, as_of=AS_OF)
    assert not half.exists()
    elsewhere = tmp_path / "other"
    for name in ("decision", "practice"):
        EDITS[name](copy)
        build(copy, elsewhere, AS_OF)
    assert not swap.building(elsewhere).exists()


@settings(max_examples=3, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(data=st.data())
def test_after_random_edits_as_well(
    root: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    hub = tmp_path_factory.mktemp("again") / "hub"
    shutil.copytree(root, hub, ignore=shutil.ignore_patterns("build"))
    names = st.lists(st.sampled_from([*EDITS]), min_size=1, max_size=3)  # fmt: skip
    for _ in range(2):
        for name in data.draw(names):
            EDITS[name](hub)
        assert contents(build(hub, as_of=AS_OF).out) == anew(hub)
    shutil.rmtree(hub.parent)
