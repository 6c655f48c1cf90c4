"""`hscp export json`: every key of the plan's files, and every key documented."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from running import REPO, hscp

from hscp_plan import model
from hscp_plan.frozen import Frozen
from hscp_plan.reports.records import COLUMNS

DEMO = REPO / "examples" / "demo-plan"
DAY = ("--as-at", "2021-12-15")
ALL = """\
id: P1
kind: priority
title: Neglect
until: 2022
outcome: "A “better” life"
outcome_label: Impact
evidence: [Audits]
objectives:
  - id: P1-A
    statements: [{text: To be assured., theme: Voice}]
    complete_by: 2022-04
    accountable: Partners
    lead: Chair
    milestones:
      - id: P1.1
        start: 2021-09
        due: 2022-02
        every: quarter
        after: P1.2
        action: Launch
        answers: Family X
        more: {success: One}
        status: at risk
        progress:
          - {date: 2021-10-05, by: Chair, for: Q2 2021/22, note: Late., status: at risk,
             moved: {from: 2021-11, to: 2022-02}, agreed: Board, evidence: Minutes, theme: Voice}
milestones:
  - {id: P1.2, due: ongoing, review: 2022-01, action: Train, lead: Deputy, from: Audit,
     added: {date: 2021-10-21, by: Deputy, agreed: Board},
     carried_from: 2019-21/P3.5, first_promised: 2020-04, moved_before: 7}
decisions:
  - {date: 2021-10-20, by: Board, decision: Go on., outcome: continue, about: P1,
     completes: P1.1, note: Soon}
measures:
  - {id: P1-M1, name: Plans, kind: how well, unit: plans, better: up, target: 40,
     baseline: {period: 2020/21, value: 30, note: Estimated},
     benchmark: {name: England, value: 38, period: 2020/21},
     path: [{period: Q2 2021/22, value: 35, name: Step 1}],
     values: [{period: Q2 2021/22, value: 42, note: Counted}]}
impact: [{date: 2021-10-01, from: children, note: Heard., about: P1-A, evidence: Notes,
          theme: Voice}]
assurance: [{date: 2021-10-20, by: Board, level: partly, about: P1-A, note: Early}]
"""
HEAD = """\
format: 1
id: t
partnership: A Partnership
short_name: AP
dates: day first
keeper: A Manager
title: A Plan
completion: agreed
duty: care-act-2014
period: {start: 2021-04, end: 2023-03}
agreed: {by: Board, date: 2021-04}
vision: Safe
introduction: Words
reporting: Yearly
groups: [{name: Board, short: B, kind: board, agency: Council}]
meetings: [{date: 2022-01-19, group: Board, title: Neglect}]
decisions: [{date: 2021-10-20, by: Board, decision: Go on., about: plan, completes: [P1.1],
             note: All}]
columns: [{key: success, label: Success}]
reviews:
  - {name: Family X, kind: A practice review, date: 2021-03, recommendations: [
      {id: FX-1, words: Train all, agency: multi, not_implemented: Done before}]}
