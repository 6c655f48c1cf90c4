"""No page of the desk shows a word of the shell, in whichever state the plan is and whatever was
typed: a line to type, an option, the name of a rule, where on the disk a file is."""

from __future__ import annotations

import io
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import yaml
from running import git
from test_desk import FILLED, NOTES, send
from werkzeug.test import Client

from hscp_plan.desk.app import Desk
from hscp_plan.desk.asking import ASK, COLLECT
from hscp_plan.desk.forms import FORMS
from hscp_plan.desk.lists import LISTS
from hscp_plan.desk.papers import PAPERS
from hscp_plan.desk.telling import Offered, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from werkzeug.test import TestResponse

    from hscp_plan.desk.forms import Form

    Page = tuple[str, TestResponse]

SHELL = re.compile(
    r"""(?<![\w./-])(?-i:hscp)(?![\w/])|(?<![\w"])--[a-z]|\s\[[a-z-]+\]|(?<![\w/.:])/\w+/\S*
    |\b(run(?!\ until)|type|command|terminal|shell)\b|HSCP_|(?<!\S)-[a-z]\b""",
    re.VERBOSE | re.IGNORECASE,
)
GIT = re.compile(r"\bgit\b(?! repository)", re.IGNORECASE)
SLIPS = {
    "line": ("Bord", "x\0"),
    "text": ("", "- two", "on track", "2022-03", "x" * 11_000),
    "lines": ("http:/x",),
    "several": ("P9.9", "Nobody Known"),
    "choice": ("P9.9", "sunny", "p1"),
    "date": ("31 June 2021", "2021-13", "soon", "1999", "2031-01-01", "2021-09"),
    "flag": ("yes",),
}
"""What is typed wrongly in a field, by how it looks."""


