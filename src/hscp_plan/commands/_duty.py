"""Finds the duty that a yearly report answers: one that comes with hscp, by its name, or a file."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from .. import store
from ..disk import plain_bytes
from ..duty import Duty
from ..errors import Mendable, Mistyped, quoted
from ..shipped import ENDING, duty_names, duty_path, names_file, nearest_duty, own_duty
from ..words import listed, sentence

if TYPE_CHECKING:
    from ..store import Opened


def duty_asked(word: str) -> Duty:
    """The duty of this name, or of the file of this path. Raises Mistyped where there is none, and
    Mendable where the file has errors, which are said first."""
    return _read(word, word) if names_file(word) else _shipped(word)


def duty_named(word: str) -> str:
    """The name, as plan.yaml writes it, of a duty that comes with hscp. Raises Mistyped where there
    is none."""
    return os.path.basename(_path(word)).removesuffix(ENDING)


def duties_told() -> dict[str, str]:
    """The duties that come with hscp, by their names: whom each protects, and what it is called."""
    shipped = {name: _shipped(name) for name in duty_names()}
    return {name: f"{sentence(duty.protects)}: {duty.title}" for name, duty in shipped.items()}


def duty_of(opened: Opened) -> Duty | None:
    """The duty that plan.yaml names; None where it names none. Raises as `duty_asked`, and Mistyped
    for a file that is not within the plan's folder, as a plan may come from anybody, and where
    several plans name different ones."""
    _refuse_different(opened)
    word = opened.plan.head.duty
    if word is None:
        return None
    if not names_file(word):
        return _shipped(word)
    # Several plans that name the same file have it each.
    one = (opened.of or (opened,))[0]
    path = own_duty(one.where, word)
    if path is None:
        raise Mistyped(f"{word} is not within the plan's folder", "Put the file there.")
    label = store.display_path(path)
    return _read(path, label) if one.committed is None else _read_at(one, word, label)


def _read_at(opened: Opened, word: str, label: str) -> Duty:
    """The duty of a file as the commit has it that the plan was read from."""
    from ..git import repo

    data = repo.files_at(opened.folder, opened.revision, [word]).get(word)
    if data is None:
        what = f"there is no file {label} at {opened.revision}"
        raise Mistyped(what, "Name the duty:  --duty NAME")
    return _interpret(data, f"{label} at {opened.revision}")


def _refuse_different(opened: Opened) -> None:
    heads = [each.plan.head for each in opened.of]
    if len({head.duty for head in heads}) > 1:
        named = listed(f"{head.id} names {head.duty or 'none'}" for head in heads)
        what = f"these plans do not name the same duty: {named}"
        raise Mistyped(what, "Say which the report answers:  --duty NAME")


def _shipped(word: str) -> Duty:
    return _read(_path(word), word)


def _path(word: str) -> str:
    """Where the duty of this name is that comes with hscp."""
    if path := duty_path(word):
        return path
    near = nearest_duty(word)
    every = f"Write {listed(duty_names(), 'or')}, or name a file: ./our-duty{ENDING}"
    raise Mistyped(
        f"{quoted(word)} is no duty that hscp has", f"Did you mean: {near}" if near else every
    )


def _read(path: str, label: str) -> Duty:
    """The duty of a file; without reading YAML where it was read before."""
    try:
        data = plain_bytes(path)
    except FileNotFoundError as error:
        raise Mistyped(f"there is no file {label}", "See how its name is written.") from error
    except OSError as error:
        raise Mistyped(f"{label} cannot be read: {error.strerror or error}") from error
    return _interpret(data, label)


def _interpret(data: bytes, label: str) -> Duty:
    cache = store.open_cache()
    if cache and (known := cache.look_up(Duty, data)):
        return known
    from ..reading.duties import read_duty

    read = read_duty(data, label)
    if isinstance(read, list):
        from ..writers.faults import list_faults

        sys.stdout.flush()
        sys.stderr.write(list_faults(read, most=None) + "\n")
        raise Mendable(f"{label} has errors", "Mend them, and try again.")
    if cache:
        cache.add(data, read)
    return read
