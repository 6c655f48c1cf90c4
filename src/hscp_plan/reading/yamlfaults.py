"""What can be wrong with a text before it holds any values, in plain English and at its place:
bytes, characters, unfinished merges, and what the parser cannot go past."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING, Any

from ..errors import Fault, Place
from ..words import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DEPTH = 50
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
        end = len(text)
    return Place(file, line + 1, column + 1, max(end, column) + 1, text)


CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.MULTILINE)


def conflicts(lines: list[str], file: str) -> Iterator[Fault]:
    """One fault for each unfinished merge, naming both sides' lines."""
    marks = [(n, line[0]) for n, line in enumerate(lines, 1) if CONFLICT.match(line)]
    starts = [n for n, mark in marks if mark == "<"] or [n for n, _ in marks[:1]]
    middles, ends = ([n for n, mark in marks if mark == wanted] for wanted in "=>")
    for start in starts[:MOST_ERRORS]:
        middle, end = _after(middles, start), _after(ends, start)
        sides = (
            f": {_lines(start, middle)} on one side, {_lines(middle, end)} on the other"
            if middle and end
            else ""
        )
        yield Fault(
            "merge-unfinished",
            f"this file has an unfinished merge{sides}",
            place_of(file, lines, (start - 1, 0, start - 1, len(lines[start - 1]))),
            "hscp resolve  ends it as far as both sides go together. By hand: keep the lines that "
            "are right and take out the lines that begin with <<<<<<<, ======= and >>>>>>>.",
        )


def _after(lines: list[int], start: int) -> int | None:
    """The first of these lines after one; None where none is."""
    at = bisect(lines, start)
    return lines[at] if at < len(lines) else None


def sides(text: str) -> tuple[str, str | None, str] | None:
    """The three texts of an unfinished merge: ours, what both began from where git was told to
    show it (else None), and theirs. None where there is no merge, or its marks are out of order."""
    texts: dict[str, list[str]] = {"<": [], "|": [], "=": []}
    now, met, follows = "", "", {"": "<", "<": "|=", "|": "=", "=": ">"}
    for line in text.split("\n"):
        if CONFLICT.match(line.removesuffix("\r")):
            if line[0] not in follows[now]:
                return None
            now = line[0].replace(">", "")
            met += now
        else:
            for side, lines in texts.items():
                if now in ("", side):
                    lines.append(line)
    if now or not met:
        return None
    ours, middle, theirs = ("\n".join(lines) for lines in texts.values())
    return ours, middle if met.count("|") == met.count("<") else None, theirs


def _lines(before: int, after: int) -> str:
    return f"lines {before + 1} to {after - 1}" if after - before > 2 else f"line {before + 1}"


def undecodable(data: bytes, at: int, file: str) -> Fault:
    """That a byte is not UTF-8, and what the file probably is."""
    before = data[:at]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig")) + 1
    what = f"a byte that is not UTF-8 (hexadecimal {data[at]:02x})"
    if data[at] in (0x91, 0x92, 0x93, 0x94, 0x96, 0xA3):
        what += "; the file was probably saved as Windows (ANSI) text"
    return Fault("not-utf-8", what, Place(file, line, column), SAVE)


# libyaml speaks YAML 1.1, in which U+0085, U+2028 and U+2029 end a line; no editor agrees.
_BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|\r(?!\n)|\ufeff"
)


def bad_characters(text: str, file: str) -> Iterator[Fault]:
    """The first character that no plan file may have."""
    lines = text.split("\n")
    for found in _BAD.finditer(text):
        line = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        what = (
            "a carriage return alone, which ends no line"
            if found[0] == "\r"
            else f"a character that plan files may not have: {safe(found[0])}"
        )
        yield Fault(
            "control-character",
            what,
            place_of(file, lines, (line, column, line, column + 1)),
            "Take it out, or save the file as plain UTF-8 text with ordinary line ends.",
        )
        return


