"""Finds the group of a plan that a person's words mean: by its name, by the beginnings of a name's
words, or by its initials; and the groups that they nearly name. Knows no meetings or milestones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..letters import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ..model import Head

_ROLES = {"chair", "director", "head", "lead", "manager", "officer"}
"""What many groups have: alone, such a word is a role of its own and no part of a group's name."""
_ALIKE = 0.8
"""How much alike two spellings of one name are, from 0 to 1."""


class Meaning(NamedTuple):
    """What a name means."""

    name: str
    """A group, or the name itself where no group has a name like it."""
    may_be: tuple[str, ...] = ()
    """The groups that it may mean, where that is to be asked."""


def group_names(head: Head) -> dict[str, tuple[str, ...]]:
    """The groups that plan.yaml names, with their short names."""
    return {group.name: (group.short,) if group.short else () for group in head.groups}


def find_meaning(text: str, known: Mapping[str, tuple[str, ...]]) -> Meaning:
    """Which of these groups a name means."""
    groups = find_groups(text, known)
    if len(groups) == 1:
        return Meaning(groups[0])
    may_be = groups or _find_alike(text, known) or find_groups(_without_meeting(text), known)
    return Meaning(text, tuple(may_be))


def full_name(head: Head, word: str) -> str:
    """The full name of the only group that a word is of; else the word."""
    groups = find_groups(word, group_names(head))
    return groups[0] if len(groups) == 1 else word


def find_groups(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The groups that a text names; else all that have its words in a name."""
    groups = find_by_name(text, known)
    if groups or _letters(text) in _ROLES:
        return groups
    return [name for name, also in known.items() if any_has_words((name, *also), text)]


def find_by_name(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The groups of which a text is a whole name, whatever its hyphens and capitals."""
    letters = _letters(text)
    return [name for name, also in known.items() if letters in map(_letters, (name, *also))]


def find_by_part(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The names that a text is a part of as it is written; else all that have its words."""
    part = folded(text)
    names = [n for n, also in known.items() if any(part in folded(name) for name in (n, *also))]
    return names or [name for name, also in known.items() if any_has_words((name, *also), text)]


def is_chair_of(name: str, group: str) -> bool:
    """Whether a name is that of a group's chair: Chair of Quality Sub-Group, Quality Sub-Group
    Chair."""
    return sorted(_words(name)) == _words_of_chair(group)


def chairs(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each of some names that is that of a group's chair, with the group's name among them."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        groups.setdefault((*_words_of_chair(name),), []).append(name)
    for name in names:
        for group in groups.get((*sorted(_words(name)),), ()):
            yield name, group


def _words_of_chair(group: str) -> list[str]:
    return sorted([*_words(group), "chair"])


def any_has_words(names: Iterable[str], text: str) -> bool:
    """Whether one of these names has the words of a text in their order, each by its beginning at
    least, or has it for its initials: Exec Board, of HSCP Executive Board; heb."""
    words = _words(text)
    return bool(words) and any(_has_words(_words(name), words) for name in names)


def _has_words(name: list[str], words: list[str]) -> bool:
    if len(words) == 1 and len(words[0]) > 2 and words[0] == "".join(word[0] for word in name):
        return True
    # One iterator for all, so that each word is looked for after the one before it.
    rest = iter(name)
    return all(any(_abbreviates(word, full) for full in rest) for word in words)


def _abbreviates(word: str, full: str) -> bool:
    """Whether a word may stand for another: fewer than three letters tell too little."""
    return full.startswith(word) if len(word) > 2 else full == word


def _find_alike(text: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The groups that a text is nearly spelled as, the nearest first. A name with more words around
    a group's is another's: Chair of HSCP Executive Board."""
    letters, words = _letters(text), _words(text)
    likeness: dict[str, float] = {}
    for group, also in known.items():
        for name in (group, *also):
            name_words = _words(name)
            if sorted(name_words) == sorted(words):  # SE Subgroup Chair
                likeness[group] = 1.0
            elif not _is_run(name_words, words):
                spelling = _likeness(letters, "".join(name_words))
                ratio = max(spelling, _likeness_of_words(name_words, words))
                likeness[group] = max(ratio, likeness.get(group, 0.0))
    least = max(_ALIKE, max(likeness.values(), default=0.0) - 0.05)
    alike = [group for group, ratio in likeness.items() if ratio >= least]
    return sorted(alike, key=lambda group: -likeness[group])


def _likeness_of_words(name: list[str], words: list[str]) -> float:
    """How much alike the least alike of several words is to a name's, each to the next in its
    order by its beginning or its spelling: Exec Bord."""
    if len(words) < 2:
        return 0.0
    rest, least = iter(name), 1.0
    for word in words:
        ratios = (1.0 if _abbreviates(word, full) else _likeness(full, word) for full in rest)
        least = min(least, next((ratio for ratio in ratios if ratio >= _ALIKE), 0.0))
    return least


def _without_meeting(text: str) -> str:
    """A text without the word that makes a group's name its meeting's: Executive Board meeting."""
    return " ".join(word for word in _words(text) if word not in ("meeting", "meetings"))


def _likeness(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


def _is_run(some: list[str], words: list[str]) -> bool:
    """Whether some words stand among others, one after another."""
    return any(words[start : start + len(some)] == some for start in range(len(words)))


def _letters(text: str) -> str:
    """A text's words as one, for two spellings to be compared."""
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    plain = re.sub("['’]", "", folded(text)).replace("subgroup", "sub group")
    return [word for word in re.findall(r"[^\W_]+", plain) if word not in ("of", "the", "and")]


_STATUTORY = {
    "the local authority": r"council|borough|local authority|county",
    "the police": r"police|constabulary",
    "the health service": r"\b(?:icb|ccg|nhs)\b|integrated care|health|clinical",
}
"""The three safeguarding partners (Children Act 2004, section 16E: the local
authority, the integrated care board and the chief officer of police), each with what the name of
its agency has in it: a pattern."""


def unnamed_partners(head: Head) -> list[str]:
    """The statutory safeguarding partners to which no group of plan.yaml belongs; none where it
    names no agency at all."""
    names = " ".join(head.agencies.values())
    return [who for who, of in _STATUTORY.items() if names and not re.search(of, names, re.I)]
