"""Drafts of resoluciones: made from an expediente, edited as a whole, previewed before anything is fixed."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import Expediente
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import Paper
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import check_can_use_in_resolucion
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import (
    DraftSource,
    Problem,
    Resolucion,
    Review,
    Signer,
    State,
)
from sisfoh_desktop.modules.resoluciones.service.gathering import Surroundings, gather
from sisfoh_desktop.modules.resoluciones.service.models import load_model
from sisfoh_desktop.modules.resoluciones.service.review import review_of
from sisfoh_desktop.modules.resoluciones.service.sources import draft_source, source_of_model
from sisfoh_desktop.modules.responsibilities import service as responsibilities

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper


@dataclass(frozen=True)
class ResolucionView:
    """A resolución with all that its screen shows; `untold` names documents of the chain not told yet."""

    resolucion: Resolucion
    expediente: Expediente
    values: dict[str, str]
    signers: tuple[Signer, ...]
    problems: tuple[Problem, ...]
    untold: tuple[str, ...]
    paper: Paper | None
    review: Review = field(default_factory=lambda: Review((), ()))

    @property
    def obstacles(self) -> tuple[Problem, ...]:
        """What stops the freeze: the gaps, then the findings that block and were not accepted."""
        if self.resolucion.state is not State.DRAFT:
            return ()
        return (*self.problems, *(rules.problem_of(finding) for finding in self.review.blocking))


def load_resolucion(db: Database, resolucion_id: int) -> Resolucion:
    """The whole resolución; RuleError `resolucion_unknown`."""
    with db.reading() as session:
        return store.load_resolucion(session, resolucion_id)


def find_by_number(db: Database, number_text: str) -> Resolucion | None:
    """The resolución with this number as printed, frozen or signed; None if there is none."""
    with db.reading() as session:
        resolucion_id = store.find_by_number(session, number_text)
        return None if resolucion_id is None else store.load_resolucion(session, resolucion_id)


def view_resolucion(db: Database, resolucion_id: int, today: date) -> ResolucionView:
    """The resolución as its screen shows it, with what still stops the freeze."""
    resolucion = load_resolucion(db, resolucion_id)
    around = gather(db, resolucion)
    untold = rules.missing_documents(resolucion.blocks, around.documents)
    draft = resolucion.state is State.DRAFT
    return ResolucionView(
        resolucion,
        around.expediente,
        around.values,
        around.signers,
        tuple(problems_of(db, resolucion, around, today)) if draft else (),
        tuple(document.title for document in untold) if draft else (),
        papers.load_paper(db, resolucion.paper_id) if resolucion.paper_id is not None else None,
        review_of(db, resolucion, around),
    )


def create_resolucion(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    expediente_id: int,
    series_id: int,
    source: DraftSource | None = None,
    model_id: int | None = None,
    dated: date | None = None,
    token: str | None = None,
) -> int:
    """A draft from the expediente: VISTOS and considerandos from its chain, the rest from `source`.

    Without `source` the last version of the model is taken, which the act remembers; without a model, the words of
    the newest act of the series. Returns the id.
    """
    expediente = expedientes.load_expediente(db, expediente_id)
    if not expediente.documents:
        raise RuleError(
            "expediente_empty",
            "El expediente no tiene documentos; no se creó la resolución. Registre primero los que la sustentan.",
        )
    model = load_model(db, model_id) if model_id is not None and source is None else None
    if model is not None:
        source = source_of_model(db, model, expediente, dated or now.date())
    chosen = source or draft_source(db, expediente_id, series_id)
    plan = plans.load_plan(db, expediente.plan_id) if expediente.plan_id is not None else None
    empty = Resolucion(
        id=0,
        expediente_id=expediente_id,
        plan_id=expediente.plan_id,
        series_id=series_id,
        matter=rules.clean_matter(chosen.matter),
        headings=chosen.headings,
        dated=dated or now.date(),
        with_annex=plan is not None and plan.matrix_id is not None,
        state=State.DRAFT,
        paper_id=None,
        number_text="",
        draft_round=1,
        version=1,
        places=rules.check_places(chosen.places),
        wordings=chosen.wordings,
        model_version_id=model.version_id if model is not None else None,
    )
    known = gather(db, empty).values
    blocks = rules.clean_blocks(rules.draft_blocks(chosen, expediente.documents, known))
    draft = replace(empty, blocks=blocks)

    def change(session: "Session") -> int:
        resolucion_id = store.add_resolucion(session, draft)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="resolucion.create",
            subject=subject_of(resolucion_id),
            after={
                "expediente": expediente_id,
                "blocks": len(blocks),
                "dated": draft.dated,
                **({"model": f"{model.name} (versión {model.number})"} if model is not None else {}),
            },
        )
        return resolucion_id

    return db.run_once(token, change)


def save_resolucion(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion: Resolucion,
    expected_version: int,
    reason: str = "",
    token: str | None = None,
) -> int:
    """Write the draft as the clerk left it: blocks, headings, date, annex, signers, wordings.

    Returns the new version. RuleError when it is no longer a draft or a text cannot be kept; StaleRow when
    somebody saved it first.
    """
    kept = replace(
        resolucion,
        matter=rules.clean_matter(resolucion.matter),
        blocks=rules.clean_blocks(resolucion.blocks),
        places=rules.check_places(resolucion.places),
        headings=rules.clean_headings(resolucion.headings),
    )

    def change(session: "Session") -> int:
        stored = store.load_resolucion(session, kept.id)
        rules.check_can_edit(stored)
        store.record_resolucion(session, kept, expected_version)
        before, after = _differences(stored, kept)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="resolucion.save",
            subject=subject_of(kept.id),
            before=before,
            after=after,
            reason=reason,
        )
        return expected_version + 1

    return db.run_once(token, change)


def bring_documents(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Tell the documents registered since the draft was made; VISTOS is written anew. Returns the new version."""
    resolucion = load_resolucion(db, resolucion_id)
    around = gather(db, resolucion)
    if around.rectified is not None:
        blocks = rules.with_documents_to_tell(
            around.rectified, resolucion.blocks, around.documents, around.values
        )
    else:
        blocks = rules.with_missing_documents(
            resolucion.blocks,
            resolucion.matter,
            around.documents,
            around.values,
            resolucion.headings.vistos_form,
        )
    return save_resolucion(
        db,
        actor=actor,
        now=now,
        resolucion=replace(resolucion, blocks=blocks),
        expected_version=expected_version,
        token=token,
    )


