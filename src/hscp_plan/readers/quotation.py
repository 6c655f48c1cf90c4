"""What in an e-mail the sender wrote, and what was there before: other people's words, signatures,
standing notices. Nothing is left out: each paragraph says what it is.

It knows the ways of English mail programs: `>` before a line, Outlook's block of From, Sent, To and
Subject (all that follows is quoted), and "On … wrote:".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Mendable
from .characters import LINE_END
from .content import Paragraph, Table
from .text import MOST_LINES, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .content import Role

Block = Paragraph | Table

_MARKS = re.compile(r"(?:>[ \t]?)+")
_SIGNATURE = "-- "
_RULE = re.compile(
    r"[-_]{2,} ?(?:Original (?:Message|Appointment)|Forwarded message) ?[-_]{2,}"
    r"|Begin forwarded message:",
    re.IGNORECASE,
)
_UNDERSCORES = re.compile("_{10,}")
_HEADER = re.compile(
    r"[*_ \t]*(From|Sent|Date|To|Cc|Bcc|Subject|Importance|Attachments|Reply-To|When|Where)"
    r"[*_ \t]*:",
    re.IGNORECASE,
)
_DATED = {"sent", "date"}
_ABOUT = {"to", "subject"}
"""One of each follows From in such a block, where no line above says that it is one."""
_MOST_HEADERS = 12
"""How many lines such a block has: a long list of people goes over several."""
_WROTE = re.compile(r"On\b\D{0,40}\d.{0,80}, .{1,250} wrote:", re.DOTALL)
_MOST_WROTE = 3
"""How many lines "On … wrote:" goes over."""
_PERSON_WROTE = re.compile(r".{3,200}<[^<>\s]+@[^<>\s]+> wrote:")
_SENT_FROM = re.compile(
    r"(?:Sent from (?:my |the )?[\w ]{2,40}|Get Outlook for \w+)\.?\s*(?:<[^<>]*>)?", re.IGNORECASE
)
_DEVICES = re.compile(r"\b(?:iphone|ipad|android|samsung|outlook|mail|mobile|phone)\b", re.I)
_NOTICE = re.compile(
    r"\W*(?:confidentiality notice|disclaimer\b|please consider the environment"
    r"|(?:caution|warning|external)\b.{0,20}this (?:e-?mail|message)"
    r"|this (?:e-?mail|message|communication|transmission)\b"
    r"|the (?:information|contents?)\b.{0,20} (?:in|of) this (?:e-?mail|message|communication)"
    r"|if you (?:are not the|have received this))",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"confidential|privileged|intended (?:only|solely|for|recipient)|addressee|viruses|monitored"
    r"|originated (?:from )?outside|consider the environment|received .{0,60}in error",
    re.IGNORECASE,
)


def paragraphs(text: str, flowed: bool = False, joined: bool = False) -> list[Block]:
    """The lines of a plain e-mail, told apart. In a `flowed` one a line that ends with a space goes
    on in the next; `joined` where that space was put there for it (`DelSp`)."""
    lines = LINE_END.split(text.rstrip())
    if len(lines) > MOST_LINES:
        raise Mendable(f"has more than {MOST_LINES:,} lines", "Copy what matters into a new file.")
    quoted = [_unmarked(number, text, flowed) for number, text in enumerate(lines, 1)]
    return told_apart([line(*one) for one in (_flowing(quoted, joined) if flowed else quoted)])


class _Line(NamedTuple):
    number: int
    text: str
    depth: int


def _unmarked(number: int, text: str, flowed: bool) -> _Line:
    match = _MARKS.match(text)
    rest = text[match.end() :] if match else text
    if flowed and not match and rest.startswith(" "):
        rest = rest[1:]
    return _Line(number, rest, match[0].count(">") if match else 0)


def _flowing(lines: Sequence[_Line], joined: bool) -> Iterator[_Line]:
    """Lines with each that was broken made whole (RFC 3676)."""
    parts: list[str] = []
    start: _Line | None = None
    for this, following in zip(lines, [*lines[1:], None], strict=True):
        start = start or this
        same = following is not None and following.depth == this.depth
        flows = this.text.endswith(" ") and this.text != _SIGNATURE and same
        parts.append(this.text[:-1] if flows and joined else this.text)
        if not flows:
            yield start._replace(text="".join(parts))
            parts, start = [], None


def told_apart(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs and tables of an e-mail in order, each with how often it is quoted, beyond what
    its marks say, and each paragraph with what it is."""
    thread = _Thread(blocks)
    told: list[Block] = []
    while len(told) < len(blocks):
        told += thread.next(len(told))
    return told


