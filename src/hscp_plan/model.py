"""A plan as its files hold it: priorities, objectives, milestones, and what was logged of them.

Frozen classes, and nothing else. pydantic validates them (`store` asks it to) and makes the JSON
Schemas from them, but this module does not import it at the top. A field's docstring is its
description in the schema, so it is what an editor shows. The module knows no files and no lines.

A field of `Texts` or `Ids` takes one text or a list of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, get_args, overload

from .dates import FILE_FORMS, UNCONFIRMED, UNDATED, PlanDate, editors_date
from .errors import Keys, Wrong, quoted
from .frozen import NOTHING, Frozen, Later, LazyFrozen, frozen
from .letters import folded
from .words import ENDED, KINDS, STATUSES, UNAGREED, Kind, Status, listed, names_nobody, written

STRICT: dict[str, object] = {"extra": "forbid"}
NAMED: dict[str, object] = {**STRICT, "alias_generator": lambda name: name.rstrip("_")}
"""Of a class with a key `from`, which Python keeps for itself."""
EDITORS_TEXT = {"type": ["string", "number", "boolean"], "minLength": 1}


class _Text:
    """One text: outer blanks stripped, never empty."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> object:
        from pydantic_core import core_schema

        return core_schema.str_schema(strip_whitespace=True, min_length=1)

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, object]:
        # hscp reads every value as text; an editor takes `title: 2022` for a number.
        return {**EDITORS_TEXT}


class _Pattern(_Text):
    """A text that fits a pattern; the rule that refuses any other, and the remedy."""

    def __init__(self, pattern: str, noun: str, next: str, rule: str) -> None:
        self.pattern, self.noun, self.next, self.rule = pattern, noun, next, rule

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> object:
        from pydantic_core import core_schema

        text: Any = super().__get_pydantic_core_schema__(source, handler)
        return core_schema.no_info_after_validator_function(self.check, text)

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, object]:
        any_text = super().__get_pydantic_json_schema__(schema, handler)
        return {**any_text, "pattern": f"^{self.pattern}$"}

    def check(self, value: str) -> str:
        """The value, where it fits the pattern. Raises Wrong where it does not."""
        if re.fullmatch(self.pattern, value, re.ASCII):
            return value
        raise Wrong(self.rule, f"{quoted(value)} is not {self.noun}", self.next)


class _Listed:
    """A list of texts, where one text alone stands for a list of one."""

    def __get_pydantic_core_schema__(self, source: object, handler: Any) -> object:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(
            lambda value: (value,) if isinstance(value, str) else value, handler(source)
        )

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, object]:
        one = EDITORS_TEXT
        return {"anyOf": [one, {"type": "array", "items": one}]}


class _TextAlone:
    """A part that a file writes as its text alone, where it says no more than that."""

    def __get_pydantic_core_schema__(self, source: object, handler: Any) -> object:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.with_keys, handler(source))

    def __get_pydantic_json_schema__(self, schema: object, handler: Any) -> dict[str, object]:
        return {"anyOf": [EDITORS_TEXT, handler(schema)]}

    @staticmethod
    def with_keys(value: object) -> object:
        """The part with its keys, where a text stands alone for it."""
        return {"text": value} if isinstance(value, str) else value


Text = Annotated[str, _Text()]
Texts = Annotated[tuple[Text, ...], _Listed()]
ID = r"[A-Za-z0-9][A-Za-z0-9.-]{0,15}"
Id = Annotated[
    str,
    _Pattern(
        ID,
        "an id",
        "An id is at most 16 letters, digits, dots and dashes, such as P1.3.",
        "id-unreadable",
    ),
]
Ids = Annotated[tuple[Id, ...], _Listed()]
WHOLE_PLAN = "plan"
"""What stands for the plan as a whole among the ids that a decision is about."""
STATUS_IN_WORDS = "status_in_words"
"""The key under `more` of what a document says of a status, where that was not understood."""
Key = Annotated[
    str,
    _Pattern(
        "[a-z][a-z0-9_]{0,30}",
        "a column's key",
        "A key is small letters, digits and underscores, such as success.",
        "key-unreadable",
    ),
]
ScaleWord = Annotated[
    str,
    _Pattern(
        r"[A-Za-zÀ-ɏ0-9]([A-Za-zÀ-ɏ0-9 &/().+'-]{0,28}[A-Za-zÀ-ɏ0-9).+])?",
        "a word for a status",
        "A word of the scale is at most 30 letters, digits and spaces, such as Green or 3.",
        "scale-word",
    ),
]
Digest = Annotated[
    str,
    _Pattern(
        r"[0-9a-f]{10}",
        "a form's digest",
        "It stands at the foot of the form: ten digits and letters from a to f.",
        "digest-unreadable",
    ),
]
Cited = Annotated[
    str,
    _Pattern(
        f"{ID}/{ID}",
        "a milestone of another plan",
        "Write the plan's id, a slash and the milestone's id, such as 2021-23/P3.5.",
        "id-unreadable",
    ),
]
Times = Annotated[
    str,
    _Pattern(
        "[1-9][0-9]{0,2}",
        "how often it moved",
        "Write a whole number, such as 2; leave it out where it never moved.",
        "number",
    ),
]
DutyName = Annotated[
    str,
    _Pattern(
        r"([a-z0-9]+(-[a-z0-9]+)*|\S+\.ya?ml)",
        "the name of a duty, or a file of one",
        "Write its name, such as working-together-2023, or a path such as duties/ours.yaml.",
        "duty-unknown",
    ),
]
_NUMBER = r"-?\d{1,3}(,?\d{3}){0,2}(\.\d{1,6})?%?"
"""Nine digits at most: one of ten may be an NHS number, and no plan counts so many."""
Number = Annotated[
    str,
    _Pattern(
        _NUMBER,
        "a number",
        "Write digits, such as 42, 3.5 or 40%; put words in `note:`.",
        "number",
    ),
]
SUPPRESSED = "suppressed"
"""What stands for a figure that is known, and kept back because it could identify somebody."""
Figure = Annotated[
    str,
    _Pattern(
        f"({SUPPRESSED}|{_NUMBER})",
        "a number",
        "Write digits, such as 42, 3.5 or 40%, or the word suppressed; put words in `note:`.",
        "number",
    ),
]


