"""The tables of the first day take whatever is typed as words."""

from sisfoh_desktop.app.first_day_table import EditTable, TableColumn

TYPED = "<img src='file:///etc/hosts'>"


def test_a_name_with_markup_is_told_sign_by_sign(qtbot):
    table = EditTable([TableColumn("siglas", "Siglas", 80), TableColumn("name", "Unidad")], "Unidades")
    qtbot.addWidget(table)
    table.set_rows([{"siglas": "<b>A", "name": "Otra"}])
    table.item(0, 1).setText(TYPED)
    assert table.rows()[0]["name"] == TYPED
    assert table.item(0, 0).toolTip() == "<qt>&lt;b&gt;A</qt>"
    assert "<img" not in table.item(0, 1).toolTip()
    assert "etc/hosts" in table.item(0, 1).toolTip()
