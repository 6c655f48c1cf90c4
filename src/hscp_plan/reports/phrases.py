"""The sentences about milestones and priorities that reports share, each written once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ..agreement import who_agreed_addition
from ..dates import UNCONFIRMED, day_shown, months_shown
from ..document import Column, Link, Mark, Stack, Table, Tally, Title, sentence_of
from ..model import WHOLE_PLAN
from ..standing import closing, kind, ruling
from ..words import ago, count, cut, length, listed, plural, sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ..dates import PlanDate
    from ..document import Line, Part
    from ..model import (
        Assurance,
        Decision,
        Head,
        Milestone,
        Moved,
        Objective,
        Plan,
        Priority,
        Recommendation,
        Review,
        Round,
        WordKey,
    )
    from ..order import Order
    from ..reviews import State as ThreadState
    from ..standing import Standing
    from ..words import Kind, Status

NO_LEAD = "No lead named"
THEME_ALONE = "the theme alone links the two"
"""Why what changed under a theme need not have changed because of what was heard."""
SINCE_OPENED = "since the plan was opened"
"""What counts at a desk as recorded and not saved, where no git tells."""
NOT_AGREED = "no agreement recorded"
LEVELS: dict[str, str] = {
    "not assured": "Not assured",
    "partly": "Partly assured",
    "assured": "Assured",
}
"""How far somebody may be assured, in words, the worst first."""
NOT_LOGGED = "its log does not say when, or by whom"
ORDER = {kind: n for n, kind in enumerate(("overdue", "off track", "late to start", "at risk"))}
"""The standings that need attention, worst first."""


def narrowed(only: str) -> tuple[tuple[str, Line], ...]:
    """The fact at a paper's head that it shows a part of the plan; none where it shows all."""
    return (("Shown", (only,)),) if only else ()


def newest_assurance(priority: Priority, id: str) -> Assurance | None:
    """The newest answer to whether somebody is assured of a part of a priority: of its objective
    or milestone, or of the priority as a whole; None where nobody has said."""
    of_it = [a for a in priority.assurance if id in (a.about or (priority.id,))]
    return max(reversed(of_it), key=lambda a: a.date.first, default=None)


def assurance_line(assurance: Assurance, day: date) -> Line:
    """How far somebody is assured, who says so, how long ago, and on what ground."""
    said = f"{LEVELS[assurance.level]}, says {assurance.by}, {ago(assurance.date.first, day)} ("
    return (
        said,
        assurance.date,
        f"): {assurance.note}" if assurance.note else "); no ground given",
    )


def about(ids: Sequence[str]) -> tuple[Line, ...]:
    """The line that says what something is about; none where that is the priority as a whole."""
    return ((f"about {listed(ids)}",),) if ids else ()


def subjects(ids: Iterable[str]) -> str:
    """Ids as a sentence names them: where plan stands for the whole plan, that."""
    return listed(map(_subject, ids))


def _subject(id: str) -> str:
    plan, _, own = id.rpartition("/")
    if own != WHOLE_PLAN:
        return id
    return f"the plan {plan}" if plan else "the whole plan"


def theme(themes: Sequence[str]) -> tuple[Line, ...]:
    """The line that says under which theme something stands; none where it is under none."""
    return ((f"theme: {listed(themes)}",),) if themes else ()


def themes_of(objective: Objective) -> Line:
    """The themes of an objective's statements."""
    every = (theme for statement in objective.statements_ for theme in statement.theme)
    return (text,) if (text := listed(dict.fromkeys(every))) else ()


def about_review(review: Review, day: date) -> Line:
    """What a review is, and when it was published or, where that lies ahead, will be; nothing where
    that is not said."""
    kind: Line = (review.kind,) if review.kind else ()
    published = "published" if review.date and review.date.first <= day else "to be published"
    return sentence_of([kind, (f"{published} ", review.date) if review.date else ()], ", ")


