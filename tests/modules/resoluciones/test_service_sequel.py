"""What an act adds to its expediente: the steps after the chain, the terms that run, and the papers that tell them."""

from datetime import date, datetime

import pytest
from delivery_steps import at, freeze, outcome, prepare, send

import sisfoh_desktop.modules.resoluciones.service.sequel  # noqa: F401 - gives the act to its file
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import DocumentKind
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import MaterialError
from sisfoh_desktop.modules.resoluciones.rules.delivery import NotificationState
from sisfoh_desktop.modules.resoluciones.service import delivery

TITLE = "Resolución de Gerencia Municipal N° 091-2024-GM/MPP"
TODAY = date(2024, 3, 8)
NOW = datetime(2024, 3, 8, 17, tzinfo=LIMA)


def sequel(case, today=TODAY):
    return expedientes.view_expediente(case.db, case.expediente_id, today).sequel


def frozen(case, archive):
    act_id = case.draft(dated=TODAY)
    version = service.load_resolucion(case.db, act_id).version
    service.freeze_resolucion(**case.desk, archive=archive, resolucion_id=act_id, expected_version=version)
    return act_id


def test_a_draft_adds_nothing(case):
    case.draft(dated=TODAY)
    assert sequel(case).steps == ()
    assert sequel(case).act is None


def test_a_frozen_act_is_in_the_file_and_waits_for_its_signatures(case, archive):
    act_id = frozen(case, archive)
    (step,) = sequel(case).steps
    assert (step.day, step.title, step.sender, step.is_act) == (TODAY, TITLE, "GM", True)
    assert step.folios
    assert "firmas: " in step.action
    told = sequel(case).act
    assert told.id == act_id
    assert told.head == f"{TITLE}: congelada"
    assert "Faltan" in told.says
    assert sequel(case).running == []


def test_a_signed_act_sets_its_terms_running(case, signed_act):
    first, second = sequel(case).running
    assert (first.due, second.due) == (date(2024, 3, 13), date(2024, 3, 15))
    assert (first.who, first.what) == ("Gerencia Municipal", f"remitir copia de la {TITLE} a DGFIS")
    assert second.norm
    assert "notificarla hasta el 15/03/2024" in sequel(case).act.says


def test_all_that_followed_is_told_and_ends_its_terms(case, signed_act, archive, scan):
    ids = prepare(case, signed_act, "UNO PRUEBA", "DOS PRUEBA", "TRES PRUEBA")
    outcome(case, archive, ids[0], NotificationState.DELIVERED, file=scan)
    titles = [step.title for step in sequel(case).steps]
    assert "Cargos de notificación (3), 2 por entregar" in titles
    send(case, signed_act, archive, scan, date(2024, 3, 12))
    for one in ids[1:]:
        outcome(case, archive, one, NotificationState.DELIVERED, on=date(2024, 3, 13), file=scan)
    found = sequel(case, date(2024, 3, 14))
    cargos = next(step for step in found.steps if step.title == "Cargos de notificación (3)")
    assert (cargos.folios, cargos.in_index, cargos.day) == (3, True, date(2024, 3, 13))
    oficio = next(step for step in found.steps if step.title == "Oficio N° 015-2024-GM/MPP")
    assert (oficio.receiver, oficio.day) == ("DGFIS", date(2024, 3, 12))
    assert "registro E-2024-77" in oficio.action
    assert found.running == []
    assert {one.done_on for one in found.deadlines} == {date(2024, 3, 12), date(2024, 3, 13)}
    assert found.act.says == "Falta publicarla."


def test_the_oficio_of_the_program_is_a_paper_of_the_file(case, signed_act, archive):
    title, mask = delivery.series_proposal(case.db)
    delivery.create_letter_series(**case.desk, title=title, mask=mask)
    freeze(case, signed_act, archive)
    step = next(step for step in sequel(case).steps if step.title.startswith("Oficio"))
    assert step.folios == 1
    assert "Falta 1 de 1 firma: GM" in step.action


def test_the_cover_the_route_sheet_and_the_timeline_go_on_after_the_chain(case, signed_act, text_of):
    db, file_id = case.db, case.expediente_id
    cover = text_of(expedientes.caratula_pdf_bytes(db, file_id, NOW))
    assert "5 Resolución de Gerencia Municipal N° 091-2024-GM/MPP" in cover
    assert "Documentos 5" in cover
    route = text_of(expedientes.hoja_ruta_pdf_bytes(db, file_id, NOW))
    assert "5 GM Resolución de Gerencia Municipal N° 091-2024-GM/MPP" in route
    told = text_of(expedientes.linea_tiempo_pdf_bytes(db, file_id, NOW))
    assert "13/03/2024: Gerencia Municipal debe remitir copia" in told
    assert "15/03/2024: Gerencia Municipal debe notificar" in told
    assert "no corre ningún plazo" not in told
    late = text_of(expedientes.linea_tiempo_pdf_bytes(db, file_id, at(date(2024, 3, 15))))
    assert "13/03/2024, vencido hace 2 días hábiles: Gerencia Municipal debe remitir copia" in late


def test_an_act_that_was_registered_as_a_document_too_is_listed_once(case, signed_act, text_of):
    case.register(
        "GM", "ULE", "091-2024-GM/MPP", TODAY, kind=DocumentKind.RESOLUCION, subject="Aprueba el plan"
    )
    cover = text_of(expedientes.caratula_pdf_bytes(case.db, case.expediente_id, NOW))
    assert cover.count("091-2024-GM/MPP") == 1


@pytest.mark.parametrize(
    "build",
    [expedientes.caratula_pdf_bytes, expedientes.hoja_ruta_pdf_bytes, expedientes.linea_tiempo_pdf_bytes],
)
def test_no_paper_of_the_file_promises_a_signature_that_nobody_gives(case, signed_act, text_of, build):
    assert office.legend(case.db, TODAY)
    assert "firmado digitalmente" not in text_of(build(case.db, case.expediente_id, NOW))


def test_an_act_that_rectifies_is_one_more_step(case, signed_act, archive):
    error = MaterialError("Artículo primero", "S/ 312 656.00", "S/ 312 665.00")
    later = {**case.desk, "now": at(date(2024, 3, 20))}
    rectifying = service.create_rectification(
        **later, archive=archive, resolucion_id=signed_act, errors=[error]
    )
    version = service.load_resolucion(case.db, rectifying).version
    service.freeze_resolucion(**later, archive=archive, resolucion_id=rectifying, expected_version=version)
    found = sequel(case, date(2024, 3, 20))
    assert found.steps[-1].action.endswith(f"Rectifica la {TITLE}.")
    assert found.steps[-1].day == date(2024, 3, 20)
    assert found.act.id == rectifying
