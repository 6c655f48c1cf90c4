"""The desk: a request in, a page out. What is recorded there is what the command line records."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import zipfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from running import HEAD, git
from running import hscp as ran
from small_plan import small_plan
from werkzeug.test import Client

from hscp_plan import store
from hscp_plan.desk.answers import answer
from hscp_plan.desk.app import Desk
from hscp_plan.desk.asked import LARGEST
from hscp_plan.desk.asking import KINDS
from hscp_plan.desk.forms import FORMS
from hscp_plan.desk.forms import GROUPS as GROUPS_OF_FORMS
from hscp_plan.desk.lists import GROUPS, LISTS
from hscp_plan.desk.papers import PAPERS

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

DAY = "2021-12-15"
IDS = re.compile(r"\bP\d\.\d+\b")


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", DAY)


@pytest.fixture
def desk(plan) -> Desk:
    return Desk(plan)


@pytest.fixture
def client(desk) -> Client:
    return Client(desk)


def send(desk: Desk, address: str, **fields: object) -> TestResponse:
    """A form as its page sends it."""
    return Client(desk).post(
        address, data={"token": desk.frame.token, "state": desk.frame.state(), **fields}
    )


def text(page: TestResponse) -> str:
    """What a page says, without its markup."""
    main = page.text.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def hscp(plan: Path, *words: str, status: int = 0) -> str:
    """What the command line says of this plan on that day."""
    command, *rest = words
    done = ran(command, "--plan", str(plan), *rest, folder=plan, HSCP_AS_AT=DAY)
    assert done.returncode == status, done.stderr.decode()
    return " ".join((done.stdout if not status else done.stderr).decode().split())


def files(plan: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in plan.glob("*.yaml")}


# --- to look at ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(LISTS.keys() - {"changes", "log", "what-if", "history"}))
def test_each_page_says_what_its_command_says(name, client, plan):
    page = client.get(f"/{name}")
    assert page.status_code == 200
    said = hscp(plan, *LISTS[name].words({}))
    assert set(IDS.findall(said)) <= set(IDS.findall(text(page)))


def test_without_git_what_changed_is_told_since_the_desk_was_opened(desk):
    page = Client(desk).get("/changes")
    assert page.status_code == 200
    assert "Nothing changed since the desk was opened" in text(page)
    send(desk, "/record/progress", id="P1.3", note="A second team began.")
    page = text(Client(desk).get("/changes"))
    assert "What changed since the desk was opened (1 milestone)" in page
    assert "A second team began." in page


def test_without_git_what_changed_since_a_day_leads_to_what_can_be_told(client):
    page = client.get("/changes?since=2021-11-01")
    links = re.findall(r'href="([^"]*)"', page.text.partition("There is a problem")[2])
    assert links[:3] == ["/moves", "/decisions", "/changes"]
    assert all(client.get(link).status_code == 200 for link in links[:3])


@pytest.mark.parametrize(
    "page", ["/history?id=--x", "/plan/--x", "/what-if?id=--x&to=2022-06", "/record/progress"]
)
def test_an_id_that_begins_with_a_dash_is_named_in_what_is_refused(page, desk):
    said = (
        send(desk, page, id="--x", note="It began.") if "record" in page else Client(desk).get(page)
    )
    assert 'There is no "--x"' in text(said)


def test_what_changed_is_first_told_since_the_board_met(repository):
    day = {"GIT_COMMITTER_DATE": "2021-05-04T12:00:00Z"}
    git(repository, "commit", "-q", "--amend", "--no-edit", **day)
    client = Client(Desk(repository / "plan"))
    page = client.get("/changes")
    assert page.status_code == 200
    assert re.search(r"changed since \d+ \w+ 2021", text(page)), text(page)
    assert 'value="last board"' in page.text
    assert "last kept in git" in text(client.get("/changes?since="))


def test_what_changed_is_told_in_plain_words_where_git_has_no_plan_of_before(repository):
    page = Client(Desk(repository / "plan")).get("/changes")
    assert page.status_code == 200
    assert "Nothing changed since the plan was last kept in git" in text(page)


def test_the_action_log_is_offered_where_the_plan_has_a_register(client, plan):
    assert "The action log" not in text(client.get("/papers"))
    hscp(plan, "add-register", "Action log")
    assert "The action log" in text(client.get("/papers"))
    assert client.get("/papers/actions.docx").status_code == 200


def test_every_page_and_every_form_stands_in_one_group():
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(LISTS)
    assert sorted(name for names in GROUPS_OF_FORMS.values() for name in names) == sorted(FORMS)


def test_every_id_leads_to_its_page_and_nothing_else_does(client):
    page = client.get("/")
    links = set(re.findall(r'href="/plan/([^"]+)"', page.text))
    assert {"P1", "P2", "P3", "P4", "P1.2", "P3.2"} <= links
    for id in links:
        assert client.get(f"/plan/{id}").status_code == 200
    assert client.get("/plan/P9.9").status_code == 404


def test_a_register_has_its_page_and_its_id_is_no_word_of_a_sentence(client, plan):
    hscp(plan, "add-register", "Action log")
    hscp(plan, "add", "A", "A letter to P1.2's lead")
    page = client.get("/plan/A.1")
    assert '<a href="/plan/A">A  Action log</a>' in page.text
    assert '>A letter to <a href="/plan/P1.2">P1.2</a>' in page.text
    assert "A new action" in text(client.get("/plan/A"))
    assert "Action log" in text(client.get("/lists"))


def test_every_part_leads_on_to_what_is_recorded_of_it(client):
    for address in ("/plan/P1.4", "/plan/P1", "/plan/P2"):
        links = re.findall(r'href="(/(?:record|history|what-if)[^"]*)"', client.get(address).text)
        assert len(links) > 7
        for link in links:
            assert client.get(unescape(link)).status_code == 200, link
    page = client.get("/record/decide?id=P1&completes=P1.4")
    assert 'name="completes" value="P1.4"' in page.text
    assert '<a href="/record/measure?id=P1-M1">' in client.get("/measures").text
    for address, page in (("P1-A", "/plan/P1"), ("p1.4", "/plan/P1.4"), ("p1", "/plan/P1")):
        assert client.get(f"/plan/{address}").location == page


def test_a_line_to_type_leads_to_the_form_that_does_it(client):
    page = client.get("/check")
    assert '<a href="/record/lead?id=P3-A">Name who leads</a>' in page.text
    assert "hscp lead" not in page.text


@pytest.mark.parametrize("page", ["/record/progress", "/record/decide", "/ask", "/collect"])
def test_a_form_opens_the_plan_once_whatever_its_fields_offer(page, client, monkeypatch):
    opened, find = [], store.find
    monkeypatch.setattr(store, "find", lambda named: opened.append(named) or find(named))
    assert "<form" in client.get(page).text
    assert len(opened) == 1


def test_a_list_is_narrowed_as_on_the_command_line(client, plan):
    page = client.get("/due?priority=P1&within=90d")
    said = hscp(plan, "due", "--priority", "P1", "--within", "90d")
    assert set(re.findall(r"/plan/(P\d\.\d+)", page.text)) == set(IDS.findall(said))


def test_what_cannot_be_read_is_said_in_the_same_words_as_in_the_shell(client, plan):
    page = client.get("/due?before=2021-13")
    assert page.status_code == 422
    said = hscp(plan, "due", "--before", "2021-13", status=2)
    assert said.removeprefix("hscp: ").partition(". ")[0][1:] in text(page)


def test_text_of_a_plan_is_no_markup(tmp_path):
    (tmp_path / "plan.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "p1.yaml").write_text(
        "id: P1\ntitle: <script>alert(1)</script>\nmilestones:\n"
        '  - {id: P1.1, due: 2021-10, action: "<img src=x onerror=alert(1)> & hscp save"}\n',
        encoding="utf-8",
    )
    client = Client(Desk(tmp_path))
    for address in ("/", "/due", "/plan/P1", "/plan/P1.1", "/meeting", "/find?words=<img"):
        page = client.get(address)
        assert "<script>alert" not in page.text
        assert "<img" not in page.text


def test_a_plan_with_a_broken_file_still_shows_and_says_what_could_not_be_read(client, plan):
    (plan / "p2-child-sexual-abuse.yaml").write_text("id: [\n", encoding="utf-8")
    page = client.get("/")
    assert "P1" in text(page)
    assert "p2-child-sexual-abuse.yaml" in text(page)


def test_every_page_lets_in_nothing_from_elsewhere(client):
    for address in ("/", "/plan/P1.3", "/nope", "/papers/board.docx", "/static/desk.css"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    ["/static/../app.py", "/static/app.py", "/papers/board.exe", "/papers/../x.docx", "/plan/",
     "/record/undo", "/record/init", "/see"],
)  # fmt: skip
def test_there_is_no_other_page(address, client):
    assert client.get(address).status_code == 404


BROKEN = {
    "no plan.yaml": lambda plan: (plan / "plan.yaml").unlink(),
    "a broken plan.yaml": lambda plan: (plan / "plan.yaml").write_text("id: [\n"),
    "no folder": shutil.rmtree,
}


@pytest.mark.parametrize("what", BROKEN)
def test_whatever_is_wrong_with_the_plan_every_page_says_so(what, desk, client, plan):
    BROKEN[what](plan)
    pages = [*LISTS, "plan/P1", "find?words=audit", "check", "record", "meeting", "ask", "collect"]
    for address in [*pages, *(f"record/{name}" for name in FORMS)]:
        page = client.get(f"/{address}")
        assert page.status_code < 500, address
        assert "inside hscp" not in page.text
    for command, fields in FILLED.items():
        page = send(desk, f"/record/{command}", **fields)
        # Where the file that it writes has no error, it is recorded, as in the shell.
        assert page.status_code in (303, 422)
        assert page.status_code == 303 or "There is a problem" in text(page)


@pytest.mark.parametrize("typed", ["\0", "--help", "<script>"])
def test_whatever_is_typed_is_answered(typed, desk, client):
    for name, form in LISTS.items():
        page = client.get(f"/{name}", query_string={f.name: typed for f in form.fields})
        assert page.status_code < 500, name
        assert "<script>" not in page.text
    for name, form in FORMS.items():
        page = send(desk, f"/record/{name}", **{field.name: typed for field in form.fields})
        assert page.status_code < 500, name
        assert "<script>" not in page.text


# --- to record ----------------------------------------------------------------------------------

FILLED = {
    "progress": {"id": "P1.4", "note": "All have\ncome in.", "status": "on track",
                 "evidence": "Minutes, item 4\nhttps://example.org/a", "due": "", "agreed": "",
                 "by": "", "date": "14 December 2021"},
    "reschedule": {"id": "P1.6", "to": "+2m", "reason": "Waits for the audit."},
    "add": {"id": "P1", "action": "Look again", "due": "June 2022", "after": "P1.4"},
    "decide": {"id": "P1", "decision": "Neglect continues.", "by": "HSCP Executive Board",
               "outcome": "continue", "completes": "P1.7\nP1.6"},
    "measure": {"id": "P1-M1", "value": "103", "period": "Q2 2021/22", "correct": "yes"},
    "impact": {"id": "P1.3", "note": "- Fewer came back.", "voice": "audit"},
    "assure": {"id": "P1-A", "level": "partly", "by": "HSCP Executive Board"},
    "add-measure": {"id": "P2", "name": "Cases", "unit": "cases", "better": "down",
                    "kind": "how much", "promised": "5 by 2022-03\n4 by 2022-06"},
    "add-priority": {"title": "Missing children", "until": "2023"},
    "add-register": {"title": "Action log"},
    "lead": {"id": "P3-A", "group": "Head of Education", "also": "HSCP Executive Board"},
    "add-meeting": {"date": "20 July 2022", "group": "HSCP Executive Board"},
    "add-objective": {"id": "P1", "statement": "A new one"},
}  # fmt: skip


@pytest.mark.parametrize("command", sorted(FILLED))
def test_a_form_records_byte_for_byte_what_the_command_line_does(command, desk, plan, tmp_path):
    fields, before, other = FILLED[command], files(plan), tmp_path / "other"
    shutil.copytree(plan, other)
    page = send(desk, f"/record/{command}", **fields)
    assert page.status_code == 303, text(page)
    words = FORMS[command].words(fields)
    hscp(other, *words)
    assert files(plan) == files(other) != before
    assert "Take it back" in Client(desk).get(page.location).text


def test_a_folder_that_holds_no_next_plan_is_named(desk):
    page = send(desk, "/record/carry", id="P1.4", to="our/next")
    assert page.status_code == 422
    assert "is not there any more" not in text(page)
    assert "our/next" in text(page)


def test_in_a_browser_nothing_is_carried_into_another_folder(client, monkeypatch):
    assert "/record/carry" in client.get("/record").text
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert "/record/carry" not in client.get("/record").text
    assert client.get("/record/carry").status_code == 404


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All that a folder holds, and when each file was written."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in paths}


@pytest.mark.parametrize("command", sorted(FILLED))
def test_look_first_says_what_the_page_says_that_follows_and_writes_nothing(
    command, desk, plan, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = everything(plan)
    page = send(desk, f"/record/{command}", **FILLED[command], do="look")
    assert page.status_code == 200, text(page)
    assert everything(plan) == before
    assert not list((tmp_path / "cache").rglob("*.journal"))
    looked = lines(page.text.partition('id="_look"')[2].partition("<details>")[0])
    done = lines(
        Client(desk).get(send(desk, f"/record/{command}", **FILLED[command]).location).text
    )
    assert len(looked) > 2
    assert looked - {"Nothing has been written yet."} <= done


def lines(markup: str) -> set[str]:
    """What the headings and paragraphs of a page say, but not in which file."""
    every = re.findall(r"<(?:p|h[23])>(.*?)</(?:p|h[23])>", markup, re.DOTALL)
    plain = (unescape(re.sub(r"<[^>]*>", "", each)) for each in every)
    return {re.sub(r"recorded in .*, line|file of its own, .*", "", each) for each in plain}


def test_look_first_gives_a_new_milestone_the_number_that_it_will_have(repository):
    plan = repository / "plan"
    git(repository, "switch", "-qc", "other")
    hscp(plan, "add", "P1", "Theirs", "--due", "2022-06")
    git(repository, "commit", "-qam", "Theirs")
    git(repository, "switch", "-q", "-")
    desk = Desk(plan)
    looked = text(send(desk, "/record/add", **FILLED["add"], do="look"))
    done = text(Client(desk).get(send(desk, "/record/add", **FILLED["add"]).location))
    number = re.search(r"(P1\.\d+) Look again", done)[1]
    assert f"{number} Look again" in looked


def test_look_first_shows_what_would_be_written_and_writes_nothing(desk, plan):
    before = files(plan)
    page = send(desk, "/record/progress", **FILLED["progress"], do="look")
    assert page.status_code == 200
    said, lines = text(page).split("The lines of the file")
    assert "This would be recorded Nothing has been written yet. P1.4 Audit of practice" in said
    assert "● on track" in said
    assert "+ note: |- + All have + come in." in lines
    assert files(plan) == before
    # What was filled in still stands there.
    assert "All have\ncome in.</textarea>" in page.text


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"id": "P1.4", "note": "x", "status": "sunny"}, "status", '"sunny" is not a status'),
        ({"id": "P1.4", "note": "x", "date": "31 June 2021"}, "date", "June"),
        ({"id": "", "note": "x"}, "id", "Milestone is missing"),
        ({"id": "P1.4", "note": "Moved.", "due": "2021-13"}, "due", "2021-13"),
        ({"id": "P1.4", "note": "", "due": "2022-03"}, "note", "A due date moves with a reason"),
    ],
)
def test_a_wrong_form_says_so_by_the_field_and_keeps_what_was_typed(
    fields, field, says, desk, plan
):
    before = files(plan)
    page = send(desk, "/record/progress", **fields)
    assert page.status_code == 422
    assert says in text(page)
    assert f'<a href="#{field}">' in page.text
    assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', page.text)
    assert fields["note"] in page.text
    assert files(plan) == before


def test_a_form_from_elsewhere_records_nothing(client, desk, plan):
    before = files(plan)
    for token in ("", "x" * len(desk.frame.token), "é"):
        page = client.post("/record/progress", data={"token": token, **FILLED["progress"]})
        assert page.status_code == 403
    assert client.get("/record/progress?do=record&id=P1.4&note=x").status_code == 200
    assert client.get("/undo").status_code in (404, 405)
    assert files(plan) == before


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("read_only", [False, True])
def test_only_a_form_that_is_sent_records_anything(method, read_only, repository):
    plan = repository / "plan"
    desk = Desk(plan, read_only=read_only)
    fields = {"token": desk.frame.token, "state": desk.frame.state(), **FILLED["progress"]}
    before, commit = files(plan), git(repository, "rev-parse", "HEAD")
    names = [*(f"record/{name}" for name in FORMS), "undo", "meeting", "begin/empty", "collect"]
    for name in [*names, f"file/{next(plan.glob('p1*')).name}"]:
        page = Client(desk).open(f"/{name}", method=method, data=fields)
        assert page.status_code < 500, name
        assert not page.data or method != "HEAD"
        assert files(plan) == before
    assert git(repository, "rev-parse", "HEAD") == commit


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names there are texts")
def test_a_file_whose_name_is_no_text_is_said(client, plan):
    Path(os.fsdecode(os.fsencode(plan) + b"/p\xff9.yaml")).write_text("id: P9\n", encoding="utf-8")
    for address in ("/", "/check", "/record/progress", "/plan/P1.4", "/papers"):
        page = client.get(address)
        assert page.status_code == 200, address
    assert "dcff9.yaml" in text(client.get("/check"))


def test_what_is_only_to_be_looked_at_records_nothing_and_offers_nothing(plan):
    before = files(plan)
    desk = Desk(plan, read_only=True)
    for address in ("/record/progress", "/undo", "/meeting"):
        assert send(desk, address, **FILLED["progress"]).status_code == 403
    assert files(plan) == before
    assert "<form method" not in Client(desk).get("/plan/P1.4").text


@pytest.mark.parametrize("address", [*LISTS, "lists", "check", "papers", "plan/P1", "plan/P1.4"])
def test_no_page_that_is_only_to_be_looked_at_leads_to_a_form(address, plan):
    page = Client(Desk(plan, read_only=True)).get(f"/{address}").text
    assert not re.findall('(?:href|action)="/(?:record|meeting|undo|collect|file)[^"]*', page)


def test_too_much_is_refused_before_it_is_read(desk):
    page = send(desk, "/record/progress", id="P1.4", note="x" * (LARGEST + 1))
    assert page.status_code == 413
    assert "MB" in text(page)


def test_loading_the_page_of_what_was_recorded_again_repeats_nothing(desk, plan):
    page = send(desk, "/record/progress", **FILLED["progress"])
    once = files(plan)
    for _ in range(2):
        assert Client(desk).get(page.location).status_code == 200
    assert files(plan) == once


@pytest.mark.parametrize("kept", ["repository", "folder"])
@pytest.mark.parametrize("command", sorted(FILLED))
def test_what_was_recorded_is_taken_back_by_the_byte(command, kept, request):
    plan = request.getfixturevalue(kept) / "plan"
    before, desk = files(plan), Desk(plan)
    nothing = text(Client(desk).get("/log"))
    page = send(desk, f"/record/{command}", **FILLED[command])
    assert files(plan) != before
    assert "1 record" in text(Client(desk).get("/log"))
    page = taken_back(desk, page)
    assert "Taken back The plan is as it was before this:" in text(page)
    assert files(plan) == before
    assert text(Client(desk).get("/log")) == nothing
    assert "Take it back" not in page.text


def taken_back(desk: Desk, done: TestResponse) -> TestResponse:
    """The page after the button was chosen on the page of what was done."""
    page = send(desk, "/undo", key=done.location.rpartition("/")[2])
    return Client(desk).get(page.location) if page.location else page


@pytest.mark.parametrize("kept", ["repository", "folder"])
@pytest.mark.parametrize("command", sorted(FILLED))
def test_each_line_of_what_was_recorded_is_taken_back(command, kept, request):
    plan = request.getfixturevalue(kept) / "plan"
    before, desk = files(plan), Desk(plan)
    send(desk, f"/record/{command}", **FILLED[command])
    page = of_log(desk, 0)
    assert page.status_code == 200, text(page)
    assert "taken back" in text(page)
    assert files(plan) == before
    assert not OFFERED(Client(desk).get("/log").text)


OFFERED = re.compile(r'action="/undo">(.*?)</form>', re.DOTALL).findall
"""The buttons of a page that take something back."""


def of_log(desk: Desk, number: int) -> TestResponse:
    """The page after the button of this number was chosen on the page of what was recorded."""
    form = OFFERED(Client(desk).get("/log").text)[number]
    fields = dict(re.findall(r'name="(id|date|state)" value="(.*?)"', form))
    page = send(desk, "/undo", **fields)
    return Client(desk).get(page.location) if page.location else page


def test_any_line_of_several_is_taken_back_and_no_other(desk, plan):
    notes = {"2021-12-13": "First.", "2021-12-14": "Second.", "2021-12-15": "Third."}
    for day, note in notes.items():
        send(desk, "/record/progress", id="P1.4", note=note, date=day)
    send(desk, "/record/progress", id="P1.4", note="Again.", date="2021-12-15")
    # The newest first; of one day only the last, which is to be taken back before the other.
    assert len(OFFERED(Client(desk).get("/log").text)) == 3
    assert "Second." in text(of_log(desk, 1))
    held = files(plan)["p1-neglect.yaml"].decode()
    assert "Second." not in held
    assert all(note in held for note in ("First.", "Third.", "Again."))


def test_a_milestone_that_another_waits_for_is_taken_back_after_it(desk, plan):
    before = files(plan)
    send(desk, "/record/add", id="P4", action="Brief the schools", due="2022-06")
    send(desk, "/record/add", id="P4", action="Ask them", due="to be confirmed", after="P4.4")
    recorded = files(plan)
    assert "P4.5 waits for P4.4, so P4.4 stays. Take P4.5 back first" in text(of_log(desk, 1))
    assert files(plan) == recorded
    for _ in range(2):
        of_log(desk, 0)
    assert files(plan) == before


def test_what_is_in_git_meanwhile_is_not_taken_back(repository):
    plan = repository / "plan"
    desk = Desk(plan)
    done = send(desk, "/record/progress", **FILLED["progress"])
    hscp(plan, "save")
    saved = files(plan)
    page = taken_back(desk, done)
    assert page.status_code == 422
    assert "is in git already, so it stays" in text(page)
    assert files(plan) == saved


def test_what_was_put_in_git_elsewhere_meanwhile_is_not_said_to_be_taken_back(repository):
    plan = repository / "plan"
    desk = Desk(plan)
    send(desk, "/record/progress", **FILLED["progress"])
    offered = re.findall(r'name="(id|date|state)" value="(.*?)"', Client(desk).get("/log").text)
    hscp(plan, "save")
    page = Client(desk).get(send(desk, "/undo", **dict(offered)).location)
    assert "<h1>Nothing was taken back</h1>" in page.text
    assert "Nothing of P1.4 to take back" in text(page)
    assert "Taken back" not in page.text


def test_where_nothing_is_to_be_kept_in_git_the_desk_says_so(repository):
    desk = Desk(repository / "plan")
    page = send(desk, "/record/save", do="record")
    assert "Nothing to save: the plan is in git as it stands" in text(
        Client(desk).get(page.location)
    )


def test_where_git_is_on_no_branch_one_is_offered_that_keeps_it(repository):
    git(repository, "checkout", "-q", "--detach")
    desk = Desk(repository / "plan")
    send(desk, "/record/progress", id="P1.3", note="A second team began.")
    page = Client(desk).get("/record/save")
    assert page.status_code == 422
    (offered,) = re.findall(r'href="(/record/save[^"]*)"', page.text)
    page = Client(desk).get(offered)
    assert "This is what would be kept" in text(page)
    (branch,) = re.findall(r'name="branch" value="([^"]+)"', page.text)
    assert send(desk, "/record/save", do="record", branch=branch).status_code == 303
    assert git(repository, "branch", "--show-current") == branch


@pytest.mark.parametrize("lock", ["index.lock", "HEAD.lock", "refs/heads/main.lock"])
def test_a_file_that_git_left_behind_is_named_in_plain_words(lock, repository):
    (repository / ".git" / lock).touch()
    desk = Desk(repository / "plan")
    send(desk, "/record/progress", id="P1.3", note="A second team began.")
    said = text(send(desk, "/record/save", do="record"))
    assert f"delete .git/{lock}" in said
    assert "Fatal" not in said
    (repository / ".git" / lock).unlink()
    assert send(desk, "/record/save", do="record").status_code == 303


def test_without_git_and_without_a_desk_nothing_tells_what_was_saved(plan):
    assert "in no git repository" in hscp(plan, "undo", status=2)


def test_in_a_browser_nobody_is_told_to_install_git(plan, monkeypatch):
    desk = Desk(plan)
    monkeypatch.setattr("sys.platform", "emscripten")
    monkeypatch.setenv("PATH", "")
    page = text(Client(desk).get("/changes?since=last+board"))
    assert "There is no git in a browser" in page
    assert "git-scm" not in page


def test_what_somebody_else_recorded_meanwhile_is_not_taken_back_unseen(repository):
    plan = repository / "plan"
    desk = Desk(plan)
    done = send(desk, "/record/progress", id="P1.3", note="Mine.")
    hscp(plan, "progress", "P1.3", "Theirs.")
    both = files(plan)
    page = taken_back(desk, done)
    assert page.status_code == 409
    assert "so nothing was taken back" in text(page)
    assert all(note in text(page) for note in ("Mine.", "Theirs."))
    page = send(desk, "/undo", id="P1.3", state="as it was")
    assert page.status_code == 409
    assert files(plan) == both
    of_log(desk, 0)
    held = files(plan)["p1-neglect.yaml"]
    assert b"Theirs." not in held
    assert b"Mine." in held


def test_an_id_is_no_option(repository):
    plan = repository / "plan"
    before = files(plan)
    desk = Desk(plan)
    send(desk, "/record/progress", **FILLED["progress"])
    recorded = files(plan)
    for id in ("--dry-run", "--help", "--date=2021-12-14"):
        page = Client(desk).get(send(desk, "/undo", id=id).location)
        assert page.status_code == 422
        assert Client(desk).get(f"/plan/{id}").status_code == 404
    assert files(plan) == recorded != before


def test_the_timeline_says_when_a_milestone_starts_only_where_the_plan_does(client, plan):
    opened, page = store.open_plan(plan).plan, client.get("/timeline").text
    starts = re.findall(r'">(P[\d.]+)</a>[^<]*</th>\s*<td[^>]*"Starts">([^<]*)</td>', page)
    written = {m.id: m.start.shown if m.start else "" for p in opened.owners for m in p.milestones}
    assert dict(starts) == written
    assert "" in written.values()


# --- after a meeting ----------------------------------------------------------------------------

MEETING = {
    "date": "15 December 2021",
    "by": "HSCP Executive Board",
    "P1.2.note": "Ten of eleven.",
    "P2.2.note": "Draft agreed.",
    "P2.2.status": "at risk",
    "decision1.id": "P2",
    "decision1.decision": "The draft goes to consultation.",
}


def test_a_meeting_is_recorded_in_one_go(desk, plan):
    page = send(desk, "/meeting", **MEETING)
    assert page.status_code == 303, text(page)
    said = text(Client(desk).get(page.location))
    assert all(word in said for word in ("Ten of eleven.", "Draft agreed.", "consultation"))
    # Each under its own title, below that of the page.
    assert "Recorded P1.2 Implement" in said
    assert "P2.2 Develop local CSA Strategy" in said
    held = b"".join(files(plan).values()).decode()
    assert "The draft goes to consultation." in held
    assert held.count("2021-12-15") == 3


@pytest.mark.parametrize(
    ("by", "typed", "agreed"),
    [
        ("HSCP Executive Board", "", "HSCP Executive Board, 15 December 2021"),
        ("HSCP Executive Board", "Nobody", None),
        ("HSCP Executive Board", "HSCP Executive Board, 20 October 2021",
         "HSCP Executive Board, 20 October 2021"),
        ("Safeguarding Effectiveness Sub-Group", "", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_what_moves_or_ends_at_a_boards_meeting_is_agreed_by_it(by, typed, agreed, desk, plan):
    said = {"P1.2.note": "It waits.", "P1.2.due": "June 2022", "P1.2.agreed": typed,
            "P2.2.note": "All is in.", "P2.2.status": "complete", "P2.2.agreed": typed,
            "P1.4.note": "Half are in."}  # fmt: skip
    page = send(desk, "/meeting", date="15 December 2021", by=by, **said)
    assert page.status_code == 303, text(page)
    held = store.open_plan(plan).plan
    log = {m.id: m.progress[-1] for o in held.owners for m in o.milestones if m.progress}
    assert [log[id].agreed for id in ("P1.2", "P2.2", "P1.4")] == [agreed, agreed, None]


@pytest.mark.parametrize("kept", ["repository", "folder"])
def test_a_meeting_is_taken_back_in_one_go(kept, request):
    plan = request.getfixturevalue(kept) / "plan"
    before, desk = files(plan), Desk(plan)
    done = send(desk, "/meeting", **MEETING)
    assert "Take all of it back" in Client(desk).get(done.location).text
    page = taken_back(desk, done)
    assert "Ten of eleven." in text(page)
    assert files(plan) == before
    assert not OFFERED(Client(desk).get("/log").text)


def test_of_a_meeting_all_is_taken_back_or_nothing(desk, plan, monkeypatch):
    done = send(desk, "/meeting", **MEETING)
    after = files(plan)
    replace = os.replace

    def fails(source, target):
        if str(target).endswith("p2-child-sexual-abuse.yaml"):
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails)
    page = taken_back(desk, done)
    assert page.status_code == 422
    assert "the disk is full" in text(page)
    assert files(plan) == after


def test_of_a_meeting_with_one_slip_nothing_is_recorded(desk, plan):
    before = files(plan)
    page = send(desk, "/meeting", **MEETING | {"P2.2.status": "sunny"})
    assert page.status_code == 422
    assert '<a href="#P2.2.status">' in page.text
    assert re.search(r'id="P2.2.status"[^>]*aria-invalid="true"', page.text)
    assert "Ten of eleven." in page.text
    assert files(plan) == before
    assert send(desk, "/meeting").status_code == 422
    page = send(desk, "/meeting", **MEETING | {"by": ""})
    assert "Who decided is missing" in text(page)
    assert '<a href="#by">' in page.text
    assert files(plan) == before


@pytest.mark.parametrize("also", ["", "p1-neglect.yaml"])
def test_a_meeting_that_cannot_go_on_is_taken_back_where_that_takes_nothing_elses(
    also, desk, plan, monkeypatch
):
    run, names = desk.frame.run, ["p2-child-sexual-abuse.yaml", *([also] if also else [])]
    before = files(plan)

    def and_somebody_else(command, *words):
        said = run(command, *words)
        if "P1.2" in words:
            for name in names:
                (plan / name).write_bytes((plan / name).read_bytes() + b"# theirs: [\n\0")
        return said

    monkeypatch.setattr(desk.frame, "run", and_somebody_else)
    page = send(desk, "/meeting", **MEETING)
    assert page.status_code == 422
    assert all((plan / name).read_bytes().endswith(b"\0") for name in names)
    # What was recorded is not in the form any more, and the rest still is.
    told = "only what stands below was recorded" if also else "and nothing was recorded"
    assert told in text(page)
    assert ("Ten of eleven.</textarea>" in page.text) is not bool(also)
    assert (b"Ten of eleven." in files(plan)["p1-neglect.yaml"]) is bool(also)
    assert also or files(plan)["p1-neglect.yaml"] == before["p1-neglect.yaml"]
    assert "Draft agreed.</textarea>" in page.text
    assert "The draft goes to consultation.</textarea>" in page.text


def test_of_a_meeting_that_the_disk_has_no_room_for_nothing_is_recorded(
    desk, plan, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before, replace = files(plan), os.replace

    def fails(source, target):
        if str(target) == str(plan / "p2-child-sexual-abuse.yaml"):
            raise OSError(28, "No space left on device")
        replace(source, target)

    with monkeypatch.context() as full:
        full.setattr(os, "replace", fails)
        page = send(desk, "/meeting", **MEETING)
    assert page.status_code == 422
    assert "the disk is full" in text(page)
    assert "and nothing was recorded" in text(page)
    assert "Ten of eleven.</textarea>" in page.text
    assert files(plan) == before
    assert send(desk, "/meeting", **MEETING).status_code == 303


MOVED = {"P1.6.note": "Waits for the audit.", "P1.6.due": "+2m", "P3.2.status": "on track"}


@pytest.mark.parametrize("key", ["P1.2", "P2.2", "P1.6", "P3.2", "decision1"])
def test_a_meeting_half_of_which_is_recorded_can_be_sent_again(key, desk, plan):
    whole = MEETING | MOVED
    part = {n: text for n, text in whole.items() if n.rpartition(".")[0] in ("", key)}
    assert send(desk, "/meeting", **part).status_code == 303
    half = files(plan)
    looked = send(desk, "/meeting", **whole, do="look")
    page = send(desk, "/meeting", **whole)
    assert page.status_code == 303, text(page)
    page = Client(desk).get(page.location)
    for each in (looked, page):
        assert len(re.findall("already", text(each))) == 1
    assert "Recorded" in page.text
    once = files(plan)
    assert once != half
    again = Client(desk).get(send(desk, "/meeting", **whole).location)
    assert "Nothing new was recorded" in text(again)
    assert "Take it back" not in again.text
    assert files(plan) == once
    held = b"".join(once.values()).decode()
    assert all(held.count(whole[f]) == 1 for f in whole if f.endswith((".note", ".decision")))


def inputs_of(page: TestResponse) -> dict[str, str]:
    """What the text fields of a page hold, by their names."""
    tags = re.findall(r"<input[^>]*>", page.text)
    pairs = [[re.search(rf' {key}="([^"]*)"', tag) for key in ("name", "value")] for tag in tags]
    return {name[1]: unescape(value[1]) for name, value in pairs if name and value}


@pytest.mark.parametrize(("address", "to", "sent"), [
    ("/record/reschedule", "to", {"id": "P1.6", "to": "+2m", "reason": "Waits."}),
    ("/record/progress", "due", {"id": "P1.6", "due": "+2m", "note": "Waits."}),
    ("/meeting", "P1.6.due", MOVED),
])  # fmt: skip
def test_a_date_that_was_looked_at_is_the_one_that_is_recorded(address, to, sent, desk, plan):
    looked = send(desk, address, **sent, do="look")
    assert "March 2022" in text(looked)
    assert inputs_of(looked)[to] == "2022-03"
    hscp(plan, "reschedule", "P1.6", "2022-08", "--reason", "Somebody else moved it.")
    assert send(desk, address, **{**sent, to: inputs_of(looked)[to]}).status_code == 303
    assert "due date moved: August 2022 to March 2022" in hscp(plan, "show", "P1.6")


def test_a_move_that_is_sent_twice_moves_once_and_in_the_shell_each_time(desk, plan):
    moves = {"id": "P1.6", "to": "+2m", "reason": "Waits for the audit."}
    assert send(desk, "/record/reschedule", **moves).status_code == 303
    once = files(plan)
    page = send(desk, "/record/reschedule", **moves)
    assert page.status_code == 422
    assert "P1.6's log has this entry already" in text(page)
    assert files(plan) == once
    hscp(plan, "reschedule", "P1.6", "+2m", "--reason", "Waits for the audit.")
    assert files(plan) != once


def test_a_closing_that_is_recorded_can_be_sent_again(desk, plan):
    closes = {"by": "HSCP Executive Board", "decision1.id": "P2", "decision1.decision": "Aims met.",
              "decision1.outcome": "close", "decision1.left": "carry"}  # fmt: skip
    assert send(desk, "/meeting", **closes).status_code == 303
    once = files(plan)
    page = send(desk, "/meeting", **closes)
    assert page.status_code == 303, text(page)
    assert files(plan) == once


def test_somebody_at_the_shell_while_a_form_is_filled_in_loses_nothing(desk, plan):
    assert Client(desk).get("/plan/P1.4").status_code == 200
    hscp(plan, "progress", "P1.4", "Said at the shell.", "--status", "off track")
    assert send(desk, "/record/progress", **FILLED["progress"]).status_code == 303
    shown = hscp(plan, "show", "P1.4")
    assert "Said at the shell." in shown
    assert "All have come in." in shown


def test_what_left_the_list_of_a_meeting_meanwhile_is_recorded_or_refused_never_dropped(desk, plan):
    said = {"P1.2.note": "Done at last.", "P3.2.note": "Waits.", "P9.9.note": "Lost?"}
    hscp(plan, "progress", "P1.2", "Closed early.", "--status", "complete")
    page = send(desk, "/meeting", **said)
    assert page.status_code == 422
    assert all(note in page.text for note in said.values())
    assert '<a href="#P9.9' in page.text
    assert (
        send(desk, "/meeting", **{k: v for k, v in said.items() if "9" not in k}).status_code == 303
    )
    assert b"Done at last." in files(plan)["p1-neglect.yaml"]
    (plan / "p3-vulnerable-children-in-education.yaml").write_text("<<<<<<< a\n", encoding="utf-8")
    page = send(desk, "/meeting", **{"P3.2.note": "Still waits.", "P1.2.note": "Again."})
    assert page.status_code == 422
    assert "Still waits." in page.text
    assert b"Again." not in files(plan)["p1-neglect.yaml"]


def test_a_meeting_can_be_looked_at_first(desk, plan):
    before = files(plan)
    page = send(desk, "/meeting", **MEETING, do="look")
    assert "Ten of eleven." in text(page)
    assert "Nothing has been written yet." in text(page)
    assert files(plan) == before


LOOKED_AT = {"/meeting": (MEETING, "Record all of it"),
             "/record/progress": (FILLED["progress"], "Record it")}  # fmt: skip


@pytest.mark.parametrize("address", LOOKED_AT)
def test_what_was_looked_at_is_recorded_right_there(address, desk):
    fields, button = LOOKED_AT[address]
    page = send(desk, address, **fields, do="look")
    looked = page.text.partition('<section class="look"')[2].partition("</section>")[0]
    form, words = re.search(
        r'<button form="(.+?)" name="do" value="record">(.+?)</', looked
    ).groups()
    assert words == button
    assert re.search(rf'<form id="{form}" method="post" action="{address}">', page.text)


@pytest.mark.parametrize("address", LOOKED_AT)
def test_what_was_taken_back_is_recorded_again_changed(address, desk, plan):
    fields = LOOKED_AT[address][0]
    page = taken_back(desk, send(desk, address, **fields))
    link = unescape(re.search(r'href="([^"]*)">Record it again, changed<', page.text)[1])
    form = Client(desk).get(link).text.partition("<main")[2]
    again = {name: text for name, text in typed_in(form).items() if fields.get(name)}
    assert again == {name: text for name, text in fields.items() if text}
    before = files(plan)
    assert send(desk, address, **typed_in(form)).status_code == 303
    assert files(plan) != before


def typed_in(form: str) -> dict[str, str]:
    """What stands in the fields of a page, by their names."""
    inputs = re.findall(r'<input [^>]*?name="([^"]+)"[^>]* value="([^"]*)"', form)
    areas = re.findall(r'<textarea [^>]*?name="([^"]+)"[^>]*>([^<]*)<', form)
    selects = re.findall(
        r'<select [^>]*?name="([^"]+)".*?(?:<option value="([^"]*)" selected|</select>)',
        form, re.DOTALL,
    )  # fmt: skip
    every = [*inputs, *areas, *selects]
    return {name: unescape(text) for name, text in every if name not in ("token", "state")}


def test_a_meetings_rows_say_what_goes_through_an_agenda(client):
    page = client.get("/meeting")
    rows = re.findall(r'<details id="(.*?)".*?<summary>(.*?)</summary>', page.text, re.DOTALL)
    said = {id: " ".join(unescape(re.sub("<[^>]*>", " ", row)).split()) for id, row in rows}
    assert {"P3.2", "P1.2", "P2.2", "P3.1", "P1.4", "P2.5"} == said.keys()
    assert said["P1.2"] == (
        "P1.2 Implement recommendations of Family X LSCPR ! 15 days late "
        "Was due November 2021; lead: Chair of SE Sub-Group "
        '9 November 2021: "Nine of eleven actions carried out."'
    )
    assert "▲ Late to start Was to begin April 2021" in said["P3.1"]
    assert not re.search(r"<details [^>]* open", page.text)


def test_a_meeting_of_the_plan_gives_its_day_and_who_met(client):
    page = client.get("/meeting")
    assert "<option selected>HSCP Partnership Board, 10 November 2021</option>" in page.text
    assert value_of("date", page) == "10 November 2021"
    assert value_of("by", page) == "HSCP Partnership Board"
    page = client.get("/meeting", query_string={"meeting": "HSCP Executive Board, 20 October 2021"})
    assert value_of("date", page) == "20 October 2021"
    assert value_of("by", page) == "HSCP Executive Board"
    assert "HSCP Executive Board, 20 October 2021" in page.text.partition('id="agreed-offers"')[2]
    assert value_of("date", client.get("/meeting?meeting=")) == ""


def test_a_meeting_goes_through_what_is_at_risk_or_off_track_whenever_it_is_due(desk, plan):
    hscp(plan, "progress", "P3.3", "Nobody is in post.", "--status", "off track")
    ids = re.findall(r'<details id="(.*?)"', Client(desk).get("/meeting").text)
    assert "P3.3" in ids
    assert "P1.4" in ids
    assert "P2.6" not in ids


def test_where_nothing_is_urgent_a_meeting_says_how_to_find_another_milestone(tmp_path):
    plan = small_plan(tmp_path) / "plan"
    for name in ("p1.yaml", "p2.yaml"):
        path = plan / name
        path.write_text(path.read_text().replace("2021-09", "2022-12"))
    page = Client(Desk(plan)).get("/meeting")
    assert "Nothing is late, off track, at risk or due soon" in text(page)
    assert "“All that is open”" in text(page)
    assert '<a href="/record/progress">' in page.text


def test_a_meeting_that_the_plan_does_not_have_is_offered_to_be_added(desk, plan):
    done = Client(desk).get(send(desk, "/meeting", **MEETING, meeting="").location)
    assert "Add this meeting to the plan: HSCP Executive Board, 15 December 2021" in text(done)
    link = unescape(re.search(r'href="([^"]*)">Add this meeting', done.text)[1])
    form = Client(desk).get(link)
    assert send(desk, "/record/add-meeting", **typed_in(form.text)).status_code == 303
    assert b"date: 2021-12-15" in files(plan)["plan.yaml"]
    again = {**MEETING, "P1.2.note": "Eleven.", "decision1.decision": "It goes out."}
    done = Client(desk).get(send(desk, "/meeting", **again, meeting="").location)
    assert "Add this meeting" not in text(done)


def test_who_met_or_when_that_is_none_is_no_meeting_to_add(desk):
    typed = {"P1.2.note": "Ten of eleven."}
    done = Client(desk).get(send(desk, "/meeting", **typed, meeting="", date="").location)
    assert "Add this meeting" not in text(done)


def test_milestones_are_chosen_under_their_priority_by_id_and_enough_words(desk, plan):
    path = plan / "p1-neglect.yaml"
    alike = "Agree with every agency of the partnership which of its teams takes up the {} tool"
    words = path.read_text()
    for old, new in (("Revise Neglect Strategy for re-launch in March 22", "first"),
                     ("Implement recommendations of Family X LSCPR", "second")):  # fmt: skip
        words = words.replace(old, alike.format(new))
    path.write_text(words)
    select = Client(desk).get("/record/progress").text.partition('<select id="id"')[2]
    select = select.partition("</select>")[0]
    group = select.partition('<optgroup label="P1  Neglect">')[2].partition("</optgroup>")[0]
    assert '<option value="P1.2">P1.2 – ' in group
    assert "P2.2" not in group
    assert "takes up the first tool" in group
    assert "takes up the second tool" in group


def test_who_leads_what_nobody_was_asked_about_opens_with_that_chosen(desk):
    done = Client(desk).get(send(desk, "/ask").location)
    link = unescape(re.search(r'<a href="(/record/lead[^"]*)">', done.text)[1])
    form = Client(desk).get(link)
    assert typed_in(form.text)["id"] == "P3-A"


def value_of(name: str, page: TestResponse) -> str:
    """What stands in a field of a page."""
    return unescape(re.search(rf'name="{re.escape(name)}" value="(.*?)"', page.text)[1])


def test_another_choice_of_milestones_loses_nothing_that_was_typed(desk, plan):
    before = files(plan)
    typed = {"shown": "x", "date": "1 December 2021", "by": "Me", "P1.2.note": "Ten.", "do": "show"}
    held = "HSCP Partnership Board, 10 November 2021"
    page = send(desk, "/meeting", **typed | {"shown": held, "meeting": held, "which": "P4"})
    ids = re.findall(r'<details id="(.*?)"', page.text)
    assert "P1.2" in ids
    assert {id.partition(".")[0] for id in ids} == {"P1", "P4"}
    assert "Ten.</textarea>" in page.text
    assert value_of("date", page) == "1 December 2021"
    other = "HSCP Executive Board, 20 October 2021"
    page = send(desk, "/meeting", **typed | {"shown": held, "meeting": other})
    assert value_of("date", page) == "20 October 2021"
    assert "Ten.</textarea>" in page.text
    assert files(plan) == before


def test_a_closing_asks_what_becomes_of_what_is_open_in_the_words_of_the_page(desk, plan):
    closes = {"by": "HSCP Executive Board", "decision1.id": "P2", "decision1.decision": "Aims met.",
              "decision1.outcome": "close"}  # fmt: skip
    page = send(desk, "/meeting", **closes)
    assert page.status_code == 422
    assert '<a href="#decision1.left">' in page.text
    assert "What becomes of them?" in text(page)
    assert "hscp " not in text(page)
    assert "carry – closed here, and carried forward to the next plan" in page.text
    done = send(desk, "/meeting", **closes, **{"decision1.left": "carry"})
    assert done.status_code == 303, text(done)
    assert "Carried forward to the next plan." in files(plan)["p2-child-sexual-abuse.yaml"].decode()


def test_there_is_room_for_as_many_decisions_as_were_made(desk, plan):
    typed = {"decision1.id": "P1", "decision1.decision": "One.", "decisions": "1"}
    page = send(desk, "/meeting", **typed, do="more")
    assert 'id="decision2.decision"' in page.text
    assert "One.</textarea>" in page.text
    more = {f"decision{n}.{name}": text for n in (2, 3, 4, 5)
            for name, text in (("id", "P1"), ("decision", f"Number {n}."))}  # fmt: skip
    done = send(desk, "/meeting", by="HSCP Executive Board", **typed, **more)
    assert done.status_code == 303, text(done)
    assert files(plan)["p1-neglect.yaml"].count(b"decision: Number") == 4


def test_the_page_of_a_meeting_stays_small_and_says_what_is_left_out(plan):
    late = "".join(
        f"      - id: P9.{n}\n        due: 2021-10\n        action: Late {n}\n"
        for n in range(1, 1001)
    )
    head = "id: P9\ntitle: Many\nobjectives:\n  - id: P9-A\n    milestones:\n"
    (plan / "p9-many.yaml").write_text(head + late, encoding="utf-8")
    page = Client(Desk(plan)).get("/meeting")
    assert len(page.data) < 500_000
    assert len(re.findall("<details id=", page.text)) == 100
    assert "906 milestones more: choose a priority to see them." in text(page)
    assert "late to start" in text(page)
    page = Client(Desk(plan)).get("/meeting?which=P1")
    assert "P9.1" not in page.text.partition("<h2>What was said")[2]


# --- to ask, and what comes back ----------------------------------------------------------------


LEADS = ["HSCP Statutory Safeguarding Partners", "Chair of SE Sub-Group"]


def asked_of(desk: Desk, **fields: object) -> tuple[TestResponse, str]:
    page = send(desk, "/ask", **fields)
    assert page.status_code == 303, text(page)
    done = Client(desk).get(page.location)
    return Client(desk).get(f"{page.location}/file"), text(done)


def test_forms_are_handed_out_and_who_was_asked_is_recorded(desk, plan, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(plan, other)
    who, out = LEADS[0], tmp_path / "form.docx"
    file, said = asked_of(desk, who=who, meeting="next board", reply_by="7 January 2022")
    assert file.headers["Content-Disposition"].endswith(".docx")
    assert "Asked 1 lead" in said
    hscp(other, "ask", who, "--for", "next board", "--reply-by", "7 January 2022", "-o", str(out))
    assert files(plan)["asked.yaml"] == files(other)["asked.yaml"]
    assert file.data == out.read_bytes()
    assert not list(plan.glob("*.docx"))


def test_an_asking_is_taken_back_and_nothing_else_is_offered_where_nothing_was_recorded(desk, plan):
    assert send(desk, "/record/progress", **FILLED["progress"]).status_code == 303
    recorded = files(plan)
    done = send(desk, "/ask", who=LEADS[0])
    assert files(plan) != recorded
    again = Client(desk).get(send(desk, "/ask", who=LEADS[0]).location)
    assert "Take it back" not in again.text
    taken_back(desk, done)
    assert files(plan) == recorded


@pytest.mark.parametrize(("kind", "ending"), [*zip(KINDS, ("docx", "xlsx", "eml"), strict=True)])
def test_several_forms_come_as_one_file(kind, ending, desk):
    file, said = asked_of(desk, who=LEADS, kind=kind, still_open="yes")
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        assert len(archive.namelist()) > 1
        assert all(name.endswith(f".{ending}") for name in archive.namelist())
    assert "Asked 2 leads" in said


def test_whom_nobody_knows_nobody_asks(desk, plan):
    before = files(plan)
    page = send(desk, "/ask", who="Nobody Known")
    assert page.status_code == 422
    assert "Nobody Known" in text(page)
    page = send(desk, "/ask", reply_by="1 January 2020")
    assert '"The day by which to answer"' in text(page)
    assert "--reply-by" not in page.text
    assert '<a href="#reply_by">' in page.text
    assert files(plan) == before


NOTES = "P1.2\nTen of eleven.\n\nP1.6: sunny\n"


def sent_back(desk: Desk, *named: tuple[str, bytes], **fields: str) -> TestResponse:
    some = [(io.BytesIO(data), name) for name, data in named]
    return send(desk, "/collect", do="look", files=some, **fields)


def test_what_came_back_is_shown_and_then_recorded(desk, plan, tmp_path):
    before, other = files(plan), tmp_path / "other"
    shutil.copytree(plan, other)
    by = "HSCP Executive Board"
    page = sent_back(desk, ("notes.txt", NOTES.encode()), by=by)
    assert page.status_code == 200, text(page)
    assert "Ten of eleven." in text(page)
    assert "sunny" in text(page)
    assert 'Another: "The day they are of"' in text(page)
    assert files(plan) == before
    key = re.search(r'name="key" value="([^"]+)"', page.text)[1]
    done = send(desk, "/collect", do="record", key=key, by=by)
    assert done.status_code == 303, text(done)
    said = text(Client(desk).get(done.location))
    assert "Ten of eleven." in said
    assert "Recorded 2 entries" in said
    (tmp_path / "notes.txt").write_text(NOTES, encoding="utf-8")
    hscp(other, "collect", str(tmp_path / "notes.txt"), "--by", by, "--yes")
    assert files(plan) == files(other) != before
    # Sent twice, it is recorded once.
    once = files(plan)
    assert send(desk, "/collect", do="record", key=key, by=by).status_code == 422
    assert files(plan) == once


DOUBTFUL = "P1.6\nHalf done.\nStatus: amber/red\n\nP2.5\nSee attached.\n"
BOARD = "HSCP Executive Board"


def fields_of(page: TestResponse) -> dict[str, list[str]]:
    """The values that each question on a page offers."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(decided\.\w+)"[^>]* value="([^"]*)"', page.text):
        fields.setdefault(name, []).append(value)
    return fields


