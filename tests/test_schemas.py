"""What an editor is told of a plan's files: it marks dates that are none, and offers the plan's own
ids and groups without refusing others."""

import json
import re
from contextlib import suppress

import pytest
import strategies as some
from hypothesis import given
from hypothesis import strategies as st
from running import REPO

from hscp_plan.dates import read
from hscp_plan.errors import Wrong
from hscp_plan.model import Plan
from hscp_plan.reading.schemas import schemas
from hscp_plan.store import open_plan

ANY_PLAN = {name: json.loads(text) for name, text in schemas().items()}
PRIORITY = ANY_PLAN["priority.schema.json"]
DUE = PRIORITY["$defs"]["Milestone"]["properties"]["due"]
START = PRIORITY["$defs"]["Milestone"]["properties"]["start"]


def is_marked(value, schema):
    """Whether an editor marks a value, as YAML gives it to one: by its type; a text by its pattern,
    a number by its bounds."""
    if isinstance(value, str):
        return not ("string" in schema["type"] and re.search(schema["pattern"], value))
    return not (value == int(value) and schema["minimum"] <= value <= schema["maximum"])


@pytest.mark.parametrize(
    "slip",
    ["2021-13", "2022-04-31", "2022-4", "30/04/2022", "April 2022", "2022/24", "Q5 2022/23",
     "Spring 2022", "TBC", "2022-04-30T00:00", "autumn 2022", "", 22, 20220430, 2022.04, 1989],
)  # fmt: skip
def test_an_editor_marks_a_slip_in_a_date(slip):
    assert is_marked(slip, DUE)
    assert is_marked(slip, START)


@given(some.date_texts)
def test_an_editor_marks_no_date_that_a_file_may_have(text):
    assert not is_marked(text, DUE)
    assert not is_marked(text, START)


def test_a_year_is_no_slip_though_an_editor_reads_a_number():
    assert not is_marked(2022, DUE)


def test_ongoing_is_a_due_date_and_no_other():
    assert not is_marked("ongoing", DUE)
    assert is_marked("ongoing", START)


@given(st.from_regex(DUE["pattern"], fullmatch=True))
def test_what_an_editor_lets_pass_is_a_date(text):
    # A pattern does not know leap years, nor what working days come to: 999 of them are four years.
    beyond = "working day" in text and not "1994" < text.strip()[-10:-6] < "2096"
    with suppress(*([Wrong] if beyond or text.strip().endswith("-02-29") else [])):
        assert read(text).text == text.strip()


def test_a_date_s_message_says_what_to_write():
    assert "2022-04-30" in DUE["patternErrorMessage"]


def test_of_a_plan_its_ids_and_groups_are_offered_and_others_are_taken():
    plan = open_plan(REPO / "examples" / "demo-plan").plan
    made = {name: json.loads(text) for name, text in schemas(plan).items()}
    parts = made["priority.schema.json"]["$defs"]
    one, listed = parts["Decision"]["properties"]["about"]["anyOf"]
    assert one["examples"] == listed["items"]["examples"]
    assert {"P1", "P1-A", "P1.3", "plan"} <= set(one["examples"])
    completed, _ = parts["Decision"]["properties"]["completes"]["anyOf"]
    assert "P1" not in completed["examples"]
    assert "HSCP Executive Board" in parts["Decision"]["properties"]["by"]["examples"]
    lead = parts["Milestone"]["properties"]["lead"]["anyOf"][0]
    assert "Chair of Safeguarding Effectiveness Sub-Group" in lead["examples"]
    meeting = made["plan.schema.json"]["$defs"]["Meeting"]["properties"]["group"]
    assert "HSCP Executive Board" in meeting["examples"]
    # Beside what is offered, nothing is said of a plan that is not said of any.
    assert without_examples(made) == without_examples(ANY_PLAN)


def without_examples(value):
    if isinstance(value, dict):
        return {key: without_examples(inner) for key, inner in value.items() if key != "examples"}
    return [without_examples(inner) for inner in value] if isinstance(value, list) else value


def test_of_a_plan_with_a_scale_its_words_are_offered_for_a_status():
    scale = {"3": "on track", "Blue": "complete"}
    plan = Plan(some.head(scale=scale), {})
    parts = json.loads(schemas(plan)["priority.schema.json"])["$defs"]
    for name in ("Milestone", "Entry"):
        words = parts[name]["properties"]["status"]
        assert words["enum"][:4] == ["3", "Blue", 3, "not started"]
        assert "type" not in words  # 3 is a number to an editor
