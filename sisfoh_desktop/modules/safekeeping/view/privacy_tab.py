"""The tab "Datos personales": what the office says of its bank, and which personal data the base holds."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.safekeeping.rules.inventory import columns_words
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank, gaps
from sisfoh_desktop.modules.safekeeping.rules.privacy_papers import SECURITY_KIND, or_pending
from sisfoh_desktop.modules.safekeeping.service import base_state, privacy, privacy_papers
from sisfoh_desktop.modules.safekeeping.service.inventory import Inventory, load_inventory
from sisfoh_desktop.modules.safekeeping.service.privacy_security import data_places
from sisfoh_desktop.modules.safekeeping.view.privacy_dialogs import BankDialog
from sisfoh_desktop.modules.safekeeping.view.privacy_emit import PaperToEmit, ask_to_emit, show_pdf
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.tabbed_page import PageTab

_FACTS = (
    ("Banco de datos", "name"),
    ("Inscripción", "registration"),
    ("Oficial", "officer_name"),
    ("Contacto", "officer_contact"),
)
_NOTE = (
    "El documento sale del estado real de la base y de este equipo: sistemas, inventario, roles, historial, "
    "respaldos y medidas. Lo que la oficina no dijo se imprime como «Pendiente». Al emitirlo se numera y queda en "
    "Papeles para su firma."
)


@dataclass(frozen=True)
class _Place:
    """Where data lie outside the tables."""

    place: str
    holds: str
    where: str


@dataclass(frozen=True)
class _Loaded:
    bank: DataBank
    inventory: Inventory
    places: tuple[_Place, ...]


class PrivacyTab(PageTab):
    """Facts of the bank above, the inventory below, then the other places."""

    key = "privacy"
    title = "Datos personales"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._loaded: _Loaded | None = None
        self.actions_made: list[QAction] = []
        self.bank_action = self._action("Datos del ba&nco…", self.edit_bank, "pencil")
        self.security_action = self._action("Docu&mento de seguridad…", self.emit_security, "shield-check")
        self.notice_action = self._action("A&viso de privacidad", self.show_notice, "printer")
        self.description_action = self._action("Descripción para inscribir", self.show_description)
        self.copy_action = self._action("Copiar la descripción", self.copy_description)
        self.history_action = self._action("Historial", self.show_history)
        only_for(desk.actor, privacy.RIGHT, self.bank_action, self.security_action)
        self.facts = {label: _value() for label, _name in _FACTS}
        self.chip = Chip()
        self.gaps = QLabel()
        self.gaps.setTextFormat(Qt.TextFormat.PlainText)
        self.gaps.setWordWrap(True)
        self.inventory = RowTable(
            self._columns(),
            key=lambda table: table.name,
            name="Inventario de datos personales",
            noun=("tabla con datos personales", "tablas con datos personales"),
        )
        self.inventory.selection_changed.connect(lambda _one: self._tell())
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setProperty("tone", "dim")
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setMinimumHeight(self.detail.fontMetrics().lineSpacing() * 2 + 4)
        self.places = RowTable(
            [
                Column("También hay datos en", lambda one: one.place, width=160),
                Column("Qué guarda", lambda one: one.holds),
                Column("Dónde está", lambda one: one.where),
            ],
            key=lambda one: one.place,
            name="Otros lugares con datos",
            noun=("lugar", "lugares"),
            filterable=False,
            whole_rows=True,
        )
        self._build_layout()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(_load, self.desk), self._on_loaded, owner=self)

    def actions_of_tab(self) -> list[QAction]:
        return self.actions_made

    def table(self) -> RowTable:
        return self.inventory

    def preview(self) -> bool:
        self.show_notice()
        return True

    def next_step(self) -> NextStep | None:
        if self._loaded is None or not self.desk.actor.may(privacy.RIGHT):
            return None
        missing = gaps(self._loaded.bank)
        if missing:
            return NextStep(
                "Complete el banco de datos",
                f"Falta: {', '.join(missing)}. Hasta entonces sus papeles dicen «Pendiente».",
                "Datos del banco…",
                run=self.bank_action.trigger,
            )
        return NextStep(
            "Emita el documento de seguridad",
            "Vuelva a emitirlo cuando cambien los usuarios, los equipos o las medidas de la oficina.",
            "Documento de seguridad…",
            run=self.security_action.trigger,
        )

    # -- orders ----------------------------------------------------------------------------------------

    def edit_bank(self) -> None:
        """Change what the office says of its bank."""
        if self._loaded is not None and self.bank_action.isVisible():
            BankDialog(self.desk, self._loaded.bank, self).open()

    def emit_security(self) -> None:
        """Look at the security document and emit it."""
        desk = self.desk
        ask_to_emit(
            desk,
            PaperToEmit(
                SECURITY_KIND,
                "Documento de seguridad",
                _NOTE,
                lambda who, round_: privacy_papers.preview_security(
                    desk.db, desk.archive, **who, settings=desk.settings, signers=round_
                ),
                lambda who, round_: privacy_papers.freeze_security(
                    desk.db, desk.archive, **who, settings=desk.settings, signers=round_
                ),
                "documento_seguridad.pdf",
            ),
            self,
        )

    def show_notice(self) -> None:
        """The notice for the public."""
        self._show(privacy_papers.notice_pdf, "Aviso de privacidad", "aviso_privacidad.pdf")

    def show_description(self) -> None:
        """What the registry asks, as a sheet."""
        self._show(privacy_papers.description_pdf, "Descripción del banco de datos", "descripcion_banco.pdf")

    def copy_description(self) -> None:
        """The same as text, field by field, for the registry's form."""

        def copied(text: str) -> None:
            QApplication.clipboard().setText(text)
            Toast.show_over(self, "La descripción está en el portapapeles.")

        self.desk.tasks.run_query(partial(privacy_papers.description, self.desk.db), copied, owner=self)

    def show_history(self) -> None:
        """Who changed the description of the bank, and how."""
        HistoryDialog.show_for(
            self, self.desk.tasks, "Banco de datos personales", partial(privacy.history, self.desk.db)
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _build_layout(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for number, (name, value) in enumerate(self.facts.items()):
            label = QLabel(name)
            label.setProperty("tone", "dim")
            grid.addWidget(label, number % 2, 2 * (number // 2), Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number % 2, 2 * (number // 2) + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self.gaps, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addLayout(state)
        layout.addWidget(self.inventory, 2)
        layout.addWidget(self.detail)
        layout.addWidget(self.places, 1)
        self.setFocusProxy(self.inventory)

    def _columns(self) -> list[Column]:
        return [
            Column("Tabla", lambda table: table.title),
            Column("De quiénes son", lambda table: table.holders),
            Column("Datos", self._kinds),
            Column(
                "Sensibles",
                lambda table: "Sí" if table.sensitive else "No",
                tone=lambda table: "warn" if table.sensitive else None,
                width=92,
            ),
            Column(
                "Filas",
                lambda table: format_number(table.row_count),
                lambda table: table.row_count,
                align="right",
                width=72,
            ),
        ]

    def _kinds(self, table: object) -> str:
        if self._loaded is None:
            return ""
        catalogue = self._loaded.inventory.catalogue
        kinds = dict.fromkeys(column.kind for column in table.columns)  # type: ignore[attr-defined]
        return ", ".join(catalogue.kind_label(kind) for kind in kinds)

    def _tell(self) -> None:
        table = self.inventory.selected()
        if table is None or self._loaded is None:
            self.detail.clear()
            return
        columns = "; ".join(columns_words(table, self._loaded.inventory.catalogue))
        why = dict.fromkeys(column.why for column in table.columns)
        self.detail.setText(f"{columns}. Para qué: {'; '.join(why)}.")

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        for label, name in _FACTS:
            self.facts[label].setText(or_pending(getattr(loaded.bank, name)))
        missing = gaps(loaded.bank)
        self.chip.set_state("warn" if missing else "ok", "Incompleto" if missing else "Completo")
        self.gaps.setText(f"Falta: {', '.join(missing)}." if missing else "El banco de datos está descrito.")
        self.inventory.set_rows(loaded.inventory.tables)
        self.places.set_rows(loaded.places)
        if self.inventory.selected() is None:
            self.inventory.view.select_row(0)
        self._tell()
        self.next_step_changed.emit()

    def _show(self, make: Callable[..., bytes], title: str, file_name: str) -> None:
        desk = self.desk
        desk.tasks.run_query(
            partial(make, desk.db, now=desk.clock.now()),
            lambda pdf: show_pdf(self, desk, pdf, title, file_name),
            owner=self,
        )

    def _action(self, text: str, slot: Callable[[], object], icon: str = "") -> QAction:
        made = QAction(text, self)
        made.triggered.connect(lambda _checked=False: slot())
        if icon:
            set_icon(made, icon)
        self.actions_made.append(made)
        return made


def _load(desk: Desk) -> _Loaded:
    state = base_state.look_at_base(desk.db)
    places = data_places(state, desk.archive, desk.settings)
    return _Loaded(
        privacy.load_bank(desk.db), load_inventory(desk.db), tuple(_Place(*one) for one in places[1:])
    )


def _value() -> QLabel:
    label = QLabel("…")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
