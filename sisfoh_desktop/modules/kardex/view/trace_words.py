"""The life of one form in sentences: who has it now, what is known of a number that nobody received.

Forms are masculine here, as the labels of their conditions are: el formulario.
"""

from collections.abc import Sequence

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import Trace, TraceStep

_MOST_RANGES_TOLD = 4
_BECAME = {
    Condition.BLANK: "en blanco",
    Condition.USED: "usado",
    Condition.ANNULLED: "anulado",
    Condition.LOST: "extraviado",
    Condition.DAMAGED: "deteriorado",
    Condition.WRITTEN_OFF: "dado de baja",
}
_PLACES = frozenset({HolderKind.WAREHOUSE, HolderKind.ARCHIVE})


def split_code(text: str, types: Sequence[FormType]) -> tuple[FormType | None, str]:
    """The type that a text names before its number (`FSU 4517`, `FSU N° 4517`, `fsu-4517`), and the number's text."""
    for form_type in sorted(types, key=lambda one: -len(one.code)):
        if text.casefold().startswith(form_type.code.casefold()):
            rest = text[len(form_type.code) :]
            if rest[:1] in (" ", "-", ":"):
                return form_type, rest.lstrip(" -:")
    return None, text


def present_text(trace: Trace) -> str:
    """`El formulario FSU N° 004517 lo tiene X desde el 12/03/2024, en blanco (movimiento N° 000031).`"""
    form = f"El formulario {trace.form_type.code} N° {trace.number_text}"
    if not trace.steps:
        return f"{form} está registrado sin ningún movimiento."
    last = trace.steps[-1]
    day, movement = format_date(last.moved_on), f"movimiento N° {last.movement_number:06d}"
    name = trace.holder.name
    if trace.condition is Condition.OUTSIDE:
        return f"{form} no está en la oficina: su recepción se revirtió el {day} ({movement})."
    if trace.condition is Condition.LOST:
        return f"{form} figura extraviado desde el {day}; quien respondía por él es {name} ({movement})."
    if trace.condition is Condition.WRITTEN_OFF:
        return f"{form} se dio de baja el {day} en {name} ({movement})."
    if trace.holder.kind.is_outside:
        return f"{form} volvió a {name} el {day}, {_BECAME[trace.condition]} ({movement})."
    has = f"está en {name}" if trace.holder.kind in _PLACES else f"lo tiene {name}"
    became = f"{_BECAME[trace.condition]}"
    arrival = _arrival(trace)
    if arrival is None or arrival is last:
        told = f"{form} {has} desde el {day}, {became} ({movement})"
    else:
        told = (
            f"{form} {has} desde el {format_date(arrival.moved_on)} "
            f"(movimiento N° {arrival.movement_number:06d}), {became} desde el {day} ({movement})"
        )
    return f"{told}{_archived(trace)}."


def seen_again_text(trace: Trace) -> str:
    """The alert of a lost form that somebody tried to move or counted; empty where there is none."""
    if trace.condition is not Condition.LOST or not trace.sightings:
        return ""
    last = trace.sightings[-1]
    times = len(trace.sightings)
    often = f" y {times - 1} {'vez' if times == 2 else 'veces'} antes" if times > 1 else ""
    return (
        f"Reapareció el {format_date(last.seen_on)}{often}: {last.seen_in.rstrip('.')}. "
        "Si apareció de verdad, revierta el extravío o proponga un ajuste."
    )


def unknown_text(number: str, received: Sequence[tuple[FormType, FormRanges]]) -> str:
    """What to say of a number that no type has: which numbers there are."""
    known = [
        f"de {form_type.code}, {_ranges_text(form_type, ranges)}" for form_type, ranges in received if ranges
    ]
    if not known:
        return (
            f"El N° {number} no existe: en esta campaña no se recibió todavía ningún formulario con número."
        )
    return f"El N° {number} no se recibió en esta campaña; los que hay son: {'; '.join(known)}."


def _ranges_text(form_type: FormType, ranges: FormRanges) -> str:
    told = form_type.ranges_text(FormRanges(ranges.ranges[:_MOST_RANGES_TOLD]))
    return told if len(ranges.ranges) <= _MOST_RANGES_TOLD else f"{told} y otros"


def _arrival(trace: Trace) -> TraceStep | None:
    """The step that brought the form to who has it now."""
    for step in reversed(trace.steps):
        if step.to_holder.id != trace.holder.id:
            return None
        if step.from_holder.id != step.to_holder.id:
            return step
    return None


def _archived(trace: Trace) -> str:
    step = trace.steps[-1]
    if trace.holder.kind is not HolderKind.ARCHIVE or step.kind is not MovementKind.ARCHIVING:
        return ""
    return "".join(f", {one}" for one in archive_parts(step))


def archive_parts(step: TraceStep) -> list[str]:
    """`caja 3`, `archivador 12`, `folio 45`: where an archived form lies."""
    named = (
        ("caja", step.archive_box),
        ("archivador", step.archive_folder),
        ("folio", step.archive_folio),
    )
    return [
        value if value.casefold().startswith(word) else f"{word} {value}" for word, value in named if value
    ]


def step_text(step: TraceStep) -> str:
    """What a step says beyond its line: reason, witness, note, place in the archive, what it reverts."""
    from_name, to_name = step.from_holder.name, step.to_holder.name
    in_place = step.from_holder.id == step.to_holder.id
    parts = [f"En poder de {to_name}" if in_place else f"De {from_name} a {to_name}"]
    if step.document:
        parts.append(f"Documento: {step.document}")
    if step.reverted_by_number:
        parts.append(f"Lo revirtió el movimiento N° {step.reverted_by_number:06d}")
    if step.reverses_number:
        parts.append(f"Revierte el movimiento N° {step.reverses_number:06d}")
    if step.reason:
        parts.append(f"Motivo: {step.reason.rstrip('.')}")
    if step.witness:
        parts.append(f"Testigo: {step.witness}")
    if step.note:
        parts.append(f"Nota: {step.note.rstrip('.')}")
    if place := archive_parts(step):
        parts.append(f"Archivado en {', '.join(place)}")
    if step.forms.count > 1:
        parts.append(f"Se movió con otros {step.forms.count - 1}")
    parts.append(f"Registrado el {format_date(step.registered_at.date())} a las {step.registered_at:%H:%M}")
    return unbroken(". ".join(parts) + ".")


def unbroken(text: str) -> str:
    """`N°` stays on the line of its number."""
    return text.replace("N° ", "N°\u00a0")
