"""Where a git host shows the lines of a plan's files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..checks._walk import milestones
from ..document import Link
from ..errors import Mistyped, quoted

if TYPE_CHECKING:
    from ..store import Opened


def places_on_host(opened: Opened, url: str) -> dict[str, Link]:
    """The line of each milestone, by its id, where `url` shows the plan's folder. Raises Mistyped
    for what is no address."""
    if not re.fullmatch(r"https?://[!-~]+", url, re.IGNORECASE) or "#" in url or "?" in url:
        raise Mistyped(
            f"--source-url takes the address of a folder, and {quoted(url)} is none",
            "Such as: https://github.com/example/plan/blob/main/plan/",
        )
    readings = {name: opened.reading(name) for name in opened.plan.files}
    links = {}
    for at in milestones(opened.plan):
        line = readings[at.file].place(at.path).line
        address = f"{url.rstrip('/')}/{_percent_encode(at.file)}#L{line}"
        links[at.milestone.id] = Link(f"{at.file}, line {line}", address)
    return links


def _percent_encode(name: str) -> str:
    """A file's name as it stands in an address."""
    # urllib.parse would load what only a few commands need.
    return re.sub(
        r"[^A-Za-z0-9._~-]",
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()),
        name,
    )
