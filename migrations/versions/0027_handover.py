"""Handovers of a cargo, their lists of systems and the lines of their actas."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

APPEND_ONLY = ("handover_line",)


def upgrade():
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("leaver_name", sa.String(length=200), nullable=False, comment="Quien entrega el cargo"),
        sa.Column("leaver_position", sa.String(length=200), nullable=False, comment="Su cargo"),
        sa.Column(
            "leaver_unit", sa.String(length=200), nullable=False, comment="Su unidad; vacío si no se indicó"
        ),
        sa.Column("leaver_user_id", sa.Integer(), nullable=True, comment="Su usuario; vacío si no tiene"),
        sa.Column(
            "leaver_officer_id",
            sa.Integer(),
            nullable=True,
            comment="Su registro de responsable; vacío si no lo es",
        ),
        sa.Column("receiver_name", sa.String(length=200), nullable=False, comment="Quien recibe el cargo"),
        sa.Column("receiver_position", sa.String(length=200), nullable=False, comment="Su cargo"),
        sa.Column(
            "receiver_unit", sa.String(length=200), nullable=False, comment="Su unidad; vacío si no se indicó"
        ),
        sa.Column("receiver_user_id", sa.Integer(), nullable=True, comment="Su usuario; vacío si no tiene"),
        sa.Column(
            "receiver_officer_id",
            sa.Integer(),
            nullable=True,
            comment="Su registro de responsable; vacío si no lo es",
        ),
        sa.Column("handed_on", sa.Date(), nullable=False, comment="Día de la entrega"),
        sa.Column("reason", sa.String(length=200), nullable=False, comment="Por qué se entrega el cargo"),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Documento que la dispone; vacío si no hay",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="Observación; vacío si no hay"),
        sa.Column(
            "holder_id",
            sa.Integer(),
            nullable=True,
            comment="De quién son los formularios que se entregan; vacío si no hay",
        ),
        sa.Column(
            "proposes_end", sa.Boolean(), nullable=False, comment="Propone cesar el acceso de quien entrega"
        ),
        sa.Column(
            "sections", sa.String(length=400), nullable=False, comment="Partes que se entregan, en JSON"
        ),
        sa.Column("state", sa.String(length=20), nullable=False, comment="draft o issued"),
        sa.Column("paper_id", sa.Integer(), nullable=True, comment="Su acta; vacío mientras sea borrador"),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False, comment="Cuándo se preparó (UTC)"),
        sa.Column("drawn_by", sa.String(length=120), nullable=False, comment="Usuario que la preparó"),
        sa.Column(
            "taken_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Cuándo quien recibe revisó lo recibido (UTC); vacío si falta",
        ),
        sa.Column(
            "taken_by",
            sa.String(length=120),
            nullable=False,
            comment="Usuario que lo revisó; vacío mientras falte",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.CheckConstraint("state IN ('draft', 'issued')", name=op.f("ck_handover_state")),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["kardex_holder.id"], name=op.f("fk_handover_holder_id_kardex_holder")
        ),
        sa.ForeignKeyConstraint(
            ["leaver_officer_id"], ["officer.id"], name=op.f("fk_handover_leaver_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["leaver_user_id"], ["app_user.id"], name=op.f("fk_handover_leaver_user_id_app_user")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_handover_paper_id_paper")),
        sa.ForeignKeyConstraint(
            ["receiver_officer_id"], ["officer.id"], name=op.f("fk_handover_receiver_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_user_id"], ["app_user.id"], name=op.f("fk_handover_receiver_user_id_app_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_table(
        "handover_credential",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("handover_id", sa.Integer(), nullable=False, comment="Entrega"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden en la lista, desde 1"),
        sa.Column("system", sa.String(length=120), nullable=False, comment="Sistema, equipo o llave"),
        sa.Column(
            "account", sa.String(length=120), nullable=False, comment="Usuario o cuenta; vacío si no hay"
        ),
        sa.Column(
            "place", sa.String(length=200), nullable=False, comment="Dónde se guarda la clave, nunca la clave"
        ),
        sa.Column("custodian", sa.String(length=200), nullable=False, comment="Quién la custodia"),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_credential_handover_id_handover")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_credential")),
    )
    op.create_index(
        op.f("ix_handover_credential_handover_id"), "handover_credential", ["handover_id"], unique=False
    )
    op.create_table(
        "handover_line",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("handover_id", sa.Integer(), nullable=False, comment="Entrega"),
        sa.Column("paper_id", sa.Integer(), nullable=False, comment="Acta que la lleva"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden en el acta, desde 1"),
        sa.Column("section", sa.String(length=20), nullable=False, comment="Parte del acta, p. ej. files"),
        sa.Column("title", sa.Text(), nullable=False, comment="Qué se entrega"),
        sa.Column("detail", sa.Text(), nullable=False, comment="Cómo está; vacío si no hay más que decir"),
        sa.Column("due", sa.Date(), nullable=True, comment="Hasta cuándo hay plazo; vacío si no lo tiene"),
        sa.Column(
            "record_kind",
            sa.String(length=40),
            nullable=False,
            comment="Clase del registro que abre; vacío si no abre ninguno",
        ),
        sa.Column(
            "record_id", sa.Integer(), nullable=False, comment="Registro que abre; 0 si no abre ninguno"
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_line_handover_id_handover")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_handover_line_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_line")),
    )
    op.create_index(op.f("ix_handover_line_handover_id"), "handover_line", ["handover_id"], unique=False)
    op.create_index(op.f("ix_handover_line_paper_id"), "handover_line", ["paper_id"], unique=False)
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    op.drop_table("handover_line")
    op.drop_table("handover_credential")
    op.drop_table("handover")


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
