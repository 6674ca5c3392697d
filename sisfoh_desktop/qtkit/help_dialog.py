"""The window of the offline help: its topics in groups, a field that searches all of them, and the way back.

The pages themselves, what each explains and which norms they cite are in `basics.help_topics`.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCursor,
    QTextFormat,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.help_topics import (
    HelpTopic,
    found_places,
    help_topics,
    search_topics,
    topic_of_dialog,
)
from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.qtkit.screen_room import largest
from sisfoh_desktop.qtkit.theme import mixed, theme

__all__ = ["HelpDialog", "HelpTopic", "help_topics", "show_help_of"]

_KEY = Qt.ItemDataRole.UserRole
_LINE = 125  # per cent of the usual line
_PLACE = "Buscar en la ayuda"
_AROUND_TITLE = 32  # px at 100 %: air, frame and scroll bar of the list


class HelpDialog(QDialog):
    """Topics at the left under the search, the page at the right; links lead only to other pages of the help."""

    def __init__(self, topic: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ayuda")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.topics = help_topics()
        self._shown = ""
        self._before: list[str] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(f"{_PLACE} (Ctrl+B)")
        self.field.setAccessibleName(_PLACE)
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(80)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Temas de ayuda")
        self.list.currentItemChanged.connect(self._on_chosen)
        self.nothing = QLabel()
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setWordWrap(True)
        self.nothing.setProperty("tone", "dim")
        self.nothing.hide()
        self.back_button = QPushButton("&Atrás")
        self.back_button.setToolTip("Volver a la página anterior (Alt+←)")
        self.back_button.setAutoDefault(False)
        self.back_button.clicked.connect(self.go_back)
        self.browser = QTextBrowser()
        self.browser.setAccessibleName("Texto de la ayuda")
        self.browser.setOpenLinks(False)
        self.browser.document().setDocumentMargin(16)
        self.browser.anchorClicked.connect(self._on_link_clicked)
        self._build_layout()
        for keys in ("Ctrl+B", "Ctrl+F", "Ctrl+K"):
            QShortcut(QKeySequence(keys), self, self._search)
        for keys in ("Alt+Left", "Backspace"):
            QShortcut(QKeySequence(keys), self, self.go_back)
        QShortcut(QKeySequence("F1"), self, self.close)
        self._fill(self.topics)
        self.resize(self.sizeHint())
        self.show_topic(topic)
        self.browser.setFocus()

    def _build_layout(self) -> None:
        side = QWidget()
        side.setFixedWidth(self._side_width())
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(side)
        layout.addWidget(self.browser, 1)

    def _side_width(self) -> int:
        """Room for the longest title whole, beside the scroll bar; the page has the larger part in any case."""
        metrics = QFontMetrics(theme().font())
        longest = max((metrics.horizontalAdvance(topic.title) for topic in self.topics), default=0)
        whole = max(theme().px(250), longest + theme().px(_AROUND_TITLE))
        return min(whole, largest(self).width() * 2 // 5)

    # -- topics ----------------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        """The key of the page on view."""
        return self._shown

    def show_topic(self, key: str) -> None:
        """Show a page, or the first one; the page before can be returned to."""
        known = {topic.key for topic in self.topics}
        wanted = key if key in known else next((topic.key for topic in self.topics), "")
        if wanted and wanted != self._shown:
            if self._shown:
                self._before.append(self._shown)
            self._show(wanted)

    def go_back(self) -> None:
        """To the page that was on view before this one."""
        if self._before:
            self._show(self._before.pop())

    def _show(self, key: str) -> None:
        topic = next(one for one in self.topics if one.key == key)
        self._shown = key
        self.back_button.setEnabled(bool(self._before))
        self.browser.setMarkdown(topic.text)
        self._dress_page()
        self._mark_found()
        blocked = self.list.blockSignals(True)
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)

    def _fill(self, topics: list[HelpTopic], *, groups: bool = True) -> None:
        """The topics, under the words of their groups while nothing is searched."""
        blocked = self.list.blockSignals(True)
        self.list.clear()
        group = ""
        for topic in topics:
            if groups and topic.group and topic.group != group:
                group = topic.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setForeground(QColor(theme().tokens.text_dim))
                head.setFont(theme().font("caption", bold=True))
                head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
                head.setSizeHint(QSize(0, theme().px(30)))
                self.list.addItem(head)
            item = QListWidgetItem(topic.title)
            item.setData(_KEY, topic.key)
            item.setToolTip(topic.title)
            item.setSizeHint(QSize(0, theme().px(28)))
            self.list.addItem(item)
        self.list.blockSignals(blocked)

    # -- the search ------------------------------------------------------------------------------------

    def _search(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_typed(self, typed: str) -> None:
        found = search_topics(self.topics, typed)
        self._fill(found, groups=not typed.strip())
        self.nothing.setText(f"Ninguna página de la ayuda dice «{typed.strip()[:40]}».")
        self.nothing.setVisible(not found)
        if typed.strip() and found:
            self.show_topic(found[0].key)
        self._show(self._shown)

    def _mark_found(self) -> None:
        """What was searched stands out in the page, and the first place is in sight."""
        marks, document = [], self.browser.document()
        plain = _one_to_one(document.toPlainText())
        colour = mixed(theme().tokens.accent, theme().tokens.surface, 0.3)
        for start, end in found_places(plain, without_accents(self.field.text())):
            cursor = QTextCursor(document)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(QColor(colour))
            marks.append((start, mark))
        self.browser.setExtraSelections([mark for _at, mark in marks])
        if marks:
            first = QTextCursor(document)
            first.setPosition(min(at for at, _mark in marks))
            self.browser.setTextCursor(first)
            self.browser.ensureCursorVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                if self.list.count():  # nothing found: the cursor stays where another word can be typed
                    self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.browser.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    # -- the page --------------------------------------------------------------------------------------

    def _dress_page(self) -> None:
        """Qt writes headings too large and lines too close; ours have the sizes of every other title, and room."""
        block = self.browser.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                cursor = QTextCursor(block)
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                size = cursor.charFormat()
                size.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                size.setFont(theme().font("title" if level == 1 else "section"))
                cursor.setCharFormat(size)
                room = QTextBlockFormat()
                room.setTopMargin(0 if level == 1 else 12)
                room.setBottomMargin(8)
                cursor.mergeBlockFormat(room)
            else:
                room = QTextBlockFormat()
                room.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                room.setBottomMargin(4)
                QTextCursor(block).mergeBlockFormat(room)
            block = block.next()
        for frame in self.browser.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):  # else its first line touches the heading above
                spaced = frame.format()
                spaced.setTopMargin(6)
                frame.setFormat(spaced)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        key = item.data(_KEY) if item is not None else None
        if key:
            self.show_topic(str(key))

    def _on_link_clicked(self, link: QUrl) -> None:
        self.show_topic(Path(link.path()).stem)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(880), theme().px(580)).boundedTo(largest(self))


def show_help_of(dialog: QDialog) -> HelpDialog:
    """F1 in a dialog: the page of the help that explains it, else that of every form; what is typed stays."""
    kinds = (kind for kind in type(dialog).__mro__ if issubclass(kind, QDialog))
    topics = (topic_of_dialog(kind.__module__, kind.__name__) for kind in kinds)
    help_window = HelpDialog(next(filter(None, topics), "forms"), dialog)
    help_window.setModal(True)
    help_window.open()
    return help_window


def _one_to_one(text: str) -> str:
    """The text folded sign by sign, so that places in it are places in the page."""
    return "".join((without_accents(sign) or " ")[0] for sign in text)
