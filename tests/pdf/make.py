"""Makes the PDFs of this folder again, as programs make them: Word files and workbooks, printed by
LibreOffice.  python tests/pdf/make.py"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl.styles import Alignment, Font, PatternFill

HERE = Path(__file__).parent
HEAD = ("Ref", "Action", "Lead", "By when", "RAG", "Progress")
ROWS = (
    ("1.1", "Launch the neglect toolkit across all partner agencies, with briefings for every team "
     "and a multi-agency audit to test that it is used in practice",
     "Head of Quality Assurance", "March 2022", "Green", "Launched in January; 14 briefings held."),
    ("1.2", "Review the threshold document", "Chair of Practice Sub-Group", "30 April 2022",
     "Amber", ""),
    ("1.3", "Agree with health and police partners how strategy discussions are recorded, so that "
     "decisions and their reasons can be found", "Designated Nurse", "June 2022", "Red",
     "Delayed: the working group has met once only and awaits a new chair."),
    ("2.1", "Commission training on contextual safeguarding", "Training Manager", "Q3 2022/23", "",
     ""),
    ("2.2", "Report twice yearly to the Executive Board on children missing from education",
     "Director of Education", "September 2022", "Green", "First report received."),
    ("2.3", "Audit the quality of return home interviews and share what is learned with "
     "commissioners and with young people themselves", "Independent Scrutineer", "December 2022",
     "Amber", "Audit tool agreed."),
)  # fmt: skip
MANY = [(f"{n // 6 + 1}.{n % 6 + 1}", *ROWS[n % 6][1:]) for n in range(18)]
OBJECTIVES = ("Children are safe from neglect", "Children who go missing are found and heard")
COLOURS = {"Green": "92D050", "Amber": "FFC000", "Red": "FF0000"}
WIDTHS = (1.5, 9, 4.5, 3, 2, 5)


def document(title: str) -> Any:
    """A landscape document with this heading."""
    made = docx.Document()
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    made.styles["Normal"].font.name = made.styles["Title"].font.name = "Liberation Sans"
    made.add_heading(title, 0)
    return made


def table(made: Any, rows: Any, style: str | None = "Table Grid", widths: Any = WIDTHS) -> Any:
    """A table of these rows, of which the first names the columns; a RAG has its colour."""
    added = made.add_table(rows=0, cols=len(rows[0]))
    if style:
        added.style = style
    added.autofit = False
    for column, width in zip(added.columns, widths, strict=True):
        column.width = Cm(width)
    for row in rows:
        for cell, text, width in zip(added.add_row().cells, row, widths, strict=True):
            cell.text, cell.width = text, Cm(width)
            if text in COLOURS:
                _fill(cell, COLOURS[text])
    return added


def _fill(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def over_pages() -> Any:
    """The header on every page, rows broken over pages, and numbers at their foot."""
    made = document("Safeguarding Improvement Plan")
    header = table(made, [HEAD, *MANY]).rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    header.append(repeated)
    foot = made.sections[0].footer.paragraphs[0]
    foot.add_run("Safeguarding Board – Page ")
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        mark.text = code or None
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        foot.add_run()._r.append(mark)
    return made


def no_borders() -> Any:
    """No line anywhere."""
    made = document("Safeguarding Improvement Plan")
    table(made, [HEAD, *ROWS], style=None)
    return made


def rules_across() -> Any:
    """Lines between the rows alone."""
    made = document("Safeguarding Improvement Plan")
    about = table(made, [HEAD, *ROWS], style=None)._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        border = OxmlElement(f"w:{side}")
        border.set(qn("w:val"), "single")
        border.set(qn("w:sz"), "4")
        borders.append(border)
    about.append(borders)
    return made


def merged() -> Any:
    """An objective beside several actions, a row over the whole width, and colours for the RAG."""
    made = document("Safeguarding Improvement Plan")
    rows = [(OBJECTIVES[n // 3], *row[1:5]) for n, row in enumerate(ROWS)]
    head = ("Objective", *HEAD[1:5])
    added = table(made, [head, head, *rows], widths=(4, 9, 4.5, 3.5, 2))
    over = added.cell(1, 0).merge(added.cell(1, 4))
    over.text = "Priority 1: Neglect and children who go missing"
    for first in (2, 5):
        text = added.cell(first, 0).text
        added.cell(first, 0).merge(added.cell(first + 2, 0)).text = text
    for row in added.rows[2:]:
        row.cells[4].text = ""
    return made


def struck() -> Any:
    """A date that was struck out, with the new one below; bullets in a cell."""
    made = document("Safeguarding Improvement Plan")
    added = table(made, [HEAD, *ROWS])
    date = added.cell(2, 3)
    date.text = ""
    date.paragraphs[0].add_run("30 April 2022").font.strike = True
    date.add_paragraph("31 July 2022")
    several = added.cell(4, 1)
    several.text = ""
    several.paragraphs[0].style = "List Bullet"
    several.paragraphs[0].add_run("Commission training on contextual safeguarding for all teams")
    several.add_paragraph("Commission training on adultification in schools", style="List Bullet")
    return made


def sheet(book: Any) -> None:
    """A workbook without borders, of which every other row is coloured."""
    page = book.active
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for width, letter in zip((6, 50, 24, 16, 10, 38), "ABCDEF", strict=True):
        page.column_dimensions[letter].width = width
    for number, row in enumerate((HEAD, *ROWS), 1):
        page.append(row)
        page.row_dimensions[number].height = 15 * max(
            1, -(-len(row[1]) // 40), -(-len(row[5]) // 30)
        )
        for cell in page[number]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
            if cell.value in COLOURS:
                cell.fill = PatternFill("solid", fgColor=COLOURS[cell.value])
            elif number % 2 == 0:
                cell.fill = PatternFill("solid", fgColor="DDEBF7")


def main() -> None:
    """Make them all."""
    with tempfile.TemporaryDirectory() as folder:
        for make in (over_pages, no_borders, rules_across, merged, struck):
            make().save(f"{folder}/{make.__name__}.docx")
        book = openpyxl.Workbook()
        sheet(book)
        book.save(f"{folder}/sheet.xlsx")
        plan = ["report", "plan", "--plan", str(HERE.parents[1] / "plan"), "--format", "docx"]
        plan += ["--as-at", "2021-12-15", "-o", f"{folder}/published.docx"]
        subprocess.run([sys.executable, "-m", "hscp_plan", *plan], check=True)
        made = [str(path) for path in Path(folder).iterdir() if path.suffix in (".docx", ".xlsx")]
        argv = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(HERE), *made]
        subprocess.run(argv, check=True)


if __name__ == "__main__":
    main()
