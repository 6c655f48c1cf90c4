"""`hscp import`: documents of all kinds to a plan, and no word dropped on the way."""

from __future__ import annotations

import io
import os
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill
from running import DEMO, HSCP, REPO, hscp, run, surroundings

from hscp_plan import store
from hscp_plan.checks.faults import check
from hscp_plan.dates import of_day
from hscp_plan.editing.imported import Imported
from hscp_plan.editing.write import compared
from hscp_plan.importing.asked import Asked
from hscp_plan.importing.build import build
from hscp_plan.importing.columns import role_of
from hscp_plan.importing.draft import Draft, words_of
from hscp_plan.importing.said import status_of_colour, status_said
from hscp_plan.importing.when import How, leading, read_when
from hscp_plan.readers.content import Content
from hscp_plan.readers.files import read

if TYPE_CHECKING:
    from hscp_plan.model import Milestone, Plan, Priority

PUBLISHED = REPO / "tests" / "published" / "hounslow-strategic-safeguarding-plan-2021-23.md"
DAY = date(2021, 12, 15)
SAID = How("day first", "2022")


def drafted(name: str, data: bytes) -> Draft:
    content = read(name, data)
    assert isinstance(content, Content)
    return build(content, name, Asked(SAID))


def markdown(*rows: str) -> Draft:
    """What a Markdown table of these rows is, the first of which names its columns."""
    count = rows[0].count("|") - 1
    lines = [rows[0], "|---" * count + "|", *rows[1:]]
    return drafted("a.md", "\n".join(lines).encode())


def workbook(fill: object) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)  # type: ignore[operator]
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


# Round trips -----------------------------------------------------------------------------------


def test_our_own_workbook_is_the_plan_with_its_log(tmp_path):
    hscp("export", "xlsx", "--plan", str(DEMO), "--as-at", "2021-12-15", "-o", "plan.xlsx",
         folder=tmp_path)  # fmt: skip
    plan, demo = imported(tmp_path, "plan.xlsx"), store.open_plan(str(DEMO)).plan

    def milestones(plan: Plan) -> list[tuple[object, ...]]:
        return [
            (o.id, m.id, m.start, m.due, m.action, m.status, m.progress)
            for p in plan.priorities
            for o in p.objectives
            for m in o.milestones
        ]

    assert milestones(plan) == milestones(demo)


def essence(plan: Plan) -> list[tuple[object, ...]]:
    """All of a plan that its published document says."""

    def milestone(m: Milestone) -> tuple[object, ...]:
        return (m.id, m.start, m.due, m.action, m.lead, m.status, m.progress, dict(m.more))

    return [
        (
            p.id, p.title, p.until, p.outcome, p.outcome_label, p.evidence,
            [
                (o.id, " ".join(o.statements), o.complete_by, o.accountable, o.lead,
                 [milestone(m) for m in o.milestones])
                for o in p.objectives
            ],
        )
        for p in plan.priorities
    ]  # fmt: skip


def imported(folder: Path, name: str, *options: str) -> Plan:
    done = hscp("import", name, "-o", "new", *options, folder=folder)
    assert done.returncode == 0, done.stderr
    opened = store.open_plan(str(folder / "new"))
    assert [f for f in check(opened, DAY) if f.severity == "error"] == []
    return opened.plan


def shipped() -> Plan:
    return store.open_plan(str(REPO / "plan")).plan


def test_the_published_tables_are_the_shipped_plan(tmp_path):
    plan = imported(tmp_path, str(PUBLISHED))
    assert essence(plan) == essence(shipped())
    head, expected = plan.head, shipped().head
    assert (head.id, head.title, head.partnership, head.period, head.vision) == (
        expected.id, expected.title, expected.partnership, expected.period, expected.vision,
    )  # fmt: skip


