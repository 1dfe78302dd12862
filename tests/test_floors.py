"""The floors of the code: a module imports from its own floor or below, never above."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "scripts" / "npcs"
FLOORS = {
    "records": 1,
    "governance": 2,
    "history": 2,
    "charter": 3,
    "rules": 3,
    "publish": 4,
    "demo": 4,
    "cli": 5,
    "__main__": 5,
    "__init__": 0,
}
MODULES = sorted(SOURCE.rglob("*.py"))


def _floor(parts: tuple[str, ...]) -> int:
    return FLOORS[parts[0].removesuffix(".py")]


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: name modules from the top"
            yield node.lineno, node.module or ""
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_downward(module: Path) -> None:
    own = _floor(module.relative_to(SOURCE).parts)
    for line, name in _imports(ast.parse(module.read_text("utf-8"))):
        if name.startswith("npcs."):
            floor = _floor(tuple(name.split(".")[1:]))
            assert floor <= own, f"line {line} reaches up to {name}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_command_line_reads_the_clock(module: Path) -> None:
    if module.relative_to(SOURCE).parts[0] == "cli":
        return
    text = module.read_text("utf-8")
    for clock in ("date.today(", "datetime.now(", "time.time(", "utcnow("):
        assert clock not in text, f"{clock}) below the command line"


def test_files_stay_of_a_size_to_hold_in_the_head() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in MODULES
        if (lines := len(path.read_text("utf-8").splitlines())) > 450
    }
    assert not long
