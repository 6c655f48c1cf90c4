"""Draws faults for people: place, what, excerpt with carets, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import count, listed, safe
from .text import cells, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..errors import Fault


def told(faults: Sequence[Fault], most: int = 50, width: int = 80) -> str:
    """The faults, a blank line between them; how many more where there are too many to show."""
    made = [fault_told(fault, width) for fault in faults[:most]]
    if len(faults) > most:
        made.append(f"and {len(faults) - most:,} more; hscp check --all shows every one.\n")
    return "\n".join(made)


def fault_told(fault: Fault, width: int = 80) -> str:
    """One fault: where it stands, what is wrong, the line with carets below it, the remedy."""
    place = fault.place
    head = f"{safe(str(place))}: {fault.severity}: {safe(fault.message)} [{fault.rule}]"
    lines = wrapped(head, width, "  ")
    if place.text.strip():
        lines += _excerpt(fault)
    if fault.next:
        lines += wrapped(safe(fault.next), width, "  ", "  ")
    return "\n".join(lines) + "\n"


def _excerpt(fault: Fault) -> list[str]:
    place = fault.place
    text, column, end = place.text, place.column - 1, max(place.end - 1, place.column)
    begin = max(0, column - 40) if len(text) > 90 else 0
    shown = text[begin : begin + 90]
    before = cells(safe(text[begin:column]))
    under = max(1, cells(safe(text[column : min(end, begin + 90)])))
    gutter = f"{place.line:>5} | "
    return [f"{gutter}{safe(shown)}", f"{'':>5} | {' ' * before}{'^' * under}"]


def some(names: Sequence[str], most: int = 20) -> str:
    """What is named, one after the other; how many more where there are too many to name."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(map(safe, names[:most])) + more


def total(faults: Sequence[Fault], files: int) -> str:
    """How many faults of each kind in how many files."""
    errors = sum(fault.severity == "error" for fault in faults)
    warnings = len(faults) - errors
    kinds = [count(n, noun) for n, noun in ((errors, "error"), (warnings, "warning")) if n]
    return f"{listed(kinds) if kinds else 'No faults'} in {count(files, 'file')}."
