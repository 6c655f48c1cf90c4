"""The files of a plan that was put together from a document. Pure: texts out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..dates import of_day, of_month
from ..store import HEAD
from .change import Change
from .new_plan import NewPlan
from .new_priority import SCHEMA, file_name
from .scalars import indent_lines, key_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from ..dates import PlanDate
    from ..importing.draft import Draft, Entry, Milestone, Objective, Priority
    from ..words import Status

REST = "not-placed.md"
"""The file of what has no place in the plan."""


class Imported:
    """A plan from a document, to be written."""

    def __init__(
        self,
        draft: Draft,
        source: str,
        day: date,
        today: date,
        clean: Callable[[str], str] = str,
        duty: str | None = None,
    ) -> None:
        """`source` is the document's name and `day` the one that it was last saved on; `clean`
        takes out of each text what may not stand in a plan; `duty` is the one that it is under."""
        self._draft, self._source, self._day, self._today = draft, source, day, today
        self._clean, self._duty = clean, duty

    def files(self) -> dict[str, Change]:
        """The plan's files, by their names."""
        files = {HEAD: self._head()}
        for priority in self._draft.priorities:
            values = self._priority(priority)
            text = "".join(f"{line}\n" for line in _lines(values, 0))
            named = "actions.yaml" if priority.register else file_name(priority.id, priority.title)
            files[named] = Change(f"{SCHEMA}{text}", values, 1)
        return files

    def rest(self) -> str:
        """What has no place in the plan, as Markdown; empty where all has one."""
        if not self._draft.left:
            return ""
        lines = [
            f"# What was not placed of {self._source}",
            "",
            "Every text of the document that has no place in the plan, with where it stood. Move "
            "what matters into the plan, and delete the rest.",
            "",
        ]
        lines += [
            f"- {left.place or 'the document'} ({left.why}): {self._clean(left.text)}"
            for left in self._draft.left
        ]
        return "\n".join(lines) + "\n"

    # --- plan.yaml --------------------------------------------------------------------------------

    def _head(self) -> Change:
        draft = self._draft
        start, end = self._period()
        title, partnership = self._clean(draft.title), self._clean(draft.partnership)
        begun = NewPlan(partnership, title, start, end, (), (), duty=self._duty).files()[HEAD]
        more: dict[str, Any] = {}
        if draft.vision:
            more["vision"] = self._clean(draft.vision)
        if draft.introduction:
            more["introduction"] = self._clean("\n\n".join(draft.introduction))
        if draft.columns:
            more["columns"] = [
                {"key": key, "label": self._clean(label)} for key, label in draft.columns.items()
            ]
        text = "".join(f"\n{line}" for line in _lines(more, 0))
        assert begun.values is not None  # noqa: S101 - it is a file that begins
        return Change(f"{begun.text}{text}\n" if text else begun.text, {**begun.values, **more}, 1)

    def _period(self) -> tuple[PlanDate, PlanDate]:
        """The time that the plan covers: as its title says, else from its first date to its
        last, else the financial year that it is."""
        if match := re.search(r"\b(20\d\d)\s*[-–/]\s*(?:20)?(\d\d)\b", self._draft.title):
            begins, ends = int(match[1]), 2000 + int(match[2])
            if begins < ends:
                return of_month(begins, 4), of_month(ends, 3)
        dates = [d for m in self._draft.milestones for d in (m.start, m.due, m.review) if d.dated]
        dates += [o.complete_by for p in self._draft.priorities for o in p.objectives
                  if o.complete_by.dated]  # fmt: skip
        if not dates:
            year = self._today.year - (self._today.month < 4)
            return of_month(year, 4), of_month(year + 1, 3)
        first, last = min(d.first for d in dates), max(d.last for d in dates)
        return of_month(first.year, first.month), of_month(last.year, last.month)

    # --- a priority -------------------------------------------------------------------------------

    def _priority(self, priority: Priority) -> dict[str, Any]:
        values = {
            "id": priority.id,
            "kind": "register" if priority.register else "",
            "title": priority.title,
            "until": priority.until.text,
            "outcome": priority.outcome,
            "outcome_label": priority.outcome_label,
            "evidence": priority.evidence,
            "milestones": [self._milestone(milestone) for milestone in priority.straight],
            "objectives": [self._objective(objective) for objective in priority.objectives],
        }
        return self._kept(values)

    def _objective(self, objective: Objective) -> dict[str, Any]:
        values = {
            "id": objective.id,
            "statements": objective.statements,
            "complete_by": objective.complete_by.text,
            "accountable": _one_or_more(objective.accountable),
            "lead": _one_or_more(objective.leads),
            "milestones": [self._milestone(milestone) for milestone in objective.milestones],
        }
        return self._kept(values)

    def _milestone(self, milestone: Milestone) -> dict[str, Any]:
        values = {
            "id": milestone.id,
            "start": milestone.start.text,
            "due": milestone.due.text,
            "review": milestone.review.text,
            "every": milestone.every,
            "action": milestone.action,
            "lead": _one_or_more(milestone.leads),
            "from": milestone.source,
            "more": milestone.more,
            "status": self._written(milestone.status),
            "progress": list(self._log(milestone)),
        }
        return self._kept(values)

    def _written(self, status: Status | None) -> str | None:
        """A status as a file has it, where it is other than what stands for none."""
        return status if status and status != "not started" else None

    def _log(self, milestone: Milestone) -> Iterator[dict[str, Any]]:
        """What the document says has happened, oldest first: on the day that it says, else on the
        one that it was last saved on."""
        log = sorted(milestone.log, key=lambda e: (self._when(e).last, not e.moved))
        says = not any(entry.status for entry in log)
        for entry in log:
            is_future = entry.when and entry.undated(self._today)
            values: dict[str, Any] = {
                "date": self._when(entry).text,
                "by": entry.by,
                "for": entry.occurrence,
                "note": entry.dated(entry.note) if is_future else entry.note,
                "status": entry.status,
            }
            if entry.moved:
                values["moved"] = {"from": entry.moved[0].text, "to": entry.moved[1].text}
            elif says and entry is log[-1]:
                values["status"] = self._written(milestone.status)
            said = {"agreed": entry.agreed, "evidence": entry.evidence, "theme": entry.theme}
            yield self._kept({**values, **said})

    def _when(self, entry: Entry) -> PlanDate:
        """When an entry was said, none of which lies ahead."""
        if entry.when is None or entry.undated(self._today):
            return of_day(self._day)
        return entry.when

    def _kept(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The keys that hold anything, their texts clean."""
        return {key: self._cleaned(value) for key, value in values.items() if value}

    def _cleaned(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._clean(value)
        if isinstance(value, list):
            return [self._cleaned(each) for each in value]
        if isinstance(value, dict):
            return {key: self._cleaned(each) for key, each in value.items()}
        return value


def _one_or_more(names: list[str]) -> list[str] | str:
    return names[0] if len(names) == 1 else names


def _lines(values: Mapping[str, Any], indent: int) -> list[str]:
    """Keys with texts, lists of texts, and lists of the same again, as lines."""
    lines: list[str] = []
    for key, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            for item in value:
                first, *rest = indent_lines(_lines(item, indent + 4), 4)
                lines += [f"  - {first[4:]}", *rest]
        elif isinstance(value, dict) and key != "moved":
            lines += [f"{key}:", *indent_lines(_lines(value, indent + 2), 2)]
        else:
            lines += key_lines(key, value, indent)
    return lines
