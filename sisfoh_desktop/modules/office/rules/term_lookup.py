"""The legal terms that the office knows, asked by key and day."""

from collections.abc import Iterable
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.office.rules.checks import in_force
from sisfoh_desktop.modules.office.rules.terms import TERM_KEYS, LegalTerm


class Terms:
    """Every term; asked as often as needed without going back to the base."""

    def __init__(self, rows: Iterable[LegalTerm]) -> None:
        self.rows = tuple(rows)

    def find(self, key: str, on: date) -> LegalTerm | None:
        """The term in force on that day, None where no row holds."""
        return next((term for term in self.rows if term.key == key and in_force(term, on)), None)

    def in_force(self, key: str, on: date) -> LegalTerm:
        """The term in force on that day; RuleError `term_missing` tells where to register it."""
        term = self.find(key, on)
        if term is None:
            raise RuleError(
                "term_missing",
                f"No hay un plazo legal vigente al {format_date(on)} para «{TERM_KEYS.get(key, key)}». "
                "Regístrelo en Oficina › Normas y organismos › Plazos legales.",
            )
        return term
