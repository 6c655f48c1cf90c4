"""Rules about numbers that lead to a child: in health, at school, by telephone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._rule import Hit, rule
from ._text import BLANK, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN = rf"(?:{BLANK}|[-.\u2010-\u2015\u2212])"
"""What people write between the digits of a number."""
_TEN = (
    rf"(?<![0-9])(?<![0-9][.,])[0-9]{{3}}(?P<one>{_BETWEEN})?[0-9]{{3}}(?P<two>{_BETWEEN})?"
    "[0-9]{4}"
)
_AFTER_NHS = (
    rf"nhs(?:{BLANK}?(?:number|num|no|id|ref|reference))?[.:#=]?{BLANK}?"
    rf"([0-9](?:{_BETWEEN}?[0-9]){{9}})"
)
_BOOK_WORDS = r"isbn(?:-?10)?[:\s]{0,3}$"
"""Before a book's number, which is checked in the same way."""
_CHILD_WORDS = frozenset(
    """
    baby born boy brother child children clinic dob father girl gp health hospital infant mother mum
    dad nhs patient paediatrician pupil sibling sister twin
    """.split()  # noqa: SIM905
)
_PAPER_WORDS = frozenset(
    """
    account bid booking case charity company contract file grant identifier invoice isbn job order
    payment po project purchase receipt record ref reference refs registered registration report
    requisition supplier tender ticket transaction uprn urn vat version
    """.split()  # noqa: SIM905
)
_NUMBER_ENDS = r"(?![.,]?[0-9]|[A-Za-z_])"
_UPN = (
    rf"(?<![0-9A-Za-z])[A-HJ-NP-RT-Z](?:{_BETWEEN}?[0-9]){{11}}{_BETWEEN}?[0-9A-HJ-NP-RT-Z]"
    r"(?![0-9A-Za-z])"
)


_NEXT_STEP = "Write Child A or Adult A, and keep the number in the case system."


@rule("nhs-number", "error")
def nhs_number(text: Text) -> Iterator[Hit]:
    """No NHS numbers: ten digits of which the last checks the others.

    An NHS number names one child to everybody in health and care. One in eleven of all numbers of
    ten digits looks like one: so it is one as the NHS writes it (999 000 0018), after "NHS", or
    where the words beside it are of a child or a clinic, and not of an invoice or a reference.

    Fails:
        note: Strategy meeting held for 999 000 0018.
    Passes:
        note: Strategy meeting held for Child A.
    """
    if not text.has_ten_digits:
        return
    spans = [m.span(1) for m in re.finditer(_AFTER_NHS + _NUMBER_ENDS, text.small)]
    for ten in re.finditer(_TEN + _NUMBER_ENDS, text.text):
        grouped = ten["one"] and ten["two"] and not _is_of_book(text, ten.start())
        if grouped or _is_about_child(text, *ten.span()):
            spans.append(ten.span())
    for start, end in spans:
        if _is_nhs_number(_digits(text.text[start:end])):
            yield Hit(start, end, "this looks like an NHS number", _NEXT_STEP)


def _is_of_book(text: Text, at: int) -> bool:
    return bool(re.search(_BOOK_WORDS, text.small[max(0, at - 20) : at]))


def _is_about_child(text: Text, start: int, end: int) -> bool:
    """Whether the words beside a number are of a child or a clinic; of those before it, the
    nearest decides between them and a paper's."""
    nearest = _nearest(text, start, _CHILD_WORDS | _PAPER_WORDS)
    if nearest:
        return nearest in _CHILD_WORDS
    after = text.small[end : end + 40].partition("\0")[0]
    return not _CHILD_WORDS.isdisjoint(_words(after))


def _nearest(text: Text, at: int, words: frozenset[str]) -> str:
    """The last of these words that stands shortly before a place; nothing where none does."""
    before = text.small[max(0, at - 60) : at].rpartition("\0")[2]
    return next((word for word in reversed(_words(before)) if word in words), "")


def _words(text: str) -> list[str]:
    return re.findall("[a-z]+", text)


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
    for match in re.finditer(_UPN, text.text, re.IGNORECASE):
        if _is_upn("".join(filter(str.isalnum, match[0])).upper()):
            yield Hit(*match.span(), "this looks like a pupil's UPN",
                      "Write Child A, and keep the number in the case system.")  # fmt: skip


def _digits(text: str) -> str:
    return "".join(re.findall("[0-9]", text))


def _is_nhs_number(digits: str) -> bool:
    # Loading it takes three times as long as an empty Python, and most plans have no candidate.
    from stdnum.gb import nhs

    return nhs.is_valid(digits)


def _is_upn(number: str) -> bool:
    from stdnum.gb import upn

    # Its validate() knows the councils of some years ago, and new ones are made.
    return upn.calc_check_digit(number[1:]) == number[0]


_TELEPHONE = (
    r"(?<![0-9A-Za-z_+])(?<![0-9][.,/-])"
    rf"(?:\(?(?:\+|00(?=44)){BLANK}?[1-9]|\(?0[1235789])"
    rf"(?:(?:{_BETWEEN}|[()]){{0,3}}[0-9]){{7,16}}(?![0-9])"
)


_PHONE_WORDS = frozenset(
    """
    call called calling contact dial fax landline message mob mobile phone phoned phoning
    rang reach ring ringing rung sms tel telephone telephoned text texted whatsapp
    """.split()  # noqa: SIM905
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
    while match := pattern.search(text.text, at):
        start, at = match.start(), match.start() + (_number_end(match[0]) or 1)
        if at > start + 1 and not text.in_link(start) and not _is_reference(text, start, at):
            yield Hit(start, at, "this looks like a telephone number",
                      "Write the role, and keep numbers in the contact list.")  # fmt: skip


def _is_reference(text: Text, start: int, end: int) -> bool:
    """Whether digits that stand together are a reference: by the word before them, or, of ten,
    where no word says telephone."""
    if not text.text[start:end].isdecimal():
        return False
    nearest = _nearest(text, start, _PAPER_WORDS | _PHONE_WORDS)
    nearest = nearest or _nearest(text, start, frozenset(("number",)))
    return nearest in _PAPER_WORDS or (end - start == 10 and not nearest)


def _number_end(written: str) -> int:
    """Where the telephone number that a text begins with ends in it; 0 where there is none."""
    groups: list[str] = []
    for digits in re.finditer("[0-9]+", written):
        groups.append(digits[0])
        if _is_number(groups, "+" in written[:2]):
            return digits.end()
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
