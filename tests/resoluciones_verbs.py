"""The service of the resoluciones as its tests call it: what it refuses, the freeze, the signatures in their turn."""

from contextlib import nullcontext
from typing import Any

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service

PEOPLE = {
    "AUTOR_GM": ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
    "VB1_OGAJ": ("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    "VB2_OGPP": ("RAMOS LÓPEZ PEDRO PABLO", "40000003"),
}


def refusal(code: str, call, *arguments, **named) -> str:
    with pytest.raises(RuleError) as caught:
        call(*arguments, **named)
    assert caught.value.code == code
    return caught.value.sentence


def freeze(case, archive: Archive, resolucion_id: int, **changes: Any) -> int:
    version = service.load_resolucion(case.db, resolucion_id).version
    named = {
        "actor": case.desk["actor"],
        "now": case.desk["now"],
        "resolucion_id": resolucion_id,
        "expected_version": version,
        **changes,
    }
    return service.freeze_resolucion(case.db, archive, **named)


def sign_all(case, archive: Archive, pki, resolucion_id: int, *, turns: int = 99) -> None:
    for _ in range(turns):
        paper = papers.load_paper(case.db, service.load_resolucion(case.db, resolucion_id).paper_id)
        slot = next((signer for signer in paper.signers if signer.signed_at is None), None)
        if slot is None:
            return
        signer = open_pkcs12(
            pki.person(*PEOPLE.get(slot.field, ("VARGAS SOTO ANA", "40000009"))), pki.password
        )
        service.sign_resolucion(
            case.db,
            archive,
            actor=case.desk["actor"],
            now=case.desk["now"],
            resolucion_id=resolucion_id,
            signer_id=slot.id,
            expected_version=paper.version,
            open_signer=lambda signer=signer: nullcontext(signer),
        )
