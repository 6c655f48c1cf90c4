"""Rules about what could identify a child, over the very text of a file.

What is committed to git stays in its history for ever, and a comment as much as a note, so these
rules look at the text itself: whatever YAML makes of it, and whether or not it is YAML. Plans are
full of numbers and capitals that identify nobody, so each rule asks for more than a number: a
valid check digit, a word that says what it is, a name beside it.

No message repeats what was found: it may go where many can read it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ._people import PARTICLES, is_name
from ._rule import Hit, rule
from ._text import BLANK, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._rule import TextRule

# --- numbers ------------------------------------------------------------------------------------

_BETWEEN = rf"(?:{BLANK}|[-.\u2010-\u2015\u2212])"
"""What people write between the digits of a number."""
_NHS = rf"(?<![0-9])(?<![0-9][.,])[0-9]{{3}}{_BETWEEN}?[0-9]{{3}}{_BETWEEN}?[0-9]{{4}}"
_NHS_SAID = rf"nhs(?:{BLANK}?(?:number|num|no|id))?[.:#=]?{BLANK}?([0-9](?:{_BETWEEN}?[0-9]){{9}})"
_BOOK = r"isbn(?:-?10)?[:\s]{0,3}$"
"""Before a book's number, which is checked in the same way."""
_NUMBER_ENDS = r"(?![.,]?[0-9]|[A-Za-z_])"
_UPN = (
    rf"(?<![0-9A-Za-z])[A-HJ-NP-RT-Z](?:{_BETWEEN}?[0-9]){{11}}{_BETWEEN}?[0-9A-HJ-NP-RT-Z]"
    r"(?![0-9A-Za-z])"
)


@rule("nhs-number", "error")
def nhs_number(text: Text) -> Iterator[Hit]:
    """No NHS numbers: ten digits of which the last checks the others.

    An NHS number names one child to everybody in health and care.

    Fails:
        note: Strategy meeting held for 999 000 0018.
    Passes:
        note: Strategy meeting held for Child A.
    """
    if not text.has_ten_digits:
        return
    found = [m.span() for m in re.finditer(_NHS + _NUMBER_ENDS, text.text)]
    found += [m.span(1) for m in re.finditer(_NHS_SAID + _NUMBER_ENDS, text.small)]
    for start, end in found:
        book = re.search(_BOOK, text.small[max(0, start - 20) : start])
        if not book and _nhs_checks(_digits(text.text[start:end])):
            yield Hit(start, end, "this looks like an NHS number",
                      "Write Child A, and keep the number in the case system.")  # fmt: skip


@rule("upn", "error")
def upn(text: Text) -> Iterator[Hit]:
    """No unique pupil numbers: a letter that checks the twelve digits after it.

    A UPN names one child to every school and council.

    Fails:
        note: Attendance of B801200005001 has improved.
    Passes:
        note: Attendance of Child A has improved.
    """
    if not text.has_ten_digits:
        return
    for found in re.finditer(_UPN, text.text, re.IGNORECASE):
        if _upn_checks("".join(filter(str.isalnum, found[0])).upper()):
            yield Hit(*found.span(), "this looks like a pupil's UPN",
                      "Write Child A, and keep the number in the case system.")  # fmt: skip


def _digits(text: str) -> str:
    return "".join(re.findall("[0-9]", text))


def _nhs_checks(digits: str) -> bool:
    # Loading it takes three times as long as an empty Python, and most plans have no candidate.
    from stdnum.gb import nhs

    return nhs.is_valid(digits)


def _upn_checks(number: str) -> bool:
    from stdnum.gb import upn

    # Its validate() knows the councils of some years ago, and new ones are made.
    return upn.calc_check_digit(number[1:]) == number[0]


_TELEPHONE = (
    r"(?<![0-9A-Za-z_+])(?<![0-9][.,/-])"
    rf"(?:\(?(?:\+|00(?=44)){BLANK}?[1-9]|\(?0[1235789])"
    rf"(?:(?:{_BETWEEN}|[()]){{0,3}}[0-9]){{7,16}}(?![0-9])"
)


