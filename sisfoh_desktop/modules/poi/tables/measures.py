"""The units in which activities are measured."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base


class PoiMeasureUnitRow(Base):
    """A unit of measure."""

    __tablename__ = "poi_measure_unit"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    code: Mapped[str] = mapped_column(String(20), comment="Código de CEPLAN; vacío si no se conoce")
    name: Mapped[str] = mapped_column(String(120), comment="Nombre")
    search_key: Mapped[str] = mapped_column(
        String(120), unique=True, comment="Nombre sin acentos ni mayúsculas, para reconocerlo"
    )
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")
