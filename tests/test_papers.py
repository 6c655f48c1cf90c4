"""The papers: the published layout, the yearly report, the work plan, the e-mails to leads."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from functools import cache
from typing import TYPE_CHECKING
from unittest import mock

import pytest
import strategies as some
from hypothesis import given
from hypothesis import strategies as st
from running import REPO

from hscp_plan import store
from hscp_plan.as_at import as_at
from hscp_plan.dates import read
from hscp_plan.document import (
    Column,
    Facts,
    Heading,
    Items,
    Mark,
    Numbered,
    Paragraph,
    Room,
    Stack,
    Table,
    Tally,
    Title,
)
from hscp_plan.errors import Mendable, Mistyped
from hscp_plan.model import (
    Benchmark,
    Entry,
    Group,
    Impact,
    Log,
    Measure,
    Meeting,
    Milestone,
    Moved,
    Objective,
    Plan,
    Priority,
    Promised,
    Value,
)
from hscp_plan.model import Column as Extra
from hscp_plan.naming.meetings import find_board
from hscp_plan.reading.contacts import contacts
from hscp_plan.reports._side_by_side import by_period
from hscp_plan.reports.annual import Annual
from hscp_plan.reports.leads import each_lead
from hscp_plan.reports.papers import slug, slugs
from hscp_plan.reports.phrases import plain
from hscp_plan.reports.published import Published
from hscp_plan.reports.workplan import Workplan
from hscp_plan.writers import eml, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hscp_plan.document import Block, Paper

DAY = date(2021, 12, 15)
LEAD = "Chair of Quality Sub-Group"


@cache
def kept(folder: str, day: date = DAY) -> Plan:
    with mock.patch.object(store, "cache_folder", return_value=None):
        return as_at(store.open_plan(REPO / folder).plan, day)


def entry(day: str, note: str | None = "Said.", **keys: object) -> Entry:
    return Entry(date=read(day), note=note, **keys)


def moved(day: str, from_: str, to: str, **keys: object) -> Entry:
    return entry(day, moved=Moved(from_=read(from_), to=read(to)), **keys)


def milestone(id: str, due: str, *log: Entry, **keys: object) -> Milestone:
    for key in ("start", "review"):
        if key in keys:
            keys[key] = read(keys[key])
    said = next((e.status for e in reversed(log) if e.status), "not started")
    made = {"action": f"Do {id}", "status": said, "progress": Log(log)}
    return Milestone(id=id, due=read(due), **{**made, **keys})


def plan(*milestones: Milestone, head: dict[str, object] | None = None, **keys: object) -> Plan:
    objective = Objective(id="P1-A", milestones=milestones, lead=(LEAD,))
    priority = Priority(id="P1", title="Neglect", objectives=(objective,), **keys)
    return Plan(some.head(**(head or {})), {"p1.yaml": priority})


def yearly(made: Plan, year: str = "2021/22", day: date = date(2022, 6, 1)) -> Paper:
    return Annual(as_at(made, day), day, year, "foot").paper()


def papers(made: Plan, day: date) -> list[Paper]:
    return [
        Published(made, day, "foot").paper(),
        Annual(made, day, "2021/22", "foot").paper(),
        Annual(made, day, "2022/23", "foot").paper(),
        Workplan(made, day, "Everybody", "foot", "who").paper(),
    ]


# What a paper holds ------------------------------------------------------------------------------


def texts(block: Block) -> Iterator[str]:
    """Every text of a block, each cell of a table its own."""
    match block:
        case Title() | Heading():
            yield block.text
        case Paragraph():
            yield plain(block.line)
        case Numbered():
            yield from map(plain, block.lines)
        case Facts():
            yield from (part for name, line in block.pairs for part in (name, plain(line)))
        case Tally():
            yield from (mark.words for mark in block.marks if isinstance(mark, Mark))
        case Items():
            for item in block.items:
                yield from (item.id, item.text, *map(plain, item.notes))
        case Table():
            yield from (column.label for column in block.columns)
            for row in block.rows:
                yield from [row.text] if isinstance(row, Heading) else map(shown, row)


def shown(cell: object) -> str:
    """A cell's lines, one below the other."""
    if isinstance(cell, Stack):
        return "\n".join(map(plain, (cell.main, *cell.notes)))
    if isinstance(cell, Room):
        return cell.label
    return plain((cell,))  # type: ignore[arg-type]


