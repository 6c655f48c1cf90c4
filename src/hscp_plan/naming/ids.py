"""Finds the milestone or priority that an id names, however it is typed: p1.3, P1.3, p1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..errors import Mendable, Mistyped, nearest, quoted
from ..model import WHOLE_PLAN, Priority
from ..standing import standings
from ..words import listed, natural_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from ..errors import Fault, Gap
    from ..model import Measure, Milestone, Objective, Plan
    from ..standing import Standing


class File(Protocol):
    """A file of a plan as it was read: what is wrong with it, and what that keeps from being
    shown."""

    @property
    def name(self) -> str:
        """Its name in the plan's folder."""

    @property
    def data(self) -> bytes:
        """Its bytes; none where they could not be had."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it."""

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What its faults keep from being read."""

    @property
    def revision(self) -> str:
        """The commit it was read from; empty for the file as it is."""


class Files(Protocol):
    """A plan's files as they were read."""

    @property
    def sources(self) -> Iterable[File]:
        """Those that were read, with or without faults."""

    @property
    def unlisted(self) -> Collection[str]:
        """What was not read at all."""


class Unread(Mendable):
    """An id that stands, or may stand, where an error keeps a file from being read."""

    def __init__(self, what: str, file: File, fault: Fault, line: int, id: str) -> None:
        next = fault.next if fault.next.endswith((".", "?")) or not fault.next else f"{fault.next}."
        if file.revision:
            next = "The file stood so then: give another time."
        elif fault.rule != "unreadable":
            next += f"\nTo open it there:  hscp edit {id}"
        super().__init__(f"{what}: {fault.place}: {fault.message}", next)
        self.file = file.name
        self.fault = fault
        self.line = line or fault.place.line


def find_part(plan: Plan, text: str, day: date, files: Iterable[File] = ()) -> Standing | Priority:
    """The milestone or priority that an id names. Raises Mistyped where it names none, and Unread
    where it may be in one of the files that could not be read."""
    part = _find(plan, text, day)
    if part is None:
        raise _absent(plan, text, files) or _unknown(plan, text)
    return part


def find_objective(plan: Plan, text: str) -> tuple[Priority, Objective] | None:
    """The objective that an id names, with its priority; None where it names none."""
    own = own_id(plan, text)
    return next(((p, o) for p in plan.owners for o in p.objectives if o.id.casefold() == own), None)


def is_whole_plan(plan: Plan, text: str) -> bool:
    """Whether an id stands for the whole plan: plan, or that cited of this plan."""
    return own_id(plan, text) == WHOLE_PLAN


def find_priority(plan: Plan, text: str, day: date, files: Iterable[File] = ()) -> Priority:
    """The priority that an id names. Raises Mistyped for another id, and Unread as `find_part`."""
    part = _find(plan, text, day)
    if part is None:
        raise _absent(plan, text, files) or Mistyped(
            f"there is no priority {quoted(text)}", _priorities(plan)
        )
    if not isinstance(part, Priority):
        what = f"{part.milestone.id} is a milestone"
        raise Mistyped(what, f"Its priority is {part.priority.id}.")
    return part


def find_measure(plan: Plan, text: str, files: Iterable[File] = ()) -> tuple[Priority, Measure]:
    """The measure that an id names, and its priority. Raises Mistyped for any other id, and Unread
    as `find_part`."""
    own = own_id(plan, text)
    for priority in plan.priorities:
        for measure in priority.measures:
            if measure.id.casefold() == own:
                return priority, measure
    if unread := obstacle(text, files):
        raise unread
    known = [measure.id for priority in plan.priorities for measure in priority.measures]
    of = (own or "").partition("-")[0]
    owner = next((p.id for p in plan.priorities if p.id.casefold() == of), "P1")
    add = f'To add one:  hscp add-measure {owner} "…"'
    part = _part_id(plan, text)
    what = f"{part} is no measure" if part else f"there is no measure {quoted(text)}"
    raise Mistyped(what, f"The measures are {listed(known)}.\n{add}" if known else add)


def _part_id(plan: Plan, text: str) -> str:
    """The id of the priority, objective or milestone that a text names; empty where it names
    none."""
    own = own_id(plan, text)
    return next((q.id for p in plan.owners for q in p.parts if q.id.casefold() == own), "")


