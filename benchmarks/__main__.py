"""The benchmarks, all or by name: `make bench`, `make bench ARGS="check --runs 3"`."""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
NAMES = ("start", "check", "history", "verify", "redline", "build", "again", "search")


def main(arguments: list[str]) -> None:
    """Run the benchmark that the first word names, with the words after it; without one, all."""
    if arguments and arguments[0] not in NAMES:
        sys.exit(f"there is no benchmark “{arguments[0]}”: choose {', '.join(NAMES)}")
    sys.path.insert(0, str(HERE))
    for name in arguments[:1] or NAMES:
        sys.argv = [f"{name}.py", *arguments[1:]]
        runpy.run_path(str(HERE / f"{name}.py"), run_name="__main__")
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
