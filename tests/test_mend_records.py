"""What a mend at the desk may not do, whatever fault it mends: alter what was recorded, take
it out, or move a date without its history; and what it says before it changes anything else."""

from __future__ import annotations

import re

import pytest
from mend_pages import Fields, kept, opened, sent, taken_back, words
from werkzeug.test import Client

from hscp_plan.desk.app import Desk

NEGLECT = "p1-neglect.yaml"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", "2021-12-15")


@pytest.fixture
def client(plan):
    return Client(Desk(plan))


def typed(client, name, *changes):
    """The fields by which each of these texts of a file is replaced by another."""
    fields = opened(client, name, whole=True)
    for old, new in changes:
        assert re.search(old, fields["text"], re.DOTALL)
        fields["text"] = re.sub(
            old, lambda _, new=new: new, fields["text"], count=1, flags=re.DOTALL
        )
    return fields


STATUS = (r"status: at risk\n        progress", "status: complete\n        progress")
LOG = (
    r"      - id: P1\.4\n.*?(?=      - id: P1\.5)",
    """\
      - id: P1.4
        due: 2022-09
        action: Audit
        status: on track
        progress:
          - date: 2021-12-01
            note: All is well.
            status: on track
""",
)
DECISIONS = (r"\ndecisions:.*?(?=\n\w|\Z)", "")


def test_a_warning_that_was_made_to_come_lets_no_log_be_erased(plan, client):
    assert kept(client, NEGLECT, typed(client, NEGLECT, STATUS)).status_code == 303
    before = (plan / NEGLECT).read_text()
    page = kept(client, NEGLECT, typed(client, NEGLECT, LOG))
    assert page.status_code == 422
    assert "the log's entry of 15 September 2021" in words(page)
    assert "the due date went from January 2022 to September 2022" in words(page)
    assert (plan / NEGLECT).read_text() == before


def test_a_warning_that_was_made_to_come_lets_no_decision_go(plan, client):
    keeper = ("keeper: HSCP Business Manager", "keeper: John Smith")
    assert kept(client, "plan.yaml", typed(client, "plan.yaml", keeper)).status_code == 303
    before = (plan / "plan.yaml").read_text()
    page = kept(client, "plan.yaml", typed(client, "plan.yaml", keeper[::-1], DECISIONS))
    assert page.status_code == 422
    assert "the decision of 21 July 2021 was taken out" in words(page)
    assert (plan / "plan.yaml").read_text() == before


BROKEN = {
    "no YAML": ("title: Neglect", "title: [Neglect"),
    "a key that is wrong": ("title: Neglect", "titel: Neglect"),
    "a date of the same milestone": ("due: 2022-01", "due: 2022-13"),
    "an entry of the same log": ("- date: 2021-09-15", "- date: 2021-09-51"),
}


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("change", [LOG, DECISIONS], ids=["log", "decisions"])
def test_a_file_that_is_wrong_keeps_its_history(what, change, plan, client):
    right, wrong = BROKEN[what]
    path = plan / NEGLECT
    path.write_text(path.read_text().replace(right, wrong, 1))
    before = path.read_text()
    mend = (re.escape(wrong), right)
    page = kept(client, NEGLECT, typed(client, NEGLECT, mend, change))
    assert page.status_code == 422
    assert path.read_text() == before
    assert kept(client, NEGLECT, typed(client, NEGLECT, mend)).status_code == 303


RECORDED = {
    "a recommendation": ("plan.yaml", r"      - id: FX-3\n.*?instead\.\n", ""),
    "a recommendation's id": ("plan.yaml", "id: FX-4", "id: FX-9"),
    "the plan's id": ("plan.yaml", "id: 2021-23-demo", "id: other"),
    "a meeting that was held": ("plan.yaml", "date: 2021-10-20\n", "date: 2021-10-21\n"),
    "who said what difference was made": (NEGLECT, "from: children\n", "from: practitioners\n"),
    "a figure": (NEGLECT, "value: 74\n", "value: 740\n"),
    "what a measure began from": (NEGLECT, "value: 27\n", "value: 270\n"),
    "an assurance": (NEGLECT, "level: not assured", "level: assured"),
    "a date made more exact": (NEGLECT, r"(?<=P1\.7\n        )due: 2022-04", "due: 2022-04-01"),
}


@pytest.mark.parametrize("what", RECORDED)
def test_what_was_recorded_is_not_altered(what, plan, client):
    name, old, new = RECORDED[what]
    before = (plan / name).read_text()
    page = kept(client, name, typed(client, name, (old, new)))
    assert page.status_code == 422
    assert "nothing was written" in words(page)
    assert (plan / name).read_text() == before


ALSO = {
    "an action": (
        NEGLECT, "Launch Complex Case Panel", "Consider a panel",
        "P1.5 : action reworded, with nothing in the log; was: Launch Complex Case Panel; "
        "now: Consider a panel"),
    "an end": (
        NEGLECT, "until: 2022", "until: 2030", "until changed, with no decision recorded"),
    "an objective's end": (
        NEGLECT, "complete_by: 2022-04", "complete_by: 2029-04", "was: April 2022"),
    "evidence": (NEGLECT, "  - Audit reports\n", "", "P1 : evidence changed"),
    "who agreed the plan": (
        "plan.yaml", "date: 2021-04\n", "date: 2022-12\n", "plan: agreed changed"),
    "the plan's period": ("plan.yaml", "end: 2023-03", "end: 2033-03", "plan: period changed"),
    "an entry that is new": (
        NEGLECT, "        progress:\n",
        "        progress:\n          - {date: 2021-05-01, note: New.}\n", '1 May 2021: "New."'),
}  # fmt: skip


