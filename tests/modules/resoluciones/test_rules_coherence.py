"""Each rule of the checker on small acts: what it finds. What it leaves alone is in test_rules_coherence_clean.py."""

from dataclasses import replace
from datetime import date

import pytest
from coherence_acts import (
    ANNEX,
    CHAIN_DOCUMENT,
    CITED,
    COPIES,
    DETAILS,
    PLAN,
    TOLD,
    A,
    C,
    E,
    V,
    X,
    act,
    codes,
    document,
    one,
)
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.modules.expedientes.rules import Detail, DocumentKind
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.resoluciones.rules import BlockKind, coherence
from sisfoh_desktop.modules.resoluciones.rules.coherence import RULES, Dossier, Severity

# rule → acts in which it finds something
FOUND: dict[str, list[Dossier]] = {
    "amount_malformed": [
        act((C, "la suma de S/ 41 18 230.00 a favor")),
        act((A, "por S/ 7.040 y nada más")),
        act((C, "“hasta por la suma de S/ 4 16 859,00”")),
    ],
    "amount_words_differ": [
        act((A, "por S/ 312 656.00 (Trescientos doce mil seiscientos cincuenta y siete con 00/100 soles)")),
        act((A, "por S/ 312 656.50 (Trescientos doce mil seiscientos cincuenta y seis con 00/100 soles)")),
        act((C, "en un plazo de tres (05) días hábiles")),
        act((A, "hasta diez mil soles (S/ 11 000.00)")),
    ],
    "amount_words_unreadable": [act((A, "por S/ 312 656.00 (Trecientos doce mil con 00/100 soles)"))],
    "amount_differs": [
        act((A, "APROBAR el plan con un presupuesto de S/ 312 566.00"), plan=PLAN),
        act((C, "cuyo presupuesto es de S/ 300 000.00"), plan=PLAN),
        act((C, "se transfirió S/ 312 566.00"), plan=PLAN),
        act((A, "APROBAR por S/ 10 000.00"), plan=PLAN),
    ],
    "households_differ": [act((C, "ascienden a 16 931 hogares y a 16 392 hogares"), plan=PLAN)],
    "amount_format_mixed": [act((C, "S/ 312,656.00"), (A, "S/ 312 656.00"))],
    "count_format_mixed": [act((C, "16 391 hogares"), (A, "16,391 hogares"))],
    "document_number_differs": [
        act(
            (V, "Oficio N° D00002-2024-MIDIS"),
            (C, "Oficio N° D000002-2024-MIDIS"),
            documents=(document("D000002-2024-MIDIS", kind=DocumentKind.OFICIO),),
        ),
        act(
            (V, "Informe N° 273-2024-OGAJ/MPP"),
            TOLD,
            documents=(document(vistos_citation="Informe Nº 273-2024-OGAJ/MPP"),),
        ),
    ],
    "document_number_spelling": [
        act((V, "El Informe N° 237-2024-OGAJ-MPP"), TOLD, documents=(document(),)),
        act((V, "El Informe N° 0237-2024-OGAJ/MPP"), TOLD, documents=(document(),)),
    ],
    "document_registry_differs": [
        act(
            (V, "El Informe N° 237-2024-OGAJ/MPP, emitido por la Oficina con Reg. 16784, sobre"),
            TOLD,
            documents=(document(registry="10784-2024"),),
        ),
        act(CITED, TOLD, documents=(document(registry="10784", vistos_registry="16784"),)),
    ],
    "document_date_differs": [
        act(
            CITED,
            (C, "Que, mediante Informe N° 237-2024-OGAJ/MPP, de fecha 14 de marzo del presente, la"),
            documents=(document(),),
        ),
    ],
    "document_kind_differs": [
        act((V, "El Memorando N° 237-2024-OGAJ/MPP"), TOLD, documents=(document(),)),
    ],
    "dates_out_of_order": [
        act(
            CITED,
            (
                C,
                (
                    "Que, mediante Informe N° 237-2024-OGAJ/MPP, remite la "
                    "Directiva N° D000009-2024-MIDIS, de fecha 30 de marzo del 2024"
                ),
                1,
            ),
            documents=(document(),),
        ),
        act(
            (C, "Que, mediante Informe N° 237-2024-OGAJ/MPP, contesta el Oficio N° 9-2024-X/MPP", 1),
            documents=(document(), document("9-2024-X/MPP", date(2024, 3, 6), 2, kind=DocumentKind.OFICIO)),
        ),
    ],
    "document_after_act": [act(CITED, TOLD, documents=(document(on=date(2024, 3, 9)),))],
    "answer_before_request": [
        act(TOLD, documents=(document(responds_to_id=2), document("1-2024-X", date(2024, 3, 6), 2))),
    ],
    "not_in_vistos": [
        act(
            CITED,
            TOLD,
            (C, "Que, con Memorando N° 25-2024-OGAJ/MPP, pide", 2),
            documents=(document(), document("25-2024-OGAJ/MPP", date(2024, 2, 28), 2)),
        ),
    ],
    "not_narrated": [act(CITED, (C, "Que, nada."), documents=(document(),))],
    "unknown_in_vistos": [
        act(
            (V, "El Informe N° 237-2024-OGAJ/MPP y el Informe N° 999-2024-OGAJ/MPP"),
            TOLD,
            documents=(document(),),
        ),
    ],
    "document_year_differs": [act(documents=(document("237-2023-OGAJ/MPP"),))],
    "norm_number_differs": [
        act(
            (C, "Resolución Ministerial N° D000009-2024-MIDIS"),
            (E, "Resolución Ministerial N° 009-2024-MIDIS"),
        ),
        act(
            (C, "Resolución Ministerial N° D000009-2024-MIDIS"),
            (E, "Resolución Ministerial N° D00009-2024-MIDIS"),
        ),
    ],
    "norm_number_spelling": [
        act((C, "Directiva N° 032-2020-MIDIS"), (E, "Directiva N° 32-2020-MIDIS")),
    ],
    "norm_date_differs": [
        act(
            (C, "Directiva N° 001-2020-MIDIS, de fecha 08 de febrero del 2020, que"),
            (C, "Directiva N° 001-2020-MIDIS, de fecha 18 de febrero del 2020, que"),
        ),
    ],
    "norm_not_in_force": [
        act((E, "Estando a la Ley N° 31953"), dated=date(2025, 3, 1)),
        act((A, "conforme al Decreto Supremo N° 006-2026-JUS")),
        act((E, "la Resolución Ministerial N° 070-2017-MIDIS")),
    ],
    "norm_was_in_force": [act((C, "la Resolución Ministerial N° 070-2017-MIDIS"))],
    "title_differs": [
        act((C, "el “Plan de empadronamiento masivo 2024 del distrito de Prueba Alta”"), plan=PLAN),
        act(
            (C, "la “Directiva que regula el empadronamiento masivo de hogares en los distritos”"),
            (C, "Directiva que regula el empadronamiento masivo de hogares pobres en los distritos."),
        ),
    ],
    "act_number_spelling": [
        act((C, "Resolución N° 091 - 2024 GM/MPP"), (X, "Resolución N° 091-2024-GM/MPP")),
        act((C, "Resolución N° 091-2024 GM/MPP"), number="091-2024-GM/MPP"),
    ],
    "term_start_differs": [
        act(
            (
                C,
                "Una copia será remitida a la DGFIS en un plazo de tres (03) días hábiles luego de aprobado el Plan.",
            ),
            (
                A,
                "remitir copia a la DGFIS en tres (03) días hábiles luego de emitida la presente Resolución.",
            ),
        ),
    ],
    "term_days_differ": [
        act(
            (
                C,
                (
                    "remitir copia de la Resolución a la DGFIS, para conocerla, en "
                    "tres (03) días hábiles desde su notificación."
                ),
            ),
            (
                A,
                (
                    "remitir copia de la Resolución a la DGFIS, para conocerla, en "
                    "cinco (05) días hábiles desde su notificación."
                ),
            ),
        ),
    ],
    "period_before_approval": [act(plan=replace(PLAN, starts=date(2024, 3, 1)))],
    "year_name_wrong": [
        act((C, "“Año de la Unidad, la Paz y el Desarrollo”")),
        act((C, "Año del Bicentenario, de la consolidación de la Independencia")),
    ],
    "unit_name_differs": [
        act((A, "ENCARGAR a la Sub Gerencia de Desarrollo Social y Participación Social el envío"))
    ],
    "unit_name_spelling": [act((A, "a la Oficina General de Atención al Ciudadano y Gestión Documentario"))],
    "body_name_differs": [act((A, "a la Dirección General de Focalización e Información (DGFIS)"))],
    "burdened_not_told": [
        act((A, "ENCARGAR a la Oficina de Abastecimiento la compra"), COPIES, matrix=ANNEX),
        act((A, "ENCÁRGUESE al Jefe de la Oficina de Abastecimiento la compra"), COPIES),
        act(
            (A, "DISPONER que la gerencia; ENCARGAR, bajo responsabilidad, a la SGDS y a la OAB la compra"),
            COPIES,
        ),
    ],
    "burdened_not_in_annex": [
        act(
            (A, "ENCARGAR a la Oficina General de Asesoría Jurídica la capacitación"),
            (X, "OGAJ\nSGDS"),
            matrix=ANNEX,
        )
    ],
    "publisher_not_in_annex": [
        act((A, "ENCARGAR a la OGAC la publicación en el Portal"), COPIES, matrix=ANNEX)
    ],
    "annex_not_copied": [act((A, "APROBAR"), (X, "Archivo\nGM."), matrix=ANNEX)],
    "copied_without_charge": [act((A, "APROBAR"), (X, "SGDS\nOAB"), matrix=ANNEX)],
    "chain_code_differs": [
        act(plan=PLAN, documents=(document("1-2024-X", details=(Detail("RUBRO", "08", "IMPUESTOS"),)),)),
        act((A, "con cargo a la fuente de financiamiento 02, rubro 00"), plan=PLAN),
    ],
    "chain_zero_lost": [
        act(
            plan=PLAN,
            documents=(document("1-2024-X", details=(Detail("GRUPO FUNCIONAL", "114", "CAPACIDADES"),)),),
        ),
        act((C, "grupo funcional 114"), plan=PLAN),
    ],
    "chain_incomplete": [act(documents=(document("1-2024-X", details=DETAILS[:4]),))],
    "chain_name_differs": [
        act(
            plan=PLAN,
            documents=(
                document(
                    "1-2024-X",
                    details=(Detail("PROGRAMA", "9002", "ASIGNACIONES QUE NO RESULTAN EN PRODUCTO"),),
                ),
            ),
        ),
    ],
    "synonyms_mixed": [act((V, "Memorando N° 1-2024-X"), (C, "Memorandum N° 1-2024-X"))],
    "fixed_word_typo": [
        act((C, "el GRUPD FUNCIONAL 0114")),
        act((C, "PADRON GENERAL DE HOGARES (PHG)")),
        act((A, "REGISTRESE, COMUNIQUEZE")),
        act((C, "FUENTE DE FINANCIAMINTO")),
    ],
}


