"""Seconds and memory of a plan of 100,000 milestones, beside one of 10,000: what takes ten times as
much is linear.

    .venv/bin/python benchmarks/large.py [--quick]

No command may take more than 500 MB, and no page of a site more than 2 MB. `--quick` takes 10,000
milestones beside 1,000.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from generate import DAY
from run import beside

COMMANDS = {
    "status, empty cache": ("status",),
    "status": ("status",),
    "overdue": ("overdue",),
    "timeline": ("timeline",),
    "check": ("check",),
    "export csv": ("export", "csv"),
    "export json": ("export", "json"),
    "export ics": ("export", "ics"),
    "export xlsx": ("export", "xlsx", "--force"),
    "report board": ("report", "board", "--force"),
    "site": ("site", "site"),
}
MOST_MEGABYTES, MOST_PAGE = 500, 2_000_000
LINEAR = 15
"""How many times as long ten times as many milestones may take: machines differ from run to run."""


def took(hscp: str, words: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Seconds and megabytes of one command."""
    env = {**os.environ, "HSCP_CACHE": str(folder / "cache"), "HSCP_AS_AT": DAY.isoformat()}
    started = perf_counter()
    with subprocess.Popen(
        (hscp, *words),
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        sys.exit(f"hscp {' '.join(words)} left with {running.returncode}")
    return perf_counter() - started, usage.ru_maxrss / 1024


def pages(folder: Path) -> None:
    """The largest page of the site."""
    largest = max((path.stat().st_size, path.name) for path in (folder / "site").glob("*.html"))
    over = "  over" if largest[0] > MOST_PAGE else ""
    print(f"largest page: {largest[1]}, {largest[0] / 1e6:.2f} MB (≤ {MOST_PAGE / 1e6:g} MB){over}")


def main() -> None:
    """Make both plans, run every command on each, print the figures."""
    parser = argparse.ArgumentParser(description="Time a plan of 100,000 milestones.")
    parser.add_argument("--quick", action="store_true", help="10,000, beside 1,000")
    sizes = (1_000, 10_000) if parser.parse_args().quick else (10_000, 100_000)
    hscp = beside("hscp")
    if hscp is None:
        sys.exit("There is no hscp beside this Python. Install it there: pip install -e .")
    with tempfile.TemporaryDirectory(prefix="hscp-bench-") as home:
        small, large = (Path(home) / str(size) for size in sizes)
        for size, folder in zip(sizes, (small, large), strict=True):
            # In a process of its own: what ours holds is counted with what it starts.
            made = (sys.executable, str(Path(__file__).parent / "generate.py"), str(size), folder)
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        print(f"{'':22}{sizes[0]:>10,}{sizes[1]:>10,}{'times':>8}{'MB':>7}")
        for name, words in COMMANDS.items():
            (first, _), (second, room) = took(hscp, words, small), took(hscp, words, large)
            over = ["not linear"] if second / first > LINEAR else []
            over += ["over"] if room > MOST_MEGABYTES else []
            figures = f"{first:8.1f} s{second:8.1f} s{second / first:8.1f}{room:7.0f}"
            print(f"{name:22}{figures}  {', '.join(over)}".rstrip(), flush=True)
        pages(large)


if __name__ == "__main__":
    main()
