"""An unfinished merge of a priority's file, where both sides only logged: both are kept.

Pure. Never guesses: what the two sides say differently of one thing is left to a person.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from . import dates
from .edits import Path, Text
from .errors import Mendable, quoted
from .model import Milestone, Priority
from .recording import Change, keys_before
from .yamlfaults import sides
from .yamltext import Amiss, values

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kept(NamedTuple):
    """What the other side logged, now beside ours: whose, and its values."""

    id: str
    item: dict[str, Any]


class Disagreement(Mendable):
    """Both sides changed one thing, each in its own way."""


class Resolved(NamedTuple):
    """The change that ends the merge, and what was kept of the other side."""

    change: Change
    kept: list[Kept]


def resolved(text: str, file: str) -> Resolved:
    """The file with both sides' log entries and decisions, in order of date.

    Raises Disagreement where the sides differ in anything else, and Mendable where either side is
    no plan file on its own.
    """
    parted = sides(text)
    if parted is None:
        raise Mendable(f"{file} has no unfinished merge", "There is nothing to resolve in it.")
    ours, theirs = parted
    try:
        mine, other = values(_plain(ours)), values(_plain(theirs))
    except Amiss:
        raise Disagreement(
            f"{file}: one side of the merge is no plan file on its own",
            "Keep the lines that are right, and take the marks out.",
        ) from None
    told = list(_disagreements(mine, other))
    if told:
        raise Disagreement(f"{file}: {told[0]}", "\n".join([*told[1:], _BY_HAND]))
    return _united(Text(ours), Text(theirs), mine, other)


_BY_HAND = "Keep the lines that are right, and take out the marks <<<<<<<, ======= and >>>>>>>."


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _disagreements(mine: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    """What the two sides say differently, but for entries and decisions that one has more."""
    if _without_logs(mine) != _without_logs(other):
        ids = [set(_milestones(side)) for side in (mine, other)]
        if ids[0] != ids[1]:
            added = ", ".join(sorted(ids[0] ^ ids[1]))
            yield f"only one side has {added}"
        else:
            yield "the two sides word something differently, beside what they logged"
        return
    theirs = _milestones(other)
    for id, (_, milestone) in _milestones(mine).items():
        against = theirs[id][1]
        for key in ("status", "due"):
            if _chosen(key, milestone, against) is None:
                says = [_says(side, key) for side in (milestone, against)]
                yield f"{id}: one side says {key} {says[0]}, the other {says[1]}"
        common = [e for e in _log(milestone) if e in _log(against)]
        if common != [e for e in _log(against) if e in _log(milestone)]:
            yield f"{id}: the two sides have the same entries in another order"


def _without_logs(side: dict[str, Any]) -> dict[str, Any]:
    plain = deepcopy(side)
    plain.pop("decisions", None)
    for _, milestone in _milestones(plain).values():
        for key in ("progress", "status", "due"):
            milestone.pop(key, None)
    return plain


def _milestones(side: dict[str, Any]) -> dict[str, tuple[Path, dict[str, Any]]]:
    return {
        milestone["id"]: (("objectives", n, "milestones", m), milestone)
        for n, objective in enumerate(side.get("objectives", ()))
        for m, milestone in enumerate(objective.get("milestones", ()))
    }


def _log(milestone: dict[str, Any]) -> list[dict[str, Any]]:
    return list(milestone.get("progress", ()))


def _chosen(key: str, mine: dict[str, Any], other: dict[str, Any]) -> str | None:
    """The status or due date that both sides can live with: the one that they share, or that of
    the only side whose own entries changed it; None where both did."""
    says = [_says(mine, key), _says(other, key)]
    if says[0] == says[1]:
        return str(says[0])
    what = {"status": "status", "due": "moved"}[key]
    own = [any(what in e for e in _log(a) if e not in _log(b)) for a, b in _pairs(mine, other)]
    if own == [True, False]:
        return str(says[0])
    return str(says[1]) if own == [False, True] else None


def _says(side: dict[str, Any], key: str) -> str:
    """What a side says for a key, as it is said where the key is absent."""
    return str(side.get(key, {"status": "not started", "due": "no date"}[key]))


def _pairs(mine: dict[str, Any], other: dict[str, Any]) -> list[tuple[dict[str, Any], ...]]:
    return [(mine, other), (other, mine)]


def _united(edit: Text, theirs: Text, mine: dict[str, Any], other: dict[str, Any]) -> Resolved:
    after, kept = deepcopy(mine), []
    places = _milestones(after)
    for id, (path, against) in _milestones(other).items():
        own, milestone = places[id]
        for key in ("status", "due"):
            chosen = _chosen(key, milestone, against)
            if chosen is not None and chosen != _says(milestone, key):
                _set(edit, own, key, chosen)
                milestone[key] = chosen
        more = [e for e in _log(against) if e not in _log(milestone)]
        before = keys_before(Milestone, "progress")
        _take(edit, theirs, (own, path), "progress", (milestone, against), more, before)
        kept += [Kept(id, item) for item in more]
    decisions = [d for d in other.get("decisions", ()) if d not in after.get("decisions", ())]
    before = keys_before(Priority, "decisions")
    _take(edit, theirs, ((), ()), "decisions", (after, other), decisions, before)
    kept += [Kept(str(after["id"]), item) for item in decisions]
    return Resolved(Change(edit.made(), after, edit.new_line), kept)


def _set(edit: Text, path: Path, key: str, value: str) -> None:
    node = edit.at(path)
    there = node.get(key)
    if there:
        edit.replace(there, value)
    else:
        edit.add(node, [f"{key}: {value}"], keys_before(Milestone, key))


def _take(
    edit: Text,
    theirs: Text,
    paths: tuple[Path, Path],
    key: str,
    holders: tuple[dict[str, Any], dict[str, Any]],
    more: list[dict[str, Any]],
    before: tuple[str, ...],
) -> None:
    """Put the other side's items among ours, line for line as they stand there, by date."""
    own, against = holders
    there: list[dict[str, Any]] = list(own.get(key, ()))
    merged = list(there)
    for item in more:
        lines = theirs.item_lines((*paths[1], key, against[key].index(item)))
        day = dates.read(item["date"]).first
        earlier = [n + 1 for n, e in enumerate(there) if dates.read(e["date"]).first <= day]
        place = max(earlier, default=0)
        edit.put(edit.at(paths[0]), key, lines, before, place)
        after_ = [n + 1 for n, e in enumerate(merged) if dates.read(e["date"]).first <= day]
        merged.insert(max(after_, default=0), item)
    if merged:
        own[key] = merged


def said(kept: Kept) -> str:
    """What was kept, in a line: P1.2, 9 December 2021: "Nine of eleven …"."""
    words = kept.item.get("note") or kept.item.get("decision") or kept.item.get("status", "")
    return f"{kept.id}, {dates.read(kept.item['date']).shown}: {quoted(str(words))}"
