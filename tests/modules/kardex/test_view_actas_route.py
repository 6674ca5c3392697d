"""The next step of an acta proposes the kind of signature that it was emitted for."""

from datetime import date

import pytest
from kardex_actas import ANA, ActasOffice

from sisfoh_desktop.modules.kardex.rules.actas import ActaKind, ActaRoute
from sisfoh_desktop.modules.kardex.view.actas_tab import ActasTab
from sisfoh_desktop.qtkit.ink_dialog import InkDialog
from sisfoh_desktop.qtkit.sign_dialog import SignDialog


@pytest.fixture
def office(kardex_office, archive):
    kardex_office.receive("000001-001000", day=date(2024, 3, 4))
    made = ActasOffice(kardex_office, archive)
    made.hand_out("000101-000150")
    return made


@pytest.fixture
def asked(monkeypatch):
    met = []
    monkeypatch.setattr(SignDialog, "ask", lambda *_args, **_more: met.append("certificate"))
    monkeypatch.setattr(InkDialog, "exec", lambda _dialog: met.append("ink") or 0)
    return met


def step_of(desk, qtbot, office):
    tab = ActasTab(desk)
    qtbot.addWidget(tab)
    tab.campaign_id = office.kardex.campaign
    tab.show()
    tab.reload()
    for _ in range(3):
        desk.tasks.wait_idle()
    tab._below = True
    return tab, tab.next_step()


@pytest.mark.parametrize(
    ("route", "button", "opened"),
    [
        (ActaRoute.DIGITAL, "Firmar con certificado…", "certificate"),
        (ActaRoute.INK, "Registrar firma en tinta…", "ink"),
    ],
)
def test_the_step_is_the_one_that_it_was_emitted_for(desk, qtbot, office, asked, route, button, opened):
    office.freeze(office.draft(ActaKind.DELIVERY, (2,), route=route))
    _tab, step = step_of(desk, qtbot, office)
    assert step.button == button
    step.run()
    assert asked == [opened]


def test_once_signed_the_others_sign_as_the_first_did(desk, qtbot, office, pki):
    made = office.freeze(office.draft(ActaKind.DELIVERY, (2,), route=ActaRoute.DIGITAL))
    office.ink(made)
    assert step_of(desk, qtbot, office)[1].button == "Registrar firma en tinta…"
    office.hand_out("000151-000160")
    other = office.freeze(office.draft(ActaKind.DELIVERY, (3,), route=ActaRoute.INK))
    office.sign(other, pki, *ANA[:2])
    tab, _step = step_of(desk, qtbot, office)
    tab.show_part(other)
    for _ in range(3):
        desk.tasks.wait_idle()
    assert tab.made.selected().id == other
    assert tab.next_step().button == "Firmar con certificado…"


def test_names_alike_are_told_apart_in_what_waits(desk, qtbot, office):
    tab, _step = step_of(desk, qtbot, office)
    titles = [column.title for column in tab.waiting.model.columns]
    assert tab.waiting.view._apart_columns == {titles.index("De"), titles.index("A")}
