"""How the records of the other parts of the office become lines of a handover. Plain Python over their facts.

No line carries a DNI: what somebody typed into a title is masked here, before it is shown or kept.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.dni import without_dni
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.basics.rights import RIGHTS_OF_PAGE
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.expedientes.rules import ExpedienteLine, OpinionLine
from sisfoh_desktop.modules.handover.rules.checks import PAPER_KIND
from sisfoh_desktop.modules.handover.rules.facts import CHOSEN_SECTIONS, Line, Person, Section
from sisfoh_desktop.modules.kardex.rules.counting import CountListLine
from sisfoh_desktop.modules.kardex.rules.reading import Custody, CustodyLine
from sisfoh_desktop.modules.office.rules import OfficerLine
from sisfoh_desktop.modules.papers.rules import WaitingPaper
from sisfoh_desktop.modules.plans.rules import PlanLine
from sisfoh_desktop.modules.poi.rules.facts import MonthState
from sisfoh_desktop.modules.poi.rules.follow_up import month_name
from sisfoh_desktop.modules.resoluciones.rules import ResolucionLine
from sisfoh_desktop.modules.resoluciones.rules.delivery import DeliveryLine, DeliveryWhat
from sisfoh_desktop.modules.responsibilities.rules import DueDuty
from sisfoh_desktop.modules.safekeeping.rules.facts import BackupStanding

EXPIRES_WITHIN = timedelta(days=90)


def proposed_sections(rights: frozenset[str] | None) -> tuple[Section, ...]:
    """What somebody with these rights hands over; everything where they are not known."""
    if rights is None:
        return CHOSEN_SECTIONS

    def is_theirs(section: Section) -> bool:
        needed = RIGHTS_OF_PAGE.get(section.page, frozenset())
        return not needed or bool(needed & rights)

    return tuple(section for section in CHOSEN_SECTIONS if is_theirs(section))


def signature_lines(places: Iterable[WaitingPaper], leaver: Person) -> list[Line]:
    """One line for each open paper: whose turn it is."""
    lines = []
    for place in places:
        if place.before or place.kind == PAPER_KIND:  # an acta of handover is no work that is left behind
            continue
        own = (
            place.slot.officer_id == leaver.officer_id
            if leaver.officer_id is not None and place.slot.officer_id is not None
            else place.slot.name.casefold() == leaver.name.casefold()
        )
        who = "Le toca firmar a quien entrega" if own else f"Espera la firma de {place.slot.label}"
        lines.append(
            Line(
                Section.SIGNATURES,
                without_dni(place.name if place.name == place.title else f"{place.name}: {place.title}"),
                f"{who}; tiene {place.signed} de {place.signer_count} firmas desde el {format_date(place.dated)}",
                None,
                "papers",
                place.id,
            )
        )
    return lines


def file_lines(files: Iterable[tuple[ExpedienteLine, date | None]]) -> list[Line]:
    """Open expedientes, each with the last day of its report if a term runs."""
    return [
        Line(
            Section.FILES,
            without_dni(one.title),
            without_dni(_file_words(one)),
            due,
            "expedientes",
            one.id,
        )
        for one, due in files
    ]


def opinion_lines(opinions: Iterable[OpinionLine]) -> list[Line]:
    """Opinions that nobody answered."""
    return [
        Line(
            Section.OPINIONS,
            one.request.title,
            without_dni(f"{one.title}; pedida el {format_date(one.asked_on)}")
            + (f", recordada el {format_date(one.reminded_on)}" if one.reminded_on else ""),
            one.due,
            "expedientes",
            one.expediente_id,
        )
        for one in opinions
    ]


def act_lines(drafts: Iterable[ResolucionLine], owed: Iterable[DeliveryLine]) -> list[Line]:
    """Drafts, and what signed acts still owe."""
    words = {
        DeliveryWhat.NOTIFICATION: "Notificar",
        DeliveryWhat.REMISSION: "Remitir copia al ente rector de",
        DeliveryWhat.PUBLICATION: "Publicar",
    }
    return [
        *(
            Line(
                Section.ACTS,
                f"{one.act_name.capitalize()} por terminar",
                without_dni(one.matter[:1].upper() + one.matter[1:]),
                None,
                "resoluciones",
                one.id,
            )
            for one in drafts
        ),
        *(
            Line(
                Section.ACTS,
                f"{words[one.what]} la {one.number_text}",
                counted(one.pending, "destinatario pendiente", "destinatarios pendientes")
                if one.what is DeliveryWhat.NOTIFICATION
                else "",
                one.due,
                "resoluciones",
                one.resolucion_id,
            )
            for one in owed
        ),
    ]


def plan_lines(plans: Iterable[PlanLine]) -> list[Line]:
    """Plans that are not approved."""
    return [
        Line(Section.PLANS, without_dni(one.title), f"Año {one.year}, en borrador", None, "plans", one.id)
        for one in plans
    ]


def duty_lines(duties: Iterable[DueDuty]) -> list[Line]:
    """Duties of the matrices in force that fall due."""
    return [
        Line(
            Section.DUTIES,
            f"{one.unit}, función {one.letter}",
            without_dni(f"{one.text}; {one.why}" + (f"; a cargo de {one.owner}" if one.owner else "")),
            one.due,
            "responsibilities",
            one.matrix_id,
        )
        for one in duties
    ]


def form_lines(custody: Custody) -> list[Line]:
    """What a holder has of each type and condition, with the ranges."""
    lines = []
    for held in custody.held:
        for condition, count in held.counts:
            if not count:
                continue
            ranges = FormRanges.of(one.forms for one in held.ranges if one.condition is condition)
            told = held.form_type.ranges_text(ranges) if ranges else "sin números"
            lines.append(
                Line(
                    Section.FORMS,
                    f"{held.form_type.code}, {condition.label.lower()}: {format_number(count)}",
                    f"{custody.holder.name}: {told}{' y otros' if held.more else ''}",
                    None,
                    "kardex.holder",
                    custody.holder.id,
                )
            )
    return lines


def others_lines(custody: Iterable[CustodyLine]) -> list[Line]:
    """What each person has in hand, for whoever keeps the warehouse."""
    return [
        Line(
            Section.FORMS,
            f"{one.form_type.code} en poder de {one.holder.name}: {format_number(one.form_count)}",
            f"{format_number(one.in_hand)} en blanco"
            + (f", {one.not_in_force}" if one.not_in_force else f", hace {counted(one.days, 'día', 'días')}"),
            None,
            "kardex.holder",
            one.holder.id,
        )
        for one in custody
        if one.form_count
    ]


def month_lines(months: Iterable[tuple[int, MonthState]]) -> list[Line]:
    """Months of a POI that have begun and are open, each with the year of its plan."""
    return [
        Line(
            Section.POI,
            f"Cerrar {month_name(state.month, year)} del POI",
            f"Debe cerrarse hasta el {format_date(state.due_on)}",
            state.due_on,
            "poi.month",
            year * 100 + state.month,
        )
        for year, state in months
    ]


def book_lines(asked: Iterable[Pending], rights: frozenset[str] | None) -> list[Line]:
    """What the registers ask, of the pages that are the leaver's."""
    lines = []
    for one in asked:
        needed = RIGHTS_OF_PAGE.get(one.kind.value.partition(".")[0], frozenset())
        if rights is None or not needed or needed & rights:
            numbers = one.kind.value.startswith("kardex")  # a number of a form may have eight figures
            detail = one.detail if numbers else without_dni(one.detail)
            title = one.title if numbers else without_dni(one.title)
            lines.append(Line(Section.BOOKS, title, detail, one.due, one.kind.value, one.record_id))
    return lines


