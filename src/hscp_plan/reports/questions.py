"""What a scrutineer would ask of the plan: a plain question for each kind of finding, ranked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..dates import months_between
from ..document import Heading, Item, Items, Paragraph, sentence_of
from ..standing import for_board, nothing_ever_said, standings, state
from ..words import count, listed, plural
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from ..document import Block, Document, Line
    from ..model import Entry, Head, Plan, Priority
    from ..standing import Standing

COLUMNS = ("question", "asks", "id", "text", "priority", "fact", "lead")
MONTHS = 3
"""After how many months without a word a milestone counts as silent."""
MOST = 8
"""How many ids a question names before the rest are only counted."""


class Found(NamedTuple):
    """A milestone or priority that a question is about, and the fact that makes it asked."""

    id: str
    text: str
    priority: str
    fact: Line
    lead: tuple[str, ...] = ()


class Question(NamedTuple):
    """A question in plain words, with its ids in it, and what it is about."""

    key: str
    asks: str
    found: tuple[Found, ...]


class Questions(NamedTuple):
    """`hscp questions`: each question, and below it what it is about."""

    plan: Plan
    day: date
    only: str = ""
    months: int = MONTHS

    def asked(self) -> list[Question]:
        """The questions, ranked."""
        return questions(self.plan, self.day, self.months)

    def document(self) -> Document:
        """Each question, with a fact for each milestone or priority that it is about."""
        asked = self.asked()
        title = count(len(asked), "question") if asked else "No questions"
        made: list[Block] = [phrases.titled(title, self.day)]
        if self.only:
            made.append(Paragraph((self.only,)))
        told = nothing_ever_said(self.plan, self.day)
        if told:
            made.append(Paragraph((told,), apart=True))
        for number, question in enumerate(asked, 1):
            made.append(Heading(f"{number}. {question.asks}"))
            # That nothing was ever logged was just said of every milestone.
            if not (told and question.key == "begun-and-silent"):
                made.append(Items(tuple(Item(f.id, f.text, (f.fact,)) for f in question.found)))
        last = Paragraph((_NEXT,), hint=True) if asked else Paragraph((_NONE,), apart=True)
        return (*made, last)

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each question and each id that it is about."""
        for question in self.asked():
            for found in question.found:
                about = _record(found) | {"lead": "; ".join(found.lead)}
                yield {"question": question.key, "asks": question.asks, **about}

    def data(self) -> dict[str, object]:
        """The questions, ranked, each with what it is about."""
        asked = [
            {"question": q.key, "asks": q.asks, "found": [_record(found) for found in q.found]}
            for q in self.asked()
        ]
        return {
            **records.envelope(self.plan, self.day, self.only),
            "notice": nothing_ever_said(self.plan, self.day),
            "months": self.months,
            "count": len(asked),
            "questions": asked,
        }


def questions(plan: Plan, day: date, months: int = MONTHS) -> list[Question]:
    """What a scrutineer would ask of the plan on a day: one question for each kind of finding
    that there is, ranked; what it is about in the plan's order."""
    seen = _Seen(plan, day, months, standings(plan, day))
    asked = []
    for kind in _RANKED:
        if found := tuple(kind.find(seen)):
            asked.append(Question(kind.key, _asks(kind, found, seen), found))
    return asked


_NONE = (
    "Nothing is late and said to be on track, nothing is silent, and nothing lacks evidence, "
    "agreement, a date, a lead or a decision. Whether what the plan says is true, only people can "
    "tell."
)
_NEXT = 'Next: hscp show ID · hscp progress ID "…" --evidence "…" · hscp decide ID "…"'


class _Seen(NamedTuple):
    """What the questions are looked for in."""

    plan: Plan
    day: date
    months: int
    found: list[Standing]

    @property
    def begun(self) -> list[Standing]:
        """What is open and to be heard of."""
        return [s for s in self.found if s.open and s.begun]

    @property
    def late(self) -> list[Standing]:
        """What is overdue."""
        return [s for s in self.found if s.kind == "overdue"]

    @property
    def complete(self) -> list[Standing]:
        """What is said to be complete."""
        return [s for s in self.found if s.kind == "complete"]


