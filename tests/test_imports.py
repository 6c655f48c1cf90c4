"""What each command may load, and which way imports point. The tables are the design.

No clock: what is not loaded costs nothing, on any machine.
"""

import ast
import os
import re
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from running import FORKS, REPO, run, surroundings

import hscp_plan
from hscp_plan.cli.command_list import COMMANDS, HEADINGS, module_of

pytestmark = pytest.mark.long

HEAVY = {
    *("typer", "rich", "pydantic", "pydantic_core", "yaml", "ruamel", "dateutil"),
    *("jinja2", "xlsxwriter", "openpyxl", "icalendar"),
}
"""What takes longer to load than a command has."""
MENDING = "hscp_plan.cli.mending"
"""What only a line that was refused loads."""

DEMO = str(REPO / "examples" / "demo-plan")
PROBE = """\
import os, sys
from hscp_plan.__main__ import main
sys.argv = ["hscp", *sys.argv[1:]]
os._exit = sys.exit  # or nobody could ask what was loaded
status = 0
try:
    main()
except SystemExit as left:
    status = left.code or 0
with open(PATH, "w") as told:
    print(status, *sys.modules, file=told)
"""

WARM = {
    ("status",): set(),
    ("status", "P1"): set(),
    ("status", "--priority", "P1", "--lead", "chair", "--status", "at risk"): set(),
    ("status", "--json"): set(),
    ("status", "--format", "csv"): set(),
    ("status", "--format", "markdown"): set(),
    ("due",): set(),
    ("due", "--before", "2022-04"): set(),
    ("due", "--to", "April 2022"): set(),
    ("due", "--within", "90d"): {"dateutil"},
    ("overdue",): set(),
    ("show", "P1.3"): set(),
    ("show", "p1"): set(),
    ("what-if", "P1.2", "2022-06"): set(),
    ("find", "strategy"): set(),
    ("timeline",): set(),
    ("overdue", "--color", "always"): {"rich"},
    ("questions",): set(),
    ("asked",): set(),
    ("decisions",): set(),
    ("decisions", "--since", "2021-10", "--by", "board"): set(),
    ("log",): set(),
    ("export", "csv"): set(),
    ("export", "json"): set(),
    ("export", "xlsx"): {"xlsxwriter"},
    ("export", "ics"): set(),
    ("--help",): set(),
    ("check", "--explain", "lead-missing"): set(),
}
"""What may be loaded where every file is remembered, and the answer goes into a pipe."""

NEXT_TO_NOTHING = [("--help",), ("-h",), ("--version",), ("help",)]


