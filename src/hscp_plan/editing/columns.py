"""Declares extra columns in plan.yaml. Pure: a text and its values in, a `Change` out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model import Head
from ..reading.files import HEAD
from .change import Change, keys_before
from .refusals import refuse_unpublishable
from .splice import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Column


def declare(text: str, values: Mapping[str, Any], columns: Iterable[Column]) -> Change:
    """These columns, after those that the plan has; one of a key that it has by now is left out."""
    declared = {column["key"] for column in values.get("columns", ())}
    change = Change(text, dict(values), 1)
    for column in columns:
        if column.key in declared:
            continue
        new = {"key": column.key, "label": column.label}
        refuse_unpublishable(new)
        edit, before = Text(change.text), change.values or {}
        edit.append(edit.root, "columns", [new], keys_before(Head, "columns"), None)
        after = {**before, "columns": [*before.get("columns", ()), new]}
        recorded = (*change.recorded, (HEAD, new))
        change = Change(edit.apply(), after, edit.new_line, recorded)
    return change