def said(paper: Paper) -> list[str]:
    return [text for block in paper.document for text in texts(block)]


def part(paper: Paper, title: str) -> list[str]:
    """What stands under a heading of the first level, up to the next."""
    made: list[str] = []
    inside = False
    for block in paper.document:
        if isinstance(block, Heading) and block.level == 1:
            inside = title in block.text
        elif inside:
            made += texts(block)
    return made


def rows(paper: Paper) -> list[dict[str, str]]:
    """The rows of all its tables, each cell under its column's name."""
    tables = [block for block in paper.document if isinstance(block, Table)]
    return [
        {c.label: shown(cell) for c, cell in zip(table.columns, row, strict=True)}
        for table in tables
        for row in table.rows
        if not isinstance(row, Heading)
    ]


def row(paper: Paper, id: str) -> dict[str, str]:
    return next(r for r in rows(paper) if r.get("Milestone", "").startswith(id))


# Every paper ------------------------------------------------------------------------------------


def well_said(paper: Paper) -> None:
    every = said(paper)
    assert all(text.strip() for text in every)
    assert not [text for text in every if "None" in text.split() and text != "None set"]
    tables = [block for block in paper.document if isinstance(block, Table)]
    assert all(
        len(row) == len(table.columns)
        for table in tables
        for row in table.rows
        if not isinstance(row, Heading)
    )


@given(some.plans(), st.dates(date(2021, 1, 1), date(2024, 6, 30)))
def test_nothing_is_blank_or_none_whatever_the_plan_and_day(made: Plan, day: date) -> None:
    for paper in papers(as_at(made, day), day):
        well_said(paper)


@pytest.mark.parametrize("folder", ["plan", "examples/demo-plan"])
@pytest.mark.parametrize("day", [date(2021, 3, 1), DAY, date(2026, 6, 1)])
def test_nothing_is_blank_or_none_in_the_plans_that_ship(folder: str, day: date) -> None:
    for paper in papers(kept(folder, day), day):
        well_said(paper)


def test_papers_have_names_that_a_file_can_have() -> None:
    made = plan(milestone("P1.1", "2022-01"))
    names = [paper.name for paper in papers(made, DAY)]
    assert names == ["plan", "annual-2021-22", "annual-2022-23", "workplan-who"]
    assert slug("../Santé & “SEN”: A/B") == "sante-sen-a-b"


@given(st.lists(st.text("aB-. \u00e9\u2019/\u4e2d", max_size=4) | st.text(max_size=80), max_size=8))
def test_no_two_names_share_a_file_and_no_system_refuses_one(names: list[str]) -> None:
    """Whatever the case of letters. Of a bounded length, with no character or ending that Windows
    keeps for itself; and what stands before it is no device."""
    made = slugs(["SE Sub-Group", "SE Sub Group", *names])
    assert len({name.casefold() for name in made.values()}) == len(made) == len({*made})
    for name in made.values():
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,70}", name)
        assert not name.endswith("-")
    assert (made["SE Sub-Group"], made["SE Sub Group"]) == ("se-sub-group", "se-sub-group-2")


def test_an_address_of_the_web_is_a_link_and_a_reference_is_not() -> None:
    log = entry("2021-10-01", evidence=("https://example.org/a", "Minutes, item 3", "file:///a"))
    text = markdown.draw(
        Published(plan(milestone("P1.1", "2022-01", log)), DAY, "").paper().document
    )
    assert "[https://example.org/a](<https://example.org/a>); Minutes, item 3; file:///a" in text


# Which Board ------------------------------------------------------------------------------------


EXECUTIVE, PARTNERSHIP = "Partnership Executive Board", "Partnership Board"
BOARDS = some.head(
    groups=(
        Group(name=EXECUTIVE, short="Exec", kind="board"),
        Group(name=PARTNERSHIP, kind="board"),
        Group(name="Quality Sub-Group", short="QSG", kind="sub-group"),
    ),
    meetings=(Meeting(date=read("2022-01-19"), group="Schools Board"),),
)


