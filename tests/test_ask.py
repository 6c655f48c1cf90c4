"""Who is asked about which milestones, and the form that they are asked in."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date
from email import message_from_bytes, policy
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import openpyxl
import pytest
import strategies as some
from hypothesis import given
from hypothesis import strategies as st
from small_plan import small_plan
from test_papers import DAY, LEAD, entry, kept, milestone, moved, plan

from hscp_plan.asking import form
from hscp_plan.asking.answers import read_answers
from hscp_plan.asking.own import OwnText
from hscp_plan.asking.requests import Wanted, request_to, requests, requests_to, unled
from hscp_plan.commands._complete import leads
from hscp_plan.dates import UNDATED, read
from hscp_plan.errors import Mistyped
from hscp_plan.model import Group, Objective, Plan, Priority
from hscp_plan.publishing.texts import texts_in
from hscp_plan.readers import docx as readers_docx
from hscp_plan.readers import text as readers_text
from hscp_plan.readers import xlsx as readers_xlsx
from hscp_plan.reports.ask_form import OPENINGS, AskForm
from hscp_plan.several import readable
from hscp_plan.words import safe
from hscp_plan.writers import docx, eml
from hscp_plan.writers.xlsx import form as workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GROUP = "Quality Sub-Group"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GROUPS = (
    Group(name=GROUP, short="QSG", kind="sub-group"),
    Group(name="Practice Sub-Group", kind="sub-group"),
    Group(name="Training Sub-Group", kind="sub-group"),
    Group(name=LEAD, kind="role"),
)


ANSWERS_NEEDED = Wanted()


def asked(
    made: Plan, wanted: Wanted = ANSWERS_NEEDED, day: date = DAY
) -> dict[str, tuple[str, ...]]:
    chosen = wanted.choose(made, day)
    return {" + ".join(r.names): r.ids for r in requests(made.head, chosen)}


def form_of(made: Plan, day: date = DAY, **more: object) -> AskForm:
    (request,) = requests(made.head, Wanted(open=True).choose(made, day))
    return AskForm(made, day, request, "who", **more)


MADE_BY_ONE = plan(
    milestone("P1.1", "2022-01", entry("2021-12-01", "Nine of eleven.")),
    milestone("P1.2", "2021-11", status="at risk"),
)
WANTED = {
    "meeting": "HSCP Executive Board, 19 January 2022",
    "reply_by": read("2022-01-07"),
    "sender": "HSCP Business Manager",
}
MADE = plan(
    milestone("P1.1", "2022-01", moved("2021-12-01", "2021-10", "2022-01", note="No staff")),
    milestone("P1.2", "2021-11", entry("2021-11-01", "Nine of eleven.", status="on track")),
    milestone("P1.3", "2022-05", start="2021-10"),
    milestone("P1.4", "2022-05"),
    milestone("P1.5", "2021-10", lead=("Head of Service",)),
    milestone("P1.6", "2021-10", entry("2021-10-01", status="complete")),
    milestone("P1.7", "2022-05", status="in progress").replace(due=UNDATED),
)


# Who is asked about what -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), ("P1.2", "P1.1", "P1.3", "P1.7")),
        (Wanted(open=True), ("P1.2", "P1.1", "P1.3", "P1.4", "P1.7")),
        (Wanted(due_by=date(2022, 1, 31)), ("P1.2", "P1.1")),
        (Wanted(due_by=date(2022, 1, 30)), ("P1.2",)),
        (Wanted(silent=1), ("P1.2", "P1.3", "P1.7")),
        (Wanted(silent=2), ("P1.3", "P1.7")),
        (Wanted(due_by=date(2022, 1, 31), silent=1), ("P1.2",)),
    ],
)
def test_the_late_come_first_and_every_filter_holds(wanted: Wanted, ids: tuple[str, ...]) -> None:
    assert asked(MADE, wanted)[LEAD] == ids


@pytest.mark.parametrize(
    ("said_on", "start", "silent"),
    [
        ("2021-09-15", "2021-04", True),
        ("2021-09-16", "2021-04", False),
        ("2021-12-01", "2021-04", False),
        # What was said before the start need not be said again until it.
        ("2021-04-01", "2021-11", False),
    ],
)
def test_three_months_without_a_word_need_an_answer(said_on: str, start: str, silent: bool) -> None:
    log = entry(said_on, status="on track")
    assert bool(asked(plan(milestone("P1.1", "2022-09", log, start=start)))) is silent


def test_a_group_and_its_chair_who_share_their_milestones_get_one_form() -> None:
    both = (GROUP, LEAD)
    shared = plan(milestone("P1.1", "2021-11", lead=both), milestone("P1.2", "2021-11", lead=both))
    assert asked(shared) == {f"{LEAD} + {GROUP}": ("P1.1", "P1.2")}
    more = plan(milestone("P1.1", "2021-11", lead=both), milestone("P1.2", "2021-11"))
    assert asked(more) == {GROUP: ("P1.1",), LEAD: ("P1.1", "P1.2")}
    others = plan(milestone("P1.1", "2021-11", lead=("Head of Service", LEAD)))
    assert asked(others) == {"Head of Service": ("P1.1",), LEAD: ("P1.1",)}


def test_who_goes_by_two_names_is_asked_once() -> None:
    head = {"groups": GROUPS}
    made = plan(
        milestone("P1.1", "2021-11", lead=("QSG",)),
        milestone("P1.2", "2021-11", lead=(GROUP,)),
        head=head,
    )
    assert asked(made) == {GROUP: ("P1.1", "P1.2")}


@pytest.mark.parametrize("word", [LEAD, "QSG", GROUP, "quality sub group", "Chair of Quality"])
def test_a_group_that_leads_nothing_is_asked_through_its_chair(word: str) -> None:
    made = plan(milestone("P1.1", "2021-11"), head={"groups": GROUPS})
    request = request_to(word, made, Wanted().choose(made, DAY))
    assert (request.who, request.ids) == (LEAD, ("P1.1",))


def test_a_group_without_a_chair_who_leads_is_asked_what_it_is_accountable_for() -> None:
    made = plan(milestone("P1.1", "2021-11"), head={"groups": GROUPS})
    (priority,) = made.priorities
    (objective,) = priority.objectives
    objective = objective.replace(accountable=("Training Sub-Group",))
    made = Plan(made.head, {"p1.yaml": priority.replace(objectives=(objective,))})
    request = request_to("Training", made, Wanted().choose(made, DAY))
    assert (request.who, request.ids) == ("Training Sub-Group", ("P1.1",))


@pytest.mark.parametrize(
    ("leads", "word", "why"),
    [
        ((LEAD,), LEAD, ""),
        ((LEAD,), LEAD.upper(), ""),
        ((LEAD,), "Chair of Quality", f'"Chair of Quality" is taken for {LEAD}.'),
        ((LEAD,), "QSG", f"{GROUP} leads nothing itself, so {LEAD} is asked."),
        ((GROUP,), "QSG", ""),
        ((GROUP, LEAD), "QSG", f"One form asks {LEAD} and {GROUP}, who lead the same."),
        ((GROUP, LEAD), LEAD, f"One form asks {LEAD} and {GROUP}, who lead the same."),
    ],
)
def test_whoever_else_is_asked_than_was_named_is_said(
    leads: tuple[str, ...], word: str, why: str
) -> None:
    made = plan(milestone("P1.1", "2021-11", lead=leads), head={"groups": GROUPS})
    chosen = Wanted().choose(made, DAY)
    assert request_to(word, made, chosen).why == why
    assert [request.why for request in requests_to((word, word), made, chosen)] == [why]


def test_names_of_several_words_are_not_taken_together_for_another() -> None:
    made = plan(
        milestone("P1.1", "2021-11", lead=(GROUP,)),
        milestone("P1.2", "2021-11"),
        head={"groups": GROUPS},
    )
    asked_of = requests_to((GROUP, "Chair of Quality"), made, Wanted().choose(made, DAY))
    assert [request.who for request in asked_of] == [GROUP, LEAD]
    assert [request.who for request in requests_to(("quality", "sub", "group"), made, ())] == [
        GROUP
    ]


@pytest.mark.parametrize(
    ("word", "what", "next"),
    [
        ("Qualiti", 'nobody in this plan is called "Qualiti"', "Did you mean: Quality Sub-Group"),
        ("sub-group", '"sub-group" may be', "Give more of the name."),
    ],
)
def test_a_name_that_is_nobodys_or_several_peoples_is_refused(
    word: str, what: str, next: str
) -> None:
    made = plan(
        milestone("P1.1", "2021-11", lead=(GROUP, "Practice Sub-Group")), head={"groups": GROUPS}
    )
    with pytest.raises(Mistyped) as refusal:
        request_to(word, made, Wanted().choose(made, DAY))
    assert what in refusal.value.what
    assert refusal.value.next == next


def test_what_has_no_log_for_an_answer_is_not_asked_about() -> None:
    made = plan(milestone("P1.1", "2021-11"))
    (priority,) = made.priorities
    alone = Objective(id="P1-B", complete_by=read("2021-11"), lead=(LEAD,))
    made = Plan(made.head, {"p1.yaml": priority.replace(objectives=(*priority.objectives, alone))})
    assert asked(made) == {LEAD: ("P1.1",)}
    assert [s.milestone.id for s in Wanted().without_log(made, DAY)] == ["P1-B"]


def test_what_nobody_leads_is_known() -> None:
    chosen = Wanted(open=True).choose(kept("examples/demo-plan"), DAY)
    ids = [s.milestone.id for s in unled(chosen)]
    assert ids == ["P3.1", "P3.2", "P3.3", "P3.4", "P4.2", "P4.3"]


def test_words_that_are_one_name_together_name_nobody_else() -> None:
    made = plan(
        milestone("P1.1", "2021-11"),
        milestone("P1.2", "2021-11", lead=("Practice Sub-Group",)),
        head={"groups": GROUPS},
    )
    chosen = Wanted().choose(made, DAY)
    assert [r.who for r in requests_to(["Quality", "Sub-Group"], made, chosen)] == [LEAD]
    both = requests_to(["QSG", "Practice"], made, chosen)
    assert [r.who for r in both] == [LEAD, "Practice Sub-Group"]
    assert len(requests_to(["QSG", LEAD], made, chosen)) == 1


def test_of_two_names_that_differ_in_little_the_one_that_was_written_is_meant() -> None:
    leads = ("SE Sub-Group", "SE Sub Group")
    made = plan(*(milestone(f"P1.{n}", "2021-11", lead=(name,)) for n, name in enumerate(leads)))
    for name in leads:
        assert request_to(name, made, Wanted().choose(made, DAY)).who == name


def test_tab_offers_a_lead_that_is_no_group(tmp_path: Path) -> None:
    small_plan(tmp_path)
    first = tmp_path / "plan" / "p1.yaml"
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace("    statements:", "    lead: Head of Service\n    statements:"))
    assert leads(readable([str(tmp_path / "plan")])) == {"Head of Service": "lead"}


# The mark ----------------------------------------------------------------------------------------


def test_the_digest_is_of_what_was_asked_of_whom_and_when() -> None:
    first = form_of(plan(milestone("P1.1", "2022-01")))
    same = form_of(plan(milestone("P1.1", "2022-01")))
    assert re.fullmatch("[0-9a-f]{10}", first.mark.digest)
    assert first.mark == same.mark
    others = [
        form_of(plan(milestone("P1.2", "2022-01"))),
        form_of(plan(milestone("P1.1", "2022-02"))),
        form_of(plan(milestone("P1.1", "2022-01", action="Do it"))),
        form_of(plan(milestone("P1.1", "2022-01", status="at risk"))),
        form_of(plan(milestone("P1.1", "2022-01", entry("2021-12-01")))),
        form_of(plan(milestone("P1.1", "2022-01", lead=("Head of Service",)))),
        form_of(plan(milestone("P1.1", "2022-01")), date(2021, 12, 16)),
        form_of(plan(milestone("P1.1", "2022-01"), head={"id": "t2"})),
        form_of(plan(milestone("P1.1", "2022-01"), head={"partnership": "Another"})),
    ]
    assert len({first.mark.digest, *(other.mark.digest for other in others)}) == 1 + len(others)


def test_a_digest_is_no_number_of_anybodys() -> None:
    digests = [form_of(plan(milestone(f"P1.{n}", "2022-01"))).mark.digest for n in range(1, 200)]
    assert not [digest for digest in digests if re.search(r"\d{6}", digest)]
    assert len({*digests}) == len(digests)


def test_a_mark_is_found_beside_the_number_of_a_page() -> None:
    mark = form_of(plan(milestone("P1.1", "2022-01"))).mark
    text = f"The foot\n  {mark.text}\tPage 1 of 2\n{mark.text}\n"
    assert list(form.find_marks(text)) == [mark, mark]


# The form in Word --------------------------------------------------------------------------------


def word(made: AskForm) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(docx.draw(made.paper()))) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_each_answer_has_a_control_that_keeps_its_name() -> None:
    made = form_of(plan(milestone("P1.1", "2022-01"), milestone("P1.2", "2022-02")))
    body = ElementTree.fromstring(word(made)["word/document.xml"])
    controls = body.findall(f".//{W}sdt")
    tags = [control.find(f"{W}sdtPr/{W}tag").get(f"{W}val") for control in controls]
    expected = [(id, question) for id in ("P1.1", "P1.2") for question in form.QUESTIONS]
    assert [form.read_tag(tag) for tag in tags] == expected
    shown = ["".join(c.itertext()) for c in controls]
    assert {text.strip() for text in shown} == {"", form.CHOOSE}
    assert all(c.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for c in controls)


def test_a_status_is_chosen_from_the_plans_own_words_each_once() -> None:
    words = {"on track": "GREEN", "in progress": "Green", "at risk": "RAG amber"}
    made = form_of(plan(milestone("P1.1", "2022-01"), head={"words": words}))
    body = ElementTree.fromstring(word(made)["word/document.xml"])
    items = [item.get(f"{W}value") for item in body.iter(f"{W}listItem")]
    assert items == [
        *(form.NOTHING, "Green", "RAG amber", "Off track", "Complete", "Closed"),
    ]


def test_the_mark_stands_in_the_properties_the_text_and_the_foot() -> None:
    made = form_of(plan(milestone("P1.1", "2022-01", lead=('A & B "C" <d>',))))
    parts = word(made)
    (named,) = ElementTree.fromstring(parts["docProps/custom.xml"])
    assert named.get("name") == form.PROPERTY
    assert "".join(named.itertext()) == made.mark.text
    assert b'PartName="/docProps/custom.xml"' in parts["[Content_Types].xml"]
    assert b'Target="docProps/custom.xml"' in parts["_rels/.rels"]
    for part in ("word/document.xml", "word/footer1.xml"):
        paragraphs = ElementTree.fromstring(parts[part]).iter(f"{W}p")
        texts = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs]
        assert any(text.startswith(made.mark.text) for text in texts), part


def test_the_form_says_who_asks_for_which_meeting_and_by_when_in_few_lines() -> None:
    made = form_of(plan(milestone("P1.1", "2022-01")), **WANTED)
    text = re.sub("<[^>]*>", "\n", word(made)["word/document.xml"].decode())
    assert "Reply by:" in text
    assert f"Dear {LEAD}," in text
    assert "nothing that could identify a child" in text
    for words in ("7 January 2022", WANTED["meeting"], WANTED["sender"]):
        assert words in text


def each_milestone(priority: Priority, **changed: Any) -> Priority:
    """The priority with each of its milestones so changed."""
    return priority.with_sections(
        section.replace(milestones=tuple(m.replace(**changed) for m in section.milestones))
        for section in priority.sections
    )


def any_forms(made: Plan, day: date, lead: str) -> Iterator[AskForm]:
    """The forms that ask a lead of this name about all that is open in a plan."""
    priority = made.priorities[0]
    there = Plan(made.head, {"p1.yaml": each_milestone(priority, lead=(lead,))})
    for request in requests(there.head, Wanted(open=True).choose(there, day)):
        yield AskForm(there, day, request, "who", sender="HSCP Business Manager")


DAYS = st.dates(date(2021, 1, 1), date(2024, 6, 30))
NAMES = st.text(max_size=60).map(lambda text: " ".join(text.split()) or "x")


@pytest.mark.long
@given(some.plans(), DAYS, NAMES)
def test_whatever_is_in_the_plan_a_form_reads_as_it_was_asked(
    made: Plan, day: date, lead: str
) -> None:
    for asking in any_forms(made, day, lead):
        content = readers_docx.read(docx.draw(asking.paper()))
        ids = asking.request.ids
        expected = [form.tag(id, question) for id in ids for question in form.QUESTIONS]
        assert [control.tag for control in content.controls] == expected
        assert all(control.placeholder for control in content.controls)
        (table,) = content.tables()
        assert [row[0].text for row in table.rows] == ["Id", *ids]
        assert [cell.text for cell in table.rows[0]] == [*form.LABELS.values()]
        assert content.properties[form.PROPERTY] == asking.mark.text
        marks = form.find_marks("\n".join(p.text for p in (*content.foot, *content.paragraphs())))
        assert {mark.digest for mark in marks} == {asking.mark.digest}


@pytest.mark.long
@given(some.plans(), DAYS)
def test_of_a_form_that_nobody_touched_nothing_is_taken_for_an_answer(
    made: Plan, day: date
) -> None:
    for asking in any_forms(made, day, LEAD):
        paper, own = asking.paper(), OwnText(asking.texts(), OPENINGS)
        actions = {s.milestone.id: s.milestone.action for s in asking.request.standings}
        for content, by_line in (
            (readers_docx.read(docx.draw(paper)), False),
            (readers_xlsx.read(workbook.draw(paper)), False),
            (readers_text.read(asking.mail_text()), True),
        ):
            returned = read_answers(content, actions, own, by_line)
            assert not [part.text for part in returned.unplaced]
            assert not [q for a in returned.answers for q in form.QUESTIONS if a.text(q)]


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_and_saves_a_form_as_it_is(tmp_path: Path) -> None:
    asking = form_of(MADE_BY_ONE)
    (tmp_path / "form.docx").write_bytes(docx.draw(asking.paper()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", "saved"]
    subprocess.run([*words, "form.docx"], cwd=tmp_path, check=True, capture_output=True)
    content = readers_docx.read((tmp_path / "saved" / "form.docx").read_bytes())
    (table,) = content.tables()
    assert [row[0].text for row in table.rows] == ["Id", *asking.request.ids]
    answers = [cell.text.strip() for row in table.rows[1:] for cell in row[4:]]
    assert set(answers) == {""}
    # It leaves out the names of lists to choose from, and of the others keeps the label.
    labels = [f"{id}: {form.LABELS[q]}" for id in asking.request.ids for q in form.QUESTIONS]
    assert [control.tag for control in content.controls] == [
        label for label in labels if not label.endswith("Status")
    ]
    assert content.properties[form.PROPERTY] == asking.mark.text
    assert list(form.find_marks("\n".join(p.text for p in content.foot))) == [asking.mark]


# The form in Excel -------------------------------------------------------------------------------


def sheet_of(made: AskForm) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook.draw(made.paper())))


def row_of(sheet, id: str):
    return next(row for row in sheet.iter_rows() if row[0].value == id)


def test_in_excel_what_is_asked_is_locked_and_the_answers_are_not() -> None:
    sheet = sheet_of(form_of(plan(milestone("P1.1", "2022-01"))))["Update"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    row = row_of(sheet, "P1.1")
    locked = [cell.protection.locked for cell in row]
    assert locked == [True] * 4 + [False] * 4
    assert [cell.value for cell in row[4:]] == [None, form.CHOOSE, None, None]
    # As text: a date stays as it is typed.
    assert {cell.number_format for cell in row[4:]} == {"@"}


@pytest.mark.parametrize("word", ["RAG green", "green, as they say", "g" * 240])
def test_in_excel_a_status_is_chosen_from_a_list_and_another_may_stay(word: str) -> None:
    made = form_of(plan(milestone("P1.1", "2022-01"), head={"words": {"on track": word}}))
    book = sheet_of(made)
    (rule,) = book["Update"].data_validations.dataValidation
    assert (rule.type, rule.errorStyle) == ("list", "warning")
    assert str(rule.sqref) == row_of(book["Update"], "P1.1")[5].coordinate
    if "Choices" in book.sheetnames:
        assert book["Choices"].sheet_state == "hidden"
        listed = [cell.value for (cell,) in book["Choices"].iter_rows()]
    else:
        listed = rule.formula1.strip('"').split(",")
    assert tuple(listed) == made.options()


def test_in_excel_the_mark_stands_last_and_in_the_properties_and_nothing_is_a_formula() -> None:
    made = form_of(plan(milestone("P1.1", "2022-01", action="=HYPERLINK(1)", lead=("=1+1",))))
    book = sheet_of(made)
    assert book.custom_doc_props[form.PROPERTY].value == made.mark.text
    rows = [[cell.value for cell in row if cell.value] for row in book["Update"].iter_rows()]
    assert rows[-1] == [made.mark.text]
    assert not [cell for row in book["Update"].iter_rows() for cell in row if cell.data_type == "f"]
    assert made.mark.text in book["Update"].oddFooter.left.text


def test_in_excel_the_same_form_gives_the_same_bytes() -> None:
    paper = form_of(plan(milestone("P1.1", "2022-01"))).paper()
    assert workbook.draw(paper) == workbook.draw(paper)


# The form as the text of an e-mail ---------------------------------------------------------------


def test_nine_milestones_take_fewer_than_half_the_words_of_before() -> None:
    """The note that asked three questions of each had 968 words."""
    said = "Seven of nine agencies have sent their part, and the report waits for the other two."
    nine = [milestone(f"P1.{n}", "2021-11", entry("2021-12-01", said)) for n in range(1, 10)]
    made = form_of(plan(*nine), **WANTED)
    assert len(made.mail_text().split()) == 480


@given(some.plans(), st.dates(date(2021, 1, 1), date(2024, 6, 30)), st.text(max_size=300))
def test_an_e_mail_keeps_to_its_width_whatever_is_in_the_plan(
    made: Plan, day: date, action: str
) -> None:
    words = " ".join(action.split())[:300] or "x"
    there = Plan(
        made.head, {"p1.yaml": each_milestone(made.priorities[0], action=words, lead=(LEAD,))}
    )
    for request in requests(there.head, Wanted(open=True).choose(there, day)):
        *lines, mark, _end = AskForm(there, day, request, "who").mail_text().split("\n")
        # A word that is longer than a line stands alone, and is not cut.
        assert not [line for line in lines if len(line) > 72 and " " in line.strip()]
        assert not [line for line in lines if line != safe(line)]
        below = [line for line in lines if line.startswith("Write about")]
        assert len(below) == len(request.standings)
        assert [m.digest for m in form.find_marks(mark)]


def test_a_draft_has_the_form_attached_and_is_itself_one() -> None:
    made = form_of(plan(milestone("P1.1", "2022-01"), milestone("P1.2", "2022-02")))
    data = docx.draw(made.paper())
    draft = eml.draw(made.mail_text(), made.subject, None, {"ask.docx": data})
    message = message_from_bytes(draft, policy=policy.default)
    text, attached = message.iter_parts()
    lines = text.get_content().splitlines()
    assert "1. P1.1  Do P1.1" in lines
    for id in ("P1.1", "P1.2"):
        at = lines.index(form.ANSWER_BELOW.format(id=id))
        assert [*lines[at + 1 : at + 5]] == ["", "", "", form.DASHES]
    assert lines[-1] == made.mark.text
    assert attached.get_content() == data
    assert attached.get_filename() == "ask.docx"
    assert message["Date"] is None
    again = eml.draw(made.mail_text(), made.subject, None, {"ask.docx": data})
    assert draft == again


def test_a_mark_survives_an_e_mail_however_long_the_name() -> None:
    lead = "Chair of the " + "very " * 20 + "long Sub-Group"
    made = form_of(plan(milestone("P1.1", "2022-01", lead=(lead,))))
    message = message_from_bytes(eml.draw(made.mail_text(), "s", None, {}), policy=policy.default)
    assert list(form.find_marks(message.get_content())) == [made.mark]


@pytest.mark.parametrize("draw", [docx.draw, workbook.draw])
def test_a_draft_is_looked_through_with_what_is_attached(draw) -> None:
    made = form_of(plan(milestone("P1.1", "2022-01", action="Ring 07700 900123 & ask")))
    name = "ask.docx" if draw is docx.draw else "ask.xlsx"
    draft = eml.draw("Hello.", "A subject", "a@example.org", {name: draw(made.paper())})
    texts = list(texts_in(draft))
    assert "A subject" in texts
    assert "Hello." in "".join(texts)
    assert "Ring 07700 900123 & ask" in texts
