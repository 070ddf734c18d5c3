"""What the user set right: the side of a hold, and the stretch of a session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns, empty: nothing was set right yet."""
    op.add_column("session", sa.Column("fixed_stretch", sa.Text))
    op.add_column("hold", sa.Column("fixed_side", sa.Text))
