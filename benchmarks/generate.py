"""Makes a plan of N milestones, the same at each run, and the same plan for three other tools.

    python benchmarks/generate.py 1000 FOLDER

writes FOLDER/plan/ (for hscp), FOLDER/tasks.json (`task import`), FOLDER/plan.journal (hledger)
and FOLDER/plan.beancount. The plan is faultless under the format as at DAY, and invented.
"""

from __future__ import annotations

import argparse
import json
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from textwrap import wrap
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2022, 6, 15)
"""The day to look at the plan: nothing in it was logged later."""
FIRST, MONTHS = date(2021, 4, 1), 24
FEWEST_FILES, MOST_IN_FILE, IN_OBJECTIVE = 4, 1_000, 25

BOARD = "HSCP Executive Board"
PARTNERS = "HSCP Statutory Safeguarding Partners"
LEADS = (
    "Chair of Safeguarding Effectiveness Sub-Group",
    "Chair of Learning and Development Sub-Group",
    "Chair of Contextual Safeguarding Sub-Group",
    "Head of Safeguarding and Quality Assurance",
    "Designated Nurse for Safeguarding Children",
    "Virtual School Headteacher",
)
THEMES = (
    "Neglect",
    "Child sexual abuse",
    "Vulnerable children in education",
    "Children with disabilities and SEN",
    "Domestic abuse",
    "Safeguarding adolescents",
    "Early help",
    "Mental health and wellbeing",
    "Babies under one",
    "Online harm",
)
DONE = (
    "Audit practice in",
    "Review the threshold guidance for",
    "Deliver multi-agency training on",
    "Report to the Board on",
    "Publish a practice briefing on",
    "Implement the recommendations of the learning review of",
    "Trial a shared chronology for",
    "Gather what children and families say of",
)
OF = (
    "initial child protection conferences",
    "strategy discussions held out of hours",
    "children missing from home or care",
    "referrals from schools and colleges",
    "the voice of the child in assessments",
    "supervision of safeguarding practitioners",
    "children known to more than one service",
)
NOTES = (
    "Action plan agreed; each recommendation has an agency to carry it out.",
    "Six of eleven recommendations carried out; the rest wait for the new guidance.",
    "Two teams chosen and briefed, and a date set for the first session.",
    "Draft shared with all agencies for comment. Health and police have answered, schools will "
    "after half term.",
    "Eight of ten courses delivered; the last two are in the coming quarter.",
    "Figures gathered from four of five agencies.",
)
REASONS = (
    "Second team delayed by recruitment.",
    "The audit tool was not ready, and partners asked for another month to test it.",
    "Put back so that the findings of the inspection can be taken in.",
)


@dataclass(frozen=True, slots=True)
class Due:
    """A date as the plan writes it, and its last day."""

    text: str
    last: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a log."""

    day: date
    by: str
    note: str
    status: str = ""
    moved: tuple[str, str] | None = None
    agreed: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone, and what the log says of it."""

    id: str
    start: str
    due: Due
    action: str
    status: str
    log: tuple[Entry, ...]

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.status in ("complete", "closed")


@dataclass(frozen=True, slots=True)
class Objective:
    """Twenty-five milestones with one lead."""

    id: str
    lead: str
    complete_by: str
    milestones: list[Milestone] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Priority:
    """One file of the plan."""

    id: str
    title: str
    objectives: list[Objective] = field(default_factory=list)

    def each(self) -> Iterator[tuple[Objective, Milestone]]:
        """Its milestones, each with its objective."""
        return ((o, milestone) for o in self.objectives for milestone in o.milestones)


def generate(folder: Path, n: int, files: int | None = None) -> None:
    """Write a plan of n milestones into folder/plan, and the other tools' files beside it."""
    made = priorities(n, files)
    plan = folder / "plan"
    plan.mkdir(parents=True, exist_ok=True)
    _write(plan / "plan.yaml", _head())
    width = len(str(len(made)))
    for number, priority in enumerate(made, 1):
        _write(plan / f"p{number:0{width}}.yaml", _priority(priority))
    _write(folder / "tasks.json", _tasks(made))
    _write(folder / "plan.journal", _journal(made))
    _write(folder / "plan.beancount", _beancount(made))


