"""An unfinished merge, joined by what each side did to the version before it.

Pure. Looks at three: ours, theirs and the base. What one side alone added, changed or took out
stands; what both did to one thing, each in its own way, is left to a person, between marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Mendable
from ..reading.yamlfaults import conflicts, sides
from .align import Triple, triples
from .parts import GONE, Happened, Part, Version, called, chosen, happened, kind, parts, torn_keys
from .record import Change
from .splice import without_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .parts import Three


class Resolved(NamedTuple):
    """The change that ends the merge, or as much of it as can be; what was joined, and what is
    left to a person."""

    change: Change
    joined: list[Happened]
    stuck: list[Happened]


class Disagreement(Mendable):
    """A merge of which nothing can be joined."""


BY_HAND = "Keep the lines that are right, and take out the marks <<<<<<<, ======= and >>>>>>>."


def resolved(text: str, file: str, base: str | None) -> Resolved:
    """The file with what both sides did; `base` is what both began from, where git holds it.

    Raises Disagreement where nothing can be joined: a side is no plan file on its own, or the base
    is not to be had.
    """
    parted = sides(text)
    where = _where(text, file)
    if parted is None:
        raise Disagreement(f"{where}: the marks of the merge are out of order", BY_HAND)
    ours, theirs = _version(parted[0]), _version(parted[2])
    if ours is None or theirs is None:
        raise Disagreement(f"{where}: one side of the merge is no plan file on its own", BY_HAND)
    before = _version(parted[1] if base is None else base)
    if before is None:
        what = "what both sides began from is not known, so nor is what either took out"
        raise Disagreement(f"{where}: {what}", BY_HAND)
    made = _Joining(ours, before, theirs, text).resolved()
    if made is None:
        raise Disagreement(f"{where}: hscp cannot join lines that are laid out so", BY_HAND)
    return made


def _version(text: str | None) -> Version | None:
    """A text as a version of a plan's file; None where it is no such file."""
    read = without_errors((text or "").removeprefix("\ufeff").replace("\r\n", "\n"))
    version = Version(text or "", read) if isinstance(read, dict) and read else None
    return version if version and kind(version.whole()) == "map" else None