class _Date:
    """A date that has days: every form but `ongoing` and `to be confirmed`."""

    def __get_pydantic_core_schema__(self, source: object, handler: Any) -> object:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, object]:
        dated = [form for form in FILE_FORMS if form not in ("ongoing", "to be confirmed")]
        return {**editors_date(dated), "title": "Date"}

    @staticmethod
    def check(value: PlanDate) -> PlanDate:
        """The date, where it has days. Raises Wrong where it has none."""
        if not value.dated:
            raise Wrong(
                "date-unreadable",
                f"{quoted(value.text)} stands only for a due date",
                "Write a month as 2022-04 or a day as 2022-04-30.",
            )
        return value


Date = Annotated[PlanDate, _Date()]

Outcome = Literal["continue", "close", "change", "carry forward"]
Voice = Literal["children", "adults", "families", "carers", "practitioners", "audit", "data"]
Level = Literal["assured", "partly", "not assured"]
MeasureKind = Literal["how much", "how well", "what difference"]
Better = Literal["up", "down"]
GroupKind = Literal["board", "statutory partners", "sub-group", "task and finish group", "role"]
WordKey = Literal[
    "priority", "objective", "milestone", "register", "action", "lead", "accountable", Kind
]
Every = Literal["month", "quarter", "6 months", "year", "term"]
DayFirst = Literal["day first"]
Completion = Literal["agreed"]
FileKind = Literal["priority", "register"]
Agency = Literal["single", "multi"]


@frozen
class Moved(Frozen):
    """A due date's move."""

    __pydantic_config__ = NAMED

    from_: PlanDate = UNDATED
    """The due date before, as it was written. Absent where there was none: then nothing moved, and
    this is its first."""
    to: PlanDate
    """The due date after."""

    def __post_init__(self) -> None:
        if self.from_ == self.to:
            raise Wrong(
                "move-nowhere",
                f"this moves the due date from {self.to.shown} to the same date",
                "Give two different dates, or take `moved:` out.",
            )


@frozen
class Entry(Frozen):
    """One entry of a milestone's log."""

    __pydantic_config__ = NAMED

    date: Date
    """The day it was recorded, or happened."""
    by: Text | None = None
    """The person or group who says so: a role, never a private person's name."""
    for_: Date | None = None
    """Of recurring work: which occurrence this reports, such as Q3 2021/22."""
    note: Text | None = None
    """What happened, in a sentence or two. Nothing that could identify a child or an adult at
    risk."""
    status: Status | None = None
    """The milestone's new status, where this entry changed it."""
    moved: Moved | None = None
    """The due date's move, where this entry moved it or gave the first. Needs a note saying why."""
    agreed: Text | None = None
    """Who agreed the move, the completion or the closing, and when. In an entry that neither moves
    nor ends anything it agrees those before it."""
    evidence: Texts = ()
    """A link or document reference that supports it, or a list of them."""
    theme: Texts = ()
    """The theme that it is about, which runs through several priorities: voice of the child. Or a
    list of them."""

    def __post_init__(self) -> None:
        if self.moved and not self.note:
            raise Wrong(
                "move-unexplained",
                "the due date moved and no note says why",
                "Add `note:` with the reason.",
                "moved",
            )
        if self.status == "closed" and not self.note:
            raise Wrong(
                "closed-unexplained",
                "the milestone was closed and no note says why",
                "Add `note:` with the reason.",
                "status",
            )
        if not (self.note or self.status or self.moved or self.evidence):
            raise Wrong(
                "entry-empty",
                "this entry says nothing",
                "Add `note:`, `status:`, `moved:` or `evidence:`.",
            )

    @property
    def move(self) -> Moved | None:
        """The due date's move; None where it was given its first date, from which nothing slid."""
        return None if self.moved is None or self.moved.from_.undated else self.moved


