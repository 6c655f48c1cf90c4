"""The plan's past, read out of real repositories: renames, merges, shallow clones, worktrees."""

import re
import subprocess

import pytest
import webpages
from running import HSCP, git, run, surroundings

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
    milestones:
      - id: P1.1
        due: 2021-09
        action: Audit of practice
      - id: P1.2
        due: 2021-11
        action: Trial of chronologies
"""


class Repository:
    """A git repository in a folder, in which each commit has a day."""

    def __init__(self, folder):
        self.folder = folder

    def git(self, *words, day="2021-05-04", author="A lead", **env):
        moment = f"{day}T12:00:00+01:00"
        who = {f"GIT_{kind}_NAME": author for kind in ("AUTHOR", "COMMITTER")}
        who |= {f"GIT_{kind}_EMAIL": "lead@example.org" for kind in ("AUTHOR", "COMMITTER")}
        who |= {f"GIT_{kind}_DATE": moment for kind in ("AUTHOR", "COMMITTER")}
        return git(self.folder, *words, **who, **env)

    def write(self, path, text):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(self, day, subject="Dates", author="A lead", **texts):
        for path, text in texts.items():
            self.write(f"plan/{path}.yaml", text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject, day=day, author=author)

    def hscp(self, *words, where=None, status=0):
        around = surroundings(HSCP_AS_AT="2022-02-01", COLUMNS="200")
        folder = where or self.folder
        ran = run((*HSCP, *words), folder, around)
        said = (ran.stdout + ran.stderr).decode()
        assert ran.returncode == status, said
        assert "inside hscp" not in said
        return said

    def due(self, id, rev, where=None):
        """When a milestone was due, as it stood then."""
        found = re.search(r"(?m)^Due +(.+)$", self.hscp("show", id, "--rev", rev, where=where))
        assert found
        return found[1]


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path / "repository")
    made.folder.mkdir()
    made.git("init", "-q", "-b", "main")
    made.commit("2021-05-04", "The plan", plan=HEAD, p1=P1)
    return made


def slid(text, was, now):
    assert f"due: {was}\n" in text
    return text.replace(f"due: {was}\n", f"due: {now}\n")


def test_a_file_that_was_renamed_is_followed_by_its_ids(repository):
    repository.git("mv", "plan/p1.yaml", "plan/p1-neglect.yaml")
    repository.commit("2021-06-01", "A name that says more")
    repository.commit("2021-07-01", **{"p1-neglect": slid(P1, "2021-09", "2021-12")})
    assert "September 2021 to December 2021" in repository.hscp("moves")
    assert "new:" not in repository.hscp("changes", "--since", "2021-05-31")


def test_a_folder_that_was_moved_is_followed(repository):
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-12"))
    repository.write("other/notes.txt", "Not the plan's.")
    repository.git("mv", "plan", "papers")
    repository.commit("2021-07-01", "Papers")
    papers = repository.folder / "papers"
    assert "September 2021 to December 2021" in repository.hscp("moves", where=papers)
    assert repository.due("P1.1", "2021-05-31", where=papers) == "September 2021"


def test_a_folder_that_was_moved_again_and_again_is_followed_past_other_plans(repository):
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-12"))
    repository.write("example/plan.yaml", HEAD)
    repository.commit("2021-06-02", "Another plan")
    for day, was, now in (
        ("2021-07-01", "plan", "papers/plan"),
        ("2021-07-02", "papers/plan", "board/plan"),
    ):
        (repository.folder / now).parent.mkdir()
        repository.git("mv", was, now)
        repository.commit(day, "Elsewhere")
    told = repository.hscp("moves", where=repository.folder / "board" / "plan")
    assert "September 2021 to December 2021" in told


def test_a_milestone_that_moved_to_another_file_keeps_its_history(repository):
    first, second = P1.split("      - id: P1.2\n")
    p2 = "id: P2\ntitle: Schools\nobjectives:\n  - id: P2-A\n    milestones:\n      - id: P1.2\n"
    moved = p2 + second.replace("2021-11", "2022-03")
    repository.commit("2021-06-01", p1=first, p2=moved)
    assert "November 2021 to March 2022" in repository.hscp("moves")
    assert "first in git" in repository.hscp("history", "P1.2")


def test_what_a_branch_changed_is_its_authors_and_not_the_mergers(repository):
    repository.git("switch", "-q", "-c", "neglect")
    repository.commit("2021-06-01", author="B. Ystander", p1=slid(P1, "2021-09", "2021-12"))
    repository.git("switch", "-q", "main")
    repository.commit("2021-06-02", p1=slid(P1, "2021-11", "2022-01"))
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "neglect", day="2021-06-03")
    told = repository.hscp("moves", "--format", "csv")
    assert "B. Ystander" in told
    assert len(told.strip().splitlines()) == 3, told
    story = repository.hscp("history", "P1.1")
    assert "by hand, by B. Ystander, 1 June 2021" in story
    assert "Merge" not in story


def test_what_a_merge_itself_changed_is_found(repository):
    repository.git("switch", "-q", "-c", "side")
    repository.commit("2021-06-01", "Side", p2="id: P2\ntitle: Schools\n")
    repository.git("switch", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "--no-commit", "side", day="2021-06-03")
    repository.commit("2021-06-03", "Merge", "C. Areless", p1=slid(P1, "2021-09", "2021-12"))
    assert "C. Areless" in repository.hscp("moves")


def test_a_day_is_the_branchs_own_and_not_what_was_merged_later(repository):
    repository.git("switch", "-q", "-c", "neglect")
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-12"))
    repository.git("switch", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "neglect", day="2021-06-10")
    assert repository.due("P1.1", "2021-06-05") == "September 2021"
    assert repository.due("P1.1", "2021-06-10") == "December 2021"


def test_a_day_counts_as_the_committer_wrote_it_whatever_the_clock_here(repository):
    repository.write("plan/p1.yaml", slid(P1, "2021-09", "2021-12"))
    repository.git("add", "-A")
    late = {"GIT_COMMITTER_DATE": "2021-06-01T23:30:00-08:00"}
    around = surroundings(**late, TZ="Pacific/Auckland")
    author = ("-c", "user.name=A lead", "-c", "user.email=lead@example.org")
    subprocess.run(["git", *author, "commit", "-qm", "Late"], cwd=repository.folder, env=around)
    assert repository.due("P1.1", "2021-06-01") == "December 2021"


def test_a_shallow_clone_is_told_apart_from_no_history(repository, tmp_path):
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-12"))
    repository.commit("2021-07-01", "Nothing")
    origin = f"file://{repository.folder}"
    repository.git("clone", "-q", "--depth", "1", origin, str(tmp_path / "clone"))
    clone = Repository(tmp_path / "clone")
    for words in (
        ("changes", "--since", "2021-06-15"),
        ("changes", "--rev", "HEAD"),
        ("status", "--rev", "HEAD~1"),
    ):
        said = clone.hscp(*words, status=2)
        assert "shallow" in said
        assert "git fetch --unshallow" in said
    for command in (("moves",), ("history", "P1.1")):
        said = clone.hscp(*command)
        assert "This clone is shallow" in said
        assert "first in git" not in said, "nobody knows when it first came"
    assert "Nothing changed" in clone.hscp("changes")


def test_with_rev_alone_a_merge_brought_what_its_branch_had(repository):
    repository.git("switch", "-q", "-c", "neglect")
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-12"))
    repository.git("switch", "-q", "main")
    repository.commit("2021-06-02", "Nothing")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "neglect", day="2021-06-03")
    assert "September 2021 to December 2021" in repository.hscp("changes", "--rev", "main")
    assert "Nothing changed" in repository.hscp("changes", "--rev", "main~1")


def test_of_two_branches_neither_is_the_later(repository):
    repository.git("switch", "-q", "-c", "neglect")
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-12"))
    repository.git("switch", "-q", "main")
    repository.commit("2021-06-02", "Nothing")
    said = repository.hscp("changes", "--since", "main", "--rev", "neglect")
    assert "September 2021 to December 2021" in said
    said = repository.hscp("changes", "--since", "main", "--rev", "main~1", status=2)
    assert "hscp changes --since main~1 --rev main" in said


def test_a_worktree_and_a_detached_head_are_read_like_any_other(repository, tmp_path):
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-12"))
    repository.git("worktree", "add", "-q", "--detach", str(tmp_path / "beside"), "HEAD")
    beside = Repository(tmp_path / "beside")
    assert "September 2021 to December 2021" in beside.hscp("moves")
    beside.git("checkout", "-q", "--detach", "HEAD~1")
    assert "Nothing moved" in beside.hscp("moves")
    assert "due date changed" in beside.hscp("changes", "--since", "HEAD", "--rev", "main")


def test_a_plan_below_the_top_is_read_from_wherever_one_stands(repository):
    repository.git("mv", "plan", "deep")
    (repository.folder / "a").mkdir()
    repository.git("mv", "deep", "a/plan")
    repository.commit("2021-06-01", "Deeper")
    repository.write("a/plan/p1.yaml", slid(P1, "2021-09", "2021-12"))
    repository.git("commit", "-q", "-a", "-m", "Dates", day="2021-06-02")
    said = repository.hscp("moves", where=repository.folder / "a" / "plan")
    assert "September 2021 to December 2021" in said


def test_odd_encodings_in_names_are_shown_and_move_no_cursor(repository):
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-10"), author="Zoë Ł")
    repository.write("plan/p1.yaml", slid(P1, "2021-09", "2021-11-30"))
    repository.git("config", "i18n.commitEncoding", "ISO-8859-1")
    around = surroundings(
        GIT_AUTHOR_NAME=b"Ren\xe9".decode("latin-1"),
        GIT_AUTHOR_DATE="2021-07-01T12:00:00Z",
        GIT_COMMITTER_DATE="2021-07-01T12:00:00Z",
    )
    environment = {k.encode(): v.encode("latin-1") for k, v in around.items()}
    author = ("-c", "user.name=A", "-c", "user.email=lead@example.org")
    words = ["git", *author, "commit", "-qam", b"Caf\xe9 \x1b[31m\x07"]
    subprocess.run(words, cwd=repository.folder, env=environment, check=True)
    said = repository.hscp("history", "P1.1")
    assert "Zoë Ł" in said
    assert "René" in said
    assert "Café" in said
    assert "\x1b" not in said
    assert "\x07" not in said


def test_a_broken_old_version_hides_nothing_that_came_before_or_after(repository):
    repository.commit("2021-06-01", "Broken", p1="id: P1\ntitle: [never closed\n")
    repository.commit("2021-07-01", "Mended", p1=slid(P1, "2021-09", "2021-12"))
    said = repository.hscp("moves")
    assert "September 2021 to December 2021" in said
    assert "1 older version has errors" in said
    assert "taken out" not in repository.hscp("history", "P1.2")


def test_a_commit_before_the_plan_holds_none(tmp_path):
    made = Repository(tmp_path / "repository")
    made.folder.mkdir()
    made.git("init", "-q", "-b", "main")
    made.write("notes.txt", "Not the plan's.")
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "Notes", day="2021-05-01")
    made.commit("2021-05-04", "The plan", plan=HEAD, p1=P1)
    assert "holds no plan" in made.hscp("changes", "--since", "HEAD~1", status=2)
    assert "holds no plan" in made.hscp("status", "--rev", "2021-05-02", status=2)
    assert "4 May 2021" in made.hscp("history", "P1.1")


def test_a_version_that_says_nothing_new_of_dates_is_told_by_every_layout(repository):
    for day, due in (
        ("2021-06-01", "due:\n          2021-10"),
        ("2021-06-02", "due:   # by the Board\n          2021-12"),
        ("2021-06-03", '"due": 2022-01'),
    ):
        text = P1.replace("due: 2021-09", due)
        repository.commit(day, p1=text)
    told = repository.hscp("moves", "--priority", "P1", "--format", "csv").splitlines()
    dues = [line.split(",")[11:13] for line in told[1:]]
    assert dues == [["2021-09", "2021-10"], ["2021-10", "2021-12"], ["2021-12", "2022-01"]]


TRAPS = ("core.fsmonitor", "core.sshCommand", "diff.external", "core.pager", "log.showSignature",
         "gpg.program", "core.askPass", "uploadpack.packObjectsHook")  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [("changes",), ("changes", "--since", "2021-05-31"), ("moves",), ("history", "P1.1"),
     ("status", "--rev", "HEAD~1"), ("check", "--since", "HEAD~1"),
     ("report", "board", "--since", "HEAD~1", "--format", "markdown", "-o", "-")],
    ids=lambda words: " ".join(words),
)  # fmt: skip
def test_reading_the_past_runs_nothing_that_the_repository_names(repository, words, tmp_path):
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-12"))
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{sprung}'\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in TRAPS:
        value = "true" if key == "log.showSignature" else str(trap)
        repository.git("config", key, value)
    repository.write(".gitattributes", "*.yaml diff=x filter=x\n")
    for key in ("diff.x.textconv", "diff.x.command", "filter.x.smudge", "filter.x.clean"):
        repository.git("config", key, str(trap))
    repository.hscp(*words, status=int(words[0] == "check"))
    assert not sprung.exists(), sprung.read_text(encoding="utf-8")
    repository.write("plan/p1.yaml", P1)
    environment = surroundings()
    subprocess.run(["git", "diff"], cwd=repository.folder, env=environment, capture_output=True)
    assert sprung.exists(), "the traps are set"


def test_a_papers_foot_names_the_commit_that_last_touched_the_plan(repository):
    repository.commit("2021-06-01", p1=slid(P1, "2021-09", "2021-12"))
    foot = repository.hscp("report", "plan", "--format", "markdown", "-o", "-").splitlines()[-1]
    repository.write("notes.txt", "Not the plan's.")
    repository.commit("2021-07-01", "Notes")
    assert "1 June 2021" in foot
    again = repository.hscp("report", "plan", "--format", "markdown", "-o", "-")
    assert again.splitlines()[-1] == foot
    repository.write("plan/p1.yaml", P1)
    said = repository.hscp("report", "plan", "--format", "markdown", "-o", "-")
    assert "with changes not saved" in said


# What a meeting was shown ------------------------------------------------------------------------

BOARDS = (
    HEAD
    + """\
