"""What is asked of a signature in ink and of who observes; how a chosen file is read."""

from datetime import date, datetime

import pytest

from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.qtkit.ink_dialog import InkChoice, InkDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.refuse_dialog import RefuseChoice, RefuseDialog
from sisfoh_desktop.qtkit.round_orders import read_chosen

CLOCK = FixedClock(datetime(2024, 3, 8, 10, tzinfo=LIMA))


def test_ink_begins_with_today_and_the_page_of_the_box(qtbot, tasks, tmp_path):
    saved = []
    desk = Desk(None, None, tasks, CLOCK)
    dialog = InkDialog(
        desk, "la resolución 091", "Juan Quispe", 6, lambda ink, _token: saved.append(ink), ("papers",)
    )
    qtbot.addWidget(dialog)
    assert dialog.form.value("pages") == "6"
    assert dialog.form.value("signed_on") == date(2024, 3, 8)
    dialog.form.set_values({"path": str(tmp_path / "no-esta.pdf")})
    dialog.try_submit()
    assert "No se encontró el archivo" in dialog.form.fields["path"].error
    scan = tmp_path / "escaneo.pdf"
    scan.write_bytes(b"x")
    dialog.form.set_values({"path": str(scan)})
    dialog.try_submit()
    tasks.wait_idle()
    assert saved == [InkChoice(date(2024, 3, 8), "6", str(scan), "")]


def test_who_observes_needs_a_reason(qtbot, tasks):
    saved = []
    desk = Desk(None, None, tasks, CLOCK)
    signers = [(7, "Legal"), (8, "Gerencia")]
    dialog = RefuseDialog(
        desk, "la resolución 091", signers, 8, 1, lambda one, _token: saved.append(one), ("papers",)
    )
    qtbot.addWidget(dialog)
    dialog.try_submit()
    assert dialog.form.fields["reason"].error
    dialog.form.set_values({"reason": "No cuadra"})
    dialog.try_submit()
    tasks.wait_idle()
    assert saved == [RefuseChoice(8, "No cuadra")]


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path):
    with pytest.raises(FileFailed):
        read_chosen(tmp_path / "no-esta.pdf")
    (tmp_path / "a.pdf").write_bytes(b"abc")
    assert read_chosen(tmp_path / "a.pdf") == b"abc"
