"""`hscp undo` and `hscp save` in real git repositories."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
import styles
from hypothesis import event, given
from hypothesis import strategies as st
from running import HSCP, git, run, surroundings
from test_edits import at, recorded

from hscp_plan.dates import read
from hscp_plan.editing import journal
from hscp_plan.editing.change import AlreadyRecorded
from hscp_plan.editing.entries import decision_on_rest, ending_entry
from hscp_plan.editing.new_milestone import add_milestone
from hscp_plan.editing.record import log_entry, record_decisions
from hscp_plan.editing.recorded_since import unsaved_in
from hscp_plan.editing.saved import saved_in
from hscp_plan.editing.splice import Stuck
from hscp_plan.editing.undo import take_back
from hscp_plan.editing.undo_choice import choose
from hscp_plan.editing.values import find_milestone
from hscp_plan.reading import yamltext

P1 = "p1-neglect.yaml"
STYLES = {
    "as it is": lambda text: text,
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "no line end at the end": lambda text: text.rstrip("\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "a comment after the log": lambda text: text.replace(
        "      - id: P1.3\n", "      # what follows\n      - id: P1.3\n"
    ),
    "an empty log": lambda text: text.replace(
        "agree priority status.\n", "agree priority status.\n        progress: []   # none yet\n"
    ),
}


@pytest.fixture
def folder(folder):
    """A folder that holds the demonstration plan, in a repository without a commit."""
    git(folder, "init", "-q")
    return folder


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The plan")


def hscp(folder, *words, status=0, **env):
    around = surroundings(HSCP_AS_AT="2021-12-15", HSCP_BY="A lead", **env)
    ran = run((*HSCP, *words), folder, around)
    assert ran.returncode == status, ran.stderr.decode()
    assert b"Traceback" not in ran.stderr
    return (ran.stdout + ran.stderr).decode()


RECORDED = (
    ("progress", "P1.2", "Ten of eleven.", "--status", "at risk"),
    ("progress", "P1.7", "Begun: drafted.", "--status", "on track"),
    ("progress", "P1.6", "Said only."),
    ("reschedule", "P1.2", "2022-02", "--reason", "Waits for the ICB."),
    ("decide", "P1", "Thanked all.", "--by", "HSCP Executive Board"),
    ("decide", "P1", "Received.", "--by", "HSCP Executive Board", "--completes", "P1.7"),
    ("impact", "P1.3", "They are asked.", "--from", "children", "--evidence", "Survey"),
    ("assure", "P1-A", "partly", "--by", "HSCP Executive Board", "--note", "No audit yet."),
    ("add", "P1", "Brief schools on the new strategy", "--due", "2021-12"),
)


@pytest.mark.long
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("words", RECORDED, ids=lambda words: " ".join(words[:3]))
def test_undo_puts_back_the_very_bytes(folder, words, style):
    path = folder / "plan" / P1
    text = path.read_bytes().decode()
    path.write_bytes(STYLES[style](text).encode())
    commit(folder)
    before = path.read_bytes()
    hscp(folder, *words)
    assert path.read_bytes() != before
    hscp(folder, "undo")
    assert path.read_bytes() == before


def test_undo_never_takes_back_what_is_in_git(folder):
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    commit(folder)
    before = (folder / "plan" / P1).read_bytes()
    assert "Nothing to take back" in hscp(folder, "undo")
    assert "Nothing of P1.2 to take back" in hscp(folder, "undo", "P1.2")
    assert (folder / "plan" / P1).read_bytes() == before


def test_undo_never_takes_back_what_an_unfinished_merge_brought(folder):
    commit(folder)
    git(folder, "switch", "-q", "-c", "other")
    hscp(folder, "progress", "P1.4", "Theirs.", "--status", "at risk")
    hscp(folder, "add", "P1", "Brief the schools", "--due", "2022-06")
    hscp(folder, "decide", "P2", "Theirs too.", "--by", "HSCP Executive Board")
    hscp(folder, "save")
    git(folder, "switch", "-q", "-")
    hscp(folder, "progress", "P4.1", "Ours.")
    hscp(folder, "save")
    git(folder, "merge", "-q", "--no-commit", "other")
    merged = [path.read_bytes() for path in sorted((folder / "plan").iterdir())]
    assert "Nothing to take back" in hscp(folder, "undo")
    assert "Theirs" not in hscp(folder, "log")
    hscp(folder, "progress", "P1.8", "Since.")
    hscp(folder, "progress", "P1.4", "Since.", "--status", "on track")
    assert "at risk again" in hscp(folder, "undo")
    assert "P1.8" in hscp(folder, "undo")
    assert [path.read_bytes() for path in sorted((folder / "plan").iterdir())] == merged
    assert "Nothing to take back" in hscp(folder, "undo")


def test_the_message_tells_a_note_of_several_lines_in_one(folder):
    commit(folder)
    hscp(folder, "progress", "P1.3", "Six are back.\nTwo are late.")
    hscp(folder, "save")
    assert "Six are back. Two are late." in git(folder, "log", "-1", "--format=%B")


def test_save_commits_the_plan_alone_and_leaves_other_staged_work(folder):
    commit(folder)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    git(folder, "add", "notes.txt")
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    hscp(folder, "save")
    assert git(folder, "show", "--name-only", "--format=", "HEAD").split() == [f"plan/{P1}"]
    assert git(folder, "status", "--short").split() == ["A", "notes.txt"]


def test_a_hook_that_refuses_is_heard_and_nothing_is_lost(folder):
    commit(folder)
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'The council says no.' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    before = (folder / "plan" / P1).read_bytes()
    assert "The council says no." in hscp(folder, "save", status=1)
    assert (folder / "plan" / P1).read_bytes() == before


def test_reading_runs_nothing_that_the_repository_names(folder):
    commit(folder)
    trap = folder / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {folder}/sprung\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager", "diff.x.textconv",
                "filter.x.clean", "filter.x.smudge", "core.sshCommand", "gpg.program"):  # fmt: skip
        git(folder, "config", key, str(trap))
    (folder / ".gitattributes").write_text("*.yaml diff=x filter=x\n", encoding="utf-8")
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    hscp(folder, "save", "--dry-run")
    hscp(folder, "undo")
    hscp(folder, "add", "P1", "Brief all", "--due", "2022-02")
    assert not (folder / "sprung").exists()


# In whatever hand a file is written -------------------------------------------------------------


def held(made):
    """Whether the new text says what was meant, which `writing` asks again."""
    return yamltext.values(styles.plain(made.text)) == made.values


def gone_back(text, id, known, day=None):
    """The text without the newest of a milestone or priority, or its newest of a day."""
    values = yamltext.values(styles.plain(text))
    records = unsaved_in("p1.yaml", values, known)
    last = choose(records, id, read(day) if day else None)
    change = take_back(text, values, last, known)
    assert held(change)
    return change.text


UNENDED = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    milestones:
      - id: P1.1
        action: Launch the panel
        progress:
          - {date: 2021-09-14, note: Agreed}
          - date: 2021-10
            note: |
              The panel met."""