def key_in(page: TestResponse) -> str:
    return re.search(r'name="key" value="([^"]+)"', page.text)[1]


def test_what_is_doubtful_is_decided_on_the_page_and_what_is_left_stays_offered(desk, plan):
    page = sent_back(desk, ("notes.txt", DOUBTFUL.encode()), by=BOARD)
    status, row = fields_of(page)
    assert [*fields_of(page).values()] == [["", "at risk", "off track"], ["", "yes"]]
    assert "It only points elsewhere" in text(page)
    done = send(desk, "/collect", do="record", key=key_in(page), **{status: "at risk"})
    assert done.status_code == 303, text(done)
    said = Client(desk).get(done.location)
    assert "Recorded 1 entry" in text(said)
    assert b"note: Half done.\n            status: at risk" in files(plan)["p1-neglect.yaml"]
    onward = re.search(r'<a href="(/collect/[^"]+)">([^<]*)</a>', said.text)
    assert onward[2] == "Decide what is left: 1 answer"
    left = Client(desk).get(onward[1])
    assert [*fields_of(left)] == [row]
    done = send(desk, "/collect", do="record", key=key_in(left), **{row: "yes"})
    said = Client(desk).get(done.location)
    assert "Recorded 1 entry" in text(said)
    assert "Decide what is left" not in text(said)
    assert b"note: See attached." in files(plan)["p2-child-sexual-abuse.yaml"]
    gone = Client(desk).get(onward[1])
    assert (gone.status_code, "not held here any more" in text(gone)) == (422, True)


