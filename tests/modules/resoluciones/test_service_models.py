"""Models of acts: other styles as data, kept in versions; what an act takes from one and remembers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import exc, text

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import rules, service
from sisfoh_desktop.modules.resoluciones.rules import (
    USUAL_VISTOS,
    ActModel,
    ArticleStyle,
    BlockKind,
    Headings,
    ModelPlace,
    Origin,
    SignerRole,
    SourceText,
)

MODEL = ActModel(
    name="Resolución de Alcaldía",
    organ="Alcaldía",
    series_title="Resolución de Alcaldía",
    mask="{n:03d}-{year}/MPP-ALC",
    matter="aprobación del Plan “{plan.title}”",
    headings=Headings(
        act_name="RESOLUCIÓN DE ALCALDÍA",
        style="ARTÍCULO {n}.-",
        number_word="N.°",
        vistos="VISTOS:",
        vistos_one="VISTO:",
        vistos_form="En la fecha, {documentos}, sobre {asunto}; y,",
    ),
    texts=(
        SourceText(BlockKind.CONSIDERANDO, "Que, la ley manda.", Origin.LEGAL_BASE),
        SourceText(BlockKind.CONSIDERANDO, "Que, el plan {plan.title}.", Origin.PLAN),
        SourceText(BlockKind.ESTANDO, "Estando a lo expuesto;"),
        SourceText(BlockKind.ARTICLE, "APROBAR el plan.", table=rules.TABLE_CHAIN),
        SourceText(BlockKind.ARTICLE, "ENCARGAR lo demás."),
    ),
    closing="CÚMPLASE.",
    copies=("Archivo", "Interesados"),
    places=(ModelPlace(SignerRole.VISTO_BUENO, "OGAJ"), ModelPlace(SignerRole.AUTHOR, "gm", "Alcalde")),
)


def keep(case, model=MODEL, version=0) -> int:
    return service.save_model(**case.desk, model=model, expected_version=version)


# --- rules ---


@pytest.mark.parametrize(
    ("mask", "third"),
    [
        (ArticleStyle.WORDS, "ARTÍCULO TERCERO:"),
        (ArticleStyle.NUMERIC, "ARTÍCULO 3.-"),
        (ArticleStyle.DEGREES, "ARTÍCULO 3°.-"),
        (ArticleStyle.SMALL_WORDS, "Artículo Tercero.-"),
        (ArticleStyle.SMALL_NUMERIC, "Artículo 3°.-"),
        ("Art. {n}) ", "Art. 3)"),
    ],
)
def test_the_head_of_an_article_is_a_mask(mask: str, third: str) -> None:
    assert rules.article_head(3, rules.check_article_mask(mask)) == third


@pytest.mark.parametrize(
    "mask", ["ARTÍCULO:", "ARTÍCULO {n} {n}", "ARTÍCULO {otro}", "{n", "{n}" + "x" * 80, ""]
)
def test_a_mask_that_numbers_nothing_is_refused(mask: str) -> None:
    with pytest.raises(RuleError):
        rules.check_article_mask(mask)


@pytest.mark.parametrize(
    "form", ["", "{documentos} {documentos}", "{asunto}", "{documentos} {asunto} {asunto}", "{x"]
)
def test_a_form_of_vistos_without_its_documents_is_refused(form: str) -> None:
    with pytest.raises(RuleError):
        rules.check_vistos_form(form)


def test_visto_in_the_singular_by_the_count_of_documents() -> None:
    headings = Headings(vistos="VISTOS:", vistos_one="VISTO:")

    def heading(*keys: str, **changes: str) -> str:
        words = " ".join(f"{{doc.{key}.vistos}}" for key in keys)
        block = rules.Block(BlockKind.VISTOS, f"El {words}, sobre X, y;")
        return rules.vistos_heading(replace(headings, **changes), [block])

    assert heading("a") == "VISTO:"
    assert heading("a", "b") == "VISTOS:"
    assert heading("a", vistos="VISTO", vistos_one="") == "VISTO"
    assert heading("a", "b", vistos="VISTO", vistos_one="") == "VISTO"


def test_the_form_of_vistos_begins_with_a_capital() -> None:
    assert rules.in_vistos_form(USUAL_VISTOS, "el informe", "X") == "El informe, sobre X, y;"
    assert (
        rules.in_vistos_form("En sesión, {documentos}; y,", "el informe", "X") == "En sesión, el informe; y,"
    )
    assert rules.in_vistos_form(USUAL_VISTOS, "", "el Plan") == "Sobre el Plan, y;"


words = st.text(alphabet="abcñ {}.;", max_size=20).map(rules.escape)
fixed = st.builds(
    SourceText,
    st.sampled_from([BlockKind.CONSIDERANDO, BlockKind.ESTANDO, BlockKind.ARTICLE]),
    words,
    st.just(Origin.MODEL),
    st.sampled_from(["", rules.TABLE_CHAIN]),
)


@given(st.lists(fixed, max_size=6))
def test_a_model_edited_as_blocks_is_the_same_model(texts: list[SourceText]) -> None:
    model = replace(MODEL, texts=tuple(texts))
    once = rules.with_model_blocks(model, rules.model_blocks(model))
    assert rules.with_model_blocks(once, rules.model_blocks(once)) == once
    assert sorted(one.text for one in once.texts) == sorted(one.text for one in texts)


def test_a_model_names_what_it_lacks() -> None:
    for change, code in (
        ({"name": " "}, "text_missing"),
        ({"mask": "sin número"}, "number_mask_invalid"),
        ({"texts": MODEL.texts[:3]}, "no_article"),
        (
            {"places": (ModelPlace(SignerRole.AUTHOR, "GM"), ModelPlace(SignerRole.AUTHOR, "OGAJ"))},
            "model_places",
        ),
        (
            {"places": (ModelPlace(SignerRole.VISTO_BUENO, "GM"), ModelPlace(SignerRole.AUTHOR, "gm"))},
            "model_places",
        ),
        ({"headings": replace(MODEL.headings, number_word="x" * 30)}, "number_word_long"),
        ({"closing": "{roto"}, "chip_broken"),
    ):
        with pytest.raises(RuleError) as refused:
            rules.clean_model(replace(MODEL, **change))
        assert refused.value.code == code


# --- kept in versions ---


def test_a_save_is_a_new_version_and_the_earlier_ones_stay(case) -> None:
    model_id = keep(case)
    first = service.load_model(case.db, model_id)
    assert first == replace(
        MODEL, id=model_id, number=1, version=1, version_id=first.version_id, places=first.places
    )
    service.save_model(**case.desk, model=replace(first, closing="ARCHÍVESE."), expected_version=1)
    assert service.load_model(case.db, model_id).closing == "ARCHÍVESE."
    assert service.load_model(case.db, model_id, 1).closing == "CÚMPLASE."
    assert [line.number for line in service.list_model_versions(case.db, model_id)] == [2, 1]
    with pytest.raises(StaleRow):
        service.save_model(**case.desk, model=first, expected_version=1)


def test_a_version_cannot_be_rewritten_in_the_base(case) -> None:
    keep(case)
    for statement in ("UPDATE act_model_version SET name = 'x'", "DELETE FROM act_model_text"):
        with pytest.raises(exc.DatabaseError), case.db.transaction() as session:
            session.execute(text(statement))


def test_a_retired_model_is_offered_no_more_and_comes_back(case) -> None:
    model_id = keep(case)
    service.retire_model(**case.desk, model_id=model_id, expected_version=1)
    assert service.list_models(case.db, with_retired=False) == []
    (line,) = service.list_models(case.db)
    assert line.retired
    service.retire_model(**case.desk, model_id=model_id, expected_version=2, retired=False)
    assert [one.name for one in service.list_models(case.db, with_retired=False)] == [MODEL.name]


def test_the_models_of_the_program_come_once_with_the_name_of_the_office(case) -> None:
    assert service.bring_models(**case.desk) == 4
    assert service.bring_models(**case.desk) == 0
    lines = service.list_models(case.db)
    assert {line.mask for line in lines} == {
        "{n:03d}-{year}-GM/MPP",
        "{n:03d}-{year}/MPP-ALC",
        "{n:03d}-{year}-CM/MPP",
        "{n:03d}-{year}-MPP",
    }
    for line in lines:
        model = service.load_model(case.db, line.id)
        assert model.source
        assert model.headings.entity_line == "MUNICIPALIDAD PROVINCIAL DE PRUEBA"


def test_a_model_that_is_gone_says_so(case) -> None:
    with pytest.raises(RuleError) as refused:
        service.load_model(case.db, 99)
    assert refused.value.code == "model_unknown"


# --- acts ---


def test_an_act_begins_with_a_model_and_remembers_its_version(case, text_of) -> None:
    model_id = keep(case)
    assert service.model_use(case.db, model_id, case.desk["now"].date()).series_id is None
    series_id = service.series_for_model(**case.desk, model_id=model_id)
    assert service.series_for_model(**case.desk, model_id=model_id) == series_id
    assert next(one for one in papers.list_series(case.db) if one.id == series_id).mask == MODEL.mask
    act_id = service.create_resolucion(
        **case.desk, expediente_id=case.expediente_id, series_id=series_id, model_id=model_id
    )
    act = service.load_resolucion(case.db, act_id)
    assert act.headings == replace(MODEL.headings, initials="")
    assert [(place.role, place.unit_id, place.position) for place in act.places] == [
        (SignerRole.VISTO_BUENO, case.units["OGAJ"], ""),
        (SignerRole.AUTHOR, case.units["GM"], "Alcalde"),
    ]
    assert act.blocks[0].text.startswith("En la fecha, el {doc.")
    assert service.model_of_act(case.db, act) == "Resolución de Alcaldía (versión 1)"
    said = text_of(service.preview_pdf(case.db, act))
    assert "ARTÍCULO 1.- APROBAR" in said
    assert "N.° ____-2024/MPP-ALC" in said
    service.save_model(
        **case.desk,
        model=replace(service.load_model(case.db, model_id), closing="ARCHÍVESE."),
        expected_version=1,
    )
    again = service.load_resolucion(case.db, act_id)
    assert again == act
    names = [problem.sentence for problem in service.view_resolucion(case.db, act_id, act.dated).problems]
    assert not any("PRIMERO" in sentence for sentence in names)


def test_units_that_oficina_does_not_have_are_named_and_somebody_signs(case) -> None:
    places = (ModelPlace(SignerRole.VISTO_BUENO, "GDES"), ModelPlace(SignerRole.AUTHOR, "ALC"))
    model_id = keep(case, replace(MODEL, places=places))
    assert service.model_use(case.db, model_id, case.desk["now"].date()).missing == ("GDES", "ALC")
    act_id = case.draft(model_id=model_id)
    authors = [p for p in service.load_resolucion(case.db, act_id).places if p.role is SignerRole.AUTHOR]
    assert [place.unit_id for place in authors] == [case.units["GM"]]


@pytest.mark.parametrize("key", ["Resolución de Gerencia Municipal", "Resolución de Alcaldía, artículos en cifras",
                                 "Acuerdo de Concejo", "Decreto de Alcaldía, VISTO en singular"])  # fmt: skip
def test_an_act_of_each_model_of_the_program_can_be_frozen(case, archive, key) -> None:
    service.bring_models(**case.desk)
    model_id = next(line.id for line in service.list_models(case.db) if line.name == key)
    series_id = service.series_for_model(**case.desk, model_id=model_id)
    act_id = service.create_resolucion(
        **case.desk, expediente_id=case.expediente_id, series_id=series_id, model_id=model_id
    )
    view = service.view_resolucion(case.db, act_id, case.desk["now"].date())
    assert view.problems == ()
    service.freeze_resolucion(**case.desk, archive=archive, resolucion_id=act_id, expected_version=1)


def test_an_act_becomes_a_model(case) -> None:
    act_id = case.draft()
    model = service.model_from_act(case.db, act_id)
    assert model.mask == "{n:03d}-{year}-GM/MPP"
    assert not any("doc." in one.text for one in model.texts)
    assert [(place.role, place.siglas) for place in model.places][-1] == (SignerRole.AUTHOR, "GM")
    model_id = keep(case, replace(model, name="Como la última"))
    made = service.load_resolucion(case.db, case.draft(model_id=model_id))
    first = service.load_resolucion(case.db, act_id)
    assert made.headings == first.headings
    assert [block.text for block in made.blocks if block.kind is BlockKind.ARTICLE] == [
        block.text for block in first.blocks if block.kind is BlockKind.ARTICLE
    ]


def test_the_preview_of_a_model_needs_no_expediente(case, text_of) -> None:
    said = text_of(service.model_pdf(case.db, MODEL, case.desk["now"].date()))
    assert "VISTOS:" in said
    assert "En la fecha, el Informe N° 012-ULE y el Memorando" in said
    assert "ARTÍCULO 2.- ENCARGAR" in said
    assert "PLAN DE TRABAJO DE EJEMPLO" in said


# --- what each frozen version said ---


def test_the_second_version_tells_what_changed(case, archive) -> None:
    act_id = case.draft()
    paper_id = service.freeze_resolucion(
        **case.desk, archive=archive, resolucion_id=act_id, expected_version=1
    )
    assert [version.label for version in service.list_versions(case.db, act_id)] == [
        "Versión 1, congelada con el número 091-2024-GM/MPP"
    ]
    paper = papers.load_paper(case.db, paper_id)
    service.annul_freeze(
        **case.desk, resolucion_id=act_id, expected_version=paper.version, reason="Error en el plazo"
    )
    act = service.load_resolucion(case.db, act_id)
    changed = [
        replace(block, text=block.text.replace("a los interesados", "a las unidades")) for block in act.blocks
    ]
    service.save_resolucion(
        **case.desk, resolucion=replace(act, blocks=tuple(changed)), expected_version=act.version
    )
    assert [version.draft_round for version in service.list_versions(case.db, act_id)] == [1, 2]
    (change,) = rules.changes_only(service.compare_versions(case.db, act_id, 1, 2))
    assert change.name == "ARTÍCULO TERCERO"
    assert "a las unidades" in change.new.text
    assert "a los interesados" in change.old.text
    act = service.load_resolucion(case.db, act_id)
    service.freeze_resolucion(
        **case.desk, archive=archive, resolucion_id=act_id, expected_version=act.version
    )
    assert [version.number_text for version in service.list_versions(case.db, act_id)] == [
        "091-2024-GM/MPP",
        "092-2024-GM/MPP",
    ]
    assert len(rules.changes_only(service.compare_versions(case.db, act_id, 1, 2))) == 1


def test_a_version_nobody_kept_is_said(case) -> None:
    act_id = case.draft()
    with pytest.raises(RuleError) as refused:
        service.compare_versions(case.db, act_id, 1, 3)
    assert refused.value.code == "version_unknown"


def test_models_are_kept_the_same_way_on_both_databases(either_db, actor, now) -> None:
    desk = {"actor": actor, "now": now}
    office.save_municipality(
        either_db,
        **desk,
        municipality=Municipality("Municipalidad de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba"),
        expected_version=0,
    )
    assert service.bring_models(either_db, **desk) == 4
    model = service.load_model(either_db, service.list_models(either_db)[0].id)
    service.save_model(either_db, **desk, model=replace(model, closing="ARCHÍVESE."), expected_version=1)
    assert service.load_model(either_db, model.id, 1).closing == model.closing
    with pytest.raises(exc.DatabaseError), either_db.transaction() as session:
        session.execute(text("DELETE FROM act_model_version"))
