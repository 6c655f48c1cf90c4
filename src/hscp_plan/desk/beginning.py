"""Where there is no plan yet: one that begins empty, or out of somebody's document."""

from __future__ import annotations

import os
import secrets
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from ..cli.typography import as_typed
from ..document import Table
from ..errors import Mistyped
from ..readers import pdf
from ..reports.imported import UNCLEAR
from .answers import Answer, answer, without
from .forms import Field, Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import FileStorage, MultiDict

_WHOM = Field("duty", "Whom it protects, and by which duty",
              "Choose one for adults. Empty: children and families", "choice")  # fmt: skip
EMPTY = Form("init", "Begin an empty plan", "Begin it", (
    Field("partnership", "Whose plan it is", "The partnership’s or board’s full name", needed=True),
    Field("short_name", "Its abbreviation", "Such as HSCP"),
    Field("title", "What the plan is called", "As published", needed=True),
    _WHOM,
    Field("start", "When it begins", "Such as April 2026", "date", needed=True),
    Field("end", "When it ends", "Such as March 2028", "date", needed=True),
    Field("priority", "Its priorities", "By their names, one on each line", "lines"),
    Field("group", "The boards, groups and roles that lead or decide", "One on each line", "lines"),
), done="Begun")  # fmt: skip
FROM_DOCUMENT = Form("import", "Begin with a document", "Begin the plan with it", (
    Field("dates", "What comes first in dates such as 3/4/2022",
          "Only where the document does not show it", "choice"),
    Field("year", "The year of dates that have none",
          "Such as 2022, or 2022/23 for April to March; none keeps them in words"),
    Field("date", "The day that what it says of progress is of",
          "Such as 14 October 2021. Empty: the day it was saved", "date"),
    Field("title", "What the plan is called", "If not as the document says"),
    Field("partnership", "Whose plan it is", "If the document does not say"),
    _WHOM,
    Field("redact",
          "Leave out what could identify a child or an adult at risk, with … in its place",
          look="flag"),
    Field("columns", "Columns or statuses that were taken wrongly",
          "Such as By when=due, or 3=on track, one on each line", "lines", rare=True),
), done="Begun")  # fmt: skip
DOCUMENTS = {".docx": "Word", ".xlsx": "Excel", ".pdf": "PDF", ".csv": "CSV", ".md": "Markdown",
             ".html": "a web page"}  # fmt: skip
"""What is read, by how its name ends."""
_LONGEST_NAME = 100
_ASKED = ("dates", "year")
"""The questions that what was understood leads to."""


class Document(NamedTuple):
    """A document that a plan is to be taken from."""

    name: str
    data: bytes


class Page(NamedTuple):
    """What the page says and shows."""

    said: Answer
    form: Form
    values: dict[str, str]
    key: str = ""
    """What brings back the document that it is of."""
    begun: bool = False
    lacks: str = ""
    """The field that must be filled in, and is not."""

    @property
    def blamed(self) -> str:
        """The field that is wrong."""
        return self.lacks or self.form.blamed(self.said.refusal, self.values)

    @property
    def unclear(self) -> list[str]:
        """The words for a status that nobody has said the meaning of."""
        blocks = chain.from_iterable(self.said.documents)
        tables = (block for block in blocks if isinstance(block, Table))
        return [str(row[0]) for t in tables if t.columns[0] == UNCLEAR for row in t.rows]


