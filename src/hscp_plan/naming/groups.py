"""Which group of a plan a person's words mean: by a name of it, the beginnings of words of one, or
its initials; and which it is nearly. Knows no meetings, milestones or options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..letters import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Head

_ROLES = {"chair", "director", "head", "lead", "manager", "officer"}
"""What many groups have: alone, such a word is a role of its own and no part of a group's name."""
_LIKE = 0.8
"""How much alike two spellings of one name are."""


class Meant(NamedTuple):
    """What a name means: a group, or itself where no group has a name like it; or, where that is
    to be asked, the groups that it may be."""

    name: str
    may_be: tuple[str, ...] = ()


def called(head: Head) -> dict[str, tuple[str, ...]]:
    """The groups that plan.yaml names, with their short names."""
    return {group.name: (group.short,) if group.short else () for group in head.groups}


def meant(text: str, known: Mapping[str, tuple[str, ...]]) -> Meant:
    """Which of these groups a name means."""
    found = fitting(text, known)
    if len(found) == 1:
        return Meant(found[0])
    return Meant(text, tuple(found or _near(text, known) or fitting(_unmet(text), known)))


def group_named(head: Head, word: str) -> str:
    """The whole name of the only group that a word is of; else the word."""
    groups = fitting(word, called(head))
    return groups[0] if len(groups) == 1 else word


def fitting(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Those that a text names; else all that hold it."""
    own = named(text, known)
    if own or _joined(text) in _ROLES:
        return own
    return [name for name, also in known.items() if holds((name, *also), text)]


def named(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Those whose own name a text is, whatever its hyphens and capitals."""
    whole = _joined(text)
    return [name for name, also in known.items() if whole in map(_joined, (name, *also))]


def holding(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Those that a text is a part of as it is written; else all that hold its words."""
    part = folded(text)
    own = [n for n, also in known.items() if any(part in folded(name) for name in (n, *also))]
    return own or [name for name, also in known.items() if holds((name, *also), text)]


def holds(names: Iterable[str], text: str) -> bool:
    """Whether one of these names has the words of a text in their order, each by its beginning at
    least, or has it for its initials: Exec Board, of HSCP Executive Board; heb."""
    words = _words(text)
    return bool(words) and any(_held(_words(name), words) for name in names)


def _held(name: list[str], words: list[str]) -> bool:
    if len(words) == 1 and len(words[0]) > 2 and words[0] == "".join(word[0] for word in name):
        return True
    left = iter(name)
    return all(any(_begins(own, word) for own in left) for word in words)


def _begins(own: str, word: str) -> bool:
    """Whether a word may stand for another: fewer than three letters tell too little."""
    return own.startswith(word) if len(word) > 2 else own == word


def _near(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Those that a text is nearly spelled as, the nearest first. A name with more words around a
    group's is another's: Chair of HSCP Executive Board."""
    whole, words, like = _joined(text), _words(text), dict[str, float]()
    for name, also in known.items():
        for each in (name, *also):
            own = _words(each)
            if sorted(own) == sorted(words):  # SE Subgroup Chair
                like[name] = 1.0
            elif not _runs(own, words):
                ratio = max(_like(whole, "".join(own)), _worded(own, words))
                like[name] = max(ratio, like.get(name, 0.0))
    least = max(_LIKE, max(like.values(), default=0.0) - 0.05)
    near = [name for name, ratio in like.items() if ratio >= least]
    return sorted(near, key=lambda name: -like[name])


def _worded(own: list[str], words: list[str]) -> float:
    """How much alike the least alike word of several is to a group's, each to the next in its
    order by its beginning or its spelling: Exec Bord."""
    if len(words) < 2:
        return 0.0
    left, least = iter(own), 1.0
    for word in words:
        alike = (1.0 if _begins(each, word) else _like(each, word) for each in left)
        least = min(least, next((ratio for ratio in alike if ratio >= _LIKE), 0.0))
    return least


def _unmet(text: str) -> str:
    """A text without the word that makes a group's name its meeting's: Executive Board meeting."""
    return " ".join(word for word in _words(text) if word not in ("meeting", "meetings"))


def _like(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


def _runs(some: list[str], words: list[str]) -> bool:
    """Whether some words stand among others, one after another."""
    return any(words[at : at + len(some)] == some for at in range(len(words)))


def _joined(text: str) -> str:
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    plain = re.sub("['’]", "", folded(text)).replace("subgroup", "sub group")
    return [word for word in re.findall(r"[^\W_]+", plain) if word not in ("of", "the", "and")]
