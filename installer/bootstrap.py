#!/usr/bin/env python3
"""One command does all the set-up and then the job: `run` the program, `test` it, or `check` the code.

Standard library only, because it runs before anything is installed. Every step is done again only when it
is needed: the environment in `.venv` (another place: SISFOH_VENV), the libraries of `pyproject.toml` at
the versions of `constraints.txt` (from `installer/wheelhouse/` where that folder exists, for a PC without
internet), and on Debian the shared libraries that Qt loads. Exit codes of the set-up itself: 2 wrong usage,
3 something of the system is missing and may not be installed from here, 4 the set-up failed; afterwards
the exit code of the job. What the program does is not known here.
"""

from __future__ import annotations  # an older Python must get as far as the sentence that refuses it

import ctypes
import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = sys.platform == "win32"
VENV = Path(os.environ.get("SISFOH_VENV") or ROOT / ".venv").absolute()
STAMP = VENV / "sisfoh-stamp.txt"
CONSTRAINTS = ROOT / "installer" / "constraints.txt"
WHEELHOUSE = ROOT / "installer" / "wheelhouse"

WRONG_USAGE, SYSTEM_INCOMPLETE, SETUP_FAILED = 2, 3, 4

USAGE = """\
Uso (en Windows, «py -3» en lugar de «python3»):
  python3 installer/bootstrap.py run  [orden del programa]    prepara todo y abre el programa
  python3 installer/bootstrap.py test [opciones de pytest]    prepara todo y pasa las pruebas
  python3 installer/bootstrap.py check                        prepara todo y revisa el código"""

# Shared library -> Debian package. Without these Qt cannot even be imported, with or without a screen.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
}
# These only for a window on an X11 screen, and for its print dialog.
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}
# Program -> Debian package. With them the tests sign with a (software) card and ask a second validator;
# without them those tests are skipped and say so.
TEST_PROGRAMS = {"softhsm2-util": "softhsm2", "pdfsig": "poppler-utils"}

