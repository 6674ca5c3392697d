"""What working days and legal terms are counted by."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base

_FROM = "Primer día de vigencia; vacío si no se conoce"
_TO = "Último día de vigencia; vacío si sigue vigente"
_VERSION = "Sube con cada cambio; evita pisar el de otra persona"
_NATIONAL = "Clave en los datos nacionales del programa; vacío si lo registró la oficina"
_TRUST = "Cómo se sabe: leído, secundario, por verificar"


class LegalTermRow(Base):
    """A term that a norm gives, with the days on which it holds."""

    __tablename__ = "legal_term"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    key: Mapped[str] = mapped_column(
        String(40), index=True, comment="Para qué sirve; así lo pide el programa"
    )
    title: Mapped[str] = mapped_column(String(200), comment="Nombre del plazo")
    days: Mapped[int] = mapped_column(comment="Número de días; 0 es el mismo día")
    unit: Mapped[str] = mapped_column(String(20), comment="habil o calendario")
    counts_from: Mapped[str] = mapped_column(
        String(20), comment="Hecho desde el que se cuenta: emision, aprobacion, notificacion o recepcion"
    )
    norm: Mapped[str] = mapped_column(String(200), comment="Norma que da el plazo")
    valid_from: Mapped[date | None] = mapped_column(comment=_FROM)
    valid_to: Mapped[date | None] = mapped_column(comment=_TO)
    trust: Mapped[str] = mapped_column(String(40), comment=_TRUST)
    national_key: Mapped[str | None] = mapped_column(String(80), unique=True, comment=_NATIONAL)
    version: Mapped[int] = mapped_column(comment=_VERSION)


class HolidayRow(Base):
    """A day off: yearly, by Easter, or once."""

    __tablename__ = "holiday"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    name: Mapped[str] = mapped_column(String(200), comment="Nombre del día")
    norm: Mapped[str] = mapped_column(String(200), comment="Norma que lo declara")
    scope: Mapped[str] = mapped_column(
        String(6), comment="Ámbito: prefijo de ubigeo INEI; vacío es todo el país"
    )
    kind: Mapped[str] = mapped_column(String(20), comment="feriado, no_laborable o media_jornada")
    suspends: Mapped[bool] = mapped_column(comment="No se cuenta en los plazos")
    month: Mapped[int | None] = mapped_column(comment="Mes, si es de cada año")
    day: Mapped[int | None] = mapped_column(comment="Día del mes, si es de cada año")
    easter_offset: Mapped[int | None] = mapped_column(comment="Días desde el Domingo de Pascua, si es móvil")
    single_day: Mapped[date | None] = mapped_column(comment="Fecha, si es una sola vez")
    valid_from: Mapped[date | None] = mapped_column(comment=_FROM)
    valid_to: Mapped[date | None] = mapped_column(comment=_TO)
    note: Mapped[str] = mapped_column(String(600), comment="Lo que debe saber quien cuenta plazos")
    trust: Mapped[str] = mapped_column(String(40), comment=_TRUST)
    entered_by: Mapped[str] = mapped_column(String(200), comment="Quién lo registró")
    national_key: Mapped[str | None] = mapped_column(String(80), unique=True, comment=_NATIONAL)
    version: Mapped[int] = mapped_column(comment=_VERSION)
