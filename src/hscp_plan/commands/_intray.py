"""The files that came back: those that were named and all of a folder, each with its parts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..asking.returned import Source
from ..disk import plain_bytes
from ..errors import Mendable, Mistyped
from ..letters import folded
from ..readers.content import Content, Mail
from ..readers.files import read
from ..readers.package import LARGEST
from ..store import display_path
from ..words import natural_key
from ._look import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

LEFT = ("thumbs.db", "desktop.ini", ".ds_store")
"""What systems leave in a folder."""
MOST_WITHIN = 2
"""How deep an e-mail may stand in another, to be read."""


def files_in(names: Sequence[str]) -> list[Path]:
    """The files that are meant, each once: a folder means those directly in it, but what programs
    leave there. Raises Mistyped for a name of nothing."""
    paths: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(path.iterdir(), key=lambda p: natural_key(p.name))
            mail = [p for p in inside if _is_mail(p)]
            if not mail:
                within = "A folder within it is not looked into: name that one."
                note(f"The folder {display_path(path)} holds no file. {within}")
            paths.update(dict.fromkeys(mail))
        elif path.exists():
            paths[path] = None
        else:
            what = f"there is no file or folder {display_path(path)}"
            raise Mistyped(what, "Give the files that came back, or the folder that they are in.")
    return list(paths)


def _is_mail(path: Path) -> bool:
    name = folded(path.name)
    return not (path.is_dir() or name.startswith((".", "~$")) or name in LEFT)


def read_parts(path: Path) -> list[Source]:
    """What a file holds: one part or, of an e-mail, its text and each form attached to it. Raises
    Mendable where it cannot be read."""
    return list(_parts(display_path(path), file_bytes(path), None))


def file_bytes(path: Path) -> bytes:
    """Somebody else's file, whole. Raises Mendable where it cannot be read."""
    try:
        return plain_bytes(path, LARGEST)
    except OSError as error:
        what = f"{display_path(path)} cannot be read: {error.strerror}"
        raise Mendable(what, "Give another file.") from error


def _parts(name: str, data: bytes, sent: date | None, depth: int = 0) -> Iterator[Source]:
    """What a file says; of an e-mail and what is attached to it, as `sent` on its day."""
    content = read(name, data)
    if not isinstance(content, Mail):
        # The lines of a text belong together until a blank one; the paragraphs of Word do not.
        yield Source(name, content, by_line=not data.startswith(b"PK"), sent=sent)
        return
    yield Source(name, content.content, by_line=True, sent=content.day)
    unread = []
    for label, attached in content.attachments:
        whole = f"{label} in {name}"
        if depth == MOST_WITHIN:
            unread.append(f"{whole} was not read: it stands within too many e-mails.")
            continue
        try:
            yield from _parts(whole, attached, content.day, depth + 1)
        except Mendable as error:
            unread.append(f"{whole} was not read: {error.what}.")
    if unread:
        yield Source(name, Content((), notes=tuple(unread)))
