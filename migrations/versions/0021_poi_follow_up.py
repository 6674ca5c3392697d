"""What was executed of the POI, its evidence, the closing of months."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

APPEND_ONLY = ("poi_month_event",)


def upgrade():
    op.create_table(
        "poi_execution",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("activity_id", sa.Integer(), nullable=False, comment="Actividad"),
        sa.Column("month", sa.Integer(), nullable=False, comment="Mes, de 1 a 12"),
        sa.Column(
            "physical",
            sa.BigInteger(),
            nullable=True,
            comment="Ejecución física, en diezmilésimos; vacía si aún no se informó",
        ),
        sa.Column(
            "money",
            sa.BigInteger(),
            nullable=True,
            comment="Ejecución financiera, en céntimos; vacía si aún no se informó",
        ),
        sa.Column(
            "motive",
            sa.String(length=40),
            nullable=False,
            comment="Motivo del desvío, de la lista; vacío si no hay",
        ),
        sa.Column("motive_text", sa.Text(), nullable=False, comment="Motivo en palabras; vacío si no hay"),
        sa.Column("corrective", sa.Text(), nullable=False, comment="Medida correctiva; vacía si no hay"),
        sa.Column(
            "imported",
            sa.Boolean(),
            nullable=False,
            comment="Vino de un archivo: no se sabe qué día se informó",
        ),
        sa.Column(
            "registered_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento en que se informó por primera vez (UTC)",
        ),
        sa.Column(
            "registered_by", sa.String(length=120), nullable=False, comment="Usuario que lo informó primero"
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["poi_activity.id"], name=op.f("fk_poi_execution_activity_id_poi_activity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_execution")),
        sa.UniqueConstraint("activity_id", "month", name=op.f("uq_poi_execution_activity_id_month")),
    )
    op.create_table(
        "poi_month",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="POI"),
        sa.Column("month", sa.Integer(), nullable=False, comment="Mes, de 1 a 12"),
        sa.Column("due_on", sa.Date(), nullable=False, comment="Día hasta el que debe cerrarse"),
        sa.Column(
            "closed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Momento del cierre (UTC); vacío si está abierto",
        ),
        sa.Column(
            "closed_by",
            sa.String(length=120),
            nullable=False,
            comment="Usuario que lo cerró; vacío si está abierto",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(["plan_id"], ["poi_plan.id"], name=op.f("fk_poi_month_plan_id_poi_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_month")),
        sa.UniqueConstraint("plan_id", "month", name=op.f("uq_poi_month_plan_id_month")),
    )
    op.create_table(
        "poi_month_event",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="POI"),
        sa.Column("month", sa.Integer(), nullable=False, comment="Mes, de 1 a 12"),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="cierre o reapertura"),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="Motivo de la reapertura, o de cerrar con pendientes; vacío si no hay",
        ),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Documento que sustenta la reapertura; vacío en un cierre",
        ),
        sa.Column("pending", sa.Integer(), nullable=False, comment="Actividades que quedaban sin informar"),
        sa.Column("unexplained", sa.Integer(), nullable=False, comment="Desvíos que quedaban sin motivo"),
        sa.Column(
            "happened_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento (UTC)",
        ),
        sa.Column("happened_by", sa.String(length=120), nullable=False, comment="Usuario"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["poi_plan.id"], name=op.f("fk_poi_month_event_plan_id_poi_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_month_event")),
    )
    op.create_index(op.f("ix_poi_month_event_plan_id"), "poi_month_event", ["plan_id"], unique=False)
    op.create_table(
        "poi_evidence",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("activity_id", sa.Integer(), nullable=False, comment="Actividad"),
        sa.Column("month", sa.Integer(), nullable=False, comment="Mes, de 1 a 12"),
        sa.Column("document", sa.String(length=200), nullable=False, comment="Documento o descripción"),
        sa.Column(
            "file_name", sa.String(length=200), nullable=False, comment="Nombre del archivo; vacío si no hay"
        ),
        sa.Column(
            "sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 del archivo guardado; vacío si no hay",
        ),
        sa.Column(
            "added_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento (UTC)",
        ),
        sa.Column("added_by", sa.String(length=120), nullable=False, comment="Usuario que la agregó"),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False, comment="Por qué se retiró; vacío si vale"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["poi_activity.id"], name=op.f("fk_poi_evidence_activity_id_poi_activity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_evidence")),
    )
    op.create_index(
        op.f("ix_poi_evidence_activity_id_month"), "poi_evidence", ["activity_id", "month"], unique=False
    )
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    op.drop_table("poi_evidence")
    op.drop_table("poi_month_event")
    op.drop_table("poi_month")
    op.drop_table("poi_execution")


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
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
