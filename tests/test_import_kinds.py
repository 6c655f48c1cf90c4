"""`hscp import` of the kinds of plan that councils and boards keep: forms, trackers, logs."""

from __future__ import annotations

import io
from datetime import date

import docx
import openpyxl
import pytest
from running import hscp
from test_import import drafted, imported, markdown, workbook

from hscp_plan import store
from hscp_plan.dates import day_shown
from hscp_plan.importing.columns import role_of, roles_of, undated
from hscp_plan.importing.draft import Draft, saved_on
from hscp_plan.importing.said import priority_named, status_said
from hscp_plan.importing.when import How, proved_order, read_when

# Columns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "role"),
    {
        "Action No": "id", "Code": "id", "Revised target": "new due", "Baseline date": "due",
        "Forecast date": "new due", "Status (1-4)": "status", "RAG Sept 23": "status",
        "Progress June 2023": "progress", "Progress as at 31 March 2024": "progress",
        "Q1 update": "progress", "Latest commentary": "progress",
        "Lead Cabinet Member / Officer": "lead", "Scrutiny recommendation": "objective",
        # What is to be done by a time is no progress of that time, and no date.
        "Resource Names": "lead", "Officer": "lead", "Operational lead": "lead",
        "Responsible Division": "lead", "When will it be done by?": "due", "Completion": "due",
        "Original due date": "due", "Delivery date": "due", "Revised due date": "new due",
        "We will": "action", "Commitment": "action", "Management response": "action",
        "Response and action proposed": "action", "Strategy": "action", "State": "status",
        "What inspectors found": "objective", "Strategic aim": "objective", "AFI": "objective",
        "Planned finish": "due", "Forecast finish": "new due", "Timing": "due",
        "Project Manager": "lead", "Delivery partner": "lead", "Executive Sponsor": "accountable",
        "Sub-initiative / task": "action",
        "You said": None, "We did": None, "Risk": None, "Baseline": None,
        "By March 2024": None, "Due March": None, "Marketing plan": None, "March 2024": None,
    }.items(),
)  # fmt: skip
def test_a_column_is_known_by_its_name_and_its_time(label, role):
    assert role_of(label) == role


def test_the_time_of_a_column_stands_before_or_after_its_name():
    assert undated("Progress (June 2023)") == ("Progress", "June 2023")
    assert undated("Q2 2023/24 update") == ("update", "Q2 2023/24")
    assert undated("Marketing plan") == ("Marketing plan", "")


# What single texts say -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status", "more"),
    [
        ("🟢", "on track", False), ("🟠 slipped", "at risk", True), ("✅ Done", "complete", False),
        ("⚠️", "at risk", False), ("🔴 🟢", None, True), ("Complete and embedded", "complete", True),
        ("Completed June 22", "complete", True), ("Closed on 04/10/23", "closed", True),
        ("Behind", "off track", True), ("100%", "complete", False), ("60%", "in progress", True),
        ("0%", "not started", False), ("4 - Complete", "complete", False),
        ("Open", None, True), ("Some June 22", None, True),
    ],
)  # fmt: skip
def test_a_status_is_said_by_a_picture_or_a_word(text, status, more):
    assert status_said(text, {}) == (status, more)


def test_a_priority_may_be_counted_in_words():
    said = priority_named("Priority two: Exploitation")
    assert said
    assert (said.id, said.title) == ("P2", "Exploitation")


@pytest.mark.parametrize(
    ("text", "before", "due"),
    [
        ("Sept 23 - extended to Nov 23", "2023-09", "2023-11"),
        ("September 2023\nRevised: December 2023", "2023-09", "2023-12"),
        ("Summer term 2025 (revised from April 2025)", "2025-04", "summer term 2025"),
        ("31/03/24 (was 31/12/23)", "2023-12-31", "2024-03-31"),
        ("30 June 2023, now 30 September 2023", "2023-06-30", "2023-09-30"),
        ("March 2024 - delayed", "", ""), ("now", "", ""), ("Easter 2025 (was 2024)", "", ""),
    ],
)  # fmt: skip
def test_a_text_may_say_the_date_before_and_the_date_now(text, before, due):
    when = read_when(text, How("day first", "2023"))
    assert (when.before.text, when.due.text) == (before, due)


@pytest.mark.parametrize(
    ("texts", "proved"),
    [
        (["08/04/2024", "by 30/09/2024"], ("day first", "30/09/2024")),
        (["08/04/2024", "9/30/24"], ("month first", "9/30/24")),
        (["30/09/2024", "9/30/24"], ("", "")),
        (["08/04/2024", "version 1.13.24", "40/40/2024"], ("", "")),
    ],
)
def test_one_date_proves_the_order_of_the_others(texts, proved):
    assert proved_order(texts) == proved


# Forms -----------------------------------------------------------------------------------------

FORM = {"Action": "Train", "Lead": "Head of Learning", "Deadline": "May 2022", "Status": "Green"}


