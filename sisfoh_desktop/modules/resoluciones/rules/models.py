"""Models of acts: how an office writes one kind of act, as data; what a new act takes from them.

The style (heads of articles, VISTO or VISTOS, molds of numbers) and every fixed text are data of the office.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.papers.rules import Series, SignerRole, check_series
from sisfoh_desktop.modules.resoluciones.rules.chips import chips_of
from sisfoh_desktop.modules.resoluciones.rules.drafting import source_of
from sisfoh_desktop.modules.resoluciones.rules.editing import (
    MAX_PLACES,
    MAX_TEXT,
    clean_blocks,
    clean_line,
    clean_matter,
)
from sisfoh_desktop.modules.resoluciones.rules.facts import (
    TABLE_CHAIN,
    ArticleStyle,
    Block,
    BlockKind,
    DraftSource,
    Headings,
    Origin,
    Resolucion,
    SignerPlace,
    SourceText,
    article_head,
)

MAX_STYLE = 60
MAX_NUMBER_WORD = 20
_FIXED = (BlockKind.CONSIDERANDO, BlockKind.ESTANDO, BlockKind.ARTICLE)


@dataclass(frozen=True)
class ModelPlace:
    """A place in the round by the siglas of its unit, since units are dated and models are not."""

    role: SignerRole
    siglas: str
    position: str = ""


@dataclass(frozen=True)
class ActModel:
    """How an office writes one kind of act.

    `series_title` and `mask` name the series that it numbers in. `source` says where the model comes from. `id` is
    0 until it is kept; `number` is the version read, `version` guards the row.
    """

    name: str
    organ: str
    series_title: str
    mask: str
    matter: str
    headings: Headings
    texts: tuple[SourceText, ...]
    closing: str
    copies: tuple[str, ...] = ()
    places: tuple[ModelPlace, ...] = ()
    source: str = ""
    key: str = ""
    id: int = 0
    number: int = 0
    version_id: int = 0
    retired: bool = False
    version: int = 0


@dataclass(frozen=True)
class ActModelLine:
    """A model as lists show it, as its last version says."""

    id: int
    name: str
    organ: str
    style: str
    series_title: str
    mask: str
    number: int
    saved_at: datetime
    saved_by: str
    retired: bool
    version: int


@dataclass(frozen=True)
class ModelVersionLine:
    """One save of a model."""

    number: int
    saved_at: datetime
    saved_by: str
    name: str


@dataclass(frozen=True)
class PlacesFound:
    """The places of a model among the units of a date; `missing` are siglas that no unit has then."""

    places: tuple[SignerPlace, ...] = ()
    missing: tuple[str, ...] = ()


def check_article_mask(style: str) -> str:
    """The mask of an article's head: one of {ordinal}, {Ordinal} and {n}, once, and no other braces."""
    kept = clean_line(style, "la cabeza de los artículos")
    found = re.findall(r"\{(?:ordinal|Ordinal|n)\}", kept)
    rest = re.sub(r"\{(?:ordinal|Ordinal|n)\}", "", kept)
    if len(found) != 1 or "{" in rest or "}" in rest or len(kept) > MAX_STYLE:
        raise RuleError(
            "article_mask_invalid",
            f"«{kept[:MAX_STYLE]}» no sirve como cabeza de artículo: debe llevar una vez {{ordinal}} (PRIMERO), "
            "{Ordinal} (Primero) o {n} (1), por ejemplo «ARTÍCULO {n}.-». No se guardó.",
        )
    return kept


def check_vistos_form(form: str) -> str:
    """How VISTOS is told: its documents once, its matter at most once."""
    kept = clean_text(form, what="la forma de los vistos", limit=MAX_TEXT, required=True, one_line=True)
    keys = chips_of(kept)
    if keys.count("documentos") != 1 or keys.count("asunto") > 1:
        raise RuleError(
            "vistos_form_invalid",
            "El texto de los vistos debe llevar una vez el dato «Documentos de los vistos» y, a lo más, una vez el "
            "«Asunto»; no se guardó. Insértelos con F4.",
        )
    return kept


