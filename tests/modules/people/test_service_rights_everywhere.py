"""What each role may do below the window: its own work to the end, and nothing of the others'."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from kardex_actas import ANA, HEAD, ActasOffice
from kardex_office import make_office
from paper_round import png
from poi_office import make_poi, small_year
from poi_reports import ReportsOffice
from signed_case import AFTERNOON, NUMBER, a_scan, sign_in_ink
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.kardex.rules import Holder, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.actas import ActaKind
from sisfoh_desktop.modules.kardex.service import catalogue, moving
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.people.rules.roles import ROLES, rights_of
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import Plan, PlanState
from sisfoh_desktop.modules.poi.rules.facts import Execution, MeasureUnit
from sisfoh_desktop.modules.poi.service import following, reports
from sisfoh_desktop.modules.poi.service import plans as poi_plans
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import Matrix

DAY = date(2024, 3, 8)
YEAR = 2031  # of which the practice office has no plan


def acting(*roles: str) -> Actor:
    return Actor("quien", "ULE", rights_of(roles))


@dataclass
class Work:
    """The practice office with a second kardex and POI, and what an actor may be asked to do in it."""

    db: Database
    archive: Archive
    kardex: Any
    poi: Any

    def who(self, actor: Actor) -> dict[str, Any]:
        return {"actor": actor, "now": AFTERNOON}

    @property
    def act(self) -> Any:
        found = resoluciones.find_by_number(self.db, NUMBER)
        assert found is not None
        return found

    def turn(self) -> dict[str, Any]:
        paper = papers.load_paper(self.db, self.act.paper_id)
        slot = next(one for one in paper.signers if one.signed_at is None)
        return {"signer_id": slot.id, "expected_version": paper.version}

    def everything(self) -> list[Any]:
        """All that a refused order must leave as it was."""
        with self.db.reading() as session:
            names = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
            return [session.execute(text(f'SELECT * FROM "{name}"')).all() for name in sorted(names)]


@pytest.fixture
def work(practice, actor, now):
    db = Database.open(practice)
    kardex = make_office(db, actor, now, "Campaña de prueba")
    kardex.receive("004501-005000", DAY)
    yield Work(db, Archive(practice.parent / "archivo"), kardex, make_poi(db, actor, now, small_year(2023)))
    db.close()


# What each right is for, at its simplest. Each is an order that somebody gives, as the window gives it.
def open_file(work, who):
    expedientes.create_expediente(
        work.db, **who, title="Otro", code="", registry="", plan_id=None, opened_on=DAY
    )


def register_plan(work, who):
    plans.create_plan(work.db, **who, plan=Plan("PLAN DE OTRO AÑO", YEAR))


def write_matrix(work, who):
    responsibilities.create_matrix(work.db, **who, matrix=Matrix("MATRIZ DE OTRO AÑO"))


def annul_version(work, who):
    paper = papers.load_paper(work.db, work.act.paper_id)
    resoluciones.annul_freeze(
        work.db, **who, resolucion_id=work.act.id, expected_version=paper.version, reason="Se corrige."
    )


def start_series(work, who):
    series = papers.list_series(work.db)[0]
    papers.start_series_after(
        work.db, **who, series_id=series.id, year=YEAR, last_number=3, reason="Antes del programa"
    )


def take_out(work, who):
    papers.export_for_signing(
        work.db, work.archive, **who, paper_id=work.act.paper_id, signer_id=work.turn()["signer_id"]
    )


def sign_by_hand(work, who):
    pages = str(papers.load_paper(work.db, work.act.paper_id).pages)
    resoluciones.record_ink_on_resolucion(
        work.db, work.archive, **who, **work.turn(), resolucion_id=work.act.id, signed_on=AFTERNOON.date(),
        pages=pages, scan=a_scan(),
    )  # fmt: skip


def observe(work, who):
    resoluciones.refuse_resolucion(
        work.db, **who, **work.turn(), resolucion_id=work.act.id, reason="No cuadra."
    )


def receive_forms(work, who):
    wanted = work.kardex.wanted(
        MovementKind.RECEPTION, "006001-006100", work.kardex.rector, work.kardex.store, DAY
    )
    moving.register_movement(work.db, **who, movement=wanted)


def add_holder(work, who):
    catalogue.add_holder(work.db, **who, holder=Holder(HolderKind.WAREHOUSE, "OTRO ALMACÉN"))


def record_month(work, who):
    entry = Execution(work.poi.ids[0], 3, Decimal(7))
    following.record_execution(work.db, **who, plan_id=work.poi.plan, entries=[entry])


def add_measure(work, who):
    poi_plans.add_measure(work.db, **who, measure=MeasureUnit(0, "", "Visita de prueba"))


def close_month(work, who):
    following.close_months(work.db, **who, plan_id=work.poi.plan, until=1, reason="Se cierra como está.")


def add_unit(work, who):
    office.add_unit(work.db, **who, unit=Unit("Unidad de Prueba", "UPRUEBA", valid_from=DAY))


ORDERS = {
    "expedientes.edit": (open_file,),
    "plans.edit": (register_plan,),
    "matrix.edit": (write_matrix,),
    "resoluciones.draft": (annul_version,),
    "papers.numbers": (start_series,),
    "papers.export": (take_out, sign_by_hand),
    "papers.sign": (take_out, sign_by_hand, observe),
    "kardex.move": (receive_forms,),
    "kardex.catalogue": (add_holder,),
    "poi.record": (record_month,),
    "poi.plan": (add_measure,),
    "poi.close": (close_month,),
    "office.manage": (add_unit, start_series),
}
OPENED_BY = {
    order: {key for key, orders in ORDERS.items() if order in orders}
    for orders in ORDERS.values()
    for order in orders
}


@pytest.mark.parametrize("role", ROLES, ids=lambda one: one.key)
def test_a_role_does_its_own_work_and_none_of_the_others(work, role):
    """What is refused is refused whole; what is the role's own passes, with all that follows from it."""
    who = work.who(Actor("quien", "ULE", role.rights))
    for order, keys in OPENED_BY.items():
        if keys & role.rights:
            continue
        before = work.everything()
        with pytest.raises(RuleError) as refusal:
            order(work, who)
        assert refusal.value.code == "not_allowed", order.__name__
        assert work.everything() == before, order.__name__
    done = sorted((order for order, keys in OPENED_BY.items() if keys & role.rights), key=_last)
    if observe in done and annul_version in done:
        done.remove(annul_version)  # observed, there is no version left to annul
    for order in done:
        order(work, who)
    assert done or not role.rights & set(ORDERS)


