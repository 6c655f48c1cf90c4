"""What could identify a child is found however it is written, and what identifies nobody is not."""

import random
import re
from unicodedata import normalize

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from running import REPO
from stdnum.gb import nhs, upn
from strategies import any_text, financial, forms

from hscp_plan.checks import privacy
from hscp_plan.checks._rule import Rule
from hscp_plan.checks.privacy import PRIVATE, hits_in, hits_in_each, redact
from hscp_plan.letters import composed

IDENTIFIES = {
    "nhs-number": [
        "999 000 0018", "999-000-0018", "999.000.0018", "nhs no.9990000018", "NHS 9990000018",
        "999 000\n          0018", "999\u00a0000\u00a00018", "999\u2011000\u20110018",
        "NHS number: 99 90 00 00 18", "nhs no 9990 000 018", "NHS ref 9990000018",
        "patient 9990000018", "Child A (9990000018)", "9990000018, her child", "ref 999 000 0018",
        "his hospital number is 9990000018", "case of the child with number 9990000018",
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
        "020 7946 0123", "02079460123", "ring 0153912345", "Tel: 0153912345", "(020) 7946 0123",
        "0161-496-0123", "020.7946.0123",
        "020 7946\n      0123", "01632 960 001", "01539 12345", "07700 900123", "07700 90 01 23",
        "0300 123 4567", "0800 123 4567", "Tel:02079460123", "+44 20 7946 0123",
        "+44 (0)20 7946 0123", "0044 7700 900123", "+353 1 234 5678",
    ],
    "home-address": [
        "12 Acacia Avenue", "12a Acacia Avenue, Hounslow, TW3 1AB", "Flat 2, 14 High Street",
        "14-16 Mayfield Rd", "12 Acacia\n     Avenue", "12, TW3 1AB", "4 The Drive, TW31AB",
        "12 Lampton Court, Hounslow, TW3 1AB", "12 high street, Hounslow TW3 1AB",
        "12 acacia avenue", "12a acacia avenue", "12 high street", "7 lampton court", "12 tw3 1ab",
        "44 lampton road tw3 4ab", "12 acacia\n     avenue", "Flat 4, Beaver Court",
        "flat 6 beaver house",
    ],
    "child-named": [
        "Jordan Smith, aged 7", "Jordan Smith aged seven", "Jordan Smith, age 7",
        "Jordan Smith (7)", "Jordan Smith (aged 7)", "Jordan Smith (7 yrs)", "Jordan Smith, 7,",
        "Jordan Smith, 7 months", "Jordan\n    Smith, aged 7", "Jordan Smith, who is 7 years old",
        "7-year-old Jordan Smith", "a seven year old boy, Jordan Smith", "15 y/o Jordan Smith",
        "a boy aged 7 called Jordan Smith", "Zoë O'Connor (9)", "'Jordan O''Brien', aged 7",
        "Maria da Silva, aged 12", "Mary-Jane Smith-Jones, 14.", "Jordan SMITH, aged 7",
        "J. Smith, aged 7", "Nguyễn Văn, aged 3", "Jordan West, aged 7", "Grace Young (7)",
        "jordan smith, aged 7", "the child Jordan Smith", "The child, Jordan Smith, was seen",
        "the child\n     Jordan Smith", "Child's name is Jordan Smith", "Child's name: Jordan",
        "name of child: Jordan Smith", "pupil Jordan Smith", "Pupil: SMITH, Jordan",
        "his sister Jordan Smith", "Mum Jordan Smith rang", "Mother (Mrs Smith) rang",
        "young person Jordan Smith", "his stepbrother, Jordan Smith,", "mother of Jordan Smith",
        "Jordan Smith's mother", "Jordan Smith’s sister", "'the mother of Jordan Smith''s friend'",
        "Jordan Smith, a Year 4 pupil", "Jordan Smith (child)", "Jordan Smith is a young carer",
        "Jordan Smith, Ruby's uncle", "Jordan Smith and his brother",
        "strategy meeting re Jordan Smith",
        "Concerns about Jordan Smith", "Re: Jordan Smith", "Jordan Smith lives with his nan",
        "Jordan Smith was taken into care", "Jordan Smith attends the local school",
        "visit to Jordan Smith at the family home", "The Smith family moved",
        "the child jordan smith was seen", "childs name is jordan smith", "mum jordan smith rang",
        "pupil jordan smith is", "a girl called jordan smith", "his mother is jordan smith.",
        "Rapid review of the death of Jordan Smith", "LCSPR on Jordan Smith",
        "Child safeguarding practice review into the injuries of Jordan Smith",
        "Siblings Jordan\n    Smith", "parents Jo and Kim Smith",
    ],
}  # fmt: skip