def clean_headings(headings: Headings) -> Headings:
    """The fixed words as they will be kept; RuleError for the first that cannot be."""
    word = clean_line(headings.number_word, "la palabra antes del número", required=False)
    if len(word) > MAX_NUMBER_WORD:
        raise RuleError(
            "number_word_long",
            f"Lo que va antes del número pasa de {MAX_NUMBER_WORD} letras; no se guardó. Escriba, por ejemplo, «N°».",
        )
    return replace(
        headings,
        act_name=clean_line(headings.act_name, "el nombre del acto"),
        vistos=clean_line(headings.vistos, "el rótulo de los vistos"),
        considerando=clean_line(headings.considerando, "el rótulo de los considerandos"),
        resuelve=clean_line(headings.resuelve, "el rótulo de los artículos"),
        entity_line=clean_line(headings.entity_line, "la línea de la entidad", required=False),
        initials=clean_line(headings.initials, "las iniciales", required=False),
        style=check_article_mask(headings.style),
        number_word=word,
        vistos_one=clean_line(headings.vistos_one, "el rótulo de un solo visto", required=False),
        vistos_form=check_vistos_form(headings.vistos_form),
    )


def clean_model(model: ActModel) -> ActModel:
    """The model as it will be kept; RuleError names the first thing that is missing or cannot be."""
    title = clean_line(model.series_title, "el nombre de la serie")
    mask = clean_line(model.mask, "el molde de los números")
    check_series(title, mask)
    blocks = clean_blocks(model_blocks(model))
    if not any(block.kind is BlockKind.ARTICLE for block in blocks):
        raise RuleError(
            "no_article", "El modelo no tiene artículos; no se guardó. Agregue al menos uno con su texto."
        )
    kept = with_model_blocks(model, blocks)
    return replace(
        kept,
        name=clean_line(model.name, "el nombre del modelo"),
        organ=clean_line(model.organ, "el órgano que emite el acto"),
        series_title=title,
        mask=mask,
        matter=clean_matter(model.matter),
        headings=clean_headings(kept.headings),
        places=_clean_places(model.places),
        source=clean_text(model.source, what="de dónde sale el modelo", limit=MAX_TEXT, one_line=True),
    )


def model_blocks(model: ActModel) -> tuple[Block, ...]:
    """The model as an act is edited: VISTOS holds its form, then the fixed texts, closing and copies."""
    return (
        Block(BlockKind.VISTOS, model.headings.vistos_form, origin=Origin.MODEL),
        *(
            Block(text.kind, text.text, text.table, None, text.origin)
            for kind in _FIXED
            for text in model.texts
            if text.kind is kind
        ),
        Block(BlockKind.CLOSING, model.closing, origin=Origin.MODEL),
        Block(BlockKind.COPIES, "\n".join(model.copies), origin=Origin.MODEL),
    )


def with_model_blocks(model: ActModel, blocks: Sequence[Block]) -> ActModel:
    """The model with the texts of edited blocks: the inverse of `model_blocks`.

    A considerando written anew counts as legal base before the first one about the plan, as about the plan after.
    """
    texts: list[SourceText] = []
    plan = False
    for block in blocks:
        if block.kind not in _FIXED:
            continue
        origin = block.origin
        if block.kind is not BlockKind.CONSIDERANDO:
            origin = Origin.MODEL
        elif origin not in (Origin.LEGAL_BASE, Origin.PLAN):
            origin = Origin.PLAN if plan else Origin.LEGAL_BASE
        plan = plan or origin is Origin.PLAN
        texts.append(
            SourceText(block.kind, block.text, origin, block.table if block.table == TABLE_CHAIN else "")
        )
    by_kind = {block.kind: block.text for block in blocks}
    return replace(
        model,
        texts=tuple(texts),
        closing=by_kind.get(BlockKind.CLOSING, ""),
        copies=tuple(line for line in by_kind.get(BlockKind.COPIES, "").split("\n") if line.strip()),
        headings=replace(model.headings, vistos_form=by_kind.get(BlockKind.VISTOS, "")),
    )


