"""Evidence from the page: registering it, seeing its file or record, withdrawing it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.file_kinds import FileKind, file_kind
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Duty, Evidence, EvidenceKind
from sisfoh_desktop.modules.responsibilities.view.dialogs import TOUCHES
from sisfoh_desktop.modules.responsibilities.view.evidence_dialogs import EvidenceDialog, NewEvidence
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.saving_reason import SavingReason

if TYPE_CHECKING:
    from sisfoh_desktop.modules.responsibilities.view.page import MatrixPage


class EvidenceOrders:
    """What can be done with the evidence of the chosen duty."""

    def __init__(self, page: "MatrixPage") -> None:
        self._page = page
        side = page.editor.panel.side
        page.editor.evidence_asked.connect(self.add)
        side.open_asked.connect(self.open)
        side.withdraw_asked.connect(self.withdraw)

    def add(self, code: str, duty: Duty) -> None:
        """Ask for a note or a file and record it."""
        page = self._page
        desk = page.desk

        def record(new: NewEvidence, token: str) -> int:
            file = (new.file.name, read_whole(new.file)) if new.file else None
            return service.add_evidence(
                desk.db,
                desk.archive,
                **page.who(),
                duty_id=duty.id,
                text=new.text,
                day=new.day,
                file=file,
                token=token,
            )

        EvidenceDialog(desk, code, duty, record, page).ask()

    def open(self, evidence: Evidence) -> None:
        """Go to the record, preview the PDF, or save a copy of any other file: the program opens none itself."""
        page = self._page
        if evidence.kind is EvidenceKind.RECORD:
            page.open_record.emit(evidence.record_kind, evidence.record_id or 0)
        elif evidence.kind is EvidenceKind.FILE:
            page.desk.tasks.run_query(
                partial(service.evidence_file, page.desk.db, page.desk.archive, evidence.id),
                self._show,
                owner=page,
            )

    def withdraw(self, evidence: Evidence) -> None:
        """Ask for the reason and take the entry out of the count."""
        page = self._page

        def withdraw(reason: str, token: str) -> None:
            service.withdraw_evidence(
                page.desk.db, **page.who(), evidence_id=evidence.id, reason=reason, token=token
            )

        SavingReason(
            page.desk,
            "Anular la evidencia",
            f"«{evidence.text}» dejará de contar. Sigue a la vista con el motivo; no se borra.",
            withdraw,
            primary="Anular",
            touches=TOUCHES,
            subject=f"matrix_evidence:{evidence.id}",
            parent=page,
        ).ask()

    def _show(self, file: tuple[str, bytes]) -> None:
        page, (name, data) = self._page, file
        if file_kind(data) is FileKind.PDF:
            page.papers.show_file(data, name)
            return
        path = ask_save(page, "Guardar una copia", name)
        if path is not None:
            page.desk.tasks.run_query(
                lambda: atomic_write(path, data),
                lambda _none: Toast.show_over(page, f"Se guardó «{path.name}»."),
                owner=page,
            )


def read_whole(path: Path) -> bytes:
    """The file's bytes; refused by its size before it is read, RuleError or FileFailed with their sentence."""
    try:
        rules.check_evidence_file(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{path.name}»; la evidencia no se registró. Revise que siga en su carpeta y elíjalo "
            "otra vez."
        ) from error
