"""`hscp import --into`: the next version of a document held against the plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import hscp
from strategies import head
from test_asking import at_terminal

from hscp_plan.dates import UNDATED, of_day, read
from hscp_plan.importing.again import Again
from hscp_plan.importing.asked import Asked
from hscp_plan.importing.build import build
from hscp_plan.importing.news import Known
from hscp_plan.importing.when import How
from hscp_plan.model import (
    Benchmark,
    Column,
    Entry,
    Group,
    Log,
    Measure,
    Milestone,
    Moved,
    Objective,
    Plan,
    Priority,
    Promised,
    Statement,
    Value,
)
from hscp_plan.readers.content import Cell, Content, Paragraph, Run, Table
from hscp_plan.readers.files import read as read_file
from hscp_plan.reports.annual import Annual
from hscp_plan.reports.export import Export
from hscp_plan.reports.own_texts import columns_of_ours, is_ours, own_texts, parted, told_in
from hscp_plan.reports.published import Published
from hscp_plan.words import STATUSES
from hscp_plan.writers.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hscp_plan.document import Paper

DAY = date(2023, 6, 1)
LEADS = ["Chair of Quality Sub-Group", "Head of Early Help", "Police"]
ACTIONS = [
    "Train all staff in neglect", "Train the police in exploitation", "Write the neglect policy",
    "Audit ten cases: neglect, and exploitation", "Map the routes (by May 2022)", "Launch it",
    "Report to the Board - yearly", "Brief schools on P1.3 and the “new” policy",
]  # fmt: skip
LOGGED = ["Circulate the audit tool", "Write to the three heads", "Ask for waiting times"]
NOTES = [
    "Begun.", "Two of nine are trained.", "Put back: two posts are vacant", "Done on 3 March",
    "First line.\nSecond line, of 20 October 2021.", "It is on track", "As agreed; see P1.2.",
]  # fmt: skip


# Plans, and what hscp writes of them -------------------------------------------------------------


@st.composite
def entries(draw: st.DrawFn, due: object, status: str) -> tuple[list[Entry], object, str]:
    """A log in order, with the due date and the status that it leaves."""
    logged = []
    days = st.dates(date(2021, 4, 1), date(2023, 1, 1))
    for day in sorted(draw(st.lists(days, max_size=3, unique=True))):
        moved = None
        to = read(draw(st.sampled_from(["2022-09", "2022-12-24", "Q4 2022/23", "2023-05"])))
        if draw(st.booleans()) and to != due:
            moved, due = Moved(from_=due, to=to), to
        new = draw(st.one_of(st.none(), st.sampled_from(STATUSES)))
        status = new or status
        logged.append(
            Entry(
                date=of_day(day), note=draw(st.sampled_from(NOTES)), status=new, moved=moved,
                by=draw(st.sampled_from([None, *LEADS])),
                agreed=draw(st.sampled_from([None, "HSCP Executive Board, 20 October 2021"])),
                evidence=draw(st.sampled_from([(), ("Minutes, item 3", "https://a.example/b")])),
            )
        )  # fmt: skip
    return logged, due, status


EXTRA = {
    "success": "What success looks like", "cost": "Resources", "timescale": "Timescale",
    "due": "Due", "by_when": "By when", "status": "Status", "rag": "RAG", "progress": "Progress",
    "from": "From", "lead": "Owner",
}  # fmt: skip
"""Columns of the plan's own, some named as hscp's own are."""
KEPT = ["90% trained", "One: two", "£900", "Monthly from November 2023", "Immediate and ongoing",
        "Green", "On track", "September 2022", "Spring 2027"]  # fmt: skip


@st.composite
def extras(draw: st.DrawFn, full: frozenset[str], partly: frozenset[str]) -> dict[str, str]:
    """What a milestone has in the plan's own columns, in each of those that are full."""
    keys = full | draw(st.frozensets(st.sampled_from(sorted(partly)))) if partly else full
    return {key: draw(st.sampled_from(KEPT)) for key in sorted(keys)}


