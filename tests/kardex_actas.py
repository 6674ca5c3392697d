"""The small kardex in a municipality that prints papers, signs them and follows its matrix, for tests of the actas."""

import io
from contextlib import nullcontext
from dataclasses import replace
from datetime import date

from PIL import Image

from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.kardex.service import actas
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer, Unit
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import Duty, DutyLink, Matrix, MatrixUnit

DAY = date(2024, 3, 8)
HEAD = ("RESPONSABLE DE ULE PRUEBA", "40000020")
ANA = ("EMPADRONADOR UNO PRUEBA", "40000011")


class ActasOffice:
    """The small kardex in a municipality that prints papers and follows its matrix."""

    def __init__(self, kardex, archive):
        self.kardex, self.db, self.archive = kardex, kardex.db, archive
        self.who = {"actor": kardex.actor, "now": kardex.now}
        office.save_municipality(
            self.db,
            **self.who,
            municipality=Municipality(
                "Municipalidad Provincial de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba"
            ),
            expected_version=0,
        )
        ule = office.add_unit(
            self.db,
            **self.who,
            unit=Unit("Unidad Local de Empadronamiento", "ULE", valid_from=date(2024, 1, 1)),
        )
        officer = Officer(HEAD[0], "Responsable de la ULE", ule, dni=HEAD[1], valid_from=date(2024, 1, 1))
        office.add_officer(self.db, **self.who, officer=officer)
        duty = Duty("Mantener actualizado el kardex de formatos.", link=DutyLink.KARDEX)
        self.matrix_id = responsibilities.create_matrix(
            self.db,
            **self.who,
            matrix=Matrix("PLAN DE PRUEBA 2024", units=(MatrixUnit("ULE", ule, (duty,)),)),
        )
        self._put_in_force()
        actas.create_acta_series(self.db, **self.who, **self.proposal())

    def _put_in_force(self):
        with self.db.transaction() as session:
            responsibilities.put_in_force_in(session, **self.who, matrix_id=self.matrix_id, reason="")

    def proposal(self):
        title, mask = actas.series_proposal(self.db)
        return {"title": title, "mask": mask}

    def draft(self, kind, movement_ids=(), **changes):
        draft = actas.proposed_draft(
            self.db,
            kind=kind,
            campaign_id=self.kardex.campaign,
            today=DAY,
            movement_ids=movement_ids,
            holder_id=changes.pop("holder_id", 0),
        )
        return replace(draft, **changes)

    def freeze(self, draft, **more):
        return actas.freeze_acta(self.db, self.archive, **self.who, draft=draft, **more)

    def hand_out(self, text="000101-000200", to=None, **more):
        return self.kardex.hand_out(text, to or self.kardex.ana, DAY, **more)

    def evidence(self):
        return [
            one
            for entries in responsibilities.list_evidence(self.db, self.matrix_id).values()
            for one in entries
        ]

    def waiting(self):
        return [(one.kind, one.numbers) for one in actas.acta_desk(self.db, self.kardex.campaign).waiting]

    def turn(self, acta_id):
        paper = actas.load_acta_paper(self.db, acta_id)
        slot = next(one for one in paper.signers if one.signed_at is None)
        return (
            paper,
            slot,
            {
                "paper_id": paper.id,
                "signer_id": slot.id,
                "expected_version": paper.version,
            },
        )

    def ink(self, acta_id):
        _, _, turn = self.turn(acta_id)
        out = io.BytesIO()
        Image.new("RGB", (120, 160), "white").save(out, "PNG")
        return papers.record_ink_signature(
            self.db,
            self.archive,
            **self.who,
            **turn,
            signed_on=DAY,
            pages="todas",
            scan=out.getvalue(),
        )

    def sign(self, acta_id, pki, name, dni):
        _, _, turn = self.turn(acta_id)
        signer = open_pkcs12(pki.person(name, dni), pki.password)
        return papers.sign_paper(
            self.db, self.archive, **self.who, open_signer=lambda: nullcontext(signer), **turn
        )
