"""Rules about what a change may not do to a plan: held to what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..agreement import is_agreed_end
from ..changes import Added, Edited, Listed, Logged, Redated, Removed, Restated, Rewritten
from ..model import Milestone
from ..reading.files import HEAD
from ._rule import Finding, Id, rule
from ._walk import milestones, objectives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Entry, Priority
    from ._rule import Compared, SinceRule
    from ._walk import At, Path


@rule("due-unexplained", "error")
def due_unexplained(compared: Compared) -> Iterator[Finding]:
    """A due date moves only with its history.

    This is the slide from red to green that hscp exists to stop: a date is changed, the milestone
    is no longer late, and nobody can say what was promised. A move stands in the log with its
    reason, and begins at the date that was promised before. The first date of what had none stands
    there too, without `from:`; and no date is taken out.

    Fails:
        due: 2022-06        # it was 2022-04
    Passes:
        due: 2022-06
        progress:
          - date: 2022-03-15
            note: The audit waits for two agencies.
            moved: {from: 2022-04, to: 2022-06}
    """
    for at, change in _milestone_changes(compared):
        if isinstance(change, Redated):
            yield Finding(at.file, (*at.path, "due"), *_redated_fault(change))
        elif isinstance(change, Logged) and change.entry.moved:
            begins = change.entry.moved.from_
            if begins != change.due:
                how = "says no `from:`" if not begins.text else f"begins at {begins.shown}"
                before = "there was no date" if change.due.undated else "the date promised"
                was = "" if change.due.undated else f" was {change.due.shown}"
                message = f"{at.milestone.id}: this move {how}, and {before} before it{was}"
                mend = f"Write  from: {change.due.text}"
                where = (*_entry_path(at, change.entry), "moved", "from")
                next_step = mend if change.due.text else "Take  from:  out."
                yield Finding(at.file, where, message, next_step)


def _redated_fault(change: Redated) -> tuple[str, str]:
    """What is wrong with a due date that the log does not explain, and what to do."""
    id, was, now = change.milestone.id, change.was, change.milestone.due
    unsaid = "and the log does not say why"
    move = f'hscp reschedule {id} {now.text} --reason "…"'
    if was.undated:
        message = f"{id}: the due date {now.shown} is new, {unsaid}"
        back = f"Put back  due: {was.text}" if was.text else "Take  due:  out again"
        return message, f"{back}, and give it with  {move}"
    if now.undated:
        message = f"{id}: the due date was taken out, {unsaid}: it was {was.shown}"
        return message, f"Put back  due: {was.text}"
    message = f"{id}: the due date went from {was.shown} to {now.shown}, {unsaid}"
    return message, f"Put back  due: {was.text}  and move it with  {move}"


@rule("status-unexplained", "warning")
def status_unexplained(compared: Compared) -> Iterator[Finding]:
    """A status changes with an entry of the log that says when, and why.

    Fails:
        status: complete    # it was on track
    Passes:
        status: complete
        progress:
          - date: 2022-03-15
            note: Launched at the conference.
            status: complete
    """
    for at, change in _milestone_changes(compared):
        if isinstance(change, Restated):
            id, now = at.milestone.id, at.milestone.status
            message = f"{id} went from {change.was} to {now}, and the log does not say why"
            for_board = is_agreed_end(at.milestone, now, compared.after.head)
            agreed = ' --agreed "…"' if for_board else ""
            say = f'hscp progress {id} "…" --status "{compared.after.head.written(now)}"{agreed}'
            next_step = f"Put the status back, and say  {say}"
            yield Finding(at.file, (*at.path, "status"), message, next_step)


@rule("closing-not-agreed", "warning")
def closing_not_agreed(compared: Compared) -> Iterator[Finding]:
    """Who agreed it is said where a milestone is closed, or completed where its own words say that
    a Board decides.

    What is closed is no longer late, as if its date had moved for ever. A Board may agree it at its
    next meeting: then a later entry says so, or a decision about it.

    Fails:
        - date: 2022-03-15
          note: Not needed any more.
          status: closed
    Passes:
        - date: 2022-03-15
          note: Not needed any more.
          status: closed
          agreed: HSCP Executive Board, 15 March 2022
    """
    head = compared.after.head
    for at, change in _milestone_changes(compared):
        status = change.entry.status if isinstance(change, Logged) else None
        if isinstance(change, Logged) and is_agreed_end(at.milestone, status, head):
            how = "was closed" if status == "closed" else "is complete, where a Board decides"
            message = f"{at.milestone.id} {how}, and nothing says who agreed it"
            next_step = "Add  agreed:  to its entry, with the Board and the day."
            if not change.agreed:
                where = (*_entry_path(at, change.entry), "status")
                yield Finding(at.file, where, message, next_step)


@rule("action-unexplained", "warning")
def action_unexplained(compared: Compared) -> Iterator[Finding]:
    """A milestone is reworded with an entry of the log that says why.

    Less can be promised in the same place, under the same id, and then be complete.

    Fails:
        action: Consider an audit of practice       # it was: Audit of practice
    Passes:
        action: Consider an audit of practice
        progress:
          - date: 2022-03-15
            note: The Board asked on 8 March whether an audit is needed at all.
    """
    for at, _ in _unexplained_edits(compared, "action"):
        message = f"{at.milestone.id} was reworded, and the log does not say why"
        yield Finding(at.file, (*at.path, "action"), message, _ADD.format(at.milestone.id))


_PROMISED = ("carried_from", "first_promised", "moved_before")
"""The keys that tell what was promised in earlier plans."""


@rule("addition-unsaid", "warning")
def addition_unsaid(compared: Compared) -> Iterator[Finding]:
    """A milestone that is new in a plan which was agreed says when it was added.

    So that the plan that was agreed can be told from what was added since, and who agreed that.
    What is carried on from an earlier plan says so in its log.

    Fails:
        - id: P1.8
          action: Brief schools
    Passes:
        - id: P1.8
          action: Brief schools
          added:
            date: 2021-10-21
            agreed: HSCP Executive Board, 20 October 2021
    """
    agreed = compared.after.head.agreed
    places = {at.milestone.id: at for at in milestones(compared.after)} if agreed else {}
    for change in (change for group in compared.changes for change in group.changes):
        at = places.get(change.part.id) if isinstance(change, Added) else None
        if at and not (at.milestone.added or at.milestone.carried_from):
            message = f"{at.milestone.id} is new, and does not say when it was added"
            next_step = "Write  added:  with `date:` and, where it was agreed, `agreed:`."
            yield Finding(at.file, (*at.path, "id"), message, next_step)


@rule("promise-rewritten", "error")
def promise_rewritten(compared: Compared) -> Iterator[Finding]:
    """What was promised in an earlier plan stays as it was carried on.

    A later first promise, or fewer moves, would make years of slippage vanish.

    Fails:
        first_promised: 2023-03     # it was 2021-09
    Passes:
        first_promised: 2021-09
    """
    places = {at.milestone.id: at for at in milestones(compared.after)}
    for change in (change for group in compared.changes for change in group.changes):
        if not isinstance(change, Edited) or change.key not in _PROMISED or change.was is None:
            continue
        if isinstance(change.part, Milestone) and (at := places.get(change.part.id)):
            was = change.was if isinstance(change.was, str) else change.was.text
            message = f"{at.milestone.id}: `{change.key}:` was {was}, and stays so"
            where = (*at.path, change.key if change.now is not None else "id")
            yield Finding(at.file, where, message, f"Write  {change.key}: {was}")


@rule("review-unexplained", "warning")
def review_unexplained(compared: Compared) -> Iterator[Finding]:
    """A review is put off with an entry of the log that says why.

    Fails:
        due: ongoing
        review: 2022-09     # it was 2022-03
    Passes:
        due: ongoing
        review: 2022-09
        progress:
          - date: 2022-03-15
            note: Reviewed. Attendance is still rising, so it is looked at again in September.
    """
    for at, change in _unexplained_edits(compared, "review"):
        id, span = at.milestone.id, f"from {change.was.shown} to {change.now.shown}"
        message = f"{id}: the review was put off {span}, and the log does not say why"
        yield Finding(at.file, (*at.path, "review"), message, _ADD.format(id))


@rule("recurs-unexplained", "warning")
def recurs_unexplained(compared: Compared) -> Iterator[Finding]:
    """Recurring work begins later, or recurs less often, with an entry of the log that says why.

    What was to be reported, and was not, would else never have been due.

    Fails:
        start: 2021-07      # it was 2021-04
        due: 2022-03
        every: quarter
    Passes:
        start: 2021-07
        due: 2022-03
        every: quarter
        progress:
          - date: 2021-07-05
            note: The Board asked for reports from July on.
    """
    for key in ("every", "start"):
        for at, change in _unexplained_edits(compared, key):
            id, was = at.milestone.id, getattr(change.was, "text", change.was)
            message = f"{id} recurs otherwise than it did, and the log does not say why"
            next_step = f"`{key}:` was {was}. {_ADD.format(id)}"
            yield Finding(at.file, (*at.path, "id"), message, next_step)


_ADD = 'Say why in the log:  hscp progress {} "…"'


@rule("end-unexplained", "warning")
def end_unexplained(compared: Compared) -> Iterator[Finding]:
    """The end of a priority or an objective is put off with a decision.

    By its end a Board decides whether a priority continues or closes. Put off in silence, that is
    never due.

    Fails:
        until: 2023         # it was 2022
    Passes:
        until: 2023
        decisions:
          - date: 2022-03-15
            by: HSCP Executive Board
            decision: Neglect stays a priority for another year.
            outcome: continue
    """
    paths = {objective.id: (file, path) for file, path, objective in objectives(compared.after)}
    paths |= {priority.id: (file, ()) for file, priority in compared.after.files.items()}
    for group in compared.changes:
        for change in group.changes:
            if isinstance(change, Edited) and change.lacks == "decision" and change.part:
                id, span = change.part.id, f"from {change.was.shown} to {change.now.shown}"
                message = f"{id}: its end was put off {span}, and no decision says so"
                file, path = paths[id]
                owner = compared.after.files[file].id
                next_step = f'Record it:  hscp decide {owner} "…" --by "…" --outcome continue'
                yield Finding(file, (*path, change.key), message, next_step)


@rule("id-vanished", "error")
def id_vanished(compared: Compared) -> Iterator[Finding]:
    """An id that was in the plan stays in it.

    Ids are cited in minutes. A milestone that stops is closed, with the reason, and never taken
    out; none is given another id.

    Fails:
        P1.3 is no longer there
    Passes:
        - id: P1.3
          status: closed
    """
    files = {id: name for name, p in compared.before.files.items() for id in _ids(p)}
    for group in compared.changes:
        for change in group.changes:
            if isinstance(change, Removed):
                id = change.part.id
                next_step = (
                    f'Put it back, and close it:  hscp progress {id} "…" --status closed'
                    if isinstance(change.part, Milestone)
                    else "Put it back: ids are for ever."
                )
                message = f"{id} is no longer in the plan"
                yield Finding(files[id], (), message, next_step, absent=Id(id))


@rule("log-rewritten", "error")
def log_rewritten(compared: Compared) -> Iterator[Finding]:
    """What was logged stays as it was logged.

    A log that can be rewritten proves nothing. What turned out to be wrong is put right by a new
    entry. Where an entry could identify somebody, take it out, tell whoever looks after the
    repository, and have this error overruled by a person.

    Fails:
        note: Nine of eleven actions carried out.    # it said eight
    Passes:
        a new entry:  note: Eight, not nine, were carried out by 9 November.
    """
    for at, change in _milestone_changes(compared):
        if isinstance(change, Rewritten):
            day = change.was.date.shown
            how = "was altered" if change.now else "was taken out"
            where = _entry_path(at, change.now) if change.now else (*at.path, "id")
            message = f"{at.milestone.id}: the log's entry of {day} {how}"
            next_step = "Put it back as it was, and add an entry that puts it right."
            yield Finding(at.file, where, message, next_step)


@rule("decision-rewritten", "error")
def decision_rewritten(compared: Compared) -> Iterator[Finding]:
    """What a Board decided, or said of its assurance, stays as it was recorded.

    A later decision may say otherwise; the earlier one was made.

    Fails:
        decision: Neglect continues as a priority.      # it said: closes
    Passes:
        a new decision:  decision: Neglect continues after all.
    """
    files = {p.id: name for name, p in compared.after.files.items()}
    for group in compared.changes:
        owner = group.priority or compared.after.head
        file = files.get(owner.id) if group.priority else HEAD
        for change in group.changes:
            if (
                isinstance(change, Listed)
                and change.was is not None
                and change.noun in ("decision", "assurance")
                and file
            ):
                key = "decisions" if change.noun == "decision" else "assurance"
                items = getattr(owner, key)
                remains = change.now is not None
                where = (key, items.index(change.now)) if remains else ("id",)
                how = "was altered" if remains else "was taken out"
                message = f"the {change.noun} of {change.was.date.shown} {how}"
                next_step = "Put it back as it was, and record what is decided now beside it."
                yield Finding(file, where, message, next_step)


def _milestone_changes(
    compared: Compared,
) -> Iterator[tuple[At, Logged | Restated | Redated | Rewritten]]:
    """The changes of milestones, each with the place of the milestone now."""
    places = {at.milestone.id: at for at in milestones(compared.after)}
    for group in compared.changes:
        for change in group.changes:
            if isinstance(change, Logged | Restated | Redated | Rewritten):
                yield places[change.milestone.id], change


def _unexplained_edits(compared: Compared, key: str) -> Iterator[tuple[At, Edited]]:
    """The milestones in which a key changed, and no entry of the log says why."""
    places = {at.milestone.id: at for at in milestones(compared.after)}
    for group in compared.changes:
        for change in group.changes:
            if isinstance(change, Edited) and change.lacks == "entry" and change.key == key:
                assert change.part is not None  # noqa: S101 - a milestone's own
                yield places[change.part.id], change


def _ids(priority: Priority) -> Iterator[str]:
    yield priority.id
    for parts in (priority.objectives, priority.measures):
        yield from (part.id for part in parts)
    yield from (milestone.id for milestone in priority.milestones)


def _entry_path(at: At, entry: Entry) -> Path:
    return (*at.path, "progress", list(at.milestone.progress).index(entry))


SINCE_RULES: tuple[SinceRule, ...] = (
    due_unexplained,
    addition_unsaid,
    status_unexplained,
    closing_not_agreed,
    action_unexplained,
    promise_rewritten,
    review_unexplained,
    recurs_unexplained,
    end_unexplained,
    id_vanished,
    log_rewritten,
    decision_rewritten,
)
