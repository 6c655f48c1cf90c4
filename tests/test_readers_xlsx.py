"""What a workbook says, as a person sees it: values by their formats, strike-through, colours,
merged cells, comments, and what is hidden."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from office import OFFICE, docx, parts_of, relationships, zipped
from openpyxl.styles import Color, Font, PatternFill

from hscp_plan.errors import Mendable
from hscp_plan.readers import sheet_parts, xlsx
from hscp_plan.readers.content import Comment, Content, Run
from hscp_plan.readers.sheet_looks import day, number
from hscp_plan.readers.xlsx import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def written(fill: Callable[[Workbook, Worksheet], Any]) -> Content:
    """What is read of a workbook with a sheet Update that `fill` has filled."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        fill(book, book.add_worksheet("Update"))
    return read(buffer.getvalue())


def kept(book: openpyxl.Workbook) -> Content:
    buffer = io.BytesIO()
    book.save(buffer)
    return read(buffer.getvalue())


def rows(content: Content) -> list[list[str]]:
    return [[cell.text for cell in row] for row in next(content.tables()).rows]


def raw(rows: str, after: str = "", before: str = "", styles: str = "") -> Content:
    """What is read of a sheet made of this XML."""
    parts = parts_of(docx("", main=MAIN))
    sheet = f"{before}<sheetData>{rows}</sheetData>{after}"
    relation = '<Relationship Id="{0}" Type="{1}/relationships/{2}" Target="{0}.xml"/>'
    named = [("s", "worksheet"), *([("t", "styles")] if styles else [])]
    return read(
        zipped(
            {
                **parts,
                "word/document.xml": f'<workbook xmlns="{SPACE}" xmlns:r="{OFFICE}/relationships">'
                '<sheets><sheet name="A" sheetId="1" r:id="s"/></sheets></workbook>',
                "word/_rels/document.xml.rels": relationships(
                    "".join(relation.format(id, OFFICE, kind) for id, kind in named)
                ),
                "word/s.xml": f'<worksheet xmlns="{SPACE}">{sheet}</worksheet>',
                "word/t.xml": f'<styleSheet xmlns="{SPACE}">{styles}</styleSheet>',
            }
        )
    )


# Values -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "format", "text", "kind"),
    [
        ("P1.3", "", "P1.3", "text"),
        ("a\nb", "", "a\nb", "text"),
        ("=1+1", "@", "=1+1", "text"),
        (3, "", "3", "number"),
        (0.1, "", "0.1", "number"),
        (0.1 + 0.2, "", "0.3", "number"),
        (0.25, "0%", "25%", "number"),
        (0.256, "0.0%", "25.6%", "number"),
        (1234.5, "#,##0.00", "1,234.50", "number"),
        (-1234.5, "£#,##0;[Red]-£#,##0", "-£1,234", "number"),
        (5, '"£"0.00', "£5.00", "number"),
        (5, "[$£-809]0.00", "£5.00", "number"),
        (7, "000", "007", "number"),
        (3, '0 "cases"', "3 cases", "number"),
        (-0.001, "0.0", "0.0", "number"),
        (True, "", "TRUE", "text"),
        (datetime(2022, 4, 30), "dd/mm/yyyy", "2022-04-30", "date"),
        (datetime(2022, 4, 1), "mmm-yy", "2022-04", "date"),
        (datetime(2022, 4, 1), "mmmm yyyy;@", "2022-04", "date"),
        (datetime(2022, 4, 1), "[$-809]dd mmmm yyyy;@", "2022-04-01", "date"),
        (datetime(2022, 4, 1), 'yyyy" d"', "2022", "date"),
        (datetime(2022, 4, 1, 10, 30), "dd/mm/yy hh:mm", "2022-04-01", "date"),
    ],
)  # fmt: skip
def test_a_value_is_what_a_person_sees(value, format, text, kind):
    def fill(book: Workbook, sheet: Worksheet) -> None:
        look = book.add_format({"num_format": format} if format else {})
        if isinstance(value, str):
            sheet.write_string(0, 0, value, look)
        else:
            sheet.write(0, 0, value, look)

    cell = next(written(fill).tables()).rows[0][0]
    assert (cell.text, cell.kind) == (text, kind)


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        (1e20, "General", "1e+20"),
        (1.5, "0.00E+00", "1.5"),
        (1.5, "# ?/?", "1.5"),
        (2.5, "", "2.5"),
        (1234567.0, "#,##0_);(#,##0)", "1,234,567"),
    ],
)
def test_a_number_in_other_formats(value, format, text):
    assert number(value, format) == text


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        (time(10, 30), "hh:mm", "10:30"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
        (date(22, 4, 1), "dd", "0022-04-01"),
        (date(2022, 4, 1), "General", "2022-04-01"),
    ],
)
def test_a_time_in_other_formats(value, format, text):
    assert day(value, format) == text


