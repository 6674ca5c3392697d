"""Files of digitised numbers, arqueos and the cuadre, over a real base."""

from datetime import date

import pytest
from kardex_counts import ANA, BETO, TODAY, brought, counted, cuadre, sheet, told, worked_office
from kardex_office import KardexOffice
from sqlalchemy import text

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.counting import CountKind, Found, NewCount, read_found
from sisfoh_desktop.modules.kardex.service import catalogue, counting, moving


@pytest.fixture
def worked(kardex_office: KardexOffice) -> KardexOffice:
    return worked_office(kardex_office)


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
    rows = [
        (1, date(2024, 3, 5), ANA),
        ("no se lee", None, ANA),
        (1234567, None, ANA),
        (2, "31/02/2024", ANA),
    ]
    result = brought(
        worked,
        sheet(
            *rows,
            (3, date(2024, 3, 9), ANA),
            (4, date(2024, 2, 1), ANA),
            (None, None, ANA),
            ("1-90000", None, ANA),
        ),
    )
    assert result.refused
    assert result.count_id == 0
    assert [one.row for one in result.findings if one.sentence.startswith("Fila")] == [
        3,
        4,
        5,
        6,
        7,
        8,
        9,
    ]
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
    assert "«Alguien Más» no está en el registro de personas (1 fila)" in result.findings[0].sentence
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


def test_the_same_file_twice_is_refused_and_a_correction_takes_its_place(
    either_kardex: KardexOffice,
) -> None:
    worked = worked_office(either_kardex)
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


def entries(office: KardexOffice) -> int:
    """How many entries the trail has."""
    with office.db.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM audit_entry")).scalar_one())


@pytest.mark.parametrize("when", ["reading", "storing"])
def test_an_import_that_is_cancelled_leaves_nothing_of_the_file(worked: KardexOffice, when: str) -> None:
    data = sheet(*((number, None, None) for number in range(1, 11)))
    counts: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        counts.append((done, total))
        whole = (10, 10) in counts[:-1]  # every row was taken: what follows is the writing
        if (when == "reading" and done == 3) or (when == "storing" and whole):
            raise Cancelled

    before = entries(worked)
    with pytest.raises(Cancelled):
        brought(worked, data, token="t-1", progress=stop)
    assert counting.list_counts(worked.db, worked.campaign) == []
    assert entries(worked) == before
    assert brought(worked, data, token="t-1").form_count == 10


def test_cancelled_at_any_step_an_import_leaves_nothing(worked: KardexOffice) -> None:
    data, before, left = sheet((1, None, None), (2, None, None), (3, None, None)), entries(worked), 0

    def stop(_done: int, _total: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Cancelled

    for steps in range(1000):
        left = steps
        try:
            brought(worked, data, progress=stop)
        except Cancelled:
            assert counting.list_counts(worked.db, worked.campaign) == []
            assert entries(worked) == before
        else:
            break
    assert steps > 3
    assert len(counting.list_counts(worked.db, worked.campaign)) == 1


def test_an_answer_lost_on_the_cable_imports_once(worked: KardexOffice) -> None:
    data = sheet((1, None, None))
    first = brought(worked, data, token="t-1")
    assert brought(worked, data, token="t-1").count_id == first.count_id
    assert len(counting.list_counts(worked.db, worked.campaign)) == 1


def test_an_answer_lost_on_the_cable_is_repeated_after_the_campaign_was_closed(
    kardex_office: KardexOffice,
) -> None:
    office = kardex_office
    office.receive("1-10")
    office.hand_out("1", office.ana)
    office.move(MovementKind.USE, "1", office.ana)
    office.move(MovementKind.ARCHIVING, "1", office.ana, office.archive)
    first = brought(office, sheet((1, None, None)), token="uno")
    version = catalogue.load_campaign(office.db, office.campaign).version
    counting.close_campaign(
        office.db,
        actor=office.actor,
        now=office.now,
        campaign_id=office.campaign,
        expected_version=version,
        document="Acta de cierre 1",
    )
    assert brought(office, sheet((1, None, None)), token="uno").count_id == first.count_id


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
        ({"found": (Found(Condition.BLANK, FormRanges.single(1, 9_000_000)),)}, "count_too_many"),
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
def test_a_count_that_cannot_be_is_refused(
    worked: KardexOffice, changes: dict[str, object], code: str
) -> None:
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
