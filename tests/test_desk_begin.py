"""A plan begins at the desk: what is written there is what the shell writes."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING

import docx
import pytest
from running import hscp as ran
from test_desk import DAY, send, text
from test_desk_words import faults_of
from test_readers_files import REFUSED
from werkzeug.test import Client

from hscp_plan import store
from hscp_plan.cli import dispatch
from hscp_plan.desk import host
from hscp_plan.desk.app import Desk
from hscp_plan.desk.beginning import EMPTY, FROM_DOCUMENT
from hscp_plan.desk.forms import FORMS
from hscp_plan.desk.pages import RECORDING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from werkzeug.test import TestResponse

ROWS = (
    ("Action", "Lead", "By when", "Status"),
    ("Trial the chronologies", "Chair of SE Sub-Group", "April 2022", "On track"),
    ("Write the guidance", "Head of Early Help", "30 June 2022", "Sunny"),
)
FILLED = {
    "partnership": "Wessex Safeguarding Children Partnership", "short_name": "WSCP",
    "title": "Our plan 2026–28", "start": "April 2026", "end": "March 2028",
    "priority": "Neglect\nExploitation", "group": "Executive Board",
}  # fmt: skip


def word(rows: Sequence[Sequence[str]] = ROWS, *lines: str) -> bytes:
    """A plan in Word: a title, a priority, a table, and what stands below it."""
    document = docx.Document()
    document.add_heading("Wessex Safeguarding Children Partnership: Plan 2021–23", 0)
    document.add_heading("Priority 1: Neglect", 1)
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = said
    for line in lines:
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def with_date(date: str) -> bytes:
    return word([ROWS[0], ("Trial the chronologies", "Chair", date, "On track")])


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", DAY)


@pytest.fixture(params=["there", "not there"])
def new(request, tmp_path) -> Path:
    """A folder for a plan."""
    folder: Path = tmp_path / "ours"
    if request.param == "there":
        folder.mkdir()
    return folder


@pytest.fixture
def desk(new) -> Desk:
    return Desk(new)


def give(desk: Desk, data: bytes, name: str = "Our plan v2.docx", **fields: str) -> TestResponse:
    return send(desk, "/begin", do="look", file=(io.BytesIO(data), name), **fields)


def key_of(page: TestResponse) -> str:
    key = re.search(r'name="key" value="([^"]+)"', page.text)
    assert key, text(page)
    return key[1]


def begin(desk: Desk, page: TestResponse, **fields: str) -> TestResponse:
    """The plan begun with what a page shows."""
    done = send(desk, "/begin", do="record", key=key_of(page), **fields)
    assert done.status_code == 303, text(done)
    return Client(desk).get(done.location)


def every_file(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def imported(tmp_path: Path, data: bytes, *words: str, name: str = "Our plan v2.docx") -> Path:
    """The folder that the shell makes of a document."""
    (tmp_path / name).write_bytes(data)
    said = ran("import", name, "-o", "other", *words, folder=tmp_path, HSCP_AS_AT=DAY)
    assert said.returncode == 0, said.stderr.decode()
    return tmp_path / "other"


# --- where there is no plan ---------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/due", "/plan/P1", "/record/progress", "/begin"])
def test_every_page_leads_to_the_beginning_of_a_plan(address, desk):
    page = Client(desk).get(address, follow_redirects=True)
    assert page.request.path == "/begin"
    assert "There is no plan here yet" in text(page)
    assert [link.url for link in RECORDING if f'href="{link.url}"' in page.text] == []


@pytest.mark.parametrize("duty", ["care-act-2014", ""])
def test_a_plan_begins_with_whom_it_protects_and_its_yearly_report_follows(duty, desk, new):
    assert "care-act-2014 – Adults: Care Act 2014" in text(Client(desk).get("/begin/empty"))
    assert send(desk, "/begin/empty", do="record", **FILLED, duty=duty).status_code == 303
    other = new.with_name("other")
    from_document = Desk(other)
    begin(from_document, give(from_document, word()), duty=duty)
    for folder in (new, other):
        assert store.open_plan(folder).plan.head.duty == (duty or None)
        words = ("report", "annual", "--format", "markdown", "-o", "-", "--plan", str(folder))
        report = ran(*words, folder=new.parent, HSCP_AS_AT="2026-06-01").stdout.decode()
        assert ("children and families" in report) is not bool(duty)


@pytest.mark.parametrize("form", [*FORMS.values(), EMPTY, FROM_DOCUMENT], ids=lambda f: f.command)
def test_a_form_that_speaks_of_children_speaks_of_adults_too(form):
    for field in form.fields:
        says = f"{field.label}. {field.hint}".lower()
        assert "child" not in says or "adult" in says or "safeguarding personal" in says


def test_where_there_is_a_plan_nothing_begins(plan):
    desk, before = Desk(plan), every_file(plan)
    for address in ("/begin", "/begin/empty"):
        assert Client(desk).get(address).location == "/"
        assert send(desk, address, do="record", **FILLED).location == "/"
    assert every_file(plan) == before


def test_a_plan_that_was_there_is_to_be_put_back_and_not_begun(plan):
    desk = Desk(plan)
    (plan / "plan.yaml").unlink()
    assert "Put it back" in text(Client(desk).get("/"))


def test_nothing_begins_where_the_plan_is_only_to_be_looked_at(tmp_path):
    assert Client(Desk(tmp_path, read_only=True)).get("/").status_code == 422


# --- an empty one -------------------------------------------------------------------------------


def test_an_empty_plan_is_what_the_shell_begins(desk, new, tmp_path):
    was_there = new.is_dir()
    done = send(desk, "/begin/empty", do="record", **FILLED)
    assert done.status_code == 303, text(done)
    shell = tmp_path / "shell"
    (shell / "ours").mkdir(parents=True)
    here = shell / "ours" if was_there else shell
    lines = {name: value.split("\n") for name, value in FILLED.items()}
    words = [f"--{n.replace('_', '-')}={v}" for n, values in lines.items() for v in values]
    said = ran("init", "." if was_there else "new", *words, folder=here, HSCP_AS_AT=DAY)
    assert said.returncode == 0, said.stderr.decode()
    if was_there:
        assert every_file(new) == every_file(here)
    else:
        assert every_file(new) == every_file(here / "new")
        assert (tmp_path / ".gitignore").read_bytes() == (here / ".gitignore").read_bytes()
    page = Client(desk).get(done.location)
    assert "Begun" in text(page)
    assert "Check finds" in text(page)
    assert Client(desk).get("/").status_code == 200


def test_then_it_is_recorded_in_as_in_any_other_and_taken_back(desk, new):
    send(desk, "/begin/empty", do="record", **FILLED)
    before = every_file(new)
    done = send(desk, "/record/add", id="P1", action="A trial", due="June 2026")
    assert done.status_code == 303, text(done)
    assert "A trial" in text(Client(desk).get("/log"))
    key = done.location.rpartition("/")[2]
    send(desk, "/undo", key=key)
    assert every_file(new) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "What the plan is called is missing"),
        ({"end": "March 2025"}, "before it begins"),
        ({"start": "soon"}, "soon"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(wrong, said, desk, new):
    there = new.is_dir()
    page = send(desk, "/begin/empty", do="record", **FILLED | wrong)
    assert page.status_code == 422
    assert said in text(page)
    assert 'value="WSCP"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert (new.is_dir(), [*new.rglob("*")]) == (there, [])


# --- out of a document --------------------------------------------------------------------------


def test_a_document_is_shown_as_it_was_understood_and_then_written_as_the_shell_does(
    desk, new, tmp_path
):
    data = word(ROWS, "Approved by all partners.")
    page = give(desk, data)
    assert page.status_code == 200, text(page)
    for said in ("2 milestones placed", "By when", "when it is due", "Sunny", "Approved by all"):
        assert said in text(page)
    assert not new.exists() or not [*new.iterdir()]
    done = begin(desk, page)
    assert "Imported: Our plan v2.docx" in text(done)
    assert "Check finds" in text(done)
    assert 'href="/check"' in done.text
    assert Client(desk).get("/file/plan.yaml?whole=yes").status_code == 200
    assert 'href="/file/plan.yaml?whole=yes"' in done.text
    assert every_file(new) == every_file(imported(tmp_path, data))
    assert "Trial the chronologies" in text(Client(desk).get("/plan/P1"))


@pytest.mark.parametrize(
    ("date", "field", "answer"),
    [("3/4/2022", "dates", "month-first"), ("end of April", "year", "2022")],
)
def test_what_has_to_be_said_is_asked_at_its_field_and_then_taken(
    date, field, answer, desk, new, tmp_path
):
    data = with_date(date)
    page = give(desk, data)
    assert page.status_code == 422
    assert f'<a href="#{field}">' in page.text
    assert "1 milestone placed" in text(page)
    assert 'value="record"' not in page.text
    key = key_of(page)
    looked = send(desk, "/begin", do="look", key=key, **{field: answer})
    assert looked.status_code == 200, text(looked)
    begin(desk, looked, **{field: answer})
    assert every_file(new) == every_file(imported(tmp_path, data, f"--{field}={answer}"))


def test_a_column_that_was_taken_wrongly_is_corrected(desk, new, tmp_path):
    data = word([("What we will do", "Who"), ("Trial the chronologies", "Chair")])
    page = give(desk, data)
    key = key_of(page)
    fields = {"columns": "What we will do=action\nWho=lead"}
    looked = send(desk, "/begin", do="look", key=key, **fields)
    begin(desk, looked, **fields)
    words = ("--map", "What we will do=action", "--map", "Who=lead")
    assert every_file(new) == every_file(imported(tmp_path, data, *words))


def test_a_word_for_a_status_that_is_not_understood_is_asked_about(desk, new, tmp_path):
    rows = [
        ROWS[0],
        ("Trial", "Chair", "May 2022", "Red/Amber"),
        ("Test", "Chair", "May 2022", "Sunny"),
    ]
    data = word(rows)
    page = give(desk, data)
    asked = re.findall(r'<label for="meaning-\d">What “(.*?)” says of how', page.text)
    assert asked == ["Red/Amber", "Sunny"]
    meant = {"word": ["Red/Amber", "Sunny"], "meaning": ["at risk", ""]}
    looked = send(desk, "/begin", do="look", key=key_of(page), **meant)
    assert "What “Sunny” says" in looked.text
    assert "What “Red/Amber”" not in looked.text
    assert ">Red/Amber=at risk</textarea>" in looked.text
    done = begin(desk, page, **meant)
    assert "1 warning" in text(done)
    assert every_file(new) == every_file(imported(tmp_path, data, "--map", "Red/Amber=at risk"))


def test_the_milestones_are_shown_as_they_would_be_read(desk):
    page = give(desk, word([*ROWS[:2], ("Map", "ICB", "tbc", "Red/Amber")]))
    for row in (
        "P1.1 Trial the chronologies April 2022 Chair of SE Sub-Group ● On track",
        'P1.2 Map ICB "Red/Amber", not understood',
    ):
        assert row in text(page)


def test_the_day_that_progress_is_of_can_be_another(desk, new, tmp_path):
    data = word(
        [("Action", "By when", "Progress"), ("Trial", "April 2022", "Two teams are trained.")]
    )
    page = give(desk, data)
    assert "is taken as of" in text(page)
    done = begin(desk, page, date="14 October 2021")
    assert "taken as of 14 October 2021." in text(done)
    assert every_file(new) == every_file(imported(tmp_path, data, "--date=2021-10-14"))
    assert b"date: 2021-10-14" in b"".join(every_file(new).values())


def test_what_could_identify_a_child_is_refused_and_nothing_of_it_shown(desk, new, tmp_path):
    rows = [ROWS[0], ("Visit Jo Bloggs, DOB 3/4/2014", "Chair", "May 2022", "On track")]
    data = word(rows, "Jo Bloggs, DOB 3/4/2014, was seen.")
    page = give(desk, data)
    assert page.status_code == 422
    assert "could identify a child" in text(page)
    assert 'href="#redact"' in page.text
    looked = send(desk, "/begin", do="look", key=key_of(page), redact="yes")
    assert looked.status_code == 200, text(looked)
    done = begin(desk, looked, redact="yes")
    for each in (page, looked, done):
        assert "3/4/2014" not in text(each)
    assert every_file(new) == every_file(imported(tmp_path, data, "--redact"))
    assert b"3/4/2014" not in b"".join(every_file(new).values())


@pytest.mark.parametrize(
    "kind",
    ["a locked file", "a .docm", "a zip", "half a zip", "nothing", "a .doc"],
)
def test_what_is_not_read_is_refused_as_in_the_shell(kind, desk, new, tmp_path):
    data = REFUSED[kind][0]
    page = give(desk, data, "plan.docx")
    assert page.status_code == 422
    (tmp_path / "plan.docx").write_bytes(data)
    said = ran("import", "plan.docx", folder=tmp_path).stderr.decode()
    first = " ".join(said.split()).removeprefix("hscp: ").partition(". ")[0]
    assert first in text(page)
    assert 'name="key"' not in page.text
    assert not new.exists() or not [*new.iterdir()]


@pytest.mark.parametrize(
    "name", ["../../up.docx", "C:\\Users\\a\\up.docx", "-o.docx", "a\tb", ".."]
)
def test_whatever_a_document_is_called_it_leads_nowhere_else(name, desk, new, tmp_path):
    before = {path for path in tmp_path.rglob("*") if new not in path.parents and path != new}
    begin(desk, give(desk, word(), name))
    after = {path for path in tmp_path.rglob("*") if new not in path.parents and path != new}
    assert after == before


def test_a_document_is_asked_for_and_one_that_is_not_held_any_more_again(desk):
    page = send(desk, "/begin", do="look")
    assert "No document was given" in text(page)
    assert 'href="#file"' in page.text
    gone = send(desk, "/begin", do="record", key="x", title="Ours")
    assert "not held here any more" in text(gone)
    stale = Client(desk).post("/begin", data={"token": "x", "key": key_of(give(desk, word()))})
    assert stale.status_code == 403
    assert key_of(stale)


def test_what_came_to_stand_there_meanwhile_is_kept(desk, new):
    page = give(desk, word())
    new.mkdir(exist_ok=True)
    (new / "p1-neglect.yaml").write_text("id: P1\n", encoding="utf-8")
    refused = send(desk, "/begin", do="record", key=key_of(page))
    assert refused.status_code == 422
    assert "would be taken for a part of the plan" in text(refused)
    assert every_file(new) == {"p1-neglect.yaml": b"id: P1\n"}


def test_no_page_of_it_shows_a_word_of_the_shell(desk, monkeypatch):
    def pages():
        for address in ("/begin", "/begin/empty"):
            yield address, Client(desk).get(address)
        for name, data in (
            ("a.docx", word()), ("b.docx", with_date("3/4/2022")), ("e.md", b"No table."),
            ("c.docx", with_date("end of April")), ("d.docx", REFUSED["a locked file"][0]),
        ):  # fmt: skip
            yield name, give(desk, data, name)
        wrong = FILLED | {"end": "2021-13"}
        for form, address in ((EMPTY, "/begin/empty"), (FROM_DOCUMENT, "/begin")):
            for field in form.fields:
                given = {"file": (io.BytesIO(word()), "a.docx"), **wrong, field.name: "2021-13"}
                yield f"{address} {field.name}", send(desk, address, do="look", **given)
        monkeypatch.setitem(sys.modules, "hscp_plan.readers.pdf.document", None)
        yield "a PDF", give(desk, b"%PDF-1.7", "a.pdf")
        done = send(desk, "/begin", do="record", key=key_of(give(desk, word())))
        yield "begun", Client(desk).get(done.location)

    assert list(faults_of(pages(), with_git=False)) == []


# --- how it is opened ---------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch):
    """What the command opens: the folders of its desks."""
    desks = []

    def server(desk, *_):
        desks.append(desk)
        raise OSError("no")

    monkeypatch.setattr(host, "server", server)
    return desks


def desk_at(*words: str) -> None:
    dispatch.execute(dispatch.arrange(["desk", "--no-browser", *words]))


def test_the_command_opens_where_a_plan_is_to_begin(opened, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for words, folder in (((), "plan"), (("--plan", "new"), "new"), (("--plan", "."), ".")):
        with pytest.raises(store.Mendable, match="could not be opened"):
            desk_at(*words)
        assert opened.pop().frame.folder == (tmp_path / folder).absolute()
        assert "There is no plan yet: the desk begins one in" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


def test_it_refuses_what_is_no_place_for_a_plan_and_one_to_look_at(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p1.yaml").write_text("id: P1\n", encoding="utf-8")
    for words, said in (
        (("--plan", "."), "would be taken for a part"),
        (("--plan", "p1.yaml"), "is not a folder"),
        (("--read-only",), "No plan here"),
        (("--read-only", "--plan", "."), "holds no plan.yaml"),
    ):
        with pytest.raises(store.Mendable, match=said):
            desk_at(*words)
    assert opened == []
