"""What a document tells in rows under its sentence."""

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base


class ExpedienteDetailRow(Base):
    """One row told under the sentence of a document: label, code and name."""

    __tablename__ = "expediente_document_detail"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("expediente_document.id"), primary_key=True, comment="Documento"
    )
    position: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Orden, desde 1"
    )
    label: Mapped[str] = mapped_column(String(300), comment="Rótulo, p. ej. GRUPO FUNCIONAL")
    code: Mapped[str] = mapped_column(String(300), comment="Código, p. ej. 0114; es texto")
    text: Mapped[str] = mapped_column(String(300), comment="Nombre o monto")
