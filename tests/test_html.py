"""Pages of HTML: sound, closed to all that is not theirs, and safe whatever a plan's text is."""

import re
from datetime import date

import pytest
import webpages
from running import REPO

from hscp_plan import store
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
    SmallLine,
    Stack,
    Table,
    Tally,
    Title,
)
from hscp_plan.reports.timeline import Timeline
from hscp_plan.words import KINDS, one_line
from hscp_plan.writers import html, small_line, svg

DAY = date(2021, 12, 15)
NASTY = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp; &#60;",
    "<!-- --><![CDATA[x]]>",
    "\u202egnp.exe\u2066 \x1b[31m\x00",
    "]]></title></head>",
)


def paper(*blocks, **changed):
    document = (Title("A paper", "as at 15 December 2021"), *blocks)
    return Paper("paper", document, "A partnership", "Made by hscp", **changed)


def every_block(text):
    """A document in which this text stands wherever a text can."""
    line = (text, Mark("at risk", text), read("2022-04"), Link(text, "https://www.example.org/"))
    line = (*line, SmallLine((1, None, 3), text))
    table = Table(
        (Column(text), Column("Due", right=True), Column("")),
        (Heading(text), (text, Stack(line, (line,)), Room(text, 2)), (Link(text, ""), text, "")),
        caption=text,
    )
    bar = Bar("P1.1", text, Mark("overdue", text), date(2021, 4, 1), DAY, date(2021, 10, 31))
    return (
        Paragraph(line),
        Heading(text, 1, "P1"),
        Tally((text, Mark("complete", text))),
        Numbered((line,)),
        Heading(text, 3, "P1"),
        Items((Item(text, text, (line,), Mark("overdue"), "https://www.example.org/"),)),
        Facts(((text, line),)),
        table,
        table._replace(header=False, caption=""),
        Bars(date(2021, 4, 1), date(2023, 3, 31), DAY, ((text, (bar,)),)),
    )


# --- what holds a page sound, and would notice where it is not ------------------------------------

SOUND = html.draw(paper(*every_block("words")))
SPOILT = {
    "is never closed": ("</footer>", ""),
    "closes": ("</h1>", "</p>"),
    "British English": ('lang="en-GB"', 'lang="en"'),
    "not one title": ("<title>A paper – A partnership</title>", ""),
    "not one h1": ("<main", "<h1>b</h1><main"),
    "h4 follows h2": ("<h3", "<h4"),
    "a <h1> is empty": ("<h1>A paper</h1>", "<h1></h1>"),
    "stands twice": ("<header>", '<header id="P1">'),
    "not one <main>": ("<footer>", "<main></main><footer>"),
    "no name of its own": ("</header>", "<nav></nav></header>"),
    "does not skip": ('href="#_main"', 'href="#nowhere"'),
    "no caption": ("<caption>words</caption>", ""),
    "no scope": (' scope="col"', ""),
    "has a <script>": ("</body>", "<script></script></body>"),
    "has onclick": ("<h1>", '<h1 onclick="x()">'),
    "has style": ("<h1>", '<h1 style="color:red">'),
    "leads to javascript:x": ('href="https://www.example.org/"', 'href="javascript:x"'),
    "hidden from those": ('<svg aria-hidden="true"', "<svg"),
    "has no title": ("<title>words</title>", ""),
    "lets in more or less": ("default-src 'none'", "default-src 'self'"),
    "fetches something": ("</style>", "b{background:url(x)}</style>"),
}


def test_a_page_of_every_kind_of_block_is_sound():
    assert webpages.wrong(SOUND) == []


@pytest.mark.parametrize("what", SPOILT)
def test_a_page_that_is_not_sound_is_noticed(what):
    was, now = SPOILT[what]
    assert was in SOUND
    assert any(what in found for found in webpages.wrong(SOUND.replace(was, now)))


# --- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", NASTY)
def test_a_text_is_only_ever_text(text):
    pages = [
        html.draw(paper(*every_block(said))._replace(subtitle=said, foot=said))
        for said in (text, "words")
    ]
    assert webpages.wrong(pages[0]) == []
    nasty, plain = map(webpages.Page, pages)
    assert [tag for tag, _ in nasty.elements] == [tag for tag, _ in plain.elements]
    shown = " ".join(one_line(text).split()).casefold()
    assert nasty.plain_text.casefold().count(shown) == plain.plain_text.casefold().count("words")


def test_a_text_is_shown_as_it_stands():
    told = webpages.Page(html.draw(paper(Paragraph(("{{ 7 * 7 }} <b>&amp;",))))).plain_text
    assert "{{ 7 * 7 }} <b>&amp;" in told


def test_what_reorders_or_hides_is_shown_as_an_escape():
    page = html.draw(paper(Paragraph(("a\u202eb\x00c\x1b",))))
    assert r"a\u{202e}b\x00c\x1b" in page


@pytest.mark.parametrize(
    "url",
    ["https://www.example.org/a?b=1&c=2#d", "http://example.org", "mailto:a@example.org", "#P1.3",
     "p1.html", "p1.html#P1.3", "meeting-2021-10-20.html", "https://a/\"onclick=\"x",
     "mailto:<b>'&"],
)  # fmt: skip
def test_an_address_of_the_web_a_mailbox_and_the_site_is_live(url):
    blocks = Paragraph((Link("there", url),)), Items((Item("P1", "there", url=url),))
    page = html.draw(paper(Heading("P1", id="P1.3"), *blocks))
    assert webpages.Page(page).links[1:] == [url, url]
    assert webpages.wrong(page) == []


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
     "vbscript:x", "file:///etc/passwd", "//example.org/x", "/etc/passwd", "../p1.html", "\\\\host",
     "https://a b", "https://example.org/\u202e", "ftp://example.org", "https://", "#", ""],
)  # fmt: skip
def test_any_other_address_is_only_its_words(url):
    blocks = Paragraph((Link("there", url),)), Items((Item("P1", "there", url=url),))
    page = webpages.Page(html.draw(paper(*blocks)))
    assert page.links == ["#_main"]
    assert page.plain_text.count("there") == 2


