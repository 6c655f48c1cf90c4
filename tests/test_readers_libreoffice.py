"""Forms that went through LibreOffice, as those who have no Word send them back: opened, saved in
its own formats or the old ones of Office, and saved as Word or Excel again."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest
from office import TYPE, docx, paragraph, parts_of, row, run, table, types, zipped
from running import DEMO, hscp
from running import run as start

from hscp_plan.asking.form import CHOOSE, find_marks
from hscp_plan.readers.content import Content, Paragraph, Table
from hscp_plan.readers.files import read

if TYPE_CHECKING:
    from pathlib import Path

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (soffice)"),
]
WHO = "Chair of Safeguarding Effectiveness Sub-Group"
SAID = {"happened": "All eleven are done – “signed off”.", "status": "Complete"}


def through(data: bytes, folder: Path, *formats: str) -> Content:
    """What a file says after LibreOffice has saved it in each of these formats in turn."""
    assert SOFFICE is not None
    path = folder / f"form.{formats[-1]}"
    path.write_bytes(data)
    for number, format in enumerate(formats):
        out = folder / str(number)
        out.mkdir()
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        argv = (SOFFICE, profile, "--headless", "--convert-to", format, "--outdir", str(out))
        done = start((*argv, str(path)), folder)
        path = out / f"form.{format}"
        assert path.exists(), done.stdout.decode() + done.stderr.decode()
    content = read(path.name, path.read_bytes())
    assert isinstance(content, Content)
    return content


def rows(content: Content) -> list[list[str]]:
    """The rows of a form's table by their words; a hint that has become words is none."""
    (form,) = (t for t in content.tables() if any("Id" in (c.text for c in row) for row in t.rows))
    words = [[c.text.strip() for c in row] for row in form.rows]
    return [["" if text == CHOOSE else text for text in row] for row in words if row[0]]


def marks(content: Content) -> set[str]:
    cells = [c for t in content.tables() for row in t.rows for c in row]
    texts = [p.text for p in (*content.paragraphs(), *content.foot)] + [c.text for c in cells]
    return {mark.text for text in texts for mark in find_marks(text)}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A form in Word, with the first milestone answered."""

    folder = tmp_path_factory.mktemp("form")
    shutil.copytree(DEMO, folder / "plan")
    asked = hscp(*("ask", WHO, "--open", "-o", "form.docx"), folder=folder, HSCP_AS_AT="2021-12-15")
    assert asked.returncode == 0, asked.stderr.decode()
    parts: dict[str, str | bytes] = {**parts_of((folder / "form.docx").read_bytes())}
    source = parts["word/document.xml"]
    assert isinstance(source, bytes)
    parts["word/document.xml"] = re.sub(r"<w:sdt>.*?</w:sdt>", answered, source.decode())
    return zipped(parts)


def answered(control: re.Match[str]) -> str:
    """A content control as Word leaves it when somebody has written in it."""
    tag = re.search(r'"hscp:P1\.2:(\w+)"', control[0])
    if tag is None or tag[1] not in SAID:
        return control[0]
    shown = re.sub(r"<w:t( [^>]*)?>.*?</w:t>", f"<w:t>{SAID[tag[1]]}</w:t>", control[0])
    return shown.replace("<w:showingPlcHdr/>", "")


@pytest.mark.parametrize(
    "formats", [("docx",), ("odt", "docx"), ("doc", "docx"), ("rtf", "docx")], ids="-".join
)
def test_a_form_in_word_says_the_same(formats, filled, tmp_path):
    before, after = read("form.docx", filled), through(filled, tmp_path, *formats)
    assert isinstance(before, Content)
    assert rows(after) == rows(before)
    assert list(SAID.values()) == next(r for r in rows(after) if r[0] == "P1.2")[4:6]
    assert marks(after) == marks(before)
    assert len(marks(after)) == 1


@pytest.mark.parametrize("formats", [("xlsx",), ("ods", "xlsx"), ("xls", "xlsx")], ids="-".join)
def test_a_form_in_excel_says_the_same(formats, folder, tmp_path):
    asked = hscp(
        *("ask", WHO, "--open", "--xlsx", "-o", "form.xlsx"),
        folder=folder,
        HSCP_AS_AT="2021-12-15",
    )
    assert asked.returncode == 0, asked.stderr.decode()
    book = openpyxl.load_workbook(folder / "form.xlsx")
    sheet = book.worksheets[0]
    (first,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "P1.2")
    sheet.cell(first.row, 5).value, sheet.cell(first.row, 6).value = SAID.values()
    buffer = io.BytesIO()
    book.save(buffer)
    (tmp_path / "out").mkdir()
    before = read("form.xlsx", buffer.getvalue())
    after = through(buffer.getvalue(), tmp_path / "out", *formats)
    assert isinstance(before, Content)
    assert rows(after) == rows(before)
    assert list(SAID.values()) == next(r for r in rows(after) if r[0] == "P1.2")[4:6]
    assert marks(after) == marks(before)


def test_tracked_changes_strike_through_and_comments_come_through(tmp_path):
    by = 'w:author="Chair" w:date="2022-01-10T10:00:00Z"'
    gone = f'<w:del w:id="1" {by}><w:r><w:delText>late</w:delText></w:r></w:del>'
    come = f'<w:ins w:id="2" {by}><w:r><w:t>done</w:t></w:r></w:ins>'
    start, end = '<w:commentRangeStart w:id="3"/>', '<w:commentRangeEnd w:id="3"/>'
    mark = '<w:r><w:commentReference w:id="3"/></w:r>'

    data = docx(
        paragraph("It is ", gone, come)
        + paragraph(run("Green", "<w:strike/>"), start, run("Amber"), end, mark)
        + table(row("a", "b"))
        + "<w:p/>",
        {"comments": f'<w:comment w:id="3" {by}>{paragraph("Is it?")}</w:comment>'},
        {
            "[Content_Types].xml": types(f"{TYPE}.document.main+xml").replace(
                "</Types>",
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
                'relationships+xml"/><Override PartName="/word/comments.xml" '
                f'ContentType="{TYPE}.comments+xml"/></Types>',
            )
        },
    )
    before, after = read("form.docx", data), through(data, tmp_path, "docx")
    assert isinstance(before, Content)
    for content in (before, after):
        first, second = [p for p in content.paragraphs() if p.runs]
        assert isinstance(first, Paragraph)
        assert (first.text, first.struck) == ("It is done", "late")
        assert [r.change for r in first.runs] == ["", "deleted", "inserted"]
        assert (second.text, second.struck) == ("Amber", "Green")
        assert [(c.author, c.text, c.place) for c in content.comments] == [
            ("Chair", "Is it?", '"Amber", paragraph 2')
        ]
        assert isinstance(next(content.tables()), Table)