def thread_states(head: Head) -> dict[ThreadState, str]:
    """How what a review recommends can stand, in words."""
    return {
        "overdue": head.word_for("overdue"),
        "not begun": "not begun",
        "under way": "under way",
        "carried out": "carried out",
        "closed": head.word_for("closed"),
        "not implemented": "not implemented",
        "elsewhere": "answered elsewhere",
        "unanswered": f"with no {head.word_for('milestone')}",
    }


def answers(milestone: Milestone, head: Head) -> list[str]:
    """What a milestone answers: each review by its name, each recommendation by its id and whose it
    is: FX-1 (Family X LSCPR)."""
    pairs = _answers(milestone, head)
    return [f"{pair[1].id} ({pair[0].name})" if pair else answer for answer, pair in pairs]


def _answers(
    milestone: Milestone, head: Head
) -> list[tuple[str, tuple[Review, Recommendation] | None]]:
    """What a milestone answers, each with the recommendation that it names."""
    # Imported here: every command loads this module, and few milestones answer a review.
    from ..reviews import recommended

    return [(answer, recommended(head, answer)) for answer in milestone.answers]


def answered_words(milestone: Milestone, head: Head) -> str:
    """What a milestone answers, each recommendation with its words."""
    pairs = _answers(milestone, head)
    return "; ".join(
        f"{pair[1].id} of {pair[0].name}: {pair[1].words.removesuffix('.')}" if pair else answer
        for answer, pair in pairs
    )


def title_on(text: str, day: date) -> Title:
    """A title with the day at the end of its line."""
    return Title(text, f"as at {day_shown(day)}")


def mark(standing: Standing, head: Head) -> Mark:
    """Its standing as symbol and words: At risk, 15 days late."""
    words = standing.words if standing.kind == "overdue" else head.word_for(standing.kind)
    return Mark(standing.kind, sentence(words))


def then(status: Status, head: Head) -> Line:
    """The status that an entry of a log gave. A later one may have given another."""
    return ("then ", Mark(status, head.word_for(status)))


def stands(standing: Standing, head: Head) -> Line:
    """Its standing, and when it is, or was, due: At risk, due April 2022."""
    sign = mark(standing, head)
    return (sign,) if standing.kind == "no date" else (sign, ", ", *due(standing))


def key(kinds: Iterable[Kind], head: Head) -> Tally:
    """What the signs of some standings mean."""
    return Tally(tuple(Mark(kind, sentence(head.word_for(kind))) for kind in kinds))


def number(standings: Collection[Standing], head: Head, how: str = "") -> str:
    """How many milestones these are: 7 open milestones; how many objectives without any; and how
    many actions of registers."""
    many: dict[WordKey, int] = {
        "milestone": 0,
        "objective": sum(standing.alone for standing in standings),
        "action": sum(standing.priority.register for standing in standings),
    }
    many["milestone"] = len(standings) - sum(many.values())
    if not standings:
        return _count(0, head.word_for("milestone"), how)
    return listed([_count(n, head.word_for(key), how) for key, n in many.items() if n])


def noun(standings: Iterable[Standing], head: Head) -> str:
    """What all of these are called: actions where they are of registers, else milestones."""
    of_registers = {standing.priority.register for standing in standings}
    return head.word_for("action" if of_registers == {True} else "milestone")


def _count(many: int, noun: str, how: str) -> str:
    return count(many, f"{how}{noun}", f"{how}{plural(noun)}")


def complete_by(objective: Objective, standings: Iterable[Standing], head: Head) -> Line:
    """The date by which an objective is to be complete; and how it stands, where it has no
    milestones."""
    if objective.complete_by is None:
        return ()
    alone = next((s for s in standings if s.alone and s.objective is objective), None)
    date = (objective.complete_by,)
    return sentence_of([date, (mark(alone, head),), silence(alone)]) if alone else date


def lead(standing: Standing, head: Head) -> str:
    """Who leads it, by short names; or that nobody is named."""
    if not standing.lead:
        return "no lead named"
    return f"lead: {listed(head.short(name) for name in standing.lead)}"


