"""Pages where a file's lines are put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound

from ...document import Link
from ...editing.deeds import noted
from ..done import Done
from ..mending import Mending

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from ...editing.deeds import Deed
    from ...editing.mended import Mended
    from ...errors import Mendable
    from ..asked import Asked
    from ..frame import Frame
    from ..mending import Page


class Mend:
    """The lines of a file."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def mend(self, request: Asked, name: str) -> Response:
        """Some lines of a file, to be put right; or what that would write, or wrote."""
        mending = self._mending(request, name)
        if request.method == "GET":
            whole = bool(request.args.get("whole"))
            return self._mend_page(request, mending.show(request.args.get("line", 1, int), whole))
        with noted(record=False) as deed:
            page = mending.mend(mending.typed(request.form), request.form.get("do") == "look")
        if page.mended:
            return self._frame.after(_done(page, page.mended, deed))
        return self._mend_page(request, page)

    def again_mend(self, request: Asked, refusal: Mendable, name: str) -> Response:
        """The lines as they were typed, with what kept them from being taken."""
        mending = self._mending(request, name)
        return self._mend_page(request, mending.again(mending.typed(request.form), refusal))

    def _mending(self, request: Asked, name: str) -> Mending:
        if self._frame.read_only:
            raise NotFound
        return Mending(self._frame.folder, name, request.plan)

    def _mend_page(self, request: Asked, page: Page) -> Response:
        status = 422 if page.said.refusal else 200
        return self._frame.page(
            request, "mend.html", "Mend the file", page.said, page.values, status
        )


def _done(page: Page, mended: Mended, deed: Deed) -> Done:
    """What is said of a file that was mended."""
    title, text = "Mended", f"{mended.path.name} was mended."
    if mended.was == mended.now:
        title, text = "Nothing was changed", "You changed nothing, so nothing was written."
    check = Link("Check the whole plan", "/check")
    return Done(title, page.said._replace(text=text), deed, next=(check,), faults=mended.faults)
