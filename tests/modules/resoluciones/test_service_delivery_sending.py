"""The copy to the national body, the publication and the lists: on both databases, with two people at once."""

from datetime import date, timedelta
from threading import Thread

import pytest
from delivery_steps import (
    BOTH,
    at,
    freeze,
    open_either,
    outcome,
    prepare,
    publish,
    send,
    trail,
    view,
)
from sqlalchemy import event, text

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.modules.office.rules import CountsFrom
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    DeliveryStep,
    DeliveryWhat,
    Letter,
    NotificationState,
)
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.resoluciones.service.delivery import remission


@pytest.fixture(params=BOTH)
def db(request, template_base, tmp_path):
    """Every test here runs on both databases."""
    yield from open_either(request, template_base, tmp_path)


@pytest.fixture
def act(signed_act):
    """The signed act; its id."""
    return signed_act


# -- the copy to the national body ---------------------------------------------------------------------


def test_the_clock_tells_its_event_and_norm_and_the_body_is_that_of_the_date(case, act):
    shown = view(case, act)
    assert shown.body.siglas == "DGFIS"
    assert (shown.clock.event, shown.clock.due) == (CountsFrom.APPROVAL, date(2024, 3, 13))
    assert shown.clock.told == (
        "3 días hábiles desde la aprobación del plan, 08/03/2024 (Directiva N° 003-2024-MIDIS, ítem 5 a))"
    )
    assert shown.notify_due == date(2024, 3, 15)
    assert delivery.view_delivery(case.db, act, date(2025, 9, 1)).body.siglas == "OFIS"


@pytest.mark.parametrize(
    ("on", "closing"),
    [
        (date(2024, 3, 13), "a tiempo"),
        (date(2024, 3, 14), "con 1 día hábil de retraso"),
        (date(2024, 3, 18), "con 3 días hábiles de retraso"),
    ],
)
def test_sending_closes_the_term_on_time_or_late_and_stays_visible(case, act, archive, scan, on, closing):
    assert send(case, act, archive, scan, on) == closing
    kept = view(case, act).remission
    assert (kept.closing, kept.due, kept.sending.registry) == (closing, date(2024, 3, 13), "E-2024-77")
    assert kept.proof.name == "cargo.png"
    line = next(x for x in delivery.list_deliveries(case.db, on) if x.what is DeliveryWhat.REMISSION)
    assert (line.due, line.done_on, line.pending) == (date(2024, 3, 13), on, 0)
    with pytest.raises(RuleError) as caught:
        send(case, act, archive, scan, on)
    assert caught.value.code == "already_sent"


def test_sent_before_the_act_or_tomorrow_is_refused(case, act, archive, scan):
    with pytest.raises(RuleError):
        send(case, act, archive, scan, date(2024, 3, 7))
    with pytest.raises(RuleError):
        send(case, act, archive, scan, date(2024, 3, 12), now=at(date(2024, 3, 11)))
    assert view(case, act).remission is None


def test_the_oficio_has_its_series_its_number_and_its_round(case, sign_by_hand, act, archive, scan, text_of):
    with pytest.raises(RuleError) as caught:
        freeze(case, act, archive)
    assert caught.value.code == "series_missing"
    title, mask = delivery.series_proposal(case.db)
    assert mask == "{n:03d}-{year}-GM/MPP"
    delivery.create_letter_series(**case.desk, title=title, mask=mask)
    paper_id = freeze(case, act, archive, extra="Se adjunta además un disco.")
    paper = papers.load_paper(case.db, paper_id)
    assert (paper.number_text, paper.state) == ("001-2024-GM/MPP", PaperState.FROZEN)
    assert [signer.field for signer in paper.signers] == ["AUTOR_GM"]
    told = text_of(papers.paper_bytes(case.db, archive, paper_id))
    assert paper.title == "Oficio N° 001-2024-GM/MPP: remite la Resolución N° 091-2024-GM/MPP"
    for words in (
        "OFICIO N° 001-2024-GM/MPP",
        "Dirección General de Focalización e Información Social (DGFIS)",
        "Resolución de Gerencia Municipal N° 091-2024-GM/MPP, del 08 de marzo de 2024",
        "3 días hábiles desde la aprobación del plan",
        "Se adjunta además un disco.",
    ):
        assert words in told
    assert view(case, act).step is DeliveryStep.PREPARE
    with pytest.raises(RuleError) as caught:
        freeze(case, act, archive)
    assert caught.value.code == "letter_exists"
    with pytest.raises(RuleError) as caught:
        send(case, act, archive, scan, date(2024, 3, 12))
    assert caught.value.code == "letter_unsigned"
    sign_by_hand(case.db, paper_id, case.desk["now"])
    assert send(case, act, archive, scan, date(2024, 3, 12)) == "a tiempo"


