"""Nothing that is published could identify a child, whatever field it stood in, and no count under
five gets out. Each field of the model is filled with a fault in turn, for each command that writes
something to give away."""

import contextlib
import io
import json
import re
import shutil
import tracemalloc
import zipfile
from datetime import date
from functools import reduce

import pytest
from running import REPO, surroundings
from test_export import ALL, HEAD

from hscp_plan import model
from hscp_plan.checks import faults, privacy
from hscp_plan.checks._few import veil
from hscp_plan.checks.measures import AS_PUBLISHED
from hscp_plan.checks.privacy import hits_among
from hscp_plan.cli import dispatch
from hscp_plan.commands import _publish
from hscp_plan.commands import site as site_command
from hscp_plan.editing import asked as editing_asked
from hscp_plan.publishing import door
from hscp_plan.publishing.door import Door
from hscp_plan.publishing.published_files import published_files
from hscp_plan.publishing.texts import texts_in
from hscp_plan.reading import yamltext
from hscp_plan.store import open_plan

FILES = {"plan.yaml": yamltext.values(HEAD), "p1.yaml": yamltext.values(ALL)}
KINDS = {"plan.yaml": model.Head, "p1.yaml": model.Priority}
PAPERS = ("board", "plan", "annual", "workplan")
OUTPUTS = {
    **{f"report {paper} {form}": ("report", paper, "--format", form)
       for paper in PAPERS for form in ("docx", "html", "markdown")},
    **{f"report {paper} on the screen": ("report", paper, "--format", "html", "-o", "-")
       for paper in PAPERS[:3]},
    **{f"timeline {form}": ("timeline", "--format", form) for form in ("docx", "html")},
    **{f"export {form}": ("export", form, "-o", f"all.{form}")
       for form in ("csv", "json", "xlsx", "ics")},
    **{f"export {form} on the screen": ("export", form) for form in ("csv", "json", "ics")},
    "ask": ("ask", "--all", "--open"),
    "ask in Excel": ("ask", "--all", "--open", "--xlsx"),
    "ask on the screen": ("ask", "--all", "--open", "-o", "-"),
    "ask in drafts": ("ask", "--all", "--open", "--mail", "drafts"),
    "site": ("site", "pages"),
}  # fmt: skip
NUMBER = "07700 900{:03}"


def leaves(value, kind, path=()):
    """Every text of a file, by its path, and the class and key that it stands under."""
    for key, inner in value.items():
        deeper = model.part(kind, key)
        items = list(enumerate(inner)) if isinstance(inner, list) else [(None, inner)]
        for n, item in items:
            at = (*path, key) if n is None else (*path, key, n)
            if isinstance(item, dict) and deeper:
                yield from leaves(item, deeper, at)
            elif isinstance(item, dict):
                yield from (((*at, word), kind, key) for word in item)
            else:
                yield at, kind, key


LEAVES = [
    (file, path, kind, key)
    for file, values in FILES.items()
    for path, kind, key in leaves(values, KINDS[file])
]


def filled(texts):
    """The files, with these texts added to what stands at their places."""
    made = json.loads(json.dumps(FILES))
    for (file, path), text in texts.items():
        *above, last = path
        part = reduce(lambda part, step: part[step], above, made[file])
        part[last] = f"{part[last]}. Ring {text}"
    return {file: json.dumps(values, ensure_ascii=False) for file, values in made.items()}


@pytest.fixture
def around(tmp_path, monkeypatch):
    """A folder to publish in, with what `hscp` is told around it."""
    for key, value in surroundings(HSCP_AS_AT="2021-12-15").items():
        monkeypatch.setenv(key, value)
    monkeypatch.setenv("HSCP_CACHE", "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(folder, files, *argv):
    """A command over these files: its status, and all that it printed."""
    (folder / "plan").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "plan" / name).write_text(text, encoding="utf-8")
    printed = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        status = dispatch.run(list(argv))
    return status, printed.buffer.getvalue()


def every_text(kind):
    return {(kind, key) for key in kind.keys if not model.part(kind, key)}


def test_every_field_of_the_model_is_tried():
    kinds = {k for k in vars(model).values() if isinstance(k, type) and hasattr(k, "defaults")}
    kinds -= {model.Asked, model.Round}  # of which a count goes out, and no text
    tried = {(kind, key) for _, _, kind, key in LEAVES}
    assert len(kinds) > 12
    assert set().union(*map(every_text, kinds)) <= tried


