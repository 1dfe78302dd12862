"""How long the redline of two texts of 5,000 words takes, also where comparing is hard.

`python benchmarks/redline.py [--words N] [--runs N]`. Seconds of processor in this process, without
the start: comparing, and the same with the page of HTML. Last the command as a whole.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from timing import Contestant, commit, run

CHARTER = Path(__file__).parent.parent / "charter" / "charter.md"


def cases(words: int) -> Iterator[tuple[str, str, str]]:
    """Pairs of texts by name."""
    dice = random.Random(7)
    letters = "abcdefghijklmnopqrst"
    known = ["".join(dice.choices(letters, k=dice.randint(2, 9))) for _ in range(3000)]
    charter = CHARTER.read_text("utf-8").split("---\n", 2)[2]
    charter = charter * max(1, round(words / len(charter.split())))

    def text(some: list[str], size: int = 40) -> str:
        chosen = dice.choices(some, k=words)
        parts = (chosen[at : at + size] for at in range(0, words, size))
        return "\n\n".join(map(" ".join, parts)) + "\n"

    def edited(of: str) -> str:
        found = of.split(" ")
        for at in dice.sample(range(len(found)), len(found) // 20):
            found[at] = "another"
        return " ".join(found)

    def turned(of: str) -> str:
        return "\n\n".join(reversed(of.strip().split("\n\n"))) + "\n"

    yield "the charter, one word in twenty changed", charter, edited(charter)
    yield "the charter against itself", charter, charter
    yield "every word different", text(known[:1500]), text(known[1500:])
    yield "the same words in another order", text(known), text(known)
    yield "five words alone", text(known[:5]), text(known[:5])
    yield "one word alone", text(known[:1]), text(known[:1], 37)
    yield "one paragraph, one word in twenty changed", *_pair(text(known, words), edited)
    yield "one paragraph of fifty words, mixed", text(known[:50], words), text(known[:50], words)
    yield "every paragraph in another place", *_pair(text(known), turned)
    same = "it is so here\n\n"
    yield "one paragraph again and again", same * (words // 4), same * (words // 5)
    yield "a paragraph for each word", text(known, 1), text(known, 1)


def _pair(text: str, change: Callable[[str], str]) -> tuple[str, str]:
    return text, change(text)


def main() -> None:
    """Time every case, and print seconds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--words", type=int, default=5000)
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    from npcs.charter.redline import as_html, redline

    print(f"# redline: {chosen.words:,} words against as many, commit {commit()}\n")
    print("| case | compared, cpu s | with the page, cpu s | words marked |")
    print("|---|---|---|---|")
    for name, old, new in cases(chosen.words):
        compared, whole = [], []
        for _ in range(chosen.runs):
            start = time.process_time()
            found = redline(old, new)
            marked = sum(found.counts)
            compared.append(time.process_time() - start)
            as_html(found)
            whole.append(time.process_time() - start)
        seconds = f"{statistics.median(compared):.3f} | {statistics.median(whole):.3f}"
        print(f"| {name} | {seconds} | {marked:,} |")
    with tempfile.TemporaryDirectory() as folder:
        _, old, new = next(cases(chosen.words))
        paths = [Path(folder) / name for name in ("old.md", "new.md")]
        for path, text in zip(paths, (old, new), strict=True):
            path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "npcs", "charter", "diff", *map(str, paths)]
        taken = [run(Contestant("diff", [*command, "--format", "html"])).cpu
                 for _ in range(chosen.runs)]  # fmt: skip
    print(f"\nThe command as a whole, of the first case: {statistics.median(taken):.2f} cpu s")


if __name__ == "__main__":
    main()
