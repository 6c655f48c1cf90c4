"""A key of the format, or a form of date, is added in one place: all else follows from that."""

import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from running import HEAD, REPO, run, surroundings

import hscp_plan
from hscp_plan.reading import cache

pytestmark = pytest.mark.long

PACKAGE = Path(hscp_plan.__file__).parent
ADDED = {
    "Milestone": ("budget", "What may be spent on it, in words."),
    "Objective": ("origin", "Where it comes from, in words."),
}
BEFORE = {
    "Milestone": '    lead: Texts = ()\n    """Who leads it, where',
    "Objective": '    lead: Texts = ()\n    """Who leads it."""',
}
THIRD = """\
    "third": _Form(
        r"T([1-3]) (\\d{4})/(\\d\\d)",
        lambda text, third, year, following: _whole_months(
            "third", text,
            *month_later(_first_year(text, year, following), 4, 4 * int(third) - 4), 4
        ),
        _show_months,
        4,
        lambda d: f"T{(d.month - 4) % 12 // 4 + 1} {financial_text(d.year - (d.month < 4))}",
    ),
"""
P1 = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    statements: [To be assured.]
    origin: The review of 2020
    milestones:
      - id: P1.1
        due: 2021-09
        action: Launch the panel
        budget: One day a week
"""


class Copy(NamedTuple):
    """A copy of the package with two more keys, and a plan that has them."""

    home: Path

    @property
    def plan(self) -> Path:
        return self.home / "plan"

    def python(self, *words: str) -> str:
        """What Python says that runs these words with the copy."""
        environment = surroundings(
            PYTHONPATH=str(self.home), HSCP_CACHE=str(self.home / "cache"), HSCP_AS_AT="2021-12-15"
        )
        done = run((sys.executable, *words), self.home, environment)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def hscp(self, *words: str) -> str:
        return self.python("-m", "hscp_plan", *words)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    home = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, home / "hscp_plan", ignore=shutil.ignore_patterns("__pycache__"))
    model = home / "hscp_plan" / "model.py"
    text = model.read_text(encoding="utf-8")
    for kind, (key, doc) in ADDED.items():
        assert text.count(BEFORE[kind]) == 1
        text = text.replace(
            BEFORE[kind], f'    {key}: Text | None = None\n    """{doc}"""\n{BEFORE[kind]}'
        )
    model.write_text(text, encoding="utf-8")
    dates = home / "hscp_plan" / "dates.py"
    text = dates.read_text(encoding="utf-8")
    row = '    "ongoing": _Form('
    assert text.count(row) == 1
    dates.write_text(text.replace(row, THIRD + row), encoding="utf-8")
    (home / "plan").mkdir()
    (home / "plan" / "plan.yaml").write_text(HEAD, encoding="utf-8")
    (home / "plan" / "p1.yaml").write_text(P1, encoding="utf-8")
    return Copy(home)


def test_the_schema_has_the_key_with_its_docstring(copy):
    copy.hscp("schema")
    schema = json.loads((copy.plan / "schema" / "priority.schema.json").read_text(encoding="utf-8"))
    for kind, (key, doc) in ADDED.items():
        assert schema["$defs"][kind]["properties"][key]["description"] == doc


def test_the_docs_have_the_key_with_its_docstring(copy):
    shutil.copytree(REPO / "docs", copy.home / "docs", dirs_exist_ok=True)
    script = "import sys; sys.path.insert(0, 'docs'); import make; print(make.keys('a priority'))"
    lists = copy.python("-c", script)
    for kind, (key, doc) in ADDED.items():
        own = lists.split(f"### {kind.lower()}s\n")[1].split("\n### ")[0]
        assert f"- `{key}`: {doc}" in own


def test_the_key_is_read_and_remembered_and_exported(copy):
    first, again = copy.hscp("export", "json", "-o", "-"), copy.hscp("export", "json", "-o", "-")
    assert first == again
    (priority,) = json.loads(again)["priorities"]
    (objective,) = priority["objectives"]
    assert objective["origin"] == "The review of 2020"
    assert [m["budget"] for m in objective["milestones"]] == ["One day a week"]
    assert {r.suffix for r in (copy.home / "cache").iterdir()} == {".hscp"}
    probe = (
        "from hscp_plan.store import open_plan; import sys;"
        "p = open_plan('plan').plan.priorities[0]; o = p.objectives[0];"
        "print(o.origin, o.milestones[0].budget, 'pydantic_core' in sys.modules, sep='|')"
    )
    assert copy.python("-c", probe) == "The review of 2020|One day a week|False\n"


def test_what_is_recorded_in_the_file_leaves_the_key_as_it_stands(copy):
    copy.hscp("progress", "P1.1", "The panel met.", "--by", "A lead", "--date", "2021-12-14")
    text = (copy.plan / "p1.yaml").read_text(encoding="utf-8")
    assert text.startswith(P1)
    assert "The panel met." in text
    assert "budget" in copy.hscp("export", "json", "-o", "-")


def test_a_form_of_date_is_one_row_and_is_read_shown_counted_on_and_remembered(copy):
    copy.hscp("add", "P1", "Train the panel", "--due", "t3 2021/22")
    copy.hscp("reschedule", "P1.2", "+4m", "--reason", "Too soon", "--by", "A lead")
    for _ in ("read", "remembered"):
        (due,) = (
            m["due"]
            for m in json.loads(copy.hscp("due", "--json"))["milestones"]
            if m["id"] == "P1.2"
        )
        assert due == {
            "written": "T1 2022/23",
            "shown": "April to July 2022",
            "first": "2022-04-01",
            "last": "2022-07-31",
        }


def test_the_cache_names_every_module_that_decides_what_a_file_means():
    script = (
        "import sys;"
        "from hscp_plan.duty import Duty;"
        "from hscp_plan.model import Priority;"
        "from hscp_plan.reading import cache, cache_record, validators, yamltext;"
        "text = yamltext.decode(sys.argv[1].encode(), '');"
        "priority = validators.validator(Priority)(yamltext.values(text));"
        "record = cache_record.encode(priority);"
        "cache_record.decode(Priority, record, None).objectives[0].milestones[0].action;"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('hscp_plan')))"
    )
    plan = P1.replace("    origin: The review of 2020\n", "").replace("budget", "lead")
    done = run((sys.executable, "-c", script, plan), REPO, surroundings())
    files = [Path(file).relative_to(PACKAGE) for file in done.stdout.decode().split()]
    assert files, done.stderr.decode()
    assert sorted(cache.DECIDING_MODULES) == sorted(f.with_suffix("").as_posix() for f in files)
