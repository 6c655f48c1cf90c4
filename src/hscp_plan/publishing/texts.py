"""The texts that somebody will read in a file, one by one, out of its very bytes.

Only files that hscp has drawn are read: tables, calendars, pages, papers, drafts of e-mails.
"""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO, TextIOWrapper
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

_CHUNK = 1_000_000
_WITHIN_LINE = r"</?(?:a|abbr|b|em|i|small|span|strong|time)(?:\s[^>]*)?>"
_ATTRIBUTE = r'\b(?:alt|aria-label|content|href|title)="([^"]*)"'


def texts_in(data: bytes) -> Iterable[str]:
    """The texts of a file, each at least once."""
    if data.startswith(b"PK\x03\x04"):
        return _read_office(data)
    start = data[:32].lower()
    for beginning, read_lines in _LINE_READERS.items():
        if start.startswith(beginning):
            return read_lines(_lines(data))
    text = data.decode("utf-8", "replace")
    for beginning, read_text in _TEXT_READERS.items():
        if start.startswith(beginning):
            return read_text(text)
    return _read_plain(text)


def _lines(data: bytes) -> Iterator[str]:
    """The lines of a file, one by one: as one text, what a large plan gives to other programs would
    be in memory several times over."""
    return iter(TextIOWrapper(BytesIO(data), "utf-8-sig", "replace", newline=""))


def _read_table(lines: Iterator[str]) -> Iterable[str]:
    import csv

    yield from set(chain.from_iterable(csv.reader(lines)))


def _read_json(lines: Iterator[str]) -> Iterable[str]:
    # Parted where one text ends and the next key begins: within a text these signs are escaped.
    texts = chain.from_iterable(line.replace('\\"', "”").split(', "') for line in lines)
    for text in set(texts):
        yield re.sub(r"\\(u[0-9a-f]{4}|.)", _unescape, text) if "\\" in text else text


def _unescape(escaped: re.Match[str]) -> str:
    character = escaped[1]
    return (
        chr(int(character[1:], 16))
        if len(character) > 1
        else "\n"
        if character == "n"
        else character
    )


def _read_calendar(lines: Iterator[str]) -> Iterable[str]:
    texts: set[str] = set()
    for line in _unfolded(lines):
        name, _, value = line.partition(":")
        # An event's own id looks like an e-mail address, and is nobody's.
        if name != "UID":
            # An event's title begins with its milestone's id.
            texts.update(value.partition(" ")[::2] if name == "SUMMARY" else value.split("\\n"))
    return (re.sub(r"\\(.)", r"\1", text) for text in texts)


def _unfolded(lines: Iterator[str]) -> Iterator[str]:
    """A calendar's lines, those that go on after a break in one."""
    whole = ""
    for line in lines:
        part = line.removesuffix("\r\n")
        if part.startswith(" "):
            whole += part[1:]
        else:
            yield whole
            whole = part
    yield whole


def _read_page(text: str) -> Iterable[str]:
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)
    plain = set(re.split(r"<[^>]*>", re.sub(_WITHIN_LINE, "", text)))
    return map(unescape, plain | set(re.findall(_ATTRIBUTE, text)))


def _read_draft(text: str) -> Iterable[str]:
    """Of an e-mail all but to whom it goes, which is nobody's secret to whom it is sent: what it
    says, and its files."""
    from email import message_from_string, policy

    message = message_from_string(text, policy=policy.default)
    yield str(message["Subject"])
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            yield from _read_plain(part.get_content())
        elif not part.is_multipart():
            yield from texts_in(part.get_content())


def _read_plain(text: str) -> Iterable[str]:
    """A text's paragraphs, Markdown's too, without its own signs."""
    text = re.sub(r"<br>|\*\*", " ", text)
    return re.split(r"\n[ \t]*\n", unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)))


_LINE_READERS = {b"\xef\xbb\xbf": _read_table, b"begin:vcalendar": _read_calendar, b"{": _read_json}
_TEXT_READERS = {b"<!doctype html": _read_page, b"x-unsent:": _read_draft}
"""Readers by how a file begins: for those that are read by the line, and those read as a whole."""


def _read_office(data: bytes) -> Iterator[str]:
    """The texts of a Word file's body, and of a workbook's sheets. A council's own template, which
    stands around the body, is not looked through."""
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as file:
        for name in file.namelist():
            if name == "word/document.xml":
                with file.open(name) as part:
                    pieces = _read_pieces(part, b"</w:p>")
                    yield from chain.from_iterable(map(_paragraph_texts, pieces))
            elif name.startswith(("xl/worksheets/sheet", "xl/sharedStrings")):
                with file.open(name) as part:
                    yield from chain.from_iterable(map(_cell_texts, _read_pieces(part, b"</t>")))


def _read_pieces(part: IO[bytes], end: bytes) -> Iterator[str]:
    """A part of a file, a piece at a time, each up to where something ends: one of a large plan is
    hundreds of megabytes."""
    rest = b""
    while chunk := part.read(_CHUNK):
        whole, separator, rest = (rest + chunk).rpartition(end)
        yield (whole + separator).decode()
    yield rest.decode()


def _paragraph_texts(xml: str) -> Iterator[str]:
    for paragraph in re.split(r"</w:p>|<w:br/>", xml):
        yield unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", paragraph)))


def _cell_texts(xml: str) -> Iterable[str]:
    return map(unescape, set(re.findall(r"<t(?: [^>]*)?>([^<]*)", xml)))
