"""What is done with a finding: go to each of its places, accept it with a reason, take that back."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import ACCEPT_REASON_LIMIT, Place, PlaceKind
from sisfoh_desktop.modules.resoluciones.view.chip_drawing import CHIP_SIGN, key_of_format
from sisfoh_desktop.modules.resoluciones.view.chip_editor import ChipEditor
from sisfoh_desktop.modules.resoluciones.view.chip_meaning import ChipMeaning
from sisfoh_desktop.modules.resoluciones.view.findings_tab import Finding
from sisfoh_desktop.modules.resoluciones.view.record import RecordView
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_reason import SavingReason

TOUCHES = frozenset({"resoluciones"})


class ReviewFlows(QObject):
    """The orders over the findings that `record` shows. `open_asked` leads to another page (kind, id)."""

    open_asked = Signal(str, int)

    def __init__(self, desk: Desk, record: RecordView, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._record, self._over = desk, record, over
        self._last: tuple[object, int] = ("", -1)
        record.findings.go_to_asked.connect(self.go_to)
        record.findings.accept_asked.connect(self.accept)
        record.findings.withdraw_asked.connect(self.withdraw)

    def go_to(self, finding: Finding) -> None:
        """Show where a finding is; the same finding again shows its next place."""
        places = finding.places
        if not places:
            self._record.go_to(finding)
            return
        key, before = self._last
        at = (before + 1) % len(places) if key == finding.key else 0
        self._last = (finding.key, at)
        self._show(places[at])

    def accept(self, finding: Finding) -> None:
        """Ask for the reason and keep the acceptance."""
        told = (
            finding.sentence,
            "La aceptación vale mientras no cambie lo que se comparó; queda en el historial con su nombre y el motivo.",
        )
        self._ask(
            finding,
            "Aceptar la observación",
            "Aceptar",
            told,
            service.accept_finding,
            "Se aceptó la observación con su motivo.",
        )

    def withdraw(self, finding: Finding) -> None:
        """Take the acceptance back, with a reason if one wishes to give it."""
        told = [finding.sentence]
        if finding.acceptance is not None:
            told.append(f"La aceptó {finding.acceptance.accepted_by}: «{finding.acceptance.reason}».")
        self._ask(
            finding,
            "Retirar la aceptación",
            "Retirar",
            told,
            service.withdraw_acceptance,
            "La observación vuelve a contar.",
            required=False,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _ask(
        self,
        finding: Finding,
        title: str,
        primary: str,
        told: Iterable[str],
        verb: Callable[..., Any],
        toast: str,
        *,
        required: bool = True,
    ) -> None:
        saved, found = self._record.saved, finding.found
        if saved is None or found is None:
            return
        if self._record.is_modified():
            show_error(
                self._over,
                "Hay cambios sin guardar y la observación es de lo guardado; no se cambió nada. Guarde primero "
                "(Ctrl+G).",
                "Guarde primero",
            )
            return
        dialog = SavingReason(
            self._desk,
            title,
            told,
            lambda reason, token: verb(
                self._desk.db,
                actor=self._desk.actor,
                now=self._desk.clock.now(),
                resolucion_id=saved.id,
                code=found.code,
                fingerprint=found.fingerprint,
                reason=reason,
                token=token,
            ),
            primary=primary,
            touches=TOUCHES,
            subject=f"resolucion:{saved.id}, {found.code}, {found.fingerprint}",
            longest=ACCEPT_REASON_LIMIT,
            required=required,
            parent=self._over,
        )
        dialog.saved.connect(lambda _none: Toast.show_over(self._over, toast))
        dialog.ask()

    def _show(self, place: Place) -> None:
        data = self._record.data
        if place.kind is PlaceKind.BLOCK:
            self._record.show_block(place.at)
            select_excerpt(self._record.text.panel.editor, place.excerpt, self._record.meanings())
        elif place.kind is PlaceKind.DOCUMENT and data is not None:
            self.open_asked.emit("expedientes", data.view.expediente.id)
        elif place.kind is PlaceKind.PLAN:
            self.open_asked.emit("plans", place.at)
        elif place.kind is PlaceKind.MATRIX:
            self.open_asked.emit("responsibilities", place.at)
        else:
            self.open_asked.emit("office", 0)


def select_excerpt(editor: ChipEditor, excerpt: str, meanings: Mapping[str, ChipMeaning]) -> bool:
    """Select the words in the text, or the locked datum that holds them; whether it was found."""
    document = editor.document()
    words = excerpt.split("\n")[0].strip()
    if not words:
        return False
    found = document.find(words, 0, QTextDocument.FindFlag.FindCaseSensitively)
    if found.isNull():
        found = _chip_with(editor, " ".join(words.split()), meanings)
    if found.isNull():
        return False
    editor.setTextCursor(found)
    editor.ensureCursorVisible()
    return True


def _chip_with(editor: ChipEditor, words: str, meanings: Mapping[str, ChipMeaning]) -> QTextCursor:
    """A cursor over the first locked datum whose value holds the words, or that the words hold; null if none."""
    document = editor.document()
    partial_match = QTextCursor()
    for position in range(document.characterCount()):
        if document.characterAt(position) != CHIP_SIGN:
            continue
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
        meaning = meanings.get(key_of_format(cursor.charFormat()))
        value = " ".join(meaning.value.split()) if meaning is not None else ""
        if words in value:
            return cursor
        if value and value in words and partial_match.isNull():
            partial_match = cursor
    return partial_match
