"""What is given to be recorded, as it is kept or refused: a note that says nothing, what could
identify a child, evidence that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import Mistyped
from ..naming.no_text import MOST_NOTE, is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OPTIONS = {
    key: f"--{key}" for key in ("by", "agreed", "evidence", "file", "lead", "for", "from", "theme")
}


def clean_note(text: str) -> str:
    """A note as a file has it: with one kind of line end, and no blanks around it.

    Raises Mistyped where there is nothing left, it is too long, or it holds what no file can.
    """
    note = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not note:
        raise Mistyped("the text is empty", "Say it in a sentence or two.")
    if is_placeholder(note):
        raise Mistyped(f"{note} stands for your own words", "Write them in its place.")
    if len(note) > MOST_NOTE:
        raise Mistyped(
            f"the note is {len(note):,} characters long; at most {MOST_NOTE:,} are kept",
            "Put the long text in a document and cite it with --evidence.",
        )
    bad = next((c for c in note if "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff\x00"), None)
    if bad:
        raise Mistyped("the note holds a character that no file can hold", "Take it out.")
    return note


def refuse_unpublishable(new: Mapping[str, Any]) -> None:
    """Refuse what could identify a child, and evidence that leads nowhere, before it is in a file
    and then in git for ever. Raises Mistyped."""
    from ..checks.privacy import hits_in_each

    texts = list(_texts(new))
    for (key, _), hits in zip(texts, hits_in_each(text for _, text in texts), strict=True):
        option = _OPTIONS.get(key, f"the {key}")
        for rule, hit in hits:
            raise Mistyped(
                f"{option}: {hit.message} [{rule.name}]",
                f"{hit.next} Nothing was recorded.\nWhere it identifies nobody, word it "
                "otherwise, or have whoever looks after the plan’s files write it there, with a "
                f"comment that allows it. To see why, and how:  hscp check --explain {rule.name}",
            )
    for text in (text for key, text in texts if key == "evidence"):
        from ..checks.evidence import evidence_link, link_fault

        if wrong := link_fault(text):
            what = f"--evidence: {wrong[0]} [{evidence_link.name}]"
            raise Mistyped(what, f"{wrong[1]}\nNothing was recorded.")


def _texts(new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of what is recorded, after its key; its day is no text."""
    for key, value in new.items():
        if isinstance(value, dict):
            yield from _texts(value)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and key != "date":
                yield key, text
