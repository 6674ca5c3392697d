"""Copies, rehearsed restores, incidents, the bank of personal data."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

APPEND_ONLY = (
    "backup",
    "restore_rehearsal",
)


def upgrade():
    op.create_table(
        "backup",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="Momento de la copia (UTC)"),
        sa.Column("made_by", sa.String(length=120), nullable=False, comment="Usuario que la pidió"),
        sa.Column(
            "occasion", sa.String(length=20), nullable=False, comment="demand, closing, weekly o command"
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False, comment="Nombre del archivo"),
        sa.Column("place", sa.String(length=200), nullable=False, comment="Disco o carpeta donde quedó"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="SHA-256 del archivo"),
        sa.Column("byte_count", sa.BigInteger(), nullable=False, comment="Tamaño del archivo, en bytes"),
        sa.Column("row_count", sa.BigInteger(), nullable=False, comment="Filas copiadas y comparadas"),
        sa.Column(
            "paper_count", sa.Integer(), nullable=False, comment="Archivos del archivo de papeles, comparados"
        ),
        sa.Column(
            "entry_count", sa.Integer(), nullable=False, comment="Anotaciones de la auditoría en la copia"
        ),
        sa.Column(
            "entry_hash",
            sa.String(length=64),
            nullable=False,
            comment="Cabeza de la cadena de auditoría en la copia",
        ),
        sa.Column("encrypted", sa.Boolean(), nullable=False, comment="Lleva contraseña"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup")),
    )
    op.create_table(
        "restore_rehearsal",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False, comment="Momento del ensayo (UTC)"),
        sa.Column("tried_by", sa.String(length=120), nullable=False, comment="Usuario que lo hizo"),
        sa.Column(
            "file_name", sa.String(length=200), nullable=False, comment="Nombre del archivo de la copia"
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="SHA-256 del archivo de la copia"),
        sa.Column("ok", sa.Boolean(), nullable=False, comment="Si lo restaurado coincidió con la copia"),
        sa.Column("detail", sa.Text(), nullable=False, comment="Qué se comparó y qué resultó"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restore_rehearsal")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column(
            "known_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Momento en que se supo (UTC): desde ahí corren las 48 horas",
        ),
        sa.Column(
            "registered_at", sa.DateTime(timezone=True), nullable=False, comment="Momento del registro (UTC)"
        ),
        sa.Column("registered_by", sa.String(length=120), nullable=False, comment="Usuario que lo registró"),
        sa.Column("title", sa.String(length=200), nullable=False, comment="Qué pasó, en una línea"),
        sa.Column("description", sa.Text(), nullable=False, comment="Naturaleza del incidente"),
        sa.Column("data_kinds", sa.Text(), nullable=False, comment="Clases de datos personales afectados"),
        sa.Column(
            "sensitive", sa.Boolean(), nullable=False, comment="Hay datos sensibles (Ley 29733, art. 2.5)"
        ),
        sa.Column(
            "holder_count", sa.Integer(), nullable=True, comment="Titulares afectados; vacío si no se sabe"
        ),
        sa.Column(
            "consequences", sa.Text(), nullable=False, comment="Consecuencias posibles; vacío si no se sabe"
        ),
        sa.Column(
            "measures", sa.Text(), nullable=False, comment="Medidas tomadas o propuestas; vacío si no hay"
        ),
        sa.Column(
            "reported_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Comunicado a la ANPD (UTC); vacío si no se hizo",
        ),
        sa.Column(
            "report_document",
            sa.String(length=200),
            nullable=False,
            comment="Documento de esa comunicación; vacío si no hay",
        ),
        sa.Column(
            "holders_told_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Comunicado a los titulares (UTC); vacío si no se hizo",
        ),
        sa.Column(
            "centre_told_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Comunicado al Centro Nacional de Seguridad Digital (UTC); vacío si no se hizo",
        ),
        sa.Column("state", sa.String(length=20), nullable=False, comment="open o closed"),
        sa.Column(
            "closing_note", sa.Text(), nullable=False, comment="Cómo terminó; vacío mientras siga abierto"
        ),
        sa.Column("paper_id", sa.Integer(), nullable=True, comment="Informe emitido; vacío si no hay"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_incident_state")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_incident_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "data_bank",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="Siempre 1"),
        sa.Column("name", sa.String(length=200), nullable=False, comment="Nombre del banco de datos"),
        sa.Column(
            "registration",
            sa.String(length=100),
            nullable=False,
            comment="Código de inscripción; vacío si falta inscribirlo",
        ),
        sa.Column(
            "officer_name", sa.String(length=200), nullable=False, comment="Oficial de datos personales"
        ),
        sa.Column(
            "officer_contact",
            sa.String(length=200),
            nullable=False,
            comment="Cómo se llega al oficial; es público",
        ),
        sa.Column("purposes", sa.Text(), nullable=False, comment="Finalidades"),
        sa.Column("recipients", sa.Text(), nullable=False, comment="A quiénes se transfieren los datos"),
        sa.Column(
            "measures", sa.Text(), nullable=False, comment="Medidas de la oficina, aparte de las del programa"
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="Sube con cada cambio; evita pisar el de otra persona",
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_data_bank_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_bank")),
    )
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    op.drop_table("data_bank")
    op.drop_table("incident")
    op.drop_table("restore_rehearsal")
    op.drop_table("backup")


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
