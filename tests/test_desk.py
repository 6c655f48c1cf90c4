"""The desk: a request in, a page out. What is recorded there is what the command line records."""

from __future__ import annotations

import re
import shutil
from html import unescape
from typing import TYPE_CHECKING

import pytest
from running import HEAD
from running import hscp as ran
from werkzeug.test import Client

from hscp_plan.desk.answers import answer
from hscp_plan.desk.app import LARGEST, SEE, Desk
from hscp_plan.desk.forms import FORMS
from hscp_plan.desk.host import COOKIE, Guard
from hscp_plan.desk.papers import PAPERS

if TYPE_CHECKING:
    from pathlib import Path

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


def send(desk: Desk, address: str, **fields: str) -> TestResponse:
    """A form as its page sends it."""
    return Client(desk).post(address, data={"token": desk.token, **fields})


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


@pytest.mark.parametrize("name", sorted(SEE.keys() - {"log"}))
def test_each_page_says_what_its_command_says(name, client, plan):
    page = client.get(f"/{name}")
    needs_git = name == "changes"
    assert page.status_code == (422 if needs_git else 200)
    said = hscp(plan, *SEE[name].words, status=2 if needs_git else 0)
    if needs_git:
        assert said.removeprefix("hscp: ").partition(".")[0][1:] in text(page)
    assert set(IDS.findall(said)) <= set(IDS.findall(text(page)))


def test_every_id_leads_to_its_page_and_nothing_else_does(client):
    page = client.get("/")
    links = set(re.findall(r'href="/plan/([^"]+)"', page.text))
    assert {"P1", "P2", "P3", "P4", "P1.2", "P3.2"} <= links
    for id in links:
        assert client.get(f"/plan/{id}").status_code == 200
    assert client.get("/plan/P9.9").status_code == 404


def test_a_line_to_type_leads_to_the_form_that_does_it(client):
    page = client.get("/check")
    assert '<a href="/record/lead?id=P3-A">Name who leads</a>' in page.text
    assert "hscp lead" not in page.text


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


# --- to record ----------------------------------------------------------------------------------

FILLED = {
    "progress": {"id": "P1.4", "note": "All have\ncome in.", "status": "on track",
                 "evidence": "Minutes, item 4\nhttps://example.org/a", "due": "", "agreed": "",
                 "by": "", "date": "14 December 2021"},
    "reschedule": {"id": "P1.6", "to": "+2m", "reason": "Waits for the audit."},
    "add": {"id": "P1", "action": "Look again", "due": "June 2022"},
    "decide": {"id": "P1", "decision": "Neglect continues.", "by": "HSCP Executive Board",
               "outcome": "continue"},
    "measure": {"id": "P1-M1", "value": "103", "period": "Q3 2021/22"},
    "impact": {"id": "P1.3", "note": "- Fewer came back.", "voice": "audit"},
    "assure": {"id": "P1-A", "level": "partly", "by": "HSCP Executive Board"},
    "lead": {"id": "P3-A", "group": "Head of Education"},
    "add-meeting": {"date": "20 July 2022", "group": "HSCP Executive Board"},
    "add-objective": {"id": "P1", "statement": "A new one"},
}  # fmt: skip


@pytest.mark.parametrize("command", sorted(FORMS.keys() - {"save"}))
def test_a_form_records_byte_for_byte_what_the_command_line_does(command, desk, plan, tmp_path):
    fields, before, other = FILLED[command], files(plan), tmp_path / "other"
    shutil.copytree(plan, other)
    page = send(desk, f"/record/{command}", **fields)
    assert page.status_code == 303, text(page)
    words = FORMS[command].words(fields)
    hscp(other, *words)
    assert files(plan) == files(other) != before
    done = Client(desk).get(page.location)
    assert "Take it back" in done.text


def test_look_first_shows_what_would_be_written_and_writes_nothing(desk, plan):
    before = files(plan)
    page = send(desk, "/record/progress", **FILLED["progress"], do="look")
    assert page.status_code == 200
    assert "+ note: All have come in." in text(page)
    assert "Nothing has been written yet." in text(page)
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
    for token in ("", "x" * len(desk.token), "é"):
        page = client.post("/record/progress", data={"token": token, **FILLED["progress"]})
        assert page.status_code == 403
    assert client.get("/record/progress?do=record&id=P1.4&note=x").status_code == 200
    assert client.get("/undo").status_code in (404, 405)
    assert files(plan) == before


def test_what_is_only_to_be_looked_at_records_nothing_and_offers_nothing(plan):
    before = files(plan)
    desk = Desk(plan, read_only=True)
    for address in ("/record/progress", "/undo", "/meeting"):
        assert send(desk, address, **FILLED["progress"]).status_code == 403
    assert files(plan) == before
    assert "<form method" not in Client(desk).get("/plan/P1.4").text


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


def test_undo_takes_back_what_was_recorded(repository):
    plan = repository / "plan"
    before = files(plan)
    desk = Desk(plan)
    assert send(desk, "/record/progress", **FILLED["progress"]).status_code == 303
    assert files(plan) != before
    page = Client(desk).get(send(desk, "/undo", id="P1.4").location)
    assert page.status_code == 200
    assert "taken back" in text(page)
    assert files(plan) == before


