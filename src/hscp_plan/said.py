"""What a file says, out of its very bytes: every text that somebody will read in it, one by one.

Only files that hscp has drawn are read: a table or a calendar, pages, papers, drafts of e-mails.
"""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_CHUNK = 1_000_000
_WITHIN_LINE = r"</?(?:a|abbr|b|em|i|small|span|strong|time)(?:\s[^>]*)?>"
_ATTRIBUTE = r'\b(?:alt|aria-label|content|href|title)="([^"]*)"'


def said(data: bytes) -> Iterable[str]:
    """The texts of a file, each at least once."""
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    text = data.decode("utf-8", "replace")
    if text.startswith("\ufeff"):
        return _table(text[1:])
    for begins, read in _KINDS.items():
        if text[: len(begins)].lower() == begins:
            return read(text)
    return _plain(text)


def _table(text: str) -> Iterable[str]:
    import csv

    cells: set[str] = set()
    for row in csv.reader(StringIO(text, newline="")):
        cells.update(row)
    return cells


def _json(text: str) -> Iterable[str]:
    # From one text to the next, each with its key: none holds these signs, which would be escaped.
    for each in set(text.replace('\\"', "”").split(', "')):
        yield re.sub(r"\\(u[0-9a-f]{4}|.)", _meant, each) if "\\" in each else each


def _meant(escaped: re.Match[str]) -> str:
    sign = escaped[1]
    return chr(int(sign[1:], 16)) if len(sign) > 1 else "\n" if sign == "n" else sign


def _calendar(text: str) -> Iterable[str]:
    lines: set[str] = set()
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        # An event's own id looks like an e-mail address, and is nobody's.
        if name != "UID":
            # An event's title begins with its milestone's id.
            lines.update(value.partition(" ")[::2] if name == "SUMMARY" else value.split("\\n"))
    return [re.sub(r"\\(.)", r"\1", line) for line in lines]


def _page(text: str) -> Iterable[str]:
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)
    plain = set(re.split(r"<[^>]*>", re.sub(_WITHIN_LINE, "", text)))
    return map(unescape, plain | set(re.findall(_ATTRIBUTE, text)))


def _draft(text: str) -> Iterable[str]:
    """Of an e-mail all but to whom it goes: that is nobody's secret to whom it is sent."""
    from email import message_from_string, policy

    message = message_from_string(text, policy=policy.default)
    return [str(message["Subject"]), *_plain(message.get_content())]


def _plain(text: str) -> Iterable[str]:
    """A text's paragraphs, Markdown's too, without its own signs."""
    text = re.sub(r"<br>|\*\*", " ", text)
    return re.split(r"\n[ \t]*\n", unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)))


_KINDS = {
    "begin:vcalendar": _calendar,
    "<!doctype html": _page,
    "{": _json,
    "x-unsent:": _draft,
}
"""How each kind of file begins."""


def _office(data: bytes) -> Iterator[str]:
    """The texts of a Word file's body, and of a workbook's sheets. A council's own template, which
    stands around the body, is not looked through."""
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as file:
        for name in file.namelist():
            if name == "word/document.xml":
                yield from _paragraphs(file.read(name).decode())
            elif name.startswith(("xl/worksheets/sheet", "xl/sharedStrings")):
                with file.open(name) as part:
                    yield from _cells(part.read, b"")


def _paragraphs(xml: str) -> Iterator[str]:
    for paragraph in re.split(r"</w:p>|<w:br/>", xml):
        yield unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", paragraph)))


def _cells(read: Callable[[int], bytes], left: bytes) -> Iterator[str]:
    """The cells of a sheet, a piece at a time: one of a large plan is hundreds of megabytes."""
    while piece := read(_CHUNK):
        whole, end, left = (left + piece).rpartition(b"</t>")
        found = set(re.findall(rb"<t(?: [^>]*)?>([^<]*)", whole + end))
        yield from (unescape(text.decode()) for text in found)
