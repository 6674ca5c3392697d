"""The Tacna file with its own dates: where its days went, a round by three routes, and the terms after the act."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from signed_case import a_scan
from synthetic_pki import PASSWORD, SyntheticPki
from trails import first_broken_entry

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import open_pkcs12, sign_field
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import ExpedienteState
from sisfoh_desktop.modules.inbox import service as inbox
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState, Route
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import PlanState
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import DutyState

NUMBER = "091-2024-GM/MPT"
ACTOR = Actor("secretaría", "GM")
ACT_DAY = date(2024, 3, 8)


def at(hour: int, minute: int = 0, day: date = ACT_DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LIMA)


@dataclass
class Desk:
    """The practice office, its act and the people who sign."""

    db: Database
    archive: Archive
    pki: SyntheticPki

    @property
    def act(self):
        found = resoluciones.find_by_number(self.db, NUMBER)
        assert found is not None
        return found

    @property
    def paper(self):
        return papers.load_paper(self.db, self.act.paper_id)

    @property
    def turn(self):
        return next(slot for slot in self.paper.signers if slot.signed_at is None)

    def certificate(self, slot):
        return self.pki.person(slot.name, slot.dni or "40000001")

    def signed_outside(self, slot, data, when):
        """What the signer's own program gives back."""
        signer = open_pkcs12(self.certificate(slot), PASSWORD)
        return sign_field(data, field=slot.field, signer=signer, reason=slot.motive, when=when)

    def bring_back(self, data, when):
        slot = self.turn
        return resoluciones.bring_back_resolucion(
            self.db,
            self.archive,
            actor=ACTOR,
            now=when,
            resolucion_id=self.act.id,
            signer_id=slot.id,
            expected_version=self.paper.version,
            data=data,
        )

    def export(self, when):
        return resoluciones.export_resolucion(
            self.db,
            self.archive,
            actor=ACTOR,
            now=when,
            resolucion_id=self.act.id,
            signer_id=self.turn.id,
        ).data

    def sign_outside(self, when):
        return self.bring_back(self.signed_outside(self.turn, self.export(when), when), when)

    def sign_inside(self, when):
        slot = self.turn
        return resoluciones.sign_resolucion(
            self.db,
            self.archive,
            actor=ACTOR,
            now=when,
            resolucion_id=self.act.id,
            signer_id=slot.id,
            expected_version=self.paper.version,
            open_signer=lambda: nullcontext(open_pkcs12(self.certificate(slot), PASSWORD)),
        )

    def sign_in_ink(self, when):
        return resoluciones.record_ink_on_resolucion(
            self.db,
            self.archive,
            actor=ACTOR,
            now=when,
            resolucion_id=self.act.id,
            signer_id=self.turn.id,
            expected_version=self.paper.version,
            signed_on=when.date(),
            pages=str(self.paper.pages),
            scan=a_scan(),
            note="Firmó en el original impreso",
        )

    def refused(self, data, when):
        """The sentence with which a returned file is refused; the paper stays as it was."""
        before = self.paper
        with pytest.raises(RuleError) as refusal:
            self.bring_back(data, when)
        assert self.paper == before
        return refusal.value.sentence


@pytest.fixture
def desk(practice_db: Database, practice: Path, pki: SyntheticPki) -> Desk:
    return Desk(practice_db, Archive(practice.parent / "archivo"), pki)


def six_signatures(desk: Desk) -> None:
    desk.sign_outside(at(9))
    desk.sign_inside(at(10))
    desk.sign_in_ink(at(11))
    desk.sign_outside(at(12))
    desk.sign_inside(at(15))
    desk.sign_inside(at(16))


