"""How somebody said that a document is to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import read_text
from ..errors import Mistyped, Wrong, quoted
from ..letters import folded
from ..words import STATUSES, listed
from .columns import PLACES, plain
from .when import How

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..readers.content import Content
    from ..words import Status
    from .columns import Role


class Asked(NamedTuple):
    """How somebody said that a document is to be read."""

    how: How = How()
    columns: Mapping[str, Role] = {}
    """What a column holds, by its plain name."""
    title: str = ""
    partnership: str = ""
    scale: Mapping[str, Status] = {}
    """What the document's own words for statuses mean, beside those that everybody uses."""


def columns_given(texts: Iterable[str], content: Content) -> dict[str, Role]:
    """What columns hold, by their plain names, out of texts such as `By when=due`. Raises Mistyped
    for a name that the document has not, and for what no column can be."""
    given = {}
    names = _cells(content)
    for text in texts:
        if _status(text):
            continue
        name, equals, key = (part.strip() for part in text.rpartition("="))
        if not equals or not name or key not in PLACES:
            raise Mistyped(
                f"--map {quoted(text)} is not understood",
                f"Write the column's name, =, and one of {listed(PLACES, 'or')}: 'By when=due'. Or "
                "a word for a status, =, and what it means: '3=on track'.",
            )
        if plain(name) not in names:
            raise Mistyped(
                f"no column of the document is called {quoted(name)}",
                "Its columns:  --dry-run --explain",
            )
        given[plain(name)] = PLACES[key]
    return given


def scale_given(texts: Iterable[str]) -> dict[str, Status]:
    """What the document's own words for statuses mean, out of texts such as `3=on track`."""
    given = ((text.rpartition("=")[0].strip(), _status(text)) for text in texts)
    return {word: status for word, status in given if word and status}


def _status(text: str) -> Status | None:
    """The status that a text such as `3=on track` gives a word; None where it is of a column."""
    said = folded(text.rpartition("=")[2].strip())
    return next((status for status in STATUSES if status == said), None)


def _cells(content: Content) -> set[str]:
    """What the cells of a document say, as names of columns are compared."""
    return {
        plain(" ".join(cell.text.split()))
        for table in content.tables()
        for row in table.rows
        for cell in row
    }


def year_given(text: str | None) -> str:
    """The year that was given for dates without one; empty for none. Raises Mistyped where it is no
    year."""
    if text is None or text == "none":
        return text or ""
    try:
        if read_text(text).form in ("year", "financial year"):
            return text
    except Wrong:
        pass
    raise Mistyped(
        f"{quoted(text)} is not a year", "Write --year 2022, --year 2022/23 or --year none."
    )
