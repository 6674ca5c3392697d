"""Reads and writes of an act, its blocks, places and wordings."""

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.resoluciones import tables
from sisfoh_desktop.modules.resoluciones.rules import (
    Block,
    BlockKind,
    Headings,
    Origin,
    Resolucion,
    ResolucionLine,
    SignerPlace,
    SignerRole,
    State,
)
from sisfoh_desktop.modules.resoluciones.tables import ResolucionRectificationRow, ResolucionRow


def list_resoluciones(session: Session) -> list[ResolucionLine]:
    """Every resolución, the newest first, its matter as stored (with chips)."""
    rows = session.scalars(select(ResolucionRow).order_by(ResolucionRow.id.desc()))
    return [
        ResolucionLine(
            id=row.id,
            expediente_id=row.expediente_id,
            plan_id=row.plan_id,
            matter=row.matter,
            number_text=row.number_text,
            act_name=row.act_name,
            dated=row.dated,
            state=State(row.state),
            draft_round=row.draft_round,
            paper_id=row.paper_id,
            version=row.version,
        )
        for row in rows
    ]


def load_resolucion(session: Session, resolucion_id: int) -> Resolucion:
    """The whole resolución; RuleError `resolucion_unknown`."""
    row = session.get(ResolucionRow, resolucion_id)
    if row is None:
        raise RuleError("resolucion_unknown", "La resolución ya no existe; actualice la lista con F5.")
    blocks = session.scalars(
        select(tables.ResolucionBlockRow)
        .where(tables.ResolucionBlockRow.resolucion_id == resolucion_id)
        .order_by(tables.ResolucionBlockRow.position)
    )
    places = session.scalars(
        select(tables.ResolucionPlaceRow)
        .where(tables.ResolucionPlaceRow.resolucion_id == resolucion_id)
        .order_by(tables.ResolucionPlaceRow.position)
    )
    wordings = session.execute(
        select(tables.ResolucionWordingRow.key, tables.ResolucionWordingRow.text)
        .where(tables.ResolucionWordingRow.resolucion_id == resolucion_id)
        .order_by(tables.ResolucionWordingRow.key)
    )
    return Resolucion(
        id=row.id,
        expediente_id=row.expediente_id,
        plan_id=row.plan_id,
        series_id=row.series_id,
        matter=row.matter,
        headings=Headings(
            act_name=row.act_name,
            vistos=row.vistos_heading,
            considerando=row.considerando_heading,
            resuelve=row.resuelve_heading,
            entity_line=row.entity_line,
            initials=row.initials,
            style=row.article_style,
            number_word=row.number_word,
            vistos_one=row.vistos_one,
            vistos_form=row.vistos_form,
        ),
        dated=row.dated,
        with_annex=row.with_annex,
        state=State(row.state),
        paper_id=row.paper_id,
        number_text=row.number_text,
        draft_round=row.draft_round,
        version=row.version,
        blocks=tuple(
            Block(BlockKind(b.kind), b.text, b.table_kind, b.document_id, Origin(b.origin)) for b in blocks
        ),
        places=tuple(SignerPlace(SignerRole(p.role), p.unit_id, p.position_text) for p in places),
        wordings=tuple((key, text) for key, text in wordings),
        model_version_id=row.model_version_id,
    )


def find_by_number(session: Session, number_text: str) -> int | None:
    """The resolución that has this number now."""
    return session.scalar(
        select(ResolucionRow.id)
        .where(ResolucionRow.number_text == number_text, ResolucionRow.number_text != "")
        .order_by(ResolucionRow.id.desc())
        .limit(1)
    )


def find_other_frozen(session: Session, resolucion_id: int, plan_id: int) -> str:
    """The number of another act that printed this plan and waits for its signatures; empty when none does."""
    query = select(ResolucionRow.number_text).where(
        ResolucionRow.plan_id == plan_id,
        ResolucionRow.id != resolucion_id,
        ResolucionRow.state.in_((State.FROZEN, State.SIGNING)),
    )
    return session.scalar(query.order_by(ResolucionRow.id).limit(1)) or ""


