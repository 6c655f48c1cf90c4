"""Decides what is doubtful of what came back: as somebody says at a terminal, or as a file says
that holds the questions."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from ..asking.deciding import Decision
from ..asking.own import WORD
from ..asking.typed import is_none, read_status
from ..dates import of_day
from ..disk import plain_bytes
from ..document import Items
from ..errors import Mendable, Mistyped, quoted
from ..reports.phrases import plain
from ..store import display_path
from ..words import STATUSES, listed
from ._dates import due_given
from ._ids import find_milestone
from ._look import note, say_document
from ._typed import line, says_yes
from ._who import agreed_given

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from ..asking.parts import Part
    from ..asking.understood import Doubt, Understood
    from ..reports.collected import Collected

_LEAVE = {
    "status": "Enter leaves it out",
    "date": "none records the words alone; Enter leaves it out",
    "reason": "Enter: it does not",
    "agreement": "Enter leaves the move out",
}
"""What Enter alone means, by what is wanted."""


def read_decision(
    understood: Understood, doubt: Doubt, text: str, report: Collected, today: date
) -> Decision:
    """What a person decides with these words. Raises Mistyped where they decide nothing."""
    head, occasion = report.plan.head, report.returned.occasion
    if doubt.wanted == "reason":
        return Decision(reason=text)
    if doubt.wanted == "date":
        if is_none(text):
            return Decision()
        day = of_day(occasion.day)
        return Decision(moved_to=due_given(text, understood.standing, day, understood.status))
    if doubt.wanted == "agreement":
        return Decision(agreed=agreed_given(text, head, today))
    if doubt.wanted == "status":
        statuses = read_status(text, head).statuses
        if len(statuses) == 1:
            return Decision(statuses[0])
        which = listed(map(head.written, STATUSES), "or")
        raise Mistyped(f"{quoted(text)} is no status", f"Write {which}.")
    if text != "yes":
        raise Mistyped(f"{quoted(text)} is no answer", "Write yes, or nothing.")
    return Decision()


class AtTerminal(NamedTuple):
    """Asks at a terminal about each doubt, beside its words."""

    today: date

    def decide(self, understood: Understood, doubt: Doubt, report: Collected) -> Decision | None:
        """What a person decides of a doubt; None where it is left."""
        say_document((Items((report.doubt(understood, doubt),)),), "auto")
        if doubt.wanted == "yes":
            return Decision() if doubt.question and says_yes(doubt.question) else None
        while text := line(f"{doubt.question} ({_LEAVE[doubt.wanted]}): "):
            try:
                return read_decision(understood, doubt, text, report, self.today)
            except Mistyped as mistyped:
                note(f"{mistyped.what}. {mistyped.next}")
        return None


class InFile:
    """Reads decisions from a file, and writes the questions into it."""

    def __init__(self, path: Path, today: date) -> None:
        self.path, self.today = path, today
        self._answers = _answers_in(path)
        self._questions: list[dict[str, Any]] = []

    def decide(self, understood: Understood, doubt: Doubt, report: Collected) -> Decision | None:
        """What the file decides of a doubt; None where it leaves it, or what it says is wrong."""
        item = report.doubt(understood, doubt)
        key = _key(report.returned.name, understood, doubt)
        answer, wrong, decision = self._answers.get(key, ""), "", None
        if answer and doubt.question:
            try:
                decision = read_decision(understood, doubt, answer, report, self.today)
            except Mistyped as mistyped:
                wrong = f"{mistyped.what}. {mistyped.next}"
        self._questions.append(
            {
                "key": key,
                "file": report.returned.name,
                "id": understood.answer.id,
                "action": understood.standing.milestone.action,
                "what": item.text,
                "says": [plain(line) for line in item.notes[1:]],
                "question": doubt.question,
                "wanted": doubt.wanted,
                "choices": [*map(report.plan.head.written, doubt.could_be or STATUSES)]
                if doubt.wanted == "status"
                else [],
                "answer": answer,
                "wrong": wrong,
                "decided": decision is not None,
            }
        )
        return decision

    def place(self, part: Part, report: Collected) -> str | None:
        """The milestone that the file says words are about which stand under none; None where it
        says none, or one that is not."""
        plan = report.plan
        file = report.returned.name
        key = _digest(file, part.place, part.text)
        answer, wrong, id = self._answers.get(key, ""), "", None
        if answer and not is_none(answer):
            try:
                id = find_milestone(plan, answer, self.today, "an answer").milestone.id
            except Mistyped as mistyped:
                wrong = f"{mistyped.what}. {mistyped.next}"
        known = {m.id for p in plan.owners for m in p.milestones}
        named = dict.fromkeys(word for word in WORD.findall(part.text) if word in known)
        self._questions.append(
            {
                **dict.fromkeys(("id", "action"), ""),
                "key": key,
                "file": file,
                "what": f'"{" ".join(part.text.split())}"',
                "says": [],
                "question": "Which milestone is this about?",
                "wanted": "milestone",
                "choices": [*named],
                "answer": answer,
                "wrong": wrong,
                "decided": id is not None,
            }
        )
        return id

    def write(self, sure: int) -> None:
        """Write the questions, and how many answers are `sure`. Raises Mendable where the file
        cannot be written."""
        text = json.dumps({"sure": sure, "questions": self._questions}, indent=1)
        try:
            self.path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            what = f"{display_path(self.path)} cannot be written: {error.strerror}"
            raise Mendable(what, "Give another file.") from error


def _key(name: str, understood: Understood, doubt: Doubt) -> str:
    """What tells a question from every other: it is another once the words, or the plan, are."""
    of = (understood.answer.id, doubt.field, doubt.what, doubt.question, doubt.words)
    return _digest(name, *of)


def _digest(*of: str) -> str:
    return sha256("\0".join(of).encode()).hexdigest()[:10]


def _answers_in(path: Path) -> Mapping[str, str]:
    """The answers in a file, by the keys of their questions; none where it is not there. Raises
    Mendable where it cannot be read."""
    if not path.exists():
        return {}
    try:
        questions = json.loads(plain_bytes(path))["questions"]
        return {str(each["key"]): str(each.get("answer", "")).strip() for each in questions}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        what = f"{display_path(path)} does not hold questions as hscp wrote them"
        raise Mendable(what, "Delete it, and collect again to have it written.") from error
