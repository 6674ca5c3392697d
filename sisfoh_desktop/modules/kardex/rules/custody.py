"""Where each form of a movement really is, and the refusal when that is not where the movement takes it from. Pure.

A movement that passes becomes ledger lines (`lines_of`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules.balances import NewLine, Place
from sisfoh_desktop.modules.kardex.rules.facts import (
    Condition,
    FormType,
    LedgerLine,
    MovementKind,
    Piece,
)
from sisfoh_desktop.modules.kardex.rules.moving import Request, movement_name, refused, starting_condition

_MOST_RANGES_TOLD = 4
# "usada", "anulada"...: what has become of the forms that are not as expected
_BECAME = {
    Condition.BLANK: "en blanco",
    Condition.USED: "usado",
    Condition.ANNULLED: "anulado",
    Condition.LOST: "extraviado",
    Condition.DAMAGED: "deteriorado",
    Condition.WRITTEN_OFF: "dado de baja",
}


class FormLost(RuleError):
    """Somebody wanted to move forms that are lost: besides being refused, the sighting is to be recorded."""

    def __init__(
        self, sentence: str, *, type_id: int, ranges: FormRanges, seen_in: str, seen_on: date
    ) -> None:
        super().__init__("form_lost", f"{sentence}; no se registró nada.")
        self.type_id = type_id
        self.ranges = ranges
        self.seen_in = seen_in
        self.seen_on = seen_on


def check_custody(
    request: Request,
    pieces: Sequence[Piece],
    *,
    holder_name: Callable[[int], str],
    reception_of: Callable[[Piece], str],
) -> None:
    """RuleError when a form is not where, how or since when the movement needs it.

    `pieces` is the present state of every wanted number that the base knows; `holder_name` and `reception_of` (how
    the movement that received it is called) are asked only for a refusal.
    """
    movement, form_type = request.movement, request.form_type
    if movement.kind is not MovementKind.ADJUSTMENT:
        _check_lost(request, pieces)
    inside = [piece for piece in pieces if piece.condition is not Condition.OUTSIDE]
    if movement.kind is MovementKind.RECEPTION:
        if inside:
            told = _these(form_type, inside, "ya se recibió", "ya se recibieron")
            received = reception_of(inside[0])
            now = "" if _movement_of(inside[0]) == received else f"; ahora {_holders(inside, holder_name)}"
            raise refused("forms_overlap", f"{told} con el {received}{now}")
    else:
        _check_known(request, inside)
        elsewhere = [piece for piece in inside if piece.holder_id != request.source.id]
        if elsewhere:
            raise refused(
                "forms_elsewhere",
                f"{_these(form_type, elsewhere, 'no está', 'no están')} en poder de {request.source.name}: "
                f"{_holders(elsewhere, holder_name)}",
            )
        _check_conditions(request, inside)
    _check_days(request, pieces)


def _check_lost(request: Request, pieces: Sequence[Piece]) -> None:
    lost = [piece for piece in pieces if piece.condition is Condition.LOST]
    if not lost:
        return
    movement, form_type = request.movement, request.form_type
    since = movement_name(lost[0].movement_number, lost[0].movement_kind, lost[0].moved_on)
    raise FormLost(
        f"{_these(form_type, lost, 'está registrado como extraviado', 'están registrados como extraviados')} por "
        f"el {since}; su reaparición queda anotada como alerta. Si apareció de verdad, revierta ese movimiento o "
        "proponga un ajuste",
        type_id=form_type.id,
        ranges=_numbers(lost),
        seen_in=f"{movement.kind.label} de {request.source.name}"
        + ("" if request.transition.in_place else f" a {request.target.name}"),
        seen_on=movement.moved_on,
    )


def _check_known(request: Request, inside: Sequence[Piece]) -> None:
    unknown = request.movement.ranges - _numbers(inside)
    if unknown:
        subject = "no se ha recibido" if unknown.count == 1 else "no se han recibido"
        raise refused("forms_unknown", f"{_told(request.form_type, unknown)} {subject} en la oficina")


def _check_conditions(request: Request, pieces: Sequence[Piece]) -> None:
    movement, form_type = request.movement, request.form_type
    allowed = request.transition.before if movement.from_condition is None else (movement.from_condition,)
    wrong = [piece for piece in pieces if piece.condition not in allowed]
    if wrong:
        first = wrong[0]
        of_that = [piece for piece in wrong if piece.condition is first.condition]
        became, plural = _BECAME[first.condition], "" if first.condition is Condition.BLANK else "s"
        state = _these(form_type, of_that, f"está {became}", f"están {became}{plural}")
        raise refused(
            "forms_condition",
            f"{state} por el {_movement_of(first)} y «{movement.kind.label}» pide formularios en la condición "
            f"«{'», «'.join(condition.label for condition in allowed)}»",
        )
    if movement.kind is MovementKind.ADJUSTMENT and request.source.id == request.target.id:
        same = [piece for piece in pieces if piece.condition is movement.to_condition]
        if same:
            raise refused(
                "adjustment_same",
                f"{_these(form_type, same, 'ya está', 'ya están')} como los deja el ajuste; quítelos de él",
            )


def _check_days(request: Request, pieces: Sequence[Piece]) -> None:
    movement = request.movement
    later = [piece for piece in pieces if (piece.free_from or piece.moved_on) > movement.moved_on]
    if later:
        told = _these(request.form_type, later, "ya tiene", "ya tienen")
        raise refused(
            "moved_on_before_previous",
            f"{told} el {_movement_of(later[0])}, posterior a la fecha {format_date(movement.moved_on)}",
        )


def check_enough(request: Request, there: int) -> None:
    """Articles without numbers: RuleError `articles_missing` when the holder has fewer than are moved.

    `there` is the least that they had on the day of the movement or later: what was handed on since is taken.
    """
    movement = request.movement
    if movement.kind is not MovementKind.RECEPTION and there < movement.form_count:
        condition = starting_condition(request)
        raise refused(
            "articles_missing",
            f"{request.source.name} tiene {format_number(there)} de {request.form_type.code} en la condición "
            f"«{condition.label}» para el {format_date(movement.moved_on)} y el movimiento pide "
            f"{format_number(movement.form_count)}",
        )


def lines_of(request: Request, pieces: Sequence[Piece]) -> list[NewLine]:
    """The ledger lines of a movement that passed its checks, in the order of the numbers."""
    movement, type_id = request.movement, request.form_type.id
    after = movement.to_condition if movement.kind is MovementKind.ADJUSTMENT else request.transition.after
    target = request.target.id
    if not request.form_type.serialised:
        start = starting_condition(request)
        before = Place(type_id, request.source.id, start)
        return [NewLine(None, movement.form_count, before, Place(type_id, target, after or start))]
    lines = [
        NewLine(
            piece.forms,
            piece.forms.count,
            Place(type_id, piece.holder_id, piece.condition),
            Place(type_id, target, after or piece.condition),
            piece.line_id,
        )
        for piece in pieces
    ]
    if movement.kind is MovementKind.RECEPTION:
        before = Place(type_id, request.source.id, Condition.OUTSIDE)
        into = Place(type_id, target, Condition.BLANK)
        lines += [NewLine(one, one.count, before, into) for one in movement.ranges - _numbers(pieces)]
    return sorted(lines, key=_first_number)


def lines_back(lines: Sequence[LedgerLine]) -> list[NewLine]:
    """The ledger lines that undo those of a movement."""
    return [
        NewLine(
            line.forms,
            line.form_count,
            Place(line.type_id, line.to_holder_id, line.to_condition),
            Place(line.type_id, line.from_holder_id, line.from_condition),
            line.id if line.forms is not None else None,
        )
        for line in lines
    ]


def check_untouched(
    form_type: FormType, name: str, lines: Sequence[LedgerLine], pieces: Sequence[Piece]
) -> None:
    """RuleError `reversal_later`, naming the movement that came after, when a form has moved on since."""
    own = {line.id for line in lines}
    later = [piece for piece in pieces if piece.line_id not in own]
    if later:
        told = _these(form_type, later, "tiene después", "tienen después")
        raise refused(
            "reversal_later",
            f"{told} el {_movement_of(later[0])}, y por eso el {name} no se puede revertir; revierta primero lo "
            "posterior",
        )


def check_still_there(
    form_type: FormType, name: str, lines: Sequence[LedgerLine], balances: Mapping[Place, int]
) -> None:
    """The same for articles without numbers: RuleError `articles_missing` when they are no longer there."""
    for line in lines:
        there = balances.get(Place(line.type_id, line.to_holder_id, line.to_condition), 0)
        if line.to_condition is not Condition.OUTSIDE and there < line.form_count:
            raise refused(
                "articles_missing",
                f"El {name} no se puede revertir: de {format_number(line.form_count)} de {form_type.code} quedan "
                f"{format_number(there)} donde los dejó",
            )


def _first_number(line: NewLine) -> int:
    return line.forms.first if line.forms is not None else 0


def _numbers(pieces: Sequence[Piece]) -> FormRanges:
    return FormRanges.of(piece.forms for piece in pieces)


def _told(form_type: FormType, ranges: FormRanges) -> str:
    shown = form_type.ranges_text(FormRanges(ranges.ranges[:_MOST_RANGES_TOLD]))
    if len(ranges.ranges) > _MOST_RANGES_TOLD:
        shown += f" y otros ({format_number(ranges.count)} en total)"
    return f"{'El' if ranges.count == 1 else 'Los'} N° {shown} de {form_type.code}"


def _these(form_type: FormType, pieces: Sequence[Piece], one: str, many: str) -> str:
    ranges = _numbers(pieces)
    return f"{_told(form_type, ranges)} {one if ranges.count == 1 else many}"


def _movement_of(piece: Piece) -> str:
    return movement_name(piece.movement_number, piece.movement_kind, piece.moved_on)


def _holders(pieces: Sequence[Piece], holder_name: Callable[[int], str]) -> str:
    """`los tiene X por el movimiento N° …`, for the first holder and movement, and how many more there are."""
    first = pieces[0]
    others = sum(
        piece.forms.count
        for piece in pieces
        if (piece.holder_id, piece.movement_id) != (first.holder_id, first.movement_id)
    )
    one = sum(piece.forms.count for piece in pieces) == 1
    told = f"{'lo' if one else 'los'} tiene {holder_name(first.holder_id)} por el {_movement_of(first)}"
    return told + (f", y {format_number(others)} más por otros movimientos" if others else "")
