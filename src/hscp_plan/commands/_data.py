"""The plan's data for other programs, in each format that it can be taken away in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ..model import Plan


def exported(format: str, plan: Plan, day: date, only: str = "") -> bytes:
    """The plan, or what filters left of it, in a format that `hscp export` knows."""
    if format == "xlsx":
        from ..reports.sheets import workbook
        from ..writers import xlsx

        return xlsx.draw(workbook(plan, day, only))
    made = io.BytesIO()
    # Piece by piece: a large plan as one text would be in memory several times over.
    for piece in _pieces(format, plan, day, only):
        made.write(piece.encode("utf-8", "backslashreplace"))
    return made.getvalue()


def _pieces(format: str, plan: Plan, day: date, only: str) -> Iterable[str]:
    if format == "ics":
        from ..reports.events import calendar
        from ..writers import ics

        return ics.pieces(calendar(plan, day, only))
    from ..reports.export import Export

    export = Export(plan, day, only)
    if format == "csv":
        from ..reports.records import columns
        from ..writers import csv

        return csv.pieces(export.rows(), columns(plan))
    from ..writers import json

    return json.pieces(export.data(), one_line="milestones")
