"""The orders about the copy to the national body and about the publication."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial

from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState, Series
from sisfoh_desktop.modules.resoluciones.rules.delivery import Letter, letter_open
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.resoluciones.view.delivery_forms import (
    LetterDialog,
    PublicationAnswer,
    PublicationDialog,
    SendingAnswer,
    SendingDialog,
    SeriesDialog,
)
from sisfoh_desktop.modules.resoluciones.view.delivery_orders import DeliveryOrders, read_file, unsigned
from sisfoh_desktop.modules.resoluciones.view.delivery_rows import remission_text
from sisfoh_desktop.qtkit.messages import ask
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.series_form import SeriesChoice


@dataclass(frozen=True)
class LetterChoices:
    """What the oficio's dialog starts with; `series` is None while none numbers oficios."""

    letter: Letter
    units: tuple[Unit, ...]
    series: Series | None
    proposal: tuple[str, str]


class SendOrders(DeliveryOrders):
    """From the oficio to the proof of its sending; from the publication to its constancia."""

    def letter(self) -> None:
        """Confirm the series if there is none, ask the clerk's part, freeze the oficio."""
        view = self.ready()
        if view is not None:
            self._load_letter(view.resolucion.id)

    def _load_letter(self, act_id: int) -> None:
        self.query(partial(load_letter_choices, self.desk, act_id), self._ask_letter)

    def _ask_letter(self, choices: LetterChoices) -> None:
        view = self.ready()
        if view is None:
            return
        if choices.series is None:
            self._ask_series(view.resolucion.id, choices.proposal)
            return
        act_id, today = view.resolucion.id, self.desk.clock.now().date()

        def preview(letter: Letter) -> None:
            self.query(
                partial(
                    delivery.preview_letter, self.desk.db, resolucion_id=act_id, letter=letter, today=today
                ),
                lambda pdf: self.show_pdf(pdf, "Proyecto: oficio de remisión", "proyecto de oficio"),
            )

        def save(letter: Letter, token: str) -> int:
            return delivery.freeze_letter(
                self.desk.db,
                self.desk.archive,
                **self.who(),
                resolucion_id=act_id,
                letter=letter,
                token=token,
            )

        told = remission_text(view)
        self.run(
            LetterDialog(self.desk, choices.letter, told, choices.units, preview, save, self.over),
            lambda _id: self.say("Se congeló el oficio. Ya se puede firmar."),
        )

    def _ask_series(self, act_id: int, proposal: tuple[str, str]) -> None:
        def save(choice: SeriesChoice, token: str) -> int:
            return delivery.create_letter_series(
                self.desk.db,
                **self.who(),
                **asdict(choice),
                token=token,
            )

        dialog = SeriesDialog(self.desk, *proposal, save, self.over)
        self.run(dialog, lambda _id: self._load_letter(act_id))

    def sign_letter(self) -> None:
        """Sign the oficio with its author's certificate."""
        view = self.ready()
        if view is not None and view.letter is not None:
            self.sign(view.letter, f"el oficio {view.letter.number_text}")

    def send(self) -> None:
        """Ask how the copy was sent; closes the term."""
        view = self.ready()
        if view is None:
            return
        number = view.letter.number_text if view.letter and not letter_open(view.letter) else ""

        save = partial(self._send_on_worker, view.resolucion.id)
        self.run(
            SendingDialog(self.desk, number, remission_text(view), save, self.over),
            lambda closing: self.say(f"Se registró el envío: {closing}."),
        )

    def _send_on_worker(self, act_id: int, answer: SendingAnswer, token: str) -> str:
        return delivery.record_sending(
            self.desk.db,
            self.desk.archive,
            **self.who(),
            resolucion_id=act_id,
            sending=answer.sending,
            file=read_file(answer.file),
            token=token,
        )

    def publish(self) -> None:
        """Ask where and when it was published, with its proof."""
        view = self.ready()
        if view is not None:
            self.query(
                partial(office.list_units, self.desk.db, self.desk.clock.now().date()),
                partial(self._ask_publication, view.resolucion.id),
            )

    def _ask_publication(self, act_id: int, units: Sequence[Unit]) -> None:
        save = partial(self._publish_on_worker, act_id)
        self.run(
            PublicationDialog(self.desk, units, save, self.over),
            lambda _id: self.say("Se registró la publicación."),
        )

    def _publish_on_worker(self, act_id: int, answer: PublicationAnswer, token: str) -> int:
        return delivery.record_publication(
            self.desk.db,
            self.desk.archive,
            **self.who(),
            resolucion_id=act_id,
            entry=answer.entry,
            file=read_file(answer.file),
            capture=read_file(answer.capture),
            token=token,
        )

    def constancia(self) -> None:
        """Make the constancia of the last publication, sign it, or show it: whichever comes next."""
        view = self.ready()
        if view is None or not view.publications:
            return
        last = view.publications[-1]
        paper = next((one for one in view.constancias if one.id == last.paper_id), None)
        if paper is not None and unsigned(paper):
            self.sign(paper, "la constancia de publicación")
        elif paper is not None and paper.state is PaperState.SIGNED:
            self.query(
                partial(papers.paper_bytes, self.desk.db, self.desk.archive, paper.id),
                lambda pdf: self.show_pdf(pdf, paper.title, f"constancia {view.resolucion.number_text}"),
            )
        elif ask(
            self.over,
            "¿Hacer la constancia de publicación?",
            f"Se fija el PDF que firmará quien dirige {last.unit}, con la dirección, la fecha y las huellas.",
            "Congelar",
        ):
            self.change(
                partial(
                    delivery.freeze_constancia,
                    self.desk.db,
                    self.desk.archive,
                    **self.who(),
                    publication_id=last.id,
                    expected_version=last.version,
                ),
                lambda _id: self.say("Se congeló la constancia. Ya se puede firmar."),
            )


def load_letter_choices(desk: Desk, resolucion_id: int) -> LetterChoices:
    """What the oficio's dialog starts with; on the worker."""
    today = desk.clock.now().date()
    return LetterChoices(
        delivery.first_letter(desk.db, resolucion_id, today),
        tuple(office.list_units(desk.db, today)),
        delivery.letter_series(desk.db),
        delivery.series_proposal(desk.db),
    )
