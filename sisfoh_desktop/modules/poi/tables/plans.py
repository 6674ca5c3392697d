"""How the POI of a year, its semaphore and its versions lie in the database."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import Quantity, UtcDateTime


class PoiPlanRow(Base):
    """The POI of a year."""

    __tablename__ = "poi_plan"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    year: Mapped[int] = mapped_column(Integer, unique=True, comment="Año")
    title: Mapped[str] = mapped_column(String(200), comment="Nombre que se imprime")
    tolerance_below: Mapped[Decimal] = mapped_column(
        Quantity, comment="Por debajo de lo programado, cuánto por ciento no pide motivo (diezmilésimos)"
    )
    tolerance_above: Mapped[Decimal] = mapped_column(
        Quantity, comment="Por encima de lo programado, cuánto por ciento no pide motivo (diezmilésimos)"
    )
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")


class PoiBandRow(Base):
    """A band of a plan's semaphore."""

    __tablename__ = "poi_band"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    plan_id: Mapped[int] = mapped_column(ForeignKey("poi_plan.id"), comment="POI")
    position: Mapped[int] = mapped_column(Integer, comment="Orden, de la más baja a la más alta")
    label: Mapped[str] = mapped_column(String(40), comment="Palabra que se muestra")
    lower: Mapped[Decimal] = mapped_column(Quantity, comment="Desde cuánto por ciento (diezmilésimos)")
    inclusive: Mapped[bool] = mapped_column(Boolean, comment="El límite mismo pertenece a la banda")
    tone: Mapped[str] = mapped_column(String(12), comment="Color")
    shape: Mapped[str] = mapped_column(String(12), comment="Figura que la dice sin color")


class PoiVersionRow(Base):
    """A full snapshot of the plan."""

    __tablename__ = "poi_version"
    __table_args__ = (UniqueConstraint("plan_id", "stage", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    plan_id: Mapped[int] = mapped_column(ForeignKey("poi_plan.id"), comment="POI")
    stage: Mapped[str] = mapped_column(String(12), comment="aprobado, ajustado, consistente o modificado")
    number: Mapped[int] = mapped_column(Integer, comment="Número de modificación; 0 en las demás")
    first_month: Mapped[int] = mapped_column(Integer, comment="Primer mes que puede cambiar")
    document: Mapped[str] = mapped_column(
        String(200), comment="Resolución que la aprueba; vacía si aún no se dijo"
    )
    document_date: Mapped[date | None] = mapped_column(Date, comment="Fecha de la resolución")
    approved_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Desde cuándo vale (UTC); vacío en un borrador"
    )
    approved_by: Mapped[str] = mapped_column(
        String(120), comment="Usuario que la puso en vigor; vacío en un borrador"
    )
    note: Mapped[str] = mapped_column(Text, comment="Observación; vacía si no hay")
    based_on_id: Mapped[int | None] = mapped_column(
        ForeignKey("poi_version.id"), comment="Versión de la que parte; vacía si ninguna"
    )
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")
