"""What matters of a workbook, without anything else, for openpyxl to read: styles, words, and rows
that hold a value. openpyxl itself trusts a file with whatever memory it asks for: every formatted
cell, every cell of a merged range.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, tostring

from ..errors import Mendable
from .xml import SHEET, Damaged, Enough, find, find_all

if TYPE_CHECKING:
    from .package import Package

MOST_SHEETS = 100
MOST_CELLS = 100_000
"""How many cells a workbook's rows with a value may have, blank ones between counted."""
TOO_MANY = ("has too many cells", "Copy what matters into a new file, and give that.")
"""What is said where there are more."""
MOST_EMPTY = 10_000
"""How many rows without a value may follow one another before the rest is not looked at."""
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_KEPT = ("x:sheetData", "x:mergeCells", "x:cols", "x:headerFooter")
_STYLES = (
    "x:numFmts",
    "x:fonts",
    "x:fills",
    "x:borders",
    "x:cellStyleXfs",
    "x:cellXfs",
    "x:colors",
)
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_FORMULA = "formula"
"""The mark of a cell whose formula was left out."""


class Range(NamedTuple):
    """A range of cells, counted from 1."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int


class Sheet(NamedTuple):
    """A sheet that a person can see."""

    name: str
    part: str
    root: Element
    formulas: frozenset[tuple[int, int]]
    """The rows and columns of the cells that hold a formula."""
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    merged: tuple[Range, ...]
    ended: int
    """The row after which it was not looked at; 0 where all of it was."""


class Sheets(NamedTuple):
    """A workbook's sheets, and the names of those that are hidden."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]
    clean: bytes
    """The workbook of those sheets, in order, under the names 1, 2, 3."""


