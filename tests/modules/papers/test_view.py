"""The page of emitted papers over the real service."""

from datetime import date

import pytest
from PySide6.QtPrintSupport import QPrinter
from searching import found

from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.documents.rendering import page_count
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import NewSigner, SignerRole
from sisfoh_desktop.modules.papers.view import PapersPage
from sisfoh_desktop.modules.papers.view.series_dialogs import NewSeriesDialog, SeriesStartDialog, key_of
from sisfoh_desktop.qtkit.print_dialog import PrintChoice
from sisfoh_desktop.qtkit.print_many import PrintManyDialog
from sisfoh_desktop.qtkit.printers import ask_for_a4


@pytest.fixture
def frozen(db, archive, actor, now, one_page):
    series_id = service.create_series(
        db,
        actor=actor,
        now=now,
        kind="resolucion_gm",
        title="Resolución de Gerencia",
        mask="{n:03d}-{year}-GM/MPT",
    )
    number = service.reserve_number(
        db, actor=actor, now=now, series_id=series_id, year=2024, subject="resolucion:7"
    )
    pdf, boxes = one_page
    return service.freeze_paper(
        db, archive, actor=actor, now=now, kind="resolucion_gm", title="Aprueba el plan", number=number,
        dated=date(2024, 3, 8), subject="resolucion:7", pdf=pdf, pages=1, boxes=boxes,
        signers=[
            NewSigner("VB1_OGAJ", SignerRole.VISTO_BUENO, "", "Jefe", "Oficina General de Asesoría Jurídica"),
            NewSigner("AUTOR_GM", SignerRole.AUTHOR, "GERENTE DE PRUEBA", "Gerente Municipal", "Gerencia Municipal"),
        ],
    )  # fmt: skip


def page(desk, qtbot):
    made = PapersPage(desk)
    qtbot.addWidget(made)
    made.resize(900, 640)
    made.show()
    desk.tasks.wait_idle()
    return made


def test_an_empty_office_is_told_where_papers_come_from(desk, qtbot):
    made = page(desk, qtbot)
    assert not any(action.isEnabled() for action in made.page_actions())
    with qtbot.waitSignal(made.open_record) as asked:
        made.papers.empty_button.click()
    assert asked.args[0] == "resoluciones"


def test_the_list_the_round_and_the_register(desk, qtbot, frozen):
    made = page(desk, qtbot)
    _titles, rows = made.papers.as_seen()
    assert rows == [
        ["001-2024-GM/MPT", "Aprueba el plan", "08/03/2024", "Congelada", "0 de 2",
         "Oficina General de Asesoría Jurídica"]
    ]  # fmt: skip
    assert [row[1] for row in made.round.as_seen()[1]] == [
        "OGAJ · Oficina General de Asesoría Jurídica",
        "GM · GERENTE DE PRUEBA",
    ]
    assert "Falta firmar 001-2024-GM/MPT" in made.next_step().title
    made.tabs.setCurrentIndex(1)
    assert made.table() is made.numbers
    assert made.numbers.as_seen()[1][0][:2] == ["001-2024-GM/MPT", "Reservado"]


def test_the_next_step_leads_to_where_it_is_signed(desk, qtbot, frozen):
    made = page(desk, qtbot)
    with qtbot.waitSignal(made.open_record) as asked:
        made.next_step().run()
    assert asked.args == ["resoluciones", 7]


def test_a_search_finds_it_by_number_and_title(desk, qtbot, frozen):
    assert [hit.record_id for hit in found(desk, "papers", "001-2024")] == [frozen]
    assert [hit.record_id for hit in found(desk, "papers", "APRUEBA")] == [frozen]
    assert found(desk, "papers", "otra cosa") == []


def test_models_keep_qt_s_rules(desk, qtbot, qtmodeltester, frozen):
    made = page(desk, qtbot)
    for table in (made.papers, made.round, made.numbers):
        qtmodeltester.check(table.model)


