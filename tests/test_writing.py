"""Writing: whole or not at all, whatever fails, whoever else writes, however the file is kept."""

import errno
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import styles
from ready import SECONDS
from running import DEMO, HSCP, hscp, ready, run, surroundings

from hscp_plan.cli import dispatch
from hscp_plan.editing import lock, write
from hscp_plan.editing.change import Change
from hscp_plan.editing.entries import entry
from hscp_plan.editing.lock import locked
from hscp_plan.editing.record import log_entry
from hscp_plan.editing.write import BESIDE, rewrite
from hscp_plan.errors import Mendable
from hscp_plan.reading import yamltext

P1 = "p1-neglect.yaml"
OLD = (DEMO / P1).read_bytes()
DAY = {"HSCP_AS_AT": "2021-12-15", "HSCP_BY": "HSCP Executive Board"}
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
SETPRIV = shutil.which("setpriv")
HUMBLE = (SETPRIV, "--bounding-set=-dac_override,-dac_read_search") if ROOT else ()
"""Before a command: root without its way past modes."""
posix = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")


def record(plan: Path, *words: str, **changed: str) -> subprocess.CompletedProcess[bytes]:
    """`hscp progress P1.2 …`, on a day that never changes."""
    return hscp("progress", "P1.2", *words, folder=plan.parent, **{**DAY, **changed})


def log(data: bytes) -> list[dict]:
    """P1.2's log."""
    values = yamltext.values(styles.plain(data.decode()))
    found = [m for o in values["objectives"] for m in o["milestones"] if m["id"] == "P1.2"]
    return found[0]["progress"]


def refused(done: subprocess.CompletedProcess[bytes], plan: Path, status: int = 1) -> str:
    """What a command says that was refused, once it is seen that nothing was changed."""
    assert done.returncode == status, done.stderr
    assert done.stdout == b""
    assert (plan / P1).read_bytes() == OLD
    assert names(plan) == names(DEMO)
    return " ".join(done.stderr.decode().split())


def names(plan: Path) -> list[str]:
    return sorted(path.name for path in plan.iterdir())


# How the file is kept ---------------------------------------------------------------------------


def test_only_the_entrys_lines_are_new(plan):
    done = record(plan, "Trial began.")
    assert done.returncode == 0
    before, after = OLD.splitlines(True), (plan / P1).read_bytes().splitlines(True)
    at = before.index(b"      - id: P1.3\n")
    assert after[:at] + after[at + 3 :] == before
    assert b"".join(after[at : at + 3]).decode() == (
        "          - date: 2021-12-15\n"
        "            by: HSCP Executive Board\n"
        "            note: Trial began.\n"
    )
    assert f"plan/p1-neglect.yaml, line {at + 1}".encode() in done.stdout
    assert all((plan / n).read_bytes() == (DEMO / n).read_bytes() for n in names(DEMO) if n != P1)


@posix
@pytest.mark.parametrize("mode", [0o444, 0o400])
def test_a_read_only_file_is_left_alone_even_by_root(plan, mode):
    (plan / P1).chmod(mode)
    said = refused(record(plan, "Trial began."), plan)
    assert said.startswith("hscp: plan/p1-neglect.yaml cannot be written: ")
    assert said.endswith("Nothing was changed.")
    assert (plan / P1).stat().st_mode & 0o777 == mode


@posix
@pytest.mark.skipif(ROOT and not SETPRIV, reason="root may write in any folder")
def test_in_a_read_only_folder_the_file_is_as_it_was(plan):
    plan.chmod(0o555)
    argv = [*HUMBLE, *HSCP, "progress", "P1.2", "Trial began."]
    said = refused(run(argv, plan.parent, surroundings(**DAY)), plan)
    plan.chmod(0o755)
    assert "p1-neglect.yaml could not be written: you may not write there. It is as it was" in said


