"""What came back in one file, made sense of: whose answers, of when, and what each means.

Whoever answers twice is not recorded twice: each answer is held against a plan that has those
before it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown, insertion_index, of_day
from ..letters import folded
from ..model import ID, Entry, Log, Moved
from ..naming.groups import group_names
from ..naming.ids import citations, ids_alone, plain_id
from ..occurrences import waiting
from ..standing import Standing, kind, standings
from ..words import ENDED, listed
from .answers import marks_in, read_answers
from .form import QUESTIONS
from .lines import answer_about
from .meaning import understand
from .own import OwnText, words
from .requests import leading
from .understood import Occasion
from .which_plan import ids_here, in_words, plan_doubt, wrong_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from ..model import Milestone, Plan, Priority, Round
    from ..readers.content import Comment, Content
    from .answers import Answer
    from .form import Mark
    from .parts import Part
    from .understood import Understood


class Source(NamedTuple):
    """Something that came back: a file, the text of an e-mail, or what was attached to one."""

    name: str
    content: Content
    by_line: bool = False
    """Whether its paragraphs are the lines of a text."""
    sent: date | None = None
    """The day of the e-mail that it is, or came with."""


class Sent(NamedTuple):
    """What a form said when it was sent."""

    cells: Mapping[str, Mapping[str, str]]
    """Of each milestone by its id, by the names in `form.LABELS`."""
    texts: Sequence[str]
    """All its own texts."""
    openings: Sequence[str] = ()
    """How those begin which name people, days and numbers that only the form had."""


class Given(NamedTuple):
    """What was given on the command line beside the files."""

    today: date
    by: str | None = None
    """Whose answers they are; None: as each form says."""
    day: date | None = None
    """The day they answered; None: as each file says."""
    agreed: str | None = None
    """Who agreed what they move, complete or close."""


class Return(NamedTuple):
    """The answers of one lead in one file."""

    name: str
    occasion: Occasion
    form: str
    """The digest of its form; empty for notes."""
    understood: tuple[Understood, ...]
    unanswered: tuple[str, ...]
    """The ids that were asked about and have no answer in it, their row being there or not."""
    unplaced: tuple[Part, ...]
    comments: tuple[Comment, ...]
    notes: tuple[str, ...]


class Refused(NamedTuple):
    """Why nothing of a file is recorded, and what to do."""

    name: str
    what: str
    next: str


def read_return(
    sources: Sequence[Source],
    plan: Plan,
    given: Given,
    sent: Callable[[Mark, Collection[str]], Sent],
) -> Return | Refused:
    """What the parts of one file say. `sent` tells what a form said, of these milestones."""
    actions = {m.id: m.action for p in plan.owners for m in p.milestones}
    name = sources[0].name
    marks = [mark for source in sources for mark in marks_in(source.content)]
    if wrong := wrong_plan(marks, plan):
        return Refused(name, *wrong)
    if len({mark.who for mark in marks}) > 1:
        whose = listed(dict.fromkeys(mark.who for mark in marks))
        return Refused(name, f"it holds forms of {whose}", "Put each into a file of its own.")
    # A letter may quote what was asked before.
    mark = max(marks, key=lambda mark: mark.day, default=None)
    if mark and (wrong := _wrong_mark(mark, plan, given)):
        return Refused(name, *wrong)
    who = given.by or (mark and mark.who)
    if not who:
        what = "it has no form's mark, so it does not say whose answers these are"
        such = next(iter(leading(plan)), "HSCP Executive Board")
        return Refused(name, what, f'Name them:  --by "{such}"')
    asked = _round_of(plan, mark)
    ids = asked.ids if asked else tuple(actions)
    form = sent(mark, ids) if mark else None
    elsewhere = _ids_of({*mark.plans}.difference(ids_here(plan)), sources) if mark else {}
    alone = mark.plan if mark and len(mark.plans) == 1 else ""
    cited = {**citations(plan), **ids_alone(plan, alone), **elsewhere}
    own = OwnText(form.texts, form.openings, cited) if form else OwnText(cited=cited)
    actions_known = {**actions, **dict.fromkeys(elsewhere.values(), "")}
    parts = [read_answers(s.content, actions_known, own, s.by_line) for s in sources]
    every = [answer for part in parts for answer in part.answers]
    answers = [answer for answer in every if answer.id in actions]
    if mark and not asked and (other := _other_action(answers, actions)):
        what = f"its {other.id} is another than this plan's: {other.text('action')}"
        than = f"It looks like a form of another plan than {in_words(plan)}."
        return Refused(name, what, f"{than} Nothing was recorded.")
    texts = (text for source in sources for text in _texts(source.content))
    doubt = plan_doubt(mark, plan, texts, answers) if mark and not asked else ""
    day, notes = _day(sources, mark, given)
    known = (asked.ids if asked else ()) if mark and not given.by else None
    occasion = Occasion(
        who,
        day,
        mark and mark.day,
        bool(given.day),
        given.agreed,
        form and form.cells,
        doubt,
        known,
    )
    understood = tuple(understand_all(answers, plan, occasion))
    answered = any(u.says_anything for u in understood)
    if mark and plan.asked and not asked:
        notes = (*notes, "asked.yaml does not know of this form.")
    of_elsewhere = tuple(_of_elsewhere(answer for answer in every if answer.id not in actions))
    return Return(
        name,
        occasion,
        mark.digest if mark else "",
        tuple(u for u in understood if u.remarks or not _is_untouched(u)),
        _unanswered(understood, asked),
        tuple(part for p in parts for part in p.unplaced),
        tuple(comment for p in parts for comment in p.comments),
        (*(notes if answered else ()), *of_elsewhere, *(note for p in parts for note in p.notes)),
    )


def placed(returned: Return, about: Mapping[Part, str], plan: Plan) -> Return:
    """With words that stood under no milestone understood as answers about those that somebody says
    they are about."""
    answers = [a for part, id in about.items() if (a := answer_about(id, part))]
    more = understand_all(answers, plan, returned.occasion, returned.understood)
    return returned._replace(
        understood=(*returned.understood, *more),
        unanswered=tuple(id for id in returned.unanswered if id not in {*about.values()}),
        unplaced=tuple(part for part in returned.unplaced if part not in about),
    )


def _ids_of(plans: Collection[str], sources: Sequence[Source]) -> dict[str, str]:
    """The ids of other plans that a form asks about too, as it writes them."""
    if not plans:
        return {}
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, plans))})/{ID}", re.IGNORECASE)
    texts = (text for source in sources for text in _texts(source.content))
    return {plain_id(id): id for text in texts for id in pattern.findall(text)}


def _texts(content: Content) -> Iterator[str]:
    yield from (paragraph.text for paragraph in content.paragraphs())
    yield from (cell.text for table in content.tables() for row in table.rows for cell in row)


def _of_elsewhere(answers: Iterable[Answer]) -> Iterator[str]:
    """What there is to say of answers about another plan."""
    ids = dict.fromkeys(a.id for a in answers if any(map(a.text, QUESTIONS)))
    if ids:
        plans = dict.fromkeys(id.partition("/")[0] for id in ids)
        yield (
            f"What it says of {listed(ids)} belongs to the plan {listed(plans)}: collect it again "
            "with the folder of that plan after --plan."
        )


def _wrong_mark(mark: Mark, plan: Plan, given: Given) -> tuple[str, str] | None:
    """Why a form's mark is not believed, and what to do."""
    if mark.day > given.today:
        return f"its mark says it was asked on {day_shown(mark.day)}", "That is still to come."
    round = _round_of(plan, mark)
    if round and (round.who != mark.who or round.date.first != mark.day):
        what = f"its mark says that {mark.who} was asked on {day_shown(mark.day)}"
        known = f"asked.yaml says {round.who}, on {round.date.shown}."
        return what, f"{known} Somebody changed the mark: ask for the form itself."
    names = (*leading(plan), *group_names(plan.head))
    if not given.by and folded(mark.who) not in map(folded, names):
        return f"its mark says {mark.who}, whom this plan does not name", "Say who, with --by."
    return None


