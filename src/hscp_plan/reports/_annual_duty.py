"""What a yearly report says of the duty that it answers: what that asks for, how surely its words
are known, when the report must be out, and who is to write what the plan does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dates import day_shown
from ..words import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..dates import PlanDate
    from ..document import Line
    from ..duty import Duty, DutyLine, Known
    from ..model import Head, Plan

SCRUTINEER = "scrutin"
"""What the name of whoever scrutinises has in it: Independent Scrutineer, Scrutiny Panel."""
_HOW_KNOWN: dict[Known, str] = {
    "quoted elsewhere": (
        "The words of what is asked for in {} were found in another document, which quotes them, "
        "and were not checked. Check them before this is published."
    ),
    "summarised": (
        "What is asked for in {} is told in short, not in the document's words. Check it before "
        "this is published."
    ),
}


def facts(duty: Duty, year: PlanDate) -> tuple[tuple[str, Line], ...]:
    """The duty, where it stands, and when the report must be out."""
    title = f"{duty.title} ({duty.edition})" if duty.edition else duty.title
    source = "; ".join(filter(None, (duty.source.document, duty.source.chapter)))
    rule = duty.publish_by
    day = rule.after(year.last)
    when = f"By {day_shown(day)}" if day else sentence(_as_known(rule.words, rule.known))
    if rule.known != "quoted":
        when += " (look it up: it is not from the document itself)"
    return ("Duty", (title,)), ("Where it stands", (source,)), ("To be published", (when,))


def how_known(duty: Duty) -> Iterator[str]:
    """How surely the words of the duty are known, where they are not its own."""
    for known, text in _HOW_KNOWN.items():
        if numbers := [n for n, line in enumerate(duty.lines, 1) if line.known == known]:
            yield text.format(_parts(numbers))


def _parts(numbers: list[int]) -> str:
    """Parts by their numbers: part 2, parts 1 and 2, parts 3 to 13."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"parts {numbers[0]} to {numbers[-1]}"
    return f"part{'s' if len(numbers) > 1 else ''} {listed(map(str, numbers))}"


def asks(line: DutyLine) -> str:
    """What a line of the duty asks for."""
    where = f"Paragraph {line.paragraph}: the" if line.paragraph else "The"
    verb = "must set out" if line.force == "must" else "should include"
    in_short = ", in short:" if line.known == "summarised" else ""
    return f"{where} report {verb}{in_short} {_as_known(line.words, line.known)}."


def _as_known(words: str, known: Known) -> str:
    """Words in quotation marks, where they are somebody's own."""
    return words if known == "summarised" else f"“{words}”"


def partners(head: Head, duty: Duty) -> list[str]:
    """The agencies that plan.yaml names; where it names none, the bodies that the duty is laid
    upon."""
    return list(dict.fromkeys(head.agencies.values())) or list(duty.for_)


def scrutineer(head: Head) -> str:
    """Who scrutinises, by the plan's own name where it has one."""
    names = (group.name for group in head.groups if SCRUTINEER in group.name.casefold())
    return next(names, "the independent scrutineer")


def writer_of(line: DutyLine, plan: Plan, duty: Duty) -> str:
    """Who is to write what the plan does not hold of a line, by the plan's own names where it has
    them."""
    head, writer = plan.head, line.written_by
    if writer == "partners":
        return f"each partner ({listed(partners(head, duty))})"
    if writer == "scrutineer":
        return scrutineer(head)
    if writer == "accountable":
        objectives = (objective for p in plan.priorities for objective in p.objectives)
        names = (head.whole(name) for objective in objectives for name in objective.accountable)
        if accountable := listed(dict.fromkeys(names)):
            return accountable
    return head.keeper or "whoever keeps the plan"
