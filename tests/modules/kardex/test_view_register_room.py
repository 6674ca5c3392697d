"""The blank row has room for what is typed in it, and the list for what it says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.view import KardexPage
from sisfoh_desktop.qtkit.row_view import PADDING
from sisfoh_desktop.qtkit.theme import theme

_INSIDE = 2  # what Qt keeps free at each side of the text of a line


@pytest.fixture
def page(desk, qtbot, qapp, kardex_office):
    theme().start(qapp, "light", scale=100)
    made = KardexPage(desk)
    qtbot.addWidget(made)
    made.resize(846, 640)
    made.show()
    desk.tasks.wait_idle()
    made.tab().new_record()
    yield made
    theme().set_scale(100)


def room(field: QLineEdit) -> int:
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    inner = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    return inner.width() - 2 * _INSIDE


@pytest.mark.parametrize("scale", [100, 140])
@pytest.mark.parametrize("name", ["first", "last"])
def test_six_digits_are_whole_with_and_without_the_cursor(page, desk, scale, name):
    theme().set_scale(scale)
    page.resize(846 if scale == 100 else 1288, 641)
    desk.tasks.wait_idle()
    entry = page.tab().entry
    field = entry.fields[name]
    for _ in range(2):
        field.ensurePolished()
        assert room(field) >= field.fontMetrics().horizontalAdvance("000004")
        entry.focus_field(name)


def test_a_long_expression_shows_its_beginning_once_left(page, qtbot):
    entry = page.tab().entry
    entry.focus_field("first")
    qtbot.keyClicks(entry.fields["first"], "004501-004516, 004518-004550")
    assert entry.fields["first"].cursorPosition() > 0
    qtbot.keyClick(entry.fields["first"], Qt.Key.Key_Tab)
    assert entry.fields["first"].cursorPosition() == 0


def test_a_repeated_row_shows_the_beginnings(page):
    entry = page.tab().entry
    entry.take_texts(
        {"first": "004501-004516, 004518-004550", "note": "Con la guía de remisión del 4 de marzo"}
    )
    assert entry.fields["first"].cursorPosition() == 0
    assert entry.fields["note"].cursorPosition() == 0


@pytest.mark.parametrize("scale", [100, 140])
def test_what_was_handed_to_data_entry_is_told_short_and_whole_in_the_tip(page, desk, kardex_office, scale):
    theme().set_scale(scale)
    office = kardex_office
    office.receive("000001-000100")
    office.hand_out("000001-000010", office.ana)
    office.move(MovementKind.USE, "000001-000010", office.ana)
    office.move(MovementKind.TO_DATA_ENTRY, "000001-000010", office.ana, office.digi)
    page.reload()
    desk.tasks.wait_idle()
    listed = page.tab().list
    assert [row[2] for row in listed.as_seen()[1]] == ["Recepción", "Distribución", "Uso", "A digitación"]
    column = listed.model.columns[2]
    assert column.tip(listed.model.facts[-1]) == "Entrega a digitación"
    metrics = listed.view.fontMetrics()
    for kind in MovementKind:
        shown = column.text(type("Line", (), {"kind": kind}))
        assert metrics.horizontalAdvance(shown) + 2 * PADDING <= listed.view.columnWidth(2), shown
