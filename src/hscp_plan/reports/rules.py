"""The rules of `hscp check`, explained; and faults as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..checks import RULES, TEXT_RULES
from ..checks.allow import ALLOW_COMMENT, ALLOWABLE
from ..checks.beside import BESIDE_RULES
from ..checks.reading import READING
from ..checks.since import SINCE_RULES
from ..errors import Mistyped, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..errors import Fault

_ALLOW = "To allow one that identifies nobody, write in the file, on the line above its key:"


class Explained(NamedTuple):
    """A rule's name, severity, and its documentation, examples included."""

    name: str
    severity: str
    doc: str

    @property
    def says(self) -> str:
        """What the rule wants, in a sentence."""
        paragraph = " ".join(self.doc.partition("\n\n")[0].split())
        return paragraph.partition(". ")[0].rstrip(".") + "."


def every_rule() -> list[Explained]:
    """Every rule: of the format first, then of the plan, of its texts, of what changed, and of
    several plans."""
    format_rules = [
        Explained(name, severity, f"{doc}\n\nFails:\n{_in(fails)}\nPasses:\n{_in(passes)}")
        for name, severity, doc, fails, passes in READING
    ]
    of_plan = [Explained(r.name, r.severity, r.doc) for r in RULES]
    of_text = [Explained(r.name, r.severity, r.doc) for r in TEXT_RULES]
    since = [Explained(r.name, r.severity, r.doc) for r in SINCE_RULES]
    beside = [Explained(r.name, r.severity, r.doc) for r in BESIDE_RULES]
    return [*format_rules, *of_plan, *of_text, *since, *beside]


def explain(name: str) -> str:
    """A rule's documentation as text. Raises Mistyped where there is no such rule."""
    rules = {rule.name: rule for rule in every_rule()}
    if name not in rules:
        near = nearest(name, list(rules))
        hint = f"Did you mean: {near}" if near else f"The rules are: {', '.join(rules)}."
        raise Mistyped(f"there is no rule {quoted(name)}", hint)
    rule = rules[name]
    how = f"\n{_ALLOW}\n    {ALLOW_COMMENT.format(name)}\n" if name in ALLOWABLE else ""
    return f"{rule.name} ({rule.severity})\n\n{_unwrap(rule.doc)}\n{how}"


def _unwrap(doc: str) -> str:
    """The text with each paragraph on one line, to be wrapped anew; examples as they are."""
    blocks = doc.split("\n\n")
    return "\n\n".join(
        block if block.startswith("Fails:") else " ".join(block.split("\n")) for block in blocks
    )


def faults_data(
    faults: Sequence[Fault], files: int, not_compared: Sequence[str]
) -> dict[str, object]:
    """Faults as JSON: counts, each with its place, rule and remedy, and the files that could not be
    compared with what they were."""
    errors = sum(fault.severity == "error" for fault in faults)
    return {
        "format": 1,
        "files": files,
        "errors": errors,
        "warnings": len(faults) - errors,
        "faults": [
            {
                "rule": fault.rule,
                "severity": fault.severity,
                "file": fault.place.file,
                "line": fault.place.line or None,
                "column": fault.place.column or None,
                "message": fault.message,
                "next": fault.next,
            }
            for fault in faults
        ],
        "not_compared": list(not_compared),
    }


def _in(example: str) -> str:
    return "\n".join(f"    {line}" for line in example.split("\n"))
