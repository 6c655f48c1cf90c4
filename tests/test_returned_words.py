"""What answers mean: statuses, dates and words as people type them into forms and letters."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan.asking.answers import Returned, read_answers
from hscp_plan.asking.cells import HINTS
from hscp_plan.asking.lines import QUOTED
from hscp_plan.asking.own import OwnText
from hscp_plan.asking.typed import leading_status, read_new_date, read_status, says_nothing
from hscp_plan.dates import read
from hscp_plan.letters import folded
from hscp_plan.model import Head, Period
from hscp_plan.readers.content import Cell, Content, Paragraph, Run, Table

DAY = date(2022, 1, 10)
HEAD = Head(
    format="1", id="2021-23", partnership="Borough", title="Plan",
    period=Period(start=read("2021-04"), end=read("2023-03")), dates="day first",
)  # fmt: skip
ACTIONS = {"P1.1": "Train the staff", "P1.2": "Trial of chronologies launched", "P2.1": "Audit"}


@pytest.mark.parametrize(
    ("typed", "statuses"),
    [
        ("On track", ["on track"]),
        ("on-track", ["on track"]),
        ("ON TRACK.", ["on track"]),
        ("Green", ["on track"]),
        ("RAG: Green", ["on track"]),
        ("done", ["complete"]),
        ("Completed!", ["complete"]),
        ("amber/red", ["at risk", "off track"]),
        ("Amber to Red", ["at risk", "off track"]),
        ("Green (on track)", ["on track"]),
        ("Red - two posts vacant", ["off track"]),
        ("Not started", ["not started"]),
        ("purple", []),
        ("", []),
        ("Choose", []),
        ("overdue", []),
    ],
)
def test_a_status_is_read_as_people_type_it(typed, statuses):
    assert list(read_status(typed, HEAD).statuses) == statuses


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Nothing to report", "nothing"),
        ("same as last time", "nothing"),
        ("No change", "nothing"),
        ("overdue", "worked out"),
        ("Late", "worked out"),
        ("purple", "unknown"),
        ("n/a", "empty"),
    ],
)
def test_a_status_that_is_none_is_told_apart(typed, kind):
    assert read_status(typed, HEAD).kind == kind


@pytest.mark.parametrize("typed", ["Nothing to report.", "no update", "Nil return", "As before"])
def test_nothing_to_report_is_known_in_other_words(typed):
    assert says_nothing(typed)


@pytest.mark.parametrize("typed", ["No progress", "Nothing was delivered", "None of it is done"])
def test_bad_news_is_no_nothing_to_report(typed):
    assert not says_nothing(typed)


@pytest.mark.parametrize(
    ("typed", "date_text", "reason", "leads"),
    [
        ("March 2022", "2022-03", "", True),
        (
            "March 2022 because two posts are vacant",
            "2022-03",
            "Because two posts are vacant",
            True,
        ),
        ("March 2022 (two posts are vacant)", "2022-03", "Two posts are vacant", True),
        ("31/3/2022 - staffing", "2022-03-31", "Staffing", True),
        ("Move to end of March 2022, as agreed", "2022-03", "As agreed", True),
        ("to March 2022", "2022-03", "", True),
        ("New date: April 2022. Staff left.", "2022-04", "Staff left.", True),
        ("Q3 2022/23", "Q3 2022/23", "", True),
        ("Needs more time, say June 2022", "2022-06", "Needs more time, say June 2022", False),
        ("Apr-22", "2022-04", "", True),
    ],
)
def test_a_new_date_is_read_with_its_reason(typed, date_text, reason, leads):
    found = read_new_date(typed, DAY, HEAD)
    assert found is not None
    assert (found.date.text, found.reason, found.leads) == (date_text, reason, leads)


@pytest.mark.parametrize(
    "typed", ["when the post is filled", "Not March 2022 but June or July 2022"]
)
def test_where_no_one_date_stands_none_is_read(typed):
    assert read_new_date(typed, DAY, HEAD) is None


def test_a_letter_that_begins_with_a_status_has_it():
    assert leading_status("Done. All eleven teams are trained.", HEAD) == "complete"
    assert leading_status("Red – recruitment failed", HEAD) == "off track"
    assert leading_status("Risk: staff may leave", HEAD) is None
    assert leading_status("Greenford team trained.", HEAD) is None


# --- what was written about which milestone ------------------------------------------------------


def returned(text: str, own=()) -> Returned:
    """What stands in a text. A line may begin with > as quoted."""
    paragraphs = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.lstrip("> ") if line.startswith(">") else line
        depth = len(line[: len(line) - len(line.lstrip("> "))].replace(" ", ""))
        runs = (Run(bare),) if bare else ()
        paragraphs.append(Paragraph(runs, f"line {number}", quoted=depth))
    return read_answers(Content(tuple(paragraphs)), ACTIONS, OwnText(own), by_line=True)


def lines(text: str, own=()) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The answers in a text by id, and what stands nowhere."""
    back = returned(text, own)
    answers = {a.id: {name: part.text for name, part in a.parts.items()} for a in back.answers}
    return answers, [part.text for part in back.unplaced]


