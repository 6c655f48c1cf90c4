"""The rules of the format itself, for `--explain` and the docs.

`reading` and the model hold a file to them: see there.
"""

from __future__ import annotations

from typing import NamedTuple


class FormatRule(NamedTuple):
    """A rule of the format: what it wants and why, an example that fails, and one that passes."""

    name: str
    severity: str
    doc: str
    fails: str
    passes: str


_ROWS = (
    ("unreadable", "error", "Each of the plan's files can be opened, is an ordinary file, and is "
     "at most 5 MB.", "a folder named p1.yaml", "a text file named p1.yaml"),
    ("file-name", "error", "The plan's files end in .yaml, in small letters, and plan.yaml is "
     "called that. hscp would not read another, such as a .yml file, and will not leave it out in "
     "silence.", "p1-neglect.yml", "p1-neglect.yaml"),
    ("file-copied", "error", "A priority stands in one file, and plan.yaml in its own. Sync tools "
     "and Save as leave copies, and what is recorded in one is missing in the other.",
     "p1-neglect.yaml and p1-neglect (1).yaml", "p1-neglect.yaml alone"),
    ("file-missing", "error", "The plan's folder holds plan.yaml.", "p1-neglect.yaml alone",
     "plan.yaml and p1-neglect.yaml"),
    ("file-shape", "error", "A file holds keys with values.", "- a list", "id: P1"),
    ("not-utf-8", "error", "The plan's files are UTF-8. In Notepad: Save as, Encoding, UTF-8.",
     "a file saved as UTF-16 or ANSI", "a file saved as UTF-8"),
    ("control-character", "error", "No characters that a person cannot see or type. Some editors "
     "and YAML disagree on whether U+0085, U+2028 and U+2029 end a line.", "a NUL character",
     "plain text"),
    ("merge-unfinished", "error", "No marks of an unfinished merge: git leaves both sides in the "
     "file, and a person must choose.", "<<<<<<< HEAD", "the lines that are right"),
    ("yaml", "error", "The file is YAML. Most often a colon within a text needs quotation marks, "
     "or a line is indented wrongly.", "note: Agreed: no change", 'note: "Agreed: no change"'),
    ("key-twice", "error", "A key stands once in its mapping; YAML would keep only the last.",
     "due: 2021-09\ndue: 2021-11", "due: 2021-11"),
    ("key-complex", "error", "A key is a plain word.", "? [a, b]\n: c", "title: c"),
    ("second-document", "error", "One document a file.", "---\nid: P1\n---\nid: P2", "id: P1"),
    ("anchor", "error", "No anchors and aliases: plan files need none, and they can be made to "
     "explode.", "lead: &chair Chair", "lead: Chair"),
    ("alias", "error", "No anchors and aliases.", "lead: *chair", "lead: Chair"),
    ("merge-key", "error", "No merge keys.", "<<: *common", "lead: Chair"),
    ("tag", "error", "No tags: every value is read as the text that stands there.",
     "due: !!str 2022-04", "due: 2022-04"),
    ("too-deep", "error", "Nothing is nested over 50 levels deep.", "[[[[[…", "- one"),
    ("too-big", "error", "No text over 100,000 characters, no mapping over 10,000 keys, no file "
     "with over 1,000 errors, no folder over 1,000 files.", "a whole report in a note",
     "evidence: the report's title and date"),
    ("value-empty", "warning", "A key has a value. One with nothing after it counts as absent.",
     "lead:", "lead: Chair of …"),
    ("value-kind", "error", "A value is of the kind its key takes: a text, a list, or keys.",
     "milestones: none yet", "milestones: []"),
    ("key-missing", "error", "A key that the format needs is there.", "- id: P1.3\n  due: 2021-09",
     "- id: P1.3\n  due: 2021-09\n  action: Trial launched"),
    ("key-unknown", "error", "No key that the format does not know: a slip of the pen would be "
     "lost in silence. Extra columns are declared in plan.yaml and stand under `more:`.",
     "leed: Chair", "lead: Chair"),
    ("status-unknown", "error", "A status is one of: not started, in progress, on track, at risk, "
     "off track, complete, closed; or a word of the plan's own `scale:`. Whether a milestone is "
     "overdue is worked out, never written.",
     "status: on-track", "status: on track"),
    ("scale-twice", "error", "The plan's own scale has one word for each status: what is shown "
     "could not be true of two.", "scale: {Green: on track, Lime: on track}",
     "scale: {Green: on track}"),
    ("scale-word", "error", "A word of the scale is short and plain, and does not already mean "
     "something else.", "scale: {complete: on track}", "scale: {Green: on track}"),
    ("word-unknown", "error", "A value that must be one of a few words is one of them.",
     "outcome: continued", "outcome: continue"),
    ("date-unreadable", "error", "A date is written as 2022-04-30, 2022-04, 2022, 2022/23, "
     "Q3 2022/23, autumn term 2022 or (a due date) ongoing or to be confirmed, and exists.",
     "due: 2021-13", "due: 2021-12"),
    ("id-unreadable", "error", "An id is at most 16 letters, digits, dots and dashes: it becomes "
     "the address of a page.", "id: P1 / 3", "id: P1.3"),
    ("key-unreadable", "error", "A column's key is small letters, digits and underscores.",
     "key: What success is", "key: success"),
    ("number", "error", "A measure's value is a number, or the word suppressed.",
     "value: about forty", "value: 42"),
    ("value-missing", "error", "Where a measure has no value for a period, a note says why.",
     "- period: Q3 2021/22", "- period: Q3 2021/22\n  value: suppressed"),
    ("entry-empty", "error", "A log entry says something: a note, a status, a move or evidence.",
     "- date: 2021-09-14", "- date: 2021-09-14\n  note: Trial began."),
    ("move-unexplained", "error", "A due date's move says why.",
     "moved: {from: 2021-09, to: 2021-11}",
     "note: Second team delayed.\nmoved: {from: 2021-09, to: 2021-11}"),
    ("move-nowhere", "error", "A move goes to another date.",
     "moved: {from: 2021-09, to: 2021-09}", "moved: {from: 2021-09, to: 2021-11}"),
    ("closed-unexplained", "error", "A milestone that is closed says why.", "status: closed",
     "status: closed\nnote: Taken over by the 2023 plan."),
    ("digest-unreadable", "error", "A round of asking has the digest of its form, which tells what "
     "comes back.", "form: the January form", "form: 3f9a2c81d0"),
    ("answered-early", "error", "Nobody answers before they are asked.",
     "date: 2022-01-04\nanswered: 2021-01-10", "date: 2022-01-04\nanswered: 2022-01-10"),
    ("review-missing", "error", "An ongoing milestone has a date on which it is looked at.",
     "due: ongoing", "due: ongoing\nreview: 2022-04"),
    ("after-missing", "error", "A milestone whose date is to be confirmed says what it waits for.",
     "due: to be confirmed", "due: to be confirmed\nafter: P2.4"),
    ("review-needless", "error", "Only an ongoing milestone has a review date.",
     "due: 2022-04\nreview: 2022-04", "due: 2022-04"),
    ("every-unbounded", "error", "Recurring work says from when to when it recurs.",
     "due: 2022-03\nevery: quarter", "start: 2021-04\ndue: 2022-03\nevery: quarter"),
    ("for-needless", "error", "Only an entry of recurring work says which occurrence it is for.",
     "due: 2022-03\nprogress:\n  - {date: 2021-10-05, note: Presented., for: Q2 2021/22}",
     "start: 2021-04\ndue: 2022-03\nevery: quarter\n"
     "progress:\n  - {date: 2021-10-05, note: Presented., for: Q2 2021/22}"),
    ("register-key", "error", "A register has milestones and decisions, and nothing else of a "
     "priority's.", "kind: register\nuntil: 2022", "kind: register"),
    ("outcome-of-plan", "error", "A decision about the whole plan has no outcome: that is of a "
     "priority.", "about: [plan]\noutcome: close", "about: [plan]"),
    ("carried-missing", "error", "What is said of earlier plans says which milestone it is of.",
     "first_promised: 2021-09", "carried_from: 2021-23/P3.5\nfirst_promised: 2021-09"),
)  # fmt: skip
READING = tuple(FormatRule(*row) for row in _ROWS)
