"""Notices that wait to be sent, and their deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "notices",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("due", _TIME, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
    )
    op.create_index("notices_by_due", "notices", ["settled", "due"])
    op.create_index("notices_by_time", "notices", ["company", "at"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("company", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("due", _TIME, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("tried_at", _TIME),
        sa.Column("error", sa.String, nullable=False),
        sa.Column("remedy", sa.String, nullable=False),
        sa.Column("receipt", sa.String, nullable=False),
        sa.Column("leased_until", _TIME),
        sa.ForeignKeyConstraint(
            ["company", "key"], ["notices.company", "notices.key"], ondelete="CASCADE"
        ),
    )
    op.create_index("deliveries_by_due", "deliveries", ["state", "channel", "due"])
    op.create_index("deliveries_by_notice", "deliveries", ["company", "key"])
