"""The desk's Check: each fault leads to where it is mended; and a file that is mended there is
written whole or not at all, keeps every byte that was not typed, and gets no worse."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mend_pages import Fields, kept, mended, opened, sent, taken_back, words
from running import git
from running import hscp as ran
from small_plan import P1 as UNLED
from small_plan import small_plan
from werkzeug.test import Client

from hscp_plan.desk.app import Desk
from hscp_plan.desk.mending import MOST_FAULTS, examples
from hscp_plan.editing.typed_lines import lines_of, shown, with_typed
from hscp_plan.errors import Fault, Place
from hscp_plan.reports.rules import every_rule

P1 = UNLED.replace("    statements", "    lead: A Group\n    statements")


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", "2021-12-15")


@pytest.fixture
def plan(tmp_path):
    """A plan of two small files with nothing wrong."""
    plan = small_plan(tmp_path) / "plan"
    for path in plan.glob("p?.yaml"):
        path.write_text(
            path.read_text().replace("    statements", "    lead: A Group\n    statements")
        )
    return plan


@pytest.fixture
def client(plan):
    return Client(Desk(plan))


# --- what was not typed stays -------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("ab :-#\t\n\x0c\x00\x85\u2028é"), max_size=60).map(
    lambda text: text.replace("#", "\r\n")
)


@given(TEXTS, st.booleans(), st.data())
def test_lines_that_were_not_changed_keep_every_byte(text, mark, data):
    text = "\ufeff" * mark + text
    lines = lines_of(text)
    assert "\ufeff" * mark + "".join(line.text + line.end for line in lines) == text
    first = data.draw(st.integers(1, len(lines)))
    last = data.draw(st.integers(first, len(lines)))
    window = shown(lines[first - 1 : last])
    assert with_typed(text, first, last, window.replace("\n", "\r\n")) == text
    number = data.draw(st.integers(first, last))
    typed = window.split("\n")
    typed[number - first] = "typed"
    after = lines_of(with_typed(text, first, last, "\r\n".join(typed)))
    assert len(after) == len(lines)
    for n, (line, was) in enumerate(zip(after, lines, strict=True), 1):
        assert line.text == "typed" if n == number else line == was


@given(st.lists(st.text("ab", max_size=2), max_size=8), st.sampled_from(["\n", "\r\n"]), st.data())
def test_a_file_keeps_its_own_line_ends_whatever_is_typed(lines, end, data):
    text = end.join([*lines, "b", ""])
    count = len(lines) + 1
    first = data.draw(st.integers(1, count))
    last = data.draw(st.integers(first, count))
    typed = data.draw(st.lists(st.text("ab", max_size=2), min_size=2, max_size=8))
    after = with_typed(text, first, last, "\n".join(typed))
    assert after.split(end) == [*text.split(end)[: first - 1], *typed, *text.split(end)[last:]]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_a_file_mended_at_the_desk_differs_in_the_line_that_was_mended(
    end, mark, last, plan, client
):
    right = mark + P1.rstrip("\n") + last
    wrong = right.replace("due: 2021-09", "due: 2021-13")
    path = plan / "p1.yaml"
    path.write_bytes(wrong.replace("\n", end).encode())
    fields = opened(client, "p1.yaml", 8)
    sent(client, "p1.yaml", fields)
    assert path.read_bytes() == wrong.replace("\n", end).encode()
    assert mended(client, "p1.yaml", "2021-13", "2021-09", 8).status_code == 303
    assert path.read_bytes() == right.replace("\n", end).encode()


# --- from a fault to a plan that is right -------------------------------------------------------

FAULTS = {
    "yaml": ("title: Neglect", "title: Neglect: all of it", 'title: "Neglect: all of it"'),
    "key-unknown": ("due: 2021-09", "dew: 2021-09", "due: 2021-09"),
    "key-missing": ("due: 2021-09\n        action: Launch the panel", "due: 2021-09",
                    "due: 2021-09\n        action: Launch the panel"),
    "key-twice": ("title: Neglect", "title: Neglect\ntitle: Abuse", "title: Neglect"),
    "status-unknown": ("due: 2021-09", "due: 2021-09\n        status: on-track",
                       "due: 2021-09\n        status: on track"),
    "date-unreadable": ("2021-09", "2021-13", "2021-12"),
    "merge-unfinished": (
        "title: Neglect", "<<<<<<< HEAD\ntitle: Neglect\n=======\ntitle: Harm\n>>>>>>> theirs",
        "title: Harm"),
    "control-character": ("title: Neglect", "title: \x00Neg\x85lect", "title: Neglect"),
    "value-kind": ("[To be assured.]", "To be assured.\n    lead: {a: b}", "[To be assured.]"),
    "after-unknown": ("due: 2021-09", "due: 2021-09\n        after: P9.9", "due: 2021-09"),
    "log-future": (
        "action: Launch the panel",
        "action: Launch\n        progress:\n          - {date: 2031-10-05, note: Done.}",
        "action: Launch\n        progress:\n          - {date: 2021-10-05, note: Done.}"),
    "email-address": (
        "action: Launch the panel",
        "action: Launch\n        progress:\n          - {date: 2021-10-05, note: a@example.org}",
        "action: Launch\n        progress:\n          - {date: 2021-10-05, note: Asked.}"),
    "tag": ("due: 2021-09", "due: !!str 2021-09", "due: 2021-09"),
}  # fmt: skip


@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_leads_to_its_line_and_is_mended_there(rule, plan, client):
    right, wrong, typed = FAULTS[rule]
    (plan / "p1.yaml").write_bytes(P1.replace(right, wrong, 1).encode())
    check = client.get("/check")
    assert "p1.yaml" in words(check)
    assert f"[{rule}]" in ran("check", "--plan", ".", folder=plan).stdout.decode()
    links = re.findall(r'href="(/file/p1\.yaml\?line=\d+)"', check.text)
    page = client.get(unescape(links[0]))
    fields = Fields(page.text).values
    as_shown = re.sub("[\x00\x85]", "\N{REPLACEMENT CHARACTER}", wrong)
    assert as_shown in fields["text"]
    fields["text"] = fields["text"].replace(as_shown, typed)
    look = sent(client, "p1.yaml", fields, do="look")
    assert "example.org" not in look.text
    assert look.status_code == 200
    assert "Nothing would be wrong" in words(look)
    assert (plan / "p1.yaml").read_bytes() == P1.replace(right, wrong, 1).encode()
    done = kept(client, "p1.yaml", fields)
    assert done.status_code == 303
    assert (plan / "p1.yaml").read_bytes() == P1.replace(right, typed, 1).encode()
    assert "Nothing is wrong with it." in words(client.get(done.location))


def test_every_rule_has_an_example_of_what_is_right():
    for rule in every_rule():
        wanted = examples([Fault(rule.name, "", Place("p1.yaml"))])
        assert list(wanted) == [rule.says]
        assert re.fullmatch(r"Wrong:\n.+\n\nRight:\n.+", wanted[rule.says], re.DOTALL)


def test_a_page_to_mend_on_shows_what_is_right(plan, client):
    (plan / "p1.yaml").write_text(P1.replace("2021-09", "2021-13"))
    assert "Right: due: 2021-12" in words(client.get("/file/p1.yaml?line=8"))


def test_a_file_below_the_folder_is_not_taken_for_one_of_the_plan(plan, client):
    (plan / "duties").mkdir()
    (plan / "duties" / "p1.yaml").write_text("ours: [\n")
    head = (plan / "plan.yaml").read_text()
    (plan / "plan.yaml").write_text(f"{head}duty: duties/p1.yaml\n")
    page = client.get("/check")
    assert "p1.yaml" in words(page)
    assert "/file/p1.yaml" not in page.text


def test_what_was_mended_is_taken_back_to_the_byte(plan, client):
    wrong = P1.replace("2021-09", "2021-13").replace("\n", "\r\n").encode()
    (plan / "p1.yaml").write_bytes(wrong)
    done = mended(client, "p1.yaml", "2021-13", "2021-12", 8)
    back = taken_back(Client(client.application), done)
    assert (plan / "p1.yaml").read_bytes() == wrong
    assert "as it was before this: p1.yaml was mended." in words(client.get(back.location))


def test_what_somebody_wrote_since_is_not_taken_back(plan, client):
    (plan / "p1.yaml").write_text(P1.replace("2021-09", "2021-13"))
    done = mended(client, "p1.yaml", "2021-13", "2021-12", 8)
    (plan / "p1.yaml").write_text(P1.replace("Launch", "Open"))
    back = taken_back(client, done)
    assert back.status_code == 409
    assert (plan / "p1.yaml").read_text() == P1.replace("Launch", "Open")
    assert "meanwhile" in words(back)


def test_what_was_mended_to_what_git_has_is_taken_back(plan, client):
    git(plan, "init", "-q")
    git(plan, "add", "-A")
    git(plan, "commit", "-q", "-m", "The plan")
    (plan / "p1.yaml").write_text(P1.replace("2021-09", "2021-13"))
    taken_back(client, mended(client, "p1.yaml", "2021-13", "2021-09", 8))
    assert (plan / "p1.yaml").read_text() == P1.replace("2021-09", "2021-13")


def test_what_was_mended_is_not_taken_for_a_record(plan):
    entry = "\n        progress:\n          - {date: 2021-99, note: Begun.}"
    (plan / "p1.yaml").write_text(P1.replace("panel", "panel" + entry))
    client = Client(Desk(plan))
    mended(client, "p1.yaml", "2021-99", "2021-11", 8)
    assert "2021-11" in (plan / "p1.yaml").read_text()
    assert "Begun" not in words(client.get("/log"))


def test_what_was_mended_and_taken_back_does_not_count_as_what_was_there_before(plan):
    text = P1.replace("panel", "panel\n        status: at risk")
    (plan / "p1.yaml").write_text(text)
    client = Client(Desk(plan))
    taken_back(client, mended(client, "p1.yaml", "at risk", "on track", 8))
    token = Fields(client.get("/record/progress?id=P1.1").text).values["token"]
    fields = {"token": token, "id": "P1.1", "note": "Stopped.", "status": "off track"}
    assert client.post("/record/progress", data=fields).status_code == 303
    client.post("/undo", data=Fields(client.get("/log").text).values)
    assert (plan / "p1.yaml").read_text() == text


# --- nothing gets worse -------------------------------------------------------------------------

WORSE = {
    "an unreadable file": ("title: Neglect", "title: Neglect: all"),
    "an unknown key": ("due: 2021-09", "dew: 2021-09"),
    "a due date without its history": ("due: 2021-09", "due: 2022-09"),
    "a milestone gone": (P1[P1.index("      - id: P1.1") :], "      []\n"),
    "another id": ("id: P1.1", "id: P1.2"),
    "an id of another file": ("id: P1\n", "id: P2\n"),
    "a child's address": ("title: Neglect", "title: Neglect  # write to mum@example.org"),
    "nothing at all": (P1, ""),
}


@pytest.mark.parametrize("what", WORSE)
def test_a_file_that_is_right_is_not_made_wrong(what, plan, client):
    old, new = WORSE[what]
    page = mended(client, "p1.yaml", old.rstrip("\n"), new.rstrip("\n"))
    assert page.status_code == 422
    assert "nothing was written" in words(page)
    assert (plan / "p1.yaml").read_text() == P1
    # What was typed is still there.
    assert new.rstrip("\n") in Fields(page.text).values["text"]


ROUND = """\
  - date: 2021-10-04
    who: {who}
    ids: [P1.1]
    form: {form}
