"""The orders about reports: previewed, saved as a workbook, emitted, annulled."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.progress import Cancelled, Progress
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper
from sisfoh_desktop.modules.poi.rules.facts import QUARTER_NAMES, PoiPlan
from sisfoh_desktop.modules.poi.rules.reports import ReportKind, ReportLine
from sisfoh_desktop.modules.poi.service import reports, versions
from sisfoh_desktop.modules.poi.view.reports_dialogs import (
    EmitDialog,
    RoundAnswer,
)
from sisfoh_desktop.qtkit.messages import show_error
from sisfoh_desktop.qtkit.open_dialog import AnnulDialog, OpenDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.page_orders import PageOrders
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.series_form import SeriesChoice, SeriesDialog
from sisfoh_desktop.qtkit.workbook_saving import save_workbook

_ROWS = "filas"


@dataclass(frozen=True)
class Wanted:
    """What is to be reported: the plan up to a quarter (1 to 4), whole or one unit of it."""

    plan: PoiPlan
    quarter: int
    unit_name: str = ""

    @property
    def kind(self) -> ReportKind:
        return ReportKind.UNIT if self.unit_name else ReportKind.QUARTER

    @property
    def words(self) -> str:
        about = f", {self.unit_name}" if self.unit_name else ""
        return f"{self.kind.label} del POI {self.plan.year} al {QUARTER_NAMES[self.quarter - 1]} trimestre{about}"

    @property
    def file_name(self) -> str:
        word = "ficha" if self.unit_name else "informe"
        return f"{word}_POI_{self.plan.year}_{QUARTER_NAMES[self.quarter - 1]}_trimestre"


@dataclass(frozen=True)
class _Asked:
    """What the dialog needs: the officers, who is proposed, the series where there is none."""

    officers: tuple[tuple[int, str], ...]
    author_id: int
    series: tuple[str, str] | None


class ReportOrders(PageOrders):
    """Over the tab of the reports."""

    touches = frozenset({"poi", "papers"})

    def preview(self, wanted: Wanted) -> None:
        """A copy for work, with no number and nobody to sign."""
        self._make(
            "Haciendo la copia",
            partial(_copy_of, self.desk.db, wanted, self.desk.clock.now()),
            lambda pdf: self._show_pdf(pdf, wanted.words, wanted.file_name),
        )

    def save_workbook(self, wanted: Wanted) -> None:
        """The quarter's table with live sums."""
        self._save_as(
            f"{wanted.file_name}.xlsx",
            partial(_quarter_book, self.desk.db, wanted, self.desk.clock.now()),
        )

    def save_plan(self, plan: PoiPlan) -> None:
        """The twelve months and every field of the version on view."""
        self._save_as(f"POI_{plan.year}_completo.xlsx", partial(_plan_book, self.desk.db, plan.id))

    def emit_report(self, wanted: Wanted) -> None:
        """Ask who signs, and emit it; its series first where there is none."""
        self.query(partial(self._load_asked), partial(self._ask, wanted))

    def annul(self, line: ReportLine, paper: Paper) -> None:
        """Ask why and withdraw it."""

        def run(reason: str, dialog: OpenDialog) -> None:
            self.save_from(
                dialog,
                partial(
                    reports.annul_report,
                    self.desk.db,
                    **self.who(),
                    report_id=line.id,
                    expected_version=paper.version,
                    reason=reason,
                ),
                lambda _none: self.say(f"Se anuló {line.number_text}."),
            )

        told = "Su número queda anulado en el registro. No se puede deshacer."
        AnnulDialog(line.number_text, told, run=run, parent=self.over).open()

    def show_paper(self, line: ReportLine) -> None:
        """The very bytes of the archive."""
        self.query(
            partial(papers.paper_bytes, self.desk.db, self.desk.archive, line.paper_id),
            lambda pdf: self._show_pdf(pdf, line.title, line.number_text),
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _load_asked(self) -> _Asked:
        db, day = self.desk.db, self.desk.clock.now().date()
        proposed = reports.proposed_signers(db, day)
        author = proposed[-1].officer_id if proposed else None
        series = reports.series_proposal(db, day) if reports.report_series(db) is None else None
        return _Asked(reports.signer_choices(db, day), author or 0, series)

    def _ask(self, wanted: Wanted, asked: _Asked) -> None:
        if not asked.officers:
            show_error(
                self.over,
                "No hay funcionarios en funciones que puedan firmar. Regístrelos en Oficina y vuelva a emitir.",
                "Falta quién firme",
            )
        elif asked.series is not None:
            self._ask_series(wanted, asked)
        else:
            self._ask_round(wanted, asked)

    def _ask_round(self, wanted: Wanted, asked: _Asked) -> None:
        db, now = self.desk.db, self.desk.clock.now

        def preview(answer: RoundAnswer, dialog: EmitDialog) -> None:
            dialog.set_busy(True)

            def show(pdf: bytes) -> None:
                dialog.set_busy(False)
                self._show_pdf(pdf, f"Proyecto: {wanted.words}", "proyecto", dialog)

            make = partial(_project_of, db, wanted, answer, now())
            self._make("Haciendo el proyecto", make, show, dialog.refuse, over=dialog)

        def run(answer: RoundAnswer, dialog: OpenDialog) -> None:
            change = partial(_freeze, self.desk, wanted, answer, self.who())
            self._emit(dialog, change)

        told = f"{wanted.words}. Al emitirlo se numera y su contenido ya no cambia."
        EmitDialog(
            f"Emitir {wanted.kind.label.lower()}",
            told,
            asked.officers,
            asked.author_id,
            preview=preview,
            run=run,
            parent=self.over,
        ).open()

    def _ask_series(self, wanted: Wanted, asked: _Asked) -> None:
        assert asked.series is not None

        def run(answer: SeriesChoice, dialog: OpenDialog) -> None:
            change = partial(
                reports.create_report_series,
                self.desk.db,
                **self.who(),
                **asdict(answer),
            )
            self.save_from(dialog, change, lambda _id: self._ask_round(wanted, asked))

        SeriesDialog(
            "Serie de los informes del POI",
            "Todavía no hay una serie que numere los informes y fichas del POI. Escriba el primer número del año tal "
            "como se imprime y, si este año ya se hicieron sin el programa, el último.",
            asked.series,
            self.desk.clock.now().year,
            run=run,
            columns=1,
            parent=self.over,
        ).open()

    def _emit(self, dialog: OpenDialog, fn: Callable[[Progress], Any]) -> None:
        """Number and freeze it, with a way out until it has its number."""

        def saved(result: Any) -> None:
            dialog.accept()
            self._on_made(result)

        self.set_busy(True)
        ProgressDialog.run_change(
            dialog,
            self.desk.tasks,
            "Emitiendo el documento",
            fn,
            self.touches,
            on_done=saved,
            on_error=dialog.refuse,
            on_end=partial(self.set_busy, False),
            noun=_ROWS,
        )

    def _save_as(self, name: str, make: Callable[[Progress], bytes]) -> None:
        save_workbook(
            self.over,
            self.desk.tasks,
            "Guardar libro de Excel",
            name,
            make,
            noun=_ROWS,
            on_error=self.on_refused,
        )

    def _show_pdf(self, pdf: bytes, title: str, name: str, parent: Any = None) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self.desk.tasks,
            pdf,
            title,
            file_name=f"{name}.pdf",
            kind="poi",
            over=parent or self.over,
        )

    def _make(
        self,
        title: str,
        fn: Callable[[Progress], Any],
        done: Callable[[Any], object],
        refused: Callable[[SisfohError], object] | None = None,
        *,
        over: QWidget | None = None,
    ) -> None:
        """Make a paper or a workbook on the worker, with its count and a way out where it lasts."""
        ProgressDialog.run_change(
            over or self.over,
            self.desk.tasks,
            title,
            fn,
            (),
            on_done=done,
            on_error=refused or self.on_refused,
            noun=_ROWS,
        )

    def _on_made(self, _report_id: int) -> None:
        self.say("Se emitió el documento. Ya se puede imprimir y firmar.")

    def on_refused(self, error: SisfohError) -> None:
        """What was cancelled is only said: there is nothing wrong."""
        if isinstance(error, Cancelled):
            self.say(error.sentence)
        else:
            super().on_refused(error)


