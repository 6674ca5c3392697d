"""A backup package as a file: written, opened again, trusted only as far as its hashes go.

One ZIP with the base, the files of the archive and a list of both. With a password that ZIP lies in another, in the
age format: a random key wrapped by the password and the content under that key, so that the `age` program alone
opens it. What a package is for, and what the trail says of it, is in backups.py and restoring.py.
"""

import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.paths import write_failure_sentence
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.modules.safekeeping.rules import manifest as rules
from sisfoh_desktop.modules.safekeeping.rules.manifest import Manifest, PackedFile, refused

_PORTION = 1 << 20
_LARGEST_KEY = 64 * 1024
_ALLOWED_DENSITY = 300  # a base shrinks ten times or so; a bomb a thousand times
_SMALL = 100_000_000
_READ_ME = """\
Respaldo de SISFOH Desktop

Restáurelo con el programa: Resguardo > Respaldos > «Restaurar en otro lugar…», o con
    sisfoh-desktop restaurar ESTE-ARCHIVO --a CARPETA/base.db
Sin el programa: este archivo es un ZIP. base.db es una base SQLite (cifrada con SQLCipher si al lado está
base.db.sobre); archivo/ guarda cada papel con su SHA-256 por nombre; manifiesto.json dice cuánto y qué hay.
"""
_READ_ME_LOCKED = """\
Respaldo de SISFOH Desktop con contraseña

Restáurelo con el programa: Resguardo > Respaldos > «Restaurar en otro lugar…», o con
    sisfoh-desktop restaurar ESTE-ARCHIVO --a CARPETA/base.db
Sin el programa, con la herramienta libre «age» (https://age-encryption.org) y la contraseña:
    age --decrypt --identity llave.age --output respaldo.zip respaldo.age
Sin la contraseña nadie lo abre, tampoco quien hizo el programa.
"""


@dataclass
class OpenPackage:
    """A package whose list was read and agrees with what lies in it; nothing was unpacked yet."""

    manifest: Manifest
    _zip: zipfile.ZipFile

    def unpack(self, packed: PackedFile, target: Path | None) -> None:
        """Write a file of the package to `target` (None: only look), never more than its list says.

        FileFailed when size or hash differ, or the disk fails; what was half written is the caller's to remove.
        """
        seen, left = hashlib.sha256(), packed.byte_count
        try:
            with self._zip.open(packed.name) as source, _output(target) as out:
                while portion := source.read(_PORTION):
                    left -= len(portion)
                    if left < 0:
                        break
                    seen.update(portion)
                    out.write(portion)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise refused(f"{packed.name} no se puede leer") from error
        except OSError as error:
            raise FileFailed(write_failure_sentence(target or Path(packed.name), error)) from error
        if left or seen.hexdigest() != packed.sha256:
            raise refused(f"{packed.name} no es el que dice su lista")


