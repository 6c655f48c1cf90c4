"""Writes a report's data as JSON. Hidden and reordering characters stay escaped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from unicodedata import category

_compact = json.JSONEncoder(ensure_ascii=False).encode


def draw(data: object) -> str:
    """The data as indented JSON, with a line end after it."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if not text.isascii():
        text = "\n".join(map(_escape_hidden, text.split("\n")))
    return text + "\n"


def pieces(data: object, one_line: str) -> Iterator[str]:
    """The text of `draw`, piece by piece; an iterator in the data becomes a list.

    Each item of a list under the key `one_line` stands on a line of its own: a large plan is
    written four times as fast, and what changed of a milestone is one line.
    """
    for piece in _lay_out(data, one_line, "\n"):
        yield piece if piece.isascii() else "\n".join(map(_escape_hidden, piece.split("\n")))
    yield "\n"


def _lay_out(value: object, one_line: str, margin: str, flat: bool = False) -> Iterator[str]:
    """A value as it stands after this margin, piece by piece; `flat` with each item on a line."""
    inner = f"{margin}  "
    between = inner
    if isinstance(value, dict) and value:
        yield "{"
        for key, part in value.items():
            if isinstance(part, dict | list | Iterator):
                yield f"{between}{_compact(key)}: "
                yield from _lay_out(part, one_line, inner, key == one_line)
            else:
                yield f"{between}{_compact(key)}: {_compact(part)}"
            between = f",{inner}"
        yield f"{margin}}}"
    elif flat and isinstance(value, list | Iterator):
        items = f",{inner}".join(map(_compact, value))
        yield f"[{inner}{items}{margin}]" if items else "[]"
    elif isinstance(value, list | Iterator):
        yield "["
        for item in value:
            yield between
            yield from _lay_out(item, one_line, inner)
            between = f",{inner}"
        yield "]" if between == inner else f"{margin}]"
    else:
        yield _compact(value)


def _escape_hidden(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(_escape(c) if ord(c) > 126 else c for c in line)


def _escape(character: str) -> str:
    if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return json.dumps(character)[1:-1]
    return character
