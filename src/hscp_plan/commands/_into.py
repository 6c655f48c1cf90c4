"""Holds the next version of a document against the plan, asks about what is not sure, records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .. import store
from ..changes import changes
from ..checks.privacy import redact
from ..cli.typography import as_typed
from ..dates import day_shown
from ..document import Items
from ..editing.again import Saved, private_in
from ..editing.change import of_file
from ..editing.columns import declare
from ..editing.imported import REST
from ..editing.new_milestone import taken_ids
from ..editing.write import rewrite_all
from ..errors import Mendable, Mistyped
from ..importing.again import Again, source_note
from ..importing.news import Known, Led, New, News
from ..publishing.door import Door
from ..reports.again import Told, doubt_item, recorded_in, unsure_item
from ..reports.own_texts import is_ours, own_texts
from ._look import note, say_document, tell, write
from ._record import file_to_record
from ._typed import at_terminal, line, says_yes
from ._who import agreed_given

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..changes import Changes
    from ..editing.again import Edit, Found
    from ..importing.draft import Draft, Left
    from ..importing.news import Unsure
    from ..model import Head
    from ..store import Opened


class Version(NamedTuple):
    """The version of a document that is taken in."""

    name: str
    draft: Draft
    beside: Sequence[Left]
    """What stands in sheets of hscp's own that are not the plan's."""
    saved: date | None
    """The day that it says it was last saved on."""
    today: date
    agreed: str | None
    """Who agreed what it moves or ends."""

    @property
    def day(self) -> date:
        """The day that what it says is recorded of."""
        return self.saved or self.today

    @property
    def source(self) -> str:
        """Where what is recorded comes from."""
        return source_note(redact(self.name), self.day, self.saved is not None)


def open_to_take_in(where: str) -> Opened:
    """The plan that a document is taken into. Raises Mendable where it has errors."""
    if not (Path(where) / store.HEAD).is_file():
        what = f"there is no plan in {store.display_path(Path(where))}"
        raise Mistyped(what, "Name the folder that holds plan.yaml; -o begins a new one.")
    opened = store.open_plan(where)
    if tell(opened):
        raise Mendable(
            "the plan has errors, so nothing was taken in: what they spoil could not be compared",
            "Mend the errors, and try again.",
        )
    return opened


def take_in(opened: Opened, version: Version, yes: bool, dry_run: bool) -> None:
    """Show what a document says that the plan does not, and record what is sure or was decided."""
    published = Door(opened).published_plan(version.day).plan
    ours = is_ours(published, version.day, _not_placed(opened))
    known = Known(version.day, own_texts(published, version.day), ours, version.beside)
    again = Again(version.draft, opened.plan, known)
    every: list[Found] = [*again.led, *again.news, *again.new]
    private = [(_id(found), rule) for found in every for rule in private_in(found)]
    found = [one for one in every if not private_in(one)]
    taken = taken_ids(opened)
    if again.new and taken.unknown:
        note(f"The numbers on other branches were not looked at: {taken.unknown}.")
    scale = opened.plan.head.scale
    saved = Saved(version.source, version.day, version.agreed, taken.ids, scale)
    asks = not (yes or dry_run) and at_terminal()
    sure = [one.sure if isinstance(one, News) else one for one in found]
    decide = [one for one in found if isinstance(one, News) and one.doubts]
    when = f"{'saved' if version.saved else 'read'} on {day_shown(version.day)}"
    told, head = _changes(opened, _edits(opened, saved, sure, again))
    say_document(
        Told(version.name, when, head, again, told, decide, private, asks).document(),
        "auto",
    )
    if asks:
        found = _decided(again, found, opened, version)
        sure = [one for one in found if not private_in(one)]
    edits = _edits(opened, saved, sure, again)
    if edits and ((yes and not dry_run) or (asks and says_yes("Record what is new?"))):
        rewrite_all({path: of_file(some) for path, some in edits.items()})
        files = sorted(map(store.display_path, edits))
        in_git = store.repository(opened.folder.resolve()) is not None
        write("\n")
        say_document(recorded_in(files, as_typed(files) if in_git else ""), "auto", opened)
    elif edits or decide or again.unsure:
        note(f"Nothing was recorded.{'' if dry_run or asks else _how(bool(edits))}")


def _how(any_sure: bool) -> str:
    if any_sure:
        return " To record what is sure, add --yes; at a terminal the rest is asked about."
    return " At a terminal what is to be decided is asked about."


def _not_placed(opened: Opened) -> list[str]:
    """What the first import listed as not placed."""
    path = opened.folder / REST
    return [path.read_text(encoding="utf-8", errors="replace")] if path.is_file() else []


def _id(found: Found) -> str:
    match found:
        case News(standing):
            return standing.milestone.id
        case New(row):
            return redact(row.place)
        case Led(_, objective):
            return objective.id


# --- asking -----------------------------------------------------------------------------------


def _decided(again: Again, found: Sequence[Found], opened: Opened, version: Version) -> list[Found]:
    """What was found, once each doubt was shown and asked about."""
    write("\n")
    more = [one for unsure in again.unsure if (one := _found(again, unsure))]
    every = (
        _ask(one, opened, version) if isinstance(one, News) else one for one in (*found, *more)
    )
    return [one for one in every if not isinstance(one, News) or one.says_anything]


def _found(again: Again, unsure: Unsure) -> Found | None:
    """What a row says of the milestone that a person says it is; None where it is left out."""
    say_document((Items((unsure_item(unsure),)),), "auto")
    for standing in unsure.may_be:
        if says_yes(f"Is it {standing.milestone.id}?"):
            return again.news_of(unsure.row, standing)
    new = again.as_new(unsure.row)
    return new if new and says_yes("Is it new?") else None


def _ask(news: News, opened: Opened, version: Version) -> News:
    for doubt in news.doubts:
        say_document((Items((doubt_item(news, doubt, asks=True),)),), "auto")
        if not doubt.question:
            news = news.decided(doubt, yes=False)
        elif doubt.needs_reason:
            reason = line(f"{doubt.question}: ")
            news = news.decided(doubt, bool(reason), reason)
        else:
            news = news.decided(doubt, says_yes(doubt.question))
        if doubt.ends and news.status and not version.agreed:
            who = line("Who agreed it, and when? (Enter: nobody is recorded) ")
            agreed = agreed_given(who or None, opened.plan.head, version.today)
            news = news._replace(agreed=agreed or "")
    return news


# --- the files --------------------------------------------------------------------------------


def _edits(
    opened: Opened, saved: Saved, found: Sequence[Found], again: Again
) -> dict[Path, list[Edit]]:
    """The edits of each of the plan's files; first, of the columns that it has to declare."""
    edits: dict[Path, list[Edit]] = {}
    columns = again.columns_for(one for one in found if not isinstance(one, Led))
    if columns:
        path = file_to_record(opened, store.HEAD)
        edits[path] = [lambda text, values: declare(text, values, columns)]
    names = {id(priority): name for name, priority in opened.plan.files.items()}
    for one in found:
        priority = one.standing.priority if isinstance(one, News) else one.priority
        its = list(saved.edits(one))
        if its:
            edits.setdefault(file_to_record(opened, names[id(priority)]), []).extend(its)
    return edits


def _changes(opened: Opened, edits: dict[Path, list[Edit]]) -> tuple[list[Changes], Head]:
    """What these edits change in the plan, and its plan.yaml after them."""
    after = opened
    files = {path: of_file(some) for path, some in edits.items()}
    for path, rewritten in rewrite_all(files, dry_run=True).items():
        after = store.reopen(after, path, rewritten.new.encode())
    return changes(opened.plan, after.plan), after.plan.head
