"""The papers that the desk hands out: files that commands write, made in a folder that is gone
afterwards."""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from .answers import Answer, answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Plan

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {".docx": _WORD, ".xlsx": _EXCEL, ".ics": "text/calendar", ".md": "text/markdown"}


class Kind(NamedTuple):
    """A kind of paper, and the command that makes it."""

    title: str
    about: str
    words: tuple[str, ...]
    endings: tuple[str, ...]


ENDINGS = {"docx": "Word", "html": "web page", "md": "Markdown", "xlsx": "Excel", "csv": "CSV",
           "json": "JSON", "ics": "calendar"}  # fmt: skip
"""What people call a kind of file, by how its name ends."""
_PAPER = ("docx", "html", "md")
PAPERS = {
    "board": Kind("The Board's page", "What is late, what moved, and what is asked of the Board.",
                  ("report", "board"), _PAPER),
    "plan": Kind("The whole plan", "With its progress, in the published order.",
                 ("report", "plan"), _PAPER),
    "workplan": Kind("Work plans", "What each lead has to do.", ("report", "workplan"), _PAPER),
    "actions": Kind("The action log", "What each register holds.", ("report", "actions"), _PAPER),
    "annual": Kind("The year's report", "What was done, with what evidence and what difference.",
                   ("report", "annual"), _PAPER),
    "data": Kind("The plan's data", "A workbook, or a row for each milestone.",
                 ("export",), ("xlsx", "csv", "json")),
    "calendar": Kind("The calendar", "Due dates and meetings, for Outlook.", ("export",), ("ics",)),
}  # fmt: skip
"""The papers, by the names that they have in the page's addresses."""


def offered(plan: Plan | None) -> dict[str, Kind]:
    """The papers that this plan has something for; all of them where it cannot be read."""
    holds_nothing = {"actions"} if plan and not plan.registers else set[str]()
    return {name: kind for name, kind in PAPERS.items() if name not in holds_nothing}


class File(NamedTuple):
    """A file to take away."""

    name: str
    type: str
    data: bytes


class Made(NamedTuple):
    """What making a paper came to."""

    said: Answer
    file: File | None = None


def paper(where: str, name: str, ending: str, options: Sequence[str] = ()) -> Made:
    """A paper of the plan in this folder, as a file, made with these options."""
    kind = PAPERS[name]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{ending}"
        words = [*kind.words, *([] if kind.words[0] == "report" else [ending])]
        said = answer([*words, "--plan", where, *options, "-o", str(path)])
        if said.refusal or not path.is_file():
            return Made(said)
        return Made(said, File(path.name, type_of(path), path.read_bytes()))


def type_of(path: Path) -> str:
    """What kind of file a name says, as browsers know it."""
    return _TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
