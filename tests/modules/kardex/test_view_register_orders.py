"""What the register offers besides its row: files, adjustments, the card, the acta; and what it never loses."""

import threading
from datetime import date

import pytest
from kardex_actas import ActasOffice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from sisfoh_desktop.modules.kardex.rules import Campaign, MovementKind
from sisfoh_desktop.modules.kardex.rules.actas import ActaKind
from sisfoh_desktop.modules.kardex.service import catalogue, importing, moving, reading
from sisfoh_desktop.modules.kardex.view import KardexPage
from sisfoh_desktop.modules.kardex.view.adjust_dialogs import AdjustmentsDialog, ProposeDialog
from sisfoh_desktop.modules.kardex.view.day_return_dialog import DayReturnDialog
from sisfoh_desktop.modules.kardex.view.import_dialog import ImportDialog
from sisfoh_desktop.modules.kardex.view.import_quarantine import QuarantineDialog
from sisfoh_desktop.modules.kardex.view.movement_dialog import MovementDialog
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
FILE = """Fecha;Operación;Ficha;Origen;Destino;Desde;Hasta;Cant.;Documento
01/03/2024;Ingreso;FSU;;;000001;000500;500;Guía 1
05/03/2024;Uso;FSU;EMPADRONADR UNO PRUEBA;;1;10;10;
"""


@pytest.fixture
def page(desk, qtbot, kardex_office):
    made = KardexPage(desk)
    qtbot.addWidget(made)
    made.resize(878, 640)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    desk.tasks.changed.connect(made.reload)  # as the window does
    desk.tasks.wait_idle()
    made.tab().new_record()
    return made


@pytest.fixture
def keys(qtbot, desk):
    """Texts as they are ("|" is Tab), keys as keys, where the cursor is."""

    def press(*typed, modifier=Qt.KeyboardModifier.NoModifier):
        for one in typed:
            assert QApplication.focusWidget() is not None, "nothing has the cursor"
            if not isinstance(one, str):
                qtbot.keyClick(QApplication.focusWidget(), one, modifier)
                continue
            for number, piece in enumerate(one.split("|")):
                if number:
                    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
                qtbot.keyClicks(QApplication.focusWidget(), piece)
        desk.tasks.wait_idle()

    return press


def lines(page):
    return reading.register_page(page.desk.db, campaign_id=page.tab().campaign_id).lines


def opened(page, kind):
    page.desk.tasks.wait_idle()
    [dialog] = page.findChildren(kind)
    return dialog


def again(page):
    page.reload()
    page.desk.tasks.wait_idle()


# -- files ---------------------------------------------------------------------------------------------


def test_a_file_is_imported_from_the_register_and_what_waits_is_the_next_step(page, tmp_path, monkeypatch):
    path = tmp_path / "kardex.csv"
    path.write_text(FILE, encoding="utf-8")

    def bring(dialog):
        dialog.review(path)
        page.desk.tasks.wait_idle()
        dialog.submit()
        page.desk.tasks.wait_idle()

    monkeypatch.setattr(ImportDialog, "exec", bring)
    shown = []
    monkeypatch.setattr(QuarantineDialog, "exec", lambda dialog: shown.append(dialog))
    tab = page.tab()
    assert tab.list.empty.button.text() == "Importar…"
    assert not tab.orders.quarantine.isEnabled()
    tab.list.empty.button.click()
    page.desk.tasks.wait_idle()
    assert [toast.accessibleName() for toast in page.findChildren(Toast)] == [
        "Se registró 1 movimiento. 1 fila espera en cuarentena."
    ]
    assert len(lines(page)) == 1
    step = page.next_step()
    assert (step.title, step.button) == ("Resuelva la cuarentena", "Filas en cuarentena")
    assert "1 fila importada no cuadra" in step.text
    step.run()
    tab.orders.quarantine.trigger()
    assert len(shown) == 2


def test_a_quarantine_is_told_even_when_nothing_else_came_of_the_file(page, desk, kardex_office):
    importing.import_file(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        campaign_id=kardex_office.campaign,
        file_name="kardex.csv",
        data="Fecha;Operación;Ficha;Origen;Destino;Desde;Hasta\n"
        "05/03/2024;Uso;FSU;EMPADRONADR UNO PRUEBA;;1;10\n".encode(),
    )
    again(page)
    assert page.next_step().title == "Resuelva la cuarentena"
    page.show_tab("stock")
    page.desk.tasks.wait_idle()
    assert page.next_step().title == "Reciba los primeros formularios"


# -- other places send here ----------------------------------------------------------------------------


def test_an_adjustment_opens_those_that_wait(page):
    page.show_record("kardex.adjustment", 7)
    assert page.tab().key == "register"
    opened(page, AdjustmentsDialog).reject()


