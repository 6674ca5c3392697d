"""Orders around the text of an act: out to Word and back, what changed between versions, models made of it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import ActModel, ActVersion, ReadBack
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.modules.resoluciones.view.compare_dialog import CompareDialog
from sisfoh_desktop.modules.resoluciones.view.models_dialog import ModelsDialog
from sisfoh_desktop.modules.resoluciones.view.models_dialog_form import ModelDialog, load_meanings
from sisfoh_desktop.modules.resoluciones.view.record import RecordView
from sisfoh_desktop.modules.resoluciones.view.return_dialog import ReturnDialog
from sisfoh_desktop.qtkit.actions import make_action
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.messages import Toast, show_notice
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.page_orders import PageOrders

_LARGEST = 20_000_000
_KINDS = "Documento de Word (*.docx)"


@dataclass(frozen=True)
class _NewModel:
    model: ActModel
    meanings: dict[str, ChipMeaning]


class ExchangeFlows(PageOrders):
    """What `record` shows goes out and comes back; nothing here freezes or signs. `busy_changed` brackets a save."""

    touches = frozenset({"resoluciones"})

    def __init__(self, desk: Desk, record: RecordView, over: QWidget) -> None:
        super().__init__(desk, over)
        self._record = record
        self.models_action = make_action(self, "&Modelos de acto…", self.manage_models)
        self.as_model_action = make_action(self, "Guardar como m&odelo…", self.save_as_model)
        self.export_action = make_action(self, "Exportar a &Word…", self.export)
        self.bring_action = make_action(self, "&Traer de Word…", self.bring)

    def refresh(self, *, clean: bool, draft: bool) -> None:
        """Which orders can be given: `clean` is an act on view without unsaved words."""
        for action in (self.export_action, self.bring_action):
            action.setEnabled(clean and draft and not self.busy)
        self.as_model_action.setEnabled(clean)

    # -- Word ------------------------------------------------------------------------------------------

    def export(self) -> None:
        """Write the kept draft as a .docx where the person says."""
        saved = self._record.saved
        if saved is None or self.busy:
            return
        path = ask_save(self.over, "Exportar a Word", f"Proyecto de resolución {saved.id}.docx", _KINDS)
        if path is None:
            return

        def write() -> str:
            atomic_write(path, service.draft_docx(self.desk.db, saved.id))
            return path.name

        self.desk.tasks.run_query(
            write,
            lambda name: Toast.show_over(
                self.over, f"Se exportó «{name}». Los datos en recuadro no cambian en Word."
            ),
            self.on_refused,
            owner=self.over,
        )

    def bring(self) -> None:
        """Read a returned .docx and ask what of it is kept."""
        saved = self._record.saved
        if saved is None or self.busy:
            return
        chosen, _kind = QFileDialog.getOpenFileName(self.over, "Traer de Word", "", _KINDS)
        if chosen:
            self.desk.tasks.run_query(
                partial(_read, self.desk.db, saved.id, Path(chosen)),
                partial(self._choose, saved.id, Path(chosen).name),
                self.on_refused,
                owner=self.over,
            )

    def _choose(self, resolucion_id: int, name: str, read: ReadBack) -> None:
        saved = self._record.saved
        if saved is None or saved.id != resolucion_id or self.busy:
            return
        if not read.differing and not read.remarks:
            notes = " ".join(read.notes)
            show_notice(
                self.over, "Nada que traer", f"«{name}» dice lo mismo que el borrador. {notes}".strip()
            )
            return
        taken = ReturnDialog.ask(read, self.over)
        if not taken:
            return
        self.change(
            partial(
                service.apply_read_back,
                self.desk.db,
                **self.who(),
                resolucion_id=resolucion_id,
                read=read,
                taken=taken,
                expected_version=read.version,
                file_name=name,
            ),
            lambda _version: self.say("Se trajeron los cambios marcados."),
        )

    # -- versions --------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Show what changed from one version of the act to another."""
        saved = self._record.saved
        if saved is not None:
            self.desk.tasks.run_query(
                partial(service.list_versions, self.desk.db, saved.id), self._show_versions, owner=self.over
            )

    def _show_versions(self, versions: list[ActVersion]) -> None:
        if len(versions) < 2:
            show_notice(
                self.over,
                "Una sola versión",
                "De esta resolución solo se guardó una versión: no hay con qué comparar. "
                "Cada congelado guarda la suya.",
            )
            return
        CompareDialog.show_over(versions, self.over)

    # -- models ----------------------------------------------------------------------------------------

    def manage_models(self) -> None:
        """Open the models of the office."""
        dialog = ModelsDialog(self.desk, self.over)
        dialog.exec()
        dialog.deleteLater()

    def save_as_model(self) -> None:
        """Make a model of the act on view, and let the person correct it before it is kept."""
        saved = self._record.saved
        if saved is None or self.busy:
            return
        desk, today = self.desk, self.desk.clock.now().date()

        def load() -> _NewModel:
            return _NewModel(service.model_from_act(desk.db, saved.id), load_meanings(desk.db, today))

        desk.tasks.run_query(load, self._edit_new, self.on_refused, owner=self.over)

    def _edit_new(self, new: _NewModel) -> None:
        if ModelDialog.ask(self.desk, new.model, new.meanings, self.over) is not None:
            self.say("Se guardó el modelo. Está en «Modelos de acto».")

    # -- inside ----------------------------------------------------------------------------------------


def _read(db: Any, resolucion_id: int, path: Path) -> ReadBack:
    """Read the file and compare it, on the worker."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError:
        raise FileFailed(
            f"No se pudo leer «{path.name}»; no se cambió nada. Revise que el archivo siga ahí y que Word no lo tenga "
            "abierto."
        ) from None
    return service.read_back(db, resolucion_id, data)
