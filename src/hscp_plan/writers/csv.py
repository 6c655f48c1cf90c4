"""Writes a report's rows as CSV that Excel opens rightly: UTF-8 with its mark, CR LF line ends,
and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ..words import safe

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?%?")


def draw(rows: Iterable[Mapping[str, object]], columns: Iterable[str]) -> str:
    """The rows under these columns, the byte order mark first."""
    return "".join(pieces(rows, columns))


def pieces(rows: Iterable[Mapping[str, object]], columns: Iterable[str]) -> Iterator[str]:
    """The text of `draw`, line by line."""
    line = csv.writer(_Echo, lineterminator="\r\n").writerow
    names = list(columns)
    yield "\ufeff"
    yield line([cell(name) for name in names])
    for row in rows:
        yield line([cell(row.get(name)) for name in names])


class _Echo:
    """A file that gives back what is written, instead of keeping it."""

    @staticmethod
    def write(line: str) -> str:
        return line


# A plan says the same few things over and over.
@lru_cache(maxsize=65_536)
def cell(value: Hashable) -> str:
    """A value as a cell's text, made harmless: `=1+1` becomes `'=1+1`."""
    if value is None:
        return ""
    text = str(value)
    if not text.isprintable():
        text = "\n".join(map(safe, text.split("\n")))
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(text):
        return f"'{text}"
    # Full-width forms are read as formulas by East Asian versions of Excel.
    return f"'{text}" if text[:1] in ("＝", "＋", "－", "＠") else text
