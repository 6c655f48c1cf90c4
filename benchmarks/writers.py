"""Many who record at once, in one plan, on a computer that is busy with other things too.

    python benchmarks/writers.py --writers 50 --records 3 --load 4

Each writer records so many times, one after the other. It says how many were turned away, how long
one waited at most, and whether every record is there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

from generate import generate

HSCP = (sys.executable, "-m", "hscp_plan", "progress", "P1.1")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--records", type=int, default=3)
    parser.add_argument("--load", type=int, default=4, help="Processes that do nothing but count.")
    args = parser.parse_args()
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(args.load)]
    try:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), args.writers, args.records)
    finally:
        for process in busy:
            process.kill()
            process.wait()


def _measure(folder: Path, writers: int, records: int) -> None:
    generate(folder, 25, 1)

    def write(writer: int) -> list[tuple[int, float, str]]:
        return [_record(folder, f"Writer {writer}, record {n}.") for n in range(records)]

    begun = time.monotonic()
    with ThreadPoolExecutor(writers) as pool:
        ended = list(chain.from_iterable(pool.map(write, range(writers))))
    took = time.monotonic() - begun
    away = [error for status, _, error in ended if status]
    text = "".join(path.read_text("utf-8") for path in folder.rglob("*.yaml"))
    print(f"{writers * records} records of {writers} writers in {took:.0f} s")
    print(f"{len(away)} turned away; the longest took {max(t for _, t, _ in ended):.1f} s")
    print(f"{text.count('Writer ')} are in the plan")
    if away:
        print(away[0])


def _record(folder: Path, note: str) -> tuple[int, float, str]:
    begun = time.monotonic()
    around = {**os.environ, "HSCP_AS_AT": "2023-03-31", "HSCP_BY": "A lead"}
    ran = subprocess.run(
        [*HSCP, note, "--plan", str(folder)],
        env=around,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, time.monotonic() - begun, ran.stderr


if __name__ == "__main__":
    main()
