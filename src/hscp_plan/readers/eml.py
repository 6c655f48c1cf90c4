"""E-mails as they were sent (.eml): their words, told apart from those they quote, and what came
with them. No address is kept.

The plain text is read where there is one, else the HTML. Python's older reader of headers is used:
the newer one raises over some that are malformed.
"""

from __future__ import annotations

import email
import re
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_tz
from typing import TYPE_CHECKING

from ..errors import Mendable
from . import html, quotation
from .characters import flat, visible
from .content import Content, Mail, Paragraph, Table

if TYPE_CHECKING:
    from email.message import Message

MOST_PARTS = 200
MOST_DASHES = 5_000
"""How many lines may begin with two dashes, as each that parts two parts does."""
LONGEST_HEADER = 5_000
"""How many letters of a header count: Python's own reader takes their number squared."""
LONGEST_HEADERS = 300_000
"""How many bytes all the headers of an e-mail may have."""
DEEPEST = 20
"""How many parts may stand one within another."""
_PART = re.compile(
    rb"^content-(type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
_BLANK = re.compile(rb"\r?\n\r?\n")
_OLD_PACKED = ("x-uuencode", "uuencode", "uue", "x-uue")
"""Ways to pack a file that Python takes minutes to unpack, and nobody uses now."""
_PLAIN, _HTML = "text/plain", "text/html"
_WINDOWS = ("us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "iso8859-1", "unknown-8bit")
"""What programs call a text that may be of Windows, or of UTF-8."""
_NO_CHARSETS = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "unicode-escape")
"""Python's own encodings, which no e-mail is in and which take long."""
_SIGNED = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
)
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_TNEF = "application/ms-tnef"
_LONGEST_NAME = 100

Block = Paragraph | Table


def read(data: bytes) -> Mail:
    """What an e-mail says. Mendable where it is encrypted, or has too many parts."""
    _bound(data)
    message = email.message_from_bytes(data)
    reader = _Reader()
    reader.part(message, 0)
    day = _day(message)
    content = Content(tuple(reader.blocks), modified=day, notes=tuple(reader.notes()))
    subject = flat(_header(message["subject"]))
    return Mail(subject, day, content, tuple(reader.attachments))


def _bound(data: bytes) -> None:
    """Refuse an e-mail that would take long to take apart."""
    said = [*_PART.finditer(data)]
    types = sum(1 for match in said if match[1].lower() == b"type")
    if types > MOST_PARTS or data.count(b"\n--") > MOST_DASHES:
        raise Mendable("has too many parts", "Save what matters of it as files, and give those.")
    blank = _BLANK.search(data)
    headers = blank.start() if blank else len(data)
    if headers > LONGEST_HEADERS or any(len(match[0]) > LONGEST_HEADER for match in said):
        raise Mendable(
            "has headers longer than any mail program's", "Copy its words into a new file."
        )