def find_register(plan: Plan, text: str | None, files: Iterable[File] = ()) -> Priority | None:
    """The register that an id names; None where none is named, and the plan has any. Raises
    Mistyped where there is no such, and Unread as `find_part`."""
    known = [register.id for register in plan.registers]
    if not text:
        if not known:
            raise Mistyped("the plan has no register", 'Begin one:  hscp add-register "Action log"')
        return None
    own = own_id(plan, text)
    for register in plan.registers:
        if register.id.casefold() == own:
            return register
    what = f"there is no register {quoted(text)}"
    raise obstacle(text, files) or Mistyped(what, _registers(known))


def _registers(known: list[str]) -> str:
    noun = "The register is" if len(known) == 1 else "The registers are"
    return f"{noun} {listed(known)}." if known else 'Begin one:  hscp add-register "Action log"'


def refuse_unread(plan: Plan, text: str, files: Iterable[File]) -> None:
    """Raises Unread where the plan has no such id, and it may be in one of the files that could
    not be read."""
    ids = {id for p in plan.owners for id in (p.id, *(m.id for m in p.milestones))}
    if own_id(plan, text) in {id.casefold() for id in ids}:
        return
    if unread := obstacle(text, files):
        raise unread


def plain_id(text: str) -> str:
    """An id as it is compared with others: without capitals, and the full stop or the bracket that
    stands beside it in a sentence; a dash as a hyphen. It may be cited of a plan: 2021-23/p1.3."""
    import re

    hyphens = re.sub("[‐‑‒–—−]", "-", text)
    return hyphens.strip(" \t\u00a0.,;:!?/()[]“”‘’\"'").casefold()


def own_id(plan: Plan, text: str) -> str | None:
    """An id as `plain_id` gives it, and as this plan has it: cited of this plan it is the id
    itself, and cited of an earlier one that of the milestone here which carries it on. None where
    it is cited of another plan, and nothing here carries it on."""
    if plan.heads:
        return _id_among(plan, text)
    cited_of, slash, id = plain_id(text).rpartition("/")
    if not slash or cited_of == plan.head.id.casefold():
        return id
    carried = carried_from(plan, text)
    return carried.id.casefold() if carried else None


def _id_among(plan: Plan, text: str) -> str | None:
    """The same of several plans together, in which an id is its own citation: without its plan it
    is of the one that has it. Raises Mistyped where several have."""
    typed = plain_id(text)
    cited_of, slash, _ = typed.rpartition("/")
    if cited_of in [head.id.casefold() for head in plan.heads]:
        return typed
    if slash:
        carried = carried_from(plan, text)
        return carried.id.casefold() if carried else None
    own = [p.id for q in plan.owners for p in q.parts if _in_plan(p.id).casefold() == typed]
    if len(own) > 1:
        what = f"{len(own)} plans have {_in_plan(own[0])}"
        raise Mistyped(what, f"Write {listed(own, 'or')}.")
    return own[0].casefold() if own else typed


def plan_holding(plan: Plan, text: str, files: Iterable[File]) -> str:
    """Which of several plans together an id is of, by the id of that plan. Raises Mistyped where it
    is of none, or of more than one, and Unread as `find_part`."""
    id = own_id(plan, text)
    if id == WHOLE_PLAN:
        every = listed((f"{head.id}/{WHOLE_PLAN}" for head in plan.heads), "or")
        raise Mistyped(f"{text.strip()} may be any of {len(plan.heads)} plans", f"Write {every}.")
    held = next((h.id for h in plan.heads if id and _plan_of(id) == h.id.casefold()), None)
    if held is None:
        raise _absent(plan, text, files) or _unknown(plan, text)
    return held


def carried_from(plan: Plan, text: str) -> Milestone | None:
    """The milestone that carries on the one that a text cites of an earlier plan: 2021-23/P3.5.
    None where none does."""
    typed = plain_id(text)
    if "/" not in typed:
        return None
    every = (m for p in plan.owners for m in p.milestones)
    return next((m for m in every if m.carried_from and m.carried_from.casefold() == typed), None)


def citations(plan: Plan) -> dict[str, str]:
    """The ids of a plan's milestones by all that they are cited as with a plan's id, as `plain_id`
    gives that."""
    every = [m for p in plan.owners for m in p.milestones]
    own = {plan.head.cite(m.id).casefold(): m.id for m in every}
    return own | {m.carried_from.casefold(): m.id for m in every if m.carried_from}


