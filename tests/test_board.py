"""The Board's page: that it is one side, that its numbers add up, and that nothing is left out in
silence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import strategies as some
from hypothesis import given
from hypothesis import strategies as st
from test_papers import DAY, entry, kept, milestone, moved, part, plan, rows, said

from hscp_plan import layout
from hscp_plan.as_at import as_at
from hscp_plan.dates import read
from hscp_plan.document import Column, Heading, Mark, Stack, Table
from hscp_plan.model import Assurance, Decision, Meeting, Objective, Plan, Priority
from hscp_plan.naming import meetings
from hscp_plan.reports.board import Board, Since
from hscp_plan.standing import counts, left_sentence, standings
from hscp_plan.words import KINDS

if TYPE_CHECKING:
    from hscp_plan.document import Paper
    from hscp_plan.model import Milestone, Outcome

BOARD = "The Board"


def page(
    made: Plan, day: date = DAY, since: date | None = None, coming: tuple[str, ...] = ()
) -> Paper:
    """The page of a day by the plan's own log, with what moved since another day."""
    then = Since(as_at(made, since), since, "since then", BOARD) if since else None
    meets = tuple(Meeting(date=read(text), group=BOARD) for text in coming)
    return Board(as_at(made, day), day, BOARD, then, meets, "Manager", "foot").paper()


def of(made: Plan, day: date) -> Paper:
    """The page as the command makes it of a plan with meetings."""
    group = meetings.next_board(made.head, day)
    last = meetings.last_meeting(made.head, group, day)
    ahead = [m.date.text for m in made.head.meetings if m.group == group and m.date.last >= day]
    return page(made, day, last and meetings.last_day_shown(last.date.first), tuple(ahead))


def headings(paper: Paper) -> list[str]:
    return [block.text for block in paper.document if isinstance(block, Heading)]


def long_plan(priorities: int = 9, words: int = 40) -> Plan:
    """A plan of long texts and names, in which much is late, moved, closed, decided and assured."""
    text = " ".join(["Multi-agency", "safeguarding", "arrangements", "W" * 30] * words)[: words * 9]

    def priority(number: int) -> Priority:
        id = f"P{number}"
        late = [milestone(f"{id}.{n}", "2021-11", action=f"{n} {text}") for n in range(1, 5)]
        closed = entry("2021-11-01", text, status="closed")
        gone = milestone(f"{id}.5", "2022-01", closed, action=text)
        slid = milestone(f"{id}.6", "2022-02", moved("2021-12-01", "2021-10", "2022-02"))
        return Priority(
            id=id,
            title=f"{number} {text}",
            until=read("2022"),
            objectives=(Objective(id=f"{id}-A", milestones=(*late, gone, slid), lead=(text,)),),
            decisions=(Decision(date=read("2021-12-01"), by=text, decision=text),),
            assurance=(Assurance(date=read("2021-12-01"), by=text, level="partly"),),
        )

    head = some.head(title=text, partnership=text)
    return Plan(head, {f"p{n}.yaml": priority(n) for n in range(1, priorities + 1)})


# One side ----------------------------------------------------------------------------------------

DAYS = [date(2021, 4, 15) + timedelta(days=13 * n) for n in range(60)]


@pytest.mark.long
@pytest.mark.parametrize("folder", ["plan", "examples/demo-plan"])
def test_the_plans_that_ship_keep_to_one_side_on_every_day(folder: str) -> None:
    for day in DAYS:
        paper = of(kept(folder, date(2026, 1, 1)), day)
        assert layout.height(paper.document) <= layout.PAGE_HEIGHT, day


@pytest.mark.long
@pytest.mark.parametrize("priorities", [1, 4, 9, 40])
@pytest.mark.parametrize("words", [4, 14, 60])
def test_a_plan_of_many_priorities_and_long_texts_keeps_to_one_side(
    priorities: int, words: int
) -> None:
    paper = page(long_plan(priorities, words), since=date(2021, 10, 20), coming=("2022-01-19",))
    assert layout.height(paper.document) <= layout.PAGE_HEIGHT


