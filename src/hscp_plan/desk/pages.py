"""Draws the desk's pages: what a command said, with every id a link, and the forms beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ..document import Heading, Link, Title
from ..words import listed, one_line
from ..writers.html import Ink, parts, style, templates
from .lists import GROUPS, LISTS, beside
from .telling import Offered, Way, tell, tell_block, tell_plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..document import Document, Line, Part
    from .answers import Answer

HERE = Path(__file__).parent
_ID = re.compile(r"&#?\w+;|(?P<word>[A-Za-z0-9][A-Za-z0-9-]*(?:[./][A-Za-z0-9-]+)*)")
"""An entity of HTML, or a word, in a text that is escaped."""


PAGES = (
    Link("Where it stands", "/"),
    Link("What is next", "/due"),
    Link("All lists", "/lists"),
)
RECORDING = (
    Link("Record", "/record"),
    Link("After a meeting", "/meeting"),
    Link("Ask", "/ask"),
)
TAKING = (Link("Papers", "/papers"), Link("Check", "/check"))
"""What stands at the top of every page: to look at; to record, where that may be; and what else."""


class Linking(Ink):
    """Draws texts in which every id of the plan leads to its page."""

    def __init__(self) -> None:
        self.known: Mapping[str, str] = {}
        """The page of each id of the plan."""

    def words(self, text: str) -> Markup:
        """A text, escaped."""
        if page := self.known.get(text):
            return Markup(f'<a href="{page}">{escape(text)}</a>')  # noqa: S704 - quoted
        return Markup(_ID.sub(self._link, str(escape(one_line(text)))))  # noqa: S704

    def line(self, line: Line | Part) -> Markup:
        """Parts of a sentence, which may lead to pages of the desk."""
        if isinstance(line, Way):
            return Markup('<a href="{}">{}</a>').format(line.url, line.text)
        return super().line(line)

    def _link(self, match: re.Match[str]) -> str:
        # An id such as A is a word of the language too.
        word = match["word"]
        if word in self.known and any(map(str.isdigit, word)):
            return f'<a href="{self.known[word]}">{word}</a>'
        return match[0]


class Pages:
    """Draws pages that share a frame."""

    def __init__(self, read_only: bool) -> None:
        self._top = (*PAGES, *(() if read_only else RECORDING), *TAKING)
        self._ink = Linking()
        self._templates = templates(self._ink, str(HERE / "templates"))
        self._offered = Offered()

    def know(self, offered: Offered) -> None:
        """Lead to what is offered."""
        self._offered = offered
        self._ink.known = offered.parts

    def draw(self, template: str, title: str, said: Answer, values: Mapping[str, object]) -> str:
        """A page of this name, with what was said and these values. What was said may have a title
        of its own, unless it stands `under` that of the page."""
        alone = len(said.documents) == 1 and not values.get("under")
        own = _title(said.documents[0]) if alone else None
        shared = {
            "head": own or Title(title), "said": said, "pages": self._top, "shown": self._shown,
            "told": self._told, "plainly": _plainly, "lists": LISTS, "groups": GROUPS,
            "beside": beside, "saves": self._offered.saves,
            "unread": listed(self._offered.unread),
        }  # fmt: skip
        return self._templates.get_template(template).render({**_NONE, **shared, **values})

    def compile(self, folder: str) -> None:
        """Write every page's template into a folder as Python, for the built desk."""
        self._templates.compile_templates(folder, ["html"], zip=None)

    def _told(self, text: str, said: Answer) -> list[Line]:
        """What was said, in the desk's words, by the paragraph."""
        return tell(text, said.of, self._offered)

    def _shown(self, said: Answer, under: bool = False, below: int = 1) -> Iterator[object]:
        """All that documents say, `below` a heading of that level; of several, or `under` another
        title, each under its own."""
        for document in said.documents:
            title = _title(document)
            rest = [tell_block(block, said.of, self._offered) for block in document[bool(title) :]]
            above = (Heading(title.text),) if title and (under or len(said.documents) > 1) else ()
            yield from parts((title or Title(""), *above, *rest), below)

    @staticmethod
    def style() -> str:
        """How all of them are set."""
        own = (HERE / "static" / "desk.css").read_text(encoding="utf-8")
        return style() + own


def _plainly(text: str, said: Answer) -> str:
    """The same, where no link can stand."""
    return tell_plainly(text, said.of)


def _title(document: Document) -> Title | None:
    return document[0] if isinstance(document[0], Title) else None


_NONE: dict[str, object] = {
    "here": "",
    "as_at": None,
    "over": None,
    "words": "",
    "what": "",
    "typed": (),
    "blamed": "",
    "cursor": "",
    "owners": {},
    "id": "",
    "under": False,
    "differences": (),
    "done": None,
    "wrong": {},
    "file": None,
}
"""What a page has where it has nothing else."""
