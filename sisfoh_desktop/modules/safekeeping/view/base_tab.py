"""The tab "Base": which base this is, whether it is sound, whether it is encrypted, and where it may go."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.db.checks import Check
from sisfoh_desktop.modules.safekeeping.rules.backups import size_words
from sisfoh_desktop.modules.safekeeping.rules.base_state import BaseState, protection_words
from sisfoh_desktop.modules.safekeeping.service import base_state, checking
from sisfoh_desktop.modules.safekeeping.view.cipher_orders import CipherOrders
from sisfoh_desktop.modules.safekeeping.view.purge_orders import PurgeOrders
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.tabbed_page import PageTab

_NOT_CHECKED = "Todavía no se comprobó la base desde que se abrió el programa."
_FACTS = ("Base", "Dónde está", "Motor", "Tamaño", "Esquema", "Historial")


class BaseTab(PageTab):
    """Facts above, the report of the last check below."""

    key = "base"
    title = "Base"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.state: BaseState | None = None
        self._checking = False
        self.check_action = QAction("&Comprobar", self)
        self.check_action.setToolTip(
            "Revisar el archivo, los papeles, los números, el kardex, el POI y el historial"
        )
        set_icon(self.check_action, "shield-check")
        self.check_action.triggered.connect(lambda _checked=False: self.check())
        self.cipher = CipherOrders(desk, self)
        self.cipher.done.connect(self.reload)
        only_for(desk.actor, "base.manage", *self.cipher.actions)
        self.purge = PurgeOrders(desk, self)
        self.facts = {name: _value() for name in _FACTS}
        self.chip = Chip()
        self.protection = QLabel()
        self.protection.setTextFormat(Qt.TextFormat.PlainText)
        self.protection.setWordWrap(True)
        self.results = RowTable(
            _columns(),
            name="Resultado de la comprobación",
            noun=("revisión", "revisiones"),
            empty_text=_NOT_CHECKED,
            empty_button="Comprobar ahora",
            on_empty=self.check,
            filterable=False,
        )
        self.results.set_rows([])  # it says at once that nothing was checked
        self._build_layout()
        self._refresh()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(base_state.look_at_base, self.desk.db), self._on_loaded, owner=self)

    def actions_of_tab(self) -> list[QAction]:
        return [self.check_action, *self.cipher.actions, *self.purge.actions]

    def table(self) -> RowTable:
        return self.results

    def next_step(self) -> NextStep | None:
        state = self.state
        if state is None:
            return None
        if state.encrypted and not state.envelope:
            return NextStep(
                "Falta el sobre de la base",
                "La base está cifrada y su archivo .sobre no está al lado: si este equipo falla, se pierde. "
                "Emita una frase nueva.",
                "Emitir la frase…",
                enabled=self.cipher.renew_action.isEnabled() and self.cipher.renew_action.isVisible(),
                reason="Hace falta el permiso de cifrar la base.",
                run=self.cipher.renew_action.trigger,
            )
        return NextStep(
            "Compruebe la base",
            "Revisa el archivo, los papeles, los correlativos, los saldos y la cadena del historial. No cambia nada.",
            "Comprobar",
            enabled=self.check_action.isEnabled(),
            reason="Un momento: se está comprobando.",
            run=self.check_action.trigger,
        )

    # -- checking --------------------------------------------------------------------------------------

    def check(self) -> None:
        """Check the whole base on the worker, with a way out."""
        if self._checking:
            return
        self._checking = True
        self._refresh()
        desk = self.desk
        ProgressDialog.run_change(
            self,
            desk.tasks,
            "Comprobar la base",
            lambda progress: checking.check_base(
                desk.db, desk.archive, now=desk.clock.now(), progress=progress
            ),
            (),
            on_done=self._on_checked,
            on_error=self._on_refused,
            on_end=self._on_check_ended,
            noun="revisiones",
        )

    def _on_checked(self, checks: list[Check]) -> None:
        self.results.set_rows(checks)
        wrong = sum(not check.ok for check in checks)
        if wrong:
            show_error(
                self,
                f"{'Una revisión falló' if wrong == 1 else f'{wrong} revisiones fallaron'}; no se cambió nada. "
                "Conserve una copia de la base y avise a su técnico antes de seguir.",
                "La base tiene problemas",
            )
        else:
            Toast.show_over(self, "La base está sana: no se encontró ningún problema.")

    def _on_refused(self, error: SisfohError) -> None:
        Toast.show_over(self, error.sentence)

    def _on_check_ended(self) -> None:
        self._checking = False
        self._refresh()

    # -- inside ----------------------------------------------------------------------------------------

    def _build_layout(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        half = (len(_FACTS) + 1) // 2
        for number, name in enumerate(_FACTS):
            row, column = number % half, 2 * (number // half)
            label = QLabel(name)
            label.setProperty("tone", "dim")
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.facts[name], row, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        protection = QHBoxLayout()
        protection.setSpacing(8)
        protection.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        protection.addWidget(self.protection, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addLayout(protection)
        layout.addWidget(self.results, 1)
        self.setFocusProxy(self.results)

    def _on_loaded(self, state: BaseState) -> None:
        self.state = state
        values = (
            state.name,
            state.place,
            state.engine + (" (archivo de este equipo)" if state.local else " (servidor)"),
            "no se sabe" if state.byte_count is None else size_words(state.byte_count),
            state.revision,
            f"{format_number(state.entry_count)} anotaciones",
        )
        for name, value in zip(_FACTS, values, strict=True):
            self.facts[name].setText(value)
            self.facts[name].setToolTip(plain_tip(value))
        if not state.local:
            self.chip.set_state("dim", "Servidor")
        elif not state.encrypted:
            self.chip.set_state("dim", "Sin cifrar")
        else:
            self.chip.set_state("ok" if state.envelope else "warn", "Cifrada")
        self.protection.setText(" ".join([protection_words(state), *_plain_words(state)]))
        self.cipher.show_state(state)
        self._refresh()

    def _refresh(self) -> None:
        self.check_action.setEnabled(not self._checking)
        self.actions_changed.emit()
        self.next_step_changed.emit()


def _plain_words(state: BaseState) -> list[str]:
    if not state.plain_copies:
        return []
    return [
        f"Al lado quedan copias sin cifrar: {', '.join(state.plain_copies)}. Bórrelas o llévelas a un lugar seguro."
    ]


def _columns() -> list[Column]:
    return [
        Column("Revisión", lambda check: _titled(check.name), width=140),
        Column(
            "Resultado",
            lambda check: "Bien" if check.ok else "Falla",
            width=110,
            tone=lambda check: "ok" if check.ok else "danger",
        ),
        Column("Detalle", lambda check: check.detail),
    ]


def _titled(name: str) -> str:
    """The name of a check as `comprobar` gives it, with its capital."""
    return name.replace("poi ", "POI ") if name.startswith("poi ") else name[:1].upper() + name[1:]


def _value() -> QLabel:
    label = QLabel("…")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