def test_every_text_that_was_not_published_before_is_veiled(around):
    (around / "plan").mkdir()
    veiled = set()
    for file, path, kind, key in LEAVES:
        made = json.loads(json.dumps(FILES))
        *above, last = path
        reduce(lambda part, step: part[step], above, made[file])[last] = "Two children"
        for name, values in made.items():
            (around / "plan" / name).write_text(json.dumps(values))
        opened = open_plan(around / "plan")
        if opened.faults:  # an id, a date or a word of a list: no text
            continue
        left_out = key in AS_PUBLISHED.get(kind, ())
        plan = Door(opened).published_plan(date(2021, 12, 15)).plan
        assert ("Two children" in repr(plan)) == left_out, path
        copy = b"".join(data for _, data in published_files(opened, date(2021, 12, 15)))
        assert (b"Two children" in copy) == left_out, path
        veiled.add((kind, key))
    assert len(veiled) > 40


@pytest.mark.long
@pytest.mark.parametrize("output", OUTPUTS)
def test_nothing_goes_out_whatever_field_it_stood_in(around, output):
    for n, (file, path, _, _) in enumerate(LEAVES):
        number = NUMBER.format(n)
        status, printed = typed(around, filled({(file, path): number}), *OUTPUTS[output])
        assert status == 1, (path, printed)
        assert number.encode() not in printed, path
        assert [each.name for each in around.iterdir()] == ["plan"], path


def test_the_fault_is_named_where_it_stands_as_check_names_it(around):
    path = ("objectives", 0, "milestones", 0, "progress", 0, "note")
    files = filled({("p1.yaml", path): NUMBER.format(1)})
    _, printed = typed(around, files, "report", "board")
    _, checked = typed(around, files, "check")
    fault = checked.partition(b"\n\n")[0]
    assert fault.startswith(b"plan/p1.yaml:1:")
    assert b"[telephone]" in fault
    assert fault in printed


def text_leaves(around):
    """The places where a text may say anything."""
    for n, (file, path, _, _) in enumerate(LEAVES):
        typed(around, filled({(file, path): NUMBER.format(n)}), "status")
        if not open_plan("plan").faults:
            yield n, (file, path)


def bare(data):
    """All that stands in a file, its parts unpacked."""
    if not data.startswith(b"PK\3\4"):
        return data.decode().replace("\r\n ", "").replace("=\r\n", "")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


def test_what_is_written_is_looked_through_itself(around, monkeypatch):
    """The plan's files let everything pass here: whatever number gets into a file, or onto the
    screen, is met on the way out."""
    places = dict(text_leaves(around))
    files = filled({place: NUMBER.format(n) for n, place in places.items()})
    written = []

    def through(files, _opened):
        for name, data in files:
            written.append(data)
            yield name, data

    monkeypatch.setattr(door, "find_private", lambda _: faults.Private([], set()))
    monkeypatch.setattr(editing_asked, "refuse_unpublishable", lambda _: None)
    monkeypatch.setattr(_publish, "looked_through", through)
    monkeypatch.setattr(site_command, "looked_through", through)
    seen = set()
    for output, argv in OUTPUTS.items():
        written.clear()
        status, _ = typed(around, files, *argv, *(["--force"] if "screen" not in output else []))
        assert status == 0, output
        assert written, output
        for data in written:
            out = set(re.findall(r"07700 900\d{3}", bare(data)))
            met = hits_among(texts_in(data))
            numbers = {text[hit.start : hit.end] for text, hits in met.items() for _, hit in hits}
            assert out <= numbers, output
            seen |= out
    assert len(seen) > len(places) * 0.8
    assert len(places) > 40


MUCH = {
    "csv": ("\ufeffId,Note\r\n", 'P1.1,"Said\r\nat length, and again"\r\n', ""),
    "json": (
        '{\n  "milestones": [\n',
        '    {"id": "P1.1", "note": "Said at \\"length\\""},\n',
        "]}",
    ),
    "ics": ("BEGIN:VCALENDAR\r\n", "DESCRIPTION:Said at le\r\n ngth\\, and again\r\n", ""),
}


