"""The desk as a WSGI application: a request in, a page out. It does not know who hosts it.

Every page is what a command says, and everything that is recorded is recorded by a command, so that
the desk and the command line cannot differ.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections import OrderedDict
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import quote

from werkzeug.exceptions import Forbidden, HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.routing import Map, RequestRedirect, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from ..cli.dispatch import failure
from ..commands._look import when
from ..dates import day_shown
from ..disk import plain_bytes
from ..document import Link, Title
from ..editing import opening
from ..editing.deeds import noted
from ..editing.revoke import revoke
from ..errors import Mendable, Mistyped
from ..letters import folded
from ..several import open_plans
from ..store import HEAD, holds_plan, repository
from ..words import count
from .answers import Answer, answer, told
from .asking import (
    ASK,
    COLLECT,
    DECIDED,
    KINDS,
    Collected,
    Held,
    Returned,
    ask,
    collect,
    decisions_in,
    then,
)
from .beginning import EMPTY, FROM_DOCUMENT, Beginning, documents
from .forms import FORMS, GROUPS, Form
from .lists import LISTS
from .meeting import Meeting
from .mending import MOST_FAULTS, Mending, by_file, counted, found
from .pages import HERE, Pages
from .papers import ENDINGS, PAPERS, File, paper
from .parts import addresses, owner_and_milestone, to_look_at, to_record
from .telling import Offered
from .trial import attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from _typeshed import ReadableBuffer

    from ..editing.deeds import Deed
    from ..editing.mended import Mended
    from ..model import Plan
    from .beginning import Page as PageOfBeginning
    from .mending import Page
    from .trial import Difference

LARGEST = 25_000_000
"""How many bytes of fields, and of files, a request may bring."""
MOST_PARTS = 20_000
"""How many fields and files it may bring."""
REMEMBERED = 50
"""How many answers are kept, to be shown after what they answer was done."""
WAITING = 3
"""How many lots of files that came back wait to be recorded."""
T = TypeVar("T")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Done(NamedTuple):
    """What was done, to be shown afterwards."""

    title: str
    """In a word."""
    said: Answer
    deed: Deed | None = None
    """What it did to the plan's files; None where it is not to be taken back."""
    about: str = ""
    """A sentence above what was said."""
    id: str = ""
    """The part of the plan that it was about."""
    next: Link | None = None
    """Where to go on."""
    file: File | None = None
    """What it made to take away."""
    then: tuple[str, ...] = ()
    """What to do with that."""
    state: str = ""
    """What tells the plan as it was left from any other."""

    @property
    def revocable(self) -> bool:
        """Whether it can be taken back."""
        return bool(self.deed and self.deed.files and self.deed.whole)

    @property
    def several(self) -> bool:
        """Whether it was of several parts of the plan."""
        return sum(isinstance(document[0], Title) for document in self.said.documents) > 1


class Asked(Request):
    """What the desk is asked, and of what."""

    max_form_memory_size = LARGEST
    max_form_parts = MOST_PARTS
    room = LARGEST
    """How many bytes more the files that come may have."""
    plan: Plan | None = None
    """What can be read of the plan; None where nothing can."""
    pages: Mapping[str, str] = {}
    """The page of every id of it."""

    @property
    def max_content_length(self) -> int | None:  # type: ignore[override]
        """Files are bounded as they are read, so that the fields beside them are read too."""
        return None if self.mimetype == "multipart/form-data" else LARGEST

    def _get_file_stream(self, *_: object, **__: object) -> BytesIO:
        return _Bounded(self)


class _Bounded(BytesIO):
    """A file as it comes. Of what is too much nothing is kept."""

    def __init__(self, request: Asked) -> None:
        super().__init__()
        self._request = request

    def write(self, data: ReadableBuffer) -> int:
        size = memoryview(data).nbytes
        self._request.room -= size
        return super().write(data) if self._request.room >= 0 else size


