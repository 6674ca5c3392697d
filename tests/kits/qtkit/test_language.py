"""Qt speaks Spanish."""

from PySide6.QtCore import QCoreApplication, QLocale

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


def test_the_translation_is_shipped():
    assert resource("i18n", "qtbase_es.qm").is_file()