def count_line(campaign: str, newest: CountListLine | None) -> Line:
    """The last inventory of a campaign."""
    if newest is None:
        return Line(
            Section.KEEPING, f"Inventario de {campaign}", "Ningún arqueo registrado: cuente antes de recibir"
        )
    return Line(
        Section.KEEPING,
        f"Último arqueo de {campaign}: {format_date(newest.counted_on)}",
        f"{newest.type_code}{f' de {newest.holder_name}' if newest.holder_name else ''}: "
        f"{format_number(newest.form_count)} contados; lo registró {newest.registered_by}",
    )


def copy_lines(standing: BackupStanding) -> list[Line]:
    """The last copy, where it is, and when a restore was last tried."""
    if standing.last is None:
        return [
            Line(Section.KEEPING, "Respaldo", "Ninguna copia hecha todavía", None, "safekeeping.backup", 0)
        ]
    last = standing.last
    locked = "con contraseña" if last.encrypted else "sin contraseña"
    tried = (
        f"restauración ensayada el {format_date(standing.rehearsed_at.date())}"
        if standing.rehearsed_at is not None
        else "restauración nunca ensayada"
    )
    return [
        Line(
            Section.KEEPING,
            f"Último respaldo: {format_date(last.made_at.date())}",
            f"{last.file_name}, en {last.place}, {locked}; {tried}; "
            f"{counted(standing.changes, 'cambio', 'cambios')} desde entonces",
            None,
            "safekeeping.backup",
            0,
        )
    ]


def expiring_lines(officers: Iterable[OfficerLine], today: date) -> list[Line]:
    """Designations that end soon: with them ends what the person may sign."""
    return [
        Line(
            Section.KEEPING,
            f"Termina la designación de {one.officer.full_name}",
            f"{one.officer.full_position}, {one.unit_name}",
            one.officer.valid_to,
            "officer",
            one.officer.id,
        )
        for one in officers
        if one.officer.valid_to is not None and today <= one.officer.valid_to <= today + EXPIRES_WITHIN
    ]


def _file_words(one: ExpedienteLine) -> str:
    parts = [f"Registro {one.registry}" if one.registry else ""]
    if one.since is not None:
        parts.append(f"Lo tiene {one.holder} desde el {format_date(one.since)}")
    parts.append(f"último documento: {one.last_document}" if one.last_document else "sin documentos")
    return "; ".join(part for part in parts if part)
