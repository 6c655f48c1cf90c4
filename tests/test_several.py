"""Laws of several plans together: nothing is there but what one of them has, with its plan's id."""

import json
import os
import re
import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returning import filled
from running import HEAD, REPO, git, hscp
from small_plan import small_plan, write
from strategies import head, plans

from hscp_plan import dates, store
from hscp_plan.as_at import as_at
from hscp_plan.changes import changes
from hscp_plan.commands._complete import ids, leads
from hscp_plan.errors import Mistyped
from hscp_plan.model import Decision, Plan, Priority
from hscp_plan.naming.ids import find_part, own_id
from hscp_plan.reports import records
from hscp_plan.reports.due import Due
from hscp_plan.reports.export import Export
from hscp_plan.reports.moves import Moves
from hscp_plan.reports.overdue import Overdue
from hscp_plan.reports.sheets import workbook
from hscp_plan.several import open_plans, plans_together, readable, together
from hscp_plan.standing import by_owner, counts, standing_of, standings, state

DEMO, PUBLISHED = REPO / "examples" / "demo-plan", REPO / "plan"
DAYS = st.dates(date(2021, 1, 1), date(2024, 1, 1))


def opened(folder, id):
    """A plan under another id."""
    it = store.open_plan(folder)
    return it._replace(plan=it.plan._replace(head=it.plan.head.replace(id=id)))


def as_two(one, other):
    """Two plans together, A and B."""
    heads = tuple(p.head.replace(id=id) for p, id in ((one, "A"), (other, "B")))
    return plans_together([one, other], heads)


REAL = [store.open_plan(DEMO).plan, store.open_plan(PUBLISHED).plan]
ANY = st.one_of(plans(), st.sampled_from(REAL))


def cited(row, id):
    """A row of one plan as it is of several."""
    own = {k: f"{id}/{row[k]}" for k in ("id", "priority", "objective") if row.get(k)}
    if row.get("after"):
        own["after"] = "; ".join(f"{id}/{each}" for each in row["after"].split("; "))
    return {**row, **own}


@given(ANY, ANY, DAYS)
def test_counts_over_two_plans_are_the_sums_of_the_counts(one, other, day):
    together = as_two(one, other)
    parts = [counts(standings(plan, day)) for plan in (one, other)]
    assert counts(standings(together, day)) == {k: parts[0][k] + parts[1][k] for k in parts[0]}


@given(ANY, ANY, DAYS, st.booleans())
def test_every_row_of_two_plans_is_a_row_of_one_with_its_id(one, other, day, back):
    together = as_two(one, other)
    if back:
        together, one, other = (as_at(plan, day) for plan in (together, one, other))
    for report in (
        lambda p: Export(p, day),
        lambda p: Overdue(p, day),
        lambda p: Due(p, day, "Open"),
        lambda p: Moves(p, day, "", {}),
    ):
        rows = [cited(row, "A") for row in report(one).rows()]
        rows += [cited(row, "B") for row in report(other).rows()]
        of_both = report(together).rows()
        assert sorted(map(said_in, of_both)) == sorted(map(said_in, rows))


def said_in(row):
    """What a row says, to be compared with others."""
    return sorted((key, str(value)) for key, value in row.items() if value is not None)


@given(ANY, ANY, DAYS)
def test_a_list_by_date_over_two_plans_is_a_merge_of_both(one, other, day):
    late = [standing.over for standing in Overdue(as_two(one, other), day).standings()]
    assert late == sorted(late)
    for report in (lambda p: Due(p, day, "Open"), lambda p: Overdue(p, day)):
        merged = report(as_two(one, other)).standings()
        for plan, id in ((one, "A"), (other, "B")):
            ids = [f"{id}/{s.milestone.id}" for s in report(plan).standings()]
            assert [s.milestone.id for s in merged if s.milestone.id.startswith(f"{id}/")] == ids


