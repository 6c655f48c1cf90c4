"""The names of a plan's files: which are read, which only look as if they were, and which are
copies of others. Opens no file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Fault, Place
from ..model import Asked, Head, Priority
from ..words import count, listed, natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..frozen import Frozen

HEAD = "plan.yaml"
ASKED = "asked.yaml"
"""Who was asked, and who answered: only the commands that tell of it read it."""
MOST_IDS = 5
"""How many milestones in which copies differ are named."""
_LIKE_A_PLANS = re.compile(
    r"(?=[^.])(.*)\.ya?ml(?:\.txt|~|\.orig|\.bak|\.old)?|(?=p\d|plan\.)(.*)\.json",
    re.IGNORECASE | re.DOTALL,
)
"""What looks like a plan's file. Of other programs' JSON only what has a priority's usual name."""
COPIED = "file-copied"
"""The rule that a file breaks which is a copy of another, or has one."""


def plan_files(names: Iterable[str]) -> list[str]:
    """Those of a folder's names that are plan.yaml, which comes first, or a priority."""
    ours = (
        name
        for name in names
        if name.endswith(".yaml")
        and "/" not in name  # of a folder below, as the plan's own duty is
        and not name.startswith(".")
        and not right_name(name)
        and name != ASKED
    )
    return sorted(ours, key=lambda name: (name != HEAD, name))


def right_name(name: str) -> str | None:
    """The name that a file should have which looks like a plan's and is not read; None where it is
    read, or is none."""
    match = _LIKE_A_PLANS.fullmatch(name)
    if match is None:
        return None
    stem = match[1] or match[2]
    right = HEAD if stem.casefold() == "plan" else f"{stem}.yaml"
    return right if right != name else None


def is_backup(name: str, right: str, names: Iterable[str]) -> bool:
    """Whether a file is what an editor or another program leaves beside a plan's file: p1.yaml~,
    p1.yaml.orig, p1.json. Without that file beside it, it may be the file itself, renamed."""
    ending = name[len(right) - len(".yaml") :].casefold()
    return right in names and not re.fullmatch(r"\.ya?ml(\.txt)?", ending)


def name_fault(name: str, right: str, names: Iterable[str], label: str) -> Fault:
    """That a file is not read which should have the right name. `names` are those of the folder,
    and `label` is how messages name the file."""
    ending = name[len(right) - len(".yaml") :]
    small = " in small letters" if ending.casefold() == ".yaml" else ""
    message = f"hscp reads files that end in .yaml{small}, and this ends in {ending}"
    if ending == ".yaml":
        message = f"hscp reads {HEAD}, and this is called {name}"
    next = f"Rename it {right}, or move it elsewhere."
    if right in names:
        next = f"There is a {right} too: compare the two, and move this one elsewhere."
    if ending.casefold().endswith(".txt"):
        next += " To see whole names in Windows: View, Show, File name extensions."
    return Fault("file-name", message, Place(label), next)


