"""The tab "Catálogo" as a person works in it: the start, campaigns and forms, its orders."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt

from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.kardex.view.catalogue_dialogs import FormTypeDialog
from sisfoh_desktop.modules.kardex.view.catalogue_rows import campaign_state, holder_state, type_state
from sisfoh_desktop.modules.kardex.view.catalogue_tab import CAMPAIGNS, HOLDERS, TYPES, CatalogueTab
from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog, Side
from sisfoh_desktop.qtkit.history import HistoryDialog

START = date(2024, 3, 1)


TODAY = date(2024, 3, 8)


# --- the start ---


def test_an_office_without_kardex_gets_one_sentence_and_one_button(screen, qtbot):
    tab = screen.open_tab()
    assert tab.empty.isVisible()
    assert "todavía no lleva su kardex" in tab.empty.label.text()
    assert tab.actions_of_tab() == []
    assert tab.table() is None
    dialogs = screen.answers({"name": "Empadronamiento 2024", "starts_on": START})
    qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    screen.settle()
    assert dialogs[0].windowTitle() == "Iniciar el kardex"
    assert not tab.empty.isVisible()
    assert screen.column(tab.types, 0)[:2] == ["FSU", "S100"]
    assert tab.table() is tab.types
    assert screen.column(tab.campaigns, 0) == ["Empadronamiento 2024"]
    assert "Almacén ULE" in screen.column(tab.holders, 0)


def test_the_step_of_the_page_opens_the_start_even_before_the_lists_came(screen, desk, qtbot):
    dialogs = screen.answers({}, leave=True)
    tab = CatalogueTab(desk)
    qtbot.addWidget(tab)
    tab.reload()
    assert tab.new_record()
    assert dialogs == []
    screen.settle()
    assert [dialog.windowTitle() for dialog in dialogs] == ["Iniciar el kardex"]


def test_leaving_the_start_changes_nothing(screen, db):
    tab = screen.open_tab()
    screen.answers({"name": "Empadronamiento 2024"}, leave=True)
    tab.new_record()
    screen.settle()
    assert catalogue.list_campaigns(db) == []
    assert tab.empty.isVisible()


# --- campaigns ---


def test_a_new_campaign_offers_the_forms_of_the_one_before(screen, kardex_office, db):
    tab = screen.open_tab(kardex_office.campaign)
    dialogs = screen.answers({"name": "Empadronamiento 2025", "starts_on": date(2025, 3, 1)})
    tab.new_action.trigger()
    screen.settle()
    assert "Traer los 3 formularios de «Empadronamiento 2024»" in _plain(
        dialogs[0].form.fields["copy"].editor.text()
    )
    newest = catalogue.list_campaigns(db)[0]
    assert [one.code for one in catalogue.list_types(db, newest.id)] == ["FSU", "S100", "CROQUIS"]
    assert screen.column(tab.campaigns, 0) == ["Empadronamiento 2025", "Empadronamiento 2024"]
    assert screen.column(tab.campaigns, 5) == ["Empieza el 01/03/2025", "Abierta"]


def test_the_forms_stay_behind_when_the_box_is_taken_off(screen, kardex_office, db):
    tab = screen.open_tab(kardex_office.campaign)
    screen.answers({"name": "Otra", "starts_on": date(2025, 3, 1), "copy": False})
    tab.new_record()
    screen.settle()
    assert catalogue.list_types(db, catalogue.list_campaigns(db)[0].id) == []


def test_a_campaign_is_edited_with_f2_and_a_conflict_is_decided(
    screen, kardex_office, db, do, qtbot, monkeypatch
):
    tab = screen.open_tab(kardex_office.campaign)
    screen.answers({"most_days_in_hand": 10})
    tab.activateWindow()
    tab.campaigns.view.setFocus()
    qtbot.keyClick(tab.campaigns.view, Qt.Key.Key_F2)
    screen.settle()
    assert screen.column(tab.campaigns, 3) == ["10"]

    stale = tab.campaigns.selected()
    do(catalogue.save_campaign, campaign=replace(stale, most_days_in_hand=12, name="La de ella"))
    asked = []

    def decide(clashes, **how):
        asked.append({one.label: (one.before, one.mine, one.theirs) for one in clashes} | how)
        return {one.key: one.proposed or Side.MINE for one in clashes} if len(asked) > 1 else None

    monkeypatch.setattr(ConflictDialog, "ask", decide)
    dialogs = screen.answers({"most_days_in_hand": 14})
    tab.edit_action.trigger()
    assert asked[0]["Días en poder sin aviso"] == ("10", "14", "12")
    assert asked[0]["Nombre"] == (stale.name, stale.name, "La de ella")
    assert asked[0]["what"] == f"la campaña {stale.name}"
    assert dialogs[0].form.value("most_days_in_hand") == 14, "still editing"
    assert catalogue.load_campaign(db, stale.id).most_days_in_hand == 12

    dialogs[0].try_submit()
    screen.settle()
    stored = catalogue.load_campaign(db, stale.id)
    assert (stored.most_days_in_hand, stored.name) == (14, "La de ella")


# --- forms ---


def test_a_form_is_added_and_a_taken_code_stays_in_the_dialog(screen, kardex_office):
    tab = screen.open_tab(kardex_office.campaign)
    tab.show_list(TYPES)
    assert _plain(tab.new_action.text()) == "Nuevo formulario…"
    screen.answers({"code": "r200", "title": "Formato R200", "number_width": 5, "minimum_stock": None})
    tab.new_record()
    screen.settle()
    assert screen.column(tab.types, 0) == ["FSU", "S100", "CROQUIS", "R200"]
    assert screen.column(tab.types, 2) == ["000001", "00001", "Sin número", "00001"]
    dialogs = screen.answers({"code": "fsu", "title": "Otra"})
    tab.new_record()
    assert "ya es de" in dialogs[0].form.fields["code"].error


def test_what_an_article_without_numbers_lacks_is_not_asked(qtbot, desk):
    dialog = FormTypeDialog(desk, FormType(1, "", ""), lambda _choice, _token: None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.form.fields["number_width"].isVisible()
    dialog.form.fields["serialised"].set_value(False)
    assert not dialog.form.fields["number_width"].isVisible()
    assert not dialog.form.fields["prefix"].isVisible()


def test_forms_of_a_closed_campaign_are_only_shown(screen, kardex_office, db):
    from sqlalchemy import text

    with db.transaction() as session:
        session.execute(
            text("UPDATE kardex_campaign SET closed_on = '2024-03-07', closing_document = 'Acta 1'")
        )
    tab = screen.open_tab(kardex_office.campaign)
    assert not tab.edit_action.isEnabled()
    assert "Cerrada con Acta 1" in tab.detail.text()
    tab.show_list(TYPES)
    assert not tab.new_action.isEnabled()
    assert not tab.edit_action.isEnabled()
    assert "sus formularios no se cambian" in tab.detail.text()
    tab.show_list(HOLDERS)
    assert tab.new_action.isEnabled()
    assert tab.edit_action.isEnabled()


def test_the_orders_follow_the_list_and_the_history_opens(screen, kardex_office, do, db):
    tab = screen.open_tab(kardex_office.campaign)
    assert tab.end_action not in tab.actions_of_tab()
    tab.show_list(HOLDERS)
    assert tab.end_action in tab.actions_of_tab()
    tab.show_list(CAMPAIGNS)
    campaign = catalogue.load_campaign(db, kardex_office.campaign)
    do(catalogue.save_campaign, campaign=replace(campaign, most_days_in_hand=10))
    tab.history_action.trigger()
    screen.settle()
    dialog = tab.findChild(HistoryDialog)
    assert "Días en poder sin aviso: 15 → 10" in dialog.tab.list.as_seen()[1][0][3]
    dialog.close()


# --- states ---


def test_states_are_told_by_tone_and_word():
    person = Holder(HolderKind.EMPADRONADOR, "X", valid_from=START)
    assert [
        holder_state(replace(person, valid_until=until), TODAY)
        for until in (None, date(2024, 3, 24), date(2024, 3, 23), date(2024, 3, 9), TODAY, date(2024, 3, 7))
    ] == [
        ("ok", "En funciones"),
        ("ok", "En funciones"),
        ("warn", "Termina en 15 días"),
        ("warn", "Termina mañana"),
        ("warn", "Termina hoy"),
        ("danger", "Cesó el 07/03/2024"),
    ]
    assert holder_state(person, date(2024, 2, 1)) == ("accent", "Desde el 01/03/2024")
    assert holder_state(Holder(HolderKind.ARCHIVE, "Archivo"), TODAY) == ("ok", "En uso")
    campaign = Campaign("2024", START, date(2024, 3, 7))
    assert campaign_state(campaign, TODAY) == ("warn", "Terminó: falta cerrarla")
    assert campaign_state(replace(campaign, closed_on=TODAY), TODAY) == ("dim", "Cerrada el 08/03/2024")
    dated = FormType(1, "FSU", "Ficha", valid_from=START, valid_until=date(2024, 3, 7))
    assert type_state(dated, TODAY) == ("dim", "Hasta el 07/03/2024")
    assert type_state(dated, date(2024, 2, 1)) == ("accent", "Desde el 01/03/2024")
    assert type_state(dated, START) == ("ok", "En uso")


def _plain(text):
    return text.replace("&", "")