@pytest.mark.parametrize(
    ("typed", "board"),
    [
        ("exec", EXECUTIVE),
        ("Executive  Board", EXECUTIVE),
        # The whole of one name, though a part of no other alone.
        ("partnership board", PARTNERSHIP),
        ("schools", "Schools Board"),
        ("qsg", "Quality Sub-Group"),
    ],
)
def test_a_board_is_known_by_its_short_name_or_a_part_that_fits_it_alone(
    typed: str, board: str
) -> None:
    assert find_board(BOARDS, typed) == board


@pytest.mark.parametrize("typed", ["board", "partnership", "quality", "zzz"])
def test_a_name_of_no_one_board_is_refused(typed: str) -> None:
    with pytest.raises(Mistyped):
        find_board(BOARDS, typed)


def test_a_short_name_that_boards_share_is_neither_of_them() -> None:
    groups = tuple(Group(name=n, short="HSB", kind="board") for n in (EXECUTIVE, PARTNERSHIP))
    with pytest.raises(Mistyped, match="may be Partnership Executive Board or Partnership Board"):
        find_board(some.head(groups=groups), "hsb")


# The plan as published ---------------------------------------------------------------------------


def test_the_plan_is_laid_out_in_the_published_order() -> None:
    every = "\n".join(said(Published(kept("plan"), DAY, "foot").paper()))
    head = kept("plan").head
    first, *rest = (head.introduction or "").split("\n")
    wanted = [head.title, first, head.vision, *rest, *(p.title for p in kept("plan").priorities)]
    wanted.append(head.reporting)
    for priority in kept("plan").priorities:
        wanted += [f"{priority.id} {priority.title}", priority.outcome, *priority.evidence]
        for objective in priority.objectives:
            wanted += [*objective.statements, *objective.accountable, *objective.lead]
            wanted += [f"{m.id} {m.action}" for m in objective.milestones]
    at = 0
    for text in filter(None, wanted):
        assert text in every[at:], text
        at = every.index(text, at) + len(text)


def test_progress_is_told_last_said_first() -> None:
    cell = row(Published(kept("examples/demo-plan"), DAY, "foot").paper(), "P1.3")["Progress"]
    assert cell.split("\n") == [
        "14 October 2021, complete: Trial launched with two teams. Evidence: Safeguarding "
        "Effectiveness Sub-Group minutes, 14 October 2021, item 3",
        "28 September 2021, due date moved from September 2021 to October 2021: Launch put back a "
        "month; the chronology template was not ready. No agreement recorded.",
        "7 September 2021, on track: Two teams chosen and briefed.",
    ]


def test_the_one_who_says_it_is_named_only_where_that_is_not_the_lead() -> None:
    log = (entry("2021-10-01", by=LEAD), entry("2021-11-01", by="The Board"))
    cell = row(Published(plan(milestone("P1.1", "2022-01", *log)), DAY, "").paper(), "P1.1")
    assert cell["Progress"] == "1 November 2021, The Board: Said.\n1 October 2021: Said."


def test_an_entry_without_a_note_still_says_what_it_changed() -> None:
    log = entry("2021-10-01", None, status="complete", agreed="The Board")
    cell = row(Published(plan(milestone("P1.1", "2022-01", log)), DAY, "").paper(), "P1.1")
    assert cell["Progress"] == "1 October 2021, complete. Agreed: The Board."


@pytest.mark.parametrize(
    ("id", "status"),
    [
        ("P1.2", "15 days late\nStill said to be on track"),
        ("P2.2", "15 days late\nSaid to be off track"),
        ("P3.2", "2 months late\nNot started"),
        ("P3.1", "Late to start"),
        ("P1.1", "On track"),
    ],
)
def test_the_status_shows_what_is_said_where_that_is_something_else(id: str, status: str) -> None:
    assert row(Published(kept("examples/demo-plan"), DAY, "").paper(), id)["Status"] == status


@pytest.mark.parametrize(
    ("keys", "timescale"),
    [
        ({"due": "2022-01"}, "January 2022"),
        ({"due": "2022-01", "start": "2021-12"}, "December 2021 to January 2022"),
        ({"due": "2022-01", "start": "2022-01"}, "January 2022"),
        ({"due": "ongoing", "review": "2022-02"}, "Ongoing; review February 2022"),
        (
            {"due": "ongoing", "start": "2021-12", "review": "2022-02"},
            "Ongoing from December 2021; review February 2022",
        ),
    ],
)
def test_a_timescale_is_from_when_to_when(keys: dict[str, str], timescale: str) -> None:
    paper = Published(plan(milestone("P1.1", **keys)), DAY, "").paper()
    assert row(paper, "P1.1")["Timescale"] == timescale


