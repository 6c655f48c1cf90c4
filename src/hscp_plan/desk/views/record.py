"""Pages where something is recorded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ...commands._look import when
from ...editing.deeds import noted
from ...errors import Mistyped
from ...store import repository
from ..answers import Answer
from ..done import Done
from ..forms import FORMS, GROUPS, Form
from ..meeting import Meeting
from ..trial import attempt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...errors import Mendable
    from ..asked import Asked
    from ..frame import Frame
    from ..trial import Difference


class Record:
    """The forms, and the page of a meeting."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def record(self, request: Asked) -> Response:
        """What can be recorded."""
        groups = {
            heading: [name for name in names if name not in _elsewhere()]
            for heading, names in GROUPS.items()
        }
        values = {"here": "/record", "forms": FORMS, "groups": groups}
        return self._frame.page(request, "record.html", "Record", Answer(0), values)

    def form(self, request: Asked, command: str) -> Response:
        """A form to fill in; what it would write; or what it recorded."""
        form = _form_of(command)
        if command == "save" and repository(self._frame.folder) is None:
            raise NotFound
        if command in _elsewhere():
            raise NotFound
        if request.method == "GET":
            values = form.values(self._frame.asked(request))
            said = self._shown_first(form, values) if form.shows_first else Answer(0)
            return self._form_page(request, form, values, said)
        values = form.values(request.form)
        if empty := form.missing(values):
            refusal = Mistyped(f"{empty.label} is missing", "")
            return self._form_page(request, form, values, Answer(2, refusal=refusal), empty.name)
        if request.form.get("do") == "look":
            return self._looked(request, form, values)
        if form.shows_first and self._shown_first(form, values).documents:
            return redirect(request.path, 303, Response)  # which says that there is nothing to do
        command, *words = form.words(values)
        with noted() as deed:
            said = self._frame.run(command, *words)
        if said.refusal is None:
            id = values.get("id", "").partition("\n")[0]
            done = Done(form.done, said, deed, id=id, form=request.path, typed=request.form)
            return self._frame.after(done)
        return self._form_page(request, form, values, said, form.blamed(said.refusal, values))

    def _shown_first(self, form: Form, values: Mapping[str, str]) -> Answer:
        """What a form would do that shows it by itself."""
        command, *words = form.words(values)
        return self._frame.run(command, "--dry-run", *words)

    def _looked(self, request: Asked, form: Form, values: Mapping[str, str]) -> Response:
        """A form with what it would record."""
        if form.beyond:
            said = self._shown_first(form, values)
            return self._form_page(request, form, values, said, form.blamed(said.refusal, values))
        command, *words = form.words(values)
        trial = attempt(self._frame.folder, [(command, *words)])
        (said,) = trial.answers
        blamed = form.blamed(said.refusal, values)
        shown = values if said.refusal else form.settled(values, trial.dues)
        return self._form_page(request, form, shown, said, blamed, trial.differences)

    def again_form(self, request: Asked, refusal: Mendable, command: str) -> Response:
        """A form as it was filled in, with what kept it from being taken."""
        form = _form_of(command)
        return self._form_page(request, form, form.values(request.form), Answer(2, refusal=refusal))

    def _form_page(
        self,
        request: Asked,
        form: Form,
        values: Mapping[str, str],
        said: Answer,
        blamed: str = "",
        differences: Sequence[Difference] = (),
    ) -> Response:
        shown = self._frame.form(request, form, values) | {
            "blamed": blamed,
            "cursor": form.cursor(values) if request.method == "GET" else "",
            "here": f"/record/{form.command}",
            "differences": differences,
            "under": bool(differences),
        }
        status = 422 if said.refusal else 200
        return self._frame.page(request, "form.html", form.title, said, shown, status)

    def meeting(self, request: Asked) -> Response:
        """A meeting's milestones in a row, recorded together."""
        meeting, do = self._meeting(request), request.form.get("do")
        values = (request.form or self._frame.asked(request)).to_dict()
        if request.method == "GET" or do in ("show", "more"):
            return self._meeting_page(request, Answer(0), meeting.drawn(values, more=do == "more"))
        tried = meeting.record(values, look=do == "look")
        if deed := tried.deed:
            title = "Recorded" if deed.files else "Nothing new was recorded"
            done = Done(title, tried.said, deed, form=request.path, typed=request.form)
            return self._frame.after(done._replace(next=meeting.next(values)))
        return self._meeting_page(request, tried.said, tried.values, 422 if tried.refused else 200)

    def again_meeting(self, request: Asked, refusal: Mendable) -> Response:
        """The page as it was filled in, with what kept it from being taken."""
        values = self._meeting(request).drawn(request.form.to_dict())
        return self._meeting_page(request, Answer(2, refusal=refusal), values)

    def _meeting(self, request: Asked) -> Meeting:
        return Meeting(self._frame.run, self._frame.folder, request.plan, when(None))

    def _meeting_page(
        self, request: Asked, said: Answer, values: dict[str, Any], status: int = 200
    ) -> Response:
        return self._frame.page(request, "meeting.html", "After a meeting", said, values, status)


def _elsewhere() -> tuple[str, ...]:
    """The forms that need another folder than the plan's, where there is none: in a browser."""
    return ("carry",) if sys.platform == "emscripten" else ()


def _form_of(command: str) -> Form:
    if command not in FORMS:
        raise NotFound
    return FORMS[command]
