"""What a git host reads: the files are shaped as it wants them, name only what hscp has, and do
what they say when their own lines are run in a real repository."""

import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from docx import Document
from pages import File, sections
from ruamel.yaml import YAML
from running import DEMO, HSCP, REPO, git, hscp, run, surroundings

from hscp_plan.cli.command_list import COMMANDS, module_of
from hscp_plan.cli.options import parameters
from hscp_plan.errors import Fault, Place
from hscp_plan.writers import github, gitlab, hosts

pytestmark = pytest.mark.long

ACTION = "action.yml"
WORKFLOW = ".github/workflows/check.yml"
EXAMPLE = "examples/git-host/plan-check.yml"
GITLAB = "examples/git-host/.gitlab-ci.yml"
HOOKS = ".pre-commit-hooks.yaml"
WORKFLOWS = [WORKFLOW, EXAMPLE]
PUBLISH = "publish"
GIVEN_BY_HOST = {"GITHUB_ACTION_PATH", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY",
                 "RUNNER_TEMP", "CI_MERGE_REQUEST_DIFF_BASE_SHA"}  # fmt: skip
bash = pytest.mark.skipif(not shutil.which("bash") or os.name == "nt", reason="runs bash")


def parsed(name: str):
    return YAML(typ="safe").load((REPO / name).read_text(encoding="utf-8"))


def steps(name: str) -> list[dict]:
    """The steps of an action or of a workflow's jobs."""
    found = parsed(name)
    if "runs" in found:
        return found["runs"]["steps"]
    return [step for job in found["jobs"].values() for step in job["steps"]]


def bodies(name: str) -> list[str]:
    """What a file has run, as the shell is given it."""
    if name == HOOKS:
        return [hook["entry"] for hook in parsed(name)]
    if name == GITLAB:
        jobs = [job for job in parsed(name).values() if "script" in job]
        return ["\n".join(job["before_script"] + job["script"]) for job in jobs]
    return [step["run"] for step in steps(name) if "run" in step]


# What is drawn ----------------------------------------------------------------------------------


def fault(message: str = "this is wrong", line: int = 3, severity: str = "error", **more) -> Fault:
    return Fault("a-rule", message, Place("plan/p1.yaml", line, **more), "Mend it.", severity)


def test_a_message_is_escaped_as_githubs_toolkit_escapes_it():
    assert github.data("a%b\r\nc:d,e") == "a%25b%0D%0Ac:d,e"
    assert github.within("a%b\r\nc:d,e") == "a%25b%0D%0Ac%3Ad%2Ce"


def test_errors_stand_before_warnings_whatever_the_order_they_come_in():
    drawn = github.draw([fault("a", severity="warning"), fault("b"), fault("c")], 2)
    assert [line[:7] for line in drawn.splitlines()] == ["::error", "::error", "::warni", "2 error"]


def test_a_fault_without_a_line_or_a_column_names_none():
    told = github.command(Fault("file-missing", "no plan.yaml here", Place("plan")))
    assert told == "::error title=hscp file-missing,file=plan::no plan.yaml here"
    assert "line=3::" in github.command(fault())
    assert "line=3,col=5::" in github.command(fault(column=5))


@pytest.mark.parametrize(("many", "says"), [(10, False), (11, True)])
def test_where_github_shows_only_some_the_log_says_so(many, says):
    assert ("this log has them all" in github.draw([fault()] * many, 1)) == says


def test_machines_are_told_every_fault_however_many(tmp_path):
    milestones = "".join(
        f"      - {{id: P1.{n}, due: 2021-09, action: A, status: green}}\n" for n in range(60)
    )
    plan(tmp_path, f"id: P1\ntitle: T\nobjectives:\n  - id: P1-A\n    milestones:\n{milestones}")
    told = hscp("check", "--format", "github", folder=tmp_path).stdout.decode()
    assert told.count("\n::error title=hscp status-unknown") + told.startswith("::error") == 60
    report = json.loads(hscp("check", "--format", "gitlab", folder=tmp_path).stdout)
    assert sum(entry["check_name"] == "status-unknown" for entry in report) == 60


def fingerprints(*faults: Fault) -> list[str]:
    return [entry["fingerprint"] for entry in json.loads(gitlab.draw(faults))]