@rule("telephone", "error")
def telephone(text: Text) -> Iterator[Hit]:
    """No telephone numbers.

    A number leads to a person, a family or a placement. Short numbers that everybody knows, such
    as 999, 101 and 0800 1111, pass, and so does a web address.

    Fails:
        note: Grandmother to be rung on 07700 900123.
    Passes:
        note: Grandmother to be rung by the social worker.
    """
    if not text.has_ten_digits:
        return
    pattern, at = re.compile(_TELEPHONE), 0
    while found := pattern.search(text.text, at):
        start, at = found.start(), found.start() + (_dialled(found[0]) or 1)
        if at > start + 1 and not text.in_link(start):
            yield Hit(start, at, "this looks like a telephone number",
                      "Write the role, and keep numbers in the contact list.")  # fmt: skip


def _dialled(written: str) -> int:
    """Where the telephone number that a text begins with ends in it; 0 where there is none."""
    groups: list[str] = []
    for found in re.finditer("[0-9]+", written):
        groups.append(found[0])
        if _is_number(groups, "+" in written[:2]):
            return found.end()
    return 0


def _is_number(groups: list[str], abroad: bool) -> bool:
    """Whether groups of digits are a whole number. Days and times begin or end in two digits."""
    digits = "".join(groups)
    if abroad or digits.startswith("0044"):
        digits = digits.removeprefix("00")
        if not digits.startswith("44"):
            return len(digits) >= 9
        return len(digits.removeprefix("44").removeprefix("0")) in (9, 10)
    return len(groups[0]) > 2 and len(digits) in (10, 11) and len(groups[-1]) + len(digits) > 12


# --- words that say what follows ----------------------------------------------------------------

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|[0-9]{2})"
_WHOLE_DATE = (
    rf"(?:{_DAY}[-/.](?:0?[1-9]|1[0-2])[-/.]{_YEAR}"
    rf"|(?:19|20)[0-9]{{2}}[-/.](?:0?[1-9]|1[0-2])[-/.]{_DAY}"
    rf"|{_DAY}(?:{BLANK}of)?{BLANK}{_MONTH}(?:,?{BLANK}{_YEAR})?+"
    rf"|{_MONTH}{BLANK}{_DAY}(?:,?{BLANK}{_YEAR})?+)(?![0-9])"
)
_ANY_DATE = rf"(?:{_WHOLE_DATE}|{_MONTH}{BLANK}{_YEAR}|[01]?[0-9]/{_YEAR}|(?:19|20)[0-9]{{2}})"
_BIRTH = r"b(?:irth|orn(?<![a-z]born)|(?<![a-z]dob)(?<=dob)|(?<=d\.o\.b))"
_IS = rf"(?:{BLANK}|[]:=().,\[–—-]|is\b|was\b|on\b){{0,8}}"
_AFTER_BIRTH = {
    "born": rf"\b,?(?:{BLANK}on(?:{BLANK}the)?|:)?{BLANK}\(?({_WHOLE_DATE})"
    rf"(?!{BLANK}?(?:to|and|[-–—]){BLANK}?(?:[0-9]|{_MONTH}))",
    "birth": rf"(?:day|{BLANK}?date){_IS}({_ANY_DATE})(?![0-9])",
    "date of birth": rf"\b{_IS}({_ANY_DATE})(?![0-9])",
}
_DATE_OF = rf"\bdate{BLANK}{{1,2}}of{BLANK}{{1,2}}birth$"
_SAID_AFTER = r"\((?:d\.?o\.?b\b|date of birth)"


