"""`hscp progress` asks at a terminal, and `hscp edit` opens a real editor: real ones, in a pty."""

import os
import pty
import subprocess
import sys

import pytest
from running import HSCP, hscp, surroundings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")


def at_terminal(folder, argv, answers, **env):
    """What a command prints at a terminal where these lines are typed, and its exit status."""
    ours, theirs = pty.openpty()
    around = surroundings(HSCP_AS_AT="2021-12-15", NO_COLOR="1", **{"HSCP_BY": "A lead", **env})
    with subprocess.Popen(
        [*HSCP, *argv], cwd=folder, env=around, stdin=theirs, stdout=theirs, stderr=theirs
    ) as it:
        os.close(theirs)
        # The last is the end of input, so that one question more cannot wait for ever.
        os.write(ours, "".join([*(f"{line}\n" for line in answers), "\x04"]).encode())
        said = b""
        while piece := _read(ours):
            said += piece
        os.close(ours)
    return said.decode().replace("\r\n", "\n"), it.returncode


def _read(terminal):
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says EIO where the other side has gone
        return b""


def test_progress_asks_which_what_how_and_with_what_evidence(plan):
    answers = ["csa", "csa launch", "Venue booked.", "green", "on track", "Minutes, 14 December"]
    said, status = at_terminal(plan.parent, ["progress"], answers)
    assert status == 0, said
    assert said.index("P3.2  ! 2 months late") < said.index("P1.4  ▲ At risk")
    assert "Did you mean: on track" in said
    text = (plan / "p2-child-sexual-abuse.yaml").read_text(encoding="utf-8")
    assert (
        "          - date: 2021-12-15\n"
        "            by: A lead\n"
        "            note: Venue booked.\n"
        "            status: on track\n"
        "            evidence: Minutes, 14 December\n"
    ) in text


def test_a_wrong_id_does_not_scroll_the_list_away(plan):
    answers = ["P9.9", "P1.5", "", "P1.2", "Ten of eleven.", "", ""]
    said, status = at_terminal(plan.parent, ["progress"], answers)
    assert status == 0, said
    assert 'No open milestone has or says "P9.9".' in said
    assert "P1.5 is complete, so it is not listed." in said
    assert "Type the id of one of these milestones, or a word of it." in said
    assert said.count("Launch CSA Strategy") == 1


def test_decide_asks_what_becomes_of_what_is_open(plan):
    line = [
        "decide",
        "P2",
        "Its aims are met.",
        "--by",
        "HSCP Executive Board",
        "--outcome",
        "close",
    ]
    said, status = at_terminal(plan.parent, line, ["perhaps", "Keep"])
    assert status == 0, said
    assert said.count("What becomes of them? close, carry or keep:") == 2
    assert "P2.1, P2.2, P2.4, P2.5 and P2.6 stay open." in said
    said, status = at_terminal(plan.parent, [*line, "--dry-run"], [])
    assert status == 130
    text = (plan / "p2-child-sexual-abuse.yaml").read_text(encoding="utf-8")
    assert text.count("outcome: c") == 2


def test_what_is_nearly_a_groups_name_is_asked_about(plan):
    line = ["progress", "P1.6", "Drafted.", "--agreed", "Executve Board, 14 December 2021", "--by"]
    said, status = at_terminal(plan.parent, [*line, "HSCP Board"], ["partnership", "y"])
    assert status == 0, said
    assert (
        '--by: "HSCP Board" may be HSCP Executive Board or HSCP Partnership Board. Which?' in said
    )
    text = (plan / "p1-neglect.yaml").read_text(encoding="utf-8")
    assert "            by: HSCP Partnership Board\n            note: Drafted.\n" in text
    assert (
        "            agreed: HSCP Executive Board, 14 December 2021\n"
        in text.partition("Drafted")[2]
    )
    said, status = at_terminal(plan.parent, [*line, "HSCP Board"], [""])
    assert status == 2
    assert "plan.yaml names no group of that name" in said


@pytest.fixture
def unkept(plan):
    """A plan of which nobody says who keeps it."""
    head = plan / "plan.yaml"
    text = head.read_text(encoding="utf-8")
    head.write_text(text.replace("keeper: HSCP Business Manager\n", ""), encoding="utf-8")
    return plan


def said_by(plan):
    text = (plan / "p1-neglect.yaml").read_text(encoding="utf-8")
    entry = text.partition("- date: 2021-12-15\n")[2].partition("note: Begun.")[0].strip()
    return entry.removeprefix("by: ")


