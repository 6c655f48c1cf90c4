"""Every page of a site held to WCAG 2.2 AA by axe-core, in a real browser without a screen: light,
dark and in print, 1,280 pixels wide and 320.

The plan has what a plan can have, and words too long for a small screen.
"""

import warnings
from contextlib import ExitStack

import pytest
from browser import NEEDED, NoBrowser, opened
from running import REPO, hscp

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false})"
SCROLLS = "document.documentElement.scrollWidth > innerWidth"
WAYS = [
    {"media": "screen", "color_scheme": "light"},
    {"media": "screen", "color_scheme": "dark"},
    {"media": "print", "color_scheme": "light"},
]
WIDTHS = (1280, 320)
LONG = "https://www.example.org/" + "a-very-long-address" * 9
DAY = ("--as-at", "2021-12-15")
FILES = {
    "plan.yaml": f"""\
format: 1
id: 2021-23-sample
partnership: A Safeguarding Children Partnership
title: A Strategic Plan{"ninetyninecharacterswithoutaspace" * 3}
period: {{start: 2021-04, end: 2023-03}}
vision: Every child is safe.
introduction: It began.
agreed: {{by: Board, date: 2021-04}}
groups:
  - {{name: Board, kind: board}}
meetings:
  - {{date: 2021-10-20, group: Board, title: {"Averylongtitle" * 9}}}
  - {{date: 2022-01-19, group: Board}}
columns:
  - {{key: success, label: What success looks like}}
""",
    "p1.yaml": f"""\
id: P1
title: Neglect
until: 2022
outcome: Less of it.
evidence: [Audits]
objectives:
  - id: P1-A
    statements: [The partnership is assured.]
    complete_by: 2022-04
    accountable: Board
    lead: {"Chairwithoutanyspaceatall" * 4}
    milestones:
      - {{id: P1.1, due: 2021-11, action: {"Unbrokenaction" * 9}, status: on track}}
      - {{id: P1.2, due: 2022-01, action: At risk, status: at risk}}
      - {{id: P1.3, due: 2022-04, action: Off track, status: off track}}
      - {{id: P1.4, due: 2022-05, action: Closed, status: closed}}
      - {{id: P1.5-SIXTEENCHAR, start: 2021-06, due: 2022-05, action: Late to start}}
      - {{id: P1.6, due: ongoing, review: 2022-02, action: Ongoing, status: on track}}
      - id: P1.7
        due: 2022-03-31
        action: Complete
        status: complete
        answers: [A review]
        more: {{success: It is done.}}
        progress:
          - date: 2021-09-14
            by: Chair
            note: Two teams.
            status: on track
            evidence: "{LONG}"
          - date: 2021-10-14
            note: Put back.
            moved: {{from: 2021-12, to: 2022-03-31}}
          - date: 2021-11-14
            note: Done.
            status: complete
            agreed: Board
decisions:
  - {{date: 2021-10-20, by: Board, decision: It is done., about: [P1.2], completes: P1.7}}
measures:
  - id: P1-M1
    name: Days
    unit: days
    better: down
    target: 15
    values:
      - {{period: Q1 2021/22, value: 24}}
      - {{period: Q2 2021/22, value: 21, note: Median.}}
impact:
  - {{date: 2021-10-12, from: children, note: Plans are easier to read., evidence: "{LONG}"}}
assurance:
  - {{date: 2021-10-20, by: Board, level: partly, note: The audit is to come.}}
""",
}


@pytest.fixture(scope="module")
def page():
    """A browser's page; without a browser nothing is tried, and that is said aloud."""
    with ExitStack() as open_until_the_end:
        try:
            browser = open_until_the_end.enter_context(opened())
        except NoBrowser as error:
            why = f"No page was tried in a browser: {error}. {NEEDED}"
            # A reason for skipping is not shown unless it is asked for; a warning is.
            warnings.warn(why, stacklevel=1)
            pytest.skip(why)
        yield browser.new_page()


def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe().axe_script


def violations(page):
    """What axe finds wrong with the page as it is shown now."""
    found = page.evaluate(RUN, TAGS)["violations"]
    return [(each["id"], node["target"], node["html"]) for each in found for node in each["nodes"]]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("axe")
    (folder / "plan").mkdir()
    for name, text in FILES.items():
        (folder / "plan" / name).write_text(text, encoding="utf-8")
    url = "https://git.example.org/x/blob/main/plan/"
    done = hscp("site", "site", *DAY, "--source-url", url, folder=folder)
    assert done.returncode == 0, done.stderr.decode()
    demo = ("--plan", str(REPO / "examples" / "demo-plan"))
    done = hscp(
        "report", "board", "--format", "html", *demo, *DAY, "-o", "board.html", folder=folder
    )
    assert done.returncode == 0, done.stderr.decode()
    return folder


def test_no_page_has_a_violation_or_scrolls_sideways_and_none_fetches_anything(site, page):
    pages = [*sorted((site / "site").glob("*.html")), site / "board.html"]
    assert len(pages) == 8
    seen, said = [], []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in pages:
        page.goto(path.as_uri())
        page.evaluate(axe())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for way in WAYS:
                page.emulate_media(**way)
                where = (path.name, width, *way.values())
                assert violations(page) == [], where
                assert not page.evaluate(SCROLLS), where
    assert seen == [path.as_uri() for path in pages]
    assert said == []


def test_a_violation_would_be_found_and_a_wide_page_noticed(site, page):
    page.set_viewport_size({"width": 320, "height": 900})
    page.emulate_media(media="screen", color_scheme="light")
    page.goto((site / "site" / "index.html").as_uri())
    page.evaluate(axe())
    page.evaluate("document.querySelector('main a').textContent = ''")
    page.evaluate("document.querySelector('.aside').style.color = '#ddd'")
    assert {"link-name", "color-contrast"} <= {id for id, _, _ in violations(page)}
    page.evaluate("document.querySelector('main').append(document.createElement('pre'))")
    page.evaluate("document.querySelector('pre').append('x'.repeat(999))")
    assert page.evaluate(SCROLLS)


def test_the_style_is_let_in_by_the_policy_of_a_page_opened_from_a_folder(site, page):
    page.goto((site / "site" / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == (
        "absolute"
    )


def test_the_skip_link_comes_first_shows_itself_and_skips(site, page):
    page.goto((site / "site" / "p1.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") == 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_no_page_of_two_plans_has_a_violation_or_scrolls_sideways(site, page, tmp_path):
    demo = str(REPO / "examples" / "demo-plan")
    both = ("--plan", str(site / "plan"), "--plan", demo)
    done = hscp("site", "both", *both, *DAY, folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    page.set_viewport_size({"width": min(WIDTHS), "height": 900})
    for name in ("index", "2021-23-demo_p1", "timeline", "moves"):
        page.goto((tmp_path / "both" / f"{name}.html").as_uri())
        page.evaluate(axe())
        assert violations(page) == [], name
        assert not page.evaluate(SCROLLS), name
