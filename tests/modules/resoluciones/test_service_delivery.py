"""Notifying an act, as the office does it: on both databases, with two people at once, every change told."""

from datetime import date
from threading import Thread

import pypdfium2
import pytest
from delivery_steps import (
    BOTH,
    at,
    open_either,
    outcome,
    prepare,
    trail,
    view,
)

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.modules.expedientes.rules.attachments import MAX_ATTACHMENT
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    NotificationState,
    Recipient,
)
from sisfoh_desktop.modules.resoluciones.service import delivery

OTHER = Actor(user="otra persona", office="GM")


@pytest.fixture(params=BOTH)
def db(request, template_base, tmp_path):
    """Every test here runs on both databases."""
    yield from open_either(request, template_base, tmp_path)


@pytest.fixture
def act(signed_act):
    """The signed act; its id."""
    return signed_act


# -- who is notified -----------------------------------------------------------------------------------


def test_proposed_are_the_copies_and_every_unit_of_the_annex_each_once(case, act):
    proposed = delivery.propose_recipients(case.db, act)
    assert [(one.recipient.name, one.chosen, one.recipient.origin.label) for one in proposed] == [
        ("Archivo", False, "C.c."),
        ("Gerencia Municipal", True, "C.c."),
        ("Oficina General de Asesoría Jurídica", True, "C.c."),
        ("Interesado", False, "C.c."),
        ("Unidad Local de Empadronamiento", True, "Anexo N° 01"),
    ]
    assert proposed[1].recipient.person == "Abog. QUISPE ÑAUPARI JUAN JOSÉ, Gerente Municipal"
    prepare(case, act)
    assert [one.recipient.name for one in delivery.propose_recipients(case.db, act)] == [
        "Archivo",
        "Interesado",
    ]


def test_nothing_is_notified_before_the_signature(case):
    draft = case.draft()
    with pytest.raises(RuleError) as caught:
        delivery.propose_recipients(case.db, draft)
    assert caught.value.code == "not_signed"
    with pytest.raises(RuleError):
        delivery.view_delivery(case.db, draft, date(2024, 3, 8))


