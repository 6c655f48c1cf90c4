"""What `hscp collect` makes of what people really send back, and what it never does."""

from __future__ import annotations

import filecmp
import json
import re
import shutil
import subprocess
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
import returning
from docx import Document
from office import parts_of, zipped
from returning import add_paragraph, cell, changed, filled, retype, row, rows, run, tracked, write
from running import DEMO, git
from running import hscp as command

if TYPE_CHECKING:
    from pathlib import Path

CHAIR = "Chair of Safeguarding Effectiveness Sub-Group"
ASKED, ANSWERED = "2022-01-04", "2022-01-12"
IDS = ["P1.2", "P2.2", "P1.4", "P1.6", "P2.4", "P2.5"]


def hscp(folder: Path, *argv: str, day: str = ANSWERED, status: int = 0) -> str:
    """What a command prints and complains of, in one line."""
    result = command(*argv, folder=folder, HSCP_AS_AT=day, HSCP_BY="Business Manager")
    said = (result.stdout + result.stderr).decode()
    assert result.returncode == status, said
    return " ".join(said.split())


def collect(folder: Path, *argv: str, status: int = 0) -> str:
    return hscp(folder, "collect", *argv, status=status)


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> dict[str, bytes]:
    """The chair's form of 4 January 2022, and the asked.yaml that says so."""
    folder = tmp_path_factory.mktemp("asked")
    shutil.copytree(DEMO, folder / "plan")
    hscp(folder, "ask", CHAIR, "-o", "form.docx", "--reply-by", "2022-01-14", day=ASKED)
    return {name: (folder / name).read_bytes() for name in ("form.docx", "plan/asked.yaml")}


@pytest.fixture
def form(folder, asked) -> bytes:
    """The form, of the plan in this folder."""
    for name, data in asked.items():
        (folder / name).write_bytes(data)
    return asked["form.docx"]


def received(folder: Path, data: bytes | str, name: str = "back.docx") -> str:
    """What is made of a file that came back, recorded where it is sure."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return collect(folder, name, "--yes")


def entries(folder: Path, id: str) -> list[dict[str, object]]:
    """A milestone's log."""
    from hscp_plan import store

    plan = store.open_plan(folder / "plan").plan
    milestone = next(m for p in plan.priorities for m in p.milestones if m.id == id)
    return [dict(entry.items()) for entry in milestone.progress]


def last(folder: Path, id: str) -> dict[str, object]:
    """The last entry of a log, without what it does not say."""
    return {key: value for key, value in entries(folder, id)[-1].items() if value}


def untouched(folder: Path, tmp_path: Path) -> bool:
    """Whether every file of the plan is as it was, byte for byte."""
    old = tmp_path / "before"
    same = filecmp.dircmp(old, folder / "plan")
    return not (same.diff_files or same.left_only or same.right_only)


# --- Word ----------------------------------------------------------------------------------------


def test_an_answer_is_an_entry_by_its_lead_of_the_day_it_was_given(folder, form):
    said = received(folder, filled(form, {("P1.2", "happened"): "All eleven are carried out."}))
    assert f"{CHAIR}, asked on 4 January 2022, answered on 12 January 2022 1 answered" in said
    new = last(folder, "P1.2")
    assert (new["note"], new["by"], new["date"].text) == (
        "All eleven are carried out.", CHAIR, "2022-01-12"
    )  # fmt: skip


def test_a_form_that_was_not_touched_changes_nothing(folder, form, tmp_path):
    shutil.copytree(folder / "plan", tmp_path / "before")
    assert "6 unanswered" in received(folder, form)
    assert untouched(folder, tmp_path)


def test_collecting_again_records_nothing_twice(folder, form, tmp_path):
    data = filled(
        form,
        {
            ("P1.2", "happened"): "All carried out.", ("P2.2", "status"): "Nothing to report",
            ("P1.4", "date"): "March 2022 because two agencies are late",
        },
    )  # fmt: skip
    received(folder, data)
    shutil.copytree(folder / "plan", tmp_path / "before")
    assert "3 said already" in received(folder, data)
    assert untouched(folder, tmp_path)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("Green", "on track"), ("done", "complete"), ("off-track", "off track"),
        ("At risk", "at risk"), ("RAG: Red", "off track"),
    ],
)  # fmt: skip
def test_a_status_typed_by_hand_is_taken(folder, form, typed, status):
    said = {"status": typed, "happened": "Words.", "evidence": "Minutes, item 4"}
    received(folder, filled(form, {("P1.6", name): text for name, text in said.items()}))
    assert last(folder, "P1.6")["status"] == status


def test_words_about_other_milestones_in_a_cell_wait_under_those(folder, form):
    said = "Ten of eleven.\nP1.4 – two agencies are late\nP2.1: release is 12 March"
    said = received(folder, filled(form, {("P1.2", "happened"): said}))
    assert last(folder, "P1.2")["note"] == "Ten of eleven."
    assert 'P1.4 It stands in the row of P1.2 this answer: "two agencies are late"' in said
    assert "2 to decide (P1.4 and P2.1)" in said
    assert "Recorded 1 entry" in said


def test_a_completion_that_nothing_shows_is_left_to_a_person(folder, form):
    answers = {("P1.6", "status"): "complete", ("P1.6", "happened"): "Done I think."}
    said = received(folder, filled(form, answers))
    assert "P1.6 It is said to be complete, and no evidence is given Which status?" in said
    assert "status" not in last(folder, "P1.6")
    assert last(folder, "P1.6")["note"] == "Done I think."


@pytest.mark.parametrize(
    "typed", ["yes", "Y", "attached", "See above", "Report attached", "✓", "yes - see attached"]
)
def test_a_completion_whose_evidence_is_a_word_for_yes_is_left_to_a_person(folder, form, typed):
    cells = {"status": "complete", "happened": "In use.", "evidence": typed}
    said = received(folder, filled(form, {("P1.6", name): text for name, text in cells.items()}))
    assert "P1.6 It is said to be complete, and" in said
    assert {*last(folder, "P1.6")} == {"date", "by", "note"}


