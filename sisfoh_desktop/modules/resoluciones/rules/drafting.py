"""The first draft of an act: ordered blocks made from the chain, the texts of an earlier act and the plan."""

from collections.abc import Collection, Iterable, Sequence

from sisfoh_desktop.modules.expedientes import rules as chain_rules
from sisfoh_desktop.modules.expedientes.rules import Document, Opinion
from sisfoh_desktop.modules.resoluciones.rules.chips import adopt, chip, compose, escape, pieces_of
from sisfoh_desktop.modules.resoluciones.rules.facts import (
    TABLE_CHAIN,
    TABLE_DETAILS,
    USUAL_VISTOS,
    Block,
    BlockKind,
    DraftSource,
    Headings,
    Origin,
    Resolucion,
    SignerPlace,
    SourceText,
)


def draft_blocks(
    source: DraftSource, documents: Sequence[Document], known: Collection[str]
) -> tuple[Block, ...]:
    """The whole act in its order, after the custom of such acts.

    VISTOS; the legal base; one considerando a document in order of date; what the plan is about; the opinion
    that closes the chain, when the last document is favourable; estando; articles; closing; C.c. The texts of
    `source` are stored ones; what documents say was typed elsewhere, so only chips in `known` count there.
    """
    ordered = chain_rules.in_chain_order(documents)
    told, closing = _closing_opinion(ordered)
    legal = [_from_source(text) for text in source.texts if text.origin is Origin.LEGAL_BASE]
    plan = [_from_source(text) for text in source.texts if text.origin is Origin.PLAN]
    return (
        vistos_block(source.matter, ordered, source.headings.vistos_form),
        *legal,
        *(considerando_of(document, known) for document in told),
        *plan,
        *(considerando_of(document, known) for document in closing),
        *_of_kind(source, BlockKind.ESTANDO),
        *_of_kind(source, BlockKind.ARTICLE),
        Block(BlockKind.CLOSING, source.closing, origin=Origin.MODEL),
        Block(BlockKind.COPIES, "\n".join(source.copies), origin=Origin.MODEL),
    )


def vistos_block(matter: str, documents: Sequence[Document], form: str = USUAL_VISTOS) -> Block:
    """VISTOS in the office's form: the documents in their order, those of one issuer together, and the matter."""
    groups: list[list[Document]] = []
    for document in chain_rules.in_vistos_order(documents):
        issuer = chain_rules.vistos_issuer(document.entry)
        if groups and issuer and chain_rules.vistos_issuer(groups[-1][0].entry) == issuer:
            groups[-1].append(document)
        else:
            groups.append([document])
    told = [_vistos_group(group) for group in groups]
    last = f"; y {told[-1]}" if len(told) > 1 else "".join(told)
    listed = ", ".join(told[:-1]) + last
    if listed:
        listed = f"{groups[0][0].entry.kind.article} {listed}"
    return Block(BlockKind.VISTOS, in_vistos_form(form, listed, matter), origin=Origin.DOCUMENT)


def in_vistos_form(form: str, listed: str, matter: str) -> str:
    """The form with its documents and matter (stored texts) in place; without documents it begins after them."""
    told = ""
    for piece in pieces_of(form):
        if piece.key == "documentos":
            told = f"{told}{listed}" if listed else told.rstrip(" ,")
        elif piece.key == "asunto":
            told += matter
        else:
            told += compose([piece])
    told = told.lstrip(" ,")
    return told[:1].upper() + told[1:]


def considerando_of(document: Document, known: Collection[str]) -> Block:
    """`Que, mediante {cite}, de fecha {date}, la Oficina … dice …`, and what it says in paragraphs of their own."""
    entry = document.entry
    first, *others = (adopt(paragraph, known) for paragraph in chain_rules.says(entry))
    opening = escape(chain_rules.opening(entry))
    cite, day = chip(f"doc.{document.key}.cite"), chip(f"doc.{document.key}.date")
    told = f"{opening} {cite}, de fecha {day}, {escape(chain_rules.told_by(entry))} {first}"
    table = TABLE_CHAIN if entry.with_table else TABLE_DETAILS if entry.details else ""
    return Block(BlockKind.CONSIDERANDO, "\n".join([told, *others]), table, document.id, Origin.DOCUMENT)


def missing_documents(blocks: Sequence[Block], documents: Sequence[Document]) -> list[Document]:
    """Documents of the chain that no considerando tells yet."""
    told = {block.document_id for block in blocks if block.document_id is not None}
    return [document for document in chain_rules.in_chain_order(documents) if document.id not in told]


def with_missing_documents(
    blocks: Sequence[Block],
    matter: str,
    documents: Sequence[Document],
    known: Collection[str],
    form: str = USUAL_VISTOS,
) -> tuple[Block, ...]:
    """The blocks with a considerando for each document not told yet, at its date, and VISTOS written anew."""
    ordered = chain_rules.in_chain_order(documents)
    rank = {document.id: place for place, document in enumerate(ordered)}
    vistos = vistos_block(matter, ordered, form)
    result = [vistos if block.kind is BlockKind.VISTOS else block for block in blocks]
    for document in missing_documents(blocks, documents):
        result.insert(_place_for(result, rank, rank[document.id]), considerando_of(document, known))
    return tuple(result)