@pytest.mark.parametrize("format", ["docx", "html", "markdown"])
def test_a_paper_of_the_plan_is_the_plan_again(format, tmp_path):
    name = {"docx": "paper.docx", "html": "paper.html", "markdown": "paper.md"}[format]
    options = ("--plan", str(REPO / "plan"), "--format", format, "-o", name)
    hscp("report", "plan", *options, folder=tmp_path)
    assert essence(imported(tmp_path, name)) == essence(shipped())


def test_words_tables_with_cells_over_several_rows_are_the_shipped_plan(tmp_path):
    document = docx.Document()
    for priority in shipped().priorities:
        _add_as_published(document.add_table(rows=0, cols=7), priority)
        document.add_paragraph()
    document.save(str(tmp_path / "plan.docx"))
    assert essence(imported(tmp_path, "plan.docx")) == essence(shipped())


def _add_as_published(table: Any, priority: Priority) -> None:
    """A priority's table as the plan was published: rows over the whole width, then an objective
    whose cells go over all its milestones."""
    (objective,) = priority.objectives
    until = f" (until {priority.until.text})" if priority.until else ""
    number = priority.id.removeprefix("P")
    for first, *rest in (
        [f"Strategic Priority {number} – {priority.title}{until}"],
        [f"{priority.outcome_label}: {priority.outcome}"],
        ["Where is the evidence:"],
        priority.evidence,
    ):
        cells = table.add_row().cells
        whole = cells[0].merge(cells[6])
        whole.text = first
        for text in rest:
            whole.add_paragraph(text, style="List Bullet")
    labels = ["Objective", "Completion Timescale", "Accountability", "Lead", "Milestones",
              "Progress", "Status"]  # fmt: skip
    for slot, label in zip(table.add_row().cells, labels, strict=True):
        slot.text = label
    top = len(table.rows)
    for milestone in objective.milestones:
        start = f"{milestone.start.shown} – " if milestone.start else ""
        table.add_row().cells[4].text = f"{start}{milestone.due.shown} – {milestone.action}"
    assert objective.complete_by
    said = (objective.statements, (objective.complete_by.shown,), objective.accountable,
            objective.lead)  # fmt: skip
    for column, texts in enumerate(said):
        slot = table.cell(top, column).merge(table.cell(len(table.rows) - 1, column))
        slot.text = "\n".join(texts)


# No word is dropped ----------------------------------------------------------------------------

LABELS = ["Action", "Milestone", "By when", "Lead", "RAG", "Progress", "Objective", "Priority",
          "Success criteria", "Start date", "New date", "Ref", "Evidence", "Else", ""]  # fmt: skip
CELLS = st.one_of(
    st.lists(st.sampled_from(["zeta", "Eta.", "theta", "iota", "- kappa", "- Lambda", "~~mu~~",
                              "<br>", "12", "P1 nu"]), max_size=5).map(" ".join),
    st.sampled_from(["April 2022", "tbc", "Green", "amber - xi", "Spring 2022", "3/4/2022", "Q3",
                     "~~May 2022~~ June 2022", "September 2021 – October 2021 – Omicron pi",
                     "P1.3", "Ongoing", "n/a", "Priority 2: rho"]),
)  # fmt: skip


@given(
    st.lists(st.sampled_from(LABELS), min_size=2, max_size=7),
    st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=6),
    st.lists(st.sampled_from(["# Sigma", "## Tau upsilon", "Phi chi.", "- psi", "Lead: omega"])),
)
def test_every_word_is_in_the_plan_or_listed(labels, rows, before):
    rows = [labels, *(row[: len(labels)] for row in rows)]
    table = [f"| {' | '.join(row)} |" for row in rows]
    table.insert(1, "|---" * len(labels) + "|")
    draft = drafted("a.md", "\n\n".join([*before, "\n".join(table)]).encode())
    assert not draft.lost
    new = Imported(draft, "a.md", DAY, DAY)
    files = new.files()
    for name, change in files.items():
        compared(change, Path(name))  # It reads back as what was meant, and the format takes it.
    out = " ".join([*(change.text for change in files.values()), new.rest()])
    given = re.sub(r"<br>", " ", " ".join(" ".join(row) for row in rows[1:]) + " ".join(before))
    # What is no date, status, number or id must be there as it was written.
    words = {word for word in words_of(given) if word in GREEK}
    assert words <= set(words_of(out))


