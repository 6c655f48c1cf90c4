"""Makes what the docs take from the code: the commands, the rules, the keys, the page to print, the
picture.

    python docs/make.py

A page says where a made part stands, between `<!-- made by docs/make.py: commands -->` and
`<!-- end of commands -->`; the rest of the page is written by hand. `tests/test_docs.py` fails
where what is made differs from what stands there.
"""

from __future__ import annotations

import io
import json
import os
import re
from contextlib import contextmanager, redirect_stdout
from html import escape
from importlib import import_module
from inspect import cleandoc
from itertools import starmap
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from hscp_plan import model
from hscp_plan.dates import PlanDate
from hscp_plan.reading.schemas import schemas
from hscp_plan.words import STATUSES, SYMBOLS, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hscp_plan.cli.options import Parameter
    from hscp_plan.reports.rules import Explained

DOCS = Path(__file__).parent
DEMO = DOCS.parent / "examples" / "demo-plan"
PICTURE = DOCS / "pictures" / "status.svg"
PICTURED = "hscp status --plan examples/demo-plan --as-at 2021-12-15"

SCHEMA_OF = {
    "plan.yaml": "plan.schema.json",
    "a priority": "priority.schema.json",
    "asked.yaml": "asked.schema.json",
}

_PART = re.compile(
    r"(?P<begin><!-- made by docs/make\.py: (?P<name>[\w. ]+) -->\n)"
    r".*?(?P<end><!-- end of (?P=name) -->)",
    re.DOTALL,
)


def main() -> None:
    """Write every page and picture that differs from what is made now."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"Wrote {path.relative_to(DOCS.parent).as_posix()}")


def pages() -> dict[Path, str]:
    """Every page that has made parts, with its text as it should be; and the picture."""
    paths = sorted([*DOCS.rglob("*.md"), *DOCS.glob("*.html")])
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    filled = {path: _PART.sub(_fill, text) for path, text in texts.items() if _PART.search(text)}
    return {**filled, PICTURE: picture()}


def _fill(match: re.Match[str]) -> str:
    name = match["name"]
    text = keys(name.removeprefix("keys of ")) if name.startswith("keys of ") else PARTS[name]()
    return f"{match['begin']}\n{text}\n{match['end']}"


# --- the commands -------------------------------------------------------------------------------


def commands() -> str:
    """The options that commands share, each once; then every command, with its own."""
    from hscp_plan.cli.command_list import HEADINGS

    parts = [f"### Options that commands share\n\n{_items(_shared())}"]
    for heading, group in HEADINGS.items():
        parts.append(f"## {heading}\n")
        parts += [f"### hscp {name}\n\n{_command(name)}" for name in group]
    return "\n".join(parts)


def _shared() -> list[Parameter]:
    """The options that `commands/_options.py` declares, in its order."""
    from hscp_plan.cli.options import Option, Parameter
    from hscp_plan.commands import _options

    declared = [get_args(each) for each in vars(_options).values()]
    return [
        Parameter("", each[0], each[1], None)
        for each in declared
        if each[1:] and isinstance(each[1], Option)
    ]


def _command(name: str) -> str:
    """What a command does, with examples; its own arguments and options, and the shared ones."""
    from hscp_plan.cli.command_list import module_of
    from hscp_plan.cli.options import parameters

    run = import_module(module_of(name)).run
    known = [each.declared for each in _shared()]
    takes = list(parameters(run))
    own = [each for each in takes if each.declared not in known]
    shared = [f"`{each.names[-1]}`" for each in takes if each.declared in known]
    parts = [_help_block(each) for each in cleandoc(run.__doc__).split("\n\n")]
    also = f"Shared: {', '.join(shared)}.\n" if shared else ""
    return "\n".join([*parts, *filter(None, [_items(own), also])])


def _help_block(text: str) -> str:
    """A paragraph of a command's help, or its examples, whose lines stay as they are."""
    examples = text.removeprefix("\b\n")
    return f"{' '.join(text.split())}\n" if examples == text else _block(examples)


def _items(parameters: Iterable[Parameter]) -> str:
    """Arguments and options as a list: how each is typed, and what its help says."""
    return "".join(f"- {_typed(p)}: {p.declared.help}{_otherwise(p)}\n" for p in parameters)