@pytest.mark.parametrize(("code", "dossier"), [(code, one) for code, acts in FOUND.items() for one in acts])
def test_the_rule_finds_it(code, dossier) -> None:
    assert code in codes(dossier)


def test_every_rule_is_shown_to_find_and_to_stay_silent() -> None:
    registered = [rule.code for rule in RULES]
    assert len(set(registered)) == len(registered)
    assert set(FOUND) == set(registered)
    assert all(rule.title and rule.source for rule in RULES)


def test_an_act_without_anything_has_no_findings() -> None:
    assert codes(act()) == []


def test_what_blocks_comes_first_and_each_finding_once() -> None:
    found = coherence.review(
        act((C, "S/ 41 18 230.00 y S/ 41 18 230.00"), (A, "S/ 312,656.00 S/ 312 656.00"))
    )
    assert [one.severity for one in found] == [Severity.BLOCKS, Severity.STYLE]
    assert found[0].block == 0


def test_the_fingerprint_follows_the_values_and_not_the_place() -> None:
    first = one(act((C, "S/ 41 18 230.00")), "amount_malformed")
    moved = one(act((C, "Nada."), (C, "y además S/ 41 18 230.00")), "amount_malformed")
    other = one(act((C, "S/ 41 18 231.00")), "amount_malformed")
    assert first.fingerprint == moved.fingerprint != other.fingerprint
    assert (first.block, moved.block) == (0, 1)


