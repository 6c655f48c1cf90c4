"""The pages that show what a command says: which command, and what it may be narrowed to."""

from __future__ import annotations

from .forms import Field, Form

_PRIORITY = Field("priority", "Priority", look="choice")
_LEAD = Field("lead", "Lead", look="choice")
_STATUS = Field("status", "Status", look="choice")
_PARTNER = Field("agency", "Partner", look="choice")
_AS_AT = Field("as_at", "As at", "Such as 15 December 2021", "date")
_NARROWED = (_PRIORITY, _LEAD, _STATUS, _PARTNER, _AS_AT)
_SINCE = Field("since", "Since", "A day, or last board")
_SHOW = "Show"

LISTS = {
    "": Form("status", "Where it stands", _SHOW, _NARROWED),
    "due": Form("due", "What is next", _SHOW, (
        Field("before", "Due before", look="date"), Field("within", "Within", "Such as 90d"),
        *_NARROWED,
    )),
    "overdue": Form("overdue", "What is late", _SHOW, _NARROWED),
    "timeline": Form("timeline", "Timeline", _SHOW, _NARROWED),
    "what-if": Form("what-if", "What if it moves", _SHOW, (
        Field("id", "Milestone", look="choice"),
        Field("to", "To when", "Such as June 2022 or +2m", "date"), _AS_AT,
    )),
    "changes": Form("changes", "What changed", _SHOW, (_SINCE, _AS_AT)),
    "moves": Form("moves", "What moved", _SHOW, _NARROWED),
    "decisions": Form("decisions", "Decisions", _SHOW, (
        _SINCE, Field("by", "Who decided", look="choice"), _PRIORITY, _PARTNER, _AS_AT,
    )),
    "history": Form("history", "A milestone's story", _SHOW, (
        Field("id", "Milestone", look="choice"), _AS_AT,
    )),
    "log": Form("log", "What was recorded", _SHOW, ()),
    "questions": Form("questions", "Questions", _SHOW, (_PRIORITY, _LEAD, _PARTNER, _AS_AT)),
    "measures": Form("status", "Measures", _SHOW, (_PRIORITY, _AS_AT), fixed=("--measures",)),
    "answers": Form("answers", "Reviews", _SHOW, (
        Field("which", "Review", look="choice"), _AS_AT,
    )),
    "theme": Form("theme", "Themes", _SHOW, (
        Field("theme", "Theme", look="choice"), _AS_AT,
    )),
    "asked": Form("asked", "Who was asked", _SHOW, (
        Field("lead", "Lead", look="choice"),
        Field("open", "Only who has not answered", look="flag"), _AS_AT,
    )),
}  # fmt: skip
"""The pages, by their addresses."""
FIRST_SHOWN = {"changes": {"since": "last board"}}
"""What a page is narrowed to before anybody asks, where the plan can tell that."""
GROUPS = {
    "When": ("", "due", "overdue", "timeline", "what-if"),
    "What happened": ("changes", "moves", "decisions", "asked", "history", "log"),
    "Does it work?": ("questions", "measures", "answers", "theme"),
}
"""The pages in groups, as the page that lists them has them."""


def beside(name: str) -> tuple[str, ...]:
    """The pages of the same group."""
    return next(names for names in GROUPS.values() if name in names)
