"""Catalogue of the kardex: campaigns, types of forms, holders."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade():
    op.create_table(
        "kardex_campaign",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("name", sa.String(length=160), nullable=False, comment="Nombre de la campaña"),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="Primer día"),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="Último día; vacío si no se fijó"),
        sa.Column(
            "most_days_in_hand",
            sa.Integer(),
            nullable=False,
            comment="Días que una persona puede tener formularios en blanco sin aviso",
        ),
        sa.Column(
            "most_annulled_percent",
            sa.Integer(),
            nullable=False,
            comment="Porcentaje de anulados desde el que se avisa",
        ),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="Día del cierre; vacío si está abierta"),
        sa.Column(
            "closing_document", sa.Text(), nullable=False, comment="Acta de cierre o documento que la reabrió"
        ),
        sa.Column("last_movement", sa.Integer(), nullable=False, comment="Último número de movimiento dado"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_kardex_campaign_days")),
        sa.CheckConstraint("last_movement >= 0", name=op.f("ck_kardex_campaign_last_movement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_campaign")),
        sa.UniqueConstraint("name", name=op.f("uq_kardex_campaign_name")),
    )
    op.create_table(
        "kardex_form_type",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("campaign_id", sa.Integer(), nullable=False, comment="Campaña"),
        sa.Column(
            "code", sa.String(length=20), nullable=False, comment="Código que se escribe, p. ej. FSU o S100"
        ),
        sa.Column("title", sa.String(length=200), nullable=False, comment="Nombre del formulario"),
        sa.Column("serialised", sa.Boolean(), nullable=False, comment="Si cada ejemplar lleva número"),
        sa.Column("number_width", sa.Integer(), nullable=False, comment="Cifras del número; 0 si no lleva"),
        sa.Column(
            "prefix",
            sa.String(length=12),
            nullable=False,
            comment="Lo impreso antes del número; vacío si nada",
        ),
        sa.Column(
            "layout_version",
            sa.String(length=60),
            nullable=False,
            comment="Versión de la hoja; vacío si no se sabe",
        ),
        sa.Column("bundle_size", sa.Integer(), nullable=False, comment="Formularios por paquete"),
        sa.Column(
            "minimum_stock",
            sa.Integer(),
            nullable=False,
            comment="Existencia en almacén desde la que se avisa",
        ),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de uso; vacío si desde siempre"
        ),
        sa.Column("valid_until", sa.Date(), nullable=True, comment="Último día de uso; vacío si no se fijó"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.CheckConstraint("bundle_size > 0 AND minimum_stock >= 0", name=op.f("ck_kardex_form_type_counts")),
        sa.CheckConstraint("number_width BETWEEN 0 AND 12", name=op.f("ck_kardex_form_type_number_width")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["kardex_campaign.id"],
            name=op.f("fk_kardex_form_type_campaign_id_kardex_campaign"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_form_type")),
        sa.UniqueConstraint(
            "campaign_id", "code", "prefix", name=op.f("uq_kardex_form_type_campaign_id_code_prefix")
        ),
    )
    op.create_table(
        "kardex_holder",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "kind",
            sa.String(length=20),
            nullable=False,
            comment="almacen, jefe_brigada, empadronador, digitador, calidad, archivo, ente_rector o imprenta",
        ),
        sa.Column("name", sa.String(length=160), nullable=False, comment="Nombre de la persona o del lugar"),
        sa.Column(
            "dni", sa.String(length=8), nullable=False, comment="DNI de la persona; vacío si no se registró"
        ),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día en funciones; vacío si no se fijó"
        ),
        sa.Column(
            "valid_until", sa.Date(), nullable=True, comment="Último día en funciones; vacío si no se fijó"
        ),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Documento que la acredita; vacío si no hay",
        ),
        sa.Column("chief_id", sa.Integer(), nullable=True, comment="Jefe de brigada; vacío si no tiene"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from IS NULL OR valid_until >= valid_from",
            name=op.f("ck_kardex_holder_days"),
        ),
        sa.ForeignKeyConstraint(
            ["chief_id"], ["kardex_holder.id"], name=op.f("fk_kardex_holder_chief_id_kardex_holder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_holder")),
    )
    op.create_index(op.f("ix_kardex_holder_kind_name"), "kardex_holder", ["kind", "name"], unique=False)


def downgrade():
    op.drop_table("kardex_holder")
    op.drop_table("kardex_form_type")
    op.drop_table("kardex_campaign")