GREEK = {
    *("zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho"),
    *("sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
}


def test_what_has_no_place_is_listed_with_where_it_stood(tmp_path):
    text = (
        "Hello.\n\n# Neglect\n\nBetween.\n\n| Action |Due|\n|---|---|\n| Train | May 2022 | Far |\n"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    imported(tmp_path, "a.md")
    rest = (tmp_path / "new" / "not-placed.md").read_text(encoding="utf-8")
    assert "- line 5 (text around the tables): Between." in rest
    assert "right of the named columns): Far" in rest


def test_the_head_of_the_pages_may_be_the_title():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Workload action plan"
    table = document.add_table(rows=2, cols=2)
    for slot, text in zip(table._cells, ["Action", "Due", "Train", "May 2022"], strict=True):
        slot.text = text
    data = io.BytesIO()
    document.save(data)
    draft = drafted("workload-plan.docx", data.getvalue())
    assert (draft.title, draft.left) == ("Workload action plan", [])


# Columns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "role"),
    {
        "Action": "action", "ACTIONS REQUIRED": "action", "Milestones": "action",
        "What we will do": "action", "ActionName": "action",
        "By When?": "due", "Target date": "due", "Target completion date": "due", "When": "due",
        "Timescale(s)": "due", "Time-scale": "due", "Deadline": "due", "End Date": "due",
        "Completion Timescale": "complete by", "New date": "new due",
        "Revised target date": "new due", "Start": "start", "ActionLaunchDate": "start",
        "Lead": "lead", "Lead Officer": "lead", "Action owner": "lead", "By whom": "lead",
        "Responsible Party": "lead", "Person responsible": "lead", "Accountability": "accountable",
        "RAG": "status", "BRAG rating": "status", "Current Status": "status",
        "Progress update": "progress", "Update": "progress", "Progress to date": "progress",
        "Evidence": "evidence", "Objective": "objective", "Recommendation": "objective",
        "Strategic Priority": "priority", "Theme": "priority", "PillarID": "priority",
        "Ref": "id", "No.": "id", "#": "id", "Success criteria": None, "Resources": None,
    }.items(),
)  # fmt: skip
def test_a_column_is_known_by_its_name(label, role):
    assert role_of(label) == role


def test_two_rows_of_names_and_merged_cells():
    def fill(sheet):
        sheet.append(["Anytown Improvement Plan 2024-26", "", "", "", "", ""])
        sheet.merge_cells("A1:F1")
        sheet.append(["Priority", "Action", "Timescale", "", "Owner", "RAG"])
        sheet.merge_cells("C2:D2")
        sheet.append(["", "", "Start", "End", "", ""])
        sheet.append(["Neglect", "Train staff", date(2024, 4, 1), date(2024, 9, 30), "QA", ""])
        sheet.append(["", "Audit the cases\nReport to the Board", "", "Q3 2024/25", "", "Amber"])
        sheet.append(["", "Stop this", "", "", "Nobody", "G"])
        sheet.merge_cells("A4:A6")
        sheet["F4"].fill = PatternFill("solid", fgColor="FF0000")
        sheet["B6"].font = Font(strike=True)

    draft = drafted("a.xlsx", workbook(fill))
    assert draft.title == "Anytown Improvement Plan 2024-26"
    (priority,) = draft.priorities
    assert priority.title == "Neglect"
    said = [(m.action, m.start.text, m.due.text, m.status, m.leads) for m in priority.milestones]
    assert said == [
        ("Train staff", "2024-04-01", "2024-09-30", "off track", ["QA"]),
        ("Audit the cases", "", "Q3 2024/25", "at risk", []),
        ("Report to the Board", "", "Q3 2024/25", "at risk", []),
    ]
    assert ("Stop this", "its action is struck out") in [(x.text, x.why) for x in draft.left]


def test_headings_over_tables_are_priorities_and_objectives():
    table = "| Action | Due |\n|---|---|\n| Train {} | May 2022 |\n"
    text = (
        "# Our plan\n\n## Neglect\n\n### See it\n\n{}\n### Stop it\n\n{}\n## Harm\n\n### End\n\n{}"
    )
    draft = drafted("a.md", text.format(*(table.format(n) for n in "123")).encode())
    assert [(p.title, [o.statements for o in p.objectives]) for p in draft.priorities] == [
        ("Neglect", [["See it"], ["Stop it"]]),
        ("Harm", [["End"]]),
    ]


def test_a_priority_that_is_named_again_goes_on():
    rows = [f"| {name} | Train | May 2022 |" for name in ("Neglect", "Harm", "Neglect")]
    draft = markdown("| Priority | Action | Due |", *rows)
    said = [(p.title, len(list(p.milestones))) for p in draft.priorities]
    assert said == [("Neglect", 2), ("Harm", 1)]


def test_rows_between_the_actions_are_headings():
    draft = markdown(
        "| Ref | Action | Owner | Target date |",
        "| Priority 1: Early help | | | |",
        "| 1.1 | Train | HoS | 31/03/2022 |",
        "| Leadership | | | |",
        "| 2.1 | Appoint | | w/c 4 April 2022 |",
    )
    assert [(p.title, [m.action for m in p.milestones]) for p in draft.priorities] == [
        ("Early help", ["Train"]),
        ("Leadership", ["Appoint"]),
    ]


def test_an_action_is_known_by_what_stands_beside_it():
    draft = markdown(
        "| No | Agreed | By whom | By when | RAG |", "| 1 | Train | JB | May 2022 | G |"
    )
    assert [(m.action, m.status) for m in draft.milestones] == [("Train", "on track")]


def test_a_table_of_another_shape_is_no_part_of_the_plan():
    text = "| Action | Due |\n|---|---|\n| Train | May 2022 |\n\nTerms:\n\n"
    other = "| Word | Meaning | Page |\n|---|---|---|\n| RAG | Red, amber, green | 4 |\n"
    draft = drafted("a.md", (text + other).encode())
    assert [m.action for m in draft.milestones] == ["Train"]
    assert "Red, amber, green" in [left.text for left in draft.left]


def test_a_table_of_one_column_is_a_list_of_actions():
    draft = drafted("a.csv", b"Actions\nTrain\nTest\n")
    assert [m.action for m in draft.milestones] == ["Train", "Test"]


def test_a_long_name_of_a_column_is_read_in_time():
    assert role_of("What is " + "a" * 70 + "#") in (None, "action")


def test_words_below_a_date_stay_beside_it():
    draft = markdown("| Action | By when |", "| Train | May 2022<br>if funded |")
    (milestone,) = draft.milestones
    assert (milestone.due.text, milestone.more) == ("2022-05", {"by_when": "if funded"})


def test_a_column_that_a_person_maps_is_that():
    content = read("a.md", b"| Thing to do | Finish it |\n|---|---|\n| Train | May 2022 |\n")
    assert isinstance(content, Content)
    columns = {"thing to do": "action", "finish it": "due"}
    draft = build(content, "a.md", Asked(columns=columns))  # type: ignore[arg-type]
    assert [(m.action, m.due.text) for m in draft.milestones] == [("Train", "2022-05")]


# Cells -----------------------------------------------------------------------------------------


def test_several_actions_in_a_cell_have_their_own_dates():
    draft = markdown(
        "| Action | By when |",
        "| <ul><li>Train staff</li><li>Write it</li></ul> | <p>May 2022</p><p>June 2022</p> |",
    )
    assert [(m.action, m.due.text) for m in draft.milestones] == [
        ("Train staff", "2022-05"),
        ("Write it", "2022-06"),
    ]


def test_what_is_said_of_each_action_in_a_cell_is_its_own():
    text = (
        "What we will do,Lead,Timescale,Status\n"
        '"a) Review it\nb) Publish it","a) QA\nb) HoS",'
        '"a) April 2022\nb) May 2022","a) Green\nb) Red"'
    )
    draft = drafted("a.csv", text.encode())
    assert [(m.action, m.leads, m.due.text, m.status) for m in draft.milestones] == [
        ("Review it", ["QA"], "2022-04", "on track"),
        ("Publish it", ["HoS"], "2022-05", "off track"),
    ]
    assert draft.left == []


def test_a_list_below_its_own_words_stays_one_action():
    draft = markdown("| Action | Due |", "| Train:<br>- police<br>- schools | May 2022 |")
    assert [m.action for m in draft.milestones] == ["Train:\n- police\n- schools"]


def test_a_struck_out_date_is_a_move():
    draft = markdown("| Action | Due |", "| Train | ~~June 30, 2020~~ **July 31, 2020*** |")
    (milestone,) = draft.milestones
    assert milestone.due.text == "2020-07-31"
    (entry,) = milestone.log
    assert [moment.text for moment in entry.moved or ()] == ["2020-06-30", "2020-07-31"]


def test_a_new_date_is_a_move():
    draft = markdown("| Action | Due | New date |", "| Train | May 2022 | June 2022 |")
    (milestone,) = draft.milestones
    (entry,) = milestone.log
    assert entry.moved == (read_when("May 2022", How()).due, milestone.due)


def test_what_is_said_of_an_action_is_logged_with_its_status():
    draft = markdown("| Action | Update | RAG |", "| Train | Begun. | A |", "| Test | n/a | G |")
    assert [(m.status, [e.note for e in m.log]) for m in draft.milestones] == [
        ("at risk", ["Begun."]),
        ("on track", []),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    {
        "Green": "on track", "g": "on track", "RAG: amber": "at risk", "Complete": "complete",
        "● On track": "on track", "Delayed": "off track", "Blue - done": "complete",
        "! 4 years late\nNot started": "not started", "Overdue": None, "Perhaps": None, "": None,
    }.items(),
)  # fmt: skip
def test_a_status_is_read(text, status):
    assert status_said(text, {}).status == status


@pytest.mark.parametrize(
    ("colour", "status"),
    {
        "FF0000": "off track", "C00000": "off track", "FFC000": "at risk", "FFFF00": "at risk",
        "00B050": "on track", "92D050": "on track", "0070C0": "complete", "FFFFFF": None,
        "D9D9D9": None, "000000": None, "": None,
    }.items(),
)  # fmt: skip
def test_a_colour_is_a_status(colour, status):
    assert status_of_colour(colour) == status


# Dates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("Apr-22", "", "2022-04"),
        ("by end of March 2022", "", "2022-03"),
        ("September 30, 2020*", "", "2020-09-30"),
        ("from May 2022", "2022-05", ""),
        ("September – November 2021", "2021-09", "2021-11"),
        ("December 2021- January 2022", "2021-12", "2022-01"),
        ("Q3 2022/23", "", "Q3 2022/23"),
        ("Ongoing, review April 2022", "", "ongoing"),
        ("2026-01-01 00:00:00", "", "2026-01-01"),
        *(
            (words, "", "")
            for words in ("Spring 2022", "tbc", "monthly", "Ongoing", "12.5", "44562")
        ),
    ],
)
def test_a_date_that_has_a_form_is_read_and_no_other(text, start, due):
    when = read_when(text, How())
    assert (when.start.text, when.due.text, when.doubt) == (start, due, "")


