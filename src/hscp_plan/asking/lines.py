"""The answers in a text: a reply to an e-mail, or notes of a meeting, with words under each id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..letters import folded
from ..model import ID
from .form import ANSWER_BELOW, DASHES, find_marks
from .own import words
from .parts import Answer, Part, Read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..readers.content import Paragraph
    from .own import OwnText

_GAP = re.compile(re.escape(ANSWER_BELOW).replace(r"\{id\}", rf"({ID})"), re.IGNORECASE)
_NUMBER = re.compile(r"\s*(?:\(?\d{1,3}[.)]\s+|[-*•·▪–]\s*)?")
_TOKEN = re.compile(ID)
_LIKE_AN_ID = re.compile(r"[A-Za-z]{1,3}\d{1,3}[.-]\d{1,3}\b(?![.-]?\d)")
"""What would be an id in most plans, and may be none of this one: P9.9."""
_AND = re.compile(r"\s*(?:,|&|\+|/|\band\b)\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?P<name>status|rag|brag|evidence|(?:new|revised) (?:due )?date)\s*[:=]\s*(?P<text>\S.*)",
    re.IGNORECASE,
)
_FEWEST = 3
"""How many words of a milestone's own, at least, are known for these where the rest is left out."""
_SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind|best|warm|many|all)?\s*(?:regards|wishes)|(?:many )?thanks.{0,20}"
    r"|thank you.{0,20}|yours (?:sincerely|faithfully)|cheers|best|sent from my .*"
    r"|get outlook for .*)[\s,.!]*",
    re.IGNORECASE,
)


class _Start(NamedTuple):
    """How a line begins an answer."""

    ids: tuple[str, ...]
    rest: str
    clear: bool
    """Whether it is plain that the words after several ids are of each of them."""


class _Open:
    """An answer that is being read."""

    def __init__(self, id: str, place: str, in_gap: bool = False, inline: bool = False) -> None:
        self.id = id
        self.place = place
        self.in_gap = in_gap
        self.inline = inline
        self.lines: list[Part] = []

    def answer(self) -> Answer | None:
        """The answer, with what stands after `Status:` and the like under those questions."""
        parts: dict[str, Part] = {}
        happened: list[str] = []
        for line in self.lines:
            label = _LABEL.fullmatch(line.text.strip())
            name = _question(label["name"]) if label else ""
            if label and name not in parts:
                parts[name] = Part(label["text"].strip(), line.place)
            else:
                happened.append(line.text)
        text = "\n".join(happened).strip()
        if text:
            first = next(line.place for line in self.lines if line.text.strip())
            parts["happened"] = Part(text, first)
        return Answer(self.id, self.place, parts, free=True) if parts else None


def _question(label: str) -> str:
    word = label.casefold()
    if word == "evidence":
        return word
    return "date" if "date" in word else "status"


def line_answers(
    paragraphs: Sequence[Paragraph],
    actions: Mapping[str, str],
    own: OwnText,
    by_line: bool,
) -> Read:
    """The answers in a text's paragraphs, and what stands under no id."""
    return _Reader(actions, own, by_line).read(paragraphs)


