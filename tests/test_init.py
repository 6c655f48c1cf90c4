"""A plan begins whole or not at all, over nothing, and says what was typed for it."""

import errno
import os
import re
from pathlib import Path

import pytest
import strategies as some
from hypothesis import event, example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from running import REPO, git, hscp
from test_asking import at_terminal
from test_edits import TRAPS

from hscp_plan import store
from hscp_plan.dates import read
from hscp_plan.editing import begin as beginning
from hscp_plan.editing.begin import begin
from hscp_plan.editing.change import AlreadyRecorded
from hscp_plan.editing.meetings import add_meeting
from hscp_plan.editing.new_milestone import add_first_milestone
from hscp_plan.editing.new_plan import NewPlan, for_github, for_gitlab, group_kind
from hscp_plan.editing.new_priority import (
    NewPriority,
    clean_name,
    file_name,
    next_priority_id,
    priority_change,
)
from hscp_plan.editing.write import compared, create
from hscp_plan.errors import Mendable, Mistyped
from hscp_plan.reading import yamltext

LINE = ("init", "--partnership", "A Board", "--title", "A plan", "--start", "2026-04", "--end",
        "2028-03", "--priority", "Neglect")  # fmt: skip
texts = st.one_of(st.sampled_from(TRAPS), some.any_text)


def kept(text: str) -> str | None:
    """A text as a plan keeps it; None where it is refused."""
    try:
        return clean_name(text, "it")
    except Mistyped:
        return None


@given(texts, texts, st.lists(texts, max_size=4), st.lists(texts, max_size=4))
@example("{title}", "{id}", ["{groups}"], ["# {year}"])
def test_any_text_is_read_back_or_refused(partnership, title, priorities, groups):
    names = [kept(text) for text in (partnership, title, *priorities, *groups)]
    if None in names:
        return
    first, second, *rest = names
    titles, boards = rest[: len(priorities)], rest[len(priorities) :]
    new = NewPlan(first, second, read("2026-04"), read("2028-03"), titles, boards, first)
    try:
        changes = new.files()
    except Mistyped:  # what could identify a child
        event("refused")
        return
    values = {name: compared(change, Path(name)) for name, change in changes.items()}
    head = values.pop("plan.yaml")
    assert (head.partnership, head.short_name, head.title) == (first, first, second)
    assert [group.name for group in head.groups] == boards
    assert [priority.title for priority in values.values()] == titles
    for name, change in changes.items():
        assert isinstance(yamltext.decode(change.text.encode(), name), str)
        assert store.right_name(name) is None


@given(texts)
def test_a_priority_has_a_name_that_every_disk_takes(title):
    assert re.fullmatch(r"p12(-[a-z0-9]+)*\.yaml", file_name("P12", title))
    assert len(file_name("P12", title)) < 64


@pytest.mark.parametrize(
    ("priorities", "known", "id"),
    [
        ([], [], "P1"),
        (["P1", "P2"], ["P1", "P1.9", "P2-A"], "P3"),
        (["P1", "P10"], ["P11", "M40"], "P12"),
        (["SP3"], ["P9"], "SP4"),
        (["Neglect"], [], "P1"),
    ],
)
def test_the_next_priority(priorities, known, id):
    assert next_priority_id(priorities, known) == id


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("HSCP Executive Board", "board"),
        ("Quality Sub-Group", "sub-group"),
        ("Chair of Executive Board", "role"),
        ("HSCP Statutory Safeguarding Partners", "statutory partners"),
        ("Neglect Task and Finish Group", "task and finish group"),
        ("Business Manager", "role"),
        ("Independent Scrutineer", "role"),
        ("Education", "sub-group"),
    ],
)
def test_a_groups_kind_is_taken_from_its_name(name, kind):
    assert group_kind(name) == kind


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else b""
            for p in folder.rglob("*")}  # fmt: skip


