"""Counts, files of digitised numbers, the cuadre, explanations and closing, over a real base."""

import io
from datetime import date, timedelta

import pytest
from kardex_office import KardexOffice
from openpyxl import Workbook

from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.counting import CountKind, Found, NewCount, read_found
from sisfoh_desktop.modules.kardex.rules.cuadre import Cuadre
from sisfoh_desktop.modules.kardex.rules.digitised import CountImport
from sisfoh_desktop.modules.kardex.service import catalogue, counting, moving

TODAY = date(2024, 3, 8)
ANA, BETO = "EMPADRONADOR UNO PRUEBA", "EMPADRONADOR DOS PRUEBA"


def sheet(*rows: tuple[object, ...], heads: tuple[str, ...] = ("N° de ficha", "Fecha", "Empadronador")) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(heads)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def brought(office: KardexOffice, data: bytes, *, on: date = TODAY, **more: object) -> CountImport:
    values = {"file_name": "digitado.xlsx", **more}
    return counting.import_digitised(
        office.db, actor=office.actor, now=office.now, type_id=office.fsu, data=data, counted_on=on, **values
    )


def counted(
    office: KardexOffice, holder: int, text: str, on: date = TODAY, replaces_id: int | None = None, **more: str
) -> int:
    found = [Found(Condition.BLANK, parse_ranges(text, 6) if text else FormRanges())]
    found += [Found(Condition[name], parse_ranges(said, 6)) for name, said in more.items()]
    count = NewCount(office.fsu, holder, on, "Acta de arqueo 1", tuple(found), replaces_id)
    return counting.record_count(office.db, actor=office.actor, now=office.now, count=count)


def cuadre(office: KardexOffice, today: date = TODAY, **more: object) -> Cuadre:
    return counting.cuadre(office.db, campaign_id=office.campaign, today=today, **more)


def told(answer: Cuadre) -> list[tuple[str, str]]:
    return [(one.code, one.ranges_text) for one in answer.differences]


@pytest.fixture
def worked(kardex_office: KardexOffice) -> KardexOffice:
    """1-500 received on the 1st, 1-20 with Ana from the 4th; on the 5th she used 1-10, annulled 11, lost 12."""
    return _worked(kardex_office)


def _worked(office: KardexOffice) -> KardexOffice:
    office.receive("1-500", date(2024, 3, 1))
    office.hand_out("1-20", office.ana, date(2024, 3, 4))
    office.move(MovementKind.USE, "1-10", office.ana, day=date(2024, 3, 5))
    office.move(MovementKind.ANNULMENT, "11", office.ana, day=date(2024, 3, 5))
    office.move(MovementKind.LOSS, "12", office.ana, day=date(2024, 3, 5))
    return office


# -- the identity ----------------------------------------------------------------------------------------


def test_each_person_adds_up_and_says_what_was_digitised(worked: KardexOffice) -> None:
    [line] = cuadre(worked).lines
    flow = line.flow
    assert (flow.delivered, flow.used, flow.annulled, flow.lost, flow.in_hand) == (20, 10, 1, 1, 8)
    assert flow.adds_up
    assert line.balanced
    assert line.digitised is None
    brought(worked, sheet(*((number, date(2024, 3, 5), ANA) for number in range(1, 10))))
    answer = cuadre(worked)
    [line] = answer.lines
    assert (line.still_used, line.digitised, line.unexplained, line.balanced) == (10, 9, 1, False)
    assert told(answer) == [("used_not_digitised", "000010")]
    assert (answer.cuts[0].counted_on, answer.cuts[0].form_count) == (TODAY, 9)


def test_a_day_and_a_person_narrow_the_cuadre(worked: KardexOffice) -> None:
    worked.hand_out("21-30", worked.beto, date(2024, 3, 6))
    brought(worked, sheet((30, date(2024, 3, 7), BETO)))
    assert [line.holder.name for line in cuadre(worked, holder_id=worked.beto).lines] == [BETO]
    assert told(cuadre(worked, holder_id=worked.beto)) == [("digitised_not_used", "000030")]
    of_the_fifth = cuadre(worked, since=date(2024, 3, 5), until=date(2024, 3, 5))
    assert told(of_the_fifth) == [("used_not_digitised", "000001-000010")]
    [ana] = of_the_fifth.lines
    assert (ana.flow.opening, ana.flow.delivered, ana.flow.used, ana.flow.in_hand) == (20, 0, 10, 8)
    assert cuadre(worked, type_id=worked.s100).lines == ()


# -- files of what was digitised -------------------------------------------------------------------------


def test_lost_zeros_are_completed_and_duplicates_told(worked: KardexOffice) -> None:
    result = brought(
        worked, sheet((1, date(2024, 3, 5), ANA), ("000002", None, None), ("3", None, None), (1, None, None))
    )
    assert (result.row_count, result.form_count, result.refused) == (4, 4, False)
    sentences = [one.sentence for one in result.findings]
    assert sentences == [
        "3 números venían sin sus ceros a la izquierda: se completaron a 6 cifras (el primero, en la fila 2).",
        "El N° 000001 está en las filas 2 y 5: saldrá como diferencia.",
    ]
    assert ("digitised_twice", "000001") in told(cuadre(worked))


