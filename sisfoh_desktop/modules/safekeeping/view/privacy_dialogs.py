"""The forms about personal data: they save on the worker and stay open when refused; pressed twice they store once."""

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.modules.safekeeping.rules.privacy import LONGEST_TEXT, DataBank, clean_bank
from sisfoh_desktop.modules.safekeeping.service import privacy
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.open_record import OpenRecord
from sisfoh_desktop.qtkit.page import Desk

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


class PrivacyForm(FormDialog):
    """A form over one record; subclasses build it, make the record in `taken` and save it in `store`."""

    field_by_code: ClassVar[Mapping[str, str]] = {}
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
        super().__init__(title, primary=primary, columns=columns, parent=parent, clock=desk.clock)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self.open_record: OpenRecord | None = None
        self._subject = subject
        self._token = str(uuid.uuid4())
        self._saved = False

    def taken(self, values: dict[str, Any]) -> Any:
        """What the checked values make; RuleError keeps the dialog open."""
        raise NotImplementedError

    def store(self, taken: Any, who: dict[str, Any]) -> Any:
        """Save it, on the worker; `who` are actor, now and token."""
        raise NotImplementedError

    def follow(self, record: Any, fresh: Callable[[], Any], fill: Callable[[Any], object], what: str) -> None:
        """What somebody else saves meanwhile is compared field by field."""
        self.open_record = OpenRecord(
            self, self.desk, subject=self._subject, record=record, fresh=fresh, fill=fill, what=what
        )

    def version(self) -> int:
        """The version of the record that the save must name."""
        assert self.open_record is not None
        return self.open_record.version

    def draft_key(self) -> str:
        return self._subject

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.fit()
            return False
        try:
            taken = self.taken(values)
        except RuleError as error:
            self._on_refused(error)
            return False
        who = {"actor": self.desk.actor, "now": self.desk.clock.now(), "token": self._token}
        self.set_busy(True)
        self.desk.tasks.run_change(
            partial(self.store, taken, who),
            touches={CHANGE},
            on_done=self._on_saved,
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def has_unsaved(self) -> bool:
        return self.form.is_modified() and not self._saved

    def _on_saved(self, _result: Any) -> None:
        self._saved = True
        self.accept()
        over = self.parentWidget()
        if over is not None:
            Toast.show_over(over, self.said)

    def _on_refused(self, error: SisfohError) -> None:
        self.set_busy(False)
        if self.open_record is not None and self.open_record.meets(error):
            return
        known = {code: name for code, name in self.field_by_code.items() if name in self.form.fields}
        self.form.show_refusal(error, known)
        self.fit()


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
        self._fill(bank)
        self.form.mark_saved()
        self.follow(bank, partial(privacy.load_bank, desk.db), self._fill, "el banco de datos")

    def taken(self, values: dict[str, Any]) -> DataBank:
        told: dict[str, Any] = {name: str(values[name] or "") for name in _FIELDS}
        return clean_bank(DataBank(**told))

    def store(self, taken: DataBank, who: dict[str, Any]) -> None:
        privacy.save_bank(self.desk.db, bank=taken, expected_version=self.version(), **who)

    def _fill(self, bank: DataBank) -> None:
        self.form.set_values({name: getattr(bank, name) for name in _FIELDS})