class Copies(NamedTuple):
    """A priority that stands in several files, of which one is counted."""

    labels: Sequence[str]
    """How messages name the files."""
    values: Sequence[Priority]
    """What each file says of it."""
    counted: int
    """The number of the file that is counted."""
    sure: bool
    """Whether the names tell that this is the one which is no copy."""

    def fault(self, alike: bool) -> Fault:
        """That it stands in several files; `alike` where these are the same, byte for byte."""
        one = self.labels[self.counted]
        first, *others = (label for n, label in enumerate(self.labels) if n != self.counted)
        message = f"{self.values[self.counted].id} stands in {count(len(self.labels), 'file')}"
        message += f": {listed(['this one', one, *others])}"
        away = f"move {'the others' if others else 'this one'} out of the folder"
        if alike:
            advice = f"All say the same: {away}."
        elif self.sure:
            advice = (
                "By its name this one is a copy, as sync tools and Save as leave them. "
                f"{self._difference()} Put what is right into {one}, and {away}."
            )
        else:
            advice = (
                f"Is one a copy of the other? {self._difference()} Put what is right into one, and "
                "move the other out of the folder. Where it is another priority, give it an id of "
                "its own."
            )
        until = f"Until then {one} alone is counted, and nothing is recorded in either."
        return Fault(COPIED, message, Place(first), f"{advice} {until}")

    def _difference(self) -> str:
        """In which milestones they differ."""
        first, *others = [
            {milestone.id: milestone for milestone in value.milestones} for value in self.values
        ]
        ids = sorted({id for milestones in (first, *others) for id in milestones}, key=natural_key)
        unlike = [id for id in ids if any(other.get(id) != first.get(id) for other in others)]
        if not unlike:
            return "Their milestones are the same; compare the rest."
        more = [f"{len(unlike) - MOST_IDS} more"] if len(unlike) > MOST_IDS else []
        return f"They differ in {listed(unlike[:MOST_IDS] + more)}."


def find_original(names: Sequence[str]) -> tuple[int, bool]:
    """Which of several files that say the same is not the copy, by their names, and whether the
    names tell: else it is the one with the shortest."""
    stems = [name.removesuffix(".yaml") for name in names]
    shortest_first = sorted(range(len(names)), key=lambda n: (len(names[n]), names[n]))
    originals = [n for n in shortest_first if not _is_copy(stems[n], stems)]
    return [*originals, *shortest_first][0], len(originals) == 1


def _is_copy(stem: str, stems: Iterable[str]) -> bool:
    """Whether a name says that it is a copy's: p1 (1), Copy of p1, p1.sync-conflict-20211215; or is
    another with a number or a computer's name after it, as p1-LAPTOP7."""
    if re.search(r"\bcopy\b|conflict|\(\d+\)", stem, re.IGNORECASE):
        return True
    return any(
        re.fullmatch(rf"{re.escape(other)}[-_ .][A-Z0-9][A-Z0-9-]*", stem) for other in stems
    )


def kind_of(name: str) -> type[Asked] | type[Head] | type[Priority]:
    """What a plan's file of this name holds."""
    return Head if name == HEAD else Asked if name == ASKED else Priority


def swap_fault(kind: type[Frozen], keys: Iterable[str], label: str) -> Fault | None:
    """That a file is of another kind than its name says, by the keys that it has; else None.
    `label` is how messages name it."""
    present = set(keys)
    if kind is Asked:
        return _in_place_of_asked(present, label)
    if {*Asked.keys} & present:
        message = f"this reads as {ASKED} does: it looks like a copy of it"
        return Fault(COPIED, message, Place(label), f"Compare it with {ASKED}, and move it out.")
    head = kind is Head
    shared = {"id", "title"}
    head_keys = len(present & {*Head.keys} - shared)
    priority_keys = len(present & {*Priority.keys} - shared)
    if head and priority_keys > head_keys:
        message = f"this reads as a priority does, and not as {HEAD}: a priority was saved over it"
        return Fault(COPIED, message, Place(label), f"Put {HEAD} back, from git or a backup.")
    if not head and head_keys > max(priority_keys, 1):
        message = (
            f"this reads as {HEAD} does, and not as a priority: it looks like a copy of {HEAD}"
        )
        next = (
            "Move it out of the folder. If a priority stood here, it was saved over: put it back, "
            "from git or a backup."
        )
        return Fault(COPIED, message, Place(label), next)
    return None


def _in_place_of_asked(keys: set[str], label: str) -> Fault | None:
    """That something else of a plan stands in asked.yaml."""
    if not {"id", "title", "milestones", "objectives"} & keys:
        return None
    message = f"this reads as a priority or {HEAD} does, and not as {ASKED}"
    next = f"Give it another name: {ASKED} is where hscp keeps who was asked, and is no priority."
    return Fault(COPIED, message, Place(label), next)
