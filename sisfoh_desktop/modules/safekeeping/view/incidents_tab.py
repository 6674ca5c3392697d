"""The tab "Incidentes": what happened to personal data, and how each stands with its 48 hours."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.safekeeping.rules.incidents import (
    Clock,
    Incident,
    clock_of,
    clock_words,
    gaps,
    moment_words,
    step_taken,
)
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import INCIDENT_KIND
from sisfoh_desktop.modules.safekeeping.service import incidents, privacy, privacy_papers
from sisfoh_desktop.modules.safekeeping.view.incident_dialogs import CloseDialog, IncidentDialog, StepDialog
from sisfoh_desktop.modules.safekeeping.view.privacy_emit import PaperToEmit, ask_to_emit
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.tabbed_page import PageTab
from sisfoh_desktop.qtkit.theme import Tone

_NONE = (
    "No hay incidentes registrados: anote apenas se sepa toda pérdida, robo, acceso ajeno o publicación de datos "
    "personales."
)
_MINUTE = 60_000
_TONES: dict[Clock, Tone] = {
    Clock.WITHIN: "accent",
    Clock.SOON: "warn",
    Clock.OVERDUE: "danger",
    Clock.IN_TIME: "ok",
    Clock.LATE: "warn",
    Clock.UNREPORTED: "dim",
}
_NOTE = (
    "El informe lleva lo que pide el artículo 34.2; lo que no se sabe dice «Pendiente». Al emitirlo se numera y queda "
    "en Papeles para su firma. El programa no lo envía: anote después la comunicación."
)
_CLOSED = "El incidente está cerrado."
_CHOOSE = "Elija un incidente de la lista."


class IncidentsTab(PageTab):
    """The incidents, the last known first; the clock goes on while the tab is open."""

    key = "incidents"
    title = "Incidentes"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: list[Incident] | None = None
        self._wanted = 0
        self.actions_made: list[QAction] = []
        self.new_action = self._action("&Nuevo incidente…", self.new_record, "plus")
        self.edit_action = self._action("Co&mpletar…", self._edit, "pencil")
        self.step_action = self._action("Anotar &comunicación…", self._note_step, "file-plus")
        self.close_action = self._action("C&errar…", self._close)
        self.report_action = self._action("Informe para la &ANPD…", self._report, "scroll-text")
        self.history_action = self._action("Historial", self._show_history)
        changing = (
            self.new_action,
            self.edit_action,
            self.step_action,
            self.close_action,
            self.report_action,
        )
        self.may_manage = only_for(desk.actor, privacy.RIGHT, *changing)
        self.incidents = RowTable(
            self._columns(),
            name="Incidentes de seguridad",
            noun=("incidente", "incidentes"),
            empty_text=_NONE,
            empty_button="Registrar un incidente…" if self.may_manage else "",
            on_empty=self.new_record if self.may_manage else None,
        )
        self.incidents.menu_actions = self.actions_made[1:]
        self.incidents.activated.connect(lambda _one: self._edit())
        self.incidents.selection_changed.connect(lambda _one: self._refresh())
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setProperty("tone", "dim")
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setMinimumHeight(self.detail.fontMetrics().lineSpacing() * 4 + 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.incidents, 1)
        layout.addWidget(self.detail)
        self.setFocusProxy(self.incidents)
        edit_key = QShortcut(QKeySequence("F2"), self, self._edit)
        edit_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._tick = QTimer(self)
        self._tick.setInterval(_MINUTE)
        self._tick.timeout.connect(self._on_minute)
        self._tick.start()
        self._refresh()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(incidents.list_incidents, self.desk.db), self._on_loaded, owner=self
        )

    def actions_of_tab(self) -> list[QAction]:
        return self.actions_made

    def table(self) -> RowTable:
        return self.incidents

    def show_part(self, part: Any) -> None:
        """An incident by its id."""
        if isinstance(part, int) and part:
            self._wanted = part
            self._select_wanted()

    def new_record(self) -> bool:
        if not self.new_action.isVisible():
            return False
        IncidentDialog(self.desk, None, self).open()
        return True

    def next_step(self) -> NextStep | None:
        if self._lines is None or not self.may_manage:
            return None
        now = self.desk.clock.now()
        waiting = [one for one in self._lines if not one.closed and one.reported_at is None]
        if waiting:
            first = min(waiting, key=lambda one: one.due_at)
            return NextStep(
                "Comunique el incidente a la ANPD",
                f"{first.title}. Las 48 horas terminan el {moment_words(first.due_at)}. {clock_words(first, now)}.",
                "Anotar comunicación…",
                run=partial(self._open_step, first),
            )
        opened = [one for one in self._lines if not one.closed]
        if opened:
            return NextStep(
                "Cierre el incidente",
                f"{opened[0].title}. Ya se comunicó a la ANPD; avise a los titulares y anote cómo terminó.",
                "Cerrar…",
                run=partial(self._open_close, opened[0]),
            )
        return NextStep(
            "Si pasa algo, regístrelo enseguida",
            "Las 48 horas corren desde que la oficina lo supo, también en feriados y fines de semana.",
            "Nuevo incidente…",
            run=self.new_action.trigger,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _columns(self) -> list[Column]:
        return [
            Column(
                "Se supo",
                lambda one: moment_words(one.known_at),
                lambda one: one.known_at,
                align="center",
                width=128,
            ),
            Column("Qué pasó", lambda one: one.title),
            Column("Sensibles", lambda one: "Sí" if one.sensitive else "No", align="center", width=84),
            Column(
                "Titulares",
                lambda one: "No se sabe" if one.holder_count is None else format_number(one.holder_count),
                lambda one: one.holder_count,
                align="right",
                width=92,
            ),
            Column(
                "48 horas",
                lambda one: self._clock(one).label,
                lambda one: one.due_at,
                tone=lambda one: _TONES[self._clock(one)],
                tip=lambda one: clock_words(one, self.desk.clock.now()),
                width=172,
            ),
            Column("Paso", step_taken),
        ]

    def _clock(self, one: Incident) -> Clock:
        return clock_of(one, self.desk.clock.now())

    def _edit(self) -> None:
        one = self._chosen(self.edit_action)
        if one is not None:
            IncidentDialog(self.desk, one, self).open()

    def _note_step(self) -> None:
        one = self._chosen(self.step_action)
        if one is not None:
            self._open_step(one)

    def _open_step(self, one: Incident) -> None:
        StepDialog(self.desk, one, self).open()

    def _close(self) -> None:
        one = self._chosen(self.close_action)
        if one is not None:
            self._open_close(one)

    def _open_close(self, one: Incident) -> None:
        CloseDialog(self.desk, one, self).open()

    def _report(self) -> None:
        one = self._chosen(self.report_action)
        if one is None:
            return
        desk = self.desk
        ask_to_emit(
            desk,
            PaperToEmit(
                INCIDENT_KIND,
                f"Informe del incidente {one.id}",
                _NOTE,
                lambda who, round_: privacy_papers.preview_incident(
                    desk.db, **who, incident_id=one.id, signers=round_
                ),
                lambda who, round_: privacy_papers.freeze_incident(
                    desk.db, desk.archive, **who, incident_id=one.id, signers=round_
                ),
                "informe_incidente.pdf",
            ),
            self,
        )

    def _show_history(self) -> None:
        one = self._chosen(self.history_action)
        if one is not None:
            HistoryDialog.show_for(
                self, self.desk.tasks, f"Incidente {one.id}", partial(incidents.history, self.desk.db, one.id)
            )

    def _chosen(self, action: QAction) -> Incident | None:
        one: Incident | None = self.incidents.selected()
        return one if one is not None and action.isEnabled() and action.isVisible() else None

    def _on_loaded(self, lines: list[Incident]) -> None:
        self._lines = lines
        self.incidents.set_rows(lines)
        self._select_wanted()
        if lines and self.incidents.selected() is None:
            self.incidents.view.select_row(0)
        self._refresh()

    def _select_wanted(self) -> None:
        if self._wanted and self.incidents.select(self._wanted):
            self._wanted = 0

    def _on_minute(self) -> None:
        """The hours left are others than a minute ago."""
        if self._lines and self.isVisible():
            self.incidents.set_rows(self._lines)
            self._refresh()

    def _refresh(self) -> None:
        one: Incident | None = self.incidents.selected()
        for action in (self.edit_action, self.step_action, self.close_action):
            action.setEnabled(one is not None and not one.closed)
            action.setToolTip("" if action.isEnabled() else (_CLOSED if one is not None else _CHOOSE))
        for action in (self.report_action, self.history_action):
            action.setEnabled(one is not None)
        self.detail.setText(_detail(one, clock_words(one, self.desk.clock.now())) if one is not None else "")
        self.next_step_changed.emit()

    def _action(self, text: str, slot: Callable[[], object], icon: str = "") -> QAction:
        made = QAction(text, self)
        made.triggered.connect(lambda _checked=False: slot())
        if icon:
            set_icon(made, icon)
        self.actions_made.append(made)
        return made


def _detail(one: Incident, clock: str) -> str:
    """The chosen one in some lines."""
    missing = gaps(one)
    parts = [
        f"{clock}. Las 48 horas terminan el {moment_words(one.due_at)}.",
        f"Datos: {' '.join(one.data_kinds.split())}.",
    ]
    if one.report_document:
        parts.append(f"Comunicado con: {one.report_document}.")
    if missing and not one.closed:
        parts.append(f"Falta para el informe: {', '.join(missing)}.")
    if one.closing_note:
        parts.append(f"Cómo terminó: {' '.join(one.closing_note.split())}")
    return "\n".join(parts)
