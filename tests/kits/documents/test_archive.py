"""The archive: what is put in comes out the same, or a sentence says that it does not."""

import hashlib
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.documents.archive import Archive


def test_bytes_come_back_by_their_hash(archive: Archive) -> None:
    sha256 = archive.put(b"papel")
    assert sha256 == hashlib.sha256(b"papel").hexdigest()
    assert archive.get(sha256) == b"papel"
    assert archive.path(sha256).read_bytes() == b"papel"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_kept(archive: Archive, data: bytes) -> None:
    assert archive.get(archive.put(data)) == data


def test_the_same_bytes_are_kept_once(archive: Archive) -> None:
    first = archive.put(b"papel")
    stamp = archive.path(first).stat().st_mtime_ns
    assert archive.put(b"papel") == first
    assert archive.path(first).stat().st_mtime_ns == stamp


def test_changed_files_are_noticed_and_not_given(archive: Archive) -> None:
    sha256 = archive.put(b"papel")
    archive.path(sha256).write_bytes(b"pape1")
    with pytest.raises(FileFailed, match="fue alterado o está dañado"):
        archive.get(sha256)
    (problem,) = archive.problems([("Informe 1", sha256), ("Informe 2", archive.put(b"otro"))])
    assert problem.startswith("Informe 1: El archivo guardado")
    archive.put(b"papel")  # the true bytes make it good again
    assert archive.get(sha256) == b"papel"
    assert archive.problems([("Informe 1", sha256)]) == []


def test_a_lost_file_is_told(archive: Archive) -> None:
    sha256 = archive.put(b"papel")
    shutil.rmtree(archive.folder)
    with pytest.raises(FileFailed, match="no está en"):
        archive.get(sha256)
    assert len(archive.problems([("Informe 1", sha256)])) == 1


@pytest.mark.parametrize("wrong", ["", "abc", "../../etc/passwd", "G" * 64, "A" * 64])
def test_only_hashes_are_looked_up(archive: Archive, wrong: str) -> None:
    with pytest.raises(FileFailed, match="huella"):
        archive.get(wrong)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "ocupado").write_text("no soy carpeta", encoding="utf-8")
    with pytest.raises(FileFailed):
        Archive(tmp_path / "ocupado").put(b"papel")
    assert (tmp_path / "ocupado").read_text(encoding="utf-8") == "no soy carpeta"


def test_a_folder_in_place_of_a_file_is_told(archive: Archive) -> None:
    sha256 = hashlib.sha256(b"papel").hexdigest()
    archive.path(sha256).mkdir(parents=True)
    with pytest.raises(FileFailed, match="No se pudo leer"):
        archive.get(sha256)
