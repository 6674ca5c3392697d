"""The matrix of responsibilities."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.create_table(
        "responsibility_matrix",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "title",
            sa.String(length=500),
            nullable=False,
            comment="Título del plan, como lo imprime el anexo",
        ),
        sa.Column(
            "heading", sa.String(length=500), nullable=False, comment="Encabezado sobre la introducción"
        ),
        sa.Column("intro", sa.Text(), nullable=False, comment="Párrafo de introducción"),
        sa.Column("state", sa.String(length=20), nullable=False, comment="borrador, vigente o archivada"),
        sa.Column(
            "held_by",
            sa.String(length=120),
            nullable=False,
            comment="Número del acto congelado que la retiene; vacío si ninguno",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Versión de la matriz, con sus unidades y funciones",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility_matrix")),
    )
    op.create_index(op.f("ix_responsibility_matrix_state"), "responsibility_matrix", ["state"], unique=False)
    op.create_table(
        "responsibility_unit",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("matrix_id", sa.Integer(), nullable=False, comment="Matriz"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden en la matriz, desde 1"),
        sa.Column(
            "unit_id",
            sa.Integer(),
            nullable=True,
            comment="Unidad orgánica; vacío si solo tiene nombre propio",
        ),
        sa.Column(
            "label",
            sa.String(length=300),
            nullable=False,
            comment="Nombre que imprime el anexo; vacío para el nombre vigente de la unidad",
        ),
        sa.ForeignKeyConstraint(
            ["matrix_id"],
            ["responsibility_matrix.id"],
            name=op.f("fk_responsibility_unit_matrix_id_responsibility_matrix"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_responsibility_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility_unit")),
    )
    op.create_index(
        op.f("ix_responsibility_unit_matrix_id_position"),
        "responsibility_unit",
        ["matrix_id", "position"],
        unique=False,
    )
    op.create_index(op.f("ix_responsibility_unit_unit_id"), "responsibility_unit", ["unit_id"], unique=False)
    op.create_table(
        "responsibility_duty",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("matrix_unit_id", sa.Integer(), nullable=False, comment="Fila de la unidad en la matriz"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="Orden en la unidad, desde 1; da la letra"
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="Texto de la función"),
        sa.Column(
            "responsible", sa.String(length=200), nullable=False, comment="Persona o cargo responsable"
        ),
        sa.Column("evidence", sa.Text(), nullable=False, comment="Evidencia del cumplimiento"),
        sa.Column("due", sa.Date(), nullable=True, comment="Fecha límite; vacío si no tiene"),
        sa.Column("state", sa.String(length=20), nullable=False, comment="pendiente, en_curso o cumplida"),
        sa.ForeignKeyConstraint(
            ["matrix_unit_id"],
            ["responsibility_unit.id"],
            name=op.f("fk_responsibility_duty_matrix_unit_id_responsibility_unit"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility_duty")),
    )
    op.create_index(
        op.f("ix_responsibility_duty_matrix_unit_id_position"),
        "responsibility_duty",
        ["matrix_unit_id", "position"],
        unique=False,
    )


def downgrade():
    op.drop_table("responsibility_duty")
    op.drop_table("responsibility_unit")
    op.drop_table("responsibility_matrix")
