"""Adjustments: two approvals by two persons who did not propose it, and only then the forms move."""

import dataclasses
from datetime import date

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, FormType, MovementKind
from sisfoh_desktop.modules.kardex.rules.adjusting import AdjustmentState, NewAdjustment
from sisfoh_desktop.modules.kardex.service import catalogue, moving
from sisfoh_desktop.modules.kardex.store import forms, ledger

PROPOSER, CHIEF, AUDITOR = Actor("prueba", "ULE"), Actor("jefa", "ULE"), Actor("control", "OCI")


@pytest.fixture
def office(either_kardex):
    """Forms 1 to 50 with Ana, of which 1 to 10 used and 20 lost; the rest in the store."""
    either_kardex.receive("1-100")
    either_kardex.hand_out("1-50", either_kardex.ana)
    either_kardex.move(MovementKind.USE, "1-10", either_kardex.ana)
    either_kardex.move(MovementKind.LOSS, "20", either_kardex.ana)
    return either_kardex


def asked(office, numbers="20", **changes):
    first, _, last = numbers.partition("-")
    values = {
        "type_id": office.fsu,
        "moved_on": office.now.date(),
        "from_holder_id": office.ana,
        "to_holder_id": office.ana,
        "to_condition": Condition.BLANK,
        "reason": "Apareció en el arqueo",
        "document": "Acta de arqueo 1",
        "ranges": FormRanges.single(int(first), int(last or first)),
    }
    return NewAdjustment(**{**values, **changes})


def propose(office, adjustment=None, **more):
    return moving.propose_adjustment(
        office.db, actor=PROPOSER, now=office.now, adjustment=adjustment or asked(office), **more
    )


def approve(office, adjustment_id, actor, approver, **more):
    values = {"position": "Jefatura", **more}
    return moving.approve_adjustment(
        office.db, actor=actor, now=office.now, adjustment_id=adjustment_id, approver=approver, **values
    )


def refusal(call, *args, **named):
    with pytest.raises(RuleError) as refused:
        call(*args, **named)
    return refused.value.code


def state_of(office, number):
    with office.db.reading() as session:
        [piece] = forms.find_pieces(session, office.fsu, FormRanges.single(number))
        return piece.holder_id, piece.condition


def listed(office):
    return moving.list_adjustments(office.db, office.campaign)


def test_the_second_approval_moves_the_forms(office):
    adjustment_id = propose(office)
    [one] = listed(office)
    assert (one.id, one.state, one.proposed_by, one.form_count) == (
        adjustment_id,
        AdjustmentState.PROPOSED,
        "prueba",
        1,
    )
    assert one.asked == asked(office)
    assert approve(office, adjustment_id, CHIEF, "JEFA DE PRUEBA") is None
    assert state_of(office, 20) == (office.ana, Condition.LOST)
    movement_id = approve(office, adjustment_id, AUDITOR, "AUDITOR DE PRUEBA", document="Memo 2")
    assert state_of(office, 20) == (office.ana, Condition.BLANK)
    [one] = listed(office)
    assert (one.state, one.movement_id) == (AdjustmentState.APPROVED, movement_id)
    assert [(approval.approver, approval.registered_by) for approval in one.approvals] == [
        ("JEFA DE PRUEBA", "jefa"),
        ("AUDITOR DE PRUEBA", "control"),
    ]
    with office.db.reading() as session:
        movement = ledger.load_movement(session, movement_id)
    assert (movement.kind, movement.document) == (MovementKind.ADJUSTMENT, "Acta de arqueo 1")
    assert all(check.ok for check in moving.check_kardex(office.db))
    assert one.state.label == "Aprobado"


def test_who_may_approve(office):
    adjustment_id = propose(office)
    assert refusal(approve, office, adjustment_id, CHIEF, "  PRUEBA ") == "approver_proposed"
    assert refusal(approve, office, adjustment_id, CHIEF, "JEFA", position=" ") == "text_missing"
    assert refusal(approve, office, adjustment_id, PROPOSER, "JEFA") == "approval_document_missing"
    approve(office, adjustment_id, PROPOSER, "JEFA MARÍA", document="Memo 1")
    assert refusal(approve, office, adjustment_id, AUDITOR, "Jefa  Maria") == "approver_repeated"
    assert refusal(approve, office, adjustment_id, PROPOSER, "AUDITOR") == "approval_document_missing"
    assert state_of(office, 20) == (office.ana, Condition.LOST)
    assert approve(office, adjustment_id, AUDITOR, "AUDITOR")
    assert refusal(approve, office, adjustment_id, CHIEF, "OTRA JEFA") == "adjustment_settled"
    assert refusal(approve, office, 99, CHIEF, "JEFA") == "adjustment_unknown"


def test_the_same_answer_twice_is_one_approval(office):
    adjustment_id = propose(office, token="a-1")
    assert propose(office, token="a-1") == adjustment_id
    approve(office, adjustment_id, CHIEF, "JEFA", token="a-2")
    assert approve(office, adjustment_id, CHIEF, "JEFA", token="a-2") is None
    [one] = listed(office)
    assert len(one.approvals) == 1


