"""How the office's facts lie in the database. What they must satisfy is in rules; reading and writing in the store."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base

_FROM = "Primer día de vigencia; vacío si no se conoce"
_TO = "Último día de vigencia; vacío si sigue vigente"
_VERSION = "Sube con cada cambio; evita pisar el de otra persona"
_NATIONAL = "Clave en los datos nacionales del programa; vacío si lo registró la oficina"
_TRUST = "Cómo se sabe: leído, secundario, por verificar"


class MunicipalityRow(Base):
    """The entity of this base; one row."""

    __tablename__ = "municipality"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="Siempre 1")
    name: Mapped[str] = mapped_column(String(200), comment="Nombre completo, como va en el membrete")
    short_name: Mapped[str] = mapped_column(String(40), comment="Sigla, por ejemplo MPT")
    ubigeo_code: Mapped[str] = mapped_column(String(6), comment="Ubigeo, seis cifras")
    ubigeo_catalogue: Mapped[str] = mapped_column(String(10), comment="Catálogo del ubigeo (INEI)")
    place_name: Mapped[str] = mapped_column(String(40), comment="Lugar que se imprime antes de la fecha")
    portal_url: Mapped[str] = mapped_column(String(200), comment="Dirección del portal institucional")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, comment="Escudo en PNG o JPEG, hasta 1 MB")
    version: Mapped[int] = mapped_column(comment=_VERSION)


class OfficeStateRow(Base):
    """What holds for the whole base; one row, made on first use."""

    __tablename__ = "office_state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="Siempre 1")
    practice: Mapped[bool] = mapped_column(comment="Base de práctica: sus documentos no valen")
    calendar_verified_until: Mapped[date | None] = mapped_column(
        comment="Día hasta el que se cotejó el calendario con el diario oficial"
    )
    version: Mapped[int] = mapped_column(comment=_VERSION)


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


class BodyRow(Base):
    """A body outside the municipality, in a role, as it is called at a time."""

    __tablename__ = "body"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    role: Mapped[str] = mapped_column(String(40), index=True, comment="Papel ante la oficina")
    name: Mapped[str] = mapped_column(String(200), comment="Nombre")
    siglas: Mapped[str] = mapped_column(String(40), comment="Sigla")
    valid_from: Mapped[date | None] = mapped_column(comment=_FROM)
    valid_to: Mapped[date | None] = mapped_column(comment=_TO)
    source: Mapped[str] = mapped_column(String(300), comment="Norma o documento de donde se sabe")
    trust: Mapped[str] = mapped_column(String(40), comment=_TRUST)
    national_key: Mapped[str | None] = mapped_column(String(80), unique=True, comment=_NATIONAL)
    version: Mapped[int] = mapped_column(comment=_VERSION)


class NormRow(Base):
    """A norm that papers cite, with the days on which it holds."""

    __tablename__ = "norm"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    code: Mapped[str] = mapped_column(String(200), index=True, comment="Código, por ejemplo Ley 30435")
    title: Mapped[str] = mapped_column(String(600), comment="Título")
    kind: Mapped[str] = mapped_column(String(40), comment="Rango de la norma")
    valid_from: Mapped[date | None] = mapped_column(comment=_FROM)
    valid_to: Mapped[date | None] = mapped_column(comment=_TO)
    source: Mapped[str] = mapped_column(String(300), comment="De dónde se tomó")
    trust: Mapped[str] = mapped_column(String(40), comment=_TRUST)
    national_key: Mapped[str | None] = mapped_column(String(80), unique=True, comment=_NATIONAL)
    version: Mapped[int] = mapped_column(comment=_VERSION)


class YearNameRow(Base):
    """An official name of a year or decade."""

    __tablename__ = "year_name"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    text: Mapped[str] = mapped_column(String(600), comment="Nombre oficial")
    valid_from: Mapped[date | None] = mapped_column(comment=_FROM)
    valid_to: Mapped[date | None] = mapped_column(comment=_TO)
    norm: Mapped[str] = mapped_column(String(200), comment="Norma que lo dispone")
    printed: Mapped[bool] = mapped_column(comment="Se imprime en los documentos")
    trust: Mapped[str] = mapped_column(String(40), comment=_TRUST)
    national_key: Mapped[str | None] = mapped_column(String(80), unique=True, comment=_NATIONAL)
    version: Mapped[int] = mapped_column(comment=_VERSION)


class LegendRow(Base):
    """The text of the side margin of every page, by date."""

    __tablename__ = "legend"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    text: Mapped[str] = mapped_column(String(600), comment="Texto de la leyenda")
    valid_from: Mapped[date | None] = mapped_column(comment=_FROM)
    valid_to: Mapped[date | None] = mapped_column(comment=_TO)
    norm: Mapped[str] = mapped_column(String(200), comment="Norma que la pide")
    trust: Mapped[str] = mapped_column(String(40), comment=_TRUST)
    national_key: Mapped[str | None] = mapped_column(String(80), unique=True, comment=_NATIONAL)
    version: Mapped[int] = mapped_column(comment=_VERSION)


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
