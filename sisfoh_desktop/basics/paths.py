"""Where things lie: shipped data, the person's own data, and a way to write a file that survives a power cut.

What the files hold is not known here. Shipped data are read-only; personal data never lie beside the program.
"""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from sisfoh_desktop.basics.errors import FileFailed

_PACKAGE = Path(__file__).resolve().parent.parent

# File systems whose locks cannot be trusted between PCs (SQLite's WAL needs one host).
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "ncpfs"}
)
_MOUNT_TABLE = Path("/proc/self/mounts")
_PORTION = 1 << 20  # bytes overwritten at once
# Read once, here: asking for it means setting it for a moment, for every thread.
_UMASK = os.umask(0)
os.umask(_UMASK)
_WINDOWS_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def data_root() -> Path:
    """The folder that holds `resources/` and `migrations/`: frozen program, installed wheel or checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    bundled = _PACKAGE / "_bundled"
    return bundled if bundled.is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """Path of a shipped file, e.g. `resource("data", "national", "holidays.toml")`; it may not exist."""
    return data_root().joinpath("resources", *parts)


def user_data_dir() -> Path:
    """The person's own folder for databases, archive and log; made by whoever first writes there.

    `SISFOH_DATOS` in the environment names another folder (a second office on one PC, a trial).
    """
    chosen = os.environ.get("SISFOH_DATOS", "").strip()
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("SISFOH", appauthor=False, roaming=False) / "data"


def on_network_share(path: Path) -> bool:
    r"""Whether `path` (or its nearest existing folder) lies on another PC's disk.

    On Windows a mapped letter counts as well as `\\server\share`; elsewhere the mount table decides.
    """
    if sys.platform == "win32":
        return _on_windows_share(path)
    return _on_posix_share(path)


def _on_windows_share(path: Path) -> bool:
    import ctypes

    anchor = os.path.splitdrive(os.path.abspath(path))[0]  # noqa: PTH100 - resolve() would follow the letter
    if anchor.startswith(("\\\\", "//")):
        return True
    drive_type = ctypes.windll.kernel32.GetDriveTypeW  # type: ignore[attr-defined,unused-ignore]
    return bool(drive_type(anchor + "\\") == _WINDOWS_REMOTE_DRIVE)


def _on_posix_share(path: Path) -> bool:
    try:
        table = _MOUNT_TABLE.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False  # a system without the table: nothing speaks against a local disk
    target = path.resolve()
    best_length, best_type = -1, ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ")
        # Later lines hide earlier ones on the same mount point, hence >=.
        if target.is_relative_to(mount) and len(mount) >= best_length:
            best_length, best_type = len(mount), fields[2]
    return best_type in _NETWORK_FILE_SYSTEMS or best_type.startswith("fuse.")


def atomic_write(path: Path, data: bytes) -> None:
    """Write `data` so that `path` holds either the old or the new bytes, never half of them.

    Raises FileFailed with a sentence for the screen; the old file stays and no temporary file is left.
    """
    if path.exists() and not path.is_file():
        raise FileFailed(
            f"«{path}» no es un archivo en el que se pueda guardar; no se escribió nada. Elija otro nombre."
        )
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _keep_mode(temporary, path)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise FileFailed(write_failure_sentence(path, error)) from error


def _keep_mode(temporary: Path, path: Path) -> None:
    """The old file's permissions, or the usual ones of this PC: mkstemp makes it readable by its owner only."""
    temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_UMASK)


def overwrite(path: Path) -> None:
    """Random bytes over the whole file, down to the disk, before it is removed. Raises OSError.

    A solid-state disk may keep older pages of any file: whole-disk encryption is what helps against that.
    """
    left = path.stat().st_size
    with path.open("r+b", buffering=0) as file:
        while left > 0:
            left -= file.write(os.urandom(min(left, _PORTION))) or 0
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable where folders can be opened (not on Windows)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_failure_sentence(path: Path, error: OSError) -> str:
    """One Spanish sentence for a failed write: what happened, what was kept, what to do."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        why, cure = "el disco está lleno", "Libere espacio"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        why, cure = (
            "la carpeta o el archivo no permite escribir, o está abierto en otro programa",
            ("Ciérrelo o elija otra carpeta"),
        )
    elif error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
        why, cure = (
            "el nombre no es válido en este disco",
            "Elija un nombre más corto y sin signos especiales",
        )
    else:
        why, cure = "el disco no respondió", "Revise la unidad"
    return (
        f"No se pudo guardar «{path.name}» en «{path.parent}»: {why}. "
        f"Lo que había antes quedó como estaba. {cure} e inténtelo otra vez."
    )
