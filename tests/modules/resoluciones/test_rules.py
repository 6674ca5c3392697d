"""Rules of the resolución: the draft from the chain, what a clerk may change, what stops the freeze."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.expedientes.rules import (
    Detail,
    Document,
    DocumentEntry,
    DocumentKind,
    Opinion,
    Party,
)
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import (
    ArticleStyle,
    Block,
    BlockKind,
    DraftSource,
    Headings,
    Origin,
    Resolucion,
    Signer,
    SignerPlace,
    SignerRole,
    SourceText,
    State,
)

TODAY = date(2024, 3, 8)


# -- the draft -----------------------------------------------------------------------------------------

LEGAL = Party("Oficina General de Asesoría Jurídica", "OGAJ", 3)
PLANNING = Party("Oficina General de Planeamiento", "OGPP", 4)


def document(number: int, **changes) -> Document:
    values = {
        "kind": DocumentKind.MEMORANDO,
        "number_text": f"{number}-2024-OGPP/MPT",
        "on": date(2024, 2, number),
        "sender": PLANNING,
        "receiver": LEGAL,
        "subject": "Plan de Trabajo",
        "says": (f"dice lo del {number}.",),
        **changes,
    }
    return Document(
        number, 1, f"memo_{number}", DocumentEntry(**values), datetime(2024, 3, 8, tzinfo=LIMA), "prueba"
    )


SOURCE = DraftSource(
    matter="aprobación del Plan “{plan.title}”",
    texts=(
        SourceText(BlockKind.CONSIDERANDO, "Que, la {norm.lom}.", Origin.LEGAL_BASE),
        SourceText(BlockKind.CONSIDERANDO, "Que, el objeto del Plan.", Origin.PLAN),
        SourceText(BlockKind.ESTANDO, "Estando a lo expuesto;"),
        SourceText(BlockKind.ARTICLE, "APROBAR el Plan.", table=rules.TABLE_CHAIN),
        SourceText(BlockKind.ARTICLE, "ENCARGAR lo demás."),
    ),
    copies=("Archivo", "GM."),
)


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


def resolucion(**changes) -> Resolucion:
    blocks = rules.draft_blocks(SOURCE, [document(1)], ())
    values = {
        "id": 1,
        "expediente_id": 1,
        "plan_id": 1,
        "series_id": 1,
        "matter": SOURCE.matter,
        "headings": Headings(),
        "dated": TODAY,
        "with_annex": True,
        "state": State.DRAFT,
        "paper_id": None,
        "number_text": "",
        "draft_round": 1,
        "version": 1,
        "blocks": blocks,
        **changes,
    }
    return Resolucion(**values)


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


# -- what a clerk may change ---------------------------------------------------------------------------


def test_articles_renumber_when_they_move_and_keep_their_style() -> None:
    blocks = resolucion().blocks
    first = next(place for place, block in enumerate(blocks) if block.kind is BlockKind.ARTICLE)
    assert rules.block_names(blocks)[first] == "ARTÍCULO PRIMERO"
    moved = rules.moved(blocks, first, 1)
    assert [block.text for block in moved if block.kind is BlockKind.ARTICLE] == [
        "ENCARGAR lo demás.",
        "APROBAR el Plan.",
    ]
    assert rules.block_names(moved, ArticleStyle.NUMERIC)[first : first + 2] == ["ARTÍCULO 1", "ARTÍCULO 2"]
    assert rules.moved(blocks, first, -1) == blocks


@pytest.mark.parametrize(
    ("number", "style", "head"),
    [
        (1, ArticleStyle.WORDS, "ARTÍCULO PRIMERO:"),
        (11, ArticleStyle.WORDS, "ARTÍCULO DÉCIMO PRIMERO:"),
        (5, ArticleStyle.NUMERIC, "ARTÍCULO 5.-"),
    ],
)
def test_heads_of_articles(number: int, style: ArticleStyle, head: str) -> None:
    assert rules.article_head(number, style) == head


@given(st.data())
def test_whatever_a_clerk_does_the_parts_keep_their_order(choices: st.DataObject) -> None:
    blocks = resolucion().blocks
    for _ in range(choices.draw(st.integers(0, 8))):
        index = choices.draw(st.integers(0, len(blocks) - 1))
        match choices.draw(st.sampled_from(["move", "remove", "add", "write"])):
            case "move":
                blocks = rules.moved(blocks, index, choices.draw(st.sampled_from([-1, 1])))
            case "remove":
                blocks = rules.without(blocks, index)
            case "add":
                kind = choices.draw(st.sampled_from([k for k in BlockKind if rules.can_add(k)]))
                blocks, place = rules.with_new(blocks, kind, index)
                assert blocks[place] == Block(kind, "")
                blocks = rules.rewritten(blocks, place, "texto")
            case "write":
                blocks = rules.rewritten(blocks, index, "otro {plan.title}")
    assert rules.clean_blocks(blocks) == blocks


def test_vistos_closing_and_copies_stay() -> None:
    blocks = resolucion().blocks
    assert not rules.can_remove(blocks, 0)
    assert rules.without(blocks, 0) == blocks
    assert not rules.can_add(BlockKind.CLOSING)


def test_a_new_block_goes_to_the_end_of_its_part() -> None:
    blocks = tuple(block for block in resolucion().blocks if block.kind is not BlockKind.ESTANDO)
    added, place = rules.with_new(blocks, BlockKind.ESTANDO, 0)
    assert added[place - 1].kind is BlockKind.CONSIDERANDO
    assert added[place + 1].kind is BlockKind.ARTICLE


def test_blocks_that_cannot_be_kept() -> None:
    blocks = resolucion().blocks
    for broken, code in [
        (blocks[::-1], "blocks_order"),
        (blocks[1:], "blocks_order"),
        (rules.rewritten(blocks, 1, "{plan"), "chip_broken"),
        (rules.rewritten(blocks, 1, " \n "), "text_missing"),
        (rules.rewritten(blocks, 1, "a" * 30_001), "text_too_long"),
        ((*blocks[:2], *[blocks[1]] * 400, *blocks[2:]), "too_many_blocks"),
    ]:
        with pytest.raises(RuleError) as caught:
            rules.clean_blocks(broken)
        assert caught.value.code == code
    with pytest.raises(ValueError, match="unknown table"):
        rules.clean_blocks([replace(blocks[0], table="otra"), *blocks[1:]])
    kept = rules.clean_blocks(rules.rewritten(blocks, 1, " uno \r\n\n <b>dos</b> & "))
    assert kept[1].text == "uno\n<b>dos</b> &"


def test_matter_and_places() -> None:
    assert rules.clean_matter(" el {plan.title} ") == "el {plan.title}"
    with pytest.raises(RuleError, match="llave"):
        rules.clean_matter("el {plan")
    author, visto = SignerPlace(SignerRole.AUTHOR, 1), SignerPlace(SignerRole.VISTO_BUENO, 2)
    assert rules.check_places([author, visto]) == (visto, author)
    for places, code in [
        ([visto], "author_missing"),
        ([author, replace(author, unit_id=2)], "author_missing"),
        ([author, replace(visto, unit_id=1)], "signer_twice"),
        ([author, *(replace(visto, unit_id=n) for n in range(2, 40))], "too_many_signers"),
    ]:
        with pytest.raises(RuleError) as caught:
            rules.check_places(places)
        assert caught.value.code == code


# -- states --------------------------------------------------------------------------------------------

VALUES = dict.fromkeys(
    ("doc.memo_1.vistos", "doc.memo_1.cite", "doc.memo_1.date", "plan.title", "norm.lom"), "dicho"
)
AUTHOR = Signer("AUTOR_GM", SignerRole.AUTHOR, 2, "Gerencia Municipal", "GM", "ING. EJEMPLO", "Gerente")


def problems(act: Resolucion, **changes) -> list[str]:
    values = {
        "values": VALUES,
        "signers": [AUTHOR],
        "has_chain": True,
        "documents": {1: 0},
        "today": TODAY,
        **changes,
    }
    return [problem.code for problem in rules.problems_before_freeze(act, **values)]


def test_a_whole_draft_may_be_frozen() -> None:
    assert problems(resolucion()) == []
    rules.check_can_freeze(resolucion(), [])


def test_all_that_stops_the_freeze_is_told() -> None:
    act = resolucion()
    assert problems(act, today=date(2024, 3, 7)) == ["date_in_future"]
    assert problems(act, has_chain=False) == ["chain_missing"]
    assert problems(act, values={}) == ["chip_unknown"] * 3
    assert problems(act, signers=[]) == ["author_missing"]
    assert problems(act, signers=[replace(AUTHOR, name="")]) == ["author_unknown"]
    no_articles = tuple(block for block in act.blocks if block.kind is not BlockKind.ARTICLE)
    assert problems(replace(act, blocks=no_articles)) == ["no_article"]
    empty = rules.rewritten(act.blocks, 1, " ")
    assert problems(replace(act, blocks=empty)) == ["block_empty"]
    table = tuple(replace(block, table=rules.TABLE_DETAILS) for block in act.blocks[1:3])
    assert problems(replace(act, blocks=(act.blocks[0], *table, *act.blocks[3:]))) == ["details_missing"] * 2
    no_copies = rules.rewritten(act.blocks, len(act.blocks) - 1, "")
    assert problems(replace(act, blocks=no_copies)) == []


def test_the_refusal_names_the_first_problem_and_counts_the_others() -> None:
    found = rules.problems_before_freeze(resolucion(), {}, [], has_chain=False, documents={}, today=TODAY)
    with pytest.raises(RuleError, match=r"Vistos: .*Hay \d+ observaciones más") as caught:
        rules.check_can_freeze(resolucion(), found)
    assert caught.value.code == found[0].code
    with pytest.raises(RuleError, match="titular") as caught:
        rules.check_can_freeze(resolucion(), [rules.Problem("author_unknown", "No hay titular.")])
    assert "observaciones" not in caught.value.sentence


@pytest.mark.parametrize("state", list(State))
def test_what_each_state_allows(state: State) -> None:
    act = resolucion(state=state, number_text="" if state is State.DRAFT else "091-2024-GM/MPT")
    assert state.label
    if state is State.DRAFT:
        rules.check_can_edit(act)
        assert act.title == "Resolución de Gerencia Municipal (borrador)"
    else:
        with pytest.raises(RuleError, match="091-2024-GM/MPT"):
            rules.check_can_edit(act)
    if state in (State.FROZEN, State.SIGNING):
        rules.check_can_annul(act)
    else:
        with pytest.raises(RuleError, match="no se cambió nada"):
            rules.check_can_annul(act)


def test_a_draft_has_no_paper() -> None:
    assert rules.check_has_paper(resolucion(paper_id=7)) == 7
    with pytest.raises(RuleError, match="congélela"):
        rules.check_has_paper(resolucion())


@pytest.mark.parametrize(
    ("role", "order", "siglas", "field"),
    [
        (SignerRole.VISTO_BUENO, 1, "OGAJ", "VB1_OGAJ"),
        (SignerRole.VISTO_BUENO, 2, "OGPPyMI", "VB2_OGPPYMI"),
        (SignerRole.AUTHOR, 6, "GM", "AUTOR_GM"),
        (SignerRole.VISTO_BUENO, 3, "Área.ñ/2", "VB3_AREAN2"),
        (SignerRole.VISTO_BUENO, 4, "—", "VB4_UNIDAD"),
    ],
)
def test_signature_fields(role: SignerRole, order: int, siglas: str, field: str) -> None:
    assert rules.field_name(role, order, siglas) == field


def test_verbs() -> None:
    assert rules.verb_and_rest("APROBAR el Plan") == ("APROBAR", " el Plan")
    assert rules.verb_and_rest("NOTIFÍQUESE esta") == ("NOTIFÍQUESE", " esta")
    assert rules.verb_and_rest("El Plan") == ("", "El Plan")


@pytest.mark.parametrize("kind", list(BlockKind))
def test_every_part_has_a_name(kind: BlockKind) -> None:
    assert kind.label
