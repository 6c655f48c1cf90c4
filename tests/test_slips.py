"""A slip of the hand in a plan that is otherwise right: one fault, one message, the true one.

Each is made in a copy of the demonstration plan, whose decisions, columns, groups and meetings
lean on what a slip may spoil.
"""

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from running import DEMO, hscp, run, surroundings

from hscp_plan.checks.faults import check
from hscp_plan.store import open_plan

TODAY = date(2021, 12, 15)
P1, HEAD = "p1-neglect.yaml", "plan.yaml"


class Slip(NamedTuple):
    """In which file what stands in place of what, and the rule that names it."""

    old: str
    new: str
    rule: str
    below: int | None
    """How many lines below the first of `old` the fault is; None where it is the file's."""
    left_out: str = "P1.4"
    file: str = P1


DUE = "      - id: P1.4\n        due: 2022-01\n"
AUDIT = (
    "        action: >-\n          Audit of practice against Neglect Strategy 2020-22 objectives "
    "and LSCPR learning\n"
)
STATUS = "        status: at risk\n        progress:\n          - date: 2021-09-15\n"
NOTE = "            note: Audit tool agreed and sent to all agencies.\n"
MOVED = "            moved:\n              from: 2021-10\n              to: 2022-01\n"
WHY = (
    "            note: >-\n              Two agencies changed their recording systems in September "
    "and need longer to\n              make their returns.\n"
)
AGREED = "            agreed: HSCP Executive Board, 20 October 2021\n          - date: 2021-12-07\n"
SECOND = (
    "          - date: 2021-10-12\n            by: Chair of Safeguarding Effectiveness Sub-Group\n"
    "            note: Returns"
)
PANEL = "  - date: 2021-10-20\n    by: HSCP Executive Board\n    decision: The Complex"
LEAD = "    lead: Chair of Safeguarding Effectiveness Sub-Group\n    milestones:\n"
PERIOD = "period:\n  start: 2021-04\n  end: 2023-03\n"
BOARD = "  - name: HSCP Executive Board\n    kind: board\n"
ALL_OF_P1 = "P1.1, P1.2, P1.3, P1.4, P1.5, P1.6, P1.7"

