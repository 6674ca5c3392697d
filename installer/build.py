#!/usr/bin/env python3
"""One command builds what is handed out: `windows` (installer .exe), `msi` (for a domain), `linux` (a folder).

    python3 installer/build.py windows [msi] [linux] [--fast] [--runtime CARPETA] [--out CARPETA]

On Debian the Windows program is put together from ordinary packages (windows/program_folder.py); on a Windows
machine PyInstaller freezes it (frozen/sisfoh.spec), and so it does on Linux for Linux. The build brings its own tools:
a Python environment in `build/entorno`, and of the system what is missing (or the one command that installs it).
`--fast` packs quickly into bigger files, for checking. Everything lands in `build/`; the last lines say version,
size and SHA-256 of each file, and beside each lies its `.sha256`. Exit codes as bootstrap.py: 2, 3, 4.
"""

import argparse
import hashlib
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import bootstrap
from bootstrap import ROOT, SETUP_FAILED, SYSTEM_INCOMPLETE, WINDOWS, say, stop
from windows import program_folder

HERE = ROOT / "installer"
TARGETS = ("windows", "msi", "linux")
# Program that must be on the path -> Debian package that brings it
PROGRAMS = {
    "windows": {"makensis": "nsis", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64"},
    "msi": {"wixl": "wixl", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64"},
    "linux": {"objdump": "binutils", "xz": "xz-utils"},
}
TOOLS = ("uv==0.13.8", "pyinstaller==6.22.3")
MAKENSIS_ON_WINDOWS = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"


def main(arguments: Sequence[str]) -> int:
    """Build each target that was asked for; 0 when all of them are there."""
    parser = argparse.ArgumentParser(prog="build.py", description="Hace los instaladores de SISFOH Desktop.")
    parser.add_argument("targets", nargs="+", choices=TARGETS, help="qué se hace")
    parser.add_argument("--fast", action="store_true", help="empaqueta rápido y más grande, para probar")
    parser.add_argument("--runtime", type=Path, help="Python de Windows desempacado, en lugar del habitual")
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="carpeta donde queda todo")
    args = parser.parse_args(arguments)
    if WINDOWS and set(args.targets) - {"windows"}:
        stop(bootstrap.WRONG_USAGE, "En Windows se hace «windows»; msi y linux se hacen en Debian.")
    out = args.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    install_programs(args.targets)
    tools = install_tools(out)
    version = program_version()
    made: list[Future[Path]] = []
    with ThreadPoolExecutor() as packing:  # packing takes longest, each file on one core
        if "linux" in args.targets:
            frozen = freeze(tools, out, "linux")
            made.append(packing.submit(pack_linux, frozen, out, version, fast=args.fast))
        if "windows" in args.targets or "msi" in args.targets:
            folder = windows_folder(tools, out, version, args.runtime)
            refuse_places_of_this_machine(folder, out)
            if "windows" in args.targets:
                made.append(packing.submit(pack_exe, folder, out, version, fast=args.fast))
            if "msi" in args.targets:
                made.append(packing.submit(pack_msi, folder, out, version))
    for path in [job.result() for job in made]:
        tell(path, version)
    return 0


def program_version() -> str:
    """As pyproject.toml says it: three numbers, which Windows needs."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if found is None:
        stop(
            SETUP_FAILED,
            "La versión de pyproject.toml no tiene la forma mayor.menor.arreglo; no se hizo nada.",
        )
    return found.group(1)


# --- what the build needs ---------------------------------------------------------------------------------


def install_programs(targets: Sequence[str]) -> None:
    """Bring in what of the system is missing, or stop with the one command that an administrator has to give."""
    if WINDOWS:
        return

    def missing() -> list[str]:
        asked = {name: package for target in targets for name, package in PROGRAMS[target].items()}
        packages = {package for name, package in asked.items() if shutil.which(name) is None}
        if "linux" in targets:
            packages |= set(bootstrap.packages_of_missing_libraries(bootstrap.QT_LIBRARIES))
            packages |= set(bootstrap.packages_of_missing_libraries(bootstrap.WINDOW_LIBRARIES))
        return sorted(packages)

    packages = missing()
    if packages and bootstrap.apt_install(packages):
        packages = missing()
    if packages:
        command = f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
        stop(SYSTEM_INCOMPLETE, f"Al sistema le faltan herramientas. Ejecute una vez y repita:\n  {command}")


def install_tools(out: Path) -> Path:
    """The environment of the build, with its tools; gives back the folder of its programs."""
    place = out / "entorno"
    programs = place / ("Scripts" if WINDOWS else "bin")
    stamp = place / "herramientas.txt"
    pinned = (HERE / "constraints.txt").read_text(encoding="utf-8")
    wanted = hashlib.sha256(f"{sys.version} {place} {TOOLS} {pinned}".encode()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return programs
    say("Preparando las herramientas (la primera vez, algunos minutos)")
    shutil.rmtree(place, ignore_errors=True)
    run([sys.executable, "-m", "venv", place])
    python = programs / ("python.exe" if WINDOWS else "python")
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *TOOLS])
    stamp.write_text(wanted, encoding="utf-8")
    return programs


def run(command: Sequence[str | Path], folder: Path | None = None) -> None:
    """One program; what it says about a failure stands above the sentence that ends the build."""
    done = subprocess.run([str(word) for word in command], cwd=folder, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        name = Path(command[0]).name
        stop(
            SETUP_FAILED,
            f"«{name}» falló (código {done.returncode}); arriba está el motivo. No se entregó nada.",
        )


# --- folders ----------------------------------------------------------------------------------------------


def freeze(tools: Path, out: Path, work: str) -> Path:
    """The program for the system that builds, by PyInstaller; gives back its folder."""
    say("Congelando el programa")
    python = tools / ("python.exe" if WINDOWS else "python")
    install: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run([*install, "--constraint", HERE / "constraints.txt", *project["dependencies"]])
    places: list[str | Path] = ["--distpath", out / work, "--workpath", out / work / "trabajo"]
    recipe = HERE / "frozen" / "sisfoh.spec"
    run([tools / "pyinstaller", "--noconfirm", "--log-level", "WARN", *places, recipe])
    return out / work / "SISFOH"


def windows_folder(tools: Path, out: Path, version: str, runtime: Path | None) -> Path:
    """The Windows program: frozen on Windows, put together elsewhere."""
    if WINDOWS:
        return freeze(tools, out, "windows")
    say("Armando el programa para Windows")
    work = out / "windows"
    work.mkdir(exist_ok=True)
    try:
        return program_folder.assemble(
            ROOT, work, version=version, uv=tools / "uv", runtime=runtime.resolve() if runtime else None
        )
    except (subprocess.CalledProcessError, py_compile.PyCompileError, OSError) as error:
        stop(SETUP_FAILED, f"No se pudo armar el programa: {error}. No se entregó nada.")


def refuse_places_of_this_machine(folder: Path, out: Path) -> None:
    """Stop when a file of the program tells where it was built: it would be the same for everybody and of no use."""
    places = {f"{place}{os.sep}".encode() for place in (ROOT, out)}
    telling = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(place in path.read_bytes() for place in places)
    ]
    if telling:
        shown = ", ".join(telling[:5])
        stop(SETUP_FAILED, f"{len(telling)} archivos nombran la carpeta donde se hicieron: {shown}.")


# --- files to hand out ------------------------------------------------------------------------------------


def pack_exe(folder: Path, out: Path, version: str, *, fast: bool) -> Path:
    """The installer for one person."""
    say("Haciendo el instalador .exe")
    made = out / f"SISFOH-{version}-win64.exe"
    makensis = shutil.which("makensis") or str(MAKENSIS_ON_WINDOWS)
    mark = "/" if WINDOWS else "-"
    values = {"VERSION": version, "APPDIR": folder, "OUTFILE": made, "SIZEKB": size_of(folder) // 1024}
    defines = [f"{mark}D{name}={value}" for name, value in values.items()] + (
        [f"{mark}DFAST"] if fast else []
    )
    script = HERE / "windows" / "sisfoh.nsi"
    run([makensis, f"{mark}V2", f"{mark}INPUTCHARSET", "UTF8", *defines, script], folder=script.parent)
    return made


def pack_msi(folder: Path, out: Path, version: str) -> Path:
    """The package for a domain; every file of the folder is a component of it."""
    say("Haciendo el paquete .msi")
    made = out / f"SISFOH-{version}-win64.msi"
    source = HERE / "windows"
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    listing = ["wixl-heat", "--directory-ref", "INSTALLDIR", "--component-group", "program"]
    done = subprocess.run(
        [*listing, "--var", "var.PROGRAM", "--win64", "-p", ""],
        input="\n".join(files),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        stop(SETUP_FAILED, f"«wixl-heat» falló: {done.stderr.strip()}. No se entregó nada.")
    with tempfile.TemporaryDirectory() as work:
        listed = Path(work) / "program.wxs"
        listed.write_text(done.stdout, encoding="utf-8")
        here = os.path.relpath(
            source, folder
        )  # wixl 0.101 takes no absolute path and looks from where it stands
        values = {"VERSION": version, "Win64": "yes", "PROGRAM": ".", "HERE": here}
        defines = [word for name, value in values.items() for word in ("-D", f"{name}={value}")]
        run(["wixl", "-a", "x64", *defines, "-o", made, source / "sisfoh.wxs", listed], folder=folder)
    return made


def pack_linux(folder: Path, out: Path, version: str, *, fast: bool) -> Path:
    """The folder as one archive, with the same owner and times on every machine."""
    say("Empaquetando la carpeta de Linux")
    made = out / f"SISFOH-{version}-linux-x86_64.tar.{'gz' if fast else 'xz'}"

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = program_folder.FIXED_TIME
        return entry

    if fast:
        with tarfile.open(made, "w:gz", compresslevel=1) as archive:
            archive.add(folder, arcname=f"SISFOH-{version}", filter=plain)
    else:
        with tarfile.open(made, "w:xz") as archive:
            archive.add(folder, arcname=f"SISFOH-{version}", filter=plain)
    return made


def size_of(folder: Path) -> int:
    """Bytes of all its files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def tell(path: Path, version: str) -> None:
    """Version, size and SHA-256, on the screen and beside the file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    path.with_name(f"{path.name}.sha256").write_text(f"{digest}  {path.name}\n", encoding="ascii")
    say(f"{path.name}: versión {version}, {path.stat().st_size / 1e6:.1f} MB\n  SHA-256 {digest}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
