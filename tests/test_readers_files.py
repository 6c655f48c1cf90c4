"""Whatever bytes are given: what they say, or one line that names the file and says what to do.
Nothing is run or fetched, and memory stays within bounds."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from office import OFFICE, TYPE, cell, docx, paragraph, part, parts_of, row, table, zipped
from running import run

from hscp_plan.errors import Mendable
from hscp_plan.readers import package, xml
from hscp_plan.readers.content import Content, Mail
from hscp_plan.readers.files import read

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def old(name: str) -> bytes:
    """A file as Office kept them before 2007, with a stream of this name."""
    return OLE + b"\0" * 500 + name.encode("utf-16-le")


def office(main: str) -> bytes:
    return docx(paragraph("a"), main=main)


MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
REFUSED = {
    "a PDF": (b"%PDF-1.7\n%", "is a PDF"),
    "a PDF after some bytes": (b"junk\n%PDF-1.7", "is a PDF"),
    "a photograph": (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a picture"),
    "a photograph of an iPhone": (b"\0\0\0\x18ftypheic\0\0\0\0", "is a picture"),
    "a PNG": (b"\x89PNG\r\n\x1a\n", "is a picture"),
    "a bitmap": (b"BM\x46\0\0\0\0\0", "is a picture"),
    "a .doc": (old("WordDocument"), r"is an older Word file \(.doc\)"),
    "an .xls": (old("Workbook"), r"is an older Excel file \(.xls\)"),
    "an older .xls": (old("Book"), r"is an older Excel file \(.xls\)"),
    "another of Office": (old("PowerPoint Document"), "is an older Office file"),
    "a locked file": (old("EncryptedPackage"), "is locked with a password"),
    "a .msg": (old("__substg1.0_") + old("WordDocument"), "only Outlook keeps it"),
    "an .odt": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        "is a LibreOffice file",
    ),
    "a .docm": (office(MACROS), "holds macros, which are programs: nothing of it was run"),
    "a .docm by another name": (
        docx(paragraph("a"), whole={"word/vbaProject.bin": b"x"}),
        "holds macros",
    ),
    "a .pptx": (office(f"{OFFICE}/presentation.main+xml"), "of a kind that hscp does not read"),
    "a zip": (zipped({"a.txt": "a"}), "is a zip file"),
    "an empty zip": (zipped({}), "is a zip file"),
    "another packed file": (b"Rar!\x1a\x07\x01\0", "is a packed file"),
    "nothing": (b"", "is empty"),
    "blanks": (b" \r\n\0", "is empty"),
    "a mark of UTF-8 alone": (b"\xef\xbb\xbf", "is empty"),
    "too much": (b"a" * (package.LARGEST + 1), "is larger than 20 MB"),
    "half a Word file": (docx(paragraph("a"))[:-300], "is a damaged Word file"),
    "a Word file without its list of parts": (
        zipped({"word/document.xml": "<a/>"}),
        "is a damaged Word file",
    ),
    "a workbook without its list of parts": (
        zipped({"xl/workbook.xml": "<a/>"}),
        "is a damaged Excel file",
    ),
    "half a zip": (zipped({"a.txt": "a"})[:-20], "is damaged"),
    "no XML": (docx("<a>"), "is a damaged Word file"),
    "bytes": (bytes(range(256)), "is no text"),
    "XML": (b"<?xml version='1.0'?><w:wordDocument/>", "is XML"),
    "an .rtf": (b"{\\rtf1\\ansi", "is in Rich Text Format"),
    "winmail.dat": (b"\x78\x9f\x3e\x22\x01\0", "opened by Outlook alone"),
    "a program": (b"MZ\x90\0", "is a program"),
    "a part packed in an odd way": (
        docx(paragraph("a")).replace(b"PK\x01\x02", b"PK\x01\x03", 1),
        "is a damaged Word file",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_read_is_refused_in_one_line_that_says_what_to_do(kind):
    data, what = REFUSED[kind]
    with pytest.raises(Mendable, match=what) as raised:
        read("form.docx", data)
    assert raised.value.what.startswith('"form.docx" ')
    assert "\n" not in raised.value.what
    assert raised.value.next.endswith(".")


def test_a_zip_that_is_locked_is_refused():
    data = bytearray(docx(paragraph("a")))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    with pytest.raises(Mendable, match="locked with a password"):
        read("a.docx", bytes(data))


def test_the_kind_is_told_by_the_bytes_and_not_by_the_name():
    content = read("form.xlsx", docx(paragraph("a")))
    assert isinstance(content, Content)
    assert [p.text for p in content.paragraphs()] == ["a"]


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", b"P1.3\nDone.", "P1.3"),
        ("a.txt", b"From: September\nTo: March\nSubject: P1", "From: September"),
        ("a.txt", b"BMI of children: P1.3", "BMI of children: P1.3"),
        ("a.txt", b"MZ: P1.3 is done", "MZ: P1.3 is done"),
        ("a.htm", b"<!-- x --> <html><body><p>Done.</p></body></html>", "Done."),
        ("a.htm", b"<?xml version='1.0'?><!DOCTYPE html><html><p>Done.</p></html>", "Done."),
    ],
)
def test_texts_and_pages(name, data, text):
    content = read(name, data)
    assert isinstance(content, Content)
    assert next(content.paragraphs()).text == text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a", b"MIME-Version: 1.0\nSubject: P1\n\nDone."),
        ("a", b"From chair Mon Jan 10\nReceived: by x\nSubject: P1\n\nDone."),
        (
            "a",
            b"MIME-Version: 1.0\nContent-Type: text/plain; charset=x\nSubject: P1\n\nDone.\n\x81\0",
        ),
        ("a.EML", b"From: a\nSubject: P1\n\nDone."),
    ],
)
def test_an_e_mail_is_told_by_what_only_a_program_writes_or_by_its_name(name, data):
    mail = read(name, data)
    assert isinstance(mail, Mail)
    assert (mail.subject, next(mail.content.paragraphs()).text) == ("P1", "Done.")


# Document types, entities, encodings ------------------------------------------------------------

BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a SYSTEM "http://evil.example/a.dtd">'
FILE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BODY = f"<w:body>{paragraph('&a;')}</w:body>"


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, FILE])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1"])
@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/styles.xml", "docProps/core.xml", "[Content_Types].xml"]
)
def test_a_document_type_is_refused_in_any_part_and_encoding(name, encoding, doctype):
    source = part("document", BODY).partition("?>")[2]
    text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{source}'
    data = docx(paragraph("a"), {"styles": ""}, {name: text.encode(encoding)})
    with pytest.raises(Mendable, match="document type"):
        read("a.docx", data)


@pytest.mark.parametrize("encoding", ["UTF-7", "rot13", "shift_jis", "no-such", "utf-16"])
def test_an_encoding_that_is_none_is_damage(encoding):
    text = part("document", BODY.replace("&a;", "a")).replace("UTF-8", encoding)
    with pytest.raises(Mendable, match="is a damaged Word file"):
        read("a.docx", docx("", whole={"word/document.xml": text}))


def test_word_in_another_encoding_is_read():
    text = part("document", f"<w:body>{paragraph('£5')}</w:body>").replace("UTF-8", "UTF-16")
    content = read("a.docx", docx("", whole={"word/document.xml": text.encode("utf-16")}))
    assert isinstance(content, Content)
    assert next(content.paragraphs()).text == "£5"


def test_an_entity_that_is_not_known_is_damage():
    with pytest.raises(Mendable, match="is a damaged Word file"):
        read("a.docx", docx(paragraph("&a;")))


# Bounds -----------------------------------------------------------------------------------------


def nested(depth: int) -> str:
    body = "words"
    for _ in range(depth):
        body = table(row(cell(body)))
    return body


def test_tables_within_tables_are_read_or_refused_and_never_overflow():
    assert isinstance(read("a.docx", docx(nested(40))), Content)
    with pytest.raises(Mendable, match="too large"):
        read("a.docx", docx(nested(3_000)))


def test_more_elements_than_a_document_has_are_refused(monkeypatch):
    monkeypatch.setattr(xml, "MOST_ELEMENTS", 1_000)
    with pytest.raises(Mendable, match="too large"):
        read("a.docx", docx("<w:p/>" * 1_000))


def test_more_parts_than_a_file_has_are_refused():
    many = {f"a{n}": "" for n in range(package.MOST_PARTS + 1)}
    with pytest.raises(Mendable, match="too many files"):
        read("a.docx", zipped(many))


def test_two_parts_of_one_name_are_damage():
    data = docx(paragraph("a"))
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as file:
        file.writestr("word/Document.xml", "<a/>")
    with pytest.raises(Mendable, match="is a damaged Word file"):
        read("a.docx", buffer.getvalue())


def test_what_a_part_says_of_its_own_size_is_not_believed(monkeypatch):
    monkeypatch.setattr(package, "UNPACKED", 100_000)
    data = bytearray(docx(paragraph("a" * 200_000)))
    at = data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<L", data, at + 24, 1_000)  # what it says it is, unpacked
    with pytest.raises(Mendable):
        read("a.docx", bytes(data))


PEAK = """\
import sys
from hscp_plan.errors import Mendable
from hscp_plan.readers.files import read
data = open(sys.argv[1], "rb").read()
try:
    read("a", data)
    print("read")
