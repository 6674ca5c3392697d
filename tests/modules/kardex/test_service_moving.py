"""Movements through the service: all or nothing, once per token, undone by another; lost forms that reappear."""

from datetime import date

import pytest
from sqlalchemy import func, select, text

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.modules.kardex.rules import Condition, MovementKind
from sisfoh_desktop.modules.kardex.service import catalogue, moving
from sisfoh_desktop.modules.kardex.store import forms, ledger
from sisfoh_desktop.modules.kardex.tables import KardexFormRow, KardexMovementRow

K = MovementKind


def who(office):
    return {"actor": office.actor, "now": office.now}


def refusal(call, *args, **named):
    with pytest.raises(RuleError) as refused:
        call(*args, **named)
    return refused.value.code, refused.value.sentence


def movements(office):
    with office.db.reading() as session:
        return session.scalar(select(func.count()).select_from(KardexMovementRow))


def state_of(office, number, type_id=None):
    with office.db.reading() as session:
        row = session.get(KardexFormRow, (type_id or office.fsu, number))
        return None if row is None else (row.holder_id, row.condition)


def entries(office):
    with office.db.reading() as session:
        told = select(AuditEntryRow).where(AuditEntryRow.action != "ledger.seal").order_by(AuditEntryRow.id)
        rows = session.scalars(told).all()
        return [(row.action, row.subject, row.after, row.reason) for row in rows]


def sound(office):
    return [check for check in moving.check_kardex(office.db) if not check.ok] == []


def test_the_life_of_a_form(either_kardex):
    office = either_kardex
    office.receive("1-500", date(2024, 3, 1))
    office.hand_out("1-100", office.ana, date(2024, 3, 4))
    office.move(K.USE, "1-50 menos 7", office.ana, day=date(2024, 3, 5))
    office.move(K.ANNULMENT, "7", office.ana, day=date(2024, 3, 5), witness="TESTIGO PRUEBA")
    office.move(K.RETURN, "51-100", office.ana, office.store, date(2024, 3, 6))
    office.move(K.TO_DATA_ENTRY, "1-6", office.ana, office.digi)
    office.move(K.TO_QUALITY, "1-6", office.digi, office.quality)
    archived = office.move(K.ARCHIVING, "1-6", office.quality, office.archive, archive_folio="12")
    office.move(K.RETURN, "401-500", office.store, office.rector)
    assert state_of(office, 1) == (office.archive, "usada")
    assert state_of(office, 7) == (office.ana, "anulada")
    assert state_of(office, 51) == (office.store, "en_blanco")
    assert state_of(office, 450) == (office.rector, "en_blanco")
    with office.db.reading() as session:
        assert ledger.load_movement(session, archived).archive_folio == "12"
    assert sound(office)


def test_each_movement_leaves_its_entry_in_the_trail(kardex_office):
    kardex_office.receive("1-10")
    loss = kardex_office.move(K.LOSS, "3", kardex_office.store)
    moving.reverse_movement(
        kardex_office.db, **who(kardex_office), movement_id=loss, reason="Estaba en el cajón"
    )
    told = entries(kardex_office)
    assert [(action, subject) for action, subject, *_ in told] == [
        ("kardex.move", "kardex_movement:1"),
        ("kardex.move", "kardex_movement:2"),
        ("kardex.reverse", "kardex_movement:3"),
    ]
    assert '"ranges": "000001-000010"' in told[0][2]
    assert '"to_holder": "Almacén ULE"' in told[0][2]
    assert '"reverses": 2' in told[2][2]
    assert told[2][3] == "Estaba en el cajón"


def test_whoever_records_in_bulk_leaves_the_entry(kardex_office):
    office = kardex_office
    wanted = [
        office.wanted(K.RECEPTION, "1-10", office.rector, office.store),
        office.wanted(K.HAND_OUT, "1-3", office.store, office.ana),
    ]
    with office.db.transaction() as session:
        ids = moving.register_in_bulk(session, **who(office), movements=wanted)
    assert ids == [1, 2]
    assert entries(office) == []
    assert sound(office)