def test_a_form_in_two_columns_is_an_action():
    document = docx.Document()
    document.add_heading("Neglect", 1)
    table = document.add_table(rows=0, cols=2)
    for form in (FORM, {**FORM, "Action": "Test"}):
        for label, text in form.items():
            cells = table.add_row().cells
            cells[0].text, cells[1].text = f"{label}:", text
    data = io.BytesIO()
    document.save(data)
    draft = drafted("a.docx", data.getvalue())
    said = [(m.action, m.due.text, m.status, m.leads) for m in draft.milestones]
    (priority,) = draft.priorities
    assert priority.title == "Neglect"
    assert [(action, due, status) for action, due, status, _ in said] == [
        ("Train", "2022-05", "on track"),
        ("Test", "2022-05", "on track"),
    ]


def test_a_form_of_lines_is_an_action():
    lines = "".join(f"  **{label}:** {text}\n" for label, text in FORM.items() if label != "Action")
    text = f"# Our plan\n\n## Neglect\n\n- **Action:** Train\n{lines}\n- **Action:** Test\n{lines}"
    draft = drafted("a.md", text.encode())
    assert [(m.action, m.due.text, m.status) for m in draft.milestones] == [
        ("Train", "2022-05", "on track"),
        ("Test", "2022-05", "on track"),
    ]
    assert [p.title for p in draft.priorities] == ["Neglect"]


def test_a_table_of_two_columns_with_names_above_is_none():
    draft = markdown("| Action | Lead |", "| Action plan agreed | QA |", "| Lead named | HR |")
    assert [m.action for m in draft.milestones] == ["Action plan agreed", "Lead named"]


# Whole documents -------------------------------------------------------------------------------


def test_a_workbook_may_have_a_sheet_for_each_priority():
    data = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Delivery plan 2024-26"])
    for name, above, action in (
        ("Neglect", [], "Agree the strategy"),
        ("P2", ["Priority 2: Exploitation", "Outcome: children are safe"], "Review MACE"),
    ):
        sheet = book.create_sheet(name)
        for text in above:
            sheet.append([text])
        sheet.append(["Ref", "Action", "Due", "RAG"])
        sheet.append(["1.1", action, date(2024, 6, 30), "Green"])
    book.save(data)
    draft = drafted("a.xlsx", data.getvalue())
    assert draft.title == "Delivery plan 2024-26"
    assert [(p.title, p.outcome, [m.action for m in p.milestones]) for p in draft.priorities] == [
        ("Neglect", "", ["Agree the strategy"]),
        ("Exploitation", "children are safe", ["Review MACE"]),
    ]
    assert not any(m.more.get("ref", "").count("\n") for m in draft.milestones)


def test_a_moved_date_in_a_cell_is_a_move():
    draft = markdown("| Action | By when |", "| Train | Sept 2023, now Nov 2023 |")
    (milestone,) = draft.milestones
    assert milestone.due.text == "2023-11"
    (moved,) = [entry.moved for entry in milestone.log if entry.moved]
    assert [d.text for d in moved] == ["2023-09", "2023-11"]


def test_a_cell_over_several_rows_is_said_of_each():
    def fill(sheet):
        sheet.append(["Action", "Agency", "Due"])
        sheet.append(["Train", "Police", "May 2022"])
        sheet.append(["Test", "", "June 2022"])
        sheet.merge_cells("B2:B3")

    draft = drafted("a.xlsx", workbook(fill))
    assert [m.more for m in draft.milestones] == [{"agency": "Police"}] * 2


def test_a_word_that_is_repeated_hides_none_that_is_lost():
    draft = markdown("| Action | Agency | Agency note |", "| - Train<br>- Test | Police | Police |")
    assert [m.more["agency"] for m in draft.milestones] == ["Police", "Police"]
    assert not draft.lost
    assert sum(m.more.get("agency_note") == "Police" for m in draft.milestones) == 2


def test_a_row_of_totals_is_no_action():
    draft = markdown("| No | Action | Due |", "| 1 | Train | May 2022 |", "| Total | 1 | |")
    assert [m.action for m in draft.milestones] == ["Train"]
    assert {"Total", "1"} <= {left.text for left in draft.left}


def test_columns_are_seen_by_what_stands_in_them():
    draft = markdown(
        "| Task Name | Bucket Name | Progress | Priority | Due date |",
        "| Write the report | Reporting | In progress | Important | 8/4/2024 |",
        "| Audit | Quality | Completed | Urgent | 30/09/2024 |",
    )
    assert [(p.title, [m.status for m in p.milestones]) for p in draft.priorities] == [
        ("Reporting", ["in progress"]),
        ("Quality", ["complete"]),
    ]
    assert [m.due.text for m in draft.milestones] == ["2024-04-08", "2024-09-30"]


