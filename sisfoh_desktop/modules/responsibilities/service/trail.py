"""What the trail keeps of a change in a matrix."""

from typing import Any

from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import Matrix


def subject(matrix_id: int) -> str:
    """How the trail names a matrix."""
    return f"responsibility_matrix:{matrix_id}"


def changes_between(before: Matrix, after: Matrix) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the trail keeps of a change: the items that differ, as they were and as they are.

    A key is the item's id (`unit:3`, `duty:12`) or, for a new one, its place (`03.k`). Only when nothing but
    the order changed are the places told, since one insertion moves every letter below it.
    """
    old, new = _told(before), _told(after)
    keys = [key for key in {**old, **new} if old.get(key, (0, 0))[1] != new.get(key, (0, 0))[1]]
    if keys:
        return (
            {key: old[key][1] for key in keys if key in old},
            {key: new[key][1] for key in keys if key in new},
        )
    moved = [key for key in old if old[key][0] != new[key][0]]
    return {key: old[key][0] for key in moved}, {key: new[key][0] for key in moved}


def _told(matrix: Matrix) -> dict[str, tuple[str, dict[str, Any]]]:
    """Key of each item to its place and its contents."""
    heading = {"title": matrix.title, "heading": matrix.heading, "intro": matrix.intro}
    told: dict[str, tuple[str, dict[str, Any]]] = {"matrix": ("", heading)}
    for unit in rules.numbered(matrix).units:
        place = f"{unit.number:02d}"
        key = f"unit:{unit.id}" if unit.id else place
        told[key] = (place, {"label": unit.label, "unit_id": unit.unit_id})
        for duty in unit.duties:
            place_of_duty = f"{place}.{duty.letter}"
            contents = {
                "text": duty.text,
                "responsible": duty.responsible,
                "evidence": duty.evidence,
                "due": duty.due,
                "state": duty.state.value,
                "officer_id": duty.officer_id,
                "frequency": duty.frequency,
                "link": duty.link,
                "source_norm": duty.source_norm,
                "source_text": duty.source_text,
            }
            told[f"duty:{duty.id}" if duty.id else place_of_duty] = (place_of_duty, contents)
    return told
