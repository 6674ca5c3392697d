"""Importing at the window: columns are confirmed where they are new, the three lists are shown, then stored."""

from pathlib import Path

import pytest
from poi_books import book_of, bytes_of, ceplan_grid
from poi_office import small_year
from poi_seed import SEED
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.modules.poi.rules.facts import Stage
from sisfoh_desktop.modules.poi.service import importing, mappings, plans
from sisfoh_desktop.modules.poi.view import import_dialog
from sisfoh_desktop.modules.poi.view.import_dialog import ImportDialog
from sisfoh_desktop.modules.poi.view.import_mapping import MappingDialog
from sisfoh_desktop.modules.poi.view.import_rows import result_words
from sisfoh_desktop.qtkit.page import Desk

KINDS = ("goal_kind", "direction", "nature", "code")
GENERIC = "Oficina;Tarea principal;Medida usada;Total;Enero;Febrero\nULE;Visitar;VISITAS;10;5;5\n"


@pytest.fixture
def dialog(desk: Desk, qtbot) -> ImportDialog:
    made = ImportDialog(desk)
    qtbot.addWidget(made)
    return made


def _review(dialog: ImportDialog, desk: Desk, path: Path) -> None:
    dialog.review(path)
    desk.tasks.wait_idle()


def test_the_three_lists_are_shown_before_anything_is_stored(dialog, desk) -> None:
    assert not dialog.primary_button.isEnabled()
    _review(dialog, desk, SEED)
    assert dialog.bar.year.year() == 2019  # the title of the file says so
    assert [dialog.lists.tabText(at) for at in range(3)] == [
        "C&uadran (43)",
        "Con &propuestas (46)",
        "&No cuadran (1)",
    ]
    assert dialog.summary.text() == (
        "90 filas: cuadran 43, esperan en cuarentena 47, no son actividades 0. "
        "Totales comprobados: 1, sin contradicción."
    )
    assert "«POI aprobado» de 2019, que se crea como borrador" in dialog.target.text()
    assert "Importar las 43 que cuadran" in dialog.primary_button.text().replace("&", "")
    assert not dialog.bar.as_version.isEnabled()
    assert dialog.unfit.rows()[0].row.row == 86
    assert plans.list_plans(desk.db) == []


def test_importing_stores_what_adds_up(dialog, desk) -> None:
    _review(dialog, desk, SEED)
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert dialog.imported is not None
    assert result_words(dialog.imported) == "Se guardaron 43 filas. 47 filas esperan en cuarentena."
    again = ImportDialog(desk, 2019, dialog)
    _review(again, desk, SEED)
    again.try_submit()
    desk.tasks.wait_idle()
    assert "ya se importó" in again.banner.label.text()
    assert again.imported is None


def test_columns_that_are_new_are_confirmed_and_known_the_next_time(
    dialog, desk, tmp_path, monkeypatch
) -> None:
    path = tmp_path / "tareas.csv"
    path.write_text(GENERIC, encoding="utf-8")
    shown: list[MappingDialog] = []

    def confirm(self: MappingDialog) -> int:
        shown.append(self)
        for combo, meaning in zip(
            self.combos, ("unit_name", "title", "measure", "annual", "p01", "p02"), strict=True
        ):
            combo.setCurrentIndex(combo.findData(meaning))
        self.try_submit()
        return 1

    monkeypatch.setattr(MappingDialog, "exec", confirm)
    _review(dialog, desk, path)
    desk.tasks.wait_idle()
    assert len(shown) == 1
    assert dialog.plan is not None
    assert (dialog.plan.accepted, dialog.plan.quarantined) == (1, 0)
    assert [one.name for one in mappings.list_mappings(desk.db)] == ["tareas"]
    _review(dialog, desk, path)
    assert len(shown) == 1


def test_columns_left_unconfirmed_are_said(dialog, desk, tmp_path, monkeypatch) -> None:
    path = tmp_path / "tareas.csv"
    path.write_text(GENERIC, encoding="utf-8")
    monkeypatch.setattr(MappingDialog, "exec", lambda _self: 0)
    _review(dialog, desk, path)
    assert "confírmelas para seguir" in dialog.banner.label.text()
    assert dialog.plan is None
    assert not dialog.primary_button.isEnabled()
    assert "antes de guardar nada" in dialog.fitting.empty_label.text()


def test_a_mapping_that_tells_too_little_stays_open(desk, qtbot) -> None:
    proposal = mappings.propose_mapping(desk.db, data=GENERIC.encode(), file_name="tareas.csv")
    asked = MappingDialog(proposal, "tareas.csv")
    qtbot.addWidget(asked)
    for combo in asked.combos:
        combo.setCurrentIndex(0)
    asked.try_submit()
    assert "Faltan columnas" in asked.banner.label.text()
    assert asked.mapping is None
    assert all(combo.accessibleName() for combo in asked.combos)


