"""What an e-mail says, and which of its words are the sender's own; HTML and plain text too."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from hscp_plan.errors import Mendable
from hscp_plan.readers import eml, files, html, quotation, text
from hscp_plan.readers.content import Mail, Paragraph, Run, Table


def mail(body: str, type: str = "text/plain; charset=utf-8", **headers: str) -> Mail:
    """An e-mail of one part."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\n".join(["MIME-Version: 1.0", f"Content-Type: {type}", *lines])
    return eml.read(f"{head}\n\n{body}".encode())


def told(blocks: list[Paragraph | Table]) -> list[tuple[str, int, str]]:
    """The paragraphs that say anything: each with its depth and what it is."""
    said = [block for block in blocks if isinstance(block, Paragraph) and block.text.strip()]
    return [(p.text, p.quoted, p.role) for p in said]


def lines(body: str, **options: bool) -> list[tuple[str, int, str]]:
    return told(quotation.paragraphs(body, **options))


# Quotation --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "depth", "text"),
    [
        ("> a", 1, "a"),
        (">a", 1, "a"),
        (">> a", 2, "a"),
        ("> > a", 2, "a"),
        (">  a", 1, " a"),
        ("a > b", 0, "a > b"),
    ],
)
def test_marks_tell_how_often_a_line_is_quoted(line, depth, text):
    assert lines(line) == [(text, depth, "")]


def test_a_top_posted_answer_with_marks():
    body = "On track.\n\nOn Tue, 4 Jan 2022 at 10:00, Manager <m@x.example> wrote:\n> P1.3\n> Due"
    assert lines(body) == [
        ("On track.", 0, ""),
        ("On Tue, 4 Jan 2022 at 10:00, Manager <m@x.example> wrote:", 0, "attribution"),
        ("P1.3", 1, ""),
        ("Due", 1, ""),
    ]


def test_a_bottom_posted_answer_with_marks():
    body = "On 4 January 2022, Business Manager\n<m@x.example> wrote:\n> P1.3\n\nOn track."
    assert lines(body) == [
        ("On 4 January 2022, Business Manager", 0, "attribution"),
        ("<m@x.example> wrote:", 0, "attribution"),
        ("P1.3", 1, ""),
        ("On track.", 0, ""),
    ]


def test_an_answer_between_the_quoted_lines():
    assert lines("> P1.3\nDone.\n> P1.4\nLate.") == [
        ("P1.3", 1, ""),
        ("Done.", 0, ""),
        ("P1.4", 1, ""),
        ("Late.", 0, ""),
    ]


HEADERS = "From: Manager\nSent: 04 January 2022 10:00\nTo: Chair\nSubject: P1"


@pytest.mark.parametrize(
    "above",
    [
        HEADERS,
        f"-----Original Message-----\n{HEADERS}",
        f"________________________________\n{HEADERS}",
        "-----Original Message-----",
        "Begin forwarded message:\n\nFrom: M <m@x.example>\nDate: 4 January 2022",
        "---------- Forwarded message ---------\nFrom: M\nDate: Tue\nTo: A\n and B\nSubject: x",
        "*From:* Manager\n*Sent:* 04 January 2022\n*To:* A; B\n*Subject:* P1",
        "On 4 Jan 2022, at 10:00, Manager <m@x.example> wrote:",
        "Manager <m@x.example> wrote:",
    ],
)
def test_all_below_the_block_of_outlook_and_its_like_is_quoted(above):
    told = lines(f"Done.\n\n{above}\n\nP1.3\n\nDue\n> earlier")
    assert told[0] == ("Done.", 0, "")
    assert {role for _, _, role in told[1:-3]} == {"attribution"}
    assert told[-3:] == [("P1.3", 1, ""), ("Due", 1, ""), ("earlier", 2, "")]


def test_a_block_within_quoted_lines_quotes_those_alone():
    told = lines("> From: M\n> Sent: today\n> To: C\n> P1.3\nDone.")
    assert told[-2:] == [("P1.3", 2, ""), ("Done.", 0, "")]


@pytest.mark.parametrize(
    "answer",
    [
        "From: September we had no lead.",
        "From: memory, all schools replied.\nSubject: to sign off.",
        "On 4 January 2022 the chair of the sub-group\nwrote:\nto the schools",
        "This message was sent to all schools in error, so we resend.",
        "On track",
        "On track\nJohn wrote:",
        "To: do by March",
        "________________",
        "We wrote:",
    ],
)
def test_an_answer_that_only_looks_like_one_stays_an_answer(answer):
    assert {(depth, role) for _, depth, role in lines(f"{answer}\n\nP1.4")} == {(0, "")}


