"""A priority's file, and asked.yaml, in many hands: what people's fingers, editors and converters
make of one."""

from __future__ import annotations

from typing import Any, NamedTuple

import strategies as some
from hypothesis import strategies as st

from hscp_plan.reading import yamltext

_TEXTS = st.one_of(
    st.sampled_from(
        ["Launch the panel", "Trial: two teams", "Said # not a remark", "- a dash first", "no",
         "“Smart” – and ‘quoted’", "Café \u00a0 naïve", "👶🏽 ready", "مرحبا بالعالم", "012",
         "@home", "it's", 'the "panel"', "a\\b", "%", "| not a block", "First line.\nSecond line.",
         "Para one.\n\nPara two.",
         "Audit of practice against the strategy and what the review found"]
    ),
    some.plain_words,
)  # fmt: skip
_DUE = st.sampled_from(
    ["2021-09", "2021-11-30", "2022", "2022/23", "Q3 2021/22", "autumn term 2021"]
)
_SAID = st.sampled_from(["not started", "on track", "at risk", "off track", "complete"])


class Styled(NamedTuple):
    """A file's text, and the milestone that something is recorded of."""

    text: str
    id: str
    refused: bool
    """Whether its layout is one that hscp says it does not edit."""

    @property
    def plain(self) -> str:
        """The text as the parser takes it."""
        return plain(self.text)


def plain(text: str) -> str:
    """A file's text without byte order mark and with one kind of line end."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


@st.composite
def files(draw: st.DrawFn) -> Styled:
    """A priority's file, faultless, in somebody's hand."""
    hand = _Hand(draw)
    document, id, refused = hand.document()
    lines = hand.mapping(document, 0)
    if hand.pick(False, False, False, True):
        lines = ["---", *lines]
    text = "\n".join([*hand.remarks(0), *lines]) + hand.pick(*_ENDS)
    if hand.pick(False, False, True):
        text = text.replace("\n", "\r\n")
    return Styled(hand.pick("", "", "", "\ufeff") + text, id, refused)


@st.composite
def asked_files(draw: st.DrawFn) -> str:
    """An asked.yaml, faultless, in somebody's hand."""
    hand = _Hand(draw)
    document = {"asked": [hand.round(n) for n in range(hand.pick(0, 1, 1, 2, 3))]}
    text = "\n".join([*hand.remarks(0), *hand.mapping(document, 0)]) + hand.pick(*_ENDS)
    text = text.replace("\n", "\r\n") if hand.pick(False, False, True) else text
    return str(hand.pick("", "", "", "\ufeff") + text)


_ENDS = ("\n", "\n", "", "", "\n    ", "\n\n", "\n# end\n")
"""How a file ends: in a line end, or in none, which changes what a block text there says."""


class _Flow:
    """What is written in brackets."""

    def __init__(self, value: Any) -> None:
        self.value = value


