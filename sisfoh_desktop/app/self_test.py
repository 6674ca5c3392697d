"""`--autoprueba CARPETA`: whether this installation works, told by doing the work in a folder of its own.

Nothing of the person is touched: base, settings and papers of the trial lie in that folder. `autoprueba.json` is
written before every step, so that a step that ends the process is named in it. What needs a window is in
`self_test_window`.
"""

import json
import os
import platform
import secrets
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

from sisfoh_desktop import __version__
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import SystemClock
from sisfoh_desktop.basics.errors import FileFailed, SigningFailed, SisfohError
from sisfoh_desktop.basics.paths import atomic_write, data_root, resource, write_failure_sentence
from sisfoh_desktop.basics.texts import counted

REPORT = "autoprueba.json"
PASSED, FAILED = 0, 4
_UNFINISHED = "No terminó: el programa se cerró en este paso."
# Loaded only when they are used: a package that left one out would start all the same.
_LIBRARIES = (
    *(
        "PIL.Image",
        "alembic",
        "argon2",
        "cryptography",
        "docx",
        "lxml.etree",
        "openpyxl",
        "psycopg",
        "pyhanko",
    ),
    *("pypdfium2", "pyrage", "python_calamine", "reportlab", "segno", "sqlalchemy"),
)
_CARD_LIBRARIES = (
    *("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "/usr/lib/softhsm/libsofthsm2.so"),
    *("C:/Windows/System32/opensc-pkcs11.dll", "C:/Windows/System32/idop11.dll"),
)
_ROWS = (("00123456", "Ñaupas Núñez", "=1+1"), ("004501", "", "S/ 312 656.00"))
_TESTER = Actor(user="autoprueba", office="ULE")


class StepFailed(Exception):
    """What a step found wrong, in Spanish."""


@dataclass(frozen=True)
class Step:
    """One thing that was tried."""

    name: str
    ok: bool
    detail: str


class SelfTest:
    """The trial under way: its folder, what was found so far, and the paper that later steps work on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[Step] = []
        self.qpa = ""
        self.base = folder / "practica" / "practica.db"
        self.paper = b""

    @property
    def ok(self) -> bool:
        return bool(self.steps) and all(step.ok for step in self.steps)

    def run(self, name: str, job: Callable[[], str]) -> bool:
        """Do one step; whatever goes wrong in it becomes its detail."""
        with suppress(FileFailed):  # a disk that filled up meanwhile: the last writing says so
            self.write([*self.steps, Step(name, False, _UNFINISHED)])
        try:
            step = Step(name, True, job())
        except StepFailed as failed:
            step = Step(name, False, str(failed))
        except SisfohError as refused:
            step = Step(name, False, refused.sentence)
        except Exception as error:  # a fault of the installation may be of any kind
            step = Step(name, False, " ".join(f"{type(error).__name__}: {error}".split())[:300])
        self.steps.append(step)
        print(f"{'Bien ' if step.ok else 'FALLA'}  {step.name}: {step.detail}", flush=True)  # noqa: T201
        return step.ok

    def write(self, steps: list[Step] | None = None) -> None:
        """Write `autoprueba.json`; `steps` while the trial is under way."""
        told = {
            "ok": steps is None and self.ok,
            "version": __version__,
            "qpa": self.qpa,
            "steps": [asdict(step) for step in (self.steps if steps is None else steps)],
        }
        atomic_write(self.folder / REPORT, f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode())


def run_self_test(folder: Path) -> int:
    """Try everything, write the report and give the exit code: 0 all well, 4 otherwise."""
    from sisfoh_desktop.app import self_test_window

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    folder = folder.absolute()
    os.environ["SISFOH_DATOS"] = str(folder / "datos")
    test = SelfTest(folder)
    try:
        _check_own(folder)
        test.write([])
    except SisfohError as refused:
        print(refused.sentence, file=sys.stderr)  # noqa: T201
        return FAILED
    test.run("sistema", _system)
    test.run("archivos del programa", _resources)
    test.run("bibliotecas", _libraries)
    if test.run("base de práctica", lambda: _practice(test)):
        test.run("comprobar", lambda: _check(test))
        test.run("papel", lambda: _paper(test))
        if test.paper:
            test.run("firma", lambda: _signature(test))
        test.run("respaldo", lambda: _backup(test))
    test.run("hoja de cálculo", lambda: _workbook(test))
    test.run("llavero", _keyring)
    test.run("tarjeta", _card)
    self_test_window.try_window(test)
    try:
        test.write()
    except SisfohError as refused:
        print(refused.sentence, file=sys.stderr)  # noqa: T201
        return FAILED
    return PASSED if test.ok else FAILED


def _check_own(folder: Path) -> None:
    """FileFailed unless the folder is new, empty or that of an earlier trial: the trial writes over what is there."""
    try:
        foreign = folder.is_dir() and not (folder / REPORT).is_file() and any(folder.iterdir())
    except OSError as error:
        raise FileFailed(write_failure_sentence(folder / REPORT, error)) from error
    if foreign:
        raise FileFailed(
            f"«{folder}» tiene archivos que no son de una autoprueba; no se escribió nada. "
            "Indique una carpeta nueva o vacía."
        )


def _system() -> str:
    frozen = "empaquetado" if getattr(sys, "frozen", False) else "sin empaquetar"
    return f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {frozen}."


def _resources() -> str:
    from sisfoh_desktop.app.installed_files import missing_files
    from sisfoh_desktop.db.revisions import head_revision
    from sisfoh_desktop.modules.office import service as office

    missing = missing_files()
    if missing:
        raise StepFailed(f"Faltan: {', '.join(missing)}.")
    office.shipped_calendar()
    count = sum(1 for path in resource().rglob("*") if path.is_file())
    return f"{count} archivos en «{data_root().name}»; esquema {head_revision()}."


def _libraries() -> str:
    for name in _LIBRARIES:
        import_module(name)
    import psycopg
    import sqlcipher3.dbapi2 as sqlite

    with closing(sqlite.connect(":memory:")) as connection:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
        version = connection.execute("SELECT sqlite_version()").fetchone()[0]
    if not cipher:
        raise StepFailed("SQLite no trae el cifrado de bases (SQLCipher).")
    return f"{len(_LIBRARIES)} cargadas; SQLite {version} con SQLCipher {cipher[0]}, libpq {psycopg.pq.version()}."


def _practice(test: SelfTest) -> str:
    from sisfoh_desktop.app.practice import create_practice

    made = create_practice(test.base.parent, replace=True)
    test.base = made.base
    return (
        f"{counted(made.plans, 'plan', 'planes')}, {made.documents} documentos, {made.duties} funciones del "
        "Anexo N° 01."
    )


def _check(test: SelfTest) -> str:
    import sisfoh_desktop.app.all_tables  # noqa: F401 - foreign keys cross modules
    from sisfoh_desktop.app.base_checks import check_base
    from sisfoh_desktop.basics.progress import silent
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive

    with closing(Database.open(test.base)) as db:
        archive = Archive(test.base.parent / "archivo")
        checks = check_base(db, lambda: archive, SystemClock().now(), silent)
    wrong = [f"{check.name}: {check.detail}" for check in checks if not check.ok]
    if wrong:
        raise StepFailed(" ".join(wrong))
    return f"{len(checks)} comprobaciones de la base, todas bien."


def _paper(test: SelfTest) -> str:
    """The frozen act out of the archive, its first page as a picture."""
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive
    from sisfoh_desktop.documents.rendering import page_count, render_page
    from sisfoh_desktop.modules.papers import service as papers

    with closing(Database.open(test.base)) as db:
        line = papers.list_papers(db, kinds=("resolucion",))[0]
        pdf = papers.paper_bytes(db, Archive(test.base.parent / "archivo"), line.id)
    _width, _height, picture = render_page(pdf, 0, 1)
    if len(set(picture)) < 8:
        raise StepFailed("La primera página salió en blanco.")
    atomic_write(test.folder / "papel.pdf", pdf)
    test.paper = pdf
    return f"{counted(page_count(pdf), 'página', 'páginas')} en papel.pdf."


def _signature(test: SelfTest) -> str:
    """Sign with a certificate made for this once, verify it, and see a changed byte found out."""
    from sisfoh_desktop.documents.signing import fields_of, open_pkcs12, sign_field
    from sisfoh_desktop.documents.verifying import verify_pdf

    password = secrets.token_urlsafe(12)
    p12, root = throw_away_certificate(password)
    field = next(field.name for field in fields_of(test.paper) if not field.signed)
    signed = sign_field(
        test.paper,
        field=field,
        signer=open_pkcs12(p12, password),
        reason="Autoprueba, sin valor",
        when=SystemClock().now(),
    )
    atomic_write(test.folder / "firmado.pdf", signed)
    found = verify_pdf(signed, roots=[root]).signatures
    if (
        len(found) != 1
        or not found[0].intact
        or found[0].trust != "trusted"
        or not found[0].covers_whole_file
    ):
        raise StepFailed("La firma hecha no pasó su verificación.")
    changed = bytearray(signed)
    changed[signed.index(b"stream", 2_000) + 40] ^= 1
    try:
        unnoticed = verify_pdf(bytes(changed)).all_intact
    except SigningFailed:
        unnoticed = False
    if unnoticed:
        raise StepFailed("Se cambió un byte del documento firmado y la verificación no lo notó.")
    return f"Campo {field} firmado en firmado.pdf: íntegro, de emisor conocido; un byte cambiado se nota."


def throw_away_certificate(password: str) -> tuple[bytes, bytes]:
    """A .p12 under `password` and the root (PEM) that vouches for it, both good for a day and kept nowhere."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import pkcs12
    from cryptography.x509.oid import NameOID

    since = datetime.now(UTC) - timedelta(hours=1)
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))

    def named(name: str) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "PE"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "AUTOPRUEBA SIN VALOR"),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
            ]
        )

    def certified(name: x509.Name, own: rsa.RSAPrivateKey, *, authority: bool) -> x509.Certificate:
        usage = x509.KeyUsage(
            digital_signature=not authority,
            content_commitment=not authority,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=authority,
            crl_sign=authority,
            encipher_only=False,
            decipher_only=False,
        )
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(root_name)
            .public_key(own.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(since + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
            )
            .sign(root_key, hashes.SHA256())
        )

    root_name = named("RAIZ DE LA AUTOPRUEBA")
    root = certified(root_name, root_key, authority=True)
    own = certified(named("AUTOPRUEBA DEL PROGRAMA"), key, authority=False)
    locked = serialization.BestAvailableEncryption(password.encode())
    p12 = pkcs12.serialize_key_and_certificates(b"autoprueba", key, own, [root], locked)
    return p12, root.public_bytes(serialization.Encoding.PEM)


