"""Explained differences, and the closing of a campaign, over a real base."""

import dataclasses
from datetime import date, timedelta

import pytest
from kardex_counts import ANA, TODAY, brought, counted, cuadre, explain, sheet, told, worked_office
from kardex_office import KardexOffice

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import catalogue, closing, counting


@pytest.fixture
def worked(kardex_office: KardexOffice) -> KardexOffice:
    return worked_office(kardex_office)


# -- explanations ----------------------------------------------------------------------------------------


def test_an_explanation_is_kept_until_it_is_withdrawn_or_the_difference_changes(worked: KardexOffice) -> None:
    count_id = counted(worked, worked.ana, "13-19")
    explain(worked, "La tiene el jefe de brigada", "Informe 5")
    answer = cuadre(worked)
    [found] = answer.differences
    assert found.explanation is not None
    assert (found.explanation.text, found.explanation.document, found.explanation.explained_by) == (
        "La tiene el jefe de brigada",
        "Informe 5",
        "prueba",
    )
    assert (answer.unexplained, answer.lines[0].explained) == (0, 1)
    explain(worked, "")
    assert cuadre(worked).unexplained == 1
    explain(worked, "La tiene el jefe de brigada")
    counted(worked, worked.ana, "13-18", replaces_id=count_id)
    assert cuadre(worked).unexplained == 1


# -- closing ---------------------------------------------------------------------------------------------


def close(office: KardexOffice, document: str = "Acta de cierre 1", **more: object) -> None:
    campaign = catalogue.load_campaign(office.db, office.campaign)
    values = {"expected_version": campaign.version, **more}
    counting.close_campaign(
        office.db,
        actor=office.actor,
        now=office.now,
        campaign_id=office.campaign,
        document=document,
        **values,
    )


def test_a_campaign_closes_when_nothing_is_in_hand_nor_unexplained(either_kardex: KardexOffice) -> None:
    office = worked_office(either_kardex)
    with pytest.raises(RuleError) as refused:
        close(office)
    assert refused.value.code == "closing_held"
    assert "1 persona tiene 19 formularios" in refused.value.sentence
    assert f"{ANA}: FSU 000013-000020" in refused.value.sentence
    office.move(MovementKind.RETURN, "13-20", office.ana, office.store)
    office.move(MovementKind.ARCHIVING, "1-11", office.ana, office.archive)
    brought(office, sheet(*((number, None, None) for number in range(2, 11))))
    ready = counting.check_closing(office.db, campaign_id=office.campaign, today=TODAY)
    assert ready.held == ()
    with pytest.raises(RuleError) as refused:
        close(office)
    assert refused.value.code == "closing_unexplained"
    assert "Usado sin digitar FSU 000001" in refused.value.sentence
    explain(office, "Hogar que se retiró")
    with pytest.raises(RuleError) as refused:
        close(office, document="")
    assert refused.value.code == "text_missing"
    with pytest.raises(RuleError) as refused:
        close(office, closed_on=TODAY - timedelta(days=1))
    assert refused.value.code == "closing_too_early"
    with pytest.raises(StaleRow):
        close(office, expected_version=99)
    close(office)
    assert catalogue.load_campaign(office.db, office.campaign).closed_on == TODAY
    with pytest.raises(RuleError) as refused:
        office.hand_out("30", office.ana)
    assert refused.value.code == "campaign_closed"
    with pytest.raises(RuleError) as refused:
        counted(office, office.ana, "30")
    assert refused.value.code == "campaign_closed"
    answer = cuadre(office)
    with pytest.raises(RuleError) as refused:
        explain(office, "Otra cosa")
    assert refused.value.code == "campaign_closed"
    assert answer.unexplained == 0
    counting.reopen_campaign(
        office.db,
        actor=office.actor,
        now=office.now,
        campaign_id=office.campaign,
        expected_version=catalogue.load_campaign(office.db, office.campaign).version,
        document="Memorando 9",
    )
    reopened = catalogue.load_campaign(office.db, office.campaign)
    assert (reopened.closed_on, reopened.closing_document) == (None, "Memorando 9")
    office.hand_out("30", office.ana)


def test_what_is_registered_while_the_cuadre_for_closing_is_made_is_not_missed(
    either_kardex: KardexOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = either_kardex
    office.receive("1-100")
    compare, given = closing.compare_in, []

    def slow(*facts: object, **named: object) -> object:
        found = compare(*facts, **named)
        if not given:
            given.append(office.hand_out("1", office.ana))
        return found

    monkeypatch.setattr(closing, "compare_in", slow)
    with pytest.raises(RuleError) as refused:
        close(office)
    assert refused.value.code == "closing_held"
    assert f"{ANA}: FSU 000001" in refused.value.sentence


def test_an_office_that_never_rests_is_closed_all_the_same(
    either_kardex: KardexOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = either_kardex
    office.receive("1-100")
    compared, compares = closing.compared_of, []

    def busy(*facts: object) -> tuple[object, ...]:
        compares.append(1)
        return (*compared(*facts), len(compares))

    monkeypatch.setattr(closing, "compared_of", busy)
    close(office, token="cierre")
    close(office, token="cierre")
    assert catalogue.load_campaign(office.db, office.campaign).closed_on == TODAY


def test_a_gap_in_a_bundle_waits_for_the_closing(worked: KardexOffice) -> None:
    worked.hand_out("25-30", worked.ana, date(2024, 3, 6))
    worked.move(MovementKind.USE, "25-30", worked.ana, day=date(2024, 3, 7))
    assert told(cuadre(worked)) == []
    assert told(cuadre(worked, closing=True)) == [("gap_in_bundle", "000021-000024")]
    catalogue.save_campaign(
        worked.db,
        actor=worked.actor,
        now=worked.now,
        campaign=dataclasses.replace(
            catalogue.load_campaign(worked.db, worked.campaign), ends_on=date(2024, 3, 7)
        ),
    )
    assert told(cuadre(worked)) == [("gap_in_bundle", "000021-000024")]


def test_somebody_whose_days_are_over_is_told_with_the_reason(worked: KardexOffice) -> None:
    late = date(2024, 8, 1)
    found = cuadre(worked, today=late).differences
    assert {one.code for one in found} == {"holder_out_of_force"}
    assert "dejó de estar en funciones el 31/07/2024." in found[0].sentence
