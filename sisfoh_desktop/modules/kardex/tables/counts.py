"""How counts (physical, or of what was digitised), explained differences and imported files lie in the database."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class KardexCountRow(Base):
    """A count: what somebody has in hand (arqueo), or what the other side says was digitised; it stays for ever."""

    __tablename__ = "kardex_count"
    __table_args__ = (Index(None, "form_type_id", "kind"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    kind: Mapped[str] = mapped_column(String(12), comment="arqueo o digitacion")
    form_type_id: Mapped[int] = mapped_column(ForeignKey("kardex_form_type.id"), comment="Formulario")
    holder_id: Mapped[int | None] = mapped_column(
        ForeignKey("kardex_holder.id"), comment="A quien se contó; vacío si es de todos"
    )
    counted_on: Mapped[date] = mapped_column(Date, comment="Día del conteo o del corte")
    source: Mapped[str] = mapped_column(String(200), comment="Documento o archivo de donde viene")
    sha256: Mapped[str] = mapped_column(String(64), comment="SHA-256 del archivo importado; vacío si no hay")
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("kardex_count.id"), unique=True, comment="Conteo que deja sin efecto; vacío si ninguno"
    )
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    registered_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo registró")


class KardexCountLineRow(Base):
    """Consecutive numbers of a count; it stays for ever."""

    __tablename__ = "kardex_count_line"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    count_id: Mapped[int] = mapped_column(ForeignKey("kardex_count.id"), index=True, comment="Conteo")
    first_number: Mapped[int | None] = mapped_column(BigInteger, comment="Primer número; vacío si no llevan")
    last_number: Mapped[int | None] = mapped_column(BigInteger, comment="Último número; vacío si no llevan")
    form_count: Mapped[int] = mapped_column(Integer, comment="Formularios contados")
    condition: Mapped[str] = mapped_column(String(12), comment="Condición en que se encontraron")
    day: Mapped[date | None] = mapped_column(
        Date, comment="Día de aplicación que declara; vacío si no lo dice"
    )
    person: Mapped[str] = mapped_column(String(160), comment="Empadronador que declara; vacío si no lo dice")
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("kardex_holder.id"), comment="El mismo en el registro; vacío si no se reconoció"
    )
    row: Mapped[int | None] = mapped_column(Integer, comment="Fila del archivo; vacío si no viene de uno")


class KardexExplanationRow(Base):
    """What was said about a difference of the cuadre; it stays for ever."""

    __tablename__ = "kardex_explanation"
    __table_args__ = (Index(None, "campaign_id", "difference"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    campaign_id: Mapped[int] = mapped_column(ForeignKey("kardex_campaign.id"), comment="Campaña")
    difference: Mapped[str] = mapped_column(String(64), comment="Huella de la diferencia explicada")
    text: Mapped[str] = mapped_column(Text, comment="Explicación; vacía si se retira la anterior")
    document: Mapped[str] = mapped_column(String(200), comment="Documento que la sustenta; vacío si no hay")
    explained_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    explained_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la dio")


class KardexImportRow(Base):
    """A file of movements or opening stock that was imported; it stays for ever."""

    __tablename__ = "kardex_import"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    campaign_id: Mapped[int] = mapped_column(ForeignKey("kardex_campaign.id"), comment="Campaña")
    file_name: Mapped[str] = mapped_column(String(200), comment="Nombre del archivo")
    sha256: Mapped[str] = mapped_column(String(64), index=True, comment="SHA-256 del archivo")
    row_count: Mapped[int] = mapped_column(Integer, comment="Filas con datos")
    accepted: Mapped[int] = mapped_column(Integer, comment="Filas registradas")
    quarantined: Mapped[int] = mapped_column(Integer, comment="Filas en cuarentena")
    rejected: Mapped[int] = mapped_column(Integer, comment="Filas que no eran datos del kardex")
    totals_checked: Mapped[int] = mapped_column(Integer, comment="Totales del archivo comprobados")
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento (UTC)")
    imported_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo importó")


class KardexQuarantineRow(Base):
    """A row of an imported file that did not add up and waits for a person."""

    __tablename__ = "kardex_quarantine"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    import_id: Mapped[int] = mapped_column(ForeignKey("kardex_import.id"), index=True, comment="Archivo")
    row: Mapped[int] = mapped_column(Integer, comment="Fila del archivo")
    cells: Mapped[str] = mapped_column(Text, comment="Celdas como vinieron, en JSON")
    findings: Mapped[str] = mapped_column(Text, comment="Por qué no cuadra, en JSON")
    state: Mapped[str] = mapped_column(String(12), comment="pendiente, registrada o descartada")
    settled_reason: Mapped[str] = mapped_column(Text, comment="Cómo se resolvió; vacío si está pendiente")
    settled_by: Mapped[str] = mapped_column(
        String(120), comment="Usuario que la resolvió; vacío si está pendiente"
    )
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")
