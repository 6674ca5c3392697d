"""What heads a plan."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import Money


class PlanRow(Base):
    """A plan de trabajo."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    title: Mapped[str] = mapped_column(String(500), comment="Título, como lo aprueba la resolución")
    short_name: Mapped[str] = mapped_column(String(160), comment="Nombre corto")
    year: Mapped[int] = mapped_column(Integer, index=True, comment="Año fiscal")
    campaign: Mapped[str] = mapped_column(String(300), comment="Campaña de empadronamiento")
    state: Mapped[str] = mapped_column(String(20), index=True, comment="borrador, aprobado o cerrado")
    district: Mapped[str] = mapped_column(String(300), comment="Distrito")
    ubigeo: Mapped[str] = mapped_column(String(20), comment="Ubigeo del distrito, catálogo INEI")
    annex_code: Mapped[str] = mapped_column(
        String(20), comment="Código del distrito en el anexo de la directiva"
    )
    estimated_households: Mapped[int] = mapped_column(
        Integer, comment="Hogares que estima la directiva; 0 si no lo dice"
    )
    households: Mapped[int] = mapped_column(Integer, comment="Meta: hogares por empadronar")
    amount: Mapped[Decimal] = mapped_column(Money, comment="Monto asignado, en céntimos")
    starts: Mapped[date | None] = mapped_column(Date, comment="Primer día del plazo")
    ends: Mapped[date | None] = mapped_column(Date, comment="Último día del plazo")
    objective: Mapped[str] = mapped_column(Text, comment="Objetivo del plan")
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id"), index=True, comment="Unidad orgánica que lo propone"
    )
    executing_unit: Mapped[str] = mapped_column(String(300), comment="Unidad que lo ejecuta")
    cost_centre: Mapped[str] = mapped_column(String(300), comment="Centro de costo")
    prepared_by: Mapped[str] = mapped_column(String(300), comment="Quién lo elaboró")
    reviewed_by: Mapped[str] = mapped_column(String(300), comment="Quién lo revisó")
    approved_by: Mapped[str] = mapped_column(String(600), comment="Acto que lo aprobó; vacío si no lo hay")
    matrix_id: Mapped[int | None] = mapped_column(
        ForeignKey("responsibility_matrix.id"),
        index=True,
        comment="Matriz de responsabilidades (Anexo N° 01)",
    )
    held_by: Mapped[str] = mapped_column(
        String(120), default="", comment="Número del acto congelado que lo retiene; vacío si ninguno"
    )
    version: Mapped[int] = mapped_column(Integer, comment="Versión del plan, con todas sus partes")