def test_several_columns_of_progress_are_all_of_the_log():
    draft = markdown(
        "| Action | RAG June | Progress June 2023 | Progress Sept 2023 | RAG Sept |",
        "| Train | Green | Begun. | Half done. | Amber |",
    )
    (milestone,) = draft.milestones
    assert milestone.status == "at risk"
    assert milestone.more == {"rag_june": "Green"}
    notes = " ".join(entry.note for entry in milestone.log)
    assert notes.index("Begun.") < notes.index("Half done.")


def test_a_title_may_hold_a_colon_before_what_it_is():
    def fill(sheet):
        sheet.append(["Anyborough Together: Delivery Plan"])
        sheet.append(["Action", "Due"])
        sheet.append(["Train", "May 2022"])

    assert drafted("a.xlsx", workbook(fill)).title == "Anyborough Together: Delivery Plan"


def test_what_a_document_begins_with_is_its_title():
    text = "Domestic Abuse Partnership Board: Action Plan 2022/23\n\n| Action | Due |\n|--|--|\n"
    draft = drafted("a.md", f"{text}| Train | May 2022 |\n".encode())
    assert draft.title == "Domestic Abuse Partnership Board: Action Plan 2022/23"
    assert draft.partnership == "Domestic Abuse Partnership Board"
    assert draft.introduction == []


def test_a_plan_of_headings_and_lists():
    text = """# Our strategy 2024 to 2026

## Priority one: Neglect

What we will do:

- Launch the strategy by June 2024
- Report each March, in 2024 and by March 2025

How we will know we have made a difference:

- Fewer re-referrals

## Priority two: Harm

What we will do:

- Review the panel (September 2024)
"""
    draft = drafted("a.md", text.encode())
    said = [(p.title, p.evidence, [m.due.text for m in p.milestones]) for p in draft.priorities]
    # Where its words name two dates, nobody knows which it is.
    assert said == [
        ("Neglect", ["Fewer re-referrals"], ["2024-06", ""]),
        ("Harm", [], ["2024-09"]),
    ]
    assert not any(p.objectives for p in draft.priorities)


def test_items_that_are_numbered_through_are_the_actions():
    text = (
        "Themes:\n\n1. One\n2. Two\n\n## Theme 1: Serve\n\n1. Build\n2. Measure\n\nBy way of:\n\n"
    )
    more = "- forms\n- words\n\n## Theme 2: Work\n\n3. Hire\n\nAs follows:\n\n- a team\n"
    draft = drafted("a.md", (text + more).encode())
    assert [(p.title, [m.action for m in p.milestones]) for p in draft.priorities] == [
        ("Serve", ["Build", "Measure"]),
        ("Work", ["Hire"]),
    ]
    assert {"- forms", "- a team", "- One"} <= {left.text for left in draft.left}


# Columns seen beside the others ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "roles"),
    [
        ("Strategic aim|Objective|Activity|Who", "priority objective action lead"),
        ("Goal #|Goal|Objective #|Objective|Strategy", "more priority more objective action"),
        ("Finding|Recommendation|Action|Lead", "more objective action lead"),
        ("Deliverable|Milestone|Due", "objective action due"),
        ("Cabinet response|Action to be taken|Lead", "more action lead"),
        ("Action required|Action taken|Lead", "action progress lead"),
        ("Action|Accountable lead|Due", "action lead due"),
        ("Objective|Action|Accountable lead", "objective action accountable"),
        ("Recommendation text|Actions|Completion date", "objective action due"),
        ("Objective|Action|Completion timescale", "objective action complete by"),
        ("Action|Strategic lead / Tactical lead|Lead Directorate", "action lead more"),
    ],
)
def test_a_column_is_known_beside_the_others(labels, roles):
    assert " ".join(roles_of(labels.split("|"), {})) == roles


def test_actions_are_words_and_no_numbers():
    draft = markdown(
        "| Item | Detail | Who | Target | Comment |", "| 1 | Mend it | Us | May 22 | |"
    )
    assert [m.action for m in draft.milestones] == ["Mend it"]


def test_a_tick_below_done_is_complete():
    draft = markdown("| Action | Done? |", "| Train | ✔ |", "| Test | |")
    assert [m.status for m in draft.milestones] == ["complete", None]


def test_a_row_of_a_number_and_its_words_stands_over_those_below():
    header = "| Action | Lead | Timescale |"
    rows = ("| Objective 1 | To do our duties | |", header, "| Report | Nurse | May 2022 |")
    draft = markdown(*rows, "| Objective 2 | To learn | |", "| Train | GP | May 2022 |")
    assert [(p.title, [m.action for m in p.milestones]) for p in draft.priorities] == [
        ("Objective 1: To do our duties", ["Report"]),
        ("Objective 2: To learn", ["Train"]),
    ]
    assert not draft.lost


def test_columns_of_nothing_but_statuses_say_how_actions_stand():
    draft = markdown(
        "| Action | Q1 | Q2 | Q3 |", "| Train | Green | Amber | |", "| Test | | Blue | Red |"
    )
    assert [m.status for m in draft.milestones] == ["at risk", "off track"]
    assert [m.more for m in draft.milestones] == [{"q1": "Green"}, {"q2": "Blue"}]


