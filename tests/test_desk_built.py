"""The built desk in a real browser without a screen: a folder is opened, worked in by keyboard, and
holds what the shell would have written; whatever fails, nothing is lost.

The folder is of the browser's own private file system, which has the handles of a picked one.
"""

import re
import shutil
import tarfile
import warnings
import zipfile
from contextlib import ExitStack

import pytest
from browser import NEEDED, NoBrowser, opened
from built_desk import NotBuilt, build_folder, built, built_anew, served
from running import DEMO, HEAD, hscp
from test_desk_begin import ROWS, word
from test_desk_browser import looked_at

from hscp_plan.cli import dispatch
from hscp_plan.desk import build
from hscp_plan.desk.pages import HERE
from hscp_plan.reading.cache import DECIDING_MODULES

pytestmark = pytest.mark.long

# The picker is the browser's own window, which no test can press: it gives this folder instead.
PICKED = """
window.showDirectoryPicker = async () =>
    (await navigator.storage.getDirectory()).getDirectoryHandle("picked", {create: true});
"""
WRITE = """async (files) => {
    const top = await navigator.storage.getDirectory();
    await top.removeEntry("picked", {recursive: true}).catch(() => {});
    for (const [path, text] of Object.entries(files)) {
        let folder = await top.getDirectoryHandle("picked", {create: true});
        const parts = path.split("/");
        for (const part of parts.slice(0, -1))
            folder = await folder.getDirectoryHandle(part, {create: true});
        const file = await folder.getFileHandle(parts.at(-1), {create: true});
        const stream = await file.createWritable();
        await stream.write(text);
        await stream.close();
    }
}"""
READ = """async () => {
    const read = async (folder, under) => {
        const found = {};
        for await (const [name, handle] of folder.entries()) {
            const path = under + name;
            if (handle.kind === "file") found[path] = await (await handle.getFile()).text();
            else Object.assign(found, await read(handle, `${path}/`));
        }
        return found;
    };
    return read(await (await navigator.storage.getDirectory()).getDirectoryHandle("picked"), "");
}"""
SECONDS = 60_000


def texts(folder):
    """What a plan's files hold, by their names."""
    return {path.name: path.read_bytes().decode() for path in sorted(folder.glob("*.yaml"))}


@pytest.fixture(scope="module")
def browser():
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(opened())
        except NoBrowser as why:
            warnings.warn(f"the built desk was not tried: {why}\n{NEEDED}", stacklevel=1)
            pytest.skip("no browser opens")
        yield browser


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    try:
        return built(tmp_path_factory.mktemp("built") / "desk")
    except NotBuilt as why:
        warnings.warn(f"the built desk was not tried: {why}", stacklevel=1)
        pytest.skip("the desk cannot be built here")


@pytest.fixture
def build_like(site, monkeypatch):
    """Builds a desk of the engine and the packages that the site has, which takes no time."""
    engine = contents(build_folder(site))
    names = (*build.ENGINE_FILES, f"{build.WASM}.gz", build.LIBRARY, build.PACKAGES)
    monkeypatch.setattr(build, "_python", lambda _: {name: engine[name] for name in names})

    def build_like(folder, *options):
        made = dispatch.arrange(["desk", "--build", str(folder), *options])
        assert dispatch.execute(made) == 0

    return build_like


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield address


@pytest.fixture
def context(browser):
    with browser.new_context(accept_downloads=True) as context:
        context.add_init_script(PICKED)
        context.set_default_timeout(SECONDS)
        yield context


def begun(context, address, files=None):
    """A page of the desk that has loaded, beside a folder that holds these files."""
    page = context.new_page()
    page.goto(address)
    if files is not None:
        page.evaluate(WRITE, files)
    page.get_by_text("Ready.").wait_for()
    return page


def opens(context, address, files):
    """A page that has the folder open."""
    page = begun(context, address, files)
    page.get_by_role("button", name="Open the plan’s folder").click()
    page.get_by_role("navigation", name="Lists").wait_for()
    return page


@pytest.fixture(scope="module")
def desk(browser, address):
    """A page that has a folder open."""
    with browser.new_context() as context:
        context.add_init_script(PICKED)
        context.set_default_timeout(SECONDS)
        yield opens(context, address, texts(DEMO))


@pytest.fixture
def page(desk):
    """The same, of which the folder holds the demonstration plan as it was."""
    desk.evaluate(WRITE, texts(DEMO))
    go(desk, "/")
    return desk


def go(page, place):
    page.evaluate("place => { location.hash = place }", place)
    settled(page)


def settled(page):
    page.locator("body:not([aria-busy])").wait_for()


def press_to(page, place):
    """Press Tab until what this selector names has the focus, as somebody without a mouse does."""
    at_place = "place => document.activeElement.matches(place)"
    for _ in range(200):
        if page.evaluate(at_place, place):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {place}")


def typed(page, **fields):
    """Fill in a form and send it, by keyboard alone."""
    for name, text in fields.items():
        field = f'[name="{name}"]'
        folded = f"details:not([open]):has({field}) > summary"
        if page.locator(folded).count():
            press_to(page, folded)
            page.keyboard.press("Enter")
        press_to(page, field)
        page.keyboard.type(text)
    press_to(page, "button[value=record]")
    page.keyboard.press("Enter")
    settled(page)


