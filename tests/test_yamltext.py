"""YAML read as text with places: everything that can be wrong is said, and nothing else is lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
import strategies as some
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from hscp_plan.errors import Fault
from hscp_plan.model import Priority
from hscp_plan.reading import yamlfaults
from hscp_plan.reading.validation import salvage
from hscp_plan.reading.yamltext import Amiss, Reading, decode, read, values

FILE = "plan/p1.yaml"


def looked(data: bytes | str) -> Reading:
    """Everything about a file's bytes, as the store finds it out."""
    text = decode(data.encode() if isinstance(data, str) else data, FILE)
    if isinstance(text, list):
        return Reading(None, {}, {}, text, [], FILE, set())
    return read(text, FILE)


def fault(data: bytes | str) -> Fault:
    """The one fault of a file's bytes, which `values` must not let through."""
    found = looked(data).faults
    assert len(found) == 1, found
    text = decode(data.encode() if isinstance(data, str) else data, FILE)
    if isinstance(text, str):
        with pytest.raises(Amiss):
            values(text)
    return found[0]


def where(data: bytes | str) -> tuple[str, int, int]:
    """The rule of a file's one fault, and its line and column."""
    found = fault(data)
    assert found.next, "no remedy"
    assert found.place.file == FILE
    return found.rule, found.place.line, found.place.column


@contextmanager
def pure() -> Iterator[None]:
    """Within it, PyYAML has no libyaml."""
    with mock.patch.object(yaml, "__with_libyaml__", False):
        yield


# Laws -------------------------------------------------------------------------------------------


@given(some.any_bytes)
@example(b"- a:")
@example(b"?")
def test_any_bytes_at_all_give_values_or_faults(data):
    reading = looked(data)
    errors = [f for f in reading.faults if f.severity == "error"]
    assert isinstance(reading.value, dict) or errors
    for found in reading.faults:
        assert found.place.line >= 1
        assert found.next
        assert found.place.line <= data.count(b"\n") + 1 or data[:2] in (b"\xff\xfe", b"\xfe\xff")


@given(st.one_of(some.any_text, some.yaml_texts()))
def test_what_the_quick_reader_reads_the_full_one_reads_too_and_finds_no_fault(text):
    try:
        quick = values(text)
    except Amiss:
        return
    reading = read(text, FILE)
    assert reading.value == quick
    assert not reading.faults


@given(st.one_of(some.any_text, some.yaml_texts()))
def test_what_has_no_fault_is_read_by_the_quick_reader_too(text):
    reading = read(text, FILE)
    if not reading.faults:
        assert values(text) == reading.value


@given(some.yaml_texts())
def test_a_plan_s_yaml_is_read_without_fault(text):
    assert isinstance(values(text), dict)


@given(some.yaml_texts())
def test_libyaml_and_the_pure_parser_read_the_same_at_the_same_places(text):
    fast = read(text, FILE)
    with pure():
        slow = read(text, FILE)
        assert values(text) == fast.value
    assert slow.value == fast.value
    assert {path: span[:2] for path, span in slow.spans.items()} == {
        path: span[:2] for path, span in fast.spans.items()
    }


@given(some.any_text)
def test_without_libyaml_any_text_gives_values_or_faults_too(text):
    made = decode(text.encode("utf-8", "surrogatepass"), FILE)
    if isinstance(made, str):
        with pure():
            reading = read(made, FILE)
        assert isinstance(reading.value, dict) or reading.faults


class AllText(SafeConstructor):
    """ruamel.yaml's constructor, with every scalar the text that stands in the file."""


for tag in ("null", "bool", "int", "float", "timestamp"):
    AllText.add_constructor(f"tag:yaml.org,2002:{tag}", AllText.construct_yaml_str)


@given(some.yaml_texts())
def test_ruamel_yaml_reads_the_same(text):
    oracle = YAML(typ="safe", pure=True)
    oracle.Constructor = AllText
    assert values(text) == oracle.load(text)


@given(some.yaml_texts())
def test_every_value_has_a_place_and_every_key_stands_at_its_own(text):
    reading = read(text, FILE)
    for path, (line, column, *_rest) in reading.keys.items():
        assert reading.lines[line][column:].lstrip('"').startswith(str(path[-1]))
    paths = set(reading.spans)
    for path in _paths(reading.value):
        assert path in paths