class _Reader:
    """Goes through the parts of an e-mail."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.attachments: list[tuple[str, bytes]] = []
        self._pictures = 0
        self._unread: list[str] = []

    def notes(self) -> list[str]:
        """What was not read."""
        pictures = ["Not read: a picture within it."] if self._pictures == 1 else []
        if self._pictures > 1:
            pictures = [f"Not read: {self._pictures} pictures within it."]
        return pictures + self._unread

    def part(self, part: Message, depth: int, words: bool = True) -> None:
        """Read a part and what it holds; only what is attached to it where its `words` stand
        elsewhere."""
        kind = part.get_content_type()
        if kind in _ENCRYPTED:
            raise Mendable("is encrypted", "Ask for it to be sent again without encryption.")
        if depth > DEEPEST:
            self._unread.append("Not read: parts that are buried too deep in it.")
        elif kind == "message/rfc822":
            self._enclosed(part)
        elif kind == "multipart/alternative":
            self._alternatives(part, depth, words)
        elif part.is_multipart():
            for inner in _inner(part):
                self.part(inner, depth + 1, words)
        elif kind not in _SIGNED:
            self._leaf(part, kind, words)

    def _alternatives(self, part: Message, depth: int, words: bool) -> None:
        """The same words in several ways: the plainest that says anything."""
        inner = _inner(part)
        plain = [one for one in inner if one.get_content_type() == _PLAIN and _text(one).strip()]
        chosen = (plain or inner[-1:])[:1]
        for one in inner:
            self.part(one, depth + 1, words and one in chosen)

    def _leaf(self, part: Message, kind: str, words: bool) -> None:
        name = _file_name(part)
        attached = part.get_content_disposition() == "attachment"
        if kind == _TNEF or name.casefold() == "winmail.dat":
            self._unread.append(
                "Not read: winmail.dat, which only Outlook opens. If anything is missing, ask the"
                " sender to send it again as HTML or plain text."
            )
        elif kind in (_PLAIN, _HTML) and not attached and not name:
            if words:
                self._say(part, kind)
        elif kind.startswith("image/") and not attached:
            self._pictures += 1
        elif kind == "text/calendar" and not attached:
            self._unread.append("Not read: an invitation to a meeting.")
        else:
            self.attachments.append((name or "attachment", _bytes(part)))

    def _say(self, part: Message, kind: str) -> None:
        text = _text(part)
        if text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
            raise Mendable("is encrypted", "Ask for it to be sent again without encryption.")
        if kind == _HTML:
            self.blocks += quotation.told_apart(html.blocks(text))
            return
        flowed = _parameter(part, "format").casefold() == "flowed"
        joined = _parameter(part, "delsp").casefold() == "yes"
        self.blocks += quotation.paragraphs(text, flowed, joined)

    def _enclosed(self, part: Message) -> None:
        """An e-mail within this one, as a file of its own."""
        inner = _inner(part)
        if not inner:
            self.attachments.append(("e-mail.eml", _bytes(part)))
            return
        subject = re.sub(r'[\\/:*?"<>|]', " ", flat(_header(inner[0]["subject"])))
        name = subject[:_LONGEST_NAME].strip() or "e-mail"
        self.attachments.append((f"{name}.eml", _written(inner[0])))


# --- pieces ---------------------------------------------------------------------------------------


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if not isinstance(one, str)] if isinstance(payload, list) else []


def _bytes(part: Message) -> bytes:
    packed = str(part.get("content-transfer-encoding", "")).strip().casefold()
    if packed in _OLD_PACKED:
        return str(part.get_payload()).encode("utf-8", "replace")
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _written(message: Message) -> bytes:
    return message.as_bytes()


def _text(part: Message) -> str:
    """A part's letters, in whatever charset it says, or is."""
    return visible(_decoded(_bytes(part), part.get_content_charset() or ""))


def _decoded(data: bytes, charset: str) -> str:
    """Letters of a charset; of the likeliest where that is not known, or is wrong."""
    name = charset.casefold()
    likely = ("utf-8", "cp1252") if not name or name in _WINDOWS else (name,)
    for encoding in likely:
        if encoding in _NO_CHARSETS:
            continue
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8" if name in ("utf-8", "utf8") else "cp1252", "replace")


def _header(value: object) -> str:
    """A header's words."""
    if value is None:
        return ""
    text = str(value)
    if len(text) > LONGEST_HEADER:
        return text[:LONGEST_HEADER]
    try:
        pieces = decode_header(value)  # type: ignore[arg-type]
    except (HeaderParseError, ValueError):
        return text
    return "".join(
        _decoded(text, charset or "") if isinstance(text, bytes) else text
        for text, charset in pieces
    )


def _parameter(part: Message, name: str) -> str:
    value = part.get_param(name, "")
    return value if isinstance(value, str) else ""


def _file_name(part: Message) -> str:
    """The last part of a file's name, whatever folder it names."""
    try:
        name = flat(_header(part.get_filename()))
    except ValueError:
        return ""  # It names a charset that no program could have.
    return re.split(r"[\\/]", name)[-1].strip()[-_LONGEST_NAME:]


def _day(message: Message) -> date | None:
    """The day that the sender's own clock showed."""
    try:
        parsed = parsedate_tz(_header(message["date"]))
        return date(*parsed[:3]) if parsed else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
