"""`hscp resolve` in real repositories: every way that git comes to a conflict, and shows it."""

import pytest
import running
from running import git, surroundings

from hscp_plan.reading import yamltext

pytestmark = pytest.mark.long

HEAD = """\
format: 1
id: small
partnership: A partnership
title: A small plan
period: {start: 2021-04, end: 2023-03}
"""
P1 = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    lead: A lead
    milestones:
      - id: P1.1
        due: 2022-04
        action: Train
        progress:
          - date: 2021-09-02
            note: Names a child.
          - date: 2021-09-10
            note: Trainer sought.
"""
GONE = "          - date: 2021-09-02\n            note: Names a child.\n"
STYLES = ("merge", "diff3", "zdiff3")


class Repository:
    """A repository in which a branch and main both changed P1."""

    def __init__(self, folder):
        self.folder, self.path = folder, folder / "plan" / "p1.yaml"
        self.end = "\n"
        (folder / "plan").mkdir()
        (folder / "plan" / "plan.yaml").write_text(HEAD, encoding="utf-8")
        self.git("init", "-q", "-b", "main")
        self.commit(P1)

    def git(self, *words, status=0):
        return git(self.folder, *words, status=status, GIT_EDITOR="true")

    def hscp(self, *words, status=0):
        around = surroundings(HSCP_AS_AT="2021-12-15", HSCP_BY="A lead", COLUMNS="200")
        ran = running.run((*running.HSCP, *words), self.folder, around)
        said = (ran.stdout + ran.stderr).decode()
        assert ran.returncode == status, said
        return " ".join(said.split())

    def commit(self, text, subject="Work"):
        self.path.write_bytes(text.replace("\n", self.end).encode())
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def parted(self, ours, theirs):
        """main with one text, and december with another, of which the first is checked out."""
        base = self.path.read_bytes().decode().replace("\r\n", "\n")
        self.git("switch", "-q", "-c", "december")
        self.commit(theirs(base), "December's")
        self.git("switch", "-q", "main")
        self.commit(ours(base), "Main's")

    @property
    def log(self):
        values = yamltext.values(self.path.read_text(encoding="utf-8"))
        return [e["note"] for e in values["objectives"][0]["milestones"][0]["progress"]]


def took_out_and_added(text):
    return text.replace(GONE, "") + entry("2021-10-05", "Room booked.")


def added(text):
    return text + entry("2021-11-02", "New trainer found.", "  # by telephone")


def entry(date, note, beside=""):
    return f"          - date: {date}\n            note: {note}{beside}\n"


JOINED = ["Trainer sought.", "Room booked.", "New trainer found."]


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_a_merge_is_ended_and_what_was_taken_out_stays_out(repository, style, whose):
    changes = [took_out_and_added, added]
    repository.git("config", "merge.conflictStyle", style)
    repository.parted(*(changes if whose == "ours" else changes[::-1]))
    repository.git("merge", "december", status=1)
    said = repository.hscp("resolve")
    assert "Names a child" not in said
    assert repository.log == JOINED
    assert "# by telephone" in repository.path.read_text(encoding="utf-8")
    assert said.endswith("end the merge: git add plan/p1.yaml git commit")
    repository.git("add", "plan/p1.yaml")
    repository.git("commit")
    assert "Nothing to save" in repository.hscp("save")
    assert "No faults" in repository.hscp("check")


DOINGS = {
    "rebase": ("git rebase --continue", lambda r: r.git("rebase", "december", status=1)),
    "cherry-pick": (
        "git cherry-pick --continue",
        lambda r: r.git("cherry-pick", "december", status=1),
    ),
    "stash": ("git add plan/p1.yaml", lambda r: stashed(r)),
}


def stashed(repository):
    repository.git("reset", "-q", "--hard", "HEAD~1")
    repository.path.write_text(added(P1), encoding="utf-8")
    repository.git("stash")
    repository.git("reset", "-q", "--hard", "december")
    repository.git("stash", "pop", status=1)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("doing", DOINGS)
def test_so_is_whatever_else_stopped_at_a_conflict(repository, doing, style):
    then, begin = DOINGS[doing]
    repository.git("config", "merge.conflictStyle", style)
    repository.parted(added, took_out_and_added)
    begin(repository)
    assert repository.hscp("resolve").endswith(then)
    assert repository.log == JOINED
    if doing != "stash":
        assert f"a {doing} is not finished here" in repository.hscp("save", status=1)
    repository.git("add", "plan/p1.yaml")
    if doing != "stash":
        repository.git(*then.split()[1:])
        assert "Nothing to save" in repository.hscp("save")


def test_a_file_that_one_branch_renamed_and_windows_line_ends(repository):
    repository.end = "\r\n"
    repository.commit(P1)
    repository.parted(added, took_out_and_added)
    repository.git("mv", "plan/p1.yaml", "plan/p1-neglect.yaml")
    repository.git("commit", "-q", "-m", "Renamed")
    repository.git("merge", "december", status=1)
    repository.path = repository.folder / "plan" / "p1-neglect.yaml"
    repository.hscp("resolve")
    data = repository.path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert repository.log == JOINED


def test_what_a_person_has_put_right_already_stays(repository):
    def due(month):
        return lambda text: added(text).replace("due: 2022-04", f"due: 2022-{month}")

    def other(text):
        return took_out_and_added(text).replace("due: 2022-04", "due: 2022-06")

    repository.parted(due("05"), other)
    repository.git("merge", "december", status=1)
    said = repository.hscp("resolve", status=1)
    assert "lines 8 to 12: P1.1: one side says due 2022-05, the other 2022-06" in said
    text = repository.path.read_text(encoding="utf-8")
    assert "Names a child" not in text
    assert text.count("<<<<<<<") == 1
    again = repository.hscp("resolve", status=1)
    assert "joined" not in again
    begin, rest = text.split("<<<<<<< HEAD\n")
    end = rest.split(">>>>>>> december\n")[1]
    repository.path.write_text(f"{begin}        due: 2022-07\n{end}", encoding="utf-8")
    said = repository.hscp("resolve", status=1)
    assert "it has no marks. If it is right as it stands: git add plan/p1.yaml" in said
    assert repository.log == JOINED


def test_a_file_that_one_side_took_out_is_said(repository):
    repository.git("switch", "-q", "-c", "december")
    repository.git("rm", "-q", "plan/p1.yaml")
    repository.git("commit", "-q", "-m", "Gone")
    repository.git("switch", "-q", "main")
    repository.commit(added(P1))
    repository.git("merge", "december", status=1)
    said = repository.hscp("resolve", status=1)
    assert "plan/p1.yaml: git holds its merge to be unfinished, and it has no marks" in said
    assert "git add plan/p1.yaml" in said


def test_without_what_both_began_from_nothing_is_joined(repository):
    repository.parted(took_out_and_added, added)
    repository.git("merge", "december", status=1)
    before = repository.path.read_bytes()
    repository.git("add", "plan/p1.yaml")  # which ends the merge for git, marks and all
    said = repository.hscp("resolve", status=1)
    assert "what both sides began from is not known" in said
    assert repository.path.read_bytes() == before


def test_what_only_one_side_has_left_is_joined_with_new_milestones(repository):
    def new(number):
        text = f"      - id: P1.{number}\n        due: 2022-0{number}\n        action: New\n"
        return lambda base: base + text

    repository.parted(new(2), new(3))
    repository.git("merge", "december", status=1)
    assert "P1.3 added on the other side" in repository.hscp("resolve")
    assert "No faults" in repository.hscp("check")


def decided(outcome, words):
    return lambda text: (
        f"{text}decisions:\n  - date: 2021-12-01\n    by: A Board\n"
        f"    decision: {words}.\n    outcome: {outcome}\n"
    )


def test_two_outcomes_that_differ_are_left_to_a_person(tmp_path):
    there = Repository(tmp_path)
    there.parted(decided("close", "It closes"), decided("continue", "It goes on"))
    there.git("merge", "-q", "december", status=1)
    said = there.hscp("resolve", status=1)
    assert "both sides decided what becomes of it, each otherwise" in said
    assert "<<<<<<<" in there.path.read_text("utf-8")


def test_two_decisions_of_one_outcome_both_stand(tmp_path):
    there = Repository(tmp_path)
    there.parted(decided("continue", "It stays"), decided("continue", "It goes on"))
    there.git("merge", "-q", "december", status=1)
    there.hscp("resolve")
    text = there.path.read_text("utf-8")
    assert "It stays." in text
    assert "It goes on." in text
