"""Registro: movements one after another, and the blank row below them in which the next one is typed.

The row and its keys are in `register_entry`, the list in `register_list` and `register_pages`, the filters in
`register_filters`.
"""

from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.drafts import Draft
from sisfoh_desktop.basics.errors import EnvironmentFailed, SisfohError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.kardex.rules import NewMovement
from sisfoh_desktop.modules.kardex.rules.reading import MovementLine, RegisterFilter, RegisterPage
from sisfoh_desktop.modules.kardex.service import moving, reading
from sisfoh_desktop.modules.kardex.view import register_asks as asks
from sisfoh_desktop.modules.kardex.view import register_draft, register_pages
from sisfoh_desktop.modules.kardex.view.register_asks import RegisterFacts
from sisfoh_desktop.modules.kardex.view.register_entry import EntryRow
from sisfoh_desktop.modules.kardex.view.register_filters import RegisterFilters
from sisfoh_desktop.modules.kardex.view.register_list import RegisterList
from sisfoh_desktop.modules.kardex.view.register_loading import RegisterLoaded, asked_of, load_register
from sisfoh_desktop.modules.kardex.view.register_orders import RegisterOrders
from sisfoh_desktop.modules.kardex.view.register_pages import RegisterPages
from sisfoh_desktop.modules.kardex.view.tab import MOVE, READ_AGAIN, TOUCHES, KardexTab, unread_step
from sisfoh_desktop.qtkit.page import Desk, NextStep, SeenList
from sisfoh_desktop.qtkit.record_draft import RecordDraft
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for

MANY_FORMS = 2_000  # from so many on, the count is told while they are registered