def record(page, note="Begun."):
    """Record progress of P1.3 by the form."""
    go(page, "/record/progress?id=P1.3")
    typed(page, note=note, date="2022-03-15")


def recorded(folder, *lines):
    """The files that these lines make of the demonstration plan in the shell."""
    for line in lines:
        done = hscp(*line, folder=folder)
        assert done.returncode == 0, done.stderr.decode()
    return texts(folder / "plan")


PROGRESS = ("progress", "P1.3", "Begun.", "--date=2022-03-15")


def held(page):
    """What the folder holds."""
    return page.evaluate(READ)


def alert(page):
    """What the page says went wrong."""
    return page.get_by_role("alert").inner_text()


# --- what is built ------------------------------------------------------------------------------


def contents(folder):
    """The bytes of each file in a folder and below."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def names(packages):
    with tarfile.open(packages) as archive:
        return archive.getnames()


def test_all_python_is_compiled_and_only_what_reads_its_source_has_it(site):
    with zipfile.ZipFile(build_folder(site) / build.LIBRARY) as library:
        assert not [name for name in library.namelist() if name.endswith(".py")]
    packages = names(build_folder(site) / build.PACKAGES)
    sources = {name for name in packages if name.endswith(".py")}
    assert sources == {f"hscp_plan/{name}.py" for name in DECIDING_MODULES}


def test_every_template_is_compiled(site):
    templates = [*HERE.glob("templates/*.html"), *HERE.parent.glob("writers/templates/*.html")]
    packages = names(build_folder(site) / build.PACKAGES)
    made = [name for name in packages if "/compiled/" in name]
    assert len(made) == len(templates)


def test_what_is_built_again_is_the_same_to_the_last_byte(site, tmp_path):
    assert contents(built_anew(tmp_path / "again")) == contents(site)


# --- a quarter's work ---------------------------------------------------------------------------


def test_a_quarters_work_by_keyboard_writes_what_the_shell_writes(page, folder):
    board = "HSCP Executive Board"
    for form, fields in (
        ("progress?id=P1.3", {"note": "Begun.", "date": "2022-03-15"}),
        (
            "reschedule?id=P2.2",
            {"to": "2022-09", "reason": "A post is empty.", "date": "2022-03-15"},
        ),
        ("decide?id=P1", {"decision": "Neglect goes on.", "by": board, "date": "2022-03-16"}),
        ("add-meeting", {"date": "2022-06-15", "group": board}),
        ("progress?id=P4.1", {"note": "Café – “done”.", "date": "2022-03-17"}),
    ):
        go(page, f"/record/{form}")
        typed(page, **fields)
        assert page.locator("[role=alert]").count() == 0, page.locator("main").inner_text()
    assert held(page) == recorded(
        folder,
        PROGRESS,
        ("reschedule", "P2.2", "2022-09", "--reason=A post is empty.", "--date=2022-03-15"),
        ("decide", "P1", "Neglect goes on.", f"--by={board}", "--date=2022-03-16"),
        ("add-meeting", "2022-06-15", board),
        ("progress", "P4.1", "Café – “done”.", "--date=2022-03-17"),
    )


def test_a_paper_is_narrowed_and_handed_out(context, address):
    page = opens(context, address, texts(DEMO))
    go(page, "/papers/annual")
    page.get_by_label("Year").fill("2020/21")
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    assert re.fullmatch(r"annual-2020-21-[\d-]+\.md", download.value.suggested_filename)
    assert "2020/21" in download.value.path().read_text(encoding="utf-8")


def test_a_broken_file_is_mended_there_and_keeps_its_line_ends(page):
    name, right = "p2-child-sexual-abuse.yaml", "title: Child Sexual Abuse\r\n"
    files = {each: text.replace("\n", "\r\n") for each, text in texts(DEMO).items()}
    page.evaluate(WRITE, files | {name: files[name].replace(right, "title: [\r\n")})
    go(page, "/check")
    page.get_by_role("link", name=f"of {name}").first.click()
    settled(page)
    field = page.locator("#text:focus")
    field.fill(field.input_value().replace("title: [", right.rstrip()))
    page.get_by_role("button", name="Keep it").click()
    settled(page)
    assert held(page) == files
    page.get_by_role("button", name="Take it back").click()
    settled(page)
    assert held(page)[name] == files[name].replace(right, "title: [\r\n")


def test_the_page_asks_nothing_of_anybody_else(context, address):
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = opens(context, address, texts(DEMO))
    record(page)
    ours = (address, f"blob:{address}", "data:,")
    assert [url for url in asked if not url.startswith(ours)] == []
    assert len(asked) > 8


def test_neither_the_page_nor_its_worker_can_ask_anything_of_anybody_else(desk, address, tmp_path):
    with served(tmp_path) as elsewhere:
        ask = "url => fetch(url, {mode: 'no-cors'}).then(() => 'asked', (error) => error.name)"
        for each in (desk, desk.workers[0]):
            assert each.evaluate(ask, elsewhere) == "TypeError"
            assert each.evaluate(ask, address) == "asked"


# --- folders ------------------------------------------------------------------------------------


def test_a_plan_below_the_folder_that_is_opened_is_found_and_nothing_else_is_touched(
    context, address
):
    beside = {"README.md": "Ours.", ".git/config": "[core]", "notes/list.yaml": "a: 1"}
    files = {f"plan/{name}": text for name, text in texts(DEMO).items()}
    page = opens(context, address, {**files, **beside})
    record(page)
    now = held(page)
    changed = {name for name in {**files, **beside} if now.pop(name) != {**files, **beside}[name]}
    assert (changed, now) == ({"plan/p1-neglect.yaml"}, {})


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"p1.yaml": "id: P1"}, "There is no plan.yaml in what you opened"),
        (
            {"a/plan.yaml": "", "b/plan.yaml": ""},
            "more than one plan here: a/plan.yaml, b/plan.yaml",
        ),
        ({f"{n}.txt": "" for n in range(5001)}, "far more than a plan"),
    ],
    ids=["no plan", "two plans", "a heap"],
)
def test_a_folder_that_is_no_plan_is_said_to_be_none(files, said, context, address):
    page = begun(context, address, files)
    page.get_by_role("button", name="Open the plan’s folder").click()
    page.get_by_role("status").get_by_text(said).wait_for()
    page.evaluate(WRITE, texts(DEMO))
    page.get_by_role("button", name="Open the plan’s folder").click()
    page.get_by_role("navigation", name="Lists").wait_for()


def test_a_plan_with_a_broken_file_still_shows(page):
    page.evaluate(WRITE, {**texts(DEMO), "p2-child-sexual-abuse.yaml": "id: [P2\n"})
    go(page, "/")
    assert "P3" in page.locator("main").inner_text()
    go(page, "/check")
    assert "p2-child-sexual-abuse.yaml" in page.locator("main").inner_text()


def test_a_file_changed_by_another_program_is_seen_and_kept(page, folder):
    go(page, "/record/progress?id=P1.3")
    theirs = texts(DEMO)["p1-neglect.yaml"].replace("Neglect", "Neglect of children", 1)
    page.evaluate(WRITE, {**texts(DEMO), "p1-neglect.yaml": theirs})
    typed(page, note="Begun.", date="2022-03-15")
    (folder / "plan" / "p1-neglect.yaml").write_text(theirs, encoding="utf-8", newline="")
    assert held(page) == recorded(folder, PROGRESS)


def test_a_second_page_of_the_same_folder_loses_nothing_of_the_first(page, folder, address):
    other = page.context.new_page()
    other.goto(address)
    other.get_by_text("Ready.").wait_for()
    other.get_by_role("button", name="Open “picked” again").click()
    other.get_by_role("navigation", name="Lists").wait_for()
    for number, each in enumerate((page, other, page)):
        record(each, f"Note {number}.")
    lines = (("progress", "P1.3", f"Note {n}.", "--date=2022-03-15") for n in range(3))
    other.close()
    assert held(page) == recorded(folder, *lines)


STILL = """() => {
  self.moving = Object.getOwnPropertyDescriptor(File.prototype, "lastModified");
  Object.defineProperty(File.prototype, "lastModified", { value: 1, configurable: true });
}"""
MOVING = "() => Object.defineProperty(File.prototype, 'lastModified', self.moving)"


@pytest.fixture
def all_of_one_time(page):
    """Every file seems to have been changed at the same time."""
    worker = page.workers[0]
    worker.evaluate(STILL)
    yield
    worker.evaluate(MOVING)


@pytest.mark.usefixtures("all_of_one_time")
def test_a_change_that_leaves_a_file_as_long_and_as_old_is_not_written_over(page, folder):
    go(page, "/")
    go(page, "/record/progress?id=P1.3")
    theirs = texts(DEMO)["p1-neglect.yaml"].replace("Neglect", "NEGLECT", 1)
    page.evaluate(WRITE, {**texts(DEMO), "p1-neglect.yaml": theirs})
    typed(page, note="Begun.", date="2022-03-15")
    assert "p1-neglect.yaml was changed by somebody else" in alert(page)
    assert held(page)["p1-neglect.yaml"] == theirs
    page.click("button[value=record]")
    settled(page)
    (folder / "plan" / "p1-neglect.yaml").write_text(theirs, encoding="utf-8", newline="")
    assert held(page) == recorded(folder, PROGRESS)


def test_two_folders_of_one_name_are_two(context, address, folder):
    page = opens(context, address, texts(DEMO))
    context.add_init_script(PICKED.replace('("picked"', '("other")).getDirectoryHandle("picked"')
                            .replace("(await navigator", "(await (await navigator"))  # fmt: skip
    other = begun(context, address)
    other.evaluate("""async (files) => {
        const top = await navigator.storage.getDirectory();
        const other = await top.getDirectoryHandle("other", {create: true});
        const folder = await other.getDirectoryHandle("picked", {create: true});
        for (const [name, text] of Object.entries(files)) {
            const file = await folder.getFileHandle(name, {create: true});
            const stream = await file.createWritable();
            await stream.write(text);
            await stream.close();
        }
    }""", texts(DEMO))  # fmt: skip
    other.get_by_role("button", name="Open the plan’s folder").click()
    other.get_by_role("navigation", name="Lists").wait_for()
    record(other, "Elsewhere.")
    assert held(page) == texts(DEMO)
    record(page)
    assert held(page) == recorded(folder, PROGRESS)


def test_a_folder_that_changes_between_requests_is_followed(page):
    files = texts(DEMO)
    gone = files.pop("p4-children-with-disabilities-and-sen.yaml")
    page.evaluate(WRITE, {**files, "p7-new.yaml": gone.replace("P4", "P7")})
    go(page, "/lists")
    parts = page.locator("main").inner_text()
    assert ("P7" in parts, "P4" in parts) == (True, False)
    page.evaluate(WRITE, {"p1-neglect.yaml": files["p1-neglect.yaml"]})
    go(page, "/")
    assert "plan.yaml" in page.locator("main").inner_text()
    page.evaluate("navigator.storage.getDirectory().then((top) => "
                  "top.removeEntry('picked', {recursive: true}))")  # fmt: skip
    go(page, "/due")
    assert "not there any more" in page.locator("#_failed").inner_text()
    page.evaluate(WRITE, texts(DEMO))
    go(page, "/lists")
    assert "P4" in page.locator("main").inner_text()


def test_who_opens_no_folder_after_all_is_told_so(context, address):
    page = begun(context, address)
    page.evaluate("""() => {
        window.showDirectoryPicker = () => Promise.reject(new DOMException("", "AbortError"));
    }""")
    page.get_by_role("button", name="Open the plan’s folder").click()
    page.get_by_role("status").get_by_text("No folder was opened.").wait_for()
    assert page.locator(".wrong").count() == 0


def test_a_folder_that_may_not_be_opened_again_is_said_to_be_refused(context, address):
    opens(context, address, texts(DEMO)).close()
    context.add_init_script("FileSystemHandle.prototype.requestPermission = async () => 'denied'")
    page = begun(context, address)
    page.get_by_role("button", name="Open “picked” again").click()
    page.get_by_role("status").get_by_text("was not allowed to open that folder").wait_for()


# --- a plan to look at --------------------------------------------------------------------------


def test_a_desk_built_with_a_plan_shows_it_and_records_nothing(context, build_like, tmp_path):
    build_like(tmp_path / "desk", "--plan", str(DEMO))
    with served(tmp_path / "desk") as address:
        page = context.new_page()
        page.goto(address)
        page.get_by_role("navigation", name="Lists").wait_for()
        assert "P1" in page.locator("main").inner_text()
        assert page.evaluate("document.activeElement === document.body")
        assert page.locator("footer").inner_text() == (
            "To be looked at only: nothing can be recorded here."
        )
        for place in ("/", "/lists", "/plan/P1", "/plan/P1.3", "/record/progress?id=P1.3", "/log"):
            go(page, place)
            assert page.locator("form[method=post]").count() == 0, place
            links = page.locator("a").evaluate_all("all => all.map(each => each.hash)")
            assert not [link for link in links if link.startswith(("#/record", "#/meeting"))], place


# --- faults -------------------------------------------------------------------------------------

_FAILS = """([method, kind, name, after, times]) => {
    const owner = self[kind].prototype;
    const real = owner[method];
    let calls = 0;
    owner[method] = function (...words) {
        calls += 1;
        if (calls <= after || calls > after + (times ?? 99)) return real.apply(this, words);
        return Promise.reject(new DOMException("", name));
    };
    self.mend = () => { owner[method] = real; };
}"""
FILE, STREAM = "FileSystemFileHandle", "FileSystemWritableFileStream"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (["createWritable", FILE, "NotAllowedError", 0], "does not let this page"),
        (["getFile", FILE, "NotAllowedError", 0], "does not let this page"),
        (["createWritable", FILE, "NoModificationAllowedError", 0], "Another program"),
        (["write", STREAM, "QuotaExceededError", 0], "The disk is full"),
        (["close", STREAM, "QuotaExceededError", 0], "The disk is full"),
        (["getFile", FILE, "NotFoundError", 0], "not there any more"),
    ],
    ids=lambda value: "-".join(map(str, value[::2])) if isinstance(value, list) else "",
)
def test_what_fails_is_said_and_changes_nothing_and_can_be_repeated(fault, said, page, folder):
    go(page, "/record/progress?id=P1.3")
    page.workers[0].evaluate(_FAILS, fault)
    typed(page, note="Begun.", date="2022-03-15")
    page.workers[0].evaluate("self.mend()")
    assert said in alert(page)
    assert held(page) == texts(DEMO)
    assert page.locator("[name=note]").input_value() == "Begun."
    press_to(page, "button[value=record]")
    page.keyboard.press("Enter")
    settled(page)
    assert held(page) == recorded(folder, PROGRESS)


def after_meeting(page):
    """Fill in what changes the files of two priorities."""
    go(page, "/meeting")
    fields = {"date": "2022-03-15", "P1.2.note": "Ten of eleven.", "P2.2.note": "Draft agreed."}
    typed(page, **fields)


def test_of_two_files_either_both_are_changed_or_neither(page, folder):
    page.workers[0].evaluate(_FAILS, ["close", STREAM, "QuotaExceededError", 1, 1])
    after_meeting(page)
    assert "The disk is full" in alert(page)
    assert held(page) == texts(DEMO)
    press_to(page, "button[value=record]")
    page.keyboard.press("Enter")
    settled(page)
    words = ("P1.2", "Ten of eleven."), ("P2.2", "Draft agreed.")
    lines = [("progress", *each, "--date=2022-03-15") for each in words]
    assert held(page) == recorded(folder, *lines)


def test_what_could_not_be_put_back_is_named(page):
    page.workers[0].evaluate(_FAILS, ["close", STREAM, "QuotaExceededError", 1])
    after_meeting(page)
    page.workers[0].evaluate("self.mend()")
    assert "Look at p1-neglect.yaml." in alert(page)


_STAYS = """([method, kind]) => {
    self.isStuck = new Promise((stuck) => {
        self[kind].prototype[method] = () => { stuck(); return new Promise(() => {}); };
    });
}"""


def closed_at(page, method, kind):
    """Close the page while it waits for this, which is done for something that it writes."""
    page.workers[0].evaluate(_STAYS, [method, kind])
    page.click("button[value=record]")
    page.workers[0].evaluate("self.isStuck")
    page.close()


def test_a_page_closed_while_it_writes_leaves_each_file_whole(context, address):
    page = opens(context, address, texts(DEMO))
    go(page, "/record/progress?id=P1.3")
    page.fill("[name=note]", "Begun.")
    closed_at(page, "close", STREAM)
    assert held(begun(context, address)) == texts(DEMO)


@pytest.mark.parametrize(
    ("method", "kind"),
    [("createWritable", FILE), ("write", STREAM), ("close", STREAM), ("move", FILE)],
)
def test_a_page_closed_while_it_makes_a_file_leaves_none_that_is_empty(
    method, kind, context, address
):
    page = opens(context, address, texts(DEMO))
    go(page, "/record/add-priority")
    page.fill("[name=title]", "Exploitation")
    closed_at(page, method, kind)
    page = begun(context, address)
    left = {name: text for name, text in held(page).items() if not name.startswith(".")}
    assert left == texts(DEMO)
    page.get_by_role("button", name="Open “picked” again").click()
    page.get_by_role("navigation", name="Lists").wait_for()
    go(page, "/record/add-priority")
    typed(page, title="Exploitation")
    assert held(page).keys() - texts(DEMO).keys() == {"p5-exploitation.yaml"}


def test_a_new_file_and_its_taking_back_are_what_the_shell_writes(page, folder):
    go(page, "/record/add-priority")
    typed(page, title="Exploitation")
    assert held(page) == recorded(folder, ("add-priority", "Exploitation"))
    go(page, "/log")
    page.get_by_role("button", name="Take it back").click()
    settled(page)
    assert held(page) == texts(DEMO)


def test_a_new_file_that_cannot_get_its_name_is_not_left(page):
    go(page, "/record/add-priority")
    page.workers[0].evaluate(_FAILS, ["move", FILE, "NotAllowedError", 0])
    typed(page, title="Exploitation")
    page.workers[0].evaluate("self.mend()")
    assert "does not let this page" in alert(page)
    assert held(page) == texts(DEMO)


@pytest.mark.parametrize("name", ["NotAllowedError", "QuotaExceededError"])
@pytest.mark.parametrize(
    ("method", "kind"), [("createWritable", FILE), ("write", STREAM), ("close", STREAM)]
)
def test_what_fails_at_the_second_file_changes_neither(method, kind, name, page):
    page.workers[0].evaluate(_FAILS, [method, kind, name, 1, 1])
    after_meeting(page)
    page.workers[0].evaluate("self.mend()")
    assert alert(page)
    assert held(page) == texts(DEMO)
    assert page.locator("[name='P1.2.note']").input_value() == "Ten of eleven."


def test_who_lets_the_page_in_again_repeats_what_she_did(page, folder):
    go(page, "/record/progress?id=P1.3")
    page.workers[0].evaluate(_FAILS, ["createWritable", FILE, "NotAllowedError", 0])
    typed(page, note="Begun.", date="2022-03-15")
    page.workers[0].evaluate("self.mend()")
    page.get_by_role("button", name="Let this page in again").click()
    page.get_by_text("Repeat what you did.").wait_for()
    page.click("button[value=record]")
    settled(page)
    assert held(page) == recorded(folder, PROGRESS)


# --- without a folder ---------------------------------------------------------------------------


def gives(context, address, files):
    """A page that was given these files, as where no folder can be opened."""
    page = begun(context, address)
    page.set_input_files("#_files", files)
    page.get_by_role("navigation", name="Lists").wait_for()
    return page


def of_demo(*names):
    """The files of the demonstration plan with these names, or all of them."""
    return sorted(path for path in DEMO.glob("*.yaml") if not names or path.name in names)


def unfold(page):
    """Open the box of what is to be taken, where it is only a line."""
    if page.locator(".owing:not([open])").count():
        page.locator(".owing > summary").click()


def offered(page):
    """The names of the files that the page hands out."""
    unfold(page)
    names = page.get_by_role("button", name="Take ").all_inner_texts()
    return [name.removeprefix("Take ") for name in names if name.endswith(".yaml")]


def take(page, name):
    """What a file holds that the page hands out."""
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Take {name}").click()
    assert download.value.suggested_filename == name
    return download.value.path().read_bytes().decode()


def warns(page):
    """Whether the browser asks before it closes the page."""
    return page.evaluate("!dispatchEvent(new Event('beforeunload', {cancelable: true}))")


HAVE = {"role": "button", "name": "I have them all"}


@pytest.mark.parametrize(
    "within",
    ["", "plan-main/plan/", "plan-main\\plan\\"],
    ids=["files", "a zip", "a zip of an older Windows program"],
)
def test_where_no_folder_can_be_opened_files_go_in_and_the_changed_ones_come_out(
    within, context, address, folder
):
    given = of_demo()
    if within:
        with zipfile.ZipFile(folder / "it.zip", "w") as archive:
            for path in given:
                archive.write(path, f"{within}{path.name}")
        given = [folder / "it.zip"]
    page = gives(context, address, given)
    record(page)
    now = recorded(folder, PROGRESS)
    assert offered(page) == ["p1-neglect.yaml"]
    assert take(page, "p1-neglect.yaml") == now["p1-neglect.yaml"]


def test_what_was_taken_is_offered_until_the_person_says_that_she_has_it(context, address, folder):
    page = gives(context, address, of_demo())
    after_meeting(page)
    words = ("P1.2", "Ten of eleven."), ("P2.2", "Draft agreed.")
    now = recorded(folder, *(("progress", *each, "--date=2022-03-15") for each in words))
    names = ["p1-neglect.yaml", "p2-child-sexual-abuse.yaml"]
    assert offered(page) == names
    page.context.set_offline(True)
    for _ in range(2):
        assert [take(page, name) for name in names] == [now[name] for name in names]
    go(page, "/due")
    assert offered(page) == names
    assert warns(page)
    page.get_by_role(**HAVE).click()
    page.locator("#_owed").wait_for(state="detached")
    assert not warns(page)
    go(page, "/")
    assert offered(page) == []


def test_who_has_not_taken_every_file_cannot_say_that_she_has_them(context, address):
    page = gives(context, address, of_demo())
    after_meeting(page)
    take(page, "p1-neglect.yaml")
    assert not page.get_by_role(**HAVE).is_visible()
    take(page, "p2-child-sexual-abuse.yaml")
    assert page.get_by_role(**HAVE).is_visible()
    record(page)
    unfold(page)
    assert not page.get_by_role(**HAVE).is_visible()
    assert page.locator("#_owed li").all_inner_texts() == [
        "Take p1-neglect.yaml",
        "Take p2-child-sexual-abuse.yaml Taken. If it did not arrive, take it again.",
    ]


def test_what_is_to_be_taken_is_a_line_once_it_is_known(context, address):
    page = gives(context, address, of_demo())
    box = page.locator(".owing")
    record(page)
    assert page.get_by_role("button", name="Take p1-neglect.yaml").is_visible()
    for goes_on in (lambda: go(page, "/due"), lambda: record(page, "Again.")):
        goes_on()
        assert box.get_attribute("open") is None
        assert page.get_by_role("heading", name="only on this page").is_visible()
    after_meeting(page)
    assert page.get_by_role("button", name="Take p2-child-sexual-abuse.yaml").is_visible()


def test_what_was_taken_back_is_offered_no_more(context, address):
    page = gives(context, address, of_demo())
    record(page)
    page.get_by_role("button", name="Take it back").click()
    settled(page)
    assert offered(page) == []
    assert not warns(page)


def test_a_new_file_comes_out_and_one_that_is_gone_is_named(context, address):
    page = gives(context, address, of_demo())
    go(page, "/record/add-priority")
    typed(page, title="Exploitation")
    assert offered(page) == ["p5-exploitation.yaml"]
    assert "Exploitation" in take(page, "p5-exploitation.yaml")
    page.get_by_role(**HAVE).click()
    go(page, "/log")
    page.get_by_role("button", name="Take it back").click()
    settled(page)
    assert page.locator("#_owed li").all_inner_texts() == ["Delete p5-exploitation.yaml there"]
    page.get_by_role(**HAVE).click()
    go(page, "/")
    assert page.locator("#_owed").count() == 0


def test_what_was_opened_is_said_and_that_it_has_no_priority(context, address):
    page = gives(context, address, of_demo("plan.yaml", "p1-neglect.yaml"))
    assert page.locator("#_opened").inner_text() == "Opened 2 files: p1-neglect.yaml, plan.yaml."
    said = gives(context, address, of_demo("plan.yaml")).locator("#_opened.wrong")
    assert "Opened 1 file: plan.yaml.\n\nThere is no priority in it." in said.inner_text()
    page = opens(context, address, texts(DEMO))
    assert page.locator("#_opened").inner_text().startswith("Opened 6 files: asked.yaml, ")
    go(page, "/due")
    assert page.locator("#_opened").count() == 0


def test_each_page_says_where_what_is_recorded_goes(context, address):
    def says(page):
        return page.get_by_role("contentinfo").inner_text()

    assert "into the plan’s own files" in says(opens(context, address, texts(DEMO)))
    page = gives(context, address, of_demo())
    assert "only on this page, until you take the files" in says(page)
    assert "own files" not in says(page)


def test_a_zip_that_is_damaged_or_a_bomb_is_refused(context, address, tmp_path):
    page = begun(context, address)
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 and no more")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("plan.yaml", b" " * 30_000_000)
    for name, said in (("bad.zip", "is damaged"), ("bomb.zip", "holds far more than a plan")):
        page.set_input_files("#_files", tmp_path / name)
        page.get_by_role("status").get_by_text(f"{name} {said}").wait_for()


def test_two_plans_are_not_joined_into_one(context, address, tmp_path):
    page = begun(context, address)
    for name in ("one.zip", "two.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("plan.yaml", HEAD)
    page.set_input_files("#_files", [tmp_path / "one.zip", tmp_path / "two.zip"])
    page.get_by_role("status").get_by_text("plan.yaml was given twice").wait_for()


@pytest.mark.parametrize("heads", [("PLAN.yaml", "plan.yaml"), ("a/plan.yaml", "b/plan.yaml")])
def test_a_zip_of_two_plans_is_refused_by_the_names_of_both(heads, context, address, tmp_path):
    page = begun(context, address)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for name in heads:
            archive.writestr(name, HEAD)
    page.set_input_files("#_files", tmp_path / "two.zip")
    page.get_by_role("status").get_by_text(
        f"more than one plan here: {', '.join(heads)}."
    ).wait_for()


# --- kept for next time -------------------------------------------------------------------------


def test_the_desk_opens_again_without_a_network(context, site):
    with served(site) as address:
        page = begun(context, address)
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.reload()
    page.get_by_text("Ready.").wait_for()


OLDER, NEWER = "An older desk", "A newer desk"


@pytest.fixture
def build_called(build_like, tmp_path, monkeypatch):
    """Builds a desk into tmp_path/some/desk of which each part says what it is called."""
    source = shutil.copytree(HERE, tmp_path / "source") / "browser"
    monkeypatch.setattr(build, "HERE", source.parent)

    def build_called(name):
        index = (HERE / "browser" / "index.html").read_text(encoding="utf-8")
        index = index.replace("The plan’s desk</h1>", f"{name}</h1>")
        (source / "index.html").write_text(index, encoding="utf-8")
        for part in ("shell.js", "worker.js"):
            script = (HERE / "browser" / part).read_text(encoding="utf-8")
            (source / part).write_text(f'self.called = "{name}";\n{script}', encoding="utf-8")
        build_like(tmp_path / "some" / "desk")

    return build_called


def called(page):
    """What the parts of a page are called."""
    ask = "self.called"
    return [page.locator("h1").inner_text(), page.evaluate(ask), page.workers[0].evaluate(ask)]


def test_another_build_takes_the_place_of_the_one_that_was_kept(context, build_called, tmp_path):
    build_called(OLDER)
    with served(tmp_path) as address:
        page = begun(context, f"{address}some/desk/")
        page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        build_called(NEWER)
        page.reload()
        page.get_by_text("Ready.").wait_for()
        assert called(page) == [OLDER] * 3
        page.evaluate(
            "async () => { const kept = await navigator.serviceWorker.ready;"
            " while (!kept.waiting) await new Promise((later) => setTimeout(later, 50)); }"
        )
        page.goto("about:blank")
        page = begun(context, f"{address}some/desk/")
        assert called(page) == [NEWER] * 3
        assert page.evaluate("caches.keys().then((names) => names.length)") == 1


# Without https a browser has no service worker. It may keep files by itself.
PLAIN = "delete Navigator.prototype.serviceWorker"


def test_of_what_a_browser_keeps_by_itself_no_part_is_joined_to_a_newer_build(
    context, build_called, tmp_path
):
    context.add_init_script(PLAIN)
    build_called(OLDER)
    with served(tmp_path, kept="") as address:
        assert called(begun(context, f"{address}some/desk/")) == [OLDER] * 3
        build_called(NEWER)
        page = begun(context, f"{address}some/desk/")
        assert called(page) == [OLDER] * 3
        page.reload()
        page.get_by_text("Ready.").wait_for()
        assert called(page) == [NEWER] * 3


@pytest.mark.parametrize("kept", ["/$", "/$|shell|desk.js", "/$|js$"], ids=["page", "shell", "all"])
def test_who_has_a_page_of_what_is_gone_is_told_to_load_it_again(
    kept, context, build_called, tmp_path
):
    context.add_init_script(PLAIN)
    build_called(OLDER)
    with served(tmp_path, kept=kept) as address:
        begun(context, f"{address}some/desk/")
        build_called(NEWER)
        page = context.new_page()
        page.goto(f"{address}some/desk/")
        page.get_by_role("status").get_by_text("there may be a newer one: load it again").wait_for()
        assert page.locator("h1").inner_text() == OLDER
        assert page.get_by_text("Loading").count() == 0
        page.reload()
        page.get_by_text("Ready.").wait_for()
        assert called(page) == [NEWER] * 3


# --- a plan begins --------------------------------------------------------------------------------


def starts(context, address, files):
    """A page that has a folder open in which there is no plan yet."""
    page = begun(context, address, files)
    page.get_by_role("button", name="Open the plan’s folder").click()
    page.get_by_role("heading", name="There is no plan here yet").wait_for()
    return page


def gives_document(page, data, name="Our plan v2.docx"):
    """Give a document, by keyboard but for the choice of the file, which is the browser's own."""
    page.set_input_files("#file", {"name": name, "mimeType": "", "buffer": data})
    press_to(page, "button[value=look]")
    page.keyboard.press("Enter")
    settled(page)


