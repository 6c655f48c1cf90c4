"""A site's pages, and its folder: made whole or not at all, and nobody else's file touched."""

import errno
import json
import os
import re
import signal
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
import strategies
import webpages
from hypothesis import given
from hypothesis import strategies as st
from running import REPO, hscp, run

from hscp_plan import store
from hscp_plan.cli import dispatch
from hscp_plan.dates import UNDATED, read
from hscp_plan.document import Column, Heading, Table, Title
from hscp_plan.errors import Mendable, Mistyped
from hscp_plan.model import Entry, Log, Milestone, Moved, Objective, Plan, Priority
from hscp_plan.publishing import made_folder
from hscp_plan.publishing.made_folder import DESK, SITE
from hscp_plan.reports import _parts
from hscp_plan.reports._book import book
from hscp_plan.reports.site import Site

pytestmark = pytest.mark.long

DEMO = REPO / "examples" / "demo-plan"
DAY = "2021-12-15"
HEAD = """\
format: 1
id: 2021-23
partnership: "A <b>partnership</b>"
title: "A plan </title><script>alert(1)</script>"
period: {start: 2021-04, end: 2023-03}
vision: "{{ 7 * 7 }}"
meetings:
  - {date: 2021-10-20, group: "<i>Board</i>"}
  - {date: 2021-10-20, group: Another board}
"""
PRIORITY = """\
id: index
title: "\\"><img src=x onerror=alert(1)>"
evidence: ["</style><script>"]
objectives:
  - id: P1-A
    milestones:
      - id: _main
        due: 2021-11
        action: An action
      - id: P1.2
        due: 2021-11
        action: "<svg onload=alert(1)>"
        status: complete
        progress:
          - date: 2021-10-01
            note: "a\\u202eb"
            evidence:
              - javascript:alert(1)
              - "See https://www.example.org/a?b=1&c=2, and https://www.example.org/<script>"
              - JAVASCRIPT:alert(1)//https://www.example.org/"onclick="x
"""


def made(folder, *more, plan=DEMO, day=DAY, expect=0, **changed):
    """What `hscp site` says of making one in folder/site."""
    words = ("site", "site", "--plan", str(plan), "--as-at", day, *more)
    done = hscp(*words, folder=folder, **changed)
    assert done.returncode == expect, done.stderr.decode()
    return (done.stdout + done.stderr).decode()


def contents(folder):
    """What is in a folder, by its path there: of each file its bytes."""
    paths = sorted(folder.rglob("*"))
    return {
        path.relative_to(folder).as_posix(): path.is_file() and path.read_bytes() for path in paths
    }


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demonstration plan's site, with what leads to a git host."""
    folder = tmp_path_factory.mktemp("demo")
    made(folder, "--source-url", "https://git.example.org/x/blob/main/plan/")
    return folder / "site"


@pytest.fixture
def hostile(tmp_path):
    plan = tmp_path / "plan"
    plan.mkdir()
    (plan / "plan.yaml").write_text(HEAD, encoding="utf-8")
    (plan / "p1 &.yaml").write_text(PRIORITY.replace("_main", "main"), encoding="utf-8")
    return plan


# --- the pages ------------------------------------------------------------------------------------


def test_every_page_is_sound_and_every_link_leads_somewhere(demo):
    assert webpages.wrong_in(demo) == []
    assert len(list(demo.glob("*.html"))) == 12


def test_the_published_plan_long_after_its_end_is_sound_too(tmp_path):
    made(tmp_path, plan=REPO / "plan", HSCP_AS_AT="")
    assert webpages.wrong_in(tmp_path / "site") == []


def test_a_link_that_leads_nowhere_would_be_noticed(demo, tmp_path):
    for name, data in contents(demo).items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "p2.html").unlink()
    page = tmp_path / "p1.html"
    page.write_bytes(page.read_bytes().replace(b' id="P1.3"', b""))
    found = webpages.wrong_in(tmp_path)
    assert "index.html: p2.html leads to no file" in found
    assert "p1.html: p1.html#P1.3 leads to nothing on its page" in found


def test_every_milestone_has_its_anchor_on_its_prioritys_page(demo):
    for priority in store.open_plan(DEMO).plan.priorities:
        page = webpages.Page((demo / f"{priority.id.lower()}.html").read_text("utf-8"))
        assert {m.id for m in priority.milestones} <= set(page.ids)


