"""An office to look at: its page over the real service, with dialogs that answer by themselves."""

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QLabel

from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality, Officer, Unit
from sisfoh_desktop.modules.office.view import OfficePage
from sisfoh_desktop.modules.office.view.fact_dialog import FactDialog


class Screen:
    """What a person sees and does; `answers` fills the dialogs that open next and presses their primary button."""

    def __init__(self, qtbot, desk, monkeypatch):
        self._qtbot, self._desk, self._monkeypatch = qtbot, desk, monkeypatch

    def open_page(self):
        page = OfficePage(self._desk)
        self._qtbot.addWidget(page)
        self._desk.tasks.changed.connect(lambda touched: page.reload() if touched & page.touches else None)
        page.resize(880, 640)
        page.show()
        self.settle()
        return page

    def settle(self):
        """Wait for the worker and for the queries that its answers start."""
        for _ in range(4):
            self._desk.tasks.wait_idle()
            QApplication.processEvents()

    def answers(self, values):
        """The dialogs that opened since, in order."""
        seen = []

        def answer(dialog):
            seen.append(dialog)
            for name, value in values.items():
                dialog.form.fields[name].set_value(value)
            dialog.try_submit()
            self.settle()
            return dialog.result()

        self._monkeypatch.setattr(FactDialog, "exec", answer)
        return seen

    @staticmethod
    def column(table, number):
        """One column of a list as it is seen."""
        return [row[number] for row in table.as_seen()[1]]

    @staticmethod
    def texts(widget):
        """Every label on view."""
        return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())

    @staticmethod
    def refusal(dialog):
        """What the dialog's summary says."""
        return "\n".join(label.text() for label in dialog.form.summary.findChildren(QLabel))

    @staticmethod
    def picture():
        """A small PNG."""
        data = BytesIO()
        Image.new("RGB", (64, 64), "white").save(data, "PNG")
        return data.getvalue()


@pytest.fixture
def screen(qtbot, desk, monkeypatch):
    return Screen(qtbot, desk, monkeypatch)


@pytest.fixture
def do(db, actor, now):
    """Call a change of the service with the usual arguments."""
    return lambda verb, **what: verb(db, actor=actor, now=now, **what)


@pytest.fixture
def tacna():
    return Municipality("Municipalidad Provincial de Tacna", "MPT", Ubigeo("230101", "INEI"), "Tacna")


@pytest.fixture
def small_office(do, tacna):
    """A municipality, two units and one officer; their ids."""
    do(office.save_municipality, municipality=tacna, expected_version=0)
    manager = do(office.add_unit, unit=Unit("Gerencia Municipal", "GM"))
    legal = do(office.add_unit, unit=Unit("Oficina de Asesoría Jurídica", "OGAJ", manager))
    officer = Officer("PERSONA UNO", "Gerente Municipal", manager, "Ing.", document="RA 1", dni="40000001")
    return {"GM": manager, "OGAJ": legal, "officer": do(office.add_officer, officer=officer)}
