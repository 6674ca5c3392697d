"""The checker on the practice case: every contradiction of the source act is found, and none in a corrected copy."""

from datetime import date
from typing import Any

import pytest

from sisfoh_desktop.app import practice
from sisfoh_desktop.app.practice_case import Case
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import Finding, PlaceKind, Review, Severity, State

NUMBER = "091-2024-GM/MPT"

# What the source act contradicts: the rule, its severity, what is compared and where.
CONTRADICTIONS: list[tuple[str, Severity, tuple[str, ...], tuple[str, ...]]] = [
    ("document_registry_differs", Severity.BLOCKS, ("16784", "10784-2024"), ("Vistos", "Considerando 10")),
    (
        "document_number_differs",
        Severity.BLOCKS,
        ("D00002-2024-MIDIS-DGFIS", "D000002-2024-MIDIS-DGFIS"),
        ("Vistos", "Considerando 10"),
    ),
    (
        "norm_number_differs",
        Severity.BLOCKS,
        ("D000009-2024-MIDIS", "D00009-2024-MIDIS", "009-2024-MIDIS"),
        ("Considerando 3", "Considerando 9", "Considerando 10", "Considerando 15", "Estando a lo dispuesto"),
    ),
    ("amount_malformed", Severity.BLOCKS, ("S/ 41 18 230.00",), ("Considerando 10",)),
    (
        "dates_out_of_order",
        Severity.BLOCKS,
        ("12/01/2024", "D000009-2024-MIDIS", "30/01/2024"),
        ("Considerando 10",),
    ),
    (
        "chain_code_differs",
        Severity.BLOCKS,
        ("01 RECURSOS ORDINARIOS", "00 Recursos Ordinarios"),
        ("Considerando 17", "Plan"),
    ),
    (
        "unit_name_differs",
        Severity.BLOCKS,
        ("Participación Social", "Participación Vecinal"),
        ("Artículo tercero",),
    ),
    ("not_in_vistos", Severity.WARNS, ("25-2024-OGAJ/MPT",), ("Considerando 16", "Vistos")),
    (
        "term_start_differs",
        Severity.WARNS,
        ("la aprobación", "la emisión"),
        ("Considerando 3", "Artículo tercero"),
    ),
    ("period_before_approval", Severity.WARNS, ("01/03/2024", "08/03/2024"), ("Plan",)),
    (
        "body_name_differs",
        Severity.WARNS,
        ("Focalización e Información»", "Información Social»"),
        ("Artículo tercero",),
    ),
    ("title_differs", Severity.WARNS, ("«información de»",), ("Considerando 9", "Considerando 10")),
    ("title_differs", Severity.WARNS, ("«EN EL DISTRITO DE TACNA»",), ("Plan", "Anexo N° 01")),
    (
        "amount_format_mixed",
        Severity.STYLE,
        ("S/ 312,656.00", "S/ 312 656.00"),
        ("Considerando 19", "Artículo primero"),
    ),
    ("synonyms_mixed", Severity.STYLE, ("Memorando", "Memorandum"), ("Vistos", "Considerando 13")),
    ("synonyms_mixed", Severity.STYLE, ("Documentario", "Documentaria"), ("Artículo quinto",)),
    (
        "unit_name_spelling",
        Severity.STYLE,
        ("Gestión Documentaria", "Gestión Documentario"),
        ("Artículo quinto",),
    ),
    ("chain_name_differs", Severity.STYLE, ("EN PRODUCTO»", "EN PRODUCTOS»"), ("Considerando 17", "Plan")),
    (
        "document_number_spelling",
        Severity.STYLE,
        ("237-2024-OGAJ/MPT", "237-2024-OGAJ-MPT"),
        ("Vistos", "Considerando 19"),
    ),
    (
        "document_number_spelling",
        Severity.STYLE,
        ("021-2024-SISFOH/SGDSyPV", "021-2024/SISFOH/SGDSyPV"),
        ("Vistos", "Considerando 11"),
    ),
    (
        "document_number_spelling",
        Severity.STYLE,
        ("465-2024-OGPPYMI", "465-2024-OGPPyMI"),
        ("Vistos", "Considerando 15"),
    ),
    (
        "document_number_spelling",
        Severity.STYLE,
        ("541-2024-OGPPYMI", "541-2024-OGPPyMI"),
        ("Vistos", "Considerando 17"),
    ),
    ("publisher_not_in_annex", Severity.STYLE, ("Gestión Documentario",), ("Artículo quinto", "Anexo N° 01")),
    ("copied_without_charge", Severity.STYLE, ("OGAF", "GTPSC"), ("Con copia (C.c.)",)),
]


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def review(practice_db) -> Review:
    return service.review_resolucion(practice_db, service.find_by_number(practice_db, NUMBER).id)


