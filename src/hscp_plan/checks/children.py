"""Rules about who a child is: dates of birth, and names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._kin import family_name, is_of_a_family
from ._names import Name, names
from ._rule import Hit, rule
from ._text import BLANK, MONTH, Text
from ._typed import find_typed_names

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|[0-9]{2})"
_WHOLE_DATE = (
    rf"(?:{_DAY}[-/.](?:0?[1-9]|1[0-2])[-/.]{_YEAR}"
    rf"|(?:19|20)[0-9]{{2}}[-/.](?:0?[1-9]|1[0-2])[-/.]{_DAY}"
    rf"|{_DAY}(?:{BLANK}of)?{BLANK}{MONTH}(?:,?{BLANK}{_YEAR})?+"
    rf"|{MONTH}{BLANK}{_DAY}(?:,?{BLANK}{_YEAR})?+)(?![0-9])"
)
_ANY_DATE = rf"(?:{_WHOLE_DATE}|{MONTH}{BLANK}{_YEAR}|[01]?[0-9]/{_YEAR}|(?:19|20)[0-9]{{2}})"
_BIRTH = r"b(?:irth|orn(?<![a-z]born)|(?<![a-z]dob)(?<=dob)|(?<=d\.o\.b))"
_IS = rf"(?:{BLANK}|[]:=().,\[–—-]|is\b|was\b|on\b){{0,8}}"
_AFTER_BIRTH = {
    "born": rf"\b,?(?:{BLANK}on(?:{BLANK}the)?|:)?{BLANK}\(?({_WHOLE_DATE})"
    rf"(?!{BLANK}?(?:to|and|[-–—]){BLANK}?(?:[0-9]|{MONTH}))",
    "birth": rf"(?:day|{BLANK}?date){_IS}({_ANY_DATE})(?![0-9])",
    "date of birth": rf"\b{_IS}({_ANY_DATE})(?![0-9])",
}
_DATE_OF = rf"\bdate{BLANK}{{1,2}}of{BLANK}{{1,2}}birth$"
_BIRTH_IN_BRACKETS = r"\((?:d\.?o\.?b\b|date of birth)"


@rule("date-of-birth", "error")
def date_of_birth(text: Text) -> Iterator[Hit]:
    """No dates of birth: a date after "born", "date of birth" or "DOB".

    With a date of birth and a borough, a child is found. Other dates pass: a plan is full of them.

    Fails:
        note: The child, born 3 May 2014, has a new social worker.
    Passes:
        note: Child A, aged 7, has a new social worker.
    """
    if not any(word in text.small for word in ("birth", "born", "dob", "d.o.b")):
        return
    for start, end in (*_dates_after(text), *_dates_before(text)):
        if not text.in_link(start):
            yield Hit(start, end, "this looks like a date of birth",
                      "Write the age in years, of somebody who is not named.")  # fmt: skip


def _dates_after(text: Text) -> Iterator[tuple[int, int]]:
    """From where to where a date stands after a word that says it is a birth's."""
    for word in re.finditer(_BIRTH, text.small):
        at = word.end()
        before = text.small[max(0, at - 60) : at]
        whole = word[0] == "b" or re.search(_DATE_OF, before)
        pattern = _AFTER_BIRTH["date of birth" if whole else word[0]]
        if day := re.compile(pattern).match(text.small, at):
            yield day.span(1)


def _dates_before(text: Text) -> Iterator[tuple[int, int]]:
    """From where to where a date stands before such a word in brackets."""
    for word in re.finditer(_BIRTH_IN_BRACKETS, text.small):
        at = word.start()
        before = text.small[max(0, at - 60) : at]
        if day := re.search(rf"(?<![0-9]){_WHOLE_DATE}{BLANK}?$", before):
            yield at - len(before) + day.start(), at


_NAMED = "this looks like the name of a child or an adult at risk, or of their family"
_NEXT_STEP = "Write Child A, Adult A or Family X, and keep the name in the case system."


@rule("child-named", "error")
def child_named(text: Text) -> Iterator[Hit]:
    """No name of a child or an adult at risk, or of one of their family.

    It is known by the words beside it: the child, his sister, Mum, aged 7, strategy meeting about,
    was taken into care. "Child A" and "Family X" pass, and so do other names: of chairs, schools,
    published inquiries. There is no list of names, so a first name alone passes too.

    Fails:
        note: The child Jordan Smith was heard; his sister was not.
    Passes:
        note: Child A was heard; his sister was not.
    """
    for name in sorted({*_family_members(text), *find_typed_names(text), *_family_surnames(text)}):
        yield Hit(name.start, name.end, _NAMED, _NEXT_STEP)


def _family_members(text: Text) -> Iterator[Name]:
    """The names that are a child's or a family's; one that is joined to such a one, too."""
    last = -2
    for name in names(text):
        between = text.text[last : name.start].strip() if name.start - last < 30 else ""
        if is_of_a_family(text, name, between in (",", "and", "&", ", and")):
            last = name.end
            yield name


def _family_surnames(text: Text) -> Iterator[Name]:
    for family in ("family", "siblings", "twins"):
        for match in re.finditer(family, text.small):
            if name := family_name(text, *match.span()):
                yield name
