"""The SQLite file: connections, transactions, migrations, and errors in words."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, NullPool, create_engine, event, inspect
from sqlalchemy.exc import SQLAlchemyError

from formcheck.core.errors import OutputError, in_words
from formcheck.history.schema import HEAD

_BUSY_S: Final = 20.0  # how long one program waits until another one has written

_FULL: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_IN_USE: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class HistoryError(OutputError):
    """The history cannot be read or written; nothing that was kept before is lost by it."""


def create(path: Path) -> None:
    """Make an empty file that only its owner may read, unless there is one."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        why = in_words(error)
        raise HistoryError(
            f"cannot make {path}: {why}; set FORMCHECK_DATA_DIR to a folder that can be written"
        ) from error


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Connection | None]:
    """A connection that sees one state of the database throughout; None when there are no tables yet.

    Raises HistoryError, also for what goes wrong inside.
    """
    with _connected(path) as connection:
        if not _migrated(connection, make=False):
            yield None
            return
        with connection.begin():
            yield connection


@contextlib.contextmanager
def writing(path: Path, *, make: bool = False) -> Iterator[Connection | None]:
    """A connection that alone may write; what is done inside is kept whole at its end, or not at all.

    Without tables it gives None, or makes them with `make`. Raises HistoryError, also for what goes wrong inside.
    """
    with _connected(path) as connection:
        if not _migrated(connection, make=make):
            yield None
            return
        with _alone(connection):
            yield connection


def shrink(path: Path) -> None:
    """Give back the room of what was deleted, and let nothing of it linger in the file or beside it."""
    with _told(path), contextlib.closing(connect(path)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_log(path: Path) -> None:
    """Move what was written into the file itself: its log still has what was deleted."""
    with _told(path), contextlib.closing(connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy_to(path: Path, copy: Path) -> None:
    """Write a whole copy of the database, as it is now, to a file that is empty or does not exist yet."""
    with _told(path), contextlib.closing(connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))


def connect(path: Path) -> sqlite3.Connection:
    """A plain connection to a file that exists; transactions begin and end as they are told to."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_S, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        _log_ahead(connection)
        # In WAL mode NORMAL keeps the file sound, but the newest transactions may be gone after a power cut: they are
        # on the disk only since the last checkpoint. FULL waits for the disk at each commit. There is one for each
        # session, so nobody notices.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: through the cache of the disk as well
    except BaseException:
        connection.close()
        raise
    return connection


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL, in which readers and a writer do not wait for each other.

    SQLite does not wait by itself when two programs do this to a new file at once. Where the file system cannot do it,
    the mode stays what it was, which is slower but just as safe.
    """
    until_s = time.monotonic() + _BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) not in _IN_USE or time.monotonic() > until_s:
                raise
            time.sleep(0.02)
        else:
            return


@contextlib.contextmanager
def _connected(path: Path) -> Iterator[Connection]:
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE: who would write later on might find that somebody else has written in between.
        alone = connection.get_execution_options().get("formcheck_alone", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if alone else "BEGIN")

    with _told(path), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    connection.execution_options(formcheck_alone=True)
    try:
        with connection.begin():
            yield
    finally:
        connection.execution_options(formcheck_alone=False)


def _migrated(connection: Connection, *, make: bool) -> bool:
    """Bring the tables up to date; returns whether there are any. Programs that come at once do it one by one."""
    with connection.begin():
        version = _version(connection)
    if version == HEAD:
        return True
    if version is None and not make:
        return False
    with _alone(connection):
        version = _version(connection)
        if version != HEAD:
            _upgrade(connection, version)
    return True


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _upgrade(connection: Connection, version: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    # A percent sign would begin a placeholder.
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise HistoryError(
            "your history was written by a newer formcheck: update this one to use it; nothing was changed"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn errors of the database into one line that says what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None)
        raise _history_error(path, cause if isinstance(cause, sqlite3.Error) else error) from error
    except sqlite3.Error as error:
        raise _history_error(path, error) from error


def _code(error: Exception) -> int:
    # The lower byte is the kind of error, what is above it tells more.
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _history_error(path: Path, error: Exception) -> HistoryError:
    code = _code(error)
    if code in _FULL or getattr(error, "sqlite_errorcode", None) in _FULL:
        return HistoryError(f"the disk is full: nothing was changed in {path}; make room and try again")
    if code in _DAMAGED:
        return HistoryError(
            f"{path} is damaged: move it away with the files beside it, and save what can be read with "
            "`sqlite3 MOVED .recover | sqlite3 NEW`; put NEW in its place, or begin anew with `formcheck history on`"
        )
    if code in _IN_USE:
        return HistoryError(f"{path} is in use by another program; try again when that is done")
    why = str(error).splitlines()[0]
    return HistoryError(f"cannot use {path}: {why}; check that it and its folder can be written")
