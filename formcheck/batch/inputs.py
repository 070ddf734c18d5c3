"""Which files a batch is of, and the folder that each one's results have for ever."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from formcheck.batch import ledger
from formcheck.core.errors import InputError, in_words
from formcheck.media.inputs import is_media, result_name


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchInput:
    """A file to judge.

    path   absolute.
    label  as the user named it, or the folder it lies in; `/` between folders.
    name   where its results would go below the folder of all results, if no other file took that.
    """

    path: Path
    label: str
    name: PurePath


def read_list(name: str) -> list[Path]:
    """The paths in a list, one a line, `-` for standard input; `#` begins a comment. Raises InputError."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name}: the list cannot be read: {in_words(error)}; check the name") from error
    if b"\0" in content:
        raise InputError(f"{name}: this is no list; write one path a line")
    # Names of files may be in any encoding: what is no UTF-8 stays as it is.
    lines = [line.strip() for line in os.fsdecode(content.removeprefix(b"\xef\xbb\xbf")).splitlines()]
    return [Path(line).expanduser() for line in lines if line and not line.startswith("#")]


def find(paths: Iterable[Path], out: Path, *, recursive: bool) -> tuple[list[BatchInput], list[InputError]]:
    """The files to judge, each once and in the order they were named; and what is wrong with the rest."""
    found: dict[Path, BatchInput] = {}
    wrong: dict[Path, InputError] = {}
    for path in paths:
        try:
            if path.is_dir():
                closed: list[OSError] = []
                inside = (
                    _inside(path, out, closed) if recursive else sorted(one for one in path.iterdir() if is_media(one))
                )
                wrong |= {Path(error.filename): _unreadable(error.filename, error) for error in closed}
                for file in inside:
                    name = file.relative_to(path).parent / result_name(file)
                    _add(found, file, name)
                if not inside and not closed:
                    hint = "name another one" if recursive else "--recursive looks into the folders in it"
                    wrong[path] = InputError(f"{path}: no videos or photos in this folder; {hint}")
            elif not path.exists():
                wrong[path] = InputError(f"{path}: no such file; check the name")
            else:
                _add(found, path, PurePath(result_name(path)))
        except (OSError, ValueError) as error:
            wrong[path] = _unreadable(path, error)
    return list(found.values()), list(wrong.values())


def _add(found: dict[Path, BatchInput], file: Path, name: PurePath) -> None:
    path = Path(os.path.abspath(file))  # noqa: PTH100 a link is judged under its own name
    found.setdefault(path, BatchInput(path=path, label=file.as_posix(), name=name))


def _unreadable(path: Path | str, error: Exception) -> InputError:
    return InputError(f"{path}: cannot be read ({in_words(error)})")


def _inside(folder: Path, out: Path, closed: list[OSError]) -> list[Path]:
    """The videos and photos of a folder and of all below it; `closed` takes the errors of those not to be read."""
    files: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        here = Path(place)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (here / name).resolve() != out.resolve()
        )
        if not {"report.json", "measures.csv"} <= set(names):  # the annotated video of an earlier run is no input
            files.extend(one for one in (here / name for name in sorted(names)) if is_media(one))
    return files


def result_folders(inputs: Sequence[BatchInput], out: Path) -> list[Path]:
    """The folder for the results of each input, the same whenever the batch is run, whatever else is in it.

    It has the name of the file. Where another file has a right to that name, because it is in this batch too or has
    its results there already, the name goes on with eight digits that come from the full name of the file.
    """
    wanted = Counter(_folded(one.name) for one in inputs)
    return [_result_folder(one, out, alone=wanted[_folded(one.name)] == 1) for one in inputs]


def _result_folder(one: BatchInput, out: Path, *, alone: bool) -> Path:
    plain = out / one.name
    digits = hashlib.sha256(os.fsencode(one.path)).hexdigest()[:8]
    own = plain.with_name(f"{plain.name}-{digits}")
    if own.exists():
        return own
    known = ledger.read(plain)
    if known is None:
        return plain if alone else own
    mine = known.path == str(one.path)
    return plain if mine or (alone and not Path(known.path).exists()) else own


def _folded(name: PurePath) -> str:
    """Equal for names that are one on systems that do not tell capitals apart."""
    return name.as_posix().lower()
