"""Pages of what was done, and of taking it back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ...editing.revoke import revoke
from ...errors import Mendable, Mistyped
from ...store import repository
from ..answers import Answer
from ..done import NOTHING_TAKEN_BACK, TAKEN_BACK, Done
from ..frame import AGAIN
from ..lists import LISTS
from ..mending import by_file
from .take import handed

if TYPE_CHECKING:
    from ...editing.deeds import Deed
    from ..asked import Asked
    from ..frame import Frame

_CHANGED = Mistyped(
    "something was recorded meanwhile, here or by somebody else, so nothing was taken back",
    "What can be taken back now has its button below.",
)


class WhatWasDone:
    """What was said of it, what it made, and what takes it back."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def said(self, request: Asked, key: str) -> Response:
        """What was said of something that was done."""
        done = self._frame.done.get(key)
        if done is None:
            return redirect("/log", 303, Response)
        said, in_git = done.said, repository(self._frame.folder) is not None
        title = "Not done" if said.refusal else done.title
        taken_back = done.form and done.title == TAKEN_BACK
        again = f"{done.form}?{AGAIN}={key}" if taken_back else ""
        files = by_file(done.faults or (), self._frame.folder, request.plan)
        values = {"done": done, "key": key, "save": done.revocable and in_git, "under": True,
                  "known": request.pages, "again": again, "files": files}  # fmt: skip
        return self._frame.page(
            request, "said.html", title, said, values, 422 if said.refusal else 200
        )

    def file(self, request: Asked, key: str) -> Response:
        """What something that was done made to take away."""
        done = self._frame.done.get(key)
        if done is None or done.file is None:
            raise NotFound
        return handed(done.file)

    def log(self, request: Asked) -> Response:
        """What was recorded."""
        return self._page_of_log(request)

    def _page_of_log(self, request: Asked, refusal: Mendable | None = None) -> Response:
        """What was recorded, each with what takes it back; and why something was not."""
        said = self._frame.run("log", "--format=json")
        nothing: dict[str, Any] = {"title": LISTS["log"].title, "unsaved": ()}
        log = json.loads(said.text) if said.text else nothing
        values = {"here": "/log", "name": "log", "log": log["unsaved"], "now": self._frame.state()}
        shown = said._replace(text="", refusal=said.refusal or refusal)
        status = 422 if said.refusal else 409 if refusal else 200
        return self._frame.page(request, "log.html", log["title"], shown, values, status)

    def undo(self, request: Asked) -> Response:
        """Take back all of what was done, or what was recorded of an id. Where the plan is not as
        it was when that was offered, nothing is: it may be somebody else's."""
        done = self._frame.done.get(request.form.get("key", ""))
        offered = done.state if done else request.form.get("state", "")
        if offered != self._frame.state():
            return self._page_of_log(request, _CHANGED)
        if done and done.deed:
            return self._revoked(done, done.deed)
        id, day = request.form.get("id", ""), request.form.get("date", "")
        words = [*([f"--date={day}"] if day else []), *(["--", id] if id else [])]
        said = self._frame.run("undo", *words)
        nothing = self._frame.state() == offered
        return self._frame.after(Done(NOTHING_TAKEN_BACK if nothing else TAKEN_BACK, said, id=id))

    def _revoked(self, done: Done, deed: Deed) -> Response:
        """Take back all of what was done."""
        try:
            revoke(deed)
        except Mendable as refusal:
            return self._frame.after(Done(TAKEN_BACK, Answer(refusal.status, refusal=refusal)))
        about = "The plan is as it was before this:"
        id, form, typed = done.id, done.form, done.typed
        back = Done(TAKEN_BACK, done.said, about=about, id=id, form=form, typed=typed)
        return self._frame.after(back)

    def again_undo(self, request: Asked, refusal: Mendable) -> Response:
        """What could be taken back, with what kept that from being done."""
        return self._page_of_log(request, refusal)