def test_a_due_date_that_moved_says_from_when() -> None:
    made = plan(milestone("P1.1", "2022-01", moved("2021-10-01", "2021-10", "2022-01")))
    cell = row(Published(made, DAY, "").paper(), "P1.1")["Timescale"]
    assert cell == "January 2022\nMoved once, first due October 2021"


def test_a_declared_column_is_one_only_where_every_milestone_has_it() -> None:
    columns = (Extra(key="cost", label="Cost"), Extra(key="risk", label="Risk"))
    one = milestone("P1.1", "2022-01", more={"cost": "£5", "risk": "Low"})
    two = milestone("P1.2", "2022-01", more={"cost": "£6"})
    paper = Published(plan(one, two, head={"columns": columns}), DAY, "").paper()
    assert [r["Cost"] for r in rows(paper)] == ["£5", "£6"]
    assert [r["Milestone"] for r in rows(paper)] == ["P1.1 Do P1.1\nRisk: Low", "P1.2 Do P1.2"]


def test_a_lead_has_a_column_only_where_a_milestone_has_its_own() -> None:
    alike = Published(plan(milestone("P1.1", "2022-01")), DAY, "").paper()
    assert "Lead" not in rows(alike)[0]
    own = milestone("P1.2", "2022-01", lead=("Head of Service",))
    paper = Published(plan(milestone("P1.1", "2022-01"), own), DAY, "").paper()
    assert [r["Lead"] for r in rows(paper)] == [LEAD, "Head of Service"]


def test_the_plans_own_words_stand_for_levels() -> None:
    words = {"milestone": "Action", "lead": "Owner", "priority": "Theme"}
    own = milestone("P1.1", "2022-01", lead=("Head of Service",))
    paper = Published(plan(own, head={"words": words}), DAY, "").paper()
    assert list(rows(paper)[0])[:3] == ["Action", "Timescale", "Owner"]
    assert "Our themes" in said(paper)


# The yearly report -------------------------------------------------------------------------------


def test_only_what_was_logged_in_the_year_counts_as_done_in_it() -> None:
    log = (
        entry("2021-03-31", "Before.", status="on track"),
        entry("2021-04-01", "First day."),
        entry("2022-03-31", "Last day."),
        entry("2022-04-01", "After.", status="complete"),
    )
    made = plan(milestone("P1.1", "2021-12", *log))
    cells = row(yearly(made), "P1.1")
    assert cells["What was done"] == "31 March 2022: Last day.\n1 April 2021: First day."
    assert cells["Standing"] == "3 months late\nStill said to be on track"
    cells = row(yearly(made, "2022/23"), "P1.1")
    assert (cells["What was done"], cells["Standing"]) == (
        "1 April 2022, complete: After.",
        "Complete",
    )


def test_what_shows_it_stands_beside_what_was_done_with_its_date() -> None:
    one = milestone("P1.1", "2022-05", entry("2021-10-01", evidence=("Audit A", "Audit B")))
    two = milestone("P1.2", "2022-05", entry("2021-10-01"))
    paper = yearly(plan(one, two))
    assert row(paper, "P1.1")["What shows it"] == "1 October 2021: Audit A; Audit B"
    assert row(paper, "P1.2")["What shows it"] == "No evidence is cited"


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("What was done", "Nothing was logged in the year."),
        (
            "What difference",
            "Nothing is recorded in the year of any difference made for children and families.",
        ),
        ("on reviews", "No milestone is marked as carrying out what a review recommended."),
        ("were heard", "Nothing is recorded of what children or families said."),
        ("What moved", "Nothing was closed in the year."),
        ("Boards decided", "No decision of a Board is recorded in the year."),
        ("is assured", "Nobody said in the year whether the partnership is assured."),
    ],
)
def test_a_part_with_nothing_in_it_says_so(title: str, sentence: str) -> None:
    assert part(yearly(plan(milestone("P1.1", "2022-05"))), title)[-1] == sentence