@pytest.mark.parametrize(
    "text",
    [
        "P1.1 – All are trained.",
        "P1.1: All are trained.",
        "P1.1\nAll are trained.",
        "p1.1 All are trained.",
        "1. P1.1  All are trained.",
        "- P1.1 Train the staff: All are trained.",
        "P1.1 Train the staff\n\nAll are trained.",
        "Dear Sam,\n\nP1.1. All are trained.\n\nKind regards\nThe Chair",
        "> Write about P1.1 below this line\n>\nAll are trained.\n>\n> ----- \n> Other words",
        "> Write about P1.1 below this line\n> All are trained.\n> -----",
    ],
)
def test_words_under_an_id_are_its_answer(text):
    answers, _ = lines(text)
    assert answers == {"P1.1": {"happened": "All are trained."}}


def test_an_answer_of_several_paragraphs_under_an_id_alone_stays_whole():
    answers, unplaced = lines("P1.1\nFirst.\n\nSecond.\n\nP1.2\nThird.")
    assert answers == {"P1.1": {"happened": "First.\n\nSecond."}, "P1.2": {"happened": "Third."}}
    assert unplaced == []


def test_what_follows_an_answer_after_a_blank_line_is_not_taken_for_it():
    answers, unplaced = lines(
        "P1.1: All trained.\n\nCan we meet on Friday?\n\nKind regards\nThe Chair"
    )
    assert answers == {"P1.1": {"happened": "All trained."}}
    assert unplaced == ["Can we meet on Friday?", "Kind regards\nThe Chair"]


def test_an_id_below_a_signature_still_begins_an_answer():
    answers, unplaced = lines("P1.1: Trained.\n\nKind regards\nThe Chair\nP1.2: Launched.")
    assert [answers[id]["happened"] for id in ("P1.1", "P1.2")] == ["Trained.", "Launched."]
    assert unplaced == ["Kind regards\nThe Chair"]


def doubts(text: str, own=()) -> dict[str, str]:
    return {answer.id: answer.doubt for answer in returned(text, own).answers}


def test_words_under_an_id_in_what_is_quoted_may_be_an_answer():
    own = ["1. P1.1  Train the staff", "2. P1.2  Trial of chronologies launched"]
    text = (
        "> 1. P1.1  Train the staff\n> Two of three.\n> 2. P1.2  Trial of chronologies launched\n"
    )
    assert doubts(text, own) == {"P1.1": QUOTED}
    assert lines(text, own)[0] == {"P1.1": {"happened": "Two of three."}}
    assert doubts("> P1.2: Launched.") == {"P1.2": QUOTED}


def test_a_word_of_ours_that_a_mail_program_left_alone_on_a_line_is_no_answer():
    own = ["1. P1.1  Train the staff\nLast said 9 November 2021: nine of eleven carried out."]
    text = (
        "> 1. P1.1  Train the staff\n> Last said 9 November 2021: nine of eleven carried\n> out.\n"
    )
    assert doubts(text, own) == {}


def test_an_id_written_without_its_letter_is_asked_about_and_ends_the_answer_before():
    answers, _ = lines("P1.1: nothing new\n2.1 not begun yet")
    assert answers == {"P1.1": {"happened": "nothing new"}, "P2.1": {"happened": "not begun yet"}}
    assert doubts("P1.1: nothing new\n2.1 not begun yet")["P2.1"].startswith('it says "2.1"')


@pytest.mark.parametrize(
    "text",
    [
        "Ten done. Status: amber",
        "Ten done.\nAmber",
        "Ten done.\nRAG: amber",
        "Ten done. BRAG = amber",
    ],
)
def test_a_status_in_a_letter_is_told_from_the_words(text):
    answer = lines(f"P1.1: {text}")[0]["P1.1"]
    assert (answer["happened"], answer["status"].lower()) == ("Ten done.", "amber")


def test_a_new_date_in_a_letter_is_told_from_the_words():
    assert lines("P1.1: red. New date 31/3/22")[0]["P1.1"]["date"] == "31/3/22"
    assert "date" not in lines("P1.1: Late. New date agreed.")[0]["P1.1"]


