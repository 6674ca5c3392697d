"""A package with password opens without this program: a ZIP with a key and its content, both in the age format."""

import io
import json
import zipfile

import pyrage

from sisfoh_desktop.modules.safekeeping.service import backups

PASSWORD = "una frase larga ñ"


def test_a_locked_package_is_opened_with_age_alone(db, archive, actor, now, tmp_path):
    sha256 = archive.put(b"%PDF-1.7 uno")
    backup = backups.make_backup(db, archive, actor=actor, now=now, folder=tmp_path, password=PASSWORD)
    with zipfile.ZipFile(tmp_path / backup.file_name) as outer:
        assert sorted(outer.namelist()) == ["LEAME.txt", "llave.age", "respaldo.age"]
        assert "age --decrypt --identity llave.age" in outer.read("LEAME.txt").decode()
        key = pyrage.passphrase.decrypt(outer.read("llave.age"), PASSWORD).decode().strip()
        plain = io.BytesIO()
        pyrage.decrypt_io(
            io.BytesIO(outer.read("respaldo.age")), plain, [pyrage.x25519.Identity.from_str(key)]
        )
    with zipfile.ZipFile(plain) as inner:
        assert inner.testzip() is None
        assert inner.read(f"archivo/{sha256[:2]}/{sha256}") == b"%PDF-1.7 uno"
        assert inner.read("base.db").startswith(b"SQLite format 3")
        assert json.loads(inner.read("manifiesto.json"))["entries"] == 0
