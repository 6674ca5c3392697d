"""Qt's own texts in Spanish, and Peru's way with numbers and weeks in its calendars."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.basics.paths import resource

_FILE = "qtbase_es.qm"
_NOT_IN_IT = {  # what Qt says and its translation lacks
    ("QFileDialog", "&Look in:"): "&Ver en:",
    ("QFileDialog", "Files of &type:"): "&Tipo de archivo:",
    ("QAbstractFileIconProvider", "Folder"): "Carpeta",
    ("QFileSystemModel", "Folder"): "Carpeta",
    ("QFileSystemModel", "File Folder"): "Carpeta",
}


class _Rest(QTranslator):
    """What the translation of Qt leaves in English."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, _disambiguation: str | None = None, _number: int = -1
    ) -> str | None:
        return _NOT_IN_IT.get((context, source))


def speak_spanish(app: QApplication) -> bool:
    """Install the translation (ours, or the one of the Qt in use); whether one was found."""
    QLocale.setDefault(QLocale(QLocale.Language.Spanish, QLocale.Country.Peru))
    app.installTranslator(_Rest(app))  # asked last: the one installed last is asked first
    translator = QTranslator(app)
    places = (
        str(resource("i18n", _FILE)),
        f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/{_FILE}",
    )
    return any(translator.load(place) for place in places) and app.installTranslator(translator)
