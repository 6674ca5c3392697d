"""What proves an execution: documents and files, withdrawn with a reason and never erased."""

import pytest
from poi_office import PoiOffice

from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.poi.service import evidence, following


def add(office: PoiOffice, archive: Archive, **more: object) -> int:
    told = {"activity_id": office.ids[0], "month": 2, "document": "Acta de sesión N° 4", **more}
    return evidence.add_evidence(office.db, archive, actor=office.actor, now=office.now, **told)  # type: ignore[arg-type]


def withdraw(
    office: PoiOffice, evidence_id: int, reason: str = "Es de otra actividad", version: int = 1
) -> None:
    evidence.withdraw_evidence(
        office.db,
        actor=office.actor,
        now=office.now,
        evidence_id=evidence_id,
        expected_version=version,
        reason=reason,
    )


def test_a_document_or_a_file_proves_a_month(either_poi: PoiOffice, archive: Archive) -> None:
    office = either_poi
    named = add(office, archive, token="uno")
    assert add(office, archive, token="uno") == named
    kept = add(office, archive, document="Foto", file_name="acta.pdf", data=b"%PDF-1.4 acta")
    found = evidence.list_evidence(office.db, office.ids[0], 2)
    assert [one.id for one in found] == [kept, named]
    assert found[0].file_name == "acta.pdf"
    assert evidence.evidence_file(office.db, archive, kept) == ("acta.pdf", b"%PDF-1.4 acta")
    assert evidence.list_evidence(office.db, office.ids[0], 1) == []
    followed = following.load_follow_up(office.db, office.plan)
    assert followed.activities[0].evidence == {2: 2}
    with pytest.raises(RuleError) as refused:
        evidence.evidence_file(office.db, archive, named)
    assert refused.value.code == "evidence_without_file"


def test_what_cannot_be_kept_is_refused(poi_office: PoiOffice, archive: Archive) -> None:
    for more, code in (
        ({"document": " "}, "text_missing"),
        ({"month": 4}, "month_not_begun"),
        ({"activity_id": 999}, "activity_unknown"),
        ({"file_name": "virus.exe", "data": b"MZ"}, "file_kind"),
        ({"file_name": "nada.pdf", "data": b""}, "file_empty"),
    ):
        with pytest.raises(RuleError) as refused:
            add(poi_office, archive, **more)
        assert refused.value.code == code
    with pytest.raises(RuleError) as refused:
        evidence.evidence_file(poi_office.db, archive, 999)
    assert refused.value.code == "evidence_unknown"


def test_withdrawn_evidence_stays_in_sight_and_no_longer_counts(
    either_poi: PoiOffice, archive: Archive
) -> None:
    office = either_poi
    one, other = add(office, archive), add(office, archive)
    with pytest.raises(StaleRow):
        withdraw(office, one, version=7)
    withdraw(office, one)
    found = {line.id: line for line in evidence.list_evidence(office.db, office.ids[0])}
    assert found[one].withdrawn == "Es de otra actividad"
    assert following.load_follow_up(office.db, office.plan).activities[0].evidence == {2: 1}
    with pytest.raises(RuleError) as refused:
        withdraw(office, one, version=2)
    assert refused.value.code == "evidence_withdrawn"
    office.close(2)
    with pytest.raises(RuleError) as refused:
        withdraw(office, other)
    assert refused.value.code == "month_closed"
    assert add(office, archive, document="Llegó después") > other, "a paper may come after the closing"


def test_a_damaged_file_is_told(poi_office: PoiOffice, archive: Archive) -> None:
    kept = add(poi_office, archive, file_name="acta.pdf", data=b"%PDF-1.4 acta")
    assert evidence.check_evidence_files(poi_office.db, archive) == []
    (found,) = evidence.list_evidence(poi_office.db, poi_office.ids[0])
    archive.path(found.sha256).write_bytes(b"otra cosa")
    (sentence,) = evidence.check_evidence_files(poi_office.db, archive)
    assert "acta.pdf" in sentence
    with pytest.raises(FileFailed):
        evidence.evidence_file(poi_office.db, archive, kept)


@pytest.mark.parametrize("month", [-1, 0, 13])
def test_a_month_that_is_none_is_refused(poi_office: PoiOffice, archive: Archive, month: int) -> None:
    with pytest.raises(RuleError, match=f"{month} no es un mes") as refused:
        evidence.add_evidence(
            poi_office.db,
            archive,
            actor=poi_office.actor,
            now=poi_office.now,
            activity_id=poi_office.ids[0],
            month=month,
            document="Acta",
        )
    assert refused.value.code == "month_unknown"


@pytest.mark.parametrize("name", ["../../inicio/acta.pdf", "C:\\Windows\\acta.pdf", "\u202eacta.pdf"])
def test_of_the_name_of_a_file_no_folder_is_kept(poi_office: PoiOffice, archive: Archive, name: str) -> None:
    evidence_id = evidence.add_evidence(
        poi_office.db,
        archive,
        actor=poi_office.actor,
        now=poi_office.now,
        activity_id=poi_office.ids[0],
        month=1,
        document="Acta",
        file_name=name,
        data=b"MZ: es un programa con nombre de PDF",
    )
    assert evidence.evidence_file(poi_office.db, archive, evidence_id)[0] == "acta.pdf"
