"""A paper in Word: what a council's people, their screen readers and their templates need of it.

The file's own XML is read, as Word reads it.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from unittest import mock
from xml.etree import ElementTree

import docx as python_docx
import pytest
import strategies as some
from docx.enum.section import WD_SECTION
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan import layout
from hscp_plan.commands._draw import foot_of
from hscp_plan.dates import read
from hscp_plan.document import (
    Bar,
    Bars,
    Column,
    Facts,
    Heading,
    Item,
    Items,
    Link,
    Mark,
    Numbered,
    Paper,
    Paragraph,
    Room,
    Stack,
    Table,
    Tally,
    Title,
)
from hscp_plan.errors import Mistyped
from hscp_plan.layout import column_widths
from hscp_plan.past import times
from hscp_plan.words import BRAG, KINDS, SYMBOLS, one_line
from hscp_plan.writers import docx
from hscp_plan.writers.docx import file

if TYPE_CHECKING:
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
NAMES = {"w": W[1:-1]}

LONG = "Audit of practice against the Neglect Strategy, its objectives and what reviews taught"
MILESTONES = Table(
    (Column(""), Column("Milestone"), Column("Standing"), Column("Due"), Column("Logged", True)),
    (
        ("P1.2", Stack((LONG,), (("moved once",),)), Mark("overdue", "2 months late"),
         read("2021-10"), "2"),
        ("P1.4", LONG, Mark("at risk"), read("2022-01"), ""),
        ("P1.5", Stack(()), Stack((Mark("complete", "Complete"),)), read("2021-09-30"), "  "),
    ),
    caption="What needs attention",
)  # fmt: skip
BARS = Bars(
    date(2021, 4, 1),
    date(2023, 3, 31),
    date(2021, 12, 15),
    (
        ("P1 Neglect", (
            Bar("P1.1", "Train", Mark("on track", "on track"), date(2021, 4, 1),
                date(2022, 4, 30), date(2022, 4, 30)),
            Bar("P1.2", "Implement", Mark("overdue", "15 days late"), date(2021, 9, 1),
                date(2021, 11, 30), date(2021, 9, 30)),
            Bar("P1.3", "Evaluate", Mark("at risk", "at risk, no date"), None, None, None),
        )),
        ("P2 Child Sexual Abuse", tuple(
            Bar(f"P2.{n}", "Act", Mark("closed", "closed"), date(2022, 1, 1), date(2022, 1, 31),
                date(2022, 1, 31))
            for n in range(1, 31)
        )),
    ),
)  # fmt: skip
EVERYTHING = Paper(
    "board",
    (
        Title("Strategic Plan: progress report", "as at 15 December 2021"),
        Facts((("For", ("Executive Board",)), ("From", ()))),
        Tally((Mark("overdue", "3 overdue"), "┼ first due")),
        Heading("1. Asked"),
        Numbered((("Agree a date.",), ("Name a lead.",))),
        Paragraph(("Then ", Mark("at risk", "at risk"), " since ", read("2022-04"), ".")),
        Paragraph(("hscp show P1.2",), hint=True),
        Heading("Again", 2),
        Numbered((("Decide.",),)),
        Heading("Deeper", 3),
        Items((Item("P1.2", "Implement", (("2 months late",),), Mark("overdue")),
               Item("P1.3", "Trial"))),
        Heading("2. Where it stands"),
        MILESTONES,
        Paragraph(("And 3 more.",)),
        Heading("3. Timeline"),
        BARS,
        MILESTONES,
        MILESTONES,
    ),
    "Somewhere Safeguarding Children Partnership",
    "Plan at revision 3f2a91c",
    day=date(2021, 12, 15),
)  # fmt: skip


def paper(*blocks: object, **changed: object) -> Paper:
    return EVERYTHING._replace(document=(Title("T"), *blocks), **changed)  # type: ignore[arg-type]


def parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(made)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def xml(made: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    return ElementTree.fromstring(parts(made)[name])


def body(*blocks: object, **changed: object) -> ElementTree.Element:
    found = xml(docx.draw(paper(*blocks, **changed))).find(f"{W}body")
    assert found is not None
    return found


def text(element: ElementTree.Element) -> str:
    return "".join(found.text or "" for found in element.iter(f"{W}t"))


def value(element: ElementTree.Element, path: str, name: str = "val") -> str | None:
    found = element.find(path, NAMES)
    return None if found is None else found.get(W + name)


def styled(root: ElementTree.Element) -> list[tuple[str | None, str]]:
    """The style and text of every paragraph of the body, those in tables and drawings left out."""
    return [(value(p, "w:pPr/w:pStyle"), text(p)) for p in root.findall("w:p", NAMES)]


@pytest.fixture(scope="module")
def everything() -> bytes:
    return docx.draw(EVERYTHING)


@pytest.fixture(scope="module")
def root(everything) -> ElementTree.Element:
    found = xml(everything).find(f"{W}body")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def styles(everything) -> dict[str, ElementTree.Element]:
    return {
        s.get(f"{W}styleId", ""): s for s in xml(everything, "word/styles.xml").iter(f"{W}style")
    }


# The page and its language ----------------------------------------------------------------------


def test_the_page_is_a4_upright(root):
    size = root.find("w:sectPr/w:pgSz", NAMES)
    assert (size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient")) == (
        "11906",
        "16838",
        None,
    )


def test_the_page_is_a4_on_its_side_where_the_paper_is():
    size = body(landscape=True).find("w:sectPr/w:pgSz", NAMES)
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("16838", "11906")
    assert size.get(f"{W}orient") == "landscape"


def test_the_language_is_british_english_everywhere_it_is_said(everything):
    made = parts(everything)
    said = re.findall(rb'(?:w:lang|w:themeFontLang) [^>]*?w:val="([^"]+)"', b"".join(made.values()))
    assert said == [b"en-GB"] * 2
    assert b"<dc:language>en-GB</dc:language>" in made["docProps/core.xml"]
    assert b"en-US" not in b"".join(made.values())


def test_text_is_arial_12_and_in_tables_10(everything, styles):
    default = xml(everything, "word/styles.xml").find("w:docDefaults/w:rPrDefault/w:rPr", NAMES)
    assert value(default, "w:rFonts", "ascii") == value(default, "w:rFonts", "cs") == "Arial"
    assert value(default, "w:sz") == "24"
    assert value(styles["TableText"], "w:rPr/w:sz") == "20"
    for id in ("Normal", "ListBullet", "ListNumber", "PaperFacts"):
        assert styles[id].find("w:rPr/w:sz", NAMES) is None
    assert not [s for s in styles.values() if s.find("w:rPr/w:rFonts", NAMES) is not None]


def test_word_does_not_open_it_in_compatibility_mode(everything):
    setting = xml(everything, "word/settings.xml").find("w:compat/w:compatSetting", NAMES)
    assert setting.get(f"{W}name") == "compatibilityMode"
    assert setting.get(f"{W}val") == "15"


# Headings, lists, sentences ---------------------------------------------------------------------


def test_title_subtitle_and_headings_are_real_styles_in_order(root, styles):
    found = [(s, t) for s, t in styled(root) if s and s.startswith(("Title", "Sub", "Heading"))]
    assert found == [
        ("Title", "Strategic Plan: progress report"),
        ("Subtitle", "Somewhere Safeguarding Children Partnership, as at 15 December 2021"),
        ("Heading1", "1. Asked"),
        ("Heading2", "Again"),
        ("Heading3", "Deeper"),
        ("Heading1", "2. Where it stands"),
        ("Heading1", "3. Timeline"),
        ("Heading2", "P1 Neglect"),
        ("Heading2", "P2 Child Sexual Abuse"),
    ]
    for level in (1, 2, 3):
        style = styles[f"Heading{level}"]
        assert value(style, "w:name") == f"heading {level}"
        assert value(style, "w:pPr/w:outlineLvl") == str(level - 1)
        assert style.find("w:pPr/w:keepNext", NAMES) is not None


def test_every_style_that_is_used_is_defined(root, styles):
    used = {
        element.get(f"{W}val")
        for tag in ("pStyle", "rStyle", "tblStyle")
        for element in root.iter(W + tag)
    }
    assert used <= set(styles)
    assert {"PlanTable", "TableHeading", "TableNote", "Strong"} <= used


def test_each_numbered_list_begins_again_at_1(everything, root):
    lists = [value(p, "w:pPr/w:numPr/w:numId") for p in root.findall("w:p", NAMES)
             if value(p, "w:pPr/w:pStyle") == "ListNumber"]  # fmt: skip
    first, second, third = lists
    assert first == second != third
    numbering = xml(everything, "word/numbering.xml")
    for number in (first, third):
        found = numbering.find(f"w:num[@w:numId='{number}']", NAMES)
        assert value(found, "w:lvlOverride/w:startOverride") == "1"
        kind = value(found, "w:abstractNumId")
        assert value(numbering, f"w:abstractNum[@w:abstractNumId='{kind}']//w:numFmt") == "decimal"


def bullet(numbering: ElementTree.Element, number: str | None) -> str | None:
    kind = value(numbering, f"w:num[@w:numId='{number}']/w:abstractNumId")
    assert value(numbering, f"w:abstractNum[@w:abstractNumId='{kind}']//w:numFmt") == "bullet"
    return value(numbering, f"w:abstractNum[@w:abstractNumId='{kind}']//w:lvlText")


def test_items_are_a_real_list_and_a_plain_one_has_the_styles_own_bullet(everything, root, styles):
    items = [p for p in root.findall("w:p", NAMES) if value(p, "w:pPr/w:pStyle") == "ListBullet"]
    assert [text(p) for p in items] == ["P1.2 Implement2 months late", "P1.3 Trial"]
    assert items[1].find("w:pPr/w:numPr", NAMES) is None
    own = value(styles["ListBullet"], "w:pPr/w:numPr/w:numId")
    assert bullet(xml(everything, "word/numbering.xml"), own) == "•"


@pytest.mark.parametrize("kind", KINDS)
def test_the_bullet_of_an_item_is_the_symbol_of_its_standing(kind):
    made = docx.draw(paper(Items((Item("P1.1", "Act", (), Mark(kind)),))))
    number = value(xml(made), "w:body/w:p/w:pPr/w:numPr/w:numId")
    assert bullet(xml(made, "word/numbering.xml"), number) == SYMBOLS[kind]


def test_facts_are_paragraphs_of_a_name_and_a_value(root):
    found = [t for style, t in styled(root) if style == "PaperFacts"]
    assert found == ["For:Executive Board", "From:–"]


def test_a_hint_of_what_to_type_is_not_printed(root):
    assert "hscp show" not in text(root)


def test_a_date_is_said_as_it_is_everywhere(root):
    assert ("Normal", "Then ▲\xa0at risk since April 2022.") in styled(root)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ('https://example.org/"><w:x>', "https://example.org/%22%3E%3Cw:x%3E"),
        ("https://example.org/a b\n", "https://example.org/a%20b%0A"),
        ("p1.html#P1.3", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("\\\\server\\share", None),
        ("httpsx://example.org", None),
    ],
)
def test_only_addresses_on_the_web_and_of_mail_are_live(url, target):
    made = docx.draw(paper(Paragraph(("See ", Link("the report", url), "."))))
    assert "See the report." in text(xml(made))
    rels = ElementTree.fromstring(parts(made)["word/_rels/document.xml.rels"])
    live = {r.get("Id"): r.get("Target") for r in rels if r.get("TargetMode") == "External"}
    links = [h.get(f"{R}id") for h in xml(made).iter(f"{W}hyperlink")]
    assert [live[id] for id in links] == ([target] if target else [])
    assert len(live) == len(links)


# Tables -----------------------------------------------------------------------------------------


def tables(root: ElementTree.Element) -> list[ElementTree.Element]:
    found = root.findall("w:tbl", NAMES)
    assert found
    return found


def test_a_paper_of_one_side_is_set_as_its_room_was_worked_out():
    from docx import Document

    made = docx.draw(paper(MILESTONES, one_side=True))
    page = Document(BytesIO(made))
    section = page.sections[0]
    for style, wanted in ((page.styles[n], w) for n, w in layout.ONE_SIDE.items()):
        space = style.paragraph_format
        assert style.font.size.pt == wanted.points, style.name
        assert (space.space_before.pt, space.space_after.pt) == (wanted.before, wanted.after)
        assert space.line_spacing == wanted.line
    assert section.left_margin.twips + section.right_margin.twips == 2 * layout.SIDE_MARGIN
    assert section.top_margin.twips + section.bottom_margin.twips == 2 * layout.END_MARGIN
    table = next(xml(made).iter(f"{W}tbl"))
    sizes = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    labels = [column.label for column in MILESTONES.columns]
    points = layout.ONE_SIDE["Table Text"].points
    rows = [row for row in MILESTONES.rows if not isinstance(row, Heading)]
    assert sizes == column_widths(labels, rows, layout.PAGE_WIDTH, points)


def test_the_first_row_of_every_table_is_marked_as_its_header_and_repeated(root):
    for table in tables(root):
        rows = table.findall("w:tr", NAMES)
        assert [row.find("w:trPr/w:tblHeader", NAMES) is not None for row in rows] == [
            True,
            *(False for _ in rows[1:]),
        ]
        assert value(table, "w:tblPr/w:tblLook", "firstRow") == "1"


def test_no_row_of_a_table_is_parted_over_two_pages(root):
    for table in tables(root):
        for row in table.findall("w:tr", NAMES):
            assert row.find("w:trPr/w:cantSplit", NAMES) is not None


def test_no_cell_is_merged(root):
    assert not [e for e in root.iter() if e.tag in (f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge")]
    for table in tables(root):
        columns = len(table.findall("w:tblGrid/w:gridCol", NAMES))
        assert {len(row.findall("w:tc", NAMES)) for row in table.findall("w:tr", NAMES)} == {
            columns
        }


def test_no_cell_is_blank_and_nothing_is_said_as_a_dash(root):
    assert all(text(cell).strip() for cell in root.iter(f"{W}tc"))
    row = tables(root)[0].findall("w:tr", NAMES)[3]
    assert [text(cell) for cell in row] == [
        "",
        "P1.5",
        "–",
        "✓\xa0Complete",
        "30 September 2021",
        "–",
    ]


def test_a_header_has_words_where_the_column_has_none(root):
    header = tables(root)[0].findall("w:tr", NAMES)[0]
    assert [text(cell) for cell in header.findall("w:tc", NAMES)] == [
        "Id", "Milestone", "Standing", "Due", "Logged",
    ]  # fmt: skip


def test_every_table_is_told_to_whoever_does_not_see_it(root):
    table = tables(root)[0]
    assert value(table, "w:tblPr/w:tblCaption") == "What needs attention"
    assert value(table, "w:tblPr/w:tblDescription") == (
        "3 rows. Columns: Id, Milestone, Standing, Due and Logged"
    )
    assert all(value(table, "w:tblPr/w:tblCaption") for table in tables(root))


def test_a_table_without_a_caption_is_called_as_the_heading_above_it():
    table = Table((Column("Id"),), (("P1.1",),))
    groups = Table((Column("Id"),), (Heading("April"), ("P1.1",)))
    found = tables(body(Heading("Overdue"), table, groups, table))
    assert [value(t, "w:tblPr/w:tblCaption") for t in found] == [
        "Overdue", "Overdue: April", "Overdue",
    ]  # fmt: skip


def test_groups_of_rows_are_tables_of_their_own_under_headings_a_level_deeper():
    rows = (Heading("April"), ("P1.1",), ("P1.2",), Heading("May"), ("P1.3",))
    root = body(
        Heading("By month"), Table((Column("Id"),), rows, caption="Due"), Heading("Deeper", 2)
    )
    assert [s for s in styled(root) if "Heading" in (s[0] or "")] == [
        ("Heading1", "By month"),
        ("Heading2", "April"),
        ("Heading2", "May"),
        ("Heading2", "Deeper"),
    ]
    found = [(value(t, "w:tblPr/w:tblCaption"), text(t)) for t in tables(root)]
    assert found == [("Due: April", "IdP1.1P1.2"), ("Due: May", "IdP1.3")]


def test_a_second_table_in_groups_is_no_deeper_than_the_first():
    table = Table((Column("Id"),), (Heading("April"), ("P1.1",)))
    root = body(Heading("By month"), table, Paragraph(("And:",)), table, BARS, table)
    assert [s for s, _ in styled(root) if "Heading" in (s or "")] == ["Heading1", *["Heading2"] * 5]


def test_a_heading_deeper_than_three_levels_stays_at_the_third():
    rows = (Heading("April"), ("P1.1",))
    root = body(Heading("A", 1), Heading("B", 2), Heading("C", 4), Table((Column("Id"),), rows))
    assert [s for s, _ in styled(root)][2:6] == ["Heading1", "Heading2", "Heading3", "Heading3"]


def test_a_table_whose_columns_have_no_names_has_no_header_row():
    (table,) = tables(body(Table((Column(""), Column("")), (("P1.1", "Act"),), header=False)))
    assert table.find("w:tr/w:trPr/w:tblHeader", NAMES) is None
    assert value(table, "w:tblPr/w:tblLook", "firstRow") == "0"


def test_two_tables_in_a_row_stay_two_and_a_paragraph_follows_the_last(root):
    tags = [element.tag.removeprefix(W) for element in root]
    assert "tbl tbl" not in " ".join(tags)
    assert tags[-3:] == ["tbl", "p", "sectPr"]


def test_no_page_ends_between_what_leads_to_a_table_and_the_table():
    root = body(Paragraph(("Alone.",)), Paragraph(("Leads to it.",)), MILESTONES)
    kept = {text(p): p.find("w:pPr/w:keepNext", NAMES) is not None for p in root.iter(f"{W}p")}
    assert (kept["Alone."], kept["Leads to it."]) == (False, True)


def test_room_to_write_has_its_label_and_is_as_high_as_its_lines():
    root = body(Table((Column("Progress"),), ((Room("What was done", 5),), (Room("When", 1),))))
    high = [
        int(value(row, "w:trPr/w:trHeight") or 0) for row in tables(root)[0].findall("w:tr", NAMES)
    ]
    assert high[0] == 0
    assert high[1] > 5 * 350
    assert high[2] < high[1]
    assert [text(cell) for cell in root.iter(f"{W}tc")] == ["Progress", "What was done", "When"]


def test_what_explains_a_cell_and_what_asks_to_be_written_in_are_set_small():
    cells = (Stack(("Launch",), (("moved once",),)),), (Room("When", 1),)
    (table,) = tables(body(Table((Column("Milestone"),), cells)))
    used = [(text(p), value(p, "w:pPr/w:pStyle")) for p in table.iter(f"{W}p")]
    assert used[1:] == [
        *(("Launch", "TableText"), ("moved once", "TableNote")),
        ("When", "TableNote"),
    ]


@pytest.mark.parametrize("landscape", [False, True])
def test_tables_are_as_wide_as_the_page_and_ids_narrower_than_texts(landscape):
    root = body(MILESTONES, landscape=landscape)
    (table,) = tables(root)
    margins = root.find("w:sectPr/w:pgMar", NAMES)
    page = int(root.find("w:sectPr/w:pgSz", NAMES).get(f"{W}w"))
    sizes = [int(column.get(f"{W}w")) for column in table.findall("w:tblGrid/w:gridCol", NAMES)]
    assert sum(sizes) == page - sum(int(margins.get(W + side)) for side in ("left", "right"))
    assert sizes[0] < 1_000 < 3_000 < sizes[1]
    for row in table.findall("w:tr", NAMES):
        assert [
            int(value(c, "w:tcPr/w:tcW", "w") or 0) for c in row.findall("w:tc", NAMES)
        ] == sizes


@given(
    st.lists(st.lists(some.any_text, min_size=3, max_size=3), max_size=4),
    st.lists(st.text(max_size=20), min_size=3, max_size=3),
)
def test_columns_fill_the_page_whatever_they_hold(rows, labels):
    sizes = column_widths(labels, [tuple(row) for row in rows], 9_752)
    assert sum(sizes) == 9_752
    assert min(sizes) > 0


def test_a_word_is_broken_only_where_it_could_not_stand_whole():
    sizes = column_widths(["Id", "Text", "Word"], [("P1.1", LONG * 20, "Responsibilities")], 9_752)
    # 69.5 points in Arial, and what a cell keeps free.
    assert sizes[2] >= 1_390 + 170


def test_a_date_is_not_parted_from_its_year():
    row = (read("2021-09-30"), *[LONG * 5] * 3)
    assert column_widths(["Due", "A", "B", "C"], [row], 9_752)[0] > 17 * 100


# Standing: a colour, a symbol and a word --------------------------------------------------------


def luminance(color: str) -> float:
    channels = [int(color[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", KINDS)
def test_a_standing_in_a_cell_is_fill_symbol_and_word_that_can_be_read(kind):
    (cell,) = list(body(Table((Column("Standing"),), ((Mark(kind),),))).iter(f"{W}tc"))[1:]
    assert text(cell) == f"{SYMBOLS[kind]}\xa0{kind.capitalize()}"
    fill, ink = value(cell, "w:tcPr/w:shd", "fill"), value(cell, "w:p/w:r/w:rPr/w:color")
    assert contrast(fill, ink) >= 4.5
    others = {k for k in KINDS if BRAG[k] != BRAG[kind]}
    assert others
    root = body(Table((Column("S"),), tuple((Mark(k),) for k in others)))
    assert fill not in {value(c, "w:tcPr/w:shd", "fill") for c in root.iter(f"{W}tc")}


@pytest.mark.parametrize("kind", KINDS)
def test_a_standing_in_a_sentence_or_a_key_can_be_read(kind):
    for block in (Paragraph((Mark(kind, "words"),)), Tally((Mark(kind, "words"),))):
        (run,) = [r for r in body(block).iter(f"{W}r") if r.find("w:rPr/w:shd", NAMES) is not None]
        assert text(run).split() == [SYMBOLS[kind], "words"]
        assert contrast(value(run, "w:rPr/w:shd", "fill"), value(run, "w:rPr/w:color")) >= 4.5


def test_every_colour_of_a_style_can_be_read_on_paper_and_on_a_header_row(styles):
    shade = value(styles["PlanTable"], "w:tblStylePr/w:tcPr/w:shd", "fill")
    colors = {c for s in styles.values() if (c := value(s, "w:rPr/w:color"))}
    assert len(colors) >= 3
    for color in colors:
        assert contrast(color, "FFFFFF") >= 4.5
        assert contrast(color, shade) >= 4.5


# The timeline -----------------------------------------------------------------------------------


def test_a_timeline_is_a_drawing_with_alternative_text_and_a_table_that_says_the_same(root):
    drawn = list(root.iter(f"{WP}docPr"))
    assert [d.get("title") for d in drawn] == [
        "Timeline: P1 Neglect",
        *["Timeline: P2 Child Sexual Abuse"] * 2,
    ]
    assert drawn[0].get("descr") == (
        "2 bars from April 2021 to March 2023. The table below says the same."
    )
    table = next(
        t for t in tables(root) if value(t, "w:tblPr/w:tblCaption") == drawn[0].get("title")
    )
    rows = table.findall("w:tr", NAMES)
    assert [[text(cell) for cell in row.findall("w:tc", NAMES)] for row in rows] == [
        ["Id", "Milestone", "Start", "First due", "Due", "Standing"],
        ["P1.1", "Train", "April 2021", "April 2022", "April 2022", "●\xa0On track"],
        ["P1.2", "Implement", "September 2021", "September 2021", "November 2021",
         "!\xa015 days late"],
        ["P1.3", "Evaluate", "–", "no date", "no date", "▲\xa0At risk, no date"],
    ]  # fmt: skip


def test_a_drawing_of_many_bars_is_parted_so_that_each_fits_on_a_page(root):
    high = [int(extent.get("cy")) / 635 for extent in root.iter(f"{WP}extent")]
    assert len(high) == 3
    assert max(high) < 11_906 - 3 * 907


def test_a_bar_is_as_wide_as_its_time_and_never_too_thin_to_see():
    starts = date(2021, 4, 1)
    dues = [date(2021, 4, 1), date(2021, 10, 8), date(2022, 4, 16)]
    group = tuple(Bar("P1", "", Mark("on track", ""), starts, due, due) for due in dues)
    drawn = body(Bars(starts, date(2023, 3, 31), date(2024, 1, 1), (("", group),)))
    boxes = [each for each in drawn.iter(f"{WPS}spPr") if each.find(f"{A}solidFill") is not None]
    thin, half, whole = (int(box.find(f"{A}xfrm/{A}ext").get("cx")) // 635 for box in boxes)
    assert thin == 90
    assert whole == pytest.approx(2 * half, abs=2)


def test_of_the_drawings_of_a_group_the_last_alone_stays_with_its_table(root):
    drawn = [p for p in root.iter(f"{W}p") if p.find(f".//{WP}inline") is not None]
    kept = [p.find("w:pPr/w:keepNext", NAMES) is not None for p in drawn]
    assert kept == [True, False, True]


def test_no_line_turns_the_drawing_on_its_side(root):
    # LibreOffice turns a whole group where an upright "line" stands first in it.
    forms = {each.get("prst") for each in root.iter(f"{A}prstGeom")}
    assert forms == {"rect", "straightConnector1"}


def test_no_two_drawings_or_shapes_have_one_number(root):
    ids = [e.get("id") for e in root.iter() if e.tag in (f"{WP}docPr", f"{WPS}cNvPr")]
    assert len(ids) > 32
    assert len(set(ids)) == len(ids)


def test_no_text_stands_outside_a_run(root):
    for each in root.iter():
        assert not (each.tail or "").strip(), each.tag
        assert each.tag in (f"{W}t", f"{W}instrText") or not (each.text or "").strip(), each.tag


# The foot, and what the file says of itself -----------------------------------------------------


def test_the_foot_of_every_page_has_the_papers_own_and_page_x_of_y(everything, root):
    foot = xml(everything, "word/footer1.xml")
    assert text(foot) == "Plan at revision 3f2a91cPage 1 of 1"
    fields = [(f.get(f"{W}instr") or "").strip() for f in foot.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert root.find("w:sectPr/w:footerReference", NAMES).get(f"{W}type") == "default"


def test_the_properties_are_the_papers_and_of_its_day(everything):
    said = python_docx.Document(BytesIO(everything)).core_properties
    assert said.title == "Strategic Plan: progress report"
    assert said.subject == "as at 15 December 2021"
    assert said.author == said.last_modified_by == "Somewhere Safeguarding Children Partnership"
    assert said.language == "en-GB"
    assert said.created == said.modified
    assert said.created.isoformat() == "2021-12-15T00:00:00+00:00"
    assert b"python-docx" not in parts(everything)["docProps/core.xml"]


def test_a_paper_of_no_day_has_a_day_that_never_changes():
    made = python_docx.Document(BytesIO(docx.draw(paper(day=None))))
    assert made.core_properties.created.isoformat() == "2000-01-01T00:00:00+00:00"


def test_a_title_longer_than_a_property_may_be_is_cut_there_only():
    long = "Plan " * 100
    made = docx.draw(EVERYTHING._replace(document=(Title(long),)))
    assert len(python_docx.Document(BytesIO(made)).core_properties.title) <= 255
    assert long in text(xml(made))


# The file ---------------------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes(everything):
    assert docx.draw(EVERYTHING) == everything


def test_nothing_in_the_file_tells_when_or_on_what_it_was_made(everything):
    with zipfile.ZipFile(BytesIO(everything)) as file:
        entries = file.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr) for entry in entries} == {(0, 0o600 << 16)}


def test_python_docx_reads_what_was_written(everything):
    read_back = python_docx.Document(BytesIO(everything))
    assert read_back.paragraphs[0].style.name == "Title"
    assert read_back.paragraphs[0].text == "Strategic Plan: progress report"
    assert [c.text for c in read_back.tables[0].rows[1].cells] == [
        "P1.2", f"{LONG}\nmoved once", "!\xa02 months late", "October 2021", "2",
    ]  # fmt: skip


ORDERS = {
    "pPr": "pStyle keepNext keepLines numPr pBdr shd tabs spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs color sz szCs u shd lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    "tcPr": "tcW tcBorders shd",
    "sectPr": "headerReference footerReference pgSz pgMar",
}
"""The order that Word's schema asks for: in another, it calls the file damaged."""


