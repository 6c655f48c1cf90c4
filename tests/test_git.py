"""What hscp asks of git, in real repositories: whatever their state, a plain answer, nothing run
that a repository names, and nothing committed that is not the plan's."""

import os
import re
import shutil
import subprocess

import pytest
import running
from running import DEMO, git, surroundings

from hscp_plan.git import repo

P1 = "p1-neglect.yaml"
AUTHOR = "[user]\n\tname = A lead\n\temail = lead@example.org\n"


@pytest.fixture
def folder(folder):
    """A repository that holds the demonstration plan, committed, and a notice of its own."""
    (folder / "notes.txt").write_text("Not the plan's.\n", encoding="utf-8")
    (folder / "config").write_text(AUTHOR, encoding="utf-8")
    run(folder, "init", "-q", "-b", "main")
    run(folder, "add", "plan", "notes.txt")
    run(folder, "commit", "-q", "-m", "The plan")
    return folder


def around(folder, **changed):
    told = {"HSCP_AS_AT": "2021-12-15", "HSCP_BY": "A lead"}
    told["GIT_CONFIG_GLOBAL"] = str(folder / "config")
    return surroundings(**{**told, **changed})


def run(folder, *words, status=0):
    return git(folder, *words, status=status, GIT_CONFIG_GLOBAL=str(folder / "config"))


def hscp(folder, *words, status=0, where=None, **changed):
    ran = running.run((*running.HSCP, *words), where or folder, around(folder, **changed))
    said = (ran.stdout + ran.stderr).decode()
    assert ran.returncode == status, said
    assert "inside hscp" not in said
    return " ".join(said.split())


def log(folder, format="%B"):
    return run(folder, "log", "-1", f"--format={format}").strip()


# Reading ----------------------------------------------------------------------------------------


def test_head_is_what_was_committed_whatever_stands_there_now(folder):
    path = folder / "plan" / P1
    before = path.read_bytes()
    path.write_text("id: P1\n", encoding="utf-8")
    (folder / "plan" / "new.yaml").write_text("id: P9\n", encoding="utf-8")
    found = repo.files_at_head(folder / "plan")
    assert found[P1] == before
    assert set(found) == {p.name for p in DEMO.glob("*.yaml")}


