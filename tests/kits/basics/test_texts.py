"""Typed texts: what is tidied, what is kept literally, what is refused and with which words."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, clean_text, shown_name, without_accents

BOTH = pytest.mark.parametrize("clean", [clean_text, clean_name])


def refused(code: str, clean: Callable[..., str], text: str, **named: Any) -> str:
    with pytest.raises(RuleError) as caught:
        clean(text, what="el nombre", limit=40, **named)
    assert caught.value.code == code
    return caught.value.sentence


def test_line_ends_become_equal_and_outer_blanks_go() -> None:
    text = " \n uno\r\ndos\rtres\u2028cuatro\x0bcinco  seis \t"
    kept = clean_text(text, what="el texto", limit=80)
    assert kept == "uno\ndos\ntres\ncuatro\ncinco  seis"
    assert clean_text(text, what="el texto", limit=80, one_line=True) == "uno dos tres cuatro cinco  seis"


def test_amounts_keep_their_no_break_spaces() -> None:
    assert clean_text("S/\u00a0312\u00a0656.00", what="el texto", limit=40) == "S/\u00a0312\u00a0656.00"


def test_a_name_has_single_blanks_and_composed_accents() -> None:
    assert clean_name("  Gerencia\u00a0 Municipal\t", what="el nombre", limit=40) == "Gerencia Municipal"
    assert clean_name("n\u0303", what="el nombre", limit=40) == "ñ"
    assert clean_name("  ", what="la nota", limit=40, required=False) == ""


@BOTH
@pytest.mark.parametrize(
    "text", ["<b>Gerencia & Cía</b>", "=1+1", "'; DROP TABLE x; --", "{plan.title}", "ñandú ⚑ 漢字"]
)
def test_signs_with_a_meaning_elsewhere_are_kept_as_they_are(clean: Callable[..., str], text: str) -> None:
    assert clean(text, what="el nombre", limit=40) == text


@BOTH
@pytest.mark.parametrize("text", ["a\0b", "\x1b[1m", "\ud800"])
def test_control_signs_are_refused(clean: Callable[..., str], text: str) -> None:
    assert refused("text_unprintable", clean, text).startswith("El nombre trae signos de control")


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb"])
def test_a_name_holds_nothing_that_cannot_be_seen(text: str) -> None:
    refused("text_unprintable", clean_name, text)
    assert clean_text(text, what="el texto", limit=40) == text.replace("\u202e", "")


@BOTH
def test_an_empty_or_over_long_text_is_refused_with_its_field_and_length(clean: Callable[..., str]) -> None:
    assert refused("text_missing", clean, " \n", required=True).startswith("Falta el nombre; ")
    sentence = refused("text_too_long", clean, "x" * 41)
    assert "tiene 41 caracteres y el máximo es 40" in sentence
    assert sentence.endswith("No se cambió nada.")


@BOTH
@given(st.text(max_size=60))
def test_what_was_kept_once_is_kept_the_same_again(clean: Callable[..., str], text: str) -> None:
    try:
        kept = clean(text, what="el texto", limit=100)
    except RuleError:
        return
    assert clean(kept, what="el texto", limit=100) == kept


def test_texts_are_searched_without_accents() -> None:
    assert without_accents("ACREDITACIÓN del Ñandú") == "acreditacion del nandu"


def test_a_long_file_name_does_not_fill_a_sentence() -> None:
    assert shown_name("informe.pdf") == "informe.pdf"
    assert shown_name("x" * 200) == "x" * 79 + "…"


def test_marks_that_reorder_what_is_read_are_taken_off():
    pasted = "paga \u202e00.001 /S\u202c a \u2066quien\u2069 corresponda\u200e"
    assert clean_text(pasted, what="el texto", limit=100) == "paga 00.001 /S a quien corresponda"
