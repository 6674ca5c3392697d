"""Rules of the expediente: the number in one field, the chain, the timeline, the citations, attached files."""

import zlib
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.file_kinds import FileKind
from sisfoh_desktop.basics.holidays import DayOff
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.modules.expedientes import rules
from sisfoh_desktop.modules.expedientes.rules import (
    Detail,
    Document,
    DocumentEntry,
    DocumentKind,
    ExpedienteState,
    Mark,
    Opinion,
    Party,
)

TODAY = date(2024, 3, 8)
LEGAL = Party("Oficina General de Asesoría Jurídica", "OGAJ", 3)
PLANNING = Party("Oficina General de Planeamiento, Presupuesto y Modernización Institucional", "OGPPyMI", 4)
DGFIS = Party("Dirección General de Focalización e Información Social", "DGFIS")


def entry(**changes) -> DocumentEntry:
    values = {
        "kind": DocumentKind.INFORME,
        "number_text": "237-2024-OGAJ/MPT",
        "on": date(2024, 3, 4),
        "sender": LEGAL,
        "receiver": PLANNING,
        "subject": "Opinión legal",
        **changes,
    }
    return DocumentEntry(**values)


def document(number: int = 1, **changes) -> Document:
    moment = changes.pop("registered_at", datetime(2024, 3, 8, 10, 0, tzinfo=LIMA))
    return Document(number, 1, f"d{number}", entry(**changes), moment, "prueba")


def refused(code: str, **changes) -> str:
    with pytest.raises(RuleError) as caught:
        rules.clean_entry(entry(**changes), TODAY)
    assert caught.value.code == code
    return caught.value.sentence


# -- what is typed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "spelled", "cited"),
    [
        ("237-2024-OGAJ/MPT", "237-2024-OGAJ/MPT", "Informe N° 237-2024-OGAJ/MPT"),
        ("Nº 237 - 2024 - OGAJ/MPT", "237 - 2024 - OGAJ/MPT", "Informe N° 237 - 2024 - OGAJ/MPT"),
        ("d00002-2024-MIDIS-DGFIS", "d00002-2024-MIDIS-DGFIS", "Informe N° d00002-2024-MIDIS-DGFIS"),
        ("021-2024/SISFOH/SGDSyPV", "021-2024/SISFOH/SGDSyPV", "Informe N° 021-2024/SISFOH/SGDSyPV"),
        (" s / n ", "S/N", "Informe S/N"),
    ],
)
def test_number_is_kept_as_typed_without_its_sign(typed: str, spelled: str, cited: str) -> None:
    kept = rules.clean_entry(entry(number_text=typed), TODAY)
    assert kept.number_text == spelled
    assert kept.citation == cited


def test_number_that_cannot_be_understood_is_refused() -> None:
    assert "237-2024-OGAJ/MPT" in refused("document_number_invalid", number_text="memo del jefe")
    refused("document_number_missing", number_text="  ")


def test_dates_that_cannot_be() -> None:
    assert "09/03/2024" in refused("date_in_future", on=date(2024, 3, 9))
    refused("received_date", received_on=date(2024, 3, 1))
    refused("received_date", received_on=date(2024, 3, 9))
    assert rules.clean_entry(entry(received_on=TODAY, on=TODAY), TODAY).received_on == TODAY


@pytest.mark.parametrize("folios", [0, -1, 100_000])
def test_folios_out_of_range(folios: int) -> None:
    refused("folios_range", folios=folios)


def test_a_document_needs_subject_sender_and_receiver() -> None:
    refused("text_missing", subject=" ")
    refused("party_missing", sender=Party())
    refused("party_missing", receiver=Party(siglas="X"))
    assert rules.clean_entry(entry(sender=Party(person="  María  ")), TODAY).sender.person == "María"


def test_texts_too_long_or_unprintable_are_refused() -> None:
    refused("text_too_long", registry="9" * 301)
    refused("text_unprintable", told_by="la oficina\x00")
    refused("too_many_details", details=(Detail("x"),) * 61)
    refused("text_missing", details=(Detail(" ", "0114"),))
    refused("two_tables", details=(Detail("PROGRAMA", "9002"),), with_table=True)


def test_says_is_split_into_paragraphs_and_keeps_signs_literally() -> None:
    kept = rules.clean_entry(entry(says=("uno <b>&\n\n dos ", "", "tres {raro}")), TODAY)
    assert kept.says == ("uno <b>&", "dos", "tres {raro}")


