"""After a meeting: its milestones in a row, with what was said of each, and its decisions. All of
it is tried before any of it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from ..document import Link
from ..editing.deeds import noted
from ..editing.revoke import revoke
from ..errors import Mendable
from ..words import ENDED, names_nobody, sentence
from .agenda import Agenda
from .agenda import Row as Listed
from .answers import Answer
from .forms import FORMS, Field, Form
from .telling import tell_plainly
from .trial import Difference, attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ..editing.deeds import Deed
    from ..model import Plan

    Run = Callable[..., Answer]

_PROGRESS, _DECIDE = FORMS["progress"], FORMS["decide"]
_OF_MILESTONE = {"note": "What was said", "status": "", "due": "", "agreed": "", "evidence": ""}
"""The fields of a milestone, in their order, with what they are called here where that is else."""
_OF_DECISION = ("id", "decision", "outcome", "left", "completes")
_SHARED = tuple(
    field._replace(hint="Of its decisions: a Board or group", label="Who met", needed=False)
    if field.name == "by"
    else field._replace(label="The day it met", hint="Empty: today")
    for field in _DECIDE.fields
    if field.name in ("by", "date")
)
MOST_DECISIONS = 50
_AGREED = "agreed"
"""Who agreed what is recorded of a milestone: where nothing is typed of it, the meeting."""
_EMPTY_AGREED = (
    "Of a move or an end. Empty: this meeting, where a Board or the statutory partners met. "
    "Nobody: it is not agreed yet"
)


class Row(NamedTuple):
    """A milestone or a decision on the page."""

    key: str
    """What the names of its fields begin with."""
    form: Form
    fields: tuple[Field, ...]
    id: str = ""
    about: Listed | None = None
    """The milestone as the agenda tells of it; None where nothing can be read of it."""
    title: str = ""
    """What a decision stands under."""

    def typed(self, values: Mapping[str, str]) -> dict[str, str]:
        """What was filled in of it, by the names of the command's parameters."""
        found = {f.name: values.get(f"{self.key}.{f.name}", "").strip() for f in self.fields}
        return {name: text for name, text in found.items() if text}

    def whole(self, values: Mapping[str, str]) -> dict[str, str]:
        """The same, with what is said once for the whole meeting."""
        date, typed = values.get("date", ""), self.typed(values)
        if not self.id:
            return {"date": date, "by": values.get("by", ""), **typed}
        if typed.get("due") or typed.get("status") in ENDED:
            typed = {_AGREED: values.get(_AGREED, ""), **typed}
            if names_nobody(typed[_AGREED]):
                del typed[_AGREED]
        return {"date": date, "id": self.id, **typed}

    def settled(self, values: Mapping[str, str], dues: Mapping[str, str]) -> dict[str, str]:
        """What was filled in of it, with a new due date as `Form.settled` has it; by the names of
        the page's fields."""
        whole = self.form.settled(self.whole(values), dues)
        return {f"{self.key}.{name}": whole[name] for name in self.typed(values)}

    def line(self, values: Mapping[str, str]) -> list[str]:
        """The line that records it."""
        return self.form.words(self.whole(values))


class Mistake(NamedTuple):
    """What is wrong with what was filled in."""

    whose: str
    """The milestone's id, or which decision; empty of what is said once for the whole meeting."""
    what: str


class Tried(NamedTuple):
    """What recording a page came to."""

    said: Answer
    values: dict[str, Any]
    deed: Deed | None = None
    """What it did to the plan's files, once all of it is done."""
    refused: bool = False


