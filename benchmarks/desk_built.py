"""Times the built desk in Chromium, beside an empty Pyodide in the same browser.

    .venv/bin/python benchmarks/desk_built.py [--runs 5]

Its size; the seconds until the first page of a plan of 21 milestones stands there, which is chosen
at once, with nothing kept in the browser and then with everything kept; and a page once the plan is
open, at 21 and at 1,000. Medians, each beside its target on an idle machine of two cores. Needs
npm, PyPI and the extra `browser`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from generate import generate

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browser import opened
from built_desk import build_folder, built, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

MOST_MEGABYTES = 15
FIRST, LATER = 10.0, 4.0
"""The seconds that the first page may take, with nothing kept and with everything kept."""
ACTIONS = {21: 0.3, 1_000: 1.0}
"""The seconds that a page may take once the plan is open, by how many milestones it has."""
PAGES = ("/", "/due", "/overdue", "/questions", "/record/progress", "/check")
EMPTY = """<!doctype html><title>Empty</title><script type="module">
import { loadPyodide } from "./BUILD/pyodide.mjs";
const wasm = await fetch("BUILD/pyodide.asm.wasm.gz");
const plain = fetch;
self.fetch = (asked, how) => String(asked.url ?? asked).endsWith(".wasm")
  ? new Response(wasm.body.pipeThrough(new DecompressionStream("gzip")),
                 {headers: {"Content-Type": "application/wasm"}})
  : plain(asked, how);
await loadPyodide();
document.title = "Ready.";
</script>"""
GO = "place => { location.hash = place }"


def report(what: str, seconds: list[float], limit: float | None = None) -> None:
    """A line of what something took."""
    took = median(seconds)
    target = "" if limit is None else f" (≤ {limit:g} s)" + ("  over" if took > limit else "")
    print(f"{what:44}{took:7.2f} s{target}", flush=True)


def empty(browser: Browser, address: str) -> float:
    """Seconds until an empty Pyodide stands ready."""
    with browser.new_context() as context:
        page = context.new_page()
        began = perf_counter()
        page.goto(f"{address}empty.html")
        while page.title() != "Ready.":
            page.wait_for_timeout(10)
        return perf_counter() - began


def opens(context: BrowserContext, address: str, folder: Path) -> tuple[Page, float, float]:
    """A page of the desk that has the plan open, and the seconds until one could be chosen and
    until its first page stood there."""
    page = context.new_page()
    began = perf_counter()
    page.goto(address)
    page.get_by_text("Ready.").wait_for(timeout=120_000)
    ready = perf_counter() - began
    page.set_input_files("#_files", sorted(folder.glob("*.yaml")))
    page.locator("#_find").wait_for(timeout=120_000)
    return page, ready, perf_counter() - began


def starts(browser: Browser, address: str, folder: Path, runs: int) -> None:
    """From nothing to the first page of a plan, each time beside an empty Pyodide."""
    nothing, ready, first, kept_ready, kept = [], [], [], [], []
    for _ in range(runs):
        nothing.append(empty(browser, address))
        with browser.new_context() as context:
            page, *took = opens(context, address, folder)
            ready.append(took[0])
            first.append(took[1])
            page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
            page.close()
            _, *took = opens(context, address, folder)
            kept_ready.append(took[0])
            kept.append(took[1])
    report("an empty Pyodide, its modules compiled", nothing)
    report("ready for a plan, with nothing kept", ready)
    report("first page, with nothing kept", first, FIRST)
    report("ready for a plan, with everything kept", kept_ready)
    report("first page, with everything kept", kept, LATER)


def pages(browser: Browser, address: str, folder: Path, n: int, runs: int) -> None:
    """Opening a plan, and each page of it."""
    with browser.new_context() as context:
        page, ready, first = opens(context, address, folder)
        report(f"{n:,} milestones: opened", [first - ready])
        for place in PAGES:
            took = []
            for _ in range(runs + 1):
                page.evaluate("location.hash = '#/papers'")
                page.locator("body:not([aria-busy])").wait_for()
                began = perf_counter()
                page.evaluate(GO, place)
                page.locator("body:not([aria-busy])").wait_for(timeout=60_000)
                took.append(perf_counter() - began)
            # The first loads what only that page needs.
            report(f"{n:,} milestones: {place}, at first", took[:1])
            report(f"{n:,} milestones: {place}", took[1:], ACTIONS[n])


def main() -> None:
    """Build it, and time it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name, opened() as browser:
        home = Path(name)
        desk = built(home / "desk")
        size = sum(path.stat().st_size for path in desk.rglob("*") if path.is_file()) / 1e6
        over = "  over" if size > MOST_MEGABYTES else ""
        print(f"{'size':44}{size:7.1f} MB (≤ {MOST_MEGABYTES} MB){over}")
        empty_page = EMPTY.replace("BUILD", build_folder(desk).name)
        (desk / "empty.html").write_text(empty_page, encoding="utf-8")
        with served(desk) as address:
            for n in ACTIONS:
                generate(home / str(n), n)
            starts(browser, address, home / "21" / "plan", runs)
            for n in ACTIONS:
                pages(browser, address, home / str(n) / "plan", n, runs)


if __name__ == "__main__":
    main()
