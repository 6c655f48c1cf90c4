"""Which group of a plan a person's words mean, and which it is nearly."""

import pytest

from hscp_plan.naming.groups import any_has_words, find_meaning
from hscp_plan.words import names_nobody

EXECUTIVE, BOARD = "HSCP Executive Board", "HSCP Partnership Board"
EFFECTIVENESS = "Safeguarding Effectiveness Sub-Group"
CHAIR = f"Chair of {EFFECTIVENESS}"
PARTNERS = "HSCP Statutory Safeguarding Partners"
KNOWN = {
    EXECUTIVE: (),
    BOARD: (),
    PARTNERS: ("HSCP Statutory Partners",),
    EFFECTIVENESS: ("SE Sub-Group",),
    CHAIR: ("Chair of SE Sub-Group",),
}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (EXECUTIVE, EXECUTIVE),
        ("hscp  executive board", EXECUTIVE),
        ("Exec Board", EXECUTIVE),
        ("the Executive Board", EXECUTIVE),
        ("HSCP Exec", EXECUTIVE),
        ("HEB", EXECUTIVE),
        ("Partnership Board", BOARD),
        ("Stat Partners", PARTNERS),
        ("SE sub group", EFFECTIVENESS),
        ("SE Subgroup", EFFECTIVENESS),
        ("SESG", EFFECTIVENESS),
        ("chair of SE subgroup", CHAIR),
        ("Chair SE Sub Group", CHAIR),
    ],
)
def test_a_group_is_meant_by_a_name_a_part_that_it_alone_has_and_its_initials(text, group):
    assert find_meaning(text, KNOWN) == (group, ())


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Board", [EXECUTIVE, BOARD]),
        ("HSCP Board", [EXECUTIVE, BOARD]),
        ("HSCP", [EXECUTIVE, BOARD, PARTNERS]),
        ("Sub-Group", [EFFECTIVENESS, CHAIR]),
        ("HSCP Executve Board", [EXECUTIVE]),
        ("HCSP Executive Board", [EXECUTIVE]),
        ("HSCP Executive Boards", [EXECUTIVE]),
        ("CE Sub-Group", [EFFECTIVENESS]),
        ("SE Subgroup Chair", [CHAIR]),
        ("Safeguarding Effectiveness Sub-Group Chair", [CHAIR]),
        ("Executive Board meeting", [EXECUTIVE]),
        ("HSCP Executive Board meeting", [EXECUTIVE]),
        ("Board meeting", [EXECUTIVE, BOARD]),
    ],
)
def test_what_may_be_several_or_is_nearly_one_is_to_be_asked(text, groups):
    assert find_meaning(text, KNOWN) == (text, tuple(groups))


@pytest.mark.parametrize(
    "text",
    [
        "Chair", "Business Manager", "HSCP Business Manager", "Designated Doctor", "Youth Council",
        "Chair of HSCP Executive Board", "HSCP Executive Board members", "Wellbeing Board",
        "Vice-chair of SE Sub-Group", "Police", "Pa", "A lead", "?",
        "Meeting", "Team meeting",
    ],
)  # fmt: skip
def test_anybody_else_is_taken_as_written(text):
    assert find_meaning(text, KNOWN) == (text, ())


def test_no_words_are_held_by_nothing():
    assert not any_has_words([EXECUTIVE], "–")
    assert find_meaning("Board", {}) == ("Board", ())


@pytest.mark.parametrize(
    "text",
    ["me", "Myself", "I", "us", "the team", "Team", "yes", "Yes.", "n/a", "N/A", "none", "–", "",
     "agreed", "not agreed yet", "ok", "20 October 2021", "yes, 20 October 2021", "agreed by all"],
)  # fmt: skip
def test_nobody_is_named(text):
    assert names_nobody(text)


@pytest.mark.parametrize(
    "text",
    [EXECUTIVE, "The Board", "Board, 20 October 2021", "All agencies", "My manager", "Chair",
     "Director of Children's Services", "ICB"],
)  # fmt: skip
def test_somebody_is_named(text):
    assert not names_nobody(text)