@rule("date-of-birth", "error")
def date_of_birth(text: Text) -> Iterator[Hit]:
    """No dates of birth: a date after "born", "date of birth" or "DOB".

    With a date of birth and a borough, a child is found. Other dates pass: a plan is full of them.

    Fails:
        note: The child, born 3 May 2014, has a new social worker.
    Passes:
        note: Child A, aged 7, has a new social worker.
    """
    for start, end in (*_dates_after(text), *_dates_before(text)):
        if not text.in_link(start):
            yield Hit(start, end, "this looks like a date of birth",
                      "Write the age in years, of a child who is not named.")  # fmt: skip


def _dates_after(text: Text) -> Iterator[tuple[int, int]]:
    """From where to where a date stands after a word that says it is a birth's."""
    for word in re.finditer(_BIRTH, text.small):
        at = word.end()
        said = "date of birth" if re.search(_DATE_OF, text.small[max(0, at - 60) : at]) else word[0]
        pattern = _AFTER_BIRTH["date of birth" if said == "b" else said]
        if found := re.compile(pattern).match(text.small, at):
            yield found.span(1)


def _dates_before(text: Text) -> Iterator[tuple[int, int]]:
    """From where to where a date stands before such a word in brackets."""
    for word in re.finditer(_SAID_AFTER, text.small):
        at = word.start()
        before = text.small[max(0, at - 60) : at]
        if found := re.search(rf"(?<![0-9]){_WHOLE_DATE}{BLANK}?$", before):
            yield at - len(before) + found.start(), at


_EMAIL = r"@(?<=[\w.%+'’-]@)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
_MAILBOX = r"[\w.%+'’-]{1,64}$"


@rule("email-address", "error")
def email_address(text: Text) -> Iterator[Hit]:
    """No e-mail addresses.

    They name people, and whoever copies a public plan can write to them.

    Fails:
        lead: jordan.smith@example.org
    Passes:
        lead: Chair of Safeguarding Effectiveness Sub-Group
    """
    for found in re.finditer(_EMAIL, text.text):
        at = found.start()
        mailbox = re.search(_MAILBOX, text.text[max(0, at - 64) : at])
        start = at - len(mailbox[0]) if mailbox else at
        yield Hit(start, found.end(), "this looks like an e-mail address",
                  "Write the role, and keep addresses in the contact list.")  # fmt: skip


# --- addresses ----------------------------------------------------------------------------------

_STREET = r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Crescent|Terrace|Grove|Gardens|Close|Drive|Mews)\b"
_POSTCODE = (
    rf"(?<![A-Za-z0-9])[A-Z]{{1,2}}[0-9][0-9A-Z]?{BLANK}?[0-9][ABD-HJLNP-UW-Z]{{2}}(?![A-Za-z0-9])"
)
_HOUSE = (
    r"(?<![0-9A-Za-z/.:£#])(?<![0-9][-–])"
    r"(?P<house>[1-9][0-9]{0,3}[A-Za-z]?(?:[-–][1-9][0-9]{0,3}[A-Za-z]?)?),?"
)
_TO_STREET = rf"{_HOUSE}(?:{BLANK}{{1,2}}[A-Z][\w'’.-]*){{1,3}}{BLANK}{{1,2}}$"
_TO_POSTCODE = (
    rf"{_HOUSE}(?:{BLANK}[a-z'’ ]{{2,30}} (?:street|road|avenue|lane|close|drive|court|way)\b)?"
    rf"(?:,?{BLANK}{{1,2}}(?:[A-Z][\w'’.-]*|of|the|on|upon|and|in|le))*,?{BLANK}*$"
)
_NUMBERED = (
    r"\b(?:years?|items?|stage|phase|tier|level|step|group|grade|part|section|chapter|ward|room"
    r"|class|page|appendix|annex|recommendation|standard|action|priority|objective|milestone"
    rf"|module|version|{_MONTH}){BLANK}{{1,2}}$"
)
"""Before a number that counts something, and is no house's."""
_PUBLIC = (
    rf"{BLANK}{{1,2}}(?:Primary|Junior|Infants?|Secondary|High|Nursery|Schools?|Academy|College"
    r"|Surgery|Clinic|Health|Medical|Children|Family|Community|Centres?|Police|Library|Hospital"
    r"|Campus|Hub|Station|Church|Mosque|Temple|Estate|Safety)\b"
)


