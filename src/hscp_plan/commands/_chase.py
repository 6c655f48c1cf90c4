"""`hscp report chase`: what each lead is asked, as text or as e-mail drafts."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Mendable, Mistyped
from ..letters import folded
from ..reading.contacts import NAME, contacts
from ..reports.phrases import ids
from ..store import shown
from ._look import note
from ._papers import of_each_lead
from ._publish import STDOUT, publish_file, publish_files, to_stdout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..reports.chase import Chase
    from ._look import Look

TEXTS = ("text", "markdown")
"""As what a file with it may be named."""


def ask_leads(
    look: Look, leads: Sequence[str] | None, output: str | None, force: bool, mail: str | None
) -> None:
    """Ask each lead: as text on the screen or in a file, or as a draft each in a folder."""
    from ..reports.chase import Chase, unled

    asked = [
        (led.slug, Chase(led.plan, look.day, led.who, "")) for led in of_each_lead(look, leads)
    ]
    if nobody := unled(look.plan, look.day):
        note(f"Nobody is asked about {ids(nobody)}: nobody leads them.")
    if mail is not None:
        _drafts(look, asked, Path(mail), force)
    else:
        between = "\n" + "-" * 72 + "\n\n"
        text = between.join(each.text() for _, each in asked) or "Nobody to ask.\n"
        if output in (None, STDOUT):
            to_stdout(text.encode(), "txt", look.opened)
        else:
            publish_file(text.encode(), Path(str(output)), look.opened, force)


def _drafts(look: Look, asked: list[tuple[str, Chase]], folder: Path, force: bool) -> None:
    from ..writers.eml import draw

    if folder.is_file():
        raise Mistyped(f"{folder} is a file", "Give the name of a folder after --mail.")
    known: dict[str, tuple[str, ...]] = {}
    for name, addresses in _addresses(look).items():
        whole = folded(look.plan.head.whole(name))
        known[whole] = (*known.get(whole, ()), *addresses)
    drafts = []
    for slug, each in asked:
        to = ", ".join(known.get(folded(each.who), ()))
        data = draw(each.text(), each.subject, to or None)
        drafts.append((folder / f"chase-{slug}.eml", data))
        if not to:
            note(f"{NAME} has no address for {each.who}: the draft has none.")
    publish_files(drafts, look.opened, force, folder)


def _addresses(look: Look) -> dict[str, tuple[str, ...]]:
    """Who has which addresses. Raises Mendable where they stand in git, or cannot be read."""
    from ..disk import plain_bytes
    from ..git.repo import NoGit, head

    # Beside the plan's folder as it was named: resolve would go where a link leads.
    path = Path(os.path.abspath(look.opened.folder)).parent / NAME  # noqa: PTH100
    if not path.exists():
        return {}
    with suppress(NoGit):
        if NAME in head(path.parent):
            raise Mendable(
                f"{shown(path)} is in git, where addresses stay for ever",
                f"Take it out:  git rm --cached {NAME}  and name it in .gitignore.",
            )
    return contacts(plain_bytes(path).decode("utf-8-sig", "replace"), shown(path))