def test_several_movements_are_all_or_none(either_kardex):
    office = either_kardex
    office.receive("1-10")
    wanted = [
        office.wanted(K.HAND_OUT, "1-3", office.store, office.ana),
        office.wanted(K.USE, "1-2", office.ana, office.ana),
        office.wanted(K.USE, "2-3", office.ana, office.ana),
    ]
    code, sentence = refusal(moving.register_movements, office.db, **who(office), movements=wanted)
    assert code == "forms_condition"
    assert "El N° 000002 de FSU está usado" in sentence
    assert (movements(office), state_of(office, 1)) == (1, (office.store, "en_blanco"))
    assert len(moving.register_movements(office.db, **who(office), movements=wanted[:2])) == 2
    assert state_of(office, 3) == (office.ana, "en_blanco")
    with office.db.reading() as session:
        numbers = session.scalars(select(KardexMovementRow.number).order_by(KardexMovementRow.id)).all()
    assert numbers == [1, 2, 3], "what was refused took no number"
    assert sound(office)


def test_the_same_token_is_the_same_movement(either_kardex):
    office = either_kardex
    wanted = office.wanted(K.RECEPTION, "1-10", office.rector, office.store)
    first = moving.register_movement(office.db, **who(office), movement=wanted, token="ficha-1")
    assert moving.register_movement(office.db, **who(office), movement=wanted, token="ficha-1") == first
    assert movements(office) == 1
    assert refusal(moving.register_movement, office.db, **who(office), movement=wanted)[0] == "forms_overlap"


def test_a_long_reception_tells_how_far_it_is_and_is_cancelled_whole(either_kardex):
    office = either_kardex
    office.receive("1-10")
    heard = []
    wanted = office.wanted(K.RECEPTION, "000101-025100", office.printer, office.store)

    def stop(done, total):
        heard.append((done, total))
        if done >= 20_000:
            raise Cancelled

    register = moving.register_movement
    assert refusal(register, office.db, **who(office), movement=wanted, progress=stop) == (
        "cancelled",
        "Se canceló a su pedido; no se cambió nada.",
    )
    assert heard == [(10_000, 25_000), (20_000, 25_000)]
    assert (movements(office), state_of(office, 101)) == (1, None)
    assert sound(office)
    heard.clear()
    assert register(
        office.db, **who(office), movement=wanted, progress=lambda done, total: heard.append((done, total))
    )
    assert heard[-1] == (25_000, 25_000)
    with office.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(KardexFormRow)) == 25_010
    assert sound(office)


def test_a_hand_out_among_many_forms_writes_as_little_as_among_few(kardex_office):
    """The same statements, each by the key: what it costs does not grow with the table."""
    from sqlalchemy import event

    office = kardex_office
    told = []
    event.listen(office.db._engine, "before_cursor_execute", lambda *args: told.append(args[2]))

    def statements(ranges):
        told.clear()
        office.hand_out(ranges, office.ana)
        return [statement for statement in told if "kardex" in statement]

    office.receive("1-300")
    statements("1-100")
    few = statements("101-200")
    office.receive("301-60000")
    assert statements("40001-40100") == few
    with office.db.reading() as session:
        for statement in few:
            if "kardex_form " not in statement:
                continue
            plan = session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", (1,) * statement.count("?")
            )
            assert not [row for row in plan if "SCAN kardex_form" in row[-1]], statement


# --- undoing ---


def test_a_reversal_puts_everything_back_and_frees_the_day(either_kardex):
    office = either_kardex
    office.receive("1-20", date(2024, 3, 1))
    wrong = office.hand_out("1-10", office.ana, date(2024, 3, 4))
    back = moving.reverse_movement(
        office.db, **who(office), movement_id=wrong, reason="Era para otra persona", document="Nota 1"
    )
    assert state_of(office, 1) == (office.store, "en_blanco")
    with office.db.reading() as session:
        reversal = ledger.load_movement(session, back)
        assert ledger.find_reversal(session, wrong).id == back
    assert (reversal.kind, reversal.reverses_id) == (K.REVERSAL, wrong)
    assert reversal.moved_on == date(2024, 3, 4), (
        "the day of what it undoes, so that the right one may follow"
    )
    assert (reversal.reason, reversal.document) == ("Era para otra persona", "Nota 1")
    office.hand_out("1-10", office.beto, date(2024, 3, 4))
    assert sound(office)


