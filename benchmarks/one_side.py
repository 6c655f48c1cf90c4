"""Turns the Board's page into PDF on many days of several plans, and says which runs over one side.

    python benchmarks/one_side.py [--days 24] [--keep FOLDER]

It needs LibreOffice and poppler (pdfinfo, pdftotext) on the PATH. Beside how many sides a page
takes stands how far down its text reaches, and how far `layout` says that it does. Ends with 1
where one takes two, or reaches lower than was worked out.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generate import generate

from hscp_plan import store
from hscp_plan.as_at import as_at
from hscp_plan.layout import A4, END_MARGIN, PAGE_HEIGHT, height
from hscp_plan.naming.meetings import last_meeting, next_board
from hscp_plan.reports.board import Board, Since
from hscp_plan.writers import docx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hscp_plan.document import Paper
    from hscp_plan.model import Plan

REPO = Path(__file__).parent.parent
FIRST, EVERY = date(2021, 5, 5), 31
"""The first day, and how many days lie between one and the next."""
SECONDS = 600
NEAR = 6
"""How much lower than was worked out a text may reach, in points: a symbol of another font."""


class Page(NamedTuple):
    """A Board's page, and the file that it is drawn in."""

    name: str
    paper: Paper


def main() -> None:
    """Draw every page, turn them into PDF, print a line for each that is not as it should be."""
    parser = argparse.ArgumentParser(description="Is the Board's page one side on every day?")
    parser.add_argument("--days", type=int, default=24, help="days of each plan (default: 24)")
    parser.add_argument("--keep", type=Path, help="a folder in which to keep the PDFs")
    given = parser.parse_args()
    tools = [name for name in ("soffice", "pdfinfo", "pdftotext") if not shutil.which(name)]
    if tools:
        sys.exit(f"Not on the PATH: {', '.join(tools)}. Nothing was measured.")
    with tempfile.TemporaryDirectory(prefix="hscp-one-side-") as home:
        folder = Path(home)
        wrong = 0
        for name, plan in plans(folder):
            days = [FIRST + timedelta(EVERY * n) for n in range(given.days)]
            pages = [Page(f"{name}-{day}", page_of(plan, day)) for day in days]
            wrong += sum(measure(folder, pages))
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            for path in folder.glob("*.pdf"):
                shutil.copy(path, given.keep)
    sys.exit(1 if wrong else 0)


def plans(folder: Path) -> Iterator[tuple[str, Plan]]:
    """The published plan, the demonstration, and three that are made: of many milestones, of many
    priorities and decisions, of long texts and names."""
    yield "published", store.open_plan(REPO / "plan").plan
    yield "demo", store.with_asked(store.open_plan(REPO / "examples" / "demo-plan")).plan
    generate(folder / "many", 400, 6)
    yield "many", store.open_plan(folder / "many" / "plan").plan
    for name, priorities, words in (("wide", 30, 6), ("long", 8, 60)):
        home = folder / name
        home.mkdir()
        for file, text in invented(priorities, words):
            (home / file).write_text(text, encoding="utf-8")
        yield name, store.with_asked(store.open_plan(home)).plan


def invented(priorities: int, words: int) -> Iterator[tuple[str, str]]:
    """The files of a plan of so many priorities, whose texts have so many words: two Boards, and
    in each priority something late, at risk, moved, closed, new, decided and assured. Before each
    meeting leads were asked, of whom some answered."""
    text = " ".join(
        ("Safeguarding arrangements for multi-agency practice " * words).split()[:words]
    )
    board = f"The Executive Board of {text}"
    days = [FIRST + timedelta(60 * n) for n in range(12)]
    meetings = "".join(f"  - {{date: {day}, group: '{board}'}}\n" for day in days)
    yield (
        "plan.yaml",
        f"format: 1\nid: made\npartnership: Partnership for {text}\ntitle: Plan for {text}\n"
        "period: {start: 2021-04, end: 2023-03}\n"
        f"groups: [{{name: '{board}', kind: board}}]\nmeetings:\n{meetings}",
    )
    rounds = "".join(
        f"  - {{date: {day - timedelta(30)}, who: 'Lead {number}', ids: P{number}.1, "
        f"form: {n:04}00{number:04}{f', answered: {day}' if number % 3 else ''}}}\n"
        for n, day in enumerate(days)
        for number in range(1, priorities + 1)
    )
    yield "asked.yaml", f"asked:\n{rounds}"
    for number in range(1, priorities + 1):
        yield f"p{number:02}.yaml", "".join(_priority(number, text, board))


