"""How far the ledgers are sealed, and who has which record open."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade():
    op.create_table(
        "sealed_ledger",
        sa.Column("ledger", sa.String(length=63), nullable=False, comment="Tabla que solo crece"),
        sa.Column("last_id", sa.BigInteger(), nullable=False, comment="Última fila sellada"),
        sa.Column("row_count", sa.BigInteger(), nullable=False, comment="Filas selladas"),
        sa.Column(
            "columns",
            sa.Text(),
            nullable=False,
            comment="Columnas que cubren los sellos desde el último, en JSON; vacío mientras no haya filas",
        ),
        sa.PrimaryKeyConstraint("ledger", name=op.f("pk_sealed_ledger")),
    )
    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("subject", sa.String(length=120), nullable=False, comment="Registro, por ejemplo plan:12"),
        sa.Column("window_key", sa.String(length=36), nullable=False, comment="Ventana que lo tiene abierto"),
        sa.Column("user_name", sa.String(length=120), nullable=False, comment="Usuario"),
        sa.Column(
            "place", sa.String(length=120), nullable=False, comment="Oficina o equipo; vacío si no se sabe"
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False, comment="Desde cuándo (UTC)"),
        sa.Column(
            "seen_at", sa.DateTime(timezone=True), nullable=False, comment="Última señal de la ventana (UTC)"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
        sa.UniqueConstraint("subject", "window_key", name=op.f("uq_presence_subject_window_key")),
    )
    op.create_index(op.f("ix_presence_subject"), "presence", ["subject"], unique=False)


def downgrade():
    op.drop_table("presence")
    op.drop_table("sealed_ledger")
