"""Ways through the call log: words said, recordings, questions without an answer, timings."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

# Not in the tables SQLAlchemy knows: it has no virtual ones.
_SPOKEN = """
CREATE VIRTUAL TABLE spoken USING fts5(
    company, words, call_sid UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')
"""
_STEPS_ARE_UNSAID = """
CREATE TRIGGER steps_are_unsaid AFTER DELETE ON steps
BEGIN
    DELETE FROM spoken WHERE rowid = OLD.id;
END
"""


def upgrade() -> None:
    """Make them; turns of before are indexed in the first quiet moments of the service."""
    op.execute(_SPOKEN)
    op.execute(_STEPS_ARE_UNSAID)
    op.create_index(
        "steps_recorded",
        "steps",
        ["company", "call_sid"],
        sqlite_where=sa.text(r"instr(key, '\:recorded') > 0"),
    )
    op.create_index(
        "steps_unanswered",
        "steps",
        ["company", "id"],
        sqlite_where=sa.text("outcome = 'unanswered'"),
    )
    op.create_index(
        "entries_timed",
        "entries",
        ["at"],
        sqlite_where=sa.text("kind IN ('timing', 'ringing')"),
    )