# What `check` runs: the name printed, and the program with its arguments.
CHECKS = (
    ("contratos de importación", ("lint-imports",)),
    ("ruff", ("ruff", "check", ".")),
    ("formato", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
)


def say(sentence: str) -> None:
    """One line for the person at the terminal, at once even when the output goes to a file."""
    print(f"[sisfoh] {sentence}", flush=True)


def stop(code: int, sentence: str) -> NoReturn:
    """Say why and end with `code`."""
    say(sentence)
    raise SystemExit(code)


def quiet(command: Sequence[str | Path]) -> bool:
    """Whether `command` succeeded; what it printed is dropped."""
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def program_of_environment(name: str) -> Path:
    """Full path of a program of the environment, e.g. "python" or "ruff"; it may not be there yet."""
    return VENV / "Scripts" / f"{name}.exe" if WINDOWS else VENV / "bin" / name


PYTHON = program_of_environment("python")


# --- the system's own packages (Linux) --------------------------------------------------------------------


def packages_of_missing_libraries(libraries: Mapping[str, str]) -> list[str]:
    """The Debian packages of those libraries that the loader cannot find."""
    missing = set()
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.add(package)
    return sorted(missing)


def required_packages() -> list[str]:
    """What must be there before anything can start: Python's venv, Qt's libraries, and a window's if one opens."""
    libraries = dict(QT_LIBRARIES)
    if os.environ.get("DISPLAY"):
        libraries.update(WINDOW_LIBRARIES)
    packages = packages_of_missing_libraries(libraries)
    if importlib.util.find_spec("ensurepip") is None and not pip_works():  # Debian ships it apart
        packages.append("python3-venv")
    return packages


def helpful_packages(job: str) -> list[str]:
    """What lets more tests run but may be missing."""
    programs = TEST_PROGRAMS if job == "test" else {}
    return sorted(package for program, package in programs.items() if shutil.which(program) is None)


def administrator_prefix() -> list[str] | None:
    """What to put before an administrator's command, or None where this user may not give one unasked."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and quiet(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages where that is allowed without asking; False where it is not or it failed."""
    prefix = administrator_prefix() if shutil.which("apt-get") else None
    if prefix is None:
        return False
    say(f"Instalando del sistema: {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if quiet(install):
        return True
    quiet([*apt, "update"])  # a fresh machine has no package lists, an old one stale ones
    return quiet(install)


def install_system_packages(job: str) -> None:
    """Bring in what the system lacks, or stop with the one command that an administrator has to give."""
    required, helpful = required_packages(), helpful_packages(job)
    if required and apt_install(required):
        required = required_packages()
    if helpful and apt_install(helpful):
        helpful = helpful_packages(job)
    if not required and not helpful:
        return
    command = f"sudo apt-get install -y --no-install-recommends {' '.join([*required, *helpful])}"
    if required:
        stop(SYSTEM_INCOMPLETE, f"Al sistema le faltan bibliotecas. Ejecute una vez y repita:\n  {command}")
    say(f"Algunas pruebas se saltarán. Para que pasen todas, ejecute una vez:\n  {command}")


# --- the environment and the libraries of the project -----------------------------------------------------


def pip_works() -> bool:
    """Whether the environment is there and whole."""
    return PYTHON.is_file() and quiet([PYTHON, "-m", "pip", "--version"])


def expected_stamp() -> str:
    """What the environment was made from: two files, this Python and the place (its scripts hold full paths)."""
    made_of = hashlib.sha256()
    for file in (ROOT / "pyproject.toml", CONSTRAINTS):
        made_of.update(file.read_bytes())
    return f"{made_of.hexdigest()} {sys.version_info.major}.{sys.version_info.minor} {ROOT} {VENV}\n"


def prepare_environment() -> None:
    """Make the environment and install into it, unless the stamp says that this was done with the same files."""
    stamp = expected_stamp()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == stamp and PYTHON.is_file():
        return
    moved = STAMP.is_file() and STAMP.read_text(encoding="utf-8").split(" ", 1)[1] != stamp.split(" ", 1)[1]
    if moved or not pip_works():
        make_environment()
    install_project()
    STAMP.write_text(stamp, encoding="utf-8")


def make_environment() -> None:
    """Make the environment anew; a folder that holds something else is never touched."""
    if VENV.exists():
        if any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").is_file():
            stop(SETUP_FAILED, f"«{VENV}» tiene otras cosas; no se tocó. Elija otra carpeta en SISFOH_VENV.")
        shutil.rmtree(VENV)
    say(f"Creando el entorno «{VENV.name}»")
    if not quiet([sys.executable, "-m", "venv", VENV]):
        shutil.rmtree(VENV, ignore_errors=True)  # half an environment would be taken for a whole one
        stop(
            SETUP_FAILED,
            f"No se pudo crear el entorno en «{VENV}»; no quedó nada a medias. Revise que la carpeta permita "
            "escribir, que haya espacio en el disco y que este Python traiga el módulo venv.",
        )


def install_project() -> None:
    """Install the project (editable) and its libraries at the versions of constraints.txt."""
    say("Instalando las bibliotecas del programa (la primera vez, algunos minutos)")
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--editable", f"{ROOT}[dev]", "--constraint", CONSTRAINTS]
    if WHEELHOUSE.is_dir():
        command += ["--no-index", "--find-links", WHEELHOUSE]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        stop(
            SETUP_FAILED,
            "No se pudieron instalar las bibliotecas (arriba está el motivo). Con internet, repita la orden; "
            "sin internet, copie los paquetes en installer/wheelhouse y repítala.",
        )


# --- the jobs ---------------------------------------------------------------------------------------------


def start(command: Sequence[str | Path], folder: Path | None = None) -> int:
    """Start one program of the environment and give back its exit code.

    Without a screen the program does its headless job by itself, and the tests choose Qt's offscreen platform.
    """
    env = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=env, check=False).returncode


def run(arguments: Sequence[str]) -> int:
    """The program, in the folder where the person stands, so that their file names mean what they wrote."""
    return start([PYTHON, "-m", "sisfoh_desktop", *arguments])


def test(arguments: Sequence[str]) -> int:
    """pytest over the project: the whole suite on all cores (four at most), what is asked for by name on one."""
    side_by_side = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
    return start([PYTHON, "-m", "pytest", *(arguments or side_by_side)], folder=ROOT)


def check(arguments: Sequence[str]) -> int:
    """Contracts, style and types, all of them even when an early one fails."""
    if arguments:
        stop(WRONG_USAGE, USAGE)
    failed = []
    for name, (program, *rest) in CHECKS:
        say(f"Revisando: {name}")
        if start([program_of_environment(program), *rest], folder=ROOT):
            failed.append(name)
    say(f"No pasaron: {', '.join(failed)}" if failed else "Todo conforme")
    return 1 if failed else 0


JOBS = {"run": run, "test": test, "check": check}


def main(arguments: Sequence[str]) -> int:
    """Set up what is missing, then do the job that the first argument names."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console may have no sign for «
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python reaches this line
        stop(WRONG_USAGE, f"Se necesita Python 3.11 o posterior; este es {sys.version.split()[0]}.")
    job, *rest = arguments or ["run"]
    if job not in JOBS:
        stop(WRONG_USAGE, USAGE)
    if sys.platform.startswith("linux"):
        install_system_packages(job)
    prepare_environment()
    return JOBS[job](rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
