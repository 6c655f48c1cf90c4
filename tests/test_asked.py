"""Who was asked, and who answered: asked.yaml is read by whoever tells of it, and written as a
plan's other files are."""

import datetime
import shutil
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import small_plan
import strategies as some
import styles
from hypothesis import given
from hypothesis import strategies as st
from running import DEMO, git, hscp, surroundings
from running import HEAD as LEAST
from test_edits import Edited

from hscp_plan import store
from hscp_plan.as_at import as_at
from hscp_plan.asking.rounds import Tally, askings, tally
from hscp_plan.checks.faults import check
from hscp_plan.dates import read
from hscp_plan.editing import write
from hscp_plan.editing.asked import add_answers, add_rounds, record_answers, record_rounds
from hscp_plan.editing.recorded import Recorded
from hscp_plan.editing.recorded_since import joined, unsaved_asked
from hscp_plan.editing.saved import saved_in
from hscp_plan.editing.undo import take_back
from hscp_plan.errors import Mendable, Mistyped
from hscp_plan.model import Asked, Entry, Log, Milestone, Objective, Plan, Priority, Round
from hscp_plan.reading import yamltext
from hscp_plan.reading.validators import validator

CHAIR = "Chair of Safeguarding Effectiveness Sub-Group"
DAY = datetime.date(2022, 1, 10)


@pytest.fixture
def plan(tmp_path):
    """The demonstration plan, of which nobody was asked yet."""
    shutil.copytree(DEMO, tmp_path / "plan")
    (tmp_path / "plan" / "asked.yaml").unlink()
    return tmp_path / "plan"


def round_of(form: str = "3f9a2c81d0", **changed: object) -> Round:
    given = {"date": read("2022-01-04"), "who": CHAIR, "ids": ("P1.2", "P1.3"), "form": form}
    return Round(**{**given, **changed})


def opened(plan: Path) -> store.Opened:
    return store.open_plan(plan)


def asked(plan: Path) -> tuple[Round, ...]:
    return store.with_asked(opened(plan)).plan.asked


# Reading ----------------------------------------------------------------------------------------


def test_asked_yaml_is_no_priority_and_only_who_asks_reads_it(plan):
    before = opened(plan)
    (plan / "asked.yaml").write_text("asked: [", encoding="utf-8")
    assert opened(plan) == before
    done = hscp("status", "--as-at", "2021-12-15", folder=plan.parent)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [fault.rule for fault in store.with_asked(opened(plan)).faults] == ["yaml"]


def test_a_faulty_round_is_left_out_and_the_others_are_read(plan):
    record_rounds(opened(plan), [round_of("3f9a2c81d0"), round_of("3f9a2c81d1")])
    path = plan / "asked.yaml"
    text = path.read_text("utf-8").replace("form: 3f9a2c81d0", "form: of January")
    path.write_text(text, encoding="utf-8")
    now = store.with_asked(opened(plan))
    assert now.plan.asked == (round_of("3f9a2c81d1"),)
    assert now.left_out == [f"a round of asking of {path}"]
    (fault,) = now.faults
    assert (fault.rule, fault.place.line) == ("digest-unreadable", 7)


def test_a_file_that_is_remembered_says_the_same(plan):
    record_rounds(opened(plan), [round_of(also=("A", "B"), answered=read("2022-01"))])
    assert asked(plan) == asked(plan) == (round_of(also=("A", "B"), answered=read("2022-01")),)


@pytest.mark.parametrize(
    ("text", "what"),
    [("id: P9\ntitle: Asked\n", "as a priority"), ("format: 1\ntitle: T\n", "as a priority")],
)
def test_another_file_in_its_place_is_told(plan, text, what):
    (plan / "asked.yaml").write_text(text, encoding="utf-8")
    (fault,) = store.with_asked(opened(plan)).faults
    assert fault.rule == "file-copied"
    assert what in fault.message


def test_a_copy_of_it_is_no_priority(plan):
    record_rounds(opened(plan), [round_of()])
    (plan / "asked.yaml").rename(plan / "asked (1).yaml")
    (fault,) = opened(plan).faults
    assert "it looks like a copy of it" in fault.message


