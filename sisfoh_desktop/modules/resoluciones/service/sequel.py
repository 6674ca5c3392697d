"""What the acts of an expediente add to it: the act itself, its oficio, cargos and publication, the terms that run.

Registers itself when imported, so that the papers of the expediente do not end before their act.
"""

from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import Sequel, SequelAct, SequelDeadline, SequelStep
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, PaperSigner, PaperState, SignerRole
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, State
from sisfoh_desktop.modules.resoluciones.rules.delivery import Notification, NotificationState, Publication
from sisfoh_desktop.modules.resoluciones.service.delivery import DeliveryView, view_delivery
from sisfoh_desktop.modules.resoluciones.service.rectifying import list_rectifications

_IN_ROUND = (State.FROZEN, State.SIGNING)


def sequel_of(db: Database, expediente_id: int, today: date) -> Sequel:
    """The acts of the expediente that bear a number, each with all that followed its signature, by day."""
    with db.reading() as session:
        ids = [
            line.id
            for line in store.list_resoluciones(session)
            if line.expediente_id == expediente_id and line.paper_id is not None
        ]
        acts = [store.load_resolucion(session, act_id) for act_id in sorted(ids)]
    if not acts:
        return Sequel()
    chains = list_rectifications(db)
    units = _Units(db, today)
    steps: list[SequelStep] = []
    deadlines: list[SequelDeadline] = []
    told: list[SequelAct] = []
    for act in acts:
        rectified = chains[act.id].rectifies if act.id in chains else None
        paper = papers.load_paper(db, rules.check_has_paper(act))
        steps.append(_act_step(act, paper, units, f"Rectifica la {rectified.title}." if rectified else ""))
        if act.state in _IN_ROUND:
            told.append(_waiting_act(act, paper, units))
            continue
        view = view_delivery(db, act.id, today)
        steps += [*_letter_steps(view, units), *_cargo_steps(view, units), *_publication_steps(view)]
        owed = _deadlines(view)
        deadlines += owed
        told.append(_signed_act(view, owed))
    unfinished = [one for one in told if not one.says.startswith(_FINISHED)]
    chosen = unfinished[-1] if unfinished else told[0]
    return Sequel(tuple(sorted(steps, key=lambda step: step.day)), tuple(deadlines), chosen)


_FINISHED = "Está notificada"


def _act_step(act: Resolucion, paper: Paper, units: "_Units", rectifies: str) -> SequelStep:
    said = f"{units.signatures(paper)}." if act.state in _IN_ROUND else "Firmada por su autor."
    return SequelStep(
        act.dated, act.title, units.author(paper), "", paper.pages, f"{said} {rectifies}".strip(), is_act=True
    )


def _letter_steps(view: DeliveryView, units: "_Units") -> list[SequelStep]:
    """The oficio with its sending; a sending whose oficio was made elsewhere is a step of its own."""
    remission, letter = view.remission, view.letter
    if remission is None:
        return []
    body = remission.body_siglas or remission.body
    sending = remission.sending
    sent = ""
    if sending is not None:
        registry = f", registro {sending.registry}" if sending.registry else ""
        sent = f"Enviado el {format_date(sending.sent_on)}, {remission.closing}{registry}."
    what = f"Remite copia de la {view.resolucion.title}."
    if letter is not None and letter.state is not PaperState.ANNULLED:
        waits = "" if letter.state is PaperState.SIGNED else f"{units.signatures(letter)}."
        action = " ".join(part for part in (what, waits, sent) if part)
        title = f"Oficio N° {letter.number_text}"
        return [SequelStep(letter.dated, title, units.author(letter), body, letter.pages, action)]
    if sending is None:
        return []
    return [
        SequelStep(
            sending.sent_on,
            f"Oficio N° {sending.letter}",
            units.author(view.paper),
            body,
            None,
            f"{what} {sent}",
        )
    ]


def _cargo_steps(view: DeliveryView, units: "_Units") -> list[SequelStep]:
    """All the notifications summed up in one step, on the day of the last outcome."""
    live = _live(view)
    if not live:
        return []
    served = [one for one in live if one.served]
    days = [one.outcome.moment.date() for one in served if one.outcome is not None]
    left = len(live) - len(served)
    counted = f"Cargos de notificación ({len(live)})"
    title = f"{counted}, {left} por entregar" if left else counted
    scans = [one.evidence for one in live if one.evidence is not None]
    pages = sum(one.pages for one in scans) if len(scans) == len(live) else None
    receiver = live[0].recipient.name if len(live) == 1 else f"{len(live)} destinatarios"
    action = f"Notifica la {view.resolucion.title}."
    day = max(days, default=view.resolucion.dated)
    return [SequelStep(day, title, units.author(view.paper), receiver, pages, action, in_index=bool(served))]


