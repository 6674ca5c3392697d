"""The history of an act: its draft, its number and the versions of its paper in one list."""

from dataclasses import replace
from datetime import date

from delivery_steps import freeze, outcome, prepare

from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules.delivery import NotificationState
from sisfoh_desktop.modules.resoluciones.service import delivery


def test_a_frozen_act_tells_its_draft_its_number_and_its_paper(practice_db):
    lines = service.history(practice_db, 1)
    done = [line.what for line in lines]
    assert done[-1] == "Borrador preparado"
    assert {"Número reservado", "Documento congelado"} <= set(done)
    assert done.index("Documento congelado") < done.index("Número reservado"), "newest first"
    (reserved,) = (line for line in lines if line.what == "Número reservado")
    assert reserved.summary == "Número: 091-2024-GM/MPT"
    (frozen,) = (line for line in lines if line.what == "Documento congelado")
    assert "Huella del archivo: " in frozen.summary
    assert len(frozen.summary.split("Huella del archivo: ")[1]) == 9, "a hash is never shown in full"


def test_an_annulled_version_stays_in_the_history(practice_db, archive, actor, now):
    act = service.load_resolucion(practice_db, 1)
    paper = papers.load_paper(practice_db, act.paper_id)
    service.annul_freeze(
        practice_db,
        actor=actor,
        now=now,
        resolucion_id=1,
        expected_version=paper.version,
        reason="Falta un visto",
    )
    told = [(line.what, line.reason) for line in service.history(practice_db, 1)][:2]
    assert ("Documento anulado", "Falta un visto") in told
    assert ("Vuelve a borrador", "Falta un visto") in told
    assert papers.subjects_of(practice_db, "resolucion:1") == [f"paper:{paper.id}"]
    assert papers.history(practice_db, paper.id)[0].changes[0].text == "Estado: congelada → anulada"


def test_a_save_tells_which_words_changed(practice_db, actor, now):
    draft = service.load_resolucion(practice_db, 2)
    service.save_resolucion(
        practice_db,
        actor=actor,
        now=now,
        resolucion=replace(draft, matter="Otra materia", with_annex=not draft.with_annex),
        expected_version=draft.version,
    )
    last = service.history(practice_db, 2)[0]
    assert last.what == "Borrador corregido"
    assert "→ Otra materia" in last.summary
    assert "Lleva Anexo 01: sí → no" in last.summary


def test_an_outcome_names_its_recipient_and_another_paper_its_name(case, signed_act, archive, scan):
    (one,) = prepare(case, signed_act, "Ana Prueba")
    outcome(case, archive, one, NotificationState.DELIVERED, on=date(2024, 3, 11), file=scan)
    delivery.create_letter_series(**case.desk, title="Oficios", mask="{n:03d}-{year}-GM/MPP")
    freeze(case, signed_act, archive)
    lines = service.history(case.db, signed_act)
    (told,) = (line for line in lines if line.what == "Resultado de una notificación")
    assert "Destinatario: Ana Prueba" in told.summary
    frozen = [line.what for line in lines if line.what.startswith("Documento congelado")]
    assert frozen == ["Documento congelado: Oficio N° 001-2024-GM/MPP", "Documento congelado"]
