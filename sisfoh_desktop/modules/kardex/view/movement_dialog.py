"""One registered movement, whole: its data, its ranges, what it left behind, its history, and how to undo it.

Nothing of it can be edited; what was wrong is reverted by another movement, with its reason.
"""

from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import EnvironmentFailed, SisfohError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.kardex.rules import LedgerLine, MovementKind
from sisfoh_desktop.modules.kardex.rules.acta_rows import ActaLine
from sisfoh_desktop.modules.kardex.rules.actas import acta_kind_of
from sisfoh_desktop.modules.kardex.service import history, moving
from sisfoh_desktop.modules.kardex.view.movement_loading import MovementFacts, load_movement_facts
from sisfoh_desktop.modules.kardex.view.tab import MOVE, TOUCHES
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.dialogs import FormDialog, TaskDialog
from sisfoh_desktop.qtkit.history import TAB_TITLE, HistoryTab
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme

_TALL, _LOW, _TALLEST = 240, 128, 320  # px at 100 % of the lists: as a rule, at least, at most
_NEVER_REVERTED = (MovementKind.REVERSAL, MovementKind.ADJUSTMENT)


class MovementDialog(TaskDialog):
    """Open it with `show_for`: it reads itself. `open_record` and `open_tab` ask the page for another place."""

    usual_width = 720
    open_record = Signal(str, int)
    open_tab = Signal(str, object)

    def __init__(self, desk: Desk, movement_id: int, parent: QWidget | None = None) -> None:
        super().__init__("Movimiento del kardex", primary="Cerrar", parent=parent, wide=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.cancel_button.hide()
        self.desk = desk
        self.facts: MovementFacts | None = None
        self._movement_id = movement_id
        self._reverse_asked = False
        self.head = QLabel()
        self.head.setProperty("role", "section")
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.chip = Chip()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.ranges = RowTable(
            [
                Column("Números", self._forms, lambda line: line.forms.first if line.forms else 0),
                Column("Cantidad", lambda line: format_number(line.form_count), align="right", width=88),
                Column("De", lambda line: self._name(line.from_holder_id)),
                Column("Estaban", lambda line: line.from_condition.label, width=128),
                Column("A", lambda line: self._name(line.to_holder_id)),
                Column("Quedaron", lambda line: line.to_condition.label, width=128),
            ],
            name="Rangos del movimiento",
            noun=("rango", "rangos"),
            filterable=False,
        )
        self.history = HistoryTab()
        self.history.follow(
            desk.tasks, movement_id, partial(history.history, desk.db, f"kardex_movement:{movement_id}")
        )
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Partes del movimiento")
        self.tabs.setDocumentMode(True)
        for tab in (self.ranges, self.history):
            tab.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.tabs.setMinimumHeight(theme().px(_TALL))
        self.tabs.setMaximumHeight(theme().px(_TALLEST))
        self.tabs.addTab(self.ranges, "&Números")
        self.tabs.addTab(self.history, TAB_TITLE)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.head)
        layout.addWidget(self.chip)
        layout.addLayout(self._grid)
        layout.addWidget(self.tabs, 1)
        self.set_body(body)
        self.reverse_button: QPushButton = self.add_button("Revertir…", self.reverse)
        self.trace_button: QPushButton = self.add_button("Rastrear el primer número", self._on_trace)
        self.acta_button: QPushButton = self.add_button("Hacer el &acta…", self._on_acta)
        only_for(desk.actor, MOVE, self.reverse_button)
        self.acta_button.setEnabled(False)
        self.reverse_button.setEnabled(False)
        self.trace_button.setEnabled(False)
        self._read()

    @classmethod
    def show_for(cls, parent: QWidget, desk: Desk, movement_id: int) -> "MovementDialog":
        """Open a movement over `parent`."""
        dialog = cls(desk, movement_id, parent)
        dialog.open()
        return dialog

    def reverse_when_loaded(self) -> None:
        """Go on to «Revertir…» as soon as the movement is on view."""
        self._reverse_asked = True

    def reverse(self) -> None:
        """Ask for the reason and undo the movement by another."""
        if self.facts is not None and not self._why_not():
            ReverseDialog(self.desk, self.facts, self).open()

    # -- inside ----------------------------------------------------------------------------------------

    def _read(self) -> None:
        self.desk.tasks.run_query(
            partial(load_movement_facts, self.desk.db, self._movement_id),
            self._on_loaded,
            self._on_failed,
            owner=self,
        )

    def reload(self) -> None:
        """Read again after a reversal."""
        self._read()
        self.history.reload()

    def _on_failed(self, error: SisfohError) -> None:
        self.refuse(error)

    def _on_loaded(self, facts: MovementFacts) -> None:
        self.facts = facts
        line, movement = facts.line, facts.movement
        count = format_number(movement.form_count)
        self.setWindowTitle(f"Movimiento N° {line.number_text}")
        self.head.setText(f"{line.kind.label} de {count} {line.type_code} · N° {line.number_text}")
        self._show_state()
        where = line.from_name if line.from_name == line.to_name else f"{line.from_name} → {line.to_name}"
        archived = [
            f"{word} {text}"
            for word, text in (
                ("Caja", line.archive_box),
                ("archivador", line.archive_folder),
                ("folios", line.archive_folio),
            )
            if text
        ]
        told = [
            ("Fecha", format_date(line.moved_on)),
            ("Formulario", f"{facts.form_type.code} · {facts.form_type.title}"),
            ("Personas", where),
            ("Números", facts.form_type.ranges_text(movement.ranges) or f"{count}, sin numeración"),
            ("Documento", line.document),
            ("Motivo", line.reason),
            ("Testigo", line.witness),
            ("Archivo", ", ".join(archived)),
            ("Observación", line.note),
            ("Acta", acta_text(facts.acta)),
            ("Registró", f"{movement.registered_by}, {_moment(movement.registered_at)}"),
        ]
        self._fill([(word, text) for word, text in told if text])
        self.ranges.set_rows(movement.lines)
        why_not = self._why_not()
        self.reverse_button.setEnabled(not why_not)
        self.reverse_button.setToolTip(why_not or "Deshacerlo con otro movimiento, con su motivo")
        self.trace_button.setEnabled(bool(movement.ranges))
        self._show_acta_button()
        self._fit_tabs()
        if self._reverse_asked:
            self._reverse_asked = False
            # Once the dialog has its size: the next one stands over it.
            QTimer.singleShot(0, self, self.reverse)

    def _fit_tabs(self) -> None:
        """As high as usual, or lower where the screen would not show the movement whole."""
        self.tabs.setMinimumHeight(theme().px(_TALL))
        self.tabs.setMaximumHeight(theme().px(_TALLEST))
        self.fit()
        layout, body = self.layout(), self.tabs.parentWidget()
        if layout is None or body is None:
            return
        layout.activate()
        room = self._scroll.viewport()
        over = body.heightForWidth(room.width()) - room.height()
        if over > 0:
            self.tabs.setFixedHeight(max(self.tabs.height() - over, theme().px(_LOW)))
            self.fit()

    def _fill(self, told: list[tuple[str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, (word, text) in enumerate(told):
            label = QLabel(word)
            label.setProperty("role", "caption")
            value = QLabel(text)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{word}: {text}")
            row, column = number // 2, number % 2 * 2
            self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, column + 1, Qt.AlignmentFlag.AlignTop)
            for one in (label, value):
                one.show()  # now, so that the dialog counts them when it asks for its height

    def _show_state(self) -> None:
        assert self.facts is not None
        line = self.facts.line
        if line.is_reverted:
            self.chip.set_state("warn", f"Revertido por el movimiento N° {line.reverted_by_number:06d}")
        elif line.reverses_number:
            self.chip.set_state("accent", f"Revierte el movimiento N° {line.reverses_number:06d}")
        else:
            self.chip.set_state("ok", "Vigente")

    def _why_not(self) -> str:
        """Why it cannot be reverted from here; "" when it can be tried."""
        if self.facts is None:
            return "Todavía no se ha leído"
        line = self.facts.line
        if line.is_reverted:
            return f"Ya se revirtió con el movimiento N° {line.reverted_by_number:06d}"
        if line.kind in _NEVER_REVERTED:
            return f"«{line.kind.label}» no se revierte"
        return ""

    def _show_acta_button(self) -> None:
        """Open the acta that tells it, or make one where one is signed for its kind."""
        assert self.facts is not None
        line, acta = self.facts.line, self.facts.acta
        told = acta is not None
        self.acta_button.setText("Ver el &acta" if told else "Hacer el &acta…")
        makes = acta_kind_of(line.kind) is not None and not line.is_reverted
        self.acta_button.setEnabled(told or makes)
        self.acta_button.setVisible(told or self.desk.actor.may(MOVE))
        why = "Se revirtió: no necesita acta" if line.is_reverted else f"«{line.kind.label}» no lleva acta"
        self.acta_button.setToolTip("" if told or makes else why)

    def _on_acta(self) -> None:
        if self.facts is None:
            return
        if self.facts.acta is None:
            self.accept()
            self.open_tab.emit("actas", ("acta", self._movement_id))
            return
        from sisfoh_desktop.modules.papers import service as papers

        desk, acta = self.desk, self.facts.acta
        desk.tasks.run_query(
            partial(papers.paper_bytes, desk.db, desk.archive, acta.paper_id),
            lambda pdf: self._show_acta(pdf, acta),
            self._on_failed,
            owner=self,
        )

    def _show_acta(self, pdf: bytes, acta: ActaLine) -> None:
        """The very bytes of the archive."""
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self.desk.tasks,
            pdf,
            acta.title,
            file_name=f"{acta.number_text or acta.title}.pdf",
            kind="acta",
            over=self,
        )

    def _on_trace(self) -> None:
        if self.facts is not None and self.facts.movement.ranges:
            number = self.facts.form_type.number_text(self.facts.movement.ranges.first)
            self.accept()
            self.open_tab.emit("trace", number)

    def _forms(self, line: LedgerLine) -> str:
        return self.facts.forms_text(line) if self.facts is not None else ""

    def _name(self, holder_id: int) -> str:
        return self.facts.names.get(holder_id, "") if self.facts is not None else ""


class ReverseDialog(FormDialog):
    """Why a movement is undone; the day is its own unless another is given."""

    def __init__(self, desk: Desk, facts: MovementFacts, parent: MovementDialog) -> None:
        super().__init__(
            f"Revertir el movimiento N° {facts.line.number_text}",
            primary="Revertir",
            on_submit=self._send,
            parent=parent,
            clock=desk.clock,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.facts = desk, facts
        self._token = str(uuid4())
        self._sent: dict[str, object] | None = None
        count = format_number(facts.movement.form_count)
        self.form.note(
            f"{facts.line.kind.label} de {count} {facts.line.type_code} del {format_date(facts.line.moved_on)}. "
            "El movimiento queda en el registro, tachado; los formularios vuelven a donde estaban."
        )
        self.form.long_text("reason", "Motivo", required=True, max_length=2_000)
        self.form.text("document", "Documento", max_length=200)
        self.form.date("moved_on", "Fecha de la reversión", required=True)
        self.form.set_values({"moved_on": facts.line.moved_on})

    def _send(self, values: dict[str, object]) -> bool:
        if values != self._sent:
            self._token, self._sent = str(uuid4()), dict(values)
        day = values["moved_on"]
        assert isinstance(day, date)
        self.set_busy(True)
        self.desk.tasks.run_change(
            partial(
                moving.reverse_movement,
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                movement_id=self.facts.movement.id,
                reason=str(values["reason"]),
                document=str(values["document"]),
                moved_on=day,
                token=self._token,
            ),
            TOUCHES,
            on_done=lambda _id: self._on_done(),
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def _on_refused(self, error: SisfohError) -> None:
        self.values = None
        if not isinstance(error, EnvironmentFailed):
            self._sent = None
        self.refuse(error)

    def _on_done(self) -> None:
        parent = self.parent()
        self.accept()
        if isinstance(parent, MovementDialog):
            parent.reload()


def acta_text(acta: ActaLine | None) -> str:
    """`Acta N° 012-2024-ULE, firmada`; empty while there is none."""
    if acta is None:
        return ""
    return f"{acta.number_text or acta.title}, {acta.state.lower()}"


def _moment(at: Any) -> str:
    return f"{format_date(at.date())} {at:%H:%M}"
