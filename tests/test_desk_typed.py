"""Nothing that is typed at the desk is lost or taken for something else: neither by the line that
it becomes, nor in the file, nor by whatever keeps it from being recorded."""

from __future__ import annotations

import errno
import os
import shutil
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import DEMO
from test_desk import DAY, FILLED, files, send, text
from werkzeug.test import Client
from yaml import BaseLoader, load

from hscp_plan.cli import dispatch, help
from hscp_plan.desk.app import Desk
from hscp_plan.desk.asked import LARGEST
from hscp_plan.desk.asking import ASK
from hscp_plan.desk.forms import FORMS, Field, Form
from hscp_plan.desk.lists import LISTS
from hscp_plan.desk.views.record import Record

if TYPE_CHECKING:
    from werkzeug.test import TestResponse


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", DAY)


# --- the line that it becomes -------------------------------------------------------------------

ALL = {**FORMS, **{f"/{name}": form for name, form in LISTS.items()}, "ask": ASK}
SHELL = ("", "-", "--", "--plan=", "--plan ", "--help", "-h", "--dry-run", "@", "~", "$(x)", "%A%",
         '"', "'", "“", "–", "*", "a --status b", "=")  # fmt: skip
lines = st.builds(
    "{}{}".format,
    st.sampled_from(SHELL),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12),
).map(lambda typed: " ".join(typed.split()))
paragraphs = st.lists(lines, min_size=1, max_size=4).map("\n".join).map(str.strip)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Form, dict[str, str]]:
    """A form, and what is typed in each of its fields."""
    form = ALL[draw(st.sampled_from(sorted(ALL)))]
    return form, {field.name: draw(typed_in(form, field)) for field in form.fields}


def typed_in(form: Form, field: Field) -> st.SearchStrategy[str]:
    parameter = form.parameters[field.name]
    if field.look == "flag":
        return st.sampled_from(("", "yes"))
    if parameter.choices:
        some = st.sampled_from(parameter.choices)
    else:
        some = paragraphs if field.look in ("text", "lines", "several") else lines
    return some.filter(bool) if form.required(field) else st.just("") | some


def meant(form: Form, values: dict[str, str]) -> dict[str, Any]:
    """What a command is to be given, by the names of its parameters."""
    given: dict[str, Any] = {}
    for field in form.fields:
        parameter, typed = form.parameters[field.name], values[field.name]
        if not typed:
            continue
        if field.look == "flag":
            given[field.name] = True
        elif parameter.repeatable:
            many = field.look in ("lines", "several")
            given[field.name] = [line for line in (typed.split("\n") if many else [typed]) if line]
        else:
            given[field.name] = typed
    return given


@settings(max_examples=300)
@given(filled())
def test_every_word_of_a_form_is_the_value_of_its_own_field(form_and_values):
    form, values = form_and_values
    understood: list[dict[str, Any]] = []

    def noted(_: object, found: dict[str, Any]) -> int:
        understood.append({f.name: found[f.name] for f in form.fields if found.get(f.name)})
        return 0

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(dispatch, "call", noted)
        patched.setattr(help, "call", noted)
        assert dispatch.execute(dispatch.arrange(form.words(values))) == 0
    assert understood == [meant(form, values)]


# --- what stands in the file --------------------------------------------------------------------

TEXTS = [(command, field.name) for command, fields in FILLED.items()
         for field in FORMS[command].fields if field.look == "text"]  # fmt: skip
sentences = st.lists(
    st.sampled_from(("", "It went on.", "- a list: here", "  further in", "# one", "--status",
                     "“x” é", "--plan=x", "> then", "a --due b", "'", '"a"', "|", "key: value "))
    | st.text(st.characters(categories=["L", "P", "S", "Zs"]), max_size=20),
    min_size=1, max_size=6,
).map("\r\n".join)  # fmt: skip