@pytest.mark.parametrize(
    ("made", "fact"),
    [
        (
            milestone("P1.1", "2021-09"),
            "6 months late, was due September 2021; nothing was ever logged",
        ),
        (
            milestone("P1.1", "2021-09", entry("2021-06-01", status="on track")),
            "6 months late, was due September 2021; still said to be on track",
        ),
        (
            milestone("P1.1", "2022-09", entry("2021-02-01", status="on track")),
            "On track, due September 2022; nothing was logged in the year",
        ),
        (
            milestone("P1.1", "2022-09", start="2021-09"),
            "Late to start, due September 2022; was to begin September 2021; nothing was ever "
            "logged",
        ),
        (
            milestone("P1.1", "2022-09", entry("2021-06-01", status="off track")),
            "Off track, due September 2022",
        ),
        (
            milestone(
                "P1.1", "2022-09", moved("2021-06-01", "2022-03", "2022-09"), status="on track"
            ),
            "On track, due September 2022; its due date moved, and nothing else was logged in the "
            "year",
        ),
        (
            milestone("P1.1", "2021-09", entry("2021-06-01", status="complete")),
            "Complete, and no evidence is cited",
        ),
        (milestone("P1.1", "2021-09", status="complete"), "Complete, and no evidence is cited"),
    ],
)
def test_little_or_no_progress_is_said_outright(made: Milestone, fact: str) -> None:
    told = part(yearly(plan(made)), "little or no")
    assert told[:4] == ["P1 Neglect", "P1.1", "Do P1.1", fact]


@pytest.mark.parametrize(
    "made",
    [
        milestone("P1.1", "2022-09"),
        milestone("P1.1", "2022-09", entry("2021-06-01", status="at risk")),
        milestone("P1.1", "2021-03", entry("2021-03-01", status="complete")),
        milestone("P1.1", "2021-09", entry("2021-09-01", status="complete", evidence=("Audit",))),
        milestone("P1.1", "2021-09", entry("2021-09-01", status="closed")),
    ],
)
def test_what_was_not_to_be_done_in_the_year_or_was_is_no_lack(made: Milestone) -> None:
    told = part(yearly(plan(made)), "little or no")
    assert told[0] == (
        "Nothing was late, off track or without news, and nothing complete lacked evidence."
    )


def test_actions_on_a_review_stand_under_its_name_with_what_was_decided() -> None:
    paper = Annual(kept("examples/demo-plan"), DAY, "2021/22", "").paper()
    told = part(paper, "on reviews")
    assert told[:2] == [
        "Family X LSCPR",
        "Local child safeguarding practice review, published 16 March 2021.",
    ]
    said = " | ".join(told)
    for line in (
        "FX-1 Every agency keeps a chronology in the same form",
        "P1.2 Implement recommendations of Family X LSCPR: ",
        "15 days late",
        "P1.2, 9 November 2021: Nine of eleven actions carried out. (The last of 3",
        "Not implemented: Each agency's system is set nationally",
        "No milestone carries it out, and no reason is given.",
    ):
        assert line in said
    assert "No decision of a Board on Child A LSCPR is recorded in the year." in told


def test_a_partner_that_only_moved_a_date_is_not_said_to_have_logged_nothing() -> None:
    told = " ".join(part(Annual(kept("examples/demo-plan"), DAY, "2021/22", "").paper(), "partner"))
    assert "Council leads nothing in the plan, and logged in the year only that P1.4 moved." in told
    assert "Police leads nothing in the plan, and logged nothing in the year." in told


def test_what_children_said_is_told_apart_and_who_was_not_heard_is_named() -> None:
    impact = (
        Impact(
            date=read("2021-10-01"), from_="children", note="Shorter plans.", evidence=("Note",)
        ),
        Impact(date=read("2021-11-01"), from_="audit", note="Plans are shorter."),
        Impact(date=read("2020-11-01"), from_="families", note="In another year."),
    )
    paper = yearly(plan(milestone("P1.1", "2022-05"), impact=impact))
    assert part(paper, "What difference") == [
        "P1 Neglect",
        "1 November 2021",
        "Audit: Plans are shorter.",
        "No evidence is cited.",
        "What children said is in part 5.",
    ]
    assert part(paper, "were heard") == [
        "1 October 2021",
        "Children, on P1 Neglect: Shorter plans.",
        "Evidence: Note",
        "Nothing is recorded of what families said.",
    ]
    assert any(text.startswith("5. How children") for text in said(paper))