@given(some.plans(), st.dates(date(2021, 1, 1), date(2024, 6, 30)), st.integers(0, 400))
def test_any_plan_keeps_to_one_side(made: Plan, day: date, before: int) -> None:
    paper = page(made, day, day - timedelta(days=before))
    assert layout.height(paper.document) <= layout.PAGE_HEIGHT


def test_a_row_is_as_high_as_the_most_lines_of_its_cells() -> None:
    columns = (Column("Milestone"), Column("Standing"))
    word = Stack((Mark("overdue", "15 days late"),), (("was due November 2021",),))
    one, two, many = (
        layout.height([Table(columns, ((text, cell),))])
        for text, cell in (("Do it", "Late"), ("Do it", word), ("Audit " * 120, "Late"))
    )
    line = 9 * layout.LINE_HEIGHT
    assert (two - one) / line == pytest.approx(1)
    assert (many - one) / line > 4


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 1_000, 1),
        ("a", 1_000, 1),
        # Twelve letters of 5.56 points, and a space of 2.78 between two words.
        ("aaaaaa aaaaaa", 20 * 70, 1),
        ("aaaaaa aaaaaa", 20 * 69, 2),
        ("aaaaaa\u00a0aaaaaa", 20 * 69, 2),
        # A word that no line would hold is broken; the next stands after its end.
        ("a" * 30 + " b", 20 * 60, 3),
        ("a" * 20 + " " + "b" * 9, 20 * 56, 3),
        ("a\nb", 1_000, 1),
    ],
)
def test_a_text_breaks_where_its_line_is_full(text: str, room: int, lines: int) -> None:
    assert layout.line_count(text, room, 10) == lines


@given(st.text("ab —W", max_size=80), st.integers(400, 4_000))
def test_a_wider_room_never_takes_more_lines(text: str, room: int) -> None:
    assert layout.line_count(text, room, 9) >= layout.line_count(text, room + 200, 9) >= 1


# Its numbers --------------------------------------------------------------------------------------


def numbers(paper: Paper) -> list[list[int]]:
    """The numbers of each row of where the plan stands."""
    table = next(b for b in paper.document if isinstance(b, Table) and "by priority" in b.caption)
    return [
        [int(getattr(cell, "words", cell)) for cell in row[1:-1]]  # type: ignore[arg-type]
        for row in table.rows
        if not isinstance(row, Heading)
    ]


def adds_up(made: Plan, day: date) -> None:
    paper = page(made, day)
    found = standings(made.of_priorities, day)
    for row in numbers(paper):
        assert sum(row[:-1]) == row[-1]
    *each, every = numbers(paper)
    if each:
        assert [sum(column) for column in zip(*each, strict=True)] == every
    sentence = part(paper, "Where the plan stands")[0]
    named = [int(word) for word in sentence.replace(",", "").split() if word.isdigit()]
    if found:
        assert named[0] == len(found) == sum(named[1:])
        assert all(kind in sentence for kind in KINDS if counts(found)[kind])


@given(some.plans(), st.dates(date(2021, 1, 1), date(2024, 6, 30)))
def test_every_milestone_is_counted_once(made: Plan, day: date) -> None:
    adds_up(as_at(made, day), day)


@pytest.mark.parametrize("day", [date(2021, 12, 15), date(2022, 1, 5), date(2022, 4, 6)])
def test_the_numbers_of_the_demonstration_add_up(day: date) -> None:
    adds_up(kept("examples/demo-plan", day), day)


def test_priorities_that_have_no_row_are_counted_together() -> None:
    made = long_plan(40, 4)
    adds_up(made, DAY)
    assert any("other priorities" in text for text in part(page(made), "Where the plan stands"))
    assert " other priorities continue or close" in asked(made, date(2026, 1, 1))[-1]


