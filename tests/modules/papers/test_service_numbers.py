"""Numbers explained by hand: used by a document made outside, or never to be used; the register tells each."""

import io
from datetime import date

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.papers import service, store
from sisfoh_desktop.modules.papers.rules import NumberState

MASK = "{n:03d}-{year}-GM/MPT"
PDF = b"%PDF-1.4 escaneo"


class Numbers:
    """A series of 2024 and the orders over it."""

    def __init__(self, db, actor, now):
        self.db, self.who = db, {"actor": actor, "now": now}
        self.series_id = service.create_series(
            db, **self.who, kind="resolucion_gm", title="Resolución de Gerencia", mask=MASK
        )

    @property
    def where(self):
        return {"series_id": self.series_id, "year": 2024}

    def reserve(self, subject):
        return service.reserve_number(self.db, **self.who, **self.where, subject=subject)

    def outside(self, number, **changes):
        values = {
            "dated": date(2024, 3, 7),
            "title": "Designa la comisión",
            "reason": "Se hizo en Word durante el corte de luz.",
            **changes,
        }
        return service.register_outside(self.db, **self.who, **self.where, number=number, **values)

    def annul(self, number, reason="Se malogró la hoja."):
        return service.annul_number(self.db, **self.who, **self.where, number=number, reason=reason)

    def register(self):
        return service.number_register(self.db, self.series_id, 2024)

    def states(self):
        return [(line.first, line.state) for line in self.register()]


@pytest.fixture
def numbers(either_db, actor, now):
    return Numbers(either_db, actor, now)


@pytest.fixture
def here(db, actor, now):
    return Numbers(db, actor, now)


def code(call, *arguments, **named):
    with pytest.raises(RuleError) as caught:
        call(*arguments, **named)
    return caught.value.code


def test_a_document_made_outside_takes_the_next_number_and_the_program_goes_on(numbers):
    assert numbers.reserve("r:1").number == 1
    numbers.outside(2)
    assert numbers.reserve("r:2").number == 3
    assert numbers.states() == [
        (1, NumberState.RESERVED),
        (2, NumberState.OUTSIDE),
        (3, NumberState.RESERVED),
    ]
    line = numbers.register()[1]
    assert (line.text, line.dated, line.title) == (
        "002-2024-GM/MPT",
        date(2024, 3, 7),
        "Designa la comisión",
    )
    assert "corte de luz" in line.explanation


def test_a_jump_is_refused_until_every_number_before_it_is_explained(numbers):
    assert code(numbers.outside, 3) == "number_skips"
    assert numbers.register() == []
    numbers.annul(1)
    numbers.annul(2)
    numbers.outside(3)
    assert numbers.states() == [
        (1, NumberState.ANNULLED),
        (2, NumberState.ANNULLED),
        (3, NumberState.OUTSIDE),
    ]


def test_an_annulled_reservation_is_not_given_out_again(numbers):
    first = numbers.reserve("r:1")
    numbers.annul(first.number)
    assert numbers.reserve("r:1").number == 2
    assert code(numbers.annul, first.number) == "number_taken"
    assert code(numbers.outside, first.number) == "number_taken"


def test_a_hole_can_be_explained(here):
    for subject in ("r:1", "r:2", "r:3"):
        here.reserve(subject)
    with here.db.transaction() as session:
        session.execute(text("DELETE FROM paper_number WHERE number = 2"))
    assert len(service.check_numbers(here.db)) == 1
    here.outside(2)
    assert service.check_numbers(here.db) == []
    assert here.reserve("r:4").number == 4


def test_a_freeze_that_comes_late_does_not_take_a_number_annulled_meanwhile(here):
    number = here.reserve("r:1")
    here.annul(number.number)
    with pytest.raises(StaleRow), here.db.transaction() as session:
        store.claim_number(session, number.id)


def test_numbers_of_before_the_program_stay_explained(here):
    service.start_series_after(here.db, **here.who, **here.where, last_number=90, reason="Antes.")
    assert code(here.annul, 90) == "number_earlier"
    here.outside(91)
    assert code(
        service.start_series_after, here.db, **here.who, **here.where, last_number=95, reason="Más."
    ) == "series_in_use"  # fmt: skip


def test_what_is_refused_changes_nothing(here):
    here.reserve("r:1")
    before = here.register()
    assert code(here.outside, 2, dated=date(2023, 1, 1)) == "outside_other_year"
    assert code(here.outside, 2, title="") == "text_missing"
    assert code(here.annul, 2, reason=" ") == "reason_missing"
    assert here.register() == before


def test_a_repeated_order_counts_once(here):
    for _ in range(2):
        service.annul_number(here.db, **here.who, **here.where, number=1, reason="Se malogró.", token="t1")
    assert here.states() == [(1, NumberState.ANNULLED)]


def test_each_explanation_is_in_the_trail(here):
    here.reserve("r:1")
    here.annul(1)
    here.outside(2)
    with here.db.reading() as session:
        rows = session.execute(
            text("SELECT action, before, after, reason FROM audit_entry ORDER BY id")
        ).fetchall()
    assert [row.action for row in rows[-2:]] == ["number.annul", "number.outside"]
    assert "reservado" in rows[-2].before
    assert "002-2024-GM/MPT" in rows[-1].after
    assert "corte de luz" in rows[-1].reason


