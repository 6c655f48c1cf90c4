"""The answers in a text: a reply to an e-mail, or notes of a meeting, with words under each id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import ID
from ..naming.filters import is_bare_status
from ..words import listed
from .form import ANSWER_BELOW, DASHES, QUESTIONS, find_marks
from .parts import Answer, Part, Read
from .starts import Start, Starts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ..readers.content import Paragraph
    from .own import OwnText

QUOTED = "it stands in what the e-mail quotes"
OUTSIDE = "it stands outside the cells"
_GAP = re.compile(re.escape(ANSWER_BELOW).replace(r"\{id\}", rf"((?:{ID}/)?{ID})"), re.IGNORECASE)
_MONTH = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter|q[1-4]"
_LABEL = re.compile(
    r"(?P<before>|.*[.;!?,)–—-]\s*)\b"
    r"(?P<name>status|rag|brag|evidence|(?:new|revised) (?:due )?date)"
    rf"(?:\s*[:=]\s*|(?<=date)\s+(?=\d|(?:the )?(?:end |mid|early |late )?(?:of )?(?:{_MONTH})))"
    r"(?P<text>\S.*)",
    re.IGNORECASE,
)
"""What was asked, by its name, at the beginning of a line or after a sentence."""
_SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind|best|warm|many|all)?\s*(?:regards|wishes)|(?:many )?thanks.{0,20}"
    r"|thank you.{0,20}|yours (?:sincerely|faithfully)|cheers|best|sent from my .*"
    r"|get outlook for .*)[\s,.!]*",
    re.IGNORECASE,
)


class _Open:
    """An answer that is being read."""

    def __init__(
        self, id: str, place: str, *, in_gap: bool = False, inline: bool = False, doubt: str = ""
    ) -> None:
        self.id = id
        self.place = place
        self.in_gap = in_gap
        self.inline = inline
        self.doubt = doubt
        self.lines: list[Part] = []

    def answer(self) -> Answer | None:
        """The answer, with what stands after `Status:` and the like under those questions."""
        parts: dict[str, Part] = {}
        happened: list[Part] = []
        for line in self.lines:
            for name, part in _labelled(line):
                if name == "happened" or name in parts:
                    happened.append(part)
                else:
                    parts[name] = part
        text = "\n".join(part.text for part in happened).strip()
        if text:
            first = next(part.place for part in happened if part.text.strip())
            parts["happened"] = Part(text, first)
        answer = Answer(self.id, self.place, parts, free=True, doubt=self.doubt)
        return answer if parts else None


def _labelled(line: Part) -> Iterator[tuple[str, Part]]:
    """What a line says, by the questions: a status alone is the answer to that question."""
    text = line.text.strip()
    label = _LABEL.fullmatch(text)
    if label:
        if before := label["before"].strip(" –—-"):
            yield "happened", Part(before, line.place)
        yield _question(label["name"]), Part(label["text"].strip(), line.place)
    elif is_bare_status(text):
        yield "status", Part(text, line.place)
    else:
        yield "happened", line


def _question(label: str) -> str:
    word = label.casefold()
    if word == "evidence":
        return word
    return "date" if "date" in word else "status"


def line_answers(
    paragraphs: Sequence[Paragraph],
    actions: Mapping[str, str],
    own: OwnText,
    *,
    by_line: bool,
    beside_table: bool,
) -> Read:
    """The answers in a text's paragraphs, and what stands under no id. `by_line`: whether they are
    the lines of a text, in which only a blank one ends what stands beside an id; `beside_table`:
    whether the form's own table is there, to which answers belong."""
    doubt = OUTSIDE if beside_table else ""
    return _Reader(actions, own, by_line, doubt).read(paragraphs)


def answer_about(id: str, part: Part) -> Answer | None:
    """What words that stood under no milestone say about this one, as somebody says they do."""
    whole = _Open(id, part.place)
    whole.lines += [Part(line, part.place) for line in part.text.splitlines()]
    return whole.answer()


def apart(answer: Answer, starts: Starts) -> Iterator[Answer]:
    """What a row says of its own milestone and, of each other that lines in it begin with, what
    these say: up to the next that begins so, with a doubt."""
    if answer.free:
        yield answer
        return
    part = answer.parts.get("happened", Part("", answer.place))
    by_id: dict[str, list[str]] = {answer.id: []}
    open: Sequence[str] = (answer.id,)
    for text in part.text.splitlines():
        start = starts.start(text)
        # A bare number begins many a line: 3 sessions were held.
        if start and start.clear and not (start.doubt or all(map(str.isdigit, start.ids))):
            open = start.ids
            text = text if open == (answer.id,) else start.rest
        for id in open:
            by_id.setdefault(id, []).append(text)
    own = "\n".join(by_id.pop(answer.id)).strip()
    parts = {**answer.parts, "happened": Part(own, part.place)}
    yield _with_others(answer._replace(parts={n: p for n, p in parts.items() if p.text}), starts)
    for id, lines in by_id.items():
        other = answer_about(id, Part("\n".join(lines), part.place))
        if other:
            yield other._replace(doubt=f"it stands in the row of {answer.id}")


def _with_others(answer: Answer, starts: Starts, own: Collection[str] = ()) -> Answer:
    """An answer with a doubt where it names other milestones than its `own`."""
    texts = "\n".join(answer.text(question) for question in QUESTIONS)
    named = (id for id in starts.named(texts) if not id.isdigit())
    others = [id for id in named if id not in (answer.id, *own)]
    doubt = f"it names {listed(others)} too" if others else ""
    return answer._replace(doubt=answer.doubt or doubt)


