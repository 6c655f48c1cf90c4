"""Records in asked.yaml who was asked, and who answered.

The file is written as a plan's others are: spliced, read again, compared, whole or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dates import PlanDate
from ..errors import Mendable, Mistyped
from ..model import Asked, Round
from ..store import ASKED, display_path, with_asked
from .change import Change, keys_before
from .refusals import refuse_unpublishable
from .splice import Text
from .write import rewrite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ..store import Opened
    from .write import Rewritten

BEGIN = """\
# yaml-language-server: $schema=schema/asked.schema.json
# Who was asked, and when they answered. Roles only, no address.
asked: []
"""
"""What the file holds before anybody was asked."""


def record_rounds(opened: Opened, rounds: Sequence[Round], dry_run: bool = False) -> Rewritten:
    """Put rounds after those that asked.yaml has; makes the file where there is none. One whose
    form stands there already is left out, so that to ask the same again records nothing.

    Raises what `rewrite` does, and Mistyped for what could identify a child.
    """
    values = [_values(round) for round in rounds]
    for new in values:
        refuse_unpublishable(new)
    return rewrite(
        _path(opened), lambda text, before: add_rounds(text, before, values), dry_run, BEGIN
    )


def record_answers(opened: Opened, days: Mapping[str, date], dry_run: bool = False) -> Rewritten:
    """Say of each round with one of these forms that it was answered on that form's day. Where an
    answer is recorded already, the first stands.

    Raises what `rewrite` does, and Mistyped where no round has one of the forms.
    """
    path = _path(opened)
    if not path.exists():
        raise _no_such_form(opened, next(iter(days)))

    def change(text: str, before: dict[str, Any]) -> Change:
        known = {_form(values) for values in before.get("asked", ())}
        if strange := next((form for form in days if form not in known), None):
            raise _no_such_form(opened, strange)
        return add_answers(text, before, days)

    return rewrite(path, change, dry_run)


def _path(opened: Opened) -> Path:
    """Where asked.yaml is. Raises Mendable where there is one that cannot be read: git may hold it
    without having checked it out."""
    source = next((s for s in with_asked(opened).sources if s.name == ASKED), None)
    fault = next((f for f in source.faults if f.rule == "unreadable"), None) if source else None
    if fault:
        raise Mendable(f"{fault.place}: {fault.message}, so nothing was recorded", fault.next)
    return opened.folder / ASKED


def _no_such_form(opened: Opened, form: str) -> Mistyped:
    file = display_path(opened.folder / ASKED)
    return Mistyped(f"{file} has no round with the form {form}", "hscp asked lists who was asked.")


def _values(round: Round) -> dict[str, Any]:
    """A round's values as the file has them, without those that say nothing."""
    return {key: _plain(value) for key, value in round.items() if value}


def _plain(value: Any) -> Any:
    if isinstance(value, PlanDate):
        return value.text
    return value if isinstance(value, str) else list(value)


def _form(values: Mapping[str, Any]) -> str:
    """The form of a round, by its values."""
    return str(values["form"]).strip()


def add_rounds(text: str, before: Mapping[str, Any], rounds: Sequence[Mapping[str, Any]]) -> Change:
    """Rounds after those of a text and its values, but for those whose form stands there."""
    asked = [*before.get("asked", ())]
    known = {_form(values) for values in asked}
    by_form = {values["form"]: dict(values) for values in rounds if values["form"] not in known}
    new = [*by_form.values()]
    if not new:
        return Change(text, {**before}, 1)
    edit = Text(text)
    items = [{**values, "ids": tuple(values["ids"])} for values in new]
    edit.append(edit.root, "asked", items, keys_before(Asked, "asked"))
    line = edit.new_line
    recorded = tuple((ASKED, values) for values in new)
    return Change(edit.apply(), {**before, "asked": [*asked, *new]}, line, recorded)


def add_answers(text: str, before: dict[str, Any], days: Mapping[str, date]) -> Change:
    """The days of answers, by form, beside the rounds of a text and its values."""
    asked, edit = [*before["asked"]], Text(text)
    line, recorded = 1, []
    for number, values in enumerate(asked):
        form = _form(values)
        if form not in days:
            continue
        node = edit.at(("asked", number))
        line = node.line + 1
        if "answered" not in values:
            answer = {"answered": days[form].isoformat()}
            edit.add(node, [f"answered: {answer['answered']}"], keys_before(Round, "answered"))
            asked[number] = {**values, **answer}
            recorded.append((ASKED, asked[number]))
    return Change(edit.apply(), {**before, "asked": asked}, line, tuple(recorded))
