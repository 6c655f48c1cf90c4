"""Which words of a line are the value of an option or argument that was typed without quotation
marks, and which of the plan's ids a person means."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from .. import store
from ..errors import Mendable, Mistyped, Wrong
from ..letters import folded
from ..naming.filters import is_status
from ..naming.ids import own_id
from ..several import open_plans
from ..typed_dates import as_step, find_date, read_length
from .options import folders_around
from .said import CHOICES, FILLERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from ..model import Head, Plan
    from .options import Parameter

ID_METAVARS = ("ID", "[ID]", "PRIORITY", "[PRIORITY]")
"""What an option or argument that takes an id is shown with."""
NAME_METAVARS = ("WHO", "GROUP", "NAME", "BOARD")
"""What one that takes a group or a person is shown with."""
_JOINING = {"and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"}
"""Words that join others: alone they are no part of a name, though many a name holds one."""
MOST_WORDS = 12
"""How many words a value has at most that was typed without quotation marks, as a group's name has.
Without a limit, a long text would be tried in all its parts."""


class Known:
    """What values are held against: the plan that the line is of, where there is one."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = folders or folders_around()
        self.today: date = store.today()

    @cached_property
    def plan(self) -> Plan | None:
        """The plan; None where none can be opened."""
        try:
            return open_plans(self._folders).plan
        except (Mendable, OSError):
            return None

    @property
    def head(self) -> Head | None:
        """What its plan.yaml holds; None where no plan can be opened."""
        return self.plan.head if self.plan else None

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The priorities' titles, by their ids."""
        return {p.id: p.title for p in self.plan.owners} if self.plan else {}

    @cached_property
    def _actions(self) -> dict[str, str]:
        """The milestones' actions, by their ids."""
        priorities = self.plan.owners if self.plan else ()
        return {m.id: m.action for p in priorities for m in p.milestones}

    def says(self, words: list[str]) -> bool:
        """Whether a text of the plan has all of these words."""
        from ..reports.find import Find

        return bool(self.plan and Find(self.plan, self.today, tuple(words)).matches())

    def is_lead(self, text: str) -> bool:
        """Whether a text names somebody who leads a part of the plan."""
        from ..naming.filters import leads
        from ..naming.groups import find_by_part

        if self.plan is None:
            return False
        head = self.plan.head
        names = {name: (head.short(name), head.whole(name)) for name in leads(self.plan)}
        return bool(find_by_part(text, names))

    def is_priority(self, id: str) -> bool:
        """Whether an id is a priority's."""
        return id in self._titles

    def priority_of(self, id: str) -> str:
        """The id of a milestone's priority; the id itself where it is none."""
        priorities = self.plan.owners if self.plan else ()
        return next((p.id for p in priorities if any(m.id == id for m in p.milestones)), id)

    def priority_of_objective(self, text: str) -> str | None:
        """The id of the priority that an objective or a measure of this id is a part of."""
        id, priorities = self._own_id(text), self.plan.owners if self.plan else ()
        parts = [(p.id, o.id) for p in priorities for o in p.objectives]
        parts += [(p.id, m.id) for p in priorities for m in p.measures]
        return next((priority for priority, part in parts if folded(part) == id), None)

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """Whoever the plan names as a group or a lead, with short names."""
        from ..naming.filters import leads
        from ..naming.groups import group_names

        return (
            dict.fromkeys(leads(self.plan), ()) | group_names(self.plan.head) if self.plan else {}
        )

    def size(self, parameter: Parameter, words: list[str]) -> int:
        """How many of these words, from the first on, are a value of this option or argument; 0
        where it cannot be told."""
        check = self._check(parameter)
        if check is None:
            return 0
        sizes = range(min(len(words), MOST_WORDS), 0, -1)
        return next((n for n in sizes if check(self.text(parameter, words[:n]))), 0)

    def text(self, parameter: Parameter, words: list[str]) -> str:
        """The value that some words are: of a time, without what only leads up to it."""
        if parameter.declared.metavar not in ("DATE", "WHEN", "TIME", "YEAR", "N"):
            who = parameter.declared.metavar in NAME_METAVARS
            return " ".join(words[1:] if who and words[1:] and words[0] in ("by", "the") else words)
        if parameter.declared.metavar == "N":
            return words[0]
        at = next((n for n, word in enumerate(words) if folded(word) not in FILLERS), 0)
        whole, rest = " ".join(words), " ".join(words[at:])
        step = as_step(whole) or as_step(rest)
        if step and parameter.declared.metavar == "DATE":
            return step
        # "this month" is a time, and "this October" is October.
        return whole if self.is_date(whole) else rest

    def _check(self, parameter: Parameter) -> Callable[[str], bool] | None:
        if parameter.choices:
            return lambda text: choice(parameter, text) is not None
        checks = {
            "DATE": self.is_date,
            "YEAR": self._is_year,
            "N": lambda text: re.fullmatch(r"\d+( months?)?", text) is not None,
            "FILE": lambda text: re.fullmatch(r"[^ ]+\.[a-z]{2,5}", text) is not None,
            "WHEN": self._is_time,
            "TIME": self._is_length,
            "MEETING": self._is_coming,
            "STATUS": lambda text: is_status(text, self.head),
            "PART": lambda text: self.is_id(text) or self.priority_of_objective(text) is not None,
            "FORMAT": lambda text: _offered(parameter, text) is not None,
            **dict.fromkeys(NAME_METAVARS, self._is_name),
        }
        metavar = parameter.declared.metavar or ""
        if parameter.name == "outcome":
            return lambda text: _offered(parameter, text) is not None
        if parameter.name == "agreed":
            return self._is_agreement
        if metavar in ID_METAVARS:
            return lambda text: self._are_ids(parameter, text)
        return checks.get(metavar)

    def _are_ids(self, parameter: Parameter, text: str) -> bool:
        if not (is_priority(parameter) or parameter.repeatable):
            return self.is_id(text)
        of_priorities = is_priority(parameter)
        if len(self.ids(text, by_words=of_priorities, only_priorities=of_priorities)) == 1:
            return True
        parts = id_list(text)
        ids = [
            self.ids(part, by_words=of_priorities, only_priorities=of_priorities) for part in parts
        ]
        return all(len(each) == 1 for each in ids) and (len(ids) == 1 or parameter.repeatable)

    def is_date(self, text: str) -> bool:
        """Whether a text is a date as people type it."""
        day_first = self.plan.head.day_first if self.plan else False
        day = find_date(text, self.today, day_first=day_first)
        return day is not None and not day.ongoing

    def _is_year(self, text: str) -> bool:
        day = find_date(text, self.today)
        return day is not None and day.form in ("year", "financial year")

    def _is_time(self, text: str) -> bool:
        """Whether a text is a day, or a meeting of the plan's."""
        if self.is_date(text):
            return True
        from ..naming.meetings import find_meeting

        try:
            return bool(self.plan and find_meeting(self.plan.head, text, self.today))
        except Mistyped:
            return False

    def _is_coming(self, text: str) -> bool:
        """Whether a text names a meeting to come: of any board, or of a group."""
        from ..naming.meetings import ANY_BOARD

        group = folded(text).removeprefix("the ").removeprefix("next ")
        return group in (*ANY_BOARD, "meeting") or self._is_agreement(group)

    def _is_length(self, text: str) -> bool:
        try:
            return read_length(text, self.today) is not None and not self.is_date(text)
        except Wrong:
            return False

    def _is_name(self, text: str) -> bool:
        from ..naming.groups import find_groups

        if set(folded(text).split()) <= _JOINING:
            return False
        return len(text) > 2 and len(find_groups(text, self._names)) > 0

    def _is_agreement(self, text: str) -> bool:
        """Whether a text is a group, alone or with a day."""
        words = text.split()
        parts = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
        return self._is_name(text) or any(
            self._is_name(who.rstrip(",")) and self.is_date(day) for who, day in parts
        )

    def _own_id(self, text: str) -> str | None:
        """An id as the plan has it; None where it is cited of another plan."""
        return own_id(self.plan, text) if self.plan else None

    def is_id(self, text: str) -> bool:
        """Whether a text looks like an id of this plan."""
        return " " not in text.strip() and len(self.ids(text, by_words=False)) == 1

    def ids(self, text: str, *, by_words: bool = True, only_priorities: bool = False) -> list[str]:
        """The priorities and milestones that a text may mean: by the id, however it is pointed;
        else by words of the title or the action."""
        parts = self._titles if only_priorities else {**self._titles, **self._actions}
        own = self._own_id(text)
        if own is None:
            return []
        typed = _digits_for_letters(own)
        by_id = {folded(id): id for id in parts}
        if typed in by_id:
            return [by_id[typed]]
        letters = _letters(typed)
        if any(map(str.isdigit, letters)) and " " not in typed:
            whole = [id for id in parts if letters == _letters(id)]
            return whole or [id for id in parts if letters == _letters(id).lstrip("p")]
        if not by_words:
            return []
        words = [word for word in re.findall(r"[^\W_]+", folded(text)) if word not in FILLERS]
        if not words or max(map(len, words)) < 3:
            return []
        titled = [id for id, title in self._titles.items() if _holds(title, words)]
        return titled or [id for id, said in parts.items() if _holds(said, words)]


