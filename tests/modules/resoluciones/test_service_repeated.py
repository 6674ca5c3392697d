"""An answer lost on the cable: the same click again gives the first answer and changes nothing."""

from contextlib import nullcontext
from typing import Any

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service


def refusal(code: str, call: Any, *arguments: Any, **named: Any) -> None:
    with pytest.raises(RuleError) as caught:
        call(*arguments, **named)
    assert caught.value.code == code


def freeze(case, archive: Archive, resolucion_id: int, token: str) -> int:
    desk = {name: case.desk[name] for name in ("actor", "now")}
    return service.freeze_resolucion(
        case.db, archive, **desk, resolucion_id=resolucion_id, expected_version=1, token=token
    )


def test_the_same_click_freezes_once(case, archive: Archive) -> None:
    resolucion_id = case.draft()
    first = freeze(case, archive, resolucion_id, "clic")
    assert freeze(case, archive, resolucion_id, "clic") == first
    assert service.load_resolucion(case.db, resolucion_id).paper_id == first
    assert papers.number_register(case.db, case.series_id, 2024)[-1].last == 91
    refusal("not_draft", freeze, case, archive, resolucion_id, "otro clic")


def test_the_same_click_annuls_once(case, archive: Archive) -> None:
    resolucion_id = case.draft()
    freeze(case, archive, resolucion_id, "congelar")
    named = {**case.desk, "resolucion_id": resolucion_id, "expected_version": 1, "reason": "monto errado"}
    service.annul_freeze(**named, token="clic")
    act = service.load_resolucion(case.db, resolucion_id)
    service.annul_freeze(**named, token="clic")
    assert service.load_resolucion(case.db, resolucion_id) == act
    assert act.draft_round == 2
    refusal("nothing_frozen", service.annul_freeze, **named, token="otro clic")


def test_the_same_click_signs_once(case, archive: Archive, pki) -> None:
    resolucion_id = case.draft()
    freeze(case, archive, resolucion_id, "congelar")
    paper = papers.load_paper(case.db, service.load_resolucion(case.db, resolucion_id).paper_id)
    signer = open_pkcs12(pki.person("HUAMÁN PEÑA MARÍA ROSA", "40000002"), pki.password)
    named = {
        "actor": case.desk["actor"],
        "now": case.desk["now"],
        "resolucion_id": resolucion_id,
        "signer_id": paper.signers[0].id,
        "expected_version": paper.version,
        "open_signer": lambda: nullcontext(signer),
        "token": "clic",
    }
    first = service.sign_resolucion(case.db, archive, **named)
    assert service.sign_resolucion(case.db, archive, **named) == first
    refusal("already_signed", service.sign_resolucion, case.db, archive, **{**named, "token": None})


def test_the_same_click_answers_also_when_the_act_is_a_draft_again(case, archive: Archive, scan) -> None:
    resolucion_id = case.draft()
    freeze(case, archive, resolucion_id, "congelar")
    paper = papers.load_paper(case.db, service.load_resolucion(case.db, resolucion_id).paper_id)
    named = {name: case.desk[name] for name in ("actor", "now")} | {"resolucion_id": resolucion_id}
    ink = {**named, "signer_id": paper.signers[0].id, "expected_version": 1, "scan": scan[1]}
    ink |= {"signed_on": case.desk["now"].date(), "pages": str(paper.pages), "token": "clic"}
    service.record_ink_on_resolucion(case.db, archive, **ink)
    service.refuse_resolucion(
        case.db, **named, signer_id=paper.signers[1].id, expected_version=2, reason="monto errado", token="no"
    )
    refused = service.load_resolucion(case.db, resolucion_id)
    assert service.record_ink_on_resolucion(case.db, archive, **ink).id == paper.id
    assert service.load_resolucion(case.db, resolucion_id) == refused
    refusal("not_frozen", service.record_ink_on_resolucion, case.db, archive, **{**ink, "token": "otro"})
