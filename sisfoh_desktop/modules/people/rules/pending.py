"""What the people of a base ask of its administrator on a day, for Mi bandeja. Plain Python."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.people.rules.facts import AccessReview, User, UserState
from sisfoh_desktop.modules.people.rules.reviews import due_on, undone_changes
from sisfoh_desktop.modules.people.rules.users import is_steady_administrator

REMINDED_BEFORE = timedelta(days=15)


class PendingKind(StrEnum):
    """The record that a line opens, as the window names it."""

    USER = "people.user"
    REVIEW = "people.review"


def pending_of(
    users: Iterable[User], newest: AccessReview | None, today: date, *, with_sheet: Collection[int] = ()
) -> list[Pending]:
    """Reviews, accesses that end, codes that nobody used, a lonely administrator; nothing without users.

    `with_sheet` are the ids of those who have a recovery sheet.
    """
    present = [user for user in users if user.state is not UserState.LEFT]
    return [
        *_review(present, newest, today),
        *(line for user in present for line in _ending(user, today)),
        *(line for user in present for line in _without_password(user, today)),
        *_changes(present, newest),
        *_lonely(present, today, with_sheet),
    ]


def _review(users: list[User], newest: AccessReview | None, today: date) -> list[Pending]:
    set_at: list[datetime] = [user.password_set_at for user in users if user.password_set_at is not None]
    due = due_on(newest.reviewed_at if newest else None, min(set_at, default=None))
    if not users or due is None or today < due - REMINDED_BEFORE:
        return []
    last = f"La última fue el {_day(newest.reviewed_at)}" if newest else "Todavía no se hizo ninguna"
    return [
        Pending(
            PendingKind.REVIEW,
            newest.id if newest else 0,
            "Revise los accesos de los usuarios",
            f"{last}; toca al menos cada seis meses (DS 016-2024-JUS, art. 46)",
            due,
        )
    ]


def _ending(user: User, today: date) -> list[Pending]:
    if user.valid_to is None or user.state is not UserState.ACTIVE or today < user.valid_to - REMINDED_BEFORE:
        return []
    over = user.valid_to < today
    return [
        Pending(
            PendingKind.USER,
            user.id,
            f"El acceso de {user.name} {'terminó' if over else 'termina'} el {format_date(user.valid_to)}",
            "Céselo en Usuarios, o amplíe su fecha" if over else "Amplíe su fecha si continúa",
            user.valid_to,
        )
    ]


def _without_password(user: User, today: date) -> list[Pending]:
    """Somebody who is to come in and whose code is no longer good, or was never made."""
    waits = user.recovery_until is not None and user.recovery_until.astimezone(LIMA).date() >= today
    ended = user.valid_to is not None and user.valid_to < today
    if user.has_password or waits or ended or user.state is not UserState.ACTIVE:
        return []
    return [
        Pending(
            PendingKind.USER,
            user.id,
            f"{user.name} no puede entrar todavía",
            "No tiene contraseña ni una clave vigente; imprímale una clave de un solo uso",
            None,
        )
    ]


def _changes(users: list[User], newest: AccessReview | None) -> list[Pending]:
    lines = undone_changes(newest, users)
    if not lines or newest is None:
        return []
    told = counted(len(lines), "usuario", "usuarios")
    return [
        Pending(
            PendingKind.USER,
            lines[0].user_id,
            f"Cambie los roles de {told}",
            f"Así lo decidió la revisión del {_day(newest.reviewed_at)}: "
            + "; ".join(line.name for line in lines[:3])
            + (f" y {len(lines) - 3} más" if len(lines) > 3 else ""),
            None,
        )
    ]


def _lonely(users: list[User], today: date, with_sheet: Collection[int]) -> list[Pending]:
    steady = [user for user in users if is_steady_administrator(user, today)]
    if len(steady) != 1:
        return []
    sheet = Pending(
        PendingKind.USER,
        steady[0].id,
        "Imprima su hoja de recuperación",
        "Si olvida su contraseña, nadie más puede devolverle el acceso; guárdela en un sobre cerrado",
        None,
    )
    return [
        *(() if steady[0].id in with_sheet else (sheet,)),
        Pending(
            PendingKind.USER,
            steady[0].id,
            "Nombre a un segundo administrador",
            f"Solo {steady[0].name} puede devolver el acceso a quien olvida su contraseña; nadie podría hacerlo con "
            "la suya",
            None,
        ),
    ]


def _day(moment: datetime) -> str:
    return format_date(moment.astimezone(LIMA).date())
