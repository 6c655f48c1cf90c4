"""`hscp resolve`: end a merge, as far as what both sides did goes together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import store
from ..document import Paragraph, Title
from ..errors import Mendable
from ..git import merges, repo
from ..words import count
from ._look import open_one, say_document
from ._options import DryRun, PlanDir
from ._record import difference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..editing.change import Change
    from ..editing.resolve import Resolution


def run(dry_run: DryRun = False, where: PlanDir = None) -> int:
    """End an unfinished merge: what one side alone added, changed or took out stands.

    What both sides did to one thing, each in its own way (two due dates, two statuses), is left to
    you between the marks, and said.

    \b
    hscp resolve              every file of the plan that has an unfinished merge
    hscp resolve --dry-run    show what it would do
    """
    opened = store.with_asked(open_one(where, "resolve"))
    unfinished = [opened.folder / s.name for s in opened.sources if _has(s, "merge-unfinished")]
    left = list(_unread(opened))
    for path in unfinished:
        try:
            _resolve(path, dry_run)
        except Mendable as mendable:
            left.append(mendable)
    if left:
        raise _with_steps(_together(left), opened.folder, unfinished)
    if not unfinished:
        end = _ending(opened.folder)
        title = Title("No file of the plan has an unfinished merge.")
        say_document((title, *([Paragraph((end,))] if end else [])), "auto")
    elif not dry_run:
        first = f"Look at {'it' if len(unfinished) == 1 else 'them'}, and then end the merge:"
        steps = [Paragraph((step,)) for step in _steps(opened.folder, unfinished)]
        say_document((Paragraph((first,), apart=True), *steps), "auto")
    return 0


def _together(left: list[Mendable]) -> Mendable:
    """Several as one: a line each, and then what to do."""
    first, *more = left
    nexts = dict.fromkeys(mendable.next for mendable in left)
    lines = ["", *(f"{mendable.what}." for mendable in more)] if more else []
    return Mendable(first.what, "\n".join([*lines, *nexts]))


def _with_steps(left: Mendable, folder: Path, paths: list[Path]) -> Mendable:
    """The same, and how the merge of these files is ended once a person has mended it."""
    if not paths:
        return left
    return Mendable(
        left.what, "\n".join([left.next, "Then end the merge:", *_steps(folder, paths)])
    )


def _has(source: store.Source, rule: str) -> bool:
    return any(fault.rule == rule for fault in source.faults)


def _unread(opened: store.Opened) -> Iterator[Mendable]:
    """What keeps it from being told whether a file has an unfinished merge, or what it is: a file
    that cannot be read, or one that git holds to be unfinished and that has no marks."""
    marked = {source.name for source in opened.sources if _has(source, "merge-unfinished")}
    for fault in opened.faults:
        if fault.severity == "error" and fault.rule in ("unreadable", "not-utf-8"):
            what = f"{fault.place}: {fault.message}, so nothing tells whether its merge is finished"
            yield Mendable(what, fault.next)
    for name in merges.unmerged_files(opened.folder):
        path = opened.folder / name
        if name.endswith(".yaml") and name not in marked:
            file = store.display_path(path)
            what = f"{file}: git holds its merge to be unfinished, and it has no marks"
            there = "it is right as it stands" if path.exists() else "it is to stay gone"
            verb = "add" if path.exists() else "rm"
            yield Mendable(what, f"If {there}:  git {verb} {file}")


def _resolve(path: Path, dry_run: bool) -> None:
    """Join a file as far as that goes. Raises Mendable with the lines that are left."""
    from ..editing.asked import BEGIN
    from ..editing.resolve import BY_HAND, resolve
    from ..editing.write import rewrite_text

    base = merges.merge_base_text(path.resolve())
    if base is None and path.name == store.ASKED:
        base = BEGIN  # both sides were the first to ask
    resolutions: list[Resolution] = []

    def change(text: str) -> Change:
        resolutions.append(resolve(text, store.display_path(path), base))
        return resolutions[-1].change

    old, new, _ = rewrite_text(path, change, dry_run)
    resolution = resolutions[-1]
    name, conflicts = store.display_path(path), resolution.conflicts
    if dry_run:
        difference(path, old, new)
    elif resolution.joined or not conflicts:
        first, last = _new_lines(old, new)
        title = f"{name}: joined" + (f" in lines {first} to {last}" if first < last else "")
        if conflicts:
            title += f", but for {count(len(conflicts), 'thing')}"
        lines = [Paragraph((f"  {joined.text}",)) for joined in resolution.joined]
        say_document((Title(title), *lines), "auto")
    if conflicts:
        whats = (f"{name}, lines {c.lines[0]} to {c.lines[1]}: {c.text}" for c in conflicts)
        raise _together([Mendable(what, BY_HAND) for what in whats])


def _new_lines(old: str, new: str) -> tuple[int, int]:
    """The first and the last line of a text that are not as they were before."""
    before, after = old.splitlines(), new.splitlines()
    first = _alike(before, after)
    return first + 1, len(after) - _alike(before[first:][::-1], after[first:][::-1])


def _alike(one: list[str], other: list[str]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _steps(folder: Path, paths: list[Path]) -> list[str]:
    """The commands that end a merge of these files, once they are right."""
    add = f"git add {' '.join(store.display_path(path) for path in paths)}"
    return [f"  {step}" for step in (add, _then(folder)) if step]


def _ending(folder: Path) -> str:
    """How to end what git is in the middle of, where nothing of the plan is left to be joined."""
    try:
        busy = merges.unfinished_operation(folder)
    except repo.NoGit:
        return ""
    if busy is None:
        return ""
    return f"To end the {busy}:  {'hscp save' if busy == 'merge' else merges.ending_command(busy)}"


def _then(folder: Path) -> str:
    """The command that ends what git is in the middle of."""
    try:
        busy = merges.unfinished_operation(folder)
    except repo.NoGit:
        return "git commit"
    if busy is None:
        return ""
    return "git commit" if busy == "merge" else merges.ending_command(busy)
