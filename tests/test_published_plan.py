"""The shipped plan is the published one: every word, the known dates, and nothing invented."""

import re
from functools import cache
from unittest import mock

import pytest
from running import REPO

from hscp_plan import store
from hscp_plan.dates import PlanDate
from hscp_plan.model import Milestone, Plan, Priority
from hscp_plan.store import Opened, open_plan

PUBLISHED = REPO / "tests" / "published" / "hounslow-strategic-safeguarding-plan-2021-23.md"
DATES = {
    "P1.1": ("2021-04", "2022-04"),
    "P1.2": ("2021-09", "2021-11"),
    "P1.3": (None, "2021-09"),
    "P1.4": (None, "2021-10"),
    "P1.5": (None, "2021-10"),
    "P1.6": ("2021-12", "2022-01"),
    "P1.7": (None, "2022-04"),
    "P2.1": ("2021-04", "2022-04"),
    "P2.2": ("2021-09", "2021-11"),
    "P2.3": (None, "2021-10"),
    "P2.4": ("2021-12", "2022-01"),
    "P2.5": (None, "2022-02"),
    "P2.6": (None, "2022-04"),
    "P3.1": ("2021-04", "2023-03"),
    "P3.2": (None, "2021-09"),
    "P3.3": ("2021-11", "2022-01"),
    "P3.4": (None, "2022-04"),
    "P3.5": (None, "2022-05"),
    "P4.1": ("2021-06", "2021-11"),
    "P4.2": (None, "2022-04"),
    "P4.3": (None, "2022-05"),
}
"""Start and due of each milestone, read off the published document by hand."""


@cache
def opened() -> Opened:
    with mock.patch.object(store, "cache_folder", return_value=None):
        return open_plan(REPO / "plan")


def plan() -> Plan:
    return opened().plan


def milestones() -> list[Milestone]:
    return [m for p in plan().priorities for m in p.milestones]


def priority(id: str) -> Priority:
    return next(p for p in plan().priorities if p.id == id)


# The words --------------------------------------------------------------------------------------


def folded(text: str) -> str:
    """White space folded to single spaces."""
    return " ".join(text.split())


@cache
def published() -> str:
    return PUBLISHED.read_bytes().decode("utf-8")


@cache
def kept() -> str:
    """All that the plan's files say, remarks included, each item set off from the next."""
    lines = []
    for path in sorted((REPO / "plan").glob("*.yaml")):
        for line in path.read_bytes().decode("utf-8").splitlines():
            # A remark, a list item and a key begin a text; other lines go on with one.
            lines.append(re.sub(r"^\s*(?:#|- |(?:- )?[a-z_]+:(?: >-?)?(?= |$))", "\n", line))
    return " ".join(folded(line) for line in "\n".join(lines).split("\n")).strip()


def cells() -> list[str]:
    """Each paragraph, bullet and table cell of the document, as the converter left them."""
    text = re.sub(r"<[^>]*>|•", "\n", published())
    text = re.sub(r"(?m)^- |\t", "\n", text)
    made = [folded(part) for part in text.split("\n")]
    return [part for part in made if re.search(r"\w", part)]


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:{MONTHS}) \d{{4}}"
_DATED = re.compile(rf"({_MONTH})(?: ?[-–] ?({_MONTH}))? [-–] ")
HEADINGS = {
    # The table's own words, which are keys in the plan's files.
    *("Objective", "Completion Timescale", "Accountability", "Lead", "Milestones", "Progress"),
    "Status",
}


def sentences() -> list[str]:
    """The document's words in pieces that a page break cannot part: a milestone without its dates,
    a heading without its number, else a sentence."""
    made = []
    for cell in cells():
        if cell in HEADINGS or re.fullmatch(_MONTH, cell):
            continue
        bare = _DATED.sub("", cell)
        bare = re.sub(r"^(?:Outcome/Impact|Objective) ?[:–] ?", "", bare)
        made += re.split(r"(?<=[.:]) ", bare)
    return made


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_every_sentence_of_the_document_stands_in_the_plan(sentence):
    assert sentence in kept()


def test_no_word_of_the_document_is_left_untried():
    """The pieces above, the table's headings and the dates are all there is."""
    tried = " ".join((*sentences(), *HEADINGS, "Outcome/Impact Objective"))
    left = re.sub(rf"<[^>]*>|{_MONTH}", " ", published())
    assert set(re.findall(r"\w+", left)) <= set(re.findall(r"\w+", tried))


def joined(ids: str) -> str:
    """What the converter tore apart at a page's end, joined again."""
    text = " ".join(" ".join(o.statements) for o in priority(ids).objectives)
    return folded(text)