def test_a_milestone_leads_to_its_line_on_the_git_host(demo):
    links = webpages.Page((demo / "p1.html").read_text("utf-8")).links
    url = "https://git.example.org/x/blob/main/plan/p1-neglect.yaml#L"
    lines = (DEMO / "p1-neglect.yaml").read_text("utf-8").split("\n")
    at = [int(link.removeprefix(url)) for link in links if link.startswith(url)]
    assert [lines[number - 1].strip() for number in at] == [f"- id: P1.{n}" for n in range(1, 8)]


def test_a_decision_says_who_decided_it_what_came_of_it_and_of_what(demo):
    said = webpages.Page((demo / "p1.html").read_text("utf-8")).plain_text
    assert "By HSCP Executive Board; outcome: change; about P1.4" in said


def test_a_page_of_a_meeting_shows_what_was_known_then(demo):
    then = webpages.Page((demo / "meeting-2021-07-21.html").read_text("utf-8")).plain_text
    assert "0 of 21 milestones are complete" in then
    assert "4 of 21 milestones are complete" not in then


def test_old_standings_are_kept_from_search_engines_and_only_those(demo):
    kept = {path.name for path in demo.glob("*.html") if b'content="noindex"' in path.read_bytes()}
    assert kept == {"404.html", *(path.name for path in demo.glob("meeting-*.html"))}


HOW_FAR = {
    ("2022-03", "2022-05"): "2\u00a0months later",
    ("2022-05", "2022-03"): "2\u00a0months earlier",
    ("2022-03", "2022-03-31"): "Same last day",
    ("2022-03", "ongoing"): "No end date",
    ("ongoing", "2022-03"): "No end date",
    ("2022-03", ""): "No date",
}


@pytest.mark.parametrize(("was", "now"), HOW_FAR)
def test_how_far_a_date_moved_is_said_of_every_two_dates(was, now):
    move = Moved(from_=read(was), to=read(now or "2022-04"))
    log = Log((Entry(date=read("2021-10-01"), note="Why.", moved=move),))
    due = read(now) if now else UNDATED
    review = read("2022-01") if due.ongoing else None
    milestone = Milestone(id="P1.1", action="Launch", due=due, review=review, progress=log)
    objective = Objective(id="P1-A", milestones=(milestone,))
    priority = Priority(id="P1", title="Neglect", objectives=(objective,))
    plan = Plan(strategies.head(), {"p1.yaml": priority})
    pages = Site(plan, date.fromisoformat(DAY)).pages()
    document = next(page.document for page in pages if page.file == "moves.html")
    table = next(block for block in document if isinstance(block, Table))
    assert [row[3] for row in table.rows] == [HOW_FAR[was, now]]


# --- what is long ---------------------------------------------------------------------------------


@pytest.fixture
def short(monkeypatch):
    """Pages that hold little."""
    for name, most in (("MOST_MILESTONES", 3), ("MOST_ROWS", 4), ("MOST_BARS", 2)):
        monkeypatch.setattr(_parts, name, most)


