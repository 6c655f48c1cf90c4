"""What `hscp ask` writes: forms as files or on the screen, or drafts of e-mails with them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..asking.requests import Wanted, leading, requests, requests_to, unled
from ..editing.asked import record_rounds
from ..errors import Mendable, Mistyped
from ..letters import folded
from ..naming.groups import group_names
from ..reading.contacts import NAME, contacts
from ..reports import phrases
from ..reports.ask_form import WIDTH, AskForm
from ..reports.papers import slugs
from ..several import plan_rounds
from ..store import ASKED, display_path
from ..words import count, listed, safe
from ..writers.formats import FORMATS
from ._look import note
from ._publish import STDOUT, choose_format, default_name, publish_files, to_stdout
from ._record import difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..dates import PlanDate
    from ._look import Look


def forms_for(
    look: Look, words: Sequence[str] | None, wanted: Wanted, *, meeting: str,
    reply_by: PlanDate | None, sender: str,
) -> list[AskForm]:  # fmt: skip
    """The forms for whoever is named, else for every lead. Says of whom nothing is asked, and what
    nobody is asked about."""
    plan, whole = look.plan, look.opened.plan
    chosen, without_log = wanted.choose(plan, look.day), wanted.without_log(plan, look.day)
    if words:
        asked = requests_to(words, whole, chosen)
        without_log = [s for r in requests_to(words, whole, without_log) for s in r.standings]
    else:
        asked = requests(plan.head, chosen)
        if without_lead := unled(chosen):
            part = without_lead[0].objective.id or without_lead[0].milestone.id
            how = f'Name a lead (hscp lead {part} "…"), or ask who is accountable by their name.'
            note(f"Nobody is asked about {phrases.ids(without_lead)}: nobody leads them. {how}")
        if not asked:
            note(f"Nobody is asked: {_reason(wanted, 'that anybody leads')}.")
    if without_log:
        ids = phrases.ids(without_log)
        note(f"Nobody is asked about {ids}: what has no milestones has no log for an answer.")
    slug_of = slugs((*leading(whole), *group_names(whole.head)))
    forms = []
    for request in asked:
        if request.standings:
            if request.why:
                note(request.why)
            slug = slug_of[request.who]
            forms.append(AskForm(plan, look.day, request, slug, meeting, reply_by, sender))
        else:
            note(f"{request.who} is not asked: {_reason(wanted, 'of theirs')}.")
    return forms


def _reason(wanted: Wanted, whose: str) -> str:
    """Why somebody is asked about nothing."""
    if wanted == Wanted():
        return f"nothing {whose} needs an answer; --open asks about all that is open"
    return f"nothing {whose} is open and passes the filters"


def write_forms(
    look: Look, forms: list[AskForm], *, xlsx: bool, mail: str | None, output: str | None,
    force: bool, dry_run: bool,
) -> None:  # fmt: skip
    """Write forms as files, or as drafts of e-mails in a folder, and record that they were; or show
    their text. Raises Mistyped where what was asked for does not fit."""
    format = _format(output, xlsx)
    if mail is not None and output is not None:
        raise Mistyped("--mail names a folder, and -o a file", "Give one of them.")
    if not forms:
        return
    if output == STDOUT:
        between = "\n" + "=" * WIDTH + "\n\n"
        text = between.join(form.mail_text(attached=False) for form in forms)
        to_stdout(text.encode(), "txt", look.opened)
        return
    if output is not None and len(forms) > 1:
        what = f"-o names one file, and there are {len(forms)} forms"
        raise Mistyped(what, "Leave it out, or name one lead.")
    drawn = [_drawn(form, format) for form in forms]
    if mail is not None:
        folder = Path(mail)
        if folder.is_file():
            raise Mistyped(f"{mail} is a file", "Give the name of a folder after --mail.")
        files = _drafts(look, forms, drawn, folder)
    else:
        folder = None
        files = [(Path(output) if output else path, data) for path, data in drawn]
    rounds = [form.round for form in forms]
    by_plan = [(plan, plan_rounds(plan, rounds)) for plan in look.opened.of]
    by_plan = [(plan, own) for plan, own in by_plan if own] or [(look.opened, rounds)]
    # What may not be recorded is refused before anything is written.
    would_be = [record_rounds(plan, own, dry_run=True) for plan, own in by_plan]
    if dry_run:
        sys.stdout.writelines(f"Would write {safe(display_path(path))}\n" for path, _ in files)
        for (plan, _), edited in zip(by_plan, would_be, strict=True):
            if edited.new != edited.old:
                difference(plan.folder / ASKED, edited.old, edited.new)
        return
    publish_files(files, look.opened, force, folder)
    for plan, own in by_plan:
        recorded = record_rounds(plan, own)
        if recorded.new != recorded.old:
            file, line = display_path(plan.folder / ASKED), recorded.place.line
            asked = f"Asked {count(len(own), 'lead')}"
            sys.stdout.write(f"{asked}, recorded in {safe(file)}, line {line}.\n")


def _format(output: str | None, xlsx: bool) -> str:
    """Word or Excel. Raises Mistyped where the file's name says otherwise."""
    by_ending = choose_format(output, None, ("docx", "xlsx"))
    if xlsx and by_ending == "docx":
        raise Mistyped(f"--xlsx and -o {output} say different things", "Leave one of them out.")
    return "xlsx" if xlsx else by_ending or "docx"