def test_a_file_that_is_no_poi_is_refused_in_the_dialog(dialog, desk, tmp_path) -> None:
    path = tmp_path / "otra.csv"
    path.write_text("Nombre;Monto\nUno;2\n", encoding="utf-8")
    _review(dialog, desk, path)
    assert "no tiene la cabecera de un POI" in dialog.banner.label.text()
    _review(dialog, desk, tmp_path / "no-esta.csv")
    assert "No se pudo leer" in dialog.banner.label.text()
    assert not dialog.primary_button.isEnabled()


def test_the_year_in_the_title_goes_before_the_one_on_view(desk, qtbot, poi_office) -> None:
    made = ImportDialog(desk, 2024)
    qtbot.addWidget(made)
    _review(made, desk, SEED)
    assert made.bar.year.year() == 2019
    assert "«POI aprobado» de 2019" in made.target.text()
    made.bar.year.set_year(2024)  # the person knows better
    desk.tasks.wait_idle()
    assert "de 2024" in made.target.text()
    assert "El título del archivo dice 2019 y se importa al POI 2024." in made.notes.text()


def test_tab_goes_from_each_column_to_the_next_and_brings_it_into_sight(desk, qtbot) -> None:
    proposal = mappings.propose_mapping(desk.db, data=SEED.read_bytes(), file_name=SEED.name)
    asked = MappingDialog(proposal, SEED.name)
    qtbot.addWidget(asked)
    asked.show()
    asked.activateWindow()
    QApplication.processEvents()
    for combo in asked.combos:
        assert QApplication.focusWidget() is combo
        place = combo.mapTo(asked.table.viewport(), combo.rect().center())
        assert asked.table.viewport().rect().contains(place)
        qtbot.keyClick(combo, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is asked.name


def test_another_block_of_the_export_is_read_when_chosen(dialog, desk, tmp_path) -> None:
    path = tmp_path / "ceplan.tsv"
    path.write_bytes(bytes_of([ceplan_grid(small_year(), blocks=("A", "AJ", "SE"))], "tsv"))
    _review(dialog, desk, path)
    shown = [dialog.bar.block.itemText(at) for at in range(dialog.bar.block.count())]
    assert shown == ["Programado: aprobado", "Programado: ajustado"]
    assert dialog.bar.block.currentIndex() == 1
    before = dialog.plan
    dialog.bar.block.setCurrentIndex(0)
    desk.tasks.wait_idle()
    desk.tasks.wait_idle()
    assert dialog.plan is not None
    assert dialog.plan is not before
    assert dialog.plan.checked.file.mapping.stage == "A"
    assert dialog.bar.block.currentIndex() == 0


def test_another_version_may_be_made_of_a_file(dialog, desk, poi_office, tmp_path) -> None:
    poi_office.approve()
    path = tmp_path / "poi.csv"
    path.write_bytes(book_of(small_year(), kind="csv", quarter=1, extra=KINDS))
    _review(dialog, desk, path)
    assert "12 que ya estaban (12 sin ningún cambio)" in dialog.target.text()
    dialog.bar.as_version.setCurrentIndex(dialog.bar.as_version.findData(Stage.MODIFIED))
    desk.tasks.wait_idle()
    assert "Entran al «POI modificado 1» de 2024" in dialog.target.text()
    dialog.bar.as_version.setCurrentIndex(dialog.bar.as_version.findData(Stage.APPROVED))
    desk.tasks.wait_idle()
    assert "ya pasó por" in dialog.banner.label.text()


def test_cancelled_while_it_is_stored_leaves_nothing(dialog, desk, monkeypatch) -> None:
    _review(dialog, desk, SEED)
    run = import_dialog.ProgressDialog.run_change

    def run_and_cancel(*args, **more):
        shown = run(*args, **more)
        shown.cancel()
        return shown

    monkeypatch.setattr(import_dialog.ProgressDialog, "run_change", run_and_cancel)
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert "Se canceló" in dialog.banner.label.text()
    assert plans.list_plans(desk.db) == []
    assert dialog.primary_button.isEnabled()


def test_the_lists_follow_qt_s_rules(dialog, desk, qtmodeltester) -> None:
    _review(dialog, desk, SEED)
    for table in (dialog.fitting, dialog.proposed, dialog.unfit):
        qtmodeltester.check(table.model)
    assert importing.list_imports(desk.db, 1) == []
