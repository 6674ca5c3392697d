"""The orders about actas: what is asked in dialogs, previewed, emitted, annulled."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaLine, total_words
from sisfoh_desktop.modules.kardex.rules.actas import ActaDraft, ActaKind, acta_kind_of
from sisfoh_desktop.modules.kardex.service import actas, catalogue
from sisfoh_desktop.modules.kardex.view.actas_dialogs import (
    ActaDialog,
    SheetAnswer,
)
from sisfoh_desktop.modules.kardex.view.actas_sheets import Choices, SheetOrders
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper
from sisfoh_desktop.qtkit.messages import show_error
from sisfoh_desktop.qtkit.open_dialog import AnnulDialog, OpenDialog
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.series_form import SeriesChoice, SeriesDialog


@dataclass(frozen=True)
class _Proposal:
    """An acta to ask about: its draft (None: no acta is made of it), what it tells, the series where none exists."""

    draft: ActaDraft | None
    told: str
    series: tuple[str, str] | None = None


class ActaOrders(SheetOrders):
    """Makes, shows and annuls actas and constancias."""

    def make_acta(self, movement_ids: Sequence[int]) -> None:
        """Ask who signs the acta of these movements, and emit it."""
        if movement_ids:
            self.query(partial(self._load_movements_acta, tuple(movement_ids)), self._ask_acta)

    def make_closing(self) -> None:
        """The acta that closes the campaign."""
        self.query(
            partial(
                self._load_acta, ActaKind.CLOSING, 0, "Saldos de cada formulario y diferencias explicadas."
            ),
            self._ask_acta,
        )

    def make_no_debt(self, holder_id: int = 0) -> None:
        """The constancia of a person; asks of whom when it is not known."""
        if holder_id:
            self.query(partial(self._load_acta, ActaKind.NO_DEBT, holder_id, ""), self._ask_acta)
        else:
            self.query(self.load_choices, self._ask_whose_debt)

    def make_inventory_acta(self, holder_id: int) -> None:
        """What the kardex says today, with room for what is found."""
        told = "Lo que dice el kardex de hoy, con lugar para anotar lo hallado."
        self.query(partial(self._load_acta, ActaKind.INVENTORY, holder_id, told), self._ask_acta)

    def annul(self, line: ActaLine, paper: Paper) -> None:
        """Ask why and withdraw it."""

        def run(reason: str, dialog: OpenDialog) -> None:
            self.save_from(
                dialog,
                partial(
                    actas.annul_acta,
                    self.desk.db,
                    **self.who(),
                    acta_id=line.id,
                    expected_version=paper.version,
                    reason=reason,
                ),
                lambda _none: self.say(f"Se anuló {line.number_text}. Sus movimientos esperan otra acta."),
            )

        told = "Su número queda anulado en el registro y sus movimientos esperan otra acta. No se puede deshacer."
        AnnulDialog(line.number_text, told, run=run, parent=self.tab).open()

    def show_paper(self, line: ActaLine) -> None:
        """The very bytes of the archive."""
        self.query(
            partial(papers.paper_bytes, self.desk.db, self.desk.archive, line.paper_id),
            lambda pdf: self.show_pdf(pdf, line.title, line.number_text),
        )

    def print_several(self, table: RowTable) -> None:
        """Ask which papers of the list, and print them as one job."""
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.pdf_pane import Renderer
        from sisfoh_desktop.qtkit.print_many import ManyItem, offered_rows, print_many

        items = [
            ManyItem(
                f"{line.number_text} · {line.title}",
                f"{line.number_text.replace('/', '-')}.pdf",
                partial(papers.paper_bytes, self.desk.db, self.desk.archive, line.paper_id),
                ticked,
            )
            for line, ticked in offered_rows(table)
        ]
        if items:
            renderer = Renderer(rendering.page_count, rendering.render_page)
            print_many(self.tab, self.desk.tasks, renderer, items, kind="acta")

    def _load_movements_acta(self, movement_ids: tuple[int, ...]) -> _Proposal:
        movements = actas.told_movements(self.desk.db, movement_ids)
        kinds = {acta_kind_of(one.kind) for one in movements}
        kind = next(iter(kinds - {None}), None)
        if kind is None:
            return _Proposal(None, "De ese movimiento no se hace acta: no lo firman dos personas.")
        count = total_words(sum(one.form_count for one in movements))
        numbers = ", ".join(f"{one.number:06d}" for one in movements[:6]) + (
            "…" if len(movements) > 6 else ""
        )
        noun = "movimientos" if len(movements) > 1 else "movimiento"
        return self._load_acta(kind, 0, f"Contará {count}: {noun} {numbers}.", movement_ids)

    def _load_acta(
        self, kind: ActaKind, holder_id: int, told: str, movement_ids: tuple[int, ...] = ()
    ) -> _Proposal:
        db = self.desk.db
        draft = actas.proposed_draft(
            db,
            kind=kind,
            campaign_id=self.tab.campaign_id,
            today=self.desk.clock.now().date(),
            movement_ids=movement_ids,
            holder_id=holder_id,
        )
        if holder_id:
            told = f"De {catalogue.load_holder(db, holder_id).name}, según el kardex de hoy."
        proposal = actas.series_proposal(db) if actas.acta_series(db) is None else None
        return _Proposal(draft, told, proposal)

    def _ask_acta(self, proposed: _Proposal) -> None:
        draft = proposed.draft
        if draft is None:
            show_error(self.tab, proposed.told, "No hay acta que hacer")
            return
        if proposed.series is not None:
            self._ask_series(proposed.series, lambda: self._open_acta(draft, proposed.told))
            return
        self._open_acta(draft, proposed.told)

    def _open_acta(self, draft: ActaDraft, told: str) -> None:
        def preview(wanted: ActaDraft, dialog: ActaDialog) -> None:
            dialog.set_busy(True)

            def show(pdf: bytes) -> None:
                dialog.set_busy(False)
                self.show_pdf(pdf, f"Proyecto: {wanted.kind.label}", "proyecto de acta", dialog)

            self.desk.tasks.run_query(
                partial(actas.preview_acta, self.desk.db, wanted, now=self.desk.clock.now()),
                show,
                dialog.refuse,
                owner=dialog,
            )

        def run(wanted: ActaDraft, dialog: OpenDialog) -> None:
            change = partial(actas.freeze_acta, self.desk.db, self.desk.archive, **self.who(), draft=wanted)
            self.save_from(dialog, change, self._on_made)

        ActaDialog(draft, told, clock=self.desk.clock, preview=preview, run=run, parent=self.tab).open()

    def _ask_series(self, proposal: tuple[str, str], then: Callable[[], object]) -> None:
        def run(answer: SeriesChoice, dialog: OpenDialog) -> None:
            change = partial(
                actas.create_acta_series,
                self.desk.db,
                **self.who(),
                **asdict(answer),
            )
            self.save_from(dialog, change, lambda _id: then())

        SeriesDialog(
            "Serie de las actas del kardex",
            "Todavía no hay una serie que numere las actas y constancias del kardex. Escriba el primer número del año "
            "tal como se imprime y, si este año ya se hicieron sin el programa, el último.",
            proposal,
            self.desk.clock.now().year,
            run=run,
            columns=2,
            parent=self.tab,
        ).open()

    def _ask_whose_debt(self, choices: Choices) -> None:
        def run(answer: SheetAnswer, dialog: OpenDialog) -> None:
            dialog.accept()
            self.make_no_debt(answer.holder_id)

        people = [one for one in choices.holders if one.kind.is_person]
        self.open_sheet("Constancia de no adeudo", "", people, run, primary="Continuar")

    def _on_made(self, _acta_id: int) -> None:
        self.say("Se emitió el documento. Ya se puede imprimir y firmar.")