groups:
  - {name: Executive Board, kind: board}
  - {name: Partnership Board, kind: board}
meetings:
  - {date: 2021-10-20, group: Executive Board}
  - {date: 2021-11-10, group: Partnership Board}
  - {date: 2022-01-19, group: Executive Board}
  - {date: 2022-04-20, group: Executive Board}
"""
)
BEFORE = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    lead: A lead
    milestones:
      - {id: P1.1, due: 2021-11, action: Audit of practice}
      - {id: P1.2, due: 2021-11, action: Trial of chronologies}
      - {id: P1.3, due: 2021-12, action: Launch the panel}
"""
AFTER = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    lead: A lead
    milestones:
      - id: P1.1
        due: 2021-11
        action: Audit of practice
        status: complete
        progress:
          - date: 2022-01-19
            note: Reported.
            status: complete
            agreed: Executive Board, 19 January 2022
      - id: P1.2
        due: 2022-03
        action: Trial of chronologies, without a name
        progress:
          - date: 2022-01-19
            note: Agreed to be late.
            moved: {from: 2021-11, to: 2022-03}
            agreed: Executive Board, 19 January 2022
      - {id: P1.3, due: 2021-12, action: Launch the panel}
      - {id: P1.4, due: 2022-06, action: Something new}
decisions:
  - {date: 2022-01-19, by: Executive Board, decision: The audit is complete., about: [P1.1]}
