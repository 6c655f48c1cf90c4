"""Writes a text, or an item that holds texts, as YAML: plain where that is safe, else quoted or as
a block. One text always looks one way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..reading.yamltext import Amiss, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONG = 88
"""A text is folded where its line would pass this column."""

# Other readers of YAML take these for numbers, truth values and the like, and not for texts.
_NO_TEXT = re.compile(
    r"[-+]?[\d_.,:]*\d[\d_.,:]*(e[-+]?\d+)?|0[xob][\da-f_]+|[-+]?\.(inf|nan)|~|"
    r"null|true|false|yes|no|on|off|y|n|=|<<",
    re.IGNORECASE,
)
# These are written as escapes: no file may hold them as they are, or nobody sees them in one.
_HARD = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def pair_lines(key: str, value: str, indent: int) -> list[str]:
    """A key with a text as lines, the first without indent, the others `indent` deeper than the
    key's own column 0. One text always looks one way."""
    plain, quoted = f"{key}: {value}", f"{key}: {_double_quote(value)}"
    # A line a little too long stays one: folded, it would leave a word or two on the next.
    short = indent + len(plain) <= LONG + 12
    # A status stands as the plan's scale has it, which is a number in many plans; so do figures.
    is_text = key in ("status", "value", "target") or not _NO_TEXT.fullmatch(value)
    safe = _reads_back(plain, key, value) and is_text
    if short and safe:
        return [plain]
    if short and "\n" not in value:
        return [quoted]
    block = _block(key, value, indent)
    return block if _reads_back("\n".join(block), key, value) else [quoted]


def quote_as(value: str, style: str) -> str:
    """A short value as a scalar: plain, or in the quotation marks given."""
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    return _double_quote(value) if style == '"' else value


def _double_quote(value: str) -> str:
    return '"' + "".join(map(_escape, value)) + '"'


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def _escape(character: str) -> str:
    """A character as it stands between double quotation marks."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not _HARD.match(character):
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _block(key: str, value: str, indent: int) -> list[str]:
    """A long text folded, or a text of several lines as it stands."""
    if "\n" in value:
        return [f"{key}: |-", *(f"  {line}" if line else "" for line in value.split("\n"))]
    lines = [""]
    for word in value.split(" "):
        if lines[-1] and indent + 2 + len(lines[-1]) + 1 + len(word) > LONG:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return [f"{key}: >-", *(f"  {line}" for line in lines)]


def _reads_back(text: str, key: str, value: str) -> bool:
    """Whether these lines say that the key has this value."""
    if _HARD.search(value):
        return False
    try:
        return bool(values(f"{text}\n") == {key: value})
    except Amiss:
        return False


def item_lines(item: Mapping[str, Any], gap: int) -> list[str]:
    """A list's item as lines, its dash in the first column, its keys `gap` columns further."""
    lines = [line for key, value in item.items() for line in key_lines(key, value, gap + 10)]
    first, *rest = indent_lines(lines, gap)
    return [f"-{first[1:]}", *rest]


def indent_lines(lines: Iterable[str], columns: int) -> list[str]:
    """Lines further to the right; empty ones stay empty."""
    return [f"{' ' * columns}{line}" if line else "" for line in lines]


def key_lines(key: str, value: Any, indent: int) -> list[str]:
    """A key with a text, a list of texts or of mappings, or a mapping of texts as lines. A move
    stands in brackets, and so does a tuple of ids where they fit into a line."""
    if isinstance(value, dict) and key == "moved":
        return [f"{key}: {{{', '.join(f'{k}: {v}' for k, v in value.items())}}}"]
    if isinstance(value, dict):
        pairs = [line for k, v in value.items() for line in pair_lines(k, v, indent + 2)]
        return [f"{key}:", *indent_lines(pairs, 2)]
    if isinstance(value, list) and isinstance(value[0], dict):
        items = [line for item in value for line in item_lines(item, 2)]
        return [f"{key}:", *indent_lines(items, 2)]
    if isinstance(value, tuple):
        ids = ", ".join(pair_lines("x", id, 0)[0].removeprefix("x: ") for id in value)
        if indent + len(key) + len(ids) <= LONG:
            return [f"{key}: [{ids}]"]
    if isinstance(value, list | tuple):
        lines = [f"{key}:"]
        for text in value:
            first, *rest = pair_lines("x", text, indent + 2)
            lines += [f"  - {first.removeprefix('x: ')}", *(f"  {line}" for line in rest)]
        return lines
    return pair_lines(key, value, indent)
