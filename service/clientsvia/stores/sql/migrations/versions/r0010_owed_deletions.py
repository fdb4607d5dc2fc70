"""Recordings that are still to be deleted at Twilio, and whose turn the sweep is."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "owed_deletions",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("url", sa.String, primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("error", sa.String, nullable=False),
    )
    op.create_table(
        "leases",
        sa.Column("work", sa.String, primary_key=True),
        sa.Column("until", sa.String, nullable=False),
    )