def carried(draw: st.DrawFn) -> dict[str, object]:
    return {"carried_from": "2019-21/P3.5", "first_promised": read("2020-03"),
            "moved_before": draw(st.sampled_from([None, 2]))}  # fmt: skip


@st.composite
def milestones(draw: st.DrawFn, id: str, action: str, more: dict[str, str]) -> Milestone:
    due = draw(st.sampled_from([UNDATED, *map(read, ["2022-04", "2022-04-30", "2022", "Q2 2022/23",
                                                     "autumn term 2022", "2022/23"])]))  # fmt: skip
    logged, due, status = draw(entries(due, "not started"))
    start = draw(st.sampled_from([None, read("2021-09"), read("2021-04-12")]))
    return Milestone(
        id=id, start=start, due=due, action=action, status=status, progress=Log(logged),
        lead=draw(st.sampled_from([(), (LEADS[0],), (LEADS[1], LEADS[2])])),
        answers=draw(st.sampled_from([(), ("Family X LSCPR",)])),
        from_=draw(st.sampled_from([None, "Executive Board, 10 November 2021"])), more=more,
        **draw(st.sampled_from([{}, carried(draw)])),
    )  # fmt: skip


MEASURES = (
    Measure(
        id="P1-M1", name="Visits made in time", kind="how well", unit="%", better="up",
        baseline=Value(period=read("2020-09"), value="21%", note="All teams"),
        benchmark=Benchmark(name="England average", value="50%"), target="60%",
        path=(Promised(period=read("2021-03"), value="35%", name="Milestone 3"),
              Promised(period=read("2021-10"), value="45%")),
        values=(Value(period=read("2021-03"), value="31%"),
                Value(period=read("2021-07"), note="The system was being replaced")),
    ),
    Measure(id="P1-M2", name="Children seen late", target="None by summer",
            values=tuple(Value(period=read(f"Q{n} 2021/22"), value="12") for n in (1, 2))),
)  # fmt: skip


@st.composite
def whole_plans(draw: st.DrawFn) -> Plan:
    """A plan of all that papers show."""
    files, full, partly = {}, *draw(column_keys())

    def every(owner: str, actions: list[str]) -> tuple[Milestone, ...]:
        return tuple(draw(milestones(f"{owner}.{n}", text, draw(extras(full, partly))))
                     for n, text in enumerate(actions, 1))  # fmt: skip

    for number, title in enumerate(draw(st.permutations(["Neglect", "Exploitation"])), 1):
        of_it = draw(st.permutations(ACTIONS))[: draw(st.integers(1, 5))]
        its = every(f"P{number}", of_it)
        split = draw(st.integers(0, len(its)))
        objectives = (
            Objective(id=f"P{number}-A",
                      statements_=(Statement(text="Children are seen and heard."),),
                      complete_by=draw(st.sampled_from([None, read("2022-04")])),
                      accountable=("HSCP Statutory Safeguarding Partners",),
                      lead=draw(st.sampled_from([(), (LEADS[0],), (LEADS[0], LEADS[2])])),
                      milestones=its[split:]),
        )  # fmt: skip
        files[f"p{number}.yaml"] = Priority(
            id=f"P{number}", title=title, until=draw(st.sampled_from([None, read("2022")])),
            outcome="There is a response to it.", evidence=("Audit reports", "Data"),
            milestones_=its[:split], objectives=objectives,
            measures=draw(st.sampled_from([(), MEASURES])) if number == 1 else (),
        )  # fmt: skip
    words = draw(st.sampled_from([{}, {"milestone": "action", "objective": "aim"},
                                  {"on track": "green", "complete": "delivered"}]))  # fmt: skip
    if draw(st.booleans()):
        its = every("A", draw(st.permutations(LOGGED))[: draw(st.integers(1, 3))])
        files["actions.yaml"] = Priority(
            id="A", kind="register", title="Action log", milestones_=its
        )
    columns = tuple(Column(key=key, label=EXTRA[key]) for key in EXTRA if key in full | partly)
    groups = (Group(name=LEADS[0], short="Quality", kind="role"),)
    scale = draw(st.sampled_from([{}, {"Green": "on track", "Grey": "not started"}]))
    if scale:
        words = {key: word for key, word in words.items() if key not in STATUSES}
    completion = draw(st.sampled_from([None, "agreed"]))
    given = {"columns": columns, "words": words, "groups": groups, "scale": scale}
    return Plan(head(**given, completion=completion, vision="Safe."), files)


