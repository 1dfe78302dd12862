"""How long it takes to verify many approvals in a long history.

`python benchmarks/verify.py [--revisions N] [--commits N] [--runs N]`. The committee of nine
changes every year. It decides on the charter each month, at a meeting with six other decisions; all
other commits write notes on practices. Every revision is signed.
"""

import argparse
import sys
import tempfile
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from timing import Contestant, commit, compare, show

from npcs.demo.charter_text import charter
from npcs.demo.chronicle import Author, Chronicle, Tag
from npcs.demo.gitstream import write_repository
from npcs.demo.sshsig import Key
from npcs.demo.world import add_years, term_end

SEED = 7
FIRST = date(2000, 1, 3)
ANA = Author("Ana Ruiz", "ana-ruiz")
SEATS = [f"member-{number}" for number in range(9)]


def make(root: Path, revisions: int, commits: int) -> None:
    """Write a repository with so many approved texts and commits."""
    story = Chronicle()
    begin = story.commit(FIRST, ANA, "Begin")
    begin.text(".gitattributes", "* text=auto eol=lf\n")
    keys = [Key(SEED, ANA.id).public]
    begin.put(f"charter/people/{ANA.id}.yml", {"name": ANA.name, "signing_keys": keys})
    term = {"person": ANA.id, "office": "coordinator", "start": FIRST}
    begin.put(f"charter/terms/{FIRST}-{ANA.id}-coordinator.yml", term)
    last = FIRST + timedelta(days=30 * revisions)
    start = FIRST
    while start <= last:
        _seat(story, start)
        start = add_years(start, 1)
    each = commits // revisions
    for number in range(revisions):
        day = FIRST + timedelta(days=30 * number + 1)
        _revise(story, number, day)
        for note in range(each - 4):
            path = f"practices/library/note-{(number * 31 + note) % 400}.md"
            when = day + timedelta(days=2 + note % 27)
            story.commit(when, ANA, "Note").text(path, f"A note of {when}, number {note}.\n")
    for path, version in story.files().items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(version.render(), "utf-8", newline="\n")
    print("#", write_repository(root, story, SEED), "commits and tags", file=sys.stderr)


def _seat(story: Chronicle, start: date) -> None:
    commit = story.commit(start, ANA, f"Committee from {start}")
    for seat in SEATS:
        who = f"{seat}-{start.year}"
        commit.put(f"charter/people/{who}.yml", {"name": who.title(), "leadership": True})
        data = {"person": who, "office": "member", "start": start, "end": term_end(start)}
        commit.put(f"charter/terms/{start}-{who}-member.yml", data)


def _revise(story: Chronicle, number: int, day: date) -> None:
    years = day.year - FIRST.year
    year = FIRST.year + (years if add_years(FIRST, years) <= day else years - 1)
    place = f"{day}-executive-committee"
    present = {f"{seat}-{year}": "present" for seat in SEATS}
    held = {"date": day, "body": "executive-committee", "status": "held", "attendance": present}
    meeting = story.commit(day, ANA, "Meeting")
    meeting.put(f"charter/meetings/{place}.md", held, "They met.\n")
    commons = {
        "date": day, "meeting": place, "method": "consensus", "consensus": {"sought_on": day},
        "outcome": "adopted",
    }  # fmt: skip
    others = story.commit(day, ANA, "Other decisions")
    for other in range(6):
        key = f"D-{day.year}-{(number % 40) * 10 + other + 1:03}"
        data = {"title": "Another", "subject": "other", **commons}
        others.put(f"charter/decisions/{key}.md", data, "Agreed.\n")
    version = f"{number // 10 + 1}.{number % 10}"
    text = charter(version, number)
    digest = "sha256:" + sha256(text.encode()).hexdigest()
    key = f"D-{day.year}-{(number % 40) * 10 + 9:03}"
    adopted = {"version": version, "digest": digest, "change": "annual"}
    data = {"title": f"Charter {version}", "subject": "charter", **commons, "charter": adopted}
    decided = story.commit(day, ANA, f"Adopt {version}")
    decided.put(f"charter/decisions/{key}.md", data, "Agreed.\n")
    decided.text("charter/charter.md", text)
    decided.tag = Tag(f"charter-v{version}", ANA, key)
    told = [{"on": day + timedelta(days=5), "to": "all members", "by": f"{SEATS[0]}-{year}"}]
    later = story.commit(day + timedelta(days=5), ANA, f"Tell of {version}")
    later.put(f"charter/decisions/{key}.md", data | {"communicated": told}, "Agreed.\n")


def main() -> None:
    """Make the repository, verify it, print seconds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--revisions", type=int, default=200)
    options.add_argument("--commits", type=int, default=20_000)
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "hub"
        root.mkdir()
        make(root, chosen.revisions, chosen.commits)
        day = str(FIRST + timedelta(days=30 * chosen.revisions + 30))
        npcs = [sys.executable, "-m", "npcs"]
        asked = [*npcs, "charter", "verify", "--root", str(root), "--as-of", day]
        contestants = [
            Contestant("charter verify", [*asked, "--root-key", Key(SEED, ANA.id).public]),
            Contestant("git rev-list", ["git", "-C", str(root), "rev-list", "--parents", "HEAD"]),
        ]
        runs = compare(contestants, chosen.runs)
    print(f"# verify: {chosen.revisions} revisions, {chosen.commits} commits, commit {commit()}\n")
    show(runs)


if __name__ == "__main__":
    main()