@pytest.mark.usefixtures("short")
def test_a_long_page_goes_on_over_several_that_are_sound(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert dispatch.run(["site", "site", "--plan", str(DEMO), "--as-at", DAY]) == 0
    site = tmp_path / "site"
    assert webpages.wrong_in(site) == []
    first, second = (
        webpages.Page((site / name).read_text("utf-8")) for name in ("p1.html", "p1_2.html")
    )
    assert "P1 Neglect, part 1 of 3" in first.plain_text
    # Whoever comes by an address that she made up herself sees where a milestone is.
    assert "P1.1 to P1.3, P1.4 to P1.6, P1.7" in first.plain_text
    assert {"P1-A", "P1.1", "P1.2", "P1.3"} <= set(first.ids)
    assert "p1_3.html" in second.links
    assert len([*site.glob("timeline*.html")]) == 11
    every = "".join(path.read_text("utf-8") for path in site.glob("*.html"))
    assert {m.id for p in store.open_plan(DEMO).plan.priorities for m in p.milestones} <= {
        *re.findall(r' id="([^"]+)"', every)
    }


@pytest.mark.usefixtures("short")
def test_a_milestones_address_stays_when_others_are_added():
    plan = store.open_plan(DEMO).plan
    day = date.fromisoformat(DAY)
    before = book(plan, day, {}).at
    priority = plan.priorities[0]
    first, *rest = priority.objectives
    # One that is due first stands first, whatever its number.
    new = first.milestones[0].replace(id="P1.10")
    grown = priority.replace(objectives=(first.replace(milestones=(new, *first.milestones)), *rest))
    files = {name: grown if p is priority else p for name, p in plan.files.items()}
    after = book(Plan(plan.head, files), day, {}).at
    assert before == {id: after[id] for id in before}
    assert (before["P1.3"], before["P1.4"]) == ("p1.html#P1.3", "p1_2.html#P1.4")
    assert after["P1.10"] == "p1_3.html#P1.10"


@given(st.lists(st.lists(st.none() | st.integers(), max_size=9), max_size=4), st.integers(2, 5))
def test_tables_in_parts_lose_no_row_and_no_row_its_heading(tables, most):
    """A row is told by its number; None is a heading."""
    rows = [
        tuple(Heading(f"H{n}") if row is None else (str(row),) for n, row in enumerate(table))
        for table in tables
    ]
    document = (Title("T"), *(Table((Column("A"),), each) for each in rows))
    with mock.patch.object(_parts, "MOST_ROWS", most):
        parts = _parts.split(document)

    def under(blocks):
        made = []
        for table in (block for block in blocks if isinstance(block, Table)):
            above = None
            for row in table.rows:
                above = row if isinstance(row, Heading) else above
                if not isinstance(row, Heading):
                    made.append((above, row))
        return made

    for part in parts:
        own = [b for b in part if isinstance(b, Table)]
        assert sum(len(t.rows) for t in own) <= most
        assert part[0] == Title("T")
    assert [pair for part in parts for pair in under(part)] == under(document)


def test_the_same_plan_and_day_are_the_same_bytes(tmp_path, demo):
    made(tmp_path, "--source-url", "https://git.example.org/x/blob/main/plan")
    assert contents(tmp_path / "site") == contents(demo)


def test_a_plan_of_hostile_text_is_only_text(hostile, tmp_path):
    made(tmp_path, "--source-url", "https://git.example.org/x/", plan=hostile)
    site = tmp_path / "site"
    assert webpages.wrong_in(site) == []
    page = webpages.Page((site / "priority-index.html").read_text("utf-8"))
    outside = [link for link in page.links if "://" in link]
    assert sorted(outside) == [
        "https://git.example.org/x/p1%20%26.yaml#L10",
        "https://git.example.org/x/p1%20%26.yaml#L7",
        "https://www.example.org/",
        "https://www.example.org/",
        "https://www.example.org/a?b=1&c=2",
    ]
    assert "javascript:alert(1)" in page.plain_text
    assert r"a\u{202e}b" in page.plain_text


def test_a_priority_named_as_a_page_of_ours_takes_another_name(hostile):
    text = (hostile / "p1 &.yaml").read_text("utf-8")
    for number, id in enumerate(("About", "CON", "com1.x", "priority-index", "P1"), 2):
        ids = text.replace("P1", f"X{number}").replace("id: index", f"id: {id}")
        (hostile / f"p{number}.yaml").write_text(ids.replace("main", f"m{number}"), "utf-8")
    plan = store.open_plan(hostile).plan
    files = book(plan, date(2021, 12, 15), {}).files
    assert files == (
        *("priority-about.html", "priority-com1.x.html", "priority-con.html"),
        # P1 and p1 are one id, so one of the two counts.
        *("priority-index.html", "p1.html", "priority-priority-index.html"),
    )


def test_the_pages_say_which_revision_they_were_made_from(tmp_path):
    plan = tmp_path / "plan"
    plan.mkdir()
    for path in DEMO.iterdir():
        (plan / path.name).write_bytes(path.read_bytes())
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "One"]):
        assert run(("git", *words), plan).returncode == 0
    first = run(("git", "rev-parse", "HEAD"), plan).stdout.decode()[:7]
    (plan / "p1-neglect.yaml").write_bytes((plan / "p1-neglect.yaml").read_bytes() + b"# more\n")
    made(tmp_path, plan=plan)
    page = webpages.Page((tmp_path / "site" / "p1.html").read_text("utf-8"))
    assert f"at revision {first}, " in page.plain_text
    assert page.plain_text.endswith("with changes not saved.")
    assert f"commit {first}" in made(tmp_path, "--rev", "main", plan=plan)
    page = webpages.Page((tmp_path / "site" / "p1.html").read_text("utf-8"))
    assert page.plain_text.endswith(f"at revision {first}.")


# --- the folder -----------------------------------------------------------------------------------


def test_a_file_added_by_hand_is_left_alone(tmp_path):
    made(tmp_path)
    (tmp_path / "site" / "ours.html").write_text("ours")
    (tmp_path / "site" / "pictures").mkdir()
    made(tmp_path, "--force")
    assert (tmp_path / "site" / "ours.html").read_text() == "ours"
    assert (tmp_path / "site" / "pictures").is_dir()


