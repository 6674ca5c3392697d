"""The page of resoluciones on view, and a person before it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.messages import MessageDialog

Key = Qt.Key


class Screen:
    """A page on view and a person before it. `will` says what they do in the next dialog of a class."""

    def __init__(self, qtbot, desk, monkeypatch):
        self.qtbot, self.desk = qtbot, desk
        self.said: list[str] = []
        self._plans: list[tuple[type, object]] = []
        monkeypatch.setattr(TaskDialog, "exec", lambda dialog: self._exec(dialog))
        self.page = ResolucionesPage(desk)
        qtbot.addWidget(self.page)
        desk.tasks.changed.connect(
            lambda touched: self.page.reload() if touched & self.page.touches else None
        )
        self.page.resize(880, 640)
        self.page.show()
        self.page.activateWindow()
        self.settle()

    def _exec(self, dialog):
        """Answer a dialog as planned; one that nobody planned is left with Esc."""
        self.said.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
        wanted, act = self._plans.pop(0) if self._plans else (type(dialog), None)
        assert isinstance(dialog, wanted)
        if act is None:
            dialog.done(QDialog.DialogCode.Rejected)
        else:
            act(dialog)
            self.settle()
        return dialog.result()

    def will(self, dialog_class, act=TaskDialog.try_submit):
        self._plans.append((dialog_class, act))

    def fill(self, dialog_class, **values):
        def act(dialog):
            for name, value in values.items():
                dialog.form.fields[name].set_value(value)
            dialog.try_submit()

        self.will(dialog_class, act)

    def settle(self):
        for _ in range(5):
            self.desk.tasks.wait_idle()
            QApplication.processEvents()

    def key(self, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(widget, key, modifier)
        self.settle()

    def open(self, resolucion_id):
        self.page.show_record("resoluciones", resolucion_id)
        self.settle()
        return self.page.record

    def step(self):
        """Do the next step, as its button or Alt+Intro does."""
        step = self.page.next_step()
        assert step.enabled, step.reason
        step.run()
        self.settle()

    def refusals(self):
        """The sentences of the messages on view, which are closed then."""
        found = []
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MessageDialog) and widget.isVisible():
                found.append(widget.sentence)
                widget.close()
        return found

    def shown(self, dialog_class):
        return next(
            one for one in QApplication.topLevelWidgets() if isinstance(one, dialog_class) and one.isVisible()
        )