def test_a_fingerprint_stays_when_lines_move_and_differs_between_two_of_a_kind():
    before = fingerprints(fault(line=3), fault(line=9))
    assert before == fingerprints(fault(line=30), fault(line=90))
    assert len(set(before)) == 2
    pointing = fingerprints(fault("the first is at plan/p1.yaml:6:13"))
    assert pointing == fingerprints(fault("the first is at plan/p1.yaml:7:13"))
    assert len({*pointing, *before, *fingerprints(fault("else"))}) == 4


def test_a_fault_of_no_line_is_on_the_first_for_gitlab():
    location = json.loads(gitlab.draw([fault(line=0)]))[0]["location"]
    assert location == {"path": "plan/p1.yaml", "lines": {"begin": 1}}


FAULTY = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    milestones:
      - {id: P1.1, due: 2021-13, action: Audit}
      - {id: P1.2, due: 2021-12, action: Report}
"""


def plan(folder: Path, priority: str = FAULTY) -> None:
    (folder / "plan").mkdir(parents=True, exist_ok=True)
    (folder / "plan" / "plan.yaml").write_text(
        "format: 1\nid: t\npartnership: P\ntitle: T\nperiod: {start: 2021-04, end: 2023-03}\n",
        encoding="utf-8",
    )
    (folder / "plan" / "p1.yaml").write_text(priority, encoding="utf-8")


def told_of(folder: Path, *arguments: str) -> set[str]:
    """The files that GitHub is told of."""
    done = hscp("check", "--format", "github", *arguments, folder=folder).stdout.decode()
    return set(re.findall(r"^::\w+ .*?file=(.*?)[,:]", done, re.M))


def test_paths_are_from_the_top_of_the_repository_wherever_the_check_is_run(tmp_path):
    council = tmp_path / "council"
    plan(council)
    (council / "notes").mkdir()
    git(tmp_path, "init", "-q")
    for folder in (tmp_path, council, council / "notes", council / "plan"):
        assert told_of(folder, "--plan", str(council / "plan")) == {"council/plan/p1.yaml"}
    assert told_of(council / "notes") == {"council/plan/p1.yaml"}


def test_the_top_of_a_worktree_is_its_own_folder(tmp_path):
    plan(tmp_path)
    (tmp_path / ".git").write_text("gitdir: /elsewhere\n", encoding="utf-8")
    assert told_of(tmp_path / "plan") == {"plan/p1.yaml"}


def test_in_no_repository_paths_are_from_here(tmp_path):
    plan(tmp_path / "council")
    assert told_of(tmp_path, "--plan", "council") == {"council/plan/p1.yaml"}
    assert told_of(tmp_path / "council") == {"plan/p1.yaml"}


@pytest.mark.skipif(os.name == "nt", reason="makes links")
def test_a_plan_behind_a_link_is_named_as_git_keeps_it(tmp_path):
    repository = tmp_path / "repository"
    plan(repository / "council")
    git(repository, "init", "-q")
    (tmp_path / "link").symlink_to(repository / "council" / "plan")
    (repository / "council" / "plan" / "p2.yaml").symlink_to("p2.yaml")
    files = {"council/plan/p1.yaml", "council/plan/p2.yaml"}
    assert told_of(tmp_path, "--plan", "link") == files


def test_what_is_not_below_the_top_keeps_its_path(tmp_path):
    git(tmp_path, "init", "-q")
    away = Fault("unreadable", "it is not there", Place("/away/p1.yaml"))
    assert hosts.from_top([away], tmp_path) == [away]


# How the files are shaped -----------------------------------------------------------------------


@pytest.mark.parametrize("name", [ACTION, *WORKFLOWS])
def test_nothing_that_a_stranger_writes_is_put_into_a_shells_text(name):
    assert steps(name)
    for step in steps(name):
        assert "${{" not in step.get("run", "")
        assert step.get("shell", "bash") == "bash"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_read_and_nothing_more(name):
    workflow = parsed(name)
    assert workflow["permissions"] == {"contents": "read"}
    nightly = {"schedule"} if name == EXAMPLE else set()
    assert set(workflow["on"]) == {"pull_request", "push", *nightly}
    assert {job for job, about in workflow["jobs"].items() if "permissions" in about} <= {PUBLISH}
    assert "secrets" not in (REPO / name).read_text(encoding="utf-8")


def test_the_job_that_may_publish_runs_nothing_of_the_repository_and_may_do_nothing_else():
    job = parsed(EXAMPLE)["jobs"][PUBLISH]
    assert job["permissions"] == {"pages": "write", "id-token": "write"}
    assert [step["uses"].split("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]
    assert "run" not in job["steps"][0]


@pytest.mark.parametrize(
    ("event", "branch", "variable", "publishes"),
    [
        ("push", "main", "true", True),
        ("schedule", "main", "true", True),
        ("schedule", "main", "", False),
        ("push", "main", "", False),
        ("push", "another", "true", False),
        ("pull_request", "main", "true", False),
    ],
)
def test_pages_are_published_from_main_alone_and_only_once_that_was_asked_for(
    event, branch, variable, publishes
):
    job = parsed(EXAMPLE)["jobs"][PUBLISH]
    contexts = {
        "github": told({"event_name": event, "ref": f"refs/heads/{branch}"}),
        "vars": told({"PUBLISH_PLAN": variable}),
    }
    assert bool(worked_out(job["if"][3:-2], contexts)) == publishes
    # Without a word of its own on that, a job runs only when those it needs were green.
    assert job["needs"] == "check"


def test_what_is_published_is_the_site_that_the_check_made():
    uses = {step["uses"].split("@")[0]: step for step in parsed(EXAMPLE)["jobs"]["check"]["steps"]}
    given = uses["actions/upload-pages-artifact"]
    assert given["with"] == {"path": uses["OWNER/hscp"]["with"]["site"]}
    assert list(uses)[-2:] == ["OWNER/hscp", "actions/upload-pages-artifact"]
    for event in ("push", "schedule", "pull_request"):
        wanted = worked_out(given["if"][3:-2], {"github": told({"event_name": event})})
        assert wanted == (event != "pull_request")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_checkout_leaves_no_token_behind_and_fetches_what_the_check_compares_with(name):
    uses = {ACTION: 0, "checkout": 0}
    for job in parsed(name)["jobs"].values():
        checkouts = [step for step in job["steps"] if "actions/checkout@" in step.get("uses", "")]
        if job["steps"][0].get("uses", "").startswith("actions/deploy-pages@"):
            assert len(checkouts) == 0
            continue
        assert len(checkouts) == 1
        assert checkouts[0]["with"]["persist-credentials"] is False
        uses["checkout"] += 1
        if any(step.get("uses") in ("./", "OWNER/hscp@VERSION") for step in job["steps"]):
            assert checkouts[0]["with"]["fetch-depth"] == 0
            uses[ACTION] += 1
    assert all(uses.values())
    assert parsed(GITLAB)["plan"]["variables"]["GIT_DEPTH"] == "0"


def test_every_input_of_the_action_is_used_and_every_one_used_is_there():
    text = (REPO / ACTION).read_text(encoding="utf-8")
    assert set(re.findall(r"\binputs\.([\w-]+)", text)) == set(parsed(ACTION)["inputs"])
    for name in WORKFLOWS:
        given = (s["with"] for s in steps(name) if s.get("uses") in ("./", "OWNER/hscp@VERSION")
                 and "with" in s)  # fmt: skip
        assert all(set(words) <= set(parsed(ACTION)["inputs"]) for words in given)


def test_the_guide_has_every_input_with_what_it_is_left_out():
    page = (REPO / "docs/guides/git-host.md").read_text(encoding="utf-8")
    told = {row[0]: row[-1] for row in re.findall(r"^\| `([\w-]+)` \|(.*)\| (.*) \|$", page, re.M)}
    inputs = parsed(ACTION)["inputs"]
    assert set(told) == set(inputs)
    for name, about in inputs.items():
        if about["default"]:
            assert told[name].strip('`"') == about["default"]


def test_every_variable_of_a_shells_text_is_given_to_it():
    for step in (step for step in steps(ACTION) if "run" in step):
        used = set(re.findall(r"\$\{?([A-Z_]{2,})", step["run"]))
        assert used <= {*step.get("env", {}), *GIVEN_BY_HOST}


def called(text: str) -> list[tuple[str, list[str]]]:
    """Each hscp command of a shell's text, with its options and, after `--format`, its value."""
    text = re.sub(r"^ *#.*$", "", text, flags=re.M)
    found = re.findall(r"(?<![\w/.-])hscp ([a-z][a-z-]*)((?: +[^\n|>&;]+)?)", text)
    return [(name, re.findall(r"--[a-z][a-z-]*(?: (?!--)[a-z]+)?", rest)) for name, rest in found]


