"""The report of a plan that was begun: what was made, and what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Paragraph, Title
from ..words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..document import Document


class Begun(NamedTuple):
    """What was made of a plan, each named from here."""

    folder: str
    option: str
    """The option that names the folder, as it is typed, where it is not found by itself."""
    files: Sequence[str]
    beside: Sequence[str]
    left: Sequence[str]
    """What was to stand beside it and was there already."""
    to_fill_in: Sequence[str]
    """What holds names that are to be replaced."""
    first_priority: str
    """The id of the first priority; empty where there is none."""
    begin_git: str
    """The line that puts it into git; empty where it is in a repository."""


def plan_begun(begun: Begun) -> Document:
    """What was made, what was left as it was, and what to type next."""
    lines = [f"its files: {listed(begun.files)}"]
    if begun.beside:
        lines.append(f"beside it: {listed(begun.beside)}")
    if begun.left:
        lines.append(f"left as it was, since it was there: {listed(begun.left)}")
    blocks = [Paragraph((f"  {line}",)) for line in lines]
    if any(name.endswith(".gitignore") for name in begun.left):
        text = "See that .gitignore names contacts.yaml: e-mail addresses do not belong in git."
        blocks.append(Paragraph((text,), apart=True))
    if begun.to_fill_in:
        text = f"Put your own names in place of those in {listed(begun.to_fill_in)}."
        blocks.append(Paragraph((text,), apart=True))
    where = "this folder" if begun.folder == "." else begun.folder
    title = Title(f"Begun: the plan in {where}")
    return (
        title,
        *blocks,
        *(Paragraph((line,), apart=not n) for n, line in enumerate(_next(begun))),
    )


def _next(begun: Begun) -> list[str]:
    option = f" {begun.option}" if begun.option else ""
    lines = []
    if begun.first_priority:
        milestone = f'hscp add {begun.first_priority} "…" --due DATE{option}'
        lines.append(f"Its first milestone:  {milestone}")
    else:
        lines.append(f'Its first priority:  hscp add-priority "…"{option}')
    lines.append(f"What is missing:  hscp check{option}")
    if not begun.begin_git:
        lines.append("To add all of it to git, this once:  git add --all")
        lines.append('To keep it there:  git commit -m "Our plan begins"')
    else:
        lines.append(f"To keep it in git, where you are allowed to:  {begun.begin_git}")
    return lines