@pytest.mark.parametrize("tag", ORDERS)
def test_everything_stands_in_the_order_that_word_asks_for(tag, everything):
    order, seen = ORDERS[tag].split(), 0
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footer1.xml"):
        for found in xml(everything, name).iter(W + tag):
            places = [order.index(child.tag.removeprefix(W)) for child in found]
            assert places == sorted(places), ElementTree.tostring(found)
            seen += 1
    assert seen


# Texts are data ---------------------------------------------------------------------------------

HOSTILE = [
    "<w:b/>&amp;</w:t><script>",
    "=1+1",
    "\x00\x07\x1b[31m",
    "a\u202eb\u200f",
    "\ufffe\uffff",
    "\ud800",
    "]]>",
    '" onload="x',
    "{ INCLUDETEXT c:\\secret.txt }",
]


def everywhere(said: str) -> Paper:
    """A paper that has a text wherever one can be."""
    return Paper(
        said,
        (
            Title(said, said), Heading(said), Paragraph((said, Mark("overdue", said))),
            Tally((said, Mark("closed", said))), Numbered(((said,),)),
            Items((Item(said, said, ((said,),), Mark("at risk", said)),)),
            Facts(((said, (said, Link(said, said))),)),
            Table((Column(said),), ((Stack((said,), ((said,),)),), Heading(said), (Room(said),)),
                  caption=said),
            Bars(date(2021, 4, 1), date(2023, 3, 31), date(2021, 12, 15), ((said, (
                Bar(said, said, Mark("on track", said), date(2021, 4, 1), date(2022, 4, 1),
                    date(2021, 5, 1)),)),)),
        ),
        said,
        said,
    )  # fmt: skip


