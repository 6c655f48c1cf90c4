"""The cache: whatever is in its folder, the answer is the one without it, and no file that
is not a record is touched."""

import json
import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest
import small_plan
from hypothesis import given, settings
from hypothesis import strategies as st
from running import HEAD, HSCP, REPO, hscp, surroundings

from hscp_plan import store
from hscp_plan.dates import read as read_date
from hscp_plan.errors import Mendable
from hscp_plan.model import Priority
from hscp_plan.reading import cache, cache_record, yamltext
from hscp_plan.store import Opened, open_plan

pytestmark = pytest.mark.long

DEMO = REPO / "examples" / "demo-plan"
P1 = (
    small_plan.P1
    + """\
        progress: [{date: 2021-05, note: Begun}]
      - id: P1.2
        due: 2021-10
        action: Audit the practice
milestones:
  - id: P1.3
    due: 2021-11
    action: Tell the Board
    lead: Chair
    progress: [{date: 2021-06, note: Told}]
"""
)


@contextmanager
def cached_in(folder: Path | str | None) -> Iterator[None]:
    """Within it, this is where records are kept; None: nowhere."""
    with mock.patch.object(store, "cache_folder", return_value=folder and Path(folder)):
        yield


@pytest.fixture(autouse=True)
def _no_cache() -> Iterator[None]:
    with cached_in(None):
        yield


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A faultless plan's folder."""
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "plan.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "p1.yaml").write_text(P1, encoding="utf-8")
    return folder


# Damage ------------------------------------------------------------------------------------------


class Full(NamedTuple):
    """A full cache of the demonstration plan, and what the plan is without any."""

    folder: Path
    true: Opened

    def __repr__(self) -> str:
        return "Full()"


@pytest.fixture(scope="module")
def remembered() -> Iterator[Full]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "cache"
        with cached_in(None):
            true = open_plan(DEMO)
        with cached_in(folder):
            assert open_plan(DEMO) == true
        assert len(list(folder.iterdir())) == len(true.sources)
        yield Full(folder, true)


def test_what_is_remembered_is_what_was_read(remembered):
    folder, true = remembered
    refuse = mock.patch.object(yamltext, "values", side_effect=AssertionError("read again"))
    with cached_in(folder), refuse:
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
    "no seal": lambda data, _: data.partition(b"\n")[2],
    "garbage": lambda _, chance: chance.randbytes(100),
    "nothing": lambda _data, _chance: b"",
    "deep nesting": lambda data, _: data.split(b"\n")[0] + b"\n" + b"[" * 100_000,
}


@given(st.sampled_from(sorted(DAMAGE)), st.randoms(use_true_random=False))
def test_a_damaged_record_changes_no_answer_and_is_written_anew(remembered, damage, chance):
    folder, true = remembered
    one = chance.choice(sorted(folder.glob("*.hscp")))
    before = one.read_bytes()
    one.write_bytes(DAMAGE[damage](before, chance))
    with cached_in(folder):
        assert open_plan(DEMO) == true
    assert one.read_bytes() == before


def test_a_record_in_another_s_place_changes_no_answer(remembered):
    folder, true = remembered
    records = sorted(folder.glob("*.hscp"))
    held = [record.read_bytes() for record in records]
    for one, data in zip(records, [*held[1:], held[0]], strict=True):
        one.write_bytes(data)
    with cached_in(folder):
        assert open_plan(DEMO) == true


@pytest.mark.parametrize("place", [Path.mkdir, getattr(os, "mkfifo", Path.mkdir)])
def test_a_folder_or_a_pipe_in_a_record_s_place_changes_no_answer(place, plan, tmp_path):
    folder = tmp_path / "cache"
    with cached_in(folder):
        true = open_plan(plan)
        one = next(folder.glob("*.hscp"))
        one.unlink()
        place(one)
        assert open_plan(plan) == true


