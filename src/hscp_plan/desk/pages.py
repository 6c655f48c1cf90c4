"""Draws the desk's pages: what a command said, with every id a link, and the forms beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from markupsafe import Markup, escape

from ..document import Heading, Link, Title
from ..words import one_line
from ..writers.html import Ink, parts, style, templates
from .forms import FORMS
from .lists import GROUPS, LISTS, beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..document import Document
    from .answers import Answer

HERE = Path(__file__).parent
_ID = r"[A-Za-z0-9][A-Za-z0-9-]*(?:[./][A-Za-z0-9-]+)*"
_TYPED = re.compile(
    rf"hscp (?P<command>[a-z-]+)(?: (?P<id>{_ID}))?"
    r"(?:&#34;.*?&#34;|[^.;:,)&]|\.(?=\w))*"
    rf"|&#?\w+;|(?P<word>{_ID})"
)
"""A line to type, an entity of HTML, or a word, in a text that is escaped."""


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
OTHERS = {
    "check": Link("Check", "/check"),
    "ask": Link("Ask for progress", "/ask"),
    "collect": Link("Collect what came back", "/collect"),
}
"""The pages of commands that are neither a list nor a form."""


class Linking(Ink):
    """Draws texts in which every id of the plan, and every line to type, leads to its page."""

    def __init__(self) -> None:
        self.known: Mapping[str, str] = {}
        """The page of each id of the plan."""

    def words(self, text: str) -> Markup:
        """A text, escaped."""
        if page := self.known.get(text):
            return Markup(f'<a href="{page}">{escape(text)}</a>')  # noqa: S704 - quoted
        return Markup(_TYPED.sub(self._link, str(escape(one_line(text)))))  # noqa: S704

    def _link(self, match: re.Match[str]) -> str:
        command, id, word = match.group("command", "id", "word")
        # An id such as A is a word of the language too.
        if word in self.known and any(map(str.isdigit, word)):
            return f'<a href="{self.known[word]}">{word}</a>'
        asked = f"?{urlencode({'id': id})}" if id in self.known else ""
        if command in FORMS:
            return f'<a href="/record/{command}{asked}">{FORMS[command].title}</a>'
        if command in LISTS:
            return f'<a href="/{command}{asked}">{LISTS[command].title}</a>'
        if command == "show" and id in self.known:
            return f'<a href="{self.known[id]}">{id}</a>'
        if command in OTHERS:
            return f'<a href="{OTHERS[command].url}">{OTHERS[command].text}</a>'
        return match[0]


class Pages:
    """Draws pages that share a frame."""

    def __init__(self, read_only: bool) -> None:
        self._top = (*PAGES, *(() if read_only else RECORDING), *TAKING)
        self._ink = Linking()
        self._templates = templates(self._ink, str(HERE / "templates"))

    def know(self, ids: Mapping[str, str]) -> None:
        """Lead from ids to their pages."""
        self._ink.known = ids

    def draw(self, template: str, title: str, said: Answer, values: Mapping[str, object]) -> str:
        """A page of this name, with what was said and these values. What was said may have a title
        of its own, unless it stands `under` that of the page."""
        alone = len(said.documents) == 1 and not values.get("under")
        own = _title(said.documents[0]) if alone else None
        shared = {"head": own or Title(title), "said": said, "pages": self._top, "shown": _shown,
                  "lists": LISTS, "groups": GROUPS, "beside": beside}  # fmt: skip
        return self._templates.get_template(template).render({**_NONE, **shared, **values})

    def compile(self, folder: str) -> None:
        """Write every page's template into a folder as Python, for the built desk."""
        self._templates.compile_templates(folder, ["html"], zip=None)

    @staticmethod
    def style() -> str:
        """How all of them are set."""
        own = (HERE / "static" / "desk.css").read_text(encoding="utf-8")
        return style() + own


def _title(document: Document) -> Title | None:
    return document[0] if isinstance(document[0], Title) else None


def _shown(documents: Sequence[Document], under: bool = False, below: int = 1) -> Iterator[object]:
    """All that documents say, `below` a heading of that level; of several, or `under` another
    title, each under its own."""
    for document in documents:
        title = _title(document)
        rest = document[1:] if title else document
        above = (Heading(title.text),) if title and (under or len(documents) > 1) else ()
        yield from parts((title or Title(""), *above, *rest), below)


_NONE = {
    "here": "",
    "words": "",
    "what": "",
    "typed": (),
    "blamed": "",
    "cursor": "",
    "id": "",
    "under": False,
    "differences": (),
    "done": None,
    "wrong": {},
    "file": None,
}
"""What a page has where it has nothing else."""