def test_what_was_decided_is_not_told_as_to_decide(desk):
    page = sent_back(desk, ("notes.txt", DOUBTFUL.encode()), by=BOARD)
    assert "1 answered, 2 to decide" in text(page)
    status, row = fields_of(page)
    decided = {status: "at risk", row: "yes"}
    done = send(desk, "/collect", do="record", key=key_in(page), **decided)
    said = text(Client(desk).get(done.location))
    assert "to decide" not in said
    assert "2 answered." in said


def test_where_nothing_is_sure_and_nothing_was_decided_nothing_is_done(desk, plan):
    before = files(plan)
    page = sent_back(desk, ("notes.txt", b"P2.5\nSee attached.\n"), by=BOARD)
    again = send(desk, "/collect", do="record", key=key_in(page))
    assert again.status_code == 422
    assert "Nothing was recorded, as nothing is sure" in text(again)
    assert fields_of(again) == fields_of(page) != {}
    assert files(plan) == before


THIRD_MOVE = (
    *("reschedule", "P1.4", "2022-02"),
    *("--reason", "Posts are vacant.", "--date", "2021-12-14"),
)
"""What is recorded so that the next move is the third."""


def test_a_decision_that_decides_nothing_is_said_by_its_field_and_kept(desk, plan):
    hscp(plan, *THIRD_MOVE)
    before = files(plan)
    notes = b"P1.4\nNew date: April 2022, as two agencies are late\n\nP1.6: Half done.\n"
    page = sent_back(desk, ("notes.txt", notes), by=BOARD)
    (field,) = fields_of(page)
    assert "Who agreed it?" in text(page)
    wrong = send(desk, "/collect", do="record", key=key_in(page), **{field: "nobody"})
    assert wrong.status_code == 422
    assert f'<a href="#{field}">P1.4:' in wrong.text
    assert fields_of(wrong) == {field: ["nobody"]}
    assert "--agreed" not in wrong.text
    assert files(plan) == before
    agreed = send(
        desk, "/collect", do="record", key=key_in(page), **{field: f"{BOARD}, 14 December"}
    )
    assert "Recorded 2 entries" in text(Client(desk).get(agreed.location))
    text_now = files(plan)["p1-neglect.yaml"]
    assert b"agreed: HSCP Executive Board, 14 December 2021" in text_now


