"""Two programs at once, a full disk, a killed program, a damaged file: nothing that was finished is lost."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from formcheck.core.errors import OutputError
from formcheck.history.store import Store
from tests.history.sessions import session, switched_on

ROOT = Path(__file__).parent.parent.parent
START = """
import sys
from pathlib import Path
from formcheck.history.store import Store
from tests.history.sessions import session
store = Store(Path(sys.argv[1]))
"""


def start(code: str, path: Path, *arguments: str) -> subprocess.Popen[str]:
    """Run code in a program of its own; it has `store` and prints what is to be waited for."""
    return subprocess.Popen(
        [sys.executable, "-c", START + code, str(path), *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_two_programs_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    store = switched_on(tmp_path)
    code = "for i in range(50): assert store.add([session(f'{sys.argv[2]}:{i}')])"
    programs = [start(code, store.path, name) for name in ("one", "two")]
    for program in programs:
        _, stderr = program.communicate(timeout=120)
        assert program.returncode == 0, stderr
    assert {one.key for one in store.sessions()} == {f"{name}:{i}" for name in ("one", "two") for i in range(50)}


def test_two_programs_may_make_the_history_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "history.sqlite3"
    code = "store.switch(on=True); store.add([session(sys.argv[2])])"
    programs = [start(code, path, str(i)) for i in range(4)]
    for program in programs:
        _, stderr = program.communicate(timeout=120)
        assert program.returncode == 0, stderr
    assert {one.key for one in Store(path).sessions()} == {"0", "1", "2", "3"}


def test_a_program_killed_in_the_middle_of_writing_loses_only_what_was_unfinished(tmp_path: Path) -> None:
    store = switched_on(tmp_path)
    # The last part of the eighth session is held up, with all the rest of it written in the open transaction.
    code = """
import time
from sqlalchemy import Engine, event
@event.listens_for(Engine, "before_cursor_execute")
def wait(connection, cursor, statement, parameters, context, many):
    if "INSERT INTO alert" in statement and number == 7:
        print("in the middle", flush=True)
        time.sleep(60)
for number in range(8):
    store.add([session(f"file:{number}")])
    print(number, flush=True)
"""
    program = start(code, store.path)
    assert program.stdout is not None
    for line in program.stdout:
        if line == "in the middle\n":
            break
    program.send_signal(signal.SIGKILL)
    program.communicate(timeout=30)
    assert program.returncode == -signal.SIGKILL
    assert {one.key for one in store.sessions()} == {f"file:{number}" for number in range(7)}
    assert store.add([session("file:7")]) is not None
    with sqlite3.connect(store.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@contextmanager
def full_disk(pages: int) -> Iterator[None]:
    """SQLite takes a file that may not grow beyond so many pages for one on a full disk."""

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


def test_a_full_disk_is_told_and_leaves_what_was_kept(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session()])
    big = session("file:2", source_name="x" * 100_000)
    with full_disk(pages=20), pytest.raises(OutputError, match="disk is full.*make room"):
        store.add([big])
    with full_disk(pages=20):
        assert [one.key for one in store.sessions()] == ["file:1"]
        # A failed replacement leaves what was there.
        with pytest.raises(OutputError, match="disk is full"):
            store.add([session(source_name="x" * 100_000)])
        assert [one.source_name for one in store.sessions()] == ["evening.mp4"]
    assert store.add([big]) is not None


def test_waiting_for_a_program_that_does_not_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = switched_on(tmp_path, [session()])
    monkeypatch.setattr("formcheck.history.database._BUSY_S", 0.1)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(OutputError, match="in use by another program"):
            store.add([session("file:2")])
        assert len(store.sessions()) == 1  # reading does not wait
    finally:
        other.close()


def test_a_copy_put_in_place_while_another_program_uses_it_is_waited_for(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session()])
    copy = Store(tmp_path / "copy.sqlite3")
    store.copy_to(copy.path)  # a copy is not in WAL mode, and changing to it does not wait by itself
    other = sqlite3.connect(copy.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, other.rollback)
    release.start()
    assert len(copy.sessions()) == 1
    release.join()
    other.close()


@pytest.mark.parametrize("how", ["no database", "torn pages", "cut short"])
def test_a_damaged_file_is_told_with_how_to_save_it(tmp_path: Path, how: str) -> None:
    store = switched_on(tmp_path, [session(f"file:{i}") for i in range(30)])
    content = store.path.read_bytes()
    torn = content[:4096] + b"\xa5" * (len(content) - 4096)
    store.path.write_bytes({"no database": b"hello" * 1000, "torn pages": torn, "cut short": content[:6000]}[how])
    for use in (lambda: store.add([session("file:new")]), store.sessions, lambda: store.switch(on=True)):
        with pytest.raises(OutputError, match=r"is damaged: move it away.*\.recover") as told:
            use()
        assert "\n" not in str(told.value)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="FORMCHECK_DATA_DIR"):
        Store(tmp_path / "file" / "history.sqlite3").switch(on=True)