def _round_of(plan: Plan, mark: Mark | None) -> Round | None:
    """When and of what a form asked, as asked.yaml has it."""
    return next((r for r in plan.asked if mark and r.form == mark.digest), None)


def _other_action(answers: Sequence[Answer], actions: Mapping[str, str]) -> Answer | None:
    """An answer to a milestone that the plan has in other words: of a form that nothing shows to
    be this plan's."""
    for answer in answers:
        if (action := answer.text("action")) and words(action) != words(actions[answer.id]):
            return answer
    return None


def _day(
    sources: Sequence[Source], mark: Mark | None, given: Given
) -> tuple[date, tuple[str, ...]]:
    """The day on which it was answered, and what there is to say of that: of a letter its own. The
    day of a file counts only where it is a form, as others are made and copied on any day."""
    if given.day:
        return given.day, ()
    days = (source.sent or (mark and source.content.modified) for source in sources)
    first = mark.day if mark else date.min
    possible = [day for day in days if day and first <= day <= given.today]
    if possible:
        return possible[0], ()
    taken = day_shown(given.today)
    return given.today, (f"No day stands in it: {taken} is taken. Another:  --date DATE",)


def _unanswered(understood: Iterable[Understood], asked: Round | None) -> tuple[str, ...]:
    """What was asked about, or has a row, and nothing was written of."""
    touched = {u.answer.id: not _is_untouched(u) for u in understood}
    ids = dict.fromkeys((*(asked.ids if asked else ()), *touched))
    return tuple(id for id in ids if not touched.get(id))