def test_an_annulled_oficio_makes_room_for_another(case, act, archive):
    delivery.create_letter_series(**case.desk, title="Oficios", mask="{n:03d}-{year}-GM/MPP")
    first = freeze(case, act, archive)
    papers.annul_paper(**case.desk, paper_id=first, expected_version=1, reason="Destinatario equivocado")
    second = freeze(case, act, archive)
    shown = view(case, act)
    assert (shown.remission.paper_id, shown.letter.number_text) == (second, "002-2024-GM/MPP")


def test_two_people_who_freeze_the_oficio_at_once_make_one(case, act, archive):
    delivery.create_letter_series(**case.desk, title="Oficios", mask="{n:03d}-{year}-GM/MPP")
    results = []

    def run():
        try:
            results.append(freeze(case, act, archive))
        except (StaleRow, RuleError) as error:
            results.append(type(error).__name__)

    both = [Thread(target=run) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(isinstance(one, int) for one in results) == 1
    shown = view(case, act)
    assert shown.letter.number_text == "001-2024-GM/MPP"


def test_whoever_comes_second_spends_no_number_of_an_oficio(case, act, archive, monkeypatch):
    """The other has frozen it after this one looked, before this one has its number."""
    delivery.create_letter_series(**case.desk, title="Oficios", mask="{n:03d}-{year}-GM/MPP")
    series_of, inside = remission.letter_series, []

    def slow(db):
        if not inside:
            inside.append(1)
            freeze(case, act, archive)
        return series_of(db)

    monkeypatch.setattr(remission, "letter_series", slow)
    with pytest.raises(StaleRow):
        freeze(case, act, archive)
    first = view(case, act).remission.paper_id
    papers.annul_paper(**case.desk, paper_id=first, expected_version=1, reason="Destinatario equivocado")
    again = papers.load_paper(case.db, freeze(case, act, archive))
    assert again.number_text == "002-2024-GM/MPP", "none is left without a paper"


def test_an_author_nobody_registered_stops_the_oficio(case, act, archive):
    delivery.create_letter_series(**case.desk, title="Oficios", mask="{n:03d}-{year}-GM/MPP")
    with pytest.raises(RuleError) as caught:
        freeze(case, act, archive, author_unit_id=case.units["ULE"])
    assert caught.value.code == "author_unknown"
    assert view(case, act).remission is None


def test_the_preview_of_the_oficio_needs_no_series(case, act, text_of):
    letter = Letter(date(2024, 3, 8), case.units["GM"])
    told = text_of(delivery.preview_letter(case.db, resolucion_id=act, letter=letter, today=date(2024, 3, 8)))
    assert "OFICIO N° ____-2024-GM/MPP" in told
    assert "PROYECTO" in told


# -- publication ---------------------------------------------------------------------------------------


def test_the_public_file_is_compared_with_the_archived_bytes(case, act, archive, scan):
    paper_id = service.load_resolucion(case.db, act).paper_id
    data = papers.paper_bytes(case.db, archive, paper_id)
    publish(case, act, archive, ("091.pdf", data), scan)
    publish(case, act, archive, ("091.png", scan[1]), scan, url="https://otro.gob.pe/091")
    same, other = view(case, act).publications
    assert same.entry.url == "https://www.prueba.gob.pe/091.pdf"
    assert same.same
    assert "idéntico" in same.comparison
    assert not other.same
    assert "no es idéntico" in other.comparison
    with pytest.raises(RuleError) as caught:
        publish(case, act, archive, ("091.pdf", data), scan)
    assert caught.value.code == "publication_twice"
    assert [e[2]["same"] for e in trail(case.db, f"resolucion:{act}") if e[0] == "publication.record"] == [
        True,
        False,
    ]


def test_the_scanned_original_is_the_true_copy_and_no_frozen_file_is_called_signed(
    case, act, archive, scan, text_of
):
    paper_id = service.load_resolucion(case.db, act).paper_id
    with case.db.transaction() as session:
        session.execute(
            text("UPDATE paper_signer SET route = 'tinta', scan_sha256 = :sha WHERE paper_id = :id"),
            {"sha": archive.put(scan[1]), "id": paper_id},
        )
    frozen = papers.paper_bytes(case.db, archive, paper_id)
    assert delivery.is_archived_copy(case.db, act, scan[1])
    assert not delivery.is_archived_copy(case.db, act, b"otro")
    told = []
    for file in (scan, ("091.pdf", frozen)):
        publication_id = publish(case, act, archive, file, scan, url=f"https://prueba.gob.pe/{file[0]}")
        told.append(text_of(delivery.preview_constancia(case.db, publication_id, date(2024, 3, 12))))
    assert all("idéntico al archivado" in one and "archivo firmado" not in one for one in told)
    assert "Huella del original escaneado (firmado en tinta)" in told[0]
    assert "Huella del archivo congelado (firmado en tinta)" in told[1]
    scanned, _ = view(case, act).publications
    assert scanned.archived_sha256 == scanned.file.sha256


def test_the_constancia_says_what_was_compared_and_promises_no_check(case, act, archive, scan, text_of):
    publication_id = publish(case, act, archive, scan, scan, note="Sin firmas a la vista.")
    call = {"publication_id": publication_id, "expected_version": 1}
    desk = {"actor": case.desk["actor"], "now": at(date(2024, 3, 12))}
    paper_id = delivery.freeze_constancia(case.db, archive, **desk, **call)
    told = text_of(papers.paper_bytes(case.db, archive, paper_id))
    shown = view(case, act, date(2024, 3, 12))
    (kept,) = shown.publications
    for words in (
        "CONSTANCIA DE PUBLICACIÓN",
        "https://www.prueba.gob.pe/091.pdf",
        "11 de marzo de 2024",
        "no es idéntico",
        "Sin firmas a la vista.",
        kept.file.sha256[:8],
        kept.archived_sha256[:8],
    ):
        assert words in told
    assert "contrastada" not in told
    assert [paper.id for paper in shown.constancias] == [paper_id]
    assert [signer.field for signer in shown.constancias[0].signers] == ["AUTOR_OGAJ"]
    with pytest.raises(RuleError) as caught:
        delivery.freeze_constancia(case.db, archive, **desk, **call)
    assert caught.value.code == "constancia_exists"


# -- lists ---------------------------------------------------------------------------------------------


def test_the_lists_tell_what_is_owed_until_it_is_done(case, act, archive, scan):
    today = date(2024, 3, 11)
    owed = {line.what: line for line in delivery.list_deliveries(case.db, today)}
    assert (owed[DeliveryWhat.NOTIFICATION].due, owed[DeliveryWhat.NOTIFICATION].pending) == (
        date(2024, 3, 15),
        1,
    )
    assert (owed[DeliveryWhat.REMISSION].due, owed[DeliveryWhat.REMISSION].done_on) == (
        date(2024, 3, 13),
        None,
    )
    assert owed[DeliveryWhat.PUBLICATION].pending == 1
    ids = prepare(case, act, "Ana", "Luis")
    assert next(iter(delivery.list_deliveries(case.db, today))).pending == 2
    for one in ids:
        outcome(case, archive, one, NotificationState.DELIVERED, file=scan)
    send(case, act, archive, scan, today)
    publish(case, act, archive, scan, scan)
    lines = delivery.list_deliveries(case.db, today)
    assert [(line.what, line.done_on) for line in lines] == [(what, today) for what in DeliveryWhat]
    assert delivery.list_deliveries(case.db, today, open_only=True) == []
    assert view(case, act).step is DeliveryStep.DONE


def test_the_steps_in_their_order(case, sign_by_hand, act, archive, scan):
    delivery.create_letter_series(**case.desk, title="Oficios", mask="{n:03d}-{year}-GM/MPP")
    steps = [view(case, act).step]
    (one,) = prepare(case, act, "Ana")
    steps.append(view(case, act).step)
    delivery.print_cargos(**case.desk, resolucion_id=act)
    steps.append(view(case, act).step)
    paper_id = freeze(case, act, archive)
    steps.append(view(case, act).step)
    sign_by_hand(case.db, paper_id, case.desk["now"])
    steps.append(view(case, act).step)
    send(case, act, archive, scan, date(2024, 3, 11))
    steps.append(view(case, act).step)
    publish(case, act, archive, scan, scan)
    steps.append(view(case, act).step)
    outcome(case, archive, one, NotificationState.DELIVERED, file=scan)
    steps.append(view(case, act).step)
    assert steps == list(DeliveryStep)


def test_every_act_is_listed_with_a_handful_of_queries(case, act):
    """Two thousand more acts ask the base no more often than one."""
    with case.db.transaction() as session:
        columns = [
            row[0] for row in session.execute(text("SELECT * FROM resolucion LIMIT 0")).cursor.description
        ]
        others = ", ".join(column for column in columns if column not in ("id", "dated"))
        for number in range(1, 2_001):
            day = date(2024, 3, 8) + timedelta(days=number % 250)
            session.execute(
                text(
                    f"INSERT INTO resolucion (id, dated, {others}) SELECT :id, :day, {others} FROM resolucion "
                    "WHERE id = :act"
                ),
                {"id": act + number, "day": day, "act": act},
            )
    statements = []
    event.listen(case.db._engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    lines = delivery.list_deliveries(case.db, date(2024, 3, 11))
    assert len(lines) == 3 * 2_001
    assert len(statements) < 30