@pytest.mark.parametrize(
    ("text", "doubt"), [("3/4/2022", "order"), ("April", "year"), ("Q3", "year")]
)
def test_what_would_have_to_be_known_is_asked(text, doubt):
    assert read_when(text, How()).doubt == doubt


@pytest.mark.parametrize(
    ("text", "how", "due"),
    [
        ("3/4/2022", How("day first"), "2022-04-03"),
        ("3/4/2022", How("month first"), "2022-03-04"),
        ("February", How(year="2021/22"), "2022-02"),
        ("April", How(year="2021/22"), "2021-04"),
        ("Q3", How(year="2021/22"), "Q3 2021/22"),
        ("April", How(year="none"), ""),
    ],
)
def test_what_somebody_says_is_taken(text, how, due):
    when = read_when(text, how)
    assert (when.due.text, when.doubt) == (due, "")


def test_dates_lead_a_text():
    when, words, rest = leading("April 2021- April 2022 - Continue - on", How())
    assert (when.start.text, when.due.text) == ("2021-04", "2022-04")
    assert (words, rest) == ("April 2021- April 2022", "Continue - on")
    assert leading("2020-22 objectives - audit", How())[2] == "2020-22 objectives - audit"


# The command -----------------------------------------------------------------------------------

TABLE = "| Action | Due |\n|---|---|\n| Train | {} |\n"


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (TABLE.format("3/4/2022"), (), 'could be two dates: "3/4/2022" (line 3). Say which'),
        (TABLE.format("April"), (), "have no year"),
        (TABLE.format("May 2022"), ("--map", "Nope=due"), "no column of the document"),
        (TABLE.format("May 2022"), ("--map", "Due=x"), "is not understood"),
        (TABLE.format("May 2022"), ("--year", "soon"), "is not a year"),
        ("Hello.", (), "no table or list of actions"),
        (TABLE.format("call 07700 900123"), (), "could identify or reach a person"),
    ],
)
def test_what_cannot_be_imported_leaves_nothing(text, options, said, tmp_path):
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    done = hscp("import", "a.md", *options, folder=tmp_path)
    assert done.returncode
    assert said in " ".join(done.stderr.decode().split())
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_what_could_reach_a_person_is_left_out_where_that_is_asked(tmp_path):
    (tmp_path / "a.md").write_text(TABLE.format("call 07700 900123"), encoding="utf-8")
    plan = imported(tmp_path, "a.md", "--redact")
    (milestone,) = plan.priorities[0].milestones
    assert milestone.more["due"] == "call …"
    assert "900123" not in "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "new").glob("*.*")
    )


