"""`hscp answers`: what became of what reviews recommended."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument
from ._complete import answers as answers_offered
from ._look import ALL, narrow, open_plan_at
from ._options import At, Only, Shown


def run(
    which: Annotated[
        str | None,
        Argument(
            metavar="[REVIEW]",
            help="Only this review, or the recommendation of this id.",
            offers=answers_offered,
        ),
    ] = None,
    *,
    at: At,
    only: Only,
    shown: Shown,
) -> int:
    """Say what became of what reviews recommended: the milestones that carry it out, how they
    stand, what shows it, what was decided, and what difference it made.

    \b
    hscp answers                    every review
    hscp answers "Family X"         one review
    hscp answers FX-1               one recommendation
    """
    from ..naming.reviews import find_answered
    from ..reports.answers import COLUMNS, answers
    from ..reviews import reviews_answered
    from ..standing import standings

    opened = open_plan_at(at)
    whole, look = narrow(opened, ALL), narrow(opened, only)
    reviews = reviews_answered(whole.plan, standings(whole.plan, whole.day))
    if which is not None:
        reviews = find_answered(reviews, which)
    if look.only:
        # A recommendation is carried out by all of its milestones, whichever are looked for.
        ids = {m.id for owner in look.plan.owners for m in owner.milestones}
        reviews = [narrowed for one in reviews if (narrowed := one.through(ids)).standings]
    return look.say(answers(whole.plan, look.day, reviews, look.only), shown, COLUMNS)
