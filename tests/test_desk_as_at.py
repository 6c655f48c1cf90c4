"""The day that a plan is looked at as at: it goes along from page to page, and is no day that
anything is recorded of."""

from __future__ import annotations

import re
from html import unescape

import pytest
from test_desk import send, text
from werkzeug.test import Client

from hscp_plan.desk.app import Desk
from hscp_plan.desk.lists import LISTS

LOOKED_AT = "as_at=15+December+2021"


@pytest.fixture(autouse=True)
def years_later(monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", "2026-11-29")


@pytest.fixture
def desk(plan) -> Desk:
    return Desk(plan)


@pytest.fixture
def client(desk) -> Client:
    return Client(desk)


def test_a_list_can_be_looked_at_as_it_stood_on_a_day(client):
    assert {name for name, form in LISTS.items() if "as_at" not in form.parameters} == {"log"}
    for name, form in LISTS.items():
        assert ("as_at" in [field.name for field in form.fields]) == (name != "log")
    page = client.get("/overdue?as_at=15+December+2021")
    assert "s at 15 December 2021" in page.text
    assert 'name="as_at" value="15 December 2021"' in page.text


@pytest.mark.parametrize(
    "address", ["/overdue?", "/plan/P1?", "/find?words=neglect&", "/lists?", "/log?", "/papers?",
                "/record/add?id=P1&", "/meeting?", "/check?", "/nowhere?"],
)  # fmt: skip
def test_the_day_that_is_looked_at_goes_along_with_every_link(address, client):
    page = client.get(address + LOOKED_AT)
    own = page.text.replace('href="/static/desk.css"', "")
    back, *links = sorted(
        re.findall(r'(?:href|method="post" action)="(/[^"]*)"', own),
        key=lambda link: not link.endswith("as_at="),
    )
    assert links
    assert all(link.endswith(LOOKED_AT) for link in links)
    assert "As at 15 December 2021 · back to today" in text(page)
    assert "back to today" not in text(client.get(unescape(back)))


def test_the_day_that_is_looked_at_is_kept_by_what_leads_on_and_by_finding(client):
    assert client.get(f"/plan/p1.3?{LOOKED_AT}").location == f"/plan/P1.3?{LOOKED_AT}"
    search = client.get(f"/?{LOOKED_AT}").text.partition("<form")[2].partition("</form>")[0]
    assert 'type="hidden" name="as_at" value="15 December 2021"' in search


@pytest.mark.parametrize("page", ["plan/P1.3", "find?words=chronologies", "papers/plan.md"])
def test_what_was_not_said_by_the_day_that_is_looked_at_is_not_shown(page, desk, client):
    said = "Chronologies are used in every case."
    send(desk, "/record/progress", id="P1.3", note=said, status="complete",
         agreed="HSCP Executive Board, 20 October 2026")  # fmt: skip
    joint = "&" if "?" in page else "?"
    assert said in client.get(f"/{page}").text
    assert said not in client.get(f"/{page}{joint}{LOOKED_AT}").text


def test_what_is_recorded_never_has_the_day_that_is_looked_at(desk, plan):
    page = Client(desk).get(f"/plan/P1.3?{LOOKED_AT}")
    assert "has today’s date, not 15 December 2021, unless you fill in" in text(page)
    assert "has today’s date" not in text(Client(desk).get("/plan/P1.3"))
    done = send(desk, f"/record/progress?{LOOKED_AT}", id="P1.3", note="A second team began.")
    assert "as_at" not in done.location
    assert "date: 2026-11-29" in (plan / "p1-neglect.yaml").read_text()


def test_what_could_not_be_recorded_is_still_looked_at_as_at_the_day(desk):
    page = send(desk, f"/record/progress?{LOOKED_AT}", id="P1.3", note="")
    assert page.status_code == 422
    assert f'action="/record/progress?{LOOKED_AT}"' in page.text


def test_a_plan_whose_period_is_over_is_offered_as_it_last_was(client, monkeypatch):
    page = client.get("/overdue?priority=P1")
    assert "ended in March 2023. See it as at 14 December 2021" in text(page)
    (offered,) = re.findall(r'href="([^"]*14\+December[^"]*)"', page.text)
    assert "P1" in unescape(offered)
    assert "As at 14 December 2021 · back to today" in text(client.get(unescape(offered)))
    monkeypatch.setenv("HSCP_AS_AT", "2023-03-31")
    assert "ended in" not in text(client.get("/"))


def test_a_plan_of_which_something_was_said_after_its_end_is_offered_as_at_that(desk, client):
    send(desk, "/record/progress", id="P1.3", note="A second team began.")
    assert "See it as at 31 March 2023" in text(client.get("/"))
