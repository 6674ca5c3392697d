"""Where the file was and its papers, on the page of the real case."""

import pytest
from expedientes_screen import opinions, settle, to_opinions

import sisfoh_desktop.modules.resoluciones.service.sequel  # noqa: F401 - gives the act to the file's papers
from sisfoh_desktop.modules.expedientes.view import ExpedientesPage
from sisfoh_desktop.qtkit.preview import PreviewDialog


def test_where_it_was_on_the_real_case(practice_desk, qtbot) -> None:
    made = ExpedientesPage(practice_desk)
    qtbot.addWidget(made)
    made.show()
    practice_desk.tasks.wait_idle()
    made.show_record("expedientes", 1)
    settle(practice_desk)
    made.record.tabs.setCurrentIndex(2)
    assert made.record.time.summary.text() == "24 días calendario (18 hábiles), del 13/02/2024 al 08/03/2024."
    assert "OGAJ lo devolvió a OGPPyMI el 28/02/2024" in made.record.time.reason.text()
    rows = made.record.time.table.as_seen()[1]
    assert [row[1:5] for row in rows] == [
        ["SGDSyPV", "3", "3", "1"],
        ["GDES", "0", "0", "1"],
        ["OGPPyMI", "8", "6", "2"],
        ["OGAJ", "9", "5", "2"],
        ["GM", "4", "4", "1"],
    ]
    assert made.table() is made.record.time.table
    to_opinions(made)
    assert [(row[0], row[6]) for row in opinions(made)] == [
        ("OGPPyMI", "Recibido"),
        ("↳ OGPPyMI", "Recibido"),
        ("OGAJ", "Recibido"),
    ]
    assert made.next_step().title.endswith("N° 091-2024-GM/MPT: congelada")


@pytest.mark.parametrize(("tab", "title"), [(0, "Carátula"), (1, "Carátula"), (2, "Línea de tiempo")])
def test_ctrl_p_previews_the_paper_of_the_tab(practice_desk, qtbot, tab: int, title: str) -> None:
    made = ExpedientesPage(practice_desk)
    qtbot.addWidget(made)
    made.show()
    practice_desk.tasks.wait_idle()
    assert not made.preview()
    made.show_record("expedientes", 1)
    settle(practice_desk)
    made.record.tabs.setCurrentIndex(tab)
    assert made.preview()
    settle(practice_desk)
    (dialog,) = made.findChildren(PreviewDialog)
    assert dialog.windowTitle().startswith(title)
    dialog.reject()


def test_every_paper_has_its_order(practice_desk, qtbot) -> None:
    made = ExpedientesPage(practice_desk)
    qtbot.addWidget(made)
    made.show()
    practice_desk.tasks.wait_idle()
    made.show_record("expedientes", 1)
    settle(practice_desk)
    words = [action.text().replace("&", "") for action in made.page_actions()]
    for word in ("Carátula e índice foliado", "Hoja de ruta", "Línea de tiempo"):
        assert word in words
    made.papers.route_action.trigger()
    settle(practice_desk)
    (dialog,) = made.findChildren(PreviewDialog)
    assert dialog.windowTitle().startswith("Hoja de ruta")
    dialog.reject()