def _last(order):
    """Observing and annulling open the draft again: nothing of the paper can be done after them."""
    return [sign_by_hand, observe, annul_version].index(order) + 1 if order in _ENDS else 0


_ENDS = (sign_by_hand, observe, annul_version)


@pytest.mark.parametrize("role", ["expedientes_clerk", "legal", "signer", "ule_head"])
def test_the_last_signature_in_ink_carries_everything_that_follows(work, role):
    """Plan approved, matrix in force, expediente resolved: whoever brings the signatures needs no right to each."""
    for _signer in papers.load_paper(work.db, work.act.paper_id).signers:
        sign_by_hand(work, work.who(acting(role)))
    assert work.act.state.label == "Firmada"
    plan = plans.load_plan(work.db, work.act.plan_id)
    assert plan.state is PlanState.APPROVED
    with pytest.raises(RuleError) as refusal:  # but not by itself
        plans.set_plan_state(
            work.db, **work.who(acting("signer", "kardex_clerk")), plan_id=plan.id,
            expected_version=plan.version, state=PlanState.CLOSED, reason="Porque sí",
        )  # fmt: skip
    assert refusal.value.code == "not_allowed"


def test_only_a_signer_signs_with_a_certificate(work):
    asked = []
    with pytest.raises(RuleError) as refusal:
        resoluciones.sign_resolucion(
            work.db, work.archive, **work.who(acting("expedientes_clerk")), **work.turn(),
            resolucion_id=work.act.id, open_signer=lambda: asked.append(1),
        )  # fmt: skip
    assert refusal.value.code == "not_allowed"
    assert not asked


