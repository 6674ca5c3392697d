"""The blank row of the register as a clerk uses it: by the keyboard alone, row after row."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.modules.kardex.rules import MovementKind

Key = Qt.Key


def test_a_reception_is_typed_from_date_to_document(clerk, kardex_office):
    assert clerk.at() == "day"
    clerk.keys("|rec|FSU|ente||004501-005000|||Guia 12-2024", Key.Key_Return)
    [line] = clerk.lines()
    assert (line.kind, line.type_code, line.from_name, line.to_name) == (
        MovementKind.RECEPTION, "FSU", "Ente rector", "Almacén ULE",
    )  # fmt: skip
    assert (line.ranges_text, line.form_count, line.document) == ("004501-005000", 500, "Guia 12-2024")
    assert line.moved_on == date(2024, 3, 8)
    assert clerk.at() == "day"
    assert clerk.cells() == {"day": "08/03/2024"}
    assert clerk.tab.list.as_seen()[1][-1][2:9] == [
        "Recepción", "FSU", "Ente rector", "Almacén ULE", "004501", "005000", "500",
    ]  # fmt: skip


def test_a_hand_out_proposes_the_lowest_free_numbers(clerk, kardex_office):
    kardex_office.receive("004501-005000")
    kardex_office.hand_out("004501-004510", kardex_office.ana)
    clerk.page.reload()
    clerk.keys("|dis|fsu||dos|||50|")
    assert clerk.cells() == {
        "day": "08/03/2024", "kind": "Distribución", "type": "FSU", "source": "Almacén ULE",
        "target": "EMPADRONADOR DOS PRUEBA", "first": "004511", "last": "004560", "count": "50",
    }  # fmt: skip
    assert "más bajos" in clerk.row.message.text()
    clerk.keys(Key.Key_Return)
    assert clerk.lines()[-1].ranges_text == "004511-004560"


def test_enter_with_a_quantity_alone_proposes_and_does_not_register(clerk, kardex_office):
    kardex_office.receive("004501-005000")
    clerk.keys("|dis|fsu||uno|||20", Key.Key_Return)
    assert clerk.cells()["first"] == "004501"
    assert len(clerk.lines()) == 1
    clerk.keys(Key.Key_Return)
    assert clerk.lines()[-1].form_count == 20


def test_fewer_free_numbers_than_asked_are_told(clerk, kardex_office):
    kardex_office.receive("004501-004510")
    clerk.keys("|dis|fsu||uno|||20|")
    assert "Solo hay 10" in clerk.row.message.text()
    assert clerk.cells()["count"] == "10"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("4501|4510|", ("004501", "004510", "10")),
        ("4501||100|", ("004501", "004600", "100")),
        ("4501+500|", ("004501", "005000", "500")),
        ("004501-005000|", ("004501", "005000", "500")),
        ("4501-4550 menos 4517|", ("004501-004516, 004518-004550", "004550", "49")),
    ],
)
def test_del_al_and_quantity_fill_one_another(clerk, typed, expected):
    clerk.keys("|rec|FSU|||" + typed)
    texts = clerk.row.texts()
    assert (texts["first"], texts["last"], texts["count"]) == expected


def test_changing_one_end_changes_the_quantity(clerk):
    clerk.keys("|rec|FSU|||4501+500|4600|")
    assert clerk.row.texts()["count"] == "100"
    clerk.keys("10|")
    assert clerk.row.texts()["last"] == "004510"


def test_the_date_moves_with_plus_and_minus_and_goes_back_to_today(clerk):
    clerk.keys("--")
    assert clerk.cells() == {"day": "06/03/2024"}
    clerk.keys("+")
    assert clerk.cells() == {"day": "07/03/2024"}
    clerk.qtbot.keyClick(QApplication.focusWidget(), Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert clerk.cells() == {"day": "08/03/2024"}


def test_a_typed_date_with_hyphens_is_a_date(clerk):
    clerk.row.fields["day"].clear()
    clerk.keys("5-3-2024|")
    assert clerk.cells()["day"] == "05/03/2024"


def test_the_date_is_kept_for_the_next_row(clerk, kardex_office):
    clerk.keys("-|rec|FSU|ente||4501+10|||", Key.Key_Return)
    assert clerk.lines()[0].moved_on == date(2024, 3, 7)
    assert clerk.cells() == {"day": "07/03/2024"}


def test_equals_repeats_a_field_or_the_whole_row(clerk, kardex_office):
    kardex_office.receive("004501-005000")
    clerk.page.reload()
    clerk.keys("|dis|fsu||uno|4501+10|||Acta 1", Key.Key_Return)
    clerk.keys("|=")
    cells = clerk.cells()
    assert (cells["kind"], cells["target"], cells["count"], cells["document"]) == (
        "Distribución", "EMPADRONADOR UNO PRUEBA", "10", "Acta 1",
    )  # fmt: skip
    assert "first" not in cells
    clerk.keys(Key.Key_Escape)
    clerk.keys("|dis|=|=|dos")
    assert clerk.cells()["type"] == "FSU"


def test_people_are_found_by_any_part_of_the_name_without_accents(clerk):
    clerk.keys("|dis|FSU|alma|dos")
    assert clerk.row.fields["target"].is_open
    clerk.keys("|")
    assert clerk.cells()["target"] == "EMPADRONADOR DOS PRUEBA"


def test_f4_shows_the_whole_catalogue(clerk):
    clerk.keys("|rec|", Key.Key_F4)
    listed = clerk.row.fields["type"].list
    assert [listed.item(number).text().split("  ·  ")[0] for number in range(listed.count())] == [
        "FSU", "S100", "CROQUIS",
    ]  # fmt: skip
    clerk.keys(Key.Key_Down, Key.Key_Return)
    assert clerk.cells()["type"] == "S100"
    assert clerk.at() == "source"


def test_escape_closes_the_list_then_clears_the_row_and_keeps_the_date(clerk):
    clerk.keys("-|dis|f")
    clerk.keys(Key.Key_Escape)
    assert clerk.cells()["kind"] == "Distribución"
    clerk.keys(Key.Key_Escape)
    assert clerk.cells() == {"day": "07/03/2024"}
    assert not clerk.page.has_unsaved()


def test_a_refused_row_keeps_everything_and_shows_where(clerk, kardex_office):
    kardex_office.receive("004501-005000")
    kardex_office.hand_out("004501-004600", kardex_office.ana)
    clerk.keys("|dis|fsu||dos|4551+100|||Acta 2", Key.Key_Return)
    assert len(clerk.lines()) == 2
    assert "004551-004600" in clerk.row.message.text()
    assert clerk.at() == "first"
    assert clerk.cells()["document"] == "Acta 2"
    clerk.row.fields["first"].selectAll()
    clerk.keys("4601", Key.Key_Return)
    assert clerk.lines()[-1].ranges_text.startswith("004601")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("|dis|", "type"),
        ("|anu|fsu|uno|4501|", "reason"),
        ("|ext|fsu|uno|4501|", "document"),
        ("|arc|fsu|uno||4501|", "box"),
        ("|dis|fsu|||4501|", "target"),
    ],
)
def test_what_is_missing_is_named_and_gets_the_cursor(clerk, kardex_office, typed, field):
    kardex_office.receive("004501-005000")
    kardex_office.hand_out("004501-004600", kardex_office.ana)
    kardex_office.move(MovementKind.USE, "004501", kardex_office.ana)
    before = len(clerk.lines())
    clerk.keys(typed, Key.Key_Return)
    assert clerk.row.message.text()
    assert clerk.at() == field
    assert len(clerk.lines()) == before


def test_in_place_kinds_need_no_second_person(clerk, kardex_office):
    kardex_office.receive("004501-005000")
    kardex_office.hand_out("004501-004600", kardex_office.ana)
    clerk.page.reload()
    clerk.keys("|uso|fsu|uno|")
    assert clerk.at() == "first"
    clerk.keys("4501-4550", Key.Key_Return)
    assert clerk.lines()[-1].kind is MovementKind.USE
    clerk.keys("|anu|fsu|uno|4551||||mal llenada", Key.Key_Return)
    assert clerk.lines()[-1].reason == "mal llenada"


def test_articles_without_numbers_are_counted(clerk, kardex_office):
    clerk.keys("|rec|cro|ente|")
    clerk.keys("|")
    assert clerk.at() == "count"
    clerk.keys("40", Key.Key_Return)
    assert (clerk.lines()[-1].type_code, clerk.lines()[-1].form_count) == ("CROQUIS", 40)


def test_a_double_enter_never_doubles(clerk, kardex_office, qtbot):
    clerk.keys("|rec|FSU|ente||004501-005000")
    field = QApplication.focusWidget()
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.keyClick(field, Key.Key_Return)
    clerk.desk.tasks.wait_idle()
    assert len(clerk.lines()) == 1


def test_a_retry_after_a_lost_answer_never_doubles(clerk, kardex_office, monkeypatch):
    from sisfoh_desktop.basics.errors import DatabaseUnavailable
    from sisfoh_desktop.modules.kardex.service import moving

    real = moving.register_movement
    answers = iter([False, True])

    def lossy(*args, **more):
        done = real(*args, **more)
        if next(answers):
            return done
        raise DatabaseUnavailable("Se perdió la conexión; lo escrito se conserva, pruebe otra vez.")

    monkeypatch.setattr(moving, "register_movement", lossy)
    clerk.keys("|rec|FSU|ente||004501-005000", Key.Key_Return)
    assert "Se perdió la conexión" in clerk.row.message.text()
    assert clerk.cells()["first"] == "004501"
    clerk.row.start()
    clerk.keys(Key.Key_Return)
    assert len(clerk.lines()) == 1
    assert not clerk.row.has_content()


def test_a_large_reception_registers_with_its_count(clerk, kardex_office):
    clerk.keys("|rec|FSU|ente||000001+5000", Key.Key_Return)
    assert clerk.lines()[-1].form_count == 5_000
    assert not clerk.row.has_content()