"""


@pytest.fixture
def board(tmp_path):
    """A plan with 3 overdue when the Executive Board met, which decided of two of them."""
    made = Repository(tmp_path / "repository")
    made.folder.mkdir()
    made.git("init", "-q", "-b", "main")
    made.commit("2021-10-04", "The plan", plan=BOARDS, p1=BEFORE)
    made.commit("2022-01-21", "After the meeting", p1=AFTER)
    return made


def overdue(said):
    """How many are overdue, and of how many, wherever that is said."""
    number = re.search(r"(\d+) (?:are |is )?overdue", said)
    every = re.search(r"(?:[Oo]f |, )(\d+) milestones", said)
    return number and number[1], every and every[1]


def page_of(repository, day):
    repository.hscp("site", "site")
    page = repository.folder / "site" / f"meeting-{day}.html"
    return webpages.Page(page.read_text("utf-8")).plain_text


BOARD = ("report", "board", "--format", "markdown", "-o", "-")


def test_what_a_meeting_was_shown_is_one_truth_wherever_it_is_told(board):
    assert overdue(board.hscp("status", "--rev", "last board")) == ("3", "3")
    assert overdue(page_of(board, "2022-01-19")) == ("3", "3")
    assert overdue(board.hscp(*BOARD, "--as-at", "2022-01-19")) == ("3", "3")
    assert overdue(board.hscp(*BOARD, "--rev", "last board")) == ("3", "3")
    assert overdue(board.hscp("status")) == ("1", "4")


def test_what_a_meeting_decided_is_what_changed_since_it(board):
    said = board.hscp("changes", "--since", "last board")
    assert "not started to complete" in said
    assert "November 2021 to March 2022" in said
    assert 'decided by Executive Board, 19 January 2022: "The audit is complete."' in said
    assert "P1.4  new: Something new" in said
    moved = board.hscp(*BOARD)
    assert "changes since 19 January 2022, when it met" in moved
    assert "Due November 2021 to March 2022" in moved
    assert "Complete, 19 January 2022" in moved
    assert "P1.4 Something new | New, due June 2022" in moved


def test_a_commit_of_the_meetings_own_day_is_not_what_it_was_shown(board):
    board.git("reset", "-q", "--hard", "HEAD~1")
    board.commit("2022-01-19", "In the meeting", p1=AFTER)
    assert overdue(board.hscp("status", "--rev", "last board")) == ("3", "3")
    assert overdue(board.hscp("status", "--rev", "2022-01-19")) == ("1", "4")


def test_what_is_dated_the_day_of_a_meeting_and_typed_before_is_not_what_it_was_shown(board):
    board.commit("2022-01-18", "Minutes ahead", p1=AFTER)
    board.git("reset", "-q", "--hard", "HEAD~2")
    board.commit("2022-01-18", "Minutes ahead", p1=AFTER)
    assert overdue(board.hscp("status", "--rev", "last board")) == ("3", "4")
    assert "not started to complete" in board.hscp("changes", "--since", "last board")
    assert "Decided, 19 January 2022" in board.hscp(*BOARD)


def test_a_page_of_the_past_has_todays_words(board):
    said = page_of(board, "2022-01-19")
    assert "Trial of chronologies, without a name" in said
    assert "as it was kept before that day, in version" in said
    board.commit("2022-01-25", "P1.3 is gone", p1=AFTER.replace("P1.3", "P1.9"))
    said = page_of(board, "2022-01-19")
    assert "P1.3 Taken out of the plan since" in said
    assert "P1.9" not in said


def test_what_was_taken_out_of_an_objective_is_on_no_page_of_the_past(board):
    alone = "  - {id: P1-B, complete_by: 2022-06, statements: ['To help %s.']}\n"
    board.git("reset", "-q", "--hard", "HEAD~1")
    board.commit("2022-01-10", "With a name", p1=BEFORE + alone % "Nobody Atall")
    board.commit("2022-01-21", "Without", p1=BEFORE + alone % "children")
    said = page_of(board, "2022-01-19")
    assert "To help children." in said
    assert "Nobody" not in said


def test_where_git_cannot_tell_the_page_says_that_the_log_does(board, tmp_path):
    board.git("clone", "-q", "--depth", "1", f"file://{board.folder}", str(tmp_path / "clone"))
    shallow = Repository(tmp_path / "clone")
    early = Repository(tmp_path / "early")
    early.folder.mkdir()
    early.git("init", "-q", "-b", "main")
    early.commit("2022-01-25", "The plan", plan=BOARDS, p1=AFTER)
    alone = Repository(tmp_path / "alone")
    for name, text in (("plan", BOARDS), ("p1", AFTER)):
        alone.write(f"plan/{name}.yaml", text)
    for plan in (shallow, early, alone):
        said = page_of(plan, "2022-01-19")
        assert "as the log tells it now" in said
        # What was decided there does not count; when P1.4 came, nothing tells.
        assert overdue(said) == ("3", "4")
        paper = plan.hscp(*BOARD, "--as-at", "2022-01-19")
        assert "as the log tells it now" in " ".join(paper.split())
        assert overdue(paper) == ("3", "4")


def test_a_past_day_says_what_was_saved_later_than_it_is_dated(board):
    assert "today's account" not in board.hscp("status", "--as-at", "2021-12-15", "--rev", "main")
    board.commit("2022-01-25", "Typed late", p1=AFTER.replace("2022-01-19", "2021-11-30", 1))
    said = " ".join(board.hscp("status", "--as-at", "2021-12-15").split())
    assert "This is today's account of 15 December 2021." in said
    assert "Dated by then, and saved later: P1.1. Added since: P1.4." in said
    assert "hscp status --rev 2021-12-15" in said
    assert "today's account" not in board.hscp("status", "--as-at", "2022-01-25")
    assert "today's account" not in board.hscp("status")


def test_last_board_is_one_meeting_for_every_command(board):
    as_at = ("--as-at", "2021-12-15")
    since = ("--since", "last board", *as_at)
    for words in (("changes", *since), (*BOARD, *since), (*BOARD, *as_at)):
        said = board.hscp(*words)
        assert "since 20 October 2021" in said
    said = " ".join(board.hscp("changes", *since).split())
    assert 'The Partnership Board met on 10 November 2021: for that, "Partnership Board".' in said
    said = board.hscp(*BOARD, "--for", "Partnership Board", *since)
    assert "changes since 10 November 2021, when it met" in said


def test_a_meeting_that_is_still_to_come_was_shown_nothing(board):
    said = board.hscp("status", "--rev", "Executive Board 20 April 2022", status=2)
    assert "Executive Board meets on 20 April 2022, which is still to come" in said


def test_what_an_error_spoils_of_what_a_meeting_was_shown_is_named(board):
    board.git("reset", "-q", "--hard", "HEAD~1")
    broken = BEFORE.replace("due: 2021-12", "due: 2021-13")
    board.commit("2022-01-10", "A slip", p1=broken)
    board.commit("2022-01-21", "Mended", p1=AFTER)
    left = "Left out for errors of that version: P1.3."
    assert left in page_of(board, "2022-01-19")
    assert left in " ".join(board.hscp(*BOARD, "--as-at", "2022-01-19").split())


def test_up_to_a_meeting_is_up_to_what_it_was_shown(board):
    board.git("reset", "-q", "--hard", "HEAD~1")
    board.commit("2022-01-18", "Minutes ahead", p1=AFTER)
    said = board.hscp(
        "changes", "--since", "2021-10-05", "--rev", "Executive Board 19 January 2022"
    )
    assert "P1.4  new" in said
    assert "complete" not in said


def test_another_plan_that_was_there_before_is_not_taken_for_this_one(repository):
    repository.write("next/plan.yaml", HEAD.replace("id: ", "id: next-"))
    repository.write("next/p1.yaml", P1.replace("2021-09", "2022-09"))
    repository.commit("2021-06-01", "The next plan")
    where = repository.folder / "next"
    assert "holds no plan" in repository.hscp(
        "status", "--rev", "2021-05-31", where=where, status=2
    )
    assert "1 June 2021" in repository.hscp("history", "P1.1", where=where)
    assert "4 May 2021" not in repository.hscp("history", "P1.1", where=where)
    assert "September 2021" not in repository.hscp("moves", where=where)
