"""Resoluciones: blocks, signers' places, wordings."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade():
    op.create_table(
        "resolucion",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("expediente_id", sa.Integer(), nullable=False, comment="Expediente del que sale"),
        sa.Column(
            "plan_id", sa.Integer(), nullable=True, comment="Plan que aprueba; vacío si no aprueba un plan"
        ),
        sa.Column("series_id", sa.Integer(), nullable=False, comment="Serie de su número"),
        sa.Column(
            "matter", sa.Text(), nullable=False, comment="Asunto, como completa «sobre …» en los vistos"
        ),
        sa.Column(
            "act_name", sa.String(length=300), nullable=False, comment="Nombre del acto como se imprime"
        ),
        sa.Column("vistos_heading", sa.String(length=300), nullable=False, comment="Rótulo de los vistos"),
        sa.Column(
            "considerando_heading",
            sa.String(length=300),
            nullable=False,
            comment="Rótulo de los considerandos",
        ),
        sa.Column(
            "resuelve_heading", sa.String(length=300), nullable=False, comment="Rótulo de los artículos"
        ),
        sa.Column(
            "entity_line", sa.String(length=300), nullable=False, comment="Línea de la entidad sobre la firma"
        ),
        sa.Column(
            "initials", sa.String(length=300), nullable=False, comment="Iniciales de quienes lo redactaron"
        ),
        sa.Column(
            "article_style", sa.String(length=20), nullable=False, comment="letras (PRIMERO:) o cifras (1.-)"
        ),
        sa.Column("dated", sa.Date(), nullable=False, comment="Fecha del acto"),
        sa.Column(
            "with_annex",
            sa.Boolean(),
            nullable=False,
            comment="Si lleva el Anexo N° 01 de la matriz del plan",
        ),
        sa.Column(
            "state",
            sa.String(length=20),
            nullable=False,
            comment="borrador, congelada, en_firma, firmada o notificada",
        ),
        sa.Column("paper_id", sa.Integer(), nullable=True, comment="Documento congelado; vacío en borrador"),
        sa.Column(
            "number_text",
            sa.String(length=120),
            nullable=False,
            comment="Número como se imprime; vacío en borrador",
        ),
        sa.Column(
            "draft_round", sa.Integer(), nullable=False, comment="Vuelta del borrador: 2 tras una anulación"
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Versión, con sus bloques, firmantes y textos"
        ),
        sa.ForeignKeyConstraint(
            ["expediente_id"], ["expediente.id"], name=op.f("fk_resolucion_expediente_id_expediente")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_resolucion_paper_id_paper")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_resolucion_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["paper_series.id"], name=op.f("fk_resolucion_series_id_paper_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolucion")),
    )
    op.create_index(op.f("ix_resolucion_expediente_id"), "resolucion", ["expediente_id"], unique=False)
    op.create_index(op.f("ix_resolucion_number_text"), "resolucion", ["number_text"], unique=False)
    op.create_index(op.f("ix_resolucion_paper_id"), "resolucion", ["paper_id"], unique=False)
    op.create_index(op.f("ix_resolucion_plan_id"), "resolucion", ["plan_id"], unique=False)
    op.create_index(op.f("ix_resolucion_state"), "resolucion", ["state"], unique=False)
    op.create_table(
        "resolucion_block",
        sa.Column("resolucion_id", sa.Integer(), nullable=False, comment="Resolución"),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False, comment="Orden, desde 1"),
        sa.Column(
            "kind",
            sa.String(length=20),
            nullable=False,
            comment="vistos, considerando, estando, articulo, cierre o copias",
        ),
        sa.Column(
            "text",
            sa.Text(),
            nullable=False,
            comment="Texto con datos entre llaves ({plan.amount}), un párrafo por línea",
        ),
        sa.Column(
            "table_kind",
            sa.String(length=20),
            nullable=False,
            comment="functional_chain, details o vacío: la tabla que va después",
        ),
        sa.Column("document_id", sa.Integer(), nullable=True, comment="Documento que cuenta"),
        sa.Column(
            "origin",
            sa.String(length=20),
            nullable=False,
            comment="base_legal, documento, plan, modelo o escrito",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["expediente_document.id"],
            name=op.f("fk_resolucion_block_document_id_expediente_document"),
        ),
        sa.ForeignKeyConstraint(
            ["resolucion_id"], ["resolucion.id"], name=op.f("fk_resolucion_block_resolucion_id_resolucion")
        ),
        sa.PrimaryKeyConstraint("resolucion_id", "position", name=op.f("pk_resolucion_block")),
    )
    op.create_index(
        op.f("ix_resolucion_block_document_id"), "resolucion_block", ["document_id"], unique=False
    )
    op.create_table(
        "resolucion_place",
        sa.Column("resolucion_id", sa.Integer(), nullable=False, comment="Resolución"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Orden en la ronda, desde 1",
        ),
        sa.Column("role", sa.String(length=20), nullable=False, comment="visto_bueno o autor"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="Unidad orgánica"),
        sa.Column(
            "position_text",
            sa.String(length=300),
            nullable=False,
            comment="Cargo que se imprime; vacío, el del responsable",
        ),
        sa.ForeignKeyConstraint(
            ["resolucion_id"], ["resolucion.id"], name=op.f("fk_resolucion_place_resolucion_id_resolucion")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_resolucion_place_unit_id_unit")),
        sa.PrimaryKeyConstraint("resolucion_id", "position", name=op.f("pk_resolucion_place")),
    )
    op.create_table(
        "resolucion_wording",
        sa.Column("resolucion_id", sa.Integer(), nullable=False, comment="Resolución"),
        sa.Column("key", sa.String(length=120), nullable=False, comment="Clave del dato, p. ej. norm.lom"),
        sa.Column("text", sa.Text(), nullable=False, comment="Cómo lo escribe este acto"),
        sa.ForeignKeyConstraint(
            ["resolucion_id"], ["resolucion.id"], name=op.f("fk_resolucion_wording_resolucion_id_resolucion")
        ),
        sa.PrimaryKeyConstraint("resolucion_id", "key", name=op.f("pk_resolucion_wording")),
    )


def downgrade():
    op.drop_table("resolucion_wording")
    op.drop_table("resolucion_place")
    op.drop_table("resolucion_block")
    op.drop_table("resolucion")
