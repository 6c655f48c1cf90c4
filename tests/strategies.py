"""What the laws are tried on: dates, texts, plans, and files in every state of repair."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from hscp_plan.dates import MONTHS, UNDATED, PlanDate, of_day, read
from hscp_plan.model import Entry, Head, Log, Milestone, Moved, Objective, Period, Plan, Priority
from hscp_plan.words import STATUSES

# Dates ------------------------------------------------------------------------------------------

YEARS = st.integers(1990, 2100)
# A financial year's last day stands in the year after.
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
month_texts = st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12))
financial = YEARS.map(lambda year: f"{year}/{(year + 1) % 100:02}")
forms = {
    "day": days.map(date.isoformat),
    "month": month_texts,
    "year": YEARS.map(str),
    "financial year": financial,
    "quarter": st.builds("Q{} {}".format, st.integers(1, 4), financial),
    "half": st.builds("H{} {}".format, st.integers(1, 2), financial),
    "term": st.builds("{} term {}".format, st.sampled_from(["autumn", "spring", "summer"]), YEARS),
}
"""Every form that has days, as a plan's file writes it."""
date_texts = st.one_of(*forms.values())
plan_dates: st.SearchStrategy[PlanDate] = date_texts.map(read)
spoken_months = st.sampled_from(MONTHS)
_PARTS = st.sampled_from(
    ["April", "Apr", "sept", "Feb", "30", "31", "8th", "4", "12", "22", "2022", "2021/22", "21/22",
     "Q3", "Q5", "quarter", "term", "autumn", "spring", "FY", "end of", "by", "the", "next", "last",
     "week", "month", "year", "Friday", "in", "ago", "a", "six", "to", "-", "–", "/", ".", ",",
     "early", "mid", "w/c", "before", "from", "TBC", "ongoing", "today", "+", "m", "00:00"]
)  # fmt: skip
typed_dates = st.builds(
    lambda parts, between: between.join(parts),
    st.lists(_PARTS, min_size=1, max_size=5),
    st.sampled_from([" ", "", "-", "/", "\xa0"]),
)
"""What people put together for a date, most of it none."""

# Texts ------------------------------------------------------------------------------------------

# What YAML gives a meaning to, and what editors, merges and spreadsheets leave behind.
_SIGNS = "\n\n\n  -:?,[]{}#&*!|>'\"%@`\\<=~.\tabcdue1203 ’—é\x00\x1b\r\x85\u2028\ufeff\ufffe👶🏽"
signs = st.lists(
    st.sampled_from(
        [*_SIGNS, "- ", ": ", "\n- id: P1", "\n  ", "---\n", "...\n", "<<: ", "&a ", "*a ",
         "!!str ", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "|+\n", ">-\n", "id: P1\n", "\r\n"]
    ),
    max_size=30,
).map("".join)  # fmt: skip
any_text = st.one_of(signs, st.text(max_size=60))
any_bytes = st.one_of(
    st.binary(max_size=60),
    any_text.map(lambda text: text.encode("utf-8", "surrogatepass")),
    any_text.map(lambda text: text.encode("utf-16", "surrogatepass")),
    any_text.map(lambda text: text.encode("latin-1", "replace")),
)

# YAML as plans have it --------------------------------------------------------------------------

