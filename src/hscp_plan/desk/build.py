"""Builds the desk as a folder that any web server can carry: the engine that runs Python in a
browser, the packages, and hscp itself.

All but what a browser asks for first lies in a folder named after its contents, so that a browser
that keeps files by itself never joins those of two builds.

The engine comes from npm and the one compiled package from PyPI, each of a version and digest that
stand here; the rest is copied from what is installed. All Python is compiled here, by that engine,
which would else do so each time that the page is opened.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from base64 import b64encode
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Mendable
from ..reading.cache import DECIDING_MODULES
from ..writers.html import COMPILED
from .pages import HERE, Pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ENGINE = "pyodide@314.0.7"
ENGINE_DIGEST = (
    "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE"
    "5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
ENGINE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide-lock.json")
"""What of the engine is carried as it is."""
WASM, LIBRARY = "pyodide.asm.wasm", "python_stdlib.zip"
"""What of it is kept compressed, for servers that compress nothing; and Python's own modules, which
are compiled."""
PACKAGES, PLAN, LIST = "packages.tar.gz", "plan.tar.gz", "files.json"
LOADED = (f"{WASM}.gz", LIBRARY, "pyodide-lock.json", PACKAGES, PLAN)
"""What the page says that it loads."""


class Wheel(NamedTuple):
    """A package of PyPI, of one version."""

    name: str
    version: str
    sha256: str
    platform: str


PYTHON = "3.14"
WHEELS = (
    Wheel(
        "pydantic",
        "2.14.4",
        "653a2ad9f6d8858529c77c72717d0ea991d6c6837fe683246b2f4b2bbfc3fadc",
        "any",
    ),
    Wheel(
        "pydantic-core",
        "2.50.5",
        "b2910ec0fa5aeb9bef70156f2b79f4783978fdcfaa7b2f1b5d1814458d2e79a1",
        "pyemscripten_2026_0_wasm32",
    ),
)
COPIED = (
    *("annotated_doc", "annotated_types", "dateutil", "et_xmlfile", "jinja2", "markupsafe"),
    *("openpyxl", "shellingham", "stdnum", "typer", "typing_extensions", "typing_inspection"),
    *("werkzeug", "xlsxwriter", "yaml", "hscp_plan"),
)
"""The packages that need no compiling, as they are installed."""
OF_SOME = ("click",)
"""What only some versions of these need."""


def build(plan: Mapping[str, bytes] | None) -> dict[str, bytes]:
    """The desk's files, with a plan's to look at where some are given. Raises Mendable where the
    engine or the compiled package is not to be had."""
    with TemporaryDirectory() as folder:
        files = _python(Path(folder))
    files |= {name: _of_browser(name) for name in ("shell.js", "worker.js")}
    files["desk.js"] = (HERE / "static" / "desk.js").read_bytes()
    files["desk.css"] = Pages.style().encode()
    if plan is not None:
        files[PLAN] = _tar(plan)
    loaded = {name: len(files[name]) for name in LOADED if name in files}
    files[LIST] = json.dumps({"loaded": loaded}).encode()
    return _named_by_contents(files)


def _of_browser(name: str) -> bytes:
    return (HERE / "browser" / name).read_bytes()


def _named_by_contents(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """These files in a folder of their build, beside the few that are asked for first."""
    first = {name: _of_browser(name) for name in ("index.html", "start.js")}
    digest = hashlib.sha256(json.dumps(_digests({**files, **first})).encode()).hexdigest()
    folder = digest[:16]
    made = {f"{folder}/{name}": data for name, data in files.items()}
    made |= first
    made["index.html"] = first["index.html"].replace(b"BUILD", folder.encode())
    # What keeps them in the browser is told the digest of each.
    kept = json.dumps({"digest": digest, "files": _digests(made)}, indent=0)
    made["keep.js"] = f"const BUILD = {kept};\n".encode() + _of_browser("keep.js")
    return made


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


# --- the engine ---------------------------------------------------------------------------------


def _python(work: Path) -> dict[str, bytes]:
    """The engine, Python's own modules and the packages, made in a folder to work in."""
    engine, library, packages = (work / name for name in ("engine", "library", "packages"))
    _fetch_engine(engine)
    with zipfile.ZipFile(engine / LIBRARY) as archive:
        archive.extractall(library)  # noqa: S202 - of that digest
    for name, data in _packages(work):
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_bytes(data)
    compiling = ("node", str(HERE / "compile.mjs"), *map(str, (engine, library, packages)))
    _run("node", "compile", compiling, work)
    return {
        **{name: (engine / name).read_bytes() for name in ENGINE_FILES},
        f"{WASM}.gz": gzip.compress((engine / WASM).read_bytes(), mtime=0),
        LIBRARY: _zip(_compiled(library)),
        PACKAGES: _tar(_compiled(packages)),
    }