def test_where_only_children_said_what_changed_it_is_not_said_that_nothing_is_recorded() -> None:
    impact = Impact(date=read("2021-10-01"), from_="children", note="Shorter plans.")
    paper = yearly(plan(milestone("P1.1", "2022-05"), impact=(impact,)))
    assert part(paper, "What difference") == ["What children said is in part 5."]


@pytest.mark.parametrize(
    ("better", "values", "change"),
    [
        ("up", ["1,074", "1,096"], "1,074 to 1,096: better"),
        ("up", ["96%", "74.5%"], "96% to 74.5%: worse"),
        ("down", ["24", "21"], "24 to 21: better"),
        ("down", ["21", "24"], "21 to 24: worse"),
        (None, ["21", "24"], "21 to 24"),
        ("up", ["21", "21"], "No change"),
        ("up", ["21"], "One figure only"),
    ],
)
def test_a_measure_says_whether_it_is_better(
    better: str | None, values: list[str], change: str
) -> None:
    made = tuple(
        Value(period=read(f"Q{n} 2021/22"), value=value) for n, value in enumerate(values, 1)
    )
    other = Value(period=read("Q1 2022/23"), value="5")
    measure = Measure(id="P1-M1", name="Days", better=better, values=(*made, other))
    cells = next(
        r
        for r in rows(yearly(plan(milestone("P1.1", "2022-05"), measures=(measure,))))
        if "Change" in r
    )
    assert (cells["Change"], cells["Target"]) == (change, "None set")
    first, *others = cells["In the year"].split("\n")
    assert first == f"April to June 2021: {values[0]}"
    assert len([line for line in others if not line.endswith(": missing")]) == len(values) - 1


def test_a_measure_of_a_time_to_come_is_not_told() -> None:
    values = tuple(Value(period=read(f"Q{n} 2021/22"), value="5") for n in (2, 4))
    measure = Measure(id="P1-M1", name="Days", values=values)
    paper = yearly(plan(milestone("P1.1", "2022-05"), measures=(measure,)), day=DAY)
    told = [cells["In the year"] for cells in rows(paper) if "In the year" in cells]
    assert told == ["July to September 2021: 5"]


MARCH, JULY, DECEMBER = map(read, ("2024-03", "2024-07", "2024-12"))
PROMISED = Measure(
    id="P1-M1",
    name="EHCP within 20 weeks",
    better="up",
    baseline=Value(period=read("2023-09"), value="21%"),
    benchmark=Benchmark(name="England average", value="50%"),
    target="60%",
    path=(
        Promised(period=MARCH, value="35%", name="Milestone 3"),
        Promised(period=DECEMBER, value="55%"),
        Promised(period=read("2025-07"), value="58%"),
    ),
    values=(
        Value(period=MARCH, value="31%", note="Provisional"),
        Value(period=JULY, value="suppressed"),
        Value(period=read("2025-07"), value="59%"),
    ),
)


def test_what_was_promised_stands_beside_what_came_period_by_period() -> None:
    table = by_period(PROMISED, date(2025, 1, 15))
    assert table
    assert [[shown(cell) for cell in row] for row in (table.labels, *table.rows)] == [
        ["Period", "Promised", "Actual", "Note"],
        ["Baseline\nSeptember 2023", "", "21%", ""],
        ["Milestone 3\nMarch 2024", "35%", "31%", "Provisional"],
        ["July 2024", "", "suppressed", ""],
        ["December 2024", "55%", "Missing", ""],
        ["July 2025", "58%", "", ""],
        ["Target", "60%", "", ""],
        ["England average", "", "50%", ""],
    ]
    bare = Measure(id="P1-M1", name="Visits", values=(Value(period=MARCH, value="7"),))
    assert by_period(bare, DAY) is None
    only = by_period(bare, date(2024, 4, 1))
    assert only
    assert (only.labels, len(only.rows)) == (["Period", "Actual"], 1)


