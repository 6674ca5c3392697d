"""Locked data inside prose: read, composed, adopted, rendered; half a chip is never taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import Piece

keys = st.from_regex(r"\A[a-z][a-z0-9_]{0,6}(\.[a-z0-9_]{1,6}){0,2}\Z")
prose = st.text(alphabet=st.one_of(st.sampled_from("{} .a"), st.characters(codec="utf-8")), max_size=30)
pieces = st.lists(st.one_of(keys.map(lambda key: Piece(key=key)), prose.map(lambda text: Piece(text))))


@given(prose)
def test_any_prose_typed_by_a_clerk_comes_back_literally(text: str) -> None:
    stored = rules.escape(text)
    assert rules.chips_of(stored) == ()
    assert rules.render(stored, {}) == text


@given(pieces)
def test_what_an_editor_composes_is_read_back_the_same(typed: list[Piece]) -> None:
    stored = rules.compose(typed)
    read = rules.pieces_of(stored)
    assert rules.compose(read) == stored
    values = {piece.key: f"<{piece.key}>" for piece in typed if piece.key}
    assert rules.render(stored, values) == "".join(values.get(p.key, p.text) for p in typed)
    assert rules.chips_of(stored) == tuple(piece.key for piece in typed if piece.key)


@given(st.text(alphabet="{}ab.", max_size=12))
def test_every_text_is_read_whole_or_refused(text: str) -> None:
    try:
        read = rules.pieces_of(text)
    except RuleError:
        return
    assert rules.compose(read) == text


@given(st.text(alphabet="{}ab.", max_size=12))
def test_text_written_elsewhere_is_adopted_whatever_it_holds(text: str) -> None:
    stored = rules.adopt(text, {"a", "b.a"})
    shown = rules.render(stored, {"a": "{a}", "b.a": "{b.a}"})
    assert shown == text
    assert set(rules.chips_of(stored)) <= {"a", "b.a"}


@pytest.mark.parametrize("text", ["{plan.amount", "plan.amount}", "{Plan}", "{}", "{a}}", "{a.}", "{ a }"])
def test_half_a_chip_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(RuleError, match="llave suelta") as caught:
        rules.pieces_of(text)
    assert caught.value.code == "chip_broken"


def test_a_datum_that_is_not_there_is_named() -> None:
    with pytest.raises(RuleError, match="Plan: monto en cifras") as caught:
        rules.render("con {plan.amount}", {})
    assert caught.value.code == "chip_unknown"
    words = rules.missing_words(["unit.gm", "norm.lom", "doc.informe_1.date", "entity", "x"])
    assert "Unidad: gm" in words
    assert "Documento informe_1: fecha" in words
    assert "y 2 más" in words


def test_chip_labels_are_for_people() -> None:
    assert rules.chip_label("doc.informe_1.otro") == "Documento informe_1: otro"
    assert rules.chip_label("raro.cosa") == "raro: cosa"
    assert rules.chip_label("raro") == "raro"


def test_a_chip_key_has_its_form() -> None:
    assert rules.chip("unit.gm") == "{unit.gm}"
    with pytest.raises(ValueError, match="not a chip key"):
        rules.chip("Unit GM")


def test_missing_chips_are_told_once_in_order() -> None:
    assert rules.missing_chips(["{b} {a}", "{b} {c}"], {"a": "1"}) == ("b", "c")


def test_a_text_for_a_list_names_the_data_it_does_not_have() -> None:
    text = "aprueba {plan.title} de {unit.gm} {{así}}"
    assert rules.readable(text, {"plan.title": "EL PLAN"}) == "aprueba EL PLAN de «Unidad: gm» {así}"