IDENTIFIES_NOBODY = [
    # Dates, years and times.
    "2021-09-14 10:30", "01-02-2021 10:30", "01/02/2021 03/04/2021", "2021-22 2022-23 2023-24",
    "0930-1030 12 May", "15 September High Street", "8 December 2021, item 4", "stage 2",
    # References and other numbers.
    "9990000018", "order 9990000018", "Invoice no. 9990000018", "Child Q review, ref 9990000018",
    "case 9990000018", "Ref 0153912345", "Invoice 02079460123", "0153912345",
    "https://cases.example.org/9990000018", "PO 9990000018 for the NHS",
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
    "Social worker for Child A, Jordan Smith, left", "Lead for Young Carers, Jordan Smith",
    "Lead Member for Children, Jordan Smith, said", "Voice of the Child, Jordan Smith",
    "Present: mother, Jordan Smith (social worker)", "pupils of Jordan Smith School",
    "the Jordan Smith Inquiry", "LCSPR by Jordan Smith (reviewer)",
    "national review into the death of Jordan Smith",
    "the Jordan Smith and Jo Bloggs national review", "Concerns about Early Help",
    "The Hounslow family hub", "The Albanian family", "The Smith family centre", "the family",
    "the child protection plan was", "mum then rang", "the child's name is not known",
    "child's name is held centrally", "a child called the helpline", "care leavers, aged 18",
    "5 close reading groups", "2 schools near church road", "flat 3 of the building",
    "Engage Policymakers in Schools", "Jordan Smith in schools",
]  # fmt: skip

AROUND = ["{}", "note: Said of {}; no more.", "  note: >-\n      {}\n"]


def rules(text: str) -> list[str]:
    return [rule.name for rule, _ in hits_in(text)]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in IDENTIFIES.items() for text in texts]
)
def test_what_could_identify_a_child_is_found_once(name, text, around):
    whole = around.format(text)
    assert rules(whole) == [name]
    assert redact(whole) != whole
    assert not rules(redact(whole))


@pytest.mark.parametrize("around", [*AROUND, "note: {}\n      - id: P1.3"])
@pytest.mark.parametrize("text", IDENTIFIES_NOBODY)
def test_what_identifies_nobody_passes(text, around):
    assert not rules(around.format(text))


NOTES = REPO / "tests" / "notes"


def notes(name, kept_back):
    """The notes of a file, one a line: those that the rules were tried on while they were made, or
    those that were kept back until they were finished."""
    text = (NOTES / name).read_text(encoding="utf-8")
    part = text.partition("# Kept back\n")[2 if kept_back else 0]
    return [line for line in part.splitlines() if line and line[0] != "#"]


def filled(lines, most):
    """Notes, and those with braces filled from the lists below them, until there are so many."""
    lists = dict(line.split(": ", 1) for line in lines if re.match(r"\w+: .* \| ", line))
    said = [line for line in lines if line.split(": ", 1)[0] not in lists]
    made = dict.fromkeys(line for line in said if "{" not in line)
    choices = {key: value.split(" | ") for key, value in lists.items()}
    for n in range(10_000):
        for text in (line for line in said if "{" in line and len(made) < most):
            words = {
                key: of[(n * (3 + place) + len(text)) % len(of)]
                for place, (key, of) in enumerate(choices.items())
            }
            made[text.format(**words)] = None
    return list(made)


HELD = {
    "identifying.txt": notes("identifying.txt", True),
    "harmless.txt": notes("harmless.txt", True),
}
TUNED = {
    "identifying.txt": notes("identifying.txt", False),
    "harmless.txt": filled(notes("harmless.txt", False), 1000 - len(HELD["harmless.txt"])),
}


def test_there_are_as_many_notes_as_the_figures_are_of():
    assert len(HELD["identifying.txt"]) >= 80
    assert len(HELD["identifying.txt"] + TUNED["identifying.txt"]) >= 350
    assert len({*HELD["harmless.txt"], *TUNED["harmless.txt"]}) == 1000
    by_hand = [note for note in notes("harmless.txt", False) if "{" not in note]
    assert len(by_hand + HELD["harmless.txt"]) >= 500


@pytest.mark.parametrize("some", [HELD, TUNED], ids=["kept back", "tried on"])
def test_of_notes_that_identify_95_in_100_are_caught(some):
    missed = [note for note in some["identifying.txt"] if not rules(note)]
    assert len(missed) <= len(some["identifying.txt"]) * 0.05, missed