def _paths(value: object, path: tuple = ()) -> Iterator[tuple]:
    items = enumerate(value) if isinstance(value, list) else ()
    for step, item in value.items() if isinstance(value, dict) else items:
        yield (*path, step)
        yield from _paths(item, (*path, step))


# Every scalar is text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "012",
        "12:30",
        "2022_04",
        "1e3",
        "2022",
        "2022-04-30",
        "~",
        "null",
        "0x1F",
        "1.50",
    ],
)
def test_a_value_is_the_text_that_stands_there_quoted_or_not(text):
    assert values(f"a: {text}") == values(f'a: "{text}"') == values(f"a: '{text}'") == {"a": text}
    assert values(f"{text}: a") == {text: "a"}


def test_blocks_are_folded_or_kept_as_yaml_says():
    assert values("a: >-\n  one\n  two\nb: |\n  one\n  two\n") == {
        "a": "one two",
        "b": "one\ntwo\n",
    }


# What is accepted -------------------------------------------------------------------------------


def test_a_byte_order_mark_is_accepted():
    assert looked(b"\xef\xbb\xbfid: P1\n").value == {"id": "P1"}


def test_windows_line_ends_are_accepted_and_places_are_right():
    reading = looked(b"id: P1\r\ntitle: |\r\n  one\r\n  two\r\n")
    assert reading.value == {"id": "P1", "title": "one\ntwo\n"}
    assert not reading.faults
    assert str(reading.place(("title",), at_key=True)) == f"{FILE}:2:1"


def test_a_byte_order_mark_moves_no_column():
    reading = looked(b"\xef\xbb\xbfid: P1\n")
    assert str(reading.place(("id",))) == f"{FILE}:1:5"


def test_columns_are_counted_in_characters():
    reading = looked("- x\n")
    assert reading.faults
    reading = looked("’é: 👶: x\n".replace("👶: ", "👶 "))
    assert reading.value == {"’é": "👶 x"}
    assert str(reading.place(("’é",))) == f"{FILE}:1:5"


def test_one_mark_of_a_first_document_is_accepted():
    assert looked("---\nid: P1\n...\n").value == {"id": "P1"}


def test_a_key_with_nothing_after_it_is_left_out_with_a_warning():
    reading = looked("id: P1\ndue:\ntitle: x\n")
    assert reading.value == {"id": "P1", "title": "x"}
    [found] = reading.faults
    assert (found.rule, found.severity, found.place[1:3]) == ("value-empty", "warning", (2, 5))


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: b\nc: &x d\n", "anchor", 2, 4),
        ("a: b\nc: &x\n  d: e\n", "anchor", 2, 4),
        ("a: b\nc: *x\n", "alias", 2, 4),
        ("a: b\nc: !x d\n", "tag", 2, 4),
        ("a: b\nc: !!python/object/apply:os.system [id]\n", "tag", 2, 4),
        ("a: b\n<<: {c: d}\n", "merge-key", 2, 1),
        ("a: b\nc: d\na: e\n", "key-twice", 3, 1),
        ("a: b\n---\nc: d\n", "second-document", 2, 1),
        ("a: b\n? [c]\n: d\n", "key-complex", 2, 3),
        ("a: b\n{c: d}: e\n", "key-complex", 2, 1),
        ("a: b\n\tc: d\n", "yaml", 2, 1),
        ("a:\n\t- c\n", "yaml", 2, 1),
        ("a: b\nc: \"d\ne: f\n", "yaml", 2, 4),
        ("a: b\nc: 'd\ne: f\n", "yaml", 2, 4),
        ("a: b\nc: d: e\n", "yaml", 2, 5),
        ("a: b\nc: @d\n", "yaml", 2, 4),
        ("a: b\nc: [d\n", "yaml", 2, 4),
        ("a: b\nc\n", "yaml", 2, 1),
        ("", "file-shape", 1, 1),
        ("\n# only a remark\n", "file-shape", 1, 1),
        ("- a\n- b\n", "file-shape", 1, 1),
        ("only words\n", "file-shape", 1, 1),
    ],
)  # fmt: skip
def test_what_a_plan_s_file_may_not_have_is_refused_at_its_place(text, rule, line, column):
    assert where(text) == (rule, line, column)
    with pure():
        assert fault(text).rule == rule


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  - b: 1\n c: 2\n",
        "a:\n - b: 1\n   c: 2\n  d: 3\n",
        "a: [1, 2\nb: 3\n",
        "a: 'x' y\n",
        "a: ]\n",
        "a: |x\n",
        'a: "x\n',
        "a: 1\n  b: 2\n",
    ],
)
def test_what_is_no_yaml_is_said_in_plain_words_by_either_parser(text):
    said = fault(text)
    with pure():
        alone = fault(text)
    assert (alone.message, alone.next) == (said.message, said.next)
    assert not re.search("expected|<|indicator", said.message)


