"""Findings accepted with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade():
    op.create_table(
        "resolucion_acceptance",
        sa.Column("id", sa.Integer(), nullable=False, comment="Orden, desde 1"),
        sa.Column("resolucion_id", sa.Integer(), nullable=False, comment="Resolución en la que se halló"),
        sa.Column(
            "code",
            sa.String(length=60),
            nullable=False,
            comment="Código de la regla, p. ej. norm_number_differs",
        ),
        sa.Column(
            "fingerprint",
            sa.String(length=64),
            nullable=False,
            comment="Huella de lo comparado: si cambia, la aceptación deja de valer",
        ),
        sa.Column("sentence", sa.Text(), nullable=False, comment="Lo que decía la observación"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Motivo que dio quien la aceptó o la retiró"),
        sa.Column(
            "withdrawn", sa.Boolean(), nullable=False, comment="Si esta fila retira la aceptación anterior"
        ),
        sa.Column(
            "accepted_by",
            sa.String(length=120),
            nullable=False,
            comment="Usuario que la aceptó o la retiró",
        ),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False, comment="Momento (UTC)"),
        sa.ForeignKeyConstraint(
            ["resolucion_id"],
            ["resolucion.id"],
            name=op.f("fk_resolucion_acceptance_resolucion_id_resolucion"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolucion_acceptance")),
    )
    op.create_index(
        op.f("ix_resolucion_acceptance_resolucion_id"),
        "resolucion_acceptance",
        ["resolucion_id"],
        unique=False,
    )
    guard("resolucion_acceptance")


def downgrade():
    op.drop_table("resolucion_acceptance")


def guard(table):
    """Refuse UPDATE and DELETE in the database itself; the function for PostgreSQL is that of the first step."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