def _backup(test: SelfTest) -> str:
    """A copy under a password, restored aside and compared."""
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive
    from sisfoh_desktop.modules.safekeeping.service import backups, restoring

    password, now = secrets.token_urlsafe(12), SystemClock().now()
    with closing(Database.open(test.base)) as db:
        made = backups.make_backup(
            db,
            Archive(test.base.parent / "archivo"),
            actor=_TESTER,
            now=now,
            folder=test.folder,
            password=password,
        )
        package = test.folder / made.file_name
        try:
            tried = restoring.rehearse_restore(db, package, actor=_TESTER, now=now, password=password)
        finally:
            package.unlink()
    if not tried.ok:
        raise StepFailed(tried.detail)
    return tried.detail


def _workbook(test: SelfTest) -> str:
    """A list exported as the window does it, and read again by the process that reads workbooks."""
    from sisfoh_desktop.app.wiring import export_list
    from sisfoh_desktop.sheets.reading import read_workbook

    path = test.folder / "lista.xlsx"
    export_list(path, "Autoprueba", ("DNI", "Nombre", "Monto"), _ROWS)
    book = read_workbook(path.read_bytes(), path.name)
    read = [tuple(value or "" for value in row.values) for sheet in book.visible for row in sheet]
    if [row for row in read if row in _ROWS] != list(_ROWS):
        raise StepFailed(f"Se escribieron {len(_ROWS)} filas y se leyó otra cosa: {read}.")
    return f"lista.xlsx se escribió y se leyó igual en un proceso aparte ({len(_ROWS)} filas)."


def _keyring() -> str:
    """Told, not asked for: without one the program asks for its passwords."""
    from sisfoh_desktop.basics.secrets import has_keyring

    return "El sistema tiene llavero." if has_keyring() else "Sin llavero: el programa pedirá las claves."


def _card() -> str:
    """Told, not asked for: who signs with a file needs no card."""
    try:
        import_module("pkcs11")
    except ImportError:
        return "Este programa no lleva el lector de tarjetas (PKCS#11)."
    found = [Path(name).name for name in _CARD_LIBRARIES if Path(name).is_file()]
    return f"Lector de tarjetas listo; bibliotecas de fabricante: {', '.join(found) or 'ninguna'}."
