"""PDFs: tables of all looks, text around them, and what is refused."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from pdfs import HEIGHT, WIDTH, area, grid, line, packed, pdf, table, text
from running import REPO, hscp
from running import run as start
from test_import import essence, imported, shipped

from hscp_plan.errors import Mendable
from hscp_plan.importing.asked import Asked
from hscp_plan.importing.build import build
from hscp_plan.readers.content import Content, Table
from hscp_plan.readers.files import read as read_file

if TYPE_CHECKING:
    from hscp_plan.importing.draft import Draft

MADE = REPO / "tests" / "pdf"
SOFFICE = shutil.which("soffice")
_spec = importlib.util.spec_from_file_location("make", MADE / "make.py")
assert _spec
assert _spec.loader
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)


def read(data: bytes) -> Content:
    content = read_file("plan.pdf", data, pdf=True)
    assert isinstance(content, Content)
    return content


def rows(content: Content) -> list[list[str]]:
    """The cells of its first table."""
    return [[cell.text for cell in row] for row in next(content.tables()).rows]


def paragraphs(content: Content) -> list[str]:
    return [paragraph.text for paragraph in content.paragraphs()]


def drafted(name: str) -> Draft:
    return build(read((MADE / name).read_bytes()), name, Asked())


def refusal(data: bytes) -> str:
    with pytest.raises(Mendable) as caught:
        read(data)
    return f"{caught.value.what}. {caught.value.next}"


# Round trips -----------------------------------------------------------------------------------


def test_the_published_pdf_is_the_shipped_plan(tmp_path):
    assert essence(imported(tmp_path, str(MADE / "published.pdf"))) == essence(shipped())


@pytest.mark.long
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (soffice)")
def test_a_paper_that_libreoffice_prints_is_the_plan_again(tmp_path):
    assert SOFFICE is not None
    options = ("--plan", str(REPO / "plan"), "--format", "docx", "-o", "paper.docx")
    hscp("report", "plan", *options, folder=tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    argv = (SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path))
    start((*argv, str(tmp_path / "paper.docx")), tmp_path)
    assert essence(imported(tmp_path, "paper.pdf")) == essence(shipped())


# Tables as programs print them -----------------------------------------------------------------


def told(draft: Draft) -> list[tuple[object, ...]]:
    return [
        (m.more.get("ref"), m.action, m.leads[0] if m.leads else "", m.due.text, m.status,
         m.log[0].note if m.log else "")
        for m in draft.milestones
    ]  # fmt: skip


DUE = ("2022-03", "2022-04-30", "2022-06", "Q3 2022/23", "2022-09", "2022-12")
STATUS = {"Green": "on track", "Amber": "at risk", "Red": "off track", "": None}


@pytest.mark.parametrize("name", ["no_borders", "rules_across", "sheet"])
def test_a_table_without_all_its_lines_is_read(name):
    expected = [
        (ref, action, lead, due, STATUS[rag], note)
        for (ref, action, lead, _, rag, note), due in zip(make.ROWS, DUE, strict=True)
    ]
    assert told(drafted(f"{name}.pdf")) == expected


def test_a_table_over_pages_is_one_table():
    draft = drafted("over_pages.pdf")
    assert [(m.more["ref"], m.action) for m in draft.milestones] == [r[:2] for r in make.MANY]
    assert [left.text for left in draft.left] == ["Safeguarding Board – Page 1"]


def test_merged_cells_and_colours_are_read():
    draft = drafted("merged.pdf")
    (priority,) = draft.priorities
    assert [o.statements for o in priority.objectives] == [[text] for text in make.OBJECTIVES]
    assert [m.status for m in draft.milestones] == [STATUS[row[4]] for row in make.ROWS]
    assert [m.action for m in draft.milestones] == [row[1] for row in make.ROWS]


def test_a_struck_date_is_a_move_and_bullets_are_actions():
    milestones = list(drafted("struck.pdf").milestones)
    (moved,) = [entry.moved for entry in milestones[1].log]
    assert moved
    assert [date.text for date in moved] == ["2022-04-30", "2022-07-31"]
    assert [m.action for m in milestones[3:5]] == [
        "Commission training on contextual safeguarding for all teams",
        "Commission training on adultification in schools",
    ]


# Tables and text by hand -----------------------------------------------------------------------

XS = (50, 250, 350, 450)


def test_cells_hold_what_stands_in_them():
    page = table(XS, 100, [["Action", "Lead", "By when"], ["Do this", "Ann", "May 2022"]])
    assert rows(read(pdf(page))) == [["Action", "Lead", "By when"], ["Do this", "Ann", "May 2022"]]


def test_tables_side_by_side_are_two():
    page = table((50, 150, 250), 100, [["Action", "Lead"], ["This", "Ann"]])
    page += table((300, 400, 500), 100, [["Action", "Lead"], ["That", "Bob"]])
    assert [t.rows[1][0].text for t in read(pdf(page)).tables()] == ["This", "That"]


def test_a_word_that_was_parted_is_one_again():
    # The hyphen of multi-agency is its own; that of partnership is not written elsewhere.
    cell = "The strategy of the multi-\nagency partner-\nship is agreed"
    page = text(50, 60, "This partnership works. It is multi-agency.")
    page += table((50, 178, 350), 100, [["Action", "Lead"], [cell, "Ann"]], high=50)
    (_, (action, _)) = rows(read(pdf(page)))
    assert action == "The strategy of the multi-agency partnership is agreed"


def test_a_line_that_ends_early_ends_a_paragraph():
    page = table((50, 250, 350), 100, [["Action", "Lead"], ["First\nSecond", "Ann"]])
    assert rows(read(pdf(page)))[1][0] == "First\nSecond"


def test_a_row_that_the_page_ended_in_is_one_row():
    first = table(
        XS, 700, [["Action", "Lead", "By when"], ["Review the plan and", "Ann", "May 2022"]]
    )
    second = table(XS, 50, [["Action", "Lead", "By when"], ["publish it", "", ""],
                            ["Another", "Bob", "June 2022"]])  # fmt: skip
    assert rows(read(pdf(first, second))) == [
        ["Action", "Lead", "By when"],
        ["Review the plan and publish it", "Ann", "May 2022"],
        ["Another", "Bob", "June 2022"],
    ]


def test_what_stands_on_every_page_is_said_once_and_apart():
    pages = [
        text(50, 30, "Children Board plan") + text(50, 300, said) + text(280, 780, f"Page {n} of 3")
        for n, said in enumerate(("First things first.", "Second it is.", "And third."), 1)
    ]
    content = read(pdf(*pages))
    assert [p.text for p in content.foot] == ["Children Board plan"]
    assert paragraphs(content) == ["First things first.", "Second it is.", "And third."]


def test_rows_that_are_alike_at_the_foot_of_pages_are_rows():
    pages = [table(XS, 700, [["Action", "Lead", "By when"], [f"Step {n}", "Ann", "May 2022"]])
             for n in range(3)]  # fmt: skip
    assert read(pdf(*pages)).foot == ()


def test_arabic_is_read_from_the_right():
    from hscp_plan.readers.pdf.marks import Letter
    from hscp_plan.readers.pdf.text import lines

    shown = "12 \u0645\u0627\u0644\u0633"  # As it stands on the page, from the left.
    letters = [Letter(c, 10 * n, 10 * n + 10, 100, 10) for n, c in enumerate(shown) if c.strip()]
    (found,) = lines(letters)
    assert found.text == "\u0633\u0644\u0627\u0645 12"


def test_larger_letters_are_headings():
    page = text(50, 60, "Improvement Plan", 20) + text(50, 90, "Priority 1: Neglect", 14)
    page += text(50, 120, "What we will do is told below, in a table of actions.")
    levels = [(p.level, p.text) for p in read(pdf(page)).paragraphs()]
    assert levels[:2] == [(1, "Improvement Plan"), (2, "Priority 1: Neglect")]
    assert levels[2][0] == 0


def test_a_rule_through_letters_strikes_them_out():
    page = text(50, 100, "April 2022 and more besides") + line(50, 97, 95, 97)
    (paragraph,) = read(pdf(page)).paragraphs()
    assert (paragraph.struck, paragraph.text.strip()) == ("April 2022", "and more besides")


def test_the_colour_behind_a_cell_is_kept():
    page = area(350, 130, 450, 160, "1 0 0")
    page += table(XS, 100, [["Action", "Lead", "RAG"], ["Do this", "Ann", ""]])
    assert next(read(pdf(page)).tables()).rows[1][2].fill == "FF0000"


def test_letters_that_stand_sideways_in_a_cell_are_read():
    # A quarter turn to the left, as the name of a priority often stands beside its rows.
    sideways = f"BT /F 10 Tf 0 1 -1 0 70 {HEIGHT - 195} Tm (Neglect) Tj ET\n"
    said = [["", "Action", "Lead"], ["", "This", "Ann"]]
    page = sideways + table((50, 90, 250, 350), 100, said, high=50)
    assert rows(read(pdf(page)))[1] == ["Neglect", "This", "Ann"]


def test_text_in_columns_is_read_one_after_the_other():
    left = "".join(text(50, 100 + 12 * n, f"Left line {n} goes on to here") for n in range(6))
    right = "".join(text(320, 100 + 12 * n, f"Right line {n} goes on to here") for n in range(6))
    said = " ".join(paragraphs(read(pdf(left + right))))
    assert said.index("Left line 5") < said.index("Right line 0")


# What is refused -------------------------------------------------------------------------------


def test_rows_that_cannot_be_told_apart_are_refused():
    xs, said = (50, 250, 400), "Some words of this column"
    page = "".join(text(x, 100 + 12 * n, said) for n in range(6) for x in xs)
    page = page.replace("(Some", "(some", 5)
    lacking = page.replace(text(250, 112, said), "").replace(text(400, 148, said), "")
    assert "rows cannot be told apart. Open it in Word" in refusal(pdf(lacking))


def test_a_scan_is_refused():
    picture = b"<< /Subtype /Image /Width 1 /Height 1 /Length 1 >>\nstream\n0\nendstream"
    page = f"{WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do"
    scan = pdf(page, more=[picture], page="/XObject << /I 1000 0 R >>")
    assert "is a PDF that was scanned: its pages are pictures. Ask for the document" in refusal(
        scan
    )
    assert "is a PDF that has no text in it" in refusal(pdf(""))


def test_text_that_stands_sideways_is_refused():
    page = f"BT /F 10 Tf 0 1 -1 0 300 {HEIGHT - 500} Tm (A plan that was turned to its side) Tj ET"
    assert "the text stands sideways. Turn its pages" in refusal(pdf(page))


def test_a_locked_pdf_is_refused():
    about = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + "00" * 32 + "> /U <" + "11" * 32
    locked = pdf(text(50, 50, "Secret words"), trailer=about + "> /P -4 >> /ID [<00> <00>]")
    assert "locked with a password. Open it, print it to a new PDF" in refusal(locked)


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\nnonsense" * 50])
def test_a_damaged_pdf_is_refused(data):
    assert "save it as .docx" in refusal(data)


@pytest.mark.parametrize("cut", [100, 400, 700])
def test_a_pdf_that_was_cut_short_is_refused_or_read(cut):
    whole = pdf(table(XS, 100, [["Action", "Lead", "By when"], ["Do this", "Ann", "May 2022"]]))
    with pytest.raises(Mendable):
        read(whole[:cut])


def test_without_what_reads_them_the_line_to_install_is_given(monkeypatch):
    for name in [n for n in sys.modules if n.startswith(("pdfminer", "hscp_plan.readers.pdf."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pdfminer", None)
    assert "pip install 'hscp-plan[pdf]'" in refusal(pdf(text(50, 50, "A plan of some words")))


def test_an_answer_is_not_read_out_of_a_pdf():
    with pytest.raises(Mendable, match="is a PDF, and no answer can be read from one"):
        read_file("answer.pdf", pdf(text(50, 50, "Done")))


# Bounds ----------------------------------------------------------------------------------------

TOO_MUCH = "takes too much to read"


def test_a_title_over_a_table_without_lines_hides_none_of_its_columns():
    rows = [
        ("Action", "Lead", "By when", "RAG"),
        ("Train all teams", "Early Help", "Sept 2026", "Amber"),
        ("Write the strategy", "Early Help", "June 2027", "Green"),
    ]
    page = text(120, 60, "Anytown Safeguarding Plan 2026/28", 18)
    for n, row in enumerate(rows):
        page += "".join(text(50 + 110 * k, 86 + 20 * n, said) for k, said in enumerate(row))
    draft = build(read(pdf(page)), "plan.pdf", Asked())
    assert [(m.action, m.leads, m.due.text, m.status) for m in draft.milestones] == [
        ("Train all teams", ["Early Help"], "2026-09", "at risk"),
        ("Write the strategy", ["Early Help"], "2027-06", "on track"),
    ]


def test_columns_that_ran_into_one_are_refused(tmp_path):
    names = "".join(text(60, 60 + 12 * n, said) for n, said in enumerate(("Action", "Lead", "Due")))
    row = "".join(text(60, 110 + 12 * n, said) for n, said in enumerate(("Do", "QA", "May 2022")))
    more = text(260, 60, "Notes") + text(260, 110, "None")
    page = grid((50, 250, 450), (50, 98, 148)) + names + row + more
    (tmp_path / "plan.pdf").write_bytes(pdf(page))
    done = hscp("import", "plan.pdf", folder=tmp_path)
    said = " ".join(done.stderr.decode().split())
    assert done.returncode == 1
    assert "the columns of the table in plan.pdf cannot be told apart. Open it in Word" in said
    assert not (tmp_path / "plan").exists()


def test_what_unpacks_to_too_much_is_refused():
    assert TOO_MUCH in refusal(pdf(" " * 70_000_000))


def test_too_many_pages_are_refused():
    assert "more than 300 pages" in refusal(pdf(*[text(50, 50, "A page")] * 301))


def test_too_many_objects_are_refused():
    assert TOO_MUCH in refusal(pdf("") + b"1 0 obj\nendobj\n" * 200_001)


def test_drawings_that_repeat_one_another_are_refused(monkeypatch):
    from hscp_plan.readers.pdf import drawn

    monkeypatch.setattr(drawn, "SECONDS", 0.5)
    forms = [
        packed(f"/X{n + 1} Do ".encode() * 40, "/Subtype /Form /BBox [0 0 9 9] /Resources "
               f"<< /XObject << /X{n + 1} {1001 + n} 0 R >> >>")
        for n in range(6)
    ]  # fmt: skip
    forms.append(packed(b"0 0 m 5 5 l S ", "/Subtype /Form /BBox [0 0 9 9]"))
    repeated = pdf("/X0 Do", more=forms, page="/XObject << /X0 1000 0 R >>")
    assert TOO_MUCH in refusal(repeated)


def test_a_library_that_takes_too_long_is_stopped(monkeypatch):
    from hscp_plan.readers.pdf import drawn

    # A font that gives a width to each of a thousand million letters.
    wide = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W [0 1000000000 500] "
    wide += b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >> >>"
    font = b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [1000 0 R] >>"
    monkeypatch.setattr(drawn, "SECONDS", 0.5)
    page = "BT /G 10 Tf 50 50 Td (ab) Tj ET"
    assert TOO_MUCH in refusal(pdf(page, more=[wide, font], page="/Font << /G 1001 0 R >>"))


def test_many_lines_are_no_table():
    drawing = "".join(line(50, 50 + n / 4, 550, 50 + n / 4) for n in range(2_000))
    assert not [b for b in read(pdf(drawing + text(50, 700, "A drawing of lines"))).blocks
                if isinstance(b, Table)]  # fmt: skip
