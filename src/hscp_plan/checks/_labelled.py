"""Counts of fewer than five that stand after whom they count: Children seen: 3, children (3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._counts import ADJECTIVE, NEAR, NUMBER, SMALL, WHO, B, Edit, counted, counts_nobody, edit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDS = (
    r"(?![\w%]|[.,:/–-]?[0-9])(?=[ \t*]*(?:$|[.,;)!?|\n]"
    r"|(?:of|in|this|last|since|were|was|are|and|but|to [0-9])\b))"
)
"""After a number that has nothing else to count: "3." and "3 in April", but no "3 months"."""
_WORD = (
    r"(?!(?:age[ds]?|and|average|grade|item|level|mean|page|part|rate|rating|ratio|score|section"
    r"|stage|tier|unit|years?)\b)[a-z0-9][a-z0-9'’&/-]{0,30}+"
)
_BESIDE = (
    rf"{B}?\({B}?(?:n{B}?={B}?)?{NUMBER}{B}?\)",
    rf"{B}(?=[x×]){NUMBER}{_ENDS}",
)
_LABELLED = rf"(?:{B}{_WORD}){{0,5}}?(?:{B}?[:=|]|{B}[–-](?={B})){B}?{NUMBER}{_ENDS}"
_OWN = rf"(?:(?:the|all|{ADJECTIVE}){B}){{0,3}}"
"""What may be said of those who are counted."""
_BEGINS = (
    rf"(?:^|[.;:!?\n,(|•-]|\b(?:number|total|count)s?{B}of{B}){B}?{_OWN}"
    rf"(?:[a-z]{{1,30}}+{B}and{B})?$"
)
"""Before a label: "Training for parents: 3" counts no parents."""
_NUMBER_OF = rf"\b(?:number|total|count)s?{B}of{B}{_OWN}$"
_REST = r"[^.;\n]{0,120}+[0-9.]*+.?"
"""The rest of such a sentence, and no number in part."""
_TO = r"\b(?:was|is|were|are|to|from|at|by|remained|stayed|only|just)"
_CAME_TO = rf"{_TO}{B}{NUMBER}{_ENDS}"
_LINKED = rf"(?:[:=|(x×–-]|{_TO}){B}?(?:n{B}?={B}?)?{SMALL}(?!\w)"
_LISTED = r"[.)][ \t]+\S.{0,300}(?<![:=] )\b2[.)]"
"""After the first number of a list, which counts nobody: 1. Launch 2. Train."""


def labelled_counts(text: str) -> Iterator[Edit]:
    """What is published for each number that stands after whom it counts."""
    if not re.search(_LINKED, text):
        return
    for who in re.finditer(rf"\b{WHO}", text):
        label = counted(who, is_one=False)
        if label and text[label.end : label.end + 1] not in ("'", "’"):
            before = text[max(0, who.start() - NEAR) : who.start()]
            yield from map(edit_of, _numbers_after(text, label.end, before))


def _numbers_after(text: str, end: int, before: str) -> Iterator[re.Match[str]]:
    """The small numbers that count those whose name ends here, by what is before the name."""
    patterns = (*_BESIDE, _LABELLED) if re.search(_BEGINS, before) else _BESIDE
    for number in (re.compile(pattern).match(text, end) for pattern in patterns):
        if number and not re.compile(_LISTED).match(text, number.end("count")):
            yield number
    if re.search(_NUMBER_OF, before):
        rest = next(re.compile(_REST).finditer(text, end))
        for number in re.compile(_CAME_TO).finditer(text, end, rest.end()):
            if not counts_nobody(text, number.start("count")):
                yield number