FILES = {"plan.yaml": b"1", "p1.yaml": b"2", "schema/a.json": b"3"}


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "a folder with a paper"])
@pytest.mark.parametrize("call", ["mkdir", "link", "rename", "new_file"])
def test_whatever_the_disk_refuses_nothing_is_left_behind(there, call, tmp_path, monkeypatch):
    """Each call is refused in turn, the first, the second and so on, until none is."""
    messages: list[str] = []
    for refused in range(30):
        home = tmp_path / str(refused)
        plan = home / "deep" / "plan"
        home.mkdir()
        if there != "nothing":
            plan.mkdir(parents=True)
        if there == "a folder with a paper":
            (plan / "board.docx").write_bytes(b"paper")
        (home / ".gitignore").write_bytes(b"mine")
        before, calls = tree(home), [0]
        beside = {home / ".gitignore": b"hscp's", home / ".vscode" / "settings.json": b"{}"}
        owner = {"mkdir": Path, "link": os, "rename": os, "new_file": beginning}[call]
        real = getattr(owner, call)

        def refuse(*words, real=real, calls=calls, refused=refused, **more):
            calls[0] += 1
            if calls[0] == refused + 1:
                raise OSError(errno.ENOSPC, "full")
            return real(*words, **more)

        with monkeypatch.context() as patched:
            patched.setattr(owner, call, refuse)
            try:
                left = begin(plan, FILES, beside)
            except Mendable as said:
                messages.append(said.what)
                assert tree(home) == before
                continue
        assert left == [home / ".gitignore"]
        after = tree(home)
        assert after["deep/plan/plan.yaml"] == b"1"
        assert after["deep/plan/schema/a.json"] == b"3"
        assert after[".gitignore"] == b"mine"
        assert not [name for name in after if beginning.ASIDE in name]
        if calls[0] <= refused:
            assert all("the disk is full" in message for message in messages)
            return
    pytest.fail("it never got on")


def test_into_a_folder_that_is_there_plan_yaml_goes_last(tmp_path, monkeypatch):
    """Until then nobody takes what is there for a plan."""
    plan, real, order = tmp_path / "plan", beginning._move, []
    plan.mkdir()

    def move(path, target, made):
        order.append(target.relative_to(plan).as_posix())
        return real(path, target, made)

    monkeypatch.setattr(beginning, "_move", move)
    begin(plan, FILES, {})
    assert sorted(order) == sorted(FILES)
    assert order[-1] == "plan.yaml"


def test_what_a_killed_process_left_is_removed_and_what_another_writes_is_not(tmp_path):
    old, new = tmp_path / f"{beginning.ASIDE}1-a", tmp_path / f"{beginning.ASIDE}2-b"
    for folder in (old, new):
        (folder / "plan").mkdir(parents=True)
    os.utime(old, (0, 0))
    begin(tmp_path / "plan", FILES, {})
    assert not old.exists()
    assert new.is_dir()


def test_a_plan_that_comes_meanwhile_is_not_replaced(tmp_path, monkeypatch):
    plan, real = tmp_path / "plan", beginning._move_plan

    def other_first(aside, folder, made):
        folder.mkdir()
        (folder / "plan.yaml").write_bytes(b"theirs")
        real(aside, folder, made)

    monkeypatch.setattr(beginning, "_move_plan", other_first)
    with pytest.raises(Mendable, match="somebody else"):
        begin(plan, FILES, {tmp_path / ".gitignore": b"x"})
    assert (plan / "plan.yaml").read_bytes() == b"theirs"
    assert not (tmp_path / ".gitignore").exists()


def test_the_plan_has_no_errors_and_its_schemas_are_those_of_hscp_schema(tmp_path):
    assert hscp(*LINE, "--group", "A Board", folder=tmp_path).returncode == 0
    opened = store.open_plan(tmp_path / "plan")
    assert not opened.faults
    before = tree(tmp_path / "plan" / "schema")
    assert hscp("schema", folder=tmp_path).returncode == 0
    assert tree(tmp_path / "plan" / "schema") == before