def test_a_signature_is_told_apart_until_what_it_answers():
    told = lines(
        "Done.\n-- \nChair\nTel 020\n\nOn 4 Jan 2022, M wrote:\n> P1.3\nSent from my iPhone"
    )
    assert told == [
        ("Done.", 0, ""),
        ("-- ", 0, "signature"),
        ("Chair", 0, "signature"),
        ("Tel 020", 0, "signature"),
        ("On 4 Jan 2022, M wrote:", 0, "attribution"),
        ("P1.3", 1, ""),
        ("Sent from my iPhone", 0, "signature"),
    ]


@pytest.mark.parametrize(
    "line", ["-----", "--- done ---", "Get the audit done", "Get mail to schools", "- one"]
)
def test_what_is_no_signature(line):
    assert lines(f"{line}\nMore") == [(line, 0, ""), ("More", 0, "")]


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Sent from Outlook for Android",
        "Get Outlook for iOS<https://aka.ms/x>",
    ],
)
def test_a_line_that_a_telephone_added_is_a_signature(line):
    assert lines(f"Done.\n\n{line}") == [("Done.", 0, ""), (line, 0, "signature")]


def test_a_standing_notice_is_told_apart_and_kept():
    told = lines(
        "Done.\n\nThis e-mail is confidential and intended only\nfor the addressee.\n\nP1.4 late"
        "\n\nCAUTION: This email originated from outside the organisation."
    )
    assert told == [
        ("Done.", 0, ""),
        ("This e-mail is confidential and intended only", 0, "disclaimer"),
        ("for the addressee.", 0, "disclaimer"),
        ("P1.4 late", 0, ""),
        ("CAUTION: This email originated from outside the organisation.", 0, "disclaimer"),
    ]


def test_an_answer_about_an_e_mail_is_no_notice():
    assert lines("This email went to all schools.") == [("This email went to all schools.", 0, "")]


# Lines that a program broke ---------------------------------------------------------------------


def test_flowed_lines_are_joined_at_their_depth():
    body = "On \ntrack.\n> P1.3 \n> Trial\n>  indented\n From here\n-- \nChair"
    assert [(t, d) for t, d, _ in lines(body, flowed=True)] == [
        ("On track.", 0),
        ("P1.3 Trial", 1),
        (" indented", 1),
        ("From here", 0),
        ("-- ", 0),
        ("Chair", 0),
    ]


def test_a_space_that_was_put_there_to_join_goes():
    assert lines("On tr \nack", flowed=True, joined=True)[0][0] == "On track"


def test_lines_keep_their_spaces_where_nothing_flows():
    assert lines("On \ntrack ")[0][0] == "On "


def test_places_are_lines_as_they_were_sent():
    read = quotation.paragraphs("a \nb\nc", flowed=True)
    assert [p.place for p in read] == ["line 1", "line 3"]


# The e-mail itself ------------------------------------------------------------------------------


def test_subject_and_the_senders_own_day():
    read = mail("x", Subject="=?utf-8?Q?P1=2E3_=C3=B4?=", Date="Mon, 10 Jan 2022 23:30:00 -0800")
    assert (read.subject, read.day) == ("P1.3 ô", date(2022, 1, 10))
    assert read.content.modified == date(2022, 1, 10)


@pytest.mark.parametrize("said", ["", "soon", "Mon, 99 Jan 2022 10:00:00 +0000", "=?x?Q?=41?="])
def test_a_day_that_cannot_be_read_is_not_said(said):
    assert mail("x", Date=said).day is None


def test_no_address_is_kept():
    read = mail("Done.", From="Chair <chair@x.example>", To="m@x.example", Subject="P1")
    assert "x.example" not in repr(read)


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "£ “x”".encode(), "£ “x”"),
        ("us-ascii", "£ “x”".encode(), "£ “x”"),
        ("iso-8859-1", "£ “x”".encode("cp1252"), "£ “x”"),
        ("windows-1252", "£ “x”".encode("cp1252"), "£ “x”"),
        ("utf-8", b"\xa3 5", "\ufffd 5"),
        ("no-such-charset", "£".encode("cp1252"), "£"),
        ("idna", b"a" * 100, "a" * 100),
        ("hex", b"61", "61"),
        ("utf-16", "a".encode("utf-16"), "a"),
        ("utf-8", b"a\x07b", "a\u2407b"),
    ],
)
def test_charsets_right_and_wrong(charset, data, text):
    read = eml.read(
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n".encode() + data
    )
    assert told([*read.content.blocks]) == [(text, 0, "")]