def test_the_year_says_what_was_promised_and_what_is_missing() -> None:
    made = plan(milestone("P1.1", "2022-05"), measures=(PROMISED,))
    cells = next(
        r for r in rows(yearly(made, year="2024/25", day=date(2025, 4, 1))) if "Change" in r
    )
    assert cells["In the year"] == "July 2024: suppressed\nDecember 2024: missing"
    assert cells["Target"] == "60% (England average 50%)"
    cells = next(
        r for r in rows(yearly(made, year="2023/24", day=date(2024, 4, 1))) if "Change" in r
    )
    assert cells["In the year"] == "March 2024: 31% (Provisional); promised 35%"


def test_a_move_says_how_far_why_and_that_nobody_agreed() -> None:
    log = (
        moved("2021-10-01", "2021-10", "2022-01", agreed="The Board"),
        moved("2022-02-01", "2022-01", "2022-07"),
        moved("2022-05-01", "2022-07", "2022-09"),
    )
    moves = [r for r in rows(yearly(plan(milestone("P1.1", "2022-09", *log)))) if "Why" in r]
    assert [(r["Due date"], r["Who agreed it"]) for r in moves] == [
        ("From October 2021 to January 2022\n3 months later\nMoved on 1 October 2021", "The Board"),
        (
            "From January 2022 to July 2022\n6 months later\nMoved on 1 February 2022",
            "No agreement recorded",
        ),
    ]


@pytest.mark.parametrize(
    ("year", "day", "sentence"),
    [
        ("2021/22", DAY, "The year is not over: this is what was logged by 15 December 2021."),
        ("2022/23", DAY, "On 15 December 2021 the year had not begun."),
        (
            "2020/21",
            DAY,
            "The year is not one of the plan's, which runs from April 2021 to March 2023.",
        ),
    ],
)
def test_a_reader_is_told_of_an_odd_year(year: str, day: date, sentence: str) -> None:
    assert sentence in said(yearly(plan(milestone("P1.1", "2022-05")), year, day))
    assert sentence not in said(yearly(plan(milestone("P1.1", "2022-05"))))


def test_a_yearly_report_does_not_change_once_the_year_is_over() -> None:
    log = entry("2021-10-01", status="on track"), entry("2022-05-01", status="complete")
    made = plan(milestone("P1.1", "2021-12", *log))
    then, later = (yearly(made, day=day) for day in (date(2022, 3, 31), date(2026, 1, 1)))
    assert then.document == later.document


# The work plan -----------------------------------------------------------------------------------


def test_a_work_plan_is_overdue_first_then_by_month_with_room_to_write() -> None:
    made = plan(
        milestone("P1.1", "2022-03"),
        milestone("P1.2", "2022-01", entry("2021-12-01", status="on track")),
        milestone("P1.3", "2021-11", entry("2021-11-01", status="complete")),
        milestone("P1.4", "2021-10"),
        milestone("P1.5", "2022-01-10"),
        milestone("P1.6", "ongoing", review="2022-01-05"),
    )
    paper = Workplan(made, DAY, LEAD, "foot", "who").paper()
    table = next(block for block in paper.document if isinstance(block, Table))
    shape = [r.text if isinstance(r, Heading) else shown(r[0])[:4] for r in table.rows]
    january = ["January 2022", "P1.6", "P1.5", "P1.2"]
    assert shape == ["Overdue", "P1.4", *january, "March 2022", "P1.1"]
    rooms = [r[-1] for r in table.rows if not isinstance(r, Heading)]
    assert [room.label for room in rooms if isinstance(room, Room)] == [
        f"Progress on P1.{n}" for n in (4, 6, 5, 2, 1)
    ]
    assert "5 open milestones: 1 overdue, 4 to come." in said(paper)
    assert "Complete or closed: P1.3." in said(paper)


def test_a_work_plan_names_leads_only_where_they_differ() -> None:
    one, two = milestone("P1.1", "2022-03"), milestone("P1.2", "2022-03", lead=("Head of Service",))
    assert Column("Lead") not in table_of(plan(one)).columns
    assert Column("Lead") in table_of(plan(one, two)).columns


def table_of(made: Plan) -> Table:
    document = Workplan(made, DAY, LEAD, "", "who").paper().document
    return next(block for block in document if isinstance(block, Table))


def test_a_work_plan_with_nothing_open_says_so() -> None:
    made = plan(milestone("P1.1", "2021-11", entry("2021-11-01", status="complete")))
    paper = Workplan(made, DAY, LEAD, "foot", "who").paper()
    assert said(paper)[-2:] == ["Nothing open.", "Complete or closed: P1.1."]


