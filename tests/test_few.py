"""A count of fewer than five children, families or adults goes out as that, however it is written;
and no other number is taken for one."""

import pytest

from hscp_plan.checks._few import veil
from hscp_plan.letters import legible, typed_end, typed_places

COUNTS = [
    ("3 of 12 pupils were excluded", "Fewer than 5 of 12 pupils were excluded"),
    ("2 adolescents", "Fewer than 5 adolescents"),
    ("2 toddlers", "Fewer than 5 toddlers"),
    ("2 youths", "Fewer than 5 youths"),
    ("3 child protection plans ended", "Fewer than 5 child protection plans ended"),
    ("2 to 3 children", "Fewer than 5 children"),
    ("Children seen: 3", "Children seen: fewer than 5"),
    ("3  children", "Fewer than 5  children"),
    ("only 2 of 40 children", "only fewer than 5 of 40 children"),
    ("3.0 children", "Fewer than 5 children"),
    ("children (3)", "children (fewer than 5)"),
    ("3 children's", "Fewer than 5 children's"),
    ("\uff13 children", "Fewer than 5 children"),
    ("3&nbsp;children", "Fewer than 5&nbsp;children"),
    ("3\xa0children", "Fewer than 5\xa0children"),
    ("3 of the children", "Fewer than 5 of the children"),
    ("two of the five families", "Fewer than 5 of the five families"),
    ("On 1 May three children moved", "On 1 May fewer than 5 children moved"),
    ("In phase 2 two children moved", "In phase 2 fewer than 5 children moved"),
    ("=1+1 The three children", "=1+1 The fewer than 5 children"),
    ("1 young child left", "Fewer than 5 young children left"),
    ("Two of the three girls", "Fewer than 5 of the fewer than 5 girls"),
    ("2\u20133 children", "Fewer than 5 children"),
    ("three (3) children", "Fewer than 5 children"),
    ("x2 children", "Fewer than 5 children"),
    ("children x2", "children fewer than 5"),
    ("1 of 12 pupils was excluded", "Fewer than 5 of 12 pupils was excluded"),
    ("1 of the children", "Fewer than 5 of the children"),
    ("2 CP plans", "Fewer than 5 CP plans"),
    ("1 child protection plan ended", "Fewer than 5 child protection plans ended"),
    ("3 looked after children", "Fewer than 5 looked after children"),
    (
        "3 unaccompanied asylum seeking children",
        "Fewer than 5 unaccompanied asylum seeking children",
    ),
    ("2 adults at risk", "Fewer than 5 adults at risk"),
    ("3 service users", "Fewer than 5 service users"),
    ("4 residents", "Fewer than 5 residents"),
    ("3 people with dementia", "Fewer than 5 people with dementia"),
    ("two homeless people", "Fewer than 5 homeless people"),
    ("2 parent carers", "Fewer than 5 parent carers"),
    ("1 child's bed was lost", "Fewer than 5 children's bed was lost"),
    ("3 children's views were heard", "Fewer than 5 children's views were heard"),
    (
        "The number of children on a plan fell from 6 to 3.",
        "The number of children on a plan fell from 6 to fewer than 5.",
    ),
    ("The number of children was 3", "The number of children was fewer than 5"),
    (
        "Number of children seen this quarter: 2",
        "Number of children seen this quarter: fewer than 5",
    ),
    (
        "Children seen: 3; families seen: 2.",
        "Children seen: fewer than 5; families seen: fewer than 5.",
    ),
    ("Child deaths: 2", "Child deaths: fewer than 5"),
    ("**3** children", "**fewer than 5** children"),
    ("3\u200b children", "Fewer than 5 children"),
    ("3 chil\xaddren", "Fewer than 5 chil\xaddren"),
    ("\u2462 children", "Fewer than 5 children"),
    ("2 to 8 children", "Fewer than 5 to 8 children"),
    ("2-8 children", "Fewer than 5 to 8 children"),
    ("between 2 and 12 children", "between fewer than 5 and 12 children"),
    ("fell from 12 to 3 children", "fell from 12 to fewer than 5 children"),
    ("from 3 to 2 children", "from fewer than 5 to fewer than 5 children"),
    ("3/12 pupils", "Fewer than 5/12 pupils"),
    ("2 child deaths", "Fewer than 5 child deaths"),
    ("3 under-5s", "Fewer than 5 under-5s"),
    ("2 of 4 children", "Fewer than 5 of fewer than 5 children"),
    ("This year 3 children died", "This year fewer than 5 children died"),
    ("3 children report feeling safe", "Fewer than 5 children report feeling safe"),
    ("2 families homeless since May", "Fewer than 5 families homeless since May"),
    ("2 UASC arrived", "Fewer than 5 UASC arrived"),
    ("3 homeless families", "Fewer than 5 homeless families"),
    ("3 family members", "Fewer than 5 family members"),
    ("3 children in need plans", "Fewer than 5 children in need plans"),
    ("one of 4 children", "one of fewer than 5 children"),
    ("2 young people", "Fewer than 5 young people"),
    ("1 person with dementia", "Fewer than 5 people with dementia"),
    ("03 children", "Fewer than 5 children"),
    ("three children and 12 parents", "Fewer than 5 children and 12 parents"),
    ("3 four-year-old boys", "Fewer than 5 four-year-old boys"),
    ("three 4 year old children", "Fewer than 5 4 year old children"),
    ("3 adult safeguarding concerns", "Fewer than 5 adult safeguarding concerns"),
    ("children (n=3)", "children (n=fewer than 5)"),
    ("\ud55c \uff13 children", "\ud55c fewer than 5 children"),
    ("\uac01\uac01 \uff13\u3000children seen", "\uac01\uac01 fewer than 5\u3000children seen"),
    ("two children, two parents", "Fewer than 5 children, fewer than 5 parents"),
    ("3\nchildren", "Fewer than 5\nchildren"),
    ("Children and parents seen: 3", "Children and parents seen: fewer than 5"),
]
COUNTS_NOBODY = [
    "In 2 of 14 schools, year 2 children read",
    "3 children's homes",
    "2 child protection conferences a year",
    "Year 4 children",
    "one in four children",
    "1 in 4 children",
    "under 5s",
    "0 to 5 year olds",
    "aged 3 to 4",
    "children aged 3 to 4",
    "3 months",
    "Section 47",
    "1. Children are heard",
    "Priority 3 children with SEND",
    "P1.3 children",
    "12 children",
    "3,000 children",
    "3.5 children",
    "13 children",
    "2021-3 children",
    "£3 children",
    "2 and 3 year old children",
    "2 year old children",
    "years 3 and 4 pupils",
    "Key Stage 2 pupils",
    "1 child protection conference",
    "2 family hubs",
    "4 parents evenings",
    "3 children's social care teams",
    "From 2 April all children",
    "One mother said",
    "3 school visits",
    "0 to 3 children",
    "Training for parents: 3 sessions",
    "Priorities for children: 3",
    "Children: 1. Launch 2. Train",
    "Children: 3 actions",
    "children's views: 3",
    "Children (2021)",
    "3 days for families",
    "2 student nurses",
    "1 family case study",
    "2 family case studies",
    "4 schools and families",
    "The 3 partners and families",
    "0-3 children",
    "Children's average wait: 3 weeks",
    "2 plans for children",
    "3 officers",
    "1 adult safeguarding lead",
    "2 adult services",
    "1 family court",
    "on 3/12 children moved",
    "ratio 1:3 children",
    "3 people were trained",
    "two or more children",
    "Family hubs: 3",
    "3 child-led projects",
    "3 children-led projects",
    "Two teams",
    "2 clients' forums",
    "number of children's homes was 3",
    "The number of children aged 3 to 4 was 40",
    "1 child and family assessment team",
    "2 health visitors for babies",
    "every 3 months children",
    "stage 2 family",
    "Part 1 children",
    "KCSIE part 4 children",
    "3 Hertfordshire Safeguarding Children Board",
    "2 Children Board meetings",
    "Half Sibling 2 were aged 3",
    "The number of children was 3.5",
    "The number of children on plans was 30",
]


@pytest.mark.parametrize(("text", "published"), COUNTS)
def test_a_count_under_five_is_published_as_that(text, published):
    assert veil(text) == published
    assert veil(f"Seen on 9 May: {text}.").startswith("Seen on 9 May: ")
    assert veil(published) == published


@pytest.mark.parametrize("text", COUNTS_NOBODY)
def test_a_number_that_counts_nobody_is_published_as_it_is(text):
    assert veil(text) == text
    assert veil(f"Agreed: {text}") == f"Agreed: {text}"


@pytest.mark.parametrize(
    "text", ["\u1100\u1161 \uff13 a", "\u2476 caf\u00e9", "e\u0301\u200bx\u00bd"]
)
def test_every_legible_sign_has_its_place_in_the_text_as_typed(text):
    places = typed_places(text)
    assert len(places) == len(legible(text)) + 1
    assert places == sorted(places)
    assert typed_end(places, len(places) - 1) == len(text)
    assert typed_end(places, 1) > places[0]
