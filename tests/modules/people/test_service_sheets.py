"""The recovery sheet of who administers the users, on both databases: made, used once, refused, told in the trail."""

from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.history import list_entries
from sisfoh_desktop.modules.people.rules.access import FREE_FAILURES
from sisfoh_desktop.modules.people.service import access, recovery, sheets, users
from sisfoh_desktop.modules.people.service.checking import check_users
from sisfoh_desktop.modules.people.service.history import history

PASSWORD = "tres gatos y un tejado"
NEW = "chicha morada con limón"


def refused(fn, *arguments, **named):
    with pytest.raises(RuleError) as caught:
        fn(*arguments, **named)
    return caught.value.code


def made(people, now):
    return sheets.make_sheet(people.db, actor=people.admin, now=now, password=PASSWORD)


def use(people, now, code, login="acastro", new=NEW):
    sheets.recover_by_sheet(people.db, now=now, login=login, code=code, new=new, pc="PC-OGTI")


def sound(db):
    return [check.detail for check in check_users(db) if not check.ok] == []


def test_the_only_administrator_who_forgot_gets_in_by_the_sheet_once(either_people, now):
    people, db = either_people, either_people.db
    sheet = made(people, now)
    assert sheets.sheets_made(db) == {people.admin_id: now}
    assert access.log_in(db, now=now, login="acastro", password=PASSWORD).must_change is False  # still counts
    later = now + timedelta(days=900)  # a sheet has no end
    use(people, later, sheet.code.lower().replace("-", " "))
    entered = access.log_in(db, now=later, login="acastro", password=NEW)
    assert (entered.must_change, entered.actor.may("people.manage")) == (False, True)
    assert refused(access.log_in, db, now=later, login="acastro", password=PASSWORD) == "access_refused"
    assert sheets.sheets_made(db) == {}
    assert refused(use, people, later, sheet.code) == "sheet_refused"
    told = [line.what for line in history(db, f"user:{people.admin_id}")]
    assert {"Hoja de recuperación impresa", "Contraseña nueva con su hoja de recuperación"} <= set(told)
    assert sound(db)


def test_neither_the_base_nor_the_trail_has_the_code(people, now):
    code = made(people, now).code.replace("-", "")
    with people.db.reading() as session:
        kept = session.scalar(text("SELECT code_hash FROM recovery_sheet"))
        entries = list_entries(session, actions="user.sheet")
    assert kept.startswith("$argon2id$")
    assert code not in kept + repr(entries)


def test_wrong_codes_count_wait_and_are_told_alike(either_people, now):
    people = either_people
    sheet = made(people, now)
    for login in (
        "acastro",
        "zadmin",
        "rquispe",
        "nadie",
    ):  # wrong, without a sheet, no administrator, nobody
        assert refused(use, people, now, "0000-0000-0000-0000", login=login) == "sheet_refused"
    for _ in range(FREE_FAILURES):
        assert refused(use, people, now, "0000") == "sheet_refused"
    assert refused(use, people, now, sheet.code) == "access_locked"
    with people.db.reading() as session:
        causes = [entry.after["cause"] for entry in list_entries(session, actions="session.refused")]
    assert {"wrong_sheet", "unknown_login"} <= set(causes)
    use(people, now + timedelta(hours=1), sheet.code)


def test_an_easy_new_password_is_refused_and_the_sheet_still_counts(people, now):
    sheet = made(people, now)
    assert refused(use, people, now, sheet.code, new="corta") == "password_short"
    assert refused(use, people, now, sheet.code, new="acastro2024") == "password_is_login"
    assert refused(use, people, now, sheet.code, new="AnaCastroPrueba24") == "password_is_login"
    use(people, now, sheet.code)


def test_a_new_sheet_puts_the_old_one_out_of_force(people, now):
    old, new = made(people, now), made(people, now)
    assert refused(use, people, now, old.code) == "sheet_refused"
    use(people, now, new.code)


def test_a_code_of_another_administrator_or_leaving_takes_the_sheet_away(either_people, now):
    people, db = either_people, either_people.db
    second = access.log_in(db, now=now, login="zadmin", password="olivos de la yarada").actor
    sheet = made(people, now)
    recovery.recover(db, actor=second, now=now, user_id=people.admin_id)
    assert refused(use, people, now, sheet.code) == "sheet_refused"
    assert sound(db)
    sheets.make_sheet(db, actor=second, now=now, password="olivos de la yarada")
    assert set(sheets.sheets_made(db)) == {people.second_id}
    code = recovery.recover(db, actor=second, now=now, user_id=people.admin_id).code
    admin = access.log_in(db, now=now, login="acastro", password=code).actor
    access.change_password(db, actor=admin, now=now, old=code, new=NEW)
    other = users.load_user(db, people.second_id)
    users.end_user(
        db, actor=admin, now=now, user_id=other.id, reason="Se fue", expected_version=other.version
    )
    assert sheets.sheets_made(db) == {}
    assert sound(db)


def test_who_may_not_come_in_may_not_by_the_sheet_either(people, now):
    sheet = made(people, now)
    second = access.log_in(people.db, now=now, login="zadmin", password="olivos de la yarada").actor
    own = users.load_user(people.db, people.admin_id)
    users.suspend_user(
        people.db, actor=second, now=now, user_id=own.id, reason="Licencia", expected_version=own.version
    )
    assert refused(use, people, now, sheet.code) == "access_ended"
    with people.db.reading() as session:
        last = list_entries(session, actions="session.refused")[0]
    assert (last.subject, last.after["cause"], last.after["pc"]) == (
        f"session:{own.id}",
        "suspended",
        "PC-OGTI",
    )
    assert set(sheets.sheets_made(people.db)) == {own.id}  # it counts again when the access is given back


def test_only_an_administrator_makes_one_and_only_with_the_password(people, now):
    clerk = {"actor": people.clerk, "now": now, "password": "lluvia sobre el caplina"}
    assert refused(sheets.make_sheet, people.db, **clerk) == "not_allowed"
    wrong = {"actor": people.admin, "now": now, "password": "no es esta"}
    assert refused(sheets.make_sheet, people.db, **wrong) == "access_refused"
    assert sheets.sheets_made(people.db) == {}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE recovery_sheet SET code_hash = 'x'",
        "DELETE FROM recovery_sheet",
        "INSERT INTO recovery_sheet (user_id, code_hash, made_at) SELECT max(id), 'x', '2024-03-08' FROM app_user",
    ],
)
def test_a_sheet_put_in_past_the_program_is_named(either_people, now, change):
    made(either_people, now)
    assert sound(either_people.db)
    with either_people.db.transaction() as session:
        session.execute(text(change))
    (told,) = [check.detail for check in check_users(either_people.db) if not check.ok]
    assert "hoja de recuperación" in told


def test_the_paper_says_whose_it_is_and_what_to_do(people, now):
    sheet = made(people, now)
    pdf = pypdfium2.PdfDocument(sheets.sheet_pdf(people.db, sheet))
    assert len(pdf) == 1
    told = " ".join(pdf[0].get_textpage().get_text_range().replace("\ufffe", "-").split())
    pdf.close()
    for part in ("ANA CASTRO PRUEBA", "acastro", sheet.code, "Olvidé mi contraseña", "sobre cerrado"):
        assert part in told
