"""What can be wrong with a text before it holds any values, in plain English and at its place:
bytes, characters, unfinished merges, and what the parser cannot go past."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Fault, Place
from ..words import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DEPTH = 50
MOST_KEYS = 10_000
MOST_SCALAR = 100_000
MOST_ERRORS = 1_000
"""How many errors of one file are told; with more, none of it is shown."""
SAVE = "Save the file as UTF-8."

Span = tuple[int, int, int, int]
"""Line and column of the first character, and of the one after the last; counted from 0."""


def place_of(file: str, lines: list[str], span: Span) -> Place:
    """A span of a file as the place that a message names."""
    line, column, end_line, end = span
    if line >= len(lines):  # the parser's end is a line after the last
        line, column = len(lines) - 1, len(lines[-1])
    text = lines[line]
    if end_line != line:
        end = len(text)  # a place is of one line
    return Place(file, line + 1, column + 1, max(end, column) + 1, text)


CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.MULTILINE)


def conflicts(lines: list[str], file: str) -> Iterator[Fault]:
    """One fault for each unfinished merge, naming both sides' lines."""
    marks = [(number, line[0]) for number, line in enumerate(lines, 1) if CONFLICT.match(line)]
    middles = [number for number, mark in marks if mark == "="]
    ends = [number for number, mark in marks if mark == ">"]
    # Where somebody took the first line of one out, whatever mark is left tells of it.
    starts = [number for number, mark in marks if mark == "<"] or [n for n, _ in marks[:1]]
    for start in starts[:MOST_ERRORS]:
        middle, end = _first_after(start, middles), _first_after(start, ends)
        sides = ""
        if middle and end:
            one, other = _lines_between(start, middle), _lines_between(middle, end)
            sides = f": {one} on one side, {other} on the other"
        yield Fault(
            "merge-unfinished",
            f"this file has an unfinished merge{sides}",
            place_of(file, lines, (start - 1, 0, start - 1, len(lines[start - 1]))),
            "hscp resolve  ends it as far as both sides go together. By hand: keep the lines that "
            "are right and take out the lines that begin with <<<<<<<, ======= and >>>>>>>.",
        )


def _first_after(start: int, lines: list[int]) -> int | None:
    """The first of these lines after one; None where none is."""
    index = bisect(lines, start)
    return lines[index] if index < len(lines) else None


_NEXT_MARKS = {"": "<", "<": "|=", "|": "=", "=": ">"}
"""By the mark that begins a part of a merge (none: outside it), the marks that may end it."""


def sides(text: str) -> tuple[str, str | None, str] | None:
    """The three texts of an unfinished merge: ours, what both began from where git was told to
    show it (else None), and theirs. None where there is no merge, or its marks are out of order."""
    ours: list[str] = []
    base: list[str] = []
    theirs: list[str] = []
    texts = {"": (ours, base, theirs), "<": (ours,), "|": (base,), "=": (theirs,)}
    marks, part = "", ""
    for line in text.split("\n"):
        if not CONFLICT.match(line.removesuffix("\r")):
            for lines in texts[part]:
                lines.append(line)
            continue
        mark = line[0]
        if mark not in _NEXT_MARKS[part]:
            return None
        marks += mark
        part = "" if mark == ">" else mark
    if part or not marks:
        return None
    shows_base = marks.count("|") == marks.count("<")
    return "\n".join(ours), "\n".join(base) if shows_base else None, "\n".join(theirs)


def _lines_between(before: int, after: int) -> str:
    return f"lines {before + 1} to {after - 1}" if after - before > 2 else f"line {before + 1}"


def undecodable(data: bytes, at: int, file: str) -> Fault:
    """That a byte is not UTF-8, and what the file probably is."""
    before = data[:at]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig")) + 1
    message = f"a byte that is not UTF-8 (hexadecimal {data[at]:02x})"
    if data[at] in _WINDOWS_PUNCTUATION:
        message += "; the file was probably saved as Windows (ANSI) text"
    return Fault("not-utf-8", message, Place(file, line, column), SAVE)


_WINDOWS_PUNCTUATION = (0x91, 0x92, 0x93, 0x94, 0x96, 0xA3)
"""Curly quotation marks, the dash and the pound sign, in Windows' own code page."""


# libyaml speaks YAML 1.1, in which U+0085, U+2028 and U+2029 end a line; no editor agrees.
_BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|\r(?!\n)|\ufeff"
)


def bad_character(text: str, file: str) -> Fault | None:
    """The first character that no plan file may have; None where there is none."""
    match = _BAD.search(text)
    if match is None:
        return None
    line = text.count("\n", 0, match.start())
    column = match.start() - (text.rfind("\n", 0, match.start()) + 1)
    message = f"a character that plan files may not have: {safe(match[0])}"
    if match[0] == "\r":
        message = "a carriage return alone, which ends no line"
    return Fault(
        "control-character",
        message,
        place_of(file, text.split("\n"), (line, column, line, column + 1)),
        "Take it out, or save the file as plain UTF-8 text with ordinary line ends.",
    )