class _Hand:
    """One person's way of writing, decided as it goes."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.step = self.pick(2, 2, 3, 4)
        self.list_step = self.pick(0, 2, 2, 4)
        self.gap = self.pick(2, 2, 3, 4)
        self.tidy = self.pick(True, False)

    def pick(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def text(self) -> str:
        return self.draw(_TEXTS)

    # What the file says ---------------------------------------------------------------------

    def document(self) -> tuple[dict[str, Any], str, bool]:
        """A priority's or a register's values, a milestone of it, and whether its layout is
        refused."""
        made: dict[str, Any] = {"id": "P1", "title": self.text()}
        register = self.pick(False, False, False, True)
        if register:
            made["kind"] = "register"
        elif self.pick(True, False):
            made["outcome"] = self.text()
            made["evidence"] = self.maybe_flow([self.text()])
        count = self.pick(1, 1, 2, 3)
        milestones = [self.milestone(f"P1.{n}") for n in range(1, count + 1)]
        at = self.pick(*range(count))
        refused = self.pick(*[False] * 11, True) and "progress" in milestones[at]
        if refused:
            whole = self.pick(True, False) or not milestones[at]["progress"]
            if whole:
                milestones[at] = _Flow(milestones[at])
            else:
                milestones[at]["progress"] = _Flow(milestones[at]["progress"])
        half = count if register else self.pick(*range(count + 1))
        parts = [part for part in (milestones[:half], milestones[half:]) if part]
        if register or self.pick(True, False):
            made["milestones"] = parts.pop(0)  # straight under the priority
        if parts:
            made["objectives"] = [
                {"id": f"P1-{'AB'[n]}", "statements": [self.text()], "milestones": part}
                for n, part in enumerate(parts)
            ]
        if self.pick(True, False):
            decision = {"date": "2021-10-20", "by": "Board", "decision": self.text()}
            made["decisions"] = self.pick([], [decision], [decision, decision])
        if not register and self.pick(True, False):
            value = {"period": "Q3 2021/22", "value": "42"}
            made["measures"] = [{"id": "P1-M1", "name": self.text(), "values": [_Flow(value)]}]
        if self.pick(False, False, True):
            # Somebody put the keys in an order of their own.
            made = dict(self.draw(st.permutations(list(made.items()))))
        return made, f"P1.{at + 1}", refused

    def milestone(self, id: str) -> dict[str, Any]:
        keys: dict[str, Any] = {"id": id}
        if self.pick(True, False):
            keys["start"] = "2021-06"
        if self.pick(True, True, True, False):
            keys["due"] = self.draw(_DUE)
        keys["action"] = self.text()
        if self.pick(False, True):
            keys["answers"] = self.maybe_flow([self.text()])
        if self.pick(False, False, True):
            keys["from"] = self.text()
        if self.pick(False, False, True):
            keys["more"] = self.maybe_flow({"success": self.text()})
        if self.pick(True, False):
            keys["status"] = self.draw(_SAID)
        if self.pick(True, True, False):
            keys["progress"] = [self.entry() for _ in range(self.pick(0, 1, 1, 2))]
        if self.pick(False, False, False, True):
            first, *rest = keys.items()
            keys = dict([first, *self.draw(st.permutations(rest))])
        return keys

    def entry(self) -> dict[str, Any]:
        keys: dict[str, Any] = {"date": self.pick("2021-09-14", "2021-10")}
        if self.pick(True, False):
            keys["by"] = "Chair of the Sub-Group"
        keys["note"] = self.text()
        if self.pick(False, True):
            keys["moved"] = self.maybe_flow({"from": "2021-08", "to": "2021-09"})
        if self.pick(False, True):
            keys["evidence"] = self.maybe_flow([self.text()])
        return keys

    def round(self, number: int) -> dict[str, Any]:
        keys: dict[str, Any] = {"date": "2021-09-14", "who": "Chair of the Sub-Group"}
        if self.pick(False, True):
            keys["also"] = self.maybe_flow([self.text()])
        keys["ids"] = self.pick("P1.1", _Flow(["P1.1", "P1.2"]), ["P1.1"])
        if self.pick(False, True):
            keys["for"] = self.text()
        keys["form"] = f"3f9a2c81d{number}"
        if self.pick(False, True):
            keys["answered"] = "2021-09-20"
        if self.pick(False, False, False, True):
            first, *rest = keys.items()
            keys = dict([first, *self.draw(st.permutations(rest))])
        return keys

    def maybe_flow(self, value: Any) -> Any:
        return _Flow(value) if self.pick(True, False) else value

    # How it is written -----------------------------------------------------------------------

    def remarks(self, column: int) -> list[str]:
        """Blank lines and comments between two lines."""
        if self.tidy:
            return []
        indent = " " * self.pick(column, 0)
        return self.pick([], [], [], [""], [f"{indent}# a: remark"], ["", f"{indent}# - one", ""])

    def mapping(self, value: dict[str, Any], column: int) -> list[str]:
        """Keys as lines, the first of them the first key's."""
        lines: list[str] = []
        for key, item in value.items():
            if lines:
                lines += self.remarks(column)
            lines += self.pair(key, item, column)
        return lines

    def pair(self, key: str, value: Any, column: int) -> list[str]:
        indent = " " * column
        if value == []:
            return [f"{indent}{key}:{self.pick(' ', '   ')}[]{self.end('   # none yet')}"]
        if isinstance(value, _Flow):
            return self.flow(f"{indent}{key}: ", value.value, column)
        if isinstance(value, dict):
            return [f"{indent}{key}:{self.end()}", *self.mapping(value, column + self.step)]
        if isinstance(value, list):
            at = column + self.list_step
            return [f"{indent}{key}:{self.end()}", *self.items(value, at)]
        first, *rest = self.scalar(value, column, short=key in _SHORT)
        return [f"{indent}{key}: {first}", *rest]

    def items(self, value: list[Any], column: int) -> list[str]:
        lines: list[str] = []
        indent = " " * column
        for item in value:
            lines += self.remarks(column)
            gap = self.pick(self.gap, self.gap, self.gap, 2)
            dash = f"{indent}-{' ' * (gap - 1)}"
            if isinstance(item, _Flow):
                lines += self.flow(dash, item.value, column)
            elif isinstance(item, dict):
                made = self.mapping(item, column + gap)
                if self.pick(*[False] * 5, True):
                    lines += [f"{indent}-{self.end()}", *made]
                else:
                    lines += [dash + made[0].lstrip(" "), *made[1:]]
            else:
                first, *rest = self.scalar(item, column)
                lines += [dash + first, *rest]
        return lines

    def flow(self, begin: str, value: Any, column: int) -> list[str]:
        text = some.flow(_bare(value))
        if text.endswith("]") and self.pick(False, False, True):
            return [f"{begin}[", f"{' ' * (column + 4)}{text[1:-1]},", f"{' ' * (column + 2)}]"]
        return [f"{begin}{text}{self.end()}"]

    def end(self, remark: str = "  # remark: of a line") -> str:
        """What stands after a line's content."""
        return "" if self.tidy else self.pick("", "", "", remark, "  ")

    def scalar(self, text: str, column: int, short: bool = False) -> list[str]:
        """A text, in the first of a few drawn ways that says it."""
        ways = ["plain", "'", '"'] if short else ["plain", "plain", "'", '"', *_BLOCKS]
        for way in (self.pick(*ways), self.pick("plain", '"')):
            made = self.way(text, way, column)
            if made and _says("\n".join([f"{' ' * column}k: {made[0]}", *made[1:]]), text):
                return made
        return [_escaped(text) + self.end()]

    def way(self, text: str, way: str, column: int) -> list[str]:
        indent = " " * (column + self.pick(1, 2, 2, 4))
        if way in _BLOCKS:
            lines = text.split("\n")
            if way[0] == ">":
                lines = [part for line in lines for part in (*_wrapped(line), "")][:-1]
            more = self.pick([], [], [""]) if "+" in way else []
            made = [f"{indent}{line}" if line else "" for line in lines]
            return [way + self.end(), *made, *more]
        if "\n" in text:
            return []
        if way in "'\"":
            made = some.quoted(text, way)
            words = made.split(" ")
            if len(words) > 4 and "  " not in made and self.pick(False, True):
                return [" ".join(words[:3]), indent + " ".join(words[3:]) + self.end()]
            return [made + self.end()]
        words = text.split(" ")
        if len(words) > 4 and self.pick(False, True):
            return [" ".join(words[:3]), indent + " ".join(words[3:])]
        return [text + self.end()]


_SHORT = {"id", "kind", "due", "start", "status", "date", "from", "to", "period", "value",
          "form", "answered"}  # fmt: skip
_BLOCKS = ("|", "|-", "|+", ">", ">-")


def _bare(value: Any) -> Any:
    """Values without the marks of how they are written."""
    if isinstance(value, _Flow):
        return _bare(value.value)
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items()}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def _wrapped(line: str) -> list[str]:
    words = line.split(" ")
    return [" ".join(words[n : n + 5]) for n in range(0, len(words), 5)]


def _says(text: str, value: str) -> bool:
    """Whether this text, with a key of the same column after it, holds the value."""
    column = len(text) - len(text.lstrip(" "))
    try:
        values = yamltext.values(f"{text}\n{' ' * column}after: x\n")
    except yamltext.Amiss:
        return False
    value_read = values.get("k")
    same = isinstance(value_read, str) and value_read.rstrip("\n") == value
    return same and values.keys() == {"k", "after"}


def _escaped(text: str) -> str:
    shown = some.quoted(text, '"').replace("\n", "\\n")
    return "".join(c if c.isprintable() or c == " " else f"\\U{ord(c):08x}" for c in shown)