def newest_of(session: Session, series_id: int) -> int | None:
    """The newest resolución of a series, to take its words for the next; one that rectifies has words of its own."""
    rectifying = select(ResolucionRectificationRow.rectifying_id)
    return session.scalar(
        select(ResolucionRow.id)
        .where(ResolucionRow.series_id == series_id, ResolucionRow.id.not_in(rectifying))
        .order_by(ResolucionRow.id.desc())
        .limit(1)
    )


def add_resolucion(session: Session, resolucion: Resolucion) -> int:
    """Keep a new draft; its `id`, `version` and state are set here."""
    row = ResolucionRow(
        expediente_id=resolucion.expediente_id,
        plan_id=resolucion.plan_id,
        series_id=resolucion.series_id,
        model_version_id=resolucion.model_version_id,
        **_columns(resolucion),
        state=State.DRAFT,
        paper_id=None,
        number_text="",
        draft_round=1,
        version=1,
    )
    session.add(row)
    session.flush()
    _add_parts(session, row.id, resolucion)
    return row.id


def record_resolucion(session: Session, resolucion: Resolucion, expected_version: int) -> None:
    """Write what a clerk may change; StaleRow unless the row still has the expected version."""
    update_version(session, ResolucionRow, resolucion.id, expected_version, _columns(resolucion))
    for table in (tables.ResolucionBlockRow, tables.ResolucionPlaceRow, tables.ResolucionWordingRow):
        session.execute(delete(table).where(table.resolucion_id == resolucion.id))
    _add_parts(session, resolucion.id, resolucion)


def record_frozen(
    session: Session, resolucion_id: int, expected_version: int, *, paper_id: int, number_text: str
) -> None:
    values = {"state": State.FROZEN, "paper_id": paper_id, "number_text": number_text}
    update_version(session, ResolucionRow, resolucion_id, expected_version, values)


def record_signed(session: Session, resolucion_id: int, state: State) -> None:
    """The paper guards its own version while it is signed; this row follows it."""
    session.execute(
        update(ResolucionRow)
        .where(ResolucionRow.id == resolucion_id)
        .values(state=state, version=ResolucionRow.version + 1)
    )


def record_reopened(session: Session, resolucion_id: int) -> None:
    """Back to draft after its frozen version was annulled."""
    session.execute(
        update(ResolucionRow)
        .where(ResolucionRow.id == resolucion_id)
        .values(
            state=State.DRAFT,
            paper_id=None,
            number_text="",
            draft_round=ResolucionRow.draft_round + 1,
            version=ResolucionRow.version + 1,
        )
    )


def _columns(resolucion: Resolucion) -> dict[str, Any]:
    headings = resolucion.headings
    return {
        "matter": resolucion.matter,
        "act_name": headings.act_name,
        "vistos_heading": headings.vistos,
        "considerando_heading": headings.considerando,
        "resuelve_heading": headings.resuelve,
        "entity_line": headings.entity_line,
        "initials": headings.initials,
        "article_style": headings.style,
        "number_word": headings.number_word,
        "vistos_one": headings.vistos_one,
        "vistos_form": headings.vistos_form,
        "dated": resolucion.dated,
        "with_annex": resolucion.with_annex,
    }


def _add_parts(session: Session, resolucion_id: int, resolucion: Resolucion) -> None:
    blocks = [
        {
            "resolucion_id": resolucion_id,
            "position": position,
            "kind": block.kind,
            "text": block.text,
            "table_kind": block.table,
            "document_id": block.document_id,
            "origin": block.origin,
        }
        for position, block in enumerate(resolucion.blocks, start=1)
    ]
    places = [
        {
            "resolucion_id": resolucion_id,
            "position": position,
            "role": place.role,
            "unit_id": place.unit_id,
            "position_text": place.position,
        }
        for position, place in enumerate(resolucion.places, start=1)
    ]
    wordings = [
        {"resolucion_id": resolucion_id, "key": key, "text": text} for key, text in resolucion.wordings
    ]
    for table, rows in (
        (tables.ResolucionBlockRow, blocks),
        (tables.ResolucionPlaceRow, places),
        (tables.ResolucionWordingRow, wordings),
    ):
        if rows:
            session.execute(insert(table), rows)