def test_a_persons_initial_is_no_status():
    draft = markdown("| Action | Checked | Health | % done |", "| Train | A. Roy | Amber | 80% |")
    assert [(m.status, m.more) for m in draft.milestones] == [
        ("at risk", {"checked": "A. Roy", "done": "80%"})
    ]


def test_columns_of_ticks_say_no_status():
    draft = markdown("| Action | Accepted | Q1 |", "| Train | Yes | ✓ |")
    assert [(m.status, m.more) for m in draft.milestones] == [
        (None, {"accepted": "Yes", "q1": "✓"})
    ]


def test_a_share_of_an_action_says_how_it_stands():
    draft = markdown("| Action | % Complete |", "| Train | 1 |", "| Test | 0.35 |", "| Do | 0 |")
    assert [m.status for m in draft.milestones] == ["complete", "in progress", "not started"]
    assert [m.more for m in draft.milestones] == [{}, {"complete": "0.35"}, {}]


# Tables of other things ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        ("| Ref | Measure | Baseline | Target | Owner |", "| K1 | Visits | 80% | 95% | QA |"),
        ("| Risk ID | Risk | Impact | Score | Owner |", "| R1 | No money | 3 | 9 | Chair |"),
    ],
)
def test_measures_and_risks_are_no_actions(other):
    draft = markdown(
        "| Ref | Action | Lead | Due | RAG |", "| 1 | Train | HR | May 2022 | |", *other
    )
    assert [m.action for m in draft.milestones] == ["Train"]
    assert {"QA", "Chair"} & {left.text for left in draft.left}
    assert not draft.lost


def test_rows_that_stand_over_others_are_no_actions():
    draft = markdown(
        "| WBS | Task Name | Finish | Assigned To |",
        "| 1 | Programme | May 2024 | |",
        "| 1.1 | Early help | May 2023 | |",
        "| 1.1.1 | Open the front door | April 2023 | Manager |",
        "| 1.2 | Exploitation | May 2024 | |",
        "| 1.2.1 | Screen | May 2024 | Officer |",
    )
    assert [(p.title, [m.action for m in p.milestones]) for p in draft.priorities] == [
        ("Early help", ["Open the front door"]),
        ("Exploitation", ["Screen"]),
    ]
    assert not draft.lost


def test_a_priority_may_stand_among_the_actions():
    draft = markdown(
        "| Task Name | Assigned To |",
        "| Priority 1: Early help | |",
        "| Train | QA |",
        "| Priority 2: Harm | |",
        "| Screen | HR |",
    )
    assert [(p.title, [m.action for m in p.milestones]) for p in draft.priorities] == [
        ("Early help", ["Train"]),
        ("Harm", ["Screen"]),
    ]


def test_a_numbered_objective_may_stand_below_a_priority_over_the_table():
    rows = [
        *("<td colspan=3>Strategic Priority 1: Entrants", "<td colspan=3>Objective 1.1: Divert"),
        *("<td>Action<td>Lead<td>Due", "<td>Meet weekly<td>YJS<td>May 2022"),
        *("<td colspan=3>Objective 1.2: Be fair", "<td>Count<td>Analyst<td>May 2022"),
    ]
    page = f"<html><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    (priority,) = drafted("a.html", page.encode()).priorities
    assert priority.title == "Entrants"
    assert [(o.statements, [m.action for m in o.milestones]) for o in priority.objectives] == [
        (["Objective 1.1: Divert"], ["Meet weekly"]),
        (["Objective 1.2: Be fair"], ["Count"]),
    ]


# Tables of other layouts -----------------------------------------------------------------------


def test_a_column_for_each_year_holds_what_is_done_then():
    draft = markdown(
        "| Priority | Year 1 (2023/24) | Year 2 (2024/25) |",
        "| Recruit | Launch an academy | Widen it to all |",
        "| Retain | Ask those who leave | |",
    )
    said = [(p.title, [(m.action, m.due.text or m.more) for m in p.milestones])
            for p in draft.priorities]  # fmt: skip
    assert said == [
        (
            "Recruit",
            [
                ("Launch an academy", {"timescale": "Year 1 (2023/24)"}),
                ("Widen it to all", {"timescale": "Year 2 (2024/25)"}),
            ],
        ),
        ("Retain", [("Ask those who leave", {"timescale": "Year 1 (2023/24)"})]),
    ]
    assert not draft.lost


def test_a_table_that_sets_out_a_page_is_opened():
    inner = "<table><tr><td>Action<td>Lead</tr><tr><td>Train<td>HR</tr></table>"
    page = f"<html><table><tr><td>Home<td><h1>Harm: action plan</h1>{inner}</table>"
    draft = drafted("a.html", page.encode())
    assert draft.title == "Harm: action plan"
    assert [(m.action, m.leads) for m in draft.milestones] == [("Train", ["HR"])]
    assert not draft.lost


