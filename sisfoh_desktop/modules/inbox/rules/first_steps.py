"""What a new office still has to set up, as Mi bandeja shows it: read from what the base holds, never a flag."""

from collections.abc import Collection
from dataclasses import dataclass

_STEPS = (
    ("municipality", "Municipalidad"),
    ("logo", "Escudo"),
    ("units", "Unidades"),
    ("officers", "Responsables"),
)


@dataclass(frozen=True)
class FirstStep:
    """One thing to set up, and whether it is."""

    title: str
    done: bool


def first_steps(lacks: Collection[str], *, copied: bool) -> tuple[FirstStep, ...]:
    """The steps in their order; `lacks` are keys of what the office does not have, `copied` whether it has a copy."""
    office = [FirstStep(title, key not in lacks) for key, title in _STEPS]
    return (*office, FirstStep("Primera copia", copied))


def all_done(steps: Collection[FirstStep]) -> bool:
    """Whether nothing is missing (nothing is, where nothing is asked)."""
    return all(step.done for step in steps)