def test_a_formula_counts_by_its_last_value():
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(0, 0, '=HYPERLINK("http://evil.example","x")', None, "On track")
        sheet.write_formula(0, 1, "=A1", book.add_format({"num_format": "0%"}), 0.5)
        sheet.write_formula(0, 2, "=A1", None, "")

    (row,) = next(written(fill).tables()).rows
    assert [(c.text, c.kind) for c in row] == [
        ("On track", "formula"),
        ("50%", "formula"),
        ("", "formula"),
    ]


def test_a_formula_that_was_never_worked_out_says_nothing():
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "=1+1"
    (row,) = next(kept(book).tables()).rows
    assert [(c.text, c.kind) for c in row] == [("", "formula")]


def test_an_error_is_said_as_excel_says_it():
    (row,) = next(raw('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>').tables()).rows
    assert [(c.text, c.kind) for c in row] == [("#REF!", "error")]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    book = openpyxl.Workbook()
    assert book.active is not None
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = date(2022, 4, 30)
    assert rows(kept(book)) == [["2022-04-30"]]


@pytest.mark.parametrize("value", ["1e400", "nan", "-99999999999", "x", "99999999999", "inf"])
def test_a_value_that_is_none_is_refused_or_shown_and_no_more(value):
    styles = (
        "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>"
        "<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId='14'/></cellXfs>"
    )
    try:
        raw(f'<row r="1"><c r="A1" s="1"><v>{value}</v></c></row>', styles=styles)
    except Mendable as error:
        assert "damaged" in error.what  # noqa: PT017 -- either will do


# Looks ------------------------------------------------------------------------------------------


def test_strike_through_of_a_cell_and_of_a_part_of_it():
    def fill(book: Workbook, sheet: Worksheet) -> None:
        gone = book.add_format({"font_strikeout": True, "font_color": "#C00000"})
        sheet.write(0, 0, "Green", gone)
        sheet.write_rich_string(0, 1, "On ", gone, "track", " hold")

    whole, part = next(written(fill).tables()).rows[0]
    assert whole.paragraphs[0].runs == (Run("Green", struck=True, colour="C00000"),)
    assert part.paragraphs[0].runs == (
        Run("On "),
        Run("track", struck=True, colour="C00000"),
        Run(" hold"),
    )
    assert part.text == "On  hold"


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        (PatternFill("solid", fgColor="FFFFBF00"), "FFBF00"),
        (PatternFill("solid", fgColor=Color(indexed=10)), "FF0000"),
        (PatternFill("solid", fgColor=Color(indexed=64)), ""),
        (PatternFill("solid", fgColor=Color(theme=4)), "4F81BD"),
        (PatternFill("solid", fgColor=Color(theme=4, tint=0.4)), "95B3D7"),
        (PatternFill("solid", fgColor=Color(theme=0, tint=-0.5)), "808080"),
        (PatternFill("solid", fgColor=Color(theme=99)), ""),
        (PatternFill("gray125"), ""),
        (PatternFill(), ""),
    ],
)
def test_the_colour_behind_a_cell(fill, colour):
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["A1"].fill = "a", fill
    assert next(kept(book).tables()).rows[0][0].fill == colour


