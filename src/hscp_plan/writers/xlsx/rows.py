"""The rows of a workbook's table, as the file's own XML: a hundred thousand of them would be in
XlsxWriter's memory cell by cell."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from ...words import safe
from .heights import height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...reports._sheet import Field, Sheet, Value

MOST = 32_767
"""Letters that a cell holds, as Excel counts them."""
CUT = " … (cut here: a cell holds no more)"
_POINTS = 0.75
"""A pixel in points, in which a file counts heights."""
_EPOCH = date(1899, 12, 30)
"""The day from which Excel counts."""


def rows(table: Sheet, styles: list[str]) -> Iterator[bytes]:
    """The rows below the header. The styles, by their numbers: of an id, a text, a date in words, a
    true date, a number and a figure."""
    row = _Row(table.fields, styles)
    for number, values in enumerate(table.rows if table.number else [_empty(table)], 2):
        yield row.xml(number, values).encode("utf-8", "backslashreplace")


class _Row:
    """Rows of one table, as a sheet holds them."""

    def __init__(self, fields: tuple[Field, ...], styles: list[str]) -> None:
        self._widths = [field.width for field in fields]
        self._letters = [_letters(column) for column in range(len(fields))]
        id, plain, written, self._date, self._number, self._figure = styles
        self._texts = [written if field.holds == "written" else plain for field in fields]
        self._texts[0] = id
        self._blank = plain

    def xml(self, number: int, values: tuple[Value, ...]) -> str:
        cell_values = [text(value) if isinstance(value, str) else value for value in values]
        cells = "".join(
            self._cell(f"{letter}{number}", style, value)
            for letter, style, value in zip(self._letters, self._texts, cell_values, strict=True)
        )
        # An id is never broken.
        texts = zip(cell_values[1:], self._widths[1:], strict=True)
        high = height((value, width) for value, width in texts if isinstance(value, str))
        height_attribute = f' ht="{high * _POINTS:g}"' if high else ""
        return f'<row r="{number}"{height_attribute}>{cells}</row>'

    def _cell(self, at: str, style: str, value: Value) -> str:
        if value is None:
            return f'<c r="{at}" s="{self._blank}"/>'
        if isinstance(value, str):
            content = f'<t xml:space="preserve">{_escape(value)}</t>'
            return f'<c r="{at}" s="{style}" t="inlineStr"><is>{content}</is></c>'
        if isinstance(value, date):
            return f'<c r="{at}" s="{self._date}"><v>{(value - _EPOCH).days}</v></c>'
        style = self._figure if isinstance(value, float) else self._number
        return f'<c r="{at}" s="{style}"><v>{value}</v></c>'


def _letters(column: int) -> str:
    """A column's name: A, B … Z, AA."""
    above, last = divmod(column, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + last)


def _escape(value: str) -> str:
    # What looks like Excel's own escape of a character is none.
    plain = re.sub("(_x[0-9A-Fa-f]{4}_)", r"_x005F\1", value) if "_x" in value else value
    return escape(plain, quote=False)


def text(value: str) -> str:
    """A text as a cell holds it: made harmless, and cut where Excel would refuse it."""
    plain = value if value.isprintable() else "\n".join(map(safe, value.split("\n")))
    if 2 * len(plain) <= MOST:
        return plain
    units = plain.encode("utf-16-le", "backslashreplace")
    if len(units) <= 2 * MOST:
        return plain
    return units[: 2 * (MOST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _empty(given: Sheet) -> tuple[Value, ...]:
    """The row that says that there is none: a table has at least one."""
    return tuple(given.empty if n == 1 else None for n in range(len(given.fields)))