class Desk:
    """The desk of one plan's folder."""

    def __init__(self, folder: Path, *, read_only: bool = False, kept: bool = True) -> None:
        # Commands that write files are run in a folder of their own.
        self.folder = folder.absolute()
        opening.hold(self.folder)
        self.read_only = read_only
        self.kept = kept
        """Whether the folder's files are the plan's own, and no copies of them."""
        self.token = secrets.token_urlsafe(24)
        """What every form brings back, so that no other page can send one."""
        self._where = [str(self.folder)]
        self._pages = Pages(read_only)
        self._done: OrderedDict[str, Done] = OrderedDict()
        self._mended: OrderedDict[str, Mended] = OrderedDict()
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._may_begin = not read_only and not holds_plan(str(self.folder))
        """Whether there was no plan yet: one that was taken away is to be put back."""
        self._beginning = Beginning(self.folder)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        request = Asked(environ)
        try:
            endpoint, values = _ROUTES.bind_to_environ(environ).match()
            if self._begins and endpoint not in ("begin", "static"):
                raise RequestRedirect("/begin")
            if endpoint != "static":
                self._open(request)
            response = self._response(request, endpoint, values)
        except RequestRedirect as elsewhere:
            response = redirect(elsewhere.new_url, 303, Response)
        except HTTPException as error:
            response = self._not_done(request, error)
        except Exception as error:
            response = self._failed(request, error)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response(environ, start)

    def _open(self, request: Asked) -> None:
        unread = list[str]()
        with suppress(Mendable, OSError):
            opened = open_plans(self._where)
            request.plan, unread = opened.plan, opened.left_out
            request.pages = addresses(opened.plan, self.read_only)
        saves = repository(self.folder) is not None
        self._pages.know(Offered(request.pages, not self.read_only, saves, unread))

    @property
    def _begins(self) -> bool:
        """Whether a plan may begin here."""
        return self._may_begin and not holds_plan(str(self.folder))

    def _response(self, request: Asked, endpoint: str, values: Mapping[str, str]) -> Response:
        answered: Callable[..., Response] = getattr(self, f"on_{endpoint}")
        if request.method != "POST":
            return answered(request, **values)
        if self.read_only:
            raise Forbidden
        try:
            self._let_in(request)
            return answered(request, **values)
        except NotFound:
            raise
        except Exception as error:
            refusal, status = _refusal(error)
        # Nothing that was typed is lost: its form is shown again, with it.
        response: Response = getattr(self, f"again_{endpoint}")(request, refusal, **values)
        response.status_code = status
        return response

    def _let_in(self, request: Asked) -> None:
        """Take what one of our own pages sent. Raises Forbidden for any other, and
        RequestEntityTooLarge."""
        given = request.form.get("token", "")
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            raise Forbidden
        if request.room < 0:
            raise RequestEntityTooLarge

    def _not_done(self, request: Asked, error: HTTPException) -> Response:
        refusal = _REFUSALS.get(type(error), _NO_PAGE)
        return self._refused(request, refusal, error.code or 500)

    def _failed(self, request: Asked, error: Exception) -> Response:
        return self._refused(request, *_refusal(error))

    def _refused(self, request: Asked, refusal: Mendable, status: int) -> Response:
        values = {"typed": _typed(request)}
        return self._page("said.html", "Not done", Answer(2, refusal=refusal), values, status)

    def run(self, command: str, *words: str) -> Answer:
        """What a command says of this plan."""
        return answer([command, "--plan", str(self.folder), *words])

    def _page(
        self,
        template: str,
        title: str,
        said: Answer,
        values: Mapping[str, object] | None = None,
        status: int = 200,
    ) -> Response:
        shared = {"token": self.token, "read_only": self.read_only, "kept": self.kept}
        text = self._pages.draw(template, title, said, {**shared, **(values or {})})
        return Response(text, status, mimetype="text/html")

    # --- to begin -------------------------------------------------------------------------------

    def on_begin(self, request: Asked, empty: bool = False) -> Response:
        """Where there is no plan yet: the form to begin one; or that it was begun."""
        if not self._begins:
            return redirect("/", 303, Response)
        given, do = request.form, request.form.get("do")
        if empty:
            page = self._beginning.empty(given, do)
        else:
            page = self._beginning.from_document(given, request.files.get("file"), do)
        if not page.begun:
            return self._begin_page(request, page)
        opening.hold(self.folder)
        faults = found(self.run("check", "--all", "--format=json"))
        about = f"The plan is written. Check finds {counted(faults) or 'nothing wrong'}."
        next = None if empty else Link("Its title, period and partnership", HEAD_LINES)
        return self._after(Done(page.form.done, page.said, about=about, next=next))

    def again_begin(self, request: Asked, refusal: Mendable, empty: bool = False) -> Response:
        """The form as it was filled in, with what kept it from being taken."""
        form = EMPTY if empty else FROM_DOCUMENT
        said = Answer(2, refusal=refusal)
        return self._begin_page(request, self._beginning.again(request.form, form, said))

    def _begin_page(self, request: Asked, page: PageOfBeginning) -> Response:
        empty = page.form is EMPTY
        title = EMPTY.title if empty else "There is no plan here yet"
        title = "What was understood" if page.said.documents else title
        shown = self._form(request, page.form, page.values) | {
            "blamed": page.blamed, "key": page.key, "empty": empty, "kinds": documents(),
            "pages": (), "under": True,
        }  # fmt: skip
        status = 422 if page.said.refusal else 200
        return self._page("begin.html", title, page.said, shown, status)

    # --- to look at -----------------------------------------------------------------------------

    def on_see(self, request: Asked, name: str = "") -> Response:
        """What a command says."""
        if name == "log":
            return self._page_of_log()
        form = LISTS[name]
        values = form.values(request.args)
        said = Answer(0)
        if not form.missing(values):
            command, *words = form.words(values)
            said = self.run(command, *words)
        shown = {"here": f"/{name}", "name": name, **self._form(request, form, values)}
        return self._page("see.html", form.title, said, shown, 422 if said.refusal else 200)

    def _page_of_log(self, refusal: Mendable | None = None) -> Response:
        """What was recorded, each with what takes it back; and why something was not."""
        said = self.run("log", "--format=json")
        nothing: dict[str, Any] = {"title": LISTS["log"].title, "unsaved": ()}
        log = json.loads(said.text) if said.text else nothing
        values = {"here": "/log", "name": "log", "log": log["unsaved"], "now": self._state()}
        shown = said._replace(text="", refusal=said.refusal or refusal)
        status = 422 if said.refusal else 409 if refusal else 200
        return self._page("log.html", log["title"], shown, values, status)

    def on_lists(self, request: Asked) -> Response:
        """Every page that there is to look at."""
        plan = request.plan
        owners = [Link(f"{o.id}  {o.title}", f"/plan/{o.id}") for o in plan.owners] if plan else []
        values = {"here": "/lists", "owners": owners}
        return self._page("lists.html", "All lists", Answer(0), values)

    def on_part(self, request: Asked, id: str) -> Response:
        """All about one part of the plan, with what can be recorded of it."""
        plan = request.plan
        by_folded = {folded(known): page for known, page in request.pages.items()}
        page = by_folded.get(folded(id))
        if page and page != f"/plan/{quote(id)}":
            return redirect(page, 303, Response)
        said = self.run("show", "--", id) if id.startswith("-") else self.run("show", id)
        found = owner_and_milestone(plan, id) if plan else None
        values: dict[str, Any] = {"id": id, "form": None, "look": (), "record": ()}
        if found:
            owner, milestone = found
            values["record"] = to_record(owner, milestone)
            if milestone:
                values |= self._form(request, FORMS["progress"], {"id": id})
                values["look"] = to_look_at(owner, milestone)
        return self._page("part.html", id, said, values, 404 if said.refusal else 200)

    def on_find(self, request: Asked) -> Response:
        """Where the plan says some words."""
        words = request.args.get("words", "").split()
        said = self.run("find", "--", *words) if words else Answer(0)
        return self._page("find.html", "Find", said, {"words": " ".join(words)})

    def on_check(self, request: Asked) -> Response:
        """What is wrong with the plan's files."""
        said = self.run("check", "--all", "--format=json")
        faults = found(said)
        most = len(faults) if request.args.get("all") else MOST_FAULTS
        day = when(None, request.plan.head if request.plan else None)
        values = {
            "here": "/check",
            "head": Title("Check", f"As at {day_shown(day)}"),
            "counted": counted(faults),
            "files": by_file(faults, self.folder, request.plan, most),
            "more": max(0, len(faults) - most),
        }
        return self._page("check.html", "Check", said._replace(text=""), values)

    # --- to mend --------------------------------------------------------------------------------

    def on_mend(self, request: Asked, name: str) -> Response:
        """Some lines of a file, to be put right; what that would write; or what it wrote."""
        mending = self._mending(request, name)
        if request.method == "GET":
            whole = bool(request.args.get("whole"))
            return self._mend_page(mending.show(request.args.get("line", 1, int), whole))
        page = mending.mend(mending.typed(request.form), request.form.get("do") == "look")
        if page.mended:
            key = _keep(self._mended, page.mended, REMEMBERED)
            return redirect(f"/mended/{key}", 303, Response)
        return self._mend_page(page)

    def again_mend(self, request: Asked, refusal: Mendable, name: str) -> Response:
        """The lines as they were typed, with what kept them from being taken."""
        mending = self._mending(request, name)
        return self._mend_page(mending.again(mending.typed(request.form), refusal))

    def _mending(self, request: Asked, name: str) -> Mending:
        if self.read_only:
            raise NotFound
        return Mending(self.folder, name, request.plan)

    def _mend_page(self, page: Page) -> Response:
        status = 422 if page.said.refusal else 200
        return self._page("mend.html", "Mend the file", page.said, page.values, status)

    def on_mended(self, request: Asked, key: str) -> Response:
        """What was mended, and what is left; or that it was taken back."""
        mended = self._mended.get(key)
        if mended is None:
            return redirect("/check", 303, Response)
        if request.method == "GET":
            return self._mended_page(request, key, mended, Answer(0))
        said = told(mended.take_back, self._where[0])
        if said.refusal:
            return self._mended_page(request, key, mended, said)
        text = f"{mended.path.name} is as it was before."
        return self._after(Done(TAKEN_BACK, said._replace(text=text)))

    def again_mended(self, request: Asked, refusal: Mendable, key: str) -> Response:
        """What was mended, with what kept it from being taken back."""
        mended = self._mended.get(key)
        if mended is None:
            raise NotFound
        return self._mended_page(request, key, mended, Answer(2, refusal=refusal))

    def _mended_page(self, request: Asked, key: str, mended: Mended, said: Answer) -> Response:
        files = by_file(mended.faults, self.folder, request.plan)
        changed = mended.was != mended.now
        title = f"{mended.path.name} is {'changed' if changed else 'as it was'}"
        values = {"key": key, "files": files, "changed": changed}
        return self._page("mended.html", title, said, values, 422 if said.refusal else 200)

    # --- to record ------------------------------------------------------------------------------

    def on_record(self, request: Asked) -> Response:
        """What can be recorded."""
        values = {"here": "/record", "forms": FORMS, "groups": GROUPS}
        return self._page("record.html", "Record", Answer(0), values)

    def on_form(self, request: Asked, command: str) -> Response:
        """A form to fill in; what it would write; or what it recorded."""
        form = _form_of(command)
        if command == "save" and repository(self.folder) is None:
            raise NotFound
        if request.method == "GET":
            said = self.run(command, "--dry-run") if form.shows_first else Answer(0)
            return self._form_page(request, form, form.values(request.args), said)
        values = form.values(request.form)
        if empty := form.missing(values):
            refusal = Mistyped(f"{empty.label} is missing", "")
            return self._form_page(request, form, values, Answer(2, refusal=refusal), empty.name)
        if request.form.get("do") == "look":
            return self._looked(request, form, values)
        command, *words = form.words(values)
        with noted() as deed:
            said = self.run(command, *words)
        if said.refusal is None:
            id = values.get("id", "").partition("\n")[0]
            return self._after(Done(form.done, said, deed, id=id))
        return self._form_page(request, form, values, said, form.blamed(said.refusal, values))

    def _looked(self, request: Asked, form: Form, values: Mapping[str, str]) -> Response:
        """A form with what it would record."""
        command, *words = form.words(values)
        if form.beyond:
            said = self.run(command, "--dry-run", *words)
            return self._form_page(request, form, values, said, form.blamed(said.refusal, values))
        (said,), differences = attempt(self.folder, [(command, *words)])
        blamed = form.blamed(said.refusal, values)
        return self._form_page(request, form, values, said, blamed, differences)

    def again_form(self, request: Asked, refusal: Mendable, command: str) -> Response:
        """A form as it was filled in, with what kept it from being taken."""
        form = _form_of(command)
        return self._form_page(request, form, form.values(request.form), Answer(2, refusal=refusal))

    def _form_page(
        self,
        request: Asked,
        form: Form,
        values: Mapping[str, str],
        said: Answer,
        blamed: str = "",
        differences: Sequence[Difference] = (),
    ) -> Response:
        shown = self._form(request, form, values) | {
            "blamed": blamed,
            "cursor": form.cursor(values) if request.method == "GET" else "",
            "here": f"/record/{form.command}",
            "differences": differences,
            "under": bool(differences),
        }
        status = 422 if said.refusal else 200
        return self._page("form.html", form.title, said, shown, status)

    def _form(self, request: Asked, form: Form, values: Mapping[str, str]) -> dict[str, Any]:
        offers = {field.name: form.offers(field, request.plan) for field in form.fields}
        return {"form": form, "values": values, "offers": offers, "blamed": ""}

    def on_undo(self, request: Asked) -> Response:
        """Take back all of what was done, or what was recorded of an id. Where the plan is not as
        it was when that was offered, nothing is: it may be somebody else's."""
        done = self._done.get(request.form.get("key", ""))
        offered = done.state if done else request.form.get("state", "")
        if offered != self._state():
            return self._page_of_log(_CHANGED)
        if done and done.deed:
            return self._revoked(done, done.deed)
        id, day = request.form.get("id", ""), request.form.get("date", "")
        words = [*([f"--date={day}"] if day else []), *(["--", id] if id else [])]
        return self._after(Done(TAKEN_BACK, self.run("undo", *words), id=id))

    def _revoked(self, done: Done, deed: Deed) -> Response:
        """Take back all of what was done."""
        try:
            revoke(deed)
        except Mendable as refusal:
            return self._after(Done(TAKEN_BACK, Answer(refusal.status, refusal=refusal)))
        about = "The plan is as it was before this:"
        return self._after(Done(TAKEN_BACK, done.said, about=about, id=done.id))

    def again_undo(self, request: Asked, refusal: Mendable) -> Response:
        """What could be taken back, with what kept that from being done."""
        return self._page_of_log(refusal)

    def _state(self) -> str:
        """What tells the plan's files, as they are, from any others."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.glob("*.y*ml")):
            with suppress(OSError):
                digest.update(path.name.encode() + b"\0" + plain_bytes(path) + b"\0")
        return digest.hexdigest()

    def on_meeting(self, request: Asked) -> Response:
        """A meeting's milestones in a row, recorded together."""
        meeting, do = self._meeting(request), request.form.get("do")
        values = request.values.to_dict()
        if request.method == "GET" or do in ("show", "more"):
            return self._meeting_page(Answer(0), meeting.drawn(values, more=do == "more"))
        with noted() as deed:
            tried = meeting.record(values, look=do == "look")
        if tried.done:
            return self._after(Done("Recorded", tried.said, deed, next=meeting.next(values)))
        return self._meeting_page(tried.said, tried.values, 422 if tried.refused else 200)

    def again_meeting(self, request: Asked, refusal: Mendable) -> Response:
        """The page as it was filled in, with what kept it from being taken."""
        values = self._meeting(request).drawn(request.form.to_dict())
        return self._meeting_page(Answer(2, refusal=refusal), values)

    def _meeting(self, request: Asked) -> Meeting:
        return Meeting(self.run, self.folder, request.plan, when(None))

    def _meeting_page(self, said: Answer, values: dict[str, Any], status: int = 200) -> Response:
        return self._page("meeting.html", "After a meeting", said, values, status)

    def _after(self, done: Done) -> Response:
        """Lead on to what was done, so that loading the page again repeats nothing."""
        done = done._replace(state=self._state())
        return redirect(f"/said/{_keep(self._done, done, REMEMBERED)}", 303, Response)

    def on_said(self, request: Asked, key: str) -> Response:
        """What was said of something that was done."""
        done = self._done.get(key)
        if done is None:
            return redirect("/log", 303, Response)
        said, in_git = done.said, repository(self.folder) is not None
        title = "Not done" if said.refusal else done.title
        values = {"done": done, "key": key, "save": done.revocable and in_git, "under": True,
                  "known": request.pages}  # fmt: skip
        return self._page("said.html", title, said, values, 422 if said.refusal else 200)

    # --- to ask ---------------------------------------------------------------------------------

    def on_ask(self, request: Asked) -> Response:
        """Forms for leads, to take away."""
        values = ASK.values(request.args if request.method == "GET" else request.form)
        said, blamed = Answer(0), ""
        if request.method == "POST":
            kind = request.form.get("kind", "")
            with noted() as deed:
                made = ask(self._where[0], values, kind)
            said = made.said
            if made.file:
                after = then(made.file, kind)
                return self._after(Done("Made", said, deed, file=made.file, then=after))
            blamed = ASK.blamed(said.refusal, values)
        return self._ask_page(request, values, said, blamed)

    def again_ask(self, request: Asked, refusal: Mendable) -> Response:
        """The form as it was filled in, with what kept it from being taken."""
        return self._ask_page(request, ASK.values(request.form), Answer(2, refusal=refusal))

    def _ask_page(
        self, request: Asked, values: Mapping[str, str], said: Answer, blamed: str = ""
    ) -> Response:
        kind = request.form.get("kind", next(iter(KINDS)))
        shown = self._form(request, ASK, values) | {"here": "/ask", "kinds": KINDS, "kind": kind}
        shown["blamed"] = blamed
        status = 422 if said.refusal else 200
        return self._page("ask.html", ASK.title, said, shown, status)

    def on_collect(self, request: Asked, key: str = "") -> Response:
        """What came back: shown as it was understood, with what is to be decided; then recorded."""
        values, key = COLLECT.values(request.form), key or request.form.get("key", "")
        if request.method == "GET" and not key:
            return self._collect_page(request, values, Collected(Answer(0)))
        held = self._held.get(key) or Held(_files(request), values)
        if not held.files:
            refused = Collected(Answer(2, refusal=_GONE if key else _NO_FILE))
            return self._collect_page(request, values, refused, blamed="files")
        decisions = decisions_in(request.form)
        tried = collect(self._where[0], held, decisions, record=False)
        if request.form.get("do") == "record" and not (tried.said.refusal or tried.wrong):
            return self._record_collected(request, key, held, decisions)
        if key not in self._held and not tried.said.refusal:
            key = _keep(self._held, held, WAITING)
        return self._collect_page(request, held.values, tried, key)

    def _record_collected(
        self, request: Asked, key: str, held: Held, decisions: Mapping[str, str]
    ) -> Response:
        """Record what is sure or was decided. What is left stays held."""
        with noted() as deed:
            recorded = collect(self._where[0], held, decisions, record=True)
        if not deed.files:
            nothing = recorded.said._replace(refusal=recorded.said.refusal or _NOTHING_SURE)
            return self._collect_page(request, held.values, recorded._replace(said=nothing), key)
        if not recorded.left:
            self._held.pop(key, None)
        many = count(len(recorded.left), "answer")
        left = Link(f"Decide what is left: {many}", f"/collect/{key}")
        onward = left if recorded.left else None
        return self._after(Done("Recorded", recorded.said, deed, next=onward))

    def _collect_page(
        self,
        request: Asked,
        values: Mapping[str, str],
        collected: Collected,
        key: str = "",
        blamed: str = "",
    ) -> Response:
        said = collected.said
        shown = self._form(request, COLLECT, values) | {
            "here": "/ask",
            "key": key if key in self._held else "",
            "collected": collected,
            "prefix": DECIDED,
            "blamed": blamed or COLLECT.blamed(collected.said.refusal, values),
            "wrong": collected.wrong,
        }
        status = 422 if said.refusal or collected.wrong else 200
        return self._page("collect.html", COLLECT.title, said, shown, status)

    def again_collect(self, request: Asked, refusal: Mendable) -> Response:
        """The form as it was filled in, with what kept it from being taken."""
        key = request.form.get("key", "")
        if held := self._held.get(key):
            again = collect(self._where[0], held, decisions_in(request.form), record=False)
            again = again._replace(said=again.said._replace(refusal=refusal))
            return self._collect_page(request, held.values, again, key)
        refusal = Mendable(refusal.what, f"{refusal.next} {_CHOOSE}".strip())
        again = Collected(Answer(2, refusal=refusal))
        return self._collect_page(request, COLLECT.values(request.form), again)

    # --- to take away ---------------------------------------------------------------------------

    def on_papers(self, request: Asked) -> Response:
        """The papers that can be made."""
        values = {"here": "/papers", "papers": PAPERS, "names": ENDINGS}
        return self._page("papers.html", "Papers", Answer(0), values)

    def on_paper(self, request: Asked, name: str, ending: str) -> Response:
        """A paper as a file."""
        if name not in PAPERS or ending not in PAPERS[name].endings:
            raise NotFound
        made = paper(self._where[0], name, ending)
        if made.file is None:
            return self._page("said.html", "Not made", made.said, None, 422)
        return _handed(made.file)

    def on_file(self, request: Asked, key: str) -> Response:
        """What something that was done made to take away."""
        done = self._done.get(key)
        if done is None or done.file is None:
            raise NotFound
        return _handed(done.file)

    def on_static(self, request: Asked, name: str) -> Response:
        """What the pages are set and helped by."""
        if name == "desk.css":
            return Response(self._pages.style(), mimetype="text/css")
        if name in ("desk.js", "here.js"):
            script = (HERE / "static" / name).read_text(encoding="utf-8")
            return Response(script, mimetype="text/javascript")
        raise NotFound