def move_count(standing: Standing) -> Line:
    """How often its due date moved, and from when; nothing where it never did. Of one that is
    carried on, from where."""
    milestone = standing.milestone
    moved = times_moved(milestone.times_moved)
    if not milestone.carried_from:
        return (f"{moved}, first due ", milestone.first_due) if moved else ()
    line: Line = (f"carried from {milestone.carried_from}",)
    if milestone.first_promised:
        line = (*line, ", first promised ", milestone.first_promised)
    return (*line, f", {moved}") if moved else line


def times_moved(times: int) -> str:
    """That a due date moved so often: moved twice; empty where it never did."""
    how = {0: "", 1: "once", 2: "twice"}.get(times, f"{times} times")
    return how and f"moved {how}"


def addition(standing: Standing) -> Line:
    """When a milestone was added, by whom, and who agreed it, which somebody has to where the plan
    was agreed before; nothing where nothing says that it was added."""
    added = standing.milestone.added
    if added is None:
        return ()
    agreed = who_agreed_addition(standing.milestone, standing.plan.decisions)
    by = f" by {added.by}" if added.by else ""
    return (added.date, by, f"; {agreement(agreed)}" if agreed or standing.added else "")


def added(standings: Collection[Standing], head: Head) -> str:
    """How many of some milestones were added since the plan was agreed: 2 of them added since April
    2021. Empty where none was."""
    number = sum(standing.added is not None for standing in standings)
    since = f" {head.agreed.date.shown}" if head.agreed else ""
    of = "" if number == len(standings) else f"{number} of them "
    return f"{of}added since{since}" if number else ""


def agreement(agreed: str | None) -> str:
    """Who agreed what was moved, added, completed or closed; or that nobody is recorded as
    agreeing."""
    return f"agreed: {agreed}" if agreed else NOT_AGREED


def priority(priority: Priority) -> str:
    """A priority's id and title; and when it was closed, where it was."""
    decision = closing(priority)
    ended = f" (closed {decision.date.shown})" if decision else ""
    return f"{priority.id} {priority.title}{ended}"


def closing_text(priority: Priority, standings: Iterable[Standing]) -> str:
    """Which Board closed a priority, and when, these being its milestones; and what of it is open
    all the same. Empty where it is not closed."""
    decision = closing(priority)
    if decision is None:
        return ""
    parts = [_closed_by(decision)]
    left = [(s.milestone.id, s.left_open) for s in standings]
    if staying := [id for id, how in left if how == "kept"]:
        parts.append(f"{listed(staying)} {'stays' if len(staying) == 1 else 'stay'} open")
    if unsaid := [id for id, how in left if how == "unsaid"]:
        parts.append(f"{_UNSAID} {listed(unsaid)}")
    return "; ".join(parts)


def left_open(standing: Standing) -> str:
    """The decision that closed a milestone which is open all the same, alone or with its priority,
    and what another says becomes of it. Empty for every other milestone."""
    priority, how = standing.priority, standing.left_open
    if not how:
        return ""
    if decision := closing(priority):
        becomes = "this stays open" if how == "kept" else f"{_UNSAID} this"
        return f"{priority.id} was {_closed_by(decision)}, and {becomes}"
    decision = ruling(priority, {standing.objective.id, standing.milestone.id})
    return f"{_closed_by(decision)}, and still open" if decision else ""


_UNSAID = "no decision says what becomes of"


def _closed_by(decision: Decision) -> str:
    return f"closed by {decision.by}, {decision.date.shown}"


def asked(rounds: Collection[Round], head: Head, named: bool = True) -> str:
    """That somebody was asked on a day: asked 12 leads on 4 January 2022; of one, by name, unless
    only the number is wanted."""
    names = list(dict.fromkeys(round.who for round in rounds))
    lead = head.word_for("lead")
    whom = names[0] if named and len(names) == 1 else count(len(names), lead, plural(lead))
    return f"asked {whom} on {next(iter(rounds)).date.shown}"


