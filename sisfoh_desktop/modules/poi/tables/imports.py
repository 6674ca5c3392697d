"""How imported tables and their rows in quarantine lie in the database."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class PoiImportRow(Base):
    """A table of the POI that was imported; it stays for ever."""

    __tablename__ = "poi_import"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    plan_id: Mapped[int] = mapped_column(ForeignKey("poi_plan.id"), index=True, comment="POI")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("poi_version.id"), comment="Versión que recibió las filas"
    )
    file_name: Mapped[str] = mapped_column(String(200), comment="Nombre del archivo")
    sha256: Mapped[str] = mapped_column(String(64), index=True, comment="SHA-256 del archivo")
    mapping: Mapped[str] = mapped_column(Text, comment="Qué significaba cada columna, en JSON")
    row_count: Mapped[int] = mapped_column(Integer, comment="Filas de actividades en el archivo")
    accepted: Mapped[int] = mapped_column(Integer, comment="Filas que cuadraban y se guardaron")
    quarantined: Mapped[int] = mapped_column(Integer, comment="Filas en cuarentena")
    rejected: Mapped[int] = mapped_column(Integer, comment="Filas que no eran actividades")
    totals_checked: Mapped[int] = mapped_column(
        Integer, comment="Filas de totales comprobadas, que no se guardan"
    )
    findings: Mapped[str] = mapped_column(Text, comment="Lo que no cuadraba del archivo entero, en JSON")
    totals: Mapped[str] = mapped_column(Text, comment="Filas de totales como vinieron, en JSON")
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento (UTC)")
    imported_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo importó")


class PoiQuarantineRow(Base):
    """A row of an imported table that did not add up, and the reading that a person chose for it."""

    __tablename__ = "poi_quarantine"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    import_id: Mapped[int] = mapped_column(ForeignKey("poi_import.id"), index=True, comment="Archivo")
    sheet: Mapped[str] = mapped_column(String(120), comment="Hoja del archivo")
    row: Mapped[int] = mapped_column(Integer, comment="Fila del archivo")
    cells: Mapped[str] = mapped_column(Text, comment="Celdas como vinieron, en JSON")
    findings: Mapped[str] = mapped_column(Text, comment="Por qué no cuadra, en JSON")
    state: Mapped[str] = mapped_column(String(12), comment="pendiente, registrada o descartada")
    reading: Mapped[str] = mapped_column(
        Text, comment="Lectura elegida, en JSON; vacía si está pendiente o se descartó"
    )
    settled_reason: Mapped[str] = mapped_column(
        Text, comment="Por qué se eligió o se descartó; vacío si está pendiente"
    )
    settled_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Momento (UTC); vacío si está pendiente"
    )
    settled_by: Mapped[str] = mapped_column(
        String(120), comment="Usuario que la resolvió; vacío si está pendiente"
    )
    activity_id: Mapped[int | None] = mapped_column(
        ForeignKey("poi_activity.id"), comment="Actividad que resultó; vacía si ninguna"
    )
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")
