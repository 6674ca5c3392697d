"""A Windows PC for the check: a wine prefix with its own virtual screen, thrown away afterwards.

What is checked there is in check.py. One X server serves the whole run, because an uninstaller goes on in a second
process after the first has ended.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from wine.stand_ins import OVERRIDES, put_stand_ins

_QUIET = "mscoree=;mshtml=;winedbg.exe=d"  # no .NET, no browser, no debugger: they would ask something
_LONGEST = 600.0  # seconds for one program


class Done(NamedTuple):
    """What a Windows program left: its exit code and what it printed."""

    code: int
    said: str


class WineDesk:
    """`with WineDesk() as desk:` a fresh Windows 10 of 64 bits with one user and no program."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sisfoh-wine-"))
        self.prefix = self._folder / "prefix"
        self._env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("SISFOH", "QT_"))},
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _QUIET,
            "LC_ALL": "C.UTF-8",
        }
        self._screen: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "WineDesk":
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"]
        self._screen = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as stream:
            self._env["DISPLAY"] = f":{stream.readline().strip()}"
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")
        put_stand_ins(self.prefix)
        self._env["WINEDLLOVERRIDES"] = f"{_QUIET};{OVERRIDES}"
        return self

    def __exit__(self, *_error: object) -> None:
        subprocess.run(["wineserver", "-k"], env=self._env, check=False)
        if self._screen is not None:
            self._screen.terminate()
            self._screen.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def user(self) -> Path:
        """The user's own folder."""
        return next(path for path in (self.prefix / "drive_c" / "users").iterdir() if path.name != "Public")

    @property
    def disk(self) -> Path:
        return self.prefix / "drive_c"

    def inside(self, path: Path) -> str:
        r"""A path of this prefix (or of this machine, as drive Z) as Windows writes it."""
        path = path.absolute()
        if path.is_relative_to(self.disk):
            return "C:\\" + str(path.relative_to(self.disk)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def run(self, *command: str | Path) -> Done:
        """One program to its end. Python under wine wants a readable input and a pipe for its output."""
        done = subprocess.run(
            ["wine", *map(str, command)],
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST,
            check=False,
        )
        return Done(done.returncode, done.stdout.replace("\r", ""))

    def open(self, *command: str | Path) -> "subprocess.Popen[bytes]":
        """A program with a window; `close` ends it."""
        return subprocess.Popen(
            ["wine", *map(str, command)],
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def close(self, program: "subprocess.Popen[bytes]", name: str) -> None:
        """Ask its window to close, as the person would; end it by force when it does not."""
        self.run("taskkill", "/im", name)
        try:
            program.wait(30)
        except subprocess.TimeoutExpired:
            self.run("taskkill", "/f", "/im", name)
            program.wait(30)

    def window(self, title: str, seconds: float = 90) -> float | None:
        """Seconds until a window with that in its title is shown; None when none comes."""
        began = time.monotonic()
        asked = ["xdotool", "search", "--onlyvisible", "--name", title]
        found = until(
            lambda: subprocess.run(asked, env=self._env, capture_output=True, check=False).returncode == 0,
            seconds,
        )
        return time.monotonic() - began if found else None

    def picture(self, path: Path) -> None:
        """What the screen shows, as a PNG."""
        subprocess.run(["import", "-window", "root", str(path)], env=self._env, check=False)

    def registry(self, key: str, value: str) -> str:
        """A value of the registry (64-bit view), or ""."""
        done = self.run("reg", "query", key, "/v", value)
        line = next((line for line in done.said.splitlines() if line.strip().startswith(value)), "")
        return line.split("    ")[-1].strip() if line else ""


def until(happened: Callable[[], bool], seconds: float) -> bool:
    """Whether it happened within so many seconds."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.25)
    return True
