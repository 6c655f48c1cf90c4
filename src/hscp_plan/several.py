"""Several plans put together to one, in which every id has its plan's before it: 2021-23/P1.3.

All reports tell of it as of any plan. What recording, git and the rules need is each plan's own,
and they find it in `Opened.of`.
"""

from __future__ import annotations

import itertools
import os
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from . import store
from .errors import Mendable, Mistyped, quoted
from .frozen import Frozen, LazyFrozen
from .letters import folded
from .model import (
    WHOLE_PLAN,
    Column,
    Group,
    Head,
    Id,
    Ids,
    Milestone,
    Period,
    Plan,
    Priority,
    part,
)
from .standing import left_sentence
from .words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .errors import Gap
    from .model import Decision, Round
    from .store import Opened, Source

F = TypeVar("F", bound=Frozen)


# --- the plans that are named -------------------------------------------------------------------


def open_plans(named: Sequence[str] | None) -> Opened:
    """The plan of the folder that is named, or found from here; of several folders, their plans
    together. Raises Mistyped as `store.find`, and where two of them are one plan or have one id."""
    if named and len(named) > 1:
        return together(open_each(named))
    return store.open_plan(store.find(named[0] if named else None))


def readable(named: Sequence[str] | None) -> Plan | None:
    """What can be read of the plan that `open_plans` opens; None where nothing can."""
    try:
        return open_plans(named).plan
    except (Mendable, OSError):
        return None


def open_each(named: Sequence[str]) -> list[Opened]:
    """The plan of each of several folders. Raises Mistyped as `open_plans`."""
    by_folder: dict[str, str] = {}
    for at, name in enumerate(named):
        first = by_folder.setdefault(os.path.realpath(store.find(name)), name)
        if len(by_folder) <= at:
            one, other = quoted(first), quoted(name)
            what = f"{one} is given twice" if one == other else f"{one} and {other} are one plan"
            raise Mistyped(what, "Give the folder of each plan once.")
    plans = [store.open_plan(store.find(name)) for name in named]
    _refuse_same_id(plans)
    return plans


def _refuse_same_id(plans: Sequence[Opened]) -> None:
    by_id: dict[str, Opened] = {}
    for opened in plans:
        head = opened.plan.head
        other = by_id.setdefault(folded(head.id), opened)
        if other is not opened:
            heads = (store.display_path(o.folder / store.HEAD) for o in (other, opened))
            raise Mistyped(
                f"{listed(heads)} have the same id, {head.id}",
                "Give one of them another: it stands before the ids of its milestones, "
                f"as in {head.id}/P1.3.",
            )


# --- together -----------------------------------------------------------------------------------


def together(plans: Sequence[Opened]) -> Opened:
    """Several plans as one: what was read of each, and each one's faults."""
    heads = tuple(opened.plan.head for opened in plans)
    faults = tuple(fault for opened in plans for fault in opened.faults)
    sources = tuple(_source(o.plan.head.id, source) for o in plans for source in o.sources)
    plan = plans_together([opened.plan for opened in plans], heads)
    return store.Opened("", sources, plan, faults, of=tuple(plans))


def with_asked(opened: Opened) -> Opened:
    """A plan, or several together, with who was asked."""
    if not opened.of:
        return store.with_asked(opened)
    return together([store.with_asked(each) for each in opened.of])


def plans_together(plans: Sequence[Plan], heads: tuple[Head, ...]) -> Plan:
    """The parts of several plans, whose heads these are, as one plan."""
    columns = _Columns(heads)
    files: dict[str, Priority] = {}
    beside: list[Priority] = []
    hidden: set[str] = set()
    asked: list[Round] = []
    decisions: list[Decision] = []
    for plan, head in zip(plans, heads, strict=True):
        within = _Within(head.id, columns.keys(head))
        files |= {within.id(name): within.priority(p) for name, p in plan.files.items()}
        beside += map(within.priority, plan.beside)
        hidden |= {*map(within.id, plan.hidden)}
        asked += [within.part(round) for round in plan.asked]
        decisions += map(within.plan_decision, plan.head.decisions)
    # The registers of all of them stand below the priorities of all of them.
    files = dict(sorted(files.items(), key=lambda file: file[1].register))
    decisions.sort(key=lambda decision: decision.date.first)
    head = _head(heads, columns.all).replace(decisions=tuple(decisions))
    return Plan(head, files, tuple(beside), frozenset(hidden), _rounds(asked), heads)