class _Kind(NamedTuple):
    """A kind of question: what it looks for, and how it is asked of one id and of several."""

    key: str
    find: Callable[[_Seen], Iterable[Found]]
    one: str
    many: str


def in_words(question: Question, head: Head, months: int = MONTHS) -> str:
    """The question with each id's own words beside it, for whoever has no plan at hand."""
    kind = next(kind for kind in _RANKED if kind.key == question.key)
    cited = phrases.cited([(about.id, about.text) for about in question.found])
    return _worded(kind, len(question.found), cited, head, months)


def _asks(kind: _Kind, found: tuple[Found, ...], seen: _Seen) -> str:
    ids = _ids([about.id for about in found])
    return _worded(kind, len(found), ids, seen.plan.head, seen.months)


def _worded(kind: _Kind, number: int, ids: str, head: Head, months: int) -> str:
    return (kind.one if number == 1 else kind.many).format(
        ids=ids,
        on_track=head.called("on track"),
        complete=head.called("complete"),
        closed=head.called("closed"),
        lead=head.called("lead"),
        milestones=plural(head.called("milestone")),
        months=count(months, "month"),
    )


def _ids(names: list[str]) -> str:
    more = len(names) - MOST
    return listed(names if more <= 0 else (*names[:MOST], f"{more:,} more"))


def _record(found: Found) -> dict[str, object]:
    return found._asdict() | {"fact": phrases.plain(found.fact), "lead": list(found.lead)}


def _of(found: Standing, fact: Line) -> Found:
    milestone = found.milestone
    return Found(milestone.id, milestone.action, found.priority.id, fact, found.lead)


def _about(priority: Priority, fact: Line) -> Found:
    leads = dict.fromkeys(name for o in priority.objectives for name in o.lead)
    return Found(priority.id, priority.title, priority.id, fact, tuple(leads))


# --- said and worked out ------------------------------------------------------------------------


def _on_track_yet_overdue(seen: _Seen) -> Iterator[Found]:
    for found in seen.late:
        if found.milestone.status == "on track" and not found.milestone.due.ongoing:
            said = _last_said(found) if found.last_said else ("nothing has been logged",)
            yield _of(found, sentence_of([_late(found), said]))


def _review_passed(seen: _Seen) -> Iterator[Found]:
    return (_of(s, _late(s)) for s in seen.late if s.milestone.due.ongoing)


def _late(found: Standing) -> Line:
    return (f"{found.words}, ", *phrases.due(found))


def _last_said(found: Standing) -> Line:
    return ("last said ", *phrases.last_said(found))


# --- silence ------------------------------------------------------------------------------------


def _begun_and_silent(seen: _Seen) -> Iterator[Found]:
    head = seen.plan.head
    return (_of(s, _unsaid(s, head)) for s in seen.begun if not (s.milestone.progress or s.alone))


def _unsaid(found: Standing, head: Head) -> Line:
    start, status = found.milestone.start, found.milestone.status
    begins = "was to begin " if start and start.last < found.day else "begins "
    due = _late(found) if found.kind == "overdue" else phrases.due(found)
    says: Line = (f"says {head.called(status)}",) if status != "not started" else ()
    return sentence_of([(begins, start) if start else (), due, says])


def _silent(seen: _Seen) -> Iterator[Found]:
    """What was said of once, and not for so many months; however far off its due date is."""
    for found in seen.begun:
        last = found.last_said
        if last and months_between(_heard(found, last), seen.day) >= seen.months:
            yield _of(found, _last_said(found))


def _heard(found: Standing, last: Entry) -> date:
    """Since when nothing was said. What is said before a start need not be said again until it."""
    start = found.milestone.start
    return max(last.date.last, start.first) if start else last.date.last


# --- evidence and agreement ---------------------------------------------------------------------


def _complete_without_evidence(seen: _Seen) -> Iterator[Found]:
    return (_of(s, _ended(s)) for s in seen.complete if not s.milestone.evidence)


def _complete_not_agreed(seen: _Seen) -> Iterator[Found]:
    for found in seen.complete:
        if found.ending and not found.ending.agreed:
            yield _of(found, _ended(found, note=False))


