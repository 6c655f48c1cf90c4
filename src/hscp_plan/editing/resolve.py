"""Joins an unfinished merge by what each side did to the version before it.

Pure. Looks at three versions: ours, theirs and the base. What one side alone added, changed or took
out stands; what both did to one thing, each in its own way, is a conflict: it is left to a person,
between marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Mendable
from ..reading.yamlfaults import conflicts, sides
from .align import Triple, triples
from .change import Change
from .nodes import sound_values
from .parts import (
    ABSENT,
    Difference,
    Part,
    PartVersions,
    Version,
    choose,
    conflicting_keys,
    differences,
    part_name,
    parts,
    shape,
)
from .rivals import group_rivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Resolution(NamedTuple):
    """The end of a merge, or as much of it as there can be."""

    change: Change
    joined: list[Difference]
    """What was joined."""
    conflicts: list[Difference]
    """What is left to a person."""


class Disagreement(Mendable):
    """A merge of which nothing can be joined."""


BY_HAND = "Keep the lines that are right, and take out the marks <<<<<<<, ======= and >>>>>>>."


def resolve(text: str, file: str, base: str | None) -> Resolution:
    """The file with what both sides did; `base` is what both began from, where git holds it.

    Raises Disagreement where nothing can be joined: a side is no plan file on its own, or the base
    is not to be had.
    """
    where = _where(text, file)
    texts = sides(text)
    if texts is None:
        raise Disagreement(f"{where}: the marks of the merge are out of order", BY_HAND)
    our_text, base_text, their_text = texts
    ours, theirs = _version(our_text), _version(their_text)
    if ours is None or theirs is None:
        raise Disagreement(f"{where}: one side of the merge is no plan file on its own", BY_HAND)
    before = _version(base_text if base is None else base)
    if before is None:
        what = "what both sides began from is not known, so nor is what either took out"
        raise Disagreement(f"{where}: {what}", BY_HAND)
    resolution = _Merge(ours, before, theirs, text).resolve()
    if resolution is None:
        raise Disagreement(f"{where}: hscp cannot join lines that are laid out so", BY_HAND)
    return resolution


def _version(text: str | None) -> Version | None:
    """A text as a version of a plan's file; None where it is no such file."""
    values = sound_values((text or "").removeprefix("\ufeff").replace("\r\n", "\n"))
    if not values:
        return None
    version = Version(text or "", values)
    return version if shape(version.whole()) == "map" else None


def _where(text: str, file: str) -> str:
    """The file and the lines that the merge is in, for a message."""
    lines = text.replace("\r\n", "\n").split("\n")
    first = next((fault.place.line for fault in conflicts(lines, file)), 1)
    last = max((n for n, line in enumerate(lines, 1) if line.startswith(">>>>>>>")), default=first)
    return f"{file}, lines {first} to {last}"


class Piece(NamedTuple):
    """Something as it stands after the merge."""

    lines: list[str]
    ours: Any = ABSENT
    """What its lines say where a person takes ours of every conflict."""
    theirs: Any = ABSENT
    """The same with theirs."""
    differences: tuple[Difference, ...] = ()

    @property
    def has_conflict(self) -> bool:
        """Whether any of it is left to a person."""
        return any(difference.conflict for difference in self.differences)


