"""From a draft to a frozen act and back: freeze its bytes under a number, verify, or annul the freeze.

Number, bytes, round and signatures are kept by `papers`; this row changes its state in the same commit. What the
act printed of its plan is held from the freeze until the author's signature, so that it approves just that.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import NewSigner
from sisfoh_desktop.modules.papers.service import PaperVerification
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import Plan
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import Problem, Resolucion, Review
from sisfoh_desktop.modules.resoluciones.service.drafts import build, load_resolucion, problems_of, subject_of
from sisfoh_desktop.modules.resoluciones.service.gathering import Surroundings, gather
from sisfoh_desktop.modules.resoluciones.service.review import holds_in, review_of
from sisfoh_desktop.modules.responsibilities import service as responsibilities

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PAPER_KIND = "resolucion"


def freeze_resolucion(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Reserve the number, make the paper once and fix its bytes; returns the paper's id.

    The plan and its matrix are held under that number from then on. RuleError names what is missing; StaleRow when
    somebody saved the act, its plan or its matrix first; FileFailed when the archive cannot be
    written. Then the draft stays as it was and a number already reserved waits for it.
    """
    check_right(actor, "resoluciones.draft")  # what it writes in the trail follows other papers too
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    resolucion = load_resolucion(db, resolucion_id)
    around = gather(db, resolucion)
    rules.check_can_freeze(resolucion, _obstacles(db, resolucion, around, now)[0])
    number = papers.reserve_number(
        db,
        actor=actor,
        now=now,
        series_id=resolucion.series_id,
        year=resolucion.dated.year,
        subject=subject_of(resolucion_id),
        token=f"{token}:number" if token else None,
    )
    numbered = gather(db, resolucion, number=number.text)
    plan = numbered.plan
    printed = _versions(db, plan, resolucion)
    # plan and chain are shared: what was read with the number is what is printed, so it is this that must hold
    obstacles, review = _obstacles(db, resolucion, numbered, now)
    rules.check_can_freeze(resolucion, obstacles)
    built = build(db, resolucion, numbered)

    def on_frozen(session: "Session", paper_id: int) -> None:
        check_updated(1 if holds_in(session, resolucion_id, review) else 0)
        store.record_frozen(
            session, resolucion_id, expected_version, paper_id=paper_id, number_text=number.text
        )
        store.add_version(
            session,
            resolucion_id,
            resolucion.draft_round,
            frozen_at=now,
            number_text=number.text,
            parts=rules.act_parts(resolucion, numbered.values, numbered.signers),
        )
        if plan is not None:
            held = plans.hold_plan_in(session, actor=actor, now=now, plan_id=plan.id, held_by=number.text)
            check_updated(1 if held == printed else 0)

    return papers.freeze_paper(
        db,
        archive,
        actor=actor,
        now=now,
        kind=PAPER_KIND,
        title=replace(resolucion, number_text=number.text).title,
        number=number,
        dated=resolucion.dated,
        subject=subject_of(resolucion_id),
        pdf=built.pdf,
        pages=built.pages,
        boxes=built.boxes,
        signers=[
            NewSigner(
                field=signer.field,
                role=signer.role,
                name=signer.name,
                position=signer.position,
                unit=signer.unit,
                officer_id=signer.officer_id,
                dni=signer.dni,
                acting=signer.acting,
                appointed_by=signer.appointed_by,
            )
            for signer in numbered.signers
        ],
        on_frozen=on_frozen,
        token=token,
    )


def verify_resolucion(
    db: Database, archive: Archive, resolucion_id: int, *, roots: Sequence[bytes] = ()
) -> PaperVerification:
    """Check the archived bytes: hash, every signature, the people expected; says no more than was checked."""
    paper_id = rules.check_has_paper(load_resolucion(db, resolucion_id))
    return papers.verify_paper(db, archive, paper_id=paper_id, roots=roots)


def resolucion_bytes(db: Database, archive: Archive, resolucion_id: int) -> bytes:
    """The very bytes of the archive, frozen or signed; RuleError `not_frozen` for a draft."""
    paper_id = rules.check_has_paper(load_resolucion(db, resolucion_id))
    return papers.paper_bytes(db, archive, paper_id)


def annul_freeze(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Withdraw the frozen version with a reason: its number stays annulled in the register, the draft opens again.

    Its plan and matrix may be corrected again. `expected_version` is the paper's.
    """
    check_right(actor, "resoluciones.draft")
    if db.find_answer(token) is not None:
        return
    resolucion = load_resolucion(db, resolucion_id)
    rules.check_can_annul(resolucion)

    def on_annulled(session: "Session", _paper_id: int) -> None:
        reopen_in(session, actor=actor, now=now, resolucion=resolucion, reason=reason)

    papers.annul_paper(
        db,
        actor=actor,
        now=now,
        paper_id=rules.check_has_paper(resolucion),
        expected_version=expected_version,
        reason=reason,
        on_annulled=on_annulled,
        token=token,
    )


def reopen_in(
    session: "Session", *, actor: Actor, now: datetime, resolucion: Resolucion, reason: str
) -> None:
    """The act is a draft again, of the next round, and its plan may be corrected."""
    store.record_reopened(session, resolucion.id)
    if resolucion.plan_id is not None:
        release_plan_in(session, actor, now, resolucion, resolucion.plan_id)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="resolucion.reopen",
        subject=subject_of(resolucion.id),
        before={"paper": resolucion.paper_id, "number": resolucion.number_text},
        after={"draft_round": resolucion.draft_round + 1},
        reason=reason.strip(),
    )


def _obstacles(
    db: Database, resolucion: Resolucion, around: Surroundings, now: datetime
) -> tuple[list[Problem], Review]:
    """What stops the freeze: gaps, then what the act contradicts and nobody accepted."""
    review = review_of(db, resolucion, around)
    blocking = [rules.problem_of(finding) for finding in review.blocking]
    return [*problems_of(db, resolucion, around, now.date()), *blocking], review


def _versions(db: Database, plan: Plan | None, resolucion: Resolucion) -> tuple[int, int]:
    """The versions of the plan and of its matrix, read before anything of them is printed; 0 for what is not."""
    if plan is None:
        return 0, 0
    if plan.matrix_id is None:
        return plan.version, 0
    return plan.version, responsibilities.load_matrix(db, plan.matrix_id, resolucion.dated).version


def release_plan_in(
    session: "Session", actor: Actor, now: datetime, resolucion: Resolucion, plan_id: int
) -> None:
    """The act holds its plan no more; another one frozen with the same plan holds it from now on."""
    number = resolucion.number_text
    if plans.release_plan_in(session, actor=actor, now=now, plan_id=plan_id, held_by=number):
        # asked after the release has the plan to itself: two acts that end at once do not hand it to each other
        other = store.find_other_frozen(session, resolucion.id, plan_id)
        if other:
            plans.hold_plan_in(session, actor=actor, now=now, plan_id=plan_id, held_by=other)
