"""Users and the roles that they have."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime

_VERSION = "Sube con cada cambio; evita pisar el de otra persona"


class UserRow(Base):
    """A person who works with the base; none is ever removed, so that the trail keeps its names."""

    __tablename__ = "app_user"
    __table_args__ = (CheckConstraint("state IN ('active', 'suspended', 'left')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    login: Mapped[str] = mapped_column(
        String(60), unique=True, comment="Nombre con que entra, en minúsculas; firma el historial"
    )
    name: Mapped[str] = mapped_column(String(200), comment="Nombres y apellidos")
    office: Mapped[str] = mapped_column(String(60), comment="Siglas de su oficina")
    position: Mapped[str] = mapped_column(String(200), comment="Cargo; vacío si no se indicó")
    document: Mapped[str] = mapped_column(
        String(200), comment="Documento que autoriza su acceso; vacío si no se indicó"
    )
    state: Mapped[str] = mapped_column(String(20), comment="active, suspended o left")
    valid_from: Mapped[date | None] = mapped_column(comment="Primer día de acceso; vacío si no se fijó")
    valid_to: Mapped[date | None] = mapped_column(comment="Último día de acceso; vacío si no se fijó")
    password_hash: Mapped[str] = mapped_column(
        String(200), comment="Contraseña por argon2id; vacío mientras no la tenga"
    )
    password_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="Cuándo la fijó (UTC)")
    must_change: Mapped[bool] = mapped_column(comment="Debe cambiar la contraseña al entrar")
    recovery_hash: Mapped[str] = mapped_column(
        String(200),
        comment="Clave de un solo uso impresa por el administrador, por argon2id; vacío si no hay",
    )
    recovery_until: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Hasta cuándo vale la clave de un solo uso (UTC)"
    )
    failed_count: Mapped[int] = mapped_column(comment="Intentos fallidos seguidos")
    locked_until: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="Hasta cuándo no se admite otro intento (UTC)"
    )
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="Última entrada (UTC)")
    version: Mapped[int] = mapped_column(comment=_VERSION)


class UserRoleRow(Base):
    """A role that a user has now; what it was before is told in the trail."""

    __tablename__ = "app_user_role"
    __table_args__ = (UniqueConstraint("user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="Identificador")
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True, comment="Usuario")
    role: Mapped[str] = mapped_column(String(40), comment="Clave del rol, p. ej. kardex_clerk")
