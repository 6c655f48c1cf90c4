"""Every format: how its files' names end, and what draws a report, a paper, the plan's data or
faults in it. A writer is loaded when it first draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..checks.faults import Checked
    from ..document import Paper, Report
    from ..reports.export import Export
    from .docx import Template


def cannot(*_: object) -> NoReturn:
    """Stands for what a format is not offered for."""
    raise NotImplementedError


class Format(NamedTuple):
    """A row of the table: what draws each kind of thing."""

    endings: tuple[str, ...] = ()
    """The first is that of a file which hscp names itself."""
    report: Callable[[Report, Iterable[str]], str] = cannot
    """Draws a report, for a CSV under these columns."""
    paper: Callable[[Paper, Template | None], bytes] = cannot
    export: Callable[[Export], bytes] = cannot
    faults: Callable[[Checked], str] = cannot
    says_untold: bool = True
    """Whether it has a place for what could not be told; else that goes to standard error."""


def _markdown_report(report: Report, _columns: Iterable[str]) -> str:
    from . import markdown

    return markdown.draw(report.document())


def _csv_report(report: Report, columns: Iterable[str]) -> str:
    from . import csv

    return csv.draw(report.rows(), columns)


def _json_report(report: Report, _columns: Iterable[str]) -> str:
    from . import json

    return json.draw(report.data())


def _markdown_paper(paper: Paper, _template: Template | None) -> bytes:
    from . import markdown

    return markdown.paper(paper).encode()


def _docx_paper(paper: Paper, template: Template | None) -> bytes:
    from . import docx

    return docx.draw(paper, template)


def _xlsx_paper(paper: Paper, _template: Template | None) -> bytes:
    from .xlsx import form

    return form.draw(paper)


def _html_paper(paper: Paper, _template: Template | None) -> bytes:
    from . import html

    return html.draw(paper).encode()


def _csv_export(export: Export) -> bytes:
    from . import csv

    return _encode(csv.pieces(export.rows(), export.columns()))


def _json_export(export: Export) -> bytes:
    from . import json

    return _encode(json.pieces(export.data(), one_line="milestones"))


def _ics_export(export: Export) -> bytes:
    from . import ics

    return _encode(ics.pieces(export.calendar()))


def _xlsx_export(export: Export) -> bytes:
    from . import xlsx

    return xlsx.draw(export.workbook())


def _encode(pieces: Iterable[str]) -> bytes:
    """Piece by piece: a large plan as one text would be in memory several times over."""
    import io

    data = io.BytesIO()
    for piece in pieces:
        data.write(piece.encode("utf-8", "backslashreplace"))
    return data.getvalue()


def _json_faults(checked: Checked) -> str:
    from ..reports.rules import faults_data
    from . import json

    return json.draw(faults_data(checked.faults, len(checked.opened.sources), checked.not_compared))


def _github_faults(checked: Checked) -> str:
    from . import github, hosts

    faults = hosts.from_top(checked.faults, checked.opened.folder)
    return github.draw(faults, len(checked.opened.sources), checked.untold)


def _gitlab_faults(checked: Checked) -> str:
    from . import gitlab, hosts

    return gitlab.draw(hosts.from_top(checked.faults, checked.opened.folder))


FORMATS: dict[str, Format] = {
    "markdown": Format(("md", "markdown"), report=_markdown_report, paper=_markdown_paper),
    "csv": Format(("csv",), report=_csv_report, export=_csv_export, says_untold=False),
    "json": Format(("json",), report=_json_report, export=_json_export, faults=_json_faults),
    "docx": Format(("docx",), paper=_docx_paper),
    "html": Format(("html", "htm"), paper=_html_paper),
    "xlsx": Format(("xlsx",), paper=_xlsx_paper, export=_xlsx_export),
    "ics": Format(("ics",), export=_ics_export),
    "github": Format(faults=_github_faults),
    "gitlab": Format(faults=_gitlab_faults, says_untold=False),
}
"""All but text, which is drawn for the terminal that it is read on."""