class Meeting:
    """The page of a meeting."""

    def __init__(self, run: Run, folder: Path, plan: Plan | None, day: date) -> None:
        self._run, self._folder, self._plan, self._day = run, folder, plan, day

    def drawn(self, values: Mapping[str, str], more: bool = False) -> dict[str, Any]:
        """The page with these values, which nothing was tried of: with the day and the group of the
        meeting that was chosen, where that is another than before; with room for one `more`
        decision."""
        agenda = self._agenda(values)
        if agenda and agenda.meeting and _is_new(agenda.name(agenda.meeting), values):
            date, by = agenda.meeting.date.shown, agenda.meeting.group
            values = {**values, "date": date, "by": by}
        return self._page(agenda, values, {}, more=more)

    def record(self, values: Mapping[str, str], look: bool) -> Tried:
        """Record what was filled in, or only look at what that would come to."""
        agenda = self._agenda(values)
        if agenda:
            met = agenda.agreement(values.get("by", ""), values.get("date", ""))
            values = {**values, _AGREED: met}
        filled = [row for row in self._every(agenda, values)[0] if row.typed(values)]
        lacking = [row for row in filled if row.form.missing(row.whole(values))]
        able = [row for row in filled if row not in lacking]
        trial = attempt(self._folder, [row.line(values) for row in able])
        refused = [
            (r, said) for r, said in zip(able, trial.answers, strict=True) if _is_wrong(said)
        ]
        wrong = dict(_mistake(row, said, values) for row, said in refused)
        wrong |= dict(_missing(row, values) for row in lacking)
        if wrong or not filled:
            page = self._page(agenda, values, wrong)
            return Tried(Answer(0), {**page, "nothing": not filled}, refused=True)
        if look:
            for row in able:
                values = {**values, **row.settled(values, trial.dues)}
            page = self._page(agenda, values, wrong, trial.differences)
            return Tried(_together(trial.answers), page)
        return self._all(filled, values)

    def next(self, values: Mapping[str, str]) -> tuple[Link, ...]:
        """Where to go on: with the same meeting, or to add one that the plan does not have."""
        asked = {name: values.get(name, "") for name in ("meeting", "which")}
        onward = Link("Go on with the meeting", f"/meeting?{urlencode(asked)}")
        agenda = self._agenda(values)
        new = agenda and agenda.unlisted(values.get("by", ""), values.get("date", ""))
        if not new:
            return (onward,)
        text = f"Add this meeting to the plan: {new['group']}, {new['date']}"
        return Link(text, f"/record/add-meeting?{urlencode(new)}"), onward

    def _agenda(self, values: Mapping[str, str]) -> Agenda | None:
        if self._plan is None:
            return None
        meeting, which = values.get("meeting"), values.get("which", "")
        return Agenda(self._plan, self._day, meeting, which)

    def _every(
        self, agenda: Agenda | None, values: Mapping[str, str], more: bool = False
    ) -> tuple[list[Row], str]:
        """The milestones of the agenda, then whatever else something was filled in of, whose file
        broke or which is no more; then the decisions. And what is left out."""
        typed = _ids_in(values)
        listed, left_out = agenda.rows(typed) if agenda else ([], "")
        fields = tuple(_of_milestone(*each) for each in _OF_MILESTONE.items())
        rows = [Row(each.id, _PROGRESS, fields, each.id, each) for each in listed]
        known = {row.id for row in rows}
        rows += [Row(id, _PROGRESS, fields, id) for id in typed if id not in known]
        decided = tuple(map(_of_decision, _OF_DECISION))
        numbers = range(1, _decisions(values) + more + 1)
        rows += [Row(f"decision{n}", _DECIDE, decided, title=f"Decision {n}") for n in numbers]
        return rows, left_out

    def _page(
        self,
        agenda: Agenda | None,
        values: Mapping[str, str],
        wrong: Mapping[str, Mistake],
        differences: Sequence[Difference] = (),
        more: bool = False,
    ) -> dict[str, Any]:
        rows, left_out = self._every(agenda, values, more)
        milestones = [row for row in rows if row.id]
        meeting = agenda.name(agenda.meeting) if agenda and agenda.meeting else ""
        shared = Row("", _DECIDE, _SHARED)
        kinds = {row.form.command: row for row in (shared, *rows)}
        offers = {
            field.name: row.form.offers(field, self._plan)
            for row in (shared, *kinds.values())
            for field in row.fields
        }
        offers["completes"] = {row.id: row.about.action for row in milestones if row.about}
        offers["agreed"] = {meeting: ""} if meeting else {}
        decisions = rows[len(milestones) :]
        return {
            "here": "/meeting", "milestones": milestones, "decisions": decisions, "values": values,
            "wrong": wrong, "offers": offers, "shared": shared, "nothing": False,
            "meeting": meeting, "meetings": agenda.meetings if agenda else (),
            "which": agenda.which if agenda else "", "choices": agenda.choices if agenda else {},
            "left_out": left_out, "new": decisions[-1].key if more else "",
            "differences": differences, "under": bool(differences),
        }  # fmt: skip

    def _all(self, rows: list[Row], values: Mapping[str, str]) -> Tried:
        """Record all of it, or none: what is refused was good a moment before, and somebody changed
        its file since, or the disk is full. Only what cannot be taken back then stays recorded."""
        with noted() as deed:
            answers = self._until_refused(rows, values)
        *recorded, last = answers
        if not _is_wrong(last):
            return Tried(_together(answers), {}, deed)
        wrong = dict([_mistake(rows[len(recorded)], last, values)])
        if _taken_back(deed):
            return Tried(Answer(0), self._page(self._agenda(values), values, wrong), refused=True)
        # What is recorded is not there to be recorded again.
        keys = {row.key for row in rows[: len(recorded)]}
        left = {name: text for name, text in values.items() if name.rpartition(".")[0] not in keys}
        return Tried(_together(answers), self._page(self._agenda(left), left, wrong), refused=True)

    def _until_refused(self, rows: list[Row], values: Mapping[str, str]) -> list[Answer]:
        answers = list[Answer]()
        for row in rows:
            answers.append(self._run(*row.line(values)))
            if _is_wrong(answers[-1]):
                break
        return answers