def begins(page):
    press_to(page, "button[value=record]")
    page.keyboard.press("Enter")
    settled(page)


def began(folder, *line):
    """What the folder holds that the shell makes of a new plan."""
    done = hscp(*line, folder=folder)
    assert done.returncode == 0, done.stderr.decode()
    new = folder / "new"
    paths = (path for path in new.rglob("*") if path.is_file())
    return {path.relative_to(new).as_posix(): path.read_bytes().decode() for path in paths}


def from_document(tmp_path, data, *words):
    (tmp_path / "Our plan v2.docx").write_bytes(data)
    return began(tmp_path, "import", "Our plan v2.docx", "-o", "new", *words)


def test_a_document_goes_into_an_empty_folder_as_the_shell_takes_it(context, address, tmp_path):
    page = starts(context, address, {})
    data = word([*ROWS, ("Report on both", "Chair", "end of May", "")], "Approved by all.")
    looked_at(page, "begin")
    gives_document(page, data)
    assert page.locator("[name=year]").get_attribute("aria-invalid") == "true"
    assert "3 milestones placed" in page.locator("main").inner_text()
    looked_at(page, "asked")
    press_to(page, "[name=year]")
    page.keyboard.type("2022")
    press_to(page, "button[value=look]")
    page.keyboard.press("Enter")
    settled(page)
    assert held(page) == {}
    begins(page)
    assert page.get_by_role("heading", name="Begun").is_visible()
    assert held(page) == from_document(tmp_path, data, "--year=2022")
    go(page, "/record/progress?id=P1.1")
    typed(page, note="Begun.", date="2022-03-15")
    assert "Begun." in held(page)["p1-neglect.yaml"]