class _Reader:
    def __init__(self, actions: Mapping[str, str], own: OwnText, by_line: bool) -> None:
        self.actions = actions
        self.ids = {folded(id): id for id in actions}
        self.own = own
        self.by_line = by_line
        self.open: list[_Open] = []
        self.closed: list[Answer] = []
        self.unplaced: list[list[Part]] = []

    def read(self, paragraphs: Sequence[Paragraph]) -> Read:
        for paragraph in paragraphs:
            self._read_paragraph(paragraph)
        self._close()
        return Read(self.closed, [_joined(parts) for parts in self.unplaced if parts])

    def _read_paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text.rstrip()
        gap = _GAP.search(text)
        if gap and (id := self.ids.get(folded(gap[1]))):
            before, after = text[: gap.start()].strip(" >-*"), text[gap.end() :].strip()
            self._close()
            if before and not paragraph.quoted:
                self._leave(Part(before, paragraph.place))
            self.open = [_Open(id, paragraph.place, in_gap=True)]
            if after:
                self.open[0].lines.append(Part(after, paragraph.place))
            return
        if any(True for _ in find_marks(text)) or _is_rule(text):
            self._close()
            return
        if self._in_gap:
            self.open[0].lines.append(Part(text, paragraph.place))
        elif not (paragraph.quoted or paragraph.role in ("attribution", "disclaimer")):
            self._read_own_words(paragraph, text)

    @property
    def _in_gap(self) -> bool:
        return bool(self.open) and self.open[0].in_gap

    def _read_own_words(self, paragraph: Paragraph, text: str) -> None:
        if not text.strip():
            # After a blank line only what stands under an id alone goes on.
            if self.open and self.open[0].inline:
                self._close()
            elif self.unplaced and self.unplaced[-1]:
                self.unplaced.append([])
            self._add_blank()
            return
        if paragraph.role or _SIGN_OFF.fullmatch(text.strip()):
            self._close()
        if self.own.is_ours(text):
            self._close()
            return
        start = self._start(text)
        if start and start.clear:
            self._close()
            inline = bool(start.rest)
            self.open = [_Open(id, paragraph.place, inline=inline) for id in start.ids]
            for answer in self.open if inline else ():
                answer.lines.append(Part(start.rest, paragraph.place))
            return
        stops = start or paragraph.level or self._like_an_id(text)
        goes_on = self.by_line or paragraph.bullet or not (self.open and self.open[0].inline)
        if stops or not goes_on:
            self._close()
        if self.open:
            for answer in self.open:
                answer.lines.append(Part(text.strip(), paragraph.place))
        else:
            self._leave(Part(text.strip(), paragraph.place))

    def _add_blank(self) -> None:
        for answer in self.open:
            if answer.lines:
                answer.lines.append(Part("", ""))

    def _leave(self, part: Part) -> None:
        if not (self.unplaced and self.by_line):
            self.unplaced.append([])
        self.unplaced[-1].append(part)

    def _close(self) -> None:
        self.closed += filter(None, (answer.answer() for answer in self.open))
        self.open = []

    @staticmethod
    def _like_an_id(text: str) -> bool:
        return bool(_LIKE_AN_ID.match(text, _NUMBER.match(text).end()))  # type: ignore[union-attr]

    def _start(self, text: str) -> _Start | None:
        """The ids that a line begins with, and what stands after them."""
        at = _NUMBER.match(text).end()  # type: ignore[union-attr]
        ids: list[str] = []
        while token := _TOKEN.match(text, at):
            word = token[0].rstrip(".-")
            id = self.ids.get(folded(word))
            if id is None:
                break
            ids.append(id)
            at += len(word)
            joined = _AND.match(text, at)
            following = joined and _TOKEN.match(text, joined.end())
            if not (joined and following and folded(following[0].rstrip(".-")) in self.ids):
                break
            at = joined.end()
        if not ids:
            return None
        after = text[at:]
        if after and (after[0].isalnum() or after[0] == "_"):
            return None
        rest = after.lstrip(" \t:;.,)–—-")
        colon = len(rest) != len(after) and ":" in after[: len(after) - len(rest)]
        clear = len(ids) == 1 or not rest or colon
        return _Start(tuple(dict.fromkeys(ids)), self._without_action(ids, rest), clear)

    def _without_action(self, ids: Sequence[str], rest: str) -> str:
        """What stands after an id, without the milestone's own words, which people copy with it."""
        if len(ids) != 1:
            return rest
        action = words(self.actions[ids[0]])
        typed = list(re.finditer(r"[\w./-]*\w", rest))
        plain = [folded(match[0]) for match in typed]
        if action and plain[: len(action)] == action:
            return rest[typed[len(action) - 1].end() :].lstrip(" \t:;.,)–—-")
        begins = len(plain) >= _FEWEST and action[: len(plain)] == plain
        return "" if begins else rest


def _is_rule(text: str) -> bool:
    """Whether a line is a rule of dashes alone, as we put between two milestones."""
    bare = text.strip()
    return bare.startswith(DASHES) and not bare.strip("-")


def _joined(parts: Iterable[Part]) -> Part:
    """Lines that stand together as one text."""
    some = list(parts)
    first, last = some[0].place, some[-1].place
    place = first if first == last else f"{first} to {_number(last)}"
    return Part("\n".join(part.text for part in some), place)


def _number(place: str) -> str:
    return place.rsplit(" ", 1)[-1]
