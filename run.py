"""One word does it all: set the hub up where needed, then run what was asked for.

Needs Python 3.11 or newer, pip and Git, nothing else. `make site` calls `run.py site`, and so on
for every target. Set-up puts uv into `.tools/` and an exact environment into `.venv/`, both from
files that pin every package by its hash; it is done again only when one of those files changes.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)


def hand_over():
    # type: () -> None
    """Run this file with a newer Python if there is one. Must itself run on any Python 3."""
    for minor in range(19, OLDEST[1] - 1, -1):
        python = shutil.which("python3.%d" % minor)  # noqa: UP031
        runs = python and subprocess.call(
            [python, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if python and runs == 0:
            sys.exit(subprocess.call([python, *sys.argv]))
    sys.exit(
        "This needs Python %d.%d or newer; this is %s, and no newer one was found."  # noqa: UP031
        % (OLDEST[0], OLDEST[1], sys.version.split()[0])
    )


if sys.version_info < OLDEST:
    hand_over()

import hashlib  # noqa: E402
import platform  # noqa: E402
import ssl  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Mapping, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import NoReturn  # noqa: E402

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "set-up-from"
UV_PIN = ROOT / "requirements" / "uv.txt"
PINS = ROOT / "requirements" / "dev.txt"
ANKI = ROOT / "requirements" / "anki.txt"
LEFTOVERS = (".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "build")

TARGETS = {
    "site": "build the site, serve it and print its address",
    "build": "build the site",
    "test": "run the tests",
    "records": "check the partnership's records",
    "lint": "look for slips and untidy form in the code",
    "types": "check the types of the code",
    "check": "all that a change has to pass: test, lint, types, records, build",
    "format": "put the code into its usual form",
    "bench": "measure how long commands take (ARGS=check for one of them)",
    "addresses": "add new addresses of the site to the list of those published",
    "accessibility": "examine all pages in a browser, for the accessibility statement",
    "pictures": "take the pictures of README and guides anew, from the demo",
    "requirements": "move the pinned packages to their newest versions",
    "setup": "only set up (every target does it where needed)",
    "clean": "remove what set-up and builds have made",
}

COMMANDS = {
    "site": [["npcs", "serve"]],
    "build": [["npcs", "build"]],
    "test": [["pytest"]],
    "records": [["npcs", "check"]],
    "lint": [["ruff", "check"], ["ruff", "format", "--check"]],
    "types": [["mypy"]],
    "format": [["ruff", "check", "--fix"], ["ruff", "format"]],
    "bench": [["python", "benchmarks"]],
    "addresses": [["npcs", "addresses", "--add"]],
    "accessibility": [["python", "-m", "accessibility"]],
    "pictures": [["python", "scripts/pictures.py"]],
    "setup": [],
}
COMMANDS["check"] = [
    command
    for target in ("test", "lint", "types", "records", "build")
    for command in COMMANDS[target]
]

CHROMIUM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)


def main(arguments: list[str]) -> int:
    """Carry out one target; further arguments go to its last command."""
    os.chdir(ROOT)
    target, *options = arguments or ["help"]
    if target in ("help", "-h", "--help"):
        print(overview())
        return 0
    if target not in TARGETS:
        print(f"There is no “{target}”.\n\n{overview()}", file=sys.stderr)
        return 2
    if target == "clean":
        return clean()
    if target == "requirements":
        return refresh_requirements(uv())
    set_up()
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    environment["PATH"] = os.pathsep.join([str(BIN), environment.get("PATH", "")])
    if target in ("test", "check", "accessibility", "pictures"):
        provide_chromium(environment)
    return run(COMMANDS[target], options, environment)


def overview() -> str:
    """All targets, each with what it does."""
    width = max(map(len, TARGETS))
    lines = [f"  make {name:{width}}  {what}" for name, what in TARGETS.items()]
    return "\n".join([*lines, "", "Without make: python run.py site, and so on."])


def run(commands: list[list[str]], options: list[str], environment: Mapping[str, str]) -> int:
    """Run the commands in turn up to the first that fails, and give its exit code."""
    for position, (name, *rest) in enumerate(commands, start=1):
        last = position == len(commands)
        if name == "pytest":
            rest = pytest_options(narrowed=bool(last and options), environment=environment)
        words = [str(BIN / name), *rest, *(options if last else [])]
        if last and os.name == "posix":
            sys.stdout.flush()
            os.execve(words[0], words, environment)  # so that signals reach the command itself
        code = subprocess.call(words, env=environment)
        if code:
            return code
    return 0


# Set-up


def set_up() -> None:
    """Make `.venv` hold exactly the pinned packages and this project."""
    python = BIN / ("python.exe" if os.name == "nt" else "python")
    wanted = fingerprint()
    current = STAMP.read_text("utf-8") if STAMP.exists() and python.exists() else ""
    if current == wanted:
        return
    tool = uv()
    STAMP.unlink(missing_ok=True)  # until all is well again
    say("Setting up .venv (some seconds, and only when the pinned packages change) ...")
    if current.partition("\n")[0] != wanted.partition("\n")[0]:
        # Another Python, another place, or none yet.
        do([tool, "venv", "--quiet", "--clear", "--no-project", "--python", sys.executable, VENV])
    into = ["--python", python]
    if not sys.stderr.isatty():
        into += ["--quiet"]
    do([tool, "pip", "sync", "--require-hashes", *into, PINS])
    do([tool, "pip", "install", "--no-deps", "--no-build-isolation", *into, "--editable", ROOT])
    anki = [tool, "pip", "install", "--require-hashes", "--no-deps", *into, "--requirement", ANKI]
    if subprocess.call([str(word) for word in anki], stderr=subprocess.DEVNULL):
        say("Anki has no package for this system: the test that takes a deck into it is skipped.")
    STAMP.write_text(wanted, "utf-8")


def fingerprint() -> str:
    """What the environment depends on: first line the Python and the place, second the pins."""
    pins = hashlib.sha256()
    for path in (PINS, UV_PIN, ANKI, ROOT / "pyproject.toml"):
        pins.update(path.read_bytes())
    return f"{sys.executable} {sys.version_info[:3]} {ROOT}\n{pins.hexdigest()}\n"


def uv() -> Path:
    """The pinned uv in `.tools/`, installed there first if need be."""
    # `--target` because a system's own Python refuses plain installs.
    home = TOOLS / f"uv-{hashlib.sha256(UV_PIN.read_bytes()).hexdigest()[:12]}"
    program = home / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    if program.exists():
        return program
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], check=False, capture_output=True).returncode:
        own = shutil.which("uv")
        if own:
            return Path(own)
        stop(f"{sys.executable} has no pip. Install it (Debian: apt-get install python3-pip).")
    TOOLS.mkdir(exist_ok=True)
    say("Installing uv into .tools/ ...")
    # Made beside and renamed, so that a torn install is never taken for a whole one.
    with tempfile.TemporaryDirectory(dir=TOOLS) as beside:
        fresh = Path(beside) / "uv"
        words = [*pip, "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        words += ["--only-binary=:all:", "--no-deps", "--target", str(fresh)]
        words += ["--requirement", str(UV_PIN)]
        # Settings of this machine under which pip would refuse, or warn of nothing.
        do(
            words,
            {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_ROOT_USER_ACTION": "ignore", "PIP_USER": "0"},
        )
        try:
            fresh.rename(home)
        except OSError:
            if not program.exists():  # else somebody else was faster
                raise
    return program


def provide_chromium(environment: dict[str, str]) -> None:
    """Tell the tests where Chromium is; on Debian as root it is installed if need be."""
    found = find_chromium()
    if not found and browser_tests():
        if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
            say("Installing Chromium for the browser tests ...")
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
                subprocess.call(["apt-get", "-qq", *words], env=quiet, stdout=subprocess.DEVNULL)
            found = find_chromium()
        if not found:
            say(
                "The browser tests need Chromium, and there is none here. Install Chromium or "
                "Chrome (Debian: apt-get install chromium), or set NPCS_CHROMIUM to the program."
            )
    if found:
        environment["NPCS_CHROMIUM"] = found


def pytest_options(*, narrowed: bool, environment: Mapping[str, str]) -> list[str]:
    """How the tests are run: on all cores, unless only a few of them were asked for."""
    options = [] if narrowed else ["-n", "auto", "--dist", "worksteal"]
    if "NPCS_CHROMIUM" not in environment and environment.get("CI") != "true":
        # In CI a missing browser is a failure: no test may drop out unseen.
        options += ["-m", "not browser"]
    return options


def find_chromium() -> str | None:
    """The program of a Chromium or Chrome on this machine."""
    places = (os.environ.get("NPCS_CHROMIUM"), *map(shutil.which, CHROMIUM))
    return next(filter(None, places), None)


def browser_tests() -> bool:
    """Whether any test asks for a browser."""
    return any(
        "mark.browser" in path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")
    )


# Upkeep


def refresh_requirements(tool: Path) -> int:
    """Pin anew what pyproject.toml asks for, for all systems and Pythons, naming no index."""
    compile_ = [tool, "--no-config", "pip", "compile", "--quiet", "--upgrade", "--universal"]
    compile_ += ["--python-version", ".".join(map(str, OLDEST)), "--generate-hashes"]
    compile_ += ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    # This machine's own settings must not find their way into the files.
    plain = {name: "" for name in os.environ if name.startswith(("UV_", "PIP_"))}
    do([*compile_, "--group", "uv", "--output-file", "requirements/uv.txt"], plain)
    do([*compile_, "pyproject.toml", "--group", "dev", "--output-file", PINS], plain)
    anki = ["--group", "anki", "--constraint", "requirements/dev.txt"]
    do([*compile_, *anki, "--output-file", ANKI], plain)
    base = ["pyproject.toml", "--group", "build", "--constraint", "requirements/dev.txt"]
    do([*compile_, *base, "--output-file", "requirements/base.txt"], plain)
    return 0


def clean() -> int:
    """Remove what set-up and builds have made, and nothing that people wrote."""
    for name in (VENV, TOOLS, *(ROOT / name for name in LEFTOVERS)):
        shutil.rmtree(name, ignore_errors=True)
    return 0


# Small things


def do(words: Sequence[object], settings: Mapping[str, str] | None = None) -> None:
    """Run a step of the set-up; where it fails, say so in one line below its own output."""
    environment = {"UV_SYSTEM_CERTS": system_certificates(), **os.environ, **(settings or {})}
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    environment = {name: value for name, value in environment.items() if value}
    line = [str(word) for word in words]
    if subprocess.call(line, env=environment):
        stop(f"Set-up stopped, since this failed: {' '.join(line)}")


def system_certificates() -> str:
    """Whether this machine has certificates of its own: an agency's network may need them."""
    paths = ssl.get_default_verify_paths()
    has = platform.system() in ("Windows", "Darwin") or paths.cafile or paths.capath
    return "true" if has else "false"


def say(text: str) -> None:
    """Tell the person at the keyboard."""
    print(text, file=sys.stderr, flush=True)


def stop(reason: str) -> NoReturn:
    """End with a reason in plain words."""
    say(reason)
    raise SystemExit(1)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
