"""Duties with owner and evidence; the day on which a matrix came into force."""

import datetime
import json

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_LIMA = datetime.timezone(datetime.timedelta(hours=-5))
APPEND_ONLY = ("duty_evidence", "responsibility_snapshot")


def upgrade():
    with op.batch_alter_table("responsibility_matrix") as batch:
        batch.add_column(
            sa.Column(
                "in_force_on",
                sa.Date(),
                nullable=True,
                comment="Día en que entró en vigencia; desde él se espera la evidencia",
            )
        )
    fill_in_force()
    with op.batch_alter_table("responsibility_duty") as batch:
        batch.add_column(
            sa.Column(
                "officer_id",
                sa.Integer(),
                nullable=True,
                comment="Funcionario responsable; vacío si solo hay un nombre escrito",
            )
        )
        batch.add_column(
            sa.Column(
                "frequency",
                sa.String(length=20),
                nullable=True,
                comment="Cada cuánto deja evidencia: una_vez, semanal o mensual; vacío si no se fijó",
            )
        )
        batch.add_column(
            sa.Column(
                "link",
                sa.String(length=40),
                nullable=True,
                comment="Módulo cuyos registros son su evidencia; vacío si ninguno",
            )
        )
        batch.add_column(
            sa.Column(
                "source_norm",
                sa.String(length=300),
                server_default="",
                nullable=False,
                comment="Norma que manda la función; vacío si no se anotó",
            )
        )
        batch.add_column(
            sa.Column(
                "source_text",
                sa.Text(),
                server_default="",
                nullable=False,
                comment="Lo que dice la norma de la función",
            )
        )
        batch.create_foreign_key(
            op.f("fk_responsibility_duty_officer_id_officer"), "officer", ["officer_id"], ["id"]
        )
        batch.create_index(op.f("ix_responsibility_duty_officer_id"), ["officer_id"], unique=False)
        batch.create_index(op.f("ix_responsibility_duty_link"), ["link"], unique=False)
    op.create_table(
        "duty_evidence",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("duty_id", sa.Integer(), nullable=False, comment="Función que prueba"),
        sa.Column(
            "kind", sa.String(length=20), nullable=False, comment="nota, archivo, registro o anulacion"
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="Lo que prueba; en una anulación, el motivo"),
        sa.Column("day", sa.Date(), nullable=False, comment="Día del hecho que prueba"),
        sa.Column(
            "file_sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 del archivo guardado; vacío si no hay",
        ),
        sa.Column(
            "file_name", sa.String(length=200), nullable=False, comment="Nombre del archivo; vacío si no hay"
        ),
        sa.Column(
            "record_kind",
            sa.String(length=40),
            nullable=False,
            comment="Clase del registro de otro módulo; vacío si no es de otro módulo",
        ),
        sa.Column(
            "record_id",
            sa.Integer(),
            nullable=True,
            comment="Identificador del registro en su módulo; vacío si no es de otro módulo",
        ),
        sa.Column(
            "reverses_id",
            sa.Integer(),
            nullable=True,
            comment="Evidencia que esta anulación retira; vacío si no es una anulación",
        ),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), nullable=False, comment="Momento del registro (UTC)"
        ),
        sa.Column("recorded_by", sa.String(length=120), nullable=False, comment="Usuario que la registró"),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["responsibility_duty.id"], name=op.f("fk_duty_evidence_duty_id_responsibility_duty")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["duty_evidence.id"], name=op.f("fk_duty_evidence_reverses_id_duty_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_evidence")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_duty_evidence_reverses_id")),
    )
    op.create_index(op.f("ix_duty_evidence_duty_id_day"), "duty_evidence", ["duty_id", "day"], unique=False)
    op.create_index(
        op.f("ix_duty_evidence_record_kind_record_id"),
        "duty_evidence",
        ["record_kind", "record_id"],
        unique=False,
    )
    op.create_table(
        "responsibility_snapshot",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden"),
        sa.Column("matrix_id", sa.Integer(), nullable=False, comment="Matriz"),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False, comment="Momento (UTC)"),
        sa.Column(
            "taken_by",
            sa.String(length=120),
            nullable=False,
            comment="Usuario que la congeló o puso en vigencia",
        ),
        sa.Column("occasion", sa.String(length=200), nullable=False, comment="Por qué se guardó"),
        sa.Column(
            "contents",
            sa.Text(),
            nullable=False,
            comment="Sus textos, unidades y funciones de entonces, en JSON",
        ),
        sa.ForeignKeyConstraint(
            ["matrix_id"],
            ["responsibility_matrix.id"],
            name=op.f("fk_responsibility_snapshot_matrix_id_responsibility_matrix"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility_snapshot")),
    )
    op.create_index(
        op.f("ix_responsibility_snapshot_matrix_id"), "responsibility_snapshot", ["matrix_id"], unique=False
    )
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    op.drop_table("responsibility_snapshot")
    op.drop_table("duty_evidence")
    with op.batch_alter_table("responsibility_duty") as batch:
        batch.drop_index(op.f("ix_responsibility_duty_link"))
        batch.drop_index(op.f("ix_responsibility_duty_officer_id"))
        batch.drop_constraint(op.f("fk_responsibility_duty_officer_id_officer"), type_="foreignkey")
        for column in ("source_text", "source_norm", "link", "frequency", "officer_id"):
            batch.drop_column(column)
    with op.batch_alter_table("responsibility_matrix") as batch:
        batch.drop_column("in_force_on")


def fill_in_force():
    """The trail knows when each matrix came into force, the last time; where it does not, today counts."""
    trail = sa.table(
        "audit_entry",
        sa.column("id"),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("action"),
        sa.column("subject"),
        sa.column("after"),
    )
    matrix = sa.table(
        "responsibility_matrix", sa.column("id"), sa.column("state"), sa.column("in_force_on", sa.Date())
    )
    bind = op.get_bind()
    bind.execute(
        matrix.update()
        .where(matrix.c.state == "vigente")
        .values(in_force_on=datetime.datetime.now(_LIMA).date())
    )
    changes = bind.execute(
        sa.select(trail.c.subject, trail.c.at, trail.c.after)
        .where(trail.c.action == "matrix.state")
        .order_by(trail.c.id)
    ).all()
    for subject, moment, after in changes:
        if json.loads(after or "{}").get("state") != "vigente":
            continue
        aware = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
        bind.execute(
            matrix.update()
            .where(matrix.c.id == int(subject.removeprefix("responsibility_matrix:")))
            .values(in_force_on=aware.astimezone(_LIMA).date())
        )


def guard(table):
    """Refuse UPDATE and DELETE in the database itself, as step 0001 does for the trail."""
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