def test_a_file_with_one_unreadable_row_stores_nothing(worked: KardexOffice) -> None:
    rows = [(1, date(2024, 3, 5), ANA), ("no se lee", None, ANA), (1234567, None, ANA), (2, "31/02/2024", ANA)]
    result = brought(worked, sheet(*rows, (3, date(2024, 3, 9), ANA), (4, date(2024, 2, 1), ANA), (None, None, ANA)))
    assert result.refused
    assert result.count_id == 0
    assert [one.row for one in result.findings if one.sentence.startswith("Fila")] == [3, 4, 5, 6, 7, 8]
    assert "posterior al corte (08/03/2024)" in " ".join(one.sentence for one in result.findings)
    assert counting.list_counts(worked.db, worked.campaign) == []


def test_people_are_known_by_name_in_any_order_or_by_dni(worked: KardexOffice) -> None:
    heads = ("FSU", "Fecha de aplicación", "Empadronador", "DNI del empadronador", "Fecha de digitación")
    late = date(2024, 3, 8)
    day = date(2024, 3, 5)
    result = brought(
        worked,
        sheet(
            ("000001", day, "Prueba, Empadronador Uno", None, late),
            ("000002", day, None, 40000011, late),
            ("000003", day, "Alguien Más", "40000099", late),
            heads=heads,
        ),
    )
    assert [one.person_id for one in result.lines] == [worked.ana, worked.ana, None]
    assert [one.day for one in result.lines] == [day, day, day]
    assert "«Alguien Más» no está en el registro de personas (1 filas)" in result.findings[0].sentence
    assert ("digitised_by_another", "000003") in told(cuadre(worked))


def test_a_csv_without_heads_is_its_first_column(worked: KardexOffice) -> None:
    result = brought(worked, b"000001\n000002\n000003-000010\n", file_name="digitado.csv")
    assert result.form_count == 10
    assert told(cuadre(worked)) == []


def test_a_file_without_numbers_is_refused(worked: KardexOffice) -> None:
    with pytest.raises(RuleError) as refused:
        brought(worked, sheet(("a", "b"), heads=("Hogar", "Teléfono")))
    assert refused.value.code == "digitised_no_numbers"
    with pytest.raises(RuleError) as refused:
        brought(worked, sheet())
    assert refused.value.code == "digitised_empty"
    with pytest.raises(FileFailed):
        brought(worked, b"\x00\x01no es nada", file_name="digitado.xlsx")


def test_the_same_file_twice_is_refused_and_a_correction_takes_its_place(worked: KardexOffice) -> None:
    first = sheet(*((number, None, None) for number in range(1, 9)))
    count_id = brought(worked, first).count_id
    with pytest.raises(RuleError) as refused:
        brought(worked, first)
    assert refused.value.code == "digitised_again"
    assert told(cuadre(worked)) == [("used_not_digitised", "000009-000010")]
    whole = brought(worked, sheet(*((number, None, None) for number in range(1, 11))), replaces_id=count_id)
    assert told(cuadre(worked)) == []
    listed = counting.list_counts(worked.db, worked.campaign)
    assert [(one.id, one.form_count, one.stands) for one in listed] == [
        (whole.count_id, 10, True),
        (count_id, 8, False),
    ]
    with pytest.raises(RuleError) as refused:
        brought(worked, sheet((1, None, None)), replaces_id=count_id)
    assert refused.value.code == "count_replaced"


def test_an_answer_lost_on_the_cable_imports_once(worked: KardexOffice) -> None:
    data = sheet((1, None, None))
    first = brought(worked, data, token="t-1")
    assert brought(worked, data, token="t-1").count_id == first.count_id
    assert len(counting.list_counts(worked.db, worked.campaign)) == 1


def test_a_lost_form_that_is_digitised_is_also_a_sighting(worked: KardexOffice) -> None:
    brought(worked, sheet(*((number, None, None) for number in (*range(1, 11), 12))))
    assert told(cuadre(worked)) == [("digitised_lost", "000012")]
    [seen] = moving.list_sightings(worked.db, worked.campaign)
    assert (seen.number, seen.seen_in) == (12, "digitación, archivo «digitado.xlsx»")


# -- arqueos ---------------------------------------------------------------------------------------------


def test_an_arqueo_is_compared_and_corrected_by_another(worked: KardexOffice) -> None:
    count_id = counted(worked, worked.ana, "13-18", USED="1-10")
    assert told(cuadre(worked)) == [("counted_missing", "000019-000020")]
    counted(worked, worked.ana, "13-20", USED="1-10", replaces_id=count_id)
    assert told(cuadre(worked)) == []
    assert counting.load_count(worked.db, count_id).kind is CountKind.PHYSICAL
    with pytest.raises(RuleError) as refused:
        counted(worked, worked.beto, "21", replaces_id=count_id)
    assert refused.value.code == "count_replaced"
    later = counted(worked, worked.ana, "13-20")
    with pytest.raises(RuleError) as refused:
        counted(worked, worked.beto, "21", replaces_id=later)
    assert refused.value.code == "count_of_another"


