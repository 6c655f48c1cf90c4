"""What an answer means for its milestone: what is sure, and what a person has to decide.

Nothing is guessed: what can be read in two ways, or contradicts the plan, is a `Doubt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..checks.evidence import link_fault
from ..checks.privacy import hits_in_each
from ..errors import quoted
from ..letters import folded
from ..naming.groups import is_chair_of
from ..naming.no_text import MOST_NOTE, is_mark
from ..naming.slips import due_doubt
from ..words import ENDED, listed
from .already import decides, own_entries, recorded_as
from .deciding import agreement_doubt, reason_doubt
from .form import NOTHING_NOTE
from .own import words
from .parts import Part
from .typed import (
    StatusRead,
    is_no_evidence,
    is_no_move,
    is_none,
    leading_status,
    points_elsewhere,
    read_new_date,
    read_status,
    says_nothing,
    speaks_of_move,
    word_for_status,
)
from .understood import Doubt, Understood

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..dates import PlanDate
    from ..model import Entry, Head
    from ..standing import Standing
    from ..words import Status
    from .parts import Answer
    from .typed import NewDate
    from .understood import Field, Occasion

WHICH_DATE = "Which date is meant?"


def understand(answer: Answer, standing: Standing, head: Head, occasion: Occasion) -> Understood:
    """What an answer means. `standing` is how its milestone stands now."""
    texts = (*answer.parts.values(), *answer.struck)
    # All at once: the rules take as long over one short text as over many.
    hits_of_each = zip(texts, hits_in_each(part.text for part in texts), strict=True)
    found = (Part(rule.name, part.place) for part, hits in hits_of_each for rule, _ in hits)
    private = tuple(dict.fromkeys(found))
    if private:
        return Understood(answer, standing, private=private)
    return _Reading(answer, standing, head, occasion).understood()


class _Reading:
    """One answer, as sense is made of it."""

    def __init__(self, answer: Answer, standing: Standing, head: Head, occasion: Occasion) -> None:
        self.answer = answer
        self.standing = standing
        self.milestone = standing.milestone
        self.head = head
        self.occasion = occasion
        self.doubts: list[Doubt] = []

    def understood(self) -> Understood:
        happened, nothing = self._happened()
        status, more = self._status(happened)
        if (
            status
            and happened
            and read_status(happened, self.head) == StatusRead("status", (status,))
        ):
            happened = ""
        evidence = tuple(self._evidence())
        if status == "complete" and not self._is_shown(evidence):
            self._doubt_status(
                f"it is said to be {self.head.word_for(status)}, and {self._no_evidence()}",
                (status,),
            )
            status = None
        moved_to, reason = self._new_date(happened or more, status)
        note = "\n".join(filter(None, (happened, more, reason))) or None
        nothing = nothing and not (note or status or moved_to or evidence)
        understood = Understood(
            self.answer,
            self.standing,
            NOTHING_NOTE if nothing else note,
            status,
            moved_to,
            evidence,
            nothing=nothing,
        )
        if understood.says_anything:
            understood = understood._replace(recorded=recorded_as(understood, self.occasion))
            if not understood.recorded:
                self._doubt_row(understood)
        self._doubt_due_cell(understood)
        self._doubt_last_cell()
        return self._without_decided(understood)._replace(remarks=tuple(self._remarks()))

    # --- what was answered ------------------------------------------------------------------------

    def _happened(self) -> tuple[str, bool]:
        """What was written about what happened, and whether it is that nothing did."""
        text = self.answer.text("happened")
        by_status = read_status(self.answer.text("status"), self.head).kind == "nothing"
        if text and is_none(text):
            self._ask_row(f"it says only {quoted(text)}")
            return text, False
        if says_nothing(text):
            return "", True
        return text, by_status

    def _status(self, happened: str) -> tuple[Status | None, str]:
        """The status that was given, and what was written beside it."""
        given = self.answer.text("status")
        if not given:
            return self._status_within(happened), ""
        read = read_status(given, self.head)
        if read.kind == "unknown":
            self._doubt_status(f"{quoted(given)} is no status")
        elif read.kind == "worked out":
            self._doubt_status(f"{quoted(given)} is worked out from the dates, and no status")
        elif read.kind == "likely" or len(read.statuses) > 1:
            could_be = read.statuses
            self._doubt_status(f"{quoted(given)} may be {listed(could_be, 'or')}", could_be)
        elif read.statuses:
            return read.statuses[0], given if read.more else ""
        return None, ""

    def _status_within(self, happened: str) -> Status | None:
        """The status that stands where it was asked what happened: alone or, in a letter, first."""
        read = read_status(happened, self.head)
        if read.kind == "status" and len(read.statuses) == 1 and not read.more:
            return read.statuses[0]
        if not self.answer.free:
            return None
        if status := leading_status(happened, self.head):
            return status
        if word := word_for_status(happened, self.head):
            self._doubt_status(f"it says {quoted(word)}, and no status")
        return None

    def _new_date(self, happened: str, status: Status | None) -> tuple[PlanDate | None, str]:
        """The new due date, and the words that stand with it."""
        given = self.answer.text("date")
        if not given or is_no_move(given):
            self._doubt_move_within(happened)
            return None, ""
        read = read_new_date(given, self.occasion.day, self.head)
        if read is None:
            what = f"no date could be read in {quoted(given)}"
            self.doubts.append(Doubt("date", what, WHICH_DATE, words=given, wanted="date"))
            return None, ""
        reason = read.reason
        if read.date == self.milestone.due:
            return None, reason
        if self.milestone.status in ENDED and status in (None, *ENDED):
            word = self.head.word_for(self.milestone.status)
            self.doubts.append(Doubt("date", f"it is {word}, so it has no due date to move"))
            return None, reason
        doubt = self._date_doubt(read, given, happened)
        if doubt is None:
            return read.date, reason
        # The words that stand with the date say why it moves, and are recorded with it or not.
        self.doubts.append(doubt._replace(words=reason))
        return None, ""

    def _doubt_move_within(self, happened: str) -> None:
        """A move that a letter speaks of, and does not give as one."""
        if not self.answer.free:
            return
        to = speaks_of_move(happened, self.occasion.day, self.head)
        if to and to != self.milestone.due:
            what = f"it speaks of a move, and of {to.shown}"
            self.doubts.append(Doubt("date", what, f"Is this a move to {to.shown}?", to))

    def _date_doubt(self, read: NewDate, given: str, happened: str) -> Doubt | None:
        to, start = read.date, self.milestone.start
        if start and start.first > to.last:
            what = f"it starts in {start.shown}, so it cannot be due {to.shown}"
            return Doubt("date", what, WHICH_DATE, wanted="date")
        question = f"Is this a move to {to.shown}?"
        if not (read.reason or happened):
            return reason_doubt(to)
        if not read.reason:
            what = f"a new date, {to.shown}, and only {quoted(happened)} to say why"
            return Doubt("date", what, question, to)
        if not read.leads:
            return Doubt("date", f"a date stands in {quoted(given)}", question, to)
        if moved := next((entry.moved for entry in self._since() if entry.moved), None):
            what = f"since it was asked, the due date was moved to {moved.to.shown}"
            return Doubt("date", what, question, to)
        doubt = due_doubt(to, self.occasion.day, self.head.period, start, self.milestone.due)
        if doubt:
            return Doubt("date", f"{to.shown} {doubt.why}", question, to)
        return None if self.occasion.agreed else agreement_doubt(self.milestone, to)

    def _evidence(self) -> Iterator[str]:
        for line in self.answer.text("evidence").splitlines():
            item = line.strip(" \t•;")
            if is_no_evidence(item):
                continue
            if wrong := link_fault(item):
                self._doubt("evidence", f"evidence {quoted(item)}: {wrong[0]}")
            else:
                yield item

    def _doubt(self, field: Field, what: str) -> None:
        self.doubts.append(Doubt(field, what))

    def _is_shown(self, evidence: Sequence[str]) -> bool:
        """Whether anything but a lead's word says that it is complete."""
        return bool(evidence or self.occasion.agreed or self.milestone.status in ENDED)

    def _no_evidence(self) -> str:
        """That none is given, with what was written for it."""
        given = self.answer.text("evidence")
        only = f"{quoted(given)} is no evidence: say what shows it, and where it is"
        return "no evidence is given" if is_none(given) else only

    def _doubt_status(self, what: str, could_be: tuple[Status, ...] = ()) -> None:
        question = "Which status?"
        self.doubts.append(Doubt("status", what, question, wanted="status", could_be=could_be))

    # --- what the log has already -----------------------------------------------------------------

    def _since(self) -> Sequence[Entry]:
        """What was logged since it was asked."""
        asked = self.occasion.asked
        return [e for e in self.milestone.progress if asked and e.date.last >= asked]

    def _without_decided(self, understood: Understood) -> Understood:
        """With its doubts, but those that were decided when these words were recorded, or since:
        where there is nothing beside them, the answer is recorded already."""
        left, recorded = list[Doubt](), understood.recorded
        own = [*own_entries(self.milestone, self.occasion)]
        for doubt in self.doubts:
            decided = next((entry for entry in own if decides(entry, understood, doubt)), None)
            if decided is None:
                left.append(doubt)
            elif not understood.says_anything:
                recorded = decided
        return understood._replace(doubts=tuple(left), recorded=recorded)

    def _doubt_row(self, understood: Understood) -> None:
        """Why an answer may no longer be meant, or may not be recorded as it is."""
        note = understood.note
        if self.occasion.doubt:
            self._ask_row(self.occasion.doubt)
        if self.answer.doubt:
            self._ask_row(self.answer.doubt)
        changes = understood.status not in (None, self.milestone.status) or understood.moved_to
        if changes and (stranger := self._stranger()):
            self._ask_row(stranger)
        if self._is_reworded():
            self._ask_row(f"the plan words it otherwise: {quoted(self.milestone.action)}")
        if note and points_elsewhere(note):
            self._ask_row(f"it only points elsewhere: {quoted(note)}")
        if note and len(note) > MOST_NOTE:
            what = f"it is {len(note):,} characters long, and at most {MOST_NOTE:,} are kept"
            self._doubt("row", what)
        elif note and is_mark(note):
            self._doubt("row", f"{quoted(note)} has no words")
        if understood.status == "closed" and not note:
            self._doubt("row", "it is said to be closed, and nothing says why")
        if understood.status in ENDED and understood.moved_to:
            what = f"it is said to be {understood.status}, and to move"
            self._ask_row(what)
        earlier = [e for e in self._since() if e.by == self.occasion.who]
        if earlier:
            last = earlier[-1]
            said = [last.status or "", quoted(last.note) if last.note else ""]
            before = ", ".join(filter(None, said))
            self._ask_row(f"they answered on {last.date.shown} already: {before}")
        elif self.milestone.status in ENDED and understood.status != self.milestone.status:
            self._ask_row(f"it is {self.milestone.status} already")

    def _stranger(self) -> str:
        """Why it is not theirs to say how it stands, where only a form's mark says who they are;
        empty where they were asked, or lead it and are no Board."""
        who, known = self.occasion.who, self.occasion.known
        if known is None or self.milestone.id in known:
            return ""
        unknown = f"asked.yaml does not know that {who} was asked about it"
        name = folded(self.head.whole(who))
        leads = [self.head.whole(lead) for lead in self.standing.lead]
        if not any(name == folded(lead) or is_chair_of(who, lead) for lead in leads):
            return f"{unknown}, and they do not lead it"
        boards = (group.name for group in self.head.groups if group.kind == "board")
        return unknown if name in map(folded, boards) else ""

    def _is_reworded(self) -> bool:
        """Whether the plan says another action than the form did: then the answer is to that."""
        cell, sent = self.answer.text("action"), self._sent.get("action")
        reworded = bool(cell) and words(cell) != words(self.milestone.action)
        return reworded and (sent is None or words(sent) == words(cell))

    def _ask_row(self, what: str) -> None:
        self.doubts.append(Doubt("row", what, "Record this too?"))

    # --- the cells that were filled in before it was sent -----------------------------------------

    @property
    def _sent(self) -> Mapping[str, str]:
        sent = self.occasion.sent or {}
        return sent.get(self.milestone.id, {})

    def _doubt_due_cell(self, understood: Understood) -> None:
        """A due date that was changed by hand."""
        cell = self.answer.text("due")
        if not self._changed("due", cell):
            return
        read = read_new_date(cell, self.occasion.day, self.head)
        dues = {self.milestone.due, *(e.moved.to for e in self._since() if e.moved)}
        dues |= {e.moved.from_ for e in self._since() if e.moved}
        if read is None or read.date in dues or read.date == understood.moved_to:
            return
        reason = (
            f"reason given: {quoted(understood.note)}" if understood.note else "no reason given"
        )
        what = f"the due date was changed by hand to {read.date.shown}; {reason}"
        question = f"Is this a move to {read.date.shown}?" if understood.note else ""
        self.doubts.append(Doubt("date", what, question, read.date))

    def _doubt_last_cell(self) -> None:
        """Words that were added to what was said last."""
        if added := self._added_to_last():
            what = f'"{added}" was written into its cell "Last said"'
            self.doubts.append(Doubt("words", what, "Record these words too?", words=added))

    def _added_to_last(self) -> str:
        """The lines of what was said last that the form did not have."""
        cell = self.answer.text("last")
        if not self._changed("last", cell):
            return ""
        sent = f" {' '.join(words(self._sent['last']))} "
        lines = (line for line in cell.splitlines() if f" {' '.join(words(line))} " not in sent)
        return "\n".join(filter(words, lines))

    def _remarks(self) -> Iterator[str]:
        """What was written into the other cells, or struck out."""
        action = self.answer.text("action")
        if self._changed("action", action) and not self._is_reworded():
            yield f'Action was changed by hand: "{action}"'
        last = self.answer.text("last")
        if self._changed("last", last) and not self._added_to_last():
            yield f'Last said was changed by hand: "{last}"'
        due = self.answer.text("due")
        known = "due" in self._sent and self._changed("due", due)
        if known and not read_new_date(due, self.occasion.day, self.head):
            yield f'Due was changed by hand: "{due}"'
        given = self.answer.text("evidence")
        if not is_none(given) and all(map(is_no_evidence, given.splitlines())):
            yield f'Evidence says only "{given}"'
        if self.answer.row_struck:
            words = " | ".join(part.text for part in self.answer.struck)
            yield f'Its row was struck out or deleted: "{words}"'
            return
        for part in self.answer.struck:
            yield f'Struck out at {part.place}: "{part.text}"'

    def _changed(self, name: str, text: str) -> bool:
        """Whether a cell says other words than it was sent with. Where these are not known, only
        the action is: the plan has it."""
        sent = self._sent.get(name)
        if name == "action":
            sent = sent or self.milestone.action
        if name == "due":
            sent = sent or self.milestone.due.shown
        return bool(text) and sent is not None and words(text) != words(sent)
