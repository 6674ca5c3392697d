"""The lists of the stock in words and figures: one line a type, one a holder, one a range."""

from collections.abc import Sequence

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.serials import format_ranges
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, HolderKind
from sisfoh_desktop.modules.kardex.rules.reading import BalanceLine, HeldRange, StockLine
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

CONDITION_TONES: dict[Condition, Tone | None] = {
    Condition.OUTSIDE: "dim",
    Condition.BLANK: None,
    Condition.USED: "ok",
    Condition.ANNULLED: "dim",
    Condition.LOST: "danger",
    Condition.DAMAGED: "warn",
    Condition.WRITTEN_OFF: "dim",
}
_KINDS = list(HolderKind)
_CONDITIONS = list(Condition)


def stock_columns() -> list[Column]:
    """The whole balance of a type in one line."""
    return [
        Column(
            "Formulario",
            lambda line: f"{line.form_type.code}  {line.form_type.title}",
            tip=lambda line: f"{line.form_type.code}: {line.form_type.title}",
        ),
        _figure("Recibido", "received"),
        _figure("Almacén", "in_stock"),
        _figure("En poder", "in_hand"),
        _figure("Usado", "used"),
        _figure("Anul.", "annulled"),
        _figure("Extr.", "lost"),
        _figure("Det.", "damaged"),
        _figure("Baja", "written_off"),
        Column("Paq.", _bundles_text, _bundles, "right", tip=_bundles_tip),
        Column(
            "Mínimo",
            lambda line: "Bajo" if line.below_minimum else _minimum(line),
            lambda line: (not line.below_minimum, line.minimum),
            "right",
            tone=lambda line: "warn" if line.below_minimum else None,
            tip=_minimum_tip,
        ),
    ]


def holder_columns() -> list[Column]:
    return [
        Column("Quién lo tiene", lambda line: line.holder.name, tip=_holder_tip),
        Column(
            "Condición",
            lambda line: line.condition.label,
            lambda line: _CONDITIONS.index(line.condition),
            tone=lambda line: CONDITION_TONES[line.condition],
        ),
        Column(
            "Cantidad",
            lambda line: format_number(line.form_count),
            lambda line: line.form_count,
            "right",
        ),
    ]


def in_order(lines: Sequence[BalanceLine]) -> list[BalanceLine]:
    """Warehouses first, then people, then the outside; each by name and condition."""
    return sorted(
        lines,
        key=lambda line: (
            _KINDS.index(line.holder.kind),
            line.holder.name.casefold(),
            _CONDITIONS.index(line.condition),
        ),
    )


class HeldRangeColumns:
    """Columns of held ranges; the numbers are written as the type on view prints them."""

    def __init__(self) -> None:
        self.form_type: FormType | None = None

    def text_of(self, held: HeldRange) -> str:
        """`004501-004516`."""
        form_type = self.form_type
        if form_type is None:
            return ""
        return format_ranges((held.forms,), form_type.number_width, form_type.prefix)

    def columns(self) -> list[Column]:
        return [
            Column("Rango", self.text_of, lambda held: held.forms.first),
            Column(
                "Cant.",
                lambda held: format_number(held.forms.count),
                lambda held: held.forms.count,
                "right",
            ),
            Column("Desde", lambda held: format_date(held.since), lambda held: held.since, "center"),
            Column(
                "Mov.",
                lambda held: f"{held.movement_number:06d}",
                lambda held: held.movement_number,
                "right",
            ),
        ]


def identity_text(line: StockLine) -> str:
    """`FSU: recibido 20 000 = 12 400 en almacén + 5 100 en poder + …`; terms of 0 are left out."""
    code = line.form_type.code
    if not line.received:
        return f"{code}: todavía no se recibió ninguno."
    terms = [
        (line.in_stock, "en almacén"),
        (line.in_hand, "en poder"),
        (line.used, "usado"),
        (line.annulled, "anulado"),
        (line.lost, "extraviado"),
        (line.damaged, "deteriorado"),
        (line.written_off, "de baja"),
    ]
    told = " + ".join(f"{format_number(count)} {word}" for count, word in terms if count)
    text = f"{code}: recibido {format_number(line.received)} = {told}."
    if line.sent_back:
        text += f" De los que están en poder, {format_number(line.sent_back)} volvieron al ente rector."
    if line.form_type.bundle_size > 1:
        text += f" En almacén, {_bundles_words(line)}."
    if line.below_minimum:
        text += f" El mínimo es {format_number(line.minimum)}."
    return text


def _figure(title: str, name: str) -> Column:
    def value(line: StockLine) -> int:
        return int(getattr(line, name))

    return Column(title, lambda line: format_number(value(line)), value, "right")


def _bundles(line: StockLine) -> int:
    """Whole bundles that the warehouse can hand out."""
    return line.in_stock // line.form_type.bundle_size if line.form_type.bundle_size > 1 else -1


def _bundles_text(line: StockLine) -> str:
    return format_number(_bundles(line)) if _bundles(line) >= 0 else ""


def _bundles_words(line: StockLine) -> str:
    """`39 paquetes de 500 y 300 sueltos`."""
    size, whole, loose = (
        line.form_type.bundle_size,
        _bundles(line),
        line.in_stock % line.form_type.bundle_size,
    )
    told = f"{format_number(whole)} {'paquete' if whole == 1 else 'paquetes'} de {format_number(size)}"
    if loose:
        told += f" y {format_number(loose)} {'suelto' if loose == 1 else 'sueltos'}"
    return told


def _bundles_tip(line: StockLine) -> str:
    return _bundles_words(line) if line.form_type.bundle_size > 1 else "No viene en paquetes"


def _minimum(line: StockLine) -> str:
    return format_number(line.minimum) if line.minimum else ""


def _minimum_tip(line: StockLine) -> str:
    if not line.minimum:
        return "Sin mínimo fijado"
    told = f"El mínimo es {format_number(line.minimum)} y en almacén hay {format_number(line.in_stock)}"
    return f"Bajo el mínimo: {told}" if line.below_minimum else told


def _holder_tip(line: BalanceLine) -> str:
    return f"{line.holder.name} ({line.holder.kind.label})"
