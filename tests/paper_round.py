"""A round of signatures for tests: a paper of several pages, its people, and the verbs of each route."""

import io
from contextlib import nullcontext
from datetime import date

from PIL import Image
from sqlalchemy import text

from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.page import PaperFormat, build_paper
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import NewSigner, SignerRole

PEOPLE = [
    ("VB1_OGAJ", "HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    ("VB2_OGPP", "RAMOS LÓPEZ PEDRO PABLO", "40000003"),
    ("VB3_GDES", "CCOPA ZÚÑIGA LUIS ÁNGEL", "40000004"),
    ("AUTOR_GM", "QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
]
KIND = "oficio_de_prueba"


def printed(amount="S/ 312 656.00", more=()):
    """A paper of two pages or so that tells an amount."""
    story = [
        paragraph(f"Que el considerando {n} dice lo suyo. " + "Sigue el texto del acto. " * 20)
        for n in range(8)
    ]
    story += [paragraph(f"Que el plan cuesta {amount}."), *(paragraph(each) for each in more)]
    slots = [
        SignatureSlot(field, "author" if field.startswith("AUTOR") else "visto_bueno", name, "Jefe", "Unidad")
        for field, name, _ in PEOPLE
    ]
    paper_format = PaperFormat(
        Letterhead("Municipalidad de Prueba"), "Oficio", "GM", foot_number="001-2024-GM/MPT"
    )
    return build_paper([*story, signature_zone(slots)], paper_format)


class Round:
    """A base, an archive, and the verbs of the round as one person after the other would use them."""

    def __init__(self, db, archive, actor, now, pki, sign_outside):
        self.db, self.archive, self.pki, self.sign_outside = db, archive, pki, sign_outside
        self.who = {"actor": actor, "now": now}
        self.series_id = service.create_series(
            db, **self.who, kind="oficio", title="Oficio", mask="{n:03d}-{year}-GM/MPT"
        )

    def freeze(self, subject="oficio:1", built=None, kind=KIND):
        built = built or printed()
        number = service.reserve_number(
            self.db, **self.who, series_id=self.series_id, year=2024, subject=subject
        )
        return service.freeze_paper(
            self.db, self.archive, **self.who, kind=kind, title="Oficio", number=number,
            dated=date(2024, 3, 8), subject=subject, pdf=built.pdf, pages=built.pages, boxes=built.boxes,
            signers=[
                NewSigner(
                    field, SignerRole.AUTHOR if field.startswith("AUTOR") else SignerRole.VISTO_BUENO, name, "Jefe",
                    field.partition("_")[2], dni=dni, acting=field == "VB2_OGPP",
                    appointed_by="Memorando N° 12-2024" if field == "VB2_OGPP" else "",
                )
                for field, name, dni in PEOPLE
            ],
        )  # fmt: skip

    def paper(self, paper_id):
        return service.load_paper(self.db, paper_id)

    def turn(self, paper_id, /, **changes):
        paper = self.paper(paper_id)
        waiting = [signer for signer in paper.signers if signer.signed_at is None]
        signer_id = waiting[0].id if waiting else paper.signers[-1].id
        return {"paper_id": paper_id, "signer_id": signer_id, "expected_version": paper.version} | changes

    def person(self, number):
        return self.pki.person(*PEOPLE[number][1:])

    def opener(self, number):
        signer = open_pkcs12(self.person(number), self.pki.password)
        return lambda: nullcontext(signer)

    def inside(self, paper_id, number, **changes):
        return service.sign_paper(
            self.db,
            self.archive,
            **self.who,
            open_signer=self.opener(number),
            **self.turn(paper_id, **changes),
        )

    def export(self, paper_id):
        turn = self.turn(paper_id)
        return service.export_for_signing(
            self.db, self.archive, **self.who, paper_id=paper_id, signer_id=turn["signer_id"]
        )

    def signed_outside(self, paper_id, number, **how):
        return self.sign_outside(self.export(paper_id).data, PEOPLE[number][0], self.person(number), **how)

    def bring(self, paper_id, data, **changes):
        return service.bring_back_paper(
            self.db, self.archive, **self.who, data=data, **self.turn(paper_id, **changes)
        )

    def ink(self, paper_id, /, **changes):
        values = {
            "signed_on": date(2024, 3, 8),
            "pages": str(self.paper(paper_id).pages),
            "scan": png(),
            "note": "Firmó en su despacho.",
        }
        return service.record_ink_signature(
            self.db, self.archive, **self.who, **(self.turn(paper_id) | values | changes)
        )

    def refuse(self, paper_id, /, reason="El monto no cuadra.", **changes):
        values = {"on_refused": lambda _session, _paper: None}
        return service.refuse_paper(
            self.db, **self.who, reason=reason, **(self.turn(paper_id) | values | changes)
        )

    def trail(self, paper_id):
        with self.db.reading() as session:
            rows = session.execute(
                text("SELECT action, after, reason FROM audit_entry WHERE subject = :subject ORDER BY id"),
                {"subject": f"paper:{paper_id}"},
            )
            return [tuple(row) for row in rows]

    def state(self):
        """All that a refused action must leave as it was."""
        with self.db.reading() as session:
            return [
                session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).all()
                for table in ("paper", "paper_signer", "paper_revision", "paper_number", "audit_entry")
            ]


def png():
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "PNG")
    return out.getvalue()