BEGUN = ["progress", "P1.2", "Begun."]


def test_who_records_is_asked_once_and_kept(unkept):
    before = (unkept / "plan.yaml").read_text(encoding="utf-8")
    said, status = at_terminal(unkept.parent, BEGUN, ["Business Manager", "y"], HSCP_BY="")
    assert status == 0, said
    assert said_by(unkept) == "Business Manager"
    after = (unkept / "plan.yaml").read_text(encoding="utf-8")
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "keeper: Business Manager"
    ]
    said, status = at_terminal(unkept.parent, [*BEGUN[:2], "Half done."], [], HSCP_BY="")
    assert status == 0, said
    assert "Who says so?" not in said


@pytest.mark.parametrize(
    ("answers", "by"), [([""], ""), (["SE Sub-Group", ""], "Safeguarding Effectiveness Sub-Group")]
)
def test_what_is_not_wished_for_ever_is_not_kept(unkept, answers, by):
    before = (unkept / "plan.yaml").read_bytes()
    said, status = at_terminal(unkept.parent, BEGUN, answers, HSCP_BY="")
    assert status == 0, said
    assert said_by(unkept) == by
    assert (unkept / "plan.yaml").read_bytes() == before


def test_a_plan_that_cannot_be_edited_is_recorded_in_all_the_same(unkept):
    (unkept / "plan.yaml").chmod(0o444)
    said, status = at_terminal(unkept.parent, BEGUN, ["Business Manager", "y"], HSCP_BY="")
    assert status == 0, said
    assert "plan.yaml is as it was" in said
    assert said_by(unkept) == "Business Manager"


def test_a_person_is_not_offered_for_ever(unkept):
    said, status = at_terminal(unkept.parent, BEGUN, ["Jordan Smith"], HSCP_BY="")
    assert status == 0, said
    assert "looks like a person's name" in said
    assert said_by(unkept) == "Jordan Smith"


@pytest.mark.parametrize("option", ["--no-input", "--dry-run"])
def test_nobody_is_asked_where_no_question_is_wanted(unkept, option):
    said, status = at_terminal(unkept.parent, [*BEGUN, option], [], HSCP_BY="")
    assert status == 0, said
    assert "?" not in said


def test_leaving_off_half_way_changes_nothing(plan):
    before = (plan / "p2-child-sexual-abuse.yaml").read_bytes()
    said, status = at_terminal(plan.parent, ["progress"], ["P2.5"])
    assert status == 130, said
    assert (plan / "p2-child-sexual-abuse.yaml").read_bytes() == before


@pytest.mark.parametrize("argv", [["progress"], ["progress", "--no-input"]])
def test_a_pipe_is_never_asked(plan, argv):
    done = subprocess.run(
        [*HSCP, *argv], cwd=plan.parent, env=surroundings(), input=b"P1.1\n", capture_output=True
    )
    assert done.returncode == 2
    assert b"which milestone is not said" in done.stderr


def editor(tmp_path, script):
    """An editor that does this to the file it is given last, and notes what it was given."""
    program = tmp_path / "editor"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/given\n{script}\n', encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_edit_opens_the_file_and_checks_it_afterwards(plan, tmp_path):
    opened = editor(tmp_path, 'sed -i "s/due: 2022-02/due: 2022-03/" "$1"')
    said, status = at_terminal(plan.parent, ["edit", "p2.5"], [], EDITOR=opened)
    assert status == 0, said
    assert "was changed, and has no errors" in said
    assert (tmp_path / "given").read_text().strip().endswith("p2-child-sexual-abuse.yaml")


def test_edit_offers_to_open_again_at_the_fault(plan, tmp_path):
    once = editor(tmp_path, 'if grep -q 2022-13 "$1"; then sed -i s/2022-13/2022-03/ "$1"; '
                            'else sed -i "s/due: 2022-02/due: 2022-13/" "$1"; fi')  # fmt: skip
    said, status = at_terminal(plan.parent, ["edit", "P2.5"], ["y"], EDITOR=once)
    assert status == 0, said
    assert '"2022-13" is not a date' in said
    assert len((tmp_path / "given").read_text().splitlines()) == 2
    assert "due: 2022-03" in (plan / "p2-child-sexual-abuse.yaml").read_text(encoding="utf-8")


