"""Markdown, by hand or of a converter: headings, lists, paragraphs, and tables whose cells stand
between bars or tabs. Pages' tags in it, such as <br>, <p> and <ul>, are read as a page's are.

A row between tabs whose first cell is a page's paragraph may go over several lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import Mendable
from . import html
from .characters import LINE_END, visible
from .content import Cell, Content, Paragraph, Run, Table
from .text import MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CELLS = 100_000
_MOST_MARKED = 20_000
"""How many characters a piece of text has at most in which marks are looked for."""
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*(.*?)[ \t]*#*[ \t]*")
_LIST = re.compile(r"\s*(?:[-*+•·▪◦‣]|(\d{1,3})[.)])[ \t]+(.*)")
_RULE = re.compile(r"\s*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+)\s*")
_BREAK = re.compile(r"(?: {2}|\\)$")
"""What ends a line that the page breaks too."""
_STRONG_LABEL = re.compile(r"\s*(?:\*\*|__)[^*_:]{1,60}:?(?:\*\*|__)")
"""A line that begins with a strong name, as in `**Lead:** …`, is one of its own to its writer."""
_SEPARATOR = re.compile(r"[\s|:\t-]*-[\s|:\t-]*")
_ATTRIBUTES = re.compile(r"\s*\{:?[^{}]*\}\s*")
_BAR = re.compile(r"(?<!\\)\|")
_MARKED = re.compile(r"[<&*_~`\\\[]")
_TAGS = (
    "a|abbr|b|big|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|ins|li|mark|ol|p|pre|s|small|"
    "span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul"
)
"""The tags that are read as a page's. Whatever else stands between such signs is somebody's words.
"""
_TAGGED = re.compile(rf"</?(?:{_TAGS})(?:[\s/][^<>]*)?>|&[#a-zA-Z0-9]+;", re.IGNORECASE)
_STRUCK = re.compile(r"~~(?=\S)(.{1,2000}?\S)~~|~~(\S)~~")
_LINK = re.compile(
    r"!?\[([^\[\]]{0,500})\]\((<[^<>]*>|[^()\s]*)(?:\s+\"[^\"]*\")?\)(?:\{[^{}]*\})?"
)
_STRONG = re.compile(r"(\*\*\*|\*\*|\*|(?<!\w)__|(?<!\w)_)(?=[^\s*_])(.{0,2000}?[^\s*_])\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read(text: str, notes: tuple[str, ...] = ()) -> Content:
    """What a Markdown text says. Mendable where it is too long, or empty."""
    lines = LINE_END.split(text.removeprefix("\ufeff"))
    if len(lines) > MOST_LINES:
        raise Mendable(f"has more than {MOST_LINES:,} lines", "Copy what matters into a new file.")
    if not text.strip():
        raise Mendable("is empty", "Ask for it to be sent again.")
    front = _front_matter(lines)
    foot = [Paragraph((Run(visible(line)),), f"line {n}") for n, line in front.items()]
    reader = _Reader(lines, len(front) + 2 if front else 0)
    return Content(tuple(reader.blocks()), tuple(foot), notes=notes)


def _front_matter(lines: list[str]) -> dict[int, str]:
    """What a page's author says to the program that publishes it: lines between two rules, first
    of all."""
    if lines[0].rstrip() != "---":
        return {}
    front: dict[int, str] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == "---":
            return front
        front[number] = line
    return {}


class _Reader:
    """Goes through the lines."""

    def __init__(self, lines: list[str], start: int) -> None:
        self._lines = lines
        self._at = start
        self._tables = self._cells = 0

    def blocks(self) -> Iterator[Paragraph | Table]:
        """What the lines say, in order."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip() or _RULE.fullmatch(line) or _ATTRIBUTES.fullmatch(line):
                self._at += 1
            elif self._begins_table():
                yield self._table()
            elif match := _HEADING.fullmatch(line):
                yield from self._said(match[2], len(match[1]))
            elif match := _LIST.fullmatch(line):
                item = self._said(self._whole(match[2]), bullet=True)
                yield from (p._replace(number=int(match[1] or 0)) for p in item)
            else:
                yield from self._said(self._whole(line))

    def _said(self, text: str, level: int = 0, bullet: bool = False) -> Iterator[Paragraph]:
        """The paragraphs of a piece of text that ends before the line to come."""
        if level:
            self._at += 1
        place = f"line {self._at}"
        for paragraph in said(text):
            yield paragraph._replace(
                place=place, level=level, bullet=bullet or (paragraph.bullet and not level)
            )

    def _whole(self, first: str) -> str:
        """A paragraph or an item from its first line on, with the lines that go on from it."""
        pieces = [first.strip()]
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            begins = _HEADING.fullmatch(line) or _LIST.fullmatch(line) or _RULE.fullmatch(line)
            if not line.strip() or begins or self._begins_table():
                break
            breaks = _BREAK.search(self._lines[self._at - 1]) or _STRONG_LABEL.match(line)
            pieces.append(f"<br>{line.strip()}" if breaks else line.strip())
            self._at += 1
        return " ".join(pieces)

    # --- tables -----------------------------------------------------------------------------------

    def _begins_table(self) -> bool:
        line = self._lines[self._at]
        if "\t" in line.strip(" \t") or (line.endswith("\t") and line.strip()):
            return line.count("\t") > 1 or not _LIST.fullmatch(line)
        if not _BAR.search(line):
            return False
        after = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
        barred = line.lstrip().startswith("|") and len(_BAR.findall(line)) > 1
        return barred or ("-" in after and _SEPARATOR.fullmatch(after) is not None)

    def _table(self) -> Table:
        self._tables += 1
        tabbed = "\t" in self._lines[self._at]
        place = f"table {self._tables}"
        rows: list[tuple[Cell, ...]] = []
        while self._at < len(self._lines) and self._lines[self._at].strip(" "):
            number = self._at + 1
            texts = self._tabbed() if tabbed else self._barred()
            if texts is None:
                break
            if not _SEPARATOR.fullmatch("|".join(texts)):
                self._cells += len(texts)
                if self._cells > MOST_CELLS:
                    raise Mendable("has too many cells", "Copy what matters into a new file.")
                rows.append(tuple(_cell(text, f"line {number}") for text in texts))
        return Table(tuple(rows), place=place)

    def _barred(self) -> list[str] | None:
        """The cells of the next line; None where the table has ended."""
        line = self._lines[self._at].strip()
        if not _BAR.search(line):
            return None
        self._at += 1
        inside = line.removeprefix("|")
        if inside.endswith("|") and not inside.endswith("\\|"):
            inside = inside[:-1]
        return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inside)]

    def _tabbed(self) -> list[str] | None:
        """The cells of the next row: a line or, where a page's tag is open, several."""
        pieces: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if "\t" not in line and not (pieces or line.lstrip().startswith("<")):
                return None
            pieces.append(line)
            self._at += 1
            if "\t" in line:
                break
        return [cell.strip() for cell in "\n".join(pieces).split("\t")]