@rule("home-address", "error")
def home_address(text: Text) -> Iterator[Hit]:
    """No home addresses: a house number with its street, or with its postcode.

    A postcode alone passes, and so does a school or a surgery that is named after its road. For a
    council's own office, allow it, or leave the house number out.

    Fails:
        note: Visit made to 12 Acacia Avenue.
    Passes:
        note: Visit made to the family home.
    """
    if not text.has_address:
        return
    next_step = "Write the home, the ward or the borough."
    for found in re.finditer(_STREET, text.text):
        start = _house_before(text, found.start(), _TO_STREET, 80)
        if start is not None and not re.compile(_PUBLIC).match(text.text, found.end()):
            yield Hit(start, found.end(), "this looks like a home address", next_step)
    for found in re.finditer(_POSTCODE, text.text):
        start = _house_before(text, found.start(), _TO_POSTCODE, 120)
        if start is not None:
            yield Hit(start, found.end(), "this looks like a home address", next_step)


def _house_before(text: Text, at: int, pattern: str, most: int) -> int | None:
    """Where the house number of a street or postcode stands, by what leads from it there."""
    before = text.text[max(0, at - most) : at]
    if not re.search("[0-9]", before):
        return None
    found = re.search(pattern, before)
    if found is None or re.match("(?:19|20)[0-9]{2}(?![0-9])", found["house"]):
        return None
    ahead, behind = before[: found.start("house")], before[found.end("house") :]
    if re.search(_NUMBERED, ahead.lower()) or re.match(rf"\s+{_MONTH}", behind.lower()):
        return None
    return at - len(before) + found.start("house")


# --- names --------------------------------------------------------------------------------------

_IN_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen"
)
_AGE = rf"(?:(?:1[0-9]|2[0-5]|[0-9])(?![0-9])|(?:{_IN_WORDS})\b)"
_UNIT = r"(?:years?|yrs?|months?|mths?|weeks?|wks?|days?)"
_NO_RANGE = (
    rf"(?!{BLANK}?(?:[+%]|[-–—/]{BLANK}?[0-9]|to\b|plus\b"
    rf"|(?:and|or){BLANK}(?:over|under|above|below|older|younger|up)\b)|[.,][0-9])"
)
_AGED = r"age(?<![a-z]age)(?![a-z]{2})"
_AFTER_AGED = rf"(?:d|s|:)?{BLANK}{{0,2}}(?:of{BLANK})?{_AGE}{_NO_RANGE}"
_OLD = (r"old(?<![a-z]old)\b", r"y/o\b")
_BEFORE_OLD = rf"(?<![\w.,/-]){_AGE}[ -]?{BLANK}?(?:{_UNIT}[ -]?)?{BLANK}?$"
_IN_BRACKETS = (
    rf"\({BLANK}?(?:age[d:]?{BLANK})?{_AGE}{_NO_RANGE}(?:{BLANK}?{_UNIT}\b)?{BLANK}?[,;)]"
)
_IN_COMMAS = (
    rf",{BLANK}{{1,2}}{_AGE}{_NO_RANGE}(?:{BLANK}?{_UNIT}\b|{BLANK}?[.,;)]"
    rf"|[ \t]*(?=\n|$)(?!\s{{0,60}}{_MONTH}))"
)
_IN_NUMBERS = ((r"\([\s0-9a]", _IN_BRACKETS), (r",\s{1,60}[0-9]", _IN_COMMAS))
_WORD = r"[^\W\d_](?:[\w'’-]*\w)?"
_PARTICLES = rf"(?:(?:{'|'.join(PARTICLES)}){BLANK})"
_NAME = (
    rf"(?<![\w’-])(?<!\w')(?P<first>{_WORD}|[^\W\d_]\.){BLANK}{{1,2}}{_PARTICLES}{{0,2}}"
    rf"(?P<last>{_WORD})"
)
_NAME_ENDS = rf"{_NAME}(?:{BLANK}|[]\"'”’,(:–—-]|who\b|is\b|was\b|an?\b){{0,8}}$"
_NAME_BEGINS = (
    rf",?(?:{BLANK}{{1,2}}(?:boy|girl|child|pupil|student|baby|infant|toddler|teenager|son|daughter"
    rf"|brother|sister|twin|male|female))?,?(?:{BLANK}(?:called|named))?,?{BLANK}{{1,2}}{_NAME}"
)