def test_a_date_that_could_not_be_read_is_typed_on_the_page(desk, plan):
    notes = b"P1.4\nTwo agencies are late.\nNew date: once the returns are in\n"
    page = sent_back(desk, ("notes.txt", notes), by=BOARD)
    (field,) = fields_of(page)
    assert "Which date is meant?" in text(page)
    key = key_in(page)
    for typed, said in (("2021-13", "is not a date"), ("2020-01", "was already over")):
        wrong = send(desk, "/collect", do="record", key=key, **{field: typed})
        assert wrong.status_code == 422
        assert said in text(wrong)
        assert fields_of(wrong) == {field: [typed]}
    done = send(desk, "/collect", do="record", key=key, **{field: "March 2022"})
    assert done.status_code == 303, text(done)
    log = files(plan)["p1-neglect.yaml"].decode()
    assert "Two agencies are late.\n              once the returns are in\n" in log
    assert "moved: {from: 2022-01, to: 2022-03}" in log


def test_what_follows_from_a_decision_is_asked_with_it_kept(desk, plan):
    notes = b"P1.4\nNew date: soon\nStatus: off track\n\nP1.6: Half done.\n"
    hscp(plan, *THIRD_MOVE)
    page = sent_back(desk, ("notes.txt", notes), by=BOARD)
    (field,) = fields_of(page)
    done = send(desk, "/collect", do="record", key=key_in(page), **{field: "April 2022"})
    onward = re.search(r'<a href="(/collect/[^"]+)">', Client(desk).get(done.location).text)
    left = Client(desk).get(onward[1])
    assert fields_of(left)[field] == ["April 2022"]
    assert "Who agreed it?" in text(left)
    (other,) = {*fields_of(left)} - {field}
    agreed = {field: "April 2022", other: f"{BOARD}, 14 December"}
    send(desk, "/collect", do="record", key=key_in(left), **agreed)
    assert b"moved: {from: 2022-02, to: 2022-04}" in files(plan)["p1-neglect.yaml"]