def priorities(n: int, files: int | None = None) -> list[Priority]:
    """The plan, the same for the same n, in so many files (default: as few as may be)."""
    random = Random(n)
    files = files or max(FEWEST_FILES, -(-n // MOST_IN_FILE))
    made = []
    for number in range(files):
        theme = THEMES[number % len(THEMES)]
        priority = Priority(f"P{number + 1}", theme)
        for place in range(n // files + (number < n % files)):
            if place % IN_OBJECTIVE == 0:
                id = f"{priority.id}-{_letters(place // IN_OBJECTIVE)}"
                priority.objectives.append(Objective(id, random.choice(LEADS), "2023-03"))
            objective = priority.objectives[-1]
            milestone = _milestone(random, f"{priority.id}.{place + 1}", theme, objective.lead)
            objective.milestones.append(milestone)
        made.append(priority)
    return made


def _milestone(random: Random, id: str, theme: str, lead: str) -> Milestone:
    month = random.randrange(MONTHS)
    due = _due(random, month)
    past = due.last < DAY
    start = ""
    if random.random() < 0.3:
        start = _month(max(0, month - random.randint(3, 6))).text
    action = f"{random.choice(DONE)} {random.choice(OF)} ({theme})"
    # Where the time is over, most have been reported on; about half of all.
    if random.random() >= (0.8 if past else 0.15):
        return Milestone(id, start, due, action, "not started", ())
    status = random.choices(
        ("complete", "closed", "on track", "at risk", "off track"),
        (85, 4, 4, 4, 3) if past else (10, 2, 55, 23, 10),
    )[0]
    return Milestone(id, start, due, action, status, _log(random, month, due, status, lead))


def _log(random: Random, month: int, due: Due, status: str, lead: str) -> tuple[Entry, ...]:
    """One to three entries in order of date, of which the last says the status."""
    number = random.randint(1, 3)
    last = min(due.last + timedelta(20), DAY - timedelta(1))
    first = max(FIRST, min(due.last - timedelta(240), last - timedelta(60)))
    days = sorted(first + timedelta(random.randint(0, (last - first).days)) for _ in range(number))
    moves: list[tuple[str, str]] = []
    if number > 1 and month >= 8 and random.random() < 0.3:
        stops = [_month(month - 6).text, _month(month - 4).text, due.text][-number:]
        moves = [(stops[n], stops[n + 1]) for n in range(len(stops) - 1)]
    made = []
    for n, day in enumerate(days):
        moved = moves[n] if n < len(moves) else None
        note = random.choice(REASONS if moved else NOTES)
        agreed = f"{BOARD}, {_shown(day)}" if moved and random.random() < 0.6 else ""
        if n < number - 1:
            said = "on track" if n == 0 else ""
            made.append(Entry(day, lead, note, said, moved, agreed))
            continue
        evidence = ""
        if status == "complete":
            evidence = random.choice(
                (
                    f"Safeguarding Effectiveness Sub-Group minutes, {_shown(day)}, item 5",
                    f"https://www.example.org/hscp/papers/{day}",
                )
            )
        if status == "closed":
            note = "Stopped; the work is taken up by the partnership's new improvement plan."
        made.append(Entry(day, lead, note, status, None, "", evidence))
    return tuple(made)


def _due(random: Random, month: int) -> Due:
    """A due date in that month or the quarter that holds it: a month, a day or a quarter."""
    form = random.random()
    whole = _month(month)
    if form < 0.75:
        return whole
    if form < 0.9:
        day = whole.last.replace(day=random.randint(1, whole.last.day))
        return Due(day.isoformat(), day)
    quarter, start = month // 3 % 4 + 1, FIRST.year + month // 12
    return Due(f"Q{quarter} {start}/{(start + 1) % 100}", _month(month // 3 * 3 + 2).last)


def _month(month: int) -> Due:
    year, number = divmod(FIRST.month - 1 + month, 12)
    year, number = FIRST.year + year, number + 1
    return Due(f"{year}-{number:02}", date(year, number, monthrange(year, number)[1]))


def _shown(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _letters(number: int) -> str:
    """A to Z, then AA, AB …"""
    ahead = _letters(number // 26 - 1) if number >= 26 else ""
    return ahead + chr(ord("A") + number % 26)


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
  start: {_month(0).text}
  end: {_month(MONTHS - 1).text}
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


def _tasks(made: list[Priority]) -> str:
    tasks: list[dict[str, object]] = []
    for priority in made:
        for objective, milestone in priority.each():
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


def _journal(made: list[Priority]) -> str:
    lines = []
    for priority in made:
        for objective, milestone in priority.each():
            mark = "*" if milestone.over else "!"
            lines.append(f"{milestone.due.last} {mark} ({milestone.id}) {milestone.action}")
            lines.append(f"    ; lead: {objective.lead}")
            lines.append(f"    ; said: {milestone.status}")
            lines += [f"    ; {e.day} {e.note} {e.evidence}".rstrip() for e in milestone.log]
            lines += [f"    ({priority.id}:{objective.id})  1", ""]
    return "\n".join(lines)


def _beancount(made: list[Priority]) -> str:
    lines = [f"{FIRST} open Equity:Plan HSCP"]
    for priority in made:
        account = f"Assets:{priority.id}"
        lines += [f"{FIRST} open {account}:{o.id} HSCP" for o in priority.objectives]
        for objective, milestone in priority.each():
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
