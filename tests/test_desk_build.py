"""What is built into the desk: what it is pinned to, and of a plan only what may leave."""

import base64
import errno
import re
import shutil
import sys
from contextlib import suppress
from datetime import date
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path
from textwrap import dedent

import pytest
from running import DEMO, HEAD, REPO, hscp, run, surroundings
from test_export import ALL
from test_export import HEAD as ALL_HEAD

from hscp_plan.cli import dispatch
from hscp_plan.desk import build
from hscp_plan.errors import Mendable
from hscp_plan.publishing import made_folder
from hscp_plan.publishing.door import Door
from hscp_plan.publishing.published_files import published_files
from hscp_plan.store import open_plan

DAY = date(2022, 3, 15)


def opened(folder, **files):
    """The plan of these files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return open_plan(folder)


def copied(plan, folder):
    """The same, as it is built into the desk."""
    folder.mkdir()
    for name, data in published_files(plan, DAY):
        (folder / name).write_bytes(data)
    copy = open_plan(folder)
    assert not copy.faults
    return copy


def test_each_pin_is_a_version_and_a_whole_digest():
    assert re.fullmatch(r"pyodide@\d+\.\d+\.\d+", build.ENGINE)
    kind, _, digest = build.ENGINE_DIGEST.partition("-")
    assert (kind, len(base64.b64decode(digest, validate=True))) == ("sha512", 64)
    for wheel in build.WHEELS:
        assert re.fullmatch(r"\d+\.\d+\.\d+", wheel.version)
        assert re.fullmatch(r"[0-9a-f]{64}", wheel.sha256)


@pytest.mark.parametrize("folder", [DEMO, REPO / "plan"], ids=["demo", "published"])
def test_a_plan_to_look_at_says_what_the_plan_says(folder, tmp_path):
    plan = open_plan(folder)
    copy, published = copied(plan, tmp_path / "copy").plan, Door(plan).published_plan(DAY).plan
    assert (copy.head, copy.files) == (published.head, published.files)


def test_every_key_of_a_plan_is_in_the_one_to_look_at(tmp_path):
    plan = opened(tmp_path / "plan", plan=ALL_HEAD, p1=ALL)
    assert not plan.faults
    assert copied(plan, tmp_path / "copy").plan.files.keys() == plan.plan.files.keys()


COUNTS = dedent("""\
    id: P1
    title: Neglect   # Mrs Example asked for this
    objectives:
      - id: P1-A
        statements: ["Line\\u2028end"]
        milestones:
          - id: P1.1
            due: 2022-04
            action: Ask
            progress:
              - {date: 2022-03-01, note: We spoke to 3 children.}
    measures:
      - {id: P1-M1, name: Children seen, unit: children, values: [{period: 2021/22, value: 3}]}
    """)


def test_of_a_plan_to_look_at_no_small_count_and_no_comment_leaves(tmp_path):
    plan = opened(tmp_path / "plan", plan=HEAD, p1=COUNTS)
    copy = copied(plan, tmp_path / "copy")
    held = (tmp_path / "copy" / "p1.yaml").read_text(encoding="utf-8")
    assert "fewer than 5 children" in held
    assert "Mrs Example" not in held
    priority = copy.plan.files["p1.yaml"]
    assert priority.measures[0].values[0].value == "suppressed"
    assert priority.objectives[0].statements[0] == "Line\u2028end"


@pytest.mark.parametrize(
    ("note", "said"),
    [("Ring 07700 900123.", b"could identify a child"), ("[", b"the plan has errors")],
)
def test_a_plan_that_may_not_leave_is_refused_before_anything_is_fetched(note, said, tmp_path):
    opened(tmp_path / "plan", plan=HEAD, p1=COUNTS.replace("We spoke to 3 children.", note))
    done = hscp("desk", "--build", "site", "--plan", "plan", folder=tmp_path, PATH="")
    assert done.returncode == 1
    assert said in done.stderr.replace(b"\n", b" ")
    assert not (tmp_path / "site").exists()


def test_without_npm_it_is_said_what_to_do(tmp_path):
    done = hscp("desk", "--build", "site", folder=tmp_path, PATH="")
    assert done.returncode == 1
    assert b"there is no npm here" in done.stderr.replace(b"\n", b" ")
    assert b"each release of hscp carries" in done.stderr.replace(b"\n", b" ")


@pytest.mark.parametrize("said", ["error code ECONNREFUSED", "it did not say why"])
def test_what_npm_says_went_wrong_is_passed_on(said, tmp_path):
    lines = (f"echo {said} >&2", "echo A log of this is elsewhere. >&2") if "error" in said else ()
    (tmp_path / "npm").write_text("\n".join(("#!/bin/sh", *lines, "exit 1", "")), encoding="utf-8")
    (tmp_path / "npm").chmod(0o755)
    done = hscp("desk", "--build", "site", folder=tmp_path, PATH=f"{tmp_path}:/bin:/usr/bin")
    assert done.returncode == 1
    assert f"is built of: {said}".encode() in done.stderr.replace(b"\n", b" ")
    assert not (tmp_path / "site").exists()


def test_while_a_folder_is_chosen_all_that_the_first_page_needs_is_loaded():
    done = run((sys.executable, "-c", _WARMED, "plan"), REPO, surroundings(), from_nothing=True)
    assert (done.returncode, done.stdout) == (0, b"[]\n"), done.stderr.decode()


_WARMED = """
import sys
from hscp_plan.desk.within import Within
desk = Within(sys.argv[1], False)
desk.warm()
before = {*sys.modules}
assert 'href="/plan/P1"' in desk.ask("/", "GET", ())["text"]
print([*{*sys.modules} - before])
"""


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Builds the desk beside a plan, fetching nothing; why it did not."""
    monkeypatch.setattr(build, "_python", lambda _: {"pyodide.mjs": b"engine"})
    monkeypatch.chdir(tmp_path)

    def made(*words, status=0):
        building = dispatch.arrange(["desk", "--build", *words])
        if not status:
            assert dispatch.execute(building) == 0
            return ""
        with pytest.raises(Mendable) as refused:
            dispatch.execute(building)
        assert refused.value.status == status
        return f"{refused.value.what}. {refused.value.next}"

    return made


