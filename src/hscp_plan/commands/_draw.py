"""Draws papers in a format, into files or on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from ..errors import Mistyped
from ..words import listed
from ..writers.formats import FORMATS
from ._look import note
from ._publish import STDOUT, default_name, publish_files, to_stdout

if TYPE_CHECKING:
    from ..document import Paper
    from ..writers.docx import Template
    from ._look import Look

Form = Literal["docx", "html", "markdown"]
FORMS: tuple[Form, ...] = get_args(Form)


def write_papers(
    look: Look, papers: list[Paper], format: Form, output: str | None, force: bool,
    template: str | None = None,
) -> None:  # fmt: skip
    """Write papers. Raises Mistyped where what was asked for does not fit."""
    ending, draw = FORMATS[format].endings[0], FORMATS[format].paper
    if output is not None and len(papers) > 1:
        names = ", ".join(paper.name for paper in papers)
        raise Mistyped(f"-o names one file, and these are {len(papers)}: {names}",
                       "Leave it out, or give --lead.")  # fmt: skip
    if output == STDOUT and format == "docx":
        raise Mistyped(
            "a Word file cannot be shown here", "Give -o a file's name, or leave it out."
        )
    house = _template(format, template)
    drawings = [(paper.name, draw(paper, house)) for paper in papers]
    if output == STDOUT:
        to_stdout(b"".join(data for _, data in drawings), ending, look.opened)
        return
    files = [
        (Path(output or default_name(name, look.day, ending)), data) for name, data in drawings
    ]
    publish_files(files, look.opened, force)


def foot_of(look: Look) -> str:
    """What stands at the foot of every page: which version of the plan, and what made this."""
    from ..past.times import revision

    version = revision(look.opened)
    text = f"{f'Plan at {version}; made' if version else 'Made'} from the plan's files by hscp"
    return f"{text}. {look.untold}" if look.untold else text


def _template(format: Form, given: str | None) -> Template | None:
    """A council's template, if one is given. Says what was taken out of it."""
    if given is None:
        return None
    if format != "docx":
        raise Mistyped("--template is for Word", "Leave it out, or write a .docx file.")
    from ..writers.docx import template

    cleaned = template(Path(given))
    if cleaned.left:
        what = "which could run or fetch something on a reader's computer"
        note(f"Left out of {Path(given).name}, {what}: {listed(cleaned.left)}.")
    return cleaned
