"""Every fault of a plan: what reading it found, and what the rules find, each at its place.

Files in which nothing is found are not read again: their places are not needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .checks import RULES
from .errors import Fault, Place
from .store import shown

if TYPE_CHECKING:
    from datetime import date

    from .checks import Finding, Rule
    from .store import Opened
    from .yamltext import Reading


def check(opened: Opened, today: date) -> list[Fault]:
    """All faults: errors before warnings, then by file and line."""
    faults = list(opened.faults)
    readings: dict[str, Reading] = {}
    whole = {source.name for source in opened.sources if not source.left_out}
    for rule in RULES:
        for finding in rule.find(opened.plan, today):
            fault = _placed(opened, rule, finding, readings)
            # Of a file that is only partly read, a rule's paths may point beside what is meant.
            faults.append(
                fault if finding.file in whole else fault._replace(place=Place(fault.place.file))
            )
    return sorted(faults, key=lambda f: (f.severity != "error", f.place.file, *f.place[1:3]))


def _placed(opened: Opened, rule: Rule, finding: Finding, readings: dict[str, Reading]) -> Fault:
    known = {source.name for source in opened.sources}
    if finding.file not in known:
        place = Place(shown(opened.folder))
    else:
        if finding.file not in readings:
            readings[finding.file] = opened.reading(finding.file)
        place = readings[finding.file].place(finding.path, finding.at_key)
    return Fault(rule.name, finding.message, place, finding.next, rule.severity)
