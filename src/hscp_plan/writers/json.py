"""Writes a report's data as JSON. Hidden and reordering characters stay escaped."""

from __future__ import annotations

import json
from unicodedata import category


def draw(data: object) -> str:
    """The data as indented JSON, with a line end after it."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if not text.isascii():
        text = "".join(_escaped(c) if ord(c) > 126 else c for c in text)
    return text + "\n"


def _escaped(character: str) -> str:
    if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return json.dumps(character)[1:-1]
    return character
