"""What the model's classes are: objects that never change, made by keyword, equal where all their
fields are.

A class is here what `@dataclass(frozen=True, slots=True, kw_only=True)` makes of it, and
`as_dataclasses` tells `dataclasses` so, before pydantic asks. To load that module and to have it
make the model would take every command as long as all else that it loads of hscp.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

T = TypeVar("T")
K = TypeVar("K", bound="Kept")
NOTHING: Mapping[Any, str] = {}
"""The default of a field that maps keys to texts."""
Later = tuple[Callable[[Any, Any, int, int], None], Any, int, int]
"""What fills in the rest of a part of a plan when it is asked for: a function of that part, the
texts that it is given, and where the part's own begins and ends in them."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def kept(kind: type[T]) -> type[T]:
    """The class with a slot for each of its annotations, in their order, and no others."""
    hints = dict(kind.__annotations__)
    names, keys = tuple(hints), tuple(name.rstrip("_") for name in hints)
    body = {name: value for name, value in vars(kind).items() if name not in _OF_A_CLASS}
    usual = {name: body.pop(name) for name in names if name in body}
    # A class has its slots from the beginning or never.
    made = type(
        kind.__name__,
        kind.__bases__,
        {
            **body,
            "__annotations__": hints,
            "__slots__": names,
            "fields": names,
            "keys": keys,
            "takes": dict(zip(keys, hints.values(), strict=True)),
            "usual": usual,
        },
    )
    made.__qualname__ = kind.__qualname__
    return made


# What belongs to a class as it was first made; from Python 3.14 on, how it holds its annotations.
_OF_A_CLASS = (
    *("__dict__", "__weakref__"),
    *("__annotations__", "__annotate__", "__annotate_func__", "__annotations_cache__"),
)


class Kept:
    """What all of them share."""

    __slots__ = ()
    if TYPE_CHECKING:
        fields: tuple[str, ...]
        """The names of its fields, in order."""
        keys: tuple[str, ...]
        """The same as a plan's files write them: `from`, which Python keeps for itself."""
        takes: dict[str, Any]
        """What may stand under each key: the annotation of its field."""
        usual: dict[str, Any]
        """What each is that is not given, where it need not be."""

    def __init__(self, **given: Any) -> None:
        whole = {**self.usual, **given}
        if missing := [name for name in self.fields if name not in whole]:
            raise TypeError(f"{type(self).__name__} needs {', '.join(missing)}")
        if unknown := [name for name in given if name not in self.fields]:
            raise TypeError(f"{type(self).__name__} has no {', '.join(unknown)}")
        for name in self.fields:
            object.__setattr__(self, name, whole[name])
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    def but(self: K, **changed: Any) -> K:
        """The same with some fields changed."""
        return type(self)(**{name: getattr(self, name) for name in self.fields} | changed)

    def items(self) -> Iterator[tuple[str, Any]]:
        """Its keys with their values, in order."""
        return zip(self.keys, (getattr(self, name) for name in self.fields), strict=True)

    def __reduce__(self) -> tuple[Any, ...]:
        # To copy or carry one makes it whole, and asks for no attribute to be set.
        return _again, (type(self), {name: getattr(self, name) for name in self.fields})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} does not change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} does not change")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.fields)

    __hash__ = None  # type: ignore[assignment]  # as dataclasses write it

    def __repr__(self) -> str:
        pairs = ((name, getattr(self, name)) for name in self.fields)
        shown = [f"{n}={v!r}" for n, v in pairs if n not in self.usual or v != self.usual[n]]
        return f"{type(self).__name__}({', '.join(shown)})"


class Remembered(Kept):
    """One that may be made with some of its fields, and makes the others when they are first asked
    for: most commands look closely at few of a plan's milestones."""

    __slots__ = ("_rest",)
    if TYPE_CHECKING:
        _rest: Later
    else:

        def __getattr__(self, name: str) -> Any:
            # Python asks here only for what is not there yet.
            if name not in self.fields:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            fill, texts, at, end = self._rest
            fill(self, texts, at, end)
            return object.__getattribute__(self, name)


def _again(kind: type[K], fields: dict[str, Any]) -> K:
    return kind(**fields)


def as_dataclasses() -> None:
    """Make every kept class a dataclass to whoever asks `dataclasses`, as pydantic does."""
    import dataclasses

    for kind in _kinds(Kept):
        if "__dataclass_fields__" in vars(kind):
            continue
        usual = {name: _default(value) for name, value in kind.usual.items()}
        twin: Any = type(kind.__name__, (), {"__annotations__": kind.__annotations__, **usual})
        twin = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(twin)
        # No class says that it has this before it is told so.
        kind.__dataclass_fields__ = twin.__dataclass_fields__  # type: ignore[attr-defined]


def _default(value: Any) -> Any:
    from dataclasses import field

    # What has no hash is taken for a default that somebody might change.
    return value if type(value).__hash__ is not None else field(default_factory=lambda: value)


def _kinds(kind: type[Kept]) -> list[type[Kept]]:
    """Every class that has fields, below this one."""
    below = [each for child in kind.__subclasses__() for each in _kinds(child)]
    return ([kind] if "fields" in vars(kind) else []) + below
