"""Ubigeo: the six-digit code of a district, never without the catalogue it belongs to.

INEI and RENIEC number the same districts differently (Tacna is 230101 and 220101) and each other's codes
look plausible, so a code alone says nothing. No list of districts lives here.
"""

import re
from dataclasses import dataclass

from sisfoh_desktop.basics.errors import RuleError

CATALOGUES = ("INEI", "RENIEC")
_CODE = re.compile(r"[0-9]{6}")
_PREFIX = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")


@dataclass(frozen=True)
class Ubigeo:
    """`code` is six digits of text; RuleError `ubigeo_invalid` or `ubigeo_catalogue_unknown` otherwise."""

    code: str
    catalogue: str

    def __post_init__(self) -> None:
        if self.catalogue not in CATALOGUES:
            raise RuleError(
                "ubigeo_catalogue_unknown",
                "Indique de qué catálogo es el ubigeo: INEI o RENIEC (no coinciden).",
            )
        if not _CODE.fullmatch(self.code):
            raise RuleError(
                "ubigeo_invalid",
                f"«{self.code[:20]}» no es un ubigeo: son seis cifras, con sus ceros, por ejemplo 230101.",
            )

    def within(self, prefix: str) -> bool:
        """Whether it lies in the department, province or district `prefix` (2, 4 or 6 digits; "" is Peru)."""
        return self.code.startswith(prefix)


def check_scope(prefix: str) -> str:
    """A place given by "" (Peru), 2, 4 or 6 digits; RuleError `scope_invalid` otherwise."""
    if prefix and not _PREFIX.fullmatch(prefix):
        raise RuleError(
            "scope_invalid",
            f"«{prefix[:20]}» no es un ámbito: deje vacío para todo el país, o 2 cifras de departamento, "
            "4 de provincia o 6 de distrito (INEI).",
        )
    return prefix
