"""The models of acts of the office: listed, edited, looked at, retired, brought from the program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sisfoh_desktop.basics.document_numbers import example_of
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import (
    ActModel,
    ActModelLine,
    ModelVersionLine,
    style_example,
)
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.modules.resoluciones.view.models_dialog_form import ModelDialog, load_meanings, show_model
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.messages import Toast, ask
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.top_bar import ActionButton
from sisfoh_desktop.qtkit.undo_offer import offer_undo

TOUCHES = {"act_models"}


@dataclass(frozen=True)
class _Opened:
    """A model with what its editor needs."""

    model: ActModel
    meanings: dict[str, ChipMeaning]


class ModelsDialog(TaskDialog):
    """ "Modelos de acto"."""

    usual_width = 1_000

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Modelos de acto", primary="Cerrar", cancel="Salir", parent=parent, wide=True)
        self.cancel_button.hide()
        self.primary_button.setDefault(False)
        self.primary_button.setAutoDefault(False)
        self._desk = desk
        year = desk.clock.now().year
        self.list = RowTable(
            [
                Column("Modelo", lambda line: line.name),
                Column("Órgano", lambda line: line.organ, width=132),
                Column("Artículos", lambda line: style_example(line.style), width=152),
                Column("Número", lambda line: example_of(line.mask, year), width=164),
                Column("Versión", lambda line: str(line.number), lambda line: line.number, "right", 64),
                Column(
                    "Estado",
                    lambda line: "Retirado" if line.retired else "En uso",
                    tone=lambda line: None if line.retired else "ok",
                    width=84,
                ),
            ],
            key=lambda line: line.id,
            name="Modelos de acto",
            noun=("modelo", "modelos"),
            empty_text="La oficina todavía no tiene modelos. El programa trae cuatro que puede cambiar a su manera.",
            empty_button="Traer modelos del programa",
            on_empty=self.bring,
            filterable=False,
        )
        self.list.setMinimumSize(theme().px(680), theme().px(300))
        self.list.activated.connect(lambda _line: self.edit())
        self.list.selection_changed.connect(lambda _line: self._refresh())
        self._build_actions()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for action in self.actions_shown:
            row.addWidget(ActionButton(action))
        row.addStretch(1)
        layout.addLayout(row)
        self.set_body(body)
        self._refresh()
        self.reload()

    def reload(self, chosen: int = 0) -> None:
        """Fetch the models again."""
        self._desk.tasks.run_query(
            partial(service.list_models, self._desk.db), partial(self._on_listed, chosen), owner=self
        )

    # -- orders ----------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Open the chosen model."""
        line = self._line()
        if line is not None:
            self._open(line.id, None)

    def versions(self) -> None:
        """Choose an earlier version of the chosen model, to read it."""
        line = self._line()
        if line is not None:
            self._desk.tasks.run_query(
                partial(service.list_model_versions, self._desk.db, line.id),
                partial(self._choose_version, line),
                owner=self,
            )

    def preview(self) -> None:
        """The pages of the chosen model with sample data."""
        line = self._line()
        if line is not None:
            self._desk.tasks.run_query(
                partial(service.load_model, self._desk.db, line.id),
                lambda model: show_model(self._desk, model, self),
                self.refuse,
                owner=self,
            )

    def retire(self) -> None:
        """Take the chosen model out of use, or back into it."""
        line = self._line()
        if line is None:
            return
        if not line.retired and not ask(
            self,
            f"¿Retirar «{line.name}»?",
            "Ya no se ofrece para actos nuevos. Los que empezaron con él no cambian, y puede volver a usarlo.",
            "Retirar",
        ):
            return
        retire = partial(service.retire_model, self._desk.db, **self._who(), model_id=line.id)

        def take_back(token: str) -> None:
            retire(expected_version=line.version + 1, retired=False, token=token)

        def told(_none: Any) -> None:
            self.reload(line.id)
            if not line.retired:
                offer_undo(
                    self,
                    self._desk.tasks,
                    f"Se retiró «{line.name}».",
                    take_back,
                    TOUCHES,
                    undone=f"«{line.name}» se ofrece otra vez.",
                    then=partial(self.reload, line.id),
                )

        self._change(partial(retire, expected_version=line.version, retired=not line.retired), told)

    def bring(self) -> None:
        """Add the models of the program that the office does not have."""
        self._change(partial(service.bring_models, self._desk.db, **self._who()), self._on_brought)

    # -- inside ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        def action(text: str, run: Callable[[], object], keys: str = "") -> QAction:
            made = QAction(text, self)
            made.triggered.connect(lambda _checked=False: run())
            if keys:
                made.setShortcut(QKeySequence(keys))
                made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                made.setToolTip(f"{text.replace('&', '')} ({keys})")
                self.list.view.addAction(made)
            return made

        self.edit_action = action("&Editar…", self.edit, "F2")
        self.preview_action = action("&Vista previa", self.preview, "Ctrl+P")
        self.versions_action = action("Versiones &anteriores…", self.versions)
        self.retire_action = action("&Retirar…", self.retire)
        self.bring_action = action("&Traer modelos del programa", self.bring)
        self.actions_shown = [
            self.edit_action,
            self.preview_action,
            self.versions_action,
            self.retire_action,
            self.bring_action,
        ]
        self.list.menu_actions = self.actions_shown

    def _line(self) -> ActModelLine | None:
        line: ActModelLine | None = self.list.selected()
        return line

    def _open(self, model_id: int, number: int | None) -> None:
        desk, today = self._desk, self._desk.clock.now().date()

        def load() -> _Opened:
            return _Opened(service.load_model(desk.db, model_id, number), load_meanings(desk.db, today))

        desk.tasks.run_query(load, partial(self._on_opened, number), self.refuse, owner=self)

    def _on_opened(self, number: int | None, opened: _Opened) -> None:
        if number is not None:
            dialog = ModelDialog(self._desk, opened.model, opened.meanings, earlier=True, parent=self)
            dialog.exec()
            dialog.deleteLater()
            return
        saved = ModelDialog.ask(self._desk, opened.model, opened.meanings, self)
        if saved is not None:
            self.reload(saved)
            Toast.show_over(self, "Se guardó una versión nueva del modelo.")

    def _choose_version(self, line: ActModelLine, versions: Sequence[ModelVersionLine]) -> None:
        number = VersionDialog.ask(line.name, versions, self)
        if number is not None:
            self._open(line.id, number)

    def _on_listed(self, chosen: int, lines: list[ActModelLine]) -> None:
        self.list.set_rows(lines)
        if chosen:
            self.list.select(chosen)
        elif self.list.selected() is None and lines:
            self.list.select(lines[0].id)
        self.list.view.setFocus()
        self._refresh()

    def _on_brought(self, count: int) -> None:
        self.reload()
        Toast.show_over(
            self,
            f"Se trajeron {count} modelos del programa." if count > 1
            else "Se trajo un modelo del programa." if count
            else "La oficina ya tiene todos los modelos del programa.",
        )  # fmt: skip

    def _refresh(self) -> None:
        line = self._line()
        for action in (self.edit_action, self.preview_action, self.versions_action, self.retire_action):
            action.setEnabled(line is not None)
        self.retire_action.setText("Volver a &usar" if line is not None and line.retired else "&Retirar…")

    def _change(self, fn: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._desk.tasks.run_change(fn, TOUCHES, on_done=done, on_error=self.refuse, owner=self)

    def _who(self) -> dict[str, Any]:
        return {"actor": self._desk.actor, "now": self._desk.clock.now()}


class VersionDialog(TaskDialog):
    """The versions of a model, to read one."""

    def __init__(
        self, name: str, versions: Sequence[ModelVersionLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(f"Versiones de {name}", primary="Ver", cancel="Cerrar", parent=parent, wide=True)
        self.list = RowTable(
            [
                Column("Versión", lambda one: str(one.number), lambda one: one.number, "right", 72),
                Column("Guardada", lambda one: f"{one.saved_at:%d/%m/%Y %H:%M}", width=140),
                Column("Por", lambda one: one.saved_by, width=140),
                Column("Nombre", lambda one: one.name),
            ],
            key=lambda one: one.number,
            name="Versiones del modelo",
            noun=("versión", "versiones"),
            filterable=False,
        )
        self.list.setMinimumSize(theme().px(560), theme().px(220))
        self.list.activated.connect(lambda _one: self.try_submit())
        self.list.set_rows(list(versions))
        if versions:
            self.list.select(versions[0].number)
        self.set_body(self.list)
        self.list.view.setFocus()

    @classmethod
    def ask(
        cls, name: str, versions: Sequence[ModelVersionLine], parent: QWidget | None = None
    ) -> int | None:
        """The number of the version to read, or None."""
        dialog = cls(name, versions, parent)
        accepted = dialog.exec() == TaskDialog.DialogCode.Accepted
        chosen: ModelVersionLine | None = dialog.list.selected()
        dialog.deleteLater()
        return chosen.number if accepted and chosen is not None else None