class RegisterTab(KardexTab):
    """The register of the campaign on view."""

    key = "register"
    title = "Registro"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._token = ""
        self._sent_movement: NewMovement | None = None
        self._facts = RegisterFacts()
        self._select_id = 0
        self.filters = RegisterFilters(desk.clock)
        self.filters.changed.connect(self._on_filter_changed)
        self.list = RegisterList()
        self.list.activated.connect(self.open_movement)
        self.list.left_down.connect(self._enter_row)
        self.list.filters_changed.connect(self.reload)
        self.filters.orders_asked.connect(self.list.orders.open_menu)
        self.filters.left.connect(self.list.view.setFocus)
        self.pages = RegisterPages(desk, self, self.list)
        self.pages.changed.connect(self._on_pages_changed)
        self.entry = EntryRow(desk.clock)
        self.entry.committed.connect(self.register)
        self.entry.numbers_wanted.connect(self._propose_numbers)
        self.entry.left_up.connect(self.list.select_last)
        self.entry.changed.connect(self._show_foot)
        self.list.places_changed.connect(self.entry.place_cells)
        self.foot = QLabel()
        self.foot.setProperty("role", "caption")
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        self._counted: int | None = None
        self._in_hand = 0
        self._was_read = self._was_asked = False  # a list that did not come is not an empty one
        self.orders = RegisterOrders(desk, self, self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.filters)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.entry)
        layout.addStretch(0)
        layout.addWidget(self.foot)
        self._may_move = only_for(desk.actor, MOVE, self.entry)
        self._followed = 0
        self.draft = RecordDraft(
            layout,
            register_draft.DRAFT_TITLE,
            lambda: register_draft.typed_cells(self.entry),
            self._bring,
            self,
            row=layout.indexOf(self.entry),
        )
        self.entry.changed.connect(self.draft.edited)
        self.setFocusProxy(self.entry if self._may_move else self.list)
        self.list.empty.button.clicked.connect(self._on_empty_clicked)

    def event(self, event: QEvent) -> bool:
        """The list gets what the others leave, in whole rows."""
        used = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            layout = self.layout()
            assert layout is not None
            others: list[QWidget] = [self.filters, *((self.entry,) if self._may_move else ()), self.foot]
            if self.draft.offer is not None and not self.draft.offer.isHidden():
                others.append(self.draft.offer)
            taken = sum(
                one.heightForWidth(self.width()) if one.hasHeightForWidth() else one.sizeHint().height()
                for one in others
            )
            self.list.set_room(self.height() - taken - layout.spacing() * len(others))
        return used

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.entry.setEnabled(self.campaign_id > 0)
        self.filters.setEnabled(self.campaign_id > 0)
        self.pages.campaign_id = self.campaign_id
        if not self.campaign_id:
            self.pages.show_newest(RegisterPage())
            return
        asked = self.pages.ask_anew()
        self.desk.tasks.run_query(
            partial(
                load_register,
                *(
                    self.desk.db,
                    self.campaign_id,
                    self.pages.wanted,
                    register_pages.PAGE,
                    self.pages.place(),
                    self.list.keeper(),
                ),
            ),
            partial(self._on_loaded, asked),
            owner=self,
            on_end=partial(self._on_asked, asked),
        )

    def show_part(self, part: Any) -> None:
        """A movement's id: shown whole. ("day_return", holder): that person's. ("adjustments",): those that wait."""
        if not isinstance(part, tuple):
            self._select_id = int(part)
            self.list.select(self._select_id)
            self.desk.tasks.run_query(
                partial(reading.load_movement, self.desk.db, self._select_id),
                lambda movement: self.orders.open_movement(movement.id),
                owner=self,
            )
        elif part[0] == "day_return" and self._may_move:
            self.orders.open_day_return(part[1])
        elif part[0] == "adjustments":
            self.orders.open_adjustments()

    def actions_of_tab(self) -> list[QAction]:
        return self.orders.actions

    def next_step(self) -> NextStep | None:
        if self._was_asked and not self._was_read:
            return unread_step(self.reload)
        settle = self.orders.settle_step()
        if settle is not None or not self._in_hand:
            return settle
        step = NextStep(
            "Registre el retorno del día",
            f"Hay {format_number(self._in_hand)} formularios en poder del personal de campo: al volver, diga qué usó, "
            "qué se anuló y qué devuelve cada uno.",
            "Retorno del día",
            run=self.orders.day_return.trigger,
        )
        return step_for(self.desk.actor, MOVE, step)

    def table(self) -> SeenList:
        """The register is no RowTable, but answers what the window asks of one."""
        return self

    @property
    def view(self) -> QAbstractItemView:
        return self.list.view

    def focus_filter(self) -> None:
        self.filters.focus_filter()

    def as_seen(self) -> tuple[list[str], list[list[str]]]:
        return self.list.as_seen()

    def export_list(self) -> bool:
        """All the movements that fit the filters, not only those fetched so far, as a workbook."""
        from sisfoh_desktop.modules.kardex.service import exporting
        from sisfoh_desktop.qtkit.workbook_saving import save_workbook

        if not self.campaign_id:
            return False
        wanted = asked_of(self.pages.wanted) | {"keep": self.list.keeper()}

        def make(progress: Progress) -> bytes:
            return exporting.register_workbook(
                self.desk.db, campaign_id=self.campaign_id, **wanted, progress=progress
            )

        save_workbook(
            self,
            self.desk.tasks,
            "Exportar el registro",
            "Registro del kardex.xlsx",
            make,
            noun="movimientos",
        )
        return True

    def has_unsaved(self) -> bool:
        return self.entry.has_content()

    def new_record(self) -> bool:
        self._enter_row()
        return self._may_move and self.campaign_id > 0

    def save(self) -> bool:
        if not self.entry.has_content():
            return False
        self.entry.commit()
        return True

    def preview(self) -> bool:
        """The kardex card of the chosen movement's form; without one, of that in the blank row."""
        line, form_type = self.list.selected(), self.entry.form_type
        if not self.campaign_id:
            return False
        if line is not None:
            self.orders.show_card(line.type_id, line.type_code)
        elif form_type is not None:
            self.orders.show_card(form_type.id, form_type.code)
        else:
            self.orders.show_card(0, "")
        return True

    def cancel(self) -> bool:
        return self.entry.cancel()

    # -- registering -----------------------------------------------------------------------------------

    def register(self, movement: NewMovement) -> None:
        """Record a movement on the worker; what was typed stays until it is recorded."""
        if movement != self._sent_movement:
            # The same row sent again after an answer that was lost bears the same token and never doubles.
            self._token, self._sent_movement = str(uuid4()), movement
        self.entry.set_busy(True)
        change = partial(
            moving.register_movement,
            self.desk.db,
            actor=self.desk.actor,
            now=self.desk.clock.now(),
            movement=movement,
            token=self._token,
        )
        texts = self.entry.texts()
        if movement.form_count < MANY_FORMS:
            self.desk.tasks.run_change(
                change,
                TOUCHES,
                on_done=lambda _id: self._on_registered(movement, texts),
                on_error=self._on_refused,
                owner=self,
                on_end=lambda: self.entry.set_busy(False),
            )
            return
        from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog

        def work(progress: Progress) -> int:
            return change(progress=progress)

        ProgressDialog.run_change(
            self,
            self.desk.tasks,
            f"Registrando {movement.kind.label.lower()}",
            work,
            TOUCHES,
            on_done=lambda _id: self._on_registered(movement, texts),
            on_error=self._on_refused,
            on_end=lambda: self.entry.set_busy(False),
        )

    def _on_registered(self, movement: NewMovement, texts: dict[str, str]) -> None:
        self.pages.forget_place()  # what was registered is to be seen, at the end
        self._token, self._sent_movement = "", None
        self.entry.set_busy(False)
        self.entry.set_previous(texts)
        self.entry.clear_row()
        self.draft.keep()  # at once: what was registered is never offered
        count = movement.form_count
        self.entry.tell(
            f"Se registró: {movement.kind.label}, {format_number(count)} "
            f"{'formulario' if count == 1 else 'formularios'}. La fila de abajo espera el siguiente.",
            "ok",
        )
        if self.isVisible():
            self.entry.start()

    def _on_refused(self, error: SisfohError) -> None:
        self.entry.set_busy(False)
        if not isinstance(error, EnvironmentFailed):
            self._token, self._sent_movement = "", None  # nothing was recorded: the next try is a new one
        self.entry.show_refusal(error)

    def _propose_numbers(self, type_id: int, holder_id: int, count: int) -> None:
        self.desk.tasks.run_query(
            partial(moving.lowest_free, self.desk.db, type_id=type_id, holder_id=holder_id, count=count),
            self.entry.take_numbers,
            owner=self,
        )

    def open_movement(self, line: MovementLine) -> None:
        """All of a registered movement."""
        self.orders.open_movement(line.id)

    # -- what outlives a power cut ---------------------------------------------------------------------

    def _follow_row(self) -> None:
        """The row belongs to the campaign on view: what it holds is kept there."""
        campaign_id = self.pages.campaign_id if self._may_move else 0
        if campaign_id != self._followed:
            self._followed = campaign_id
            self.draft.follow(register_draft.draft_key(campaign_id))
            self.draft.edited()

    def _bring(self, draft: Draft) -> None:
        if not register_draft.bring_cells(self.entry, draft) and self.draft.offer is not None:
            self.draft.offer.show()  # not taken yet

    # -- pages -----------------------------------------------------------------------------------------

    def _on_filter_changed(self, wanted: RegisterFilter) -> None:
        self.pages.wanted = wanted
        self.reload()

    def _on_loaded(self, asked: int, loaded: RegisterLoaded) -> None:
        if self.pages.is_late(asked):
            return
        self._was_read = True
        self._facts, self._counted, self._in_hand = loaded.facts, loaded.counted, loaded.in_hand
        self.orders.refresh(loaded.waiting)
        self.list.choices["Form."] = [one.code for one in loaded.facts.types]
        self.filters.set_choices(loaded.facts.types, loaded.facts.holders)
        self.entry.set_facts(loaded.facts)
        if loaded.page.lines and not self.entry.knows_previous:
            self.entry.set_previous(asks.texts_of(loaded.page.lines[-1]))
        if loaded.in_place:
            self.pages.show_again(loaded.page)
        else:
            self.pages.show_newest(loaded.page)
        self._follow_row()  # the row knows now what can be chosen in it
        self.next_step_changed.emit()

    def _on_asked(self, asked: int) -> None:
        if not self._was_read and not self.pages.is_late(asked):
            self._was_asked = True
            self.list.empty.show_state("No se pudo leer el registro.", READ_AGAIN)
            self.next_step_changed.emit()

    def _on_pages_changed(self) -> None:
        if self._select_id and self.list.select(self._select_id):
            self._select_id = 0
        self._tell_empty()
        self._show_foot()

    # -- words -----------------------------------------------------------------------------------------

    def _enter_row(self) -> None:
        if self._may_move:
            self.entry.start()

    def _tell_empty(self) -> None:
        model, empty = self.list.model, self.list.empty
        searching = bool(self.pages.wanted.text) or self.list.is_filtered
        if model.rowCount() or (model.earlier and searching):
            empty.hide()
        elif not self.campaign_id:
            empty.show_state("Todavía no hay una campaña: ábrala en Catálogo.", "")
        elif not self._shows_all:
            empty.show_state("Ningún movimiento coincide con los filtros.", "Quitar filtros")
        elif not self._may_move:
            empty.show_state("Todavía no hay movimientos en esta campaña.", "")
        else:
            empty.show_state(
                "Todavía no hay movimientos: escriba el primero en la fila de abajo o traiga su kardex de una hoja de "
                "cálculo.",
                "Importar…",
            )

    def _on_empty_clicked(self) -> None:
        if not self._was_read:
            self.reload()
        elif self._shows_all:
            self.orders.bring_file()
        else:
            self._clear_filters()

    @property
    def _shows_all(self) -> bool:
        return self.pages.wanted.shows_all and not self.list.is_filtered

    def _clear_filters(self) -> None:
        self.list.clear_filters()
        self.filters.clear()

    def _show_foot(self) -> None:
        held = self.list.model.rowCount()
        self.orders.refresh()
        if not self.campaign_id:
            self.foot.setText("")
            return
        if self._counted is not None:
            told = f"{format_number(self._counted)} {'movimiento' if self._counted == 1 else 'movimientos'}"
        elif self.list.model.earlier:
            told = f"{format_number(held)} a la vista; hay más arriba"
        else:
            told = f"{format_number(held)} {'movimiento' if held == 1 else 'movimientos'} con estos filtros"
        form_type = self.entry.form_type
        if form_type is not None:
            left = self._facts.in_stock.get(form_type.id, 0)
            told += f"  ·  En almacén: {format_number(left)} {form_type.code}"
        if self.entry.has_content():
            told += "  ·  F7: observación"
        self.foot.setText(told)
