"""What is missing in the matrix, as a list to filter; Enter goes to the line that must be mended."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.modules.responsibilities.rules import Gap
from sisfoh_desktop.modules.responsibilities.view.rows import Key
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import theme


def _key(gap: Gap) -> tuple[str, int, int]:
    return gap.kind.value, gap.unit_id, gap.duty_id


class GapsDialog(TaskDialog):
    """The gaps in the order of the annex."""

    def __init__(
        self, gaps: Sequence[Gap], print_report: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Lo que falta en la matriz", primary="Ir a la función", cancel="Cerrar", parent=parent, wide=True
        )
        self._print_report = print_report
        self.table = RowTable(
            [
                Column("N°", lambda gap: gap.code, width=56),
                Column(
                    "Brecha",
                    lambda gap: gap.kind.label,
                    tone=lambda gap: "danger" if gap.kind.is_late else "warn",
                    width=184,
                ),
                Column("Detalle", lambda gap: gap.detail, width=250),
                Column("Unidad", lambda gap: gap.unit),
            ],
            key=_key,
            name="Brechas de la matriz",
            noun=("brecha", "brechas"),
            empty_text="No falta nada en esta matriz.",
        )
        self.table.setMinimumSize(theme().px(700), theme().px(360))
        self.table.set_rows(gaps)
        self.table.activated.connect(lambda _gap: self.try_submit())
        self.table.selection_changed.connect(lambda gap: self.primary_button.setEnabled(gap is not None))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self.set_body(body)
        self.primary_button.setEnabled(bool(gaps))
        self.report_button = self.add_button("&Informe en PDF…", self._on_report)
        self.table.view.setFocus()

    @property
    def key(self) -> Key | None:
        """The line of the chosen gap."""
        gap: Gap | None = self.table.selected()
        if gap is None:
            return None
        return ("duty", gap.duty_id) if gap.duty_id else ("unit", gap.unit_id)

    def submit(self) -> bool:
        return self.key is not None

    def _on_report(self) -> None:
        self.reject()
        self._print_report()

    @classmethod
    def ask(
        cls, gaps: Sequence[Gap], print_report: Callable[[], object], parent: QWidget | None = None
    ) -> Key | None:
        """The line to go to, or None."""
        dialog = cls(gaps, print_report, parent)
        return dialog.key if dialog.exec() else None
