"""Draws the desk's pages: what a command said, with every id a link, and the forms beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from ..document import Title
from ..words import one_line
from ..writers.html import Ink, parts, style, templates
from .forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .answers import Answer

HERE = Path(__file__).parent
_ID = r"[A-Za-z0-9][A-Za-z0-9-]*(?:[./][A-Za-z0-9-]+)*"
_TYPED = re.compile(
    rf"hscp (?P<command>[a-z-]+)(?: (?P<id>{_ID}))?"
    r"(?:&#34;.*?&#34;|[^.;:,)&]|\.(?=\w))*"
    rf"|&#?\w+;|(?P<word>{_ID})"
)
"""A line to type, an entity of HTML, or a word, in a text that is escaped."""


class Link(NamedTuple):
    """A page of the desk, and what it is called."""

    url: str
    text: str


PAGES = (
    Link("/", "Where it stands"),
    Link("/due", "What is next"),
    Link("/record", "Record"),
    Link("/meeting", "After a meeting"),
    Link("/papers", "Papers"),
    Link("/check", "Check"),
)
"""What stands at the top of every page."""


class Linking(Ink):
    """Draws texts in which every id of the plan, and every line to type, leads to its page."""

    def __init__(self, seen: Mapping[str, str]) -> None:
        self.seen = seen
        """The titles of the pages that show what a command says, by the command."""
        self.known: Mapping[str, str] = {}
        """The words of each id of the plan."""

    def words(self, text: str) -> Markup:
        """A text, escaped."""
        return Markup(_TYPED.sub(self._link, str(escape(one_line(text)))))  # noqa: S704

    def _link(self, match: re.Match[str]) -> str:
        command, id, word = match.group("command", "id", "word")
        if word in self.known:
            return f'<a href="/plan/{word}">{word}</a>'
        if command in FORMS:
            asked = f"?id={id}" if id in self.known else ""
            return f'<a href="/record/{command}{asked}">{FORMS[command].title}</a>'
        if command in self.seen:
            return f'<a href="/{command}">{self.seen[command]}</a>'
        return match[0]


class Pages:
    """Draws pages that share a frame."""

    def __init__(self, seen: Mapping[str, str]) -> None:
        self._ink = Linking(seen)
        self._templates = templates(self._ink, str(HERE / "templates"))

    def know(self, ids: Mapping[str, str]) -> None:
        """Lead from these ids to their pages."""
        self._ink.known = ids

    def draw(self, template: str, title: str, said: Answer, values: Mapping[str, object]) -> str:
        """A page of this name, with what was said and these values. What was said may have a title
        of its own."""
        first = said.documents[0] if said.documents else ()
        own = first[0] if first and isinstance(first[0], Title) else Title(title)
        shared = {"head": own, "said": said, "pages": PAGES, "parts": parts}
        return self._templates.get_template(template).render({**_NONE, **shared, **values})

    @staticmethod
    def style() -> str:
        """How all of them are set."""
        own = (HERE / "static" / "desk.css").read_text(encoding="utf-8")
        return style() + own


_NONE = {"here": "", "words": "", "what": "", "blamed": "", "id": "", "undo": False, "wrong": {}}
"""What a page has where it has nothing else."""