@given(ANY, ANY, DAYS)
def test_each_priority_stands_as_it_does_alone(one, other, day):
    def of(plan, id=""):
        every = standings(plan, day)
        return [
            (p.register, id + p.id, standing_of(p, some), state(p, day),
             [s.ended_unagreed for s in some], [s.left_open for s in some],
             [s.ending for s in some])
            for p, some in by_owner(plan, every)
        ]  # fmt: skip

    # The registers of both stand below the priorities of both.
    each = sorted(of(one, "A/") + of(other, "B/"), key=lambda row: row[0])
    assert of(as_two(one, other)) == each


@given(ANY, ANY)
def test_nothing_changes_between_two_plans_and_the_same_two(one, other):
    assert changes(as_two(one, other), as_two(one, other)) == []


def test_a_plan_that_stands_alone_in_the_other_case_is_found_by_its_id_alone():
    both = as_two(*REAL)
    assert own_id(both, " b/p1.3. ") == "b/p1.3"
    with pytest.raises(Mistyped, match=r"2 plans have P1\.3"):
        find_part(both, "P1.3", date(2021, 12, 15))
    renamed = REAL[0].files["p1-neglect.yaml"].replace(id="Q1")
    other = REAL[0]._replace(files={"q.yaml": renamed})
    assert find_part(as_two(other, REAL[1]), "q1", date(2021, 12, 15)).id == "A/Q1"


def test_what_is_filled_in_later_is_the_plans_own(tmp_path, monkeypatch):
    """The cache leaves most of a milestone for later; under another id it is still found."""
    monkeypatch.setenv("HSCP_CACHE", str(tmp_path))
    fresh = together([opened(DEMO, "A"), opened(PUBLISHED, "B")]).plan
    cached = together([opened(DEMO, "A"), opened(PUBLISHED, "B")]).plan
    assert cached == fresh
    assert [*map(repr, cached.priorities)] == [*map(repr, fresh.priorities)]


def test_what_is_recorded_beside_a_closing_is_known_by_its_words():
    keep = Decision(
        date=dates.read("2021-12-01"), by="Board", decision="P1.1 stays open.",
        outcome="continue", about=("P1.1",),
    )  # fmt: skip
    plan = Plan(head(), {"p.yaml": Priority(id="P1", title="Neglect", decisions=(keep,))})
    (decision, *_) = as_two(plan, plan).priorities[0].decisions
    assert (decision.decision, decision.about) == ("A/P1.1 stays open.", ("A/P1.1",))


def two(tmp_path, more="", id="2023-25"):
    """Two folders, ./plan and ./next/plan, whose plans have the same ids but their own."""
    small_plan(tmp_path)
    (tmp_path / "next").mkdir()
    small_plan(tmp_path / "next")
    head_file = tmp_path / "next" / "plan" / "plan.yaml"
    own = store.open_plan(tmp_path / "plan").plan.head.id
    write(head_file, HEAD.replace(f"id: {own}", f"id: {id}") + more)
    return tmp_path


def test_json_names_each_plan(tmp_path):
    folder = two(tmp_path)
    done = hscp("overdue", "--json", "--plan", "plan", "--plan", "next", folder=folder)
    said = json.loads(done.stdout)
    assert [plan["id"] for plan in said["plans"]] == [*said["plan"]["id"].split("+")]
    whole = json.loads(
        hscp("export", "json", "--plan", "plan", "--plan", "next", folder=folder).stdout
    )
    assert [plan["id"] for plan in whole["plans"]] == [plan["id"] for plan in said["plans"]]
    alone = json.loads(hscp("overdue", "--json", "--plan", "next", folder=folder).stdout)
    assert "plans" not in alone
    assert (
        records.envelope(store.open_plan(folder / "plan").plan, date.today())["plan"]
        in said["plans"]
    )


def test_a_folder_whose_name_has_the_sign_between_folders_is_one(tmp_path):
    folder = two(tmp_path)
    name = f"a{os.pathsep}b"
    (folder / "plan").rename(folder / name)
    alone = hscp("status", "--json", folder=folder, HSCP_PLAN=name)
    assert "plans" not in json.loads(alone.stdout)


