"""Finds what was recorded and not yet saved: what a plan's files hold and the last commit does not.

Pure: values in. What was saved is followed by id, so that a renamed file costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dates import read
from ..frozen import NOTHING
from ..model import WHOLE_PLAN
from ..reading.files import ASKED
from .entries import carried_from_note, carried_to, decision_on_rest, ending_entry
from .recorded import Recorded
from .values import (
    SAID,
    id_of,
    leads_of,
    list_under,
    milestone_paths,
    owner_paths,
    part_at,
    texts_under,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .nodes import Path
    from .saved import Saved


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
    for path in (*owner_paths(values)[1:], *milestone_paths(values)):
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
    for path in milestone_paths(values):
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
    ids = {part_at(values, path)["id"] for path in milestone_paths(values)}
    for path in owner_paths(values):
        owner = part_at(values, path)
        before = saved.owners.get(owner["id"], {})
        if any(id_of(m) not in ids for m in list_under(before, "milestones")):
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