def test_commands_are_found_in_a_shells_text():
    text = '# hscp says\nif x; then hscp changes --since "$S" --format markdown > a; fi\nhscp check'
    assert called(text) == [("changes", ["--since", "--format markdown"]), ("check", [])]
    assert called('hscp check ${S:+--since "$S"} ${T:+--strict} --all')[0][1] == [
        *("--since", "--strict", "--all"),
    ]
    assert called('"$RUNNER_TEMP/hscp/bin/pip" install hscp-plan') == []


@pytest.mark.parametrize("name", [ACTION, HOOKS, GITLAB])
def test_every_command_and_option_that_is_named_exists(name):
    found = [command for body in bodies(name) for command in called(body)]
    assert found
    for command, options in found:
        assert command in COMMANDS
        run = import_module(module_of(command)).run
        known = {name: p for p in parameters(run) for name in p.names}
        for option in options:
            key, _, value = option.partition(" ")
            assert key in known, f"hscp {command} {key}"
            assert not value or value in known[key].choices


def test_the_hook_checks_the_plan_whole_when_one_of_its_files_changed(tmp_path):
    (hook,) = parsed(HOOKS)
    assert hook["id"] == "hscp-check"
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    for file, changes in {"plan/p1.yaml": 1, "plan/p1.yml": 1, "plan/schema/plan.schema.json": 0,
                          "mkdocs.yaml": 0, "examples/demo-plan/plan.yaml": 0}.items():  # fmt: skip
        assert bool(re.search(hook["files"], file)) == bool(changes), file
    plan(tmp_path)
    entry = shlex.split(hook["entry"])
    assert entry[0] == "hscp"
    done = run((*HSCP, *entry[1:]), tmp_path, surroundings())
    assert done.returncode == 1
    assert b"plan/p1.yaml" in done.stdout


