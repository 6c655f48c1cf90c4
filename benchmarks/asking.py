"""Times the asking of 40 leads about 400 milestones, and the collecting of what came back.

.venv/bin/python benchmarks/asking.py [--runs 3]
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from time import perf_counter
from zipfile import ZipFile

from generate import DAY, generate
from run import beside

LEADS, MILESTONES = 40, 400
MOST_SECONDS = 5
MOST_TO_COLLECT = 10
FORMS = {
    "ask --all, Word": ("--force",),
    "ask --all, Excel": ("--force", "--xlsx"),
    "ask --all, e-mail drafts": ("--force", "--mail", "drafts"),
}


def invent(folder: Path) -> None:
    """Write a plan in which so many leads lead so many milestones."""
    generate(folder, MILESTONES, LEADS)
    numbers = count()
    for path in (folder / "plan").glob("p*.yaml"):
        text = path.read_text(encoding="utf-8")
        named = re.sub(r"(?m)^( +)lead: .*", lambda m: f"{m[1]}lead: {_lead(next(numbers))}", text)
        path.write_text(named, encoding="utf-8")


def _lead(number: int) -> str:
    return f"Chair of Sub-Group {number % LEADS + 1}"


def fill_in(folder: Path) -> None:
    """Write an answer into each row of the Word forms in a folder."""
    hint = b'<w:showingPlcHdr/><w:text w:multiLine="1"/></w:sdtPr><w:sdtContent><w:r>'
    for path in folder.glob("*.docx"):
        with ZipFile(path) as file:
            parts = {name: file.read(name) for name in file.namelist()}
        body = parts["word/document.xml"]
        answer = b"<w:text/></w:sdtPr><w:sdtContent><w:r><w:t>Begun in all teams. </w:t></w:r><w:r>"
        parts["word/document.xml"] = body.replace(hint, answer)
        with ZipFile(path, "w") as file:
            for name, data in parts.items():
                file.writestr(name, data)


def time_collecting(hscp: str, home: str) -> None:
    """Collect every form, filled in, and record what they say."""
    inbox = Path(home) / "inbox"
    inbox.mkdir()
    day = DAY.isoformat()
    ask = [hscp, "ask", "--all", "--open", "--force", "--as-at", day]
    subprocess.run(ask, cwd=home, check=True, capture_output=True)
    for path in Path(home).glob("*.docx"):
        path.rename(inbox / path.name)
    fill_in(inbox)
    started = perf_counter()
    line = [hscp, "collect", "inbox", "--yes"]
    done = subprocess.run(line, cwd=home, check=True, capture_output=True, text=True,
                          env={**os.environ, "HSCP_AS_AT": day})  # fmt: skip
    took = perf_counter() - started
    entries = re.search(r"Recorded ([\d,]+) entries", done.stdout)
    over = "  over" if took > MOST_TO_COLLECT else ""
    said = entries[0] if entries else "nothing recorded"
    print(f"{'collect, Word':26}{said:>11}  {took:6.2f} s (≤ {MOST_TO_COLLECT} s){over}")


def main() -> None:
    """Make the plan, time each kind of form, print the figures."""
    parser = argparse.ArgumentParser(description="Time the asking of leads.")
    parser.add_argument("--runs", type=int, default=3, help="rounds of each (default: 3)")
    runs = parser.parse_args().runs
    hscp = beside("hscp")
    if hscp is None:
        sys.exit("There is no hscp beside this Python. Install it there: pip install -e .")
    with tempfile.TemporaryDirectory(prefix="hscp-bench-") as home:
        invent(Path(home))
        for name, words in FORMS.items():
            line = [hscp, "ask", "--all", "--open", *words, "--as-at", DAY.isoformat()]
            took = []
            for _ in range(runs):
                started = perf_counter()
                done = subprocess.run(line, cwd=home, check=True, capture_output=True, text=True)
                took.append(perf_counter() - started)
            forms = done.stdout.count("Wrote ")
            over = "  over" if min(took) > MOST_SECONDS else ""
            print(f"{name:26}{forms:4} forms  {min(took):6.2f} s (≤ {MOST_SECONDS} s){over}")
        time_collecting(hscp, home)


if __name__ == "__main__":
    main()
