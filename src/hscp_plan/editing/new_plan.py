"""The files of a plan that begins: what stands in them, with comments that teach, and what stands
beside them for git, editors and the git host. Pure: texts out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..letters import folded
from ..store import HEAD
from .change import Change
from .new_priority import file_name, priority_change
from .refusals import refuse_unpublishable
from .scalars import key_lines, pair_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..dates import PlanDate
    from ..model import GroupKind

_KINDS: tuple[tuple[str, GroupKind], ...] = (
    (
        r"^(chair|head|director|lead|manager|officer)\b|\b(chair|lead|manager|officer|scrutineer)$",
        "role",
    ),
    (r"\btask\b.*\bgroup\b", "task and finish group"),
    (r"\bstatutory\b.*\bpartners\b", "statutory partners"),
    (r"\b(board|executive)\b", "board"),
)
"""What a group's name says of its kind, the first that fits; else it is a sub-group."""
_SHORT_NAME = "# Its abbreviation, for narrow screens:  short_name: ASCP"
"""What stands in the place of an abbreviation that was not given."""
_DUTY = "# duty: care-act-2014"
"""What stands in the place of a duty that was not given."""
_TEMPLATES = Path(__file__).with_name("templates")
_GITIGNORE = """\
# What git leaves alone. E-mail addresses are personal data:
contacts.yaml
# Papers, forms and pages that hscp makes from the plan, and can make again. To keep one in git all
# the same:  git add --force FILE
*.docx
*.xlsx
*.pdf
*.ics
*.eml
drafts/
pages/
site/
# What Word, LibreOffice and editors leave beside a file that is open.
~$*
.~lock.*
*~
"""
_GITATTRIBUTES = """\
# A plan's files have the same line ends on every computer.
*.yaml text eol=lf
"""
_SETTINGS = """\
{
  "[yaml]": {
    "editor.insertSpaces": true,
    "editor.tabSize": 2,
    "editor.wordWrap": "on"
  }
}
"""
_EXTENSIONS = """\
{
  "recommendations": ["redhat.vscode-yaml"]
}
"""


class NewPlan(NamedTuple):
    """What a plan begins with."""

    partnership: str
    title: str
    start: PlanDate
    end: PlanDate
    priorities: Sequence[str]
    """Their titles."""
    groups: Sequence[str]
    """Their names."""
    short_name: str | None = None
    """The partnership's abbreviation, where it has one."""
    duty: str | None = None
    """The duty that it is under, by its name, which says whom it protects."""

    @property
    def id(self) -> str:
        """What it is cited by: the years that it runs over, 2026-28."""
        first, last = self.start.first.year, self.end.last.year
        return str(first) if first == last else f"{first}-{last % 100:02}"

    def files(self) -> dict[str, Change]:
        """The plan's files, by their names. Raises Mistyped for what could identify a child."""
        files = {HEAD: self._head()}
        for number, title in enumerate(self.priorities, 1):
            id = f"P{number}"
            files[file_name(id, title)] = priority_change(id, title, self.start.first.year)
        return files

    def _head(self) -> Change:
        values: dict[str, Any] = {
            "format": "1",
            "id": self.id,
            "partnership": self.partnership,
            **({"short_name": self.short_name} if self.short_name else {}),
            "title": self.title,
            "period": {"start": self.start.text, "end": self.end.text},
            **({"duty": self.duty} if self.duty else {}),
            "dates": "day first",
            "groups": [{"name": name, "kind": group_kind(name)} for name in self.groups],
        }
        refuse_unpublishable({"group": list(self.groups), **values})
        year = self.start.first.year
        text = (_TEMPLATES / HEAD).read_text(encoding="utf-8")
        parts = {
            "id": _pair("id", self.id),
            "partnership": _pair("partnership", self.partnership),
            "short_name": _pair("short_name", self.short_name) if self.short_name else _SHORT_NAME,
            "title": _pair("title", self.title),
            "start": self.start.text,
            "end": self.end.text,
            "duty": _pair("duty", self.duty) if self.duty else _DUTY,
            "year": str(year),
            "groups": _groups(values["groups"]),
        }
        if not self.groups:
            del values["groups"]
        # In one go: what a part says may look like the name of another.
        filled = re.sub(r"\{(\w+)\}", lambda match: parts[match[1]], text)
        return Change(filled, values, 1)


def _pair(key: str, value: str) -> str:
    return "\n".join(pair_lines(key, value, 0))


def _groups(groups: Sequence[Mapping[str, str]]) -> str:
    """The groups as a list; as an example where there are none."""
    if not groups:
        return "# groups:\n#   - name: Executive Board\n#     kind: board"
    lines = ["groups:"]
    for group in groups:
        (first, *rest), *others = (key_lines(key, value, 4) for key, value in group.items())
        lines += [f"  - {first}", *(f"    {line}" for part in (rest, *others) for line in part)]
    return "\n".join(lines)


def group_kind(name: str) -> GroupKind:
    """What a group's name says that it is."""
    return next((kind for words, kind in _KINDS if re.search(words, folded(name))), "sub-group")


def beside() -> dict[str, str]:
    """What stands beside the plan's folder, by its path from there: for git, and for editors."""
    return {
        ".gitignore": _GITIGNORE,
        ".gitattributes": _GITATTRIBUTES,
        ".vscode/settings.json": _SETTINGS,
        ".vscode/extensions.json": _EXTENSIONS,
    }


def for_github(plan: str, names: Sequence[str]) -> dict[str, str]:
    """What GitHub reads, by its path from the top of the repository; `plan` is the plan's folder
    from there, and `names` are its files."""
    return {
        ".github/workflows/plan-check.yml": _workflow("plan-check.yml", "plan", plan),
        ".github/pull_request_template.md": _template("pull_request_template.md"),
        ".github/CODEOWNERS": _owners(plan, names, "/.github/"),
    }


def for_gitlab(plan: str, names: Sequence[str]) -> dict[str, str]:
    """What GitLab reads, as `for_github`."""
    return {
        ".gitlab-ci.yml": _workflow("gitlab-ci.yml", "PLAN", plan),
        ".gitlab/merge_request_templates/Default.md": _template("pull_request_template.md"),
        ".gitlab/CODEOWNERS": _owners(plan, names, "/.gitlab/"),
    }


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _workflow(name: str, key: str, plan: str) -> str:
    """A workflow with the plan's folder under this key, wherever the key stands."""
    line = pair_lines(key, plan, 0)[0]
    return re.sub(rf"(?m)^( +){key}: plan$", lambda match: match[1] + line, _template(name))


def _owners(plan: str, names: Sequence[str], rules: str) -> str:
    """Who is asked to look at a change to each file; the names are to be put in."""
    folder = f"/{plan}/".replace("/./", "/").replace(" ", "\\ ")
    text = _template("CODEOWNERS").replace("/plan/", folder)
    lines = [f"{folder}{name} @lead-of-{name.partition('-')[0].removesuffix('.yaml')} {_KEEPER}"
             for name in names if name != HEAD]  # fmt: skip
    lines += ["", _WHO_MAY, f"{rules} {_KEEPER} @deputy-business-manager", ""]
    return text + "\n".join(lines)


_KEEPER = "@business-manager"
_WHO_MAY = "# Who may change these rules, and the check."