def _publication_steps(view: DeliveryView) -> list[SequelStep]:
    return [_published(view, one) for one in view.publications]


def _published(view: DeliveryView, publication: Publication) -> SequelStep:
    """With its constancia it is a paper of the file; without, only something that happened."""
    constancia = next((one for one in view.constancias if one.id == publication.paper_id), None)
    entry = publication.entry
    action = f"La {view.resolucion.title} se publicó en {entry.url}."
    return SequelStep(
        entry.published_on,
        "Constancia de publicación" if constancia else "Publicación en el portal",
        publication.unit,
        "",
        constancia.pages if constancia else None,
        action,
        in_index=constancia is not None,
    )


def _deadlines(view: DeliveryView) -> list[SequelDeadline]:
    who, title = _issuer(view.paper), view.resolucion.title
    live = _live(view)
    done = [one.outcome.effective_on for one in live if one.served and one.outcome is not None]
    last = max((day for day in done if day is not None), default=None)
    notified = last if live and all(one.served for one in live) else None
    found = [
        SequelDeadline(f"notificar la {title}", view.notify_due, view.notify_norm, notified, who=who),
    ]
    if view.must_remit:
        norm = view.remission.norm if view.remission else view.clock.norm if view.clock else ""
        sending = view.remission.sending if view.remission else None
        body = view.body.siglas if view.body is not None else ""
        to = f" a {body}" if body else ""
        found.append(
            SequelDeadline(
                f"remitir copia de la {title}{to}",
                view.remission_due,
                norm,
                sending.sent_on if sending else None,
                who=who,
            )
        )
    return found


def _waiting_act(act: Resolucion, paper: Paper, units: "_Units") -> SequelAct:
    return SequelAct(act.id, f"{act.title}: {act.state.label.lower()}", f"{units.signatures(paper)}.")


def _signed_act(view: DeliveryView, owed: list[SequelDeadline]) -> SequelAct:
    """What is left to do with it; `Falta: …` with the last day of each term."""
    left = []
    for deadline, verb in zip(owed, ("notificarla", "remitir copia"), strict=False):
        if deadline.done_on is None:
            left.append(f"{verb} hasta el {format_date(deadline.due)}" if deadline.due else verb)
    if not view.publications:
        left.append("publicarla")
    listed = " y ".join(part for part in (", ".join(left[:-1]), left[-1]) if part) if left else ""
    says = f"Falta {listed}." if left else f"{_FINISHED}, publicada y remitida."
    if not left and not view.must_remit:
        says = f"{_FINISHED} y publicada."
    act = view.resolucion
    return SequelAct(act.id, f"{act.title}: {act.state.label.lower()}", says)


def _live(view: DeliveryView) -> list[Notification]:
    """The notifications that count: the last try of each recipient, without those closed with a reason."""
    return [
        one for one in view.notifications if not one.superseded and one.state is not NotificationState.CLOSED
    ]


def _issuer(paper: Paper) -> str:
    """The unit of the author by its whole name: it is the one that must act."""
    author = next((one for one in paper.signers if one.role is SignerRole.AUTHOR), None)
    return author.unit if author is not None else ""


class _Units:
    """Siglas as the office writes them: a signature field bears them in capitals."""

    def __init__(self, db: Database, on: date) -> None:
        self._siglas = {unit.siglas.upper(): unit.siglas for unit in office.list_units(db, on)}

    def of(self, signer: PaperSigner) -> str:
        return self._siglas.get(signer.siglas.upper(), signer.siglas) or signer.unit or signer.label

    def author(self, paper: Paper) -> str:
        """The unit that issues it, as the chain names units."""
        author = next((one for one in paper.signers if one.role is SignerRole.AUTHOR), None)
        return self.of(author) if author is not None else ""

    def signatures(self, paper: Paper) -> str:
        """`Faltan 3 de 6 firmas: GDES, OGAJ, GM`."""
        missing = [self.of(one) for one in paper.signers if one.signed_at is None]
        if not missing:
            return "Tiene todas sus firmas"
        verb = "Falta" if len(missing) == 1 else "Faltan"
        noun = "firma" if len(paper.signers) == 1 else "firmas"
        return f"{verb} {len(missing)} de {len(paper.signers)} {noun}: {', '.join(missing)}"


expedientes.register_sequel(sequel_of)
