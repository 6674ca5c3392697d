"""Those who may hold forms, in the tab "Catálogo": added, corrected, ceased and back."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from sisfoh_desktop.modules.kardex.rules import Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.kardex.view.catalogue_people import EndDialog, HolderDialog
from sisfoh_desktop.modules.kardex.view.catalogue_tab import HOLDERS, CatalogueTab
from sisfoh_desktop.qtkit.messages import Toast

START = date(2024, 3, 1)


TODAY = date(2024, 3, 8)


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


def test_who_ceased_by_mistake_is_back_by_the_toast(screen, kardex_office, db, qtbot):
    tab = screen.open_tab(kardex_office.campaign)
    tab.show_part(kardex_office.ana)
    before = catalogue.load_holder(db, kardex_office.ana)
    screen.answers({"until": TODAY, "reason": "Fin de contrato"})
    tab.end_action.trigger()
    screen.settle()
    assert catalogue.load_holder(db, before.id).valid_until == TODAY
    (toast,) = [one for one in tab.findChildren(Toast) if not one.isHidden()]
    assert before.name in toast.accessibleName()
    qtbot.mouseClick(toast.undo_button, Qt.MouseButton.LeftButton)
    screen.settle()
    after = catalogue.load_holder(db, before.id)
    assert replace(after, version=before.version) == before
    told = catalogue.history(db, f"kardex_holder:{before.id}")
    assert [line.what for line in told][:2] == ["Persona o lugar corregido", "Cese registrado"]


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


def _plain(text):
    return text.replace("&", "")