SLIPS = {
    "no such month": Slip(DUE, DUE.replace("01\n", "13\n"), "date-unreadable", 1),
    "a date in words": Slip(DUE, DUE.replace("2022-01", "end of January"), "date-unreadable", 1),
    "a date in Word's quotes": Slip(DUE, DUE.replace("2022-01", "“2022-01”"), "date-unreadable", 1),
    "a colour for a status": Slip(STATUS, STATUS.replace("at risk", "amber"), "status-unknown", 0),
    "indented too little": Slip(DUE, DUE.replace("        due", "       due"), "yaml", 1, P1),
    "indented too much": Slip(DUE, DUE.replace("        due", "         due"), "yaml", 1, P1),
    "no colon": Slip(DUE, DUE.replace("due:", "due"), "yaml", 1, P1),
    "no blank after the colon": Slip(DUE, DUE.replace("due: ", "due:"), "yaml", 1, P1),
    "a tab": Slip(DUE, DUE.replace("        due", "\tdue"), "yaml", 1, P1),
    "a key twice": Slip(DUE, DUE + "        due: 2022-02\n", "key-twice", 2),
    "a key misspelt": Slip(DUE, DUE.replace("due:", "dew:"), "key-unknown", 1),
    "a key of another plan": Slip(DUE, DUE + "        owner: Chair\n", "key-unknown", 2),
    "a key of nobody's": Slip(DUE, DUE + "        colour: red\n", "key-unknown", 2),
    "nothing after a key that must be": Slip(AUDIT, "        action:\n", "key-missing", 0),
    "no action": Slip(DUE + AUDIT, DUE, "key-missing", 0),
    "an id with a blank": Slip(
        DUE, DUE.replace("P1.4", "P1 4"), "id-unreadable", 0, "a milestone of P1-A"
    ),
    "no id": Slip(
        DUE, DUE.replace("id: P1.4\n        ", ""), "key-missing", 0, "a milestone of P1-A"
    ),
    "a quotation never closed": Slip(NOTE, NOTE.replace("Audit", '"Audit'), "yaml", 0, P1),
    "a quotation closed too soon": Slip(
        NOTE, NOTE.replace("Audit tool", '"Audit tool"'), "yaml", 0, P1
    ),
    "Word's quotes around a colon": Slip(
        NOTE, NOTE.replace("Audit tool agreed", "“Audit: agreed”"), "yaml", 0, P1
    ),
    "a colon in a text": Slip(NOTE, NOTE.replace("Audit", "Agreed: audit"), "yaml", 0, P1),
    "a list for a text": Slip(NOTE, "            note: [Audit, agreed]\n", "value-kind", 0),
    "no dash before a milestone": Slip(DUE, DUE.replace("- id", "  id"), "key-twice", 0, "P1.3"),
    "no dash before an entry": Slip(SECOND, SECOND.replace("- date", "  date"), "key-twice", 0),
    "an unfinished merge": Slip(
        DUE, f"<<<<<<< HEAD\n{DUE}=======\n{DUE}>>>>>>> other\n", "merge-unfinished", 0, P1
    ),
    "no such level of assurance": Slip(
        "    level: partly", "    level: partial", "word-unknown", 0, "an assurance of P1"
    ),
    "no such outcome": Slip(
        "    outcome: change", "    outcome: changed", "word-unknown", 0, "a decision of P1"
    ),
    "a move to no date": Slip(
        MOVED, MOVED.replace("to: 2022-01", "to: soon"), "date-unreadable", 2
    ),
    "a move without its keys": Slip(MOVED, "            moved: 2022-01\n", "value-kind", 0),
    "a move to nowhere": Slip(
        MOVED, MOVED.replace("              to: 2022-01\n", ""), "key-missing", 1
    ),
    "a move without a word of why": Slip(WHY + MOVED, MOVED, "move-unexplained", 1),
    "a list of who agreed": Slip(
        AGREED,
        AGREED.replace(": HSCP", ": [HSCP").replace("2021\n", "2021]\n", 1),
        "value-kind",
        0,
    ),
    "an entry's date of two readings": Slip(
        SECOND, SECOND.replace("2021-10-12", "12/10/21"), "date-unreadable", 0
    ),
    "a decision's date turned round": Slip(
        PANEL, PANEL.replace("10-20", "20-10"), "date-unreadable", 0, "a decision of P1"
    ),
    "a decision by nobody": Slip(
        PANEL,
        PANEL.replace("    by: HSCP Executive Board\n", ""),
        "key-missing",
        0,
        "a decision of P1",
    ),
    "an objective's id with a blank": Slip(
        "- id: P1-A", "- id: P1 A", "id-unreadable", 0, ALL_OF_P1
    ),
    "a lead's key misspelt": Slip(
        LEAD, LEAD.replace("lead:", "leed:"), "key-unknown", 0, "`leed:` of P1-A"
    ),
    "a text for the milestones": Slip(
        LEAD,
        LEAD.replace(":\n", ": none\n    x:\n"),
        "value-kind",
        1,
        f"`milestones:` of P1-A, {ALL_OF_P1}",
    ),
    "a priority without an id": Slip("id: P1\n", "", "key-missing", None, P1),
    "a priority without a title": Slip("title: Neglect\n", "", "key-missing", None, ""),
    "a period in words": Slip(
        "  start: 2021-04", "  start: April 21", "date-unreadable", 0, HEAD, HEAD
    ),
    "no period": Slip(PERIOD, "", "key-missing", None, HEAD, HEAD),
    "no such kind of group": Slip(
        BOARD,
        BOARD.replace(": board", ": committee"),
        "word-unknown",
        1,
        "a group of plan.yaml",
        HEAD,
    ),
    "a meeting on no day": Slip(
        "  - date: 2021-10-20",
        "  - date: 2021-20-10",
        "date-unreadable",
        0,
        "a meeting of plan.yaml",
        HEAD,
    ),
    "a column's key with a capital": Slip(
        "key: success", "key: Success", "key-unreadable", 0, "a column of plan.yaml", HEAD
    ),
    "a column without a label": Slip(
        "    label: What success looks like\n", "", "key-missing", -1, "a column of plan.yaml", HEAD
    ),
    "a colon in plan.yaml": Slip("short_name: HSCP", "short_name: HSCP: x", "yaml", 0, HEAD, HEAD),
    "a text for the groups": Slip(
        "groups:\n",
        "groups: none\nx:\n",
        "value-kind",
        0,
        "`groups:` of plan.yaml, `x:` of plan.yaml",
        HEAD,
    ),
}
TWO = ("a text for the milestones", "a text for the groups")
"""A text stands for a list only where another key takes the list over: two faults."""


def slipped(plan: Path, slip: Slip) -> int:
    """Make the slip; on which line its fault is."""
    path = plan / slip.file
    text = path.read_text(encoding="utf-8")
    assert slip.old in text
    path.write_text(text.replace(slip.old, slip.new, 1), encoding="utf-8")
    return 1 if slip.below is None else text[: text.index(slip.old)].count("\n") + 1 + slip.below


