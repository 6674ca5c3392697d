"""The office, the plan and the Anexo N° 01 of the Tacna 2024 case against facts typed by hand from the public act.

The lists here are the second source: a fact that changes in the data and not here, or the reverse, fails.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from tacna_case import ANEXO, OFFICE, PLAN, UNITS

# --- the office


def test_municipality_is_told_whole() -> None:
    assert OFFICE["municipality"] == {
        "name": "Municipalidad Provincial de Tacna",
        "siglas": "MPT",
        "ubigeo": "230101",
        "ubigeo_catalogue": "INEI",
        "district": "Tacna",
        "province": "Tacna",
        "department": "Tacna",
        "place": "Tacna",
        "portal": "www.munitacna.gob.pe",
        "ruc": "",
    }


@pytest.mark.parametrize(
    ("siglas", "name"),
    [
        ("GM", "Gerencia Municipal"),
        ("OGAJ", "Oficina General de Asesoría Jurídica"),
        ("OGPPyMI", "Oficina General de Planeamiento, Presupuesto y Modernización Institucional"),
        ("OPIOI", "Oficina de Planeamiento y Organización Institucional"),
        ("OGACyGD", "Oficina General de Atención al Ciudadano y Gestión Documentario"),
        ("OGCyPC", "Oficina General de Comunicaciones y Prevención de Conflictos"),
        ("OAB", "Oficina de Abastecimiento"),
        ("GDES", "Gerencia de Desarrollo Económico Social"),
        ("SGDSyPV", "Sub Gerencia de Desarrollo Social y Participación Vecinal"),
        ("ULE", "Unidad Local de Empadronamiento – SISFOH"),
        ("SGSC", "Sub Gerencia de Seguridad Ciudadana"),
        ("ALC", "Alcaldía"),
    ],
)
def test_units_carry_the_name_of_the_act(siglas: str, name: str) -> None:
    assert UNITS[siglas]["name"] == name


def test_units_known_only_by_siglas_get_no_invented_name() -> None:
    only_siglas = {siglas for siglas, unit in UNITS.items() if unit["name_source"] == "sigla"}
    assert only_siglas == {"OGAF", "GTPSC"}
    assert all(UNITS[siglas]["name"] == f"Unidad orgánica de siglas {siglas}" for siglas in only_siglas)


def test_units_form_one_tree() -> None:
    assert len(UNITS) == len(OFFICE["unit"]) == 14
    assert [unit["order"] for unit in OFFICE["unit"]] == list(range(1, 15))
    seen: set[str] = set()
    for unit in OFFICE["unit"]:
        assert unit["parent"] == "" or unit["parent"] in seen, unit["siglas"]
        seen.add(unit["siglas"])
    assert UNITS["ULE"]["parent"] == "SGDSyPV"
    assert UNITS["SGDSyPV"]["parent"] == "GDES"
    assert UNITS["OPIOI"]["parent"] == "OGPPyMI"


def test_officers_named_in_the_act() -> None:
    people = [(o["prefix"], o["names"], o["surnames"], o["unit"], o["position"]) for o in OFFICE["officer"]]
    assert people == [
        ("Ing.", "Erick Javier", "Vildoso Ale", "GM", "Gerente Municipal"),
        ("Eco.", "Gloria A.", "Bayona Aedo", "OPIOI", "Especialista"),
    ]


def test_norms_and_their_dates() -> None:
    dates = {norm["slug"]: norm["date"] for norm in OFFICE["norm"] if norm["date"]}
    assert dates["rm_032_2020"] == dt.date(2020, 2, 8)
    assert dates["rm_009_2024"] == dt.date(2024, 1, 30)
    assert {norm["number"] for norm in OFFICE["norm"]} >= {
        "26780", "30305", "27972", "30435", "31953",
        "032-2020-MIDIS", "001-2020-MIDIS", "D000009-2024-MIDIS", "003-2024-MIDIS",
    }  # fmt: skip


# --- the plan


def test_plan_figures() -> None:
    plan = PLAN["plan"]
    assert plan["title"] == (
        "PLAN DE EMPADRONAMIENTO MASIVO 2024 PARA LA IDENTIFICACIÓN DE HOGARES EN SITUACIÓN DE "
        "VULNERABILIDAD ECONÓMICA EN EL DISTRITO DE TACNA"
    )
    assert (plan["households"], plan["amount"], plan["period_text"]) == (
        16391,
        "312656.00",
        "Marzo a Julio 2024",
    )
    assert (plan["starts"], plan["ends"]) == (dt.date(2024, 3, 1), dt.date(2024, 7, 31))
    directive = PLAN["directive"]
    assert (directive["annex"], directive["code"]) == ("02", "219")
    assert directive["annex_title"] == "Cantidad de Hogares Estimados a Empadronar por Distrito"


def test_plan_money_adds_up() -> None:
    total = Decimal(PLAN["plan"]["amount"])
    assert sum(Decimal(line["amount"]) for line in PLAN["budget"]) == total
    assert sum(Decimal(goal["amount"]) for goal in PLAN["goal"]) == total
    assert Decimal(PLAN["chain"]["amount"]) == total
    assert sum(goal["households"] for goal in PLAN["goal"]) == PLAN["plan"]["households"]


def test_functional_chain_keeps_its_zeros() -> None:
    chain = PLAN["chain"]
    steps = ["programme", "activity", "function", "division", "group", "source", "rubro", "generic"]
    assert [chain[step]["code"] for step in steps] == [
        "9002",
        "5006414",
        "23",
        "051",
        "0114",
        "00",
        "00",
        "2.3",
    ]
    assert [chain[step]["head"] for step in steps] == [
        "PROGRAMA", "ACTIVIDAD", "FUNCIÓN", "DIV. FUNCIONAL", "GRUPO FUNCIONAL", "FTE. FTO.", "RUBRO",
        "GENÉRICA DE GASTO",
    ]  # fmt: skip
    assert chain["activity"]["name"].endswith("PADRON GENERAL DE HOGARES (PGH) DEL SISFOH")
    assert chain["total_label"] == "PRESUPUESTO TOTAL DEL PLAN DE TRABAJO"


def test_objectives_that_the_plan_is_aligned_with() -> None:
    assert [(o["instrument"], o["code"]) for o in PLAN["objective"]] == [
        ("PDLC", "OE. 1.1"),
        ("PEI", "OEI 05"),
        ("PLAN", ""),
    ]
    assert "16 391 hogares" in PLAN["objective"][2]["text"]


def test_fifteen_sections_and_activities_drawn_from_the_duties() -> None:
    assert [section["number"] for section in PLAN["section"]] == [str(n) for n in range(1, 16)]
    duties = {f"{row['order']:02d}.{duty['letter']}" for row in ANEXO["row"] for duty in row["duty"]}
    assert {activity["duty"] for activity in PLAN["activity"]} <= duties
    assert {activity["unit"] for activity in PLAN["activity"]} <= set(UNITS)
    assert sum(activity["target"] for activity in PLAN["activity"]) == 16391


# --- Anexo N° 01


def test_anexo_has_six_units_and_twenty_lettered_duties() -> None:
    assert [(row["order"], row["unit"], len(row["duty"])) for row in ANEXO["row"]] == [
        (1, "GM", 4), (2, "GDES", 1), (3, "SGDSyPV", 11), (4, "OGCyPC", 2), (5, "OAB", 1), (6, "SGSC", 1),
    ]  # fmt: skip
    for row in ANEXO["row"]:
        assert [duty["letter"] for duty in row["duty"]] == list("abcdefghijk"[: len(row["duty"])])
    assert ANEXO["anexo"]["heading"] == "ANEXO N° 01"
    assert ANEXO["anexo"]["section"] == "DE LA ORGANIZACIÓN ADMINISTRATIVA"
    assert ANEXO["anexo"]["columns"] == ["N°", "UNIDAD ORGÁNICA", "FUNCIONES"]
    assert ANEXO["row"][2]["name"].endswith("– UNIDAD LOCAL DE EMPADRONAMIENTO (SISFOH)")
    assert "numeral 1 del ítem 7" in ANEXO["anexo"]["intro"]


@pytest.mark.parametrize(
    ("row", "letter", "facts"),
    [
        (1, "c", "artículo 76|Ley 31953|autonomía económica y administrativa"),
        (2, "a", "comisarías|Policía Nacional del Perú|patrullaje constante|brigadas"),
        (3, "a", "punto focal|DGFIS|ULE"),
        (3, "b", "artículo 76|meta estimada de hogares"),
        (3, "c", "DGFIS|personal contratado|barrio focalizado"),
        (3, "d", "georreferenciación|digitación y consistencia|CSE"),
        (3, "e", "asistencia técnica|ULE|en territorio"),
        (3, "f", "acompañamiento|equipos especializados|Unidad Local de Empadronamiento"),
        (3, "g", "especialistas de la DGFIS|control de calidad"),
        (3, "h", "informes semanales|Gerencia Municipal|físico y financiero|alternativas de solución"),
        (3, "i", "acciones correctivas|alertas|DGFIS"),
        (3, "j", "Sistema Integrado de Acreditación (SIAC)|ULE"),
        (3, "k", "Sistema Kardex|distribución|formatos de recojo"),
        (
            4,
            "a",
            "volantes|flyers|afiches|audios|videos|redes sociales|plataformas digitales|domicilios|empadronador",
        ),
        (4, "b", "Dirección General de Focalización e Información Social (DGFIS) del MIDIS|difusión"),
        (5, "a", "servicios y materiales"),
        (6, "a", "necesarias y suficientes|integridad|datos de los hogares"),
    ],
)
def test_duties_keep_their_provision(row: int, letter: str, facts: str) -> None:
    text = next(d["text"] for d in ANEXO["row"][row - 1]["duty"] if d["letter"] == letter)
    assert [fact for fact in facts.split("|") if fact not in text] == []
