"""An edit changes nothing else, byte for byte, in whatever hand a file is written; and what was
recorded reads back as it was said."""

import re
from copy import deepcopy

import pytest
import strategies as some
import styles
from hypothesis import assume, event, example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hscp_plan.dates import UNDATED, read
from hscp_plan.editing.entries import as_written, entry
from hscp_plan.editing.record import log_entry, record_decisions
from hscp_plan.editing.refusals import clean_note
from hscp_plan.editing.scalars import LONG, pair_lines
from hscp_plan.editing.splice import Stuck
from hscp_plan.editing.values import find_milestone
from hscp_plan.errors import Mendable, Mistyped
from hscp_plan.model import Priority
from hscp_plan.naming.no_text import MOST_NOTE
from hscp_plan.reading import yamltext
from hscp_plan.reading.validators import validator

TRAPS = [
    "Trial: two teams", "Said #3 of 4", "- a dash", "-", "? a question", "%", "@home",
    "`code`", "| a pipe", "> more", "> ", "trailing   ", "  leading", "012", "12:30",
    "2022_04", "1e3", "1,000", "null", "~", "no", "Yes", "=", "<<", ".", "...", "---",
    "--- a", "a\tb", "\ttab", "👶🏽 👨‍👩‍👧", "مرحبا بالعالم", "\u202eright to left",
    "“Smart” ‘quotes’ – and…", "a\u00a0b\u202fc", "'", '"', "''", '"quoted"', "it's",
    "'a' and \"b\"", "C:\\new\\table", "a: ", "a:", ":", "#", "# a", "a #", "{a", "[a]", "}",
    "]", ",", "&a", "*a", "!a", "!!str a", "First.\nSecond.", "First.\n\nSecond.",
    "First.\n   in\nout", "First.\n  \nblank inside", "a \nb\t\nc", "- a\n- b", "a: b\nc: d",
    "# a\n# b", "<<<<<<< a", "=======", "First.\n=======\nThird.", "a\u2028b", "a\u0085b",
    "a\ufeffb", "a\x1bb", "a\x7fb", "\u200b", "a\r\nb\rc", "word " * 40, "a" * 300,
    "two  blanks " * 20, "- " * 80, "word\u00a0" * 60, "012 " * 40, "0" * 200,
    ("A line of some length, as people write them.\n" * 12), "long: " * 40, "a  " * 50 + "b",
    "é" * 120, "x" * MOST_NOTE, "many words " * (MOST_NOTE // 11), "'" * 300, '\\"' * 300,
]  # fmt: skip
notes = st.one_of(
    st.sampled_from(TRAPS),
    some.any_text,
    st.lists(
        st.sampled_from(["a", "word", "- ", ": ", " #", "\n", "  ", "“é”", "'", '"', "👶", "\t"]),
        max_size=60,
    ).map("".join),
)  # fmt: skip


def _keepable(note: str) -> bool:
    try:
        return bool(clean_note(note))
    except Mistyped:
        return False


kept_notes = notes.map(lambda note: note if _keepable(note) else "Trial began.")


# What is written is read ------------------------------------------------------------------------


@given(kept_notes, st.integers(0, 16))
@example("x" * MOST_NOTE, 8)
def test_a_note_reads_back_as_it_was_kept(note, indent):
    text = clean_note(note)
    lines = pair_lines("note", text, indent)
    made = "\n".join([lines[0], *lines[1:], "after: x\n"])
    assert yamltext.values(made) == {"note": text, "after": "x"}
    assert isinstance(yamltext.decode(made.encode(), "p1.yaml"), str)
    assert pair_lines("note", text, indent) == lines
    assert clean_note(text) == text


@pytest.mark.parametrize("note", TRAPS)
def test_ruamel_yaml_and_pyyamls_own_parser_read_the_same_note(note):
    made = "\n".join([*pair_lines("note", clean_note(note), 4), "after: x\n"])
    assert YAML(typ="safe", pure=True).load(made) == {"note": clean_note(note), "after": "x"}
    parser, scalars = yamltext._pure_parser()(made), []
    while found := parser.get_event():
        scalars += [found.value] if hasattr(found, "value") else []
    assert scalars == ["note", clean_note(note), "after", "x"]


@given(kept_notes.filter(lambda note: "\n" not in note and "\r" not in note), st.integers(0, 16))
def test_a_text_of_ordinary_words_is_folded_before_its_line_is_long(note, indent):
    text = clean_note(note)
    assume(max(map(len, re.split(" +", text))) < 40 and text.isprintable() and "  " not in text)
    assume(not text.startswith(tuple(" #")))
    for line in pair_lines("note", text, indent):
        # The first, which holds the key, may be a little longer: better than two lines.
        assert indent + len(line) <= LONG + 12


@pytest.mark.parametrize(
    ("note", "lines"),
    [
        ("Trial began.", ["note: Trial began."]),
        ("Agreed: no change", ['note: "Agreed: no change"']),
        ("“Smart” – it’s kept", ["note: “Smart” – it’s kept"]),
        ("1200", ['note: "1200"']),
        ("null", ['note: "null"']),
        ("a\tb", ['note: "a\\tb"']),
        ("a\u2028b", ['note: "a\\u2028b"']),
        ('He said "no"', ['note: He said "no"']),
        ("First.\r\nSecond: it.", ["note: |-", "  First.", "  Second: it."]),
        ("First.\rSecond: it.", ["note: |-", "  First.", "  Second: it."]),
        ("First.\n\n  Indented.", ["note: |-", "  First.", "", "    Indented."]),
        (
            "Two agencies changed their recording systems in autumn: they need time, until "
            "representatives meet.",
            [
                "note: >-",
                "  Two agencies changed their recording systems in autumn: they need time, until",
                "  representatives meet.",
            ],
        ),
    ],
)
def test_a_note_is_written_as_a_person_would(note, lines):
    assert pair_lines("note", clean_note(note), 0) == lines


@pytest.mark.parametrize(
    ("note", "what"),
    [
        ("", "empty"),
        (" \u00a0\n", "empty"),
        ("a" * (MOST_NOTE + 1), "10,001 characters"),
        ("a\ud800b", "no file can hold"),
        ("a\ufffeb", "no file can hold"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused(note, what):
    with pytest.raises(Mistyped, match=what):
        clean_note(note)


# An edit changes nothing else -------------------------------------------------------------------


def places(text: str) -> yamltext.Reading:
    return yamltext.read(styles.plain(text), "p1.yaml")


def at(value: object, path: tuple) -> dict:
    for step in path:
        value = value[step]
    return value


@st.composite
def recorded(draw, milestone: dict) -> dict:
    """An entry to record of a milestone, of today or of an earlier day; a move comes after all
    others."""
    due, log = milestone.get("due"), milestone.get("progress", [])
    was = read(due) if due else UNDATED
    day = draw(st.sampled_from([TODAY, TODAY, "2021-11-01", "2021-10-31", "2021-09-14", "2021-08"]))
    chained = not any("moved" in entry for entry in log[place(log, day) :])
    note = clean_note(draw(kept_notes))
    status = draw(st.sampled_from([None, None, "on track", "off track", "complete", "closed"]))
    to = draw(st.sampled_from([None, None, "2022-06", "2022-06-30", "Q4 2022/23", "2024"]))
    moved = (was, read(to)) if to and was != read(to) and chained else None
    evidence = draw(
        st.sampled_from([(), (), ("Minutes: item 3",), ("https://example.org/#a", "- b")])
    )
    by = draw(st.sampled_from([None, "Chair of the Sub-Group", "A: B", "Dr “Who” #2"]))
    agreed = draw(st.sampled_from([None, "HSCP Executive Board, 20 October 2021"]))
    return entry(day, by, note, status, moved, agreed, evidence)


TODAY = "2021-12-15"


def place(log: list[dict], day: str) -> int:
    """Where an entry of a day goes in a log: before all that begins later."""
    for number, there in enumerate(log):
        if read(there["date"]).first > read(day).last:
            return number
    return len(log)


class Edited:
    """A file's new text taken back to its old one, line by line, by undoing only what was meant."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = places(old), places(new)
        self.were = old.removeprefix("\ufeff").split("\n")
        self.lines = new.removeprefix("\ufeff").split("\n")
        self.out: set[int] = set()
        """The lines that are new."""

    def value(self, path: tuple) -> None:
        """The value at this path was meant to change: within its line, or on a new line."""
        line, first, _, end = self.new.spans[path]
        before, after = self.lines[line][:first], self.lines[line][end:]
        if path not in self.old.spans:
            assert (before.strip(), after.strip()) == (f"{path[-1]}:", "")
            self.out.add(line)
            return
        was, begin, _, stop = self.old.spans[path]
        if was == len(self.were) - 1:
            after = after.removesuffix("\r")  # see `check`
        assert (before, after) == (self.were[was][:begin], self.were[was][stop:])
        self.lines[line] = self.were[was]

    def item(self, path: tuple) -> None:
        """The item at this path is new; so is its list's key, or it was `[]`."""
        first = self.new.spans[path][0]
        inside = [span for p, span in self.new.spans.items() if p[: len(path)] == path]
        values = [(end, column) for p, (_, _, end, column) in self.new.spans.items()
                  if p[: len(path)] == path and isinstance(at(self.new.value, p), str)]  # fmt: skip
        assert inside
        last = max(end if column else end - 1 for end, column in values)
        while not self.lines[last].strip():
            last -= 1  # blank lines after a block text, which were there
        last = max(last, *(span[0] for span in inside))
        if self.new.spans[path] and "moved" in at(self.new.value, path):
            last = max(last, self.new.spans[(*path, "moved")][2])
        assert self.lines[first].lstrip().startswith("- date:") or "-  " in self.lines[first]
        self.out |= set(range(first, last + 1))
        name = path[:-1]
        if name not in self.old.spans:
            assert self.lines[first - 1].strip() == f"{name[-1]}:"
            self.out.add(first - 1)
            if len(name) == 1 and len(self.lines) - len(self.out) > len(self.were):
                # Blank lines part the file's keys, so this one too.
                assert not self.lines[first - 2].strip()
                self.out.add(first - 2)
        elif path[-1] == 0 and not at(self.old.value, name):
            was, now = self.were[self.old.keys[name][0]], self.new.keys[name][0]
            gone, left = was.replace("[]", "", 1), self.lines[now]
            if self.old.keys[name][0] == len(self.were) - 1:
                left = left.removesuffix("\r")  # see `check`
            assert left == gone or left.strip() == gone.strip() == f"{name[-1]}:"
            self.lines[now] = was

    def resigned(self, left: list[str]) -> None:
        """The sign of a block text that ended the file without a line end says now that the line
        end which follows is no part of it; put the old one back."""
        line = next((n for n, was in enumerate(self.were) if left[n] != was), None)
        if line is not None:
            signed = re.fullmatch(r"(.*[|>]\d?)-( *#.*| *\r?|)", left[line], re.DOTALL)
            assert signed
            assert re.fullmatch(
                rf"{re.escape(signed[1])}\+?{re.escape(signed[2])}", self.were[line]
            )
            left[line] = self.were[line]

    def check(self) -> None:
        """Without what was meant, the new text is the old one, byte for byte."""
        left = [line for n, line in enumerate(self.lines) if n not in self.out]
        if self.were[-1] and len(self.lines) - 1 in self.out:
            # The last line had no end; now that something follows, it has the file's.
            left[-1] = left[-1].removesuffix("\r")
            self.resigned(left)
        assert left == self.were
        # And the lines that are new end as the file's do.
        end = "\r" if self.were[0].endswith("\r") else ""
        assert all(
            self.lines[n].endswith("\r") == bool(end) for n in self.out - {len(self.lines) - 1}
        )


def meant(values: dict, path: tuple, new: dict) -> dict:
    """The old values and exactly what was meant, worked out a second time."""
    after = deepcopy(values)
    milestone = at(after, path)
    log = milestone.setdefault("progress", [])
    here = place(log, new["date"])
    if "status" in new and not any("status" in later for later in log[here:]):
        milestone["status"] = new["status"]
    log.insert(here, new)
    milestone |= {"due": new["moved"]["to"]} if "moved" in new else {}
    return after


def held(values: dict, path: tuple, edited: Edited, day: str = TODAY) -> None:
    """Undo an entry that was logged, and the status and due date that it brought."""
    milestone = at(values, path)
    for key in ("status", "due"):
        if milestone.get(key) != at(edited.new.value, path).get(key):
            edited.value((*path, key))
    edited.item((*path, "progress", place(milestone.get("progress", []), day)))


@pytest.mark.long
@given(st.data(), styles.files())
def test_a_logged_entry_changes_nothing_else(data, file):
    values = yamltext.values(file.plain)
    path, before = find_milestone(values, file.id), deepcopy(values)
    scale = data.draw(some.scales)
    meant_status = data.draw(recorded(at(values, path)))
    new = as_written(meant_status, scale)
    if file.refused:
        event("refused")
        with pytest.raises(Stuck, match=r"brackets"):
            log_entry(file.text, values, file.id, new)
        return
    made = log_entry(file.text, values, file.id, new)
    assert values == before
    assert made.values == meant(before, path, new)
    assert isinstance(yamltext.decode(made.text.encode(), "p1.yaml"), str)
    assert yamltext.values(styles.plain(made.text)) == made.values
    read_back = validator(Priority, scale)(made.values)
    log = next(m.progress for m in read_back.milestones if m.id == file.id)
    said = log[place(at(values, path).get("progress", []), new["date"])].status
    assert said == meant_status.get("status")
    assert made.text.startswith("\ufeff") == file.text.startswith("\ufeff")
    edited = Edited(file.text, made.text)
    held(values, path, edited, new["date"])
    edited.check()
    number = place(at(values, path).get("progress", []), new["date"])
    entry_at = edited.new.spans[(*path, "progress", number)]
    assert made.line == entry_at[0] + 1


@pytest.mark.long
@given(st.data(), styles.files())
def test_a_decision_and_what_it_completes_change_nothing_else(data, file):
    values = yamltext.values(file.plain)
    path = find_milestone(values, file.id)
    completes = data.draw(st.booleans()) and not file.refused
    completion = entry("2021-12-15", "Board", None, "complete", agreed="Board, 15 December 2021")
    decision = {"date": "2021-12-15", "by": "Board", "decision": clean_note(data.draw(kept_notes))}
    decision |= {"completes": file.id} if completes else {}
    made = record_decisions(
        file.text, values, [decision], {file.id: completion} if completes else {}
    )
    after = meant(values, path, completion) if completes else deepcopy(values)
    after.setdefault("decisions", []).append(decision)
    assert made.values == after
    assert yamltext.values(styles.plain(made.text)) == made.values
    edited = Edited(file.text, made.text)
    if completes:
        held(values, path, edited)
    edited.item(("decisions", len(values.get("decisions", ()))))
    edited.check()
    assert made.line == edited.new.spans[("decisions", len(after["decisions"]) - 1)][0] + 1


# Cases that a person can read -------------------------------------------------------------------

BEGIN = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    milestones:
"""
NEW = {"date": "2021-12-15", "note": "Said."}


def after_recording(log: str, new: dict | None = None) -> str:
    """What stands below `milestones:` when an entry is recorded of P1.1."""
    text = BEGIN + log
    plain = styles.plain(text)
    values = places(plain).value
    made = log_entry(text, values, "P1.1", new or NEW)
    assert places(made.text).value == made.values
    return made.text.removeprefix(BEGIN)


CASES = {
    "after the last content and its remark, before what belongs to what follows": (
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:
          - date: 2021-09-14
            note: Begun.  # by telephone

      # The next one waits for the Board.
      - id: P1.2
        due: 2021-10
        action: Audit
""",
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:
          - date: 2021-09-14
            note: Begun.  # by telephone
          - date: 2021-12-15
            note: Said.

      # The next one waits for the Board.
      - id: P1.2
        due: 2021-10
        action: Audit
""",
    ),
    "a block text with + owns its blank lines": (
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:
          - date: 2021-09-14
            note: |+
              Begun.

measures: []
""",
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:
          - date: 2021-09-14
            note: |+
              Begun.

          - date: 2021-12-15
            note: Said.
measures: []
""",
    ),
    "a block text without a line end keeps its value: its sign becomes |-": (
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:
          - date: 2021-09-14
            note: |+  # as minuted
              Begun.

              With two teams.""",
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:
          - date: 2021-09-14
            note: |-  # as minuted
              Begun.

              With two teams.
          - date: 2021-12-15
            note: Said.""",
    ),
    "a block text without + does not": (
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:
          - date: 2021-09-14
            note: >
              Begun.

              Twice.

measures: []
""",
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:
          - date: 2021-09-14
            note: >
              Begun.

              Twice.
          - date: 2021-12-15
            note: Said.

measures: []
""",
    ),
    "a list at its key's column, its keys a little further off": (
        """\
      -   id: P1.1
          due: 2021-09
          action: Launch
          progress:
          -   date: 2021-09-14
              note: Begun.
""",
        """\
      -   id: P1.1
          due: 2021-09
          action: Launch
          progress:
          -   date: 2021-09-14
              note: Begun.
          -   date: 2021-12-15
              note: Said.
""",
    ),
    "a dash alone on its line": (
        """\
      -
        id: P1.1
        due: 2021-09
        action: Launch
        progress:
          -
            date: 2021-09-14
            note: Begun.
""",
        """\
      -
        id: P1.1
        due: 2021-09
        action: Launch
        progress:
          -
            date: 2021-09-14
            note: Begun.
          - date: 2021-12-15
            note: Said.
""",
    ),
    "a last line without an end": (
        """\
      - id: P1.1
        due: 2021-09
        action: Launch""",
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:
          - date: 2021-12-15
            note: Said.""",
    ),
    "an empty log, and a remark on it": (
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress: []   # none yet
""",
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:    # none yet
          - date: 2021-12-15
            note: Said.
""",
    ),
    "a log with nothing after its key": (
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:   # none yet
      - id: P1.2
        due: 2021-10
        action: Audit
""",
        """\
      - id: P1.1
        due: 2021-09
        action: Launch
        progress:   # none yet
          - date: 2021-12-15
            note: Said.
      - id: P1.2
        due: 2021-10
        action: Audit
""",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_an_entry_goes_to_its_place(before, after):
    assert after_recording(before) == after


def test_a_status_and_a_due_date_change_in_their_own_quotation_marks():
    before = """\
      - id: P1.1
        due: "2021-09"  # as minuted
        action: Launch
        status: 'on track'   # said by telephone
        # Ask again in May.
"""
    new = entry("2021-12-15", None, "Waits.", "at risk", (read("2021-09"), read("2022-02")))
    assert (
        after_recording(before, new)
        == """\
      - id: P1.1
        due: "2022-02"  # as minuted
        action: Launch
        status: 'at risk'   # said by telephone
        progress:
          - date: 2021-12-15
            note: Waits.
            status: at risk
            moved: {from: 2021-09, to: 2022-02}
        # Ask again in May.
"""
    )


def test_a_status_that_is_absent_stands_before_the_log():
    before = """\
      - id: P1.1
        due: 2021-09
        action: >-
          Launch
          the panel
        progress:
        - date: 2021-09-14
          note: Begun.
"""
    assert (
        after_recording(before, {**NEW, "status": "at risk"})
        == """\
      - id: P1.1
        due: 2021-09
        action: >-
          Launch
          the panel
        status: at risk
        progress:
        - date: 2021-09-14
          note: Begun.
        - date: 2021-12-15
          note: Said.
          status: at risk
"""
    )


def test_a_file_keeps_its_line_ends_and_its_mark():
    text = "\ufeff" + (BEGIN + CASES["a last line without an end"][0]).replace("\n", "\r\n")
    made = log_entry(text, yamltext.values(styles.plain(text)), "P1.1", NEW).text
    after = BEGIN + CASES["a last line without an end"][1]
    assert made == "\ufeff" + after.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("milestone", "what"),
    [
        ("{id: P1.1, due: 2021-09, action: A}", "stands in curly brackets"),
        ("id: P1.1\n due: 2021-09\n action: A\n status:", "nothing after it"),
        ("id: P1.1\n due: 2021-09\n action: A\n status: >-\n   on track", "one line"),
        ("id: P1.1\n due: 2021-09\n action: A\n progress: [{date: 2021, note: A}]", "brackets"),
        ("id: P1.1\n due: 2021-09\n action: A\n progress: [\n   ]", "is empty"),
    ],
)
def test_a_layout_that_is_not_edited_is_named_with_its_place(milestone, what):
    text = BEGIN + "      - " + milestone.replace("\n ", "\n" + " " * 8) + "\n"
    with pytest.raises(Stuck, match=what) as stuck:
        log_entry(text, places(text).value, "P1.1", {**NEW, "status": "at risk"})
    assert stuck.value.next
    assert stuck.value.line >= BEGIN.count("\n")


def test_blank_lines_that_a_block_text_owns_part_no_keys():
    text = "id: P1\ntitle: |+\n  Neglect\n\noutcome: |+\n  Better.\n"
    decision = {"date": "2021-12-15", "by": "Board", "decision": "Go on."}
    after = text + "decisions:\n  - date: 2021-12-15\n    by: Board\n    decision: Go on.\n"
    assert record_decisions(text, yamltext.values(text), [decision], {}).text == after


def test_a_due_date_that_was_moved_meanwhile_is_not_moved_from_where_it_was():
    text = BEGIN + CASES["a last line without an end"][0]
    new = entry("2021-12-15", None, "Waits.", None, (read("2021-08"), read("2022-02")))
    with pytest.raises(Mendable, match="somebody else moved the due date just now, to September"):
        log_entry(text, yamltext.values(text), "P1.1", new)


def test_an_id_in_quotation_marks_with_a_blank_is_found():
    text = f'{BEGIN}      - id: "P1.1 "\n        due: 2021-09\n        action: Launch\n'
    assert "note: Said." in log_entry(text, yamltext.values(text), "P1.1", NEW).text
