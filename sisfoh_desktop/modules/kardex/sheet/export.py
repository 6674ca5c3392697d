"""The kardex as .xlsx workbooks: stock, card, register, custody. Numbers of forms are text, with their zeros.

`mark` says what the workbook is worth where that is nothing. Loads openpyxl when a workbook is made.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules.actas import ToldMovement
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType
from sisfoh_desktop.modules.kardex.rules.reading import Card, CustodyLine, MovementLine, StockLine
from sisfoh_desktop.sheets.workbook import Column, Value, table_workbook

_NUMBERS = 60  # signs: what is longer is wrapped

_STOCK = (
    Column("CÓDIGO", width=12),
    Column("FORMULARIO", width=44),
    *(
        Column(title, width=13)
        for title in (
            "RECIBIDO",
            "EN ALMACÉN",
            "EN PODER",
            "USADO",
            "ANULADO",
            "EXTRAVIADO",
            "DETERIORADO",
            "DE BAJA",
            "MÍNIMO",
        )
    ),
    Column("AVISO", width=24),
)
_CARD = (
    Column("FECHA", width=12),
    Column("N° MOVIMIENTO", width=16),
    Column("DETALLE"),
    Column("DE / A"),
    Column("NÚMEROS", width=_NUMBERS),
    Column("DOCUMENTO"),
    Column("ENTRADA", width=11),
    Column("SALIDA", width=11),
    Column("SALDO", width=11),
)
_REGISTER = (
    Column("N°", width=9),
    Column("FECHA", width=12),
    Column("MOVIMIENTO", width=22),
    Column("FORMULARIO", width=13),
    Column("NÚMEROS", width=_NUMBERS),
    Column("CANTIDAD", width=11),
    Column("DE", width=32),
    Column("A", width=32),
    Column("DOCUMENTO", width=28),
    Column("MOTIVO", width=28),
    Column("TESTIGO", width=24),
    Column("CAJA", width=10),
    Column("ARCHIVADOR", width=12),
    Column("FOLIOS", width=10),
    Column("OBSERVACIÓN", width=28),
    Column("REVIERTE A", width=12),
    Column("REVERTIDO POR", width=15),
    Column("REGISTRADO", width=17),
    Column("POR", width=18),
)
_CUSTODY = (
    Column("PERSONA", width=36),
    Column("CARGO", width=18),
    Column("JEFE DE BRIGADA", width=32),
    Column("FORMULARIO", width=13),
    Column("EN BLANCO", width=12),
    Column("USADOS SIN ENTREGAR", width=20),
    Column("ANULADOS O DETERIORADOS", width=25),
    Column("DESDE", width=12),
    Column("DÍAS", width=8),
    Column("NÚMEROS", width=_NUMBERS),
    Column("AVISO", width=40),
)


def stock_xlsx(lines: Iterable[StockLine], *, mark: str) -> bytes:
    """A row for each type with its balance."""
    rows = [
        (
            line.form_type.code,
            line.form_type.title,
            line.received,
            line.in_stock,
            line.in_hand,
            line.used,
            line.annulled,
            line.lost,
            line.damaged,
            line.written_off,
            line.minimum,
            "Bajo el mínimo" if line.below_minimum else "",
        )
        for line in lines
    ]
    return table_workbook("Existencias del kardex", _STOCK, rows, mark=mark)


def card_xlsx(card: Card, *, mark: str, progress: Progress = silent) -> bytes:
    """The card with its opening and closing balance."""
    form = card.form_type
    rows: list[tuple[Value, ...]] = [(card.since, "", "SALDO ANTERIOR", "", "", "", None, None, card.opening)]
    rows += [
        (
            entry.moved_on,
            f"{entry.movement_number:06d}",
            f"{entry.kind.label}. {entry.detail}" if entry.detail else entry.kind.label,
            entry.counterpart,
            form.ranges_text(entry.forms),
            entry.document,
            entry.received or None,
            entry.issued or None,
            entry.balance,
        )
        for entry in card.entries
    ]
    rows.append((card.until, "", "SALDO FINAL", "", "", "", card.received, card.issued, card.closing))
    return table_workbook(f"Tarjeta kardex {form.code}", _CARD, rows, mark=mark, progress=progress)


def register_xlsx(
    parts: Iterable[tuple[Sequence[MovementLine], Mapping[int, ToldMovement]]],
    types: Mapping[int, FormType],
    *,
    mark: str,
    newest: int = 0,
    progress: Progress = silent,
) -> bytes:
    """Movement by movement with all its numbers; `parts` come some at a time, with what each movement moved.

    `progress` tells the number of the movement that was reached, of the `newest`.
    """
    rows = _register_rows(parts, types, newest, progress)
    return table_workbook("Registro del kardex", _REGISTER, rows, mark=mark)


def _register_rows(
    parts: Iterable[tuple[Sequence[MovementLine], Mapping[int, ToldMovement]]],
    types: Mapping[int, FormType],
    newest: int,
    progress: Progress,
) -> Iterator[tuple[Value, ...]]:
    for lines, told in parts:
        for line in lines:
            progress(line.number, newest)
            yield (
                line.number_text,
                line.moved_on,
                line.kind.label,
                line.type_code,
                _numbers(told.get(line.id), types),
                line.form_count,
                line.from_name,
                line.to_name,
                line.document,
                line.reason,
                line.witness,
                line.archive_box,
                line.archive_folder,
                line.archive_folio,
                line.note,
                f"{line.reverses_number:06d}" if line.reverses_number else "",
                f"{line.reverted_by_number:06d}" if line.reverted_by_number else "",
                line.registered_at,
                line.registered_by,
            )


def custody_xlsx(
    lines: Iterable[tuple[CustodyLine, FormRanges]], *, mark: str, progress: Progress = silent
) -> bytes:
    """Who has what, with the numbers."""
    rows = [
        (
            line.holder.name,
            line.holder.kind.label,
            line.chief.name if line.chief else "",
            line.form_type.code,
            line.in_hand,
            line.used_in_hand,
            line.spoiled_in_hand,
            line.oldest,
            line.days if line.oldest else None,
            line.form_type.ranges_text(ranges),
            _notice(line),
        )
        for line, ranges in lines
    ]
    return table_workbook("Custodia del kardex", _CUSTODY, rows, mark=mark, progress=progress)


def _numbers(movement: ToldMovement | None, types: Mapping[int, FormType]) -> str:
    if movement is None:
        return ""
    ranges = FormRanges.of(piece.forms for piece in movement.pieces if piece.forms is not None)
    return types[movement.type_id].ranges_text(ranges)


def _notice(line: CustodyLine) -> str:
    notices = []
    if line.over_days:
        notices.append(f"{Condition.BLANK.label} por más de {line.most_days} días")
    if line.not_in_force:
        notices.append(line.not_in_force)
    return ". ".join(notices)
