"""Word files packed part by part, as no library of ours would make them."""

from __future__ import annotations

import io
import zipfile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STRICT = {
    WORD: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    f"{OFFICE}/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    f"{OFFICE}/custom-properties": "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    f"{OFFICE}/docPropsVTypes": "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
}
SPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """The parts as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return buffer.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """What a zip holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def run(text: str, look: str = "") -> str:
    """A run; `look` is what its properties hold."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, about: str = "") -> str:
    """A paragraph of runs, or of plain texts."""
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p><w:pPr>{about}</w:pPr>{inner}</w:p>"


def cell(*paragraphs: str, about: str = "") -> str:
    """A cell of paragraphs, or of plain texts."""
    inner = "".join(p if p.startswith("<") else paragraph(p) for p in paragraphs)
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, about: str = "") -> str:
    """A row of cells, or of plain texts."""
    inner = "".join(c if c.startswith("<") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{about}</w:trPr>{inner}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def control(tag: str, inner: str, about: str = "") -> str:
    """A content control of this name around what it holds."""
    named = f'<w:tag w:val="{tag}"/>' if tag else ""
    return f"<w:sdt><w:sdtPr>{named}{about}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def part(name: str, inner: str) -> str:
    """A part whose root has this name: document, comments, styles."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {SPACES}>{inner}</w:{name}>'


def docx(
    body: str,
    parts: dict[str, str] | None = None,
    whole: dict[str, str | bytes] | None = None,
    main: str = f"{TYPE}.document.main+xml",
    strict: bool = False,
) -> bytes:
    """A Word file. `parts` are those beside the document, by the kind of each, with what its root
    holds; `whole` are others, by their names."""
    kinds = parts or {}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/relationships/{kind.rstrip("0123456789")}" '
        f'Target="{kind}.xml"/>'
        for n, kind in enumerate(kinds)
    )
    roots = {"header": "hdr", "footer": "ftr"}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": types(main),
        "_rels/.rels": relationships(
            f'<Relationship Id="a" Type="{OFFICE}/relationships/officeDocument" '
            'Target="word/document.xml"/>'
            '<Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/'
            'relationships/metadata/core-properties" Target="docProps/core.xml"/>'
            f'<Relationship Id="c" Type="{OFFICE}/relationships/custom-properties" '
            'Target="docProps/custom.xml"/>'
        ),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relationships(relations),
    }
    for kind, inner in kinds.items():
        bare = kind.rstrip("0123456789")
        files[f"word/{kind}.xml"] = part(roots.get(bare, bare), inner)
    files |= whole or {}
    return zipped({name: _strict(text) for name, text in files.items()} if strict else files)


def types(main: str, name: str = "/word/document.xml") -> str:
    """What a file says of its parts."""
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        f'<Types xmlns="{space}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{name}" ContentType="{main}"/></Types>'
    )


def relationships(inner: str) -> str:
    """A part's relationships."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inner}</Relationships>'


def core(modified: str, name: str = "modified") -> str:
    """A file's own properties, as Office keeps them."""
    space = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return (
        f'<cp:coreProperties xmlns:cp="{space}" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dcterms:{name}>{modified}</dcterms:{name}></cp:coreProperties>"
    )


def custom(name: str, value: str) -> str:
    """A property that somebody has added."""
    return (
        f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
    )


def _strict(text: str | bytes) -> str | bytes:
    if isinstance(text, bytes):
        return text
    for ordinary, strict in STRICT.items():
        text = text.replace(ordinary, strict)
    return text
