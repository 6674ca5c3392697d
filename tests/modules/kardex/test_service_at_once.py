"""Several people at the same moment: a campaign closed, adjustments approved, a person ended, a type made narrower.

Whatever the order turns out to be, the trail tells one that could have happened.
"""

import dataclasses
import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date

from kardex_office import KardexOffice
from sqlalchemy import select

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.adjusting import NewAdjustment
from sisfoh_desktop.modules.kardex.service import catalogue, counting, moving, reading

ROUNDS = 25
LATE = date(2024, 3, 7)


def at_once(*jobs: Callable[[int], None]) -> Counter[str]:
    """Each job in its own thread, ROUNDS times; how often each was told what."""
    told: Counter[str] = Counter()
    strange: list[BaseException] = []

    def work(job: Callable[[int], None]) -> None:
        for turn in range(ROUNDS):
            try:
                job(turn)
                told["done"] += 1
            except RuleError as refused:
                told[refused.code] += 1
            except StaleRow:
                told["stale"] += 1
            except BaseException as error:
                strange.append(error)
                return

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert strange == []
    return told


def trail(office: KardexOffice) -> list[tuple[str, dict[str, object]]]:
    with office.db.reading() as session:
        rows = session.scalars(select(AuditEntryRow).order_by(AuditEntryRow.id)).all()
        return [(row.action, json.loads(row.after) if row.after else {}) for row in rows]


def assert_sound(office: KardexOffice) -> None:
    assert [check for check in moving.check_kardex(office.db) if not check.ok] == []


def hand_out_and_back(office: KardexOffice, first: int) -> Callable[[int], None]:
    """Hands a form of its own out and reverts it."""

    def job(turn: int) -> None:
        movement_id = office.hand_out(FormRanges.single(first + turn), office.ana)
        moving.reverse_movement(
            office.db, actor=office.actor, now=office.now, movement_id=movement_id, reason="Error"
        )

    return job


def test_a_campaign_never_closes_over_a_form_in_hand(either_kardex: KardexOffice) -> None:
    office = either_kardex
    office.receive("1-4000")
    told: dict[str, object] = {"actor": Actor("jefa", "ULE"), "now": office.now}

    def close_and_reopen(_turn: int) -> None:
        order = {**told, "campaign_id": office.campaign, "document": "Acta de cierre 1"}
        version = catalogue.load_campaign(office.db, office.campaign).version
        counting.close_campaign(office.db, **order, expected_version=version)
        counting.reopen_campaign(office.db, **order, expected_version=version + 1)

    at_once(hand_out_and_back(office, 1), hand_out_and_back(office, 1001), close_and_reopen)
    held, is_closed = 0, False
    for action, after in trail(office):
        if action == "kardex_campaign.close":
            assert held == 0
            is_closed = True
        elif action == "kardex_campaign.reopen":
            is_closed = False
        elif action.startswith("kardex.") and after["kind"] != MovementKind.RECEPTION.label:
            assert not is_closed
            held += 1 if after["kind"] == MovementKind.HAND_OUT.label else -1
    assert_sound(office)


def test_two_approvals_at_the_same_moment_make_one_movement(either_kardex: KardexOffice) -> None:
    office = either_kardex
    office.receive("1-100")
    for number in range(1, ROUNDS + 1):
        asked = NewAdjustment(
            office.fsu,
            office.now.date(),
            office.store,
            office.beto,
            Condition.BLANK,
            "Apareció en el arqueo",
            ranges=FormRanges.single(number),
        )
        moving.propose_adjustment(office.db, actor=office.actor, now=office.now, adjustment=asked)

    def approve(name: str) -> Callable[[int], None]:
        def job(turn: int) -> None:
            moving.approve_adjustment(
                office.db,
                actor=Actor(name, "ULE"),
                now=office.now,
                adjustment_id=turn + 1,
                approver=name,
                position="Jefatura",
            )

        return job

    told = at_once(approve("JEFA"), approve("AUDITOR"), approve("GERENTE"))
    assert told == {"done": 2 * ROUNDS, "adjustment_settled": ROUNDS}
    adjustments = moving.list_adjustments(office.db, office.campaign)
    assert {len(one.approvals) for one in adjustments} == {2}
    assert len({one.movement_id for one in adjustments}) == ROUNDS
    adjusted = reading.count_movements(office.db, campaign_id=office.campaign, kind=MovementKind.ADJUSTMENT)
    assert adjusted == ROUNDS
    assert_sound(office)


def test_nobody_is_given_forms_after_their_end_nor_numbers_that_do_not_fit(
    either_kardex: KardexOffice,
) -> None:
    office = either_kardex
    office.receive("1-90")
    told: dict[str, object] = {"actor": Actor("jefa", "ULE"), "now": office.now}

    def end(turn: int) -> None:
        version = catalogue.load_holder(office.db, office.beto).version
        until = LATE if turn % 2 else date(2024, 7, 31)
        catalogue.end_holder(
            office.db,
            **told,
            holder_id=office.beto,
            expected_version=version,
            until=until,
            reason="Cese",
        )

    def give(turn: int) -> None:
        office.hand_out(FormRanges.single(turn + 1), office.beto)

    def resize(turn: int) -> None:
        form_type = catalogue.load_type(office.db, office.fsu)
        width = (2, 3)[turn % 2]
        catalogue.save_type(office.db, **told, form_type=dataclasses.replace(form_type, number_width=width))

    def receive(turn: int) -> None:
        office.receive(FormRanges.single(100 + turn))

    at_once(end, give, resize, receive)
    until, width, highest = "2024-07-31", 6, 90
    for action, after in trail(office):
        if action == "kardex_holder.end":
            until = str(after.get("valid_until", until))
        elif action == "kardex_form_type.save":
            width = int(str(after.get("number_width", width)))
        elif action == "kardex.move" and after["kind"] == MovementKind.HAND_OUT.label:
            assert until != LATE.isoformat()
        elif action == "kardex.move":
            highest = max(highest, int(str(after["ranges"]).rpartition("-")[2]))
        assert len(str(highest)) <= width
    assert_sound(office)