def test_evidence_that_names_what_shows_it_is_evidence(folder, form):
    cells = {"status": "complete", "evidence": "See minutes of 12 January, item 4"}
    received(folder, filled(form, {("P1.6", name): text for name, text in cells.items()}))
    assert last(folder, "P1.6")["status"] == "complete"


def test_a_completion_alone_that_nothing_shows_records_nothing(folder, form):
    said = received(folder, filled(form, {("P1.6", "status"): "done"}))
    assert "1 to decide (P1.6)" in said
    assert last(folder, "P1.6").get("status") != "complete"


def test_a_status_of_two_colours_is_left_to_a_person(folder, form):
    answers = {("P1.6", "status"): "amber/red", ("P1.6", "happened"): "Behind."}
    said = received(folder, filled(form, answers))
    assert '"amber/red" may be at risk or off track' in said
    assert "status" not in last(folder, "P1.6")
    assert last(folder, "P1.6")["note"] == "Behind."


def test_nothing_to_report_is_recorded_as_said(folder, form):
    said = received(folder, filled(form, {("P2.2", "status"): "Nothing to report"}))
    assert "1 nothing to report" in said
    assert last(folder, "P2.2")["note"] == "Nothing to report."
    assert last(folder, "P2.2")["by"] == CHAIR


def test_same_as_last_time_is_nothing_to_report(folder, form):
    received(folder, filled(form, {("P2.2", "status"): "same as last time"}))
    assert last(folder, "P2.2")["note"] == "Nothing to report."


def test_a_new_date_moves_with_its_reason(folder, form):
    received(folder, filled(form, {("P1.4", "date"): "end of March, as two agencies are late"}))
    new = last(folder, "P1.4")
    assert new["moved"].to.text == "2022-03"
    assert new["note"] == "As two agencies are late"


def test_a_new_date_without_a_reason_waits(folder, form):
    said = received(folder, filled(form, {("P1.4", "date"): "March 2022"}))
    assert "P1.4 A new date, March 2022, and no reason why" in said
    assert last(folder, "P1.4")["date"].text == "2021-12-07"


@pytest.fixture
def moved_twice(folder) -> bytes:
    """The chair's form, once P1.4 had moved twice."""
    day = "2021-12-20"
    hscp(folder, "reschedule", "P1.4", "2022-02", "--reason", "Posts are vacant.", day=day)
    hscp(folder, "ask", CHAIR, "-o", "form.docx", day=ASKED)
    return (folder / "form.docx").read_bytes()


THIRD = {("P1.4", "date"): "April 2022, as two agencies are late"}


def test_a_third_move_that_nobody_agreed_waits(folder, moved_twice):
    said = received(folder, filled(moved_twice, THIRD))
    assert "P1.4 It moved twice before, and nobody is said to have agreed that it moves to" in said
    assert "Who agreed it?" in said
    assert last(folder, "P1.4")["moved"].to.text == "2022-02"


def test_a_third_move_that_a_board_agreed_is_recorded(folder, moved_twice):
    (folder / "back.docx").write_bytes(filled(moved_twice, THIRD))
    collect(folder, "back.docx", "--yes", "--agreed", "HSCP Executive Board, 10 January 2022")
    new = last(folder, "P1.4")
    assert (new["moved"].to.text, new["agreed"]) == (
        "2022-04", "HSCP Executive Board, 10 January 2022"
    )  # fmt: skip


def test_what_is_to_be_decided_is_decided_in_a_file(folder, moved_twice):
    answers = {("P1.2", "date"): "March 2022", ("P1.6", "status"): "amber/red"}
    (folder / "back.docx").write_bytes(filled(moved_twice, {**THIRD, **answers}))
    ask = ("back.docx", "--yes", "--decisions", "decide.json")
    collect(folder, *ask)
    path = folder / "decide.json"
    held = json.loads(path.read_text("utf-8"))
    by_id = {each["id"]: each for each in held["questions"]}
    assert {id: each["wanted"] for id, each in by_id.items()} == {
        "P1.2": "reason", "P1.4": "agreement", "P1.6": "status"
    }  # fmt: skip
    assert by_id["P1.6"]["choices"] == ["at risk", "off track"]
    by_id["P1.2"]["answer"] = "Two posts are vacant."
    by_id["P1.4"]["answer"] = "nobody"
    by_id["P1.6"]["answer"] = "at risk"
    path.write_text(json.dumps(held), encoding="utf-8")
    collect(folder, *ask)
    assert last(folder, "P1.2")["moved"].to.text == "2022-03"
    assert last(folder, "P1.2")["note"] == "Two posts are vacant."
    assert last(folder, "P1.6")["status"] == "at risk"
    assert last(folder, "P1.4")["moved"].to.text == "2022-02"
    questions = json.loads(path.read_text("utf-8"))["questions"]
    (left,) = (each for each in questions if not each["decided"])
    assert (left["id"], "names nobody who could" in left["wrong"]) == ("P1.4", True)


def decide(folder: Path, **answers: str) -> None:
    """Answer the questions in decide.json, by what they want."""
    path = folder / "decide.json"
    held = json.loads(path.read_text("utf-8"))
    for each in held["questions"]:
        each["answer"] = answers.get(each["wanted"], "")
    path.write_text(json.dumps(held), encoding="utf-8")


@pytest.mark.parametrize(
    ("answers", "decided", "notes"),
    [
        (
            {"happened": "Six of seven.", "status": "amber/red"},
            {"status": "at risk"},
            ["Six of seven.", None],
        ),
        ({"date": "once the post is filled"}, {"date": "none"}, ["once the post is filled"]),
        ({"date": "once the post is filled"}, {"date": "May 2022"}, ["once the post is filled"]),
        (
            {"status": "amber/red", "date": "April 2022"},
            {"status": "at risk", "reason": "Flu."},
            [],
        ),
        (
            {"happened": "Six of seven.", "date": "April 2022"},
            {"yes": "yes"},
            ["Six of seven.", "Six of seven."],
        ),
    ],
)
def test_what_was_decided_in_a_file_is_recorded_once(folder, form, answers, decided, notes):
    before = len(entries(folder, "P1.4"))
    data = filled(form, {("P1.4", question): text for question, text in answers.items()})
    (folder / "back.docx").write_bytes(data)
    ask = ("back.docx", "--yes", "--decisions", "decide.json")
    collect(folder, *ask)
    decide(folder, **decided)
    collect(folder, *ask)
    recorded = entries(folder, "P1.4")
    if notes:
        assert [entry.get("note") for entry in recorded[before:]] == notes
    said = collect(folder, *ask)
    assert "1 said already" in said
    assert entries(folder, "P1.4") == recorded
    collect(folder, "back.docx", "--yes")
    assert entries(folder, "P1.4") == recorded


