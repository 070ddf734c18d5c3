"""Files that are written whole or not at all: whoever reads one, also after a power cut, finds the old or the new."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

DAY_S: Final = 86_400.0
"""What lies unfinished for so long is of a run that was killed."""


@contextlib.contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Gives an empty file beside `path` to write to, which takes its place once the block has ended without an error.

    After an error, of any kind, it is gone and what was there before is as it was. A link stays a link. A file that is
    replaced keeps its permissions; a new one gets the usual ones, those of its owner only where it is `private`.
    A device or a pipe is given itself, as nothing can take its place. Raises OSError.
    """
    target, mode = _found(path)
    if mode is not None and not stat.S_ISREG(mode):
        yield target
        return
    sweep(target, older_than_s=DAY_S)
    part = _part(target, 0o600 if private or mode is not None else 0o666)
    try:
        yield part
        with part.open("r+b") as file:
            if mode is not None:
                part.chmod(stat.S_IMODE(mode))
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    _keep_names(target.parent)


def write_bytes(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file as `replacing` does; raises OSError."""
    with replacing(path, private=private) as part:
        part.write_bytes(content)


def write_text(path: Path, text: str, *, private: bool = False) -> None:
    """Write a file in UTF-8 as `replacing` does, the ends of its lines as they are; raises OSError."""
    write_bytes(path, text.encode(), private=private)


def check_writable(path: Path) -> None:
    """Find out before the work whether a file can be written after it. Raises OSError."""
    target, mode = _found(path)
    if mode is None or stat.S_ISREG(mode):
        _part(target, 0o600).unlink()


def part_prefix(target: Path) -> str:
    """How the names of unfinished files and folders beside a target begin."""
    return f".{target.name}.formcheck-"


def sweep(target: Path, *, older_than_s: float) -> None:
    """Remove the unfinished files and folders beside a target that killed runs left behind so long ago."""
    with contextlib.suppress(OSError):
        for left in target.parent.glob(f"{glob.escape(part_prefix(target))}*"):
            if time.time() - left.stat().st_mtime < older_than_s:
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _found(path: Path) -> tuple[Path, int | None]:
    """The file that a name stands for, and its `st_mode`, None where there is none. Raises OSError for a folder."""
    try:
        target = path.resolve()
        mode = target.stat().st_mode
    except RuntimeError as error:  # links in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    except FileNotFoundError:
        return target, None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return target, mode


def _part(target: Path, mode: int) -> Path:
    """A new, empty file beside another, of a name that no other run has; its `mode` less what the system withholds."""
    part = target.with_name(f"{part_prefix(target)}{secrets.token_hex(4)}")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    return part


def _keep_names(folder: Path) -> None:
    """Have the names in a folder survive a power cut where the system can; the new file is in its place either way."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