# Recording --------------------------------------------------------------------------------------


def test_the_file_is_made_with_what_it_is_for(plan):
    record_rounds(opened(plan), [round_of(for_="HSCP Executive Board, 20 January 2022")])
    assert (plan / "asked.yaml").read_text("utf-8") == (
        "# yaml-language-server: $schema=schema/asked.schema.json\n"
        "# Who was asked, and when they answered. Roles only, no address.\n"
        "asked:\n"
        "  - date: 2022-01-04\n"
        "    who: Chair of Safeguarding Effectiveness Sub-Group\n"
        "    ids: [P1.2, P1.3]\n"
        "    for: HSCP Executive Board, 20 January 2022\n"
        "    form: 3f9a2c81d0\n"
    )


def test_a_dry_run_makes_no_file(plan):
    before, after, place = record_rounds(opened(plan), [round_of()], dry_run=True)
    assert (before, place.line) == ("", 4)
    assert "form: 3f9a2c81d0" in after
    assert not (plan / "asked.yaml").exists()


def test_the_same_form_is_recorded_once(plan):
    record_rounds(opened(plan), [round_of(), round_of()])
    stands = (plan / "asked.yaml").stat()
    before, after, _ = record_rounds(opened(plan), [round_of()])
    assert before == after
    assert (plan / "asked.yaml").stat() == stands
    assert asked(plan) == (round_of(),)


def test_the_first_answer_stands(plan):
    record_rounds(opened(plan), [round_of(), round_of("3f9a2c81d1")])
    record_answers(opened(plan), {"3f9a2c81d0": DAY})
    record_answers(opened(plan), {"3f9a2c81d0": datetime.date(2022, 1, 12)})
    assert asked(plan) == (round_of(answered=read("2022-01-10")), round_of("3f9a2c81d1"))


def test_an_answer_to_what_was_never_asked_is_refused(plan):
    with pytest.raises(Mistyped, match="no round with the form"):
        record_answers(opened(plan), {"3f9a2c81d0": DAY})
    assert not (plan / "asked.yaml").exists()
    record_rounds(opened(plan), [round_of()])
    with pytest.raises(Mistyped, match="no round with the form 3f9a2c81d1"):
        record_answers(opened(plan), {"3f9a2c81d1": DAY})


@pytest.mark.parametrize(
    ("round", "what"),
    [
        (round_of(who="jordan.smith@example.org"), "this looks like an e-mail address"),
        (round_of(for_="NHS number 943 476 5919"), "this looks like an NHS number"),
    ],
)
def test_what_could_identify_somebody_is_never_in_the_file(plan, round, what):
    with pytest.raises(Mistyped, match=what):
        record_rounds(opened(plan), [round])
    assert not (plan / "asked.yaml").exists()


def test_in_a_faulty_file_nothing_is_recorded(plan):
    (plan / "asked.yaml").write_text("asked: none\n", encoding="utf-8")
    with pytest.raises(Mendable, match=r"asked\.yaml:1:8: `asked:` takes a list"):
        record_rounds(opened(plan), [round_of()])
    assert (plan / "asked.yaml").read_text("utf-8") == "asked: none\n"


def test_an_answer_before_it_was_asked_is_refused(plan):
    record_rounds(opened(plan), [round_of()])
    before = (plan / "asked.yaml").read_bytes()
    with pytest.raises(Mendable, match="before it was asked"):
        record_answers(opened(plan), {"3f9a2c81d0": datetime.date(2022, 1, 3)})
    assert (plan / "asked.yaml").read_bytes() == before


# In git ------------------------------------------------------------------------------------------

AS_AT = {"HSCP_AS_AT": "2022-01-20", "HSCP_BY": "HSCP Executive Board"}
OTHER = "Chair of Communication and Engagement Sub-Group"


@pytest.fixture
def kept(repository, monkeypatch):
    """A repository of the plan, in which this process records as a command does."""
    monkeypatch.setenv("HSCP_CACHE", surroundings()["HSCP_CACHE"])
    return repository


