"""`hscp carry`: what is not finished into the next plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from .. import store
from ..cli.options import Argument, Option
from ..cli.typography import as_typed
from ..errors import Mendable, Mistyped, quoted
from ..letters import folded
from ..model import Priority
from ..naming.ids import citations, find_priority
from ..standing import OPEN, standings
from ..words import UNAGREED, listed
from ._by import by_given
from ._complete import ids, owners
from ._dates import day_given, due_given
from ._ids import find_milestone, find_part
from ._look import note, open_of, open_one, say_document
from ._options import Agreed, By, DryRun, OnDate, PlanDir
from ._record import Target, differences, path_to_record, today_given
from ._typed import again, at_terminal, line
from ._who import agreement_given

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from ..editing.carry import Carried, Occasion
    from ..editing.write import Rewritten
    from ..model import Column, Head
    from ..standing import Standing
    from ._who import Agreement

_WHO = "Who agreed it, and when, such as Executive Board, 20 April 2022? (Enter: nobody yet): "


def run(
    id: Annotated[
        list[str] | None,
        Argument(metavar="[ID]", help="A milestone or priority; or several.", offers=ids),
    ] = None,
    to: Annotated[
        str | None, Option("--to", metavar="DIR", help="The folder of the next plan.")
    ] = None,
    every: Annotated[bool, Option("--open", help="All that is open.")] = False,
    priority: Annotated[
        list[str] | None,
        Option(metavar="ID", help="With --open: only of this priority. May be given again.",
               offers=owners),
    ] = None,
    under: Annotated[
        str | None,
        Option(metavar="ID", help="The priority there, where its title is another."),
    ] = None,
    objective: Annotated[
        str | None, Option(metavar="ID", help="The objective there, where there are several.")
    ] = None,
    due: Annotated[
        str | None, Option(metavar="DATE", help="The new due date. Without: as it is now.")
    ] = None,
    agreed: Agreed = None,
    by: By = None,
    date: OnDate = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:  # fmt: skip
    """Carry what is not finished into the next plan: a new milestone there, which says where it
    comes from and when it was first promised; here it is closed, and says where it went. Both are
    written, or neither. Of a priority all that is open is carried, and the decision recorded.

    Where a computer stopped in the middle, the same line again ends it.

    \b
    hscp carry P3.5 --to ../2023-25/plan --agreed "Executive Board, 20 March 2023"
    hscp carry --open --to ../2023-25/plan --due 2023-09
    """
    from ..editing.carry import Occasion
    from ..reports.carried import carried_recorded

    opened, today = open_of(where, id[0]) if id else open_one(where, "carry"), today_given()
    next_plan = _next_plan(opened, to)
    chosen = _chosen(opened, id or [], every, priority or [], today)
    day = day_given(date, today, opened.plan.head)
    first = chosen.standings[0]
    at = Target(opened, first, path_to_record(opened, first.priority), today)
    agreement = _agreement(agreed, at, chosen.priorities, dry_run)
    text = agreement and agreement.text
    occasion = Occasion(day, None, text, opened.plan.head, next_plan.plan.head)
    placed = _carried(chosen.standings, next_plan, under, objective, due, occasion)
    who = by_given(by, at, ask=not dry_run)  # asked last, once nothing else stands in the way
    carried = [one.said_by(who) for one in placed]
    decided = {p.id: _decision(p, carried, agreement, occasion) for p in chosen.priorities}
    waiting = _waiting(opened, next_plan, carried, occasion, today)
    written = _write(opened, next_plan, carried, waiting, decided, dry_run)
    _note_waiting(opened, next_plan, carried, today)
    _note_now_waiting(waiting, carried, occasion.there)
    if dry_run:
        differences((path, old, text) for path, (old, text, _) in written.items())
        return 0
    places = [place for _, _, place in written.values()]
    options = (_option(next_plan), _option(opened) if where else "")
    say_document(carried_recorded(carried, places, options), "auto")
    return 0


def _write(
    opened: store.Opened,
    next_plan: store.Opened,
    carried: list[Carried],
    waiting: list[Carried],
    decided: dict[str, dict[str, Any]],
    dry_run: bool,
) -> dict[Path, Rewritten]:
    """Write both plans; the decisions are by the ids of their priorities."""
    from ..editing.carry import carry
    from ..editing.new_milestone import taken_ids

    here = _by_file(opened, ((one.standing.priority, one) for one in carried))
    new = [one for one in carried if one.is_new]
    there = _by_file(next_plan, ((one.priority, one) for one in new))
    decisions = {
        path: decided[ones[0].standing.priority.id]
        for path, ones in here.items()
        if ones[0].standing.priority.id in decided
    }
    taken = taken_ids(next_plan)
    if taken.unknown:
        note(f"The numbers on other branches were not looked at: {taken.unknown}.")
    columns = _columns(new, opened.plan.head, next_plan.plan.head)
    wait = _by_file(next_plan, ((one.priority, one) for one in waiting))
    return carry(next_plan.folder, columns, there, wait, here, decisions, taken.ids, dry_run)


def _option(opened: store.Opened) -> str:
    """The option that names a plan's folder."""
    return as_typed(["--plan", store.display_path(opened.folder)])


