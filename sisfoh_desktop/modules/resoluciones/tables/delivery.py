"""How notifications, the remission and the publications of an act lie in the database."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class ResolucionNotificationRow(Base):
    """One try to notify one recipient."""

    __tablename__ = "resolucion_notification"
    __table_args__ = (
        UniqueConstraint("resolucion_id", "recipient_key", "attempt"),
        CheckConstraint("attempt >= 1", name="attempt"),
    )

    id: Mapped[int] = mapped_column(
        Integer, primary_key=True, comment="Identificador; va en el código del cargo"
    )
    resolucion_id: Mapped[int] = mapped_column(
        ForeignKey("resolucion.id"), comment="Resolución que se notifica"
    )
    recipient_key: Mapped[str] = mapped_column(
        String(200), comment="Destinatario sin repetir: unit:5 o name:nombre"
    )
    attempt: Mapped[int] = mapped_column(Integer, comment="Intento, desde 1")
    superseded: Mapped[bool] = mapped_column(Boolean, comment="Si después hubo otro intento")
    name: Mapped[str] = mapped_column(String(300), comment="Unidad o persona que se notifica")
    siglas: Mapped[str] = mapped_column(String(40), comment="Siglas de la unidad; vacío si no tiene")
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id"), comment="Unidad orgánica; vacío si es de fuera"
    )
    person: Mapped[str] = mapped_column(String(300), comment="Quien dirige la unidad o recibe por ella")
    address: Mapped[str] = mapped_column(String(300), comment="Dirección")
    email: Mapped[str] = mapped_column(String(200), comment="Correo electrónico")
    origin: Mapped[str] = mapped_column(String(20), comment="copias, anexo, copias_y_anexo o agregado")
    channel: Mapped[str] = mapped_column(String(20), comment="Canal: personal, correo, casilla o publicacion")
    folios: Mapped[int] = mapped_column(Integer, comment="Folios que se entregan")
    state: Mapped[str] = mapped_column(
        String(20), index=True, comment="pendiente, entregado, rehusado, devuelto o cerrado"
    )
    printed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Última impresión del cargo (UTC)"
    )
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="Momento de lo ocurrido (UTC)")
    receiver: Mapped[str] = mapped_column(String(300), comment="Quien recibió")
    dni: Mapped[str] = mapped_column(String(8), comment="DNI de quien recibió; vacío si no se registró")
    relation: Mapped[str] = mapped_column(String(200), comment="Vínculo o cargo de quien recibió")
    note: Mapped[str] = mapped_column(
        Text, comment="Constancia de la negativa o motivo de la devolución o cierre"
    )
    effective_on: Mapped[date | None] = mapped_column(Date, comment="Día en que surte efecto")
    counts_from: Mapped[date | None] = mapped_column(Date, comment="Primer día de los plazos que inicia")
    file_sha256: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 del cargo escaneado; vacío si falta"
    )
    file_name: Mapped[str] = mapped_column(String(200), comment="Nombre con que llegó el escaneo")
    file_size: Mapped[int] = mapped_column(Integer, comment="Bytes del escaneo")
    file_pages: Mapped[int] = mapped_column(Integer, comment="Páginas del escaneo")
    version: Mapped[int] = mapped_column(Integer, comment="Versión del registro")


class ResolucionRemissionRow(Base):
    """The copy sent to the national body."""

    __tablename__ = "resolucion_remission"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    resolucion_id: Mapped[int] = mapped_column(
        ForeignKey("resolucion.id"), unique=True, comment="Resolución que se remite"
    )
    body: Mapped[str] = mapped_column(
        String(300), comment="Organismo, como se llamaba en la fecha del oficio"
    )
    body_siglas: Mapped[str] = mapped_column(String(40), comment="Siglas del organismo")
    event: Mapped[str] = mapped_column(
        String(20), comment="Hecho desde el que cuenta: emision, aprobacion, notificacion o recepcion"
    )
    event_on: Mapped[date | None] = mapped_column(Date, comment="Día del hecho; vacío si no ocurrió")
    days: Mapped[int] = mapped_column(Integer, comment="Días del plazo")
    norm: Mapped[str] = mapped_column(String(300), comment="Norma del plazo")
    due: Mapped[date | None] = mapped_column(Date, comment="Último día del plazo; vacío si no hay plazo")
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id"), comment="Oficio; vacío si se hizo fuera"
    )
    letter: Mapped[str] = mapped_column(String(120), comment="Número del oficio con que se envió")
    sent_on: Mapped[date | None] = mapped_column(
        Date, index=True, comment="Día del envío; vacío si falta enviar"
    )
    channel: Mapped[str] = mapped_column(String(60), comment="Por dónde se envió")
    body_registry: Mapped[str] = mapped_column(String(120), comment="Registro que dio el organismo")
    late_days: Mapped[int | None] = mapped_column(
        Integer, comment="Días hábiles de retraso; vacío si no hay plazo"
    )
    file_sha256: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 de la prueba de envío; vacío si falta"
    )
    file_name: Mapped[str] = mapped_column(String(200), comment="Nombre con que llegó la prueba")
    file_size: Mapped[int] = mapped_column(Integer, comment="Bytes de la prueba")
    file_pages: Mapped[int] = mapped_column(Integer, comment="Páginas de la prueba")
    version: Mapped[int] = mapped_column(Integer, comment="Versión del registro")


class ResolucionPublicationRow(Base):
    """A publication of the act with its proof."""

    __tablename__ = "resolucion_publication"
    __table_args__ = (UniqueConstraint("resolucion_id", "url", "published_on"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    resolucion_id: Mapped[int] = mapped_column(ForeignKey("resolucion.id"), comment="Resolución publicada")
    url: Mapped[str] = mapped_column(String(500), comment="Dirección de la publicación")
    published_on: Mapped[date] = mapped_column(Date, comment="Día de la publicación")
    published_by: Mapped[str] = mapped_column(String(200), comment="Quien publicó")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="Unidad que publicó")
    unit: Mapped[str] = mapped_column(String(300), comment="Nombre de la unidad en esa fecha")
    note: Mapped[str] = mapped_column(Text, comment="Nota, p. ej. por qué la copia pública difiere")
    file_sha256: Mapped[str] = mapped_column(String(64), comment="SHA-256 del archivo publicado")
    file_name: Mapped[str] = mapped_column(String(200), comment="Nombre del archivo publicado")
    file_size: Mapped[int] = mapped_column(Integer, comment="Bytes del archivo publicado")
    file_pages: Mapped[int] = mapped_column(Integer, comment="Páginas del archivo publicado")
    capture_sha256: Mapped[str] = mapped_column(String(64), comment="SHA-256 de la captura de la página")
    capture_name: Mapped[str] = mapped_column(String(200), comment="Nombre de la captura")
    capture_size: Mapped[int] = mapped_column(Integer, comment="Bytes de la captura")
    capture_pages: Mapped[int] = mapped_column(Integer, comment="Páginas de la captura")
    same: Mapped[bool] = mapped_column(
        Boolean, comment="Si el archivo publicado es idéntico a uno archivado del acto"
    )
    archived_sha256: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 del acto archivado con que se comparó"
    )
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id"), comment="Constancia; vacío si no se hizo"
    )
    version: Mapped[int] = mapped_column(Integer, comment="Versión del registro")