class _Reader:
    def __init__(self, actions: Mapping[str, str], own: OwnText, by_line: bool, doubt: str) -> None:
        self.starts = Starts(actions, own.cited)
        self.own = own
        self.by_line = by_line
        self.doubt = doubt
        """Why whatever stands here may be no answer."""
        self.open: list[_Open] = []
        self.closed: list[Answer] = []
        self.unplaced: list[list[Part]] = []
        self.heading: str | None = None
        """Of what is quoted: the milestone that our own line above is of."""
        self.our_line = ""
        """The last line of what is quoted that is ours."""
        self.signature: list[Part] = []

    def read(self, paragraphs: Sequence[Paragraph]) -> Read:
        for paragraph in paragraphs:
            self._read_paragraph(paragraph, paragraph.text.rstrip())
        self._close()
        unplaced = [_joined(parts) for parts in self.unplaced if parts]
        if self.signature:
            unplaced.append(_joined(self.signature))
        return Read(self.closed, unplaced)

    def _read_paragraph(self, paragraph: Paragraph, text: str) -> None:
        gap = _GAP.search(text)
        if gap and (id := self.starts.ids.exact(gap[1])):
            self._open_gap(id, gap, paragraph, text)
        elif any(True for _ in find_marks(text)) or _is_rule(text):
            self._close()
            self.heading = None
        elif self.open and self.open[0].in_gap:
            self.open[0].lines.append(Part(text, paragraph.place))
        elif paragraph.role in ("attribution", "disclaimer"):
            self._close()
        elif paragraph.quoted:
            self._read_quoted(paragraph, text)
        elif text.strip():
            self._read_said(paragraph, text)
        else:
            self._read_blank()

    def _open_gap(self, id: str, gap: re.Match[str], paragraph: Paragraph, text: str) -> None:
        before, after = text[: gap.start()].strip(" >-*"), text[gap.end() :].strip()
        self._close()
        if before and not paragraph.quoted:
            self._leave(Part(before, paragraph.place))
        self.open = [_Open(id, paragraph.place, in_gap=True)]
        if after:
            self.open[0].lines.append(Part(after, paragraph.place))

    def _read_blank(self) -> None:
        """After a blank line only what stands under an id alone goes on."""
        if self.open and self.open[0].inline:
            self._close()
        elif self.unplaced and self.unplaced[-1]:
            self.unplaced.append([])
        for answer in self.open:
            if answer.lines:
                answer.lines.append(Part("", ""))

    def _read_quoted(self, paragraph: Paragraph, text: str) -> None:
        """What an e-mail quotes: our own letter, a reply that is passed on, older words. Words that
        are not ours under an id may be an answer, and a person decides."""
        start = self.starts.start(text)
        # A mail program breaks our lines anew, and leaves a word of one alone on the next.
        if self.own.is_ours(text) or self.own.is_ours(f"{self.our_line} {text}"):
            self._close()
            self.our_line = text
            self.heading = start.ids[0] if start and text.strip() else self.heading
        elif start and start.clear:
            self._begin(start, paragraph, QUOTED)
        elif self.open:
            self._add(text, paragraph)
        elif self.heading:
            self.open = [_Open(self.heading, paragraph.place, doubt=QUOTED)]
            self._add(text, paragraph)

    def _read_said(self, paragraph: Paragraph, text: str) -> None:
        """What the writer says."""
        if paragraph.role or _SIGN_OFF.fullmatch(text.strip()):
            self._close()
            self.signature.append(Part(text.strip(), paragraph.place))
            return
        if self.own.is_ours(text):
            self._close()
            return
        start = self.starts.start(text)
        if start and start.clear:
            self._begin(start, paragraph, start.doubt or self.doubt)
            return
        stops = start or paragraph.level or self.starts.is_like_an_id(text)
        goes_on = self.by_line or paragraph.bullet or not (self.open and self.open[0].inline)
        if stops or not goes_on:
            self._close()
        named = self.starts.named(text)
        if self.open:
            self._add(text, paragraph)
        elif len(named) == 1:
            doubt = f"it names {named[0]}, and does not begin with it"
            self._begin(Start((named[0],), text.strip(), clear=True), paragraph, doubt)
        elif self.signature and not stops:
            self.signature.append(Part(text.strip(), paragraph.place))
        else:
            self._leave(Part(text.strip(), paragraph.place))

    def _begin(self, start: Start, paragraph: Paragraph, doubt: str) -> None:
        """Begin the answers that a line begins."""
        self._close()
        if self.unplaced and self.unplaced[-1]:
            self.unplaced.append([])
        inline = bool(start.rest)
        self.open = [
            _Open(id, paragraph.place, inline=inline, doubt=start.doubt or doubt)
            for id in start.ids
        ]
        if inline:
            self._add(start.rest, paragraph)

    def _add(self, text: str, paragraph: Paragraph) -> None:
        for answer in self.open:
            answer.lines.append(Part(text.strip(), paragraph.place))

    def _leave(self, part: Part) -> None:
        if not (self.unplaced and self.by_line):
            self.unplaced.append([])
        self.unplaced[-1].append(part)

    def _close(self) -> None:
        own = {answer.id for answer in self.open}
        for answer in filter(None, (answer.answer() for answer in self.open)):
            self.closed.append(_with_others(answer, self.starts, own))
        self.open = []


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