def test_a_scan_is_kept_checked_and_missed_when_it_is_gone(here, archive, tmp_path):
    (tmp_path / "escaneo.pdf").write_bytes(PDF)
    scan = service.keep_scan(archive, tmp_path / "escaneo.pdf")
    here.outside(1, scan_sha256=scan)
    assert here.register()[0].scan_sha256 == scan
    assert service.check_archive(here.db, archive) == []
    archive.path(scan).unlink()
    assert "001-2024-GM/MPT" in service.check_archive(here.db, archive)[0]


def test_what_is_no_scan_is_refused(archive, monkeypatch, tmp_path):
    path = tmp_path / "escaneo.pdf"
    with pytest.raises(FileFailed):
        service.keep_scan(archive, path)
    path.write_bytes(b"MZ programa")
    assert code(service.keep_scan, archive, path) == "scan_unreadable"
    path.write_bytes(PDF)
    monkeypatch.setattr("sisfoh_desktop.modules.papers.service.numbers._LARGEST_SCAN", 8)
    assert code(service.keep_scan, archive, path) == "scan_too_large"
    assert not archive.folder.exists()


def test_a_register_that_does_not_agree_with_its_papers_is_told(here, archive):
    number = here.reserve("r:1")
    with here.db.transaction() as session:
        session.execute(
            text(
                "INSERT INTO paper (kind, title, number_id, number_text, dated, subject, state, pages, "
                "frozen_sha256, current_sha256, frozen_at, frozen_by, annul_reason, version) VALUES "
                "('k', 't', :id, '009-2024', '2024-03-08', 's', 'firmada', 1, '', '', '2024-03-08 00:00:00', "
                "'u', '', 1)"
            ),
            {"id": number.id},
        )
    told = service.check_numbers(here.db)
    assert len(told) == 2
    assert "imprime 009-2024" in told[0]
    assert "reservado" in told[1]


@pytest.fixture
def filled(here):
    office.save_municipality(
        here.db,
        **here.who,
        municipality=Municipality("Municipalidad de Prueba", "MPP", Ubigeo("230101", "INEI"), "Prueba", ""),
        expected_version=0,
    )
    service.start_series_after(here.db, **here.who, **here.where, last_number=90, reason="los de antes.")
    for subject in ("r:1", "r:2", "r:3"):
        here.reserve(subject)
    here.annul(92)
    here.outside(94, title="=1+1 <b>Designa</b> & nombra")
    with here.db.transaction() as session:
        session.execute(text("DELETE FROM paper_number WHERE number = 93"))
    return here


def test_the_report_says_every_number_and_calls_a_hole_a_hole(filled, now):
    import pypdfium2

    pdf = service.numbers_pdf(filled.db, **filled.where, today=now.date())
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    for told in (
        "REGISTRO DE CORRELATIVOS",
        "Falta explicar 1 número: 093-2024-GM/MPT.",
        "HUECO",
        "hecho fuera: 1",
        "Total de números: 94",
        "<b>Designa</b> & nombra",
        "07/03/2024",
        "Números como 001-2024-GM/MPT.",
    ):
        assert told.casefold() in words.replace("\ufffe", "-").casefold()
    assert "{" not in words, "a mask is not how a number looks"
    assert "Los de antes." in words, "what somebody typed small begins a sentence"
    assert service.numbers_pdf(filled.db, **filled.where, today=now.date()) == pdf


def test_a_series_is_made_with_where_it_goes_on_in_one_step(here):
    made = service.create_series(
        here.db, **here.who, kind="carta", title="Cartas", mask="{n:03d}-{year}-GM/MPT",
        last_number=17, reason="Se hicieron en Word.",
    )  # fmt: skip
    assert service.next_number(here.db, made, 2024) == 18
    (line,) = service.number_register(here.db, made, 2024)
    assert (line.last, line.explanation) == (17, "Se hicieron en Word.")
    assert code(
        service.create_series, here.db, **here.who, kind="acta", title="Actas", mask="{n}-{year}", last_number=5,
        reason="",
    )  # fmt: skip
    assert service.find_series(here.db, "acta") is None, "nothing of it is kept"


def test_a_year_without_numbers_has_a_report_too(here, filled, now):
    pdf = service.numbers_pdf(here.db, series_id=here.series_id, year=2030, today=now.date())
    assert pdf.startswith(b"%PDF")


def test_the_workbook_has_a_row_a_number(filled):
    from openpyxl import load_workbook

    data = service.numbers_workbook(filled.db, **filled.where)
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Desde", "Hasta", "Número", "Estado")
    assert [row[3] for row in rows[1:]] == [
        "Anterior",
        "Reservado",
        "Anulado",
        "Sin explicación",
        "Hecho fuera",
    ]
    assert rows[-1][5] == "=1+1 <b>Designa</b> & nombra"
