"""Processor seconds and memory of a plan of 100,000 milestones, beside those of 25,000 and 50,000:
what takes four times as much of four times as many is linear.

    .venv/bin/python benchmarks/large.py [--quick] [--only WORD]

No command may take more than 500 MB, and no page of a site more than 2 MB. `history` and `moves`
read 200 commits of a plan of that size. `--quick` takes a tenth of the milestones; `--only export`
runs the commands that have that word.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import DAY
from run import beside, environment

SIZES, COMMITS = (25_000, 50_000, 100_000), 200
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
    "report plan": ("report", "plan", "--force"),
    "report annual": ("report", "annual", "--force"),
    "site": ("site", "site"),
    "history": ("history", "P1.1"),
    "moves": ("moves",),
}
OF_GIT = ("history", "moves")
MOST_MEGABYTES, MOST_PAGE = 500, 2_000_000
LINEAR = 1.5
"""How many times as long a milestone of the largest plan may take as one of the smallest: machines
differ from run to run."""


def make_plan(home: Path, size: int) -> Path:
    """The plan of so many milestones, and beside it one with a history."""
    folder, beside_us = home / str(size), Path(__file__).parent
    # In processes of their own: what ours holds is counted with what it starts.
    for words in (
        ("generate.py", str(size), str(folder)),
        ("history.py", str(size), str(COMMITS), str(folder / "history")),
    ):
        argv = (sys.executable, str(beside_us / words[0]), *words[1:])
        subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
    return folder


def took(hscp: str, words: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Seconds of the processor, which depend little on what else runs, and megabytes."""
    mine = {"HSCP_CACHE": str(folder / "cache")}
    if words[0] in OF_GIT:
        folder /= "history"
    else:
        mine["HSCP_AS_AT"] = DAY.isoformat()
    with subprocess.Popen(
        (hscp, *words),
        cwd=folder,
        env={**environment(), **mine},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        sys.exit(f"hscp {' '.join(words)} left with {running.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def row(name: str, sizes: tuple[int, ...], figures: list[tuple[float, float]]) -> str:
    """A line of the table: seconds and megabytes of each size, and how both grew."""
    seconds, rooms = zip(*figures, strict=True)
    more = sizes[-1] / sizes[0]
    over = ["not linear"] if seconds[-1] > LINEAR * more * seconds[0] else []
    over += ["over"] if max(rooms) > MOST_MEGABYTES else []
    columns = "".join(f"{s:8.1f} s{room:5.0f} MB" for s, room in figures)
    grew = f"{seconds[-1] / seconds[0]:7.1f}{rooms[-1] / rooms[0]:6.1f}"
    return f"{name:20}{columns}{grew}  {', '.join(over)}".rstrip()


def pages(folder: Path) -> None:
    """The largest page of the site."""
    largest = max((path.stat().st_size, path.name) for path in (folder / "site").rglob("*.html"))
    over = "  over" if largest[0] > MOST_PAGE else ""
    print(f"largest page: {largest[1]}, {largest[0] / 1e6:.2f} MB (≤ {MOST_PAGE / 1e6:g} MB){over}")


def main() -> None:
    """Make the plans, run every command on each, print the figures."""
    parser = argparse.ArgumentParser(description="Time a plan of 100,000 milestones.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the milestones")
    parser.add_argument("--only", default="", metavar="WORD", help="commands with that word alone")
    given = parser.parse_args()
    sizes = tuple(size // 10 for size in SIZES) if given.quick else SIZES
    hscp = beside("hscp")
    if hscp is None:
        sys.exit("There is no hscp beside this Python. Install it there: pip install -e .")
    with tempfile.TemporaryDirectory(prefix="hscp-bench-") as home:
        folders = [make_plan(Path(home), size) for size in sizes]
        print(f"{'':20}{''.join(f'{size:>18,}' for size in sizes)}{'s ×':>7}{'MB ×':>6}")
        for name, words in COMMANDS.items():
            if given.only in name:
                figures = [took(hscp, words, folder) for folder in folders]
                print(row(name, sizes, figures), flush=True)
        if (folders[-1] / "site").is_dir():
            pages(folders[-1])


if __name__ == "__main__":
    main()
