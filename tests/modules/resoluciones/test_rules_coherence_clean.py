"""Clean texts, each with the rule that must not speak: quotations, amounts of others, look-alikes."""

import pytest
from coherence_acts import (
    ANNEX,
    CHAIN_DOCUMENT,
    CITED,
    COPIES,
    DETAILS,
    PLAN,
    TITLE,
    TOLD,
    A,
    C,
    E,
    V,
    X,
    act,
    document,
)

from sisfoh_desktop.modules.resoluciones.rules import coherence
from sisfoh_desktop.modules.resoluciones.rules.coherence import Dossier

# Clean texts, each with the rule that must not speak.
CLEAN: list[tuple[str, Dossier]] = [
    (
        "amount_malformed",
        act((C, "“hasta por la suma de S/ 46 016 859,00 (...)” en 228 distritos; S/ 312 656.00; S/ 500.")),
    ),
    ("amount_words_differ", act((A, "S/ 1 000 000.00 (Un millón con 00/100 soles) y veintiún (21) días"))),
    ("amount_words_differ", act((A, "S/ 312 656.00 (véase el cuadro)"))),
    (
        "amount_differs",
        act(
            (C, "“hasta por la suma de S/ 46 016 859,00” y asignó S/ 41 118 230.00 a los gobiernos locales"),
            plan=PLAN,
        ),
    ),
    ("amount_differs", act((C, "un presupuesto de S/ 41 118 230.00 para los 228 distritos"), plan=PLAN)),
    ("amount_differs", act((A, "APROBAR con un presupuesto de S/ 312 656.00"), plan=PLAN)),
    ("amount_differs", act((A, "APROBAR por S/ 5 000.00"))),
    ("amount_format_mixed", act((C, "“hasta S/ 46,016,859.00”"), (A, "S/ 312 656.00 y S/ 500.00"))),
    ("households_differ", act((C, "16 391 hogares de 228 distritos; 120 000 hogares del país"), plan=PLAN)),
    ("count_format_mixed", act((C, "1500 hogares y 16 391 hogares"))),
    (
        "document_number_differs",
        act(CITED, TOLD, (C, "el Informe N° 237-2024-OGPP/MPP"), documents=(document(),)),
    ),
    (
        "document_registry_differs",
        act(
            (V, "Informe N° 237-2024-OGAJ/MPP, Informe N° 9-2024-X con Reg. 555"),
            documents=(document(registry="777"),),
        ),
    ),
    (
        "document_registry_differs",
        act(CITED, TOLD, documents=(document(registry="10784-2024", vistos_registry="10784"),)),
    ),
    ("document_date_differs", act(CITED, TOLD, documents=(document(),))),
    (
        "document_kind_differs",
        act(
            (V, "Memorándum N° 237-2024-OGAJ/MPP"),
            (C, "Memorando N° 237-2024-OGAJ/MPP"),
            documents=(document(),),
        ),
    ),
    (
        "dates_out_of_order",
        act(
            (
                C,
                (
                    "Informe N° 237-2024-OGAJ/MPP y la Ley N° 27972, "
                    "Directiva N° 001-2020-MIDIS, de fecha 08 de febrero del 2020"
                ),
                1,
            ),
            documents=(document(),),
        ),
    ),
    (
        "not_in_vistos",
        act((V, "VISTO: el expediente administrativo sobre el plan, y;"), TOLD, documents=(document(),)),
    ),
    ("not_in_vistos", act(CITED, (C, "Que, el Proveído S/N dispone", 1), documents=(document("S/N"),))),
    (
        "unknown_in_vistos",
        act((V, "El Informe N° 237-2024-OGAJ/MPP y la Resolución N° 5-2024-GM/MPP"), documents=(document(),)),
    ),
    (
        "norm_number_differs",
        act((C, "Directiva N° 003-2024-MIDIS"), (C, "Resolución Ministerial N° D000003-2024-MIDIS")),
    ),
    ("norm_number_differs", act((C, "Ley N° 27972"), (E, "Ley Nº 27972, Ley Orgánica de Municipalidades"))),
    ("norm_not_in_force", act((E, "la Ley N° 27972, la Ley N° 31953 y la Ley N° 99999"))),
    ("norm_was_in_force", act((C, "“conforme a la Resolución Ministerial N° 070-2017-MIDIS”"))),
    ("title_differs", act((C, f"el “{TITLE.title()}” y el “{TITLE.replace('2024', '2025')}”"), plan=PLAN)),
    (
        "title_differs",
        act(
            (C, "el “Plan 2024”, y “2.3 Organizar, administrar y ejecutar los programas locales de lucha”"),
            plan=PLAN,
        ),
    ),
    ("act_number_spelling", act((C, "Resolución N° 090-2024-GM/MPP"), number="091-2024-GM/MPP")),
    (
        "term_start_differs",
        act(
            (C, "apelar en quince (15) días hábiles de notificada la Resolución"),
            (A, "informar en quince días hábiles desde su emisión"),
        ),
    ),
    ("period_before_approval", act(plan=PLAN)),
    (
        "year_name_wrong",
        act((C, "“Año del Bicentenario, de la consolidación de nuestra Independencia” y el Año Fiscal 2023")),
    ),
    ("year_name_wrong", act((C, "el Año de ejecución del proyecto de inversión pública"))),
    (
        "unit_name_differs",
        act(
            (
                C,
                (
                    "la Sub Gerencia de Desarrollo Social y Participación Vecinal de la Gerencia Municipal, "
                    "la Oficina de Abastecimientos y la Sub Gerencia de Seguridad Vial"
                ),
            )
        ),
    ),
    ("unit_name_differs", act((C, "“la Sub Gerencia de Desarrollo Social y Participación Ciudadana”"))),
    (
        "burdened_not_told",
        act(
            (A, "ENCARGAR a la Gerencia Municipal remitir copia a la Oficina de Abastecimiento"),
            COPIES,
            matrix=ANNEX,
        ),
    ),
    (
        "burdened_not_told",
        act((A, "ENCARGAR el cumplimiento de lo dispuesto por la Oficina de Abastecimiento"), COPIES),
    ),
    ("burdened_not_told", act((A, "NOTIFÍQUESE a la Oficina de Abastecimiento"), COPIES)),
    ("burdened_not_told", act((A, "ENCARGAR a la Oficina de Abastecimiento la compra"))),
    (
        "copied_without_charge",
        act(
            (A, "ENCARGAR a la Oficina de Abastecimiento la compra"),
            (X, "Alcaldía\nGM.\nOGAJ\nSGDS\nOAB\nInteresado"),
            matrix=ANNEX,
        ),
    ),
    ("chain_code_differs", act(plan=PLAN, documents=(CHAIN_DOCUMENT,))),
    ("chain_name_differs", act(plan=PLAN, documents=(CHAIN_DOCUMENT,))),
    (
        "chain_incomplete",
        act(plan=PLAN, documents=(CHAIN_DOCUMENT, document("2-2024-X", key=2, details=DETAILS[:1]))),
    ),
    ("chain_code_differs", act((C, "la meta 0045, artículo 76, rubro 00"), plan=PLAN)),
    ("synonyms_mixed", act((V, "MEMORANDO N° 1-2024-X"), (C, "Memorando N° 1-2024-X"))),
    (
        "fixed_word_typo",
        act(
            (
                C,
                (
                    "GRUPO FUNCIONAL, PROGRAMAS, ACTIVIDADES, PIA, PIM, "
                    "PADRÓN GENERAL DE HOGARES (PGH), PUENTE GRANDE, GRUPA"
                ),
            )
        ),
    ),
    ("fixed_word_typo", act((C, "25-2024-PHG/MPP, la provincia, Considerando, notifíquese"))),
]


@pytest.mark.parametrize(("code", "dossier"), CLEAN)
def test_the_rule_leaves_a_clean_text_alone(code, dossier) -> None:
    assert [found.sentence for found in coherence.review(dossier) if found.code == code] == []
