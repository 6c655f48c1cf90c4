"""The desk as a WSGI application: a request in, a page out. It does not know who hosts it.

Every page is what a command says, and everything that is recorded is recorded by a command, so that
the desk and the command line cannot differ.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from werkzeug.exceptions import Forbidden, HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.routing import Map, RequestRedirect, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from ..commands._complete import ids, leads, led, owners, statuses
from ..editing import opening
from ..errors import Mistyped
from .answers import Answer, answer
from .forms import FORMS, Form
from .meeting import Meeting
from .pages import HERE, Pages
from .papers import ENDINGS, PAPERS, paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

LARGEST = 25_000_000
"""How many bytes a request may bring."""
REMEMBERED = 50
"""How many answers are kept, to be shown after what they answer was done."""
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


class See(NamedTuple):
    """A page that shows what a command says."""

    title: str
    words: tuple[str, ...]
    filters: tuple[str, ...] = ()
    """The options that may be asked for in the page's address."""


_NARROWED = ("priority", "lead", "status")
SEE = {
    "": See("Where it stands", ("status",), _NARROWED),
    "due": See("What is next", ("due",), ("before", "to", "within", *_NARROWED)),
    "overdue": See("What is late", ("overdue",), _NARROWED),
    "timeline": See("Timeline", ("timeline",), _NARROWED),
    "moves": See("What moved", ("moves",), _NARROWED),
    "questions": See("Questions", ("questions",), _NARROWED),
    "measures": See("Measures", ("status", "--measures"), ("priority",)),
    "changes": See("What changed", ("changes",), ("since",)),
    "asked": See("Who was asked", ("asked",)),
    "log": See("What was recorded", ("log",)),
}
"""The pages, by their addresses."""
OFFERED = {"priority": owners, "lead": leads, "status": statuses}
"""What may be asked for, where that is known."""


