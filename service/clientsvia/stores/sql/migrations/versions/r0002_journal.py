"""A journal, in which log entries wait until they are filed with their calls."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LINES = """
CREATE VIEW journal_lines AS
SELECT
    journal.id AS batch,
    line.key AS position,
    json_extract(line.value, '$[0]') AS call_sid,
    json_extract(line.value, '$[1]') AS company,
    json_extract(line.value, '$[2]') AS kind,
    json_extract(line.value, '$[3]') AS at,
    json_extract(line.value, '$[4]') AS data,
    coalesce(json_extract(line.value, '$[4].caller'), '') AS caller,
    coalesce(json_extract(line.value, '$[4].called'), '') AS called,
    coalesce(json_extract(line.value, '$[4].status'), '') AS status,
    coalesce(json_extract(line.value, '$[4].outcome'), '') AS outcome
FROM journal, json_each(journal.lines) AS line
"""


def upgrade() -> None:
    """Make the journal, and a view of its lines."""
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("lines", sa.Text, nullable=False),
    )
    op.execute(_LINES)
