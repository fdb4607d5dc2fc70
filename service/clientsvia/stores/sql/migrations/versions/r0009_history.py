"""Who changed what: the revisions of companies, and what people did besides."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make both tables; the history begins with each company's next change."""
    op.create_table(
        "revisions",
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("company", sa.String, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("secrets", sa.JSON, nullable=False),
        sa.Column("profile", sa.LargeBinary, nullable=False),
    )
    op.create_index("revisions_by_company", "revisions", ["company", "revision"])
    # Looked through for each change that any worker sees, among up to a thousand for each company.
    gone = sa.text("length(profile) = 0")
    op.create_index("removals", "revisions", ["revision"], sqlite_where=gone)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("company", sa.String, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_by_company", "audit", ["company", "id"])