def test_a_campaign_opens_its_cuadre_for_everybody(page, desk, kardex_office, actor, now):
    other = catalogue.add_campaign(
        desk.db,
        actor=actor,
        now=now,
        campaign=Campaign("Actualización 2023", date(2023, 3, 1), date(2023, 12, 31)),
        copy_types_from=kardex_office.campaign,
    )
    page.show_record("kardex.campaign", other)
    page.desk.tasks.wait_idle()
    tab = page.tab()
    assert (tab.key, tab.campaign_id) == ("cuadre", other)
    assert not tab.bar.period().holder_id


def test_adjustments_are_in_the_cuadre_too(page):
    page.show_tab("cuadre")
    page.desk.tasks.wait_idle()
    words = [action.text() for action in page.page_actions()]
    assert {"Ajustes por aprobar…", "Proponer un ajuste…"} <= set(words)
    page.tab().propose_action.trigger()
    opened(page, ProposeDialog).reject()
    page.tab().adjustments_action.trigger()
    opened(page, AdjustmentsDialog).reject()


def test_a_person_s_return_of_the_day_is_sent_here(page, kardex_office):
    page.show_tab("register", ("day_return", kardex_office.ana))
    dialog = opened(page, DayReturnDialog)
    assert dialog.person.editor.text() == "EMPADRONADOR UNO PRUEBA"
    dialog.reject()


# -- the card and the acta -----------------------------------------------------------------------------


def test_control_p_shows_the_card_of_the_chosen_row_s_form(page, desk, kardex_office, keys):
    ActasOffice(kardex_office, desk.archive)
    kardex_office.receive("004501-005000")
    again(page)
    keys(Key.Key_Up)
    assert page.preview()
    dialog = opened(page, PreviewDialog)
    assert dialog.windowTitle() == "Tarjeta kardex de FSU"
    dialog.reject()


def test_without_a_row_the_card_is_that_of_what_is_being_typed(page, desk, kardex_office, keys):
    ActasOffice(kardex_office, desk.archive)
    keys("|dis|S100|")
    assert page.preview()
    dialog = opened(page, PreviewDialog)
    assert dialog.windowTitle() == "Tarjeta kardex de S100"
    dialog.reject()


def test_a_movement_shows_its_acta_and_opens_it(page, desk, kardex_office):
    office = ActasOffice(kardex_office, desk.archive)
    kardex_office.receive("000001-000500")
    moved = office.hand_out()
    used = kardex_office.move(MovementKind.USE, "000101", kardex_office.ana, day=date(2024, 3, 8))
    asked = []
    page.tab().open_tab.disconnect()
    page.tab().open_tab.connect(lambda key, part: asked.append((key, part)))

    page.tab().show_part(moved)
    dialog = opened(page, MovementDialog)
    assert dialog.acta_button.text().replace("&", "") == "Hacer el acta…"
    dialog.acta_button.click()
    assert asked == [("actas", ("acta", moved))]
    QApplication.sendPostedEvents(dialog, 52)  # its own deletion

    page.tab().show_part(used)
    dialog = opened(page, MovementDialog)
    assert not dialog.acta_button.isEnabled()
    assert "no lleva acta" in dialog.acta_button.toolTip()
    dialog.reject()
    QApplication.sendPostedEvents(dialog, 52)

    office.freeze(office.draft(ActaKind.DELIVERY, [moved]))
    page.tab().show_part(moved)
    dialog = opened(page, MovementDialog)
    assert dialog.acta_button.text().replace("&", "") == "Ver el acta"
    told = [label.text() for label in dialog.findChildren(type(dialog.head))]
    assert any("001-2024" in text for text in told), told
    dialog.acta_button.click()
    preview = opened(page, PreviewDialog)
    assert preview.isVisible()
    preview.reject()
    dialog.reject()


# -- nothing typed is lost -----------------------------------------------------------------------------


def test_a_note_is_typed_with_f7_and_registered(page, keys):
    entry = page.tab().entry
    keys("|rec|FSU|ente||004501-005000|||Guia 1")
    assert not entry.fields["note"].isVisible()
    assert "F7: observación" in page.tab().foot.text()
    keys(Key.Key_F7, "Caja 3 mojada", Key.Key_Return)
    [line] = lines(page)
    assert (line.note, line.document) == ("Caja 3 mojada", "Guia 1")
    assert not entry.fields["note"].isVisible()
    keys("|=")  # repeats the row, but a remark is about one movement
    assert entry.texts()["document"] == "Guia 1"
    assert entry.texts()["note"] == ""


def test_what_escape_empties_comes_back_with_control_z(page, keys):
    entry = page.tab().entry
    keys("|rec|FSU|ente||004501-005000|||Guia 1")
    typed = entry.texts()
    keys(Key.Key_Escape)
    assert not entry.has_content()
    assert "Ctrl+Z" in entry.message.text()
    keys(Key.Key_Z, modifier=CONTROL)
    assert entry.texts() == typed
    keys(Key.Key_Return)
    assert lines(page)[-1].form_count == 500
    keys(Key.Key_Z, modifier=CONTROL)
    assert not entry.has_content()