"""
ASKED = "asked:\n" + "".join(
    ROUND.format(who=who, form=form)
    for who, form in (("A Group", "0f1e2d3c4b"), ("B Group", "a0b1c2d3e4"))
)
LOSES_A_ROUND = {
    "all rounds": (ASKED, "asked: []"),
    "one of them": (ROUND.format(who="A Group", form="0f1e2d3c4b"), ""),
    "what was asked about": ("ids: [P1.1]", "ids: [P2.1]"),
    "who was asked": ("who: A Group", "who: C Group"),
}


@pytest.mark.parametrize(
    ("spoilt", "what"),
    [
        *((spoilt, what) for spoilt in ("", "  - {date: 2021-13}\n") for what in LOSES_A_ROUND),
        *(("  - [\n", what) for what in ("all rounds", "one of them")),
    ],
)
def test_who_was_asked_is_not_rewritten(spoilt, what, plan, client):
    old, new = LOSES_A_ROUND[what]
    (plan / "asked.yaml").write_text(ASKED + spoilt)
    fields = opened(client, "asked.yaml", whole=True)
    typed = fields["text"].replace(spoilt.strip("\n"), "").replace(old.rstrip(), new.rstrip())
    page = sent(client, "asked.yaml", {**fields, "text": typed})
    assert page.status_code == 422
    assert "nothing was written" in words(page)
    assert (plan / "asked.yaml").read_text() == ASKED + spoilt


@pytest.mark.parametrize("answered", ["2021-13-01", "2021-10-01"])
def test_the_round_that_is_wrong_is_put_right(answered, plan, client):
    (plan / "asked.yaml").write_text(f"{ASKED}    answered: {answered}\n")
    assert mended(client, "asked.yaml", answered, "2021-10-11").status_code == 303
    assert (plan / "asked.yaml").read_text() == f"{ASKED}    answered: 2021-10-11\n"


LISTS = """\
groups:
  - {name: A Group, kind: board}
  - {name: B Group, kind: board}
