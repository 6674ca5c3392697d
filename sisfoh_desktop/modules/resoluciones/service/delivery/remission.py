"""The copy to the national body: its oficio, numbered and frozen like every paper, and the proof that it was sent."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import long_date
from sisfoh_desktop.basics.document_numbers import blank_number
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Body, BodyRole, CountsFrom
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NewSigner, PaperState
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, Signer, SignerRole
from sisfoh_desktop.modules.resoluciones.rules import delivery as facts
from sisfoh_desktop.modules.resoluciones.rules.delivery import Letter, Remission, Sending
from sisfoh_desktop.modules.resoluciones.rules.genders import of_the, short_title, the, the_first
from sisfoh_desktop.modules.resoluciones.service.delivery.evidence import (
    NamedFile,
    keep_evidence,
    told_file,
)
from sisfoh_desktop.modules.resoluciones.service.delivery.gathering import DeliveryView, view_delivery
from sisfoh_desktop.modules.resoluciones.service.drafts import load_resolucion, subject_of
from sisfoh_desktop.modules.resoluciones.service.gathering import gather
from sisfoh_desktop.modules.resoluciones.store import delivery as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper

LETTER_KIND = "oficio_remision"


letter_series = partial(papers.find_series, kind=facts.LETTER_SERIES)
"""The series that numbers the oficios, None while the office has none."""

create_letter_series = partial(papers.create_series, kind=facts.LETTER_SERIES)
"""The series as the clerk confirmed it; all else, and its errors, as in `papers.service.create_series`."""


def series_proposal(db: Database) -> tuple[str, str]:
    """Title and mask to propose while there is no series; the clerk confirms or changes the mask."""
    return facts.series_proposal(office.load_municipality(db).short_name)


def first_letter(db: Database, resolucion_id: int, today: date) -> Letter:
    """The oficio as it is proposed: of today, signed by the author of the act."""
    act = load_resolucion(db, resolucion_id)
    author = next(place for place in act.places if place.role is SignerRole.AUTHOR)
    return Letter(dated=max(today, act.dated), author_unit_id=author.unit_id, position=facts.UNKNOWN_POST)


def preview_letter(db: Database, *, resolucion_id: int, letter: Letter, today: date) -> bytes:
    """The oficio as it would be frozen, its number blank, PROYECTO on each page."""
    view = view_delivery(db, resolucion_id, today)
    kept = facts.clean_letter(letter, issued=view.resolucion.dated, today=today)
    series = letter_series(db)
    mask = series.mask if series else series_proposal(db)[1]
    number = blank_number(mask, kept.dated.year)
    return _build(db, view, kept, number, watermark="PROYECTO").pdf


def freeze_letter(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    letter: Letter,
    token: str | None = None,
) -> int:
    """Number the oficio and fix its bytes; its author signs it as every paper. The paper's id.

    The clock stays from then on as this oficio told it. RuleError `letter_exists`, `series_missing`,
    `body_missing`, `author_unknown` and as in `clean_letter`; StaleRow when somebody froze one meanwhile.
    """
    check_right(actor, "resoluciones.deliver")  # before a number is spent
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    view = view_delivery(db, resolucion_id, now.date())
    act = view.resolucion
    if not facts.letter_open(view.letter):
        raise RuleError(
            "letter_exists",
            f"{the_first(short_name(act))} ya tiene su oficio de remisión; no se hizo otro. Anúlelo en Papeles si está "
            "mal.",
        )
    if view.remission is not None and view.remission.sending is not None:
        raise RuleError(
            "already_sent", f"La copia {of_the(short_name(act))} ya fue remitida; no se hizo otro oficio."
        )
    kept = facts.clean_letter(letter, issued=act.dated, today=now.date())
    body, signer = _body(db, kept.dated), _signer(db, kept)
    series = letter_series(db)
    if series is None:
        raise RuleError(
            "series_missing",
            "Todavía no hay una serie que numere los oficios; no se congeló. Créela al preparar el oficio.",
        )
    known = view.remission

    def check_still(session: "Session") -> Remission | None:
        """Somebody else may have made it meanwhile: a second number would be left without a paper."""
        stored = store.find_remission(session, resolucion_id)
        seen, there = (known and (known.id, known.version)), (stored and (stored.id, stored.version))
        check_updated(1 if seen == there else 0)
        return stored

    def on_frozen(session: "Session", paper_id: int, number: str) -> None:
        store.lock_act(session, resolucion_id)
        stored = check_still(session)
        after = replace(_remission(view, body), paper_id=paper_id)
        if stored is None:
            store.add_remission(session, after)
        else:
            store.record_remission(session, replace(after, id=stored.id), stored.version)
        told = {"paper": paper_id, "number": number, "body": body.name, "due": after.due}
        _record(session, actor, now, "remission.letter", act, None, told)

    return papers.issue_numbered(
        db,
        archive,
        actor=actor,
        now=now,
        series_id=series.id,
        kind=LETTER_KIND,
        title=lambda number: f"Oficio N° {number}: remite {the(short_name(act))}",
        dated=kept.dated,
        subject=subject_of(resolucion_id),
        build=partial(_build, db, view, kept),
        signers=[new_signer(signer)],
        on_frozen=on_frozen,
        still_due=check_still,
        token=token,
    )


def record_sending(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    sending: Sending,
    file: NamedFile,
    token: str | None = None,
) -> str:
    """The copy was sent: closes the term, on time or late. Returns how it closed (`a tiempo`, `con 2 días …`).

    An oficio made with this program must have its signature first. RuleError `already_sent`, `letter_unsigned`,
    `body_missing` and as in `clean_sending`.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return str(earlier.result)
    view = view_delivery(db, resolucion_id, now.date())
    act, letter = view.resolucion, view.letter
    kept = facts.clean_sending(sending, issued=act.dated, today=now.date())
    if letter is not None and letter.state in (PaperState.FROZEN, PaperState.SIGNING):
        raise RuleError(
            "letter_unsigned",
            f"El oficio {letter.number_text} todavía no está firmado; no se registró el envío. Fírmelo primero.",
        )
    start = view.remission or _remission(view, _body(db, kept.sent_on))
    proof = keep_evidence(archive, file)
    late_days = facts.lateness(start.due, kept.sent_on, view.calendar)

    def change(session: "Session") -> str:
        locked = store.lock_act(session, resolucion_id)
        facts.check_can_deliver(locked)
        stored = store.find_remission(session, resolucion_id)
        if stored is not None and stored.sending is not None:
            raise RuleError(
                "already_sent",
                f"La copia {of_the(short_name(act))} ya consta remitida; no se registró otra vez. Actualice con F5.",
            )
        after = replace(stored or start, sending=kept, late_days=late_days, proof=proof)
        if stored is None:
            store.add_remission(session, after)
        else:
            store.record_remission(session, after, stored.version)
        told = {
            "body": after.body,
            "letter": kept.letter,
            "sent_on": kept.sent_on,
            "channel": kept.channel,
            "registry": kept.registry,
            "due": after.due,
            "late_days": late_days,
            "file": told_file(proof),
        }
        _record(session, actor, now, "remission.send", act, {"sent_on": None}, told)
        return after.closing

    return db.run_once(token, change)


