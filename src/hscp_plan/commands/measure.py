"""`hscp measure`: a measure's figure of a period."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument, Option
from ..errors import Mistyped
from ..naming.ids import find_measure
from ._complete import measures
from ._look import date_given, open_of, say_document
from ._measures import figure_given
from ._options import DryRun, PlanDir
from ._record import edit_file, path_to_record, today_given


def run(
    id: Annotated[str, Argument(metavar="MEASURE", help="Such as P1-M1.", offers=measures)],
    value: Annotated[
        str,
        Argument(metavar="FIGURE", help="The figure: 42, 3.5, 40%; or suppressed; or none."),
    ],
    period: Annotated[str, Option(metavar="DATE", help='Of when: "Q3 2021/22", 2021/22, 2021-12.')],
    note: Annotated[str | None, Option(metavar="TEXT", help="Anything needed to read it.")] = None,
    correct: Annotated[
        bool, Option(help="Put it in the place of the figure that the period has.")
    ] = False,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Record a measure's figure of a period, in its place by period.

    A count under five could identify somebody: write suppressed instead. Where there is no figure,
    write none, and why with --note.

    \b
    hscp measure P1-M1 42 --period "Q3 2021/22"
    hscp measure P1-M1 suppressed --period "Q4 2021/22"
    hscp measure P1-M1 43 --period "Q3 2021/22" --correct
    """
    from ..editing.measures import record_value
    from ..editing.refusals import clean_note
    from ..reports.measure_recorded import value_recorded

    today = today_given()
    opened = open_of(where, id)
    priority, measure = find_measure(opened.plan, id, opened.sources)
    path = path_to_record(opened, priority)
    span = date_given(period, today, "--period", opened.plan.head, past=True)
    if span.first > today:
        raise Mistyped(f"{span.shown} is still to come", "Give the period that was counted.")
    figure = None if value.casefold() == "none" else figure_given(value, "the figure")
    if figure is None and not note:
        raise Mistyped("no figure and no reason", 'Say why with  --note "…"')
    keys = {"period": span.text, "value": figure, "note": clean_note(note) if note else None}
    new = {key: text for key, text in keys.items() if text}
    edited = edit_file(
        path,
        lambda text, values: record_value(text, values, measure.id, new, correct=correct),
        dry_run,
    )
    if edited is not None:
        _, written = edited
        say_document(value_recorded(measure, new, span, written, today), "auto")
    return 0
