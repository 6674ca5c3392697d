"""The orders of a round of signatures, the same for every paper: sign here, take out, bring back, ink, observe.

It asks in dialogs and reads or writes the chosen file on the worker; what is then done is handed in by the page, since
this kit knows no paper.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.qtkit.actions import make_action
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.ink_dialog import InkChoice, InkDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.refuse_dialog import RefuseChoice, RefuseDialog
from sisfoh_desktop.qtkit.rights_of_widgets import only_for
from sisfoh_desktop.qtkit.sign_dialog import SignChoice, SignDialog

SIGN = "papers.sign"
CARRY = (
    SIGN,
    "papers.export",
)  # what was signed elsewhere is brought in by the signer or by whoever sends it out
_MOST_BYTES = 200 * 1024 * 1024  # what is read at all; the service says how large each file may be


@dataclass(frozen=True)
class RoundPlace:
    """The paper and the place that an order is about. `what` completes "Firmar …"; `waiting` may observe it."""

    what: str
    who: str
    label: str
    motive: str
    order: int
    count: int
    pages: int
    signer_id: int
    waiting: tuple[tuple[int, str], ...]
    signed: int
    file_name: str


@dataclass(frozen=True)
class RoundCalls:
    """What each order does, on the worker. `export` gives the bytes that go out; the others give what `told` hears."""

    sign: Callable[[SignChoice], Any]
    export: Callable[[], bytes]
    bring_back: Callable[[bytes], Any]
    ink: Callable[[InkChoice, bytes], Any]
    refuse: Callable[[RefuseChoice], Any]


@dataclass(frozen=True)
class RoundAnswers:
    """What the page does when an order ended well, on the window's thread."""

    signed: Callable[[Any], object]
    exported: Callable[[str], object]
    refused: Callable[[Any], object]


Change = Callable[[Callable[[], Any], Callable[[Any], object]], None]
Subject = Callable[[], tuple[RoundPlace, RoundCalls] | None]


class RoundOrders(QObject):
    """Five actions over what `subject` gives; `change` runs the page's changes, `warm` loads the signing libraries.

    `touches` are the areas that a signature in ink or a refusal changes: their dialogs save by themselves.
    """

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        subject: Subject,
        change: Change,
        answers: RoundAnswers,
        warm: Callable[[], object],
        touches: Iterable[str] = ("papers",),
    ) -> None:
        super().__init__(over)
        self._touches = frozenset(touches)
        self._desk, self._over, self._subject = desk, over, subject
        self._change, self._answers, self._warm = change, answers, warm
        self.sign_action = make_action(
            self, "&Firmar…", self.sign, "Firma quien sigue en la ronda", "pen-line"
        )
        self.export_action = make_action(
            self,
            "E&xportar para firmar fuera…",
            self.export,
            "Guarda el PDF para ReFirma o Firma Perú",
            "download",
        )
        self.bring_action = make_action(
            self,
            "Traer de v&uelta…",
            self.bring_back,
            "Trae el PDF firmado fuera y lo comprueba",
            "folder-open",
        )
        self.ink_action = make_action(
            self, "Registrar firma en t&inta…", self.ink, "Con su escaneo, el día y las páginas"
        )
        self.refuse_action = make_action(
            self, "Ob&servar…", self.refuse, "Devuelve el documento con su motivo", "triangle-alert"
        )
        self.actions = [
            self.sign_action,
            self.export_action,
            self.bring_action,
            self.ink_action,
            self.refuse_action,
        ]
        only_for(desk.actor, SIGN, self.sign_action, self.refuse_action)
        only_for(desk.actor, CARRY, self.export_action, self.bring_action, self.ink_action)

    def set_enabled(self, enabled: bool, *, turn: bool = True) -> None:
        """Which orders can be given: all in one's turn, only observing before it."""
        for action in self.actions:
            action.setEnabled(enabled and (turn or action is self.refuse_action))

    def sign(self) -> None:
        """Ask the certificate and sign with it."""
        found = self._subject()
        if found is None:
            return
        place, calls = found
        choice = SignDialog.ask(
            self._over,
            place.what,
            details=f"Firma {place.order} de {place.count}: {place.who}. Motivo: «{place.motive}».",
            settings=self._desk.settings,
            warm=lambda: self._desk.tasks.run_query(self._warm, lambda _none: None, owner=self._over),
        )
        if choice is not None:
            self._change(partial(calls.sign, choice), self._answers.signed)

    def export(self) -> None:
        """Save the very bytes of the archive where the person says."""
        found = self._subject()
        if found is None:
            return
        place, calls = found
        path = ask_save(
            self._over, f"Exportar {place.what} para firmar fuera", place.file_name, "Documento PDF (*.pdf)"
        )
        if path is not None:
            self._change(
                lambda: atomic_write(path, calls.export()),
                lambda _none: self._answers.exported(str(path)),
            )

    def bring_back(self) -> None:
        """Read the file that was signed outside and hand it in."""
        found = self._subject()
        if found is None:
            return
        place, calls = found
        name, _kind = QFileDialog.getOpenFileName(
            self._over,
            f"Traer {place.what} con la firma de {place.label}",
            "",
            "Documento PDF (*.pdf);;Todos los archivos (*)",
        )
        if name:
            self._change(lambda: calls.bring_back(read_chosen(Path(name))), self._answers.signed)

    def ink(self) -> None:
        """Ask day, pages and scan of a signature by hand."""
        found = self._subject()
        if found is None:
            return
        place, calls = found

        def register(choice: InkChoice, _token: str) -> Any:
            return calls.ink(choice, read_chosen(Path(choice.path)))

        dialog = InkDialog(
            self._desk, place.what, place.who, place.pages, register, self._touches, parent=self._over
        )
        dialog.saved.connect(self._answers.signed)
        dialog.ask()

    def refuse(self) -> None:
        """Ask who observes it and why."""
        found = self._subject()
        if found is None:
            return
        place, calls = found

        def refuse(choice: RefuseChoice, _token: str) -> Any:
            return calls.refuse(choice)

        dialog = RefuseDialog(
            self._desk,
            place.what,
            place.waiting,
            place.signer_id,
            place.signed,
            refuse,
            self._touches,
            parent=self._over,
        )
        dialog.saved.connect(self._answers.refused)
        dialog.ask()


def read_chosen(path: Path) -> bytes:
    """The bytes of a file that a person chose; FileFailed with a sentence when it cannot be read or is enormous."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FileFailed(f"«{path.name}» es demasiado grande; no se leyó nada. Elija otro archivo.")
        return path.read_bytes()
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{path.name}»; no se cambió nada. Revise que el archivo siga ahí y que se pueda abrir."
        ) from error
