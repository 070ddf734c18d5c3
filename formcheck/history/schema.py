"""The tables. A change here comes with a script in `migrations/versions`; a test compares the two."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, CheckConstraint, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text

HEAD: Final = "0003"
"""The newest migration: what `alembic_version` says in a database of this formcheck."""

METADATA: Final = MetaData()


def _part(name: str, *columns: Column[object]) -> Table:
    """A table of things that belong to a session and go with it."""
    return Table(
        name,
        METADATA,
        Column("id", Integer, primary_key=True),
        Column("session_id", Integer, ForeignKey("session.id", ondelete="CASCADE"), nullable=False, index=True),
        *columns,
    )


# One row, written the first time the user switches the history on.
CONSENT: Final = Table(
    "consent",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("keeping", Boolean, nullable=False),
    Column("since_utc", Text, nullable=False),
)

SESSION: Final = Table(
    "session",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    # ISO 8601 in whole seconds of UTC, so that sorting the text sorts the times.
    Column("when_utc", Text, nullable=False, index=True),
    Column("offset_s", Integer, nullable=False),
    Column("source_kind", Text, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("stretch", Text, nullable=False),
    # What the user has set right; what was judged stays beside it.
    Column("fixed_stretch", Text),
    # The number of a deleted session is never given to another one.
    sqlite_autoincrement=True,
)

# Further keys under which the same recording may come back.
OTHER_KEY: Final = Table(
    "other_key",
    METADATA,
    Column("session_id", Integer, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Index("ix_other_key_key", "key"),
)

HOLD: Final = _part(
    "hold",
    Column("start_s", Float, nullable=False),
    Column("held_s", Float, nullable=False),
    Column("target_s", Float, nullable=False),
    Column("reached", Boolean, nullable=False),
    Column("side", Text, nullable=False),
    Column("fixed_side", Text),
)

BEST: Final = _part(
    "best",
    Column("name", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("unit", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("better", Text, nullable=False),
)

RULE: Final = _part(
    "rule",
    Column("rule", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("ok_s", Float, nullable=False),
    Column("off_s", Float, nullable=False),
    Column("unseen_s", Float, nullable=False),
)

ALERT: Final = _part(
    "alert",
    Column("rule", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("start_s", Float, nullable=False),
    Column("lasted_s", Float, nullable=False),
    Column("count", Integer),
)