def test_a_link_to_the_same_folder_is_the_same_plan(tmp_path):
    folder = two(tmp_path)
    (folder / "link").symlink_to("plan")
    done = hscp("status", "--plan", "plan", "--plan", "link", folder=folder)
    assert (done.returncode, b"are one plan" in done.stderr) == (2, True)


def test_columns_of_one_key_and_two_labels_stay_two(tmp_path):
    columns = "columns: [{key: success, label: %s}]\n"
    folder = two(tmp_path, columns % "Success criteria")
    path = folder / "plan" / "plan.yaml"
    write(path, path.read_text() + columns % "How we know")
    for at, text in (("plan", "Heads agree"), ("next/plan", "Parents agree")):
        p1 = folder / at / "p1.yaml"
        write(p1, p1.read_text() + f"        more: {{success: {text}}}\n")
    both = open_plans([str(folder / "plan"), str(folder / "next")]).plan
    assert [c.label for c in both.head.columns] == ["How we know", "Success criteria"]
    rows = [*Export(both, date(2021, 12, 15)).rows()]
    said = [{str(row.get(c.key)) for row in rows} - {"None"} for c in both.head.columns]
    assert said == [{"Heads agree"}, {"Parents agree"}]


def test_a_broken_head_is_named_by_its_path(tmp_path):
    folder = two(tmp_path)
    write(folder / "next" / "plan" / "plan.yaml", "id: [")
    done = hscp("status", "--plan", "plan", "--plan", "next", folder=folder)
    assert done.returncode == 1
    assert b"next/plan/plan.yaml" in done.stderr
    assert b"P1" in done.stdout


def test_two_plans_of_a_day_are_the_two_of_that_day():
    both = as_two(*REAL)
    day = date(2021, 12, 15)
    for then in (day, day - timedelta(30)):
        assert as_at(both, then) == as_two(*(as_at(plan, then) for plan in REAL))


LED = "    lead: Board\n    milestones:"


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Two plans, the Board's form about both, and what came back of it."""
    folder = two(tmp_path_factory.mktemp("asked"))
    for plan in ("plan", "next/plan"):
        p1 = folder / plan / "p1.yaml"
        write(p1, p1.read_text().replace("    milestones:", LED))
    run(folder, "ask", "Board", "--open", "-o", "form.docx", day="2021-12-01")
    answers = {
        (f"{id}/P1.1", "happened"): f"The panel of {id} met."
        for id in (store.open_plan(folder / "plan").plan.head.id, "2023-25")
    }
    (folder / "back.docx").write_bytes(filled((folder / "form.docx").read_bytes(), answers))
    return folder


def run(folder, *argv, day="2021-12-15", plans=("plan", "next/plan")):
    """What a command of several plans prints and complains of, in one line."""
    done = hscp(*argv, folder=folder, HSCP_AS_AT=day, HSCP_PLAN=os.pathsep.join(plans))
    assert done.returncode == 0, done.stderr
    return " ".join((done.stdout + done.stderr).decode().split())


def logged(folder, plan):
    """What the first milestone of a plan says, and when its forms were answered."""
    it = store.with_asked(store.open_plan(folder / plan)).plan
    entries = it.milestone("P1.1").progress
    return [entry.note for entry in entries], [
        str(r.answered and r.answered.text) for r in it.asked
    ]


def test_one_form_asks_about_two_plans_and_each_records_its_own(asked, tmp_path):
    folder = shutil.copytree(asked, tmp_path / "it")
    own = store.open_plan(folder / "plan").plan.head.id
    for plan in ("plan", "next/plan"):
        rounds = store.with_asked(store.open_plan(folder / plan)).plan.asked
        assert [round.ids for round in rounds] == [("P1.1",)]
    assert run(folder, "asked").count("no answer") == 1
    run(folder, "collect", "back.docx", "--yes")
    assert logged(folder, "plan") == ([f"The panel of {own} met."], ["2021-12-15"])
    assert logged(folder, "next/plan") == (["The panel of 2023-25 met."], ["2021-12-15"])
    again = run(folder, "collect", "back.docx", "--yes")
    assert "2 said already" in again


