"""Rules about the evidence that is cited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import quoted
from ._rule import Document, Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ._walk import Parts


# (?i) within the pattern, rather than re.IGNORECASE beside it, halves the time of each match.
_SCHEME = (
    r"(?i)https?(?:[:;]|//)|www\.|[a-z][a-z0-9+.-]{1,30}://"
    r"|(?:mailto|javascript|vbscript|file|data|tel|ftp|about|blob):(?=\S)"
)
_LINK = (
    r"(?i)https?://(?:[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.[^\W_](?:[\w-]{0,61}[^\W_])?){0,20}\.?"
    r"|\[[0-9a-f:.]{2,45}\])(?P<port>:[0-9]{1,5})?(?:[/?#][^\s<>\"\\^`{|}\x00-\x1f\x7f]*)?"
)
_DOCUMENT = (
    r"(?i)(?:(?:\.{1,2}[/\\]|[/\\]|[a-z]:[/\\])\S.*|\S+)\."
    r"(?:pdf|docx?|odt|rtf|txt|md|xlsx?|ods|csv|pptx?|odp|html?|msg|eml|png|jpe?g)(?:[#?]\S*)?"
)


def link_fault(item: str) -> tuple[str, str] | None:
    """What is wrong with evidence that is meant as a link, and what to do; None where it is a good
    link, or no link."""
    scheme = re.match(_SCHEME, item)
    if scheme is None:
        return None
    link = re.fullmatch(_LINK, item)
    if link and int((link["port"] or ":0")[1:]) < 0x10000:
        return None
    if scheme[0].lower().startswith("http"):
        next_step = "Write it as the browser shows it: https://www.example.org/papers/item-5"
        return "this is not a whole web address", next_step
    if scheme[0].lower() == "www.":
        return "this web address lacks its beginning", "Write https:// before it."
    return (
        f"a {quoted(scheme[0].rstrip('/').lower())} link is no evidence",
        "Give an address that begins with https://, or the document's title and date.",
    )


@rule("evidence-link", "error")
def evidence_link(parts: Parts, today: date) -> Iterator[Finding]:
    """Evidence that is a link is a whole web address: http or https, a host, and no spaces.

    Evidence may also be words, such as the title and date of minutes. A link that leads nowhere
    is no evidence, and one that runs a script or opens a file of somebody's own computer is none
    for anybody else.

    Fails:
        evidence: https:/www.example.org/papers
    Passes:
        evidence: https://www.example.org/papers
    """
    for item, places in parts.evidence.items():
        if fault := link_fault(item):
            for file, path in places:
                yield Finding(file, path, *fault)


@rule("evidence-missing", "warning")
def evidence_missing(parts: Parts, today: date) -> Iterator[Finding]:
    """Evidence that is a document's path leads to a document, from the plan's folder.

    What ends as documents do (.pdf, .docx) is taken for a path where it has no spaces, or begins
    with ./ or ../ or as a whole path does. The document is looked for, within the repository, and
    never opened. One that is kept elsewhere is cited by title and date.

    Fails:
        evidence: minutes/2021-12-41.pdf        # there is none
    Passes:
        evidence: minutes/2021-12-14.pdf
    """
    next_step = (
        "Give a path below the plan's folder, such as minutes/2021-12-14.pdf, or cite the document "
        "by title and date."
    )
    for item, places in parts.evidence.items():
        if re.fullmatch(_DOCUMENT, item) and not re.match(_SCHEME, item):
            absent = Document(re.split("[#?]", item.replace("\\", "/"))[0])
            message = f"there is no document {quoted(item)} here"
            for file, path in places:
                yield Finding(file, path, message, next_step, absent=absent)
