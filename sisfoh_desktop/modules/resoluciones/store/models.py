"""Reads and writes of the models of acts: a save adds a version, none is ever rewritten."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.resoluciones.rules import (
    ActModel,
    ActModelLine,
    BlockKind,
    Headings,
    ModelPlace,
    ModelVersionLine,
    Origin,
    SignerRole,
    SourceText,
)
from sisfoh_desktop.modules.resoluciones.tables import (
    ActModelPlaceRow,
    ActModelRow,
    ActModelTextRow,
    ActModelVersionRow,
)


def list_models(session: Session) -> list[ActModelLine]:
    """Every model as its last version says, by name, those in use first."""
    rows = session.execute(
        select(ActModelRow, ActModelVersionRow)
        .join(ActModelVersionRow, ActModelVersionRow.model_id == ActModelRow.id)
        .where(ActModelVersionRow.number == ActModelRow.last_number)
        .order_by(ActModelRow.retired, ActModelVersionRow.name, ActModelRow.id)
    )
    return [
        ActModelLine(
            id=model.id,
            name=last.name,
            organ=last.organ,
            style=last.article_style,
            series_title=last.series_title,
            mask=last.series_mask,
            number=last.number,
            saved_at=last.saved_at,
            saved_by=last.saved_by,
            retired=model.retired,
            version=model.version,
        )
        for model, last in rows
    ]


def load_model(session: Session, model_id: int, number: int | None = None) -> ActModel:
    """A model as its version `number` says, else as its last; RuleError `model_unknown`."""
    head = session.get(ActModelRow, model_id)
    row = None
    if head is not None:
        row = session.scalar(
            select(ActModelVersionRow).where(
                ActModelVersionRow.model_id == model_id,
                ActModelVersionRow.number == (head.last_number if number is None else number),
            )
        )
    if head is None or row is None:
        raise RuleError("model_unknown", "Ese modelo ya no existe; actualice la lista con F5.")
    texts = session.scalars(
        select(ActModelTextRow).where(ActModelTextRow.version_id == row.id).order_by(ActModelTextRow.position)
    )
    places = session.scalars(
        select(ActModelPlaceRow)
        .where(ActModelPlaceRow.version_id == row.id)
        .order_by(ActModelPlaceRow.position)
    )
    return ActModel(
        name=row.name,
        organ=row.organ,
        series_title=row.series_title,
        mask=row.series_mask,
        matter=row.matter,
        headings=Headings(
            act_name=row.act_name,
            vistos=row.vistos_heading,
            considerando=row.considerando_heading,
            resuelve=row.resuelve_heading,
            entity_line=row.entity_line,
            style=row.article_style,
            number_word=row.number_word,
            vistos_one=row.vistos_one,
            vistos_form=row.vistos_form,
        ),
        texts=tuple(SourceText(BlockKind(t.kind), t.text, Origin(t.origin), t.table_kind) for t in texts),
        closing=row.closing,
        copies=tuple(line for line in row.copies.split("\n") if line),
        places=tuple(ModelPlace(SignerRole(p.role), p.siglas, p.position_text) for p in places),
        source=row.source,
        key=head.shipped_key or "",
        id=head.id,
        number=row.number,
        version_id=row.id,
        retired=head.retired,
        version=head.version,
    )


def list_model_versions(session: Session, model_id: int) -> list[ModelVersionLine]:
    """Every save of a model, the newest first."""
    rows = session.scalars(
        select(ActModelVersionRow)
        .where(ActModelVersionRow.model_id == model_id)
        .order_by(ActModelVersionRow.number.desc())
    )
    return [ModelVersionLine(row.number, row.saved_at, row.saved_by, row.name) for row in rows]


def find_model_of_version(session: Session, version_id: int) -> tuple[str, int] | None:
    """The name and number of a version of a model."""
    row = session.get(ActModelVersionRow, version_id)
    return None if row is None else (row.name, row.number)


def shipped_keys(session: Session) -> set[str]:
    """Which models of the program the base has already."""
    return {key for key in session.scalars(select(ActModelRow.shipped_key)) if key}


def add_model(session: Session, model: ActModel, *, now: datetime, user: str) -> int:
    """A new model with its first version."""
    row = ActModelRow(shipped_key=model.key or None, last_number=1, retired=False, version=1)
    session.add(row)
    session.flush()
    _add_version(session, row.id, 1, model, now, user)
    return row.id


def add_model_version(
    session: Session, model: ActModel, expected_version: int, *, now: datetime, user: str
) -> int:
    """The next version of a model; StaleRow when somebody saved it first. Returns its number."""
    number = load_model(session, model.id).number + 1
    update_version(session, ActModelRow, model.id, expected_version, {"last_number": number})
    _add_version(session, model.id, number, model, now, user)
    return number


def record_retired(session: Session, model_id: int, expected_version: int, *, retired: bool) -> None:
    update_version(session, ActModelRow, model_id, expected_version, {"retired": retired})


def _add_version(
    session: Session, model_id: int, number: int, model: ActModel, now: datetime, user: str
) -> None:
    headings = model.headings
    row = ActModelVersionRow(
        model_id=model_id,
        number=number,
        saved_at=now,
        saved_by=user,
        name=model.name,
        organ=model.organ,
        source=model.source,
        series_title=model.series_title,
        series_mask=model.mask,
        matter=model.matter,
        act_name=headings.act_name,
        number_word=headings.number_word,
        vistos_heading=headings.vistos,
        vistos_one=headings.vistos_one,
        vistos_form=headings.vistos_form,
        considerando_heading=headings.considerando,
        resuelve_heading=headings.resuelve,
        entity_line=headings.entity_line,
        article_style=str(headings.style),
        closing=model.closing,
        copies="\n".join(model.copies),
    )
    session.add(row)
    session.flush()
    texts = [
        {
            "version_id": row.id,
            "position": position,
            "kind": text.kind,
            "text": text.text,
            "origin": text.origin,
            "table_kind": text.table,
        }
        for position, text in enumerate(model.texts, start=1)
    ]
    places = [
        {
            "version_id": row.id,
            "position": position,
            "role": place.role,
            "siglas": place.siglas,
            "position_text": place.position,
        }
        for position, place in enumerate(model.places, start=1)
    ]
    for table, rows in ((ActModelTextRow, texts), (ActModelPlaceRow, places)):
        if rows:
            session.execute(insert(table), rows)
