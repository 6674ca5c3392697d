"""What the tab "Entrega" says: columns of its list, and the words and tones of its three groups."""

from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.workdays import Calendar, workdays_between
from sisfoh_desktop.modules.papers.rules import PaperState
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    Notification,
    NotificationState,
    letter_open,
    term_of,
)
from sisfoh_desktop.modules.resoluciones.service.delivery import DeliveryView
from sisfoh_desktop.qtkit.row_table import Column
from sisfoh_desktop.qtkit.theme import Tone

Said = tuple[Tone, str]


def notification_columns() -> list[Column]:
    """Recipient, channel, try, state, day, first day that counts, scanned cargo."""
    return [
        Column("Destinatario", lambda one: one.recipient.label),
        Column("Procede de", lambda one: one.recipient.origin.label, width=140),
        Column("Canal", lambda one: CHANNEL_WORDS.get(one.channel, one.channel), width=76),
        Column("Int.", lambda one: str(one.attempt), lambda one: one.attempt, "right", 44),
        Column(
            "Estado",
            state_words,
            lambda one: list(NotificationState).index(one.state),
            tone=state_tone,
            width=156,
        ),
        Column("Fecha", _day, lambda one: one.outcome.moment if one.outcome else None, "center", 84),
        Column(
            "Cuenta desde",
            _counts,
            lambda one: one.outcome.counts_from if one.outcome else None,
            "center",
            100,
        ),
    ]


CHANNEL_WORDS = {
    "personal": "Personal",
    "correo": "Correo",
    "casilla": "Casilla",
    "publicacion": "Publicación",
}


def state_words(one: Notification) -> str:
    """The state as the list says it; served without its cargo says so."""
    if one.superseded:
        return f"{one.state.label}, se reintentó"
    if one.served and not one.has_evidence:
        return f"{one.state.label}, sin cargo"
    if one.state is NotificationState.PENDING and one.printed_at is not None:
        return "Pendiente, impreso"
    return one.state.label


def state_tone(one: Notification) -> Tone:
    if one.superseded or one.state is NotificationState.CLOSED:
        return "dim"
    if one.state is NotificationState.RETURNED:
        return "danger"
    if one.state is NotificationState.PENDING:
        return "accent"
    return "ok" if one.has_evidence else "warn"


def notification_said(view: DeliveryView, today: date) -> Said:
    """The chip of the group: everybody notified, nobody prepared, or how many wait and until when."""
    if not view.notifications:
        return _due_said("Por preparar", view.notify_due, today, view.calendar)
    left = len(view.waiting)
    if not left:
        return "ok", "Todos notificados"
    whole = sum(not one.superseded for one in view.notifications)
    return _due_said(f"Faltan {left} de {whole}", view.notify_due, today, view.calendar)


def notification_text(view: DeliveryView) -> str:
    """Until when, by which norm."""
    if view.notify_due is None:
        return "No hay un plazo para notificar vigente en la fecha del acto."
    return f"Se notifica hasta el {format_date(view.notify_due)} ({view.notify_norm})."


def notification_detail(view: DeliveryView, one: Notification | None) -> str:
    """What is known of the chosen one: who received, from when it counts, until when it may be challenged."""
    if one is None:
        return ""
    outcome = one.outcome
    if outcome is None:
        where = one.recipient.email if one.channel == "correo" else one.recipient.address
        told = " · ".join(part for part in (one.recipient.person, where) if part)
        return f"{told or one.recipient.name}. {view.channels.newest(one.channel).rule_words}"
    parts = [f"{one.state.label} el {outcome.moment:%d/%m/%Y a las %H:%M}"]
    if outcome.receiver:
        parts.append(f"recibió {outcome.receiver}" + (f", {outcome.relation}" if outcome.relation else ""))
    if outcome.effective_on is not None and outcome.counts_from is not None:
        parts.append(
            f"surte efecto el {format_date(outcome.effective_on)} y sus plazos cuentan desde el "
            f"{format_date(outcome.counts_from)}"
        )
        remedy = view.channels.remedy(outcome.effective_on)
        if remedy is not None:
            channel = view.channels.newest(outcome.channel)
            last = term_of(channel, outcome.effective_on, remedy.days, view.calendar).last_day
            parts.append(f"se impugna hasta el {format_date(last)} ({remedy.norm})")
    if outcome.note:
        parts.append(" ".join(outcome.note.split()))
    return "; ".join(parts) + "."