def test_a_note_that_ends_the_file_has_its_sign_again_though_an_entry_came_before_it():
    known, texts = saved_in([(UNENDED, yamltext.values(UNENDED))]), [UNENDED]
    for day in ("2021-09-20", "2021-12-15"):
        new = {"date": day, "note": "Trial: two teams"}
        texts.append(log_entry(texts[-1], yamltext.values(texts[-1]), "P1.1", new).text)
    assert "note: |-\n" in texts[-1]
    assert gone_back(texts[2], "P1.1", known, "2021-12-15") == texts[1]
    assert gone_back(texts[1], "P1.1", known, "2021-09-20") == UNENDED


@pytest.mark.long
@given(st.data(), styles.files())
def test_what_was_logged_and_taken_back_leaves_the_very_bytes(data, file):
    values = yamltext.values(file.plain)
    known, texts, days = saved_in([(file.plain, values)]), [file.text], []
    for _ in range(data.draw(st.integers(1, 3))):
        values = yamltext.values(styles.plain(texts[-1]))
        new = data.draw(recorded(at(values, find_milestone(values, file.id))))
        try:
            made = log_entry(texts[-1], values, file.id, new)
        except (Stuck, AlreadyRecorded):
            event("refused")
            break
        assert held(made)
        texts.append(made.text)
        days.append(new["date"])
    for (before, after), day in reversed(list(zip(pairwise(texts), days, strict=True))):
        assert gone_back(after, file.id, known, day) == before