def said(folder: Path, *words: str, status: int = 0) -> str:
    done = hscp(*words, folder=folder, **AS_AT)
    assert done.returncode == status, done.stderr
    return done.stdout.decode()


def ask(folder: Path, *rounds: Round) -> None:
    record_rounds(opened(folder / "plan"), rounds)


def answer(folder: Path, form: str, day: datetime.date = DAY) -> None:
    record_answers(opened(folder / "plan"), {form: day})


def test_a_save_of_who_was_asked_says_it(kept):
    ask(kept, round_of(), round_of("3f9a2c81d1", who=OTHER))
    assert "asked 2 leads on 4 January 2022" in said(kept, "changes")
    said(kept, "save")
    subject = git(kept, "log", "-1", "--format=%s")
    assert subject.startswith("Asked 2 leads on 4 January 2022: Chair of ")
    assert git(kept, "status", "--porcelain") == ""
    answer(kept, "3f9a2c81d0")
    said(kept, "progress", "P1.2", "The panel met.")
    said(kept, "save")
    assert git(kept, "log", "-1", "--format=%s").startswith("Progress on P1.2: ")
    answered = f"Plan: answered by {CHAIR}: what was asked on 4 January 2022"
    assert answered in git(kept, "log", "-1", "--format=%b")


def test_a_save_of_one_who_was_asked_and_of_progress_has_room_for_both(kept):
    ask(kept, round_of())
    said(kept, "progress", "P1.3", "The panel met.")
    said(kept, "save")
    subject = "Asked 1 lead on 4 January 2022; progress on P1.3"
    assert git(kept, "log", "-1", "--format=%s") == subject
    assert f"Plan: asked {CHAIR} on 4 January 2022" in git(kept, "log", "-1", "--format=%b")


def test_a_round_that_was_altered_or_lost_is_told(kept):
    ask(kept, round_of(), round_of("3f9a2c81d1", who=OTHER))
    said(kept, "save")
    path = kept / "plan" / "asked.yaml"
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("who: " + CHAIR, "who: A Board"), encoding="utf-8")
    assert "round altered" in said(kept, "changes")
    path.write_text(whole[: whole.rindex("  - date")], encoding="utf-8")
    assert f"round taken out: {OTHER}, asked on 4 January 2022" in " ".join(
        said(kept, "changes").split()
    )
    path.unlink()
    done = hscp("save", folder=kept, **AS_AT)
    assert done.returncode == 2
    assert b"plan/asked.yaml is gone from the folder" in done.stderr


def test_undo_takes_back_what_was_asked_in_one_go_and_then_what_was_before(kept):
    ask(kept, round_of("3f9a2c81d9", date=read("2021-12-01")))
    said(kept, "save")
    before = (kept / "plan" / "asked.yaml").read_bytes()
    said(kept, "progress", "P1.2", "The panel met.")
    ask(kept, round_of(), round_of("3f9a2c81d1", who=OTHER))
    asked_bytes = (kept / "plan" / "asked.yaml").read_bytes()
    answer(kept, "3f9a2c81d1")
    answer(kept, "3f9a2c81d9")
    log = said(kept, "log")
    assert [line.split()[0] for line in log.splitlines() if line[:1].islower()] == ["plan"] * 3
    assert f"Answered by {CHAIR}" in " ".join(said(kept, "undo").split())
    assert f"Answered by {OTHER}" in " ".join(said(kept, "undo").split())
    assert (kept / "plan" / "asked.yaml").read_bytes() == asked_bytes
    assert said(kept, "undo", "--dry-run").startswith("Asked 2 leads on 4 January 2022\n")
    assert said(kept, "undo").startswith("Asked 2 leads on 4 January 2022\n")
    assert (kept / "plan" / "asked.yaml").read_bytes() == before
    assert said(kept, "undo").startswith("P1.2")
    assert git(kept, "status", "--porcelain") == ""


def test_the_only_round_is_taken_back_too(kept):
    ask(kept, round_of())
    said(kept, "undo")
    assert asked(kept / "plan") == ()
    ask(kept, round_of())
    assert asked(kept / "plan") == (round_of(),)


