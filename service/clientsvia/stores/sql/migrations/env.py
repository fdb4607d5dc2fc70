"""What Alembic runs: the caller's connection and transaction are used as they are."""

from alembic import context

from clientsvia.stores.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
)
context.run_migrations()
