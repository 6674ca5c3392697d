"""A first day that dies: the window on an empty base, the assistant filled in, and SIGKILL at a chosen moment.

Run as a program of its own: base, folder of the copy, moment. `answer` is what every first day of the tests says.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

PASSWORD = "tres casas azules"
LOGIN = "rmamani"
MOMENTS = {
    "typed": "after two seconds of rest",
    "office-begun": "in the middle of the office's transaction",
    "office-done": "the office is in, the user is not",
    "user-begun": "in the middle of the user's transaction",
    "user-done": "the user is in, the copy is not",
    "copy-begun": "in the middle of the file of the copy",
    "copy-done": "everything is in, the window did not hear of it",
}
PATIENCE_SECONDS = 60


def answer(dialog: Any, folder: Path | str) -> None:
    """Everything: the municipality, two heads, a day off of the province, a first user, a copy."""
    dialog.municipality.form.set_values(
        {"name": "Municipalidad Distrital de Pocollay", "short_name": "MDP", "place_name": "Pocollay"}
    )
    dialog.municipality.ubigeo.set_value("230108")
    dialog.show_page("units")
    dialog.show_page("officers")
    for unit, name in (("GM", "Rosa Quispe Mamani"), ("ULE", "Luis Apaza Condori")):
        row = [one["unit"] for one in dialog.officers.table.rows()].index(unit)
        dialog.officers.table.item(row, 2).setText(name)
    dialog.show_page("holidays")
    dialog.holidays.table.add_row(
        {"day": "28/08", "name": "Reincorporación", "place": "Provincia", "norm": "Ley 1"}
    )
    answer_secrets(dialog, folder)
    dialog.show_page("review")


def answer_secrets(dialog: Any, folder: Path | str) -> None:
    """What no draft keeps, and the pages around it."""
    if not dialog.users.setting.has_users:
        dialog.users.choose("several")
        fields = dialog.users.form.fields
        fields["name"].set_value("Rosa Quispe Mamani")
        for field in ("password", "again"):
            fields[field].set_value(PASSWORD)
    dialog.copy.choose(dialog.copy.NOW)
    dialog.copy.form.fields["folder"].set_value(str(folder))


def die(*_told: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(base: str, folder: str, moment: str) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    here = Path(__file__).parent
    sys.path[:0] = [str(here), str(here / "kits" / "qtkit")]

    from pages_for_tests import SPECS
    from PySide6.QtWidgets import QApplication

    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.basics.clock import LIMA, FixedClock
    from sisfoh_desktop.basics.paths import user_data_dir
    from sisfoh_desktop.basics.settings import PcSettings
    from sisfoh_desktop.modules.people.service import passwords
    from sisfoh_desktop.qtkit.tasks import Tasks
    from sisfoh_desktop.qtkit.window_state import WindowState

    passwords.MEMORY_KIB = 64
    app = QApplication([])
    app.setApplicationName("sisfoh")
    tasks = Tasks()
    window = MainWindow(
        SPECS,
        tasks=tasks,
        settings=PcSettings(user="ana", office="SGDSyPV", theme="light"),
        state=WindowState(user_data_dir() / "ventana.ini"),
        base=base,
        clock=FixedClock(datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)),
    )

    def wait(condition: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > until:
                os._exit(3)
            app.processEvents()
            tasks.wait_idle()

    window.show()
    wait(lambda: window.is_furnished and window.desk is not None)
    window.first_day.open()
    wait(lambda: window.first_day.dialog is not None)
    dialog = window.first_day.dialog
    answer(dialog, folder)
    dialog.keep()
    tasks.wait_idle()
    if moment == "typed":
        die()
    _lay_the_trap(moment)
    dialog.try_submit()
    wait(lambda: window.first_day.dialog is None)
    os._exit(4)  # it lived


def _lay_the_trap(moment: str) -> None:
    import zipfile

    from sisfoh_desktop.app import first_day_writing as writing
    from sisfoh_desktop.modules.office.service import first_day
    from sisfoh_desktop.modules.people.service import users

    step, when = moment.split("-")
    if when == "done":
        name = {"office": "enter_office", "user": "enter_user", "copy": "make_copy"}[step]
        true = getattr(writing, name)
        setattr(writing, name, lambda *given, **named: die(true(*given, **named)))
    elif step == "copy":
        write = zipfile.ZipFile.close
        zipfile.ZipFile.close = lambda self: die(write(self))
    else:
        # the last record of the trail: everything of the transaction is in it, and it is not committed
        module = {"office": first_day, "user": users}[step]
        name = {"office": "_enter", "user": "record_audit"}[step]
        true = getattr(module, name)

        def last(*given: Any, **named: Any) -> None:
            true(*given, **named)
            if step == "user" or type(given[-1]).__name__ == "Holiday":
                die()

        setattr(module, name, last)


if __name__ == "__main__":
    main(*sys.argv[1:])
