"""The forms about personal data: they save on the worker and stay open when refused; pressed twice they store once."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.safekeeping.rules.privacy import LONGEST_TEXT, DataBank, clean_bank
from sisfoh_desktop.modules.safekeeping.service import privacy
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog

CHANGE = "safekeeping"
_FIELDS = (
    "name",
    "registration",
    "officer_name",
    "officer_contact",
    "purposes",
    "recipients",
    "measures",
)


class PrivacyForm(SavingDialog):
    """A form over one record; subclasses build it, make the record in `choice_from` and save it in `store`."""

    touches = frozenset({CHANGE})
    said = "Se guardó."

    def __init__(
        self,
        desk: Desk,
        title: str,
        *,
        subject: str,
        primary: str = "Guardar",
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, primary=primary, columns=columns, subject=subject, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.saved.connect(self._tell_saved)

    def store(self, taken: Any, who: dict[str, Any]) -> Any:
        """Save it, on the worker; `who` are actor, now and token."""
        raise NotImplementedError

    def job(self, choice: Any) -> Callable[[], Any]:
        who = {"actor": self.desk.actor, "now": self.desk.clock.now(), "token": self._token}
        return partial(self.store, choice, who)

    def version(self) -> int:
        """The version of the record that the save must name."""
        version: int = self.record.version
        return version

    def draft_key(self) -> str:
        return self._subject

    def _tell_saved(self, _answer: object) -> None:
        over = self.parentWidget()
        if over is not None:
            Toast.show_over(over, self.said)


class BankDialog(PrivacyForm):
    """What the office says of its bank of personal data."""

    field_by_code: ClassVar[Mapping[str, str]] = {"text_missing": "name"}
    said = "Se guardaron los datos del banco."

    def __init__(self, desk: Desk, bank: DataBank, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Banco de datos personales", subject=privacy.SUBJECT, parent=parent)
        form = self.form
        form.note(
            "De aquí salen el aviso de privacidad, el documento de seguridad y la descripción para inscribir el banco. "
            "Lo que quede vacío se imprime como «Pendiente»."
        )
        form.text("name", "Nombre del banco de datos", required=True, max_length=200)
        form.text(
            "registration",
            "Código de inscripción",
            max_length=100,
            hint="Vacío mientras no esté inscrito",
        )
        form.text("officer_name", "Oficial de datos personales", max_length=200, hint="Nombres y apellidos")
        form.text(
            "officer_contact",
            "Contacto público del oficial",
            max_length=200,
            hint="Correo, teléfono u oficina",
        )
        for name, label, hint in (
            ("purposes", "Finalidades", "Para qué se recopilan los datos"),
            (
                "recipients",
                "A quiénes se entregan",
                "Organismos o empresas que los reciben; «nadie» también vale",
            ),
            (
                "measures",
                "Medidas de la oficina",
                "Aparte de las del programa: armarios con llave, escritorio limpio, quién entra",
            ),
        ):
            form.long_text(name, label, max_length=LONGEST_TEXT, rows=2, hint=hint)
        self.fill(bank)
        self.form.mark_saved()
        self.edits(bank, privacy.SUBJECT, "el banco de datos", partial(privacy.load_bank, desk.db))

    def choice_from(self, values: dict[str, Any]) -> DataBank:
        told: dict[str, Any] = {name: str(values[name] or "") for name in _FIELDS}
        return clean_bank(DataBank(**told))

    def store(self, taken: DataBank, who: dict[str, Any]) -> None:
        privacy.save_bank(self.desk.db, bank=taken, expected_version=self.version(), **who)

    def fill(self, bank: DataBank) -> None:
        self.form.set_values({name: getattr(bank, name) for name in _FIELDS})