@pytest.mark.parametrize("said", HOSTILE)
def test_a_text_is_shown_as_text_wherever_it_stands(said):
    made = parts(docx.draw(everywhere(said)))
    for name in ("word/document.xml", "word/footer1.xml", "docProps/core.xml"):
        root = ElementTree.fromstring(made[name])
        assert one_line(said).replace(" ", "") in "".join(root.itertext()).replace(" ", "")
    fields = re.findall(rb'w:instr="([^"]*)"|<w:instrText', made["word/document.xml"])
    assert not fields


@given(some.any_text)
def test_whatever_a_text_holds_the_file_can_be_read_and_says_it(said):
    (*_, paragraph) = styled(body(Paragraph((said,))))
    assert paragraph == ("Normal", one_line(said))
    assert not {c for c in paragraph[1] if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}


# A council's own template -----------------------------------------------------------------------


def saved(document: object, path: Path) -> Path:
    document.save(path)  # type: ignore[attr-defined]
    return path


def drawn_in(template: Path | None, what: Paper = EVERYTHING) -> bytes:
    return docx.draw(what, docx.template(template) if template else None)


def lines(foot: object) -> list[str]:
    root = ElementTree.fromstring(foot.part.blob)  # type: ignore[attr-defined]
    return [text(paragraph) for paragraph in root.iter(f"{W}p")]


