"""What can be done about each problem of the start, as dialogs of the window; what was found is in `start_problems`.

A way that comes to nothing (a refusal, a file dialog that was left) leaves its problem on screen.
"""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QFileDialog

from sisfoh_desktop.app import start_problems, wiring
from sisfoh_desktop.app.problem_dialog import ProblemDialog, Way
from sisfoh_desktop.app.report_orders import save_report
from sisfoh_desktop.app.start_problems import BASE_TROUBLES, Problem, Trouble
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.theme import theme

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.app.wiring import OpenedBase
    from sisfoh_desktop.modules.safekeeping.service.restoring import Restored
    from sisfoh_desktop.modules.safekeeping.view.backup_dialogs import PackageDialog

_BASES = "Bases de SISFOH (*.db)"


class WaysOut:
    """The problems of one window's start, one at a time; the window keeps this."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._waiting: list[tuple[Problem, list[Way], str]] = []
        self._dialog: ProblemDialog | None = None
        self._base_was_told = False

    def tell(self, problems: Sequence[Problem]) -> None:
        """Show these, one after the other."""
        for problem in problems:
            if problem.trouble is not Trouble.DISK or not self._base_was_told:
                self._show(problem, self._ways_of(problem))

    def tell_base(self, target: str, refused: SisfohError) -> None:
        """The base of a file was not opened: why, and what now."""
        window = self._window
        window.tasks.run_query(
            partial(start_problems.base_problem, target, refused),
            partial(self._show_base, target),
            owner=window,
        )

    # -- the place in which the program runs ------------------------------------------------------------

    def _ways_of(self, problem: Problem) -> list[Way]:
        window, report = self._window, self._report_way()
        leave = Way("Cerrar el programa", "Nada queda a medias.", self._leave)
        if problem.trouble is Trouble.SETTINGS:
            settings = Way(
                "Revisar los ajustes…",
                "Revise su usuario, la carpeta de los papeles y los respaldos.",
                self._settings,
            )
            other = Way("Elegir la base…", "Si la que se abrió no es la suya.", self._other_base)
            return [settings, other, report]
        if problem.trouble is Trouble.DATA_FOLDER:
            again = Way("Comprobar otra vez", "", partial(self._again, start_problems.data_folder_problem))
            place = Way(
                "Usar otra carpeta esta vez…",
                "Hasta que cierre el programa; la próxima vez se vuelve a probar la de siempre.",
                self._other_folder,
            )
            return [again, place, report, leave]
        if problem.trouble is Trouble.DISK:
            look = partial(start_problems.disk_problem, window.target)
            return [Way("Comprobar otra vez", "", partial(self._again, look)), report, leave]
        if problem.trouble is Trouble.SCREEN and theme().scale > 100:
            return [Way("Poner el texto al 100 %", "", self._normal_text), leave]
        if problem.trouble is Trouble.SCREEN:
            return [Way("Ocupar toda la pantalla", "", self._whole_screen), leave]
        return [leave, report]

    def _again(self, look: Callable[[], Problem | None], dialog: ProblemDialog) -> None:
        def looked(problem: Problem | None) -> None:
            if problem is None:
                self._window.toast("Ya está resuelto.")
                dialog.accept()
            else:
                dialog.banner.show_sentence("Todavía sigue igual.")
                dialog.fit()

        self._window.tasks.run_query(look, looked, owner=dialog)

    def _other_folder(self, dialog: ProblemDialog) -> None:
        chosen = QFileDialog.getExistingDirectory(dialog, "Carpeta para los datos de este equipo")
        if not chosen:
            return
        before = os.environ.get("SISFOH_DATOS")
        os.environ["SISFOH_DATOS"] = chosen
        if start_problems.data_folder_problem() is not None:
            if before is None:
                del os.environ["SISFOH_DATOS"]
            else:
                os.environ["SISFOH_DATOS"] = before
            dialog.banner.show_sentence("En esa carpeta tampoco se puede escribir. Elija otra.")
            dialog.fit()
            return
        self._window.save_settings()
        dialog.accept()

    def _settings(self, dialog: ProblemDialog) -> None:
        dialog.accept()
        self._window.orders.show_settings()

    def _normal_text(self, dialog: ProblemDialog) -> None:
        self._window.orders.set_scale(100)
        dialog.accept()

    def _whole_screen(self, dialog: ProblemDialog) -> None:
        self._window.showMaximized()
        dialog.accept()

    def _leave(self, dialog: ProblemDialog) -> None:
        self._waiting.clear()
        dialog.accept()
        QTimer.singleShot(0, self._window, self._window.close)

    # -- the base --------------------------------------------------------------------------------------

    def _show_base(self, target: str, problem: Problem) -> None:
        self._base_was_told = True
        other = Way(
            "Elegir otra base…", "La práctica, una nueva, otro archivo o el servidor.", self._other_base
        )
        again = Way("Intentar otra vez", "", self._retry)
        find = Way(
            "Buscar el archivo…",
            "Búsquelo si lo movieron o le cambiaron el nombre.",
            partial(self._find, target),
        )
        copy = start_problems.last_copy(self._window.settings, target)
        restore = Way(
            "Restaurar un respaldo…",
            f"La última copia que se encuentra: {copy.words}. Se abre en una carpeta nueva."
            if copy is not None
            else "Elija la copia de su memoria USB o de su disco externo; se abre en una carpeta nueva.",
            partial(self._restore, target),
        )
        report = self._report_way()
        ways = {
            Trouble.BASE_MISSING: [find, restore, other, report],
            Trouble.BASE_DAMAGED: [restore, other, report],
            Trouble.BASE_TOO_NEW: [other, report],
        }.get(problem.trouble, [again, other, restore, report])
        self._show(problem, ways, cancel="Ahora no")

    def _retry(self, dialog: ProblemDialog) -> None:
        dialog.accept()
        self._window.open_configured_base()

    def _other_base(self, dialog: ProblemDialog) -> None:
        dialog.accept()
        self._window.ask_connection()

    def _find(self, target: str, dialog: ProblemDialog) -> None:
        start = str(Path(target).absolute().parent)
        chosen, _kind = QFileDialog.getOpenFileName(dialog, "Buscar la base", start, _BASES)
        if chosen:
            self._open(Path(chosen), dialog)

    def _open(self, base: Path, dialog: ProblemDialog, notice: str = "") -> None:
        """Open another file instead; a refusal is told in the dialog."""
        window = self._window

        def opened(made: "OpenedBase") -> None:
            dialog.accept()
            window.use_base(made)
            if notice:
                window.tell(notice)

        dialog.set_busy(True)
        window.tasks.run_query(
            partial(wiring.open_base, str(base), settings=window.settings, now=window.clock.now()),
            opened,
            on_error=dialog.refuse,
            owner=dialog,
        )

    def _restore(self, target: str, dialog: ProblemDialog) -> None:
        from sisfoh_desktop.modules.safekeeping.service import restoring
        from sisfoh_desktop.modules.safekeeping.view.backup_dialogs import PackageDialog

        window = self._window
        copy = start_problems.last_copy(window.settings, target)

        def run(asked: "PackageDialog") -> None:
            values = asked.values or {}

            def work(progress: Progress) -> "Restored":
                return restoring.restore_backup(
                    Path(str(values["package"])),
                    Path(str(values["target"])),
                    password=str(values["password"]),
                    progress=progress,
                )

            def refused(error: SisfohError) -> None:
                asked.values = None
                asked.refuse(error)

            def restored(made: "Restored") -> None:
                asked.accept()
                self._open(
                    made.base,
                    dialog,
                    f"Desde ahora se trabaja con la copia restaurada en «{made.base.parent}». Lo escrito después de "
                    f"esa copia hay que registrarlo otra vez. {Path(target).name} quedó donde estaba, sin cambios.",
                )

            ProgressDialog.run_change(
                asked,
                window.tasks,
                "Restaurar el respaldo",
                work,
                (),
                on_done=restored,
                on_error=refused,
                noun="pasos",
            )

        asked = PackageDialog(
            "Restaurar un respaldo",
            "La copia se abre como otra base, en una carpeta nueva, y se trabaja con ella. El archivo que no abre se "
            "queda como está, para su técnico.",
            "Restaurar",
            package=str(copy.path) if copy is not None else "",
            target=True,
            run=run,
            parent=dialog,
        )
        place = start_problems.restored_place(target, window.clock.now())
        asked.form.fields["target"].set_value(str(place))
        asked.open()

    # -- inside ----------------------------------------------------------------------------------------

    def _report_way(self) -> Way:
        return Way(
            "Guardar informe para el técnico…",
            "Un archivo ZIP sin datos personales, para quien da soporte.",
            lambda dialog: save_report(dialog, self._window),
        )

    def _show(self, problem: Problem, ways: list[Way], *, cancel: str = "Seguir así") -> None:
        """Now, or after the one on screen."""
        self._waiting.append((problem, ways, cancel))
        if self._dialog is None:
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            return
        problem, ways, cancel = self._waiting.pop(0)
        self._dialog = dialog = ProblemDialog(problem, ways, cancel=cancel, parent=self._window)
        dialog.finished.connect(partial(self._on_finished, problem))
        dialog.open()

    def _on_finished(self, problem: Problem, result: int) -> None:
        self._dialog = None
        if problem.trouble in BASE_TROUBLES and result == QDialog.DialogCode.Rejected:
            self._window.show_no_base()
        self._next()


def ask_about_other_window() -> str:
    """The program is open already and does not answer: "again", "open" (another window all the same) or ""."""
    answers: list[str] = []

    def answer(said: str, dialog: ProblemDialog) -> None:
        answers.append(said)
        dialog.accept()

    problem = Problem(
        Trouble.OTHER_WINDOW,
        "El programa ya está abierto y no responde",
        "Puede estar terminando algo largo: espere un momento e inténtelo otra vez. Si sigue igual, ciérrelo desde el "
        "administrador de tareas; lo guardado está completo.",
    )
    ways = [
        Way("Intentar otra vez", "", partial(answer, "again")),
        Way(
            "Abrir otra ventana",
            "Las dos trabajan sobre los mismos datos; los borradores de la otra le parecerán suyos.",
            partial(answer, "open"),
        ),
    ]
    ProblemDialog(problem, ways, cancel="Salir").exec()
    return answers[0] if answers else ""
