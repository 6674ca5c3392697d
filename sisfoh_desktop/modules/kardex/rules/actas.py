"""Papers of the kardex: their kinds, who signs them and what they may tell. Plain Python.

What they list is in `acta_rows`, what they say in `acta_words`; numbers, rounds and archive are the papers module's.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.dni import check_dni
from sisfoh_desktop.basics.document_numbers import proposed_mask
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.basics.texts import clean_name, clean_text
from sisfoh_desktop.modules.kardex.rules.facts import Condition, MovementKind

MAX_NOTE = 2000
MAX_NAME = 160
ACTA_SERIES = "kardex_acta"
NOT_SAVED = "no se hizo el acta"


class ActaKind(StrEnum):
    """What a paper of the kardex is about; the value is what the database holds."""

    RECEPTION = "recepcion"
    DELIVERY = "entrega"
    RETURN = "devolucion"
    INCIDENT = "incidencia"
    WRITE_OFF = "baja"
    INVENTORY = "inventario"
    CLOSING = "cierre"
    NO_DEBT = "no_adeudo"

    @property
    def label(self) -> str:
        """The name on screens and in titles."""
        return _LABELS[self]

    @property
    def tells_movements(self) -> bool:
        return self in KINDS_OF_MOVEMENT

    @property
    def is_constancia(self) -> bool:
        """Given by the office alone: only one person signs."""
        return self is ActaKind.NO_DEBT

    @property
    def giver_signs_last(self) -> bool:
        """Whoever speaks for the office signs last: the one who gives in a delivery, who receives in a return."""
        return self in (ActaKind.DELIVERY, ActaKind.WRITE_OFF, ActaKind.CLOSING, ActaKind.NO_DEBT)

    @property
    def paper_kind(self) -> str:
        """Its key among the papers of the office."""
        return f"kardex_{self.value}"


_LABELS = {
    ActaKind.RECEPTION: "Acta de recepción",
    ActaKind.DELIVERY: "Acta de entrega",
    ActaKind.RETURN: "Acta de devolución",
    ActaKind.INCIDENT: "Acta de anulación, extravío o deterioro",
    ActaKind.WRITE_OFF: "Acta de baja",
    ActaKind.INVENTORY: "Acta de arqueo",
    ActaKind.CLOSING: "Acta de cierre",
    ActaKind.NO_DEBT: "Constancia de no adeudo",
}

KINDS_OF_MOVEMENT: Mapping[ActaKind, frozenset[MovementKind]] = {
    ActaKind.RECEPTION: frozenset({MovementKind.RECEPTION}),
    ActaKind.DELIVERY: frozenset(
        {
            MovementKind.HAND_OUT,
            MovementKind.TRANSFER,
            MovementKind.TO_DATA_ENTRY,
            MovementKind.TO_QUALITY,
            MovementKind.ARCHIVING,
        }
    ),
    ActaKind.RETURN: frozenset({MovementKind.RETURN}),
    ActaKind.INCIDENT: frozenset({MovementKind.ANNULMENT, MovementKind.LOSS, MovementKind.DAMAGE}),
    ActaKind.WRITE_OFF: frozenset({MovementKind.WRITE_OFF}),
}


def acta_kind_of(kind: MovementKind) -> ActaKind | None:
    """The acta that tells movements of this kind; None where none is signed (use, adjustment, reversal)."""
    return next((acta for acta, kinds in KINDS_OF_MOVEMENT.items() if kind in kinds), None)


class ActaRoute(StrEnum):
    """How an acta is meant to be signed."""

    INK = "tinta"
    DIGITAL = "digital"


@dataclass(frozen=True)
class Party:
    """Somebody who signs: name, DNI and post as printed."""

    name: str = ""
    dni: str = dataclasses.field(default="", repr=False)
    position: str = ""

    def __bool__(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True)
class ActaDraft:
    """An acta as somebody asks for it. `gives` declares an incident, writes off, closes or issues a constancia.

    `movement_ids` for the kinds that tell movements; `holder_id` for the inventory of one holder (0: of all) and for
    the constancia. `at` is the hour of the meeting, None where it is left to be written by hand or left out.
    """

    kind: ActaKind
    campaign_id: int
    dated: date
    gives: Party
    receives: Party = dataclasses.field(default_factory=Party)
    movement_ids: tuple[int, ...] = ()
    holder_id: int = 0
    at: time | None = None
    note: str = ""
    route: ActaRoute = ActaRoute.INK


@dataclass(frozen=True)
class ToldPiece:
    """Forms of a movement in the condition in which it left them; `forms` is None without numbers."""

    forms: FormRange | None
    form_count: int
    condition: Condition


@dataclass(frozen=True)
class ToldMovement:
    """A movement as an acta tells it. `reverted` once another one took it back."""

    id: int
    number: int
    kind: MovementKind
    campaign_id: int
    type_id: int
    moved_on: date
    from_holder_id: int
    to_holder_id: int
    form_count: int
    document: str = ""
    reason: str = ""
    witness: str = ""
    reverted: bool = False
    pieces: tuple[ToldPiece, ...] = ()

    @property
    def name(self) -> str:
        return f"movimiento N° {self.number:06d}"


def clean_draft(draft: ActaDraft, today: date) -> ActaDraft:
    """The draft as it will be printed; RuleError for what is missing, too long or still to come.

    Codes `acta_in_future`, `acta_of_today`, `acta_without_movements`, `acta_without_holder`, `acta_same_signer`,
    `acta_route`, those of texts and `dni_invalid`.
    """
    if draft.dated > today:
        raise RuleError(
            "acta_in_future",
            f"El acta lleva fecha {format_date(draft.dated)}, que todavía no llega; {NOT_SAVED}. Corrija la fecha.",
        )
    if not draft.kind.tells_movements and draft.dated != today:
        raise RuleError(
            "acta_of_today",
            f"Lo que dice el kardex es de hoy y el documento lleva fecha {format_date(draft.dated)}; {NOT_SAVED}. "
            "Póngale la fecha de hoy.",
        )
    if draft.kind.tells_movements and not draft.movement_ids:
        raise RuleError(
            "acta_without_movements",
            f"El acta no tiene movimientos que contar; {NOT_SAVED}. Elija al menos uno.",
        )
    if draft.kind is ActaKind.NO_DEBT and not draft.holder_id:
        raise RuleError(
            "acta_without_holder",
            "Falta decir de quién es la constancia; no se hizo. Elija a la persona.",
        )
    if draft.kind is ActaKind.INVENTORY and draft.route is ActaRoute.DIGITAL:
        raise RuleError(
            "acta_route",
            f"Un arqueo se llena a mano al contar y se firma en tinta; {NOT_SAVED}. Elija la firma en tinta.",
        )
    gives = _party(draft.gives, "quien entrega" if not draft.kind.is_constancia else "quien la expide")
    receives = Party() if draft.kind.is_constancia else _party(draft.receives, "quien recibe")
    if receives and gives.dni == receives.dni:
        raise RuleError(
            "acta_same_signer",
            f"La misma persona figura a los dos lados; {NOT_SAVED}. Un acta la firman dos personas.",
        )
    return replace(
        draft,
        gives=gives,
        receives=receives,
        movement_ids=tuple(dict.fromkeys(draft.movement_ids)) if draft.kind.tells_movements else (),
        note=clean_text(draft.note, what="la observación", limit=MAX_NOTE),
    )


def _party(party: Party, who: str) -> Party:
    name = clean_name(party.name, what=f"el nombre de {who}", limit=MAX_NAME)
    position = clean_name(party.position, what=f"el cargo de {who}", limit=MAX_NAME)
    try:
        return Party(name, check_dni(party.dni), position)
    except RuleError as error:
        raise RuleError(
            "dni_invalid", f"El DNI de {who} debe tener ocho cifras; {NOT_SAVED}. Revíselo."
        ) from error


def check_movements(draft: ActaDraft, movements: Sequence[ToldMovement], taken: Mapping[int, str]) -> None:
    """That the movements fit in one acta; `taken` names the living acta of those that have one already.

    RuleError `movement_unknown`, `acta_mixed_kinds`, `acta_mixed_parties`, `acta_other_campaign`,
    `acta_movement_reverted`, `acta_movement_taken`, `acta_before_movement`.
    """
    if len(movements) != len(draft.movement_ids):
        raise RuleError(
            "movement_unknown", f"Un movimiento elegido no existe; {NOT_SAVED}. Actualice con F5."
        )
    for one in movements:
        if one.id in taken:
            raise RuleError(
                "acta_movement_taken",
                f"El {one.name} ya está en {taken[one.id]}; {NOT_SAVED}. Quítelo, o anule la otra acta.",
            )
        if one.reverted:
            raise RuleError(
                "acta_movement_reverted", f"El {one.name} fue revertido; {NOT_SAVED}. Quítelo de la lista."
            )
        if acta_kind_of(one.kind) is not draft.kind:
            raise RuleError(
                "acta_mixed_kinds",
                f"El {one.name} es de {one.kind.label.lower()} y no va en {_article(draft.kind)}; {NOT_SAVED}. "
                "Haga para él un acta aparte.",
            )
        if one.campaign_id != draft.campaign_id:
            raise RuleError(
                "acta_other_campaign",
                f"El {one.name} es de otra campaña; {NOT_SAVED}. Un acta es de una sola campaña.",
            )
        if one.moved_on > draft.dated:
            raise RuleError(
                "acta_before_movement",
                f"El {one.name} es del {format_date(one.moved_on)}, posterior al acta; {NOT_SAVED}. "
                "Corrija la fecha del acta.",
            )
    if len({(one.from_holder_id, one.to_holder_id) for one in movements}) > 1:
        raise RuleError(
            "acta_mixed_parties",
            f"Los movimientos elegidos no son entre las mismas dos partes; {NOT_SAVED}. Un acta la firman una sola "
            "persona que entrega y una sola que recibe.",
        )


def check_owes_nothing(name: str, held: Sequence[str]) -> None:
    """`held` tells what the person still has, type by type; RuleError `still_holds` unless it is nothing."""
    if held:
        raise RuleError(
            "still_holds",
            f"{name} todavía tiene {'; '.join(held)}. No se hizo la constancia: registre antes su devolución, su "
            "entrega o su extravío.",
        )


def series_proposal(entity_siglas: str) -> tuple[str, str]:
    """Title and mask proposed for the series of actas: `{n:03d}-{year}-ULE/MPT`."""
    return "Actas y constancias del kardex", proposed_mask("ULE", entity_siglas)


def _article(kind: ActaKind) -> str:
    return f"un{'a' if kind.is_constancia else ''} {kind.label[0].lower()}{kind.label[1:]}"
