"""Pages that say what a command says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ...commands._look import when
from ...dates import day_shown
from ...document import Link, Title
from ...letters import folded
from ..answers import Answer
from ..as_at import on_day, over
from ..asked import AS_AT
from ..forms import FORMS
from ..lists import FIRST_SHOWN, LISTS
from ..mending import MOST_FAULTS, by_file, counted, found
from ..parts import owner_and_milestone, to_look_at, to_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..asked import Asked
    from ..forms import Form
    from ..frame import Frame


class Look:
    """What there is to look at."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def see(self, request: Asked, name: str = "") -> Response:
        """What a command says."""
        form = LISTS[name]
        given = form.values(request.args)
        values = given if set(request.args) - {AS_AT} else {**given, **FIRST_SHOWN.get(name, {})}
        said = self._said(form, values)
        if said.refusal and values != given:
            values, said = given, self._said(form, given)
        shown = {"here": f"/{name}", "name": name, "over": over(request),
                 **self._frame.form(request, form, values)}  # fmt: skip
        return self._frame.page(
            request, "see.html", form.title, said, shown, 422 if said.refusal else 200
        )

    def _said(self, form: Form, values: Mapping[str, str]) -> Answer:
        """What a command says of what is filled in; nothing where that is not enough."""
        if form.missing(values):
            return Answer(0)
        command, *words = form.words(values)
        return self._frame.run(command, *words)

    def lists(self, request: Asked) -> Response:
        """Every page that there is to look at."""
        plan = request.plan
        owners = [Link(f"{o.id}  {o.title}", f"/plan/{o.id}") for o in plan.owners] if plan else []
        values = {"here": "/lists", "owners": owners}
        return self._frame.page(request, "lists.html", "All lists", Answer(0), values)

    def part(self, request: Asked, id: str) -> Response:
        """All about one part of the plan, with what can be recorded of it."""
        plan = request.plan
        by_folded = {folded(known): page for known, page in request.pages.items()}
        page = by_folded.get(folded(id))
        if page and page != f"/plan/{quote(id)}":
            return redirect(page, 303, Response)
        said = self._frame.run("show", *on_day(request), "--", id)
        found = owner_and_milestone(plan, id) if plan else None
        values: dict[str, Any] = {"id": id, "form": None, "look": (), "record": (),
                                  "over": over(request)}  # fmt: skip
        if found:
            owner, milestone = found
            values["record"] = to_record(owner, milestone)
            if milestone:
                values |= self._frame.form(request, FORMS["progress"], {"id": id})
                values["look"] = to_look_at(owner, milestone)
        return self._frame.page(
            request, "part.html", id, said, values, 404 if said.refusal else 200
        )

    def find(self, request: Asked) -> Response:
        """Where the plan says some words."""
        words = request.args.get("words", "").split()
        said = self._frame.run("find", *on_day(request), "--", *words) if words else Answer(0)
        return self._frame.page(request, "find.html", "Find", said, {"words": " ".join(words)})

    def check(self, request: Asked) -> Response:
        """What is wrong with the plan's files."""
        said = self._frame.run("check", "--all", "--format=json", *on_day(request))
        faults = found(said)
        most = len(faults) if request.args.get("all") else MOST_FAULTS
        day = when(request.as_at, request.plan.head if request.plan else None)
        values = {
            "here": "/check",
            "head": Title("Check", f"As at {day_shown(day)}"),
            "counted": counted(faults),
            "files": by_file(faults, self._frame.folder, request.plan, most),
            "more": max(0, len(faults) - most),
        }
        return self._frame.page(request, "check.html", "Check", said._replace(text=""), values)
