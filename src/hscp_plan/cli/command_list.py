"""The commands under their headings, and the help that stands above them all. Loads nothing."""

from __future__ import annotations

import sys

HEADINGS: dict[str, dict[str, str]] = {
    "See where things stand": {
        "status": "each priority, and what needs attention",
        "due": "open milestones, soonest first",
        "overdue": "what is late, by how long, who leads, what was last said",
        "show": "all about one milestone or priority",
        "timeline": "the plan as bars over the months",
        "find": "where the plan says a word",
    },
    "Record": {
        "progress": "say how a milestone is going",
        "reschedule": "move a due date, with the reason",
        "add": "a new milestone",
        "decide": "a Board's decision",
        "lead": "who leads an objective or a milestone",
        "edit": "open the file at the milestone",
        "log": "what was recorded and is not in git yet",
        "undo": "take back what was just recorded",
        "save": "keep it in git, in plain English",
        "resolve": "end a merge, with what both sides did",
    },
    "Ask": {
        "ask": "a form for a lead to fill in: Word, Excel or e-mail",
        "collect": "read the answers that came back",
        "asked": "who was asked, and who answered",
    },
    "Check": {
        "check": "faults in the plan's files",
        "changes": "what changed since a day, a meeting or a revision",
        "history": "the story of one milestone",
        "moves": "every due date that moved",
        "questions": "what a scrutineer would ask",
    },
    "Difference": {
        "measure": "a measure's figure of a quarter or a year",
        "impact": "the difference it made, and who says so",
        "assure": "how far a Board is assured",
        "answers": "what became of what reviews recommended",
        "decisions": "what was decided, and what became of it",
        "what-if": "what a move of a due date would touch",
        "theme": "what runs through the priorities: sought, heard, changed",
    },
    "Publish": {
        "report": "Board papers: Word, web page or Markdown",
        "export": "csv, json, Excel, calendar",
        "site": "the plan as web pages",
    },
    "Desk": {
        "desk": "all of it in a browser",
    },
    "Set up": {
        "init": "begin a plan",
        "import": "a plan out of a Word, Excel, PDF or csv table",
        "carry": "what is not finished into the next plan",
        "add-priority": "a new priority, in a file of its own",
        "add-objective": "a new objective of a priority",
        "add-measure": "something more that is counted",
        "add-register": "a new list of actions, challenges or risks",
        "add-meeting": "when a board or group meets",
        "schema": "the JSON Schemas that an editor uses",
    },
}
COMMANDS = tuple(name for commands in HEADINGS.values() for name in commands)

INTRODUCTION = """\
hscp keeps a partnership's strategic plan.
It says what is late, what is next and what moved.

  hscp status                         where the plan stands
  hscp due --before 2022-04           what is due before 1 April 2022
  hscp progress P1.3 "Trial began."   record progress
  hscp report board                   the Board's page, in Word
"""
FOOTER = """\
hscp COMMAND --help shows its options and examples.
Tab completes commands and ids, once: hscp --install-completion
"""
SEE_HELP = "All the commands: hscp --help"
NO_PLAN = """\
No plan here. hscp looked in ./plan and in every folder above.

  hscp --plan DIR …      use a plan that is somewhere else
  hscp init              begin a plan here
  hscp --help            what hscp can do
"""


def module_of(name: str) -> str:
    """The module that runs a command: its name as it is typed, with _ for a hyphen."""
    return f"hscp_plan.commands.{name.replace('-', '_')}"


def help_text() -> str:
    """The help for `hscp` itself: the commands, each with a line, under their headings."""
    parts = [INTRODUCTION]
    for heading, commands in HEADINGS.items():
        parts.append(heading)
        parts += [f"  {name:<13}  {line}" for name, line in commands.items()]
    return "\n".join([*parts, "", FOOTER])


def answer_without_plan(args: list[str]) -> bool:
    """Answer a line that asks for help or the version alone; whether it was one."""
    if args in (["--help"], ["-h"], ["help"], ["help", "--help"]):
        from .narrow import fit
        from .streams import width

        sys.stdout.write(fit(help_text(), width()))
        return True
    if args in (["--version"], ["-V"], ["version"]):
        from .. import __version__

        sys.stdout.write(f"hscp {__version__}\n")
        return True
    return False