def places_on(model: ActModel, units: Mapping[str, int]) -> PlacesFound:
    """The round of the model among the units of a date, by their siglas."""
    by_siglas = {siglas.casefold(): unit_id for siglas, unit_id in units.items()}
    found: list[SignerPlace] = []
    missing: list[str] = []
    for place in model.places:
        unit_id = by_siglas.get(place.siglas.casefold())
        if unit_id is None:
            missing.append(place.siglas)
        elif unit_id not in {one.unit_id for one in found}:
            found.append(SignerPlace(place.role, unit_id, place.position))
    return PlacesFound(tuple(found), tuple(missing))


def source_of_model(model: ActModel, places: Sequence[SignerPlace]) -> DraftSource:
    """What a new act takes from the model, with the round that was found for it."""
    return DraftSource(
        matter=model.matter,
        texts=model.texts,
        copies=model.copies,
        closing=model.closing,
        headings=model.headings,
        places=tuple(places),
    )


def model_of(
    resolucion: Resolucion, *, name: str, organ: str, series: Series, siglas: Mapping[int, str]
) -> ActModel:
    """A model made of an act: everything but what its own documents say; signers by the siglas of their units."""
    source = source_of(resolucion)
    return ActModel(
        name=name,
        organ=organ,
        series_title=series.title,
        mask=series.mask,
        matter=source.matter,
        headings=replace(source.headings, initials=""),
        texts=tuple(
            replace(text, table=text.table if text.table == TABLE_CHAIN else "") for text in source.texts
        ),
        closing=source.closing,
        copies=tuple(line for line in source.copies if line.strip()),
        places=tuple(
            ModelPlace(place.role, siglas[place.unit_id], place.position)
            for place in source.places
            if place.unit_id in siglas
        ),
        source=f"De {resolucion.title}",
    )


def shipped_model(key: str, row: Mapping[str, Any], *, entity: str, entity_siglas: str) -> ActModel:
    """A model of the program, with the office's own name and siglas in place of theirs."""

    def own(text: str) -> str:
        return text.replace("{entidad}", entity).replace("{siglas}", entity_siglas)

    return ActModel(
        name=row["name"],
        organ=row["organ"],
        series_title=row["series_title"],
        mask=own(row["mask"]),
        matter=row["matter"],
        headings=Headings(
            act_name=row["act_name"],
            vistos=row["vistos"],
            vistos_one=row.get("vistos_one", ""),
            vistos_form=row["vistos_form"],
            considerando=row["considerando"],
            resuelve=row["resuelve"],
            entity_line=own(row.get("entity_line", "")).upper(),
            style=row["article"],
            number_word=row["number_word"],
        ),
        texts=tuple(
            SourceText(BlockKind(one["kind"]), one["text"], Origin(one["origin"]), one.get("table", ""))
            for one in row["text"]
        ),
        closing=row["closing"],
        copies=tuple(row.get("copies", ())),
        source=row["source"],
        key=key,
    )


def style_example(style: str) -> str:
    """`ARTÍCULO PRIMERO: …`, or the mask itself while it is not one yet."""
    return f"{article_head(1, style)} …"


def usual_styles(*own: str) -> list[str]:
    """The masks that a person may choose among, an office's own ones included."""
    return list(dict.fromkeys([*(str(style) for style in ArticleStyle), *own]))


def _clean_places(places: Sequence[ModelPlace]) -> tuple[ModelPlace, ...]:
    authors = [place for place in places if place.role is SignerRole.AUTHOR]
    names = [place.siglas.casefold() for place in places]
    if len(authors) > 1 or len(set(names)) != len(names) or len(places) > MAX_PLACES:
        raise RuleError(
            "model_places",
            "Los firmantes del modelo no sirven: cada unidad va una vez y hay un solo autor "
            f"(hasta {MAX_PLACES} en total); no se guardó. Corrija sus siglas.",
        )
    others = [place for place in places if place.role is not SignerRole.AUTHOR]
    return tuple(
        replace(
            place,
            siglas=clean_line(place.siglas, "las siglas del firmante")[:MAX_STYLE],
            position=clean_line(place.position, "el cargo", required=False),
        )
        for place in (*others, *authors)
    )
