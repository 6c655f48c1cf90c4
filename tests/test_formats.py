"""The table of formats draws what the commands offer, and nothing else."""

from importlib import import_module
from typing import get_args

import pytest

from hscp_plan.cli.command_list import module_of
from hscp_plan.cli.options import parameters
from hscp_plan.commands import _draw, _options, export, timeline
from hscp_plan.writers.formats import FORMATS, cannot


def choices(command):
    run = import_module(module_of(command)).run
    return next(set(p.choices) for p in parameters(run) if p.name == "format")


ASK_FORMS = ("docx", "xlsx")
"""What `hscp ask` writes, with and without `--xlsx`."""
OFFERED = {
    "report": choices("status"),
    "paper": {*_draw.FORMS, *ASK_FORMS},
    "export": set(export.FORMATS),
    "faults": choices("check"),
}


@pytest.mark.parametrize("kind", OFFERED)
def test_each_format_that_is_offered_is_in_the_table(kind):
    drawn = {name for name, format in FORMATS.items() if getattr(format, kind) is not cannot}
    assert drawn == OFFERED[kind] - {"text"}


def test_the_timeline_is_a_report_and_a_paper():
    assert choices("timeline") == OFFERED["report"] | set(timeline.FILES)
    assert set(timeline.FILES) <= OFFERED["paper"]


def test_the_shared_option_offers_what_status_does():
    assert set(get_args(get_args(_options.Format)[0])) == OFFERED["report"]


def test_no_ending_means_two_formats():
    endings = [ending for format in FORMATS.values() for ending in format.endings]
    assert len(endings) == len(set(endings))
