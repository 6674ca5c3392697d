"""The POI: plans, semaphore, units of measure, versions, imported tables, programmed activities."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

APPEND_ONLY = ("poi_import",)


def upgrade():
    op.create_table(
        "poi_plan",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Año"),
        sa.Column("title", sa.String(length=200), nullable=False, comment="Nombre que se imprime"),
        sa.Column(
            "tolerance_below",
            sa.BigInteger(),
            nullable=False,
            comment="Por debajo de lo programado, cuánto por ciento no pide motivo (diezmilésimos)",
        ),
        sa.Column(
            "tolerance_above",
            sa.BigInteger(),
            nullable=False,
            comment="Por encima de lo programado, cuánto por ciento no pide motivo (diezmilésimos)",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_plan")),
        sa.UniqueConstraint("year", name=op.f("uq_poi_plan_year")),
    )
    op.create_table(
        "poi_band",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="POI"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden, de la más baja a la más alta"),
        sa.Column("label", sa.String(length=40), nullable=False, comment="Palabra que se muestra"),
        sa.Column(
            "lower", sa.BigInteger(), nullable=False, comment="Desde cuánto por ciento (diezmilésimos)"
        ),
        sa.Column("inclusive", sa.Boolean(), nullable=False, comment="El límite mismo pertenece a la banda"),
        sa.Column("tone", sa.String(length=12), nullable=False, comment="Color"),
        sa.Column("shape", sa.String(length=12), nullable=False, comment="Figura que la dice sin color"),
        sa.ForeignKeyConstraint(["plan_id"], ["poi_plan.id"], name=op.f("fk_poi_band_plan_id_poi_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_band")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_poi_band_plan_id_position")),
    )
    op.create_table(
        "poi_measure_unit",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "code", sa.String(length=20), nullable=False, comment="Código de CEPLAN; vacío si no se conoce"
        ),
        sa.Column("name", sa.String(length=120), nullable=False, comment="Nombre"),
        sa.Column(
            "search_key",
            sa.String(length=120),
            nullable=False,
            comment="Nombre sin acentos ni mayúsculas, para reconocerlo",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_measure_unit")),
        sa.UniqueConstraint("search_key", name=op.f("uq_poi_measure_unit_search_key")),
    )
    op.create_table(
        "poi_version",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="POI"),
        sa.Column(
            "stage",
            sa.String(length=12),
            nullable=False,
            comment="aprobado, ajustado, consistente o modificado",
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="Número de modificación; 0 en las demás"),
        sa.Column("first_month", sa.Integer(), nullable=False, comment="Primer mes que puede cambiar"),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Resolución que la aprueba; vacía si aún no se dijo",
        ),
        sa.Column("document_date", sa.Date(), nullable=True, comment="Fecha de la resolución"),
        sa.Column(
            "approved_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Desde cuándo vale (UTC); vacío en un borrador",
        ),
        sa.Column(
            "approved_by",
            sa.String(length=120),
            nullable=False,
            comment="Usuario que la puso en vigor; vacío en un borrador",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="Observación; vacía si no hay"),
        sa.Column(
            "based_on_id", sa.Integer(), nullable=True, comment="Versión de la que parte; vacía si ninguna"
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["poi_version.id"], name=op.f("fk_poi_version_based_on_id_poi_version")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["poi_plan.id"], name=op.f("fk_poi_version_plan_id_poi_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_version")),
        sa.UniqueConstraint("plan_id", "stage", "number", name=op.f("uq_poi_version_plan_id_stage_number")),
    )
    op.create_table(
        "poi_import",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="POI"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="Versión que recibió las filas"),
        sa.Column("file_name", sa.String(length=200), nullable=False, comment="Nombre del archivo"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="SHA-256 del archivo"),
        sa.Column("mapping", sa.Text(), nullable=False, comment="Qué significaba cada columna, en JSON"),
        sa.Column("row_count", sa.Integer(), nullable=False, comment="Filas de actividades en el archivo"),
        sa.Column("accepted", sa.Integer(), nullable=False, comment="Filas que cuadraban y se guardaron"),
        sa.Column("quarantined", sa.Integer(), nullable=False, comment="Filas en cuarentena"),
        sa.Column("rejected", sa.Integer(), nullable=False, comment="Filas que no eran actividades"),
        sa.Column(
            "totals_checked",
            sa.Integer(),
            nullable=False,
            comment="Filas de totales comprobadas, que no se guardan",
        ),
        sa.Column(
            "findings", sa.Text(), nullable=False, comment="Lo que no cuadraba del archivo entero, en JSON"
        ),
        sa.Column("totals", sa.Text(), nullable=False, comment="Filas de totales como vinieron, en JSON"),
        sa.Column(
            "imported_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento (UTC)",
        ),
        sa.Column("imported_by", sa.String(length=120), nullable=False, comment="Usuario que lo importó"),
        sa.ForeignKeyConstraint(["plan_id"], ["poi_plan.id"], name=op.f("fk_poi_import_plan_id_poi_plan")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["poi_version.id"], name=op.f("fk_poi_import_version_id_poi_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_import")),
    )
    op.create_index(op.f("ix_poi_import_plan_id"), "poi_import", ["plan_id"], unique=False)
    op.create_index(op.f("ix_poi_import_sha256"), "poi_import", ["sha256"], unique=False)
    op.create_table(
        "poi_mapping",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("name", sa.String(length=120), nullable=False, comment="Nombre para reconocerlo"),
        sa.Column(
            "heads_key", sa.String(length=64), nullable=False, comment="Huella de los títulos de las columnas"
        ),
        sa.Column("heads", sa.Text(), nullable=False, comment="Títulos de las columnas, en JSON"),
        sa.Column("meanings", sa.Text(), nullable=False, comment="Qué significa cada columna, en JSON"),
        sa.Column(
            "stage",
            sa.String(length=4),
            nullable=False,
            comment="Bloque tomado como programado (A, AJ, CS, RE); vacío si no hay",
        ),
        sa.Column(
            "confirmed_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento en que se confirmó (UTC)",
        ),
        sa.Column("confirmed_by", sa.String(length=120), nullable=False, comment="Usuario que lo confirmó"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_mapping")),
        sa.UniqueConstraint("heads_key", name=op.f("uq_poi_mapping_heads_key")),
    )
    op.create_table(
        "poi_activity",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="POI"),
        sa.ForeignKeyConstraint(["plan_id"], ["poi_plan.id"], name=op.f("fk_poi_activity_plan_id_poi_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_activity")),
    )
    op.create_index(op.f("ix_poi_activity_plan_id"), "poi_activity", ["plan_id"], unique=False)
    op.create_table(
        "poi_quarantine",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("import_id", sa.Integer(), nullable=False, comment="Archivo"),
        sa.Column("sheet", sa.String(length=120), nullable=False, comment="Hoja del archivo"),
        sa.Column("row", sa.Integer(), nullable=False, comment="Fila del archivo"),
        sa.Column("cells", sa.Text(), nullable=False, comment="Celdas como vinieron, en JSON"),
        sa.Column("findings", sa.Text(), nullable=False, comment="Por qué no cuadra, en JSON"),
        sa.Column(
            "state", sa.String(length=12), nullable=False, comment="pendiente, registrada o descartada"
        ),
        sa.Column(
            "reading",
            sa.Text(),
            nullable=False,
            comment="Lectura elegida, en JSON; vacía si está pendiente o se descartó",
        ),
        sa.Column(
            "settled_reason",
            sa.Text(),
            nullable=False,
            comment="Por qué se eligió o se descartó; vacío si está pendiente",
        ),
        sa.Column(
            "settled_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Momento (UTC); vacío si está pendiente",
        ),
        sa.Column(
            "settled_by",
            sa.String(length=120),
            nullable=False,
            comment="Usuario que la resolvió; vacío si está pendiente",
        ),
        sa.Column(
            "activity_id", sa.Integer(), nullable=True, comment="Actividad que resultó; vacía si ninguna"
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["poi_activity.id"], name=op.f("fk_poi_quarantine_activity_id_poi_activity")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["poi_import.id"], name=op.f("fk_poi_quarantine_import_id_poi_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_quarantine")),
    )
    op.create_index(op.f("ix_poi_quarantine_import_id"), "poi_quarantine", ["import_id"], unique=False)
    op.create_table(
        "poi_programme",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="Versión del POI"),
        sa.Column("activity_id", sa.Integer(), nullable=False, comment="Actividad"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden en el plan"),
        sa.Column(
            "unit_name",
            sa.String(length=200),
            nullable=False,
            comment="Unidad orgánica, como la dice el plan",
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="Actividad, como la dice el plan"),
        sa.Column("measure_id", sa.Integer(), nullable=False, comment="Unidad de medida"),
        sa.Column(
            "code",
            sa.String(length=40),
            nullable=False,
            comment="Código de la actividad (AOI…) o CUI; vacío si no tiene",
        ),
        sa.Column("nature", sa.String(length=12), nullable=False, comment="actividad o inversion"),
        sa.Column("goal_kind", sa.String(length=12), nullable=False, comment="suma o acumulado"),
        sa.Column("direction", sa.String(length=8), nullable=False, comment="mas o menos: qué es mejor"),
        sa.Column("oei", sa.String(length=200), nullable=False, comment="Objetivo estratégico institucional"),
        sa.Column("aei", sa.String(length=200), nullable=False, comment="Acción estratégica institucional"),
        sa.Column("centro_costo", sa.String(length=200), nullable=False, comment="Centro de costo"),
        sa.Column("category", sa.String(length=200), nullable=False, comment="Categoría presupuestal"),
        sa.Column("product", sa.String(length=200), nullable=False, comment="Producto o proyecto"),
        sa.Column("budget_activity", sa.String(length=200), nullable=False, comment="Actividad presupuestal"),
        sa.Column("function", sa.String(length=200), nullable=False, comment="Función"),
        sa.Column("division", sa.String(length=200), nullable=False, comment="División funcional"),
        sa.Column("functional_group", sa.String(length=200), nullable=False, comment="Grupo funcional"),
        sa.Column("budget_goal", sa.String(length=40), nullable=False, comment="Meta o secuencia funcional"),
        sa.Column(
            "ubigeo",
            sa.String(length=6),
            nullable=False,
            comment="Ubigeo de seis cifras; vacío si no se dijo",
        ),
        sa.Column("priority", sa.String(length=40), nullable=False, comment="Prioridad"),
        sa.Column("annual", sa.BigInteger(), nullable=True, comment="Meta física anual; vacía si no se dijo"),
        sa.Column(
            "annual_money", sa.BigInteger(), nullable=True, comment="Meta financiera anual, en céntimos"
        ),
        sa.Column(
            "p01",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en enero; vacía si no se dijo",
        ),
        sa.Column(
            "p02",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en febrero; vacía si no se dijo",
        ),
        sa.Column(
            "p03",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en marzo; vacía si no se dijo",
        ),
        sa.Column(
            "p04",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en abril; vacía si no se dijo",
        ),
        sa.Column(
            "p05",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en mayo; vacía si no se dijo",
        ),
        sa.Column(
            "p06",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en junio; vacía si no se dijo",
        ),
        sa.Column(
            "p07",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en julio; vacía si no se dijo",
        ),
        sa.Column(
            "p08",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en agosto; vacía si no se dijo",
        ),
        sa.Column(
            "p09",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en setiembre; vacía si no se dijo",
        ),
        sa.Column(
            "p10",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en octubre; vacía si no se dijo",
        ),
        sa.Column(
            "p11",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en noviembre; vacía si no se dijo",
        ),
        sa.Column(
            "p12",
            sa.BigInteger(),
            nullable=True,
            comment="Meta física programada en diciembre; vacía si no se dijo",
        ),
        sa.Column(
            "m01", sa.BigInteger(), nullable=True, comment="Meta financiera programada en enero, en céntimos"
        ),
        sa.Column(
            "m02",
            sa.BigInteger(),
            nullable=True,
            comment="Meta financiera programada en febrero, en céntimos",
        ),
        sa.Column(
            "m03", sa.BigInteger(), nullable=True, comment="Meta financiera programada en marzo, en céntimos"
        ),
        sa.Column(
            "m04", sa.BigInteger(), nullable=True, comment="Meta financiera programada en abril, en céntimos"
        ),
        sa.Column(
            "m05", sa.BigInteger(), nullable=True, comment="Meta financiera programada en mayo, en céntimos"
        ),
        sa.Column(
            "m06", sa.BigInteger(), nullable=True, comment="Meta financiera programada en junio, en céntimos"
        ),
        sa.Column(
            "m07", sa.BigInteger(), nullable=True, comment="Meta financiera programada en julio, en céntimos"
        ),
        sa.Column(
            "m08", sa.BigInteger(), nullable=True, comment="Meta financiera programada en agosto, en céntimos"
        ),
        sa.Column(
            "m09",
            sa.BigInteger(),
            nullable=True,
            comment="Meta financiera programada en setiembre, en céntimos",
        ),
        sa.Column(
            "m10",
            sa.BigInteger(),
            nullable=True,
            comment="Meta financiera programada en octubre, en céntimos",
        ),
        sa.Column(
            "m11",
            sa.BigInteger(),
            nullable=True,
            comment="Meta financiera programada en noviembre, en céntimos",
        ),
        sa.Column(
            "m12",
            sa.BigInteger(),
            nullable=True,
            comment="Meta financiera programada en diciembre, en céntimos",
        ),
        sa.Column(
            "origin_import_id",
            sa.Integer(),
            nullable=True,
            comment="Archivo de donde vino; vacío si se escribió",
        ),
        sa.Column("origin_row", sa.Integer(), nullable=True, comment="Fila de ese archivo"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["poi_activity.id"], name=op.f("fk_poi_programme_activity_id_poi_activity")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["poi_measure_unit.id"], name=op.f("fk_poi_programme_measure_id_poi_measure_unit")
        ),
        sa.ForeignKeyConstraint(
            ["origin_import_id"], ["poi_import.id"], name=op.f("fk_poi_programme_origin_import_id_poi_import")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["poi_version.id"], name=op.f("fk_poi_programme_version_id_poi_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poi_programme")),
        sa.UniqueConstraint(
            "version_id", "activity_id", name=op.f("uq_poi_programme_version_id_activity_id")
        ),
    )
    op.create_index(op.f("ix_poi_programme_activity_id"), "poi_programme", ["activity_id"], unique=False)
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    op.drop_table("poi_programme")
    op.drop_table("poi_quarantine")
    op.drop_table("poi_activity")
    op.drop_table("poi_mapping")
    op.drop_table("poi_import")
    op.drop_table("poi_version")
    op.drop_table("poi_measure_unit")
    op.drop_table("poi_band")
    op.drop_table("poi_plan")


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