except Mendable as error:
    print(error.what)
with open("/proc/self/status") as status:
    print(next(line for line in status if line.startswith("VmHWM")).split()[1])
"""
MOST_MEMORY = 300_000
"""In kB, Python itself counted."""


def sheet_parts(rows: str) -> dict[str, str | bytes]:
    """A workbook of one sheet of these rows."""
    parts = parts_of(docx("", main=SHEET))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book = (
        f'<workbook xmlns="{space}" xmlns:r="{OFFICE}/relationships"><sheets>'
        '<sheet name="A" sheetId="1" r:id="s"/></sheets></workbook>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="s" Type="{OFFICE}/relationships/worksheet" Target="sheet.xml"/>'
        "</Relationships>"
    )
    sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return {
        **parts,
        "word/document.xml": book,
        "word/_rels/document.xml.rels": relations,
        "word/sheet.xml": sheet,
    }


def mail_of(body: bytes, encoding: bytes = b"8bit") -> bytes:
    """An e-mail of this body."""
    head = b"MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: "
    return head + encoding + b"\n\n" + body


def bombs() -> dict[str, tuple[bytes, str]]:
    """Small files that unpack to much, and what is said of each."""
    word = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    header = '<row r="1"><c r="A1" t="inlineStr"><is><t>Id</t></is></c></row>'
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 1_000_000))
    full = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 1_000_000))
    far = "".join(
        f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'
        for row, cell in ((1, "A1"), (1_048_576, "XFD1048576"))
    )
    cells = "".join(f'<row r="{n}">{"<c><v>1</v></c>" * 10}</row>' for n in range(1, 9_900))
    return {
        "one long text": (docx(paragraph("a" * 100_000_000)), "too large to be read"),
        "many long texts": (docx(paragraph("a" * 1_900_000) * 50), "too large once it is unpacked"),
        "many paragraphs": (docx(word * 1_000_000), "is too large to be read"),
        "one text of 4-byte letters": (docx(paragraph("\U0001f600" * 400_000) * 30), "read"),
        "many attributes": (
            docx("<w:p " + " ".join(f'a{n}="{n}"' for n in range(2_000_000)) + "/>"),
            "is too large to be read",
        ),
        "a million empty rows": (zipped(sheet_parts(header + empty)), "read"),
        "a million full rows": (zipped(sheet_parts(full)), "is too large to be read"),
        "as many paragraphs as are read": (docx(word * 99_000), "read"),
        "as many cells as are read": (zipped(sheet_parts(cells)), "read"),
        "a large e-mail": (mail_of(b"> a b c d\n" * 99_000), "read"),
        "a large file within an e-mail": (mail_of(b"QUFB" * 4_900_000, b"base64"), "read"),
        "two rows far apart": (zipped(sheet_parts(far)), "read"),
    }


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    [
        "one long text",
        "many long texts",
        "many paragraphs",
        "one text of 4-byte letters",
        "many attributes",
        "a million empty rows",
        "a million full rows",
        "as many paragraphs as are read",
        "as many cells as are read",
        "a large e-mail",
        "a large file within an e-mail",
        "two rows far apart",
    ],
)
def test_memory_is_bounded(name, tmp_path):
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc/self/status tells the most memory that was taken")
    data, said = bombs()[name]
    path = tmp_path / "bomb"
    path.write_bytes(data)
    done = run((sys.executable, "-c", PEAK, str(path)), tmp_path)
    answer, peak = done.stdout.decode().splitlines()
    assert said in answer
    assert int(peak) < MOST_MEMORY


# Any bytes at all -------------------------------------------------------------------------------


def word_file() -> bytes:
    body = paragraph("a", "b") + table(row("Id", cell("x", about='<w:gridSpan w:val="2"/>')))
    return docx(body, {"comments": "", "styles": "", "footer1": paragraph("c")})


def excel_file() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Id", 0.5, True, "=1+1"])
    sheet["A1"].comment = openpyxl.comments.Comment("a", "b")
    sheet.merge_cells("A3:B4")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def mail_file() -> bytes:
    message = EmailMessage()
    message["Subject"], message["Date"] = "é", "Mon, 10 Jan 2022 10:00:00 +0000"
    message.set_content("On 4 Jan 2022, M wrote:\n> a")
    message.add_alternative("<table><tr><td rowspan=2>a<td>b</table><blockquote>c", subtype="html")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="é.png")
    return message.as_bytes()


WHOLE = [word_file(), excel_file(), mail_file()]


def read_or_refuse(name: str, data: bytes) -> None:
    try:
        given_back = read(name, data)
    except Mendable as error:
        said = error.what
    else:
        assert isinstance(given_back, Content | Mail)
        return
    assert said.startswith('"')


@given(st.binary(max_size=500))
@example(b"\xff\xfe")
@example(b"PK\x03\x04")
def test_any_bytes_at_all_are_read_or_refused(data):
    read_or_refuse("a.eml", data)


STARTS = [
    b"PK\x03\x04",
    OLE,
    b"From: a\n",
    b"MIME-Version: 1.0\nContent-Type: ",
    b"<html>",
    b"<?xml",
]


@given(st.sampled_from(STARTS), st.text(max_size=200))
def test_bytes_that_begin_like_a_file_are_read_or_refused(start, text):
    read_or_refuse("a.eml", start + text.encode("utf-8", "surrogatepass"))


@given(st.sampled_from(WHOLE), st.data())
def test_a_damaged_file_is_read_or_refused(data, draw):
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        damaged[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    read_or_refuse("a", bytes(damaged))


@given(st.sampled_from(WHOLE[:2]), st.data())
def test_a_file_with_damaged_parts_is_read_or_refused(data, draw):
    """Damage that the zip itself does not notice: words and numbers changed for others."""
    parts = parts_of(data)
    name = draw.draw(st.sampled_from(sorted(parts)))
    old_piece = draw.draw(
        st.sampled_from([b"1", b"2", b"A1", b'"', b"<", b"w:p", b"t=", b"s", b"0"])
    )
    new = draw.draw(st.sampled_from([b"", b"-1", b"99999999999", b"x", b"1e400", b"\xff", b"nan"]))
    at = draw.draw(st.integers(0, max(parts[name].count(old_piece) - 1, 0)))
    pieces = parts[name].split(old_piece)
    joined = old_piece.join(pieces[: at + 1]) + new + old_piece.join(pieces[at + 1 :])
    read_or_refuse("a", zipped({**parts, name: joined}))


# What it stands on ------------------------------------------------------------------------------


ALONE = """\
import sys
refused, *paths = sys.argv[1:]
for name in refused.split():
    sys.modules[name] = None
from hscp_plan.readers.files import read
for path in paths:
    with open(path, "rb") as file:
        read("a", file.read())
print("read")
"""


REFUSED_IMPORTS = "lxml docx xlsxwriter pydantic rich subprocess urllib.request http.client"


@pytest.mark.parametrize("number", range(5))
def test_every_reader_does_without_programs_network_lxml_and_docx(number, tmp_path):
    """As in a browser: the import of each of them fails. Python's own `email` imports `socket`."""
    data = [*WHOLE, b"a", b"<html><p>a"][number]
    (tmp_path / "file").write_bytes(data)
    refused = REFUSED_IMPORTS if data is WHOLE[2] else f"{REFUSED_IMPORTS} socket"
    done = run((sys.executable, "-c", ALONE, refused, str(tmp_path / "file")), tmp_path)
    assert done.stdout.decode().strip() == "read"


def test_a_template_is_read_too():
    content = read("a.dotx", docx(paragraph("a"), main=f"{TYPE}.template.main+xml"))
    assert isinstance(content, Content)
    assert next(content.paragraphs()).text == "a"
