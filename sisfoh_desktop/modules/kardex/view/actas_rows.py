"""How the tab of the actas lists what waits for one and those that were made."""

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaLine, ActaSuggestion, format_count
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

_TONES: dict[str, Tone] = {
    "congelada": "warn",
    "en_firma": "accent",
    "firmada": "ok",
    "anulada": "dim",
    "observada": "danger",
}
_WORDS = {"congelada": "Por firmar", "firmada": "Firmada", "anulada": "Anulada", "observada": "Observada"}


def waiting_columns() -> list[Column]:
    """Movements that fit in one acta."""
    return [
        Column(
            "Fecha",
            lambda one: format_date(one.moved_on),
            lambda one: one.moved_on.toordinal(),
            "center",
            96,
        ),
        Column("Acta de", _what, width=150),
        Column("De", lambda one: one.from_name),
        Column("A", lambda one: one.to_name if one.to_name != one.from_name else "—"),
        Column("Formulario", lambda one: one.types, width=92),
        Column("Cantidad", lambda one: format_count(one.form_count), lambda one: one.form_count, "right", 80),
        Column("Movimientos", numbers_text, lambda one: one.numbers[0], width=104),
    ]


def _what(one: ActaSuggestion) -> str:
    """`Entrega`: all of them are actas."""
    word = one.kind.label.removeprefix("Acta de ")
    return f"{word[0].upper()}{word[1:]}"


def made_columns() -> list[Column]:
    """Papers of the kardex with their round."""
    return [
        Column("Número", lambda one: one.number_text, width=150),
        Column("Fecha", lambda one: format_date(one.dated), lambda one: one.dated.toordinal(), "center", 96),
        Column("Documento", _about),
        Column("Estado", state_word, tone=lambda one: _TONES[one.state], width=120),
        Column("Sigue", lambda one: one.next_signer),
    ]


def state_word(one: ActaLine) -> str:
    """Where its round stands."""
    if one.state == "en_firma":
        return f"{one.signed_count} de {one.signer_count} firmas"
    return _WORDS[one.state]


def numbers_text(one: ActaSuggestion) -> str:
    """`000031`, or the first and the last of several."""
    if len(one.numbers) == 1:
        return f"{one.numbers[0]:06d}"
    return f"{one.numbers[0]:06d} … {one.numbers[-1]:06d}"


def _about(one: ActaLine) -> str:
    """The title without the number, which has its own column."""
    return one.title.removesuffix(f" (N° {one.number_text})")
