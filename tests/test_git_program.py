"""git that is missing, broken, hangs, or lacks a part of its repository: each leaves everything
working that does not need it, in a time that has an end, and what needs it says so."""

import os
import re
import shutil

import pytest
import running
from running import HEAD, REPO, git, surroundings
from werkzeug.test import Client

from hscp_plan.cli.command_list import COMMANDS
from hscp_plan.desk.app import Desk
from hscp_plan.git import program, repo

P1 = "p1-neglect.yaml"
posix = pytest.mark.skipif(os.name != "posix", reason="scripts and pipes as POSIX has them")

PUBLISHED = "hounslow-strategic-safeguarding-plan-2021-23.md"
EVERY = {
    "status": (), "due": (), "overdue": (), "show": ("P1.2",),
    "what-if": ("P1.2", "2022-06"), "timeline": (), "find": ("neglect",),
    "progress": ("P1.2", "Ten of eleven."), "reschedule": ("P1.4", "2022-06", "--reason", "Later."),
    "add": ("P1", "Brief all", "--due", "2022-02"),
    "decide": ("P1", "Thanked all.", "--by", "HSCP Executive Board"),
    "impact": ("P1", "They are asked.", "--from", "children"),
    "assure": ("P1-A", "partly", "--by", "HSCP Executive Board"),
    "answers": (), "theme": (),
    "lead": ("P3-A", "Chair of Education Sub-Group"),
    "add-priority": ("Contextual safeguarding",),
    "add-register": ("Action log",),
    "add-objective": ("P1", "Neglect is seen early."),
    "add-measure": ("P1", "Visits made on time"),
    "measure": ("P1-M1", "101", "--period", "Q3 2021/22"),
    "carry": ("P1.2", "--to", "next"),
    "add-meeting": ("2022-07-20", "HSCP Executive Board"),
    "edit": ("P1.2",), "resolve": (), "check": (), "moves": (), "questions": (), "asked": (),
    "decisions": (),
    "import": (str(REPO / "tests/published" / PUBLISHED), "-o", "our-import"),
    "init": ("our-plan", "--partnership", "B", "--title", "T", "--start", "2026", "--end", "2027"),
    "ask": ("Chair of SE Sub-Group",), "collect": (".",),
    "report": ("board", "-o", "board.html"), "export": ("csv",), "site": ("pages",), "schema": (),
}  # fmt: skip
"""A line of every command that does not need git."""
HISTORY = {
    "log": (), "undo": (), "save": (), "changes": (), "history": ("P1.2",),
    "status": ("--rev", "HEAD"), "check": ("--since", "HEAD"),
}  # fmt: skip
"""What git is asked for what was saved."""


@pytest.fixture
def folder(repository):
    """The demonstration plan in a repository, and a next plan beside it."""
    (repository / "next").mkdir()
    head = HEAD + "columns: [{key: success, label: Success}]\n"
    (repository / "next" / "plan.yaml").write_text(head, encoding="utf-8")
    (repository / "next" / "p1.yaml").write_text("id: P1\ntitle: Neglect\n", encoding="utf-8")
    return repository


def hscp(folder, *words, status=0, **changed):
    told = {"HSCP_AS_AT": "2021-12-15", "EDITOR": shutil.which("true") or "rem", **changed}
    ran = running.run((*running.HSCP, *words), folder, surroundings(**told))
    said = (ran.stdout + ran.stderr).decode()
    assert ran.returncode == status, said
    assert "inside hscp" not in said
    return " ".join(said.split())


def fake(folder, script):
    """A PATH on which git is this script, beside the shell's own commands."""
    place = folder.parent / f"{folder.name}-bin"
    place.mkdir()
    (place / "git").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (place / "git").chmod(0o755)
    return f"{place}{os.pathsep}/usr/bin{os.pathsep}/bin"


FAKES = {
    "refuses": "echo 'error: cannot open shared object file' >&2; exit 127",
    "garbage": "echo hello; echo; printf 'a\\0b\\0'; exit 0",
    "killed": "kill -9 $$",
    "exits 1 with a word": "echo broken >&2; exit 1",
}


# No git -----------------------------------------------------------------------------------------


def test_each_command_stands_in_a_table():
    # The desk runs other commands, for as long as somebody is at it.
    assert {*EVERY, *HISTORY} == set(COMMANDS) - {"desk"}


