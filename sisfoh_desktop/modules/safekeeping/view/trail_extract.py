"""The orders about the auditor's extract: looked at, emitted as a numbered paper, saved as a workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.document_numbers import example_of, mask_of
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.safekeeping.rules.trail import TrailFilter, filter_words
from sisfoh_desktop.modules.safekeeping.service import extracts, signers
from sisfoh_desktop.modules.safekeeping.service.trail import Keep
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog

_CHANGES = frozenset({"safekeeping", "papers"})
_ENTRIES = "anotaciones"


@dataclass(frozen=True)
class ExtractAnswer:
    """What is to be extracted, who signs it, and the mask of the series where there is none yet."""

    wanted: TrailFilter
    signer_id: int
    mask: str


@dataclass(frozen=True)
class _Asked:
    """What the dialog offers: the officers, who is proposed, the series's mask where there is none."""

    officers: tuple[tuple[int, str], ...]
    proposed: int
    mask: str


class ExtractDialog(FormDialog):
    """The days and the signer of an extract; the other filters are those of the list."""

    def __init__(
        self,
        desk: Desk,
        wanted: TrailFilter,
        officers: Sequence[tuple[int, str]],
        proposed: int,
        mask: str,
        *,
        preview: "Callable[[ExtractAnswer, ExtractDialog], object]",
        run: "Callable[[ExtractAnswer, ExtractDialog], object]",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "Extracto para el auditor", primary="Emitir", columns=2, parent=parent, clock=desk.clock
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wanted, self._run = wanted, run
        self._year = desk.clock.now().year
        form = self.form
        form.note(
            "Al emitirlo se numera, queda en Papeles para su firma y lleva impresa la huella de la última anotación: "
            "con ella se descubre si después alguien recorta o rehace el historial."
        )
        form.date("since", "Desde el día", hint="Vacío: desde el principio")
        form.date("until", "Hasta el día", hint="Vacío: hasta hoy")
        others = replace(wanted, since=None, until=None)
        if not others.shows_all:
            form.note(f"Además, como en la lista: {filter_words(others)}.")
        form.combo("signer", "Firma", list(officers), required=True, wide=True)
        if mask:
            form.text(
                "mask",
                "Primer número de la serie",
                required=True,
                max_length=80,
                wide=True,
                hint="Todavía no hay una serie que los numere; escríbalo como se imprime",
            )
            form.set_values({"mask": example_of(mask, self._year)})
        form.set_values({"since": wanted.since, "until": wanted.until, "signer": proposed or None})
        self.preview_button = self.add_button("Vista previa", lambda: self._on_preview(preview))

    def submit(self) -> bool:
        answer = self.answer()
        if answer is not None:
            self.set_busy(True)
            self._run(answer, self)
        return False

    def answer(self) -> ExtractAnswer | None:
        """The answer as it stands; None after showing what is wrong."""
        values = self.form.checked()
        if values is None:
            self.resize(self.size().expandedTo(self.sizeHint()))
            return None
        try:
            mask = mask_of(str(values["mask"])) if "mask" in values else ""
        except RuleError as error:
            self.form.set_errors({"mask": error.sentence})
            return None
        wanted = replace(self._wanted, since=values["since"], until=values["until"])
        if wanted.since and wanted.until and wanted.until < wanted.since:
            self.form.set_errors({"until": "El último día es anterior al primero."})
            return None
        return ExtractAnswer(wanted, int(values["signer"]), mask)

    def has_unsaved(self) -> bool:
        return False  # nothing typed here is work: it is asked again in a moment

    def _on_preview(self, preview: "Callable[[ExtractAnswer, ExtractDialog], object]") -> None:
        answer = self.answer()
        if answer is not None:
            self.banner.show_sentence("")
            self.set_busy(True)
            preview(answer, self)


class ExtractOrders(QObject):
    """Over the tab of the trail; `wanted` gives the filter on view, `kept` what its columns let through and show."""

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        wanted: Callable[[], TrailFilter],
        kept: Callable[[], tuple[Keep | None, str, list[str]]],
    ) -> None:
        super().__init__(over)
        self.desk, self._over, self._wanted, self._kept = desk, over, wanted, kept
        self.extract_action = self._action("&Extracto para el auditor…", self.ask_extract, "scroll-text")
        self.workbook_action = self._action("Guardar como &libro de Excel…", self.save_workbook, "download")
        self.actions = [self.extract_action, self.workbook_action]

    def ask_extract(self) -> None:
        """Ask for the days and the signer, and emit the extract."""
        self.desk.tasks.run_query(self._load_asked, self._ask, owner=self._over)

    def save_workbook(self) -> None:
        """All that the filters find, in the columns that are seen, as .xlsx with the whole hashes."""
        path = ask_save(self._over, "Guardar el historial", "historial.xlsx", "Libro de Excel (*.xlsx)")
        if path is None:
            return
        keep, told, shown = self._kept()
        db, who, wanted = self.desk.db, self._who(), replace(self._wanted(), also=told)

        def make(progress: Progress) -> None:
            atomic_write(
                path,
                extracts.extract_workbook(
                    db, **who, wanted=wanted, keep=keep, shown=shown, progress=progress
                ),
            )

        ProgressDialog.run_change(
            self._over,
            self.desk.tasks,
            "Guardar el historial",
            make,
            {"safekeeping"},
            on_done=lambda _none: Toast.show_over(self._over, f"Se guardó «{path.name}»."),
            noun=_ENTRIES,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _load_asked(self) -> _Asked:
        db, now = self.desk.db, self.desk.clock.now()
        mask = extracts.series_proposal(db, now)[1] if extracts.extract_series(db) is None else ""
        day = now.date()
        return _Asked(office.officer_choices(db, day), signers.proposed_signer(db, day), mask)

    def _ask(self, asked: _Asked) -> None:
        if not asked.officers:
            show_error(
                self._over,
                "No hay funcionarios en funciones que puedan firmar; no se emitió nada. Regístrelos en Oficina y "
                "vuelva a emitir.",
                "Falta quién firme",
            )
            return
        keep, told, _shown = self._kept()
        ExtractDialog(
            self.desk,
            replace(self._wanted(), also=told),
            asked.officers,
            asked.proposed,
            asked.mask,
            preview=partial(self._preview, keep),
            run=partial(self._emit, keep),
            parent=self._over,
        ).open()

    def _preview(self, keep: Keep | None, answer: ExtractAnswer, dialog: ExtractDialog) -> None:
        def show(pdf: bytes) -> None:
            dialog.set_busy(False)
            self._show_pdf(pdf, dialog)

        ProgressDialog.run_change(
            dialog,
            self.desk.tasks,
            "Hacer el proyecto del extracto",
            partial(_project_of, self.desk.db, self._who(), answer, keep),
            (),  # nothing is written; it only takes long
            on_done=show,
            on_error=dialog.refuse,
            noun=_ENTRIES,
        )

    def _emit(self, keep: Keep | None, answer: ExtractAnswer, dialog: ExtractDialog) -> None:
        def done(_paper_id: int) -> None:
            dialog.accept()
            Toast.show_over(self._over, "Se emitió el extracto. Está en Papeles, listo para firmar.")

        def refused(error: SisfohError) -> None:
            dialog.refuse(error)

        ProgressDialog.run_change(
            dialog,
            self.desk.tasks,
            "Emitir el extracto",
            partial(_freeze, self.desk, self._who(), answer, keep),
            _CHANGES,
            on_done=done,
            on_error=refused,
            noun=_ENTRIES,
        )

    def _show_pdf(self, pdf: bytes, over: QWidget) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self.desk.tasks,
            pdf,
            "Proyecto del extracto",
            file_name="proyecto_extracto.pdf",
            kind="resguardo",
            over=over,
        )

    def _action(self, text: str, slot: Callable[[], object], icon: str) -> QAction:
        made = QAction(text, self._over)
        made.triggered.connect(lambda _checked=False: slot())
        set_icon(made, icon)
        return made

    def _who(self) -> dict[str, Any]:
        return {"actor": self.desk.actor, "now": self.desk.clock.now()}


def _project_of(
    db: Any, who: dict[str, Any], answer: ExtractAnswer, keep: Keep | None, progress: Progress
) -> bytes:
    round_ = signers.author(db, answer.signer_id, who["now"].date())
    return extracts.preview_extract(
        db, **who, wanted=answer.wanted, keep=keep, signers=round_, progress=progress
    )


def _freeze(
    desk: Desk, who: dict[str, Any], answer: ExtractAnswer, keep: Keep | None, progress: Progress
) -> int:
    round_ = signers.author(desk.db, answer.signer_id, who["now"].date())
    return extracts.freeze_extract(
        desk.db,
        desk.archive,
        **who,
        wanted=answer.wanted,
        keep=keep,
        signers=round_,
        mask=answer.mask,
        progress=progress,
    )