def test_where_nothing_tells_the_order_a_day_does(kept, tmp_path):
    ask(kept, round_of("3f9a2c81d9", date=read("2021-12-01")), round_of())
    elsewhere = {**AS_AT, "HSCP_CACHE": str(tmp_path / "another")}
    done = hscp("undo", folder=kept, **elsewhere)
    assert done.returncode == 2
    assert b"hscp undo --date 2022-01-04" in done.stderr
    done = hscp("undo", "--date", "2022-01-04", folder=kept, **elsewhere)
    assert done.stdout.startswith(b"Asked Chair of Safeguarding")
    assert [round.form for round in asked(kept / "plan")] == ["3f9a2c81d9"]


def merged(folder: Path) -> tuple[Round, ...]:
    """Who was asked, once a merge with the branch `other` is ended by hscp."""
    assert "CONFLICT" in git(folder, "merge", "other", status=1)
    assert "merge-unfinished" in said(folder, "check", status=1)
    said(folder, "resolve")
    return asked(folder / "plan")


def test_a_merge_keeps_what_both_sides_asked_and_heard(kept):
    ask(kept, round_of("3f9a2c81d0"), round_of("3f9a2c81d1", who=OTHER))
    said(kept, "save")
    git(kept, "checkout", "-q", "-b", "other")
    ask(kept, round_of("3f9a2c81d2", date=read("2022-01-18")))
    answer(kept, "3f9a2c81d0")
    said(kept, "save")
    git(kept, "checkout", "-q", "main")
    ask(kept, round_of("3f9a2c81d3", date=read("2022-01-18")))
    answer(kept, "3f9a2c81d1")
    said(kept, "save")
    rounds = {round.form: bool(round.answered) for round in merged(kept)}
    assert rounds == {
        "3f9a2c81d0": True, "3f9a2c81d1": True, "3f9a2c81d2": False, "3f9a2c81d3": False
    }  # fmt: skip


def test_a_merge_of_two_sides_that_were_both_the_first_to_ask_keeps_both(kept):
    git(kept, "checkout", "-q", "-b", "other")
    ask(kept, round_of("3f9a2c81d0"))
    said(kept, "save")
    git(kept, "checkout", "-q", "main")
    ask(kept, round_of("3f9a2c81d1", who=OTHER))
    said(kept, "save")
    assert [round.form for round in merged(kept)] == ["3f9a2c81d1", "3f9a2c81d0"]


def test_what_git_has_not_checked_out_is_not_begun_anew(kept):
    ask(kept, round_of())
    said(kept, "save")
    git(kept, "sparse-checkout", "set", "--no-cone", "/*", "!/plan/asked.yaml")
    assert not (kept / "plan" / "asked.yaml").exists()
    assert said(kept, "status")
    with pytest.raises(Mendable, match="git has not checked it out here"):
        ask(kept, round_of("3f9a2c81d1"))
    assert not (kept / "plan" / "asked.yaml").exists()


def test_what_git_holds_of_it_is_no_version_of_a_priority(kept):
    ask(kept, round_of())
    said(kept, "save")
    assert "errors" not in said(kept, "history", "P1.2")
    assert "errors" not in said(kept, "moves")


# What became of it ------------------------------------------------------------------------------

HEAD = some.head()


def plan_of(rounds: list[Round], **logs: list[Entry]) -> Plan:
    """A plan of which these rounds were asked, with these logs of P1.2 and P1.3."""
    milestones = tuple(
        Milestone(id=id, action="Do it", progress=Log(logs.get(id.replace(".", "_"), ())))
        for id in ("P1.2", "P1.3")
    )
    objective = Objective(id="P1-A", milestones=milestones)
    priority = Priority(id="P1", title="Neglect", objectives=(objective,))
    return Plan(HEAD, {"p1.yaml": priority}, asked=tuple(rounds))


def entry(note: str, day: str = "2022-01-06", by: str = CHAIR, **more: Any) -> Entry:
    return Entry(date=read(day), by=by, note=note, **more)


NOTHING = entry("Nothing to report.")
ANSWERED = round_of(answered=read("2022-01-10"))


