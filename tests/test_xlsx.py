"""`hscp export xlsx`: what stands in the workbook, read by another library than wrote it."""

import io
import json
import re
import shutil
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import REPO, hscp

from hscp_plan.words import BRAG, KINDS, STATUSES, UNAGREED
from hscp_plan.writers.xlsx.heights import lines

DEMO = REPO / "examples" / "demo-plan"
DAY = "2021-12-15"
HEAD = """\
format: 1
id: t
partnership: A Partnership
title: "Plans & Promises &P"
period: {start: 2021-04, end: 2023-03}
"""
P1 = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    lead: Chair
    milestones:
      - id: P1.1
        start: autumn term 2021
        due: 2022/23
        action: Launch the panel
      - {id: P1.2, due: ongoing, review: 2022-01, action: Train}
"""
FORMULAS = (
    *("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "{=1+1}", "\t=1+1", "=1+1\n=2+2"),
    *("http://example.org/?a=1&b=<2>", "mailto:somebody", "internal:Plan!A1", "2021-12"),
    *("_x0041_", "a\u202eb", "0012", "1e5"),
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan, to be changed."""
    return written(tmp_path, HEAD, P1)


def written(folder: Path, head: str, priority: str) -> Path:
    (folder / "plan").mkdir(exist_ok=True)
    (folder / "plan" / "plan.yaml").write_text(head, encoding="utf-8")
    (folder / "plan" / "p1.yaml").write_text(priority, encoding="utf-8")
    return folder / "plan"