def test_an_empty_plan_begins_beside_what_is_there_and_leaves_it(context, address, tmp_path):
    theirs = {"Plan.docx": "x", ".gitignore": "theirs", "schema/mine.txt": "mine", "a/b/c": "d"}
    page = starts(context, address, theirs)
    fields = {"partnership": "A Partnership", "title": "A plan", "start": "2026-04",
              "end": "2028-03", "priority": "Neglect"}  # fmt: skip
    press_to(page, "a[href$='/begin/empty']")
    page.keyboard.press("Enter")
    settled(page)
    typed(page, **fields)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / ".gitignore").write_text("theirs", encoding="utf-8")
    words = [f"--{name}={value}" for name, value in fields.items()]
    done = hscp("init", ".", *words, folder=tmp_path / "new")
    assert done.returncode == 0, done.stderr.decode()
    paths = (path for path in (tmp_path / "new").rglob("*") if path.is_file())
    now = {p.relative_to(tmp_path / "new").as_posix(): p.read_bytes().decode() for p in paths}
    assert held(page) == {**now, **theirs}


@pytest.mark.parametrize("after", [0, 3])
def test_a_plan_that_cannot_be_written_whole_is_not_begun(after, context, address, tmp_path):
    page, data = starts(context, address, {"notes.txt": "Ours."}), word()
    gives_document(page, data)
    page.workers[0].evaluate(_FAILS, ["close", STREAM, "QuotaExceededError", after])
    begins(page)
    page.workers[0].evaluate("self.mend()")
    assert "The disk is full" in alert(page)
    assert held(page) == {"notes.txt": "Ours."}
    begins(page)
    assert held(page) == {"notes.txt": "Ours."} | from_document(tmp_path, data)


def test_where_no_folder_can_be_opened_a_plan_begins_and_its_files_come_out(
    context, address, tmp_path
):
    context.add_init_script("delete window.showDirectoryPicker")
    page, data = begun(context, address), word(ROWS, "Approved by all.")
    said = page.locator("#_open").inner_text()
    assert "This browser opens no folder" in said
    assert "Open the" not in said
    page.get_by_role("button", name="Begin a plan").click()
    page.get_by_role("heading", name="There is no plan here yet").wait_for()
    gives_document(page, data)
    begins(page)
    now = from_document(tmp_path, data)
    names = ["not-placed.md", "p1-neglect.yaml", "plan.yaml"]
    assert {name: take(page, name) for name in names} == {name: now[name] for name in names}
    assert set(now) - set(names) == {name for name in now if name.startswith("schema/")}
    page.get_by_role(**HAVE).click()
    page.locator("#_owed").wait_for(state="detached")


def test_a_pdf_is_to_be_saved_as_word(context, address):
    page = starts(context, address, {})
    gives_document(page, b"%PDF-1.7\n%", "plan.pdf")
    assert "Open the PDF in Word, save it as .docx, and give that." in alert(page)
    assert held(page) == {}
