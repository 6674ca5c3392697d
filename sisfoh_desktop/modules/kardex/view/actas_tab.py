"""Actas y tarjeta: what waits for an acta, the papers that were made with their round, the card and the sheets."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaDesk, ActaLine, ActaSuggestion, format_count
from sisfoh_desktop.modules.kardex.rules.actas import ActaRoute
from sisfoh_desktop.modules.kardex.service import actas
from sisfoh_desktop.modules.kardex.service.history import acta_history
from sisfoh_desktop.modules.kardex.view.actas_orders import ActaOrders
from sisfoh_desktop.modules.kardex.view.actas_round import ActaRound, emitted_for
from sisfoh_desktop.modules.kardex.view.actas_rows import made_columns, waiting_columns
from sisfoh_desktop.modules.kardex.view.custody_panel import TABS_TAKE
from sisfoh_desktop.modules.kardex.view.tab import MOVE, KardexTab
from sisfoh_desktop.modules.papers.rules import Paper, next_signer
from sisfoh_desktop.qtkit.actions import action_button, make_action
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for
from sisfoh_desktop.qtkit.round_orders import CARRY, SIGN
from sisfoh_desktop.qtkit.row_table import RowTable


def _load(db: Any, campaign_id: int) -> tuple[int, ActaDesk]:
    return campaign_id, actas.acta_desk(db, campaign_id) if campaign_id else ActaDesk()


def _load_paper(db: Any, acta_id: int) -> tuple[Paper, ActaRoute]:
    paper = actas.load_acta_paper(db, acta_id)
    return paper, emitted_for(db, acta_id, paper)


class ActasTab(KardexTab):
    """Above what waits for an acta, below the papers that were made."""

    key = "actas"
    title = "Actas y tarjeta"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._paper: Paper | None = None
        self._route = ActaRoute.INK
        self._letters = set(TABS_TAKE)
        self._below = False  # which list was last in use
        self._wanted = 0
        self._loaded_once = False
        self.orders = ActaOrders(desk, self)
        self.orders.busy_changed.connect(self._refresh)
        self.orders.reload_asked.connect(self.reload)
        self.round = ActaRound(desk, self, self._paper_now, self.orders.change)
        self._build_actions()
        self.waiting = RowTable(
            waiting_columns(),
            key=lambda one: one.movement_ids,
            name="Movimientos que esperan acta",
            noun=("grupo", "grupos"),
            empty_text="Todos los movimientos tienen su acta.",
        )
        self.waiting.menu_actions = [self.make_action]
        self.waiting.activated.connect(lambda _one: self.make_action.trigger())
        self.waiting.selection_changed.connect(lambda _one: self._refresh())
        self.made = RowTable(
            made_columns(),
            name="Actas y constancias",
            noun=("documento", "documentos"),
            empty_text="Todavía no se hizo ningún acta en esta campaña.",
        )
        self.made.menu_actions = [
            self.preview_action,
            self.print_action,
            *self.round.orders.actions,
            self.annul_action,
            self.history_action,
        ]
        self.made.activated.connect(lambda _one: self.preview())
        self.made.selection_changed.connect(lambda _one: self._on_made_selected())
        for table in (self.waiting, self.made):
            table.view.installEventFilter(self)
        self.waiting.view.tell_apart(
            [
                number
                for number, column in enumerate(self.waiting.model.columns)
                if column.title in ("De", "A")
            ]
        )
        self._build_layout()
        self._refresh()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(_load, self.desk.db, self.campaign_id), self._on_loaded, owner=self)

    def show_part(self, part: Any) -> None:
        """An acta's id, or what to make: a card, no_debt, daily_sheet, closing or acta, with what it is about."""
        if isinstance(part, int):
            self._wanted = part
            if self._loaded_once and self.made.select(part):
                self._wanted = 0
                self.made.view.setFocus()
            return
        if not isinstance(part, tuple) or len(part) != 2:
            return
        what, about = part
        if what not in ("card", "daily_sheet") and not self.make_action.isVisible():
            return
        if what == "card":
            self.orders.show_card(about)
        elif what == "no_debt":
            self.orders.make_no_debt(about)
        elif what == "daily_sheet":
            self.orders.show_daily_sheet(about)
        elif what == "closing":
            self.orders.make_closing()
        elif what == "acta":
            self.orders.make_acta([about] if isinstance(about, int) else list(about))

    def next_step(self) -> NextStep | None:
        paper = self._paper
        slot = next_signer(paper) if paper is not None else None
        if paper is not None and slot is not None and self._below:
            return self._sign_step(paper, slot.label)
        rows: Sequence[ActaSuggestion] = self.waiting.rows()
        if rows:
            count = sum(len(one.movement_ids) for one in rows)
            noun = "movimiento espera" if count == 1 else "movimientos esperan"
            step = NextStep(
                "Haga las actas que faltan",
                f"{count} {noun} su acta. Elija un grupo: lleva a quien entrega, a quien recibe y los números.",
                "Hacer acta…",
                enabled=self.make_action.isEnabled(),
                reason="Elija un grupo de la lista de arriba.",
                run=self.make_action.trigger,
            )
            return step_for(self.desk.actor, MOVE, step)
        return self._sign_step(paper, slot.label) if paper is not None and slot is not None else None

    def actions_of_tab(self) -> list[QAction]:
        return [
            self.make_action,
            self.card_action,
            self.sheet_action,
            self.inventory_action,
            self.no_debt_action,
            self.closing_action,
            self.preview_action,
            self.print_action,
            *self.round.orders.actions,
            self.annul_action,
            self.history_action,
        ]

    def table(self) -> RowTable:
        return self.made if self._below else self.waiting

    def new_record(self) -> bool:
        if not self.make_action.isEnabled():
            return False
        self.make_action.trigger()
        return True

    def preview(self) -> bool:
        line: ActaLine | None = self.made.selected()
        if line is None:
            return False
        self.orders.show_paper(line)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._below = watched is self.made.view
            self.next_step_changed.emit()
        return super().eventFilter(watched, event)

    # -- inside ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        action = partial(make_action, self)

        orders = self.orders
        self.make_action = action(
            "Hacer acta…", self._on_make, "Hacer el acta del grupo elegido (Ctrl+N)", "file-plus"
        )
        self.card_action = action(
            "Tarjeta…",
            lambda: orders.show_card(),
            "Tarjeta kardex de un formulario, para imprimir o en Excel",
        )
        self.sheet_action = action(
            "Hoja de control diario…",
            lambda: orders.show_daily_sheet(),
            "Lo que tiene cada empadronador, con casillas para llenar",
        )
        self.inventory_action = action(
            "Inventario…", orders.show_inventory, "Hoja de arqueo, o el acta de un arqueo"
        )
        self.no_debt_action = action(
            "Constancia de no adeudo…",
            lambda: orders.make_no_debt(),
            "De una persona que ya no tiene formularios",
        )
        self.closing_action = action(
            "Acta de cierre…", orders.make_closing, "Saldos de la campaña y diferencias explicadas"
        )
        self.preview_action = action("Vista previa", self.preview, "Ver el documento elegido (Ctrl+P)")
        self.print_action = action(
            "Imprimir varios…",
            lambda: orders.print_several(self.made),
            "Los elegidos de la lista de abajo, en una sola impresión",
        )
        self.annul_action = action("Anular…", self._on_annul, "Retirar un documento que no se firmó completo")
        making = (self.make_action, self.no_debt_action, self.closing_action, self.annul_action)
        only_for(self.desk.actor, MOVE, *making)
        self.history_action = action("Historial", self._on_history, "Lo que pasó con el documento elegido")

    def _on_history(self) -> None:
        one: ActaLine | None = self.made.selected()
        if one is not None:
            load = partial(acta_history, self.desk.db, one.id, one.paper_id)
            HistoryDialog.show_for(self, self.desk.tasks, one.number_text, load)

    def _build_layout(self) -> None:
        self.waiting_left_out, self.made_left_out = QLabel(), QLabel()
        top = self._part(
            "Movimientos que esperan acta", self.waiting, self.waiting_left_out, (self.make_action,)
        )
        low = self._part(
            "Actas y constancias",
            self.made,
            self.made_left_out,
            (self.card_action, self.sheet_action, self.inventory_action, self.no_debt_action),
        )
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(top)
        self.split.addWidget(low)
        self.split.setSizes([300, 300])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.split)

    def _part(self, title: str, table: RowTable, left_out: QLabel, actions: Sequence[QAction]) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        heading = QLabel(title)
        heading.setProperty("role", "section")
        bar.addWidget(heading)
        bar.addStretch(1)
        for action in actions:
            bar.addWidget(action_button(action, self._letters))
        column.addLayout(bar)
        left_out.setProperty("role", "caption")
        left_out.setWordWrap(True)
        left_out.hide()
        column.addWidget(left_out)
        column.addWidget(table, 1)
        return part

    def _on_loaded(self, answer: tuple[int, ActaDesk]) -> None:
        campaign_id, loaded = answer
        if campaign_id != self.campaign_id:
            return
        self._loaded_once = True
        _tell(
            self.waiting_left_out,
            loaded.waiting_shown,
            "Se muestran los {} movimientos más recientes que esperan acta; al hacerlas aparecen los anteriores.",
        )
        _tell(
            self.made_left_out,
            loaded.made_shown,
            "Se muestran los {} documentos más recientes; los anteriores están en Documentos.",
        )
        self.waiting.set_rows(loaded.waiting)
        if self.waiting.selected() is None and loaded.waiting:
            self.waiting.select(loaded.waiting[0].movement_ids)
        self.made.set_rows(loaded.made)
        if self._wanted and self.made.select(self._wanted):
            self._wanted = 0
        elif self.made.selected() is None and loaded.made:
            self.made.select(loaded.made[0].id)
        self._on_made_selected()

    def _on_made_selected(self) -> None:
        line: ActaLine | None = self.made.selected()
        self._paper = None
        self._refresh()
        if line is not None:
            self.desk.tasks.run_query(
                partial(_load_paper, self.desk.db, line.id),
                partial(self._on_paper, line.id),
                owner=self,
            )

    def _on_paper(self, acta_id: int, loaded: tuple[Paper, ActaRoute]) -> None:
        line: ActaLine | None = self.made.selected()
        if line is not None and line.id == acta_id:
            self._paper, self._route = loaded
            self._refresh()

    def _on_make(self) -> None:
        one: ActaSuggestion | None = self.waiting.selected()
        if one is not None:
            self.orders.make_acta(one.movement_ids)

    def _on_annul(self) -> None:
        line: ActaLine | None = self.made.selected()
        if line is not None and self._paper is not None:
            self.orders.annul(line, self._paper)

    def _sign_step(self, paper: Paper, who: str) -> NextStep:
        if self._route is ActaRoute.DIGITAL:
            step = NextStep(
                f"Falta firmar {paper.name}",
                f"Sigue {who}. Se emitió para firma digital: firme aquí con su certificado, o expórtela, fírmela fuera "
                "y tráigala de vuelta.",
                "Firmar con certificado…",
                enabled=not self.orders.busy,
                reason="Un momento: se está guardando.",
                run=self.round.orders.sign_action.trigger,
            )
            return step_for(self.desk.actor, SIGN, step)
        step = NextStep(
            f"Falta firmar {paper.name}",
            f"Sigue {who}. Imprímala y registre la firma en tinta con su escaneo, o fírmela aquí con certificado.",
            "Registrar firma en tinta…",
            enabled=not self.orders.busy,
            reason="Un momento: se está guardando.",
            run=self.round.orders.ink_action.trigger,
        )
        return step_for(self.desk.actor, CARRY, step)

    def _paper_now(self) -> Paper | None:
        return None if self.orders.busy else self._paper

    def _refresh(self) -> None:
        free = not self.orders.busy
        one: ActaSuggestion | None = self.waiting.selected()
        self.make_action.setEnabled(free and one is not None)
        for action in (self.card_action, self.sheet_action, self.inventory_action, self.no_debt_action):
            action.setEnabled(bool(self.campaign_id))
        self.closing_action.setEnabled(free and bool(self.campaign_id))
        for action in (self.preview_action, self.print_action, self.history_action):
            action.setEnabled(self.made.selected() is not None)
        paper = self._paper
        open_round = paper is not None and next_signer(paper) is not None
        self.round.orders.set_enabled(free and open_round)
        self.annul_action.setEnabled(free and open_round)
        self.next_step_changed.emit()


def _tell(label: QLabel, shown: int, sentence: str) -> None:
    """Say that older ones are left out, where some are."""
    label.setText(sentence.format(format_count(shown)) if shown else "")
    label.setVisible(bool(shown))