@st.composite
def column_keys(draw: st.DrawFn) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of the plan's own columns: of those that each milestone has, and of the others."""
    keys = draw(st.lists(st.sampled_from(list(EXTRA)), max_size=4, unique=True))
    split = draw(st.integers(0, len(keys)))
    return frozenset(keys[:split]), frozenset(keys[split:])


def paper(format: str) -> Callable[[Plan], tuple[str, bytes]]:
    def written(plan: Plan) -> tuple[str, bytes]:
        it = Published(plan, DAY, "Made from the plan's files by hscp").paper()
        return f"a.{FORMATS[format].endings[0]}", FORMATS[format].paper(it, None)

    return written


def export(format: str) -> Callable[[Plan], tuple[str, bytes]]:
    return lambda plan: (f"a.{format}", FORMATS[format].export(Export(plan, DAY, "")))


WRITERS = {
    **{format: paper(format) for format in ("docx", "html", "markdown")},
    **{format: export(format) for format in ("xlsx", "csv")},
}


def content_of(plan: Plan, format: str) -> Content:
    content = read_file(*WRITERS[format](plan))
    assert isinstance(content, Content)
    return content


def held(content: Content, plan: Plan, published: Plan | None = None) -> Again:
    """A document held against a plan, which was published as it is or with its counts veiled."""
    published = published or plan
    content, beside = parted(content, plan)
    asked = Asked(
        How("day first", "none"), columns_of_ours(content, plan.head), scale=plan.head.scale
    )
    draft = build(content, "a", asked)
    return Again(
        draft, plan, Known(DAY, own_texts(published, DAY), is_ours(published, DAY, ()), beside)
    )


def found(again: Again) -> set[tuple[str, str]]:
    """What was found, each as an id and what it is."""
    of = {(f"{led.objective.id}", "lead") for led in again.led}
    for news in again.news:
        id = news.standing.milestone.id
        names = ("note", "status", "due", "start", "lead", "more", "action")
        of |= {(id, name) for name in names if getattr(news, name)}
    of |= {(new.priority.id, f"new: {new.row.action}") for new in again.new}
    of |= {(s.milestone.id, "gone") for s in again.gone()}
    of |= {(unsure.row.milestone.action, "unsure") for unsure in again.unsure}
    of |= {(row.milestone.action, "homeless") for row in again.homeless}
    return of | {(left.text, left.why) for left in again.beside()}


@pytest.mark.parametrize(
    "format",
    [f if f == "docx" else pytest.param(f, marks=pytest.mark.long) for f in WRITERS],
)
@given(plan=whole_plans())
def test_what_hscp_wrote_of_a_plan_says_nothing_new(format, plan):
    assert found(held(content_of(plan, format), plan)) == set()


@pytest.mark.parametrize("format", WRITERS)
def test_what_went_out_veiled_says_nothing_new(format):
    def reported(who: str) -> Plan:
        milestone = Milestone(
            id="P1.1", due=read("2022-04"), action=f"Visit {who}.", from_=f"Talk with {who}",
            more={"who": f"To {who}."},
            progress=Log([Entry(date=of_day(DAY), note=f"Reported on {who}.\nAgain on {who}.")]),
        )  # fmt: skip
        columns = (Column(key="who", label="Whom"),)
        its = Priority(id="P1", title="A", milestones_=(milestone,))
        return Plan(head(columns=columns), {"p1.yaml": its})

    plan, published = reported("3 families"), reported("fewer than 5 families")
    assert found(held(content_of(published, format), plan, published)) == set()
    assert found(held(content_of(published, format), plan))


