"""A cargo passes from one to another, on both databases: collected, issued, signed, packed, gone through."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.modules.handover.rules.facts import (
    CHOSEN_SECTIONS,
    Handover,
    HandoverState,
    Person,
    Section,
)
from sisfoh_desktop.modules.handover.service import (
    choices,
    collecting,
    drafts,
    issuing,
    packing,
    pending,
    search,
    taking,
)
from sisfoh_desktop.modules.handover.service.checking import check_handovers
from sisfoh_desktop.modules.handover.service.history import history
from sisfoh_desktop.modules.inbox import service as inbox
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.people.service import users

TODAY = date(2024, 3, 8)


def refused(work, *given, **more):
    with pytest.raises(RuleError) as caught:
        work(*given, **more)
    return caught.value.code


def test_the_forms_in_hand_are_told_with_their_ranges_and_nobodys_dni(either_cargo):
    lines = collecting.collect(either_cargo.db, either_cargo.draft(), TODAY)
    told = [(line.title, line.detail) for line in lines if line.section is Section.FORMS]
    assert told == [
        ("FSU, en blanco: 460", "Almacén ULE: 000041-000500"),
        ("FSU en poder de EMPADRONADOR UNO PRUEBA: 40", "40 en blanco, hace 0 días"),
    ]
    assert any(line.title.startswith("Termina la designación de JULIA") for line in lines)
    assert any(line.detail.startswith("Ninguna copia") for line in lines)
    assert "40000011" not in repr(lines)
    own = collecting.collect(
        either_cargo.db, either_cargo.draft(holder_id=either_cargo.kardex.ana, credentials=()), TODAY
    )
    assert [line.detail for line in own if line.section is Section.FORMS] == [
        "EMPADRONADOR UNO PRUEBA: 000001-000040"
    ]
    assert not [line for line in own if line.section is Section.CREDENTIALS]


def test_an_acta_asked_for_on_an_old_version_spends_no_number(cargo, archive, now):
    who = {"actor": cargo.admin, "now": now}
    handover_id = drafts.add_handover(cargo.db, **who, handover=cargo.draft())
    seen = drafts.load_handover(cargo.db, handover_id)
    drafts.save_handover(cargo.db, **who, handover=replace(seen, reason="Rotación"), expected_version=1)
    with pytest.raises(StaleRow):
        issuing.issue_acta(cargo.db, archive, **who, handover_id=handover_id, expected_version=1)
    issuing.issue_acta(cargo.db, archive, **who, handover_id=handover_id, expected_version=2)
    assert drafts.load_handover(cargo.db, handover_id).number_text.startswith("001-")


def test_only_the_chosen_parts_are_collected(cargo):
    lines = collecting.collect(cargo.db, cargo.draft(sections=(Section.POI,), credentials=()), TODAY)
    assert lines == []


def test_whoever_gives_or_receives_is_chosen_once_with_what_is_theirs(cargo):
    found = {one.person.name: one for one in choices.list_candidates(cargo.db, TODAY)}
    assert list(found) == sorted(found, key=str.casefold)
    rosa = found["ROSA QUISPE PRUEBA"]
    assert rosa.holder_id == cargo.kardex.store
    assert Section.FORMS in rosa.sections
    assert found["JULIA JEFA PRUEBA"].sections == CHOSEN_SECTIONS
    assert "Imprenta" not in [one.name for one in choices.list_holders(cargo.db, TODAY)]


def test_a_draft_is_kept_corrected_and_dropped(either_cargo, now):
    db, who = either_cargo.db, {"actor": either_cargo.admin, "now": now}
    draft = either_cargo.draft()
    handover_id = drafts.add_handover(db, **who, handover=draft, token="once")
    assert drafts.add_handover(db, **who, handover=draft, token="once") == handover_id
    kept = drafts.load_handover(db, handover_id)
    assert kept.leaver == draft.leaver
    assert kept.sections == draft.sections
    assert [one.system for one in kept.credentials] == ["SISFOH web"]
    drafts.save_handover(
        db, **who, handover=replace(kept, reason="Rotación", credentials=()), expected_version=1
    )
    with pytest.raises(StaleRow):
        drafts.save_handover(db, **who, handover=kept, expected_version=1)
    after = drafts.load_handover(db, handover_id)
    assert (after.reason, after.credentials, after.version) == ("Rotación", (), 2)
    assert [line.what for line in history(db, handover_id)] == [
        "Entrega de cargo corregida",
        "Entrega de cargo preparada",
    ]
    assert "caja fuerte" not in repr(history(db, handover_id))
    with pytest.raises(StaleRow):
        drafts.drop_handover(db, **who, handover_id=handover_id, expected_version=1)
    drafts.drop_handover(db, **who, handover_id=handover_id, expected_version=2)
    assert drafts.list_handovers(db) == []
    assert refused(drafts.load_handover, db, handover_id) == "handover_unknown"


def test_nobody_without_the_right_hands_over(cargo, now, archive):
    who = {"actor": cargo.rosa, "now": now}
    assert refused(drafts.add_handover, cargo.db, **who, handover=cargo.draft()) == "not_allowed"
    handover_id = drafts.add_handover(cargo.db, actor=cargo.admin, now=now, handover=cargo.draft())
    seen = {"handover_id": handover_id, "expected_version": 1}
    assert refused(issuing.issue_acta, cargo.db, archive, **who, **seen) == "not_allowed"
    assert refused(drafts.drop_handover, cargo.db, **who, **seen) == "not_allowed"
    kept = drafts.load_handover(cargo.db, handover_id)
    assert refused(drafts.save_handover, cargo.db, **who, handover=kept, expected_version=1) == "not_allowed"


def test_the_acta_is_numbered_frozen_once_and_sealed(either_cargo, now, archive):
    db, who = either_cargo.db, {"actor": either_cargo.admin, "now": now}
    handover_id = drafts.add_handover(db, **who, handover=either_cargo.draft())
    given = {"handover_id": handover_id, "expected_version": 1, "token": "once"}
    paper_id = issuing.issue_acta(db, archive, **who, **given)
    assert issuing.issue_acta(db, archive, **who, **given) == paper_id
    (one,) = drafts.list_handovers(db)
    assert (one.number_text, one.state) == ("001-2024-ULE/MPP", HandoverState.FROZEN)
    paper = papers.load_paper(db, paper_id)
    assert [(slot.field, slot.name) for slot in paper.signers] == [
        ("RECIBE", "LUIS NUEVO PRUEBA"),
        ("AUTOR", "ROSA QUISPE PRUEBA"),
    ]
    lines = drafts.lines_of(db, one, TODAY)
    either_cargo.kardex.hand_out("41-60", either_cargo.kardex.beto)
    assert drafts.lines_of(db, one, TODAY) == lines  # as issued, whatever moves later
    assert all(check.ok for check in check_database(db))
    assert refused(issuing.issue_acta, db, archive, **who, handover_id=handover_id, expected_version=2) == (
        "handover_frozen"
    )
    assert refused(drafts.save_handover, db, **who, handover=one, expected_version=one.version) == (
        "handover_frozen"
    )
    assert [hit.title for hit in search.list_findable(db, TODAY)] == [
        "Entrega de cargo de ROSA QUISPE PRUEBA a LUIS NUEVO PRUEBA"
    ]


def test_without_a_series_nothing_is_issued(db, archive, now):
    who = {"actor": Actor("prueba"), "now": now}
    given = Handover(Person("ROSA", "Encargada"), Person("LUIS", "Técnico"), TODAY, "Rotación")
    handover_id = drafts.add_handover(db, **who, handover=given)
    assert refused(issuing.issue_acta, db, archive, **who, handover_id=handover_id, expected_version=1) == (
        "series_missing"
    )
    assert drafts.load_handover(db, handover_id).is_draft


def test_an_observed_acta_is_corrected_and_issued_again(cargo, now, archive):
    one, who = cargo.issue(archive, now), {"actor": cargo.admin, "now": now}
    assert refused(
        drafts.reopen_handover, cargo.db, **who, handover_id=one.id, expected_version=one.version
    ) == ("handover_standing")
    paper = papers.load_paper(cargo.db, one.paper_id)
    papers.refuse_paper(
        cargo.db,
        actor=Actor("prueba"),
        now=now,
        paper_id=paper.id,
        signer_id=paper.signers[0].id,
        expected_version=paper.version,
        reason="Falta el expediente 12",
    )
    seen = drafts.load_handover(cargo.db, one.id)
    assert seen.state is HandoverState.OBSERVED
    assert pending.list_to_take(cargo.db, "lnuevo") == []  # what is observed is not received
    drafts.reopen_handover(cargo.db, **who, handover_id=one.id, expected_version=seen.version)
    again = drafts.load_handover(cargo.db, one.id)
    assert (again.state, again.paper_id) == (HandoverState.DRAFT, None)
    assert pending.list_to_take(cargo.db, "lnuevo") == []
    second = issuing.issue_acta(cargo.db, archive, **who, handover_id=one.id, expected_version=again.version)
    assert second != one.paper_id
    assert (papers.load_paper(cargo.db, second).edition, papers.load_paper(cargo.db, second).number_text) == (
        2,
        "001-2024-ULE/MPP",
    )
    assert [waiting.paper_id for waiting in pending.list_to_take(cargo.db, "lnuevo")] == [second]


def test_ink_signs_it_in_turn(cargo, now, archive):
    from paper_round import png

    one = cargo.issue(archive, now)
    for _ in range(2):
        paper = papers.load_paper(cargo.db, one.paper_id)
        slot = next(slot for slot in paper.signers if slot.signed_at is None)
        papers.record_ink_signature(
            cargo.db,
            archive,
            actor=Actor("prueba"),
            now=now,
            paper_id=paper.id,
            signer_id=slot.id,
            expected_version=paper.version,
            signed_on=TODAY,
            pages=str(paper.pages),
            scan=png(),
        )
    assert drafts.load_handover(cargo.db, one.id).state is HandoverState.SIGNED


def test_the_folder_holds_what_its_manifest_says_and_no_dni(either_cargo, now, archive, tmp_path):
    one = either_cargo.issue(archive, now)
    target = tmp_path / packing.proposed_name(either_cargo.db, one.id)
    assert target.name == "entrega-de-cargo-2024-03-08-rosa-quispe-prueba.zip"
    count = packing.pack_handover(
        either_cargo.db, archive, actor=either_cargo.admin, now=now, handover_id=one.id, target=target
    )
    folder = target.stem
    with zipfile.ZipFile(target) as package:
        files = {name.removeprefix(f"{folder}/"): package.read(name) for name in package.namelist()}
    assert len(files) == count == 5
    manifest = json.loads(files.pop("manifiesto.json"))
    assert manifest["number"] == "001-2024-ULE/MPP"
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert files["acta.pdf"] == papers.paper_bytes(either_cargo.db, archive, one.paper_id)
    rows = list(load_workbook(io.BytesIO(files["pendientes.xlsx"])).active.values)
    assert ("Formularios en poder", "FSU, en blanco: 460") in [row[:2] for row in rows]
    assert "40000001" not in repr(rows)
    assert "400000" not in files["LEAME.txt"].decode()
    assert history(either_cargo.db, one.id)[0].what == "Carpeta de la entrega guardada"
    assert (
        refused(
            packing.pack_handover,
            either_cargo.db,
            archive,
            actor=either_cargo.rosa,
            now=now,
            handover_id=one.id,
            target=target,
        )
        == "not_allowed"
    )


def test_the_receiver_goes_through_it_and_sees_what_changed(either_cargo, now, archive):
    one, db = either_cargo.issue(archive, now), either_cargo.db
    (waiting,) = pending.list_to_take(db, "lnuevo")
    assert waiting.id == one.id
    assert pending.list_to_take(db, "rquispe") == []
    assert pending.list_to_take(db, "nadie") == []
    assert pending.list_to_take(db, "") == []
    either_cargo.kardex.hand_out("41-60", either_cargo.kardex.beto)
    taken = {entry.line.title: entry.still for entry in taking.received(db, one, TODAY)}
    assert taken["FSU, en blanco: 460"] is True  # 000061 and on are still there
    assert taken["FSU en poder de EMPADRONADOR UNO PRUEBA: 40"] is True
    either_cargo.kardex.hand_out("61-500", either_cargo.kardex.ana)
    taken = {entry.line.title: entry.still for entry in taking.received(db, one, TODAY)}
    assert taken["FSU, en blanco: 460"] is False
    assert taken["FSU en poder de EMPADRONADOR UNO PRUEBA: 40"] is True
    seen = {"handover_id": one.id, "expected_version": one.version}
    assert refused(taking.take_handover, db, actor=either_cargo.rosa, now=now, **seen) == "not_receiver"
    taking.take_handover(db, actor=either_cargo.luis, now=now, **seen)
    assert pending.list_to_take(db, "lnuevo") == []
    after = drafts.load_handover(db, one.id)
    assert (after.taken_at, after.taken_by) == (now, "lnuevo")
    again = {"handover_id": one.id, "expected_version": after.version}
    later = now + timedelta(days=9)
    assert refused(taking.take_handover, db, actor=either_cargo.luis, now=later, **again) == "handover_taken"
    assert drafts.load_handover(db, one.id).taken_at == now
    assert all(check.ok for check in check_handovers(db))
    assert taking.received(db, either_cargo.draft(), TODAY) == []


def test_the_end_of_an_access_is_proposed_until_somebody_ends_it(either_cargo, now, archive):
    db = either_cargo.db
    assert pending.end_proposals(db) == []
    either_cargo.issue(archive, now)
    (asked,) = pending.end_proposals(db)
    assert (asked.kind.value, asked.record_id) == ("people.user", either_cargo.rosa_id)
    tray = inbox.load_tray(db, today=TODAY, actor=either_cargo.admin)
    assert "Cese el acceso de ROSA QUISPE PRUEBA" in [task.title for task in tray.tasks]
    user = users.load_user(db, either_cargo.rosa_id)
    users.end_user(
        db,
        actor=either_cargo.admin,
        now=now + timedelta(days=1),
        user_id=user.id,
        reason="Entregó su cargo",
        expected_version=user.version,
    )
    assert pending.end_proposals(db) == []


def test_cancelled_at_any_step_the_acta_leaves_nothing(cargo, archive, now):
    """At the first thing that is told, at the second and so on, up to the one that is no longer told."""
    who = {"actor": cargo.admin, "now": now}
    handover_id = drafts.add_handover(cargo.db, **who, handover=cargo.draft())
    before, series = history(cargo.db, handover_id), issuing.handover_series(cargo.db)
    left = -1

    def stop(_done, _total):
        nonlocal left
        left -= 1
        if left < 0:
            raise Cancelled

    for steps in range(1000):
        left = steps
        try:
            issuing.issue_acta(
                cargo.db, archive, **who, handover_id=handover_id, expected_version=1, progress=stop
            )
        except Cancelled:
            assert drafts.load_handover(cargo.db, handover_id).is_draft
            assert history(cargo.db, handover_id) == before
            assert papers.number_register(cargo.db, series.id, now.year) == []
            assert [one for one in archive.folder.rglob("*") if one.is_file()] == []
        else:
            break
    assert steps > 2
    assert drafts.load_handover(cargo.db, handover_id).number_text.startswith("001-")


@pytest.mark.parametrize("lines", [0, 2])  # while it is collected, and while it is printed
def test_cancelled_there_is_no_acta_no_number_and_no_folder(cargo, archive, now, lines, tmp_path):
    def stop(done, _total):
        if done >= lines:
            raise Cancelled

    who = {"actor": cargo.admin, "now": now}
    handover_id = drafts.add_handover(cargo.db, **who, handover=cargo.draft())
    before = history(cargo.db, handover_id)
    with pytest.raises(Cancelled):
        issuing.issue_acta(
            cargo.db, archive, **who, handover_id=handover_id, expected_version=1, progress=stop
        )
    target = tmp_path / "entrega.zip"
    with pytest.raises(Cancelled):
        packing.pack_handover(cargo.db, archive, **who, handover_id=handover_id, target=target, progress=stop)
    assert list(tmp_path.glob("*.zip")) == []
    assert drafts.load_handover(cargo.db, handover_id).is_draft
    assert history(cargo.db, handover_id) == before
    series = issuing.handover_series(cargo.db)
    assert papers.number_register(cargo.db, series.id, now.year) == []
    issuing.issue_acta(cargo.db, archive, **who, handover_id=handover_id, expected_version=1)
    assert not drafts.load_handover(cargo.db, handover_id).is_draft