@pytest.mark.parametrize(
    ("log", "reply"),
    [
        ([NOTHING], "nothing to report"),
        ([], "answered"),
        ([NOTHING, entry("Trial began.")], "answered"),
        ([entry("Nothing to report.", status="on track")], "answered"),
        ([entry("Nothing to report.", evidence=("Minutes",))], "answered"),
        ([NOTHING, entry("Trial began.", by=OTHER)], "nothing to report"),
        ([entry("Trial began.", "2022-01-03"), NOTHING], "nothing to report"),
        ([NOTHING, entry("Trial began.", "2022-01-11")], "nothing to report"),
        ([entry("Nothing to report.", by=OTHER)], "answered"),
    ],
)
def test_nothing_to_report_is_all_that_they_said_of_it_until_they_answered(log, reply):
    (asking,) = askings(plan_of([ANSWERED], P1_2=log), DAY)
    assert asking.reply == reply


def test_what_is_said_of_any_of_its_milestones_is_an_answer():
    plan = plan_of([ANSWERED], P1_2=[NOTHING], P1_3=[entry("Trial began.")])
    assert [asking.reply for asking in askings(plan, DAY)] == ["answered"]


def on(day: str, number: int, answered: str | None = None, who: str = CHAIR) -> Round:
    day_answered = read(answered) if answered else None
    return round_of(f"3f9a2c81{number:02}", date=read(day), who=who, answered=day_answered)


def test_how_often_on_end_nobody_answered_begins_anew_with_an_answer():
    rounds = [
        on("2021-09-01", 1),
        on("2021-10-01", 2, "2021-10-05"),
        on("2021-11-01", 3),
        on("2021-12-01", 4),
        on("2021-12-01", 5),
        on("2022-01-01", 6),
    ]
    found = {asking.round.form[-2:]: asking.times for asking in askings(plan_of(rounds), DAY)}
    assert found == {"01": 1, "02": 0, "03": 1, "04": 2, "05": 2, "06": 3}


@pytest.mark.parametrize(
    ("tally", "sentence"),
    [
        (Tally(DAY, 9, 2, (2,), True), "Asked 12 leads on 10 January 2022: 9 answered, 2 had "
         "nothing to report, 1 has not answered, though asked twice."),
        (Tally(DAY, 1, 0, (), False), "Asked 1 lead on 10 January 2022: 1 answered."),
        (Tally(DAY, 0, 0, (1, 1), False), "Asked 2 leads on 10 January 2022: 2 have not answered "
         "yet."),
        (Tally(DAY, 0, 1, (1, 2), True), "Asked 3 leads on 10 January 2022: 1 had nothing to "
         "report, 2 have not answered, 1 of them asked twice."),
        (Tally(DAY, 0, 0, (3, 3), True), "Asked 2 leads on 10 January 2022: 2 have not answered, "
         "all of them asked three times."),
        (Tally(DAY, 0, 0, (2, 3, 1), True), "Asked 3 leads on 10 January 2022: 3 have not "
         "answered, 2 of them asked twice or more."),
    ],
)  # fmt: skip
def test_a_round_is_counted_in_a_sentence(tally, sentence):
    assert tally.sentence(HEAD) == sentence


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2021-12-01", "2022-01-04"]),
            st.sampled_from([CHAIR, OTHER, "A Board"]),
            st.sampled_from([None, "2022-01-10"]),
        ),
        max_size=8,
    ),
    st.sampled_from([[], [NOTHING], [entry("Trial began.")]]),
)
def test_every_lead_of_a_round_is_counted_once(asked, log):
    rounds = [on(day, n, answered, who) for n, (day, who, answered) in enumerate(asked)]
    plan = plan_of(rounds, P1_2=log)
    for of_day in tally(askings(plan, DAY), HEAD):
        leads = {r.who for r in rounds if r.date.first == of_day.day}
        answered = {r.who for r in rounds if r.date.first == of_day.day and r.answered}
        assert of_day.asked == len(leads)
        assert of_day.answered + of_day.nothing == len(answered)
        assert len(of_day.unanswered) == len(leads - answered)


