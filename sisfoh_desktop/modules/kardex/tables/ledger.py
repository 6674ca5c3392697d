"""How movements, their ledger lines, each form and the balances lie in the database.

A form is one row with its holder and condition: two holders are impossible by construction. The ledger beside it is
only added to (triggers in the migration). Both, and the balances, change in one transaction.
"""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime


class KardexMovementRow(Base):
    """What happened to some forms of one type; it stays for ever."""

    __tablename__ = "kardex_movement"
    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        CheckConstraint("form_count > 0", name="form_count"),
        Index(None, "form_type_id", "moved_on"),
        Index(None, "form_type_id", "number"),
        Index(None, "campaign_id", "moved_on", "number"),
        Index(None, "campaign_id", "kind", "number"),
        Index(None, "from_holder_id", "campaign_id", "number"),
        Index(None, "to_holder_id", "campaign_id", "number"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    campaign_id: Mapped[int] = mapped_column(ForeignKey("kardex_campaign.id"), comment="Campaña")
    number: Mapped[int] = mapped_column(Integer, comment="Número dentro de la campaña, sin huecos")
    kind: Mapped[str] = mapped_column(String(20), comment="Clase de movimiento, p. ej. distribucion")
    form_type_id: Mapped[int] = mapped_column(ForeignKey("kardex_form_type.id"), comment="Formulario")
    moved_on: Mapped[date] = mapped_column(Date, comment="Día del movimiento")
    from_holder_id: Mapped[int] = mapped_column(ForeignKey("kardex_holder.id"), comment="Quien lo tenía")
    to_holder_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_holder.id"), comment="Quien lo tiene después"
    )
    form_count: Mapped[int] = mapped_column(Integer, comment="Formularios movidos")
    document: Mapped[str] = mapped_column(String(200), comment="Documento que lo sustenta; vacío si no hay")
    reason: Mapped[str] = mapped_column(Text, comment="Motivo; vacío si no se pidió")
    witness: Mapped[str] = mapped_column(String(160), comment="Testigo de la anulación; vacío si no hubo")
    note: Mapped[str] = mapped_column(Text, comment="Observación; vacío si no hay")
    archive_box: Mapped[str] = mapped_column(String(40), comment="Caja del archivo; vacío si no se archivó")
    archive_folder: Mapped[str] = mapped_column(String(40), comment="Archivador o carpeta; vacío si no hay")
    archive_folio: Mapped[str] = mapped_column(String(40), comment="Folios; vacío si no hay")
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("kardex_movement.id"), unique=True, comment="Movimiento que revierte; vacío si ninguno"
    )
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    registered_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo registró")


class KardexLineRow(Base):
    """Consecutive forms that went from one state to another in a movement; it stays for ever."""

    __tablename__ = "kardex_line"
    __table_args__ = (
        CheckConstraint(
            "(first_number IS NULL AND last_number IS NULL) OR form_count = last_number - first_number + 1",
            name="count",
        ),
        CheckConstraint("form_count > 0", name="form_count"),
        Index(None, "from_holder_id", "form_type_id"),
        Index(None, "to_holder_id", "form_type_id"),
        Index(None, "form_type_id", "first_number"),
        Index(None, "previous_id", "first_number"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    movement_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_movement.id"), index=True, comment="Movimiento al que pertenece"
    )
    form_type_id: Mapped[int] = mapped_column(ForeignKey("kardex_form_type.id"), comment="Formulario")
    first_number: Mapped[int | None] = mapped_column(
        BigInteger, comment="Primer número; vacío si no llevan número"
    )
    last_number: Mapped[int | None] = mapped_column(
        BigInteger, comment="Último número; vacío si no llevan número"
    )
    form_count: Mapped[int] = mapped_column(Integer, comment="Formularios de la línea")
    from_holder_id: Mapped[int] = mapped_column(ForeignKey("kardex_holder.id"), comment="Quien los tenía")
    from_condition: Mapped[str] = mapped_column(String(12), comment="Condición anterior")
    to_holder_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_holder.id"), comment="Quien los tiene después"
    )
    to_condition: Mapped[str] = mapped_column(String(12), comment="Condición posterior")
    previous_id: Mapped[int | None] = mapped_column(
        ForeignKey("kardex_line.id"), comment="Línea que los llevó al estado anterior; vacío si son nuevos"
    )