def is_filler(word: str) -> bool:
    """Whether a word says nothing here, as a question has many."""
    return folded(word).strip("?.,") in FILLERS


def is_priority(parameter: Parameter) -> bool:
    """Whether the ids that it takes are priorities' alone."""
    metavar = parameter.declared.metavar or ""
    return "PRIORITY" in metavar or parameter.name == "priority"


def id_list(text: str) -> list[str]:
    """The ids of a list: P1, P2 and P3."""
    together = re.sub(r"\b([A-Za-z]) (?=\d)", r"\1", text)  # P 1.2
    together = re.sub(r"(?<=\d) +\.(?=\d)", ".", together)  # P1 .2
    return [part for part in re.split(r"[\s,;&]+|\band\b", together) if part] or [text]


def choice(parameter: Parameter, text: str) -> str | None:
    """The word that a parameter takes and a text means; None where it means none."""
    word = folded(text)
    word = CHOICES.get(word, word)
    return word if word in parameter.choices else None


def value(parameter: Parameter, text: str) -> str:
    """A value as it is called here, where it is one of some words; else as it stands."""
    return choice(parameter, text) or _offered(parameter, text) or text


def _offered(parameter: Parameter, text: str) -> str | None:
    """The format or outcome that a word means, of those that Tab offers; None where it means
    none."""
    synonyms = {"outcome": _OUTCOMES, "format": CHOICES}.get(parameter.name)
    if synonyms is None or parameter.declared.offers is None:
        return None
    word = synonyms.get(folded(text), folded(text))
    return word if word in parameter.declared.offers(None) else None


_OUTCOMES = {
    **dict.fromkeys(("closed", "closes", "end", "stop"), "close"),
    **dict.fromkeys(("continued", "continues", "extend", "extended", "keep"), "continue"),
    **dict.fromkeys(("carried forward", "carry"), "carry forward"),
    **dict.fromkeys(("changed", "changes", "amend", "amended"), "change"),
}
"""What people call an outcome."""


def _digits_for_letters(id: str) -> str:
    """An id with figures for the letters that look like them: PI.2, Pl.2, P01.02."""
    match = re.fullmatch(r"(pr?)([il\do]+)(.*)", id)
    if match is None or " " in id:
        return id
    figures = str.maketrans("ilo", "110")
    parts = re.sub(r"(?<!\d)0+(?=\d)", "", f"{match[2]}{match[3]}".translate(figures))
    return f"p{parts}" if re.search(r"\d", parts) else id


def _letters(id: str) -> str:
    return "".join(re.findall(r"[^\W_]+", folded(id)))


def _holds(text: str, words: Iterable[str]) -> bool:
    """Whether a text has each of these words, by its beginning at least."""
    own = re.findall(r"[^\W_]+", folded(text))
    return all(any(each.startswith(word) for each in own) for word in words)
