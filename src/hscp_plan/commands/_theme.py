"""The option of a theme: what Tab offers for it, and what is said of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..cli.options import Option
from ._complete import themes
from ._look import note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import Plan

Themes = Annotated[
    list[str] | None,
    Option(
        "--theme",
        metavar="TEXT",
        help="The theme that it is about, such as voice of the child. May be given again.",
        offers=themes,
    ),
]


def themes_given(typed: Iterable[str] | None, plan: Plan) -> tuple[str, ...]:
    """The themes as the plan writes them. One that is nearly a theme in use is new all the same,
    and that is said. Raises Mistyped for one that is no text."""
    from ..editing.new_priority import clean_name
    from ..naming.themes import nearly_in_use, theme_in_use
    from ..themes import theme_names

    names = theme_names(plan) if typed else []
    given = dict.fromkeys(theme_in_use(clean_name(t, "--theme"), names) for t in typed or ())
    for theme in given:
        if near := nearly_in_use(theme, names):
            note(f'"{theme}" is a new theme. If you meant "{near}":  hscp undo, and say it again.')
    return tuple(given)
