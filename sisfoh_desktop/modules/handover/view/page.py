"""The page of handovers: those made, what each handed over, and the way to the next."""

from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.modules.handover.rules.facts import Handover, HandoverState, Line, Person, TakenLine
from sisfoh_desktop.modules.handover.rules.lines import proposed_sections
from sisfoh_desktop.modules.handover.service import drafts, issuing, packing, taking
from sisfoh_desktop.modules.handover.service.history import history
from sisfoh_desktop.modules.handover.view.handover_dialog import Asked, HandoverDialog, load_asked
from sisfoh_desktop.modules.handover.view.rows import handover_columns, line_columns
from sisfoh_desktop.modules.handover.view.showing import CHANGE, MANAGE, show_pdf
from sisfoh_desktop.modules.handover.view.walk_dialog import WalkDialog
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import Toast, ask
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import RowTable

_NONE = "Todavía no se entregó ningún cargo: aquí se prepara el acta con todo lo que queda pendiente."


class HandoverPage(Page):
    """Above the handovers, below the lines of the chosen one."""

    title = "Entrega de cargo"
    touches = frozenset({CHANGE, "papers"})
    kinds = frozenset({"handover"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted = 0
        self._shown: tuple[int, int] = (0, 0)
        self.may_make = desk.actor.may(MANAGE)
        self._actions: list[QAction] = []
        self.new_action = self._action("&Entregar cargo…", self._on_new, "plus")
        self.edit_action = self._action("&Continuar el borrador…", self._on_edit, "pencil")
        self.show_action = self._action("&Ver el acta", self._on_show, "eye", reading=True)
        self.sign_action = self._action("&Firmarla en Papeles", self._on_sign, "pen-line", reading=True)
        self.pack_action = self._action("&Guardar la carpeta…", self._on_pack, "download")
        self.walk_action = self._action(
            "&Recorrer lo recibido", self._on_walk, "clipboard-list", reading=True
        )
        self.reopen_action = self._action("&Abrir otra vez para corregir", self._on_reopen)
        self.drop_action = self._action("&Descartar el borrador", self._on_drop)
        self.history_action = self._action("&Historial", self._on_history, reading=True)
        self.list = RowTable(
            handover_columns(),
            name="Entregas de cargo",
            noun=("entrega", "entregas"),
            empty_text=_NONE,
            empty_button="Entregar cargo…" if self.may_make else "",
            on_empty=self._on_new if self.may_make else None,
        )
        self.list.menu_actions = self._actions[1:]
        self.list.activated.connect(lambda _one: self._on_activated())
        self.list.selection_changed.connect(lambda _one: self._on_selected())
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self.lines = RowTable(
            line_columns(),
            key=lambda line: line.id or line.key,
            name="Líneas de la entrega elegida",
            noun=("línea", "líneas"),
            empty_text="No hay nada pendiente.",
        )
        self.lines.activated.connect(self._open_line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.list, 2)
        layout.addWidget(self.heading)
        layout.addWidget(self.lines, 3)
        self.setFocusProxy(self.list)
        self._on_selected()
        self.reload()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(drafts.list_handovers, self.desk.db), self._on_loaded, owner=self)

    def page_actions(self) -> list[QAction]:
        return self._actions

    def table(self) -> RowTable:
        return self.list

    def show_record(self, kind: str, record_id: int) -> None:
        self._wanted = 0 if self.list.select(record_id) else record_id

    def new_record(self) -> bool:
        if not self.may_make:
            return False
        self._on_new()
        return True

    def preview(self) -> bool:
        if self._chosen() is None:
            return False
        self._on_show()
        return True

    def next_step(self) -> NextStep | None:
        one = self._chosen()
        if one is None:
            return None
        if one.state is HandoverState.DRAFT:
            return NextStep(
                "Termine la entrega",
                "Es un borrador: revise lo pendiente y emita el acta.",
                "Continuar el borrador",
                enabled=self.may_make,
                reason="" if self.may_make else "Su usuario no entrega cargos.",
                run=self._on_edit,
            )
        if one.state is HandoverState.FROZEN:
            return NextStep(
                "Firmen el acta",
                f"Primero {one.receiver.name}, que recibe; después {one.leaver.name}, que entrega.",
                "Firmarla en Papeles",
                run=self._on_sign,
            )
        if one.state is HandoverState.OBSERVED:
            return NextStep(
                "Corrija la entrega",
                "Su acta fue observada o anulada: ábrala otra vez y emita una nueva.",
                "Abrir otra vez para corregir",
                enabled=self.may_make,
                reason="" if self.may_make else "Su usuario no entrega cargos.",
                run=self._on_reopen,
            )
        if one.taken_at is None:
            return NextStep(
                "Recorra lo recibido",
                f"{one.receiver.name} todavía no revisó lo que recibió, paso por paso.",
                "Recorrer lo recibido",
                run=self._on_walk,
            )
        return None

    # -- inside ----------------------------------------------------------------------------------------

    def _action(self, text: str, slot: Any, icon: str = "", *, reading: bool = False) -> QAction:
        made = QAction(text, self)
        made.triggered.connect(lambda _checked=False: slot())
        if icon:
            set_icon(made, icon)
        if not reading:
            only_for(self.desk.actor, MANAGE, made)
        self._actions.append(made)
        return made

    def _chosen(self) -> Handover | None:
        chosen: Handover | None = self.list.selected()
        return chosen

    def _on_loaded(self, found: list[Handover]) -> None:
        self.list.set_rows(found)
        if self._wanted and self.list.select(self._wanted):
            self._wanted = 0
        if found and self.list.selected() is None:
            self.list.view.select_row(0)
        self._on_selected()

    def _on_activated(self) -> None:
        one = self._chosen()
        if one is not None and one.is_draft and self.may_make:
            self._on_edit()
        elif one is not None:
            self._on_show()

    def _on_selected(self) -> None:
        one = self._chosen()
        state = one.state if one is not None else None
        self.edit_action.setEnabled(state is HandoverState.DRAFT)
        self.drop_action.setEnabled(state is HandoverState.DRAFT)
        self.reopen_action.setEnabled(state is HandoverState.OBSERVED)
        issued = one is not None and not one.is_draft
        self.sign_action.setEnabled(issued)
        self.walk_action.setEnabled(issued)
        for action in (self.show_action, self.pack_action, self.history_action):
            action.setEnabled(one is not None)
        self.heading.setVisible(one is not None)
        self.lines.setVisible(one is not None)
        shown = (one.id, one.version) if one is not None else (0, 0)
        if one is not None and shown != self._shown:
            self._shown = shown
            draft = "Lo que hoy queda pendiente" if one.is_draft else "Lo que dice su acta"
            self.heading.setText(f"{draft}: {one.title}")
            self.lines.set_rows(())
            today = self.desk.clock.now().date()
            self.desk.tasks.run_query(
                partial(drafts.lines_of, self.desk.db, one, today),
                partial(self._on_lines, shown),
                owner=self,
            )
        self.next_step_changed.emit()

    def _on_lines(self, shown: tuple[int, int], lines: list[Line]) -> None:
        if shown == self._shown:
            self.lines.set_rows(lines)

    def _open_line(self, line: Line) -> None:
        if line.kind:
            self.open_record.emit(line.kind, line.record_id)

    def _on_new(self) -> None:
        today = self.desk.clock.now().date()
        empty = Handover(Person(""), Person(""), today, "", sections=proposed_sections(None))
        self._ask(empty)

    def _on_edit(self) -> None:
        one = self._chosen()
        if one is not None and one.is_draft:
            self._ask(one)

    def _ask(self, handover: Handover) -> None:
        today = self.desk.clock.now().date()
        self.desk.tasks.run_query(
            partial(load_asked, self.desk.db, today, handover), self._open_dialog, owner=self
        )

    def _open_dialog(self, asked: Asked) -> None:
        HandoverDialog(self.desk, asked, self._on_kept, self).open()

    def _on_kept(self, handover_id: int, issued: bool) -> None:
        self._wanted = handover_id
        Toast.show_over(
            self,
            "Se emitió el acta: fírmenla quien recibe y quien entrega."
            if issued
            else "Se guardó el borrador.",
        )

    def _on_show(self) -> None:
        one = self._chosen()
        if one is None:
            return
        now = self.desk.clock.now()
        title = f"Entrega de cargo {one.number_text}".strip()
        self.desk.tasks.run_query(
            partial(issuing.acta_pdf, self.desk.db, self.desk.archive, one.id, now),
            lambda pdf: show_pdf(self, self.desk, pdf, title, f"{one.number_text or 'entrega'}.pdf"),
            owner=self,
        )

    def _on_sign(self) -> None:
        one = self._chosen()
        if one is not None and one.paper_id is not None:
            self.open_record.emit("papers", one.paper_id)

    def _on_pack(self) -> None:
        one = self._chosen()
        if one is None:
            return
        self.desk.tasks.run_query(
            partial(packing.proposed_name, self.desk.db, one.id), partial(self._save_pack, one), owner=self
        )

    def _save_pack(self, one: Handover, name: str) -> None:
        target = ask_save(self, "Guardar la carpeta de la entrega", name, "Carpeta comprimida (*.zip)")
        if target is None:
            return
        desk, now = self.desk, self.desk.clock.now()
        ProgressDialog.run_change(
            self,
            desk.tasks,
            "Guardar la carpeta de la entrega",
            lambda progress: packing.pack_handover(
                desk.db,
                desk.archive,
                actor=desk.actor,
                now=now,
                handover_id=one.id,
                target=target,
                progress=progress,
            ),
            {CHANGE},
            on_done=lambda count: Toast.show_over(self, f"Se guardó «{target.name}» con {count} archivos."),
            noun="líneas",
        )

    def _on_walk(self) -> None:
        one = self._chosen()
        if one is not None and not one.is_draft:
            today = self.desk.clock.now().date()
            self.desk.tasks.run_query(
                partial(taking.received, self.desk.db, one, today), partial(self._open_walk, one), owner=self
            )

    def _open_walk(self, one: Handover, taken: list[TakenLine]) -> None:
        for open_one in self.findChildren(WalkDialog):
            # it leaves the window free to ask again
            if open_one.isVisible() and open_one.handover.id == one.id:
                open_one.raise_()
                open_one.activateWindow()
                return
        dialog = WalkDialog(self.desk, one, taken, parent=self, may_take=one.taken_at is None)
        dialog.open_record.connect(self.open_record)
        dialog.show()

    def _on_reopen(self) -> None:
        one = self._chosen()
        if one is not None and one.state is HandoverState.OBSERVED:
            self._change(drafts.reopen_handover, one, "La entrega está otra vez en borrador.")

    def _on_drop(self) -> None:
        one = self._chosen()
        if (
            one is not None
            and one.is_draft
            and ask(
                self,
                "Descartar el borrador",
                f"Se descarta el borrador de la entrega de {one.title}. Lo pendiente de la oficina no cambia.",
                "Descartar el borrador",
                danger=True,
            )
        ):
            self._change(drafts.drop_handover, one, "Se descartó el borrador.")

    def _change(self, verb: Any, one: Handover, told: str) -> None:
        self.desk.tasks.run_change(
            partial(
                verb,
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                handover_id=one.id,
                expected_version=one.version,
            ),
            {CHANGE},
            on_done=lambda _none: Toast.show_over(self, told),
            owner=self,
        )

    def _on_history(self) -> None:
        one = self._chosen()
        if one is not None:
            HistoryDialog.show_for(
                self, self.desk.tasks, "Entrega de cargo", partial(history, self.desk.db, one.id)
            )