def test_a_blank_line_that_a_note_owns_separates_no_keys():
    text = """\
id: P1
milestones:
- id: P1.2
  action: Launch
  progress:
  - date: 2021-09-14
    note: |+
     Begun

title: Neglect
"""
    values = yamltext.values(text)
    decision = {"date": "2021-12-15", "by": "Board", "decision": "Received.", "completes": "P1.2"}
    ends = {"P1.2": ending_entry(decision, "complete")}
    made = record_decisions(text, values, [decision], ends)
    assert "title: Neglect\ndecisions:\n" in made.text
    assert gone_back(made.text, "P1", saved_in([(text, values)])) == text


@pytest.mark.long
@given(st.data(), styles.files())
def test_a_decision_taken_back_leaves_the_very_bytes(data, file):
    values = yamltext.values(file.plain)
    decision = {"date": "2021-12-15", "by": "Board", "decision": "Received."}
    ways = ["nothing"] if file.refused else ["nothing", "complete", "close", "carry", "keep"]
    how = data.draw(st.sampled_from(ways))
    if how == "complete":
        decision["completes"] = file.id
    elif how != "nothing":
        decision["outcome"] = "close"
    ends = {file.id: ending_entry(decision, how)} if how in ("complete", "close", "carry") else {}
    beside = decision_on_rest(decision, how, [file.id])
    made = record_decisions(file.text, values, [decision, beside] if beside else [decision], ends)
    assert held(made)
    assert gone_back(made.text, values["id"], saved_in([(file.plain, values)])) == file.text


@pytest.mark.long
@given(st.data(), styles.files())
def test_a_milestone_added_and_taken_back_leaves_the_very_bytes(data, file):
    values = yamltext.values(file.plain)
    objectives = [objective["id"].strip() for objective in values.get("objectives", ())]
    objective = data.draw(st.sampled_from([None, *objectives]))
    due = data.draw(st.sampled_from(["1999", "2021-12", "2099-01-01"]))
    new = {"id": "P1.9", "due": due, "action": data.draw(st.sampled_from(["Brief", "# a: b"]))}
    try:
        made = add_milestone(file.text, values, objective, new)
    except Stuck:
        event("refused")
        return
    assert held(made)
    assert gone_back(made.text, "P1.9", saved_in([(file.plain, values)])) == file.text


PARTED = {
    "blank lines between its keys": "id: P1\n\ntitle: Neglect\n",
    "none": "id: P1\ntitle: Neglect\n",
    "a text that owns the blank lines after it": "id: P1\n\ntitle: T\noutcome: |+\n  Safe.\n\n",
}


@pytest.mark.parametrize("file", PARTED)
def test_a_first_decision_takes_back_the_blank_line_that_it_brought_and_no_other(file):
    text = PARTED[file]
    values = yamltext.values(text)
    decision = {"date": "2021-12-15", "by": "Board", "decision": "Received."}
    made = record_decisions(text, values, [decision], {})
    assert gone_back(made.text, "P1", saved_in([(text, values)])) == text


LISTS = {
    "no key": "",
    "empty": "    milestones: []\n",
    "empty, with a remark": "    milestones:   []  # none yet\n",
    "empty, with a blank in it": "    milestones: [ ]\n",
}


@pytest.mark.parametrize("had", LISTS)
def test_the_first_milestone_of_an_objective_is_taken_back_too(had):
    text = "id: P1\ntitle: T\nobjectives:\n  - id: P1-A\n    lead: A\n" + LISTS[had]
    values = yamltext.values(text)
    new = {"id": "P1.1", "due": "2022-04", "action": "Brief"}
    made = add_milestone(text, values, "P1-A", new)
    assert held(made)
    assert gone_back(made.text, "P1.1", saved_in([(text, values)])) == text


