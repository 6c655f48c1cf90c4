"""What the desk's pages share: the plan's folder, how a page is drawn, and what was done."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ..disk import plain_bytes
from ..editing import opening
from .answers import Answer, answer
from .as_at import as_at
from .pages import Pages
from .parts import owners_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from werkzeug.datastructures import MultiDict

    from .asked import Asked
    from .done import Done
    from .forms import Form

REMEMBERED = 50
"""How many answers are kept, to be shown after what they answer was done."""

AGAIN = "again"
"""What an address asks a form by to open as it was filled in before what is of this key."""

T = TypeVar("T")


class Frame:
    """What the pages of one plan's folder share."""

    def __init__(self, folder: Path, *, read_only: bool = False, kept: bool = True) -> None:
        # Commands that write files are run in a folder of their own.
        self.folder = folder.absolute()
        opening.hold(self.folder)
        self.read_only = read_only
        self.kept = kept
        """Whether the folder's files are the plan's own, and no copies of them."""
        self.token = secrets.token_urlsafe(24)
        """What every form brings back, so that no other page can send one."""
        self.where = [str(self.folder)]
        self.pages = Pages(read_only)
        self.done: OrderedDict[str, Done] = OrderedDict()

    def run(self, command: str, *words: str) -> Answer:
        """What a command says of this plan."""
        return answer([command, "--plan", str(self.folder), *words])

    def page(
        self,
        request: Asked,
        template: str,
        title: str,
        said: Answer,
        values: Mapping[str, object] | None = None,
        status: int = 200,
    ) -> Response:
        """A page of this name, with what was said and these values."""
        day = as_at(request)
        shared = {"token": self.token, "read_only": self.read_only, "kept": self.kept,
                  "as_at": day}  # fmt: skip
        text = self.pages.draw(template, title, said, {**shared, **(values or {})})
        # The name of a file may hold what no text can.
        page = (day.along(text) if day else text).encode("utf-8", "backslashreplace")
        return Response(page, status, mimetype="text/html")

    def form(self, request: Asked, form: Form, values: Mapping[str, str]) -> dict[str, Any]:
        """What the page of a form has of it."""
        offers = {field.name: form.offers(field, request.plan) for field in form.fields}
        owners = owners_of(request.plan) if request.plan else {}
        return {"form": form, "values": values, "offers": offers, "owners": owners, "blamed": ""}

    def asked(self, request: Asked) -> MultiDict[str, str]:
        """What a form is to open with: what was filled in of what was taken back, or as asked."""
        done = self.done.get(request.args.get(AGAIN, ""))
        return (done and done.typed) or request.args

    def after(self, done: Done) -> Response:
        """Lead on to what was done, so that loading the page again repeats nothing."""
        done = done._replace(state=self.state())
        return redirect(f"/said/{keep(self.done, done, REMEMBERED)}", 303, Response)

    def state(self) -> str:
        """What tells the plan's files, as they are, from any others."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.glob("*.y*ml")):
            with suppress(OSError):
                digest.update(path.name.encode() + b"\0" + plain_bytes(path) + b"\0")
        return digest.hexdigest()


def keep(kept: OrderedDict[str, T], what: T, most: int) -> str:
    """Keep something for a while, the newest few; the key to ask for it by."""
    key = secrets.token_urlsafe(8)
    kept[key] = what
    while len(kept) > most:
        kept.popitem(last=False)
    return key
