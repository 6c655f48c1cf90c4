"""Pages where a plan begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ...document import Link
from ...editing import opening
from ...store import HEAD, holds_plan
from ...words import STATUSES
from ..answers import Answer
from ..beginning import EMPTY, FROM_DOCUMENT, Beginning, documents
from ..done import Done
from ..mending import counted, found

if TYPE_CHECKING:
    from ...errors import Mendable
    from ..asked import Asked
    from ..beginning import Page
    from ..frame import Frame

HEAD_LINES = f"/file/{HEAD}?whole=yes"


class Begin:
    """Where there is no plan yet."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._may = not frame.read_only and not holds_plan(str(frame.folder))
        """Whether there was no plan yet: one that was taken away is to be put back."""
        self._beginning = Beginning(frame.folder)

    @property
    def begins(self) -> bool:
        """Whether a plan may begin here."""
        return self._may and not holds_plan(str(self._frame.folder))

    def begin(self, request: Asked, empty: bool = False) -> Response:
        """Where there is no plan yet: the form to begin one; or that it was begun."""
        if not self.begins:
            return redirect("/", 303, Response)
        given, do = request.form, request.form.get("do")
        if empty:
            page = self._beginning.empty(given, do)
        else:
            page = self._beginning.from_document(given, request.files.get("file"), do)
        if not page.begun:
            return self._begin_page(request, page)
        opening.hold(self._frame.folder)
        faults = found(self._frame.run("check", "--all", "--format=json"))
        about = f"The plan is written. Check finds {counted(faults) or 'nothing wrong'}."
        next = () if empty else (Link("Its title, period and partnership", HEAD_LINES),)
        return self._frame.after(Done(page.form.done, page.said, about=about, next=next))

    def again_begin(self, request: Asked, refusal: Mendable, empty: bool = False) -> Response:
        """The form as it was filled in, with what kept it from being taken."""
        form = EMPTY if empty else FROM_DOCUMENT
        said = Answer(2, refusal=refusal)
        return self._begin_page(request, self._beginning.again(request.form, form, said))

    def _begin_page(self, request: Asked, page: Page) -> Response:
        empty = page.form is EMPTY
        title = EMPTY.title if empty else "There is no plan here yet"
        title = "What was understood" if page.said.documents else title
        shown = self._frame.form(request, page.form, page.values) | {
            "blamed": page.blamed, "key": page.key, "empty": empty, "kinds": documents(),
            "pages": (), "under": True, "unclear": page.unclear, "statuses": STATUSES,
        }  # fmt: skip
        status = 422 if page.said.refusal else 200
        return self._frame.page(request, "begin.html", title, page.said, shown, status)
