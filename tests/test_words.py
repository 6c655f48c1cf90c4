"""Words: nothing from a plan moves a cursor, and counts, lists and lengths read as English."""

import unicodedata
from datetime import date

import pytest
import strategies as some
from hypothesis import example, given
from hypothesis import strategies as st

from hscp_plan.words import (
    BRAG,
    KINDS,
    STATUSES,
    SYMBOLS,
    SYNONYMS,
    ago,
    count,
    length,
    listed,
    natural_key,
    safe,
    sentence,
)

BIDIRECTIONAL = {*"\u061c\u200e\u200f", *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))}
CONTROL = {*map(chr, (*range(0x20), *range(0x7F, 0xA0))), "\u2028", "\u2029"}


@given(st.one_of(st.text(), some.any_text))
@example("".join(sorted(BIDIRECTIONAL | CONTROL)))
def test_no_control_or_bidirectional_character_is_ever_shown(text):
    shown = safe(text)
    assert not (CONTROL | BIDIRECTIONAL) & set(shown)
    shown.encode()  # and no half of a surrogate pair, which cannot be written


def test_every_character_there_is_is_shown_or_escaped():
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    joiners = "\u200c\u200d"
    for code in range(0x110000):
        if unicodedata.category(chr(code)) in hidden and chr(code) not in joiners:
            assert safe(chr(code)).isascii(), hex(code)


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S"), include_characters=" \xa0")))
@example("“Core Business” – Children’s £5 é 👶🏽 👩‍👧 नमस्ते")
def test_text_that_can_be_read_is_shown_as_it_is(text):
    assert safe(text) == text


@given(st.text())
def test_what_is_safe_stays_as_it_is(text):
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b31m", "\\x9b31m"),
        ("a\nb", "a\\x0ab"),
        ("a\u202eb", "a\\u{202e}b"),
        ("\ue000", "\\u{e000}"),
        ("\ud800", "\\u{d800}"),
    ],
)
def test_what_is_hidden_is_shown_as_an_escape(text, shown):
    assert safe(text) == shown


@pytest.mark.parametrize(
    ("number", "one", "shown"),
    [
        (0, "milestone", "0 milestones"),
        (1, "milestone", "1 milestone"),
        (2, "priority", "2 priorities"),
        (2, "day", "2 days"),
        (1_000, "fault", "1,000 faults"),
    ],
)
def test_a_count_agrees_with_its_noun(number, one, shown):
    assert count(number, one) == shown


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("plan.yaml has no meeting of it", "plan.yaml has"),
        ("p1-neglect.yaml cannot be read", "p1-neglect.yaml cannot"),
        ("the plan.yaml there", "The plan.yaml"),
        ("e.g. a report", "E.g. a"),
    ],
)
def test_a_sentence_begins_with_a_capital_or_with_a_files_own_name(text, begins):
    assert sentence(text).startswith(begins)


def test_a_list_reads_as_a_sentence():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert listed({"a": 1, "b": 2}) == "a and b"


@pytest.mark.parametrize(
    ("earlier", "later", "shown"),
    [
        (date(2021, 9, 30), date(2021, 10, 1), "1 day"),
        (date(2021, 9, 30), date(2021, 10, 15), "15 days"),
        (date(2021, 9, 30), date(2021, 10, 29), "29 days"),
        (date(2021, 9, 30), date(2021, 10, 30), "1 month"),
        (date(2021, 9, 30), date(2021, 12, 15), "2 months"),
        (date(2021, 1, 31), date(2021, 2, 28), "1 month"),
        (date(2021, 9, 30), date(2023, 9, 29), "23 months"),
        (date(2021, 9, 30), date(2023, 9, 30), "2 years"),
        (date(2021, 9, 30), date(2026, 11, 24), "5 years"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_whole_unit(earlier, later, shown):
    assert length(earlier, later) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [(0, "today"), (1, "1 day ago"), (13, "13 days ago"), (14, "2 weeks ago"),
     (62, "8 weeks ago"), (63, "2 months ago"), (800, "2 years ago")],
)  # fmt: skip
def test_an_answers_age_is_said_in_words(days, shown):
    today = date(2021, 12, 15)
    assert ago(date.fromordinal(today.toordinal() - days), today) == shown


@given(st.dates(date(1990, 1, 1), date(2099, 1, 1)), st.integers(1, 400))
def test_a_longer_time_is_never_said_to_be_nought(earlier, days):
    later = date.fromordinal(earlier.toordinal() + days)
    number, unit = length(earlier, later).split()
    assert int(number) >= 1
    assert unit.endswith("s") == (int(number) != 1)


def test_every_standing_has_a_symbol_and_a_colour_and_every_synonym_a_standing():
    assert set(SYMBOLS) == set(BRAG) == set(KINDS)
    assert set(STATUSES) < set(KINDS)
    assert set(SYNONYMS.values()) <= set(KINDS)
    assert not set(SYNONYMS) & set(KINDS)


IDS = ("1", "2.1", "10", "A", "a2", "P1", "P1-A", "P1.2", "P1.10", "P2", "P2.1", "P10")


@given(st.permutations(IDS))
def test_ids_are_put_in_the_order_in_which_people_count(ids):
    assert sorted(ids, key=natural_key) == [*IDS]