def _rounds(rounds: Iterable[Round]) -> tuple[Round, ...]:
    """The rounds of several plans in order. One form that asked about more than one of them is one
    round, which was answered when it was in all."""
    by_form: dict[tuple[str, str], Round] = {}
    for round in rounds:
        key = round.form, folded(round.who)
        other = by_form.setdefault(key, round)
        if other is not round:
            days = [r.answered for r in (other, round) if r.answered]
            answered = max(days, key=lambda day: day.last) if len(days) > 1 else None
            by_form[key] = other.replace(ids=(*other.ids, *round.ids), answered=answered)
    return tuple(sorted(by_form.values(), key=lambda round: round.date.first))


def plan_rounds(opened: Opened, rounds: Iterable[Round]) -> list[Round]:
    """The rounds that ask about a plan, as the plan itself has them: with its own ids alone."""
    prefix = f"{opened.plan.head.id}/"
    own = []
    for round in rounds:
        if ids := [id.removeprefix(prefix) for id in round.ids if id.startswith(prefix)]:
            own.append(round.replace(ids=tuple(ids)))
    return own


class _Within:
    """Puts a plan's id before the ids of its parts, and gives its extra columns their keys."""

    def __init__(self, plan_id: str, columns: Mapping[str, str]) -> None:
        self.plan_id = plan_id
        self.columns = {old: new for old, new in columns.items() if old != new}

    def id(self, id: str) -> str:
        """An id after the plan's."""
        return f"{self.plan_id}/{id}"

    def priority(self, priority: Priority) -> Priority:
        """A priority, and all in it."""
        whole = self.part(priority)
        if not priority.decisions:
            return whole
        decisions = zip(priority.decisions, whole.decisions, strict=True)
        return whole.replace(decisions=tuple(itertools.starmap(_in_its_words, decisions)))

    def plan_decision(self, decision: Decision) -> Decision:
        """A decision of plan.yaml, which says here of which plan it is."""
        whole = self.part(decision)
        return whole if whole.about else whole.replace(about=(self.id(WHOLE_PLAN),))

    def part(self, part: F) -> F:
        """A part of the plan, and all in it."""
        changes: dict[str, Any] = {}
        for name, put in _fields_with_ids(type(part)):  # type: ignore[arg-type]  # a class has a hash
            value = getattr(part, name)
            if value:
                changes[name] = put(self, value)
        if self.columns and isinstance(part, Milestone) and part.more:
            changes["more"] = {self.columns.get(k, k): text for k, text in part.more.items()}
        return part.lazily(**changes) if isinstance(part, LazyFrozen) else part.replace(**changes)


def _in_its_words(old: Decision, new: Decision) -> Decision:
    """A decision as it is here. What is recorded beside one that closes says its ids in its text,
    and is known by that."""
    if old.outcome is None or old.decision != left_sentence(old.about, old.outcome):
        return new
    return new.replace(decision=left_sentence(new.about, old.outcome))


@cache
def _fields_with_ids(kind: Any) -> tuple[tuple[str, Callable[[_Within, Any], Any]], ...]:
    """The fields of a class in which ids stand, each with what puts the plan's before them."""
    fields: list[tuple[str, Callable[[_Within, Any], Any]]] = []
    for name, annotation in zip(kind.fields, kind.annotations.values(), strict=True):
        inner = part(kind, name.rstrip("_"))
        if annotation == Id or Id in get_args(annotation):
            fields.append((name, _Within.id))
        elif annotation == Ids:
            fields.append((name, lambda within, ids: tuple(map(within.id, ids))))
        elif inner and _fields_with_ids(inner):  # type: ignore[arg-type]  # a class has a hash
            fields.append((name, _parts))
    return tuple(fields)


def _parts(within: _Within, value: Any) -> Any:
    return within.part(value) if isinstance(value, Frozen) else tuple(map(within.part, value))


def _source(plan_id: str, source: Source) -> Source:
    gaps = tuple(_gap(plan_id, gap, source) for gap in source.gaps)
    return source._replace(name=f"{plan_id}/{source.name}", gaps=gaps)