@pytest.mark.parametrize(
    ("font", "colour"),
    [
        (Font(color="FF0000FF"), "0000FF"),
        (Font(color=Color(theme=1)), ""),
        (Font(color=Color(theme=0)), "FFFFFF"),
        (Font(), ""),
    ],
)
def test_the_colour_of_letters(font, colour):
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["A1"].font = "a", font
    assert next(kept(book).tables()).rows[0][0].paragraphs[0].runs[0].colour == colour


def test_a_cell_that_is_coloured_and_says_nothing_keeps_its_colour():
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write(0, 0, "P1.3")
        sheet.write_blank(0, 1, None, book.add_format({"bg_color": "#FFBF00"}))

    assert [c.fill for c in next(written(fill).tables()).rows[0]] == ["", "FFBF00"]


# Where things stand -----------------------------------------------------------------------------


def test_places_rows_and_columns():
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write("B2", "a")
        sheet.write("D9", "b")

    (table,) = written(fill).tables()
    assert (table.name, table.place) == ("Update", "sheet Update")
    assert [[(c.text, c.place[-2:]) for c in row] for row in table.rows] == [
        [("", "A2"), ("a", "B2")],
        [("", "A9"), ("", "B9"), ("", "C9"), ("b", "D9")],
    ]
    assert table.rows[0][1].place == "sheet Update, B2"
    assert table.rows[0][1].paragraphs[0].place == "sheet Update, B2"


def test_merged_cells_over_columns_and_rows():
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_range("A1:B2", "a")
        sheet.write("C1", "c")
        sheet.write("C2", "d")

    (table,) = written(fill).tables()
    assert [[(c.text, c.columns, c.continues) for c in row] for row in table.rows] == [
        [("a", 2, False), ("c", 1, False)],
        [("", 2, True), ("d", 1, False)],
    ]


def test_a_range_over_everything_costs_nothing():
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="x"/></mergeCells>'
    (row,) = next(raw('<row r="1"><c r="A1"><v>1</v></c></row>', merges).tables()).rows
    assert [(c.text, c.columns) for c in row] == [("1", 256)]


def test_hidden_sheets_are_not_read_and_hidden_rows_and_columns_are():
    def fill(book: Workbook, sheet: Worksheet) -> None:
        for place in ("A1", "B2", "C3"):
            sheet.write(place, place)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(50, None, None, {"hidden": True})
        sheet.set_column("C:E", None, None, {"hidden": True})
        lists = book.add_worksheet("Lists")
        lists.write(0, 0, "On track")
        lists.hide()

    content = written(fill)
    assert [t.name for t in content.tables()] == ["Update"]
    assert rows(content) == [["A1"], ["", "B2"], ["", "", "C3"]]
    assert content.notes == (
        "Not read: the hidden sheet Lists.",
        "Hidden, and read all the same: row 2 of sheet Update.",
        "Hidden, and read all the same: column C of sheet Update.",
    )


def test_sheets_follow_one_another_and_an_empty_one_is_no_table():
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write(0, 0, "a")
        book.add_worksheet("Empty")
        book.add_worksheet("B & <B>").write(0, 0, "b")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Update!$A$1"})
        book.add_chartsheet("Chart").set_chart(chart)

    assert [t.name for t in written(fill).tables()] == ["Update", "B & <B>"]


# Beside the cells -------------------------------------------------------------------------------


def test_notes_on_cells_text_boxes_and_the_foot_of_pages():
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write(0, 0, "a")
        sheet.write_comment("B4", "Is it?", {"author": "Chair"})
        sheet.insert_textbox(3, 3, "beside")
        sheet.set_footer('&L&"Arial,Bold"&8hscp form 2021-23 / x&RPage &P of &N')
        book.set_custom_property("hscp form", "2021-23 / x")
        book.set_properties({"created": datetime(2022, 1, 10, 9)})

    content = written(fill)
    assert content.comments == (Comment("Chair", "Is it?", "sheet Update, B4"),)
    assert [(p.text, p.place) for p in content.paragraphs()] == [
        ("beside", "sheet Update, text box")
    ]
    assert "hscp form 2021-23 / x" in content.foot[0].text
    assert content.properties == {"hscp form": "2021-23 / x"}
    assert content.modified == date(2022, 1, 10)