@pytest.fixture
def council() -> python_docx.document.Document:
    """A template such as a council has: its own styles, header, foot, page, and an old text."""
    made = python_docx.Document()
    made.styles["Heading 1"].font.name = "Georgia"
    section = made.sections[0]
    section.page_width, section.page_height, section.left_margin = Mm(200), Mm(280), Mm(30)
    section.header.paragraphs[0].text = "London Borough of Somewhere"
    section.footer.paragraphs[0].text = "Official"
    made.add_paragraph("An old secret", style="List Number")
    made.add_table(2, 2).cell(0, 0).text = "An old secret"
    made.add_section(WD_SECTION.NEW_PAGE)
    made.add_paragraph("An old secret")
    return made


def test_a_template_gives_its_styles_header_foot_and_page(council, tmp_path):
    made = drawn_in(saved(council, tmp_path / "council.docx"))
    opened = python_docx.Document(BytesIO(made))
    assert opened.styles["Heading 1"].font.name == "Georgia"
    section = opened.sections[0]
    assert len(opened.sections) == 1
    assert section.header.paragraphs[0].text == "London Borough of Somewhere"
    assert lines(section.footer) == ["Official", "Plan at revision 3f2a91cPage 1 of 1"]
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (200, 30)
    assert [p.text for p in opened.paragraphs if p.style.name == "Heading 1"] == [
        "1. Asked", "2. Where it stands", "3. Timeline",
    ]  # fmt: skip