def test_a_milestone_whose_id_was_changed_by_hand_is_not_taken_for_a_new_one(folder):
    commit(folder)
    path = folder / "plan" / P1
    path.write_text(path.read_text(encoding="utf-8").replace("id: P1.7", "id: P1.9"), "utf-8")
    assert "Nothing of P1.9 to take back" in hscp(folder, "undo", "P1.9")


def test_the_milestones_of_a_file_that_is_not_in_git_are_not_taken_for_recorded(folder):
    commit(folder)
    new = (folder / "plan" / P1).read_text(encoding="utf-8").replace("P1", "P9")
    (folder / "plan" / "p9.yaml").write_text(new, encoding="utf-8")
    assert "P9.7 to take back" in hscp(folder, "undo", "P9.7")


def test_a_milestone_added_beside_something_recorded_must_be_named_where_no_journal_is(
    folder, tmp_path_factory
):
    commit(folder)
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    hscp(folder, "add", "P1", "Brief schools", "--due", "2022-02")
    said = hscp(folder, "undo", status=2, HSCP_CACHE=str(tmp_path_factory.mktemp("empty")))
    assert "P1.8 and P1.2 each have something that is not in git yet" in said
    hscp(folder, "progress", "P1.8", "Begun.")
    assert "1 more of P1.8 not yet in git" in hscp(folder, "undo", "P1.8")
    assert "taken back: the milestone itself" in hscp(folder, "undo", "P1.8")
    hscp(folder, "undo")
    assert git(folder, "status", "--short") == ""


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("      - di: P1.7\n", "      - id: P1.7\n"),
        ("      - id: [P1.7]\n", "      - id: P1.7\n"),
        ("      - x\n      - id: P1.7\n", "      - id: P1.7\n"),
        ("id: P1\n", None),
    ],
)
def test_a_commit_with_a_fault_that_is_mended_now_breaks_nothing(folder, was, now):
    path = folder / "plan" / P1
    text = path.read_text(encoding="utf-8")
    if now is None:
        text, now = text + "\ndecisions: []\n" * ("decisions:" not in text), "id: P1\n"
        was = ""
    path.write_text(text.replace(now, was, 1), encoding="utf-8")
    commit(folder)
    path.write_text(text, encoding="utf-8")
    assert "went wrong" not in hscp(folder, "undo", "P1.6")
    hscp(folder, "progress", "P1.6", "Begun.")
    assert "taken back: entry" in hscp(folder, "undo", "P1.6")
    assert path.read_text(encoding="utf-8") == text


def test_what_was_typed_last_is_taken_back_whatever_day_it_is_of(folder):
    commit(folder)
    hscp(folder, "progress", "P1.2", "Typed first.")
    hscp(folder, "progress", "P1.2", "Typed second.", "--date", "2021-12-13")
    hscp(folder, "decide", "P2", "Welcomed.", "--by", "HSCP Executive Board",
         "--date", "2021-12-08")  # fmt: skip
    hscp(folder, "add", "P1", "Brief schools", "--due", "2022-02")
    hscp(folder, "progress", "P1.8", "Begun.", "--date", "2021-12-14")
    hscp(folder, "progress", "P1.6", "Typed last.", "--date", "2021-12-02")
    for words in (
        "Typed last.",
        "Begun.",
        "the milestone itself",
        "decision of 8 December 2021",
        "Typed second.",
        "Typed first.",
    ):
        assert words in hscp(folder, "undo", "--dry-run")
        assert words in hscp(folder, "undo")
    assert git(folder, "status", "--short") == ""


def test_of_one_milestone_what_was_typed_last_is_taken_back_whatever_day_it_is_of(folder):
    commit(folder)
    hscp(folder, "progress", "P1.2", "Typed first.")
    hscp(folder, "progress", "P1.2", "Typed second.", "--date", "2021-12-13")
    hscp(folder, "progress", "P1.6", "Typed last.")
    assert "Typed second." in hscp(folder, "undo", "P1.2")
    assert "Typed first." in hscp(folder, "undo", "P1.2")