def test_a_heading_after_a_list_of_open_items_is_a_heading():
    page = (
        "<html><ul><li>Home<li>News</ul><h1>Harm</h1><table><tr><td>Action<td>Due<tr><td>Train<td>"
    )
    assert [p.title for p in drafted("a.html", page.encode()).priorities] == ["Harm"]


def test_what_an_action_is_called_and_what_it_is_are_one():
    draft = markdown("| Action | Lead |", "| Core training<br>All complete it. | HR |")
    assert len(list(draft.milestones)) == 1


def word(*parts: tuple[str, object]) -> Draft:
    """What a Word document of these headings and tables is."""
    document = docx.Document()
    for style, part in parts:
        if isinstance(part, str):
            document.add_paragraph(part, style=style)
            continue
        assert isinstance(part, list)
        table = document.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    data = io.BytesIO()
    document.save(data)
    return drafted("a.docx", data.getvalue())


def test_what_a_priority_is_called_may_stand_below_its_number():
    table = [["Action", "Lead"], ["Train", "HR"]]
    draft = word(
        *(("Title", "Our strategic plan"), ("Heading 1", "Priority 1"), ("Heading 2", "Harm")),
        *(("", table), ("Heading 1", "Priority 2"), ("Heading 2", "Neglect"), ("", table)),
    )
    assert [(p.id, p.title, len(list(p.milestones))) for p in draft.priorities] == [
        ("P1", "Harm", 1),
        ("P2", "Neglect", 1),
    ]


def test_a_heading_may_be_an_action_that_lines_say_more_of():
    def below(action: str, lead: str) -> list[tuple[str, object]]:
        lines = (f"Lead: {lead}", "Timescale: June 2024", "Progress: Begun")
        return [("Heading 2", action), *(("List Bullet", line) for line in lines)]

    draft = word(
        *(("Title", "Our plan"), ("Heading 1", "Harm"), *below("Action 1: Train all", "HR")),
        *below("Action 2: Screen all", "IT Lead"),
        *(("Heading 1", "Neglect"), *below("Action 3: Count", "Analyst")),
    )
    assert [(p.title, [(m.action, m.leads, m.due.text) for m in p.milestones])
            for p in draft.priorities] == [
        ("Harm", [("Action 1: Train all", ["HR"], "2024-06"),
                  ("Action 2: Screen all", ["IT Lead"], "2024-06")]),
        ("Neglect", [("Action 3: Count", ["Analyst"], "2024-06")]),
    ]  # fmt: skip
    assert not draft.lost


@pytest.mark.parametrize(
    ("label", "text", "leads", "due", "status"),
    [
        ("Responsible officer and target date", "Head of HR<br>31 March 2024",
         ["Head of HR"], "2024-03-31", None),
        ("Lead / Timescale", "Head of HR, June 2024", ["Head of HR"], "2024-06", None),
        ("Timescale / status", "June 2024", [], "2024-06", None),
        ("Timescale / status", "Complete", [], "", "complete"),
        ("Lead and partners", "HR and IT", ["HR and IT"], "", None),
    ],
)  # fmt: skip
def test_a_column_may_say_two_things(label, text, leads, due, status):
    draft = markdown(f"| Ref | Action | {label} |", f"| 1 | Train | {text} |")
    (milestone,) = draft.milestones
    assert (milestone.leads, milestone.due.text, milestone.status) == (leads, due, status)
    assert not draft.lost


def test_an_objective_may_be_a_line_over_its_table():
    table = "| # | Action Step | Department |\n|--|--|--|\n"
    text = f"## Goal 1: Health\n\n**Objective 1A:** Reach all.\n\n{table}| 1 | Train | HR |\n"
    more = f"\n**Objective 1B:** Feed all.\n\n{table}| 1 | Cook | Food |\n"
    (priority,) = drafted("a.md", f"# County plan\n\n{text}{more}".encode()).priorities
    assert [(o.statements, [(m.action, m.leads or o.leads) for m in o.milestones])
            for o in priority.objectives] == [
        (["Objective 1A: Reach all."], [("Train", ["HR"])]),
        (["Objective 1B: Feed all."], [("Cook", ["Food"])]),
    ]  # fmt: skip


def test_a_heading_over_what_will_be_seen_is_no_action():
    draft = word(
        *(("Title", "Our plan"), ("Heading 1", "Priority 1 – Harm")),
        *(("Heading 2", "What we will do"), ("List Bullet", "Train all")),
        *(("Heading 2", "How we will measure success"), ("List Bullet", "Fewer referrals")),
        *(("Heading 1", "Priority 2 – Neglect"), ("Heading 2", "What we will do")),
        ("List Bullet", "Screen all"),
    )
    assert [(p.title, [m.action for m in p.milestones], p.evidence) for p in draft.priorities] == [
        ("Harm", ["Train all"], ["Fewer referrals"]),
        ("Neglect", ["Screen all"], []),
    ]
    assert not any(p.objectives for p in draft.priorities)


