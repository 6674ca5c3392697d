"""Notes what leaves by the window: papers that were printed or saved, and lists that are exported."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.leaving import ListOut, PaperOut
from sisfoh_desktop.basics.rights import right
from sisfoh_desktop.qtkit.row_model import personal_titles

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow
    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.qtkit.page import Desk, SeenList

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
        personal, reason = personal_titles(table.view.model()), ""
        if personal and not desk.actor.may(RIGHT):
            show_error(
                window,
                f"La lista lleva datos personales ({', '.join(personal)}) y su usuario no puede exportarlos (hace "
                f"falta «{right(RIGHT).title}»); no se guardó nada. Pídalo a quien administra los usuarios.",
                "No se exportó la lista",
            )
            return
        if personal:
            asked = ReasonDialog.ask(
                window,
                "Exportar datos personales",
                f"La lista lleva datos personales ({', '.join(personal)}). Quedará anotado que usted la exportó, "
                "cuándo y para qué; su usuario y la hora van en cada página.",
                primary="Exportar",
            )
            if asked is None:
                return
            reason = asked
        start = str(Path.home() / f"{title}.xlsx")
        chosen, _kind = QFileDialog.getSaveFileName(
            window, "Exportar la lista", start, "Libro de Excel (*.xlsx)"
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".xlsx")
        titles, rows = table.as_seen()
        window.tasks.run_query(
            partial(export_noted, desk, path, title, titles, rows, personal=bool(personal), reason=reason),
            lambda _none: window.toast(f"Se exportó «{path.name}» con {len(rows)} filas."),
            owner=window,
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
) -> None:
    """Note the list, then write it: nothing leaves that is not noted. RuleError `not_allowed`, `reason_missing`."""
    from sisfoh_desktop.app import wiring
    from sisfoh_desktop.db.access_log import record_export

    now = desk.clock.now()
    record_export(
        desk.db,
        actor=desk.actor,
        now=now,
        exported=ListOut(title, path.name, titles, len(rows)),
        personal=personal,
        reason=reason,
    )
    wiring.export_list(path, title, titles, rows, foot=_foot(desk.actor, now, reason) if personal else "")


def _foot(actor: "Actor", now: datetime, reason: str) -> str:
    who = " · ".join(part for part in (actor.user, actor.office) if part) or "usuario de este equipo"
    return f"Exportado por {who} el {format_date(now.date())} a las {now:%H:%M}. Datos personales: {reason}"