def test_nothing_of_a_templates_own_text_is_left(council, tmp_path):
    council.part.relate_to("https://example.org/secret", "http://x/hyperlink", is_external=True)
    made = parts(drawn_in(saved(council, tmp_path / "council.docx")))
    assert not [name for name, part in made.items() if b"secret" in part]
    assert "docProps/thumbnail.jpeg" not in made


def test_styles_that_a_template_lacks_are_added_and_its_own_are_left(council, tmp_path):
    for name in ("Subtitle", "Heading 3", "List Bullet"):
        style = council.styles[name].element
        style.getparent().remove(style)
    made = drawn_in(saved(council, tmp_path / "council.docx"))
    names = [s.name for s in python_docx.Document(BytesIO(made)).styles]
    assert len(names) == len(set(names))
    assert {"Subtitle", "Heading 3", "Plan Table", "Paper Foot", "Strong"} <= set(names)
    root = xml(made, "word/styles.xml")
    ids = {s.get(f"{W}styleId") for s in root.iter(f"{W}style")}
    assert {e.get(f"{W}val") for e in root.iter(f"{W}basedOn")} <= ids
    number = value(root, "w:style[@w:styleId='ListBullet']/w:pPr/w:numPr/w:numId")
    assert bullet(xml(made, "word/numbering.xml"), number) == "•"


