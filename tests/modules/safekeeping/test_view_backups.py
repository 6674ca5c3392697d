"""The tab of the copies and its dialogs, as a person uses them."""

import pytest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.modules.safekeeping.service import backups, slips
from sisfoh_desktop.modules.safekeeping.view.backups_tab import BackupsTab


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "memoria"
    folder.mkdir()
    return folder


@pytest.fixture
def tab_of(desk, qtbot, monkeypatch, tmp_path):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    desk.settings = PcSettings()

    def build():
        tab = BackupsTab(desk)
        qtbot.addWidget(tab)
        tab.show()
        tab.reload()
        desk.tasks.wait_idle()
        return tab

    return build


def change(desk):
    with desk.db.transaction() as session:
        record_audit(
            session, actor=desk.actor, now=desk.clock.now(), action="office.body.add", subject="body:1"
        )


def dialog_of():
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def close_message(desk):
    message = dialog_of()
    words = message.windowTitle()
    message.reject()
    return words


def test_an_office_without_copies_is_offered_its_first(tab_of, desk):
    change(desk)
    tab = tab_of()
    assert "Todavía no hay ningún respaldo" in tab.state.text()
    assert tab.next_step().title == "Haga un respaldo"
    assert tab.copies.empty_button.text().replace("&", "") == "Respaldar ahora…"
    assert not tab.slip_action.isEnabled()


def test_a_copy_is_made_from_the_dialog_and_stands_in_the_list(tab_of, desk, stick):
    change(desk)
    tab = tab_of()
    tab.make_action.trigger()
    dialog = dialog_of()
    dialog.form.fields["folder"].set_value(str(stick))
    dialog.form.fields["on_close"].set_value(True)
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert not dialog.isVisible()
    tab.reload()
    desk.tasks.wait_idle()
    [line] = tab.copies.rows()
    assert (stick / line.backup.file_name).is_file()
    assert "Nada cambió desde entonces" in tab.state.text()
    assert (desk.settings.backup_folder, desk.settings.backup_on_close) == (str(stick), "yes")
    assert PcSettings.load().backup_folder == str(stick)


def test_a_refusal_keeps_what_was_typed(tab_of, desk, tmp_path):
    tab = tab_of()
    tab.make_action.trigger()
    dialog = dialog_of()
    dialog.form.fields["folder"].set_value(str(tmp_path / "no_hay"))
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert "Conecte la memoria" in dialog.banner.label.text()
    dialog.form.fields["password"].editor.setText("una frase larga")
    dialog.form.fields["again"].editor.setText("otra frase larga")
    dialog.try_submit()
    assert "no son iguales" in dialog.banner.label.text()
    assert dialog.form.fields["folder"].raw() == str(tmp_path / "no_hay")
    dialog.form.fields["folder"].set_value("")
    dialog.done(0)


def test_a_locked_copy_asks_for_its_password_and_is_rehearsed(tab_of, desk, stick):
    backups.make_backup(
        desk.db,
        desk.archive,
        actor=desk.actor,
        now=desk.clock.now(),
        folder=stick,
        password="una frase larga",
    )
    tab = tab_of()
    tab.rehearse_action.trigger()
    dialog = dialog_of()
    assert dialog.form.fields["package"].raw().endswith(".sisfoh")
    dialog.try_submit()
    assert "lleva contraseña" in dialog.password.error
    dialog.password.editor.setText("una frase larga")
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert close_message(desk) == "El respaldo sirve"
    tab.reload()
    desk.tasks.wait_idle()
    [line] = tab.copies.rows()
    assert line.rehearsal.ok


def test_a_copy_is_restored_elsewhere_and_never_over_the_base(tab_of, desk, stick, tmp_path):
    backups.make_backup(desk.db, desk.archive, actor=desk.actor, now=desk.clock.now(), folder=stick)
    tab = tab_of()
    tab.restore_action.trigger()
    dialog = dialog_of()
    dialog.form.fields["target"].set_value(str(desk.db.path))
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert "lugar nuevo" in dialog.banner.label.text()
    dialog.form.fields["target"].set_value(str(tmp_path / "nueva" / "o.db"))
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert close_message(desk) == "Respaldo restaurado"
    assert (tmp_path / "nueva" / "o.db").is_file()


def test_an_office_is_moved_to_a_server(tab_of, desk, postgres, request, tmp_path):
    import psycopg

    name = f"w{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    change(desk)
    tab = tab_of()
    tab.transfer_action.trigger()
    dialog = dialog_of()
    dialog.form.fields["target"].set_value(postgres.url(name))
    dialog.form.fields["papers"].set_value(str(tmp_path / "papeles"))
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert close_message(desk) == "Oficina trasladada"


def test_who_may_not_copy_sees_the_list_alone(tab_of, desk):
    desk.actor = Actor(user="lectora", office="ULE", rights=frozenset({"audit.read"}))
    tab = tab_of()
    for action in (tab.make_action, tab.rehearse_action, tab.restore_action, tab.transfer_action):
        assert not action.isVisible()
    assert tab.next_step() is None
    assert not tab.new_record()


def test_the_slip_tells_the_head_of_the_trail(practice_desk, stick):
    import pypdfium2

    desk = practice_desk
    made = backups.make_backup(desk.db, desk.archive, actor=desk.actor, now=desk.clock.now(), folder=stick)
    pdf = slips.backup_slip(desk.db, backups.list_backups(desk.db)[0], now=desk.clock.now())
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    words = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    assert made.entry_hash in words
    assert made.sha256 in words
    assert "15/03/2024" in words