@pytest.mark.parametrize(("command", "name"), TEXTS)
def test_what_is_typed_is_what_the_file_holds_or_stands_in_the_form_again(command, name):
    @settings(max_examples=15)
    @given(sentences.filter(str.strip))
    def law(typed):
        with TemporaryDirectory() as folder:
            plan = shutil.copytree(DEMO, Path(folder) / "plan")
            before = files(plan)
            page = send(Desk(plan), f"/record/{command}", **FILLED[command] | {name: typed})
            if page.status_code == 303:
                changed = [data for file, data in files(plan).items() if data != before.get(file)]
                held = {each for data in changed for each in texts(load(data, BaseLoader))}
                assert typed.replace("\r\n", "\n").strip() in held
            else:
                assert page.status_code == 422
                assert typed_again(page)[name].strip() == typed.replace("\r\n", "\n").strip()
                assert files(plan) == before

    law()


def texts(value: Any) -> list[str]:
    """Every text that a file holds."""
    if isinstance(value, dict):
        value = list(value.values())
    return [t for part in value for t in texts(part)] if isinstance(value, list) else [value]


class Fields(HTMLParser):
    """What stands in the fields of a page's forms that record, by their names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._form = ""
        self._name = self._select = ""
        # A browser has one kind of line end.
        self.feed(page.replace("\r\n", "\n"))

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._form = given.get("method", "get")
        if self._form != "post":
            return
        if tag == "textarea":
            self._name = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.values[self._select] = given.get("value", "")
            self._name = "" if "value" in given else self._select
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            lines = [self.values.get(name, ""), given.get("value", "")]
            self.values[name] = "\n".join(filter(None, lines))

    def handle_endtag(self, tag):
        if tag in ("textarea", "option"):
            self._name = ""

    def handle_data(self, data):
        if self._name:
            self.values[self._name] += data


def typed_again(page: TestResponse) -> dict[str, str]:
    """What stands in the form that a page shows again."""
    return Fields(page.text).values


# --- what keeps it from being recorded ----------------------------------------------------------

NASTY = 'Said on Tuesday.\n\n<b>Next</b> & "more"'
PLACES = {
    **{f"/record/{command}": fields for command, fields in FILLED.items()},
    "/meeting": {"date": "15 December 2021", "by": "HSCP Executive Board", "P1.2.note": NASTY,
                 "P9.9.note": "Of one that is gone.", "decision1.decision": "Agreed."},
    "/ask": {"who": "HSCP Statutory Safeguarding Partners", "meeting": "next board",
             "kind": "Excel"},
    "/collect": {"by": "HSCP Executive Board", "agreed": "Board, 3 December 2021"},
}  # fmt: skip


def breaks(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def out_of_date(desk: Desk, _: pytest.MonkeyPatch) -> None:
    desk.frame.token = "another"


def broken(_: Desk, patched: pytest.MonkeyPatch) -> None:
    for name in (
        "hscp_plan.cli.dispatch.execute",
        "hscp_plan.desk.views.ask.ask",
        "hscp_plan.desk.views.ask.collect",
    ):
        patched.setattr(name, breaks)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("obstacle", "statuses"), [(out_of_date, {403}), (broken, {422, 500})])
def test_whatever_refuses_a_form_it_is_shown_again_as_it_was_filled_in(
    place, obstacle, statuses, plan, monkeypatch
):
    desk, before = Desk(plan), files(plan)
    typed = {name: value for name, value in PLACES[place].items() if value}
    if "note" in typed:
        typed["note"] = NASTY
    sent = {"token": desk.frame.token, **typed}
    if place == "/collect":
        sent["files"] = (BytesIO(b"P1.2: Noted."), "notes.txt")
    with monkeypatch.context() as patched:
        obstacle(desk, patched)
        page = Client(desk).post(place, data=sent)
    assert page.status_code in statuses
    assert "There is a problem" in text(page)
    shown = typed_again(page)
    assert {name: shown.get(name) for name in typed} == typed
    assert "<b>Next" not in page.text
    assert files(plan) == before
    assert shown["token"] == desk.frame.token
    if place == "/collect":
        assert "Choose the files again" in text(page)
    elif place != "/meeting":
        again = Client(desk).post(place, data=shown | {"state": desk.frame.state()})
        assert again.status_code == 303, text(again)


def test_a_form_out_of_date_takes_nothing_back_before_it_is_sent_again(repository):
    desk = Desk(repository / "plan")
    send(desk, "/record/progress", **FILLED["progress"])
    recorded = files(repository / "plan")
    page = send(desk, "/undo", id="P1.4", token="x")
    assert page.status_code == 403
    assert files(repository / "plan") == recorded
    assert Client(desk).post("/undo", data=typed_again(page)).status_code == 303
    assert files(repository / "plan") != recorded


def test_what_cannot_be_shown_in_its_form_is_shown_by_itself(plan, monkeypatch):
    looking = Desk(plan, read_only=True)
    page = send(looking, "/record/progress", id="P1.4", note=NASTY)
    assert (page.status_code, "only to be looked at" in text(page)) == (403, True)
    assert "&lt;b&gt;Next&lt;/b&gt; &amp; &#34;more&#34;" in page.text
    desk = Desk(plan)
    monkeypatch.setattr(Record, "_form_page", breaks)
    page = send(desk, "/record/progress", token="x", id="P1.4", note=NASTY)
    assert page.status_code == 500
    assert "Said on Tuesday." in text(page)


DISK = {
    errno.ENOSPC: "could not be written: the disk is full. It is as it was",
    errno.EROFS: "could not be written: that disk is read-only. It is as it was",
    errno.EACCES: "could not be written: you may not write there. It is as it was",
    errno.EIO: "could not be written: the disk failed. It is as it was",
}


@pytest.mark.parametrize("number", DISK)
def test_whatever_a_disk_refuses_is_said_in_a_sentence(number, plan, monkeypatch):
    desk, before = Desk(plan), files(plan)

    def refuses(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("hscp_plan.editing.write.new_file", refuses)
    page = send(desk, "/record/progress", id="P1.4", note=NASTY)
    assert (page.status_code, DISK[number] in text(page)) == (422, True)
    assert typed_again(page)["note"] == NASTY
    assert files(plan) == before


def test_a_plan_that_is_gone_for_a_moment_loses_nothing_that_was_typed(plan):
    desk, elsewhere = Desk(plan), plan.with_name("elsewhere")
    plan.rename(elsewhere)
    page = send(desk, "/record/progress", id="P1.4", note=NASTY)
    assert page.status_code == 422
    again = typed_again(page)
    assert again["note"] == NASTY
    elsewhere.rename(plan)
    assert Client(desk).post("/record/progress", data=again).status_code == 303


def test_files_that_are_too_large_take_nothing_else_along(plan):
    desk, by = Desk(plan), "HSCP Executive Board"
    large = [(BytesIO(b"x" * (LARGEST // 2 + 1)), f"{n}.txt") for n in range(2)]
    page = send(desk, "/collect", do="look", by=by, files=large)
    assert page.status_code == 413
    assert "more than 25 MB" in text(page)
    assert "Choose the files again" in text(page)
    assert typed_again(page)["by"] == by


def test_what_came_back_and_is_held_no_more_is_asked_for_again(plan):
    page = send(Desk(plan), "/collect", do="record", key="another", by="HSCP Executive Board")
    assert page.status_code == 422
    assert "not held here any more" in text(page)
    assert typed_again(page)["by"] == "HSCP Executive Board"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_meeting_of_400_milestones_comes_whole(kind, plan):
    names = ("note", "status", "evidence", "due", "agreed")
    many = {f"P1.{n}.{name}": f"{name} {n}" for n in range(400) for name in names}
    page = Client(Desk(plan)).post(
        "/meeting", data={"token": "x", **many}, headers={"Content-Type": kind}
    )
    assert page.status_code == 403
    shown = typed_again(page)
    assert {name: shown.get(name) for name in many} == many
