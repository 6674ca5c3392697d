"""The round of an act: signed here, outside or by hand, or observed; what follows in the act, its plan, its expediente.

Number, bytes and signatures are kept by `papers`, which calls what is registered here in the same commit.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper, PaperSigner
from sisfoh_desktop.modules.papers.service import ExportedPaper, KindHooks, Moment
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, SignerRole, State
from sisfoh_desktop.modules.resoluciones.service.drafts import load_resolucion
from sisfoh_desktop.modules.resoluciones.service.issuing import PAPER_KIND, release_plan_in, reopen_in
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import DutyLink

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.signing import Signer


def sign_resolucion(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    signer_id: int,
    expected_version: int,
    open_signer: "Callable[[], AbstractContextManager[Signer]]",
    token: str | None = None,
) -> Paper:
    """Sign in turn; with the author's signature the plan is approved and the expediente has its resolución.

    `expected_version` is the paper's. Errors as in `papers.service.sign_paper`: nothing changes then.
    """
    return papers.sign_paper(
        db,
        archive,
        actor=actor,
        now=now,
        paper_id=_paper_of(db, resolucion_id, token),
        signer_id=signer_id,
        expected_version=expected_version,
        open_signer=open_signer,
        token=token,
    )


def export_resolucion(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    signer_id: int,
    token: str | None = None,
) -> ExportedPaper:
    """The archived bytes to be signed in another program; that they went out is recorded."""
    return papers.export_for_signing(
        db,
        archive,
        actor=actor,
        now=now,
        paper_id=_paper_of(db, resolucion_id, token),
        signer_id=signer_id,
        token=token,
    )


def bring_back_resolucion(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    signer_id: int,
    expected_version: int,
    data: bytes,
    token: str | None = None,
) -> Paper:
    """Take a signature that was made outside; errors as in `papers.service.bring_back_paper`."""
    return papers.bring_back_paper(
        db,
        archive,
        actor=actor,
        now=now,
        paper_id=_paper_of(db, resolucion_id, token),
        signer_id=signer_id,
        expected_version=expected_version,
        data=data,
        token=token,
    )


def record_ink_on_resolucion(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    signer_id: int,
    expected_version: int,
    signed_on: date,
    pages: str,
    scan: bytes,
    note: str = "",
    token: str | None = None,
) -> Paper:
    """Register a signature by hand; errors as in `papers.service.record_ink_signature`."""
    return papers.record_ink_signature(
        db,
        archive,
        actor=actor,
        now=now,
        paper_id=_paper_of(db, resolucion_id, token),
        signer_id=signer_id,
        expected_version=expected_version,
        signed_on=signed_on,
        pages=pages,
        scan=scan,
        note=note,
        token=token,
    )


def refuse_resolucion(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    signer_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> Paper:
    """A signer observes the act: it is a draft again, and its next version bears the same number."""
    return papers.refuse_paper(
        db,
        actor=actor,
        now=now,
        paper_id=_paper_of(db, resolucion_id, token),
        signer_id=signer_id,
        expected_version=expected_version,
        reason=reason,
        token=token,
    )


def _paper_of(db: Database, resolucion_id: int, token: str | None) -> int:
    """The act's paper; an action that was committed before keeps its own, even if the act is a draft again."""
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    return rules.check_has_paper(load_resolucion(db, resolucion_id))


def _after_signature(session: "Session", moment: Moment, paper: Paper, slot: PaperSigner) -> None:
    """The act follows its paper; with the author's signature the plan is approved and the expediente resolved."""
    resolucion = store.load_resolucion(session, _resolucion_id(paper))
    last = slot.role is SignerRole.AUTHOR
    store.record_signed(session, resolucion.id, State.SIGNED if last else State.SIGNING)
    if not last:
        return
    actor, now = moment.actor, moment.now
    expedientes.resolve_in(
        session,
        actor=actor,
        now=now,
        expediente_id=resolucion.expediente_id,
        number=resolucion.number_text,
    )
    if resolucion.plan_id is not None:
        plans.approve_plan_in(
            session, actor=actor, now=now, plan_id=resolucion.plan_id, approved_by=resolucion.title
        )
        release_plan_in(session, actor, now, resolucion, resolucion.plan_id)
        _record_as_evidence(session, moment, resolucion, resolucion.plan_id)


def _record_as_evidence(session: "Session", moment: Moment, resolucion: Resolucion, plan_id: int) -> None:
    """The signed act shows that the duty of approving the plan, in the matrix that it put in force, is done."""
    matrix_id = plans.matrix_of_in(session, plan_id)
    if matrix_id is not None:
        responsibilities.record_evidence_in(
            session,
            actor=moment.actor,
            now=moment.now,
            link=DutyLink.RESOLUCION,
            record_kind="resoluciones",
            record_id=resolucion.id,
            label=resolucion.title,
            day=resolucion.dated,
            matrix_id=matrix_id,
        )


def _after_refusal(session: "Session", moment: Moment, paper: Paper, slot: PaperSigner) -> None:
    resolucion = store.load_resolucion(session, _resolucion_id(paper))
    reason = f"Observada por {slot.label}"
    reopen_in(session, actor=moment.actor, now=moment.now, resolucion=resolucion, reason=reason)


def _resolucion_id(paper: Paper) -> int:
    return int(paper.subject.partition(":")[2])


papers.register_kind(PAPER_KIND, KindHooks(signed=_after_signature, refused=_after_refusal))
