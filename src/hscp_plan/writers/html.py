"""Draws a document as an accessible page of HTML: one that stands alone, or one of a site's.

Every text of a plan is escaped. The style stands in the page and is let in by its digest, so that a
page runs nothing and fetches nothing wherever it is opened, from a folder too. The only module that
loads Jinja2.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    ModuleLoader,
    PackageLoader,
    StrictUndefined,
)
from markupsafe import Markup, escape

from ..dates import PlanDate
from ..document import (
    Bars,
    Column,
    Heading,
    Items,
    Link,
    Mark,
    Paragraph,
    Room,
    SmallLine,
    Stack,
    Table,
    Title,
)
from ..layout import END_MARGIN, LINE_HEIGHT, ONE_SIDE, SIDE_MARGIN
from ..words import BRAG, SYMBOLS, one_line, safe, sentence
from . import small_line, svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Block, Cell, Document, Line, Paper, Part

LANDSCAPE = "@page{size:A4 landscape}\n"
LONG = 8
"""From this many characters on, the ids beside a timeline need more room."""

# With anything else, `javascript:` among it, only the words are shown.
_OUTSIDE = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_WITHIN = re.compile(r"(?=.)(?:[a-z0-9][a-z0-9._-]*)?(?:#[A-Za-z0-9][A-Za-z0-9.-]*)?")


class Frame(NamedTuple):
    """What every page of a site has around what it says."""

    name: str
    """Whose site it is."""
    links: tuple[Link, ...]
    """Its own pages, at the top of each; the first leads to where it begins."""
    more: tuple[Link, ...]
    """Further pages, at the foot of each."""
    foot: str


def draw(paper: Paper) -> str:
    """A paper as a page that stands alone."""
    title = _title(paper.document)
    frame = Frame(paper.subtitle, (), (), paper.foot)
    name = f"{title.text} – {paper.subtitle}"
    return page(paper.document, name, frame, wide=paper.landscape, one_side=paper.one_side)


def page(
    document: Document,
    title: str,
    frame: Frame,
    file: str = "",
    passing: bool = False,
    wide: bool = False,
    one_side: bool = False,
) -> str:
    """A document, which begins with its Title, as a page with this frame. `file` is its own name,
    `passing` keeps it from search engines, `wide` prints it on A4 landscape, `one_side` on one side
    of A4."""
    css = (LANDSCAPE if wide else "") + style() + (_one_side() if one_side else "")
    return (
        _templates()
        .get_template("page.html")
        .render(
            head=_title(document),
            title=title,
            frame=frame,
            file=file,
            passing=passing,
            parts=parts(document),
            style=Markup(css),  # noqa: S704 - our own
            digest=b64encode(sha256(css.encode()).digest()).decode(),
        )
    )


COMPILED = "compiled"
"""Where, beside this, the built desk has all templates as Python, which load sooner."""


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return templates(Ink())


def templates(ink: Ink, *folders: str) -> Environment:
    """The templates of pages and, before those of the same name, the ones in further folders;
    their texts are drawn by `ink`."""
    environment = Environment(
        loader=_loader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "line": ink.line,
        "cell": ink.cell,
        "plain": Ink().words,
        "address": _address,
        "sentence": sentence,
    }
    return environment


def _loader(folders: tuple[str, ...]) -> BaseLoader:
    if (compiled := Path(__file__).with_name(COMPILED)).is_dir():
        return ModuleLoader(compiled)
    return ChoiceLoader([*map(FileSystemLoader, folders), PackageLoader("hscp_plan.writers")])


@lru_cache(maxsize=1)
def style() -> str:
    """How every page is set, as CSS."""
    source, _, _ = PackageLoader("hscp_plan.writers").get_source(_templates(), "style.css")
    return source


def _one_side() -> str:
    """How a paper that stays on one side is printed: as `layout` sets it."""
    text, table, head = (ONE_SIDE[name] for name in ("Normal", "Table Text", "Heading 1"))
    return (
        f"@media print{{@page{{size:A4;margin:{END_MARGIN / 20}pt {SIDE_MARGIN / 20}pt}}"
        f'body{{font:{text.points}pt/{LINE_HEIGHT} Arial,"Liberation Sans",sans-serif}}'
        "header,footer,.whose{margin:0;padding:0}"
        f"h1{{font-size:{ONE_SIDE['Title'].points}pt;line-height:{LINE_HEIGHT};margin:0}}"
        f"h2{{font-size:{head.points}pt;line-height:{LINE_HEIGHT};"
        f"margin:{head.before}pt 0 {head.after}pt;padding:0;border:0}}"
        f"p,ol,dl{{margin:0 0 {text.after}pt}}dl>div{{padding:0;grid-template-columns:7rem 1fr}}"
        f"table{{font-size:{table.points}pt;line-height:{LINE_HEIGHT};margin:0}}"
        "caption{position:absolute;clip-path:inset(50%)}"
        "td,tbody th{min-width:0}th,td,th:last-child,td:last-child{padding:1pt 4pt}"
        f".note,.tag,.small{{font-size:{table.points}pt;line-height:{LINE_HEIGHT}}}"
        ".tag{padding:0 2pt;border:0;font-weight:400;white-space:normal}h1+dl{margin-top:4pt}"
        ".tally{margin:4pt 0 0;gap:0 6pt}"
        f"footer{{font-size:{ONE_SIDE['Paper Foot'].points}pt}}}}\n"
    )


def _title(document: Document) -> Title:
    first = document[0]
    return first if isinstance(first, Title) else Title("Untitled")


# --- blocks -------------------------------------------------------------------------------------


class _Part(NamedTuple):
    """A block on its way into a page, with what depends on where it stands there."""

    kind: str
    block: Block
    level: int = 0
    id: str = ""
    caption: str = ""
    drawings: tuple[tuple[str, Markup], ...] = ()
    long: bool = False
    marked: bool = False


def parts(document: Document, below: int = 1) -> Iterator[_Part]:
    """Every block after the title, `below` a heading of that level. Headings go down one level at a
    time, an id stands on a page once, and a table without a caption has the heading above it for
    one."""
    above, level, taken = _title(document).text, below, set[str]()
    for block, after in zip_longest(document[1:], document[2:]):
        if isinstance(block, Title):
            block = Heading(block.text)
        if isinstance(block, Paragraph) and block.hint:
            continue
        if isinstance(block, Heading):
            above, level = block.text, min(block.level + below, level + 1, 6)
            id = "" if block.id in taken else block.id
            taken.add(id)
            yield _Part("Heading", block, level=level, id=id)
        elif isinstance(block, Bars):
            yield _bars_part(block)
            if not isinstance(after, Table):
                yield _Part("Table", _bars_table(block), caption=above)
        else:
            marked = isinstance(block, Items) and any(item.mark for item in block.items)
            yield _Part(type(block).__name__, block, caption=above, marked=marked)


def _bars_part(bars: Bars) -> _Part:
    drawings = tuple((head, Markup(drawing)) for head, drawing in svg.drawings(bars))  # noqa: S704
    long = any(len(bar.id) >= LONG for _, group in bars.groups for bar in group)
    return _Part("Bars", bars, drawings=drawings, long=long)


def _bars_table(bars: Bars) -> Table:
    """What a timeline draws, in words."""
    rows: list[tuple[Cell, ...] | Heading] = []
    for heading, group in bars.groups:
        rows.append(Heading(heading))
        for bar in group:
            mark = Mark(bar.mark.kind, sentence(bar.mark.words))
            rows.append((Stack((f"{bar.id} ", bar.text)), *bar.dates, mark))
    names = ("Milestone", "Starts", "First due", "Due", "Standing")
    return Table(tuple(map(Column, names)), tuple(rows))


# --- sentences ----------------------------------------------------------------------------------
# What stands in these strings is escaped where it is put in: Markup's own `format` takes as long as
# all the rest of a page.


class Ink:
    """Draws the texts of a page, escaped."""

    def words(self, text: str) -> Markup:
        """A text that is nothing but a text."""
        return escape(one_line(text))

    def line(self, line: Line | Part) -> Markup:
        """Parts of a sentence."""
        if isinstance(line, str):
            return self.words(line)
        if isinstance(line, PlanDate):
            return escape(line.shown)
        if isinstance(line, Mark):
            return _mark(line)
        if isinstance(line, Link):
            return _link(line)
        if isinstance(line, SmallLine):
            return Markup(small_line.drawing(line))  # noqa: S704 - its words are escaped
        return Markup("".join([self.line(part) for part in line]))  # noqa: S704

    def cell(self, cell: Cell) -> Markup:
        """A cell of a table."""
        if isinstance(cell, Room):
            rules = '<span class="rule" aria-hidden="true"></span>' * cell.lines
            return Markup(f"{escape(one_line(cell.label))}:{rules}")  # noqa: S704
        if isinstance(cell, PlanDate):
            return Markup(f'<span class="date">{escape(cell.shown)}</span>')  # noqa: S704
        if not isinstance(cell, Stack):
            return self.line(cell)
        notes = [f'<span class="note">{self.line(note)}</span>' for note in cell.notes]
        return Markup("".join([self.line(cell.main), *notes]))  # noqa: S704


@lru_cache(maxsize=1024)
def _mark(mark: Mark) -> Markup:
    """A standing: its words on its colour, or its symbol alone, which nobody need hear."""
    colour, symbol = BRAG[mark.kind], SYMBOLS[mark.kind]
    if not mark.words:
        return Markup(f'<span class="sign {colour}" aria-hidden="true">{symbol}</span>')  # noqa: S704
    sign = f'<span aria-hidden="true">{symbol} </span>'
    words = escape(one_line(mark.words))
    return Markup(f'<span class="tag {colour}">{sign}{words}</span>')  # noqa: S704


def _link(link: Link) -> Markup:
    url, words = _address(link.url), escape(one_line(link.text))
    return Markup(f'<a href="{escape(url)}">{words}</a>') if url else words  # noqa: S704


def _address(url: str) -> str:
    """An address that may be live: a page of the web, a mailbox, or a page of this site; else
    nothing."""
    live = _OUTSIDE.fullmatch(url) or _WITHIN.fullmatch(url)
    return url if live and safe(url) == url else ""
