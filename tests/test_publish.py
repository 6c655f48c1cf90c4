"""Files that are published: whole or not at all, and never over what was not meant."""

import errno
import os
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest
from running import DEMO, HSCP, hscp, run

from hscp_plan.commands._publish import default_name, publish_file, publish_files
from hscp_plan.errors import Mendable, Mistyped
from hscp_plan.store import Opened, open_plan

DAY = ("--as-at", "2021-12-15")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
SETPRIV = shutil.which("setpriv")
HUMBLE = (SETPRIV, "--bounding-set=-dac_override,-dac_read_search") if ROOT else ()
"""Before a command: root without its way past modes."""
posix = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")


@pytest.fixture
def opened(plan: Path) -> Opened:
    """The demonstration plan, in ./plan."""
    return open_plan(plan)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def kept(opened: Opened) -> None:
    """The plan's files are as they were."""
    for source in opened.sources:
        assert source.path.read_bytes() == (DEMO / source.name).read_bytes()


def test_a_file_is_named_after_what_it_is_and_the_day():
    assert default_name("board", date(2021, 12, 15), "docx") == Path("board-2021-12-15.docx")


@posix
def test_a_new_file_is_as_open_to_others_as_any(opened, tmp_path):
    publish_file(b"new", tmp_path / "a.csv", opened, force=False)
    (tmp_path / "b.csv").write_bytes(b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "b.csv").stat().st_mode
    assert names(tmp_path) == ["a.csv", "b.csv", "plan"]


@posix
def test_a_file_that_is_replaced_keeps_its_mode(opened, tmp_path):
    there = tmp_path / "a.csv"
    there.write_bytes(b"old")
    there.chmod(0o640)
    publish_file(b"new", there, opened, force=True)
    assert there.read_bytes() == b"new"
    assert stat.S_IMODE(there.stat().st_mode) == 0o640


def test_a_file_that_is_there_stays_without_force(opened, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")
    with pytest.raises(Mistyped, match=r"a\.csv is there already, so nothing was written"):
        publish_file(b"new", tmp_path / "a.csv", opened, force=False)
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv", "plan"]


def test_a_file_that_came_while_it_was_written_stays_too(opened, tmp_path, monkeypatch):
    fsync = os.fsync

    def slow(handle: int) -> None:
        (tmp_path / "a.csv").write_bytes(b"theirs")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(Mistyped, match="is there already"):
        publish_file(b"new", tmp_path / "a.csv", opened, force=False)
    assert (tmp_path / "a.csv").read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.csv", "plan"]


# The plan's own files ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["new.csv", "plan.yaml", "p1-neglect.yaml", "notes/a.csv"])
def test_nothing_is_written_among_the_plans_files_even_with_force(name, opened, tmp_path):
    (tmp_path / "plan" / "notes").mkdir()
    before = names(tmp_path / "plan")
    with pytest.raises(Mistyped, match="among a plan's own files"):
        publish_file(b"new", tmp_path / "plan" / name, opened, force=True)
    kept(opened)
    assert names(tmp_path / "plan") == before
    assert names(tmp_path / "plan" / "notes") == []


@posix
def test_nor_through_a_link_to_its_folder_or_to_one_of_its_files(opened, tmp_path):
    (tmp_path / "link").symlink_to("plan")
    (tmp_path / "a.csv").symlink_to("plan/plan.yaml")
    for name in ("link/a.csv", "a.csv"):
        with pytest.raises(Mistyped, match="among a plan's own files"):
            publish_file(b"new", tmp_path / name, opened, force=True)
    kept(opened)


@posix
def test_nor_over_a_file_of_the_plan_that_is_kept_elsewhere(opened, tmp_path):
    (tmp_path / "kept").mkdir()
    real = tmp_path / "kept" / "neglect.yaml"
    shutil.move(opened.folder / "p1-neglect.yaml", real)
    (opened.folder / "p1-neglect.yaml").symlink_to("../kept/neglect.yaml")
    with pytest.raises(Mistyped, match="among a plan's own files"):
        publish_file(b"new", real, open_plan(opened.folder), force=True)
    kept(opened)


def test_nor_over_another_plans(opened, tmp_path):
    other = Path(shutil.copytree(DEMO, tmp_path / "other"))
    with pytest.raises(Mistyped, match="among a plan's own files"):
        publish_file(b"new", other / "p1-neglect.yaml", opened, force=True)
    assert (other / "p1-neglect.yaml").read_bytes() == (DEMO / "p1-neglect.yaml").read_bytes()


def test_a_plan_at_the_top_of_its_folder_needs_a_file_elsewhere(opened):
    done = hscp("export", "xlsx", *DAY, folder=opened.folder)
    assert done.returncode == 2
    assert b"plan-2021-12-15.xlsx would stand among a plan's own files" in done.stderr
    assert hscp("export", "xlsx", "-o", "../a.xlsx", *DAY, folder=opened.folder).returncode == 0
    assert names(opened.folder) == names(DEMO)


PUBLISH = (
    *(("export", format, "-o", f"a.{format}") for format in ("csv", "json", "xlsx", "ics")),
    *(("report", paper, "-o", "a.docx") for paper in ("board", "plan", "annual", "workplan")),
    ("ask", "--all", "-o", "a.docx"),
    ("ask", "--all", "--xlsx"),
    ("ask", "--all", "--mail", "a"),
    ("timeline", "-o", "a.html"),
    ("site", "a"),
)


@pytest.mark.long
@pytest.mark.parametrize("words", PUBLISH, ids=" ".join)
def test_of_a_plan_with_an_error_nothing_is_published_over_what_is_good(words, tmp_path):
    shutil.copytree(DEMO, tmp_path / "plan")
    force = () if words[0] == "site" else ("--force",)
    assert hscp(*words, *DAY, folder=tmp_path).returncode == 0
    there = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    broken = tmp_path / "plan" / "p2-child-sexual-abuse.yaml"
    broken.write_text("id: P2\ntitle: [", encoding="utf-8")
    del there[broken]
    done = hscp(*words, *force, *DAY, folder=tmp_path)
    assert done.returncode == 1
    assert b"Left out of what is shown: p2-child-sexual-abuse.yaml." in done.stderr
    assert b"the plan has errors, so nothing was published" in done.stderr
    assert not done.stdout
    assert {path: path.read_bytes() for path in there} == there


def test_of_several_files_none_is_written_where_one_may_not_be(opened, tmp_path):
    (tmp_path / "b.md").write_bytes(b"old")
    files = [(tmp_path / name, b"new") for name in ("a.md", "b.md")]
    with pytest.raises(Mistyped, match=r"b\.md is there already, so nothing was written"):
        publish_files(files, opened, force=False)
    assert names(tmp_path) == ["b.md", "plan"]
    publish_files(files, opened, force=True)
    assert (tmp_path / "a.md").read_bytes() == (tmp_path / "b.md").read_bytes() == b"new"


def test_what_a_killed_process_left_half_written_goes_and_nothing_else(opened, tmp_path):
    left = tmp_path / ".hscp-publishing-321-0a1b2c3d"
    others = (".hscp-publishing-9-00000000", ".hscp-publishing-notes", "hscp-publishing-1-0a1b2c3d")
    for name in (left.name, *others):
        (tmp_path / name).write_bytes(b"half")
    for name in (left.name, *others[1:]):
        os.utime(tmp_path / name, (0, 0))
    publish_file(b"new", tmp_path / "a.csv", opened, force=False)
    assert names(tmp_path) == sorted((*others, "a.csv", "plan"))


# What fails -------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [b"old", None])
@pytest.mark.parametrize("call", ["write", "fsync", "replace", "open"])
def test_where_a_call_fails_all_is_as_it_was(call, there, opened, tmp_path, monkeypatch):
    target = tmp_path / "a.csv"
    if there is not None:
        target.write_bytes(there)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(Mendable) as caught:
        publish_file(b"new", target, opened, force=True)
    monkeypatch.undo()
    assert caught.value.status == 1
    assert caught.value.what.endswith("a.csv could not be written: the disk is full")
    assert caught.value.next.startswith("Nothing was written" if there is None else "It is as it")
    assert (target.read_bytes() if target.exists() else None) == there
    assert names(tmp_path) == (["plan"] if there is None else ["a.csv", "plan"])


def test_a_write_that_takes_only_a_part_is_gone_on_with(opened, tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:2]))
    publish_file(b"a long text", tmp_path / "a.csv", opened, force=False)
    assert (tmp_path / "a.csv").read_bytes() == b"a long text"


