"""The history of an expediente over the practice case."""

from dataclasses import replace

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import OpinionAsk, OpinionKind
from sisfoh_desktop.modules.office import service as office


def test_documents_are_told_by_their_titles(practice_db, actor, now):
    means = {"actor": actor, "now": now}
    (document, *_rest) = service.load_expediente(practice_db, 1).documents
    entry = replace(document.entry, folios=12)
    service.save_document(
        practice_db, **means, document_id=document.id, expected_version=document.version, entry=entry
    )
    last, *_between, opened = service.history(practice_db, 1)
    assert (last.what, last.who) == ("Documento corregido", "prueba · ULE")
    assert last.summary == f"Documento: {document.title}; Folios: — → 12"
    assert opened.what == "Expediente abierto"


def test_an_opinion_is_told_by_its_name_from_its_asking_to_its_withdrawal(practice_db, archive, actor, now):
    means = {"actor": actor, "now": now}
    unit = office.unit_by_siglas(practice_db, "OGAJ", now.date())
    ask = OpinionAsk(OpinionKind.LEGAL, (unit.id,), "Opinión legal", now.date(), 3)
    (asked,) = service.ask_opinions(
        practice_db, archive, **means, expediente_id=1, ask=ask, without_chain="Es urgente"
    )
    (line,) = service.list_open_opinions(practice_db, now.date())
    service.withdraw_opinion(
        practice_db,
        **means,
        opinion_id=asked,
        expected_version=line.request.version,
        reason="Se pidió dos veces",
    )
    withdrawn, opened = service.history(practice_db, 1)[:2]
    assert opened.what == "Opinión pedida"
    assert "Unidad: OGAJ" in opened.summary
    assert "Vence: 13/03/2024" in opened.summary
    assert (withdrawn.what, withdrawn.reason) == ("Pedido de opinión retirado", "Se pidió dos veces")
    assert "opinión legal de OGAJ" in withdrawn.summary


def test_the_history_of_an_expediente_that_is_gone_is_refused(practice_db):
    with pytest.raises(RuleError) as refusal:
        service.history(practice_db, 99)
    assert refusal.value.code == "expediente_unknown"
