"""What committed steps are still to bring about, and the messages that callers left."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TIME = sa.DateTime(timezone=True)

# In the transaction of the step: no crash can come between it and what it is to bring about.
_STEPS_HAVE_EFFECTS = """
CREATE TRIGGER steps_have_effects AFTER INSERT ON steps
WHEN json_array_length(NEW.answered, '$.effects') > 0
BEGIN
    INSERT INTO effects (company, call_sid, turn, at, kind, data, claimed_until)
    SELECT NEW.company, NEW.call_sid, NEW.turn, NEW.at,
        json_extract(effect.value, '$.type'), json_remove(effect.value, '$.type'), ''
    FROM json_each(NEW.answered, '$.effects') AS effect ORDER BY effect.key;
END
"""


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "effects",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("company", sa.String, nullable=False),
        sa.Column("call_sid", sa.String, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("claimed_until", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.execute(_STEPS_HAVE_EFFECTS)
    op.create_table(
        "messages",
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("call_sid", sa.String, primary_key=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("caller", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("recording", sa.String, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("transcript", sa.String, nullable=False),
        sa.Column("summary", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("tell_at", _TIME),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("messages_by_time", "messages", ["company", "at"])
    op.create_index("messages_untold", "messages", ["tell_at"])
