"""The office: municipality, units, officers, bodies, norms, calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("role", sa.String(length=40), nullable=False, comment="Papel ante la oficina"),
        sa.Column("name", sa.String(length=200), nullable=False, comment="Nombre"),
        sa.Column("siglas", sa.String(length=40), nullable=False, comment="Sigla"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de vigencia; vacío si no se conoce"
        ),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Último día de vigencia; vacío si sigue vigente"
        ),
        sa.Column(
            "source", sa.String(length=300), nullable=False, comment="Norma o documento de donde se sabe"
        ),
        sa.Column(
            "trust",
            sa.String(length=40),
            nullable=False,
            comment="Cómo se sabe: leído, secundario, por verificar",
        ),
        sa.Column(
            "national_key",
            sa.String(length=80),
            nullable=True,
            comment="Clave en los datos nacionales del programa; vacío si lo registró la oficina",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("national_key", name=op.f("uq_body_national_key")),
    )
    op.create_index(op.f("ix_body_role"), "body", ["role"], unique=False)
    op.create_table(
        "holiday",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("name", sa.String(length=200), nullable=False, comment="Nombre del día"),
        sa.Column("norm", sa.String(length=200), nullable=False, comment="Norma que lo declara"),
        sa.Column(
            "scope",
            sa.String(length=6),
            nullable=False,
            comment="Ámbito: prefijo de ubigeo INEI; vacío es todo el país",
        ),
        sa.Column(
            "kind", sa.String(length=20), nullable=False, comment="feriado, no_laborable o media_jornada"
        ),
        sa.Column("suspends", sa.Boolean(), nullable=False, comment="No se cuenta en los plazos"),
        sa.Column("month", sa.Integer(), nullable=True, comment="Mes, si es de cada año"),
        sa.Column("day", sa.Integer(), nullable=True, comment="Día del mes, si es de cada año"),
        sa.Column(
            "easter_offset",
            sa.Integer(),
            nullable=True,
            comment="Días desde el Domingo de Pascua, si es móvil",
        ),
        sa.Column("single_day", sa.Date(), nullable=True, comment="Fecha, si es una sola vez"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de vigencia; vacío si no se conoce"
        ),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Último día de vigencia; vacío si sigue vigente"
        ),
        sa.Column(
            "note", sa.String(length=600), nullable=False, comment="Lo que debe saber quien cuenta plazos"
        ),
        sa.Column(
            "trust",
            sa.String(length=40),
            nullable=False,
            comment="Cómo se sabe: leído, secundario, por verificar",
        ),
        sa.Column("entered_by", sa.String(length=200), nullable=False, comment="Quién lo registró"),
        sa.Column(
            "national_key",
            sa.String(length=80),
            nullable=True,
            comment="Clave en los datos nacionales del programa; vacío si lo registró la oficina",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("national_key", name=op.f("uq_holiday_national_key")),
    )
    op.create_table(
        "legend",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("text", sa.String(length=600), nullable=False, comment="Texto de la leyenda"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de vigencia; vacío si no se conoce"
        ),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Último día de vigencia; vacío si sigue vigente"
        ),
        sa.Column("norm", sa.String(length=200), nullable=False, comment="Norma que la pide"),
        sa.Column(
            "trust",
            sa.String(length=40),
            nullable=False,
            comment="Cómo se sabe: leído, secundario, por verificar",
        ),
        sa.Column(
            "national_key",
            sa.String(length=80),
            nullable=True,
            comment="Clave en los datos nacionales del programa; vacío si lo registró la oficina",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legend")),
        sa.UniqueConstraint("national_key", name=op.f("uq_legend_national_key")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="Siempre 1"),
        sa.Column(
            "name", sa.String(length=200), nullable=False, comment="Nombre completo, como va en el membrete"
        ),
        sa.Column("short_name", sa.String(length=40), nullable=False, comment="Sigla, por ejemplo MPT"),
        sa.Column("ubigeo_code", sa.String(length=6), nullable=False, comment="Ubigeo, seis cifras"),
        sa.Column(
            "ubigeo_catalogue", sa.String(length=10), nullable=False, comment="Catálogo del ubigeo (INEI)"
        ),
        sa.Column(
            "place_name",
            sa.String(length=40),
            nullable=False,
            comment="Lugar que se imprime antes de la fecha",
        ),
        sa.Column(
            "portal_url", sa.String(length=200), nullable=False, comment="Dirección del portal institucional"
        ),
        sa.Column("logo", sa.LargeBinary(), nullable=True, comment="Escudo en PNG o JPEG, hasta 1 MB"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_municipality_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
    )
    op.create_table(
        "norm",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("code", sa.String(length=200), nullable=False, comment="Código, por ejemplo Ley 30435"),
        sa.Column("title", sa.String(length=600), nullable=False, comment="Título"),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="Rango de la norma"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de vigencia; vacío si no se conoce"
        ),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Último día de vigencia; vacío si sigue vigente"
        ),
        sa.Column("source", sa.String(length=300), nullable=False, comment="De dónde se tomó"),
        sa.Column(
            "trust",
            sa.String(length=40),
            nullable=False,
            comment="Cómo se sabe: leído, secundario, por verificar",
        ),
        sa.Column(
            "national_key",
            sa.String(length=80),
            nullable=True,
            comment="Clave en los datos nacionales del programa; vacío si lo registró la oficina",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm")),
        sa.UniqueConstraint("national_key", name=op.f("uq_norm_national_key")),
    )
    op.create_index(op.f("ix_norm_code"), "norm", ["code"], unique=False)
    op.create_table(
        "office_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="Siempre 1"),
        sa.Column(
            "practice", sa.Boolean(), nullable=False, comment="Base de práctica: sus documentos no valen"
        ),
        sa.Column(
            "calendar_verified_until",
            sa.Date(),
            nullable=True,
            comment="Día hasta el que se cotejó el calendario con el diario oficial",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_state")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("parent_id", sa.Integer(), nullable=True, comment="Unidad de la que depende"),
        sa.Column(
            "sort_order", sa.Integer(), nullable=False, comment="Orden entre las que dependen de la misma"
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_table(
        "year_name",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("text", sa.String(length=600), nullable=False, comment="Nombre oficial"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de vigencia; vacío si no se conoce"
        ),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Último día de vigencia; vacío si sigue vigente"
        ),
        sa.Column("norm", sa.String(length=200), nullable=False, comment="Norma que lo dispone"),
        sa.Column("printed", sa.Boolean(), nullable=False, comment="Se imprime en los documentos"),
        sa.Column(
            "trust",
            sa.String(length=40),
            nullable=False,
            comment="Cómo se sabe: leído, secundario, por verificar",
        ),
        sa.Column(
            "national_key",
            sa.String(length=80),
            nullable=True,
            comment="Clave en los datos nacionales del programa; vacío si lo registró la oficina",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_name")),
        sa.UniqueConstraint("national_key", name=op.f("uq_year_name_national_key")),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("name", sa.String(length=200), nullable=False, comment="Nombres y apellidos"),
        sa.Column("position", sa.String(length=200), nullable=False, comment="Cargo"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="Unidad"),
        sa.Column("title", sa.String(length=40), nullable=False, comment="Título profesional abreviado"),
        sa.Column("acting", sa.Boolean(), nullable=False, comment="Encargado (e)"),
        sa.Column("head", sa.Boolean(), nullable=False, comment="Está a la cabeza de la unidad"),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Documento de designación o encargatura",
        ),
        sa.Column("dni", sa.String(length=8), nullable=False, comment="DNI, ocho cifras; puede faltar"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de vigencia; vacío si no se conoce"
        ),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Último día de vigencia; vacío si sigue vigente"
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_officer_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_index(op.f("ix_officer_unit_id"), "officer", ["unit_id"], unique=False)
    op.create_table(
        "unit_name",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="Unidad"),
        sa.Column("name", sa.String(length=200), nullable=False, comment="Nombre"),
        sa.Column("siglas", sa.String(length=40), nullable=False, comment="Sigla"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de vigencia; vacío si no se conoce"
        ),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Último día de vigencia; vacío si sigue vigente"
        ),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Documento que dio el nombre (ROF, ordenanza)",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_name_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
    )
    op.create_index(op.f("ix_unit_name_unit_id"), "unit_name", ["unit_id"], unique=False)


def downgrade():
    op.drop_table("unit_name")
    op.drop_table("officer")
    op.drop_table("year_name")
    op.drop_table("unit")
    op.drop_table("office_state")
    op.drop_table("norm")
    op.drop_table("municipality")
    op.drop_table("legend")
    op.drop_table("holiday")
    op.drop_table("body")
