"""Draws a text, with files attached, as an e-mail that is not sent yet: a file that a mail program
opens as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

BOUNDARY = "=_hscp_form_="
"""What parts an e-mail from its files: no part holds it, for none is written with "=_" in it."""
_OFFICE = "vnd.openxmlformats-officedocument."
_TYPES = {
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
}


def draw(text: str, subject: str, to: str | None, files: Mapping[str, bytes]) -> bytes:
    """The draft, with these files by their names. The same gives the same bytes: it has no date and
    no number of its own."""
    # At every start it would cost what few commands need.
    from email import policy
    from email.message import EmailMessage

    message = EmailMessage(policy.SMTP)
    # What Outlook opens as a draft, with a button to send it.
    message["X-Unsent"] = "1"
    if to:
        message["To"] = to
    message["Subject"] = one_line(subject)
    message.set_content(text, cte="quoted-printable")
    for name, data in files.items():
        kind = _TYPES[name.rpartition(".")[2]]
        message.add_attachment(data, maintype="application", subtype=kind, filename=name)
    if files:
        message.set_boundary(BOUNDARY)
    return message.as_bytes()