def test_a_pdf_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    done = hscp("import", "a.pdf", folder=tmp_path)
    assert done.returncode == 1
    assert "save it as .docx" in done.stderr.decode()


def test_actions_of_a_cell_are_whole():
    content = read("a.csv", b'Action,Lead\n"Map the\nroutes of it",x\n"Train all\nTest all",y\n')
    assert isinstance(content, Content)
    draft = build(content, "a.csv", Asked())
    assert [m.action for m in draft.milestones] == ["Map the routes of it", "Train all", "Test all"]


# Notes of many days ----------------------------------------------------------------------------


def logged(cell: str, how: How = SAID) -> list[tuple[str, str]]:
    """The entries that a cell of notes is, each by its day and its note."""
    book = workbook(
        lambda sheet: [sheet.append(row) for row in (("Action", "Update"), ("Do", cell))]
    )
    content = read("a.xlsx", book)
    assert isinstance(content, Content)
    draft = build(content, "a", Asked(how))
    assert not draft.lost
    (milestone,) = draft.milestones
    return [(e.when.text if e.when else "", e.note) for e in milestone.log]


def test_notes_that_begin_with_days_are_entries_of_those_days():
    cell = "12/10/21: Met twice.\nAnd agreed.\n14 November 2021 - Begun\n01.12.21 Done"
    assert logged(cell) == [
        ("2021-10-12", "Met twice.\nAnd agreed."),
        ("2021-11-14", "Begun"),
        ("2021-12-01", "Done"),
    ]


