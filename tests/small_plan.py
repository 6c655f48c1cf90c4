"""A good plan of two small files, to be spoilt; and what no command may ever print."""

import re
from pathlib import Path

from running import HEAD, hscp

P1 = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    statements: [To be assured.]
    milestones:
      - id: P1.1
        due: 2021-09
        action: Launch the panel
"""
P2 = P1.replace("P1", "P2").replace("Neglect", "Abuse")

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def small_plan(folder: Path) -> Path:
    """The same folder, whose ./plan is good: plan.yaml, p1.yaml and p2.yaml."""
    (folder / "plan").mkdir()
    for name, text in (("plan", HEAD), ("p1", P1), ("p2", P2)):
        write(folder / "plan" / f"{name}.yaml", text)
    return folder


def write(path: Path, data: bytes | str) -> None:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def answer(folder: Path, *argv: str) -> tuple[int, str]:
    """A command's exit status and all it prints; what must never happen is looked for here."""
    done = hscp(*argv, folder=folder, HSCP_AS_AT="2021-12-15")
    text = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode in (0, 1, 2), text
    assert "Traceback" not in text
    assert "went wrong inside hscp" not in text
    assert not CONTROL.search(text), repr(text)
    assert len(text) < 40_000
    return done.returncode, text
