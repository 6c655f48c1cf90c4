"""The desk in a real browser without a screen: held to WCAG 2.2 AA, and worked by keyboard."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from running import git
from test_axe import FILES, SCROLLS, WIDTHS, axe, page, violations  # noqa: F401 - a fixture
from werkzeug.test import Client

from hscp_plan.desk.app import Desk
from hscp_plan.desk.forms import FORMS
from hscp_plan.desk.host import leading_to, server
from hscp_plan.desk.lists import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESSES = (
    *(f"/{name}" for name in LISTS), "/lists", "/what-if?id=P1.1&to=2022-02", "/history?id=P1.7",
    "/plan/P1", "/plan/P1.1", "/plan/P9", "/find?words=done", "/check", "/papers", "/papers/board",
    "/file/p1.yaml?line=9", "/file/plan.yaml?whole=yes",
    "/record", *(f"/record/{name}" for name in FORMS), "/record/add?id=P1&after=P1.1&start=2022-01",
    "/meeting", "/ask", "/collect", "/no-such-page",
)  # fmt: skip


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", "2021-12-15")


@contextmanager
def served(plan: Path, port: int = 0) -> Iterator[str]:
    """The address of a desk of this plan, with its key."""
    made, guard = server(Desk(plan), port)
    thread = Thread(target=made.serve_forever)
    thread.start()
    try:
        yield guard.address()
    finally:
        made.shutdown()
        thread.join()
        made.server_close()


@pytest.fixture
def sample(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def looked_at(page, where):  # noqa: F811
    """Hold the page that is open to the rules, wide and light, and narrow and dark."""
    page.evaluate(axe())
    for width, way in zip(WIDTHS, ("light", "dark"), strict=True):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="screen", color_scheme=way)
        assert violations(page) == [], (where, width, way)
        assert not page.evaluate(SCROLLS), (where, width, way)


@pytest.mark.long
def test_no_page_has_a_violation_or_scrolls_sideways_and_nothing_is_asked_elsewhere(
    sample,
    page,  # noqa: F811
):
    seen, said = set(), []
    page.on("request", lambda request: seen.add(request.url.split("/")[2]))
    page.on("console", lambda message: said.append(message.text))
    with served(sample) as address:
        page.goto(address)
        base = address.partition("/?")[0]
        for place in ADDRESSES:
            page.goto(base + place)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            looked_at(page, place)
        for place, button in (
            ("/record/progress", "Record it"), ("/meeting", "Record all of it"),
            ("/collect", "Show what was understood"),
        ):  # fmt: skip
            page.goto(base + place)
            page.get_by_role("button", name=button).click()
            page.locator(".wrong:focus").wait_for()
            looked_at(page, f"{place} wrong")
        page.goto(f"{base}/file/p1.yaml?line=9")
        page.get_by_label("Lines").fill("id: [")
        page.get_by_role("button", name="Check it first").click()
        page.locator(".wrong:focus").wait_for()
        looked_at(page, "mending made wrong")
        page.goto(f"{base}/plan/P1.1")
        page.get_by_label("What happened").fill("It went on.")
        with page.expect_navigation():
            page.get_by_role("button", name="Look first").click()
        looked_at(page, "looked first")
        with page.expect_navigation():
            page.get_by_role("button", name="Record it").click()
        assert page.get_by_text("It went on.").count()
        looked_at(page, "done")
        page.goto(f"{base}/collect")
        page.get_by_label("Whose answers they are").fill("Executive Board")
        page.evaluate(DROP, "P1.1\nSee attached.\nStatus: amber/red\nNew date: May 2022\n")
        page.get_by_role("button", name="Show what was understood").click()
        page.get_by_role("heading", name="notes.txt").wait_for()
        page.get_by_label("At risk").check()
        looked_at(page, "what is to be decided")
        host = base.split("/")[2]
    assert seen == {host}
    # What is refused is said with its status, which the browser says too; nothing else is.
    assert [text for text in said if "status of 4" not in text] == []


DROP = """text => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([text], "notes.txt"));
  const event = new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true });
  document.querySelector("main").dispatchEvent(event);
}"""
"""Drops a file on the page."""


def tab_to(page, name: str) -> None:  # noqa: F811
    """Press Tab until what has this name has the focus, which is seen all the way."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        assert page.evaluate(FOCUS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate(NAME).startswith(name):
            return
    raise AssertionError(f"{name} is not reached")


NAME = """(e => (e.labels?.[0] ?? e).innerText.trim())(document.activeElement)"""
FOCUS_SEEN = """(e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        || style.boxShadow !== "none") && box.width > 0;
})(document.activeElement)"""


def test_a_record_is_made_and_saved_by_keyboard_alone(repository, page):  # noqa: F811
    page.set_viewport_size({"width": 1280, "height": 900})
    with served(repository / "plan") as address:
        page.goto(address)
        tab_to(page, "P1.2")
        page.keyboard.press("Enter")
        page.wait_for_url("**/plan/P1.2")
        tab_to(page, "What happened")
        page.keyboard.type("Ten of eleven are carried out.")
        tab_to(page, "How it stands now")
        page.keyboard.type("off track")
        tab_to(page, "Look first")
        page.keyboard.press("Enter")
        page.get_by_text("Nothing has been written yet.").wait_for()
        assert not git(repository, "status", "--porcelain").strip()
        tab_to(page, "Record it")
        page.keyboard.press("Enter")
        page.wait_for_url("**/said/*")
        tab_to(page, "Keep it in git")
        page.keyboard.press("Enter")
        page.get_by_text("Nothing has been kept yet.").wait_for()
        tab_to(page, "Keep it")
        page.keyboard.press("Enter")
        page.wait_for_url("**/said/*")
    assert not git(repository, "status", "--porcelain").strip()
    kept = git(repository, "show", "HEAD")
    assert "+            note: Ten of eleven are carried out." in kept
    assert "+        status: off track" in kept


