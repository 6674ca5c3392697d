"""How copies, rehearsed restores, incidents and the description of the personal data bank lie in the database."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime

_VERSION = "Sube con cada cambio; evita pisar el de otra persona"


class BackupRow(Base):
    """A copy that was made and verified; the copy itself is a file elsewhere."""

    __tablename__ = "backup"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento de la copia (UTC)")
    made_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la pidió")
    occasion: Mapped[str] = mapped_column(String(20), comment="demand, closing, weekly o command")
    file_name: Mapped[str] = mapped_column(String(200), comment="Nombre del archivo")
    place: Mapped[str] = mapped_column(String(200), comment="Disco o carpeta donde quedó")
    sha256: Mapped[str] = mapped_column(String(64), comment="SHA-256 del archivo")
    byte_count: Mapped[int] = mapped_column(BigInteger, comment="Tamaño del archivo, en bytes")
    row_count: Mapped[int] = mapped_column(BigInteger, comment="Filas copiadas y comparadas")
    paper_count: Mapped[int] = mapped_column(comment="Archivos del archivo de papeles, comparados")
    entry_count: Mapped[int] = mapped_column(comment="Anotaciones de la auditoría en la copia")
    entry_hash: Mapped[str] = mapped_column(
        String(64), comment="Cabeza de la cadena de auditoría en la copia"
    )
    encrypted: Mapped[bool] = mapped_column(comment="Lleva contraseña")


class RehearsalRow(Base):
    """A restore that was tried in another place and compared with its copy."""

    __tablename__ = "restore_rehearsal"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    tried_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del ensayo (UTC)")
    tried_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo hizo")
    file_name: Mapped[str] = mapped_column(String(200), comment="Nombre del archivo de la copia")
    sha256: Mapped[str] = mapped_column(String(64), comment="SHA-256 del archivo de la copia")
    ok: Mapped[bool] = mapped_column(comment="Si lo restaurado coincidió con la copia")
    detail: Mapped[str] = mapped_column(Text, comment="Qué se comparó y qué resultó")


class IncidentRow(Base):
    """A security incident with personal data and what was done about it (DS 016-2024-JUS, arts. 34 y 35)."""

    __tablename__ = "incident"
    __table_args__ = (CheckConstraint("state IN ('open', 'closed')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    known_at: Mapped[datetime] = mapped_column(
        UtcDateTime, comment="Momento en que se supo (UTC): desde ahí corren las 48 horas"
    )
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    registered_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo registró")
    title: Mapped[str] = mapped_column(String(200), comment="Qué pasó, en una línea")
    description: Mapped[str] = mapped_column(Text, comment="Naturaleza del incidente")
    data_kinds: Mapped[str] = mapped_column(Text, comment="Clases de datos personales afectados")
    sensitive: Mapped[bool] = mapped_column(comment="Hay datos sensibles (Ley 29733, art. 2.5)")
    holder_count: Mapped[int | None] = mapped_column(comment="Titulares afectados; vacío si no se sabe")
    consequences: Mapped[str] = mapped_column(Text, comment="Consecuencias posibles; vacío si no se sabe")
    measures: Mapped[str] = mapped_column(Text, comment="Medidas tomadas o propuestas; vacío si no hay")
    reported_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Comunicado a la ANPD (UTC); vacío si no se hizo"
    )
    report_document: Mapped[str] = mapped_column(
        String(200), comment="Documento de esa comunicación; vacío si no hay"
    )
    holders_told_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Comunicado a los titulares (UTC); vacío si no se hizo"
    )
    centre_told_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Comunicado al Centro Nacional de Seguridad Digital (UTC); vacío si no se hizo"
    )
    state: Mapped[str] = mapped_column(String(20), comment="open o closed")
    closing_note: Mapped[str] = mapped_column(Text, comment="Cómo terminó; vacío mientras siga abierto")
    paper_id: Mapped[int | None] = mapped_column(
        ForeignKey("paper.id"), comment="Informe emitido; vacío si no hay"
    )
    version: Mapped[int] = mapped_column(comment=_VERSION)


class DataBankRow(Base):
    """How the office describes its bank of personal data (DS 016-2024-JUS, arts. 37, 42 a 45, 47); one row."""

    __tablename__ = "data_bank"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="Siempre 1")
    name: Mapped[str] = mapped_column(String(200), comment="Nombre del banco de datos")
    registration: Mapped[str] = mapped_column(
        String(100), comment="Código de inscripción; vacío si falta inscribirlo"
    )
    officer_name: Mapped[str] = mapped_column(String(200), comment="Oficial de datos personales")
    officer_contact: Mapped[str] = mapped_column(String(200), comment="Cómo se llega al oficial; es público")
    purposes: Mapped[str] = mapped_column(Text, comment="Finalidades")
    recipients: Mapped[str] = mapped_column(Text, comment="A quiénes se transfieren los datos")
    measures: Mapped[str] = mapped_column(Text, comment="Medidas de la oficina, aparte de las del programa")
    version: Mapped[int] = mapped_column(comment=_VERSION)
