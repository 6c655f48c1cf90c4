"""What single texts of a plan's document say: a priority's heading, a labelled line, a status, the
actions of a cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..dates import UNDATED, PlanDate
from ..frozen import NOTHING as NO_SCALE
from ..letters import folded
from ..naming.filters import likely_status
from ..readers.content import Paragraph, Run
from ..typed_dates import find_lasting
from ..words import BRAG_LETTERS, STATUSES, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .grid import Slot

_LEVEL = (
    r"(?:strategic |key |improvement )?(?:priority(?: area| action)?|theme|goal|pillar"
    r"|work ?stream|strand|focus area"
    r"|areas? (?:of|for) (?:significant |priority )?(?:weakness|improvement|development|action))"
)
_COUNT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PRIORITY = re.compile(
    rf"(?:(?P<word>{_LEVEL})\s*(?P<number>\d{{1,3}}|[A-Z]|[IVX]{{1,5}})?\s*[:.–—-]+\s*"
    rf"|(?P<worded>{_LEVEL})\s+(?P<numbered>\d{{1,3}})\s+"
    rf"|(?P<spelt>{_LEVEL})\s+(?P<in_words>{'|'.join(_COUNT)})\s*[:.–—-]+\s*"
    r"|P(?P<id>\d{1,3})\s*[:.–—-]*\s+)(?P<title>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_OBJECTIVES = r"(?:strategic |key )?(?:objective|outcome|aim|action area|strategy|recommendation)"
_OBJECTIVE = re.compile(
    rf"{_OBJECTIVES}\s*\d[\d.]*[A-Z]?\s*[:.–—-]?\s.+",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_OBJECTIVE = 300
NOTHING = re.compile(r"[-–—./\s]*|n/?a|nothing logged|none|no lead[\w ]*", re.IGNORECASE)
"""What people and hscp's own papers write where there is nothing to say."""
_UNTIL = re.compile(r"\s*\((?:until|to|by)\s+([^()]{4,30})\)\s*$", re.IGNORECASE)
_LABELS: tuple[tuple[str, str], ...] = (
    (
        "evidence",
        r"where is the evidence|evidence"
        r"|(?:how )?(?:will we|we will|we'll|we’ll) (?:know|measure)[^:?.]*"
        r"|(?:success|outcome) (?:measures?|criteria)|measures? of success"
        r"|what (?:will |does )?(?:success|good) looks? like",
    ),
    (
        "outcome",
        r"(?:intended |desired |expected )?outcomes?(?:\s*/\s*impact)?|impact|objective|aim",
    ),
    ("complete by", r"complet(?:e|ed) by|completion (?:timescale|date)"),
    ("accountable", r"accountab\w+"),
    ("lead", r"lead(?:s| officer| agency)?|owner"),
)
_LABELLED = re.compile(
    rf"(?P<label>{'|'.join(names for _, names in _LABELS)})\s*(?:[:?]|\s[–—-]|[–—])\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_END = (".", "!", "?")
_BULLET = re.compile(
    r"\s*(?:[•·▪◦‣*]|[-–—](?=\s)|o(?=\s\s)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s))\s*"
)
_HAS_ID = re.compile(r"[A-Z]{1,3}\d{1,3}\.\d")
_LETTERS: dict[str, Status] = {
    **BRAG_LETTERS,
    "c": "complete",
    "✓": "complete",
    "yes": "complete",
    "not yet started": "not started",
}
_DATED = re.compile(
    r"(?P<word>[a-z ]+?)(?: on| in| by)? (?=[\d/. ]*\d|[a-z]{3,9} \d)[\w/. ]+", re.I
)
"""How it stood and since when: Completed June 22."""
_PERCENT = re.compile(r"(?:100|\d{1,2})(?:\.\d+)?\s?%")
_SYMBOLS = "✓●▲×!○–◐?\xa0 \ufe0f"
_COLOURS = frozenset(("red", "amber", "green", "blue", "r", "a", "g", "b", "yellow", "orange"))
_NEARLY_SAID: dict[Status, str] = {
    "off track": "behind|behind schedule|significant delay|significantly behind",
    "at risk": "some delay|minor delay|slipped|slippage|yellow|orange",
    "on track": "on schedule|on target|good progress",
    "in progress": "doing|active|some progress|partially complete|partly complete",
    "complete": "implemented|fully implemented|discharged|action complete",
    "not started": "yet to start|not due|not yet due|to be started",
}
_NEARLY = {word: status for status, words in _NEARLY_SAID.items() for word in words.split("|")}
"""What documents say that is nearly a status: they are kept beside it in their own words."""
_PICTURES: dict[str, Status] = {
    **dict.fromkeys("🔴🟥❌", "off track"),
    **dict.fromkeys("🟠🟧🟡🟨⚠", "at risk"),
    **dict.fromkeys("🟢🟩", "on track"),
    **dict.fromkeys("🔵🟦✅✔☑", "complete"),
    **dict.fromkeys("⚪⬜", "not started"),
}
"""What small pictures in a cell for a status say."""
_WORKED_OUT = re.compile(r"\d+ \w+ late|overdue|late to start|starts? late|due .*|no date", re.I)
"""What hscp's own papers say of a standing; they say the status below it."""


class Named(NamedTuple):
    """A priority's heading."""

    title: str
    id: str = ""
    until: PlanDate = UNDATED


def priority_named(text: str) -> Named | None:
    """The priority that a heading names as such: Strategic Priority 1 – Neglect (until 2022)."""
    match = _PRIORITY.fullmatch(" ".join(text.split()))
    if not match or len(match["title"]) > 200:
        return None
    in_words = match["in_words"]
    spelt = str(_COUNT.index(in_words.lower()) + 1) if in_words else ""
    number = match["number"] or match["numbered"] or match["id"] or spelt
    return named(match["title"], f"P{int(number)}" if number.isdecimal() else "")


def level_alone(text: str) -> bool:
    """Whether a heading says only which priority follows, and not what it is: Priority 1."""
    return bool(re.fullmatch(rf"{_LEVEL}\s*(?:\d{{1,2}}|{'|'.join(_COUNT)})\W*", text, re.I))


def count_alone(text: str) -> bool:
    """Whether a text says only which priority, objective or the like another is: Objective 1."""
    return level_alone(text) or bool(
        re.fullmatch(rf"{_OBJECTIVES}\s*\d[\d.]*[A-Z]?\W*", text.strip(), re.IGNORECASE)
    )


def objective_named(text: str) -> bool:
    """Whether a text names an objective as such, by its number: Objective 1.1: Diversion."""
    return len(text) < _LONGEST_OBJECTIVE and bool(_OBJECTIVE.fullmatch(text))


def named(title: str, id: str = "") -> Named:
    """A priority of this title, which may say until when it runs."""
    match = _UNTIL.search(title)
    until = find_lasting(match[1], day_first=False) if match else None
    if match and until:
        return Named(title[: match.start()], id, until)
    return Named(title, id)


def is_plans_title(text: str, heading: bool = False) -> bool:
    """Whether a text looks like what a plan is called; a colon may stand in a heading alone."""
    if re.search(r"^[^:]{8,}: [\w ]*(?:plan|strategy|log|tracker)$", text, re.IGNORECASE):
        heading = True
    named = re.search(
        r"\b(?:plan|strategy|log|programme|framework|tracker|statement of action)\b",
        text,
        re.IGNORECASE,
    )
    return (
        bool(named) and len(text) < 120 and not text.endswith(".") and (heading or ":" not in text)
    )


_BODY = re.compile(
    r"(?:the )?(?P<body>(?:[A-Z][\w’'&-]*,? |and |for |of |the )*?[A-Z][\w’'&-]* "
    r"(?:Partnership Board|Partnership|Board|Council|Trust|Committee|Authority))(?![\w’'])"
)


def body_in(title: str) -> str:
    """The body whose plan it is, where a plan's title begins with its name; empty where it does
    not: Corporate Parenting Board Action Tracker."""
    match = _BODY.match(title)
    return match["body"] if match else ""


class Labelled(NamedTuple):
    """A line that says what it is."""

    kind: str
    label: str
    text: str


def labelled(text: str) -> Labelled | None:
    """A line such as `Outcome/Impact: …`; None where it begins with no such label."""
    match = _LABELLED.fullmatch(text.strip())
    if not match:
        return None
    label = match["label"].rstrip("?")
    kind = next(kind for kind, names in _LABELS if re.fullmatch(names, match["label"], re.I))
    return Labelled(kind, label, match["text"].strip())


def label_alone(text: str) -> str:
    """The kind of such a label that stands alone, over what it is of; empty where it is none."""
    said = labelled(text if text.endswith((":", "?")) else f"{text}:")
    return said.kind if said and not said.text and len(text) < 60 else ""


def items(text: str) -> list[str]:
    """The items of a list that is written in one text: • a • b; a; b."""
    for mark in ("•", "·", "▪"):
        if mark in text:
            return [item.strip(" \n;") for item in text.split(mark) if item.strip(" \n;")]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines if len(lines) > 1 else [item.strip() for item in text.split("; ") if item.strip()]


def names_in(slot: Slot) -> list[str]:
    """The names in a cell, one a paragraph or line."""
    lines = (line for p in slot.paragraphs for line in p.text.split("\n"))
    return [" ".join(line.strip(" •·-").split()) for line in lines if line.strip(" •·-")]


def tidy(text: str) -> str:
    """A text of one or more lines, without blanks around them."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class StatusSaid(NamedTuple):
    """A status as it was read, and whether its text says more."""

    status: Status | None
    more: bool


def status_said(text: str, scale: Mapping[str, Status] = NO_SCALE) -> StatusSaid:
    """What a cell for a status says: Green, G, Complete, RAG: amber; first of all in the words of a
    scale."""
    if own := _in_scale(text, scale):
        return StatusSaid(own, False)
    # hscp's own pages and PDFs part the two by their looks alone: 4 years lateNot started.
    apart = re.sub(r"(?<=[a-z]) *(?=[A-Z])", "\n", text)
    lines = [line.strip(_SYMBOLS + ".") for line in apart.split("\n")]
    lines = [line for line in lines if line and not _WORKED_OUT.fullmatch(line)]
    if not lines:
        return StatusSaid(None, False)
    whole = re.sub(
        r"^(?:(?:b?rag|status)\b[:= ]*|(?:still )?said to be )", "", " ".join(lines), flags=re.I
    )
    if (number := re.match(r"(\d)\s*[–—:.)-]+\s*", whole)) and number[1] not in scale:
        whole = whole[number.end() :]
    if status := _status(whole):
        return StatusSaid(status, False)
    if nearly := _NEARLY.get(folded(whole)):
        return StatusSaid(nearly, True)
    if _PERCENT.fullmatch(whole):
        return _by_share(whole)
    shown = [status for picture, status in _PICTURES.items() if picture in whole]
    if len(shown) == 1:
        rest = "".join(c for c in whole if c not in _PICTURES).strip(_SYMBOLS + ".")
        return StatusSaid(shown[0], bool(rest) and _status(rest) != shown[0])
    if (dated := _DATED.fullmatch(whole)) and (status := _status(dated["word"])):
        return StatusSaid(status, True)
    parts = [part for part in re.split(r"\s*[-–—/:,;.(|]\s*|\s+and\s+", whole) if part]
    return StatusSaid(_one_of(parts), True)


def _one_of(parts: Sequence[str]) -> Status | None:
    """The status that the parts of a text say: a word before a colour, as in Green - done. None
    where two words or two colours say different things: Green/Amber."""
    said = {part: status for part in parts[:3] if (status := _status(part))}
    words = {status for part, status in said.items() if folded(part.strip(" .()")) not in _COLOURS}
    known = words or {*said.values()}
    return known.pop() if len(known) == 1 and (words or parts[0] in said) else None


def _by_share(text: str) -> StatusSaid:
    """How far an action is by a share of it: 0%, 60%, 100%."""
    share = float(text.rstrip("% "))
    if share in (0, 100):
        return StatusSaid("complete" if share else "not started", False)
    return StatusSaid("in progress", True)


def _as_share(label: str, text: str) -> str:
    """A number of a column of shares, such as % complete, as a share: 0.6 is 60%."""
    if not re.search(r"%|per ?cent", label, re.I) or not re.fullmatch(r"[01]|[01]?\.\d+", text):
        return text
    return f"{float(text):.0%}"


def by_label(label: str, text: str) -> str:
    """What a cell says of a status beside the name of its column: a tick below Done? is complete,
    0.6 below % complete is 60%."""
    if re.fullmatch(r"(?:done|completed?|achieved)\W*", label.strip(), re.IGNORECASE):
        return "complete" if text.casefold() in ("✓", "✔", "x", "y", "yes") else text
    return _as_share(label, text)


def _in_scale(text: str, scale: Mapping[str, Status]) -> Status | None:
    """The status that a text is a scale's word for: Green; 3; On track (3), as hscp shows it."""
    said = _plain(text)
    for word, status in scale.items():
        if said == _plain(word) or said.endswith(f"({_plain(word)})"):
            return status
    return None


def _plain(text: str) -> str:
    return folded(" ".join(text.split()).strip(_SYMBOLS + "."))


def _status(word: str) -> Status | None:
    plain = folded(word.strip(" .()"))
    meant = _LETTERS.get(plain) or likely_status(plain)
    return next((status for status in STATUSES if status == meant), None)


def status_of_colour(colour: str) -> Status | None:
    """The status that a cell's colour means, by its hue; None of white, grey and the like."""
    if len(colour) != 6:
        return None
    from colorsys import rgb_to_hsv

    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, saturation, value = rgb_to_hsv(red, green, blue)
    if saturation < 0.25 or value < 0.35:
        return None
    degrees = hue * 360
    if degrees < 20 or degrees >= 330:
        return "off track"
    if degrees < 65:
        return "at risk"
    if degrees < 170:
        return "on track"
    return "complete" if 180 <= degrees < 260 else None


def actions_of(slot: Slot) -> list[str]:
    """The actions of a cell: a bullet or a paragraph each, where it plainly holds several."""
    paragraphs = list(_apart(slot))
    lines = [line for paragraph in paragraphs for line in _lines(paragraph)]
    bullets = [bullet for _, bullet in lines]
    if all(bullets) or _are_sentences([line for line, _ in lines], paragraphs, bullets):
        return [line for line, _ in lines]
    if not any(bullets):
        return [" ".join(line for line, _ in lines)]
    return ["\n".join(f"- {line}" if bullet else line for line, bullet in lines)]


def shared_out(slot: Slot, count: int) -> list[Slot]:
    """A cell for each of several actions, where it says something for each; else itself for all."""
    paragraphs = list(_apart(slot))
    parts = [line for paragraph in paragraphs for line, _ in _lines(paragraph)]
    if count == 1 or len(parts) != count or any(p.struck for p in slot.cell.paragraphs):
        return [slot] * count
    return [
        slot._replace(cell=slot.cell._replace(paragraphs=(Paragraph((Run(part),)),), table=None))
        for part in parts
    ]


def _apart(slot: Slot) -> Iterator[Paragraph]:
    """The paragraphs of a cell; in a workbook, whose cells have none, its lines."""
    for paragraph in slot.paragraphs:
        if not slot.cell.place.startswith(("sheet ", "row ")):
            yield paragraph
            continue
        for line in paragraph.text.split("\n"):
            if line.strip():
                yield paragraph._replace(runs=(Run(line),))


def _lines(paragraph: Paragraph) -> list[tuple[str, bool]]:
    """A paragraph as items, each with whether a bullet stands before it."""
    said = [line for line in paragraph.text.split("\n") if line.strip()]
    marked = [_BULLET.match(line) for line in said]
    if paragraph.bullet or not any(marked):
        return [(" ".join(" ".join(said).split()), paragraph.bullet)]
    lines: list[tuple[str, bool]] = []
    for line, mark in zip(said, marked, strict=True):
        text = " ".join(line[mark.end() if mark else 0 :].split())
        if mark or not lines:
            lines.append((text, mark is not None))
        else:
            lines[-1] = (f"{lines[-1][0]} {text}", lines[-1][1])
    return [(text, bullet) for text, bullet in lines if text]


def _are_sentences(
    lines: Sequence[str], paragraphs: Sequence[Paragraph], bullets: Sequence[bool]
) -> bool:
    """Whether several paragraphs are an action each, and not one that is broken into lines."""
    if len(paragraphs) < 2 or any(bullets) or _HAS_ID.match(lines[0]):
        # What stands below an action with its own number is about that action.
        return len(lines) > 1 and all(map(_HAS_ID.match, lines))
    if not lines[0].endswith(_END) and all(line.endswith(_END) for line in lines[1:]):
        # What an action is called, and the sentences that say more of it.
        return False
    return all(
        (line[:1].isupper() or line[:1].isdigit())
        and len(line.split()) > 1
        and not line.endswith((":", ",", " and", " or", " the", " of"))
        for line in lines
    )
