"""Where Alembic starts: `runner` has opened the connection and the transaction, and ends both."""

from alembic import context

from models.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    # SQLite can undo DDL once BEGIN is explicit, as `models.database` makes it; Alembic assumes
    # that it cannot.
    transactional_ddl=True,
)
context.run_migrations()
