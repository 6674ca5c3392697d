"""How campaigns, types of forms and holders lie in the database."""

from datetime import date

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base


class KardexCampaignRow(Base):
    """A campaign with its own stock and its own count of movements."""

    __tablename__ = "kardex_campaign"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days"),
        CheckConstraint("last_movement >= 0", name="last_movement"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    name: Mapped[str] = mapped_column(String(160), unique=True, comment="Nombre de la campaña")
    starts_on: Mapped[date] = mapped_column(Date, comment="Primer día")
    ends_on: Mapped[date | None] = mapped_column(Date, comment="Último día; vacío si no se fijó")
    most_days_in_hand: Mapped[int] = mapped_column(
        Integer, comment="Días que una persona puede tener formularios en blanco sin aviso"
    )
    most_annulled_percent: Mapped[int] = mapped_column(
        Integer, comment="Porcentaje de anulados desde el que se avisa"
    )
    closed_on: Mapped[date | None] = mapped_column(Date, comment="Día del cierre; vacío si está abierta")
    closing_document: Mapped[str] = mapped_column(Text, comment="Acta de cierre o documento que la reabrió")
    last_movement: Mapped[int] = mapped_column(Integer, default=0, comment="Último número de movimiento dado")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")


class KardexFormTypeRow(Base):
    """An article of a campaign."""

    __tablename__ = "kardex_form_type"
    __table_args__ = (
        UniqueConstraint("campaign_id", "code", "prefix"),
        CheckConstraint("number_width BETWEEN 0 AND 12", name="number_width"),
        CheckConstraint("bundle_size > 0 AND minimum_stock >= 0", name="counts"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    campaign_id: Mapped[int] = mapped_column(ForeignKey("kardex_campaign.id"), comment="Campaña")
    code: Mapped[str] = mapped_column(String(20), comment="Código que se escribe, p. ej. FSU o S100")
    title: Mapped[str] = mapped_column(String(200), comment="Nombre del formulario")
    serialised: Mapped[bool] = mapped_column(Boolean, comment="Si cada ejemplar lleva número")
    number_width: Mapped[int] = mapped_column(Integer, comment="Cifras del número; 0 si no lleva")
    prefix: Mapped[str] = mapped_column(String(12), comment="Lo impreso antes del número; vacío si nada")
    layout_version: Mapped[str] = mapped_column(String(60), comment="Versión de la hoja; vacío si no se sabe")
    bundle_size: Mapped[int] = mapped_column(Integer, comment="Formularios por paquete")
    minimum_stock: Mapped[int] = mapped_column(Integer, comment="Existencia en almacén desde la que se avisa")
    valid_from: Mapped[date | None] = mapped_column(Date, comment="Primer día de uso; vacío si desde siempre")
    valid_until: Mapped[date | None] = mapped_column(Date, comment="Último día de uso; vacío si no se fijó")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")


class KardexHolderRow(Base):
    """Who or what can hold forms."""

    __tablename__ = "kardex_holder"
    __table_args__ = (
        CheckConstraint(
            "valid_until IS NULL OR valid_from IS NULL OR valid_until >= valid_from", name="days"
        ),
        Index(None, "kind", "name"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    kind: Mapped[str] = mapped_column(
        String(20),
        comment="almacen, jefe_brigada, empadronador, digitador, calidad, archivo, ente_rector o imprenta",
    )
    name: Mapped[str] = mapped_column(String(160), comment="Nombre de la persona o del lugar")
    dni: Mapped[str] = mapped_column(String(8), comment="DNI de la persona; vacío si no se registró")
    valid_from: Mapped[date | None] = mapped_column(
        Date, comment="Primer día en funciones; vacío si no se fijó"
    )
    valid_until: Mapped[date | None] = mapped_column(
        Date, comment="Último día en funciones; vacío si no se fijó"
    )
    document: Mapped[str] = mapped_column(String(200), comment="Documento que la acredita; vacío si no hay")
    chief_id: Mapped[int | None] = mapped_column(
        ForeignKey("kardex_holder.id"), comment="Jefe de brigada; vacío si no tiene"
    )
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")
