"""Rules about the comments that allow one finding: `# hscp: allow RULE: the reason`.

Only what is in `ALLOWABLE` may be allowed: these rules guess, and the others know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..errors import nearest, quoted
from . import measures, names, privacy
from ._rule import Hit, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._rule import TextRule
    from ._text import Text

ALLOWABLE = (
    *(rule.name for rule in privacy.PRIVATE),
    measures.small_number.name,
    names.person_named.name,
)
ALLOW_COMMENT = "# hscp: allow {}: the reason"

_COMMENT = (
    r"#(?<!\S#)[ \t]*(?i:hscp):?[ \t]*allow\b[ \t]*"
    r"(?P<rule>[^\s:#]*)[ \t]*:?[ \t]*(?P<reason>[^\r\n]*)"
)


class Allowance(NamedTuple):
    """A comment that allows one finding: where it stands in a text, the rule, and the reason."""

    start: int
    end: int
    rule: str
    reason: str


def allowances(text: str) -> Iterator[Allowance]:
    """Every such comment of a text, and whatever looks like one within a value."""
    # Most files have no such comment, and the pattern takes as long to make as a file to read.
    for match in re.finditer(_COMMENT, text) if "allow" in text else ():
        yield Allowance(*match.span(), match["rule"], match["reason"].strip())


@rule("allow-unknown", "error")
def allow_unknown(text: Text) -> Iterator[Hit]:
    """A comment that allows a finding names a rule that may be allowed.

    Only the rules about what could identify somebody may be: they go by how a text looks, and can
    be mistaken. A slip in the rule's name would allow nothing.

    Fails:
        note: Ring 020 7946 0123.   # hscp: allow phone: our published number
    Passes:
        note: Ring 020 7946 0123.   # hscp: allow telephone: our published number
    """
    for start, end, rule_name, _ in allowances(text.text):
        if rule_name not in ALLOWABLE:
            near = nearest(rule_name, list(ALLOWABLE))
            subject = quoted(rule_name) if rule_name else "this"
            next_step = f"Did you mean: {near}" if near else f"Give one of: {', '.join(ALLOWABLE)}."
            yield Hit(start, end, f"{subject} is no rule that may be allowed", next_step)


@rule("allow-unexplained", "error")
def allow_unexplained(text: Text) -> Iterator[Hit]:
    """A comment that allows a finding says why.

    Whoever reviews the plan must be able to judge it.

    Fails:
        note: Ring 020 7946 0123.   # hscp: allow telephone
    Passes:
        note: Ring 020 7946 0123.   # hscp: allow telephone: our published number
    """
    for start, end, rule_name, reason in allowances(text.text):
        if rule_name in ALLOWABLE and not reason:
            message = f"{rule_name} is allowed here, and nothing says why"
            yield Hit(start, end, message, f"Write  {ALLOW_COMMENT.format(rule_name)}")


@rule("allow-needless", "warning")
def allow_needless(text: Text) -> Iterator[Hit]:
    """A comment that allows a finding stands where there is one.

    It stands on the line of the finding or of its key, or directly above that key. For a text that
    begins with | or >, the line of the key is the one with that sign. What was allowed once and is
    gone would allow the next thing that nobody looked at.

    Fails:
        note: See the website.   # hscp: allow telephone: our published number
    Passes:
        note: Ring 020 7946 0123.   # hscp: allow telephone: our published number
    """
    for start, end, rule_name, reason in allowances(text.text):
        if rule_name in ALLOWABLE and reason:
            next_step = "Take it out, or put it on the line above the key that it is about."
            yield Hit(start, end, f"{rule_name} is allowed here, and there is none", next_step)


ALLOWING: tuple[TextRule, ...] = (allow_unknown, allow_unexplained, allow_needless)
