"""The tab "Catálogo": campaigns, the types of the one on view, people and places; one list at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from sisfoh_desktop.modules.kardex.rules import Campaign, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.kardex.view.catalogue_dialogs import (
    CampaignDialog,
    CatalogueDialog,
    FormTypeDialog,
    StartDialog,
)
from sisfoh_desktop.modules.kardex.view.catalogue_people import EndDialog, HolderDialog
from sisfoh_desktop.modules.kardex.view.catalogue_rows import (
    campaign_columns,
    holder_columns,
    holder_order,
    period_text,
    type_columns,
)
from sisfoh_desktop.modules.kardex.view.tab import CATALOGUE, KardexTab
from sisfoh_desktop.qtkit.actions import make_action
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.reason_dialog import reveal_dni
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import EmptyState, RowTable
from sisfoh_desktop.qtkit.undo_offer import offer_undo

CAMPAIGNS, TYPES, HOLDERS = range(3)
_WORDS = ("Campañas", "Formularios", "Personas y lugares")
_NEW = ("&Nueva campaña…", "&Nuevo formulario…", "&Nueva persona o lugar…")


@dataclass(frozen=True)
class _Loaded:
    """What the tab shows; `earlier_types` is how many types the newest campaign has, to bring to the next one."""

    campaigns: list[Campaign] = field(default_factory=list)
    types: list[FormType] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    earlier_types: int = 0


def _load(db: Any, campaign_id: int) -> _Loaded:
    campaigns = catalogue.list_campaigns(db)
    return _Loaded(
        campaigns,
        catalogue.list_types(db, campaign_id) if campaign_id else [],
        catalogue.list_holders(db),
        len(catalogue.list_types(db, campaigns[0].id)) if campaigns else 0,
    )


class CatalogueTab(KardexTab):
    """What the kardex is kept about, and by whom."""

    key = "catalogue"
    title = "Catálogo"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._loaded: _Loaded | None = None
        self._new_wanted = False
        self._holder_wanted = 0
        self._names: dict[int, str] = {}
        self.new_action = make_action(self, _NEW[CAMPAIGNS], self._on_new, icon="plus")
        self.edit_action = make_action(self, "Ed&itar…", self._on_edit, icon="pencil")
        self.end_action = make_action(self, "Ce&sar…", self._on_end)
        self.history_action = make_action(self, "&Historial", self._on_history)
        self.dni_action = make_action(self, "&Ver DNI completo…", self._on_dni)
        only_for(desk.actor, "personal.view", self.dni_action)
        may_keep = only_for(desk.actor, CATALOGUE, self.new_action, self.edit_action, self.end_action)
        self.campaigns = RowTable(
            campaign_columns(self._today), name=_WORDS[CAMPAIGNS], noun=("campaña", "campañas")
        )
        self.types = RowTable(
            type_columns(self._today),
            name=_WORDS[TYPES],
            noun=("formulario", "formularios"),
            empty_text="Esta campaña todavía no tiene formularios.",
            empty_button="Nuevo formulario…" if may_keep else "",
            on_empty=self._new_type,
        )
        self.holders = RowTable(
            holder_columns(self._today, self._names),
            name=_WORDS[HOLDERS],
            noun=("persona o lugar", "personas y lugares"),
            empty_text="Todavía no hay personas ni lugares.",
            empty_button="Nueva persona o lugar…" if may_keep else "",
            on_empty=self._new_holder,
        )
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Qué lista se muestra")
        self.stack = QStackedWidget()
        for number, table in enumerate(self._tables):
            table.menu_actions = [self.edit_action, self.history_action]
            if number == HOLDERS:
                table.menu_actions.insert(1, self.end_action)
                table.menu_actions.append(self.dni_action)
            table.activated.connect(lambda _fact: self._on_edit())
            table.selection_changed.connect(lambda _fact: self._refresh())
            self.chooser.addItem(_WORDS[number])
            self.stack.addWidget(table)
        self.chooser.currentIndexChanged.connect(self._on_chosen)
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setProperty("tone", "dim")
        self.empty = EmptyState(self)
        self.empty.button.clicked.connect(self._start_kardex)
        self.empty.hide()
        self._lay_out()
        edit_key = QShortcut(QKeySequence("F2"), self, self._on_edit)
        edit_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._refresh()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(_load, self.desk.db, self.campaign_id), self._on_loaded, owner=self)

    def actions_of_tab(self) -> list[QAction]:
        if self._loaded is None or not self._loaded.campaigns:
            return []
        shown = [self.new_action, self.edit_action, self.end_action, self.history_action, self.dni_action]
        people_only = (self.end_action, self.dni_action)
        return shown if self._list() == HOLDERS else [one for one in shown if one not in people_only]

    def table(self) -> RowTable | None:
        return self._tables[self._list()] if self._loaded is not None and self._loaded.campaigns else None

    def show_part(self, part: Any) -> None:
        """A holder by its id."""
        if isinstance(part, int):
            self.show_list(HOLDERS)
            self._holder_wanted = 0 if self.holders.select(part) else part

    def new_record(self) -> bool:
        if not self.new_action.isVisible():
            return False
        self._on_new()
        return True

    def _on_new(self) -> None:
        loaded = self._loaded
        if loaded is None:  # asked before the lists came
            self._new_wanted = True
        elif not loaded.campaigns:
            self._start_kardex()
        elif self._list() == TYPES or (self.campaign_id and not loaded.types and self._list() == CAMPAIGNS):
            self.show_list(TYPES)
            self._new_type()
        elif self._list() == CAMPAIGNS:
            self._new_campaign()
        else:
            self._new_holder()

    def show_list(self, number: int) -> None:
        """Show CAMPAIGNS, TYPES or HOLDERS."""
        self.chooser.setCurrentIndex(number)

    # -- orders ----------------------------------------------------------------------------------------

    def _start_kardex(self) -> None:
        started = StartDialog(self.desk, self._saver(catalogue.start_kardex, "campaign"), self).ask()
        if started is not None:
            self.show_list(TYPES)

    def _new_campaign(self) -> None:
        loaded = self._loaded or _Loaded()
        verb = catalogue.add_campaign

        def save(choice: tuple[Campaign, int], token: str) -> object:
            return self._saver(verb, "campaign", copy_types_from=choice[1])(choice[0], token)

        earlier = loaded.campaigns[0] if loaded.campaigns else None
        CampaignDialog(
            self.desk, None, save, earlier=earlier, earlier_types=loaded.earlier_types, parent=self
        ).ask()

    def _new_type(self) -> None:
        if self.new_action.isEnabled():
            blank = FormType(self.campaign_id, "", "")
            FormTypeDialog(self.desk, blank, self._saver(catalogue.add_type, "form_type"), self).ask()

    def _new_holder(self) -> None:
        HolderDialog(
            self.desk, None, self._chiefs(None), self._saver(catalogue.add_holder, "holder"), self
        ).ask()

    def _on_edit(self) -> None:
        record = self._tables[self._list()].selected()
        if record is None or not self.edit_action.isEnabled():
            return
        db = self.desk.db
        if isinstance(record, Campaign):
            saver = self._saver(catalogue.save_campaign, "campaign")
            dialog: CatalogueDialog = CampaignDialog(
                self.desk, record, lambda choice, token: saver(choice[0], token), parent=self
            )
            fresh = partial(catalogue.load_campaign, db, record.id)
            dialog.edits(record, "kardex_campaign", f"la campaña {record.name}", fresh).ask()
        elif isinstance(record, FormType):
            dialog = FormTypeDialog(self.desk, record, self._saver(catalogue.save_type, "form_type"), self)
            fresh_type = partial(catalogue.load_type, db, record.id)
            dialog.edits(record, "kardex_form_type", f"el formulario {record.code}", fresh_type).ask()
        elif isinstance(record, Holder):
            save = self._saver(catalogue.save_holder, "holder")
            dialog = HolderDialog(self.desk, record, self._chiefs(record), save, self)
            fresh_holder = partial(catalogue.load_holder, db, record.id)
            dialog.edits(record, "kardex_holder", f"los datos de {record.name}", fresh_holder).ask()

    def _on_end(self) -> None:
        holder: Holder | None = self.holders.selected()
        if holder is None or not self.end_action.isEnabled():
            return

        def save(choice: Any, token: str) -> None:
            catalogue.end_holder(
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                holder_id=holder.id,
                expected_version=holder.version,
                until=choice[0],
                reason=choice[1],
                token=token,
            )

        crew = [one for one in self.holders.rows() if one.chief_id == holder.id and self._may_end(one)]
        if EndDialog(self.desk, holder, save, crew=crew, parent=self).ask() is not None:
            offer_undo(
                self,
                self.desk.tasks,
                f"Se registró el último día de {holder.name}.",
                partial(
                    self._saver(catalogue.save_holder, "holder"), replace(holder, version=holder.version + 1)
                ),
                {"kardex"},
                undone=f"{holder.name} sigue como estaba.",
            )

    def _on_history(self) -> None:
        record = self._tables[self._list()].selected()
        if record is None:
            return
        subject = {Campaign: "kardex_campaign", FormType: "kardex_form_type", Holder: "kardex_holder"}
        name = record.code if isinstance(record, FormType) else record.name
        load = partial(catalogue.history, self.desk.db, f"{subject[type(record)]}:{record.id}")
        HistoryDialog.show_for(self, self.desk.tasks, name, load)

    def _on_dni(self) -> None:
        holder: Holder | None = self.holders.selected()
        if holder is None:
            return
        db, actor, now = self.desk.db, self.desk.actor, self.desk.clock.now()

        def reveal(reason: str) -> str:
            return catalogue.reveal_dni(db, actor=actor, now=now, holder_id=holder.id, reason=reason)

        reveal_dni(self, self.desk.tasks, holder.name, reveal)

    # -- inside ----------------------------------------------------------------------------------------

    @property
    def _tables(self) -> tuple[RowTable, RowTable, RowTable]:
        return (self.campaigns, self.types, self.holders)

    def _today(self) -> Any:
        return self.desk.clock.now().date()

    def _list(self) -> int:
        return self.stack.currentIndex()

    def _campaign(self) -> Campaign | None:
        campaigns = self._loaded.campaigns if self._loaded is not None else []
        return next((one for one in campaigns if one.id == self.campaign_id), None)

    def _chiefs(self, holder: Holder | None) -> list[Holder]:
        """Crew chiefs not yet ended, and the one that the person has."""
        today = self._today()
        return [
            one
            for one in (self._loaded or _Loaded()).holders
            if one.kind is HolderKind.CREW_CHIEF
            and (
                one.valid_until is None or one.valid_until >= today or (holder and one.id == holder.chief_id)
            )
        ]

    def _saver(self, verb: Callable[..., Any], argument: str, **options: Any) -> Callable[[Any, str], object]:
        db, actor, clock = self.desk.db, self.desk.actor, self.desk.clock

        def save(chosen: Any, token: str) -> object:
            return verb(db, actor=actor, now=clock.now(), token=token, **{argument: chosen}, **options)

        return save

    def _lay_out(self) -> None:
        label = QLabel("&Mostrar")
        label.setBuddy(self.chooser)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label)
        head.addWidget(self.chooser)
        head.addStretch(1)
        self._lists = QWidget()
        column = QVBoxLayout(self._lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.detail)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._lists, 1)
        outer.addWidget(self.empty, 1)
        self.setFocusProxy(self.campaigns)

    def _on_chosen(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        self.setFocusProxy(self._tables[number])
        self.new_action.setText(_NEW[number])
        self._refresh()
        self.actions_changed.emit()

    def _on_loaded(self, loaded: _Loaded) -> None:
        today = self._today()
        self._loaded = loaded
        self._names.clear()
        self._names.update((one.id, one.name) for one in loaded.holders)
        holders = sorted(loaded.holders, key=lambda one: holder_order(one, today))
        lists: tuple[list[Any], ...] = (loaded.campaigns, loaded.types, holders)
        for table, rows in zip(self._tables, lists, strict=True):
            table.set_rows(rows)
            if rows and table.selected() is None:
                table.view.select_row(0)
        self._lists.setVisible(bool(loaded.campaigns))
        self.empty.hide()
        if not loaded.campaigns:
            self.empty.show_state(
                "Esta oficina todavía no lleva su kardex: inícielo con el nombre y el primer día de la campaña.",
                "Iniciar el kardex…" if self.new_action.isVisible() else "",
            )
        if self._holder_wanted and self.holders.select(self._holder_wanted):
            self._holder_wanted = 0
        self._refresh()
        self.actions_changed.emit()
        self.next_step_changed.emit()
        if self._new_wanted:
            self._new_wanted = False
            self.new_record()

    def _refresh(self) -> None:
        number, record = self._list(), self._tables[self._list()].selected()
        campaign = record if isinstance(record, Campaign) else self._campaign()
        closed = campaign is not None and campaign.closed_on is not None
        self.new_action.setEnabled(number != TYPES or (campaign is not None and not closed))
        self.edit_action.setEnabled(record is not None and not (closed and number != HOLDERS))
        self.end_action.setEnabled(isinstance(record, Holder) and self._may_end(record))
        self.history_action.setEnabled(record is not None)
        self.dni_action.setEnabled(isinstance(record, Holder) and bool(record.dni))
        self.detail.setText("  ·  ".join(part for part in self._details(record, closed=closed) if part))

    def _may_end(self, holder: Holder) -> bool:
        return holder.valid_until is None or holder.valid_until >= self._today()

    def _details(self, record: Any, *, closed: bool) -> tuple[str, ...]:
        if isinstance(record, Holder):
            return (record.name, period_text(record.valid_from, record.valid_until), record.document)
        if isinstance(record, FormType):
            frozen = "La campaña está cerrada: sus formularios no se cambian" if closed else ""
            return (record.title, period_text(record.valid_from, record.valid_until), frozen)
        if isinstance(record, Campaign):
            document = f"Cerrada con {record.closing_document}" if closed and record.closing_document else ""
            return (record.name, document)
        return ()
