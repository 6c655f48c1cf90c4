"""Pages where a file's lines are put right."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ..answers import Answer, told
from ..done import TAKEN_BACK, Done
from ..frame import REMEMBERED, keep
from ..mending import Mending, by_file

if TYPE_CHECKING:
    from ...editing.mended import Mended
    from ...errors import Mendable
    from ..asked import Asked
    from ..frame import Frame
    from ..mending import Page


class Mend:
    """The lines of a file, and what became of them."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._mended: OrderedDict[str, Mended] = OrderedDict()

    def mend(self, request: Asked, name: str) -> Response:
        """Some lines of a file, to be put right; what that would write; or what it wrote."""
        mending = self._mending(request, name)
        if request.method == "GET":
            whole = bool(request.args.get("whole"))
            return self._mend_page(request, mending.show(request.args.get("line", 1, int), whole))
        page = mending.mend(mending.typed(request.form), request.form.get("do") == "look")
        if page.mended:
            key = keep(self._mended, page.mended, REMEMBERED)
            return redirect(f"/mended/{key}", 303, Response)
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

    def mended(self, request: Asked, key: str) -> Response:
        """What was mended, and what is left; or that it was taken back."""
        mended = self._mended.get(key)
        if mended is None:
            return redirect("/check", 303, Response)
        if request.method == "GET":
            return self._mended_page(request, key, mended, Answer(0))
        said = told(mended.take_back, self._frame.where[0])
        if said.refusal:
            return self._mended_page(request, key, mended, said)
        text = f"{mended.path.name} is as it was before."
        return self._frame.after(Done(TAKEN_BACK, said._replace(text=text)))

    def again_mended(self, request: Asked, refusal: Mendable, key: str) -> Response:
        """What was mended, with what kept it from being taken back."""
        mended = self._mended.get(key)
        if mended is None:
            raise NotFound
        return self._mended_page(request, key, mended, Answer(2, refusal=refusal))

    def _mended_page(self, request: Asked, key: str, mended: Mended, said: Answer) -> Response:
        files = by_file(mended.faults, self._frame.folder, request.plan)
        changed = mended.was != mended.now
        title = f"{mended.path.name} is {'changed' if changed else 'as it was'}"
        values = {"key": key, "files": files, "changed": changed}
        return self._frame.page(
            request, "mended.html", title, said, values, 422 if said.refusal else 200
        )