def _where(text: str, file: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    first = next((fault.place.line for fault in conflicts(lines, file)), 1)
    last = max((n for n, line in enumerate(lines, 1) if line.startswith(">>>>>>>")), default=first)
    return f"{file}, lines {first} to {last}"


class Joined(NamedTuple):
    """Something as it stands after the merge: its lines, what they say with ours and with theirs
    of whatever is left to a person, and what became of it."""

    lines: list[str]
    ours: Any = GONE
    theirs: Any = GONE
    happened: tuple[Happened, ...] = ()

    @property
    def stuck(self) -> bool:
        """Whether any of it is left to a person."""
        return any(each.stuck for each in self.happened)


class _Joining:
    """Three versions of a file."""

    def __init__(self, ours: Version, base: Version, theirs: Version, text: str) -> None:
        self.ours, self.base, self.theirs = ours, base, theirs
        self.end = ours.edit.line_end
        marks = [line.rstrip("\r") for line in text.split("\n")]
        self.begin = next(line for line in marks if line.startswith("<<<<<<<"))
        self.close = next(line for line in marks if line.startswith(">>>>>>>"))

    def resolved(self) -> Resolved | None:
        """The whole file; None where its lines cannot be put together as they should."""
        three = self.ours.whole(), self.base.whole(), self.theirs.whole()
        made = self._mapping(three, "the plan", 0)
        lines = [*made.lines, *self._between([part.tail for part in three], 0)]
        if self.ours.edit.raw[-1] == "":
            lines.append("")
        else:
            lines[-1] = lines[-1].removesuffix("\r")
        text = self.ours.edit.mark + "\n".join(lines)
        if not self._proven(text, made):
            return None
        marks = [n for n, line in enumerate(lines, 1) if line.startswith(("<<<<<<<", ">>>>>>>"))]
        places = zip(marks[::2], marks[1::2], strict=True)
        left = (each for each in made.happened if each.stuck)
        stuck = [each._replace(lines=place) for each, place in zip(left, places, strict=True)]
        joined = [each for each in made.happened if not each.stuck]
        return Resolved(Change(text, None if stuck else made.ours, 1), joined, stuck)

    def _proven(self, text: str, joined: Joined) -> bool:
        """Whether the new text says what was meant on each side, and has lost no comment that a
        side made."""
        ours, _, theirs = sides(text) or (text, None, text)
        now = [_version(ours), _version(theirs)]
        if [each and each.values for each in now] != [joined.ours, joined.theirs]:
            return False
        there = {remark for each in now if each for remark in each.whole().remarks()}
        sides_own = {r for each in (self.ours, self.theirs) for r in each.whole().remarks()}
        return sides_own - {*self.base.whole().remarks()} <= there

    # --- lines -------------------------------------------------------------------------------

    def _own(self, part: Part, shift: int) -> list[str]:
        """A part's lines as they are to stand."""
        if part.version is self.ours:
            return part.raw
        first, *rest = part.text
        plain = " " * part.column + first[part.column :]
        return [_shifted(line, shift) + self.end for line in (plain, *rest)]

    def _between(self, lines: Sequence[list[str]], shift: int) -> list[str]:
        """Comments and blank lines of the three: ours without those that theirs took out, and with
        those that theirs added."""
        ours, base, theirs = ([line.strip() for line in each] for each in lines)
        gone = {line for line in base if line and line not in theirs}
        kept = [line for line in lines[0] if line.strip() not in gone]
        new = [line for line in lines[2] if line.strip() and line.strip() not in base + ours]
        return [*kept, *(_shifted(line, shift).rstrip("\r") + self.end for line in new)]

    def _lead(self, three: Three, joined: Joined, shift: int) -> list[str]:
        if None in (three[0], three[2]) and (joined.stuck or not joined.lines):
            return []  # it stands between the marks, or is gone with its part
        return self._between([part.before if part else [] for part in three], shift)

    def _marked(self, ours: list[str], theirs: list[str]) -> list[str]:
        marks = [[f"{mark}{self.end}"] for mark in (self.begin, "=======", self.close)]
        return [*marks[0], *ours, *marks[1], *theirs, *marks[2]]

    # --- parts -------------------------------------------------------------------------------

    def _part(self, three: Three, at: str, shift: int, torn: bool = False) -> Joined:
        """A part, with the comments before it."""
        alike = None if torn else kind(*three)
        joins = {"map": self._mapping, "list": self._list}
        joined = (
            joins[alike](three, at, shift) if alike in joins else self._leaf(three, at, shift, torn)
        )
        return joined._replace(lines=[*self._lead(three, joined, shift), *joined.lines])

    def _mapping(self, three: Three, at: str, shift: int) -> Joined:
        ours, _, theirs = three
        assert ours and theirs  # noqa: PT018, S101 - it is a mapping on every side
        at, torn = called(ours, at), torn_keys(three)
        known = [{part.key: part for part in parts(part)} for part in three if part]
        step = _column(known[0]) - _column(known[2])
        made: dict[Any, Joined] = {}
        for key in _order([*known[0]], [*known[2]]):
            each = (known[0].get(key), known[1].get(key), known[2].get(key))
            made[key] = self._part(each, at, step, key in torn)
        lines = [line for each in made.values() for line in each.lines]
        if not ours.head and ours.key is not None:  # its first key stands after a dash
            prefix = ours.raw[0][: _column(known[0])]
            if not lines or not _may_follow(prefix, lines[0]):
                return self._leaf(three, at, shift, torn=True)
            lines[0] = prefix + lines[0][len(prefix) :]
        says = [{k: each[n] for k, each in made.items() if each[n] is not GONE} for n in (1, 2)]
        told = tuple(h for each in made.values() for h in each.happened)
        return Joined([*self._head(three, shift), *lines], says[0], says[1], told)

    def _list(self, three: Three, at: str, shift: int) -> Joined:
        known = [parts(part) if part and kind(part) == "list" else [] for part in three]
        step = _step(known[0], known[2], shift)
        lists = [[part.value for part in each] for each in known]
        part = three[0] or three[2]
        key = str(part.key) if part else ""
        items: list[Joined] = []
        for group in _groups(triples(*lists), lists, key):
            if len(group) > 1:
                these = [_three(known, triple) for triple in group]
                items.append(self._both(these, at, step, key))
            else:
                items.append(self._part(_three(known, group[0]), at, step))
        says = [[v for each in items for v in _several(each[n])] for n in (1, 2)]
        told = tuple(h for each in items for h in each.happened)
        if not any(says):
            return self._emptied(three, shift, told)
        lines = [line for each in items for line in each.lines]
        head = self._head(three, shift)
        if not all(says):
            return self._half(head, lines, says, told)
        return Joined([*head, *lines], says[0], says[1], told)

    def _emptied(self, three: Three, shift: int, told: tuple[Happened, ...]) -> Joined:
        """A list of which nothing is left: as the side has it that had emptied it."""
        for part in (three[0], three[2]):
            if part and kind(part) == "empty":
                return Joined(self._own(part, shift), part.value, part.value, told)
        return Joined([], happened=told)

    def _half(
        self, head: list[str], lines: list[str], says: list[list[Any]], told: tuple[Happened, ...]
    ) -> Joined:
        """A list of which one side has nothing left: it has no key either, so that stands between
        the marks too."""
        ours, _, theirs = sides("\n".join(lines)) or ("", None, "")
        own = [[*head, *each.split("\n")] if each else [] for each in (ours, theirs)]
        stuck = "; ".join(each.said for each in told if each.stuck)
        told = (*(each for each in told if not each.stuck), Happened(stuck, stuck=True))
        return Joined(self._marked(*own), says[0] or GONE, says[1] or GONE, told)

    def _both(self, each: list[Three], at: str, shift: int, key: str) -> Joined:
        """Items that both sides logged, of which only one can stand as it is."""
        own = [[part for three in each if (part := three[side])] for side in (0, 2)]
        lines = [[line for p in side for line in (*p.before, *self._own(p, shift))] for side in own]
        says = [_Several([part.value for part in side]) for side in own]
        said = Happened(f"{at}: {_ONE_STANDS[key][1]}", stuck=True)
        return Joined(self._marked(*lines), says[0], says[1], (said,))

    def _head(self, three: Three, shift: int) -> list[str]:
        """The line of a key, or a dash alone, before the parts below it."""
        there = [part if part and part.head else None for part in three]
        part = there[0] or there[2]
        if part is None:
            return []
        ours, base, theirs = (part.remark if part else "" for part in there)
        if there[0] and there[2] and theirs not in (ours, base):
            new = " ".join(filter(None, ("" if ours == base else ours, theirs)))
            return [part.remarked(new) + self.end]
        return self._own(part, shift)[:1]

    def _leaf(self, three: Three, at: str, shift: int, torn: bool) -> Joined:
        """What is taken whole from one side, or left to a person."""
        ours, _, theirs = three
        choice = "torn" if torn else chosen(three)
        own = [self._own(part, shift) if part else [] for part in three]
        says = [part.value if part else GONE for part in three]
        told = happened(three, at, choice)
        if choice in ("ours", "alike"):
            return Joined(own[0], says[0], says[0])
        if choice == "theirs":
            return Joined(own[2], says[2], says[2], told)
        if choice == "gone":
            return Joined([], happened=told)
        lead = [part.before if part and None in (ours, theirs) else [] for part in three]
        lines = self._marked([*lead[0], *own[0]], [*lead[2], *own[2]])
        return Joined(lines, says[0], says[2], told)


class _Several(list[Any]):
    """The values of several items in the place of one."""


def _several(value: Any) -> list[Any]:
    if isinstance(value, _Several):
        return value
    return [] if value is GONE else [value]


def _three(known: Sequence[list[Part]], triple: Triple) -> Three:
    ours, base, theirs = (
        None if number is None else side[number] for side, number in zip(known, triple, strict=True)
    )
    return ours, base, theirs


_ONE_STANDS = {
    "progress": ("moved", "both sides moved its due date, and one `moved:` can stand"),
    "decisions": ("outcome", "both sides decided what becomes of it, each otherwise"),
}
"""By list: of what key in it one side's items alone can stand, and how that is said."""


def _groups(triples: list[Triple], lists: Sequence[Sequence[Any]], key: str) -> list[list[Triple]]:
    """Items one by one; but what both sides added of which one alone can stand is left to a person
    together: moves of a due date, since each would begin where the other does; and outcomes that
    differ, of which the one that happened to come last would hold."""
    if key not in _ONE_STANDS:
        return [[triple] for triple in triples]
    what = _ONE_STANDS[key][0]

    def new(number: int | None, side: int) -> bool:
        item = {} if number is None else lists[side][number]
        return what in item and not any(item in lists[n] for n in range(3) if n != side)

    each = [[t for t in triples if new(t[side], side)] for side in (0, 2)]
    ours, theirs = (_outcomes(own, lists[n], n) for n, own in zip((0, 2), each, strict=True))
    torn = all(each) and (
        key == "progress" or any(theirs.get(about, says) != says for about, says in ours.items())
    )
    both = [t for t in triples if t in each[0] or t in each[1]] if torn else []
    single = [[t] for t in triples if t not in both or t == both[0]]
    return [both if group[0] in both else group for group in single]


def _outcomes(triples: list[Triple], items: Sequence[Any], side: int) -> dict[str, Any]:
    """What the last decision of one side says becomes of each thing."""
    own = [items[number] for triple in triples if (number := triple[side]) is not None]
    return {str(each.get("about")): each.get("outcome") for each in own}


def _order(ours: list[Any], theirs: list[Any]) -> list[Any]:
    """The keys of both: ours, each that only theirs has after the one that it follows there."""
    keys, after = list(ours), 1
    for key in theirs:
        if key not in keys:
            keys.insert(after, key)
        after = keys.index(key) + 1
    return keys


def _column(parts: dict[Any, Part]) -> int:
    return next(iter(parts.values())).column


def _step(ours: list[Part], theirs: list[Part], shift: int) -> int:
    """How far theirs' items move to stand with ours."""
    return ours[0].column - theirs[0].column if ours and theirs else shift


def _shifted(line: str, by: int) -> str:
    if by >= 0:
        return " " * by + line if line.strip() else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _may_follow(prefix: str, line: str) -> bool:
    """Whether a line may stand after a dash as an item's first."""
    begin, rest = line[: len(prefix)].strip(), line[len(prefix) :].strip()
    return begin in ("", prefix.strip()) and bool(rest) and not rest.startswith("#")
