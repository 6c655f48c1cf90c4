"""Forms that go out to leads, and what comes back: files that commands write and read, in a folder
that is gone afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from werkzeug.utils import secure_filename

from .answers import Answer, answer
from .forms import Field, Form
from .papers import Made, made

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .papers import File


class Kind(NamedTuple):
    """What forms may be."""

    options: tuple[str, ...]
    """What makes them so."""
    then: str
    """What to do with them."""


ASK = Form("ask", "Ask for progress", "Make the forms", (
    Field("who", "Whom to ask", "Empty: every lead", "several"),
    Field("meeting", "For which meeting", "Such as next board"),
    Field("reply_by", "The day by which to answer", "Such as 7 January 2022", "date"),
    Field("still_open", "Ask about all that is open",
          "Else about what is late, due soon, long without news, or without a date", "flag"),
    Field("priority", "About which priority", "Empty: all", "choice", rare=True),
    Field("sender", "Who asks", "Empty: whoever keeps the plan", rare=True),
))  # fmt: skip
_SEND = "Send each form to whoever it asks. They fill it in and send it back; you collect it here."
KINDS = {
    "Word": Kind((), _SEND),
    "Excel": Kind(("--xlsx",), _SEND),
    "E-mails to send, each with its form": Kind(
        ("--mail=drafts",),
        "Each file that ends in .eml is an e-mail with its form attached. Open it in Outlook, look "
        "at the address, and send it. Where Outlook does not offer to send it, make the forms in "
        "Word, and attach them yourself.",
    ),
}
"""What the forms may be."""
_UNPACK = "Unpack the zip first: choose it with the right mouse button, then Extract all."
COLLECT = Form("collect", "Collect what came back", "Show what was understood", (
    Field("by", "Whose answers they are", "Empty: as the form says"),
    Field("date", "The day they are of", "Empty: as the form says", "date", rare=True),
    Field("agreed", "Who agreed what they move or complete",
          "A Board and a day, such as HSCP Executive Board, 20 October 2021", rare=True),
))  # fmt: skip
LONGEST_NAME = 80
DECIDED = "decided."
"""What the names of the fields begin with that decide something."""
_DECISIONS = ".decisions.json"
"""Where the command reads and writes decisions. No file that came back is called so."""


class Returned(NamedTuple):
    """A file that came back."""

    name: str
    data: bytes


class Held(NamedTuple):
    """Files that came back and are held until all in them is decided, with what was said of all."""

    files: tuple[Returned, ...]
    values: Mapping[str, str]
    decisions: Mapping[str, str] = {}
    """What was decided when some of it was recorded: what follows from it is still to decide."""


class Question(NamedTuple):
    """What a person has to decide of an answer."""

    key: str
    file: str
    id: str
    action: str
    what: str
    """What is doubtful, and quotes the words."""
    says: Sequence[str]
    """The whole answer, where that is in doubt."""
    question: str
    """Empty where no answer would do."""
    wanted: str
    choices: Sequence[str]
    answer: str
    wrong: str
    """Why the answer decides nothing."""
    decided: bool


class Collected(NamedTuple):
    """What was understood of what came back."""

    said: Answer
    sure: int = 0
    """How many answers are sure, or were decided."""
    questions: tuple[Question, ...] = ()

    @property
    def to_decide(self) -> list[Question]:
        """The questions of what is doubtful."""
        return [each for each in self.questions if each.wanted != "milestone"]

    @property
    def to_place(self) -> list[Question]:
        """The questions of words that stand under no milestone. They need not be answered."""
        return [each for each in self.questions if each.wanted == "milestone"]

    @property
    def left(self) -> list[Question]:
        """The questions that can be decided and were not."""
        return [each for each in self.to_decide if each.question and not each.decided]

    @property
    def wrong(self) -> dict[str, Question]:
        """The questions that were answered with what decides nothing, by the names of fields."""
        return {f"{DECIDED}{each.key}": each for each in self.questions if each.wrong}


def ask(where: str, values: Mapping[str, str], kind: str) -> Made:
    """The forms for whoever is named, else for every lead: one file, or all of them in one."""
    command, *words = ASK.words(values)
    every = () if values.get("who", "").strip() else ("--all",)
    options = KINDS[kind].options if kind in KINDS else ()
    with TemporaryDirectory() as folder:
        said = answer([command, "--plan", where, *every, *options, *words], folder)
        # Which files were written is told by what is handed out.
        lines = (line for line in said.text.splitlines() if not line.startswith("Wrote "))
        said = said._replace(text="\n".join(lines))
        return made(said, folder, "forms")


def then(file: File, kind: str) -> tuple[str, ...]:
    """What to do with the forms that were made."""
    told = (KINDS[kind].then,) if kind in KINDS else ()
    return (_UNPACK, *told) if file.name.endswith(".zip") else told


def decisions_in(typed: Mapping[str, str]) -> dict[str, str]:
    """What was decided in a form, by the keys of its questions."""
    return {
        name.removeprefix(DECIDED): text for name, text in typed.items() if name.startswith(DECIDED)
    }


def collect(where: str, held: Held, decisions: Mapping[str, str], *, record: bool) -> Collected:
    """What was understood of what came back; what is sure or was decided recorded, where it is to
    be."""
    command, *words = COLLECT.words(held.values)
    given = [{"key": key, "answer": answer} for key, answer in decisions.items()]
    with TemporaryDirectory() as folder:
        names = list[str]()
        for file in held.files:
            names.append(_free_name(file.name, names))
            (Path(folder) / names[-1]).write_bytes(file.data)
        path = Path(folder) / _DECISIONS
        path.write_text(json.dumps({"questions": given}), encoding="utf-8")
        how = ["--yes" if record else "--dry-run", f"--decisions={_DECISIONS}"]
        said = answer([command, "--plan", where, *how, *words, "--", *names], folder)
        if said.refusal:
            return Collected(said)
        written: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    questions = (Question(**each) for each in written["questions"])
    return Collected(said, written["sure"], tuple(questions))


def _free_name(given: str, taken: Sequence[str]) -> str:
    """A name for a file that came back, which leads nowhere else and says the same kind of file."""
    path = Path(secure_filename(given).lstrip("-") or "file")
    stem, ending = path.stem[:LONGEST_NAME], path.suffix[:LONGEST_NAME]
    names = (f"{stem}{number}{ending}" for number in ("", *range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
