"""The parts of a plan, replaced with it."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import Money


class _Part:
    """What every part of a plan has: its place in it."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("plan.id", ondelete="CASCADE"), index=True, comment="Plan", sort_order=1
    )
    position: Mapped[int] = mapped_column(Integer, comment="Orden dentro del plan, desde 1", sort_order=2)


class PlanChainRow(_Part, Base):
    """A line of the estructura funcional programática."""

    __tablename__ = "plan_chain"

    programme_code: Mapped[str] = mapped_column(String(20), comment="Programa: código")
    programme_name: Mapped[str] = mapped_column(String(400), comment="Programa: nombre")
    product_code: Mapped[str] = mapped_column(String(20), comment="Producto o proyecto: código")
    product_name: Mapped[str] = mapped_column(String(400), comment="Producto o proyecto: nombre")
    activity_code: Mapped[str] = mapped_column(String(20), comment="Actividad: código")
    activity_name: Mapped[str] = mapped_column(String(400), comment="Actividad: nombre")
    function_code: Mapped[str] = mapped_column(String(20), comment="Función: código")
    function_name: Mapped[str] = mapped_column(String(400), comment="Función: nombre")
    division_code: Mapped[str] = mapped_column(String(20), comment="División funcional: código")
    division_name: Mapped[str] = mapped_column(String(400), comment="División funcional: nombre")
    group_code: Mapped[str] = mapped_column(String(20), comment="Grupo funcional: código")
    group_name: Mapped[str] = mapped_column(String(400), comment="Grupo funcional: nombre")
    source_code: Mapped[str] = mapped_column(String(20), comment="Fuente de financiamiento: código")
    source_name: Mapped[str] = mapped_column(String(400), comment="Fuente de financiamiento: nombre")
    rubro_code: Mapped[str] = mapped_column(String(20), comment="Rubro: código")
    rubro_name: Mapped[str] = mapped_column(String(400), comment="Rubro: nombre")
    generic_code: Mapped[str] = mapped_column(String(20), comment="Genérica de gasto: código")
    generic_name: Mapped[str] = mapped_column(String(400), comment="Genérica de gasto: nombre")
    amount: Mapped[Decimal] = mapped_column(Money, comment="Asignación, en céntimos")


class PlanBudgetLineRow(_Part, Base):
    """What is spent under one clasificador."""

    __tablename__ = "plan_budget_line"

    code: Mapped[str] = mapped_column(String(20), comment="Clasificador de gasto")
    name: Mapped[str] = mapped_column(String(400), comment="Nombre de la partida")
    amount: Mapped[Decimal] = mapped_column(Money, comment="Monto, en céntimos")


class PlanObjectiveRow(_Part, Base):
    """An objective that the plan serves."""

    __tablename__ = "plan_objective"

    instrument: Mapped[str] = mapped_column(String(300), comment="Sigla del instrumento, por ejemplo PEI")
    instrument_name: Mapped[str] = mapped_column(String(300), comment="Nombre del instrumento")
    code: Mapped[str] = mapped_column(String(20), comment="Código del objetivo, por ejemplo OEI 05")
    text: Mapped[str] = mapped_column(Text, comment="Texto del objetivo")


class PlanActivityRow(_Part, Base):
    """A task of the schedule."""

    __tablename__ = "plan_activity"

    phase: Mapped[str] = mapped_column(String(20), comment="preparatoria, ejecucion o cierre")
    activity: Mapped[str] = mapped_column(Text, comment="Actividad")
    task: Mapped[str] = mapped_column(Text, comment="Tarea")
    product: Mapped[str] = mapped_column(String(300), comment="Producto")
    measure: Mapped[str] = mapped_column(String(300), comment="Unidad de medida")
    target: Mapped[int] = mapped_column(Integer, comment="Meta en esa unidad; 0 si no se dice")
    starts: Mapped[date | None] = mapped_column(Date, comment="Primer día")
    ends: Mapped[date | None] = mapped_column(Date, comment="Último día")
    responsible: Mapped[str] = mapped_column(String(300), comment="Responsable")
    budget: Mapped[Decimal] = mapped_column(Money, comment="Presupuesto, en céntimos")


class PlanZoneRow(_Part, Base):
    """A zone of intervention."""

    __tablename__ = "plan_zone"

    name: Mapped[str] = mapped_column(String(300), comment="Zona o sector")
    settlement: Mapped[str] = mapped_column(String(300), comment="Barrio o asentamiento humano")
    manzana: Mapped[str] = mapped_column(String(20), comment="Código INEI de la manzana")
    stratum: Mapped[str] = mapped_column(String(300), comment="Estrato de ingreso")
    lot_type: Mapped[str] = mapped_column(String(300), comment="Tipo de lotización")
    households: Mapped[int] = mapped_column(Integer, comment="Hogares estimados; 0 si no se dice")
    route: Mapped[str] = mapped_column(String(300), comment="Ruta")
    priority: Mapped[str] = mapped_column(String(300), comment="Prioridad")


class PlanSectionRow(_Part, Base):
    """A section of the plan's text."""

    __tablename__ = "plan_section"

    kind: Mapped[str] = mapped_column(String(20), comment="Clave de la sección en el contenido mínimo")
    title: Mapped[str] = mapped_column(String(300), comment="Título")
    text: Mapped[str] = mapped_column(Text, comment="Texto; un párrafo por línea")