# What is left out --------------------------------------------------------------------------------


def late(number: int, day: str = "2021-11") -> list[Milestone]:
    return [milestone(f"P1.{n}", day, action=f"Audit of agency number {n}") for n in
            range(1, number + 1)]  # fmt: skip


def test_what_is_left_out_is_named_with_its_words_and_its_standing() -> None:
    risky = [
        milestone(f"P1.{n}", "2022-06", entry("2021-12-01", status="at risk")) for n in (31, 32)
    ]
    paper = page(plan(*late(20), *risky))
    heading = next(text for text in headings(paper) if "Overdue and at risk" in text)
    shown = sum(
        "Audit of agency" in row.get("Milestone, and who leads it", "") for row in rows(paper)
    )
    assert heading == f"3. Overdue and at risk ({shown} of the 22 are shown)"
    told = next(text for text in said(paper) if text.startswith("Also overdue"))
    assert f"P1.{shown + 1} (Audit of agency" in told
    assert "at risk: " in told


def test_what_was_decided_closed_or_added_is_not_cut_for_room() -> None:
    closed = milestone("P1.40", "2022-06", entry("2021-12-01", "Stopped.", status="closed"))
    slid = milestone("P1.41", "2022-03", moved("2021-12-02", "2022-01", "2022-03"))
    done = [
        milestone(f"P1.{n}", "2021-12", entry("2021-12-03", status="complete", agreed="The Board"))
        for n in range(50, 70)
    ]
    decision = Decision(date=read("2021-12-01"), by="The Board", decision="Go on.", about=("P1.1",))
    made = plan(*done, *late(20), closed, slid, decisions=(decision,))
    happened = {
        row["Milestone or priority"].split()[0]: row["What happened"]
        for row in rows(page(made, since=date(2021, 10, 20)))
        if "What happened" in row
    }
    assert happened["P1.1"] == "Decided, 1 December 2021: Go on"
    assert happened["P1.40"] == "Closed, 1 December 2021: Stopped; no agreement recorded"
    assert "no agreement recorded" in happened["P1.41"]


@pytest.mark.parametrize(
    ("outcome", "ids", "goes_on"),
    [
        ("continue", ("P1.1", "P1.2"), "2 milestones stay open"),
        ("continue", ("P1.1",), "1 milestone stays open"),
        ("carry forward", ("P1.1", "P1.2"), "2 milestones are carried forward to the next plan"),
    ],
)
def test_a_closing_and_what_becomes_of_the_rest_is_one_row(
    outcome: Outcome, ids: tuple[str, ...], goes_on: str
) -> None:
    day = read("2021-12-01")
    closing = Decision(date=day, by="The Board", decision="Its aims are met.", outcome="close")
    words = left_sentence(ids, outcome)
    beside = Decision(date=day, by="The Board", decision=words, outcome=outcome, about=ids)
    assert decided_rows(closing, beside) == [
        f"Decided, 1 December 2021, to close: Its aims are met; {goes_on}"
    ]


def test_what_a_board_said_of_the_rest_in_its_own_words_is_a_row_of_its_own() -> None:
    day = read("2021-12-01")
    closing = Decision(date=day, by="The Board", decision="Its aims are met.", outcome="close")
    beside = Decision(
        date=day, by="The Board", decision="The panel goes on.", outcome="continue", about=("P1.1",)
    )
    assert decided_rows(closing, beside) == [
        "Decided, 1 December 2021, to close: Its aims are met",
        "Decided, 1 December 2021, to continue: The panel goes on",
    ]


def decided_rows(*decisions: Decision) -> list[str]:
    """What the Board's page says was decided."""
    made = plan(milestone("P1.1", "2022-06"), milestone("P1.2", "2022-07"), decisions=decisions)
    told = [row.get("What happened", "") for row in rows(page(made, since=date(2021, 10, 20)))]
    return [text for text in told if text.startswith("Decided")]


