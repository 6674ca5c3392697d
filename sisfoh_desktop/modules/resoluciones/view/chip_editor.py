"""The editor of a block: free prose around locked data, which can be put in and taken out only whole.

A datum is one character of the document (`CHIP_SIGN`) with its key in the format, so that the caret cannot enter
it. Taking one out asks for the key twice; every way of deleting passes through `_delete`.
"""

from collections.abc import Mapping
from unicodedata import category

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QToolTip, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.resoluciones.rules import Piece, chip_label, compose, pieces_of
from sisfoh_desktop.modules.resoluciones.view.chip_drawing import (
    CHIP_OBJECT,
    CHIP_SIGN,
    ChipDrawer,
    chip_format,
    key_of_format,
    line_format,
    space_lines,
)
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.qtkit.clipboard import new_mime_data
from sisfoh_desktop.qtkit.theme import theme

MIME = "application/x-sisfoh-bloque"
LONGEST_PASTE = 200_000
_Move = QTextCursor.MoveOperation
_Key = QKeySequence.StandardKey
_DELETIONS = (
    (_Key.DeleteStartOfWord, _Move.PreviousWord),
    (_Key.DeleteEndOfWord, _Move.NextWord),
    (_Key.DeleteEndOfLine, _Move.EndOfBlock),
    (_Key.Backspace, _Move.PreviousCharacter),
    (_Key.Delete, _Move.NextCharacter),
)
# The orders that the field itself answers; every other key with Ctrl or Alt belongs to the window.
_OWN_KEYS = (
    *(key for key, _move in _DELETIONS[:2]),
    _Key.Copy,
    _Key.Cut,
    _Key.Paste,
    _Key.Undo,
    _Key.Redo,
    _Key.SelectAll,
    _Key.MoveToNextWord,
    _Key.MoveToPreviousWord,
    _Key.SelectNextWord,
    _Key.SelectPreviousWord,
    _Key.MoveToStartOfDocument,
    _Key.MoveToEndOfDocument,
    _Key.SelectStartOfDocument,
    _Key.SelectEndOfDocument,
)


def readable(text: str) -> str:
    """Text from outside as the editor can hold it: one kind of line end, no control signs, no chip sign."""
    kept = text.replace("\r\n", "\n")
    for sign in "\r\x0b\x0c\x85\u2028\u2029":
        kept = kept.replace(sign, "\n")
    kept = kept.replace("\t", " ").replace(CHIP_SIGN, "")
    return "".join(sign for sign in kept if sign.isprintable() or sign == "\n" or category(sign) == "Zs")


def plain(text: str, meanings: Mapping[str, ChipMeaning]) -> str:
    """A stored text as one reads it: data in place of their chips, `[falta …]` where there is none."""
    try:
        pieces = pieces_of(text)
    except RuleError:
        return text
    return "".join(_value(piece.key, meanings) if piece.key else piece.text for piece in pieces)


def _value(key: str, meanings: Mapping[str, ChipMeaning]) -> str:
    meaning = meanings.get(key)
    return meaning.value if meaning is not None and meaning.value else f"[falta {chip_label(key)}]"