PLACELESS = b"""The Board was told of the delay in recruiting.

P1.2 and P1.4 both wait for health.
Thanks for the nudge!

P1.6: Half done.
"""


def test_words_under_no_milestone_are_recorded_under_the_one_that_is_chosen(desk, plan):
    page = sent_back(desk, ("notes.txt", PLACELESS), by=BOARD)
    told, both, *_ = fields_of(page)
    assert "It names P1.2, P1.4." in text(page)
    assert '<option value="P2.2">' in page.text
    key = key_in(page)
    wrong = send(desk, "/collect", do="record", key=key, **{told: "P9.9"})
    assert wrong.status_code == 422
    assert fields_of(wrong)[told] == ["P9.9"]
    chosen = {told: "p2.2", both: "P1.4"}
    done = Client(desk).get(send(desk, "/collect", do="record", key=key, **chosen).location)
    assert "Recorded 3 entries" in text(done)
    assert "Decide what is left" not in text(done)
    assert b"note: The Board was told of the delay" in files(plan)["p2-child-sexual-abuse.yaml"]
    assert b"P1.2 and P1.4 both wait for health." in files(plan)["p1-neglect.yaml"]
    recorded = files(plan)
    page = sent_back(desk, ("notes.txt", PLACELESS), by=BOARD)
    send(desk, "/collect", do="record", key=key_in(page), **chosen)
    assert files(plan) == recorded