DECIDE = {
    "yes": "yes", "date": "May 2022", "reason": "Flu.", "words": "yes",
    "agreement": "HSCP Executive Board, 10 January 2022",
}  # fmt: skip
"""What decides a question, by what it wants."""


def decide_all(folder: Path, name: str, first: str) -> None:
    """Collect a file, decide whatever is asked about it, until nothing is, and record it. `first`:
    what is done before anything is decided."""
    path = folder / "all.json"
    for how in (first, "--dry-run", "--dry-run", "--yes"):
        collect(folder, name, how, "--decisions", path.name)
        held = json.loads(path.read_text("utf-8"))
        for each in held["questions"]:
            each["answer"] = each["choices"][0] if each["choices"] else DECIDE[each["wanted"]]
        path.write_text(json.dumps(held), encoding="utf-8")


@pytest.mark.parametrize(
    "answers",
    [
        {"happened": "Tested. Printing is held up.", "status": "at risk", "date": "31/5/22 print"},
        {"happened": "Survey tested.", "date": "early May 2022 – after the Easter break"},
        {"happened": "Survey tested.", "date": "May 2022"},
        {"status": "Amber", "date": "end of May - two boroughs late, they have promised"},
        {"status": "amber/red", "date": "May 2022, as posts are vacant"},
        {"status": "amber/red", "happened": "Posts are vacant.", "date": "May 2022"},
        {"status": "Amber", "date": "some time in 2022, once the post is filled"},
        {"happened": "See attached.", "status": "Green"},
        {"happened": "See attached.", "date": "May 2022"},
        {"happened": "Six of seven.\nP2.1: release is 12 March", "status": "at risk"},
        {"happened": "Six of seven, as P2.1 is late.", "date": "May 2022"},
        {"happened": "Six of seven.", "status": "complete", "evidence": "yes"},
        {"status": "complete"},
        {"happened": "Six of seven.", "date": "March 2026, as posts are vacant"},
        {"status": "stalled", "evidence": "Minutes of 12 January"},
        {"status": "stalled", "happened": "Six of seven."},
    ],
)
@pytest.mark.parametrize("first", ["--dry-run", "--yes"])
@pytest.mark.parametrize("day", [ANSWERED, "2022-01-25"])
def test_what_was_decided_is_not_asked_again(folder, form, answers, first, day):
    data = filled(form, {("P1.4", question): text for question, text in answers.items()})
    (folder / "back.docx").write_bytes(data)
    decide_all(folder, "back.docx", first)
    recorded = entries(folder, "P1.4")
    said = hscp(folder, "collect", "back.docx", "--yes", day=day)
    assert " said already" in said
    assert "to decide" not in said
    assert entries(folder, "P1.4") == recorded


@pytest.mark.parametrize("held", ["[", "[1]", '{"questions": 1}', '{"questions": [1]}'])
def test_a_file_that_holds_no_questions_is_refused(held, folder, form):
    (folder / "decide.json").write_text(held, encoding="utf-8")
    (folder / "back.docx").write_bytes(form)
    said = collect(folder, "back.docx", "--decisions", "decide.json", status=1)
    assert "decide.json does not hold questions" in said


def test_a_due_date_changed_by_hand_is_asked_about(folder, form):
    def change(root):
        retype(cell(root, "P1.4", 2), run("March 2022"))
        write(root, "P1.4", "happened", run("Two agencies are late."))

    said = received(folder, changed(form, change))
    assert "due date was changed by hand to March 2022; reason given:" in said
    assert "Is this a move to March 2022?" in said
    assert last(folder, "P1.4")["note"] == "Two agencies are late."
    assert "moved" not in last(folder, "P1.4")


def added_to_last_said(root) -> None:
    """As somebody writes into the grey cell, and into a white one too."""
    last_said = cell(root, "P1.4", 3)
    retype(last_said, run("".join(last_said.itertext()) + "\n140 trained as at 7 January."))
    write(root, "P1.4", "status", run("on track"))


@pytest.mark.parametrize("answered", [ASKED, ANSWERED])
def test_words_added_to_what_was_said_last_are_asked_about_until_recorded(folder, answered):
    hscp(folder, "progress", "P1.4", "Another agency has answered.", day=ASKED)
    hscp(folder, "ask", CHAIR, "-o", "form.docx", day=ASKED)
    form = (folder / "form.docx").read_bytes()
    (folder / "back.docx").write_bytes(changed(form, added_to_last_said))
    ask = ("collect", "back.docx", "--yes", "--decisions", "decide.json")
    for _ in range(2):
        hscp(folder, *ask, day=answered)
        (question,) = json.loads((folder / "decide.json").read_text("utf-8"))["questions"]
        what = '"140 trained as at 7 January." was written into its cell "Last said"'
        assert (question["id"], question["what"]) == ("P1.4", what)
    decide(folder, yes="yes")
    hscp(folder, *ask, day=answered)
    assert last(folder, "P1.4")["note"] == "140 trained as at 7 January."
    assert "to decide" not in hscp(folder, *ask, day=answered)


def test_rows_may_be_deleted_sorted_and_split(folder, form):
    def change(root):
        table = next(root.iter(f"{returning.W}tbl"))
        gone, moved = row(root, "P2.2"), row(root, "P2.5")
        table.remove(gone)
        rows(root)[0].addnext(moved)
        write(root, "P2.5", "happened", run("Booked."))
        write(root, "P1.4", "happened", run("Seven of seven."))
        split = returning.etree.Element(f"{returning.W}tbl")
        for name in ("tblPr", "tblGrid"):
            split.append(
                returning.etree.fromstring(returning.etree.tostring(table.find(returning.W + name)))
            )
        table.addnext(split)
        add_paragraph(root, "")
        split.append(row(root, "P1.4"))

    said = received(folder, changed(form, change))
    assert "2 answered" in said
    assert "4 unanswered (P1.2, P2.2, P1.6 and P2.4)" in said
    assert last(folder, "P2.5")["note"] == "Booked."
    assert last(folder, "P1.4")["note"] == "Seven of seven."