def whole(**files: bytes) -> EmailMessage:
    """An e-mail in plain text and HTML, with files."""
    message = EmailMessage()
    message["Subject"] = "P1"
    message.set_content("plain words")
    message.add_alternative("<p>page words</p>", subtype="html")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def test_plain_text_is_read_before_html_and_files_come_with_it():
    read = eml.read(whole(**{"form.docx": b"PK", "../../b.txt": b"x"}).as_bytes())
    assert told([*read.content.blocks]) == [("plain words", 0, "")]
    assert read.attachments == (("form.docx", b"PK"), ("b.txt", b"x"))


def test_a_file_whose_name_is_in_no_charset_comes_all_the_same():
    data = whole(**{"é.docx": b"PK"}).as_bytes().replace(b"utf-8''", b"\0tf-8''")
    assert eml.read(data).attachments == (("attachment", b"PK"),)


def test_html_is_read_where_the_plain_text_is_blank():
    message = EmailMessage()
    message.set_content("\n")
    message.add_alternative("<p>page <s>no</s> words</p>", subtype="html")
    read = eml.read(message.as_bytes())
    assert told([*read.content.blocks]) == [("page  words", 0, "")]


def test_text_in_several_parts_is_all_read():
    body = "--b\nContent-Type: text/plain\n\none\n--b\nContent-Type: text/plain\n\ntwo\n--b--\n"
    read = mail(body, 'multipart/mixed; boundary="b"')
    assert [t for t, _, _ in told([*read.content.blocks])] == ["one", "two"]


def test_an_e_mail_within_an_e_mail_is_a_file_of_its_own():
    outer = EmailMessage()
    outer.set_content("See below.")
    outer.add_attachment(whole())
    ((name, data),) = eml.read(outer.as_bytes()).attachments
    assert name == "P1.eml"
    assert told([*eml.read(data).content.blocks]) == [("plain words", 0, "")]


@pytest.mark.parametrize(
    "type",
    [
        'multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"',
        "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
    ],
)
def test_an_encrypted_e_mail_is_refused(type):
    with pytest.raises(Mendable, match="is encrypted"):
        mail("x", type)
    with pytest.raises(Mendable, match="is encrypted"):
        mail("-----BEGIN PGP MESSAGE-----\nabc")


def test_a_signature_of_a_program_is_no_attachment():
    body = (
        "--b\nContent-Type: text/plain\n\none\n--b\n"
        "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n--b--\n"
    )
    read = mail(body, 'multipart/signed; boundary="b"')
    assert told([*read.content.blocks]) == [("one", 0, "")]
    assert read.attachments == ()


def test_what_is_not_read_is_noted():
    body = (
        "--b\nContent-Type: text/plain\n\none\n--b\nContent-Type: application/ms-tnef\n\nx\n"
        "--b\nContent-Type: image/png\nContent-ID: <a>\n\nx\n"
        "--b\nContent-Type: text/calendar\n\nx\n--b--\n"
    )
    notes = mail(body, 'multipart/mixed; boundary="b"').content.notes
    assert notes[0] == "Not read: a picture within it."
    assert notes[1].startswith("Not read: winmail.dat, which only Outlook opens. If anything")
    assert notes[2] == "Not read: an invitation to a meeting."


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("10 January 2022 10:30", date(2022, 1, 10)),
        ("Monday, January 10, 2022 10:30 AM", date(2022, 1, 10)),
        ("10/01/2022", None),
        ("", None),
    ],
)
def test_an_e_mail_that_outlook_saved_as_text(sent, day):
    body = f"From:\tChair\r\nSent:\t{sent}\r\nTo:\tM\r\nSubject:\tRE: P1\r\n\r\nDone.\r\n\r\n"
    below = "From: M\r\nSent: 4 January 2022 10:00\r\nTo: Chair\r\nSubject: P1\r\n\r\nP1.3\r\n"
    read = files.read("a.txt", (body + below).encode())
    assert isinstance(read, Mail)
    assert (read.subject, read.day) == ("RE: P1", day)
    said = told([*read.content.blocks])
    assert (said[0], said[-1]) == (("Done.", 0, ""), ("P1.3", 1, ""))


@pytest.mark.parametrize(
    "source",
    [
        'Content-Type: text/plain; x="' + ';"' * 5_000,
        "Content-Type: text/plain;" + "\n a=b;" * 5_000,
        "X: y\n" * 100_000,
    ],
)
def test_headers_that_were_made_to_take_long_are_refused(source):
    with pytest.raises(Mendable, match="headers longer"):
        eml.read(f"MIME-Version: 1.0\n{source}\n\nx".encode())