def column_number(letters: str) -> int:
    """A column's number, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def sheets(package: Package, main: str) -> Sheets:
    """What matters of a workbook whose main part this is."""
    book = package.tree(main)
    relations = package.relations(main)
    shown: list[Sheet] = []
    hidden: list[str] = []
    for entry in find_all(find(book, "x:sheets"), "x:sheet"):
        name, relation = entry.get("name", ""), relations.get(entry.get("r:id", ""))
        if relation is None:
            raise Damaged
        if relation.kind != "worksheet":
            continue
        if entry.get("state", "visible") != "visible":
            hidden.append(name)
            continue
        if len(shown) == MOST_SHEETS:
            raise Mendable(
                f"has more than {MOST_SHEETS} sheets", "Copy what matters into a new file."
            )
        shown.append(_sheet(package, name, relation.part))
    about = find(book, "x:workbookPr")
    since_1904 = about is not None and about.get("date1904") in ("1", "true", "on")
    parts = dict(relations.values())
    return Sheets(tuple(shown), tuple(hidden), _clean(package, shown, parts, since_1904))


# --- one sheet ------------------------------------------------------------------------------------


class _Rows:
    """Goes through a sheet as it is read, and forgets what holds no value."""

    def __init__(self) -> None:
        self.formulas: set[tuple[int, int]] = set()
        self.hidden: list[int] = []
        self.row = self.ended = 0
        self._empty = self._count = 0

    def done(self, element: Element, parent: Element) -> bool:
        """Whether an element is kept."""
        if element.tag == "x:row" and parent.tag == "x:sheetData":
            return self._row(element)
        if element.tag == "x:f" and parent.tag == "x:c":
            parent.set(_FORMULA, "1")
            return False
        if parent.tag == "x:worksheet":
            return element.tag in _KEPT
        return element.tag.startswith("x:") and element.tag != "x:extLst"

    def _row(self, row: Element) -> bool:
        said = row.get("r", "")
        number = int(said) if said.isdecimal() and len(said) < 8 else self.row + 1
        if not self.row < number <= 1_048_576:
            raise Damaged
        self.row = number
        if not any(len(cell) or _FORMULA in cell.attrib for cell in row):
            self._empty += 1
            if self._empty > MOST_EMPTY:
                self.ended = number
                raise Enough
            return False
        self._empty = 0
        if row.get("hidden") in ("1", "true"):
            self.hidden.append(number)
        row.attrib = {"r": str(number)}
        row[:] = self._cells(row, number)
        return True

    def _cells(self, row: Element, number: int) -> list[Element]:
        """The cells that hold or show anything, each with its place."""
        cells: list[Element] = []
        column = 0
        for cell in find_all(row, "x:c"):
            place = _CELL.fullmatch(cell.get("r", ""))
            column = column_number(place[1]) if place else column + 1
            if column > 16_384 or (place and int(place[2]) != number):
                raise Damaged
            if cell.attrib.pop(_FORMULA, ""):
                self.formulas.add((number, column))
            cell.set("r", f"{place[1] if place else _letters(column)}{number}")
            if len(cell) or cell.get("s", "0") != "0":
                cells.append(cell)
        self._count += len(cells)
        if self._count > MOST_CELLS:
            raise Mendable(*TOO_MANY)
        return cells


def _sheet(package: Package, name: str, part: str) -> Sheet:
    rows = _Rows()
    root = package.tree(part, rows.done)
    if root is None:
        raise Damaged
    columns = [
        column
        for entry in find_all(find(root, "x:cols"), "x:col")
        if entry.get("hidden") in ("1", "true")
        for column in _columns(entry)
    ]
    merges = find_all(find(root, "x:mergeCells"), "x:mergeCell")
    merged = [place for entry in merges if (place := _range(entry.get("ref", "")))]
    return Sheet(
        name,
        part,
        root,
        frozenset(rows.formulas),
        tuple(rows.hidden),
        tuple(columns),
        tuple(merged),
        rows.ended,
    )


def _columns(entry: Element) -> range:
    first, last = entry.get("min", ""), entry.get("max", "")
    if not (first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6):
        return range(0)
    return range(int(first), min(int(last), 16_384) + 1)


def _range(text: str) -> Range | None:
    first, _, last = text.partition(":")
    start, end = _CELL.fullmatch(first), _CELL.fullmatch(last)
    if not start or not end:
        return None
    return Range(column_number(start[1]), int(start[2]), column_number(end[1]), int(end[2]))


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(65 + last) + letters
    return letters


# --- the clean workbook ---------------------------------------------------------------------------


def _clean(package: Package, shown: list[Sheet], parts: dict[str, str], since_1904: bool) -> bytes:
    """A workbook of the sheets' rows, the styles and the words alone."""
    files: dict[str, tuple[str, str, bytes]] = {}
    for number, sheet in enumerate(shown, 1):
        root = _root("worksheet")
        root.extend(find_all(sheet.root, "x:sheetData"))
        files[f"sheet{number}.xml"] = ("worksheet", "worksheet", tostring(root))
    styles = package.tree(parts["styles"]) if "styles" in parts else None
    if styles is not None:
        root = _root("styleSheet")
        root.extend(_bare(child) for child in styles if child.tag in _STYLES)
        files["styles.xml"] = ("styles", "styles", tostring(root))
    words = package.tree(parts["sharedStrings"]) if "sharedStrings" in parts else None
    if words is not None:
        root = _root("sst")
        root.extend(_bare(child) for child in find_all(words, "x:si"))
        files["sharedStrings.xml"] = ("sharedStrings", "sharedStrings", tostring(root))
    return _zipped(files, _book(len(shown), since_1904))


def _root(name: str) -> Element:
    return Element(f"x:{name}", {"xmlns:x": SHEET, "xmlns:r": _RELATIONSHIPS})


def _bare(element: Element) -> Element:
    """An element without what other namespaces have added to it."""
    for one in element.iter():
        one[:] = [c for c in one if c.tag.startswith("x:") and c.tag != "x:extLst"]
        one.attrib = {k: v for k, v in one.attrib.items() if ":" not in k or k == "xml:space"}
    return element


def _book(sheets: int, since_1904: bool) -> bytes:
    root = _root("workbook")
    about = Element("x:workbookPr", {"date1904": "1"} if since_1904 else {})
    entries = Element("x:sheets")
    for number in range(1, sheets + 1):
        named = {"name": str(number), "sheetId": str(number), "r:id": f"sheet{number}.xml"}
        entries.append(Element("x:sheet", named))
    root.extend((about, entries))
    return tostring(root)


def _zipped(files: dict[str, tuple[str, str, bytes]], book: bytes) -> bytes:
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONSHIPS}/{kind}" Target="{name}"/>'
        for name, (kind, _, _) in files.items()
    )
    types = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{_TYPE}.{type}+xml"/>'
        for name, (_, type, _) in files.items()
    )
    written = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            f'"/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type='
            f'"{_RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        ).encode(),
        **{f"xl/{name}": data for name, (_, _, data) in files.items()},
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in written.items():
            file.writestr(name, data)
    return buffer.getvalue()
