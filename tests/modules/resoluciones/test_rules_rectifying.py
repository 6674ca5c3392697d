"""What may be rectified, and the words that are made of it; the whole way is in test_service_rectifying.py."""

from dataclasses import replace
from datetime import date

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.resoluciones.rules import (
    ActRef,
    Block,
    BlockKind,
    Headings,
    MaterialError,
    Rectifications,
    Resolucion,
    State,
    chain_label,
    chain_mark,
    chain_words,
    check_can_rectify,
    check_errors,
    genders,
    legal_base,
    printed_places,
    rectification_problems,
    rectifying_blocks,
    rectifying_headings,
    rectifying_matter,
    verb_and_rest,
    with_documents_to_tell,
    with_errors,
)
from sisfoh_desktop.modules.resoluciones.rules.rectifying import compact

ONE = MaterialError("el artículo primero", "S/ 10.00", "S/ 100.00")
TWO = MaterialError("los vistos", "Vecinal", "Social")
BLOCKS = (
    Block(BlockKind.VISTOS, "Vistos."),
    Block(BlockKind.CONSIDERANDO, "Que, algo."),
    Block(BlockKind.ESTANDO, "Estando al plan {plan.title} de la {entity};"),
    Block(BlockKind.ARTICLE, "APROBAR."),
    Block(BlockKind.CLOSING, "REGÍSTRESE"),
    Block(BlockKind.COPIES, "Archivo"),
)


def act(**changes):
    values = {
        "id": 1,
        "expediente_id": 1,
        "plan_id": 1,
        "series_id": 1,
        "matter": "aprobación del plan",
        "headings": Headings(),
        "dated": date(2024, 3, 8),
        "with_annex": True,
        "state": State.SIGNED,
        "paper_id": 1,
        "number_text": "091-2024-GM/MPT",
        "draft_round": 1,
        "version": 1,
        "blocks": BLOCKS,
        **changes,
    }
    return Resolucion(**values)


def made(errors=(ONE,), rectified=None, **more):
    return rectifying_blocks(
        rectified or act(),
        errors,
        about="aprobación del plan",
        base="el artículo 212",
        documents=(),
        values_then={"plan.title": "PLAN {A}", "entity": "X"},
        known={"entity"},
        **more,
    )


def of_kind(blocks, kind):
    return [block.text for block in blocks if block.kind is kind]


@pytest.mark.parametrize("state", list(State))
def test_only_a_signed_act_is_rectified(state):
    if state in (State.DRAFT, State.FROZEN, State.SIGNING):
        with pytest.raises(RuleError) as caught:
            check_can_rectify(act(state=state))
        assert caught.value.code == "rectify_unsigned"
    else:
        check_can_rectify(act(state=state))


def test_the_article_is_that_of_the_consolidated_text_in_force():
    old = legal_base({"DS 004-2019-JUS", "Ley 27444"})
    assert old.cite.startswith("el artículo 212 del Texto Único Ordenado")
    assert old.cite.endswith("aprobado por Decreto Supremo N° 004-2019-JUS")
    assert (old.verified, old.doubt) == (True, "")
    new = legal_base({"DS 006-2026-JUS"})
    assert "artículo 201 del Texto Único Ordenado" in new.cite
    assert new.doubt.startswith("Por verificar")
    bare = legal_base(set())
    assert bare.cite.startswith("el artículo 201 de la Ley N° 27444")
    assert not bare.verified


def test_words_are_compared_without_blanks_and_with_one_kind_of_hyphen():
    assert compact("S/\u00a0312\n656.00 003\u2010A\ufffeB") == "S/312656.00003-A-B"


def test_errors_are_cleaned_counted_once_and_looked_for_in_the_print():
    printed = "ARTÍCULO 1: S/\u00a010.00 y la Participación\nVecinal"
    kept = check_errors(act(), [replace(ONE, says="S/ 10.00 "), ONE, TWO], printed)
    assert kept == (ONE, TWO)
    for errors, code in (
        ([], "errors_missing"),
        ([ONE] * 51, "too_many_errors"),
        ([replace(ONE, says="x" * 90)], "not_printed"),
        ([replace(ONE, must_say="S/  10.00")], "nothing_to_rectify"),
        ([replace(ONE, says="x" * 2001)], "text_too_long"),
    ):
        with pytest.raises(RuleError) as caught:
            check_errors(act(), errors, printed)
        assert caught.value.code == code


