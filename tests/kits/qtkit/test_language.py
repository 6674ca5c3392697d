"""Qt speaks Spanish."""

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFileDialog, QLabel

from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.qtkit.language import speak_spanish


def test_qts_own_buttons_are_spanish(qapp):
    before = QLocale()
    try:
        assert speak_spanish(qapp)
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancelar"
        assert QLocale().toString(1234) in ("1234", "1,234", "1\u00a0234")
    finally:
        QLocale.setDefault(before)


def test_the_file_dialog_says_nothing_in_english(qapp, qtbot):
    before = QLocale()
    try:
        speak_spanish(qapp)
        dialog = QFileDialog()
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        qtbot.addWidget(dialog)
        labels = [label.text() for label in dialog.findChildren(QLabel)]
        assert "&Ver en:" in labels
        assert "&Tipo de archivo:" in labels
        for context in ("QFileSystemModel", "QAbstractFileIconProvider"):  # the kind of a folder in the list
            assert QCoreApplication.translate(context, "Folder") == "Carpeta"
    finally:
        QLocale.setDefault(before)


def test_the_translation_is_shipped():
    assert resource("i18n", "qtbase_es.qm").is_file()