class Visible(HTMLParser):
    """What a page shows or reads out, a line for each block; without the lines of a file."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden, self.texts = 0, list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script", "pre", "textarea")
        said = [text for name, text in attrs if name in ("placeholder", "aria-label", "title")]
        self.texts += [*filter(None, said), "" if tag in ("a", "b") else "\n"]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script", "pre", "textarea")

    def handle_data(self, data: str) -> None:
        self.texts += [] if self.hidden else [data]

    @property
    def lines(self) -> list[str]:
        return [" ".join(line.split()) for line in "".join(self.texts).split("\n")]


def looked_at(desk: Desk) -> Iterator[Page]:
    client = Client(desk)
    parts = ("P1", "P1.4", "p1.2", "P1-A", "P9.9", "nope")
    pages = ["lists", "find", "find?words=audit", "find?words=qqqq", "check", "record", "meeting"]
    pages += ["ask", "collect", "papers", "no-such-page", *(f"plan/{part}" for part in parts)]
    pages += [f"record/{name}" for name in FORMS]
    for address in pages:
        yield address, client.get(f"/{address}")
    for name, form in LISTS.items():
        yield from _asked(client, name, form)
    for name, paper in PAPERS.items():
        yield from _asked(client, f"papers/{name}", paper.form)
        yield from _asked(client, f"papers/{name}.{paper.endings[-1]}", paper.form)


def _asked(client: Client, address: str, form: Form) -> Iterator[Page]:
    for given in ({}, *({f.name: slip} for f in form.fields for slip in SLIPS[f.look])):
        yield f"{address} {given}", client.get(f"/{address}", query_string=given)


def recorded(desk: Desk) -> Iterator[Page]:
    for name, fields in FILLED.items():
        yield from _sent(desk, f"/record/{name}", **fields)
        yield from _sent(desk, "/undo")
    yield from _sent(desk, "/record/progress", id="P1.4", note="All is in.", status="complete")
    yield from _sent(desk, "/record/reschedule", id="P1.6", to="2022-12", reason="It waits.")
    yield from _sent(desk, "/undo", id="P1.6")
    yield from _sent(desk, "/undo", id="P9.9")
    yield from _sent(desk, "/meeting", **{"P1.2.note": "Ten of eleven."})
    yield from _sent(desk, "/ask", who="Chair of SE Sub-Group")
    yield from _sent(desk, "/record/save", message="What was said")
    yield "stale", Client(desk).post("/record/progress", data={"token": "x"})
    yield "changed", Client(desk).post("/undo", data={"token": desk.frame.token, "state": "x"})


def mistaken(desk: Desk) -> Iterator[Page]:
    for address, form in (*((f"/record/{n}", f) for n, f in FORMS.items()), ("/ask", ASK)):
        good = FILLED.get(form.command, {})
        yield from _sent(desk, address, do="look", **good)
        yield from _sent(desk, address, do="look")
        for field in form.fields:
            for slip in SLIPS[field.look]:
                yield from _sent(desk, address, do="look", **{**good, field.name: slip})
    close = {"decision": "It ends.", "by": "HSCP Executive Board", "outcome": "close"}
    yield from _sent(desk, "/record/decide", id="P1", **close)
    own = {f"decision1.{name}": text for name, text in close.items() if name != "by"}
    yield from _sent(desk, "/meeting", **own, **{"decision1.id": "P1", "by": close["by"]})
    for name in ("note", "status", "due", "agreed", "evidence"):
        yield from _sent(desk, "/meeting", **{f"P1.2.{name}": "2021-13"})
    for name in ("by", "date", "decision1.id", "decision1.decision", "decision1.completes"):
        yield from _sent(desk, "/meeting", **{name: "sunny"})


def came_back(desk: Desk) -> Iterator[Page]:
    for name, data in (("a.txt", NOTES.encode()), ("b.docx", b"PK\3\4"), ("c.pdf", b"%PDF")):
        yield from _sent(desk, "/collect", do="look", files=[(io.BytesIO(data), name)])
    for field in COLLECT.fields:
        for slip in SLIPS[field.look]:
            file = (io.BytesIO(NOTES.encode()), "a.txt")
            yield from _sent(desk, "/collect", do="look", files=[file], **{field.name: slip})
    by = "HSCP Executive Board"
    page = send(desk, "/collect", do="look", files=[(io.BytesIO(NOTES.encode()), "a.txt")], by=by)
    if key := re.search(r'name="key" value="([^"]+)"', page.text):
        yield from _sent(desk, "/collect", do="record", key=key[1], by=by)


def _sent(desk: Desk, address: str, **fields: object) -> Iterator[Page]:
    page = send(desk, address, **fields)
    yield f"{address} {fields}", page
    if page.status_code == 303:
        yield f"{address} {fields}, done", Client(desk).get(page.location)


def in_git(plan: Path) -> None:
    git(plan.parent, "init", "-q")
    git(plan.parent, "config", "user.name", "A Manager")
    git(plan.parent, "config", "user.email", "manager@example.org")
    git(plan.parent, "add", "-A")
    git(plan.parent, "commit", "-q", "-m", "The plan")


def broken(plan: Path) -> None:
    (plan / "p2-child-sexual-abuse.yaml").write_text("id: [\n", encoding="utf-8")


def empty(plan: Path) -> None:
    for path in plan.glob("p?-*.yaml"):
        path.unlink()


STATES: dict[str, Callable[[Path], object]] = {
    "as it is": Path.exists,
    "in git": in_git,
    "broken": broken,
    "empty": empty,
    "without plan.yaml": lambda plan: (plan / "plan.yaml").unlink(),
    "gone": shutil.rmtree,
}
KINDS = (looked_at, recorded, mistaken, came_back)
OFTEN = {("as it is", kind) for kind in KINDS} | {(state, looked_at) for state in STATES}


def tried(state: str, kind: Callable[[Desk], Iterator[Page]]) -> pytest.param:
    marks = () if (state, kind) in OFTEN else pytest.mark.long
    return pytest.param(state, kind, marks=marks, id=f"{state}, {kind.__name__}")


@pytest.mark.parametrize("day", ["2021-12-15", pytest.param("2026-01-10", marks=pytest.mark.long)])
@pytest.mark.parametrize(("state", "kind"), [tried(s, k) for s in STATES for k in KINDS])
def test_no_page_shows_a_word_of_the_shell(state, kind, day, plan, monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", day)
    desk = Desk(plan)
    STATES[state](plan)
    shown = list(faults_of(kind(desk), with_git=state == "in git"))
    assert not shown


@pytest.mark.parametrize("state", STATES)
def test_nor_does_a_page_of_a_plan_that_is_only_to_be_looked_at(state, plan, monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", "2021-12-15")
    STATES[state](plan)
    assert not list(faults_of(looked_at(Desk(plan, read_only=True)), with_git=state == "in git"))


def faults_of(pages: Iterator[Page], *, with_git: bool) -> Iterator[str]:
    for what, page in pages:
        if page.status_code == 303 or page.mimetype != "text/html":
            continue
        assert page.status_code < 500, what
        for line in Visible(page.text).lines:
            if SHELL.search(line) or (not with_git and GIT.search(line)):
                yield f"{what[:200]}: {line[:300]}"


# --- how it is told -----------------------------------------------------------------------------

ALL = Offered({"P1": "/plan/P1", "P1.3": "/plan/P1.3", "A": "/plan/A"}, saves=True)


@pytest.mark.parametrize(
    ("text", "leads_to"),
    [
        ('Name a role or group:  hscp lead P3-A "…"', "/record/lead?id=P3-A"),
        ('To close it:  hscp decide P1 "…" --by "…" --outcome close --about P1.3',
         "/record/decide?id=P1&outcome=close&about=P1.3"),
        ('To give a date:  hscp reschedule P1.3 DATE --reason "…"', "/record/reschedule?id=P1.3"),
        ("See what is next: hscp due --within 90d.", "/due?within=90d"),
        ("To keep it in git:  hscp save", "/record/save"),
        ("hscp check shows every fault.", "/check"),
        ("Open it:  hscp show P1.3", "/plan/P1.3"),
        ("Say it, once it is known:\n  hscp progress P1.3 --status complete",
         "/record/progress?id=P1.3&status=complete"),
    ],
)  # fmt: skip
def test_a_line_to_type_leads_to_its_form_filled_in(text, leads_to):
    (line,) = tell(text, (), ALL)
    assert [part.url for part in line if not isinstance(part, str)] == [leads_to]


@pytest.mark.parametrize(
    ("text", "commands", "reads"),
    [
        ("Give a later date, or put its start right first:  hscp edit P1.3", (),
         "Give a later date, or put its start right first."),
        ("It is not there.\nTo open it there:  hscp edit P1.3", (), "It is not there."),
        ("To begin one, in the folder that holds the plan:  git init", (), ""),
        ("Give it with --outcome close.", ("decide",),
         'Give it with "What it means for the priority" close.'),
        ("Put --status before it; say the rest in words.", ("add",), "Say the rest in words."),
        ("This is no address [evidence-link]", (), "This is no address"),
        ("It is laid out so that hscp cannot edit it", (),
         "It is laid out so that the desk cannot edit it"),
        ("See hscp add --help", (), ""),
        ("Put keeper: with your role into plan.yaml, or set HSCP_BY.", (),
         "Put keeper: with your role into plan.yaml."),
        ("hscp resolve  ends it. By hand: keep the lines that are right.", (),
         "By hand: keep the lines that are right."),
    ],
)  # fmt: skip
def test_what_only_a_shell_can_do_is_not_said(text, commands, reads):
    lines = tell(text, commands, ALL)
    assert " ".join("".join(map(str, line)) for line in lines) == reads


# --- what is not the whole of it ----------------------------------------------------------------


@pytest.mark.parametrize("name", [*LISTS, "lists", "plan/P1", "meeting", "find?words=audit"])
def test_a_page_of_a_plan_that_cannot_be_read_whole_says_so_before_all_else(
    name, plan, monkeypatch
):
    monkeypatch.setenv("HSCP_AS_AT", "2021-12-15")
    broken(plan)
    page = Client(Desk(plan)).get(f"/{name}").text
    _, _, below = page.partition("</h1>")
    notice = re.search(r'<p class="partial">(.*?)</p>', below)
    assert "p2-child-sexual-abuse.yaml" in notice[1]
    assert '<a href="/check">' in notice[1]
    assert notice.start() < 200
    # It is said once, and not as a shell would say it.
    assert ".yaml:2:1" not in page


def test_a_plan_without_priorities_says_so_and_leads_to_the_first(plan, monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", "2021-12-15")
    empty(plan)
    page = Client(Desk(plan)).get("/").text
    assert (
        'No priorities yet. To add one: <a href="/record/add-priority">Add a priority</a>' in page
    )


# --- on what day --------------------------------------------------------------------------------


def test_after_a_plan_has_ended_today_is_no_slip_and_another_day_is_blamed(plan, monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", "2026-11-29")
    desk, said = Desk(plan), {"id": "P1.4", "note": "All have come in."}
    page = send(desk, "/record/progress", **said, date="20 November 2026")
    assert page.status_code == 422
    assert '<a href="#date">20 November 2026 is more than 2 years after the plan ends' in page.text
    assert re.search(r'id="date"[^>]*aria-invalid="true"', page.text)
    assert "<details open>" in page.text
    for day in ("29 November 2026", "14 December 2021", ""):
        page = send(desk, "/record/progress", id="P1.4", note=f"Said: {day}.", date=day)
        assert page.status_code == 303
        assert Client(desk).get(page.location).status_code == 200


# --- what a plan says is text -------------------------------------------------------------------

NASTY = "<script>alert(1)</script> \"quoted\" 'so' & &lt; %41 ?a=b #c é <b onload=x>"
OURS = {
    "a", "b", "body", "button", "caption", "circle", "datalist", "dd", "details", "div", "dl", "dt",
    "fieldset", "footer", "form", "g", "h1", "h2", "h3", "h4", "head", "header", "html", "input",
    "label", "legend", "li", "line", "link", "main", "meta", "nav", "ol", "optgroup", "option", "p",
    "path", "polyline", "pre", "rect", "script", "section", "select", "span", "summary", "svg",
    "table", "tbody", "td", "text", "textarea", "th", "thead", "title", "tr", "ul",
}  # fmt: skip


class Markup(HTMLParser):
    """The elements and attributes of a page, and what its scripts hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.attributes, self.links, self.script = set(), set(), list[str](), ""
        self._within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "action")]

    def handle_data(self, data: str) -> None:
        if self._within == "script":
            self.script += data.strip()
        self._within = ""


