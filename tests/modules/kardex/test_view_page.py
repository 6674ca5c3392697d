"""The page of the kardex: campaigns, tabs built when looked at, the keys and the search."""

import pytest
from searching import found

from sisfoh_desktop.modules.kardex.view import KardexPage
from sisfoh_desktop.modules.kardex.view.page import TABS
from sisfoh_desktop.modules.kardex.view.tab import KardexTab


def page(desk, qtbot):
    made = KardexPage(desk)
    qtbot.addWidget(made)
    made.resize(846, 640)
    made.show()
    desk.tasks.wait_idle()
    return made


def test_an_empty_office_is_led_to_its_first_campaign(desk, qtbot):
    made = page(desk, qtbot)
    assert made.next_step().title == "Abra la campaña"
    assert made.bar.combo.currentIndex() == -1
    assert not made.tab().new_record()


def test_a_campaign_without_movements_is_led_to_its_first_reception(desk, qtbot, kardex_office):
    made = page(desk, qtbot)
    assert made.next_step().title == "Reciba los primeros formularios"
    made.tabs.setCurrentIndex(1)
    made.next_step().run()
    assert made.tab().key == "register"
    assert made.bar.combo.currentText() == "Empadronamiento 2024"
    assert made.bar.chip.word == ""


def test_tabs_stand_in_their_order_and_are_built_when_looked_at(desk, qtbot, kardex_office):
    made = page(desk, qtbot)
    assert [made.tabs.tabText(number).replace("&", "") for number in range(made.tabs.count())] == [
        "Registro", "Existencias", "Custodia", "Rastreo", "Cuadre", "Actas y tarjeta", "Catálogo",
    ]  # fmt: skip
    assert len(made.findChildren(KardexTab)) == 1
    for number, spec in enumerate(TABS):
        made.tabs.setCurrentIndex(number)
        assert made.tab().key == spec.key
        assert made.tab().campaign_id == kardex_office.campaign
    desk.tasks.wait_idle()
    assert len(made.findChildren(KardexTab)) == 7


def test_the_letters_of_the_tabs_are_all_different():
    letters = [spec.words[spec.words.index("&") + 1].lower() for spec in TABS]
    assert len(set(letters)) == len(TABS)


def test_another_campaign_is_chosen_in_the_bar(desk, qtbot, kardex_office, actor, now):
    from datetime import date

    from sisfoh_desktop.modules.kardex.rules import Campaign
    from sisfoh_desktop.modules.kardex.service import catalogue

    kardex_office.receive("000001+100")
    other = catalogue.add_campaign(
        desk.db,
        actor=actor,
        now=now,
        campaign=Campaign("Actualización 2023", date(2023, 3, 1), date(2023, 12, 31)),
        copy_types_from=kardex_office.campaign,
    )
    made = page(desk, qtbot)
    assert made.tab().campaign_id == kardex_office.campaign
    made.bar.combo.setCurrentIndex(made.bar.combo.findData(other))
    made.bar.combo.activated.emit(made.bar.combo.currentIndex())
    desk.tasks.wait_idle()
    assert made.tab().campaign_id == other
    assert made.next_step().title == "Reciba los primeros formularios"


def test_the_search_finds_numbers_people_and_forms(desk, qtbot, kardex_office):
    kardex_office.receive("004501-005000")
    assert [(hit.kind, hit.title) for hit in found(desk, "kardex", "004517")] == [
        ("kardex.number", "FSU N° 004517")
    ]
    assert ("kardex.holder", kardex_office.beto) in [
        (hit.kind, hit.record_id) for hit in found(desk, "kardex", "dos prueba")
    ]
    assert [(hit.kind, hit.record_id) for hit in found(desk, "kardex", "croquis")] == [
        ("kardex.type", kardex_office.croquis)
    ]
    assert found(desk, "kardex", "999999999") == []


@pytest.mark.parametrize(
    ("kind", "tab"),
    [
        ("kardex.number", "trace"),
        ("kardex.holder", "custody"),
        ("kardex.type", "stock"),
        ("kardex", "register"),
    ],
)
def test_what_the_search_found_is_shown_in_its_tab(desk, qtbot, kardex_office, kind, tab):
    first = kardex_office.receive("004501-005000")
    made = page(desk, qtbot)
    record = {
        "kardex.number": 4517,
        "kardex.holder": kardex_office.ana,
        "kardex.type": kardex_office.fsu,
        "kardex": first,
    }[kind]
    made.show_record(kind, record)
    desk.tasks.wait_idle()
    assert made.tab().key == tab
