"""The part of the Board's page that says what moved since it met: what was decided, closed and new,
then dates, completions, and what stands worse though nothing was logged of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..changes import Added, Edited, Listed, Logged, Redated, Removed, Restated
from ..model import WHOLE_PLAN, Decision, Milestone, Objective, Priority
from ..standing import is_recorded_beside, left_becomes
from ..words import count, cut, listed, sentence
from . import phrases
from ._side import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..changes import Change
    from ..model import Entry, Head, Plan
    from ..standing import Standing

MOST_WORDS = 56
"""How many characters of a text it shows; the whole of it stands in the plan."""
MOST_CALLED = 40
"""How many characters of a milestone's words it shows, beside what became of it."""
A_LINE = 86
"""About how many characters a line of what happened holds."""
TO_CLOSE = "decided, to close"
"""What is said of a decision that closes a priority, where its row is left out."""
UNCITED = "no evidence recorded"
THE_PLAN = "The whole plan"


def moved_rows(
    every: list[Change],
    before: Iterable[Standing],
    now: list[Standing],
    plan: Plan,
    board: str,
) -> tuple[Row, ...]:
    """A row for each thing that happened, in the plan's order: first the decisions that close
    something, then what else was decided, was closed or nobody is recorded as agreeing, what is new
    or gone, and what nothing explains. `board` is the one that is told."""
    closed, pairs, head = _closed_with(every), _pairs(every), plan.head
    rows: list[Row] = []
    for change in every:
        match change:
            case Listed(Priority() | None as owner, "decision", None, Decision() as decision):
                if any(decision is other for _, other in pairs):
                    continue
                rest = next((other for closes, other in pairs if closes is decision), None)
                rows.append(_decision_row(owner, decision, rest, closed, plan, board))
            case Logged(milestone) if milestone.id in closed and change.status == "closed":
                pass
            case _:
                rows += _change_rows(change, head)
    rows += _worse(before, now, head)
    return tuple(sorted(rows, key=lambda row: (not row.must, row.how != TO_CLOSE)))


def _closed_with(every: list[Change]) -> dict[str, Decision]:
    """The milestones that were closed with a decision that closes, each with that decision."""
    decision_of: dict[str, Decision] = {}
    logged = [c for c in every if isinstance(c, Logged) and c.status == "closed"]
    for change in every:
        match change:
            case Listed(Priority() as priority, "decision", None, Decision(outcome="close") as new):
                # Which decision closed it, an entry says by who agreed it and when.
                agreed, ids = f"{new.by}, {new.date.shown}", {m.id for m in priority.milestones}
                for closed in logged:
                    if closed.agreed == agreed and closed.milestone.id in ids:
                        decision_of[closed.milestone.id] = new
    return decision_of


def _pairs(every: list[Change]) -> list[tuple[Decision, Decision]]:
    """The new decisions that close something, each with the one recorded beside it that says what
    becomes of the rest."""
    lists = [c for c in every if isinstance(c, Listed) and c.noun == "decision" and not c.was]
    pairs = ((one, other) for one in lists for other in lists if one.part is other.part)
    return [(one.now, other.now) for one, other in pairs if is_recorded_beside(one.now, other.now)]


def short(id: str, words: str) -> str:
    """A milestone or priority with enough of its words to be known by."""
    return f"{id} {cut(words.rstrip('.'), MOST_CALLED)}"


def _change_rows(change: Change, head: Head) -> Iterator[Row]:
    match change:
        case Logged(milestone, entry):
            yield from _logged(change, milestone, entry, head)
        case Redated(milestone, was):
            span = sentence(phrases.by_hand(was, milestone.due))
            yield _row(milestone, f"{span}, with nothing in the log", "moved", must=True)
        case Restated(milestone) if milestone.status in ("complete", "closed"):
            text = f"{sentence(head.word_for(milestone.status))}, with nothing in the log"
            yield _row(
                milestone, f"{text}; {_agreement(change.agreed)}", milestone.status, must=True
            )
        case Edited(Milestone() as milestone, "action", lacks=lacks):
            why = ", with nothing in the log" if lacks else ""
            text = f"Reworded{why}: {_shorten(milestone.action)}"
            yield _row(milestone, text, "reworded", must=True)
        case Edited(Milestone() as milestone, "review", was, now, "entry"):
            text = f"Review {was.shown} to {now.shown}, with nothing in the log"
            yield _row(milestone, text, "moved", must=True)
        case Edited(Priority() | Objective() as part, _, was, now, "decision"):
            yield _put_off(part, f"{was.shown} to {now.shown}")
        case Added(Milestone() as new):
            says = change.agreed or change.unagreed
            agreed = f"; {_agreement(change.agreed)}" if says else ""
            yield _row(new, f"New, {phrases.due_text(new.due)}{agreed}", "new", must=True)
        case Removed(Milestone() as gone):
            yield _row(gone, "Taken out of the plan", "taken out", must=True)


