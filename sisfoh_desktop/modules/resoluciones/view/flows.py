"""What is done with an act as a whole: save, freeze, verify, annul, preview. Asks; the worker does it.

Each ends in a change that the page hears of (`TOUCHES`), or in one sentence and everything as it was.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import SisfohError, StaleRow
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import REASON_LIMIT, Paper
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, State
from sisfoh_desktop.modules.resoluciones.view import loading
from sisfoh_desktop.modules.resoluciones.view.changes import ISSUED_TOUCHES, TOUCHES
from sisfoh_desktop.modules.resoluciones.view.conflict import KEEP_MINE, TAKE_THEIRS, ConflictDialog
from sisfoh_desktop.modules.resoluciones.view.record import RecordView
from sisfoh_desktop.qtkit.messages import ask, show_error
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.page_orders import PageOrders
from sisfoh_desktop.qtkit.saving_reason import SavingReason


class Flows(PageOrders):
    """The orders over the act that `record` shows. `busy_changed` brackets each change."""

    def __init__(self, desk: Desk, record: RecordView, over: QWidget) -> None:
        super().__init__(desk, over)
        self._record = record

    # -- writing ---------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Keep what was edited; somebody else's save in between is shown, and nothing typed is lost."""
        record = self._record
        if self.busy or not record.is_modified() or record.saved is None:
            return False
        self._save(record.act, record.saved.version)
        return True

    def _save(self, act: Resolucion, expected_version: int) -> None:
        save = partial(
            service.save_resolucion,
            self.desk.db,
            **self.who(),
            resolucion=act,
            expected_version=expected_version,
        )

        def done(version: int) -> None:
            self._record.mark_saved(act, version)
            self.say("Se guardó la resolución.")

        self._change(save, done, self._on_save_refused)

    def _on_save_refused(self, error: SisfohError) -> None:
        if isinstance(error, StaleRow):
            self._record.header.show_conflict(error.sentence)
            self.compare()
        else:
            show_error(self.over, error.sentence, "No se guardó")

    def compare(self) -> None:
        """Show what somebody else saved beside what stands here, and let the person choose."""
        saved = self._record.saved
        if saved is not None:
            self.desk.tasks.run_query(
                partial(service.load_resolucion, self.desk.db, saved.id), self._choose, owner=self.over
            )

    def _choose(self, theirs: Resolucion) -> None:
        record = self._record
        if record.saved is None or record.saved.id != theirs.id:
            return
        answer = ConflictDialog.ask(record.act, theirs, record.meanings(), self.over)
        if answer == KEEP_MINE:
            if theirs.state is State.DRAFT:
                self._save(record.act, theirs.version)
            else:
                show_error(
                    self.over,
                    f"{theirs.title} ya está {theirs.state.label.lower()} y su texto no cambia. Lo suyo sigue en la "
                    "pantalla: cópielo, o tome lo guardado.",
                    "No se guardó",
                )
        elif answer == TAKE_THEIRS:
            record.take(theirs)
            self.reload_asked.emit()

    def bring_documents(self) -> None:
        """Tell in the text the documents that were registered after it."""
        saved = self._record.saved
        if saved is None or self.busy or self._record.is_modified():
            return
        if ask(
            self.over,
            "¿Traer los documentos nuevos?",
            "Cada documento que falta recibe su considerando en orden de fecha, y VISTOS se escribe de nuevo.",
            "Traer",
        ):
            self._change(
                partial(
                    service.bring_documents,
                    self.desk.db,
                    **self.who(),
                    resolucion_id=saved.id,
                    expected_version=saved.version,
                )
            )

    # -- from draft to signed --------------------------------------------------------------------------

    def freeze(self) -> None:
        """Tell which number comes and what freezing means; then do it."""
        saved = self._record.saved
        if saved is None or self.busy or self._record.is_modified():
            return
        self.desk.tasks.run_query(
            partial(loading.number_to_come, self.desk.db, saved),
            partial(self._confirm_freeze, saved),
            owner=self.over,
        )

    def _confirm_freeze(self, act: Resolucion, to_come: tuple[str, bool]) -> None:
        (number, own), signers = to_come, len(act.places)
        taken = (
            f"Conserva el número {number}; será su versión {act.draft_round}."
            if own
            else f"Tomará el número {number}, salvo que otra persona congele antes."
        )
        if not ask(
            self.over,
            f"¿Congelar con el número {number}?",
            f"{taken} El texto ya no cambia: el PDF que se congele es el mismo que verán, firmarán y archivarán sus "
            f"{signers} firmantes.\n\nPara corregirlo después habrá que "
            "anular la versión congelada, con motivo, y el número quedará anulado.",
            "Congelar y numerar",
        ):
            return

        self._change(
            partial(
                service.freeze_resolucion,
                self.desk.db,
                self.desk.archive,
                **self.who(),
                resolucion_id=act.id,
                expected_version=act.version,
            ),
            lambda _paper_id: self.say("Se congeló la resolución. Ya se puede firmar."),
            touches=ISSUED_TOUCHES,
        )

    def annul(self) -> None:
        """Ask for the reason and withdraw the frozen version."""
        paper = self.paper()
        saved = self._record.saved
        if paper is None or self.busy or saved is None:
            return
        number = paper.number_text
        signed = sum(signer.signed_at is not None for signer in paper.signers)
        done = (
            ""
            if not signed
            else " Su firma ya puesta queda en el archivo, pero no sirve para la versión nueva."
            if signed == 1
            else f" Sus {signed} firmas ya puestas quedan en el archivo, pero no sirven para la versión nueva."
        )
        dialog = SavingReason(
            self.desk,
            f"Anular la versión congelada {number}",
            f"El número {number} queda anulado en el registro y no se usa otra vez; el texto vuelve a borrador y "
            f"al congelarlo de nuevo toma el número siguiente.{done}",
            lambda reason, token: service.annul_freeze(
                self.desk.db,
                **self.who(),
                resolucion_id=saved.id,
                expected_version=paper.version,
                reason=reason,
                token=token,
            ),
            primary="Anular",
            touches=ISSUED_TOUCHES,
            subject=f"paper:{paper.id}",
            longest=REASON_LIMIT,
            danger=True,
            parent=self.over,
        )
        dialog.saved.connect(
            lambda _none: self.say(f"Se anuló {number}. La resolución es borrador otra vez.")
        )
        dialog.ask()

    # -- looking ---------------------------------------------------------------------------------------

    def verify(self) -> None:
        """Check the archived bytes and every signature, and show what was found."""
        paper = self.paper()
        if paper is not None:
            self.desk.tasks.run_query(
                partial(papers.verify_paper, self.desk.db, self.desk.archive, paper_id=paper.id),
                self._show_verification,
                owner=self.over,
            )

    def _show_verification(self, result: papers.PaperVerification) -> None:
        from sisfoh_desktop.qtkit.signature_report import show_signatures

        show_signatures(
            self.over,
            result.paper.name,
            sound=result.sound,
            headline=result.headline,
            lines=result.lines,
            notes=(*result.findings, papers.ACCREDITATION_NOTE),
        )

    def preview(self, act: Resolucion) -> None:
        """Show the pages of an act: the draft as it stands, or the archive's bytes."""
        desk = self.desk
        source: Callable[[], bytes]
        if act.state is State.DRAFT:
            source = partial(service.preview_pdf, desk.db, act)
        else:
            source = partial(service.resolucion_bytes, desk.db, desk.archive, act.id)
        desk.tasks.run_query(source, partial(self._show_pdf, act), owner=self.over)

    def _show_pdf(self, act: Resolucion, pdf: bytes) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        name = act.number_text or f"proyecto de resolución {act.id}"
        open_preview(
            rendering,
            self.desk.tasks,
            pdf,
            act.title if act.number_text else f"Proyecto: {act.title}",
            file_name=f"{name}.pdf",
            kind="resolucion",
            over=self.over,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def paper_on_view(self) -> Paper | None:
        """The frozen paper, unless something is being changed."""
        return None if self.busy or self._record.saved is None else self.paper()

    def paper(self) -> Paper | None:
        """The frozen paper of the act on view."""
        return self._record.data.view.paper if self._record.data is not None else None

    def run_round(self, fn: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """A change of the round: a signature may approve the plan, a refusal gives it back."""
        self._change(fn, done, touches=ISSUED_TOUCHES)

    def _change(
        self,
        fn: Callable[[], Any],
        done: Callable[[Any], object] | None = None,
        refused: Callable[[SisfohError], object] | None = None,
        touches: frozenset[str] = TOUCHES,
    ) -> None:
        self.set_busy(True)
        self.desk.tasks.run_change(
            fn,
            touches,
            on_done=done,
            on_error=refused or self.on_refused,
            owner=self.over,
            on_end=partial(self.set_busy, False),
        )