def test_a_row_is_not_lost_by_looking_at_another_tab(page, keys):
    keys("|rec|FSU|ente|")
    typed = page.tab().entry.texts()
    page.show_tab("stock")
    page.desk.tasks.wait_idle()
    assert page.has_unsaved()
    again(page)
    page.show_tab("register")
    page.desk.tasks.wait_idle()
    assert page.tab().entry.texts() == typed


def test_another_clerk_was_quicker_with_the_same_numbers(page, keys, kardex_office):
    kardex_office.receive("004501-005000")
    again(page)
    keys("|dis|fsu||uno|||50|")
    typed = page.tab().entry.texts()
    assert typed["first"] == "004501"
    kardex_office.hand_out("004501-004520", kardex_office.beto)  # at another window
    keys(Key.Key_Return)
    told = page.tab().entry.message.text()
    assert "N° 000002" in told
    assert "EMPADRONADOR DOS PRUEBA" in told
    assert page.tab().entry.texts() == typed
    assert page.tab().entry.fields["first"].hasFocus()
    assert len(lines(page)) == 2


def test_a_large_reception_that_is_cancelled_leaves_nothing_and_keeps_the_row(
    page, keys, kardex_office, monkeypatch, qtbot
):
    real, may_go_on = moving.register_movement, threading.Event()

    def register(*args, **more):
        may_go_on.wait(10)
        return real(*args, **more)

    keys("|rec|FSU|ente||000001+20000")
    with monkeypatch.context() as patched:
        patched.setattr(moving, "register_movement", register)
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
        page.findChild(ProgressDialog).cancel()
        may_go_on.set()
        page.desk.tasks.wait_idle()
    assert lines(page) == ()
    assert "Se canceló" in page.tab().entry.message.text()
    kept = page.tab().entry.texts()
    assert (kept["source"], kept["first"], kept["last"]) == ("Ente rector", "000001", "020000")
    page.tab().entry.start()
    keys(Key.Key_Return)
    assert lines(page)[-1].form_count == 20_000


# -- the list ------------------------------------------------------------------------------------------


def test_reading_further_up_is_not_disturbed_by_what_others_do(page, kardex_office, keys):
    kardex_office.receive("000001-001000")
    for number in range(80):
        kardex_office.hand_out(f"{number + 1}", kardex_office.ana)
    again(page)
    movements = page.tab().list
    keys(Key.Key_Up)
    movements.select(movements.model.facts[20].id)
    bar = movements.view.verticalScrollBar()
    bar.setValue(15)
    kardex_office.hand_out("500", kardex_office.beto)
    again(page)
    assert bar.value() == 15
    assert movements.selected().number == 21
    assert movements.model.facts[-1].number == 82


def test_registering_goes_to_the_end_of_the_list(page, kardex_office, keys):
    kardex_office.receive("000001-001000")
    for number in range(80):
        kardex_office.hand_out(f"{number + 1}", kardex_office.ana)
    again(page)
    page.tab().list.view.verticalScrollBar().setValue(0)
    keys("|dis|fsu||dos|900", Key.Key_Return)
    assert page.tab().list.at_end
    assert page.tab().list.model.facts[-1].number == 82


@pytest.mark.parametrize("width", [792, 878, 1288])
def test_figures_are_never_cut(page, kardex_office, width):
    kardex_office.receive("000001-020000")
    page.resize(width, 640)
    again(page)
    view = page.tab().list.view
    for number in (0, 1, 6, 7, 8):
        texts = [view.model().cell(row, number)[0] for row in range(view.model().rowCount())]
        need = max(view.fontMetrics().horizontalAdvance(text) for text in texts)
        assert need <= view.columnWidth(number) - 16, texts
    assert view.model().cell(0, 8)[0].replace("\u00a0", " ") == "20 000"


def test_the_list_ends_with_a_whole_row(page, kardex_office):
    kardex_office.receive("000001-001000")
    for number in range(40):
        kardex_office.hand_out(f"{number + 1}", kardex_office.ana)
    again(page)
    for height in (600, 611, 640, 653):
        page.resize(878, height)
        QApplication.processEvents()
        view = page.tab().list.view
        assert view.viewport().height() % view.rowHeight(0) == 0
        assert page.tab().entry.geometry().top() <= page.tab().list.geometry().bottom() + 6


def test_empty_fields_say_what_they_are_for(page):
    texts = [page.tab().entry.fields[name].placeholderText() for name in ("kind", "type", "source", "target")]
    assert texts == ["Movimiento", "Form.", "De", "A"]


def test_a_movement_is_seen_whole_without_scrolling(page, kardex_office):
    kardex_office.receive("000001-001000")
    page.tab().show_part(kardex_office.hand_out("000101-000200", kardex_office.ana))
    dialog = opened(page, MovementDialog)
    QApplication.processEvents()
    [area] = dialog.findChildren(QScrollArea)
    assert (
        area.verticalScrollBar().maximum() < dialog.head.height()
    )  # the undressed style of tests asks for more
    dialog.reject()
