"""What holds for the repository itself: its pins, its set-up, and what it says about them."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

MACHINE_FOLDERS = re.compile(
    r"(?<![\w.~$%*-])/(?:root|work|workspace|builds|(?:home|Users)/[\w.-]+)/"
    r"|(?<!\w)[A-Za-z]:\\+Users\\"
)

in_each_file = pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)


def logical_lines(path: Path) -> Iterator[str]:
    """Each requirement with its hashes, continued lines joined, remarks left out."""
    text = path.read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line


def pins(path: Path) -> dict[str, set[str]]:
    """The pinned versions of each package: several where they differ by system or Python."""
    found: dict[str, set[str]] = {}
    for line in logical_lines(path):
        requirement = Requirement(line.partition(" --hash")[0])
        (version,) = requirement.specifier
        found.setdefault(canonicalize_name(requirement.name), set()).add(version.version)
    return found


def asked_for(*groups: str) -> Iterator[Requirement]:
    """What pyproject.toml asks for to run, and in these dependency groups."""
    if "uv" not in groups:
        yield from map(Requirement, PROJECT["project"]["dependencies"])
    for group in groups:
        for entry in PROJECT["dependency-groups"][group]:
            if isinstance(entry, str):
                yield Requirement(entry)


def tracked_files() -> list[Path]:
    """The files Git knows here, other than links."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a Git checkout")
    paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def makefile_targets() -> set[str]:
    (line,) = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    return set(line.split())


class TestRequirements:
    def test_are_the_four_files(self):
        assert [path.name for path in REQUIREMENTS] == ["anki.txt", "base.txt", "dev.txt", "uv.txt"]

    @in_each_file
    def test_name_no_address_and_no_option(self, path):
        text = path.read_text("utf-8")
        assert "://" not in text
        assert "@" not in text
        assert set(re.findall(r"(?:^|\s)(--?[a-z][\w-]*)", text)) <= {"--hash", "-c"}
        assert not [line for line in logical_lines(path) if line.startswith("-")]

    @in_each_file
    def test_pin_every_package_by_version_and_hash(self, path):
        lines = list(logical_lines(path))
        assert lines
        for line in lines:
            assert re.fullmatch(
                r"[a-z0-9][a-z0-9-]*==[\w.!+]+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", line
            ), line

    @in_each_file
    def test_say_nothing_of_the_machine_they_were_made_on(self, path):
        # Not even in remarks: uv's header would name the command line.
        for remark in re.findall(r"#.*", path.read_text("utf-8")):
            assert re.fullmatch(
                r"#( via)?( +(-c requirements/dev\.txt|[\w.-]+( \(pyproject\.toml(:\w+)?\))?))?",
                remark,
            ), remark

    @pytest.mark.parametrize(
        ("file", "groups"), [("base", ["build"]), ("dev", ["build", "dev"]), ("uv", ["uv"])]
    )
    def test_hold_what_the_project_asks_for(self, file, groups):
        pinned = pins(ROOT / "requirements" / f"{file}.txt")
        for requirement in asked_for(*groups):
            versions = pinned.get(canonicalize_name(requirement.name), set())
            assert versions, f"{requirement.name} is not pinned: make requirements"
            for version in versions:
                assert version in requirement.specifier, f"{requirement}: make requirements"

    def test_agree_with_each_other(self):
        base, dev = (pins(ROOT / "requirements" / name) for name in ("base.txt", "dev.txt"))
        assert base.items() <= dev.items()


class TestSetUp:
    def test_make_and_run_py_have_the_same_targets(self):
        text = (ROOT / "run.py").read_text("utf-8")
        spoken = re.search(r"^TARGETS = \{\n(.+?)^\}", text, re.MULTILINE | re.DOTALL)
        assert makefile_targets() == {*re.findall(r'^ +"(\w+)":', spoken[1], re.MULTILINE), "help"}

    @pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".ci/run"])
    def test_commands_that_are_told_exist(self, name):
        text = (ROOT / name).read_text("utf-8")
        told = set(re.findall(r"(?:^|`)(?:make|python run\.py) ([a-z]+)", text, re.MULTILINE))
        assert told
        assert told <= makefile_targets()

    def test_readme_gives_both_ways(self):
        text = (ROOT / "README.md").read_text("utf-8")
        for command in ("make site", "make test", "python run.py site", "python run.py test"):
            assert command in text

    @pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
    def test_links_lead_to_files(self, name):
        text = (ROOT / name).read_text("utf-8")
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), target

    @pytest.mark.parametrize("name", ["pyproject.toml", "Makefile", ".ci/run"])
    def test_names_no_index(self, name):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"index[-_]?url|extra-index|find-links|tool\.uv", text, re.IGNORECASE)


class TestTrackedFiles:
    def test_hold_no_path_of_a_machine(self):
        here = (f"{ROOT}/", f"{Path.home()}/")
        for path in tracked_files():
            text = path.read_bytes().decode("utf-8", "replace")
            found = MACHINE_FOLDERS.search(text)
            assert not found, f"{path.relative_to(ROOT)} names {found[0]}"
            assert not any(place in text for place in here), path.relative_to(ROOT)

    def test_hold_nothing_generated(self):
        made = re.compile(r"(^|/)(\.venv|\.tools|build|dist|__pycache__|node_modules|\.\w+_cache)/")
        names = [path.relative_to(ROOT).as_posix() for path in tracked_files()]
        assert not [name for name in names if made.search(name)]
