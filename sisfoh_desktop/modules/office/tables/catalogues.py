"""What acts and papers cite and print: bodies, norms, names of years, legends."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base

_FROM = "Primer día de vigencia; vacío si no se conoce"
_TO = "Último día de vigencia; vacío si sigue vigente"
_VERSION = "Sube con cada cambio; evita pisar el de otra persona"
_NATIONAL = "Clave en los datos nacionales del programa; vacío si lo registró la oficina"
_TRUST = "Cómo se sabe: leído, secundario, por verificar"


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
