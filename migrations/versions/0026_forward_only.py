"""The head of the trail and the counters of the numbers only move forward, whoever writes."""

from alembic import op

revision = "0026"
down_revision = "0025"

FORWARD = {
    "audit_head": ("id", ("entries",)),
    "paper_series_year": ("series_id", ("last_number", "start_after")),
}


def upgrade():
    for table, (key, counters) in FORWARD.items():
        back = " OR ".join([f"NEW.{key} <> OLD.{key}", *(f"NEW.{name} < OLD.{name}" for name in counters)])
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {table}_forward BEFORE UPDATE ON {table} WHEN {back} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only moves forward'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {table}_only_forward() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {back} THEN RAISE EXCEPTION '{table} only moves forward'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_forward BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_only_forward()"
        )


def downgrade():
    for table in FORWARD:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {table}_forward")
            continue
        op.execute(f"DROP TRIGGER {table}_forward ON {table}")
        op.execute(f"DROP FUNCTION {table}_only_forward()")
