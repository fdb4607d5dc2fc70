"""Keys of a company's own for OpenAI, servers compatible with it, and ElevenLabs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make their table; what is in it is sealed."""
    op.create_table(
        "provider_keys",
        sa.Column(
            "slug",
            sa.String,
            sa.ForeignKey("companies.slug", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("field", sa.String, primary_key=True),
        sa.Column("key", sa.String, nullable=False),
    )