def owners() -> list[list[str]]:
    text = (REPO / "examples/git-host/CODEOWNERS").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def test_every_file_of_the_plan_has_two_who_may_approve_it():
    named = {words[0]: words[1:] for words in owners()}
    files = {f"/plan/{path.name}" for path in (REPO / "plan").glob("*.yaml")}
    assert {pattern for pattern in named if pattern.startswith("/plan/")} == files
    assert next(iter(named)) == "*"
    for people in named.values():
        assert len(set(people)) >= 2
        assert all(re.fullmatch(r"@[\w/-]+", person) for person in people)


def test_every_line_to_paste_stands_in_a_file_that_the_page_has_checked():
    text = (REPO / "docs/guides/web-editor.md").read_text(encoding="utf-8")
    files = [step.text for part in sections(text) for step in part.steps if isinstance(step, File)]
    pasted = re.findall(r"^To paste:\n\n```yaml\n(.*?)^```$", text, re.DOTALL | re.M)
    assert len(pasted) >= 3
    for lines in pasted:
        assert any(lines in file for file in files), lines


# What the files do ------------------------------------------------------------------------------


class Told(SimpleNamespace):
    """A context of a workflow's expressions: what is not there is empty."""

    def __getattr__(self, name: str):
        return "" if name.startswith("__") else Told()

    def __bool__(self) -> bool:
        return bool(vars(self))

    def __str__(self) -> str:
        return ""


def told(value: object):
    """A JSON value as an expression sees it."""
    return Told(**{k: told(v) for k, v in value.items()}) if isinstance(value, dict) else value


def worked_out(expression: str, contexts: dict[str, object]):
    """What an expression of a workflow comes to: `&&` and `||` give one of their sides, as here."""
    python = expression.replace("&&", " and ").replace("||", " or ")
    python = re.sub(r"!(?!=)", " not ", python).strip()
    return eval(python, {"__builtins__": {}, "cancelled": lambda: False}, contexts)