class _Merge:
    """Three versions of a file, to be one."""

    def __init__(self, ours: Version, base: Version, theirs: Version, text: str) -> None:
        self.ours, self.base, self.theirs = ours, base, theirs
        self.line_end = ours.edit.line_end
        lines = [line.rstrip("\r") for line in text.split("\n")]
        self.first_mark = next(line for line in lines if line.startswith("<<<<<<<"))
        self.last_mark = next(line for line in lines if line.startswith(">>>>>>>"))

    def resolve(self) -> Resolution | None:
        """The whole file; None where its lines cannot be put together as they should."""
        versions = PartVersions(self.ours.whole(), self.base.whole(), self.theirs.whole())
        piece = self._mapping(versions, "the plan", 0)
        tails = [part.tail if part else [] for part in versions]
        lines = [*piece.lines, *self._join_remarks(tails, 0)]
        if self.ours.edit.raw[-1] == "":
            lines.append("")
        else:
            lines[-1] = lines[-1].removesuffix("\r")
        text = self.ours.edit.mark + "\n".join(lines)
        if not self._is_right(text, piece):
            return None
        marks = [n for n, line in enumerate(lines, 1) if line.startswith(("<<<<<<<", ">>>>>>>"))]
        places = zip(marks[::2], marks[1::2], strict=True)
        unplaced = [difference for difference in piece.differences if difference.conflict]
        at_lines = [d._replace(lines=place) for d, place in zip(unplaced, places, strict=True)]
        joined = [difference for difference in piece.differences if not difference.conflict]
        return Resolution(Change(text, None if unplaced else piece.ours, 1), joined, at_lines)

    def _is_right(self, text: str, piece: Piece) -> bool:
        """Whether the new text says what was meant on each side, and has lost no comment that a
        side made."""
        our_text, _, their_text = sides(text) or (text, None, text)
        new = [_version(our_text), _version(their_text)]
        if [version and version.values for version in new] != [piece.ours, piece.theirs]:
            return False
        remarks = {remark for version in new if version for remark in version.whole().remarks()}
        before = {*self.base.whole().remarks()}
        return {*self.ours.whole().remarks(), *self.theirs.whole().remarks()} - before <= remarks

    # --- lines -------------------------------------------------------------------------------

    def _lines_of(self, part: Part, shift: int) -> list[str]:
        """A part's lines as they are to stand."""
        if part.version is self.ours:
            return part.raw
        first, *rest = part.text
        # What stands before it on its line, such as a dash, is another part's.
        bare = " " * part.column + first[part.column :]
        return [_shift(line, shift) + self.line_end for line in (bare, *rest)]

    def _join_remarks(self, lines: Sequence[list[str]], shift: int) -> list[str]:
        """Comments and blank lines of the three versions: ours without those that theirs took out,
        and with those that theirs added."""
        ours, base, theirs = ([line.strip() for line in version] for version in lines)
        removed = {line for line in base if line and line not in theirs}
        remaining = [line for line in lines[0] if line.strip() not in removed]
        new = [line for line in lines[2] if line.strip() and line.strip() not in base + ours]
        return [*remaining, *(_shift(line, shift).rstrip("\r") + self.line_end for line in new)]

    def _lead(self, versions: PartVersions, piece: Piece, shift: int) -> list[str]:
        """The comments before a part."""
        one_sided = versions.ours is None or versions.theirs is None
        if one_sided and (piece.has_conflict or not piece.lines):
            return []  # they stand between the marks, or are gone with the part
        return self._join_remarks([part.before if part else [] for part in versions], shift)

    def _mark(self, ours: list[str], theirs: list[str]) -> list[str]:
        """Both sides' lines between marks."""
        begin, middle, end = (
            f"{mark}{self.line_end}" for mark in (self.first_mark, "=======", self.last_mark)
        )
        return [begin, *ours, middle, *theirs, end]

    # --- parts -------------------------------------------------------------------------------

    def _part(self, versions: PartVersions, at: str, shift: int, conflict: bool = False) -> Piece:
        """A part, with the comments before it."""
        common = "leaf" if conflict else shape(*versions)
        if common == "map":
            piece = self._mapping(versions, at, shift)
        elif common == "list":
            piece = self._list(versions, at, shift)
        else:
            piece = self._leaf(versions, at, shift, conflict)
        return piece._replace(lines=[*self._lead(versions, piece, shift), *piece.lines])

    def _mapping(self, versions: PartVersions, at: str, shift: int) -> Piece:
        ours, _, theirs = versions
        assert ours and theirs  # noqa: PT018, S101 - it is a mapping on every side
        at, in_conflict = part_name(ours, at), conflicting_keys(versions)
        our_keys, base_keys, their_keys = (
            {key.key: key for key in parts(part)} if part else {} for part in versions
        )
        step = _column(our_keys) - _column(their_keys)
        pieces: dict[Any, Piece] = {}
        for key in _order([*our_keys], [*their_keys]):
            values = PartVersions(our_keys.get(key), base_keys.get(key), their_keys.get(key))
            pieces[key] = self._part(values, at, step, key in in_conflict)
        lines = [line for piece in pieces.values() for line in piece.lines]
        if not ours.has_head and ours.key is not None:  # its first key stands after a dash
            prefix = ours.raw[0][: _column(our_keys)]
            if not lines or not _may_follow(prefix, lines[0]):
                return self._leaf(versions, at, shift, conflict=True)
            lines[0] = prefix + lines[0][len(prefix) :]
        return Piece(
            [*self._head(versions, shift), *lines],
            {key: piece.ours for key, piece in pieces.items() if piece.ours is not ABSENT},
            {key: piece.theirs for key, piece in pieces.items() if piece.theirs is not ABSENT},
            _all_differences(pieces.values()),
        )

    def _list(self, versions: PartVersions, at: str, shift: int) -> Piece:
        lists = [parts(part) if part and shape(part) == "list" else [] for part in versions]
        step = _step(lists[0], lists[2], shift)
        values = [[part.value for part in items] for items in lists]
        part = versions.ours or versions.theirs
        key = str(part.key) if part else ""
        pieces: list[Piece] = []
        for group in group_rivals(triples(*values), values, key):
            items = [_versions(lists, triple) for triple in group.triples]
            if len(items) > 1:
                pieces.append(self._leave_both(items, at, step, group.reason))
            else:
                pieces.append(self._part(items[0], at, step))
        ours = [value for piece in pieces for value in _as_list(piece.ours)]
        theirs = [value for piece in pieces for value in _as_list(piece.theirs)]
        different = _all_differences(pieces)
        if not ours and not theirs:
            return self._empty_list(versions, shift, different)
        head = self._head(versions, shift)
        piece = Piece([line for piece in pieces for line in piece.lines], ours, theirs, different)
        if not ours or not theirs:
            return self._half_empty_list(head, piece)
        return piece._replace(lines=[*head, *piece.lines])

    def _empty_list(
        self, versions: PartVersions, shift: int, different: tuple[Difference, ...]
    ) -> Piece:
        """A list of which nothing is left: as the side has it that had emptied it."""
        for part in (versions.ours, versions.theirs):
            if part and shape(part) == "empty":
                return Piece(self._lines_of(part, shift), part.value, part.value, different)
        return Piece([], differences=different)

    def _half_empty_list(self, head: list[str], piece: Piece) -> Piece:
        """A list of which one side has nothing left: it has no key either, so that stands between
        the marks too."""
        our_text, _, their_text = sides("\n".join(piece.lines)) or ("", None, "")
        ours, theirs = (
            [*head, *text.split("\n")] if text else [] for text in (our_text, their_text)
        )
        conflict = "; ".join(d.text for d in piece.differences if d.conflict)
        rest = [d for d in piece.differences if not d.conflict]
        return Piece(
            self._mark(ours, theirs),
            piece.ours or ABSENT,
            piece.theirs or ABSENT,
            (*rest, Difference(conflict, conflict=True)),
        )

    def _leave_both(self, items: list[PartVersions], at: str, shift: int, reason: str) -> Piece:
        """Items that both sides logged, of which only one can stand as it is."""
        ours = [item.ours for item in items if item.ours]
        theirs = [item.theirs for item in items if item.theirs]
        our_lines, their_lines = (
            [line for part in side for line in (*part.before, *self._lines_of(part, shift))]
            for side in (ours, theirs)
        )
        return Piece(
            self._mark(our_lines, their_lines),
            _Several([part.value for part in ours]),
            _Several([part.value for part in theirs]),
            (Difference(f"{at}: {reason}", conflict=True),),
        )

    def _head(self, versions: PartVersions, shift: int) -> list[str]:
        """The line of a key, or a dash alone, before the parts below it."""
        ours, base, theirs = (part if part and part.has_head else None for part in versions)
        part = ours or theirs
        if part is None:
            return []
        our_remark, base_remark, their_remark = (
            side.remark if side else "" for side in (ours, base, theirs)
        )
        if ours and theirs and their_remark not in (our_remark, base_remark):
            new = [our_remark] if our_remark not in ("", base_remark) else []
            return [part.with_remark(" ".join([*new, their_remark]).strip()) + self.line_end]
        return self._lines_of(part, shift)[:1]

    def _leaf(self, versions: PartVersions, at: str, shift: int, conflict: bool) -> Piece:
        """What is taken whole from one side, or left to a person."""
        ours, _, theirs = versions
        choice = "conflict" if conflict else choose(versions)
        our_lines = self._lines_of(ours, shift) if ours else []
        their_lines = self._lines_of(theirs, shift) if theirs else []
        our_value = ours.value if ours else ABSENT
        their_value = theirs.value if theirs else ABSENT
        different = differences(versions, at, choice)
        if choice in ("ours", "alike"):
            return Piece(our_lines, our_value, our_value)
        if choice == "theirs":
            return Piece(their_lines, their_value, their_value, different)
        if choice == "gone":
            return Piece([], differences=different)
        # Where one side took it out, the comments before it go between the marks too.
        our_lead = ours.before if ours and theirs is None else []
        their_lead = theirs.before if theirs and ours is None else []
        lines = self._mark([*our_lead, *our_lines], [*their_lead, *their_lines])
        return Piece(lines, our_value, their_value, different)