@pytest.mark.parametrize(("code", "severity", "compared", "places"), CONTRADICTIONS)
def test_the_contradiction_is_found_with_its_places(review, code, severity, compared, places) -> None:
    found = [
        one
        for one in review.findings
        if one.code == code and all(value in plain(one.sentence) for value in compared)
    ]
    assert len(found) == 1, [one.sentence for one in review.findings if one.code == code]
    assert found[0].severity is severity
    assert set(places) <= {place.name for place in found[0].places}


def test_nothing_else_is_found(review) -> None:
    assert len(review.findings) == len(CONTRADICTIONS)


def test_what_blocks_was_accepted_as_the_source_has_it(practice_db, review) -> None:
    assert review.blocking == ()
    assert {one.code for one in review.accepted} == {
        code for code, severity, *_ in CONTRADICTIONS if severity is Severity.BLOCKS
    }
    assert {one.reason for one in review.accepted} == {"Así consta en el documento original"}


def test_the_draft_beside_it_must_still_be_seen_to(practice_db) -> None:
    draft = next(line for line in service.list_resoluciones(practice_db) if line.state is State.DRAFT)
    view = service.view_resolucion(practice_db, draft.id, date(2024, 3, 8))
    assert view.problems == ()
    assert len(view.obstacles) == 7
    assert view.review.accepted == ()


def test_places_lead_to_the_words_that_are_compared(review, practice_db) -> None:
    act = service.find_by_number(practice_db, NUMBER)
    for finding in review.findings:
        for place in finding.places:
            if place.kind is PlaceKind.BLOCK:
                assert 0 <= place.at < len(act.blocks)
    (malformed,) = [one for one in review.findings if one.code == "amount_malformed"]
    assert plain(malformed.places[0].excerpt) == "S/ 41 18 230.00"
    assert act.blocks[malformed.block].document_id == malformed.places[1].at


# -- what the program prints by itself and the source had typed -------------------------------------------


def test_the_table_and_the_numbers_as_the_source_typed_them_are_found_too(practice_db, actor, now) -> None:
    """The program prints the chain and its own number once; a clerk who types them as the source did is told."""
    case = Case()
    chain = case.plan["chain"]
    draft_line = next(line for line in service.list_resoluciones(practice_db) if line.state is State.DRAFT)
    act = service.load_resolucion(practice_db, draft_line.id)
    article = next(index for index, block in enumerate(act.blocks) if block.text.startswith("APROBAR"))
    typed = [
        f"RESOLUCIÓN DE GERENCIA MUNICIPAL {written}" for written in case.act["resolucion"]["written_as"]
    ]
    typed += [*chain["group"]["also_written"], *chain["activity"]["also_written"]]
    text = "\n".join([act.blocks[article].text, *typed])
    service.save_resolucion(
        practice_db,
        actor=actor,
        now=now,
        resolucion=with_text(act, article, text),
        expected_version=act.version,
    )
    found = service.review_resolucion(practice_db, act.id).findings
    sentences = {one.sentence for one in found if one.code == "fixed_word_typo"}
    assert sentences == {
        "«GRUPD» parece una errata de «GRUPO».",
        "«PHG» parece una errata de «PGH».",
    }
    (own,) = [one for one in found if one.code == "act_number_spelling"]
    for written in ("091 - 2024 GM/MPT", "091 - 2024 - GM/MPT", "091-2024 GM/MPT"):
        assert f"«{written}»" in own.sentence


def with_text(act: Any, index: int, text: str) -> Any:
    from dataclasses import replace

    from sisfoh_desktop.modules.resoluciones import rules

    return replace(act, blocks=rules.rewritten(act.blocks, index, text))


# -- the corrected copy ------------------------------------------------------------------------------------

