"""How the tab of the reports lists those that were emitted."""

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.poi.rules.facts import QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.reports import ReportLine
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

_TONES: dict[str, Tone] = {
    "congelada": "warn",
    "en_firma": "accent",
    "firmada": "ok",
    "anulada": "dim",
    "observada": "danger",
}
_WORDS = {"congelada": "Por firmar", "firmada": "Firmado", "anulada": "Anulado", "observada": "Observado"}


def report_columns() -> list[Column]:
    """Papers of the POI with their round."""
    return [
        Column("Número", lambda one: one.number_text, width=140),
        Column("Fecha", lambda one: format_date(one.dated), lambda one: one.dated.toordinal(), "center", 88),
        Column("Trim.", lambda one: QUARTER_NAMES[one.quarter - 1], lambda one: one.quarter, "center", 48),
        Column("Documento", document_words),
        Column("Versión", lambda one: one.version_name, width=120),
        Column("Estado", state_word, tone=lambda one: _TONES[one.state], width=108),
        Column("Sigue", lambda one: one.next_signer, width=120),
    ]


def document_words(one: ReportLine) -> str:
    """What it is, and of which unit."""
    return f"{one.kind.label}: {one.unit_name}" if one.unit_name else one.kind.label


def state_word(one: ReportLine) -> str:
    """Where its round stands."""
    if one.state == "en_firma":
        return f"{one.signed_count} de {one.signer_count} firmas"
    return _WORDS[one.state]
