"""What can be recorded at the desk: for each command its fields, in the words of a form, and the
line that they come to."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..cli.command_list import module_of
from ..cli.options import Argument, parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from werkzeug.datastructures import MultiDict

    from ..cli.options import Parameter
    from ..errors import Mendable
    from ..model import Plan

_DATE = re.compile(r"(\d{1,2} )?[A-Z][a-z]+ \d{4}\b")
"""A date as a refusal says it."""
Look = Literal["line", "text", "lines", "several", "choice", "date", "flag"]


class Field(NamedTuple):
    """One field of a form: a parameter of the command."""

    name: str
    """The parameter's name."""
    label: str
    hint: str = ""
    look: Look = "line"
    """A line to type; a longer text; one thing a line; a few of what the command offers; one of it;
    a date; a box to tick."""
    needed: bool = False
    """Whether it must be filled in although the command could do without, or would ask."""
    rare: bool = False
    """Whether it stands under "More", out of the way."""
    moves: bool = False
    """Whether it is a milestone's new due date, which may be counted on from the old."""


class Form(NamedTuple):
    """What a command asks for."""

    command: str
    title: str
    button: str
    fields: tuple[Field, ...]
    fixed: tuple[str, ...] = ()
    """What the line always has besides."""
    shows_first: bool = False
    """Whether what it would do is shown before anything is filled in."""
    beyond: bool = False
    """Whether it touches more than the plan's own files, and so cannot be tried on a copy."""
    done: str = "Recorded"
    """What was done, in a word."""

    @property
    def run(self) -> Callable[..., int]:
        """What runs its command."""
        run: Callable[..., int] = import_module(module_of(self.command)).run
        return run

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Those of its command, by their names."""
        return {parameter.name: parameter for parameter in parameters(self.run)}

    def required(self, field: Field) -> bool:
        """Whether a field must be filled in."""
        return field.needed or self.parameters[field.name].default is ...

    def offers(self, field: Field, plan: Plan | None) -> dict[str, str]:
        """What could be typed in a field, with its words; empty where that is not known."""
        parameter = self.parameters[field.name]
        offers = parameter.declared.offers
        words = offers(plan) if offers else {}
        return words or dict.fromkeys(parameter.choices, "")

    def values(self, given: MultiDict[str, str]) -> dict[str, str]:
        """What was filled in, by field; of one that takes several things, each on its line."""
        lists = {field.name: filter(str.strip, given.getlist(field.name)) for field in self.fields}
        # No word of a line that a shell runs could hold a NUL.
        return {name: "\n".join(some).replace("\0", "") for name, some in lists.items()}

    def settled(self, values: Mapping[str, str], dues: Mapping[str, str]) -> dict[str, str]:
        """The same, with a new due date as it was shown: one counted on from the old would be
        another where somebody moves the milestone meanwhile. `dues` has them by milestone."""
        due = dues.get(values.get("id", "").strip().upper())
        moving = (field.name for field in self.fields if field.moves and values.get(field.name))
        return {**values, **(dict.fromkeys(moving, due) if due else {})}

    def words(self, values: Mapping[str, str]) -> list[str]:
        """The line to run for what was filled in."""
        known, options, arguments = self.parameters, [*self.fixed], list[str]()
        for field in self.fields:
            parameter = known[field.name]
            for value in _values(field, values.get(field.name, "")):
                if isinstance(parameter.declared, Argument):
                    arguments.append(value)
                elif field.look == "flag":
                    options.append(parameter.names[-1])
                else:
                    options.append(f"{parameter.names[-1]}={value}")
        dashed = any(word.startswith("-") for word in arguments)
        return [self.command, *options, *(["--"] if dashed else []), *arguments]

    def blamed(self, refusal: Mendable | None, values: Mapping[str, str]) -> str:
        """The name of the field that a refusal speaks of: it quotes what was typed there, or names
        the option, or says "the note", or begins with a date. Empty where there is none, or none is
        known."""
        if refusal is None:
            return ""
        what, whole = refusal.what, f"{refusal.what}. {refusal.next}"
        for field in self.fields:
            for typed in _values(field, values.get(field.name, "")):
                if f'"{typed}"' in what or typed == what.rpartition(" ")[2]:
                    return field.name
        for field in self.fields:
            names = (*self.parameters[field.name].names, f"the {field.name}")
            if any(re.search(rf"(?<!\S){name}\b", whole) for name in names):
                return field.name
        dates = (f.name for f in self.fields if f.look == "date" and values.get(f.name))
        return next(dates, "") if _DATE.match(what) else ""

    def in_words(self, text: str) -> str:
        """A text for whoever fills in the form: of an option, the field."""
        for field in self.fields:
            for name in self.parameters[field.name].names:
                option, label = rf"(?<![^\s'(]){name}", f'"{field.label}"'
                text = re.sub(rf'{option} ("[^"]*")', rf"\1 under {label}", text)
                text = re.sub(rf"{option}(?![\w-])( [A-Z]+\b)?", label, text)
            if field.look == "text":
                text = re.sub(rf"\bthe {field.name}\b", f'"{field.label}"', text)
        return text

    def cursor(self, values: Mapping[str, str]) -> str:
        """The name of the first field that is left to fill in, where others are already."""
        empty = (f.name for f in self.fields if not f.rare and not values.get(f.name))
        return next(empty, "") if any(values.values()) else ""

    def shows_rare(self, values: Mapping[str, str], blamed: str) -> bool:
        """Whether anything under "More" is filled in, or is wrong."""
        rare = (field.name for field in self.fields if field.rare)
        return any(name == blamed or values.get(name) for name in rare)

    def missing(self, values: Mapping[str, str]) -> Field | None:
        """The first field that must be filled in, and is not."""
        empty = (field for field in self.fields if not values.get(field.name, "").strip())
        return next(filter(self.required, empty), None)


def _values(field: Field, typed: str) -> Iterator[str]:
    if field.look in ("lines", "several"):
        texts = typed.splitlines()
    else:
        # A longer text keeps its paragraphs.
        texts = [typed if field.look == "text" else " ".join(typed.split())]
    return filter(None, map(str.strip, texts))


_NOBODY = "Nothing that could identify a child or an adult at risk"
_MILESTONE = Field("id", "Milestone", "Such as P1.3", "choice", needed=True)
_PART = Field("id", "What it is about", "A priority, objective or milestone", "choice")
_PRIORITY = Field("id", "Priority", "", "choice")
_BY = Field("by", "Who says so", "A role or group. Empty: whoever keeps the plan", rare=True)
_DAY = Field("date", "The day it happened", "Such as 14 October 2021. Empty: today", "date")
_AGREED = Field(
    "agreed", "Who agreed it", "A Board and a day, such as HSCP Executive Board, 20 October 2021"
)
_EVIDENCE = Field("evidence", "What shows it", "A link or a document. One on each line", "lines")
_THEME = Field(
    "theme",
    "Theme",
    "Such as voice of the child, or making safeguarding personal",
    "several",
    rare=True,
)
_ABOUT = Field("about", "What else it is about", "", "several", rare=True)
_LEADS = Field("lead", "Who leads it", "", "several")

FORMS = {
    form.command: form
    for form in (
        Form("progress", "Record progress", "Record it", (
            _MILESTONE,
            Field("note", "What happened",
                  f"In a sentence or two. {_NOBODY}", "text"),
            Field("status", "How it stands now", "Leave it where it has not changed", "choice"),
            _EVIDENCE,
            Field("due", "Its new due date", "Only where it moves: then what happened says why",
                  "date", moves=True),
            _AGREED._replace(hint=f"Of a move, or of what is complete. {_AGREED.hint}"),
            Field("occurrence", "What period it reports", "Of work that recurs: such as Q3 2021/22",
                  rare=True),
            _DAY._replace(rare=True), _BY, _THEME,
        )),
        Form("reschedule", "Move a due date", "Move it", (
            _MILESTONE,
            Field("to", "Its new due date", "Such as June 2022, or +2m: two months later", "date",
                  moves=True),
            Field("reason", "Why it moves", "", "text"),
            _AGREED, _DAY._replace(rare=True), _BY,
        ), ("--once",), done="Moved"),
        Form("decide", "Record a decision", "Record it", (
            Field("id", "Priority", "Or plan, for the whole of it", "choice"),
            Field("decision", "What was decided", "As minuted", "text"),
            Field("by", "Who decided", "A Board or group"),
            Field("outcome", "What it means for the priority", "", "choice"),
            Field("completes", "The milestones that it completes", "", "several"),
            _DAY,
            Field("left", "Where the priority is closed: what becomes of what is open",
                  "", "choice", rare=True),
            _ABOUT,
            Field("note", "Anything to add", "", "text", rare=True),
        )),
        Form("measure", "Record a figure", "Record it", (
            Field("id", "Measure", "", "choice"),
            Field("value", "The figure", "Such as 42, 3.5 or 40%. A count under 5 is suppressed"),
            Field("period", "Of when", "Such as Q3 2021/22, 2021/22 or 2021-12"),
            Field("note", "Anything needed to read it", "", "text"),
            Field("correct", "It corrects the figure that this period has", look="flag"),
        )),
        Form("impact", "Record a difference that it made", "Record it", (
            _PART,
            Field("note", "What was said or found", _NOBODY, "text"),
            Field("voice", "Who says so", "", "choice"),
            _EVIDENCE, _DAY, _THEME, _ABOUT,
        )),
        Form("assure", "Record how far a Board is assured", "Record it", (
            _PART,
            Field("level", "How far", "", "choice"),
            Field("by", "Who is assured", "A Board or group"),
            Field("note", "On what ground, or what is lacking", "", "text"),
            _DAY, _ABOUT,
        )),
        Form("lead", "Name who leads", "Name them", (
            Field("id", "What they lead", "An objective or a milestone", "choice"),
            Field("group", "Who leads it", "A role or group, or nobody"),
            Field("also", "Who leads it too", "", "several"),
        ), done="Named"),
        Form("add", "Add a milestone", "Add it", (
            _PRIORITY._replace(label="Priority or register"),
            Field("action", "What is to be done", "", "text"),
            Field("due", "When it is due", "Such as June 2022. Empty: no date yet", "date"),
            _LEADS._replace(hint="Where that is not who leads the objective"),
            Field("objective", "Objective", "Where the priority has several", "choice"),
            Field("after", "What it waits for", "Milestones", "several"),
            Field("start", "When it begins", "", "date", rare=True),
            Field("every", "How often it recurs", "From when it begins until it is due", "choice",
                  rare=True),
            Field("source", "What it comes from", "A meeting, a paper or an audit", rare=True),
            Field("answers", "The reviews or recommendations that it carries out", "", "several",
                  rare=True),
        ), done="Added"),
        Form("add-objective", "Add an objective", "Add it", (
            _PRIORITY,
            Field("statement", "What is to be achieved", "", "text"),
            Field("complete_by", "By when", "", "date"),
            _LEADS,
            Field("accountable", "Who answers for it", "", "several"),
        ), done="Added"),
        Form("add-measure", "Add a measure", "Add it", (
            _PRIORITY,
            Field("name", "What is counted", "Such as referrals made again"),
            Field("unit", "In what", "People, assessments or %"),
            Field("better", "Which way is better", "", "choice"),
            Field("kind", "What it tells", "", "choice"),
            Field("target", "What is hoped for", "Such as 70%"),
            Field("baseline", "What it begins from", "Such as 52% in 2021-01", rare=True),
            Field("benchmark", "What others reach", "Such as England average 68% in 2024/25",
                  rare=True),
            Field("promised", "What it is to be on the way",
                  "Such as 60% by 2022-03. One on each line", "lines", rare=True),
        ), done="Added"),
        Form("add-priority", "Add a priority", "Add it", (
            Field("title", "Its name", "As published"),
            Field("outcome", "What will be different", "For those whom the plan protects", "text"),
            Field("until", "Until when it runs", "Such as 2023", "date"),
        ), done="Added"),
        Form("add-register", "Add a register", "Add it", (
            Field("title", "What it is called", "Such as Action log"),
            Field("id", "Its id", "Such as A. Empty: the first letter of its name"),
            Field("file", "What its file is called", "Empty: as its name", rare=True),
        ), done="Added"),
        Form("add-meeting", "Add a meeting", "Add it", (
            Field("date", "The day", "Such as 20 April 2022", "date"),
            Field("group", "Which board or group meets"),
            Field("title", "What it is called", "Where it has a name"),
        ), done="Added"),
        Form("carry", "Carry into the next plan", "Carry it", (
            Field("id", "What is carried", "Milestones, or a priority with all that is open in it",
                  "several", needed=True),
            Field("to", "The folder of the next plan", "In full", needed=True),
            Field("under", "The priority there", "Where its name is another", rare=True),
            Field("objective", "The objective there", "Where there are several", rare=True),
            Field("due", "The new due date", "Empty: as it is now", "date"),
            _AGREED, _DAY._replace(rare=True), _BY,
        ), beyond=True, done="Carried into the next plan"),
        Form("save", "Keep it in git", "Keep it", (
            Field("message", "In a line, what was done", "Empty: made from what changed"),
            Field("branch", "A branch to begin for it", "Such as december-board", rare=True),
        ), shows_first=True, beyond=True, done="Kept in git"),
    )
}  # fmt: skip
"""The forms, by the commands that they run."""
GROUPS = {
    "What happened": ("progress", "reschedule", "decide", "lead"),
    "What difference": ("measure", "impact", "assure"),
    "What is new": ("add", "add-objective", "add-measure", "add-priority", "add-register",
                    "add-meeting"),
    "At the end": ("save", "carry"),
}  # fmt: skip
"""The forms in groups, as the page that lists them has them."""