def test_a_table_pasted_into_a_new_document_keeps_its_mark(folder, form):
    source = Document(BytesIO(filled(form, {("P1.2", "happened"): "Carried out."})))
    target = Document()
    for element in source.element.body:
        if element.tag.endswith("}tbl") or "hscp form" in "".join(element.itertext()):
            target.element.body.insert(0, element)
    buffer = BytesIO()
    target.save(buffer)
    assert "1 answered" in received(folder, buffer.getvalue())
    assert last(folder, "P1.2")["by"] == CHAIR


def test_tracked_changes_are_read_as_they_would_stand(folder, form):
    def change(root):
        write(root, "P1.2", "happened", tracked("ins", "All carried "), tracked("del", "half "),
              run("out."))  # fmt: skip

    received(folder, changed(form, change))
    assert last(folder, "P1.2")["note"] == "All carried out."


def test_a_row_that_was_deleted_with_tracked_changes_is_said_whole(folder, form):
    def change(root):
        about = row(root, "P2.2").find(f"{returning.W}trPr")
        write(root, "P2.2", "happened", run("Then deleted."))
        returning.etree.SubElement(about, f"{returning.W}del").set(f"{returning.W}author", "A")

    said = received(folder, changed(form, change))
    assert "Its row was struck out or deleted: " in said
    assert 'Then deleted."' in said
    assert "6 unanswered" in said


def test_struck_out_words_are_not_said_and_several_paragraphs_are(folder, form):
    def change(root):
        write(root, "P1.2", "happened", run("Ten. ", "strike"), run("Eleven."))
        paragraph = returning.etree.SubElement(cell(root, "P1.2", 4), f"{returning.W}p")
        paragraph.append(run("And the audit."))

    received(folder, changed(form, change))
    assert last(folder, "P1.2")["note"] == "Eleven.\nAnd the audit."


def test_words_outside_the_cells_are_shown_with_their_place_and_not_recorded(folder, form):
    def change(root):
        write(root, "P1.2", "happened", run("Carried out."))
        add_paragraph(root, "I am away in February.")

    said = received(folder, changed(form, change))
    assert 'Not placed, and not recorded "I am away in February." at paragraph' in said
    assert said.count("Not placed") == 1
    assert "How are these" not in said
    assert "Reply by" not in said


def test_margin_comments_are_shown_and_never_recorded(folder, form):
    document = Document(BytesIO(filled(form, {("P1.2", "happened"): "Carried out."})))
    paragraph = document.tables[0].rows[1].cells[1].paragraphs[0]
    document.add_comment(paragraph.runs, text="Is this still ours?", author="Chair")
    buffer = BytesIO()
    document.save(buffer)
    said = received(folder, buffer.getvalue())
    assert 'Comments in the margin, which are not recorded "Chair: Is this still ours?"' in said
    assert last(folder, "P1.2")["note"] == "Carried out."


def test_a_form_from_google_docs_is_read(folder, form):
    answer = {"happened": "Carried out.", "status": "Complete", "evidence": "Report"}
    data = filled(form, {("P1.2", name): text for name, text in answer.items()})
    said = received(folder, returning.without_controls(data))
    assert "1 answered, 5 unanswered" in said
    assert last(folder, "P1.2")["status"] == "complete"


def test_what_changed_since_it_was_asked_is_said(folder, form):
    hscp(folder, "reschedule", "P1.4", "2022-02", "--reason", "Agreed.", day="2022-01-06")
    data = filled(form, {("P1.4", "date"): "March 2022, as two agencies are late"})
    said = received(folder, data)
    assert "In the plan since it was asked P1.4 due date moved: January 2022 to February" in said
    assert "Since it was asked, the due date was moved to February 2022" in said
    assert entries(folder, "P1.4")[-1]["moved"].to.text == "2022-02"


def test_an_answer_about_what_is_closed_by_now_waits(folder, form):
    hscp(folder, "progress", "P1.4", "Not needed.", "--status", "closed", day="2022-01-06")
    said = received(folder, filled(form, {("P1.4", "happened"): "Six of seven."}))
    assert 'P1.4 It is closed already this answer: "Six of seven." Record this too?' in said
    assert last(folder, "P1.4")["note"] == "Not needed."


def test_other_words_in_the_same_form_wait(folder, form):
    received(folder, filled(form, {("P1.2", "happened"): "Ten of eleven."}), "first.docx")
    said = received(folder, filled(form, {("P1.2", "happened"): "Eleven."}), "second.docx")
    assert 'They answered on 12 January 2022 already: "Ten of eleven."' in said
    assert 'this answer: "Eleven." Record this too?' in said
    assert last(folder, "P1.2")["note"] == "Ten of eleven."


def test_a_date_to_decide_is_not_said_already_for_other_words_of_the_same_lead(folder, form):
    received(folder, filled(form, {("P1.4", "happened"): "Six of seven."}), "first.docx")
    said = received(folder, filled(form, {("P1.4", "date"): "March 2022"}), "second.docx")
    assert "1 to decide (P1.4)" in said
    assert "said already" not in said.lower()


def test_a_folder_without_files_is_said_to_be_one(folder):
    (folder / "inbox" / "january").mkdir(parents=True)
    assert "The folder inbox holds no file" in collect(folder, "inbox")


