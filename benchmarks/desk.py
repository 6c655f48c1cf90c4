"""Times the pages of `hscp desk`: what a request takes once warm, beside one that asks for nothing.

    .venv/bin/python benchmarks/desk.py [--runs 15]

In one process, without a browser and a network: what the desk itself takes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from generate import DAY, generate
from werkzeug.test import Client

from hscp_plan.desk.app import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = {21: 0.05, 1000: 1.0}
"""Seconds that a page may take, by how many milestones the plan has."""
NOTHING = "/papers/nothing.docx"
PAGES = ("/", "/due", "/timeline", "/moves", "/decisions", "/questions", "/measures", "/lists",
         "/plan/P1", "/plan/P1.1", "/find?words=audit", "/check", "/record", "/record/progress",
         "/meeting", "/ask", "/papers")  # fmt: skip
NOTE = {"id": "P1.1", "note": "It went on."}


def seconds(act: Callable[[], object], runs: int) -> float:
    """The median of what an act takes, after two that do not count."""
    took = []
    for number in range(runs + 2):
        started = perf_counter()
        act()
        if number >= 2:
            took.append(perf_counter() - started)
    return median(took)


def pages(folder: Path, n: int, runs: int) -> bool:
    """Print what each page takes; whether none takes too long."""
    desk = Desk(folder)
    client = Client(desk)
    empty = seconds(lambda: client.get(NOTHING), runs)
    token = {"token": desk.frame.token}
    acts: dict[str, Callable[[], object]] = {page: partial(client.get, page) for page in PAGES}
    acts["look first"] = lambda: client.post(
        "/record/progress", data={**token, **NOTE, "do": "look"}
    )
    acts["record"] = lambda: client.post("/record/progress", data={**token, **NOTE})
    acts["undo"] = lambda: client.post(
        "/undo", data={**token, "id": "P1.1", "state": desk.frame.state()}
    )
    good = True
    for name, act in acts.items():
        took = seconds(act, runs)
        over = took > MOST[n]
        good = good and not over
        times = (
            f"{took / empty:6.1f} × nothing (≤ {MOST[n] * 1000:.0f} ms){'  over' if over else ''}"
        )
        print(f"{name:18}{n:7,} milestones  {took * 1000:7.1f} ms  {times}")
    return good


def main() -> None:
    """Make the plans, time the pages, print the figures."""
    parser = argparse.ArgumentParser(description="Time the pages of the desk.")
    parser.add_argument("--runs", type=int, default=15, help="requests of each (default: 15)")
    runs = parser.parse_args().runs
    os.environ["HSCP_AS_AT"] = DAY.isoformat()
    with tempfile.TemporaryDirectory(prefix="hscp-bench-") as home:
        os.environ["HSCP_CACHE"] = str(Path(home) / "cache")
        good = True
        for n in MOST:
            generate(Path(home) / str(n), n)
            good = pages(Path(home) / str(n) / "plan", n, runs) and good
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
