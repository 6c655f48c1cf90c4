"""What a Word file says, however its program put it: words, strike-through, tracked changes,
content controls, tables, comments."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document
from office import (
    OFFICE,
    TYPE,
    WORD,
    cell,
    control,
    core,
    custom,
    docx,
    paragraph,
    part,
    relationships,
    row,
    run,
    table,
    types,
)

from hscp_plan.readers import files
from hscp_plan.readers.content import Content, Paragraph, Run
from hscp_plan.readers.docx import read

STRUCK = "<w:strike/>"
HINT = "<w:showingPlcHdr/>"


def first(content: Content) -> Paragraph:
    return next(content.paragraphs())


def texts(content: Content) -> list[str]:
    return [p.text for p in content.paragraphs()]


def one(*runs: str, about: str = "", **parts: str) -> Paragraph:
    """The one paragraph of these runs, as it is read."""
    return first(read(docx(paragraph(*runs, about=about), parts)))


# Letters ----------------------------------------------------------------------------------------


def test_runs_that_a_program_parted_are_one():
    assert one(run("On "), run("tr"), run("ack"), "<w:proofErr/>").runs == (Run("On track"),)


@pytest.mark.parametrize("look", [STRUCK, "<w:dstrike/>", '<w:strike w:val="1"/>'])
def test_what_is_struck_out_is_not_said(look):
    read = one(run("Green", look), run(" Amber"))
    assert (read.text, read.struck) == (" Amber", "Green")


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_a_strike_that_is_switched_off_strikes_nothing(value):
    assert one(run("Green", f'<w:strike w:val="{value}"/>')).text == "Green"


def test_strike_and_colour_come_from_styles_as_well():
    styles = (
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:color w:val="ff0000"/></w:rPr>'
        '</w:style><w:style w:type="character" w:styleId="Gone"><w:basedOn w:val="Base"/>'
        "<w:rPr><w:strike/></w:rPr></w:style>"
    )
    read = one(run("a", '<w:rStyle w:val="Gone"/>'), run("b", ""), styles=styles)
    assert read.runs == (Run("a", struck=True, colour="FF0000"), Run("b"))


def test_a_style_that_builds_on_itself_ends():
    styles = '<w:style w:styleId="A"><w:basedOn w:val="A"/></w:style>'
    assert one("a", about='<w:pStyle w:val="A"/>', styles=styles).text == "a"


@pytest.mark.parametrize(("value", "colour"), [("c00000", "C00000"), ("auto", ""), ("red", "")])
def test_the_colour_of_letters(value, colour):
    assert one(run("a", f'<w:color w:val="{value}"/>')).runs == (Run("a", colour=colour),)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:t>a</w:t><w:br/><w:t>b</w:t>", "a\nb"),
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a\tb"),
        ("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t>", "a\u2011b"),
        ("<w:t> a\n b </w:t>", "a  b"),
        ('<w:t xml:space="preserve"> a </w:t>', " a "),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Wingdings 2" w:char="F054"/>', "☒"),
        ('<w:sym w:font="Wingdings" w:char="F001"/>', "�"),
        ('<w:sym w:font="Segoe UI Symbol" w:char="2612"/>', "☒"),
        ('<w:sym w:font="A" w:char="-5"/>', "�"),
        ('<w:sym w:font="A" w:char="D800"/>', "�"),
        ('<w:sym w:font="A" w:char="zz"/>', "�"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fc done</w:t>', "✓ done"),
        ("<w:t>☒ ☑ ☐ “x” £5</w:t>", "☒ ☑ ☐ “x” £5"),
        ("<w:t>a\u0085b\u0007c</w:t>".replace("\u0007", "\u009f"), "a\nb\ufffdc"),
        ("<w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt>"
         "<w:rubyBase><w:r><w:t>b</w:t></w:r></w:rubyBase></w:ruby>", "b"),
    ],
)  # fmt: skip
def test_characters_are_what_a_person_sees(inner, text):
    assert one(f"<w:r>{inner}</w:r>").text == text


def test_hidden_text_is_not_said_but_noted():
    content = read(docx(paragraph(run("a", "<w:vanish/>"), "b")))
    assert texts(content) == ["b"]
    assert content.notes == ("Not read: hidden text (paragraph 1).",)


@pytest.mark.parametrize(
    "around",
    [
        '<w:hyperlink r:id="x">{}</w:hyperlink>',
        "<w:smartTag>{}</w:smartTag>",
        "<w:customXml>{}</w:customXml>",
        '<w:fldSimple w:instr="DDEAUTO c:\\evil">{}</w:fldSimple>',
        "<m:oMath><m:r><m:t>a</m:t></m:r></m:oMath>",
        '<mc:AlternateContent><mc:Choice Requires="w14">{}</mc:Choice><mc:Fallback>'
        "<w:r><w:t>b</w:t></w:r></mc:Fallback></mc:AlternateContent>",
    ],
)
def test_what_stands_around_letters_is_read_through(around):
    assert one(around.format(run("a"))).text == "a"


# Fields -----------------------------------------------------------------------------------------

MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (MARK.format(kind) for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText>DDEAUTO evil</w:instrText></w:r>"


def test_a_field_says_what_it_showed_last_and_never_its_code():
    nested = BEGIN + CODE + SEPARATE + run("code") + END
    whole = BEGIN + CODE + nested + SEPARATE + run("shown") + END
    assert one(run("a "), whole, run(" b")).text == "a shown b"


def test_a_field_without_an_end_hides_nothing():
    content = read(docx(paragraph(BEGIN + CODE, "a") + paragraph("b")))
    assert texts(content) == ["a", "b"]


def test_a_field_over_paragraphs_hides_its_code_alone():
    content = read(docx(paragraph(BEGIN, "x") + paragraph("y", SEPARATE, "b") + paragraph(END)))
    assert texts(content) == ["", "b", ""]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/>'
         '<w:listEntry w:val="Green"/></w:ddList>', "Green"),
        ('<w:ddList><w:result w:val="9"/><w:listEntry w:val="Red"/></w:ddList>', ""),
    ],
)  # fmt: skip
def test_the_fields_of_an_old_form_say_what_they_show(data, text):
    mark = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    assert one(mark, CODE, END).text == text


# Tracked changes --------------------------------------------------------------------------------


def change(name: str, text: str) -> str:
    tag = "delText" if name in ("del", "moveFrom") else "t"
    return f'<w:{name} w:id="1"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{name}>'


@pytest.mark.parametrize(("gone", "come"), [("del", "ins"), ("moveFrom", "moveTo")])
def test_an_insertion_is_said_and_a_deletion_is_not(gone, come):
    read = one("On ", change(gone, "track"), change(come, "hold"))
    assert (read.text, read.struck) == ("On hold", "track")
    assert [r.change for r in read.runs] == ["", "deleted", "inserted"]


def test_an_insertion_that_was_deleted_again_is_not_said():
    assert one(f"<w:ins>{change('del', 'no')}</w:ins>", "yes").text == "yes"


def test_a_paragraph_whose_end_is_deleted_runs_on():
    gone = "<w:rPr><w:del/></w:rPr>"
    content = read(docx(paragraph("On ", about=gone) + paragraph("track") + paragraph("b")))
    assert texts(content) == ["On track", "b"]
    assert texts(read(docx(paragraph("last", about=gone)))) == ["last"]


def test_rows_and_cells_that_were_inserted_or_deleted():
    content = read(
        docx(
            table(
                row("a", about="<w:ins/>"),
                row("b", about="<w:del/>"),
                row(cell("c", about="<w:cellDel/>"), cell("d", about="<w:cellIns/>")),
            )
        )
    )
    (rows,) = (t.rows for t in content.tables())
    changes = [[c.paragraphs[0].runs[0].change for c in row] for row in rows]
    assert changes == [["inserted"], ["deleted"], ["deleted", "inserted"]]


# Paragraphs -------------------------------------------------------------------------------------

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/>'
    '<w:basedOn w:val="berschrift2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
)


@pytest.mark.parametrize(
    ("about", "level", "bullet"),
    [
        ("", 0, False),
        ('<w:pStyle w:val="berschrift2"/>', 2, False),
        ('<w:pStyle w:val="Mine"/>', 2, False),
        ('<w:pStyle w:val="Mine"/><w:outlineLvl w:val="0"/>', 1, False),
        ('<w:pStyle w:val="Mine"/><w:outlineLvl w:val="9"/>', 0, False),
        ('<w:outlineLvl w:val="12"/>', 0, False),
        ('<w:pStyle w:val="L"/>', 0, True),
        ('<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>', 0, False),
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>', 0, True),
    ],
)
def test_headings_and_bullets_by_style_and_by_the_paragraph_itself(about, level, bullet):
    read = one("a", about=about, styles=STYLES)
    assert (read.level, read.bullet) == (level, bullet)


def test_places_are_words_that_find_them_in_word():
    inner = table(row(cell("x"), cell(table(row("y")), "")))
    content = read(docx(paragraph("a") + inner + paragraph("b") + table(row("z"))))
    assert [p.place for p in content.paragraphs()] == ["paragraph 1", "paragraph 2"]
    first, second = content.tables()
    assert (first.place, second.place) == ("table 1", "table 2")
    assert first.rows[0][1].place == "table 1, row 1, column 2"
    within = first.rows[0][1].table
    assert within is not None
    assert within.rows[0][0].place == ("table 1, row 1, column 2, table within, row 1, column 1")


# Tables -----------------------------------------------------------------------------------------


def test_cells_that_go_over_columns_and_rows():
    content = read(
        docx(
            table(
                row(cell("a", about='<w:gridSpan w:val="2"/>'),
                    cell("b", about='<w:vMerge w:val="restart"/>')),
                row("c", "d", cell("", about="<w:vMerge/>")),
                row("e", about='<w:gridBefore w:val="2"/>'),
            )
        )
    )  # fmt: skip
    rows = next(content.tables()).rows
    assert [(c.columns, c.continues) for row in rows for c in row] == [
        *((2, False), (1, False)),
        *((1, False), (1, False), (1, True)),
        *((2, False), (1, False)),
    ]
    assert rows[0][1].place == "table 1, row 1, column 3"
    assert rows[2][1].place == "table 1, row 3, column 3"


@pytest.mark.parametrize("span", ["999999999", "x", "-3", "0", ""])
def test_a_cell_over_absurdly_many_columns_does_no_harm(span):
    content = read(docx(table(row(cell("a", about=f'<w:gridSpan w:val="{span}"/>')))))
    assert 1 <= next(content.tables()).rows[0][0].columns <= 1000


def test_several_paragraphs_in_a_cell_are_lines():
    content = read(docx(table(row(cell("a", "b")))))
    assert next(content.tables()).rows[0][0].text == "a\nb"


def test_the_colour_behind_a_cell():
    content = read(
        docx(
            table(
                row(
                    cell("a", about='<w:shd w:val="clear" w:fill="ffbf00"/>'),
                    cell("b", about='<w:shd w:val="clear" w:fill="auto"/>'),
                )
            )
        )
    )
    assert [c.fill for c in next(content.tables()).rows[0]] == ["FFBF00", ""]


def test_tables_within_a_cell_lose_no_words():
    content = read(docx(table(row(cell(table(row("a")), table(row("b")), "c")))))
    cell_read = next(content.tables()).rows[0][0]
    assert cell_read.table is not None
    assert cell_read.table.rows[0][0].text == "a"
    assert cell_read.text == "b\nc"


# Content controls -------------------------------------------------------------------------------


def levels(words: str, about: str = "") -> dict[str, str]:
    """A table's cell with a control at each level that Word has."""
    plain = paragraph(words)
    return {
        "run": table(row(cell(paragraph(control("t", run(words), about))))),
        "block": table(row(cell(control("t", plain, about)))),
        "cell": table(row(control("t", cell(plain), about))),
        "row": table(control("t", row(cell(plain)), about)),
        "table": control("t", table(row(cell(plain))), about),
    }