def test_a_folder_is_an_in_tray(folder, form):
    (folder / "inbox").mkdir()
    for id in ("P1.2", "P1.4"):
        (folder / "inbox" / f"{id}.docx").write_bytes(filled(form, {(id, "happened"): f"Of {id}."}))
    (folder / "inbox" / "~$P1.2.docx").write_bytes(b"lock")
    (folder / "inbox" / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    said = collect(folder, "inbox", "--yes", status=1)
    assert "Recorded 2 entries" in said
    assert "photo.png" in said
    assert "~$" not in said


def test_a_form_of_another_plan_is_refused(folder, form):
    data = filled(form, {("P1.2", "happened"): "Carried out."})
    head = folder / "plan" / "plan.yaml"
    head.write_text(head.read_text().replace("id: 2021-23-demo", "id: 2019-21"))
    (folder / "back.docx").write_bytes(data)
    said = collect(folder, "back.docx", "--yes", status=1)
    assert "it is a form of the plan 2021-23-demo, and this is 2019-21" in said


def test_a_form_of_a_plan_that_only_has_the_same_id_is_refused(folder, form):
    (folder / "plan" / "asked.yaml").unlink(missing_ok=True)
    file = folder / "plan" / "p1-neglect.yaml"
    file.write_text(file.read_text().replace("Implement recommendations of", "Publish"))
    (folder / "back.docx").write_bytes(filled(form, {("P1.2", "happened"): "Carried out."}))
    said = collect(folder, "back.docx", "--yes", status=1)
    assert "its P1.2 is another than this plan's" in said


def other_plan(folder: Path) -> None:
    """Make the plan in this folder another partnership's, with the same id, groups and ids."""
    (folder / "plan" / "asked.yaml").unlink(missing_ok=True)
    head = folder / "plan" / "plan.yaml"
    text = head.read_text().replace("Hounslow Safeguarding Children", "Ealing Safeguarding Adults")
    head.write_text(text.replace("Strategic Safeguarding Plan 2021/23 (", "Adults Plan 2021/23 ("))


@pytest.mark.parametrize("part", ["word/footer1.xml", "word/document.xml", "docProps/custom.xml"])
def test_a_form_that_names_two_plans_is_refused(folder, form, part):
    files = parts_of(filled(form, {("P1.2", "happened"): "Carried out."}))
    assert b"form 2021-23-demo" in files[part]
    files[part] = files[part].replace(b"form 2021-23-demo", b"form 2019-21-adults")
    (folder / "back.docx").write_bytes(zipped(files))
    said = collect(folder, "back.docx", "--yes", status=1)
    assert "2019-21-adults" in said
    assert "2021-23-demo" in said
    assert "Put each into a file of its own" in said


def test_a_form_of_another_partnerships_plan_with_the_same_id_is_asked_about(
    folder, form, tmp_path
):
    other_plan(folder)
    shutil.copytree(folder / "plan", tmp_path / "before")
    (folder / "back.docx").write_bytes(filled(form, {("P1.2", "happened"): "Carried out."}))
    said = collect(folder, "back.docx", "--yes")
    assert "1 to decide (P1.2)" in said
    assert 'Its form is of the plan "Strategic Safeguarding Plan 2021/23' in said
    assert "Adults Plan 2021/23" in said
    assert untouched(folder, tmp_path)


def test_a_reply_to_another_partnerships_form_is_asked_about(folder, tmp_path):
    text = asked_text(folder)
    other_plan(folder)
    shutil.copytree(folder / "plan", tmp_path / "before")
    said = received(folder, reply("P1.2: Carried out.\n" + quoted(text)), "back.eml")
    assert "1 to decide (P1.2)" in said
    assert "another plan may have the id 2021-23-demo" in said
    assert "Ealing Safeguarding Adults Partnership" in said
    assert untouched(folder, tmp_path)


def test_what_could_identify_a_child_is_not_recorded_or_repeated(folder, form):
    name = "NHS number 943 476 5919"
    said = received(folder, filled(form, {("P1.2", "happened"): f"Done for {name}.",
                                          ("P1.4", "happened"): "Seven."}))  # fmt: skip
    assert "943 476" not in said
    assert "table 1, row 2, column 5" in said
    assert last(folder, "P1.4")["note"] == "Seven."
    assert "943 476" not in (folder / "plan" / "p1-neglect.yaml").read_text()


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    ["=1+1", "[bold]x[/bold]", "<script>alert(1)</script>", "a\u202eb", "x: {y: [z", "- # ' \"",
     "…and so on", "тест 测试 é", "& < > \" '"],
)  # fmt: skip
def test_what_was_typed_comes_back_the_same_characters(folder, form, text):
    received(folder, filled(form, {("P1.2", "happened"): f"It says {text} here"}))
    assert last(folder, "P1.2")["note"] == f"It says {text} here"


def test_dry_run_records_nothing(folder, form, tmp_path):
    (folder / "back.docx").write_bytes(filled(form, {("P1.2", "happened"): "Carried out."}))
    shutil.copytree(folder / "plan", tmp_path / "before")
    assert "1 answered" in collect(folder, "back.docx", "--dry-run")
    assert "add --yes" in collect(folder, "back.docx")
    assert untouched(folder, tmp_path)


def test_date_overrides_the_day_of_the_answer(folder, form):
    (folder / "back.docx").write_bytes(filled(form, {("P1.2", "happened"): "Carried out."}))
    collect(folder, "back.docx", "--yes", "--date", "2022-01-10")
    assert last(folder, "P1.2")["date"].text == "2022-01-10"


def test_words_beside_the_field_in_a_cell_are_an_answer(folder, form):
    def change(root):
        paragraph = cell(root, "P1.2", 4).find(f"{returning.W}p")
        paragraph.append(run("Carried out."))
        cell(root, "P2.2", 4).append(returning.etree.fromstring(
            f'<w:p xmlns:w="{returning.NS["w"]}"><w:ins><w:r><w:t>Two of three.</w:t></w:r></w:ins>'
            "</w:p>"
        ))  # fmt: skip

    received(folder, changed(form, change))
    assert last(folder, "P1.2")["note"] == "Carried out."
    assert last(folder, "P2.2")["note"] == "Two of three."


def test_an_answer_below_the_table_is_asked_about(folder, form):
    said = received(folder, changed(form, lambda root: (
        write(root, "P1.2", "happened", run("Carried out.")),
        add_paragraph(root, "P2.5 - all is booked."),
    )))  # fmt: skip
    assert "P2.5 It stands outside the cells" in said
    assert "all is booked" not in str(last(folder, "P2.5"))


