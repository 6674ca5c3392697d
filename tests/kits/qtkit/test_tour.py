"""The guided tour: a bubble beside real widgets, by keyboard, that changes nothing and gives the cursor back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.tour import Tour, TourStep


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    middle = QWidget()
    window.setCentralWidget(middle)
    column = QVBoxLayout(middle)
    window.field, window.button = QLineEdit(), QPushButton("Guardar")
    column.addWidget(window.field)
    column.addWidget(window.button)
    column.addStretch(1)
    window.resize(900, 600)
    window.saved = []
    save = QAction("Guardar", window)
    save.setShortcut(QKeySequence("Ctrl+G"))
    save.triggered.connect(lambda: window.saved.append(1))
    window.addAction(save)
    window.show()
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    return window


@pytest.fixture
def tour(window):
    return Tour.start(
        window,
        "Consulta",
        [
            TourStep("El campo", "Aquí se escribe.", lambda: window.field),
            TourStep("El botón", "Aquí se guarda.", lambda: window.button),
            TourStep("Nada más", "Eso es todo."),
        ],
    )


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_the_bubble_says_where_one_is_and_stands_beside_the_widget(window, tour):
    assert tour.bubble.count.text() == "Consulta · 1 de 3"
    assert tour.bubble.title.text() == "El campo"
    assert tour.target is window.field
    place = window.field.rect().translated(window.field.mapTo(window, window.field.rect().topLeft()))
    assert not tour.bubble.geometry().intersects(place)
    assert tour.rect().contains(tour.bubble.geometry())
    assert "El campo. Aquí se escribe." in tour.bubble.next_button.accessibleDescription()


def test_it_is_walked_by_keyboard_forth_and_back(tour, qtbot):
    press(Qt.Key.Key_Return)
    assert tour.step.title == "El botón"
    press(Qt.Key.Key_Left)
    assert tour.step.title == "El campo"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_PageDown)
    assert tour.step.title == "Nada más"
    assert tour.bubble.next_button.text().replace("&", "") == "Terminar"
    with qtbot.waitSignal(tour.ended) as ended:
        press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert ended.args == [True]


def test_escape_leaves_and_the_cursor_returns_where_it_was(window, tour, qtbot):
    with qtbot.waitSignal(tour.ended) as ended:
        press(Qt.Key.Key_Escape)
    assert ended.args == [False]
    assert window.field.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "hola")
    assert window.field.text() == "hola"


def test_tab_stays_among_its_buttons(tour):
    seen = set()
    for _ in range(4):
        press(Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert seen == {tour.bubble.next_button, tour.bubble.skip_button}, (
        "one cannot go back from the first step"
    )


def test_nothing_under_it_can_be_pressed_or_typed(window, tour):
    clicks = []
    window.button.clicked.connect(lambda: clicks.append(1))
    at = window.button.mapTo(window, window.button.rect().center())
    QTest.mouseClick(window.childAt(at), Qt.MouseButton.LeftButton)
    press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_A)
    assert clicks == []
    assert window.saved == []
    assert window.field.text() == ""


def test_a_page_that_takes_the_cursor_does_not_keep_it(window, tour):
    window.field.setFocus()
    assert tour.bubble.next_button.hasFocus()


def test_a_widget_that_comes_later_is_found(window, qtbot):
    later = []
    tour = Tour.start(
        window, "Más tarde", [TourStep("Lista", "Se carga.", lambda: later[0] if later else None)]
    )
    assert tour.target is None
    later.append(window.button)
    qtbot.waitUntil(lambda: tour.target is window.button)
    tour.skip()


def test_it_ends_when_its_reason_is_gone(window, qtbot):
    here = [True]
    tour = Tour.start(window, "Sesión", [TourStep("Lista", "")], stays=lambda: here[0])
    with qtbot.waitSignal(tour.ended) as ended:
        here[0] = False
    assert ended.args == [False]


def test_a_second_tour_takes_the_place_of_the_first(window, tour):
    ended = []
    tour.ended.connect(ended.append)
    other = Tour.start(window, "Otro", [TourStep("Uno", "")])
    assert ended == [False]
    other.skip()


def test_it_follows_the_size_of_the_window(window, tour):
    window.resize(640, 480)
    QApplication.processEvents()
    tour.follow()
    assert tour.geometry() == window.rect()
    assert tour.rect().contains(tour.bubble.geometry())
