"""Matrices with their units and duties."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base


class ResponsibilityMatrixRow(Base):
    """A matrix of responsibilities."""

    __tablename__ = "responsibility_matrix"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    title: Mapped[str] = mapped_column(String(500), comment="Título del plan, como lo imprime el anexo")
    heading: Mapped[str] = mapped_column(String(500), comment="Encabezado sobre la introducción")
    intro: Mapped[str] = mapped_column(Text, comment="Párrafo de introducción")
    state: Mapped[str] = mapped_column(String(20), index=True, comment="borrador, vigente o archivada")
    held_by: Mapped[str] = mapped_column(
        String(120), default="", comment="Número del acto congelado que la retiene; vacío si ninguno"
    )
    version: Mapped[int] = mapped_column(
        Integer, comment="Versión de la matriz, con sus unidades y funciones"
    )
    in_force_on: Mapped[date | None] = mapped_column(
        Date, comment="Día en que entró en vigencia; desde él se espera la evidencia"
    )


class ResponsibilityUnitRow(Base):
    """A row of the annex: the unit that answers."""

    __tablename__ = "responsibility_unit"
    __table_args__ = (Index(None, "matrix_id", "position"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    matrix_id: Mapped[int] = mapped_column(
        ForeignKey("responsibility_matrix.id", ondelete="CASCADE"), comment="Matriz"
    )
    position: Mapped[int] = mapped_column(Integer, comment="Orden en la matriz, desde 1")
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id"), index=True, comment="Unidad orgánica; vacío si solo tiene nombre propio"
    )
    label: Mapped[str] = mapped_column(
        String(300), comment="Nombre que imprime el anexo; vacío para el nombre vigente de la unidad"
    )


class ResponsibilityDutyRow(Base):
    """A lettered function of a unit."""

    __tablename__ = "responsibility_duty"
    __table_args__ = (Index(None, "matrix_unit_id", "position"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    matrix_unit_id: Mapped[int] = mapped_column(
        ForeignKey("responsibility_unit.id", ondelete="CASCADE"), comment="Fila de la unidad en la matriz"
    )
    position: Mapped[int] = mapped_column(Integer, comment="Orden en la unidad, desde 1; da la letra")
    text: Mapped[str] = mapped_column(Text, comment="Texto de la función")
    responsible: Mapped[str] = mapped_column(String(200), comment="Persona o cargo responsable")
    evidence: Mapped[str] = mapped_column(Text, comment="Evidencia del cumplimiento")
    due: Mapped[date | None] = mapped_column(Date, comment="Fecha límite; vacío si no tiene")
    state: Mapped[str] = mapped_column(String(20), comment="pendiente, en_curso o cumplida")
    officer_id: Mapped[int | None] = mapped_column(
        ForeignKey("officer.id"),
        index=True,
        comment="Funcionario responsable; vacío si solo hay un nombre escrito",
    )
    frequency: Mapped[str | None] = mapped_column(
        String(20), comment="Cada cuánto deja evidencia: una_vez, semanal o mensual; vacío si no se fijó"
    )
    link: Mapped[str | None] = mapped_column(
        String(40), index=True, comment="Módulo cuyos registros son su evidencia; vacío si ninguno"
    )
    source_norm: Mapped[str] = mapped_column(
        String(300), server_default="", comment="Norma que manda la función; vacío si no se anotó"
    )
    source_text: Mapped[str] = mapped_column(
        Text, server_default="", comment="Lo que dice la norma de la función"
    )
