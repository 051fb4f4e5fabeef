"""Alembic runs this for every command; the connection comes from `attendance.store.migrations`."""

from alembic import context

from attendance.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