def _is_untouched(understood: Understood) -> bool:
    said = understood.says_anything or understood.recorded
    return not (said or understood.doubts or understood.private)


def understand_all(
    answers: Sequence[Answer], plan: Plan, occasion: Occasion, before: Iterable[Understood] = ()
) -> Iterator[Understood]:
    """What each answer means, once those before it are recorded, and what was understood `before`
    them all."""
    by_id = {s.milestone.id: s for s in standings(plan, occasion.day) if not s.alone}

    def record(understood: Understood) -> None:
        id = understood.answer.id
        if understood.sure:
            by_id[id] = with_entry(by_id[id], entry_of(understood, occasion))

    for understood in before:
        record(understood)
    for answer in answers:
        understood = understand(answer, by_id[answer.id], plan.head, occasion)
        yield understood
        record(understood)


def entry_of(understood: Understood, occasion: Occasion) -> Entry:
    """The entry that records an answer. Who agreed stands where there is something to agree; and
    which occurrence of recurring work it reports, where only one waits."""
    milestone, to = understood.standing.milestone, understood.moved_to
    ends = understood.status in ENDED
    agreed = understood.agreed or occasion.agreed
    could_be = () if understood.nothing or to else waiting(milestone, occasion.day)
    return Entry(
        date=of_day(occasion.day),
        by=occasion.who,
        for_=could_be[0].period if len(could_be) == 1 else None,
        note=understood.note,
        status=understood.status,
        moved=Moved(from_=milestone.due, to=to) if to else None,
        agreed=agreed if to or ends else None,
        evidence=understood.evidence,
    )


def with_entry(standing: Standing, entry: Entry) -> Standing:
    """How a milestone stands once its log has this entry too."""
    milestone = standing.milestone
    log = list(milestone.progress)
    place = insertion_index(entry.date, [other.date for other in log])
    later = log[place:]
    status = milestone.status if any(e.status for e in later) else entry.status or milestone.status
    due = entry.moved.to if entry.moved else milestone.due
    logged = milestone.replace(
        progress=Log([*log[:place], entry, *later]), status=status, due=due,
        review=milestone.review if due.ongoing else None,
    )  # fmt: skip
    return standing._replace(milestone=logged, kind=kind(logged, standing.day, standing.plan))


def plan_with(plan: Plan, milestones: Mapping[str, Milestone]) -> Plan:
    """The plan with these milestones in the place of those that have their ids."""

    def replaced(priority: Priority) -> Priority:
        if not any(milestone.id in milestones for milestone in priority.milestones):
            return priority
        return priority.with_sections(
            section.replace(milestones=tuple(milestones.get(m.id, m) for m in section.milestones))
            for section in priority.sections
        )

    return plan._replace(files={name: replaced(p) for name, p in plan.files.items()})
