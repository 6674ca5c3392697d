"""Notification, remission and publication of an act."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade():
    op.create_table(
        "resolucion_notification",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador; va en el código del cargo"),
        sa.Column("resolucion_id", sa.Integer(), nullable=False, comment="Resolución que se notifica"),
        sa.Column(
            "recipient_key",
            sa.String(length=200),
            nullable=False,
            comment="Destinatario sin repetir: unit:5 o name:nombre",
        ),
        sa.Column("attempt", sa.Integer(), nullable=False, comment="Intento, desde 1"),
        sa.Column("superseded", sa.Boolean(), nullable=False, comment="Si después hubo otro intento"),
        sa.Column("name", sa.String(length=300), nullable=False, comment="Unidad o persona que se notifica"),
        sa.Column(
            "siglas", sa.String(length=40), nullable=False, comment="Siglas de la unidad; vacío si no tiene"
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True, comment="Unidad orgánica; vacío si es de fuera"),
        sa.Column(
            "person",
            sa.String(length=300),
            nullable=False,
            comment="Quien dirige la unidad o recibe por ella",
        ),
        sa.Column("address", sa.String(length=300), nullable=False, comment="Dirección"),
        sa.Column("email", sa.String(length=200), nullable=False, comment="Correo electrónico"),
        sa.Column(
            "origin", sa.String(length=20), nullable=False, comment="copias, anexo, copias_y_anexo o agregado"
        ),
        sa.Column(
            "channel",
            sa.String(length=20),
            nullable=False,
            comment="Canal: personal, correo, casilla o publicacion",
        ),
        sa.Column("folios", sa.Integer(), nullable=False, comment="Folios que se entregan"),
        sa.Column(
            "state",
            sa.String(length=20),
            nullable=False,
            comment="pendiente, entregado, rehusado, devuelto o cerrado",
        ),
        sa.Column(
            "printed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Última impresión del cargo (UTC)",
        ),
        sa.Column(
            "done_at", sa.DateTime(timezone=True), nullable=True, comment="Momento de lo ocurrido (UTC)"
        ),
        sa.Column("receiver", sa.String(length=300), nullable=False, comment="Quien recibió"),
        sa.Column(
            "dni",
            sa.String(length=8),
            nullable=False,
            comment="DNI de quien recibió; vacío si no se registró",
        ),
        sa.Column(
            "relation", sa.String(length=200), nullable=False, comment="Vínculo o cargo de quien recibió"
        ),
        sa.Column(
            "note",
            sa.Text(),
            nullable=False,
            comment="Constancia de la negativa o motivo de la devolución o cierre",
        ),
        sa.Column("effective_on", sa.Date(), nullable=True, comment="Día en que surte efecto"),
        sa.Column("counts_from", sa.Date(), nullable=True, comment="Primer día de los plazos que inicia"),
        sa.Column(
            "file_sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 del cargo escaneado; vacío si falta",
        ),
        sa.Column(
            "file_name", sa.String(length=200), nullable=False, comment="Nombre con que llegó el escaneo"
        ),
        sa.Column("file_size", sa.Integer(), nullable=False, comment="Bytes del escaneo"),
        sa.Column("file_pages", sa.Integer(), nullable=False, comment="Páginas del escaneo"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.CheckConstraint("attempt >= 1", name=op.f("ck_resolucion_notification_attempt")),
        sa.ForeignKeyConstraint(
            ["resolucion_id"],
            ["resolucion.id"],
            name=op.f("fk_resolucion_notification_resolucion_id_resolucion"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_resolucion_notification_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolucion_notification")),
        sa.UniqueConstraint(
            "resolucion_id",
            "recipient_key",
            "attempt",
            name=op.f("uq_resolucion_notification_resolucion_id_recipient_key_attempt"),
        ),
    )
    op.create_index(
        op.f("ix_resolucion_notification_state"), "resolucion_notification", ["state"], unique=False
    )
    op.create_table(
        "resolucion_publication",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("resolucion_id", sa.Integer(), nullable=False, comment="Resolución publicada"),
        sa.Column("url", sa.String(length=500), nullable=False, comment="Dirección de la publicación"),
        sa.Column("published_on", sa.Date(), nullable=False, comment="Día de la publicación"),
        sa.Column("published_by", sa.String(length=200), nullable=False, comment="Quien publicó"),
        sa.Column("unit_id", sa.Integer(), nullable=False, comment="Unidad que publicó"),
        sa.Column("unit", sa.String(length=300), nullable=False, comment="Nombre de la unidad en esa fecha"),
        sa.Column("note", sa.Text(), nullable=False, comment="Nota, p. ej. por qué la copia pública difiere"),
        sa.Column(
            "file_sha256", sa.String(length=64), nullable=False, comment="SHA-256 del archivo publicado"
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False, comment="Nombre del archivo publicado"),
        sa.Column("file_size", sa.Integer(), nullable=False, comment="Bytes del archivo publicado"),
        sa.Column("file_pages", sa.Integer(), nullable=False, comment="Páginas del archivo publicado"),
        sa.Column(
            "capture_sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 de la captura de la página",
        ),
        sa.Column("capture_name", sa.String(length=200), nullable=False, comment="Nombre de la captura"),
        sa.Column("capture_size", sa.Integer(), nullable=False, comment="Bytes de la captura"),
        sa.Column("capture_pages", sa.Integer(), nullable=False, comment="Páginas de la captura"),
        sa.Column(
            "same",
            sa.Boolean(),
            nullable=False,
            comment="Si el archivo publicado es idéntico a uno archivado del acto",
        ),
        sa.Column(
            "archived_sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 del acto archivado con que se comparó",
        ),
        sa.Column("paper_id", sa.Integer(), nullable=True, comment="Constancia; vacío si no se hizo"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_resolucion_publication_paper_id_paper")
        ),
        sa.ForeignKeyConstraint(
            ["resolucion_id"],
            ["resolucion.id"],
            name=op.f("fk_resolucion_publication_resolucion_id_resolucion"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_resolucion_publication_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolucion_publication")),
        sa.UniqueConstraint(
            "resolucion_id",
            "url",
            "published_on",
            name=op.f("uq_resolucion_publication_resolucion_id_url_published_on"),
        ),
    )
    op.create_table(
        "resolucion_remission",
        sa.Column("id", sa.Integer(), nullable=False, comment="Identificador"),
        sa.Column("resolucion_id", sa.Integer(), nullable=False, comment="Resolución que se remite"),
        sa.Column(
            "body",
            sa.String(length=300),
            nullable=False,
            comment="Organismo, como se llamaba en la fecha del oficio",
        ),
        sa.Column("body_siglas", sa.String(length=40), nullable=False, comment="Siglas del organismo"),
        sa.Column(
            "event",
            sa.String(length=20),
            nullable=False,
            comment="Hecho desde el que cuenta: emision, aprobacion, notificacion o recepcion",
        ),
        sa.Column("event_on", sa.Date(), nullable=True, comment="Día del hecho; vacío si no ocurrió"),
        sa.Column("days", sa.Integer(), nullable=False, comment="Días del plazo"),
        sa.Column("norm", sa.String(length=300), nullable=False, comment="Norma del plazo"),
        sa.Column("due", sa.Date(), nullable=True, comment="Último día del plazo; vacío si no hay plazo"),
        sa.Column("paper_id", sa.Integer(), nullable=True, comment="Oficio; vacío si se hizo fuera"),
        sa.Column(
            "letter", sa.String(length=120), nullable=False, comment="Número del oficio con que se envió"
        ),
        sa.Column("sent_on", sa.Date(), nullable=True, comment="Día del envío; vacío si falta enviar"),
        sa.Column("channel", sa.String(length=60), nullable=False, comment="Por dónde se envió"),
        sa.Column(
            "body_registry", sa.String(length=120), nullable=False, comment="Registro que dio el organismo"
        ),
        sa.Column(
            "late_days", sa.Integer(), nullable=True, comment="Días hábiles de retraso; vacío si no hay plazo"
        ),
        sa.Column(
            "file_sha256",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 de la prueba de envío; vacío si falta",
        ),
        sa.Column(
            "file_name", sa.String(length=200), nullable=False, comment="Nombre con que llegó la prueba"
        ),
        sa.Column("file_size", sa.Integer(), nullable=False, comment="Bytes de la prueba"),
        sa.Column("file_pages", sa.Integer(), nullable=False, comment="Páginas de la prueba"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Versión del registro"),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_resolucion_remission_paper_id_paper")
        ),
        sa.ForeignKeyConstraint(
            ["resolucion_id"],
            ["resolucion.id"],
            name=op.f("fk_resolucion_remission_resolucion_id_resolucion"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolucion_remission")),
        sa.UniqueConstraint("resolucion_id", name=op.f("uq_resolucion_remission_resolucion_id")),
    )
    op.create_index(
        op.f("ix_resolucion_remission_sent_on"), "resolucion_remission", ["sent_on"], unique=False
    )


def downgrade():
    op.drop_table("resolucion_publication")
    op.drop_table("resolucion_remission")
    op.drop_table("resolucion_notification")
