"""Pages of what there is to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from ..answers import Answer
from ..as_at import on_day
from ..pages import HERE
from ..papers import ENDINGS, PAPERS, offered, paper

if TYPE_CHECKING:
    from ..asked import Asked
    from ..frame import Frame
    from ..papers import File


class Take:
    """The papers, and what the pages are set and helped by."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def papers(self, request: Asked) -> Response:
        """The papers that can be made."""
        values = {"here": "/papers", "papers": offered(request.plan), "names": ENDINGS}
        return self._frame.page(request, "papers.html", "Papers", Answer(0), values)

    def paper(self, request: Asked, name: str, ending: str) -> Response:
        """A paper as a file."""
        if name not in PAPERS or ending not in PAPERS[name].endings:
            raise NotFound
        made = paper(self._frame.where[0], name, ending, on_day(request))
        if made.file is None:
            return self._frame.page(request, "said.html", "Not made", made.said, None, 422)
        return handed(made.file)

    def static(self, request: Asked, name: str) -> Response:
        """What the pages are set and helped by."""
        if name == "desk.css":
            return Response(self._frame.pages.style(), mimetype="text/css")
        if name in ("desk.js", "here.js"):
            script = (HERE / "static" / name).read_text(encoding="utf-8")
            return Response(script, mimetype="text/javascript")
        raise NotFound


def handed(file: File) -> Response:
    """A file to take away."""
    response = Response(file.data, mimetype=file.type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response