class PackageWriter:
    """Fills a package file by file and knows what went in; `finish` adds the list. Use it in a `with` block."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", allowZip64=True)

    def __enter__(self) -> "PackageWriter":
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(OSError, ValueError):  # after a failure: let go of a disk that is full or gone
            self._zip.close()

    def add(self, name: str, source: Path, *, squeeze: bool = False) -> PackedFile:
        """Pack a file as it is now."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
        seen, count = hashlib.sha256(), 0
        with source.open("rb") as file, self._zip.open(info, "w", force_zip64=True) as out:
            while portion := file.read(_PORTION):
                seen.update(portion)
                count += len(portion)
                out.write(portion)
        return PackedFile(name, count, seen.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        self._zip.writestr(zipfile.ZipInfo(rules.MANIFEST), manifest.to_json(), zipfile.ZIP_DEFLATED)
        self._zip.writestr(zipfile.ZipInfo(rules.README), _READ_ME.encode())
        self._zip.close()


def lock_package(plain: Path, target: IO[bytes], password: str) -> None:
    """Write the package `plain` under a password into `target`; OSError as the disk says it."""
    from pyrage import EncryptError, encrypt_io, passphrase, x25519

    key = x25519.Identity.generate()
    with zipfile.ZipFile(target, "w", allowZip64=True) as outer:
        outer.writestr(zipfile.ZipInfo(rules.README), _READ_ME_LOCKED.encode())
        outer.writestr(zipfile.ZipInfo(rules.KEY), passphrase.encrypt(f"{key}\n".encode(), password))
        with plain.open("rb") as source, outer.open(rules.CONTENT, "w", force_zip64=True) as sink:
            out = _Watched(sink)
            try:
                encrypt_io(source, out, [key.to_public()])
            except EncryptError:
                raise out.failure or OSError("age") from None


@contextmanager
def opened_package(path: Path, password: str, room: Path) -> Iterator[OpenPackage]:
    """The package at `path`; one with a password is first opened into the folder `room`, which is the caller's.

    Raises RuleError `package_password_missing` or `package_password_wrong`, FileFailed for what is damaged, forged or
    no package of this program at all.
    """
    try:
        with _zip_of(path) as outer:
            if rules.CONTENT not in outer.namelist():
                yield _checked(outer)
                return
            plain = room / "abierto.zip"
            try:
                _unlock(outer, plain, password)
                with _zip_of(plain) as inner:
                    yield _checked(inner)
            finally:
                with suppress(OSError):
                    plain.unlink(missing_ok=True)
    except FileNotFoundError:
        raise FileFailed(
            f"No existe «{path.name}»; no se hizo nada. Revise que la memoria esté conectada y elija el archivo."
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise refused("no es un respaldo de SISFOH Desktop o está cortado") from error


def needs_password(path: Path) -> bool:
    """Whether the file is a package with a password; False for anything that is none."""
    try:
        with _zip_of(path) as outer:
            return rules.CONTENT in outer.namelist()
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


def hash_file(path: Path, progress: Progress = silent) -> str:
    """SHA-256 (hex) of a file of any size; FileFailed when it cannot be read or is none (a device has no end)."""
    seen, done = hashlib.sha256(), 0
    _check_is_file(path)
    try:
        whole = path.stat().st_size
        with path.open("rb") as file:
            while portion := file.read(_PORTION):
                seen.update(portion)
                done += len(portion)
                progress(done, whole)
    except FileNotFoundError:
        raise FileFailed(
            f"No existe «{path.name}»; no se hizo nada. Revise que la memoria esté conectada y elija el archivo."
        ) from None
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{path.name}»; no se hizo nada. Revise la unidad y los permisos."
        ) from error
    return seen.hexdigest()


def _checked(package: zipfile.ZipFile) -> OpenPackage:
    """Exactly the files of its list, each of its size: no other name, no name twice, no file that swells."""
    infos = {info.filename: info for info in package.infolist()}
    if len(infos) != len(package.infolist()):
        raise refused("trae dos archivos con el mismo nombre")
    if rules.MANIFEST not in infos:
        raise refused("no es un respaldo de SISFOH Desktop")
    if infos[rules.MANIFEST].file_size > rules.LARGEST_MANIFEST:
        raise refused("su lista de contenido es demasiado grande")
    manifest = rules.read_manifest(_read_small(package, rules.MANIFEST, rules.LARGEST_MANIFEST))
    wanted = {file.name: file.byte_count for file in manifest.files}
    there = {name: info.file_size for name, info in infos.items()}
    if there.keys() - wanted.keys() - {rules.MANIFEST, rules.README} or wanted.keys() - there.keys():
        raise refused("no trae los archivos que dice su lista")
    for name, size in wanted.items():
        if there[name] != size or (size > _SMALL and size > _ALLOWED_DENSITY * infos[name].compress_size):
            raise refused(f"{name} no tiene el tamaño que dice su lista")
    return OpenPackage(manifest, package)


def _unlock(outer: zipfile.ZipFile, plain: Path, password: str) -> None:
    from pyrage import DecryptError, IdentityError, decrypt_io, passphrase, x25519

    if set(outer.namelist()) != {rules.README, rules.KEY, rules.CONTENT} or len(outer.namelist()) != 3:
        raise refused("no trae los archivos de un respaldo con contraseña")
    if not password:
        raise RuleError(
            "package_password_missing",
            "Este respaldo lleva contraseña; no se abrió. Escríbala y vuelva a intentarlo.",
        )
    wrapped = _read_small(outer, rules.KEY, _LARGEST_KEY)
    try:
        key = x25519.Identity.from_str(passphrase.decrypt(wrapped, password).decode().strip())
    except DecryptError:
        raise RuleError(
            "package_password_wrong",
            "La contraseña no abre este respaldo; no se cambió nada. "
            "Revise mayúsculas y espacios y escríbala otra vez.",
        ) from None
    except (IdentityError, ValueError) as error:
        raise refused("su llave no se entiende") from error
    with outer.open(rules.CONTENT) as source, plain.open("wb") as sink:
        out = _Watched(sink)
        try:
            decrypt_io(source, out, [key])
        except DecryptError as error:
            if out.failure is not None:
                raise FileFailed(write_failure_sentence(plain, out.failure)) from out.failure
            raise refused("su contenido cifrado no es el que se guardó") from error


def _read_small(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        with package.open(name) as file:
            data = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise refused(f"{name} no se puede leer") from error
    if len(data) > most:
        raise refused(f"{name} es demasiado grande")
    return data


def _check_is_file(path: Path) -> None:
    """FileFailed for a folder, a device or a pipe, some of which have no end; what is not there is told by others."""
    try:
        strange = path.exists() and not path.is_file()
    except (OSError, ValueError):  # a name that no disk takes
        strange = True
    if strange:
        raise FileFailed(f"«{path.name[:80]}» no es un archivo; no se hizo nada. Elija la copia (.sisfoh).")


def _zip_of(path: Path) -> zipfile.ZipFile:
    """Raises FileNotFoundError, BadZipFile, or FileFailed for what cannot be read at all."""
    _check_is_file(path)
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise
    except ValueError as error:  # sizes that cannot be
        raise zipfile.BadZipFile from error
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{path.name}»; no se hizo nada. Revise la unidad y los permisos."
        ) from error


class _Watched(io.RawIOBase):
    """Hands bytes on and remembers why that failed: pyrage tells every failure in its own words."""

    def __init__(self, sink: IO[bytes]) -> None:
        self._sink = sink
        self.failure: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        try:
            self._sink.write(data)
        except OSError as error:
            self.failure = error
            raise
        return len(data)


class _Nowhere(io.RawIOBase):
    """For what is only looked at."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


@contextmanager
def _output(target: Path | None) -> Iterator[IO[bytes] | io.RawIOBase]:
    if target is None:
        yield _Nowhere()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())
