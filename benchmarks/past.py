"""Times what reads git's history: `changes`, `moves` and `history`.

    .venv/bin/python benchmarks/past.py [--runs 5]

`changes` between two revisions of 10,000 milestones stands beside `overdue`, both with an empty
cache; `moves` and `history` read 4,000 commits of a plan of 1,000 milestones, in files of 250 and
all in one file.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from history import make
from run import Contender, beside, race, ratio

MOST_CHANGES = 3.0
"""How many times as long as `overdue` `changes` may take."""
MOST_SECONDS = 5.0
"""That `moves` and `history` may take."""


def changes(home: Path, hscp: str, runs: int) -> None:
    """`changes` beside `overdue`, each with an empty cache."""
    folder, cache = home / "changes", home / "cache"
    make(folder, 10_000, 40)
    env = {"HSCP_CACHE": str(cache)}

    def emptied() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    words = ("changes", "--since", "HEAD~20", "--rev", "HEAD")
    overdue, changes = race(
        [
            Contender("overdue", (hscp, "overdue"), folder, env, emptied),
            Contender("changes", (hscp, *words), folder, env, emptied),
        ],
        runs,
    )
    times = ratio(changes, overdue)
    over = "" if times <= MOST_CHANGES else "  over"
    print(f"changes, 10,000 milestones: {times:.2f} times overdue (≤ {MOST_CHANGES:g}){over}")


def history(home: Path, hscp: str, runs: int) -> None:
    """`moves` and `history` over 4,000 commits."""
    for files in (4, 1):
        folder = home / f"history-{files}"
        make(folder, 1_000, 4_000, files)
        for words in (("moves",), ("history", "P1.1")):
            (took,) = race([Contender(words[0], (hscp, *words), folder)], runs)
            over = "" if median(took) <= MOST_SECONDS else "  over"
            where = f"{files} {'files' if files > 1 else 'file'}"
            limit = f"(≤ {MOST_SECONDS:g} s)"
            print(f"{words[0]}, 4,000 commits, {where}: {median(took):.1f} s {limit}{over}")


def main() -> None:
    """Make the histories, time what reads them, print the figures."""
    parser = argparse.ArgumentParser(description="Time what reads git's history.")
    parser.add_argument("--runs", type=int, default=5, help="rounds of each (default: 5)")
    runs = parser.parse_args().runs
    hscp = beside("hscp")
    if hscp is None:
        sys.exit("There is no hscp beside this Python. Install it there: pip install -e .")
    with tempfile.TemporaryDirectory(prefix="hscp-bench-") as home:
        changes(Path(home), hscp, runs)
        history(Path(home), hscp, min(runs, 3))


if __name__ == "__main__":
    main()
