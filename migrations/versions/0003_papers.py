"""Papers: series, numbers, rounds of signatures, revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.create_table(
        "paper_series",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "kind", sa.String(length=40), nullable=False, comment="Clave de la serie, p. ej. resolucion_gm"
        ),
        sa.Column(
            "title",
            sa.String(length=200),
            nullable=False,
            comment="Nombre del documento, p. ej. Resolución de Gerencia",
        ),
        sa.Column(
            "mask",
            sa.String(length=80),
            nullable=False,
            comment="Forma del número, p. ej. {n:03d}-{year}-GM/MPT",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_series")),
        sa.UniqueConstraint("kind", name=op.f("uq_paper_series_kind")),
    )
    op.create_table(
        "paper_number",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("series_id", sa.Integer(), nullable=False, comment="Serie"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Año"),
        sa.Column("number", sa.Integer(), nullable=False, comment="Correlativo"),
        sa.Column("text", sa.String(length=120), nullable=False, comment="Número como se imprime"),
        sa.Column("state", sa.String(length=20), nullable=False, comment="reservado, emitido o anulado"),
        sa.Column("subject", sa.String(length=120), nullable=False, comment="Registro que lo pidió"),
        sa.Column(
            "explanation", sa.Text(), nullable=False, comment="Motivo de la anulación o estado en palabras"
        ),
        sa.Column(
            "reserved_at", sa.DateTime(timezone=True), nullable=False, comment="Momento de la reserva (UTC)"
        ),
        sa.Column("reserved_by", sa.String(length=120), nullable=False, comment="Usuario que lo reservó"),
        sa.ForeignKeyConstraint(
            ["series_id"], ["paper_series.id"], name=op.f("fk_paper_number_series_id_paper_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_number")),
        sa.UniqueConstraint(
            "series_id", "year", "number", name=op.f("uq_paper_number_series_id_year_number")
        ),
    )
    op.create_index(op.f("ix_paper_number_subject"), "paper_number", ["subject"], unique=False)
    op.create_table(
        "paper_series_year",
        sa.Column("series_id", sa.Integer(), nullable=False, comment="Serie"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False, comment="Año"),
        sa.Column("last_number", sa.Integer(), nullable=False, comment="Último número dado"),
        sa.Column(
            "start_after", sa.Integer(), nullable=False, comment="Último número usado antes de este programa"
        ),
        sa.Column("start_reason", sa.Text(), nullable=False, comment="Por qué la serie no empieza en 1"),
        sa.CheckConstraint(
            "last_number >= start_after AND start_after >= 0", name=op.f("ck_paper_series_year_order")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["paper_series.id"], name=op.f("fk_paper_series_year_series_id_paper_series")
        ),
        sa.PrimaryKeyConstraint("series_id", "year", name=op.f("pk_paper_series_year")),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="Clase de documento"),
        sa.Column("title", sa.String(length=600), nullable=False, comment="Título para las listas"),
        sa.Column("number_id", sa.Integer(), nullable=True, comment="Número; vacío si el documento no lleva"),
        sa.Column("number_text", sa.String(length=120), nullable=False, comment="Número como se imprime"),
        sa.Column("dated", sa.Date(), nullable=False, comment="Fecha del documento"),
        sa.Column("subject", sa.String(length=120), nullable=False, comment="Registro del que salió"),
        sa.Column(
            "state", sa.String(length=20), nullable=False, comment="congelada, en_firma, firmada o anulada"
        ),
        sa.Column("pages", sa.Integer(), nullable=False, comment="Número de páginas"),
        sa.Column(
            "frozen_sha256", sa.String(length=64), nullable=False, comment="SHA-256 de los bytes congelados"
        ),
        sa.Column(
            "current_sha256", sa.String(length=64), nullable=False, comment="SHA-256 de la última revisión"
        ),
        sa.Column(
            "frozen_at", sa.DateTime(timezone=True), nullable=False, comment="Momento en que se congeló (UTC)"
        ),
        sa.Column("frozen_by", sa.String(length=120), nullable=False, comment="Usuario que lo congeló"),
        sa.Column("annul_reason", sa.Text(), nullable=False, comment="Motivo de la anulación"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["number_id"], ["paper_number.id"], name=op.f("fk_paper_number_id_paper_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("number_id", name=op.f("uq_paper_number_id")),
    )
    op.create_index(op.f("ix_paper_number_text"), "paper", ["number_text"], unique=False)
    op.create_index(op.f("ix_paper_subject"), "paper", ["subject"], unique=False)
    op.create_table(
        "paper_revision",
        sa.Column("paper_id", sa.Integer(), nullable=False, comment="Documento"),
        sa.Column(
            "revision",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="0 al congelar, luego una por firma",
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="SHA-256 de los bytes archivados"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="Momento (UTC)"),
        sa.Column("made_by", sa.String(length=120), nullable=False, comment="Usuario"),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_revision_paper_id_paper")),
        sa.PrimaryKeyConstraint("paper_id", "revision", name=op.f("pk_paper_revision")),
    )
    op.create_index(op.f("ix_paper_revision_sha256"), "paper_revision", ["sha256"], unique=False)
    op.create_table(
        "paper_signer",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("paper_id", sa.Integer(), nullable=False, comment="Documento"),
        sa.Column("turn", sa.Integer(), nullable=False, comment="Orden en la ronda, desde 1"),
        sa.Column("field", sa.String(length=60), nullable=False, comment="Campo de firma en el PDF"),
        sa.Column("role", sa.String(length=20), nullable=False, comment="visto_bueno o autor"),
        sa.Column("officer_id", sa.Integer(), nullable=True, comment="Responsable registrado"),
        sa.Column(
            "name",
            sa.String(length=300),
            nullable=False,
            comment="Nombre esperado; vacío si no está registrado",
        ),
        sa.Column("position", sa.String(length=300), nullable=False, comment="Cargo"),
        sa.Column("unit", sa.String(length=200), nullable=False, comment="Unidad de organización"),
        sa.Column(
            "dni", sa.String(length=8), nullable=False, comment="DNI esperado; vacío si no está registrado"
        ),
        sa.Column(
            "signed_at", sa.DateTime(timezone=True), nullable=True, comment="Momento de la firma (UTC)"
        ),
        sa.Column(
            "certificate_name",
            sa.String(length=300),
            nullable=False,
            comment="Nombre que dice el certificado usado",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_paper_signer_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_signer_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_signer")),
        sa.UniqueConstraint("paper_id", "field", name=op.f("uq_paper_signer_paper_id_field")),
        sa.UniqueConstraint("paper_id", "turn", name=op.f("uq_paper_signer_paper_id_turn")),
    )


def downgrade():
    op.drop_table("paper_signer")
    op.drop_table("paper_revision")
    op.drop_table("paper")
    op.drop_table("paper_series_year")
    op.drop_table("paper_number")
    op.drop_table("paper_series")
