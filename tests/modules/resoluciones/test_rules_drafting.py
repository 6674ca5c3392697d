"""The draft from the chain: its parts in their order, every document told once, an act as the source of the next."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from resoluciones_drafts import LEGAL, SOURCE, document, resolucion

from sisfoh_desktop.modules.expedientes.rules import Detail, DocumentKind, Opinion
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import Block, BlockKind, Origin, SignerPlace, SignerRole


def test_the_draft_follows_the_order_of_such_acts() -> None:
    chain = [
        document(3, opinion=Opinion.FAVOURABLE, opening="Por tanto, según", with_table=True, sender=LEGAL),
        document(1, details=(Detail("PROGRAMA", "9002"),)),
        document(2, in_vistos=False, says=("pide {plan.amount} y {nada}.", "Además, otra cosa.")),
    ]
    blocks = rules.draft_blocks(SOURCE, chain, {"plan.amount"})
    assert [block.kind for block in blocks] == [
        BlockKind.VISTOS,
        *[BlockKind.CONSIDERANDO] * 5,
        BlockKind.ESTANDO,
        BlockKind.ARTICLE,
        BlockKind.ARTICLE,
        BlockKind.CLOSING,
        BlockKind.COPIES,
    ]
    assert [block.document_id for block in blocks[1:6]] == [None, 1, 2, None, 3]
    assert blocks[0].text == (
        "El {doc.memo_3.vistos}, emitido por la Oficina General de Asesoría Jurídica; y {doc.memo_1.vistos}, "
        "emitido por la Oficina General de Planeamiento, sobre aprobación del Plan “{plan.title}”, y;"
    )
    assert blocks[2].text == (
        "Que, mediante {doc.memo_1.cite}, de fecha {doc.memo_1.date}, la Oficina General de Planeamiento "
        "dice lo del 1."
    )
    assert blocks[2].table == rules.TABLE_DETAILS
    assert blocks[3].text.endswith("pide {plan.amount} y {{nada}}.\nAdemás, otra cosa.")
    assert blocks[5].text.startswith("Por tanto, según {doc.memo_3.cite}")
    assert blocks[5].table == blocks[7].table == rules.TABLE_CHAIN
    assert blocks[-1].text == "Archivo\nGM."


def test_an_unfavourable_end_stays_in_its_place() -> None:
    chain = [document(1), document(2, opinion=Opinion.ASKS_MORE)]
    blocks = rules.draft_blocks(SOURCE, chain, ())
    assert [block.origin for block in blocks if block.kind is BlockKind.CONSIDERANDO] == [
        Origin.LEGAL_BASE,
        Origin.DOCUMENT,
        Origin.DOCUMENT,
        Origin.PLAN,
    ]


def test_vistos_put_documents_of_one_issuer_together() -> None:
    chain = [
        document(1, vistos_registry="16784"),
        document(2, kind=DocumentKind.CARTA, vistos_issuer=""),
        document(3),
        document(4),
        document(5),
    ]
    assert rules.vistos_block("X", chain).text == (
        "El {doc.memo_5.vistos}, {doc.memo_4.vistos} y {doc.memo_3.vistos}, todos emitidos por la Oficina General "
        "de Planeamiento, {doc.memo_2.vistos}; y {doc.memo_1.vistos}, emitido por la Oficina General de "
        "Planeamiento con Reg. {doc.memo_1.vistos_registry}, sobre X, y;"
    )


def test_vistos_of_letters_agree_in_gender() -> None:
    letters = [document(number, kind=DocumentKind.CARTA) for number in (1, 2, 3)]
    assert rules.vistos_block("X", letters[:1]).text.startswith("La {doc.memo_1.vistos}, emitida por")
    assert "ambas emitidas por" in rules.vistos_block("X", letters[:2]).text
    assert "todas emitidas por" in rules.vistos_block("X", letters).text
    assert rules.vistos_block("el plan", []).text == "Sobre el plan, y;"


@given(st.permutations(list(range(1, 8))), st.integers(0, 7))
def test_a_draft_tells_every_document_once_in_order_of_date(numbers: list[int], favourable: int) -> None:
    chain = [
        document(number, opinion=Opinion.FAVOURABLE if number == favourable else Opinion.NONE)
        for number in numbers
    ]
    blocks = rules.draft_blocks(SOURCE, chain, ())
    told = [block.document_id for block in blocks if block.document_id]
    assert told == sorted(numbers)
    assert rules.missing_documents(blocks, chain) == []
    assert rules.clean_blocks(blocks) == blocks


@given(st.sets(st.integers(1, 7)), st.sets(st.integers(1, 7)))
def test_documents_that_came_later_are_told_at_their_date(first: set[int], later: set[int]) -> None:
    early = [document(number) for number in sorted(first)]
    chain = [document(number) for number in sorted(first | later)]
    blocks = rules.draft_blocks(SOURCE, early, ())
    brought = rules.with_missing_documents(blocks, SOURCE.matter, chain, ())
    assert [block.document_id for block in brought if block.document_id] == sorted(first | later)
    assert brought[0] == rules.vistos_block(SOURCE.matter, chain)
    assert rules.clean_blocks(brought) == brought


def test_an_act_serves_as_the_source_of_the_next() -> None:
    act = resolucion(wordings=(("norm.lom", "Ley N° 27972"),))
    by_hand = Block(BlockKind.CONSIDERANDO, "Que, {{a mano}}.")
    blocks = (act.blocks[0], by_hand, *act.blocks[1:4], by_hand, *act.blocks[4:])
    source = rules.source_of(replace(act, blocks=blocks))
    assert [(text.origin, text.text) for text in source.texts[:4]] == [
        (Origin.LEGAL_BASE, "Que, {{a mano}}."),
        (Origin.LEGAL_BASE, "Que, la {norm.lom}."),
        (Origin.PLAN, "Que, el objeto del Plan."),
        (Origin.PLAN, "Que, {{a mano}}."),
    ]
    assert source.wordings == act.wordings
    again = rules.draft_blocks(source, [document(2)], ())
    assert [block.text for block in again if block.kind is BlockKind.ARTICLE] == [
        "APROBAR el Plan.",
        "ENCARGAR lo demás.",
    ]
    assert [b.text for b in again][-2:] == [b.text for b in act.blocks][-2:]


def test_the_first_words_of_an_office_are_whole() -> None:
    source = rules.first_source(
        [SignerPlace(SignerRole.AUTHOR, 2)], entity="Municipalidad {X}", portal="www.x.pe", copies=["GM"]
    )
    blocks = rules.clean_blocks(rules.draft_blocks(source, [document(1)], ()))
    assert "(www.x.pe)." in blocks[-3].text
    assert source.headings.entity_line == "MUNICIPALIDAD {X}"
    without_portal = rules.first_source([], entity="Y", portal="", copies=[])
    assert without_portal.texts[-1].text.endswith("{entity}.")