def test_a_template_whose_styles_have_other_ids_is_known_by_their_names(council, tmp_path):
    style = council.styles["Heading 1"].element
    style.set(f"{W}styleId", "Titre1")
    style.find(f"{W}name").set(f"{W}val", "heading 1")
    council.styles["Normal"].element.set(f"{W}styleId", "Standard")
    council.styles["Body Text"].element.set(f"{W}styleId", "PaperKey")
    lacking = council.styles["Subtitle"].element
    lacking.getparent().remove(lacking)
    made = drawn_in(saved(council, tmp_path / "council.docx"))
    assert ("Titre1", "1. Asked") in styled(xml(made).find(f"{W}body"))
    ids = [s.get(f"{W}styleId") for s in xml(made, "word/styles.xml").iter(f"{W}style")]
    assert len(ids) == len(set(ids))
    added = xml(made, "word/styles.xml").find("w:style[@w:styleId='Subtitle']", NAMES)
    assert value(added, "w:basedOn") == value(added, "w:next") == "Standard"


def test_lists_of_a_template_are_kept_and_ours_take_free_numbers(council, tmp_path):
    before = council.part.numbering_part.element
    old = {n.get(f"{W}numId") for n in before.findall(f"{W}num")}
    made = drawn_in(saved(council, tmp_path / "council.docx"))
    numbering = xml(made, "word/numbering.xml")
    ids = [n.get(f"{W}numId") for n in numbering.findall(f"{W}num")]
    assert old < set(ids)
    assert len(ids) == len(set(ids))
    tags = [child.tag for child in numbering]
    assert tags == sorted(tags)  # Word asks for every abstractNum before the first num
    counted = [value(p, "w:pPr/w:numPr/w:numId") for p in xml(made).iter(f"{W}p")
               if value(p, "w:pPr/w:pStyle") == "ListNumber"]  # fmt: skip
    assert counted[0] == counted[1] != counted[2]
    assert not set(counted) & old


