"""The ground: tokens of user actions and the append-only trail."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "action_token",
        sa.Column("token", sa.String(length=64), nullable=False, comment="Identificador de la acción"),
        sa.Column("result", sa.Text(), nullable=False, comment="Respuesta dada, en JSON"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.current_timestamp(),
            nullable=False,
            comment="Momento en la base (UTC)",
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_action_token")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False, comment="Orden de la anotación, desde 1"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="Momento de la acción (UTC)"),
        sa.Column("actor", sa.String(length=120), nullable=False, comment="Usuario que actuó"),
        sa.Column("office", sa.String(length=120), nullable=False, comment="Oficina del usuario"),
        sa.Column(
            "action", sa.String(length=80), nullable=False, comment="Acción, por ejemplo resolucion.freeze"
        ),
        sa.Column(
            "subject", sa.String(length=120), nullable=False, comment="Registro, por ejemplo resolucion:12"
        ),
        sa.Column("before", sa.Text(), nullable=True, comment="Valores anteriores, en JSON"),
        sa.Column("after", sa.Text(), nullable=True, comment="Valores nuevos, en JSON"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Motivo que dio el usuario"),
        sa.Column(
            "previous_hash", sa.String(length=64), nullable=False, comment="Hash de la anotación anterior"
        ),
        sa.Column(
            "hash", sa.String(length=64), nullable=False, comment="SHA-256 de esta anotación y la anterior"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
    )
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False, comment="Siempre 1"),
        sa.Column("entries", sa.Integer(), nullable=False, comment="Número de anotaciones"),
        sa.Column("hash", sa.String(length=64), nullable=False, comment="Hash de la última anotación"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.execute("INSERT INTO audit_head (id, entries, hash) VALUES (1, 0, '%s')" % ("0" * 64))
    guard("audit_entry")


def downgrade():
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    op.drop_table("action_token")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_change()")


def guard(table):
    """Refuse UPDATE and DELETE in the database itself."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