@pytest.mark.parametrize("format", ["docx", "html", "markdown"])
def test_a_paper_that_tells_of_a_plan_is_known_for_none(format):
    plan, foot = (
        Plan(head(title="A: B"), {}),
        "Plan at revision 1; made from the plan's files by hscp",
    )
    form = FORMATS[format]

    def told(paper: Paper) -> str:
        content = read_file(f"a.{form.endings[0]}", form.paper(paper, None))
        assert isinstance(content, Content)
        return told_in(content)

    assert told(Annual(plan, DAY, "2022/23", foot).paper()) == "yearly report 2022/23"
    assert told(Annual(plan, DAY, "2022/23", "By us").paper()) == ""
    assert told(Published(plan, DAY, foot).paper()) == ""


def test_measures_of_a_paper_are_no_milestones_whatever_was_promised_is_called():
    promised = Promised(
        name="Milestone of two children", period=read("2022/23"), value="fewer than 5"
    )
    measure = Measure(id="P1-M1", name="Visits", path=(promised,))
    train = Milestone(id="P1.1", due=read("2022-04"), action="Train")
    its = Priority(id="P1", title="A", measures=(measure,), milestones_=(train,))
    plan = Plan(head(), {"p1.yaml": its})
    assert found(held(content_of(plan, "docx"), plan)) == set()


def test_that_nothing_showed_it_on_another_day_is_nothing_new():
    ours = is_ours(Plan(head(), {}), DAY, ())
    assert ours("Said on track 5 weeks ago, nothing shown")
    assert not ours("Said on track 5 weeks ago, and shown since")


def test_what_hscp_worked_out_on_another_day_is_no_timescale():
    """A paper of the plan as it was, or will be: its counts of moves are not the plan's."""
    columns = (Column(key="timescale", label="Timescale"),)
    logged = Entry(date=of_day(DAY), note="Put back.",
                   moved=Moved(from_=read("2022-04"), to=read("2022-09")))  # fmt: skip

    def with_log(due: str, *entries: Entry) -> Plan:
        milestone = Milestone(id="P1.1", due=read(due), action="Train", progress=Log(entries))
        undated = Milestone(id="P1.2", due=read(due) if entries else UNDATED, action="Audit")
        its = Priority(id="P1", title="A", milestones_=(milestone, undated))
        return Plan(head(columns=columns), {"p1.yaml": its})

    before, after = with_log("2022-04"), with_log("2022-09", logged)
    for written, plan in ((before, after), (after, before)):
        again = held(content_of(written, "docx"), plan)
        assert not any(news.more for news in again.news)
        assert not again.beside()


# Cells that somebody changes ---------------------------------------------------------------------

NEW_NOTE = "Quite another thing was said at the meeting."


def with_text(cell: Cell, text: str) -> Cell:
    lines = tuple(Paragraph((Run(line),)) for line in text.split("\n"))
    return cell._replace(paragraphs=lines, fill="")


def changed(cell: Cell, what: str, milestone: Milestone) -> Cell:
    """A cell as somebody leaves it who changes one thing of a milestone."""
    match what:
        case "action":
            return with_text(cell, cell.text.replace(milestone.action, f"{milestone.action} anew"))
        case "due":
            return with_text(cell, "31 May 2029")
        case "note":
            return with_text(cell, f"{NEW_NOTE}\n{cell.text}")
        case "status":
            return with_text(cell, "On track" if milestone.status != "on track" else "At risk")
    return with_text(cell, "Head of Quite Another Service")


def edited(content: Content, edits: dict[tuple[str, str], Milestone]) -> Content:
    """A document with these cells changed, each by its milestone's id and what it says."""
    places = {"Progress": "note", "Status": "status", "Lead": "lead"}

    def table_edited(table: Table) -> Table:
        labels = [cell.text for cell in table.rows[0]]
        if "Timescale" not in labels:
            return table  # of measures
        last = {label: n for n, label in enumerate(labels)}
        # A column of the plan's own may be called as hscp's is, and stands between those.
        what_in = {last[label]: what for label, what in places.items() if label in last}
        what_in |= {0: "action", labels.index("Timescale"): "due"}
        rows = [table.rows[0]]
        for row in table.rows[1:]:
            id = row[0].text.partition(" ")[0]
            cells = [
                changed(cell, what, edits[id, what])
                if (what := what_in.get(n)) and (id, what) in edits
                else cell
                for n, cell in enumerate(row)
            ]
            rows.append(tuple(cells))
        return table._replace(rows=tuple(rows))

    return content._replace(
        blocks=tuple(table_edited(b) if isinstance(b, Table) else b for b in content.blocks)
    )