def test_a_key_that_stands_twice_names_the_first_line_too():
    found = fault("a: b\nc: d\na: e\n")
    assert found.place.line == 3
    assert "line 1" in found.message


def test_a_bomb_of_aliases_is_refused_without_going_off():
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    found = looked("l0: &l0 [x]\n" + levels).faults
    assert {f.rule for f in found} == {"alias", "anchor"}


@pytest.mark.parametrize(
    ("text", "line", "sides"),
    [
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\nf: g\n>>>>>>> other\n", 2,
         "line 3 on one side, lines 5 to 6 on the other"),
        ("<<<<<<< HEAD\nc: d\n||||||| base\nc: x\n=======\nc: e\n>>>>>>> other\n", 1, "line 6"),
        ("<<<<<<< HEAD\n=======\nc: e\n>>>>>>> other\n", 1, "line 3"),
    ],
)  # fmt: skip
def test_an_unfinished_merge_is_called_that_and_names_both_sides(text, line, sides):
    found = fault(text)
    assert (found.rule, found.place.line) == ("merge-unfinished", line)
    assert "unfinished merge" in found.message
    assert sides in found.message


def test_two_unfinished_merges_are_two_faults():
    merge = "<<<<<<< a\nb: c\n=======\nb: d\n>>>>>>> e\n"
    assert [f.place.line for f in looked(merge + merge).faults] == [1, 6]


@pytest.mark.parametrize("sign", ["<" * 7, "=" * 7, ">" * 7, "|" * 7])
def test_seven_signs_within_a_line_are_no_merge(sign):
    assert looked(f"a: 'b {sign} c'\n").faults == []


@pytest.mark.parametrize(
    ("data", "rule", "line", "column"),
    [
        (b"a: b\nc: d\x00e\n", "control-character", 2, 5),
        (b"a: b\nc: d\x1b[31me\n", "control-character", 2, 5),
        (b"a: b\nc: d\x07\n", "control-character", 2, 5),
        (b"a: b\nc: \x7f\n", "control-character", 2, 4),
        ("a: b\nc: \x9b31m\n".encode(), "control-character", 2, 4),
        ("a: b\nc: \x85\n".encode(), "control-character", 2, 4),
        ("a: b\nc: d\u2028e\n".encode(), "control-character", 2, 5),
        ("a: b\nc: d\u2029e\n".encode(), "control-character", 2, 5),
        ("a: b\nc: d\ufeffe\n".encode(), "control-character", 2, 5),
        ("a: b\nc: d\uffffe\n".encode(), "control-character", 2, 5),
        (b"a: b\rc: d\n", "control-character", 1, 5),
        (b"a: b\nc: d\xe9\n", "not-utf-8", 2, 5),
        (b"a: b\nc: d\x92s\n", "not-utf-8", 2, 5),
        ("a: b\nc: d\n".encode("utf-16"), "not-utf-8", 1, 0),
        ("a: b\nc: d\n".encode("utf-16-be"), "control-character", 1, 1),
        (b"a: b\nc: \xed\xa0\x80\n", "not-utf-8", 2, 4),
    ],
)
def test_characters_that_no_plan_has_are_refused_at_their_place(data, rule, line, column):
    assert where(data) == (rule, line, column)


def test_the_column_of_a_bad_byte_counts_characters_as_every_other_column_does():
    assert where("a: é".encode() + b"\xff") == ("not-utf-8", 1, 5)


@pytest.mark.parametrize("data", [b"\xff\xfea\x00", b"a: caf\xe9\n", b"a: \x00\n", b"a\rb: c\n"])
def test_a_file_in_another_encoding_is_told_to_be_saved_as_utf_8(data):
    assert "UTF-8" in fault(data).next