def test_a_faulty_line_is_mended_by_keyboard_alone(repository, page):  # noqa: F811
    path = repository / "plan" / "p2-child-sexual-abuse.yaml"
    right = path.read_bytes()
    path.write_bytes(right.replace(b"due: 2022-02", b"due: 2022-13"))
    with served(repository / "plan") as address:
        page.goto(address)
        tab_to(page, "Check")
        page.keyboard.press("Enter")
        page.wait_for_url("**/check")
        tab_to(page, "Mend line")
        page.keyboard.press("Enter")
        page.wait_for_url("**/file/*")
        # The cursor stands at the beginning of the line.
        page.locator("#text:focus").wait_for()
        page.keyboard.press("End")
        page.keyboard.press("Backspace")
        page.keyboard.type("2")
        tab_to(page, "Keep it")
        page.keyboard.press("Enter")
        page.wait_for_url("**/said/*")
        assert path.read_bytes() == right.replace(b"due: 2022-02", b"due: 2022-12")
        tab_to(page, "Take it back")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Taken back").wait_for()
    assert path.read_bytes() == right.replace(b"due: 2022-02", b"due: 2022-13")


def test_who_sends_a_form_goes_on_at_what_answers_it_and_a_page_steals_no_focus(repository, page):  # noqa: F811
    def at(place):
        return page.evaluate("place => document.activeElement.matches(place)", place)

    with served(repository / "plan") as address:
        page.goto(address)
        assert at("body")
        page.get_by_role("link", name="P1.2").first.click()
        page.wait_for_url("**/plan/P1.2")
        assert at("body")
        tab_to(page, "Record it")
        page.keyboard.press("Enter")
        page.locator(".wrong:focus").wait_for()
        page.get_by_label("What happened").fill("Ten of eleven are carried out.")
        for name in ("Look first", "Record it"):
            page.get_by_role("button", name=name).first.press("Enter")
            page.locator("#_main:focus").wait_for()
        page.wait_for_url("**/said/*")
        page.reload()
        assert at("body")


def test_what_is_typed_finds_and_without_script_a_button_does(repository, page):  # noqa: F811
    with served(repository / "plan") as address:
        page.goto(address)
        base = address.partition("/?")[0]
        page.goto(f"{base}/find?words=audit")
        field = page.get_by_label("Find in the plan")
        field.fill("strategy")
        page.locator("#_found").get_by_text("Revise Neglect").wait_for()
    found = Client(Desk(repository / "plan")).get("/find?words=strategy")
    assert "Revise" in found.text


def test_a_file_opens_the_desk_and_a_used_address_says_what_to_do(sample, page):  # noqa: F811
    with served(sample) as address, leading_to(address) as file:
        base = address.partition("?")[0]
        page.goto(file)
        page.wait_for_url(base)
        page.get_by_role("link", name="What is next").first.wait_for()
        page.goto(address)
        page.wait_for_url(base)
        page.context.clear_cookies()
        page.goto(address)
        page.get_by_role("heading", name="This address is used up").wait_for()
        looked_at(page, "used up")


def test_a_form_that_was_open_while_the_desk_ended_and_began_again_is_recorded(plan, page):  # noqa: F811
    with served(plan) as address:
        page.goto(address)
        page.goto(f"{address.partition('?')[0]}plan/P1.2")
        page.get_by_label("What happened").fill("It went on.\n\nAnd on.")
        port = urlsplit(address).port
    page.get_by_role("button", name="Record it").click()
    page.locator("#_failed:focus").get_by_text(f"hscp desk --port {port}").wait_for()
    looked_at(page, "ended")
    assert page.get_by_label("What happened").input_value() == "It went on.\n\nAnd on."
    with served(plan, port) as address:
        page.get_by_role("button", name="Record it").click()
        page.get_by_role("heading", name="Nothing was recorded yet").wait_for()
        looked_at(page, "started again")
        # In another tab, which has the same cookies.
        assert page.request.get(address).ok
        page.get_by_role("button", name="Go on with what you typed").click()
        page.get_by_text("the desk was started anew").wait_for()
        assert page.get_by_label("What happened").input_value() == "It went on.\n\nAnd on."
        page.get_by_role("button", name="Record it").click()
        page.wait_for_url("**/said/*")
    assert "It went on." in (plan / "p1-neglect.yaml").read_text("utf-8")


def test_a_narrow_page_of_a_milestone_leads_to_its_form_at_its_top(plan, page):  # noqa: F811
    with served(plan) as address:
        page.goto(address)
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"{address.partition('?')[0]}plan/P1.2")
        link = page.get_by_role("link", name="Record progress")
        assert link.bounding_box()["y"] < 640
        link.click()
        assert page.locator("#_record").bounding_box()["y"] < 640
        page.set_viewport_size({"width": 1280, "height": 640})
        assert not link.is_visible()