def test_rows_of_detail_are_kept_with_codes_as_text() -> None:
    kept = rules.clean_entry(entry(details=(Detail(" RUBRO ", " 00 ", " RECURSOS "),)), TODAY)
    assert kept.details == (Detail("RUBRO", "00", "RECURSOS"),)
    assert document().title == "Informe N° 237-2024-OGAJ/MPT"


def test_issuer_not_told_differs_from_issuer_by_default() -> None:
    assert rules.vistos_issuer(entry()) == "la Oficina General de Asesoría Jurídica"
    assert rules.vistos_issuer(rules.clean_entry(entry(vistos_issuer=" "), TODAY)) == ""


@given(st.text(max_size=40))
def test_any_number_typed_is_kept_once_cleaned_or_refused(typed: str) -> None:
    try:
        kept = rules.clean_entry(entry(number_text=typed), TODAY)
    except RuleError:
        return
    assert rules.clean_entry(kept, TODAY) == kept


def test_keys_are_distinct() -> None:
    first = rules.document_key(entry(), [])
    assert first == "informe_237"
    assert rules.document_key(entry(), [first]) == "informe_237_2"
    assert rules.document_key(entry(), [first, "informe_237_2"]) == "informe_237_3"
    assert rules.document_key(entry(number_text="S/N", kind=DocumentKind.PROVEIDO), []) == "proveido_sn"


def test_duplicates_are_seen_however_the_number_was_typed() -> None:
    assert rules.is_duplicate(entry(), entry(number_text="N° 0237-2024 OGAJ-MPT"))
    assert not rules.is_duplicate(entry(), entry(kind=DocumentKind.MEMORANDO))
    assert not rules.is_duplicate(entry(), entry(number_text="238-2024-OGAJ/MPT"))
    assert not rules.is_duplicate(entry(number_text="S/N"), entry(number_text="S/N"))


def test_heading_and_reason() -> None:
    assert rules.clean_heading(" Plan ", " E-1 ", "") == ("Plan", "E-1", "")
    with pytest.raises(RuleError, match="asunto"):
        rules.clean_heading("", "", "")
    assert rules.check_reason(" porque sí ") == "porque sí"
    with pytest.raises(RuleError, match="motivo"):
        rules.check_reason(" ")


def test_an_archived_expediente_takes_no_documents() -> None:
    rules.check_can_register(ExpedienteState.OPEN)
    rules.check_can_register(ExpedienteState.RESOLVED)
    with pytest.raises(RuleError, match="archivado"):
        rules.check_can_register(ExpedienteState.ARCHIVED)


# -- how a document is told ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Oficina General de Asesoría Jurídica", "la Oficina General de Asesoría Jurídica"),
        ("Sub Gerencia de Desarrollo Social", "la Sub Gerencia de Desarrollo Social"),
        ("Área de Archivo", "el Área de Archivo"),
        ("Ministerio de Desarrollo e Inclusión Social", "el Ministerio de Desarrollo e Inclusión Social"),
    ],
)
def test_article_of_an_office(name: str, told: str) -> None:
    assert rules.with_article(name) == told


def test_citations_follow_from_the_fields_unless_told_otherwise() -> None:
    plain = entry(registry="10784-2024")
    assert rules.considerando_citation(plain) == "Informe N° 237-2024-OGAJ/MPT con Reg. 10784-2024"
    assert rules.vistos_citation(plain) == "Informe N° 237-2024-OGAJ/MPT"
    told = entry(
        kind_word="Memorandum",
        considerando_citation="Memorandum N° 0151-2024-GDES/MPT",
        vistos_citation="Memorando N° 0151-2024-GDES/MPT",
    )
    assert rules.considerando_citation(told) == "Memorandum N° 0151-2024-GDES/MPT"
    assert rules.vistos_citation(told) == "Memorando N° 0151-2024-GDES/MPT"


def test_opening_and_teller_have_defaults() -> None:
    assert rules.opening(entry()) == "Que, mediante"
    assert rules.opening(entry(opening="Por tanto, según")) == "Por tanto, según"
    assert rules.told_by(entry()) == "la Oficina General de Asesoría Jurídica"
    assert rules.told_by(entry(told_by="el asesor")) == "el asesor"
    assert rules.told_by(entry(sender=Party(person="María Ejemplo"))) == "María Ejemplo"
    assert rules.vistos_issuer(entry(sender=Party(person="María Ejemplo"))) == "María Ejemplo"


