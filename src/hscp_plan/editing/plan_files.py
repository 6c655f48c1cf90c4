"""The files of a plan that begins, ready to be written."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .. import store
from ..errors import Mendable
from ..model import Head, Plan, Priority
from ..reading.schemas import schemas
from ..words import count
from .write import compared

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from .change import Change


def plan_files(changes: Mapping[str, Change]) -> dict[str, bytes]:
    """The plan's files, each read again and compared, with the schemas that editors use."""
    head = compared(changes[store.HEAD], Path(store.HEAD))
    scale = head.scale if isinstance(head, Head) else {}
    values = {name: compared(change, Path(name), scale) for name, change in changes.items()}
    priorities = {name: value for name, value in values.items() if isinstance(value, Priority)}
    assert isinstance(head, Head)  # noqa: S101 - plan.yaml is one
    files = {name: change.text.encode() for name, change in changes.items()}
    texts = schemas(Plan(head, priorities))
    return files | {f"schema/{name}": text.encode() for name, text in texts.items()}


def refuse_errors(changes: Mapping[str, Change], today: date) -> None:
    """Raises Mendable where `hscp check` would find an error in the plan of these files."""
    from ..checks.faults import check

    with tempfile.TemporaryDirectory() as folder:
        for name, change in changes.items():
            (Path(folder) / name).write_bytes(change.text.encode())
        faults = check(store.open_plan(folder), today)
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        # What the lines of files are that were never written helps nobody.
        first, number = errors[0], count(len(errors), "error")
        of = f"{first.of}: " if first.of and first.of not in first.message else ""
        what = f"the plan would have {number}: {of}{first.message}"
        raise Mendable(what, "Nothing was written. Put that right in the document.")