_WORDS = st.text(
    st.characters(
        categories=("L", "N", "P", "S", "Zs"), max_codepoint=0xFFFD, exclude_characters="\x85\ufeff"
    ),
    min_size=1,
    max_size=20,
).map(str.strip)
plain_words = st.one_of(
    st.sampled_from(
        ["no", "012", "12:30", "2022_04", "1e3", "~", "null", "0x1F", "1.0", "yes", "2022-04-30",
         "Neglect", "a: b", "a #b", "- a", "'a'", '"a"', "*a", "&a", "!a", "{a", "[a", "|", ">",
         "@a"]
    ),
    _WORDS.filter(bool),
)  # fmt: skip
keys = st.sampled_from(["id", "title", "due", "action", "lead", "note", "more", "no", "1", "a b"])
values = st.recursive(
    plain_words,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(keys, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)
mappings = st.dictionaries(keys, values, min_size=1, max_size=5)


def quoted(text: str, style: str) -> str:
    """A text as one line of YAML, in one of its two kinds of quotation marks."""
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """YAML as people write plans, in many hands: indents, quotes, blocks, comments, blank lines."""
    lines: list[str] = []
    step = draw(st.sampled_from([2, 4]))

    def remark() -> None:
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(["", "# a: remark", "   # - another"])))

    def scalar(text: str, indent: str) -> str:
        style = draw(st.sampled_from(["'", '"', "plain", "|", ">-", "|+"]))
        if style == "plain" and text.isalnum() and text.isascii():
            return text
        if style in ("|", ">-", "|+") and text.isprintable() and text.strip() == text:
            return f"{style}\n{indent}{text}"
        return quoted(text, style if style == "'" else '"')

    def put(value: Any, begin: str, indent: str) -> None:
        remark()
        if isinstance(value, str):
            lines.append(f"{begin} {scalar(value, indent + ' ' * step)}")
        elif not value or draw(st.integers(0, 5)) == 0:
            lines.append(f"{begin} {_flow(value)}")
        else:
            lines.append(begin)
            block(value, indent + " " * step)

    def block(value: Any, indent: str) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                put(item, f"{indent}{key}:", indent)
        else:
            for item in value:
                put(item, f"{indent}-", indent)

    block(draw(mappings), "")
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n# the end\n"]))


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{quoted(key, chr(34))}: {_flow(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return quoted(value, '"')


# Plans ------------------------------------------------------------------------------------------

_PLAN_DAYS = st.dates(date(2021, 1, 1), date(2023, 12, 31))
_STATUS = st.sampled_from(STATUSES)


_OWN_WORDS = ["1", "2", "3", "4", "Green", "Amber", "Red", "Blue", "G", "Done & agreed", "yes", "0"]
scales = st.dictionaries(st.sampled_from(_OWN_WORDS), _STATUS, max_size=5).filter(
    lambda scale: len({*scale.values()}) == len(scale)
)
"""A plan's own words for statuses; often none."""


@st.composite
def milestones(draw: st.DrawFn, id: str = "P1.1") -> Milestone:
    """A milestone whose log is in order, its status and due date those that the log leaves; it may
    have no date, or be given one by its log."""
    due = draw(st.one_of(st.just(UNDATED), _PLAN_DAYS.map(of_day)))
    status, logged = "not started", []
    for day in sorted(draw(st.lists(_PLAN_DAYS, max_size=5))):
        moved = None
        if draw(st.booleans()):
            begin = day if due.undated else due.last
            to = of_day(begin + timedelta(days=draw(st.integers(1, 90))))
            moved, due = Moved(from_=due, to=to), to
        new_status = draw(st.one_of(st.none(), _STATUS))
        status = new_status or status
        logged.append(Entry(date=of_day(day), note="Said.", status=new_status, moved=moved))
    return Milestone(id=id, due=due, action="Do it", status=status, progress=Log(logged))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A small plan, its logs in order; some of its milestones stand straight under the priority,
    and some may stand in a register."""
    size = draw(st.integers(0, 3))
    every = tuple(draw(milestones(f"P1.{number}")) for number in range(1, size + 1))
    number = draw(st.integers(0, size))
    objective = Objective(id="P1-A", milestones=every[number:])
    objectives = () if number == size and draw(st.booleans()) else (objective,)
    priority = Priority(id="P1", title="Neglect", milestones_=every[:number], objectives=objectives)
    files = {"p1.yaml": priority}
    if draw(st.booleans()):
        action = draw(milestones("A.1")).replace(from_="The Board")
        files["a.yaml"] = Priority(
            id="A", kind="register", title="Action log", milestones_=(action,)
        )
    return Plan(head(), files)


def head(**changed: Any) -> Head:
    """The least that a plan.yaml can hold."""
    period = Period(start=read("2021-04"), end=read("2023-03"))
    least = {"format": "1", "id": "t", "partnership": "P", "title": "T", "period": period}
    return Head(**{**least, **changed})


# Files gone wrong -------------------------------------------------------------------------------

_ODD = st.sampled_from(
    ["", "~", "null", "no", "[]", "{}", "[2022-04]", "{a: b}", "''", "2021-13", "ongoing", "P1.1",
     "to be confirmed", "[[a]]", "- x", "|", "&a x", "*a", "!t x", "a: b", "'", "2022-04 ",
     "complete", "done", "\x1b[31m", "\t", "’"]
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> bytes:
    """A plan's file after a few slips of the hand: lines lost, moved, doubled, indented wrongly,
    values emptied or written over."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        slip = draw(st.sampled_from(["lose", "double", "in", "out", "swap", "value", "cut", "key"]))
        line = lines[at]
        key, colon, _value = line.partition(": ")
        lines[at : at + 1] = {
            "lose": [],
            "double": [line, line],
            "in": [f"  {line}"],
            "out": [line[2:]],
            "swap": [*lines[at + 1 : at + 2], line],
            "value": [f"{key}{colon}{draw(_ODD)}"] if colon else [line],
            "cut": [line[: draw(st.integers(0, max(0, len(line) - 1)))]],
            "key": [
                line.replace(key.strip(), draw(st.sampled_from(["status", "more", "x", "due"])))
            ],
        }[slip]
        lines = lines or [""]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


@st.composite
def misshapen(draw: st.DrawFn, value: Any) -> Any:
    """The values of a plan's file with some of them of another kind: a list for a text, a text
    for a mapping, a key that nobody knows."""
    if draw(st.integers(0, 12)) == 0:
        other = st.one_of(plain_words, st.lists(plain_words, max_size=2), st.just({}), mappings)
        return draw(other)
    if isinstance(value, dict):
        changed = {key: draw(misshapen(item)) for key, item in value.items()}
        if draw(st.integers(0, 20)) == 0:
            changed[draw(keys)] = draw(values)
        return changed
    if isinstance(value, list):
        return [draw(misshapen(item)) for item in value]
    return value


def flow(value: Any) -> str:
    """Values as YAML on one line, every text quoted."""
    return _flow(value)