@pytest.mark.parametrize("opinion", list(Opinion))
def test_a_document_that_says_nothing_yet_is_told_by_its_opinion(opinion: Opinion) -> None:
    (sentence,) = rules.says(entry(opinion=opinion, subject="Aprobación del plan."))
    assert sentence.endswith("aprobación del plan.")
    assert rules.says(entry(says=("dice esto.",))) == ("dice esto.",)


def test_locked_data_are_read_out_or_named() -> None:
    values = {"plan.title": "EL PLAN"}
    assert rules.readable("de {plan.title}, {norm.lom} y {raro}", values) == "de EL PLAN, «norm.lom» y {raro}"


def test_what_was_made_readable_is_locked_again_where_its_words_stand():
    before = "{plan.title}: plan de Tacna, distrito de {plan.district}, {entity}.\nOtra vez {plan.title}."
    values = {"plan.title": "EL PLAN 2024", "plan.district": "Tacna", "entity": "la Municipalidad"}
    shown = rules.readable(before, values)
    assert (
        shown == "EL PLAN 2024: plan de Tacna, distrito de Tacna, la Municipalidad.\nOtra vez EL PLAN 2024."
    )
    assert rules.written(shown, before, values) == before
    assert rules.written(f"Aprueba {shown} Fin de Tacna", before, values) == f"Aprueba {before} Fin de Tacna"
    changed = shown.replace("EL PLAN 2024:", "EL PLAN 2025:")
    assert rules.written(changed, before, values) == before.replace("{plan.title}:", "EL PLAN 2025:")
    assert rules.written("", before, values) == ""


def test_the_registry_of_vistos_is_told_unless_its_citation_was() -> None:
    assert rules.vistos_registry(entry(registry="77")) == "77"
    assert rules.vistos_registry(entry(registry="77", vistos_registry="78")) == "78"
    assert rules.vistos_registry(entry(registry="77", vistos_citation="Informe 1")) == ""


def test_vistos_take_the_given_order_and_then_the_newest_first() -> None:
    old = document(1, on=date(2024, 1, 12), vistos_order=2)
    middle = document(2, on=date(2024, 2, 1))
    new = document(3, on=date(2024, 3, 1))
    first = document(4, on=date(2024, 1, 1), vistos_order=1)
    hidden = document(5, in_vistos=False)
    assert rules.in_vistos_order([old, middle, new, first, hidden]) == [first, old, new, middle]


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_kind_has_word_and_article(kind: DocumentKind) -> None:
    assert kind.label[0].isupper()
    assert kind.article in ("el", "la")


@pytest.mark.parametrize("labelled", [*Opinion, *ExpedienteState, *Mark])
def test_every_state_has_a_word(labelled) -> None:
    assert labelled.label


# -- the chain -----------------------------------------------------------------------------------------


def test_timeline_counts_the_working_days_between_steps() -> None:
    chain = [
        document(2, on=date(2024, 2, 16)),
        document(1, on=date(2024, 2, 13)),
        document(3, on=date(2024, 2, 16)),
        document(4, on=date(2024, 2, 22)),
    ]
    steps = rules.timeline(chain, Calendar([DayOff(date(2024, 2, 20), "Feriado de prueba")]))
    assert [(step.document.id, step.workdays) for step in steps] == [(1, None), (2, 3), (3, 0), (4, 3)]


@given(st.lists(st.integers(0, 200), max_size=8))
def test_gaps_of_the_timeline_add_up_to_the_whole_way(offsets: list[int]) -> None:
    chain = [
        document(place, on=date(2024, 1, 1) + timedelta(days=offset))
        for place, offset in enumerate(offsets, start=1)
    ]
    steps = rules.timeline(chain, Calendar())
    assert sorted(step.document.id for step in steps) == sorted(each.id for each in chain)
    days = [step.document.entry.on for step in steps]
    assert days == sorted(days)
    if steps:
        whole = rules.timeline([steps[0].document, replace(steps[-1].document, id=99)], Calendar())
        assert sum(step.workdays or 0 for step in steps) == whole[-1].workdays


def test_marks_of_a_document_registered_out_of_order_or_late() -> None:
    late = document(2, on=date(2024, 2, 1), received_on=date(2024, 2, 2))
    usual = document(1, on=date(2024, 3, 1), received_on=TODAY)
    other_year = document(3, on=date(2025, 1, 2), number_text="9-2024-OGAJ/MPT")
    chain = [usual, late, other_year]
    assert rules.marks_of(late, chain) == (Mark.OUT_OF_ORDER, Mark.BACKDATED)
    assert rules.marks_of(usual, chain) == ()
    assert rules.marks_of(other_year, chain) == (Mark.YEAR_DIFFERS,)


