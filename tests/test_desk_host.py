"""The desk on this computer: who is let in, how it is opened, and how it ends."""

from __future__ import annotations

import io
import re
import signal
import socket
import stat
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from running import HSCP
from test_desk import DAY, files, text
from test_desk_typed import NASTY, typed_again
from werkzeug.test import Client

from hscp_plan.commands.desk import run as desk_command
from hscp_plan.desk.app import Desk
from hscp_plan.desk.host import Guard, leading_to, server
from hscp_plan.errors import Mendable

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

HOST = {"HTTP_HOST": "127.0.0.1:8080"}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", DAY)


@pytest.fixture
def desk(plan) -> Desk:
    return Desk(plan)


@pytest.fixture
def guard(desk) -> Guard:
    return Guard(desk, 8080)


def let_in(guard: Guard, address: str = "", **around: str) -> TestResponse:
    """What a browser that has no cookie is answered at an address that lets in."""
    query = urlsplit(address or guard.address()).query
    client = Client(guard, use_cookies=False)
    return client.get(f"/?{query}", environ_overrides={**HOST, **around})


def cookie(guard: Guard, **around: str) -> str:
    return let_in(guard, **around).headers["Set-Cookie"].partition(";")[0]


def asked(guard: Guard, **changed: str) -> TestResponse:
    around = {**HOST, "HTTP_COOKIE": cookie(guard), **changed}
    return Client(guard, use_cookies=False).get("/", environ_overrides=around)


# --- who is let in ------------------------------------------------------------------------------


def test_only_who_had_a_key_is_let_in(guard):
    assert asked(guard).status_code == 200
    name, _, value = cookie(guard).partition("=")
    for wrong in ("", f"{name}=", f"{name}={value}x", "=;=", f"other={value}", f"{name}=é"):
        page = asked(guard, HTTP_COOKIE=wrong)
        assert page.status_code == 403
        assert "Open the newest address that hscp desk says" in text(page)
        assert "P1" not in page.text


def test_two_desks_may_be_open_at_a_time(desk):
    guards = {f"127.0.0.1:{port}": Guard(desk, port) for port in (8080, 8081)}
    both = "; ".join(cookie(guard, HTTP_HOST=host) for host, guard in guards.items())
    for host, guard in guards.items():
        around = {"HTTP_HOST": host, "HTTP_COOKIE": both}
        page = Client(guard, use_cookies=False).get("/", environ_overrides=around)
        assert page.status_code == 200


def test_an_address_lets_in_once_and_leaves_its_key_behind(guard):
    address = guard.address()
    page = let_in(guard, address, HTTP_SEC_FETCH_SITE="none")
    assert (page.status_code, page.location) == (303, "/")
    assert "HttpOnly" in page.headers["Set-Cookie"]
    assert "SameSite=Strict" in page.headers["Set-Cookie"]
    again = let_in(guard, address)
    assert again.status_code == 403
    assert "Each address opens the desk once" in text(again)
    assert let_in(guard, "/?key=x").status_code == 403
    # Whoever is in already just goes on.
    once_more = let_in(guard, address, HTTP_COOKIE=cookie(guard), HTTP_SEC_FETCH_SITE="none")
    assert (once_more.status_code, once_more.location) == (303, "/")


def test_where_a_file_led_here_a_page_of_the_desk_leads_on(guard):
    page = let_in(guard, HTTP_SEC_FETCH_SITE="cross-site")
    assert page.status_code == 200
    assert '<meta http-equiv="refresh" content="0; url=/">' in page.text
    assert '<a href="/">' in page.text


def test_there_is_always_an_address_that_was_said_and_is_good(desk):
    said = []
    guard = Guard(desk, 8080, said.append)
    guard.say_address()
    cookie(guard)
    for number in (1, 2, 3):
        assert len(said) == number
        assert let_in(guard, said[-1]).status_code == 200
    assert let_in(guard, said[0]).status_code == 403
    assert len(said) == 4


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1", "localhost:1", "", "127.0.0.1:8080é"]
)
def test_no_other_name_of_this_computer_is_answered(host, guard):
    assert asked(guard, HTTP_HOST=host).status_code == 403


def test_no_page_of_another_site_is_answered(guard):
    for origin in ("https://evil.example", "null", "http://127.0.0.1:8081"):
        assert asked(guard, HTTP_ORIGIN=origin).status_code == 403
    assert asked(guard, HTTP_ORIGIN="http://127.0.0.1:8080").status_code == 200


def test_no_page_at_another_port_of_this_computer_is_answered(guard):
    assert asked(guard, HTTP_SEC_FETCH_SITE="same-origin").status_code == 200
    page = asked(guard, HTTP_SEC_FETCH_SITE="same-site")
    assert page.status_code == 403
    assert "Another page asked for this" in page.text