# Leads -------------------------------------------------------------------------------------------


def leads() -> Plan:
    return plan(
        milestone("P1.1", "2022-01", moved("2021-12-01", "2021-10", "2022-01", note="No staff")),
        milestone("P1.2", "2021-11", entry("2021-11-01", "Nine of eleven.", status="on track")),
        milestone("P1.3", "2022-05", start="2021-10"),
        milestone("P1.4", "2022-05"),
        milestone("P1.5", "2021-10", lead=("Head of Service",)),
        milestone("P1.6", "2021-10", entry("2021-10-01", status="complete")),
    )


def test_those_who_lead_something_open_are_asked_in_the_plans_order() -> None:
    def asked(plan: Plan) -> list[str]:
        return [lead.who for lead in each_lead(plan, plan, DAY, ())]

    assert asked(leads()) == [LEAD, "Head of Service"]
    assert asked(kept("plan")) == ["Chair of Safeguarding Effectiveness Sub-Group"]


# Drafts ------------------------------------------------------------------------------------------


def test_a_draft_opens_unsent_and_reads_as_it_was_written() -> None:
    text = "Santé: 50 % – done?\n\nFrom here\n.\n" + "x" * 90 + "\n"
    data = eml.draw(text, "Santé – a subject", "chair@example.org, deputy@example.org", {})
    read_back = message_from_bytes(data, policy=policy.default)
    assert read_back.get_content().replace("\r\n", "\n") == text
    assert read_back["Subject"] == "Santé – a subject"
    assert read_back["To"] == "chair@example.org, deputy@example.org"
    assert read_back["X-Unsent"] == "1"
    assert data == eml.draw(text, "Santé – a subject", "chair@example.org, deputy@example.org", {})
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert not {"Date", "Message-ID", "From"}.intersection(read_back.keys())


def test_a_draft_to_nobody_known_has_no_recipient() -> None:
    assert "To" not in message_from_bytes(eml.draw("Hello\n", "S", None, {}))


def test_a_title_cannot_add_a_line_to_the_head_of_a_draft() -> None:
    read_back = message_from_bytes(eml.draw("Hello\n", "S\r\nBcc: all@example.org", None, {}))
    assert "Bcc" not in read_back


# Addresses ---------------------------------------------------------------------------------------


def test_contacts_are_an_address_or_a_list_of_them() -> None:
    text = "# ours\nChair of A: a@example.org\nno: [b@example.org, c.d@example.co.uk]\n"
    assert contacts(text, "contacts.yaml") == {
        "Chair of A": ("a@example.org",),
        "no": ("b@example.org", "c.d@example.co.uk"),
    }


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "contacts.yaml:1:1: this file is empty"),
        ("A: a@example.org\nB:\n", 'contacts.yaml:2:3: "B" has nothing after it'),
        ("A: a@example.org\nA: b@example.org", 'contacts.yaml:2:1: "A" stands here a second time'),
        ("A: ask Anna", 'contacts.yaml:1:4: "ask Anna" is not an e-mail address'),
        ("A: Anna <a@example.org>", 'contacts.yaml:1:4: "Anna <a@example.org>" is not'),
        ("A: a@example.org, b@example.org", "contacts.yaml:1:4: "),
        ("A:\n  - a@example.org\n  - b@\n", 'contacts.yaml:3:5: "b@" is not an e-mail address'),
        ("A: 'a@example.org\n\n  Bcc: b@example.org'", "contacts.yaml:1:4: "),
        ("A: {b: a@example.org}", "contacts.yaml:1:4: here stand keys"),
        ("A: []", 'contacts.yaml:1:1: "A" has no address'),
        ("A: &x a@example.org", "contacts.yaml:1:4: &x names this for use elsewhere"),
        ("- a@example.org", "contacts.yaml:1:1: this file is not a list of keys"),
        ("A: [a@example.org", "contacts.yaml:1:"),
    ],
)
def test_contacts_that_are_no_addresses_are_refused_at_their_place(text: str, what: str) -> None:
    with pytest.raises(Mendable) as refused:
        contacts(text, "contacts.yaml")
    assert refused.value.what.startswith(what)
    assert refused.value.next
    assert "P1" not in refused.value.next
