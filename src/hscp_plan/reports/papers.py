"""What the papers for people who read, and type nothing, say alike: an entry of a log, what shows
it, a milestone with its extra columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..document import Link, Stack, sentence_of
from ..words import sentence
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..dates import PlanDate
    from ..document import Cell, Line, Mark
    from ..model import Column, Entry, Head
    from ..standing import Standing


def logged(entry: Entry, standing: Standing, head: Head, evidence: bool = True) -> Line:
    """An entry of a log: its day, who says it where that is not who leads, what it changed, its
    note, who agreed it, and (`evidence`) what shows it."""
    parts: list[str | Mark | PlanDate | Link] = [entry.date]
    leads = [head.whole(name) for name in standing.lead]
    if entry.by and head.whole(entry.by) not in leads:
        parts.append(f", {entry.by}")
    if entry.move:
        parts += [", due date moved from ", entry.move.from_, " to ", entry.move.to]
    elif entry.moved:
        parts += [", due date set: ", entry.moved.to]
    if entry.status:
        parts.append(f", {head.called(entry.status)}")
    parts.append(f": {stopped(entry.note)}" if entry.note else ".")
    if entry.agreed:
        parts.append(f" Agreed: {stopped(entry.agreed)}")
    elif standing.unagreed(entry):
        parts.append(f" {sentence(phrases.NOT_AGREED)}.")
    # Last, and with no full stop: it may end in an address.
    if evidence and entry.evidence:
        parts += [" Evidence: ", *cited(entry.evidence)]
    return tuple(parts)


def cited(evidence: Iterable[str]) -> Line:
    """Evidence as a sentence lists it, an address of the web to go to."""
    return sentence_of([(_reference(item),) for item in evidence])


def _reference(item: str) -> str | Link:
    return Link(item, item) if re.fullmatch(r"https?://\S+", item, re.IGNORECASE) else item


def stacked(lines: Sequence[Line], otherwise: str) -> Cell:
    """Lines as a cell, one below the other; another text where there are none."""
    return Stack(lines[0], tuple(lines[1:])) if lines else otherwise


def stopped(text: str) -> str:
    """A text as a sentence among others: it ends in a full stop where it ends in nothing."""
    plain = text.rstrip()
    return plain if plain.endswith((".", "!", "?", "…", '."', ".”")) else f"{plain}."


def milestone(standing: Standing, columns: Iterable[Column], *notes: Line) -> Stack:
    """A milestone's id and action; below it what it answers, what it has in these extra columns,
    that it is open though what it belongs to was closed, and these notes."""
    own = standing.milestone
    named = [answered for answered in own.answers if answered not in own.action]
    below: list[Line] = [("Answers: ", "; ".join(named))] if named else []
    below += [(f"{c.label}: {own.more[c.key]}",) for c in columns if c.key in own.more]
    if left := phrases.left_open(standing):
        below.append((f"{sentence(left)}.",))
    return Stack((f"{own.id} {own.action}",), (*below, *filter(None, notes)))


def standing(standing: Standing, head: Head) -> Stack:
    """How it stands; below it what is said of it, where that is something else."""
    mark, status = phrases.mark(standing, head), standing.milestone.status
    if standing.kind in (status, "late to start"):
        return Stack((mark,))
    said = "Still said to be" if standing.disagrees else "Said to be"
    word = head.called(status)
    return Stack((mark,), ((sentence(word) if status == "not started" else f"{said} {word}",),))


def ending(standing: Standing) -> tuple[Cell, Cell, Cell]:
    """What was closed or completed: how and when, why, who agreed it."""
    ended, how = standing.ending, sentence(standing.plan.head.called(standing.kind))
    entry = ended and ended.entry
    if not entry:
        when: Cell = Stack((how,), ((f"{sentence(phrases.NOT_LOGGED)}.",),))
    else:
        when = Stack((f"{how}, ", entry.date))
    why = stopped(entry.note) if entry and entry.note else "No reason is given"
    return when, why, (ended and ended.agreed) or sentence(phrases.NOT_AGREED)


def timescale(standing: Standing) -> Stack:
    """From when to when; below it how often that moved."""
    own = standing.milestone
    if own.due.undated:
        when: Line = ("From ", own.start, "; no date") if own.start else ("No date",)
    elif own.due.ongoing and own.review:
        when = ("Ongoing; review ", own.review)
        if own.start:
            when = ("Ongoing from ", own.start, "; review ", own.review)
    elif own.start and own.start != own.due:
        when = (own.start, " to ", own.due)
    else:
        when = (own.due,)
    moved = phrases.capital(phrases.moved(standing))
    return Stack(when, (moved,) if moved else ())


def slug(name: str) -> str:
    """A name as part of a file's: chair-of-safeguarding-effectiveness-sub-group."""
    from unicodedata import normalize

    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-") or "unnamed"


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Each name as part of a file's, no two alike: those that a slug does not tell apart, such as
    SE Sub-Group and SE Sub Group, are numbered in their order."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        own = slug(name)
        numbered = (own, *(f"{own}-{n}" for n in range(2, len(taken) + 3)))
        made[name] = next(each for each in numbered if each not in taken)
        taken.add(made[name])
    return made
