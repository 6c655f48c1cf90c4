"""The seconds of the processor and the memory that `hscp import` takes for the largest files that
it reads, or refuses.  python benchmarks/imports.py"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.append(str(Path(__file__).parents[1] / "tests"))
HEAD = ("Ref", "Action", "Lead", "By when", "RAG", "Progress", "Notes", "Success", "Cost", "Ward")


def row(number: int) -> tuple[str, ...]:
    """A row of a plan."""
    action = f"Action number {number} is to be done by the team"
    note = f"Note {number}: done"
    return (str(number), action, f"Lead {number % 20}", "March 2026", "Green", note, "x", "Success",
            "£100", "North")  # fmt: skip


def files(folder: Path) -> Iterator[Path]:
    """Each file, made as it is wanted."""
    rows = [HEAD, *map(row, range(9_900))]
    yield text(folder / "29900-rows.csv", "\n".join(map(",".join, rows)))
    wide = [",".join(["Action", *map(str, range(9_999))]), ",".join(["Do"] + ["x"] * 9_999)]
    yield text(folder / "10000-columns.csv", "\n".join(wide))
    lines = [f"|{'|'.join(cells)}|" for cells in rows[:9_900]]
    yield text(folder / "9900-rows.md", "\n".join([lines[0], "|---" * 10 + "|", *lines[1:]]))
    cells = ("".join(f"<td>{cell}" for cell in cells) for cells in rows[:4_900])
    yield text(folder / "4900-rows.html", f"<html><table>{''.join(f'<tr>{c}' for c in cells)}")
    yield sheet(folder / "9900-rows.xlsx", rows[:9_900])
    yield sheet(folder / "million-rows.xlsx", ((str(n),) for n in range(1_000_000)))
    yield word(folder / "1500-rows.docx", rows[:1_500])
    yield portable(folder / "300-pages.pdf")


def text(path: Path, said: str) -> Path:
    """A file of text."""
    path.write_text(said, encoding="utf-8")
    return path


def sheet(path: Path, rows: object) -> Path:
    """A workbook of these rows."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("Plan")
    for number, cells in enumerate(rows):  # type: ignore[arg-type, var-annotated]
        page.write_row(number, 0, cells)
    book.close()
    return path


def word(path: Path, rows: list[tuple[str, ...]]) -> Path:
    """A Word document of these rows."""
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(HEAD))
    for cell, said in zip(table._cells, (said for cells in rows for said in cells), strict=True):
        cell.text = said
    document.save(str(path))
    return path


def portable(path: Path) -> Path:
    """A PDF of 300 pages, 24 rows each."""
    from pdfs import pdf, table  # type: ignore[import-not-found]

    xs = (20, 60, 260, 330, 420, 480, 580)
    pages = (
        table(xs, 30, [HEAD[:6], *(row(page * 24 + n)[:6] for n in range(24))])
        for page in range(300)
    )
    path.write_bytes(pdf(*pages))
    return path


def main() -> None:
    """Make each file, read it, and say what that took."""
    with tempfile.TemporaryDirectory() as folder:
        for path in files(Path(folder)):
            argv = [sys.executable, "-m", "hscp_plan", "import", str(path), "--dry-run"]
            done = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            assert done.stdout
            said = " ".join(done.stdout.read().decode().split())
            _, _, used = os.wait4(done.pid, 0)
            megabytes, size = used.ru_maxrss / 1_000, path.stat().st_size / 1_000_000
            took = f"{used.ru_utime + used.ru_stime:5.1f} s  {megabytes:4.0f} MB"
            print(f"{path.name:20} {size:5.1f} MB  {took}  {said[:60]}", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
