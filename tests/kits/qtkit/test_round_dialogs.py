"""What is asked of a signature in ink and of who observes; how a chosen file is read."""

from datetime import date, datetime

import pytest

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.qtkit.ink_dialog import InkDialog
from sisfoh_desktop.qtkit.refuse_dialog import RefuseDialog
from sisfoh_desktop.qtkit.round_orders import read_chosen

CLOCK = FixedClock(datetime(2024, 3, 8, 10, tzinfo=LIMA))


def test_ink_begins_with_today_and_the_page_of_the_box(qtbot, tmp_path):
    dialog = InkDialog("la resolución 091", "Juan Quispe", 6, clock=CLOCK)
    qtbot.addWidget(dialog)
    assert dialog.form.value("pages") == "6"
    assert dialog.form.value("signed_on") == date(2024, 3, 8)
    dialog.form.set_values({"path": str(tmp_path / "no-esta.pdf")})
    dialog.try_submit()
    assert dialog.values is None
    scan = tmp_path / "escaneo.pdf"
    scan.write_bytes(b"x")
    dialog.form.set_values({"path": str(scan)})
    dialog.try_submit()
    assert dialog.values is not None


def test_who_observes_needs_a_reason(qtbot):
    dialog = RefuseDialog("la resolución 091", [(7, "Legal"), (8, "Gerencia")], 8, 1)
    qtbot.addWidget(dialog)
    dialog.try_submit()
    assert dialog.values is None
    dialog.form.set_values({"reason": "No cuadra"})
    dialog.try_submit()
    assert dialog.values == {"signer_id": 8, "reason": "No cuadra"}


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path):
    with pytest.raises(FileFailed):
        read_chosen(tmp_path / "no-esta.pdf")
    (tmp_path / "a.pdf").write_bytes(b"abc")
    assert read_chosen(tmp_path / "a.pdf") == b"abc"
