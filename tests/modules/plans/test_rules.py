"""What a plan's figures, codes, dates and texts must agree on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.plans import rules
from sisfoh_desktop.modules.plans.rules import (
    Activity,
    BudgetLine,
    CodeName,
    FunctionalChain,
    Phase,
    Plan,
    PlanSection,
    PlanState,
    SectionKind,
    Severity,
    Zone,
)


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in rules.check_plan(plan)]


def texts(plan: Plan, code: str) -> list[str]:
    return [finding.text for finding in rules.check_plan(plan) if finding.code == code]


def test_a_sound_plan_lacks_only_its_matrix(sound_plan: Plan) -> None:
    assert codes(sound_plan) == ["matrix_missing"]
    assert codes(replace(sound_plan, matrix_id=1)) == []
    rules.check_can_use_in_resolucion(sound_plan)


def test_an_empty_plan_names_everything_that_it_lacks() -> None:
    findings = rules.check_plan(Plan("Plan", 2024))
    assert {finding.code for finding in findings if finding.severity is Severity.BLOCKS} == {
        "district_missing",
        "ubigeo_invalid",
        "households_missing",
        "amount_missing",
        "period_missing",
        "objective_missing",
        "chain_missing",
    }
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities, key=[Severity.BLOCKS, Severity.WARNS].index)


@pytest.mark.parametrize(
    ("last", "code", "words"),
    [
        ("31456.00", "budget_short", "faltan S/\u00a01\u00a0200.00"),
        ("32656.01", "budget_over", "sobran S/\u00a00.01"),
    ],
)
def test_the_budget_adds_up_to_the_amount_exactly(sound_plan: Plan, last: str, code: str, words: str) -> None:
    plan = replace(
        sound_plan, budget=(sound_plan.budget[0], replace(sound_plan.budget[1], amount=Decimal(last)))
    )
    (text,) = texts(plan, code)
    assert words in text
    with pytest.raises(RuleError) as refusal:
        rules.check_can_use_in_resolucion(plan)
    assert refusal.value.code == "plan_not_ready"
    assert words in refusal.value.sentence


@given(
    st.lists(st.decimals("0.00", "999999.99", places=2), min_size=1, max_size=8),
    st.decimals("0.01", "9999999.99", places=2),
)
def test_the_difference_that_is_told_settles_the_sum(amounts: list[Decimal], wanted: Decimal) -> None:
    found = rules.total(amounts)
    text = rules.difference_text(found, wanted)
    if found == wanted:
        assert text == ""
        return
    told = Decimal(text.split("S/")[1].replace("\u00a0", ""))
    assert found + (told if text.startswith("faltan") else -told) == wanted


def test_the_chain_carries_the_same_amount(sound_plan: Plan) -> None:
    plan = replace(sound_plan, chains=(replace(sound_plan.chains[0], amount=Decimal("300000.00")),))
    assert "faltan S/\u00a012\u00a0656.00" in texts(plan, "chain_sum")[0]


def test_two_generics_are_summed_each(sound_plan: Plan) -> None:
    goods, assets = (
        replace(sound_plan.chains[0], amount=Decimal("200000.00")),
        replace(sound_plan.chains[0], generic=CodeName("2.6", "ACTIVOS"), amount=Decimal("112656.00")),
    )
    plan = replace(sound_plan, chains=(goods, assets))
    assert len(texts(plan, "generic_sum")) == 2
    split = (
        BudgetLine("2.3.2 9.1 1", "Servicios", Decimal("200000.00")),
        BudgetLine("2.6.3 2.1 1", "Equipos", Decimal("112656.00")),
    )
    assert "generic_sum" not in codes(replace(plan, budget=split))


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("programme", "902"),
        ("product", "399999"),
        ("activity", "500641"),
        ("function", "3"),
        ("division", "51"),
        ("group", "114"),
        ("group", "O114"),
        ("source", "001"),
        ("rubro", "0"),
        ("generic", "23"),
        ("programme", "٩٠٠٢"),
    ],
)
def test_codes_keep_their_width_and_digits(chain: FunctionalChain, key: str, code: str) -> None:
    (fault,) = rules.chain_faults(replace(chain, **{key: CodeName(code, "NOMBRE")}))
    assert f"«{code}»" in fault


@pytest.mark.parametrize("code", ["1", "00", "13"])
def test_a_source_has_one_or_two_figures(chain: FunctionalChain, code: str) -> None:
    assert rules.chain_faults(replace(chain, source=CodeName(code, "FUENTE"))) == []


def test_a_chain_needs_every_level_but_the_product(chain: FunctionalChain) -> None:
    assert rules.chain_faults(replace(chain, product=CodeName())) == []
    assert rules.chain_faults(replace(chain, product=CodeName("", "SIN PRODUCTO"))) == [
        "falta el código de producto o proyecto"
    ]
    assert rules.chain_faults(replace(chain, group=CodeName())) == ["falta el código de grupo funcional"]
    assert rules.chain_faults(replace(chain, group=CodeName("0114"))) == [
        "falta el nombre de grupo funcional"
    ]


@pytest.mark.parametrize("code", ["2.3", "2.3.2", "2.3.2 9", "2.3.2 9.1", "2.3.2 9.1 1", "2.3.1 99.1 99"])
def test_a_clasificador_may_stand_at_any_level(code: str) -> None:
    assert rules.is_classifier(code)
    assert rules.belongs_to(code, "2.3")


@pytest.mark.parametrize("code", ["23", "2,3", "2.3.", "2.3.2.9.1.1", "2.3.2  9", "x", ""])
def test_other_forms_are_no_clasificador(sound_plan: Plan, code: str) -> None:
    assert not rules.is_classifier(code)
    plan = replace(sound_plan, budget=(BudgetLine(code, "x", sound_plan.amount),))
    assert "classifier_form" in codes(plan)


def test_a_clasificador_lies_under_a_generic_of_the_chain(sound_plan: Plan) -> None:
    assert not rules.belongs_to("2.30.1", "2.3")
    plan = replace(sound_plan, budget=(BudgetLine("2.6.3", "Equipos", sound_plan.amount),))
    assert texts(plan, "classifier_outside") == [
        "El clasificador 2.6.3 no pertenece a la genérica 2.3 de la estructura funcional."
    ]


def test_households_of_the_zones_add_up_to_the_goal(sound_plan: Plan) -> None:
    plan = replace(sound_plan, zones=(Zone("Única", households=16000),))
    assert texts(plan, "zones_sum") == [
        "Las zonas suman 16\u00a0000 hogares y la meta es 16\u00a0391: faltan 391 hogares."
    ]
    assert rules.households_text(2, 1) == "sobra 1 hogar"
    assert "zones_sum" not in codes(replace(sound_plan, zones=()))
    assert "zones_without_households" in codes(replace(sound_plan, zones=(Zone("Única"),)))


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (date(2024, 4, 2), date(2024, 4, 1), "activity_order"),
        (date(2024, 2, 29), date(2024, 4, 1), "activity_outside"),
        (date(2024, 7, 1), date(2024, 8, 1), "activity_outside"),
        (None, date(2024, 7, 1), "activity_undated"),
    ],
)
def test_activities_lie_in_order_and_inside_the_period(
    sound_plan: Plan, starts: date | None, ends: date, code: str
) -> None:
    activity = replace(sound_plan.activities[0], starts=starts, ends=ends)
    assert code in codes(replace(sound_plan, activities=(activity,)))


def test_the_first_and_last_day_of_the_period_are_inside(sound_plan: Plan) -> None:
    activity = replace(sound_plan.activities[0], starts=sound_plan.starts, ends=sound_plan.ends)
    assert "activity_outside" not in codes(replace(sound_plan, activities=(activity,)))


def test_the_period_is_in_order_and_of_the_year(sound_plan: Plan) -> None:
    assert "period_order" in codes(replace(sound_plan, ends=date(2024, 2, 1)))
    assert "period_year" in codes(replace(sound_plan, year=2025))


def test_activities_may_not_spend_more_than_the_amount(sound_plan: Plan) -> None:
    rich = replace(sound_plan.activities[0], budget=Decimal("312656.01"))
    assert "activities_over" in codes(replace(sound_plan, activities=(rich,)))
    poor = replace(sound_plan.activities[0], budget=Decimal("1.00"), responsible="")
    found = codes(replace(sound_plan, activities=(poor,)))
    assert "activities_short" in found
    assert "activity_without_responsible" in found
    assert "activities_missing" in codes(replace(sound_plan, activities=()))


def test_sums_that_no_paper_could_tell_are_refused_when_they_are_typed(sound_plan: Plan) -> None:
    huge = Decimal("999999999999.99")
    line = replace(sound_plan.budget[0], amount=huge)
    for much in (
        replace(sound_plan, budget=(line, line)),
        replace(sound_plan, chains=(replace(sound_plan.chains[0], amount=huge),) * 2),
        replace(sound_plan, activities=(replace(sound_plan.activities[0], budget=huge),) * 2),
    ):
        with pytest.raises(RuleError, match="no se guardó nada") as refusal:
            rules.clean_plan(much)
        assert refusal.value.code == "sum_too_large"


def test_sections_of_the_outline_without_a_word_are_named(sound_plan: Plan) -> None:
    sections = tuple(one for one in sound_plan.sections if one.kind is not SectionKind.JUSTIFICATION)
    assert texts(replace(sound_plan, sections=sections), "sections_missing") == [
        "Del contenido mínimo falta desarrollar: Justificación."
    ]
    assert (
        "Introducción" in texts(replace(sound_plan, sections=rules.outline_sections()), "sections_missing")[0]
    )


def test_a_section_is_parted_into_paragraphs() -> None:
    assert rules.paragraphs_of(PlanSection(SectionKind.OTHER, "T", "uno\n\n  dos \n")) == ["uno", "dos"]


def test_a_closed_plan_goes_into_no_resolucion(sound_plan: Plan) -> None:
    with pytest.raises(RuleError, match="cerrado"):
        rules.check_can_use_in_resolucion(replace(sound_plan, state=PlanState.CLOSED))


def test_several_findings_are_counted_in_the_refusal(sound_plan: Plan) -> None:
    with pytest.raises(RuleError, match=r"Y 1 observación más\."):
        rules.check_can_use_in_resolucion(replace(sound_plan, district="", objective=""))
    with pytest.raises(RuleError, match=r"Y 2 observaciones más\."):
        rules.check_can_use_in_resolucion(replace(sound_plan, district="", objective="", ubigeo="1"))


@pytest.mark.parametrize(
    ("starts", "ends", "text"),
    [
        (date(2024, 3, 1), date(2024, 7, 31), "Marzo a Julio 2024"),
        (date(2024, 11, 1), date(2025, 2, 28), "Noviembre 2024 a Febrero 2025"),
        (date(2024, 9, 1), date(2024, 9, 30), "Setiembre 2024"),
        (None, date(2024, 9, 30), ""),
    ],
)
def test_the_period_in_words(sound_plan: Plan, starts: date | None, ends: date, text: str) -> None:
    assert rules.period_text(replace(sound_plan, starts=starts, ends=ends)) == text


def test_cost_per_household_is_rounded_to_the_centimo(sound_plan: Plan) -> None:
    assert rules.cost_per_household(sound_plan) == Decimal("19.07")
    assert rules.cost_per_household(replace(sound_plan, households=0)) is None


def test_weeks_cover_the_period_and_every_activity(sound_plan: Plan) -> None:
    weeks = rules.schedule_weeks(sound_plan)
    assert (weeks[0].monday, weeks[-1].sunday) == (date(2024, 2, 26), date(2024, 8, 4))
    assert [week.number for week in weeks] == list(range(1, 24))
    assert weeks[0].month == (2024, 3)
    assert rules.month_text(weeks[-1].month) == "Julio 2024"
    assert sum(rules.runs_in(sound_plan.activities[0], week) for week in weeks) == 5
    assert not rules.runs_in(Activity(Phase.CLOSING, "Sin fechas"), weeks[0])
    assert rules.schedule_weeks(Plan("x", 2024)) == ()


def test_a_plan_is_kept_as_cleaned(sound_plan: Plan) -> None:
    chain = replace(sound_plan.chains[0], generic=CodeName(" 2.3. ", " BIENES\nY SERVICIOS "))
    plan = rules.clean_plan(replace(sound_plan, title=" PLAN\n2024 ", chains=(chain,)))
    assert plan.title == "PLAN 2024"
    assert plan.chains[0].generic == CodeName("2.3", "BIENES Y SERVICIOS")
    assert rules.clean_plan(plan) == plan


@pytest.mark.parametrize("text", ["=1+1", "<b>&amp;</b>", "'; DROP TABLE plan; --", "{plan.title}"])
def test_hostile_text_is_kept_literally(sound_plan: Plan, text: str) -> None:
    plan = rules.clean_plan(replace(sound_plan, title=text, objective=text))
    assert (plan.title, plan.objective) == (text, text)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "  "}, "text_missing"),
        ({"title": "x" * 501}, "text_too_long"),
        ({"objective": "\x00"}, "text_unprintable"),
        ({"year": 1999}, "year_invalid"),
        ({"households": -1}, "count_invalid"),
        ({"households": 10_000_001}, "count_invalid"),
        ({"amount": Decimal("-1")}, "amount_invalid"),
        ({"amount": Decimal("0.001")}, "amount_invalid"),
        ({"amount": Decimal("NaN")}, "amount_invalid"),
        ({"amount": Decimal("1e40")}, "amount_invalid"),
        ({"budget": (BudgetLine("", "x", Decimal("1.00")),)}, "text_missing"),
        ({"zones": (Zone("z"),) * 2001}, "too_many"),
        ({"sections": (PlanSection(SectionKind.OTHER, "t", "x" * 60_001),)}, "text_too_long"),
        ({"activities": (Activity(Phase.CLOSING, ""),)}, "text_missing"),
    ],
)
def test_what_cannot_be_kept_is_refused(sound_plan: Plan, change: dict, code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        rules.clean_plan(replace(sound_plan, **change))
    assert refusal.value.code == code


def test_only_a_draft_is_edited() -> None:
    rules.check_can_edit(PlanState.DRAFT)
    for state in (PlanState.APPROVED, PlanState.CLOSED):
        with pytest.raises(RuleError, match="ya no se edita"):
            rules.check_can_edit(state)


@pytest.mark.parametrize(
    ("state", "new", "reason", "code"),
    [
        (PlanState.APPROVED, PlanState.DRAFT, "Rectificación", ""),
        (PlanState.APPROVED, PlanState.CLOSED, "Terminó", ""),
        (PlanState.DRAFT, PlanState.CLOSED, "Se dejó", ""),
        (PlanState.APPROVED, PlanState.DRAFT, " ", "reason_missing"),
        (PlanState.DRAFT, PlanState.APPROVED, "x", "state_forbidden"),
        (PlanState.CLOSED, PlanState.DRAFT, "x", "state_forbidden"),
    ],
)
def test_states_change_by_hand_with_a_reason(
    state: PlanState, new: PlanState, reason: str, code: str
) -> None:
    if not code:
        rules.check_can_change_state(state, new, reason)
        return
    with pytest.raises(RuleError) as refusal:
        rules.check_can_change_state(state, new, reason)
    assert refusal.value.code == code


def test_a_copy_moves_the_days_and_empties_the_figures(sound_plan: Plan) -> None:
    copy = rules.copied(
        replace(sound_plan, state=PlanState.APPROVED, approved_by="RGM 91", matrix_id=4, id=3, version=9),
        title="PLAN 2025",
        year=2025,
    )
    assert (copy.state, copy.approved_by, copy.matrix_id, copy.id) == (PlanState.DRAFT, "", None, 0)
    assert (copy.short_name, copy.campaign) == ("Plan de Prueba 2025", "Empadronamiento masivo 2025")
    assert (copy.starts, copy.activities[0].ends) == (date(2025, 3, 1), date(2025, 3, 29))
    assert (copy.amount, copy.budget_total, copy.chain_total, copy.zone_households) == (0, 0, 0, 0)
    assert [line.name for line in copy.budget] == [line.name for line in sound_plan.budget]
    assert copy.sections == sound_plan.sections


def test_a_copy_may_keep_the_figures(sound_plan: Plan) -> None:
    copy = rules.copied(sound_plan, title="PLAN 2025", year=2025, keep_figures=True)
    assert codes(copy) == ["matrix_missing"]


def test_the_29th_of_february_becomes_the_28th(sound_plan: Plan) -> None:
    leap = replace(sound_plan, starts=date(2024, 2, 29))
    assert rules.copied(leap, title="x", year=2025).starts == date(2025, 2, 28)
    assert rules.copied(replace(leap, starts=None), title="x", year=2025).starts is None