@rule("child-named", "error")
def child_named(text: Text) -> Iterator[Hit]:
    """No child's full name with an age: "aged 7", "(7)", "7-year-old".

    "Child A, aged 7" and "Family X" pass, and so does a name without an age, such as that of a
    chair. Words that plans write with capitals are not taken for names: Early Years, aged 4.

    Fails:
        note: Jordan Smith, aged 7, was heard at the conference.
    Passes:
        note: Child A, aged 7, was heard at the conference.
    """
    message = "this looks like a name with an age"
    next_step = "Write Child A, and keep the name in the case system."
    said = list(_ages_said(text))
    for start, end in (*said, *_ages_in_numbers(text)):
        if (begin := _name_before(text, start)) is not None:
            yield Hit(begin, end, message, next_step)
    for start, end in said:
        if (last := _name_after(text, end)) is not None:
            yield Hit(start, last, message, next_step)


def _ages_said(text: Text) -> Iterator[tuple[int, int]]:
    """From where to where an age stands with a word that says it is one."""
    for word in re.finditer(_AGED, text.small):
        if found := re.compile(_AFTER_AGED).match(text.small, word.end()):
            yield word.start(), found.end()
    for pattern in _OLD:
        for word in re.finditer(pattern, text.small):
            at = word.start()
            if found := re.search(_BEFORE_OLD, text.small[max(0, at - 60) : at]):
                yield at - len(found[0]), word.end()


def _ages_in_numbers(text: Text) -> Iterator[tuple[int, int]]:
    """From where to where a number stands that is an age if a name is before it."""
    for begin, pattern in _IN_NUMBERS:
        for word in re.finditer(begin, text.small):
            if found := re.compile(pattern).match(text.small, word.start()):
                yield found.span()


def _name_before(text: Text, at: int) -> int | None:
    """Where the name begins that ends before an age."""
    before = text.text[max(0, at - 120) : at]
    found = re.search(_NAME_ENDS, before)
    if found is None or not is_name(found["first"], found["last"]):
        return None
    return at - len(before) + found.start("first")


def _name_after(text: Text, at: int) -> int | None:
    """Where the name ends that begins after an age."""
    found = re.compile(_NAME_BEGINS).match(text.text, at)
    return found.end() if found and is_name(found["first"], found["last"]) else None


PRIVATE: tuple[TextRule, ...] = (
    nhs_number,
    upn,
    date_of_birth,
    email_address,
    telephone,
    home_address,
    child_named,
)


MOST = 10_000


def found(text: str) -> list[tuple[TextRule, Hit]]:
    """What could identify a child in a text, in order; of two that overlap, the one that
    begins first. Of one rule, at most so many: whoever has thousands knows what is wrong."""
    whole = Text(text)
    hits = [(each, hit) for each in PRIVATE for hit in islice(each.find(whole), MOST)]
    kept: list[tuple[TextRule, Hit]] = []
    for private, hit in sorted(hits, key=lambda each: each[1].start):
        if not kept or hit.start >= kept[-1][1].end:
            kept.append((private, hit))
    return kept


def hidden(text: str) -> str:
    """A text without what could identify a child, for a message that quotes it."""
    made, end = "", 0
    for _, hit in found(text):
        made, end = f"{made}{text[end : hit.start]}…", hit.end
    return made + text[end:]
