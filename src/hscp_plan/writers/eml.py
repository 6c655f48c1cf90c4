"""Draws a text as an e-mail that is not sent yet: a file that a mail program opens as a draft."""

from __future__ import annotations

from ..words import one_line


def draw(text: str, subject: str, to: str | None) -> bytes:
    """The draft. The same text gives the same bytes: it has no date and no number of its own."""
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
    return message.as_bytes()
