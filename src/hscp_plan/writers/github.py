"""Draws faults as workflow commands: GitHub shows each beside the line that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import safe
from .faults import group_faults, total
from .hosts import describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..errors import Fault

MOST_SHOWN = 10
"""Errors, and as many warnings, that GitHub shows of one step beside the lines."""


def draw(faults: Sequence[Fault], files: int, untold: str = "") -> str:
    """A command a fault, errors first; one for what could not be compared; and a line that counts
    the faults."""
    errors = [fault for fault in faults if fault.severity == "error"]
    warnings = [fault for fault in faults if fault.severity == "warning"]
    lines = [command(fault) for kind in (errors, warnings) for fault in _firsts_first(kind)]
    if untold:
        lines.append(f"::warning title=hscp not-compared::{data(safe(untold))}")
    lines.append(total(faults, files))
    if max(len(errors), len(warnings)) > MOST_SHOWN:
        lines.append(f"GitHub marks {MOST_SHOWN} of each kind in the files; this log has them all.")
    return "\n".join(lines) + "\n"


def _firsts_first(faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults with what is the same elsewhere at the end, so that it takes no other's mark."""
    groups = group_faults(faults)
    yield from (group[0] for group in groups)
    yield from (fault for group in groups for fault in group[1:])


def command(fault: Fault) -> str:
    """One fault as GitHub reads it."""
    place = fault.place
    values = {
        "title": f"hscp {fault.rule}",
        "file": safe(place.file),
        "line": place.line,
        "col": place.column,
        "endColumn": place.end,
    }
    properties = ",".join(f"{key}={within(str(value))}" for key, value in values.items() if value)
    return f"::{fault.severity} {properties}::{data(describe(fault))}"


def data(text: str) -> str:
    """A text as it stands after a command, escaped as GitHub's own toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def within(text: str) -> str:
    """A text as it stands within a command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
