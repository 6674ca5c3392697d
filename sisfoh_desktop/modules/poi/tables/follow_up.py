"""How what was executed, its evidence, and the closing of months lie in the database."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import Money, Quantity, UtcDateTime


class PoiExecutionRow(Base):
    """What was executed of an activity in a month; no row is a blank, never a zero."""

    __tablename__ = "poi_execution"
    __table_args__ = (UniqueConstraint("activity_id", "month"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    activity_id: Mapped[int] = mapped_column(ForeignKey("poi_activity.id"), comment="Actividad")
    month: Mapped[int] = mapped_column(Integer, comment="Mes, de 1 a 12")
    physical: Mapped[Decimal | None] = mapped_column(
        Quantity, comment="Ejecución física, en diezmilésimos; vacía si aún no se informó"
    )
    money: Mapped[Decimal | None] = mapped_column(
        Money, comment="Ejecución financiera, en céntimos; vacía si aún no se informó"
    )
    motive: Mapped[str] = mapped_column(String(40), comment="Motivo del desvío, de la lista; vacío si no hay")
    motive_text: Mapped[str] = mapped_column(Text, comment="Motivo en palabras; vacío si no hay")
    corrective: Mapped[str] = mapped_column(Text, comment="Medida correctiva; vacía si no hay")
    imported: Mapped[bool] = mapped_column(
        Boolean, comment="Vino de un archivo: no se sabe qué día se informó"
    )
    registered_at: Mapped[datetime] = mapped_column(
        UtcDateTime, comment="Momento en que se informó por primera vez (UTC)"
    )
    registered_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo informó primero")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")


class PoiMonthRow(Base):
    """A month of a plan."""

    __tablename__ = "poi_month"
    __table_args__ = (UniqueConstraint("plan_id", "month"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    plan_id: Mapped[int] = mapped_column(ForeignKey("poi_plan.id"), comment="POI")
    month: Mapped[int] = mapped_column(Integer, comment="Mes, de 1 a 12")
    due_on: Mapped[date] = mapped_column(Date, comment="Día hasta el que debe cerrarse")
    closed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Momento del cierre (UTC); vacío si está abierto"
    )
    closed_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo cerró; vacío si está abierto")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")


class PoiMonthEventRow(Base):
    """A closing or a reopening of a month; it stays for ever."""

    __tablename__ = "poi_month_event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    plan_id: Mapped[int] = mapped_column(ForeignKey("poi_plan.id"), index=True, comment="POI")
    month: Mapped[int] = mapped_column(Integer, comment="Mes, de 1 a 12")
    kind: Mapped[str] = mapped_column(String(12), comment="cierre o reapertura")
    reason: Mapped[str] = mapped_column(
        Text, comment="Motivo de la reapertura, o de cerrar con pendientes; vacío si no hay"
    )
    document: Mapped[str] = mapped_column(
        String(200), comment="Documento que sustenta la reapertura; vacío en un cierre"
    )
    pending: Mapped[int] = mapped_column(Integer, comment="Actividades que quedaban sin informar")
    unexplained: Mapped[int] = mapped_column(Integer, comment="Desvíos que quedaban sin motivo")
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento (UTC)")
    happened_by: Mapped[str] = mapped_column(String(120), comment="Usuario")


class PoiEvidenceRow(Base):
    """What proves an execution: a document named, or a file kept in the archive."""

    __tablename__ = "poi_evidence"
    __table_args__ = (Index(None, "activity_id", "month"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    activity_id: Mapped[int] = mapped_column(ForeignKey("poi_activity.id"), comment="Actividad")
    month: Mapped[int] = mapped_column(Integer, comment="Mes, de 1 a 12")
    document: Mapped[str] = mapped_column(String(200), comment="Documento o descripción")
    file_name: Mapped[str] = mapped_column(String(200), comment="Nombre del archivo; vacío si no hay")
    sha256: Mapped[str] = mapped_column(String(64), comment="SHA-256 del archivo guardado; vacío si no hay")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento (UTC)")
    added_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la agregó")
    withdrawn_reason: Mapped[str] = mapped_column(Text, comment="Por qué se retiró; vacío si vale")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")