@pytest.mark.parametrize("some", [HELD, TUNED], ids=["kept back", "tried on"])
def test_of_harmless_notes_one_in_100_at_most_is_refused(some):
    refused = [note for note in some["harmless.txt"] if rules(note)]
    assert len(refused) <= len(some["harmless.txt"]) * 0.01, refused


@pytest.mark.parametrize("said", ["{}", "Ref {}", "case {}, closed", "Order no. {} was raised."])
def test_no_reference_of_ten_digits_is_an_nhs_number_by_chance(said):
    chance = random.Random(47)
    numbers = [f"{chance.randrange(10**10):010}" for _ in range(1100)]
    assert sum(map(nhs.is_valid, numbers)) > 80
    assert not [number for number in numbers if rules(said.format(number))]


@pytest.mark.parametrize("text", [t for t in HELD["identifying.txt"] if not t.isascii()])
def test_a_name_is_found_however_its_accents_are_typed(text):
    apart = normalize("NFD", text)
    assert rules(apart) == rules(text)
    assert composed(redact(apart)) == composed(redact(text))


def test_each_of_several_is_found():
    assert rules("020 7946 0123 020 7946 0124, 07700 900123 and a@example.org") == [
        *["telephone"] * 3, "email-address",
    ]  # fmt: skip


def test_every_rule_is_tried():
    assert {rule.name for rule in PRIVATE} == set(IDENTIFIES)


@pytest.mark.long
@pytest.mark.parametrize(
    "of", ["0", " ", "@", "a", "A", "\n", "(", "1 ", "1-", "Ab1", "A'", "''A", "al-Aa "]
)
def test_a_line_of_five_megabytes_ends(of):
    assert not rules(of * (5_000_000 // len(of)))


# Laws -------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [*(text for texts in IDENTIFIES.values() for text in texts), *IDENTIFIES_NOBODY,
     "age", "aged ", "old", "born ", "dob", "(7", ", 7", "@", "nhs ", "+44", "999 000 001", "İ",
     "\n     ", "# ", "\n- note: ", "mum ", "child", "name is ", "family", "'s ", "van ",
     "Jordan ", "\\\n", "\ud800", "Road", "TW3 ", "https://"]
)  # fmt: skip
_texts = st.one_of(any_text, st.lists(st.one_of(_PIECES, any_text), max_size=8).map("".join))
_SEPARATORS = st.sampled_from(["", " ", "-", "\u00a0", "\u2011", ".", "\n        "])


@given(_texts)
@example("İİİ Jordan Smith, aged 7")
def test_any_text_is_looked_through_and_each_finding_stands_within_it(text):
    end = 0
    for _, hit in hits_in(text):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end
    assert len(redact(text)) <= len(text)


@given(
    st.text("0123456789", min_size=9, max_size=9),
    _SEPARATORS,
    _SEPARATORS,
    st.sampled_from(["of", "patient"]),
)
def test_an_nhs_number_is_found_however_it_is_grouped(nine, first, second, word):
    checks = -sum(int(n) * weight for n, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    assume(checks < 10)
    assert nhs.is_valid(f"{nine}{checks}")
    for last in range(10):
        text = f"{word} {nine[:3]}{first}{nine[3:6]}{second}{nine[6:]}{last} it"
        said = (first and second) or word == "patient"
        assert ("nhs-number" in rules(text)) == (bool(said) and last == checks)


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


def test_files_are_looked_through_together_with_each_hit_in_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note, private = "note: Two teams were briefed.", "note: Ring 07700 900123."
    files = [f"{note}\n{private}", note, f"{private}\n{note}\n{private}"]
    each = [hits_in(file) for file in files]
    assert [len(hits) for hits in each] == [1, 0, 2]
    looked = []

    def find(text):
        looked.append(text.text)
        return PRIVATE[0].find(text)

    counting = Rule(PRIVATE[0].name, PRIVATE[0].severity, find)
    monkeypatch.setattr(privacy, "PRIVATE", (counting, *PRIVATE[1:]))
    assert [[hit for _, hit in hits] for hits in hits_in_each(files)] == [
        [hit for _, hit in hits] for hits in each
    ]
    assert len(looked) == 1
    assert looked[0].count("Two teams") == 1


@pytest.mark.parametrize(
    "text",
    [
        *("NHS number 943\u00ad476\u200b5919", "NHS number ９４３ ４７６ ５９１９"),
        *("born 3 Ma\u00ady 2014", "NHS number 943\u2060 476 5919"),
    ],
)  # fmt: skip
def test_signs_that_show_nothing_and_wide_figures_hide_no_child(text):
    assert hits_in(text)
