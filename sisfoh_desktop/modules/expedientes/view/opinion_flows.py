"""The orders over opinions: ask (F8), remind, register the answer, ask for more, withdraw, see the draft.

The dialogs ask; the worker does it. After a document is registered its answer is offered here.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import (
    Attachment,
    Document,
    ExpedienteState,
    OpinionAnswer,
    OpinionAsk,
    OpinionLine,
    OpinionMore,
    OpinionState,
)
from sisfoh_desktop.modules.expedientes.view.opinion_dialogs import (
    TOUCHES,
    AnswerDialog,
    AskDialog,
    RemindDialog,
)
from sisfoh_desktop.modules.expedientes.view.record import RecordView
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import ask
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.saving_reason import SavingReason


class OpinionFlows(QObject):
    """Actions over the opinions that `record` shows; `over` is the page."""

    def __init__(self, desk: Desk, record: RecordView, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._record, self._over = desk, record, over
        self.units: Sequence[Unit] = ()
        self.calendar = Calendar()
        self.days: int | None = None
        self.ask_action = self._action("&Pedir opinión…", self.ask, "files", "Pedir opinión (F8)")
        self.answer_action = self._action("Registrar &respuesta…", self._on_answer, "pencil")
        self.remind_action = self._action("Recor&dar…", self._on_remind)
        self.more_action = self._action("Pedir a&mpliación…", self._on_more)
        self.withdraw_action = self._action("Re&tirar el pedido…", self._on_withdraw)
        self.draft_action = self._action("&Ver el proyecto", self._on_draft)
        keys = QAction("Pedir opinión", over)
        keys.setShortcut(QKeySequence("F8"))
        keys.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.triggered.connect(self.ask_action.trigger)
        over.addAction(keys)
        may_edit = only_for(desk.actor, "expedientes.edit", keys, self.ask_action, *self.of_line[:-1])
        record.opinions.table.menu_actions = self.of_line
        record.opinions.table.set_empty_state(
            "Todavía no se pidió opinión a ninguna unidad.",
            "Pedir opinión" if may_edit else "",
            self.ask_action.trigger,
        )
        record.opinions.table.activated.connect(lambda _line: self.answer_action.trigger())

    @property
    def of_line(self) -> list[QAction]:
        """The orders over the chosen request."""
        return [
            self.answer_action,
            self.remind_action,
            self.more_action,
            self.withdraw_action,
            self.draft_action,
        ]

    def refresh(self, *, in_record: bool) -> None:
        """Which orders can be given now."""
        view = self._record.shown if in_record else None
        working = view is not None and view.expediente.state is not ExpedienteState.ARCHIVED
        line = self._record.opinions.line if working and self._record.in_opinions else None
        state = line.request.state if line is not None else None
        widened = (
            line is not None and view is not None and any(one.parent_id == line.id for one in view.opinions)
        )
        waiting = (
            line is not None
            and view is not None
            and any(one.parent_id == line.id and one.is_open for one in view.opinions)
        )
        self.ask_action.setEnabled(working)
        answered = state is OpinionState.ANSWERED
        self.answer_action.setEnabled(state is OpinionState.ASKED or (answered and not widened))
        self.answer_action.setText("Corregir &respuesta…" if answered else "Registrar &respuesta…")
        self.remind_action.setEnabled(state is OpinionState.ASKED)
        self.more_action.setEnabled(answered and not waiting)
        self.withdraw_action.setEnabled(state is OpinionState.ASKED)
        shown = self._record.opinions.line if view is not None and self._record.in_opinions else None
        self.draft_action.setEnabled(shown is not None and shown.request.draft is not None)

    # -- asking ----------------------------------------------------------------------------------------

    def ask(self, draft: service.Draft | None = None) -> None:
        """Ask an opinion about the expediente on view; `draft` is handed in by who has the act's pages."""
        view = self._record.shown
        if view is None:
            return
        dialog = AskDialog(
            self._desk,
            self.units,
            self.calendar,
            days=self.days,
            documents=view.expediente.documents,
            asking=self._record.document,
            draft=draft,
            parent=self._over,
        )
        expediente_id = view.expediente.id

        def change(values: dict[str, Any], token: str) -> object:
            return service.ask_opinions(
                self._desk.db,
                self._desk.archive,
                **self._who(),
                expediente_id=expediente_id,
                ask=OpinionAsk(
                    values["kind"],
                    values["units"],
                    values["asks"],
                    values["on"],
                    values["days"],
                    values["document_id"],
                ),
                draft=read_draft(dialog.draft(values)),
                without_chain=values.get("without_chain", ""),
                token=token,
            )

        dialog.saving_with(change)
        if dialog.exec():
            self._record.show_opinions()

    def _on_more(self) -> None:
        line, view = self._record.opinions.line, self._record.shown
        if line is None or view is None:
            return
        dialog = AskDialog(
            self._desk,
            self.units,
            self.calendar,
            days=self.days,
            documents=view.expediente.documents,
            widens=line,
            parent=self._over,
        )

        def change(values: dict[str, Any], token: str) -> object:
            return service.ask_more(
                self._desk.db,
                self._desk.archive,
                **self._who(),
                **_of(line),
                more=OpinionMore(values["asks"], values["on"], values["days"], values["document_id"]),
                draft=read_draft(dialog.draft(values)),
                without_chain=values.get("without_chain", ""),
                token=token,
            )

        dialog.saving_with(change)
        dialog.exec()

    # -- what came of it -------------------------------------------------------------------------------

    def remind(self, line: OpinionLine) -> None:
        """Note a reminder of this request."""
        dialog = RemindDialog(self._desk, line, self._over)

        def change(values: dict[str, Any], token: str) -> object:
            service.remind_opinion(
                self._desk.db, **self._who(), **_of(line), on=values["on"], note=values["note"], token=token
            )
            return None

        dialog.saving_with(change)
        dialog.exec()

    def _on_remind(self) -> None:
        line = self._record.opinions.line
        if line is not None:
            self.remind(line)

    def _on_answer(self) -> None:
        line = self._record.opinions.line
        if line is not None and self.answer_action.isEnabled():
            self._answer(line)

    def _answer(self, line: OpinionLine, answering: Document | None = None) -> None:
        view = self._record.shown
        if view is None:
            return
        documents = view.expediente.documents
        if answering is not None and all(one.id != answering.id for one in documents):
            documents = (*documents, answering)  # registered a moment ago: the page has not read it yet
        dialog = AnswerDialog(self._desk, line, documents, answering=answering, parent=self._over)

        def change(values: dict[str, Any], token: str) -> object:
            service.receive_opinion(
                self._desk.db,
                **self._who(),
                **_of(line),
                answer=OpinionAnswer(values["opinion"], values["on"], values["note"], values["document_id"]),
                token=token,
            )
            return None

        dialog.saving_with(change)
        dialog.exec()

    def offer_answers(self, document_ids: Sequence[int]) -> None:
        """After registering documents: those that answer a request may close it at once."""
        view = self._record.shown
        if view is None or not document_ids or not any(line.is_open for line in view.opinions):
            return
        self._desk.tasks.run_query(
            partial(
                service.opinions_answered_by,
                self._desk.db,
                view.expediente.id,
                list(document_ids),
                self._desk.clock.now().date(),
            ),
            self._on_answers_found,
            owner=self._over,
        )

    def _on_answers_found(self, found: list[tuple[OpinionLine, Document]]) -> None:
        for line, document in found:
            if ask(
                self._over,
                "¿Llegó lo pedido?",
                f"{document.title} responde al documento con que se pidió la {line.request.name}. "
                "Si la trae, registre la respuesta y el pedido queda cerrado.",
                "Registrar respuesta",
            ):
                self._answer(line, document)

    def _on_withdraw(self) -> None:
        line = self._record.opinions.line
        if line is None:
            return
        SavingReason(
            self._desk,
            f"Retirar el pedido a {line.unit}",
            "Deja de esperarse su respuesta. El pedido y el motivo quedan en el expediente.",
            lambda reason, token: service.withdraw_opinion(
                self._desk.db, **self._who(), **_of(line), reason=reason, token=token
            ),
            primary="Retirar",
            danger=True,
            touches=TOUCHES,
            subject=f"opinion:{line.id}",
            parent=self._over,
        ).ask()

    def _on_draft(self) -> None:
        line = self._record.opinions.line
        if line is not None:
            self._desk.tasks.run_query(
                partial(service.draft_bytes, self._desk.db, self._desk.archive, line.id),
                lambda found: self._show_draft(line, *found),
                owner=self._over,
            )

    def _show_draft(self, line: OpinionLine, attachment: Attachment, data: bytes) -> None:
        from sisfoh_desktop.modules.expedientes.view.file_view import show_file

        show_file(self._desk, f"Proyecto: {line.request.name}", attachment, data, self._over)

    # -- inside ----------------------------------------------------------------------------------------

    def _who(self) -> dict[str, Any]:
        return {"actor": self._desk.actor, "now": self._desk.clock.now()}

    def _action(self, text: str, run: Callable[[], object], icon_name: str = "", tip: str = "") -> QAction:
        made = QAction(text, self)
        made.triggered.connect(lambda _checked=False: run())
        if icon_name:
            set_icon(made, icon_name)
        if tip:
            made.setToolTip(tip)
        return made


def read_draft(given: "service.Draft | str") -> service.Draft | None:
    """What goes with a request, read on the worker; FileFailed when the file cannot be read."""
    if isinstance(given, service.Draft):
        return given
    if not given.strip():
        return None
    file = Path(given.strip())
    try:
        return service.Draft(file.name, file.read_bytes())
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{file.name}»; no se pidió nada. Revise que exista y elíjalo otra vez."
        ) from error


def _of(line: OpinionLine) -> dict[str, Any]:
    return {"opinion_id": line.id, "expected_version": line.request.version}
