"""What every order of the tab "Entrega" is given with: asking on the worker, changing, signing, showing."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.file_kinds import FileKind, file_kind
from sisfoh_desktop.modules.expedientes.rules.attachments import MAX_ATTACHMENT
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, PaperState, last_signer, next_signer
from sisfoh_desktop.modules.resoluciones.rules.delivery import Notification
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.resoluciones.service.delivery import DeliveryView
from sisfoh_desktop.modules.resoluciones.view import loading
from sisfoh_desktop.modules.resoluciones.view.changes import TOUCHES
from sisfoh_desktop.modules.resoluciones.view.delivery_tab import DeliveryTab
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.page_orders import PageOrders
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog
from sisfoh_desktop.qtkit.sign_dialog import SignDialog

_IMAGE_DPI = 150  # a scan without a resolution of its own


class DeliveryOrders(PageOrders):
    """Base of the orders over the act that `tab` shows."""

    touches = TOUCHES

    def __init__(self, desk: Desk, tab: DeliveryTab, over: QWidget) -> None:
        super().__init__(desk, over)
        self.tab = tab

    def ready(self) -> DeliveryView | None:
        """The act on view, None while something is being saved."""
        return None if self.busy else self.tab.view

    def named(self, one: Notification) -> dict[str, Any]:
        return {**self.who(), "notification_id": one.id, "expected_version": one.version}

    def run(self, dialog: SavingDialog, done: Callable[[Any], object]) -> None:
        """Show a dialog until it has saved or was left; `done` gets what the save answered."""
        dialog.saved.connect(done)
        dialog.ask()

    def sign(self, paper: Paper, what: str) -> None:
        """Ask the next signer's certificate and sign with it."""
        slot = next_signer(paper)
        if slot is None:
            return
        choice = SignDialog.ask(
            self.over,
            what,
            details=f"Firma {slot.label}, {slot.position}. Motivo: «{slot.motive}».",
            settings=self.desk.settings,
            warm=lambda: self.query(loading.warm_signing, lambda _none: None),
        )
        if choice is not None:
            self.change(
                partial(
                    papers.sign_paper,
                    self.desk.db,
                    self.desk.archive,
                    **self.who(),
                    paper_id=paper.id,
                    signer_id=slot.id,
                    expected_version=paper.version,
                    open_signer=papers.chosen_certificate(choice),
                ),
                lambda signed: self.say(f"Firmó {last_signer(signed).signed_by}."),
            )

    def show_pdf(self, pdf: bytes, title: str, name: str) -> None:
        """Show a PDF; `name` is proposed when it is saved."""
        from sisfoh_desktop.documents import rendering

        self._show(pdf, title, rendering, f"{name}.pdf")

    def show_file(self, data: bytes, name: str) -> None:
        """Show a proof as it was kept, PDF or picture."""
        from sisfoh_desktop.qtkit.preview import Renderer

        if file_kind(data) is FileKind.PDF:
            self.show_pdf(data, name, name.removesuffix(".pdf"))
        else:
            self._show(data, name, Renderer(lambda _data: 1, render_image), name)

    def _show(self, data: bytes, title: str, rendering: Any, name: str) -> None:
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(rendering, self.desk.tasks, data, title, file_name=name, kind="cargo", over=self.over)

    def refresh(self) -> None:
        """Which orders can be given now."""
        self.busy_changed.emit()

    def set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.refresh()


def read_file(path: str) -> delivery.NamedFile:
    """A file from outside with its name, on the worker; FileFailed when it cannot be read.

    Of one that is too big only the beginning is read: the service refuses it by its size.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            return file.name, opened.read(MAX_ATTACHMENT + 1)
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{file.name}»; no se registró nada. Revise que exista y elíjalo otra vez."
        ) from error


def render_image(data: bytes, _index: int, scale: float) -> tuple[int, int, bytes]:
    """A scanned picture as a page: width, height and RGB bytes at `scale` pixels per point; FileFailed if unreadable.

    Qt refuses pictures that would take more than 256 MB of memory.
    """
    image = QImage.fromData(data)
    if image.isNull():
        raise FileFailed("La imagen está dañada o es demasiado grande para mostrarla. No se cambió nada.")
    factor = scale * 72 / _IMAGE_DPI
    image = image.scaled(
        max(1, round(image.width() * factor)),
        max(1, round(image.height() * factor)),
        mode=Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_RGB888)
    raw, row = bytes(image.constBits()), image.width() * 3
    lines = (raw[y * image.bytesPerLine() : y * image.bytesPerLine() + row] for y in range(image.height()))
    return image.width(), image.height(), b"".join(lines)


def unsigned(paper: Paper) -> bool:
    """Whether a paper waits for its signature."""
    return paper.state in (PaperState.FROZEN, PaperState.SIGNING)
