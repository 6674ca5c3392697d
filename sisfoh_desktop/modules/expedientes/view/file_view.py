"""Shows an attached scan: a PDF in the preview, an image in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from sisfoh_desktop.basics.file_kinds import FileKind, file_kind
from sisfoh_desktop.modules.expedientes.rules import Attachment
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.theme import theme


def show_file(desk: Desk, title: str, attachment: Attachment, data: bytes, parent: QWidget) -> QDialog:
    """Open it over `parent` without blocking."""
    if file_kind(data) is FileKind.PDF:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        dialog: QDialog = open_preview(
            rendering,
            desk.tasks,
            data,
            title,
            file_name=attachment.name,
            kind="adjunto",
            over=parent,
        )
    else:
        dialog = ImageDialog(title, data, parent)
    dialog.open()
    return dialog


class ImageDialog(QDialog):
    """A scanned picture, fitted to the window's width."""

    def __init__(self, title: str, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.picture = QLabel()
        self.picture.setAccessibleName(title)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pixmap = QPixmap()
        if pixmap.loadFromData(data):
            width = min(pixmap.width(), theme().px(820))
            self.picture.setPixmap(pixmap.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        else:
            self.picture.setText("La imagen no se puede mostrar; guárdela y ábrala con otro programa.")
        area = QScrollArea()
        area.setWidget(self.picture)
        area.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(area)
        self.resize(theme().px(880), theme().px(640))
