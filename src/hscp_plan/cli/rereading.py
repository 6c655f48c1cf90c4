"""What follows a command's name, read as a person means it: which words are whose value, and what
is called otherwise here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ..errors import nearest
from ..letters import folded
from ..naming.filters import is_status, likely_status
from ..naming.no_text import says_nothing
from .command_list import module_of
from .options import Argument, parameters, read
from .rewording import date_at_end, status_in
from .said import FLAGS, LETTERS, OPTIONS
from .values import ID_METAVARS, MOST_WORDS, NAME_METAVARS, id_list, is_filler, is_priority, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .options import Parameter
    from .values import Known

_OF_MILESTONES = ("progress", "reschedule", "history")
"""The commands whose ids are milestones' alone."""
_TEXTS = ("[NOTE]", "NOTE", "ACTION", "DECISION", "LEVEL", "[MESSAGE]", "TEXT", "TITLE", "LEAD")
"""What takes a text: any words, as many as there are."""
_MEANT_ALONE = (
    *("--priority", "--status", "--within", "--to", "--year", "--since", "--for", "--group"),
    "--lead",
)
"""The options whose values say themselves what they are."""
_ELSEWHERE = (
    *("--status", "--due", "--by", "--lead", "--group", "--priority", "--agreed", "--since"),
    *("--to", "--done", "--end", "--for"),
)
"""Options that some command has."""
_TO_FILL = {
    **dict.fromkeys(("TEXT", "ACTION", "DECISION", "GROUP", "TITLE", "LEAD"), "…"),
    "DIR": "pages",
}
"""What stands in a mended line for what must be given, and was not."""
_MOST_BARE = 4
"""How many options without their dashes may end a text."""
_TO = ("to", "for", "in", "under")
"""What leads up to the priority that something is added to."""
_TEXT_WORDS = ("--reason", "--because", "--why")
"""The options of texts whose names people type without dashes."""


