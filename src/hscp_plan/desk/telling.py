"""What commands say to whoever types them, for whoever sits at the desk: a line to type leads to
the page that does it, and an option is the field of its form. What only a shell can do is not said.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from ..cli.command_list import COMMANDS
from ..cli.options import read
from ..document import Link, Paragraph
from ..words import sentence
from .asking import ASK, COLLECT
from .beginning import EMPTY, FROM_DOCUMENT
from .forms import FORMS
from .lists import LISTS
from .papers import PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..document import Block, Line, Part
    from .forms import Form


class Way(Link):
    """A link to a page of the desk."""

    __slots__ = ()


_LOOKING = {form.command: (f"/{name}", form) for name, form in reversed(LISTS.items())}
_RECORDING = {
    **{name: (f"/record/{name}", form) for name, form in FORMS.items()},
    ASK.command: ("/ask", ASK),
    COLLECT.command: ("/collect", COLLECT),
}
_BEGINNING = {form.command: ("/begin", form) for form in (EMPTY, FROM_DOCUMENT)}
_PLAIN = {
    "check": Way("Check", "/check"),
    "export": Way("Papers", "/papers"),
    "find": Way("Find", "/find"),
    "report": Way("Papers", "/papers"),
    "undo": Way("What was recorded", "/log"),
}
"""Commands whose page is the same whatever is asked of them."""
_LINE = re.compile(
    rf"""\bhscp[ ](?:(?P<command>{"|".join(sorted(COMMANDS, reverse=True))})(?![\w-])|(?=--))
    (?P<words>(?:[ ]?(?:
        "[^"]*"|--?[a-z][\w-]*(?:[ =][^\s"]*[\w…])?|(?=\S*[A-Z\d…])[^\s",;:)]*[\w…]
    ))*)
    |(?<=[ ][ ])(?:git|pip)[ ].*?(?=[ ][ ]|$)""",
    re.VERBOSE,
)
"""A line to type."""
_WORD = re.compile(r'(--[a-z-]+)=?|"([^"]*)"|([^\s"]+)')
_TO_FILL_IN = re.compile(r"[A-Z]{2,}|.*….*")
"""What stands in a line to type for what only its reader knows."""
_OPTION = re.compile(r"(?<![^\s'(])--[a-z][a-z-]*(?: [A-Z]+\b)?")
_ENVIRON = re.compile(r",? or set HSCP_[A-Z]+")
_RULE = re.compile(r" \[[a-z-]+\]")
_CLAUSES = re.compile(r"(?<=[.;?!])\s+|\s{6,}")
_PURPOSE = re.compile(r"To |See ")
_NAME = re.compile(r"(?<![\w./-])hscp(?![\w./-])")
_PLACE = "\0"
"""What stands in a text where a line to type was: no text of a plan or of a form holds it."""


class Offered(NamedTuple):
    """What the desk offers at a time."""

    parts: Mapping[str, str] = {}
    """The page of each id of the plan."""
    records: bool = True
    saves: bool = False
    """Whether there is git to keep the plan in."""
    unread: Sequence[str] = ()
    """What cannot be read of the plan."""


def forms_of(commands: Sequence[str]) -> list[Form]:
    """The forms whose fields are the options of these commands."""
    known = {**_LOOKING, **_RECORDING, **_BEGINNING}
    papers = (paper.form for paper in PAPERS.values() if paper.form.command in commands)
    return [*(known[command][1] for command in commands if command in known), *papers]


def tell(text: str, commands: Sequence[str], offered: Offered | None) -> list[Line]:
    """What these commands said, by the paragraph; with no links where nothing is offered."""
    forms = forms_of(commands)
    paragraphs = re.sub(r"\n(?= )", " ", text.replace(_PLACE, "")).split("\n")
    return [line for line in (_told(p, forms, offered) for p in paragraphs) if line]


def tell_block(block: Block, commands: Sequence[str], offered: Offered) -> Block:
    """A block of what they said, where it is a sentence with something to type: with two blanks
    before it, which no text of a plan has."""
    if not isinstance(block, Paragraph) or len(block.line) != 1:
        return block
    text = block.line[0]
    if not isinstance(text, str) or not re.search(r":  (hscp|git|--)", text):
        return block
    return block._replace(line=tuple(chain.from_iterable(tell(text, commands, offered))))


def tell_plainly(text: str, commands: Sequence[str]) -> str:
    """What these commands said, where no link can stand."""
    return " ".join(str(part) for line in tell(text, commands, None) for part in line)


def _told(text: str, forms: Sequence[Form], offered: Offered | None) -> Line:
    links = [offered and _page(match, offered) for match in _LINE.finditer(text)]
    kept, leading = list[str](), list[Way]()
    for clause in _CLAUSES.split(_in_words(_LINE.sub(_PLACE, text), forms)):
        here = [links.pop(0) for _ in range(clause.count(_PLACE))]
        pages = [link for link in here if link]
        before, colon, _ = clause.partition(f":  {_PLACE}")
        if len(pages) == len(here) and not _OPTION.search(clause):
            kept.append(clause)
            leading += pages
        elif colon and not _PURPOSE.match(before):
            kept.append(f"{before}.")
    return tuple(_joined(" ".join(kept), leading))


def _joined(text: str, links: Sequence[Way]) -> Iterator[Part]:
    text = sentence(_NAME.sub("the desk", " ".join(text.split())))
    if text.endswith(";"):
        text = f"{text[:-1]}."
    before, *rest = text.split(_PLACE)
    if before:
        yield before
    for link, after in zip(links, rest, strict=True):
        yield link
        if after:
            yield after


def _in_words(text: str, forms: Sequence[Form]) -> str:
    """The text with the field of each option that one of these forms has."""
    text = _ENVIRON.sub("", _RULE.sub("", text))
    for form in forms:
        text = form.in_words(text)
    return text


def _page(line: re.Match[str], offered: Offered) -> Way | None:
    """The page that does what a line to type does; None where there is none."""
    command = line["command"]
    words = ["".join(parts) for parts in _WORD.findall(line["words"] or "")]
    if not command or not {"--help", "--plan", "--explain"}.isdisjoint(words):
        return None
    if command == "show":
        id = next(iter(words), "")
        return Way(id, offered.parts[id]) if id in offered.parts else None
    if command in _RECORDING and not (offered.saves if command == "save" else offered.records):
        return None
    if command in _PLAIN:
        return _PLAIN[command]
    address, form = (_LOOKING | _RECORDING).get(command, ("", None))
    if form is None:
        return None
    asked = urlencode(_values(form, words), doseq=True)
    return Way(form.title, f"{address}?{asked}" if asked else address)


def _values(form: Form, words: Sequence[str]) -> dict[str, list[str]]:
    """What a line to type fills in of a form, without what its reader is to fill in."""
    values = read(form.run, [*form.fixed, *words]) or {}
    lists = ((field.name, values.get(field.name)) for field in form.fields)
    texts = ((name, value if isinstance(value, list) else [value]) for name, value in lists)
    filled = {
        name: ["yes" if text is True else text for text in some if text and not _is_blank(text)]
        for name, some in texts
    }
    return {name: some for name, some in filled.items() if some}


def _is_blank(text: str | bool) -> bool:
    return isinstance(text, str) and bool(_TO_FILL_IN.fullmatch(text))
