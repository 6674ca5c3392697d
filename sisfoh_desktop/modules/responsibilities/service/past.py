"""The history of a matrix: its heading, its units and duties by their places, its evidence."""

from dataclasses import replace
from datetime import date

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.responsibilities.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.responsibilities.service.evidence import list_evidence
from sisfoh_desktop.modules.responsibilities.service.matrices import load_matrix
from sisfoh_desktop.modules.responsibilities.service.trail import subject


def history(db: Database, matrix_id: int, on: date) -> list[HistoryLine]:
    """What happened to a matrix, newest first; duties are named by the place that they have now."""
    places: dict[str, str] = {}
    fields = dict(HISTORY_WORDS.fields)
    for unit in load_matrix(db, matrix_id, on).units:
        fields[f"unit:{unit.id}"] = f"Unidad {unit.number:02d}"
        for duty in unit.duties:
            places[str(duty.id)] = f"{unit.number:02d}.{duty.letter}"
            fields[f"duty:{duty.id}"] = f"Función {places[str(duty.id)]}"
    numbers = (str(one.id) for kept in list_evidence(db, matrix_id).values() for one in kept)
    people = {str(line.officer.id): line.officer.full_name for line in office.list_officers(db)}
    values = {
        **HISTORY_WORDS.values,
        "duty": places,
        "evidence": dict.fromkeys(numbers, ""),  # the text of an evidence tells it, not its number
        "officer_id": people,
    }
    return history_of(db, [subject(matrix_id)], replace(HISTORY_WORDS, fields=fields, values=values))