def _copy_of(db: Any, wanted: Wanted, now: Any, progress: Progress) -> bytes:
    if wanted.unit_name:
        return reports.sheet_pdf(
            db, plan_id=wanted.plan.id, quarter=wanted.quarter, unit_name=wanted.unit_name, now=now
        )
    return reports.quarter_pdf(db, plan_id=wanted.plan.id, quarter=wanted.quarter, now=now, progress=progress)


def _project_of(db: Any, wanted: Wanted, answer: RoundAnswer, now: Any, progress: Progress) -> bytes:
    return reports.preview_report(
        db,
        plan_id=wanted.plan.id,
        quarter=wanted.quarter,
        now=now,
        unit_name=wanted.unit_name,
        signers=reports.chosen_signers(db, now.date(), answer.author_id, answer.approvals),
        progress=progress,
    )


def _freeze(desk: Desk, wanted: Wanted, answer: RoundAnswer, who: dict[str, Any], progress: Progress) -> int:
    day = who["now"].date()
    return reports.freeze_report(
        desk.db,
        desk.archive,
        **who,
        plan_id=wanted.plan.id,
        quarter=wanted.quarter,
        kind=wanted.kind,
        unit_name=wanted.unit_name,
        signers=reports.chosen_signers(desk.db, day, answer.author_id, answer.approvals),
        progress=progress,
    )


def _quarter_book(db: Any, wanted: Wanted, now: Any, progress: Progress) -> bytes:
    return reports.report_workbook(
        db, plan_id=wanted.plan.id, quarter=wanted.quarter, now=now, progress=progress
    )


def _plan_book(db: Any, plan_id: int, progress: Progress) -> bytes:
    version = versions.version_on_view(db, plan_id)
    assert version is not None  # a plan always has one
    return reports.plan_workbook(db, version_id=version.id, progress=progress)