@pytest.mark.parametrize("first", [0, 1])
def test_one_plan_takes_what_is_its_own_and_names_the_rest(asked, tmp_path, first):
    folder = shutil.copytree(asked, tmp_path / "it")
    plans = ["plan", "next/plan"]
    ids = [store.open_plan(folder / plan).plan.head.id for plan in plans]
    said = run(folder, "collect", "back.docx", "--yes", plans=plans[first : first + 1])
    assert f"{ids[1 - first]}/P1.1 belongs to the plan {ids[1 - first]}" in said
    assert f"{ids[first]}/P1.1 belongs" not in said
    assert logged(folder, plans[first])[0] == [f"The panel of {ids[first]} met."]
    assert logged(folder, plans[1 - first])[0] == []
    # One form is answered once both its plans have it.
    assert "no answer" in run(folder, "asked")
    run(folder, "collect", "back.docx", "--yes")
    assert "no answer" not in run(folder, "asked")
    assert logged(folder, plans[1 - first])[0] == [f"The panel of {ids[1 - first]} met."]


def test_a_form_of_one_plan_is_read_with_two(asked, tmp_path):
    folder = shutil.copytree(asked, tmp_path / "it")
    run(folder, "ask", "Board", "--open", "-o", "n.docx", day="2021-12-02", plans=["next/plan"])
    form = filled((folder / "n.docx").read_bytes(), {("P1.1", "happened"): "Nobody came."})
    (folder / "n.docx").write_bytes(form)
    run(folder, "collect", "n.docx", "--yes")
    assert logged(folder, "next/plan")[0] == ["Nobody came."]
    assert logged(folder, "plan")[0] == []


def test_notes_of_a_meeting_name_milestones_of_two_plans(asked, tmp_path):
    folder = shutil.copytree(asked, tmp_path / "it")
    p2 = folder / "next" / "plan" / "p2.yaml"
    write(p2, p2.read_text().replace("P2", "Q2"))
    notes = "2023-25/P1.1: It met.\n\nQ2.1: It did not.\n\nP1.1: Which one?\n"
    (folder / "notes.txt").write_text(notes, encoding="utf-8")
    said = run(folder, "collect", "notes.txt", "--by", "Board", "--yes")
    assert 'Not placed, and not recorded "P1.1: Which one?"' in said
    both = open_plans([str(folder / "plan"), str(folder / "next")]).plan
    assert [e.note for e in both.milestone("2023-25/P1.1").progress] == ["It met."]
    assert [e.note for e in both.milestone("2023-25/Q2.1").progress] == ["It did not."]


def test_a_plan_that_was_not_there_yet_is_left_out_of_an_earlier_time(tmp_path):
    folder = two(tmp_path)
    git(folder, "init", "-q")
    for name, day in (("plan", "2021-10-01"), ("next", "2021-12-01")):
        git(folder, "add", name)
        moment = {f"GIT_{who}_DATE": f"{day}T12:00" for who in ("AUTHOR", "COMMITTER")}
        git(folder, "commit", "-q", "-m", "A plan", **moment)
    own = store.open_plan(folder / "plan").plan.head.id
    for rev in ("2021-11-01", "HEAD~1"):
        said = run(folder, "overdue", "--rev", rev, day="2022-01-01")
        assert "without the plan 2023-25" in said
        assert f"{own}/P1.1" in said
        assert "2023-25/P1.1" not in said
    for rev in ("2021-12-02", "HEAD"):
        said = run(folder, "overdue", "--rev", rev, day="2022-01-01")
        assert "without" not in said
        assert "2023-25/P1.1" in said


