"""The models of acts: listed, saved in versions, retired, brought from the program, made from an act, previewed."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.document_numbers import blank_number
from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import rules, store
from sisfoh_desktop.modules.resoluciones.rules import (
    ActModel,
    ActModelLine,
    ModelVersionLine,
    Resolucion,
    Signer,
    SignerRole,
    State,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SAMPLE = {
    "place": "Lugar",
    "plan.kind": "Plan de Trabajo",
    "plan.title": "PLAN DE TRABAJO DE EJEMPLO",
    "plan.amount": "S/\u00a0100\u00a0000.00",
    "plan.amount_words": "Cien mil con 00/100 soles",
    "plan.households": "5\u00a0000",
    "plan.period": "abril a julio",
    "plan.district": "Ejemplo",
    "officer.author": "NOMBRES Y APELLIDOS",
    "officer.author_position": "Cargo de quien firma",
}
_SAMPLE_DOCUMENTS = "el Informe N° 012-ULE y el Memorando N° 034-OPP"


@dataclass(frozen=True)
class ModelUse:
    """What using a model on a date would meet: units that Oficina does not have, and the series it numbers in."""

    model_id: int
    missing: tuple[str, ...]
    series_id: int | None


def list_models(db: Database, *, with_retired: bool = True) -> list[ActModelLine]:
    """The models of the office by name, those in use first."""
    with db.reading() as session:
        return [line for line in store.list_models(session) if with_retired or not line.retired]


def load_model(db: Database, model_id: int, number: int | None = None) -> ActModel:
    """A model as its version `number` says, else as its last; RuleError `model_unknown`."""
    with db.reading() as session:
        return store.load_model(session, model_id, number)


def list_model_versions(db: Database, model_id: int) -> list[ModelVersionLine]:
    """Every save of a model, the newest first."""
    with db.reading() as session:
        return store.list_model_versions(session, model_id)


def model_of_act(db: Database, resolucion: Resolucion) -> str:
    """The model with which an act began, as `Nombre (versión 2)`; empty when it began with none."""
    if resolucion.model_version_id is None:
        return ""
    with db.reading() as session:
        found = store.find_model_of_version(session, resolucion.model_version_id)
    return f"{found[0]} (versión {found[1]})" if found else ""


def save_model(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    model: ActModel,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Keep a model (new with id 0) or the next version of one; earlier versions stay as they are. Returns its id.

    RuleError names what cannot be kept; StaleRow when somebody saved the model first.
    """
    kept = rules.clean_model(model)

    def change(session: "Session") -> int:
        if kept.id == 0:
            model_id = store.add_model(session, kept, now=now, user=actor.user)
            before, number = None, 1
        else:
            model_id = kept.id
            before = _told(store.load_model(session, model_id))
            number = store.add_model_version(session, kept, expected_version, now=now, user=actor.user)
        after = _told(kept)
        differing = [key for key in after if before is None or before[key] != after[key]]
        record_audit(
            session,
            actor=actor,
            now=now,
            action="act_model.save",
            subject=subject_of_model(model_id),
            before=None if before is None else {key: before[key] for key in differing},
            after={"number": number, **{key: after[key] for key in differing}},
        )
        return model_id

    return db.run_once(token, change)


def retire_model(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    model_id: int,
    expected_version: int,
    retired: bool = True,
    token: str | None = None,
) -> None:
    """Offer a model no more for new acts, or again; acts that began with it keep their version."""

    def change(session: "Session") -> None:
        store.record_retired(session, model_id, expected_version, retired=retired)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="act_model.retire" if retired else "act_model.restore",
            subject=subject_of_model(model_id),
            before={"retired": not retired},
            after={"retired": retired},
        )

    db.run_once(token, change)


def bring_models(db: Database, *, actor: Actor, now: datetime, token: str | None = None) -> int:
    """Add the models of the program that the base does not have, with the office's name and siglas; how many.

    Safe to repeat: models that are there stay as the office left them, changed or retired.
    """
    municipality = office.load_municipality(db)
    shipped = [
        rules.clean_model(
            rules.shipped_model(
                key, row, entity=municipality.name, entity_siglas=municipality.short_name.replace(" ", "")
            )
        )
        for key, row in _shipped().items()
    ]

    def change(session: "Session") -> int:
        known = store.shipped_keys(session)
        fresh = [model for model in shipped if model.key not in known]
        for model in fresh:
            model_id = store.add_model(session, model, now=now, user=actor.user)
            record_audit(
                session,
                actor=actor,
                now=now,
                action="act_model.bring",
                subject=subject_of_model(model_id),
                after={"name": model.name, "source": model.source},
            )
        return len(fresh)

    return db.run_once(token, change)


def model_from_act(db: Database, resolucion_id: int) -> ActModel:
    """A model made of an act, not kept yet: its words, style and round, without what its documents say."""
    with db.reading() as session:
        resolucion = store.load_resolucion(session, resolucion_id)
    series = next((one for one in papers.list_series(db) if one.id == resolucion.series_id), None)
    if series is None:
        raise RuleError(
            "series_unknown",
            "La serie de esta resolución ya no existe; no se hizo el modelo. Revise Documentos.",
        )
    units = office.list_units(db, resolucion.dated)
    author = next((place.unit_id for place in resolucion.places if place.role is SignerRole.AUTHOR), None)
    return rules.model_of(
        resolucion,
        name=series.title,
        organ=next((unit.name for unit in units if unit.id == author), "") or series.title,
        series=series,
        siglas={unit.id: unit.siglas for unit in units if unit.id is not None},
    )