def test_who_has_it_now_is_the_receiver_of_the_last_document() -> None:
    assert rules.holder_of([], Calendar(), TODAY) is None
    chain = [document(1, receiver=LEGAL, sender=PLANNING, on=date(2024, 3, 1)), document(2)]
    holder = rules.holder_of(chain, Calendar(), TODAY)
    assert holder is not None
    assert (holder.party, holder.since, holder.workdays) == (PLANNING, date(2024, 3, 4), 4)
    received = document(3, receiver=LEGAL, received_on=date(2024, 3, 6))
    holder = rules.holder_of([*chain, received], Calendar(), TODAY)
    assert holder is not None
    assert (holder.party, holder.since, holder.workdays) == (LEGAL, date(2024, 3, 6), 2)


def test_the_next_document_is_expected_from_who_has_it() -> None:
    first = rules.next_expected([], TODAY)
    assert (first.on, first.sender, first.number_text) == (TODAY, Party(), "")
    forwarded = rules.next_expected([document(1)], TODAY)
    assert (forwarded.sender, forwarded.receiver, forwarded.responds_to_id) == (PLANNING, Party(), None)
    asked = rules.next_expected([document(1, asks_reply=True)], TODAY)
    assert (asked.sender, asked.receiver, asked.responds_to_id) == (PLANNING, LEGAL, 1)
    assert asked.kind is DocumentKind.INFORME


def test_hint_of_the_siglas_comes_from_the_senders_last_number() -> None:
    chain = [
        document(1, on=date(2024, 2, 1), number_text="25-2024-OGAJ/MPT"),
        document(2, number_text="S/N"),
        document(3, sender=DGFIS, number_text="D2-2024-MIDIS-DGFIS"),
    ]
    assert rules.siglas_hint(chain, LEGAL, 2025) == "-2025-OGAJ/MPT"
    assert rules.siglas_hint(chain, Party(siglas="dgfis"), 2024) == "-2024-MIDIS-DGFIS"
    assert rules.siglas_hint(chain, PLANNING, 2024) == ""
    assert rules.siglas_hint(chain, Party(), 2024) == ""


# -- attached files ------------------------------------------------------------------------------------


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"0" * 13) + chunk(b"IDAT", b"1234") + chunk(b"IEND", b"")
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 200 + b"\xff\xd9"
PDF = b"%PDF-1.7\n" + b"0" * 3000 + b"\n%%EOF\n"


def test_files_are_known_by_their_content() -> None:
    assert rules.check_attachment("a.txt", PDF) is FileKind.PDF
    assert rules.check_attachment("a.pdf", PNG) is FileKind.PNG
    assert rules.check_attachment("a.pdf", JPEG) is FileKind.JPEG


@pytest.mark.parametrize("data", [PDF[:1500], PNG[:-8], PNG[:-1], PNG[:40] + b"x" + PNG[41:], JPEG[:100]])
def test_a_damaged_file_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(RuleError, match="dañado") as caught:
        rules.check_attachment("escaneo.pdf", data)
    assert caught.value.code == "file_damaged"


def test_empty_big_and_other_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuleError, match="vacío"):
        rules.check_attachment("a.pdf", b"")
    with pytest.raises(RuleError, match="no es PDF, PNG ni JPG"):
        rules.check_attachment("programa.pdf", b"MZ" + b"0" * 100)
    for before in (b"MZ" + bytes(500), b"<html><script>alert(1)</script>"):
        with pytest.raises(RuleError, match="no es PDF, PNG ni JPG"):
            rules.check_attachment("escaneo.pdf", before + PDF)
    assert rules.check_attachment("escaneo.pdf", b"\xef\xbb\xbf\r\n" + PDF) is FileKind.PDF
    with pytest.raises(RuleError, match="máximo es 30 MB"):
        rules.check_attachment("x" * 200 + ".pdf", b"%PDF-" + bytes(30 * 1024 * 1024))


@given(st.integers(1, len(PNG) - 1))
def test_a_cut_png_is_never_taken(length: int) -> None:
    with pytest.raises(RuleError):
        rules.check_attachment("a.png", PNG[:length])