def test_where_the_24_days_went(desk: Desk):
    six_signatures(desk)
    view = expedientes.view_expediente(desk.db, desk.act.expediente_id, ACT_DAY)
    spent = view.time_spent
    assert (spent.since, spent.until, spent.calendar_days) == (date(2024, 2, 13), ACT_DAY, 24)
    assert sum(holder.calendar_days for holder in spent.holders) == 24
    assert sum(holder.workdays for holder in spent.holders) == spent.workdays == 18
    (loop,) = spent.loops
    assert (loop.sent_by.label, loop.sent_to.label, loop.calendar_days) == ("OGAJ", "OGPPyMI", 1)
    assert "25-2024-OGAJ" in loop.document.title


def test_the_round_ends_with_six_signatures_by_mixed_routes(desk: Desk):
    six_signatures(desk)
    paper = desk.paper
    assert paper.state is PaperState.SIGNED
    inside, outside, ink = Route.INSIDE, Route.OUTSIDE, Route.INK
    assert [slot.route for slot in paper.signers] == [outside, inside, ink, outside, inside, inside]
    assert desk.act.state is State.SIGNED
    assert plans.load_plan(desk.db, desk.act.plan_id).state is PlanState.APPROVED
    file = expedientes.load_expediente(desk.db, desk.act.expediente_id)
    assert file.state is ExpedienteState.RESOLVED
    verified = papers.verify_paper(desk.db, desk.archive, paper_id=paper.id)
    assert verified.sound, verified.findings
    assert len(verified.verification.signatures) == 5, "the one in ink is on the scan, not in the file"
    assert papers.check_archive(desk.db, desk.archive) == []
    with desk.db.reading() as session:
        assert first_broken_entry(session) is None


def test_a_file_brought_back_that_is_not_the_same_document_is_refused_with_the_reason(desk: Desk):
    first = desk.export(at(9))
    desk.sign_outside(at(9, 5))
    slot, exported = desk.turn, desk.export(at(9, 10))
    assert "no trae" in desk.refused(exported, at(9, 15)), "nobody signed it"
    without_the_earlier = desk.signed_outside(slot, first, at(9, 20))
    assert "falta la firma" in desk.refused(without_the_earlier, at(9, 21)).lower()
    good = desk.signed_outside(slot, exported, at(9, 30))
    changed_page = good.replace(b"/MediaBox [0 0 ", b"/MediaBox [1 0 ", 1)
    if changed_page == good:
        changed_page = good[:2000] + bytes([good[2000] ^ 1]) + good[2001:]
    assert desk.refused(changed_page, at(9, 31))
    other = a_scan()
    assert "otro documento" in desk.refused(other, at(9, 40)).lower()
    desk.bring_back(good, at(9, 45))
    assert [one.signed_at is not None for one in desk.paper.signers] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_after_the_signature_the_copy_is_due_on_the_13th(desk: Desk):
    six_signatures(desk)
    view = delivery.view_delivery(desk.db, desk.act.id, ACT_DAY)
    assert view.remission_due == date(2024, 3, 13)
    assert view.notify_due == date(2024, 3, 15)
    assert view.clock is not None
    assert "003-2024-MIDIS" in view.clock.norm
    told = [task.title for task in inbox.load_tray(desk.db, today=date(2024, 3, 11), actor=ACTOR).tasks]
    assert any(NUMBER in title and "Remitir" in title for title in told)


def test_the_signed_act_is_evidence_of_the_duties_that_it_fulfils(desk: Desk):
    six_signatures(desk)
    matrix_id = plans.load_plan(desk.db, desk.act.plan_id).matrix_id
    entries = responsibilities.list_evidence(desk.db, matrix_id)
    matrix = responsibilities.load_matrix(desk.db, matrix_id, ACT_DAY)
    moved = {
        f"{unit.number:02d}.{duty.letter}": (duty.state, [entry.text for entry in entries[duty.id]])
        for unit in matrix.units
        for duty in unit.duties
        if entries.get(duty.id)
    }
    assert set(moved) == {"01.a", "03.b"}
    assert moved["01.a"][0] is DutyState.UNDER_WAY
    assert NUMBER in moved["01.a"][1][0]
