"""The editor of prose around locked data: nothing is lost on the way, and a datum goes whole or not at all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QTextCursor

from sisfoh_desktop.modules.resoluciones.rules import Piece, chips_of, compose
from sisfoh_desktop.modules.resoluciones.view.chip_editor import ChipEditor, plain, readable
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import meanings
from sisfoh_desktop.qtkit.theme import theme

VALUES = {
    "plan.amount": "S/\u00a0312\u00a0656.00",
    "doc.informe_1.cite": "Informe N° 1",
    "entity": "x " * 200,
}
KEYS = [*VALUES, "plan.ghost"]
KNOWN = {one.key: one for one in meanings(VALUES, (), {}, ("{plan.ghost}",))}
PROSE = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), exclude_characters="\ufffc")
    | st.just("\n"),
    max_size=30,
)
TEXTS = st.lists(PROSE.map(Piece) | st.sampled_from(KEYS).map(lambda key: Piece(key=key)), max_size=12).map(
    compose
)
relaxed = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def editor(qtbot, qapp):
    theme().start(qapp, "light")
    made = ChipEditor()
    qtbot.addWidget(made)
    made.set_meanings(KNOWN)
    made.resize(420, 300)
    made.show()
    made.hints = []
    made.hint.connect(made.hints.append)
    return made


def put_caret(editor, at, to=None):
    cursor = editor.textCursor()
    cursor.setPosition(at)
    if to is not None:
        cursor.setPosition(to, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


@relaxed
@given(text=TEXTS)
def test_what_goes_in_comes_out(editor, text):
    editor.set_stored(text)
    editor.grab()
    assert editor.stored() == text
    assert tuple(editor.chips()) == chips_of(text)


@relaxed
@given(text=TEXTS, data=st.data())
def test_a_copy_of_any_stretch_pastes_as_the_same_pieces(editor, text, data):
    editor.set_stored(text)
    end = editor.document().characterCount() - 1
    start = data.draw(st.integers(0, end))
    put_caret(editor, start, data.draw(st.integers(start, end)))
    copied = editor.createMimeDataFromSelection()
    editor.set_stored("")
    editor.insertFromMimeData(copied)
    assert editor.stored() in text


@relaxed
@given(text=TEXTS, data=st.data())
def test_no_single_key_takes_a_datum_away(editor, qtbot, text, data):
    editor.set_stored(text)
    end = editor.document().characterCount() - 1
    put_caret(editor, data.draw(st.integers(0, end)), data.draw(st.integers(0, end)))
    key = data.draw(
        st.sampled_from([Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_A, Qt.Key.Key_Return])
    )
    held = data.draw(st.sampled_from([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]))
    if (key, held) == (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier):
        return
    qtbot.keyClick(editor, key, held)
    assert tuple(editor.chips()) == chips_of(text)


def test_a_datum_goes_whole_at_the_second_press_and_comes_back_by_undo(editor, qtbot):
    editor.set_stored("por {plan.amount} soles")
    put_caret(editor, 5)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.stored() == "por {plan.amount} soles"
    assert "Plan: monto en cifras" in editor.hints[-1]
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.stored() == "por  soles"
    editor.undo()
    assert editor.stored() == "por {plan.amount} soles"


def test_another_key_in_between_asks_anew(editor, qtbot):
    editor.set_stored("{plan.amount}")
    put_caret(editor, 1)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.stored() == "{plan.amount}"


def test_writing_over_a_selection_with_data_is_refused(editor, qtbot):
    editor.set_stored("uno {plan.amount} dos")
    editor.selectAll()
    qtbot.keyClicks(editor, "x")
    QGuiApplication.clipboard().setText("pegado")
    editor.paste()
    assert editor.stored() == "uno {plan.amount} dos"
    assert "datos fijos" in editor.hints[-1]


def test_what_is_typed_beside_a_datum_is_prose(editor, qtbot):
    editor.set_stored("{plan.amount}")
    put_caret(editor, 1)
    qtbot.keyClicks(editor, "abc")
    put_caret(editor, 0)
    qtbot.keyClicks(editor, "de ")
    assert editor.stored() == "de {plan.amount}abc"


def test_cutting_asks_twice_and_keeps_the_datum_on_the_clipboard(editor, qtbot):
    editor.set_stored("a{plan.amount}b")
    editor.selectAll()
    for _ in range(2):
        editor._cut()
    assert editor.stored() == ""
    assert QGuiApplication.clipboard().text() == f"a{VALUES['plan.amount']}b"
    editor.paste()
    assert editor.stored() == "a{plan.amount}b"


def test_text_from_outside_is_made_readable(editor):
    source = QMimeData()
    source.setText("uno\r\ndos\x00\x07\u2028tres\tcuatro {plan.amount}\ufffc")
    editor.insertFromMimeData(source)
    assert editor.stored() == "uno\ndos\ntres cuatro {{plan.amount}}"
    assert readable("a\u202fb\u00adc") == "a\u202fbc"


def test_an_endless_paste_is_refused(editor):
    source = QMimeData()
    source.setText("x" * 300_000)
    editor.insertFromMimeData(source)
    assert editor.stored() == ""
    assert "300\u00a0000" in editor.hints[-1]


def test_a_read_only_text_takes_nothing(editor, qtbot):
    editor.set_stored("{plan.amount}")
    editor.setReadOnly(True)
    editor.selectAll()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Delete, Qt.Key.Key_A):
        qtbot.keyClick(editor, key)
    editor.insert_chip("entity")
    assert editor.stored() == "{plan.amount}"


def test_the_caret_tells_the_datum_beside_it(editor):
    told = []
    editor.chip_at_caret.connect(told.append)
    editor.set_stored("a{plan.ghost}bc")
    put_caret(editor, 2)
    assert told[-1].told.startswith("plan: ghost: este expediente no lo tiene.")
    put_caret(editor, 4)
    assert told[-1] is None


def test_the_window_keeps_its_keys_while_typing(editor, qtbot):
    from PySide6.QtGui import QShortcut

    heard = []
    for keys in ("Ctrl+K", "Ctrl+G", "Alt+Up"):
        QShortcut(QKeySequence(keys), editor, lambda keys=keys: heard.append(keys))
    editor.set_stored("uno dos")
    editor.activateWindow()
    editor.setFocus()
    for key, held in (
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
    ):
        qtbot.keyClick(editor, key, held)
    assert heard == ["Ctrl+K", "Ctrl+G", "Alt+Up"]
    assert editor.stored() == "uno dos"


def test_half_a_chip_is_shown_as_prose(editor):
    editor.set_stored("una {llave suelta")
    assert editor.toPlainText() == "una {llave suelta"
    assert plain("de {plan.amount} y {nada.no}", KNOWN) == f"de {VALUES['plan.amount']} y [falta nada: no]"


def test_larger_letters_keep_the_lines_apart_and_are_no_change_of_the_text(editor, qtbot):
    said = []
    editor.textChanged.connect(lambda: said.append(1))
    editor.set_stored("En {plan.amount}, según {doc.informe_1.cite},\nse aprueba.")
    put_caret(editor, 0)
    said.clear()
    try:
        theme().set_scale(160)
        heights = [
            editor.document().findBlockByNumber(number).blockFormat().lineHeight() for number in range(2)
        ]
        assert min(heights) > 1.3 * editor.fontMetrics().height()
        assert not said
        assert not editor.document().isUndoAvailable()
        qtbot.keyClicks(editor, "Ya ")
        said.clear()
        theme().set_scale(100)
        assert not said
        editor.undo()
        assert editor.stored() == "En {plan.amount}, según {doc.informe_1.cite},\nse aprueba."
    finally:
        theme().set_scale(100)