@pytest.mark.parametrize("other", ["mine.txt", "below/x", ".git"])
def test_what_somebody_else_put_into_the_desks_folder_stays(other, made):
    made("site")
    path = Path("site", other)
    path.parent.mkdir(exist_ok=True)
    path.write_text("Mine.", encoding="utf-8")
    made("site")
    assert path.read_text(encoding="utf-8") == "Mine."


def test_what_somebody_changed_of_a_desk_is_replaced_only_where_that_is_forced(made):
    made("site")
    index = Path("site", "index.html")
    ours = index.read_bytes()
    index.write_text("Mine.", encoding="utf-8")
    said = made("site", status=2)
    assert "index.html in site was put there or changed by somebody else." in said
    assert "to replace it, add --force. The desk is as it was." in said
    assert index.read_text(encoding="utf-8") == "Mine."
    made("site", "--force")
    assert index.read_bytes() == ours


@pytest.mark.parametrize("name", ["index.html", "hscp-site.json"])
def test_what_only_looks_like_a_desk_is_not_replaced(name, made):
    Path("site").mkdir()
    Path("site", name).write_text("{}", encoding="utf-8")
    assert "hscp replaces only a desk that it made" in made("site", status=2)
    assert [path.name for path in Path("site").iterdir()] == [name]


def test_an_earlier_desk_is_replaced_and_its_plan_goes(made):
    made("site", "--plan", str(DEMO))
    (old,) = Path("site").glob(f"*/{build.PLAN}")
    made("site")
    assert not old.parent.exists()
    (new,) = filter(Path.is_dir, Path("site").iterdir())
    assert {path.name for path in Path("site").iterdir()} == {
        *("index.html", "start.js", "keep.js", made_folder.DESK.marker, new.name)
    }


@pytest.mark.parametrize("name", ["mine.txt", "shell.js"])
def test_what_somebody_has_in_the_folder_of_an_older_build_stays(name, made):
    made("site", "--plan", str(DEMO))
    (old,) = filter(Path.is_dir, Path("site").iterdir())
    (old / name).write_text("Mine.", encoding="utf-8")
    made("site")
    assert [path.name for path in old.iterdir()] == [name]
    assert (old / name).read_text(encoding="utf-8") == "Mine."


