"""Any file at all: one clear message with file, line and remedy, and nothing worse.

Through the command line, as a user meets it. What each reader finds stands in test_yamltext.py and
test_store.py.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from running import HEAD, hscp
from small_plan import P1, answer, small_plan, write

pytestmark = pytest.mark.long


class Bad(NamedTuple):
    """A file gone wrong: what stands in it, the line that the message names, and its words."""

    data: bytes | str
    line: int | None
    says: str


MERGE = f"{P1}<<<<<<< HEAD\nuntil: 2022\n=======\nuntil: 2023\n>>>>>>> other\n"
BAD = {
    "broken YAML": Bad(P1 + "until: 2022: x\n", 10, "colon"),
    "an unfinished merge": Bad(MERGE, 10, "unfinished merge"),
    "a tab": Bad(P1 + "\tuntil: 2022\n", 10, "tab"),
    "a key twice": Bad(P1 + "title: x\n", 10, "line 2"),
    "NUL": Bad(P1 + "outcome: a\0b\n", 10, "\\x00"),
    "a NUL file": Bad(b"\0" * 4096, 1, "\\x00"),
    "a control code": Bad(P1 + "outcome: a\x1b[31mb\n", 10, "\\x1b"),
    "a C1 code": Bad(P1 + "outcome: a\x9b31mb\n", 10, "\\x9b"),
    "a bell": Bad(P1 + "outcome: a\x07b\n", 10, "\\x07"),
    "U+2028": Bad(P1 + "outcome: a\u2028b\n", 10, "2028"),
    "a carriage return alone": Bad(P1 + "outcome: a\rb\n", 10, "carriage return"),
    "UTF-16": Bad(P1.encode("utf-16"), 1, "UTF-16"),
    "UTF-16 without its mark": Bad(P1.encode("utf-16-le"), 1, "UTF-8"),
    "Latin-1": Bad((P1 + "outcome: Children’s\n").encode("cp1252"), 10, "UTF-8"),
    "empty": Bad("", 1, "empty"),
    "only a remark": Bad("# nothing\n", 1, "empty"),
    "a list": Bad("- a: b\n", 1, "not a list of keys"),
    "a list of nothing": Bad("- a:\n", 1, "not a list of keys"),
    "one word": Bad("Neglect\n", 1, "not a list of keys"),
    "10,000 levels of brackets": Bad("a: " + "[" * 10_000, 1, "deep"),
    "10,000 levels of braces": Bad("a: " + "{a: " * 10_000, 1, "deep"),
    "2,000 levels of indents": Bad("".join(f"{' ' * n}a:\n" for n in range(2_000)), 51, "deep"),
    "50 MB": Bad(b"a: b\n" * 10_000_000, None, "5 MB"),
    "a text of 1 MB": Bad(P1 + f"outcome: {'x' * 1_000_000}\n", 10, "100,000"),
    "a line of 1 MB": Bad(P1 + f"x{'y' * 1_000_000}\n", 10, ""),
    "100,000 faults": Bad(P1 + "".join(f"k{n}: v\n" for n in range(9_000)), 10, "more"),
    "an alias bomb": Bad("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, "anchor"),
    "a tag that would run": Bad("id: !!python/object/apply:os.system [ls]\n", 1, "tag"),
    "a merge key": Bad(P1 + "<<: {a: b}\n", 10, "merge"),
    "a second document": Bad(P1 + "---\na: b\n", 10, "second document"),
    "an impossible month": Bad(P1.replace("2021-09", "2021-13"), 8, "2021-12"),
    "an impossible day": Bad(P1.replace("2021-09", "2021-09-31"), 8, "30 days"),
    "an ambiguous date": Bad(P1.replace("2021-09", "03/04/2022"), 8, "2022-04-03"),
    "a date long ago": Bad(P1.replace("2021-09", "0201-09"), 8, "1990"),
    "a list for a date": Bad(P1.replace("2021-09", "[2021-09]"), 8, "date"),
    "keys for a date": Bad(P1.replace("2021-09", "{a: b}"), 8, "date"),
    "null for a date": Bad(P1.replace("2021-09", "null"), 8, "null"),
    "no action": Bad(P1.replace("        action: Launch the panel\n", ""), 7, "action"),
    "an unknown key": Bad(P1.replace("action:", "actoin:"), 9, "action"),
    "an unknown key of the file": Bad(P1 + "owner: x\n", 10, "owner"),
    "an unknown status": Bad(P1 + "        status: done\n", 10, "complete"),
    "a text for a list": Bad("id: P1\ntitle: T\nobjectives: none\n", 3, "list"),
    "a list for a text": Bad("id: P1\ntitle: [a, b]\n", 2, "text"),
    "a text for keys": Bad(P1 + "        more: none\n", 10, "keys"),
    "a list for keys": Bad("id: P1\ntitle: T\nobjectives: [[a]]\n", 3, "keys"),
    "a mapping for a text": Bad("id: P1\ntitle: {a: b}\n", 2, "text"),
    "an id that is a path": Bad(P1.replace("id: P1.1", "id: ../../etc"), 7, "id"),
    "an escape in an id": Bad(P1.replace("id: P1.1", r'id: "P\e[31m"'), 7, "\\x1b"),
    "an escape in a date": Bad(P1.replace("2021-09", r'"\e]0;x\a"'), 8, "\\x1b"),
    "an escape in a key": Bad(P1 + '"\\e[31mx": y\n', 10, "\\x1b"),
    "an escape in a status": Bad(P1 + '        status: "\\e[31m"\n', 10, "\\x1b"),
    "half a surrogate pair": Bad(P1 + 'until: "\\ud800"\n', 10, ""),
    "text turned round": Bad(P1 + "until: a\u202eb\n", 10, "202e"),
}  # fmt: skip

BAD_HEAD = {
    "broken YAML": Bad(HEAD + "id: a: b\n", 6, "colon"),
    "an unfinished merge": Bad(HEAD + "<<<<<<< a\n=======\n>>>>>>> b\n", 6, "unfinished merge"),
    "NUL": Bad(HEAD + "vision: \0\n", 6, "\\x00"),
    "Latin-1": Bad((HEAD + "vision: Children’s\n").encode("cp1252"), 6, "UTF-8"),
    "UTF-16": Bad(HEAD.encode("utf-16"), 1, "UTF-16"),
    "empty": Bad("", 1, "empty"),
    "another format": Bad(HEAD.replace("format: 1", "format: 2"), 1, "format"),
    "an unknown key": Bad(HEAD + "visoin: x\n", 6, "vision"),
    "no period": Bad(HEAD.replace("period:", "# period:"), 1, "period"),
    "a list for a date": Bad(HEAD.replace("2023-03", "[a]"), 5, "date"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose ./plan is good."""
    return small_plan(tmp_path)


