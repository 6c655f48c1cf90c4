"""Our telling of the model to pydantic's core says what pydantic's own would."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import REPO

from hscp_plan.frozen import as_dataclasses
from hscp_plan.model import Asked, Head, Milestone, Priority
from hscp_plan.reading import yamltext
from hscp_plan.reading.files import kind_of
from hscp_plan.reading.validators import validator

ODD: list[Any] = ["", " ", "x", "2022-13", "ongoing", None, [], ["x"], [""], {}, {"x": "y"}, [{}]]
"""What may stand where a plan wants something else."""


@cache
def pydantics(kind: type) -> Any:
    from pydantic import TypeAdapter

    as_dataclasses()
    return TypeAdapter(kind).validator


def verdict(validate: Any, values: Any) -> Any:
    """What the values mean, or everything that is wrong with them."""
    try:
        return validate(values)
    except ValueError as error:
        keys = ("type", "loc", "input", "msg")
        return [[problem[key] for key in keys] for problem in error.errors()]  # type: ignore[attr-defined]


ROUND = {
    "date": "2022-01-04",
    "who": "Chair of the Sub-Group",
    "also": ["The Sub-Group"],
    "ids": ["P1.3", "P1.4"],
    "for": "HSCP Executive Board, 20 January 2022",
    "reply_by": "2022-01-14",
    "form": "3f9a2c81d0",
}


def files() -> dict[str, Any]:
    folder = REPO / "examples" / "demo-plan"
    read = {path.name: yamltext.values(path.read_text("utf-8")) for path in folder.glob("*.yaml")}
    return {**read, "asked.yaml": {"asked": [ROUND, {**ROUND, "answered": "2022-01-10"}]}}


FILES = files()


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value below this one."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    below = []
    for step, part in steps:
        below.append((*path, step))
        if isinstance(part, dict | list):
            below += paths(part, (*path, step))
    return below


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[type, Any]:
    """A file's values with some parts replaced, taken out, or beside others."""
    name = draw(st.sampled_from(sorted(FILES)))
    values = deepcopy(FILES[name])
    for _ in range(draw(st.integers(0, 3))):
        *around, last = draw(st.sampled_from(paths(values)))
        part = values
        for step in around:
            part = part[step]
        how = draw(st.sampled_from(["other", "gone", "beside"]))
        if how == "other":
            part[last] = deepcopy(draw(st.sampled_from(ODD)))
        elif how == "gone":
            del part[last]
        elif isinstance(part, dict):
            part["unheard of"] = "x"
        if not paths(values):
            break
    return kind_of(name), values


@given(spoilt())
def test_both_come_to_the_same_verdict_on_any_file(case):
    kind, values = case
    assert verdict(validator(kind), values) == verdict(pydantics(kind).validate_python, values)


@pytest.mark.parametrize("kind", [Head, Priority, Milestone, Asked])
@pytest.mark.parametrize("values", ODD, ids=repr)
def test_both_come_to_the_same_verdict_on_what_is_no_file(kind, values):
    assert verdict(validator(kind), values) == verdict(pydantics(kind).validate_python, values)
