"""What kind of file bytes are, by the bytes: and for those that hscp does not read, what to do."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["office", "mail", "html", "text"]


class Refusal(NamedTuple):
    """Why a file is not read: the rest of a sentence that begins with its name, and what to do."""

    what: str
    next: str


_TYPED = "Ask for the words themselves: in the Word or Excel form, or in an e-mail."
_BEGINNINGS = {
    b"%PDF": Refusal("is a PDF, and no answer can be read from one", _TYPED),
    b"{\\rtf": Refusal("is in Rich Text Format", "Open it in Word, save it as .docx, give that."),
    b"\x78\x9f\x3e\x22": Refusal(
        "can be opened by Outlook alone (winmail.dat)",
        "Ask the sender to send it again as HTML or plain text.",
    ),
    **dict.fromkeys(
        (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
        Refusal("is a packed file", "Unpack it, and give the files that were in it."),
    ),
    **dict.fromkeys(
        (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"BM"),
        Refusal("is a picture, and no answer can be read from one", _TYPED),
    ),
    **dict.fromkeys(
        (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe"),
        Refusal("is a program", "Delete it, and ask the sender what it was."),
    ),
}
_PHOTOGRAPH = re.compile(rb"....ftyp(?:heic|heix|heif|mif1|msf1|avif)", re.DOTALL)
_XML = re.compile(rb"\s*<\?xml\b")
_XML_REFUSED = Refusal("is XML", "Open it in Word or Excel, save it as .docx or .xlsx, give that.")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _wide(name: str) -> bytes:
    """A name as the older Office files write theirs."""
    return name.encode("utf-16-le")


_OLE_KINDS = {
    _wide("EncryptedPackage"): Refusal(
        "is locked with a password",
        "Open it, take the password off (File, Info, Protect), save it, and give that file.",
    ),
    _wide("__substg1.0_"): Refusal(
        "is an e-mail as only Outlook keeps it (.msg)",
        "Open it in Outlook, choose Save As, Text Only, and give that file.",
    ),
    _wide("WordDocument"): Refusal(
        "is an older Word file (.doc)", "Open it in Word, save it as .docx, and give that file."
    ),
    **dict.fromkeys(
        (_wide("Workbook"), _wide("Book")),
        Refusal(
            "is an older Excel file (.xls)", "Open it in Excel, save it as .xlsx, give that file."
        ),
    ),
}
"""Longest known first: an e-mail may hold any of the others."""
_OLE_REFUSED = Refusal(
    "is an older Office file", "Open it, save it as .docx or .xlsx, and give that file."
)
_HTML = re.compile(r"<(?:!doctype html|html|body|head)\b", re.IGNORECASE)
_HEADER = re.compile(r"([!-9;-~]+):[ \t]*[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*\r?\n")
_MBOX = re.compile(r"From [^\r\n]*\r?\n")
_SENT = ("mime-version", "received", "message-id", "return-path", "x-unsent", "dkim-signature")
"""Headers that a program writes, and nobody types."""


def refusal(data: bytes) -> Refusal | None:
    """Why these bytes are not read, where their beginning tells."""
    if data.startswith(_OLE):
        kinds = (refused for name, refused in _OLE_KINDS.items() if name in data)
        return next(kinds, _OLE_REFUSED)
    if _PHOTOGRAPH.match(data):
        return _BEGINNINGS[b"\xff\xd8\xff"]
    start = data[:1024].lstrip()
    for beginning, refused in _BEGINNINGS.items():
        # Two letters begin words as well: BM, MZ.
        if start.startswith(beginning) and (len(beginning) > 2 or b"\0" in data[:64]):
            return refused
    if is_pdf(data):
        return _BEGINNINGS[b"%PDF"]
    return _XML_REFUSED if _XML.match(data) and b"<html" not in data[:1024] else None


def is_pdf(data: bytes) -> bool:
    """Whether these bytes are a PDF, as such programs take them that print one."""
    return b"%PDF-" in data[:1024]


def is_html(text: str, name: str) -> bool:
    """Whether a text is a web page: as it begins, or as its file is named."""
    if name.casefold().endswith((".html", ".htm")):
        return True
    start = text[:5000].lstrip()
    while start.startswith(("<!--", "<?xml")):
        start = start.partition(">" if start[1] == "?" else "-->")[2].lstrip()
    return _HTML.match(start) is not None


def is_mail(text: str, name: str) -> bool:
    """Whether a text is an e-mail as it was sent: by headers that nobody types."""
    headers: set[str] = set()
    match = _MBOX.match(text)
    at = match.end() if match else 0
    while (match := _HEADER.match(text, at)) and len(headers) < 200:
        headers.add(match[1].casefold())
        at = match.end()
    known = headers.intersection(("from", "to", "subject", "date", "content-type", *_SENT))
    return bool(known) and (name.casefold().endswith(".eml") or bool(known.intersection(_SENT)))