def test_a_page_that_is_no_longer_of_the_site_is_removed(tmp_path):
    made(tmp_path)
    assert (tmp_path / "site" / "meeting-2021-10-20.html").exists()
    made(tmp_path, day="2021-09-01")
    assert not (tmp_path / "site" / "meeting-2021-10-20.html").exists()


def test_a_page_no_longer_of_the_site_that_was_changed_by_hand_is_left_and_named(tmp_path):
    made(tmp_path)
    page = tmp_path / "site" / "meeting-2021-10-20.html"
    page.write_text("changed")
    told = made(tmp_path, day="2021-09-01")
    assert page.read_text() == "changed"
    assert "meeting-2021-10-20.html" in told
    assert "meeting-2021-11-10.html" not in told
    assert page.name not in json.loads((page.parent / SITE.marker).read_text())["files"]


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_link_in_the_folder_is_never_followed(tmp_path, force):
    made(tmp_path)
    outside = tmp_path / "outside"
    outside.write_text("not ours")
    page = tmp_path / "site" / "p1.html"
    page.unlink()
    page.symlink_to(outside)
    made(tmp_path, *force, expect=0 if force else 2)
    assert outside.read_text() == "not ours"
    assert page.is_symlink() != bool(force)


def test_a_link_for_a_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to("elsewhere")
    assert "is a link" in made(tmp_path, expect=2)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_folder_where_a_page_would_be_is_refused_even_if_forced(tmp_path):
    made(tmp_path)
    (tmp_path / "site" / "p1.html").unlink()
    (tmp_path / "site" / "p1.html").mkdir()
    before = sorted(path.name for path in (tmp_path / "site").iterdir())
    assert "p1.html is a folder" in made(tmp_path, "--force", expect=2)
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == before


@pytest.mark.parametrize(
    "list_",
    ["", "[]", "{}", '{"files": 1}', '{"files": {"../plan/plan.yaml": []}}',
     '{"files": {"plan.yaml": []}}', '{"files": {"/etc/passwd.txt": []}}', "[" * 100_000],
)  # fmt: skip
def test_a_list_that_hscp_did_not_write_is_not_believed(tmp_path, list_):
    made(tmp_path)
    (tmp_path / "site" / SITE.marker).write_text(list_)
    before = contents(tmp_path / "site")
    assert "is not the list that hscp keeps" in made(tmp_path, expect=2)
    assert contents(tmp_path / "site") == before


def test_a_list_that_knows_no_digest_lets_nothing_be_replaced(tmp_path):
    made(tmp_path)
    outside = tmp_path / "outside"
    outside.write_text("not ours")
    (tmp_path / "site" / "p1.html").unlink()
    (tmp_path / "site" / "p1.html").symlink_to(outside)
    (tmp_path / "site" / SITE.marker).write_text('{"files": {"p1.html": [""]}}')
    assert "put there or changed" in " ".join(made(tmp_path, expect=2).split())
    assert (tmp_path / "site" / "p1.html").is_symlink()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "site").write_text("a file")
    assert "is not a folder" in made(tmp_path, expect=2)
    assert (tmp_path / "site").read_text() == "a file"


@pytest.mark.parametrize("to", ["plan", ".", "..", "/"])
def test_the_plans_folder_and_those_above_it_are_refused(tmp_path, to):
    plan = tmp_path / "above" / "plan"
    plan.mkdir(parents=True)
    for path in DEMO.iterdir():
        (plan / path.name).write_bytes(path.read_bytes())
    done = hscp("site", to, "--as-at", DAY, folder=plan.parent)
    assert done.returncode == 2
    assert "holds the plan itself" in " ".join(done.stderr.decode().split())
    assert {path.name for path in tmp_path.rglob("*")} == {
        *("above", "plan"),
        *(path.name for path in DEMO.iterdir()),
    }


def test_the_folder_keeps_its_own_mode_and_the_pages_can_be_read_by_all(tmp_path):
    made(tmp_path)
    (tmp_path / "site").chmod(0o750)
    made(tmp_path)
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "site" / "index.html").stat().st_mode & 0o444 == 0o444


# --- when something fails -------------------------------------------------------------------------

OLD = [("index.html", b"old"), ("gone.html", b"gone"), ("same.html", b"same")]
NEW = [("index.html", b"new"), ("more.html", b"more"), ("same.html", b"same")]
OLD_BUILD, NEW_BUILD = "0123456789abcdef", "fedcba9876543210"
CALLS = ("open", "write", "fsync", "rename", "replace", "mkdir", "unlink", "rmdir")


@pytest.fixture(params=[SITE, DESK], ids=["site", "desk"])
def kind(request):
    return request.param


