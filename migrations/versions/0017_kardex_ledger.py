"""The ledger of the kardex: movements by range, each form with its holder, balances."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

APPEND_ONLY = (
    "kardex_movement",
    "kardex_line",
    "kardex_sighting",
    "kardex_approval",
)


def upgrade():
    op.create_table(
        "kardex_movement",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("campaign_id", sa.Integer(), nullable=False, comment="Campaña"),
        sa.Column("number", sa.Integer(), nullable=False, comment="Número dentro de la campaña, sin huecos"),
        sa.Column(
            "kind", sa.String(length=20), nullable=False, comment="Clase de movimiento, p. ej. distribucion"
        ),
        sa.Column("form_type_id", sa.Integer(), nullable=False, comment="Formulario"),
        sa.Column("moved_on", sa.Date(), nullable=False, comment="Día del movimiento"),
        sa.Column("from_holder_id", sa.Integer(), nullable=False, comment="Quien lo tenía"),
        sa.Column("to_holder_id", sa.Integer(), nullable=False, comment="Quien lo tiene después"),
        sa.Column("form_count", sa.Integer(), nullable=False, comment="Formularios movidos"),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Documento que lo sustenta; vacío si no hay",
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="Motivo; vacío si no se pidió"),
        sa.Column(
            "witness",
            sa.String(length=160),
            nullable=False,
            comment="Testigo de la anulación; vacío si no hubo",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="Observación; vacío si no hay"),
        sa.Column(
            "archive_box",
            sa.String(length=40),
            nullable=False,
            comment="Caja del archivo; vacío si no se archivó",
        ),
        sa.Column(
            "archive_folder",
            sa.String(length=40),
            nullable=False,
            comment="Archivador o carpeta; vacío si no hay",
        ),
        sa.Column("archive_folio", sa.String(length=40), nullable=False, comment="Folios; vacío si no hay"),
        sa.Column(
            "reverses_id", sa.Integer(), nullable=True, comment="Movimiento que revierte; vacío si ninguno"
        ),
        sa.Column(
            "registered_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento del registro (UTC)",
        ),
        sa.Column("registered_by", sa.String(length=120), nullable=False, comment="Usuario que lo registró"),
        sa.CheckConstraint("form_count > 0", name=op.f("ck_kardex_movement_form_count")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["kardex_campaign.id"],
            name=op.f("fk_kardex_movement_campaign_id_kardex_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["form_type_id"],
            ["kardex_form_type.id"],
            name=op.f("fk_kardex_movement_form_type_id_kardex_form_type"),
        ),
        sa.ForeignKeyConstraint(
            ["from_holder_id"],
            ["kardex_holder.id"],
            name=op.f("fk_kardex_movement_from_holder_id_kardex_holder"),
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["kardex_movement.id"],
            name=op.f("fk_kardex_movement_reverses_id_kardex_movement"),
        ),
        sa.ForeignKeyConstraint(
            ["to_holder_id"], ["kardex_holder.id"], name=op.f("fk_kardex_movement_to_holder_id_kardex_holder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_movement")),
        sa.UniqueConstraint("campaign_id", "number", name=op.f("uq_kardex_movement_campaign_id_number")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_kardex_movement_reverses_id")),
    )
    op.create_index(
        op.f("ix_kardex_movement_form_type_id_moved_on"),
        "kardex_movement",
        ["form_type_id", "moved_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_kardex_movement_form_type_id_number"),
        "kardex_movement",
        ["form_type_id", "number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_kardex_movement_campaign_id_moved_on_number"),
        "kardex_movement",
        ["campaign_id", "moved_on", "number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_kardex_movement_campaign_id_kind_number"),
        "kardex_movement",
        ["campaign_id", "kind", "number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_kardex_movement_from_holder_id_campaign_id_number"),
        "kardex_movement",
        ["from_holder_id", "campaign_id", "number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_kardex_movement_to_holder_id_campaign_id_number"),
        "kardex_movement",
        ["to_holder_id", "campaign_id", "number"],
        unique=False,
    )
    op.create_table(
        "kardex_line",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("movement_id", sa.Integer(), nullable=False, comment="Movimiento al que pertenece"),
        sa.Column("form_type_id", sa.Integer(), nullable=False, comment="Formulario"),
        sa.Column(
            "first_number", sa.BigInteger(), nullable=True, comment="Primer número; vacío si no llevan número"
        ),
        sa.Column(
            "last_number", sa.BigInteger(), nullable=True, comment="Último número; vacío si no llevan número"
        ),
        sa.Column("form_count", sa.Integer(), nullable=False, comment="Formularios de la línea"),
        sa.Column("from_holder_id", sa.Integer(), nullable=False, comment="Quien los tenía"),
        sa.Column("from_condition", sa.String(length=12), nullable=False, comment="Condición anterior"),
        sa.Column("to_holder_id", sa.Integer(), nullable=False, comment="Quien los tiene después"),
        sa.Column("to_condition", sa.String(length=12), nullable=False, comment="Condición posterior"),
        sa.Column(
            "previous_id",
            sa.Integer(),
            nullable=True,
            comment="Línea que los llevó al estado anterior; vacío si son nuevos",
        ),
        sa.CheckConstraint(
            "(first_number IS NULL AND last_number IS NULL) OR form_count = last_number - first_number + 1",
            name=op.f("ck_kardex_line_count"),
        ),
        sa.CheckConstraint("form_count > 0", name=op.f("ck_kardex_line_form_count")),
        sa.ForeignKeyConstraint(
            ["form_type_id"],
            ["kardex_form_type.id"],
            name=op.f("fk_kardex_line_form_type_id_kardex_form_type"),
        ),
        sa.ForeignKeyConstraint(
            ["from_holder_id"], ["kardex_holder.id"], name=op.f("fk_kardex_line_from_holder_id_kardex_holder")
        ),
        sa.ForeignKeyConstraint(
            ["movement_id"], ["kardex_movement.id"], name=op.f("fk_kardex_line_movement_id_kardex_movement")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["kardex_line.id"], name=op.f("fk_kardex_line_previous_id_kardex_line")
        ),
        sa.ForeignKeyConstraint(
            ["to_holder_id"], ["kardex_holder.id"], name=op.f("fk_kardex_line_to_holder_id_kardex_holder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_line")),
    )
    op.create_index(
        op.f("ix_kardex_line_form_type_id_first_number"),
        "kardex_line",
        ["form_type_id", "first_number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_kardex_line_previous_id_first_number"),
        "kardex_line",
        ["previous_id", "first_number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_kardex_line_from_holder_id_form_type_id"),
        "kardex_line",
        ["from_holder_id", "form_type_id"],
        unique=False,
    )
    op.create_index(op.f("ix_kardex_line_movement_id"), "kardex_line", ["movement_id"], unique=False)
    op.create_index(
        op.f("ix_kardex_line_to_holder_id_form_type_id"),
        "kardex_line",
        ["to_holder_id", "form_type_id"],
        unique=False,
    )
    op.create_table(
        "kardex_form",
        sa.Column("form_type_id", sa.Integer(), autoincrement=False, nullable=False, comment="Formulario"),
        sa.Column(
            "number",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Número impreso, sin ceros a la izquierda",
        ),
        sa.Column("holder_id", sa.Integer(), nullable=False, comment="Quien lo tiene"),
        sa.Column(
            "condition",
            sa.String(length=12),
            nullable=False,
            comment="fuera, en_blanco, usada, anulada, extraviada, deteriorada o baja",
        ),
        sa.Column(
            "line_id", sa.Integer(), nullable=False, comment="Línea del libro que lo llevó a este estado"
        ),
        sa.ForeignKeyConstraint(
            ["form_type_id"],
            ["kardex_form_type.id"],
            name=op.f("fk_kardex_form_form_type_id_kardex_form_type"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["kardex_holder.id"], name=op.f("fk_kardex_form_holder_id_kardex_holder")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["kardex_line.id"], name=op.f("fk_kardex_form_line_id_kardex_line")
        ),
        sa.PrimaryKeyConstraint("form_type_id", "number", name=op.f("pk_kardex_form")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_kardex_form_form_type_id_holder_id_condition_number"),
        "kardex_form",
        ["form_type_id", "holder_id", "condition", "number"],
        unique=False,
    )
    op.create_table(
        "kardex_balance",
        sa.Column("form_type_id", sa.Integer(), autoincrement=False, nullable=False, comment="Formulario"),
        sa.Column("holder_id", sa.Integer(), autoincrement=False, nullable=False, comment="Quien los tiene"),
        sa.Column("condition", sa.String(length=12), nullable=False, comment="Condición"),
        sa.Column(
            "form_count", sa.Integer(), nullable=False, comment="Formularios que tiene en esa condición"
        ),
        sa.CheckConstraint("form_count >= 0", name=op.f("ck_kardex_balance_form_count")),
        sa.ForeignKeyConstraint(
            ["form_type_id"],
            ["kardex_form_type.id"],
            name=op.f("fk_kardex_balance_form_type_id_kardex_form_type"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["kardex_holder.id"], name=op.f("fk_kardex_balance_holder_id_kardex_holder")
        ),
        sa.PrimaryKeyConstraint("form_type_id", "holder_id", "condition", name=op.f("pk_kardex_balance")),
    )
    op.create_index(op.f("ix_kardex_balance_holder_id"), "kardex_balance", ["holder_id"], unique=False)
    op.create_table(
        "kardex_sighting",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("form_type_id", sa.Integer(), nullable=False, comment="Formulario"),
        sa.Column("number", sa.BigInteger(), nullable=False, comment="Número que reapareció"),
        sa.Column("seen_in", sa.Text(), nullable=False, comment="Dónde reapareció, en palabras"),
        sa.Column("seen_on", sa.Date(), nullable=False, comment="Día en que reapareció"),
        sa.Column(
            "registered_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento del registro (UTC)",
        ),
        sa.Column("registered_by", sa.String(length=120), nullable=False, comment="Usuario que lo intentó"),
        sa.ForeignKeyConstraint(
            ["form_type_id"],
            ["kardex_form_type.id"],
            name=op.f("fk_kardex_sighting_form_type_id_kardex_form_type"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_sighting")),
    )
    op.create_index(
        op.f("ix_kardex_sighting_form_type_id_number"),
        "kardex_sighting",
        ["form_type_id", "number"],
        unique=False,
    )
    op.create_table(
        "kardex_adjustment",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("form_type_id", sa.Integer(), nullable=False, comment="Formulario"),
        sa.Column("moved_on", sa.Date(), nullable=False, comment="Día del hecho que se ajusta"),
        sa.Column(
            "ranges", sa.Text(), nullable=False, comment="Números, p. ej. 004501-004510; vacío si no llevan"
        ),
        sa.Column("form_count", sa.Integer(), nullable=False, comment="Formularios que se ajustan"),
        sa.Column("from_holder_id", sa.Integer(), nullable=False, comment="Quien figura con ellos"),
        sa.Column(
            "from_condition",
            sa.String(length=12),
            nullable=False,
            comment="Condición en que figuran; vacío si varias",
        ),
        sa.Column("to_holder_id", sa.Integer(), nullable=False, comment="Quien los tiene de verdad"),
        sa.Column("to_condition", sa.String(length=12), nullable=False, comment="Condición verdadera"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Motivo"),
        sa.Column("document", sa.String(length=200), nullable=False, comment="Documento que lo sustenta"),
        sa.Column("state", sa.String(length=12), nullable=False, comment="propuesto, aprobado o retirado"),
        sa.Column(
            "proposed_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento de la propuesta (UTC)",
        ),
        sa.Column("proposed_by", sa.String(length=120), nullable=False, comment="Usuario que lo propuso"),
        sa.Column(
            "movement_id",
            sa.Integer(),
            nullable=True,
            comment="Movimiento que resultó; vacío mientras no se aprueba",
        ),
        sa.Column(
            "withdrawn_reason", sa.Text(), nullable=False, comment="Por qué se retiró; vacío si no se retiró"
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["form_type_id"],
            ["kardex_form_type.id"],
            name=op.f("fk_kardex_adjustment_form_type_id_kardex_form_type"),
        ),
        sa.ForeignKeyConstraint(
            ["from_holder_id"],
            ["kardex_holder.id"],
            name=op.f("fk_kardex_adjustment_from_holder_id_kardex_holder"),
        ),
        sa.ForeignKeyConstraint(
            ["movement_id"],
            ["kardex_movement.id"],
            name=op.f("fk_kardex_adjustment_movement_id_kardex_movement"),
        ),
        sa.ForeignKeyConstraint(
            ["to_holder_id"],
            ["kardex_holder.id"],
            name=op.f("fk_kardex_adjustment_to_holder_id_kardex_holder"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_adjustment")),
    )
    op.create_table(
        "kardex_approval",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador, en orden de registro"),
        sa.Column("adjustment_id", sa.Integer(), nullable=False, comment="Ajuste"),
        sa.Column("approver", sa.String(length=160), nullable=False, comment="Quien aprueba"),
        sa.Column("position", sa.String(length=160), nullable=False, comment="Su cargo"),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Documento con que aprueba; vacío si no hay",
        ),
        sa.Column(
            "approved_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento del registro (UTC)",
        ),
        sa.Column("registered_by", sa.String(length=120), nullable=False, comment="Usuario que la registró"),
        sa.ForeignKeyConstraint(
            ["adjustment_id"],
            ["kardex_adjustment.id"],
            name=op.f("fk_kardex_approval_adjustment_id_kardex_adjustment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_approval")),
        sa.UniqueConstraint(
            "adjustment_id", "approver", name=op.f("uq_kardex_approval_adjustment_id_approver")
        ),
    )
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    op.drop_table("kardex_approval")
    op.drop_table("kardex_adjustment")
    op.drop_table("kardex_sighting")
    op.drop_table("kardex_balance")
    op.drop_table("kardex_form")
    op.drop_table("kardex_line")
    op.drop_table("kardex_movement")


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