@pytest.mark.parametrize("command", EVERY)
def test_without_git_every_command_works_that_does_not_tell_of_the_past(folder, command):
    assert "git-scm" not in hscp(folder, command, *EVERY[command], PATH="/nowhere")


@pytest.mark.long
@posix
@pytest.mark.parametrize("how", ["refuses", "garbage"])
@pytest.mark.parametrize("command", EVERY)
def test_with_a_git_that_is_broken_too(folder, command, how):
    hscp(folder, command, *EVERY[command], PATH=fake(folder, FAKES[how]))


@posix
@pytest.mark.parametrize("how", FAKES)
@pytest.mark.parametrize("command", HISTORY)
def test_what_needs_git_says_that_it_is_broken(folder, command, how):
    tells = command == "history"
    said = hscp(folder, command, *HISTORY[command], status=0 if tells else 2,
                PATH=fake(folder, FAKES[how]))  # fmt: skip
    assert "git" in said
    assert ("from the logs alone" in said) is tells


@posix
def test_who_adds_is_told_that_other_branches_were_not_looked_at(folder):
    def added(action, path):
        return hscp(folder, "add", "P1", action, "--due", "2022-02", PATH=path)

    said = added("Brief all", fake(folder, FAKES["refuses"]))
    assert "The numbers on other branches were not looked at: git cannot read" in said
    assert "were not looked at" in added("Brief the schools", "/nowhere")
    shutil.rmtree(folder / ".git")
    assert "were not looked at" not in added("Brief the courts", "/nowhere")


# A git that gives no answer ---------------------------------------------------------------------


@pytest.fixture
def hasty(monkeypatch):
    """The same limits, and little patience; what is said to be waited for."""
    said = []
    monkeypatch.setattr(program, "LIMIT", 0.2)
    monkeypatch.setattr(program, "SOON", 0.05)
    monkeypatch.setattr(program, "say", said.append)
    return said


@posix
@pytest.mark.parametrize("where", ["config", "HEAD", "packed-refs", "objects"])
def test_a_pipe_where_git_wants_a_file_is_given_up_and_said(folder, where, hasty):
    commit = git(folder, "rev-parse", "HEAD")
    place = folder / ".git" / where
    if where == "objects":
        place = place / commit[:2] / commit[2:]
    place.unlink(missing_ok=True)
    if where == "packed-refs":
        (folder / ".git" / "refs" / "heads" / "main").unlink()
    os.mkfifo(place)
    with pytest.raises(repo.NoGit, match=r"gave no answer in 0\.2 seconds"):
        repo.commits(folder / "plan")
    assert hasty[0].startswith("git ")


@posix
def test_a_pipe_for_a_files_content_is_given_up_too(folder, hasty):
    id = git(folder, "rev-parse", f"HEAD:plan/{P1}")
    (folder / ".git" / "objects" / id[:2] / id[2:]).unlink()
    os.mkfifo(folder / ".git" / "objects" / id[:2] / id[2:])
    with (
        pytest.raises(repo.NoGit, match="git cat-file gave no answer"),
        repo.Objects(folder) as objects,
    ):
        objects.get(id.encode())
    assert hasty == ["git cat-file"]


@posix
@pytest.mark.usefixtures("hasty")
def test_what_git_started_is_ended_with_it(folder, monkeypatch):
    # What it started holds its output open: only the end of both lets anybody read to the end.
    monkeypatch.setenv("PATH", fake(folder, "sleep 1000 & wait"))
    with pytest.raises(repo.NoGit, match="no answer"):
        repo.files_at_head(folder / "plan")


@posix
@pytest.mark.usefixtures("hasty")
def test_a_commit_that_waits_for_an_answer_where_nobody_sees_it_is_ended(folder, monkeypatch):
    monkeypatch.setattr(program, "USERS_LIMIT", 0.3)
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nsleep 1000\n", encoding="utf-8")
    hook.chmod(0o755)
    before = git(folder, "rev-parse", "HEAD")
    (folder / "plan" / P1).write_text("id: P1\n", encoding="utf-8")
    with pytest.raises(repo.NoGit, match=r"git commit gave no answer in 0\.3 seconds") as refusal:
        repo.commit(folder / "plan", [P1], "Slow")
    assert "A hook of this repository" in refusal.value.next
    assert git(folder, "rev-parse", "HEAD") == before
    assert not [*(folder / ".git").glob("*.lock")]
    assert (folder / "plan" / P1).read_text(encoding="utf-8") == "id: P1\n"


