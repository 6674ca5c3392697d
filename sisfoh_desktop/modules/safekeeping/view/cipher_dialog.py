"""The assistant of the encryption: what it does, the sheet for the envelope, and two groups of it typed back.

The phrase is seen on the sheet alone, printed or on view to be copied by hand; it is never saved.
"""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.basics.recovery_phrase import GROUP_LETTERS, GROUPS
from sisfoh_desktop.modules.safekeeping.service import encryption
from sisfoh_desktop.modules.safekeeping.service.encryption import NewPhrase
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.phrase_field import PhraseField
from sisfoh_desktop.qtkit.preview import PreviewDialog, Renderer

_ENCRYPT_WORDS = (
    "El archivo de la base solo se leerá con su clave. Este equipo la guarda en su llavero y la usa sin preguntar.",
    (
        "Si el equipo se pierde o se cambia, la base se abre con una frase de recuperación. Imprímala, guárdela en un "
        "sobre lacrado y entréguelo a quien corresponda: sin equipo y sin frase nadie puede recuperar los datos."
    ),
    "No se cifran los papeles del archivo (PDF y adjuntos) ni los respaldos y copias que ya se hicieron.",
    "Cierre el programa en las otras ventanas. Necesita espacio libre para otra copia de la base.",
)
_RENEW_WORDS = (
    "La frase nueva reemplaza a la anterior: destruya la hoja del sobre viejo. La clave de la base no cambia.",
    "Los respaldos que ya se hicieron llevan su propio sobre y se siguen abriendo con la frase de entonces.",
)
_FEWEST, _ASKED = 1, 2


class SheetPreview(PreviewDialog):
    """The sheet to be printed; it cannot be saved as a file."""

    def __init__(self, pdf: bytes, desk: Desk, parent: QWidget) -> None:
        from sisfoh_desktop.documents import rendering

        super().__init__(
            pdf,
            "Hoja para el sobre lacrado",
            renderer=Renderer(rendering.page_count, rendering.render_page),
            tasks=desk.tasks,
            file_name="hoja_del_sobre.pdf",
            kind="sobre",
            parent=parent,
        )
        self.save_button.hide()

    def save_as(self) -> None:
        """Nothing: a phrase in a file would be as good as a key under the mat."""


class CipherDialog(TaskDialog):
    """Ends accepted with the phrase confirmed; `on_confirmed(phrase, dialog)` then does the work."""

    usual_width = 540

    def __init__(
        self,
        desk: Desk,
        phrase: NewPhrase,
        *,
        renewing: bool,
        on_confirmed: Callable[[NewPhrase, "CipherDialog"], object],
        parent: QWidget | None = None,
    ) -> None:
        title = "Emitir otra frase de recuperación" if renewing else "Cifrar la base"
        super().__init__(title, primary="Usar esta frase" if renewing else "Cifrar la base", parent=parent)
        self.desk, self.phrase, self._on_confirmed = desk, phrase, on_confirmed
        self.places = sorted(random.sample(range(_FEWEST, GROUPS + 1), _ASKED))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(8)
        for words in _RENEW_WORDS if renewing else _ENCRYPT_WORDS:
            layout.addWidget(_words(words))
        self.sheet_button = QPushButton(" &Ver e imprimir la hoja…")
        set_icon(self.sheet_button, "printer")
        self.sheet_button.setAutoDefault(False)
        self.sheet_button.clicked.connect(lambda: self.show_sheet())
        layout.addSpacing(4)
        layout.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = Form(columns=2, taken_letters=[*self.button_letters, "v"])
        self.form.note("Con la hoja en la mano, copie de ella estos dos grupos:")
        for place in self.places:
            self.form.add(f"group{place}", PhraseField(f"Grupo {place}", max_length=2 * GROUP_LETTERS))
        layout.addWidget(self.form)
        self.set_body(body)
        self.form.setEnabled(False)
        self.primary_button.setEnabled(False)
        self.primary_button.setToolTip("Vea primero la hoja.")

    def show_sheet(self) -> None:
        """Set the sheet on the worker and show it."""
        self.sheet_button.setEnabled(False)
        self.desk.tasks.run_query(
            partial(encryption.phrase_pdf, self.desk.db, self.phrase),
            self._show_pdf,
            on_error=self.refuse,
            owner=self,
            on_end=lambda: self.sheet_button.setEnabled(True),
        )

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.fit()
            return False
        for place in self.places:
            try:
                encryption.check_group(self.phrase, place, values[f"group{place}"])
            except RuleError as error:
                self.form.set_errors({f"group{place}": error.sentence})
                self.fit()
                return False
        self.set_busy(True)
        self._on_confirmed(self.phrase, self)
        return False

    def refuse(self, error: SisfohError, *args: Any, **options: Any) -> None:
        super().refuse(error, *args, **options)
        self.primary_button.setEnabled(self.form.isEnabled())

    def _show_pdf(self, pdf: bytes) -> None:
        preview = SheetPreview(pdf, self.desk, self)
        preview.finished.connect(lambda _result: self._on_seen())
        preview.open()

    def _on_seen(self) -> None:
        self.form.setEnabled(True)
        self.primary_button.setEnabled(True)
        self.primary_button.setToolTip("")
        self.form.fields[f"group{self.places[0]}"].editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
