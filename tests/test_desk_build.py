"""What is built into the desk: what it is pinned to, and of a plan only what may leave."""

import base64
import re
import sys
from contextlib import suppress
from datetime import date
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from textwrap import dedent

import pytest
from running import DEMO, HEAD, REPO, hscp, run, surroundings
from test_export import ALL
from test_export import HEAD as ALL_HEAD

from hscp_plan.desk import build
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
def unfetched(monkeypatch):
    """A build that fetches nothing."""
    monkeypatch.setattr(build, "_put_python", lambda *_: None)


@pytest.mark.parametrize("other", ["mine.txt", "below/x", ".git"])
@pytest.mark.usefixtures("unfetched")
def test_nothing_that_is_somebody_elses_is_replaced(other, tmp_path):
    made = tmp_path / "made"
    build.build(made, None)
    (made / other).parent.mkdir(exist_ok=True)
    (made / other).write_text("Mine.", encoding="utf-8")
    with pytest.raises(build.Mendable, match=f"did not make {re.escape(other)}"):
        build.build(made, None)
    assert (made / other).read_text(encoding="utf-8") == "Mine."


@pytest.mark.usefixtures("unfetched")
def test_what_only_looks_like_a_desk_is_not_replaced(tmp_path):
    for name in ("index.html", build.LIST):
        (tmp_path / name).write_text("Mine.", encoding="utf-8")
    with pytest.raises(build.Mendable, match="did not make it"):
        build.build(tmp_path, None)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "Mine."


@pytest.mark.usefixtures("unfetched")
def test_an_earlier_desk_is_replaced_and_its_plan_goes(tmp_path):
    made = tmp_path / "made"
    assert build.build(made, {"plan.yaml": b"{}"}) == build.build(made, {"plan.yaml": b"{}"})
    assert (made / build.PLAN).is_file()
    build.build(made, None)
    assert not (made / build.PLAN).exists()


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
