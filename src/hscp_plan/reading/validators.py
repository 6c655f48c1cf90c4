"""The validator of each class of the model: pydantic's core, told of the class by its annotations.

pydantic makes the same of them, and takes 110 ms more, in every command that meets a file that was
edited. So only `reading.schemas` loads it; tests/test_validators.py holds the two to one verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic_core import SchemaValidator, core_schema

from ..frozen import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core.core_schema import CoreSchema

    from ..frozen import Frozen

T = TypeVar("T")
_FORBID_OTHERS = core_schema.CoreConfig(extra_fields_behavior="forbid")


def validator(kind: type[T], scale: Mapping[str, str] = NOTHING) -> Callable[[Any], T]:
    """A function from plain values to a validated object; raises pydantic's ValueError. A `scale`
    says what the plan's own words for statuses mean."""
    validate = _validator(kind).validate_python  # type: ignore[arg-type]  # a class has a hash
    return (lambda values: validate(in_scale(values, scale))) if scale else validate


def in_scale(values: Any, scale: Mapping[str, str]) -> Any:
    """A file's values with each status that the plan's scale has a word for as we call it. A column
    of the plan's own, under `more`, may be called status too."""
    if isinstance(values, dict):
        read = {k: v if k == "more" else in_scale(v, scale) for k, v in values.items()}
        if isinstance(status := values.get("status"), str):
            read["status"] = scale.get(status, status)
        return read
    return [in_scale(item, scale) for item in values] if isinstance(values, list) else values


@cache
def _validator(kind: type[Frozen]) -> SchemaValidator:
    return SchemaValidator(_class_schema(kind))


def _schema(annotation: Any) -> CoreSchema:
    """What pydantic's core is told of values of this annotation."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return args[1].__get_pydantic_core_schema__(args[0], _schema)  # type: ignore[no-any-return]
    if hasattr(annotation, "__get_pydantic_core_schema__"):
        return annotation.__get_pydantic_core_schema__(annotation, _schema)  # type: ignore[no-any-return]
    if type(None) in args:
        return core_schema.nullable_schema(_schema(args[0]))
    if origin is Literal:
        return core_schema.literal_schema([*args])
    if origin is Mapping:
        return core_schema.dict_schema(*map(_schema, args))
    if origin is tuple:
        return core_schema.tuple_schema([_schema(args[0])], variadic_item_index=0)
    return _class_schema(annotation)


def _class_schema(kind: type[Frozen]) -> CoreSchema:
    """What pydantic's core is told of a class of the model: its keys, and that it has no others."""
    fields = []
    for name, (key, annotation) in zip(kind.fields, kind.annotations.items(), strict=True):
        schema = _schema(annotation)
        if name in kind.defaults:
            schema = _with_default(schema, kind.defaults[name])
        alias = None if key == name else key  # to look for one takes a fifth longer
        fields.append(core_schema.dataclass_field(name, schema, validation_alias=alias))
    return core_schema.dataclass_schema(
        kind,
        core_schema.dataclass_args_schema(kind.__name__, fields),
        [*kind.fields],
        post_init=hasattr(kind, "__post_init__"),
        slots=True,
        config=_FORBID_OTHERS,
    )


def _with_default(schema: CoreSchema, value: Any) -> CoreSchema:
    if type(value).__hash__ is not None:
        return core_schema.with_default_schema(schema, default=value)
    # The core would copy one without a hash for each object, since somebody might change it.
    return core_schema.with_default_schema(schema, default_factory=lambda: value)