def test_words_that_could_identify_a_child_are_not_offered_to_be_placed(desk):
    notes = b"Seen with NHS number 943 476 5919.\n\nP1.6: Half done.\n"
    page = sent_back(desk, ("notes.txt", notes), by=BOARD)
    assert not fields_of(page)
    assert "5919" not in page.text


def test_of_several_files_the_good_are_recorded_and_the_rest_is_told_by_name(desk):
    form, _ = asked_of(desk, who=LEADS[0])
    page = sent_back(
        desk,
        ("empty.txt", b""),
        ("notes.txt", b"P1.2: Ten of eleven.\n"),
        ("form.docx", form.data[:99]),
    )
    assert page.status_code == 200
    told = text(page)
    assert '"empty.txt" is empty' in told
    assert '"notes.txt": it has no form\'s mark' in told
    assert '"Chair of Safeguarding Effectiveness Sub-Group" under "Whose answers they are"' in told
    assert "form.docx" in told
    assert not re.search(r"--(by|yes|date|agreed|plan)\b", page.text)
    page = sent_back(desk, ("empty.txt", b""), ("notes.txt", b"P1.2: Ten of eleven.\n"), by=BOARD)
    done = send(desk, "/collect", do="record", key=key_in(page))
    said = text(Client(desk).get(done.location))
    assert "Recorded 1 entry" in said
    assert '"empty.txt" is empty' in said


