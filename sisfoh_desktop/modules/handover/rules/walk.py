"""How whoever receives goes through what was received: six steps, each with its lines. Plain Python."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.handover.rules.facts import Line, Section, TakenLine

_RANGE = re.compile(r"(\D*?)(\d+)(?:-\1(\d+))?")  # 000041-000500, FSU-000041, A-12-A-30


@dataclass(frozen=True)
class WalkStep:
    """One step of the walk: what it is about, what to look at, and its sections."""

    title: str
    advice: str
    sections: tuple[Section, ...]


STEPS: tuple[WalkStep, ...] = (
    WalkStep(
        "Lo que espera firma",
        "Vea primero qué papeles esperan su firma y cuáles esperan la de otros.",
        (Section.SIGNATURES,),
    ),
    WalkStep(
        "Expedientes y opiniones",
        "Abra cada expediente: quién lo tiene, desde cuándo y qué opinión falta.",
        (Section.FILES, Section.OPINIONS),
    ),
    WalkStep(
        "Resoluciones, planes y funciones",
        "Lo que falta terminar, notificar, remitir o publicar, y las funciones con fecha.",
        (Section.ACTS, Section.PLANS, Section.DUTIES),
    ),
    WalkStep(
        "Formularios en poder",
        "Cuente lo que recibió contra estos rangos antes de mover el primero.",
        (Section.FORMS,),
    ),
    WalkStep(
        "POI y otros pendientes",
        "Los meses por cerrar y lo que piden los demás registros.",
        (Section.POI, Section.BOOKS),
    ),
    WalkStep(
        "Sistemas, inventario y copias",
        "Pida en persona cada clave a quien la custodia, cámbiela y pruebe la última copia.",
        (Section.KEEPING, Section.CREDENTIALS),
    ),
)


def taken_lines(received: Iterable[Line], now: Iterable[Line]) -> list[TakenLine]:
    """Each received line, and whether the office still has it pending; what is no task (systems, the last copy)
    stays as it was, and forms are pending while one of those numbers is where it was."""
    there = list(now)
    pending = {line.key for line in there}
    held: dict[tuple[str, int, str], list[Line]] = {}
    for line in there:
        if line.section is Section.FORMS:
            held.setdefault(_held(line), []).append(line)
    return [
        TakenLine(
            line,
            (line.key in pending and line.section is not Section.FORMS)
            or line.section in (Section.KEEPING, Section.CREDENTIALS)
            or any(_share_numbers(line, other) for other in held.get(_held(line), ())),
        )
        for line in received
    ]


def _held(line: Line) -> tuple[str, int, str]:
    """Whose forms, of which type and condition, however many they are: `FSU, en blanco`."""
    return (line.kind, line.record_id, line.title.rpartition(": ")[0])


def _share_numbers(one: Line, other: Line) -> bool:
    """Whether two lines of forms name a number in common; lines that do not name all of theirs may."""
    mine, theirs = _numbers(one), _numbers(other)
    if mine is None or theirs is None:
        return True
    return any(first <= end and start <= last for first, last in mine for start, end in theirs)


def _numbers(line: Line) -> list[tuple[int, int]] | None:
    """The ranges that a line names; None where it names none, or not all."""
    ranges = [_RANGE.fullmatch(part) for part in line.detail.rpartition(": ")[2].split(", ")]
    if not ranges or None in ranges:
        return None
    return [(int(found[2]), int(found[3] or found[2])) for found in ranges if found is not None]


def lines_of_step(taken: Sequence[TakenLine], step: WalkStep) -> list[TakenLine]:
    """In the order of the acta, what is still pending first."""
    found = [one for section in step.sections for one in taken if one.line.section is section]
    return sorted(found, key=lambda one: not one.still)


def step_words(taken: Sequence[TakenLine], step: WalkStep) -> str:
    """«3 pendientes; 2 ya se atendieron», or that nothing was received here."""
    mine = lines_of_step(taken, step)
    if not mine:
        return "No recibió nada de esto."
    still = sum(one.still for one in mine)
    done = len(mine) - still
    told = counted(still, "línea", "líneas") if still else "Nada pendiente"
    return f"{told}; {counted(done, 'ya se atendió', 'ya se atendieron')}" if done else told
