"""The widths of a list's columns: no long text is cut while a column beside it has room that it does not need."""

import pytest
from PySide6.QtGui import QFontMetrics

from sisfoh_desktop.qtkit.row_model import Column
from sisfoh_desktop.qtkit.row_widths import column_widths
from sisfoh_desktop.qtkit.theme import theme

COLUMNS = (
    Column("Estado", lambda fact: fact[0], width=200),
    Column("Asunto", lambda fact: fact[1]),
    Column("Vence", lambda fact: fact[2], align="center", width=96),
)
LONG = "Aprobación del Plan de Trabajo de empadronamiento masivo 2024 en el distrito de Tacna"


@pytest.fixture
def metrics(qapp):
    return QFontMetrics(theme().font())


def widths(facts, metrics, room=640):
    found = column_widths(COLUMNS, facts, metrics, room)
    assert sum(found) == room
    return found


def test_a_fixed_column_gives_what_it_does_not_need_to_the_text_that_lacks_room(metrics):
    state, subject, due = widths([("Vigente", LONG, "13/03/2024")], metrics)
    assert metrics.horizontalAdvance("Vigente") + 16 <= state < 200
    assert metrics.horizontalAdvance("13/03/2024") + 16 <= due
    assert subject > 640 - 200 - 96


def test_it_keeps_its_width_where_every_text_fits(metrics):
    assert widths([("Vigente", "Corto", "")], metrics)[0] == 200


def test_its_longest_text_is_never_cut_for_another(metrics):
    longest = "Ejecutado sin programación"
    state = widths([("Vigente", LONG, ""), (longest, LONG, "")], metrics)[0]
    assert state >= metrics.horizontalAdvance(longest) + 16


def test_of_a_list_too_long_to_be_looked_at_whole_nothing_is_taken(metrics):
    assert widths([("Vigente", LONG, "")] * 100, metrics)[0] == 200
