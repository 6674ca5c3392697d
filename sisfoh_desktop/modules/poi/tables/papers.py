"""How the POI's frozen reports lie in the database."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class PoiReportRow(Base):
    """A report of the POI with its frozen bytes; it stays for ever."""

    __tablename__ = "poi_report"
    __table_args__ = (Index(None, "plan_id", "quarter"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    plan_id: Mapped[int] = mapped_column(ForeignKey("poi_plan.id"), comment="POI")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("poi_version.id"), comment="Versión del POI que informa"
    )
    kind: Mapped[str] = mapped_column(String(20), comment="trimestral o ficha (ejecutiva de una unidad)")
    quarter: Mapped[int] = mapped_column(Integer, comment="Trimestre, de 1 a 4")
    unit_name: Mapped[str] = mapped_column(
        String(200), comment="Unidad orgánica de la ficha; vacía en el informe"
    )
    dated: Mapped[date] = mapped_column(Date, comment="Fecha del documento")
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True, comment="Papel congelado")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento (UTC)")
    made_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo hizo")
