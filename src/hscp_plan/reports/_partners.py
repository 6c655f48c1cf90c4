"""What each partner did in a year, by the agencies that plan.yaml gives its groups: what they lead,
what they logged and decided; and the partner of which nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document import Column, Heading, Table
from ..letters import folded
from ..naming.groups import unnamed_partners
from ..words import listed, sentence
from ._annual_rows import Missing, act_row, decision_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Cell
    from ._annual_rows import Held
    from ._year import Year


def partner_blocks(year: Year) -> Iterator[Held]:
    """What each agency did, in the order of plan.yaml; then which of the statutory partners no
    group there belongs to. Nothing where plan.yaml names no agency."""
    agencies = list(dict.fromkeys(year.plan.head.agencies.values()))
    for agency in agencies:
        yield Heading(agency, 2)
        yield from _did(year, agency)
    if unnamed := unnamed_partners(year.plan.head):
        yield Missing(
            f"No group in plan.yaml belongs to {listed(unnamed, 'or')}: nothing tells what "
            f"{'it' if len(unnamed) == 1 else 'they'} did.",
            listed(unnamed),
        )


def _did(year: Year, agency: str) -> Iterator[Held]:
    of = year.plan.head.agencies

    def its(name: str | None) -> bool:
        return bool(name) and of.get(folded(name or "")) == agency

    led = [s for s in year.standings() if any(map(its, s.lead))]
    leads = {standing.milestone.id for standing in led}
    rows = []
    for standing in year.standings():
        logged = [e for e in year.acts(standing) if its(e.by) or standing.milestone.id in leads]
        if logged:
            rows.append(act_row(standing, logged))
    decided = [each for each in year.decisions() if its(each.decision.by)]
    if rows:
        yield _table(year, rows, f"What was done in the year by {agency}, or in what it leads")
    if silent := [s.milestone.id for s in led if not year.acts(s)]:
        text = f"It leads {listed(silent)}, of which nothing was logged in the year."
        yield Missing(text, agency)
    if decided:
        columns = map(Column, ("Date", "Decided by", "Decision", "About"))
        caption = f"What {agency} decided in the year"
        yield Table(tuple(columns), tuple(map(decision_row, decided)), caption=caption)
    if not (rows or led or decided):
        every = year.standings()
        moved = [s.milestone.id for s in every if any(its(e.by) for e in year.entries(s))]
        said = f"in the year only that {listed(moved)} moved" if moved else "nothing in the year"
        text = f"Nothing is named: {agency} leads nothing in the plan, and logged {said}."
        yield Missing(text, agency)


def _table(year: Year, rows: list[tuple[Cell, ...]], caption: str) -> Table:
    milestone = sentence(year.plan.head.word_for("milestone"))
    names = (milestone, "What was done", "What shows it", "Standing")
    return Table(tuple(map(Column, names)), tuple(rows), caption=caption)
