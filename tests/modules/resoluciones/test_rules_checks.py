"""What stops the freeze, what each state of an act allows, and the names of fields, verbs and parts."""

from dataclasses import replace
from datetime import date

import pytest
from resoluciones_drafts import TODAY, resolucion

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import BlockKind, Resolucion, Signer, SignerRole, State

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
