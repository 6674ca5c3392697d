"""People: users, roles, absences, reviews of accesses."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

APPEND_ONLY = ("access_review",)


def upgrade():
    op.create_table(
        "app_user",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "login",
            sa.String(length=60),
            nullable=False,
            comment="Nombre con que entra, en minúsculas; firma el historial",
        ),
        sa.Column("name", sa.String(length=200), nullable=False, comment="Nombres y apellidos"),
        sa.Column("office", sa.String(length=60), nullable=False, comment="Siglas de su oficina"),
        sa.Column("position", sa.String(length=200), nullable=False, comment="Cargo; vacío si no se indicó"),
        sa.Column(
            "document",
            sa.String(length=200),
            nullable=False,
            comment="Documento que autoriza su acceso; vacío si no se indicó",
        ),
        sa.Column("state", sa.String(length=20), nullable=False, comment="active, suspended o left"),
        sa.Column(
            "valid_from", sa.Date(), nullable=True, comment="Primer día de acceso; vacío si no se fijó"
        ),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Último día de acceso; vacío si no se fijó"),
        sa.Column(
            "password_hash",
            sa.String(length=200),
            nullable=False,
            comment="Contraseña por argon2id; vacío mientras no la tenga",
        ),
        sa.Column(
            "password_set_at", sa.DateTime(timezone=True), nullable=True, comment="Cuándo la fijó (UTC)"
        ),
        sa.Column(
            "must_change", sa.Boolean(), nullable=False, comment="Debe cambiar la contraseña al entrar"
        ),
        sa.Column(
            "recovery_hash",
            sa.String(length=200),
            nullable=False,
            comment="Clave de un solo uso impresa por el administrador, por argon2id; vacío si no hay",
        ),
        sa.Column(
            "recovery_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Hasta cuándo vale la clave de un solo uso (UTC)",
        ),
        sa.Column("failed_count", sa.Integer(), nullable=False, comment="Intentos fallidos seguidos"),
        sa.Column(
            "locked_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Hasta cuándo no se admite otro intento (UTC)",
        ),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True, comment="Última entrada (UTC)"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.CheckConstraint("state IN ('active', 'suspended', 'left')", name=op.f("ck_app_user_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("login", name=op.f("uq_app_user_login")),
    )
    op.create_table(
        "app_user_role",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Usuario"),
        sa.Column("role", sa.String(length=40), nullable=False, comment="Clave del rol, p. ej. kardex_clerk"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_app_user_role_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user_role")),
        sa.UniqueConstraint("user_id", "role", name=op.f("uq_app_user_role_user_id_role")),
    )
    op.create_index(op.f("ix_app_user_role_user_id"), "app_user_role", ["user_id"], unique=False)
    op.create_table(
        "app_user_absence",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("user_id", sa.Integer(), nullable=False, comment="Usuario"),
        sa.Column("first_day", sa.Date(), nullable=False, comment="Primer día de ausencia"),
        sa.Column("last_day", sa.Date(), nullable=False, comment="Último día de ausencia"),
        sa.Column(
            "reason", sa.String(length=200), nullable=False, comment="Vacaciones, licencia u otro motivo"
        ),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, comment="Se dejó sin efecto"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_app_user_absence_days")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_app_user_absence_user_id_app_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user_absence")),
    )
    op.create_index(op.f("ix_app_user_absence_user_id"), "app_user_absence", ["user_id"], unique=False)
    op.create_table(
        "access_review",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "reviewed_at", sa.DateTime(timezone=True), nullable=False, comment="Momento de la revisión (UTC)"
        ),
        sa.Column("reviewed_by", sa.String(length=120), nullable=False, comment="Usuario que la hizo"),
        sa.Column(
            "findings",
            sa.Text(),
            nullable=False,
            comment="Cada usuario con sus roles, última entrada y lo decidido, en JSON",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="Observación; vacío si no hay"),
        sa.Column(
            "paper_id", sa.Integer(), nullable=True, comment="Constancia impresa; vacío si no se emitió"
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_access_review_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_review")),
    )
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    op.drop_table("access_review")
    op.drop_table("app_user_absence")
    op.drop_table("app_user_role")
    op.drop_table("app_user")


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
