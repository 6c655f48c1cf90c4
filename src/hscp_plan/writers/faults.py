"""Draws faults for people: place, what, excerpt with carets, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import count, listed, safe, some
from .lines import cells, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..checks.faults import Checked
    from ..errors import Fault


def draw(checked: Checked, most: int | None, width: int) -> str:
    """All that `hscp check` says: the faults, how many, what they leave out, and what could not be
    compared."""
    faults, opened = checked.faults, checked.opened
    endings = [total(faults, len(opened.sources))]
    if opened.left_out:
        endings.append(f"Left out of every report until mended: {some(opened.left_out)}.")
    if checked.untold:
        endings.append(checked.untold)
    lines = [line for ending in endings for line in wrap(ending, width)]
    return list_faults(faults, most, width) + ("\n" if faults else "") + "\n".join(lines) + "\n"


def group_faults(faults: Iterable[Fault]) -> list[list[Fault]]:
    """The faults in their order, the same one elsewhere beside its first."""
    groups: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.kind, []).append(fault)
    return list(groups.values())


def list_faults(faults: Sequence[Fault], most: int | None = 50, width: int = 80) -> str:
    """The faults, a blank line between them: one that stands in several places once, with the
    places. How many more where there are too many to show; all of them where `most` is None."""
    groups = group_faults(faults)
    texts = [_draw_group(group, most, width) for group in groups[:most]]
    if more := sum(map(len, groups[len(texts) :])):
        texts.append(f"and {more:,} more; hscp check --all shows every one.\n")
    return "\n".join(texts)


def _draw_group(group: list[Fault], most: int | None, width: int) -> str:
    first, rest = group[0], group[1:]
    if not rest:
        return draw_fault(first, width)
    lines: dict[str, list[str]] = {}
    with_id = bool(first.of) and first.of in first.message
    for fault in rest[:most]:
        at = str(fault.place.line or "") + (f" ({fault.of})" if with_id else "")
        lines.setdefault(fault.place.file, []).append(at)
    files = (f"{file}:{', '.join(numbers)}".rstrip(":") for file, numbers in lines.items())
    more = f"; and {len(rest) - most:,} more" if most is not None and len(rest) > most else ""
    also = f"The same in {count(len(rest), 'more place')}: {'; '.join(files)}{more}"
    return draw_fault(first, width) + "\n".join(wrap(safe(also), width, "  ", "  ")) + "\n"


def draw_fault(fault: Fault, width: int = 80) -> str:
    """One fault: where it stands, what is wrong, the line with carets below it, the remedy."""
    place = fault.place
    head = f"{safe(str(place))}: {fault.severity}: {safe(fault.message)} [{fault.rule}]"
    lines = wrap(head, width, "  ")
    if place.text.strip():
        lines += _excerpt(fault)
    if fault.next:
        lines += wrap(safe(fault.next), width, "  ", "  ")
    return "\n".join(lines) + "\n"


def _excerpt(fault: Fault) -> list[str]:
    place = fault.place
    text, column, end = place.text, place.column - 1, max(place.end - 1, place.column)
    # Of a long line, what stands around the fault.
    begin = max(0, column - 40) if len(text) > 90 else 0
    shown = text[begin : begin + 90]
    before = cells(safe(text[begin:column]))
    under = max(1, cells(safe(text[column : min(end, begin + 90)])))
    gutter = f"{place.line:>5} | "
    return [f"{gutter}{safe(shown)}", f"{'':>5} | {' ' * before}{'^' * under}"]


def total(faults: Sequence[Fault], files: int) -> str:
    """How many faults of each kind in how many files."""
    errors = sum(fault.severity == "error" for fault in faults)
    warnings = len(faults) - errors
    kinds = [count(n, noun) for n, noun in ((errors, "error"), (warnings, "warning")) if n]
    return f"{listed(kinds) if kinds else 'No faults'} in {count(files, 'file')}."