def test_a_reversal_is_refused_over_what_came_later(either_kardex):
    office = either_kardex
    office.receive("1-20")
    handed = office.hand_out("1-10", office.ana)
    used = office.move(K.USE, "4", office.ana)

    def reverse(movement_id, reason="Error", **more):
        return moving.reverse_movement(
            office.db, **who(office), movement_id=movement_id, reason=reason, **more
        )

    code, sentence = refusal(reverse, handed)
    assert code == "reversal_later"
    assert "movimiento N° 000003 (Uso) del 08/03/2024" in sentence
    assert refusal(reverse, used, reason=" ")[0] == "reason_missing"
    assert refusal(reverse, used, moved_on=date(2024, 3, 9))[0] == "moved_on_future"
    reverted = reverse(used)
    assert refusal(reverse, used)[0] == "reversal_done"
    assert refusal(reverse, reverted)[0] == "reversal_of_reversal"
    assert refusal(reverse, handed)[0] == "reversal_later", "the use and its reversal came after"
    assert refusal(reverse, 99)[0] == "movement_unknown"
    assert sound(office)


def test_forms_whose_reception_was_reverted_can_be_received_again(either_kardex):
    office = either_kardex
    first = office.receive("1-20")
    moving.reverse_movement(office.db, **who(office), movement_id=first, reason="Era otro rango")
    assert state_of(office, 5) == (office.rector, "fuera")
    assert refusal(office.hand_out, "5", office.ana)[0] == "forms_unknown"
    office.move(K.RECEPTION, "11-30", office.printer, office.store)
    assert state_of(office, 5) == (office.rector, "fuera")
    assert state_of(office, 15) == (office.store, "en_blanco")
    code, sentence = refusal(office.receive, "9-12")
    assert code == "forms_overlap"
    assert "movimiento N° 000003 (Recepción)" in sentence
    assert sound(office)


def test_articles_without_numbers_go_by_count(either_kardex):
    office = either_kardex
    office.receive(100)
    handed = office.hand_out(40, office.ana)
    office.move(K.USE, 15, office.ana)
    code, sentence = refusal(office.move, K.USE, 26, office.ana)
    assert code == "articles_missing"
    assert "EMPADRONADOR UNO PRUEBA tiene 25 de CROQUIS" in sentence
    office.move(K.RETURN, 5, office.ana, office.store, from_condition=Condition.USED)
    code, sentence = refusal(
        moving.reverse_movement, office.db, **who(office), movement_id=handed, reason="Error"
    )
    assert code == "articles_missing"
    assert "de 40 de CROQUIS quedan 25" in sentence
    used = office.move(K.USE, 25, office.ana)
    moving.reverse_movement(office.db, **who(office), movement_id=used, reason="Error")
    assert sound(office)


# --- who may have forms, and where they are ---


def test_two_clerks_and_the_same_range(either_kardex):
    office = either_kardex
    office.receive("1-100")
    office.hand_out("1-50", office.ana)
    code, sentence = refusal(office.hand_out, "41-60", office.beto)
    assert code == "forms_elsewhere"
    assert sentence == (
        "Los N° 000041-000050 de FSU no están en poder de Almacén ULE: los tiene EMPADRONADOR UNO PRUEBA por el "
        "movimiento N° 000002 (Distribución) del 08/03/2024; no se registró nada."
    )
    assert state_of(office, 60) == (office.store, "en_blanco")


def test_an_overlapping_reception_names_the_one_that_received_them(either_kardex):
    office = either_kardex
    office.receive("1-100", date(2024, 3, 1))
    office.hand_out("90-100", office.ana, date(2024, 3, 4))
    code, sentence = refusal(office.receive, "95-200")
    assert code == "forms_overlap"
    assert "ya se recibieron con el movimiento N° 000001 (Recepción) del 01/03/2024" in sentence
    assert "ahora los tiene EMPADRONADOR UNO PRUEBA por el movimiento N° 000002" in sentence


def test_who_is_not_in_force_is_given_nothing_but_may_give_back(kardex_office):
    office = kardex_office
    office.receive("1-100", date(2024, 3, 1))
    office.hand_out("1-10", office.ana, date(2024, 3, 4))
    ana = catalogue.load_holder(office.db, office.ana)
    catalogue.end_holder(
        office.db,
        **who(office),
        holder_id=office.ana,
        expected_version=ana.version,
        until=date(2024, 3, 5),
        reason="Fin de contrato",
    )
    code, sentence = refusal(office.hand_out, "11-20", office.ana)
    assert code == "holder_not_in_force"
    assert "EMPADRONADOR UNO PRUEBA" in sentence
    assert "05/03/2024" in sentence
    office.hand_out("11-12", office.ana, date(2024, 3, 5))
    office.move(K.RETURN, "1-12", office.ana, office.store)