def answered(rounds: Iterable[Round]) -> str:
    """Who answered, and when they had been asked."""
    names = dict.fromkeys(round.who for round in rounds)
    days = dict.fromkeys(round.date.shown for round in rounds)
    return f"answered by {listed(names)}: what was asked on {listed(days)}"


def due(standing: Standing) -> Line:
    """When it is, or was, due."""
    milestone = standing.milestone
    if occurrence := standing.awaited:
        if standing.kind == "overdue":
            return (f"{not_reported(milestone, standing.day)} not reported",)
        return (f"due for {occurrence.name}",)
    if milestone.due.ongoing and milestone.review:
        verb = "review was due" if standing.kind == "overdue" else "ongoing, review due"
        return (f"{verb} ", milestone.review)
    if milestone.due.undated:
        return (no_date(milestone),)
    return ("was due " if standing.kind == "overdue" else "due ", milestone.due)


def no_date(milestone: Milestone) -> str:
    """That a milestone has no date, or which it waits for until it has one."""
    due = milestone.due
    return f"{due.shown}, after {listed(milestone.after)}" if due.text else "no date"


def waits(standing: Standing, order: Order | None) -> Line:
    """What an open milestone waits for, and how that stands: waits for P2.4 (overdue). Nothing
    where all of it is complete, unless its own date is to be confirmed then."""
    text = awaited(standing, order) if order else ""
    return (f"waits for {text}",) if text else ()


def awaited(standing: Standing, order: Order) -> str:
    """The same, without the verb: P2.4 (overdue) and P2.5 (on track)."""
    if not standing.open:
        return ""
    unconfirmed = standing.milestone.due == UNCONFIRMED
    return listed(
        _awaited(standing, other)
        for other in map(order.milestones.__getitem__, order.awaited(standing.milestone))
        if other.status != "complete" or unconfirmed
    )


def _awaited(standing: Standing, other: Milestone) -> str:
    """One milestone that another waits for, with its date where that is too late for the other:
    P2.4 (off track, due March 2022)."""
    from ..order import too_early

    word = standing.plan.head.word_for(kind(other, standing.day, standing.plan))
    late = f", due {other.due.shown}" if too_early(standing.milestone, other) else ""
    return f"{other.id} ({word}{late})"


def named(milestone: Milestone, plan: Plan, day: date) -> Line:
    """A milestone by its id, with its standing and when it is due: P2.4 (at risk, due April
    2022)."""
    stands = kind(milestone, day, plan)
    due: Line = (milestone.due.text,) if milestone.due.undated else ("due ", milestone.due)
    mark = Mark(stands, plan.head.word_for(stands))
    return (f"{milestone.id} (", mark, *(", ", *due) * bool(due[0]), ")")


def not_reported(milestone: Milestone, day: date) -> str:
    """The occurrences of recurring work that passed by a day and are not reported: Q2 2021/22,
    Q2 2021/22 and Q3 2021/22, Q2 2021/22 and 3 more."""
    from ..occurrences import occurrences

    passed = [o.name for o in occurrences(milestone) if not o.entry and o.due.last < day]
    return listed(passed) if len(passed) < 3 else f"{passed[0]} and {len(passed) - 1} more"


def recurs(standing: Standing) -> Line:
    """How often recurring work is to be reported, and what next; nothing for any other."""
    if not standing.milestone.every:
        return ()
    often = f"every {standing.milestone.every}"
    if not standing.open:
        return (often,)
    if not standing.awaited:
        return (f"{often}, all reported",)
    return (f"{often}: ", *due(standing), *_coming(standing))


def _coming(standing: Standing) -> Line:
    """The next occurrence of overdue recurring work; nothing where there is none."""
    coming = standing.coming if standing.kind == "overdue" else None
    return (f", then {coming.name}",) if coming else ()


