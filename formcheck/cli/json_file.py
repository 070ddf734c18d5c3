"""What `--json` writes."""

from __future__ import annotations

from pathlib import Path

import typer

from formcheck import files
from formcheck.core.errors import OutputError, in_words


def check(name: str | None) -> None:
    """Find out before the work whether the file can be written at its end. Raises OutputError."""
    if name in (None, "-"):
        return
    path = Path(str(name))
    try:
        files.check_writable(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def write(name: str, text: str) -> None:
    """Write to a file, whole or not at all, or to standard output for `-`. Raises OutputError."""
    if name == "-":
        typer.echo(text, nl=False)
        return
    try:
        files.write_text(Path(name), text)
    except OSError as error:
        raise _unwritable(Path(name), error) from error


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(f"cannot write {path}: {in_words(error)}; choose another file for --json")