class _Thread:
    """An e-mail as it is gone through."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._before: list[int] = []
        """The depths at which a block of headers stood: what follows is quoted once more."""
        self._role: Role = ""
        self._depth = 0

    def next(self, at: int) -> list[Block]:
        """The next block, or the lines that say whose words follow it."""
        block = self._blocks[at]
        if block.quoted != self._depth:
            self._role, self._depth = "", block.quoted
            self._before = [depth for depth in self._before if depth <= block.quoted]
        end, quotes = self._attribution(at)
        if end > at:
            told = [self._told(one, "attribution") for one in self._blocks[at:end]]
            self._role = ""
            if quotes:
                self._before.append(block.quoted)
            return told
        return [self._told(block, self._role_of(at))]

    def _told(self, block: Block, role: Role) -> Block:
        quoted = block.quoted + len(self._before)
        if isinstance(block, Table):
            return block._replace(quoted=quoted)
        return block._replace(quoted=quoted, role=role if block.text.strip() else "")

    def _attribution(self, at: int) -> tuple[int, bool]:
        """Where the lines end that say whose words follow, and whether all that follows is theirs
        though it has no marks."""
        text = _text(self._blocks[at]).strip()
        if _RULE.fullmatch(text):
            return max(at + 1, self._headers(self._filled(at + 1), told=True)), True
        if _UNDERSCORES.fullmatch(text):
            end = self._headers(self._filled(at + 1))
            return max(at, end), end > at
        end = self._headers(at)
        if end > at:
            return end, True
        end = self._wrote(at)
        following = self._filled(end)
        unmarked = following < len(self._blocks) and (
            self._blocks[following].quoted <= self._blocks[at].quoted
        )
        return end, end > at and unmarked

    def _filled(self, at: int) -> int:
        """Where the next block stands that says anything, a few blank ones on at most."""
        blocks = self._blocks
        while (
            at < len(blocks) and not isinstance(blocks[at], Table) and not _text(blocks[at]).strip()
        ):
            at += 1
        return at

    def _headers(self, at: int, told: bool = False) -> int:
        """Where a block of headers ends that begins here, as a line above may have `told`; 0 where
        none does."""
        found: dict[str, int] = {}
        for number, block in enumerate(self._blocks[at : at + _MOST_HEADERS], at):
            text = _text(block)
            if not text.strip() or block.quoted != self._blocks[at].quoted:
                break
            for row in text.split("\n"):
                if match := _HEADER.match(row):
                    found.setdefault(match[1].casefold(), number)
            if "from" not in found:
                return 0
        sure = bool(_DATED.intersection(found)) and bool(_ABOUT.intersection(found))
        return max(found.values()) + 1 if sure or (told and found) else 0

    def _wrote(self, at: int) -> int:
        """Where "On … wrote:" ends that begins here; the same place where it does not."""
        text = ""
        if _PERSON_WROTE.fullmatch(_text(self._blocks[at]).strip()):
            return at + 1
        for number, block in enumerate(self._blocks[at : at + _MOST_WROTE], at + 1):
            if not _text(block).strip() or block.quoted != self._blocks[at].quoted:
                break
            text += f"{_text(block).strip()} "
            if _WROTE.fullmatch(text.strip()):
                return number
        return at

    def _role_of(self, at: int) -> Role:
        text = _text(self._blocks[at])
        if text.rstrip() == "--":
            self._role = "signature"
        elif self._role == "disclaimer" and not text.strip():
            self._role = ""
        elif not self._role and _NOTICE.match(text) and _STANDING.search(self._group(at)):
            self._role = "disclaimer"
        if _SENT_FROM.fullmatch(text.strip()) and _DEVICES.search(text):
            return "signature"
        return self._role

    def _group(self, at: int) -> str:
        """A paragraph with those that follow it without a blank one, some lines of them."""
        texts: list[str] = []
        for block in self._blocks[at : at + 30]:
            if not _text(block).strip():
                break
            texts.append(_text(block))
        return " ".join(texts)


def _text(block: Block) -> str:
    return "" if isinstance(block, Table) else block.text