def test_notes_before_the_first_day_and_of_a_month_stand_by_themselves():
    assert logged("Slow.\n12/10/21: Met") == [("", "Slow."), ("2021-10-12", "Met")]
    assert logged("October 2021: Met") == [("", "October 2021: Met")]


def test_a_day_that_could_be_two_is_asked_about():
    (milestone,) = (draft := markdown("| Action | Update |", "| Do | 3/4/21: Met |")).milestones
    assert milestone.log[0].when == of_day(date(2021, 4, 3))
    assert draft.questions == []
    content = read("a.md", b"| Action | Update |\n|---|---|\n| Do | 3/4/21: Met |")
    assert isinstance(content, Content)
    (question,) = build(content, "a.md", Asked()).questions
    assert (question.text, question.doubt) == ("3/4/21", "order")


def test_a_note_of_a_day_to_come_keeps_its_words():
    draft = markdown("| Action | Update |", "| Do | 1/2/22: Planned |", "| Be | 1/2/21: Met |")
    made = Imported(draft, "a.md", DAY, DAY).files()
    (text,) = (change.text for name, change in made.items() if name.startswith("p1"))
    lines = [line.strip(" -") for line in text.splitlines()]
    assert lines[lines.index("date: 2021-12-15") + 1] == 'note: "1/2/22: Planned"'
    assert lines[lines.index("date: 2021-02-01") + 1] == "note: Met"