class _Problem(NamedTuple):
    """One of the parser's complaints, in plain English."""

    complaint: str
    """What the parser says, or a part of it."""
    character: str
    """Where the parser must stand; empty for anywhere."""
    message: str
    remedy: str


_PROBLEMS = (
    _Problem("found a tab character", "", "a tab stands here, and YAML has none",
             "Use spaces to indent."),
    _Problem("that cannot start any token", "\t", "a tab stands here, and YAML has none",
             "Use spaces to indent."),
    _Problem("that cannot start any token", "", "a value cannot begin with this character",
             'Put the text in quotation marks: "…".'),
    _Problem("mapping values are not allowed", "", "a colon stands where none can",
             'Put the text in quotation marks where it holds a colon, as in  '
             'note: "Agreed: no change".'),
    _Problem("unexpected end of stream", "", "a quotation mark is never closed",
             "Close it, or use none."),
    _Problem("could not find expected ':'", "", "this line has no colon, or is indented too little",
             "Write  key: value  and keep the lines of a text indented under their key."),
    _Problem("did not find expected key", "", "this line does not fit the lines above it",
             "Indent it as its neighbours are; and see that quotation marks are in pairs."),
    _Problem("did not find expected '-' indicator", "", "this line does not fit the list above it",
             "Indent it as its neighbours are, and begin each item with a dash."),
    _Problem("did not find expected ',' or", "", "a bracket is never closed",
             "Close it with ] or }, or write one item a line."),
    _Problem("expected comment or line break", "", "text stands behind | or > here",
             "Write the text on the lines below, indented."),
    _Problem("expected chomping or indentation", "", "text stands behind | or > here",
             "Write the text on the lines below, indented."),
    _Problem("hexdecimal number", "", "a backslash in double quotation marks",
             "Write two backslashes, or use single quotation marks."),
    _Problem("found unknown escape character", "", "a backslash in double quotation marks",
             "Write two backslashes, or use single quotation marks."),
    _Problem("did not find expected node content", "", "a value cannot begin with this character",
             'Put the text in quotation marks: "…".'),
    _Problem("found undefined tag", "", "an exclamation mark begins a tag here",
             'Put the text in quotation marks: "…".'),
    _Problem("found duplicate anchor", "", "an anchor is used twice",
             "Plan files have no anchors."),
)  # fmt: skip


def syntax(error: Any, file: str, lines: list[str]) -> Fault:
    """What the parser could not go past."""
    complaint = _as_libyaml_says(error)
    # Of what is never ended, the beginning is to blame; the parser stops where it gave up.
    unended = any(
        part in complaint for part in ("end of stream", "expected ':'", "expected ',' or")
    )
    mark = (unended and error.context_mark) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    place = place_of(file, lines, (line, column, line, column + 1))
    if "nesting" in complaint or "depth" in complaint:
        return too_deep(place)
    message, remedy = _explain_line(complaint, place) or _explain(complaint, place)
    return Fault("yaml", message, place, remedy)


def _as_libyaml_says(error: Any) -> str:
    """What the parser complains of; of PyYAML's own, which is all there is in a browser, in the
    words of libyaml."""
    complaint = str(error.problem)
    if complaint.startswith("expected <block end>"):
        awaited = "'-' indicator" if "block collection" in str(error.context) else "key"
        return f"did not find expected {awaited}"
    return re.sub(
        r"^expected (?:the )?(?=',' or|node content)", "did not find expected ", complaint
    )


def _explain(complaint: str, place: Place) -> tuple[str, str]:
    """What is wrong and what to do, by what the parser says."""
    character = place.text[place.column - 1 : place.column]
    for problem in _PROBLEMS:
        if problem.complaint in complaint and problem.character in ("", character):
            return problem.message, problem.remedy
    return f"this is not YAML: {complaint}", "Mend the line, or the one above it."


def _explain_line(complaint: str, place: Place) -> tuple[str, str] | None:
    """What is wrong and what to do, where the line shows it better than the parser says it; else
    None."""
    before = place.text[: place.column - 1]
    if re.search(r"(?::|-)[ ]+[“”‘’]", place.text):
        message = "curly quotation marks are part of the text here, and do not hold it together"
        return message, 'Use straight ones: "…".'
    if "mapping values are not allowed" in complaint and re.fullmatch(r"[ ]+\w+", before):
        message = "this line is indented further than the key above it, and is read as part of it"
        return message, "Indent it as its neighbours are."
    if "did not find expected" in complaint and re.search(r"""["'][ ]*$""", before):
        message = "text stands after a closing quotation mark"
        return message, 'Put the whole text between two ", and write \\" for one within it.'
    return None


def too_deep(place: Place) -> Fault:
    """That something is nested too deep."""
    message = f"this is nested over {MOST_DEPTH} levels deep"
    return Fault("too-deep", message, place, "A plan needs no more than ten.")


def too_many(place: Place) -> Fault:
    """That a file has more errors than are told."""
    message = f"this file has over {MOST_ERRORS:,} errors: what follows was not looked at"
    next = "Mend those above, or put back the file as it was before they came."
    return Fault("too-big", message, place, next)