def test_a_comment_that_was_answered_in_excel():
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "a"
    book.active["A1"].comment = openpyxl.comments.Comment("[Threaded comment] Your version", "x")
    buffer = io.BytesIO()
    book.save(buffer)
    parts: dict[str, str | bytes] = {**parts_of(buffer.getvalue())}
    microsoft = "http://schemas.microsoft.com/office"
    threads = f"{microsoft}/spreadsheetml/2018/threadedcomments"
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    for rels, kind, target in (
        (name, "threadedComment", "/xl/threads.xml"),
        ("xl/_rels/workbook.xml.rels", "person", "/xl/people.xml"),
    ):
        text = parts[rels]
        assert isinstance(text, bytes)
        relation = (
            f'<Relationship Id="q" Type="{microsoft}/2017/10/relationships/{kind}"'
            f' Target="{target}"/></Relationships>'
        )
        parts[rels] = text.replace(b"</Relationships>", relation.encode())
    parts["xl/threads.xml"] = (
        f'<ThreadedComments xmlns="{threads}"><threadedComment ref="A1" personId="p" id="1">'
        '<text>Is it?</text></threadedComment><threadedComment ref="A1" personId="p" id="2" '
        'parentId="1"><text>Yes.</text></threadedComment></ThreadedComments>'
    )
    parts["xl/people.xml"] = (
        f'<personList xmlns="{threads}"><person displayName="Chair" id="p"/></personList>'
    )
    assert read(zipped(parts)).comments == (
        Comment("Chair", "Is it?", "sheet Sheet, A1"),
        Comment("Chair", "Yes.", "sheet Sheet, A1"),
    )


# Files that no program of ours writes -----------------------------------------------------------


def test_cells_without_a_place_stand_one_after_another():
    content = raw("<row><c><v>1</v></c><c><v>2</v></c></row><row><c r='C2'><v>3</v></c></row>")
    assert rows(content) == [["1", "2"], ["", "", "3"]]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A1"><v>1</v></c></row>',
        '<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="9"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        '<row r="1"><c r="A1"><v>one</v></c></row>',
    ],
)
def test_what_cannot_be_is_damage(rows):
    with pytest.raises(Mendable, match="is damaged"):
        raw(rows)


def test_a_strict_workbook_says_the_same():
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    parts = parts_of(docx("", main=MAIN))
    purl = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    strict = {
        **parts,
        "word/document.xml": f'<workbook xmlns="{STRICT}" xmlns:r="{purl}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="s"/></sheets></workbook>',
        "word/_rels/document.xml.rels": relationships(
            f'<Relationship Id="s" Type="{purl}/worksheet" Target="s.xml"/>'
        ),
        "word/s.xml": f'<worksheet xmlns="{STRICT}"><sheetData>{text}</sheetData></worksheet>',
    }
    assert rows(read(zipped(strict))) == [["a"]]


def test_more_cells_than_a_person_fills_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_CELLS", 300)
    far = "".join(f'<row r="{n}"><c r="IV{n}"><v>1</v></c></row>' for n in range(1, 4))
    with pytest.raises(Mendable, match="too many cells"):
        raw(far)
    merges = '<mergeCells><mergeCell ref="A1:IV9"/><mergeCell ref="A1:IV9"/></mergeCells>'
    with pytest.raises(Mendable, match="too many cells"):
        raw('<row r="1"><c r="A1"><v>1</v></c></row>', merges)


def test_more_sheets_than_a_person_reads_are_refused(monkeypatch):
    monkeypatch.setattr(sheet_parts, "MOST_SHEETS", 1)
    with pytest.raises(Mendable, match="more than 1 sheets"):
        written(lambda book, _: book.add_worksheet())


def test_many_empty_rows_end_a_sheet(monkeypatch):
    monkeypatch.setattr(sheet_parts, "MOST_EMPTY", 10)
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    content = raw(row.format(1) + "<row/>" * 10 + row.format(12) + "<row/>" * 11 + row.format(24))
    assert rows(content) == [["1"], ["1"]]
    assert content.notes == (
        "Not read: what stands below row 23 of sheet A, after many empty rows.",
    )