@posix
@pytest.mark.parametrize("mode", [0o444, 0o400])
def test_a_read_only_file_is_left_alone_even_by_root(mode, opened, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")
    (tmp_path / "a.csv").chmod(mode)
    with pytest.raises(Mendable, match="could not be written: it is read-only"):
        publish_file(b"new", tmp_path / "a.csv", opened, force=True)
    assert (tmp_path / "a.csv").read_bytes() == b"old"


@posix
@pytest.mark.skipif(ROOT and not SETPRIV, reason="root may write in any folder")
def test_in_a_read_only_folder_nothing_is_written(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir(mode=0o555)
    argv = (*HUMBLE, *HSCP, "export", "csv", "-o", "a.csv", "--plan", str(DEMO), *DAY)
    done = run(argv, folder)
    folder.chmod(0o755)
    assert done.returncode == 1
    assert b"a.csv could not be written: you may not write there. Nothing was" in done.stderr
    assert names(folder) == []


@posix
def test_a_pipe_is_no_file_and_is_not_waited_for(opened, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Mistyped, match="pipe is not an ordinary file"):
        publish_file(b"new", tmp_path / "pipe", opened, force=True)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@posix
def test_a_link_is_followed_to_the_file_that_it_names(opened, tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "a.csv").symlink_to("papers/real.csv")
    with pytest.raises(Mistyped, match="is there already"):
        publish_file(b"new", tmp_path / "a.csv", opened, force=False)
    publish_file(b"new", tmp_path / "a.csv", opened, force=True)
    assert (tmp_path / "a.csv").is_symlink()
    assert (tmp_path / "papers" / "real.csv").read_bytes() == b"new"


@posix
def test_a_link_that_leads_to_itself_is_no_file(opened, tmp_path):
    (tmp_path / "a.csv").symlink_to("a.csv")
    with pytest.raises(Mistyped, match="is not an ordinary file"):
        publish_file(b"new", tmp_path / "a.csv", opened, force=True)
    assert (tmp_path / "a.csv").is_symlink()


def test_a_name_that_is_too_long_is_said_to_be(tmp_path):
    done = hscp("export", "csv", "-o", "a" * 300, "--plan", str(DEMO), *DAY, folder=tmp_path)
    assert done.returncode == 1
    assert b"could not be written: its name is too long. Nothing was" in done.stderr.replace(
        b"\n", b" "
    )
    assert names(tmp_path) == []
