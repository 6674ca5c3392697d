#!/usr/bin/env python3
"""Installs, uses, upgrades and removes the Windows program under wine, and tells promise by promise what held.

    .venv/bin/python installer/wine/check.py build/SISFOH-x.y.z-win64.exe [--msi build/SISFOH-x.y.z-win64.msi]

Needs of Debian: wine64 wine xvfb xdotool imagemagick gcc-mingw-w64-x86-64, and the project's own environment (for an
office of an older version). Pictures of the screen and `resultado.md` stay in the folder of -o. Exit code 1 when a
promise was broken. What wine cannot tell is said in installer/README.md.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from wine.desk import Done, WineDesk, until  # noqa: E402 - found from the folder above
from wine.older_office import REVISION, make_older_office, newest_revision, revision_of  # noqa: E402

ENTRY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\SISFOH"
TITLE = "SISFOH"
LINK = "SISFOH Desktop.lnk"


class Check:
    """The promises, one method a subject, in the order of a PC's life."""

    def __init__(self, desk: WineDesk, exe: Path, msi: Path | None, out: Path) -> None:
        self.desk, self.exe, self.msi, self.out = desk, exe, msi, out
        self.version = exe.name.split("-")[1]
        local = desk.user / "AppData" / "Local"
        self.program = local / "Programs" / "SISFOH"
        self.data = local / "SISFOH" / "data"
        self.practice = desk.disk / "practica" / "practica.db"
        self.results: list[tuple[str, bool, str]] = []

    def told(self, promise: str, held: bool, detail: str = "") -> None:
        self.results.append((promise, held, detail))
        print(f"{'bien ' if held else 'FALLA'} {promise}{f': {detail}' if detail else ''}", flush=True)

    # -- what is used again and again

    def install(self, *switches: str) -> Done:
        return self.desk.run(self.exe, "/S", *switches)

    def order(self, *words: str, program: Path | None = None) -> Done:
        """A command of the program's command line."""
        return self.desk.run((program or self.program) / "sisfoh-consola.exe", *words)

    def uninstall(self, program: Path, *switches: str) -> None:
        self.desk.run(program / "Desinstalar.exe", "/S", *switches)
        until(lambda: not program.exists(), 120)
        time.sleep(2)  # the second process of the uninstaller still has its last word

    def opened(self, base: Path, picture: str) -> tuple["subprocess.Popen[bytes]", float | None]:
        window = self.desk.open(self.program / "sisfoh.exe", "--base", self.desk.inside(base))
        seconds = self.desk.window(TITLE)
        time.sleep(12)  # the tray fills after the first paint
        self.desk.picture(self.out / picture)
        return window, seconds

    # -- the promises

    def older_windows(self) -> None:
        """On a Windows that Qt does not support both installers refuse; the desk is a Windows 10 again afterwards."""
        self.desk.run("winecfg", "-v", "win81")
        try:
            done = self.install()
            refused = done.code == 3 and not self.program.exists()
            self.told("en un Windows anterior no se instala", refused, f"código {done.code}")
            if self.msi is not None:
                done = self.desk.run("msiexec", "/i", self.desk.inside(self.msi), "/qn")
                refused = done.code != 0 and not self.for_all.exists()
                self.told("MSI: tampoco", refused, f"código {done.code}")
        finally:
            self.desk.run("winecfg", "-v", "win10")

    def first_installation(self) -> None:
        began = time.monotonic()
        done = self.install()
        self.told(
            "instalación silenciosa", done.code == 0, f"{time.monotonic() - began:.0f} s, código {done.code}"
        )
        self.told(
            "los archivos del programa, en la carpeta del usuario", (self.program / "sisfoh.exe").is_file()
        )
        menu = self.desk.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/SISFOH"
        self.told("acceso en el menú Inicio", (menu / LINK).is_file())
        self.told("acceso en el escritorio", (self.desk.user / "Desktop" / LINK).is_file())
        shown = self.desk.registry(rf"HKCU\{ENTRY}", "DisplayVersion")
        quiet = self.desk.registry(rf"HKCU\{ENTRY}", "QuietUninstallString")
        self.told(
            "aparece en «Aplicaciones» con su versión",
            shown == self.version and "Desinstalar" in quiet,
            shown,
        )
        self.told("nada para todo el equipo (HKLM)", not self.desk.registry(rf"HKLM\{ENTRY}", "DisplayName"))

    def command_line(self) -> None:
        done = self.order("--version")
        self.told(
            "--version dice la versión", done.code == 0 and self.version in done.said, done.said.strip()[:80]
        )
        done = self.order("plazo", "--desde", "2024-03-08", "--dias", "3", "--json")
        self.told("una orden sin ventana", '"last_day": "2024-03-13"' in done.said)
        done = self.order("practica", self.desk.inside(self.practice.parent))
        self.told(
            "hace la oficina de práctica", done.code == 0 and self.practice.is_file(), f"código {done.code}"
        )
        paper = self.practice.with_name("resolucion.pdf")
        base = ("--base", self.desk.inside(self.practice))
        self.order(
            "informe", "resolucion", *base, "--numero", "091-2024-GM/MPT", "-o", self.desk.inside(paper)
        )
        self.told("escribe la resolución en PDF", paper.is_file() and paper.read_bytes()[:5] == b"%PDF-")
        done = self.order("comprobar", *base, "--json")
        self.told("comprobar: la base está sana", done.code == 0 and '"ok": true' in done.said)
        sheet = self.practice.with_name("poi.xlsx")
        quarter = ("--anio", "2024", "--trimestre", "1", "-o", self.desk.inside(sheet))
        self.order("informe", "poi", *base, *quarter)
        done = self.order(
            "importar", "poi", self.desk.inside(sheet), *base, "--anio", "2024", "--solo-revisar", "--json"
        )
        self.told("lee un libro de Excel en su proceso aparte", '"rows"' in done.said, f"código {done.code}")

    def self_test(self) -> None:
        folder = self.desk.disk / "autoprueba"
        began = time.monotonic()
        done = self.desk.run(self.program / "sisfoh.exe", "--autoprueba", self.desk.inside(folder))
        seconds = time.monotonic() - began
        result = folder / "autoprueba.json"
        said = json.loads(result.read_text(encoding="utf-8")) if result.is_file() else {}
        steps = said.get("steps", [])
        bad = [f"{step['name']} ({step['detail']})" for step in steps if not step["ok"]]
        self.told(
            "autoprueba en una ventana de verdad",
            bool(said.get("ok")) and done.code == 0 and said.get("qpa") == "windows",
            "; ".join(bad)
            or f"{len(steps)} pasos, {seconds:.0f} s, código {done.code}, qpa {said.get('qpa')}",
        )
        for file in [*folder.glob("*.png"), *folder.glob("*.json")]:
            shutil.copy2(file, self.out / f"autoprueba-{file.name.removeprefix('autoprueba-')}")

    def window_in_use(self) -> None:
        before = listing(self.program)
        window, seconds = self.opened(self.practice, "ventana.png")
        self.told("la ventana se abre", seconds is not None, f"{seconds or 0:.1f} s bajo wine, ventana.png")
        self.told("los datos propios, en la carpeta de datos", (self.data / "registro").is_dir())
        second = self.desk.open(
            self.program / "sisfoh.exe", "--base", self.desk.inside(self.practice).upper().replace("\\", "/")
        )
        try:
            code: int | None = second.wait(90)
        except subprocess.TimeoutExpired:
            second.kill()
            second.wait()
            code = None
        self.told(
            "un segundo inicio trae al frente la ventana abierta, aunque la ruta se escriba de otro modo",
            code == 0,
            "no terminó" if code is None else f"código {code}",
        )
        done = self.install()
        self.told("con el programa abierto no actualiza, y lo dice", done.code == 4, f"código {done.code}")
        self.desk.close(window, "sisfoh.exe")
        self.told("usarlo no escribe en la carpeta del programa", listing(self.program) == before)

    def upgrade(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        base = self.data / "oficina.db"
        make_older_office(self.practice, base)
        shutil.copytree(self.practice.parent / "archivo", self.data / "archivo", dirs_exist_ok=True)
        before = digest(base)
        stale = self.program / "site-packages" / "quitado_en_esta_version.py"
        stale.write_text("")
        done = self.install()
        self.told("actualizar no toca la base", done.code == 0 and digest(base) == before)
        self.told("actualizar quita los archivos de la versión anterior", not stale.exists())
        window, _seconds = self.opened(base, "actualizada.png")
        copies: list[Path] = []

        def copied() -> bool:
            copies[:] = self.data.glob("oficina.antes-de-*.db")
            return bool(copies) and revision_of(base) == newest_revision(self.program)

        until(copied, 60)
        self.desk.picture(self.out / "actualizada.png")
        self.desk.close(window, "sisfoh.exe")
        kept = [revision_of(path) for path in copies]
        self.told(
            "una base de esquema anterior se copia antes de actualizarse",
            kept == [REVISION],
            f"{copies[0].name if copies else 'sin copia'}, esquema {', '.join(kept)}",
        )
        self.told(
            "y queda en el esquema de esta versión",
            revision_of(base) == newest_revision(self.program),
            revision_of(base),
        )
        done = self.order("comprobar", "--base", self.desk.inside(base), "--json")
        self.told("y está sana", done.code == 0 and '"ok": true' in done.said)

    def refusals(self) -> None:
        self.desk.run("reg", "add", rf"HKCU\{ENTRY}", "/v", "DisplayVersion", "/d", "99.0.0", "/f")
        done = self.install()
        self.told(
            "no instala una versión anterior sobre una más nueva", done.code == 6, f"código {done.code}"
        )
        self.desk.run("reg", "add", rf"HKCU\{ENTRY}", "/v", "DisplayVersion", "/d", self.version, "/f")
        done = self.install("/ALLUSERS")
        self.told("no se instala para todos donde ya está para uno", done.code == 5, f"código {done.code}")
        if self.msi is not None:
            done = self.desk.run("msiexec", "/i", self.desk.inside(self.msi), "/qn")
            refused = done.code != 0 and not self.for_all.exists()
            self.told("el MSI no se instala donde está el .exe", refused, f"código {done.code}")

    def removal(self) -> None:
        base = self.data / "oficina.db"
        before = digest(base)
        self.uninstall(self.program)
        self.told("desinstalar quita el programa", not self.program.exists())
        menu = self.desk.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/SISFOH"
        link = self.desk.user / "Desktop" / LINK
        self.told("y los accesos", not menu.exists() and not link.exists())
        self.told("y su entrada en «Aplicaciones»", not self.desk.registry(rf"HKCU\{ENTRY}", "DisplayName"))
        self.told("y conserva la base", base.is_file() and digest(base) == before)

    def other_folder(self) -> None:
        place = self.desk.disk / "SISFOH prueba ñ"
        self.desk.run(self.exe, "/S", r"/D=C:\SISFOH", "prueba", "ñ")
        done = self.order("--version", program=place)
        self.told("otra carpeta, con espacio y eñe", done.code == 0 and self.version in done.said)
        mine = place / "mis apuntes.txt"
        mine.write_text("del usuario")
        self.desk.run(place / "Desinstalar.exe", "/S", "/BORRARDATOS")
        until(lambda: not self.data.exists() and not (place / "Lib").exists(), 120)
        time.sleep(2)
        left = [path.name for path in place.iterdir()] if place.exists() else []
        self.told("desinstalar deja los archivos ajenos de esa carpeta", left == [mine.name], ", ".join(left))
        self.told("/BORRARDATOS quita también los datos", not self.data.exists())
        foreign = self.desk.disk / "otro programa"
        (foreign / "Lib").mkdir(parents=True)
        (foreign / "Lib" / "suyo.txt").write_text("de otro programa")
        done = self.desk.run(self.exe, "/S", r"/D=C:\otro", "programa")
        kept = (foreign / "Lib" / "suyo.txt").is_file() and not (foreign / "sisfoh.exe").exists()
        self.told(
            "no se instala sobre la carpeta de otro programa", done.code == 7 and kept, f"código {done.code}"
        )

    def for_everybody(self) -> None:
        done = self.install("/ALLUSERS")
        place = self.desk.registry(rf"HKLM\{ENTRY}", "InstallLocation")
        there = (self.for_all / "sisfoh.exe").is_file() and "Program Files" in place
        self.told("/ALLUSERS: para todos, en Archivos de programa", done.code == 0 and there, place)
        done = self.install()
        self.told("y entonces no se instala además para uno", done.code == 5, f"código {done.code}")
        self.uninstall(self.for_all)
        gone = not self.for_all.exists() and not self.desk.registry(rf"HKLM\{ENTRY}", "DisplayName")
        self.told("para todos: se desinstala entero", gone)

    def package(self) -> None:
        """The MSI, from here to its removal."""
        if self.msi is None:
            return
        began = time.monotonic()
        done = self.desk.run("msiexec", "/i", self.desk.inside(self.msi), "/qn")
        detail = (
            f"{time.monotonic() - began:.0f} s, {len(listing(self.for_all))} archivos, código {done.code}"
        )
        self.told(
            "MSI: instalación silenciosa", done.code == 0 and (self.for_all / "sisfoh.exe").is_file(), detail
        )
        menus = [
            self.desk.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs",  # where wine puts it
            self.desk.disk / "ProgramData/Microsoft/Windows/Start Menu/Programs",  # everybody's
        ]

        def in_menu() -> bool:
            return any((menu / LINK).is_file() for menu in menus)

        self.told("MSI: acceso en el menú Inicio", in_menu())
        done = self.order("practica", self.desk.inside(self.data / "msi"), program=self.for_all)
        base = self.data / "msi" / "practica.db"
        self.told("MSI: el programa trabaja", done.code == 0 and base.is_file(), f"código {done.code}")
        done = self.install()
        self.told("el .exe no se instala donde está el MSI", done.code == 5, f"código {done.code}")
        before = digest(base)
        done = self.desk.run("msiexec", "/x", self.desk.inside(self.msi), "/qn")
        left = listing(self.for_all)
        gone = done.code == 0 and not left and not in_menu()
        self.told("MSI: se desinstala entero", gone, f"{len(left)} archivos quedan")
        self.told("MSI: conserva la base", digest(base) == before)

    @property
    def for_all(self) -> Path:
        return self.desk.disk / "Program Files" / "SISFOH"

    def all(self) -> None:
        """Every subject; one that breaks down counts as a promise broken and the next goes on."""
        subjects = (
            *(
                self.older_windows,
                self.first_installation,
                self.command_line,
                self.self_test,
                self.window_in_use,
                self.upgrade,
            ),
            *(self.refusals, self.removal, self.other_folder, self.for_everybody, self.package),
        )
        for subject in subjects:
            try:
                subject()
            except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
                self.told(subject.__name__, False, f"{type(error).__name__}: {error}")


def listing(folder: Path) -> dict[str, int]:
    """The files of a folder with their sizes."""
    return {
        str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()
    }


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="check.py", description="Prueba los instaladores de Windows bajo wine."
    )
    parser.add_argument("exe", type=Path, help="SISFOH-x.y.z-win64.exe")
    parser.add_argument("--msi", type=Path, help="SISFOH-x.y.z-win64.msi")
    parser.add_argument(
        "-o", dest="out", type=Path, default=Path("build/wine"), help="carpeta de imágenes y resultado"
    )
    args = parser.parse_args()
    missing = [name for name in ("wine", "Xvfb", "xdotool", "import") if shutil.which(name) is None]
    if missing:
        print(f"Faltan {', '.join(missing)}; no se probó nada. Vea installer/README.md.")
        return 3
    args.out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with WineDesk() as desk:
        check = Check(desk, args.exe.resolve(), args.msi and args.msi.resolve(), args.out.resolve())
        check.all()
    held = sum(held for _promise, held, _detail in check.results)
    total = f"{held} de {len(check.results)} en {time.monotonic() - began:.0f} s"
    rows = [
        f"| {what} | {'bien' if held else '**falla**'} | {detail} |" for what, held, detail in check.results
    ]
    table = "\n".join(["| Promesa | Resultado | Detalle |", "|---|---|---|", *rows, "", total, ""])
    (args.out / "resultado.md").write_text(table, encoding="utf-8")
    print(total)
    return 0 if held == len(check.results) else 1


if __name__ == "__main__":
    sys.exit(main())
