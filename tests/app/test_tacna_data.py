"""The chain of documents, the act and the wording of the Tacna 2024 case against facts typed by hand from the act.

The lists here are the second source: a fact that changes in the data and not here, or the reverse, fails.
What a paper prints from the data is tested with the papers.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from tacna_case import ACT, ANEXO, DOCUMENTS, FILE, NORMS, OFFICE, PLAN, UNITS

CHIP = re.compile(r"\{([a-z0-9_.]+)\}")
PLAN_KEYS = {"title", "amount", "amount_words", "households", "period", "district"}


def _texts() -> list[tuple[str, str]]:
    """Every sentence of ours that a paper or a screen prints, with where it lies."""
    found = [("anexo01 intro", ANEXO["anexo"]["intro"]), ("vistos", ACT["vistos"]["matter"])]
    found += [(f"{d['slug']} says", text) for d in FILE["document"] for text in d["says"]]
    found += [(f"{d['slug']} subject", d["subject"]) for d in FILE["document"]]
    found += [(f"considerando {c['slug']}", c["text"]) for c in ACT["considerando"] if c["text"]]
    found += [(f"article {a['number']}", a["text"]) for a in ACT["article"]]
    found += [(f"duty {r['order']}{d['letter']}", d["text"]) for r in ANEXO["row"] for d in r["duty"]]
    found += [(f"section {s['key']}", text) for s in PLAN["section"] for text in s["paragraphs"]]
    return found


def _printed(text: str) -> str:
    """The text with the citations of norms and documents filled in, as far as the data alone can."""

    def value(match: re.Match[str]) -> str:
        key = match.group(1)
        if key.startswith("norm."):
            return NORMS[key.removeprefix("norm.")]
        if key.startswith("unit."):
            slug = key.removeprefix("unit.")
            return str(next(unit["name"] for unit in OFFICE["unit"] if unit["slug"] == slug))
        return match.group(0)

    return CHIP.sub(value, text)


# --- the chain of documents


@pytest.mark.parametrize(
    ("slug", "date", "considerando", "vistos", "parties"),
    [
        ("oficio_multiple", (1, 12), "Oficio Múltiple D000002-2024-MIDIS-DGFIS",
         "Oficio Múltiple D00002-2024-MIDIS-DGFIS", "DGFIS>MPT"),
        ("informe_021", (2, 13), "Informe 021-2024/SISFOH/SGDSyPV/GDES/MPT",
         "Informe 021-2024-SISFOH/SGDSyPV/GDES/MPT", "ULE>SGDSyPV"),
        ("informe_194", (2, 16), "Informe 194-2024-SGDSyPV-GDES/MPT",
         "Informe 194-2024-SGDSyPV-GDES/MPT", "SGDSyPV>GDES"),
        ("memorando_0151", (2, 16), "Memorandum 0151-2024-GDES/MPT", "Memorando 0151-2024-GDES/MPT", "GDES>OGPPyMI"),
        ("informe_13", (2, 22), "Informe 13-2024-GBA-OPIOI-OGPPYMI/MPT",
         "Informe 13-2024-GBA-OPIOI-OGPPYMI/MPT", "OPIOI>OGPPyMI"),
        ("memorando_465", (2, 23), "Memorando 465-2024-OGPPyMI/MPT", "Memorando 465-2024-OGPPYMI/MPT", "OGPPyMI>OGAJ"),
        ("memorando_25", (2, 28), "Memorando 25-2024-OGAJ/MPT", " ", "OGAJ>OGPPyMI"),
        ("memorando_541", (2, 29), "Memorando 541-2024-OGPPyMI/MPT", "Memorando 541-2024-OGPPYMI/MPT", "OGPPyMI>OGAJ"),
        ("informe_237", (3, 4), "Informe 237-2024-OGAJ-MPT", "Informe 237-2024-OGAJ/MPT", "OGAJ>GM"),
    ],
)  # fmt: skip
def test_documents(slug: str, date: tuple[int, int], considerando: str, vistos: str, parties: str) -> None:
    document = DOCUMENTS[slug]
    assert document["date"] == dt.date(2024, *date)
    assert f"{document['kind_word']} {document['number']}" == considerando
    assert f"{document['vistos_kind_word']} {document['vistos_number']}" == vistos
    assert f"{document['from']}>{document['to']}" == parties


def test_documents_are_nine_and_in_order_of_date() -> None:
    assert [document["order"] for document in FILE["document"]] == list(range(1, 10))
    dates = [document["date"] for document in FILE["document"]]
    assert dates == sorted(dates)
    parties = set(UNITS) | {body["siglas"] for body in OFFICE["body"]} | {"MPT"}
    assert {d["from"] for d in FILE["document"]} | {d["to"] for d in FILE["document"]} <= parties


def test_vistos_go_from_the_last_document_to_the_first_without_memorando_25() -> None:
    order = sorted((d for d in FILE["document"] if d["in_vistos"]), key=lambda d: d["vistos_order"])
    assert [document["slug"] for document in order] == ACT["vistos"]["order"]
    assert ACT["vistos"]["order"] == [
        "informe_237", "memorando_541", "memorando_465", "informe_13", "memorando_0151", "informe_194", "informe_021",
        "oficio_multiple",
    ]  # fmt: skip
    assert not DOCUMENTS["memorando_25"]["in_vistos"]


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        ("oficio_multiple", ["artículo 76", "5006414; Empadronamiento de Hogares para su registro en el Padrón",
         "General de Hogares el SISFOH", "S/ 41 18 230.00", "228 distritos", "30 de enero del 2024", "Anexo N° 02",
         "Código N° 219", "{plan.amount}", "{plan.households}", "bajo, medio bajo y medio", "ámbito urbano",
         "Directiva N° 003-2024-MIDIS", "D000009-2024-MIDIS"]),
        ("informe_021", ["{plan.title}", "{plan.period}", "Participación Vecinal", "Económico Social"]),
        ("informe_194", ["coordine, planifique, ejecute, supervise y monitoree", "metas y objetivos", "formalidades"]),
        ("memorando_0151", ["evaluación y la aprobación", "inicie sus actividades"]),
        ("informe_13", ["POI 2024", "presupuesto financiado", "ampliado al 2025", "OE. 1.1", "ampliado al 2026",
         "OEI 05", "{plan.households} hogares identificados", "APROBAR", "i)", "(PIA) 2024", "ii)", "AO;", "iii)",
         "personal idóneo", "iv)", "en la RA", "las UO", "POI – 2024", "las JV", "centro de costo", "SNP", "terceros",
         "capacitación y la digitación de fichas"]),
        ("memorando_465", ["{plan.amount}", "D000009-2024-MIDIS", "OPINIÓN FAVORABLE", "{doc.informe_13.cite}",
         "terceros", "capacidad operativa"]),
        ("memorando_25", ["disponibilidad presupuestal", "estructura funcional programática"]),
        ("memorando_541", ["presupuesto institucional de apertura del año 2024", "a favor de la MPT"]),
        ("informe_237", ["S/ 312,656.00", "{plan.amount_words}", "{plan.title}", "disponibilidad presupuestaria"]),
    ],
)  # fmt: skip
def test_each_document_tells_its_facts(slug: str, facts: list[str]) -> None:
    told = " ".join(_printed(text) for text in DOCUMENTS[slug]["says"])
    assert [fact for fact in facts if fact not in told] == []


def test_detail_of_memorando_541() -> None:
    rows = [(row["label"], row["code"], row["text"]) for row in DOCUMENTS["memorando_541"]["detail"]]
    assert [row[:2] for row in rows] == [
        ("PROGRAMA", "9002"), ("ACTIVIDAD", "5006414"), ("FUNCIÓN", "23"), ("DIV. FUNCIONAL", "051"),
        ("GRUPO FUNCIONAL", "0114"), ("FUENTE DE FINANCIAMIENTO", "01"), ("RUBRO", "00"),
        ("GENÉRICA DE GASTO", "2.3."), ("ASIGNACIÓN 2024", ""),
    ]  # fmt: skip
    assert rows[0][2] == "ASIGNACIONES PRESUPUESTARIAS QUE NO RESULTAN EN PRODUCTO"
    assert rows[-1][2] == "S/ 312 656.00"


def test_opinions_and_the_one_loop_back() -> None:
    opinions = {slug: document["opinion"] for slug, document in DOCUMENTS.items() if document["opinion"]}
    assert opinions == {
        "informe_13": "aprobar",
        "memorando_465": "favorable",
        "memorando_25": "ampliacion",
        "informe_237": "aprobar",
    }
    assert DOCUMENTS["memorando_541"]["responds_to"] == "memorando_25"


# --- contradictions of the source, kept


def test_contradictions_of_the_source_are_kept() -> None:
    oficio = DOCUMENTS["oficio_multiple"]
    assert (oficio["vistos_registry"], oficio["registry"]) == ("16784", "10784-2024")
    assert oficio["date"] < next(n["date"] for n in OFFICE["norm"] if n["slug"] == "rm_009_2024")
    same_rm = {norm["cite"] for norm in ACT["norm"] if norm["same_as"] == "rm_009_2024"}
    assert {cite.split()[-1] for cite in same_rm} == {
        "D000009-2024-MIDIS",
        "D00009-2024-MIDIS",
        "009-2024-MIDIS",
    }
    third, fifth = ACT["article"][2]["text"], ACT["article"][4]["text"]
    assert "Sub Gerencia de Desarrollo Social y Participación Social" in third
    assert "Dirección General de Focalización e Información (DGFIS)" in third
    assert "Oficina General Atención al Ciudadano y Gestión Documentaria" in fifth
    assert DOCUMENTS["memorando_541"]["detail"][5]["code"] != PLAN["chain"]["source"]["code"]
    assert "aprobado el Plan" in ACT["considerando"][2]["text"]
    assert ACT["article"][2]["term"] == {
        "days": 3,
        "unit_of_time": "habil",
        "counts_from": "emision",
        "unit": "SGDSyPV",
        "to": "DGFIS",
    }


# --- the resolución


def test_number_date_and_signers() -> None:
    act = ACT["resolucion"]
    assert (act["number"], act["date"], act["place"]) == ("091-2024-GM/MPT", dt.date(2024, 3, 8), "Tacna")
    assert act["moment"].isoformat() == "2024-03-08T10:00:00-05:00"
    assert len(act["written_as"]) == 3
    assert act["closing"] == "REGÍSTRESE, COMUNÍQUESE, Y CÚMPLASE"
    assert act["initials"] == "PMGB/legH"
    assert [visto["unit"] for visto in ACT["visto_bueno"]] == [
        "OGAJ",
        "OGPPyMI",
        "GDES",
        "SGDSyPV",
        "OGACyGD",
    ]
    assert ACT["author"]["printed_name"] == "ING. ERICK JAVIER VILDOSO ALE"
    series = ACT["series"]
    assert (series["first"], series["gap_from"], series["gap_to"]) == (91, 1, 90)


def test_thirteen_copies_in_order() -> None:
    assert [copy["text"] for copy in ACT["copy"]] == [
        "Archivo", "Alcaldía", "GM.", "OGACyGD", "GDES", "SGDSyPV", "OGCyPC", "OGAF", "OAB", "GTPSC", "SGSC",
        "Interesado", "Expediente",
    ]  # fmt: skip
    assert {copy["unit"] for copy in ACT["copy"]} <= set(UNITS) | {""}


def test_considerandos_follow_the_act() -> None:
    assert [block["slug"] for block in ACT["considerando"]] == [
        "constitucion", "lom_39", "directiva_item_5", "lom_3", "lom_84", "ley_30435_9", "ley_31953_76", "rm_032",
        "rm_009", "oficio_multiple", "informe_021", "informe_194", "memorando_0151", "informe_13", "memorando_465",
        "memorando_25", "memorando_541", "objeto_del_plan", "informe_237", "estando",
    ]  # fmt: skip
    told = [block["document"] for block in ACT["considerando"] if block["kind"] == "document"]
    assert told == [document["slug"] for document in FILE["document"]]


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        ("constitucion", "Artículo 194º|26780|30305|Título Preliminar|27972|sujeción al ordenamiento jurídico"),
        ("lom_39", "artículo 39º|27972|resoluciones y directivas"),
        ("directiva_item_5", "ítem 5|003-2024-MIDIS|D000009-2024-MIDIS|contenido mínimo|tres (03) días hábiles|DGFIS"),
        ("lom_3", "artículo 3 |27972|municipalidad provincial|distrito del cercado"),
        ("lom_84", "numeral 2|Artículo 84|2.3 Organizar|2.4. Organizar|lucha contra la pobreza|discapacidad"),
        ("ley_30435_9", "artículo 9 |30435|(MIDIS)"),
        ("ley_31953_76", "artículo 76|31953|S/ 46 016 859,00|doscientos veintiocho (228)|2020|INEI|ámbito urbano"),
        ("rm_032", "032-2020-MIDIS|08 de febrero del 2020|001-2020-MIDIS|(SINAFO)|(CSE)|(PGH)|(IPF)|(SISFOH)"),
        ("rm_009", "D00009-2024-MIDIS|228 distritos priorizados"),
        ("objeto_del_plan", "{plan.households}|{plan.district}|mayor pobreza|bajo, medio bajo y medio|2020|INEI"),
        ("estando", "27972|31953|30435|003-2024-MIDIS| 009-2024-MIDIS|visto bueno|Gerencia Municipal|Documentario"),
        ("estando", "Asesoría Jurídica|Modernización Institucional|Económico Social|Participación Vecinal"),
    ],
)  # fmt: skip
def test_considerandos_keep_their_facts(slug: str, facts: str) -> None:
    text = _printed(next(block["text"] for block in ACT["considerando"] if block["slug"] == slug))
    assert [fact for fact in facts.split("|") if fact not in text] == []


def test_five_articles() -> None:
    assert [(a["number"], a["verb"], a["table"]) for a in ACT["article"]] == [
        (1, "APROBAR", "chain"), (2, "ENCARGAR", ""), (3, "ENCARGAR", ""), (4, "NOTIFÍQUESE", ""), (5, "ENCARGAR", ""),
    ]  # fmt: skip
    texts = [article["text"] for article in ACT["article"]]
    assert "{plan.amount} ({plan.amount_words})" in texts[0]
    assert "bajo responsabilidad" in texts[1]
    assert "Anexo N° 01" in texts[1]
    assert "tres (03) días hábiles" in texts[2]
    assert "www.munitacna.gob.pe" in texts[4]


# --- chips and wording


def test_every_chip_names_something() -> None:
    units = {unit["slug"] for unit in OFFICE["unit"]}
    known = {"entity", "officer.author", "resolucion.number"} | {f"plan.{key}" for key in PLAN_KEYS}
    known |= {f"unit.{slug}" for slug in units} | {f"norm.{slug}" for slug in NORMS}
    known |= {f"doc.{slug}.{part}" for slug in DOCUMENTS for part in ("cite", "date")}
    for where, text in _texts():
        assert set(CHIP.findall(text)) <= known, where
        assert not set(CHIP.sub("", text)) & set("{}"), where


def test_every_norm_cited_is_a_norm_of_the_office() -> None:
    assert {norm["same_as"] for norm in ACT["norm"]} == {norm["slug"] for norm in OFFICE["norm"]}


#: Turns of phrase of the act itself: a sentence copied from it, and not written by us, would carry one of them.
TURNS_OF_PHRASE = (
    "ello a fin de coordinar, planificar, ejecutar, supervisar y monitorear el desarrollo de la ejecución",
    "a fin de que se haga la evaluación y aprobación respectiva del Plan de Trabajo",
    "se justifica al ser una actividad no considerada en el POI 2024 y que además viene con presupuesto",
    "resaltando dichas acciones por cuanto de ello depende la eficacia que se espera lograr",
    "se sugiere evaluar la posibilidad de entregar a terceros el empadronamiento dejando la función",
    "la cual implementará considerablemente para la realización efectiva del empadronamiento",
    "a fin de realizarse una ampliación de opinión favorable, en el extremo de la disponibilidad presupuestal",
    "se desprende que busca realizar y ejecutar el empadronamiento masivo de hogares en las zonas",
    "contando con el visto bueno de la Gerencia Municipal, Oficina General de Asesoría Jurídica",
    "el cumplimiento de las actividades designadas conforme al Anexo N° 01 que forma parte",
    "remitir copia de la presente Resolución a la Dirección General",
    "son responsables en su jurisdicción de la recolección, levantamiento, verificación y sistematización",
    "se tiene las siguientes responsabilidades a cumplir por cada Unidad Orgánica, conforme se detalla",
)


def test_sentences_are_ours() -> None:
    whole = " ".join(text for _, text in _texts())
    assert [phrase for phrase in TURNS_OF_PHRASE if phrase in whole] == []
