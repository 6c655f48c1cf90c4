"""What was recorded and is not in git yet, for whoever lists it or takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import store
from ..disk import plain_bytes
from ..errors import Mendable

if TYPE_CHECKING:
    from ..editing.undo import Recorded, Saved


def unsaved(opened: store.Opened, whole: bool = False) -> tuple[list[Recorded], Saved]:
    """All that was recorded and is not in git, and what is. Raises Mistyped where nothing tells
    and, where it must be the `whole` of it, Mendable for a file with errors."""
    from ..editing import undo
    from ..git import repo
    from ..reading import yamltext
    from ..reports.commit import changed

    sources = {s.name: s for s in opened.sources if s.name != store.HEAD}
    old = {n: d for n, d in repo.head(opened.folder, sources).items() if n.endswith(".yaml")}
    now = {name: _bytes(source) for name, source in sources.items()}
    names = changed(old, now)
    values = []
    for name in (name for name in names if name in old and name != store.HEAD):
        text = yamltext.decoded(old[name], name)
        read = None if isinstance(text, list) else yamltext.read(text, name).value
        if read is None:
            what = f"{name} cannot be read as the last commit has it"
            raise Mendable(f"{what}, so nothing tells what of it was saved", "See  git log")
        values.append((str(text), read))
    known, found = undo.saved(values), []
    for name in (name for name in names if name in now):
        if any(fault.severity == "error" for fault in sources[name].faults):
            if whole:
                fault = next(f for f in sources[name].faults if f.severity == "error")
                what = f"{fault.place}: {fault.message}, so nothing tells what is the newest"
                raise Mendable(what, f"{fault.next} Or give the id:  hscp undo P1.2")
            continue
        text = yamltext.decoded(now[name], name)
        if isinstance(text, str):
            found += undo.unsaved(name, yamltext.values(text), known)
    return found, known


def _bytes(source: store.Source) -> bytes:
    try:
        return plain_bytes(source.path)
    except OSError:
        return b""


def written(opened: store.Opened) -> dict[str, int]:
    """When each file of the plan was written last."""
    made = {}
    for source in opened.sources:
        try:
            made[source.name] = source.path.stat().st_mtime_ns
        except OSError:
            made[source.name] = 0
    return made