TEXTS = {
    "title", "action", "outcome", "note", "decision", "vision", "partnership", "statements",
    "evidence", "unit", "target", "introduction", "agreed", "theme", "answers", "source",
}  # fmt: skip


def made_nasty(value: object, key: str = "") -> object:
    if isinstance(value, dict):
        return {key: made_nasty(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [made_nasty(part, key) for part in value]
    is_word = key == "outcome" and len(str(value)) < 20  # what a decision means
    return f"{value} {NASTY}" if key in TEXTS and not is_word else value


@pytest.fixture
def nasty(plan):
    """The plan with markup wherever a text may stand."""
    for path in plan.glob("p*.yaml"):
        held = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        text = yaml.safe_dump(made_nasty(held), allow_unicode=True, sort_keys=False, width=1_000)
        path.write_text(text, encoding="utf-8")
    return plan


def test_no_text_of_a_plan_and_nothing_typed_is_markup(nasty, monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", "2021-12-15")
    desk = Desk(nasty)
    client = Client(desk)
    assert 'class="partial"' not in client.get("/").text
    assert client.get("/plan/P1").text.count("&lt;script&gt;") > 10
    typed = [client.get(f"/find?{urlencode({'words': NASTY})}")]
    for name, form in LISTS.items():
        typed += [client.get(f"/{name}", query_string={field.name: NASTY}) for field in form.fields]
    for name, form in FORMS.items():
        typed.append(send(desk, f"/record/{name}", **{f.name: NASTY for f in form.fields}))
    for what, page in [*looked_at(desk), *(("typed", page) for page in typed)]:
        if page.status_code == 303 or page.mimetype != "text/html":
            continue
        assert page.status_code < 500, what
        markup = Markup(page.text)
        assert markup.tags <= OURS, what
        assert not {name for name in markup.attributes if name.startswith("on")}, what
        assert not markup.script, what
        for link in markup.links:
            assert re.match(r"/|#|https?://|mailto:|data:,$", link), (what, link)
            assert not re.search(r"[<>\"\s]", link), (what, link)
