"""Asks what to sign with: a certificate file or a card. The same dialog for every paper; nothing is kept.

Signing itself happens on the worker, in a service. Paths may be remembered on this PC, passwords never.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.secret_fields import SecretField

NOT_ACCREDITED = (
    "Esta firma se hace dentro del programa y no está acreditada ante la IOFE. Para una firma acreditada exporte "
    "el documento y fírmelo en ReFirma o Firma Perú."
)


@dataclass(frozen=True)
class SignChoice:
    """What to sign with. `path` for kind "p12"; `library` and `label` (of the token) for "pkcs11".

    `password` is the certificate's password or the card's PIN; it is never shown in a repr nor stored.
    """

    kind: Literal["p12", "pkcs11"]
    password: str = field(repr=False)
    path: str = ""
    library: str = ""
    label: str = ""


class SignDialog(TaskDialog):
    """ "Firmar <what>": certificate file or card, and its password."""

    def __init__(
        self,
        what: str,
        *,
        details: str = "",
        settings: PcSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"Firmar {what}", primary="Firmar", parent=parent)
        self._settings = settings
        self.choice: SignChoice | None = None
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(12)
        if details:
            text = QLabel(details)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            layout.addWidget(text)
        self.file_choice = QRadioButton("&Archivo de certificado (.p12, .pfx)")
        self.card_choice = QRadioButton("&Tarjeta, DNIe o token (PKCS#11)")
        self._choices = QButtonGroup(self)
        for choice in (self.file_choice, self.card_choice):
            self._choices.addButton(choice)
            layout.addWidget(choice)
        taken = [*self.button_letters, *letters_of((self.file_choice.text(), self.card_choice.text()))]
        self.file_form = Form(taken_letters=taken)
        self.file_form.text(
            "path",
            "Archivo",
            required=True,
            max_length=1000,
            accessory=self._browse("Archivo", self._pick_file),
        )
        self.file_form.add("password", SecretField("Contraseña"))
        self.card_form = Form(taken_letters=taken)
        self.card_form.text(
            "library",
            "Biblioteca del fabricante",
            required=True,
            max_length=1000,
            hint="El archivo que trae el programa de la tarjeta, por ejemplo un .dll o un .so.",
            accessory=self._browse("Biblioteca", self._pick_library),
        )
        self.card_form.text("label", "Etiqueta de la tarjeta", required=True, max_length=200)
        self.card_form.add("password", SecretField("PIN"))
        for form in (self.file_form, self.card_form):
            layout.addWidget(form)
        note = QLabel(NOT_ACCREDITED)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        note.setProperty("role", "caption")
        layout.addWidget(note)
        layout.addStretch(1)
        self.set_body(body)
        self._fill()
        self._choices.buttonToggled.connect(lambda: self._show_kind())
        self._show_kind()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        what: str,
        *,
        details: str = "",
        settings: PcSettings | None = None,
        warm: Callable[[], object] | None = None,
    ) -> SignChoice | None:
        """Ask what to sign with; None if the person left.

        `what` completes "Firmar ...", e.g. "la resolución 091-2024-GM/MPT". `details` says as whom and for
        which reason. `settings` remembers paths (never passwords). `warm` is called when the dialog opens, to
        load the signing libraries on the worker meanwhile.
        """
        dialog = cls(what, details=details, settings=settings, parent=parent)
        if warm is not None:
            warm()
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        choice = dialog.choice if accepted else None
        dialog.forget()
        dialog.deleteLater()
        return choice

    def submit(self) -> bool:
        card = self.card_choice.isChecked()
        form = self.card_form if card else self.file_form
        values = form.checked()
        if values is None:
            self.fit()
            return False
        name = "library" if card else "path"
        if not Path(values[name]).is_file():
            form.set_errors({name: f"No se encontró el archivo «{values[name]}»: elíjalo otra vez."})
            self.fit()
            return False
        # As typed: a password may begin or end with a space.
        password = form.fields["password"].raw()
        if card:
            self.choice = SignChoice("pkcs11", password, library=values["library"], label=values["label"])
        else:
            self.choice = SignChoice("p12", password, path=values["path"])
        self._remember(self.choice)
        return True

    def forget(self) -> None:
        """Wipe the typed passwords from the widgets."""
        for form in (self.file_form, self.card_form):
            password = form.fields["password"]
            assert isinstance(password, SecretField)
            password.wipe()
        self.choice = None

    def _fill(self) -> None:
        settings = self._settings or PcSettings()
        self.file_form.set_values({"path": settings.p12_path})
        self.card_form.set_values({"library": settings.pkcs11_library, "label": settings.pkcs11_label})
        use_card = bool(settings.pkcs11_library) and not settings.p12_path
        (self.card_choice if use_card else self.file_choice).setChecked(True)

    def _remember(self, choice: SignChoice) -> None:
        if self._settings is None:
            return
        if choice.kind == "p12":
            self._settings.p12_path = choice.path
        else:
            self._settings.pkcs11_library, self._settings.pkcs11_label = choice.library, choice.label

    def _show_kind(self) -> None:
        card = self.card_choice.isChecked()
        self.file_form.setVisible(not card)
        self.card_form.setVisible(card)
        form = self.card_form if card else self.file_form
        first_empty = next((one for one in form.fields.values() if one.is_empty()), None)
        if first_empty is not None:
            first_empty.editor.setFocus()
        self.fit()

    def _browse(self, what: str, pick: Callable[[], None]) -> QPushButton:
        button = QPushButton("Elegir…")
        button.setAutoDefault(False)
        button.setAccessibleName(f"Elegir: {what}")
        button.clicked.connect(lambda: pick())
        return button

    def _pick_file(self) -> None:
        self._pick(self.file_form, "path", "Certificados (*.p12 *.pfx);;Todos los archivos (*)")

    def _pick_library(self) -> None:
        self._pick(self.card_form, "library", "Bibliotecas (*.dll *.so *.dylib);;Todos los archivos (*)")

    def _pick(self, form: Form, name: str, kinds: str) -> None:
        field_ = form.fields[name]
        assert isinstance(field_, TextField)
        start = str(Path(field_.raw()).parent) if field_.raw() else str(Path.home())
        chosen, _kind = QFileDialog.getOpenFileName(self, field_.title, start, kinds)
        if chosen:
            field_.set_value(chosen)
