"""Offline help: short Markdown pages from resources/help, one per page of the window and a few topics."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.qtkit.theme import theme

# The order of reading; files not named here come after, by title.
_ORDER = (
    "first-steps",
    "keys",
    "inbox",
    "expedientes",
    "plans",
    "responsibilities",
    "resoluciones",
    "papers",
)


class HelpTopic(NamedTuple):
    """One page of help: its key (the file's name), title and text in Markdown."""

    key: str
    title: str
    text: str


def help_topics(folder: Path | None = None) -> list[HelpTopic]:
    """The pages in reading order; a page that cannot be read is left out."""
    topics = []
    for path in sorted((folder or resource("help")).glob("*.md")):
        if path.name == "README.md":
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        title = text.partition("\n")[0].lstrip("# ").strip()
        topics.append(HelpTopic(path.stem, title or path.stem, text))
    rank = {key: number for number, key in enumerate(_ORDER)}
    return sorted(topics, key=lambda topic: (rank.get(topic.key, len(rank)), topic.title))


class HelpDialog(QDialog):
    """Topics at the left, the page at the right; links lead only to other pages of the help."""

    def __init__(self, topic: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ayuda")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.topics = help_topics()
        self.list = QListWidget()
        self.list.setAccessibleName("Temas de ayuda")
        self.list.setFixedWidth(theme().px(220))
        self.browser = QTextBrowser()
        self.browser.setAccessibleName("Texto de la ayuda")
        self.browser.setOpenLinks(False)
        self.browser.document().setDocumentMargin(16)
        self.browser.anchorClicked.connect(self._on_link_clicked)
        for one in self.topics:
            item = QListWidgetItem(one.title)
            item.setSizeHint(QSize(0, theme().px(28)))
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._on_topic_changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self.list)
        layout.addWidget(self.browser, 1)
        QShortcut(QKeySequence("F1"), self, self.close)
        self.resize(self.sizeHint())
        self.show_topic(topic)

    def show_topic(self, key: str) -> None:
        """Show a page, or the first one."""
        row = next((number for number, one in enumerate(self.topics) if one.key == key), 0)
        self.list.setCurrentRow(row)

    def _on_topic_changed(self, row: int) -> None:
        if 0 <= row < len(self.topics):
            self.browser.setMarkdown(self.topics[row].text)
            self._size_headings()

    def _size_headings(self) -> None:
        """Qt writes headings too large; ours have the sizes of every other title."""
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
            block = block.next()

    def _on_link_clicked(self, link: QUrl) -> None:
        self.show_topic(Path(link.path()).stem)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(820), theme().px(560))