def test_a_new_office_makes_its_series_and_says_where_it_goes_on(desk, qtbot):
    made = page(desk, qtbot)
    assert made.next_step().button == "Nueva serie"
    dialog = NewSeriesDialog(desk, made)
    dialog.form.set_values({"title": "Resoluciones de Gerencia", "mask": "sin número"})
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert "no se distinguen el número y el año" in dialog.form.fields["mask"].error
    dialog.form.set_values({"mask": "001-2024-GM/MDP"})
    dialog.try_submit()
    made.reload()
    desk.tasks.wait_idle()
    assert dialog.result() == dialog.DialogCode.Accepted
    (series,) = service.list_series(desk.db)
    assert series.mask == "{n:03d}-{year}-GM/MDP"
    made.tabs.setCurrentIndex(1)
    assert made.register.series_combo.currentText() == "Resoluciones de Gerencia (001-2024-GM/MDP)"
    assert made.next_step().button == "Números anteriores…", "an empty register asks where it goes on"
    start = SeriesStartDialog(desk, series, made)
    start.form.set_values({"last_number": 90})
    start.try_submit()
    desk.tasks.wait_idle()
    made.reload()
    desk.tasks.wait_idle()
    made.tabs.setCurrentIndex(1)
    assert made.page_actions()[-2:] == [made.register.new_series, made.register.start_series]
    assert made.numbers.as_seen()[1][0][:2] == ["001-2024-GM/MDP a 090-2024-GM/MDP", "Anterior"]


def test_a_new_series_goes_on_after_the_numbers_made_before(desk, qtbot):
    dialog = NewSeriesDialog(desk)
    qtbot.addWidget(dialog)
    dialog.form.fields["mask"].set_value("001-2024-GM/MDP")
    assert dialog.told.text().startswith("Los números serán como 001-2024-GM/MDP")
    dialog.form.fields["mask"].set_value("{n:04d}-{year}-GM/MDP")
    dialog.form.fields["last_number"].set_value(17)
    assert dialog.told.text() == "El primero que dará el programa: 0018-2024-GM/MDP."
    dialog.form.fields["mask"].set_value("GM")
    assert "no se distinguen" in dialog.told.text()
    dialog.form.fields["mask"].set_value("001-2024-GM/MDP")
    dialog.form.fields["reason"].set_value("")
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert service.list_series(desk.db) == [], "where they were made is missing"
    dialog.form.fields["reason"].set_value("Se hicieron en Word.")
    dialog.try_submit()
    desk.tasks.wait_idle()
    (series,) = service.list_series(desk.db)
    assert service.next_number(desk.db, series.id, 2024) == 18


@pytest.mark.parametrize(
    ("title", "key"), [("Resolución de Gerencia N° 1", "resolucion_de_gerencia_n_1"), ("漢字", "serie")]
)
def test_a_series_gets_a_plain_key(title, key):
    assert key_of(title) == key


def test_several_papers_are_printed_as_one_job(desk, qtbot, frozen, monkeypatch, tmp_path):
    asked = []

    def answer(dialog):
        asked.append([one.title for one in dialog.items if one in dialog.chosen()])
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFileName(str(tmp_path / "papel.pdf"))
        ask_for_a4(printer)
        return PrintChoice(printer, "", 2, True)

    monkeypatch.setattr(PrintManyDialog, "ask_choice", answer)
    left = []
    desk.tasks.paper_left.connect(left.append)
    made = page(desk, qtbot)
    next(one for one in made.page_actions() if "Imprimir varios" in one.text()).trigger()
    desk.tasks.wait_idle()
    assert asked == [["001-2024-GM/MPT · Aprueba el plan"]]
    assert [(one.file_name, one.copies) for one in left] == [("001-2024-GM-MPT.pdf", 2)]
    assert page_count((tmp_path / "papel.pdf").read_bytes()) == 2, "each copy on its own sheet"


@pytest.fixture
def municipality(desk):
    """The office says who it is."""
    office.save_municipality(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        municipality=Municipality("Municipalidad de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba"),
        expected_version=0,
    )


def test_a_new_series_proposes_a_whole_number_with_the_letters_of_the_municipality(desk, qtbot, municipality):
    dialog = NewSeriesDialog(desk)
    qtbot.addWidget(dialog)
    desk.tasks.wait_idle()
    assert dialog.form.fields["mask"].raw() == "001-2024-GM/MPP"
    assert dialog.told.text().startswith("Los números serán como 001-2024-GM/MPP")
    assert not dialog.has_unsaved(), "what is proposed is nobody's work"


def test_what_is_typed_before_the_letters_are_known_stays(desk, qtbot, municipality):
    dialog = NewSeriesDialog(desk)
    qtbot.addWidget(dialog)
    dialog.form.set_values({"mask": "01-2024-ULE"})
    desk.tasks.wait_idle()
    assert dialog.form.fields["mask"].raw() == "01-2024-ULE"


def test_an_office_without_its_data_is_proposed_a_whole_number_too(desk, qtbot):
    dialog = NewSeriesDialog(desk)
    qtbot.addWidget(dialog)
    desk.tasks.wait_idle()
    assert dialog.form.fields["mask"].raw() == "001-2024-GM/MUNI"
