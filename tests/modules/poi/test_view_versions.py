"""The tab "Versiones" as a person works in it: a new POI, a draft corrected and approved, what changed, settings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from poi_office import PoiOffice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from sisfoh_desktop.modules.poi.rules.facts import Stage
from sisfoh_desktop.modules.poi.service import drafting, plans, quarantine, versions
from sisfoh_desktop.modules.poi.view.plan_dialogs import MeasureDialog, NewPlanDialog
from sisfoh_desktop.modules.poi.view.plan_measures import MeasuresDialog
from sisfoh_desktop.modules.poi.view.plan_semaphore import SemaphoreDialog
from sisfoh_desktop.modules.poi.view.versions_tab import VersionsTab
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog

RESOLUTION = "Resolución de Alcaldía N° 050-2024-PRUEBA"


class Screen:
    """The tab over the real service; `answers` fills the dialogs that open next and presses their primary button."""

    def __init__(self, qtbot: Any, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self._qtbot, self.desk, self._monkeypatch = qtbot, desk, monkeypatch
        # looked at after they were left: they go with the tab
        monkeypatch.setattr(SavingDialog, "deleteLater", lambda _dialog: None)

    def open_tab(self) -> VersionsTab:
        tab = VersionsTab(self.desk)
        self._qtbot.addWidget(tab)

        def follow(_touched: object = None) -> None:
            tab.plan = plans.current_plan(self.desk.db, self.desk.clock.now().date())
            tab.reload()

        self.desk.tasks.changed.connect(follow)
        tab.resize(862, 640)
        tab.show()
        follow()
        self.settle()
        return tab

    def settle(self) -> None:
        for _ in range(6):
            self.desk.tasks.wait_idle()
            QApplication.processEvents()

    def answers(self, values: dict[str, Any], *, leave: bool = False) -> list[Any]:
        """The dialogs that opened since, in order; `leave` presses Esc instead."""
        seen: list[Any] = []

        def answer(dialog: Any) -> int:
            self.settle()
            seen.append(dialog)
            for name, value in values.items():
                dialog.form.fields[name].set_value(value)
            if not leave:
                dialog.try_submit()
                self.settle()
            return int(dialog.result())

        self._monkeypatch.setattr(SavingDialog, "exec", answer)
        return seen

    @staticmethod
    def refusal(dialog: Any) -> str:
        shown = [label.text() for label in dialog.form.summary.findChildren(QLabel)]
        return "\n".join([*shown, *(field.error for field in dialog.form.fields.values())])


@pytest.fixture
def screen(qtbot: Any, desk: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    made = Screen(qtbot, desk, monkeypatch)
    yield made
    made.settle()


def modification(office: PoiOffice) -> int:
    """A modification with one activity reprogrammed beyond its goal, March on."""
    office.approve()
    office.close(2)
    started = versions.start_version(
        office.db, actor=office.actor, now=office.now, plan_id=office.plan, stage=Stage.MODIFIED
    )
    activities = {one.id: one for one in versions.load_programme(office.db, started)}
    one = activities[office.ids[2]]
    programmed = (*one.programmed[:2], Decimal(20), *one.programmed[3:])
    drafting.save_programme(
        office.db,
        actor=office.actor,
        now=office.now,
        version_id=started,
        changes=[replace(one, programmed=programmed)],
    )
    return started


def test_an_office_without_a_poi_makes_one_from_the_empty_tab(screen: Screen, qtbot: Any) -> None:
    tab = screen.open_tab()
    assert tab.empty.isVisible()
    assert tab.actions_of_tab() == [tab.plan_action]
    assert tab.table() is None
    dialogs = screen.answers({"year": "2024"})
    qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    screen.settle()
    assert dialogs[0].windowTitle() == "Nuevo POI"
    assert not tab.empty.isVisible()
    assert tab.list.as_seen()[1][0][:3] == ["POI aprobado", "Sin resolución registrada", "0"]
    step = tab.next_step()
    assert step is not None
    assert step.title == "Complete el POI aprobado"


def test_the_dialog_of_a_new_poi_answers_its_id_and_says_why_not(
    screen: Screen, poi_office: PoiOffice
) -> None:
    dialogs = screen.answers({"year": "2025", "title": "POI de prueba"})
    dialog = NewPlanDialog(screen.desk)
    assert dialog.ask() == (2025, "POI de prueba")
    assert plans.load_plan(poi_office.db, dialog.answer).title == "POI de prueba"
    dialogs = screen.answers({"year": "2024"})
    assert NewPlanDialog(screen.desk).ask() is None
    assert "El POI 2024 ya existe" in screen.refusal(dialogs[0])
    dialogs = screen.answers({"year": "20x4"})
    assert NewPlanDialog(screen.desk).ask() is None
    assert "no es el año de un POI" in screen.refusal(dialogs[0])


def test_a_draft_that_adds_up_is_approved_with_its_resolution(screen: Screen, poi_office: PoiOffice) -> None:
    tab = screen.open_tab()
    step = tab.next_step()
    assert step is not None
    assert step.title == "Apruebe el POI aprobado"
    assert step.enabled
    dialogs = screen.answers({"document": RESOLUTION, "document_date": date(2024, 1, 5)})
    assert step.run is not None
    step.run()
    screen.settle()
    assert dialogs[0].windowTitle() == "Aprobar el POI aprobado"
    [row] = tab.list.as_seen()[1]
    assert row == ["POI aprobado", "Vigente", "12", "todo el año", RESOLUTION, "05/01/2024"]
    assert "Puesta en vigor por prueba" in tab.facts.text()
    assert not tab.approve_action.isEnabled()
    later = tab.next_step()
    assert later is not None
    assert later.button == "Nueva versión…"


def test_without_its_resolution_it_is_not_approved(screen: Screen, poi_office: PoiOffice) -> None:
    tab = screen.open_tab()
    dialogs = screen.answers({})
    tab.approve_action.trigger()
    assert "Falta «Resolución que lo aprueba»" in screen.refusal(dialogs[0])
    dialogs = screen.answers({"document": RESOLUTION, "document_date": date(2025, 1, 1)})
    tab.approve_action.trigger()
    assert "no puede ser posterior a hoy" in screen.refusal(dialogs[0])
    assert poi_office.poi_version().is_draft


def test_a_modification_starts_from_the_tab_and_tells_what_it_keeps(
    screen: Screen, poi_office: PoiOffice
) -> None:
    poi_office.approve()
    poi_office.close(2)
    tab = screen.open_tab()
    dialogs = screen.answers({"note": "Informe N° 3: cambia la meta"})
    assert tab.new_record()
    screen.settle()
    told = " ".join(label.text() for label in dialogs[0].form.findChildren(QLabel))
    assert "Los meses hasta febrero están cerrados y se conservan" in told
    assert [row[:2] for row in tab.list.as_seen()[1]] == [
        ["POI modificado 1", "Borrador"],
        ["POI aprobado", "Vigente"],
    ]
    assert tab.list.selected().poi_version.name == "POI modificado 1"
    assert "Informe N° 3" in tab.facts.text()


def test_what_does_not_add_up_comes_first_and_leads_to_its_activity(
    screen: Screen, poi_office: PoiOffice
) -> None:
    modification(poi_office)
    tab = screen.open_tab()
    assert tab.chooser.currentText() == "Lo que falta para aprobarlo"
    assert tab.table() is tab.findings
    assert tab.findings.as_seen()[1] == [
        [
            "ALCALDÍA",
            "Atender audiencias vecinales",
            "Lo ejecutado más lo que queda no es la meta",
            "120",
            "sobran 6",
        ]
    ]
    asked: list[tuple[str, object]] = []
    tab.open_tab.connect(lambda key, part: asked.append((key, part)))
    step = tab.next_step()
    assert step is not None
    assert step.run is not None
    step.run()
    tab.findings.activated.emit(tab.findings.rows()[0])
    assert asked == [("programme", poi_office.ids[2])] * 2


def test_changes_are_told_from_the_version_before(screen: Screen, poi_office: PoiOffice) -> None:
    modification(poi_office)
    tab = screen.open_tab()
    tab.chooser.setCurrentIndex(tab.chooser.findText("Cambios respecto del POI aprobado"))
    screen.settle()
    assert tab.summary.text() == "1 cambiada; 11 iguales"
    assert tab.details.as_seen()[1] == [["ALCALDÍA", "Atender audiencias vecinales", "Marzo", "10", "20"]]
    tab.show_part(poi_office.version)
    screen.settle()
    assert tab.list.selected().poi_version.name == "POI aprobado"
    assert tab.details.as_seen()[1] == [["ALCALDÍA", "Atender audiencias vecinales", "Marzo", "20", "10"]]


def test_a_draft_is_discarded_with_a_reason(screen: Screen, poi_office: PoiOffice) -> None:
    modification(poi_office)
    tab = screen.open_tab()
    screen.answers({"reason": "Se hará después"})
    tab.discard_action.trigger()
    screen.settle()
    assert [row[0] for row in tab.list.as_seen()[1]] == ["POI aprobado"]


def test_the_semaphore_says_what_each_band_covers_and_is_saved(screen: Screen, poi_office: PoiOffice) -> None:
    tab = screen.open_tab()
    dialogs = screen.answers({}, leave=True)
    tab.semaphore_action.trigger()
    dialog: SemaphoreDialog = dialogs[0]
    assert [line.covers.text() for line in dialog.bands.lines[:3]] == [
        "de 0 a menos de 75 %",
        "de 75 a menos de 95 %",
        "de 95 % a más",
    ]
    assert not dialog.has_unsaved()
    dialog.bands.lines[1].lower.setText("90,5")
    assert dialog.has_unsaved()
    dialog.bands.lines[2].shape.setCurrentIndex(dialog.bands.lines[2].shape.findData("square"))
    dialog.try_submit()
    screen.settle()
    assert "misma figura" in screen.refusal(dialog)
    dialog.bands.lines[2].shape.setCurrentIndex(dialog.bands.lines[2].shape.findData("ring"))
    dialog.tolerances.set_values({"below": "5 %"})
    dialog.try_submit()
    screen.settle()
    kept = plans.load_plan(poi_office.db, poi_office.plan)
    assert [str(band.lower) for band in kept.bands] == ["0", "90.5", "95"]
    assert kept.bands[2].shape == "ring"
    assert kept.tolerance_below == 5


def test_a_limit_that_is_no_number_is_told(screen: Screen, poi_office: PoiOffice) -> None:
    dialog = SemaphoreDialog(screen.desk, plans.load_plan(poi_office.db, poi_office.plan))
    dialog.bands.lines[1].lower.setText("mucho")
    dialog.try_submit()
    assert "Banda 2: «mucho» no es un por ciento" in screen.refusal(dialog)
    assert dialog.bands.lines[0].covers.text() == ""


def test_units_of_measure_are_added_and_renamed(
    screen: Screen, poi_office: PoiOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = screen.open_tab()
    seen: list[MeasuresDialog] = []
    monkeypatch.setattr(MeasuresDialog, "exec", lambda dialog: seen.append(dialog))
    monkeypatch.setattr(MeasuresDialog, "deleteLater", lambda _dialog: None)
    tab.measures_action.trigger()
    screen.settle()
    [catalogue] = seen
    assert catalogue.primary_button.isEnabled()
    dialogs = screen.answers({"name": "Persona atendida", "code": "086"})
    catalogue._new()
    screen.settle()
    assert isinstance(dialogs[0], MeasureDialog)
    assert ["Persona atendida", "086"] in catalogue.list.as_seen()[1]
    first = catalogue.list.selected().name
    screen.answers({"name": "Acción"})
    catalogue.try_submit()
    screen.settle()
    names = [row[0] for row in catalogue.list.as_seen()[1]]
    assert "Acción" in names
    assert first not in names


def test_days_of_closing_are_corrected_together(screen: Screen, poi_office: PoiOffice) -> None:
    tab = screen.open_tab()
    screen.answers({"month_3": date(2024, 4, 26), "month_4": date(2024, 5, 24)})
    tab.due_action.trigger()
    screen.settle()
    months = versions.overview(poi_office.db, poi_office.plan).months
    assert [one.due_on for one in months[2:5]] == [date(2024, 4, 26), date(2024, 5, 24), date(2024, 6, 20)]


def test_the_history_of_a_version_is_told(
    screen: Screen, poi_office: PoiOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    poi_office.approve()
    tab = screen.open_tab()
    told: list[tuple[str, list[str]]] = []

    def show(_parent: object, _tasks: object, name: str, load: Any) -> None:
        told.append((name, [line.what for line in load()]))

    monkeypatch.setattr(HistoryDialog, "show_for", show)
    tab.history_action.trigger()
    assert told == [("POI aprobado", ["Versión aprobada"])]


def test_rows_in_quarantine_come_before_approving(
    screen: Screen, poi_office: PoiOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "count_pending", lambda _db, _plan_id: 47)
    tab = screen.open_tab()
    step = tab.next_step()
    assert step is not None
    assert step.title == "Resuelva la cuarentena"
    asked: list[str] = []
    tab.open_tab.connect(lambda key, _part: asked.append(key))
    assert step.run is not None
    step.run()
    assert asked == ["quarantine"]
    dialogs = screen.answers({"document": RESOLUTION, "document_date": date(2024, 1, 5)})
    tab.approve_action.trigger()
    told = " ".join(label.text() for label in dialogs[0].form.findChildren(QLabel))
    assert "Quedan 47 filas del archivo importado en cuarentena, que no entrarán" in told
    assert not poi_office.poi_version().is_draft


def test_one_row_in_quarantine_is_told_as_one(
    screen: Screen, poi_office: PoiOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "count_pending", lambda _db, _plan_id: 1)
    tab = screen.open_tab()
    step = tab.next_step()
    assert step is not None
    assert step.text.startswith(
        "1 fila importada espera que alguien decida cómo se lee; mientras tanto no está en "
    )
    assert step.text.endswith("puede seguir sin ella.")
    dialogs = screen.answers({}, leave=True)
    tab.approve_action.trigger()
    told = " ".join(label.text() for label in dialogs[0].form.findChildren(QLabel))
    assert (
        "Queda 1 fila del archivo importado en cuarentena, que no entrará en esta versión. Puede resolverla"
        in told
    )


def test_the_faulty_band_gets_the_cursor(screen: Screen, poi_office: PoiOffice) -> None:
    dialog = SemaphoreDialog(screen.desk, plans.load_plan(poi_office.db, poi_office.plan))
    dialog.bands.lines[1].lower.setText("mucho")
    dialog.try_submit()
    assert dialog.focusWidget() is dialog.bands.lines[1].lower


def test_what_a_long_name_was_and_becomes_are_both_in_sight(screen: Screen, poi_office: PoiOffice) -> None:
    modification(poi_office)
    draft = next(one for one in versions.list_versions(poi_office.db, poi_office.plan) if one.is_draft)
    one = next(one for one in versions.load_programme(poi_office.db, draft.id) if one.id == poi_office.ids[2])
    drafting.save_programme(
        poi_office.db,
        actor=poi_office.actor,
        now=poi_office.now,
        version_id=draft.id,
        changes=[replace(one, title=f"{one.title} y llevar sus actas al día, sesión por sesión, cada mes")],
    )
    tab = screen.open_tab()
    tab.chooser.setCurrentIndex(tab.chooser.findText("Cambios respecto del POI aprobado"))
    screen.settle()
    listed = tab.details
    assert listed.view.horizontalScrollBar().maximum() == 0
    assert len(listed.stacked.lines_of(0, 4)) > 1
    assert "… " not in " ".join(listed.stacked.lines_of(0, 4))
    assert " ".join(listed.stacked.lines_of(0, 4)).endswith("cada mes")
