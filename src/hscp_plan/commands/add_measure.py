"""`hscp add-measure`: something new that is counted."""

from __future__ import annotations

from typing import Annotated

from .. import store
from ..cli.options import Argument, Option
from ..errors import Mistyped
from ..model import Better, MeasureKind
from ..naming.ids import find_measure
from ._complete import priorities
from ._look import say_document
from ._measures import benchmark_given, figure_of_period
from ._options import DryRun, PlanDir
from ._record import edit_file, owner
from ._text import refuse_no_text


def run(
    id: Annotated[str, Argument(metavar="PRIORITY", help="Such as P1.", offers=priorities)],
    name: Annotated[str, Argument(metavar="NAME", help="What is counted, in words.")],
    unit: Annotated[
        str | None, Option(metavar="TEXT", help="In what: people, assessments, %.")
    ] = None,
    better: Annotated[Better | None, Option(help="Which way is better.")] = None,
    target: Annotated[str | None, Option(metavar="TEXT", help="What is hoped for.")] = None,
    kind: Annotated[
        MeasureKind | None,
        Option(help="What it tells: how much was done, how well, or what difference it made."),
    ] = None,
    baseline: Annotated[
        str | None,
        Option(metavar="FIGURE", help='What it begins from, and of when: "52% in 2023-01".'),
    ] = None,
    benchmark: Annotated[
        str | None,
        Option(metavar="FIGURE", help='What others reach: "England average 68% in 2024/25".'),
    ] = None,
    promised: Annotated[
        list[str] | None,
        Option(
            metavar="FIGURE",
            help='What it is to be on the way: "60% by 2024-03". May be given again.',
        ),
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Add a measure to a priority, with the next id: P1-M2 after P1-M1.

    \b
    hscp add-measure P1 "Children referred again" --unit % --better down
    hscp add-measure P1 "Plans on time" --baseline "52% in 2023-01" --target 70%
    """
    from ..editing.measures import NewMeasure
    from ..editing.new_priority import clean_name
    from ..editing.refusals import clean_note
    from ..reports.measure_recorded import measure_recorded

    at = owner(where, id)
    if at.priority.register:
        what = f"{at.priority.id} is a register, and has no measures"
        raise Mistyped(what, "Give a priority.")
    head, today = at.opened.plan.head, at.today
    refuse_no_text(name, "measure", at.opened.plan, today)
    began = figure_of_period(baseline, "--baseline", today, head, past=True) if baseline else None
    steps = [
        figure_of_period(text, "--promised", today, head, past=False) for text in promised or ()
    ]
    steps.sort(key=lambda step: step[1].last)
    keys = {
        "name": clean_name(name, "the name"),
        "kind": kind,
        "unit": clean_note(unit) if unit else None,
        "better": better,
        "baseline": began and {"period": began[1].text, "value": began[0]},
        "benchmark": benchmark_given(benchmark, "--benchmark", at.today, at.opened.plan.head)
        if benchmark
        else None,
        "target": clean_note(target) if target else None,
        "path": [{"period": when.text, "value": figure} for figure, when in steps],
    }
    parts = {part.id for priority in at.opened.plan.owners for part in priority.parts}
    new = NewMeasure(at.priority.id, keys, parts)
    edited = edit_file(at.path, new.change, dry_run)
    if edited is not None:
        data, written = edited
        plan = store.reopen(at.opened, at.path, data).plan
        _, measure = find_measure(plan, new.keys["id"])
        say_document(measure_recorded(measure, written), "auto")
    return 0
