"""Pages of what there is to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from ..answers import Answer
from ..pages import HERE
from ..papers import ENDINGS, PAPERS, offered, paper

if TYPE_CHECKING:
    from collections.abc import Mapping

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

    def choose(self, request: Asked, name: str) -> Response:
        """What a paper may be narrowed to."""
        if name not in PAPERS:
            raise NotFound
        return self._choose(request, name, PAPERS[name].form.values(request.args), Answer(0))

    def paper(self, request: Asked, name: str, ending: str) -> Response:
        """A paper as a file."""
        if name not in PAPERS or ending not in PAPERS[name].endings:
            raise NotFound
        values = PAPERS[name].form.values(request.args)
        made = paper(self._frame.where[0], name, ending, values)
        if made.file is None:
            return self._choose(request, name, values, made.said)
        return handed(made.file)

    def _choose(
        self, request: Asked, name: str, values: Mapping[str, str], said: Answer
    ) -> Response:
        form, endings = PAPERS[name].form, PAPERS[name].endings
        shown = {
            "name": name, "about": PAPERS[name].about, "names": ENDINGS, "endings": endings,
            **self._frame.form(request, form, values), "blamed": form.blamed(said.refusal, values),
        }  # fmt: skip
        status = 422 if said.refusal else 200
        return self._frame.page(request, "paper.html", form.title, said, shown, status)

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
