"""Shows the answers of each file that came back, asks about what is not sure, and records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..asking.deciding import decided
from ..asking.returned import (
    Refused,
    Sent,
    entry_of,
    placed,
    plan_with,
    read_return,
    with_entry,
)
from ..checks.privacy import hits_in_each, redact
from ..editing.asked import record_answers
from ..editing.entries import as_written, entry
from ..editing.record import log_entries
from ..editing.write import rewrite
from ..errors import Mendable, quoted
from ..reports.collected import Collected, entries_recorded
from ..store import display_path, repository, scale_beside
from ..words import one_line
from ._decisions import AtTerminal, InFile
from ._look import note, say_document, write
from ._record import file_to_record
from ._typed import at_terminal, says_yes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from ..asking.form import Mark
    from ..asking.returned import Given, Return, Source
    from ..asking.understood import Doubt, Understood
    from ..model import Entry
    from ..standing import Standing
    from ..store import Opened


class Collecting:
    """The files of one run, one after the other."""

    def __init__(
        self, opened: Opened, given: Given, *, yes: bool, dry_run: bool, decisions: Path | None
    ) -> None:
        self.opened = opened
        self.plan = opened.plan
        """The plan with the answers of the files before."""
        self.files = {m.id: n for n, p in self.plan.files.items() for m in p.milestones}
        """The name of the file that each milestone stands in."""
        self.given = given
        self.records = yes and not dry_run
        self.asks = not (yes or dry_run or decisions) and at_terminal()
        self.in_file = InFile(decisions, given.today) if decisions else None
        self.decides = AtTerminal(given.today) if self.asks else self.in_file
        self.dry_run = dry_run
        self.shown = False
        self.failed = False
        """Whether anything could not be recorded that was to be."""
        self.sure = 0
        """How many answers are sure, or were decided."""
        self.entries: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        """What is to be recorded in each file of the plan, each with its milestone's id."""
        self.answered: dict[str, date] = {}
        """The forms that were answered, and when."""
        self.recorded: dict[str, int] = {}
        """How many entries each file of the plan gained."""

    def collect(self, sources: Sequence[Source]) -> None:
        """One file: show it, ask, record. Raises Mendable where nothing of it can be used."""
        returned = read_return(sources, self.plan, self.given, self._sent)
        if isinstance(returned, Refused):
            raise Mendable(f"{quoted(returned.name)}: {returned.what}", returned.next)
        if self.shown:
            write("\n")
        self.shown = True
        report = Collected(returned, self.plan, self.opened.plan, bool(self.decides))
        if self.in_file:
            returned = self._decided(self._placed(returned, report, self.in_file), report)
            report = report._replace(returned=returned)
        say_document(report.document(), "auto")
        if self.asks and any(u.sure or u.doubts for u in returned.understood):
            write("\n")
        if self.asks:
            returned = self._agreed(self._decided(returned, report))
        self._accept(returned)
        if self.asks:
            self._record()

    def finish(self) -> None:
        """Record what is left to be, and say what was recorded, or how it would be."""
        self._record()
        if any(self.recorded.values()):
            plans = self.opened.of or (self.opened,)
            in_git = any(repository(plan.folder.resolve()) for plan in plans)
            write("\n")
            say_document(entries_recorded(self.recorded, in_git), "auto", self.opened)
        elif self.records or (self.sure and not self.decides):
            how = "" if self.dry_run or self.records else " To record what is sure, add --yes."
            note(f"Nothing was recorded.{how}")
        if self.in_file:
            self.in_file.write(self.sure)

    def _sent(self, mark: Mark, ids: Collection[str]) -> Sent:
        from ..reports.ask_form import sent

        if not self.opened.of and len(mark.plans) == 1:
            return sent(self.opened.plan, mark, ids)
        from ._several import sent_of

        return sent_of(self.opened, mark, ids)

    # --- asking -----------------------------------------------------------------------------------

    def _placed(self, returned: Return, report: Collected, decides: InFile) -> Return:
        """The answers, with the words under no milestone that are said to be about one. What could
        identify a child is not asked about."""
        hits = hits_in_each(part.text for part in returned.unplaced)
        harmless = [p for p, hit in zip(returned.unplaced, hits, strict=True) if not hit]
        about = {part: id for part in harmless if (id := decides.place(part, report))}
        return placed(returned, about, self.plan) if about else returned

    def _decided(self, returned: Return, report: Collected) -> Return:
        """The answers, once each of their doubts was decided or left."""
        understood = (self._decide(u, report) for u in returned.understood)
        return returned._replace(understood=tuple(understood))

    def _decide(self, understood: Understood, report: Collected) -> Understood:
        left: list[Doubt] = []
        while self.decides and (doubt := _next(understood.doubts, left)):
            if decision := self.decides.decide(understood, doubt, report):
                occasion = report.returned.occasion
                understood = decided(understood, doubt, decision, occasion)
            else:
                left.append(doubt)
        return understood

    def _agreed(self, returned: Return) -> Return:
        """The answers, once a person agreed that they are recorded; none where they did not."""
        many = sum(u.sure for u in returned.understood)
        these = "this answer" if many == 1 else f"these {many} answers"
        if many and not says_yes(f"Record {these}?"):
            note(f"Nothing of {returned.name} was recorded.")
            return returned._replace(understood=())
        return returned

    # --- recording --------------------------------------------------------------------------------

    def _accept(self, returned: Return) -> None:
        """Take what is sure into the plan that the next file is held against, and among what is to
        be recorded."""
        sure = [u for u in returned.understood if u.sure]
        standings: dict[str, Standing] = {}
        for understood in sure:
            id = understood.answer.id
            new = entry_of(understood, returned.occasion)
            standings[id] = with_entry(standings.get(id, understood.standing), new)
            in_file = id.rpartition("/")[2]
            self.entries.setdefault(self.files[id], []).append((in_file, _values(new)))
        self.plan = plan_with(self.plan, {id: s.milestone for id, s in standings.items()})
        if sure or any(u.recorded for u in returned.understood):
            self.answered |= self._forms(returned)
        self.sure += len(sure)
        if not (self.records or self.asks):
            self.entries, self.answered = {}, {}

    def _forms(self, returned: Return) -> dict[str, date]:
        """The rounds that were answered: that of this form, and others by the same lead, all of
        which is answered here."""
        answered = {u.answer.id for u in returned.understood if u.sure or u.recorded}
        occasion = returned.occasion
        return {
            round.form: occasion.day
            for round in self.plan.asked
            if round.form == returned.form
            or (
                round.who == occasion.who
                and answered.issuperset(round.ids)
                and round.date.first <= occasion.day
            )
        }

    def _record(self) -> None:
        """Record what is to be: each file is written once, however many answers came. Who answered
        first, so that `undo` begins with the answers."""
        answered, self.answered = self.answered, {}
        entries, self.entries = self.entries, {}
        for plan in self.opened.of or (self.opened,):
            asked = {round.form for round in plan.plan.asked}
            if own := {form: day for form, day in answered.items() if form in asked}:
                record_answers(plan, own)
        for name, some in entries.items():
            try:
                self._edit(file_to_record(self.opened, name), some)
            except Mendable as error:
                self.failed = True
                note(redact(one_line(f"{error.what}. {error.next}")))

    def _edit(self, path: Path, entries: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Record entries in one file of the plan. Says which could not be, and why."""
        refused: dict[int, Mendable] = {}
        scale = scale_beside(path)
        entries = [(id, as_written(new, scale)) for id, new in entries]
        rewrite(path, lambda text, values: log_entries(text, values, entries, refused))
        for number, error in refused.items():
            self.failed = True
            why = redact(one_line(f"{error.what}. {error.next}"))
            note(f"{entries[number][0]} was not recorded: {why}")
        label = display_path(path)
        self.recorded[label] = self.recorded.get(label, 0) + len(entries) - len(refused)


def _next(doubts: Iterable[Doubt], left: Collection[Doubt]) -> Doubt | None:
    """The first doubt that was not left."""
    return next((doubt for doubt in doubts if doubt not in left), None)


def _values(new: Entry) -> dict[str, Any]:
    """An entry's values, as a file has them."""
    moved = (new.moved.from_, new.moved.to) if new.moved else None
    said = (new.date.text, new.by, new.note, new.status, moved, new.agreed, new.evidence)
    return entry(*said, new.for_)