@posix
@pytest.mark.usefixtures("hasty")
def test_a_commit_takes_as_long_as_its_hooks_take(folder, monkeypatch):
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    os.mkfifo(folder / "answer")
    hook.write_text("#!/bin/sh\nread line < answer\n", encoding="utf-8")
    hook.chmod(0o755)
    (folder / "plan" / P1).write_text("id: P1\n", encoding="utf-8")
    waited = []

    def say(what):
        # The hook waits until somebody writes: whoever is told that it is waited for.
        if what != "git add" and not waited:
            waited.append(what)
            (folder / "answer").write_text("y\n", encoding="utf-8")

    monkeypatch.setattr(program, "say", say)
    assert repo.commit(folder / "plan", [P1], "Slow")
    assert waited == ["git commit"]
    assert git(folder, "log", "-1", "--format=%s") == "Slow"


# A repository that lost a part of itself ---------------------------------------------------------


def lose(folder, revision):
    """Take an object out of a repository's store."""
    id = git(folder, "rev-parse", revision).strip()
    (folder / ".git" / "objects" / id[:2] / id[2:]).unlink()


def empty_commit(folder):
    id = git(folder, "rev-parse", "HEAD").strip()
    path = folder / ".git" / "objects" / id[:2] / id[2:]
    path.chmod(0o644)
    path.write_bytes(b"")


def empty_store(folder):
    shutil.rmtree(folder / ".git" / "objects")
    (folder / ".git" / "objects").mkdir()


def branch_file(folder):
    return folder / ".git" / git(folder, "symbolic-ref", "HEAD").strip()


LOSSES = {
    "the commit": lambda folder: lose(folder, "HEAD"),
    "the commit, empty": empty_commit,
    "a folder": lambda folder: lose(folder, "HEAD:plan"),
    "a file": lambda folder: lose(folder, f"HEAD:plan/{P1}"),
    "every object": empty_store,
    "the store": lambda folder: shutil.rmtree(folder / ".git" / "objects"),
    "the branch": lambda folder: branch_file(folder).unlink(),
    "the branch, empty": lambda folder: branch_file(folder).write_bytes(b""),
    "HEAD": lambda folder: (folder / ".git" / "HEAD").unlink(),
}


@pytest.fixture(params=LOSSES)
def lost(request, folder):
    """A repository whose last commit holds a record, and that was then copied by halves."""
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    hscp(folder, "save")
    LOSSES[request.param](folder)
    return folder


def test_what_a_damaged_repository_holds_is_not_taken_for_unsaved(lost):
    before = (lost / "plan" / P1).read_bytes()
    for command in ("undo", "log", "changes", "save"):
        ran = running.run((*running.HSCP, command), lost, surroundings(HSCP_AS_AT="2021-12-15"))
        said = " ".join((ran.stdout + ran.stderr).decode().split())
        assert ran.returncode in (1, 2), said
        assert "let it finish" in said
        assert "Ten of eleven" not in said
    assert (lost / "plan" / P1).read_bytes() == before


def test_at_a_desk_nothing_is_taken_back_once_the_repository_is_damaged(folder, monkeypatch):
    monkeypatch.setenv("HSCP_AS_AT", "2021-12-15")
    desk = Desk(folder / "plan")
    fields = {"token": desk.frame.token, "state": desk.frame.state()}
    note = {"id": "P1.2", "note": "Ten of eleven.", "by": "A lead"}
    done = Client(desk).post("/record/progress", data={**fields, **note})
    offered = re.findall(r'name="(id|date|state)" value="(.*?)"', Client(desk).get("/log").text)
    hscp(folder, "save")
    saved = (folder / "plan" / P1).read_bytes()
    lose(folder, "HEAD")
    for page in ("/log", "/changes"):
        assert "let it finish" in Client(desk).get(page).text
    for undo in (dict(offered), {"key": done.location.rpartition("/")[2]}):
        page = Client(desk).post("/undo", data={**fields, **undo}, follow_redirects=True)
        assert "let it finish" in page.text
    assert (folder / "plan" / P1).read_bytes() == saved


# A partial clone --------------------------------------------------------------------------------


