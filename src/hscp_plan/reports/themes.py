"""Themes: what of each was sought, what was heard, what changed because of it, over priorities."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Column, Heading, Item, Items, Paragraph, Table, sentence_of
from ..words import listed, plural, sentence
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..document import Block, Document, Line
    from ..model import Plan
    from ..themes import Done, Heard, Sought, Theme

LIST_COLUMNS = ("theme", "sought", "heard", "changed", "also", "priorities")
COLUMNS = ("theme", "part", "id", "priority", "date", "by", "text", "status", "evidence")


class Themes(NamedTuple):
    """`hscp theme`: each theme, with how much was sought, heard and changed."""

    plan: Plan
    day: date
    themes: Sequence[Theme]
    only: str = ""

    def document(self) -> Document:
        """A row a theme."""
        blocks: list[Block] = [phrases.title_on("Themes", self.day)]
        if self.only:
            blocks.append(Paragraph((self.only,)))
        if not self.themes:
            return (*blocks, Paragraph(("No theme is named in the plan.",)), _how("…"))
        names = (
            "Theme",
            "Sought",
            "Heard",
            "Changed",
            sentence(plural(self.plan.head.word_for("priority"))),
        )
        columns = tuple(Column(name, right=0 < n < 4) for n, name in enumerate(names))
        rows = tuple(
            (
                theme.name,
                *(str(len(parts)) for parts in (theme.sought, theme.heard, theme.changed)),
                listed(priority.id for priority in theme.priorities),
            )
            for theme in self.themes
        )
        return (*blocks, Table(columns, rows, caption="How much stands under each theme"))

    def rows(self) -> Iterator[dict[str, object]]:
        """A row a theme."""
        for theme in self.themes:
            parts = (theme.sought, theme.heard, theme.changed, theme.also)
            ids = "; ".join(priority.id for priority in theme.priorities)
            yield dict(zip(LIST_COLUMNS, (theme.name, *map(len, parts), ids), strict=True))

    def data(self) -> dict[str, object]:
        """Each theme with all that stands under it."""
        return {
            **records.envelope(self.plan, self.day, self.only),
            "themes": [_data(theme) for theme in self.themes],
        }


class ShowTheme(NamedTuple):
    """`hscp theme "voice of the child"`."""

    plan: Plan
    day: date
    theme: Theme
    only: str = ""

    def document(self) -> Document:
        """What was sought, what was heard, what changed; and outright where there was nothing."""
        theme = self.theme
        blocks: list[Block] = [phrases.title_on(f"Theme: {theme.name}", self.day)]
        if self.only:
            blocks.append(Paragraph((self.only,)))
        blocks.append(Heading("What was sought"))
        blocks += _listed([_sought(each) for each in theme.sought], "No statement seeks it.")
        blocks.append(Heading("What was heard"))
        blocks += _listed([_heard(each) for each in theme.heard], "Nothing was heard.")
        blocks += map(_paragraph, silences(theme))
        blocks.append(Heading("What changed because of it"))
        blocks += self._changed()
        if theme.also:
            blocks.append(Heading("What else was logged under it"))
            blocks.append(Items(tuple(self._done(each) for each in theme.also)))
        return (*blocks, *([] if theme.heard else [_how(theme.name)]))

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each thing that stands under it, by the part that it is of."""
        theme = self.theme
        for sought in theme.sought:
            yield self._row("sought", sought.objective.id, sought.priority.id, text=sought.text)
        for heard in theme.heard:
            impact, id = heard.impact, heard.priority.id
            said = {"date": impact.date.text, "by": impact.from_, "text": impact.note}
            yield self._row("heard", id, id, impact.evidence, **said)
        for part, every in (("changed", theme.changed), ("also", theme.also)):
            for done in every:
                entry, id = done.entry, done.standing.milestone.id
                logged = {"by": entry.by, "text": entry.note, "status": entry.status}
                day = entry.date.text
                yield self._row(part, id, done.priority.id, entry.evidence, date=day, **logged)

    def data(self) -> dict[str, object]:
        """The theme with all that stands under it."""
        return {**records.envelope(self.plan, self.day, self.only), "theme": _data(self.theme)}

    def _row(
        self, part: str, id: str, priority: str, evidence: Sequence[str] = (), **keys: object
    ) -> dict[str, object]:
        row = dict.fromkeys(COLUMNS) | {"theme": self.theme.name, "part": part, "id": id}
        return row | {"priority": priority, "evidence": "; ".join(evidence), **keys}

    def _changed(self) -> Iterator[Block]:
        theme = self.theme
        if theme.changed:
            first = theme.heard[0].impact.date
            rest = f", and complete or with evidence; {phrases.THEME_ALONE}."
            yield Paragraph(("Logged under it since it was first heard, ", first, rest))
            yield Items(tuple(self._done(each) for each in theme.changed))
        yield from map(_paragraph, unchanged(theme))

    def _done(self, done: Done) -> Item:
        entry, milestone = done.entry, done.standing.milestone
        parts: list[Line] = [(entry.date, f", by {entry.by}" if entry.by else "")]
        if entry.status:
            parts.append(phrases.then(entry.status, self.plan.head))
        today = phrases.mark(done.standing, self.plan.head)
        notes: list[Line] = [(f"of: {milestone.action} (", today, ")"), sentence_of(parts)]
        notes += [(f"evidence: {item}",) for item in entry.evidence]
        return Item(milestone.id, entry.note or milestone.action, tuple(notes))