@pytest.mark.skipif(os.name == "nt", reason="Windows has no HOME")
def test_without_a_home_nothing_is_kept(monkeypatch):
    for name in ("HSCP_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "")
    assert cache.cache_folder() is None


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
    with cached_in(spoil(tmp_path / "cache")):
        assert open_plan(plan) == true
        assert open_plan(plan) == true


def test_a_record_of_another_version_is_not_believed(plan, tmp_path):
    true = open_plan(plan)
    folder = tmp_path / "cache"
    with cached_in(folder), mock.patch.object(cache, "_version", return_value=b"another"):
        open_plan(plan)
        forge(plan / "p1.yaml")
    with cached_in(folder):
        assert open_plan(plan) == true


def forge(path: Path) -> None:
    """A record, rightly sealed, that tells another title than the file does."""
    found = open_plan(path.parent)
    value = next(s.value for s in found.sources if s.name == path.name)
    assert isinstance(value, Priority)
    about = store.open_cache()
    assert about is not None
    about.add(path.read_bytes(), value.replace(title="Forged"))


def test_a_cache_that_anybody_may_write_to_is_not_believed(plan, tmp_path):
    folder = tmp_path / "cache"
    with cached_in(folder):
        open_plan(plan)
        forge(plan / "p1.yaml")
        assert open_plan(plan).plan.priorities[0].title == "Forged", "the forgery itself is bad"
        for mode in (0o777, 0o1777, 0o770):
            folder.chmod(mode)
            assert open_plan(plan).plan.priorities[0].title == "Neglect"


@pytest.mark.skipif(os.name == "nt", reason="no owners here")
def test_a_cache_that_is_somebody_else_s_is_not_believed(plan, tmp_path):
    folder = tmp_path / "cache"
    with cached_in(folder):
        open_plan(plan)
        forge(plan / "p1.yaml")
        with mock.patch.object(os, "getuid", return_value=os.getuid() + 1):
            assert open_plan(plan).plan.priorities[0].title == "Neglect"


def test_a_file_with_faults_is_never_remembered(plan, tmp_path):
    folder = tmp_path / "cache"
    (plan / "p1.yaml").write_text(P1.replace("2021-09", "2021-13"), encoding="utf-8")
    with cached_in(folder):
        first = open_plan(plan)
        assert first.faults
        assert open_plan(plan) == first
    assert len(list(folder.iterdir())) == 1


def test_two_files_whose_records_share_a_name_are_each_told_as_they_are(plan, tmp_path):
    (plan / "p2.yaml").write_text(P1.replace("P1", "P2"), encoding="utf-8")
    true = open_plan(plan)
    folder = tmp_path / "cache"
    with cached_in(folder), mock.patch.object(cache, "_name", return_value="0" * 16):
        assert open_plan(plan) == open_plan(plan) == true
    assert len(list(folder.iterdir())) == 1


def test_a_file_that_changes_by_one_byte_is_read_again(plan, tmp_path):
    with cached_in(tmp_path / "cache"):
        assert open_plan(plan).plan.priorities[0].milestones
        text = P1.replace("2021-09", "2021-08")
        (plan / "p1.yaml").write_text(text, encoding="utf-8")
        changed = open_plan(plan).plan.milestone("P1.1")
        assert changed is not None
        assert changed.due == read_date("2021-08")


def test_the_folder_is_looked_through_once_however_many_records_are_kept(tmp_path):
    with cached_in(tmp_path / "cache"), mock.patch.object(os, "scandir", wraps=os.scandir) as looks:
        open_plan(DEMO)
    assert looks.call_count == 1


def test_records_do_not_pile_up(plan, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    for number in range(4_050):
        (folder / f"{number:016}.hscp").write_bytes(b"")
    with cached_in(folder):
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
    assert left == {".hscp"}


# Kinds of file ----------------------------------------------------------------------------------

CONTENTS = {
    "a head": HEAD,
    "a priority": P1,
    "another priority": P1.replace("P1", "P2"),
    "a priority with a fault": P1.replace("2021-09", "2021-13"),
    "a head with a fault": HEAD.replace("format: 1", "format: 2"),
    "neither": "jobs: [build]\n",
    "a list": "- id: P1\n",
    "no YAML": "id: [\n",
    "nothing": "",
}
NAMES = ("plan.yaml", "p1.yaml", "p2.yaml", "plan (1).yaml")
folders = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(sorted(CONTENTS)))


@given(st.lists(folders, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_what_is_known_of_a_file_is_known_of_its_kind_too(rounds, chance):
    with tempfile.TemporaryDirectory() as made:
        kept, folder = Path(made) / "cache", Path(made) / "plan"
        folder.mkdir()
        for files in rounds:
            for name in NAMES:
                (folder / name).unlink(missing_ok=True)
            for name, content in files.items():
                (folder / name).write_text(CONTENTS[content], encoding="utf-8")
            true = open_plan(folder)
            with cached_in(kept):
                assert open_plan(folder) == true
                assert open_plan(folder) == true
            for one in kept.glob("*.hscp"):
                if one.stat().st_size and chance.randrange(3) == 0:
                    damage = DAMAGE[chance.choice(sorted(DAMAGE))]
                    one.write_bytes(damage(one.read_bytes(), chance))


@pytest.mark.parametrize("command", ["status", "check", "report plan --format markdown -o -"])
def test_a_copy_of_plan_yaml_is_no_priority_with_a_cache_either(plan, tmp_path, command):
    hscp("status", folder=plan, HSCP_CACHE=str(tmp_path / "cache"))
    (plan / "plan (1).yaml").write_text(HEAD, encoding="utf-8")
    said = [
        hscp(*command.split(), "--as-at", "2021-12-15", folder=plan, HSCP_CACHE=str(folder))
        for folder in (tmp_path / "cache", plan / "p1.yaml")
    ]
    assert said[0].returncode == said[1].returncode == 1
    assert said[0].stdout == said[1].stdout
    assert said[0].stderr == said[1].stderr


# Forgery ----------------------------------------------------------------------------------------


class Record(NamedTuple):
    """The body of a record taken apart: its line, in which each row ends with its two texts."""

    said: Any

    @classmethod
    def of(cls, body: bytes) -> "Record":
        line, _, texts = body.partition(b"\n")
        said, at = json.loads(line), 0
        for row in rows(said):
            middle, end = row[-2:]
            row[-2:] = json.loads(texts[at:middle]), json.loads(texts[middle:end] or b"null")
            at = end
        return cls(said)

    def written(self) -> bytes:
        """The record again, its texts wherever they now end."""
        said, texts = json.loads(dumped(self.said)), b""
        for row in rows(said):
            for at in (-2, -1):
                texts += b"" if row[at] is None else dumped(row[at]).encode()
                row[at] = len(texts)
        return dumped(said).encode() + b"\n" + texts


def rows(said: Any) -> Iterator[list[Any]]:
    """The rows of milestones, wherever a forger left any."""
    objectives = said.get("objectives") if isinstance(said, dict) else None
    parts = [(said, "milestones_")]
    parts += [(part, "milestones") for part in (objectives if isinstance(objectives, list) else ())]
    for part, key in parts:
        held = part.get(key) if isinstance(part, dict) else None
        yield from (row for row in (held if isinstance(held, list) else ()) if wide(row))


def wide(row: Any) -> bool:
    return isinstance(row, list) and len(row) >= 8


def dumped(said: Any) -> str:
    return json.dumps(said, separators=(",", ":"))


def parted(path: Path) -> tuple[bytes, bytes]:
    """What a record is of, and its body. Its name ends with the length of the first."""
    data, length = path.read_bytes()[cache.CHECKSUM_LINE :], int(path.stem[8:], 16)
    return data[:length], data[length:]


def sealed(path: Path, body: bytes) -> None:
    """Put another body into a record, with the right checksum."""
    origin, _ = parted(path)
    path.write_bytes(cache._checksum_line(body) + origin + body)


def parts(said: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every part of it."""
    yield path
    if isinstance(said, dict | list):
        for step in said if isinstance(said, dict) else range(len(said)):
            yield from parts(said[step], (*path, step))


def put(said: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    made = said.copy()
    made[path[0]] = put(said[path[0]], path[1:], value)
    return made


def at(said: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        said = said[step]
    return said


DEEP: Any = []
for _ in range(400):
    DEEP = [DEEP]
OTHERS = (7, -1, 1.5, 10**30, True, "", " ", "\ud800", [], {}, [[]], {"a": 1}, [7], DEEP)
"""What a forger puts in the place of a part. None of it may stand in the place of another kind of
value, nor a text that says nothing anywhere."""


@st.composite
def forged(draw: st.DrawFn, body: bytes) -> bytes:
    """The body of a record of which a part has another form than the model's."""
    said = Record.of(body).said
    path = draw(st.sampled_from(sorted(parts(said), key=repr)))
    part = at(said, path)
    kind = type(part) if isinstance(part, dict | list) else type(None)
    others: list[Any] = [other for other in OTHERS if not isinstance(other, kind)]
    if isinstance(part, dict):
        others.append({**part, "unheard of": "x"})
    if wide(part):
        others.append(part[: draw(st.integers(0, len(part) - 1))])
    return Record(put(said, path, draw(st.sampled_from(others)))).written()


@st.composite
def shifted(draw: st.DrawFn, body: bytes) -> bytes:
    """The body of a record in which a text is said to end elsewhere."""
    line, _, texts = body.partition(b"\n")
    said = json.loads(line)
    held = list(rows(said))
    if not held:
        return line + b"\n" + texts + b"{}"
    row, which = draw(st.sampled_from(held)), draw(st.sampled_from([-1, -2]))
    ends = st.integers(-3, len(texts) + 3)
    row[which] = draw(ends.filter(lambda end: end != row[which]))
    return dumped(said).encode() + b"\n" + texts


@given(st.data())
@settings(deadline=None)
def test_a_forged_part_without_the_model_s_form_changes_no_answer(remembered, data):
    folder, true = remembered
    one = data.draw(st.sampled_from(sorted(folder.glob("*.hscp"))))
    before, body = one.read_bytes(), parted(one)[1]
    sealed(one, data.draw(st.one_of(forged(body), shifted(body))))
    try:
        with cached_in(folder):
            assert open_plan(DEMO) == true
        assert one.read_bytes() == before, "the forgery stayed"
    finally:
        one.write_bytes(before)


BROKEN = {
    "a status nobody knows": lambda said: put(said, (*MILESTONE, 3), "done"),
    "an id with a path": lambda said: put(said, (*MILESTONE, 0), "../P1.1"),
    "an id in two lines": lambda said: put(said, (*MILESTONE, 0), "P1\nP1"),
    "an id too long": lambda said: put(said, (*MILESTONE, 0), "P" * 17),
    "a date that is none": lambda said: put(said, (*MILESTONE, 1), "2021-13"),
    "ongoing, never looked at": lambda said: put(said, (*MILESTONE, 1), "ongoing"),
    "a start that is none": lambda said: put(said, (*MILESTONE, 2), "ongoing"),
    "looked at, and not ongoing": lambda said: put(said, (*MILESTONE, 4), {"review": "2022-01"}),
    "a lead without a name": lambda said: put(said, (*MILESTONE, 4), {"lead": [" "]}),
    "a column with no key": lambda said: put(said, (*MILESTONE, 4), {"more": {"": "x"}}),
    "an action that few have": lambda said: put(said, (*MILESTONE, 4), {"action": "Audit"}),
    "nothing that few have": lambda said: put(said, (*MILESTONE, 4), {}),
    "a log without a day": lambda said: put(said, (*MILESTONE, 5), None),
    "a log without entries": lambda said: put(said, (*MILESTONE, 7), []),
    "an entry that says nothing": lambda said: put(said, (*MILESTONE, 7, 0, "note"), " "),
    "an entry closed, and not why": lambda said: put(
        said, (*MILESTONE, 7, 0), {"date": "2021-05-01", "status": "closed"}
    ),
    "an action in half a character": lambda said: put(said, (*MILESTONE, 6, "action"), "\udc00"),
    "no action": lambda said: put(said, (*MILESTONE, 6), {}),
    "no title": lambda said: {"id": "P1", "objectives": said["objectives"]},
    "a priority's id with a path": lambda said: put(said, ("id",), "../P1"),
    "straight milestones a text": lambda said: put(said, ("milestones_",), "P1.1"),
    "milestones a text": lambda said: put(said, ("objectives", 0, "milestones"), "P1.1"),
    "nothing": lambda _: None,
    "very deep": lambda said: put(said, ("title",), DEEP),
}
MILESTONE = ("objectives", 0, "milestones", 0)


@pytest.mark.parametrize("forgery", BROKEN)
def test_no_forgery_ends_in_a_fault_of_hscp(plan, tmp_path, forgery):
    folder = tmp_path / "cache"
    with cached_in(folder):
        true = open_plan(plan)
        content = (plan / "p1.yaml").read_bytes()
        one = next(path for path in folder.iterdir() if parted(path)[0].endswith(content))
        body = Record(BROKEN[forgery](Record.of(parted(one)[1]).said)).written()
        sealed(one, body)
        assert open_plan(plan) == true
        assert len(list(folder.iterdir())) == 2
        sealed(one, body)
    for command in ("status", "show P1", "check", "export json -o -"):
        told = [
            hscp(*command.split(), "--as-at", "2021-12-15", folder=plan, HSCP_CACHE=str(kept))
            for kept in (folder, plan / "p1.yaml")
        ]
        assert told[0].stdout == told[1].stdout
        assert (told[0].stderr, told[0].returncode) == (told[1].stderr, told[1].returncode)


def test_a_record_that_lies_about_which_milestones_there_are_says_what_to_remove(plan, tmp_path):
    folder = tmp_path / "cache"
    with cached_in(folder):
        open_plan(plan)
        for one in folder.glob("*.hscp"):
            said = Record.of(parted(one)[1]).said
            if "objectives" in said:
                row = ["P1.9", "2021-11", None, None, None, None, 7, None]
                said["objectives"][0]["milestones"].append(row)
                sealed(one, Record(said).written())
        *_, last = open_plan(plan).plan.priorities[0].milestones
        with pytest.raises(Mendable, match="is not what the file says") as caught:
            _ = last.action
        assert str(folder) in caught.value.next
    told = hscp("show", "P1.9", "--as-at", "2021-12-15", folder=plan, HSCP_CACHE=str(folder))
    assert told.returncode == 2
    assert b"there is no P1.9" in told.stderr


# Room -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [None, 3 * 2**30])
def test_a_record_is_not_read_without_end(plan, tmp_path, size):
    folder = tmp_path / "cache"
    with cached_in(folder):
        true = open_plan(plan)
        for one in folder.glob("*.hscp"):
            one.unlink()
            if size is None:
                one.symlink_to("/dev/zero")
            else:
                one.touch()
                os.truncate(one, size)
        lengths, read = [], os.read

        def counted(handle: int, most: int) -> bytes:
            data = read(handle, most)
            lengths.append(len(data))
            return data

        with mock.patch.object(os, "read", counted):
            assert open_plan(plan) == true
        assert sum(lengths) == len(P1.encode()) + len(HEAD.encode()), "a record was read too"


FULL = {
    "nothing but milestones": "[" + ",".join(["{id: a,due: 2021,action: b}"] * 500) + "]",
    "logs of one word": "[{id: a,due: 2021,action: b,progress: ["
    + ",".join(["{date: 2021,note: a}"] * 500)
    + "]}]",
    "escapes": '[{id: a,due: 2021,action: "a' + "\\0" * 500 + '"}]',
    "leads of one letter": "[{id: a,due: 2021,action: b,lead: [" + ",".join("a" * 500) + "]}]",
}


@pytest.mark.parametrize("full", FULL)
def test_no_file_s_record_is_too_long_to_be_read_again(full):
    data = f"id: P\ntitle: T\nobjectives: [{{id: A,milestones: {FULL[full]}}}]\n".encode()
    value = store._validate(Priority, data)
    assert value is not None
    records = cache.Cache.at("/nowhere", store._validate)
    assert records is not None
    origin = records._origin(Priority, data)
    assert len(origin) + len(cache_record.encode(value)) + cache.CHECKSUM_LINE < cache.most_bytes(
        data
    )


def test_a_record_is_of_the_plan_s_scale_too(tmp_path):
    milestone = "{id: P1.1, action: A, status: 3}"
    objectives = f"[{{id: P1-A, milestones: [{milestone}]}}]"
    (tmp_path / "p1.yaml").write_text(f"id: P1\ntitle: T\nobjectives: {objectives}\n")
    said = []
    with cached_in(tmp_path / "cache"):
        for scale in ("{3: on track}", "{3: at risk}", "{3: on track}", "{4: on track}"):
            period = "period: {start: 2021-04, end: 2023-03}"
            least = f"format: 1\nid: t\npartnership: P\ntitle: T\n{period}\nscale: {scale}\n"
            (tmp_path / "plan.yaml").write_text(least)
            plan = store.open_plan(tmp_path).plan
            said.append([m.status for p in plan.priorities for m in p.milestones])
    assert said == [["on track"], ["at risk"], ["on track"], []]


# Whose files --------------------------------------------------------------------------------------


def test_no_file_is_removed_that_is_not_a_record(plan, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    theirs = [folder / f"{number:016x}.json" for number in range(4_100)]
    theirs += [folder / name for name in ("a.hscp", f"{0:016}.hscp.bak", f"{'G' * 16}.hscp", "x")]
    for one in theirs:
        one.write_bytes(b"theirs")
    (folder / f"{1:016}.hscp").mkdir()
    (folder / f"{2:016}.hscp").symlink_to(theirs[0])
    ours = [folder / f"{number:016}.hscp" for number in range(3, 4_100)]
    ours += [folder / f"{7:016}.1234.hscp"]
    for one in ours:
        one.write_bytes(b"")
        os.utime(one, (0, 0))
    with cached_in(folder):
        open_plan(plan)
    assert all(one.read_bytes() == b"theirs" for one in theirs)
    assert (folder / f"{1:016}.hscp").is_dir()
    assert (folder / f"{2:016}.hscp").is_symlink()
    assert sum(one.exists() for one in ours) < 2_000