@posix
def test_a_link_stays_a_link_and_what_it_leads_to_is_changed(plan, tmp_path):
    real = tmp_path / "kept" / "neglect.yaml"
    real.parent.mkdir()
    shutil.move(plan / P1, real)
    (plan / P1).symlink_to("../kept/neglect.yaml")
    assert record(plan, "Trial began.").returncode == 0
    assert (plan / P1).is_symlink()
    assert (plan / P1).readlink() == Path("../kept/neglect.yaml")
    assert log(real.read_bytes())[-1]["note"] == "Trial began."
    assert names(real.parent) == ["neglect.yaml"]
    assert names(plan) == names(DEMO)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_the_mode_is_kept(plan, mode):
    (plan / P1).chmod(mode)
    assert record(plan, "Trial began.").returncode == 0
    assert (plan / P1).stat().st_mode & 0o7777 == mode


@pytest.mark.skipif(not ROOT, reason="only root may give a file away")
def test_the_owner_is_kept(plan):
    os.chown(plan / P1, 1234, 4321)
    assert record(plan, "Trial began.").returncode == 0
    about = (plan / P1).stat()
    assert (about.st_uid, about.st_gid) == (1234, 4321)


def test_line_ends_and_the_byte_order_mark_are_kept(plan):
    before = b"\xef\xbb\xbf" + OLD.replace(b"\n", b"\r\n")
    (plan / P1).write_bytes(before)
    assert record(plan, "First.\r\nSecond.").returncode == 0
    after = (plan / P1).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\r\n") + 5
    assert log(after)[-1]["note"] == "First.\nSecond."


def test_a_dry_run_shows_the_lines_and_changes_nothing(plan):
    done = record(plan, "Trial began.", "--dry-run")
    assert done.returncode == 0
    assert b"+            note: Trial began.\n" in done.stdout
    assert (plan / P1).read_bytes() == OLD
    assert names(plan) == names(DEMO)


# Somebody else ----------------------------------------------------------------------------------


def added(text: str, values: dict) -> Change:
    return log_entry(text, values, "P1.2", entry("2021-12-15", None, "Trial began."))


@pytest.mark.parametrize("how", ["longer", "as long", "another file", "gone"])
def test_a_file_that_was_changed_meanwhile_is_not_written_over(plan, how):
    path = plan / P1
    theirs = OLD + b"# more\n" if how == "longer" else OLD.replace(b"Neglect", b"NEGLECT", 1)

    def change(text: str, values: dict) -> Change:
        if how == "another file":
            (plan / "new").write_bytes(OLD)
            (plan / "new").replace(path)
        elif how == "gone":
            path.unlink()
        else:
            about = path.stat()
            path.write_bytes(theirs)
            os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
        return added(text, values)

    with pytest.raises(Mendable) as found:
        rewrite(path, change)
    if how == "gone":
        assert not path.exists()
    else:
        assert "was changed by somebody else just now" in found.value.what
        assert path.read_bytes() == (OLD if how == "another file" else theirs)
    assert not [name for name in names(plan) if name.startswith(".")]


