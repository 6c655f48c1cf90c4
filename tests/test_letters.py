"""An accent is one, however it is typed: as a keyboard does, or as a Mac in the names of files."""

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import hscp

from hscp_plan.letters import composed, folded, legible, typed_places

BOARD = "Ynys Môn Board"
APART = normalize("NFD", BOARD)
DAY = ("--as-at", "2021-12-15")
PLAN = f"""\
format: 1
id: t
partnership: A partnership
title: A plan
period: {{start: 2021-04, end: 2023-03}}
groups:
  - {{name: {BOARD}, short: Bwrdd Môn, kind: board}}
meetings:
  - {{date: 2021-10-20, group: {APART}}}
"""
P1 = f"""\
id: P1
title: Neglect
objectives:
  - id: P1-A
    lead: {APART}
    milestones:
      - {{id: P1.1, due: 2022-04, action: Agree the café rota}}
      - {{id: P1.2, due: 2022-05, action: {normalize("NFD", "Train staff at the café")}}}
"""
LETTERS = st.one_of(st.text("aeoncéôñçạ\u0301\u0302\u0323 ’", max_size=12), st.text(max_size=12))


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    for name, text in (("plan", PLAN), ("p1", P1)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@given(LETTERS)
def test_a_text_is_compared_alike_however_its_accents_are_typed(text):
    assert folded(normalize("NFD", text)) == folded(normalize("NFC", text))
    assert folded(folded(text)) == folded(text)
    assert composed(text) == normalize("NFC", text)


@given(st.text(max_size=12))
def test_each_legible_letter_is_known_by_its_place(text):
    places = typed_places(text)
    assert places == sorted(places)
    assert places[-1] == len(text)
    assert len(places) == len(legible(text)) + 1


@pytest.mark.parametrize("said", [BOARD, APART])
def test_a_name_with_an_accent_is_found_however_it_is_typed(plan, said):
    for words, found in (
        (("due", "--lead", said), "P1.1"),
        (("due", "--group", said.upper()), "P1.1"),
        (("due", "--lead", said[-9:]), "P1.1"),
        (("status", "--rev", f"last {said}"), "no git"),
        (("report", "board", "--for", said, "--format", "markdown", "-o", "-"), BOARD),
        (("report", "workplan", "--lead", said, "--format", "markdown", "-o", "-"), "café"),
    ):
        told = hscp(*words, *DAY, folder=plan)
        assert found in (told.stdout + told.stderr).decode(), words


@pytest.mark.parametrize("said", ["café", normalize("NFD", "CAFÉ")])
def test_a_word_with_an_accent_is_found_wherever_it_stands(plan, said):
    told = hscp("find", said, "--json", *DAY, folder=plan)
    assert told.stdout.decode().count('"id": "P1.') == 2


def test_nothing_is_wrong_with_a_group_whose_accents_are_typed_otherwise(plan):
    told = hscp("check", *DAY, folder=plan)
    assert told.returncode == 0
    assert "group" not in told.stdout.decode()


def test_who_decides_is_the_group_and_the_note_stays_as_it_was_typed(plan):
    note = normalize("NFD", "The café may open.")
    told = hscp("decide", "P1", note, "--by", APART, folder=plan, HSCP_AS_AT="2021-12-15")
    assert told.returncode == 0, told.stderr
    text = (plan / "p1.yaml").read_text("utf-8")
    assert f"by: {BOARD}\n" in text
    assert note in text