def test_a_revision_is_of_one_repository_and_a_day_of_all(tmp_path):
    folder = two(tmp_path)
    for name in ("plan", "next"):
        git(folder / name, "init", "-q")
        git(folder / name, "add", "-A")
        moment = {f"GIT_{who}_DATE": "2021-12-01T12:00" for who in ("AUTHOR", "COMMITTER")}
        git(folder / name, "commit", "-q", "-m", f"The plan in {name}", **moment)
    plans = os.pathsep.join(("plan", "next"))
    refused = hscp("status", "--rev", "HEAD", folder=folder, HSCP_PLAN=plans)
    assert (refused.returncode, b"of one repository" in refused.stderr) == (2, True)
    said = run(folder, "overdue", "--rev", "2021-12-02", day="2022-01-01")
    assert "2023-25/P1.1" in said


def test_a_workbook_of_two_plans_shows_every_id_whole():
    two = plans_together(REAL, tuple(p.head.replace(id=f"2021-23-{n}") for n, p in enumerate(REAL)))
    sheets = workbook(two, date(2021, 12, 15))
    longest = max(len(s.milestone.id) for s in standings(two, date(2021, 12, 15)))
    for sheet in (sheets.plan, sheets.progress):
        assert sheet.fields[0].width > longest


def test_a_site_of_two_plans_has_a_page_for_each_priority_and_no_dead_link(asked, tmp_path):
    folder = shutil.copytree(asked, tmp_path / "it")
    run(folder, "site", "site")
    pages = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("site/*.html")}
    own = store.open_plan(folder / "plan").plan.head.id
    for plan, priority in ((own, "p1"), ("2023-25", "p2")):
        page = pages[f"{plan}_{priority}.html".lower()]
        assert f'id="{plan}/{priority.upper()}.1"' in page
    for page in pages.values():
        for address in re.findall(r'href="([^":]+)"', page):
            file, _, part = address.partition("#")
            assert (folder / "site" / file).exists(), address
            if part and file:
                assert f'id="{part}"' in pages[file], address
    assert f"{own} and 2023-25" in pages["about.html"]


def test_a_milestone_in_a_calendar_of_two_plans_is_the_one_in_its_own(tmp_path):
    folder = two(tmp_path)

    def events(*plans):
        done = hscp("export", "ics", folder=folder, HSCP_PLAN=os.pathsep.join(plans))
        return {line for line in done.stdout.decode().split("\r\n") if line.startswith("UID:P")}

    assert events("plan", "next") == events("plan") | events("next")
    assert len(events("plan", "next")) == 4


def test_options_before_a_command_name_two_plans_as_those_after_it(tmp_path):
    folder = two(tmp_path)
    before = hscp("--plan", "plan", "--plan", "next", "overdue", folder=folder).stdout
    assert before == hscp("overdue", "--plan=plan", "--plan=next", folder=folder).stdout
    assert b"2023-25/P1.1" in before


def test_undo_takes_back_what_was_recorded_in_the_plan_of_an_id(asked, tmp_path):
    folder = shutil.copytree(asked, tmp_path / "it")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Two plans")
    run(folder, "progress", "2023-25/P1.1", "It met.")
    assert "2023-25/P1.1" in run(folder, "log")
    assert logged(folder, "next/plan")[0] == ["It met."]
    run(folder, "undo", "2023-25/P1.1")
    assert git(folder, "status", "--short") == ""


def test_tab_offers_the_ids_of_both_plans_and_what_both_plans_lead(asked):
    both = [str(asked / "plan"), str(asked / "next")]
    own, plan = store.open_plan(asked / "plan").plan.head.id, readable(both)
    assert {f"{own}/P1.1", "2023-25/P1.1", "2023-25/P2"} <= {*ids(plan)}
    assert {*ids(readable(both[:1]))} == {"P1", "P2", "P1.1", "P2.1"}
    assert leads(plan) == {"Board": "lead"}