def faults_of(plan: Path) -> list[tuple[str, str, int]]:
    return [
        (f.rule, Path(f.place.file).name, f.place.line)
        for f in check(open_plan(plan), TODAY)
        if f.rule != "lead-missing" or "P1" in f.message
    ]


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_said_once_and_truly(kind, plan, monkeypatch):
    monkeypatch.chdir(plan)
    assert faults_of(plan) == []
    slip = SLIPS[kind]
    line = slipped(plan, slip)
    faults = faults_of(plan)
    assert faults[0] == (slip.rule, slip.file, line)
    assert len(faults) == 1 + (kind in TWO)


@pytest.mark.parametrize("kind", SLIPS)
def test_what_a_slip_leaves_out_is_named(kind, plan, monkeypatch):
    monkeypatch.chdir(plan)
    slip = SLIPS[kind]
    slipped(plan, slip)
    assert ", ".join(open_plan(plan).left_out) == slip.left_out


@pytest.mark.long
@pytest.mark.parametrize("kind", SLIPS)
def test_what_a_slip_keeps_from_being_read_is_not_said_to_have_vanished(kind, tmp_path, plan):
    slip = SLIPS[kind]
    for words in (["init", "-qb", "main"], ["add", "."], ["commit", "-qm", "Begin"]):
        run(("git", *words), tmp_path)
    slipped(plan, slip)
    done = hscp("check", "--since", "HEAD", folder=tmp_path, HSCP_AS_AT="2021-12-15")
    said = done.stdout.decode()
    for rule in ("id-vanished", "decision-rewritten", "log-rewritten", "due-unexplained"):
        assert f"[{rule}]" not in said


MANY = "".join(f"      - {{id: P1.{n}, due: 2021-13, action: To do.}}\n" for n in range(1, 201))
OFTEN = f"id: P1\ntitle: T\nobjectives:\n  - id: P1-A\n    milestones:\n{MANY}"


@pytest.fixture
def often(tmp_path: Path) -> Path:
    """A folder whose plan has one fault in 200 places, and another in one."""
    (tmp_path / "plan").mkdir()
    shutil.copy(DEMO / HEAD, tmp_path / "plan")
    (tmp_path / "plan" / "p1.yaml").write_text(OFTEN, encoding="utf-8")
    (tmp_path / "plan" / "p2.yaml").write_text("id: P2\ntitle: T\nuntill: 2022\n", encoding="utf-8")
    return tmp_path


def test_the_same_fault_in_200_places_is_said_once_with_the_places(often):
    said = hscp("check", folder=often).stdout.decode()
    assert said.count('"2021-13" is not a date') == 1
    assert "plan/p1.yaml:6:25: error" in said
    assert "The same in 199 more places: plan/p1.yaml:7, 8, 9," in said
    assert "and 149 more" in said
    assert '"untill" is not a key' in said
    assert "201 errors" in said


def test_all_the_places_of_a_fault_are_shown_where_all_are_asked_for(often):
    said = " ".join(hscp("check", "--all", folder=often).stdout.decode().split())
    assert ", 203, 204, 205 plan/p2.yaml" in said


def test_a_look_says_it_once_too(often):
    said = hscp("status", folder=often).stderr.decode()
    assert said.count("2021-13") == 2  # in the message and in the line that it quotes
    assert "The same in 199 more places" in said
    assert '"untill" is not a key' in said


def test_github_marks_each_fault_once_before_it_marks_one_again(often):
    lines = hscp("check", "--format", "github", folder=often).stdout.decode().splitlines()
    assert "line=6," in lines[0]
    assert "untill" in lines[1]
    assert "line=7," in lines[2]


def test_a_paper_takes_the_logs_word_where_gits_version_has_errors(tmp_path, plan):
    whole = (plan / P1).read_text(encoding="utf-8")
    slipped(plan, SLIPS["no such month"])
    days = {f"GIT_{who}_DATE": "2021-10-01T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    for words in (["init", "-qb", "main"], ["add", "."], ["commit", "-qm", "Broken"]):
        run(("git", *words), tmp_path, surroundings(**days))
    (plan / P1).write_text(whole, encoding="utf-8")
    paper = ("report", "board", "--as-at", "2021-12-15", "--format", "markdown", "-o", "-")
    done = hscp(*paper, folder=tmp_path)
    assert "as the log tells it now" in done.stdout.decode()
    assert "new:" not in done.stdout.decode().lower()
    assert "told from the logs alone. Not compared" in " ".join(done.stderr.decode().split())
