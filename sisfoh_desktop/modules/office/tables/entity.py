"""The municipality of a base, and what holds for the whole base."""

from datetime import date

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base

_VERSION = "Sube con cada cambio; evita pisar el de otra persona"


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
