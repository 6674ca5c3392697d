"""The trail of the whole office as lists and extracts show it: filters, kinds of entries, the words of each line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.history import SHARED_FIELDS, Change, HistoryEntry, HistoryWords, told
from sisfoh_desktop.basics.history_words import PartWords, known_parts, part_of_action
from sisfoh_desktop.basics.money import format_number

_SHARED = HistoryWords({}, SHARED_FIELDS)
PAGE = 200  # entries read at once
LONGEST_PAPER = 5_000  # entries on one printed extract
LONGEST_SEARCH = 80


class TrailKind(StrEnum):
    """What an entry is about, whatever part of the program wrote it."""

    WORK = "work"
    CHANGE = "change"
    SESSION = "session"
    VIEW = "view"
    PRINT = "print"
    EXPORT = "export"
    SEAL = "seal"

    @property
    def label(self) -> str:
        """The name on screens."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    TrailKind.WORK: "Todo menos los sellos",
    TrailKind.CHANGE: "Cambios",
    TrailKind.SESSION: "Entradas y salidas",
    TrailKind.VIEW: "Consultas de DNI",
    TrailKind.PRINT: "Impresiones",
    TrailKind.EXPORT: "Exportaciones",
    TrailKind.SEAL: "Sellos de libros",
}
KIND_ACTIONS = {
    TrailKind.SESSION: ("session.",),
    TrailKind.VIEW: ("personal.view", "personal.search"),
    TrailKind.PRINT: ("print.",),
    TrailKind.EXPORT: ("export.", "personal.export", "paper.export", "audit.extract"),
    TrailKind.SEAL: ("ledger.",),
}
"""The actions of each kind, a final point standing for all that follow; all the others are changes."""

# What a record is called in the trail; one without a word is told by its own name there.
_RECORDS = {
    "access_review": "Revisión de accesos",
    "act_model": "Modelo",
    "audit": "Historial",
    "backup": "Respaldo",
    "base": "Base",
    "body": "Organismo",
    "calendar": "Calendario",
    "data_bank": "Banco de datos",
    "expediente": "Expediente",
    "export": "",
    "handover": "Entrega de cargo",
    "holiday": "Feriado",
    "incident": "Incidente",
    "kardex_acta": "Acta",
    "kardex_adjustment": "Ajuste",
    "kardex_campaign": "Campaña",
    "kardex_count": "Arqueo",
    "kardex_form_type": "Formulario",
    "kardex_holder": "Persona o lugar",
    "kardex_import": "Importación",
    "kardex_movement": "Movimiento",
    "legal_term": "Plazo legal",
    "legend": "Leyenda",
    "matrix": "Matriz",
    "municipality": "Municipalidad",
    "national_data": "Datos nacionales",
    "norm": "Norma",
    "notification": "Notificación",
    "number": "Número",
    "office_state": "Datos de la oficina",
    "officer": "Responsable",
    "paper": "Papel",
    "personal": "Datos personales",
    "plan": "Plan",
    "poi_activity": "Actividad",
    "poi_import": "Importación",
    "poi_measure": "Unidad de medida",
    "poi_mapping": "Lectura de columnas",
    "poi_plan": "POI",
    "poi_report": "Informe",
    "poi_version": "Versión",
    "practice": "Práctica",
    "print": "",
    "publication": "Publicación",
    "remission": "Remisión",
    "resolucion": "Resolución",
    "restore_rehearsal": "Ensayo",
    "responsibility_matrix": "Matriz",
    "series": "Serie de números",
    "search": "",
    "session": "",
    "unit": "Unidad",
    "user": "Usuario",
    "year_name": "Nombre del año",
}