def test_a_subject_that_was_made_to_take_long_is_cut():
    assert len(mail("x", Subject="=?utf-8?q?a?= " * 1_000).subject) <= eml.LONGEST_HEADER


def test_a_file_packed_in_an_old_way_is_not_unpacked():
    body = (
        "--b\nContent-Type: application/x; name=a.docx\nContent-Transfer-Encoding: x-uuencode\n\n"
        "begin 644 a.docx\nM\nend\n--b--\n"
    )
    ((name, data),) = mail(body, 'multipart/mixed; boundary="b"').attachments
    assert (name, data.split(b"\n")[0]) == ("a.docx", b"begin 644 a.docx")


def test_parts_beyond_number_are_refused_and_those_buried_too_deep_are_noted():
    part = "--b\nContent-Type: text/plain\n\nx\n"
    with pytest.raises(Mendable, match="too many parts"):
        mail(part * 300, 'multipart/mixed; boundary="b"')
    with pytest.raises(Mendable, match="too many parts"):
        mail("--b\n\n" * 6_000, 'multipart/mixed; boundary="b"')
    deep = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(60))
    read = eml.read(f"MIME-Version: 1.0\n{deep}\nwords".encode())
    assert read.content.notes == ("Not read: parts that are buried too deep in it.",)
    many = "Content-Type: message/rfc822\n\n" * 190
    assert len(eml.read(many.encode()).attachments) == 1


# HTML -------------------------------------------------------------------------------------------


def page(source: str) -> list[tuple[str, int, str]]:
    return told(html.blocks(source))


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>a</p><p>b</p>", ["a", "b"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("a<br>b<br/>c", ["a", "b", "c"]),
        ("<p>a <b>b</b>\n c</p>", ["a b c"]),
        ("<p>&pound;5 &amp; &#9746; &lt;b&gt;</p>", ["£5 & ☒ <b>"]),
        ("<style>x{}</style><script>if (a<b) y</script><title>t</title><p>a</p>", ["a"]),
        ("<!-- no --><p>a<!-- <p>b --></p><![if !mso]><p>c</p><![endif]>", ["a", "c"]),
        ('<p style="display:none">no</p><p>a</p>', ["a"]),
        ("<pre>a\n  b</pre>", ["a", "  b"]),
        ("a &lt; b < c", ["a < b < c"]),
        ("<p>a<script>never closed", ["a"]),
        ("a<!-- never closed", ["a"]),
        ("<p>a&#7;b&#xD800;c\x07</p>", ["ab\ufffdc\u2407"]),
    ],
)
def test_the_words_of_a_page(source, texts):
    if (
        "&#7;" in source
    ):  # What Python makes of such a number is its own affair; none stays as it is.
        (said,) = (t for t, _, _ in page(source))
        assert "\x07" not in said
        return
    assert [t for t, _, _ in page(source)] == texts


def test_strike_insertions_and_colours_of_a_page():
    (read,) = html.blocks(
        '<p>a<s>b</s><del>c</del><span style="text-decoration: line-through">d</span>'
        '<ins>e</ins><span style="background:x;color: #C00000">f</span><font color=red>g</font>'
        '<span style="color:rgb(255, 0,0)">h</span><strike>i<p>j</p></strike></p>'
    )[:1]
    assert isinstance(read, Paragraph)
    assert read.runs == (
        Run("a"),
        Run("b", struck=True),
        Run("c", struck=True),
        Run("d", struck=True),
        Run("e", change="inserted"),
        Run("f", colour="C00000"),
        Run("g", colour="FF0000"),
        Run("h", colour="FF0000"),
        Run("i", struck=True),
    )


def test_a_paragraph_that_is_never_closed_does_not_keep_a_strike_open():
    assert page("<s><p>a<p>b</s><p>c") == [("c", 0, "")]


def test_headings_and_bullets_of_a_page():
    heading, bullet, plain = html.blocks("<h2>a</h2><ul><li>b</li></ul><p>c</p>")
    assert isinstance(heading, Paragraph)
    assert isinstance(bullet, Paragraph)
    assert isinstance(plain, Paragraph)
    assert (heading.level, bullet.bullet, plain.level, plain.bullet) == (2, True, 0, False)