def _priority(number: int, text: str, board: str) -> Iterator[str]:
    yield f"id: P{number}\ntitle: 'Priority {number} {text}'\nuntil: 2022\nobjectives:\n"
    yield f"  - id: P{number}-A\n    lead: 'Lead of {text}'\n    milestones:\n"
    for place in range(1, 8):
        month = FIRST.month + place + number % 4
        due = date(2021 + month // 13, (month - 1) % 12 + 1, 1)
        day = due - timedelta(40)
        yield f"      - id: P{number}.{place}\n        due: {due:%Y-%m}\n"
        yield f"        action: 'Action {place} {text}'\n"
        if status := ("at risk", "complete", "closed", "", "off track", "on track", "")[place - 1]:
            yield f"        status: {status}\n        progress:\n"
            yield f"          - {{date: {day}, note: 'Said: {text}', status: {status}}}\n"
    yield "decisions:\n"
    yield from (
        f"  - {{date: {FIRST + timedelta(60 * n)}, by: '{board}', decision: '{text}'}}\n"
        for n in range(number % 3, 12, 3)
    )
    if number % 2:
        yield f"assurance:\n  - {{date: {FIRST}, by: '{board}', level: partly, note: '{text}'}}\n"


def page_of(plan: Plan, day: date) -> Paper:
    """The page of a day, by the plan's own log."""
    now, head = as_at(plan, day), plan.head
    group = next_board(head, day)
    coming = [m for m in head.meetings if head.whole(m.group) == group and m.date.last >= day]
    last, since = last_meeting(head, group, day), None
    if last:
        before = last.date.first - timedelta(1)
        since = Since(
            as_at(plan, before), last.date.first, f"since {last.date.shown}", group, by_log=True
        )
    sender, foot = "Partnership business manager", "Made from the plan's files by hscp"
    return Board(now, day, group, since, tuple(coming), sender, foot).paper()


def measure(folder: Path, pages: list[Page]) -> Iterator[bool]:
    """Whether each page is wrong, with a line for each."""
    for page in pages:
        (folder / f"{page.name}.docx").write_bytes(docx.draw(page.paper))
    names = [f"{page.name}.docx" for page in pages]
    # Its own profile: an office that is open elsewhere would take the files and do nothing.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run(folder, "soffice", profile, "--headless", "--convert-to", "pdf", *names)
    for page in pages:
        sides, low = _read(folder, page.name)
        planned = height(page.paper.document)
        wrong = sides > 1 or low > planned + NEAR or planned > PAGE_HEIGHT
        print(
            f"{page.name:26} {sides} side{'s' if sides > 1 else ' '}  {low:4.0f} of "
            f"{PAGE_HEIGHT:.0f} points, worked out {planned:4.0f}{'   WRONG' if wrong else ''}"
        )
        yield wrong


def _read(folder: Path, name: str) -> tuple[int, float]:
    """How many sides a PDF has, and how far below its upper margin the first one's text reaches."""
    about = _run(folder, "pdfinfo", f"{name}.pdf")
    first = _run(folder, "pdftotext", "-bbox", "-l", "1", f"{name}.pdf", "-")
    ends = [float(end) for end in re.findall(r'yMax="([\d.]+)"', first)]
    foot = (A4[1] - END_MARGIN) / 20
    sides = re.search(r"Pages: +(\d+)", about)
    return int(sides[1]) if sides else 0, max(e for e in ends if e < foot) - END_MARGIN / 20


def _run(folder: Path, *words: str) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words[:3])}\n{done.stderr.decode(errors='replace')}")
    return done.stdout.decode(errors="replace")


if __name__ == "__main__":
    main()