UNIT = "Sub Gerencia de Desarrollo Social y Participación"
DOCUMENTARY = "Oficina General Atención al Ciudadano y Gestión Documentaria"
# (document, field, value as the source has it, corrected value)
IN_DOCUMENTS: list[tuple[str, str, Any, Any]] = [
    ("oficio_multiple", "date", date(2024, 1, 12), date(2024, 2, 2)),
    ("oficio_multiple", "vistos_number", "D00002-2024-MIDIS-DGFIS", "D000002-2024-MIDIS-DGFIS"),
    ("oficio_multiple", "vistos_registry", "16784", "10784-2024"),
    ("informe_021", "vistos_number", "021-2024-SISFOH/SGDSyPV/GDES/MPT", "021-2024/SISFOH/SGDSyPV/GDES/MPT"),
    ("memorando_0151", "kind_word", "Memorandum", "Memorando"),
    ("memorando_465", "vistos_number", "465-2024-OGPPYMI/MPT", "465-2024-OGPPyMI/MPT"),
    ("memorando_541", "vistos_number", "541-2024-OGPPYMI/MPT", "541-2024-OGPPyMI/MPT"),
    ("memorando_25", "in_vistos", False, True),
    ("memorando_25", "vistos_order", 0, 9),
    ("memorando_25", "vistos_kind_word", "", "Memorando"),
    ("memorando_25", "vistos_number", "", "25-2024-OGAJ/MPT"),
    ("memorando_25", "vistos_issuer", "", "la Oficina General de Asesoría Jurídica"),
    ("informe_237", "number", "237-2024-OGAJ-MPT", "237-2024-OGAJ/MPT"),
]
# (document, words of the source, corrected words)
IN_SAYS = [
    ("oficio_multiple", "S/\u00a041\u00a018\u00a0230.00", "S/\u00a041\u00a0118\u00a0230.00"),
    ("informe_237", "S/\u00a0312,656.00", "{plan.amount}"),
]
PROGRAMME = "ASIGNACIONES PRESUPUESTARIAS QUE NO RESULTAN EN PRODUCTO"
IN_DETAILS = [
    ("FUENTE DE FINANCIAMIENTO", "code", "01", "00"),
    ("PROGRAMA", "text", PROGRAMME, f"{PROGRAMME}S"),
]
IN_NORMS = [
    ("rm_009_propio", "D00009-2024", "D000009-2024"),
    ("rm_009_estando", "N° 009-2024", "N° D000009-2024"),
    ("directiva_003_propio", "identificación de hogares", "identificación de información de hogares"),
]
IN_ARTICLES = [
    (3, f"{UNIT} Social", f"{UNIT} Vecinal"),
    (3, "Focalización e Información (DGFIS)", "Focalización e Información Social (DGFIS)"),
    (3, "posteriores a su emisión", "posteriores a la aprobación del Plan"),
    (5, DOCUMENTARY, "Oficina General de Atención al Ciudadano y Gestión Documentario"),
]
COPIES_DROPPED = ("OGAF", "GTPSC")


def corrected_case() -> Case:
    """The case with every contradiction put right, each by one of the corrections above."""
    case = Case()
    documents = {row["slug"]: row for row in case.file["document"]}
    for slug, name, before, after in IN_DOCUMENTS:
        assert documents[slug][name] == before
        documents[slug][name] = after
    for slug, before, after in IN_SAYS:
        (place,) = [i for i, text in enumerate(documents[slug]["says"]) if before in text]
        documents[slug]["says"][place] = documents[slug]["says"][place].replace(before, after)
    details = {row["label"]: row for row in documents["memorando_541"]["detail"]}
    for label, name, before, after in IN_DETAILS:
        assert details[label][name] == before
        details[label][name] = after
    norms = {row["slug"]: row for row in case.act["norm"]}
    for slug, before, after in IN_NORMS:
        assert before in norms[slug]["cite"]
        norms[slug]["cite"] = norms[slug]["cite"].replace(before, after)
    articles = {row["number"]: row for row in case.act["article"]}
    for number, before, after in IN_ARTICLES:
        assert before in articles[number]["text"]
        articles[number]["text"] = articles[number]["text"].replace(before, after)
    case.act["copy"] = [row for row in case.act["copy"] if row["unit"] not in COPIES_DROPPED]
    plan = case.plan["plan"]
    case.anexo["anexo"]["title"] = plan["title"]
    duty = {"letter": "a", "text": "Publicar la Resolución en el Portal Institucional."}
    case.anexo["row"].append({"order": 7, "unit": "OGACyGD", "also_unit": "", "name": "", "duty": [duty]})
    plan["starts"] = date(2024, 3, 11)
    for row in case.plan["activity"]:
        row["starts"] = plan["starts"]
    return case


@pytest.fixture(scope="module")
def corrected(tmp_path_factory, template_base):
    import shutil

    from sisfoh_desktop.db.database import Database

    folder = tmp_path_factory.mktemp("corregida")
    shutil.copyfile(template_base, folder / "oficina.db")
    db = Database.open(folder / "oficina.db")
    practice._Loader(db, Archive(folder / "archivo"), corrected_case()).load()
    yield db
    db.close()


def test_in_the_corrected_copy_there_is_no_finding_at_all(corrected) -> None:
    lines = service.list_resoluciones(corrected)
    assert {line.state for line in lines} == {State.FROZEN, State.DRAFT}
    for line in lines:
        found: tuple[Finding, ...] = service.review_resolucion(corrected, line.id).findings
        assert [(one.code, one.sentence) for one in found] == []


def test_the_corrected_copy_was_frozen_without_accepting_anything(corrected) -> None:
    for line in service.list_resoluciones(corrected):
        assert service.list_acceptances(corrected, line.id) == []
        assert service.view_resolucion(corrected, line.id, date(2024, 3, 8)).obstacles == ()
