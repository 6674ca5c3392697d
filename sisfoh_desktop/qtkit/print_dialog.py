"""Asks how to print: printer, pages, copies, one or two on a sheet. The answer has the printer ready for A4."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.page_ranges import LONGEST_RANGES, chosen_pages, read_page_ranges
from sisfoh_desktop.qtkit import printers
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.messages import ask

MOST_COPIES = 99
_NO_PRINTER = (
    "Este equipo no tiene ninguna impresora instalada y no se puede imprimir. "
    "Guarde el documento con «Guardar como…» y llévelo a uno que la tenga."
)


@dataclass(frozen=True)
class PrintChoice:
    """How to print. `pages` is as typed («1-3, 5»; "" for all) and was checked."""

    printer: QPrinter
    pages: str
    copies: int
    two_up: bool


class PrintDialog(TaskDialog):
    """`kind` of paper says which printer is proposed. With `pages` the range is checked against so many."""

    def __init__(
        self, kind: str, *, pages: int = 0, above: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("Imprimir", primary="Imprimir", parent=parent)
        self._kind, self._pages = kind, pages
        self._printer: QPrinter | None = None
        self.choice: PrintChoice | None = None
        names = printers.printer_names()
        self.form = Form(columns=2, taken_letters=self.button_letters)
        self.printer = self.form.combo(
            "printer", "Impresora", [(name, name) for name in names], required=True, wide=True
        )
        self.warning = QLabel()
        self.warning.setTextFormat(Qt.TextFormat.PlainText)
        self.warning.setWordWrap(True)
        self.warning.setProperty("tone", "warn")
        self.pages = self.form.text(
            "pages",
            "Páginas" if pages else "Páginas de cada documento",
            max_length=LONGEST_RANGES,
            placeholder="Todas",
            hint=f"Del 1 al {pages}. Por ejemplo: 1-3, 5" if pages else "Por ejemplo: 1-3, 5",
        )
        self.copies = self.form.number("copies", "Copias", required=True, minimum=1, maximum=MOST_COPIES)
        self.two_up = self.form.check("two_up", "Dos páginas por hoja (A5 en A4)", wide=True)
        self.copies.set_value(1)
        self.printer.set_value(printers.usual_printer(kind))
        self.form.mark_saved()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if above is not None:
            column.addWidget(above, 1)
        column.addWidget(self.form)
        column.addWidget(self.warning)
        self.set_body(body)
        self.options_button = self.add_button("Opciones de la impresora…", self._on_options)
        self.printer.changed.connect(self._on_printer_changed)
        self._tell_paper()
        if not names:
            self.banner.show_sentence(_NO_PRINTER)
            for control in (self.form, self.primary_button, self.options_button):
                control.setEnabled(False)

    def ask_choice(self) -> PrintChoice | None:
        """Show the dialog; how to print, or None if the person left."""
        if self.exec() != QDialog.DialogCode.Accepted or self.choice is None:
            return None
        printers.remember_printer(self._kind, self.choice.printer.printerName())
        return self.choice

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            return False
        typed = values["pages"]
        try:
            chosen_pages(typed, self._pages) if self._pages else read_page_ranges(typed)
        except RuleError as error:
            self.form.show_refusal(error, {"page_ranges": "pages", "no_pages": "pages"})
            self.fit()
            return False
        printer = self._ready_printer()
        size = printer.pageLayout().pageSize()
        if size.id() != QPageSize.PageSizeId.A4 and not ask(
            self,
            "La impresora no está en A4",
            f"El papel elegido es {size.name()}; los documentos son A4 y saldrían reducidos.",
            "Imprimir así",
        ):
            return False
        self.choice = PrintChoice(printer, typed, values["copies"], values["two_up"])
        return True

    # -- inside ----------------------------------------------------------------------------------------

    def _ready_printer(self) -> QPrinter:
        """The chosen printer, with what was set in its own options."""
        if self._printer is None:
            self._printer = printers.printer_for_a4(self.printer.value() or "")
        return self._printer

    def _on_printer_changed(self) -> None:
        self._printer = None
        self._tell_paper()
        self.fit()

    def _tell_paper(self) -> None:
        name = self.printer.value()
        said = printers.paper_warning(name) if name else ""
        self.warning.setText(said)
        self.warning.setVisible(bool(said))

    def _on_options(self) -> None:
        """The system's own dialog, for trays and both sides; what this one asks stays here."""
        if self.printer.value() is None:
            return
        printer = self._ready_printer()
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("Opciones de la impresora")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.printer.set_value(printer.printerName())
            self._printer = printer