def loaded(tmp_path: Path, *argv: str, expect: int = 0, **changed: str) -> tuple[set[str], str]:
    """The packages that a command has loaded when it ends, and its answer."""
    path = tmp_path / "loaded"
    probe = PROBE.replace("PATH", repr(str(path)))
    environment = surroundings(**{"HSCP_AS_AT": "2021-12-15", "HSCP_PLAN": DEMO, **changed})
    done = run((sys.executable, "-c", probe, *argv), tmp_path, environment)
    status, *modules = path.read_text(encoding="utf-8").split()
    assert int(status) == expect, done.stderr.decode()
    packages = {name.split(".")[0] for name in modules}
    return packages | {MENDING}.intersection(modules), done.stdout.decode()


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A cache that remembers the demonstration plan, and a faultless one."""
    folder = tmp_path_factory.mktemp("warm")
    for plan in (DEMO, str(faultless(folder))):
        modules, _ = loaded(folder, "status", HSCP_PLAN=plan, HSCP_CACHE=str(folder / "cache"))
        assert "pydantic_core" in modules, "it was warm already"
    # What status does not read: who was asked, and the duty.
    for command in ("asked", "due"):
        loaded(folder, command, HSCP_PLAN=DEMO, HSCP_CACHE=str(folder / "cache"))
    return str(folder / "cache")


def faultless(folder: Path) -> Path:
    """A plan of which `check` has nothing to say."""
    plan = folder / "plan"
    plan.mkdir(exist_ok=True)
    (plan / "plan.yaml").write_text(
        "format: 1\nid: t\npartnership: P\ntitle: T\nperiod: {start: 2021-04, end: 2023-03}\n"
        "groups: [{name: A Board, kind: board}]\n",
        encoding="utf-8",
    )
    (plan / "p1.yaml").write_text(
        "id: P1\ntitle: Neglect\nuntil: 2022\noutcome: Better.\nobjectives:\n  - id: P1-A\n"
        "    statements: [To be assured.]\n    complete_by: 2022-04\n    accountable: A Board\n"
        "    lead: A Board\n    milestones:\n      - {id: P1.1, due: 2022-04, action: Do it}\n",
        encoding="utf-8",
    )
    return plan


# What each command loads ------------------------------------------------------------------------


@pytest.mark.parametrize("argv", WARM, ids=" ".join)
def test_a_command_loads_no_more_than_it_may(argv, warm, tmp_path):
    modules, answer = loaded(tmp_path, *argv, HSCP_CACHE=warm)
    assert answer
    assert modules & HEAVY <= WARM[argv]
    assert MENDING not in modules
    if argv[0] in HEADINGS["See where things stand"] and not WARM[argv]:
        # Each of these, with what it loads, takes a tenth of a command and more.
        assert not modules & {"dataclasses", "inspect", "pathlib"}


def test_due_reads_no_yaml_of_a_duty_that_it_has_read_before(tmp_path):
    plan, cache = faultless(tmp_path), str(tmp_path / "cache")
    head = plan / "plan.yaml"
    head.write_text(head.read_text("utf-8") + "duty: care-act-2014\n", encoding="utf-8")
    cold, _ = loaded(tmp_path, "due", HSCP_PLAN=str(plan), HSCP_CACHE=cache)
    assert "yaml" in cold
    modules, _ = loaded(tmp_path, "due", HSCP_PLAN=str(plan), HSCP_CACHE=cache)
    assert not modules & {*HEAVY, "dataclasses", "inspect", "pathlib"}


def test_every_command_that_looks_stands_in_the_table():
    assert set(HEADINGS["See where things stand"]) <= {argv[0] for argv in WARM}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_loads_nothing_heavy_but_typer(name, tmp_path):
    modules, answer = loaded(tmp_path, name, "--help")
    assert answer
    assert modules & HEAVY == {"typer"}


@pytest.mark.parametrize("argv", NEXT_TO_NOTHING, ids=" ".join)
def test_help_and_version_load_next_to_nothing(argv, tmp_path):
    modules, answer = loaded(tmp_path, *argv)
    assert answer
    assert not modules & {*HEAVY, "dataclasses", "inspect", "json", "pathlib", "re", "typing"}


def test_check_of_a_faultless_plan_that_is_remembered_loads_nothing_heavy(warm, tmp_path):
    plan = str(Path(warm).parent / "plan")
    modules, answer = loaded(tmp_path, "check", HSCP_PLAN=plan, HSCP_CACHE=warm)
    assert answer
    assert "warning" not in answer
    assert not modules & {*HEAVY, "dataclasses", "inspect", "pathlib"}


def test_check_of_a_plan_with_warnings_reads_its_files_and_validates_none(warm, tmp_path):
    modules, answer = loaded(tmp_path, "check", HSCP_CACHE=warm, HSCP_PLAN=str(REPO / "plan"))
    assert "warning" in answer
    modules, _ = loaded(tmp_path, "check", HSCP_CACHE=warm, HSCP_PLAN=str(REPO / "plan"))
    assert modules & HEAVY == {"yaml"}


def test_an_empty_cache_needs_exactly_the_parser_and_the_validator(tmp_path):
    modules, answer = loaded(tmp_path, "status", HSCP_CACHE=str(tmp_path / "new"))
    assert answer
    assert modules & HEAVY == {"pydantic_core", "yaml"}


@pytest.mark.parametrize("how", [{"FORCE_COLOR": "1"}, {"argv": "--color=always"}])
def test_only_colour_loads_rich(how, warm, tmp_path):
    changed = {key: value for key, value in how.items() if key != "argv"}
    argv = [how["argv"]] if "argv" in how else []
    modules, answer = loaded(tmp_path, "status", *argv, HSCP_CACHE=warm, **changed)
    assert "\x1b[" in answer
    assert modules & HEAVY == {"rich"}


@pytest.mark.parametrize(
    "typed", ["hscp ", "hscp sta", "hscp show ", "hscp show P1.", "hscp due --"]
)
def test_tab_loads_nothing_heavy_but_typer(typed, warm, tmp_path):
    count = str(len(typed.split()) - (not typed.endswith(" ")))
    modules, answer = loaded(
        tmp_path,
        HSCP_CACHE=warm,
        COMP_WORDS=typed,
        COMP_CWORD=count,
        _HSCP_COMPLETE="complete_bash",
    )
    assert answer
    assert modules & HEAVY == {"typer"}


def test_a_mistyped_command_loads_nothing_heavy(tmp_path):
    modules, _ = loaded(tmp_path, "stauts", expect=2)
    assert MENDING in modules
    assert not modules & HEAVY


# The probe itself -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(HEAVY - {"jinja2"}))
def test_the_probe_would_notice(name, tmp_path):
    """With a line in sitecustomize that loads it, each heavy package is seen."""
    (tmp_path / "sitecustomize.py").write_text(f"import {name}\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), surroundings()["PYTHONPATH"]])
    modules, _ = loaded(tmp_path, "--version", PYTHONPATH=path)
    assert name in modules


def test_the_probe_notices_a_command_that_fails(tmp_path):
    with pytest.raises(AssertionError, match="hscp: "):
        loaded(tmp_path, "show", "P9.9")


# Names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_in_the_help_is_a_module_that_runs(name):
    module = import_module(module_of(name))
    assert callable(module.run)
    assert module.run.__doc__


def test_every_module_of_commands_is_in_the_help():
    folder = Path(hscp_plan.__file__).parent / "commands"
    stems = {path.stem.replace("_", "-") for path in folder.glob("[!_]*.py")}
    assert stems == set(COMMANDS)
    assert sorted(COMMANDS) == sorted(name for group in HEADINGS.values() for name in group)


# Imports ----------------------------------------------------------------------------------------

MODULES = sorted(m.name for m in walk_packages(hscp_plan.__path__, "hscp_plan."))


ALONE = """\
import gc, os, sys
import dateutil.relativedelta, pydantic, rich.console, typer, yaml
gc.freeze()
for name in sys.argv[1:]:
    number = os.fork() if hasattr(os, "fork") else 0
    if not number:
        __import__(name)
        os._exit(0)
    if os.waitpid(number, 0)[1]:
        print(name)
