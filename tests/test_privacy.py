"""What could identify a child is found however it is written, and what identifies nobody is not."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum.gb import nhs, upn
from strategies import any_text, financial, forms

from hscp_plan.checks.privacy import PRIVATE, found, hidden
from hscp_plan.recording import may_identify

IDENTIFIES = {
    "nhs-number": [
        "999 000 0018", "9990000018", "999-000-0018", "999.000.0018", "no.9990000018",
        "999 000\n          0018", "999\u00a0000\u00a00018", "999\u2011000\u20110018",
        "NHS number: 99 90 00 00 18", "nhs no 9990 000 018", "https://cases.example.org/9990000018",
    ],
    "upn": [
        "B801200005001", "b801200005001", "B 801 2000 05 001", "E31321000701A", "B8012\n  00005001",
    ],
    "date-of-birth": [
        "born 3 May 2014", "born 3 May 2014 to a parent who", "born on the 3rd of May",
        "Born May 3, 2014", "DOB: 03/05/2014", "d.o.b. 3.5.14", "dob 2012", "DoB May 2014",
        "dob: 2014-05-03", "date of birth is 2014-05-03", "Date of\n   birth: 03/05/14",
        "birthday 3 May", "03/05/2014 (DOB)",
    ],
    "email-address": ["jordan.smith@example.org", "o'brien+x@mail.example.co.uk"],
    "telephone": [
        "020 7946 0123", "02079460123", "(020) 7946 0123", "0161-496-0123", "020.7946.0123",
        "020 7946\n      0123", "01632 960 001", "01539 12345", "07700 900123", "07700 90 01 23",
        "0300 123 4567", "0800 123 4567", "Tel:02079460123", "+44 20 7946 0123",
        "+44 (0)20 7946 0123", "0044 7700 900123", "+353 1 234 5678",
    ],
    "home-address": [
        "12 Acacia Avenue", "12a Acacia Avenue, Hounslow, TW3 1AB", "Flat 2, 14 High Street",
        "14-16 Mayfield Rd", "12 Acacia\n     Avenue", "12, TW3 1AB", "4 The Drive, TW31AB",
        "12 Lampton Court, Hounslow, TW3 1AB", "12 high street, Hounslow TW3 1AB",
    ],
    "child-named": [
        "Jordan Smith, aged 7", "Jordan Smith aged seven", "Jordan Smith, age 7",
        "Jordan Smith (7)", "Jordan Smith (aged 7)", "Jordan Smith (7 yrs)", "Jordan Smith, 7,",
        "Jordan Smith, 7 months", "Jordan\n    Smith, aged 7", "Jordan Smith, who is 7 years old",
        "7-year-old Jordan Smith", "a seven year old boy, Jordan Smith", "15 y/o Jordan Smith",
        "a boy aged 7 called Jordan Smith", "Zoë O'Connor (9)", "'Jordan O''Brien', aged 7",
        "Maria da Silva, aged 12", "Mary-Jane Smith-Jones, 14.", "Jordan SMITH, aged 7",
        "J. Smith, aged 7", "Nguyễn Văn, aged 3", "Jordan West, aged 7", "Grace Young (7)",
    ],
}  # fmt: skip

IDENTIFIES_NOBODY = [
    # Dates, years and times.
    "2021-09-14 10:30", "01-02-2021 10:30", "01/02/2021 03/04/2021", "2021-22 2022-23 2023-24",
    "0930-1030 12 May", "15 September High Street", "8 December 2021, item 4", "stage 2",
    # References and other numbers.
    "LSCPR 2021/03", "Working Together 2018", "0-25 Team", "Section 47 (3)", "P1.10", "1234567890",
    "0.1234567890", "£1,234,567,890", "[120, 134, 1450]", "ISBN 1558607013", "ISBN-10: 1558607013",
    "999", "101", "0800 1111",
    # Web addresses, and signs that are no e-mail address.
    "https://www.example.org/a/02079460123/b", "https://www.example.org/dob-2014-05-03",
    "https://www.example.org/2021-09-14-020-7946-0123", "https://example.org/@jordan/x",
    "meeting @ 10.30", "@hounslow",
    # Births that are nobody's.
    "Children born between 1 April 2015 and 31 March 2016", "born 1 April 2015 to 31 March 2016",
    "unborn and newborn babies", "born in 2014", "Registration of birth (2021)",
    "whether a date of birth is recorded by 31 March 2022",
    # Places where nobody lives.
    "TW3 1AB", "Hounslow House, Bath Road, TW3 3EB", "12 Grove Road Surgery", "24/7 Silk Street",
    "3 briefings held at Hounslow House, Bath Road, TW3 3EB", "Year 6 Grove Road School",
    "Year 2 Great West Road", "2022 Safer Street", "KS1 2ND",
    # What plans write with capitals, and children who are not named.
    "Child A, aged 7", "Child A (7) and Child B (9)", "Family X LSCPR (4)", "Baby P, 17 months",
    "Sibling One, aged 7", "A boy aged 7", "7-year-old boy", "Early Years, aged 4", "Key Stage (2)",
    "Children Looked After aged 16", "Looked After Children (12)", "Young People aged 16",
    "16-year-old Care Leavers", "Two Year Old Offer Take-Up", "White British, aged 5",
    "Black Caribbean boys aged 14", "Executive Board (3)", "West London (3)", "Mrs Smith (7)",
    "Graded Care Profile 2 (7)", "Strengthening Families (3), Signs of Safety (4)",
    "Safeguarding Partners, 12, 13 and 14 May", "Jordan Smith, 8 December 2021",
    "Jordan Smith, 8\n    December 2021", "Jordan Smith, Chair", "LSCPR SEND (7)",
]  # fmt: skip

AROUND = ["{}", "note: Said of {}; no more.", "  note: >-\n      {}\n"]


def rules(text: str) -> list[str]:
    return [rule.name for rule, _ in found(text)]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in IDENTIFIES.items() for text in texts]
)
def test_what_could_identify_a_child_is_found_once(name, text, around):
    whole = around.format(text)
    assert rules(whole) == [name]
    assert hidden(whole) != whole
    assert not rules(hidden(whole))


@pytest.mark.parametrize("around", [*AROUND, "note: {}\n      - id: P1.3"])
@pytest.mark.parametrize("text", IDENTIFIES_NOBODY)
def test_what_identifies_nobody_passes(text, around):
    assert not rules(around.format(text))


def test_each_of_several_is_found():
    assert rules("020 7946 0123 020 7946 0124, 07700 900123 and a@example.org") == [
        *["telephone"] * 3, "email-address",
    ]  # fmt: skip


def test_every_rule_is_tried():
    assert {rule.name for rule in PRIVATE} == set(IDENTIFIES)


@pytest.mark.parametrize("of", ["0", " ", "@", "a", "A", "\n", "(", "1 ", "1-", "Ab "])
def test_a_line_of_five_megabytes_ends(of):
    assert not rules(of * (5_000_000 // len(of)))


# Laws -------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [*(text for texts in IDENTIFIES.values() for text in texts), *IDENTIFIES_NOBODY,
     "age", "aged ", "old", "born ", "dob", "(7", ", 7", "@", "nhs ", "+44", "999 000 001", "İ",
     "\n     ", "# ", "\\\n", "\ud800", "Road", "TW3 ", "https://"]
)  # fmt: skip
_texts = st.one_of(any_text, st.lists(st.one_of(_PIECES, any_text), max_size=8).map("".join))
_SEPARATORS = st.sampled_from(["", " ", "-", "\u00a0", "\u2011", ".", "\n        "])


@given(_texts)
@example("İİİ Jordan Smith, aged 7")
def test_any_text_is_looked_through_and_each_finding_stands_within_it(text):
    end = 0
    for _, hit in found(text):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end
    assert len(hidden(text)) <= len(text)
    assert may_identify(text) or not found(text), "recording would not look"


@given(st.text("0123456789", min_size=9, max_size=9), _SEPARATORS, _SEPARATORS)
def test_an_nhs_number_is_found_however_it_is_grouped(nine, first, second):
    checks = -sum(int(n) * weight for n, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    assume(checks < 10)
    assert nhs.is_valid(f"{nine}{checks}")
    for last in range(10):
        text = f"of {nine[:3]}{first}{nine[3:6]}{second}{nine[6:]}{last} it"
        assert ("nhs-number" in rules(text)) == (last == checks)


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 9), st.data())
def test_in_whatever_groups_after_the_words(nine, last, data):
    digits = f"{nine}{last}"
    gaps = data.draw(st.lists(_SEPARATORS, min_size=9, max_size=9))
    text = "NHS number: " + "".join(map("".join, zip(digits, [*gaps, ""], strict=True)))
    assert ("nhs-number" in rules(text)) == nhs.is_valid(digits)


@given(st.sampled_from(["201", "313", "801", "943"]), st.text("0123456789", min_size=9, max_size=9))
def test_a_upn_is_found_by_its_letter(council, rest):
    letter = upn.calc_check_digit(council + rest)
    for first in "ABCDEFGHJKLMNPQRTUVWXYZ":
        assert ("upn" in rules(f"of {first}{council}{rest} it")) == (first == letter)


@given(st.lists(st.one_of(*forms.values(), financial), min_size=1, max_size=4), _SEPARATORS)
def test_no_date_of_a_plan_is_taken_for_anything(dates, gap):
    # Two days with nothing between them are one number, as nobody writes them.
    assume(gap != "" or len(dates) == 1)
    assert not rules(f"due: {gap.join(dates)}\n        action: Report")
