"""Asks what is registered of a signature by hand: the day, the pages, the scan. Reads no file by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog

_KINDS = "Escaneos (*.pdf *.jpg *.jpeg *.png);;Todos los archivos (*)"


@dataclass(frozen=True)
class InkChoice:
    """What the person registered; `path` is the scan."""

    signed_on: date
    pages: str
    path: str
    note: str


class InkDialog(SavingDialog):
    """ "Registrar firma en tinta": who signs is told, the day, the pages and the scan are asked.

    `pages` is how many the paper has; its boxes are on the last one, which is proposed.
    """

    field_by_code: ClassVar[Mapping[str, str]] = {"scan_missing": "path"}

    def __init__(
        self,
        desk: Desk,
        what: str,
        who: str,
        pages: int,
        save: Save,
        touches: Iterable[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            f"Registrar la firma en tinta de {what}",
            save,
            primary="Registrar",
            touches=touches,
            parent=parent,
        )
        self.form.note(
            f"Firma {who}. Se guarda el escaneo y queda anotado quién la registró. En el PDF su recuadro sigue vacío, "
            "y la verificación dice que esta firma fue en tinta."
        )
        self.form.date("signed_on", "Día en que firmó", required=True)
        many = f"Su recuadro está en la página {pages}. Si firmó cada hoja, escriba «todas»."
        self.form.text(
            "pages",
            "Páginas que firmó",
            required=True,
            max_length=60,
            hint=many if pages > 1 else "El documento tiene una sola página.",
        )
        button = QPushButton("Elegir…")
        button.setAutoDefault(False)
        button.setAccessibleName("Elegir: Escaneo")
        button.clicked.connect(self._pick)
        self.form.text(
            "path",
            "Escaneo",
            required=True,
            max_length=1000,
            hint="PDF con todas las páginas que firmó; JPG o PNG si firmó una sola. Hasta 40 MB.",
            accessory=button,
        )
        self.form.long_text("note", "Nota", max_length=500, rows=2)
        self.form.set_values({"pages": str(pages), "signed_on": desk.clock.now().date()})

    def choice_from(self, values: dict[str, Any]) -> InkChoice:
        if not Path(str(values["path"])).is_file():
            raise RuleError(
                "scan_missing", f"No se encontró el archivo «{values['path']}»: elíjalo otra vez."
            )
        return InkChoice(
            values["signed_on"], str(values["pages"]), str(values["path"]), str(values["note"] or "")
        )

    def _pick(self) -> None:
        field = self.form.fields["path"]
        assert isinstance(field, TextField)
        start = str(Path(field.raw()).parent) if field.raw() else str(Path.home())
        chosen, _kind = QFileDialog.getOpenFileName(self, field.title, start, _KINDS)
        if chosen:
            field.set_value(chosen)