@pytest.fixture
def clone(folder):
    """A clone without files of the past or of other branches."""
    path = folder / "plan" / P1
    git(folder, "config", "uploadpack.allowFilter", "true")
    for line in ("# one\n", "# two\n"):
        path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
        git(folder, "commit", "-q", "-am", line)
    git(folder, "switch", "-q", "-c", "side")
    hscp(folder, "add", *EVERY["add"])
    git(folder, "commit", "-q", "-am", "Added")
    git(folder, "switch", "-q", "-")
    made = folder / "clone"
    git(folder, "clone", "-q", "--filter=blob:none", folder.as_uri(), str(made))
    return made


def missing(clone):
    return git(clone, "rev-list", "--objects", "--missing=print", "--all").count("?")


def test_a_partial_clone_tells_what_it_can_and_what_is_missing(clone):
    before = missing(clone)
    assert before
    for command in (("history", "P1.2"), ("moves",)):
        said = hscp(clone, *command)
        assert "This clone is partial: 2 older versions are not in it" in said
        assert "git fetch --refetch --no-filter" in said
        assert "added to the plan" not in said
    assert "git left out p1-neglect.yaml in commit" in hscp(clone, "changes", "--since", "HEAD~1",
                                                            status=2)  # fmt: skip
    hscp(clone, "report", "board", "-o", "board.html")
    assert missing(clone) == before, "nothing was fetched"


def test_in_a_partial_clone_no_number_is_given_that_a_branch_may_have(clone):
    plan = clone / "plan" / P1
    before = plan.read_bytes()
    said = hscp(clone, "add", *EVERY["add"], status=2)
    assert "this clone is partial: git left out p1-neglect.yaml in commit" in said
    assert plan.read_bytes() == before
    git(clone, "fetch", "-q", "--refetch", "--no-filter")
    assert "P1.9 Brief all" in hscp(clone, "add", *EVERY["add"])


# A sparse checkout ------------------------------------------------------------------------------

P2 = "p2-child-sexual-abuse.yaml"


@pytest.fixture(params=["a repository", "a worktree"])
def sparse(request, folder):
    """The plan without P2 and its schemas, which git was told not to check out."""
    (folder / "plan" / "schema").mkdir()
    (folder / "plan" / "schema" / "plan.schema.json").write_text("{}\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Schema")
    if request.param == "a worktree":
        git(folder, "worktree", "add", "-q", str(folder.parent / f"{folder.name}-other"), "-b", "o")
        folder = folder.parent / f"{folder.name}-other"
    git(folder, "sparse-checkout", "set", "--no-cone", "/plan/*", f"!/plan/{P2}", "!/plan/schema")
    assert not (folder / "plan" / P2).exists()
    return folder


def test_what_git_has_not_checked_out_is_said_and_never_saved_as_taken_out(sparse):
    said = hscp(sparse, "status", status=1)
    assert f"plan/{P2}: error: this file cannot be read: git has not checked it out here" in said
    assert "git sparse-checkout disable" in said
    hscp(sparse, "progress", "P1.2", "Ten of eleven.")
    before = git(sparse, "rev-parse", "HEAD")
    said = hscp(sparse, "save", status=1)
    assert "git has not checked it out here, so nothing was saved" in said
    assert git(sparse, "rev-parse", "HEAD") == before
    for command in (("changes",), ("check", "--since", "HEAD"), ("moves",), ("history", "P1.2")):
        said = hscp(sparse, *command, status=1)
        assert "taken out" not in said
        assert "vanished" not in said
    git(sparse, "sparse-checkout", "disable")
    hscp(sparse, "save")
    assert "Progress on P1.2" in git(sparse, "log", "-1", "--format=%s")
    assert P2 in git(sparse, "ls-tree", "--name-only", "HEAD", "plan/")


def test_a_schema_that_is_not_checked_out_is_not_taken_out_by_a_save(sparse):
    git(sparse, "sparse-checkout", "set", "--no-cone", "/plan/*", "!/plan/schema")
    hscp(sparse, "progress", "P1.2", "Ten of eleven.")
    hscp(sparse, "save")
    assert "plan.schema.json" in git(sparse, "ls-tree", "--name-only", "HEAD", "plan/schema/")


def test_a_plan_that_is_not_checked_out_at_all_is_said(sparse):
    git(sparse, "sparse-checkout", "set", "--no-cone", "/notes/")
    said = hscp(sparse, "status", status=2)
    assert "No plan here" in said
    assert "git has not checked out every file here" in said
