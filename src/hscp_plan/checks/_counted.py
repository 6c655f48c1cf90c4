"""Words for whom a text counts, for what stands for one of them, and for what does not."""

from __future__ import annotations

import re

from ..dates import MONTH_WRITTEN


def _plurals(words: str) -> dict[str, str]:
    """Each of some words with its plural; `_` stands for a blank within one."""
    ones = [word.replace("_", " ") for word in words.split()]
    return {one: re.sub("(?<![aeiou])ys$", "ies", f"{one}s") for one in ones}


PEOPLE = {
    **_plurals(
        "adolescent baby boy brother care_leaver daughter girl infant juvenile kid learner minor "
        "newborn pupil sibling sister son student teen teenager toddler under-18 under-5 youngster "
        "youth "
        "carer dad family family_member father grandparent guardian household mother mum parent "
        "perpetrator relative survivor victim "
        "adult client patient resident service_user"
    ),
    "child": "children",
    "grandchild": "grandchildren",
    "man": "men",
    "schoolchild": "schoolchildren",
    "stepchild": "stepchildren",
    "woman": "women",
    **{short: short for short in ("cla", "lac", "uasc")},
    **{
        f"{kind} person": f"{kind} people"
        for kind in ("autistic", "deaf", "disabled", "elderly", "homeless", "missing", "older")
    },
    **{f"{kind} person": f"{kind} people" for kind in ("vulnerable", "young", "younger")},
}
"""Whom a plan is there for, one and several. "People" alone may be who was trained."""
NEEDS = (
    *(
        "aged",
        "at risk",
        "in care",
        "in need",
        "living",
        "sleeping rough",
        "subject to",
        "who died",
    ),
    *("with autism", "with care", "with complex", "with dementia", "with learning", "with mental"),
    *("with multiple", "with needs", "with support"),
)
"""After "people": then they are those whom a plan is there for."""
SHORT = ("cp", "cin")
"""Short for children, but only before what stands for one: a CP plan."""
CASES = _plurals(
    "admission arrest assessment case concern death enquiry exclusion injury investigation "
    "placement plan referral removal suicide"
)
"""What stands for one child, family or adult, and is counted as they are."""
THINGS = _plurals(
    "adviser advocate ambassador audit board book centre champion charity clinic club commissioner "
    "conference consultant coordinator council counsellor course court department director doctor "
    "evening event forum governor group home hospital hub lead manager meeting nurse nursery "
    "officer panel partnership pathway policy practitioner programme project psychologist "
    "report representative review school service session social_worker study survey team "
    "therapist tool training unit ward worker workshop"
) | {"strategy": "strategies", "center": "centers"}
"""What is for children, families or adults, and stands for none of them."""
BODIES = ("board", "centre", "forum", "hub", "panel", "partnership", "team")
"""What is written after children as one too, and is never what they do: a Children Board."""
MODIFIERS = (
    *(
        "abuse",
        "and",
        "at risk",
        "care",
        "criminal",
        "domestic",
        "early",
        "education",
        "exploitation",
    ),
    *(
        "family",
        "first",
        "foster",
        "health",
        "help",
        "in care",
        "in need",
        "justice",
        "looked after",
    ),
    *("mental", "neglect", "practice", "protection", "rights", "safeguarding", "safety", "sexual"),
    *("social", "support", "welfare", "wellbeing"),
)
"""What may stand between children and a case or a thing: a child protection plan."""
LABELS = (
    *("action", "age", "aged", "aim", "annex", "appendix", "article", "band", "chapter", "class"),
    *("cohort", "domain", "figure", "goal", "grade", "group", "item", "key stage", "ks", "level"),
    *("line", "milestone", "module", "no", "number", "objective", "outcome", "page", "para"),
    *("paragraph", "part", "phase", "pillar", "point", "principle", "priority", "priorities"),
    *("question", "quarter", "recommendation", "regulation", "rule", "schedule", "section"),
    *("stage", "standard", "step", "strand", "table", "task", "term", "theme", "tier", "unit"),
    *("version", "workstream", "year"),
)
"""Before a number that counts nobody: Year 4 children, Priority 3 children."""
NO_ADJECTIVE = (
    r"a|all|am|an|and|any|are|as|at|be|been|but|by|cent|day|did|each|every|few|for|from|had|half"
    r"|has|have|hour|if|in|into|is|it|men|minute|month|more|no|not|of|on|or|our|out|over|part"
    r"|people|percent|phase|pm|police|quarter|so|staff|stage|star|step|than|that|the|their|then|"
    r"they|tier|time|to|under|until|up|way|we|week|were|when|where|which|who|whose|will|with"
    rf"|women|year|{MONTH_WRITTEN}"
)
"""Words that part a number from whom it would count: 2 April for all children."""
