"""What companies use of providers, when their owners were told, and what failed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TIME = sa.DateTime(timezone=True)
_COUNTS = (
    "requests",
    "input_tokens",
    "cached_tokens",
    "output_tokens",
    "characters",
    "milliseconds",
    "nano_usd",
    "discarded",
    "discarded_tokens",
    "discarded_characters",
    "discarded_nano_usd",
)


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "usage",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("day", sa.String, primary_key=True),
        sa.Column("provider", sa.String, primary_key=True),
        sa.Column("model", sa.String, primary_key=True),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in _COUNTS),
        sa.Column("version", sa.Integer, nullable=False, index=True),
    )
    op.create_table(
        "usage_notices",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("month", sa.String, primary_key=True),
        sa.Column("cap_usd", sa.Float, primary_key=True),
        sa.Column("percent", sa.Integer, primary_key=True),
        sa.Column("at", _TIME, nullable=False),
    )
    op.create_table(
        "provider_errors",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("hour", _TIME, primary_key=True),
        sa.Column("provider", sa.String, primary_key=True),
        sa.Column("error", sa.String, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last", _TIME, nullable=False),
        sa.Column("found", sa.String, nullable=False),
        sa.Column("remedy", sa.String, nullable=False),
    )