@pytest.mark.parametrize("kind", KINDS)
def test_what_to_do_with_the_forms_is_said(kind, desk):
    _, said = asked_of(desk, who=LEADS, kind=kind, still_open="yes")
    assert "Unpack the zip first" in said
    assert KINDS[kind].then in said
    assert "Wrote " not in said


def test_whom_a_form_asks_besides_who_was_named_is_said(desk):
    _, said = asked_of(desk, who="SE Sub-Group")
    assert "leads nothing itself, so Chair of Safeguarding Effectiveness Sub-Group is asked" in said


def test_a_form_that_was_handed_out_is_taken_back_as_it_is(desk):
    file, _ = asked_of(desk, who=LEADS[0])
    page = sent_back(desk, ("form.docx", file.data), ("again.docx", file.data))
    assert page.status_code == 200
    assert "HSCP Statutory Safeguarding Partners" in text(page)


@pytest.mark.parametrize(
    "name",
    ["../../plan.yaml", "/etc/passwd", "-o.txt", "<img src=x>.txt", "a\r\nSet-Cookie: x=y.txt",
     "P1\0.txt", "." * 300, "é.txt", "con" * 200 + ".txt"],
)  # fmt: skip
def test_a_name_that_came_back_leads_nowhere(name, desk, plan):
    before = files(plan)
    page = sent_back(desk, (name, b"P1.2: Noted.\n"), (name, b"P1.4: Noted.\n"), by="Board")
    assert page.status_code in (200, 422)
    assert "<img" not in page.text
    assert "Set-Cookie" not in page.headers
    assert files(plan) == before


