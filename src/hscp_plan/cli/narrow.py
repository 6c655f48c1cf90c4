"""Fits lines that are laid out by hand, as examples are, into a terminal that is narrower."""

from __future__ import annotations

LEAST = 20
"""The fewest columns in which what explains a line goes on beside it; with fewer it goes below."""


def fit(text: str, columns: int) -> str:
    """The text, each line that is longer than this broken between words. What explains the
    beginning of a line, two spaces or more after it, goes on below its own beginning."""
    if max(map(len, text.split("\n"))) <= columns:
        return text
    return "\n".join(part for line in text.split("\n") for part in _fit_line(line, columns))


def _fit_line(line: str, columns: int) -> list[str]:
    from ..writers.lines import wrap

    body = line.lstrip(" ")
    indent = line[: len(line) - len(body)]
    term, _, rest = body.partition("  ")
    says = rest.lstrip(" ")
    start = line[: len(line) - len(says)] if says else indent
    if len(line) <= columns:
        return [line]
    if says and len(start) + LEAST <= columns:
        return wrap(says, columns, " " * len(start), start)
    below = f"{indent}    "
    first = wrap(term, columns, below, indent)
    return [*first, *wrap(says, columns, below, below)] if says else first
