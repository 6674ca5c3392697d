"""Settings of this PC: kept, read with care, never a password."""

from pathlib import Path

import pytest

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.settings import PcSettings


def test_without_a_file_the_settings_are_the_factorys(tmp_path: Path) -> None:
    assert PcSettings.load(tmp_path / "no.ini") == PcSettings()


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "sisfoh.ini"
    settings = PcSettings(
        database="/datos/oficina %d ñandú.db",
        user="prueba",
        office="ULE",
        theme="dark",
        archive_folder="/datos/archivo",
        p12_path="/datos/c.p12",
        pkcs11_library="/usr/lib/idplug.so",
        pkcs11_label="FIR",
    )
    settings.save(path)
    assert PcSettings.load(path) == settings


def test_they_lie_in_the_persons_folder_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path))
    PcSettings(user="prueba").save()
    assert (tmp_path / "sisfoh.ini").exists()
    assert PcSettings.load().user == "prueba"


def test_a_file_edited_by_hand_may_lack_or_add_things(tmp_path: Path) -> None:
    path = tmp_path / "sisfoh.ini"
    path.write_text("\ufeff[pc]\nuser = ana\ntheme = rosado\nsobra = 1\n[otra]\nx = 1\n", encoding="utf-8")
    assert PcSettings.load(path) == PcSettings(user="ana")
    path.write_text("", encoding="utf-8")
    assert PcSettings.load(path) == PcSettings()


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"\0" * 400,
        b"[pc]\ndatabase = a\0b.db",
        b"sin seccion = 1",
        b"[pc]\nuser = a\nuser = b",
    ],
)
def test_a_damaged_file_gives_a_sentence_and_stays(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sisfoh.ini"
    path.write_bytes(content)
    with pytest.raises(FileFailed) as failure:
        PcSettings.load(path)
    assert str(path) in failure.value.sentence
    assert path.read_bytes() == content


def test_a_password_in_the_address_of_the_base_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "sisfoh.ini"
    with pytest.raises(RuleError) as refusal:
        PcSettings(database="postgresql://ule:clave@servidor/sisfoh").save(path)
    assert refusal.value.code == "password_in_settings"
    assert "clave@" not in refusal.value.sentence
    assert not path.exists()
    for hidden in ("password=clave", "sslmode=require&PASSWORD=clave", "user=u&sslpassword=clave"):
        with pytest.raises(RuleError):
            PcSettings(database=f"postgresql://ule@servidor/sisfoh?{hidden}").save(path)
    PcSettings(database="postgresql://ule@servidor/sisfoh?sslmode=require").save(path)
    assert path.exists()


def test_a_value_with_line_breaks_cannot_add_settings(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as refusal:
        PcSettings(user="ana\ntheme = dark").save(tmp_path / "sisfoh.ini")
    assert refusal.value.code == "setting_invalid"
