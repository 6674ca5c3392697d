"""Where the file was: each holder with its days, and the ways back, in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.expedientes.rules import HolderTime, TimeSpent
from sisfoh_desktop.qtkit.row_table import Column, RowTable


class TimeTab(QWidget):
    """Shows a TimeSpent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = QLabel()
        self.summary.setProperty("role", "section")
        self.reason = QLabel()
        self.reason.setProperty("tone", "dim")
        self.table = RowTable(
            _columns(),
            key=lambda holder: holder.party.label,
            name="Días que lo tuvo cada quien",
            noun=("unidad", "unidades"),
            empty_text="El expediente todavía no tiene documentos que contar.",
            filterable=False,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        for label in (self.summary, self.reason):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_time(self, spent: TimeSpent | None) -> None:
        """Show it, or that there is nothing to count."""
        self.summary.setVisible(spent is not None)
        self.reason.setVisible(spent is not None)
        self.table.set_rows(spent.holders if spent is not None else ())
        if spent is None:
            return
        days = "1 día calendario" if spent.calendar_days == 1 else f"{spent.calendar_days} días calendario"
        self.summary.setText(
            f"{days} ({spent.workdays} hábiles), del {format_date(spent.since)} al {format_date(spent.until)}."
        )
        told = [spent.start_reason]
        for loop in spent.loops:
            took = "1 día" if loop.calendar_days == 1 else f"{loop.calendar_days} días"
            ended = (
                f"la vuelta duró {took}, hasta el {format_date(loop.until)}" if loop.until else "sigue ahí"
            )
            told.append(
                f"{loop.sent_by.label} lo devolvió a {loop.sent_to.label} el {format_date(loop.since)} "
                f"({loop.document.title}); {ended}."
            )
        self.reason.setText("\n".join(told))


def _columns() -> list[Column]:
    return [
        Column("Unidad", lambda holder: holder.party.name or holder.party.label),
        Column("Siglas", lambda holder: holder.party.siglas, width=84),
        Column(
            "Días", lambda holder: str(holder.calendar_days), lambda holder: holder.calendar_days, "right", 64
        ),
        Column("Hábiles", lambda holder: str(holder.workdays), lambda holder: holder.workdays, "right", 74),
        Column("Veces", lambda holder: str(len(holder.stays)), lambda holder: len(holder.stays), "right", 64),
        Column("Cuándo", _when, width=200),
        Column(
            "Devuelto",
            lambda holder: "Devuelto" if _sent_back(holder) else "",
            tone=lambda holder: "warn" if _sent_back(holder) else None,
            width=104,
        ),
    ]


def _when(holder: HolderTime) -> str:
    return ", ".join(f"{stay.since:%d/%m}–{stay.until:%d/%m}" for stay in holder.stays)


def _sent_back(holder: HolderTime) -> bool:
    return any(stay.sent_back for stay in holder.stays)
