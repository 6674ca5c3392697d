"""What to sign with: a file or a card; the password is never kept."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit.sign_dialog import NOT_ACCREDITED, SignDialog

WHAT = "la resolución 091-2024-GM/MPT"


@pytest.fixture
def certificate(tmp_path):
    path = tmp_path / "ana.p12"
    path.write_bytes(b"x")
    return str(path)


def made(qtbot, **more) -> SignDialog:
    dialog = SignDialog(WHAT, **more)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_certificate_file_and_its_password(qtbot, certificate):
    settings = PcSettings()
    dialog = made(qtbot, settings=settings)
    dialog.file_form.fields["path"].set_value(certificate)
    qtbot.keyClicks(dialog.file_form.fields["password"].editor, " clave ")
    dialog.try_submit()
    assert (dialog.choice.kind, dialog.choice.path, dialog.choice.password) == ("p12", certificate, " clave ")
    assert settings.p12_path == certificate
    assert "clave" not in repr(dialog.choice)
    assert "clave" not in repr(settings)


def test_a_card_with_its_pin(qtbot, certificate):
    settings = PcSettings()
    dialog = made(qtbot, settings=settings)
    dialog.card_choice.click()
    dialog.card_form.set_values({"library": certificate, "label": "DNIe"})
    dialog.card_form.fields["password"].set_value("1234")
    dialog.try_submit()
    assert (dialog.choice.kind, dialog.choice.library, dialog.choice.label) == ("pkcs11", certificate, "DNIe")
    assert settings.pkcs11_label == "DNIe"


def test_passwords_are_not_shown(qtbot):
    dialog = made(qtbot)
    for form in (dialog.file_form, dialog.card_form):
        password = form.fields["password"]
        assert password.editor.echoMode() == QLineEdit.EchoMode.Password
        password.set_value("clave")
        password.eye.trigger()  # only while somebody asks to see it
        assert password.editor.echoMode() == QLineEdit.EchoMode.Normal
    dialog.forget()
    for form in (dialog.file_form, dialog.card_form):
        assert form.fields["password"].editor.text() == ""
        assert form.fields["password"].editor.echoMode() == QLineEdit.EchoMode.Password


def test_a_file_that_is_not_there_is_said_and_the_dialog_stays(qtbot):
    dialog = made(qtbot)
    dialog.file_form.set_values({"path": "/no/such.p12"})
    dialog.file_form.fields["password"].set_value("x")
    dialog.try_submit()
    assert dialog.isVisible()
    assert dialog.choice is None
    assert "No se encontró el archivo" in dialog.file_form.fields["path"].error


@pytest.mark.parametrize("card", [False, True])
def test_an_empty_password_is_asked_for(qtbot, certificate, card):
    dialog = made(
        qtbot, settings=PcSettings(p12_path=certificate, pkcs11_library=certificate, pkcs11_label="D")
    )
    (dialog.card_choice if card else dialog.file_choice).click()
    dialog.try_submit()
    assert dialog.isVisible()
    form = dialog.card_form if card else dialog.file_form
    assert form.fields["password"].error


def test_the_paths_of_last_time_stand_ready_and_the_cursor_in_the_password(qtbot, certificate):
    dialog = SignDialog(WHAT, settings=PcSettings(p12_path=certificate))
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    assert dialog.file_form.value("path") == certificate
    assert dialog.file_form.fields["password"].editor.hasFocus()


def test_it_never_claims_to_be_accredited(qtbot):
    dialog = made(qtbot)
    assert NOT_ACCREDITED in [label.text() for label in dialog.findChildren(QLabel)]
    assert dialog.windowTitle() == f"Firmar {WHAT}"


def test_asking_answers_with_the_choice_and_wipes_the_fields(qtbot, certificate):
    warmed: list[int] = []
    seen: list[SignDialog] = []

    def sign() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SignDialog))
        seen.append(dialog)
        dialog.file_form.fields["password"].set_value("clave")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(0, sign)
    choice = SignDialog.ask(
        None, WHAT, settings=PcSettings(p12_path=certificate), warm=lambda: warmed.append(1)
    )
    assert choice.password == "clave"
    assert warmed == [1]


def test_leaving_answers_none(qtbot):
    def leave() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SignDialog))
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, leave)
    assert SignDialog.ask(None, WHAT) is None