def test_labels_in_a_letter_are_the_questions():
    answers, _ = lines(
        "P1.1\nAll done.\nStatus: complete\nEvidence: Minutes, item 4\nNew date: May 2022"
    )
    assert answers["P1.1"] == {
        "happened": "All done.", "status": "complete", "evidence": "Minutes, item 4",
        "date": "May 2022",
    }  # fmt: skip


def test_another_id_within_an_answer_is_asked_about():
    text = "P1.1: still going well, P1.2 is finished as you know.\nFor P2.1 it should be ready."
    answers, unplaced = lines(text)
    assert answers == {
        "P1.1": {"happened": "still going well, P1.2 is finished as you know."},
        "P2.1": {"happened": "it should be ready."},
    }
    assert doubts(text) == {"P1.1": "it names P1.2 too", "P2.1": ""}
    assert unplaced == []


@pytest.mark.parametrize("before", ["On ", "About ", "As for ", "- Regarding ", "2. Re: "])
def test_a_line_may_begin_with_what_it_is_about(before):
    assert lines(f"{before}P1.2, we are red.")[0] == {"P1.2": {"happened": "we are red."}}


def test_words_that_name_one_milestone_in_their_midst_may_be_its_answer():
    text = "The launch of P1.2 will slip to March.\nWe are short of staff.\n\nSee you soon."
    answers, unplaced = lines(text)
    words = "The launch of P1.2 will slip to March.\nWe are short of staff."
    assert answers == {"P1.2": {"happened": words}}
    assert doubts(text) == {"P1.2": "it names P1.2, and does not begin with it"}
    assert unplaced == ["See you soon."]


def test_several_ids_with_a_colon_share_an_answer_and_without_one_it_is_left():
    answers, _ = lines("P1.1 and P1.2: both done.")
    assert {id: parts["happened"] for id, parts in answers.items()} == {
        "P1.1": "both done.", "P1.2": "both done."
    }  # fmt: skip
    answers, unplaced = lines("P1.1 and P1.2 depend on each other.")
    assert answers == {}
    assert unplaced == ["P1.1 and P1.2 depend on each other."]


def test_an_id_that_the_plan_has_not_is_left_with_its_words():
    assert lines("P9.9: Done.") == ({}, ["P9.9: Done."])
    answers, unplaced = lines("P1.1: Trained.\nP9.9: Done.\nP1.2: Launched.")
    assert {id: parts["happened"] for id, parts in answers.items()} == {
        "P1.1": "Trained.", "P1.2": "Launched."
    }  # fmt: skip
    assert unplaced == ["P9.9: Done."]


def test_the_beginning_of_an_action_that_was_copied_with_its_id_is_no_answer():
    answers, _ = lines("P1.2 Trial of chronologies\nBegun in two teams.")
    assert answers == {"P1.2": {"happened": "Begun in two teams."}}


def test_our_own_words_are_no_answer_though_a_mail_program_breaks_them_anew():
    own = ["Please say in a few words what has happened since the last meeting of the Board."]
    text = (
        "Please say in a few words what has\nhappened since the last meeting of the Board."
        "\n\nP1.1: Trained."
    )
    assert lines(text, own) == ({"P1.1": {"happened": "Trained."}}, [])


# --- tables ---------------------------------------------------------------------------------------

HEADER = ("Id", "Action", "Due", "Last said", "What has happened", "Status", "Evidence",
          "New date, if it must move, and why")  # fmt: skip


def table(*rows, tags=None) -> Content:
    def cell(text, row, column):
        paragraphs = tuple(Paragraph((Run(line),)) for line in text.split("\n"))
        tag = (tags[row][column],) if tags and tags.get(row, {}).get(column) else ()
        return Cell(paragraphs, f"table 1, row {row + 1}, column {column + 1}", tag)

    return Content((Table(tuple(
        tuple(cell(text, r, c) for c, text in enumerate(row)) for r, row in enumerate(rows)
    )),))  # fmt: skip


def answers_in(content):
    back = read_answers(content, ACTIONS, OwnText())
    return {a.id: {n: p.text for n, p in a.parts.items() if n in ("happened", "status", "date")}
            for a in back.answers}, [p.text for p in back.unplaced]  # fmt: skip


def test_columns_are_known_by_their_header_wherever_they_stand():
    content = table(("Status", "Id", "What has happened"), ("done", "P1.1", "All trained."))
    assert answers_in(content) == ({"P1.1": {"status": "done", "happened": "All trained."}}, [])


@pytest.mark.parametrize(
    ("label", "name"),
    [("Latest position", "happened"), ("RAG rating", "status"), ("Revised target date", "date")],
)
def test_other_peoples_columns_are_known_as_import_knows_them(label, name):
    content = table(("Ref no", label), ("P1.1", "words"))
    assert answers_in(content)[0] == {"P1.1": {name: "words"}}


