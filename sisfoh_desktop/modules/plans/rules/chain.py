"""The estructura funcional programática: widths of its codes, what is missing, and how a clasificador is written.

Every code is text: a number would lose the zero of `0114` and `051`.
"""

import re
from dataclasses import dataclass

from sisfoh_desktop.modules.plans.rules.facts import CodeName, FunctionalChain


@dataclass(frozen=True)
class ChainLevel:
    """A level of the chain: its attribute in FunctionalChain, its head on paper and screen, its code's form."""

    key: str
    head: str
    label: str
    form: str
    example: str
    required: bool = True


LEVELS: tuple[ChainLevel, ...] = (
    ChainLevel("programme", "PROGRAMA", "Programa presupuestal", r"[0-9]{4}", "4 cifras, por ejemplo 9002"),
    ChainLevel(
        "product",
        "PRODUCTO / PROYECTO",
        "Producto o proyecto",
        r"[0-9]{7}",
        "7 cifras, por ejemplo 3999999",
        False,
    ),
    ChainLevel("activity", "ACTIVIDAD", "Actividad", r"[0-9]{7}", "7 cifras, por ejemplo 5006414"),
    ChainLevel("function", "FUNCIÓN", "Función", r"[0-9]{2}", "2 cifras, por ejemplo 23"),
    ChainLevel("division", "DIV. FUNCIONAL", "División funcional", r"[0-9]{3}", "3 cifras, por ejemplo 051"),
    ChainLevel("group", "GRUPO FUNCIONAL", "Grupo funcional", r"[0-9]{4}", "4 cifras, por ejemplo 0114"),
    ChainLevel(
        "source", "FTE. FTO.", "Fuente de financiamiento", r"[0-9]{1,2}", "1 o 2 cifras, por ejemplo 1"
    ),
    ChainLevel("rubro", "RUBRO", "Rubro", r"[0-9]{2}", "2 cifras, por ejemplo 00"),
    ChainLevel("generic", "GENÉRICA DE GASTO", "Genérica de gasto", r"[0-9]\.[0-9]{1,2}", "por ejemplo 2.3"),
)

# Generic, subgeneric (two levels), specific (two levels): 2.3 / 2.3.2 / 2.3.2 9 / 2.3.2 9.1 / 2.3.2 9.1 1
_CLASSIFIER = re.compile(r"[0-9]\.[0-9]{1,2}(\.[0-9]{1,2}( [0-9]{1,2}(\.[0-9]{1,2}( [0-9]{1,2})?)?)?)?")


def level_of(chain: FunctionalChain, key: str) -> CodeName:
    """The code and name that the chain has at a level (`ChainLevel.key`)."""
    value = getattr(chain, key)
    assert isinstance(value, CodeName)
    return value


def clean_code(code: str) -> str:
    """The code as it is kept: blanks made single, the point that some papers put after it dropped (`2.3.`)."""
    return " ".join(code.split()).rstrip(".")


def chain_faults(chain: FunctionalChain) -> list[str]:
    """What keeps the chain from being complete: levels without code or name, codes of another form."""
    faults = []
    for level in LEVELS:
        value = level_of(chain, level.key)
        name = level.label.lower()
        if not value.code:
            if level.required or value.name:
                faults.append(f"falta el código de {name}")
        elif not re.fullmatch(level.form, value.code):
            faults.append(f"el código de {name} «{value.code}» no tiene su forma ({level.example})")
        elif not value.name:
            faults.append(f"falta el nombre de {name}")
    return faults


def is_classifier(code: str) -> bool:
    """Whether the code is written as a clasificador de gasto, at any of its levels."""
    return _CLASSIFIER.fullmatch(code) is not None


def belongs_to(code: str, generic: str) -> bool:
    """Whether the clasificador lies under the generic: `2.3.2 9.1 1` under `2.3`, not under `2.30`."""
    return code == generic or code.startswith(f"{generic}.")