def test_a_template_without_lists_is_given_them(tmp_path):
    made = python_docx.Document(BytesIO(docx.draw(paper())))
    rels = made.part.rels
    for id in [id for id, rel in rels.items() if rel.reltype.endswith("/numbering")]:
        del rels[id]
    drawn = drawn_in(saved(made, tmp_path / "none.docx"))
    number = value(xml(drawn, "word/styles.xml"), "w:style[@w:styleId='ListBullet']//w:numId")
    assert bullet(xml(drawn, "word/numbering.xml"), number) == "•"


def test_a_template_that_stands_is_turned_for_a_paper_that_lies(council, tmp_path):
    template = saved(council, tmp_path / "council.docx")
    size = xml(drawn_in(template, paper(landscape=True))).find("w:body/w:sectPr/w:pgSz", NAMES)
    assert int(size.get(f"{W}w")) > int(size.get(f"{W}h"))
    assert size.get(f"{W}orient") == "landscape"


@pytest.mark.parametrize("beside", ["Official", ""])
def test_a_template_that_counts_its_pages_is_not_counted_twice(beside, council, tmp_path):
    council.sections[0].footer.paragraphs[0].text = beside
    paragraph = council.sections[0].footer.paragraphs[0]._p
    paragraph.append(parse_xml(f'<w:fldSimple xmlns:w="{W[1:-1]}" w:instr="PAGE \\* ARABIC"/>'))
    made = drawn_in(saved(council, tmp_path / "council.docx"))
    foot = python_docx.Document(BytesIO(made)).sections[0].footer
    assert lines(foot) == [beside, "Plan at revision 3f2a91c"]


def test_an_earlier_paper_is_a_template_and_its_foot_goes(council, tmp_path):
    """Whoever changed the look of last month's paper takes that for a template."""
    for begun in (None, saved(council, tmp_path / "council.docx")):
        earlier = tmp_path / "board-2021-11-15.docx"
        earlier.write_bytes(drawn_in(begun, paper(foot="Plan at revision 1a2b3c4")))
        made = drawn_in(earlier)
        foot = lines(python_docx.Document(BytesIO(made)).sections[0].footer)
        assert foot == (["Official"] if begun else []) + ["Plan at revision 3f2a91cPage 1 of 1"]


@pytest.mark.parametrize("version", ["revision 1a2b3c4, 15 November 2021", ""])
def test_a_foot_of_the_councils_own_stays_though_its_style_is_ours(version, tmp_path, monkeypatch):
    """Only what an earlier paper wrote there goes."""
    monkeypatch.setattr(times, "revision", lambda _opened: version)
    house = python_docx.Document(BytesIO(docx.draw(paper(foot=foot_of(mock.Mock())))))
    footer = house.sections[0].footer
    for said in ("Official", "Plan at a glance: council.example"):
        footer.add_paragraph(said, style="Paper Foot")
    made = drawn_in(saved(house, tmp_path / "house.docx"))
    assert lines(python_docx.Document(BytesIO(made)).sections[0].footer) == [
        "Official", "Plan at a glance: council.example", "Plan at revision 3f2a91cPage 1 of 1",
    ]  # fmt: skip


def test_a_template_in_arial_has_the_columns_that_our_own_page_has(tmp_path):
    own, earlier = docx.draw(EVERYTHING), tmp_path / "board-2021-11-15.docx"
    earlier.write_bytes(own)
    other = python_docx.Document(BytesIO(own))
    other.styles["Normal"].font.name = "Foundry Sterling"
    columns = [
        [g.get(f"{W}w") for g in xml(made).iterfind(".//w:tblGrid/w:gridCol", NAMES)]
        for made in (
            own,
            drawn_in(earlier),
            drawn_in(saved(other, tmp_path / "other.docx")),
        )
    ]
    assert columns[0] == columns[1] != columns[2]


@pytest.mark.parametrize(
    ("defaults", "normal", "ours"),
    [
        ({"ascii": "Arial"}, {"asciiTheme": "minorHAnsi"}, False),
        ({"ascii": "Arial"}, {"ascii": "Arial", "asciiTheme": "minorHAnsi"}, False),
        ({"asciiTheme": "minorHAnsi"}, {"ascii": "Arial"}, True),
        ({"ascii": "Georgia", "asciiTheme": "minorHAnsi"}, {"ascii": "Arial"}, True),
        ({"ascii": "Arial"}, {"hAnsi": "Georgia"}, True),
        ({"ascii": "Arial"}, {"ascii": "Georgia"}, False),
    ],
)
def test_letters_are_arial_where_word_says_so(defaults, normal, ours, tmp_path):
    """A font of the theme goes before a name beside it, and the style before the defaults."""
    own = docx.draw(EVERYTHING)
    template = python_docx.Document(BytesIO(own))
    root = template.styles.element
    properties = template.styles["Normal"].element.get_or_add_rPr()
    for fonts in properties.findall(f"{W}rFonts"):
        properties.remove(fonts)
    for element, names in (
        (root.find("w:docDefaults/w:rPrDefault/w:rPr/w:rFonts", NAMES), defaults),
        (properties._add_rFonts(), normal),
    ):
        element.attrib.clear()
        element.attrib.update({f"{W}{key}": name for key, name in names.items()})
    drawn = drawn_in(saved(template, tmp_path / "house.docx"))
    widths_of = [
        [g.get(f"{W}w") for g in xml(made).iterfind(".//w:tblGrid/w:gridCol", NAMES)]
        for made in (own, drawn)
    ]
    assert (widths_of[0] == widths_of[1]) is ours


def test_a_template_of_several_sections_gives_what_its_last_one_shows(council, tmp_path):
    second = council.sections[1].header
    second.is_linked_to_previous = False
    second.paragraphs[0].text = "Of the second"
    council.add_section(WD_SECTION.NEW_PAGE)
    made = drawn_in(saved(council, tmp_path / "council.docx"))
    page = xml(made).findall(".//w:sectPr", NAMES)[-1]
    assert len(page.findall("w:headerReference", NAMES)) == 1
    opened = python_docx.Document(BytesIO(made)).sections[0]
    assert [p.text for p in opened.header.paragraphs] == ["Of the second"]
    assert lines(opened.footer)[0] == "Official"