def test_the_lists_of_programs_that_keep_tasks():
    draft = markdown(
        "| Issue key | Summary | Status | Assignee | Due date | Epic Link | Description |",
        "| S-1 | Publish | Done | Sam | 2024-03-29 | Front door | Agreed |",
    )
    (priority,) = draft.priorities
    (milestone,) = priority.milestones
    assert (priority.title, milestone.action, milestone.status) == (
        *("Front door", "Publish", "complete"),
    )
    assert milestone.more["description"] == "Agreed"


# What the end of an item says ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("Adopt it (Lead: Works; Target: June 2025)", ("Adopt it", ["Works"], "2025-06", None)),
        ("[x] Approve — owner: Chair — due 2024-01-31",
         ("Approve", ["Chair"], "2024-01-31", "complete")),
        ("[ ] Leaflet", ("Leaflet", [], "", None)),
        ("Adopt it (Lead: Works; see page 3)", ("Adopt it (see page 3)", ["Works"], "", None)),
        ("Adopt it - with care", ("Adopt it - with care", [], "", None)),
    ],
)  # fmt: skip
def test_the_end_of_an_item_says_who_and_by_when(item, said):
    draft = drafted("a.md", f"# Our plan\n\n## Neglect\n\n- {item}\n".encode())
    ((milestone,),) = [list(p.milestones) for p in draft.priorities]
    assert (milestone.action, milestone.leads, milestone.due.text, milestone.status) == said
    assert not draft.lost


def test_a_date_at_the_end_of_an_item_that_has_no_form_stays_in_words():
    item = "Adopt it (Lead: Works; Target: FY 2025)"
    draft = drafted("a.md", f"# Our plan\n\n## Neglect\n\n- {item}\n".encode())
    assert [m.more for m in draft.milestones] == [{"target": "FY 2025"}]
    assert [left.text for left in draft.in_words] == ["FY 2025"]


def test_lists_below_no_priority_are_no_actions():
    text = "## Values\n\n- Care\n\n## Goal 1: Safe\n\n- Do\n\n## Goal 2: Well\n\n- Be\n"
    draft = drafted("a.md", f"# City plan\n\n{text}".encode())
    assert [m.action for m in draft.milestones] == ["Do", "Be"]


def test_the_year_at_the_end_of_a_span_is_that_of_both():
    when = read_when("May to July 2024", How("day first", "2023"))
    assert (when.start.text, when.due.text) == ("2024-05", "2024-07")


# A Board's action log --------------------------------------------------------------------------


def action_log(*more: list[object]) -> bytes:
    def fill(sheet):
        sheet.append(["Board action log"])
        sheet.append([])
        sheet.append(["No.", "Date of meeting", "Agenda item", "Action", "Owner", "Due", "Status"])
        first = [1, date(2023, 4, 18), "5. Audit", "Send the form", "Manager", date(2023, 5, 31)]
        sheet.append([*first, "Complete"])
        for row in more:
            sheet.append(row)

    return workbook(fill)


NEXT = [2, date(2023, 7, 18), "AOB", "Update the risks", "Manager", date(2023, 10, 17), "Green"]


def test_an_action_log_is_a_register(tmp_path):
    (tmp_path / "log.xlsx").write_bytes(action_log())
    plan = imported(tmp_path, "log.xlsx")
    assert plan.priorities == ()
    (register,) = plan.registers
    assert (register.id, register.title) == ("A", "Board action log")
    (action,) = register.milestones
    assert (action.id, action.from_) == ("A.1", "18 April 2023, 5. Audit")
    assert (tmp_path / "new" / "actions.yaml").exists()


def test_the_next_version_of_an_action_log_says_where_new_actions_come_from(tmp_path):
    (tmp_path / "log.xlsx").write_bytes(action_log())
    imported(tmp_path, "log.xlsx")
    (tmp_path / "log.xlsx").write_bytes(action_log(NEXT))
    done = hscp("import", "log.xlsx", "--into", "new", "--yes", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    register = store.open_plan(str(tmp_path / "new")).plan.registers[0]
    assert [m.from_ for m in register.milestones] == [
        "18 April 2023, 5. Audit",
        "18 July 2023, AOB",
    ]


def test_a_priority_of_a_plan_is_no_register_for_saying_where_its_actions_come_from():
    table = "| Action | Source | Due |\n|--|--|--|\n| Do | Audit | May 2022 |\n"
    (priority,) = drafted("a.md", f"# Our plan\n\n## Neglect\n\n{table}".encode()).priorities
    assert not priority.register
    assert [m.sources for m in priority.milestones] == [["Audit"]]


# When it was said ------------------------------------------------------------------------------


def test_a_note_of_a_column_with_a_month_is_of_that_month():
    draft = markdown(
        "| Action | Progress June 2023 | Q2 update |", "| Train | Begun. | Half done. |"
    )
    (milestone,) = draft.milestones
    assert [(e.when and e.when.text, e.note) for e in milestone.log] == [
        ("2023-06", "Begun."),
        (None, "Q2: Half done."),
    ]


def test_a_document_saved_long_before_its_plan_says_no_day():
    draft = markdown("| Action | Due |", "| Train | May 2022 |")
    today = date(2022, 3, 1)
    assert saved_on(draft, date(2013, 12, 23), today) is None
    assert saved_on(draft, date(2021, 6, 1), today) == date(2021, 6, 1)
    assert saved_on(draft, date(2022, 6, 1), today) == today


# What says two things, or nothing ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Green - done", "complete"), ("Green/Amber", None), ("Red/Amber", None),
        ("Amber: 18 practices trained", "at risk"), ("Complete (Green)", "complete"),
        ("Trained, green", None),
    ],
)  # fmt: skip
def test_a_status_of_several_words_is_taken_only_where_it_is_one(text, status):
    assert status_said(text) == (status, True)


