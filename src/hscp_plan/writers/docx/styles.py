"""The styles and lists of a Word file: those that it has, by name, and ours where it lacks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import BRAG, KINDS, SYMBOLS
from ..tints import TINTS
from .file import read_blank
from .tree import VAL, W, find, fragment, insert_before, parse, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from ...layout import Style
    from .file import File

_INDENT = '<w:ind w:left="397" w:hanging="397"/>'
_ID, _NUMBER, _KIND = f"{W}styleId", f"{W}numId", f"{W}abstractNumId"


class Lists:
    """The lists of a file: plain bullets, one for each standing's symbol, and as many that count
    as a paper has."""

    def __init__(self, numbering: Element) -> None:
        self._numbering = numbering
        # styles.xml knows the first two by their numbers.
        self.plain = self._list(self._kind("bullet", "•"))
        self._counting = self._kind("decimal", "%1.")
        self.counted = self._list(self._counting)
        self.bullets: dict[str, int] = {"": self.plain}
        for kind in KINDS:
            ink = TINTS[BRAG[kind]].ink
            look = f'<w:rPr><w:b/><w:color w:val="{ink}"/></w:rPr>'
            self.bullets[kind] = self._list(self._kind("bullet", SYMBOLS[kind], look))

    def numbers(self) -> int:
        """A new list that counts from 1."""
        again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        return self._list(self._counting, again)

    def count_as(self, number: str) -> None:
        """Count as this list of the file does."""
        lists = self._numbering.findall(f"{W}num")
        kinds = (find(found, "w:abstractNumId") for found in lists if found.get(_NUMBER) == number)
        if kind := value(next(kinds, None)):
            self._counting = int(kind)

    def _kind(self, form: str, text: str, look: str = "") -> int:
        id = self._next("abstractNum", _KIND)
        self._add(
            f'<w:abstractNum w:abstractNumId="{id}">'
            '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f"<w:pPr>{_INDENT}</w:pPr>{look}</w:lvl></w:abstractNum>",
            ("num", "numIdMacAtCleanup"),
        )
        return id

    def _list(self, kind: int, more: str = "") -> int:
        id = max(self._next("num", _NUMBER), 1)
        self._add(
            f'<w:num w:numId="{id}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>',
            ("numIdMacAtCleanup",),
        )
        return id

    def _next(self, name: str, id: str) -> int:
        ids = (int(found.get(id, "-1")) for found in self._numbering.findall(f"{W}{name}"))
        return max(ids, default=-1) + 1

    def _add(self, xml: str, before: tuple[str, ...]) -> None:
        insert_before(self._numbering, fragment(xml)[0], *before)


def lists_in(file: File) -> Lists:
    """The file's lists; a file that has none is given its part for them."""
    return Lists(file.part("numbering").root)


def style_ids(file: File, lists: Lists) -> dict[str, str]:
    """The id of each style by its name in small letters, ours added where there was none."""
    root = file.part("styles").root
    ids = {_name(style): style.get(_ID, "") for style in _styles(root)}
    ours = {style.get(_ID, ""): style for style in _styles(parse(read_blank("styles.xml")).root)}
    taken, missing = set(ids.values()), [s for s in ours.items() if _name(s[1]) not in ids]
    for id, style in missing:
        ids[_name(style)] = f"Hscp{id}" if id in taken else id
    names = {id: ids[_name(style)] for id, style in ours.items()}
    for id, style in missing:
        root.append(_rename(id, style, names, lists))
    for language in _languages(root):
        language.set(VAL, "en-GB")
    _use_own_lists(root, ids, lists)
    return ids


def _styles(root: Element) -> list[Element]:
    return root.findall(f"{W}style")


def _name(style: Element) -> str:
    return value(find(style, "w:name")).lower()


def _languages(root: Element) -> Iterator[Element]:
    """Where it says the language that its texts are in."""
    for element in root:
        if element.tag == f"{W}docDefaults" or element.get(f"{W}default") == "1":
            yield from element.iter(f"{W}lang")


def _rename(id: str, style: Element, names: Mapping[str, str], lists: Lists) -> Element:
    """One of our styles, referring to others and to lists as this file calls them."""
    style.set(_ID, names[id])
    for other in (find(style, "w:basedOn"), find(style, "w:next")):
        if other is not None:
            other.set(VAL, names[value(other)])
    for listed in style.iter(f"{W}numId"):
        listed.set(VAL, str({"1": lists.plain, "2": lists.counted}[value(listed)]))
    return style


def _use_own_lists(root: Element, ids: Mapping[str, str], lists: Lists) -> None:
    """Leave bullets and numbers to the file's own styles for them, where these have any."""
    own = {style.get(_ID): value(find(style, "w:pPr/w:numPr/w:numId")) for style in _styles(root)}
    if own[ids["list bullet"]]:
        del lists.bullets[""]
    if number := own[ids["list number"]]:
        lists.count_as(number)


# --- letters ------------------------------------------------------------------------------------


def font(file: File) -> str | None:
    """What its plain text is set in; None where only its theme says."""
    root = file.part("styles").root
    plain = (s for s in _styles(root) if s.get(f"{W}default") == "1" and _of_paragraphs(s))
    places = [find(root, "w:docDefaults/w:rPrDefault/w:rPr"), *(find(s, "w:rPr") for s in plain)]
    fonts = [find(place, "w:rFonts") for place in places if place is not None]
    ascii, of_theme = f"{W}ascii", f"{W}asciiTheme"
    said = [f for f in fonts if f is not None and (f.get(ascii) or f.get(of_theme))]
    # A theme's font goes before a name beside it, and a style's before what all begin with.
    return said[-1].get(ascii) if said and not said[-1].get(of_theme) else None


def _of_paragraphs(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph"


def set_sizes(file: File, sizes: Mapping[str, Style]) -> None:
    """Set the styles of our own blank file in these sizes, and give them this room."""
    by_name = {_name(style): style for style in _styles(file.part("styles").root)}
    for name, size in sizes.items():
        style = by_name[name.lower()]
        letters = _made(_made(style, "rPr"), "sz", *_AFTER_SIZE)
        letters.set(VAL, str(round(size.points * 2)))
        room = _made(_made(style, "pPr", "rPr"), "spacing", *_AFTER_SPACING)
        for key, twips in (("before", size.before * 20), ("after", size.after * 20)):
            room.set(f"{W}{key}", str(round(twips)))
        room.set(f"{W}line", str(round(size.line * 240)))
        room.set(f"{W}lineRule", "auto")


_AFTER_SIZE = ("szCs", "highlight", "u", "shd", "vertAlign", "lang")
_AFTER_SPACING = ("ind", "contextualSpacing", "jc", "outlineLvl")
"""What stands after size and spacing in the styles of our own file."""


def _made(parent: Element, name: str, *before: str) -> Element:
    """What stands under an element by this name; made where nothing does."""
    found = find(parent, f"w:{name}")
    if found is None:
        found = fragment(f"<w:{name}/>")[0]
        insert_before(parent, found, *before)
    return found
