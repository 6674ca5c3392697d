"""An office with years of work in its base: the practice case and, around it, made-up records by the hundred."""

from datetime import timedelta
from pathlib import Path

from sisfoh_desktop.app.practice import create_practice
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import SystemClock
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import DocumentEntry, DocumentKind, Party
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.responsibilities import service as duties
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixState, MatrixUnit

EXPEDIENTES, DOCUMENTS_EACH, DRAFTS, DUTIES = 300, 4, 30, 120


def make_full_office(folder: Path) -> Path:
    """The base in `folder`; nearly all its expedientes, drafts and duties stand in Mi bandeja."""
    base = create_practice(folder).base
    db, now, who = Database.open(base), SystemClock().now(), {"actor": Actor("prueba", "ULE")}
    units = office.list_units(db, now.date())
    for number in range(EXPEDIENTES):
        opened = now.date() - timedelta(days=12 + number)
        title = f"Asunto de prueba {number}"
        expediente_id = expedientes.create_expediente(db, **who, now=now, title=title, opened_on=opened)
        for step in range(DOCUMENTS_EACH):
            sender, receiver = (units[(number + step + place) % len(units)] for place in (0, 1))
            entry = DocumentEntry(
                DocumentKind.INFORME,
                f"{number * DOCUMENTS_EACH + step + 1}-{opened.year}-{sender.siglas}/MPT",
                opened + timedelta(days=3 * step),
                Party(sender.name, sender.siglas, sender.id),
                Party(receiver.name, receiver.siglas, receiver.id),
                f"Asunto del documento {step + 1} del expediente {number}",
            )
            expedientes.register_document(db, **who, now=now, expediente_id=expediente_id, entry=entry)
        if number < DRAFTS:
            of = {"expediente_id": expediente_id, "series_id": papers.list_series(db)[0].id}
            resoluciones.create_resolucion(db, **who, now=now, **of)
    due = [Duty(f"Función {place}", due=now.date() + timedelta(days=place - 20)) for place in range(DUTIES)]
    unit = MatrixUnit(label="UNIDAD DE PRUEBA", duties=tuple(due))
    matrix = Matrix(title="Matriz de prueba", heading="Funciones", units=(unit,))
    made = {"matrix_id": duties.create_matrix(db, **who, now=now, matrix=matrix), "expected_version": 1}
    duties.set_matrix_state(db, **who, now=now, **made, state=MatrixState.IN_FORCE)
    db.close()
    return base
