"""What the columns of a layout mean, as persons confirmed it."""

from datetime import datetime

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class PoiMappingRow(Base):
    """What the columns of a layout mean, as a person confirmed it."""

    __tablename__ = "poi_mapping"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    name: Mapped[str] = mapped_column(String(120), comment="Nombre para reconocerlo")
    heads_key: Mapped[str] = mapped_column(
        String(64), unique=True, comment="Huella de los títulos de las columnas"
    )
    heads: Mapped[str] = mapped_column(Text, comment="Títulos de las columnas, en JSON")
    meanings: Mapped[str] = mapped_column(Text, comment="Qué significa cada columna, en JSON")
    stage: Mapped[str] = mapped_column(
        String(4), comment="Bloque tomado como programado (A, AJ, CS, RE); vacío si no hay"
    )
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento en que se confirmó (UTC)")
    confirmed_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo confirmó")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")
