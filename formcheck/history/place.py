"""Where the history lies, and what tells one recording from another."""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path
from typing import Final

from formcheck.core.errors import OutputError, in_words

_FILE: Final = "history.sqlite3"
_PIECE: Final = 1 << 20


def location() -> Path:
    """The file of the history, whether it exists or not; `FORMCHECK_DATA_DIR` names another folder for it."""
    chosen = os.environ.get("FORMCHECK_DATA_DIR")
    if chosen:
        return Path(chosen) / _FILE
    from platformdirs import user_data_path

    return user_data_path("formcheck", appauthor=False) / _FILE


def exists(path: Path) -> bool:
    """Whether there is a history. Raises OutputError when that cannot be found out."""
    try:
        return path.exists()
    except OSError as error:
        raise OutputError(
            f"cannot look for {path}: {in_words(error)}; set FORMCHECK_DATA_DIR to a folder of yours"
        ) from error


def key_of(path: Path) -> str:
    """What a file is, whatever it is called: from its size and its first and last MiB.

    Raises OutputError when the file cannot be read any more.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            digest = hashlib.sha256(str(size).encode())
            digest.update(file.read(_PIECE))
            file.seek(max(0, size - _PIECE))
            digest.update(file.read(_PIECE))
    except OSError as error:
        raise _gone(path, error) from error
    return f"file:{digest.hexdigest()}"


def live_key() -> str:
    """A key for a live session, which never comes back."""
    return f"live:{uuid.uuid4()}"


def _gone(path: Path, error: Exception) -> OutputError:
    return OutputError(f"{path} was not added to your history: {in_words(error)}; analyze it again once it can be read")
