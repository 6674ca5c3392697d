"""The list on screen: typing filters, headers order, copies go to the spreadsheet, empty says what to do."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage

from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme


@dataclass(frozen=True)
class Paper:
    id: int
    number: str
    subject: str


PAPERS = [Paper(n, f"{n:03d}-2024-OGAJ/MPT", subject) for n, subject in enumerate(
    ["Opinión legal", "Ñandú", "Remite plan", "=1+1", "Navarro <b>"], start=1)]  # fmt: skip
COLUMNS = [Column("N°", lambda paper: paper.number), Column("Asunto", lambda paper: paper.subject)]


@pytest.fixture
def table(qtbot) -> RowTable:
    made = RowTable(
        COLUMNS, noun=("documento", "documentos"), empty_text="No hay documentos.", empty_button="Registrar",
        on_empty=lambda: asked.append(1),
    )  # fmt: skip
    asked: list[int] = []
    made.asked = asked
    qtbot.addWidget(made)
    made.resize(600, 400)
    with qtbot.waitActive(made):
        made.show()
    return made


def subjects(table: RowTable) -> list[str]:
    return [row[1] for row in table.as_seen()[1]]


def test_an_empty_list_says_one_sentence_and_offers_one_button(table, qtbot):
    table.set_rows([])
    assert table.empty_label.isVisible()
    assert table.empty_label.text() == "No hay documentos."
    qtbot.mouseClick(table.empty_button, Qt.MouseButton.LeftButton)
    assert table.asked == [1]


def test_typing_over_the_rows_filters_them(table, qtbot):
    table.set_rows(PAPERS)
    table.view.setFocus()
    qtbot.keyClicks(table.view, "o")
    qtbot.keyClicks(table.filter_box, "pinion")
    assert subjects(table) == ["Opinión legal"]
    assert table.foot.text() == "1 de 5 documentos"


def test_escape_takes_the_filter_off_and_then_leaves_the_field(table, qtbot):
    table.set_rows(PAPERS)
    table.focus_filter()
    qtbot.keyClicks(table.filter_box, "plan")
    qtbot.keyClick(table.filter_box, Qt.Key.Key_Escape)
    assert len(subjects(table)) == 5
    assert table.filter_box.hasFocus()
    qtbot.keyClick(table.filter_box, Qt.Key.Key_Escape)
    assert table.view.hasFocus()


def test_a_filter_without_hits_says_so_and_can_be_taken_off(table, qtbot):
    table.set_rows(PAPERS)
    table.set_filter("zzz")
    assert table.empty_label.text() == "Nada coincide con «zzz»."
    qtbot.mouseClick(table.empty_button, Qt.MouseButton.LeftButton)
    assert table.foot.text() == "5 documentos"


@pytest.mark.parametrize("keys", [Qt.Key.Key_F, Qt.Key.Key_B])
def test_both_find_keys_go_to_the_filter(table, qtbot, keys):
    table.set_rows(PAPERS)
    table.view.setFocus()
    qtbot.keyClick(table.view, keys, Qt.KeyboardModifier.ControlModifier)
    assert table.filter_box.hasFocus()


def test_a_header_orders_and_a_second_click_turns_it_round(table, qtbot):
    table.set_rows(PAPERS)
    header = table.view.filter_header
    place = QPoint(header.sectionViewportPosition(1) + 10, 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert subjects(table) == ["=1+1", "Navarro <b>", "Ñandú", "Opinión legal", "Remite plan"]
    assert header.isSortIndicatorShown()
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert subjects(table)[0] == "Remite plan"


def test_the_selected_row_stays_selected_through_filter_order_and_reload(table):
    table.set_rows(PAPERS)
    assert table.select(3)
    table.sort_by(1, descending=True)
    table.set_filter("remite")
    table.set_rows(list(PAPERS))
    assert table.selected() == PAPERS[2]


def test_asking_for_a_hidden_row_takes_the_filter_off(table):
    table.set_rows(PAPERS)
    table.set_filter("legal")
    assert table.select(2)
    assert table.selected() == PAPERS[1]
    assert not table.select(99)


def test_losing_the_selected_row_is_told(table, qtbot):
    table.set_rows(PAPERS)
    table.select(1)
    with qtbot.waitSignal(table.selection_changed) as told:
        table.set_rows(PAPERS[1:])
    assert told.args == [None]


def test_enter_and_double_click_open_the_row(table, qtbot):
    table.set_rows(PAPERS)
    table.view.setFocus()
    with qtbot.waitSignal(table.activated) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == [PAPERS[0]]


def test_copy_brings_heads_and_keeps_formulas_as_text(table, qtbot):
    table.set_rows(PAPERS)
    table.view.selectAll()
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "N°\tAsunto"
    assert lines[4] == "004-2024-OGAJ/MPT\t'=1+1"
    assert len(lines) == 6


def test_the_list_as_seen_is_filtered_and_ordered(table):
    table.set_rows(PAPERS)
    table.sort_by(0, descending=True)
    table.set_filter("2024")
    titles, rows = table.as_seen()
    assert titles == ["N°", "Asunto"]
    assert [row[0][:3] for row in rows] == ["005", "004", "003", "002", "001"]


def test_sixteen_thousand_rows_keep_their_count_and_answer(table):
    table.set_rows([Paper(n, f"{n:05d}", "Núñez" if n % 2 else "Ochoa") for n in range(16_391)])
    assert table.foot.text() == "16\u00a0391 documentos"
    table.set_filter("nunez")
    assert table.foot.text() == "8\u00a0195 de 16\u00a0391 documentos"
    assert not table.view.grab().isNull()


def test_columns_fit_the_width_without_a_horizontal_bar(table):
    table.set_rows([Paper(1, "001-2024-OGAJ/MPT", "Un asunto muy largo " * 20)])
    header = table.view.filter_header
    assert header.length() <= table.view.viewport().width() + 1


def test_every_control_has_a_name(table):
    assert table.view.accessibleName()
    assert table.filter_box.accessibleName() == "Filtrar la lista"


def test_the_menu_offers_copy_and_order(table):
    texts = [action.text() for action in table.build_menu().actions()]
    assert any("Copiar" in text for text in texts)
    assert any("Ordenar" in text for text in texts)


@pytest.mark.parametrize("filterable", [False, True])
def test_a_list_longer_than_its_room_ends_below_a_whole_row(qtbot, filterable):
    made = RowTable(COLUMNS, filterable=filterable, whole_rows=True)
    qtbot.addWidget(made)
    made.show()
    for height in (200, 211, 222):
        made.resize(600, height)
        made.set_rows(PAPERS * 4)
        QGuiApplication.processEvents()
        assert made.view.viewport().height() % made.view.verticalHeader().defaultSectionSize() == 0
        assert made.foot.geometry().top() - made.view.geometry().bottom() < 8, "the count stays at the list"
    made.set_rows(PAPERS[:1])
    QGuiApplication.processEvents()
    assert made.view.height() > 150, "a short list fills its room"


def test_what_siglas_stand_for_is_told_to_who_asks(qtbot):
    made = RowTable([Column("N°", lambda paper: paper.number, tip=lambda paper: paper.subject)])
    qtbot.addWidget(made)
    made.set_rows(PAPERS)
    assert made.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Opinión legal"
    assert made.as_seen()[1][0] == ["001-2024-OGAJ/MPT"]


def test_the_focus_on_a_list_selects_a_row_so_that_enter_opens_it(table, qtbot):
    table.set_rows(PAPERS)
    opened = []
    table.activated.connect(opened.append)
    table.filter_box.setFocus()
    table.view.clearSelection()
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert [paper.id for paper in opened] == [1]


@pytest.mark.parametrize("scale", [100, 160])
def test_titles_stand_over_their_cells_at_every_text_size(qapp, qtbot, scale):
    theme().start(qapp, "light", scale=scale)
    try:
        table = RowTable([Column("HHH", str, width=200)], key=str)
        qtbot.addWidget(table)
        table.resize(400, 300)
        with qtbot.waitExposed(table):
            table.show()
        table.set_rows(["HHH"])
        table.view.clearSelection()
        header = table.view.filter_header
        titles = header.viewport().grab(header.viewport().rect().adjusted(0, 2, 0, -4)).toImage()
        cells = table.view.viewport().grab().toImage()
        assert abs(_first_ink(titles) - _first_ink(cells)) <= 1  # a bold letter may begin a pixel earlier
        assert header.orders_button.iconSize().width() == round(16 * scale / 100)
    finally:
        theme().start(qapp, "light", scale=100)


def _first_ink(image: QImage) -> int:
    """The first column with something dark in it."""
    return next(
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).lightness() < 100 for y in range(image.height()))
    )


def test_a_column_that_lent_its_room_takes_it_back_for_a_row_that_needs_it(qtbot):
    made = RowTable(
        [
            Column("Versión", lambda one: one[0], width=200),
            Column("Resolución", lambda one: one[1]),
        ]
    )
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    document = "Resolución de Alcaldía N° 050-2024-A/MPT que aprueba el Plan Operativo Institucional"
    made.set_rows([("POI", document)])
    assert made.view.columnWidth(0) < 200  # lent to the document
    named = "POI modificado número 1"
    made.set_rows([("POI", document), (named, "—")])
    assert made.view.columnWidth(0) >= made.view.fontMetrics().horizontalAdvance(named) + 16


def test_a_width_given_by_hand_stays_when_other_rows_come(qtbot):
    made = RowTable(
        [Column("Versión", lambda one: one[0], width=200), Column("Resolución", lambda one: one[1])]
    )
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    made.set_rows([("POI", "Resolución de Alcaldía")])
    made.view.setColumnWidth(0, 50)
    made.set_rows([("POI modificado número 1", "—")])
    assert made.view.columnWidth(0) == 50
