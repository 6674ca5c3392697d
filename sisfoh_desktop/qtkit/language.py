"""Qt's own texts in Spanish, and Peru's way with numbers and weeks in its calendars."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.paths import resource

_FILE = "qtbase_es.qm"


def speak_spanish(app: QApplication) -> bool:
    """Install the translation (ours, or the one of the Qt in use); whether one was found."""
    QLocale.setDefault(QLocale(QLocale.Language.Spanish, QLocale.Country.Peru))
    translator = QTranslator(app)
    places = (
        str(resource("i18n", _FILE)),
        f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/{_FILE}",
    )
    return any(translator.load(place) for place in places) and app.installTranslator(translator)