@pytest.mark.parametrize("level", levels(""))
def test_a_content_control_is_named_at_every_level(level):
    content = read(docx(levels("On track")[level]))
    (said,) = content.controls
    assert (said.tag, said.placeholder) == ("t", False)
    assert [p.text for p in said.paragraphs] == ["On track"]
    assert said.paragraphs[0].place == "table 1, row 1, column 1"
    (cell_read,) = next(content.tables()).rows[0]
    assert (cell_read.tags, cell_read.text) == (("t",), "On track")


@pytest.mark.parametrize("level", ["run", "block", "cell", "row"])
def test_a_hint_is_no_answer(level):
    content = read(docx(levels("Click here", HINT)[level]))
    (said,) = content.controls
    assert said.placeholder
    assert [p.text for p in said.paragraphs] == ["Click here"]
    (cell_read,) = next(content.tables()).rows[0]
    assert (cell_read.tags, cell_read.text) == (("t",), "")


def test_the_names_of_controls_outermost_first():
    inner = cell(paragraph(control("c", control("d", run("x")))))
    content = read(docx(table(control("a", row(control("b", inner))))))
    assert next(content.tables()).rows[0][0].tags == ("a", "b", "c", "d")
    assert [c.tag for c in content.controls] == ["a", "b", "c", "d"]


