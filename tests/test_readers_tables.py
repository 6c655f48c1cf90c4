"""Tables as plain text: what spreadsheets save as csv, and Markdown, read as Word's are."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan.errors import Mendable
from hscp_plan.readers.content import Content, Paragraph, Table
from hscp_plan.readers.files import read

WORDS = st.text("abcdefgh ,;|'\n\t\"", max_size=12)


def content(name: str, text: str | bytes) -> Content:
    data = text if isinstance(text, bytes) else text.encode()
    answer = read(name, data)
    assert isinstance(answer, Content)
    return answer


def table(name: str, text: str | bytes) -> list[list[str]]:
    """The one table of a file."""
    (only,) = content(name, text).tables()
    return [[cell.text for cell in row] for row in only.rows]


# csv -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_what_stands_between_cells_is_seen(mark):
    rows = [["Action", "By when, if known", "Lead"], ["Train", "April 2022", "Chair; vice-chair"]]
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    assert table("a.csv", text.getvalue()) == rows


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=5))
def test_a_csv_says_what_was_written_in_it(rows):
    rows = [["Action", "Due", "Lead"], *rows]
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    answer = table("a.csv", text.getvalue())
    said = [[value if value.strip() else "" for value in row] for row in rows]
    assert answer == [row for row in said if any(row)]


def test_excels_own_encodings_are_read():
    text = "Action;Lead\r\nÉvaluer – tout;Zoë\r\n"
    expected = [["Action", "Lead"], ["Évaluer – tout", "Zoë"]]
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        assert table("a.csv", text.encode(encoding)) == expected


def test_a_formula_is_not_run_and_its_kept_value_is_taken():
    kept = '"=IFERROR(__xludf.DUMMYFUNCTION(""SPLIT(A1, """"x"""")""),""Train """"and staff"")"'
    text = f"Action,Lead,Sum\n{kept},Chair,=1+A2\n"
    answer = content("a.csv", text)
    (only,) = answer.tables()
    assert [cell.text for cell in only.rows[1]] == ['Train "and staff', "Chair", "=1+A2"]
    assert [cell.kind for cell in only.rows[1]] == ["formula", "text", "formula"]
    assert "never run: 2 cells" in answer.notes[0]


def test_a_number_with_an_equals_sign_is_no_formula():
    (only,) = content("a.csv", "Ref,Action\n=12,Train\n").tables()
    assert only.rows[1][0].kind == "text"


def test_a_cell_that_never_ends_is_refused():
    with pytest.raises(Mendable, match="never ends"):
        content("a.csv", 'a,b\n"' + "x" * 1_500_000)


@pytest.mark.long
def test_a_csv_of_a_million_cells_is_refused():
    with pytest.raises(Mendable, match="too many"):
        content("a.csv", "a,b\n" + ("," * 2_000 + "x\n") * 500)


# Markdown --------------------------------------------------------------------------------------


def test_a_table_between_bars():
    text = "| Action | By when |\n|---|:--|\n| Train \\| test | April 2022 |\n| <br>a<br>b | |\n"
    assert table("a.md", text) == [
        ["Action", "By when"], ["Train | test", "April 2022"], ["\na\nb", ""],
    ]  # fmt: skip


def test_a_table_without_outer_bars():
    assert table("a.md", "Action | Due\n--- | ---\nTrain | May\n") == [
        ["Action", "Due"], ["Train", "May"],
    ]  # fmt: skip


def test_a_row_between_tabs_goes_over_lines_where_a_paragraph_does():
    text = "Objective\tLead\n<p>One.</p>\n<p>Two.</p>\tChair\n---\t--\n"
    assert table("a.md", text) == [["Objective", "Lead"], ["One.\nTwo.", "Chair"]]


def test_headings_lists_and_paragraphs():
    text = "##06 Themes\n\n# One #\n* **Item** one\n  goes on\n2. two\n\nSaid\nso.\n"
    blocks = content("a.md", text).blocks
    assert [(b.text, b.level, b.bullet) for b in blocks if isinstance(b, Paragraph)] == [
        ("06 Themes", 2, False),
        ("One", 1, False),
        ("Item one goes on", 0, True),
        ("two", 0, True),
        ("Said so.", 0, False),
    ]


@pytest.mark.parametrize(
    "written",
    ["~~June 2020~~ **July 2020***", "<s>June 2020</s> <b>July 2020*</b>"],
)
def test_struck_out_words_are_told_apart(written):
    (only,) = content("a.md", f"| Due |\n|---|\n| {written} |\n").tables()
    (paragraph,) = only.rows[1][0].paragraphs
    assert (paragraph.struck.strip(), paragraph.text.strip(" *")) == ("June 2020", "July 2020")


def test_a_links_address_is_kept_where_it_leads_elsewhere():
    (block,) = content(
        "a.md", "See [the *audit*](https://a.org/x_y) and [below](#b) a < b & c."
    ).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "See the audit (https://a.org/x_y) and below a < b & c."


def test_words_between_the_signs_of_a_tag_are_words():
    (block,) = content("a.md", "Write to <name of lead> or <script>.").blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Write to <name of lead> or <script>."


@given(st.lists(st.text("abc #*_~|<>&[]()`\\-\t\n.", max_size=30), max_size=6))
def test_no_word_of_a_markdown_text_is_lost(pieces):
    text = "\n\n".join(f"word{n} {piece} end{n}" for n, piece in enumerate(pieces)) or "x"
    said = []
    for block in content("a.md", text).blocks:
        if isinstance(block, Table):
            cells = [c for row in block.rows for c in row]
            said += [r.text for c in cells for p in c.paragraphs for r in p.runs]
        else:
            said += [run.text for run in block.runs]
    whole = " ".join(said)
    for number in range(len(pieces)):
        assert f"word{number}" in whole
        assert f"end{number}" in whole
