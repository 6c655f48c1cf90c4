"""Invents a plan of N milestones, the same at each run, as objects: `generate` writes it.

Nothing in it is random but by a generator that N seeds.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from random import Random
from typing import TYPE_CHECKING

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

    def milestones(self) -> Iterator[tuple[Objective, Milestone]]:
        """Its milestones, each with its objective."""
        return ((o, milestone) for o in self.objectives for milestone in o.milestones)


def priorities(n: int, files: int | None = None) -> list[Priority]:
    """The plan, the same for the same n, in so many files (default: as few as may be)."""
    random = Random(n)
    files = files or max(FEWEST_FILES, ceil(n / MOST_IN_FILE))
    invented = []
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
        invented.append(priority)
    return invented


def _milestone(random: Random, id: str, theme: str, lead: str) -> Milestone:
    month = random.randrange(MONTHS)
    due = _due(random, month)
    past = due.last < DAY
    start = ""
    if random.random() < 0.3:
        start = month_due(max(0, month - random.randint(3, 6))).text
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
        stops = [month_due(month - 6).text, month_due(month - 4).text, due.text][-number:]
        moves = [(stops[n], stops[n + 1]) for n in range(len(stops) - 1)]
    entries = []
    for n, day in enumerate(days):
        moved = moves[n] if n < len(moves) else None
        note = random.choice(REASONS if moved else NOTES)
        agreed = f"{BOARD}, {_shown(day)}" if moved and random.random() < 0.6 else ""
        if n < number - 1:
            first_status = "on track" if n == 0 else ""
            entries.append(Entry(day, lead, note, first_status, moved, agreed))
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
        entries.append(Entry(day, lead, note, status, None, "", evidence))
    return tuple(entries)


def _due(random: Random, month: int) -> Due:
    """A due date in that month or the quarter that holds it: a month, a day or a quarter."""
    form = random.random()
    whole = month_due(month)
    if form < 0.75:
        return whole
    if form < 0.9:
        day = whole.last.replace(day=random.randint(1, whole.last.day))
        return Due(day.isoformat(), day)
    quarter, start = month // 3 % 4 + 1, FIRST.year + month // 12
    return Due(f"Q{quarter} {start}/{(start + 1) % 100}", month_due(month // 3 * 3 + 2).last)


def month_due(month: int) -> Due:
    """A month as a due date, by its number from the first of the plan."""
    year, number = divmod(FIRST.month - 1 + month, 12)
    year, number = FIRST.year + year, number + 1
    return Due(f"{year}-{number:02}", date(year, number, monthrange(year, number)[1]))


def _shown(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _letters(number: int) -> str:
    """A to Z, then AA, AB …"""
    ahead = _letters(number // 26 - 1) if number >= 26 else ""
    return ahead + chr(ord("A") + number % 26)