def with_basis(due: PlanDate) -> Line:
    """A date and, where it is counted in working days, from what: 11 May 2018 (70 working days
    after 30 January 2018)."""
    return (due, f" ({due.basis})") if due.basis else (due,)


def due_text(due: PlanDate) -> str:
    """A due date after a comma: due April 2022, ongoing, with no date."""
    if due.undated:
        return due.text or "with no date"
    return due.shown if due.ongoing else f"due {due.shown}"


def open_ones(standings: list[Standing]) -> str:
    """How many of some open milestones are late, how many to come, how many neither."""
    late = sum(s.kind == "overdue" for s in standings)
    undated = sum(s.milestone.due.undated for s in standings)
    text = f"{late} overdue, {len(standings) - late - undated} to come"
    return f"{text}, {undated} with no date" if undated else text


def month(standing: Standing, day: date) -> str:
    """The heading that it stands under in a list by month, with this day for what is to come."""
    if standing.kind == "overdue":
        return "Overdue"
    if day < date.max:
        return months_shown(day, day)
    return "Ongoing" if standing.milestone.due.ongoing else "No date"


def later(was: PlanDate, now: PlanDate) -> str:
    """How far a due date moved: 3 months later; nothing where either has no day, or both have the
    same last one."""
    if not (was.dated and now.dated) or was.last == now.last:
        return ""
    first, last = sorted((was.last, now.last))
    return f"{length(first, last)} {'later' if now.last > was.last else 'earlier'}"


def due_change(moved: Moved) -> Line:
    """What an entry did to the due date: moved it, or gave the first."""
    if moved.from_.undated:
        return ("due date set: ", moved.to)
    return ("due date moved: ", moved.from_, " to ", moved.to)


def by_hand(was: PlanDate, now: PlanDate) -> str:
    """How a due date was changed in the file alone."""
    if was.undated:
        return f"due date set: {now.shown}"
    if now.undated:
        return f"due date taken out: it was {was.shown}"
    return f"due date changed: {was.shown} to {now.shown}"


def says(standing: Standing, head: Head) -> Line:
    """What is said of it, beside what is worked out; `still` where the two disagree. Where nothing
    shows what is said, how long ago that was."""
    if standing.kind != "overdue":
        return ()
    if bare := nothing_shown(standing, head):
        return bare
    status = head.word_for(standing.milestone.status)
    return (f"{'still ' if standing.disagrees else ''}says {status}",)


def nothing_shown(standing: Standing, head: Head) -> Line:
    """That nothing shows what is said of it, and how long ago its log last spoke: said 5 weeks ago,
    nothing shown; with the word, said on track, where its standing is another. Nothing for four
    weeks, while that is news. An entry without a status stands by the one before it."""
    status, last = standing.milestone.status, standing.last_said
    if status not in _TO_BE_SHOWN:
        return ()
    word = f" {head.word_for(status)}" if standing.says_else else ""
    if last is None:
        return (f"says{word}, nothing logged" if word else "nothing logged",)
    if (standing.day - last.date.first).days < _NEWS or standing.has_evidence:
        return ()
    return (f"said{word} {ago(last.date.first, standing.day)}, nothing shown",)


_TO_BE_SHOWN = ("in progress", "on track", "at risk", "complete")
"""What somebody may be asked to show. That it is off track, nobody says to look better."""
_NEWS = 28
"""For how many days what was said of a milestone is news."""


def silence(standing: Standing) -> Line:
    """A note that nothing was ever logged, where that is so; or that there are no milestones."""
    if standing.alone:
        return ("no milestones",)
    return () if standing.milestone.progress else ("nothing logged",)