def test_a_lost_form_in_an_arqueo_is_a_sighting(worked: KardexOffice) -> None:
    counted(worked, worked.beto, "12")
    assert told(cuadre(worked)) == [("counted_lost", "000012")]
    assert [one.number for one in moving.list_sightings(worked.db, worked.campaign)] == [12]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"counted_on": date(2024, 3, 9)}, "count_future"),
        ({"counted_on": date(2024, 2, 29)}, "count_too_early"),
        ({"document": " "}, "text_missing"),
        ({"found": ()}, "count_empty"),
        ({"found": (Found(Condition.BLANK), Found(Condition.BLANK))}, "count_twice"),
        ({"found": (Found(Condition.LOST),)}, "count_condition"),
        ({"found": (Found(Condition.BLANK, count=3),)}, "count_not_numbered"),
        ({"found": (Found(Condition.BLANK, FormRanges.single(1234567)),)}, "count_number_too_long"),
        (
            {
                "found": (
                    Found(Condition.BLANK, FormRanges.single(1, 5)),
                    Found(Condition.USED, FormRanges.single(5)),
                )
            },
            "count_twice",
        ),
    ],
)
def test_a_count_that_cannot_be_is_refused(worked: KardexOffice, changes: dict[str, object], code: str) -> None:
    values = {"counted_on": TODAY, "document": "Acta 1", "found": (Found(Condition.BLANK),), **changes}
    with pytest.raises(RuleError) as refused:
        counting.record_count(
            worked.db,
            actor=worked.actor,
            now=worked.now,
            count=NewCount(type_id=worked.fsu, holder_id=worked.ana, **values),
        )
    assert refused.value.code == code


def test_nobody_outside_is_counted(worked: KardexOffice) -> None:
    with pytest.raises(RuleError) as refused:
        counted(worked, worked.rector, "1")
    assert refused.value.code == "count_outside"


def test_forms_without_numbers_are_counted_by_quantity(worked: KardexOffice) -> None:
    worked.receive(100)
    worked.hand_out(40, worked.ana)
    count = NewCount(worked.croquis, worked.ana, TODAY, "Acta", (Found(Condition.BLANK, count=38),))
    counting.record_count(worked.db, actor=worked.actor, now=worked.now, count=count)
    [found] = cuadre(worked).differences
    assert (found.code, found.form_count, found.ranges_text) == ("counted_missing", 2, "")
    with pytest.raises(RuleError) as refused:
        counting.check_digitised(
            worked.db, type_id=worked.croquis, file_name="a", data=b"", counted_on=TODAY, today=TODAY
        )
    assert refused.value.code == "digitised_not_numbered"


def test_what_is_typed_for_a_condition(kardex_office: KardexOffice) -> None:
    fsu = catalogue.load_type(kardex_office.db, kardex_office.fsu)
    croquis = catalogue.load_type(kardex_office.db, kardex_office.croquis)
    assert read_found("  ", Condition.BLANK, fsu) is None
    assert read_found("Ninguno", Condition.BLANK, fsu) == Found(Condition.BLANK)
    assert read_found("1-3", Condition.USED, fsu) == Found(Condition.USED, FormRanges.single(1, 3))
    assert read_found("12", Condition.BLANK, croquis) == Found(Condition.BLANK, count=12)
    with pytest.raises(RuleError):
        read_found("doce", Condition.BLANK, croquis)


# -- explanations ----------------------------------------------------------------------------------------


def explain(office: KardexOffice, text: str, document: str = "") -> None:
    [difference] = cuadre(office).differences
    counting.explain_difference(
        office.db,
        actor=office.actor,
        now=office.now,
        campaign_id=office.campaign,
        difference=difference,
        text=text,
        document=document,
    )


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
    office = _worked(either_kardex)
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
    assert "Usada sin digitar FSU 000001" in refused.value.sentence
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


def test_a_gap_in_a_bundle_waits_for_the_closing(worked: KardexOffice) -> None:
    worked.hand_out("25-30", worked.ana, date(2024, 3, 6))
    worked.move(MovementKind.USE, "25-30", worked.ana, day=date(2024, 3, 7))
    assert told(cuadre(worked)) == []
    assert told(cuadre(worked, closing=True)) == [("gap_in_bundle", "000021-000024")]
    catalogue.save_campaign(
        worked.db,
        actor=worked.actor,
        now=worked.now,
        campaign=_ending(worked, date(2024, 3, 7)),
    )
    assert told(cuadre(worked)) == [("gap_in_bundle", "000021-000024")]


def _ending(office: KardexOffice, day: date):
    from dataclasses import replace

    return replace(catalogue.load_campaign(office.db, office.campaign), ends_on=day)


def test_somebody_whose_days_are_over_is_told_with_the_reason(worked: KardexOffice) -> None:
    late = date(2024, 8, 1)
    found = cuadre(worked, today=late).differences
    assert {one.code for one in found} == {"holder_out_of_force"}
    assert "dejó de estar en funciones el 31/07/2024." in found[0].sentence
