"""Opinions asked, reminded, answered; the day on which an expediente got its resolución."""

import datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_LIMA = datetime.timezone(datetime.timedelta(hours=-5))


def upgrade():
    with op.batch_alter_table("expediente") as batch:
        batch.add_column(
            sa.Column(
                "resolved_on",
                sa.Date(),
                nullable=True,
                comment="Día en que se firmó su resolución; vacío mientras no la tiene",
            )
        )
    fill_resolved()
    op.create_table(
        "opinion_request",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de pedido"),
        sa.Column("expediente_id", sa.Integer(), nullable=False, comment="Expediente sobre el que se opina"),
        sa.Column(
            "parent_id",
            sa.Integer(),
            nullable=True,
            comment="Opinión que amplía; vacío si no es una ampliación",
        ),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="tecnica, presupuestal o legal"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="Unidad a la que se pide"),
        sa.Column(
            "unit_name", sa.String(length=300), nullable=False, comment="Nombre de la unidad, de entonces"
        ),
        sa.Column(
            "unit_siglas", sa.String(length=300), nullable=False, comment="Siglas de la unidad, de entonces"
        ),
        sa.Column("asks", sa.Text(), nullable=False, comment="Qué se le pide"),
        sa.Column("asked_on", sa.Date(), nullable=False, comment="Fecha del pedido"),
        sa.Column("days", sa.Integer(), nullable=False, comment="Plazo dado, en días hábiles"),
        sa.Column(
            "due",
            sa.Date(),
            nullable=False,
            comment="Último día del plazo, según el calendario de entonces",
        ),
        sa.Column(
            "asked_by_document_id",
            sa.Integer(),
            nullable=True,
            comment="Documento con que se pide; vacío si no se registró",
        ),
        sa.Column(
            "without_chain",
            sa.Text(),
            nullable=False,
            comment="Motivo de pedirla sin cadena funcional completa; vacío si estaba completa",
        ),
        sa.Column(
            "draft_sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 del proyecto adjunto; vacío si no hay",
        ),
        sa.Column("draft_name", sa.String(length=300), nullable=False, comment="Nombre del proyecto adjunto"),
        sa.Column(
            "draft_size", sa.Integer(), nullable=False, comment="Tamaño del proyecto adjunto, en bytes"
        ),
        sa.Column("draft_pages", sa.Integer(), nullable=False, comment="Páginas del proyecto adjunto"),
        sa.Column("state", sa.String(length=20), nullable=False, comment="pedido, recibido o retirado"),
        sa.Column(
            "answer",
            sa.String(length=20),
            nullable=False,
            comment="favorable, con_condiciones, desfavorable o ninguna; ninguna mientras se espera",
        ),
        sa.Column(
            "answered_on", sa.Date(), nullable=True, comment="Fecha de la respuesta; vacío si se espera"
        ),
        sa.Column(
            "answer_note", sa.Text(), nullable=False, comment="Condiciones u observaciones de la respuesta"
        ),
        sa.Column(
            "answered_by_document_id",
            sa.Integer(),
            nullable=True,
            comment="Documento que responde; vacío si no se registró",
        ),
        sa.Column(
            "withdrawn_on",
            sa.Date(),
            nullable=True,
            comment="Fecha en que se retiró; vacío si no se retiró",
        ),
        sa.Column(
            "withdrawn_reason",
            sa.Text(),
            nullable=False,
            comment="Motivo del retiro; vacío si no se retiró",
        ),
        sa.Column(
            "registered_at", sa.DateTime(timezone=True), nullable=False, comment="Momento del registro (UTC)"
        ),
        sa.Column("registered_by", sa.String(length=120), nullable=False, comment="Usuario que lo registró"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del pedido"),
        sa.ForeignKeyConstraint(
            ["answered_by_document_id"],
            ["expediente_document.id"],
            name=op.f("fk_opinion_request_answered_by_document_id_expediente_document"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_document_id"],
            ["expediente_document.id"],
            name=op.f("fk_opinion_request_asked_by_document_id_expediente_document"),
        ),
        sa.ForeignKeyConstraint(
            ["expediente_id"], ["expediente.id"], name=op.f("fk_opinion_request_expediente_id_expediente")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["opinion_request.id"], name=op.f("fk_opinion_request_parent_id_opinion_request")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_opinion_request_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_request")),
    )
    op.create_index(
        op.f("ix_opinion_request_expediente_id"), "opinion_request", ["expediente_id"], unique=False
    )
    op.create_index(op.f("ix_opinion_request_state_due"), "opinion_request", ["state", "due"], unique=False)
    op.create_table(
        "opinion_reminder",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden"),
        sa.Column("opinion_id", sa.Integer(), nullable=False, comment="Pedido que se recuerda"),
        sa.Column("reminded_on", sa.Date(), nullable=False, comment="Fecha del recordatorio"),
        sa.Column("note", sa.Text(), nullable=False, comment="Cómo se le recordó; vacío si no se anotó"),
        sa.Column(
            "registered_at", sa.DateTime(timezone=True), nullable=False, comment="Momento del registro (UTC)"
        ),
        sa.Column("registered_by", sa.String(length=120), nullable=False, comment="Usuario que lo registró"),
        sa.ForeignKeyConstraint(
            ["opinion_id"],
            ["opinion_request.id"],
            name=op.f("fk_opinion_reminder_opinion_id_opinion_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_reminder")),
    )
    op.create_index(op.f("ix_opinion_reminder_opinion_id"), "opinion_reminder", ["opinion_id"], unique=False)
    guard("opinion_reminder")


def downgrade():
    op.drop_table("opinion_reminder")
    op.drop_table("opinion_request")
    with op.batch_alter_table("expediente") as batch:
        batch.drop_column("resolved_on")


def fill_resolved():
    """The trail knows when the resolución of each expediente was signed; the last signature counts."""
    trail = sa.table(
        "audit_entry",
        sa.column("id"),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("action"),
        sa.column("subject"),
    )
    expediente = sa.table("expediente", sa.column("id"), sa.column("resolved_on", sa.Date()))
    bind = op.get_bind()
    signed = bind.execute(
        sa.select(trail.c.subject, trail.c.at)
        .where(trail.c.action == "expediente.resolve")
        .order_by(trail.c.id)
    ).all()
    for subject, moment in signed:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
        bind.execute(
            expediente.update()
            .where(expediente.c.id == int(subject.removeprefix("expediente:")))
            .values(resolved_on=aware.astimezone(_LIMA).date())
        )


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