@pytest.mark.parametrize("what", ALSO)
def test_what_else_changes_is_told_in_plain_words_before_it_is_kept(what, plan, client):
    name, old, new, told = ALSO[what]
    before = (plan / name).read_text()
    page = sent(client, name, typed(client, name, (old, new)))
    assert page.status_code == 200
    asked = words(page).partition("Nothing has been written yet")[0]
    assert "This also changes" in asked
    assert told in asked
    assert (plan / name).read_text() == before
    assert sent(client, name, Fields(page.text).values).status_code == 303
    assert (plan / name).read_text() != before


def test_two_actions_that_change_places_are_both_told(client):
    one, other = "Launch Complex Case Panel", "Revise Neglect Strategy for re-launch in March 22"
    swapped = typed(client, NEGLECT, (one, "-"), (other, one), ("action: -", f"action: {other}"))
    asked = words(sent(client, NEGLECT, swapped))
    assert f"was: {one}; now: {other}" in asked
    assert f"was: {other}; now: {one}" in asked


def test_what_was_recorded_before_a_mend_can_still_be_taken_back(plan, client):
    """Also once the mend is taken back; in a folder without git."""
    path = plan / NEGLECT
    for note in ("The first note.", "The second note."):
        token = Fields(client.get("/record/progress?id=P1.5").text).values["token"]
        fields = {"token": token, "id": "P1.5", "note": note}
        assert client.post("/record/progress", data=fields).status_code == 303
    done = kept(client, NEGLECT, typed(client, NEGLECT, ("until: 2022", "until: 2023")))
    assert done.status_code == 303
    assert_recorded(client)
    assert taken_back(client, done).status_code == 303
    assert "until: 2022" in path.read_text()
    assert_recorded(client)


def assert_recorded(client):
    log = words(client.get("/log"))
    assert "The first note." in log
    assert "The second note." in log
    assert "2023" not in log


# --- where Check leads --------------------------------------------------------------------------


def test_what_is_to_be_added_to_plan_yaml_is_mended_there(plan, client):
    path = plan / NEGLECT
    led = re.sub("(?m)^    lead: .*", "    lead: Another Body", path.read_text(), count=1)
    path.write_text(led)
    check = client.get("/check")
    assert 'href="/file/plan.yaml?whole=yes">Mend plan.yaml<' in check.text
    assert 'href="/file/plan.yaml?whole=yes"' in client.get("/record").text
    assert "Here stand the plan’s title, period" in words(client.get("/file/plan.yaml?whole=yes"))


def test_a_link_to_a_form_fills_in_no_date_that_is_an_example(plan, client):
    path = plan / NEGLECT
    path.write_text(path.read_text().replace("P1.7\n        due: 2022-04", "P1.7"))
    links = re.findall(r'href="(/record/reschedule[^"]*)"', client.get("/check").text)
    assert "/record/reschedule?id=P1.7" in links


def test_a_copy_of_a_file_is_to_be_moved_and_not_mended(plan, client):
    (plan / "p1-neglect (1).yaml").write_bytes((plan / NEGLECT).read_bytes())
    check = client.get("/check")
    assert "Move it where the files are kept" in words(check)
    assert not re.search(r'href="/file/p1-neglect[^"]*line=1"', check.text)


def test_a_refusal_of_what_could_identify_a_child_says_itself_what_to_do(client):
    token = Fields(client.get("/record/progress?id=P1.5").text).values["token"]
    fields = {"token": token, "id": "P1.5", "note": "Ring his sister Emily Jones on 07700 900123."}
    page = client.post("/record/progress", data=fields)
    assert page.status_code == 422
    assert "with a comment that allows it." in words(page)
    assert "Check" not in words(page).partition("There is a problem")[2].partition("Milestone")[0]


def test_a_slip_in_what_was_just_recorded_leads_to_where_it_is_taken_back(client):
    token = Fields(client.get("/record/progress?id=P1.5").text).values["token"]
    fields = {"token": token, "id": "P1.5", "note": "Reports recieved."}
    assert client.post("/record/progress", data=fields).status_code == 303
    page = sent(client, NEGLECT, typed(client, NEGLECT, ("recieved", "received")))
    assert page.status_code == 422
    assert "take it back, and record it again" in words(page)
    assert 'href="/log"' in page.text.partition("<main")[2]
    page = sent(client, NEGLECT, typed(client, NEGLECT, ("Nine of eleven", "Ten of eleven")))
    assert "add an entry that puts it right" in words(page)


@pytest.mark.parametrize(
    "typed_now", ["", "          - {date: 2021-12-01, note: Family X came.}\n"]
)
def test_an_entry_that_names_a_child_is_put_right_or_taken_out(typed_now, plan, client):
    path = plan / NEGLECT
    entry = "          - {date: 2021-12-01, note: His sister Emily Jones came.}\n"
    before = path.read_text()
    at = before.index("      - id: P1.5")
    path.write_text(before[:at] + entry + before[at:])
    assert "looks like the name of a child" in words(client.get("/check"))
    fields = typed(client, NEGLECT, (re.escape(entry), typed_now))
    assert kept(client, NEGLECT, fields).status_code == 303
    assert path.read_text() == before[:at] + typed_now + before[at:]