meetings:
  - {date: 2021-10-20, group: A Group}
  - {date: 2021-12-08, group: A Group}
columns:
  - {key: success, label: Success}
reviews:
  - {name: Family X}
"""


@pytest.mark.parametrize(
    "line",
    [
        LISTS[LISTS.index("meetings") : LISTS.index("columns")],
        *(line + "\n" for line in LISTS.splitlines() if line.startswith(" ")),
    ],
)
def test_what_the_plan_lists_is_not_taken_out(line, plan, client):
    with (plan / "plan.yaml").open("a") as file:
        file.write(LISTS)
    was = (plan / "plan.yaml").read_text()
    fields = opened(client, "plan.yaml", whole=True)
    text = fields["text"] + "\n"
    page = sent(client, "plan.yaml", {**fields, "text": text.replace(line, "")})
    assert page.status_code == 422
    assert "was taken out" in words(page) or "is no longer there" in words(page)
    assert (plan / "plan.yaml").read_text() == was


def test_what_the_plan_lists_and_is_wrong_is_taken_out(plan, client):
    with (plan / "plan.yaml").open("a") as file:
        file.write(LISTS + "  - {name: Family X}\n")
    assert "Family X" in words(client.get("/check"))
    fields = opened(client, "plan.yaml", whole=True)
    text = fields["text"].removesuffix("\n  - {name: Family X}")
    assert kept(client, "plan.yaml", {**fields, "text": text}).status_code == 303


def test_a_priority_with_one_lead_is_put_right(plan, client):
    wrong = P1.replace("title: Neglect", "title: Neglect\nlead: A Group\ntheme: voice")
    (plan / "p1.yaml").write_text(wrong.replace("2021-09", "2021-13"))
    assert mended(client, "p1.yaml", "2021-13", "2021-12").status_code == 303


def test_a_meeting_that_is_to_come_may_be_on_another_day_and_no_other_may(plan, client):
    with (plan / "plan.yaml").open("a") as file:
        file.write(LISTS)
    page = mended(client, "plan.yaml", "2021-12-08", "2021-12-15")
    assert "the meeting of 8 December 2021 was taken out" in words(page)
    path = plan / "plan.yaml"
    path.write_text(path.read_text().replace("2021-12-08", "2022-01-12"))
    assert mended(client, "plan.yaml", "2022-01-12", "2022-01-19").status_code == 303


def test_what_could_identify_a_child_is_not_let_through_at_the_desk(plan, client):
    old = "title: Neglect"
    for new in (
        f"{old}  # his sister Emily Jones came # hscp: allow child-named: because",
        f"{old}  # hscp: allow telephone: because",
    ):
        page = mended(client, "p1.yaml", old, new)
        assert page.status_code == 422
        assert "Nothing was written" in words(page)
        assert (plan / "p1.yaml").read_text() == P1


def test_a_comment_that_stands_there_already_keeps_no_line_from_being_mended(plan, client):
    allow = "  # ring 020 7946 0123  # hscp: allow telephone: our published number"
    (plan / "p1.yaml").write_text(P1.replace("Neglect", "Neglect" + allow))
    assert mended(client, "p1.yaml", "Launch", "Launch").status_code == 303
    assert mended(client, "p1.yaml", "title: Neglect", "title: Harm").status_code == 303


@pytest.mark.parametrize("first", ["abc", "0", "-1", "9" * 5_000, "9" * 4_000, "²"])
def test_lines_that_no_page_of_ours_showed_are_not_found(first, client):
    fields = opened(client, "p1.yaml")
    assert sent(client, "p1.yaml", {**fields, "first": first}).status_code == 404
    assert sent(client, "p1.yaml", {**fields, "first": first, "last": first}).status_code == 404


def test_a_log_is_not_rewritten_beside_what_is_mended(plan, client):
    log = "\n        progress:\n          - {date: 2021-10-05, note: Eight of eleven.}"
    wrong = P1.replace("panel", "panel" + log).replace("title: Neglect", "titel: Neglect")
    (plan / "p1.yaml").write_text(wrong)
    fields = opened(client, "p1.yaml", whole=True)
    right = fields["text"].replace("titel", "title")
    page = sent(client, "p1.yaml", {**fields, "text": right.replace("Eight", "Nine")})
    assert page.status_code == 422
    assert "the log's entry of 5 October 2021 was altered" in words(page)
    assert (plan / "p1.yaml").read_text() == wrong
    assert sent(client, "p1.yaml", {**fields, "text": right}).status_code == 303


def test_no_id_vanishes_from_a_file_that_could_not_be_read(plan, client):
    (plan / "p1.yaml").write_text(P1.replace("title: Neglect", "title: Neglect: all"))
    fields = opened(client, "p1.yaml")
    page = sent(client, "p1.yaml", {**fields, "text": "id: P1\ntitle: Neglect"})
    assert page.status_code == 422
    assert "P1.1 is no longer in the file" in words(page)


def test_of_two_faults_either_may_be_mended_first(plan, client):
    wrong = P1.replace("title: Neglect", "title: Neglect: all").replace("2021-09", "2021-13")
    (plan / "p1.yaml").write_text(wrong)
    done = mended(client, "p1.yaml", "Neglect: all", "Neglect")
    assert "2021-13" in words(client.get(done.location))
    assert mended(client, "p1.yaml", "2021-13", "2021-12").status_code == 303


def test_one_error_of_a_milestone_is_not_traded_for_another(plan, client):
    (plan / "p1.yaml").write_text(P1.replace("2021-09", "2021-13"))
    page = mended(client, "p1.yaml", "due: 2021-13", "dew: 2021-12")
    assert page.status_code == 422
    assert "2021-13" in (plan / "p1.yaml").read_text()


def test_a_file_that_was_changed_meanwhile_is_left_and_what_was_typed_is_kept(plan, client):
    fields = opened(client, "p1.yaml")
    theirs = P1.replace("Launch", "Open")
    (plan / "p1.yaml").write_text(theirs)
    page = sent(client, "p1.yaml", {**fields, "text": P1.replace("Neglect", "Our own words")})
    assert page.status_code == 422
    assert (plan / "p1.yaml").read_text() == theirs
    assert "meanwhile" in words(page)
    assert "title: Our own words" in page.text
    assert "Open the panel" in Fields(page.text).values["text"]


def test_a_scale_that_is_mended_mends_what_was_said_in_its_words(plan, client):
    head = (plan / "plan.yaml").read_text()
    (plan / "plan.yaml").write_text(f"{head}scale: {{Grene: on track}}\n")
    (plan / "p1.yaml").write_text(P1.replace("due: 2021-09", "due: 2021-09\n        status: Green"))
    page = mended(client, "plan.yaml", "Grene", "Green")
    assert page.status_code == 303
    assert "Nothing is wrong with the plan’s files" in words(client.get("/check"))


def test_what_could_not_be_written_is_kept_where_it_was_typed(plan, client, monkeypatch):
    fields = opened(client, "p1.yaml")
    fields["text"] = fields["text"].replace("Neglect", "Our own words")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hscp_plan.editing.write.new_file", full)
    page = kept(client, "p1.yaml", fields)
    assert page.status_code == 422
    assert "the disk is full" in words(page)
    assert Fields(page.text).values["text"] == fields["text"]
    assert (plan / "p1.yaml").read_text() == P1


def test_a_file_is_not_made_longer_than_can_be_read(plan, client):
    fields = opened(client, "p1.yaml")
    page = sent(client, "p1.yaml", {**fields, "text": fields["text"] + "\n# x" * 1_500_000})
    assert page.status_code == 422
    assert "5 MB" in words(page)[:2_000]
    assert (plan / "p1.yaml").read_text() == P1


# --- what is seen before it is kept -------------------------------------------------------------

HELD = P1.replace(
    "the panel",
    """the panel
        status: on track
        progress:
          - date: 2021-10-05
            note: Eight of eleven.
          - {date: 2021-11-05, note: Nine of eleven., status: on track}