@given(plan=whole_plans(), data=st.data())
def test_of_cells_that_are_changed_exactly_those_are_found(plan, data):
    every = {m.id: m for p in plan.priorities for m in p.milestones}
    content = content_of(plan, "markdown")
    of_row = {row[0].text.partition(" ")[0]: [c.text for c in table.rows[0]]
              for table in content.tables() for row in table.rows[1:]}  # fmt: skip
    possible = [
        (id, what)
        for id in every
        for what in ("action", "due", "note", "status", "lead")
        if what != "lead" or "Lead" in of_row[id]
    ]
    edits = set(data.draw(st.lists(st.sampled_from(possible), max_size=6)))
    again = held(edited(content, {edit: every[edit[0]] for edit in edits}), plan)
    assert found(again) == as_found(edits, plan)


def as_found(edits: set[tuple[str, str]], plan: Plan) -> set[tuple[str, str]]:
    """What is found of edits: where all that has an objective's lead is given another, that is the
    objective's."""
    edits = set(edits)
    for priority in plan.priorities:
        for objective in priority.objectives:
            its = {(m.id, "lead") for m in objective.milestones if not m.lead}
            if its and its <= edits:
                edits = (edits - its) | {(objective.id, "lead")}
    return edits


@pytest.mark.long
@given(plan=whole_plans(), data=st.data())
def test_an_empty_cell_changes_nothing_and_rows_that_come_and_go_are_found(plan, data):
    content = content_of(plan, "markdown")
    every = [row[0].text.partition(" ")[0] for t in content.tables() for row in t.rows[1:]]
    gone = data.draw(st.sampled_from(every))
    blank = st.booleans()

    def changed_table(table: Table) -> Table:
        rows = [
            (row[0], *(with_text(cell, "") if data.draw(blank) else cell for cell in row[1:]))
            for row in table.rows[1:]
            if row[0].text.partition(" ")[0] != gone
        ]
        new = with_text(table.rows[1][0], "Survey what parents say of it")
        empty = tuple(with_text(cell, "") for cell in table.rows[0][1:])
        return table._replace(rows=(table.rows[0], *rows, (new, *empty)))

    tables = [block for block in content.blocks if isinstance(block, Table)]
    last = tables[-1]
    blocks = tuple(changed_table(b) if b is last else b for b in content.blocks)
    ids = [row[0].text.partition(" ")[0] for row in last.rows[1:]]
    priority = ids[0].partition(".")[0]
    new = (priority, "new: Survey what parents say of it")
    expected = {new, (gone, "gone")} if gone in ids else {new}
    assert found(held(content._replace(blocks=blocks), plan)) == expected