def test_a_control_without_a_tag_goes_by_its_title_and_one_without_either_is_read_through():
    titled = control("", run("a"), '<w:alias w:val="Status"/>')
    content = read(docx(paragraph(titled, control("", run("b")))))
    assert [(c.tag, c.paragraphs[0].text) for c in content.controls] == [("Status", "a")]
    assert texts(content) == ["ab"]
    content = read(docx(table(row(cell(paragraph(control("", run("b"))))))))
    assert [(c.text, c.tags) for c in next(content.tables()).rows[0]] == [("b", ())]


def test_a_choice_and_a_box_say_what_they_show():
    choice = '<w:dropDownList><w:listItem w:displayText="Red" w:value="r"/></w:dropDownList>'
    box = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    content = read(docx(paragraph(control("s", run("Red"), choice), control("b", run("☒"), box))))
    assert [c.paragraphs[0].text for c in content.controls] == ["Red", "☒"]


# What stands beside the text --------------------------------------------------------------------

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}"
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    "<w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    "</w:r>"
)


def test_a_text_box_is_read_once():
    content = read(docx(paragraph("a", BOX.format(paragraph("boxed"))) + paragraph("b")))
    assert texts(content) == ["a", "boxed", "b"]
    assert [p.place for p in content.paragraphs()] == ["paragraph 1", "text box 1", "paragraph 2"]


