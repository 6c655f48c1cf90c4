"""Hosts the desk within a browser: its worker asks, and shows or hands out what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from ..several import readable
from ..store import HEAD
from .app import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_STEPS = 5
"""How often an answer may lead on to another page."""
_NOTHING = "{format: 1, id: '0', partnership: '-', title: '-', period: {start: 2000, end: 2000}}"
"""A plan of nothing."""


class Within:
    """The desk of the plan that a browser has open."""

    def __init__(self, folder: str, read_only: bool) -> None:
        self._read_only = read_only
        self.move(folder, True)

    def move(self, folder: str, kept: bool) -> int:
        """Open the plan of this folder, whose files are kept or are only in the browser; how many
        priorities and registers can be read of it."""
        self._desk = Desk(Path(folder), read_only=self._read_only, kept=kept)
        plan = readable([folder])
        return len(plan.owners) if plan else 0

    def warm(self) -> None:
        """Load what a first page needs, by asking for one where there is no plan yet."""
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as folder:
            (Path(folder) / HEAD).write_text(_NOTHING, encoding="utf-8")
            Within(folder, self._read_only).ask("/", "GET", ())

    def unpack(self, name: str, data: bytes, most: int) -> dict[str, bytes]:
        """The YAML files of a zip, by their names. Raises ValueError, with a sentence, where it
        cannot be read, or they are more than this many bytes."""
        from io import BytesIO
        from zipfile import BadZipFile, ZipFile
        from zlib import error as broken

        files: dict[str, bytes] = {}
        left = most
        try:
            with ZipFile(BytesIO(bytes(data))) as archive:
                for entry in archive.infolist():
                    # Older Windows programs write a folder's end as they show it.
                    path = entry.filename.replace("\\", "/")
                    if path in files:
                        raise ValueError(f"{name} holds {path} twice. Zip it again.")
                    if path.lower().endswith((".yaml", ".yml")):
                        with archive.open(entry) as part:
                            # What a zip says of sizes is not believed.
                            files[path] = part.read(left + 1)
                        left -= len(files[path])
                    if left < 0:
                        raise ValueError(f"{name} holds far more than a plan. Give the plan alone.")
        except (BadZipFile, broken, EOFError, RuntimeError, NotImplementedError) as error:
            raise ValueError(f"{name} is damaged, or has a password. Zip it again.") from error
        return files

    def ask(self, address: str, method: str, form: Sequence[tuple[str, Any]]) -> dict[str, object]:
        """What the desk answers: a page, with the address that it has in the end; or a file."""
        response = self._response(address, method, form)
        for _ in range(MOST_STEPS):
            if not response.location:
                break
            address = response.location
            response = self._response(address, "GET", ())
        disposition = response.headers.get("Content-Disposition", "")
        if disposition:
            name = disposition.partition("filename=")[2].strip('"')
            return {"file": True, "name": name, "type": response.mimetype, "data": response.data}
        return {"text": response.get_data(as_text=True), "address": address}

    def _response(self, address: str, method: str, form: Sequence[tuple[str, Any]]) -> Response:
        fields = MultiDict[str, Any]()
        for name, value in form:
            is_file = isinstance(value, dict)
            fields.add(name, FileStorage(_bytes(value), value["name"]) if is_file else value)
        builder = EnvironBuilder(address, method=method, data=fields if method == "POST" else None)
        return Response(*run_wsgi_app(self._desk, builder.get_environ()))


def _bytes(value: dict[str, Any]) -> Any:
    from io import BytesIO

    return BytesIO(bytes(value["data"]))