class Log(Sequence[Entry]):
    """A milestone's log: its entries, oldest first. It never changes.

    The cache gives a log the means to make its entries, which are made when they are first asked
    for: most commands look into few of a plan's logs.
    """

    __slots__ = ("_entries", "_later", "newest")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._later: Later | None = None
        self._entries = tuple(entries)
        self.newest = max((e.date.first for e in self._entries), default=date.min)
        """The latest first day of its entries; the earliest day there is where there are none."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, oldest first."""
        if self._later:
            fill, texts, at, end = self._later
            fill(self, texts, at, end)
            self._later = None
        return self._entries

    @property
    def moves(self) -> tuple[Entry, ...]:
        """The entries that moved the due date."""
        return tuple([entry for entry in self.entries if entry.move])

    def who_agreed(self, entry: Entry) -> str | None:
        """Who agreed what an entry did: as it says, or as the first later entry says that agrees
        and itself neither moves nor ends anything. A Board often agrees at its next meeting."""
        later = self.entries[self.entries.index(entry) + 1 :]
        agreements = (e.agreed for e in later if not e.moved and e.status not in ENDED)
        return next(
            (name for name in (entry.agreed, *agreements) if name and not names_nobody(name)), None
        )

    @property
    def status(self) -> Status | None:
        """The last status that it says; None where it says none."""
        return next((e.status for e in reversed(self.entries) if e.status), None)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        return self.entries[at]

    def __len__(self) -> int:
        return len(self.entries)

    def __bool__(self) -> bool:
        return self._later is not None or bool(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __eq__(self, other: object) -> bool:
        return self.entries == other.entries if isinstance(other, Log) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Log({list(self.entries)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Log, (self.entries,)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Any) -> object:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(cls, handler(tuple[Entry, ...]))


NOTHING_LOGGED = Log()


@frozen
class Addition(Frozen):
    """How something came into a plan that was begun already."""

    __pydantic_config__ = STRICT

    date: Date
    """The day it was added."""
    by: Text | None = None
    """The person or group who added it: a role, never a private person's name."""
    agreed: Text | None = None
    """Who agreed it, and when."""


@frozen
class Milestone(LazyFrozen):
    """A promise, with its date where it was given one."""

    __pydantic_config__ = NAMED

    id: Id
    """Its number, for ever: P1.3. Never renumbered, never used again."""
    start: Date | None = None
    """When work begins: a month as 2022-04, a day as 2022-04-30."""
    due: PlanDate = UNDATED
    """When it is due, as precisely as was promised: 2022-04 is due by 30 April 2022. `ongoing`
    where there is no end; then `review:` says when it is looked at. `to be confirmed` where it
    hangs on what `after:` names. Absent where nobody has said when."""
    review: Date | None = None
    """For an `ongoing` milestone: when it is next looked at."""
    every: Every | None = None
    """For recurring work: month, quarter, 6 months, year or term. It is to be reported for each,
    from the one in which `start:` falls to the one in which `due:` falls."""
    after: Ids = ()
    """The milestones that it waits for: P2.4. It can be done once they are."""
    action: Text
    """What is to be done, in the plan's own words."""
    lead: Texts = ()
    """Who leads it, where that is not the objective's lead: a role or group."""
    answers: Texts = ()
    """The review or recommendation that this carries out: its name, or the recommendation's id."""
    from_: Text | None = None
    """What it comes from: a meeting, a paper, an audit, a member's question."""
    added: Addition | None = None
    """When it was added, by whom and who agreed it. Absent: it is of the plan as it began."""
    more: Mapping[Key, Text] = NOTHING
    """The extra columns that plan.yaml declares, by their keys."""
    carried_from: Cited | None = None
    """The milestone of an earlier plan that this one carries on: 2021-23/P3.5."""
    first_promised: Date | None = None
    """For one that is carried on: when it was first promised, in whichever plan that was."""
    moved_before: Times | None = None
    """For one that is carried on: how often its due date moved in the plans before."""
    status: Status = "not started"
    """What is said of it now. Absent: not started."""
    progress: Log = NOTHING_LOGGED
    """The log, oldest first."""

    def __post_init__(self) -> None:
        if type(self.progress) is not Log:
            object.__setattr__(self, "progress", Log(self.progress))
        if self.carried_from is None:
            self._refuse_past()
        self._refuse_half_recurring()
        if self.due == UNCONFIRMED and not self.after:
            raise Wrong(
                "after-missing",
                f"{self.id}'s date is to be confirmed, and nothing says what it waits for",
                "Add `after:` with the id of that milestone; or leave `due:` out.",
                "due",
            )
        if self.due.ongoing == (self.review is not None):
            return
        if self.due.ongoing:
            raise Wrong(
                "review-missing",
                f"{self.id} is ongoing and nothing says when it is looked at",
                "Add `review:` with a date.",
                "due",
            )
        raise Wrong(
            "review-needless",
            f"{self.id} has a review date, and is not said to be ongoing",
            "Keep `review:` only where `due:` is ongoing.",
            "review",
        )

    def _refuse_half_recurring(self) -> None:
        """Raises Wrong where it recurs and nothing says from when to when; or where it does not
        recur, and an entry reports one of its occurrences."""
        if self.every and not (self.start and self.due.dated):
            raise Wrong(
                "every-unbounded",
                f"{self.id} recurs every {self.every}, and nothing says from when to when",
                "Add `start:` and `due:`, each with a date; or take `every:` out.",
                "every",
            )
        needless = (n for n, entry in enumerate(self.progress) if entry.for_ and not self.every)
        if (number := next(needless, None)) is not None:
            raise Wrong(
                "for-needless",
                f"an entry of {self.id} says `for:`, and {self.id} does not recur",
                "Add `every:` with month, quarter, 6 months, year or term; or take `for:` out.",
                ("progress", number, "for"),
            )

    def _refuse_past(self) -> None:
        """Raises Wrong where something is said of earlier plans that it does not come from."""
        for key in ("first_promised", "moved_before"):
            if getattr(self, key) is not None:
                raise Wrong(
                    "carried-missing",
                    f"{self.id} has `{key}:`, and nothing says which milestone it carries on",
                    "Add `carried_from:` with that one, such as 2021-23/P3.5; or take it out.",
                    key,
                )

    @property
    def first_due(self) -> PlanDate:
        """The due date first promised, before any move; of one that is carried on, in the plan
        where it began."""
        if self.first_promised is not None:
            return self.first_promised
        first = next((entry.moved for entry in self.progress if entry.moved), None)
        if first is None:
            return self.due
        return first.to if first.from_.undated else first.from_

    @property
    def moves(self) -> tuple[Entry, ...]:
        """The entries that moved the due date, oldest first; those of earlier plans are not
        among them."""
        return self.progress.moves

    @property
    def times_moved(self) -> int:
        """How often the due date moved, in earlier plans too."""
        return int(self.moved_before or 0) + len(self.moves)

    @property
    def evidence(self) -> tuple[str, ...]:
        """All evidence that the log cites, oldest first."""
        return tuple(item for entry in self.progress for item in entry.evidence)


@frozen
class Statement(Frozen):
    """A sentence that says what an objective is to achieve: a text, or a text with its theme."""

    __pydantic_config__ = STRICT

    text: Text
    """The sentence, in the plan's own words."""
    theme: Texts = ()
    """The theme that it is about, which runs through several priorities: voice of the child. Or a
    list of them."""

    @property
    def plain(self) -> "str | Statement":
        """Its text, where it says no more; else itself."""
        return self if self.theme else self.text


@frozen
class Objective(Frozen):
    """What is to be achieved, and the milestones on the way."""

    __pydantic_config__ = NAMED

    id: Id
    """Its number, for ever: P1-A."""
    statements_: tuple[Annotated[Statement, _TextAlone()], ...] = ()
    """The objective in the plan's own words, one statement an item; {text: …, theme: …} where it is
    about a theme."""
    complete_by: Date | None = None
    """The published completion timescale."""
    accountable: Texts = ()
    """Who answers for it."""
    lead: Texts = ()
    """Who leads it."""
    milestones: tuple[Milestone, ...] = ()
    """In the published order."""

    @property
    def statements(self) -> tuple[str, ...]:
        """The texts of its statements."""
        return tuple([statement.text for statement in self.statements_])

    @property
    def written(self) -> bool:
        """Whether the plan has such an objective; else it is a priority's section of what stands
        straight under it, which has no id."""
        return bool(self.id)


@frozen
class Decision(Frozen):
    """What a Board decided."""

    __pydantic_config__ = STRICT

    date: Date
    """The day of the decision."""
    by: Text
    """The Board or group that decided."""
    decision: Text
    """What was decided, as minuted."""
    outcome: Outcome | None = None
    """What it means for the priority: continue, close, change, carry forward."""
    about: Ids = ()
    """The ids it is about, or plan for the whole plan. Absent: this priority; in plan.yaml, the
    plan."""
    completes: Ids = ()
    """The milestone that this decision completes, or a list of them."""
    note: Text | None = None
    """Anything to add."""

    def __post_init__(self) -> None:
        if self.outcome and WHOLE_PLAN in self.about:
            raise _outcome_of_plan(self.outcome)

    @property
    def names(self) -> tuple[str, ...]:
        """Every id that it names."""
        return self.about + self.completes


def _outcome_of_plan(outcome: Outcome, key: str | Keys = "outcome") -> Wrong:
    """What is wrong with an outcome of the whole plan, which no priority would follow."""
    return Wrong(
        "outcome-of-plan",
        f'"{outcome}" is of a priority, and this decision is of the whole plan',
        "Write the decision in the file of each priority that it means, with `outcome:` there; "
        "or take `outcome:` out.",
        key,
    )


@frozen
class Value(Frozen):
    """A measure's value in one period."""

    __pydantic_config__ = STRICT

    period: Date
    """The period: Q3 2021/22, 2021/22, 2021-12."""
    value: Figure | None = None
    """The number, or suppressed. Under 5 could identify somebody: write suppressed instead. Absent
    where there is none, and the note says why."""
    note: Text | None = None
    """Anything needed to read it."""

    def __post_init__(self) -> None:
        if not (self.value or self.note):
            raise Wrong(
                "value-missing",
                f"{self.period.shown} has no value, and no note says why",
                "Add `value:`, or `note:` with the reason.",
                "period",
            )

    @property
    def number(self) -> float | None:
        """The number, without % and commas; None where there is none to be told."""
        return number_in(self.value or "")

    @property
    def shown(self) -> str:
        """The figure as it is told: as it was written, or that there is none."""
        return self.value or "no figure"


def number_in(text: str) -> float | None:
    """The number that a text is, without % and commas; None where it is none."""
    if not re.fullmatch(r"-?\d[\d,]*(\.\d+)?%?", text.strip(), re.ASCII):
        return None
    return float(text.strip().replace(",", "").removesuffix("%"))


@frozen
class Promised(Frozen):
    """What a measure is to be by a period, on the way to its target."""

    __pydantic_config__ = STRICT

    period: Date
    """By when: 2024-03."""
    value: Number
    """The figure that was promised."""
    name: Text | None = None
    """What it is called, as published: Milestone 3."""


@frozen
class Benchmark(Frozen):
    """What others reach, to hold a measure against."""

    __pydantic_config__ = STRICT

    name: Text
    """Whose figure it is: England average."""
    value: Number
    """Their figure."""
    period: Date | None = None
    """Of when."""


@frozen
class Measure(Frozen):
    """Something counted, to see whether the plan makes a difference."""

    __pydantic_config__ = STRICT

    id: Id
    """Its number, for ever: P1-M1."""
    name: Text
    """What is counted."""
    kind: MeasureKind | None = None
    """What it tells: how much was done, how well, or what difference it made."""
    unit: Text | None = None
    """In what: people, assessments, %."""
    better: Better | None = None
    """Which way is better."""
    baseline: Value | None = None
    """The figure that it began from, with its period."""
    benchmark: Benchmark | None = None
    """What others reach, such as the England average."""
    target: Text | None = None
    """What was hoped for."""
    path: tuple[Promised, ...] = ()
    """What was promised on the way to the target, period by period, oldest first."""
    values: tuple[Value, ...] = ()
    """Oldest first."""


@frozen
class Impact(Frozen):
    """A difference made for those whom the plan protects, with its source."""

    __pydantic_config__ = NAMED

    date: Date
    """When it was seen or heard."""
    from_: Voice
    """Who or what says so: children, adults, families, carers, practitioners, audit, data."""
    note: Text
    """What was said or found. Nothing that could identify a child or an adult at risk."""
    about: Ids = ()
    """The objectives and milestones that it is about. Absent: this priority."""
    evidence: Texts = ()
    """A link or document reference, or a list of them."""
    theme: Texts = ()
    """The theme that it is about, which runs through several priorities: voice of the child. Or a
    list of them."""


@frozen
class Assurance(Frozen):
    """An answer to "is the partnership assured?", said by somebody on a day."""

    __pydantic_config__ = STRICT

    date: Date
    """The day it was said."""
    by: Text
    """The Board or group that says so."""
    level: Level
    """assured, partly, or not assured."""
    note: Text | None = None
    """Why."""
    about: Ids = ()
    """The objectives and milestones that it is about. Absent: this priority."""


_OF_PRIORITIES = (
    *("until", "outcome", "outcome_label", "evidence", "objectives"),
    *("measures", "impact", "assurance"),
)
"""The keys that a priority has and a register has not."""


class _InSections(Frozen):
    """What has milestones in sections, which are worked out once."""

    __slots__ = ("sections",)
    sections: tuple[Objective, ...]
    """What its milestones stand in: its objectives and, before them where any stand straight under
    it, an objective without an id that holds those."""


@frozen
class Priority(_InSections):
    """A priority of the plan, in a file of its own; or a register, which is a list of actions,
    challenges or risks that no priority owns."""

    __pydantic_config__ = NAMED

    id: Id
    """Its number, for ever: P1."""
    kind: FileKind = "priority"
    """priority, or register for a list such as the Board's action log, which has `milestones:` and
    `decisions:` alone. Absent: priority."""
    title: Text
    """Its name, as published."""
    until: Date | None = None
    """Until when it runs, as published; its end must be decided by then."""
    outcome: Text | None = None
    """What will be different for those whom the plan protects, as published."""
    outcome_label: Text | None = None
    """The heading of the outcome, as published."""
    evidence: tuple[Text, ...] = ()
    """Where the evidence is to be found, as published."""
    milestones_: tuple[Milestone, ...] = ()
    """Those that stand straight under it, in the published order. Those of its objectives stand
    there."""
    objectives: tuple[Objective, ...] = ()
    """In the published order."""
    decisions: tuple[Decision, ...] = ()
    """What Boards decided about it, oldest first."""
    measures: tuple[Measure, ...] = ()
    """What is counted."""
    impact: tuple[Impact, ...] = ()
    """The difference made for those whom the plan protects, oldest first."""
    assurance: tuple[Assurance, ...] = ()
    """Whether the partnership is assured, oldest first."""

    def __post_init__(self) -> None:
        if key := self.register and next(filter(self._has, _OF_PRIORITIES), None):
            raise Wrong(
                "register-key",
                f"{self.id} is a register, and `{key}:` is of a priority",
                "A register has `milestones:` and `decisions:`; take this out, or take "
                "`kind: register` out.",
                key,
            )
        straight = (Objective(id="", milestones=self.milestones_),) if self.milestones_ else ()
        object.__setattr__(self, "sections", straight + self.objectives)

    def _has(self, name: str) -> bool:
        return bool(getattr(self, name))

    @property
    def register(self) -> bool:
        """Whether it is a register, and no priority."""
        return self.kind == "register"

    @property
    def milestones(self) -> Iterator[Milestone]:
        """Its milestones, in the published order."""
        return (milestone for section in self.sections for milestone in section.milestones)

    @property
    def leads(self) -> tuple[str, ...]:
        """Who leads its objectives, and the milestones straight under it."""
        objectives = (name for objective in self.objectives for name in objective.lead)
        straight = (name for milestone in self.milestones_ for name in milestone.lead)
        return tuple(dict.fromkeys((*straight, *objectives)))

    def with_sections(self, sections: Iterable[Objective]) -> "Priority":
        """The priority with these in the place of its sections."""
        every = tuple(sections)
        straight = tuple(m for section in every if not section.written for m in section.milestones)
        objectives = tuple(section for section in every if section.written)
        return self.replace(milestones_=straight, objectives=objectives)

    @property
    def parts(self) -> "Iterator[Priority | Objective | Milestone | Measure]":
        """Everything in it that has an id, itself first."""
        yield self
        yield from self.objectives
        yield from self.milestones
        yield from self.measures


@frozen
class Period(Frozen):
    """The time that the plan covers."""

    __pydantic_config__ = STRICT

    start: Date
    """Its first month."""
    end: Date
    """Its last month."""


@frozen
class Agreed(Frozen):
    """Who agreed the plan, and when."""

    __pydantic_config__ = STRICT

    by: Text
    """The Board that agreed it."""
    date: Date
    """When."""


@frozen
class Group(Frozen):
    """A board, sub-group or role that the plan names."""

    __pydantic_config__ = STRICT

    name: Text
    """Its full name, as the plan writes it."""
    short: Text | None = None
    """A shorter name, for narrow screens."""
    kind: GroupKind
    """board, statutory partners, sub-group, task and finish group, or role."""
    agency: Text | None = None
    """The agency it belongs to, where it belongs to one."""


@frozen
class Meeting(Frozen):
    """A meeting, past or to come, that reports can be counted from."""

    __pydantic_config__ = STRICT

    date: Date
    """The day it meets."""
    group: Text
    """Which board or group meets."""
    title: Text | None = None
    """What it is called, where it has a name."""


@frozen
class Column(Frozen):
    """An extra column that this plan's milestones have, under `more:`."""

    __pydantic_config__ = STRICT

    key: Key
    """The key under `more:`, such as success."""
    label: Text
    """The heading shown for it."""


@frozen
class Recommendation(Frozen):
    """What a review recommends."""

    __pydantic_config__ = STRICT

    id: Id
    """Its number, for ever: FX-1. A milestone that carries it out says so under `answers:`."""
    words: Text
    """The recommendation, as published."""
    agency: Agency | None = None
    """single where it is for one agency, multi where it is for several together."""
    not_implemented: Text | None = None
    """Why it is not carried out, where that was decided."""


@frozen
class Review(Frozen):
    """A review, inspection or inquiry whose recommendations the plan answers."""

    __pydantic_config__ = STRICT

    name: Text
    """What it is called: Family X LSCPR."""
    kind: Text | None = None
    """What it is: local child safeguarding practice review, joint inspection."""
    date: Date | None = None
    """When it was published."""
    recommendations: tuple[Recommendation, ...] = ()
    """What it recommends, in its own order."""


@frozen
class Head(Frozen):
    """What plan.yaml holds: the partnership, the period, the vision, the groups, the meetings."""

    __pydantic_config__ = STRICT

    format: Literal["1"]
    """The version of this format: 1."""
    id: Id
    """For citing the plan: 2021-23 gives 2021-23/P1.3."""
    partnership: Text
    """The partnership's full name."""
    short_name: Text | None = None
    """Its abbreviation."""
    title: Text
    """The plan's title, as published."""
    period: Period
    """The time that the plan covers."""
    agreed: Agreed | None = None
    """Who agreed the plan, and when."""
    keeper: Text | None = None
    """Who keeps the plan, and says what is recorded in it unless somebody else is named: a role,
    such as Business Manager."""
    dates: DayFirst | None = None
    """How dates are typed on the command line. With day first, 3/4/2022 is 3 April; else it is
    refused, as it could be 4 March."""
    completion: Completion | None = None
    """What makes a milestone complete. With agreed, it counts as complete once a Board has agreed
    it: until then it stands as "complete, not yet agreed"."""
    duty: DutyName | None = None
    """What its yearly report must hold: the name of a duty that comes with hscp, such as
    working-together-2023, or the path of a file of your own, in a folder below this one."""
    vision: Text | None = None
    """The vision, as published."""
    introduction: Text | None = None
    """The introduction, as published; a blank line between paragraphs."""
    reporting: Text | None = None
    """How progress is reported, as published."""
    groups: tuple[Group, ...] = ()
    """The boards, sub-groups and roles that the plan names."""
    meetings: tuple[Meeting, ...] = ()
    """Meetings past and to come, in order of date."""
    decisions: tuple[Decision, ...] = ()
    """What Boards decided about the whole plan, or about several priorities, oldest first."""
    columns: tuple[Column, ...] = ()
    """Extra columns that milestones have under `more:`."""
    reviews: tuple[Review, ...] = ()
    """The reviews whose recommendations milestones answer."""
    words: Mapping[WordKey, Text] = NOTHING
    """What is shown for a level or a status, never the key: {milestone: Action}."""
    scale: Mapping[ScaleWord, Status] = NOTHING
    """The plan's own words for statuses, which its files hold and people see: {Green: on track}.
    A word for each status at most."""

    def __post_init__(self) -> None:
        if self.scale:
            _check_scale(self.scale)
        for number, decision in enumerate(self.decisions):
            if decision.outcome:
                raise _outcome_of_plan(decision.outcome, ("decisions", number, "outcome"))

    @property
    def plans(self) -> list[str]:
        """The ids of the plans that it is of: its own, or those of several together."""
        return self.id.split("+")

    def cite(self, id: str) -> str:
        """An id as it is cited: 2021-23/P1.3. One of several plans together is cited already."""
        return id if "/" in id else f"{self.id}/{id}"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """How its milestones can stand, the worst first."""
        return tuple(kind for kind in KINDS if kind != UNAGREED or self.completion)

    @property
    def day_first(self) -> bool:
        """Whether whoever types 3/4/2022 means 3 April."""
        return self.dates is not None

    def word_for(self, key: WordKey) -> str:
        """The plan's word for a level or a status, small unless it is an abbreviation. A word of
        its scale that is no word, such as 3, stands behind what it means: on track (3)."""
        word = self.words.get(key, key)
        if self.scale and (said := self.written(key)) != key:
            is_word = sum(map(str.isalpha, said)) > 1 and key not in self.words
            word = said if is_word else f"{word} ({said})"
        return word if word[:2].isupper() else word[:1].lower() + word[1:]

    def written(self, status: str) -> str:
        """What the plan's files hold for a status: its word of the scale, else ours."""
        return written(status, self.scale)

    def meant(self, typed: str) -> "Status | None":
        """The status that somebody means by a word of the plan's scale; None where it is none."""
        words = folded(typed)
        return next((status for word, status in self.scale.items() if folded(word) == words), None)

    @property
    def names(self) -> dict[str, str]:
        """The full name of each group, by every name that it goes by, folded. A short name that
        several groups share is left out."""
        shorts = [folded(group.short) for group in self.groups if group.short]
        by_short = {folded(g.short): g.name for g in self.groups if g.short}
        unshared = {short: name for short, name in by_short.items() if shorts.count(short) == 1}
        return unshared | {folded(group.name): group.name for group in self.groups}

    @property
    def agencies(self) -> dict[str, str]:
        """The agency of each group that says to which it belongs, by every name that the group goes
        by, folded."""
        of = {group.name: group.agency for group in self.groups if group.agency}
        return {called: of[name] for called, name in self.names.items() if name in of}

    def whole(self, name: str) -> str:
        """The full name of the group that goes by this name; the name itself where none does."""
        return self.names.get(folded(name), name)

    def short(self, name: str) -> str:
        """A group's short name, or the name where it has none."""
        # Compared as written first: nearly every name is, and every row of a table asks for one.
        groups = [g for g in self.groups if g.name == name]
        groups = groups or [g for g in self.groups if folded(g.name) == folded(name)]
        return next((g.short for g in groups if g.short), name)


def _check_scale(scale: Mapping[str, Status]) -> None:
    """Raises Wrong where what is shown could not be true of all that a word stands for."""
    words: dict[str, str] = {status: status for status in KINDS}
    by_status: dict[str, str] = {}
    for word, status in scale.items():
        if words.setdefault(folded(word), status) != status:
            raise Wrong(
                "scale-word",
                f"{quoted(word)} cannot be the word for {status}: it stands for "
                f"{words[folded(word)]} already",
                "Choose another word.",
                ("scale", word),
            )
        if other := by_status.get(status):
            raise Wrong(
                "scale-twice",
                f"{quoted(word)} and {quoted(other)} both stand for {status}",
                "What is shown could not be true of both. Keep one word for each status; these "
                f"have none yet: {listed(_wordless(scale))}.",
                ("scale", word),
            )
        by_status[status] = word


def _wordless(scale: Mapping[str, Status]) -> list[str]:
    """The statuses for which a scale has no word."""
    return [status for status in STATUSES if status not in scale.values()]


@frozen
class Round(Frozen):
    """That somebody was asked about milestones on a day, and when they answered."""

    __pydantic_config__ = NAMED

    date: Date
    """The day they were asked."""
    who: Text
    """Who was asked: a role or group, never an address."""
    also: Texts = ()
    """Who else leads these milestones, and got the same form."""
    ids: Ids
    """The milestones that they were asked about."""
    for_: Text | None = None
    """The meeting that the answers are for."""
    reply_by: Date | None = None
    """The last day to answer."""
    form: Digest
    """What tells the form: the digest at its foot."""
    answered: Date | None = None
    """The day they answered. Absent: not yet."""

    def __post_init__(self) -> None:
        if self.answered and self.answered.last < self.date.first:
            raise Wrong(
                "answered-early",
                f"answered on {self.answered.shown}, before it was asked on {self.date.shown}",
                "Put one of the two dates right.",
                "answered",
            )


@frozen
class Asked(Frozen):
    """What asked.yaml holds: who was asked, and who answered."""

    __pydantic_config__ = STRICT

    asked: tuple[Round, ...] = ()
    """Each time that somebody was asked, in the order of asking."""


def _is_plan(id: str) -> bool:
    """Whether an id stands for a whole plan, of several too: 2021-23/plan."""
    return id.rpartition("/")[2] == WHOLE_PLAN


class Decided(NamedTuple):
    """A decision, and the priority or register in whose file it stands; None for plan.yaml."""

    owner: Priority | None
    decision: Decision

    @property
    def about(self) -> tuple[str, ...]:
        """The ids that it is about, or plan for the whole plan: where it says nothing, that in
        whose file it stands."""
        return self.decision.about or (self.owner.id if self.owner else WHOLE_PLAN,)

    @property
    def id(self) -> str:
        """The id of the priority or register that it stands with; plan for one of the whole
        plan."""
        if self.owner:
            return self.owner.id
        return next((id for id in self.about if _is_plan(id)), WHOLE_PLAN)

    def is_of(self, ids: Set[str]) -> bool:
        """Whether it stands with one of these, or names one."""
        return not ids.isdisjoint((self.id, *self.about, *self.decision.completes))

    @property
    def of_plan(self) -> bool:
        """Whether it is about the whole plan, or stands in plan.yaml."""
        return self.owner is None or any(_is_plan(id) for id in self.about)


class Plan(NamedTuple):
    """A plan: its plan.yaml, and its priorities and registers by the file that holds each."""

    head: Head
    files: Mapping[str, Priority]
    beside: tuple[Priority, ...] = ()
    """The priorities that a narrowed plan leaves out: a decision there about the rest counts."""
    hidden: frozenset[str] = frozenset()
    """The ids of objectives that may not count themselves as milestones: a filter, or a fault of
    the file, left out what they hold, or they themselves."""
    asked: tuple[Round, ...] = ()
    """Who was asked, as far as that was read: see `store.with_asked`."""
    heads: tuple[Head, ...] = ()
    """Of several plans together (see `several`) the plan.yaml of each: then every id has its plan's
    before it. Empty for a plan of its own."""
    narrowed_from: "Plan | None" = None
    """Of a narrowed plan the whole one: what a milestone waits for may stand there."""

    @property
    def owners(self) -> tuple[Priority, ...]:
        """What milestones are of: the priorities, in the order of their ids, then the registers."""
        return tuple(self.files.values())

    @property
    def priorities(self) -> tuple[Priority, ...]:
        """The priorities, in the order of their ids."""
        return tuple(owner for owner in self.owners if not owner.register)

    @property
    def registers(self) -> tuple[Priority, ...]:
        """The registers, in the order of their ids."""
        return tuple(owner for owner in self.owners if owner.register)

    @property
    def of_priorities(self) -> "Plan":
        """The plan without its registers."""
        return self.only({n: owner for n, owner in self.files.items() if not owner.register})

    def head_of(self, part: Milestone | Priority) -> Head:
        """The plan.yaml that a part of the plan is under."""
        if not self.heads:
            return self.head
        plan_id = part.id.partition("/")[0]
        return next(head for head in self.heads if head.id == plan_id)

    def milestone(self, id: str) -> Milestone | None:
        """The milestone of this id; None where there is none."""
        return next((m for p in self.files.values() for m in p.milestones if m.id == id), None)

    @property
    def decisions(self) -> Iterator[Decision]:
        """Every decision: those of plan.yaml, then those of each file."""
        return (decided.decision for decided in self.decided)

    @property
    def decided(self) -> Iterator[Decided]:
        """The same, each with the priority or register that it stands in."""
        for decision in self.head.decisions:
            yield Decided(None, decision)
        for owner in (*self.files.values(), *self.beside):
            for decision in owner.decisions:
                yield Decided(owner, decision)

    @property
    def decided_on(self) -> dict[str, list[Decision]]:
        """The decisions on each priority or register, by its id, the oldest first: those that
        stand with it, and those that name something of it from elsewhere."""
        owner_of = {part.id: owner.id for owner in self.owners for part in owner.parts}
        decided: dict[str, list[Decision]] = {owner.id: [] for owner in self.owners}
        for each in sorted(self.decided, key=lambda each: each.decision.date.first):
            own = (each.owner.id,) if each.owner else ()
            ids = (owner_of.get(id) for id in (*own, *each.decision.names))
            for id in dict.fromkeys(ids):
                if id:
                    decided[id].append(each.decision)
        return decided

    def only(self, files: Mapping[str, Priority], hidden: Iterable[str] = ()) -> "Plan":
        """The plan narrowed to these files, in which hidden objectives do not count themselves."""
        left_out = (p for name, p in self.files.items() if name not in files)
        beside = (*self.beside, *left_out)
        whole = self.narrowed_from or self
        hidden = self.hidden.union(hidden)
        return self._replace(files=files, beside=beside, hidden=hidden, narrowed_from=whole)


def part(kind: type[Frozen], key: str) -> type[Frozen] | None:
    """The class of the parts that stand under a key of this class; None where texts stand there."""
    return _class_in(kind.annotations.get(key))


def _class_in(annotation: Any) -> type[Frozen] | None:
    if annotation is Log:
        return Entry
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation
    return next(filter(None, map(_class_in, get_args(annotation))), None)