def has_place(text: str, file: str, line: int | None) -> bool:
    """Whether a message names this file, and this line of it. Long lines are folded in print."""
    place = re.escape(file) + (rf":{line}(?::\d+)?" if line else "")
    return re.search(rf"{place}: error: ", text) is not None


def test_the_plan_that_is_spoilt_below_is_good(folder):
    status, text = answer(folder, "check")
    assert status == 0
    assert "error" not in text
    assert answer(folder, "status")[0] == 0


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_priority_file_has_its_message_and_the_others_still_show(kind, folder):
    bad = BAD[kind]
    write(folder / "plan" / "p1.yaml", bad.data)
    status, text = answer(folder, "check")
    assert status == 1
    assert has_place(text, "plan/p1.yaml", bad.line), text[:2_000]
    assert bad.says in " ".join(text.split())
    status, text = answer(folder, "status")
    assert status == 1
    assert has_place(text, "plan/p1.yaml", bad.line), text[:2_000]
    assert "Abuse" in text


HOLDS_IT = [kind for kind, bad in BAD.items() if "id: P1.1" in str(bad.data)]


@pytest.mark.parametrize("kind", [*HOLDS_IT, "UTF-16", "a NUL file", "50 MB"])
def test_an_id_in_a_bad_file_is_not_denied_and_no_other_is_offered(kind, folder):
    write(folder / "plan" / "p1.yaml", BAD[kind].data)
    for command in (["show", "P1.1"], ["history", "P1.1"], ["progress", "P1.1", "Begun."]):
        status, text = answer(folder, *command)
        assert status == 1, text
        assert "plan/p1.yaml" in text
        assert "P2" not in text.replace("plan/p2.yaml", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such words")
def test_an_id_that_is_no_utf_8_is_refused_beside_a_bad_file_too(folder):
    write(folder / "plan" / "p1.yaml", P1 + "x\n")
    status, text = answer(folder, "show", "P1.\udcff")
    assert status == 1
    assert "plan/p1.yaml" in text


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (P1 + "x\n", 7),
        (P1 + "        status: done\n", 7),
        ((P1 + "until: 2022: x\n").replace("id: P1.1", "name: it"), 10),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the editor is a script")
def test_edit_opens_a_bad_file_at_the_id_or_else_at_the_fault(data, line, folder):
    write(folder / "plan" / "p1.yaml", data)
    editor = folder / "nano"
    write(editor, '#!/bin/sh\necho "$*" > opened\n')
    editor.chmod(0o755)
    done = hscp("edit", "P1.1", folder=folder, EDITOR=str(editor))
    assert done.returncode == 0, done.stderr.decode()
    opened = (folder / "opened").read_text(encoding="utf-8").split()
    assert opened[0] == f"+{line}"
    assert opened[1].endswith("plan/p1.yaml")
    assert b"plan/p1.yaml:" in done.stderr


@pytest.mark.parametrize("kind", BAD_HEAD)
def test_a_bad_plan_yaml_has_its_message_and_the_priorities_still_show(kind, folder):
    bad = BAD_HEAD[kind]
    write(folder / "plan" / "plan.yaml", bad.data)
    status, text = answer(folder, "check")
    assert status == 1
    assert has_place(text, "plan/plan.yaml", bad.line), text[:2_000]
    assert bad.says in " ".join(text.split())
    status, text = answer(folder, "status")
    assert status == 1
    assert "plan/plan.yaml" in text
    assert "Neglect" in text


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("a byte order mark", b"\xef\xbb\xbf" + P1.encode()),
        ("Windows line ends", P1.replace("\n", "\r\n").encode()),
        ("no last line end", P1.encode().rstrip()),
        ("typographic quotes", P1.replace("Neglect", "“Neglect” – Children’s").encode()),
        ("a document's mark", b"---\n" + P1.encode()),
    ],
)
def test_what_is_accepted_is_no_fault(kind, data, folder):
    write(folder / "plan" / "p1.yaml", data)
    status, text = answer(folder, "check")
    assert status == 0, kind
    assert "error" not in text
    status, text = answer(folder, "status")
    assert status == 0
    assert "Neglect" in text