def attention(standing: Standing, head: Head) -> Line:
    """Why it needs attention, in one sentence."""
    parts: list[Line] = []
    if standing.kind == "overdue":
        not_started = standing.milestone.status == "not started"
        status = silence(standing) if not_started else says(standing, head)
        parts = [(f"{standing.words}, ", *due(standing)), status]
    elif standing.kind == "late to start" and standing.milestone.start:
        begin = (f"{head.word_for(standing.kind)}, was to begin ", standing.milestone.start)
        parts = [begin, due(standing), silence(standing)]
    else:
        stands = (f"{head.word_for(standing.kind)}, ", *due(standing))
        parts = [stands, nothing_shown(standing, head)]
    parts.append(move_count(standing))
    if not standing.lead:
        parts.append((lead(standing, head),))
    return sentence_of(parts)


def last_said(standing: Standing) -> Line:
    """What its log last says, with the day; or that it says nothing."""
    last = standing.last_said
    if last is None:
        return ("it has no milestones" if standing.alone else "nothing has been logged",)
    return quote(last.date, last.note, occurrence=last.for_)


def ids(standings: list[Standing], most: int = 8) -> str:
    """The ids of some milestones, as a sentence lists them."""
    return some([standing.milestone.id for standing in standings], most)


def ids_with_words(
    ids: list[tuple[str, str]], most: int = 3, length: int = 40, bare: int = 0
) -> str:
    """Ids with their words, as a sentence lists them: P1.4 (Audit of practice…) and 2 more. The
    first `most` have their words, of so many characters; the next `bare` their ids alone."""
    parts = [f"{id} ({cut(words.rstrip('.'), length)})" for id, words in ids[:most]]
    rest = [id for id, _ in ids[most:]]
    if rest and not parts:
        return some(rest, bare) if bare else str(len(rest))
    if rest:
        parts.append(f"{len(rest)} more" + (f" ({some(rest, bare)})" if bare else ""))
    return listed(parts)


def some(names: list[str], most: int = 8) -> str:
    """The first names of a list, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def quote(
    day: PlanDate, note: str | None, by: str | None = None, occurrence: PlanDate | None = None
) -> Line:
    """What was said, on which day, by whom and of which occurrence of recurring work: 9 November
    2021, by the Chair: "Nine of eleven." """
    who = f", by {by}" if by else ""
    if occurrence:
        who = f"{who}, {reported_for(occurrence)}"
    return (day, f'{who}: "{note}"' if note else f"{who}: no note")


def reported_for(occurrence: PlanDate) -> str:
    """Which occurrence of recurring work an entry reports: for Q3 2021/22."""
    from ..occurrences import name

    return f"for {name(occurrence)}"


def capital(line: Line) -> Line:
    """A line with a capital first letter."""
    match line:
        case (str(first), *rest):
            return (sentence(first), *rest)
    return line


def plain(line: Line) -> str:
    """The parts of a sentence as one text."""
    return "".join(map(_text, line))


def _text(part: Part) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Mark):
        return part.words
    return part.text if isinstance(part, Link) else part.shown


def needing_attention(standings: list[Standing]) -> list[Standing]:
    """The milestones that need attention, worst first; the longest overdue and the soonest due on
    top."""
    urgent = [s for s in standings if s.kind in ORDER]
    return sorted(urgent, key=lambda s: (ORDER[s.kind], s.over))


def below(standing: Standing, head: Head) -> tuple[Line, ...]:
    """What stands below a milestone's words in a table: how often it recurs and what is next, that
    its due date moved, and that nothing shows what is said of it."""
    parts = [recurs(standing), move_count(standing), nothing_shown(standing, head)]
    return tuple(filter(None, parts))


def milestones(number: int) -> str:
    """A count of milestones."""
    return count(number, "milestone")


def table(standings: list[Standing], head: Head) -> Table:
    """Milestones as a table: id, standing, words with what stands below them, due date."""
    rows = tuple(
        (
            s.milestone.id,
            mark(s, head),
            Stack((s.milestone.action,), below(s, head)),
            s.milestone.due,
        )
        for s in standings
    )
    milestone = sentence(noun(standings, head))
    return Table(tuple(map(Column, ("", "Standing", milestone, "Due"))), rows)
