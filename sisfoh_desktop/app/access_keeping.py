"""Notes what leaves by the window: papers that were printed or saved, and lists that are exported."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.leaving import ListOut, PaperOut
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.rights import right
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.row_model import personal_titles

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.qtkit.page import Desk, SeenList
    from sisfoh_desktop.qtkit.reason_dialog import ReasonDialog

RIGHT = "personal.export"


class AccessKeeper:
    """Of one window; it listens to the papers that leave from the moment it is made."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        window.tasks.paper_left.connect(self._on_paper_left)

    def export_list(self, title: str, table: "SeenList") -> None:
        """The list as seen becomes a workbook; one with personal data asks for its right and a reason."""
        from sisfoh_desktop.qtkit.messages import show_error
        from sisfoh_desktop.qtkit.reason_dialog import ReasonDialog

        window = self._window
        desk = window.desk
        if desk is None:
            return
        titles, rows = table.as_seen()
        personal = [one for one in personal_titles(table.view.model()) if one in titles]
        if personal and not desk.actor.may(RIGHT):
            show_error(
                window,
                f"La lista lleva datos personales ({', '.join(personal)}) y su usuario no puede exportarlos (hace "
                f"falta «{right(RIGHT).title}»); no se guardó nada. Pídalo a quien administra los usuarios.",
                "No se exportó la lista",
            )
            return
        if not personal:
            self._export(desk, title, titles, rows, window)
            return

        def act(reason: str, dialog: ReasonDialog) -> None:
            self._export(desk, title, titles, rows, dialog, reason=reason, asking=dialog)

        ReasonDialog.ask(
            window,
            "Exportar datos personales",
            f"La lista lleva datos personales ({', '.join(personal)}). Quedará anotado que usted la exportó, "
            "cuándo y para qué; su usuario y la hora van en cada página.",
            act,
            primary="Exportar",
        )

    def _export(
        self,
        desk: "Desk",
        title: str,
        titles: Sequence[str],
        rows: Sequence[Sequence[str]],
        over: "QWidget",
        *,
        reason: str = "",
        asking: "ReasonDialog | None" = None,
    ) -> None:
        """Choose the file and write it; `asking` keeps the reason that was typed until it is written."""
        from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog

        window = self._window
        path = ask_save(over, "Exportar la lista", f"{title}.xlsx", "Libro de Excel (*.xlsx)")
        if path is None:
            return

        def done(_none: object) -> None:
            if asking is not None:
                asking.accept()
            window.toast(f"Se exportó «{path.name}» con {len(rows)} filas.")

        if asking is not None:
            asking.set_busy(True)
        ProgressDialog.run_change(
            over,
            window.tasks,
            "Exportar la lista",
            lambda progress: export_noted(
                desk, path, title, titles, rows, personal=asking is not None, reason=reason, progress=progress
            ),
            (),
            on_done=done,
            on_error=asking.refuse if asking is not None else None,
            noun="filas",
        )

    def _on_paper_left(self, paper: PaperOut) -> None:
        desk = self._window.desk
        if desk is not None:
            self._window.on_worker(partial(note_paper, desk.db, desk.actor, desk.clock.now(), paper))


def note_paper(db: "Database", actor: "Actor", now: datetime, paper: PaperOut) -> None:
    """Note a paper that was printed or saved."""
    from sisfoh_desktop.db.access_log import record_print, record_saved

    record = record_print if paper.printed else record_saved
    record(db, actor=actor, now=now, paper=paper)


def export_noted(
    desk: "Desk",
    path: Path,
    title: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    personal: bool = False,
    reason: str = "",
    progress: Progress = silent,
) -> None:
    """Note the list, then write it: nothing leaves that is not noted, and what was cancelled is not noted.

    RuleError `not_allowed`, `reason_missing`; Cancelled; FileFailed.
    """
    from sisfoh_desktop.db.access_log import record_export
    from sisfoh_desktop.modules.office import service as office
    from sisfoh_desktop.sheets.workbook import table_workbook

    now = desk.clock.now()
    foot = _foot(desk.actor, now, reason) if personal else ""
    book = table_workbook(title, titles, rows, foot=foot, mark=office.watermark(desk.db), progress=progress)
    record_export(
        desk.db,
        actor=desk.actor,
        now=now,
        exported=ListOut(title, path.name, titles, len(rows)),
        personal=personal,
        reason=reason,
    )
    atomic_write(path, book)


def _foot(actor: "Actor", now: datetime, reason: str) -> str:
    who = " · ".join(part for part in (actor.user, actor.office) if part) or "usuario de este equipo"
    return f"Exportado por {who} el {format_date(now.date())} a las {now:%H:%M}. Datos personales: {reason}"
