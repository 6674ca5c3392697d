"""When copies are due, how they are called, which old ones may go."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.modules.safekeeping.rules import backups as rules
from sisfoh_desktop.modules.safekeeping.rules.facts import Backup, BackupStanding, Occasion
from sisfoh_desktop.modules.safekeeping.rules.manifest import (
    Manifest,
    PackedFile,
    PackedTable,
    read_manifest,
)
from sisfoh_desktop.modules.safekeeping.rules.pending import backup_pending

MADE = datetime(2024, 3, 4, 17, 30, tzinfo=LIMA)
LAST = Backup(1, MADE, "rosa", Occasion.DEMAND, "r.sisfoh", "/usb", "a" * 64, 1, 1, 1, 1, "b" * 64, False)


def standing(**changes):
    values = {"last": LAST, "changes": 3, "first_entry_at": MADE, "first_backup_at": MADE} | changes
    return BackupStanding(**values)


@pytest.mark.parametrize(
    ("office", "sigla"),
    [
        ("MPT", "MPT"),
        ("Ñuñoa y Alto / Bajo", "Nunoa-y-Alto-Bajo"),
        ("", "oficina"),
        ("../../etc", "etc"),
        ("☃", "oficina"),
        ("x" * 80, "x" * 24),
    ],
)
def test_the_name_of_a_copy_fits_every_disk(office, sigla):
    assert rules.backup_name(office, MADE) == f"respaldo-{sigla}-20240304-1730.sisfoh"
    assert rules.backup_name(office, MADE, again=1) == f"respaldo-{sigla}-20240304-1730-2.sisfoh"


def test_a_password_is_long_enough_and_typed_twice_alike():
    assert rules.check_password("", "") == ""
    assert rules.check_password(" una frase larga ", " una frase larga ") == " una frase larga "
    for password, again, code in (
        ("corta", "corta", "password_short"),
        ("a" * 12, "b" * 12, "password_differs"),
    ):
        with pytest.raises(RuleError) as refused:
            rules.check_password(password, again)
        assert refused.value.code == code


def test_a_copy_is_due_a_week_after_the_last_one_if_anything_changed():
    assert rules.next_backup_due(standing()) == date(2024, 3, 11)
    assert rules.next_backup_due(standing(changes=0)) is None
    assert rules.next_backup_due(standing(last=None)) == date(2024, 3, 11)
    assert rules.next_backup_due(BackupStanding(None, 0, None)) is None


def test_a_restore_is_tried_two_weeks_after_the_first_copy_and_then_every_three_months():
    assert rules.next_rehearsal_due(standing()) == date(2024, 3, 18)
    assert rules.next_rehearsal_due(standing(rehearsed_at=MADE)) == date(2024, 6, 2)
    assert rules.next_rehearsal_due(BackupStanding(None, 5, MADE)) is None


@pytest.mark.parametrize(
    ("today", "missing", "titles"),
    [
        (date(2024, 3, 10), "/usb", []),
        (date(2024, 3, 11), "", ["Haga el respaldo de la semana"]),
        (date(2024, 3, 11), "/usb", ["Haga el respaldo de la semana", "Conecte la memoria de los respaldos"]),
        (
            date(2024, 3, 18),
            "",
            ["Haga el respaldo de la semana", "Ensaye la restauración de un respaldo"],
        ),
    ],
)
def test_the_tray_asks_for_what_is_due(today, missing, titles):
    assert [line.title for line in backup_pending(standing(), today, missing_folder=missing)] == titles


moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))


@given(st.sets(moments, max_size=80))
def test_thinning_keeps_the_newest_and_is_at_rest_after_once(all_moments):
    kept = rules.kept_moments(all_moments)
    assert kept <= all_moments
    assert len(kept) <= 31
    assert rules.kept_moments(kept) == kept
    if all_moments:
        assert max(all_moments) in kept


def test_thinning_keeps_twelve_days_ten_weeks_and_nine_months():
    daily = [MADE - timedelta(days=number) for number in range(800)]
    kept = sorted(rules.kept_moments(daily), reverse=True)
    assert kept[:12] == daily[:12]
    assert kept[-1] >= MADE - timedelta(days=280)
    assert 20 <= len(kept) <= 31


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "1 kB"), (850_000, "850 kB"), (12_400_000, "12.4 MB"), (3_000_000_000, "3.0 GB")],
)
def test_sizes_are_said_as_on_a_memory_stick(count, words):
    assert rules.size_words(count) == words.replace(" ", "\u00a0")


MANIFEST = Manifest(
    program="0.1.0",
    revision="0025",
    made_at=MADE,
    made_by="Rosa Ñahui",
    office="MPT",
    base_name="oficina.db",
    encrypted=True,
    entries=5,
    head="c" * 64,
    tables=(PackedTable("body", 3, "d" * 64),),
    base=PackedFile("base.db", 10, "e" * 64),
    envelope=PackedFile("base.db.sobre", 5, "f" * 64),
    papers=(PackedFile("archivo/ab/ab" + "0" * 62, 7, "1" * 64),),
)


def test_a_list_of_contents_reads_back_as_written():
    assert read_manifest(MANIFEST.to_json()) == MANIFEST
    assert MANIFEST.byte_count == 22


@pytest.mark.parametrize(
    ("part", "forged"),
    [
        ('"base.db"', '"/etc/passwd"'),
        ('"base.db.sobre"', '"../base.db.sobre"'),
        ("archivo/ab/ab", "archivo/../ab"),
        ("archivo/ab/ab", "archivo/ab/cd"),
        ('"byte_count": 10', '"byte_count": -1'),
        ('"byte_count": 10', '"byte_count": 1e9'),
        ('"byte_count": 10', '"byte_count": true'),
        ('"encrypted": true', '"encrypted": "no"'),
        ('"revision": "0025"', '"revision": "25; DROP"'),
        ('"name": "body"', '"name": "body\\""'),
        ("Rosa", "Ro\\u0000sa"),
        ("Rosa", "R" * 300),
        ("-05:00", ""),
    ],
)
def test_a_list_that_this_program_would_not_write_is_refused(part, forged):
    data = MANIFEST.to_json().decode()
    assert part in data
    with pytest.raises(FileFailed, match="alterado"):
        read_manifest(data.replace(part, forged, 1).encode())


@given(st.binary(max_size=200))
def test_noise_is_no_list(data):
    with pytest.raises(FileFailed):
        read_manifest(data)
