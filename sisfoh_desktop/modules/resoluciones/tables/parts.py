"""What an act is made of: its blocks, the places of its signers, its wordings."""

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base


class ResolucionBlockRow(Base):
    """A part of the act."""

    __tablename__ = "resolucion_block"

    resolucion_id: Mapped[int] = mapped_column(
        ForeignKey("resolucion.id"), primary_key=True, comment="Resolución"
    )
    position: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Orden, desde 1"
    )
    kind: Mapped[str] = mapped_column(
        String(20), comment="vistos, considerando, estando, articulo, cierre o copias"
    )
    text: Mapped[str] = mapped_column(
        Text, comment="Texto con datos entre llaves ({plan.amount}), un párrafo por línea"
    )
    table_kind: Mapped[str] = mapped_column(
        String(20), comment="functional_chain, details o vacío: la tabla que va después"
    )
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("expediente_document.id"), index=True, comment="Documento que cuenta"
    )
    origin: Mapped[str] = mapped_column(String(20), comment="base_legal, documento, plan, modelo o escrito")


class ResolucionPlaceRow(Base):
    """A unit whose head must sign."""

    __tablename__ = "resolucion_place"

    resolucion_id: Mapped[int] = mapped_column(
        ForeignKey("resolucion.id"), primary_key=True, comment="Resolución"
    )
    position: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Orden en la ronda, desde 1"
    )
    role: Mapped[str] = mapped_column(String(20), comment="visto_bueno o autor")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), comment="Unidad orgánica")
    position_text: Mapped[str] = mapped_column(
        String(300), comment="Cargo que se imprime; vacío, el del responsable"
    )


class ResolucionWordingRow(Base):
    """A datum as this act writes it."""

    __tablename__ = "resolucion_wording"

    resolucion_id: Mapped[int] = mapped_column(
        ForeignKey("resolucion.id"), primary_key=True, comment="Resolución"
    )
    key: Mapped[str] = mapped_column(String(120), primary_key=True, comment="Clave del dato, p. ej. norm.lom")
    text: Mapped[str] = mapped_column(Text, comment="Cómo lo escribe este acto")