def _next_plan(opened: store.Opened, to: str | None) -> store.Opened:
    """The plan that is carried into. Raises Mistyped where it is none, or the same, and Mendable
    where not all of it can be read: what it carries on already would not be seen."""
    here = opened.plan.head.id
    if to is None:
        what = "the next plan is not named"
        raise Mistyped(what, "Give its folder with --to. To begin one:  hscp init DIR")
    found = store.find(to)
    next_plan = store.open_plan(found)
    if next_plan.folder.resolve() == opened.folder.resolve():
        raise Mistyped(
            f"{quoted(to)} is this plan itself", "Give the folder of the next with --to."
        )
    there = next_plan.plan.head.id
    if there.casefold() == here.casefold():
        file = store.display_path(next_plan.folder / store.HEAD)
        raise Mistyped(
            f"both plans have the id {there}, so nothing would tell their milestones apart",
            f"Give the next its own, in {file}:  id: 2023-25",
        )
    for unread in next_plan.unread:
        check = f"To see what:  hscp check {_option(next_plan)}"
        raise Mendable(f"{unread} cannot be read whole, so nothing was carried", check)
    return next_plan


class _Chosen(NamedTuple):
    """What is to be carried, and the priorities that are decided about with it."""

    standings: list[Standing]
    priorities: list[Priority]


def _chosen(
    opened: store.Opened, ids: list[str], every: bool, only: list[str], today: date
) -> _Chosen:
    """What is to be carried. Raises Mistyped where that is nothing, or is finished."""
    if bool(ids) == every:
        what = "both ids and --open are given" if every else "nothing is said to be carried"
        raise Mistyped(what, "Give the ids, or --open for all that is open.")
    if only and not every:
        raise Mistyped(
            "--priority is of --open, and ids are given",
            "Give a priority's id alone for all of it; the priority there goes after --under.",
        )
    plan, decided = opened.plan, list[Priority]()
    still_open = standings(plan, today, OPEN)
    if every:
        _note_unagreed(opened, today)
        of = [find_priority(plan, id, today, opened.sources) for id in only]
        chosen = [s for s in still_open if not of or s.priority in of]
    else:
        chosen = []
        for id in ids:
            part = find_part(plan, id, today, opened.sources)
            if isinstance(part, Priority):
                decided.append(part)
                chosen += _open_of(part, still_open)
            else:
                chosen.append(_unfinished(opened, id, today))
    alone = listed(s.milestone.id for s in chosen if s.alone)
    if alone:
        note(f"{alone} has no milestones, so nothing of it was carried.")
    milestones = {s.milestone.id: s for s in chosen if not s.alone}
    if not milestones:
        raise Mistyped("nothing is open", "Nothing was changed.")
    return _Chosen(list(milestones.values()), decided)


def _note_unagreed(opened: store.Opened, today: date) -> None:
    """Say what is complete and not yet agreed, and so is not carried with what is open."""
    unagreed = [s for s in standings(opened.plan, today) if s.kind == UNAGREED]
    if unagreed:
        ids, first = listed(s.milestone.id for s in unagreed), unagreed[0]
        line = f'hscp decide {first.priority.id} "…" --by "…" --completes {first.milestone.id}'
        note(f"Not carried, as complete and not yet agreed: {ids}. Once agreed:  {line}")


def _open_of(priority: Priority, still_open: Iterable[Standing]) -> list[Standing]:
    """What is open of a priority. Raises Mistyped where nothing is."""
    chosen = [s for s in still_open if s.priority is priority]
    if not [s for s in chosen if not s.alone]:
        what = f"nothing of {priority.id} is open, so nothing is carried"
        next = f'Record what was decided:  hscp decide {priority.id} "…" --by "…" --outcome close'
        raise Mistyped(what, next)
    return chosen


