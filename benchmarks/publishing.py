"""Times what is published: the Board's paper, the exports and the pages.

    .venv/bin/python benchmarks/publishing.py [--runs 5]

Papers and exports stand as multiples of an empty Python; the pages of 10,000 milestones in seconds
and megabytes.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from generate import DAY, generate
from run import Contender, beside, race, ratio

AS_AT = ("--as-at", DAY.isoformat())
TARGETS = {
    "report board, Word": (21, ("report", "board", "--force"), 40),
    "report plan, Word": (21, ("report", "plan", "--force"), None),
    "export csv": (10_000, ("export", "csv"), 40),
    "export json": (10_000, ("export", "json"), 40),
    "export xlsx": (10_000, ("export", "xlsx", "--force"), None),
    "export ics": (10_000, ("export", "ics"), None),
}
MOST_SECONDS, MOST_MEGABYTES = 30, 500


def files(home: Path, hscp: str, runs: int) -> None:
    """Papers and exports beside an empty Python, with a warm cache."""
    env = {"HSCP_CACHE": str(home / "cache")}
    nothing = Contender("nothing", (sys.executable, "-c", "pass"), home, silent=True)
    for name, (n, words, target) in TARGETS.items():
        folder = home / str(n)
        ours = Contender(name, (hscp, *words, *AS_AT), folder, env)
        ours.run()
        empty, took = race([nothing, ours], runs)
        times = ratio(took, empty)
        limit = "" if target is None else f" (≤ {target})" + ("  over" if times > target else "")
        print(f"{name:20}{n:7,} milestones  {median(took):6.2f} s  {times:7.1f} × pass{limit}")


def site(home: Path, hscp: str) -> None:
    """The pages of 10,000 milestones: seconds, and the most memory at one time."""
    started = perf_counter()
    words = [hscp, "site", str(home / "site"), *AS_AT]
    subprocess.run(words, cwd=home / "10000", check=True, capture_output=True)
    took = perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    over = "  over" if took > MOST_SECONDS or most > MOST_MEGABYTES else ""
    limit = f"(≤ {MOST_SECONDS} s, {MOST_MEGABYTES} MB)"
    print(f"site                 10,000 milestones  {took:6.2f} s  {most:5.0f} MB {limit}{over}")


def main() -> None:
    """Make the plans, time what is made of them, print the figures."""
    parser = argparse.ArgumentParser(description="Time what is published.")
    parser.add_argument("--runs", type=int, default=5, help="rounds of each (default: 5)")
    runs = parser.parse_args().runs
    hscp = beside("hscp")
    if hscp is None:
        sys.exit("There is no hscp beside this Python. Install it there: pip install -e .")
    with tempfile.TemporaryDirectory(prefix="hscp-bench-") as home:
        for n in (21, 10_000):
            generate(Path(home) / str(n), n)
        files(Path(home), hscp, runs)
        site(Path(home), hscp)


if __name__ == "__main__":
    main()
