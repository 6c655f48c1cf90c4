"""How a text, and an item that holds texts, is written as YAML: plain where that is safe, else
quoted or as a block. One text always looks one way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..reading.yamltext import Amiss, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONG = 88
"""A text is folded where its line would pass this column."""

# What another reader of YAML would not take for a text.
_NO_TEXT = re.compile(
    r"[-+]?[\d_.,:]*\d[\d_.,:]*(e[-+]?\d+)?|0[xob][\da-f_]+|[-+]?\.(inf|nan)|~|"
    r"null|true|false|yes|no|on|off|y|n|=|<<",
    re.IGNORECASE,
)
_HARD = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def written(key: str, value: str, indent: int) -> list[str]:
    """A key with a text as lines, the first without indent, the others `indent` deeper than the
    key's own column 0. One text always looks one way."""
    plain = f"{key}: {value}"
    if _reads(plain, key, value) and not _NO_TEXT.fullmatch(value):
        if indent + len(plain) <= LONG + 12:
            return [plain]
    elif indent + len(plain) <= LONG + 12 and "\n" not in value:
        return [f"{key}: {_double(value)}"]
    block = _block(key, value, indent)
    return block if _reads("\n".join(block), key, value) else [f"{key}: {_double(value)}"]


def in_style(value: str, style: str) -> str:
    """A short value as a scalar: plain, or in the quotation marks given."""
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    return _double(value) if style == '"' else value


def _double(value: str) -> str:
    return '"' + "".join(_escaped(c) for c in value) + '"'


def _escaped(character: str) -> str:
    known = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    if character in known:
        return known[character]
    if not _HARD.match(character):
        return character
    code = ord(character)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


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


def _reads(text: str, key: str, value: str) -> bool:
    if _HARD.search(value):
        return False
    try:
        return bool(values(f"{text}\n") == {key: value})
    except Amiss:
        return False


def item_of(item: Mapping[str, Any], gap: int) -> list[str]:
    """A list's item as lines, its dash in the first column, its keys `gap` columns further."""
    lines = [line for key, value in item.items() for line in _pair(key, value, gap + 10)]
    first, *rest = indented(lines, gap)
    return [f"-{first[1:]}", *rest]


def indented(lines: Iterable[str], columns: int) -> list[str]:
    """Lines further to the right; empty ones stay empty."""
    return [f"{' ' * columns}{line}" if line else "" for line in lines]


def _pair(key: str, value: Any, indent: int) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}: {{{', '.join(f'{k}: {v}' for k, v in value.items())}}}"]
    if isinstance(value, list):
        lines = [f"{key}:"]
        for each in value:
            first, *rest = written("x", each, indent + 2)
            lines += [f"  - {first.removeprefix('x: ')}", *(f"  {line}" for line in rest)]
        return lines
    return written(key, value, indent)