def preview_pdf(db: Database, resolucion: Resolucion) -> bytes:
    """The paper of a draft as it stands, saved or not: PROYECTO on each page, number blank, gaps marked."""
    around = gather(db, resolucion)
    return build(db, resolucion, around, watermark="PROYECTO", lenient=True).pdf


def draft_pdf(db: Database, resolucion_id: int) -> bytes:
    """The same, of the draft as it is kept; RuleError once it is frozen, since then its own bytes count."""
    resolucion = load_resolucion(db, resolucion_id)
    rules.check_can_edit(resolucion)
    return preview_pdf(db, resolucion)


def build(
    db: Database,
    resolucion: Resolucion,
    around: Surroundings,
    *,
    watermark: str = "",
    lenient: bool = False,
) -> "BuiltPaper":
    """Set the act on pages, with the annex when it has one that can be printed."""
    from sisfoh_desktop.modules.resoluciones import report

    act = rules.printed_act(
        resolucion,
        around.values,
        place=around.place,
        tables=around.tables,
        documents=around.documents,
        signers=around.signers,
        lenient=lenient,
    )
    matrix_id = around.plan.matrix_id if resolucion.with_annex and around.plan else None
    if matrix_id is not None and lenient and not responsibilities.can_print(db, matrix_id):
        matrix_id = None
    return report.resolucion_pdf(
        act,
        office.letterhead(db, resolucion.dated),
        legend=office.legend(db, resolucion.dated),
        watermark=office.watermark(db, watermark),
        annex=responsibilities.anexo01_story(db, matrix_id, resolucion.dated)
        if matrix_id is not None
        else (),
    )


def problems_of(db: Database, resolucion: Resolucion, around: Surroundings, today: date) -> list[Problem]:
    """Everything that stops the freeze: the act's own gaps, its plan's figures, its annex."""
    found = rules.problems_before_freeze(
        resolucion,
        around.values,
        around.signers,
        has_chain=bool(around.tables),
        documents=rules.details_of(around.documents),
        today=today,
    )
    if around.rectified is not None:
        found += rules.rectification_problems(resolucion, around.rectified, around.errors)
    if around.plan is not None:
        try:
            check_can_use_in_resolucion(around.plan)
        except RuleError as error:
            found.append(Problem(error.code, error.sentence))
    matrix_id = around.plan.matrix_id if around.plan else None
    if resolucion.with_annex and matrix_id is None:
        found.append(
            Problem(
                "annex_missing",
                "El plan no tiene la matriz del Anexo N° 01; elíjala en el plan, pestaña Datos, o quite el anexo.",
            )
        )
    if matrix_id is not None and not responsibilities.can_print(db, matrix_id):
        # the author's signature puts it in force with the plan, annex or not
        found.append(
            Problem(
                "matrix_not_ready",
                "La matriz de responsabilidades del plan está incompleta; complétela en Responsabilidades o "
                "quítela del plan.",
            )
        )
    return found


def subject_of(resolucion_id: int) -> str:
    """How the trail and the register of numbers name it."""
    return f"resolucion:{resolucion_id}"


def _differences(before: Resolucion, after: Resolucion) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the trail keeps of a save: values that differ, and of each part only the rows that differ."""
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    was, now = _told(before), _told(after)
    for name in (name for name in was if was[name] != now[name]):
        if not isinstance(was[name], list):
            old[name], new[name] = was[name], now[name]
            continue
        old[name] = [row for row in was[name] if row not in now[name]]
        new[name] = [row for row in now[name] if row not in was[name]]
        if not old[name] and not new[name]:
            new[name] = "cambió el orden o las repeticiones"
    return old, new


def _told(resolucion: Resolucion) -> dict[str, Any]:
    """What a clerk may change, by the names that the trail uses: values, and lists of rows."""
    return {
        "matter": resolucion.matter,
        "dated": resolucion.dated,
        "with_annex": resolucion.with_annex,
        **asdict(resolucion.headings),
        "places": [asdict(place) for place in resolucion.places],
        "wordings": [list(wording) for wording in resolucion.wordings],
        "blocks": [asdict(block) for block in resolucion.blocks],
    }
