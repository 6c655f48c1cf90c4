"""What the desk is asked."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from wsgiref.types import WSGIEnvironment

    from _typeshed import ReadableBuffer

    from ..model import Plan

AS_AT = "as_at"
"""What an address asks for a day by."""
LARGEST = 25_000_000
"""How many bytes of fields, and of files, a request may bring."""
MOST_PARTS = 20_000
"""How many fields and files it may bring."""


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

    def __init__(self, environ: WSGIEnvironment) -> None:
        super().__init__(environ)
        if self.method == "HEAD":
            # It is answered as the page itself is, so that no deed can come that way.
            self.method = "GET"

    def read(self) -> None:
        """Take in all that a form brings."""
        try:
            self.form  # noqa: B018 - it is read when it is first asked for
        except RequestEntityTooLarge:
            self.room = -1
            self.form, self.files = ImmutableMultiDict(), ImmutableMultiDict()

    @property
    def as_at(self) -> str:
        """The day that it is to be looked at as at, as it was asked for; empty of today."""
        return self.args.get(AS_AT, "").strip()

    @property
    def max_content_length(self) -> int | None:  # type: ignore[override]
        """Files are bounded as they are read, so that the fields beside them are read too."""
        return None if self.mimetype == "multipart/form-data" else LARGEST

    def _get_file_stream(self, *_: object, **__: object) -> BytesIO:
        return _Bounded(self)


def asked(environ: WSGIEnvironment) -> Asked:
    """What is asked: whoever hosts the desk may have read it already, and it can be read once."""
    known = environ.get("werkzeug.request")
    return known if isinstance(known, Asked) else Asked(environ)


class _Bounded(BytesIO):
    """A file as it comes. Of what is too much nothing is kept."""

    def __init__(self, request: Asked) -> None:
        super().__init__()
        self._request = request

    def write(self, data: ReadableBuffer) -> int:
        size = memoryview(data).nbytes
        self._request.room -= size
        return super().write(data) if self._request.room >= 0 else size


def typed(request: Asked) -> list[str]:
    """What a form brought, where it cannot be shown again."""
    if request.method != "POST":
        return []
    with suppress(HTTPException):
        return [text for name, text in request.form.items(multi=True) if name not in _OURS and text]
    return []


_OURS = ("token", "state", "key", "do", "id", "digest", "first", "last")
"""The fields that a form has by itself."""
