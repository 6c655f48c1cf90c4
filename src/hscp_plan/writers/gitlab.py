"""Draws faults as a Code Quality report: GitLab shows it on a merge request."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

from ..words import safe
from . import json
from .hosts import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..errors import Fault

SEVERITIES = {"error": "major", "warning": "minor"}
_LINE = re.compile(r":\d+:\d+")


def draw(faults: Sequence[Fault]) -> str:
    """The faults as the list that GitLab reads; an empty one where there are none."""
    counts: Counter[str] = Counter()
    return json.draw([_entry(fault, counts) for fault in faults])


def _entry(fault: Fault, counts: Counter[str]) -> dict[str, object]:
    same = _identity(fault)
    counts[same] += 1
    return {
        "description": describe(fault),
        "check_name": fault.rule,
        "fingerprint": _digest(f"{same}\0{counts[same]}"),
        "severity": SEVERITIES[fault.severity],
        "location": {
            "path": safe(fault.place.file),
            "lines": {"begin": max(1, fault.place.line)},
        },
    }


def _identity(fault: Fault) -> str:
    """What a fault keeps when lines above it come and go: GitLab would call it mended, and new."""
    return "\0".join((fault.rule, fault.place.file, _LINE.sub("", fault.message)))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
