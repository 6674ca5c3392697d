"""How the kardex's papers (actas, inventories, closings, constancias) lie in the database."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class KardexActaRow(Base):
    """A paper of the kardex with its frozen bytes; it stays for ever."""

    __tablename__ = "kardex_acta"
    __table_args__ = (Index(None, "campaign_id", "kind"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    campaign_id: Mapped[int] = mapped_column(ForeignKey("kardex_campaign.id"), comment="Campaña")
    kind: Mapped[str] = mapped_column(
        String(20), comment="recepcion, entrega, devolucion, incidencia, baja, inventario, cierre o no_adeudo"
    )
    dated: Mapped[date] = mapped_column(Date, comment="Fecha del documento")
    holder_id: Mapped[int | None] = mapped_column(
        ForeignKey("kardex_holder.id"), comment="Persona de la que trata; vacío si de ninguna"
    )
    route: Mapped[str] = mapped_column(String(12), comment="Para qué firma se imprimió: tinta o digital")
    note: Mapped[str] = mapped_column(Text, comment="Observaciones impresas; vacío si no hay")
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True, comment="Papel congelado")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento (UTC)")
    made_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la hizo")


class KardexActaMovementRow(Base):
    """A movement that a paper tells; it stays for ever."""

    __tablename__ = "kardex_acta_movement"

    acta_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_acta.id"), primary_key=True, autoincrement=False, comment="Documento"
    )
    movement_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_movement.id"),
        primary_key=True,
        autoincrement=False,
        index=True,
        comment="Movimiento",
    )
