"""DNI: eight digits of text, masked wherever a form does not need it whole (Ley 29733)."""

import re

from sisfoh_desktop.basics.errors import RuleError

_DNI = re.compile(r"[0-9]{8}")
_ALONE = re.compile(r"(?<![\w.-])[0-9]{8}(?![\w.-])")
_ANYWHERE = re.compile(r"(?<![0-9])[0-9]{8}(?![0-9])")


def check_dni(text: str) -> str:
    """The eight digits of a typed DNI; RuleError `dni_invalid` whose sentence does not repeat the number."""
    typed = text.strip()
    if not _DNI.fullmatch(typed):
        raise RuleError(
            "dni_invalid", "El DNI debe tener ocho cifras, con sus ceros a la izquierda; revíselo."
        )
    return typed


def mask_dni(dni: str) -> str:
    """`40000001` as `4*****01`; anything that is no DNI is covered whole, an empty text stays empty."""
    if not _DNI.fullmatch(dni):
        return "*" * len(dni)
    return f"{dni[0]}*****{dni[-2:]}"


def without_dni(text: str) -> str:
    """The text with every number of eight figures that stands alone masked; parts of codes and dates stay."""
    return _ALONE.sub(lambda found: mask_dni(found[0]), text)


def without_eight_figures(text: str) -> str:
    """The same with what is joined to letters, dots or hyphens: for files that lie about, where too much is better."""
    return _ANYWHERE.sub(lambda found: mask_dni(found[0]), text)