def test_another_municipality_with_numeric_articles_and_another_mask() -> None:
    """Nothing is of one municipality: other units, one VISTO, other siglas, articles in figures."""
    units = (
        Unit("Gerencia de Desarrollo e Inclusión Humana Integral", "GDIHI", id=1),
        Unit("Secretaría General", "SG", id=2),
    )
    dossier = act(
        (V, "VISTO: El Informe N.° 012-2025-GDIHI-MDX"),
        (C, "Que, con Informe N.° 012-2025-GDIHI-MDX, del 02/05/2025, se propone el plan por S/ 9,500.00."),
        (A, "ENCARGAR a la Gerencia de Desarrollo e Inclusión Humana General el cumplimiento."),
        (A, "ENCARGAR a la Secretaría General la publicación."),
        (X, "SG"),
        units=units,
        number="____-2025-GM-MDX",
        dated=date(2025, 5, 10),
        documents=(document("012-2025-GDIHI-MDX", date(2025, 5, 2)),),
        year_names=(),
    )  # fmt: skip
    assert codes(dossier) == ["burdened_not_told", "unit_name_differs"]


@given(st.lists(st.tuples(st.sampled_from(list(BlockKind)), st.text(max_size=200)), max_size=6))
def test_no_text_makes_a_rule_fail(texts) -> None:
    dossier = act(*texts, plan=PLAN, matrix=ANNEX, documents=(document(), CHAIN_DOCUMENT))
    for found in coherence.review(dossier):
        assert found.sentence
        assert all(place.at >= 0 for place in found.places)


FRAGMENTS = [
    "S/ 41 18 230.00",
    "S/ 312 656.00 (Diez con 00/100 soles)",
    "Informe N° 237-2024-OGAJ/MPP",
    "de fecha 31 de febrero del 2024",
    "Ley N° 31953",
    "Resolución Ministerial N° D0009-2024-MIDIS",
    "tres (05) días hábiles desde su emisión",
    "“",
    "”",
    "\n",
    "(",
    "ENCARGAR a la Sub Gerencia de Desarrollo",
    "Social y Participación",
    "Reg. 123",
    "GRUPD FUNCIONAL",
    "Año del",
    "16 391 hogares",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(list(BlockKind)), st.lists(st.sampled_from(FRAGMENTS), max_size=8)),
        max_size=8,
    )
)
def test_no_mixture_of_the_words_it_looks_for_makes_it_fail(parts) -> None:
    texts = [(kind, " ".join(words)) for kind, words in parts]
    first = coherence.review(act(*texts, plan=PLAN, matrix=ANNEX, documents=(document(),)))
    again = coherence.review(act(*texts, plan=PLAN, matrix=ANNEX, documents=(document(),)))
    assert first == again
