"""Expedientes and their chains of documents."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade():
    op.create_table(
        "expediente",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("title", sa.Text(), nullable=False, comment="Asunto del expediente"),
        sa.Column("code", sa.String(length=300), nullable=False, comment="Código; vacío si no tiene"),
        sa.Column(
            "registry_number",
            sa.String(length=300),
            nullable=False,
            comment="Registro de ingreso; vacío si no tiene",
        ),
        sa.Column(
            "plan_id", sa.Integer(), nullable=True, comment="Plan del que trata; vacío si no trata de un plan"
        ),
        sa.Column("opened_on", sa.Date(), nullable=False, comment="Fecha de apertura"),
        sa.Column(
            "state", sa.String(length=20), nullable=False, comment="en_tramite, con_resolucion o archivado"
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Versión de sus datos generales; cada documento tiene la suya",
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_expediente_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expediente")),
    )
    op.create_index(op.f("ix_expediente_code"), "expediente", ["code"], unique=False)
    op.create_index(op.f("ix_expediente_plan_id"), "expediente", ["plan_id"], unique=False)
    op.create_index(op.f("ix_expediente_state"), "expediente", ["state"], unique=False)
    op.create_table(
        "expediente_document",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("expediente_id", sa.Integer(), nullable=False, comment="Expediente"),
        sa.Column(
            "key",
            sa.String(length=80),
            nullable=False,
            comment="Clave para citarlo en un texto, p. ej. memorando_541",
        ),
        sa.Column(
            "kind", sa.String(length=20), nullable=False, comment="Tipo: informe, memorando, oficio, ..."
        ),
        sa.Column(
            "kind_word",
            sa.String(length=300),
            nullable=False,
            comment="Palabra del tipo como se lee; vacío, la usual",
        ),
        sa.Column(
            "number_text", sa.String(length=120), nullable=False, comment="Número como se escribió, o S/N"
        ),
        sa.Column(
            "number_value", sa.BigInteger(), nullable=True, comment="Correlativo; vacío si no tiene número"
        ),
        sa.Column("number_year", sa.Integer(), nullable=True, comment="Año del número"),
        sa.Column("dated", sa.Date(), nullable=False, comment="Fecha del documento"),
        sa.Column("received_on", sa.Date(), nullable=True, comment="Fecha de recepción; vacío si no se sabe"),
        sa.Column(
            "registry_number",
            sa.String(length=300),
            nullable=False,
            comment="Registro, como se lee en el documento",
        ),
        sa.Column("folios", sa.Integer(), nullable=True, comment="Número de folios; vacío si no se contó"),
        sa.Column("from_unit_id", sa.Integer(), nullable=True, comment="Unidad que lo envía"),
        sa.Column(
            "from_name",
            sa.String(length=300),
            nullable=False,
            comment="Nombre de quien lo envía, de entonces",
        ),
        sa.Column(
            "from_siglas",
            sa.String(length=300),
            nullable=False,
            comment="Siglas de quien lo envía, de entonces",
        ),
        sa.Column("from_person", sa.String(length=300), nullable=False, comment="Persona que lo envía"),
        sa.Column("to_unit_id", sa.Integer(), nullable=True, comment="Unidad que lo recibe"),
        sa.Column(
            "to_name", sa.String(length=300), nullable=False, comment="Nombre de quien lo recibe, de entonces"
        ),
        sa.Column(
            "to_siglas",
            sa.String(length=300),
            nullable=False,
            comment="Siglas de quien lo recibe, de entonces",
        ),
        sa.Column("to_person", sa.String(length=300), nullable=False, comment="Persona que lo recibe"),
        sa.Column("subject", sa.Text(), nullable=False, comment="Asunto"),
        sa.Column("says", sa.Text(), nullable=False, comment="Lo que dice, un párrafo por línea"),
        sa.Column(
            "opinion",
            sa.String(length=20),
            nullable=False,
            comment="ninguna, favorable, con_condiciones, desfavorable o pide_ampliacion",
        ),
        sa.Column(
            "opening",
            sa.String(length=300),
            nullable=False,
            comment="Comienzo de su considerando; vacío, Que, mediante",
        ),
        sa.Column(
            "told_by",
            sa.String(length=300),
            nullable=False,
            comment="Quién lo dice en el considerando; vacío, quien lo envía",
        ),
        sa.Column(
            "considerando_citation",
            sa.String(length=300),
            nullable=False,
            comment="Cita en el considerando; vacío, la usual",
        ),
        sa.Column(
            "vistos_citation",
            sa.String(length=300),
            nullable=False,
            comment="Cita en los vistos; vacío, la usual",
        ),
        sa.Column(
            "vistos_issuer",
            sa.String(length=300),
            nullable=True,
            comment="Quién lo emite según los vistos; sin valor, quien lo envía; vacío, nadie",
        ),
        sa.Column(
            "vistos_registry", sa.String(length=300), nullable=False, comment="Registro según los vistos"
        ),
        sa.Column("in_vistos", sa.Boolean(), nullable=False, comment="Si figura en los vistos"),
        sa.Column(
            "vistos_order",
            sa.Integer(),
            nullable=False,
            comment="Orden en los vistos; 0, después de los demás",
        ),
        sa.Column(
            "with_table",
            sa.Boolean(),
            nullable=False,
            comment="Si después de lo que dice va la estructura funcional programática",
        ),
        sa.Column("asks_reply", sa.Boolean(), nullable=False, comment="Si pide respuesta"),
        sa.Column("responds_to_id", sa.Integer(), nullable=True, comment="Documento al que responde"),
        sa.Column(
            "file_sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 del archivo adjunto; vacío si no hay",
        ),
        sa.Column("file_name", sa.String(length=300), nullable=False, comment="Nombre del archivo adjunto"),
        sa.Column("file_size", sa.Integer(), nullable=False, comment="Tamaño del archivo adjunto, en bytes"),
        sa.Column("file_pages", sa.Integer(), nullable=False, comment="Páginas del archivo adjunto"),
        sa.Column(
            "registered_at", sa.DateTime(timezone=True), nullable=False, comment="Momento del registro (UTC)"
        ),
        sa.Column("registered_by", sa.String(length=120), nullable=False, comment="Usuario que lo registró"),
        sa.Column(
            "withdrawn_reason",
            sa.Text(),
            nullable=False,
            comment="Motivo por el que se retiró de la cadena; vacío si está en ella",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["expediente_id"], ["expediente.id"], name=op.f("fk_expediente_document_expediente_id_expediente")
        ),
        sa.ForeignKeyConstraint(
            ["from_unit_id"], ["unit.id"], name=op.f("fk_expediente_document_from_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["responds_to_id"],
            ["expediente_document.id"],
            name=op.f("fk_expediente_document_responds_to_id_expediente_document"),
        ),
        sa.ForeignKeyConstraint(
            ["to_unit_id"], ["unit.id"], name=op.f("fk_expediente_document_to_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expediente_document")),
        sa.UniqueConstraint("expediente_id", "key", name=op.f("uq_expediente_document_expediente_id_key")),
    )
    op.create_index(
        op.f("ix_expediente_document_expediente_id_dated"),
        "expediente_document",
        ["expediente_id", "dated"],
        unique=False,
    )
    op.create_index(
        op.f("ix_expediente_document_kind_number_year_number_value"),
        "expediente_document",
        ["kind", "number_year", "number_value"],
        unique=False,
    )
    op.create_table(
        "expediente_document_detail",
        sa.Column("document_id", sa.Integer(), nullable=False, comment="Documento"),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False, comment="Orden, desde 1"),
        sa.Column("label", sa.String(length=300), nullable=False, comment="Rótulo, p. ej. GRUPO FUNCIONAL"),
        sa.Column("code", sa.String(length=300), nullable=False, comment="Código, p. ej. 0114; es texto"),
        sa.Column("text", sa.String(length=300), nullable=False, comment="Nombre o monto"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["expediente_document.id"],
            name=op.f("fk_expediente_document_detail_document_id_expediente_document"),
        ),
        sa.PrimaryKeyConstraint("document_id", "position", name=op.f("pk_expediente_document_detail")),
    )


def downgrade():
    op.drop_table("expediente_document_detail")
    op.drop_table("expediente_document")
    op.drop_table("expediente")
