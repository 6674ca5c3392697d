"""Legal terms as dated rows."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade():
    op.create_table(
        "legal_term",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "key", sa.String(length=40), nullable=False, comment="Para qué sirve; así lo pide el programa"
        ),
        sa.Column("title", sa.String(length=200), nullable=False, comment="Nombre del plazo"),
        sa.Column("days", sa.Integer(), nullable=False, comment="Número de días; 0 es el mismo día"),
        sa.Column("unit", sa.String(length=20), nullable=False, comment="habil o calendario"),
        sa.Column(
            "counts_from",
            sa.String(length=20),
            nullable=False,
            comment="Hecho desde el que se cuenta: emision, aprobacion, notificacion o recepcion",
        ),
        sa.Column("norm", sa.String(length=200), nullable=False, comment="Norma que da el plazo"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de vigencia; vacío si no se conoce"
        ),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Último día de vigencia; vacío si sigue vigente"
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_term")),
        sa.UniqueConstraint("national_key", name=op.f("uq_legal_term_national_key")),
    )
    op.create_index(op.f("ix_legal_term_key"), "legal_term", ["key"], unique=False)


def downgrade():
    op.drop_table("legal_term")