def test_a_text_box_in_a_cell_is_the_cells():
    content = read(docx(table(row(cell(paragraph("a", BOX.format(paragraph("boxed"))))))))
    assert next(content.tables()).rows[0][0].text == "a\nboxed"
    old = BOX.partition("<mc:Fallback>")[2].partition("</mc:Fallback>")[0]
    content = read(docx(paragraph(f"<w:r>{old.format(paragraph('old'))}</w:r>")))
    assert texts(content) == ["", "old"]


def test_a_picture_an_object_and_another_document_are_noted():
    content = read(
        docx(
            paragraph("<w:r><w:drawing/></w:r>", "<w:r><w:object/></w:r>")
            + '<w:altChunk r:id="x"/>'
            + "".join(paragraph("<w:r><w:drawing/></w:r>") for _ in range(6))
        )
    )
    assert content.notes == (
        "Not read: a picture (paragraph 1; paragraph 2; paragraph 3; paragraph 4; paragraph 5 and"
        " 2 more).",
        "Not read: an object (paragraph 1).",
        "Not read: another document within it (the text).",
    )


def test_footnotes_and_endnotes_follow_the_text():
    mark = '<w:r><w:{}noteReference w:id="2"/></w:r>'
    notes = '<w:{0}note w:id="0"><w:p/></w:{0}note><w:{0}note w:id="2">{1}</w:{0}note>'
    content = read(
        docx(
            paragraph("a", mark.format("foot"), mark.format("end")),
            {
                "footnotes": notes.format("foot", paragraph("below")),
                "endnotes": notes.format("end", paragraph("after")),
            },
        )
    )
    assert [(p.text, p.place) for p in content.paragraphs()] == [
        ("a", "paragraph 1"),
        ("below", "footnote 1"),
        ("after", "endnote 1"),
    ]


