"""The tab "Catálogo" on view, and a person who answers its dialogs."""

from datetime import date

from PySide6.QtWidgets import QApplication, QLabel

from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.kardex.view.catalogue_dialogs import CatalogueDialog
from sisfoh_desktop.modules.kardex.view.catalogue_tab import CatalogueTab

TODAY = date(2024, 3, 8)


class Screen:
    """The tab over the real service; `answers` fills the dialogs that open next and presses their primary button."""

    def __init__(self, qtbot, desk, monkeypatch):
        self._qtbot, self._desk, self._monkeypatch = qtbot, desk, monkeypatch
        # looked at after they were left: they go with the tab
        monkeypatch.setattr(CatalogueDialog, "deleteLater", lambda _dialog: None)

    def open_tab(self, campaign_id=0):
        tab = CatalogueTab(self._desk)
        tab.campaign_id = campaign_id
        self._qtbot.addWidget(tab)

        def follow(_touched):
            campaigns = catalogue.current_campaign(self._desk.db, TODAY)
            tab.campaign_id = tab.campaign_id or (campaigns.id if campaigns else 0)
            tab.reload()

        self._desk.tasks.changed.connect(follow)
        tab.resize(860, 640)
        tab.show()
        tab.reload()
        self.settle()
        return tab

    def settle(self):
        for _ in range(4):
            self._desk.tasks.wait_idle()
            QApplication.processEvents()

    def answers(self, values, *, leave=False):
        """The dialogs that opened since, in order; `leave` presses Esc instead."""
        seen = []

        def answer(dialog):
            self.settle()
            seen.append(dialog)
            for name, value in values.items():
                dialog.form.fields[name].set_value(value)
            if not leave:
                dialog.try_submit()
                self.settle()
            return dialog.result()

        self._monkeypatch.setattr(CatalogueDialog, "exec", answer)
        return seen

    @staticmethod
    def column(table, number):
        return [row[number] for row in table.as_seen()[1]]

    @staticmethod
    def refusal(dialog):
        shown = [label.text() for label in dialog.form.summary.findChildren(QLabel)]
        return "\n".join([*shown, *(field.error for field in dialog.form.fields.values())])