def test_statuses_that_mean_nothing_are_told_with_how_to_say_it(tmp_path):
    table = "| Action | Due | Status (1-4) |\n|--|--|--|\n| Do | May 2022 | 4 |\n"
    (tmp_path / "a.md").write_text(table, encoding="utf-8")
    done = hscp("import", "a.md", "--dry-run", folder=tmp_path)
    said = " ".join(done.stdout.decode().split())
    assert "1 status is not understood." in said
    assert "4 line 3 To say it: --map '4=on track'" in said


@pytest.mark.parametrize("word", ["Red/Amber", "Sunny?", "Mostly (not all) there", "50:50 = half"])
def test_what_a_word_for_a_status_means_is_said_of_that_word_alone(word, tmp_path):
    rows = "".join(f"| Do {n} | {said} |\n" for n, said in enumerate((word, "Amber", "1. Green")))
    (tmp_path / "a.md").write_text(f"| Action | RAG |\n|--|--|\n{rows}", encoding="utf-8")
    done = hscp("import", "a.md", "--map", f"{word}=at risk", folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    plan = store.open_plan(str(tmp_path / "plan")).plan
    milestones = [m for priority in plan.priorities for m in priority.milestones]
    assert [m.status for m in milestones] == ["at risk", "at risk", "on track"]
    assert not any(m.more for m in milestones)
    assert not plan.head.scale


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("ongoing", '"ongoing" has no end.'),
        ("TBC", '"TBC" is not set yet.'),
        ("Quarterly", '"Quarterly" says how often.'),
        ("Spring 2027", '"Spring 2027" could be a school term or a season.'),
        ("31 February 2027", '"31 February 2027" is not a date: February has 28 days.'),
        ("asap", '"asap" is no date. Give the month'),
        ("May", '"May" depends on when it is read. Give the whole date'),
        ("in 3 months", '"in 3 months" depends on when it is read.'),
    ],
)
def test_a_date_that_stays_in_words_has_its_own_reason(date, why, tmp_path):
    table = f"| Action | By when |\n|--|--|\n| Do | {date} |\n"
    (tmp_path / "a.md").write_text(table, encoding="utf-8")
    done = hscp("import", "a.md", "--year", "none", folder=tmp_path, HSCP_AS_AT="2026-11-30")
    said = " ".join(done.stdout.decode().split())
    assert f"1 date kept in words: line 3: {why}" in said
    assert b"no such form" not in done.stdout


@pytest.mark.parametrize(
    ("titles", "named"),
    [
        (("1. Neglect", "2) Harm"), ["Neglect", "Harm"]),
        (("1: Neglect", "(2) Harm"), ["Neglect", "Harm"]),
        (("3. Neglect", "16-25 year olds"), ["3. Neglect", "16-25 year olds"]),
    ],
)
def test_a_priority_is_not_numbered_twice(titles, named):
    rows = [f"| {title} | Do {n} | May 2022 |" for n, title in enumerate(titles)]
    draft = markdown("| Priority | Action | Due |", *rows)
    assert [(p.id, p.title) for p in draft.priorities] == [
        (f"P{n}", title) for n, title in enumerate(named, 1)
    ]
    assert not draft.lost


TOLD = (
    "| Action | Due | Progress |\n|--|--|--|\n"
    "| Do | ~~May 2022~~ June 2022 | Two teams are trained. |\n"
)


@pytest.mark.parametrize(
    ("day", "says"),
    [("14 October 2021", "2021-10-14"), ("", "2021-12-15"), ("4/10/2021", "2021-10-04")],
)
def test_the_day_that_progress_is_of_is_said_and_can_be_another(day, says, tmp_path):
    (tmp_path / "a.md").write_text(TOLD, encoding="utf-8")
    given = [f"--date={day}"] if day else []
    done = hscp("import", "a.md", *given, folder=tmp_path, HSCP_AS_AT="2021-12-15")
    assert done.returncode == 0, done.stderr.decode()
    said = " ".join(done.stdout.decode().split())
    shown = day_shown(date.fromisoformat(says))
    assert f"What it says of progress without a day is taken as of {shown}" in said
    assert "1 due date taken as moved: P1.1: May 2022 to June 2022" in said
    written = (tmp_path / "plan" / "p1-a.yaml").read_text(encoding="utf-8")
    assert written.count(f"date: {says}") == 2