class Beginning:
    """The beginning of a plan in a folder that holds none."""

    def __init__(self, folder: Path) -> None:
        self._folder = Path(os.path.realpath(folder))
        self._held: tuple[str, Document] | None = None
        """The document that was given last, and its key."""

    def empty(self, given: MultiDict[str, str], do: str | None) -> Page:
        """The form for an empty plan; what is wrong with it; or the plan begun."""
        values = EMPTY.values(given)
        if not do:
            return Page(Answer(0), EMPTY, values)
        if field := EMPTY.missing(values):
            refusal = Mistyped(f"{field.label} is missing", "")
            return Page(Answer(2, refusal=refusal), EMPTY, values, lacks=field.name)
        where = next(each for each in (self._folder, *self._folder.parents) if each.is_dir())
        said = self._told([*EMPTY.words(values), str(self._folder)], where)
        return Page(said, EMPTY, values, begun=not said.refusal)

    def from_document(
        self, given: MultiDict[str, str], file: FileStorage | None, do: str | None
    ) -> Page:
        """The form for a document; what was understood of it, and what has to be said of it; or
        the plan begun with it."""
        values = _filled_in(given)
        if not do:
            return Page(Answer(0), FROM_DOCUMENT, values)
        document = self._document(given.get("key", ""), file)
        if document is None:
            refusal = _GONE if given.get("key") else _NO_FILE
            return Page(Answer(2, refusal=refusal), FROM_DOCUMENT, values, lacks="file")
        with TemporaryDirectory() as folder:
            (Path(folder) / document.name).write_bytes(document.data)
            if do == "record":
                said = self._read(document, values, folder, "-o", str(self._folder))
                if not said.refusal:
                    return Page(said, FROM_DOCUMENT, values, begun=True)
            else:
                said = self._understood(document, values, folder)
        page = Page(said, FROM_DOCUMENT, values)
        can_be_mended = not said.refusal or page.blamed
        return page._replace(key=self._hold(document)) if can_be_mended else page

    def again(self, given: MultiDict[str, str], form: Form, refusal: Answer) -> Page:
        """A form as it was filled in, with what kept it from being taken."""
        key = given.get("key", "")
        held = key if self._held and self._held[0] == key else ""
        values = form.values(given) if form is EMPTY else _filled_in(given)
        return Page(refusal, form, values, held)

    def _understood(self, document: Document, values: Mapping[str, str], folder: str) -> Answer:
        """What was understood, with what would keep it from being taken. Of what could identify a
        child nothing is shown."""
        tried = self._read(document, values, folder, "-o", str(Path(folder) / "tried" / "plan"))
        if tried.refusal and FROM_DOCUMENT.blamed(tried.refusal, values) not in _ASKED:
            return tried
        shown = self._read(document, values, folder, "--dry-run", "--explain")
        return shown._replace(refusal=shown.refusal or tried.refusal)

    def _read(
        self, document: Document, values: Mapping[str, str], folder: str, *how: str
    ) -> Answer:
        words = [*FROM_DOCUMENT.words(values), *how, "--", document.name]
        return self._told(words, Path(folder))

    def _told(self, words: list[str], where: Path) -> Answer:
        """What a command says that is run there, with the new plan as the one that is open."""
        said = answer(words, str(where), plan=str(self._folder))
        return without(f" {as_typed(['--plan', str(self._folder)])}", said)

    def _document(self, key: str, file: FileStorage | None) -> Document | None:
        if file and file.filename:
            return Document(_name(file.filename), file.read())
        return self._held[1] if self._held and self._held[0] == key else None

    def _hold(self, document: Document) -> str:
        if not self._held or self._held[1] is not document:
            self._held = secrets.token_urlsafe(8), document
        return self._held[0]


def documents() -> dict[str, str]:
    """What is read here: PDF only where what reads it is installed."""
    return {end: kind for end, kind in DOCUMENTS.items() if end != ".pdf" or pdf.is_read()}


def _filled_in(given: MultiDict[str, str]) -> dict[str, str]:
    """What was filled in for a document, with the meaning that was chosen of each word for a
    status."""
    values = FROM_DOCUMENT.values(given)
    chosen = zip(given.getlist("word"), given.getlist("meaning"), strict=False)
    lines = [f"{word}={meaning}" for word, meaning in chosen if meaning]
    return values | {"columns": "\n".join(filter(None, [values["columns"], *lines]))}


def _name(given: str) -> str:
    """The document's own name, which leads nowhere else."""
    name = given.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = "".join(filter(str.isprintable, name)).rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:_LONGEST_NAME]}".strip(". ") or "document"


_CHOOSE = "Choose the document, and try again."
_NO_FILE = Mistyped("no document was given", _CHOOSE)
_GONE = Mistyped("the document is not held here any more", _CHOOSE)