def _drawn(form: AskForm, format: str) -> tuple[Path, bytes]:
    """A form's file, by the name that it has where none is given."""
    path = default_name(form.name, form.day, FORMATS[format].endings[0])
    return path, FORMATS[format].paper(form.paper(), None)


def _drafts(
    look: Look, forms: list[AskForm], drawn: list[tuple[Path, bytes]], folder: Path
) -> list[tuple[Path, bytes]]:
    """A draft of an e-mail for each form, with the form attached."""
    from ..writers.eml import draw

    addresses = _addresses(look)
    drafts = []
    for form, (path, data) in zip(forms, drawn, strict=True):
        names = form.request.names
        to = dict.fromkeys(a for name in names for a in addresses.get(folded(name), ()))
        text = form.mail_text()
        draft = draw(text, form.subject, ", ".join(to) or None, {path.name: data})
        drafts.append((folder / path.with_suffix(".eml"), draft))
        if not to:
            note(f"{NAME} has no address for {listed(names, 'or')}: the draft has none.")
    return drafts


def _addresses(look: Look) -> dict[str, tuple[str, ...]]:
    """The addresses of each lead and group, by its whole name, folded."""
    addresses: dict[str, tuple[str, ...]] = {}
    for name, some in _contacts(look).items():
        whole = folded(look.plan.head.whole(name))
        addresses[whole] = (*addresses.get(whole, ()), *some)
    return addresses


def _contacts(look: Look) -> dict[str, tuple[str, ...]]:
    """Who has which addresses. Raises Mendable where they stand in git, or cannot be read."""
    every: dict[str, tuple[str, ...]] = {}
    for plan in look.opened.of or (look.opened,):
        for name, addresses in _contacts_of(plan.folder).items():
            every[name] = tuple(dict.fromkeys((*every.get(name, ()), *addresses)))
    return every


def _contacts_of(folder: Path) -> dict[str, tuple[str, ...]]:
    from ..disk import plain_bytes
    from ..git.repo import NoGit, files_at_head

    # Beside the plan's folder as it was named: resolve would go where a link leads.
    path = Path(os.path.abspath(folder)).parent / NAME  # noqa: PTH100
    if not path.exists():
        return {}
    with suppress(NoGit):
        if NAME in files_at_head(path.parent):
            raise Mendable(
                f"{display_path(path)} is in git, where addresses stay for ever",
                f"Take it out:  git rm --cached {NAME}  and name it in .gitignore.",
            )
    return contacts(plain_bytes(path).decode("utf-8-sig", "replace"), display_path(path))