class KardexFormRow(Base):
    """One form: who holds it, its condition, the ledger line that brought it there."""

    __tablename__ = "kardex_form"
    __table_args__ = (
        Index(None, "form_type_id", "holder_id", "condition", "number"),
        {"sqlite_with_rowid": False},
    )

    form_type_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_form_type.id"), primary_key=True, autoincrement=False, comment="Formulario"
    )
    number: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="Número impreso, sin ceros a la izquierda"
    )
    holder_id: Mapped[int] = mapped_column(ForeignKey("kardex_holder.id"), comment="Quien lo tiene")
    condition: Mapped[str] = mapped_column(
        String(12), comment="fuera, en_blanco, usada, anulada, extraviada, deteriorada o baja"
    )
    line_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_line.id"), comment="Línea del libro que lo llevó a este estado"
    )


class KardexBalanceRow(Base):
    """How many forms of a type a holder has in a condition; the sum of the ledger, kept beside it."""

    __tablename__ = "kardex_balance"
    __table_args__ = (CheckConstraint("form_count >= 0", name="form_count"), Index(None, "holder_id"))

    form_type_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_form_type.id"), primary_key=True, autoincrement=False, comment="Formulario"
    )
    holder_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_holder.id"), primary_key=True, autoincrement=False, comment="Quien los tiene"
    )
    condition: Mapped[str] = mapped_column(String(12), primary_key=True, comment="Condición")
    form_count: Mapped[int] = mapped_column(Integer, comment="Formularios que tiene en esa condición")


class KardexSightingRow(Base):
    """A lost form that somebody tried to move or found in a count; it stays for ever."""

    __tablename__ = "kardex_sighting"
    __table_args__ = (Index(None, "form_type_id", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    form_type_id: Mapped[int] = mapped_column(ForeignKey("kardex_form_type.id"), comment="Formulario")
    number: Mapped[int] = mapped_column(BigInteger, comment="Número que reapareció")
    seen_in: Mapped[str] = mapped_column(Text, comment="Dónde reapareció, en palabras")
    seen_on: Mapped[date] = mapped_column(Date, comment="Día en que reapareció")
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    registered_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo intentó")


class KardexAdjustmentRow(Base):
    """An adjustment of the inventory that waits for its two approvals, or that became a movement."""

    __tablename__ = "kardex_adjustment"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    form_type_id: Mapped[int] = mapped_column(ForeignKey("kardex_form_type.id"), comment="Formulario")
    moved_on: Mapped[date] = mapped_column(Date, comment="Día del hecho que se ajusta")
    ranges: Mapped[str] = mapped_column(Text, comment="Números, p. ej. 004501-004510; vacío si no llevan")
    form_count: Mapped[int] = mapped_column(Integer, comment="Formularios que se ajustan")
    from_holder_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_holder.id"), comment="Quien figura con ellos"
    )
    from_condition: Mapped[str] = mapped_column(
        String(12), comment="Condición en que figuran; vacío si varias"
    )
    to_holder_id: Mapped[int] = mapped_column(
        ForeignKey("kardex_holder.id"), comment="Quien los tiene de verdad"
    )
    to_condition: Mapped[str] = mapped_column(String(12), comment="Condición verdadera")
    reason: Mapped[str] = mapped_column(Text, comment="Motivo")
    document: Mapped[str] = mapped_column(String(200), comment="Documento que lo sustenta")
    state: Mapped[str] = mapped_column(String(12), comment="propuesto, aprobado o retirado")
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento de la propuesta (UTC)")
    proposed_by: Mapped[str] = mapped_column(String(120), comment="Usuario que lo propuso")
    movement_id: Mapped[int | None] = mapped_column(
        ForeignKey("kardex_movement.id"), comment="Movimiento que resultó; vacío mientras no se aprueba"
    )
    withdrawn_reason: Mapped[str] = mapped_column(Text, comment="Por qué se retiró; vacío si no se retiró")
    version: Mapped[int] = mapped_column(Integer, default=1, comment="Versión del registro")


class KardexApprovalRow(Base):
    """One approval of an adjustment; it stays for ever."""

    __tablename__ = "kardex_approval"
    __table_args__ = (UniqueConstraint("adjustment_id", "approver"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador, en orden de registro")
    adjustment_id: Mapped[int] = mapped_column(ForeignKey("kardex_adjustment.id"), comment="Ajuste")
    approver: Mapped[str] = mapped_column(String(160), comment="Quien aprueba")
    position: Mapped[str] = mapped_column(String(160), comment="Su cargo")
    document: Mapped[str] = mapped_column(String(200), comment="Documento con que aprueba; vacío si no hay")
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento del registro (UTC)")
    registered_by: Mapped[str] = mapped_column(String(120), comment="Usuario que la registró")
