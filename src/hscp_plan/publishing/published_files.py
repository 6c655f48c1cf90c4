"""A plan's files as they may leave: for a copy that anyone may look at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..checks._few import veil
from ..checks.faults import findings_not_allowed
from ..checks.measures import small_number
from ..model import SUPPRESSED
from ..reading import yamltext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..checks._walk import Path
    from ..store import Opened

_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""What ends a line to YAML, and may not stand in a plan's file as it is."""


def published_files(opened: Opened, today: date) -> Iterator[tuple[str, bytes]]:
    """Each of a faultless plan's files, as JSON, which is YAML: what the plan says, without its
    comments, and without its counts of fewer than five that no comment allows."""
    found: dict[str, list[Path]] = {}
    for finding in findings_not_allowed(opened, small_number, today):
        found.setdefault(finding.file, []).append(finding.path)
    for source in opened.sources:
        values: Any = yamltext.values(source.data.decode("utf-8-sig").replace("\r\n", "\n"))
        for path in found.get(source.name, ()):
            values = _without(values, path)
        text = json.dumps(values, ensure_ascii=False, indent=1).translate(_LINE_ENDS)
        yield source.name, f"{text}\n".encode()


def _without(value: Any, path: Path) -> Any:
    """A value without the count at a path of keys in it. One text may stand for a list of one."""
    if isinstance(value, str):
        return veil(value)
    step, *rest = path
    if step == "value":
        return {**value, "value": SUPPRESSED}
    if isinstance(value, dict):
        return {**value, step: _without(value[step], tuple(rest))}
    return [_without(each, tuple(rest)) if n == step else each for n, each in enumerate(value)]
