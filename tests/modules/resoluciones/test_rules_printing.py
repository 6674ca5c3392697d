"""The act made ready for paper: data in place, heads of articles, tables and details where blocks say so."""

from datetime import date, datetime

import pytest

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.expedientes.rules import Detail, Document, DocumentEntry, DocumentKind, Party
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import (
    Block,
    BlockKind,
    ChainTable,
    Headings,
    PrintedAct,
    Resolucion,
    Signer,
    SignerRole,
    State,
)

TABLE = ChainTable((), ("A",), (("1",),))
DETAIL = Detail("PROGRAMA", "9002", "ASIGNACIONES")
AUTHOR = Signer("AUTOR_GM", SignerRole.AUTHOR, 1, "Gerencia Municipal", "GM", "ING. EJEMPLO", "Gerente")
VALUES = {"resolucion.number": "091-2024-GM/MPP", "plan.title": "EL PLAN"}


def printed(
    *blocks: Block, signers: tuple[Signer, ...] = (AUTHOR,), draft_round: int = 1, **more
) -> PrintedAct:
    entry = DocumentEntry(
        DocumentKind.OFICIO, "1-2024-X", date(2024, 3, 1), Party("A"), Party("B"), "X", details=(DETAIL,)
    )
    document = Document(7, 1, "oficio_1", entry, datetime(2024, 3, 8, tzinfo=LIMA), "prueba")
    act = Resolucion(
        id=1,
        expediente_id=1,
        plan_id=1,
        series_id=1,
        matter="X",
        headings=Headings(),
        dated=date(2024, 3, 8),
        with_annex=False,
        state=State.DRAFT,
        paper_id=None,
        number_text="",
        draft_round=draft_round,
        version=1,
        blocks=blocks,
    )
    return rules.printed_act(
        act, VALUES, place="Tacna", tables=[TABLE], documents=[document], signers=signers, **more
    )


def test_every_block_is_ready_for_paper() -> None:
    act = printed(
        Block(BlockKind.CONSIDERANDO, "Que, {plan.title}.\nSegundo {{párrafo}}.", rules.TABLE_DETAILS, 7),
        Block(BlockKind.ARTICLE, "APROBAR {plan.title}.", rules.TABLE_CHAIN),
        Block(BlockKind.ARTICLE, "Comunicar."),
    )
    told, first, second = act.blocks
    assert told.paragraphs == ("Que, EL PLAN.", "Segundo {párrafo}.")
    assert (told.details, told.tables) == ((DETAIL,), ())
    assert (first.head, first.verb, first.paragraphs) == ("ARTÍCULO PRIMERO:", "APROBAR", (" EL PLAN.",))
    assert (first.tables, first.details) == ((TABLE,), ())
    assert (second.head, second.verb, second.paragraphs) == ("ARTÍCULO SEGUNDO:", "", ("Comunicar.",))
    assert act.number == "091-2024-GM/MPP"
    assert act.author == AUTHOR
    assert act.paragraphs(BlockKind.ARTICLE) == (" EL PLAN.", "Comunicar.")
    assert printed(signers=()).author is None


def test_a_gap_stops_the_paper_but_not_the_preview() -> None:
    block = Block(BlockKind.CLOSING, "de {norm.lom}")
    with pytest.raises(RuleError, match="Norma: lom"):
        printed(block)
    assert printed(block, lenient=True).blocks[0].paragraphs == ("de [falta Norma: lom]",)


def test_the_version_code_changes_with_what_is_said() -> None:
    one = printed(Block(BlockKind.CLOSING, "uno")).version_code
    assert one == printed(Block(BlockKind.CLOSING, "uno")).version_code
    assert one.startswith("V1-")
    assert len(one) == 9
    assert one != printed(Block(BlockKind.CLOSING, "dos")).version_code
    assert one != printed(Block(BlockKind.CLOSING, "uno"), signers=()).version_code
    assert printed(Block(BlockKind.CLOSING, "uno"), draft_round=2).version_code == f"V2{one[2:]}"
