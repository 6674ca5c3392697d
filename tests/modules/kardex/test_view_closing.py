"""Closing a campaign at the window takes up the closing acta, or offers to make it."""

from datetime import date

import pytest
from kardex_actas import ActasOffice

from sisfoh_desktop.modules.kardex.rules.actas import ActaKind, Party
from sisfoh_desktop.modules.kardex.service import actas, catalogue
from sisfoh_desktop.modules.kardex.view.actas_dialogs import ActaDialog
from sisfoh_desktop.modules.kardex.view.actas_tab import ActasTab
from sisfoh_desktop.modules.kardex.view.cuadre_closing import CloseDialog, ask_closing
from sisfoh_desktop.modules.kardex.view.cuadre_tab import CuadreTab


@pytest.fixture
def office(kardex_office, archive):
    kardex_office.receive("000001-001000", day=date(2024, 3, 4))
    return ActasOffice(kardex_office, archive)


@pytest.fixture
def close(desk, qtbot, office, monkeypatch):
    """Ask to close; what is done in the dialog is given. Gives the dialog and what other tab was asked for."""

    def run(work):
        tab = CuadreTab(desk)
        qtbot.addWidget(tab)
        tab.campaign_id = office.kardex.campaign
        asked, met = [], []
        tab.open_tab.connect(lambda key, part: asked.append((key, part)))

        def answer(dialog):
            met.append(dialog)
            dialog.show()
            work(dialog)
            desk.tasks.wait_idle()
            done = dialog.result()
            dialog.hide()
            return done

        monkeypatch.setattr(CloseDialog, "exec", answer)
        ask_closing(desk, catalogue.load_campaign(desk.db, office.kardex.campaign), tab)
        for _ in range(3):
            desk.tasks.wait_idle()
        return met[0], asked

    return run


def test_the_closing_acta_is_proposed(close, desk, office):
    office.freeze(office.draft(ActaKind.CLOSING, receives=Party("GERENTE PRUEBA", "40000070", "Gerente")))
    number = actas.closing_acta(desk.db, office.kardex.campaign)
    told = []

    def work(dialog):
        told.append(dialog.form.value("document"))
        dialog.try_submit()

    dialog, asked = close(work)
    assert told == [f"Acta de cierre N° {number}"]
    assert number
    assert not hasattr(dialog, "acta_button")
    assert asked == []
    closed = catalogue.load_campaign(desk.db, office.kardex.campaign)
    assert closed.closing_document == f"Acta de cierre N° {number}"


def test_without_one_it_offers_to_make_it(close, desk, office, qtbot):
    told = []

    def work(dialog):
        told.append(dialog.form.value("document"))
        dialog.acta_button.click()

    _dialog, asked = close(work)
    assert told == [""]
    assert asked == [("actas", ("closing", None))]
    assert catalogue.load_campaign(desk.db, office.kardex.campaign).closed_on is None
    tab = ActasTab(desk)
    qtbot.addWidget(tab)
    tab.campaign_id = office.kardex.campaign
    tab.show()
    tab.show_part(asked[0][1])
    for _ in range(3):
        desk.tasks.wait_idle()
    [asking] = tab.findChildren(ActaDialog)
    assert "cierre" in asking.windowTitle().lower()
    asking.hide()


def test_one_who_only_leaves_is_sent_nowhere(close):
    _dialog, asked = close(lambda dialog: dialog.reject())
    assert asked == []