def _cell(text: str, place: str) -> Cell:
    return Cell(tuple(p._replace(place=place) for p in said(text)), place)


def said(text: str) -> list[Paragraph]:
    """A piece of text as paragraphs, without the marks of Markdown and of pages."""
    text = text.strip()
    if not _MARKED.search(text) or len(text) > _MOST_MARKED:
        return [Paragraph((Run(visible(text)),))] if text else []
    page = _LINK.sub(_link, text)
    page = _STRUCK.sub(lambda m: f"<s>{m[1] or m[2]}</s>", page)
    for _ in range(2):
        page = _STRONG.sub(r"\2", page)
    page = _ESCAPED.sub(r"\1", page.replace("`", ""))
    pieces: list[str] = []
    end = 0
    for match in _TAGGED.finditer(page):
        pieces += [_plain(page[end : match.start()]), match[0]]
        end = match.end()
    # A sign that begins no tag is that sign.
    pieces.append(_plain(page[end:]))
    return [block for block in html.blocks("".join(pieces)) if isinstance(block, Paragraph)]


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _link(match: re.Match[str]) -> str:
    """A link's words, with its address where that leads somewhere else."""
    words, address = match[1], match[2].strip("<>")
    if not address.startswith(("http://", "https://")) or address == words:
        return words or address
    return f"{words} ({address})" if words else address
