"""How the tab of the copies lists them."""

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.safekeeping.rules.backups import short_hash, size_words
from sisfoh_desktop.modules.safekeeping.rules.facts import BackupLine
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone


def backup_columns() -> list[Column]:
    """When, why and by whom; where it is; what it holds; whether it was tried."""
    return [
        Column("Hecho", _moment, lambda one: one.backup.made_at, "center", 132),
        Column("Ocasión", lambda one: one.backup.occasion.label, width=84),
        Column("Archivo", lambda one: one.backup.file_name, tip=_whole),
        Column("Dónde quedó", lambda one: one.backup.place, tip=lambda one: one.backup.place),
        Column(
            "Tamaño",
            lambda one: size_words(one.backup.byte_count),
            lambda one: one.backup.byte_count,
            "right",
            72,
        ),
        Column("Contraseña", lambda one: "Sí" if one.backup.encrypted else "No", align="center", width=100),
        Column("Ensayo", tried_words, tone=_tried_tone, width=112, tip=_tried_detail),
    ]


def tried_words(line: BackupLine) -> str:
    """Whether a restore of it was tried, and when."""
    if line.rehearsal is None:
        return "Sin ensayar"
    return format_date(line.rehearsal.tried_at.astimezone(LIMA).date()) if line.rehearsal.ok else "Falló"


def _moment(line: BackupLine) -> str:
    moment = line.backup.made_at.astimezone(LIMA)
    return f"{format_date(moment.date())} {moment:%H:%M}"


def _whole(line: BackupLine) -> str:
    backup = line.backup
    return (
        f"{backup.file_name}\nHuella {short_hash(backup.sha256)}…\nHecha por {backup.made_by or 'sin nombre'}"
    )


def _tried_tone(line: BackupLine) -> Tone | None:
    if line.rehearsal is None:
        return "dim"
    return "ok" if line.rehearsal.ok else "danger"


def _tried_detail(line: BackupLine) -> str:
    return (
        line.rehearsal.detail if line.rehearsal is not None else "Todavía no se probó que esta copia se abre."
    )
