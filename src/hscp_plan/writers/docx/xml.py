"""The pieces of Word's XML: a paragraph, a run, a field, a colour behind a word.

Every text goes through `run`, which escapes it; nothing of a plan is ever an instruction to Word.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ...words import BRAG, address, one_line
from ..tints import TINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...words import Kind


def paragraph(style: str, runs: str, more: str = "") -> str:
    """A paragraph in the style of this id; `more` is what it has beyond that."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def run(text: str, properties: str = "") -> str:
    """A text as one run. What could hide or reorder, and what XML forbids, shows as an escape."""
    run_properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{run_properties}<w:t xml:space="preserve">{escape(one_line(text))}</w:t></w:r>'


def control(label: str, name: str, prompt: str, options: Sequence[str], hint_style: str) -> str:
    """A control to write in, or to choose one of some options in: it keeps its name wherever it is
    moved, and shows its prompt until then."""
    choices = "".join(
        f'<w:listItem w:displayText="{word}" w:value="{word}"/>' for word in map(attribute, options)
    )
    kind = f"<w:dropDownList>{choices}</w:dropDownList>" if options else '<w:text w:multiLine="1"/>'
    hint = run(prompt, f'<w:rStyle w:val="{hint_style}"/>')
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{attribute(label)}"/><w:tag w:val="{attribute(name)}"/>'
        f"<w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent>{hint}</w:sdtContent></w:sdt>"
    )


def attribute(text: str) -> str:
    """A text as it stands in quotation marks."""
    return escape(one_line(text))


def field(name: str) -> str:
    """A number that Word works out: PAGE, NUMPAGES."""
    return f'<w:fldSimple w:instr=" {name} ">{run("1")}</w:fldSimple>'


def colours(kind: Kind) -> str:
    """The colours of a standing's words, where they stand in a sentence."""
    tint = TINTS[BRAG[kind]]
    return f'<w:color w:val="{tint.ink}"/>{shading(tint.fill)}'


def shading(fill: str) -> str:
    """A colour behind a word or in a cell."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def in_list(number: int) -> str:
    """The place of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def live(url: str) -> str:
    """The address, where it is one that a reader may be sent to; else nothing."""
    known = url.lower().startswith(("http://", "https://", "mailto:"))
    return address(url) if known else ""