def test_a_slide_that_nobody_logged_is_told() -> None:
    risky = milestone("P1.1", "2021-11", entry("2021-09-01", status="at risk"))
    same = milestone("P1.2", "2021-09", entry("2021-09-01", status="at risk"))
    told = part(page(plan(risky, same), since=date(2021, 10, 20)), "What moved")
    assert "Overdue (was due November 2021), was at risk" in told
    assert not any(text.startswith("P1.2") for text in told)


@pytest.mark.parametrize(
    ("due", "day", "coming", "heading"),
    [
        # What falls due after the meeting that it is for, and before the Board meets again.
        ("2022-03-31", DAY, ("2022-01-19", "2022-04-20"), "Also due by 30 April 2022"),
        ("2022-04-30", DAY, ("2022-01-19", "2022-04-20"), "Also due by 30 April 2022"),
        ("2022-04", date(2022, 1, 19), ("2022-01-19", "2022-04-20"), "Also due by 30 April 2022"),
        ("2022-04-30", date(2022, 4, 6), ("2022-04-20",), "Also due by 31 July 2022"),
        ("2022-03", DAY, (), "Also due by 31 March 2022"),
        (
            "Q1 2022/23", DAY, ("2022-01-19", "2022-04-20"),
            "Also due by 30 April 2022, or in a longer period begun by then",
        ),
    ],
)  # fmt: skip
def test_what_falls_due_before_it_meets_again_is_listed(
    due: str, day: date, coming: tuple[str, ...], heading: str
) -> None:
    paper = page(plan(milestone("P1.1", due)), day, coming=coming)
    assert heading in [text.split(". ", 1)[-1] for text in headings(paper)]
    assert any("P1.1" in text for text in part(paper, "Also due"))


def test_what_falls_due_after_that_is_not_listed() -> None:
    paper = page(plan(milestone("P1.1", "2022-05-01")), coming=("2022-01-19", "2022-04-20"))
    assert part(paper, "Also due")[0] == "Nothing else."


# How it is assured ------------------------------------------------------------------------------


def test_it_says_how_far_the_partnership_is_assured_and_who_said_so_last() -> None:
    told = "\n".join(part(page(kept("examples/demo-plan")), "Where the plan stands"))
    ground = "The panel and the trial are in place; the…"
    assert f"Partly assured\nP1 (HSCP Executive Board, 8 weeks ago: {ground})" in told
    assert "Nobody has said\nP2 and P3" in told


def test_of_closed_priorities_nobody_need_be_assured() -> None:
    closing = Decision(date=read("2021-12-01"), by="The Board", decision="Done.", outcome="close")
    told = part(page(plan(milestone("P1.1", "2022-01"), decisions=(closing,))), "the plan stands")
    assert not [text for text in told if "assured" in text]


def test_it_says_that_nobody_said() -> None:
    told = part(page(plan(milestone("P1.1", "2022-01"))), "Where the plan stands")
    assert "Nobody has said how far the partnership is assured." in told


def test_an_answer_about_an_objective_is_none_about_its_priority() -> None:
    assured = [
        Assurance(date=read(day), by="The Board", level=level, about=("P1-A",))
        for day, level in (("2021-06-01", "not assured"), ("2021-12-01", "assured"))
    ]
    old = plan(milestone("P1.1", "2022-01"))
    files = {name: p.replace(assurance=tuple(assured)) for name, p in old.files.items()}
    told = "\n".join(part(page(old._replace(files=files)), "Where the plan stands"))
    assert "Assured\nP1-A (The Board, 1 December 2021, 2 weeks ago)" in told
    assert "Not assured" not in told
    assert "Neglect (" not in told


# Its words --------------------------------------------------------------------------------------


