"""From every earlier set of tables to this one, with what is in them."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from formcheck.core.errors import OutputError
from formcheck.history import database
from formcheck.history.fixing import Fix
from formcheck.history.schema import HEAD, METADATA
from formcheck.history.store import Store
from tests.history.sessions import session, switched_on
from tests.history.test_safety import start

FIRST = Path(__file__).parent / "first_schema.sql"
SECOND = Path(__file__).parent / "second_schema.sql"


def of_the_first_schema(path: Path, *, filled: bool) -> None:
    """A database as the first migration left it, with what that formcheck kept."""
    connection = sqlite3.connect(path)
    connection.executescript(FIRST.read_text(encoding="utf-8"))
    if not filled:
        connection.execute("DELETE FROM session")
        for table in ("hold", "best", "rule", "alert"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
    connection.commit()
    connection.close()


@pytest.mark.parametrize("filled", [True, False])
def test_a_database_of_the_first_schema_goes_on(tmp_path: Path, *, filled: bool) -> None:
    path = tmp_path / "history.sqlite3"
    of_the_first_schema(path, filled=filled)
    store = Store(path)
    before = store.sessions()
    assert [(one.key, one.best, one.alerts) for one in before] == (
        [("file:1", session().best, session().alerts)] if filled else []
    )
    assert store.keeping()
    store.add([session(stretch="bench")], also=["file:poses"])
    store.add([session("file:poses", source_kind="poses", stretch="partner")])
    assert [(one.key, one.stretch) for one in store.sessions()] == [("file:1", "partner")]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    connection.close()


def of_the_second_schema(path: Path) -> None:
    """A database as the second migration left it, with a session under two keys."""
    connection = sqlite3.connect(path)
    connection.executescript(SECOND.read_text(encoding="utf-8"))
    connection.close()


def test_a_database_of_the_second_schema_goes_on_and_can_be_set_right(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    of_the_second_schema(path)
    store = Store(path)
    assert store.keeping()
    assert store.sessions() == (replace(session(), id=1),)
    store.fix(1, Fix(side="right"))
    store.add([session("file:poses", source_kind="poses")])
    (kept,) = store.sessions()
    assert (kept.id, kept.key, kept.holds[0].side, kept.best[0].side) == (1, "file:1", "right", "right")
    assert values(path, "alembic_version", "version_num") == [HEAD]


def values(path: Path, table: str, column: str) -> list[str]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(f"SELECT {column} FROM {table}")]  # noqa: S608


def test_two_programs_may_migrate_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    of_the_first_schema(path, filled=True)
    programs = [start("store.add([session(sys.argv[2])])", path, f"file:new-{i}") for i in range(3)]
    for program in programs:
        _, stderr = program.communicate(timeout=120)
        assert program.returncode == 0, stderr
    keys = {one.key for one in Store(path).sessions()}
    assert keys == {"file:1", "file:new-0", "file:new-1", "file:new-2"}


def test_the_migrations_make_the_tables_that_the_queries_use(tmp_path: Path) -> None:
    store = switched_on(tmp_path)
    with database.reading(store.path) as connection:
        assert connection is not None
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_history_of_a_newer_formcheck_is_left_alone(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session()])
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = store.path.read_bytes()
    for use in (store.sessions, lambda: store.add([session("file:2")]), lambda: store.delete([1]), store.delete_all):
        with pytest.raises(OutputError, match="newer formcheck: update this one"):
            use()
    assert store.path.read_bytes() == before


def test_an_interrupted_migration_is_as_if_it_had_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    of_the_first_schema(path, filled=True)
    blocked = sqlite3.connect(path)
    blocked.execute("CREATE TABLE ix_other_key_key (id INTEGER)")  # the second step of the migration fails over it
    blocked.commit()
    store = Store(path)
    with pytest.raises(OutputError, match="ix_other_key_key"):
        store.sessions()
    tables = {row[0] for row in blocked.execute("SELECT name FROM sqlite_master")}
    assert "other_key" not in tables
    blocked.execute("DROP TABLE ix_other_key_key")
    blocked.commit()
    blocked.close()
    assert len(store.sessions()) == 1
