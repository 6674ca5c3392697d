"""Papers of the kardex and the movements that they tell; a signer may be a party to an acta."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_ROLES_BEFORE = "visto_bueno o autor"
_ROLES = "visto_bueno, parte o autor"
APPEND_ONLY = (
    "kardex_acta",
    "kardex_acta_movement",
)


def upgrade():
    op.create_table(
        "kardex_acta",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("campaign_id", sa.Integer(), nullable=False, comment="Campaña"),
        sa.Column(
            "kind",
            sa.String(length=20),
            nullable=False,
            comment="recepcion, entrega, devolucion, incidencia, baja, inventario, cierre o no_adeudo",
        ),
        sa.Column("dated", sa.Date(), nullable=False, comment="Fecha del documento"),
        sa.Column(
            "holder_id", sa.Integer(), nullable=True, comment="Persona de la que trata; vacío si de ninguna"
        ),
        sa.Column(
            "route",
            sa.String(length=12),
            nullable=False,
            comment="Para qué firma se imprimió: tinta o digital",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="Observaciones impresas; vacío si no hay"),
        sa.Column("paper_id", sa.Integer(), nullable=False, comment="Papel congelado"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento (UTC)",
        ),
        sa.Column("made_by", sa.String(length=120), nullable=False, comment="Usuario que la hizo"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["kardex_campaign.id"], name=op.f("fk_kardex_acta_campaign_id_kardex_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["kardex_holder.id"], name=op.f("fk_kardex_acta_holder_id_kardex_holder")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_kardex_acta_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kardex_acta")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_kardex_acta_paper_id")),
    )
    op.create_index(
        op.f("ix_kardex_acta_campaign_id_kind"), "kardex_acta", ["campaign_id", "kind"], unique=False
    )
    op.create_table(
        "kardex_acta_movement",
        sa.Column("acta_id", sa.Integer(), autoincrement=False, nullable=False, comment="Documento"),
        sa.Column("movement_id", sa.Integer(), autoincrement=False, nullable=False, comment="Movimiento"),
        sa.ForeignKeyConstraint(
            ["acta_id"], ["kardex_acta.id"], name=op.f("fk_kardex_acta_movement_acta_id_kardex_acta")
        ),
        sa.ForeignKeyConstraint(
            ["movement_id"],
            ["kardex_movement.id"],
            name=op.f("fk_kardex_acta_movement_movement_id_kardex_movement"),
        ),
        sa.PrimaryKeyConstraint("acta_id", "movement_id", name=op.f("pk_kardex_acta_movement")),
    )
    op.create_index(
        op.f("ix_kardex_acta_movement_movement_id"), "kardex_acta_movement", ["movement_id"], unique=False
    )
    for table in APPEND_ONLY:
        guard(table)
    _comment_roles(_ROLES, _ROLES_BEFORE)


def downgrade():
    _comment_roles(_ROLES_BEFORE, _ROLES)
    op.drop_table("kardex_acta_movement")
    op.drop_table("kardex_acta")


def _comment_roles(after, before):
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column(
            "paper_signer",
            "role",
            existing_type=sa.String(length=20),
            existing_nullable=False,
            comment=after,
            existing_comment=before,
        )


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
