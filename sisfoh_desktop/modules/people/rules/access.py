"""Who may come in on a day, and how long one has to wait after wrong passwords."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.people.rules.facts import Absence, Standing, User, UserState

FREE_FAILURES = 4
"""Wrong passwords in a row that cost nothing but the trouble."""
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
RECOVERY_VALID = timedelta(hours=24)

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


def lock_delay(failures: int) -> timedelta | None:
    """How long no attempt is admitted after so many failures in a row: 30 s after the fifth, doubling to 15 minutes."""
    if failures <= FREE_FAILURES:
        return None
    doublings: int = min(failures - FREE_FAILURES - 1, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def locked_until(failures: int, last_failure: datetime) -> datetime | None:
    """Until when the next attempt has to wait."""
    delay = lock_delay(failures)
    return None if delay is None else last_failure + delay


def typed_login(text: str) -> str:
    """What was typed as a login in the way logins are kept; it may be none at all (see `is_login`)."""
    return unicodedata.normalize("NFC", text[:200]).strip().casefold()


def is_login(text: str) -> bool:
    """Whether the text could be a login: 2 to 60 small letters without accents, figures, point, hyphen, underscore."""
    return _LOGIN.fullmatch(text) is not None


def unknown_subject(login: str) -> str:
    """How attempts on a login that does not exist are told apart in the trail.

    Sixteen bits are enough to make them wait like everybody, and too few to tell what was typed: people do type
    their password there.
    """
    digest = hashlib.sha256(login.encode("utf-8", errors="replace")).hexdigest()
    return f"login:{digest[:4]}"


def standing_of(user: User, absences: Iterable[Absence], today: date) -> Standing:
    """Whether the user may come in on that day; `absences` are the user's own."""
    if user.state is UserState.LEFT:
        return Standing.LEFT
    if user.state is UserState.SUSPENDED:
        return Standing.SUSPENDED
    if user.valid_from is not None and today < user.valid_from:
        return Standing.NOT_YET
    if user.valid_to is not None and today > user.valid_to:
        return Standing.ENDED
    if any(absence.covers(today) for absence in absences):
        return Standing.ABSENT
    return Standing.MAY_ENTER if user.has_password else Standing.NO_PASSWORD


def absent_until(absences: Iterable[Absence], today: date) -> date | None:
    """The last day of the absence that the day falls in, None for none."""
    return max((one.last_day for one in absences if one.covers(today)), default=None)


def entry_refusal(user: User, standing: Standing, away_until: date | None) -> RuleError | None:
    """Why somebody who gave the right password may not come in on this day; None when nothing is against it."""
    ask = "Hable con quien administra los usuarios"
    if standing is Standing.ABSENT:
        until = f" hasta el {format_date(away_until)}" if away_until else ""
        return RuleError(
            "access_absent",
            f"Usted figura ausente{until} y no puede entrar en esos días. {ask} si ya volvió.",
        )
    if standing is Standing.NOT_YET and user.valid_from is not None:
        return RuleError(
            "access_not_yet",
            f"Su acceso empieza el {format_date(user.valid_from)}; todavía no puede entrar. {ask} si hay un error.",
        )
    if standing is Standing.ENDED and user.valid_to is not None:
        return RuleError(
            "access_ended",
            f"Su acceso terminó el {format_date(user.valid_to)}; ya no puede entrar. {ask} si se le renovó.",
        )
    if standing is Standing.SUSPENDED:
        return RuleError("access_ended", f"Su acceso está suspendido; no puede entrar. {ask}.")
    if standing is Standing.LEFT:
        return RuleError("access_ended", f"Su acceso cesó; ya no puede entrar. {ask} si hay un error.")
    return None


def wrong_password() -> RuleError:
    """The one answer to an unknown login and to a wrong password."""
    return RuleError(
        "access_refused",
        "El usuario o la contraseña no son correctos; no se entró. Escríbalos otra vez, y si la olvidó pida una "
        "clave de un solo uso a quien administra los usuarios.",
    )


def wrong_sheet() -> RuleError:
    """The one answer to an unknown login, to one without a sheet, to a used sheet and to a wrong code."""
    return RuleError(
        "sheet_refused",
        "El usuario o la clave de la hoja no son correctos, o esa hoja ya se usó; no se entró y la contraseña quedó "
        "como estaba. Revise signo por signo, o pida una clave de un solo uso a otro administrador.",
    )


def expired_code() -> RuleError:
    """The answer to a one-time code that was the right one a day ago."""
    return RuleError(
        "access_refused",
        "Esa clave de un solo uso ya venció; no se entró. Pida otra a quien administra los usuarios.",
    )


def check_not_locked(until: datetime | None, now: datetime) -> None:
    """RuleError `access_locked` while the delay after wrong passwords runs; see also `is_clock_back`."""
    if until is not None and now < until <= now + LONGEST_DELAY:
        raise too_many_failures(until, now)


def is_clock_back(until: datetime | None, now: datetime) -> bool:
    """Whether the lock would last longer than any delay: it was set by a clock that has been put back since.

    It neither holds for years nor is it got rid of by turning the clock: the delay begins anew.
    """
    return until is not None and until > now + LONGEST_DELAY


def too_many_failures(until: datetime, now: datetime) -> RuleError:
    """The answer while nothing is tried, whatever the password."""
    seconds = max(1, round((until - now).total_seconds()))
    if seconds < 90:
        wait = f"{seconds} segundo" if seconds == 1 else f"{seconds} segundos"
    else:
        wait = f"{-(-seconds // 60)} minutos"
    return RuleError(
        "access_locked",
        f"Hubo demasiados intentos fallidos con ese usuario; espere {wait} y vuelva a intentar. No se entró.",
    )
