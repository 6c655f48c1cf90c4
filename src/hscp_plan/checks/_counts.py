"""Patterns for a small number and for whom it counts, in small letters.

Every part of a pattern has a most, or gives nothing back (`++`), and a number is tried only where
it begins: so the time that a text takes grows as its length does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..words import FEWER
from . import _counted as known

if TYPE_CHECKING:
    from collections.abc import Iterable

B = r"(?:(?:[\s*]|&nbsp;|&\#160;|&\#xa0;)++)"
"""Any blanks, with what makes a number bold in Markdown."""


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of these words."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(longest_first).replace(" ", B).replace("under-", "under[ -]")


FEW_WORD = "two|three|four"
SMALL = rf"(?:[x×]?0*+[1-4](?:\.0++)?|{FEW_WORD})"
ANY = rf"(?:[0-9]{{1,6}}|{FEW_WORD}|five|six|seven|eight|nine|ten|eleven|twelve|twenty|dozen)"
JOINS = rf"(?:{B}?[–—-]{B}?|{B}(?:to|or|and){B}|{B}?&{B})"
NUMBER = (
    r"(?<![\w£$€#])(?<![0-9][.,/:])(?<!\w[–-])"
    rf"(?P<count>{SMALL})(?:(?P<joins>{JOINS})(?P<high>{ANY}))?(?P<again>{B}?\({SMALL}\))?"
)
"""A small number, or a range whose least is one; and the same again in brackets: three (3)."""
ADJECTIVE = (
    rf"(?!(?:{known.NO_ADJECTIVE})(?![\w’'-]))[a-z][a-z-]{{0,30}}+(?:(?<!s)|(?<=ss)|(?<=ous))"
)
ONE = one_of(known.PEOPLE)
WHO = (
    rf"(?P<who>{one_of([*known.PEOPLE.values(), *known.PEOPLE, *known.SHORT])}"
    rf"|under[ -][0-9]{{1,2}}s|(?:people|person)(?={B}(?:{one_of(known.NEEDS)})))(?!\w)"
)
_SEVERAL = frozenset(known.PEOPLE.values())
_NOUNS = {**known.CASES, **known.THINGS}
_TAIL = (
    rf"(?:['’]s?)?(?P<one>(?:(?:{B}|-)(?:{one_of([*known.MODIFIERS, *_NOUNS])})(?!\w)){{0,4}})"
    rf"(?:(?:{B}|-)(?P<several>{one_of(_NOUNS.values())})(?!\w))?"
)
_LAST_NOUN = rf"(?<!\w)(?P<noun>{one_of(_NOUNS)})$"
_COUNTS_NOBODY = (
    r"(?:(?<!this )(?<!last )(?<!that )(?<!each )(?<!per )"
    rf"\b(?:{one_of(known.LABELS)})s?[.:]?{B}(?:[0-9]{{1,2}}(?:{JOINS}|,{B})){{0,4}}"
    rf"|\b(?:[1-3]|one|two|three){B}in{B}|\bone{B}out{B}of{B}|\b0{B}to{B})$"
)
"""Before a number: Year 4 children, one in four children, 0 to 3 children."""
NEAR = 80
"""How many characters before a place are looked at."""


class Edit(NamedTuple):
    """What is published in the place of a part of a text."""

    start: int
    end: int
    text: str


class Counted(NamedTuple):
    """Whom, or what that stands for them, a number counts: where it ends, and what it is called
    where there are several."""

    start: int
    end: int
    plural: str


def counted(who: re.Match[str], is_one: bool) -> Counted | None:
    """Whom a number counts, by the word for them and what comes after it: children, or child
    protection plans, but no children's homes. None where it counts nobody."""
    name = " ".join(who["who"].replace("*", " ").split())
    # What may be nothing at all is found where it is looked for.
    tail = next(re.compile(_TAIL).finditer(who.string, who.end("who")))
    last = re.search(_LAST_NOUN, tail["one"])
    noun = last["noun"] if last else ""
    if not is_one:
        noun = tail["several"] or (noun if noun in known.BODIES else "")
    if noun:
        if noun not in (known.CASES if is_one else known.CASES.values()):
            return None
        end = tail.end("one" if is_one else "several")
        return Counted(end - len(noun), end, known.CASES.get(noun, noun))
    if who.string[who.end("who") : who.end("who") + 1] == "-":
        return None
    plural = {**known.PEOPLE, "person": "people"}.get(name) if is_one else name
    if not plural or not (is_one or name in _SEVERAL or name.startswith(("people", "under"))):
        return None
    return Counted(*who.span("who"), plural)


def counts_nobody(text: str, start: int) -> bool:
    """Whether a number that begins here is a year's, a list's or a ratio's, by what is before."""
    return bool(re.search(_COUNTS_NOBODY, text[max(0, start - NEAR) : start]))


def edit_of(number: re.Match[str]) -> Edit:
    """What is published in the place of a small number, or of a range of two."""
    start, before = number.start("count"), number.string[: number.start("count")][-NEAR:].rstrip()
    fewer = FEWER.capitalize() if not before or before[-1] in ".!?" else FEWER
    if not number["high"]:
        return Edit(start, number.end("again" if number["again"] else "count"), fewer)
    joins = number["joins"].strip()
    is_span = joins not in ("and", "&") and not before.endswith("from")
    if is_span and re.fullmatch(SMALL, number["high"]):
        return Edit(start, number.end("high"), fewer)
    if joins.isalpha() or joins == "&":
        return Edit(start, number.end("count"), fewer)
    return Edit(start, number.start("high"), f"{fewer} to ")
