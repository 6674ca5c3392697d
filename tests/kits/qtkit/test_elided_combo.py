"""A long choice ends in an ellipsis in its combo; a short one is seen as it is."""

from sisfoh_desktop.qtkit.choice_fields import ComboField

LONG = "PLAN DE EMPADRONAMIENTO MASIVO 2024 PARA LA IDENTIFICACIÓN DE HOGARES"


def test_a_long_choice_is_never_cut_through_a_letter(qtbot):
    field = ComboField("A partir de", [(1, LONG), (2, "Otro")], required=True)
    qtbot.addWidget(field)
    field.resize(240, field.sizeHint().height())
    field.show()
    field.set_value(1)
    assert field.editor.shown_text().endswith("…")
    assert field.editor.currentText() == LONG
    assert not field.grab().isNull()
    field.set_value(2)
    assert field.editor.shown_text() == "Otro"
    assert not field.grab().isNull()
