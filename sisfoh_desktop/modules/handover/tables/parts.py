"""The credentials that a handover lists and the lines of its frozen paper."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base


class HandoverCredentialRow(Base):
    """A system or key of the list: where its secret is kept, never the secret."""

    __tablename__ = "handover_credential"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True, comment="Entrega")
    position: Mapped[int] = mapped_column(comment="Orden en la lista, desde 1")
    system: Mapped[str] = mapped_column(String(120), comment="Sistema, equipo o llave")
    account: Mapped[str] = mapped_column(String(120), comment="Usuario o cuenta; vacío si no hay")
    place: Mapped[str] = mapped_column(String(200), comment="Dónde se guarda la clave, nunca la clave")
    custodian: Mapped[str] = mapped_column(String(200), comment="Quién la custodia")


class HandoverLineRow(Base):
    """A line of an acta as it was issued; never changed."""

    __tablename__ = "handover_line"

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True, comment="Entrega")
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True, comment="Acta que la lleva")
    position: Mapped[int] = mapped_column(comment="Orden en el acta, desde 1")
    section: Mapped[str] = mapped_column(String(20), comment="Parte del acta, p. ej. files")
    title: Mapped[str] = mapped_column(Text, comment="Qué se entrega")
    detail: Mapped[str] = mapped_column(Text, comment="Cómo está; vacío si no hay más que decir")
    due: Mapped[date | None] = mapped_column(comment="Hasta cuándo hay plazo; vacío si no lo tiene")
    record_kind: Mapped[str] = mapped_column(
        String(40), comment="Clase del registro que abre; vacío si no abre ninguno"
    )
    record_id: Mapped[int] = mapped_column(comment="Registro que abre; 0 si no abre ninguno")