def _unfinished(opened: store.Opened, id: str, today: date) -> Standing:
    """The milestone of an id. Raises Mistyped where it is finished, or is none."""
    from ..editing.carry import is_carried_forward

    standing = find_milestone(opened.plan, id, today, "carrying", opened.sources)
    if not standing.open and not is_carried_forward(standing):
        what = f"{standing.milestone.id} is {standing.kind}"
        raise Mistyped(what, "Only what is not finished is carried. Nothing was changed.")
    return standing


def _agreement(
    given: str | None, at: Target, decided: list[Priority], dry_run: bool
) -> Agreement | None:
    """Who agreed it: as given, or as said at a terminal. Raises Mistyped where a whole priority is
    carried, and nobody is said to have decided so."""
    if given is None and at_terminal() and not dry_run:
        given = line(_WHO) or None
    if given is not None:
        return agreement_given(given, at.opened.plan.head, at.today)
    if decided:
        ids = listed(priority.id for priority in decided)
        what = f"a Board decides that {ids} {'is' if len(decided) == 1 else 'are'} carried forward"
        raise Mistyped(what, f"Say which:\n  {again('--agreed', None, 'Executive Board, DAY')}")
    return None


def _decision(
    priority: Priority, ones: list[Carried], agreement: Agreement | None, occasion: Occasion
) -> dict[str, Any]:
    """The decision that a whole priority is carried forward."""
    assert agreement  # noqa: S101 - a priority is not carried without
    ones = [one for one in ones if one.standing.priority is priority]
    there = listed(dict.fromkeys(occasion.there.cite(one.priority.id) for one in ones))
    return {
        "date": (agreement.day or occasion.day).text,
        "by": agreement.who,
        "decision": f"{priority.title} is carried forward to {there}.",
        "outcome": "carry forward",
    }


def _carried(
    chosen: list[Standing],
    next_plan: store.Opened,
    under: str | None,
    objective: str | None,
    due: str | None,
    occasion: Occasion,
) -> list[Carried]:
    """What is carried, each with its place in the next plan. Raises Mistyped where all are there
    already, and are closed here."""
    from ..editing.carry import Carried

    known = citations(next_plan.plan)
    owners = {m.id: p for p in next_plan.plan.owners for m in p.milestones}
    carried, said = list[Carried](), list[Carried]()
    for standing in chosen:
        milestone = standing.milestone
        there = known.get(occasion.here.cite(milestone.id).casefold(), "")
        if there:
            one = Carried(standing, owners[there], None, milestone.due, occasion, there)
            (said if one.is_said_here else carried).append(one)
            continue
        priority = _priority_there(standing, next_plan, under)
        new_due = milestone.due
        if due:
            there_too = standing._replace(plan=next_plan.plan)
            new_due = due_given(due, there_too, occasion.day)
        section = _objective_there(standing, priority, objective)
        carried.append(Carried(standing, priority, section, new_due, occasion))
    _note_answering(carried, occasion.here, occasion.there)
    if not carried:
        ids = listed(f"{one.milestone.id} as {occasion.there.cite(one.id)}" for one in said)
        raise Mistyped(f"this is carried already: {ids}", "Nothing was changed.")
    return carried


def _waiting(
    opened: store.Opened,
    next_plan: store.Opened,
    carried: list[Carried],
    occasion: Occasion,
    today: date,
) -> list[Carried]:
    """What was carried before, is open in the next plan, and waits here for something that is new
    there."""
    from ..editing.carry import Carried

    known, new = citations(next_plan.plan), {one.milestone.id for one in carried if one.is_new}
    still_open = {s.milestone.id: s.priority for s in standings(next_plan.plan, today, OPEN)}
    waiting = []
    for standing in standings(opened.plan, today):
        milestone = standing.milestone
        id = known.get(occasion.here.cite(milestone.id).casefold(), "")
        if id in still_open and new.intersection(milestone.after):
            waiting.append(Carried(standing, still_open[id], None, milestone.due, occasion, id))
    return waiting


def _note_waiting(
    opened: store.Opened, next_plan: store.Opened, carried: Iterable[Carried], today: date
) -> None:
    """Say of what is carried that it waits for what is still open here, and not in the next plan:
    it cannot say so there."""
    there = {*citations(next_plan.plan), *(one.cited.casefold() for one in carried)}
    cite = opened.plan.head.cite
    left = {s.milestone.id for s in standings(opened.plan, today, OPEN)}
    left = {id for id in left if cite(id).casefold() not in there}
    waiting = [(one.milestone.id, left.intersection(one.milestone.after)) for one in carried]
    said = listed(f"{id} waits for {listed(sorted(awaited))}" for id, awaited in waiting if awaited)
    if said:
        note(f"{said}, not carried yet. Carry that too, and it is said in the next plan.")


