"""After a meeting: its milestones in a row, with what was said of each, and its decisions. All of
it is tried before any of it is recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Mistyped
from .answers import Answer
from .forms import FORMS, Field, Form
from .telling import tell_plainly

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..model import Plan

    Run = Callable[..., Answer]

_OF_MILESTONE = ("note", "status", "evidence", "due", "agreed")
_OF_DECISION = ("id", "decision", "outcome", "completes")
_DECIDE = FORMS["decide"]
_SHARED = tuple(
    field._replace(hint="Of its decisions: a Board or group", label="Who met", needed=False)
    if field.name == "by"
    else field._replace(label="The day it met", hint="Empty: today")
    for field in _DECIDE.fields
    if field.name in ("by", "date")
)
_COMMANDS = ("progress", "decide")
DECISIONS = 3
"""How many decisions there is room for on one page."""
WITHIN = "90d"
"""The milestones that stand there are due within this time, or late."""


class Row(NamedTuple):
    """A milestone or a decision on the page."""

    key: str
    """What the names of its fields begin with."""
    form: Form
    fields: tuple[Field, ...]
    id: str = ""
    about: Mapping[str, Any] = {}
    """The milestone as `due` tells of it."""
    title: str = ""
    """What a decision stands under."""

    def typed(self, values: Mapping[str, str]) -> dict[str, str]:
        """What was filled in of it, by the names of the command's parameters."""
        found = {f.name: values.get(f"{self.key}.{f.name}", "").strip() for f in self.fields}
        return {name: text for name, text in found.items() if text}

    def whole(self, values: Mapping[str, str]) -> dict[str, str]:
        """The same, with what is said once for the whole meeting."""
        own = {"id": self.id} if self.id else {"by": values.get("by", "")}
        return {"date": values.get("date", ""), **own, **self.typed(values)}


class Mistake(NamedTuple):
    """What is wrong with what was filled in."""

    whose: str
    """The milestone's id, or which decision; empty of what is said once for the whole meeting."""
    what: str


class Tried(NamedTuple):
    """What recording a page came to."""

    said: Answer
    values: dict[str, Any]
    done: bool = False
    refused: bool = False


class Meeting:
    """The page of a meeting."""

    def __init__(self, run: Run, plan: Plan | None) -> None:
        self._run, self._plan = run, plan

    def rows(self, values: Mapping[str, str]) -> list[Row]:
        """What is late or due soon, the latest first; whatever else something was filled in of,
        which somebody moved or completed meanwhile, or whose file broke; and room for decisions."""
        said = self._run("due", f"--within={WITHIN}", "--format=json")
        try:
            due = json.loads(said.text)["milestones"]
        except (ValueError, KeyError):
            due = []
        progress, decide = FORMS["progress"], _DECIDE
        of = tuple(f for f in progress.fields if f.name in _OF_MILESTONE)
        decided = tuple(
            f._replace(look="line", hint="Such as P1.7") if f.name == "completes" else f
            for f in decide.fields
            if f.name in _OF_DECISION
        )
        listed = {m["id"] for m in due}
        due += [{"id": id, "action": ""} for id in _ids_in(values) if id not in listed]
        rows = [Row(m["id"], progress, of, m["id"], m) for m in due]
        numbers = range(1, DECISIONS + 1)
        decisions = [Row(f"decision{n}", decide, decided, title=f"Decision {n}") for n in numbers]
        return rows + decisions

    def filled(self, values: Mapping[str, str]) -> dict[str, Any]:
        """The page with these values, which nothing was tried of."""
        return self._page(self.rows(values), values, {})

    def _page(
        self, rows: list[Row], values: Mapping[str, str], wrong: Mapping[str, Mistake]
    ) -> dict[str, Any]:
        shared = Row("", _DECIDE, _SHARED)
        offers: dict[str, dict[str, str]] = {}
        for row in (shared, *rows):
            for field in row.fields:
                if field.name not in offers:
                    offers[field.name] = row.form.offers(field, self._plan)
        return {"here": "/meeting", "rows": rows, "values": values, "wrong": wrong,
                "offers": offers, "shared": shared, "nothing": False}  # fmt: skip

    def record(self, values: Mapping[str, str], look: bool) -> Tried:
        """Record what was filled in, or only look at what that would write."""
        rows = self.rows(values)
        filled = [row for row in rows if row.typed(values)]
        tried = [(row, self._try(row, values)) for row in filled]
        wrong = dict(_mistake(row, said, values) for row, said in tried if said.refusal)
        page = self._page(rows, values, wrong)
        if wrong or not filled:
            return Tried(Answer(0), {**page, "nothing": not filled}, refused=True)
        if look:
            return Tried(Answer(0, text="".join(said.text for _, said in tried)), page)
        return self._all(filled, values, page)

    def _try(self, row: Row, values: Mapping[str, str]) -> Answer:
        """What recording a row would come to."""
        if empty := row.form.missing(row.whole(values)):
            return Answer(2, refusal=Mistyped(f"{empty.label} is missing"))
        command, *words = row.form.words(row.whole(values))
        return self._run(command, "--dry-run", *words)

    def _all(self, rows: list[Row], values: Mapping[str, str], page: dict[str, Any]) -> Tried:
        documents, notes = list[Any](), list[str]()
        left = dict(values)
        for row in rows:
            said = self._run(*row.form.words(row.whole(values)))
            documents += said.documents
            notes += said.notes
            if said.refusal:
                # It was good a moment before: somebody changed the file since.
                page |= {"values": left, "wrong": dict([_mistake(row, said, values)])}
                return Tried(
                    Answer(1, tuple(documents), notes=tuple(notes), of=_COMMANDS),
                    page,
                    refused=True,
                )
            # What is recorded is not there to be recorded again.
            for field in row.fields:
                left.pop(f"{row.key}.{field.name}", None)
        return Tried(Answer(0, tuple(documents), notes=tuple(notes), of=_COMMANDS), page, done=True)


def _ids_in(values: Mapping[str, str]) -> list[str]:
    """The ids of the milestones of which something was filled in."""
    found = (name.rpartition(".") for name, text in values.items() if text.strip())
    ids = (id for id, _, field in found if field in _OF_MILESTONE)
    return [id for id in dict.fromkeys(ids) if not id.startswith("decision")]


def _mistake(row: Row, said: Answer, values: Mapping[str, str]) -> tuple[str, Mistake]:
    """The name of the field that is wrong, or of its row where none is known; and what is wrong."""
    refusal = said.refusal
    assert refusal  # noqa: S101 - it was refused
    empty = row.form.missing(row.whole(values))
    field = empty.name if empty else row.form.blamed(refusal, row.whole(values))
    what = tell_plainly(f"{refusal.what}.\n{refusal.next}", (row.form.command,))
    if any(field == each.name for each in row.fields):
        return f"{row.key}.{field}", Mistake(row.id or row.title, what)
    if any(field == each.name for each in _SHARED):
        return field, Mistake("", what)
    return row.key, Mistake(row.id or row.title, what)
