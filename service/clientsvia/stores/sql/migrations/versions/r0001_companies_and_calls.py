"""Companies with their numbers and accounts; calls with steps, entries and prepared answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TIME = sa.DateTime(timezone=True)

# A call shows in the log from its first step, even if a crash took its ringing entry.
_STEPS_OPEN_CALLS = """
CREATE TRIGGER steps_open_calls AFTER INSERT ON steps
BEGIN
    INSERT INTO calls (call_sid, company, caller, called, started_at, status, outcome)
    VALUES (NEW.call_sid, NEW.company, '', '', NEW.at, '', NEW.outcome)
    ON CONFLICT (call_sid, company)
    DO UPDATE SET outcome = excluded.outcome WHERE excluded.outcome <> '';
END
"""


def upgrade() -> None:
    """Make every table."""
    _companies()
    _calls()
    _prepared_answers()


def _companies() -> None:
    op.create_table(
        "companies",
        sa.Column("slug", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("profile", sa.JSON, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
    )
    op.create_index("companies_by_revision", "companies", ["revision"], unique=True)
    op.create_table(
        "numbers",
        sa.Column("e164", sa.String, primary_key=True),
        sa.Column(
            "slug",
            sa.String,
            sa.ForeignKey("companies.slug", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "twilio_accounts",
        sa.Column(
            "slug", sa.String, sa.ForeignKey("companies.slug", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("account_sid", sa.String, nullable=False),
        sa.Column("tokens", sa.JSON, nullable=False),
    )


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("call_sid", sa.String, primary_key=True),
        sa.Column("company", sa.String, primary_key=True),
        sa.Column("caller", sa.String, nullable=False),
        sa.Column("called", sa.String, nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
    )
    op.create_index("calls_by_start", "calls", ["started_at"])
    op.create_index("calls_by_company", "calls", ["company", "started_at"])
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_sid", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("company", sa.String, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("event", sa.JSON, nullable=False),
        sa.Column("answered", sa.JSON, nullable=False),
        sa.Column("reply", sa.LargeBinary, nullable=False),
        sa.Column("memory", sa.JSON, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.UniqueConstraint("company", "call_sid", "key", name="steps_once"),
    )
    op.execute(_STEPS_OPEN_CALLS)
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_sid", sa.String, nullable=False, index=True),
        sa.Column("company", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
    )


def _prepared_answers() -> None:
    op.create_table(
        "prepared",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("claimed_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False, index=True),
        sa.Column("complete", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "prepared_parts",
        sa.Column(
            "claim", sa.Integer, sa.ForeignKey("prepared.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("part", sa.String, nullable=False),
    )
