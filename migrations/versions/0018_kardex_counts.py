"""Counts of forms, explained differences, imported files and their quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

APPEND_ONLY = (
    "kardex_count",
    "kardex_count_line",
    "kardex_explanation",
    "kardex_import",
)


def upgrade():
    op.create_table(
        "kardex_count",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="arqueo o digitacion"),
        sa.Column("form_type_id", sa.Integer(), nullable=False, comment="Formulario"),
        sa.Column("holder_id", sa.Integer(), nullable=True, comment="A quien se contó; vacío si es de todos"),
        sa.Column("counted_on", sa.Date(), nullable=False, comment="Día del conteo o del corte"),
        sa.Column(
            "source", sa.String(length=200), nullable=False, comment="Documento o archivo de donde viene"
        ),
        sa.Column(
            "sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 del archivo importado; vacío si no hay",
        ),
        sa.Column(
            "replaces_id", sa.Integer(), nullable=True, comment="Conteo que deja sin efecto; vacío si ninguno"
        ),
        sa.Column(
            "registered_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento del registro (UTC)",
        ),
        sa.Column("registered_by", sa.String(length=120), nullable=False, comment="Usuario que lo registró"),
        sa.ForeignKeyConstraint(
            ["form_type_id"],
            ["kardex_form_type.id"],
            name=op.f("fk_kardex_count_form_type_id_kardex_form_type"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["kardex_holder.id"], name=op.f("fk_kardex_count_holder_id_kardex_holder")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["kardex_count.id"], name=op.f("fk_kardex_count_replaces_id_kardex_count")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_count")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_kardex_count_replaces_id")),
    )
    op.create_index(
        op.f("ix_kardex_count_form_type_id_kind"), "kardex_count", ["form_type_id", "kind"], unique=False
    )
    op.create_table(
        "kardex_count_line",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("count_id", sa.Integer(), nullable=False, comment="Conteo"),
        sa.Column(
            "first_number", sa.BigInteger(), nullable=True, comment="Primer número; vacío si no llevan"
        ),
        sa.Column("last_number", sa.BigInteger(), nullable=True, comment="Último número; vacío si no llevan"),
        sa.Column("form_count", sa.Integer(), nullable=False, comment="Formularios contados"),
        sa.Column(
            "condition", sa.String(length=12), nullable=False, comment="Condición en que se encontraron"
        ),
        sa.Column(
            "day", sa.Date(), nullable=True, comment="Día de aplicación que declara; vacío si no lo dice"
        ),
        sa.Column(
            "person",
            sa.String(length=160),
            nullable=False,
            comment="Empadronador que declara; vacío si no lo dice",
        ),
        sa.Column(
            "person_id",
            sa.Integer(),
            nullable=True,
            comment="El mismo en el registro; vacío si no se reconoció",
        ),
        sa.Column("row", sa.Integer(), nullable=True, comment="Fila del archivo; vacío si no viene de uno"),
        sa.ForeignKeyConstraint(
            ["count_id"], ["kardex_count.id"], name=op.f("fk_kardex_count_line_count_id_kardex_count")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["kardex_holder.id"], name=op.f("fk_kardex_count_line_person_id_kardex_holder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_count_line")),
    )
    op.create_index(op.f("ix_kardex_count_line_count_id"), "kardex_count_line", ["count_id"], unique=False)
    op.create_table(
        "kardex_explanation",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("campaign_id", sa.Integer(), nullable=False, comment="Campaña"),
        sa.Column(
            "difference", sa.String(length=64), nullable=False, comment="Huella de la diferencia explicada"
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="Explicación; vacía si se retira la anterior"),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Documento que la sustenta; vacío si no hay",
        ),
        sa.Column(
            "explained_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento del registro (UTC)",
        ),
        sa.Column("explained_by", sa.String(length=120), nullable=False, comment="Usuario que la dio"),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["kardex_campaign.id"],
            name=op.f("fk_kardex_explanation_campaign_id_kardex_campaign"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_explanation")),
    )
    op.create_index(
        op.f("ix_kardex_explanation_campaign_id_difference"),
        "kardex_explanation",
        ["campaign_id", "difference"],
        unique=False,
    )
    op.create_table(
        "kardex_import",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("campaign_id", sa.Integer(), nullable=False, comment="Campaña"),
        sa.Column("file_name", sa.String(length=200), nullable=False, comment="Nombre del archivo"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="SHA-256 del archivo"),
        sa.Column("row_count", sa.Integer(), nullable=False, comment="Filas con datos"),
        sa.Column("accepted", sa.Integer(), nullable=False, comment="Filas registradas"),
        sa.Column("quarantined", sa.Integer(), nullable=False, comment="Filas en cuarentena"),
        sa.Column("rejected", sa.Integer(), nullable=False, comment="Filas que no eran datos del kardex"),
        sa.Column("totals_checked", sa.Integer(), nullable=False, comment="Totales del archivo comprobados"),
        sa.Column(
            "imported_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento (UTC)",
        ),
        sa.Column("imported_by", sa.String(length=120), nullable=False, comment="Usuario que lo importó"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["kardex_campaign.id"], name=op.f("fk_kardex_import_campaign_id_kardex_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_import")),
    )
    op.create_index(op.f("ix_kardex_import_sha256"), "kardex_import", ["sha256"], unique=False)
    op.create_table(
        "kardex_quarantine",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("import_id", sa.Integer(), nullable=False, comment="Archivo"),
        sa.Column("row", sa.Integer(), nullable=False, comment="Fila del archivo"),
        sa.Column("cells", sa.Text(), nullable=False, comment="Celdas como vinieron, en JSON"),
        sa.Column("findings", sa.Text(), nullable=False, comment="Por qué no cuadra, en JSON"),
        sa.Column(
            "state", sa.String(length=12), nullable=False, comment="pendiente, registrada o descartada"
        ),
        sa.Column(
            "settled_reason", sa.Text(), nullable=False, comment="Cómo se resolvió; vacío si está pendiente"
        ),
        sa.Column(
            "settled_by",
            sa.String(length=120),
            nullable=False,
            comment="Usuario que la resolvió; vacío si está pendiente",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["import_id"], ["kardex_import.id"], name=op.f("fk_kardex_quarantine_import_id_kardex_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_quarantine")),
    )
    op.create_index(op.f("ix_kardex_quarantine_import_id"), "kardex_quarantine", ["import_id"], unique=False)
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    op.drop_table("kardex_quarantine")
    op.drop_table("kardex_import")
    op.drop_table("kardex_explanation")
    op.drop_table("kardex_count_line")
    op.drop_table("kardex_count")


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