# What a ledger is called where its rows are sealed.
_LEDGERS = {
    "access_review": "Revisiones de accesos",
    "act_model_place": "Lugares de los modelos",
    "act_model_text": "Textos de los modelos",
    "act_model_version": "Versiones de los modelos",
    "backup": "Respaldos",
    "duty_evidence": "Evidencias de la matriz",
    "handover_line": "Actas de entrega de cargo",
    "kardex_acta": "Actas del kardex",
    "kardex_acta_movement": "Movimientos de las actas",
    "kardex_approval": "Aprobaciones del kardex",
    "kardex_count": "Arqueos",
    "kardex_count_line": "Líneas de los arqueos",
    "kardex_explanation": "Explicaciones del kardex",
    "kardex_import": "Importaciones del kardex",
    "kardex_line": "Líneas de los movimientos",
    "kardex_movement": "Movimientos del kardex",
    "kardex_sighting": "Reapariciones",
    "ledgers": "Todos los libros",
    "opinion_reminder": "Recordatorios de opiniones",
    "poi_import": "Importaciones del POI",
    "poi_month_event": "Cierres de meses del POI",
    "poi_report": "Informes del POI",
    "resolucion_acceptance": "Observaciones aceptadas",
    "resolucion_version": "Versiones de las resoluciones",
    "responsibility_snapshot": "Copias de la matriz",
    "restore_rehearsal": "Ensayos de restauración",
}


@dataclass(frozen=True)
class TrailFilter:
    """What is wanted of the trail; everything where nothing is said. Days are those of Lima, both included.

    `also` tells in words what the columns of the list are filtered by: it finds nothing by itself.
    """

    person: str = ""
    part: str = ""
    kind: TrailKind | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""
    also: str = ""

    @property
    def shows_all(self) -> bool:
        return self == TrailFilter()


USUAL = TrailFilter(kind=TrailKind.WORK)
"""What is looked at first: all that people did."""


@dataclass(frozen=True)
class KeptEntry:
    """An entry as it was kept, with its hash and that of the entry before."""

    entry: HistoryEntry
    hash: str
    previous_hash: str


@dataclass(frozen=True)
class TrailLine:
    """A line of the trail in words; `action` and `subject` are its own names there."""

    id: int
    at: datetime
    person: str
    office: str
    part: str
    what: str
    record: str
    changes: tuple[Change, ...]
    reason: str
    action: str
    subject: str
    hash: str
    previous_hash: str

    @property
    def summary(self) -> str:
        """The changes and the reason in one line."""
        parts = [change.text for change in self.changes]
        return "; ".join([*parts, f"Motivo: {self.reason}"] if self.reason else parts)


@dataclass(frozen=True)
class TrailPage:
    """Some lines, the newest first; `earlier` while older ones follow. `found` counts all that the filter finds.

    `oldest_id` is the oldest entry looked at: older ones are asked for from there on.
    """

    lines: tuple[TrailLine, ...]
    earlier: bool
    found: int
    entry_count: int
    head: str
    oldest_id: int = 0


def lines_of(entries: Iterable[KeptEntry]) -> list[TrailLine]:
    """The entries in the words of the parts that wrote them, in the order given."""
    parts = known_parts()
    all_words = [part.words for part in parts]
    lines = []
    for kept in entries:
        entry = kept.entry
        part = part_of_action(entry.action)
        own = [part.words] if part is not None else []
        # what all share goes before another part's own word for a field of the same name
        words = [*own, _SHARED, *(one for one in all_words if one not in own)]
        (line,) = told([entry], words)
        lines.append(
            TrailLine(
                id=entry.id,
                at=line.at,
                person=entry.actor,
                office=entry.office,
                part=part.title if part is not None else "",
                what=line.what,
                record=record_words(entry.subject, ledger=entry.action.startswith("ledger.")),
                changes=line.changes,
                reason=line.reason,
                action=entry.action,
                subject=entry.subject,
                hash=kept.hash,
                previous_hash=kept.previous_hash,
            )
        )
    return lines


