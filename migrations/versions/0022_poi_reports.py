"""Frozen reports of the POI."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

APPEND_ONLY = ("poi_report",)


def upgrade():
    op.create_table(
        "poi_report",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="POI"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="Versión del POI que informa"),
        sa.Column(
            "kind",
            sa.String(length=20),
            nullable=False,
            comment="trimestral o ficha (ejecutiva de una unidad)",
        ),
        sa.Column("quarter", sa.Integer(), nullable=False, comment="Trimestre, de 1 a 4"),
        sa.Column(
            "unit_name",
            sa.String(length=200),
            nullable=False,
            comment="Unidad orgánica de la ficha; vacía en el informe",
        ),
        sa.Column("dated", sa.Date(), nullable=False, comment="Fecha del documento"),
        sa.Column("paper_id", sa.Integer(), nullable=False, comment="Papel congelado"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento (UTC)",
        ),
        sa.Column("made_by", sa.String(length=120), nullable=False, comment="Usuario que lo hizo"),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_poi_report_paper_id_paper")),
        sa.ForeignKeyConstraint(["plan_id"], ["poi_plan.id"], name=op.f("fk_poi_report_plan_id_poi_plan")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["poi_version.id"], name=op.f("fk_poi_report_version_id_poi_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_report")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_poi_report_paper_id")),
    )
    op.create_index(op.f("ix_poi_report_plan_id_quarter"), "poi_report", ["plan_id", "quarter"], unique=False)
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    op.drop_table("poi_report")


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
