"""Counts of fewer than five children or families in a text, and the text without them.

"One mother said" is somebody's voice and no count, so only the figure 1 counts, not the word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..words import FEWER
from ._text import BLANK

_PLURALS = {
    **{one: f"{one}s" for one in ("pupil", "student", "boy", "girl", "infant", "teenager")},
    **{one: f"{one}s" for one in ("mother", "father", "parent", "carer", "victim", "household")},
    **{one: f"{one}s" for one in ("brother", "sister", "sibling", "learner", "care leaver")},
    "child": "children",
    "family": "families",
    "baby": "babies",
    "young person": "young people",
}
"""Words for who is counted, each with its plural."""
_COUNT = (
    rf"(?P<count>[1-4]|two|three|four)(?P<between>{BLANK}(?:of{BLANK}(?:the|these|those|our|all)"
    rf"{BLANK})?(?:[a-z-]*[a-rt-z]{BLANK}){{0,2}}?)"
    rf"(?P<who>{'|'.join([*_PLURALS.values(), *_PLURALS])})"
)
_FEW = (
    rf"(?<![\w.,/£–-]){_COUNT}(?![\w'’-])(?!{BLANK}(?:cent(?:re|er)|club|conference|evening|forum"
    r"|group|home|hub|meeting|panel|report|service|session|support|team|worker|workshop))"
)
_COUNTS_NOBODY = (
    rf"\b(?:(?:[0-9]+|one|two|three|four|five){BLANK}(?:in|to|or|and|of|out{BLANK}of)"
    rf"|year|stage|phase|tier|level|band|section|part|item|aged?){BLANK}$"
)
"""Before such a number: Year 4 children, one in four children, 3 to 4 children."""


def counts_few(text: str) -> bool:
    """Whether any such count may stand in a text."""
    # In small letters, and without the look behind of `_FEW`, this takes a tenth of its time.
    return bool(re.search(_COUNT, text.lower()))


@lru_cache(maxsize=4096)
def veil(text: str) -> str:
    """The text with "fewer than 5" in place of each such count."""
    if not counts_few(text):
        return text
    few = re.compile(_FEW, re.IGNORECASE)
    veiled, end, match = "", 0, few.search(text)
    while match:
        if _counts_somebody(match):
            veiled += text[end : match.start()] + _fewer(match)
            end = match.end("count")
            if plural := _plural_of(match):
                veiled, end = f"{veiled}{match['between']}{plural}", match.end()
        # On 1 May three children: what follows one number may hold another, which is the count.
        match = few.search(text, max(end, match.end("count")))
    return veiled + text[end:]


def _plural_of(match: re.Match[str]) -> str | None:
    """The plural of who is counted; None where that is one already."""
    return _PLURALS.get(" ".join(match["who"].lower().split()))


def _counts_somebody(match: re.Match[str]) -> bool:
    agrees = (match["count"] == "1") == bool(_plural_of(match))  # 1 child, 2 children
    return agrees and not re.search(_COUNTS_NOBODY, _before(match), re.IGNORECASE)


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 20) : match.start()]


def _fewer(match: re.Match[str]) -> str:
    before = _before(match).rstrip()
    return FEWER.capitalize() if not before or before[-1] in ".!?" else FEWER
