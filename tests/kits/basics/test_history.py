"""The trail in plain words: what a clerk reads of an entry."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sisfoh_desktop.basics.history import HistoryEntry, HistoryWords, told

WORDS = HistoryWords(
    actions={"plan.save": "Plan corregido"},
    fields={"objective": "Objetivo", "zones": "Zonas", "unit": "Unidad", "secret": ""},
    values={"unit_id": {"3": "Gerencia Municipal"}},
    about=frozenset({"document"}),
)


def line(before: Any = None, after: Any = None, action: str = "plan.save", **more: Any) -> Any:
    entry = HistoryEntry(
        1, datetime(2024, 3, 8, 15, 0, tzinfo=UTC), "ana", "ULE", action, "plan:1", before, after, **more
    )
    return told([entry], WORDS)[0]


def changes(before: Any = None, after: Any = None) -> list[str]:
    return [change.text.replace("\u00a0", " ") for change in line(before, after).changes]


def test_a_line_says_when_in_lima_who_and_what() -> None:
    read = line(reason=" Se corrigió el oficio ")
    assert (f"{read.at:%d/%m/%Y %H:%M}", read.who, read.what) == (
        "08/03/2024 10:00",
        "ana · ULE",
        "Plan corregido",
    )
    assert read.summary == "Motivo: Se corrigió el oficio"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ({"title": "Uno"}, {"title": "Dos"}, "Título: Uno → Dos"),
        ({"objective": ""}, {"objective": "Censar"}, "Objetivo: — → Censar"),
        ({"objective": "Censar"}, {"objective": ""}, "Objetivo: Censar → —"),
        (None, {"title": "Uno"}, "Título: Uno"),
        ({"title": "Uno"}, None, "Título: se quitó Uno"),
        ({"document": "Informe 021"}, {}, "Documento: Informe 021"),
        (None, {"amount": "312656.00"}, "Monto: S/ 312 656.00"),
        (None, {"dated": "2024-03-08"}, "Fecha: 08/03/2024"),
        (None, {"dated": "2024-03-08T15:00:00+00:00"}, "Fecha: 08/03/2024 10:00"),
        ({"state": "en_firma"}, {"state": "firmada"}, "Estado: en firma → firmada"),
        (None, {"printed": True}, "Printed: sí"),
        ({"printed": True}, {"printed": False}, "Printed: sí → no"),
        (None, {"unit_id": 3}, "Unit id: Gerencia Municipal"),
        (None, {"zones": [{"name": "Natividad", "id": 4}, {"name": "Centro"}]}, "Zonas: «Natividad» / «Centro»"),
        (None, {"zones": [["organo", "la gerencia"]]}, "Zonas: organo: la gerencia"),
        ({"zones": []}, {"zones": "cambió el orden"}, "Zonas: — → cambió el orden"),
        ({"unit:3": {"text": "Uno"}}, {"unit:3": {"text": "Dos"}}, "Unidad · Texto: Uno → Dos"),
        (None, {"03.k": {"text": "Uno", "due": None}}, "03.k: Texto: Uno"),
        (None, {"dni": "40000001"}, "Dni: 4*****01"),
        ({"dni": "4*****01"}, {"dni": "4*****02 (cambió)"}, "Dni: 4*****01 → 4*****02 (cambió)"),
        (None, {"text": "PEREZ 40000001 firma"}, "Texto: PEREZ 4*****01 firma"),
        (None, {"sha256": "c4abb41f" + "0" * 56}, "Huella del archivo: c4abb41f…"),
    ],
)  # fmt: skip
def test_values_are_said_as_on_papers(before: Any, after: Any, text: str) -> None:
    assert changes(before, after) == [text]


def test_what_did_not_change_and_what_says_nothing_is_left_out() -> None:
    assert changes({"title": "Uno", "secret": 1, "id": 4}, {"title": "Uno", "secret": 2, "id": 4}) == []
    assert changes(None, {"title": "", "objective": None}) == []


def test_a_document_is_not_named_twice() -> None:
    assert changes(None, {"title": "Informe 021", "document": "Informe 021"}) == ["Título: Informe 021"]


def test_what_names_the_record_is_told_first() -> None:
    assert changes(None, {"amount": "1.00", "state": "borrador", "title": "Uno"}) == [
        "Título: Uno", "Estado: borrador", "Monto: S/ 1.00",
    ]  # fmt: skip


def test_a_long_text_is_cut_with_dots() -> None:
    (text,) = changes(None, {"text": "palabra " * 400})
    assert len(text) < 620
    assert text.endswith("…")


def test_what_only_looks_like_a_date_is_shown_as_it_is() -> None:
    assert changes(None, {"text": "2024-13-45"}) == ["Texto: 2024-13-45"]
    assert changes(None, {"text": "2024-13-45T10:00"}) == ["Texto: 2024-13-45T10:00"]


def test_records_are_named_where_a_history_tells_of_several() -> None:
    entry = HistoryEntry(1, datetime.now(UTC), "", "", "plan.save", "plan:1")
    read = told([entry], [WORDS], {"plan:1": "Plan de Tacna"})[0]
    assert (read.what, read.who, read.changes) == ("Plan corregido: Plan de Tacna", "—", ())


def test_an_unknown_action_is_still_readable() -> None:
    assert line(action="plan.hand_over").what == "Otro cambio (plan, hand over)"
