"""The tab "Catálogo" as a person works in it: the start, the three lists, corrections, who ceases."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.kardex.view.catalogue_dialogs import CatalogueDialog, FormTypeDialog
from sisfoh_desktop.modules.kardex.view.catalogue_people import EndDialog, HolderDialog
from sisfoh_desktop.modules.kardex.view.catalogue_rows import campaign_state, holder_state, type_state
from sisfoh_desktop.modules.kardex.view.catalogue_tab import CAMPAIGNS, HOLDERS, TYPES, CatalogueTab
from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog, Side
from sisfoh_desktop.qtkit.history import HistoryDialog

START = date(2024, 3, 1)
TODAY = date(2024, 3, 8)


class Screen:
    """The tab over the real service; `answers` fills the dialogs that open next and presses their primary button."""

    def __init__(self, qtbot, desk, monkeypatch):
        self._qtbot, self._desk, self._monkeypatch = qtbot, desk, monkeypatch
        # looked at after they were left: they go with the tab
        monkeypatch.setattr(CatalogueDialog, "deleteLater", lambda _dialog: None)

    def open_tab(self, campaign_id=0):
        tab = CatalogueTab(self._desk)
        tab.campaign_id = campaign_id
        self._qtbot.addWidget(tab)

        def follow(_touched):
            campaigns = catalogue.current_campaign(self._desk.db, TODAY)
            tab.campaign_id = tab.campaign_id or (campaigns.id if campaigns else 0)
            tab.reload()

        self._desk.tasks.changed.connect(follow)
        tab.resize(860, 640)
        tab.show()
        tab.reload()
        self.settle()
        return tab

    def settle(self):
        for _ in range(4):
            self._desk.tasks.wait_idle()
            QApplication.processEvents()

    def answers(self, values, *, leave=False):
        """The dialogs that opened since, in order; `leave` presses Esc instead."""
        seen = []

        def answer(dialog):
            self.settle()
            seen.append(dialog)
            for name, value in values.items():
                dialog.form.fields[name].set_value(value)
            if not leave:
                dialog.try_submit()
                self.settle()
            return dialog.result()

        self._monkeypatch.setattr(CatalogueDialog, "exec", answer)
        return seen

    @staticmethod
    def column(table, number):
        return [row[number] for row in table.as_seen()[1]]

    @staticmethod
    def refusal(dialog):
        shown = [label.text() for label in dialog.form.summary.findChildren(QLabel)]
        return "\n".join([*shown, *(field.error for field in dialog.form.fields.values())])


@pytest.fixture
def screen(qtbot, desk, monkeypatch):
    return Screen(qtbot, desk, monkeypatch)


@pytest.fixture
def do(db, actor, now):
    return lambda verb, **what: verb(db, actor=actor, now=now, **what)


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


# --- people and places ---


def test_people_stand_with_their_chief_document_and_state(screen, kardex_office, db, do):
    person = Holder(
        HolderKind.EMPADRONADOR,
        "EMPADRONADOR TRES PRUEBA",
        "40000077",
        START,
        date(2024, 3, 16),
        "OS 0120-2024",
        kardex_office.chief,
    )
    holder_id = do(catalogue.add_holder, holder=person)
    tab = screen.open_tab(kardex_office.campaign)
    tab.show_part(holder_id)
    assert tab.table() is tab.holders
    assert tab.holders.selected().id == holder_id
    chief = catalogue.load_holder(db, kardex_office.chief)
    row = next(row for row in tab.holders.as_seen()[1] if row[0] == person.name)
    assert row == [person.name, "Empadronador", "4*****77", chief.name, "OS 0120-2024", "Termina en 8 días"]
    assert "del 01/03/2024 al 16/03/2024" in tab.detail.text()
    assert "40000077" not in str(tab.holders.as_seen())


def test_a_part_asked_for_before_the_list_came_is_shown_when_it_does(screen, kardex_office, desk, qtbot):
    tab = CatalogueTab(desk)
    qtbot.addWidget(tab)
    tab.campaign_id = kardex_office.campaign
    tab.reload()
    tab.show_part(kardex_office.beto)
    screen.settle()
    assert tab.holders.selected().id == kardex_office.beto


def test_a_person_is_edited_and_a_blank_dni_keeps_the_stored_one(screen, kardex_office, db, do):
    person = Holder(HolderKind.EMPADRONADOR, "EMPADRONADOR TRES PRUEBA", "40000077")
    holder_id = do(catalogue.add_holder, holder=person)
    tab = screen.open_tab(kardex_office.campaign)
    tab.show_part(holder_id)
    dialogs = screen.answers({"document": "OS 0120-2024"})
    tab.holders.activated.emit(tab.holders.selected())
    screen.settle()
    assert dialogs[0].form.fields["dni"].raw() == ""
    kept = catalogue.load_holder(db, holder_id)
    assert (kept.dni, kept.document) == ("40000077", "OS 0120-2024")
    screen.answers({"forget_dni": True})
    tab.edit_action.trigger()
    screen.settle()
    assert catalogue.load_holder(db, holder_id).dni == ""


def test_a_new_person_is_added_and_a_wrong_dni_stays_in_the_dialog(screen, kardex_office):
    tab = screen.open_tab(kardex_office.campaign)
    tab.show_list(HOLDERS)
    dialogs = screen.answers({"name": "DIGITADOR DOS PRUEBA", "kind": HolderKind.DIGITADOR, "dni": "4000"})
    tab.new_record()
    assert "ocho cifras" in dialogs[0].form.fields["dni"].error
    assert dialogs[0].has_unsaved()
    dialogs[0].form.fields["dni"].set_value("40000078")
    dialogs[0].try_submit()
    screen.settle()
    assert "DIGITADOR DOS PRUEBA" in screen.column(tab.holders, 0)


def test_only_what_the_function_has_is_asked(qtbot, desk, kardex_office, db):
    chiefs = [catalogue.load_holder(db, kardex_office.chief)]
    dialog = HolderDialog(desk, None, chiefs, lambda _choice, _token: None)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = {}
    for kind in (HolderKind.EMPADRONADOR, HolderKind.DIGITADOR, HolderKind.WAREHOUSE):
        dialog.form.fields["kind"].set_value(kind)
        shown[kind] = [dialog.form.fields[name].isVisible() for name in ("dni", "chief_id")]
    assert shown == {
        HolderKind.EMPADRONADOR: [True, True],
        HolderKind.DIGITADOR: [True, False],
        HolderKind.WAREHOUSE: [False, False],
    }


def test_who_ceases_is_told_what_is_still_in_hand(screen, kardex_office, db, qtbot):
    office = kardex_office
    office.receive("004501-005000")
    office.hand_out("004501-004516", office.ana)
    tab = screen.open_tab(office.campaign)
    tab.show_part(office.ana)
    dialogs = screen.answers({"until": date(2024, 3, 8), "reason": "Fin de contrato"})
    tab.end_action.trigger()
    screen.settle()
    assert isinstance(dialogs[0], EndDialog)
    assert "FSU 004501-004516" in dialogs[0].held.text()
    assert "constancia de no adeudo" in dialogs[0].held.text()
    assert catalogue.load_holder(db, office.ana).valid_until == TODAY
    tab.show_part(office.beto)
    dialogs = screen.answers({"until": date(2023, 1, 1), "reason": ""}, leave=True)
    tab.end_action.trigger()
    assert dialogs[0].held.text() == "No tiene formularios en su poder."


def test_a_chief_who_ceases_is_told_of_the_crew(screen, kardex_office, db):
    tab = screen.open_tab(kardex_office.campaign)
    tab.show_part(kardex_office.chief)
    dialogs = screen.answers({"until": TODAY, "reason": "Fin de contrato"})
    tab.end_action.trigger()
    shown = [label.text() for label in dialogs[0].form.findChildren(QLabel)]
    assert any("Es jefe de brigada de 2 personas en funciones" in text for text in shown)


def test_who_ceased_does_not_cease_again(screen, kardex_office, db, do):
    ana = catalogue.load_holder(db, kardex_office.ana)
    do(
        catalogue.end_holder,
        holder_id=ana.id,
        expected_version=ana.version,
        until=date(2024, 3, 5),
        reason="Renunció",
    )
    tab = screen.open_tab(kardex_office.campaign)
    tab.show_part(ana.id)
    assert not tab.end_action.isEnabled()
    assert screen.column(tab.holders, 0)[-1] == ana.name
    assert screen.column(tab.holders, 5)[-1] == "Cesó el 05/03/2024"


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