def test_on_a_past_day_what_came_later_had_not_come():
    rounds = [on("2021-12-01", 1), on("2022-01-04", 2, "2022-01-10")]
    plan = as_at(plan_of(rounds), datetime.date(2022, 1, 9))
    assert plan.asked == (rounds[0], on("2022-01-04", 2))
    assert as_at(plan, datetime.date(2022, 1, 3)).asked == (rounds[0],)


# On the Board's page ----------------------------------------------------------------------------


def page(folder: Path, day: str) -> str:
    done = hscp("report", "board", "--as-at", day, "--format", "markdown", "-o", "-", folder=folder)
    return done.stdout.decode()


def test_the_boards_page_tells_of_the_last_round_since_it_met(kept):
    ask(kept, on("2021-11-01", 1), on("2021-12-01", 2))
    line = "Asked 1 lead on 1 December 2021: 1 has not answered, though asked twice."
    assert line in page(kept, "2021-12-15")
    assert line.replace("December", "November").replace(", though asked twice", "") in page(
        kept, "2021-11-15"
    )
    assert "Asked 1 lead" not in page(kept, "2022-02-15")  # the Board has met since


def test_the_boards_page_names_who_owes_an_answer_of_an_earlier_round(kept):
    others = ("HSCP Executive Board", "HSCP Partnership Board")
    earlier = [on("2021-11-01", n, None, who) for n, who in enumerate((CHAIR, *others), 1)]
    ask(kept, *earlier, on("2021-11-20", 4, "2021-11-21", others[1]), on("2021-12-01", 5))
    line = "Asked before that, and no answer: HSCP Executive Board (1 November 2021)."
    assert line in page(kept, "2021-12-15")
    listed = hscp("asked", "--as-at", "2021-12-15", folder=kept).stdout.decode()
    assert line in " ".join(listed.split())


def test_nobody_owes_an_answer_about_what_has_ended(kept):
    board = on("2021-11-01", 1, None, "HSCP Executive Board")
    ask(kept, board.replace(ids=("P2.3",)), on("2021-12-01", 2))
    assert "Asked before that" not in page(kept, "2021-12-15")


def test_what_could_identify_somebody_in_it_stops_the_boards_page_alone(kept):
    ask(kept, round_of())
    path = kept / "plan" / "asked.yaml"
    path.write_text("# jordan.smith@example.org\n" + path.read_text("utf-8"), encoding="utf-8")
    done = hscp("report", "board", "--as-at", "2022-01-15", folder=kept)
    assert (done.returncode, b"asked.yaml:1" in done.stderr) == (1, True)
    assert hscp("report", "plan", "--as-at", "2022-01-15", folder=kept).returncode == 0


# What is recorded changes nothing else ----------------------------------------------------------