# Bounds ----------------------------------------------------------------------------------------


@pytest.mark.long
def test_ten_thousand_columns_are_read_or_listed():
    labels = ",".join(["Action", *(f"Column {n}" for n in range(9_999))])
    cells = ",".join(["Do this", *(f"value{n}" for n in range(9_999))])
    draft = drafted("a.csv", f"{labels}\n{cells}\n".encode())
    (milestone,) = draft.milestones
    assert milestone.action == "Do this"
    assert not draft.lost
    assert any("value9998" in left.text for left in draft.left)


@pytest.mark.parametrize("text", ["", "\n\n", " , , \n , , \n", "Action,Lead\n,\n"])
def test_a_table_of_nothing_is_refused_or_empty(text, tmp_path):
    (tmp_path / "a.csv").write_text(text)
    done = hscp("import", "a.csv", folder=tmp_path)
    assert done.returncode in (1, 2)
    assert done.stderr.startswith(b"hscp: ")
    assert not (tmp_path / "plan").exists()


def test_words_from_the_right_stay_as_they_are():
    draft = markdown(
        "| Action | Lead |", "| \u0645\u0631\u0627\u062c\u0639\u0629 | \u05e8\u05d5\u05ea |"
    )
    (milestone,) = draft.milestones
    assert milestone.action == "\u0645\u0631\u0627\u062c\u0639\u0629"
    assert not draft.lost


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="Windows tells no process's memory so")
def test_what_a_long_document_takes_is_given_back_on_the_way(tmp_path):
    rows = "".join(f"Train team {n}: see it early,May 2022,QA,Done: {n}\n" for n in range(4_000))
    (tmp_path / "a.csv").write_text(f"Action,Due,Lead,Progress\n{rows}", encoding="utf-8")
    # Through a small process: one that this one began would count what this one takes as its own.
    wait = "import os, subprocess, sys; begun = subprocess.Popen(sys.argv[1:], stdout=2)"
    wait += "; _, status, used = os.wait4(begun.pid, 0); print(status, used.ru_maxrss)"
    done = run((sys.executable, "-c", wait, *HSCP, "import", "a.csv"), tmp_path, surroundings())
    status, most = map(int, done.stdout.split())
    assert status == 0, done.stderr
    # 80 MB; with nothing given back 400, and more with each row.
    assert most < 200_000 * (1024 if sys.platform == "darwin" else 1)