def test_a_link_in_the_place_of_a_builds_folder_is_not_followed(made):
    made("site")
    (build_folder,) = filter(Path.is_dir, Path("site").iterdir())
    build_folder.rename("elsewhere")
    build_folder.symlink_to(Path("elsewhere").absolute())
    before = {path.name: path.read_bytes() for path in Path("elsewhere").iterdir()}
    for words in ((), ("--force",), ("--plan", str(DEMO))):
        assert f"{build_folder.name} is not a folder" in made("site", *words, status=2)
    assert {path.name: path.read_bytes() for path in Path("elsewhere").iterdir()} == before


def test_a_change_anywhere_gives_a_folder_of_another_name(made, tmp_path, monkeypatch):
    browser = shutil.copytree(build.HERE / "browser", tmp_path / "desk" / "browser")
    shutil.copytree(build.HERE / "static", tmp_path / "desk" / "static")
    monkeypatch.setattr(build, "HERE", tmp_path / "desk")
    made("site")
    same = {path: path.read_bytes() for path in Path("site").rglob("*.*")}
    made("site")
    assert {path: path.read_bytes() for path in Path("site").rglob("*.*")} == same
    for name in ("index.html", "start.js", "shell.js", "worker.js"):
        (before,) = filter(Path.is_dir, Path("site").iterdir())
        (browser / name).write_bytes((browser / name).read_bytes() + b"\n")
        made("site")
        (after,) = filter(Path.is_dir, Path("site").iterdir())
        assert after != before
        assert Path("site", "index.html").read_text(encoding="utf-8").count(after.name) == 2


@pytest.mark.parametrize("to", ["plan", ".", "plan/plan.yaml"])
@pytest.mark.parametrize("named", [(), ("--plan", "plan")], ids=["unnamed", "named"])
def test_where_the_plan_is_no_desk_is_made(to, named, made, plan):
    before = {path: path.read_bytes() for path in plan.iterdir() if path.is_file()}
    assert made(to, *named, status=2)
    assert {path: path.read_bytes() for path in plan.iterdir() if path.is_file()} == before
    assert [path.name for path in plan.parent.iterdir()] == ["plan"]


@pytest.mark.parametrize("where", [(build, "_python"), (build, "_tar"), (made_folder, "new_file")])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(errno.ENOSPC, ""), "site: the disk is full. What was there is as it was."),
        (OSError(errno.EROFS, ""), "site: that disk is read-only. What was there is as it was."),
        (KeyboardInterrupt(), None),
    ],
    ids=["full", "read-only", "interrupted"],
)
def test_whatever_keeps_a_desk_from_being_made_leaves_the_one_before(
    where, fault, said, made, plan, monkeypatch
):
    made("site", "--plan", "plan")
    before = {path: path.is_file() and path.read_bytes() for path in plan.parent.rglob("*")}

    def failing(*_, **__):
        raise fault

    monkeypatch.setattr(*where, failing)
    if said:
        assert f"the desk could not be made in {said}" in made("site", "--plan", "plan", status=1)
    else:
        with pytest.raises(KeyboardInterrupt):
            made("site", "--plan", "plan")
    now = {path: path.is_file() and path.read_bytes() for path in plan.parent.rglob("*")}
    assert now == before


def test_what_is_copied_is_what_an_installation_has():
    """A package that only the tools of whoever writes hscp need would be missing elsewhere."""
    needed, todo = set(), ["hscp-plan"]
    while todo:
        name = re.sub(r"[-_.]+", "-", todo.pop()).lower()
        if name not in needed:
            needed.add(name)
            # What another system alone needs is not installed.
            with suppress(PackageNotFoundError):
                of_it = [r for r in requires(name) or () if "extra ==" not in r]
                todo += [re.match(r"[\w.-]+", r)[0] for r in of_it]
    modules = packages_distributions()
    for module in build.COPIED:
        own = {re.sub(r"[-_.]+", "-", each).lower() for each in modules.get(module, ("hscp-plan",))}
        assert own & needed, module


@pytest.mark.parametrize("target", [".", "site", "site/deeper"])
def test_no_desk_is_built_in_a_plans_own_folder(target, plan):
    before = sorted(plan.rglob("*"))
    done = hscp("desk", "--build", target, folder=plan)
    place = "a plan's" if target == "." else "in a plan's"
    assert (done.returncode, f"{target} is {place} own folder" in done.stderr.decode()) == (2, True)
    assert sorted(plan.rglob("*")) == before