def _is_wrong(said: Answer) -> bool:
    """Whether something was refused. What the plan says already is not: it was sent twice."""
    return said.refusal is not None and not said.already


def _taken_back(deed: Deed) -> bool:
    """Whether what was recorded could be taken back, with nothing that is somebody else's."""
    if not deed.whole:
        return False
    try:
        revoke(deed)
    except (Mendable, OSError):
        return False
    return True


def _is_new(meeting: str, values: Mapping[str, str]) -> bool:
    """Whether a meeting is another than the one whose day and group stand on the page."""
    if "shown" in values:
        return values["shown"] != meeting
    return not (values.get("date") or values.get("by"))


def _of_milestone(name: str, label: str) -> Field:
    field = next(field for field in _PROGRESS.fields if field.name == name)
    hint = _EMPTY_AGREED if name == _AGREED else ""
    return field._replace(label=label or field.label, hint=hint)


def _of_decision(name: str) -> Field:
    field = next(field for field in _DECIDE.fields if field.name == name)
    return field._replace(look="line", hint="Such as P1.7") if name == "completes" else field


def _together(answers: Sequence[Answer]) -> Answer:
    """What several commands said."""
    documents = tuple(document for answer in answers for document in answer.documents)
    known = [f"{sentence(a.refusal.what)}." for a in answers if a.refusal and a.already]
    notes = tuple(dict.fromkeys([*(note for answer in answers for note in answer.notes), *known]))
    commands = tuple(dict.fromkeys(command for answer in answers for command in answer.of))
    status = max((answer.status for answer in answers if not answer.already), default=0)
    return Answer(status, documents, notes=notes, of=commands)


def _decisions(values: Mapping[str, str]) -> int:
    """For how many decisions there is room: one, or as many as there were, or were filled in."""
    named = (name.removeprefix("decision").partition(".")[0] for name in values)
    numbers = [int(n) for n in (*named, values.get("decisions", "")) if n.isdecimal()]
    return min(max(numbers, default=1), MOST_DECISIONS)


def _ids_in(values: Mapping[str, str]) -> list[str]:
    """The ids of the milestones of which something was filled in."""
    found = (name.rpartition(".") for name, text in values.items() if text.strip())
    ids = (id for id, _, field in found if field in _OF_MILESTONE)
    return [id for id in dict.fromkeys(ids) if not id.startswith("decision")]


def _missing(row: Row, values: Mapping[str, str]) -> tuple[str, Mistake]:
    empty = row.form.missing(row.whole(values))
    assert empty  # noqa: S101 - it is lacking something
    return _at(row, empty.name, f"{empty.label} is missing.")


def _mistake(row: Row, said: Answer, values: Mapping[str, str]) -> tuple[str, Mistake]:
    """The name of the field that is wrong, or of its row where none is known; and what is wrong."""
    refusal = said.refusal
    assert refusal  # noqa: S101 - it was refused
    field = row.form.blamed(refusal, row.whole(values))
    # What becomes of what is open is chosen beside the question, and not typed.
    asked = field == "left"
    what = refusal.what if asked else f"{refusal.what}.\n{refusal.next}"
    return _at(row, field, tell_plainly(what, (row.form.command,)))


def _at(row: Row, field: str, what: str) -> tuple[str, Mistake]:
    if any(field == each.name for each in row.fields):
        return f"{row.key}.{field}", Mistake(row.id or row.title, what)
    if any(field == each.name for each in _SHARED):
        return field, Mistake("", what)
    return row.key, Mistake(row.id or row.title, what)
