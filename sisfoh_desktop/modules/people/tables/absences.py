"""Days on which a user may not come in."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base

_VERSION = "Sube con cada cambio; evita pisar el de otra persona"


class UserAbsenceRow(Base):
    """Days on which a user may not come in: vacations, leave."""

    __tablename__ = "app_user_absence"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True, comment="Usuario")
    first_day: Mapped[date] = mapped_column(comment="Primer día de ausencia")
    last_day: Mapped[date] = mapped_column(comment="Último día de ausencia")
    reason: Mapped[str] = mapped_column(String(200), comment="Vacaciones, licencia u otro motivo")
    withdrawn: Mapped[bool] = mapped_column(comment="Se dejó sin efecto")
    version: Mapped[int] = mapped_column(comment=_VERSION)