def test_a_row_that_lost_its_header_is_known_by_its_number_of_cells():
    content = table(("P1.1", "Train", "May", "", "All trained.", "done", "", ""))
    assert answers_in(content)[0] == {"P1.1": {"happened": "All trained.", "status": "done"}}


def test_a_row_that_lost_its_id_is_known_by_its_fields():
    tags = {0: {1: "hscp:P1.1:happened"}}
    assert answers_in(table(("", "All trained."), tags=tags))[0] == {
        "P1.1": {"happened": "All trained."}
    }


@pytest.mark.parametrize("id", ["2021-23/P1.1", "p1.1", "P1.1.", "(P1.1)"])
def test_an_id_is_read_as_it_is_cited(id):
    content = table(("Id", "What has happened"), (id, "All trained."))
    own = OwnText(cited={"2021-23/p1.1": "P1.1"})
    (answer,) = read_answers(content, ACTIONS, own).answers
    assert {answer.id: {q: part.text for q, part in answer.parts.items()}} == {
        "P1.1": {"happened": "All trained."}
    }


def test_a_row_without_an_id_is_left_whole_with_its_place():
    content = table(HEADER, ("", "", "", "", "More words", "", "", "soon"))
    back = read_answers(content, ACTIONS, OwnText())
    assert [(p.text, p.place) for p in back.unplaced] == [("More words | soon", "table 1, row 2")]


def test_a_field_that_shows_its_hint_is_empty():
    content = table(HEADER, ("P1.1", "Train", "May", "", "", "Choose", "", ""))
    assert answers_in(content)[0] == {"P1.1": {}}


def test_deleted_and_struck_words_are_not_said_and_inserted_are():
    runs = (Run("All ", change="inserted"), Run("none ", change="deleted"), Run("trained", False),
            Run(" twice", struck=True))  # fmt: skip
    row = (Cell((Paragraph((Run("P1.1"),)),)), Cell((Paragraph(runs),)))
    header = (Cell((Paragraph((Run("Id"),)),)), Cell((Paragraph((Run("What has happened"),)),)))
    assert answers_in(Content((Table((header, row)),)))[0] == {"P1.1": {"happened": "All trained"}}


def test_lines_that_begin_with_another_id_are_asked_about_as_its_own():
    said = "All trained.\nP2.1 – supplier came back\non time\nP1.2: tool agreed\nP1.1: and more"
    back = read_answers(
        table(HEADER, ("P1.1", "", "", "", said, "done", "", "")), ACTIONS, OwnText()
    )
    assert [(a.id, a.text("happened"), a.doubt) for a in back.answers] == [
        ("P1.1", "All trained.\nP1.1: and more", ""),
        ("P2.1", "supplier came back\non time", "it stands in the row of P1.1"),
        ("P1.2", "tool agreed", "it stands in the row of P1.1"),
    ]


@pytest.mark.parametrize("column", [4, 5, 6, 7])
def test_another_id_in_a_cell_is_asked_about(column):
    row = ["P1.1", *[""] * 7]
    row[column] = "Waits for P2.1."
    (answer,) = read_answers(table(HEADER, row), ACTIONS, OwnText()).answers
    assert answer.doubt == "it names P2.1 too"


# --- laws ----------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["P1.1", "P1.2:", "P9.9", "Done.", "\n", " ", "Write about P1.1 below this line", "-----", ">",
     "Status: green", "New date: May 2022", "Kind regards", "and", ",", "words here", "=1+1"]
)  # fmt: skip
PLAIN = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
)


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_no_word_of_a_text_is_lost(text):
    back = returned(text.replace(">", ""))
    answered = (part for answer in back.answers for part in answer.parts.values())
    told = " ".join(part.text for part in (*back.unplaced, *answered))
    for word in ("Done", "here", "=1+1", "P9.9", "regards"):
        assert told.count(word) >= text.count(word)


@given(st.text(PLAIN, min_size=1, max_size=60))
def test_what_is_written_in_a_cell_is_read_as_it_stands(text):
    content = table(("Id", "What has happened"), ("P1.1", text))
    (answer,) = read_answers(content, ACTIONS, OwnText()).answers
    assert answer.text("happened") in (text.strip(), "")
    assert answer.text("happened") or not text.strip() or folded(text.strip()) in HINTS


@given(st.text(PLAIN, max_size=40))
def test_any_words_at_all_are_a_status_a_date_or_neither(text):
    read_status(text, HEAD)
    found = read_new_date(text, DAY, HEAD)
    assert found is None or found.date.dated
