"""`hscp export ics`: a calendar as other programs read it."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from running import REPO, hscp

from hscp_plan.dates import read as read_date
from hscp_plan.reports.events import Calendar, Event, by_the_end
from hscp_plan.writers import ics

DEMO = REPO / "examples" / "demo-plan"
DAY = ("--as-at", "2021-12-15")
HEAD = """\
format: 1
id: 2021-23
partnership: A Partnership
title: A Plan
period: {start: 2021-04, end: 2023-03}
"""
P1 = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    lead: Chair
    milestones:
      - {id: P1.1, due: 2022-02, action: Launch the panel}
"""


def exported(plan: Path, *words: str) -> bytes:
    day = () if "--as-at" in words else DAY
    done = hscp("export", "ics", "--plan", str(plan), *day, *words, folder=REPO)
    assert done.returncode == 0, done.stderr
    return done.stdout


def events(data: bytes) -> dict[str, icalendar.Event]:
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    made = {str(event["UID"]).partition("@")[0]: event for event in found}
    assert len(made) == len(found), "no id twice"
    return made


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan, to be changed."""
    (tmp_path / "plan.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "p1.yaml").write_text(P1, encoding="utf-8")
    return tmp_path


def of(plan: Path, milestone: str, *words: str) -> icalendar.Event:
    """The event of a milestone with these keys."""
    text = P1.replace("due: 2022-02, action: Launch the panel", milestone)
    (plan / "p1.yaml").write_text(text, encoding="utf-8")
    return events(exported(plan, *words))["P1.1"]


# Days -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "last", "told"),
    [
        ("2022-02", date(2022, 2, 28), "Due by the end of February 2022."),
        ("2022-02-03", date(2022, 2, 3), "Due on 3 February 2022."),
        ("2022", date(2022, 12, 31), "Due by the end of 2022."),
        ("2022/23", date(2023, 3, 31), "Due by the end of March 2023."),
        ("Q4 2021/22", date(2022, 3, 31), "Due by the end of March 2022."),
        ("autumn term 2022", date(2022, 12, 31), "Due by the end of autumn term 2022."),
        ("ongoing, review: 2022-06", date(2022, 6, 30), "Ongoing; its review is due by the end"),
    ],
)
def test_it_stands_on_the_last_day_and_says_until_when_in_words(due, last, told, plan):
    event = of(plan, f"due: {due}, action: Launch the panel")
    assert event["DTSTART"].dt == last
    assert event["DTEND"].dt == last + timedelta(days=1), "the end is the first day after it"
    assert not isinstance(event["DTSTART"].dt, datetime)
    assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
    assert str(event["DESCRIPTION"]).startswith(told)


def test_it_takes_nobodys_time():
    assert {str(e["TRANSP"]) for e in events(exported(DEMO)).values()} == {"TRANSPARENT"}


def test_by_the_end_needs_no_more_exact_a_date_than_was_promised():
    assert by_the_end(read_date("2021-12")) == "by the end of December 2021"


# One event, whatever becomes of it --------------------------------------------------------------


def test_a_milestone_that_moves_is_the_same_event_with_a_higher_number(plan):
    first = of(plan, "due: 2022-02, action: Launch")
    moves = (
        "progress: [{date: 2021-10-05, note: Late., moved: {from: 2022-02, to: 2022-03}},"
        "{date: 2021-11-05, note: Later., moved: {from: 2022-03, to: 2022-05}}]"
    )
    moved = of(plan, f"due: 2022-05, action: Launch and run, status: at risk, {moves}")
    assert first["UID"] == moved["UID"] == "P1.1@2021-23.hscp.invalid"
    assert (first["SEQUENCE"], moved["SEQUENCE"]) == (0, 2)
    assert moved["DTSTART"].dt == date(2022, 5, 31)
    assert "Moved twice, first due February 2022." in moved["DESCRIPTION"]
    then = of(plan, f"due: 2022-05, action: Launch, {moves}", "--as-at", "2021-10-31")
    assert (then["SEQUENCE"], then["DTSTART"].dt) == (1, date(2022, 3, 31))


def test_it_was_changed_when_the_plan_says_so_and_not_when_it_was_exported(plan):
    logged = "progress: [{date: 2021-10-05, note: Begun.}, {date: 2021-11-03, note: On.}]"
    silent = of(plan, "due: 2022-02, action: Launch")
    said = of(plan, f"due: 2022-02, action: Launch, {logged}")
    late = of(plan, f"due: 2021-11, action: Launch, {logged}")
    waiting = of(plan, "start: 2021-09, due: 2022-02, action: Launch")
    assert [e["DTSTAMP"].dt for e in (silent, said, late, waiting)] == [
        datetime(2021, 4, 1, tzinfo=UTC),  # when the plan begins
        datetime(2021, 11, 3, tzinfo=UTC),  # when something was last said
        datetime(2021, 12, 1, tzinfo=UTC),  # when it became overdue
        datetime(2021, 10, 1, tzinfo=UTC),  # when it became late to start
    ]


@pytest.mark.parametrize(
    ("milestone", "title", "status", "told"),
    [
        ("due: 2022-02, status: on track", "due", "CONFIRMED", "Status: on track.\n"),
        (
            "due: 2021-11, status: on track",
            *("overdue", "CONFIRMED"),
            "Was due by the end of November 2021.\n"
            "Status: on track. Standing: overdue since 1 December 2021.\n",
        ),
        ("due: 2021-11, status: complete", "complete", "CONFIRMED", "Status: complete.\n"),
        ("due: 2022-02, status: closed", "closed", "CANCELLED", "Was due by the end"),
        ("due: ongoing, review: 2022-01", "review due", "CONFIRMED", "Ongoing; its review is"),
        ("due: ongoing, review: 2021-11", "overdue", "CONFIRMED", "Ongoing; its review was"),
        (
            "start: 2021-09, due: 2022-02",
            *("due", "CONFIRMED"),
            "Standing: late to start since 1 October 2021.\n",
        ),
    ],
)
def test_its_title_begins_with_the_id_and_how_it_stands(milestone, title, status, told, plan):
    event = of(plan, f"{milestone}, action: Launch the panel")
    assert str(event["SUMMARY"]) == f"P1.1 {title}: Launch the panel"
    assert str(event["STATUS"]) == status
    assert told in event["DESCRIPTION"]
    assert "\nLead: Chair.\n" in event["DESCRIPTION"]


def test_who_leads_it_is_said_and_that_nobody_does():
    found = events(exported(DEMO))
    assert "\nNo lead named.\nAccountable: HSCP Statutory" in found["P3.1"]["DESCRIPTION"]
    assert "\nCite as: 2021-23-demo/P3.1" in found["P3.1"]["DESCRIPTION"]


# Meetings and filters ---------------------------------------------------------------------------


def test_meetings_whose_day_is_known_are_in_it(plan):
    meetings = (
        "meetings:\n  - {date: 2022-01-19, group: Board}\n  - {date: 2022-03, group: Board}\n"
        "  - {date: 2022-01-19, group: Board, title: Neglect}\n"
    )
    (plan / "plan.yaml").write_text(HEAD + meetings, encoding="utf-8")
    found = events(exported(plan))
    assert {id: str(event["SUMMARY"]) for id, event in found.items()} == {
        "P1.1": "P1.1 due: Launch the panel",
        "meeting_2022-01-19": "Board",
        "meeting_2022-01-19_2": "Board: Neglect",
    }
    assert found["meeting_2022-01-19"]["DTEND"].dt == date(2022, 1, 20)


def test_filters_leave_only_what_they_name():
    found = events(exported(DEMO, "--priority", "P3", "--status", "overdue"))
    assert set(found) == {"P3.2"}
    assert len(events(exported(DEMO))) > 21


# How it is written ------------------------------------------------------------------------------


def test_the_calendar_is_named_after_the_plan_and_asked_for_daily(plan):
    found = icalendar.Calendar.from_ical(exported(plan))
    assert str(found["NAME"]) == str(found["X-WR-CALNAME"]) == "A Plan"
    told = "A Plan, A Partnership. As at 15 December 2021."
    assert str(found["DESCRIPTION"]) == unescaped(str(found["X-WR-CALDESC"])) == told
    assert found["VERSION"] == "2.0"
    assert found["REFRESH-INTERVAL"].dt == timedelta(days=1)
    assert found["X-PUBLISHED-TTL"] == "P1D"
    assert "METHOD" not in found


def test_lines_end_with_cr_lf_and_are_folded_at_75_octets(plan):
    data = exported(of_long(plan))
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert str(events(data)["P1.1"]["SUMMARY"]).count("é😀") == 60


def of_long(plan: Path) -> Path:
    (plan / "p1.yaml").write_text(P1.replace("panel", "é😀" * 60), encoding="utf-8")
    return plan


def test_the_same_plan_and_day_make_the_same_bytes():
    assert exported(DEMO) == exported(DEMO)
    assert exported(DEMO) != exported(DEMO, "--as-at", "2021-12-16")


HOSTILE = (
    *("x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "x\nATTACH:file:///etc/passwd", "a;b,c:d\\e"),
    *("C:\\New\\nothing", "\\", "\\\\n", '"quoted";X=1:', "a\x00b\x1b[31m", "a\u2028b\u202e"),
)


def unescaped(text: str) -> str:
    """A text as the standard reads it."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], text)


def drawn(title: str, about: str, name: str = "A Plan") -> list[str]:
    """The lines of a calendar with one event, unfolded."""
    day = date(2022, 4, 30)
    event = Event("P1.1@t.hscp.invalid", title, (about, "End."), day, day)
    return "".join(ics.pieces(Calendar(name, name, (event,)))).replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_begins_a_line_of_its_own(text):
    lines, plain = drawn(text, text, text), drawn("a", "a", "a")
    assert [re.split("[:;]", line)[0] for line in lines] == [
        re.split("[:;]", line)[0] for line in plain
    ]
    assert "".join(lines).isprintable()


@example("C:\\New\\nothing; a, b\\")
@given(st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" "), max_size=90))
def test_what_is_read_back_is_what_was_said(text):
    lines = drawn(text, text, text)
    by_name = {line.partition(":")[0]: unescaped(line.partition(":")[2]) for line in lines}
    assert by_name["SUMMARY"] == by_name["X-WR-CALNAME"] == by_name["NAME"] == text
    assert by_name["DESCRIPTION"] == f"{text}\nEnd."