def _closed_not_agreed(seen: _Seen) -> Iterator[Found]:
    return (_of(s, _ended(s)) for s in seen.found if s.kind == "closed" and s.ended_unagreed)


def _ended(found: Standing, note: bool = True) -> Line:
    """When it was said to be over, and by whom; why too, if wanted."""
    entry = found.ending and found.ending.entry
    if not entry:
        return (phrases.NOT_LOGGED,)
    if note:
        return ("said ", *phrases.quote(entry.date, entry.note, entry.by))
    return (
        "said ",
        entry.date,
        f", by {entry.by}" if entry.by else "; the log does not say by whom",
    )


def _moved_not_agreed(seen: _Seen) -> Iterator[Found]:
    for found in seen.found:
        moves = [
            ("from ", entry.moved.from_, " to ", entry.moved.to, f': "{entry.note}"')
            for entry in found.milestone.moves
            if entry.moved and found.unagreed(entry)
        ]
        if moves:
            yield _of(found, sentence_of(moves))


def _moved_twice(seen: _Seen) -> Iterator[Found]:
    for found in seen.found:
        if found.open and len(found.milestone.moves) > 1:
            yield _of(found, sentence_of([phrases.moved(found), phrases.due(found)]))


# --- dates, leads, decisions and assurance -----------------------------------------------------


def _no_milestones(seen: _Seen) -> Iterator[Found]:
    """The objectives that have a date, and nothing on the way to it."""
    for found in seen.found:
        if found.open and found.alone:
            yield _of(found, _late(found) if found.kind == "overdue" else phrases.due(found))


def _no_date(seen: _Seen) -> Iterator[Found]:
    """What is open and can never be late."""
    head = seen.plan.head
    for found in seen.found:
        if found.open and found.milestone.due.undated:
            said = _last_said(found) if found.last_said else ("nothing has been logged",)
            status = f"says {head.called(found.milestone.status)}"
            yield _of(found, sentence_of([(status,), said]))


def _no_lead(seen: _Seen) -> Iterator[Found]:
    """A priority in which nobody leads anything; elsewhere each open milestone without a lead."""
    for _, group in groupby(seen.found, lambda s: s.priority.id):
        own = list(group)
        unled = [s for s in own if s.open and not s.lead]
        if unled and not any(s.lead for s in own):
            yield _about(own[0].priority, _unled(unled, seen.plan.head))
        else:
            yield from (_of(s, sentence_of([phrases.due(s), _accountable([s])])) for s in unled)


def _unled(found: list[Standing], head: Head) -> Line:
    called = f"open {head.called('milestone')}"
    number = count(len(found), called, plural(called))
    return sentence_of(
        [(f"{number}: {_ids([s.milestone.id for s in found])}",), _accountable(found)]
    )


def _accountable(found: list[Standing]) -> Line:
    names = dict.fromkeys(name for s in found for name in s.objective.accountable)
    return (f"accountable: {listed(names)}",) if names else ()


def _left_open(seen: _Seen) -> Iterator[Found]:
    return (_of(s, (phrases.left_open(s),)) for s in seen.found if s.left_open == "unsaid")


def _lapsed(seen: _Seen) -> Iterator[Found]:
    for priority in seen.plan.priorities:
        if state(priority, seen.day) == "lapsed, no decision recorded":
            yield _about(priority, _over(priority))


def _over(priority: Priority) -> Line:
    if priority.until:
        return ("was to run until ", priority.until)
    dates = [o.complete_by for o in priority.objectives if o.complete_by]
    return ("was to be complete by ", max(dates, key=lambda d: d.last))


def _decision_not_recorded(seen: _Seen) -> Iterator[Found]:
    named = {id for d in seen.plan.decisions for id in d.names}
    for found in seen.complete:
        # What became of the whole priority is what its last milestone asks a Board.
        decided = state(found.priority, seen.day) in ("closed", "continued")
        asked = for_board(found.milestone, seen.plan.head)
        if asked and not decided and found.milestone.id not in named:
            yield _of(found, _ended(found))


def _assurance_never_stated(seen: _Seen) -> Iterator[Found]:
    if months_between(seen.plan.head.period.start.first, seen.day) >= seen.months:
        yield from (_about(p, _supported(p)) for p in seen.plan.priorities if not p.assurance)


