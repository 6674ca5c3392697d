"""Evidence on a real base: only added, landing on the right duty by itself, two people at once."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed, RuleError, SisfohError, StaleRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import (
    Duty,
    DutyLink,
    DutyState,
    EvidenceKind,
    Frequency,
    GapKind,
    Matrix,
    MatrixState,
    MatrixUnit,
)

DAY = date(2024, 3, 8)


class Office:
    """A matrix in force whose third duty is proved by weekly reports."""

    def __init__(self, db: Database, archive: Archive, actor: Actor, now: datetime, matrix_id: int) -> None:
        self.db, self.archive, self.matrix_id = db, archive, matrix_id
        self.who: dict[str, Any] = {"actor": actor, "now": now}
        first = self.duty(2)
        self.save(replace(first, link=DutyLink.WEEKLY_REPORT, frequency=Frequency.WEEKLY))
        self.state(MatrixState.IN_FORCE)

    @property
    def matrix(self) -> Matrix:
        return service.load_matrix(self.db, self.matrix_id, DAY)

    def duty(self, number: int) -> Duty:
        return [duty for unit in self.matrix.units for duty in unit.duties][number]

    def save(self, duty: Duty, expected_version: int = 0) -> int:
        matrix = self.matrix
        unit, _old = rules.duty_in(matrix, duty.id)
        return service.save_matrix(
            self.db,
            **self.who,
            matrix=rules.with_duty(matrix, unit.id, duty),
            expected_version=expected_version or matrix.version,
        )

    def state(self, state: MatrixState, reason: str = "") -> None:
        service.set_matrix_state(
            self.db,
            **self.who,
            matrix_id=self.matrix_id,
            expected_version=self.matrix.version,
            state=state,
            reason=reason,
        )

    def add(self, number: int = 0, said: str = "Acta firmada", **more: Any) -> int:
        return service.add_evidence(
            self.db, self.archive, **self.who, duty_id=self.duty(number).id, text=said, **{"day": DAY, **more}
        )

    def bring(self, record_id: int = 5, **more: Any) -> list[int]:
        means = {
            "link": DutyLink.WEEKLY_REPORT,
            "record_kind": "weekly_reports",
            "record_id": record_id,
            "label": f"Informe semanal {record_id:02d}",
            "day": DAY,
            **more,
        }
        with self.db.transaction() as session:
            return service.record_evidence_in(session, **self.who, **means)

    def trail(self) -> list[tuple[str, dict, dict, str]]:
        with self.db.reading() as session:
            rows = session.execute(
                text(
                    "SELECT action, before, after, reason FROM audit_entry "
                    "WHERE action LIKE 'matrix.evidence%' ORDER BY id"
                )
            ).all()
        return [(row[0], json.loads(row[1] or "{}"), json.loads(row[2] or "{}"), row[3]) for row in rows]


@pytest.fixture
def open_office(
    archive: Archive,
    actor: Actor,
    now: datetime,
    make_units: Callable[[Database], dict[str, int]],
    make_matrix: Callable[[Database, dict[str, int]], int],
) -> Callable[[Database], Office]:
    return lambda db: Office(db, archive, actor, now, make_matrix(db, make_units(db)))


@pytest.fixture
def office(db: Database, open_office: Callable[[Database], Office]) -> Office:
    return open_office(db)


@pytest.fixture
def either_office(either_db: Database, open_office: Callable[[Database], Office]) -> Office:
    return open_office(either_db)


def test_a_note_is_the_latest_progress_and_starts_the_duty(either_office: Office) -> None:
    office = either_office
    office.add(said="Segunda", day=DAY - timedelta(days=1))
    office.add(said="La más nueva")
    office.add(said="Primera", day=DAY - timedelta(days=9))
    duty = office.duty(0)
    assert duty.progress == rules.Progress(DAY, "La más nueva", 3)
    assert duty.state is DutyState.UNDER_WAY
    shown = service.list_evidence(office.db, office.matrix_id)[duty.id]
    assert [one.text for one in shown] == ["La más nueva", "Segunda", "Primera"]
    assert office.trail()[0][1:3] == (
        {"state": "pendiente"},
        {
            "evidence": 1,
            "duty": duty.id,
            "text": "Segunda",
            "day": "2024-03-07",
            "state": "en_curso",
        },
    )
    assert "state" not in office.trail()[1][2]


def test_a_file_is_kept_whole_and_found_lost(office: Office) -> None:
    evidence_id = office.add(file=("informe.pdf", b"%PDF-1.7 contenido"))
    assert service.evidence_file(office.db, office.archive, evidence_id) == (
        "informe.pdf",
        b"%PDF-1.7 contenido",
    )
    assert not [gap for gap in _gaps(office) if gap.kind is GapKind.FILE_MISSING]
    (entry,) = service.list_evidence(office.db, office.matrix_id)[office.duty(0).id]
    assert entry.kind is EvidenceKind.FILE
    office.archive.path(entry.file_sha256).unlink()
    assert [gap.code for gap in _gaps(office) if gap.kind is GapKind.FILE_MISSING] == ["01.a"]
    with pytest.raises(FileFailed, match="respaldo"):
        service.evidence_file(office.db, office.archive, evidence_id)


def _gaps(office: Office) -> tuple[rules.Gap, ...]:
    return service.list_gaps(office.db, office.matrix_id, DAY, office.archive)


def test_what_cannot_be_evidence_leaves_no_trace(office: Office) -> None:
    for more in ({"day": DAY + timedelta(days=1)}, {"file": ("virus.exe", b"MZ")}, {"said": " "}):
        with pytest.raises(RuleError):
            office.add(**more)
    assert office.duty(0).progress is None
    assert office.trail() == []


def test_an_entry_is_withdrawn_once_with_its_reason_and_stays_in_sight(office: Office) -> None:
    evidence_id = office.add()
    withdraw = {"evidence_id": evidence_id, "reason": "Era de otra función"}
    service.withdraw_evidence(office.db, **office.who, **withdraw)
    assert office.duty(0).progress is None
    (entry,) = service.list_evidence(office.db, office.matrix_id)[office.duty(0).id]
    assert entry.withdrawn == "Era de otra función"
    with pytest.raises(RuleError, match="ya estaba anulada"):
        service.withdraw_evidence(office.db, **office.who, **withdraw)
    with pytest.raises(RuleError, match="motivo"):
        service.withdraw_evidence(office.db, **office.who, evidence_id=office.add(), reason=" ")
    assert office.trail()[1][0] == "matrix.evidence_withdraw"
    assert office.trail()[1][3] == "Era de otra función"


def test_the_base_itself_refuses_to_rewrite_evidence(either_office: Office) -> None:
    either_office.add()
    for statement in ("UPDATE duty_evidence SET text = 'otro'", "DELETE FROM duty_evidence"):
        with (
            pytest.raises((DBAPIError, SisfohError)) as refusal,
            either_office.db.transaction() as session,
        ):
            session.execute(text(statement))
        assert "append-only" in str(refusal.value.__cause__ or refusal.value)
    assert either_office.duty(0).progress.text == "Acta firmada"


def test_a_record_lands_on_the_duty_with_its_link(either_office: Office) -> None:
    office = either_office
    (evidence_id,) = office.bring()
    duty = office.duty(2)
    assert duty.progress == rules.Progress(DAY, "Informe semanal 05", 1)
    assert duty.state is DutyState.UNDER_WAY
    assert office.duty(0).state is DutyState.PENDING
    assert office.bring() == [evidence_id]
    assert office.duty(2).progress.count == 1
    office.bring(6, label="x" * 5000)
    assert office.duty(2).progress.text == "x" * 1000
    entry = service.list_evidence(office.db, office.matrix_id)[duty.id][-1]
    assert (entry.kind, entry.record_kind, entry.record_id) == (EvidenceKind.RECORD, "weekly_reports", 5)


def test_a_record_that_no_duty_asks_for_is_nothing(office: Office) -> None:
    assert office.bring(link=DutyLink.KARDEX) == []
    assert office.bring(matrix_id=999) == []
    assert office.duty(2).progress is None
    assert office.trail() == []


def test_a_record_lands_in_the_newest_matrix_in_force(office: Office) -> None:
    newer = service.copy_matrix(office.db, **office.who, source_id=office.matrix_id, title="PLAN 2025")
    assert office.bring()  # the copy is a draft: the old one still answers
    assert office.duty(2).progress.count == 1
    service.set_matrix_state(
        office.db, **office.who, matrix_id=newer, expected_version=1, state=MatrixState.IN_FORCE
    )
    office.bring(6)
    assert office.duty(2).progress.count == 1
    copy = service.load_matrix(office.db, newer, DAY)
    assert copy.units[1].duties[0].progress.text == "Informe semanal 06"


def test_a_record_is_withdrawn_by_its_own_module_only(office: Office) -> None:
    (evidence_id,) = office.bring()
    with pytest.raises(RuleError, match="Anúlelo allí"):
        service.withdraw_evidence(office.db, **office.who, evidence_id=evidence_id, reason="x")
    for expected in (1, 0):
        with office.db.transaction() as session:
            count = service.withdraw_record_in(
                session, **office.who, record_kind="weekly_reports", record_id=5, reason="Informe anulado"
            )
        assert count == expected
    assert office.duty(2).progress is None
    assert office.bring() != [evidence_id]  # the record may come back


def test_two_people_prove_two_duties_and_neither_is_lost(either_office: Office) -> None:
    office = either_office
    seen = office.matrix
    office.add(0, "De ella")
    office.add(1, "De él")
    assert [office.duty(n).progress.text for n in (0, 1)] == ["De ella", "De él"]
    stale = replace(seen.units[0].duties[0], responsible="Quien no vio la evidencia")
    with pytest.raises(StaleRow):
        office.save(stale, expected_version=seen.version)
    assert office.duty(0).state is DutyState.UNDER_WAY
    version = office.matrix.version
    office.add(0, "Otra más")
    assert (
        office.matrix.version == version
    )  # nothing of the matrix itself changed: what others type stays good


def test_many_at_once_lose_nothing_and_the_same_record_counts_once(either_office: Office) -> None:
    office = either_office
    version = office.matrix.version
    with ThreadPoolExecutor(4) as people:
        notes = list(people.map(lambda n: office.add(1, f"Acta {n}"), range(4)))
        records = list(people.map(lambda _n: office.bring(), range(4)))
    assert len(set(notes)) == 4
    assert office.duty(1).progress.count == 4
    assert len({tuple(made) for made in records}) == 1
    assert office.duty(2).progress.count == 1
    assert office.matrix.version == version + 2  # each duty passed to under way once


def test_an_archived_matrix_takes_no_evidence(office: Office) -> None:
    evidence_id = office.add()
    office.state(MatrixState.ARCHIVED)
    for act in (
        lambda: office.add(),
        lambda: service.withdraw_evidence(office.db, **office.who, evidence_id=evidence_id, reason="x"),
    ):
        with pytest.raises(RuleError, match="archivada"):
            act()
    assert office.bring() == []
    assert office.bring(matrix_id=office.matrix_id) == []  # the record itself is kept by its own module


def test_a_duty_with_evidence_is_not_taken_out(office: Office) -> None:
    office.add()
    office.state(MatrixState.DRAFT, "Observada")
    matrix = office.matrix
    for changed in (
        rules.without_duty(matrix, matrix.units[0].duties[0].id),
        rules.without_unit(matrix, matrix.units[0].id),
    ):
        with pytest.raises(RuleError, match=r"01\.a tiene evidencia"):
            service.save_matrix(office.db, **office.who, matrix=changed, expected_version=matrix.version)
    free = rules.without_duty(matrix, matrix.units[0].duties[1].id)
    service.save_matrix(office.db, **office.who, matrix=free, expected_version=matrix.version)
    assert office.matrix.duty_count == 2


def test_a_held_matrix_is_followed_up_but_not_rewritten(office: Office) -> None:
    office.state(MatrixState.DRAFT, "Observada")
    with office.db.transaction() as session:
        service.hold_matrix_in(session, **office.who, matrix_id=office.matrix_id, held_by="091-2024-GM/MP")
    office.add()
    office.save(replace(office.duty(1), responsible="Ana", frequency=Frequency.MONTHLY, source_norm="Ley"))
    assert office.duty(1).responsible == "Ana"
    with pytest.raises(RuleError, match="congelada"):
        office.save(replace(office.duty(1), text="Otra cosa"))


def test_what_falls_due_is_told_in_one_pass(office: Office) -> None:
    office.save(replace(office.duty(0), due=date(2024, 3, 20), responsible="Gerente"))
    service.create_matrix(
        office.db,
        **office.who,
        matrix=Matrix("BORRADOR", units=(MatrixUnit(label="X", duties=(Duty("y", due=DAY),)),)),
    )
    due = service.list_due_duties(office.db, DAY)
    assert [(one.matrix_id, one.unit, one.letter, one.due, one.owner, one.why) for one in due] == [
        (
            office.matrix_id,
            "ULE (SISFOH)",
            "a",
            date(2024, 3, 15),
            "",
            "evidencia semanal: todavía no hay ninguna",
        ),
        (
            office.matrix_id,
            "GERENCIA MUNICIPAL",
            "a",
            date(2024, 3, 20),
            "Gerente",
            "fecha límite de la función",
        ),
    ]
    office.bring()
    office.save(replace(office.duty(0), state=DutyState.DONE))
    assert [one.why for one in service.list_due_duties(office.db, DAY)] == [
        "evidencia semanal: la última es del 08/03/2024"
    ]


def test_the_same_token_adds_once(office: Office) -> None:
    assert office.add(token="t-9") == office.add(token="t-9")
    assert office.duty(0).progress.count == 1


def test_a_duty_that_is_gone_is_told(office: Office) -> None:
    with pytest.raises(SisfohError, match="ya no está en la matriz"):
        service.add_evidence(office.db, office.archive, **office.who, duty_id=999, text="x", day=DAY)
    with pytest.raises(SisfohError, match="no existe"):
        service.withdraw_evidence(office.db, **office.who, evidence_id=999, reason="x")
    with pytest.raises(SisfohError, match="no tiene archivo"):
        service.evidence_file(office.db, office.archive, office.add())