def test_a_form_that_was_open_when_the_desk_was_started_again_is_kept(desk, plan):
    before, guard = files(plan), Guard(desk, 8080)
    sent = {"token": "of before", "id": "P1.4", "note": NASTY}
    client = Client(guard, use_cookies=False)
    page = client.post("/record/progress", data=sent, environ_overrides=HOST)
    assert page.status_code == 403
    assert "<b>Next" not in page.text
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    kept = typed_again(page)
    assert kept == sent
    # Once the newest address was opened, the form is there again, and then it is recorded.
    around = {**HOST, "HTTP_COOKIE": cookie(guard)}
    for status in (403, 303):
        page = client.post("/record/progress", data=kept, environ_overrides=around)
        assert page.status_code == status
        kept = typed_again(page)
    assert files(plan) != before


def test_a_form_of_another_site_is_not_even_shown_again(guard):
    around = {**HOST, "HTTP_ORIGIN": "https://evil.example"}
    page = Client(guard).post("/record/progress", data={"note": NASTY}, environ_overrides=around)
    assert page.status_code == 403
    assert "Said on Tuesday" not in page.text


# --- how it is opened ---------------------------------------------------------------------------


def test_the_file_that_opens_it_can_be_read_by_nobody_else_and_is_gone_afterwards():
    with leading_to("http://127.0.0.1:8080/?key=x_-y") as address:
        path = Path(unquote(urlsplit(address).path))
        assert "key" not in address
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert 'content="0; url=http://127.0.0.1:8080/?key=x_-y"' in path.read_text("utf-8")
    assert not path.parent.exists()


def test_a_port_that_is_in_use_is_said(plan):
    made, guard = server(Desk(plan))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port in map(str, (taken.getsockname()[1], guard.port)):
            with pytest.raises(Mendable, match=f"port {port} is in use"):
                desk_command(port=port, no_browser=True, where=[str(plan)])
    made.server_close()


@pytest.mark.parametrize(
    ("error", "says"),
    [(PermissionError(13, "Permission denied"), "lets nobody use port 80"),
     (OSError(99, "Cannot assign requested address"), "Cannot assign requested address")],
)  # fmt: skip
def test_whatever_else_keeps_a_port_from_being_used_is_said_as_it_is(
    error, says, plan, monkeypatch
):
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr("hscp_plan.desk.host.server", refused)
    with pytest.raises(Mendable, match=says):
        desk_command(port="80", no_browser=True, where=[str(plan)])


# --- who waits for whom -------------------------------------------------------------------------


def test_nobody_waits_for_a_form_that_comes_slowly(guard):
    around = {**HOST, "HTTP_COOKIE": cookie(guard)}
    begun, go_on = Event(), Event()

    class Slow(io.BytesIO):
        def readinto(self, buffer: bytearray) -> int:
            begun.set()
            assert go_on.wait(60)
            return super().readinto(buffer)

    def post(data: io.BytesIO, answers: list[TestResponse]) -> None:
        client = Client(guard, use_cookies=False)
        answers.append(
            client.post("/undo", input_stream=data, content_length=3, environ_overrides=around,
                        content_type="application/x-www-form-urlencoded")
        )  # fmt: skip

    slow: list[TestResponse] = []
    quick: list[TestResponse] = []
    posting = Thread(target=post, args=(Slow(b"a=b"), slow))
    posting.start()
    assert begun.wait(60)
    other = Thread(target=post, args=(io.BytesIO(b"a=b"), quick), daemon=True)
    other.start()
    other.join(60)
    assert quick
    assert not slow
    go_on.set()
    posting.join(60)
    assert slow[0].status_code == quick[0].status_code == 403


# --- how it ends --------------------------------------------------------------------------------


def test_what_is_being_recorded_when_it_ends_is_whole_and_nothing_is_begun_after(plan):
    begun, go_on, ended = Event(), Event(), Event()
    answers = []

    def slow(environ, start):
        begun.set()
        go_on.wait(60)
        return Desk(plan)(environ, start)

    guard = Guard(slow, 8080)
    around = {**HOST, "HTTP_COOKIE": cookie(guard)}

    def post() -> None:
        client = Client(guard, use_cookies=False)
        answers.append(client.post("/undo", environ_overrides=around))

    def end() -> None:
        guard.end()
        ended.set()

    posting, ending = Thread(target=post), Thread(target=end)
    posting.start()
    assert begun.wait(60)
    ending.start()
    assert not ended.is_set()
    go_on.set()
    posting.join(60)
    assert ended.wait(60)
    assert len(answers) == 1


def test_ctrl_c_ends_it_without_a_word_of_python(plan):
    command = [*HSCP, "desk", "--no-browser", "--plan", str(plan)]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline() == "Open the desk at\n"
        said = running.stdout.readline()
        assert re.fullmatch(r" +http://127\.0\.0\.1:\d+/\?key=[\w-]{32}\n", said)
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
        assert "Traceback" not in running.stderr.read()