def test_nobody_is_prepared_twice_not_even_by_two_people_at_once(case, act):
    made = []

    def run(actor):
        try:
            made.extend(
                delivery.prepare_notifications(
                    case.db,
                    actor=actor,
                    now=case.desk["now"],
                    resolucion_id=act,
                    recipients=[Recipient("Ana Prueba"), Recipient("ANA  PRUEBA"), Recipient("Luis Prueba")],
                    channel="personal",
                )
            )
        except RuleError as error:
            made.append(error.code)

    both = [Thread(target=run, args=(who,)) for who in (case.desk["actor"], OTHER)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(map(str, made)) == ["1", "2", "recipients_missing"]
    assert [one.recipient.name for one in view(case, act).notifications] == ["Ana Prueba", "Luis Prueba"]


def test_a_repeated_order_answers_what_the_first_did(case, act):
    desk = case.desk | {"token": "once"}
    call = {"resolucion_id": act, "recipients": [Recipient("Ana")], "channel": "personal"}
    assert delivery.prepare_notifications(**desk, **call) == delivery.prepare_notifications(**desk, **call)


# -- outcomes ------------------------------------------------------------------------------------------


def test_the_channel_moves_the_count_by_a_day(case, act, archive, scan):
    personal, casilla = prepare(case, act, "Ana", "Luis")
    outcome(case, archive, personal, NotificationState.DELIVERED, on=date(2024, 3, 15))
    outcome(
        case,
        archive,
        casilla,
        NotificationState.DELIVERED,
        on=date(2024, 3, 15),
        channel="casilla",
        receiver="X",
    )
    first, second = view(case, act).notifications
    assert (first.outcome.effective_on, first.outcome.counts_from) == (date(2024, 3, 15), date(2024, 3, 18))
    assert (second.outcome.effective_on, second.outcome.counts_from) == (date(2024, 3, 15), date(2024, 3, 15))
    assert second.channel == "casilla"


def test_all_served_with_their_cargos_makes_the_act_notified(case, act, archive, scan):
    one, two = prepare(case, act, "Ana", "Luis")
    assert outcome(case, archive, one, NotificationState.DELIVERED, file=scan) == State.SIGNED
    assert outcome(case, archive, two, NotificationState.REFUSED) == State.SIGNED, (
        "its cargo is not there yet"
    )
    assert [waiting.id for waiting in view(case, act).waiting] == [two]
    state = delivery.attach_cargo(
        case.db,
        archive,
        actor=OTHER,
        now=case.desk["now"],
        notification_id=two,
        expected_version=2,
        file=scan,
    )
    assert state == State.NOTIFIED
    assert service.load_resolucion(case.db, act).state is State.NOTIFIED
    actions = [entry[0] for entry in trail(case.db, f"resolucion:{act}")]
    assert actions[-2:] == ["notification.attach", "resolucion.notify"]
    (told,) = [entry for entry in trail(case.db, f"expediente:{case.expediente_id}") if "notif" in entry[0]]
    assert (told[1], told[2]) == ({"state": "firmada"}, {"state": "notificada", "number": "091-2024-GM/MPP"})
    delivered = next(e for e in trail(case.db, f"resolucion:{act}") if e[0] == "notification.outcome")
    assert (delivered[1]["state"], delivered[2]["state"]) == ("pendiente", "entregado")
    assert delivered[2]["file"]["name"] == "cargo.png"


def test_the_last_two_outcomes_at_once_still_make_it_notified(case, act, archive, scan):
    ids = prepare(case, act, "Ana", "Luis")
    results = []
    both = [
        Thread(
            target=lambda one=one: results.append(
                outcome(case, archive, one, NotificationState.DELIVERED, file=scan)
            )
        )
        for one in ids
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(results) == ["firmada", "notificada"]
    assert service.load_resolucion(case.db, act).state is State.NOTIFIED


def test_one_notification_recorded_by_two_people_is_recorded_once(case, act, archive):
    (one,) = prepare(case, act, "Ana")
    outcome(case, archive, one, NotificationState.DELIVERED)
    with pytest.raises(RuleError) as caught:
        outcome(case, archive, one, NotificationState.RETURNED)
    assert caught.value.code == "notification_state"
    (kept,) = view(case, act).notifications
    assert kept.state is NotificationState.DELIVERED
    with pytest.raises(StaleRow):
        delivery.close_notification(
            **case.desk,
            notification_id=prepare(case, act, "Luis")[0],
            expected_version=7,
            reason="No es parte",
        )


def test_returned_is_tried_again_and_the_first_try_stays(case, act, archive, scan):
    (one,) = prepare(case, act, "Ana")
    outcome(case, archive, one, NotificationState.RETURNED, note="No vive ahí.")
    assert [waiting.id for waiting in view(case, act).waiting] == [one]
    again = delivery.retry_notification(
        **case.desk, notification_id=one, expected_version=2, channel="correo"
    )
    first, second = view(case, act).notifications
    assert (first.superseded, first.outcome.note) == (True, "No vive ahí.")
    assert (second.id, second.attempt, second.channel, second.state.label) == (
        again,
        2,
        "correo",
        "Pendiente",
    )
    with pytest.raises(RuleError) as caught:
        delivery.retry_notification(**case.desk, notification_id=one, expected_version=3, channel="personal")
    assert caught.value.code == "notification_superseded"
    assert outcome(case, archive, again, NotificationState.DELIVERED, file=scan) == State.NOTIFIED


def test_closing_needs_a_reason_and_alone_notifies_nobody(case, act):
    (one,) = prepare(case, act, "Ana")
    with pytest.raises(RuleError):
        delivery.close_notification(**case.desk, notification_id=one, expected_version=1, reason="  ")
    state = delivery.close_notification(
        **case.desk, notification_id=one, expected_version=1, reason="Ya no es parte"
    )
    assert state == State.SIGNED, "nobody was served"
    assert view(case, act).notifications[0].outcome.note == "Ya no es parte"


def test_a_wrong_outcome_is_taken_back_with_its_reason_and_the_act_follows(case, act, archive, scan):
    (one,) = prepare(case, act, "Ana")
    assert outcome(case, archive, one, NotificationState.DELIVERED, file=scan) == State.NOTIFIED
    state = delivery.correct_notification(
        **case.desk, notification_id=one, expected_version=2, reason="Era de otro expediente"
    )
    assert state == State.SIGNED
    (back,) = view(case, act).notifications
    assert (back.state, back.outcome, back.evidence) == (NotificationState.PENDING, None, None)
    entry = next(e for e in trail(case.db, f"resolucion:{act}") if e[0] == "notification.correct")
    assert entry[1]["receiver"] == "ROSA PRUEBA"
    assert entry[3] == "Era de otro expediente"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"receiver": "  "}, "receiver_missing"),
        ({"on": date(2024, 3, 7)}, "before_act"),
        ({"moment": at(date(2024, 3, 30))}, "date_in_future"),
        ({"dni": "123"}, "dni_invalid"),
        ({"channel": "paloma"}, "channel_unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_recorded(case, act, archive, changes, code):
    (one,) = prepare(case, act, "Ana")
    with pytest.raises(RuleError) as caught:
        outcome(case, archive, one, NotificationState.DELIVERED, **changes)
    assert caught.value.code == code
    assert view(case, act).notifications[0].state is NotificationState.PENDING


def test_hostile_files_are_refused_in_a_sentence(case, act, archive):
    (one,) = prepare(case, act, "Ana")
    for name, data, code in (
        ("vacío.pdf", b"", "file_empty"),
        ("programa.exe", b"MZ\x90", "file_kind"),
        ("cortado.pdf", b"%PDF-1.7\n1 0 obj", "file_damaged"),
        ("falso.pdf", b"%PDF-1.7\n%%EOF", "file_damaged"),
        ("enorme.pdf", b"%PDF-" + b" " * MAX_ATTACHMENT, "file_too_big"),
    ):
        with pytest.raises(RuleError) as caught:
            outcome(case, archive, one, NotificationState.DELIVERED, file=(name, data))
        assert caught.value.code == code
    assert view(case, act).notifications[0].version == 1


def test_a_proof_that_the_archive_lost_is_named(case, act, archive, scan):
    (one,) = prepare(case, act, "Ana")
    outcome(case, archive, one, NotificationState.DELIVERED, file=scan)
    assert delivery.check_delivery_files(case.db, archive) == []
    evidence = view(case, act).notifications[0].evidence
    assert delivery.evidence_bytes(archive, evidence) == scan[1]
    archive.path(evidence.sha256).unlink()
    (problem,) = delivery.check_delivery_files(case.db, archive)
    assert problem.startswith("Cargo de notificación de 091-2024-GM/MPP:")
    with pytest.raises(FileFailed):
        delivery.evidence_bytes(archive, evidence)


# -- cargos --------------------------------------------------------------------------------------------


def test_a_code_typed_or_scanned_opens_its_notification(case, act):
    one, two = prepare(case, act, "Ana", "Luis")
    act_fact = service.load_resolucion(case.db, act)
    for notification in view(case, act).notifications:
        code = delivery.code_of(act_fact, notification)
        assert delivery.open_cargo(case.db, code).id == notification.id
        assert delivery.open_cargo(case.db, f" {code.lower()} ").id == notification.id
        assert delivery.open_cargo(case.db, code.replace(":", "Ñ").replace("-", "'")).id == notification.id
        assert delivery.open_cargo(case.db, code.removeprefix("SISFOH-CARGO:")).id == notification.id
    code = delivery.code_of(act_fact, view(case, act).notifications[0])
    for wrong in (code.replace(f":{one}:", f":{two}:"), code.replace(f":{one}:", ":999:")):
        with pytest.raises(RuleError) as caught:
            delivery.open_cargo(case.db, wrong)
        assert caught.value.code == "cargo_unknown"
    with pytest.raises(RuleError) as caught:
        delivery.open_cargo(case.db, "https://ejemplo.pe/1")
    assert caught.value.code == "cargo_code"


def test_cargos_of_all_that_wait_come_in_one_pdf_and_are_noted(case, act, archive, scan):
    ids = prepare(case, act, "Ana", "Luis", "Eva", "Raúl")
    outcome(case, archive, ids[0], NotificationState.DELIVERED, file=scan)
    pdf = delivery.print_cargos(**case.desk, resolucion_id=act)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 2
    document.close()
    printed = [one.printed_at is not None for one in view(case, act).notifications]
    assert printed == [False, True, True, True]
    document = pypdfium2.PdfDocument(
        delivery.print_cargos(**case.desk, resolucion_id=act, notification_ids=[ids[0]])
    )
    assert len(document) == 1
    document.close()


def test_once_all_are_back_every_cargo_is_printed_again(case, act, archive, scan):
    ids = prepare(case, act, "Ana", "Luis", "Eva")
    for one in ids[:2]:
        outcome(case, archive, one, NotificationState.DELIVERED, file=scan)
    delivery.close_notification(
        **case.desk, notification_id=ids[2], expected_version=1, reason="Ya no trabaja"
    )
    delivery.print_cargos(**case.desk, resolucion_id=act)
    printed = [one.printed_at is not None for one in view(case, act).notifications]
    assert printed == [True, True, False]


def test_without_notifications_there_are_no_cargos(case, act):
    with pytest.raises(RuleError) as caught:
        delivery.print_cargos(**case.desk, resolucion_id=act)
    assert caught.value.code == "no_cargos"
