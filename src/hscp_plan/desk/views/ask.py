"""Pages that ask the leads, and take what they sent back."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from ...commands._complete import milestones
from ...document import Link
from ...editing.deeds import noted
from ...errors import Mendable, Mistyped
from ...words import count
from ..answers import Answer
from ..asking import (
    ASK,
    COLLECT,
    DECIDED,
    KINDS,
    Collected,
    Held,
    Returned,
    ask,
    collect,
    decisions_in,
    then,
)
from ..done import Done
from ..frame import keep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from ..asked import Asked
    from ..frame import Frame

WAITING = 3
"""How many lots of files that came back wait to be recorded."""
_CHOOSE = "Choose the files again: they do not stay in the form."
_NO_FILE = Mistyped("no file was given", "Choose what came back, and try again.")
_NOTHING_SURE = Mistyped(
    "nothing was recorded, as nothing is sure", "Decide what is asked below, and record it then."
)
_GONE = Mistyped("what came back is not held here any more", _CHOOSE)


class Ask:
    """The forms that go out, and those that come in."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._held: OrderedDict[str, Held] = OrderedDict()

    def ask(self, request: Asked) -> Response:
        """Forms for leads, to take away."""
        values = ASK.values(request.args if request.method == "GET" else request.form)
        said, blamed = Answer(0), ""
        if request.method == "POST":
            kind = request.form.get("kind", "")
            with noted() as deed:
                made = ask(self._frame.where[0], values, kind)
            said = made.said
            if made.file:
                after = then(made.file, kind)
                return self._frame.after(Done("Made", said, deed, file=made.file, then=after))
            blamed = ASK.blamed(said.refusal, values)
        return self._ask_page(request, values, said, blamed)

    def again_ask(self, request: Asked, refusal: Mendable) -> Response:
        """The form as it was filled in, with what kept it from being taken."""
        return self._ask_page(request, ASK.values(request.form), Answer(2, refusal=refusal))

    def _ask_page(
        self, request: Asked, values: Mapping[str, str], said: Answer, blamed: str = ""
    ) -> Response:
        kind = request.form.get("kind", next(iter(KINDS)))
        shown = self._frame.form(request, ASK, values) | {
            "here": "/ask",
            "kinds": KINDS,
            "kind": kind,
        }
        shown["blamed"] = blamed
        status = 422 if said.refusal else 200
        return self._frame.page(request, "ask.html", ASK.title, said, shown, status)

    def collect(self, request: Asked, key: str = "") -> Response:
        """What came back: shown as it was understood, with what is to be decided; then recorded."""
        values, key = COLLECT.values(request.form), key or request.form.get("key", "")
        if request.method == "GET" and not key:
            return self._collect_page(request, values, Collected(Answer(0)))
        held = self._held.get(key) or Held(_files(request), values)
        if not held.files:
            refused = Collected(Answer(2, refusal=_GONE if key else _NO_FILE))
            return self._collect_page(request, values, refused, blamed="files")
        decisions = decisions_in(request.form) or held.decisions
        tried = collect(self._frame.where[0], held, decisions, record=False)
        if request.form.get("do") == "record" and not (tried.said.refusal or tried.wrong):
            return self._record_collected(request, key, held, decisions)
        if key not in self._held and not tried.said.refusal:
            key = keep(self._held, held, WAITING)
        return self._collect_page(request, held.values, tried, key)

    def _record_collected(
        self, request: Asked, key: str, held: Held, decisions: Mapping[str, str]
    ) -> Response:
        """Record what is sure or was decided. What is left stays held."""
        with noted() as deed:
            recorded = collect(self._frame.where[0], held, decisions, record=True)
        if not deed.files:
            nothing = recorded.said._replace(refusal=recorded.said.refusal or _NOTHING_SURE)
            return self._collect_page(request, held.values, recorded._replace(said=nothing), key)
        if not recorded.left:
            self._held.pop(key, None)
        elif key in self._held:
            self._held[key] = held._replace(decisions=decisions)
        many = count(len(recorded.left), "answer")
        left = Link(f"Decide what is left: {many}", f"/collect/{key}")
        onward = (left,) if recorded.left else ()
        return self._frame.after(Done("Recorded", recorded.said, deed, next=onward))

    def _collect_page(
        self,
        request: Asked,
        values: Mapping[str, str],
        collected: Collected,
        key: str = "",
        blamed: str = "",
    ) -> Response:
        said = collected.said
        shown = self._frame.form(request, COLLECT, values) | {
            "here": "/ask",
            "key": key if key in self._held else "",
            "collected": collected,
            "prefix": DECIDED,
            "blamed": blamed or COLLECT.blamed(collected.said.refusal, values),
            "wrong": collected.wrong,
            "milestones": milestones(request.plan) if collected.to_place else {},
        }
        status = 422 if said.refusal or collected.wrong else 200
        return self._frame.page(request, "collect.html", COLLECT.title, said, shown, status)

    def again_collect(self, request: Asked, refusal: Mendable) -> Response:
        """The form as it was filled in, with what kept it from being taken."""
        key = request.form.get("key", "")
        if held := self._held.get(key):
            again = collect(self._frame.where[0], held, decisions_in(request.form), record=False)
            again = again._replace(said=again.said._replace(refusal=refusal))
            return self._collect_page(request, held.values, again, key)
        refusal = Mendable(refusal.what, f"{refusal.next} {_CHOOSE}".strip())
        again = Collected(Answer(2, refusal=refusal))
        return self._collect_page(request, COLLECT.values(request.form), again)


def _files(request: Asked) -> tuple[Returned, ...]:
    """The files that were given."""
    given = (file for file in request.files.getlist("files") if file.filename)
    return tuple(Returned(file.filename or "", file.read()) for file in given)