def test_here_may_be_the_plans_folder(tmp_path):
    assert hscp(*LINE[:1], ".", *LINE[1:], folder=tmp_path).returncode == 0
    assert {"plan.yaml", ".gitignore", "p1-neglect.yaml"} <= {p.name for p in tmp_path.iterdir()}
    assert not list(tmp_path.parent.glob(".git*"))
    assert hscp("check", folder=tmp_path).returncode == 0


# What is added to it ---------------------------------------------------------------------------


def test_two_who_begin_a_priority_at_once_are_not_given_one_id(plan):
    first = NewPriority(str(plan), "Young carers", None, None, ())
    second = NewPriority(str(plan), "Online harm", "2023", "Safer.", ())
    paths = [create(plan, new.choose)[0].name for new in (first, second)]
    assert paths == ["p5-young-carers.yaml", "p6-online-harm.yaml"]
    with pytest.raises(Mistyped, match="P6 is called"):
        create(plan, NewPriority(str(plan), "ONLINE HARM", None, None, ()).choose)
    assert not [fault for fault in store.open_plan(plan).faults if fault.severity == "error"]


def test_a_priority_never_replaces_a_file(plan):
    (plan / "p5-young-carers.yaml").symlink_to("elsewhere")
    with pytest.raises(Mendable, match="is there already"):
        create(plan, NewPriority(str(plan), "Young carers", None, None, ()).choose)
    assert (plan / "p5-young-carers.yaml").is_symlink()


@given(texts, st.one_of(st.none(), texts))
def test_a_priority_says_what_was_typed(title, outcome):
    names = [kept(title), kept(outcome) if outcome is not None else ""]
    if None in names:
        return
    try:
        change = priority_change("P7", names[0], 2026, "2027", names[1])
    except Mistyped:
        event("refused")
        return
    priority = compared(change, Path("p7.yaml"))
    assert (priority.title, priority.outcome or "") == (names[0], names[1])
    # And what is added to it goes before the comments that teach.
    with_one = add_first_milestone(
        change.text, change.values, "P7-A", {"id": "P7.1", "action": "x"}
    )
    assert compared(with_one, Path("p7.yaml")).objectives[0].milestones[0].action == "x"
    without = re.sub(r"(?m)^objectives:\n(?: .*\n)+", "", with_one.text, count=1)
    assert without == change.text


HEADS = {
    "none": "id: x\n",
    "empty": "id: x\nmeetings: []   # none yet\nwords: {milestone: Action}\n",
    "several": "meetings:\n- date: 2021-07-21   # summer\n  group: A\n\n# Two.\n- date: 2022-01\n"
    "  group: B\n# The end.\nid: x\n",
    "windows": "id: x\r\nmeetings:\r\n    -   date: 2021-07-21\r\n        group: A",
}


