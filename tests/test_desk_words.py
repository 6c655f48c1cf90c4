"""No page of the desk shows a word of the shell, in whichever state the plan is and whatever was
typed: a line to type, an option, the name of a rule, where on the disk a file is."""

from __future__ import annotations

import io
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
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

    Page = tuple[str, TestResponse]

SHELL = re.compile(
    r"""(?<![\w./-])(?-i:hscp)(?![\w/])|(?<![\w"])--[a-z]|\s\[[a-z-]+\]|(?<![\w/.:])/\w+/\S*
    |\b(run(?!\ until)|type|command|terminal|shell)\b""",
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
    pages += [f"papers/{name}.{kind.endings[0]}" for name, kind in PAPERS.items()]
    for address in pages:
        yield address, client.get(f"/{address}")
    for name, form in LISTS.items():
        for given in ({}, *({f.name: slip} for f in form.fields for slip in SLIPS[f.look])):
            yield f"{name} {given}", client.get(f"/{name}", query_string=given)


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
    yield "changed", Client(desk).post("/undo", data={"token": desk.token, "state": "x"})


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
    STATES[state](plan)
    shown = list(faults_of(kind(Desk(plan)), with_git=state == "in git"))
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
        ("hscp resolve  ends it. By hand: keep the lines that are right.", (),
         "By hand: keep the lines that are right."),
    ],
)  # fmt: skip
def test_what_only_a_shell_can_do_is_not_said(text, commands, reads):
    lines = tell(text, commands, ALL)
    assert " ".join("".join(map(str, line)) for line in lines) == reads
