"""Hosts the desk on this computer, for one person: on the loopback address alone, behind a key that
only the page that was opened has."""

from __future__ import annotations

import hmac
import secrets
import sys
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from werkzeug.serving import BaseWSGIServer

ADDRESS = "127.0.0.1"
COOKIE = "hscp-desk"


class Guard:
    """Lets in only who has the key, and only under the name that this computer has for itself: a
    page elsewhere can neither ask nor, by a name that leads here, pretend to be this one."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application
        self.key = secrets.token_urlsafe(24)
        self.port = 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if environ.get("HTTP_HOST") not in (f"{ADDRESS}:{self.port}", f"localhost:{self.port}"):
            return _refuse(start, "This is not the address that the desk was opened at.")
        origin = environ.get("HTTP_ORIGIN")
        if origin and origin.partition("://")[2] != environ["HTTP_HOST"]:
            return _refuse(start, "Another page asked for this.")
        given = parse_qs(environ.get("QUERY_STRING", "")).get("key", [""])[0]
        if given and self._is_key(given):
            # The key leaves the address, so that it stands in no history and on no picture.
            cookie = f"{self.cookie}={self.key}; Path=/; HttpOnly; SameSite=Strict"
            start(
                "303 See Other",
                [("Location", "/"), ("Set-Cookie", cookie), ("Cache-Control", "no-store")],
            )
            return [b""]
        if not self._is_key(_cookie(environ.get("HTTP_COOKIE", ""), self.cookie)):
            return _refuse(start, "Open the desk with the address that hscp desk said.")
        return self._application(environ, start)

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the key. Ports share their cookies, so it has the
        port: two desks may be open."""
        return f"{COOKIE}-{self.port}"

    def _is_key(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.key.encode())


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _refuse(start: StartResponse, why: str) -> Iterable[bytes]:
    start(
        "403 Forbidden",
        [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")],
    )
    return [f"{why}\n".encode()]


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        if type == "error":
            sys.__stderr__ and sys.__stderr__.write(f"{message % args}\n")


def server(application: WSGIApplication, port: int = 0) -> tuple[BaseWSGIServer, str]:
    """A server of the desk at a free port, or at this one; the address to open it with. Raises
    OSError where the port is taken."""
    guard = Guard(application)
    made = make_server(ADDRESS, port, guard, threaded=True, request_handler=_Quiet)
    guard.port = made.server_port
    return made, f"http://{ADDRESS}:{made.server_port}/?key={guard.key}"