def ids_alone(plan: Plan, of: str = "") -> dict[str, str]:
    """The milestones' ids of several plans together, by what they are without their plan's: those
    of the plan `of`, else those that one plan alone has. Nothing of a plan of its own."""
    by_alone: dict[str, list[str]] = {}
    for milestone in (m for p in plan.owners for m in p.milestones if plan.heads):
        if _plan_of(milestone.id) == of or not of:
            by_alone.setdefault(_in_plan(milestone.id).casefold(), []).append(milestone.id)
    return {alone: ids[0] for alone, ids in by_alone.items() if len(ids) == 1}


def _find(plan: Plan, text: str, day: date) -> Standing | Priority | None:
    id = own_id(plan, text)
    for priority in plan.owners:
        if priority.id.casefold() == id:
            return priority
    for standing in standings(plan, day):
        if standing.milestone.id.casefold() == id:
            return standing
    for priority in plan.owners:
        parts = [o.id for o in priority.objectives] + [m.id for m in priority.measures]
        if any(part.casefold() == id for part in parts):
            raise Mistyped(f"{quoted(text)} is a part of {priority.id}", f"hscp show {priority.id}")
    return None


def find_milestone(
    plan: Plan, text: str, day: date, subject: str, files: Iterable[File] = ()
) -> Standing:
    """The milestone that an id names; the `subject` is of milestones only. Raises Mistyped for any
    other id, and Unread as `find_part`."""
    part = find_part(plan, text, day, files)
    if isinstance(part, Priority):
        ids = [m.id for m in part.milestones]
        known = f"{part.id} has {', '.join(ids[:12])}." if ids else ""
        raise Mistyped(f"{part.id} is a priority; {subject} is of a milestone", known)
    if part.alone:
        raise _no_milestone(part, subject)
    return part


def _no_milestone(standing: Standing, subject: str) -> Mistyped:
    """An id is of an objective that has no milestones."""
    priority, id = standing.priority, standing.objective.id
    objective_option = f" --objective {id}" if len(priority.sections) > 1 else ""
    return Mistyped(
        f"{id} is an objective without milestones; {subject} is of a milestone",
        f'Add one:  hscp add {priority.id} "…" --due 2022-06{objective_option}\nOr close it:  '
        f'hscp decide {priority.id} "…" --by "…" --outcome close --about {id}',
    )


def _absent(plan: Plan, text: str, files: Iterable[File]) -> Mistyped | Unread | None:
    """Why an id is not found that is cited of another plan, or may stand in what cannot be read."""
    is_ours = own_id(plan, text) is not None and not plan.heads
    return obstacle(_in_plan(text) if is_ours else text, files) or of_another(plan, text)


def of_another(plan: Plan, text: str) -> Mistyped | None:
    """What to say where an id is cited of another plan, and nothing here carries it on; None where
    it is not."""
    if own_id(plan, text) is not None:
        return None
    cited = quoted(text.strip())[1:-1]
    folder = f"Give the folder of its plan:  hscp --plan FOLDER show {cited}"
    if plan.heads:
        here = listed(head.id for head in plan.heads)
        are = "these are" if len(plan.heads) > 1 else "this is"
        return Mistyped(f"{cited} is cited of another plan, and {are} {here}", folder)
    here = plan.head.id
    if any(_plan_of(from_) == _plan_of(plain_id(text)) for from_ in citations(plan)):
        return Mistyped(f"{cited} was not carried on into this plan, {here}", folder)
    return Mistyped(f"{cited} is cited of another plan, and this is {here}", folder)


def _plan_of(cited: str) -> str:
    return cited.rpartition("/")[0]


def obstacle(text: str, files: Iterable[File]) -> Unread | None:
    """What keeps an id from being read; None where no fault of the plan's files can."""
    id = " ".join(text.split())
    others = ("plan.yaml", "asked.yaml")
    with_gaps = [
        file
        for file in files
        if id and file.gaps and _in_plan(file.name) not in others and _may_be_of(file.name, id)
    ]
    for file in with_gaps:
        line = _line_with(_in_plan(id), file.data)
        ids = [known.casefold() for gap in file.gaps for known in gap.ids]
        if line or id.casefold() in ids:
            return Unread(f"{id} cannot be read", file, _error_from(line, file), line, id)
    for file in with_gaps:
        if any(gap.more for gap in file.gaps):
            what = f"there is no {id} in what can be read, and it may be in what cannot"
            return Unread(what, file, _error_from(0, file), 0, id)
    return None


