"""The forms of the remission and the publication, and what all forms of the tab "Entrega" share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.papers.rules import first_to_come
from sisfoh_desktop.modules.resoluciones.rules.delivery import Letter, PublicationEntry, Sending
from sisfoh_desktop.modules.resoluciones.view.changes import TOUCHES
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog
from sisfoh_desktop.qtkit.series_form import SeriesChoice, add_series_fields, series_choice

_SCANS = "Documentos e imágenes (*.pdf *.png *.jpg *.jpeg)"
_SENT_BY = ("Mesa de partes virtual", "Mesa de partes, en papel", "Correo electrónico", "Mensajería")


class LetterDialog(SavingDialog):
    """ "Oficio de remisión": what the clerk decides; the rest is locked data, seen in the preview."""

    touches = TOUCHES

    def __init__(
        self,
        desk: Desk,
        letter: Letter,
        told: str,
        units: Sequence[Unit],
        preview: Callable[[Letter], object],
        save: Save,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk, "Oficio de remisión", save, primary="Congelar y numerar", columns=2, parent=parent
        )
        self.form.note(told)
        self.form.date("dated", "Fecha", required=True)
        self.form.combo("unit", "Lo firma quien dirige", [(one.id, one.name) for one in units], required=True)
        self.form.text("addressee", "A nombre de", max_length=200)
        self.form.text("position", "Cargo", max_length=200)
        self.form.long_text("extra", "Párrafo adicional", max_length=2_000, rows=3)
        self.form.set_values(
            {
                "dated": letter.dated,
                "unit": letter.author_unit_id,
                "addressee": letter.addressee,
                "position": letter.position,
                "extra": letter.extra,
            }
        )
        self._preview = preview
        self.preview_button = self.add_button("Vista previa", self._on_preview)

    def choice_from(self, values: dict[str, Any]) -> Letter:
        return Letter(
            dated=values["dated"],
            author_unit_id=values["unit"],
            addressee=values["addressee"],
            position=values["position"],
            extra=values["extra"],
        )

    def _on_preview(self) -> None:
        values = self.form.checked()
        if values is not None:
            self._preview(self.choice_from(values))


class SeriesDialog(SavingDialog):
    """Confirms how the oficios are numbered and after which one they go on, the first time that one is made."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {
        "number_example_unclear": "mask",
        "number_mask_invalid": "mask",
    }

    def __init__(self, desk: Desk, title: str, mask: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "Serie de los oficios", save, primary="Crear la serie", columns=2, parent=parent
        )
        self._year = desk.clock.now().year
        add_series_fields(
            self.form,
            "Todavía no hay una serie que numere los oficios. Escriba el primer número del año tal como se imprime "
            "y, si este año ya se hicieron oficios sin el programa, el último.",
            (title, mask),
            self._year,
        )
        self.told = self.form.note("")
        self.form.changed.connect(self._tell)
        self._tell()

    def choice_from(self, values: dict[str, Any]) -> SeriesChoice:
        return series_choice(values)

    def _tell(self) -> None:
        try:
            last_used = int(self.form.value("last_number") or 0)
        except RuleError:
            last_used = 0
        self.told.setText(first_to_come(str(self.form.fields["mask"].raw()), last_used, self._year))


@dataclass(frozen=True)
class SendingAnswer:
    """How it was sent, and the path of its proof."""

    sending: Sending
    file: str


class SendingDialog(SavingDialog):
    """ "Registrar envío": date, channel, the body's registry number, proof."""

    touches = TOUCHES

    def __init__(self, desk: Desk, letter: str, told: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Registrar envío", save, primary="Registrar", columns=2, parent=parent)
        self.form.note(told)
        self.form.text("letter", "Oficio N°", required=True, max_length=120)
        self.form.date("sent_on", "Enviado el", required=True)
        self.form.combo("channel", "Por", [(one, one) for one in _SENT_BY], required=True)
        self.form.text("registry", "Registro que dio el organismo", max_length=120)
        add_file(self.form, "file", "Prueba del envío", self, required=True)
        self.form.set_values({"letter": letter, "sent_on": desk.clock.now().date(), "channel": _SENT_BY[0]})

    def choice_from(self, values: dict[str, Any]) -> SendingAnswer:
        sending = Sending(values["letter"], values["sent_on"], values["channel"], values["registry"])
        return SendingAnswer(sending, values["file"].strip())


@dataclass(frozen=True)
class PublicationAnswer:
    """What was published where, and the paths of the downloaded file and the capture."""

    entry: PublicationEntry
    file: str
    capture: str


class PublicationDialog(SavingDialog):
    """ "Registrar publicación": address, date, who, the public file, the capture of its page."""

    touches = TOUCHES

    def __init__(self, desk: Desk, units: Sequence[Unit], save: Save, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Registrar publicación", save, primary="Registrar", columns=2, parent=parent)
        self.form.text("url", "Dirección (URL)", required=True, max_length=500, wide=True)
        self.form.date("on", "Publicado el", required=True)
        self.form.text("by", "Quién publicó", required=True, max_length=200)
        self.form.combo(
            "unit", "Unidad que publicó", [(one.id, one.name) for one in units], required=True, wide=True
        )
        add_file(self.form, "file", "Archivo publicado, como se descarga", self, required=True)
        add_file(self.form, "capture", "Captura de la página (PNG o PDF)", self, required=True)
        self.form.long_text("note", "Nota", max_length=1_000, rows=2)
        self.form.set_values({"on": desk.clock.now().date()})

    def choice_from(self, values: dict[str, Any]) -> PublicationAnswer:
        entry = PublicationEntry(values["url"], values["on"], values["by"], values["unit"], values["note"])
        return PublicationAnswer(entry, values["file"].strip(), values["capture"].strip())


def add_file(form: Form, name: str, label: str, parent: QWidget, *, required: bool = False) -> None:
    """A field for the path of a scan, with a button that looks for it."""
    browse = QPushButton("Elegir…")
    browse.setAutoDefault(False)
    browse.setAccessibleName(f"Elegir: {label}")
    field = form.text(name, label, required=required, max_length=1_000, accessory=browse, wide=True)

    def pick() -> None:
        chosen = ask_file(parent, label)
        if chosen:
            field.set_value(chosen)

    browse.clicked.connect(lambda: pick())


def ask_file(parent: QWidget, title: str) -> str:
    """The path of a scan, or ""."""
    return QFileDialog.getOpenFileName(parent, title, "", _SCANS)[0]