"""


def test_every_module_imports_alone_with_warnings_as_errors(tmp_path):
    """Each in a process of its own, with only others' loaded: an import in a circle is seen."""
    assert len(MODULES) > 20
    for names in [MODULES] if FORKS else [[name] for name in MODULES]:
        argv = (sys.executable, "-W", "error", "-c", ALONE, *names)
        done = run(argv, tmp_path, together=True)
        assert (done.returncode, done.stdout.decode()) == (0, "")


def test_import_contracts_hold(tmp_path):
    """Layers, top to bottom; the pure modules import neither rich nor the store."""
    config = REPO / ".importlinter"
    if not config.exists():
        pytest.skip(".importlinter is not here: this is not a working copy")
    pytest.importorskip("importlinter")
    code = (
        "import sys; from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(config_filename=sys.argv[1], no_cache=True))"
    )
    done = run((sys.executable, "-c", code, str(config)), tmp_path, together=True)
    said = done.stdout.decode()
    assert done.returncode == 0, said
    kept = re.search(r"(\d+) kept, (\d+) broken", said)
    assert kept is not None, said
    assert int(kept[1]) >= 2
    assert int(kept[2]) == 0


def test_only_one_module_loads_rich_and_none_a_guessing_parser_of_dates():
    """Read in the source, so that an import inside a function counts too."""
    importers: dict[str, set[Path]] = {}
    for path in Path(hscp_plan.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for known in {part for name in names for part in (name, name.split(".")[0])}:
                importers.setdefault(known, set()).add(path)
    assert {path.name for path in importers["rich"]} == {"terminal.py"}
    assert "dateutil.parser" not in importers
    assert not {"requests", "pickle", "marshal"} & set(importers)
    # The desk of this computer listens at a port, and connects to none.
    assert {path.name for path in importers["socket"]} == {"host.py"}
    # The desk reads addresses and cookies, and asks nobody.
    assert not {"urllib.request", "http.client"} & set(importers)
    for name in ("urllib", "http"):
        assert all("desk" in path.parts for path in importers[name])
