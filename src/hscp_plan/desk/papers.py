"""The papers that the desk hands out: what each may be narrowed to, and the files that commands
write, made in a folder that is gone afterwards."""

from __future__ import annotations

import io
import zipfile
from mimetypes import guess_type
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from .answers import Answer, answer
from .forms import Field, Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Plan

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {".docx": _WORD, ".xlsx": _EXCEL, ".ics": "text/calendar", ".md": "text/markdown"}


class Paper(NamedTuple):
    """A paper: what it may be narrowed to, and as what kinds of file it can be had."""

    about: str
    form: Form
    endings: tuple[str, ...]


ENDINGS = {"docx": "Word", "html": "web page", "md": "Markdown", "xlsx": "Excel", "csv": "CSV",
           "json": "JSON", "ics": "calendar"}  # fmt: skip
"""What people call a kind of file, by how its name ends."""
_FORMATS = {"docx": "docx", "html": "html", "md": "markdown"}
"""What a paper's command calls it."""
_PAPER = tuple(_FORMATS)
_PRIORITY = Field("priority", "Priority", "Empty: all", "choice")
_LEAD = Field("lead", "Lead", "Empty: all", "choice")
_PARTNER = Field("agency", "Partner", "Empty: all", "choice")
_SINCE = Field("since", "Since", "A day, or last board. Empty: the last meeting")
_AS_AT = Field("as_at", "As at", "Such as 15 December 2021. Empty: today", "date")


def _report(name: str, title: str, *fields: Field) -> Form:
    return Form("report", title, "", (*fields, _AS_AT), fixed=(name,))


PAPERS = {
    "board": Paper("What is late, what moved, and what is asked of the Board.", _report(
        "board", "The Board's page",
        Field("group_for", "For which Board", "Empty: the one that meets next"),
        _SINCE, _PARTNER, Field("sender", "Who it is from", "Where it is to say", rare=True),
    ), _PAPER),
    "plan": Paper("With its progress, in the published order.", _report(
        "plan", "The whole plan", _PRIORITY, _PARTNER,
    ), _PAPER),
    "workplan": Paper("What each lead has to do.", _report(
        "workplan", "Work plans", _LEAD._replace(hint="Empty: each has one, together in a zip"),
        _PRIORITY, _PARTNER,
    ), _PAPER),
    "actions": Paper("What each register holds.", _report(
        "actions", "The action log", Field("register", "Register", "Empty: all", "choice"), _SINCE,
    ), _PAPER),
    "annual": Paper("What was done, with what evidence and what difference.", _report(
        "annual", "The year's report",
        Field("year", "Year", "Such as 2021/22. Empty: this one, as far as it is"),
        Field("duty", "What it must hold", "Empty: as the plan says", "choice"), _PRIORITY,
    ), _PAPER),
    "data": Paper("A workbook, or a row for each milestone.", Form(
        "export", "The plan's data", "", (_PRIORITY, _LEAD, _PARTNER, _AS_AT),
    ), ("xlsx", "csv", "json")),
    "calendar": Paper("Due dates and meetings, for Outlook.", Form(
        "export", "The calendar", "", (_PRIORITY, _LEAD, _PARTNER),
    ), ("ics",)),
}  # fmt: skip
"""The papers, by the names that they have in the page's addresses."""


def offered(plan: Plan | None) -> dict[str, Paper]:
    """The papers that this plan has something for; all of them where it cannot be read."""
    holds_nothing = {"actions"} if plan and not plan.registers else set[str]()
    return {name: paper for name, paper in PAPERS.items() if name not in holds_nothing}


class File(NamedTuple):
    """A file to take away."""

    name: str
    type: str
    data: bytes


class Made(NamedTuple):
    """What making files came to."""

    said: Answer
    file: File | None = None


def paper(where: str, name: str, ending: str, values: Mapping[str, str]) -> Made:
    """A paper of the plan in this folder, narrowed to these values."""
    command, *words = PAPERS[name].form.words(values)
    file = ["-o", f"{name}.{ending}"]
    how = [f"--format={_FORMATS[ending]}"] if ending in _FORMATS else [ending, *file]
    with TemporaryDirectory() as folder:
        said = answer([command, *how, *words, "--plan", where], folder)
        return Made(said) if said.refusal else made(said, folder, name)


def made(said: Answer, folder: str, name: str) -> Made:
    """What a command said, with what it wrote in a folder: a file, or a zip of this name."""
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    if len(files) > 1:
        return Made(said, File(f"{name}.zip", "application/zip", _zip(files)))
    return Made(said, *(File(file.name, _type_of(file), file.read_bytes()) for file in files))


def _zip(files: Iterable[Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.name)
    return packed.getvalue()


def _type_of(path: Path) -> str:
    """What kind of file a name says, as browsers know it."""
    return _TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
