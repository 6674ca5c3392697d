"""Acts that rectify another; a number may be that of a document made outside the program."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_STATES_BEFORE = "reservado, emitido o anulado"
_STATES = "reservado, emitido, anulado o hecho fuera"


def upgrade():
    op.create_table(
        "resolucion_rectification",
        sa.Column("rectifying_id", sa.Integer(), nullable=False, comment="Resolución que rectifica"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Orden del error, desde 1",
        ),
        sa.Column(
            "rectified_id", sa.Integer(), nullable=False, comment="Resolución firmada que se rectifica"
        ),
        sa.Column("where_text", sa.String(length=300), nullable=False, comment="Parte del acto con el error"),
        sa.Column("says", sa.Text(), nullable=False, comment="Lo que dice, tal como se imprimió"),
        sa.Column("must_say", sa.Text(), nullable=False, comment="Lo que debe decir"),
        sa.CheckConstraint("rectified_id < rectifying_id", name=op.f("ck_resolucion_rectification_order")),
        sa.ForeignKeyConstraint(
            ["rectified_id"],
            ["resolucion.id"],
            name=op.f("fk_resolucion_rectification_rectified_id_resolucion"),
        ),
        sa.ForeignKeyConstraint(
            ["rectifying_id"],
            ["resolucion.id"],
            name=op.f("fk_resolucion_rectification_rectifying_id_resolucion"),
        ),
        sa.PrimaryKeyConstraint("rectifying_id", "position", name=op.f("pk_resolucion_rectification")),
    )
    op.create_index(
        op.f("ix_resolucion_rectification_rectified_id"),
        "resolucion_rectification",
        ["rectified_id"],
        unique=False,
    )
    _comment_states(_STATES, _STATES_BEFORE)


def downgrade():
    _comment_states(_STATES_BEFORE, _STATES)
    op.drop_index(op.f("ix_resolucion_rectification_rectified_id"), "resolucion_rectification")
    op.drop_table("resolucion_rectification")


def _comment_states(after, before):
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column(
            "paper_number",
            "state",
            existing_type=sa.String(length=20),
            existing_nullable=False,
            comment=after,
            existing_comment=before,
        )