def test_what_is_asked_names_milestones_by_their_words() -> None:
    asks = part(page(kept("examples/demo-plan")), "What the Board is asked to do")
    assert asks[0].endswith(
        "3 overdue milestones: P3.2 (Consider the findings from the deep…), P1.2 (Implement "
        "recommendations of Family X…) and P2.2 (Develop local CSA Strategy using…)."
    )


def test_what_the_plan_leaves_open_names_milestones_by_their_words() -> None:
    open_ = part(page(plan(milestone("P1.1", "2022-01", start="2021-10"))), "leaves open")
    assert open_[0].startswith("P1.1 (Do P1.1) should have begun")


def test_whose_meeting_it_counts_from_is_said() -> None:
    made, other = plan(milestone("P1.1", "2022-01")), "Another Board"
    for group, told in ((BOARD, "when it met"), (other, "when the Another Board met")):
        then = Since(made, date(2021, 10, 20), "since 20 October 2021", group, by_log=True)
        paper = Board(made, DAY, BOARD, then, (), None, "foot").paper()
        assert f"changes since 20 October 2021, {told} (as the log tells it now)" in said(paper)[4]


# What it is asked to decide ----------------------------------------------------------------------


FIRST_TWO = "P1 Neglect and P2 Child Sexual Abuse"
LAST_TWO = "P3 Vulnerable children in education and P4 Children with disabilities and SEN"


def asked(made: Plan, day: date, following: str | None = None) -> list[str]:
    """What the Board is asked to do."""
    paper = page(made, day, coming=(following,) if following else ())
    return part(paper, "What the Board is asked to do")


@pytest.mark.parametrize(
    ("day", "following", "sentences"),
    [
        (date(2022, 3, 1), None, [f"{FIRST_TWO} (until 2022) continue or close."]),
        (
            date(2026, 11, 25),
            None,
            [
                f"{FIRST_TWO} (until 2022) and {LAST_TWO} (until March 2023) continue or close: "
                "their end is past, and no decision is recorded."
            ],
        ),
        # It ends before the next meeting, and has not ended yet.
        (
            date(2023, 3, 10),
            "2023-04-19",
            [
                f"{FIRST_TWO} (until 2022) continue or close: their end is past, and no decision "
                "is recorded.",
                f"{LAST_TWO} (until March 2023) continue or close.",
            ],
        ),
    ],
)
def test_a_board_is_told_of_each_priority_its_own_end(
    day: date, following: str | None, sentences: list[str]
) -> None:
    decide = [line for line in asked(kept("plan", day), day, following) if "ontinue" in line]
    assert decide == [f"Decide whether {sentence}" for sentence in sentences]


def test_of_one_priority_a_board_is_asked_whether_it_continues() -> None:
    one = plan(milestone("P1.1", "2022-01"), until=read("2022"))
    told = "Decide whether P1 Neglect (until 2022) continues or closes"
    assert asked(one, DAY, "2022-01-19")[-1] == f"{told}."
    past = f"{told}: its end is past, and no decision is recorded."
    assert asked(one, date(2023, 1, 1))[-1] == past


def test_what_a_board_closed_stands_before_all_else_that_it_decided() -> None:
    outcomes: tuple[Outcome | None, ...] = ("continue", None, "close")

    def decided(number: int, outcome: Outcome | None) -> Priority:
        told = Decision(date=read("2021-12-14"), by=BOARD, decision="Agreed.", outcome=outcome)
        return Priority(id=f"P{number}", title=f"Priority {number}", decisions=(told,))

    of = [decided(number, outcome) for number, outcome in enumerate(outcomes, 1)]
    paper = page(Plan(some.head(), {f"{p.id}.yaml": p for p in of}), since=date(2021, 10, 20))
    happened = [row for row in rows(paper) if "What happened" in row]
    assert [row["What happened"].partition(":")[0] for row in happened] == [
        "Decided, 14 December 2021, to close",
        "Decided, 14 December 2021, to continue",
        "Decided, 14 December 2021",
    ]
