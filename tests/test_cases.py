"""Every rule over its good and bad cases, through the real command line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from approving import approve_by_hand, git
from npcs.rules.registry import RULES
from running import npcs

CASES = Path(__file__).parent / "cases"
EVERY = sorted(path.parent for path in CASES.glob("*/*/case.yml"))


@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, tmp_path: Path) -> None:
    asked = yaml.load((case / "case.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    rule = case.parent.name
    done = npcs(
        "check", "--root", str(_root(case, tmp_path)), "--as-of", asked["as_of"], "--select", rule,
        "--format", "json", "--no-cache",
    )  # fmt: skip
    found = json.loads(done.out)["findings"]
    expected = asked["expect"] or []
    assert [_like(one, wanted) for one, wanted in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected), f"{len(found)} findings, {len(expected)} expected: {found}"
    errors = any(one["severity"] == "error" for one in found)
    assert done.code == (1 if errors else 0), done.err


def _root(case: Path, folder: Path) -> Path:
    """The case by itself, or a repository with its past where `approved` says how things stood.

    `approve` then names the decision whose text was approved, with the day; `tag` any other tag.
    """
    if not (case / "approved").is_dir():
        return shutil.copytree(case, folder, symlinks=True, dirs_exist_ok=True)
    asked = yaml.load((case / "case.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    shutil.copytree(case / "approved", folder, dirs_exist_ok=True)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "Then", on="2027-03-04")
    for decision, day in asked.get("approve", {}).items():
        approve_by_hand(folder, decision, day)
    if "tag" in asked:
        git(folder, "tag", asked["tag"])
    for then in (case / "approved").iterdir():
        shutil.rmtree(folder / then.name)
    for now in case.iterdir():
        if now.is_dir() and now.name != "approved":
            shutil.copytree(now, folder / now.name)
    return folder


def _like(finding: dict[str, Any], wanted: dict[str, str]) -> dict[str, str]:
    """The parts of a finding that the case says something of."""
    return {key: str(finding[key]) for key in wanted}


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_has_a_good_and_a_bad_case(rule: str) -> None:
    names = [case.name for case in EVERY if case.parent.name == rule]
    assert any(name.startswith("good-") for name in names), f"{rule} has no good case"
    assert any(name.startswith("bad-") for name in names), f"{rule} has no bad case"
    for case in EVERY:
        if case.parent.name == rule:
            asked = yaml.safe_load((case / "case.yml").read_text("utf-8"))
            assert bool(asked["expect"]) == case.name.startswith("bad-"), case
            assert asked["about"].strip(), case


def test_no_case_is_without_a_rule() -> None:
    assert {path.name for path in CASES.iterdir()} == {rule.name for rule in RULES}


def test_every_rule_is_wired_named_after_its_function_and_documented() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    for rule in RULES:
        assert rule.name == rule.check.__name__.replace("_", "-")
        assert rule.summary.endswith("."), f"{rule.name}: the first line is one sentence"
        assert len(rule.page.split()) >= 25, f"{rule.name}: say what, why and how to put it right"


def test_every_rule_that_is_written_is_in_the_registry() -> None:
    import importlib
    import pkgutil

    import npcs.rules
    from npcs.rules.rule import Rule

    written = {
        name
        for module in pkgutil.walk_packages(npcs.rules.__path__, "npcs.rules.")
        for name, value in vars(importlib.import_module(module.name)).items()
        if isinstance(value, Rule)
    }
    assert written == {rule.check.__name__ for rule in RULES}
