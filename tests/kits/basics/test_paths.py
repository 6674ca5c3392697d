"""Where data lie, shares that are refused, and writes that survive a failure."""

import ctypes
import errno
import os
import sys
import tempfile
import types
from pathlib import Path

import pytest

from sisfoh_desktop.basics import paths
from sisfoh_desktop.basics.errors import FileFailed


def test_shipped_data_are_found_in_a_checkout() -> None:
    assert (paths.data_root() / "resources").is_dir()
    assert paths.resource("data", "national") == paths.data_root() / "resources" / "data" / "national"


def test_shipped_data_are_found_in_a_wheel_and_in_a_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_bundled").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    assert paths.data_root() == tmp_path / "_bundled"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    assert paths.data_root() == tmp_path / "frozen"


def test_the_persons_folder_can_be_set_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SISFOH_DATOS", "/otra/parte")
    assert paths.user_data_dir() == Path("/otra/parte")
    monkeypatch.delenv("SISFOH_DATOS")
    assert paths.user_data_dir().name == "data"
    assert "SISFOH" in paths.user_data_dir().parts


@pytest.mark.parametrize(
    ("where", "shared"),
    [
        ("/local/base.db", False),
        ("/red/base.db", True),
        ("/red/dentro/base.db", False),
        ("/mi carpeta/base.db", True),
        ("/fuse/base.db", True),
        ("/disco/base.db", False),
        ("/doble/base.db", True),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the mount table is a Linux matter")
def test_a_network_share_is_known_by_its_mount(
    where: str, shared: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "//servidor/red /red cifs rw 0 0\n"
        "/dev/sdb1 /red/dentro ext4 rw 0 0\n"
        "servidor:/x /mi\\040carpeta nfs4 rw 0 0\n"
        "sshfs#x /fuse fuse.sshfs rw 0 0\n"
        "/dev/sdc1 /disco fuseblk rw 0 0\n"
        "/dev/sdd1 /doble ext4 rw 0 0\n"
        "//servidor/doble /doble smb3 rw 0 0\n"
        "linea rota\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(paths, "_MOUNT_TABLE", table)
    assert paths.on_network_share(Path(where)) is shared


@pytest.mark.skipif(sys.platform == "win32", reason="the mount table is a Linux matter")
def test_without_a_mount_table_nothing_is_called_a_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_MOUNT_TABLE", tmp_path / "no existe")
    assert not paths.on_network_share(tmp_path / "base.db")


@pytest.mark.parametrize(
    ("anchor", "drive_type", "shared"),
    [("Z:", 4, True), ("C:", 3, False), ("\\\\servidor\\red", 3, True), ("//servidor/red", 3, True)],
)
def test_on_windows_mapped_letters_and_server_names_are_shares(
    anchor: str, drive_type: int, shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def get_drive_type(root: str) -> int:
        asked.append(root)
        return drive_type

    kernel32 = types.SimpleNamespace(GetDriveTypeW=get_drive_type)
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(kernel32=kernel32), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(paths.os.path, "splitdrive", lambda path: (anchor, path))
    assert paths.on_network_share(Path("base.db")) is shared
    assert asked in ([], [anchor + "\\"])


def test_a_file_is_written_whole_and_its_folder_is_made(tmp_path: Path) -> None:
    target = tmp_path / "nueva" / "carpeta" / "acta.pdf"
    paths.atomic_write(target, b"uno")
    paths.atomic_write(target, b"dos")
    assert target.read_bytes() == b"dos"
    assert [entry.name for entry in target.parent.iterdir()] == ["acta.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_permissions_of_a_replaced_file_stay(tmp_path: Path) -> None:
    target = tmp_path / "acta.pdf"
    target.write_bytes(b"uno")
    target.chmod(0o640)
    paths.atomic_write(target, b"dos")
    assert target.stat().st_mode & 0o777 == 0o640


def test_where_folders_cannot_be_opened_the_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    paths.atomic_write(tmp_path / "acta.pdf", b"uno")
    assert (tmp_path / "acta.pdf").read_bytes() == b"uno"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "disco está lleno"),
        (errno.EROFS, "no permite escribir"),
        (errno.EACCES, "no permite escribir"),
        (errno.ENAMETOOLONG, "nombre no es válido"),
        (errno.EIO, "no respondió"),
    ],
)
def test_a_failed_write_says_why_keeps_the_old_file_and_leaves_no_litter(
    number: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "acta.pdf"
    target.write_bytes(b"lo anterior")

    def full(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileFailed) as failure:
        paths.atomic_write(target, b"lo nuevo")
    assert told in failure.value.sentence
    assert "acta.pdf" in failure.value.sentence
    assert "quedó como estaba" in failure.value.sentence
    assert target.read_bytes() == b"lo anterior"
    assert [entry.name for entry in tmp_path.iterdir()] == ["acta.pdf"]


def test_a_folder_that_takes_no_file_gives_the_same_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_options: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(FileFailed) as failure:
        paths.atomic_write(tmp_path / "acta.pdf", b"x")
    assert "no permite escribir" in failure.value.sentence


def test_a_place_that_is_no_file_is_left_alone(tmp_path):
    folder = tmp_path / "carpeta"
    folder.mkdir()
    with pytest.raises(FileFailed) as caught:
        paths.atomic_write(folder, b"x")
    assert "no se escribió nada" in caught.value.sentence
    assert folder.is_dir()
    assert list(tmp_path.iterdir()) == [folder]
