"""Runs the steps on the connection that the program hands over; one transaction for all of them."""

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]
on_sqlite = connection.dialect.name == "sqlite"

if not on_sqlite:
    # one PC migrates, the others wait; the lock goes with the transaction
    connection.execute(text("SELECT pg_advisory_xact_lock(5395274)"))

context.configure(
    connection=connection,
    target_metadata=None,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()

if on_sqlite:
    # foreign keys are off during batch rebuilds (a rebuild would cascade into the children), so look now
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise RuntimeError(f"foreign_key_check after migrating: {orphans[:3]}")
