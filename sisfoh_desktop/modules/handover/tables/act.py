"""What heads a handover."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class HandoverRow(Base):
    """A handover; editable while it is a draft."""

    __tablename__ = "handover"
    __table_args__ = (CheckConstraint("state IN ('draft', 'issued')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    leaver_name: Mapped[str] = mapped_column(String(200), comment="Quien entrega el cargo")
    leaver_position: Mapped[str] = mapped_column(String(200), comment="Su cargo")
    leaver_unit: Mapped[str] = mapped_column(String(200), comment="Su unidad; vacío si no se indicó")
    leaver_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("app_user.id"), comment="Su usuario; vacío si no tiene"
    )
    leaver_officer_id: Mapped[int | None] = mapped_column(
        ForeignKey("officer.id"), comment="Su registro de responsable; vacío si no lo es"
    )
    receiver_name: Mapped[str] = mapped_column(String(200), comment="Quien recibe el cargo")
    receiver_position: Mapped[str] = mapped_column(String(200), comment="Su cargo")
    receiver_unit: Mapped[str] = mapped_column(String(200), comment="Su unidad; vacío si no se indicó")
    receiver_user_id: Mapped[int | None] = mapped_column(
        ForeignKey("app_user.id"), comment="Su usuario; vacío si no tiene"
    )
    receiver_officer_id: Mapped[int | None] = mapped_column(
        ForeignKey("officer.id"), comment="Su registro de responsable; vacío si no lo es"
    )
    handed_on: Mapped[date] = mapped_column(comment="Día de la entrega")
    reason: Mapped[str] = mapped_column(String(200), comment="Por qué se entrega el cargo")
    document: Mapped[str] = mapped_column(String(200), comment="Documento que la dispone; vacío si no hay")
    note: Mapped[str] = mapped_column(Text, comment="Observación; vacío si no hay")
    holder_id: Mapped[int | None] = mapped_column(
        ForeignKey("kardex_holder.id"),
        comment="De quién son los formularios que se entregan; vacío si no hay",
    )
    proposes_end: Mapped[bool] = mapped_column(comment="Propone cesar el acceso de quien entrega")
    sections: Mapped[str] = mapped_column(String(400), comment="Partes que se entregan, en JSON")
    state: Mapped[str] = mapped_column(String(20), comment="draft o issued")
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id"), comment="Su acta; vacío mientras sea borrador"
    )
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Cuándo se preparó (UTC)")
    drawn_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la preparó")
    taken_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Cuándo quien recibe revisó lo recibido (UTC); vacío si falta"
    )
    taken_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo revisó; vacío mientras falte")
    version: Mapped[int] = mapped_column(comment="Sube con cada cambio; evita pisar el de otra persona")
