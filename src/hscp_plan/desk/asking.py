"""Forms that go out to leads, and what comes back: files that commands write and read, in a folder
that is gone afterwards."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.utils import secure_filename

from .answers import Answer, answer
from .forms import Field, Form
from .papers import File, Made, type_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ASK = Form("ask", "Ask for progress", "Make the forms", (
    Field("who", "Whom to ask", "Empty: every lead", "several"),
    Field("meeting", "For which meeting", "Such as next board"),
    Field("reply_by", "The day by which to answer", "Such as 7 January 2022", "date"),
    Field("still_open", "Ask about all that is open",
          "Else about what is late, due soon, long without news, or without a date", "flag"),
    Field("priority", "About which priority", "Empty: all", "choice", rare=True),
    Field("sender", "Who asks", "Empty: whoever keeps the plan", rare=True),
))  # fmt: skip
KINDS = {
    "Word": (),
    "Excel": ("--xlsx",),
    "E-mails to send, each with its form": ("--mail=drafts",),
}
"""What the forms may be, and the options that make them so."""
COLLECT = Form("collect", "Collect what came back", "Show what was understood", (
    Field("by", "Whose answers they are", "Empty: as the form says"),
    Field("date", "The day they are of", "Empty: as the form says", "date", rare=True),
    Field("agreed", "Who agreed what they move or complete",
          "A Board and a day, such as HSCP Executive Board, 20 October 2021", rare=True),
))  # fmt: skip
LONGEST_NAME = 80


class Returned(NamedTuple):
    """A file that came back."""

    name: str
    data: bytes


def ask(where: str, values: Mapping[str, str], kind: str) -> Made:
    """The forms for whoever is named, else for every lead: one file, or all of them in one."""
    command, *words = ASK.words(values)
    every = () if values.get("who", "").strip() else ("--all",)
    with TemporaryDirectory() as folder:
        said = answer([command, "--plan", where, *every, *KINDS.get(kind, ()), *words], folder)
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        if not files:
            return Made(said)
        if len(files) > 1:
            return Made(said, File("forms.zip", "application/zip", _zip(files)))
        return Made(said, File(files[0].name, type_of(files[0]), files[0].read_bytes()))


def _zip(files: Sequence[Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.name)
    return packed.getvalue()


def collect(
    where: str, files: Sequence[Returned], values: Mapping[str, str], *, record: bool
) -> Answer:
    """What was understood of what came back; recorded, where it is to be and is sure."""
    command, *words = COLLECT.words(values)
    with TemporaryDirectory() as folder:
        names = list[str]()
        for file in files:
            names.append(_free_name(file.name, names))
            (Path(folder) / names[-1]).write_bytes(file.data)
        how = "--yes" if record else "--dry-run"
        return answer([command, "--plan", where, how, *words, "--", *names], folder)


def _free_name(given: str, taken: Sequence[str]) -> str:
    """A name for a file that came back, which leads nowhere else and says the same kind of file."""
    path = Path(secure_filename(given).lstrip("-") or "file")
    stem, ending = path.stem[:LONGEST_NAME], path.suffix[:LONGEST_NAME]
    names = (f"{stem}{number}{ending}" for number in ("", *range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