decisions:
  - date: 2021-10-20
    by: A Group
    decision: Neglect goes on.
measures:
  - {id: P1-M1, name: Repeat plans, values: [{period: 2021, value: 42}]}
impact:
  - {date: 2021-10-10, from: children, note: We are heard., evidence: Survey}""",
)
FIRST_ENTRY = "          - date: 2021-10-05\n            note: Eight of eleven.\n"
LAST_ENTRY = HELD[HELD.index("          - {date: 2021-11") : HELD.index("decisions")]
UNREADABLE = {
    "a colon": ("title: Neglect", "title: Neglect: all", 'title: "Neglect: all"'),
    "a quote": ("title: Neglect", 'title: "Neglect', 'title: "Neglect"'),
    "a bracket": ("title: Neglect", "title: [", "title: Neglect"),
    "a tab": ("id: P1\n", "id:\tP1\n\t\n", "id: P1\n"),
    "a character": ("title: Neglect", "title: Neg\x00lect", "title: Neglect"),
}
LOST = {
    "an entry": FIRST_ENTRY,
    "a word of its note": "Eight",
    "an entry in one line": LAST_ENTRY,
    "a decision": HELD[HELD.index("decisions") : HELD.index("measures")],
    "a figure": "{period: 2021, value: 42}",
    "a difference made": HELD[HELD.index("impact") :],
    "a due date": "        due: 2021-09\n",
}
STATUS = "        status: on track\n"


def spoilt_and_mended(client, plan, spoilt, what):
    """The fields by which a file that cannot be read is mended, and with it something goes."""
    right, wrong, typed = UNREADABLE[spoilt]
    (plan / "p1.yaml").write_text(HELD.replace(right, wrong, 1))
    fields = opened(client, "p1.yaml", whole=True)
    return fields | {"text": HELD.replace(right, typed, 1).replace(what, "", 1).rstrip("\n")}


@pytest.mark.parametrize("spoilt", UNREADABLE)
@pytest.mark.parametrize("what", LOST)
def test_nothing_recorded_goes_from_a_file_that_cannot_be_read(spoilt, what, plan, client):
    fields = spoilt_and_mended(client, plan, spoilt, LOST[what])
    before = (plan / "p1.yaml").read_text()
    page = sent(client, "p1.yaml", fields)
    assert page.status_code == 422
    assert "was altered or taken out" in words(page)
    assert (plan / "p1.yaml").read_text() == before


@pytest.mark.parametrize("spoilt", UNREADABLE)
def test_what_goes_from_a_file_that_cannot_be_read_is_seen_first(spoilt, plan, client):
    fields = spoilt_and_mended(client, plan, spoilt, STATUS)
    before = (plan / "p1.yaml").read_text()
    for do in ("look", "keep"):
        page = sent(client, "p1.yaml", fields, do)
        assert page.status_code == 200
        asked = words(page).partition("Nothing has been written yet")[0]
        assert STATUS.strip() in asked
        assert "title" not in asked
        assert (plan / "p1.yaml").read_text() == before
    again = Fields(page.text).values
    assert again["text"] == fields["text"]
    assert sent(client, "p1.yaml", again).status_code == 303
    assert (plan / "p1.yaml").read_text() == fields["text"] + "\n"


@pytest.mark.parametrize("spoilt", UNREADABLE)
def test_a_file_that_loses_nothing_by_being_mended_is_kept_at_once(spoilt, plan, client):
    right, wrong, typed = UNREADABLE[spoilt]
    (plan / "p1.yaml").write_text(HELD.replace(right, wrong, 1))
    fields = opened(client, "p1.yaml", whole=True)
    fields["text"] = HELD.replace(right, typed, 1).rstrip("\n")
    assert sent(client, "p1.yaml", fields).status_code == 303
    assert (plan / "p1.yaml").read_text() == HELD.replace(right, typed, 1)


def test_the_side_of_a_merge_that_is_left_out_is_seen_first(plan, client):
    ours, theirs = "            note: Ours.\n", "            note: Theirs.\n"
    merged = f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> their-branch\n"
    note = "            note: Eight of eleven.\n"
    (plan / "p1.yaml").write_text(HELD.replace(note, merged))
    fields = opened(client, "p1.yaml", whole=True)
    fields["text"] = HELD.replace(note, ours).rstrip("\n")
    page = sent(client, "p1.yaml", fields)
    asked = words(page).partition("Nothing has been written yet")[0]
    assert "note: Theirs." in asked
    assert "Ours" not in asked
    assert "their-branch" not in asked
    assert sent(client, "p1.yaml", Fields(page.text).values).status_code == 303
    assert (plan / "p1.yaml").read_text() == HELD.replace(note, ours)


def test_an_entry_is_not_taken_out_beside_the_fault_of_its_milestone(plan, client):
    (plan / "p1.yaml").write_text(HELD.replace("2021-11-05", "2021-11-55"))
    fields = opened(client, "p1.yaml", whole=True)
    text = fields["text"].replace("2021-11-55", "2021-11-05")
    page = sent(client, "p1.yaml", {**fields, "text": text.replace(FIRST_ENTRY, "")})
    assert "what was recorded for 2021-10-05 (P1.1) was altered or taken out" in words(page)
    assert "2021-11-55" in (plan / "p1.yaml").read_text()
    assert sent(client, "p1.yaml", {**fields, "text": text}).status_code == 303


def test_a_warning_that_would_be_new_is_seen_first(plan, client):
    (plan / "p1.yaml").write_text(HELD)
    fields = opened(client, "p1.yaml", whole=True)
    # As the log still says `on track`.
    text = fields["text"].replace("status: on track", "status: at risk", 1)
    page = sent(client, "p1.yaml", {**fields, "text": text})
    assert "would be new" in words(page)
    assert (plan / "p1.yaml").read_text() == HELD
    assert sent(client, "p1.yaml", Fields(page.text).values).status_code == 303
    assert "status: at risk" in (plan / "p1.yaml").read_text()


def test_what_was_seen_lets_nothing_else_through(plan, client):
    broken = HELD.replace("title: Neglect", "title: Neglect: all")
    (plan / "p1.yaml").write_text(broken)
    fields = opened(client, "p1.yaml", whole=True)
    text = fields["text"].replace("Neglect: all", "Neglect")
    seen = Fields(sent(client, "p1.yaml", {**fields, "text": text}).text).values["seen"]
    fields |= {"text": text.replace("Launch the panel", "Consider it"), "seen": seen}
    page = sent(client, "p1.yaml", fields)
    assert "action: Launch the panel" in words(page)
    assert (plan / "p1.yaml").read_text() == broken


def test_what_goes_is_shown_without_what_could_identify_a_child(plan, client):
    (plan / "p1.yaml").write_text(f"{HELD}# write to mum@example.org\ntitle: [\n")
    fields = opened(client, "p1.yaml", whole=True)
    page = sent(client, "p1.yaml", {**fields, "text": HELD.rstrip("\n")})
    assert "write to" in words(page)
    assert "example.org" not in page.text


# --- what there is not --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../secret.yaml", "..%2Fsecret.yaml", "secret.yaml", "notes.txt", "p3.yaml", "."]
)
def test_only_the_plans_own_files_are_opened(name, plan, client):
    for path in (plan.parent / "secret.yaml", plan / "notes.txt"):
        path.write_text("a secret")
    assert client.get(f"/file/{name}").status_code == 404
    assert "a secret" not in client.get(f"/file/{name}").text


def test_a_file_that_is_no_text_is_not_opened_and_says_so(plan, client):
    (plan / "p1.yaml").write_bytes(P1.replace("Neglect", "N\xe9gligence").encode("latin-1"))
    assert "/file/p1.yaml" not in client.get("/check").text
    page = client.get("/file/p1.yaml")
    assert "Save it as UTF-8" in words(page) or "UTF-8" in words(page)
    assert "<textarea" not in page.text


def test_a_plan_to_be_looked_at_has_no_way_to_mend_it(plan):
    (plan / "p1.yaml").write_text(P1.replace("2021-09", "2021-13"))
    client = Client(Desk(plan, read_only=True))
    assert "/file/" not in client.get("/check").text
    assert client.get("/file/p1.yaml").status_code == 404
    fields = {"token": client.application.frame.token, "text": "", "first": "1", "last": "2"}
    assert client.post("/file/p1.yaml", data=fields).status_code == 403


def test_a_page_elsewhere_mends_nothing(plan, client):
    fields = opened(client, "p1.yaml") | {"token": "guessed"}
    page = sent(client, "p1.yaml", {**fields, "text": "id: P9"})
    assert page.status_code == 403
    assert (plan / "p1.yaml").read_text() == P1
    # What a person typed before the desk was opened again is still there.
    assert Fields(page.text).values["text"] == "id: P9"


def test_text_of_a_file_is_no_markup(plan, client):
    text = P1.replace("title: Neglect", "title: </textarea><script>alert(1)</script>")
    (plan / "p1.yaml").write_text(text)
    page = client.get("/file/p1.yaml")
    assert "<script>alert" not in page.text
    assert Fields(page.text).values["text"] == text.rstrip("\n")


# --- the page of faults -------------------------------------------------------------------------


def test_a_plan_with_nothing_wrong_says_so_and_when(client):
    page = words(client.get("/check"))
    assert "Nothing is wrong with the plan’s files." in page
    assert "15 December 2021" in page


def test_faults_stand_under_their_files_those_with_errors_first(plan, client):
    (plan / "p1.yaml").write_text(UNLED)
    (plan / "p2.yaml").write_text((plan / "p2.yaml").read_text().replace("2021-09", "2021-13"))
    page = words(client.get("/check"))
    assert "1 error and 1 warning" in page
    assert page.index("P2 Abuse: 1 error") < page.index("P1 Neglect: 1 warning")


def test_of_hundreds_of_faults_the_first_are_shown_until_all_are_asked_for(plan, client):
    rows = "".join(f"\n      - {{id: P1.{n}, action: Another}}" for n in range(2, 302))
    (plan / "p1.yaml").write_text(P1.rstrip("\n") + rows + "\n")
    page = client.get("/check")
    assert page.text.count("<b>Warning:</b>") == MOST_FAULTS
    assert f"Show {300 - MOST_FAULTS} more" in words(page)
    assert "P1 Neglect: 300 warnings" in words(page)
    assert client.get("/check?all=yes").text.count("<b>Warning:</b>") == 300


def test_the_notice_of_a_broken_file_leads_to_check_on_every_page(plan, client):
    (plan / "p1.yaml").write_text("id: [\n")
    for address in ("/", "/due", "/plan/P2", "/questions"):
        assert (
            '<a href="/check">See what is wrong, and mend it</a>'
            in client.get(address).text.partition("<main")[2]
        )


def test_a_status_that_its_log_contradicts_is_mended_by_the_form(plan, client):
    log = (
        "\n        status: at risk\n        progress:"
        "\n          - {date: 2021-10-05, note: Begun., status: on track}"
    )
    (plan / "p1.yaml").write_text(P1.replace("the panel", "the panel" + log))
    link = re.search(r'href="(/record/progress\?id=P1\.1[^"]*)"', client.get("/check").text)
    fields = {"id": "P1.1", "note": "Nobody leads it now.", "status": "at risk"}
    token = Fields(client.get(unescape(link[1])).text).values["token"]
    assert client.post("/record/progress", data={**fields, "token": token}).status_code == 303
    assert "Nothing is wrong" in words(client.get("/check"))


def test_what_a_record_mends_leads_to_the_field_of_its_form(plan, client):
    (plan / "p1.yaml").write_text(UNLED)
    link = re.search(r'href="(/record/lead\?id=P1-A)"', client.get("/check").text)
    page = client.get(link[1])
    assert re.search(r'<input id="group"[^>]* data-cursor', page.text)
    assert page.text.count(" data-cursor") == 1
    assert " data-cursor" not in client.get("/record/lead").text
    assert " data-cursor" not in client.get("/plan/P1.1").text