def test_an_answer_that_only_points_elsewhere_is_asked_about(folder, form):
    said = received(folder, filled(form, {("P2.2", "happened"): "See attached\nreport",
                                          ("P1.2", "happened"): "ditto"}))  # fmt: skip
    assert "It only points elsewhere" in said
    assert "Recorded" not in said


def test_a_date_whose_only_reason_is_another_answer_is_asked_about(folder, form):
    said = received(folder, filled(form, {("P1.4", "happened"): "Six of seven.",
                                          ("P1.4", "date"): "March 2022"}))  # fmt: skip
    assert 'A new date, March 2022, and only "Six of seven." to say why' in said
    assert last(folder, "P1.4")["note"] == "Six of seven."
    assert "moved" not in last(folder, "P1.4")


def test_a_word_that_may_be_a_status_is_asked_about(folder, form):
    said = received(folder, filled(form, {("P1.4", "status"): "delayed"}))
    assert '"delayed" may be off track' in said


def test_notes_in_an_old_template_are_not_of_its_day(folder):
    document = Document()
    document.add_paragraph("P1.2: Noted.")
    document.save(str(folder / "notes.docx"))
    collect(folder, "notes.docx", "--by", "SE Sub-Group", "--yes")
    assert last(folder, "P1.2")["date"].text == ANSWERED


def test_undo_takes_back_the_answer_that_was_recorded_last(folder, form):
    git(folder, "init", "-q")
    git(folder, "add", "plan")
    git(folder, "commit", "-qm", "Plan")
    received(folder, filled(form, {("P1.2", "happened"): "Carried out."}))
    assert "Carried out." in hscp(folder, "undo")


def test_a_table_in_a_cell_is_read_with_it(folder, form):
    document = Document(BytesIO(filled(form, {("P1.2", "happened"): "By agency:"})))
    inner = document.tables[0].rows[1].cells[4].add_table(1, 2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "Health", "done"
    buffer = BytesIO()
    document.save(buffer)
    received(folder, buffer.getvalue())
    assert last(folder, "P1.2")["note"] == "By agency:\nHealth | done"


def test_an_answer_to_words_that_the_plan_has_changed_is_asked_about(folder, form):
    file = folder / "plan" / "p1-neglect.yaml"
    file.write_text(file.read_text().replace("Implement recommendations of", "Publish the"))
    said = received(folder, filled(form, {("P1.2", "happened"): "Carried out."}))
    assert 'P1.2 The plan words it otherwise: "Publish the Family X LSCPR"' in said
    assert "Recorded" not in said


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (CHAIR, "Director of Nothing", "asked.yaml says Chair of Safeguarding"),
        ("2022-01-04", "2031-01-04", "its mark says it was asked on 4 January 2031"),
    ],
)
def test_a_mark_that_was_changed_is_refused(folder, form, was, now, said):
    files = parts_of(filled(form, {("P1.2", "happened"): "Carried out."}))
    changed_parts = {
        name: data.replace(f"/ {was}".encode(), f"/ {now}".encode()) for name, data in files.items()
    }
    (folder / "back.docx").write_bytes(zipped(changed_parts))
    assert said in collect(folder, "back.docx", "--yes", status=1)


def remarked(data: bytes, who: str) -> bytes:
    """A form whose mark says that somebody else was asked, in a round that nobody knows of."""
    files = parts_of(data)
    digest = re.search(rb"2022-01-04 / ([0-9a-f]{10})", b"".join(files.values()))[1]
    changes = ((CHAIR.encode(), who.encode()), (digest, b"ffffffffff"))
    for was, now in changes:
        files = {name: data.replace(was, now) for name, data in files.items()}
    return zipped(files)


COMPLETION = {
    ("P1.2", "happened"): "The Board is content.", ("P1.2", "status"): "Complete",
    ("P1.2", "evidence"): "Minutes of 12 January", ("P1.4", "happened"): "Two agencies are late.",
    ("P1.6", "status"): "closed", ("P1.6", "happened"): "Overtaken.",
    ("P2.2", "date"): "December 2022, as posts are vacant",
}  # fmt: skip


@pytest.mark.parametrize("who", ["HSCP Executive Board", "HSCP Statutory Safeguarding Partners"])
def test_a_form_that_nobody_knows_of_changes_nothing_that_is_not_theirs(folder, form, who):
    said = received(folder, remarked(filled(form, COMPLETION), who))
    assert f"asked.yaml does not know that {who} was asked about it, and they do not lead" in said
    assert "3 to decide (P1.2, P2.2 and P1.6)" in said
    assert "Recorded 1 entry" in said
    assert last(folder, "P1.4")["by"] == who


def test_a_lead_answers_about_what_they_lead_in_a_form_that_was_made_elsewhere(folder, form):
    received(folder, remarked(filled(form, COMPLETION), CHAIR))
    assert last(folder, "P1.2")["status"] == "complete"


@pytest.mark.parametrize("name", ["p1-neglect.yaml", "asked.yaml"])
def test_nothing_is_collected_into_a_plan_with_errors(folder, form, name):
    (folder / "back.docx").write_bytes(filled(form, {("P1.4", "happened"): "Six of seven."}))
    path = folder / "plan" / name
    path.write_text(path.read_text() + "\nunknown_key: x\n")
    said = collect(folder, "back.docx", "--yes", status=1)
    assert "the plan has errors, so nothing was collected" in said
    assert "answered: 2022" not in (folder / "plan" / "asked.yaml").read_text()


def test_names_of_files_and_places_are_not_repeated_where_they_name_a_child(folder):
    book = openpyxl.Workbook()
    book.active.title = "born 3 May 2014"
    book.active.append(["Id", "What has happened"])
    book.active.append(["P1.2", "Carried out."])
    book.active.append(["", "More words"])
    buffer = BytesIO()
    book.save(buffer)
    (folder / "NHS 943 476 5919.xlsx").write_bytes(buffer.getvalue())
    said = collect(folder, "NHS 943 476 5919.xlsx", "--by", "SE Sub-Group")
    assert "1 answered" in said
    assert "943" not in said
    assert "2014" not in said


# --- Excel ---------------------------------------------------------------------------------------