def _fetch_engine(target: Path) -> None:
    target.mkdir()
    _run("npm", "fetch", ("npm", "pack", "--loglevel", "error", ENGINE), target)
    packed = next(target.glob("pyodide-*.tgz"))
    digest = b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    _check(f"sha512-{digest}", ENGINE_DIGEST, ENGINE)
    with tarfile.open(packed) as archive:
        for name in (*ENGINE_FILES, WASM, LIBRARY):
            member = archive.extractfile(f"package/{name}")
            assert member  # noqa: S101 - the digest is that of an archive that has it
            (target / name).write_bytes(member.read())


def _compiled(folder: Path) -> dict[str, bytes]:
    """The files of a folder of which all Python is compiled. Only what reads its own source keeps
    that."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    kept = {f"hscp_plan/{name}.py" for name in DECIDING_MODULES}
    return {name: path.read_bytes() for name, path in paths.items()
            if path.is_file() and (path.suffix != ".py" or name in kept)}  # fmt: skip


def _run(program: str, failing: str, words: Sequence[str], folder: Path) -> None:
    """Have a program do its part. Raises Mendable where it is not there, or fails."""
    try:
        ran = subprocess.run(words, cwd=folder, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        what = f"the desk's engine comes from npm, and there is no {program} here"
        raise Mendable(what, _INSTEAD) from error
    if ran.returncode:
        lines = ran.stderr.decode(errors="replace").strip().splitlines() or ["it did not say why"]
        said = next((line for line in lines if "error" in line.lower()), lines[-1])
        what = f"{program} could not {failing} what the desk is built of: {said}"
        raise Mendable(what, _INSTEAD)


_INSTEAD = (
    "Take the desk that each release of hscp carries, or build it where npm and PyPI are to be had."
)


def _check(digest: str, known: str, name: str) -> None:
    if digest != known:
        raise Mendable(f"{name} is not what it was when hscp was made", "Do not use it; report it.")


# --- packages -----------------------------------------------------------------------------------


def _packages(work: Path) -> Iterator[tuple[str, bytes]]:
    """The files of all packages."""
    for wheel in WHEELS:
        yield from _of_wheel(wheel, work)
    for name in (*COPIED, *filter(find_spec, OF_SOME)):
        yield from _of_package(name)
    with TemporaryDirectory() as folder:
        Pages(read_only=False).compile(folder)
        for path in Path(folder).iterdir():
            yield f"hscp_plan/writers/{COMPILED}/{path.name}", path.read_bytes()


def _of_wheel(wheel: Wheel, work: Path) -> Iterator[tuple[str, bytes]]:
    python = ("--python-version", PYTHON, "--implementation", "cp")
    kinds = ("--abi", f"cp{PYTHON.replace('.', '')}", "--abi", "none", "--platform", wheel.platform)
    words = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
             *python, *kinds, "--dest", str(work), f"{wheel.name}=={wheel.version}")  # fmt: skip
    _run("pip", "fetch", words, work)
    found = next(work.glob(f"{wheel.name.replace('-', '_')}-{wheel.version}-*.whl"))
    _check(hashlib.sha256(found.read_bytes()).hexdigest(), wheel.sha256, wheel.name)
    with zipfile.ZipFile(found) as archive:
        for name in archive.namelist():
            if ".dist-info/" not in name and not name.endswith("/"):
                yield name, archive.read(name)


def _of_package(name: str) -> Iterator[tuple[str, bytes]]:
    """A package as it is installed, without what was compiled for this computer."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise Mendable(f"{name} is not installed", "Install hscp again.")
    origin = Path(spec.origin)
    if origin.name != "__init__.py":
        yield origin.name, origin.read_bytes()
        return
    for path in sorted(origin.parent.rglob("*")):
        inside = path.relative_to(origin.parent.parent).as_posix()
        if path.is_file() and not _is_left_out(inside):
            yield inside, path.read_bytes()


_LEFT_OUT = ("/__pycache__/", "/tests/", "/debug/shared/", "zoneinfo/", "hscp_plan/desk/browser/")
_ENDINGS_LEFT_OUT = (".so", ".pyd", ".pyi", ".c", ".tar.gz", ".mjs")


def _is_left_out(inside: str) -> bool:
    if any(part in inside for part in _LEFT_OUT) or inside.endswith(_ENDINGS_LEFT_OUT):
        return True
    # Of the numbers of all countries, those that a plan may not hold are British, and in no list.
    abroad = inside.count("/") > 1 and not inside.startswith("stdnum/gb/")
    return inside.startswith("stdnum/") and (abroad or inside.endswith(".dat"))


# --- archives: all of one time, so that the same files give the same bytes ----------------------


def _zip(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _tar(files: Mapping[str, bytes]) -> bytes:
    """A compressed tar, of the form that worker.js unpacks."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(files):
            member = tarfile.TarInfo(name)
            member.size = len(files[name])
            archive.addfile(member, io.BytesIO(files[name]))
    return gzip.compress(made.getvalue(), mtime=0)
