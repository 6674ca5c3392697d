"""A line that does not fit: it takes no more room than there is, and its tooltip says the whole."""

from sisfoh_desktop.qtkit.elided_label import ElidedLabel

LONG = "PLAN DE TRABAJO DE LA UNIDAD LOCAL DE EMPADRONAMIENTO " * 4


def test_a_long_line_never_widens_its_window(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(LONG)
    assert label.minimumSizeHint().width() == 0
    label.resize(120, 24)
    assert not label.grab().isNull()


def test_the_tooltip_is_the_whole_text_also_after_a_change(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(LONG)
    assert label.toolTip() == LONG
    label.setText("")
    assert label.toolTip() == ""


def test_signs_are_shown_as_typed(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("<b>Plan</b>")
    assert label.text() == "<b>Plan</b>"
