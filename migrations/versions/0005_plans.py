"""Work plans."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade():
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "title", sa.String(length=500), nullable=False, comment="Título, como lo aprueba la resolución"
        ),
        sa.Column("short_name", sa.String(length=160), nullable=False, comment="Nombre corto"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Año fiscal"),
        sa.Column("campaign", sa.String(length=300), nullable=False, comment="Campaña de empadronamiento"),
        sa.Column("state", sa.String(length=20), nullable=False, comment="borrador, aprobado o cerrado"),
        sa.Column("district", sa.String(length=300), nullable=False, comment="Distrito"),
        sa.Column(
            "ubigeo", sa.String(length=20), nullable=False, comment="Ubigeo del distrito, catálogo INEI"
        ),
        sa.Column(
            "annex_code",
            sa.String(length=20),
            nullable=False,
            comment="Código del distrito en el anexo de la directiva",
        ),
        sa.Column(
            "estimated_households",
            sa.Integer(),
            nullable=False,
            comment="Hogares que estima la directiva; 0 si no lo dice",
        ),
        sa.Column("households", sa.Integer(), nullable=False, comment="Meta: hogares por empadronar"),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="Monto asignado, en céntimos"),
        sa.Column("starts", sa.Date(), nullable=True, comment="Primer día del plazo"),
        sa.Column("ends", sa.Date(), nullable=True, comment="Último día del plazo"),
        sa.Column("objective", sa.Text(), nullable=False, comment="Objetivo del plan"),
        sa.Column("unit_id", sa.Integer(), nullable=True, comment="Unidad orgánica que lo propone"),
        sa.Column("executing_unit", sa.String(length=300), nullable=False, comment="Unidad que lo ejecuta"),
        sa.Column("cost_centre", sa.String(length=300), nullable=False, comment="Centro de costo"),
        sa.Column("prepared_by", sa.String(length=300), nullable=False, comment="Quién lo elaboró"),
        sa.Column("reviewed_by", sa.String(length=300), nullable=False, comment="Quién lo revisó"),
        sa.Column(
            "approved_by",
            sa.String(length=600),
            nullable=False,
            comment="Acto que lo aprobó; vacío si no lo hay",
        ),
        sa.Column(
            "matrix_id", sa.Integer(), nullable=True, comment="Matriz de responsabilidades (Anexo N° 01)"
        ),
        sa.Column(
            "held_by",
            sa.String(length=120),
            nullable=False,
            comment="Número del acto congelado que lo retiene; vacío si ninguno",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del plan, con todas sus partes"),
        sa.ForeignKeyConstraint(
            ["matrix_id"], ["responsibility_matrix.id"], name=op.f("fk_plan_matrix_id_responsibility_matrix")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_matrix_id"), "plan", ["matrix_id"], unique=False)
    op.create_index(op.f("ix_plan_state"), "plan", ["state"], unique=False)
    op.create_index(op.f("ix_plan_unit_id"), "plan", ["unit_id"], unique=False)
    op.create_index(op.f("ix_plan_year"), "plan", ["year"], unique=False)
    op.create_table(
        "plan_activity",
        sa.Column("phase", sa.String(length=20), nullable=False, comment="preparatoria, ejecucion o cierre"),
        sa.Column("activity", sa.Text(), nullable=False, comment="Actividad"),
        sa.Column("task", sa.Text(), nullable=False, comment="Tarea"),
        sa.Column("product", sa.String(length=300), nullable=False, comment="Producto"),
        sa.Column("measure", sa.String(length=300), nullable=False, comment="Unidad de medida"),
        sa.Column("target", sa.Integer(), nullable=False, comment="Meta en esa unidad; 0 si no se dice"),
        sa.Column("starts", sa.Date(), nullable=True, comment="Primer día"),
        sa.Column("ends", sa.Date(), nullable=True, comment="Último día"),
        sa.Column("responsible", sa.String(length=300), nullable=False, comment="Responsable"),
        sa.Column("budget", sa.BigInteger(), nullable=False, comment="Presupuesto, en céntimos"),
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="Plan"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden dentro del plan, desde 1"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_activity_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_activity")),
    )
    op.create_index(op.f("ix_plan_activity_plan_id"), "plan_activity", ["plan_id"], unique=False)
    op.create_table(
        "plan_budget_line",
        sa.Column("code", sa.String(length=20), nullable=False, comment="Clasificador de gasto"),
        sa.Column("name", sa.String(length=400), nullable=False, comment="Nombre de la partida"),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="Monto, en céntimos"),
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="Plan"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden dentro del plan, desde 1"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_budget_line_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_budget_line")),
    )
    op.create_index(op.f("ix_plan_budget_line_plan_id"), "plan_budget_line", ["plan_id"], unique=False)
    op.create_table(
        "plan_chain",
        sa.Column("programme_code", sa.String(length=20), nullable=False, comment="Programa: código"),
        sa.Column("programme_name", sa.String(length=400), nullable=False, comment="Programa: nombre"),
        sa.Column(
            "product_code", sa.String(length=20), nullable=False, comment="Producto o proyecto: código"
        ),
        sa.Column(
            "product_name", sa.String(length=400), nullable=False, comment="Producto o proyecto: nombre"
        ),
        sa.Column("activity_code", sa.String(length=20), nullable=False, comment="Actividad: código"),
        sa.Column("activity_name", sa.String(length=400), nullable=False, comment="Actividad: nombre"),
        sa.Column("function_code", sa.String(length=20), nullable=False, comment="Función: código"),
        sa.Column("function_name", sa.String(length=400), nullable=False, comment="Función: nombre"),
        sa.Column(
            "division_code", sa.String(length=20), nullable=False, comment="División funcional: código"
        ),
        sa.Column(
            "division_name", sa.String(length=400), nullable=False, comment="División funcional: nombre"
        ),
        sa.Column("group_code", sa.String(length=20), nullable=False, comment="Grupo funcional: código"),
        sa.Column("group_name", sa.String(length=400), nullable=False, comment="Grupo funcional: nombre"),
        sa.Column(
            "source_code", sa.String(length=20), nullable=False, comment="Fuente de financiamiento: código"
        ),
        sa.Column(
            "source_name", sa.String(length=400), nullable=False, comment="Fuente de financiamiento: nombre"
        ),
        sa.Column("rubro_code", sa.String(length=20), nullable=False, comment="Rubro: código"),
        sa.Column("rubro_name", sa.String(length=400), nullable=False, comment="Rubro: nombre"),
        sa.Column("generic_code", sa.String(length=20), nullable=False, comment="Genérica de gasto: código"),
        sa.Column("generic_name", sa.String(length=400), nullable=False, comment="Genérica de gasto: nombre"),
        sa.Column("amount", sa.BigInteger(), nullable=False, comment="Asignación, en céntimos"),
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="Plan"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden dentro del plan, desde 1"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_chain_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_chain")),
    )
    op.create_index(op.f("ix_plan_chain_plan_id"), "plan_chain", ["plan_id"], unique=False)
    op.create_table(
        "plan_objective",
        sa.Column(
            "instrument",
            sa.String(length=300),
            nullable=False,
            comment="Sigla del instrumento, por ejemplo PEI",
        ),
        sa.Column("instrument_name", sa.String(length=300), nullable=False, comment="Nombre del instrumento"),
        sa.Column(
            "code", sa.String(length=20), nullable=False, comment="Código del objetivo, por ejemplo OEI 05"
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="Texto del objetivo"),
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="Plan"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden dentro del plan, desde 1"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_objective_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_objective")),
    )
    op.create_index(op.f("ix_plan_objective_plan_id"), "plan_objective", ["plan_id"], unique=False)
    op.create_table(
        "plan_section",
        sa.Column(
            "kind", sa.String(length=20), nullable=False, comment="Clave de la sección en el contenido mínimo"
        ),
        sa.Column("title", sa.String(length=300), nullable=False, comment="Título"),
        sa.Column("text", sa.Text(), nullable=False, comment="Texto; un párrafo por línea"),
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="Plan"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden dentro del plan, desde 1"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_section_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_section")),
    )
    op.create_index(op.f("ix_plan_section_plan_id"), "plan_section", ["plan_id"], unique=False)
    op.create_table(
        "plan_zone",
        sa.Column("name", sa.String(length=300), nullable=False, comment="Zona o sector"),
        sa.Column(
            "settlement", sa.String(length=300), nullable=False, comment="Barrio o asentamiento humano"
        ),
        sa.Column("manzana", sa.String(length=20), nullable=False, comment="Código INEI de la manzana"),
        sa.Column("stratum", sa.String(length=300), nullable=False, comment="Estrato de ingreso"),
        sa.Column("lot_type", sa.String(length=300), nullable=False, comment="Tipo de lotización"),
        sa.Column("households", sa.Integer(), nullable=False, comment="Hogares estimados; 0 si no se dice"),
        sa.Column("route", sa.String(length=300), nullable=False, comment="Ruta"),
        sa.Column("priority", sa.String(length=300), nullable=False, comment="Prioridad"),
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="Plan"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Orden dentro del plan, desde 1"),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_zone_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_zone")),
    )
    op.create_index(op.f("ix_plan_zone_plan_id"), "plan_zone", ["plan_id"], unique=False)


def downgrade():
    op.drop_table("plan_zone")
    op.drop_table("plan_section")
    op.drop_table("plan_objective")
    op.drop_table("plan_chain")
    op.drop_table("plan_budget_line")
    op.drop_table("plan_activity")
    op.drop_table("plan")
