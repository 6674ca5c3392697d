"""When a copy is due, how its file is called, which old ones may go, how its figures are said."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.safekeeping.rules.facts import BackupStanding

SUFFIX = ".sisfoh"
DAYS_BETWEEN_BACKUPS = 7
DAYS_BETWEEN_REHEARSALS = 90
SHORTEST_PASSWORD = 10
_DAILY, _WEEKLY, _MONTHLY = 12, 10, 9
_LONGEST_SIGLA = 24


def backup_name(office: str, moment: datetime, *, again: int = 0) -> str:
    """`respaldo-MPT-20241121-0815.sisfoh`; `again` tells copies of the same minute apart."""
    plain = unicodedata.normalize("NFKD", office).encode("ascii", "ignore").decode()
    sigla = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:_LONGEST_SIGLA].rstrip("-") or "oficina"
    number = f"-{again + 1}" if again else ""
    return f"respaldo-{sigla}-{moment:%Y%m%d-%H%M}{number}{SUFFIX}"


def check_password(password: str, again: str | None = None) -> str:
    """The password of a copy; RuleError `password_short`, `password_differs`. None of it is trimmed."""
    if again is not None and password != again:
        raise RuleError(
            "password_differs",
            "Las dos contraseñas no son iguales; no se hizo la copia. Escríbalas otra vez.",
        )
    if password and len(password) < SHORTEST_PASSWORD:
        raise RuleError(
            "password_short",
            f"La contraseña de la copia necesita al menos {SHORTEST_PASSWORD} signos; no se hizo la copia. "
            "Use una frase fácil de recordar, o déjela vacía.",
        )
    return password


def next_backup_due(standing: BackupStanding) -> date | None:
    """By when a copy must be made: a week after the last one, if anything changed since; None when nothing did."""
    if not standing.changes:
        return None
    since = standing.last.made_at if standing.last is not None else standing.first_entry_at
    return None if since is None else since.date() + timedelta(days=DAYS_BETWEEN_BACKUPS)


def next_rehearsal_due(standing: BackupStanding) -> date | None:
    """By when a restore must be tried: three months after the last good one, or two weeks after the first copy."""
    if standing.rehearsed_at is not None:
        return standing.rehearsed_at.date() + timedelta(days=DAYS_BETWEEN_REHEARSALS)
    if standing.first_backup_at is not None:
        return standing.first_backup_at.date() + timedelta(days=2 * DAYS_BETWEEN_BACKUPS)
    return None


def standing_words(standing: BackupStanding) -> str:
    """How the office is covered, in a sentence or two."""
    if standing.last is None:
        first = "Todavía no hay ningún respaldo de esta base."
    else:
        moment = standing.last.made_at.astimezone(LIMA)
        first = f"Último respaldo: {format_date(moment.date())}, {moment:%H:%M} h."
    if standing.changes:
        changes = counted(standing.changes, "cambio", "cambios")
        verb = "Hay" if standing.last is None else "Desde entonces hay"
        first += f" {verb} {changes} sin respaldar."
    elif standing.last is not None:
        first += " Nada cambió desde entonces."
    if standing.rehearsed_at is not None:
        first += (
            f" Último ensayo de restauración: {format_date(standing.rehearsed_at.astimezone(LIMA).date())}."
        )
    elif standing.last is not None:
        first += " Ninguna copia se ensayó todavía."
    return first


def kept_moments(moments: Iterable[datetime]) -> set[datetime]:
    """Which copies to keep: the newest of the last 12 days, 10 weeks and 9 months that have one; never none."""
    newest = sorted(set(moments), reverse=True)
    kept: set[datetime] = set()
    for most, period in (
        (_DAILY, lambda moment: moment.date()),
        (_WEEKLY, lambda moment: moment.isocalendar()[:2]),
        (_MONTHLY, lambda moment: (moment.year, moment.month)),
    ):
        seen: set[object] = set()
        for moment in newest:
            if len(seen) < most and period(moment) not in seen:
                seen.add(period(moment))
                kept.add(moment)
    return kept


def size_words(byte_count: int) -> str:
    """`850 kB`, `12.4 MB`: as a person compares it with the room on a memory stick."""
    if byte_count < 1_000_000:
        return f"{max(1, round(byte_count / 1_000))}\u00a0kB"
    unit, name = (1_000_000, "MB") if byte_count < 1_000_000_000 else (1_000_000_000, "GB")
    return f"{byte_count / unit:.1f}\u00a0{name}"


def short_hash(sha256: str) -> str:
    """The first 16 signs in groups of four, to be compared by eye with a printed slip."""
    return " ".join(sha256[at : at + 4] for at in range(0, 16, 4))
