"""Por firmar: one signer's own screen. Who I am, what waits for me, the page, what changed, and my five orders.

Several papers are marked with the space bar and signed at once with one password.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import SisfohError, StaleRow
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import Paper, RoundPerson, WaitingPaper, next_signer
from sisfoh_desktop.modules.papers.service import SignOutcome, SignRequest, VersionChanges
from sisfoh_desktop.modules.papers.view.changes_text import changes_html
from sisfoh_desktop.modules.papers.view.printing import pdf_renderer, printing_action
from sisfoh_desktop.modules.papers.view.waiting_round import is_person, named, round_of
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.pdf_pane import PdfPane
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for
from sisfoh_desktop.qtkit.round_orders import CARRY, SIGN, RoundAnswers, RoundCalls, RoundOrders, RoundPlace
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.sign_dialog import SignDialog
from sisfoh_desktop.qtkit.theme import theme

# a signature may end an expediente, approve a plan and put a matrix in force
TOUCHES = frozenset({"papers", "resoluciones", "expedientes", "plans", "responsibilities", "kardex"})
_EVERYBODY = ""
_PEOPLE_WIDTH = 520  # of the open list: names with their posts are longer than the field


class WaitingTab(QWidget):
    """`changed` comes when the choice, the marks or the list did: the page asks again what can be done."""

    changed = Signal()
    open_asked = Signal(str)  # the subject of the paper, such as "resolucion:12"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.busy = False
        self.marked: set[int] = set()
        self._shown = 0
        self.person = QComboBox()
        self.person.setAccessibleName("Quién soy")
        self.person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.person.setMinimumContentsLength(28)
        self.person.view().setMinimumWidth(theme().px(_PEOPLE_WIDTH))
        self.person.currentTextChanged.connect(self.person.setToolTip)
        self.person.currentIndexChanged.connect(lambda _index: self._load_papers())
        self.orders = RoundOrders(
            desk,
            self,
            self._subject,
            self._change,
            RoundAnswers(self._on_signed, self._on_exported, self._on_refused_paper),
            service.warm_signing,
            touches=TOUCHES,
        )
        self.mark_action = QAction("&Marcar para firmar a la vez", self)
        self.mark_action.setShortcut(QKeySequence(Qt.Key.Key_Space))
        self.mark_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.mark_action.triggered.connect(lambda _checked=False: self.toggle_mark())
        self.batch_action = QAction("Firmar los marca&dos…", self)
        self.batch_action.setToolTip("Todos con una sola contraseña")
        self.batch_action.triggered.connect(lambda _checked=False: self.sign_marked())
        self.origin_action = QAction("Abrir &origen", self)
        self.origin_action.setToolTip("Ver el documento en la página donde se redactó")
        self.origin_action.triggered.connect(lambda _checked=False: self._open_origin())
        self.print_action = printing_action(self, desk, lambda: self.list)
        self.list = RowTable(
            [
                Column(
                    "Marca",
                    lambda one: "✔" if one.slot.id in self.marked else "",
                    align="center",
                    width=56,
                ),
                Column("Documento", named, tip=lambda one: one.title),
                Column(
                    "Turno",
                    lambda one: f"Antes: {one.before}" if one.before else "Le toca",
                    tone=lambda one: "dim" if one.before else "accent",
                    width=110,
                ),
            ],
            key=lambda one: one.slot.id,
            name="Documentos por firmar",
            noun=("documento", "documentos"),
            empty_text="No hay documentos que esperen su firma.",
            filterable=False,
        )
        self._may_sign = only_for(desk.actor, SIGN, self.mark_action, self.batch_action)
        self.list.menu_actions = [
            *self.orders.actions,
            self.mark_action,
            self.batch_action,
            self.print_action,
            self.origin_action,
        ]
        self.list.view.addAction(self.mark_action)
        self.list.selection_changed.connect(self._on_selected)
        self.list.activated.connect(lambda _one: self.orders.sign_action.trigger())
        self.changes = QTextEdit()
        self.changes.setReadOnly(True)
        self.changes.setTabChangesFocus(True)
        self.changes.setAccessibleName("Qué cambió desde la versión anterior")
        self.details = QLabel()
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setWordWrap(True)
        self.pane = PdfPane(pdf_renderer(), desk.tasks, thumbnails=False)
        self._build_layout()
        self._refresh()

    # -- the page asks ---------------------------------------------------------------------------------

    def reload(self) -> None:
        """Fetch again who is waited for, and then that person's papers."""
        self.desk.tasks.run_query(
            partial(service.list_round_people, self.desk.db), self._on_people, owner=self
        )

    def actions_now(self) -> list[QAction]:
        """The orders, most used first."""
        sign, *others = self.orders.actions
        refuse = others.pop()
        first = self.batch_action if self.marked else sign
        rest = [action for action in (sign, self.batch_action) if action is not first]
        return [first, refuse, self.mark_action, *rest, *others, self.print_action, self.origin_action]

    def next_step(self) -> NextStep:
        if self.marked:
            count = len(self.marked)
            return NextStep(
                f"Firmar {count} documentos a la vez" if count > 1 else "Firmar el marcado",
                "Se pide la contraseña una sola vez. Cada uno se firma o se dice por qué no.",
                "Firmar los marcados…",
                enabled=not self.busy,
                reason="Un momento: se está firmando.",
                run=self.sign_marked,
            )
        one: WaitingPaper | None = self.list.selected()
        if one is None:
            return NextStep(
                "Nada por firmar", "Cuando un documento espere su firma aparece aquí.", "Firmar…", False,
                "No hay documentos que esperen su firma.",
            )  # fmt: skip
        if not self._may_sign:
            return self._step_of_carrier(one)
        waits = f"Antes firma {one.before}. Usted ya puede observarlo." if one.before else ""
        return NextStep(
            f"Firmar {one.name}",
            f"Firma {one.slot.order} de {one.signer_count}, {one.slot.label}: «{one.slot.motive}».",
            "Firmar…",
            enabled=not self.busy and not one.before,
            reason=waits or "Un momento: se está firmando.",
            run=self.orders.sign_action.trigger,
        )

    def _step_of_carrier(self, one: WaitingPaper) -> NextStep:
        """Whoever does not sign takes the paper out to be signed, or sees who signs it."""
        step = NextStep(
            f"Espera la firma de {one.slot.label}",
            f"Firma {one.slot.order} de {one.signer_count}: «{one.slot.motive}».",
            "Exportar para firmar fuera…",
            enabled=not self.busy and not one.before,
            reason=f"Antes firma {one.before}." if one.before else "Un momento: se está firmando.",
            run=self.orders.export_action.trigger,
        )
        return step_for(self.desk.actor, CARRY, step)

    # -- orders ----------------------------------------------------------------------------------------

    def toggle_mark(self) -> None:
        """Mark the chosen paper, or take its mark away; only what can be signed now is marked."""
        one: WaitingPaper | None = self.list.selected()
        if one is None or one.before or self.busy:
            return
        self.marked ^= {one.slot.id}
        self.list.set_rows(self.list.rows())
        self._refresh()

    def sign_marked(self) -> None:
        """One password for all the marked papers; then what became of each."""
        chosen = [one for one in self.list.rows() if one.slot.id in self.marked]
        if not chosen or self.busy:
            return
        names = ", ".join(one.name for one in chosen[:4]) + ("…" if len(chosen) > 4 else "")
        choice = SignDialog.ask(
            self,
            f"{len(chosen)} documentos" if len(chosen) > 1 else chosen[0].name,
            details=f"Con una sola contraseña: {names}.",
            settings=self.desk.settings,
            warm=lambda: self.desk.tasks.run_query(service.warm_signing, lambda _none: None, owner=self),
        )
        if choice is None:
            return
        requests = [SignRequest(one.id, one.slot.id, one.version) for one in chosen]
        work = partial(
            service.sign_papers,
            self.desk.db,
            self.desk.archive,
            **self._who(),
            requests=requests,
            open_signer=service.chosen_certificate(choice),
        )
        self._set_busy(True)
        ProgressDialog.run_change(
            self,
            self.desk.tasks,
            "Firmar los marcados",
            lambda progress: work(progress=progress),
            TOUCHES,
            on_done=self._on_batch,
            on_error=self._on_error,
            on_end=partial(self._set_busy, False),
            noun="documentos",
            cancelling="Deteniendo: lo que ya se firmó queda firmado…",
        )

    def _open_origin(self) -> None:
        one: WaitingPaper | None = self.list.selected()
        if one is not None:
            self.open_asked.emit(one.subject)

    # -- inside ----------------------------------------------------------------------------------------

    def _build_layout(self) -> None:
        label = QLabel("So&y")
        label.setBuddy(self.person)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label)
        top.addWidget(self.person, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.list, 3)
        column.addWidget(self.details)
        self.heading = QLabel("Qué cambió desde la versión anterior")
        self.heading.setProperty("role", "section")
        column.addWidget(self.heading)
        column.addWidget(self.changes, 2)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(left)
        self.split.addWidget(self.pane)
        self.split.setSizes([380, 620])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.split)

    def _on_people(self, people: list[RoundPerson]) -> None:
        chosen = self.person.currentData()
        self.person.blockSignals(True)
        self.person.clear()
        total = sum(one.waiting for one in people)
        self.person.addItem(f"Todos los firmantes ({total} por firmar)", _EVERYBODY)
        for one in people:
            who = f"{one.label}, {one.position}" if one.position else one.label
            self.person.addItem(f"{who} ({one.waiting} por firmar)", one.key)
        mine = next((one.key for one in people if is_person(one, self.desk.actor.user)), _EVERYBODY)
        wanted = mine if chosen is None else chosen
        self.person.setCurrentIndex(max(0, self.person.findData(wanted)))
        self.person.blockSignals(False)
        self._load_papers()

    def _load_papers(self) -> None:
        key = self.person.currentData() or _EVERYBODY
        self.desk.tasks.run_query(
            partial(service.list_waiting, self.desk.db, key), partial(self._on_papers, key), owner=self
        )

    def _on_papers(self, key: str, papers: list[WaitingPaper]) -> None:
        if key != (self.person.currentData() or _EVERYBODY):
            return
        # with everybody on view a paper stands once, at whoever has the turn
        shown = [one for one in papers if key or not one.before]
        self.marked &= {one.slot.id for one in shown if not one.before}
        whose = "su firma" if key else "una firma"
        self.list.set_empty_state(f"No hay documentos que esperen {whose}.")
        self.list.set_rows(shown)
        if self.list.selected() is None and shown:
            self.list.select(shown[0].slot.id)
        self._on_selected(self.list.selected())

    def _on_selected(self, one: WaitingPaper | None) -> None:
        self._refresh()
        self._shown += 1
        for about in (self.details, self.heading, self.changes):
            about.setVisible(one is not None)
        if one is None:
            self.details.setText("")
            self.changes.setHtml("")
            self.pane.show_blank()
            return
        slot = one.slot
        who = f"{slot.label}, {slot.position}" if slot.position else slot.label
        appointed = f" Por {slot.appointed_by}." if slot.appointed_by else ""
        out = f" Salió a firmarse fuera el {slot.exported_at:%d/%m/%Y %H:%M}." if slot.exported_at else ""
        self.details.setText(
            f"{one.title}. Del {format_date(one.dated)}. "
            f"Firma {slot.order} de {one.signer_count}: {who}.{appointed}{out}"
        )
        wanted = self._shown
        tasks, db, archive = self.desk.tasks, self.desk.db, self.desk.archive
        tasks.run_query(
            partial(service.paper_bytes, db, archive, one.id), partial(self._show_pdf, wanted), owner=self
        )
        tasks.run_query(
            partial(service.changes_since_previous, db, archive, one.id),
            partial(self._show_changes, wanted),
            owner=self,
        )

    def _show_pdf(self, wanted: int, pdf: bytes) -> None:
        if wanted == self._shown and pdf != self.pane.pdf:
            self.pane.show_pdf(pdf)

    def _show_changes(self, wanted: int, found: VersionChanges | None) -> None:
        if wanted == self._shown:
            self.changes.setHtml(changes_html(found))

    def _subject(self) -> tuple[RoundPlace, RoundCalls] | None:
        one: WaitingPaper | None = self.list.selected()
        return None if one is None or self.busy else round_of(self.desk, one)

    def _change(self, fn: Any, done: Any) -> None:
        self._set_busy(True)
        self.desk.tasks.run_change(
            fn,
            TOUCHES,
            on_done=done,
            on_error=self._on_error,
            owner=self,
            on_end=partial(self._set_busy, False),
        )

    def _on_error(self, error: SisfohError) -> None:
        show_error(self, error.sentence)
        if isinstance(error, StaleRow):
            self.reload()

    def _on_signed(self, paper: Paper) -> None:
        turn = next_signer(paper)
        follows = f"Sigue {turn.label}." if turn is not None else "Están todas las firmas."
        Toast.show_over(self, f"Se firmó {paper.name}. {follows}")

    def _on_exported(self, name: str) -> None:
        Toast.show_over(self, f"Se guardó «{name}». Fírmelo fuera y tráigalo de vuelta.")

    def _on_refused_paper(self, paper: Paper) -> None:
        Toast.show_over(self, f"Se observó {paper.name}. Vuelve a quien lo redactó.")

    def _on_batch(self, outcomes: list[SignOutcome]) -> None:
        self.marked.clear()
        refused = [one for one in outcomes if not one.signed]
        signed = len(outcomes) - len(refused)
        told = f"Se firmaron {signed} de {len(outcomes)} documentos."
        if refused:
            lines = "\n".join(f"{one.name}: {one.refusal}" for one in refused)
            show_error(self, f"{told}\n\n{lines}", "Algunos no se firmaron")
        else:
            Toast.show_over(self, told)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._refresh()

    def _refresh(self) -> None:
        one: WaitingPaper | None = self.list.selected()
        self.orders.set_enabled(one is not None and not self.busy, turn=one is not None and not one.before)
        self.origin_action.setEnabled(one is not None)
        self.print_action.setEnabled(one is not None)
        self.mark_action.setEnabled(one is not None and not one.before and not self.busy)
        self.batch_action.setEnabled(bool(self.marked) and not self.busy)
        self.changed.emit()

    def _who(self) -> dict[str, Any]:
        return {"actor": self.desk.actor, "now": self.desk.clock.now()}
