"""The cells and sentences that papers share: an entry of a log, what shows it, a milestone with its
extra columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..document import Link, Stack, sentence_of
from ..words import listed, sentence
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..document import Cell, Line, Part
    from ..model import Column, Entry, Head
    from ..order import Order
    from ..standing import Standing


def entry_line(entry: Entry, standing: Standing, head: Head, evidence: bool = True) -> Line:
    """An entry of a log: its day, who says it where that is not who leads, what it changed, its
    note, who agreed it, and (`evidence`) what shows it."""
    parts: list[Part] = [entry.date]
    leads = [head.whole(name) for name in standing.lead]
    if entry.by and head.whole(entry.by) not in leads:
        parts.append(f", {entry.by}")
    if entry.for_:
        parts.append(f", {phrases.reported_for(entry.for_)}")
    if entry.move:
        parts += [", due date moved from ", entry.move.from_, " to ", entry.move.to]
    elif entry.moved:
        parts += [", due date set: ", entry.moved.to]
    if entry.status:
        parts.append(f", {head.word_for(entry.status)}")
    parts.append(f": {end_sentence(entry.note)}" if entry.note else ".")
    if entry.agreed:
        parts.append(f" Agreed: {end_sentence(entry.agreed)}")
    elif standing.unagreed(entry):
        parts.append(f" {sentence(phrases.NOT_AGREED)}.")
    # Last, and with no full stop: it may end in an address.
    if evidence and entry.evidence:
        parts += [" Evidence: ", *evidence_line(entry.evidence)]
    return tuple(parts)


def last_said(standing: Standing, head: Head, evidence: bool = True) -> Cell:
    """The last entry of its log; below it, that nothing shows what is said of it."""
    last = standing.last_said
    if last is None:
        return "Nothing logged"
    bare = phrases.capital(phrases.nothing_shown(standing, head))
    return Stack(entry_line(last, standing, head, evidence), (bare,) if bare else ())


def evidence_line(evidence: Iterable[str]) -> Line:
    """Evidence as a sentence lists it, an address of the web to go to."""
    return sentence_of([(_reference(item),) for item in evidence])


def _reference(item: str) -> str | Link:
    return Link(item, item) if re.fullmatch(r"https?://\S+", item, re.IGNORECASE) else item


def stack(lines: Sequence[Line], otherwise: str) -> Cell:
    """Lines as a cell, one below the other; another text where there are none."""
    return Stack(lines[0], tuple(lines[1:])) if lines else otherwise


def end_sentence(text: str) -> str:
    """A text as a sentence among others: it ends in a full stop where it ends in nothing."""
    plain = text.rstrip()
    return plain if plain.endswith((".", "!", "?", "…", '."', ".”")) else f"{plain}."


def milestone(
    standing: Standing, columns: Iterable[Column], *notes: Line, order: Order | None = None
) -> Stack:
    """A milestone's id and action; below it what it answers, what it waits for (with the `order`
    how that stands), what it has in these extra columns, that it is open though what it belongs to
    was closed, and these notes."""
    milestone = standing.milestone
    # What its action says already is not said twice.
    answers = [a for a in phrases.answers(milestone, standing.head) if a not in milestone.action]
    below: list[Line] = [("Answers: ", "; ".join(answers))] if answers else []
    more = milestone.more
    below += [("From: ", milestone.from_)] if milestone.from_ else []
    if milestone.after and standing.open:
        text = phrases.awaited(standing, order) if order else listed(milestone.after)
        below += [(f"Waits for: {text}",)] if text else []
    below += [(f"{c.label}: {more[c.key]}",) for c in columns if c.key in more]
    if left := phrases.left_open(standing):
        below.append((f"{sentence(left)}.",))
    return Stack((f"{milestone.id} {milestone.action}",), (*below, *filter(None, notes)))


def standing(standing: Standing, head: Head) -> Stack:
    """How it stands; below it what is said of it, where that is something else."""
    mark, status = phrases.mark(standing, head), standing.milestone.status
    if standing.kind == "late to start" or not standing.says_else:
        return Stack((mark,))
    word = head.word_for(status)
    if status == "not started":
        note = sentence(word)
    elif standing.disagrees:
        note = f"Still said to be {word}"
    else:
        note = f"Said to be {word}"
    return Stack((mark,), ((note,),))


def ending(standing: Standing) -> tuple[Cell, Cell, Cell]:
    """What was closed or completed: how and when, why, who agreed it."""
    ended, how = standing.ending, sentence(standing.plan.head.word_for(standing.kind))
    entry = ended and ended.entry
    if not entry:
        when: Cell = Stack((how,), ((f"{sentence(phrases.NOT_LOGGED)}.",),))
    else:
        when = Stack((f"{how}, ", entry.date))
    why = end_sentence(entry.note) if entry and entry.note else "No reason is given"
    return when, why, (ended and ended.agreed) or sentence(phrases.NOT_AGREED)


def timescale(standing: Standing) -> Stack:
    """From when to when; below it how often it recurs and what is next, and how often that
    moved."""
    start, due, review = standing.milestone.start, standing.milestone.due, standing.milestone.review
    if due.undated:
        none = phrases.no_date(standing.milestone)
        when: Line = ("From ", start, f"; {none}") if start else (sentence(none),)
    elif due.ongoing and review:
        when = ("Ongoing; review ", review)
        if start:
            when = ("Ongoing from ", start, "; review ", review)
    elif start and start != due:
        when = (start, " to ", due)
    else:
        when = (due,)
    below = (phrases.recurs(standing), phrases.move_count(standing))
    return Stack(when, tuple(phrases.capital(line) for line in below if line))


def slug(name: str) -> str:
    """A name as part of a file's: chair-of-safeguarding-effectiveness-sub-group."""
    from unicodedata import normalize

    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-") or "unnamed"


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Each name as part of a file's, no two alike: those that a slug does not tell apart, such as
    SE Sub-Group and SE Sub Group, are numbered in their order."""
    slug_of: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        plain = slug(name)
        # One more than those taken is always free.
        numbered = (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3)))
        slug_of[name] = next(candidate for candidate in numbered if candidate not in taken)
        taken.add(slug_of[name])
    return slug_of