def _gap(plan_id: str, gap: Gap, source: Source) -> Gap:
    before, blank, name = gap.label.rpartition(" ")  # P1.4, a decision of P1, p1-neglect.yaml
    label = f"{before}{blank}{plan_id}/{name}" if gap.path else source.label
    return gap._replace(label=label, ids=tuple(f"{plan_id}/{id}" for id in gap.ids))


# --- one plan.yaml of several -------------------------------------------------------------------


class _Columns:
    """The extra columns of several plans. Those that have one key and one label are one; of two
    that are labelled differently, the later has its plan's id in its key."""

    def __init__(self, heads: Iterable[Head]) -> None:
        labels: dict[str, str] = {}
        self._keys: dict[str, dict[str, str]] = {}
        for head in heads:
            keys = self._keys[head.id] = {}
            for column in head.columns:
                key = column.key
                if labels.setdefault(key, column.label) != column.label:
                    key = f"{head.id}/{key}"
                    labels[key] = column.label
                keys[column.key] = key
        self.all = tuple(Column(key=key, label=label) for key, label in labels.items())

    def keys(self, head: Head) -> Mapping[str, str]:
        """The key that each of a plan's columns has here, by its own."""
        return self._keys[head.id]


def _head(heads: Sequence[Head], columns: tuple[Column, ...]) -> Head:
    """What several plans say in their plan.yaml, where they say the same or it can be listed."""
    meetings = {(m.date, folded(m.group), m.title): m for head in heads for m in head.meetings}
    return Head(
        format="1",
        id="+".join(head.id for head in heads),
        partnership=listed(dict.fromkeys(head.partnership for head in heads)),
        short_name=_same(head.short_name for head in heads),
        title=_title(heads),
        period=Period(
            start=min((head.period.start for head in heads), key=lambda day: day.first),
            end=max((head.period.end for head in heads), key=lambda day: day.last),
        ),
        agreed=_same(head.agreed for head in heads),
        keeper=_same(head.keeper for head in heads),
        dates=_same(head.dates for head in heads),
        # Each milestone counts by the plan.yaml that it is under; this one says what there may be.
        completion=next((head.completion for head in heads if head.completion), None),
        duty=_same(head.duty for head in heads),
        vision=_each_says(heads, lambda head: head.vision),
        introduction=_each_says(heads, lambda head: head.introduction),
        reporting=_each_says(heads, lambda head: head.reporting),
        groups=_groups(heads),
        meetings=tuple(sorted(meetings.values(), key=lambda meeting: meeting.date.first)),
        columns=columns,
        reviews=tuple(_Within(h.id, {}).part(r) for h in heads for r in h.reviews),
        words=_agreed_on([head.words for head in heads]),
        scale=_agreed_on([head.scale for head in heads]),
    )


def _title(heads: Sequence[Head]) -> str:
    """The titles of several plans; those of one title are told apart by their ids."""
    titles = [head.title for head in heads]
    return listed(
        f"{head.title} ({head.id})" if titles.count(head.title) > 1 else head.title
        for head in heads
    )


def _same(values: Iterable[Any]) -> Any:
    """What all of these are; None where they differ."""
    first, *others = values
    return first if all(other == first for other in others) else None


def _each_says(heads: Sequence[Head], text: Callable[[Head], str | None]) -> str | None:
    """A text of several plans: once where all have the same, else that of each under its title."""
    if same := _same(map(text, heads)):
        return str(same)
    return "\n\n".join(f"{head.title}: {own}" for head in heads if (own := text(head))) or None


def _groups(heads: Sequence[Head]) -> tuple[Group, ...]:
    """The groups of several plans. One that two of them name is one, by every short name."""
    groups: dict[tuple[str, str], Group] = {}
    for head in heads:
        for group in head.groups:
            groups.setdefault((folded(group.name), folded(group.short or "")), group)
    return tuple(groups.values())


def _agreed_on(words: Sequence[Mapping[Any, Any]]) -> Mapping[Any, Any]:
    """What the words of all plans say alike of a level or a status: where they differ, hscp's own
    are shown."""
    return {k: v for k, v in words[0].items() if all(other.get(k) == v for other in words)}