class Desk:
    """The desk of one plan's folder."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        # Commands that write files are run in a folder of their own.
        self.folder = folder.absolute()
        opening.hold(self.folder)
        self.read_only = read_only
        self.token = secrets.token_urlsafe(24)
        """What every form brings back, so that no other page can send one."""
        self._where = [str(self.folder)]
        self._pages = Pages({name: see.title for name, see in SEE.items()})
        self._remembered: OrderedDict[str, Answer] = OrderedDict()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        request = Request(environ)
        request.max_content_length = request.max_form_memory_size = LARGEST
        try:
            endpoint, values = _ROUTES.bind_to_environ(environ).match()
            if request.method == "POST":
                self._refuse_strangers(request)
            self._pages.know({**ids(self._where), **led(self._where)})
            response: Response = getattr(self, f"on_{endpoint}")(request, **values)
        except RequestRedirect as elsewhere:
            response = redirect(elsewhere.new_url, 303, Response)
        except HTTPException as error:
            response = self._not_done(error)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response(environ, start)

    def _refuse_strangers(self, request: Request) -> None:
        given = request.form.get("token", "")
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            raise Forbidden("This form is no longer good. Open its page again, and repeat it.")
        if self.read_only:
            raise Forbidden("This plan is only to be looked at here.")

    def _not_done(self, error: HTTPException) -> Response:
        ours = {Forbidden: error.description, RequestEntityTooLarge: _TOO_MUCH}
        what = ours.get(type(error)) or "There is no such page."
        return self._page("said.html", "Not done", Answer(2), {"what": what}, error.code or 500)

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
        shared = {"token": self.token, "read_only": self.read_only}
        text = self._pages.draw(template, title, said, {**shared, **(values or {})})
        return Response(text, status, mimetype="text/html")

    # --- to look at -----------------------------------------------------------------------------

    def on_see(self, request: Request, name: str = "") -> Response:
        """What a command says."""
        see = SEE[name]
        asked = {key: request.args.get(key, "").strip() for key in see.filters}
        words = [f"--{key}={value}" for key, value in asked.items() if value]
        said = self.run(*see.words, *words)
        offers = {key: OFFERED[key](self._where) for key in see.filters if key in OFFERED}
        values = {"here": f"/{name}", "asked": asked, "offers": offers, "lists": SEE}
        return self._page("see.html", see.title, said, values, 422 if said.refusal else 200)

    def on_part(self, request: Request, id: str) -> Response:  # noqa: ARG002
        """All about one part of the plan, with what can be recorded of it."""
        said = self.run("show", id)
        of_milestone = id in led(self._where) and said.refusal is None
        form = FORMS["progress"] if of_milestone else None
        values = {"id": id, "form": form, **(self._form(form, {"id": id}) if form else {})}
        return self._page("part.html", id, said, values, 404 if said.refusal else 200)

    def on_find(self, request: Request) -> Response:
        """Where the plan says some words."""
        words = request.args.get("words", "").split()
        said = self.run("find", "--", *words) if words else Answer(0)
        return self._page("find.html", "Find", said, {"words": " ".join(words)})

    def on_check(self, request: Request) -> Response:  # noqa: ARG002
        """What is wrong with the plan's files."""
        said = self.run("check", "--format=json")
        faults = json.loads(said.text)["faults"] if said.text else []
        values = {"here": "/check", "faults": faults}
        return self._page("check.html", "Check", said._replace(text=""), values)

    # --- to record ------------------------------------------------------------------------------

    def on_record(self, request: Request) -> Response:  # noqa: ARG002
        """What can be recorded."""
        return self._page("record.html", "Record", Answer(0), {"here": "/record", "forms": FORMS})

    def on_form(self, request: Request, command: str) -> Response:
        """A form to fill in; what it would write; or what it recorded."""
        if command not in FORMS:
            raise NotFound
        form = FORMS[command]
        given = request.form if request.method == "POST" else request.args
        values = {field.name: given.get(field.name, "") for field in form.fields}
        if request.method == "GET":
            return self._page("form.html", form.title, Answer(0), self._form(form, values))
        look = request.form.get("do") == "look"
        if empty := form.missing(values):
            said, blamed = Answer(2, refusal=Mistyped(f"{empty.label} is missing")), empty.name
        else:
            command, *words = form.words(values)
            said = self.run(command, *(["--dry-run"] if look else []), *words)
            if said.refusal is None and not look:
                return self._after(said, values.get("id", ""))
            blamed = form.blamed(said.refusal.what, values) if said.refusal else ""
        shown = self._form(form, values) | {"blamed": blamed}
        return self._page("form.html", form.title, said, shown, 422 if said.refusal else 200)

    def _form(self, form: Form, values: Mapping[str, str]) -> dict[str, object]:
        offers = {field.name: form.offers(field, self._where) for field in form.fields}
        return {"form": form, "values": values, "offers": offers, "blamed": ""}

    def on_undo(self, request: Request) -> Response:
        """Take back what was just recorded."""
        id = request.form.get("id", "")
        return self._after(self.run("undo", *([id] if id else [])), id)

    def on_meeting(self, request: Request) -> Response:
        """A meeting's milestones in a row, recorded together."""
        meeting = Meeting(self.run, self._where)
        if request.method == "GET":
            return self._page("meeting.html", "After a meeting", Answer(0), meeting.empty())
        tried = meeting.record(request.form, look=request.form.get("do") == "look")
        if tried.done:
            return self._after(tried.said, "")
        status = 422 if tried.refused else 200
        return self._page("meeting.html", "After a meeting", tried.said, tried.values, status)

    def _after(self, said: Answer, id: str) -> Response:
        """Lead on to what was said, so that loading the page again repeats nothing."""
        key = secrets.token_urlsafe(8)
        self._remembered[key] = said
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return redirect(f"/said/{key}?{urlencode({'id': id})}", 303, Response)

    def on_said(self, request: Request, key: str) -> Response:
        """What was said of something that was done."""
        said = self._remembered.get(key)
        if said is None:
            return redirect("/log", 303, Response)
        values = {"id": request.args.get("id", ""), "undo": said.refusal is None}
        return self._page("said.html", "Done", said, values, 422 if said.refusal else 200)

    # --- to take away ---------------------------------------------------------------------------

    def on_papers(self, request: Request) -> Response:  # noqa: ARG002
        """The papers that can be made."""
        values = {"here": "/papers", "papers": PAPERS, "names": ENDINGS}
        return self._page("papers.html", "Papers", Answer(0), values)

    def on_paper(self, request: Request, name: str, ending: str) -> Response:  # noqa: ARG002
        """A paper as a file."""
        if name not in PAPERS or ending not in PAPERS[name].endings:
            raise NotFound
        made = paper(self._where[0], name, ending)
        if made.file is None:
            return self._page("said.html", "Not made", made.said, None, 422)
        response = Response(made.file.data, mimetype=made.file.type)
        response.headers.set("Content-Disposition", "attachment", filename=made.file.name)
        return response

    def on_static(self, request: Request, name: str) -> Response:  # noqa: ARG002
        """What the pages are set and helped by."""
        if name == "desk.css":
            return Response(self._pages.style(), mimetype="text/css")
        if name in ("desk.js", "here.js"):
            script = (HERE / "static" / name).read_text(encoding="utf-8")
            return Response(script, mimetype="text/javascript")
        raise NotFound


_TOO_MUCH = f"That is more than {LARGEST // 1_000_000} MB. Give fewer files, or smaller ones."
_ROUTES = Map(
    [
        Rule("/", endpoint="see", methods=["GET"]),
        *(Rule(f"/{name}", endpoint="see", defaults={"name": name}) for name in SEE if name),
        Rule("/plan/<path:id>", endpoint="part", methods=["GET"]),
        Rule("/find", endpoint="find", methods=["GET"]),
        Rule("/check", endpoint="check", methods=["GET"]),
        Rule("/record", endpoint="record", methods=["GET"]),
        Rule("/record/<command>", endpoint="form", methods=["GET", "POST"]),
        Rule("/undo", endpoint="undo", methods=["POST"]),
        Rule("/meeting", endpoint="meeting", methods=["GET", "POST"]),
        Rule("/said/<key>", endpoint="said", methods=["GET"]),
        Rule("/papers", endpoint="papers", methods=["GET"]),
        Rule("/papers/<name>.<ending>", endpoint="paper", methods=["GET"]),
        Rule("/static/<name>", endpoint="static", methods=["GET"]),
    ]
)  # fmt: skip
