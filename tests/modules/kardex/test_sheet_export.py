"""The kardex as workbooks: numbers of forms are text with their zeros, sums are figures, nothing is left out."""

import io
import tempfile
from datetime import date

import openpyxl
import pytest

from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.modules.kardex.rules import MovementKind
from sisfoh_desktop.modules.kardex.service import actas, exporting, moving

FIRST, DAY = date(2024, 3, 4), date(2024, 3, 8)


def rows(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def types(data, column):
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return {row[column].data_type for row in sheet.iter_rows(min_row=2) if row[column].value is not None}


def season(office):
    office.receive("000001-000500", FIRST)
    office.receive(40, FIRST)
    office.hand_out("000101-000150", office.ana, FIRST, document="=1+1")
    office.move(MovementKind.USE, "000101-000120 menos 000110", office.ana, day=DAY)
    office.move(MovementKind.ANNULMENT, "000110", office.ana, day=DAY)


def test_stock(kardex_office):
    season(kardex_office)
    data = actas.stock_workbook(kardex_office.db, kardex_office.campaign)
    found = {row[0]: row for row in rows(data)[1:]}
    assert found["FSU"][2:11] == [500, 450, 30, 19, 1, 0, 0, 0, 1000]
    assert found["FSU"][11] == "Bajo el mínimo"
    assert found["CROQUIS"][2:4] == [40, 40]
    assert types(data, 2) == {"n"}


def test_card_has_opening_and_closing_balance(kardex_office):
    season(kardex_office)
    data = actas.card_workbook(kardex_office.db, type_id=kardex_office.fsu, since=DAY)
    found = rows(data)
    assert (found[1][2], found[1][8]) == ("SALDO ANTERIOR", 450)
    assert (found[-1][2], found[-1][8]) == ("SALDO FINAL", 450)
    whole = rows(actas.card_workbook(kardex_office.db, type_id=kardex_office.fsu))
    assert [row[6:9] for row in whole[1:]] == [
        [None, None, 0],
        [500, None, 500],
        [None, 50, 450],
        [500, 50, 450],
    ]
    assert whole[2][1] == "000001"
    assert whole[2][4] == "000001-000500"


def test_register_tells_every_movement_with_its_numbers_as_text(kardex_office, monkeypatch):
    season(kardex_office)
    monkeypatch.setattr(exporting, "_PAGE", 2)
    data = actas.register_workbook(kardex_office.db, campaign_id=kardex_office.campaign)
    found = rows(data)
    assert [row[0] for row in found[1:]] == ["000001", "000002", "000003", "000004", "000005"]
    assert found[4][4] == "000101-000109, 000111-000120"
    assert found[2][4] in ("", None)
    assert found[5][4] == "000110"
    assert types(data, 4) == {"s"}
    assert found[3][8] == "=1+1"
    assert types(data, 8) == {"s"}


def test_register_of_a_filter_and_of_reverted_movements(kardex_office):
    season(kardex_office)
    office = kardex_office
    moving.reverse_movement(
        office.db, actor=office.actor, now=office.now, movement_id=5, reason="Se digitó mal."
    )
    found = rows(actas.register_workbook(office.db, campaign_id=office.campaign, holder_id=office.ana))
    assert [row[0] for row in found[1:]] == ["000003", "000004", "000005", "000006"]
    assert found[3][16] == "000006"
    assert found[4][15] == "000005"


def test_custody_names_the_numbers_of_each_person(kardex_office):
    season(kardex_office)
    office = kardex_office
    data = actas.custody_workbook(office.db, office.campaign, date(2024, 4, 8))
    (row,) = rows(data)[1:]
    assert row[:7] == [
        "EMPADRONADOR UNO PRUEBA",
        "Empadronador",
        "JEFE DE BRIGADA PRUEBA",
        "FSU",
        30,
        19,
        1,
    ]
    assert row[9] == "000101-000150"
    assert "En blanco por más de 15 días" in row[10]
    assert types(data, 9) == {"s"}


def test_every_workbook_has_its_head_frozen_room_for_its_titles_and_no_formula(kardex_office):
    season(kardex_office)
    office, campaign = kardex_office, kardex_office.campaign
    for data in (
        actas.stock_workbook(office.db, campaign),
        actas.card_workbook(office.db, type_id=office.fsu),
        actas.register_workbook(office.db, campaign_id=campaign),
        actas.custody_workbook(office.db, campaign, DAY),
    ):
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert sheet.freeze_panes == "A2"
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        for cell in sheet[1]:
            width = sheet.column_dimensions[cell.column_letter].width
            assert max(len(word) for word in cell.value.split()) <= width - 1, cell.value
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str):
                    assert cell.number_format == "@"
                    width = sheet.column_dimensions[cell.column_letter].width
                    assert cell.alignment.wrap_text or len(cell.value) <= width, cell.value


@pytest.mark.parametrize("stopped_at", [1, 2])
def test_a_workbook_that_is_cancelled_is_not_made_and_leaves_no_temporary_file(
    kardex_office, stopped_at, tmp_path, monkeypatch
):
    season(kardex_office)
    folder = tmp_path / "temporal"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    asked = {"campaign_id": kardex_office.campaign}

    def stop(done, _total):
        if done >= stopped_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        exporting.register_workbook(kardex_office.db, **asked, progress=stop)
    with pytest.raises(Cancelled):
        exporting.custody_workbook(kardex_office.db, kardex_office.campaign, DAY, progress=_at_once)
    with pytest.raises(Cancelled):
        exporting.card_workbook(kardex_office.db, type_id=kardex_office.fsu, progress=_at_once)
    assert list(folder.iterdir()) == []


def test_the_register_tells_which_movement_it_has_reached(kardex_office):
    season(kardex_office)
    told = []
    exporting.register_workbook(
        kardex_office.db,
        campaign_id=kardex_office.campaign,
        progress=lambda *count: told.append(count),
    )
    assert [count for count in told if count[1]] == [(number, 5) for number in range(1, 6)]


def _at_once(_done, _total):
    raise Cancelled