def silences(theme: Theme) -> Iterator[str]:
    """What was not heard under a theme: from whom, and for which priorities."""
    voices = {heard.impact.from_ for heard in theme.heard}
    if theme.heard and not voices & {"children", "adults", "families", "carers"}:
        yield "Nothing is recorded of what those said whom the plan protects, or their families."
    heard = [each.priority.id for each in theme.heard]
    silent = [p.id for p in theme.priorities if p.id not in heard and not p.register]
    if theme.heard and silent:
        yield f"Nothing was heard for {listed(silent)}."


def unchanged(theme: Theme) -> Iterator[str]:
    """Where nothing changed under a theme."""
    if not theme.changed:
        yield "Nothing is recorded as changed because of it."
        return
    changed = [each.priority.id for each in theme.changed]
    same = [p.id for p in theme.priorities if p.id not in changed and not p.register]
    if same:
        yield f"Nothing is recorded as changed for {listed(same)}."


def _listed(items: list[Item], otherwise: str) -> list[Block]:
    return [Items(tuple(items))] if items else [_paragraph(otherwise)]


def _paragraph(text: str) -> Paragraph:
    return Paragraph((text,))


def _sought(sought: Sought) -> Item:
    priority = sought.priority
    return Item(sought.objective.id, sought.text, ((f"{priority.id} {priority.title}",),))


def _heard(heard: Heard) -> Item:
    impact, priority = heard.impact, heard.priority
    whose: Line = (f"on {priority.id} {priority.title}",)
    notes = (sentence_of([whose, *phrases.about(impact.about)], ", "),)
    evidence = tuple((f"evidence: {item}",) for item in impact.evidence)
    return Item(impact.date.short, f"From {impact.from_}: {impact.note}", (*notes, *evidence))


def _how(name: str) -> Paragraph:
    hint = f'To say what was heard:  hscp impact P1 "…" --from WHO --theme "{name}"'
    return Paragraph((hint,), apart=True, hint=True)


def _data(theme: Theme) -> dict[str, object]:
    return {
        "name": theme.name,
        "priorities": [priority.id for priority in theme.priorities],
        "sought": [
            {"priority": s.priority.id, "objective": s.objective.id, "statement": s.text}
            for s in theme.sought
        ],
        "heard": [{"priority": h.priority.id, **records.plain(h.impact)} for h in theme.heard],
        "changed": [_done_data(done) for done in theme.changed],
        "also": [_done_data(done) for done in theme.also],
    }


def _done_data(done: Done) -> dict[str, object]:
    id = done.standing.milestone.id
    return {"priority": done.priority.id, "milestone": id, **records.entry(done.entry)}