def record_words(subject: str, *, ledger: bool = False) -> str:
    """«Expediente 12» of `expediente:12`; of a ledger its name and the rows that a seal covers."""
    stem, colon, number = subject.partition(":")
    if ledger:
        rows = f", filas {number.replace('-', ' a ')}" if number[:1].isdigit() else ""
        return f"{_LEDGERS.get(stem, stem.replace('_', ' ').capitalize())}{rows}"
    if stem in _RECORDS:
        word = _RECORDS[stem]
        return " ".join(part for part in (word, number) if part) if word else ""
    plain = stem.replace("_", " ")
    return f"{plain[:1].upper()}{plain[1:]} {number}".strip() if colon else plain[:1].upper() + plain[1:]


def actions_of(wanted: TrailFilter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The actions that the filter wants, and those that it does not; a final point stands for all that follow."""
    chosen: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    if wanted.kind is TrailKind.WORK:
        refused = KIND_ACTIONS[TrailKind.SEAL]
    elif wanted.kind is TrailKind.CHANGE:
        refused = tuple(action for actions in KIND_ACTIONS.values() for action in actions)
    elif wanted.kind is not None:
        chosen = KIND_ACTIONS[wanted.kind]
    return chosen, refused


def part_actions(key: str) -> tuple[str, ...]:
    """The actions of a part, a final point standing for all that follow; RuleError `part_unknown`."""
    parts = known_parts()
    chosen = next((part for part in parts if part.key == key), None)
    if chosen is None:
        raise RuleError("part_unknown", f"«{key}» no es una parte del programa; no se leyó nada. Elija otra.")
    shared = {stem for part in parts if part is not chosen for stem in part.stems}
    own = [f"{stem}." for stem in chosen.stems - shared]
    return tuple(sorted([*own, *(one for one in chosen.words.actions if one.partition(".")[0] in shared)]))


def part_choices() -> tuple[tuple[str, str], ...]:
    """The parts to choose from: key and title."""
    return tuple((part.key, part.title) for part in known_parts())


def filter_words(wanted: TrailFilter) -> str:
    """«del 01/03/2024 al 31/03/2024; usuario rquispe; Kardex», or that there is none."""
    parts = []
    if wanted.since is not None and wanted.until is not None:
        parts.append(f"del {format_date(wanted.since)} al {format_date(wanted.until)}")
    elif wanted.since is not None:
        parts.append(f"desde el {format_date(wanted.since)}")
    elif wanted.until is not None:
        parts.append(f"hasta el {format_date(wanted.until)}")
    if wanted.person:
        parts.append(f"usuario {wanted.person}")
    if wanted.part:
        parts.append(_title_of(known_parts(), wanted.part))
    if wanted.kind is not None:
        parts.append(wanted.kind.label.lower())
    if wanted.text:
        parts.append(f"que contienen «{wanted.text}»")
    if wanted.also:
        parts.append(wanted.also)
    return "; ".join(parts) if parts else "sin filtros: el historial entero"


def check_filter(wanted: TrailFilter) -> None:
    """RuleError `dates_upside_down`."""
    if wanted.since is not None and wanted.until is not None and wanted.until < wanted.since:
        raise RuleError(
            "dates_upside_down",
            "El último día es anterior al primero; no se leyó nada. Corrija las fechas.",
        )


def check_printable(count: int) -> None:
    """RuleError `extract_empty`, or `extract_too_long` for paper."""
    if count == 0:
        raise RuleError(
            "extract_empty",
            "Ninguna anotación cumple esos filtros; no se hizo el extracto. Cambie los filtros.",
        )
    if count > LONGEST_PAPER:
        raise RuleError(
            "extract_too_long",
            f"El extracto tendría {format_number(count)} anotaciones y el papel admite "
            f"{format_number(LONGEST_PAPER)}; no se hizo. Acorte las fechas, o sáquelo como libro de Excel.",
        )


def _title_of(parts: Sequence[PartWords], key: str) -> str:
    return next((part.title for part in parts if part.key == key), key)