def short_name(act: Resolucion) -> str:
    """`Resolución N° 091-2024-GM/MPT`, as sentences and titles call it."""
    return short_title(act.title, act.number_text, act.headings.number_word)


def new_signer(signer: Signer) -> NewSigner:
    """A place of the round as `papers` takes it."""
    return NewSigner(
        field=signer.field,
        role=signer.role,
        name=signer.name,
        position=signer.position,
        unit=signer.unit,
        officer_id=signer.officer_id,
        dni=signer.dni,
    )


def head_of(db: Database, unit_id: int, on: date, *, otherwise: str = "") -> Signer:
    """Whoever heads the unit on that day, as the author of a paper; else the person named in `otherwise`.

    RuleError `author_unknown`, `unit_unknown`.
    """
    unit = office.load_unit(db, unit_id, on)
    officer = office.officer_for(db, unit_id, on)
    if officer is None and not otherwise:
        raise RuleError(
            "author_unknown",
            f"No hay quien dirija {unit.name} en esa fecha; no se hizo el documento. Regístrelo en Oficina › "
            "Responsables.",
        )
    return Signer(
        field=rules.field_name(SignerRole.AUTHOR, 1, unit.siglas),
        role=SignerRole.AUTHOR,
        unit_id=unit_id,
        unit=unit.name,
        siglas=unit.siglas,
        name=officer.full_name if officer else otherwise,
        position=officer.full_position if officer else "Responsable de la publicación",
        officer_id=officer.id if officer else None,
        dni=(officer.dni or "") if officer else "",
    )


def _signer(db: Database, letter: Letter) -> Signer:
    return head_of(db, letter.author_unit_id, letter.dated)


def _body(db: Database, on: date) -> Body:
    body = office.body_for(db, BodyRole.LEAD_BODY, on)
    if body is None:
        raise RuleError(
            "body_missing",
            "No hay un ente rector de focalización vigente en esa fecha; no se hizo nada. Regístrelo en Oficina › "
            "Normas y organismos.",
        )
    return body


def _remission(view: DeliveryView, body: Body) -> Remission:
    """A remission with the clock as it is told now."""
    clock = view.clock
    return Remission(
        id=0,
        resolucion_id=view.resolucion.id,
        body=body.name,
        body_siglas=body.siglas,
        event=clock.event if clock else CountsFrom.ISSUE,
        event_on=clock.event_on if clock else None,
        days=clock.days if clock else 0,
        norm=clock.norm if clock else "",
        due=clock.due if clock else None,
    )


def _build(
    db: Database, view: DeliveryView, letter: Letter, number: str, *, watermark: str = ""
) -> "BuiltPaper":
    from sisfoh_desktop.modules.resoluciones.report.letter import letter_pdf

    act = view.resolucion
    around = gather(db, act)
    rectified = around.rectified
    body, signer = _body(db, letter.dated), _signer(db, letter)
    data = facts.LetterData(
        act=act.title,
        act_dated=act.dated,
        plan=around.plan.title if around.plan else "",
        body=body.name,
        body_siglas=body.siglas,
        clock=view.clock,
        folios=view.paper.pages,
        with_annex=act.with_annex,
        initials=act.headings.initials,
        rectifies=f"{rectified.title}, del {long_date(rectified.dated)}" if rectified else "",
    )
    return letter_pdf(
        facts.printed_letter(letter, data, number=number, place=around.place),
        office.letterhead(db, letter.dated, signer.unit),
        signer,
        legend=office.legend(db, letter.dated),
        watermark=office.watermark(db, watermark),
    )


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    act: Resolucion,
    before: dict[str, Any] | None,
    after: dict[str, Any],
) -> None:
    record_audit(
        session, actor=actor, now=now, action=action, subject=subject_of(act.id), before=before, after=after
    )


papers.register_kind(LETTER_KIND, papers.KindHooks())