class Rereading:
    """Reads the words after a command's name as a person means them."""

    def __init__(self, words: list[str], known: Known) -> None:
        self.command, *self.words = words
        self.known = known
        self.run = import_module(module_of(self.command)).run
        self.parameters = list(parameters(self.run))
        self.options = {name: p for p in self.parameters for name in p.names}
        self.arguments = [p for p in self.parameters if isinstance(p.declared, Argument)]
        self.sure = True
        self.taken: list[str] = []
        """What stands without a name."""
        self.given: list[str] = []
        """The options with their values, as they are typed."""
        self.more_ids: list[str] = []
        """Ids that were typed after the first: for each the same line is meant."""
        self.plain: list[str] = []
        """The words that no option took."""

    def line(self) -> list[str] | None:
        """The whole line; None where it cannot be made right."""
        asked = {folded(word).strip("?") for word in self.words}
        if not asked.isdisjoint(("--help", "-h")) or asked in ({"help"}, {""}):
            return [self.command, "--help"]
        if not self._take_options():
            return None
        arguments = self._take_arguments()
        if arguments is None:
            return None
        if self._says_too_much:
            return None
        self._fill_in()
        self._reword(arguments)
        line = [self.command, *arguments, *self.given]
        return line if read(self.run, line[1:]) is not None else None

    @property
    def _says_too_much(self) -> bool:
        """Whether a date or all that was recorded is among the words, and nobody can tell what of
        it is meant."""
        if self.command == "undo":
            return not {"all", "everything", "two"}.isdisjoint(map(folded, self.plain))
        date = self.options.get("--date")
        in_note = self.command == "progress" and len(self.plain) > 2
        last = self.plain[-1] if self.plain else ""
        # A sentence may end in November; it does not end in 2022-02.
        dated = in_note and date and last[-1:].isdigit() and self.known.size(date, [last])
        twice = in_note and "--status" in self.given and " " in last and is_status(last)
        to_branch = self.command == "save" and self.plain[:1] in (["to"], ["branch"])
        return bool(dated or twice or to_branch)

    def may_change(self, name: str) -> bool:
        """Whether the value of this parameter is an id or one of some words, which may be called
        otherwise."""
        parameter = next((p for p in self.parameters if p.name == name), None)
        if parameter is None:  # of another command
            return name == "id"
        is_word = bool(parameter.choices) or parameter.name in ("status", "outcome", "format")
        names = not parameter.names and _is_name(parameter)
        return is_word or names or _is_id(parameter) or self._says_status(parameter)

    def reads_alike(self, name: str, one: object, other: object) -> bool:
        """Whether two values of this parameter mean the same: an id's capitals say nothing."""
        parameter = next((p for p in self.parameters if p.name == name), None)
        alone = isinstance(one, str) and isinstance(other, str)
        of_ids = parameter is not None and (_is_id(parameter) or _is_name(parameter))
        return one == other or (alone and of_ids and folded(str(one)) == folded(str(other)))

    def _says_status(self, parameter: Parameter) -> bool:
        return self.command == "progress" and parameter.name == "note" and "--status" in self.given

    def _reword(self, arguments: list[str]) -> None:
        """Put what was typed as a text, and is something else, in its own place."""
        if self.command == "ask":
            # Whoever is named is asked, and not everybody.
            self.given = [word for word in self.given if not (arguments and word == "--all")]
            self.given += ["--all"] * (not arguments and "--all" not in self.given)
        elif self.command == "save" and says_nothing(" ".join(arguments)):
            arguments.clear()
        elif self.command == "progress":
            if "--status" not in self.given:
                self._part_status(arguments)
            if len(arguments) == 1 and "closed" in self.given:
                arguments.append("…")
        elif self.command == "add" and len(arguments) == 2 and "--due" not in self.given:
            self._part_due_date(arguments)
        elif self._decides and not self.known.is_priority(arguments[0]):
            self._decide_of_milestone(arguments)

    def _decide_of_milestone(self, arguments: list[str]) -> None:
        """Take a milestone for what the decision of its priority completes, or is about."""
        completes = "complete" in self.given
        if completes:
            at = self.given.index("complete")
            del self.given[at - 1 : at + 1]
        alone = arguments[1:] and not arguments[1].endswith(".")
        if alone and likely_status(arguments[1], self.known.head) == "complete":
            arguments[1], completes = "…", True
        self.given += ["--completes" if completes else "--about", arguments[0]]
        arguments[0] = self.known.priority_of(arguments[0])

    def _part_status(self, arguments: list[str]) -> None:
        """Take the status that stands in a note for the status."""
        words, whole_only = " ".join(arguments[1:]), self._typed_as_one
        if parted := status_in(words, self.known.head, whole_only=whole_only):
            status, note = parted
            self.given += ["--status", status]
            arguments[1:] = [note] if note else []

    @property
    def _typed_as_one(self) -> bool:
        """Whether the text was in quotation marks, alone: then it is all of it meant."""
        return sum(" " in word for word in self.plain) == 1 and len(self.plain) == 2

    def _part_due_date(self, arguments: list[str]) -> None:
        """Take the date at the end of an action for its due date."""
        if parted := date_at_end(self.known, self.options["--due"], arguments[1]):
            due, arguments[1] = parted
            self.given += ["--due", due]

    @property
    def _takes_text(self) -> bool:
        return any(_is_text(p) for p in self.arguments)

    def _take_options(self) -> bool:
        """Part the words into options with their values, and others; whether each is known."""
        rest = self.words
        while rest:
            word, rest = rest[0], rest[1:]
            inner = word.replace("=", " ", 1).split()
            if len(self.plain) > 1 and len(inner) > 1 and self._bare(inner[0], inner[1:]):
                word, rest = inner[0], [*inner[1:], *rest]  # "by SE Sub-Group", status="at risk"
            if word in ("-", "--"):
                # A dash of a sentence, as people type it between spaces.
                self.plain += ["-"] * bool(self.plain and rest and self._takes_text)
                continue
            named = word.startswith("-")
            bare = None if named else self._bare(word, rest)
            if not named and bare is None:
                self.plain.append(word)
                continue
            name, equals, joined = (bare or word).partition("=")
            name = LETTERS.get(name, name)
            if name in FLAGS and name not in self.options and "--status" in self.options:
                self.given += ["--status", FLAGS[name]]
                continue
            if self._is_for_the_text(name):
                rest = [joined, *rest] if equals else rest
                continue
            option = self._option(name, ([joined] if equals else []) + rest)
            if option is None:
                return False
            taken = self._take_value(option, ([joined] if equals else []) + rest, name)
            if taken is None:
                return False
            rest = rest[taken - bool(equals) :]
        return True

    def _is_for_the_text(self, name: str) -> bool:
        """Whether a name is one for the text that this command takes without any."""
        others = OPTIONS.get(folded(name), ())
        known = any(other in self.options for other in (name, *others))
        takes = self._takes_text or any(
            p.declared.metavar == "DATE" or _is_name(p) for p in self.arguments
        )
        return "" in others and not known and takes

    def _bare(self, word: str, rest: list[str], most: int = _MOST_BARE) -> str | None:
        """The option whose name a word is that lacks its dashes: before April. Within a text, so
        many of them at most may follow each other."""
        if any(p.choices for p in self.arguments) and not self.plain:
            return None  # report for the Board: which paper comes first
        name = f"--{folded(word).rstrip(':')}"
        known = any(each in self.options for each in (name, *OPTIONS.get(name, ())))
        if not known and not self._takes_text:
            name = nearest(name, [each for each in self.options if len(each) > 5], 0.8) or ""
        option = self.options.get(name) or (self._option(name, rest) if known else None)
        words = _until_option(rest)
        if self.command == "report" and not self._is_of_paper(name):
            name = "--lead"
            option = self.options[name]
        if option is None or not words:
            return None
        if _is_text(option):
            return name if name in _TEXT_WORDS else None
        size = self.known.size(option, words)
        if not size or (self._takes_text and not self._ends_a_text(words[size:], most - 1)):
            return None
        self.sure = self.sure and known
        return name

    def _is_of_paper(self, name: str) -> bool:
        return name not in self._papers or self.plain[0] in self._papers[name]

    @property
    def _papers(self) -> dict[str, tuple[str, ...]]:
        """The papers that have a use for an option, by its name."""
        papers: dict[str, tuple[str, ...]] = import_module(self.run.__module__).OF
        return papers

    def _ends_a_text(self, words: list[str], most: int) -> bool:
        """Whether a text that these words would go on ends before them: at its own end, or where
        another option follows that lacks its dashes."""
        return not words or (most > 0 and self._bare(words[0], words[1:], most) is not None)

    def _option(self, name: str, words: list[str]) -> Parameter | None:
        """The option that is meant by a name: of several, the one that these words are a value
        of."""
        if name in self.options:
            return self.options[name]
        others = [other.partition("=")[0] for other in OPTIONS.get(folded(name), ())]
        known = [self.options[n] for n in (folded(name), *others) if n in self.options]
        if known:
            fit = (option for option in known if self.known.size(option, _until_option(words)))
            return next(fit, known[0])
        self.sure = False
        if folded(name) in _ELSEWHERE:
            return None  # no misspelling: another command has it
        near = nearest(name, list(self.options), cutoff=0.7)
        return self.options[near] if near else None

    def _take_value(self, option: Parameter, words: list[str], name: str) -> int | None:
        """Put an option and its value into the line; how many words that took. None where there
        is no value."""
        typed = option.names[-1]
        if typed == "--lead" and "--group" in self.options:
            typed = self._lead_or_group(_until_option(words))
        if option.kind is bool:
            self.given.append(typed)
            return int(words[:1] == ["run"] and typed == "--dry-run")
        for other in OPTIONS.get(name, ()):
            if "=" in other and other.partition("=")[0] in option.names:
                self.given += [typed, other.partition("=")[2]]
                return 0
        words = _until_option(words)
        if not words:
            return None
        size = self.known.size(option, words) or (len(words) if _is_text(option) else 1)
        if size == 1 and _is_name(option) and not self.known.size(option, words):
            size = len(words)
        for each in self._values(option, words[:size]):
            self.given += [typed, each]
        return size

    def _lead_or_group(self, words: list[str]) -> str:
        """The filter for a name: the group's where it leads nothing itself."""
        name = " ".join(words)
        group = self.known.size(self.options["--group"], words) == len(words)
        return "--group" if group and not self.known.is_lead(name) else "--lead"

    def _values(self, option: Parameter, words: list[str]) -> Iterator[str]:
        text = self.known.text(option, words)
        if _is_id(option):
            alone = not option.repeatable or len(self._ids(text, option)) == 1
            for part in [text] if alone else id_list(text):
                yield self._id(part, option)
        elif option.name == "status" and self.command == "progress":
            status, head = likely_status(text, self.known.head), self.known.head
            yield head.written(status) if head else status
        elif option.choices and value(option, text) not in option.choices:
            self.sure = False
            yield nearest(text, list(option.choices)) or text
        else:
            yield value(option, text)

    def _ids(self, text: str, parameter: Parameter) -> list[str]:
        """The ids that a text may mean where this command takes it."""
        if self.command == "show" and (priority := self.known.priority_of_objective(text)):
            return [priority]
        ids = self.known.ids(text, only_priorities=is_priority(parameter) and not self._decides)
        whole = [id for id in ids if not self.known.is_priority(id)]
        return whole if self.command in _OF_MILESTONES else ids

    def _id(self, text: str, parameter: Parameter) -> str:
        ids = self._ids(text, parameter)
        return ids[0] if len(ids) == 1 else text

    @property
    def _decides(self) -> bool:
        return self.command == "decide"

    def _take_arguments(self) -> list[str] | None:
        """What stands without a name, in the order in which the command takes it. None where words
        are left over, or too few are there."""
        named = self.plain[1:] and folded(self.plain[0]) in ("milestone", "priority", "objective")
        plain, taken = self._id_first(self.plain[bool(named) :]), list[str]()
        if self._decides and plain:
            plain = [plain[0], *self._tail_name(plain[1:])]
        for argument in self.arguments:
            if argument.repeatable and _is_name(argument):
                names, plain = self._names(argument, plain)
                taken += names
                continue
            if argument.repeatable and not _is_id(argument):
                plain = plain[1:] if plain[1:] and plain[0] == "for" else plain
                taken, plain = [*taken, *plain], []
                continue
            if argument.declared.metavar == "DATE":
                plain = self._date_first(plain)
            size, plain = self._argument_size(argument, plain)
            if not size and plain and _is_id(argument) and self._takes_text:
                return None  # an id that is not there is never a part of the text
            if size:
                taken += self._values(argument, plain[:size])
                plain = plain[size:]
            elif argument.default is ...:
                if argument.declared.metavar not in _TO_FILL:
                    return None
                taken.append(_TO_FILL[argument.declared.metavar])
                self.sure = False
        self.taken = taken
        return taken if self._place(plain) else None

    def _names(self, argument: Parameter, plain: list[str]) -> tuple[list[str], list[str]]:
        """The names at the beginning of some words, and the words after them."""
        names = list[str]()
        while size := self.known.size(argument, plain):
            names += self._values(argument, plain[:size])
            plain = plain[size:]
        return names, plain

    def _id_first(self, plain: list[str]) -> list[str]:
        """The words with the id before the text, where it was typed after it; and with those that
        follow it apart, for lines of their own."""
        if not (self.arguments and _is_id(self.arguments[0]) and plain):
            return plain
        if self._takes_text:
            at = next((n for n, word in enumerate(plain) if self.known.is_id(word)), 0)
            before = plain[: at - 1] if at and folded(plain[at - 1]) in _TO else plain[:at]
            plain = [plain[at], *before, *plain[at + 1 :]]
        while len(plain) > 2 and not self.arguments[0].repeatable:
            joined = plain[2:] if folded(plain[1]) in ("and", "&") else plain[1:]
            if (
                not any(map(str.isalpha, joined[0]))
                or not self.known.is_id(joined[0])
                or (not self._takes_text and len(joined) < 2)
            ):
                break
            self.more_ids.append(self._id(joined[0], self.arguments[0]))
            plain = [plain[0], *joined[1:]]
        return plain

    def _date_first(self, plain: list[str]) -> list[str]:
        """The words with the new date before a reason: of two dates, the one after "to"."""
        date = next((p for p in self.arguments if p.declared.metavar == "DATE"), None)
        if date is None or not plain:
            return plain
        to = next((n for n, word in enumerate(plain) if folded(word) == "to"), -1)
        if to > 0 and self.known.size(date, plain[to + 1 :]):
            before = [word for word in plain[:to] if folded(word) != "from"]
            old = self.known.size(date, before)
            return [*plain[to + 1 :], *before[old:]] if old == len(before) else plain
        for at in range(len(plain)):
            if size := self.known.size(date, plain[at:]):
                return [*plain[at : at + size], *plain[:at], *plain[at + size :]]
        return plain

    def _argument_size(self, argument: Parameter, plain: list[str]) -> tuple[int, list[str]]:
        """How many of the words are this argument's; and the words, without those before it that
        say nothing."""
        if _is_text(argument):
            return len(plain), plain
        for skipped in range(len(plain)):
            rest = plain[skipped:]
            if skipped and (self._takes_text or not is_filler(plain[skipped - 1])):
                break
            if size := self.known.size(argument, rest):
                several = argument.default is not ... and self.known.size(argument, rest[size:])
                return (0 if several else size), rest
            if _is_id(argument) and (size := self._words_of_id(rest, argument)):
                return size, rest
        given = bool(plain) and argument.default is ... and not _is_id(argument)
        return int(given), plain

    def _words_of_id(self, words: list[str], argument: Parameter) -> int:
        """How many of the words are of one title or action: all, or, before a text, the first
        where it was in quotation marks."""
        if not (self._takes_text or len(self.arguments) > 1):
            return len(words) if len(self._ids(" ".join(words), argument)) == 1 else 0
        if " " in words[0]:
            return int(len(self._ids(words[0], argument)) == 1)
        if self.known.is_id(words[0]):
            return 1
        sizes = range(min(len(words) - 1, 8), 1, -1)
        return next((n for n in sizes if len(self._ids(" ".join(words[:n]), argument)) == 1), 0)

    def _tail_name(self, plain: list[str]) -> list[str]:
        """The words without the group at their end that must be given and was not: who decided."""
        option = self.options.get("--by")
        if option is None or option.default is not ... or "--by" in self.given:
            return plain
        for at in range(max(1, len(plain) - MOST_WORDS), len(plain) - 1):
            if self.known.size(option, plain[at:]) == len(plain) - at:
                self.given += ["--by", " ".join(plain[at:])]
                return plain[:at]
        return plain

    def _place(self, plain: list[str]) -> bool:
        """Give the words that are left over to the options that they can only be meant for;
        whether they all are."""
        while plain:
            for name in _MEANT_ALONE:
                option = self.options.get(name) if self._has_use_for(name) else None
                if option and (size := self.known.size(option, plain)):
                    for each in self._values(option, plain[:size]):
                        self.given += [name, each]
                    plain = plain[size:]
                    break
            else:
                if not is_filler(plain[0]) or self._takes_text:
                    return self._give_to_a_text(plain)
                plain = plain[1:]
        return True

    def _has_use_for(self, name: str) -> bool:
        """Whether a paper, where one is asked for, has a use for an option."""
        if self.command != "report":
            return (self.command, name) != ("overdue", "--status") or not self.given
        papers = self._papers.get(name, ())
        return name != "--since" and any(word in papers for word in self.taken)

    def _give_to_a_text(self, plain: list[str]) -> bool:
        """Give the words that are left over to the text that must be given and was not: the reason
        of a move."""
        for option in self.parameters:
            if option.default is ... and _is_text(option) and option.names[0] not in self.given:
                self.given += [option.names[0], " ".join(plain)]
                return True
        return False

    def _fill_in(self) -> None:
        """Put a sign in the place of what must be given and was not."""
        for option in self.parameters:
            metavar = option.declared.metavar or ""
            missing = option.default is ... and option.names and option.names[-1] not in self.given
            if missing and metavar in _TO_FILL:
                self.given += [option.names[-1], _TO_FILL[metavar]]
                self.sure = False


def _until_option(words: list[str]) -> list[str]:
    at = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    return words[:at]


def _is_text(parameter: Parameter) -> bool:
    return parameter.declared.metavar in _TEXTS


def _is_id(parameter: Parameter) -> bool:
    return parameter.declared.metavar in ID_METAVARS


def _is_name(parameter: Parameter) -> bool:
    return parameter.declared.metavar in NAME_METAVARS
