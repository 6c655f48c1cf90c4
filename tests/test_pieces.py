"""What two versions of a file do not have alike is read from their own lines: never otherwise than
if both had been read whole, and mostly at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import styles
from hypothesis import example, given
from hypothesis import strategies as st
from running import REPO

from hscp_plan import store
from hscp_plan.model import Milestone, Priority
from hscp_plan.past.pieces import differing_pieces, read_milestone

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

Changed = dict[str, tuple[Milestone | None, Milestone | None]]
P1 = (REPO / "examples" / "demo-plan" / "p1-neglect.yaml").read_bytes()
_NEW = (
    "      - id: P1.9\n        due: 2022-02\n        action: Another\n",
    "      - {id: P1.8, due: 2022-02, action: In brackets}\n",
    "      - due: 2022-03\n        id: P1.7\n        action: The id is not first\n",
    "          - date: 2021-12-01\n            note: |\n              - id: P1.1\n"
    "              due: 2021-12\n",
    "            note: due 2021-10, P1.2\n",
    "    statements:\n      - A statement\n",
    "  - id: P1-Z\n    milestones:\n      - id: P1.6\n        due: 2022\n        action: Other\n",
    "        # - id: P1.2\n",
    "measures:\n  - id: P1-M9\n    name: Visits\n",
    "\n",
)


def whole(data: bytes) -> dict[str, Milestone] | None:
    """The milestones of a faultless file, read whole."""
    source = store.read_version("", "abc", data)
    if source.faults or not isinstance(source.value, Priority):
        return None
    found = [*source.value.milestones]
    made = {m.id: m for m in found}
    return made if len(made) == len(found) else None


def changed(was: dict[str, Milestone], now: dict[str, Milestone]) -> Changed:
    pairs = {id: (was.get(id), now.get(id)) for id in {**was, **now}}
    return {id: pair for id, pair in pairs.items() if pair[0] != pair[1]}


def told(old: bytes, new: bytes) -> Changed | None:
    """The same, as the lines tell it."""
    pieces = differing_pieces(old, new)
    if pieces is None:
        return None
    try:
        pairs = {id: (read_milestone(p.was), read_milestone(p.now)) for id, p in pieces.items()}
    except ValueError:
        return None
    return {id: pair for id, pair in pairs.items() if pair[0] != pair[1]}


@st.composite
def edited(draw: DrawFn, text: str) -> str:
    """A text after an edit or two of its lines, some of which leave it faultless."""
    lines = text.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        at, to = (draw(st.integers(0, len(lines))) for _ in range(2))
        end = draw(st.integers(at, min(at + 6, len(lines))))
        match draw(st.sampled_from(["add", "add", "date", "date", "take", "move", "again"])):
            case "add":
                lines[at:at] = draw(st.sampled_from(_NEW)).splitlines(keepends=True)
            case "date":
                dated = [n for n, line in enumerate(lines) if "due:" in line or "20" in line]
                if dated:
                    n = draw(st.sampled_from(dated))
                    lines[n] = lines[n].replace("2021", "2022", 1)
            case "take":
                del lines[at:end]
            case "move":
                part = lines[at:end]
                del lines[at:end]
                lines[min(to, len(lines)) : 0] = part
            case "again":
                lines[to:to] = lines[at:end]
    return "".join(lines)


@st.composite
def versions(draw: DrawFn) -> tuple[bytes, bytes]:
    text: Any = draw(st.just(P1.decode()) | styles.files().map(lambda styled: styled.text))
    return text.encode(), draw(edited(text)).encode()


@pytest.mark.long
@given(versions())
@example((P1, P1.replace(b"due: 2021-10\n", b"due: 2021-12\n", 1)))
def test_lines_tell_nothing_that_the_whole_files_do_not(both: tuple[bytes, bytes]) -> None:
    for old, new in (both, both[::-1]):
        was, now = whole(old), whole(new)
        # Of a faulty file, what is meant is anybody's guess.
        if was is not None and now is not None and old != new:
            assert told(old, new) in (None, changed(was, now))


def test_an_entry_a_date_and_a_new_milestone_are_told_by_their_lines_alone() -> None:
    new, said = (
        b"      - id: P1.9\n        due: 2022\n        action: New\n",
        b"- date: 2021-12-07\n",
    )
    edits = {
        b"        status: at risk\n": b"        status: on track\n",
        b"        due: 2022-01\n": b"        due: 2022-02\n",
        b"      - id: P1.5\n": new + b"      - id: P1.5\n",
        said: b"- date: 2021-12-06\n            note: Said.\n          " + said,
    }
    for old, new in edits.items():
        assert P1.count(old) >= 1, old
        after = P1.replace(old, new, 1)
        was, now = whole(P1), whole(after)
        assert was is not None
        assert now is not None
        assert len(changed(was, now)) == 1
        assert told(P1, after) == changed(was, now)