def test_ctrl_d_where_edit_asks_is_no_fault_of_hscp(plan, tmp_path):
    spoils = editor(tmp_path, 'sed -i "s/due: 2022-02/due: 2022-13/" "$1"')
    said, status = at_terminal(plan.parent, ["edit", "P2.5"], [], EDITOR=spoils)
    assert status == 130, said
    assert said.rstrip().endswith("Open it again there? [Y/n]")


def test_edit_says_when_nothing_changed_or_no_editor_opens(plan, tmp_path):
    said, status = at_terminal(plan.parent, ["edit", "P1"], [], EDITOR=editor(tmp_path, "true"))
    assert (status, "is as it was" in said) == (0, True)
    said, status = at_terminal(plan.parent, ["edit", "P1"], [], EDITOR="no-such-editor")
    assert (status, "Set EDITOR to the one you use." in said) == (1, True)


def test_edit_opens_a_known_editor_at_the_line(plan, tmp_path):
    editor(tmp_path, "true")
    (tmp_path / "vim").symlink_to(tmp_path / "editor")
    at_terminal(plan.parent, ["edit", "P1.2"], [], EDITOR=str(tmp_path / "vim"))
    line = (tmp_path / "given").read_text().split()[0]
    text = (plan / "p1-neglect.yaml").read_text(encoding="utf-8").split("\n")
    assert text[int(line.removeprefix("+")) - 1].strip() == "- id: P1.2"


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("", False), ("n", False)])
def test_a_date_that_is_probably_a_slip_is_asked_about(plan, answer, written):
    line = ["reschedule", "P1.4", "2021-03", "--reason", "Two returns are missing."]
    said, status = at_terminal(plan.parent, line, [answer], HSCP_BY="A lead")
    assert "Did you mean 2022-03? Record 2021-03? [y/N]" in said
    assert status == (0 if written else 2)
    text = (plan / "p1-neglect.yaml").read_text(encoding="utf-8")
    assert ("moved: {from: 2022-01, to: 2021-03}" in text) == written


def test_import_asks_how_its_dates_are_read(tmp_path):
    text = "| Action | Due |\n|---|---|\n| Train | 3/4/2022 |\n| Test | February |\n"
    (tmp_path / "plan.md").write_text(text, encoding="utf-8")
    said, status = at_terminal(tmp_path, ["import", "plan.md"], ["n", "2021/22"])
    assert status == 0, said
    assert 'each of these could be two dates: "3/4/2022" (line 3)' in said
    (path,) = (tmp_path / "plan").glob("p1*.yaml")
    written = path.read_text(encoding="utf-8")
    assert "due: 2022-03-04" in written
    assert "due: 2022-02\n" in written


def test_who_agreed_a_third_move_is_asked_once_why_it_moves_is_known(plan):
    moved = ("reschedule", "P1.4", "2022-02", "--reason", "Posts are vacant.")
    hscp(*moved, folder=plan.parent, HSCP_AS_AT="2021-12-14")
    (plan.parent / "notes.txt").write_text("P1.4\nNew date: April 2022\n", encoding="utf-8")
    argv = ["collect", "notes.txt", "--by", "HSCP Executive Board"]
    answers = ["Two agencies are late.", "nobody", "HSCP Executive Board", "y"]
    said, status = at_terminal(plan.parent, argv, answers)
    assert status == 0, said
    assert "names nobody who could" in said
    assert (
        "            note: Two agencies are late.\n"
        "            moved: {from: 2022-02, to: 2022-04}\n"
        "            agreed: HSCP Executive Board\n"
    ) in (plan / "p1-neglect.yaml").read_text(encoding="utf-8")


def test_a_third_move_that_nobody_agreed_is_left_with_enter(plan):
    moved = ("reschedule", "P1.4", "2022-02", "--reason", "Posts are vacant.")
    hscp(*moved, folder=plan.parent, HSCP_AS_AT="2021-12-14")
    text = "P1.4\nNew date: April 2022, as two agencies are late\n"
    (plan.parent / "notes.txt").write_text(text, encoding="utf-8")
    argv = ["collect", "notes.txt", "--by", "HSCP Executive Board"]
    before = (plan / "p1-neglect.yaml").read_bytes()
    said, status = at_terminal(plan.parent, argv, [""])
    assert status == 0, said
    assert (plan / "p1-neglect.yaml").read_bytes() == before
