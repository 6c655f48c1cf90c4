"""Finds the theme that somebody means by a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import Mistyped, nearest, quoted
from ..themes import theme_key
from ..words import listed
from .groups import find_by_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..themes import Theme

_ALIKE = 0.8
"""How like a theme in use a new one is that is most likely meant for it."""


def find_theme(themes: Sequence[Theme], text: str) -> Theme:
    """The theme that a text names, or is a part of. Raises Mistyped where it names none, or may
    name several."""
    names = [theme.name for theme in themes]
    found = [name for name in names if theme_key(name) == theme_key(text)]
    if not found and text.strip():
        found = find_by_part(text, dict.fromkeys(names, ()))
    if len(found) == 1:
        return next(theme for theme in themes if theme.name == found[0])
    if found:
        raise Mistyped(f"{quoted(text)} is a part of {len(found)} themes", f"Write {_or(found)}.")
    near = nearest(text, names)
    next_step = f"Did you mean: {near}" if near else f"The themes are {listed(names)}."
    if not names:
        next_step = "No theme is named in the plan yet."
    raise Mistyped(f"no theme is called {quoted(text)}", next_step)


def _or(names: Sequence[str]) -> str:
    return listed(map(quoted, names), "or")


def theme_in_use(text: str, names: Sequence[str]) -> str:
    """A theme as the plan writes it; as it is typed, where it is new."""
    return next((name for name in names if theme_key(name) == theme_key(text)), text)


def nearly_in_use(text: str, names: Sequence[str]) -> str | None:
    """The theme in use that a new one is most likely a slip of, or the only one that it is a part
    of; None where it is like none."""
    if text in names:
        return None
    holding = find_by_part(text, dict.fromkeys(names, ()))
    return holding[0] if len(holding) == 1 else nearest(text, [*names], cutoff=_ALIKE)
