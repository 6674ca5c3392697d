"""The tab of the actas over a small office, for its tests: shown, waited for, and what it lists and says."""

from datetime import date

from kardex_actas import ActasOffice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from sisfoh_desktop.modules.kardex.view.actas_dialogs import ActaDialog
from sisfoh_desktop.modules.kardex.view.actas_tab import ActasTab
from sisfoh_desktop.qtkit.messages import MessageDialog


def small_office(kardex_office, archive):
    """A thousand forms received, fifty of them handed out."""
    kardex_office.receive("000001-001000", day=date(2024, 3, 4))
    made = ActasOffice(kardex_office, archive)
    made.hand_out("000101-000150")
    return made


def shown_tab(office, desk, qtbot):
    """The tab in front, filled; its dialogs put away afterwards."""
    tab = ActasTab(desk)
    qtbot.addWidget(tab)
    tab.campaign_id = office.kardex.campaign
    tab.resize(862, 600)
    with qtbot.waitActive(tab):
        tab.show()
        tab.activateWindow()
    load(tab)
    yield tab
    for dialog in tab.findChildren(QDialog):
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.hide()


def load(tab):
    tab.reload()
    settle(tab)


def settle(tab):
    for _ in range(3):
        tab.desk.tasks.wait_idle()


def cells(table):
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]


def dialog_of(tab, kind):
    settle(tab)
    found = [one for one in tab.findChildren(kind) if one.isVisible()]
    assert found, f"no {kind.__name__}"
    return found[-1]


def told(tab):
    """What the message in front says, once closed."""
    box = dialog_of(tab, MessageDialog)
    text = box.accessibleDescription() or " ".join(
        label.text() for label in box.findChildren(type(box.banner.label))
    )
    box.close()
    return text


def make(tab, qtbot):
    """The acta of the chosen group, by keyboard alone."""
    assert tab.new_record()
    dialog = dialog_of(tab, ActaDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(tab)
    return dialog