@pytest.mark.parametrize("id", ["P1", "P2", "P3", "P4"])
def test_objectives_torn_by_a_page_s_end_are_joined(id):
    """Their words, in their order, are those of the document's first column."""
    [objective] = priority(id).objectives
    assert len(objective.statements) == 3
    section = published().split(f"Strategic Priority {id[1]} ")[1].split("Strategic Priority")[0]
    words = re.sub(r"<[^>]*>", " ", section)
    at = 0
    for word in joined(id).split():
        at = words.find(word, at)
        assert at >= 0, f"{word} is not in the document, or not in this place"
        at += len(word)


def test_missing_full_stops_stay_missing():
    assert priority("P3").objectives[0].statements[-1].endswith("service delivery")
    assert priority("P1").objectives[0].statements[-1].endswith("service delivery.")


def test_typographic_quotes_and_dashes_are_kept():
    assert "“Core Business”" in (plan().head.introduction or "")
    marks = set(re.findall(r"[^\x00-\x7f]", published())) - {"•"}
    assert marks <= set(kept())


def test_every_action_is_the_document_s_own_words():
    document = folded(published())
    for milestone in milestones():
        # P3.1's is parted from its own end by an empty column.
        assert milestone.action in document or milestone.id == "P3.1"


def test_every_outcome_and_piece_of_evidence_is_the_document_s_own_words():
    document = folded(published().replace("•", " "))
    for held in plan().priorities:
        assert held.outcome in document
        assert f"Strategic Priority {held.id[1]}" in document
        assert held.title in document
        assert all(item in document for item in held.evidence)


@pytest.mark.parametrize(
    ("id", "label"),
    [*((f"P{n}", "Outcome/Impact") for n in (1, 2, 3)), ("P4", "Objective")],
)
def test_the_heading_of_an_outcome_is_as_published(id, label):
    assert (priority(id).outcome_label or "Outcome/Impact") == label


# The facts --------------------------------------------------------------------------------------


def test_the_plan_has_no_errors():
    assert opened().faults == ()


def test_the_21_milestones_stand_in_the_published_order():
    assert [m.id for m in milestones()] == list(DATES)


def text(date: PlanDate | None) -> str | None:
    return date.text if date else None


@pytest.mark.parametrize("id", DATES)
def test_each_milestone_has_its_published_dates(id):
    [milestone] = [m for m in milestones() if m.id == id]
    assert (text(milestone.start), text(milestone.due)) == DATES[id]


def test_the_dates_of_the_document_are_those_of_the_plan_in_the_same_order():
    found = [
        (started if ended else None, ended or started)
        for started, ended in _DATED.findall(published())
    ]
    shown = [(m.start.shown if m.start else None, m.due.shown) for m in milestones()]
    assert found == shown


def test_priorities_end_and_objectives_complete_when_published():
    assert [text(p.until) for p in plan().priorities] == ["2022", "2022", None, None]
    ends = [text(o.complete_by) for p in plan().priorities for o in p.objectives]
    assert ends == ["2022-04", "2022-04", "2023-03", "2023-03"]
    assert (plan().head.period.start.text, plan().head.period.end.text) == ("2021-04", "2023-03")


def test_nothing_is_invented():
    for milestone in milestones():
        assert milestone.status == "not started"
        assert not any((milestone.progress, milestone.more, milestone.lead, milestone.review))
    for held in plan().priorities:
        assert not any((held.decisions, held.measures, held.impact, held.assurance))
    head = plan().head
    assert not any((head.meetings, head.columns, head.words))


def test_where_the_document_leaves_the_lead_blank_there_is_none():
    leads = {p.id: p.objectives[0].lead for p in plan().priorities}
    chair = ("Chair of Safeguarding Effectiveness Sub-Group",)
    assert leads == {"P1": chair, "P2": chair, "P3": (), "P4": ()}
    accountable = {a for p in plan().priorities for o in p.objectives for a in o.accountable}
    assert accountable == {"HSCP Statutory Safeguarding Partners"}


def test_reviews_that_the_words_name_can_be_asked_for():
    answers = {m.id: m.answers for m in milestones() if m.answers}
    assert answers == {"P1.2": ("Family X LSCPR",), "P3.3": ("Child A LSCPR",)}
    for id, names in answers.items():
        [milestone] = [m for m in milestones() if m.id == id]
        assert all(name in milestone.action for name in names)


def test_the_demonstration_plan_says_that_it_is_invented():
    head = (REPO / "examples" / "demo-plan" / "plan.yaml").read_text(encoding="utf-8")
    title = re.search(r"(?m)^title: (.*)$", head)
    assert title is not None
    assert "invented" in title[1]