@pytest.mark.parametrize("format", MUCH)
def test_what_a_file_says_again_and_again_takes_little_room(format):
    begins, again, ends = MUCH[format]
    data = f"{begins}{again * 20_000}{ends}".encode()
    tracemalloc.start()
    texts = list(texts_in(data))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(texts) < 10
    assert any(re.search(r"Said\s+at .?length", text) for text in texts)
    assert most < len(data) / 2


@pytest.mark.parametrize("argv", [("report", "plan", "--force"), ("export", "xlsx")])
def test_an_office_file_says_the_same_however_small_its_pieces(around, monkeypatch, argv):
    typed(around, {"plan.yaml": HEAD, "p1.yaml": ALL}, *argv)
    (made,) = (path.read_bytes() for path in around.glob("plan-*"))
    whole = set(texts_in(made))
    monkeypatch.setattr("hscp_plan.publishing.texts._CHUNK", 90)
    assert set(texts_in(made)) == whole
    assert len(whole) > 20


def test_what_could_identify_a_child_is_met_however_little_is_remembered(around, monkeypatch):
    monkeypatch.setattr(door, "MOST_REMEMBERED", 1)
    typed(around, {"plan.yaml": HEAD, "p1.yaml": ALL}, "status")
    looking = Door(open_plan("plan"))
    bad = f"Ring {NUMBER.format(1)}"
    assert not looking.text_faults("a.html", ["One", "Two"])
    assert not looking.text_faults("b.html", ["One", "Three"])
    assert looking.passed_texts == {"Three"}
    assert [fault.rule for fault in looking.text_faults("c.html", ["Two", bad])] == ["telephone"]


def test_texts_that_are_looked_through_in_batches_hold_what_they_held_together(monkeypatch):
    texts = [
        f"Meeting {n}: ring {NUMBER.format(n)}" if n % 3 else f"Nothing {n}" for n in range(30)
    ]
    together = hits_among(texts)
    monkeypatch.setattr(privacy, "BATCH_SIZE", 60)
    assert hits_among(texts) == together
    assert len(together) == 20


def test_what_only_the_whole_says_is_met_too(around):
    shutil.copytree(REPO / "examples" / "demo-plan", around / "plan")
    status, printed = typed(around, {}, "report", "board", "--from", "Mum Sarah Pemberton rang")
    assert status == 1
    assert b"board-2021-12-15.docx: error: this looks like the name of a child" in printed
    assert b"Pemberton" not in printed
    assert [each.name for each in around.iterdir()] == ["plan"]


def test_of_several_papers_none_is_written_where_one_may_not_be(around, monkeypatch):
    monkeypatch.setattr(door, "find_private", lambda _: faults.Private([], set()))
    status, _ = typed(around, filled({}), "report", "workplan")
    assert status == 0
    assert sorted(each.name for each in around.iterdir() if each.suffix) == [
        "workplan-chair-2021-12-15.docx",
        "workplan-deputy-2021-12-15.docx",
    ]
    for each in around.glob("*.docx"):
        each.unlink()
    ending = ("milestones", 0, "action")
    files = filled({("p1.yaml", ending): NUMBER.format(1)})
    status, printed = typed(around, files, "report", "workplan")
    assert status == 1
    assert b"workplan-deputy-2021-12-15.docx: error" in printed
    assert [each.name for each in around.iterdir()] == ["plan"]


def test_what_a_comment_allows_goes_out(around):
    comment = "# hscp: allow telephone: the council's"
    files = {
        "plan.yaml": HEAD.replace(
            "introduction: Words", f"{comment}\nintroduction: >-\n  Ring 020 7946\n  0123."
        ),
        "p1.yaml": ALL.replace(
            "        action: Launch", f"        {comment}\n        action: Ring 020 7946 0123"
        ),
    }
    for output, argv in OUTPUTS.items():
        status, printed = typed(around, files, *argv)
        assert status == 0, (output, printed)
    assert "020 7946 0123" in (around / "pages" / "about.html").read_text(encoding="utf-8")


def counted(value, note="Counted"):
    return ALL.replace(
        "values: [{period: Q2 2021/22, value: 42, note: Counted}]}",
        "values: [{period: Q1 2021/22, value: 12},\n     {period: Q2 2021/22, "
        f"value: {value}, note: {note}}}]}}",
    )


