"""What numbers were set to at Twilio before, and when each was last heard of."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "kept_numbers",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("number", sa.String, primary_key=True),
        sa.Column("account_sid", sa.String, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
    )
    op.create_table(
        "number_sightings",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("number", sa.String, primary_key=True),
        sa.Column("good_at", _TIME),
        sa.Column("refused_at", _TIME),
        sa.Column("reason", sa.String, nullable=False),
    )
