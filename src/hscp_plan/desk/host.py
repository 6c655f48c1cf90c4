"""Hosts the desk on this computer, for one person: on the loopback address alone, behind a key that
only the page that was opened has."""

from __future__ import annotations

import hmac
import os
import secrets
import socket
import sys
from contextlib import contextmanager, suppress
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ..writers.html import Ink, templates
from .app import HEADERS
from .asked import Asked
from .pages import HERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from werkzeug.serving import BaseWSGIServer

ADDRESS = "127.0.0.1"
COOKIE = "hscp-desk"
WAITING = 128
"""How many that ask may wait for their turn."""


class Door(NamedTuple):
    """A page for who is not let in, or only now."""

    title: str
    lines: tuple[str, ...]
    status: int = 403


_NEWEST = "Open the newest address that hscp desk says, in the window where it runs."
WELCOME = Door("Opening the desk", (), 200)
STRANGER = Door("This browser is not known to the desk", (_NEWEST,))
USED = Door("This address is used up", ("Each address opens the desk once.", _NEWEST))
AGAIN = Door(
    "Nothing was recorded yet",
    (
        "The desk was started anew since you opened that page, and does not know this browser "
        "any more. What you typed is kept on this page.",
        f"{_NEWEST} Do so in another tab; then come back to this one.",
    ),
)
OTHER_NAME = Door("This is not the address that the desk was opened at", (_NEWEST,))
OTHER_PAGE = Door("Another page asked for this", ("Nothing was done.",))


class Guard:
    """Lets in only who has a key, and only under the name that this computer has for itself: a
    page elsewhere can neither ask nor, by a name that leads here, pretend to be this one.

    A key lets in one browser, once. That browser then has a cookie."""

    def __init__(
        self, application: WSGIApplication, port: int, say: Callable[[str], object] = str
    ) -> None:
        self._application, self.port, self._say = application, port, say
        self._keys = set[str]()
        self._said = ""
        self._session = secrets.token_urlsafe(24)
        self._recording = Lock()
        self._door = templates(Ink(), str(HERE / "templates")).get_template("door.html")

    def address(self) -> str:
        """A new address, which lets in once."""
        key = secrets.token_urlsafe(24)
        self._keys.add(key)
        return f"http://{ADDRESS}:{self.port}/?key={key}"

    def say_address(self) -> None:
        """Say an address to whoever began the desk; and another as soon as that was used."""
        address = self.address()
        self._said = address.partition("=")[2]
        self._say(address)

    def end(self) -> None:
        """Wait until whatever is being recorded is whole. Nothing is recorded after."""
        self._recording.acquire()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        request = Asked(environ)
        refusal = self._refused(request)
        if refusal or request.method == "GET":
            return (refusal or self._application)(environ, start)
        # However slowly it comes, nobody else waits for it.
        request.read()
        with self._recording:
            return self._application(environ, start)

    def _refused(self, request: Asked) -> Response | None:
        """What to say to who is not let in, or is only now."""
        host = request.headers.get("Host")
        if host not in (f"{ADDRESS}:{self.port}", f"localhost:{self.port}"):
            return self._at_the_door(OTHER_NAME)
        origin = request.headers.get("Origin")
        if origin and origin.partition("://")[2] != host:
            return self._at_the_door(OTHER_PAGE)
        has_cookie = self._has_cookie(request)
        if key := request.args.get("key", ""):
            return self._with_key(request, key, has_cookie)
        # A page at another port of this computer is not told apart by the cookie.
        if request.headers.get("Sec-Fetch-Site") == "same-site":
            return self._at_the_door(OTHER_PAGE)
        # How pages are set says nothing of any plan.
        if has_cookie or request.path.startswith("/static/"):
            return None
        if request.method == "POST":
            return self._at_the_door(AGAIN, request)
        return self._at_the_door(STRANGER)

    def _with_key(self, request: Asked, key: str, has_cookie: bool) -> Response:
        try:
            self._keys.remove(key)
        except KeyError:
            if not has_cookie:
                return self._at_the_door(USED)
        if key == self._said:
            self.say_address()
        # A browser sends its cookie along no way that another page began, as the file that opens it
        # is: so a page of our own leads on.
        began_elsewhere = request.headers.get("Sec-Fetch-Site", "") != "none"
        response = self._at_the_door(WELCOME) if began_elsewhere else redirect("/", 303, Response)
        response.set_cookie(self.cookie, self._session, httponly=True, samesite="Strict")
        response.headers["Cache-Control"] = "no-store"
        return response

    @property
    def cookie(self) -> str:
        """The name of the cookie. Ports share their cookies, so it has the port: two desks may be
        open."""
        return f"{COOKIE}-{self.port}"

    def _has_cookie(self, request: Asked) -> bool:
        try:
            found = SimpleCookie(request.headers.get("Cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(
            found.value.encode(), self._session.encode()
        )

    def _at_the_door(self, page: Door, request: Asked | None = None) -> Response:
        """A page; with what this request brought, to be sent again."""
        fields = list[tuple[str, str]]()
        if request:
            with suppress(RequestEntityTooLarge):
                fields += request.form.items(multi=True)
        place = request.path if request else ""
        text = self._door.render(page._asdict(), fields=fields, place=place)
        return Response(text, page.status, HEADERS, mimetype="text/html")


class _Handler(WSGIRequestHandler):
    """Says nothing of any request, and gives up one that stops midway."""

    timeout = 60

    def log(self, _type: str, message: str, *args: object) -> None:
        if os.environ.get("HSCP_DEBUG"):
            os.write(2, f"{message % args}\n".encode())


def server(
    application: WSGIApplication, port: int = 0, say: Callable[[str], object] = str
) -> tuple[BaseWSGIServer, Guard]:
    """A server of the desk at a free port, or at this one, and what guards it, which says by `say`
    the addresses to open it with. Raises OSError where the port is not to be had."""
    with socket.socket() as listening:
        if sys.platform == "win32":
            # There the other option would share the port with whoever has it.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((ADDRESS, port))
        listening.listen(WAITING)
        port = listening.getsockname()[1]
        guard = Guard(application, port, say)
        made = make_server(
            ADDRESS, port, guard, threaded=True, request_handler=_Handler, fd=listening.fileno()
        )
    return made, guard


@contextmanager
def leading_to(address: str) -> Iterator[str]:
    """The address of a file that leads to this one, and is there for so long. What a browser is
    begun with, others on this computer can see; such a file nobody else can read. Raises OSError
    where it cannot be made."""
    with TemporaryDirectory(prefix="hscp-desk-") as folder:
        path = Path(folder) / "open.html"
        path.touch(0o600)
        page = (HERE / "templates" / "leading.html").read_text(encoding="utf-8")
        path.write_text(page.replace("ADDRESS", address), encoding="utf-8")
        yield path.as_uri()