ROUNDS = st.lists(
    st.builds(
        lambda form, who, also, ids: {
            "date": "2022-01-04",
            "who": who,
            **({"also": also} if also else {}),
            "ids": ids,
            "form": form,
        },
        st.from_regex(r"[0-9a-f]{10}", fullmatch=True),
        st.sampled_from([CHAIR, "The Group: A", "Dr “Who” #2", "012"]),
        st.lists(st.sampled_from(["The Sub-Group", "A, B", "- c"]), max_size=2),
        st.lists(st.sampled_from(["P1.1", "1.10", "null", "P1-A"]), min_size=1, max_size=30),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda values: values["form"],
)


@pytest.mark.long
@given(styles.asked_files(), ROUNDS)
def test_a_new_round_changes_nothing_else(text, rounds):
    values = yamltext.values(styles.plain(text))
    before = deepcopy(values)
    change = add_rounds(text, values, rounds)
    assert values == before
    assert change.values == {"asked": [*values["asked"], *rounds]}
    assert yamltext.values(styles.plain(change.text)) == change.values
    assert validator(Asked)(change.values)
    edited = Edited(text, change.text)
    for number in range(len(values["asked"]), len(change.values["asked"])):
        edited.item(("asked", number))
    edited.check()
    assert add_rounds(change.text, change.values, rounds).text == change.text


@pytest.mark.long
@given(styles.asked_files().filter(lambda text: "form" in text), st.data())
def test_an_answer_changes_nothing_else(text, data):
    values = yamltext.values(styles.plain(text))
    number = data.draw(st.integers(0, len(values["asked"]) - 1))
    form = values["asked"][number]["form"].strip()
    change = add_answers(text, values, {form: DAY})
    after = deepcopy(values)
    after["asked"][number].setdefault("answered", "2022-01-10")
    assert change.values == after
    assert yamltext.values(styles.plain(change.text)) == after
    edited = Edited(text, change.text)
    if after != values:
        edited.value(("asked", number, "answered"))
    edited.check()
    assert add_answers(change.text, change.values, {form: DAY}).text == change.text


def unsaved(before: Any, after: Any) -> list[Recorded]:
    """What was recorded since, the rounds as one."""
    return joined(unsaved_asked(after, before))


@pytest.mark.long
@given(styles.asked_files().filter(lambda text: "form" in text), ROUNDS)
def test_what_was_asked_is_taken_back_byte_for_byte(text, rounds):
    values = yamltext.values(styles.plain(text))
    change = add_rounds(text, values, rounds)
    new, saved = unsaved(values, change.values), saved_in([(text, values)])
    assert sum(len(record.asked) for record in new) == len(change.values["asked"]) - len(
        values["asked"]
    )
    after = change
    for record in reversed(new):
        after = take_back(after.text, after.values, record, saved)
        assert yamltext.values(styles.plain(after.text)) == after.values
    assert after.values == values
    assert after.text == text


@pytest.mark.long
@given(styles.asked_files().filter(lambda text: "form" in text), st.data())
def test_an_answer_is_taken_back_byte_for_byte(text, data):
    values = yamltext.values(styles.plain(text))
    number = data.draw(st.integers(0, len(values["asked"]) - 1))
    change = add_answers(text, values, {values["asked"][number]["form"].strip(): DAY})
    saved = saved_in([(text, values)])
    for record in unsaved(values, change.values):
        change = take_back(change.text, change.values, record, saved)
    assert change.values == values
    assert change.text == text


# Whatever stands in the file --------------------------------------------------------------------

FAULTLESS = """\
asked:
  - date: 2021-12-01
    who: Chair of the Sub-Group
    also: [The Sub-Group]
    ids: [P1.1]
    for: A Board, 19 January 2022
    reply_by: 2021-12-10
    form: de30a1c001
    answered: 2021-12-07
"""


@pytest.mark.long
@given(st.one_of(some.any_bytes, some.spoilt(FAULTLESS)))
def test_whatever_stands_in_it_is_a_fault_at_a_place_and_no_crash(data):
    with TemporaryDirectory() as home:
        folder = Path(home)
        (folder / "plan.yaml").write_text(LEAST, encoding="utf-8")
        (folder / "p1.yaml").write_text(small_plan.P1, encoding="utf-8")
        (folder / "asked.yaml").write_bytes(data)
        now = store.with_asked(store.open_plan(folder))
        source = next(source for source in now.sources if source.name == "asked.yaml")
        assert {f.rule for f in source.faults} <= {f.rule for f in check(now, DAY)}
        if not source.faults:
            values = yamltext.values(styles.plain(data.decode()))
            assert now.plan.asked == validator(Asked)(values).asked
        assert len(askings(now.plan, DAY)) == len(now.plan.asked)


def test_a_file_that_somebody_else_makes_meanwhile_is_left_alone(plan, monkeypatch):
    made = write.new_file

    def beside(path, data, like=None):
        made(path, data, like)
        (plan / "asked.yaml").write_text("asked: []  # mine\n", encoding="utf-8")

    monkeypatch.setattr(write, "new_file", beside)
    with pytest.raises(Mendable, match="was changed by somebody else just now"):
        record_rounds(opened(plan), [round_of()])
    assert (plan / "asked.yaml").read_text("utf-8") == "asked: []  # mine\n"
    assert not [*plan.glob(f"{write.BESIDE}*")]