@pytest.mark.parametrize("day", ["16 December 2021", "October 2021", "soon"])
def test_a_day_that_is_none_or_to_come_is_refused(day, tmp_path):
    (tmp_path / "a.md").write_text(TOLD, encoding="utf-8")
    done = hscp("import", "a.md", f"--date={day}", folder=tmp_path, HSCP_AS_AT="2021-12-15")
    assert done.returncode == 2
    assert day in done.stderr.decode()
    assert not (tmp_path / "plan").exists()


def test_a_dry_run_says_what_will_be_asked(tmp_path):
    (tmp_path / "a.md").write_text("| Action | Due |\n|--|--|\n| Do | May |\n", encoding="utf-8")
    done = hscp("import", "a.md", "--dry-run", folder=tmp_path)
    assert (
        "Still to be said: the year of dates such as May (line 3):  --year" in done.stdout.decode()
    )


def test_a_recommendation_without_an_action_is_an_objective_alone():
    draft = markdown(
        "| Recommendation | Action | Lead Officer | Completion date |",
        "| Share the policy | Draft it | AD Education | May 2022 |",
        "| Report each term | Report | n/a | Termly |",
        "| Fund a second hub | None | n/a | n/a |",
    )
    (priority,) = draft.priorities
    said = [
        (o.statements, o.leads, [(m.action, m.due.text, m.more) for m in o.milestones])
        for o in priority.objectives
    ]
    assert said == [
        (["Share the policy"], ["AD Education"], [("Draft it", "2022-05", {})]),
        (["Report each term"], [], [("Report", "", {"completion_date": "Termly"})]),
        (["Fund a second hub"], [], []),
    ]


def test_a_heading_that_counts_the_actions_is_no_priority():
    form = "| Action | {} |\n|--|--|\n| Lead | QA |\n"
    text = "# Our plan\n\n## Action 1\n\n{}\n## Action 2\n\n{}"
    draft = drafted("a.md", text.format(form.format("Train"), form.format("Test")).encode())
    assert len(draft.priorities) == 1
    assert [m.action for m in draft.milestones] == ["Train", "Test"]


@pytest.mark.parametrize(
    ("statuses", "read"),
    [(["Closed", "Open"], ["complete", None]), (["Closed", "Complete"], ["closed", "complete"])],
)
def test_what_a_log_of_actions_closes_is_done_unless_it_has_a_word_for_that(statuses, read):
    rows = [f"| Do {n} | Board | {status} |" for n, status in enumerate(statuses)]
    draft = markdown("| Action | Meeting | Status |", *rows)
    assert [m.status for m in draft.milestones] == read
    assert draft.closed_is_done == ("closed" not in read)


def test_what_a_plan_closes_is_given_up():
    draft = markdown("| Action | Due | Status |", "| Do | May 2022 | Closed |")
    assert [m.status for m in draft.milestones] == ["closed"]


def test_a_sheet_named_after_a_child_is_never_named(tmp_path):
    def fill(sheet):
        sheet.title = "Child Zebedee Quillfeather"
        sheet.append(["Action", "By when"])
        sheet.append(["Train", "3/4/2022"])
        sheet.append(["", "Else"])

    (tmp_path / "a.xlsx").write_bytes(workbook(fill))
    for options in (["--dry-run", "--explain"], ["--dates", "day-first"], ["-o", "other"]):
        done = hscp("import", "a.xlsx", *options, folder=tmp_path)
        assert "Zebedee" not in (done.stdout + done.stderr).decode()
    written = (path for path in (tmp_path / "plan").rglob("*") if path.is_file())
    assert not any("Zebedee" in path.read_text(encoding="utf-8") for path in written)


def test_a_page_that_leaves_its_tags_open_is_read():
    page = b"<table><tr><th>Action<th>By when<tr><td>Train<td>Sept 2026</table>"
    assert [(m.action, m.due.text) for m in drafted("a.html", page).milestones] == [
        ("Train", "2026-09")
    ]


def test_what_the_plan_may_not_hold_is_said_in_one_sentence(tmp_path):
    table = f"| Action | Due |\n|--|--|\n| {'Do this ' * 13_000} | May 2022 |\n"
    (tmp_path / "a.md").write_text(table, encoding="utf-8")
    done = hscp("import", "a.md", folder=tmp_path)
    assert done.returncode == 1
    said = " ".join(done.stderr.decode().split())
    assert said.startswith("hscp: the plan would have 1 error: ")
    assert "over 100,000 characters long. Nothing was written." in said
    assert str(tmp_path.parent) not in said
    assert "x0a" not in said
    assert not (tmp_path / "plan").exists()