def source_of(resolucion: Resolucion) -> DraftSource:
    """What a new act may take from this one: everything but what its own documents say.

    A considerando written by hand counts as legal base before the first document, as about the plan after it.
    """
    texts: list[SourceText] = []
    after_documents = False
    for block in resolucion.blocks:
        if block.kind is BlockKind.CONSIDERANDO:
            if block.origin is Origin.DOCUMENT:
                after_documents = True
                continue
            origin = block.origin
            if origin not in (Origin.LEGAL_BASE, Origin.PLAN):
                origin = Origin.PLAN if after_documents else Origin.LEGAL_BASE
            texts.append(SourceText(block.kind, block.text, origin, block.table))
        elif block.kind in (BlockKind.ESTANDO, BlockKind.ARTICLE):
            texts.append(SourceText(block.kind, block.text, Origin.MODEL, block.table))
    return DraftSource(
        matter=resolucion.matter,
        texts=tuple(texts),
        copies=tuple(_text_of(resolucion.blocks, BlockKind.COPIES).split("\n")),
        closing=_text_of(resolucion.blocks, BlockKind.CLOSING),
        headings=resolucion.headings,
        wordings=resolucion.wordings,
        places=resolucion.places,
    )


def first_source(
    places: Sequence[SignerPlace], *, entity: str, portal: str, copies: Sequence[str]
) -> DraftSource:
    """The words that an office begins with, before it has an act of its own to follow; they name no year's norm."""
    on_portal = f" ({portal})" if portal else ""
    texts = (
        SourceText(
            BlockKind.CONSIDERANDO,
            "Que, el artículo 39° de la Ley N° 27972, Ley Orgánica de Municipalidades, dispone que las gerencias "
            "resuelven los aspectos administrativos a su cargo a través de resoluciones y directivas.",
            Origin.LEGAL_BASE,
        ),
        SourceText(
            BlockKind.CONSIDERANDO,
            "Que, el Plan de Trabajo “{plan.title}” tiene como meta {plan.households} hogares del distrito de "
            "{plan.district}, con un plazo de ejecución de {plan.period}.",
            Origin.PLAN,
        ),
        SourceText(
            BlockKind.ESTANDO,
            "Estando a lo expuesto y en uso de las facultades que confiere la Ley N° 27972, Ley Orgánica de "
            "Municipalidades, y con los vistos buenos correspondientes;",
        ),
        SourceText(
            BlockKind.ARTICLE,
            "APROBAR el Plan de Trabajo denominado “{plan.title}”, con un presupuesto de {plan.amount} "
            "({plan.amount_words}), según la estructura funcional programática siguiente:",
            table=TABLE_CHAIN,
        ),
        SourceText(
            BlockKind.ARTICLE,
            "ENCARGAR a las unidades orgánicas que intervienen en la ejecución del Plan de Trabajo el cumplimiento "
            "de las responsabilidades del Anexo N° 01, que forma parte de la presente Resolución.",
        ),
        SourceText(
            BlockKind.ARTICLE,
            "NOTIFÍQUESE la presente Resolución a los interesados y a las instancias que corresponda, de acuerdo "
            "a Ley.",
        ),
        SourceText(
            BlockKind.ARTICLE,
            "ENCARGAR la publicación de la presente Resolución en el Portal Institucional de la {entity}"
            f"{escape(on_portal)}.",
        ),
    )
    return DraftSource(
        matter="aprobación del Plan de Trabajo “{plan.title}”",
        texts=texts,
        copies=("Archivo", *copies, "Interesado", "Expediente"),
        headings=Headings(entity_line=entity.upper()),
        places=tuple(places),
    )


def _closing_opinion(ordered: Sequence[Document]) -> tuple[Sequence[Document], Sequence[Document]]:
    if len(ordered) > 1 and ordered[-1].entry.opinion is Opinion.FAVOURABLE:
        return ordered[:-1], ordered[-1:]
    return ordered, ()


def _vistos_group(group: Sequence[Document]) -> str:
    cited = [chip(f"doc.{document.key}.vistos") for document in group]
    listed = cited[0] if len(cited) == 1 else f"{', '.join(cited[:-1])} y {cited[-1]}"
    issuer = chain_rules.vistos_issuer(group[0].entry)
    if issuer:
        feminine = all(document.entry.kind.article == "la" for document in group)
        emitted = "emitida" if feminine else "emitido"
        if len(group) > 1:
            emitted = f"{'ambos' if len(group) == 2 else 'todos'} {emitted}s"
            emitted = emitted.replace("ambos emitidas", "ambas emitidas").replace(
                "todos emitidas", "todas emitidas"
            )
        listed += f", {emitted} por {escape(issuer)}"
    registered = [document for document in group if chain_rules.vistos_registry(document.entry)]
    for document in registered:
        listed += f" con Reg. {chip(f'doc.{document.key}.vistos_registry')}"
    return listed


def _place_for(blocks: Sequence[Block], rank: dict[int, int], place: int) -> int:
    """Before the first document that comes later, else after the last considerando."""
    last = 0
    for index, block in enumerate(blocks):
        if block.kind in (BlockKind.VISTOS, BlockKind.CONSIDERANDO):
            last = index + 1
        if block.document_id is not None and rank.get(block.document_id, -1) > place:
            return index
    return last


def _of_kind(source: DraftSource, kind: BlockKind) -> Iterable[Block]:
    return (_from_source(text) for text in source.texts if text.kind is kind)


def _from_source(text: SourceText) -> Block:
    return Block(text.kind, text.text, text.table, None, text.origin)


def _text_of(blocks: Sequence[Block], kind: BlockKind) -> str:
    return next((block.text for block in blocks if block.kind is kind), "")