def _all_differences(pieces: Iterable[Piece]) -> tuple[Difference, ...]:
    return tuple(difference for piece in pieces for difference in piece.differences)


class _Several(list[Any]):
    """The values of several items in the place of one."""


def _as_list(value: Any) -> list[Any]:
    """The values of the items that a value stands for: one, several or none."""
    if isinstance(value, _Several):
        return value
    return [] if value is ABSENT else [value]


def _versions(lists: Sequence[Sequence[Part]], triple: Triple) -> PartVersions:
    ours, base, theirs = (
        None if number is None else items[number]
        for items, number in zip(lists, triple, strict=True)
    )
    return PartVersions(ours, base, theirs)


def _order(ours: list[Any], theirs: list[Any]) -> list[Any]:
    """The keys of both: ours, each that only theirs has after the one that it follows there."""
    keys, after = list(ours), 1
    for key in theirs:
        if key not in keys:
            keys.insert(after, key)
        after = keys.index(key) + 1
    return keys


def _column(keys: dict[Any, Part]) -> int:
    return next(iter(keys.values())).column


def _step(ours: list[Part], theirs: list[Part], shift: int) -> int:
    """How far theirs' items move to stand with ours."""
    return ours[0].column - theirs[0].column if ours and theirs else shift


def _shift(line: str, columns: int) -> str:
    """A line further to the right or, by fewer than 0, to the left as far as it is indented."""
    if columns >= 0:
        return " " * columns + line if line.strip() else line
    indent = len(line) - len(line.lstrip(" "))
    return line[min(-columns, indent) :]


def _may_follow(prefix: str, line: str) -> bool:
    """Whether a line may stand after a dash as an item's first."""
    begin, rest = line[: len(prefix)].strip(), line[len(prefix) :].strip()
    return begin in ("", prefix.strip()) and bool(rest) and not rest.startswith("#")
