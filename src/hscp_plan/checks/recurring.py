"""Rules about recurring work and what is reported of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..occurrences import for_fault, occurrences
from ..words import count, listed
from ._rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ._walk import Parts


@rule("for-unknown", "error")
def for_unknown(parts: Parts, today: date) -> Iterator[Finding]:
    """What an entry is for is one of the occurrences of its milestone, and has begun by its date.

    Else it reports nothing, and the one that was meant stays unreported.

    Fails:
        start: 2021-04
        due: 2022-03
        every: quarter
        progress:
          - {date: 2021-10-05, note: Presented., for: 2021-09}
    Passes:
        start: 2021-04
        due: 2022-03
        every: quarter
        progress:
          - {date: 2021-10-05, note: Presented., for: Q2 2021/22}
    """
    for at, entries in parts.logs:
        if not at.milestone.every:
            continue
        for n, entry in enumerate(entries):
            fault = entry.for_ and for_fault(at.milestone, entry.for_, entry.date.last)
            if fault:
                where = (*at.path, "progress", n, "for")
                yield Finding(at.file, where, f"{at.milestone.id}: {fault[0]}", fault[1])


@rule("ended-early", "warning")
def ended_early(parts: Parts, today: date) -> Iterator[Finding]:
    """Recurring work that is complete was reported every time.

    What was still to come counts as not needed once the work is complete; what was due before stays
    not reported. Where that is meant, its log can say so, and the milestone is `closed` or ends at
    an earlier `due:`.

    Fails:
        start: 2021-04
        due: 2022-03
        every: quarter
        status: complete
    Passes:
        start: 2021-04
        due: 2021-06
        every: quarter
        status: complete
        progress:
          - {date: 2021-07-05, note: Presented., for: Q1 2021/22, status: complete}
    """
    for file, path, _, milestone in parts.milestones:
        if not milestone.every or milestone.status != "complete":
            continue
        missing = [o.name for o in occurrences(milestone) if not o.entry]
        if missing:
            names = count(len(missing), "occurrence") if len(missing) > 4 else listed(missing)
            message = f"{milestone.id} is complete, and nothing was reported for {names}"
            next_step = (
                "Report them, or say why none was needed:  "
                f'hscp progress {milestone.id} "…" --for "{missing[0]}"'
            )
            yield Finding(file, (*path, "status"), message, next_step)
