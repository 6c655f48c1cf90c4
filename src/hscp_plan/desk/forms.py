"""What can be recorded at the desk: for each command its fields, in the words of a form, and the
line that they come to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..cli.command_list import module_of
from ..cli.options import Argument, parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..cli.options import Parameter

Look = Literal["line", "text", "lines", "choice", "date"]


class Field(NamedTuple):
    """One field of a form: a parameter of the command."""

    name: str
    """The parameter's name."""
    label: str
    hint: str = ""
    look: Look = "line"
    """A line to type; a longer text; one thing a line; one of what the command offers; a date."""


class Form(NamedTuple):
    """What a command asks for."""

    command: str
    title: str
    button: str
    fields: tuple[Field, ...]
    about: str = ""
    """A sentence above the fields."""

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Those of its command, by their names."""
        return {p.name: p for p in parameters(import_module(module_of(self.command)).run)}

    def required(self, field: Field) -> bool:
        """Whether a field must be filled in."""
        return self.parameters[field.name].default is ... or field is _MILESTONE

    def offers(self, field: Field, where: Sequence[str]) -> dict[str, str]:
        """What could be typed in a field, with its words; empty where that is not known."""
        parameter = self.parameters[field.name]
        if parameter.choices:
            return dict.fromkeys(parameter.choices, "")
        offers = parameter.declared.offers
        return offers([*where]) if offers else {}

    def words(self, values: Mapping[str, str]) -> list[str]:
        """The line to run for what was filled in."""
        known, options, arguments = self.parameters, list[str](), list[str]()
        for field in self.fields:
            for value in _values(field, values.get(field.name, "")):
                parameter = known[field.name]
                if isinstance(parameter.declared, Argument):
                    arguments.append(value)
                else:
                    options.append(f"{parameter.names[-1]}={value}")
        dashed = any(word.startswith("-") for word in arguments)
        return [self.command, *options, *(["--"] if dashed else []), *arguments]

    def blamed(self, what: str, values: Mapping[str, str]) -> str:
        """The name of the field that a refusal speaks of: it quotes what was typed there, or names
        the option. Empty where none is known."""
        for field in self.fields:
            typed = values.get(field.name, "").strip()
            if typed and (f'"{typed}"' in what or typed == what.rpartition(" ")[2]):
                return field.name
        named = (
            f.name for f in self.fields if any(n in what for n in self.parameters[f.name].names)
        )
        return next(named, "")

    def missing(self, values: Mapping[str, str]) -> Field | None:
        """The first field that must be filled in, and is not."""
        empty = (field for field in self.fields if not values.get(field.name, "").strip())
        return next(filter(self.required, empty), None)


def _values(field: Field, typed: str) -> Iterator[str]:
    lines = typed.splitlines() if field.look == "lines" else [" ".join(typed.split())]
    return (line.strip() for line in lines if line.strip())


_MILESTONE = Field("id", "Milestone", "Such as P1.3", "choice")
_PART = Field("id", "What it is about", "A priority, objective or milestone", "choice")
_BY = Field("by", "Who says so", "A role or group. Empty: whoever keeps the plan")
_DAY = Field("date", "The day it happened", "Such as 14 October 2021. Empty: today", "date")
_AGREED = Field(
    "agreed", "Who agreed it", "A Board and a day, such as HSCP Executive Board, 20 October 2021"
)
_EVIDENCE = Field("evidence", "What shows it", "A link or a document. One on each line", "lines")

FORMS = {
    form.command: form
    for form in (
        Form("progress", "Record progress", "Record it", (
            _MILESTONE,
            Field("note", "What happened",
                  "In a sentence or two. Nothing that could identify a child", "text"),
            Field("status", "How it stands now", "Leave it where it has not changed", "choice"),
            _EVIDENCE,
            Field("due", "Its new due date", "Only where it moves: then what happened says why",
                  "date"),
            _AGREED, _BY, _DAY,
        )),
        Form("reschedule", "Move a due date", "Move it", (
            _MILESTONE,
            Field("to", "Its new due date", "Such as June 2022, or +2m: two months later", "date"),
            Field("reason", "Why it moves", "", "text"),
            _AGREED, _BY, _DAY,
        )),
        Form("add", "Add a milestone", "Add it", (
            Field("id", "Priority", "", "choice"),
            Field("action", "What is to be done", "", "text"),
            Field("due", "When it is due", "Such as June 2022. Empty: no date yet", "date"),
            Field("start", "When it begins", "", "date"),
            Field("lead", "Who leads it",
                  "Where that is not who leads the objective. One on each line", "lines"),
            Field("objective", "Objective", "Such as P1-A, where the priority has several"),
        )),
        Form("decide", "Record a decision", "Record it", (
            Field("id", "Priority", "", "choice"),
            Field("decision", "What was decided", "As minuted", "text"),
            Field("by", "Who decided", "A Board or group"),
            Field("outcome", "What it means for the priority", "", "choice"),
            Field("completes", "The milestone that it completes", "Such as P1.7"),
            Field("about", "What else it is about", "Ids such as P1.4. One on each line", "lines"),
            Field("note", "Anything to add", "", "text"),
            _DAY,
        )),
        Form("measure", "Record a figure", "Record it", (
            Field("id", "Measure", "", "choice"),
            Field("value", "The figure", "Such as 42, 3.5 or 40%. A count under 5 is suppressed"),
            Field("period", "Of when", "Such as Q3 2021/22, 2021/22 or 2021-12"),
            Field("note", "Anything needed to read it", "", "text"),
        )),
        Form("impact", "Record a difference that it made", "Record it", (
            _PART,
            Field("note", "What was said or found", "Nothing that could identify a child", "text"),
            Field("voice", "Who says so", "", "choice"),
            _EVIDENCE, _DAY,
        )),
        Form("assure", "Record how far a Board is assured", "Record it", (
            _PART,
            Field("level", "How far", "", "choice"),
            Field("by", "Who is assured", "A Board or group"),
            Field("note", "On what ground, or what is lacking", "", "text"),
            _DAY,
        )),
        Form("lead", "Name who leads", "Name them", (
            Field("id", "What they lead", "An objective or a milestone", "choice"),
            Field("group", "Who leads it", "A role or group, or nobody"),
            Field("also", "Who leads it too", "One on each line", "lines"),
        )),
        Form("add-meeting", "Add a meeting", "Add it", (
            Field("date", "The day", "Such as 20 April 2022", "date"),
            Field("group", "Which board or group meets"),
            Field("title", "What it is called", "Where it has a name"),
        )),
        Form("add-objective", "Add an objective", "Add it", (
            Field("id", "Priority", "", "choice"),
            Field("statement", "What is to be achieved", "", "text"),
            Field("complete_by", "By when", "", "date"),
            Field("lead", "Who leads it", "One on each line", "lines"),
            Field("accountable", "Who answers for it", "One on each line", "lines"),
        )),
        Form("save", "Keep it in git", "Keep it", (
            Field("message", "In a line, what changed", "Empty: made from what changed"),
        )),
    )
}  # fmt: skip
"""The forms, by the commands that they run."""