def workbook(folder: Path, answers: dict[tuple[str, str], str]) -> bytes:
    hscp(folder, "ask", CHAIR, "--xlsx", "-o", "form.xlsx", day=ASKED)
    book = openpyxl.load_workbook(folder / "form.xlsx")
    sheet = book.active
    columns: dict[str, int] = {}
    for cells in sheet.iter_rows():
        values = [str(c.value or "") for c in cells]
        if "What has happened" in values:
            columns = {value: n for n, value in enumerate(values)}
        for (id, label), text in answers.items():
            if columns and values[0] == id:
                cells[columns[label]].value = text
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_read(folder):
    data = workbook(
        folder,
        {("P1.2", "What has happened"): "Carried out.", ("P1.2", "Status"): "Complete",
         ("P1.2", "Evidence"): "Report", ("P2.2", "Status"): "Nothing to report"},
    )  # fmt: skip
    said = received(folder, data, "back.xlsx")
    assert "1 answered, 1 nothing to report, 4 unanswered" in said
    assert last(folder, "P1.2")["status"] == "complete"
    assert last(folder, "P1.2")["by"] == CHAIR


def test_a_workbook_whose_sheet_is_lost_is_said_to_be_damaged(folder):
    hscp(folder, "ask", CHAIR, "--xlsx", "-o", "form.xlsx", day=ASKED)
    files = parts_of((folder / "form.xlsx").read_bytes())
    del files["xl/worksheets/sheet1.xml"]
    (folder / "back.xlsx").write_bytes(zipped(files))
    said = collect(folder, "back.xlsx", "--yes", status=1)
    assert '"back.xlsx" is a damaged Excel file: a part of it is missing or broken.' in said


def test_a_formula_in_a_workbook_is_words(folder):
    data = workbook(folder, {("P1.2", "What has happened"): "Carried out."})
    book = openpyxl.load_workbook(BytesIO(data))
    buffer = BytesIO()
    book.save(buffer)
    received(folder, buffer.getvalue(), "back.xlsx")
    assert last(folder, "P1.2")["note"] == "Carried out."


# --- e-mail --------------------------------------------------------------------------------------


def draft(folder: Path) -> EmailMessage:
    hscp(folder, "ask", CHAIR, "--mail", "drafts", "--reply-by", "2022-01-14", day=ASKED)
    (path,) = (folder / "drafts").glob("*.eml")
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def asked_text(folder: Path) -> str:
    text = draft(folder).get_body(("plain",)).get_content()
    return "".join(f"{line}\n" for line in text.splitlines())