# Files that are not ordinary --------------------------------------------------------------------


def a_folder(path: Path) -> None:
    path.mkdir()


def a_loop(path: Path) -> None:
    path.symlink_to(path.name)


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to("gone")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def unreadable(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads whatever the modes are")
    write(path, P1)
    path.chmod(0)


ODD = [a_folder, a_loop, a_link_to_nothing, a_pipe, a_device, unreadable]


@pytest.mark.skipif(os.name == "nt", reason="Windows has none of these")
@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize("name", ["p1", "plan"])
def test_what_is_no_ordinary_file_has_its_message_and_the_others_still_show(name, make, folder):
    path = folder / "plan" / f"{name}.yaml"
    path.unlink()
    make(path)
    for command in ("check", "status"):
        status, text = answer(folder, command, "--plan", "plan")
        assert status == 1
        assert has_place(text, f"plan/{name}.yaml", None), text
        assert command == "check" or "Abuse" in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has none of these")
@pytest.mark.parametrize("make", [a_folder, a_loop, a_pipe, a_link_to_nothing])
def test_an_id_that_may_be_in_no_ordinary_file_is_not_denied(make, folder):
    path = folder / "plan" / "p1.yaml"
    path.unlink()
    make(path)
    for command in ("show", "edit"):
        status, text = answer(folder, command, "P1.1")
        assert status == 1
        assert "plan/p1.yaml" in text
        assert "P2" not in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has none of these")
@pytest.mark.parametrize("make", [a_folder, a_loop, a_pipe, a_link_to_nothing])
def test_a_plan_yaml_that_is_no_ordinary_file_is_found_from_here_too(make, folder):
    path = folder / "plan" / "plan.yaml"
    path.unlink()
    make(path)
    status, text = answer(folder, "check")
    assert status in (1, 2)
    assert "plan.yaml" in text


def test_a_file_that_ends_in_yml_is_named_with_its_remedy(folder):
    write(folder / "plan" / "p3.yml", P1)
    status, text = answer(folder, "check")
    assert status == 1
    assert has_place(text, "plan/p3.yml", None)
    assert "p3.yaml" in text


def test_a_copy_that_a_sync_tool_made_is_named_beside_what_it_is_of(folder):
    write(folder / "plan" / "p1 (1).yaml", P1)
    status, text = answer(folder, "check")
    assert status == 1
    assert "plan/p1 (1).yaml" in text
    assert "plan/p1.yaml" in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", [b"p\x1b[31m.yaml", b"p\xff.yaml", b"p\n.yaml", "p\u202e.yaml"])
def test_a_file_s_name_moves_no_cursor(name, folder):
    (folder / "plan" / os.fsdecode(name)).write_bytes(b"id: [\n")
    for command in (["check"], ["status"], ["check", "--json"]):
        status, text = answer(folder, *command)
        assert status == 1
        assert "p\\" in text
