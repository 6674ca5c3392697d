"""What the kardex's papers say, as the secretary of an office writes it. Plain Python; `report` lays it out.

An acta tells what happened and nothing else: who met, when, which forms changed hands and in what condition.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaRow, format_count, total_words
from sisfoh_desktop.modules.kardex.rules.actas import ActaDraft, ActaKind, ActaRoute, Party, ToldMovement
from sisfoh_desktop.modules.kardex.rules.differences import short_ranges
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType, Holder, HolderKind, MovementKind

NBSP = "\u00a0"
_MASCULINE = ("área", "programa", "sistema")  # `el` in spite of their ending
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
    told: tuple[MovementKind, ...] = ()

    @property
    def name(self) -> str:
        """`Acta de entrega`; an incident is called by what happened."""
        return acta_name(self.draft.kind, self.told)

    @property
    def title(self) -> str:
        about = "DEL KARDEX " if self.draft.kind is ActaKind.CLOSING else ""
        return f"{self.name.upper()} {about}DE FORMULARIOS"

    @property
    def short_title(self) -> str:
        """`Acta de entrega N° 001-2024-ULE/MPP`."""
        return f"{self.name} N°{NBSP}{self.number}"

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
    ActaKind.RECEPTION: "de la recepción de los formularios",
    ActaKind.DELIVERY: "de la entrega de los formularios",
    ActaKind.RETURN: "de la devolución de los formularios",
    ActaKind.INCIDENT: "de lo ocurrido con los formularios",
    ActaKind.WRITE_OFF: "de la baja de los formularios",
    ActaKind.INVENTORY: "del arqueo de los formularios",
    ActaKind.CLOSING: "del cierre del kardex de los formularios",
}
_DETAILED = {ActaKind.CLOSING: ", cuyos saldos se detallan a continuación:"}
_INCIDENTS = {
    MovementKind.ANNULMENT: "de la anulación",
    MovementKind.LOSS: "del extravío",
    MovementKind.DAMAGE: "del deterioro",
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
        "rendirá cuenta de cada uno de ellos; leída la presente"
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
    ActaKind.CLOSING: "Revisados los saldos y el resultado del cuadre",
}
_AGREED_TO_USE = (
    "Revisados el número y el estado de los formularios, quien recibe responde desde esta fecha por su custodia y buen "
    "uso, y rendirá cuenta de cada uno de ellos, los que no utilice incluidos; leída la presente"
)
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
    purpose = f"{_purpose(sheet)} de la campaña «{sheet.campaign}»"
    detailed = _DETAILED.get(draft.kind, " que se detallan a continuación:")
    return (
        f"En la ciudad de {sheet.place}, {moment}, se reúnen en {the_unit(sheet.unit)}, de una parte, "
        f"{named(draft.gives)}, {first}; y de la otra parte, {named(draft.receives)}, {second}; con el fin de dejar "
        f"constancia {purpose}{detailed}"
    )


def closing(sheet: ActaSheet) -> str:
    """What both agree to; by hand they sign a copy for each."""
    draft = sheet.draft
    signed = (
        "ambas partes firman digitalmente la presente acta"
        if draft.route is ActaRoute.DIGITAL
        else "ambas partes firman la presente acta en dos ejemplares de un mismo tenor"
    )
    to_use = draft.kind is ActaKind.DELIVERY and Condition.BLANK.label in {
        row.condition for row in sheet.rows
    }
    return f"{_AGREED_TO_USE if to_use else _AGREED[draft.kind]}, {signed}, en señal de conformidad."


def acta_name(kind: ActaKind, told: Iterable[MovementKind] = ()) -> str:
    """What an acta is called: `Acta de extravío y deterioro` where these happened."""
    happened = set(told)
    words = [one.label.lower() for one in _INCIDENTS if one in happened]
    return f"Acta de {_joined(words)}" if kind is ActaKind.INCIDENT and words else kind.label


def grounds(
    movements: Sequence[ToldMovement], types: Mapping[int, FormType], *, of_incidents: bool
) -> tuple[str, ...]:
    """The kardex's movements with why and by which document; those that share these are told together.

    Of incidents each also says which forms, so that every reason is seen to be of its own.
    """
    groups: dict[tuple[object, ...], list[ToldMovement]] = {}
    silent = []
    for one in movements:
        with_kind = of_incidents or one.kind in _TOLD_KINDS
        if with_kind or one.reason or one.document or one.witness:
            groups.setdefault((one.kind, one.moved_on, one.reason, one.document, one.witness), []).append(one)
        else:
            silent.append(one)
    told = [
        _ground(group, types if of_incidents and len(groups) > 1 else None, with_kind=of_incidents)
        for group in groups.values()
    ]
    if silent:
        start = "Otros movimientos" if groups and len(silent) > 1 else "Otro movimiento"
        told.append(movements_words(silent, start if groups else ""))
    return tuple(told)


def _ground(
    movements: Sequence[ToldMovement], types: Mapping[int, FormType] | None, *, with_kind: bool
) -> str:
    first = movements[0]
    kind = f", {first.kind.label.lower()}" if with_kind or first.kind in _TOLD_KINDS else ""
    forms = f", {_forms_words(movements, types)}" if types is not None else ""
    parts = [
        f"motivo: {_sentence_part(first.reason)}" if first.reason else "",
        f"documento: {_sentence_part(first.document)}" if first.document else "",
        f"testigo: {_sentence_part(first.witness)}" if first.witness else "",
    ]
    said = "; ".join(part for part in parts if part)
    many = "s" if len(movements) > 1 else ""
    return (
        f"Movimiento{many} N°{NBSP}{', '.join(f'{one.number:06d}' for one in movements)}{kind}{forms}, "
        f"{format_date(first.moved_on)}{f': {said}' if said else ''}."
    )


def _forms_words(movements: Sequence[ToldMovement], types: Mapping[int, FormType]) -> str:
    """`FSU 004501, 004517 y CROQUIS (4)`."""
    words = []
    for type_id in dict.fromkeys(one.type_id for one in movements):
        form = types[type_id]
        pieces = [piece for one in movements if one.type_id == type_id for piece in one.pieces]
        ranges = FormRanges.of(piece.forms for piece in pieces if piece.forms is not None)
        count = sum(piece.form_count for piece in pieces)
        words.append(
            f"{form.code} {short_ranges(form, ranges)}" if ranges else f"{form.code} ({format_count(count)})"
        )
    return _joined(words)


def movements_words(movements: Sequence[ToldMovement], start: str = "") -> str:
    """`Movimientos del kardex: 000031, 000032.`"""
    if not movements:
        return ""
    numbers = ", ".join(f"{one.number:06d}" for one in movements)
    noun = "Movimientos" if len(movements) > 1 else "Movimiento"
    return f"{start or noun} del kardex: {numbers}."


def total(sheet: ActaSheet) -> str:
    """`Son 500 (quinientos) formularios.`"""
    return f"{'Es' if sheet.form_count == 1 else 'Son'} {total_words(sheet.form_count)}."


def named(party: Party) -> str:
    """`NOMBRE, identificado con DNI N° 40000011, Empadronador`, without saying of what sex."""
    return f"{party.name}, con DNI N°{NBSP}{party.dni}, {party.position}"


def the_unit(unit: str) -> str:
    """`la Unidad Local de Empadronamiento`, `el Departamento …`."""
    first = unit.split(maxsplit=1)[0].casefold() if unit.strip() else ""
    feminine = first.endswith(("a", "dad", "ión")) and first not in _MASCULINE
    return f"{'la' if feminine else 'el'} {unit}"


def outside_position(holder: Holder) -> str:
    """The post of whoever speaks for a place: `Representante del ente rector`, `Responsable del archivo`."""
    post = (
        "Representante" if holder.kind in (HolderKind.GOVERNING_BODY, HolderKind.PRINTER) else "Responsable"
    )
    name = holder.name.strip()
    if name.casefold() != holder.kind.label.casefold():
        return f"{post} de {name}"
    article = "de la" if holder.kind is HolderKind.PRINTER else "del"
    return f"{post} {article} {name[0].lower()}{name[1:]}"


def _purpose(sheet: ActaSheet) -> str:
    happened = [words for kind, words in _INCIDENTS.items() if kind in sheet.told]
    if sheet.draft.kind is ActaKind.INCIDENT and happened:
        return f"{_joined(happened)} de los formularios"
    return _PURPOSES[sheet.draft.kind]


def whole_numbers(text: str) -> str:
    """`Informe N° 12` with its number never at the start of the next line."""
    return text.replace("N° ", f"N°{NBSP}")


def _joined(words: Sequence[str]) -> str:
    """`a, b y c`."""
    return f"{', '.join(words[:-1])} y {words[-1]}" if len(words) > 1 else "".join(words)


def _hour(draft: ActaDraft) -> str:
    return f"{draft.at:%H:%M}" if draft.at is not None else HOUR_BLANK


def _sentence_part(text: str) -> str:
    return whole_numbers(" ".join(text.split()).rstrip("."))