def test_heads_and_feet_of_pages_stand_apart_with_their_tables():
    content = read(
        docx(
            paragraph("a"),
            {"header1": paragraph("head"), "footer2": table(row("left", "right"))},
        )
    )
    assert texts(content) == ["a"]
    assert [p.text for p in content.foot] == ["head", "left", "right"]
    assert content.foot[0].place == "page header"


def test_a_comment_has_its_words_and_its_place():
    start, end = '<w:commentRangeStart w:id="7"/>', '<w:commentRangeEnd w:id="7"/>'
    content = read(
        docx(
            table(row("x", cell(paragraph("a ", start, "trial"), paragraph("began", end, " then"))))
            + paragraph('<w:r><w:commentReference w:id="8"/></w:r>'),
            {
                "comments": '<w:comment w:id="7" w:author="Chair">'
                + paragraph("Is it?")
                + paragraph("Ask.")
                + '</w:comment><w:comment w:id="8" w:author="B">'
                + paragraph("Here")
                + '</w:comment><w:comment w:id="9" w:author="C"/>'
            },
        )
    )
    assert content.comments == (
        ("Chair", "Is it?\nAsk.", '"trial began", table 1, row 1, column 2'),
        ("B", "Here", "paragraph 1"),
        ("C", "", ""),
    )
    assert texts(content) == [""]


def test_a_comment_that_never_ends_keeps_few_of_its_words():
    body = paragraph('<w:commentRangeStart w:id="1"/>', *["word " * 50] * 50)
    content = read(docx(body, {"comments": '<w:comment w:id="1" w:author="A"/>'}))
    assert len(content.comments[0].place) < 100


def test_properties_and_the_day_of_the_last_change():
    content = read(
        docx(
            paragraph("a"),
            whole={
                "docProps/core.xml": core("2022-01-10T23:59:00Z"),
                "docProps/custom.xml": custom("hscp form", "2021-23 / x"),
            },
        )
    )
    assert content.modified == date(2022, 1, 10)
    assert content.properties == {"hscp form": "2021-23 / x"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("", None), ("soon", None), ("2022-13-01", None), ("2022-01-02", (2022, 1, 2))),
        (
            "2022-01-02T00:00:00Z",
            None,
        ),  # a program made it up: nobody saves at midnight to the second
    ],
)
def test_a_day_that_is_none_is_not_said(text, day):
    content = read(docx(paragraph("a"), whole={"docProps/core.xml": core(text, "created")}))
    assert content.modified == (day and date(*day))


# Other programs ---------------------------------------------------------------------------------


def test_a_strict_file_says_the_same_as_an_ordinary_one():
    body = paragraph("a", change("del", "b")) + table(row(cell(control("t", paragraph("c")))))
    parts = {"comments": '<w:comment w:id="1" w:author="A"/>', "styles": STYLES}
    whole: dict[str, str | bytes] = {
        "docProps/core.xml": core("2022-01-10T10:00:00Z"),
        "docProps/custom.xml": custom("hscp form", "x"),
    }
    strict = docx(body, parts, whole, strict=True)
    assert WORD.encode() not in strict
    assert read(strict) == read(docx(body, parts, whole))


def test_the_main_part_may_have_any_name():
    data = docx(
        "",
        whole={
            "_rels/.rels": docx_relations("/word/document2.xml"),
            "word/document2.xml": part("document", f"<w:body>{paragraph('a')}</w:body>"),
        },
    )
    assert texts(read(data)) == ["a"]


def docx_relations(target: str) -> str:
    kind = f"{OFFICE}/relationships/officeDocument"
    return relationships(f'<Relationship Id="a" Type="{kind}" Target="{target}"/>')


def test_a_template_kept_elsewhere_is_not_looked_at():
    kind = f"{OFFICE}/relationships"
    data = docx(
        paragraph("a"),
        whole={
            "word/_rels/document.xml.rels": relationships(
                f'<Relationship Id="a" Type="{kind}/styles" Target="http://evil.example/s"'
                ' TargetMode="External"/>'
                f'<Relationship Id="b" Type="{kind}/comments" Target="../../../etc/passwd"/>'
            )
        },
    )
    assert texts(read(data)) == ["a"]


