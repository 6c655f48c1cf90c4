"""Writes a plan of N milestones, the same at each run, and the same plan for three other tools.

    python benchmarks/generate.py 1000 FOLDER

writes FOLDER/plan/ (for hscp), FOLDER/tasks.json (`task import`), FOLDER/plan.journal (hledger)
and FOLDER/plan.beancount. The plan is faultless under the format as at DAY, and invented.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from invent import BOARD, DAY, FIRST, LEADS, MONTHS, PARTNERS, month_due, priorities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from invent import Milestone, Priority

__all__ = ["DAY", "generate"]


def generate(folder: Path, n: int, files: int | None = None) -> None:
    """Write a plan of n milestones into folder/plan, and the other tools' files beside it."""
    invented = priorities(n, files)
    plan = folder / "plan"
    plan.mkdir(parents=True, exist_ok=True)
    _write(plan / "plan.yaml", _head())
    width = len(str(len(invented)))
    for number, priority in enumerate(invented, 1):
        _write(plan / f"p{number:0{width}}.yaml", _priority(priority))
    _write(folder / "tasks.json", _tasks(invented))
    _write(folder / "plan.journal", _journal(invented))
    _write(folder / "plan.beancount", _beancount(invented))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


# As hscp's plan.


def _head() -> str:
    groups = "".join(f"  - name: {name}\n    kind: role\n" for name in LEADS)
    meetings = "".join(
        f"  - date: {date(2021 + month // 12, month % 12 + 1, 20)}\n    group: {BOARD}\n"
        for month in range(3, 24, 3)
    )
    return f"""\
# Made by benchmarks/generate.py: everything in this plan is invented.
format: 1
id: benchmark
partnership: A Safeguarding Children Partnership
short_name: ASCP
title: "A strategic plan (benchmark: invented)"
period:
  start: {month_due(0).text}
  end: {month_due(MONTHS - 1).text}
vision: Every child is safe, well and able to reach their full potential.
groups:
  - name: {BOARD}
    kind: board
  - name: {PARTNERS}
    kind: statutory partners
{groups}meetings:
{meetings}"""


def _priority(priority: Priority) -> str:
    lines = [
        f"id: {priority.id}",
        f"title: {priority.title}",
        "outcome: >-",
        "  There is a collective multi-agency response and agencies are intervening as early as",
        "  possible to avoid children and families living in chronic circumstances.",
        "evidence:",
        "  - Audit reports",
        "  - Training data analysis",
        "objectives:" if priority.objectives else "objectives: []",
    ]
    for objective in priority.objectives:
        lines += [
            f"  - id: {objective.id}",
            "    statements:",
            "      - >-",
            "        The partnership to be assured that the multi-agency practice is effective and",
            "        collaborative.",
            f"    complete_by: {objective.complete_by}",
            f"    accountable: {PARTNERS}",
            f"    lead: {objective.lead}",
            "    milestones:",
        ]
        for milestone in objective.milestones:
            lines += _milestone_lines(milestone)
    return "\n".join(lines) + "\n"


def _milestone_lines(milestone: Milestone) -> Iterator[str]:
    yield f"      - id: {milestone.id}"
    if milestone.start:
        yield f"        start: {milestone.start}"
    yield f"        due: {milestone.due.text}"
    yield from _text_lines(8, "action", milestone.action)
    if milestone.status != "not started":
        yield f"        status: {milestone.status}"
    if milestone.log:
        yield "        progress:"
    for entry in milestone.log:
        yield f"          - date: {entry.day}"
        yield f"            by: {entry.by}"
        yield from _text_lines(12, "note", entry.note)
        if entry.status:
            yield f"            status: {entry.status}"
        if entry.moved:
            yield f"            moved: {{from: {entry.moved[0]}, to: {entry.moved[1]}}}"
        if entry.agreed:
            yield f"            agreed: {entry.agreed}"
        if entry.evidence:
            yield f"            evidence: {entry.evidence}"


def _text_lines(indent: int, key: str, text: str) -> Iterator[str]:
    space = " " * indent
    if len(space) + len(key) + len(text) < 98:
        yield f"{space}{key}: {text}"
    else:
        yield f"{space}{key}: >-"
        for line in wrap(text, 98 - indent - 2):
            yield f"{space}  {line}"


# As the other tools'. Each has the due date's last day, the words and the log.


def _tasks(priorities: list[Priority]) -> str:
    tasks: list[dict[str, object]] = []
    for priority in priorities:
        for objective, milestone in priority.milestones():
            task: dict[str, object] = {
                "uuid": str(uuid5(NAMESPACE_URL, f"hscp:{milestone.id}")),
                "entry": _moment(FIRST),
                "due": _moment(milestone.due.last),
                "project": f"{priority.id}.{objective.id}",
                "description": f"{milestone.id} {milestone.action}",
                "status": "completed" if milestone.over else "pending",
            }
            if milestone.over:
                task["end"] = _moment(milestone.log[-1].day)
            if milestone.log:
                # Taskwarrior keeps one annotation a second.
                task["annotations"] = [
                    {
                        "entry": _moment(entry.day, second),
                        "description": f"{entry.note} ({entry.by})",
                    }
                    for second, entry in enumerate(milestone.log)
                ]
            tasks.append(task)
    return json.dumps(tasks, indent=0)


def _moment(day: date, second: int = 0) -> str:
    return f"{day:%Y%m%d}T0000{second:02}Z"


def _journal(priorities: list[Priority]) -> str:
    lines = []
    for priority in priorities:
        for objective, milestone in priority.milestones():
            mark = "*" if milestone.over else "!"
            lines.append(f"{milestone.due.last} {mark} ({milestone.id}) {milestone.action}")
            lines.append(f"    ; lead: {objective.lead}")
            lines.append(f"    ; said: {milestone.status}")
            lines += [f"    ; {e.day} {e.note} {e.evidence}".rstrip() for e in milestone.log]
            lines += [f"    ({priority.id}:{objective.id})  1", ""]
    return "\n".join(lines)


def _beancount(priorities: list[Priority]) -> str:
    lines = [f"{FIRST} open Equity:Plan HSCP"]
    for priority in priorities:
        account = f"Assets:{priority.id}"
        lines += [f"{FIRST} open {account}:{o.id} HSCP" for o in priority.objectives]
        for objective, milestone in priority.milestones():
            mark = "*" if milestone.over else "!"
            lines.append(f'{milestone.due.last} {mark} "{milestone.id}" "{milestone.action}"')
            lines.append(f'  lead: "{objective.lead}"')
            lines.append(f'  said: "{milestone.status}"')
            lines += [f'  log{n}: "{e.day} {e.note}"' for n, e in enumerate(milestone.log)]
            lines += [f"  {account}:{objective.id}  1 HSCP", "  Equity:Plan  -1 HSCP", ""]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a plan of N milestones in a folder.")
    parser.add_argument("n", metavar="N", type=int)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    given = parser.parse_args()
    generate(given.folder, given.n)