@pytest.mark.parametrize("command", sorted(FORMS.keys() - {"save"}))
def test_without_git_what_was_recorded_since_the_plan_was_opened_is_taken_back(command, plan):
    before = files(plan)
    desk = Desk(plan)
    assert "Nothing was recorded since the plan was opened" in text(Client(desk).get("/log"))
    assert send(desk, f"/record/{command}", **FILLED[command]).status_code == 303
    assert "1 record since the plan was opened" in text(Client(desk).get("/log"))
    page = Client(desk).get(send(desk, "/undo").location)
    assert page.status_code == 200, text(page)
    assert "taken back" in text(page)
    assert files(plan) == before
    again = text(Client(desk).get(send(desk, "/undo").location))
    assert "nothing was recorded since the plan was opened" in again


def test_without_git_and_without_a_desk_nothing_tells_what_was_saved(plan):
    assert "in no git repository" in hscp(plan, "undo", status=2)


def test_in_a_browser_nobody_is_told_to_install_git(plan, monkeypatch):
    desk = Desk(plan)
    monkeypatch.setattr("sys.platform", "emscripten")
    monkeypatch.setenv("PATH", "")
    page = text(Client(desk).get("/changes"))
    assert "There is no git in a browser" in page
    assert "git-scm" not in page


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
    held = b"".join(files(plan).values()).decode()
    assert "The draft goes to consultation." in held
    assert held.count("2021-12-15") == 3


def test_of_a_meeting_with_one_slip_nothing_is_recorded(desk, plan):
    before = files(plan)
    page = send(desk, "/meeting", **MEETING | {"P2.2.status": "sunny"})
    assert page.status_code == 422
    assert '<a href="#P2.2">' in page.text
    assert "Ten of eleven." in page.text
    assert files(plan) == before
    assert send(desk, "/meeting").status_code == 422


def test_a_meeting_can_be_looked_at_first(desk, plan):
    before = files(plan)
    page = send(desk, "/meeting", **MEETING, do="look")
    assert "Ten of eleven." in text(page)
    assert "Nothing has been written yet." in text(page)
    assert files(plan) == before


# --- papers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ending"),
    [(n, e) for n, kind in PAPERS.items() for e in kind.endings if n != "actions"],
)
def test_each_paper_is_handed_out_as_a_file(name, ending, client):
    page = client.get(f"/papers/{name}.{ending}")
    assert page.status_code == 200, text(page)
    assert page.headers["Content-Disposition"] == f"attachment; filename={name}.{ending}"
    assert page.data
    assert page.data.startswith(b"PK") is (ending in ("docx", "xlsx"))


def test_a_paper_that_cannot_be_made_says_why(client, plan):
    (plan / "p2-child-sexual-abuse.yaml").write_text("id: [\n", encoding="utf-8")
    page = client.get("/papers/board.docx")
    assert page.status_code == 422
    assert "errors" in text(page)


# --- its host -----------------------------------------------------------------------------------


@pytest.fixture
def guard(desk) -> Guard:
    made = Guard(desk)
    made.port = 8080
    return made


def asked(guard: Guard, **changed: str) -> TestResponse:
    around = {"HTTP_HOST": "127.0.0.1:8080", "HTTP_COOKIE": f"{COOKIE}={guard.key}", **changed}
    return Client(guard, use_cookies=False).get("/", environ_overrides=around)


def test_only_who_has_the_key_is_let_in(guard):
    assert asked(guard).status_code == 200
    for cookie in ("", f"{COOKIE}=", f"{COOKIE}={guard.key}x", "=;=", f"other={guard.key}"):
        assert asked(guard, HTTP_COOKIE=cookie).status_code == 403


def test_the_key_in_the_address_becomes_a_cookie_and_leaves_it(guard):
    page = Client(guard, use_cookies=False).get(
        f"/?key={guard.key}", environ_overrides={"HTTP_HOST": "127.0.0.1:8080"}
    )
    assert (page.status_code, page.location) == (303, "/")
    assert "HttpOnly" in page.headers["Set-Cookie"]
    assert "SameSite=Strict" in page.headers["Set-Cookie"]
    wrong = Client(guard).get("/?key=x", environ_overrides={"HTTP_HOST": "127.0.0.1:8080"})
    assert wrong.status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1", "localhost:1", ""]
)
def test_no_other_name_of_this_computer_is_answered(host, guard):
    assert asked(guard, HTTP_HOST=host).status_code == 403


def test_no_page_of_another_site_is_answered(guard):
    assert asked(guard, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert asked(guard, HTTP_ORIGIN="null").status_code == 403
    assert asked(guard, HTTP_ORIGIN="http://127.0.0.1:8080").status_code == 200


# --- what runs commands -------------------------------------------------------------------------


def test_the_streams_are_as_they_were_after_whatever_happens(plan, capsys):
    answer(["status", "--plan", str(plan)])
    answer(["stauts", "--plan", str(plan)])
    answer(["progress", "--plan", str(plan)])
    print("here")
    assert capsys.readouterr().out == "here\n"
