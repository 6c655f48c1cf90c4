"""What a cell says that the plan does not say yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan.importing.unsaid import stands_in, unsaid, words

WORDS = st.sampled_from(["alpha", "beta", "gamma", "delta", ".", "!", ",", "\n"])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("cell", "said", "new"),
    [
        ("Two courses run.", ["Two courses run."], ""),
        ("Two courses run. Two more are booked.", ["Two courses run."], "Two more are booked."),
        ("March: begun well.\nTwo courses run.", ["Two courses run."], "March: begun well."),
        ("Two courses\nrun.", ["Two courses run."], ""),
        ("two COURSES run", ["Two courses run."], ""),
        ("Begun. More to come.", ["Begun."], "Begun. More to come."),
        ("Begun.\nMore to come.", ["Begun."], "More to come."),
        ("All new", [], "All new"),
        ("", ["Begun."], ""),
        ("– …", [], ""),
        ("B was done well. C is next.", ["A was done. B was done well."], "C is next."),
    ],
)
def test_what_is_left_is_new(cell, said, new):
    assert unsaid(cell, said) == new


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_no_word_is_made_and_none_that_nobody_said_is_lost(cell, said):
    new = words(unsaid(cell, said))
    known = {word for text in said for word in words(text)}
    assert [w for w in new if w not in known] == [w for w in words(cell) if w not in known]


@given(TEXTS)
def test_what_was_said_is_not_new(text):
    assert unsaid(text, [text]) == ""
    assert unsaid(text, text.split("\n")) == ""


def test_a_text_stands_in_another_by_its_words_in_a_row():
    assert stands_in("Begun well.", ["14 March: begun, well and truly"])
    assert not stands_in("Begun well.", ["begun, and well"])
    assert not stands_in("…", ["…"])