def test_places_are_those_whose_text_was_printed_and_then_all_of_it():
    blocks = [
        (BlockKind.VISTOS, "El Informe"),
        (BlockKind.CONSIDERANDO, "Que, cambió"),
        (BlockKind.CONSIDERANDO, "Que, sigue"),
        (BlockKind.ESTANDO, "Estando"),
        (BlockKind.ARTICLE, "APROBAR"),
        (BlockKind.CLOSING, "REGÍSTRESE"),
        (BlockKind.COPIES, ""),
    ]
    printed = "El Informe\nQue, sigue Estando APROBAR REGÍSTRESE"
    assert [place.name for place in printed_places(blocks, printed)] == [
        "los vistos",
        "el considerando segundo",
        "el párrafo que antecede a la parte resolutiva",
        "el artículo primero",
        "la fórmula de cierre",
        "otra parte del acto",
    ]
    assert [place.name for place in printed_places(blocks, printed, "ARTÍCULO {n}.-")][1:4:2] == [
        "el considerando 2",
        "el artículo 1",
    ]


def test_the_act_is_made_of_its_errors_and_of_the_words_of_the_rectified_one():
    blocks = made()
    [vistos] = of_kind(blocks, BlockKind.VISTOS)
    assert vistos == (
        "La Resolución de Gerencia Municipal N° 091-2024-GM/MPT, de fecha 08 de marzo de 2024, y el "
        "error material advertido en ella, y;"
    )
    assert of_kind(blocks, BlockKind.ESTANDO) == ["Estando al plan PLAN {{A}} de la {entity};"]
    article = of_kind(blocks, BlockKind.ARTICLE)[0]
    assert article == (
        "RECTIFICAR, con efecto retroactivo, el error material contenido en la Resolución de Gerencia Municipal "
        "N° 091-2024-GM/MPT, de fecha 08 de marzo de 2024, en el artículo primero, en el extremo donde dice "
        "«S/ 10.00», debe decir «S/ 100.00»."
    )
    _, kept, told = of_kind(blocks, BlockKind.ARTICLE)
    assert verb_and_rest(kept)[0] == "MANTENER"
    assert kept.startswith("MANTENER subsistentes los demás extremos de la Resolución")
    assert "la publicación de la presente Resolución" in told
    assert "corresponde rectificarlo;" in of_kind(blocks, BlockKind.CONSIDERANDO)[-1]


def test_several_errors_are_told_in_the_plural_and_one_again_when_one_is_left():
    several = made((ONE, TWO))
    [vistos] = of_kind(several, BlockKind.VISTOS)
    assert vistos.endswith(", y los errores materiales advertidos en ella, y;")
    last = of_kind(several, BlockKind.CONSIDERANDO)[-1]
    assert last.startswith("Que, los errores advertidos no alteran")
    assert last.endswith("corresponde rectificarlos;")
    assert rectifying_matter(act(), (ONE, TWO)).startswith("rectificación de errores materiales de la Resol")
    assert with_errors(act(), several, (ONE, TWO), (ONE,)) == made()
    assert with_errors(act(), made(), (ONE,), (ONE, TWO)) == several
    assert with_documents_to_tell(act(), several, (), set()) == several


def test_the_copy_for_the_national_body_is_ordered_where_it_had_the_first():
    *_, last = of_kind(made(remit_to="Organismo de Focalización (OFIS)"), BlockKind.ARTICLE)
    assert last.startswith(
        "ENCARGAR la remisión de una copia de la presente Resolución al Organismo de Focalización (OFIS), en el mismo"
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Resolución de Alcaldía", "la"),
        ("Acuerdo de Concejo", "el"),
        ("Sub Gerencia de Desarrollo", "la"),
        ("Área de Sistemas", "el"),
        ("Órgano de Control", "el"),
        ("Unidad Local", "la"),
        ("Ley N° 1", "la"),
        ("TUO de la Ley 27444", "el"),
        ("Decreto de Alcaldía", "el"),
        ("", "el"),
    ],
)
def test_the_article_of_a_name_follows_its_gender(name, told):
    assert genders.the(name) == f"{told} {name}"
    assert genders.the_first(name).startswith(told.capitalize())
    assert genders.of_the(name).startswith("de la" if genders.is_feminine(name) else "del")


