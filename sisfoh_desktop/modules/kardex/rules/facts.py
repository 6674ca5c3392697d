"""Facts of the kardex: campaigns, types of forms, holders, movements and the ranges that they move. Plain Python.

A form is in one condition and in the hands of one holder. "En almacén" is a blank form of a warehouse, "en poder" a
blank one of anybody else; "digitada", "en calidad" and "archivada" are used forms by who holds them.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.serials import FormRange, FormRanges, format_number, format_ranges


class HolderKind(StrEnum):
    """Who can hold forms; only the last two are outside the office."""

    WAREHOUSE = "almacen"
    CREW_CHIEF = "jefe_brigada"
    EMPADRONADOR = "empadronador"
    DIGITADOR = "digitador"
    QUALITY = "calidad"
    ARCHIVE = "archivo"
    GOVERNING_BODY = "ente_rector"
    PRINTER = "imprenta"

    @property
    def label(self) -> str:
        return _HOLDER_LABELS[self]

    @property
    def is_person(self) -> bool:
        """A person answers for what they hold, must be in force to be given forms and signs the acta."""
        return self in _PEOPLE

    @property
    def is_outside(self) -> bool:
        """Outside the office: whom forms come from, and to whom they may be sent back."""
        return self in OUTSIDERS


_HOLDER_LABELS = {
    HolderKind.WAREHOUSE: "Almacén",
    HolderKind.CREW_CHIEF: "Jefe de brigada",
    HolderKind.EMPADRONADOR: "Empadronador",
    HolderKind.DIGITADOR: "Digitador",
    HolderKind.QUALITY: "Control de calidad",
    HolderKind.ARCHIVE: "Archivo",
    HolderKind.GOVERNING_BODY: "Ente rector",
    HolderKind.PRINTER: "Imprenta",
}
OUTSIDERS = frozenset({HolderKind.GOVERNING_BODY, HolderKind.PRINTER})
"""Outside the office."""

_PEOPLE = frozenset(
    {HolderKind.CREW_CHIEF, HolderKind.EMPADRONADOR, HolderKind.DIGITADOR, HolderKind.QUALITY}
)


class Condition(StrEnum):
    """What has become of a form. OUTSIDE: never received, or its reception was reverted."""

    OUTSIDE = "fuera"
    BLANK = "en_blanco"
    USED = "usada"
    ANNULLED = "anulada"
    LOST = "extraviada"
    DAMAGED = "deteriorada"
    WRITTEN_OFF = "baja"

    @property
    def label(self) -> str:
        return _CONDITION_LABELS[self]


_CONDITION_LABELS = {
    Condition.OUTSIDE: "Fuera de la oficina",
    Condition.BLANK: "En blanco",
    Condition.USED: "Usado",
    Condition.ANNULLED: "Anulado",
    Condition.LOST: "Extraviado",
    Condition.DAMAGED: "Deteriorado",
    Condition.WRITTEN_OFF: "De baja",
}


AT_HAND = (Condition.BLANK, Condition.USED, Condition.ANNULLED, Condition.DAMAGED)
"""The paper exists and lies with its holder; a lost form or one written off does not."""


class MovementKind(StrEnum):
    """What can happen to forms; what each one asks for is in `transitions`."""

    RECEPTION = "recepcion"
    HAND_OUT = "distribucion"
    TRANSFER = "transferencia"
    RETURN = "devolucion"
    USE = "uso"
    ANNULMENT = "anulacion"
    LOSS = "extravio"
    DAMAGE = "deterioro"
    TO_DATA_ENTRY = "entrega_digitacion"
    TO_QUALITY = "entrega_calidad"
    ARCHIVING = "archivo"
    WRITE_OFF = "baja"
    ADJUSTMENT = "ajuste"
    REVERSAL = "reversion"

    @property
    def label(self) -> str:
        return _MOVEMENT_LABELS[self]


_MOVEMENT_LABELS = {
    MovementKind.RECEPTION: "Recepción",
    MovementKind.HAND_OUT: "Distribución",
    MovementKind.TRANSFER: "Transferencia",
    MovementKind.RETURN: "Devolución",
    MovementKind.USE: "Uso",
    MovementKind.ANNULMENT: "Anulación",
    MovementKind.LOSS: "Extravío",
    MovementKind.DAMAGE: "Deterioro",
    MovementKind.TO_DATA_ENTRY: "Entrega a digitación",
    MovementKind.TO_QUALITY: "Entrega a calidad",
    MovementKind.ARCHIVING: "Archivo",
    MovementKind.WRITE_OFF: "Baja",
    MovementKind.ADJUSTMENT: "Ajuste",
    MovementKind.REVERSAL: "Reversión",
}


@dataclass(frozen=True)
class Campaign:
    """A campaign with its own stock. `most_days_in_hand` and `most_annulled_percent` are the office's own bands."""

    name: str
    starts_on: date
    ends_on: date | None = None
    most_days_in_hand: int = 15
    most_annulled_percent: int = 5
    closed_on: date | None = None
    closing_document: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class FormType:
    """An article of a campaign. One without serial numbers is counted, not named; its width is then 0.

    `code` is what people type (FSU, S100), `layout_version` the edition of the sheet, `prefix` what is printed before
    the number, `number_width` its digits, `bundle_size` the forms of a bundle, `minimum_stock` when to ask for more.
    """

    campaign_id: int
    code: str
    title: str
    serialised: bool = True
    number_width: int = 6
    prefix: str = ""
    layout_version: str = ""
    bundle_size: int = 1
    minimum_stock: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    id: int = 0
    version: int = 0

    def number_text(self, number: int) -> str:
        """A number as it is printed."""
        return format_number(number, self.number_width, self.prefix)

    def ranges_text(self, ranges: FormRanges) -> str:
        """`004501-004516, 004518`."""
        return format_ranges(ranges, self.number_width, self.prefix)