def _logged(change: Logged, milestone: Milestone, entry: Entry, head: Head) -> Iterator[Row]:
    agreed, must = _agreement(change.agreed), change.unagreed(head)
    if entry.moved and not entry.move:
        text = f"Due date set, {entry.moved.to.shown}: {_shorten(entry.note)}"
        yield _row(milestone, text, "dated")
    if entry.move:
        span = f"Due {entry.move.from_.shown} to {entry.move.to.shown}"
        yield _row(milestone, f"{span}: {_shorten(entry.note)}; {agreed}", "moved", must=must)
    how = f"{sentence(head.word_for(change.status))}, {entry.date.shown}" if change.status else ""
    if change.status == "complete":
        cited = f"evidence: {listed(entry.evidence)}" if entry.evidence else UNCITED
        unagreed = f"; {agreed}" if must else ""
        text = f"{how}; {cut(cited, MOST_WORDS)}{unagreed}"
        yield _row(milestone, text, "complete", must=must)
    if change.status == "closed":
        text = f"{how}: {_shorten(entry.note)}; {agreed}"
        yield _row(milestone, text, "closed", must=True)


def _decision_row(
    priority: Priority | None,
    decision: Decision,
    rest: Decision | None,
    closed: dict[str, Decision],
    plan: Plan,
    board: str,
) -> Row:
    """A decision beside the only milestone or priority that it names, else beside that in whose
    file it stands, which may be the whole plan's; what was closed with it, and what becomes of the
    rest."""
    words_of = {m.id: m.action for p in plan.owners for m in p.milestones}
    words_of |= {p.id: p.title for p in plan.owners} | {WHOLE_PLAN: plan.head.title}
    ids = [id for id in dict.fromkeys(decision.names) if id in words_of]
    owner = priority.id if priority and WHOLE_PLAN not in decision.about else WHOLE_PLAN
    id = ids[0] if len(ids) == 1 else owner
    title = short(id, words_of[id]) if id != WHOLE_PLAN else THE_PLAN
    by = "" if plan.head.whole(decision.by) == board else f" by {cut(decision.by, MOST_CALLED)}"
    to = f", to {decision.outcome}" if decision.outcome else ""
    when = f"Decided{by}, {decision.date.shown}{to}: "
    text = cut(decision.decision, max(MOST_CALLED, A_LINE - len(when))).rstrip(".")
    parts = [f"{when}{text}"]
    every = priority.milestones if priority else ()
    ended = {m.id: m.action for m in every if closed.get(m.id) is decision}
    if ended and [*ended] != [id]:
        parts.append(f"closed with it: {phrases.ids_with_words(list(ended.items()))}")
    if rest and rest.outcome:
        number = len(rest.about)
        goes_on = left_becomes(number, rest.outcome)
        parts.append(f"{count(number, plan.head.word_for('milestone'))} {goes_on}")
    how = TO_CLOSE if decision.outcome == "close" else "decided"
    return Row(id, words_of[id], (title, "; ".join(parts)), how, must=True)


def _put_off(part: Priority | Objective, span: str) -> Row:
    words = part.title if isinstance(part, Priority) else " ".join(part.statements[:1])
    text = f"End put off, {span}, with no decision recorded"
    return Row(part.id, words, (short(part.id, words), text), "end put off", must=True)


def _agreement(by: str | None) -> str:
    return phrases.agreement(cut(by, MOST_WORDS) if by else None)


def _worse(before: Iterable[Standing], now: Iterable[Standing], head: Head) -> Iterator[Row]:
    """What stands worse than it did, by the calendar or by what is said of it."""
    then = {s.milestone.id: s.kind for s in before}
    for s in now:
        was = then.get(s.milestone.id)
        if was and phrases.ORDER.get(s.kind, 9) < phrases.ORDER.get(was, 9):
            due = phrases.plain(phrases.due(s))
            text = f"{sentence(head.word_for(s.kind))} ({due}), was {head.word_for(was)}"
            yield _row(s.milestone, text, head.word_for(s.kind))


def _row(milestone: Milestone, text: str, how: str, *, must: bool = False) -> Row:
    cells = (short(milestone.id, milestone.action), text)
    return Row(milestone.id, milestone.action, cells, how, must)


def _shorten(text: str | None) -> str:
    """A text to go on from: without its full stop."""
    return cut(text or "", MOST_WORDS).rstrip(".")