def files_of(kind, files, build):
    """Some files: of a desk, one of them in the folder of its build."""
    return [*files, *([(f"{build}/shell.js", build.encode())] if kind is DESK else [])]


def site_of(folder, files, kind=SITE):
    to = made_folder.folder(kind, str(folder / "site"), DEMO)
    made_folder.publish(to, files)


def failing(monkeypatch, number, error):
    """Have the n-th of our calls to the system fail; how often any was called."""
    counted = [0]

    def wrapped(call):
        def called(*arguments, **more):
            counted[0] += 1
            if counted[0] == number:
                raise error
            return call(*arguments, **more)

        return called

    for name in CALLS:
        monkeypatch.setattr(made_folder.os, name, wrapped(getattr(os, name)))
    return counted


def old_site(folder, kind):
    """An old one, beside what was put there by hand."""
    folder.mkdir()
    site_of(folder, files_of(kind, OLD, OLD_BUILD), kind)
    (folder / "site" / "by-hand.txt").write_text("by hand")


def new_site(folder, kind):
    site_of(folder, files_of(kind, NEW, NEW_BUILD), kind)


def is_new(folder, kind):
    """Whether it is the new files and no others, beside what was put there by hand."""
    now = contents(folder / "site")
    now.pop(kind.marker)
    folders = {NEW_BUILD: False} if kind is DESK else {}
    files = dict(files_of(kind, NEW, NEW_BUILD))
    return now == {**files, **folders, "by-hand.txt": b"by hand"}


def how_many_calls(tmp_path, kind):
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path / "counted"
        old_site(folder, kind)
        counted = failing(patched, 0, OSError())
        new_site(folder, kind)
    return counted[0]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_whichever_call_fails_the_old_site_is_whole(tmp_path, error, kind):
    calls = how_many_calls(tmp_path, kind)
    assert calls > 15
    for number in range(1, calls + 1):
        folder = tmp_path / str(number)
        old_site(folder, kind)
        before = contents(folder / "site")
        with pytest.MonkeyPatch.context() as patched:
            failing(patched, number, error)
            try:
                new_site(folder, kind)
            except (Mendable, KeyboardInterrupt):
                whole = contents(folder / "site") == before or is_new(folder, kind)
            else:
                # What fails once all has been moved in is only tidying up.
                whole = is_new(folder, kind)
        assert whole, number
        new_site(folder, kind)
        assert [path.name for path in folder.iterdir()] == ["site"], number
        assert is_new(folder, kind), number


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in a fork")
def test_wherever_it_is_killed_the_next_run_ends_it(tmp_path, kind):
    for number in range(1, how_many_calls(tmp_path, kind) + 1):
        folder = tmp_path / str(number)
        old_site(folder, kind)
        killed = os.fork()
        if not killed:
            try:
                _kill_at(number)
                new_site(folder, kind)
            finally:
                os._exit(1)
        assert os.WTERMSIG(os.waitpid(killed, 0)[1]) == signal.SIGKILL, number
        assert (folder / "site" / "same.html").read_bytes() == b"same"
        new_site(folder, kind)
        assert [path.name for path in folder.iterdir()] == ["site"], number
        # Above all, a page that was taken out does not come back.
        assert is_new(folder, kind), number


def _kill_at(number):
    counted = [0]

    def wrapped(call):
        def called(*arguments, **more):
            counted[0] += 1
            if counted[0] == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **more)

        return called

    for name in CALLS:
        setattr(made_folder.os, name, wrapped(getattr(os, name)))


def test_what_fails_while_the_pages_are_made_leaves_nothing(tmp_path):
    def files():
        yield "index.html", b"new"
        raise Mendable("no more")

    with pytest.raises(Mendable, match="no more"):
        site_of(tmp_path, files())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a folder cannot be locked there")
def test_two_at_once_do_not_mix(tmp_path):
    def files():
        yield "index.html", b"new"
        with pytest.raises(Mendable, match="another hscp is making this site"):
            site_of(tmp_path, OLD)

    site_of(tmp_path, files())
    assert (tmp_path / "site" / "index.html").read_bytes() == b"new"


def test_a_site_with_a_changed_page_is_refused_before_anything_moves(tmp_path):
    site_of(tmp_path, OLD)
    (tmp_path / "site" / "index.html").write_text("changed")
    before = contents(tmp_path / "site")
    with pytest.raises(Mistyped, match=r"index\.html in .* changed by somebody else"):
        site_of(tmp_path, NEW)
    assert contents(tmp_path / "site") == before
    assert [path.name for path in Path(tmp_path).iterdir()] == ["site"]