@dataclass(frozen=True)
class Holder:
    """Who or what can hold forms. People carry DNI, the days on which they are in force and the paper that says so.

    `chief_id` is the crew chief of an empadronador.
    """

    kind: HolderKind
    name: str
    dni: str = dataclasses.field(default="", repr=False)
    valid_from: date | None = None
    valid_until: date | None = None
    document: str = ""
    chief_id: int | None = None
    id: int = 0
    version: int = 0

    def in_force(self, day: date) -> bool:
        """By its own dates alone; the office may ask more (`service.register_holder_check`)."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True)
class NewMovement:
    """A movement as somebody asks for it: numbers (`ranges`) of a serialised type, or `count` of one that is not.

    `to_condition` is only for an adjustment; `from_condition` only where nothing else tells it: articles without
    numbers. `witness` for an annulment; box, folder and folio for archiving. A reversal is not asked for in this way.
    """

    kind: MovementKind
    type_id: int
    moved_on: date
    from_holder_id: int
    to_holder_id: int
    ranges: FormRanges = dataclasses.field(default_factory=FormRanges)
    count: int = 0
    document: str = ""
    reason: str = ""
    witness: str = ""
    note: str = ""
    archive_box: str = ""
    archive_folder: str = ""
    archive_folio: str = ""
    from_condition: Condition | None = None
    to_condition: Condition | None = None

    @property
    def form_count(self) -> int:
        return self.ranges.count if self.ranges else self.count


@dataclass(frozen=True)
class Piece:
    """Consecutive forms in the same condition, with the same holder, brought there by the same ledger line.

    `free_from` is the first day on which they may move again: that of the movement, unless it reverted another one of
    the same day, which then counts as never written (None: the movement's own day).
    """

    forms: FormRange
    holder_id: int
    condition: Condition
    line_id: int
    movement_id: int
    movement_number: int
    movement_kind: MovementKind
    moved_on: date
    free_from: date | None = None


@dataclass(frozen=True)
class LedgerLine:
    """One line of the append-only ledger: `forms` (None without numbers) went from one state to another.

    `previous_id` is the line that had brought them to their former state (None: they were new here): following it back
    from a form's own line gives its whole life.
    """

    id: int
    movement_id: int
    type_id: int
    forms: FormRange | None
    form_count: int
    from_holder_id: int
    from_condition: Condition
    to_holder_id: int
    to_condition: Condition
    previous_id: int | None


@dataclass(frozen=True)
class Movement:
    """A movement as recorded; it never changes. `number` counts within the campaign, without holes."""

    id: int
    number: int
    kind: MovementKind
    campaign_id: int
    type_id: int
    moved_on: date
    from_holder_id: int
    to_holder_id: int
    form_count: int
    document: str
    reason: str
    witness: str
    note: str
    archive_box: str
    archive_folder: str
    archive_folio: str
    reverses_id: int | None
    registered_at: datetime
    registered_by: str
    lines: tuple[LedgerLine, ...] = ()

    @property
    def ranges(self) -> FormRanges:
        return FormRanges.of(line.forms for line in self.lines if line.forms is not None)