def _note_now_waiting(waiting: Iterable[Carried], carried: list[Carried], there: Head) -> None:
    """Say which milestones of the next plan now say that they wait for what is new there."""
    new = {one.milestone.id: one.id for one in carried if one.is_new}
    said = listed(
        f"{one.id} now waits for {listed(new[id] for id in one.milestone.after if id in new)}"
        for one in waiting
    )
    if said:
        note(f"In {there.id}, {said}, as it did here.")


def _note_answering(carried: Iterable[Carried], here: Head, there: Head) -> None:
    """Say which reviews the next plan has to list for what is carried there to answer them."""
    from ..letters import folded
    from ..reviews import answer_names

    new = {folded(answer) for one in carried if one.is_new for answer in one.milestone.answers}
    wanted = new.intersection(answer_names(here)).difference(answer_names(there))
    names = [
        review.name
        for review in here.reviews
        if wanted & {folded(review.name), *(folded(r.id) for r in review.recommendations)}
    ]
    if names:
        said = "Copy that into the next plan's plan.yaml too, under  reviews:"
        note(f"What is carried answers {listed(names)}. {said}")


def _columns(new: Iterable[Carried], here: Head, there: Head) -> list[Column]:
    """The extra columns that the next plan has to declare for what is carried there."""
    needed = {key for one in new for key in one.milestone.more}
    needed -= {column.key for column in there.columns}
    return [column for column in here.columns if column.key in needed]


class NoPriority(Mendable):
    """Nothing says which priority of the next plan something goes into. It is not mended as what is
    mistyped is: nobody can tell which was meant."""

    status = 2


def _priority_there(standing: Standing, next_plan: store.Opened, under: str | None) -> Priority:
    """The priority of the next plan that a milestone goes into, or the register where it is of one:
    the one given, the one of the same title, the only one where this plan too has but one, or the
    one that is said at a terminal. Raises NoPriority where none of these is."""
    plan, priority, today = next_plan.plan, standing.priority, standing.day
    if under:
        return find_priority(plan, under, today, next_plan.sources)
    kin, here = (p.registers if priority.register else p.priorities for p in (plan, standing.plan))
    same = [p for p in kin if folded(p.title) == folded(priority.title)]
    if len(same) == 1 or len(kin) == len(here) == 1:
        return (same or list(kin))[0]
    known = listed((f"{p.id} {p.title}" for p in kin), "or")
    what = f"no {priority.kind} of {plan.head.id} is called {quoted(priority.title)}"
    if known and at_terminal():
        answer = line(f"{what}. Which is it there: {known}? ")
        return find_priority(plan, answer, today, next_plan.sources)
    add = as_typed(["hscp", f"add-{priority.kind}", priority.title, "--plan", next_plan.where])
    choose = f"Say which it is there, {known}:  --under ID\n" if known else ""
    raise NoPriority(what, f"{choose}To make it:  {add}")


def _objective_there(standing: Standing, priority: Priority, given: str | None) -> str | None:
    """The objective of the next plan that a milestone goes under: the one given, the one with the
    same words, the only one; None where the priority has none. Raises Mistyped where it could be
    any of several."""
    known = {o.id.casefold(): o.id for o in priority.objectives}
    if given:
        if given.casefold() in known:
            return known[given.casefold()]
        raise Mistyped(
            f"there is no objective {quoted(given)}",
            f"{priority.id} has {listed(known.values()) or 'none'}.",
        )
    words = standing.objective.statements
    same = [o.id for o in priority.objectives if words and o.statements == words]
    if len(same) == 1 or len(known) < 2:
        return next(iter(same or known.values()), None)
    raise Mistyped(
        f"{priority.id} has the objectives {listed(known.values())}, and which "
        f"{standing.milestone.id} goes under is not said",
        f"Give one:  --objective {next(iter(known.values()))}",
    )


def _by_file(
    opened: store.Opened, ones: Iterable[tuple[Priority, Carried]]
) -> dict[Path, list[Carried]]:
    """Milestones by the files of a plan that their priorities stand in. Raises Mendable where one
    is a copy of another, or has one."""
    files: dict[Path, list[Carried]] = {}
    for priority, one in ones:
        files.setdefault(path_to_record(opened, priority), []).append(one)
    return files
