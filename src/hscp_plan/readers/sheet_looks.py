"""How a workbook shows a value: numbers and dates by their format, colours by its theme."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from .xml import find, inner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
"""A theme's colours in the order that a workbook counts them in."""
_AUTOMATIC = 1
"""The theme's colour of letters that nobody has coloured."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]")
_DIGITS = re.compile(r"[#0?,]*[#0?](?:\.([0#?]+))?(%?)")


def number(value: float, format: str) -> str:
    """A number as its format shows it: decimal places, thousands, per cent, a currency, zeros in
    front. Anything else as it is."""
    section = _BRACKETS.sub(lambda m: m[1] or "", format.split(";")[0])
    plain = re.sub(r'"([^"]*)"|\\(.)', lambda m: m[1] or m[2] or "", section)
    match = _DIGITS.search(plain)
    if match is None or "E+" in plain or "/" in plain:
        return _general(value)
    before, after = plain[: match.start()], plain[match.end() :]
    digits = match[0]
    shown = value * 100 if match[2] else value
    places = len(match[1] or "")
    text = f"{abs(shown):{',' if ',' in digits else ''}.{places}f}"
    whole, point, part = text.partition(".")
    text = whole.rjust(digits.split(".")[0].count("0"), "0") + point + part
    sign = "-" if shown < 0 and text.strip("0.,") else ""
    return f"{sign}{_symbol(before)}{text}{match[2]}{_symbol(after)}".strip()


def _symbol(text: str) -> str:
    """What stands before or after a number, without what only sets out its column."""
    return re.sub(r"[_*].", "", text).strip("@")


def _general(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.15g}"


def day(value: date | datetime | time | timedelta, format: str) -> str:
    """A date as 2022-04-30, or as 2022-04 or 2022 where its format shows no more; a time of the day
    as 10:30."""
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    shown = _LITERAL.sub("", _BRACKETS.sub("", format.split(";")[0])).casefold()
    iso = f"{value:%Y-%m-%d}" if value.year >= 1000 else value.isoformat()[:10]
    if "d" in shown or not ("y" in shown or "m" in shown):
        return iso
    return iso[:7] if "m" in shown else iso[:4]


# --- colours --------------------------------------------------------------------------------------


def theme_colours(theme: Element | None) -> list[str]:
    """A theme's colours, as six hexadecimal digits each."""
    found: dict[str, str] = {}
    for entry in inner(find(theme, "a:themeElements", "a:clrScheme")):
        for said in entry:
            found[entry.tag.partition(":")[2]] = said.get("lastClr", "") or said.get("val", "")
    return [found.get(name, "") for name in _THEME]


def colour(said: Any, theme: Sequence[str], letters: bool = False) -> str:
    """Six capital hexadecimal digits for a colour of openpyxl's; empty for none, and for an
    automatic one."""
    if said is None:
        return ""
    if said.type == "rgb":
        return _hexadecimal(str(said.rgb)[-6:])
    if said.type == "indexed":
        from openpyxl.styles.colors import COLOR_INDEX

        return _hexadecimal(COLOR_INDEX[said.indexed][-6:]) if 0 <= said.indexed < 64 else ""
    if said.type != "theme" or not 0 <= said.theme < len(theme):
        return ""
    if letters and said.theme == _AUTOMATIC and not said.tint:
        return ""
    return _tinted(_hexadecimal(theme[said.theme]), said.tint)


def _hexadecimal(text: str) -> str:
    return text.upper() if re.fullmatch("[0-9A-Fa-f]{6}", text) else ""


def _tinted(colour: str, tint: float) -> str:
    """A colour made darker or lighter, as Excel does it."""
    if not colour or not tint:
        return colour
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, saturation = rgb_to_hls(red, green, blue)
    tint = min(max(tint, -1.0), 1.0)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, light, saturation))
