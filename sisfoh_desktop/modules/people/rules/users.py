"""What a user's record must be, and what may never happen to the last administrator. Also the days of an absence."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, clean_text, without_accents
from sisfoh_desktop.modules.people.rules.access import absent_until, is_login, standing_of, typed_login
from sisfoh_desktop.modules.people.rules.facts import Absence, User, UserLine, UserState
from sisfoh_desktop.modules.people.rules.roles import ADMINISTRATOR, clean_roles, role_title

LONGEST_LOGIN, LONGEST_NAME, LONGEST_OFFICE = 60, 200, 60
LONGEST_POSITION, LONGEST_DOCUMENT, LONGEST_REASON = 200, 200, 200
MOST_DAYS_AWAY = 366
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def proposed_login(name: str) -> str:
    """A login made of a name: the first letter of the first word, and the third or else the last one."""
    words = ["".join(sign for sign in word if "a" <= sign <= "z") for word in without_accents(name).split()]
    kept = [word for word in words if word]
    if not kept:
        return ""
    return (kept[0][0] + kept[2 if len(kept) > 2 else -1])[:LONGEST_LOGIN] if len(kept) > 1 else kept[0]


def clean_user(user: User) -> User:
    """The record as it is kept; RuleError `login_invalid`, `dates_upside_down`, `date_out_of_range`, `text_...`,
    `roles_missing` or `role_unknown`."""
    login = typed_login(user.login)
    if not is_login(login):
        raise RuleError(
            "login_invalid",
            "El usuario lleva de 2 a 60 letras sin tilde, cifras, punto o guion, y empieza por letra o cifra, por "
            "ejemplo «rquispe»; no se guardó nada. Corríjalo.",
        )
    _check_dates(user.valid_from, user.valid_to, "un acceso")
    return replace(
        user,
        login=login,
        name=clean_name(user.name, what="el nombre", limit=LONGEST_NAME),
        office=clean_name(user.office, what="la oficina", limit=LONGEST_OFFICE, required=False),
        position=clean_name(user.position, what="el cargo", limit=LONGEST_POSITION, required=False),
        document=clean_name(
            user.document, what="el documento que autoriza", limit=LONGEST_DOCUMENT, required=False
        ),
        roles=clean_roles(user.roles),
    )


def check_login_free(login: str, users: Iterable[User]) -> None:
    """RuleError `login_taken`; the login of somebody who left stays theirs, since it signs the trail."""
    taken = next((one for one in users if one.login == login), None)
    if taken is not None:
        raise RuleError(
            "login_taken",
            f"El usuario «{login}» ya es de {taken.name} ({taken.state.label.lower()}) y firma su historial; no se "
            "guardó nada. Elija otro.",
        )


def check_first_user(user: User, today: date) -> None:
    """The first user of a base must be able to make the others; RuleError `first_administrator`."""
    starts = user.valid_from is None or user.valid_from <= today
    if ADMINISTRATOR not in user.roles or user.valid_to is not None or not starts:
        raise RuleError(
            "first_administrator",
            f"El primer usuario debe ser «{role_title(ADMINISTRATOR)}», desde hoy y sin fecha de fin, o nadie podría "
            "crear a los demás; no se creó nada. Corrija su rol y sus fechas.",
        )


def is_steady_administrator(user: User, today: date) -> bool:
    """Whether the user can go on managing the others: active, with a password, with no end in sight."""
    return (
        ADMINISTRATOR in user.roles
        and user.state is UserState.ACTIVE
        and user.has_password
        and user.valid_to is None
        and (user.valid_from is None or user.valid_from <= today)
    )


def check_administrator_remains(users: Iterable[User], today: date) -> None:
    """RuleError `last_administrator` when, after a change, nobody could manage the users any more."""
    if not any(is_steady_administrator(one, today) for one in users):
        raise RuleError(
            "last_administrator",
            "Es el último administrador activo, con contraseña y sin fecha de fin: la oficina se quedaría sin quien "
            "administre los usuarios. No se cambió nada; nombre antes a otro y espere a que entre una vez.",
        )


def check_not_oneself(user: User, login: str) -> None:
    """Nobody takes away or renews their own access; RuleError `own_access`."""
    if user.login == login:
        raise RuleError(
            "own_access",
            "Es su propio acceso: lo cambia otro administrador. No se cambió nada; para su contraseña use «Cambiar "
            "mi contraseña».",
        )


def check_can_suspend(user: User) -> None:
    """Only who is active; RuleError `user_state`."""
    if user.state is not UserState.ACTIVE:
        raise _wrong_state(user)


def check_can_end(user: User) -> None:
    """Whoever has not left; RuleError `user_state`."""
    if user.state is UserState.LEFT:
        raise _wrong_state(user)


def check_can_restore(user: User) -> None:
    """Whoever is suspended, has left, or is past their last day; RuleError `user_state`."""
    if user.state is UserState.ACTIVE and user.valid_to is None:
        raise _wrong_state(user)


def ended(user: User, today: date) -> User:
    """The user without access from now on, their last day no later than today."""
    last = today if user.valid_to is None else min(user.valid_to, today)
    if user.valid_from is not None and user.valid_from > last:
        return replace(user, state=UserState.LEFT, valid_from=None, valid_to=last)
    return replace(user, state=UserState.LEFT, valid_to=last)


def restored(user: User, today: date) -> User:
    """The user active again, a last day that has passed taken off."""
    keeps = user.valid_to is not None and user.valid_to > today and user.state is not UserState.LEFT
    return replace(user, state=UserState.ACTIVE, valid_to=user.valid_to if keeps else None)


def clean_reason(reason: str) -> str:
    """Why an access is taken away or given back; RuleError `text_missing` and others of `clean_text`."""
    return clean_text(reason, what="el motivo", limit=LONGEST_REASON, required=True, one_line=True)


def clean_absence(absence: Absence) -> Absence:
    """The absence as it is kept; RuleError `dates_upside_down`, `date_out_of_range`, `absence_too_long`, `text_...`."""
    _check_dates(absence.first_day, absence.last_day, "una ausencia")
    if absence.last_day - absence.first_day >= timedelta(days=MOST_DAYS_AWAY):
        raise RuleError(
            "absence_too_long",
            "La ausencia pasa de un año; no se guardó nada. Revise las fechas, o suspenda el acceso.",
        )
    return replace(absence, reason=clean_reason(absence.reason))


def check_no_overlap(absence: Absence, others: Iterable[Absence]) -> None:
    """RuleError `absence_overlaps` with another of the same user that holds."""
    for other in others:
        apart = other.last_day < absence.first_day or absence.last_day < other.first_day
        if other.id != absence.id and not other.withdrawn and not apart:
            raise RuleError(
                "absence_overlaps",
                f"Ya tiene otra ausencia del {other.first_day:%d/%m/%Y} al {other.last_day:%d/%m/%Y} que se cruza "
                "con esta; no se guardó nada. Corrija las fechas o deje sin efecto la otra.",
            )


def check_may_be_away(user: User, users: Iterable[User], today: date) -> None:
    """The only administrator may not be locked out by an absence; RuleError `last_administrator`."""
    if is_steady_administrator(user, today):
        check_administrator_remains((one for one in users if one.id != user.id), today)


def line_of(user: User, absences: Iterable[Absence], today: date) -> UserLine:
    """The user as lists show it on that day; `absences` are the user's own."""
    own = list(absences)
    return UserLine(
        user,
        standing_of(user, own, today),
        tuple(role_title(key) for key in user.roles),
        absent_until(own, today),
    )


def _check_dates(first: date | None, last: date | None, what: str) -> None:
    for day in (first, last):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise RuleError(
                "date_out_of_range",
                f"La fecha {day:%d/%m/%Y} no puede ser la de {what}; no se guardó nada. Corríjala.",
            )
    if first is not None and last is not None and last < first:
        raise RuleError(
            "dates_upside_down",
            "El último día es anterior al primero; no se guardó nada. Corrija las fechas.",
        )


def _wrong_state(user: User) -> RuleError:
    return RuleError(
        "user_state",
        f"El acceso de {user.name} ya está en ese estado ({user.state.label.lower()}); no se cambió nada. Actualice "
        "con F5.",
    )