@pytest.mark.parametrize("text", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("day", ["2020-01-01", "2021-12-15", "2022-01-31", "2023-01-01"])
def test_a_meeting_goes_to_its_place_and_nothing_else_changes(text, day):
    plain = text.replace("\r\n", "\n")
    values = yamltext.values(plain if plain.endswith("\n") else f"{plain}\n")
    new = {"date": day, "group": "Board: all", "title": "- x"}
    changed = add_meeting(text, values, new)
    after = changed.text.replace("\r\n", "\n")
    assert yamltext.values(after) == changed.values
    dates = [read(meeting["date"]).first for meeting in changed.values["meetings"]]
    assert dates == sorted(dates)
    assert after.split("\n")[changed.line - 1].lstrip(" -").startswith("date:")
    assert re.findall("#.*", after) == re.findall("#.*", plain)
    assert changed.text.count("\r\n") == (changed.text.count("\n") if "\r" in text else 0)
    with pytest.raises(AlreadyRecorded):
        add_meeting(changed.text, changed.values, {**new, "group": "BOARD: ALL"})


# At a terminal ----------------------------------------------------------------------------------


def test_it_asks_for_what_is_not_given_and_again_for_what_is_none(tmp_path):
    answers = ["", "A Board", "AB", "A plan", "someday", "4/2026", "March 2025", "March 2028",
               "Neglect", "Young carers", "", "Executive Board", "", "y"]  # fmt: skip
    said, status = at_terminal(tmp_path, ["init"], answers)
    assert status == 0, said
    assert "before it begins" in said
    head = store.open_plan(tmp_path / "plan").plan.head
    assert (head.partnership, head.short_name) == ("A Board", "AB")
    assert (head.period.start.text, head.period.end.text) == ("2026-04", "2028-03")
    assert (tmp_path / ".git").is_dir()
    assert "git add --all" in said


def test_git_begins_only_where_it_is_wished(tmp_path):
    _, status = at_terminal(tmp_path, [*LINE], ["n"])
    assert status == 0
    assert (tmp_path / "plan").is_dir()
    assert not (tmp_path / ".git").exists()


# For the git host -------------------------------------------------------------------------------

NAMES = ["plan.yaml", "p1-neglect.yaml", "p2-abuse.yaml"]


def test_the_examples_for_a_git_host_are_what_init_writes():
    here = REPO / "examples" / "git-host"
    written = {**for_github("plan", NAMES), **for_gitlab("plan", NAMES)}
    for name, example_name in {
        ".github/workflows/plan-check.yml": "plan-check.yml",
        ".github/pull_request_template.md": "pull_request_template.md",
        ".gitlab-ci.yml": ".gitlab-ci.yml",
    }.items():
        assert written[name] == (here / example_name).read_text(encoding="utf-8")
    owners = (here / "CODEOWNERS").read_text(encoding="utf-8")
    head, found, _ = written[".github/CODEOWNERS"].partition("# A priority:")
    assert found
    assert owners.startswith(head)


@pytest.mark.parametrize("place", ["plan", "our plan", "plans/2026: #1", "- x"])
def test_a_workflow_names_the_folder_whatever_it_is_called(place):
    github = YAML(typ="safe").load(for_github(place, NAMES)[".github/workflows/plan-check.yml"])
    steps = github["jobs"]["check"]["steps"]
    assert next(s["with"]["plan"] for s in steps if s["uses"] == "OWNER/hscp@VERSION") == place
    gitlab = YAML(typ="safe").load(for_gitlab(place, NAMES)[".gitlab-ci.yml"])
    assert [gitlab[job]["variables"]["PLAN"] for job in ("plan", "pages")] == [place, place]


def test_every_file_has_two_who_may_approve_it():
    text = for_github("our plan", NAMES)[".github/CODEOWNERS"]
    lines = [
        re.split(r"(?<!\\) +", line) for line in text.splitlines() if line[:1] in "*/" and line
    ]
    named = {first: people for first, *people in lines}
    assert {f"/our\\ plan/{name}" for name in NAMES} <= set(named)
    assert all(len(set(people)) >= 2 for people in named.values())


def test_what_is_for_the_host_stands_at_the_top_of_the_repository(tmp_path):
    git(tmp_path, "init", "-q")
    (tmp_path / "work").mkdir()
    assert hscp(*LINE, "--github", folder=tmp_path / "work").returncode == 0
    assert (tmp_path / "work" / ".gitignore").is_file()
    assert not (tmp_path / "work" / ".github").exists()
    workflow = (tmp_path / ".github" / "workflows" / "plan-check.yml").read_text(encoding="utf-8")
    assert "plan: work/plan\n" in workflow


def test_contacts_and_papers_stay_out_of_git(tmp_path):
    assert hscp(*LINE, folder=tmp_path).returncode == 0
    git(tmp_path, "init", "-q")
    for name in ("contacts.yaml", "board.docx", "drafts/a.eml", "plan/contacts.yaml", "a.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    git(tmp_path, "add", "--all")
    names = git(tmp_path, "ls-files").splitlines()
    assert "plan/plan.yaml" in names
    assert not [name for name in names if re.search(r"contacts|docx|eml|xlsx", name)]