_PLAIN_ENGLISH = (
    ("found a tab character", "", "a tab stands here, and YAML has none", "Use spaces to indent."),
    ("that cannot start any token", "\t", "a tab stands here, and YAML has none",
     "Use spaces to indent."),
    ("that cannot start any token", "", "a value cannot begin with this character",
     'Put the text in quotation marks: "…".'),
    ("mapping values are not allowed", "", "a colon stands where none can",
     'Put the text in quotation marks where it holds a colon, as in  note: "Agreed: no change".'),
    ("unexpected end of stream", "", "a quotation mark is never closed",
     "Close it, or use none."),
    ("could not find expected ':'", "", "this line has no colon, or is indented too little",
     "Write  key: value  and keep the lines of a text indented under their key."),
    ("did not find expected key", "", "this line does not fit the lines above it",
     "Indent it as its neighbours are; and see that quotation marks are in pairs."),
    ("did not find expected '-' indicator", "", "this line does not fit the list above it",
     "Indent it as its neighbours are, and begin each item with a dash."),
    ("did not find expected ',' or", "", "a bracket is never closed",
     "Close it with ] or }, or write one item a line."),
    ("hexdecimal number", "", "a backslash in double quotation marks",
     "Write two backslashes, or use single quotation marks."),
    ("found unknown escape character", "", "a backslash in double quotation marks",
     "Write two backslashes, or use single quotation marks."),
    ("did not find expected node content", "", "a value cannot begin with this character",
     'Put the text in quotation marks: "…".'),
    ("found undefined tag", "", "an exclamation mark begins a tag here",
     'Put the text in quotation marks: "…".'),
    ("found duplicate anchor", "", "an anchor is used twice", "Plan files have no anchors."),
)  # fmt: skip


def syntax(error: Any, file: str, lines: list[str]) -> Fault:
    """What the parser could not go past."""
    problem = str(error.problem)
    # Of what is never ended, the beginning is to blame; the parser stops where it gave up.
    begun = any(told in problem for told in ("end of stream", "expected ':'", "expected ',' or"))
    mark = (begun and error.context_mark) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    place = place_of(file, lines, (line, column, line, column + 1))
    if "nesting" in problem or "depth" in problem:
        return too_deep(place)
    character = place.text[place.column - 1 : place.column]
    fitting = (
        (what, remedy)
        for told, sign, what, remedy in _PLAIN_ENGLISH
        if told in problem and (not sign or sign == character)
    )
    unknown = (f"this is not YAML: {problem}", "Mend the line, or the one above it.")
    what, remedy = _plain_from_line(problem, place) or next(fitting, unknown)
    return Fault("yaml", what, place, remedy)


def _plain_from_line(problem: str, place: Place) -> tuple[str, str] | None:
    """What is wrong and what to do, where the line shows it better than the parser says it."""
    before = place.text[: place.column - 1]
    colon = "mapping values are not allowed" in problem
    if re.search(r"(?::|-)[ ]+[“”‘’]", place.text):
        what = "curly quotation marks are part of the text here, and do not hold it together"
        return what, 'Use straight ones: "…".'
    if colon and re.fullmatch(r"[ ]+\w+", before):
        what = "this line is indented further than the key above it, and is read as part of it"
        return what, "Indent it as its neighbours are."
    if "did not find expected" in problem and re.search(r"""["'][ ]*$""", before):
        what = "text stands after a closing quotation mark"
        return what, 'Put the whole text between two ", and write \\" for one within it.'
    return None


def too_deep(place: Place) -> Fault:
    """That something is nested too deep."""
    what = f"this is nested over {MOST_DEPTH} levels deep"
    return Fault("too-deep", what, place, "A plan needs no more than ten.")


def too_many(place: Place) -> Fault:
    """That a file has more errors than are told."""
    what = f"this file has over {MOST_ERRORS:,} errors: what follows was not looked at"
    next = "Mend those above, or put back the file as it was before they came."
    return Fault("too-big", what, place, next)
