"""Models of acts in versions, the style of each act as data, and what each frozen version of an act said."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

APPEND_ONLY = ("act_model_version", "act_model_text", "act_model_place", "resolucion_version")
STYLES = (("letras", "ARTÍCULO {ordinal}:"), ("cifras", "ARTÍCULO {n}.-"))
VISTOS_FORM = "{documentos}, sobre {asunto}, y;"


def upgrade():
    op.create_table(
        "act_model",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "shipped_key",
            sa.String(length=80),
            nullable=True,
            comment="Clave entre los modelos del programa; vacío si lo hizo la oficina",
        ),
        sa.Column("last_number", sa.Integer(), nullable=False, comment="Número de su última versión"),
        sa.Column("retired", sa.Boolean(), nullable=False, comment="Si ya no se ofrece para actos nuevos"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_model")),
        sa.UniqueConstraint("shipped_key", name=op.f("uq_act_model_shipped_key")),
    )
    op.create_table(
        "act_model_version",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("model_id", sa.Integer(), nullable=False, comment="Modelo"),
        sa.Column("number", sa.Integer(), nullable=False, comment="Número de la versión, desde 1"),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False, comment="Cuándo se guardó"),
        sa.Column("saved_by", sa.String(length=120), nullable=False, comment="Quién la guardó"),
        sa.Column("name", sa.String(length=300), nullable=False, comment="Nombre del modelo"),
        sa.Column("organ", sa.String(length=300), nullable=False, comment="Órgano que emite el acto"),
        sa.Column("source", sa.Text(), nullable=False, comment="De dónde sale el modelo"),
        sa.Column("series_title", sa.String(length=300), nullable=False, comment="Serie de sus números"),
        sa.Column("series_mask", sa.String(length=300), nullable=False, comment="Molde de sus números"),
        sa.Column("matter", sa.Text(), nullable=False, comment="Asunto con que empieza un acto"),
        sa.Column(
            "act_name", sa.String(length=300), nullable=False, comment="Nombre del acto como se imprime"
        ),
        sa.Column(
            "number_word",
            sa.String(length=20),
            nullable=False,
            comment="Lo que va antes del número: N°, N.°, Nº",
        ),
        sa.Column("vistos_heading", sa.String(length=300), nullable=False, comment="Rótulo de los vistos"),
        sa.Column(
            "vistos_one",
            sa.String(length=300),
            nullable=False,
            comment="Rótulo cuando se cita un solo documento; vacío, el mismo",
        ),
        sa.Column(
            "vistos_form",
            sa.Text(),
            nullable=False,
            comment="Cómo se cuentan los vistos: {documentos} y {asunto} en su lugar",
        ),
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
            "article_style",
            sa.String(length=60),
            nullable=False,
            comment="Molde de la cabeza de un artículo: {ordinal}, {Ordinal} o {n}",
        ),
        sa.Column("closing", sa.Text(), nullable=False, comment="Fórmula de cierre"),
        sa.Column("copies", sa.Text(), nullable=False, comment="Con copia, uno por línea"),
        sa.ForeignKeyConstraint(
            ["model_id"], ["act_model.id"], name=op.f("fk_act_model_version_model_id_act_model")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_model_version")),
        sa.UniqueConstraint("model_id", "number", name=op.f("uq_act_model_version_model_id_number")),
    )
    op.create_index(op.f("ix_act_model_version_model_id"), "act_model_version", ["model_id"], unique=False)
    op.create_table(
        "act_model_place",
        sa.Column("version_id", sa.Integer(), nullable=False, comment="Versión del modelo"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Orden en la ronda, desde 1",
        ),
        sa.Column("role", sa.String(length=20), nullable=False, comment="visto_bueno o autor"),
        sa.Column("siglas", sa.String(length=60), nullable=False, comment="Siglas de la unidad orgánica"),
        sa.Column(
            "position_text",
            sa.String(length=300),
            nullable=False,
            comment="Cargo que se imprime; vacío, el del responsable",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["act_model_version.id"],
            name=op.f("fk_act_model_place_version_id_act_model_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_act_model_place")),
    )
    op.create_table(
        "act_model_text",
        sa.Column("version_id", sa.Integer(), nullable=False, comment="Versión del modelo"),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False, comment="Orden, desde 1"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="considerando, estando o articulo"),
        sa.Column(
            "text", sa.Text(), nullable=False, comment="Texto con datos entre llaves, un párrafo por línea"
        ),
        sa.Column("origin", sa.String(length=20), nullable=False, comment="base_legal, plan o modelo"),
        sa.Column(
            "table_kind",
            sa.String(length=20),
            nullable=False,
            comment="functional_chain o vacío: la tabla que va después",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["act_model_version.id"],
            name=op.f("fk_act_model_text_version_id_act_model_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_act_model_text")),
    )
    op.create_table(
        "resolucion_version",
        sa.Column("resolucion_id", sa.Integer(), nullable=False, comment="Resolución"),
        sa.Column(
            "draft_round",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Vuelta del borrador, desde 1",
        ),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False, comment="Cuándo se congeló"),
        sa.Column("number_text", sa.String(length=120), nullable=False, comment="Número como se imprimió"),
        sa.Column(
            "parts",
            sa.Text(),
            nullable=False,
            comment="Lista JSON de sus partes como se leyeron: kind, name, text",
        ),
        sa.ForeignKeyConstraint(
            ["resolucion_id"], ["resolucion.id"], name=op.f("fk_resolucion_version_resolucion_id_resolucion")
        ),
        sa.PrimaryKeyConstraint("resolucion_id", "draft_round", name=op.f("pk_resolucion_version")),
    )
    for table in APPEND_ONLY:
        guard(table)
    with op.batch_alter_table("resolucion") as batch:
        batch.alter_column(
            "article_style",
            existing_type=sa.String(length=20),
            existing_nullable=False,
            existing_comment="letras (PRIMERO:) o cifras (1.-)",
            type_=sa.String(length=60),
            comment="Molde de la cabeza de un artículo: {ordinal}, {Ordinal} o {n}",
        )
        for column in added_columns():
            batch.add_column(column)
        batch.create_foreign_key(
            op.f("fk_resolucion_model_version_id_act_model_version"),
            "act_model_version",
            ["model_version_id"],
            ["id"],
        )
        batch.create_index(op.f("ix_resolucion_model_version_id"), ["model_version_id"], unique=False)
    acts = sa.table(
        "resolucion",
        *(sa.column(name) for name in ("article_style", "number_word", "vistos_one", "vistos_form")),
    )
    op.execute(acts.update().values(number_word="N°", vistos_one="", vistos_form=VISTOS_FORM))
    for stored, mask in STYLES:
        op.execute(acts.update().where(acts.c.article_style == stored).values(article_style=mask))
    with op.batch_alter_table("resolucion") as batch:
        for column in added_columns()[:3]:
            batch.alter_column(
                column.name, existing_type=column.type, existing_comment=column.comment, nullable=False
            )


def downgrade():
    acts = sa.table("resolucion", sa.column("article_style"))
    numbered = acts.c.article_style.like("%{n}%")
    op.execute(acts.update().values(article_style=sa.case((numbered, "cifras"), else_="letras")))
    with op.batch_alter_table("resolucion") as batch:
        batch.drop_index(op.f("ix_resolucion_model_version_id"))
        batch.drop_constraint(op.f("fk_resolucion_model_version_id_act_model_version"), type_="foreignkey")
        for column in added_columns():
            batch.drop_column(column.name)
        batch.alter_column(
            "article_style",
            existing_type=sa.String(length=60),
            existing_nullable=False,
            existing_comment="Molde de la cabeza de un artículo: {ordinal}, {Ordinal} o {n}",
            type_=sa.String(length=20),
            comment="letras (PRIMERO:) o cifras (1.-)",
        )
    for table in (
        "resolucion_version",
        "act_model_place",
        "act_model_text",
        "act_model_version",
        "act_model",
    ):
        op.drop_table(table)


def added_columns():
    """What an act says of its own style; nullable until the rows that are there are filled."""
    return (
        sa.Column(
            "number_word",
            sa.String(length=20),
            nullable=True,
            comment="Lo que va antes del número: N°, N.°, Nº",
        ),
        sa.Column(
            "vistos_one",
            sa.String(length=300),
            nullable=True,
            comment="Rótulo cuando se cita un solo documento; vacío, el mismo",
        ),
        sa.Column(
            "vistos_form",
            sa.Text(),
            nullable=True,
            comment="Cómo se cuentan los vistos: {documentos} y {asunto} en su lugar",
        ),
        sa.Column(
            "model_version_id",
            sa.Integer(),
            nullable=True,
            comment="Versión del modelo con que empezó",
        ),
    )


def guard(table):
    """Refuse UPDATE and DELETE in the database itself; the function for PostgreSQL is that of the first step."""
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