# Limits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_ten_thousand_levels_are_refused_with_a_place(opening):
    for text in ("a: " + opening * 10_000, "a:\n  " + opening * 10_000 + "\n"):
        [found] = looked(text).faults
        assert found.rule in ("too-deep", "yaml", "key-complex")
        assert found.place.line >= 1
        with pytest.raises(Amiss):
            values(text)


def test_ten_thousand_levels_by_indents_are_refused_where_they_get_too_deep():
    text = "".join(f"{' ' * n}a:\n" for n in range(10_000)[:2000])
    assert where(text) == ("too-deep", yamlfaults.MOST_DEPTH + 1, yamlfaults.MOST_DEPTH + 1)


def test_fifty_levels_are_read_and_fifty_one_are_not():
    def nested(depth: int) -> str:
        return "a: " + "[" * (depth - 1) + "x" + "]" * (depth - 1)

    assert not looked(nested(yamlfaults.MOST_DEPTH)).faults
    assert values(nested(yamlfaults.MOST_DEPTH))
    assert where(nested(yamlfaults.MOST_DEPTH + 1))[0] == "too-deep"


def test_a_text_of_a_hundred_thousand_characters_is_read_and_one_more_is_not():
    most = "x" * yamlfaults.MOST_SCALAR
    assert values(f"a: {most}") == {"a": most}
    assert where(f"b: c\na: {most}x") == ("too-big", 2, 4)


def test_ten_thousand_keys_are_read_and_one_more_is_not():
    keys = "".join(f"k{n}: v\n" for n in range(yamlfaults.MOST_KEYS))
    assert len(values(keys)) == yamlfaults.MOST_KEYS
    assert where(keys + "more: v\n") == ("too-big", yamlfaults.MOST_KEYS + 1, 1)


@pytest.mark.parametrize("rest", ["k: v\n", "k:\n"])
def test_what_follows_ten_thousand_keys_is_not_read(rest):
    keys = "".join(rest.replace("k", f"k{n}") for n in range(yamlfaults.MOST_KEYS + 1))
    errors = [f.rule for f in looked(keys + '"never closed').faults if f.severity == "error"]
    assert errors == ["too-big"]
    with pytest.raises(Amiss):
        values(keys)


@pytest.mark.parametrize("one", ["- &a b\n", "- !a b\n", "<<<<<<< a\n", "- {a: b, a: c}\n"])
def test_of_a_hundred_thousand_errors_a_thousand_are_told(one):
    found = looked(one * 100_000 + '"never closed').faults
    assert yamlfaults.MOST_ERRORS <= len(found) <= yamlfaults.MOST_ERRORS + 1
    assert [f.rule for f in found].count("too-big") == len(found) - yamlfaults.MOST_ERRORS


def test_values_that_mean_nothing_are_told_a_thousand_times_and_then_no_more():
    text = "id: P1\ntitle: Neglect\nevidence:\n" + "- []\n" * 3_000
    left = salvage(Priority, looked(text))
    assert left.value is None
    *told, last = left.faults
    assert [f.place.line for f in told] == [4 + n for n in range(yamlfaults.MOST_ERRORS)]
    assert (last.rule, last.place.line) == ("too-big", 4 + yamlfaults.MOST_ERRORS)


def test_what_is_empty_is_a_warning_and_never_too_much():
    text = "id: P1\ntitle: Neglect\nevidence:\n" + "- {a: }\n" * 3_000
    assert len(looked(text).faults) == 3_000


# Messages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b\n\tc: d\n", "tab"),
        ('a: "b\n', "quotation mark is never closed"),
        ("a: b: c\n", "colon"),
        ("a: [b\n", "bracket is never closed"),
        ("a: @b\n", "cannot begin with this character"),
        ('a: "C:\\Users"\n', "backslash"),
        ("", "empty"),
        ("- a\n", "not a list of keys"),
    ],
)
def test_what_is_wrong_is_said_in_plain_english(text, said):
    assert said in fault(text).message


def test_a_syntax_error_shows_the_line_it_is_in():
    assert fault("a: b\nc: d: e\n").place.text == "c: d: e"


def test_several_faults_are_all_told():
    rules = [f.rule for f in looked("a: &x b\nc: !t d\na: e\nf: *x\n").faults]
    assert rules == ["anchor", "tag", "key-twice", "alias"]