scale: {Amber: at risk}
words: {milestone: Action}
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is exported of a plan that uses every key there is."""
    plan = tmp_path_factory.mktemp("plan")
    (plan / "plan.yaml").write_text(HEAD, encoding="utf-8")
    (plan / "p1.yaml").write_text(ALL, encoding="utf-8")
    return exported(plan)


def exported(plan: Path, *words: str) -> dict[str, Any]:
    done = hscp("export", "json", "--plan", str(plan), *DAY, *words, folder=REPO)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def parts(kind: type[Frozen], value: Any) -> list[tuple[type[Frozen], dict[str, Any]]]:
    """An exported object, and all objects in it, each with the class it was read as."""
    found = [(kind, value)]
    for name in kind.keys:
        inner, under = model.part(kind, name), value.get(name)
        if inner and under:
            for each in under if isinstance(under, list) else [under]:
                found += parts(inner, each)
    return found


def test_every_key_of_the_format_is_exported_with_what_the_plan_says(everything):
    (priority,) = everything["priorities"]
    found = parts(model.Head, everything["plan"]) + parts(model.Priority, priority)
    assert {kind for kind, _ in found} == {
        kind
        for kind in vars(model).values()
        if isinstance(kind, type) and hasattr(kind, "defaults")
    } - {model.Asked, model.Round}  # who was asked is no part of the plan itself
    for kind, value in found:
        assert set(kind.keys) <= set(value), kind
        if kind is not model.Milestone:
            # Where a priority has objectives, its milestones stand there.
            keys = [key for key in kind.keys if (kind, key) != (model.Priority, "milestones")]
            if kind is model.Decision and value["about"] == ["plan"]:
                keys.remove("outcome")  # it is of a priority
            assert all(value[key] not in (None, [], {}) for key in keys), (kind, value)


def test_standings_are_worked_out_for_milestones_and_priorities(everything):
    (priority,) = everything["priorities"]
    assert (priority["standing"], priority["standing_words"]) == ("at risk", "1 amber")
    assert priority["state"] == "continued"
    assert everything["counts"]["milestones"] == priority["counts"]["milestones"] == 2
    (first,), (second,) = priority["objectives"][0]["milestones"], priority["milestones"]
    assert (second["from"], second["objective"]) == ("Audit", None)
    assert (first["standing"], first["brag"], first["times_moved"]) == ("at risk", "amber", 1)
    assert first["first_due"]["written"] == "2021-11"
    assert first["more"] == {"success": "One"}
    assert second["lead"] == ["Deputy"]
    assert second["review"]["last"] == "2022-01-31"


def told() -> str:
    page = (REPO / "docs" / "json.md").read_text(encoding="utf-8")
    page += (REPO / "docs" / "format.md").read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.M)


def every_key(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(every_key, value.values()))
    return set().union(*map(every_key, value)) if isinstance(value, list) else set()


def test_every_key_is_documented(everything):
    found = every_key(everything)
    assert len(found) > 60
    # The extra column, and the level and the status that this plan calls otherwise, are its own.
    assert found - set(re.findall(r"`([^`\n]+)`", told())) <= {"success", "milestone", "Amber"}


def test_the_section_of_export_names_what_only_it_has(everything):
    own, beginning = (section("json.md", name) for name in ("### hscp export", "### The beginning"))
    for key in everything:
        assert f"`{key}`" in own + beginning, key


def test_the_plan_in_it_has_the_keys_that_the_format_names(everything):
    link = "`plan` with every key of [plan.yaml](format.md#the-keys-of-planyaml)"
    assert link in section("json.md", "### hscp export")
    named = re.findall(r"^- `(\w+)`", section("format.md", "## The keys of plan.yaml"), re.M)
    assert set(named) == set(everything["plan"])


def section(page: str, heading: str) -> str:
    """A section of a page of docs/, up to the next heading of any level."""
    text = (REPO / "docs" / page).read_text(encoding="utf-8")
    return re.split(r"^#+ ", text.split(f"\n{heading}\n")[1], maxsplit=1, flags=re.M)[0]


def test_each_milestone_is_one_line_of_indented_json():
    done = hscp("export", "json", "--plan", str(DEMO), *DAY, folder=REPO)
    lines = done.stdout.decode().splitlines()
    found = [json.loads(line.strip().rstrip(",")) for line in lines if '"first_due": {' in line]
    data = json.loads(done.stdout)
    assert found == [
        m for p in data["priorities"] for o in p["objectives"] for m in o["milestones"]
    ]
    assert '      "title": "Neglect",' in lines


def test_hidden_characters_stay_escaped_and_all_others_are_themselves(tmp_path):
    (tmp_path / "plan.yaml").write_text(HEAD, encoding="utf-8")
    text = ALL.replace("action: Launch", r'action: "“é”\u202e\u200b\u2028=1+1"')
    (tmp_path / "p1.yaml").write_text(text, encoding="utf-8")
    done = hscp("export", "json", "--plan", str(tmp_path), *DAY, folder=REPO)
    assert r'"action": "“é”\u202e\u200b\u2028=1+1"' in done.stdout.decode()


def test_filters_leave_what_they_name_in_json_and_csv():
    words = ("--priority", "P2", "--priority", "P3", "--status", "overdue")
    data = exported(DEMO, *words)
    milestones = [m for p in data["priorities"] for o in p["objectives"] for m in o["milestones"]]
    assert [m["id"] for m in milestones] == ["P2.2", "P3.2"]
    assert data["only"] == "Only P2, P3, overdue"
    done = hscp("export", "csv", "--plan", str(DEMO), *DAY, *words, folder=REPO)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == ["P2.2", "P3.2"]
    assert tuple(rows[0]) == (*COLUMNS, "success")


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_file_has_the_bytes_that_the_screen_has(format, tmp_path):
    shown = hscp("export", format, "--plan", str(DEMO), *DAY, folder=tmp_path).stdout
    words = ("export", format, "-o", "a", "--plan", str(DEMO), *DAY)
    assert hscp(*words, folder=tmp_path).stdout == b"Wrote a\n"
    assert (tmp_path / "a").read_bytes() == shown