class ChipEditor(QTextEdit):
    """Edits one stored text. `hint` says in a sentence what the last key did not do, and why."""

    hint = Signal(str)
    insert_asked = Signal()
    chip_at_caret = Signal(object)  # ChipMeaning, or None beside prose

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._armed: tuple[int, int] | None = None
        self._meanings: Mapping[str, ChipMeaning] = {}
        self._last_chip = ""
        self._drawer = ChipDrawer(self)
        self.document().documentLayout().registerHandler(CHIP_OBJECT, self._drawer)
        self.document().setDocumentMargin(8)
        self.cursorPositionChanged.connect(self._tell_chip)
        theme().changed.connect(self._on_theme_changed)

    # -- content ---------------------------------------------------------------------------------------

    def set_meanings(self, meanings: Mapping[str, ChipMeaning]) -> None:
        """What each datum stands for, by key."""
        self._meanings = meanings
        self._drawer.values = {key: one.value for key, one in meanings.items()}
        self._last_chip = ""
        self.redraw()
        self._tell_chip()

    def set_stored(self, text: str) -> None:
        """Show a stored text; undo starts anew. Half a chip, which cannot be stored, is shown as prose."""
        try:
            pieces = pieces_of(text)
        except RuleError:
            pieces = (Piece(text),)
        self._armed = None
        self.document().setUndoRedoEnabled(False)
        self.document().clear()
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(line_format())
        self._insert(cursor, pieces)
        self.document().setUndoRedoEnabled(True)
        cursor.setPosition(0)
        self.setTextCursor(cursor)
        self._last_chip = ""
        self._tell_chip()

    def stored(self) -> str:
        """The text as it is stored: prose with its chips."""
        return compose(self._pieces(QTextCursor(self.document()), whole=True))

    def insert_chip(self, key: str) -> None:
        """Put a datum at the caret, in place of the prose that is selected."""
        cursor = self.textCursor()
        if self.isReadOnly() or self._refuses(cursor):
            return
        cursor.beginEditBlock()
        cursor.insertText(CHIP_SIGN, chip_format(key))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def chips(self) -> list[str]:
        """The keys of the data in the text, in order."""
        return [piece.key for piece in self._pieces(QTextCursor(self.document()), whole=True) if piece.key]

    def redraw(self) -> None:
        """Lay the data out again: values, width or colours changed."""
        document = self.document()
        document.setDefaultFont(theme().font())
        self._drawer.width = float(self.viewport().width()) - 2 * document.documentMargin()
        document.markContentsDirty(0, document.characterCount())
        self.viewport().update()

    def _on_theme_changed(self) -> None:
        with QSignalBlocker(self):  # the text is the same: nothing to save
            space_lines(self.document())
        self.redraw()

    # -- deleting --------------------------------------------------------------------------------------

    def _delete(self, move: QTextCursor.MoveOperation | None) -> None:
        """Take out the selection, or what `move` passes over. Data go at the second time of asking."""
        cursor = self.textCursor()
        asked = self._armed if cursor.hasSelection() else None
        if not cursor.hasSelection() and move is not None:
            cursor.movePosition(move, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            return
        reach = (cursor.selectionStart(), cursor.selectionEnd())
        keys = self._keys_in(cursor)
        if keys and reach != asked:
            self.setTextCursor(cursor)
            self._armed = reach
            self.hint.emit(
                f"Es un dato fijo: {self._name(keys[0])}. Pulse otra vez la tecla para quitarlo entero."
                if len(keys) == 1
                else f"La selección tiene {len(keys)} datos fijos. Pulse otra vez la tecla para quitarlos."
            )
            return
        self._armed = None
        cursor.removeSelectedText()
        self.setTextCursor(cursor)
        if keys:
            self.hint.emit(
                "Se quitó el dato. Ctrl+Z lo devuelve." if len(keys) == 1 else "Se quitaron los datos."
            )

    def _refuses(self, cursor: QTextCursor) -> bool:
        """Whether writing here would run over data; it has said so then."""
        if not cursor.hasSelection() or not self._keys_in(cursor):
            return False
        self.hint.emit(
            "No se escribió: la selección tiene datos fijos. Quítelos antes con Supr, o ponga el cursor fuera."
        )
        return True

    def _keys_in(self, cursor: QTextCursor) -> list[str]:
        return [piece.key for piece in self._pieces(cursor) if piece.key]

    def _name(self, key: str) -> str:
        meaning = self._meanings.get(key)
        return meaning.label if meaning is not None else chip_label(key)

    # -- reading and writing the document --------------------------------------------------------------

    def _pieces(self, cursor: QTextCursor, *, whole: bool = False) -> list[Piece]:
        """Prose and chips of the selection (or of all), a line end between two paragraphs."""
        document: QTextDocument = self.document()
        start = 0 if whole else cursor.selectionStart()
        end = document.characterCount() - 1 if whole else cursor.selectionEnd()
        found: list[Piece] = []
        block = document.findBlock(start)
        while block.isValid() and block.position() <= end:
            if block.position() > start:
                found.append(Piece("\n"))
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                found += _fragment_pieces(
                    fragment.text(), fragment.position(), start, end, key_of_format(fragment.charFormat())
                )
                iterator += 1
            block = block.next()
        return found

    def _insert(self, cursor: QTextCursor, pieces: "tuple[Piece, ...] | list[Piece]") -> None:
        plain = QTextCharFormat()
        for piece in pieces:
            if piece.key:
                cursor.insertText(CHIP_SIGN, chip_format(piece.key))
            else:
                cursor.insertText(piece.text, plain)

    def _tell_chip(self) -> None:
        """The datum at the caret, before it or after it."""
        position = self.textCursor().position()
        key = self._key_at(position) or self._key_at(position - 1)
        if key != self._last_chip:
            self._last_chip = key
            self.chip_at_caret.emit(self._meanings.get(key))

    def _key_at(self, position: int) -> str:
        if position < 0 or self.document().characterAt(position) != CHIP_SIGN:
            return ""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position + 1)
        return key_of_format(cursor.charFormat())

    # -- keys, paste, menu -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        if event.matches(_Key.Cut):
            self._cut()
            return
        for key, move in _DELETIONS:
            if event.matches(key):
                self._delete(move)
                return
        if event.key() == Qt.Key.Key_Backspace:  # with any modifier
            self._delete(_Move.PreviousCharacter)
            return
        writes = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (
            bool(event.text()) and event.text().isprintable()
        )
        if writes:
            if self._refuses(self.textCursor()):
                return
            # Beside a datum Qt would go on in its format.
            self.setCurrentCharFormat(QTextCharFormat())
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            altgr = event.modifiers() & Qt.KeyboardModifier.GroupSwitchModifier or (
                bool(event.text()) and event.text().isprintable()
            )
            if held and not altgr and not any(event.matches(key) for key in _OWN_KEYS):
                event.ignore()
                return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        place = self.viewport().mapFromGlobal(event.globalPos())
        place.setY(place.y() + self.verticalScrollBar().value())
        key = key_of_format(self.document().documentLayout().formatAt(place.toPointF()))
        if key:
            meaning = self._meanings.get(key)
            QToolTip.showText(
                event.globalPos(), meaning.told if meaning else chip_label(key), self.viewport()
            )
        else:
            QToolTip.hideText()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() and self._refuses(self.textCursor()):
            return
        self.setCurrentCharFormat(QTextCharFormat())
        super().inputMethodEvent(event)

    def _cut(self) -> None:
        self.copy()
        self._delete(None)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasFormat(MIME)

    def insertFromMimeData(self, source: QMimeData) -> None:
        cursor = self.textCursor()
        if self.isReadOnly() or self._refuses(cursor):
            return
        text = source.text()
        if len(text) > LONGEST_PASTE:
            self.hint.emit(
                f"El texto copiado tiene {format_number(len(text))} caracteres; no se pegó. Pegue una parte más corta."
            )
            return
        pieces: tuple[Piece, ...] = (Piece(readable(text)),)
        if source.hasFormat(MIME):
            try:
                pieces = pieces_of(bytes(source.data(MIME).data()).decode("utf-8"))
            except (RuleError, UnicodeDecodeError):
                self.hint.emit("Lo copiado no se pudo leer con sus datos; se pegó como texto.")
        cursor.beginEditBlock()
        self._insert(cursor, pieces)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        pieces = self._pieces(self.textCursor())
        made = new_mime_data()
        made.setText("".join(self._drawer.shown(piece.key) if piece.key else piece.text for piece in pieces))
        made.setData(MIME, compose(pieces).encode("utf-8"))
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.build_menu().popup(event.globalPos())

    def build_menu(self) -> QMenu:
        """The field's menu, which deletes as its keys do."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        edits, chosen = not self.isReadOnly(), self.textCursor().hasSelection()
        if edits:
            menu.addAction("&Deshacer\tCtrl+Z", self.undo).setEnabled(self.document().isUndoAvailable())
            menu.addAction("&Rehacer\tCtrl+Y", self.redo).setEnabled(self.document().isRedoAvailable())
            menu.addSeparator()
            menu.addAction("&Insertar dato…\tF4", self.insert_asked.emit)
            menu.addSeparator()
            menu.addAction("C&ortar\tCtrl+X", self._cut).setEnabled(chosen)
        menu.addAction("&Copiar\tCtrl+C", self.copy).setEnabled(chosen)
        if edits:
            menu.addAction("&Pegar\tCtrl+V", self.paste).setEnabled(self.canPaste())
        menu.addSeparator()
        menu.addAction("&Seleccionar todo\tCtrl+E", self.selectAll)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.redraw()


def _fragment_pieces(text: str, at: int, start: int, end: int, key: str) -> list[Piece]:
    """What of a stretch of one format lies between `start` and `end`, counted as Qt counts (UTF-16)."""
    units = text.encode("utf-16-le")
    low, high = max(0, start - at), max(0, end - at)
    part = units[low * 2 : high * 2].decode("utf-16-le", "ignore")
    if not part:
        return []
    if not key:
        return [Piece(part.replace(CHIP_SIGN, ""))]
    return [Piece(key=key) if sign == CHIP_SIGN else Piece(sign) for sign in part]