def filled(value: object, contexts: dict[str, object]) -> str:
    """A step's value with what its expressions come to."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda f: str(worked_out(f[1], contexts)), str(value))


class Ran(SimpleNamespace):
    """What came of the action: whether it was green, its log, the job's summary, and what was
    kept of it."""

    @property
    def marks(self) -> list[str]:
        """The lines that GitHub obeys."""
        found, stop = [], None
        for line in self.log.splitlines():
            if stop is None and line.startswith("::stop-commands::"):
                stop = line.removeprefix("::stop-commands::")
            elif stop is not None:
                stop = None if line == f"::{stop}::" else stop
            elif line.lstrip().startswith("::") or "##[" in line:
                found.append(line)
        assert stop is None, "commands were never obeyed again"
        return found


def where_hscp_is(repository: Path, says: str = "") -> dict[str, str]:
    """What lets a shell find `hscp`, on the day of the demonstration plan; one that first says
    something more."""
    programs = repository.parent / "programs"
    programs.mkdir(exist_ok=True)
    program = programs / "hscp"
    first = f"echo '{says}'\n" if says else ""
    body = f'#!/bin/sh\n{first}exec "{sys.executable}" -m hscp_plan "$@"\n'
    program.write_text(body, encoding="utf-8")
    program.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HSCP_AS_AT": "2021-12-15"}


def acted(repository: Path, event: dict | None = None, says: str = "", **inputs: str) -> Ran:
    """Run the action's own lines here, as GitHub does at an event; installing it alone is left out,
    since hscp is there."""
    action = parsed(ACTION)
    output, summary = (repository.parent / name for name in ("output", "summary.md"))
    temporary = Path(tempfile.mkdtemp(dir=repository.parent))
    (temporary / "hscp").mkdir()
    given = {name.replace("-", "_"): about["default"] for name, about in action["inputs"].items()}
    contexts = {"inputs": told(given | inputs), "github": told({"event": event or {}})}
    contexts["steps"], green, log, kept = Told(), True, "", []
    summary.write_text("", encoding="utf-8")
    for step in action["runs"]["steps"]:
        condition = step["if"][3:-2] if "if" in step else "True"
        # As on GitHub, where a condition asks for nothing else.
        wanted = bool(worked_out(condition, contexts)) and (green or "cancelled()" in condition)
        name, outcome, outputs = step["id"], "success" if wanted else "skipped", Told()
        if wanted and "run" in step and name != "install":
            output.write_text("", encoding="utf-8")
            environment = surroundings(
                **where_hscp_is(repository, says),
                GITHUB_OUTPUT=str(output),
                GITHUB_STEP_SUMMARY=str(summary),
                RUNNER_TEMP=str(temporary),
                **{key: filled(value, contexts) for key, value in step.get("env", {}).items()},
            )
            shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
            done = run(shell, repository, environment, together=True)
            log += done.stdout.decode()
            outcome = "failure" if done.returncode else "success"
            lines = output.read_text(encoding="utf-8").splitlines()
            outputs = Told(**dict(line.split("=", 1) for line in lines))
        elif wanted and step.get("uses", "").startswith("actions/upload-artifact@"):
            kept.append({key: filled(value, contexts) for key, value in step["with"].items()})
        green = green and outcome != "failure"
        setattr(contexts["steps"], name, Told(outcome=outcome, outputs=outputs))
    told_people = summary.read_text(encoding="utf-8")
    return Ran(green=green, log=log, summary=told_people, kept=kept, **contexts)


def kept(repository: Path, message: str) -> str:
    """Commit all that is there; the commit."""
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", message)
    return git(repository, "rev-parse", "HEAD")


def changed(repository: Path, old: str, new: str, name: str = "p1-neglect.yaml") -> None:
    path = repository / "plan" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def pull_request(base: str) -> dict:
    return {"pull_request": {"base": {"sha": base}}}


SLID = ("        start: 2021-09\n        due: 2021-11\n", "        start: 2021-09\n"
        "        due: 2022-02\n")  # fmt: skip


@bash
def test_a_date_that_slid_with_no_reason_is_red_and_marked_at_its_line(repository):
    base = git(repository, "rev-parse", "HEAD")
    changed(repository, *SLID)
    kept(repository, "Later")
    ran = acted(repository, pull_request(base))
    assert not ran.green
    errors = [mark for mark in ran.marks if mark.startswith("::error ")]
    lines = (repository / "plan" / "p1-neglect.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text == "        due: 2022-02")
    assert len(errors) == 1
    assert f",file=plan/p1-neglect.yaml,line={line}," in errors[0]
    assert "P1.2" in errors[0]
    assert "February 2022" in ran.summary


@bash
def test_a_date_that_moved_with_its_reason_is_green_and_told_in_the_summary(repository):
    base = git(repository, "rev-parse", "HEAD")
    moving = ("reschedule", "P1.2", "2022-02", "--reason", "The last waits for the ICB.")
    assert not hscp(*moving, "--by", "A Manager", "--date", "2021-12-15", folder=repository,
                    HSCP_AS_AT="2021-12-15").returncode  # fmt: skip
    kept(repository, "Later")
    ran = acted(repository, pull_request(base))
    assert ran.green, ran.log
    assert not [mark for mark in ran.marks if mark.startswith("::error")]
    assert "P1.2" in ran.summary
    assert "The last waits for the ICB." in ran.summary


@bash
def test_what_others_did_meanwhile_is_no_part_of_this_change(repository):
    git(repository, "switch", "-q", "-c", "mine")
    changed(repository, "title: Neglect\n", "title: Neglect of any kind\n")
    kept(repository, "Mine")
    git(repository, "switch", "-q", "main")
    assert not hscp("add", "P1", "Brief schools", "--due", "2022-06", folder=repository,
                    HSCP_AS_AT="2021-12-15").returncode  # fmt: skip
    base = kept(repository, "Theirs")
    git(repository, "switch", "-q", "mine")
    ran = acted(repository, pull_request(base))
    assert ran.green, ran.log
    assert "Neglect of any kind" in ran.summary
    assert "Brief schools" not in ran.summary


@bash
@pytest.mark.parametrize("event", [{"before": "0" * 40}, {}], ids=["first push", "by hand"])
def test_with_nothing_before_it_a_plan_is_checked_as_it_stands(repository, event):
    changed(repository, *SLID)
    kept(repository, "Later")
    ran = acted(repository, event)
    assert ran.green, ran.log
    assert "in 6 files." in ran.log
    assert ran.summary == ""
    assert ran.steps.changes.outcome == "skipped"


@bash
def test_the_change_that_brings_the_plan_is_checked_as_it_stands(tmp_path):
    repository = tmp_path / "new"
    repository.mkdir()
    git(repository, "init", "-q")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Begin")
    base = git(repository, "rev-parse", "HEAD")
    shutil.copytree(DEMO, repository / "plan")
    kept(repository, "The plan")
    ran = acted(repository, pull_request(base))
    assert ran.green, ran.log
    assert "in 6 files." in ran.log


@bash
def test_a_push_is_compared_with_the_commit_before_it(repository):
    before = git(repository, "rev-parse", "HEAD")
    changed(repository, *SLID)
    slid = kept(repository, "Later")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Nothing more")
    assert not acted(repository, {"before": before}).green
    after = acted(repository, {"before": slid})
    assert after.green, after.log


@bash
def test_in_a_clone_that_lacks_what_was_before_the_check_is_red_and_says_so(repository, tmp_path):
    base = git(repository, "rev-parse", "HEAD")
    changed(repository, *SLID)
    kept(repository, "Later")
    url = repository.as_uri()
    git(tmp_path, "clone", "-q", "--depth", "1", url, "shallow")
    ran = acted(tmp_path / "shallow", pull_request(base))
    assert not ran.green
    assert f'hscp: "{base}"' in ran.log or base[:7] in ran.log
    assert "fetch-depth" in ran.log or "--unshallow" in ran.log


@bash
def test_the_inputs_do_what_they_say(repository):
    base = git(repository, "rev-parse", "HEAD")
    (repository / "plan").rename(repository / "our plan")
    kept(repository, "Elsewhere")
    assert acted(repository, plan="our plan").green
    assert not acted(repository).green
    assert not acted(repository, plan="our plan", strict="true").green
    quiet = acted(repository, {}, plan="our plan", since=base, summary="false")
    assert quiet.summary == ""
    assert quiet.steps.since.outputs.commit == base


@bash
def test_words_of_a_plan_are_never_obeyed(repository):
    base = git(repository, "rev-parse", "HEAD")
    # Long enough for the message to be folded, so that its second line begins with the command.
    hostile = "::add-mask::P1.1 ##[add-mask]P1.2 " * 4
    changed(repository, "title: Neglect\n", f'title: Neglect\n"{hostile}": a\n')
    (repository / "plan" / "##[add-mask]P1.yaml").write_text(f'- "{hostile}"\n', encoding="utf-8")
    kept(repository, hostile)
    ran = acted(repository, pull_request(base))
    assert not ran.green
    assert ran.steps.changes.outcome == "failure"
    assert re.search(r"^ *::add-mask::|^[^:].*##\[add-mask\]", ran.log, re.M)
    assert len(ran.marks) > 2
    for mark in ran.marks:
        assert re.match("::(error|warning) title=hscp ", mark)


@bash
def test_the_site_and_the_boards_paper_are_made_and_kept_where_that_was_asked_for(repository):
    ran = acted(repository, site="public/our site", board="true")
    assert ran.green, ran.log
    site, board = ran.kept
    assert site["name"] == "our site"
    page = (repository / site["path"] / "index.html").read_text(encoding="utf-8")
    assert "15 December 2021" in page
    assert board["archive"] == "False"
    assert Path(board["path"]).name == "board.docx"
    paper = "\n".join(part.text for part in Document(board["path"]).paragraphs)
    assert "What the Board is asked to do" in paper
    assert git(repository, "status", "--porcelain") == "?? public/"


@bash
@pytest.mark.parametrize(
    ("inputs", "kept"),
    [
        ({}, []),
        ({"board": "false"}, []),
        ({"site": "site"}, ["site"]),
        ({"board": "true"}, ["board.docx"]),
    ],
)
def test_only_what_was_asked_for_is_made(repository, inputs, kept):
    ran = acted(repository, **inputs)
    assert ran.green, ran.log
    assert [Path(each["path"]).name for each in ran.kept] == kept
    assert (repository / "site").exists() == ("site" in inputs)
    assert ("Wrote" in ran.log) == (kept == ["board.docx"])


@bash
def test_of_a_plan_that_is_red_nothing_is_made(repository):
    base = git(repository, "rev-parse", "HEAD")
    changed(repository, *SLID)
    kept(repository, "Later")
    ran = acted(repository, pull_request(base), site="site", board="true")
    assert not ran.green
    assert ran.steps.made.outcome == "skipped"
    assert ran.kept == []


@bash
def test_where_a_site_may_not_be_made_the_action_is_red_and_nothing_is_kept(repository):
    ran = acted(repository, site="plan", board="true")
    assert not ran.green
    assert "holds the plan itself" in ran.log
    assert ran.kept == []
    assert git(repository, "status", "--porcelain") == ""


@bash
def test_a_boards_paper_that_is_kept_in_the_repository_is_not_taken_for_the_new_one(repository):
    (repository / "board.docx").write_bytes(b"old")
    ran = acted(repository, board="true")
    assert ran.green, ran.log
    assert Path(ran.kept[0]["path"]).read_bytes() != b"old"


@bash
def test_nothing_that_is_said_while_things_are_made_is_obeyed(repository):
    ran = acted(repository, says="::add-mask::P1.1", site="site", board="true")
    assert ran.green, ran.log
    # The check's own lines are for GitHub, so what it says is obeyed.
    assert [mark for mark in ran.marks if "add-mask" in mark] == ["::add-mask::P1.1"]
    assert ran.log.count("::add-mask::P1.1") == 3


@bash
@pytest.mark.parametrize("slid", [True, False])
def test_the_lines_for_gitlab_give_a_report_and_the_same_answer(repository, slid):
    base = git(repository, "rev-parse", "HEAD")
    if slid:
        changed(repository, *SLID)
    git(repository, "commit", "-q", "--allow-empty", "-a", "-m", "Later")
    job = parsed(GITLAB)["plan"]
    environment = surroundings(
        **where_hscp_is(repository),
        CI_MERGE_REQUEST_DIFF_BASE_SHA=base,
        **{key: str(value) for key, value in job["variables"].items()},
    )
    done = run(("sh", "-e", "-c", "\n".join(job["script"])), repository, environment)
    assert done.returncode == slid, done.stderr
    report = json.loads(
        (repository / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8")
    )
    assert ("major" in {entry["severity"] for entry in report}) == slid
    told_changes = (repository / job["artifacts"]["paths"][0]).read_text(encoding="utf-8")
    assert ("February 2022" in told_changes) == slid