@pytest.mark.parametrize(
    ("text", "veiled"),
    [
        ("On 1 May three children moved", "On 1 May fewer than 5 children moved"),
        ("In phase 2 two children moved", "In phase 2 fewer than 5 children moved"),
        ("=1+1 The three children", "=1+1 The fewer than 5 children"),
        ("1 young child left", "Fewer than 5 young children left"),
        ("Two of the three girls", "Fewer than 5 of the fewer than 5 girls"),
        ("In 2 of 14 schools, year 2 children read", "In 2 of 14 schools, year 2 children read"),
    ],
)
def test_a_number_before_a_count_hides_it_from_nobody(text, veiled):
    assert veil(text) == veiled


@pytest.mark.parametrize(
    "figures",
    [
        "baseline: {period: 2021/22, value: 20}, values: [{period: Q1 2021/22, value: suppressed}]",
        "baseline: {period: Q1 2021/22, note: Kept}, values: [{period: 2021/22, value: 20}]",
        "path: [{period: Q1 2021/22, value: 2}, {period: 2021/22, value: 20}]",
    ],
)
def test_no_total_gives_away_what_is_kept_back_whatever_key_it_stands_under(around, figures):
    (around / "plan").mkdir()
    (around / "plan" / "plan.yaml").write_text(HEAD)
    measure = f"id: P1\ntitle: T\nmeasures: [{{id: P1-M1, name: Girls, {figures}}}]\n"
    (around / "plan" / "p1.yaml").write_text(measure)
    plan = Door(open_plan(around / "plan")).published_plan(date(2021, 12, 15)).plan
    assert "value='20'" not in repr(plan)


FEW = {
    "plan.yaml": HEAD,
    "p1.yaml": counted(3, "Two children moved").replace("unit: plans", "unit: children"),
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_count_under_five_goes_out_as_that(around, output, monkeypatch):
    files = {**FEW, "p1.yaml": FEW["p1.yaml"].replace("note: Heard.", "note: 3 girls were heard.")}
    written = []

    def through(files, _opened):
        for name, data in files:
            written.append(data)
            yield name, data

    monkeypatch.setattr(editing_asked, "refuse_unpublishable", lambda _: None)
    monkeypatch.setattr(_publish, "looked_through", through)
    monkeypatch.setattr(site_command, "looked_through", through)
    status, printed = typed(around, files, *OUTPUTS[output])
    assert status == 0, printed
    texts = [text for data in written for text in texts_in(data)]
    assert not [t for t in texts if re.search(r"\b(3|Two) (girls|children)|: 3\b|^3$|value: 3", t)]
    if "annual" in output or "json" in output or "site" in output:
        assert any("ewer than 5 girls were heard" in text for text in texts)
        assert any("ewer than 5 children moved" in text for text in texts)
        assert any(re.search('(?:^|: "?)fewer than 5', text) for text in texts)


def test_whether_it_got_better_is_told_without_the_count(around):
    status, printed = typed(around, FEW, "report", "annual", "--format", "markdown", "-o", "-")
    assert status == 0
    assert b"12 to fewer than 5: worse" in printed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (counted(3), "3"),  # of plans, as the unit says, and allowed below
        (counted(0).replace("unit: plans", "unit: children"), "0"),
        (counted("3%").replace("unit: plans", "unit: children"), "3%"),
        (counted(3).replace("unit: plans", "unit: days"), "3"),
        (counted(5).replace("unit: plans", "unit: children"), "5"),
    ],
)
def test_what_counts_no_child_goes_out_as_it_is(around, text, value):
    if "unit: plans" in text:
        comment = "# hscp: allow small-number: plans, not children"
        text = text.replace("\n     {period: Q2", f"\n     {comment}\n     {{period: Q2")
    typed(around, {"plan.yaml": HEAD, "p1.yaml": text}, "status")
    plan = Door(open_plan("plan")).published_plan(date(2021, 12, 15)).plan
    assert plan.priorities[0].measures[0].values[-1].value == value


def test_only_the_copy_that_goes_out_is_changed(around):
    before = dict(FEW)
    typed(around, before, "report", "annual")
    _, printed = typed(around, before, "show", "P1")
    assert b": 3 (Two children moved)" in printed
    assert (around / "plan" / "p1.yaml").read_text(encoding="utf-8") == before["p1.yaml"]


def test_no_figure_has_the_ten_digits_of_an_nhs_number(around):
    status, printed = typed(around, {**FEW, "p1.yaml": counted(9434765919)}, "check")
    assert status == 1
    assert b"is not a number" in printed