def _supported(priority: Priority) -> Line:
    impact = count(len(priority.impact), "entry") if priority.impact else "no entry"
    measures = count(len(priority.measures), "measure") if priority.measures else "no measure"
    return (f"{impact} of impact, {measures}",)


_RANKED = (
    _Kind(
        "on-track-yet-overdue",
        _on_track_yet_overdue,
        "{ids} is said to be {on_track}, and its date has passed. Is it finished, or late?",
        "{ids} are said to be {on_track}, and their dates have passed. Are they finished, or late?",
    ),
    _Kind(
        "begun-and-silent",
        _begun_and_silent,
        "{ids} should have begun, and nothing has ever been said of it. What has been done?",
        "{ids} should have begun, and nothing has ever been said of them. What has been done?",
    ),
    _Kind(
        "silent",
        _silent,
        "Nothing has been said of {ids} for {months} or more. How is it going?",
        "Nothing has been said of {ids} for {months} or more. How are they going?",
    ),
    _Kind(
        "complete-without-evidence",
        _complete_without_evidence,
        "{ids} is said to be {complete}, and no evidence is cited. What shows that it is done?",
        "{ids} are said to be {complete}, and no evidence is cited. What shows that they are done?",
    ),
    _Kind(
        "complete-not-agreed",
        _complete_not_agreed,
        "{ids} is said to be {complete}, and nobody is recorded as agreeing. Who agreed it?",
        "{ids} are said to be {complete}, and nobody is recorded as agreeing. Who agreed them?",
    ),
    _Kind(
        "closed-not-agreed",
        _closed_not_agreed,
        "{ids} was {closed}, and nobody is recorded as agreeing. Who agreed it?",
        "{ids} were {closed}, and nobody is recorded as agreeing. Who agreed them?",
    ),
    _Kind(
        "moved-not-agreed",
        _moved_not_agreed,
        "The due date of {ids} moved, and nobody is recorded as agreeing. Who agreed it?",
        "The due dates of {ids} moved, and nobody is recorded as agreeing. Who agreed them?",
    ),
    _Kind(
        "moved-twice",
        _moved_twice,
        "The due date of {ids} has moved more than once. What will make it hold this time?",
        "The due dates of {ids} have each moved more than once. What will make them hold this "
        "time?",
    ),
    _Kind(
        "no-milestones",
        _no_milestones,
        "{ids} has a date and no {milestones}. How is it to be reached?",
        "{ids} have a date and no {milestones}. How are they to be reached?",
    ),
    _Kind(
        "no-date",
        _no_date,
        "No date is given for {ids}. By when is it to be done?",
        "No date is given for {ids}. By when is each to be done?",
    ),
    _Kind(
        "no-lead",
        _no_lead,
        "No {lead} is named for {ids}. Who is to lead it?",
        "No {lead} is named for {ids}. Who is to lead them?",
    ),
    _Kind(
        "lapsed",
        _lapsed,
        "{ids} is past its end, and no decision is recorded. Does it continue, or close?",
        "{ids} are past their end, and no decision is recorded. Do they continue, or close?",
    ),
    _Kind(
        "left-open",
        _left_open,
        "{ids} is open though a Board closed what it belongs to. Is it closed, carried forward or "
        "kept?",
        "{ids} are open though a Board closed what they belong to. Are they closed, carried "
        "forward or kept?",
    ),
    _Kind(
        "decision-not-recorded",
        _decision_not_recorded,
        "{ids} is said to be {complete}, and the decision it was for is not recorded. What was "
        "decided?",
        "{ids} are said to be {complete}, and the decisions they were for are not recorded. What "
        "was decided?",
    ),
    _Kind(
        "review-passed",
        _review_passed,
        "{ids} is ongoing, and its review date has passed. What did the review find, and when is "
        "the next?",
        "{ids} are ongoing, and their review dates have passed. What did the reviews find, and "
        "when are the next?",
    ),
    _Kind(
        "assurance-never-stated",
        _assurance_never_stated,
        "Nobody has said whether the partnership is assured about {ids}. Is it?",
        "Nobody has said whether the partnership is assured about {ids}. Is it?",
    ),
)
"""The kinds of question, what matters most first."""
