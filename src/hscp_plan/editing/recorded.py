"""What was recorded and not yet saved: log entries, decisions and milestones that a plan's files
hold and the last commit does not.

Pure: texts and values in. What was saved is followed by id, so that a renamed file costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from ..dates import PlanDate, read
from ..frozen import NOTHING
from ..model import WHOLE_PLAN
from ..reading.files import ASKED
from .record import (
    Said,
    carried_from_note,
    carried_to,
    decision_on_rest,
    ending_entry,
    leads_of,
    part_at,
)
from .splice import Path, Text, unended_block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Saved(NamedTuple):
    """What the last commit holds: its milestones, its priorities' decisions, the priorities and
    objectives that milestones stand under, and the measures, by id."""

    milestones: dict[str, dict[str, Any]]
    decisions: dict[str, list[Any]]
    said: dict[tuple[str, Said], list[Any]]
    """The impact and the assurance of each priority."""
    owners: dict[str, dict[str, Any]]
    measures: dict[str, dict[str, Any]]
    empty: dict[tuple[str, str], str]
    """All that stands after the colon of a list that was saved empty, so that it can stand there
    again, by the id of what has it and its key."""
    unended: dict[Path, str]
    """The signs of the block texts that end a file without a line end, by their places."""


class Typed(NamedTuple):
    """When something was recorded; the greater, the later."""

    at: int
    """When its file was written with it, in nanoseconds; of what is not `known`, when its file was
    written last: it was no later than that."""
    known: bool
    number: int = 0
    """Which of what is known it was."""


Kind = Literal[
    "entry",
    "decision",
    "impact",
    "assurance",
    "milestone",
    "objective",
    "measure",
    "value",
    "priority",
    "register",
    "lead",
    "meeting",
    "round of asking",
    "answer",
]
"""What was recorded."""
_IN_LISTS: dict[str, Kind] = {
    "milestones": "milestone",
    "objectives": "objective",
    "measures": "measure",
    "values": "value",
}
"""What is new in each of these lists."""
SAID: tuple[Said, ...] = get_args(Said)
_BEGUN = frozenset(("id", "kind", "title", "until", "outcome"))
"""The keys that a new priority or register begins with."""


class Recorded(NamedTuple):
    """Something recorded and not yet saved: a log entry, a decision with the entries of the
    milestones that it completes or closes, an impact or an assurance, a new milestone, objective,
    priority, register or meeting, who leads something, or whom somebody asked."""

    file: str
    priority: str
    id: str
    """That of the milestone or the like, or the priority's where it is a decision or the like, plan
    where it is one of the whole plan; the file's name of what else stands in plan.yaml, or in
    asked.yaml."""
    date: PlanDate | None
    """When, of an entry, a decision or the like, or a meeting; the rest does not say when it was
    added."""
    values: dict[str, Any]
    """Of the decision, the entry, the meeting, or of the new part; of a lead, `lead` alone."""
    entries: Mapping[str, Path]
    """The paths of the log entries by their milestones: the entry itself, or those that a decision
    brought."""
    decisions: tuple[int, ...] = ()
    """The number of the decision, and of the one beside it that says what becomes of the rest."""
    elsewhere: tuple[Recorded, ...] = ()
    """Of a decision, the log entries of the milestones that it completes in other files: one of
    these for each file."""
    said: tuple[Said, int] | None = None
    """The list that an impact or assurance stands in, and its number there."""
    added: Path = ()
    """The path of a new milestone, objective or measure, or of a measure's figure that is new or
    was corrected."""
    corrected: Mapping[str, Any] | None = None
    """What a measure's figure was before it was corrected; None where it is new, or nothing tells
    any more."""
    led: Path | None = None
    """The path of the objective or milestone that is led by somebody else now."""
    led_before: tuple[str, ...] | None = None
    """Who led it before; None where git does not know it, since it is new."""
    meeting: int | None = None
    """The number of a new meeting."""
    new_file: bool = False
    """Whether it is a new priority or register, in a file of its own."""
    asked: tuple[int, ...] = ()
    """In asked.yaml, the numbers of the rounds that are new, or were answered."""
    answers: bool = False
    """Whether they were answered, and are not new."""
    under_new: bool = False
    """Whether it is a new milestone of a priority or an objective that is new itself: whoever wrote
    both by hand did not record the one."""
    typed: Typed = Typed(0, known=False)

    @property
    def decision(self) -> int | None:
        """The number of the decision; None where it is none."""
        return next(iter(self.decisions), None)

    @property
    def of_priority(self) -> bool:
        """Whether it is said of a priority, in the order of saying, whatever day it is of."""
        return bool(self.decisions or self.said)

    @property
    def kind(self) -> Kind:
        """What was recorded."""
        if self.asked:
            return "answer" if self.answers else "round of asking"
        if self.added:
            return _IN_LISTS[str(self.added[-2])]
        if self.meeting is not None:
            return "meeting"
        if self.new_file:
            return "register" if self.values.get("kind") == "register" else "priority"
        if self.led is not None:
            return "lead"
        if self.said:
            return self.said[0]
        return "decision" if self.decisions else "entry"

    @property
    def milestones(self) -> tuple[str, ...]:
        """The milestones that go back to what they were."""
        return (self.id,) if self.kind == "milestone" else tuple(self.logged)

    @property
    def logged(self) -> dict[str, Path]:
        """The paths of all its log entries by their milestones, those in other files too."""
        every = (self, *self.elsewhere)
        return {id: path for record in every for id, path in record.entries.items()}

    @property
    def holds_more(self) -> bool:
        """Whether it is a new objective, priority or register in which something else was written
        since: that is taken back first."""
        if self.kind == "objective":
            return "milestones" in self.values
        if self.kind == "measure":
            return "values" in self.values
        return self.new_file and not _BEGUN.issuperset(self.values)

    @property
    def only_typed(self) -> bool:
        """Whether it counts only where it is known to have been typed: who writes these by hand,
        as part of a plan that begins, did not record them."""
        return (
            self.under_new
            or self.new_file
            or self.kind in (*("objective", "lead", "measure", "value"),)
        )

    @property
    def noted(self) -> dict[str, Any] | None:
        """The values by which the journal knows it: None of a new part, which its log changes."""
        has_id = self.added and self.kind != "value"
        return None if has_id or self.new_file else self.values

    @property
    def path(self) -> Path:
        """Where it stands in its file."""
        if self.decisions:
            return ("decisions", self.decisions[0])
        if self.said:
            return self.said
        if self.asked:
            return ("asked", self.asked[0])
        if self.meeting is not None:
            return ("meetings", self.meeting)
        if self.led is not None:
            return self.led
        return self.added or self.entries[self.id]


def saved_in(files: Iterable[tuple[str, Any]], head: tuple[str, Any] | None = None) -> Saved:
    """What these files hold and, of plan.yaml, what was decided; each its text and its values,
    however faulty they were when they were saved."""
    saved = Saved({}, {}, {}, {}, {}, {}, {})
    if head and "decisions" in head[1]:
        decisions = saved.decisions[WHOLE_PLAN] = list_under(head[1], "decisions")
        if not decisions:
            of_plan = {(WHOLE_PLAN, "decisions"): ("decisions",)}
            saved.empty.update(_after_colons(head[0], of_plan))
    for text, values in files:
        _add_parts(saved, values)
        saved.empty.update(_after_colons(text, _empty_lists(values)))
        if not text.endswith("\n") and (block := unended_block(Text(text))):
            saved.unended[block.place] = block.sign
    return saved


def _add_parts(saved: Saved, values: Any) -> None:
    """Put a file's milestones, decisions, priority, objectives and measures among those that are
    saved."""
    for path in _owner_paths(values):
        owner = part_at(values, path)
        if id := _id(owner):
            saved.owners[id] = owner
    for path in _milestone_paths(values):
        milestone = part_at(values, path)
        saved.milestones[milestone["id"]] = milestone
    saved.measures.update({m["id"]: m for m in list_under(values, "measures") if _id(m)})
    if id := _id(values):
        if "decisions" in values:
            saved.decisions[id] = list_under(values, "decisions")
        for key in SAID:
            if key in values:
                saved.said[id, key] = list_under(values, key)


def _empty_lists(values: Any) -> dict[tuple[str, str], Path]:
    """The paths of the empty lists in which something could have been recorded, by the id of what
    has them and their key."""
    lists = [
        *((path, "milestones") for path in _owner_paths(values)),
        *((path, "progress") for path in _milestone_paths(values)),
        *(((), key) for key in ("decisions", "measures", *SAID)),
        *((("measures", n), "values") for n in range(len(list_under(values, "measures")))),
    ]
    empty: dict[tuple[str, str], Path] = {}
    for path, key in lists:
        owner = part_at(values, path)
        if (id := _id(owner)) and owner.get(key) == []:
            empty[id, key] = (*path, key)
    return empty


def _after_colons(text: str, empty: Mapping[tuple[str, str], Path]) -> dict[tuple[str, str], str]:
    """What stands after the colon of each of these lists, by the same ids and keys."""
    if not empty:
        return {}
    edit, rests = Text(text), {}
    for name, path in empty.items():
        mapping, key = edit.at(path[:-1]), str(path[-1])
        key_node, node = mapping.key(key), mapping.get(key)
        if key_node and node and key_node.line == node.end_line and mapping.style != "flow":
            line = edit.lines[key_node.line]
            rests[name] = line[line.index(":", key_node.end_column) + 1 :]
    return rests


def unsaved_in(
    file: str, values: Mapping[str, Any], saved: Saved, scale: Mapping[str, str] = NOTHING
) -> list[Recorded]:
    """All that a faultless file holds and the last commit does not: new objectives, leads, measures
    and figures, then new milestones, then the priority's decisions, impact and assurance, then each
    milestone's entries, in the order they stand. A `scale` says what the plan's own words for
    statuses mean."""
    priority = values["id"]
    recorded = [*_new_objectives(file, values, saved), *_new_leads(file, values, saved)]
    recorded += _new_measures(file, values, saved)
    entries = _new_entries(values, saved)
    for path in _new_milestones(values, saved):
        milestone = part_at(values, path)
        if _is_carried_on(milestone):
            entries.pop((*path, "progress", 0), None)  # it came with the milestone
        new = part_at(values, path[:-2])["id"] not in saved.owners
        id = milestone["id"]
        recorded.append(
            Recorded(file, priority, id, None, milestone, {}, added=path, under_new=new)
        )
    for record in _new_decisions(file, values, priority, saved):
        ends_by_id = {}
        for path, entry in entries.items():
            id = part_at(values, path[:-2])["id"]
            if _came_with(id, entry, record.values, scale):
                ends_by_id[id] = path
        for path in ends_by_id.values():
            del entries[path]
        recorded.append(record._replace(entries=ends_by_id))
    for key in SAID:
        items = list_under(values, key)
        for number in _new_items(items, saved.said.get((priority, key), [])):
            item, place = items[number], (key, number)
            day = read(item["date"])
            recorded.append(Recorded(file, priority, priority, day, item, {}, said=place))
    for path, entry in entries.items():
        id = part_at(values, path[:-2])["id"]
        recorded.append(Recorded(file, priority, id, read(entry["date"]), entry, {id: path}))
    return recorded


def _new_objectives(file: str, values: Mapping[str, Any], saved: Saved) -> Iterator[Recorded]:
    """The objectives that were not there before."""
    for number, objective in enumerate(list_under(values, "objectives")):
        if objective["id"] not in saved.owners:
            path = ("objectives", number)
            yield Recorded(file, values["id"], objective["id"], None, objective, {}, added=path)


def _new_measures(file: str, values: Mapping[str, Any], saved: Saved) -> Iterator[Recorded]:
    """The measures that were not there before, and the figures that were not or were others."""
    for number, measure in enumerate(list_under(values, "measures")):
        path, id = ("measures", number), measure["id"]
        before = saved.measures.get(id)
        if before is None:
            yield Recorded(file, values["id"], id, None, measure, {}, added=path)
        saved_figures = (f for f in list_under(before, "values") if isinstance(f, dict))
        was = {figure.get("period"): figure for figure in saved_figures}
        for place, figure in enumerate(list_under(measure, "values")):
            period, at = figure["period"], (*path, "values", place)
            if (old := was.get(period)) != figure:
                new = Recorded(file, values["id"], id, read(period), figure, {}, added=at)
                yield new._replace(corrected=old)


def _new_leads(file: str, values: Mapping[str, Any], saved: Saved) -> Iterator[Recorded]:
    """The leads of objectives and milestones that were other ones before."""
    before = {**saved.owners, **saved.milestones}
    for path, part in _led_parts(values):
        if part["id"] in before:
            was, names = leads_of(before[part["id"]]), leads_of(part)
            if was != names:
                yield _lead(file, values, path)._replace(led_before=tuple(was))


def leads_of_new(file: str, values: Mapping[str, Any], saved: Saved) -> Iterator[Recorded]:
    """Who leads each objective and milestone that is new itself: it came with that, or was named
    later, which only the journal tells."""
    for path, part in _led_parts(values):
        if part["id"] not in saved.owners and part["id"] not in saved.milestones:
            yield _lead(file, values, path)


def _led_parts(values: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """What somebody may lead, with its path."""
    for path in (*_owner_paths(values)[1:], *_milestone_paths(values)):
        yield path, part_at(values, path)


def _lead(file: str, values: Mapping[str, Any], path: Path) -> Recorded:
    part = part_at(values, path)
    new = {"lead": leads_of(part)}
    return Recorded(file, values["id"], part["id"], None, new, {}, led=path)


def new_file(file: str, values: dict[str, Any]) -> Recorded:
    """A priority or register whose file the last commit does not have."""
    return Recorded(file, values["id"], values["id"], None, values, {}, new_file=True)


def unsaved_of_plan(
    file: str, values: Mapping[str, Any], before: Any, saved: Saved
) -> list[Recorded]:
    """The decisions of plan.yaml and the meetings that the last commit does not hold; `before` is
    what plan.yaml said there."""
    meetings = list_under(values, "meetings")
    return [
        *_new_decisions(file, values, WHOLE_PLAN, saved),
        *(
            Recorded(file, "", file, read(meetings[n]["date"]), meetings[n], {}, meeting=n)
            for n in _new_items(meetings, list_under(before, "meetings"))
        ),
    ]


def with_ends(recorded: list[Recorded], scale: Mapping[str, str] = NOTHING) -> list[Recorded]:
    """The same, with the entries of milestones in other files as part of the decision that
    completes these."""
    entries: dict[str, list[Recorded]] = {}
    for record in recorded:
        if record.kind == "entry":
            entries.setdefault(record.id, []).append(record)
    ends: dict[int, tuple[Recorded, ...]] = {}
    for number, record in enumerate(recorded):
        completes = texts_under(record.values, "completes") if record.decisions else []
        by_file: dict[str, Recorded] = {}
        for milestone in completes:
            for other in entries.get(milestone, ()):
                if _came_with(milestone, other.values, record.values, scale):
                    entries[milestone].remove(other)
                    first = by_file.get(other.file, other)
                    both = {**first.entries, **other.entries}
                    by_file[other.file] = first._replace(entries=both)
                    break
        ends[number] = tuple(by_file.values())
    left = {id(record) for records in entries.values() for record in records}
    return [
        record._replace(elsewhere=ends[number])
        for number, record in enumerate(recorded)
        if record.kind != "entry" or id(record) in left
    ]


def unsaved_asked(values: Mapping[str, Any], before: Any) -> list[Recorded]:
    """The rounds of asking that the last commit does not hold, and then the answers, one by one;
    `before` is what asked.yaml said there."""
    known = {_form(round): round for round in list_under(before, "asked")}
    rounds, answers = [], []
    for number, round in enumerate(list_under(values, "asked")):
        saved = known.get(_form(round))
        day, asked = read(round["date"]), (number,)
        if saved is None:
            new = {key: value for key, value in round.items() if key != "answered"}
            rounds.append(Recorded(ASKED, "", ASKED, day, new, {}, asked=asked))
        if "answered" in round and "answered" not in (saved or ()):
            answers.append(Recorded(ASKED, "", ASKED, day, round, {}, asked=asked, answers=True))
    return [*rounds, *answers]


def _form(round: Any) -> str:
    form = round.get("form") if isinstance(round, dict) else None
    return form.strip() if isinstance(form, str) else ""


def joined(recorded: Iterable[Recorded]) -> list[Recorded]:
    """The same, with what was recorded in asked.yaml in one go as one; where that is not known,
    what is of one day."""
    goes: dict[Any, list[Recorded]] = {}
    for record in recorded:
        go = (record.answers, record.typed.at if record.typed.known else record.date)
        goes.setdefault(go if record.asked else len(goes), []).append(record)
    return [
        one[-1]._replace(values=one[0].values, asked=tuple(n for r in one for n in r.asked))
        for one in goes.values()
    ]


def _new_entries(values: Mapping[str, Any], saved: Saved) -> dict[Path, dict[str, Any]]:
    """The log entries that are not saved, by their paths."""
    entries: dict[Path, dict[str, Any]] = {}
    for path in _milestone_paths(values):
        milestone = part_at(values, path)
        log = list_under(milestone, "progress")
        before = list_under(saved.milestones.get(milestone["id"], {}), "progress")
        entries |= {(*path, "progress", n): log[n] for n in _new_items(log, before)}
    return entries


def _new_decisions(
    file: str, values: Mapping[str, Any], owner: str, saved: Saved
) -> Iterator[Recorded]:
    """The decisions that are not saved, of a priority or of the whole plan: each alone, or with the
    one beside it that says what becomes of the rest."""
    decisions = list_under(values, "decisions")
    numbers = _new_items(decisions, saved.decisions.get(owner, []))
    while numbers:
        number, *numbers = numbers
        decision = decisions[number]
        both: tuple[int, ...] = (number,)
        if number + 1 in numbers and _is_pair(decision, decisions[number + 1]):
            numbers.remove(number + 1)
            both = (*both, number + 1)
        yield Recorded(file, owner, owner, read(decision["date"]), decision, {}, both)


def _new_items(items: list[Any], before: list[Any]) -> list[int]:
    """The numbers of the items that were not there before. One of the same date as one that is
    no longer there was not added but edited, and is none of them."""
    gone = list(before)
    unknown = []
    for number, item in enumerate(items):
        if item in gone:
            gone.remove(item)
        else:
            unknown.append(number)
    edited_dates = [item.get("date") for item in gone if isinstance(item, dict)]
    new = []
    for number in unknown:
        if items[number]["date"] in edited_dates:
            edited_dates.remove(items[number]["date"])
        else:
            new.append(number)
    return new


def _new_milestones(values: Mapping[str, Any], saved: Saved) -> Iterator[Path]:
    """The paths of the milestones that were not there before. Where one that was there is gone, a
    new one may be the same with another id, and none beside it is new."""
    ids = {part_at(values, path)["id"] for path in _milestone_paths(values)}
    for path in _owner_paths(values):
        owner = part_at(values, path)
        before = saved.owners.get(owner["id"], {})
        if any(_id(m) not in ids for m in list_under(before, "milestones")):
            continue
        for number, milestone in enumerate(list_under(owner, "milestones")):
            if milestone["id"] not in saved.milestones:
                yield (*path, "milestones", number)


def _came_with(id: str, entry: Any, decision: Any, scale: Mapping[str, str]) -> bool:
    """Whether this entry of a milestone was recorded with a decision that completes or closes
    it."""
    if scale:  # what reads by a scale loads pydantic, and most plans have none
        from ..reading.validators import in_scale

        entry = in_scale(entry, scale)
    if id in texts_under(decision, "completes"):
        note, date = decision["decision"], decision["date"]
        return (entry["date"], entry.get("note"), entry.get("status")) == (date, note, "complete")
    if decision.get("outcome") == "carry forward":
        plan, slash, _ = (carried_to(entry.get("note")) or "").partition("/")
        agreed = entry.get("agreed", "").startswith(decision["by"])
        there = bool(slash) and f" {plan}/" in decision["decision"]
        return there and agreed and entry.get("status") == "closed"
    if decision.get("outcome") != "close":
        return False
    # A decision recorded late has an entry of a later day, which is all that may differ.
    closings = (ending_entry(decision, "close"), ending_entry(decision, "carry"))
    return entry | {"date": decision["date"]} in closings


def _is_carried_on(milestone: Any) -> bool:
    """Whether a milestone begins with the entry that says where it was carried from."""
    log, cited = list_under(milestone, "progress"), milestone.get("carried_from")
    return bool(cited and log and log[0].get("note", "").startswith(carried_from_note(cited)))


def _is_pair(decision: Any, other: Any) -> bool:
    """Whether the first decision closes a priority and the other, recorded with it, says what
    becomes of the milestones left open."""
    ids = other.get("about", [])
    if decision.get("outcome") != "close" or not isinstance(ids, list):
        return False
    return other in [decision_on_rest(decision, how, ids) for how in ("carry", "keep")]


def _owner_paths(values: Any) -> list[Path]:
    """The paths of what milestones stand under: the priority itself, then its objectives."""
    return [(), *(("objectives", n) for n in range(len(list_under(values, "objectives"))))]


def _milestone_paths(values: Any) -> Iterator[Path]:
    for path in _owner_paths(values):
        for number, milestone in enumerate(list_under(part_at(values, path), "milestones")):
            if _id(milestone):
                yield (*path, "milestones", number)


def _id(part: Any) -> str | None:
    """A part's id; None where it has none that can be read."""
    id = part.get("id") if isinstance(part, dict) else None
    return id if isinstance(id, str) else None


def texts_under(values: Mapping[str, Any], key: str) -> list[str]:
    """The texts under a key that takes one or a list of them."""
    texts = values.get(key, [])
    return [texts] if isinstance(texts, str) else list(texts)


def list_under(values: Any, key: str) -> list[Any]:
    """The list under a key; an empty one where no list stands there."""
    items = values.get(key) if isinstance(values, dict) else None
    return items if isinstance(items, list) else []
