"""Routes of a signature, refusals, numbers used outside the program."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

HOLDS_ITS_NUMBER = sa.text("state <> 'observada'")


def upgrade():
    with op.batch_alter_table("paper") as batch:
        batch.add_column(
            sa.Column(
                "edition",
                sa.Integer(),
                server_default="1",
                nullable=False,
                comment="Versión del documento, 2 tras la primera observada o anulada",
            )
        )
        batch.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True, comment="Versión anterior"))
        batch.create_foreign_key(op.f("fk_paper_replaces_id_paper"), "paper", ["replaces_id"], ["id"])
        batch.drop_constraint(op.f("uq_paper_number_id"), type_="unique")
        batch.alter_column(
            "state",
            existing_type=sa.String(length=20),
            existing_nullable=False,
            comment="congelada, en_firma, firmada, anulada u observada",
        )
    # a refused version and the one after it bear the same number
    op.create_index(
        op.f("uq_paper_number_id"),
        "paper",
        ["number_id"],
        unique=True,
        sqlite_where=HOLDS_ITS_NUMBER,
        postgresql_where=HOLDS_ITS_NUMBER,
    )
    with op.batch_alter_table("paper_signer") as batch:
        batch.add_column(
            sa.Column(
                "acting",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="Encargado (e)",
            )
        )
        batch.add_column(
            sa.Column(
                "exported_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="Última salida para firmar fuera (UTC)",
            )
        )
        batch.add_column(sa.Column("signed_on", sa.Date(), nullable=True, comment="Día de la firma en tinta"))
        batch.add_column(
            sa.Column(
                "refused_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="Momento en que observó el documento (UTC)",
            )
        )
        for name, kind, comment in (
            ("appointed_by", sa.String(length=300), "Documento que designa o encarga a quien firma"),
            ("route", sa.String(length=10), "dentro, fuera o tinta; vacío si no firmó"),
            ("signed_field", sa.String(length=200), "Campo del PDF en que quedó la firma"),
            ("pages", sa.String(length=200), "Páginas firmadas en tinta, p. ej. 1-6"),
            ("scan_sha256", sa.String(length=64), "SHA-256 del escaneo de la firma en tinta"),
            ("note", sa.Text(), "Nota de quien registró la firma"),
            ("recorded_by", sa.String(length=120), "Usuario que registró la firma o la observación"),
            ("refuse_reason", sa.Text(), "Motivo de la observación"),
        ):
            batch.add_column(sa.Column(name, kind, server_default="", nullable=False, comment=comment))
    # until now there was one way to sign, in the field prepared for it
    op.execute("UPDATE paper_signer SET route = 'dentro', signed_field = field WHERE signed_at IS NOT NULL")
    op.create_table(
        "paper_outside",
        sa.Column("number_id", sa.Integer(), autoincrement=False, nullable=False, comment="Número que usó"),
        sa.Column("dated", sa.Date(), nullable=False, comment="Fecha del documento"),
        sa.Column("title", sa.String(length=600), nullable=False, comment="De qué trata"),
        sa.Column(
            "scan_sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 de su copia escaneada en el archivo; vacío si no se guardó",
        ),
        sa.ForeignKeyConstraint(
            ["number_id"], ["paper_number.id"], name=op.f("fk_paper_outside_number_id_paper_number")
        ),
        sa.PrimaryKeyConstraint("number_id", name=op.f("pk_paper_outside")),
    )


def downgrade():
    op.drop_table("paper_outside")
    # without this step one number belongs to one paper: a refused version keeps it as printed, and is annulled
    op.execute(
        "UPDATE paper SET state = 'anulada', number_id = NULL, annul_reason = 'Versión observada' "
        "WHERE state = 'observada'"
    )
    # what was signed by hand or brought back stays signed; how is forgotten
    with op.batch_alter_table("paper_signer") as batch:
        for name in (
            "refuse_reason",
            "recorded_by",
            "note",
            "scan_sha256",
            "pages",
            "signed_field",
            "route",
            "appointed_by",
            "refused_at",
            "signed_on",
            "exported_at",
            "acting",
        ):
            batch.drop_column(name)
    op.drop_index(op.f("uq_paper_number_id"), table_name="paper")
    with op.batch_alter_table("paper") as batch:
        batch.drop_constraint(op.f("fk_paper_replaces_id_paper"), type_="foreignkey")
        batch.drop_column("replaces_id")
        batch.drop_column("edition")
        batch.create_unique_constraint(op.f("uq_paper_number_id"), ["number_id"])
