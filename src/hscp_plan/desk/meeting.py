"""After a meeting: its milestones in a row, with what was said of each, and its decisions. All of
it is tried before any of it is recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from .answers import Answer
from .forms import FORMS, Field, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Run = Callable[..., Answer]

_OF_MILESTONE = ("note", "status", "evidence", "due", "agreed")
_OF_DECISION = ("id", "decision", "outcome", "completes")
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

    def typed(self, values: Mapping[str, str]) -> dict[str, str]:
        """What was filled in of it, by the names of the command's parameters."""
        found = {f.name: values.get(f"{self.key}.{f.name}", "").strip() for f in self.fields}
        return {name: text for name, text in found.items() if text}


class Tried(NamedTuple):
    """What recording a page came to."""

    said: Answer
    values: dict[str, Any]
    done: bool = False
    refused: bool = False


class Meeting:
    """The page of a meeting."""

    def __init__(self, run: Run, where: Sequence[str]) -> None:
        self._run, self._where = run, where

    def rows(self) -> list[Row]:
        """What is late or due soon, the latest first, and room for decisions."""
        said = self._run("due", f"--within={WITHIN}", "--format=json")
        try:
            due = json.loads(said.text)["milestones"]
        except (ValueError, KeyError):
            due = []
        progress, decide = FORMS["progress"], FORMS["decide"]
        of = tuple(f for f in progress.fields if f.name in _OF_MILESTONE)
        decided = tuple(f for f in decide.fields if f.name in _OF_DECISION)
        rows = [Row(m["id"], progress, of, m["id"], m) for m in due]
        numbers = range(1, DECISIONS + 1)
        return rows + [Row(f"decision{n}", decide, decided) for n in numbers]

    def empty(self) -> dict[str, Any]:
        """The page before anything is filled in."""
        return self._page(self.rows(), {}, {})

    def _page(
        self, rows: list[Row], values: Mapping[str, str], wrong: Mapping[str, str]
    ) -> dict[str, Any]:
        offers = {f.name: row.form.offers(f, self._where) for row in rows for f in row.fields}
        decide = FORMS["decide"]
        by = next(field for field in decide.fields if field.name == "by")
        offers["by"] = decide.offers(by, self._where)
        return {"here": "/meeting", "rows": rows, "values": values, "wrong": wrong,
                "offers": offers, "nothing": False}  # fmt: skip

    def record(self, values: Mapping[str, str], look: bool) -> Tried:
        """Record what was filled in, or only look at what that would write."""
        rows = self.rows()
        filled = ((row, row.typed(values)) for row in rows)
        lines = [(row, self._words(row, typed, values)) for row, typed in filled if typed]
        tried = [(row, self._run(line[0], "--dry-run", *line[1:])) for row, line in lines]
        wrong = {row.key: _sentence(said) for row, said in tried if said.refusal}
        page = self._page(rows, values, wrong)
        if wrong or not lines:
            return Tried(Answer(0), {**page, "nothing": not lines}, refused=True)
        if look:
            return Tried(Answer(0, text="".join(said.text for _, said in tried)), page)
        return self._all(lines, page)

    def _all(self, lines: list[tuple[Row, list[str]]], page: dict[str, Any]) -> Tried:
        documents, notes = list[Any](), list[str]()
        for row, line in lines:
            said = self._run(*line)
            documents += said.documents
            notes += said.notes
            if said.refusal:
                # It was good a moment before: somebody changed the file since.
                page["wrong"] = {row.key: _sentence(said)}
                return Tried(Answer(1, tuple(documents), notes=tuple(notes)), page, refused=True)
        return Tried(Answer(0, tuple(documents), notes=tuple(notes)), page, done=True)

    @staticmethod
    def _words(row: Row, typed: Mapping[str, str], values: Mapping[str, str]) -> list[str]:
        """The line that a row comes to, with what is said once for the whole meeting."""
        shared = {"date": values.get("date", "")}
        if row.id:
            shared["id"] = row.id
        else:
            shared["by"] = values.get("by", "")
        return row.form.words({**shared, **typed})


def _sentence(said: Answer) -> str:
    refusal = said.refusal
    return f"{refusal.what}. {refusal.next}".strip() if refusal else ""