def _in_plan(name: str) -> str:
    """The name of a file, or an id, within its plan."""
    return name.rpartition("/")[2]


def _may_be_of(name: str, id: str) -> bool:
    """Whether a file may be of the plan that an id is cited of."""
    of_file, of_id = name.rpartition("/")[0], id.rpartition("/")[0]
    return not (of_file and of_id) or of_file.casefold() == of_id.casefold()


def may_hold(files: Files, id: str) -> bool:
    """Whether an id may stand in what could not be read."""
    return bool(files.unlisted) or obstacle(id, files.sources) is not None


def _line_with(id: str, data: bytes) -> int:
    """The line on which a file gives something this id, as far as its text shows; else 0."""
    import re

    text = re.escape(id.encode("utf-8", "replace"))
    key_and_id = rb"""\bid["']?[ \t]*:[ \t]*["']?%s(?![\w.-])""" % text
    match = re.search(key_and_id, data, re.IGNORECASE)
    return data.count(b"\n", 0, match.start()) + 1 if match else 0


def _error_from(line: int, file: File) -> Fault:
    """The first error from this line on; else the first of the file."""
    errors = [fault for fault in file.faults if fault.severity == "error"]
    return next((fault for fault in errors if fault.place.line >= line), errors[0])


def _unknown(plan: Plan, text: str) -> Mistyped:
    if about_plan := _whole_plan(plan, text):
        return about_plan
    from ..reviews import recommended

    for head in plan.heads or (plan.head,):
        if named := recommended(head, plain_id(text).rpartition("/")[2]):
            review, recommendation = named
            what = f"{recommendation.id} is what a review recommends: {review.name}"
            return Mistyped(what, f"What became of it:  hscp answers {recommendation.id}")
    # An id that begins with a dash would be read as an option.
    shown = quoted(text) if text.lstrip().startswith("-") else quoted(text)[1:-1]
    what = f"there is no {shown}" if text.strip() else "the id is empty"
    text = own_id(plan, text) or text
    prefix = text.strip().casefold().partition(".")[0]
    # Another priority's milestone is never what was meant.
    owner = next((p for p in plan.owners if p.id.casefold() == prefix), None)
    actions = {m.id: m.action for m in owner.milestones} if owner else {}
    if not owner or not actions:
        return Mistyped(what, f"{_priorities(plan)[:-1]}; hscp find WORD looks for words.")
    ids = sorted(actions, key=natural_key)
    hint = f"{owner.id} has {ids[0]}{f' to {ids[-1]}' if len(ids) > 1 else ''}."
    if near := nearest(text.strip(), ids, cutoff=0.8):
        action = actions[near]
        short = action if len(action) <= 50 else f"{action[:49].rstrip()}…"
        hint = f"Did you mean {near} ({short})?\n{hint}"
    return Mistyped(what, hint)


def _whole_plan(plan: Plan, text: str) -> Mistyped | None:
    """What to say where an id is a plan's own; None where it is none."""
    import re

    typed, cited = plain_id(text), quoted(text.strip())[1:-1]
    if typed == plan.head.id.casefold():
        return Mistyped(f"{cited} is this plan itself", "To see how it stands:  hscp status")
    if is_whole_plan(plan, text):
        return Mistyped(f"{cited} is the whole plan", "Give the id of a priority or a milestone.")
    if typed in [head.id.casefold() for head in plan.heads]:
        return Mistyped(f"{cited} is one of these plans", "To see how they stand:  hscp status")
    if re.fullmatch(r"\d{4}-\d{2,4}", typed) or typed in map(_plan_of, citations(plan)):
        what = f"{cited} is another plan, and this is {plan.head.id}"
        return Mistyped(what, "Give the folder that it stands in:  hscp --plan FOLDER status")
    return None


def _priorities(plan: Plan) -> str:
    known = [priority.id for priority in plan.priorities]
    registers = [register.id for register in plan.registers]
    parts = [f"The priorities are {listed(known)}."] if known else []
    parts += [_registers(registers)] if registers else []
    return " ".join(parts) or "The plan has no priorities."
