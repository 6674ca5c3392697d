"""How requests of opinion and their reminders lie in the database."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class OpinionRequestRow(Base):
    """An opinion asked of one unit, from the request to its answer; an ampliación names what it widens."""

    __tablename__ = "opinion_request"
    __table_args__ = (Index(None, "state", "due"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de pedido")
    expediente_id: Mapped[int] = mapped_column(
        ForeignKey("expediente.id"), index=True, comment="Expediente sobre el que se opina"
    )
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("opinion_request.id"), comment="Opinión que amplía; vacío si no es una ampliación"
    )
    kind: Mapped[str] = mapped_column(String(20), comment="tecnica, presupuestal o legal")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="Unidad a la que se pide")
    unit_name: Mapped[str] = mapped_column(String(300), comment="Nombre de la unidad, de entonces")
    unit_siglas: Mapped[str] = mapped_column(String(300), comment="Siglas de la unidad, de entonces")
    asks: Mapped[str] = mapped_column(Text, comment="Qué se le pide")
    asked_on: Mapped[date] = mapped_column(Date, comment="Fecha del pedido")
    days: Mapped[int] = mapped_column(Integer, comment="Plazo dado, en días hábiles")
    due: Mapped[date] = mapped_column(Date, comment="Último día del plazo, según el calendario de entonces")
    asked_by_document_id: Mapped[int | None] = mapped_column(
        ForeignKey("expediente_document.id"), comment="Documento con que se pide; vacío si no se registró"
    )
    without_chain: Mapped[str] = mapped_column(
        Text, comment="Motivo de pedirla sin cadena funcional completa; vacío si estaba completa"
    )
    draft_sha256: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 del proyecto adjunto; vacío si no hay"
    )
    draft_name: Mapped[str] = mapped_column(String(300), comment="Nombre del proyecto adjunto")
    draft_size: Mapped[int] = mapped_column(Integer, comment="Tamaño del proyecto adjunto, en bytes")
    draft_pages: Mapped[int] = mapped_column(Integer, comment="Páginas del proyecto adjunto")
    state: Mapped[str] = mapped_column(String(20), comment="pedido, recibido o retirado")
    answer: Mapped[str] = mapped_column(
        String(20), comment="favorable, con_condiciones, desfavorable o ninguna; ninguna mientras se espera"
    )
    answered_on: Mapped[date | None] = mapped_column(
        Date, comment="Fecha de la respuesta; vacío si se espera"
    )
    answer_note: Mapped[str] = mapped_column(Text, comment="Condiciones u observaciones de la respuesta")
    answered_by_document_id: Mapped[int | None] = mapped_column(
        ForeignKey("expediente_document.id"), comment="Documento que responde; vacío si no se registró"
    )
    withdrawn_on: Mapped[date | None] = mapped_column(
        Date, comment="Fecha en que se retiró; vacío si no se retiró"
    )
    withdrawn_reason: Mapped[str] = mapped_column(Text, comment="Motivo del retiro; vacío si no se retiró")
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    registered_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo registró")
    version: Mapped[int] = mapped_column(Integer, comment="Versión del pedido")


class OpinionReminderRow(Base):
    """A reminder sent to a unit that owes its opinion; only added to."""

    __tablename__ = "opinion_reminder"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden")
    opinion_id: Mapped[int] = mapped_column(
        ForeignKey("opinion_request.id"), index=True, comment="Pedido que se recuerda"
    )
    reminded_on: Mapped[date] = mapped_column(Date, comment="Fecha del recordatorio")
    note: Mapped[str] = mapped_column(Text, comment="Cómo se le recordó; vacío si no se anotó")
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    registered_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo registró")
