"""`@frozen`, which makes the model's classes as `@dataclass(frozen=True, slots=True, kw_only=True)`
would.

To load `dataclasses` and have it make the model takes as long as all else that a command loads of
hscp, so no command does. `as_dataclasses` makes them dataclasses for pydantic, before it asks.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

T = TypeVar("T")
F = TypeVar("F", bound="Frozen")
L = TypeVar("L", bound="LazyFrozen")
NOTHING: Mapping[Any, Any] = {}
"""The default of a field that maps keys to texts."""
Later = tuple[Callable[[Any, Any, int, int], None], Any, int, int]
"""How the rest of a part of a plan is filled in once it is asked for: a function of that part and
of texts, those texts, and where the part's own begin and end among them."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def frozen(cls: type[T]) -> type[T]:
    """The class with a slot for each of its annotations, in their order, and no others."""
    annotations = dict(cls.__annotations__)
    names, keys = tuple(annotations), tuple(name.rstrip("_") for name in annotations)
    namespace = {name: value for name, value in vars(cls).items() if name not in _OF_A_CLASS}
    defaults = {name: namespace.pop(name) for name in names if name in namespace}
    # Slots can only be given to a class when it is created, so this one is created again.
    slotted = type(
        cls.__name__,
        cls.__bases__,
        {
            **namespace,
            "__annotations__": annotations,
            "__slots__": names,
            "fields": names,
            "keys": keys,
            "annotations": dict(zip(keys, annotations.values(), strict=True)),
            "defaults": defaults,
        },
    )
    slotted.__qualname__ = cls.__qualname__
    return slotted


# What Python gives a class when it is created, which another may not be given; from Python 3.14
# on, that is also how it holds its annotations.
_OF_A_CLASS = (
    *("__dict__", "__weakref__"),
    *("__annotations__", "__annotate__", "__annotate_func__", "__annotations_cache__"),
)


class Frozen:
    """The base of the model's classes: objects that never change, made by keyword, equal where all
    their fields are."""

    __slots__ = ()
    if TYPE_CHECKING:
        fields: tuple[str, ...]
        """The names of its fields, in order."""
        keys: tuple[str, ...]
        """The same as a plan's files write them: `from`, which Python keeps for itself."""
        annotations: dict[str, Any]
        """What may stand under each key: the annotation of its field."""
        defaults: dict[str, Any]
        """The value of each field that need not be given."""

    def __init__(self, **given: Any) -> None:
        values = {**self.defaults, **given}
        if missing := [name for name in self.fields if name not in values]:
            raise TypeError(f"{type(self).__name__} needs {', '.join(missing)}")
        if unknown := [name for name in given if name not in self.fields]:
            raise TypeError(f"{type(self).__name__} has no {', '.join(unknown)}")
        for name in self.fields:
            object.__setattr__(self, name, values[name])
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    def replace(self: F, **changes: Any) -> F:
        """The same with some fields changed, as `dataclasses.replace` makes it."""
        return type(self)(**{name: getattr(self, name) for name in self.fields} | changes)

    def items(self) -> Iterator[tuple[str, Any]]:
        """Its keys with their values, in order."""
        return zip(self.keys, (getattr(self, name) for name in self.fields), strict=True)

    def __reduce__(self) -> tuple[Any, ...]:
        # copy and pickle rebuild through __init__, since attributes cannot be set.
        return _rebuild, (type(self), {name: getattr(self, name) for name in self.fields})

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
        shown = [f"{n}={v!r}" for n, v in pairs if n not in self.defaults or v != self.defaults[n]]
        return f"{type(self).__name__}({', '.join(shown)})"


class LazyFrozen(Frozen):
    """A class that the cache makes with some of its fields; the others are filled in when one is
    first asked for. Most commands look closely at few of a plan's milestones."""

    __slots__ = ("_rest",)
    later: ClassVar[tuple[str, ...]] = ()
    """What the cache leaves for later: all of it, or nothing."""
    if TYPE_CHECKING:
        _rest: Later
    else:

        def __getattr__(self, name: str) -> Any:
            # Python asks here only for what is not there yet.
            if name not in self.fields:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            fill, texts, begin, end = self._rest
            fill(self, texts, begin, end)
            return object.__getattribute__(self, name)

    def lazily(self: L, **changes: Any) -> L:
        """The same with some fields changed. What is still to be filled in stays so: it is taken
        from this one."""
        kind = type(self)
        other = object.__new__(kind)
        object.__setattr__(other, "_rest", (_take, self, 0, 0))
        for get, put in _slots(kind, self._is_filled()):  # type: ignore[arg-type]  # as a key
            put(other, get(self))
        for name, value in changes.items():
            object.__setattr__(other, name, value)
        return other

    def _is_filled(self) -> bool:
        """Whether nothing is left for later."""
        try:
            for name in self.later[:1]:
                object.__getattribute__(self, name)
        except AttributeError:
            return False
        return True


@cache
def _slots(kind: Any, filled: bool) -> tuple[tuple[Any, Any], ...]:
    """What reads and what writes each field, as it is; without those that are left for later."""
    names = [name for name in kind.fields if filled or name not in kind.later]
    return tuple((getattr(kind, n).__get__, getattr(kind, n).__set__) for n in names)


def _take(part: Any, original: Any, _begin: int, _end: int) -> None:
    """Fill in what a part has not yet, from the one that it was made of."""
    for name in part.fields:
        try:
            object.__getattribute__(part, name)
        except AttributeError:
            object.__setattr__(part, name, getattr(original, name))


def _rebuild(kind: type[F], fields: dict[str, Any]) -> F:
    return kind(**fields)


def as_dataclasses() -> None:
    """Make every frozen class a dataclass to whoever asks `dataclasses`, as pydantic does."""
    import dataclasses

    for kind in _classes(Frozen):
        if "__dataclass_fields__" in vars(kind):
            continue
        defaults = {name: _dataclass_default(value) for name, value in kind.defaults.items()}
        twin: Any = type(kind.__name__, (), {"__annotations__": kind.__annotations__, **defaults})
        twin = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(twin)
        # mypy knows of this attribute only where dataclasses set it.
        kind.__dataclass_fields__ = twin.__dataclass_fields__  # type: ignore[attr-defined]


def _dataclass_default(value: Any) -> Any:
    from dataclasses import field

    # dataclasses refuse a default without a hash, since somebody might change it.
    return value if type(value).__hash__ is not None else field(default_factory=lambda: value)


def _classes(kind: type[Frozen]) -> list[type[Frozen]]:
    """Every class that has fields: this one and those below it."""
    below = [descendant for child in kind.__subclasses__() for descendant in _classes(child)]
    return ([kind] if "fields" in vars(kind) else []) + below
