"""The desk as a WSGI application: a request in, a page out. It does not know who hosts it.

Every page is what a command says, and everything that is recorded is recorded by a command, so that
the desk and the command line cannot differ.
"""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from werkzeug.exceptions import Forbidden, HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.routing import Map, RequestRedirect, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ..cli.dispatch import failure
from ..errors import Mendable, Mistyped
from ..several import open_plans
from ..store import repository
from .answers import Answer
from .as_at import as_at
from .asked import LARGEST, asked, typed
from .frame import Frame
from .lists import LISTS
from .parts import addresses
from .telling import Offered
from .views.ask import Ask
from .views.begin import Begin
from .views.done import WhatWasDone
from .views.look import Look
from .views.mend import Mend
from .views.record import Record
from .views.take import Take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from .asked import Asked

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


class Desk:
    """The desk of one plan's folder."""

    def __init__(self, folder: Path, *, read_only: bool = False, kept: bool = True) -> None:
        self.frame = frame = Frame(folder, read_only=read_only, kept=kept)
        self._begin = Begin(frame)
        self._views = {
            "ask": Ask(frame),
            "begin": self._begin,
            "done": WhatWasDone(frame),
            "look": Look(frame),
            "mend": Mend(frame),
            "record": Record(frame),
            "take": Take(frame),
        }

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        request = asked(environ)
        try:
            endpoint, values = _ROUTES.bind_to_environ(environ).match()
            if self._begin.begins and endpoint not in ("begin.begin", _STATIC):
                raise RequestRedirect("/begin")
            if endpoint != _STATIC:
                self._open(request)
            response = self._response(request, endpoint, values)
            if request.method == "GET" and response.location and (day := as_at(request)):
                response.location = day.at(response.location)
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
            opened = open_plans(self.frame.where)
            request.plan, unread = opened.plan, opened.left_out
            request.pages = addresses(opened.plan, self.frame.read_only)
        saves = repository(self.frame.folder) is not None
        self.frame.pages.know(Offered(request.pages, not self.frame.read_only, saves, unread))

    def _response(self, request: Asked, endpoint: str, values: Mapping[str, str]) -> Response:
        view, _, name = endpoint.partition(".")
        views = self._views[view]
        answered: Callable[..., Response] = getattr(views, name)
        if request.method == "GET":
            return answered(request, **values)
        if self.frame.read_only:
            raise Forbidden
        try:
            self._let_in(request)
            return answered(request, **values)
        except NotFound:
            raise
        except Exception as error:
            refusal, status = _refusal(error)
        # Nothing that was typed is lost: its form is shown again, with it.
        response: Response = getattr(views, f"again_{name}")(request, refusal, **values)
        response.status_code = status
        return response

    def _let_in(self, request: Asked) -> None:
        """Take what one of our own pages sent. Raises Forbidden for any other, and
        RequestEntityTooLarge."""
        request.read()
        if request.room < 0:
            raise RequestEntityTooLarge
        given = request.form.get("token", "")
        if not hmac.compare_digest(given.encode(), self.frame.token.encode()):
            raise Forbidden

    def _not_done(self, request: Asked, error: HTTPException) -> Response:
        refusal = _REFUSALS.get(type(error), _NO_PAGE)
        return self._refused(request, refusal, error.code or 500)

    def _failed(self, request: Asked, error: Exception) -> Response:
        return self._refused(request, *_refusal(error))

    def _refused(self, request: Asked, refusal: Mendable, status: int) -> Response:
        values = {"typed": typed(request)}
        return self.frame.page(
            request, "said.html", "Not done", Answer(2, refusal=refusal), values, status
        )


def _refusal(error: Exception) -> tuple[Mendable, int]:
    """What to say of what kept a request from being answered, and its status."""
    if isinstance(error, Forbidden):
        return _STALE, 403
    if isinstance(error, RequestEntityTooLarge):
        return _TOO_MUCH, 413
    if os.environ.get("HSCP_DEBUG"):
        raise error
    return failure(error), 500


_STALE = Mistyped(
    "nothing was recorded yet, as the desk was started anew since this page was opened",
    "What you typed still stands here. Look it over, and send it once more.",
)
_MB = LARGEST // 1_000_000
_TOO_MUCH = Mistyped(f"that is more than {_MB} MB", "Give fewer files, or smaller ones.")
_NO_PAGE = Mistyped("there is no such page")
_READ_ONLY = Mistyped("this plan is only to be looked at here")
_REFUSALS = {Forbidden: _READ_ONLY, RequestEntityTooLarge: _TOO_MUCH}
_STATIC = "take.static"
_ROUTES = Map(
    [
        Rule("/", endpoint="look.see", methods=["GET"]),
        *(Rule(f"/{name}", endpoint="look.see", defaults={"name": name}, methods=["GET"])
          for name in LISTS if name not in ("", "log")),
        Rule("/log", endpoint="done.log", methods=["GET"]),
        Rule("/begin", endpoint="begin.begin", methods=["GET", "POST"]),
        Rule("/begin/empty", endpoint="begin.begin", defaults={"empty": True},
             methods=["GET", "POST"]),
        Rule("/lists", endpoint="look.lists", methods=["GET"]),
        Rule("/plan/<path:id>", endpoint="look.part", methods=["GET"]),
        Rule("/find", endpoint="look.find", methods=["GET"]),
        Rule("/check", endpoint="look.check", methods=["GET"]),
        Rule("/file/<name>", endpoint="mend.mend", methods=["GET", "POST"]),
        Rule("/record", endpoint="record.record", methods=["GET"]),
        Rule("/record/<command>", endpoint="record.form", methods=["GET", "POST"]),
        Rule("/undo", endpoint="done.undo", methods=["POST"]),
        Rule("/meeting", endpoint="record.meeting", methods=["GET", "POST"]),
        Rule("/said/<key>", endpoint="done.said", methods=["GET"]),
        Rule("/said/<key>/file", endpoint="done.file", methods=["GET"]),
        Rule("/ask", endpoint="ask.ask", methods=["GET", "POST"]),
        Rule("/collect", endpoint="ask.collect", methods=["GET", "POST"]),
        Rule("/collect/<key>", endpoint="ask.collect", methods=["GET"]),
        Rule("/papers", endpoint="take.papers", methods=["GET"]),
        Rule("/papers/<name>", endpoint="take.choose", methods=["GET"]),
        Rule("/papers/<name>.<ending>", endpoint="take.paper", methods=["GET"]),
        Rule("/static/<name>", endpoint="take.static", methods=["GET"]),
    ]
)  # fmt: skip
