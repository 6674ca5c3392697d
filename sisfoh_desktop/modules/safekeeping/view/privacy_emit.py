"""Emitting a paper on personal data: who signs it, the mask of its series where there is none, preview, freeze."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.document_numbers import example_of, mask_of
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers.rules import NewSigner
from sisfoh_desktop.modules.safekeeping.service import privacy_papers, signers
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk

Made = Callable[[dict[str, Any], Sequence[NewSigner]], Any]
"""What is run on the worker: who asks (actor, now) and the round -> the bytes, or the id of the paper."""


@dataclass(frozen=True)
class PaperToEmit:
    """A paper before it is emitted: its kind, title, what is said above the form, how it is looked at and frozen."""

    kind: str
    title: str
    note: str
    preview: Made
    freeze: Made
    file_name: str


@dataclass(frozen=True)
class _Asked:
    officers: tuple[tuple[int, str], ...]
    proposed: int
    mask: str


class EmitDialog(FormDialog):
    """Who signs; for the first paper of its kind the first number of the series."""

    def __init__(self, desk: Desk, paper: PaperToEmit, asked: _Asked, parent: QWidget | None = None) -> None:
        super().__init__(paper.title, primary="Emitir", parent=parent, clock=desk.clock)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self._paper = desk, paper
        self.form.note(paper.note)
        self.form.combo("signer", "Firma", list(asked.officers), required=True, wide=True)
        if asked.mask:
            self.form.text(
                "mask",
                "Primer número de la serie",
                required=True,
                max_length=80,
                hint="Todavía no hay una serie que los numere; escríbalo como se imprime",
            )
            self.form.set_values({"mask": example_of(asked.mask, desk.clock.now().year)})
        self.form.set_values({"signer": asked.proposed or None})
        self.preview_button = self.add_button("Vista previa", self._preview)

    def submit(self) -> bool:
        answer = self._answer()
        if answer is not None:
            self.set_busy(True)
            self.desk.tasks.run_change(
                partial(self._freeze, *answer),
                {"safekeeping", "papers"},
                on_done=self._on_frozen,
                on_error=self.refuse,
                owner=self,
            )
        return False

    def has_unsaved(self) -> bool:
        return False  # nothing typed here is work: it is asked again in a moment

    def _answer(self) -> tuple[int, str] | None:
        values = self.form.checked()
        if values is None:
            self.fit()
            return None
        try:
            mask = mask_of(str(values["mask"])) if "mask" in values else ""
        except RuleError as error:
            self.form.set_errors({"mask": error.sentence})
            return None
        return int(values["signer"]), mask

    def _who(self) -> dict[str, Any]:
        return {"actor": self.desk.actor, "now": self.desk.clock.now()}

    def _freeze(self, signer_id: int, mask: str) -> Any:
        who, kind, db = self._who(), self._paper.kind, self.desk.db
        if mask and privacy_papers.find_series(db, kind) is None:
            privacy_papers.create_series(db, **who, kind=kind, mask=mask)
        return self._paper.freeze(who, signers.author(db, signer_id, who["now"].date()))

    def _preview(self) -> None:
        answer = self._answer()
        if answer is None:
            return

        def make() -> bytes:
            who = self._who()
            made: bytes = self._paper.preview(who, signers.author(self.desk.db, answer[0], who["now"].date()))
            return made

        self.banner.show_sentence("")
        self.set_busy(True)
        self.desk.tasks.run_query(make, self._on_preview, on_error=self.refuse, owner=self)

    def _on_preview(self, pdf: bytes) -> None:
        self.set_busy(False)
        show_pdf(self, self.desk, pdf, f"Proyecto: {self._paper.title}", f"proyecto_{self._paper.file_name}")

    def _on_frozen(self, _paper_id: int) -> None:
        over = self.parentWidget()
        self.accept()
        if over is not None:
            Toast.show_over(over, "Se emitió. Está en Papeles, listo para firmar.")


def ask_to_emit(desk: Desk, paper: PaperToEmit, over: QWidget) -> None:
    """Open the dialog, or say that nobody can sign."""

    def load() -> _Asked:
        db, now = desk.db, desk.clock.now()
        day = now.date()
        free = privacy_papers.find_series(db, paper.kind) is None
        mask = privacy_papers.mask_proposal(db, paper.kind, now) if free else ""
        return _Asked(office.officer_choices(db, day), signers.proposed_signer(db, day), mask)

    def show(asked: _Asked) -> None:
        if asked.officers:
            EmitDialog(desk, paper, asked, over).open()
            return
        show_error(
            over,
            "No hay funcionarios en funciones que puedan firmar; no se emitió nada. Regístrelos en Oficina y vuelva a "
            "emitir.",
            "Falta quién firme",
        )

    desk.tasks.run_query(load, show, owner=over)


def show_pdf(over: QWidget, desk: Desk, pdf: bytes, title: str, file_name: str) -> None:
    """Show a paper over a window, to be printed or saved."""
    from sisfoh_desktop.documents import rendering
    from sisfoh_desktop.qtkit.preview import open_preview

    open_preview(
        rendering,
        desk.tasks,
        pdf,
        title,
        file_name=file_name,
        kind="resguardo",
        over=over,
    )
