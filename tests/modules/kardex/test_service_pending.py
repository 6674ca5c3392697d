"""What the kardex asks of the office on a day, as Mi bandeja reads it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.inbox import service as inbox
from sisfoh_desktop.modules.inbox.rules import Group
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.adjusting import NewAdjustment
from sisfoh_desktop.modules.kardex.rules.pending import PendingKind
from sisfoh_desktop.modules.kardex.service import adjusting, catalogue, moving
from sisfoh_desktop.modules.kardex.service.pending import list_pending


def titles(office, day=None):
    return [line.title for line in list_pending(office.db, day or office.now.date())]


def test_an_office_without_kardex_and_one_in_order_ask_nothing(db, kardex_office):
    kardex_office.receive("1-5000")
    kardex_office.hand_out("1-100", kardex_office.ana)
    assert titles(kardex_office) == []


def test_a_lost_form_that_somebody_moves_is_asked_about_until_it_is_put_right(kardex_office):
    office = kardex_office
    office.receive("1-5000")
    office.hand_out("1-100", office.ana)
    loss = office.move(MovementKind.LOSS, "17", office.ana)
    for _ in range(2):
        with pytest.raises(RuleError):
            office.move(MovementKind.RETURN, "17", office.ana, office.store)
    assert titles(office) == ["Reapareció el formulario FSU N° 000017, que figura extraviado"]
    [told] = list_pending(office.db, office.now.date())
    assert told.detail.endswith("Revierta el extravío o proponga un ajuste")
    moving.reverse_movement(
        office.db, actor=office.actor, now=office.now, movement_id=loss, reason="Se encontró en la mochila"
    )
    assert titles(office) == []


def test_who_left_with_forms_and_who_holds_them_too_long(kardex_office):
    office = kardex_office
    office.receive("1-5000")
    office.hand_out("1-100", office.ana)
    day = office.now.date()
    assert titles(office, day + timedelta(days=15)) == []
    assert titles(office, day + timedelta(days=16)) == [
        "EMPADRONADOR UNO PRUEBA tiene formularios en blanco hace 16 días"
    ]
    holder = catalogue.load_holder(office.db, office.ana)
    catalogue.end_holder(
        office.db,
        actor=office.actor,
        now=office.now,
        holder_id=office.ana,
        expected_version=holder.version,
        until=day,
        reason="Renuncia",
    )
    (line,) = list_pending(office.db, day + timedelta(days=1))
    assert line.title == "EMPADRONADOR UNO PRUEBA dejó el cargo y tiene formularios"
    assert line.detail.startswith("FSU: 100.")
    assert (line.kind, line.record_id, line.due) == (PendingKind.HOLDER, office.ana, day)


def test_a_short_store_an_adjustment_and_a_campaign_that_ended(kardex_office):
    office = kardex_office
    office.receive("1-999")
    adjusting.propose_adjustment(
        office.db,
        actor=office.actor,
        now=office.now,
        adjustment=NewAdjustment(
            office.fsu,
            office.now.date(),
            office.store,
            office.ana,
            Condition.BLANK,
            "Se entregaron sin acta",
            document="Informe N° 003-2024-PRUEBA",
            ranges=office.wanted(MovementKind.HAND_OUT, "1-10", office.store, office.ana).ranges,
        ),
    )
    campaign = catalogue.load_campaign(office.db, office.campaign)
    catalogue.save_campaign(
        office.db, actor=office.actor, now=office.now, campaign=replace(campaign, ends_on=date(2024, 3, 31))
    )
    assert titles(office) == ["Quedan pocos formularios FSU en almacén", "Ajuste de FSU por aprobar"]
    late = titles(office, date(2024, 4, 1))
    assert late[-1] == "Cierre la campaña Empadronamiento 2024"
    tray = {
        task.title: task
        for task in inbox.load_tray(office.db, actor=Actor("prueba"), today=date(2024, 4, 1)).tasks
    }
    assert tray["Cierre la campaña Empadronamiento 2024"].group is Group.OVERDUE
    assert tray["Quedan pocos formularios FSU en almacén"].group is Group.LATER


def test_a_campaign_to_close_is_opened_by_its_own_id(kardex_office):
    office = kardex_office
    campaign = next(one for one in catalogue.list_campaigns(office.db) if one.id == office.campaign)
    catalogue.save_campaign(
        office.db, actor=office.actor, now=office.now, campaign=replace(campaign, ends_on=date(2024, 3, 7))
    )
    [line] = list_pending(office.db, date(2024, 3, 8))
    assert (line.kind.value, line.record_id) == ("kardex.campaign", office.campaign)
