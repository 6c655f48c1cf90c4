"""The JSON Schemas of a plan's files, made from the model. Editors show the model's docstrings."""

from __future__ import annotations

import json
import os
from inspect import cleandoc
from typing import Any

from .. import model
from ..frozen import as_dataclasses


def schemas(plan: model.Plan | None = None) -> dict[str, str]:
    """File names with the text of each schema. With a plan, an editor offers its ids and groups,
    and takes any other too."""
    # A plugin of somebody else's would be run, and looking for one costs 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    as_dataclasses()
    roots = {
        "plan.schema.json": model.Head,
        "priority.schema.json": model.Priority,
        "asked.schema.json": model.Asked,
    }
    offers = _offers(plan) if plan else {}
    scale = [*plan.head.scale] if plan else []
    return {name: _text(name, root, offers, scale) for name, root in roots.items()}


def _offers(plan: model.Plan) -> dict[tuple[str, str], list[str]]:
    """What is offered for the keys that name a part of the plan or a group, by class and key."""
    groups = dict.fromkeys(group.name for group in plan.head.groups)
    for priority in plan.owners:
        for objective in priority.objectives:
            groups.update(dict.fromkeys((*objective.accountable, *objective.lead)))
        for milestone in priority.milestones:
            groups.update(dict.fromkeys(milestone.lead))
    names = [*groups]
    ids = [part.id for priority in plan.owners for part in priority.parts]
    milestones = [m.id for priority in plan.owners for m in priority.milestones]
    who = ("Objective.lead", "Objective.accountable", "Milestone.lead", "Entry.by", "Decision.by")
    also = ("Assurance.by", "Meeting.group", "Agreed.by", "Head.keeper", "Round.who", "Round.also")
    by_key = dict.fromkeys((*who, *also), names)
    by_key |= dict.fromkeys(("Impact.about", "Assurance.about"), ids)
    by_key |= {"Decision.about": [*ids, model.WHOLE_PLAN]}
    by_key |= {"Decision.completes": milestones, "Round.ids": milestones}
    return {tuple(key.split(".")): values for key, values in by_key.items() if values}  # type: ignore[misc]


def _text(name: str, root: type, offers: dict[tuple[str, str], list[str]], scale: list[str]) -> str:
    from pydantic import TypeAdapter

    schema = TypeAdapter(root).json_schema(by_alias=True)
    _describe(schema, root.__name__)
    for title, part in schema.get("$defs", {}).items():
        _describe(part, title)
    for part in schema.get("$defs", {}).values() if scale else ():
        if "status" in (keys := part.get("properties", {})):
            keys["status"] = _with_scale(keys["status"], scale)
    for (title, key), values in offers.items():
        part = schema if title == root.__name__ else schema.get("$defs", {}).get(title, {})
        if key in part.get("properties", {}):
            _offer(part["properties"][key], values)
    top = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name}
    return json.dumps({**top, **schema}, ensure_ascii=False, indent=2) + "\n"


def _with_scale(status: dict[str, Any], scale: list[str]) -> dict[str, Any]:
    """The schema of a status that takes the words of the plan's scale too; 3 is a number to an
    editor."""
    numbers = [int(word) for word in scale if word.isdecimal()]
    rest = {key: value for key, value in status.items() if key not in ("enum", "type")}
    return {"enum": [*scale, *numbers, *status["enum"]], **rest}


def _offer(schema: dict[str, Any], values: list[str]) -> None:
    """Put values into a key's schema as examples, which an editor offers: of each item too, where
    it takes a list."""
    if "anyOf" in schema:
        one, listed = ({**option} for option in schema["anyOf"])
        schema["anyOf"] = [one, listed | {"items": {**listed["items"], "examples": values}}]
        schema = one
    schema["examples"] = values


def _describe(part: dict[str, Any], title: str) -> None:
    """Put the fields' docstrings in. pydantic could, but then every command would pay for it."""
    kind = getattr(model, title, None)
    if not isinstance(kind, type):
        return
    # Older pydantics leave the class's own out; the order is theirs.
    with_docstring = {**part, "description": cleandoc(kind.__doc__ or "")}
    part.clear()
    part.update(sorted(with_docstring.items()))
    docstrings = _docstrings(kind)
    for key, schema in part.get("properties", {}).items():
        schema["description"] = docstrings[key]
        schema.pop("title", None)
        schema.pop("default", None)
        if "const" in schema:  # format: 1 is a number to an editor
            schema["enum"] = [int(schema.pop("const")), str(1)]
            schema.pop("type", None)
        _drop_null(schema)


def _drop_null(schema: dict[str, Any]) -> None:
    """Put the one type that a value may have in the place of "this type or null": a file never
    says null."""
    options = schema.get("anyOf", [])
    types = [option for option in options if option.get("type") != "null"]
    if len(types) == 1 and len(options) == 2:
        del schema["anyOf"]
        schema.update({key: value for key, value in types[0].items() if key not in schema})


def _docstrings(kind: type) -> dict[str, str]:
    """The docstring of each field of a class, which Python itself does not keep."""
    import ast
    import inspect
    import textwrap
    from itertools import pairwise

    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0].body  # type: ignore[attr-defined]
    docstrings: dict[str, str] = {}
    for field, after in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr):
            name = field.target.id.rstrip("_")  # type: ignore[union-attr]
            docstrings[name] = inspect.cleandoc(after.value.value).replace("\n", " ")  # type: ignore[attr-defined]
    return docstrings
