"""The words of an act that rectifies another: vistos, considerandos and articles made from the errors on record.

Which errors may be rectified is decided in rectifying.py; a clerk may still change the prose.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sisfoh_desktop.basics.dates import long_date
from sisfoh_desktop.basics.ordinals import list_letter
from sisfoh_desktop.modules.expedientes.rules import Document
from sisfoh_desktop.modules.resoluciones.rules.chips import compose, escape, pieces_of
from sisfoh_desktop.modules.resoluciones.rules.drafting import (
    considerando_of,
    in_vistos_form,
    missing_documents,
    vistos_block,
)
from sisfoh_desktop.modules.resoluciones.rules.facts import Block, BlockKind, Headings, Origin, Resolucion
from sisfoh_desktop.modules.resoluciones.rules.genders import in_it, of_the, the, to_the
from sisfoh_desktop.modules.resoluciones.rules.rectifying import MaterialError, compact, plain_words


def rectifying_matter(rectified: Resolucion, errors: Sequence[MaterialError]) -> str:
    """What the rectifying act is about, as it completes "sobre …"; stored text."""
    what = "error material" if len(errors) == 1 else "errores materiales"
    return escape(f"rectificación de {what} {of_the(rectified.title)}")


def rectifying_headings(rectified: Resolucion, documents: Sequence[Document]) -> Headings:
    """The fixed words of the rectified act; VISTO or VISTOS counts the act itself beside its documents."""
    headings = rectified.headings
    one = headings.vistos_one if headings.vistos_one and not documents else headings.vistos
    return replace(headings, vistos=one, vistos_one="")


def rectifying_blocks(
    rectified: Resolucion,
    errors: Sequence[MaterialError],
    *,
    about: str,
    base: str,
    documents: Sequence[Document],
    values_then: Mapping[str, str],
    known: Collection[str],
    remit_to: str = "",
) -> tuple[Block, ...]:
    """The whole rectifying act: vistos, considerandos, estando and articles made from the errors.

    `about` is the matter of the rectified act in words, `base` the citation, `documents` those of the expediente
    that the rectified act did not tell. Estando, closing and copies are the rectified act's, their data kept as chips
    where the new act has them and written out (`values_then`) where it has not. `remit_to` names the national body
    where a copy of the rectified act had to be sent to it.
    """
    name = rectified.title.split()[0]
    told = f"{rectified.title}, de fecha {long_date(rectified.dated)}"
    considerandos = (
        f"Que, mediante {told}, se emitió el acto administrativo sobre {about};",
        (
            f"Que, {base}, establece que los errores material o aritmético en los actos administrativos pueden ser "
            "rectificados con efecto retroactivo, en cualquier momento, de oficio o a instancia de los administrados, "
            "siempre que no se altere lo sustancial de su contenido ni el sentido de la decisión; y que la "
            "rectificación adopta las formas y modalidades de comunicación o publicación que corresponda para el acto "
            "original;"
        ),
    )
    present = of_the(name).replace(name, f"presente {name}")
    articles = [
        f"MANTENER subsistentes los demás extremos {of_the(told)}, que conservan plena validez.",
        (
            f"ENCARGAR la notificación y la publicación {present} en las mismas "
            "formas que correspondieron al acto que se rectifica, conforme a Ley."
        ),
    ]
    if remit_to:
        articles.append(
            f"ENCARGAR la remisión de una copia {present} {to_the(remit_to)}, "
            "en el mismo plazo que correspondió al acto que se rectifica."
        )
    kept = {
        kind: [
            replace(block, text=_kept_chips(block.text, values_then, known), table="", document_id=None)
            for block in rectified.blocks
            if block.kind is kind
        ]
        for kind in (BlockKind.ESTANDO, BlockKind.CLOSING, BlockKind.COPIES)
    }
    return (
        rectifying_vistos(rectified, documents, several=len(errors) > 1),
        Block(BlockKind.CONSIDERANDO, escape(considerandos[0]), origin=Origin.MODEL),
        *(considerando_of(document, known) for document in documents),
        errors_considerando(errors),
        Block(BlockKind.CONSIDERANDO, escape(considerandos[1]), origin=Origin.LEGAL_BASE),
        _reason(rectified, errors),
        *kept[BlockKind.ESTANDO],
        errors_article(rectified, errors),
        *(Block(BlockKind.ARTICLE, escape(text), origin=Origin.MODEL) for text in articles),
        *kept[BlockKind.CLOSING],
        *kept[BlockKind.COPIES],
    )


def rectifying_vistos(rectified: Resolucion, documents: Sequence[Document], *, several: bool) -> Block:
    """VISTOS of the rectifying act: the rectified one and its error, then the documents that ask for it.

    The office's form gives what stands before the documents and after the matter.
    """
    listed = escape(
        f"{the(rectified.title)}, de fecha {long_date(rectified.dated)}, y {_seen(rectified, several=several)}"
    )
    if documents:
        others = vistos_block("", documents, "{documentos}").text
        listed = f"{listed}; y {others[:1].lower()}{others[1:]}"
    form = _without_matter(rectified.headings.vistos_form)
    return Block(BlockKind.VISTOS, in_vistos_form(form, listed, ""), origin=Origin.DOCUMENT)


def errors_considerando(errors: Sequence[MaterialError]) -> Block:
    """`Que, de la revisión del acto se advierte error material en …`."""
    one = len(errors) == 1
    lead = "Que, de la revisión de dicho acto se advierte error material " if one else (
        "Que, de la revisión de dicho acto se advierten errores materiales en los extremos siguientes:"
    )  # fmt: skip
    return _listed(BlockKind.CONSIDERANDO, lead, errors, ";")


def errors_article(rectified: Resolucion, errors: Sequence[MaterialError]) -> Block:
    """`RECTIFICAR, con efecto retroactivo, el error material …`."""
    told = f"{the(rectified.title)}, de fecha {long_date(rectified.dated)}"
    if len(errors) == 1:
        lead = f"RECTIFICAR, con efecto retroactivo, el error material contenido en {told}, "
    else:
        lead = f"RECTIFICAR, con efecto retroactivo, los errores materiales contenidos en {told}, como sigue:"
    return _listed(BlockKind.ARTICLE, lead, errors, ".")


def with_errors(
    rectified: Resolucion,
    blocks: Sequence[Block],
    before: Sequence[MaterialError],
    after: Sequence[MaterialError],
) -> tuple[Block, ...]:
    """The act with other errors: the considerando and the article that told the earlier ones are written anew.

    What speaks of one error or of several follows, where nobody changed its words.
    """
    result = [_counted(rectified, block, before, after) for block in blocks]
    for kind, made in (
        (BlockKind.CONSIDERANDO, errors_considerando(after)),
        (BlockKind.ARTICLE, errors_article(rectified, after)),
    ):
        of_kind = [place for place, block in enumerate(result) if block.kind is kind]
        told = [place for place in of_kind if _tells(result[place], before)]
        if told:
            result[told[0]] = made
        elif kind is BlockKind.ARTICLE:
            result.insert(of_kind[0] if of_kind else _before_closing(result), made)
        else:
            result.insert(of_kind[-1] + 1 if of_kind else 1, made)
    return tuple(result)


def with_documents_to_tell(
    rectified: Resolucion, blocks: Sequence[Block], documents: Sequence[Document], known: Collection[str]
) -> tuple[Block, ...]:
    """The act with a considerando for each document not told yet, and VISTOS written anew."""
    several = any(compact("los errores materiales") in plain_words(block) for block in blocks)
    vistos = rectifying_vistos(rectified, documents, several=several)
    result = [vistos if b.kind is BlockKind.VISTOS else b for b in blocks]
    at = max((n for n, b in enumerate(result) if b.document_id is not None), default=1) + 1
    new = [considerando_of(document, known) for document in missing_documents(blocks, documents)]
    return (*result[:at], *new, *result[at:])


def _listed(kind: BlockKind, lead: str, errors: Sequence[MaterialError], end: str) -> Block:
    if len(errors) == 1:
        text = f"{lead}{_phrase(errors[0])}{end}"
    else:
        last = len(errors)
        items = [
            f"{list_letter(n)}) {_sentence_case(_phrase(error))}{end if n == last else ';'}"
            for n, error in enumerate(errors, start=1)
        ]
        text = "\n".join([lead, *items])
    return Block(kind, escape(text), origin=Origin.MODEL)


def _phrase(error: MaterialError) -> str:
    return f"en {error.where}, en el extremo donde dice «{error.says}», debe decir «{error.must_say}»"


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _seen(rectified: Resolucion, *, several: bool) -> str:
    what = "los errores materiales advertidos" if several else "el error material advertido"
    return f"{what} {in_it(rectified.title)}"


def _reason(rectified: Resolucion, errors: Sequence[MaterialError]) -> Block:
    one = len(errors) == 1
    lead, end = (
        ("el error advertido no altera", "rectificarlo")
        if one
        else ("los errores advertidos no alteran", "rectificarlos")
    )
    text = (
        f"Que, {lead} lo sustancial del contenido ni el sentido de la decisión {of_the(rectified.title)}, por lo que "
        f"corresponde {end};"
    )
    return Block(BlockKind.CONSIDERANDO, escape(text), origin=Origin.MODEL)


def _counted(
    rectified: Resolucion, block: Block, before: Sequence[MaterialError], after: Sequence[MaterialError]
) -> Block:
    if (len(before) == 1) == (len(after) == 1):
        return block
    if block.kind is BlockKind.VISTOS:
        was, now = (_seen(rectified, several=len(errors) > 1) for errors in (before, after))
        return replace(block, text=block.text.replace(was, now))
    if block.text == _reason(rectified, before).text:
        return replace(block, text=_reason(rectified, after).text)
    return block


def _without_matter(form: str) -> str:
    """`{documentos}, y;` of `{documentos}, sobre {asunto}, y;`: the errors take the place of the matter."""
    head, documents, rest = form.partition("{documentos}")
    return head + documents + (rest.partition("{asunto}")[2] if "{asunto}" in rest else rest)


def _kept_chips(text: str, values_then: Mapping[str, str], known: Collection[str]) -> str:
    pieces = []
    for piece in pieces_of(text):
        if piece.key and piece.key not in known:
            piece = replace(piece, key="", text=values_then.get(piece.key, ""))
        pieces.append(piece)
    return compose(pieces)


def _tells(block: Block, errors: Sequence[MaterialError]) -> bool:
    text = plain_words(block)
    return any(compact(f"«{error.says}»") in text for error in errors)


def _before_closing(blocks: Sequence[Block]) -> int:
    return next((n for n, b in enumerate(blocks) if b.kind is BlockKind.CLOSING), len(blocks))
