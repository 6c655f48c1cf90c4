"""The names of a plan's files: which are read, which only look as if they were, and which are
copies of others. Opens no file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Fault, Place
from ..model import Head, Priority
from ..words import count, listed, natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = "plan.yaml"
MOST_NAMED = 5
"""How many milestones are named in which copies differ."""
_LOOKS = re.compile(
    r"(?=[^.])(.*)\.ya?ml(?:\.txt|~|\.orig|\.bak|\.old)?|(?=p\d|plan\.)(.*)\.json",
    re.IGNORECASE | re.DOTALL,
)
"""What looks like a plan's file. Of other programs' JSON only what has a priority's usual name."""
COPIED = "file-copied"
"""The rule that a file breaks which is a copy of another, or has one."""


def read_of(names: Iterable[str]) -> list[str]:
    """Those of a folder's names that are a plan's files, plan.yaml first."""
    own = (n for n in names if n.endswith(".yaml") and not n.startswith(".") and not meant(n))
    return sorted(own, key=lambda name: (name != HEAD, name))


def meant(name: str) -> str | None:
    """The name that a file was meant to have which looks like a plan's and is not read; None where
    it is read, or is none."""
    found = _LOOKS.fullmatch(name)
    if found is None:
        return None
    stem = found[1] or found[2]
    wanted = HEAD if stem.casefold() == "plan" else f"{stem}.yaml"
    return wanted if wanted != name else None


def kept_aside(name: str, wanted: str, names: Iterable[str]) -> bool:
    """Whether a file is what an editor or another program leaves beside a plan's file: p1.yaml~,
    p1.yaml.orig, p1.json. Without that file beside it, it may be the file itself, renamed."""
    ending = name[len(wanted) - len(".yaml") :].casefold()
    return wanted in names and not re.fullmatch(r"\.ya?ml(\.txt)?", ending)


def misnamed(name: str, wanted: str, names: Iterable[str], called: str) -> Fault:
    """That a file is not read which was meant to have another name, beside files of these names."""
    ending = name[len(wanted) - len(".yaml") :]
    small = " in small letters" if ending.casefold() == ".yaml" else ""
    what = f"hscp reads files that end in .yaml{small}, and this ends in {ending}"
    if ending == ".yaml":
        what = f"hscp reads {HEAD}, and this is called {name}"
    next = f"Rename it {wanted}, or move it elsewhere."
    if wanted in names:
        next = f"There is a {wanted} too: compare the two, and move this one elsewhere."
    if ending.casefold().endswith(".txt"):
        next += " To see whole names in Windows: View, Show, File name extensions."
    return Fault("file-name", what, Place(called), next)


class Copies(NamedTuple):
    """A priority that stands in several files: their names as messages give them, what each says of
    it, and which of them is counted."""

    called: Sequence[str]
    values: Sequence[Priority]
    counted: int
    known: bool
    """Whether the names tell that it is the one which is no copy."""

    def fault(self, alike: bool) -> Fault:
        """That it stands in several files; `alike` where these are the same, byte for byte."""
        one = self.called[self.counted]
        first, *others = (name for n, name in enumerate(self.called) if n != self.counted)
        what = f"{self.values[self.counted].id} stands in {count(len(self.called), 'file')}"
        what += f": {listed(['this one', one, *others])}"
        away = f"move {'the others' if others else 'this one'} out of the folder"
        if alike:
            advice = f"All say the same: {away}."
        elif self.known:
            advice = (
                "By its name this one is a copy, as sync tools and Save as leave them. "
                f"{self._differ()} Put what is right into {one}, and {away}."
            )
        else:
            advice = (
                f"Is one a copy of the other? {self._differ()} Put what is right into one, and "
                "move the other out of the folder. Where it is another priority, give it an id of "
                "its own."
            )
        until = f"Until then {one} alone is counted, and nothing is recorded in either."
        return Fault(COPIED, what, Place(first), f"{advice} {until}")

    def _differ(self) -> str:
        """In which milestones they differ."""
        each = [
            {milestone.id: milestone for milestone in value.milestones} for value in self.values
        ]
        ids = sorted({id for milestones in each for id in milestones}, key=natural_key)
        unlike = [id for id in ids if any(m.get(id) != each[0].get(id) for m in each)]
        if not unlike:
            return "Their milestones are the same; compare the rest."
        more = [f"{len(unlike) - MOST_NAMED} more"] if len(unlike) > MOST_NAMED else []
        return f"They differ in {listed(unlike[:MOST_NAMED] + more)}."


def original(names: Sequence[str]) -> tuple[int, bool]:
    """Which of several files that say the same is not the copy, by their names, and whether the
    names tell: else it is the one with the shortest."""
    stems = [name.removesuffix(".yaml") for name in names]
    shortest = sorted(range(len(names)), key=lambda n: (len(names[n]), names[n]))
    own = [n for n in shortest if not _a_copy(stems[n], stems)]
    return [*own, *shortest][0], len(own) == 1


def _a_copy(stem: str, stems: Iterable[str]) -> bool:
    """Whether a name says that it is a copy's: p1 (1), Copy of p1, p1.sync-conflict-20211215; or is
    another with a number or a computer's name after it, as p1-LAPTOP7."""
    if re.search(r"\bcopy\b|conflict|\(\d+\)", stem, re.IGNORECASE):
        return True
    return any(
        re.fullmatch(rf"{re.escape(other)}[-_ .][A-Z0-9][A-Z0-9-]*", stem) for other in stems
    )


def swapped(head: bool, keys: Iterable[str], called: str) -> Fault | None:
    """That a file is of the other kind than its name says, by the keys that it has; else None."""
    has = set(keys)
    heads, priorities = (len(has & {*kind.keys} - {"id", "title"}) for kind in (Head, Priority))
    if head and priorities > heads:
        what = f"this reads as a priority does, and not as {HEAD}: a priority was saved over it"
        return Fault(COPIED, what, Place(called), f"Put {HEAD} back, from git or a backup.")
    if not head and heads > max(priorities, 1):
        what = f"this reads as {HEAD} does, and not as a priority: it looks like a copy of {HEAD}"
        next = (
            "Move it out of the folder. If a priority stood here, it was saved over: put it back, "
            "from git or a backup."
        )
        return Fault(COPIED, what, Place(called), next)
    return None
