"""The duties that come with hscp, an edition a file: their names, and where they are; and where a
plan's own duty is."""

import os
import re

from .errors import nearest

DUTIES = os.path.join(os.path.dirname(__file__), "duties")
ENDING = ".yaml"


def duty_names() -> list[str]:
    """The names of the duties that come with hscp."""
    return sorted(n.removesuffix(ENDING) for n in os.listdir(DUTIES) if n.endswith(ENDING))


def names_file(word: str) -> bool:
    """Whether what is said of a duty is the path of a file, and no name."""
    return word.endswith((ENDING, ".yml"))


def own_duty(folder: str, word: str) -> str | None:
    """The path, below a plan's folder, of the file that plan.yaml names as its duty; None where it
    is not within that folder, as a plan may come from anybody."""
    top = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(top, word))
    return path if path.startswith(top + os.sep) else None


def duty_path(word: str) -> str | None:
    """The path of the duty that comes with hscp under a name, however that is typed: Working
    Together 2023. None where there is none."""
    name = _plain(word)
    return os.path.join(DUTIES, name + ENDING) if name in duty_names() else None


def nearest_duty(word: str) -> str | None:
    """The name most like this one."""
    return nearest(_plain(word), duty_names(), cutoff=0.4)


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", "-", word.casefold()).strip("-")