def remission_said(view: DeliveryView, today: date) -> Said:
    """Not owed, due, overdue, sent on time or late."""
    remission = view.remission
    if remission is not None and remission.sending is not None:
        return ("warn" if remission.late_days else "ok"), f"Remitida {remission.closing}"
    if not view.must_remit:
        return "dim", "No corresponde"
    return _due_said("Por remitir", view.remission_due, today, view.calendar)


def remission_text(view: DeliveryView) -> str:
    """To whom, until when and from which event, its oficio, how it was sent."""
    remission = view.remission
    if not view.must_remit:
        return "Esta resolución no aprueba un plan: ningún plazo obliga a remitirla."
    if remission is not None and remission.sending is not None:
        sent = remission.sending
        registry = f", registro {sent.registry}" if sent.registry else ""
        due = f" Vencía el {format_date(remission.due)}." if remission.due else ""
        proof = f" Prueba: {remission.proof.name}." if remission.proof else ""
        return (
            f"El {format_date(sent.sent_on)} a {remission.body_siglas or remission.body}, con el oficio {sent.letter}, "
            f"por {sent.channel}{registry}.{due}{proof}"
        )
    body = remission.body if remission is not None else (view.body.name if view.body else "")
    lines = [f"A: {body or 'sin ente rector vigente; regístrelo en Oficina'}."]
    if view.clock is not None:
        due = f"Vence el {format_date(view.clock.due)}: " if view.clock.due else ""
        lines.append(f"{due}{view.clock.told}.")
        lines += view.clock.notes
        holidays = [told for told in view.clock.skipped if not told.endswith(("sábado", "domingo"))]
        if holidays:
            lines.append(f"No se cuentan: {'; '.join(holidays)}.")
    else:
        lines.append("No hay un plazo de remisión vigente en la fecha del acto.")
    if view.letter is not None and not letter_open(view.letter):
        state = "firmado" if view.letter.state is PaperState.SIGNED else "congelado, falta firmarlo"
        lines.append(f"Oficio N° {view.letter.number_text}: {state}.")
    return " ".join(lines)


def publication_said(view: DeliveryView) -> Said:
    if not view.publications:
        return "accent", "Por publicar"
    if all(one.same for one in view.publications):
        return "ok", "Publicada"
    return "warn", "Publicada; la copia difiere"


def publication_text(view: DeliveryView) -> str:
    """Where and when, whether the copy is the archived one, its constancia."""
    if not view.publications:
        return "Registre la dirección, el archivo tal como se descarga y la captura de la página."
    lines = []
    papers = {paper.id: paper for paper in view.constancias}
    for one in view.publications:
        paper = papers.get(one.paper_id or 0)
        constancia = " Sin constancia."
        if paper is not None and paper.state is not PaperState.ANNULLED:
            done = paper.state is PaperState.SIGNED
            constancia = " Constancia firmada." if done else " Constancia congelada, falta firmarla."
        lines.append(
            f"{format_date(one.entry.published_on)}, {one.entry.published_by}: {one.entry.url}\n"
            f"{one.comparison}{constancia}"
        )
    return "\n".join(lines)


def _due_said(word: str, due: date | None, today: date, calendar: Calendar) -> Said:
    if due is None:
        return "accent", word
    if due < today:
        return "danger", f"{word}; venció hace {workdays_between(due, today, calendar) or 1} d. h."
    left = workdays_between(today, due, calendar)
    when = {0: "vence hoy", 1: "queda 1 d. h."}.get(left, f"quedan {left} d. h.")
    return ("warn" if left <= 2 else "accent"), f"{word}; {when}"


def _day(one: Notification) -> str:
    return f"{one.outcome.moment:%d/%m/%Y}" if one.outcome else ""


def _counts(one: Notification) -> str:
    return format_date(one.outcome.counts_from) if one.outcome and one.outcome.counts_from else ""
