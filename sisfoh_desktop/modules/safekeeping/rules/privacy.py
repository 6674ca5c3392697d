"""The bank of personal data as the office describes it, and what it still lacks. Plain Python."""

from dataclasses import dataclass, replace
from typing import Any

from sisfoh_desktop.basics.texts import clean_name, clean_text

LONGEST_TEXT = 4000
_NAMES = (
    ("name", "el nombre del banco", 200),
    ("registration", "el código de inscripción", 100),
    ("officer_name", "el nombre del oficial", 200),
    ("officer_contact", "el contacto del oficial", 200),
)
_TEXTS = (
    ("purposes", "las finalidades"),
    ("recipients", "los destinatarios"),
    ("measures", "las medidas de la oficina"),
)
_GAPS = (
    ("name", "nombre del banco"),
    ("registration", "código de inscripción"),
    ("officer_name", "oficial de datos personales"),
    ("officer_contact", "contacto público del oficial"),
    ("purposes", "finalidades"),
    ("recipients", "destinatarios"),
    ("measures", "medidas de la oficina"),
)


@dataclass(frozen=True)
class DataBank:
    """What the office says of its bank (Reglamento of Ley 29733, arts. 37, 42 to 45); `version` 0: never saved."""

    name: str = ""
    registration: str = ""
    officer_name: str = ""
    officer_contact: str = ""
    purposes: str = ""
    recipients: str = ""
    measures: str = ""
    version: int = 0


def clean_bank(bank: DataBank) -> DataBank:
    """The description as it will be kept; all but the name may still be missing.

    RuleError `text_missing`, `text_too_long` or `text_unprintable`.
    """
    names: dict[str, Any] = {
        key: clean_name(getattr(bank, key), what=what, limit=limit, required=key == "name")
        for key, what, limit in _NAMES
    }
    texts: dict[str, Any] = {
        key: clean_text(getattr(bank, key), what=what, limit=LONGEST_TEXT) for key, what in _TEXTS
    }
    return replace(bank, **names, **texts)


def gaps(bank: DataBank) -> tuple[str, ...]:
    """What is still to be told, in words."""
    return tuple(words for key, words in _GAPS if not getattr(bank, key))
