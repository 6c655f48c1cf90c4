"""The store: any file at all gives a plan or faults, and no cache ever changes an answer."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
import small_plan
import strategies as some
from hypothesis import example, given, settings
from hypothesis import strategies as st
from running import HEAD, REPO

from hscp_plan import store
from hscp_plan.errors import Fault, Mistyped
from hscp_plan.reading import yamltext
from hscp_plan.store import NoPlan, Opened, find, open_plan

DEMO = REPO / "examples" / "demo-plan"
P1 = f"""\
{small_plan.P1}      - id: P1.2
        due: 2021-10
        action: Audit the practice
"""
needs_modes = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads whatever the modes are"
)


@contextmanager
def cache(folder: Path | str | None) -> Iterator[None]:
    """Within it, this is where records are kept; None: nowhere."""
    with mock.patch.object(store, "cache_folder", return_value=folder and Path(folder)):
        yield


@pytest.fixture(autouse=True)
def _no_cache() -> Iterator[None]:
    with cache(None):
        yield


@contextmanager
def plan_of(**files: bytes | str) -> Iterator[Path]:
    """A plan's folder with these files beside plan.yaml: p1=… is p1.yaml."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, content in {"plan": HEAD, **files}.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / f"{name}.yaml").write_bytes(data)
        yield folder


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A faultless plan's folder."""
    (tmp_path / "plan.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "p1.yaml").write_text(P1, encoding="utf-8")
    return tmp_path


def ids(opened: Opened) -> list[str]:
    return [m.id for p in opened.plan.priorities for m in p.milestones]


def only_fault(folder: Path) -> Fault:
    [found] = open_plan(folder).faults
    assert found.next, "no remedy"
    return found


# Any file at all --------------------------------------------------------------------------------


def sound(opened: Opened) -> None:
    """Whatever was read: each file is shown or has an error, and each fault says what to do."""
    for source in opened.sources:
        errors = [f for f in source.faults if f.severity == "error"]
        assert source.value is not None or errors
        for found in source.faults:
            assert found.place.file.endswith(source.name)
            assert found.message
            assert found.next


@given(some.any_bytes)
@example(b"")
@example(b"- id:\n")
@example(b"id: P1\ntitle: [a]\n")
@example(b"id: P1\ntitle: a\nuntil: [2022]\n")
@example(b"id: P1\ntitle: a\nuntil: {a: b}\n")
def test_any_bytes_in_a_file_give_a_plan_or_faults(data):
    with plan_of(p1=data) as folder:
        sound(open_plan(folder))


@given(some.any_bytes)
def test_any_bytes_in_plan_yaml_leave_the_priorities_to_be_seen(data):
    with plan_of(plan=data, p1=P1) as folder:
        opened = open_plan(folder)
        sound(opened)
        assert ids(opened) == ["P1.1", "P1.2"]


@given(some.spoilt((DEMO / "p1-neglect.yaml").read_text(encoding="utf-8")))
def test_a_file_after_slips_of_the_hand_gives_a_plan_or_faults(data):
    with plan_of(p1=data) as folder:
        sound(open_plan(folder))


@given(some.spoilt((DEMO / "plan.yaml").read_text(encoding="utf-8")))
def test_plan_yaml_after_slips_of_the_hand_gives_a_plan_or_faults(data):
    with plan_of(plan=data) as folder:
        sound(open_plan(folder))


WHOLE = {
    name: yamltext.read((DEMO / name).read_text(encoding="utf-8"), name).value
    for name in ("p1-neglect.yaml", "p2-child-sexual-abuse.yaml", "plan.yaml")
}


@pytest.mark.long
@given(st.data(), st.sampled_from([*WHOLE]))
@settings(max_examples=100)
def test_values_of_every_wrong_kind_give_a_plan_or_faults(data, name):
    wrong = data.draw(some.misshapen(WHOLE[name]))
    text = some.flow(wrong if isinstance(wrong, dict) else WHOLE[name])
    with plan_of(**{"plan" if name == "plan.yaml" else "p1": text}) as folder:
        sound(open_plan(folder))


DATED = ["until: {}", "objectives: [{{id: A, complete_by: {}}}]", "assurance: [{{date: {}}}]",
         "objectives: [{{id: A, milestones: [{{id: P1.1, action: a, due: {}}}]}}]",
         "impact: [{{date: {}, from: children, note: n}}]"]  # fmt: skip


@pytest.mark.parametrize("value", ["[2022]", "{a: b}", "[]", "{}", "''", "2021-13", "no"])
@pytest.mark.parametrize("key", DATED)
def test_whatever_stands_for_a_date_is_a_fault_and_nothing_worse(key, value):
    with plan_of(p1="id: P1\ntitle: T\n" + key.format(value)) as folder:
        opened = open_plan(folder)
        sound(opened)
        assert opened.faults


# A plan that is partly broken -------------------------------------------------------------------


def test_a_milestone_with_a_bad_date_is_left_out_and_the_rest_shows(plan):
    text = P1.replace("due: 2021-09", "due: 2021-13")
    (plan / "p1.yaml").write_text(text, encoding="utf-8")
    opened = open_plan(plan)
    assert ids(opened) == ["P1.2"]
    [found] = opened.faults
    assert (found.rule, found.place[1:4]) == ("date-unreadable", (8, 14, 21))
    assert "2021-12" in found.next
    [source] = [s for s in opened.sources if s.faults]
    [gap] = source.gaps
    assert (gap.label, gap.ids, gap.path) == (
        "P1.1",
        ("P1.1",),
        ("objectives", 0, "milestones", 0),
    )


def test_every_fault_of_every_file_is_told_not_only_the_first(plan):
    text = P1.replace("due: 2021-09", "due: 2021-13").replace("action: Audit", "actoin: Audit")
    (plan / "p1.yaml").write_text(text, encoding="utf-8")
    (plan / "p2.yaml").write_text("id: P2\n", encoding="utf-8")
    rules = {(Path(f.place.file).name, f.rule) for f in open_plan(plan).faults}
    assert rules >= {
        ("p1.yaml", "date-unreadable"), ("p1.yaml", "key-unknown"),
        ("p2.yaml", "key-missing"),
    }  # fmt: skip


def test_a_misspelt_key_is_told_once_and_not_as_missing_too(plan):
    (plan / "p1.yaml").write_text(P1.replace("action: Audit", "actoin: Audit"), encoding="utf-8")
    [found] = [f for f in open_plan(plan).faults if f.severity == "error"]
    assert (found.rule, found.next) == ("key-unknown", "Did you mean: action")


def test_a_log_entry_that_is_broken_takes_its_whole_milestone_with_it(plan):
    text = P1.replace(
        "action: Launch the panel",
        "action: Launch\n        progress:\n          - date: 2021-09-31\n            note: Said.",
    )
    (plan / "p1.yaml").write_text(text, encoding="utf-8")
    assert ids(open_plan(plan)) == ["P1.2"]


def test_a_file_that_is_not_yaml_hides_only_itself(plan):
    (plan / "p2.yaml").write_text("id: P2\n\ttitle: x\n", encoding="utf-8")
    opened = open_plan(plan)
    assert ids(opened) == ["P1.1", "P1.2"]
    assert opened.left_out == ["p2.yaml"]


def test_a_key_with_nothing_after_it_is_a_warning_and_hides_nothing(plan):
    (plan / "p1.yaml").write_text(P1 + "decisions:\n", encoding="utf-8")
    opened = open_plan(plan)
    assert ids(opened) == ["P1.1", "P1.2"]
    assert [f.severity for f in opened.faults] == ["warning"]


# Files that are not ordinary --------------------------------------------------------------------


def test_a_link_that_leads_back_to_itself_is_a_fault(plan):
    (plan / "p2.yaml").symlink_to("p3.yaml")
    (plan / "p3.yaml").symlink_to("p2.yaml")
    faults = open_plan(plan).faults
    assert {Path(f.place.file).name for f in faults} == {"p2.yaml", "p3.yaml"}
    assert all("link that leads back to itself" in f.message for f in faults)


def test_a_link_to_nothing_is_a_fault(plan):
    (plan / "p2.yaml").symlink_to("gone.yaml")
    assert "not there" in only_fault(plan).message


def test_a_link_to_a_file_elsewhere_is_read(plan, tmp_path_factory):
    real = tmp_path_factory.mktemp("elsewhere") / "neglect.txt"
    (plan / "p1.yaml").rename(real)
    (plan / "p1.yaml").symlink_to(real)
    assert ids(open_plan(plan)) == ["P1.1", "P1.2"]


def test_a_folder_in_place_of_a_file_is_a_fault(plan):
    (plan / "p2.yaml").mkdir()
    assert "folder" in only_fault(plan).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_place_of_a_file_is_a_fault_and_is_not_waited_for(plan):
    os.mkfifo(plan / "p2.yaml")
    assert "not an ordinary file" in only_fault(plan).message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_that_never_ends_is_a_fault_and_is_not_read(plan):
    (plan / "p2.yaml").symlink_to("/dev/zero")
    assert "not an ordinary file" in only_fault(plan).message


@needs_modes
def test_a_file_that_may_not_be_read_is_a_fault(plan):
    (plan / "p1.yaml").chmod(0)
    assert "you may not read it" in only_fault(plan).message


@needs_modes
def test_a_folder_that_may_not_be_read_is_a_fault(plan):
    plan.chmod(0o100)
    try:
        assert "cannot be read" in only_fault(plan).message
    finally:
        plan.chmod(0o700)


def test_a_file_of_six_megabytes_is_a_fault_and_is_not_read(plan):
    (plan / "p2.yaml").write_bytes(b"#" * 6_000_000)
    assert "over 5 MB" in only_fault(plan).message


def test_a_file_that_ends_in_yml_is_an_error_never_silence(plan):
    (plan / "p2.yml").write_text("id: P2\n", encoding="utf-8")
    found = only_fault(plan)
    assert Path(found.place.file).name == "p2.yml"
    assert "p2.yaml" in found.next


def test_names_that_begin_with_a_dot_and_other_files_are_left_alone(plan):
    for name in (".p9.yaml", ".p9.yml", "notes.txt", "p1.yaml~"):
        (plan / name).write_text("not: [yaml", encoding="utf-8")
    (plan / "schema").mkdir()
    assert open_plan(plan).faults == ()


def test_over_a_thousand_files_is_a_fault(plan):
    for number in range(store.MOST_FILES):
        (plan / f"p{number}.yaml").write_bytes(b"")
    rules = [f.rule for f in open_plan(plan).faults]
    assert rules[0] == "too-big"
    assert len(rules) <= store.MOST_FILES + 1


def test_a_folder_without_plan_yaml_says_so_and_shows_its_priorities(plan):
    (plan / "plan.yaml").unlink()
    assert only_fault(plan).rule == "file-missing"
    assert ids(open_plan(plan)) == ["P1.1", "P1.2"]


# Where the plan is ------------------------------------------------------------------------------


@pytest.fixture
def here(plan: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the plan in ./plan; the tests stand in it."""
    outer = plan / "outer"
    (outer / "plan").mkdir(parents=True)
    for name in ("plan.yaml", "p1.yaml"):
        (plan / name).rename(outer / "plan" / name)
    monkeypatch.chdir(outer)
    return outer


def test_the_plan_is_found_here_in_plan_and_from_any_folder_below(here, monkeypatch):
    (here / "plan" / "schema").mkdir()
    (here / "minutes" / "2021").mkdir(parents=True)
    for folder in (".", "plan/schema", "../../minutes/2021"):
        monkeypatch.chdir(folder)
        assert Path(find(None)) == here / "plan"


@pytest.mark.usefixtures("here")
def test_a_plan_may_be_named_by_its_folder_or_by_the_one_that_holds_it():
    assert Path(find("plan")) == Path("plan")
    assert Path(find(".")) == Path("plan")


@pytest.mark.usefixtures("here")
def test_no_name_at_all_is_the_folder_one_stands_in(monkeypatch):
    monkeypatch.chdir("plan")
    assert open_plan(find("")).plan.priorities


def test_a_folder_plan_comes_before_a_plan_yaml_beside_it(here):
    (here / "plan.yaml").write_text("jobs: [build]\n", encoding="utf-8")
    assert Path(find(None)) == here / "plan"


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("none", '"none" holds no plan.yaml'),
        ("plan/p1.yaml", '"plan/p1.yaml" is not a folder'),
        ("", '"" holds no plan.yaml'),
    ],
)
def test_a_folder_that_holds_no_plan_is_refused(here, given, what, monkeypatch):
    (here / "none").mkdir()
    if not given:
        monkeypatch.chdir("none")
    with pytest.raises(Mistyped) as caught:
        find(given)
    assert caught.value.what == what
    assert caught.value.next


def test_where_there_is_no_plan_that_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoPlan):
        find(None)
