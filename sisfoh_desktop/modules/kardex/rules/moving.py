"""When what is asked for is refused by itself, with the sentence for it: days, holders, numbers, papers. Pure.

What each kind may do is the table in `transitions`; where each form really is, is checked in `custody`.
Every refusal says that nothing was recorded.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.kardex.rules.facts import (
    Campaign,
    Condition,
    FormType,
    Holder,
    HolderKind,
    Movement,
    MovementKind,
    NewMovement,
)
from sisfoh_desktop.modules.kardex.rules.transitions import BRING_OUT, TRANSITIONS, Transition

MOST_FORMS = 1_000_000  # in one movement
_TEXTS = {
    "document": ("el documento", 200, True),
    "reason": ("el motivo", 2_000, False),
    "witness": ("el testigo", 160, True),
    "note": ("la observación", 2_000, False),
    "archive_box": ("la caja", 40, True),
    "archive_folder": ("el archivador", 40, True),
    "archive_folio": ("los folios", 40, True),
}


def refused(code: str, sentence: str) -> RuleError:
    """The error of a movement that was not recorded; `sentence` without its final stop."""
    return RuleError(code, f"{sentence}; no se registró nada.")


@dataclass(frozen=True)
class Request:
    """A movement with the facts that it names, as the checks need them."""

    movement: NewMovement
    campaign: Campaign
    form_type: FormType
    source: Holder
    target: Holder

    @property
    def transition(self) -> Transition:
        return TRANSITIONS[self.movement.kind]

    @property
    def changes_hands(self) -> bool:
        """Whether somebody is given forms, who has to be in force that day to take them."""
        return self.movement.kind is not MovementKind.ADJUSTMENT and not self.transition.in_place


def checked_request(request: Request, today: date) -> Request:
    """The request with its texts cleaned, or the RuleError of the first thing that is wrong with it by itself."""
    movement = request.movement
    if movement.kind not in TRANSITIONS:
        raise refused("movement_kind", "Una reversión se registra desde el movimiento que revierte")
    cleaned = _cleaned(movement)
    if cleaned:
        movement = dataclasses.replace(movement, **cleaned)
        request = dataclasses.replace(request, movement=movement)
    check_day(request.campaign, movement.moved_on, today)
    _check_in_use(request)
    _check_forms(request)
    _check_holders(request)
    _check_papers(movement, request.transition)
    _check_conditions(request)
    return request


def check_day(campaign: Campaign, day: date, today: date) -> None:
    """RuleError `campaign_closed`, `moved_on_future` or `moved_on_before_campaign`."""
    if campaign.closed_on is not None:
        raise refused(
            "campaign_closed",
            f"La campaña «{campaign.name}» está cerrada desde el {format_date(campaign.closed_on)}",
        )
    if day > today:
        raise refused(
            "moved_on_future", f"La fecha {format_date(day)} todavía no llega: hoy es {format_date(today)}"
        )
    if day < campaign.starts_on:
        raise refused(
            "moved_on_before_campaign",
            f"La fecha {format_date(day)} es anterior al inicio de la campaña «{campaign.name}», el "
            f"{format_date(campaign.starts_on)}",
        )


def _cleaned(movement: NewMovement) -> dict[str, Any]:
    """The texts that there are, as they will be kept."""
    return {
        field: clean_text(text, what=what, limit=limit, one_line=one_line)
        for field, (what, limit, one_line) in _TEXTS.items()
        if (text := getattr(movement, field))
    }


def _check_in_use(request: Request) -> None:
    """What brings blank forms into the field is stopped by the last days; what settles them afterwards is not."""
    movement, form_type, campaign = request.movement, request.form_type, request.campaign
    day = movement.moved_on
    if form_type.valid_from is not None and day < form_type.valid_from:
        raise refused(
            "type_not_valid",
            f"{form_type.code} recién se usa desde el {format_date(form_type.valid_from)}, y el movimiento es "
            f"del {format_date(day)}",
        )
    if movement.kind not in BRING_OUT:
        return
    if form_type.valid_until is not None and day > form_type.valid_until:
        raise refused(
            "type_not_valid",
            f"{form_type.code} se usó hasta el {format_date(form_type.valid_until)}; esa versión ya no se "
            "recibe ni se entrega",
        )
    if campaign.ends_on is not None and day > campaign.ends_on:
        raise refused(
            "moved_on_after_campaign",
            f"La campaña «{campaign.name}» terminó el {format_date(campaign.ends_on)}; desde entonces solo se "
            "devuelve, se usa o se descarga",
        )


def _check_forms(request: Request) -> None:
    movement, form_type = request.movement, request.form_type
    if form_type.serialised:
        if not movement.ranges:
            raise refused("numbers_missing", f"Faltan los números de {form_type.code}")
        if movement.count not in (0, movement.ranges.count):
            raise refused(
                "count_differs",
                f"Los números escritos son {format_number(movement.ranges.count)} y la cantidad dice "
                f"{format_number(movement.count)}",
            )
        last = str(movement.ranges.last)
        if len(last) > form_type.number_width:
            raise refused(
                "serial_too_long",
                f"El número {last} tiene {len(last)} cifras y {form_type.code} lleva {form_type.number_width}",
            )
    elif movement.ranges:
        raise refused("numbers_not_expected", f"{form_type.code} no lleva número: escriba solo la cantidad")
    elif movement.count <= 0:
        raise refused("count_missing", f"Falta la cantidad de {form_type.code}; debe ser 1 o más")
    if movement.form_count > MOST_FORMS:
        raise refused(
            "forms_too_many",
            f"Son {format_number(movement.form_count)} formularios y un movimiento lleva hasta "
            f"{format_number(MOST_FORMS)}; repártalo en varios",
        )


def _check_holders(request: Request) -> None:
    kind, transition = request.movement.kind, request.transition
    source, target = request.source, request.target
    if source.kind not in transition.sources:
        raise refused(
            "holder_kind",
            f"«{kind.label}» no sale de {_who(source)}; sale de {_one_of(transition.sources)}",
        )
    if kind is MovementKind.ADJUSTMENT:
        return
    if transition.in_place:
        if source.id != target.id:
            raise refused(
                "holder_in_place",
                f"«{kind.label}» no cambia de manos: quien los tiene y quien los recibe deben ser el mismo",
            )
        return
    if source.id == target.id:
        raise refused("holder_same", f"{source.name} figura como quien entrega y como quien recibe")
    if target.kind not in transition.targets(source.kind):
        raise refused(
            "holder_kind",
            f"«{kind.label}» de {_who(source)} no va a {_who(target)}; va a "
            f"{_one_of(transition.targets(source.kind))}",
        )


def check_in_force(reason: str) -> None:
    """`reason` is the sentence that says why who receives may not, or empty; RuleError `holder_not_in_force`."""
    if reason:
        raise refused("holder_not_in_force", reason)


def _check_papers(movement: NewMovement, transition: Transition) -> None:
    if transition.needs_document and not movement.document:
        raise refused("document_missing", f"Falta el documento que sustenta «{movement.kind.label}»")
    if transition.needs_reason and not movement.reason:
        raise refused("reason_missing", f"Falta el motivo de «{movement.kind.label}»")
    if transition.needs_box and not movement.archive_box:
        raise refused("box_missing", "Falta la caja del archivo donde quedan los formularios")


def _check_conditions(request: Request) -> None:
    movement, transition = request.movement, request.transition
    given = movement.from_condition
    if given is not None and given not in transition.before:
        raise refused(
            "condition_not_moved",
            f"«{movement.kind.label}» no toma formularios en la condición «{given.label}»",
        )
    if movement.kind is not MovementKind.ADJUSTMENT:
        if movement.to_condition not in (None, transition.after):
            raise refused(
                "condition_given", f"«{movement.kind.label}» no deja elegir la condición en que quedan"
            )
        return
    if movement.to_condition in (None, Condition.OUTSIDE):
        raise refused("condition_missing", "Falta la condición en que quedan los formularios ajustados")
    if given is None and not request.form_type.serialised:
        raise refused(
            "condition_missing", f"{request.form_type.code} no lleva número: falta la condición en que figura"
        )
    if given is movement.to_condition and request.source.id == request.target.id:
        raise refused("adjustment_same", "El ajuste deja los formularios como están")


def starting_condition(request: Request) -> Condition:
    """The condition from which articles without numbers are taken: as given, or the usual one of the kind."""
    return request.movement.from_condition or request.transition.before[0]


def check_can_reverse(movement: Movement, reversed_by: str, reason: str, moved_on: date) -> None:
    """RuleError `reversal_done`, `reversal_of_reversal`, `reversal_of_adjustment`, `reason_missing`, `moved_on_before`.

    `reversed_by` names the movement that reverted it already, or is empty.
    """
    name = movement_name(movement.number, movement.kind, movement.moved_on)
    if movement.kind is MovementKind.REVERSAL:
        raise refused(
            "reversal_of_reversal",
            f"El {name} ya es una reversión y no se revierte; registre otra vez el movimiento que corresponda",
        )
    if movement.kind is MovementKind.ADJUSTMENT:
        raise refused(
            "reversal_of_adjustment",
            f"El {name} necesitó dos aprobaciones y no se revierte; proponga otro ajuste que lo corrija",
        )
    if reversed_by:
        raise refused("reversal_done", f"El {name} ya se revirtió con el {reversed_by}")
    if not reason:
        raise refused("reason_missing", f"Falta el motivo por el que se revierte el {name}")
    if moved_on < movement.moved_on:
        raise refused(
            "moved_on_before_previous",
            f"La reversión del {format_date(moved_on)} es anterior a lo que revierte, el {name}",
        )


def movement_name(number: int, kind: MovementKind, moved_on: date) -> str:
    """How a sentence names a movement: `movimiento N° 000031 (Distribución) del 08/03/2024`."""
    return f"movimiento N° {number:06d} ({kind.label}) del {format_date(moved_on)}"


def _who(holder: Holder) -> str:
    return f"{holder.name} ({holder.kind.label.lower()})"


def _one_of(kinds: frozenset[HolderKind]) -> str:
    labels = [kind.label.lower() for kind in HolderKind if kind in kinds]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} o {labels[-1]}"