def _refusal(error: Exception) -> tuple[Mendable, int]:
    """What to say of what kept a request from being answered, and its status."""
    if isinstance(error, Forbidden):
        return _STALE, 403
    if isinstance(error, RequestEntityTooLarge):
        return _TOO_MUCH, 413
    if os.environ.get("HSCP_DEBUG"):
        raise error
    return failure(error), 500


def _typed(request: Asked) -> list[str]:
    """What a form brought, where it cannot be shown again."""
    if request.method != "POST":
        return []
    with suppress(HTTPException):
        return [text for name, text in request.form.items(multi=True) if name not in _OURS and text]
    return []


def _form_of(command: str) -> Form:
    if command not in FORMS:
        raise NotFound
    return FORMS[command]


def _files(request: Asked) -> tuple[Returned, ...]:
    """The files that were given."""
    given = (file for file in request.files.getlist("files") if file.filename)
    return tuple(Returned(file.filename or "", file.read()) for file in given)


def _handed(file: File) -> Response:
    response = Response(file.data, mimetype=file.type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response


def _keep(kept: OrderedDict[str, T], what: T, most: int) -> str:
    """Keep something for a while, the newest few; the key to ask for it by."""
    key = secrets.token_urlsafe(8)
    kept[key] = what
    while len(kept) > most:
        kept.popitem(last=False)
    return key


TAKEN_BACK = "Taken back"
HEAD_LINES = f"/file/{HEAD}?whole=yes"
_STALE = Mistyped(
    "nothing was recorded yet, as the desk was started anew since this page was opened",
    "What you typed still stands here. Look it over, and send it once more.",
)
_MB = LARGEST // 1_000_000
_TOO_MUCH = Mistyped(f"that is more than {_MB} MB", "Give fewer files, or smaller ones.")
_CHANGED = Mistyped(
    "something was recorded meanwhile, here or by somebody else, so nothing was taken back",
    "What can be taken back now has its button below.",
)
_CHOOSE = "Choose the files again: they do not stay in the form."
_NO_FILE = Mistyped("no file was given", "Choose what came back, and try again.")
_NOTHING_SURE = Mistyped(
    "nothing was recorded, as nothing is sure", "Decide what is asked below, and record it then."
)
_GONE = Mistyped("what came back is not held here any more", _CHOOSE)
_OURS = ("token", "state", "key", "do", "id", "digest", "first", "last")
"""The fields that a form has by itself."""
_NO_PAGE = Mistyped("there is no such page")
_READ_ONLY = Mistyped("this plan is only to be looked at here")
_REFUSALS = {Forbidden: _READ_ONLY, RequestEntityTooLarge: _TOO_MUCH}
_ROUTES = Map(
    [
        Rule("/", endpoint="see", methods=["GET"]),
        *(Rule(f"/{name}", endpoint="see", defaults={"name": name}, methods=["GET"])
          for name in LISTS if name),
        Rule("/begin", endpoint="begin", methods=["GET", "POST"]),
        Rule("/begin/empty", endpoint="begin", defaults={"empty": True}, methods=["GET", "POST"]),
        Rule("/lists", endpoint="lists", methods=["GET"]),
        Rule("/plan/<path:id>", endpoint="part", methods=["GET"]),
        Rule("/find", endpoint="find", methods=["GET"]),
        Rule("/check", endpoint="check", methods=["GET"]),
        Rule("/file/<name>", endpoint="mend", methods=["GET", "POST"]),
        Rule("/mended/<key>", endpoint="mended", methods=["GET", "POST"]),
        Rule("/record", endpoint="record", methods=["GET"]),
        Rule("/record/<command>", endpoint="form", methods=["GET", "POST"]),
        Rule("/undo", endpoint="undo", methods=["POST"]),
        Rule("/meeting", endpoint="meeting", methods=["GET", "POST"]),
        Rule("/said/<key>", endpoint="said", methods=["GET"]),
        Rule("/said/<key>/file", endpoint="file", methods=["GET"]),
        Rule("/ask", endpoint="ask", methods=["GET", "POST"]),
        Rule("/collect", endpoint="collect", methods=["GET", "POST"]),
        Rule("/collect/<key>", endpoint="collect", methods=["GET"]),
        Rule("/papers", endpoint="papers", methods=["GET"]),
        Rule("/papers/<name>.<ending>", endpoint="paper", methods=["GET"]),
        Rule("/static/<name>", endpoint="static", methods=["GET"]),
    ]
)  # fmt: skip
