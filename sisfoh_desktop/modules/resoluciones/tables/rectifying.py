"""How the errors that one act rectifies in another lie in the database."""

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base


class ResolucionRectificationRow(Base):
    """One material error of a signed act, and the act that rectifies it; an act rectifies an older one only."""

    __tablename__ = "resolucion_rectification"
    __table_args__ = (CheckConstraint("rectified_id < rectifying_id", name="order"),)

    rectifying_id: Mapped[int] = mapped_column(
        ForeignKey("resolucion.id"), primary_key=True, comment="Resolución que rectifica"
    )
    position: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="Orden del error, desde 1"
    )
    rectified_id: Mapped[int] = mapped_column(
        ForeignKey("resolucion.id"), index=True, comment="Resolución firmada que se rectifica"
    )
    where_text: Mapped[str] = mapped_column(String(300), comment="Parte del acto con el error")
    says: Mapped[str] = mapped_column(Text, comment="Lo que dice, tal como se imprimió")
    must_say: Mapped[str] = mapped_column(Text, comment="Lo que debe decir")