@pytest.mark.long
def test_twenty_at_once_lose_nothing_and_turn_nobody_away(plan):
    notes = [f"Note {n}." for n in range(20)]
    running = [
        subprocess.Popen(
            [*HSCP, "progress", "P1.2", note],
            cwd=plan.parent, env=surroundings(**DAY), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for note in notes
    ]  # fmt: skip
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * 20, said
    after = log((plan / P1).read_bytes())
    assert Counter(e["note"] for e in after[len(log(OLD)) :]) == Counter(notes)
    assert names(plan) == names(DEMO)


@posix
def test_who_waits_too_long_is_told_and_changes_nothing(plan, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    monkeypatch.setattr(lock, "TICK", 0.01)
    with locked(plan), pytest.raises(Mendable, match="has not finished"):
        rewrite(plan / P1, added)
    assert (plan / P1).read_bytes() == OLD


class Queue:
    """A clock and a folder in which others record: at these seconds, and at no other."""

    def __init__(self, monkeypatch, records: range, ours: float) -> None:
        self.now, self.records, self.ours = 0.0, set(records), ours
        monkeypatch.setattr(lock.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(lock, "_state", lambda _: max(self.done, default=0))

    @property
    def done(self) -> set[int]:
        return {second for second in self.records if second <= self.now}

    def granted(self, seconds: float) -> bool:
        self.now += seconds
        return self.now >= self.ours


def test_patience_lasts_as_long_as_others_get_on(plan, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(lock, "say", said.append)
    queue = Queue(monkeypatch, range(9, 280, 9), ours=280)
    lock._wait(queue.granted, plan)
    assert queue.now == 280
    assert len(said) == 1
    assert said[0].startswith("somebody else, who is recording in ")


@pytest.mark.parametrize(("records", "end"), [(range(0), 10), (range(5, 40, 5), 45),
                                              (range(1, 1_000), 300)])  # fmt: skip
def test_patience_ends_where_nobody_gets_on_and_in_the_end(plan, monkeypatch, records, end):
    queue = Queue(monkeypatch, records, ours=2_000)
    with pytest.raises(Mendable, match="has not finished"):
        lock._wait(queue.granted, plan)
    assert end < queue.now <= end + 1


@posix
@posix
def test_a_lock_that_the_system_refuses_to_who_waits_is_said(plan, monkeypatch):
    def flock(_, how):
        if how & fcntl.LOCK_NB:
            raise BlockingIOError
        raise OSError(errno.ENOLCK, "No locks available")

    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(Mendable, match="cannot be locked: No locks available"), locked(plan):
        pass


def test_whoever_gave_up_waiting_leaves_no_lock_behind(plan, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    monkeypatch.setattr(lock, "TICK", 0.01)
    with locked(plan), pytest.raises(Mendable), locked(plan):
        pass
    assert record(plan, "Trial began.").returncode == 0


@posix
def test_what_a_killed_process_left_is_removed_by_the_next(plan):
    (plan / f"{BESIDE}1").write_bytes(b"half a fi")
    assert hscp("check", folder=plan.parent).returncode == 0
    assert record(plan, "Trial began.").returncode == 0
    assert names(plan) == names(DEMO)


# A disk that is full, and every call that can fail ----------------------------------------------


@posix
@pytest.mark.parametrize("most", [0, 1, 4_096, len(OLD)])
def test_on_a_full_disk_the_old_file_is_whole(plan, most):
    resource = pytest.importorskip("resource")

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [*HSCP, "progress", "P1.2", "Trial began."],
        cwd=plan.parent, env=surroundings(**DAY), capture_output=True, check=False,
        preexec_fn=full,
    )  # fmt: skip
    # What it says goes to a pipe, which has no such limit.
    said = refused(done, plan)
    assert "could not be written: it is larger than a file may be there. It is as it was" in said


STRACE = shutil.which("strace")
ERRORS = {
    "openat": "EACCES", "write": "ENOSPC", "fsync": "EIO", "rename": "EACCES", "read": "EIO",
    "close": "EIO", "fchmod": "EPERM", "fchown": "EIO", "newfstatat": "EIO", "flock": "ENOLCK",
    "getdents64": "EIO", "unlink": "EACCES",
}  # fmt: skip
"""The calls of a write, and an error that each may give."""


class Call(NamedTuple):
    """A system call: its name, which of its name it is, counted from 1, and what it was of."""

    name: str
    number: int
    of: str


def traced(folder: Path, *inject: str) -> tuple[subprocess.CompletedProcess[bytes], str]:
    """Record in a fresh copy of the plan, with some call failing, and the calls that were made.

    How deep the folder lies decides how many calls it takes to find it.
    """
    shutil.copytree(DEMO, folder / "plan")
    argv = [STRACE, "-y", "-o", str(folder / "calls"), "-e", f"trace={','.join(ERRORS)}", *inject]
    tracers = []

    def watch(number: int) -> None:
        tracer = subprocess.Popen([*argv, "-p", str(number)], stderr=subprocess.PIPE)
        tracers.append(tracer)
        tracer.stderr.readline()  # that it is attached, or may not be

    words = ["progress", "P1.2", "Trial began."]
    done = ready().run(words, folder, surroundings(**DAY), watch=watch)
    for tracer in tracers:
        tracer.communicate(timeout=SECONDS)
    return done, (folder / "calls").read_text(encoding="utf-8", errors="replace")


def calls(folder: Path) -> Iterator[Call]:
    """The calls in which a write's files and folder have part, from the lock to its end."""
    done, told = traced(folder)
    assert done.returncode == 0, done.stderr
    met: Counter[str] = Counter()
    lock = ""
    for line in told.splitlines():
        found = re.match(r"(?:\d+ +)?(\w+)\((.*)", line)
        if not found:
            continue
        name, of = found.groups()
        met[name] += 1
        if name == "flock":
            lock = of.partition(",")[0]
        if lock and f"{folder}/plan" in of:
            yield Call(name, met[name], of)
        if name == "close" and lock and of.startswith(f"{lock})"):
            return


@pytest.fixture(scope="module")
def every_call(tmp_path_factory) -> list[Call]:
    if STRACE is None:
        pytest.skip("strace, which makes calls fail, is not installed")
    base = tmp_path_factory.mktemp("clean")
    list(calls(base / "first"))  # what is remembered is remembered now
    found = list(calls(base / "clean"))
    if not found:
        pytest.skip("strace may not trace here")
    assert {"openat", "write", "fsync", "rename", "close"} <= {call.name for call in found}
    return found


@pytest.fixture(scope="module")
def new(tmp_path_factory) -> bytes:
    """The file as it is when all goes well."""
    plan = Path(shutil.copytree(DEMO, tmp_path_factory.mktemp("new") / "plan"))
    assert record(plan, "Trial began.").returncode == 0
    return (plan / P1).read_bytes()


def each(every_call: list[Call], fault: str, base: Path) -> list[tuple[Call, Path, tuple]]:
    """The same recording, once for each call, with that call at fault."""
    made = []
    for call in every_call:
        folder = base / f"{call.name}-{call.number}"
        how = f"inject={call.name}:{fault.format(ERRORS[call.name])}:when={call.number}"
        made.append((call, folder / "plan", traced(folder, "-e", how)))
    return made


@pytest.mark.long
def test_an_error_of_any_call_leaves_the_old_file_or_the_new_one(every_call, new, tmp_path):
    for call, plan, (done, told) in each(every_call, "error={}", tmp_path):
        said = " ".join(done.stderr.decode().split())
        at_fault = next(line for line in told.splitlines() if "(INJECTED)" in line)
        assert str(plan) in at_fault, call
        assert "Traceback" not in said, call
        assert "inside hscp" not in said, (call, said)
        data = (plan / P1).read_bytes()
        if done.returncode == 0:
            assert call.name not in ("write", "fsync", "rename"), call
            assert data == new, (call, said)
        else:
            assert done.returncode == 1, (call, said)
            confirmed = "was written, but the disk did not confirm it" in said
            assert data == (new if confirmed else OLD), (call, said)
            assert P1 in said or "the plan's folder" in said or "plan cannot be opened" in said, (
                call,
                said,
            )
        left = set(names(plan)) - set(names(DEMO))
        assert not left, (call, said)


@pytest.mark.long
def test_killed_at_any_call_it_leaves_the_old_file_or_the_new_one(every_call, tmp_path):
    met: Counter[bool] = Counter()
    for call, plan, (done, told) in each(every_call, "signal=KILL", tmp_path):
        after = record(plan, "Afterwards.")
        *_, at_fault, end = told.splitlines()
        assert "killed by SIGKILL" in end, call
        assert str(plan) in at_fault, call
        assert done.returncode in (-9, 137), call
        assert after.returncode == 0, (call, after.stderr)
        notes = [e["note"] for e in log((plan / P1).read_bytes())]
        kept = [e["note"] for e in log(OLD)]
        assert notes in ([*kept, "Afterwards."], [*kept, "Trial began.", "Afterwards."]), call
        met[len(notes) - len(kept) == 2] += 1
        assert names(plan) == names(DEMO), call
    assert met[True]
    assert met[False]


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a" * 10_001], "the note is 10,001 characters long; at most 10,000 are kept."),
        ([" \n"], "the text is empty."),
        (["Begun.", "--date", "2021-12-16"], "16 December 2021 is still to come."),
        (["Begun.", "--date", "2021-03-31"], "31 March 2021 is before the plan begins"),
        (["--status", "on track"], 'P1.2 already says "on track".'),
        (["Waits.", "--due", "2021-11"], "P1.2 is already due November 2021."),
        (["Waits.", "--due", "2021-13"], "2021-13"),
        (["--due", "2022-02"], "A due date moves with a reason."),
        (["--status", "closed"], "A milestone is closed with a reason."),
        (["--status", "overdue"], '"overdue" is worked out, never written.'),
        ([], "there is nothing to record."),
    ],
)
def test_what_cannot_be_recorded_is_said_and_nothing_is_changed(plan, words, said):
    assert said in refused(record(plan, *words), plan, status=2)


def test_a_note_that_begins_with_a_dash_is_refused_and_the_way_to_write_it_is_said(plan):
    assert " -- " in refused(record(plan, "- two teams"), plan, status=2)


def test_after_two_dashes_a_note_may_begin_with_one(plan):
    assert record(plan, "--", "- two teams").returncode == 0
    assert log((plan / P1).read_bytes())[-1]["note"] == "- two teams"


def test_a_note_of_ten_thousand_characters_is_kept(plan):
    assert record(plan, "ab " * 3_333 + "c").returncode == 0
    assert len(log((plan / P1).read_bytes())[-1]["note"]) == 10_000


def test_a_file_with_an_error_is_not_written_and_the_error_is_named(plan):
    spoilt = OLD.replace(b"due: 2022-04", b"due: 2022-13", 1)
    (plan / P1).write_bytes(spoilt)
    done = record(plan, "Trial began.")
    assert done.returncode == 1
    line = 1 + spoilt.splitlines().index(b"        due: 2022-13")
    assert f'plan/p1-neglect.yaml:{line}:14: "2022-13"'.encode() in done.stderr
    assert (plan / P1).read_bytes() == spoilt


def test_a_warning_of_the_file_and_a_fault_of_another_do_not_stop_it(plan):
    (plan / "p2-child-sexual-abuse.yaml").write_text("title: no id\n", encoding="utf-8")
    (plan / "broken.yaml").write_text("a: [", encoding="utf-8")
    (plan / P1).write_bytes(OLD.replace(b"outcome_label: Outcome/Impact", b"outcome_label:", 1))
    done = record(plan, "Trial began.")
    assert done.returncode == 0, done.stderr
    assert b"            note: Trial began.\n      - id: P1.3\n" in (plan / P1).read_bytes()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--by", "\udc80"),
        ("--agreed", "\udc80"),
        ("--evidence", "\udc80"),
        ("--by", " "),
        ("note", "\udc80"),
    ],
)
def test_a_text_that_no_file_can_hold_is_refused(plan, option, value):
    words = [value] if option == "note" else ["Begun.", option, value]
    done = record(plan, *words)
    assert done.returncode in (1, 2)
    assert b"inside hscp" not in done.stderr
    assert (plan / P1).read_bytes() == OLD


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("progress", "P1.6", "Begun."), "recorded in"),
        (("reschedule", "P1.6", "2022-06", "--reason", "Late."), "due June 2022"),
        (("decide", "P1", "It goes on.", "--by", "HSCP Executive Board"), "recorded in"),
        (("add", "P1", "Another", "--due", "2022-08"), "recorded in"),
    ],
)
def test_what_was_recorded_is_told_though_the_file_cannot_be_read_again(
    words, told, plan, monkeypatch, capsys
):
    """It said that there was no such milestone, and whoever believed that recorded it twice."""
    monkeypatch.setenv("HSCP_AS_AT", "2021-12-15")
    monkeypatch.setenv("HSCP_BY", "Chair of Safeguarding Effectiveness Sub-Group")
    file = plan / P1
    monkeypatch.setattr(write, "_sync", lambda _folder: file.unlink())
    assert dispatch.run([*words, "--plan", str(plan)]) == 0
    assert told in capsys.readouterr().out
    assert not file.exists()