def exported(plan: Path, *words: str, day: str = DAY) -> bytes:
    done = hscp(
        "export", "xlsx", "-o", "-", "--plan", str(plan), "--as-at", day, *words, folder=plan
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def demo() -> openpyxl.Workbook:
    return read(exported(DEMO))


def rows(sheet) -> list[dict]:
    """The rows of a sheet, each cell by its column's name."""
    header, *rest = sheet.iter_rows()
    return [dict(zip([c.value for c in header], row, strict=True)) for row in rest]


def row(book, id: str) -> dict:
    return next(row for row in rows(book["Plan"]) if row["Id"].value == id)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


# What stands where ------------------------------------------------------------------------------


TABLES = ["Plan", "Progress", "Decisions", "Measures", "Figures"]


def test_the_sheets_are_the_plan_its_progress_its_measures_and_what_these_are(demo, plan):
    assert demo.sheetnames == [*TABLES, "About"]
    assert demo.active.title == "Plan"
    assert read(exported(plan)).sheetnames == ["Plan", "Progress", "About"]


@pytest.mark.parametrize("name", TABLES)
def test_a_sheet_is_a_real_table_whose_header_and_ids_stay_in_sight(demo, name):
    sheet = demo[name]
    table = sheet.tables[name]
    assert table.ref == sheet.dimensions
    assert table.autoFilter.ref == sheet.dimensions
    assert [c.name for c in table.tableColumns] == [c.value for c in sheet[1]]
    assert sheet.freeze_panes == "B2"


def test_every_milestone_and_every_entry_has_a_row(demo):
    data = json.loads(
        hscp("export", "json", "--plan", str(DEMO), "--as-at", DAY, folder=REPO).stdout
    )
    milestones = [m for p in data["priorities"] for o in p["objectives"] for m in o["milestones"]]
    assert [row["Id"].value for row in rows(demo["Plan"])] == [m["id"] for m in milestones]
    said = [(m["id"], e["note"]) for m in milestones for e in m["progress"]]
    progress = rows(demo["Progress"])
    assert [(r["Id"].value, r["What was said"].value) for r in progress] == said
    assert len(said) > 20


def test_every_decision_has_a_row_the_oldest_first(demo):
    told = json.loads(
        hscp("decisions", "--json", "--plan", str(DEMO), "--as-at", DAY, folder=REPO).stdout
    )["decisions"]
    sheet = [{label: cell.value for label, cell in row.items()} for row in rows(demo["Decisions"])]
    days = [row["Date: first day"] for row in sheet]
    assert days == sorted(days)
    assert {(r["Id"], r["Decided by"], r["Decision"], r["Completes"]) for r in sheet} == {
        (d["id"], d["by"], d["decision"], "; ".join(d.get("completes", ())) or None) for d in told
    }
    assert len(sheet) == len(told)
    assert (sheet[0]["Date"], sheet[0]["Date: first day"]) == (
        "21 July 2021",
        datetime(2021, 7, 21),
    )


def test_the_decisions_are_those_on_what_a_filter_leaves():
    book = read(exported(DEMO, "--priority", "P3", day="2023-05-01"))
    assert {row["Id"].value for row in rows(book["Decisions"])} == {"P3"}


MEASURES = """
measures:
  - id: P1-M1
    name: Visits made in time
    better: up
    baseline: {period: 2020/21, value: 0%, note: None was counted}
    benchmark: {name: England, value: 61.5%}
    target: All of them
    path: [{period: 2021-06, name: Milestone 1, value: 40%}, {period: 2021-11, value: 50%}]
    values: [{period: 2021-06, value: 42%}, {period: 2022-04, value: 60%}]
  - id: P1-M2
    name: Children seen late
    values:
      - {period: Q1 2021/22, value: "1,240"}
      - {period: Q2 2021/22, value: suppressed}
      - {period: Q3 2021/22, value: 3}
"""


def test_every_figure_has_a_row_as_text_and_as_a_number_to_count_with(plan):
    book = read(exported(written(plan.parent, HEAD, P1 + MEASURES), day="2022-02-10"))
    found = [
        tuple(r[name].value for name in ("Id", "What it is", "Period", "Figure", "Number", "Note"))
        for r in rows(book["Figures"])
    ]
    assert found == [
        ("P1-M1", "Baseline", "April 2020 to March 2021", "0%", 0, "None was counted"),
        ("P1-M1", "Promised", "June 2021", "40%", 40, "Milestone 1"),
        ("P1-M1", "Actual", "June 2021", "42%", 42, None),
        ("P1-M1", "Promised", "November 2021", "50%", 50, None),
        ("P1-M1", "Missed", "November 2021", None, None, None),
        ("P1-M1", "Target", None, "All of them", None, None),
        ("P1-M1", "Benchmark", None, "61.5%", 61.5, "England"),
        ("P1-M2", "Actual", "April to June 2021", "1,240", 1240, None),
        ("P1-M2", "Actual", "July to September 2021", "suppressed", None, None),
        ("P1-M2", "Actual", "October to December 2021", "fewer than 5", None, None),
    ]
    # Of nought a count is blank elsewhere: here it is a figure.
    assert rows(book["Figures"])[0]["Number"].number_format == "General"


def test_how_each_measure_stands_has_a_row(plan):
    book = read(exported(written(plan.parent, HEAD, P1 + MEASURES), day="2022-02-10"))
    first, second = ({k: c.value for k, c in r.items()} for r in rows(book["Measures"]))
    assert (first["Newest"], first["Newest: of"], first["Missed"]) == (
        "42%", "June 2021", "No figure for November 2021",
    )  # fmt: skip
    assert first["Against what was hoped"] == "The 40% promised by June 2021 is met"
    assert first["Which way is better"] == "More is better"
    assert (second["Last figures"], second["Newest"]) == ("▅··", "fewer than 5")
    assert second["How old"] == "1 month old"


def test_a_row_has_what_the_plan_says_of_its_milestone(demo):
    found = {name: cell.value for name, cell in row(demo, "P1.4").items()}
    assert found["Priority"] == "P1 Neglect"
    assert found["Status"] == found["Standing"] == "At risk"
    assert (found["First due"], found["Due"], found["Times moved"]) == (
        "October 2021", "January 2022", 1,
    )  # fmt: skip
    assert found["Last said on"] == datetime(2021, 12, 7)
    assert row(demo, "P1.2")["Status"].value == "On track"
    assert row(demo, "P1.2")["Standing"].value == "Overdue"
    assert row(demo, "P1.2")["Days late"].value == 15
    assert row(demo, "P3.1")["Lead"].value == "No lead named"
    assert row(demo, "P1.2")["What success looks like"].value.startswith("Every recommendation")


def test_a_date_stands_in_words_and_beside_it_as_a_true_day(plan):
    book = read(exported(plan))
    names = [cell.value for cell in book["Plan"][1]]
    assert names[names.index("Start") + 1] == "Start: first day"
    assert names[names.index("Due") + 1] == "Due: last day"
    found = row(book, "P1.1")
    assert (found["Start"].value, found["Due"].value) == (
        "autumn term 2021", "April 2022 to March 2023",
    )  # fmt: skip
    assert found["Start: first day"].value == datetime(2021, 9, 1)
    assert found["Due: last day"].value == datetime(2023, 3, 31)
    assert found["Due: last day"].is_date
    assert row(book, "P1.2")["Due"].value == "ongoing, review January 2022"
    assert row(book, "P1.2")["Due: last day"].value == datetime(2022, 1, 31)
    assert row(book, "P1.2")["Start: first day"].value is None


def test_what_has_no_date_has_empty_cells(plan):
    priority = P1 + "      - {id: P1.3, action: Evaluate, status: on track}\n"
    found = row(read(exported(written(plan.parent, HEAD, priority))), "P1.3")
    for name in ("Start", "Start: first day", "Due", "Due: last day", "First due"):
        assert found[name].value is None
    assert (found["Status"].value, found["Standing"].value) == ("On track", "No date")


def test_a_day_is_written_as_britain_does_whatever_the_computer_speaks(demo):
    assert row(demo, "P1.1")["Due: last day"].number_format == "[$-809]d mmm yyyy"


def test_about_says_what_it_is_of_and_when(demo):
    told = {a.value: b.value for a, b in demo["About"].iter_rows(max_col=2)}
    assert told["Partnership"] == "Hounslow Safeguarding Children Partnership"
    assert told["As at"] == "15 December 2021"
    assert told["Cite as"].endswith("2021-23-demo/P1.1")
    assert {kind.capitalize() for kind in KINDS if kind != UNAGREED} <= set(told)
    assert "Holds" not in told


def test_filters_apply_to_every_sheet():
    book = read(exported(DEMO, "--priority", "P2", "--status", "complete"))
    assert [r["Id"].value for r in rows(book["Plan"])] == ["P2.3"]
    assert {r["Id"].value for r in rows(book["Progress"])} == {"P2.3"}
    told = {a.value: b.value for a, b in book["About"].iter_rows(max_col=2)}
    assert told["Holds"] == "Only P2, complete"


def test_where_there_is_nothing_a_row_says_so(plan):
    book = read(exported(plan, "--status", "closed"))
    assert [cell.value for cell in book["Plan"][2]][:3] == [None, "No milestones.", None]
    progress = read(exported(plan))["Progress"]
    assert progress.tables["Progress"].ref == progress.dimensions
    assert [cell.value for cell in progress[2]][:3] == [None, "Nothing has been logged.", None]


# Status -----------------------------------------------------------------------------------------


def validation(book):
    (found,) = book["Plan"].data_validations.dataValidation
    return found


def test_a_status_is_picked_from_the_six(demo):
    found = validation(demo)
    assert found.type == "list"
    assert found.formula1 == f'"{",".join(status.capitalize() for status in STATUSES)}"'
    status = row(demo, "P1.1")["Status"].column_letter
    assert str(found.sqref) == f"{status}2:{status}{demo['Plan'].max_row}"


def test_statuses_that_a_plan_names_with_commas_can_be_picked_too(plan):
    words = 'words: {at risk: "At risk, and watched", complete: Delivered, milestone: Action}\n'
    book = read(exported(written(plan.parent, HEAD + words, P1)))
    (cells,) = re.findall(r"About!(\$A\$\d+:\$A\$\d+)", validation(book).formula1)
    assert [cell.value for (cell,) in book["About"][cells.replace("$", "")]] == [
        *("Not started", "In progress", "On track", "At risk, and watched", "Off track"),
        *("Delivered", "Closed"),
    ]
    assert book["Plan"]["C1"].value == book["Progress"]["B1"].value == "Action"


def fills(sheet, column: str) -> dict[str, tuple[str, str]]:
    """What each word of a column is filled with, and the ink on it."""
    found = {}
    for area, rules in sheet.conditional_formatting._cf_rules.items():
        if str(area.sqref).startswith(column):
            for rule in rules:
                look = rule.dxf
                found[rule.formula[0].strip('"')] = (look.fill.bgColor.rgb, look.font.color.rgb)
    return found


def bright(colour: str) -> float:
    """WCAG's relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (2, 4, 6)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((bright(one), bright(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["Status", "Standing"])
def test_a_word_has_its_own_fill_and_can_be_read_on_it(demo, name):
    found = fills(demo["Plan"], row(demo, "P1.1")[name].column_letter)
    assert set(found) == {kind.capitalize() for kind in KINDS}
    for kind in KINDS:
        on, ink = found[kind.capitalize()]
        assert contrast(on, ink) >= 4.5, kind
    assert len({on for on, _ in found.values()}) == len(set(BRAG.values()))
    header = demo["Plan"]["A1"]
    assert contrast(header.fill.fgColor.rgb, header.font.color.rgb) >= 4.5


# Nothing is a formula ---------------------------------------------------------------------------


def hostile(folder: Path, text: str) -> Path:
    """A plan in which this text stands wherever a text may."""
    said = json.dumps(text)
    head = (
        f"format: 1\nid: t\npartnership: {said}\ntitle: {said}\n"
        f"period: {{start: 2021-04, end: 2023-03}}\nagreed: {{by: {said}, date: 2021-04}}\n"
        f"columns: [{{key: success, label: {said}}}]\n"
        f"words: {{milestone: {said}, at risk: {said}, overdue: {said}}}\n"
    )
    priority = (
        f"id: P1\ntitle: {said}\nobjectives:\n  - id: P1-A\n    lead: {said}\n"
        f"    accountable: {said}\n    milestones:\n      - id: P1.1\n        due: 2021-09\n"
        f"        action: {said}\n        answers: {said}\n        more: {{success: {said}}}\n"
        f"        status: at risk\n        progress:\n          - date: 2021-09-14\n"
        f"            by: {said}\n            note: {said}\n            agreed: {said}\n"
        f"            evidence: {said}\n"
        f"decisions:\n  - date: 2021-09-14\n    by: {said}\n    decision: {said}\n"
        f"    note: {said}\n"
    )
    return written(folder, head, priority)


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_what_looks_like_a_formula_a_link_or_a_number_stays_a_text(text, tmp_path):
    data = exported(hostile(tmp_path, text))
    book = read(data)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    shown = text.strip().replace("\u202e", "\\u{202e}")
    # Excel undoes its own escape in any text; openpyxl does not where that stands in its cell.
    assert row(book, "P1.1")["Last said"].value.replace("_x005F_", "_") == shown
    for number in (1, 2, 3, 4):
        sheet = part(data, f"xl/worksheets/sheet{number}.xml")
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet


def test_hidden_characters_are_shown_as_what_they_are(tmp_path):
    book = read(exported(hostile(tmp_path, "a\x07b\u200bcé")))
    assert row(book, "P1.1")["Last said"].value == "a\\x07b\\u{200b}cé"


def test_a_text_longer_than_a_cell_holds_is_cut_and_says_so(plan):
    long = P1.replace("Launch the panel", "😀" * 20_000)
    book = read(exported(written(plan.parent, HEAD, long)))
    found = row(book, "P1.1")["Milestone"].value
    assert found.endswith("😀 … (cut here: a cell holds no more)")
    assert len(found.encode("utf-16-le")) // 2 <= 32_767


def test_a_table_reaches_over_all_its_rows_and_columns(plan):
    columns = ", ".join(f"{{key: k{n}, label: Label {n}}}" for n in range(40))
    book = read(exported(written(plan.parent, f"{HEAD}columns: [{columns}]\n", P1)))
    for name in ("Plan", "Progress"):
        assert book[name].tables[name].ref == book[name].dimensions
        assert book[name].tables[name].autoFilter.ref == book[name].dimensions
    assert book["Plan"].dimensions == "A1:BM3"


def test_columns_of_one_name_are_told_apart(plan):
    columns = "columns: [{key: a, label: lead}, {key: b, label: Lead}, {key: c, label: Id}]\n"
    book = read(exported(written(plan.parent, HEAD + columns, P1)))
    names = [cell.value for cell in book["Plan"][1]]
    assert names[-3:] == ["lead 2", "Lead 3", "Id 2"]
    assert names == [c.name for c in book["Plan"].tables["Plan"].tableColumns]


# On paper, and as a file ------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_it_prints_on_a4_on_its_side_with_the_header_on_each_page(demo, name):
    sheet = demo[name]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_title_cols == "$A:$A"
    assert sheet.oddFooter.right.text == "Page &P of &N"


def test_a_title_is_no_instruction_to_the_printer(plan):
    header = part(exported(plan), "xl/worksheets/sheet1.xml")
    assert "<oddHeader>&amp;LPlans &amp;&amp; Promises &amp;&amp;P&amp;RAs at" in header


def test_a_file_says_whose_it_is_and_in_which_language():
    data = exported(DEMO)
    about = read(data).properties
    assert about.title.startswith("Strategic Safeguarding Plan 2021/23")
    assert about.creator == "Hounslow Safeguarding Children Partnership"
    assert about.language == "en-GB"
    assert about.created == about.modified == datetime(2021, 12, 15)


def test_texts_are_in_arial_and_not_in_the_themes_own_font():
    styles = part(exported(DEMO), "xl/styles.xml")
    assert set(re.findall(r'<name val="([^"]*)"', styles)) == {"Arial"}
    assert "<scheme" not in styles


def test_a_row_is_as_high_as_its_text_and_may_grow():
    sheet = part(exported(DEMO), "xl/worksheets/sheet1.xml")
    assert re.search(r'<row r="2" [^>]*ht="\d', sheet)
    assert "customHeight" not in sheet


PANEL = (
    "The panel met and looked at each of the cases that had been put before it, and asked the "
    "leads to bring back what had been learned. "
)
BROKEN = [
    ("P3.3", 8, 1),
    ("P3 Vulnerable children in education", 13, 3),
    ("Chair of the Safeguarding Effectiveness Sub-Group; Virtual School Headteacher", 20, 5),
    ("Revise Neglect Strategy for re-launch in March 22", 36, 2),
    (PANEL * 4, 44, 11),
    ("First point: agreed.\n\n- audit done\n- training with many letters in it, more than one line "
     "holds\n\nLast: brought back.", 36, 7),
    ("MULTI-AGENCY SAFEGUARDING HUB: WORKSHOP FOR ALL PARTNERS. " * 3, 36, 6),
    ("illicit little title lilt ill fill till. " * 6, 36, 4),
    ("Crème brûlée à l’été où naïveté façade Ærøskøbing Zażółć jaźń. " * 3, 30, 6),
    ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", 20, 4),
    ("W" * 60, 20, 5),
    ("i" * 300, 20, 7),
    ("0123456789" * 12, 36, 4),
]  # fmt: skip
"""Texts, how wide their columns are, and into how many lines LibreOffice breaks them."""


@pytest.mark.parametrize(("text", "width", "needed"), BROKEN)
def test_a_row_has_room_for_every_line_and_little_more(text, width, needed):
    assert needed <= lines(text, width) <= needed * 1.35 + 1


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_accent_takes_no_room_of_its_own(form):
    text = unicodedata.normalize(form, "q\u0301q\u0302 " * 100)
    assert lines(text, 20) == lines("qq " * 100, 20)


@given(st.lists(st.text(max_size=60), max_size=6).map("\n".join), st.integers(8, 44))
def test_a_text_of_any_letters_has_room_for_them_all(text, width):
    inked = [letter for letter in text if not letter.isspace() and letter.isprintable()]
    room = 7 * width
    wide = [letter for letter in inked if unicodedata.east_asian_width(letter) in "WF"]
    narrow = sum(letter.isascii() for letter in inked)
    found = lines(text, width)
    assert found >= 1 + text.count("\n")
    assert found * room >= 13 * len(wide) + 2.9 * narrow
    assert found <= 1 + text.count("\n") + 2 * len(text) * 13.4 / (room - 13.4)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_as_high_as_its_longest_text(demo, name):
    sheet = demo[name]
    # A file tells the width of neighbours that are as wide once.
    told = sheet.column_dimensions.values()
    widths = {n: column.width for column in told for n in range(column.min, column.max + 1)}
    for cells in sheet.iter_rows(min_row=2, min_col=2):
        needed = max(
            lines(cell.value, round(widths[cell.column] - 0.71))
            for cell in cells
            if isinstance(cell.value, str)
        )
        high = sheet.row_dimensions[cells[0].row].height
        assert needed == 1 or 12.75 * needed <= high <= 12.75 * needed + 3


def test_no_row_is_higher_than_excel_allows(plan):
    long = written(plan.parent, HEAD, P1.replace("Launch the panel", PANEL * 40))
    assert read(exported(long))["Plan"].row_dimensions[2].height < 409.5


def test_the_same_plan_and_day_make_the_same_bytes(tmp_path):
    copy = Path(shutil.copytree(DEMO, tmp_path / "copy"))
    data = exported(DEMO)
    assert exported(copy) == data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {about.date_time for about in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert exported(DEMO, day="2021-12-16") != data
