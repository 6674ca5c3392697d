"""Compiles the four libraries that wine lacks and the program needs, and puts them into a wine prefix.

They serve the check under wine and are never shipped: a real Windows 10 has them all. What each stands in for is said
in its source, in stand-ins/.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from windows.pe_file import PeFile

SOURCES = Path(__file__).resolve().parent / "stand-ins"
OVERRIDES = "ucrtbase=n,b;ucrtorig=n;mscms=n,b;bcryptprimitives=n,b"  # for WINEDLLOVERRIDES
_COMPILER = ("x86_64-w64-mingw32-gcc", "-O2", "-s", "-shared", "-static")
_WINE_LIBRARIES = Path("/usr/lib")
_BUILTIN, _NATIVE = b"Wine builtin DLL", b"Plain native DLL"  # so that wine loads it under another name


def put_stand_ins(prefix: Path) -> None:
    """Put them into `prefix`. Raises FileNotFoundError without wine's own libraries, CalledProcessError."""
    system = prefix / "drive_c" / "windows" / "system32"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        names = ["icuuc", "mscms", "ucrtbase"] + (
            [] if _of_wine("bcryptprimitives.dll") else ["bcryptprimitives"]
        )
        original = _of_wine("ucrtbase.dll")
        if original is None:
            raise FileNotFoundError("ucrtbase.dll")
        (work / "ucrtorig.dll").write_bytes(original.read_bytes().replace(_BUILTIN, _NATIVE, 1))
        (work / "ucrtbase.def").write_text(_forwards(PeFile(original).exports()), encoding="ascii")
        extra: dict[str, list[str | Path]] = {
            "ucrtbase": [work / "ucrtbase.def"],
            "bcryptprimitives": ["-ladvapi32"],
        }
        for name in names:
            made = work / f"{name}.dll"
            command = [*_COMPILER, "-o", made, SOURCES / f"{name}.c", *extra.get(name, [])]
            subprocess.run([str(word) for word in command], check=True)
            shutil.copy2(made, system / made.name)
        shutil.copy2(work / "ucrtorig.dll", system / "ucrtorig.dll")


def _of_wine(name: str) -> Path | None:
    return next((path for path in _WINE_LIBRARIES.rglob(name) if "x86_64-windows" in path.parts), None)


def _forwards(exported: list[str]) -> str:
    """The list of exports: ours where we have one, wine's for every other name."""
    source = (SOURCES / "ucrtbase.c").read_text(encoding="utf-8")
    both = re.findall(r"^TO_(?:COMPLEX|REAL)\((\w+)\)$", source, re.MULTILINE)
    ours = {name + ending for name in both for ending in ("", "f")}
    ours |= {"cpow", "cpowf", "_FCbuild", "_Cbuild"}
    lines = []
    for name in exported:
        if name in ours:
            lines.append(f"  {name} = own_{name}")
        elif re.fullmatch(r"\w+", name):
            lines.append(f"  {name} = ucrtorig.{name}")
        else:  # decorated names of C++
            lines.append(f'  "{name}" = "ucrtorig.{name}"')
    return "LIBRARY ucrtbase.dll\nEXPORTS\n" + "\n".join(lines) + "\n"