def reply(text: str, html: str = "", files: dict[str, bytes] | None = None) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["To"] = "chair@example.org", "manager@example.org"
    message["Subject"], message["Date"] = "RE: update", "Mon, 10 Jan 2022 09:15:00 +0000"
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    for name, data in (files or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def quoted(text: str) -> str:
    return "".join(f"> {line}".rstrip() + "\n" for line in text.splitlines())


SIGNATURE = (
    "\n-- \nThe Chair\nSafeguarding Effectiveness\n\nThis e-mail is confidential and intended "
    "solely for the person to whom it is addressed.\n"
)


def test_a_reply_above_what_it_quotes_is_read(folder):
    text = "Hi,\n\nP1.2: All eleven are carried out.\nP2.2 - nothing to report\n"
    original = quoted(asked_text(folder))
    body = f"{text}{SIGNATURE}\nOn Tue, 4 Jan 2022 the manager wrote:\n{original}"
    said = received(folder, reply(body), "back.eml")
    assert "answered on 10 January 2022 1 answered, 1 nothing to report" in said
    assert last(folder, "P1.2")["note"] == "All eleven are carried out."
    assert last(folder, "P1.2")["by"] == CHAIR
    assert last(folder, "P1.2")["date"].text == "2022-01-10"
    assert "confidential" not in str(entries(folder, "P2.2"))


def test_a_reply_within_what_it_quotes_is_read(folder):
    original = quoted(asked_text(folder))
    line = "> Write about P1.2 below this line\n"
    body = original.replace(
        line, f"{line}All eleven are carried out.\nStatus: complete\nEvidence: Report\n"
    )
    received(folder, reply(body), "back.eml")
    assert last(folder, "P1.2")["note"] == "All eleven are carried out."
    assert last(folder, "P1.2")["status"] == "complete"


def test_a_reply_below_what_it_quotes_is_read(folder):
    body = f"The manager wrote:\n{quoted(asked_text(folder))}\nP1.2: All eleven are carried out.\n"
    received(folder, reply(body), "back.eml")
    assert last(folder, "P1.2")["note"] == "All eleven are carried out."


def test_a_reply_of_outlook_that_quotes_with_a_rule_is_read(folder):
    head = "\n________________________________\nFrom: Manager\nSent: 04 January 2022 10:00\n"
    head += "To: Chair\nSubject: update\n\n"
    original = asked_text(folder)
    line = "Write about P1.4 below this line\n"
    original = original.replace(line, f"{line}Seven of seven.\n")
    received(folder, reply(f"P1.2: Carried out.\n{head}{original}"), "back.eml")
    assert last(folder, "P1.2")["note"] == "Carried out."
    assert last(folder, "P1.4")["note"] == "Seven of seven."


def test_a_reply_that_is_only_html_is_read(folder):
    original = asked_text(folder).replace("\n", "<br>\n")
    html = (
        "<html><head><style>p{color:red}</style></head><body><p>P1.2: Carried out &amp; tested.</p>"
        f"<blockquote>{original}</blockquote></body></html>"
    )
    received(folder, reply("", html), "back.eml")
    assert last(folder, "P1.2")["note"] == "Carried out & tested."


def test_a_form_attached_to_a_reply_is_read(folder, form):
    data = filled(form, {("P1.2", "happened"): "Carried out."})
    said = received(folder, reply("Here it is.", files={"form.docx": data}), "back.eml")
    assert last(folder, "P1.2")["note"] == "Carried out."
    assert last(folder, "P1.2")["date"].text == "2022-01-10"
    assert '"Here it is."' in said


def test_a_letter_that_quotes_nothing_is_of_the_day_it_was_sent(folder):
    (folder / "back.eml").write_bytes(reply("P1.2: Carried out.\n"))
    collect(folder, "back.eml", "--by", CHAIR, "--yes")
    assert last(folder, "P1.2")["date"].text == "2022-01-10"


def test_what_stands_in_too_many_letters_is_said(folder):
    letter = reply("P1.2: Carried out.\n")
    for number in range(4):
        outer = message_from_bytes(reply(f"Passed on, {number}."), policy=policy.SMTP)
        outer.add_attachment(message_from_bytes(letter, policy=policy.SMTP))
        letter = outer.as_bytes()
    (folder / "back.eml").write_bytes(letter)
    said = collect(folder, "back.eml", "--by", CHAIR)
    assert "was not read: it stands within too many e-mails" in said


def test_a_first_date_that_was_given_since_is_told(folder):
    file = folder / "plan" / "p1-neglect.yaml"
    file.write_text(file.read_text().replace("        start: 2021-12\n        due: 2022-01\n", ""))
    hscp(folder, "ask", CHAIR, "-o", "form.docx", day=ASKED)
    hscp(folder, "reschedule", "P1.6", "2022-05", "--reason", "Agreed.", day="2022-01-06")
    data = filled((folder / "form.docx").read_bytes(), {("P1.6", "happened"): "Drafted."})
    assert "In the plan since it was asked P1.6 due date set: May 2022" in received(folder, data)


def test_nobodys_address_is_shown_or_kept(folder):
    said = received(folder, reply("P1.2: Carried out.\n" + quoted(asked_text(folder))), "back.eml")
    assert "chair@example.org" not in said
    assert "@" not in (folder / "plan" / "p1-neglect.yaml").read_text()


def test_a_reply_that_is_passed_on_is_asked_about(folder):
    body = (
        "FYI\n\n-----Original Message-----\nFrom: Deputy\nSent: 10 January 2022 10:00\nTo: Chair\n"
    )
    body += f"Subject: update\n\nP1.2: Carried out.\n\n{quoted(asked_text(folder))}"
    said = received(folder, reply(body), "back.eml")
    assert "P1.2 It stands in what the e-mail quotes" in said
    assert "1 to decide (P1.2)" in said


@pytest.mark.parametrize("day", ["2022-01-12", "2022-01-13", "2022-01-25"])
def test_notes_collected_again_on_another_day_are_not_recorded_again(folder, day):
    (folder / "notes.txt").write_text("P1.2: Noted.\n\nP1.2: With thanks.\n")
    collect(folder, "notes.txt", "--by", "HSCP Executive Board", "--yes")
    before = entries(folder, "P1.2")
    hscp(folder, "collect", "notes.txt", "--by", "HSCP Executive Board", "--yes", day=day)
    assert entries(folder, "P1.2") == before
    assert [entry["note"] for entry in before[-2:]] == ["Noted.", "With thanks."]


# --- notes ---------------------------------------------------------------------------------------


def test_a_keepers_notes_after_a_meeting_record_all_at_once(folder):
    (folder / "notes.txt").write_text(
        "Notes of the Board\n\nP1.2\nThe Board noted the report.\n\n"
        "P1.4: Late. New date agreed.\nNew date: April 2022, agreed by the Board\n\n"
        "P1.6 on hold until the spring\n"
    )
    said = collect(
        folder, "notes.txt", "--by", "HSCP Executive Board", "--date", "2022-01-12",
        "--agreed", "HSCP Executive Board, 12 January 2022", "--yes",
    )  # fmt: skip
    assert "3 answered" in said
    assert '"Notes of the Board" at line 1' in said
    assert last(folder, "P1.4")["agreed"] == "HSCP Executive Board, 12 January 2022"
    assert last(folder, "P1.2")["by"] == "HSCP Executive Board"
    assert "agreed" not in last(folder, "P1.2")


def test_notes_that_do_not_say_whose_they_are_are_refused(folder):
    (folder / "notes.txt").write_text("P1.2: Noted.\n")
    said = collect(folder, "notes.txt", "--yes", status=1)
    assert "it does not say whose answers these are. Name them: --by" in said


def test_a_name_of_nothing_is_refused(folder):
    assert "there is no file or folder back.docx" in collect(folder, "back.docx", status=2)


# --- through another program ---------------------------------------------------------------------

SOFFICE = shutil.which("soffice")


def converted(folder: Path, name: str, ending: str) -> bytes:
    """A file as LibreOffice saves it in another format."""
    out = folder / "out"
    words = ["--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}"]
    words += ["--convert-to", ending, "--outdir", str(out), str(folder / name)]
    subprocess.run([str(SOFFICE), *words], check=True, capture_output=True, timeout=120)
    return (out / name).with_suffix(f".{ending}").read_bytes()


@pytest.mark.long
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("by_way_of", ["docx", "odt", "doc", "rtf"])
def test_a_form_that_libreoffice_saved_is_read(folder, form, by_way_of):
    answers = {
        ("P1.2", "happened"): "Carried out.", ("P1.2", "status"): "Complete",
        ("P1.2", "evidence"): "Report", ("P2.2", "status"): "Nothing to report",
        ("P1.4", "date"): "March 2022, as two are late",
    }  # fmt: skip
    (folder / "filled.docx").write_bytes(filled(form, answers))
    if by_way_of != "docx":
        (folder / f"by.{by_way_of}").write_bytes(converted(folder, "filled.docx", by_way_of))
        (folder / "filled.docx").unlink()
        (folder / f"by.{by_way_of}").rename(folder / f"filled.{by_way_of}")
    said = received(folder, converted(folder, f"filled.{by_way_of}", "docx"))
    assert "2 answered, 1 nothing to report, 3 unanswered" in said
    assert "Not placed" not in said
    assert last(folder, "P1.2")["status"] == "complete"
    assert last(folder, "P1.2")["by"] == CHAIR
    assert last(folder, "P1.4")["moved"].to.text == "2022-03"


@pytest.mark.long
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_a_workbook_that_libreoffice_saved_is_read(folder):
    data = workbook(folder, {("P1.2", "What has happened"): "Carried out."})
    (folder / "filled.xlsx").write_bytes(data)
    received(folder, converted(folder, "filled.xlsx", "xlsx"), "back.xlsx")
    assert last(folder, "P1.2")["note"] == "Carried out."