@pytest.mark.long
@given(plan=whole_plans(), random=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(plan, random):
    def shuffled(table: Table) -> Table:
        rows = [*table.rows[1:]]
        random.shuffle(rows)
        # Without ids, so that words and place alone tell.
        first = [row[0].text.partition("\n")[0].partition(" ")[2] for row in rows]
        rows = [(with_text(row[0], text), *row[1:]) for row, text in zip(rows, first, strict=True)]
        return table._replace(rows=(table.rows[0], *rows))

    content = content_of(plan, "markdown")
    blocks = tuple(shuffled(b) if isinstance(b, Table) else b for b in content.blocks)
    assert found(held(content._replace(blocks=blocks), plan)) == set()


def test_a_dated_note_that_import_took_over_is_not_new(tmp_path):
    header = "| Priority | Action | Progress |\n|---|---|---|\n"
    text = f"{header}| Neglect | Train | 12 March 2022: Begun. |\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert hscp("import", "a.md", folder=tmp_path).returncode == 0
    again = hscp("import", "a.md", "--into", "plan", folder=tmp_path)
    assert b"it says the same" in again.stdout
    (tmp_path / "a.md").write_text(text.replace("Begun.", "Begun.<br>Two more."), encoding="utf-8")
    later = hscp("import", "a.md", "--into", "plan", folder=tmp_path)
    assert b"Two more." in later.stdout
    assert b"Begun." not in later.stdout


# Asked, recorded, taken back ---------------------------------------------------------------------

P1, P2 = "p1-neglect.yaml", "p2-child-sexual-abuse.yaml"
TODAY = {"HSCP_AS_AT": "2021-12-15"}


@pytest.fixture
def version(plan):
    """The next version of the demonstration plan's paper, by what is to be replaced in it."""

    def written(*changes: tuple[str, str]) -> str:
        done = hscp("report", "plan", "--format", "markdown", "-o", "v2.md", "--force",
                    folder=plan.parent, **TODAY)  # fmt: skip
        assert done.returncode == 0, done.stderr
        text = (plan.parent / "v2.md").read_text(encoding="utf-8")
        for was, now in changes:
            assert text.count(was) == 1, was
            text = text.replace(was, now)
        (plan.parent / "v2.md").write_text(text, encoding="utf-8")
        return "v2.md"

    return written


def files(plan: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in plan.glob("*.yaml")}


def take_in(plan: Path, *words: str) -> str:
    done = hscp("import", "v2.md", "--into", "plan", *words, folder=plan.parent, **TODAY)
    assert done.returncode == 0, done.stderr
    return (done.stdout + done.stderr).decode()


MOVED = ("December 2021 to January 2022 | 7 December 2021, on", "June 2022 | 7 December 2021, on")
REWORDED = ("P1.5 Launch Complex Case Panel", "P1.5 Launch the panel for complex cases")
DONE = ("| ! 15 days late<br>Said to be off track |", "| Complete |")


def test_at_a_terminal_all_is_shown_asked_about_and_recorded(plan, version):
    version(MOVED, REWORDED)
    said, status = at_terminal(plan.parent, ["import", "v2.md", "--into", "plan"], ["y", "y"])
    assert status == 0, said
    assert "P1.6  due date moved: January 2022 to June 2022" in said
    assert "Take these words, in place of those that were agreed? [y/N]" in said
    text = files(plan)[P1]
    assert "action: Launch the panel for complex cases\n" in text
    assert '              The words were: "Launch Complex Case Panel"\n' in text
    assert "            moved: {from: 2022-01, to: 2022-06}\n" in text


def test_who_says_no_to_all_changes_nothing(plan, version):
    version(MOVED, REWORDED)
    before = files(plan)
    said, status = at_terminal(plan.parent, ["import", "v2.md", "--into", "plan"], ["n", "n"])
    assert status == 0, said
    assert "Nothing was recorded." in said
    assert files(plan) == before


def test_a_row_in_other_words_without_its_id_is_asked_about(plan, version):
    version(("P1.5 Launch Complex Case Panel", "Launch a Panel of its own"))
    answers = ["y", "y", "y"]
    said, status = at_terminal(plan.parent, ["import", "v2.md", "--into", "plan"], answers)
    assert status == 0, said
    assert "Is it P1.5? [y/N]" in said
    assert "action: Launch a Panel of its own\n" in files(plan)[P1]


def test_taken_in_twice_it_is_recorded_once(plan, version):
    version(MOVED, DONE)
    before = files(plan)
    take_in(plan, "--yes")
    once = files(plan)
    assert {name for name in once if once[name] != before[name]} == {P1, P2}
    said = take_in(plan, "--yes")
    assert files(plan) == once
    assert "it says the same" in said


def test_without_yes_and_without_a_terminal_nothing_is_recorded(plan, version):
    version(MOVED)
    before = files(plan)
    assert "To record what is sure, add --yes" in take_in(plan)
    assert "Nothing was recorded." in take_in(plan, "--yes", "--dry-run")
    assert files(plan) == before


def test_what_cannot_be_written_in_one_file_is_written_in_none(plan, version):
    version(MOVED, DONE)
    path = plan / P2
    text = path.read_text(encoding="utf-8")
    start = text.index("      - id: P2.2\n")
    end = text.index("      - id: P2.3\n")
    flow = (
        '      - {id: P2.2, start: 2021-09, due: 2021-11, status: off track, action: "Develop"}\n'
    )
    path.write_text(f"{text[:start]}{flow}{text[end:]}", encoding="utf-8")
    before = files(plan)
    done = hscp("import", "v2.md", "--into", "plan", "--yes", folder=plan.parent, **TODAY)
    assert done.returncode == 1
    assert b"hscp does not edit that layout" in b" ".join(done.stderr.split())
    assert files(plan) == before


def test_undo_takes_back_what_was_taken_in(repository, version):
    plan = repository / "plan"
    version(MOVED)
    before = files(plan)
    take_in(plan, "--yes")
    done = hscp("undo", folder=repository, **TODAY)
    assert done.returncode == 0, done.stderr
    assert files(plan) == before


# What is asked about, kept and named --------------------------------------------------------------

EMPTY = Cell()
HEAD = """format: 1
id: 2021-23
partnership: Anytown
title: The plan
period: {start: 2021-04, end: 2023-03}
dates: day first
"""


@pytest.fixture
def kept(tmp_path):
    """What comes of taking tables into a plan of these milestones, one after the other, unasked:
    all that was said, and the plan's file."""

    def taken_in(milestones: str, *tables: str) -> tuple[str, str]:
        folder = tmp_path / "plan"
        folder.mkdir()
        (folder / "plan.yaml").write_text(HEAD, encoding="utf-8")
        path = folder / "p1-neglect.yaml"
        path.write_text(f"id: P1\ntitle: Neglect\nmilestones:\n{milestones}", encoding="utf-8")
        said = ""
        for number, table in enumerate(tables):
            (tmp_path / f"v{number}.md").write_text(table, encoding="utf-8")
            done = hscp("import", f"v{number}.md", "--into", "plan", "--yes", folder=tmp_path,
                        **TODAY)  # fmt: skip
            assert done.returncode == 0, done.stderr
            said = " ".join((done.stdout + done.stderr).decode().split())
        return said, path.read_text(encoding="utf-8")

    return taken_in


def table(columns: str, *rows: str) -> str:
    count = columns.count("|") + 1
    return "\n".join([f"| {columns} |", "|---" * count + "|", *(f"| {row} |" for row in rows), ""])


TRAIN = """  - id: P1.1
    due: 2022-04
    action: Train all staff
    status: on track
"""


def test_what_stood_before_is_asked_about_whatever_the_days(kept):
    columns = "Priority | Action | By when | RAG"
    first = table(columns, "Neglect | Train all staff | April 2022 | Green")
    second = table(columns, "Neglect | Train all staff | June 2022 | Amber")
    said, text = kept(TRAIN, second, first)
    assert "It was on track before." in text
    assert "P1.1 It is due April 2022, and the plan moved it to June 2022" in said
    assert "P1.1 It is on track, and the plan says at risk since" in said
    assert "due: 2022-06" in text
    assert "status: at risk" in text


def test_a_version_saved_before_the_last_one_is_asked_about():
    milestone = Milestone(
        id="P1.1", due=read("2022-06"), action="Train all staff", status="at risk",
        progress=Log([Entry(date=of_day(DAY), note="As in v2.docx, saved on 1 June 2023.",
                            status="at risk",
                            moved=Moved(from_=read("2022-04"), to=read("2022-06")))]),
    )  # fmt: skip
    plan = Plan(head(), {"p1.yaml": Priority(id="P1", title="A", milestones_=(milestone,))})
    rows = [["Action", "By when", "RAG"], ["Train all staff", "May 2022", "Red"]]
    cells = tuple(tuple(with_text(EMPTY, text) for text in row) for row in rows)
    draft = build(Content((Table(cells),)), "a", Asked())
    for day, asked in ((date(2023, 5, 1), {"due", "status"}), (date(2023, 7, 1), set())):
        again = Again(draft, plan, Known(day, own_texts(plan, day), lambda _: False))
        assert {doubt.field for news in again.news for doubt in news.doubts} == asked


def test_closing_is_never_recorded_unasked_nor_the_date_beside_it(kept):
    columns = "Priority | Action | By when | RAG | Progress"
    row = "Neglect | Train all staff | June 2022 | Closed | Taken on by the police"
    said, text = kept(TRAIN, table(columns, row))
    assert 'It was closed: "Taken on by the police"' in said
    assert "It was closed, and its due date is another: June 2022" in said
    assert 'hscp progress P1.1 "Why" --status closed --agreed' in said
    assert "status: on track" in text
    assert "due: 2022-04" in text


def test_who_agreed_a_closing_is_asked(plan, version):
    version(("| ! 15 days late<br>Said to be off track |", "| Closed |"))
    answers = ["Taken on elsewhere", "Executive Board, 1 December 2021", "y"]
    said, status = at_terminal(plan.parent, ["import", "v2.md", "--into", "plan"], answers)
    assert status == 0, said
    assert "Who agreed it, and when?" in said
    assert "agreed: HSCP Executive Board, 1 December 2021" in files(plan)[P2]


def test_a_status_that_may_be_two_is_for_a_person(kept):
    said, text = kept(TRAIN, table("Priority | Action | RAG", "Neglect | Train all staff | so-so"))
    assert 'P1.1 Its status is "so-so", which may be more than one' in said
    assert "no column" not in said
    assert "status: on track" in text


def test_the_words_of_a_new_row_are_kept_under_a_column_that_is_declared(kept, tmp_path):
    columns = "Priority | Action | By when | Cost"
    rows = ("Neglect | Train all staff | April 2022 |", "Neglect | Audit ten cases | tbc | £900")
    said, text = kept(TRAIN, table(columns, *rows))
    assert "more:\n      by_when: tbc\n      cost: £900\n" in text
    head_text = (tmp_path / "plan" / "plan.yaml").read_text(encoding="utf-8")
    assert "  - key: cost\n    label: Cost\n" in head_text
    assert "Recorded nowhere" not in said


def test_what_is_recorded_nowhere_names_its_milestone(kept):
    row = "Neglect | Train all staff | £900"
    said, _ = kept(TRAIN, table("Priority | Action | Cost", row))
    assert 'Recorded nowhere P1.1 "£900" at line 3: the plan has no column "Cost"' in said


def test_of_a_cell_that_is_recorded_nowhere_its_own_place_is_named(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Action", "By when", "Cost"], ["Train all staff", "April 2022", "£900"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    milestone = Milestone(id="P1.1", due=read("2022-04"), action="Train all staff")
    plan = Plan(head(), {"p1.yaml": Priority(id="P1", title="A", milestones_=(milestone,))})
    content = read_file("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    (left,) = held(content, plan).beside()
    assert (left.id, left.text, left.place) == ("P1.1", "£900", "sheet Sheet, C2")


def test_a_row_under_another_priority_is_told():
    named = [Milestone(id=f"P{n}.1", due=read("2022-04"), action=text)
             for n, text in enumerate(["Train all staff", "Map the routes"], 1)]  # fmt: skip
    files = {m.id: Priority(id=m.id[:2], title=title, milestones_=(m,))
             for title, m in zip(("Neglect", "Harm"), named, strict=True)}  # fmt: skip
    plan = Plan(head(), files)
    rows = [["Priority", "Action"], *(["Harm", m.action] for m in named)]
    cells = tuple(tuple(with_text(EMPTY, text) for text in row) for row in rows)
    (left,) = held(Content((Table(cells),)), plan).beside()
    assert (left.id, left.why) == (
        "P1.1", "it stands under P2 there, and in the plan under P1"
    )  # fmt: skip


def test_a_time_that_a_cell_says_itself_is_not_said_twice(kept):
    row = "Neglect | Train all staff | Q1: half are trained"
    _, text = kept(TRAIN, table("Priority | Action | Q1 update", row))
    assert "Q1: half are trained" in text
    assert "Q1: Q1" not in text


def test_a_note_ends_before_what_says_where_it_comes_from(kept):
    columns = "Priority | Action | By when | Progress"
    row = "Neglect | Train all staff | June 2022 | Half are trained"
    said, _ = kept(TRAIN, table(columns, row))
    assert "reason: Half are trained. As in v0.md" in said