def test_a_plan_that_is_the_repository_takes_its_schemas_and_no_other_folder(tmp_path):
    for name in ("plan.yaml", "schema/a.json", "schema/a.txt", "other/b.yaml", ".hidden.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "config").write_text(AUTHOR, encoding="utf-8")
    run(tmp_path, "init", "-q")
    assert repo.files_at_head(tmp_path) == {}, "there is no commit yet"
    run(tmp_path, "add", "-A")
    run(tmp_path, "commit", "-q", "-m", "All")
    assert repo.files_at_head(tmp_path) == {
        "plan.yaml": b"plan.yaml",
        "schema/a.json": b"schema/a.json",
    }


def test_a_name_that_is_odd_is_only_a_name(folder):
    for name in ("a b\tc.yaml", "*.yaml", "-n.yaml", "é.yaml", ":(top)x.yaml", 'q"u.yaml'):
        (folder / "plan" / name).write_text(name, encoding="utf-8")
    run(folder, "add", "-A")
    run(folder, "commit", "-q", "-m", "Odd")
    found = repo.files_at_head(folder / "plan")
    for name in ("a b\tc.yaml", "*.yaml", "-n.yaml", "é.yaml", ":(top)x.yaml", 'q"u.yaml'):
        assert found[name].decode() == name


def test_a_link_is_looked_for_where_it_leads(folder):
    (folder / "kept").mkdir()
    path = folder / "plan" / P1
    path.rename(folder / "kept" / P1)
    path.symlink_to(f"../kept/{P1}")
    run(folder, "add", "-A")
    run(folder, "commit", "-q", "-m", "Linked")
    assert repo.files_at_head(folder / "plan", [P1])[P1] == path.read_bytes()
    before = path.read_bytes()
    assert "Nothing to take back" in hscp(folder, "undo")
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    hscp(folder, "save")
    assert path.is_symlink()
    assert run(folder, "show", "--name-only", "--format=", "HEAD").split() == [f"kept/{P1}"]
    hscp(folder, "progress", "P1.2", "Eleven of eleven.")
    saved = path.read_bytes()
    hscp(folder, "undo")
    assert path.read_bytes() != saved
    assert path.read_bytes() != before
    assert run(folder, "status", "--short", "--untracked-files=no") == ""


def test_without_git_and_without_a_repository_each_says_so(folder, tmp_path_factory):
    for command in ("undo", "save"):
        assert "no git on this computer" in hscp(folder, command, status=2, PATH="/nowhere")
    bare = tmp_path_factory.mktemp("bare")
    shutil.copytree(folder / "plan", bare / "plan")
    (bare / "config").write_text(AUTHOR, encoding="utf-8")
    for command in ("undo", "save"):
        assert "in no git repository" in hscp(bare, command, status=2)


def test_a_git_that_stands_in_the_plans_folder_or_a_relative_place_is_never_run(folder):
    for place in (folder / "plan" / "git", folder / "git"):
        place.write_text(f"#!/bin/sh\ntouch {folder}/sprung\n", encoding="utf-8")
        place.chmod(0o755)
    path = os.pathsep.join((".", "", str(folder / "plan"), os.environ["PATH"]))
    hscp(folder, "progress", "P1.2", "Ten of eleven.", PATH=path)
    hscp(folder, "save", "--dry-run", PATH=path)
    hscp(folder, "undo", PATH=path)
    assert not (folder / "sprung").exists()


def test_another_repository_that_the_environment_points_at_is_not_asked(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    run(folder, "init", "-q", str(other))
    elsewhere = {"GIT_DIR": str(other / ".git"), "GIT_INDEX_FILE": str(other / "index")}
    assert "Nothing to save" in hscp(folder, "save", **elsewhere)
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    hscp(folder, "save", **elsewhere)
    assert log(folder, "%s").startswith("Progress on P1.2: ")


TRAPS = (
    *("core.fsmonitor", "diff.external", "core.pager", "diff.x.textconv", "diff.x.command"),
    *("filter.x.clean", "filter.x.smudge", "filter.x.process", "core.sshCommand", "gpg.program"),
    *("core.editor", "sequence.editor", "credential.helper", "uploadpack.packObjectsHook"),
)


@pytest.fixture
def hostile(folder):
    """The same repository, whose configuration names a program for whatever it can."""
    trap = folder / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {folder}/sprung\n", encoding="utf-8")
    trap.chmod(0o755)
    (folder / ".gitattributes").write_text("*.yaml diff=x filter=x\n", encoding="utf-8")
    for key in TRAPS:
        run(folder, "config", key, str(trap))
    run(folder, "config", "log.showSignature", "true")
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-commit"):
        hook = folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        shutil.copy(trap, hook)
    return folder


def test_reading_runs_nothing_that_the_repository_names(hostile):
    hscp(hostile, "progress", "P1.2", "Ten of eleven.", "--status", "at risk")
    assert "P1.2 at risk" in hscp(hostile, "save", "--dry-run")
    hscp(hostile, "undo", "--dry-run")
    hscp(hostile, "undo")
    assert "Nothing" in hscp(hostile, "undo")
    hscp(hostile, "save")
    hscp(hostile, "add", "P1", "Brief all", "--due", "2022-02")
    assert not (hostile / "sprung").exists()


@pytest.mark.parametrize("words", [("status",), ("diff",)])
def test_the_traps_would_have_sprung(hostile, words):
    (hostile / "plan" / P1).write_text("id: P1\n", encoding="utf-8")
    subprocess.run(["git", *words], cwd=hostile, env=around(hostile), capture_output=True)
    assert (hostile / "sprung").exists()


# Undoing ----------------------------------------------------------------------------------------


def test_before_the_first_commit_everything_may_be_taken_back(tmp_path):
    shutil.copytree(DEMO, tmp_path / "plan")
    (tmp_path / "config").write_text(AUTHOR, encoding="utf-8")
    run(tmp_path, "init", "-q")
    assert "Nine of eleven" in hscp(tmp_path, "undo", "P1.2")
    assert "Six of eleven" in hscp(tmp_path, "undo", "P1.2")
    assert "not started again, was ● on track" in hscp(tmp_path, "undo", "P1.2")
    assert "Nothing of P1.2" in hscp(tmp_path, "undo", "P1.2")
    demo = (DEMO / P1).read_text(encoding="utf-8")
    begin, end = (
        demo.index("        status: on track\n", demo.index("P1.2\n")),
        "      - id: P1.3\n",
    )
    expected = demo[:begin] + demo[demo.index(end) :]
    assert (tmp_path / "plan" / P1).read_text(encoding="utf-8") == expected


def test_a_renamed_file_does_not_make_its_log_unsaved(folder):
    (folder / "plan" / P1).rename(folder / "plan" / "p1.yaml")
    assert "Nothing to take back" in hscp(folder, "undo")
    before = (folder / "plan" / "p1.yaml").read_bytes()
    hscp(folder, "progress", "P1.2", "Ten of eleven.", "--status", "at risk")
    hscp(folder, "undo")
    assert (folder / "plan" / "p1.yaml").read_bytes() == before


def test_a_saved_entry_that_was_reworded_is_not_taken_back(folder):
    path = folder / "plan" / P1
    text = path.read_text(encoding="utf-8").replace("Nine of eleven", "9 of 11")
    path.write_text(text, encoding="utf-8")
    assert "Nothing" in hscp(folder, "undo", "P1.2")
    assert path.read_text(encoding="utf-8") == text


def test_a_fault_elsewhere_does_not_stop_undo_of_an_id(folder):
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    other = folder / "plan" / "p2-child-sexual-abuse.yaml"
    other.write_text(other.read_text(encoding="utf-8") + "oops: 1\n", encoding="utf-8")
    assert "so nothing tells" in hscp(folder, "undo", status=1)
    assert "Ten of eleven" in hscp(folder, "undo", "p1.2")


def test_a_file_that_was_saved_broken_is_not_guessed_at(folder):
    path = folder / "plan" / P1
    good = path.read_bytes()
    path.write_bytes(b"a: [\n")
    run(folder, "commit", "-q", "-am", "Broken")
    path.write_bytes(good)
    assert "so nothing tells what of it was saved" in hscp(folder, "undo", "P1.2", status=1)
    assert path.read_bytes() == good


def test_undo_of_a_priority_takes_the_newest_of_it(folder):
    before = (folder / "plan" / P1).read_bytes()
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    hscp(folder, "decide", "P1", "Thanked all.", "--by", "HSCP Executive Board",
         HSCP_AS_AT="2021-12-16")  # fmt: skip
    assert "decision of 16 December 2021" in hscp(folder, "undo", "P1")
    assert "entry of 15 December 2021" in hscp(folder, "undo", "P1")
    assert (folder / "plan" / P1).read_bytes() == before


def test_two_of_one_day_in_one_log_come_off_one_after_the_other(folder):
    before = (folder / "plan" / P1).read_bytes()
    for status in ("at risk", "off track", "on track"):
        hscp(folder, "progress", "P1.2", f"Now {status}.", "--status", status)
    assert "× off track again, was ● on track" in hscp(folder, "undo")
    assert "▲ at risk again, was × off track" in hscp(folder, "undo")
    assert "● on track again, was ▲ at risk" in hscp(folder, "undo")
    assert (folder / "plan" / P1).read_bytes() == before


# Saving -----------------------------------------------------------------------------------------


def test_detached_head_is_said_and_a_branch_mends_it(folder):
    run(folder, "checkout", "-q", "--detach")
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    assert "detached HEAD" in hscp(folder, "save", status=1)
    assert "on december" in hscp(folder, "save", "--branch", "december")
    assert run(folder, "branch", "--show-current") == "december"


def test_a_paper_says_that_its_plan_is_not_saved_only_where_it_is_not(folder):
    asked = folder / "plan" / "asked.yaml"
    for paper in ("board", "plan"):
        assert "not saved" not in hscp(folder, "report", paper, "--format", "markdown", "-o", "-")
    asked.write_bytes(asked.read_bytes() + b"# A remark\n")
    assert "not saved" in hscp(folder, "report", "board", "--format", "markdown", "-o", "-")


def part(folder, ours, theirs):
    """main and another branch, each of which recorded something."""
    run(folder, "switch", "-q", "-c", "other")
    hscp(folder, *theirs)
    hscp(folder, "save")
    run(folder, "switch", "-q", "main")
    hscp(folder, *ours)
    hscp(folder, "save")


OURS = ("progress", "P4.1", "Ours.")
THEIRS = ("progress", "P1.2", "Theirs.")


def test_a_save_ends_a_merge_with_what_was_recorded_since(folder):
    part(folder, OURS, THEIRS)
    run(folder, "merge", "-q", "--no-commit", "other")
    assert "To end the merge: hscp save" in hscp(folder, "resolve")
    hscp(folder, "progress", "P1.4", "Since.")
    assert "Saved as" in hscp(folder, "save")
    assert len(log(folder, "%P").split()) == 2
    assert log(folder, "%s").startswith("Merge branch 'other'")
    assert {"Theirs.", "Since."} <= set(re.findall(r"\w+\.", log(folder)))
    assert run(folder, "status", "--short", "--untracked-files=no") == ""
    assert "Nothing to save" in hscp(folder, "save")


def test_a_save_ends_a_merge_that_brings_the_plan_nothing(folder):
    run(folder, "switch", "-q", "-c", "other")
    run(folder, "commit", "-q", "--allow-empty", "-m", "Theirs")
    run(folder, "switch", "-q", "main")
    run(folder, "commit", "-q", "--allow-empty", "-m", "Ours")
    run(folder, "merge", "-q", "--no-commit", "other")
    hscp(folder, "save", "After the Board")
    assert len(log(folder, "%P").split()) == 2
    assert log(folder) == "After the Board"


def test_a_save_ends_a_merge_whose_conflict_was_put_right(folder):
    part(folder, ("progress", "P1.2", "Ours."), THEIRS)
    run(folder, "merge", "-q", "other", status=1)
    before = log(folder, "%H")
    assert "unfinished merge" in hscp(folder, "save", status=1)
    assert log(folder, "%H") == before
    hscp(folder, "resolve")
    hscp(folder, "save")
    assert len(log(folder, "%P").split()) == 2
    assert run(folder, "status", "--short", "--untracked-files=no") == ""


@pytest.mark.parametrize("how", ["one side alone", "taken out", "another file", "a branch"])
def test_a_merge_that_a_person_must_end_is_said_with_how(folder, how):
    if how == "one side alone":
        (folder / ".gitattributes").write_text("*.yaml -merge\n", encoding="utf-8")
    part(folder, ("progress", "P1.2", "Ours."), THEIRS)
    if how == "taken out":
        run(folder, "rm", "-q", f"plan/{P1}")
        run(folder, "commit", "-q", "-m", "No more")
    run(folder, "merge", "-q", "--no-commit", "other", status=1)
    words = [f"git add plan/{P1}", "Then save again"]
    if how in ("another file", "a branch"):
        hscp(folder, "resolve")
    if how == "another file":
        (folder / "notes.txt").write_text("Mine.\n", encoding="utf-8")
        run(folder, "add", "notes.txt")
        words = ["notes.txt", f"git add plan/{P1} git commit --no-edit"]
    if how == "a branch":
        words = ["Save without --branch"]
    before, text = log(folder, "%H"), (folder / "plan" / P1).read_bytes()
    said = hscp(folder, "save", *(["--branch", "new"] if how == "a branch" else []), status=1)
    assert all(word in said for word in words), said
    assert log(folder, "%H") == before
    assert (folder / "plan" / P1).read_bytes() == text


def test_what_else_git_is_in_the_middle_of_is_said_with_how_it_ends(folder):
    part(folder, ("progress", "P1.2", "Ours."), THEIRS)
    run(folder, "cherry-pick", "other", status=1)
    assert "git cherry-pick --continue" in hscp(folder, "save", status=1)
    hscp(folder, "resolve")
    assert "git cherry-pick --continue" in hscp(folder, "save", status=1)


@pytest.mark.parametrize("lacking", ["name", "email"])
def test_whoever_git_does_not_know_is_told_what_to_type(folder, lacking):
    told = [line for line in AUTHOR.splitlines(True) if f"{lacking} =" not in line]
    (folder / "config").write_text("".join(told), encoding="utf-8")
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    said = hscp(folder, "save", status=1)
    assert f"git does not know your {lacking}" in said
    assert f"user.{lacking}" in said


def test_a_branch_that_is_there_or_no_name_is_refused_and_nothing_changes(folder):
    run(folder, "branch", "december")
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    before = log(folder)
    assert "already exists" in hscp(folder, "save", "--branch", "december", status=1)
    assert "takes a name" in hscp(folder, "save", "--branch", "--orphan", status=2)
    assert "did not start the branch" in hscp(folder, "save", "--branch", "a..b", status=1)
    assert log(folder) == before
    assert run(folder, "branch", "--show-current") == "main"


def test_the_first_save_begins_the_plan(tmp_path):
    shutil.copytree(DEMO, tmp_path / "plan")
    (tmp_path / "config").write_text(AUTHOR, encoding="utf-8")
    run(tmp_path, "init", "-q", "-b", "main")
    hscp(tmp_path, "save")
    assert log(tmp_path).startswith("Begin the plan: 4 priorities, ")
    assert "Nothing to save" in hscp(tmp_path, "save")
    assert run(tmp_path, "status", "--short").split() == ["??", "config"]


def test_a_hook_that_refuses_leaves_a_new_file_unstaged_and_the_rest_as_it_was(folder):
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nprintf 'no \\033[31mred\\n'\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    (folder / "notes.txt").write_text("Staged.\n", encoding="utf-8")
    run(folder, "add", "notes.txt")
    new = folder / "plan" / "p9.yaml"
    new.write_text("id: P9\ntitle: Nine\n", encoding="utf-8")
    said = hscp(folder, "save", status=1)
    assert "no \\x1b[31mred" in said
    assert run(folder, "diff", "--cached", "--name-only").split() == ["notes.txt"]
    hook.unlink()
    hscp(folder, "save")
    assert run(folder, "show", "--name-only", "--format=", "HEAD").split() == ["plan/p9.yaml"]
    assert log(folder, "%s").startswith("P9 added: ")
    assert run(folder, "diff", "--cached", "--name-only").split() == ["notes.txt"]


def test_a_hook_sees_only_the_plans_files_and_patterns_still_work_in_it(folder):
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    words = "git diff --cached --name-only -- 'plan/*.yaml' notes.txt > seen"
    hook.write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
    hook.chmod(0o755)
    (folder / "notes.txt").write_text("Staged.\n", encoding="utf-8")
    run(folder, "add", "notes.txt")
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    hscp(folder, "save")
    assert (folder / "seen").read_text(encoding="utf-8").split() == [f"plan/{P1}"]


def test_staged_and_further_changed_is_saved_as_it_stands(folder):
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    run(folder, "add", "-A", "plan")
    hscp(folder, "progress", "P1.2", "Eleven of eleven.")
    hscp(folder, "save")
    assert run(folder, "status", "--short", "--untracked-files=no") == ""


def test_a_file_that_was_taken_out_or_renamed_is_saved_so(folder):
    path = folder / "plan" / "p4-children-with-disabilities-and-sen.yaml"
    path.rename(folder / "plan" / "p4.yaml")
    hscp(folder, "save")
    assert log(folder, "%s").startswith("Tidy")
    assert run(folder, "status", "--short", "--untracked-files=no") == ""
    run(folder, "rm", "-q", "plan/p4.yaml")
    hscp(folder, "save")
    assert "P4: taken out" in log(folder)
    assert run(folder, "status", "--short", "--untracked-files=no") == ""


def test_what_git_keeps_with_other_line_ends_is_no_change(folder):
    run(folder, "config", "core.autocrlf", "true")
    for path in (folder / "plan").glob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "Nothing to save" in hscp(folder, "save")
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    hscp(folder, "save")
    assert run(folder, "show", "--name-only", "--format=", "HEAD").split() == [f"plan/{P1}"]
    assert b"\r" not in repo.files_at_head(folder / "plan")[P1]


def test_a_message_replaces_the_subject_and_is_made_safe(folder):
    hscp(folder, "progress", "P1.2", "Ten \u202eof eleven.", "--status", "at risk")
    hscp(folder, "save", "# After the\nBoard \x1b[31m")
    subject, _, body = log(folder).partition("\n\n")
    assert subject == "# After the Board \\x1b[31m"
    said = '15 December 2021, by A lead: "Ten \\u{202e}of eleven."'
    assert body == f"P1.2: on track to at risk; {said}"
    hscp(folder, "progress", "P1.2", "Again.")
    assert "the message is empty" in hscp(folder, "save", "  ", status=2)


def test_it_works_from_any_folder_and_names_what_comes_next(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere")
    run(folder, "init", "-q", "--bare", str(other / "hub.git"))
    hscp(folder, "progress", "P1.2", "Ten of eleven.")
    run(folder, "remote", "add", "origin", str(other / "hub.git"))
    said = hscp(folder, "save", "--branch", "december", "--plan", str(folder), where=other)
    assert "git push -u origin december, and then open a pull request" in said
    run(folder, "push", "-q", "-u", "origin", "december")
    hscp(folder, "progress", "P1.2", "Eleven.")
    assert "To share it: git push, and then open a pull request" in hscp(folder, "save")