def _otherwise(parameter: Parameter) -> str:
    """What there is without an option, where its help leaves that to the declaration."""
    if not parameter.names or not parameter.default or parameter.choices:
        return ""
    return " Needed." if parameter.default is ... else f" Otherwise {parameter.default}."


def _typed(parameter: Parameter) -> str:
    value = parameter.declared.metavar or "|".join(parameter.choices)
    if not parameter.names:
        return f"`{value}`"
    *short, name = parameter.names
    typed = f"{name} {value}".rstrip()
    return ", ".join(f"`{each}`" for each in (*short, typed))


def output_of(*arguments: str) -> str:
    """What a command prints at 80 columns. Raises RuntimeError where it does not end well."""
    from hscp_plan.cli.command_list import answer_without_plan
    from hscp_plan.cli.dispatch import run

    with _surroundings(COLUMNS="80", TERM="xterm"), redirect_stdout(io.StringIO()) as out:
        status = 0 if answer_without_plan([*arguments]) else run([*arguments])
    if status:
        raise RuntimeError(f"hscp {' '.join(arguments)} ended with status {status}")
    return out.getvalue()


@contextmanager
def _surroundings(**fixed: str) -> Iterator[None]:
    """The environment with these variables and none that would change an answer."""
    before = dict(os.environ)
    for name in ("HSCP_PLAN", "HSCP_AS_AT", "NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        os.environ.pop(name, None)
    os.environ.update(fixed)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _block(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"


# --- the rules ----------------------------------------------------------------------------------


def rules() -> str:
    """Every rule of `hscp check` with what it wants, in a table for each group."""
    from hscp_plan.checks import RULES, allow, privacy
    from hscp_plan.checks.beside import BESIDE_RULES
    from hscp_plan.checks.reading import READING
    from hscp_plan.checks.since import SINCE_RULES
    from hscp_plan.reports.rules import every_rule

    groups: dict[str, Iterable[Any]] = {
        "Rules of each file": READING,
        "Rules of the plan": RULES,
        "Rules against what could identify a child": privacy.PRIVATE,
        "Rules of comments that allow a finding": allow.ALLOWING,
        "Rules of what changed (--since)": SINCE_RULES,
        "Rules of several plans (--plan twice)": BESIDE_RULES,
    }
    known = {rule.name: rule for rule in every_rule()}
    return "\n".join(
        f"## {heading}\n\n{_rules(known[rule.name] for rule in group)}"
        for heading, group in groups.items()
    )


def _rules(rules: Iterable[Explained]) -> str:
    rows = [f"| `{rule.name}` | {rule.severity} | {_cell(rule.says)} |" for rule in rules]
    return "\n".join(["| Rule | Severity | What it wants |", "| --- | --- | --- |", *rows, ""])


# --- the keys -----------------------------------------------------------------------------------


def keys(file: str) -> str:
    """The keys of a file, and of each part within it: what a key takes, and its docstring."""
    schema = json.loads(schemas()[SCHEMA_OF[file]])
    within = [
        f"### {key}\n\n{_keys(part)}" for key, part in dict(_parts(schema, schema["$defs"])).items()
    ]
    return "\n".join([_keys(schema), *within])


def _parts(part: dict[str, Any], known: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parts that stand under a part's keys, and under theirs, each with its key."""
    for key, about in part["properties"].items():
        if name := re.search(r"#/\$defs/(\w+)", json.dumps(about)):
            yield key, known[name[1]]
            yield from _parts(known[name[1]], known)


def _keys(part: dict[str, Any]) -> str:
    types = getattr(model, part["title"]).annotations
    return "".join(
        _key(key, about["description"], types[key], key in part.get("required", ()))
        for key, about in part["properties"].items()
    )


def _key(key: str, meaning: str, annotation: Any, needed: bool) -> str:
    takes = [_takes(annotation, meaning), "needed" if needed else ""]
    within = ", ".join(filter(None, takes))
    return f"- `{key}`{f' ({within})' if within else ''}: {_cell(meaning)}\n"


def _takes(annotation: Any, meaning: str) -> str:
    """What a key of this type takes, in a word or two; nothing where it takes a text, or one of the
    words that its meaning lists."""
    if isinstance(annotation, UnionType) or get_origin(annotation) is Union:
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    if get_origin(annotation) is Literal and annotation is not Status:
        words = get_args(annotation)
        return "" if all(word in meaning for word in words) else " or ".join(words)
    if get_origin(annotation) is tuple or annotation is model.Log:
        return "a list"
    names: list[tuple[Any, str]] = [
        (model.Text, ""),
        (model.Texts, "a text or a list"),
        (model.Id, "an id"),
        (model.Ids, "an id or a list"),
        (model.Key, "a word"),
        (model.Number, "a number"),
        (model.Figure, "a number, or suppressed"),
        (model.Times, "a number"),
        (model.Cited, ""),
        (model.Digest, ""),
        (model.Date, "a date"),
        (PlanDate, "a date, or `ongoing`"),
        (Status, "a status"),
    ]
    return next((words for known, words in names if annotation == known), "keys")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# --- the page to print --------------------------------------------------------------------------


def examples() -> str:
    """The examples of every command's help, as tables under the headings of `hscp --help`. Those
    that set a plan up are left out: they are not typed from day to day."""
    from hscp_plan.cli.command_list import HEADINGS

    return "\n".join(
        "\n".join(
            [f"<h2>{heading}</h2>", "<table>", *starmap(_examples_of, group.items()), "</table>"]
        )
        for heading, group in HEADINGS.items()
        if heading != "Set up"
    )


_EXAMPLES = 2
"""Of each command at most: more than these, for every command, would not fit two sides."""


def _examples_of(name: str, summary: str) -> str:
    """A command and what it does; beside it its first examples, with what the help says of each."""
    from hscp_plan.cli.command_list import module_of

    help_text = cleandoc(import_module(module_of(name)).run.__doc__)
    lines = re.findall(r"^(hscp .*?)(?: {2,}(.*))?$", help_text, re.M)[:_EXAMPLES]
    about = f"<b>{name}:</b> {escape(summary, quote=False)}"
    header = f'<th scope="rowgroup" rowspan="{len(lines)}">{about}</th>\n'
    rows = "</tr>\n<tr>".join(starmap(_example, lines))
    return f'<tbody class="command">\n<tr>{header}{rows}</tr>\n</tbody>'


def _example(line: str, meaning: str) -> str:
    typed = f"<code>{escape(line, quote=False)}</code>"
    if not meaning:
        return f'<td colspan="2">{typed}</td>'
    return f"<td>{typed}</td><td>{escape(meaning, quote=False)}</td>"


def statuses() -> str:
    """The words that are said of a milestone, each with its sign."""
    return ", ".join(f"{status} ({SYMBOLS[status]})" for status in STATUSES) + "."


# --- the picture --------------------------------------------------------------------------------

# GOV.UK's colours, each readable on white. `{lines}` and the rest are rich's to fill in; its own
# frame is left out, as it fetches a font from another server.
_FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {terminal_width} {terminal_height}" \
xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{unique_id}-title">
<title id="{unique_id}-title">What hscp status prints for the demonstration plan; the same text \
stands below the picture</title>
<style>
.{unique_id}-matrix {{
font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
font-size: {char_height}px; line-height: {line_height}px;
}}
{styles}
</style>
<defs>{lines}</defs>
<rect fill="#ffffff" stroke="#b1b4b6" stroke-width="2" width="100%" height="100%"/>
<g transform="translate(12, 10)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
_INK = (11, 12, 12)
_COLOURS = {1: (212, 53, 28), 2: (0, 112, 60), 3: (179, 92, 0), 4: (29, 112, 184)}
"""By their numbers among a terminal's colours: red, green, yellow, blue."""


def picture() -> str:
    """The demonstration plan's status, in colour, with the command that prints it."""
    from rich.console import Console
    from rich.terminal_theme import TerminalTheme
    from rich.text import Text

    _, command, _, _, *rest = PICTURED.split()
    output = output_of(command, "--plan", str(DEMO), *rest, "--color", "always")
    console = Console(
        record=True, width=82, file=io.StringIO(), force_terminal=True, color_system="standard"
    )
    console.print(Text(f"$ {PICTURED}\n", style="bold"), highlight=False)
    console.print(Text.from_ansi(output), highlight=False)
    colours = [_COLOURS.get(n, _INK) for n in range(8)]
    theme = TerminalTheme((255, 255, 255), _INK, colours)
    return console.export_svg(theme=theme, code_format=_FRAME, unique_id="hscp")


PARTS = {"commands": commands, "rules": rules, "examples": examples, "statuses": statuses}

if __name__ == "__main__":
    main()