def test_what_python_docx_wrote():
    document = Document()
    document.add_heading("Neglect", 1)
    document.add_paragraph("One", style="List Bullet")
    grid = document.add_table(2, 2)
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "both"
    grid.cell(0, 1).text = "b"
    buffer = io.BytesIO()
    document.save(buffer)
    content = read(buffer.getvalue())
    heading, bullet = content.paragraphs()
    assert (heading.text, heading.level) == ("Neglect", 1)
    assert (bullet.text, bullet.bullet) == ("One", True)
    rows = next(content.tables()).rows
    assert [[(c.text, c.continues) for c in row] for row in rows] == [
        [("both", False), ("b", False)],
        [("", True), ("", False)],
    ]


def test_a_form_from_word_online():
    """Its main part has another name, each cell's words are parted at every edit, choices stay
    content controls, and a comment that is answered stands beside its answer."""
    start = '<w:commentRangeStart w:id="{0}"/>'.format
    end = '<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r>'.format
    lang = '<w:lang w:eastAsia="en-GB"/>'
    words = (start(0), start(1), run("Trial", lang), run(" began", lang), end(0), end(1))
    choice = control("hscp:P1.3:status", run("On track", lang), "<w:dropDownList/>")
    body = table(
        row(
            cell(paragraph(run("P1.3", lang))),
            cell(paragraph(control("hscp:P1.3:happened", "".join(words)))),
            cell(paragraph(choice)),
        )
    )
    name = "word/document2.xml"
    data = docx(
        "",
        {
            "comments": "".join(
                f'<w:comment w:id="{n}" w:author="Chair">{paragraph(text)}</w:comment>'
                for n, text in enumerate(("Is it?", "Yes."))
            )
        },
        {
            "_rels/.rels": docx_relations(f"/{name}"),
            name: part("document", f"<w:body>{body}</w:body>"),
            "[Content_Types].xml": types(f"{TYPE}.document.main+xml", f"/{name}"),
            "word/_rels/document2.xml.rels": relationships(
                f'<Relationship Id="c" Type="{OFFICE}/relationships/comments"'
                ' Target="/word/comments.xml"/>'
            ),
        },
    )
    content = files.read("form.docx", data)
    assert isinstance(content, Content)
    assert [[c.text for c in row] for row in next(content.tables()).rows] == [
        ["P1.3", "Trial began", "On track"]
    ]
    assert [c.tag for c in content.controls] == ["hscp:P1.3:happened", "hscp:P1.3:status"]
    place = '"Trial began", table 1, row 1, column 2'
    assert content.comments == (("Chair", "Is it?", place), ("Chair", "Yes.", place))


def test_a_form_from_google_docs():
    """It drops content controls and a file's own properties, parts runs, gives every run a look of
    its own, and wraps suggestions as tracked changes."""
    look = '<w:rtl w:val="0"/><w:color w:val="000000"/>'
    content = read(
        docx(
            table(
                row("Id", "What has happened", "Status"),
                row(
                    cell(paragraph(run("P1", look), run(".3", look))),
                    cell(
                        paragraph(
                            run("Trial ", look),
                            f'<w:ins w:author="C" w:id="0">{run("began", look)}</w:ins>',
                            f'<w:del w:author="C" w:id="1"><w:r><w:rPr>{look}</w:rPr>'
                            "<w:delText>is late</w:delText></w:r></w:del>",
                        )
                    ),
                    cell(paragraph(run("On track", look + '<w:strike w:val="0"/>'))),
                ),
            ),
            {"footer1": paragraph(run("hscp form 2021-23 / ", look), run("2022", look))},
        )
    )
    row_read = next(content.tables()).rows[1]
    assert [c.text for c in row_read] == ["P1.3", "Trial began", "On track"]
    assert content.controls == ()
    assert [p.text for p in content.foot] == ["hscp form 2021-23 / 2022"]