# --- drawings -------------------------------------------------------------------------------------


def test_a_timeline_is_drawn_and_said():
    plan = store.open_plan(REPO / "examples" / "demo-plan").plan
    page = html.draw(Paper("timeline", Timeline(plan, DAY).document(), "A partnership", ""))
    assert webpages.wrong(page) == []
    read_page = webpages.Page(page)
    assert len(read_page.tables) == 1
    ids = {m.id for p in plan.priorities for m in p.milestones}
    assert {text.split()[0] for text in read_page.texts["th"]} >= ids
    assert {text for text in read_page.texts["svg text"] if text in ids} == ids


def test_no_table_is_made_of_a_timeline_that_has_one_below_it():
    plan = store.open_plan(REPO / "examples" / "demo-plan").plan
    _, bars, _ = Timeline(plan, DAY).document()
    table = Table((Column("Milestone"),), (("P1.1",),))
    assert len(webpages.Page(html.draw(paper(bars, table))).tables) == 1


@pytest.mark.parametrize(
    ("numbers", "path"),
    [
        ((1, 3, 2), "M3 15.0h0L15 3.0L27 9.0"),
        ((5, 5), "M3 9.0h0L15 9.0"),
        ((1, None, 3, 2), "M3 15.0h0M27 3.0h0L39 9.0"),
        ((None, 1, None), "M15 9.0h0"),
    ],
)
def test_a_small_line_is_broken_where_there_is_no_figure(numbers, path):
    drawn = small_line.drawing(SmallLine(numbers, "words"))
    assert re.search(r'd="(.*?)"', drawn)[1] == path
    assert ("<circle" in drawn) == (numbers[-1] is not None)


def test_a_small_line_without_a_figure_is_its_words_alone():
    assert "<path" not in small_line.drawing(SmallLine((None, None), "words"))


def test_every_standing_has_a_shape_of_its_own():
    days = date(2021, 4, 1), date(2021, 6, 30)
    shapes = set()
    drawn_ones = [kind for kind in KINDS if kind != "no date"]  # it has no bar
    for kind in drawn_ones:
        bar = Bar("P1", "", Mark(kind, kind), days[0], days[1], days[1])
        _, drawn = next(iter(svg.drawings(Bars(*days, DAY, (("", (bar,)),)))))
        shapes.add(re.search(r'<svg class="at".*?</svg>', drawn)[0])
    # Late to start and at risk share theirs, as everywhere.
    assert len(shapes) == len(drawn_ones) - 1


def test_nothing_is_drawn_beyond_the_edges():
    first, last = date(2022, 1, 1), date(2022, 12, 31)
    bar = Bar("P1", "", Mark("overdue", ""), date(2020, 1, 1), date(2030, 1, 1), date(2019, 1, 1))
    _, drawn = next(iter(svg.drawings(Bars(first, last, date(2031, 1, 1), (("", (bar,)),)))))
    places = [float(found) for found in re.findall(r'="(-?[\d.]+)%"', drawn)]
    assert places
    assert all(0 <= place <= 100 for place in places)
    assert "today" not in drawn


def test_a_bar_is_as_wide_as_its_time():
    """On a page of a hundred days, one of ten from the eleventh."""
    days = date(2021, 1, 1), date(2021, 4, 10)
    starts, due = date(2021, 1, 11), date(2021, 1, 20)
    bar = Bar("P1", "", Mark("on track", ""), starts, due, due)
    _, drawn = next(iter(svg.drawings(Bars(*days, DAY, (("", (bar,)),)))))
    (found,) = re.findall(r'<rect class="bar" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', drawn)
    assert found == ("10.00", "10.00")


# --- the rest -------------------------------------------------------------------------------------


def test_the_same_paper_is_the_same_bytes():
    assert html.draw(paper(*every_block("words"))) == SOUND


def test_a_landscape_paper_says_so_in_the_style_that_its_policy_lets_in():
    page = html.draw(paper(landscape=True))
    assert "@page{size:A4 landscape}" in page
    assert "@page{size:A4 landscape}" not in SOUND
    assert webpages.wrong(page) == []


def test_what_is_for_a_terminal_is_left_out():
    assert "hscp show" not in html.draw(paper(Paragraph(("Next: hscp show P1",), hint=True)))


def test_an_ongoing_milestone_has_no_month_in_the_table_of_a_timeline():
    mark = Mark("on track", "on track")
    bar = Bar("P1.1", "Train", mark, date(2021, 4, 1), date(2023, 3, 31), date(2023, 3, 31), True)
    months = (date(2021, 4, 1), date(2023, 3, 31), DAY)
    page = html.draw(paper(Title("A timeline"), Bars(*months, (("P1", (bar,)),))))
    assert page.count("ongoing") == 2
    assert "March 2023" not in page.partition("<table")[2]


def test_a_milestone_without_a_date_has_a_row_on_a_timeline_and_no_bar():
    bar = Bar("P1.1", "Train", Mark("no date", "no date"), date(2021, 9, 1), None, None)
    months = (date(2021, 4, 1), date(2023, 3, 31), DAY)
    page = html.draw(paper(Title("A timeline"), Bars(*months, (("P1", (bar,)),))))
    drawing, _, table = page.partition("<table")
    assert '<rect class="bar' not in drawing
    assert "P1.1" in drawing
    assert "September 2021" in table
    assert table.count("no date") == 2  # first due and due; how it stands has a capital
