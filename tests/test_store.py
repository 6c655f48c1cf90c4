"""The store: any file at all gives a plan or faults, and no cache ever changes an answer."""

import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
import strategies as some
from hypothesis import example, given, settings
from hypothesis import strategies as st
from running import HSCP, REPO, surroundings

from hscp_plan import memory, store, yamltext
from hscp_plan.dates import read
from hscp_plan.errors import Fault, Mistyped
from hscp_plan.memory import Memory
from hscp_plan.model import Priority
from hscp_plan.store import NoPlan, Opened, find, open_plan

DEMO = REPO / "examples" / "demo-plan"
HEAD = """\
format: 1
id: t
partnership: A Partnership
title: A Plan
period: {start: 2021-04, end: 2023-03}
"""
P1 = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    statements: [To be assured.]
    milestones:
      - id: P1.1
        due: 2021-09
        action: Launch the panel
      - id: P1.2
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


@given(st.data())
@settings(max_examples=100)
def test_values_of_every_wrong_kind_give_a_plan_or_faults(data):
    name = data.draw(
        st.sampled_from(["p1-neglect.yaml", "p2-child-sexual-abuse.yaml", "plan.yaml"])
    )
    whole = yamltext.read((DEMO / name).read_text(encoding="utf-8"), name).value
    wrong = data.draw(some.misshapen(whole))
    text = some.flow(wrong if isinstance(wrong, dict) else whole)
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
    assert (gap.called, gap.ids, gap.path) == (
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


# What is remembered -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def remembered() -> Iterator[tuple[Path, Opened]]:
    """A full cache of the demonstration plan, and what the plan is without any."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "cache"
        with cache(None):
            true = open_plan(DEMO)
        with cache(folder):
            assert open_plan(DEMO) == true
        assert len(list(folder.iterdir())) == len(true.sources)
        yield folder, true


def test_what_is_remembered_is_what_was_read(remembered):
    folder, true = remembered
    refuse = mock.patch.object(yamltext, "values", side_effect=AssertionError("read again"))
    with cache(folder), refuse:
        assert open_plan(DEMO) == true


def flipped(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


DAMAGE = {
    "bytes flipped": flipped,
    "cut short": lambda data, chance: data[: chance.randrange(len(data))],
    "more at its end": lambda data, chance: data + chance.randbytes(chance.randint(1, 9)),
    "another title": lambda data, _: data.replace(b"title", b"totle", 1),
    "another status": lambda data, _: data.replace(b'"on track"', b'"complete"', 1) + b" ",
    "an empty mapping": lambda data, _: data.split(b"\n")[0] + b"\n{}",
    "a list": lambda data, _: data.split(b"\n")[0] + b"\n[1, 2]",
    "no seal": lambda data, _: data.split(b"\n", 1)[1],
    "garbage": lambda _, chance: chance.randbytes(100),
    "nothing": lambda _data, _chance: b"",
    "deep nesting": lambda data, _: data.split(b"\n")[0] + b"\n" + b"[" * 100_000,
}


@given(st.sampled_from(sorted(DAMAGE)), st.randoms(use_true_random=False))
def test_a_damaged_record_changes_no_answer_and_is_written_anew(remembered, damage, chance):
    folder, true = remembered
    record = chance.choice(sorted(folder.glob("*.json")))
    before = record.read_bytes()
    record.write_bytes(DAMAGE[damage](before, chance))
    with cache(folder):
        assert open_plan(DEMO) == true
    assert record.read_bytes() == before


def test_a_record_in_another_s_place_changes_no_answer(remembered):
    folder, true = remembered
    records = sorted(folder.glob("*.json"))
    held = [record.read_bytes() for record in records]
    for record, data in zip(records, [*held[1:], held[0]], strict=True):
        record.write_bytes(data)
    with cache(folder):
        assert open_plan(DEMO) == true


@pytest.mark.parametrize("put", [Path.mkdir, getattr(os, "mkfifo", Path.mkdir)])
def test_a_folder_or_a_pipe_in_a_record_s_place_changes_no_answer(put, plan, tmp_path):
    folder = tmp_path / "cache"
    with cache(folder):
        true = open_plan(plan)
        record = next(folder.glob("*.json"))
        record.unlink()
        put(record)
        assert open_plan(plan) == true


@pytest.mark.skipif(os.name == "nt", reason="Windows has no HOME")
def test_without_a_home_nothing_is_kept(monkeypatch):
    for name in ("HSCP_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "")
    assert memory.cache_folder() is None


def _a_file(folder: Path) -> Path:
    folder.write_text("not a folder", encoding="utf-8")
    return folder


def _read_only(folder: Path) -> Path:
    folder.mkdir(mode=0o500)
    return folder


def _below_a_file(folder: Path) -> Path:
    return _a_file(folder) / "cache"


def _loop(folder: Path) -> Path:
    folder.symlink_to(folder)
    return folder


@pytest.mark.parametrize("spoil", [_a_file, _read_only, _below_a_file, _loop])
def test_a_cache_that_cannot_be_kept_changes_no_answer(plan, tmp_path, spoil):
    true = open_plan(plan)
    with cache(spoil(tmp_path / "cache")):
        assert open_plan(plan) == true
        assert open_plan(plan) == true


def test_a_record_of_another_version_is_not_believed(plan, tmp_path):
    true = open_plan(plan)
    folder = tmp_path / "cache"
    with cache(folder), mock.patch.object(memory, "_version", return_value=b"another"):
        open_plan(plan)
        forge(folder, plan / "p1.yaml")
    with cache(folder):
        assert open_plan(plan) == true


def forge(folder: Path, path: Path) -> None:
    """A record, rightly sealed, that tells another title than the file does."""
    found = open_plan(path.parent)
    value = next(s.value for s in found.sources if s.name == path.name)
    assert isinstance(value, Priority)
    about = Memory.at(folder)
    assert about is not None
    about.remember(path.read_bytes(), value.but(title="Forged"))


def test_a_cache_that_anybody_may_write_to_is_not_believed(plan, tmp_path):
    folder = tmp_path / "cache"
    with cache(folder):
        open_plan(plan)
        forge(folder, plan / "p1.yaml")
        assert open_plan(plan).plan.priorities[0].title == "Forged", "the forgery itself is bad"
        for mode in (0o777, 0o1777, 0o770):
            folder.chmod(mode)
            assert open_plan(plan).plan.priorities[0].title == "Neglect"


@pytest.mark.skipif(os.name == "nt", reason="no owners here")
def test_a_cache_that_is_somebody_else_s_is_not_believed(plan, tmp_path):
    folder = tmp_path / "cache"
    with cache(folder):
        open_plan(plan)
        forge(folder, plan / "p1.yaml")
        with mock.patch.object(os, "getuid", return_value=os.getuid() + 1):
            assert open_plan(plan).plan.priorities[0].title == "Neglect"


def test_a_file_with_faults_is_never_remembered(plan, tmp_path):
    folder = tmp_path / "cache"
    (plan / "p1.yaml").write_text(P1.replace("2021-09", "2021-13"), encoding="utf-8")
    with cache(folder):
        first = open_plan(plan)
        assert first.faults
        assert open_plan(plan) == first
    assert len(list(folder.iterdir())) == 1


def test_a_file_that_changes_by_one_byte_is_read_again(plan, tmp_path):
    with cache(tmp_path / "cache"):
        assert open_plan(plan).plan.priorities[0].milestones
        text = P1.replace("2021-09", "2021-08")
        (plan / "p1.yaml").write_text(text, encoding="utf-8")
        first = next(open_plan(plan).plan.priorities[0].milestones)
        assert first.due == read("2021-08")


def test_records_do_not_pile_up(plan, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    for number in range(4_050):
        (folder / f"{number:040}.json").write_bytes(b"")
    with cache(folder):
        open_plan(plan)
    assert len(list(folder.iterdir())) <= 4_000


def test_four_processes_that_find_an_empty_cache_give_the_same_answer(tmp_path):
    environment = surroundings(HSCP_CACHE=str(tmp_path / "cache"), HSCP_AS_AT="2021-12-15")
    argv = (*HSCP, "status", "--json", "--plan", str(DEMO))
    started = [
        subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in started]
    assert ended[0][2] == 0
    assert ended[0][0]
    assert all(end == ended[0] for end in ended)
    left = {path.suffix for path in (tmp_path / "cache").iterdir()}
    assert left == {".json"}
