"""The first tables: consent, and sessions with what belongs to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="one_row"), primary_key=True),
        sa.Column("keeping", sa.Boolean, nullable=False),
        sa.Column("since_utc", sa.Text, nullable=False),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, index=True),
        sa.Column("when_utc", sa.Text, nullable=False, index=True),
        sa.Column("offset_s", sa.Integer, nullable=False),
        sa.Column("source_kind", sa.Text, nullable=False),
        sa.Column("source_name", sa.Text, nullable=False),
        sa.Column("stretch", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    _parts()


def _parts() -> None:
    """What belongs to a session."""
    _part(
        "hold",
        sa.Column("start_s", sa.Float, nullable=False),
        sa.Column("held_s", sa.Float, nullable=False),
        sa.Column("target_s", sa.Float, nullable=False),
        sa.Column("reached", sa.Boolean, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
    )
    _part(
        "best",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("better", sa.Text, nullable=False),
    )
    _part(
        "rule",
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("ok_s", sa.Float, nullable=False),
        sa.Column("off_s", sa.Float, nullable=False),
        sa.Column("unseen_s", sa.Float, nullable=False),
    )
    _part(
        "alert",
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("start_s", sa.Float, nullable=False),
        sa.Column("lasted_s", sa.Float, nullable=False),
        sa.Column("count", sa.Integer),
    )


def _part(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "session_id", sa.Integer, sa.ForeignKey("session.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        *columns,
    )