def test_what_could_not_be_made_now_is_not_proposed(office):
    assert refusal(propose, office, asked(office, "60")) == "forms_elsewhere"
    assert refusal(propose, office, asked(office, "101")) == "forms_unknown"
    assert refusal(propose, office, asked(office, reason=" ")) == "reason_missing"
    assert refusal(propose, office, asked(office, "15-20")) == "adjustment_same"
    assert refusal(propose, office, asked(office, from_condition=Condition.USED)) == "forms_condition"
    assert refusal(propose, office, asked(office, moved_on=date(2024, 3, 9))) == "moved_on_future"
    assert listed(office) == []


def test_forms_that_moved_meanwhile_stop_the_second_approval(office):
    adjustment_id = propose(office, asked(office, "30-35", to_condition=Condition.DAMAGED))
    approve(office, adjustment_id, CHIEF, "JEFA")
    office.move(MovementKind.RETURN, "33", office.ana, office.store)
    assert refusal(approve, office, adjustment_id, AUDITOR, "AUDITOR") == "forms_elsewhere"
    [one] = listed(office)
    assert (one.state, len(one.approvals)) == (AdjustmentState.PROPOSED, 1)
    moving.withdraw_adjustment(
        office.db, actor=PROPOSER, now=office.now, adjustment_id=adjustment_id, reason="Ya se devolvió"
    )
    [one] = listed(office)
    assert (one.state, one.withdrawn_reason) == (AdjustmentState.WITHDRAWN, "Ya se devolvió")
    assert refusal(approve, office, adjustment_id, AUDITOR, "AUDITOR") == "adjustment_settled"


def test_a_withdrawal_says_why(office):
    adjustment_id = propose(office)
    withdraw = {"actor": PROPOSER, "now": office.now, "adjustment_id": adjustment_id}
    assert refusal(moving.withdraw_adjustment, office.db, **withdraw, reason="") == "text_missing"
    moving.withdraw_adjustment(office.db, **withdraw, reason="Se contó mal")
    assert (
        refusal(moving.withdraw_adjustment, office.db, **withdraw, reason="Otra vez") == "adjustment_settled"
    )


def test_articles_without_numbers_are_adjusted_by_count(office):
    office.receive(30)
    loose = {
        "type_id": office.croquis,
        "ranges": FormRanges(),
        "count": 4,
        "from_holder_id": office.store,
        "to_holder_id": office.store,
    }
    assert (
        refusal(propose, office, asked(office, **loose, to_condition=Condition.DAMAGED))
        == "condition_missing"
    )
    wanted = asked(office, **loose, from_condition=Condition.BLANK, to_condition=Condition.DAMAGED)
    adjustment_id = propose(office, wanted)
    assert listed(office)[0].asked == wanted
    approve(office, adjustment_id, CHIEF, "JEFA")
    assert approve(office, adjustment_id, AUDITOR, "AUDITOR")
    office.hand_out(26, office.ana)
    assert all(check.ok for check in moving.check_kardex(office.db))


def test_a_holder_may_be_put_right_too_and_the_movement_is_not_reverted(office):
    adjustment_id = propose(
        office, asked(office, "11-15", to_holder_id=office.beto, from_condition=Condition.BLANK)
    )
    approve(office, adjustment_id, CHIEF, "JEFA")
    movement_id = approve(office, adjustment_id, AUDITOR, "AUDITOR")
    assert state_of(office, 12) == (office.beto, Condition.BLANK)
    assert (
        refusal(
            moving.reverse_movement,
            office.db,
            actor=PROPOSER,
            now=office.now,
            movement_id=movement_id,
            reason="Error",
        )
        == "reversal_of_adjustment"
    )


def test_the_numbers_of_a_proposal_outlive_the_width_of_their_type(office):
    wanted = asked(office, "11-15", to_holder_id=office.beto, from_condition=Condition.BLANK)
    adjustment_id = propose(office, wanted)
    narrower = dataclasses.replace(catalogue.load_type(office.db, office.fsu), number_width=5)
    catalogue.save_type(office.db, actor=PROPOSER, now=office.now, form_type=narrower)
    assert listed(office)[0].asked.ranges == wanted.ranges
    approve(office, adjustment_id, CHIEF, "JEFA")
    assert approve(office, adjustment_id, AUDITOR, "AUDITOR")
    assert state_of(office, 12) == (office.beto, Condition.BLANK)


def test_a_proposal_of_many_numbers_with_a_prefix_reads_back_as_it_was(office):
    form_type = FormType(office.campaign, "PREF", "Con prefijo", number_width=6, prefix="TAC24-A-")
    type_id = catalogue.add_type(office.db, actor=PROPOSER, now=office.now, form_type=form_type)
    office.move(MovementKind.RECEPTION, "1-60000", office.rector, office.store, type_id=type_id)
    gaps = FormRanges.of_numbers(range(2, 40_002, 2))  # as many exceptions as one field takes
    wanted = asked(
        office,
        type_id=type_id,
        ranges=FormRanges.single(1, 60_000) - gaps,
        from_holder_id=office.store,
        to_holder_id=office.beto,
    )
    propose(office, wanted)
    assert listed(office)[0].asked == wanted