def model_use(db: Database, model_id: int, dated: date) -> ModelUse:
    """What an act of that date would meet."""
    model = load_model(db, model_id)
    series = next((one for one in papers.list_series(db) if one.mask == model.mask), None)
    return ModelUse(model_id, places_of(db, model, dated).missing, series.id if series else None)


def series_for_model(
    db: Database, *, actor: Actor, now: datetime, model_id: int, token: str | None = None
) -> int:
    """The series in which acts of the model are numbered: the one with its mask, made if there is none yet."""
    model = load_model(db, model_id)
    known = next((one for one in papers.list_series(db) if one.mask == model.mask), None)
    if known is not None:
        return known.id
    return papers.create_series(
        db,
        actor=actor,
        now=now,
        kind=rules.key_of(f"{model.series_title} {model.mask}")[:40],
        title=model.series_title,
        mask=model.mask,
        token=token,
    )


def model_pdf(db: Database, model: ActModel, today: date) -> bytes:
    """The paper of a model with sample data, MODELO on each page; the model may be unsaved."""
    from sisfoh_desktop.modules.resoluciones import report

    municipality = office.load_municipality(db)
    values = {
        **_SAMPLE,
        "entity": municipality.name,
        "place": municipality.place_name,
        "plan.year": str(today.year),
        "resolucion.number": blank_number(model.mask, today.year),
        "resolucion.date": "",
    }
    blocks = rules.model_blocks(model)
    vistos = rules.in_vistos_form(model.headings.vistos_form, _SAMPLE_DOCUMENTS, model.matter)
    sample = Resolucion(
        id=0,
        expediente_id=0,
        plan_id=None,
        series_id=0,
        matter=model.matter,
        headings=model.headings,
        dated=today,
        with_annex=False,
        state=State.DRAFT,
        paper_id=None,
        number_text="",
        draft_round=1,
        version=1,
        blocks=(replace(blocks[0], text=vistos), *(replace(block, table="") for block in blocks[1:])),
    )
    act = rules.printed_act(
        sample,
        values,
        place=municipality.place_name,
        tables=(),
        documents=(),
        signers=[_sample_signer(place.role, order, place.siglas, place.position)
                 for order, place in enumerate(model.places, start=1)],
        lenient=True,
    )  # fmt: skip
    return report.resolucion_pdf(
        act, office.letterhead(db, today), legend=office.legend(db, today), watermark="MODELO"
    ).pdf


def model_data(db: Database, today: date) -> list[tuple[str, str, str]]:
    """The data that a model's texts may use: key, group, and how a person calls it."""
    own = ["entity", *_SAMPLE, "plan.year", "resolucion.number", "resolucion.date"]
    found = [("documentos", "Vistos", "Documentos"), ("asunto", "Vistos", "Asunto")]
    found += [(key, rules.chip_label(key).partition(":")[0], rules.chip_label(key)) for key in own]
    found += [
        (f"unit.{rules.key_of(unit.siglas)}", "Unidades", unit.name) for unit in office.list_units(db, today)
    ]
    found += [
        (f"norm.{rules.key_of(norm.code)}", "Normas", norm.code) for norm in office.list_norms(db, today)
    ]
    return found


def places_of(db: Database, model: ActModel, dated: date) -> rules.PlacesFound:
    """The round of the model among the units of a date."""
    units = {unit.siglas: unit.id for unit in office.list_units(db, dated) if unit.id is not None}
    return rules.places_on(model, units)


def subject_of_model(model_id: int) -> str:
    """How the trail names it."""
    return f"act_model:{model_id}"


def _sample_signer(role: SignerRole, order: int, siglas: str, position: str) -> Signer:
    field = rules.field_name(role, order, siglas)
    return Signer(field, role, 0, siglas, siglas, "NOMBRES Y APELLIDOS", position or "Cargo")


def _told(model: ActModel) -> dict[str, Any]:
    """What the trail keeps of a model, by name."""
    headings = model.headings
    return {
        "name": model.name,
        "organ": model.organ,
        "series": f"{model.series_title} ({model.mask})",
        "matter": model.matter,
        "act_name": headings.act_name,
        "article": str(headings.style),
        "headings": [
            headings.number_word,
            headings.vistos,
            headings.vistos_one,
            headings.vistos_form,
            headings.considerando,
            headings.resuelve,
            headings.entity_line,
        ],
        "texts": [f"{text.kind}: {text.text}" for text in model.texts],
        "closing": model.closing,
        "copies": list(model.copies),
        "places": [f"{place.role}: {place.siglas} {place.position}".strip() for place in model.places],
    }


def _shipped() -> dict[str, Any]:
    path = resource("data", "national", "act_models.toml")
    try:
        rows: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise FileFailed(
            f"Falta o está dañado un archivo del programa («{path.name}»); la base no se tocó. "
            "Vuelva a instalar el programa."
        ) from error
    return rows
