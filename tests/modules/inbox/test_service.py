"""The tray gathered from the real modules, on an empty office and on the practice case."""

from datetime import date

from sisfoh_desktop.modules.inbox import service
from sisfoh_desktop.modules.inbox.rules import Counts, Group


def by_kind(tray):
    return {(task.kind, task.group) for task in tray.tasks}


def test_a_new_office_is_told_its_first_steps(db):
    tray = service.load_tray(db, today=date(2024, 3, 8))
    assert [task.group for task in tray.tasks] == [Group.SETUP] * 3
    assert [task.title.split()[-1] for task in tray.tasks] == ["municipalidad", "orgánicas", "firman"]
    assert tray.counts == Counts(0, 0)


def test_the_practice_case_waits_for_its_signatures(practice_db):
    tray = service.load_tray(practice_db, today=date(2024, 3, 12))
    assert by_kind(tray) == {
        ("expedientes", Group.WAITING),
        ("papers", Group.WAITING),
        ("resoluciones", Group.DRAFTS),
    }
    (round_,) = (task for task in tray.tasks if task.kind == "papers")
    assert round_.title == "Firma pendiente: 091-2024-GM/MPT"
    assert round_.detail == "Oficina General de Asesoría Jurídica; 0 de 6 firmas"
    assert round_.days == 2


def test_no_text_of_the_tray_shows_a_data_chip(practice_db):
    tray = service.load_tray(practice_db, today=date(2024, 3, 12))
    assert not [task for task in tray.tasks if "{" in task.title + task.detail]


def test_an_expediente_that_sleeps_counts_as_overdue(practice_db):
    tray = service.load_tray(practice_db, today=date(2024, 3, 14))
    (sleeping,) = (task for task in tray.tasks if task.kind == "expedientes")
    assert sleeping.group is Group.OVERDUE
    assert sleeping.due == date(2024, 3, 13), "7 working days after 04/03/2024"
    assert tray.counts.overdue == 1