def test_what_is_in_git_is_not_taken_back_for_having_been_typed_last(folder):
    commit(folder)
    hscp(folder, "progress", "P1.2", "Typed first.")
    hscp(folder, "progress", "P2.4", "Typed last.", "--date", "2021-12-13")
    git(folder, "commit", "-q", "-m", "The last alone", "plan/p2-child-sexual-abuse.yaml")
    assert "Typed first." in hscp(folder, "undo")
    assert "Nothing to take back" in hscp(folder, "undo")


def test_what_was_typed_in_an_editor_since_keeps_the_last_from_being_known(folder):
    commit(folder)
    hscp(folder, "progress", "P1.2", "Typed first.")
    hscp(folder, "progress", "P1.6", "Typed second.")
    path = folder / "plan" / P1
    text = path.read_text(encoding="utf-8").replace("Typed first.", "Typed first, and better.")
    path.write_text(text, encoding="utf-8")
    assert "P1.2 and P1.6 each have something" in hscp(folder, "undo", status=2)
    log = hscp(folder, "log")
    assert log.index("Typed second.") < log.index("Not known when: ") < log.index("Typed first,")
    assert "To take one back:  hscp undo ID" in log
    hscp(folder, "progress", "P1.3", "Typed third.")
    assert "To take the first back:  hscp undo  " in hscp(folder, "log")
    assert "Typed third." in hscp(folder, "undo")


def test_a_comment_written_since_changes_nothing_about_what_was_typed_last(folder):
    commit(folder)
    hscp(folder, "progress", "P1.2", "Typed first.")
    hscp(folder, "progress", "P2.4", "Typed last.")
    path = folder / "plan" / P1
    path.write_text(path.read_text(encoding="utf-8") + "# A remark.\n", encoding="utf-8")
    assert "Typed last." in hscp(folder, "undo")


def forgotten(cache):
    cache.mkdir()


def damaged(cache):
    cache.mkdir()
    for path in Path(surroundings()["HSCP_CACHE"]).glob("*.journal"):
        (cache / path.name).write_bytes(path.read_bytes().replace(b"[", b"{"))


def of_another_plan(cache):
    cache.mkdir()
    for path in Path(surroundings()["HSCP_CACHE"]).glob("*.journal"):
        _, _, lines = path.read_bytes().partition(b"\n")
        (cache / path.name).write_bytes(b'"/another/plan"\n' + lines)


def writable_for_all(cache):
    shutil.copytree(surroundings()["HSCP_CACHE"], cache)
    cache.chmod(0o777)


@pytest.mark.parametrize("spoil", [forgotten, damaged, of_another_plan, writable_for_all])
def test_where_nothing_tells_what_was_typed_last_undo_asks(folder, tmp_path_factory, spoil):
    commit(folder)
    hscp(folder, "progress", "P1.2", "Typed first.")
    hscp(folder, "progress", "P1.2", "Typed last.", "--date", "2021-12-13")
    cache = tmp_path_factory.mktemp("spoilt") / "cache"
    spoil(cache)
    said = hscp(folder, "undo", status=2, HSCP_CACHE=str(cache))
    assert "13 December 2021 and 15 December 2021" in said
    assert "--date" in said
    assert "Typed last." in hscp(folder, "undo", "--dry-run")


def test_the_journal_holds_no_words_that_were_typed(folder):
    commit(folder)
    hscp(folder, "progress", "P1.2", "Nobody keeps these words.")
    journals = [*Path(surroundings()["HSCP_CACHE"]).glob("*.journal")]
    assert journals
    assert not any(b"Nobody keeps" in path.read_bytes() for path in journals)


def test_the_journal_does_not_grow_without_end(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("HSCP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(journal, "MOST_LINES", 3)
    for number in range(5):
        journal.add(folder / "plan" / P1, [("P1.2", {"note": str(number)})])
    known = journal.read(folder / "plan")
    assert [journal.key("P1.2", {"note": str(n)}) in known for n in range(5)] == [
        False, False, True, True, True,
    ]  # fmt: skip
