"""Forms that stay open beside their page: what was typed waits for the worker, a refusal keeps it; a series is read."""

import pytest
from PySide6.QtCore import Qt

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.open_dialog import AnnulDialog
from sisfoh_desktop.qtkit.series_form import SeriesChoice, SeriesDialog


def shown(qtbot, dialog):
    """Open it; closing it in the end neither asks nor takes it away before it was looked at."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog, before_close_func=lambda one: one.form.mark_saved())
    dialog.open()
    return dialog


@pytest.fixture
def ran():
    return []


@pytest.fixture
def annul(qtbot, ran):
    dialog = AnnulDialog("001-2024-ULE", "Su número queda anulado.", run=lambda *one: ran.append(one))
    return shown(qtbot, dialog)


def test_without_a_reason_nothing_is_asked_of_the_worker(annul, ran):
    annul.try_submit()
    assert ran == []
    assert annul.form.fields["reason"].error_label.text()


def test_it_waits_for_the_worker_and_closes_without_asking_about_what_was_typed(annul, ran):
    annul.form.fields["reason"].set_value("Se repitió")
    annul.try_submit()
    ((reason, dialog),) = ran
    assert (reason, dialog) == ("Se repitió", annul)
    assert annul.isVisible()
    assert not annul.primary_button.isEnabled()
    annul.accept()
    assert not annul.isVisible()
    assert not annul.has_unsaved()


def test_a_refusal_is_told_and_what_was_typed_stays(annul):
    annul.form.fields["reason"].set_value("Se repitió")
    annul.try_submit()
    annul.refuse(RuleError("signed_stays", "Ya está firmado."))
    assert annul.isVisible()
    assert annul.primary_button.isEnabled()
    assert annul.banner.label.text() == "Ya está firmado."
    assert annul.form.value("reason") == "Se repitió"


@pytest.fixture
def series(qtbot, ran):
    dialog = SeriesDialog(
        "Serie", "Todavía no hay.", ("Actas", "{n:03d}-{year}-ULE/MPT"), 2024,
        run=lambda *one: ran.append(one), columns=2,
    )  # fmt: skip
    return shown(qtbot, dialog)


def test_a_series_is_shown_by_its_first_number_and_read_back_as_a_mask(series, ran):
    assert series.form.value("mask") == "001-2024-ULE/MPT"
    series.form.fields["last_number"].set_value(14)
    series.try_submit()
    ((choice, _dialog),) = ran
    made_before = "Se hicieron en Word, antes de usar el programa."
    assert choice == SeriesChoice("Actas", "{n:03d}-{year}-ULE/MPT", 14, made_before)


def test_a_first_number_without_its_year_is_told_under_its_field(series, ran):
    series.form.fields["mask"].set_value("ULE/MPT")
    series.try_submit()
    assert ran == []
    assert "no se distinguen el número y el año" in series.form.fields["mask"].error_label.text()
