"""What keeping the office safe asks on a day, for Mi bandeja. Plain Python."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.safekeeping.rules.backups import next_backup_due, next_rehearsal_due
from sisfoh_desktop.modules.safekeeping.rules.facts import BackupStanding
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident, moment_words
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank


class PendingKind(StrEnum):
    """The record that a line opens, as the window names it."""

    BACKUP = "safekeeping.backup"
    INCIDENT = "safekeeping.incident"
    PRIVACY = "safekeeping.privacy"


def backup_pending(standing: BackupStanding, today: date, *, missing_folder: str = "") -> list[Pending]:
    """The weekly copy where something changed, the stick that is not there, the restore that was not tried.

    `missing_folder` is the folder for copies set on this PC when it cannot be found.
    """
    found = []
    due = next_backup_due(standing)
    if due is not None and today >= due:
        changes = counted(standing.changes, "cambio", "cambios")
        told = (
            f"El último es del {format_date(standing.last.made_at.date())}; desde entonces hay {changes}"
            if standing.last is not None
            else f"Hay {changes} y todavía ninguna copia"
        )
        found.append(Pending(PendingKind.BACKUP, 0, "Haga el respaldo de la semana", told, due))
        if missing_folder:
            found.append(
                Pending(
                    PendingKind.BACKUP,
                    0,
                    "Conecte la memoria de los respaldos",
                    f"No se encuentra «{missing_folder}»",
                    due,
                )
            )
    tried = next_rehearsal_due(standing)
    if tried is not None and today >= tried:
        told = (
            f"El último ensayo es del {format_date(standing.rehearsed_at.date())}"
            if standing.rehearsed_at is not None
            else "Ninguna copia se probó todavía: hasta entonces no se sabe si sirve"
        )
        found.append(Pending(PendingKind.BACKUP, 0, "Ensaye la restauración de un respaldo", told, tried))
    return found


def incident_pending(open_incidents: Iterable[Incident]) -> list[Pending]:
    """Each open incident: until it is reported the hour at which its 48 hours end, then what is left of it."""
    return [_incident_line(one) for one in open_incidents]


def _incident_line(one: Incident) -> Pending:
    if one.reported_at is None:
        return Pending(
            PendingKind.INCIDENT,
            one.id,
            "Comunique el incidente a la ANPD",
            f"{one.title}; las 48 horas terminan el {moment_words(one.due_at)}",
            one.due_at.astimezone(LIMA).date(),
        )
    title = "Cierre el incidente" if one.holders_told_at else "Avise a los titulares del incidente"
    return Pending(
        PendingKind.INCIDENT,
        one.id,
        title,
        f"{one.title}; comunicado a la ANPD el {moment_words(one.reported_at)}",
        None,
    )


def bank_pending(bank: DataBank) -> list[Pending]:
    """The officer who is not named, the bank that is not registered."""
    found = []
    if not bank.officer_name or not bank.officer_contact:
        found.append(
            Pending(
                PendingKind.PRIVACY,
                0,
                "Registre al oficial de datos personales",
                "Su nombre y su contacto salen en el aviso de privacidad",
                None,
            )
        )
    if not bank.registration:
        found.append(
            Pending(
                PendingKind.PRIVACY,
                0,
                "Inscriba el banco de datos personales",
                "Falta su código de inscripción; la descripción está lista en Resguardo, «Datos personales»",
                None,
            )
        )
    return found
