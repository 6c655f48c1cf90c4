"""A plan that is narrowed to a partner, compared with what it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hscp_plan.changes import Logged, Redated, Removed, changes
from hscp_plan.naming.filters import Filters
from hscp_plan.store import open_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hscp_plan.changes import Change
    from hscp_plan.model import Plan

HEAD = """format: 1
id: 2021-23
partnership: A partnership
title: A small plan
period: {start: 2021-04, end: 2023-03}
groups:
  - {name: Training Group, kind: sub-group, agency: Borough Council}
  - {name: Police Lead, kind: role, agency: Metropolitan Police}
"""
DAY = date(2021, 12, 15)


def a_plan(folder: Path, *milestones: str) -> Plan:
    folder.mkdir()
    (folder / "plan.yaml").write_text(HEAD, encoding="utf-8")
    text = "".join(f"  - {milestone}\n" for milestone in milestones)
    (folder / "p1.yaml").write_text(
        f"id: P1\ntitle: Neglect\nmilestones:\n{text}", encoding="utf-8"
    )
    return open_plan(folder).plan


def told(before: Plan, now: Plan) -> list[Change]:
    """What changed of what is the police's now."""
    police = Filters(agency=("police",))
    narrowed = police.narrow(now, DAY)
    earlier = police.narrow_earlier(before, DAY, narrowed)
    return [change for group in changes(earlier, narrowed) for change in group.changes]


def test_what_became_a_partners_is_compared_with_itself_not_added(tmp_path: Path) -> None:
    before = a_plan(
        tmp_path / "before",
        "{id: P1.1, due: 2022-04, action: Audit, lead: Training Group}",
        "{id: P1.2, due: 2022-04, action: Report, lead: Police Lead}",
        "{id: P1.3, due: 2022-04, action: Train, lead: Police Lead}",
        "{id: P1.4, due: 2022-04, action: Visit, lead: Police Lead}",
    )
    now = a_plan(
        tmp_path / "now",
        "{id: P1.1, due: 2022-04, action: Audit, lead: Training Group,"
        " progress: [{date: 2021-12-01, by: Police Lead, note: Begun.}]}",
        "{id: P1.2, due: 2022-04, action: Report, lead: Training Group}",
        "{id: P1.3, due: 2022-05, action: Train, lead: Police Lead}",
    )
    logged, redated, removed = told(before, now)
    assert isinstance(logged, Logged)
    assert logged.milestone.id == "P1.1"
    assert isinstance(redated, Redated)
    assert redated.milestone.id == "P1.3"
    assert isinstance(removed, Removed)
    assert removed.part.id == "P1.4"