def test_an_act_of_another_name_keeps_its_gender_and_its_single_visto():
    headings = Headings(act_name="ACUERDO DE CONCEJO", vistos_one="VISTO:")
    rectified = act(headings=headings)
    blocks = made(rectified=rectified)
    assert "el Acuerdo de Concejo N° 091" in of_kind(blocks, BlockKind.ARTICLE)[0]
    assert "del presente Acuerdo" in of_kind(blocks, BlockKind.ARTICLE)[2]
    assert "advertido en él, y;" in of_kind(blocks, BlockKind.VISTOS)[0]
    assert rectifying_headings(rectified, ()).vistos == "VISTO:"
    assert rectifying_headings(act(), ()).vistos == "VISTOS:"


def test_braces_in_an_error_are_words_and_not_data():
    blocks = made([replace(ONE, must_say="{plan.title}")])
    assert "«{{plan.title}}»" in of_kind(blocks, BlockKind.ARTICLE)[0]


def test_other_errors_take_the_place_of_the_earlier_ones_or_find_one():
    rectified = act()
    blocks = made()
    changed = with_errors(rectified, blocks, [ONE], [ONE, TWO])
    assert len(changed) == len(blocks)
    assert "b) En los vistos" in of_kind(changed, BlockKind.ARTICLE)[0]
    bare = tuple(b for b in blocks if b.kind not in (BlockKind.ARTICLE, BlockKind.CONSIDERANDO))
    filled = with_errors(rectified, bare, [ONE], [TWO])
    assert [block.kind for block in filled] == [
        BlockKind.VISTOS,
        BlockKind.CONSIDERANDO,
        BlockKind.ESTANDO,
        BlockKind.ARTICLE,
        BlockKind.CLOSING,
        BlockKind.COPIES,
    ]
    others = with_errors(rectified, BLOCKS, [ONE], [TWO])
    assert of_kind(others, BlockKind.ARTICLE)[0].startswith("RECTIFICAR")
    assert of_kind(others, BlockKind.ARTICLE)[1] == "APROBAR."


def test_without_new_documents_nothing_but_vistos_is_written():
    blocks = made()
    assert with_documents_to_tell(act(), blocks, (), set()) == blocks


def test_a_draft_must_say_its_errors_name_the_act_and_come_after_it():
    draft = act(id=2, state=State.DRAFT, dated=date(2024, 4, 1), blocks=made())
    assert rectification_problems(draft, act(), [ONE]) == []
    codes = [problem.code for problem in rectification_problems(replace(draft, blocks=BLOCKS), act(), [ONE])]
    assert codes == ["rectified_unnamed", "rectification_differs"]
    early = replace(draft, dated=date(2024, 3, 1))
    assert [problem.code for problem in rectification_problems(early, act(), [ONE])] == ["rectified_later"]
    bare = replace(draft, blocks=())
    assert [problem.block for problem in rectification_problems(bare, act(), [ONE])] == [None, None]


def test_the_chain_is_told_both_ways():
    def ref(act_id, number, state):
        return ActRef(act_id, f"Resolución N° {number}", number, date(2024, 4, 12), state)

    old, new = ref(1, "091-2024", State.SIGNED), ref(2, "112-2024", State.SIGNED)
    both = Rectifications(old, (), (new, ref(3, "", State.DRAFT), ref(4, "113-2024", State.FROZEN)))
    assert chain_words(both) == [
        (1, "Rectifica la N° 091-2024"),
        (2, "Rectificada por la N° 112-2024, del 12/04/2024"),
        (3, "Rectificación en borrador"),
        (4, "Rectificación en curso: N° 113-2024, congelada"),
    ]
    assert chain_label(both) == "Rectifica la N° 091-2024; Rectificada por la N° 112-2024"
    assert chain_mark(both) == "Rectificada"
    waiting = Rectifications(rectified_by=(ref(3, "", State.DRAFT),))
    assert (chain_label(waiting), chain_mark(waiting)) == ("En rectificación", "En rectificación")
    assert (chain_label(Rectifications()), chain_mark(Rectifications())) == ("", "")
