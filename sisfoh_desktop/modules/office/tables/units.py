"""Organic units, the names they have had, and who answers for them."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base

_FROM = "Primer día de vigencia; vacío si no se conoce"
_TO = "Último día de vigencia; vacío si sigue vigente"
_VERSION = "Sube con cada cambio; evita pisar el de otra persona"


class UnitRow(Base):
    """An organic unit, whatever it is called; its names are in unit_name."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id"), index=True, comment="Unidad de la que depende"
    )
    sort_order: Mapped[int] = mapped_column(comment="Orden entre las que dependen de la misma")
    version: Mapped[int] = mapped_column(comment=_VERSION)


class UnitNameRow(Base):
    """A name of a unit and the days on which it holds."""

    __tablename__ = "unit_name"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, comment="Unidad")
    name: Mapped[str] = mapped_column(String(200), comment="Nombre")
    siglas: Mapped[str] = mapped_column(String(40), comment="Sigla")
    valid_from: Mapped[date | None] = mapped_column(comment=_FROM)
    valid_to: Mapped[date | None] = mapped_column(comment=_TO)
    document: Mapped[str] = mapped_column(String(200), comment="Documento que dio el nombre (ROF, ordenanza)")


class OfficerRow(Base):
    """A person in a position of a unit, as appointed."""

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    name: Mapped[str] = mapped_column(String(200), comment="Nombres y apellidos")
    position: Mapped[str] = mapped_column(String(200), comment="Cargo")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, comment="Unidad")
    title: Mapped[str] = mapped_column(String(40), comment="Título profesional abreviado")
    acting: Mapped[bool] = mapped_column(comment="Encargado (e)")
    head: Mapped[bool] = mapped_column(comment="Está a la cabeza de la unidad")
    document: Mapped[str] = mapped_column(String(200), comment="Documento de designación o encargatura")
    dni: Mapped[str] = mapped_column(String(8), comment="DNI, ocho cifras; puede faltar")
    valid_from: Mapped[date | None] = mapped_column(comment=_FROM)
    valid_to: Mapped[date | None] = mapped_column(comment=_TO)
    version: Mapped[int] = mapped_column(comment=_VERSION)
