"""Every page of tests/cases that needs no git says and writes in the engine of the built desk what
it does in the shell, to the last byte."""

import gzip
import json
import re
import shutil
import subprocess
import warnings
from difflib import unified_diff
from pathlib import Path

import pages
import pytest
from built_desk import NotBuilt, build_folder, built
from running import HSCP, run

from hscp_plan.desk.build import PACKAGES, WASM

pytestmark = pytest.mark.long

HERE = Path(__file__).parent
PAGES = sorted((HERE / "cases").glob("*.md"))


class Engine:
    """The engine, which is node's here and the browser's there."""

    def __init__(self, desk, folder):
        engine = shutil.copytree(build_folder(desk), folder / "engine")
        packed = engine / f"{WASM}.gz"
        packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
        words = ("engine.mjs", engine, engine / PACKAGES, "engine_run.py")
        self._process = subprocess.Popen(
            ["node", *map(str, words)], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def run(self, argv, folder, environment, together=False, from_nothing=False):
        """As `running.run`."""
        if tuple(argv[: len(HSCP)]) != HSCP:
            return run(argv, folder, environment, together, from_nothing)
        shown = ("HSCP_", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM")
        kept = {key: value for key, value in environment.items() if key.startswith(shown)}
        kept["HSCP_CACHE"] = "/cache"
        asked = {"words": argv[len(HSCP) :], "folder": str(folder), "environment": kept}
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess(argv, answer["status"], answer["output"].encode(), b"")

    def end(self):
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("engine")
    try:
        desk = built(folder / "desk")
    except NotBuilt as why:
        warnings.warn(f"the built desk was not tried: {why}", stacklevel=1)
        pytest.skip("the desk cannot be built here")
    engine = Engine(desk, folder)
    yield engine
    engine.end()


LEFT_OUT = {
    r"(?m)^\$ (\w+=\S+ )*(git|python) ": "another program, which a browser cannot run",
    r"no\s+git\s+repository": "why nothing tells what was saved: a browser has no git at all",
    r"EDITOR=": "an editor, which is another program",
    r"_HSCP_COMPLETE=": "Tab, which only a shell has",
}
"""What sections hold that are not run in the engine, and why."""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_the_same_in_the_engine(path, engine, monkeypatch):
    monkeypatch.setattr(pages, "run", engine.run)
    wrong = []
    for section in pages.sections(path.read_text(encoding="utf-8")):
        text = "".join(console.text for console in section.consoles)
        if any(re.search(held, text) for held in LEFT_OUT):
            continue
        for console, now in section.play(reference=False, from_nothing=False):
            lines = unified_diff(console.text.splitlines(), now.splitlines(), lineterm="", n=1)
            wrong += [f"{section.title}: {line}" for line in lines]
    assert not wrong, "\n".join(wrong)