def test_quotation_of_a_page_by_blockquote_and_by_outlook():
    gmail = (
        '<div>Done.</div><div class="gmail_quote"><div class="gmail_attr">On Tue, 4 Jan 2022 M '
        "&lt;<a href='mailto:m@x.example'>m@x.example</a>&gt; wrote:<br></div>"
        "<blockquote><div>P1.3</div><blockquote>older</blockquote></blockquote></div>after"
    )
    body = f"Content-Type: text/html\n\n{gmail}"
    assert told([*eml.read(f"MIME-Version: 1.0\n{body}".encode()).content.blocks]) == [
        ("Done.", 0, ""),
        ("On Tue, 4 Jan 2022 M <m@x.example> wrote:", 0, "attribution"),
        ("P1.3", 1, ""),
        ("older", 2, ""),
        ("after", 0, ""),
    ]
    outlook = (
        '<p class="MsoNormal">Done.<o:p></o:p></p><p>&nbsp;</p><div id="divRplyFwdMsg">'
        "<b>From:</b> M<br><b>Sent:</b> today<br><b>To:</b> C<br><b>Subject:</b> P1</div>"
        "<table><tr><td>Id</td><td>Said</td></tr></table><p>P1.3</p>"
    )
    read = quotation.told_apart(html.blocks(outlook))
    assert told(read)[0] == ("Done.", 0, "")
    assert told(read)[-1] == ("P1.3", 1, "")
    assert [b.quoted for b in read if isinstance(b, Table)] == [1]


def test_a_table_of_a_page():
    source = (
        "<table><tr><th colspan=2 style='background-color:#FB0'>a</th><th rowspan=2>b</th></tr>"
        "<tr><td bgcolor=#00ff00>c<br>d</td><td><table><tr><td>x</td><td>y</td></tr></table></td>"
        "</tr></table>"
    )
    (table,) = html.blocks(source)
    assert isinstance(table, Table)
    assert [[(c.text, c.columns, c.continues, c.fill) for c in row] for row in table.rows] == [
        [("a", 2, False, "FFBB00"), ("b", 1, False, "")],
        [("c\nd", 1, False, "00FF00"), ("", 1, False, ""), ("", 1, True, "")],
    ]
    assert table.rows[1][2].place == "table 1, row 2, column 3"
    inner = table.rows[1][1].table
    assert inner is not None
    assert [c.text for c in inner.rows[0]] == ["x", "y"]


@pytest.mark.long
def test_a_page_beyond_number_of_elements_or_of_cells_is_refused():
    with pytest.raises(Mendable, match="too long a page"):
        html.blocks("<p>" * 100_001)
    with pytest.raises(Mendable, match="too long a page"):
        html.blocks("a" * 2_000_001)
    with pytest.raises(Mendable, match="too long a page"):
        html.blocks("<table>" + "<tr><td rowspan=999><td>" * 1_000)


def test_a_table_of_one_cell_only_sets_out_the_page():
    assert page("<table><tr><td><p>a</p><p>b</p></td></tr></table>") == [("a", 0, ""), ("b", 0, "")]


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    ["<!--", "<a ", '<a x="', "<a x='", "</", "<![", "<!", "<?", "&", "<script>", "</p", "<p>",
     "<table><tr><td>", "<blockquote>", "<s>", "<td rowspan=9999 colspan=9999>", "<a x=<", "&#"],
)  # fmt: skip
def test_a_page_that_was_made_to_take_long_does_not(piece):
    """Twice as much takes no more than about twice the steps: counted, not timed."""
    small, large = (_steps(piece * number) for number in (2_000, 4_000))
    assert large <= small * 2.5 + 10_000


def _steps(source: str) -> int:
    import sys

    count = 0

    def step(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(step)
    try:
        html.blocks(source)
    finally:
        sys.setprofile(None)
    return count


# Plain text -------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_text_as_windows_saves_it(encoding):
    words, notes = text.decoded("P1.3\r\n£5 “done”\r\n".encode(encoding))
    content = text.read(words, notes)
    assert [(p.text, p.place) for p in content.paragraphs()] == [
        ("P1.3", "line 1"),
        ("£5 “done”", "line 2"),
    ]
    assert bool(content.notes) == (encoding == "cp1252")


def test_lines_end_in_three_ways_and_blank_ones_count():
    content = text.read("a\rb\n\r\nc")
    assert [(p.text, p.place) for p in content.paragraphs()] == [
        ("a", "line 1"),
        ("b", "line 2"),
        ("", "line 3"),
        ("c", "line 4"),
    ]


@pytest.mark.parametrize("data", [b"a\0b", b"\x01\x02", b"\x81\x8d", b"\xff\xfea"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(Mendable, match="no text"):
        text.decoded(data)


def test_a_text_beyond_number_of_lines_is_refused():
    with pytest.raises(Mendable, match="more than 100,000 lines"):
        text.read("a\n" * 100_001)