def test_a_clerk_withdraws_a_version_accepts_findings_and_freezes_again(work):
    clerk = work.who(acting("expedientes_clerk"))
    annul_version(work, clerk)
    act = next(one for one in resoluciones.list_resoluciones(work.db) if one.state.label == "Borrador")
    view = resoluciones.view_resolucion(work.db, act.id, AFTERNOON.date())
    keys = [
        (one.code, one.fingerprint) for one in view.review.findings if view.review.acceptance_of(one) is None
    ]
    resoluciones.accept_findings(
        work.db, **clerk, resolucion_id=act.id, keys=keys, reason="Así lo dice el original."
    )
    loaded = resoluciones.load_resolucion(work.db, act.id)
    resoluciones.freeze_resolucion(
        work.db, work.archive, **clerk, resolucion_id=act.id, expected_version=loaded.version
    )


def test_a_clerk_delivers_what_is_signed(work, practice):
    sign_in_ink(practice)
    clerk, act = work.who(acting("expedientes_clerk")), work.act
    proposed = [one.recipient for one in delivery.propose_recipients(work.db, act.id) if one.chosen]
    with pytest.raises(RuleError) as refusal:
        delivery.prepare_notifications(
            work.db,
            **work.who(acting("legal")),
            resolucion_id=act.id,
            recipients=proposed,
            channel="personal",
        )
    assert refusal.value.code == "not_allowed"
    delivery.prepare_notifications(
        work.db, **clerk, resolucion_id=act.id, recipients=proposed, channel="personal"
    )
    delivery.print_cargos(work.db, **clerk, resolucion_id=act.id)
    for one in delivery.view_delivery(work.db, act.id, AFTERNOON.date()).notifications:
        delivery.close_notification(
            work.db, **clerk, notification_id=one.id, expected_version=one.version, reason="Se entregó fuera."
        )


def test_a_kardex_clerk_makes_an_acta_and_records_its_signatures(db, archive, actor, now):
    made = ActasOffice(make_office(db, actor, now), archive)
    made.who = {"actor": acting("kardex_clerk"), "now": now}
    made.kardex.actor = acting("kardex_clerk")
    made.kardex.receive("000001-001000", DAY)
    acta = made.freeze(made.draft(ActaKind.DELIVERY, [made.hand_out()]))
    before = papers.list_papers(db)
    another = made.draft(ActaKind.DELIVERY, [made.hand_out("000301-000400")])
    made.who = {"actor": acting("planner"), "now": now}
    with pytest.raises(RuleError) as refusal:
        made.freeze(another)
    assert refusal.value.code == "not_allowed"
    assert papers.list_papers(db) == before
    made.who = {"actor": acting("kardex_clerk"), "now": now}
    while next_slot(made, acta):
        made.ink(acta)
    assert made.evidence()  # the matrix tells it, although the clerk may not write the matrix


def next_slot(made, acta):
    from sisfoh_desktop.modules.kardex.service import actas

    return next((one for one in actas.load_acta_paper(made.db, acta).signers if one.signed_at is None), None)


def test_a_signer_signs_an_acta_with_a_certificate(db, archive, actor, now, pki):
    made = ActasOffice(make_office(db, actor, now), archive)
    made.kardex.receive("000001-001000", DAY)
    acta = made.freeze(made.draft(ActaKind.DELIVERY, [made.hand_out()]))
    made.who = {"actor": acting("signer"), "now": now}
    for _ in range(2):
        slot = next_slot(made, acta)
        made.sign(acta, pki, *(HEAD if slot.label == HEAD[0] else ANA))
    assert next_slot(made, acta) is None


def test_a_planner_emits_a_report_and_brings_it_signed_in_ink(db, archive, actor, now):
    poi = make_poi(db, actor, now)
    poi.approve()
    made = ReportsOffice(poi, archive)
    made.who = {"actor": acting("planner"), "now": now}
    made.start_series()
    report = made.freeze(quarter=1)
    paper = reports.load_report_paper(db, report)
    papers.record_ink_signature(
        db, archive, **made.who, paper_id=paper.id, signer_id=paper.signers[0].id,
        expected_version=paper.version, signed_on=DAY, pages=str(paper.pages), scan=png(),
    )  # fmt: skip
    before = papers.list_papers(db)
    made.who = {"actor": acting("poi_clerk"), "now": now}
    with pytest.raises(RuleError) as refusal:
        made.freeze(quarter=1)
    assert refusal.value.code == "not_allowed"
    assert papers.list_papers(db) == before