def test_first_and_even_pages_that_have_a_foot_of_their_own_say_the_same(council, tmp_path):
    council.sections[-1].different_first_page_header_footer = True
    council.settings.odd_and_even_pages_header_footer = True
    opened = python_docx.Document(BytesIO(drawn_in(saved(council, tmp_path / "council.docx"))))
    section = opened.sections[0]
    for foot in (section.first_page_footer, section.even_page_footer):
        assert lines(foot) == ["Plan at revision 3f2a91cPage 1 of 1"]


def test_what_a_template_says_of_files_elsewhere_is_left_behind(council, tmp_path):
    settings = council.settings.element
    kind = f"{R[1:-1]}/attachedTemplate"
    part = council.part.part_related_by(f"{R[1:-1]}/settings")
    id = part.relate_to("file:///S:/house.dotx", kind, is_external=True)
    settings.insert(
        1, parse_xml(f'<w:attachedTemplate xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}" r:id="{id}"/>')
    )
    made = parts(drawn_in(saved(council, tmp_path / "council.docx")))
    assert not [n for n, part in made.items() if b"house.dotx" in part or b"attachedT" in part]


def test_the_language_of_a_template_becomes_british_english(council, tmp_path):
    made = drawn_in(saved(council, tmp_path / "council.docx"))
    default = xml(made, "word/styles.xml").find("w:docDefaults", NAMES)
    assert value(default, "w:rPrDefault/w:rPr/w:lang") == "en-GB"


def test_the_same_template_gives_the_same_bytes(council, tmp_path):
    template = saved(council, tmp_path / "council.docx")
    assert drawn_in(template) == drawn_in(template)


def repacked(source: Path, path: Path, change=lambda _, data: data, **more: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in more.items():
            new.writestr(name, data)
    return path


def test_a_dotx_is_a_template_too(council, tmp_path):
    source = saved(council, tmp_path / "council.docx")
    dotx = repacked(
        source,
        tmp_path / "council.dotx",
        lambda _, data: data.replace(b".document.main+xml", b".template.main+xml"),
    )
    assert drawn_in(dotx) == drawn_in(source)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


DOCTYPE = '<!DOCTYPE w [<!ENTITY a "aaaa">]>'


def unusable(kind: str, source: Path, folder: Path) -> Path:
    path = folder / "house.docx"
    match kind:
        case "missing":
            return path
        case "a folder":
            path.mkdir()
            return path
        case "the old .doc":
            return written(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
        case "cut short":
            return written(path, source.read_bytes()[:-400])
        case "damaged":
            return written(
                path, re.sub(rb"PK\x03\x04", b"PK\x07\x04", source.read_bytes(), count=3)
            )
        case "another zip":
            with zipfile.ZipFile(path, "w") as file:
                file.writestr("a.txt", "a")
            return path
        case "broken XML":
            return repacked(source, path, lambda n, d: d[:-20] if n.endswith("document.xml") else d)
        case "no body":
            empty = f'<w:document xmlns:w="{W[1:-1]}"/>'.encode()
            return repacked(source, path, lambda n, d: empty if n == "word/document.xml" else d)
        case "macros":
            return repacked(source, path, **{"word/vbaProject.bin": b"x"})
        case "a .docm":
            old, new = (
                b"openxmlformats-officedocument.wordprocessingml.document.main",
                (b"ms-word.document.macroEnabled.main"),
            )
            return repacked(source, path, lambda _, d: d.replace(old, new))
        case "a document type":
            return repacked(source, path, **{"word/extra.xml": DOCTYPE.encode()})
        case "a document type in UTF-16":
            return repacked(source, path, **{"word/extra.xml": DOCTYPE.encode("utf-16")})
        case "a bomb":
            return repacked(source, path, **{"word/media/a.bmp": b"\0" * 60_000_000})
    with zipfile.ZipFile(path, "w") as file:
        for n in range(1_200):
            file.writestr(f"{n}", b"")
    return path


REASONS = {
    "missing": "is not there",
    "a folder": "is a folder",
    "the old .doc": "is no Word document (.docx)",
    "cut short": "is no Word document (.docx)",
    "damaged": "is no Word document (.docx)",
    "another zip": "is no Word document that can be read",
    "broken XML": "is no Word document that can be read",
    "no body": "is no Word document that can be read",
    "macros": "holds macros, which would run on the computer of whoever opens the paper",
    "a .docm": "holds macros, which would run on the computer of whoever opens the paper",
    "a document type": "declares a document type, which no Word document does",
    "a document type in UTF-16": "declares a document type, which no Word document does",
    "a bomb": "holds more than 50 MB, or 1,000 parts",
    "too many parts": "holds more than 50 MB, or 1,000 parts",
}


@pytest.mark.parametrize("kind", REASONS)
def test_a_template_that_cannot_be_used_is_refused_with_what_to_do(kind, council, tmp_path):
    source = saved(council, tmp_path / "council.docx")
    template = unusable(kind, source, tmp_path)
    with pytest.raises(Mistyped) as refused:
        drawn_in(template)
    assert refused.value.what == f'the template "house.docx" {REASONS[kind]}'
    assert refused.value.next.endswith(".")


def test_a_template_is_only_read(council, tmp_path):
    template = saved(council, tmp_path / "council.docx")
    before = template.read_bytes()
    drawn_in(template)
    assert template.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["council.docx"]


def test_a_template_of_letters_that_are_wider_breaks_no_word(council, tmp_path):
    council.styles["Normal"].font.size = Pt(12)
    made = drawn_in(saved(council, tmp_path / "council.docx"), paper(MILESTONES))
    own = [int(c.get(f"{W}w")) for c in body(MILESTONES).iter(f"{W}gridCol")]
    sizes = [int(c.get(f"{W}w")) for c in xml(made).iter(f"{W}gridCol")]
    assert sizes[2] / sum(sizes) > own[2] / sum(own)
    assert sizes[0] > own[0]


def test_a_text_is_packed_and_unpacked_as_it_was():
    pieces = [f"Ærøskøbing {n} " * 50 for n in range(3_000)]
    packed = file.pack(pieces)
    unpacked = list(file.unpack(packed))
    assert b"".join(unpacked).decode() == "".join(pieces)
    assert len(packed) < len("".join(pieces)) / 5
