"""What an office says of a number by hand: a document made outside used it, or it will never be used."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from sisfoh_desktop.basics.document_numbers import NumberMask
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import REASON_LIMIT, TITLE_LIMIT, Series
from sisfoh_desktop.modules.papers.view.series_dialogs import SeriesDialog
from sisfoh_desktop.qtkit.page import Desk

_SCANS = "Documento escaneado (*.pdf *.jpg *.jpeg *.png)"


class OutsideDialog(SeriesDialog):
    """ "Registrar documento hecho fuera": its number, date and matter, where it was made, its scan if there is one."""

    def __init__(
        self, desk: Desk, series: Series, year: int, number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, "Registrar documento hecho fuera del programa", parent)
        self._series, self._year = series, year
        self.scan: Path | None = None
        self.form.note(_where(series, year, number))
        self.form.number("number", "Número", required=True)
        self.form.date("dated", "Fecha del documento", required=True)
        self.form.text("title", "De qué trata", required=True, max_length=TITLE_LIMIT)
        self.form.long_text(
            "reason",
            "Dónde y por qué se hizo, como quedará en el registro",
            required=True,
            max_length=REASON_LIMIT,
            rows=2,
        )
        self._told = self.form.note("Sin copia escaneada.")
        self.add_button("Escaneo…", self.choose_scan)
        self.form.set_values({"number": number, "reason": "Se hizo en Word."})

    def choose_scan(self) -> None:
        """Ask for the file of the scan."""
        name, _ = QFileDialog.getOpenFileName(self, "Copia escaneada", "", _SCANS)
        if name:
            self.scan = Path(name)
            self._told.setText(f"Copia escaneada: {self.scan.name}")

    def change(self, values: dict[str, Any], token: str) -> Any:
        scan_sha256 = ""
        if self.scan is not None:
            scan_sha256 = service.keep_scan(self.desk.archive, self.scan)
        return service.register_outside(
            self.desk.db,
            series_id=self._series.id,
            year=self._year,
            number=int(values["number"]),
            dated=values["dated"],
            title=str(values["title"]),
            reason=str(values["reason"]),
            scan_sha256=scan_sha256,
            **self._who(token),
        )


class AnnulNumberDialog(SeriesDialog):
    """ "Anular número": one that nobody used and nobody will, with the reason that an auditor reads."""

    def __init__(
        self, desk: Desk, series: Series, year: int, number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, "Anular número sin usar", parent, primary="Anular")
        self._series, self._year = series, year
        self.primary_button.setProperty("role", "danger")
        self.form.note(_where(series, year, number))
        self.form.note("Un número anulado queda en el registro con su motivo y no se da otra vez.")
        self.form.number("number", "Número", required=True)
        self.form.long_text(
            "reason", "Motivo, como quedará en el registro", required=True, max_length=REASON_LIMIT, rows=3
        )
        self.form.set_values({"number": number})

    def change(self, values: dict[str, Any], token: str) -> Any:
        return service.annul_number(
            self.desk.db,
            series_id=self._series.id,
            year=self._year,
            number=int(values["number"]),
            reason=str(values["reason"]),
            **self._who(token),
        )


def _where(series: Series, year: int, number: int) -> str:
    return (
        f"{series.title}, año {year}. El {number} se imprime {NumberMask(series.mask).format(number, year)}."
    )
