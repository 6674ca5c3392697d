"""A clerk who types into the register of the kardex, on its page over the real service."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.modules.kardex.service import reading
from sisfoh_desktop.modules.kardex.view import KardexPage

Key = Qt.Key


class Clerk:
    """Types in whatever has the cursor."""

    def __init__(self, desk, qtbot, office):
        self.desk, self.qtbot, self.office = desk, qtbot, office
        self.page = KardexPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(846, 640)
        self.page.show()
        self.page.activateWindow()
        desk.tasks.changed.connect(self.page.reload)  # as the window does
        desk.tasks.wait_idle()
        self.tab = self.page.tab()
        self.row = self.tab.entry
        self.tab.new_record()

    def keys(self, *typed):
        """Texts as they are, keys as keys, "|" alone as Tab."""
        for one in typed:
            for part in [one] if not isinstance(one, str) else self._parts(one):
                target = QApplication.focusWidget()
                if isinstance(part, str):
                    self.qtbot.keyClicks(target, part)
                else:
                    self.qtbot.keyClick(target, part)
        self.desk.tasks.wait_idle()
        return self

    @staticmethod
    def _parts(text):
        parts = []
        for number, piece in enumerate(text.split("|")):
            parts += ([Key.Key_Tab] if number else []) + ([piece] if piece else [])
        return parts

    def at(self):
        return QApplication.focusWidget().objectName()

    def cells(self):
        return {name: text for name, text in self.row.texts().items() if text}

    def lines(self):
        return reading.register_page(self.desk.db, campaign_id=self.office.campaign).lines
