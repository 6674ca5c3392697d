"""The round of an act by mixed routes, and a refusal that brings it back as version 2 under the same number."""

import io
from contextlib import nullcontext
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.page_text import page_texts
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import ExpedienteState
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Officer
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NumberState, PaperState, Route
from sisfoh_desktop.modules.papers.service import SignRequest
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import PlanState
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import State

PEOPLE = {
    "AUTOR_GM": ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
    "VB1_OGAJ": ("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    "VB2_OGPP": ("RAMOS LÓPEZ PEDRO PABLO", "40000003"),
}


class Act:
    """One act with the verbs of its round; each gives the paper afterwards."""

    def __init__(self, case, archive, pki):
        self.case, self.archive, self.pki = case, archive, pki
        self.db, self.who = case.db, {"actor": case.desk["actor"], "now": case.desk["now"]}
        self.id = case.draft()

    def freeze(self):
        version = service.load_resolucion(self.db, self.id).version
        service.freeze_resolucion(
            self.db, self.archive, **self.who, resolucion_id=self.id, expected_version=version
        )
        return self.paper()

    def act(self):
        return service.load_resolucion(self.db, self.id)

    def paper(self):
        return papers.load_paper(self.db, self.act().paper_id)

    def turn(self):
        paper = self.paper()
        slot = next(one for one in paper.signers if one.signed_at is None)
        return slot, {"resolucion_id": self.id, "signer_id": slot.id, "expected_version": paper.version}

    def p12(self, slot):
        return self.pki.person(*PEOPLE.get(slot.field, ("VARGAS SOTO ANA", "40000009")))

    def inside(self):
        slot, turn = self.turn()
        signer = open_pkcs12(self.p12(slot), self.pki.password)
        return service.sign_resolucion(
            self.db, self.archive, **self.who, **turn, open_signer=lambda: nullcontext(signer)
        )

    def outside(self):
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

        slot, turn = self.turn()
        exported = service.export_resolucion(
            self.db, self.archive, **self.who, resolucion_id=self.id, signer_id=slot.id
        )
        signer = SimpleSigner.load_pkcs12_data(
            self.p12(slot), other_certs=[], passphrase=self.pki.password.encode()
        )
        out = io.BytesIO()
        PdfSigner(PdfSignatureMetadata(field_name=slot.field, md_algorithm="sha256"), signer=signer).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(exported.data)), existing_fields_only=True, output=out
        )
        return service.bring_back_resolucion(self.db, self.archive, **self.who, **turn, data=out.getvalue())

    def ink(self):
        _slot, turn = self.turn()
        scan = io.BytesIO()
        Image.new("RGB", (40, 60), "white").save(scan, "PNG")
        return service.record_ink_on_resolucion(
            self.db, self.archive, **self.who, **turn, signed_on=date(2024, 3, 8),
            pages=str(self.paper().pages),
            scan=scan.getvalue(),
        )  # fmt: skip

    def refuse(self, **changes):
        _slot, turn = self.turn()
        return service.refuse_resolucion(
            self.db, **self.who, **(turn | {"reason": "El monto no cuadra."} | changes)
        )


@pytest.fixture
def act(case, archive, pki):
    return Act(case, archive, pki)


def test_mixed_routes_to_the_author_approve_the_plan(act, case):
    routes = [act.ink, act.inside, act.outside, act.inside]
    act.freeze()
    for signer, sign in zip(act.paper().signers, routes, strict=False):
        assert act.act().state in (State.FROZEN, State.SIGNING)
        assert sign().signers[signer.order - 1].signed_at is not None
    paper = act.paper()
    assert paper.state is PaperState.SIGNED
    assert {one.route for one in paper.signers} == {Route.INK, Route.INSIDE, Route.OUTSIDE}
    assert act.act().state is State.SIGNED
    assert plans.load_plan(case.db, case.plan_id).state is PlanState.APPROVED
    assert expedientes.load_expediente(case.db, case.expediente_id).state is ExpedienteState.RESOLVED
    result = service.verify_resolucion(act.db, act.archive, act.id)
    assert result.sound
    assert len(result.verification.signatures) + len(result.in_ink) == len(paper.signers)


def test_an_author_in_ink_ends_the_round_too(act, case):
    act.freeze()
    for _ in act.paper().signers:
        act.ink()
    assert act.act().state is State.SIGNED
    assert plans.load_plan(case.db, case.plan_id).state is PlanState.APPROVED


def test_a_refusal_opens_the_draft_and_version_two_keeps_the_number(act, case):
    first = act.freeze()
    act.inside()
    assert act.refuse().state is PaperState.REFUSED
    draft = act.act()
    assert (draft.state, draft.draft_round, draft.paper_id, draft.number_text) == (State.DRAFT, 2, None, "")
    plan = plans.load_plan(case.db, case.plan_id)
    plans.save_plan(**case.desk, plan=replace(plan, objective="Corregido."), expected_version=plan.version)
    second = act.freeze()
    assert (second.number_text, second.edition, second.replaces_id) == (first.number_text, 2, first.id)
    assert papers.changes_since_previous(act.db, act.archive, second.id).reason.endswith(
        "«El monto no cuadra.»"
    )
    for _ in second.signers:
        act.inside()
    assert act.act().state is State.SIGNED
    states = [line.state for line in papers.number_register(act.db, case.series_id, 2024)]
    assert states.count(NumberState.FIXED) == 1
    assert NumberState.ANNULLED not in states


def test_the_act_is_signed_and_refused_from_any_list_with_all_that_follows(act, case):
    paper = act.freeze()
    *vistos, author = paper.signers
    for _ in vistos:
        act.inside()
    signer = open_pkcs12(act.p12(author), act.pki.password)
    request = SignRequest(paper.id, author.id, act.paper().version)
    (outcome,) = papers.sign_papers(
        act.db, act.archive, **act.who, requests=[request], open_signer=lambda: nullcontext(signer)
    )
    assert outcome.signed
    assert act.act().state is State.SIGNED
    assert plans.load_plan(case.db, case.plan_id).state is PlanState.APPROVED


def test_a_refusal_asked_twice_opens_one_draft(act):
    act.freeze()
    _slot, turn = act.turn()
    for _ in range(2):
        service.refuse_resolucion(act.db, **act.who, **turn, reason="No cuadra", token="t-obs")
    assert act.act().draft_round == 2
    with pytest.raises(RuleError):
        service.refuse_resolucion(act.db, **act.who, **turn, reason="No cuadra")


def test_a_deputy_is_printed_and_kept_with_the_document_that_appoints_them(act, case):
    office.add_officer(
        **case.desk,
        officer=Officer(
            "VARGAS SOTO ANA", "Jefa de Planeamiento", case.units["OGAJ"], acting=True, dni="40000009",
            document="Resolución de Alcaldía N° 045-2024", valid_from=date(2024, 3, 1),
        ),
    )  # fmt: skip
    paper = act.freeze()
    deputy = next(one for one in paper.signers if one.acting)
    assert (deputy.name, deputy.position) == ("VARGAS SOTO ANA", "Jefa de Planeamiento (e)")
    assert deputy.appointed_by == "Resolución de Alcaldía N° 045-2024"
    text = " ".join(page_texts(service.resolucion_bytes(act.db, act.archive, act.id)))
    assert "Jefa de Planeamiento (e), Resolución de Alcaldía N° 045-2024" in " ".join(text.split())
