"""The orders about copies: made, tried, restored elsewhere, told on paper; and the office moved to another base."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.db.server import reaching_with_kept
from sisfoh_desktop.modules.safekeeping.rules.backups import size_words
from sisfoh_desktop.modules.safekeeping.rules.facts import Backup, BackupLine, Occasion, Rehearsal
from sisfoh_desktop.modules.safekeeping.service import backups, restoring, slips, thinning, transferring
from sisfoh_desktop.modules.safekeeping.service.restoring import Restored
from sisfoh_desktop.modules.safekeeping.service.thinning import OldCopies
from sisfoh_desktop.modules.safekeeping.service.transferring import Transferred
from sisfoh_desktop.modules.safekeeping.view.backup_dialogs import BackupDialog, PackageDialog, TransferDialog
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.messages import Toast, ask_destroy, show_error, show_notice
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog

TOUCHES = frozenset({"safekeeping"})
_STEPS = "pasos"


class BackupOrders(QObject):
    """Over a tab; every long one has its count and a way out."""

    made = Signal(int)  # a copy, by its id

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.desk, self._over = desk, over

    def back_up(self, *, due: bool = False) -> None:
        """Ask where to and make a copy; `due`: it is the one of the week."""
        settings = self.desk.settings
        occasion = Occasion.WEEKLY if due else Occasion.DEMAND

        def run(dialog: BackupDialog) -> None:
            values = dialog.values or {}
            folder = Path(str(values["folder"]))
            self._remember(folder, on_close=bool(values["on_close"]))

            def work(progress: Progress) -> Backup:
                return backups.make_backup(
                    self.desk.db,
                    self.desk.archive,
                    actor=self.desk.actor,
                    now=self.desk.clock.now(),
                    folder=folder,
                    occasion=occasion,
                    password=str(values["password"]),
                    progress=progress,
                )

            self._work(dialog, "Respaldar la oficina", work, TOUCHES, self._on_made)

        BackupDialog(
            settings.backup_folder if settings is not None else "",
            settings is not None and settings.backup_on_close == "yes",
            run=run,
            parent=self._over,
        ).open()

    def rehearse(self, line: BackupLine | None) -> None:
        """Restore a copy into a place that is removed afterwards, and tell what it showed."""

        def run(dialog: PackageDialog) -> None:
            values = dialog.values or {}

            def work(progress: Progress) -> Rehearsal:
                return restoring.rehearse_restore(
                    self.desk.db,
                    Path(str(values["package"])),
                    actor=self.desk.actor,
                    now=self.desk.clock.now(),
                    password=str(values["password"]),
                    progress=progress,
                )

            self._work(dialog, "Ensayar la restauración", work, TOUCHES, self._on_rehearsed)

        PackageDialog(
            "Ensayar una restauración",
            "La copia se abre aparte, se compara fila por fila y papel por papel con lo que dice contener, y se "
            "retira. La base de la oficina no se toca.",
            "Ensayar",
            package=_path_of(line),
            run=run,
            parent=self._over,
        ).open()

    def restore(self, line: BackupLine | None) -> None:
        """Open a copy in a new place; never over a base."""

        def run(dialog: PackageDialog) -> None:
            values = dialog.values or {}

            def work(progress: Progress) -> Restored:
                return restoring.restore_noted(
                    self.desk.db,
                    Path(str(values["package"])),
                    Path(str(values["target"])),
                    actor=self.desk.actor,
                    now=self.desk.clock.now(),
                    password=str(values["password"]),
                    progress=progress,
                )

            self._work(dialog, "Restaurar en otro lugar", work, TOUCHES, self._on_restored)

        PackageDialog(
            "Restaurar en otro lugar",
            "La base de la oficina sigue como está: la copia se abre como otra base, en una carpeta nueva. Para "
            "trabajar con ella, elíjala después en «Elegir la base».",
            "Restaurar",
            package=_path_of(line),
            target=True,
            run=run,
            parent=self._over,
        ).open()

    def print_slip(self, line: BackupLine) -> None:
        """Show the slip of a copy, to be printed and signed."""
        self.desk.tasks.run_query(
            partial(slips.backup_slip, self.desk.db, line, now=self.desk.clock.now()),
            partial(self._show_pdf, line),
            owner=self._over,
        )

    def transfer(self) -> None:
        """Move the whole office to another base."""
        on_server = not self.desk.db.is_sqlite

        def run(dialog: TransferDialog) -> None:
            values = dialog.values or {}
            target = str(values["target"]).strip()

            def work(progress: Progress) -> Transferred:
                return transferring.transfer_base(
                    self.desk.db,
                    self.desk.archive,
                    reaching_with_kept(
                        target,
                        password=str(values.get("password", "")),
                        certificate=self.desk.settings.server_certificate if self.desk.settings else "",
                    ),
                    actor=self.desk.actor,
                    now=self.desk.clock.now(),
                    papers_folder=(
                        Path(target).absolute().parent / "archivo"
                        if on_server
                        else Path(str(values["papers"]))
                    ),
                    progress=progress,
                )

            self._work(dialog, "Trasladar la oficina", work, TOUCHES, self._on_transferred)

        TransferDialog(on_server=on_server, run=run, parent=self._over).open()

    def remove_old(self) -> None:
        """Offer to delete the copies that are older than the rule keeps; nothing goes unasked."""
        self.desk.tasks.run_query(
            partial(thinning.list_old_copies, self.desk.db), self._offer_removal, owner=self._over
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _work(
        self,
        dialog: FormDialog,
        title: str,
        work: Callable[[Progress], Any],
        touches: Iterable[str],
        done: Callable[[Any], None],
    ) -> None:
        def refused(error: SisfohError) -> None:
            dialog.values = None  # what was typed is still there, and not saved
            dialog.refuse(error)

        def ended(result: Any) -> None:
            dialog.accept()
            done(result)

        ProgressDialog.run_change(
            dialog, self.desk.tasks, title, work, touches, on_done=ended, on_error=refused, noun=_STEPS
        )

    def _remember(self, folder: Path, *, on_close: bool) -> None:
        settings = self.desk.settings
        if settings is None:
            return
        wanted = (str(folder), "yes" if on_close else "")
        if (settings.backup_folder, settings.backup_on_close) == wanted:
            return
        settings.backup_folder, settings.backup_on_close = wanted
        self.desk.tasks.run_query(settings.save, lambda _none: None, owner=self._over)

    def _offer_removal(self, old: OldCopies) -> None:
        if not old.copies:
            Toast.show_over(self._over, "Ninguna copia sobra: todas hacen falta.")
            return
        count = counted(len(old.copies), "copia antigua", "copias antiguas")
        if not ask_destroy(
            self._over,
            count,
            f"{'Ocupa' if len(old.copies) == 1 else 'Ocupan'} {size_words(old.byte_count)}. Queda la última de cada "
            "uno de los 12 días, 10 semanas y 9 meses más recientes que tienen copia.",
            "Retirar",
        ):
            return
        ProgressDialog.run_change(
            self._over,
            self.desk.tasks,
            "Retirar copias antiguas",
            lambda progress: thinning.remove_copies(
                self.desk.db, old, actor=self.desk.actor, now=self.desk.clock.now(), progress=progress
            ),
            TOUCHES,
            on_done=lambda gone: Toast.show_over(
                self._over, f"Se retiraron {counted(gone, 'copia', 'copias')}."
            ),
            noun="copias",
        )

    def _on_made(self, backup: Backup) -> None:
        Toast.show_over(
            self._over, f"Se hizo y se comprobó «{backup.file_name}» ({size_words(backup.byte_count)})."
        )
        self.made.emit(backup.id)

    def _on_rehearsed(self, tried: Rehearsal) -> None:
        if tried.ok:
            show_notice(self._over, "El respaldo sirve", tried.detail)
        else:
            show_error(self._over, tried.detail, "El respaldo no sirve")

    def _on_restored(self, restored: Restored) -> None:
        told = (
            "Todo coincide con la copia."
            if restored.checked.by_content
            else "El número de filas coincide con la copia; es de una versión anterior y se pondrá al día al abrirla."
            if restored.checked.opened
            else "Está cifrada: se comparó su huella y se abrirá con la frase de recuperación."
        )
        show_notice(
            self._over,
            "Respaldo restaurado",
            f"La base quedó en «{restored.base}», con sus papeles al lado. {told}",
        )

    def _on_transferred(self, moved: Transferred) -> None:
        show_notice(
            self._over,
            "Oficina trasladada",
            f"Todo quedó en {moved.label} y coincide con esta base. Elija esa base en cada equipo y no siga trabajando "
            "en esta.",
        )

    def _show_pdf(self, line: BackupLine, pdf: bytes) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self.desk.tasks,
            pdf,
            "Constancia de respaldo",
            file_name=f"constancia-{Path(line.backup.file_name).stem}.pdf",
            kind="resguardo",
            over=self._over,
        )


def _path_of(line: BackupLine | None) -> str:
    return str(Path(line.backup.place) / line.backup.file_name) if line is not None else ""
