"""Who leads an objective or a milestone is written in whatever hand a file is, and nothing else."""

import re
from copy import deepcopy

import pytest
import styles
from hypothesis import assume, event, given
from hypothesis import strategies as st

from hscp_plan.editing.change import AlreadyRecorded
from hscp_plan.editing.leads import name_leads
from hscp_plan.editing.splice import Stuck
from hscp_plan.editing.values import find_milestone
from hscp_plan.reading import yamltext

NAMES = [
    [], ["Head of Inclusion"], ["Chair: Quality", "- Two"], ["A", "B", "C"], ["[x]"], ["yes"],
    ["The Chair of the " + "Safeguarding Effectiveness " * 4 + "Sub-Group"],
]  # fmt: skip


def at(values, path):
    for step in path:
        values = values[step]
    return values


def unended(line: str) -> str:
    """A line without the sign that says how its block ends: where a file ended without a line end,
    a block at its end needs one when another line comes below it."""
    return re.sub(r"([|>])-$", r"\1", line)


def without_lead(text, path):
    """The lines of a text without those of a part's lead."""
    reading, lines = yamltext.read(styles.plain(text), "p1.yaml"), styles.plain(text).split("\n")
    place = (*path, "lead")
    if place not in reading.spans:
        return lines
    inside = [span for p, span in reading.spans.items() if p[: len(place)] == place]
    ends = [end if column else end - 1 for _, _, end, column in inside]
    last = max(ends)
    while last > reading.keys[place][0] and not lines[last].strip():
        last -= 1
    return lines[: reading.keys[place][0]] + lines[last + 1 :]


@pytest.mark.long
@given(styles.files(), st.sampled_from(NAMES), st.booleans())
def test_a_lead_is_written_and_nothing_else(file, names, of_objective):
    values = yamltext.values(file.plain)
    path = find_milestone(values, file.id)[: 2 if of_objective else 4]
    id, expected = at(values, path)["id"].strip(), deepcopy(values)
    part = at(expected, path)
    assume(names or "lead" in part)
    if names:
        part["lead"] = names if len(names) > 1 else names[0]
    else:
        del part["lead"]
    try:
        changed = name_leads(file.text, values, id, names)
    except Stuck:
        event("refused")
        return
    except AlreadyRecorded:
        assert expected == values or part["lead"] in (names, *names)
        return
    assert changed.values == expected
    assert yamltext.values(styles.plain(changed.text)) == expected
    assert re.findall("#.*", changed.text) == re.findall("#.*", file.text)
    old, new = without_lead(file.text, path), without_lead(changed.text, path)
    if names:
        assert list(map(unended, filter(str.strip, new))) == list(
            map(unended, filter(str.strip, old))
        )
    lines = changed.text.split("\n")
    if names:
        # Of several names, the first stands on a line of its own.
        assert re.match(r" *(- )?(lead:|- )", lines[changed.line - 1])


@pytest.mark.parametrize("names", NAMES[1:], ids=" ".join)
def test_a_lead_given_and_taken_out_again_leaves_the_file_as_it_was(names):
    text = "id: P1\ntitle: T\nobjectives:\n  - id: P1-A   # the first\n    milestones: []\n"
    given_lead = name_leads(text, yamltext.values(text), "P1-A", names)
    assert name_leads(given_lead.text, given_lead.values, "P1-A", []).text == text
