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
from ..store import display_path
from ._look import note
from ._publish import STDOUT, publish_file, publish_files, to_stdout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..reports.chase import Chase
    from ._look import Look

TEXTS = ("text", "markdown")
"""The formats that the text may be written in, by the ending of its file."""


def ask_leads(
    look: Look, leads: Sequence[str] | None, output: str | None, force: bool, mail: str | None
) -> None:
    """Ask each lead: as text on the screen or in a file, or as a draft each in a folder."""
    from ..reports.chase import Chase
    from ..reports.leads import each_lead, unled

    chases = {
        lead.slug: Chase(lead.plan, look.day, lead.who, "")
        for lead in each_lead(look.plan, look.opened.plan, look.day, leads or ())
    }
    if without_lead := unled(look.plan, look.day):
        note(f"Nobody is asked about {ids(without_lead)}: nobody leads them.")
    if mail is not None:
        _write_drafts(look, chases, Path(mail), force)
    else:
        between = "\n" + "-" * 72 + "\n\n"
        text = between.join(chase.text() for chase in chases.values()) or "Nobody to ask.\n"
        if output in (None, STDOUT):
            to_stdout(text.encode(), "txt", look.opened)
        else:
            publish_file(text.encode(), Path(str(output)), look.opened, force)


def _write_drafts(look: Look, chases: dict[str, Chase], folder: Path, force: bool) -> None:
    from ..writers.eml import draw

    if folder.is_file():
        raise Mistyped(f"{folder} is a file", "Give the name of a folder after --mail.")
    addresses: dict[str, tuple[str, ...]] = {}
    for name, some in _contacts(look).items():
        whole = folded(look.plan.head.whole(name))
        addresses[whole] = (*addresses.get(whole, ()), *some)
    drafts = []
    for slug, chase in chases.items():
        to = ", ".join(addresses.get(folded(chase.who), ()))
        data = draw(chase.text(), chase.subject, to or None, {})
        drafts.append((folder / f"chase-{slug}.eml", data))
        if not to:
            note(f"{NAME} has no address for {chase.who}: the draft has none.")
    publish_files(drafts, look.opened, force, folder)


def _contacts(look: Look) -> dict[str, tuple[str, ...]]:
    """Who has which addresses. Raises Mendable where they stand in git, or cannot be read."""
    from ..disk import plain_bytes
    from ..git.repo import NoGit, files_at_head

    # Beside the plan's folder as it was named: resolve would go where a link leads.
    path = Path(os.path.abspath(look.opened.folder)).parent / NAME  # noqa: PTH100
    if not path.exists():
        return {}
    with suppress(NoGit):
        if NAME in files_at_head(path.parent):
            raise Mendable(
                f"{display_path(path)} is in git, where addresses stay for ever",
                f"Take it out:  git rm --cached {NAME}  and name it in .gitignore.",
            )
    return contacts(plain_bytes(path).decode("utf-8-sig", "replace"), display_path(path))
