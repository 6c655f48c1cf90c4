"""What a document says that the plan does not, and what somebody has to decide of it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from ..dates import PlanDate
    from ..model import Milestone, Objective, Priority
    from ..standing import Standing
    from ..words import Status
    from . import draft as read
    from .draft import Left
    from .pairing import Row

Field = Literal["action", "due", "status"]


class Doubt(NamedTuple):
    """What a person has to decide before something is recorded."""

    field: Field
    """What is not recorded until then."""
    what: str
    """What is doubtful, in a sentence without its end."""
    question: str
    needs_reason: bool = False
    """Whether the question is answered by a reason, which the note then gives."""
    ends: bool = False
    """Whether it ends the milestone, which somebody has to have agreed."""


class News(NamedTuple):
    """What a row says of its milestone that the plan does not."""

    standing: Standing
    note: str = ""
    status: Status | None = None
    due: PlanDate | None = None
    start: PlanDate | None = None
    lead: tuple[str, ...] = ()
    more: Mapping[str, str] = {}
    action: str = ""
    doubts: tuple[Doubt, ...] = ()
    agreed: str = ""
    """Who agreed that it ends, where somebody said so of it alone."""

    @property
    def says_anything(self) -> bool:
        """Whether there is anything to record, or to decide."""
        return any(self[1:])

    @property
    def sure(self) -> News:
        """What may be recorded of it without anybody deciding anything."""
        return self._without(doubt.field for doubt in self.doubts)

    def decided(self, doubt: Doubt, yes: bool, reason: str = "") -> News:
        """The same once a doubt was decided."""
        left = self if yes else self._without([doubt.field])
        note = "\n".join(filter(None, (self.note, reason)))
        return left._replace(note=note, doubts=tuple(d for d in self.doubts if d != doubt))

    def _without(self, fields: Iterable[Field]) -> News:
        without = set(fields)
        return self._replace(
            action="" if "action" in without else self.action,
            due=None if "due" in without else self.due,
            status=None if "status" in without else self.status,
            doubts=(),
        )


class New(NamedTuple):
    """A row that is no milestone of the plan yet."""

    row: read.Milestone
    priority: Priority
    objective: str | None
    """The id of its objective; None where it stands straight under its priority."""
    lead: tuple[str, ...]
    """Who leads it, where that is not who leads its objective."""
    more: Mapping[str, str]


class Led(NamedTuple):
    """Who leads an objective now, as the document says."""

    priority: Priority
    objective: Objective
    lead: tuple[str, ...]


class Unsure(NamedTuple):
    """A row that may be one of several milestones, or new."""

    row: Row
    may_be: tuple[Standing, ...]


class Own(NamedTuple):
    """What hscp writes of a milestone in its own documents."""

    texts: tuple[str, ...]
    """All its texts: entries of its log, what is worked out."""
    below: tuple[str, ...]
    """What stands below its action, a line each."""
    published: Milestone
    """The milestone as it is published, with its small counts veiled."""


class Known(NamedTuple):
    """What is known beside plan and document."""

    saved: date
    """The day that the document was last saved."""
    own: Callable[[Standing], Own]
    is_ours: Callable[[str], bool]
    """Whether a text is one that hscp wrote, or that the plan has somewhere."""
    also: Sequence[Left] = ()
    """What else the document says."""
