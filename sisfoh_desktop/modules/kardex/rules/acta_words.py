"""What the kardex's papers say, as the secretary of an office writes it. Plain Python; `report` lays it out.

An acta tells what happened and nothing else: who met, when, which forms changed hands and in what condition.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaRow, total_words
from sisfoh_desktop.modules.kardex.rules.actas import ActaDraft, ActaKind, ActaRoute, Party, ToldMovement
from sisfoh_desktop.modules.kardex.rules.facts import MovementKind

NBSP = "\u00a0"
HOUR_BLANK = "______"


@dataclass(frozen=True)
class ActaSheet:
    """An acta ready to be printed: the draft, its number, the place and unit on its date, rows and grounds."""

    draft: ActaDraft
    number: str
    place: str
    unit: str
    campaign: str
    rows: tuple[ActaRow, ...] = ()
    grounds: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        about = "DEL KARDEX " if self.draft.kind is ActaKind.CLOSING else ""
        return f"{self.draft.kind.label.upper()} {about}DE FORMULARIOS"

    @property
    def short_title(self) -> str:
        """`Acta de entrega N° 001-2024-ULE/MPP`."""
        return f"{self.draft.kind.label} N°{NBSP}{self.number}"

    @property
    def form_count(self) -> int:
        return sum(row.form_count for row in self.rows)


@dataclass(frozen=True)
class Place:
    """One who signs: the word over the line, and who it is."""

    caption: str
    party: Party
    field: str


_PURPOSES = {
    ActaKind.RECEPTION: "la recepción de los formularios",
    ActaKind.DELIVERY: "la entrega de los formularios",
    ActaKind.RETURN: "la devolución de los formularios",
    ActaKind.INCIDENT: "lo ocurrido con los formularios",
    ActaKind.WRITE_OFF: "la baja de los formularios",
    ActaKind.INVENTORY: "el arqueo de los formularios",
    ActaKind.CLOSING: "el cierre del kardex de los formularios",
}
_PARTS = {
    ActaKind.RECEPTION: ("quien entrega", "quien recibe"),
    ActaKind.DELIVERY: ("quien entrega", "quien recibe"),
    ActaKind.RETURN: ("quien devuelve", "quien recibe"),
    ActaKind.INCIDENT: ("quien declara", "quien recibe la declaración"),
    ActaKind.WRITE_OFF: ("quien da de baja", "quien da fe"),
    ActaKind.INVENTORY: ("quien tiene los formularios a su cargo", "quien los cuenta"),
    ActaKind.CLOSING: ("quien lleva el kardex", "quien da su conformidad"),
}
_CAPTIONS = {
    ActaKind.RECEPTION: ("Entregué conforme", "Recibí conforme"),
    ActaKind.DELIVERY: ("Entregué conforme", "Recibí conforme"),
    ActaKind.RETURN: ("Devolví conforme", "Recibí conforme"),
    ActaKind.INCIDENT: ("Declaré", "Recibí la declaración"),
    ActaKind.WRITE_OFF: ("Di de baja", "Doy fe"),
    ActaKind.INVENTORY: ("A cargo de los formularios", "Conté"),
    ActaKind.CLOSING: ("Cerró el kardex", "Conforme"),
    ActaKind.NO_DEBT: ("", ""),
}
_FIELDS = {
    ActaKind.RECEPTION: ("ENTREGA", "RECIBE"),
    ActaKind.DELIVERY: ("ENTREGA", "RECIBE"),
    ActaKind.RETURN: ("DEVUELVE", "RECIBE"),
    ActaKind.INCIDENT: ("DECLARA", "RECIBE"),
    ActaKind.WRITE_OFF: ("BAJA", "FE"),
    ActaKind.INVENTORY: ("CARGO", "CUENTA"),
    ActaKind.CLOSING: ("CIERRE", "CONFORME"),
    ActaKind.NO_DEBT: ("EXPIDE", ""),
}


_AGREED = {
    ActaKind.RECEPTION: "Revisados el número y el estado de los formularios, que ingresan al almacén",
    ActaKind.DELIVERY: (
        "Revisados el número y el estado de los formularios, quien recibe responde desde esta fecha por su custodia y "
        "buen uso, y rendirá cuenta de cada uno de ellos, los que no utilice incluidos; leída la presente"
    ),
    ActaKind.RETURN: (
        "Revisados el número y el estado de los formularios, quien devuelve deja de responder por ellos desde esta "
        "fecha"
    ),
    ActaKind.INCIDENT: "Leída la presente, y hallándola conforme con lo declarado",
    ActaKind.WRITE_OFF: (
        "Revisados el número y el estado de los formularios, que dejan de formar parte de la existencia"
    ),
    ActaKind.INVENTORY: "Terminado el conteo, y anotado lo hallado junto a lo que figura en el kardex",
    ActaKind.CLOSING: "Revisados los saldos y las diferencias explicadas",
}
_TOLD_KINDS = frozenset(
    {
        MovementKind.TRANSFER,
        MovementKind.TO_DATA_ENTRY,
        MovementKind.TO_QUALITY,
        MovementKind.ARCHIVING,
    }
)


def part_words(kind: ActaKind) -> tuple[str, str]:
    """What each of the two does, in the order in which they are named: `quien entrega`, `quien recibe`."""
    return _PARTS.get(kind, ("quien la expide", ""))


def places(draft: ActaDraft) -> tuple[Place, ...]:
    """Who signs, in the order of the round: whoever speaks for the office last, as the author."""
    captions, words = _CAPTIONS[draft.kind], _FIELDS[draft.kind]
    sides = [
        (caption, party, word)
        for caption, party, word in zip(captions, (draft.gives, draft.receives), words, strict=True)
        if party
    ]
    if draft.kind.giver_signs_last:
        sides.reverse()
    last = len(sides) - 1
    return tuple(
        Place(caption, party, f"AUTOR_{word}" if turn == last else f"VB{turn + 1}_{word}")
        for turn, (caption, party, word) in enumerate(sides)
    )


def opening(sheet: ActaSheet) -> str:
    """`En la ciudad de …, siendo las … horas del día …, se reúnen …`."""
    draft = sheet.draft
    first, second = part_words(draft.kind)
    moment = f"siendo las {_hour(draft)} horas del día {long_date(draft.dated)}"
    if draft.at is None and draft.route is ActaRoute.DIGITAL:
        moment = f"el día {long_date(draft.dated)}"
    purpose = f"{_PURPOSES[draft.kind]} de la campaña «{sheet.campaign}»"
    return (
        f"En la ciudad de {sheet.place}, {moment}, se reúnen en {the_unit(sheet.unit)}, de una parte, "
        f"{named(draft.gives)}, {first}; y de la otra parte, {named(draft.receives)}, {second}; con el fin de dejar "
        f"constancia de {purpose} que se detallan a continuación:"
    )


def closing(sheet: ActaSheet) -> str:
    """What both agree to; by hand they sign a copy for each."""
    draft = sheet.draft
    signed = (
        "ambas partes firman digitalmente la presente acta"
        if draft.route is ActaRoute.DIGITAL
        else "ambas partes firman la presente acta en dos ejemplares de un mismo tenor"
    )
    return f"{_AGREED[draft.kind]}, {signed}, en señal de conformidad."


def grounds(movements: Sequence[ToldMovement], *, with_conditions: bool) -> tuple[str, ...]:
    """Why and with which document, movement by movement; those with nothing to say are left out."""
    told = []
    for one in movements:
        kind = f", {one.kind.label.lower()}" if with_conditions or one.kind in _TOLD_KINDS else ""
        parts = [
            f"motivo: {_sentence_part(one.reason)}" if one.reason else "",
            f"documento: {_sentence_part(one.document)}" if one.document else "",
            f"testigo: {_sentence_part(one.witness)}" if one.witness else "",
        ]
        said = "; ".join(part for part in parts if part)
        if said or kind:
            told.append(
                f"Movimiento N°{NBSP}{one.number:06d}{kind}, {format_date(one.moved_on)}"
                f"{f': {said}' if said else ''}."
            )
    return tuple(told)


def movements_words(movements: Sequence[ToldMovement]) -> str:
    """`Movimientos del kardex: 000031, 000032.`"""
    if not movements:
        return ""
    numbers = ", ".join(f"{one.number:06d}" for one in movements)
    return f"Movimiento{'s' if len(movements) > 1 else ''} del kardex: {numbers}."


def total(sheet: ActaSheet) -> str:
    """`Son 500 (quinientos) formularios.`"""
    return f"{'Es' if sheet.form_count == 1 else 'Son'} {total_words(sheet.form_count)}."


def named(party: Party) -> str:
    """`NOMBRE, identificado con DNI N° 40000011, Empadronador`, without saying of what sex."""
    return f"{party.name}, con DNI N°{NBSP}{party.dni}, {party.position}"


def the_unit(unit: str) -> str:
    """`la Unidad Local de Empadronamiento`, `el Departamento …`."""
    first = unit.split(maxsplit=1)[0].casefold() if unit.strip() else ""
    feminine = first.endswith(("a", "dad", "ión")) and first != "área"
    return f"{'la' if feminine else 'el'} {unit}"


def _hour(draft: ActaDraft) -> str:
    return f"{draft.at:%H:%M}" if draft.at is not None else HOUR_BLANK


def _sentence_part(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
