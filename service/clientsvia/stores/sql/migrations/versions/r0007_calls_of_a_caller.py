"""A way to the earlier calls of a caller that does not read all those of the company."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the index."""
    op.create_index("calls_by_caller", "calls", ["company", "caller", "started_at"])