def test_what_came_back_and_is_a_bomb_is_refused(desk):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b"<x>" + b" " * 200_000_000)
    page = sent_back(desk, ("form.docx", packed.getvalue()), by="HSCP Executive Board")
    assert page.status_code == 200
    assert "form.docx" in text(page)
    assert "No file was given" in text(send(desk, "/collect", do="look"))


# --- papers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ending"),
    [(n, e) for n, kind in PAPERS.items() for e in kind.endings if n != "actions"],
)
def test_each_paper_is_handed_out_as_a_file(name, ending, client):
    page = client.get(f"/papers/{name}.{ending}")
    assert page.status_code == 200, text(page)
    of = "plan-" if name == "plan" else name
    assert re.fullmatch(
        rf"attachment; filename={of}[-\w]*\.{ending}", page.headers["Content-Disposition"]
    )
    assert page.data
    assert page.data.startswith(b"PK") is (ending in ("docx", "xlsx"))


def test_where_several_lead_their_work_plans_are_handed_out_together(client, plan):
    hscp(plan, "lead", "P2", "Designated Nurse for Safeguarding Children")
    page = client.get("/papers/workplan.docx")
    assert page.headers["Content-Disposition"] == "attachment; filename=workplan.zip"
    names = zipfile.ZipFile(io.BytesIO(page.data)).namelist()
    assert [name.rpartition("-2021")[0] for name in names] == [
        "workplan-chair-of-safeguarding-effectiveness-sub-group",
        "workplan-designated-nurse-for-safeguarding-children",
    ]
    page = client.get("/papers/workplan.docx", query_string={"lead": "Designated Nurse"})
    assert "filename=workplan-designated-nurse" in page.headers["Content-Disposition"]


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_takes_whatever_is_offered_for_it(name, client, plan):
    hscp(plan, "add-register", "Action log", "--id", "A")
    form = PAPERS[name].form
    opened = store.open_plan(plan).plan
    offers = {f.name: [*form.offers(f, opened)] for f in form.fields}
    typed = {"year": ["2021/22"], "since": ["last board"], "sender": ["The Chair"], "as_at": [DAY]}
    for field, words in offers.items():
        for word in words[:3] or typed.get(field, ()):
            given = {field: word}
            assert client.get(f"/papers/{name}", query_string=given).status_code == 200
            ending = PAPERS[name].endings[-1]
            page = client.get(f"/papers/{name}.{ending}", query_string=given)
            nobody = "Nobody leads anything that is open" in text(page)
            assert page.status_code == (422 if nobody else 200), text(page)


def test_the_years_report_is_of_the_year_that_is_chosen(client):
    page = client.get("/papers/annual.html", query_string={"year": "2020/21"})
    assert "2020/21" in page.text


def test_a_paper_that_is_asked_for_wrongly_keeps_what_was_typed(client):
    page = client.get(
        "/papers/workplan.docx", query_string={"lead": "Nobody Known", "priority": "P1"}
    )
    assert page.status_code == 422
    assert 'No lead is called "Nobody Known"' in text(page)
    assert '<option value="Nobody Known" selected>' in page.text
    assert re.search('<option value="P1" selected>', page.text)


def test_a_paper_that_cannot_be_made_says_why(client, plan):
    (plan / "p2-child-sexual-abuse.yaml").write_text("id: [\n", encoding="utf-8")
    page = client.get("/papers/board.docx")
    assert page.status_code == 422
    assert "errors" in text(page)


# --- what runs commands -------------------------------------------------------------------------


def test_the_streams_are_as_they_were_after_whatever_happens(plan, capsys):
    answer(["status", "--plan", str(plan)])
    answer(["stauts", "--plan", str(plan)])
    answer(["progress", "--plan", str(plan)])
    print("here")
    assert capsys.readouterr().out == "here\n"
