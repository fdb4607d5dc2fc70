"""Users, their sessions and API tokens, and one-time links."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "users",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("admin", sa.Boolean, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("password_hash", sa.String, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
    )
    op.create_index("users_by_email", "users", ["email"], unique=True)
    op.create_table(
        "memberships",
        sa.Column("user_id", sa.String, _user(), primary_key=True),
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
    )
    op.create_index("memberships_by_company", "memberships", ["company"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("user_id", sa.String, _user(), nullable=False),
        sa.Column("begun_at", _TIME, nullable=False),
        sa.Column("seen_at", _TIME, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("device", sa.String, nullable=False),
    )
    op.create_index("sessions_by_digest", "sessions", ["digest"], unique=True)
    op.create_index("sessions_by_user", "sessions", ["user_id"])
    _links()
    _api_tokens()


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("company", sa.String, nullable=False),
        sa.Column("role", sa.String),
        sa.Column("admin", sa.Boolean, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
    )
    op.create_index("links_by_digest", "links", ["digest"], unique=True)
    op.create_index("links_by_company", "links", ["company"])


def _api_tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("user_id", sa.String, _user(), nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("need", sa.Integer, nullable=False),
        sa.Column("companies", sa.JSON),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("used_at", _TIME),
    )
    op.create_index("api_tokens_by_digest", "api_tokens", ["digest"], unique=True)
    op.create_index("api_tokens_by_user", "api_tokens", ["user_id"])


def _user() -> sa.ForeignKey:
    return sa.ForeignKey("users.id", ondelete="CASCADE")
