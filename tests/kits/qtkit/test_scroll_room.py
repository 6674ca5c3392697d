"""Room for what is higher than its place: it scrolls only when its parts would be cut, and follows the cursor."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.scroll_room import PageRoom, least_height, roomy
from sisfoh_desktop.qtkit.theme import theme


@pytest.fixture
def large(qapp):
    """Text at 160 %."""
    theme().start(qapp, "light", scale=160)
    yield
    theme().start(qapp, "light", scale=100)


def _list(**more) -> RowTable:
    return RowTable([Column("Nombre", str)], key=str, **more)


def _two_lists(qtbot, height: int) -> tuple[QWidget, list[RowTable]]:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(roomy(page))
    lists = [_list(), _list()]
    for one in lists:
        one.set_rows(["uno", "dos", "tres"])
        layout.addWidget(one)
    page.resize(500, height)
    page.show()
    return page, lists


def _whole_rows(one: RowTable) -> int:
    return one.view.viewport().height() // one.view.verticalHeader().defaultSectionSize()


def test_lists_share_a_place_without_a_bar_while_each_shows_a_row(qtbot, qapp) -> None:
    page, lists = _two_lists(qtbot, 400)
    room = page.findChild(PageRoom)
    qtbot.waitUntil(lambda: room.widget().height() == room.viewport().height())
    assert not room.verticalScrollBar().isVisible()
    assert all(_whole_rows(one) >= 1 for one in lists)


def test_in_a_low_place_they_scroll_and_none_loses_its_row_nor_its_count(qtbot, large) -> None:
    page, lists = _two_lists(qtbot, 240)
    room = page.findChild(PageRoom)
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() > 0)
    for one in lists:
        assert _whole_rows(one) >= 1
        assert one.view.geometry().bottom() < one.foot.geometry().top()
        assert one.foot.height() >= one.foot.sizeHint().height()


@pytest.mark.parametrize("width", [420, 1_200])
def test_what_an_empty_list_says_is_whole_in_a_low_place(qtbot, large, width) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(roomy(page))
    said = "Todavía no hay ninguna acta: se hacen de los movimientos que esperan arriba, uno por uno o por grupo."
    empty = _list(empty_text=said, empty_button="Hacer acta…", on_empty=lambda: None)
    empty.set_rows([])
    layout.addWidget(empty)
    layout.addWidget(_list())
    page.resize(width, 200)
    page.show()
    qtbot.waitUntil(
        lambda: empty.empty_label.height() >= empty.empty_label.heightForWidth(empty.empty_label.width())
    )
    viewport = empty.view.viewport()
    for part in (empty.empty_label, empty.empty_button):
        top = part.mapTo(viewport, part.rect().topLeft()).y()
        assert top >= 0
        assert top + part.height() <= viewport.height()


def test_a_wrapped_sentence_counts_with_its_lines(qtbot, qapp) -> None:
    content = QWidget()
    qtbot.addWidget(content)
    label = QLabel("palabra " * 60)
    label.setWordWrap(True)
    QVBoxLayout(content).addWidget(label)
    assert least_height(content, 200) > 2 * least_height(content, 600)


def test_the_field_that_takes_the_cursor_comes_into_sight(qtbot, qapp) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(roomy(page))
    fields = [QLineEdit() for _ in range(30)]
    for one in fields:
        layout.addWidget(one)
    page.resize(300, 200)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.isActiveWindow())
    fields[-1].setFocus()
    qtbot.waitUntil(lambda: not fields[-1].visibleRegion().isEmpty())
    fields[0].setFocus()
    qtbot.waitUntil(lambda: not fields[0].visibleRegion().isEmpty())


def test_a_form_higher_than_the_screen_follows_the_cursor_and_fits_the_screen(qtbot, large) -> None:
    dialog = FormDialog("Muchos datos")
    qtbot.addWidget(dialog)
    for number in range(30):
        dialog.form.text(f"f{number}", f"Dato {number}", max_length=20)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isActiveWindow())
    last = dialog.form.fields["f29"].editor
    last.setFocus()
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    room = QApplication.primaryScreen().availableGeometry()
    assert dialog.height() < room.height()


def test_a_dialog_that_asks_for_more_than_the_screen_gets_the_screen(qtbot, qapp) -> None:
    dialog = FormDialog("Ancho")
    qtbot.addWidget(dialog)
    dialog.form.text("one", "Uno", max_length=5)
    dialog.form.setMinimumSize(5_000, 5_000)
    room = qapp.primaryScreen().availableGeometry()
    dialog.show()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()


def test_the_bar_of_a_wide_list_takes_nothing_from_its_row(qtbot, large) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(roomy(page))
    wide = RowTable([Column(f"Columna {n}", str, width=200) for n in range(9)], key=str)
    wide.set_rows(["uno", "dos"])
    layout.addWidget(wide)
    page.resize(400, 120)
    page.show()
    qtbot.waitUntil(lambda: wide.view.horizontalScrollBar().isVisible())
    qtbot.waitUntil(lambda: _whole_rows(wide) >= 1)
