"""The coherence of an act with itself and its expediente: found live, accepted with a reason, or corrected.

The rules are in rules/coherence; here their dossier is gathered and acceptances are kept.
"""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import (
    Acceptance,
    Dossier,
    Finding,
    Resolucion,
    Review,
    Vocabulary,
    coherence,
)
from sisfoh_desktop.modules.resoluciones.service.gathering import Surroundings, gather
from sisfoh_desktop.modules.responsibilities import service as responsibilities

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def review_resolucion(db: Database, resolucion_id: int) -> Review:
    """Every finding of an act in any state, with the acceptances that hold; RuleError `resolucion_unknown`."""
    with db.reading() as session:
        resolucion = store.load_resolucion(session, resolucion_id)
    return review_of(db, resolucion, gather(db, resolucion))


def review_of(db: Database, resolucion: Resolucion, around: Surroundings) -> Review:
    """The same, of an act whose surroundings were read already."""
    findings = coherence.review(_dossier(db, resolucion, around))
    with db.reading() as session:
        rows = store.list_acceptances(session, resolucion.id)
    return Review(findings, rules.acceptances_in_force(rows, findings))


def find_for_review(db: Database, number_or_id: str) -> Resolucion:
    """The act with this number as printed, or, while it has none, with this id; RuleError `resolucion_unknown`."""
    told = number_or_id.strip()
    with db.reading() as session:
        resolucion_id = store.find_by_number(session, told)
        if resolucion_id is None and told.isdecimal() and len(told) <= 9:
            resolucion_id = int(told)
        if resolucion_id is None:
            raise RuleError(
                "resolucion_unknown",
                f"No hay ninguna resolución con el número «{told[:80]}»; no se revisó nada. Escríbalo como está "
                "impreso.",
            )
        return store.load_resolucion(session, resolucion_id)


def list_acceptances(db: Database, resolucion_id: int) -> list[Acceptance]:
    """Every acceptance and withdrawal of an act, oldest first, also of findings that are gone."""
    with db.reading() as session:
        return store.list_acceptances(session, resolucion_id)


def accept_finding(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    code: str,
    fingerprint: str,
    reason: str,
    token: str | None = None,
) -> None:
    """Let a finding stand, with its reason; it holds while what it compared stays the same.

    RuleError when the act is no draft, the reason is missing, or the finding is not there (any more).
    """
    accept_findings(
        db,
        actor=actor,
        now=now,
        resolucion_id=resolucion_id,
        keys=[(code, fingerprint)],
        reason=reason,
        token=token,
    )


def accept_findings(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    keys: Sequence[tuple[str, str]],
    reason: str,
    token: str | None = None,
) -> None:
    """The same for several findings, by code and fingerprint, with one reason: all of them or none."""
    if db.find_answer(token) is not None:
        return
    resolucion, review = _draft_under_review(db, resolucion_id)
    found = [rules.check_can_accept(review, code, fingerprint) for code, fingerprint in keys]
    kept = rules.clean_accept_reason(reason)
    _record(db, actor, now, resolucion, found, kept, withdrawn=False, token=token)


def withdraw_acceptance(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    code: str,
    fingerprint: str,
    reason: str = "",
    token: str | None = None,
) -> None:
    """Take an acceptance back: the finding counts again. What was accepted, by whom and why stays in the trail."""
    if db.find_answer(token) is not None:
        return
    resolucion, review = _draft_under_review(db, resolucion_id)
    finding = rules.check_can_withdraw(review, code, fingerprint)
    kept = rules.clean_accept_reason(reason) if reason.strip() else ""
    _record(db, actor, now, resolucion, [finding], kept, withdrawn=True, token=token)


def holds_in(session: "Session", resolucion_id: int, review: Review) -> bool:
    """Whether the acceptances are still those of `review`, asked in the commit that relies on them."""
    rows = store.list_acceptances(session, resolucion_id)
    return rules.acceptances_in_force(rows, review.findings) == review.accepted


def _draft_under_review(db: Database, resolucion_id: int) -> tuple[Resolucion, Review]:
    with db.reading() as session:
        resolucion = store.load_resolucion(session, resolucion_id)
    rules.check_can_edit(resolucion)
    return resolucion, review_of(db, resolucion, gather(db, resolucion))


def _record(
    db: Database,
    actor: Actor,
    now: datetime,
    resolucion: Resolucion,
    findings: Sequence[Finding],
    reason: str,
    *,
    withdrawn: bool,
    token: str | None,
) -> None:
    def change(session: "Session") -> None:
        rules.check_can_edit(store.load_resolucion(session, resolucion.id))
        last = {row.key: row for row in store.list_acceptances(session, resolucion.id)}
        for finding in findings:
            acceptance = Acceptance(
                finding.code, finding.fingerprint, finding.sentence, reason, actor.user, now, withdrawn
            )
            before = last.get(acceptance.key)
            stands = before is not None and not before.withdrawn
            if stands is not withdrawn:
                continue  # somebody else did the same a moment before
            store.add_acceptance(session, resolucion.id, acceptance)
            told = {"finding": finding.sentence, "where": finding.where}
            record_audit(
                session,
                actor=actor,
                now=now,
                action="resolucion.withdraw_acceptance" if withdrawn else "resolucion.accept_finding",
                subject=f"resolucion:{resolucion.id}",
                before=told if withdrawn else None,
                after=None if withdrawn else told,
                reason=reason,
            )

    db.run_once(token, change)


def _dossier(db: Database, resolucion: Resolucion, around: Surroundings) -> Dossier:
    """The act as it would be printed, gaps marked, with its whole expediente as of its date."""
    act = rules.printed_act(
        resolucion,
        around.values,
        place=around.place,
        tables=around.tables,
        documents=around.documents,
        signers=around.signers,
        lenient=True,
    )
    matrix_id = around.plan.matrix_id if resolucion.with_annex and around.plan else None
    empty = Dossier(
        act_name=resolucion.headings.act_name,
        number=act.number,
        dated=resolucion.dated,
        blocks=(),
        documents=around.documents,
        plan=around.plan,
        matrix=responsibilities.load_matrix(db, matrix_id, resolucion.dated)
        if matrix_id is not None
        else None,
        units=tuple(office.list_units(db, resolucion.dated)),
        bodies=tuple(office.list_bodies(db, resolucion.dated)),
        norms=tuple(office.list_norms(db)),
        year_names=tuple(office.list_year_names(db)),
        signer_units=tuple(place.unit_id for place in resolucion.places),
        vocabulary=_vocabulary(),
    )
    return rules.dossier_of(resolucion, act, empty, quotes_errors=around.rectified is not None)


@cache
def _vocabulary() -> Vocabulary:
    """The words that acts share, from the program's files."""
    path = resource("data", "national", "fixed_words.toml")
    try:
        read: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        groups = {"synonyms", "unit_heads"}
        known: dict[str, Any] = {
            name: tuple(map(tuple, rows)) if name in groups else tuple(rows) for name, rows in read.items()
        }
        return Vocabulary(**known)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise FileFailed(
            f"Falta o está dañado un archivo del programa («{path.name}»); no se revisó la resolución. "
            "Vuelva a instalar el programa."
        ) from error
