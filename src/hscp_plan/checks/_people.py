"""Whether capitalised words are somebody's name, or a plan's own words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ._vocabulary import (
    CHILDREN,
    DESCENDANTS,
    EVERYBODYS,
    FURTHER,
    PARTICLES,
    PLANS_OWN,
    RELATIVES,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_VOWELS = frozenset("AEIOUY")


def is_name(words: Sequence[str]) -> bool:
    """Whether these words, as they stand, may be a person's first and last name."""
    return (
        len(words) > 1
        and all(map(may_be_name, words))
        and (not all(word.isupper() for word in words) or max(map(len, words)) > 4)
    )


def is_common(word: str) -> bool:
    """Whether a word, in small letters, is one of a plan's own, or of everybody's."""
    return word in PLANS_OWN or word in EVERYBODYS


_SEPARATORS = re.compile(r"[,;:/&()]|\b(?:and|for|on behalf of)\b")


@lru_cache(maxsize=4096)
def is_person(who: str) -> bool:
    """Whether a text names, perhaps among others, a person rather than a role or group."""
    return any(_is_persons_name(part.strip()) for part in _SEPARATORS.split(who))


def _is_persons_name(text: str) -> bool:
    """Whether a text is a name and nothing else: Jordan Smith, Mrs Smith, J. van der Berg."""
    words = [word for word in text.split() if word not in PARTICLES]
    if len(words) == 2 and words[0].rstrip(".").lower() in TITLES:
        return may_be_name(words[1])
    if words and words[0].rstrip(".").lower() in TITLES:
        words = words[1:]
    return len(words) <= 4 and is_name(words)


def may_be_name(word: str) -> bool:
    """Whether a word may be part of a name: it has a capital, and is none of the plan's own words.
    One all in capitals may be a surname; without a vowel it is an abbreviation."""
    plain = re.sub("^(?:al|an|ar|as|el|ul)-", "", word).replace("’", "'").rstrip(".")
    small = plain.lower().removesuffix("'s")
    parts = small.split("-")
    if not plain[:1].isupper() or any(c.isdigit() or c == "_" for c in plain):
        return False
    if len(plain) == 1:
        return word.endswith(".") or not word.isascii()  # J., Ó
    if plain.isupper() and (len(plain) < 4 or not _VOWELS & set(plain)):
        return False
    is_plans_own = small in PLANS_OWN or all(part in PLANS_OWN for part in parts)
    return not (is_plans_own or is_kin(small))


def is_kin(word: str) -> bool:
    """Whether a word, in small letters, is of a child or relative, of one or several."""
    singular = word.removesuffix("s")
    return singular in CHILDREN or is_relative(singular) or is_relative(word)


@lru_cache(maxsize=4096)
def is_relative(word: str) -> bool:
    """Whether a word, in small letters, is of a relative: mother, stepfather, great-aunt."""
    if word in RELATIVES:
        return True
    prefix = next((beginning for beginning in FURTHER if word.startswith(beginning)), None)
    rest = word[len(prefix) :].lstrip("-") if prefix else ""
    return rest in RELATIVES or rest in DESCENDANTS
