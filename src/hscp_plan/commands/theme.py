"""`hscp theme`: what runs through the priorities."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument
from ._complete import themes as themes_offered
from ._look import open_look
from ._options import At, Only, Shown


def run(
    theme: Annotated[
        str | None,
        Argument(metavar="[THEME]", help="Such as voice of the child.", offers=themes_offered),
    ] = None,
    *,
    at: At,
    only: Only,
    shown: Shown,
) -> int:
    """Say of a theme, over all priorities, what was sought, what was heard, and what changed
    because of it. Without one, list the themes.

    What counts as changed was logged under the theme since it was first heard, and completes a
    milestone or cites evidence.

    \b
    hscp theme
    hscp theme "voice of the child"
    """
    from ..naming.themes import find_theme
    from ..reports.themes import COLUMNS, LIST_COLUMNS, ShowTheme, Themes
    from ..themes import themes

    look = open_look(at, only)
    every = themes(look.plan, look.day)
    if theme is None:
        return look.say(Themes(look.plan, look.day, every, look.only), shown, LIST_COLUMNS)
    report = ShowTheme(look.plan, look.day, find_theme(every, theme), look.only)
    return look.say(report, shown, COLUMNS)