def test_another_module_may_say_who_is_not_in_force(kardex_office, monkeypatch):
    office = kardex_office
    monkeypatch.setattr("sisfoh_desktop.modules.kardex.service.in_force._holder_checks", [])

    def accredited(_session, holder, _day):
        return "" if holder.id == office.ana else f"{holder.name} no está acreditado en el SIAC"

    catalogue.register_holder_check(accredited)
    office.receive("1-100")
    office.hand_out("1-10", office.ana)
    code, sentence = refusal(office.hand_out, "11-20", office.beto)
    assert (code, sentence) == (
        "holder_not_in_force",
        "EMPADRONADOR DOS PRUEBA no está acreditado en el SIAC; no se registró nada.",
    )


def test_the_lowest_free_numbers_are_proposed(either_kardex):
    office = either_kardex
    office.receive("1-100")
    office.hand_out("1-10, 15", office.ana)
    assert moving.lowest_free(
        office.db, type_id=office.fsu, holder_id=office.store, count=6
    ) == FormRanges.of_numbers([11, 12, 13, 14, 16, 17])
    assert moving.lowest_free(office.db, type_id=office.fsu, holder_id=office.ana, count=500).count == 11
    assert not moving.lowest_free(office.db, type_id=office.fsu, holder_id=office.ana, count=0)
    assert not moving.lowest_free(office.db, type_id=office.s100, holder_id=office.store, count=5)


def test_an_adjustment_does_not_come_through_this_door(kardex_office):
    office = kardex_office
    office.receive("1-10")
    wanted = office.wanted(
        K.ADJUSTMENT, "1", office.store, office.ana, to_condition=Condition.USED, reason="Arqueo"
    )
    assert (
        refusal(moving.register_movement, office.db, **who(office), movement=wanted)[0] == "adjustment_apart"
    )


def test_what_does_not_exist_is_told(kardex_office):
    office = kardex_office
    assert refusal(office.receive, "1-10", type_id=99)[0] == "form_type_unknown"
    assert refusal(office.move, K.USE, "1", 99)[0] == "holder_unknown"


# --- lost forms ---


def test_a_lost_form_that_reappears_is_refused_and_told(either_kardex):
    office = either_kardex
    office.receive("1-100")
    office.hand_out("1-10", office.ana)
    loss = office.move(K.LOSS, "3-4", office.ana)
    code, sentence = refusal(office.move, K.USE, "1-5", office.ana)
    assert code == "form_lost"
    assert "Los N° 000003-000004 de FSU" in sentence
    assert refusal(office.move, K.USE, "1-5", office.ana)[0] == "form_lost"
    assert refusal(office.receive, "3")[0] == "form_lost"
    seen = moving.list_sightings(office.db, office.campaign)
    assert [(one.number, one.seen_in) for one in seen] == [
        (3, "Recepción de Ente rector a Almacén ULE"),
        (4, "Uso de EMPADRONADOR UNO PRUEBA"),
        (3, "Uso de EMPADRONADOR UNO PRUEBA"),
    ]
    assert state_of(office, 1) == (office.ana, "en_blanco"), "nothing else of it was recorded"
    moving.reverse_movement(office.db, **who(office), movement_id=loss, reason="Estaban en la mochila")
    assert moving.list_sightings(office.db, office.campaign) == []
    office.move(K.USE, "1-5", office.ana)
    assert sound(office)


def test_a_form_changed_behind_the_programs_back_stops_the_movement(kardex_office):
    office = kardex_office
    office.receive("1-10")
    office.hand_out("1-5", office.ana)
    with office.db.transaction() as session:
        session.execute(
            text("UPDATE kardex_form SET holder_id = :beto WHERE number = 2"), {"beto": office.beto}
        )
    assert refusal(office.move, K.USE, "1-5", office.ana)[0] == "forms_elsewhere"
    assert not sound(office)
    with office.db.reading() as session:
        assert len(forms.find_pieces(session, office.fsu, FormRanges.single(1, 5))) == 3
