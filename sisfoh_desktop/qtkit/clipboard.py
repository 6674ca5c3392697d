"""Data for the clipboard that outlives Python.

The clipboard is emptied by Qt's own exit, after Python has ended. Data whose C++ object was made by a Python call
`QMimeData()` then call back into an interpreter that is gone, which ends the process with a fault.
"""

from PySide6.QtCore import QMimeData, QStringListModel


def new_mime_data() -> QMimeData:
    """Empty data made by Qt itself: nothing of it leads back to Python."""
    model = QStringListModel([""])
    made = model.mimeData([model.index(0)])
    for name in made.formats():
        made.removeFormat(name)
    return made
